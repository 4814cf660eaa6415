"""More first families on collections: sets, dictionaries and lists cut or joined in one simple way."""

from __future__ import annotations

from hornbook.curriculum import draws
from hornbook.curriculum.families.wording import part
from hornbook.curriculum.family import Family, Raw

FAMILIES: tuple[Family, ...] = (
    Family(
        name="couples_in_a_line",
        concepts=("chunking", "list_slicing", "for_loops"),
        difficulty=1,
        names="couples_in_line sums_of_two pair_up add_couples halve_length",
        arguments=("numbers|values|coins|points: list[int]; any numbers",),
        returns="list[int]",
        phrasings=(
            "Put the numbers of $numbers together two by two from the left and replace each couple by $what. A number that is left over at the end stays as it is.",
            "Return $what of the first and second, of the third and fourth number of $numbers, and so on; a last number without a partner is added unchanged.",
            "Children in a line, with the numbers $numbers, form couples from the front. Which list do you get if every couple calls out $what of its two numbers and a single child at the end calls out its own number?",
            "Return [g($numbers[0], $numbers[1]), g($numbers[2], $numbers[3]), ...], where g is $what, followed by the last element itself if the length is odd.",
        ),
        solutions=(
            """
$result = []
for $i in range(0, len($numbers) - 1, 2):
    first, second = $numbers[$i], $numbers[$i + 1]
    $result.append($formula)
if len($numbers) % 2 == 1:
    $result.append($numbers[-1])
return $result
""",
            """
couples = zip($numbers[::2], $numbers[1::2])
$result = [$formula for first, second in couples]
return $result + $numbers[len($result) * 2:]
""",
        ),
        reference=lambda numbers, what, formula: [
            part[0]
            if len(part) == 1
            else {"s": part[0] + part[-1], "d": part[0] - part[-1], "l": max(part)}[what[4]]
            for part in (numbers[i : i + 2] for i in range(0, len(numbers), 2))
        ],
        parameters=lambda rng: part(
            rng,
            {"what": "the sum", "formula": "first + second"},
            {"what": "the difference (first minus second)", "formula": "first - second"},
            {"what": "the larger one", "formula": "max(first, second)"},
        ),
        inputs=lambda rng, **_: (draws.ints(rng, 4, 7, 0, 20),),
        edges=(([],), ([5],), ([1, 2],), ([2, 1, 3],), ([-1, -1, 0, 4],)),
        idea="A step of 2 jumps from couple to couple, and the remainder of the length by 2 says whether one is left over.",
        pitfall="A step of 1 pairs every number twice, once with each neighbour.",
    ),
    Family(
        name="drop_repeats_and_count",
        concepts=("deduplication", "sets", "tuples"),
        difficulty=1,
        names="drop_repeats unique_with_count remove_repeats clean_list filter_repeats",
        arguments=("items|names|words|tickets: list[str]; texts, perhaps repeated",),
        returns="tuple[list[str], int]",
        phrasings=(
            "Return the different texts of $items in the order of their $which appearance, and how many entries had to be dropped, as a tuple.",
            "Remove all repeats from $items, keeping the $which one of equal texts in its place, and return the new list together with the number of removed entries.",
            "Tickets with the texts $items are collected, and of equal ones just the $which counts. Which tickets count, in order, and how many do not? Answer with a tuple of a list and a number.",
            "Return (u, d), where u contains each different element of $items once, ordered by the position of its $which occurrence, and d is the length of $items minus the length of u.",
        ),
        solutions=(
            """
kept = []
for $item in $items$turn:
    if $item not in kept:
        kept.append($item)
return kept$turn, len($items) - len(kept)
""",
            """
unique = list(dict.fromkeys($items$turn))
dropped = len($items) - len(set($items))
return unique$turn, dropped
""",
        ),
        reference=lambda items, which, turn: (
            [x for i, x in enumerate(items) if x not in (items[:i] if which == "first" else items[i + 1 :])],
            sum(x in items[:i] for i, x in enumerate(items)),
        ),
        parameters=lambda rng: part(rng, {"which": "first", "turn": ""}, {"which": "last", "turn": "[::-1]"}),
        inputs=lambda rng, **_: (rng.choices(("ant", "bee", "cat", "dog"), k=rng.randint(4, 6)),),
        edges=(([],), (["a"],), (["a", "a"],), (["a", "b", "a"],), (["b", "a", "a", "b", "B"],)),
        idea="An element is kept if it is not among those kept already; the difference of the lengths says how many were not.",
        pitfall="list(set(items)) has the right elements, but in no reliable order.",
    ),
    Family(
        name="initials_in_use",
        concepts=("set_comprehensions", "strings", "sorting"),
        difficulty=1,
        names="initials_in_use letters_needed register_letters used_initials first_letters",
        arguments=("names|titles|words|guests: list[str]; names, some of which may be empty",),
        returns="str",
        phrasings=(
            "Return the different $which letters of $names as one text of $case letters in alphabetical order, joined by '$sep'. Empty names are skipped.",
            "Which $which letters occur in $names? Give each once, as a $case letter, in alphabetical order with '$sep' between them; ignore empty names.",
            "A box of cards gets one tab for every $which letter of $names, no matter whether it is a capital or not. What do the tabs say, in $case letters from A to Z, with '$sep' between them? Empty names need no tab.",
            "Return '$sep'.join over the sorted set of the $which characters of the non-empty elements of $names, each turned into a $case letter before the set is made.",
        ),
        solutions=(
            """
letters = {name[$index].$method() for name in $names if name}
return "$sep".join(sorted(letters))
""",
            """
$result = []
for name in $names:
    if name != "" and name[$index].$method() not in $result:
        $result.append(name[$index].$method())
$result.sort()
return "$sep".join($result)
""",
        ),
        reference=lambda names, which, case, sep, **_: str(sep).join(
            sorted(
                dict.fromkeys(
                    (n.upper() if case == "capital" else n.lower())[0 if which == "first" else len(n) - 1]
                    for n in names
                    if len(n) > 0
                )
            )
        ),
        parameters=lambda rng: {
            "sep": Raw(rng.choice(("", " ", "-", "/"))),
            **part(rng, {"which": "first", "index": "0"}, {"which": "last", "index": "-1"}),
            **part(rng, {"case": "capital", "method": "upper"}, {"case": "small", "method": "lower"}),
        },
        inputs=lambda rng, **_: (
            rng.choices(("Ada", "anna", "Ben", "cleo", "EVA", "bob", ""), k=rng.randint(3, 6)),
        ),
        edges=(([],), ([""],), (["a"],), (["b", "A", "a", "B"],), (["Él", "eL", "el"],)),
        idea="The set comprehension keeps each letter once, and sorting turns the set into something with a fixed order.",
        pitfall="name[0] of an empty text raises IndexError, so empty names are tested first.",
    ),
    Family(
        name="compare_two_baskets",
        concepts=("set_operations", "conditionals", "booleans"),
        difficulty=1,
        names="compare_baskets relation_of_sets basket_relation judge compare",
        arguments=(
            "mine|first|ours|left_basket: list[str]; things, repeats do not matter",
            "yours|second|theirs|right_basket: list[str]; things, repeats do not matter",
        ),
        returns="str",
        phrasings=(
            "Return '$same' if $mine and $yours contain the same things, '$more' if $mine has all that $yours has and something else too, '$less' if it is the other way round, and '$other' in all other cases. Order and repeats do not matter.",
            "Compare the two lists as sets: '$same' for equal sets, '$more' if $yours is a part of $mine, '$less' if $mine is a part of $yours, and '$other' if each has something that the other lacks.",
            "Two people compare their baskets. What does the owner of $mine say: '$same' (the same things are in $yours), '$more' (everything from there and more), '$less' (only a part of it) or '$other' (both have something of their own)? How often a thing is there is of no interest.",
            "With A and B the sets of elements of $mine and $yours, return '$same' if A == B, '$more' if B is a proper subset of A, '$less' if A is a proper subset of B, and '$other' otherwise.",
        ),
        solutions=(
            """
a, b = set($mine), set($yours)
if a == b:
    return "$same"
if a > b:
    return "$more"
return "$less" if a < b else "$other"
""",
            """
extra = [$item for $item in $mine if $item not in $yours]
missing = [$item for $item in $yours if $item not in $mine]
if extra and missing:
    return "$other"
if extra:
    return "$more"
return "$less" if missing else "$same"
""",
        ),
        reference=lambda mine, yours, same, more, less, other: str(
            {(True, True): same, (False, True): more, (True, False): less, (False, False): other}[
                (all(x in yours for x in mine), all(x in mine for x in yours))
            ]
        ),
        parameters=lambda rng: part(
            rng,
            {"same": "same", "more": "more", "less": "less", "other": "different"},
            {"same": "equal", "more": "superset", "less": "subset", "other": "neither"},
        ),
        inputs=lambda rng, **_: (
            rng.choices(("tea", "rice", "ham")[: rng.randint(1, 3)], k=rng.randint(1, 3)),
            rng.choices(("tea", "rice", "ham")[: rng.randint(1, 3)], k=rng.randint(1, 3)),
        ),
        edges=(
            ([], []),
            (["a"], []),
            ([], ["a"]),
            (["a", "a"], ["a"]),
            (["a", "b"], ["b", "c"]),
            (["a", "b"], ["b"]),
            (["b"], ["a", "b"]),
        ),
        idea="Sets can be compared with < and > like sizes, but two sets may be neither smaller nor larger.",
        pitfall="Comparing the lengths of the lists says nothing about what is in them.",
    ),
    Family(
        name="prices_from_update",
        concepts=("dictionary_merging", "dictionaries", "for_loops"),
        difficulty=1,
        names="update_prices apply_update new_price_list refresh_prices current_prices",
        arguments=(
            "prices|old|catalogue|stock: dict[str, int]; the prices until now",
            "changes|update|news|corrections: dict[str, int]; new prices, $gone for products no longer sold",
        ),
        returns="dict[str, int]",
        phrasings=(
            "Return a new price list: the products of $prices in their order, with the price from $changes where there is one. A new price of $gone removes the product, and products that are only in $changes are ignored.",
            "Apply $changes to a copy of $prices: replace the prices of known products and leave out those whose new price is $gone. Products that $prices does not have play no part; the order stays.",
            "A shop gets a list of $changes for its $prices. What is its new price list, in the old order, if $gone means that a product is no longer sold and products it does not have are ignored?",
            "Return the dictionary with, for each key of $prices in order, its value in $changes if it is there and its old value otherwise, but without the keys for which $changes has the value $gone.",
        ),
        solutions=(
            """
$result = {}
for $key, old in $prices.items():
    new = $changes.get($key, old)
    if $key not in $changes or new != $gone:
        $result[$key] = new
return $result
""",
            """
$result = dict($prices)
for $key, price in $changes.items():
    if $key in $result:
        if price == $gone:
            del $result[$key]
        else:
            $result[$key] = price
return $result
""",
        ),
        reference=lambda prices, changes, gone: {
            k: (changes if k in changes else prices)[k] for k in prices if changes.get(k, "kept") != gone
        },
        parameters=lambda rng: {"gone": rng.choice((0, -1))},
        inputs=lambda rng, gone: (
            {good: rng.randint(1, 20) for good in rng.sample(draws.GOODS[:5], rng.randint(2, 4))},
            {
                good: rng.choice((gone, rng.randint(1, 20)))
                for good in rng.sample(draws.GOODS[:6], rng.randint(2, 3))
            },
        ),
        edges=(
            ({}, {}),
            ({"tea": 5}, {}),
            ({}, {"tea": 5}),
            ({"tea": 0, "cup": -1}, {"pen": 0}),
            ({"b": 1, "a": 2, "c": 3}, {"a": 0, "c": -1, "b": 9}),
        ),
        idea="For each product the new price is asked for first, and the old one is the default.",
        pitfall="Calling prices.update(changes) changes the caller's dictionary and brings in products that were not there.",
    ),
    Family(
        name="who_sits_where",
        concepts=("inverting_dictionaries", "dictionaries", "sorting"),
        difficulty=1,
        names="who_sits_where names_by_seat seating_list invert_seats read_plan",
        arguments=(
            "seats|plan|places|reserved: dict[str, int]; the seat of each person, all seats different",
        ),
        returns="list[str]",
        phrasings=(
            "Return for each seat from 1 to $size who sits there according to $seats, or '$free' if nobody does. Seats outside 1 to $size are ignored.",
            "Read $seats the other way round: give a list of $size texts in which number i (counted from 1) is the person with seat i, or '$free' for a seat without a person.",
            "A row has $size seats, and $seats says where everybody sits. Whom does one see when going along the row from seat 1 on, if a free seat is reported as '$free' and people who sit elsewhere are left out?",
            "Return [p1, p2, ..., p$size], where pi is the key of $seats with the value i, or '$free' if no key has this value.",
        ),
        solutions=(
            """
person_at = {number: name for name, number in $seats.items()}
$result = []
for number in range(1, $size + 1):
    $result.append(person_at.get(number, "$free"))
return $result
""",
            """
row = ["$free"] * $size
for name, number in $seats.items():
    if 1 <= number <= $size:
        row[number - 1] = name
return row
""",
        ),
        reference=lambda seats, size, free: [
            ([name for name in seats if seats[name] == i] + [str(free)])[0] for i in range(1, size + 1)
        ],
        parameters=lambda rng: {"size": rng.randint(3, 5), "free": Raw(rng.choice(("free", "-", "nobody")))},
        inputs=lambda rng, size, free: (
            dict(zip(rng.sample(draws.FIRST_NAMES, 3), rng.sample(range(0, size + 2), 3), strict=True)),
        ),
        edges=(
            ({},),
            ({"Ada": 1},),
            ({"Ada": 3, "Ben": 1},),
            ({"Ada": 0, "Ben": -1, "Cleo": 9},),
            ({"a": 5, "b": 4, "c": 3, "d": 2, "e": 1},),
        ),
        idea="Turned around, the dictionary answers the question 'who has this seat?' directly.",
        pitfall="row[number - 1] with number 0 writes to the last seat, so numbers outside the row must be tested.",
    ),
    Family(
        name="column_under_heading",
        concepts=("transposing", "list_indexing", "early_return"),
        difficulty=1,
        names="column_under_heading get_column read_column select_column pick",
        arguments=(
            "table|rows|sheet|grid: list[list[str]]; rows of equal length, the first one holds the headings",
            "heading|column|title|label: str; the heading of the wanted column",
        ),
        returns="list[str]",
        phrasings=(
            "Return the cells below $heading in $table from top to bottom, without the heading itself and without cells equal to '$blank'. If there is no such heading, return [].",
            "Find the column of $table whose first cell is $heading and list its other cells, skipping every '$blank'. The answer is an empty list when the heading does not occur or the table has no rows. If it occurs twice, take the left one.",
            "A sheet is stored row by row in $table, headings first. What stands under $heading, from top to bottom? Cells with '$blank' are empty and left out; for an unknown heading nothing is listed.",
            "If $heading is in the first row of $table, let c be its smallest index there and return the cells with index c of all other rows that differ from '$blank', in order; otherwise, or for a table without rows, return [].",
        ),
        solutions=(
            """
if not $table or $heading not in $table[0]:
    return []
c = $table[0].index($heading)
return [$row[c] for $row in $table[1:] if $row[c] != "$blank"]
""",
            """
for title, *cells in zip(*$table):
    if title == $heading:
        return [cell for cell in cells if cell != "$blank"]
return []
""",
        ),
        reference=lambda table, heading, blank: [
            cell
            for i, line in enumerate(table)
            for j, cell in enumerate(line)
            if i and table[0].count(heading) and table[0].index(heading) == j and cell != blank
        ],
        parameters=lambda rng: {"blank": Raw(rng.choice(("-", "?", "none")))},
        inputs=lambda rng, blank: (
            [["day", "who"][:: rng.choice((1, -1))]]
            + [
                [rng.choice(("Mon", "Ada", str(blank))), rng.choice(("Ben", "Tue", str(blank)))]
                for _ in range(rng.randint(1, 3))
            ],
            rng.choice(("day", "who")),
        ),
        edges=(
            ([], "day"),
            ([["day"]], "day"),
            ([["day"], ["Mon"]], "who"),
            ([["a", "a"], ["x", "y"]], "a"),
            ([["a", "b"], ["-", "?"], ["none", "z"]], "b"),
        ),
        idea="The heading decides the index once, and the same index is used in every row.",
        pitfall="index raises ValueError for a heading that is not there, so it is looked for first.",
    ),
)
