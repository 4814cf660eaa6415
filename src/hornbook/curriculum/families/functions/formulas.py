"""First families: formulas whose parts get names, quotients and remainders, ranges that are counted through."""

from __future__ import annotations

from hornbook.curriculum.family import Family, Raw


def _fence(width: int, length: int, gate: int, metre: int, door: int) -> int:
    around = [*[width] * 2, *[length] * 2]
    return sum(side * metre for side in around) - gate * metre + door


def _teams(people: int, k: int) -> str:
    left = people
    while left >= k:
        left -= k
    return f"{(people - left) // k} teams, {left} left"


def _outer(number: int, k: int) -> int:
    text = str(number)
    return (int(text[0]) + int(text[2])) * k - int(text[1])


def _batter(people: int, milk: int, flour: int) -> tuple[int, int, int]:
    return len(range(0, people, 2)), sum([milk] * people), sum([flour] * people) + 10


def _remaining(n: int, k: int) -> list[int]:
    struck = set(range(k, n + 1, k))
    return sorted(set(range(1, n + 1)) - struck)


def _counted(first: int, last: int, k: int) -> tuple[int, int]:
    numbers = []
    while first <= last:
        numbers.append(first)
        first += k
    return len(numbers), sum(numbers)


FAMILIES: tuple[Family, ...] = (
    Family(
        name="cost_of_fence",
        concepts=("functions", "names_and_values", "arithmetic"),
        difficulty=1,
        names="fence_cost cost_of_fence price_of_fence fence_price total_cost compute_cost",
        arguments=(
            "width|across|short_side: int; the width in metres, at least 2",
            "length|depth|long_side: int; the length in metres, at least 2",
        ),
        returns="int",
        phrasings=(
            "Return what the fence around a rectangle of $width by $length metres costs. A gate takes up $gate metres of it and costs $door euros; every metre of the fence itself costs $metre euros.",
            "Given the sides $width and $length of a $plot in metres, work out the price of its fence: $metre euros for each metre all around, except for a gate of $gate metres, which costs $door euros altogether.",
            "A gardener fences in a rectangular $plot. All four sides get a fence at $metre euros a metre, but $gate metres are left open for a gate, and the gate is $door euros. What is the bill for a $plot that is $width metres wide and $length metres long?",
            "Return (2 * ($width + $length) - $gate) * $metre + $door as an integer: the border of the rectangle less the gate, times the price of a metre, plus the price of the gate.",
        ),
        solutions=(
            """
border = 2 * ($width + $length)
fence = border - $gate
return fence * $metre + $door
""",
            """
cost = $door - $gate * $metre
for side in ($width, $length):
    cost += 2 * side * $metre
return cost
""",
        ),
        reference=lambda width, length, gate, metre, door, plot: _fence(width, length, gate, metre, door),
        inputs=lambda rng, **_: (rng.randint(2, 30), rng.randint(2, 40)),
        edges=((2, 2), (2, 3), (10, 10), (3, 50)),
        idea="Each intermediate length has a name of its own, so the last line reads like the bill.",
        pitfall="`2 * width + length` doubles one side only; the brackets around the sum are needed.",
        parameters=lambda rng: {
            "gate": rng.randint(1, 3),
            "metre": rng.randint(5, 20),
            "door": rng.randint(30, 90),
            "plot": Raw(rng.choice(("garden", "meadow", "playground", "yard"))),
        },
    ),
    Family(
        name="batter_for_people",
        concepts=("names_and_values", "integer_division", "tuples"),
        difficulty=1,
        names="ingredients batter_for amounts_for scale_recipe recipe_for shopping_amounts",
        arguments=("people|guests|eaters|persons: int; how many eat, not negative",),
        returns="tuple[int, int, int]",
        phrasings=(
            "Return the eggs, the millilitres of milk and the grams of flour that are needed when $people is the number of people, as a tuple. One egg is enough for two people, with a whole egg for a single one left over; everybody needs $milk ml of milk and $flour g of flour, and 10 g of flour are added for the pan.",
            "Given the number $people of those who eat, work out a recipe for $dish: half an egg for each, rounded up to whole eggs; $milk ml of milk for each; $flour g of flour for each and 10 g more. Return (eggs, milk, flour).",
            "A cook makes $dish and counts one egg for every two guests (an odd guest gets an egg too), $milk ml of milk and $flour g of flour for every guest, and 10 g of flour for the pan, even if nobody comes. What is needed if $people is the number of guests? Return eggs, milk and flour in this order.",
            "Return the triple of the smallest integer that is at least $people / 2, of $milk * $people, and of $flour * $people + 10.",
        ),
        solutions=(
            """
eggs = ($people + 1) // 2
milk = $people * $milk
flour = $people * $flour + 10
return eggs, milk, flour
""",
            """
pairs, single = divmod($people, 2)
return pairs + single, $milk * $people, 10 + $flour * $people
""",
        ),
        reference=lambda people, milk, flour, dish: _batter(people, milk, flour),
        inputs=lambda rng, **_: (rng.randint(1, 20),),
        edges=((0,), (1,), (2,), (3,), (100,)),
        idea="Adding one before halving rounds up, since an odd number then reaches the next even one.",
        pitfall="`people // 2 + 1` gives one egg too many for an even number of people.",
        parameters=lambda rng: {
            "milk": rng.choice((100, 125, 150, 200)),
            "flour": rng.choice((50, 60, 75, 80)),
            "dish": Raw(rng.choice(("pancakes", "waffles", "dumplings"))),
        },
    ),
    Family(
        name="teams_and_left_over",
        concepts=("integer_division", "string_formatting", "arithmetic"),
        difficulty=1,
        names="teams_text make_teams form_teams teams_and_rest split_into_teams describe_teams",
        arguments=("people|children|players|count: int; how many there are, not negative",),
        returns="str",
        phrasings=(
            "Return a text such as '3 teams, 1 left' that says how many full teams of $k can be made and how many people are left over, when $people is the number of people. The words stay the same for every number.",
            "Given the number $people of people, divide them into teams of exactly $k. How many teams are there, and how many people remain? Answer with a string of the form '<teams> teams, <rest> left'.",
            "In a sports lesson the children, $people in number, form teams of $k for $game; whoever is left over keeps the score. The teacher notes it as '5 teams, 2 left'. What is noted? The noun is never changed, so it can be '1 teams'.",
            "Let q and r be the integers with $people = $k * q + r and 0 <= r < $k. Return the string made of q, ' teams, ', r and ' left'.",
        ),
        solutions=(
            """
teams = $people // $k
left = $people % $k
return f"{teams} teams, {left} left"
""",
            """
teams, left = divmod($people, $k)
return str(teams) + " teams, " + str(left) + " left"
""",
        ),
        reference=lambda people, k, game: _teams(people, k),
        inputs=lambda rng, k, game: (rng.randint(k, 40),),
        edges=((0,), (1,), (3,), (4,), (12,), (11,)),
        idea="The quotient counts the full teams, the remainder those who did not fill another one.",
        pitfall="`/` would give a fraction of a team, such as 3.5.",
        parameters=lambda rng: {
            "k": rng.randint(3, 7),
            "game": Raw(rng.choice(("handball", "a relay race", "volleyball", "tug of war"))),
        },
    ),
    Family(
        name="outer_digits_and_middle",
        concepts=("integer_division", "digits", "names_and_values"),
        difficulty=1,
        names="digit_score outer_minus_middle score_of_number rate_number digits_formula number_points",
        arguments=("number|n|ticket|code: int; a number from 100 to 999",),
        returns="int",
        phrasings=(
            "Return $k times the sum of the first and the last digit of $number, less its middle digit. The number has three digits.",
            "Given a three-digit $number, add its first and its third digit, multiply by $k and subtract the second digit. The result may be negative.",
            "At a lottery every ticket from 100 to 999 is worth points: $k for each point of its outer digits, minus its middle digit. How many points is ticket $number worth?",
            "For $number = 100 * a + 10 * b + c with digits a, b and c, a not being 0, return $k * (a + c) - b.",
        ),
        solutions=(
            """
first = $number // 100
middle = $number // 10 % 10
last = $number % 10
return $k * (first + last) - middle
""",
            """
first, middle, last = map(int, str($number))
return (first + last) * $k - middle
""",
            """
front, last = divmod($number, 10)
first, middle = divmod(front, 10)
return $k * first + $k * last - middle
""",
        ),
        reference=_outer,
        inputs=lambda rng, k: (rng.randint(100, 999),),
        edges=((100,), (999,), (190,), (101,), (909,)),
        idea="Dividing by 10 drops the last digit, and the remainder by 10 is the last digit.",
        pitfall="`number % 100` keeps two digits; the middle one needs both a division and a remainder.",
        parameters=lambda rng: {"k": rng.randint(2, 5)},
    ),
    Family(
        name="numbers_not_struck_out",
        concepts=("lists", "range_steps", "filtering"),
        difficulty=1,
        names="not_struck remaining_numbers strike_out left_over_numbers keep_numbers without_multiples",
        arguments=("n|last|highest|count: int; the last number, not negative",),
        returns="list[int]",
        phrasings=(
            "Return the numbers from 1 to $n without every $kth one, in ascending order. Counting begins at 1, so the first number that is left out is $k.",
            "Given $n, write down 1, 2, 3, ..., $n and strike out $k, then $k more, and so on. Return the list of the numbers that are still there; it is empty for $n = 0.",
            "In a hall with the seats 1 to $n, every $kth seat is kept free, starting with seat $k. On which seats can people sit? List them in order.",
            "Return the ascending list of all integers i with 1 <= i <= $n that are not divisible by $k.",
        ),
        solutions=(
            """
numbers = list(range(1, $n + 1))
del numbers[$before :: $k]
return numbers
""",
            """
$result = []
for start in range(1, $n + 1, $k):
    $result += range(start, min(start + $before, $n + 1))
return $result
""",
        ),
        reference=lambda n, k, **_: _remaining(n, k),
        inputs=lambda rng, k, **_: (rng.randint(k, 14),),
        edges=((0,), (1,), (2,), (3,), (4,), (12,)),
        idea="A slice with a step names every k-th place at once, and `del` takes them all out.",
        pitfall="Removing numbers in a loop over the same list skips the one behind each removed number.",
        parameters=lambda rng: rng.choice(
            (
                {"k": 2, "before": 1, "kth": Raw("second")},
                {"k": 3, "before": 2, "kth": Raw("third")},
                {"k": 4, "before": 3, "kth": Raw("fourth")},
                {"k": 5, "before": 4, "kth": Raw("fifth")},
            )
        ),
    ),
    Family(
        name="count_and_sum_of_range",
        concepts=("range_steps", "accumulation", "counting"),
        difficulty=1,
        names="count_and_sum steps_and_total savings_plan range_total add_steps number_and_sum",
        arguments=(
            "first|start|begin: int; the first number",
            "last|end|limit: int; the number not to be passed",
        ),
        returns="tuple[int, int]",
        phrasings=(
            "Return how many numbers there are in $first, $first + $k, $first + 2 * $k and so on up to $last, and their sum, as a pair. $last belongs to them if it is reached; if $first is larger than $last, there are none.",
            "Given $first and $last, count upwards from $first in steps of $k without passing $last. Return the tuple (how many numbers, their sum), which is (0, 0) when $first is already beyond $last.",
            "Somebody saves $first euros in the first month and $k euros more in every following month, as long as the amount is not above $last euros. For how many months does this go on, and how much is saved in all?",
            "Let S be the set of the integers x with $first <= x <= $last for which x - $first is divisible by $k. Return the pair of its size and the sum of its elements.",
        ),
        solutions=(
            """
numbers = range($first, $last + 1, $k)
return len(numbers), sum(numbers)
""",
            """
$count = $total = 0
$current = $first
while $current <= $last:
    $count += 1
    $total += $current
    $current += $k
return $count, $total
""",
        ),
        reference=_counted,
        inputs=lambda rng, k: (rng.randint(-5, 10), rng.randint(5, 30)),
        edges=((0, 0), (5, 4), (5, 5), (1, 13), (-6, 6), (3, -3)),
        idea="A range knows its length and can be summed, and its stop is one further because the end itself belongs to it.",
        pitfall="`range(first, last, k)` leaves the last number out when it is reached exactly.",
        parameters=lambda rng: {"k": rng.randint(2, 5)},
    ),
)
