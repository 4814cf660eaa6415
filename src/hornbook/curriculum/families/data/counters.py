"""Families on counting: frequency tables, `collections.Counter` and histograms."""

from __future__ import annotations

from hornbook.curriculum import draws
from hornbook.curriculum.families.wording import part
from hornbook.curriculum.family import Family

FAMILIES: tuple[Family, ...] = (
    Family(
        name="tally_of_options",
        concepts=("frequencies", "lists", "for_loops"),
        difficulty=1,
        names="tally_options count_answers poll_result tally evaluate_poll",
        arguments=("answers|votes|replies|choices: list[str]; the answers that were given",),
        returns="list[int]",
        phrasings=(
            "Return how often each of $options occurs in $answers, as a list of counts in that order, followed by the number of all other answers.",
            "Count the answers: for the options $options, in this order, give the number of times each stands in $answers. The last number of the list says how many answers are none of the options.",
            "A poll allows the answers $options. Given the list $answers, which counts do they get, in that order? Append one more count for invalid answers.",
            "Return a list of ${size} integers for $answers: first the number of occurrences of every entry of $options, in the order shown, then the number of entries that match none of them. Case matters; with no answers all counts are 0.",
        ),
        solutions=(
            """
$result = [0] * $size
options = $options
for $item in $answers:
    if $item in options:
        $result[options.index($item)] += 1
    else:
        $result[-1] += 1
return $result
""",
            """
$result = [$answers.count($item) for $item in $options]
$result.append(len($answers) - sum($result))
return $result
""",
        ),
        reference=lambda answers, options, size: (
            [len([a for a in answers if a == option]) for option in options]
            + [len([a for a in answers if a not in options])]
        ),
        parameters=lambda rng: (lambda options: {"options": options, "size": len(options) + 1})(
            rng.choice((["yes", "no"], ["tea", "milk", "rice"], ["red", "green", "blue"], ["north", "south"]))
        ),
        inputs=lambda rng, options, size: (
            rng.choices(
                [*options, options[0], rng.choice(("maybe", "other", "Yes", ""))], k=rng.randint(4, 7)
            ),
        ),
        edges=(([],), (["yes"],), (["no", "red", "tea", "no", "red", "tea"],), (["NO", "Tea", "perhaps"],)),
        idea="The position of an option in the list of options is also the position of its counter, and what is found nowhere goes into the last counter.",
        pitfall="Building the list from the answers alone leaves out options that nobody chose.",
    ),
    Family(
        name="counts_of_counts",
        concepts=("frequencies", "dictionaries", "sorting"),
        difficulty=2,
        names="counts_of_counts frequency_profile how_many_occur occurrence_table profile",
        arguments=("items|values|entries|names: list[str]; any texts",),
        returns="dict[int, int]",
        phrasings=(
            "Return a dictionary that tells how many different texts occur once in $items, how many twice, and so on. Its keys are the numbers of occurrences that exist, in ascending order.",
            "Count how often each text occurs in $items, and then how many texts share each count. Give the second result as a dictionary from count to number of texts with the smallest count first.",
            "A librarian lists every loan by title in $items. How many titles were borrowed once, twice, three times ...? Answer with a dictionary in ascending order of its keys, without entries for numbers that no title has.",
            "Given the list $items, map each number n for which some text stands exactly n times in the list to the number of different texts that do so; insert the keys from small to large. The empty list gives an empty dictionary.",
        ),
        solutions=(
            """
$groups = {}
for $item in $items:
    $groups[$item] = $groups.get($item, 0) + 1
$result = {}
for $count in sorted($groups.values()):
    $result[$count] = $result.get($count, 0) + 1
return $result
""",
            """
from collections import Counter
$groups = Counter(Counter($items).values())
return dict(sorted($groups.items()))
""",
        ),
        reference=lambda items: {
            n: count
            for n in range(1, len(items) + 1)
            if (count := len({i for i in items if items.count(i) == n}))
        },
        inputs=lambda rng: (rng.choices(draws.GOODS[:5], k=rng.randint(4, 8)),),
        edges=(([],), (["tea"],), (["a", "a", "a"],), (["a", "b", "c", "a"],), (["é", "e", "é"],)),
        idea="Counting twice does it: the counts of the first table are the elements that the second one counts.",
        pitfall="Counting the counts per element instead of per different text makes a text that occurs three times appear three times.",
    ),
    Family(
        name="first_to_reach_count",
        concepts=("frequencies", "early_return", "searching"),
        difficulty=1,
        names="first_to_reach first_with_enough earliest_winner race_winner find_first",
        arguments=("events|hits|scored|calls: list[str]; names in order of time",),
        returns="str | None",
        phrasings=(
            "Return the name that is the first to have appeared $k times in $events, read from the left, or None if no name does.",
            "Read $events from left to right and stop as soon as some name has occurred for the ${k}th time; return this name. If that never happens, return None.",
            "In a game each entry of $events is a point for the player named. Who reaches $k points first? The answer is None when nobody has $k points at the end.",
            "Given the chronological list $events, return the name whose occurrence number $k comes earliest in the list (not the one that is most frequent in the end), or None where every name occurs fewer than $k times.",
        ),
        solutions=(
            """
$seen = {}
for $item in $events:
    $seen[$item] = $seen.get($item, 0) + 1
    if $seen[$item] == $k:
        return $item
return None
""",
            """
for $i, $item in enumerate($events):
    if $events[:$i + 1].count($item) >= $k:
        return $item
return None
""",
            """
from collections import Counter
points = Counter()
for $item in $events:
    points.update([$item])
    if max(points.values()) == $k:
        return $item
return None
""",
        ),
        reference=lambda events, k: (
            min(
                ([i for i, e in enumerate(events) if e == name][k - 1], name)
                for name in [*events, "-"]
                if events.count(name) >= k
            )[1]
            if any(events.count(name) >= k for name in events)
            else None
        ),
        parameters=lambda rng: {"k": rng.choice((4, 5, 6))},
        inputs=lambda rng, k: (
            rng.choices(("Ada", "Ben", "Cleo")[: rng.choice((2, 2, 3))], k=rng.randint(k + 1, 2 * k + 2)),
        ),
        edges=(
            ([],),
            (["Ada"],),
            (["Ada", "Ben"] * 6,),
            (["Eva"] * 8,),
            (["Max", "Lia", "Max"],),
            (["b", "a", "a", "b", "b", "a", "a", "b", "b", "b", "a", "a"],),
        ),
        idea="The table is kept up to date while reading, so the moment in which a count becomes $k is seen at once and the search can stop.",
        pitfall="Counting everything first and taking the maximum finds the name that is most frequent, which may have reached $k later than another.",
    ),
    Family(
        name="letters_to_buy_for_sign",
        concepts=("counters", "strings", "sorting"),
        difficulty=2,
        names="letters_to_buy letter_balance lacking_letters sign_letters spare",
        arguments=(
            "sign|message|motto|title: str; small letters and blanks",
            "box|letters|stock|supply: str; the letters at hand, each as often as it is there",
        ),
        returns="str",
        phrasings=(
            "Each letter of $sign needs one plastic letter, blanks need none, and $box holds those there are. Return the letters that are $says, in alphabetical order, repeated as often as needed.",
            "Compare the letters of $sign, without blanks, with those in $box as bags. Return, sorted and joined, $exact.",
            "A shop wants to put up the text $sign and has the letters $box. Which letters are $says, counting repeats? Give them as one alphabetical text and ignore blanks.",
            "Return $exact, taken with their multiplicities and in alphabetical order, as a text. Blanks are not letters here; the result is the empty text when there are none.",
        ),
        solutions=(
            """
from collections import Counter
needed = Counter($sign.replace(" ", ""))
owned = Counter($box.replace(" ", ""))
return "".join(sorted(($first - $second).elements()))
""",
            """
needed = [$char for $char in $sign if $char != " "]
owned = [$char for $char in $box if $char != " "]
$left = list($first)
for $char in $second:
    if $char in $left:
        $left.remove($char)
return "".join(sorted($left))
""",
            """
from collections import Counter
needed = Counter($sign)
owned = Counter($box)
$result = []
for $char in sorted($first):
    if $char != " ":
        $result.append($char * max(0, $first[$char] - $second[$char]))
return "".join($result)
""",
        ),
        reference=lambda sign, box, first, second, says, exact: "".join(
            char * max(0, (sign.count(char) - box.count(char)) * (1 if first == "needed" else -1))
            for char in sorted({*sign, *box} - {" "})
        ),
        parameters=lambda rng: part(
            rng,
            {
                "first": "needed",
                "second": "owned",
                "says": "missing",
                "exact": "the letters that the sign needs and the box lacks",
            },
            {
                "first": "owned",
                "second": "needed",
                "says": "left over",
                "exact": "the letters that the box has and the sign does not need",
            },
        ),
        inputs=lambda rng, **_: (
            " ".join(rng.choices(("sale", "tea", "book", "open", "see", "kiosk"), k=rng.randint(1, 2))),
            "".join(rng.choices("aeosklbtp", k=rng.randint(5, 9))),
        ),
        edges=(("", "abc"), ("tea", ""), ("ee e", "e e"), ("ba", "aabb"), ("noon", "no"), ("café", "éa")),
        idea="Subtracting one Counter from another takes away letter by letter and keeps only what remains above zero.",
        pitfall="Sets would forget how often a letter is needed: 'noon' needs two of each.",
    ),
    Family(
        name="common_purchases",
        concepts=("counters", "reduce", "min_max"),
        difficulty=3,
        names="common_purchases bought_by_all shared_goods in_every_basket overlap",
        arguments=("baskets|carts|orders|shopping: list[list[str]]; what each customer bought",),
        returns="dict[str, int]",
        phrasings=(
            "Return a dictionary with the goods that all $baskets contain and the number of pieces that every one has at least. Sort it by name; without baskets it is empty.",
            "Find what the lists in $baskets have in common, repeats included: a name that stands at least n times in each of them gets the largest such n. Order the dictionary alphabetically.",
            "Every list in $baskets holds one customer's purchases, a product once per piece. Which products did all customers buy, and how many pieces of them at the least? Give a dictionary with its keys in alphabetical order.",
            "Return, in alphabetical order of the keys, the map from each name that occurs in every list of $baskets to the minimum over these lists of its number of occurrences; {} if there is no list or no such name.",
        ),
        solutions=(
            """
from collections import Counter
from functools import reduce
if not $baskets:
    return {}
$total = reduce(lambda a, b: a & b, map(Counter, $baskets))
return {$key: $total[$key] for $key in sorted($total)}
""",
            """
$result = {}
for $key in sorted($baskets[0]) if $baskets else []:
    $count = min($row.count($key) for $row in $baskets)
    if $count > 0:
        $result[$key] = $count
return $result
""",
        ),
        reference=lambda baskets: {
            name: min(sum(good == name for good in basket) for basket in baskets)
            for name in sorted({good for basket in baskets for good in basket})
            if all(name in basket for basket in baskets)
        },
        inputs=lambda rng: (
            [
                rng.sample(draws.GOODS[:4], 3) + rng.choices(draws.GOODS[:2], k=2)
                for _ in range(rng.randint(2, 3))
            ],
        ),
        edges=(
            ([],),
            ([["tea", "tea", "oil"]],),
            ([["tea"], []],),
            ([["b", "a"], ["a", "b"]],),
            ([["a", "a"], ["a", "a", "a"]],),
        ),
        idea="`&` of two Counters keeps the smaller count of each element, and folding it over all baskets leaves what all of them share.",
        pitfall="Starting the fold with an empty Counter makes every intersection empty; begin with the first basket.",
    ),
    Family(
        name="net_movements",
        concepts=("counters", "dictionaries", "sorting"),
        difficulty=3,
        names="net_movements stock_changes balance_by_name in_minus_out settle",
        arguments=(
            "arrived|incoming|bought|added: list[str]; one name per piece that came in",
            "left_over|outgoing|sold|removed: list[str]; one name per piece that went out",
        ),
        returns="list[tuple[str, int]]",
        phrasings=(
            "Return for every name in $arrived or $left_over the number of its occurrences in $arrived minus that in $left_over, as (name, difference) pairs with the $most difference first and equal ones by name. Leave out differences of 0.",
            "Work out the balance of each product: pieces in $arrived less pieces in $left_over. List the pairs (name, balance) that are not zero, $most balance first, ties alphabetically.",
            "Given what came into a store, $arrived, and what went out, $left_over, which products changed in number and by how much? Answer with (name, change) tuples starting with the $most change; names with equal changes stand in alphabetical order.",
            "Return the list of tuples (name, d) with d = count in $arrived - count in $left_over for all names with d different from 0, sorted by d with the $most first and then by name. Negative d are kept.",
        ),
        solutions=(
            """
from collections import Counter
$total = Counter($arrived)
$total.subtract($left_over)
$result = [$pair for $pair in $total.items() if $pair[1] != 0]
return sorted($result, key=lambda $pair: ($sign$pair[1], $pair[0]))
""",
            """
$groups = {}
for $key in $arrived:
    $groups[$key] = $groups.get($key, 0) + 1
for $key in $left_over:
    $groups[$key] = $groups.get($key, 0) - 1
names = sorted($groups)
names.sort(key=lambda $key: $sign$groups[$key])
return [($key, $groups[$key]) for $key in names if $groups[$key]]
""",
        ),
        reference=lambda arrived, left_over, sign, most: [
            (name, d)
            for d in sorted(range(-30, 31), reverse=most == "largest")
            if d
            for name in sorted({*arrived, *left_over})
            if arrived.count(name) - left_over.count(name) == d
        ],
        parameters=lambda rng: part(rng, {"sign": "-", "most": "largest"}, {"sign": "", "most": "smallest"}),
        inputs=lambda rng, **_: (
            rng.choices(draws.GOODS[:5], k=rng.randint(2, 5)),
            rng.choices(draws.GOODS[:5], k=rng.randint(1, 5)),
        ),
        edges=(
            ([], []),
            (["tea"], []),
            ([], ["tea", "tea", "rice"]),
            (["tea", "rice"], ["rice", "tea"]),
            (["b", "a"], []),
            (["b", "b", "c"], ["a"]),
        ),
        idea="The method subtract lowers counts below zero, while the operator - would drop whatever is not positive.",
        pitfall="Writing Counter(a) - Counter(b) loses all products of which more went out than came in.",
    ),
)
