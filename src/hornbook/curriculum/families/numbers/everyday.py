"""Easy families on numbers from everyday life: prices, times, ways, garden beds."""

from __future__ import annotations

from fractions import Fraction

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw

FAMILIES: tuple[Family, ...] = (
    Family(
        name="prices_in_sale",
        concepts=("percentages", "mapping", "conditionals"),
        difficulty=1,
        names="sale_prices reduced_prices price_list new_prices cheaper",
        arguments=("prices|amounts|costs|labels: list[int]; prices in cents, not negative",),
        returns="list[int]",
        phrasings=(
            "Take $percent percent off every price in $prices that is at least $limit cents, rounding the new price down to whole cents, and leave the others as they are. Return the new list.",
            "Given $prices in cents, return a list in the same order in which each price of $limit cents or more is lowered by $percent percent (rounded down) and smaller ones are unchanged.",
            "In a sale everything from $limit cents upwards gets $percent percent cheaper; new prices are cut to whole cents. What are the new $prices, in the same order?",
            "Return the list of p * (100 - $percent) // 100 for each p in $prices with p >= $limit, and p itself for the others, order kept.",
        ),
        solutions=(
            """
new_prices = []
for price in $prices:
    if price >= $limit:
        price = price * (100 - $percent) // 100
    new_prices.append(price)
return new_prices
""",
            """
rest = 100 - $percent
return [price * rest // 100 if price >= $limit else price for price in $prices]
""",
        ),
        reference=lambda prices, percent, limit: [
            int(p - Fraction(p * percent, 100) * (p > limit - 1)) for p in prices
        ],
        parameters=lambda rng: {
            "percent": rng.choice((10, 15, 20, 25, 30)),
            "limit": rng.choice((500, 1000, 250)),
        },
        inputs=lambda rng, limit, **_: (
            [rng.choice((limit, limit - 1, rng.randint(1, 2000))) for _ in range(4)],
        ),
        edges=(([],), ([0],), ([999, 1000],), ([249, 250, 499, 500],), ([3333, 3333],)),
        idea="What remains is 100 minus the discount, in percent of the old price.",
        pitfall="Dividing first, price // 100, loses the cents before they count.",
    ),
    Family(
        name="count_above_own_average",
        concepts=("averages", "counting", "conditionals"),
        difficulty=1,
        names="count_$side days_${side}_mean compare_with_average unusual_days how_many",
        arguments=("values|takings|numbers|amounts: list[int]; whole numbers",),
        returns="int",
        phrasings=(
            "Return how many numbers in $values are $side their average. An empty list has none.",
            "Compute the mean of $values and count the elements that are strictly $side it; return 0 for an empty list.",
            "A shop looks at what it took in day by day, $values. On how many days were they $side the average of all these days? Without any day the answer is 0.",
            "Let m = sum($values) / len($values). Return the number of v in $values with v $op m, and 0 if the list is empty.",
        ),
        solutions=(
            """
if not $values:
    return 0
average = sum($values) / len($values)
$count = 0
for value in $values:
    if value $op average:
        $count += 1
return $count
""",
            """
size, $total = len($values), sum($values)
return len([value for value in $values if value * size $op $total])
""",
        ),
        reference=lambda values, op, side: sum(
            (Fraction(sum(values), len(values)) - v) * (1 if op == "<" else -1) > 0 for v in values
        ),
        parameters=lambda rng: {
            key: Raw(text)
            for key, text in zip(("op", "side"), rng.choice(((">", "above"), ("<", "below"))), strict=True)
        },
        inputs=lambda rng, **_: (lambda vs: ([*vs, sum(vs) // len(vs)],))(draws.ints(rng, 3, 5, 0, 20)),
        edges=(([],), ([5],), ([3, 3],), ([1, 2, 3],), ([-4, 0, 10],), ([0, 0, 9, 9, 9],)),
        idea="The average must be known before the first comparison, so it takes two passes: one for the sum, one for the count.",
        pitfall="Comparing with a running average counts against a mean that is not final yet.",
    ),
    Family(
        name="arrival_on_long_clock",
        concepts=("clock_arithmetic", "tuples", "arithmetic"),
        difficulty=1,
        names="arrival clock_after hour_after land_at ring_clock",
        arguments=(
            "hour|start|now|departure: int; the hour shown at the start, from 0",
            "hours|duration|wait|length: int; how many hours pass, 0 or more",
        ),
        returns="tuple[int, int]",
        phrasings=(
            "On the planet $planet a day has $k hours, numbered 0 to ${last}. Return which hour it is $hours hours after $hour, and how many midnights (changes from ${last} to 0) have passed, as a tuple.",
            "A clock counts the hours 0 to $last and then starts again with 0. It shows $hour. What does it show $hours hours later, and how often has it gone back to 0 on the way? Return both numbers as a tuple.",
            "A spaceship leaves $planet at $hour o'clock and comes back after $hours hours. Days on $planet have $k hours, counted from 0. At which hour does it land, and how many days later? Return (hour, days later).",
            "Let t = $hour + $hours. Return the tuple (t mod $k, floor(t / $k)), where 0 <= $hour < $k.",
        ),
        solutions=(
            """
$total = $hour + $hours
shown = $total % $k
return shown, ($total - shown) // $k
""",
            """
shown = $hour
midnights = 0
for _ in range($hours):
    shown += 1
    if shown == $k:
        shown = 0
        midnights += 1
return shown, midnights
""",
            """
$total = $hour + $hours
midnights = 0
while $total >= $k:
    $total -= $k
    midnights += 1
return $total, midnights
""",
        ),
        reference=lambda hour, hours, k, **_: (
            [*range(k)][(hour + hours) - k * len(range(k, hour + hours + 1, k))],
            len(range(k, hour + hours + 1, k)),
        ),
        parameters=lambda rng: (
            lambda k: {"k": k, "last": k - 1, "planet": Raw(rng.choice(("Mira", "Onn", "Vesk", "Talu")))}
        )(rng.choice((10, 16, 18, 20, 30))),
        inputs=lambda rng, k, **_: (rng.randrange(k), rng.choice((rng.randint(1, k), rng.randint(k, 4 * k)))),
        edges=((0, 0), (9, 0), (9, 1), (0, 60), (5, 11), (1, 29)),
        idea="The hour is the remainder by the length of the day, and the quotient counts the days.",
        pitfall="An hour equal to $k is shown as 0 and already belongs to the next day.",
    ),
    Family(
        name="litres_of_mixture",
        concepts=("ratios", "tuples", "arithmetic"),
        difficulty=1,
        names="mix_litres amounts_to_mix paint_amounts mixture split_mixture",
        arguments=("total|litres|amount|needed: int; how much is needed in all, 0 or more",),
        returns="tuple[int, int, int]",
        phrasings=(
            "$noun is mixed from $first and $second in the ratio $a : $b, in whole portions of $a + $b litres. Return a tuple: the litres of $first, the litres of $second, and what is left over, if at least $total litres of $noun are needed and as few portions as possible are mixed.",
            "To get $total litres of $noun or more, mix portions, each made of $a litres of $first and $b litres of $second, but no more portions than necessary. How many litres of $first and of $second are used, and how many litres too much are mixed? Return the three numbers as a tuple.",
            "A workshop needs $total litres of $noun. It can only mix whole portions: $a litres of $first with $b litres of $second. How much of each does it take, and how much $noun remains? Nothing is mixed if nothing is needed. Return ($first, $second, remains).",
            "Let n be the least integer with n * ($a + $b) >= $total. Return (n * $a, n * $b, n * ($a + $b) - $total): the $first, the $second and the surplus of $noun.",
        ),
        solutions=(
            """
portion = $a + $b
portions = ($total + portion - 1) // portion
return portions * $a, portions * $b, portions * portion - $total
""",
            """
one = two = 0
while one + two < $total:
    one += $a
    two += $b
return one, two, one + two - $total
""",
            """
from math import ceil
portions = ceil($total / ($a + $b))
one, two = $a * portions, $b * portions
return one, two, one + two - $total
""",
        ),
        reference=lambda total, a, b, **_: (lambda n: (a * n, b * n, (a + b) * n - total))(
            len(range(0, total, a + b))
        ),
        parameters=lambda rng: {
            "a": rng.randint(2, 4),
            "b": rng.randint(5, 7),
            **{
                key: Raw(text)
                for key, text in zip(
                    ("noun", "first", "second"),
                    rng.choice(
                        (
                            ("green paint", "blue", "yellow"),
                            ("concrete mix", "cement", "sand"),
                            ("lemonade", "syrup", "water"),
                        )
                    ),
                    strict=True,
                )
            },
        },
        inputs=lambda rng, a, b, **_: (rng.choice(((a + b) * rng.randint(1, 4), rng.randint(1, 30))),),
        edges=((0,), (1,), (3,), (7,), (24,), (100,)),
        idea="A ratio of a to b makes portions of a + b; the number of portions is the need divided by that, rounded up.",
        pitfall="Rounding down mixes one portion too few, unless the need is an exact multiple.",
    ),
    Family(
        name="lamps_still_on",
        concepts=("bit_counting", "accumulation", "for_loops"),
        difficulty=1,
        names="lamps_on count_lamps lit_windows total_ones bits_on",
        arguments=("floors|rows|numbers|masks: list[int]; whole numbers, not negative",),
        returns="int",
        phrasings=(
            "Each number in $floors describes a row of lamps: a lamp is on for every 1 in its binary form. Return how many lamps are on altogether, counting only rows with $words $k lamps on.",
            "Count the ones in the binary form of each number in $floors and add up the counts that are $words $k; return the sum, 0 if there are none.",
            "At night the lit windows of every floor of a tower are noted as the ones of a binary number: $floors. A guard walks only through floors with $words $k lit windows. How many lit windows does he pass?",
            "Let c(n) be the number of bits of n that are 1. Return the sum of c(n) over all n in $floors for which c(n) is $words $k.",
        ),
        solutions=(
            """
$total = 0
for number in $floors:
    lit = bin(number).count("1")
    if lit $op $k:
        $total += lit
return $total
""",
            """
counts = [number.bit_count() for number in $floors]
return sum($count for $count in counts if $count $op $k)
""",
            """
$total = 0
for number in $floors:
    lit = 0
    while number > 0:
        lit += number & 1
        number >>= 1
    $total += lit if lit $op $k else 0
return $total
""",
        ),
        reference=lambda floors, k, op, words: sum(
            n for n in ([*format(f, "b")].count("1") for f in floors) if (n >= k if op == ">=" else n <= k)
        ),
        parameters=lambda rng: {
            "k": rng.randint(2, 3),
            **dict(
                zip(
                    ("op", "words"),
                    map(Raw, rng.choice(((">=", "at least"), ("<=", "at most")))),
                    strict=True,
                )
            ),
        },
        inputs=lambda rng, **_: (draws.ints(rng, 3, 6, 0, 31),),
        edges=(([],), ([0],), ([1, 2, 4],), ([3, 7],), ([255, 3],), ([6, 6, 5],)),
        idea="A number's ones are counted first; whether the row counts at all is decided with that count.",
        pitfall="Comparing the number itself with $k instead of its count of ones.",
    ),
    Family(
        name="fence_of_square_bed",
        concepts=("perfect_squares", "conditionals", "early_return"),
        difficulty=1,
        names="fence_length square_fence fence_for_area border_of_bed edge_total",
        arguments=("area|tiles|size|surface: int; the area in square metres, 0 or more",),
        returns="int",
        phrasings=(
            "A $noun with an area of $area square metres is to be a square with sides of whole metres. Return the length of the fence round it, without a gate that is $gate metres wide, or -1 if there is no such square or if it has no side longer than the gate.",
            "If $area is the square of a whole number s greater than $gate, return 4 * s - $gate, otherwise -1.",
            "Somebody wants to fence a square $noun of exactly $area square metres, the sides being whole metres, and to leave open $gate metres of one side for a gate, which must be shorter than the side. How many metres of fence are needed? Return -1 if it cannot be done.",
            "Return 4 * r - $gate if there is an integer r > $gate with r * r = $area; return -1 otherwise.",
        ),
        solutions=(
            """
from math import isqrt
side = isqrt($area)
if side * side != $area or side <= $gate:
    return -1
return 4 * side - $gate
""",
            """
side = $gate + 1
while side * side < $area:
    side += 1
if side * side == $area:
    return 4 * side - $gate
return -1
""",
            """
for side in range($gate + 1, $area + 1):
    if side * side == $area:
        return side * 4 - $gate
return -1
""",
        ),
        reference=lambda area, gate, noun: next(
            (4 * s - gate for s in range(gate + 1, area + 2) if area == sum(range(1, 2 * s, 2))), -1
        ),
        parameters=lambda rng: {
            "gate": rng.randint(2, 4),
            "noun": Raw(rng.choice(("garden", "paddock", "orchard", "bed"))),
        },
        inputs=lambda rng, **_: (
            rng.choice((rng.randint(2, 12) ** 2, rng.randint(3, 12) ** 2, rng.randint(2, 90))),
        ),
        edges=((0,), (1,), (4,), (9,), (16,), (99,), (100,)),
        idea="Find the whole side first; only if its square is exactly the area does the bed exist.",
        pitfall="Taking the rounded root without squaring it again accepts areas that are no squares.",
    ),
    Family(
        name="simple_interest_table",
        concepts=("interest", "list_building", "arithmetic"),
        difficulty=1,
        names="interest_table simple_interest yearly_amounts plan_amounts grow_evenly",
        arguments=("capital|start|savings|amount: int; the amount at the beginning in cents, not negative",),
        returns="list[int]",
        phrasings=(
            "Return the amounts after 1, 2, ..., $years years, if $capital earns $percent percent simple interest: each year the same interest, $percent percent of $capital rounded down to whole cents, is added, but never more than $most cents a year.",
            "Each year the same sum is added to $capital: $percent percent of the capital in whole cents (rounded down), at most $most cents. List the totals at the end of each of the first $years years.",
            "An aunt lends her nephew $capital cents. He promises to add for every year $percent percent of what he borrowed, rounded down, yet not more than $most cents. How much would he owe her after each of the first $years years? Return a list.",
            "Let z = min($most, floor($capital * $percent / 100)). Return [$capital + z, $capital + 2 * z, ..., $capital + $years * z].",
        ),
        solutions=(
            """
interest = $capital * $percent // 100
if interest > $most:
    interest = $most
amounts = []
for year in range(1, $years + 1):
    amounts.append($capital + year * interest)
return amounts
""",
            """
interest = min($most, $capital * $percent // 100)
return [$capital + interest * (year + 1) for year in range($years)]
""",
        ),
        reference=lambda capital, percent, years, most: [
            capital + sum([sorted([most, int(Fraction(capital * percent, 100))])[0]] * y)
            for y in range(1, years + 1)
        ],
        parameters=lambda rng: {
            "percent": rng.choice((2, 3, 4, 5)),
            "years": rng.randint(2, 5),
            "most": rng.choice((50, 100, 200)),
        },
        inputs=lambda rng, percent, most, **_: (
            rng.choice((rng.randint(100, 1500), most * 100 // percent + rng.choice((0, 60, 500)))),
        ),
        edges=((0,), (99,), (1000,), (10000,), (2501,)),
        idea="Simple interest is worked out once, from the capital, and added again and again.",
        pitfall="Computing it from the growing amount would be compound interest.",
    ),
)
