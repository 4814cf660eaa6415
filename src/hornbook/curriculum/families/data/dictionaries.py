"""Families on dictionaries: counting, grouping, inverting, merging and filtering, and records as lists of dicts.

Every function returns a new value and leaves its arguments as they were. Order is stated wherever the result is a
list; dictionaries that are returned may hold their keys in any order, for they are compared as dictionaries.
"""

from __future__ import annotations

import random
from collections import Counter
from fractions import Fraction

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw

CITIES = ("Oslo", "Rome", "Lima", "Bern")


def _part(rng: random.Random, *choices: dict[str, str]) -> dict[str, Raw]:
    return {key: Raw(text) for key, text in rng.choice(choices).items()}


def _marks(rng: random.Random) -> dict[str, list[int]]:
    return {name: draws.ints(rng, 0, 4, 1, 20) for name in rng.sample(draws.FIRST_NAMES, rng.randint(2, 4))}


def _people(rng: random.Random) -> list[dict[str, str | int]]:
    names = rng.sample(draws.FIRST_NAMES, rng.randint(3, 5))
    return [{"name": name, "age": rng.randint(5, 12) * 3} for name in names]


def _sales(rng: random.Random) -> list[dict[str, str | int]]:
    return [
        {
            "seller": rng.choice(("Ada", "Ben", "Cleo")),
            "city": rng.choice(CITIES[:3]),
            "amount": rng.randint(1, 30),
            "hours": rng.randint(1, 8),
        }
        for _ in range(rng.randint(2, 5))
    ]


def _shops(rng: random.Random) -> dict[str, dict[str, int]]:
    return {
        city: {
            good: rng.randint(1, 6) for good in rng.sample(("tea", "rice", "soap", "milk"), rng.randint(1, 4))
        }
        for city in rng.sample(CITIES, rng.randint(2, 4))
    }


FAMILIES: tuple[Family, ...] = (
    Family(
        name="goods_by_stock_level",
        concepts=("dictionaries", "filtering", "list_building"),
        difficulty=1,
        names="goods_in_range stock_report select_goods names_by_count process",
        arguments=(
            "stock|inventory|shelf|pieces: dict[str, int]; how many pieces of each product there are",
        ),
        returns="list[str]",
        phrasings=(
            "Return the names of the products in $stock whose count is $words $limit, in the order of the dictionary.",
            "List every key of $stock that has a value of $words $limit. Do not change the order; the list is empty when no key fits.",
            "Given the dictionary $stock from product to number of pieces, collect the products of which there are $words $limit pieces, keeping their order.",
            "Which products does $stock hold in a number of $words $limit? Answer with a list of names in the dictionary's own order.",
        ),
        solutions=(
            """
$result = []
for $key, $count in $stock.items():
    if $count $op $limit:
        $result.append($key)
return $result
""",
            """
return [$key for $key, $count in $stock.items() if $count $op $limit]
""",
            """
return list(filter(lambda $key: $stock[$key] $op $limit, $stock))
""",
        ),
        reference=lambda stock, op, words, limit: [
            name
            for name, count in zip(stock.keys(), stock.values(), strict=True)
            if draws.COMPARISONS[op][1](count, limit)
        ],
        parameters=lambda rng: {**draws.comparison(rng), "limit": rng.randint(3, 9)},
        inputs=lambda rng, op, words, limit: (
            {**draws.counts(rng, 3, 5), rng.choice(("oil", "jam")): limit}
            if rng.random() < 0.5
            else draws.counts(rng),
        ),
        edges=(({},), ({"tea": 0},), ({"tea": 5, "rice": 5},), ({"pen": -1, "cup": 100},)),
        idea="items() gives each product together with its count, so the count can be tested and the name kept.",
        pitfall="Looping over the dictionary alone gives the keys, and comparing a name with a number fails.",
    ),
    Family(
        name="deliver_up_to_capacity",
        concepts=("dictionaries", "accumulation", "min_max"),
        difficulty=2,
        names="add_delivery restock fill_shelves stock_after_delivery update",
        arguments=(
            "stock|inventory|shelf|store: dict[str, int]; pieces already there",
            "delivery|arrived|incoming|new_goods: dict[str, int]; pieces that arrive",
        ),
        returns="dict[str, int]",
        phrasings=(
            "Return a new dictionary with the counts of $stock and $delivery added up per product. No product goes above $cap pieces; the surplus is thrown away.",
            "Merge the dictionaries $stock and $delivery: each product of either one gets the sum of its two counts, cut down to $cap when the sum is larger. A missing product counts as 0.",
            "The goods in $delivery are put beside those in $stock. Compute the new count of each product, with a limit of $cap pieces per product, and return it as a new dictionary.",
            "What is on the shelf once $delivery has been added to $stock, if there is room for at most $cap pieces of each product? Include the products that occur in only one of the two dictionaries and leave both arguments unchanged.",
        ),
        solutions=(
            """
$result = dict($stock)
for $key, $count in $delivery.items():
    $result[$key] = $result.get($key, 0) + $count
for $key in $result:
    $result[$key] = min($result[$key], $cap)
return $result
""",
            """
return {$key: min($cap, $stock.get($key, 0) + $delivery.get($key, 0)) for $key in $stock | $delivery}
""",
            """
from collections import Counter
$total = Counter($stock)
$total.update($delivery)
return {$key: $count if $count < $cap else $cap for $key, $count in $total.items()}
""",
        ),
        reference=lambda stock, delivery, cap: {
            good: sorted([cap, sum(n for pile in (stock, delivery) for g, n in pile.items() if g == good)])[0]
            for good in dict.fromkeys([*stock, *delivery])
        },
        parameters=lambda rng: {"cap": rng.choice((8, 10, 12, 15, 20))},
        inputs=lambda rng, cap: (
            {good: rng.randint(0, cap) for good in rng.sample(draws.GOODS[:5], 3)},
            {good: rng.randint(1, 9) for good in rng.sample(draws.GOODS[:6], rng.randint(1, 3))},
        ),
        edges=(
            ({}, {}),
            ({"tea": 3}, {}),
            ({}, {"tea": 30}),
            ({"tea": 0}, {"tea": 0}),
            ({"pen": 7}, {"pen": 1}),
        ),
        idea="Go through the products of both dictionaries and let get(product, 0) stand in for the one that is missing; min then cuts the sum at the limit.",
        pitfall="Assigning into the first dictionary itself would change the caller's stock; work on a copy.",
    ),
    Family(
        name="sell_single_pieces",
        concepts=("dictionaries", "simulation", "conditionals"),
        difficulty=2,
        names="sell_goods stock_after_sales left_in_stock serve_customers run",
        arguments=(
            "stock|inventory|shelf|store: dict[str, int]; pieces of each product, none negative",
            "wishes|orders|sold|requests: list[str]; products asked for, one piece each",
        ),
        returns="dict[str, int]",
        phrasings=(
            "Each entry of $wishes asks for one piece of a product. Return what is left of $stock after all of them; ignore requests for unknown products and for products that have run out.",
            "Take one piece out of a copy of $stock for every name in $wishes, unless the product is missing or already at 0. Return the copy, including the products that are sold out.",
            "Given $stock (product to number of pieces) and the list $wishes, compute the remaining number of each product. A count never drops below 0 and products that are not in $stock do not appear.",
            "Sell the products named in $wishes one by one. Which counts does $stock have in the end, as a new dictionary with the same keys, when nothing can be sold that is not there?",
        ),
        solutions=(
            """
$result = dict($stock)
for $item in $wishes:
    if $result.get($item, 0) > 0:
        $result[$item] -= 1
return $result
""",
            """
return {$key: max(0, $count - $wishes.count($key)) for $key, $count in $stock.items()}
""",
            """
from collections import Counter
$total = Counter($wishes)
$result = {}
for $key in $stock:
    $result[$key] = $stock[$key] - min($stock[$key], $total[$key])
return $result
""",
        ),
        reference=lambda stock, wishes: {
            good: len(range(sum(1 for wish in wishes if wish == good), count))
            for good, count in stock.items()
        },
        inputs=lambda rng: (
            {good: rng.randint(0, 3) for good in rng.sample(draws.GOODS[:5], rng.randint(2, 4))},
            rng.choices(draws.GOODS[:6], k=rng.randint(2, 6)),
        ),
        edges=(
            ({}, ["tea"]),
            ({"tea": 2}, []),
            ({"tea": 1}, ["tea", "tea", "tea"]),
            ({"pen": 0, "cup": 4}, ["pen"]),
        ),
        idea="Copy the dictionary, then take a piece away for each request, but only while the product's count is above zero.",
        pitfall="Subtracting without the test makes counts negative, or raises KeyError for an unknown product.",
    ),
    Family(
        name="group_words_by_letters",
        concepts=("grouping", "dictionaries", "strings"),
        difficulty=2,
        names="group_words words_by_letter sort_into_boxes build_index organize",
        arguments=("words|names|tokens|terms: list[str]; non-empty words",),
        returns="dict[str, list[str]]",
        phrasings=(
            "Group $words by their $what: return a dictionary from the $what to the list of words that have it, in the order given.",
            "Build a dictionary whose keys are the different $plural of $words and whose values are lists of the words with that key. Inside a list the words keep their order, repeats included.",
            "Sort the strings of $words into lists, one for each $what that occurs, and return these lists in a dictionary with the $what as key. Do not reorder or drop words.",
            "For each $what found in $words, gather the words that have it, in their original order with duplicates. Answer with a dictionary; it is empty for an empty list.",
        ),
        solutions=(
            """
$groups = {}
for $word in $words:
    $groups.setdefault($word$cut, []).append($word)
return $groups
""",
            """
from collections import defaultdict
$groups = defaultdict(list)
for $word in $words:
    $groups[$word$cut].append($word)
return dict($groups)
""",
            """
$groups = {}
for $word in $words:
    $key = $word$cut
    if $key not in $groups:
        $groups[$key] = []
    $groups[$key].append($word)
return $groups
""",
            """
from itertools import groupby
$result = sorted($words, key=lambda $word: $word$cut)
return {$key: list($item) for $key, $item in groupby($result, key=lambda $word: $word$cut)}
""",
        ),
        reference=lambda words, cut, what, plural: {
            edge: [word for word in words if _edge(word, what) == edge]
            for edge in dict.fromkeys(_edge(w, what) for w in words)
        },
        parameters=lambda rng: _part(
            rng,
            {"cut": "[0]", "what": "first letter", "plural": "first letters"},
            {"cut": "[-1]", "what": "last letter", "plural": "last letters"},
            {"cut": "[:2]", "what": "first two letters", "plural": "pairs of first letters"},
        ),
        inputs=lambda rng, cut, what, plural: (
            rng.choices(
                ("ant", "axe", "arm", "bee", "bat", "banana", "tea", "tree", "ten", "toe"),
                k=rng.randint(2, 6),
            ),
        ),
        edges=(([],), (["sun"],), (["sea", "sea"],), (["moon", "noon", "moss"],)),
        idea="Use the $what of a word as its key: every word is appended to the list under that key, which is made when the key is met for the first time.",
        pitfall="Writing groups[key] = [word] in the loop forgets the words that came before.",
    ),
    Family(
        name="invert_assignment",
        concepts=("dictionaries", "grouping", "sorting"),
        difficulty=2,
        names="invert_assignment names_per_$noun members who_sits_where flip",
        arguments=("place_of|seats|assignment|placed: dict[str, int]; the number given to each person",),
        returns="dict[int, list[str]]",
        phrasings=(
            "The dictionary $place_of gives each person a $noun number. Return the opposite view: from each $noun number, in ascending order, to the alphabetical list of its people.",
            "Invert $place_of. The keys of the result are the $noun numbers that occur, smallest first, the values are lists of the names with that number, sorted alphabetically.",
            "Collect who belongs to each $noun, given $place_of from name to $noun number; return a dictionary of sorted name lists, with the $noun numbers in ascending order and no entry for a $noun without people.",
            "For every $noun number found among the values of $place_of, which people have it? Build a dictionary that answers this with alphabetically sorted lists, its keys in ascending order.",
        ),
        solutions=(
            """
$groups = {}
for $key, $i in sorted($place_of.items()):
    $groups.setdefault($i, []).append($key)
return dict(sorted($groups.items()))
""",
            """
numbers = sorted(set($place_of.values()))
return {$i: sorted($key for $key in $place_of if $place_of[$key] == $i) for $i in numbers}
""",
            """
from collections import defaultdict
$groups = defaultdict(list)
for $key, $i in $place_of.items():
    $groups[$i].append($key)
return {$i: sorted($groups[$i]) for $i in sorted($groups)}
""",
        ),
        reference=lambda place_of, noun: {
            number: [name for name in sorted(place_of) if place_of[name] == number]
            for number in range(-99, 100)
            if number in place_of.values()
        },
        parameters=lambda rng: {"noun": Raw(rng.choice(("table", "team", "bus", "room", "boat")))},
        inputs=lambda rng, noun: (
            {name: rng.randint(1, 3) for name in rng.sample(draws.FIRST_NAMES, rng.randint(2, 5))},
        ),
        edges=(({},), ({"Uma": 4},), ({"Max": 2, "Eva": 2, "Ada": 2},), ({"Kai": 0, "Jun": -1},)),
        idea="Several people may share a number, so each $noun number needs a list; visiting the names in order or sorting at the end makes the lists alphabetical.",
        pitfall="The short form {value: key for key, value in ...} keeps only the last name of each $noun.",
    ),
    Family(
        name="total_per_field",
        concepts=("grouping", "nested_data", "accumulation"),
        difficulty=2,
        names="total_per_$who sum_by_$who summarize_sales ${what}_totals compute",
        arguments=(
            "sales|records|rows|visits: list[dict]; records with the keys seller, city, amount and hours",
        ),
        returns="dict[str, int]",
        phrasings=(
            "Each record in $sales is a dictionary with the keys 'seller', 'city', 'amount' and 'hours'. Return a dictionary from each $who to the sum of its $what.",
            "Add up the '$what' of the records in $sales separately for each '$who', and return the sums in a dictionary.",
            "Given the list of dictionaries $sales, compute the total $what per $who. Only a $who that occurs gets an entry, so an empty list gives an empty dictionary.",
            "How much is the field '$what' in total for every different value of the field '$who' in $sales? Answer with a dictionary from that value to the total.",
        ),
        solutions=(
            """
$groups = {}
for $row in $sales:
    $key = $row["$who"]
    $groups[$key] = $groups.get($key, 0) + $row["$what"]
return $groups
""",
            """
from collections import defaultdict
$groups = defaultdict(int)
for $row in $sales:
    $groups[$row["$who"]] += $row["$what"]
return dict($groups)
""",
            """
$seen = dict.fromkeys($row["$who"] for $row in $sales)
return {$key: sum($row["$what"] for $row in $sales if $row["$who"] == $key) for $key in $seen}
""",
        ),
        reference=lambda sales, who, what: dict(
            sum((Counter({sale[str(who)]: sale[str(what)]}) for sale in sales), Counter())
        ),
        parameters=lambda rng: {
            "who": Raw(rng.choice(("seller", "city"))),
            "what": Raw(rng.choice(("amount", "hours"))),
        },
        inputs=lambda rng, who, what: (_sales(rng),),
        edges=(
            ([],),
            ([{"seller": "Ada", "city": "Oslo", "amount": 4, "hours": 1}],),
            ([{"seller": "Ada", "city": "Oslo", "amount": 5, "hours": 2}] * 2,),
        ),
        idea="Keep one running sum per $who in a dictionary; each record adds its $what to the sum of its own $who.",
        pitfall="The first record of a $who has no sum to add to yet: start it at zero.",
    ),
    Family(
        name="extreme_average",
        concepts=("dictionaries", "min_max", "sorting_with_key"),
        difficulty=3,
        names="${extreme}_average ${extreme}_student pick_student find_name choose",
        arguments=("marks|grades|scores|results: dict[str, list[int]]; the marks of each student",),
        returns="str",
        phrasings=(
            "Return the name of the student with the $extreme average mark in $marks. Students without marks are skipped; on a tie the one who comes first in the dictionary is taken; return '' if nobody has a mark.",
            "In $marks every student has a list of marks. Find whose average is $extreme, leaving out empty lists. The earlier student wins a tie, and the answer is the empty string when no student is left.",
            "Compute the average of each non-empty list in $marks and give the key of the $extreme one. Of equal averages the first counts. Without any marks give ''.",
            "Who has the $extreme mean mark? Look through the dictionary $marks in order, pass over students with no marks, let the first of equals win, and answer '' when there is nobody to name.",
        ),
        solutions=(
            """
$best = ""
$total = None
for $key, $row in $marks.items():
    if not $row:
        continue
    $current = sum($row) / len($row)
    if $total is None or $current $op $total:
        $best = $key
        $total = $current
return $best
""",
            """
$groups = {$key: sum($row) / len($row) for $key, $row in $marks.items() if $row}
return $pick($groups, key=$groups.get, default="")
""",
            """
from statistics import mean
$result = [$key for $key in $marks if len($marks[$key]) > 0]
return $pick($result, key=lambda $key: mean($marks[$key]), default="")
""",
        ),
        reference=lambda marks, extreme, pick, op: next(
            iter(
                sorted(
                    (n for n in marks if marks[n]),
                    key=lambda n: (
                        Fraction(sum(marks[n]), len(marks[n])) * (-1 if extreme == "highest" else 1)
                    ),
                )
            ),
            "",
        ),
        parameters=lambda rng: _part(
            rng,
            {"extreme": "highest", "pick": "max", "op": ">"},
            {"extreme": "lowest", "pick": "min", "op": "<"},
        ),
        inputs=lambda rng, extreme, pick, op: (_marks(rng),),
        edges=(({},), ({"Ada": []},), ({"Ben": [2, 4], "Cleo": [3]},), ({"Dan": [], "Eva": [1]},)),
        idea="Work out one average per student who has marks, then take the $extreme; max and min return the first of equal candidates, as the task wants.",
        pitfall="Dividing by len(list) fails with ZeroDivisionError for a student without marks.",
    ),
    Family(
        name="average_marks_rounded",
        concepts=("dictionaries", "rounding", "mapping"),
        difficulty=2,
        names="average_marks mean_per_student averages report_card transform",
        arguments=("marks|grades|scores|results: dict[str, list[int]]; the marks of each student",),
        returns="dict[str, float]",
        phrasings=(
            "Return a dictionary with the average mark of each student in $marks, rounded to $places. A student without marks gets $default.",
            "Replace every list of marks in $marks by its mean, rounded with round(..., $digits), and return the new dictionary; an empty list becomes $default.",
            "For each name in $marks compute the sum divided by the number of marks, rounded to $places. Use $default where there are no marks, and do not change $marks.",
            "What is the mean mark of every student in $marks? Give a dictionary from name to mean, rounded to $places, with $default for students who have no marks yet.",
        ),
        solutions=(
            """
$result = {}
for $key, $row in $marks.items():
    if $row:
        $result[$key] = round(sum($row) / len($row), $digits)
    else:
        $result[$key] = $default
return $result
""",
            """
return {$key: round(sum($row) / len($row), $digits) if $row else $default for $key, $row in $marks.items()}
""",
            """
from statistics import fmean
$result = dict.fromkeys($marks, $default)
for $key in $marks:
    if len($marks[$key]) > 0:
        $result[$key] = round(fmean($marks[$key]), $digits)
return $result
""",
        ),
        reference=lambda marks, digits, places, default: {
            name: round(float(Fraction(sum(row), len(row))), digits) if row != [] else default
            for name, row in marks.items()
        },
        parameters=lambda rng: {
            **rng.choice(
                (
                    {"digits": 1, "places": Raw("1 decimal place")},
                    {"digits": 2, "places": Raw("2 decimal places")},
                )
            ),
            "default": rng.choice((0.0, -1.0)),
        },
        inputs=lambda rng, digits, places, default: (_marks(rng),),
        edges=(({},), ({"Ada": []},), ({"Ben": [7]},), ({"Cleo": [1, 2], "Dan": [2, 2, 3]},)),
        idea="The mean is the sum divided by the length; the test for an empty list comes first, because there the division is not possible.",
        pitfall="Rounding each mark before adding them gives another result than rounding the mean.",
    ),
    Family(
        name="lookup_setting",
        concepts=("nested_data", "dictionaries", "exceptions"),
        difficulty=2,
        names="lookup_setting get_option read_setting setting_or_default fetch",
        arguments=(
            "settings|config|options|preferences: dict[str, dict[str, int]]; sections, each with its own options",
            "section|group|part|area: str; name of the section",
            "option|entry|field|setting: str; name of the option",
        ),
        returns="int",
        phrasings=(
            "Return the value of $option in the $section part of the nested dictionary $settings, or $default if the section or the option is missing.",
            "Look up $settings[$section][$option]. When one of the two keys does not exist, return $default instead of raising an error.",
            "The dictionary $settings maps section names to dictionaries of options. Give the number stored under $section and then $option; give $default when there is no such entry.",
            "Which value does $option have within $section? Search the two-level dictionary $settings, and fall back to $default for an unknown section or an unknown option.",
        ),
        solutions=(
            """
return $settings.get($section, {}).get($option, $default)
""",
            """
try:
    return $settings[$section][$option]
except KeyError:
    return $default
""",
            """
if $section not in $settings:
    return $default
if $option not in $settings[$section]:
    return $default
return $settings[$section][$option]
""",
        ),
        reference=lambda settings, section, option, default: {
            (outer, inner): value for outer, options in settings.items() for inner, value in options.items()
        }.get((section, option), default),
        parameters=lambda rng: {"default": rng.choice((0, -1, 1, 10))},
        inputs=lambda rng, default: (
            {part: {o: rng.randint(0, 9) for o in ("size", "speed")} for part in ("screen", "sound")},
            rng.choice(("screen", "screen", "sound", "mouse")),
            rng.choice(("size", "size", "speed", "color")),
        ),
        edges=(
            ({}, "screen", "size"),
            ({"screen": {}}, "screen", "size"),
            ({"screen": {"size": 0}}, "screen", "size"),
            ({"size": {"screen": 4}}, "screen", "size"),
        ),
        idea="The first key leads to an inner dictionary, the second to the number; an empty dictionary as a stand-in for a missing section lets the second look-up fail softly too.",
        pitfall="Testing `if value:` to see whether an option exists treats a stored 0 as missing.",
    ),
    Family(
        name="fill_form",
        concepts=("dictionaries", "mapping", "conditionals"),
        difficulty=1,
        names="fill_form complete_record with_defaults answers_for prepare",
        arguments=(
            "answers|given|entries|known_values: dict[str, str]; the answers that were given",
            "fields|questions|wanted|columns: list[str]; names of the fields of the form",
        ),
        returns="dict[str, str]",
        phrasings=(
            "Return a dictionary that has exactly the names in $fields as keys. Its values come from $answers, or are $blank where $answers has nothing for a field.",
            "Fill in the form: for each name in $fields take the text from the dictionary $answers, using $blank when it is missing. Entries of $answers that are not in $fields are dropped.",
            "Restrict $answers to the keys listed in $fields and add each listed key that is absent with the value $blank. Return this as a new dictionary.",
            "Build a complete record from $answers: every field named in $fields must be present (missing ones as $blank) and no other field may be.",
        ),
        solutions=(
            """
return {$key: $answers.get($key, $blank) for $key in $fields}
""",
            """
$result = {}
for $key in $fields:
    if $key in $answers:
        $result[$key] = $answers[$key]
    else:
        $result[$key] = $blank
return $result
""",
            """
$result = dict.fromkeys($fields, $blank)
for $key, $item in $answers.items():
    if $key in $result:
        $result[$key] = $item
return $result
""",
        ),
        reference=lambda answers, fields, blank: dict(
            [(field, blank) for field in fields] + [pair for pair in answers.items() if pair[0] in fields]
        ),
        parameters=lambda rng: {"blank": rng.choice(("", "n/a", "unknown", "-"))},
        inputs=lambda rng, blank: (
            {f: draws.word(rng) for f in rng.sample(("color", "size", "pet", "town"), rng.randint(1, 3))},
            rng.sample(("color", "size", "pet", "town", "drink"), rng.randint(2, 4)),
        ),
        edges=(({}, []), ({}, ["size"]), ({"pet": "cat"}, []), ({"pet": "", "town": "Rome"}, ["pet", "pet"])),
        idea="The list of fields decides which keys exist, so the loop runs over it, and get() supplies the text for a missing answer.",
        pitfall="Looping over the answers instead of the fields loses the fields nobody answered.",
    ),
    Family(
        name="price_changes",
        concepts=("dictionaries", "filtering", "sets"),
        difficulty=2,
        names="price_changes changed_prices compare_prices price_differences diff",
        arguments=(
            "old|before|last_week|first: dict[str, int]; earlier price of each product",
            "new|after|this_week|second: dict[str, int]; later price of each product",
        ),
        returns="dict[str, int]",
        phrasings=(
            "Compare the price lists $old and $new. Return a dictionary with the difference (later minus earlier price) of each product that is in both and whose price $moved.",
            "For every product that occurs in $old as well as in $new and whose price $moved, give the later price minus the earlier one. Leave out all other products.",
            "Find the products listed in both dictionaries whose price $moved between $old and $new, and map each of them to the amount, negative for a fall.",
            "Which products $moved in price from $old to $new, and by how much? Answer with a dictionary of later minus earlier price; products that are in one of the lists only do not count.",
        ),
        solutions=(
            """
$result = {}
for $key in $old:
    if $key in $new and $new[$key] $op $old[$key]:
        $result[$key] = $new[$key] - $old[$key]
return $result
""",
            """
return {$key: $new[$key] - $old[$key] for $key in $old.keys() & $new.keys() if $new[$key] $op $old[$key]}
""",
            """
$result = {}
for $key, $item in $new.items():
    $current = $item - $old.get($key, $item)
    if $current $op 0:
        $result[$key] = $current
return $result
""",
        ),
        reference=lambda old, new, moved, op: {
            good: price - old[good]
            for good, price in new.items()
            if good in old
            and {"rose": price > old[good], "fell": price < old[good]}.get(moved, price != old[good])
        },
        parameters=lambda rng: _part(
            rng, {"moved": "rose", "op": ">"}, {"moved": "fell", "op": "<"}, {"moved": "changed", "op": "!="}
        ),
        inputs=lambda rng, moved, op: (
            {good: rng.randint(2, 6) for good in rng.sample(draws.GOODS[:6], rng.randint(3, 5))},
            {good: rng.randint(2, 6) for good in rng.sample(draws.GOODS[:6], rng.randint(3, 5))},
        ),
        edges=(
            ({}, {}),
            ({"tea": 2}, {"tea": 2}),
            ({"tea": 2}, {"pen": 3}),
            ({"a": 1, "b": 9}, {"a": 9, "b": 1}),
        ),
        idea="Only keys found in both dictionaries can be compared; for those, subtract and keep the ones that $moved.",
        pitfall="Reading the second dictionary without checking that the key is there raises KeyError for a product that was withdrawn.",
    ),
    Family(
        name="names_by_age",
        concepts=("nested_data", "sorting_with_key", "filtering"),
        difficulty=2,
        names="names_by_age people_sorted guests_by_age select_people arrange",
        arguments=("people|guests|members|records: list[dict]; records with a name and an age",),
        returns="list[str]",
        phrasings=(
            "Each dictionary in $people has the keys 'name' and 'age'. Return the names of those with an age of $words $limit, sorted by age, youngest first, and by name when ages are equal.",
            "From the records $people (keys 'name', 'age') select the ones whose age is $words $limit. Give their names ordered from youngest to oldest; people of the same age come in alphabetical order.",
            "Sort the people in $people by age and then alphabetically, and list the names of everyone whose age is $words $limit.",
            "Who in $people has an age of $words $limit? Answer with the 'name' values in order of rising 'age'; equal ages are ordered alphabetically by name.",
        ),
        solutions=(
            """
$result = [$row for $row in $people if $row["age"] $op $limit]
$result.sort(key=lambda $row: ($row["age"], $row["name"]))
return [$row["name"] for $row in $result]
""",
            """
$result = []
for $row in $people:
    if $row["age"] $op $limit:
        $result.append(($row["age"], $row["name"]))
return [$key for $i, $key in sorted($result)]
""",
            """
from operator import itemgetter
$result = sorted($people, key=itemgetter("age", "name"))
return [$row["name"] for $row in $result if $row["age"] $op $limit]
""",
        ),
        reference=lambda people, op, words, limit: [
            name
            for age in sorted({p["age"] for p in people})
            for name in sorted(p["name"] for p in people if p["age"] == age)
            if draws.COMPARISONS[op][1](age, limit)
        ],
        parameters=lambda rng: {**draws.comparison(rng), "limit": rng.choice((18, 21, 24, 30))},
        inputs=lambda rng, op, words, limit: (_people(rng),),
        edges=(
            ([],),
            ([{"name": "Ada", "age": 18}],),
            ([{"name": "Rui", "age": 30}, {"name": "Ben", "age": 30}, {"name": "Kai", "age": 12}],),
        ),
        idea="A tuple of age and name as sorting key compares the ages first and falls back to the names only when the ages are the same.",
        pitfall="Sorting by age alone leaves people of the same age in the order of the input.",
    ),
    Family(
        name="histogram_buckets",
        concepts=("counting", "dictionaries", "arithmetic"),
        difficulty=2,
        names="histogram bucket_counts count_by_$width spread group_numbers",
        arguments=("numbers|values|readings|data: list[int]; the numbers to sort into buckets",),
        returns="dict[int, int]",
        phrasings=(
            "Count the numbers in $numbers by buckets of width $width. The keys of the result are the smallest multiples of $width of the buckets that occur (a bucket with key k holds the numbers from k up to, but not including, k + $width), in ascending order; the values are the counts.",
            "Return a histogram of $numbers: round each number down to a multiple of $width and count how often each multiple comes up. The multiples are in ascending order; buckets without numbers do not appear.",
            "Put every number of $numbers in the bucket of its next lower (or equal) multiple of $width, negative numbers too, and return a dictionary from each multiple that occurs, smallest first, to how many numbers fell into it.",
            "How many elements of $numbers lie in each span of $width whole numbers that begins at a multiple of $width? Return a dictionary from the beginning of a span to its count, in ascending order and without empty spans.",
        ),
        solutions=(
            """
$groups = {}
for $item in $numbers:
    $key = $item // $width * $width
    $groups[$key] = $groups.get($key, 0) + 1
return dict(sorted($groups.items()))
""",
            """
from collections import Counter
$groups = Counter($item - $item % $width for $item in $numbers)
return {$key: $groups[$key] for $key in sorted($groups)}
""",
            """
$result = [$width * ($item // $width) for $item in $numbers]
return {$key: $result.count($key) for $key in sorted(set($result))}
""",
        ),
        reference=lambda numbers, width: {
            low: count
            for low in range(-2 * width, 13 * width, width)
            if (count := sum(low <= number < low + width for number in numbers))
        },
        parameters=lambda rng: {"width": rng.choice((5, 10, 20, 25))},
        inputs=lambda rng, width: (draws.ints(rng, 4, 8, -10, 60),),
        edges=(([],), ([0],), ([-1, 1],), ([20, 20, 19, 21],)),
        idea="Floor division by $width and multiplication by $width again move each number down to the beginning of its bucket, which serves as the key to count under.",
        pitfall="int(x / $width) rounds towards zero and puts -1 into the bucket of 0.",
    ),
    Family(
        name="winner_with_enough_votes",
        concepts=("counting", "dictionaries", "min_max"),
        difficulty=3,
        names="election_winner winner most_votes elect decide",
        arguments=("votes|ballots|choices|picks: list[str]; one name per vote",),
        returns="str",
        phrasings=(
            "Return the name that occurs most often in $votes; of several equally frequent names take the alphabetically first. If no name has at least $need votes, return ''.",
            "Count the votes in $votes and name the winner. A tie goes to the name that comes first in the alphabet, and a winner needs $need votes or more, otherwise the result is the empty string.",
            "Find the most frequent string in $votes, preferring the alphabetically smaller one among equals. Give '' when even the most frequent string occurs fewer than $need times.",
            "Who is elected by $votes? The name with the most votes wins, the alphabetically first one among equals; with fewer than $need votes for it (or no votes at all) nobody is elected and the answer is ''.",
        ),
        solutions=(
            """
$groups = {}
for $key in $votes:
    $groups[$key] = $groups.get($key, 0) + 1
$best = ""
for $key in sorted($groups):
    if $groups[$key] >= $need and $groups[$key] > $groups.get($best, 0):
        $best = $key
return $best
""",
            """
from collections import Counter
$groups = Counter($votes)
$best = min($groups, key=lambda $key: (-$groups[$key], $key), default="")
return $best if $groups[$best] >= $need else ""
""",
            """
$result = [$key for $key in sorted(set($votes)) if $votes.count($key) >= $need]
if not $result:
    return ""
return max($result, key=$votes.count)
""",
        ),
        reference=lambda votes, need: next(
            (
                name
                for count in range(len(votes), need - 1, -1)
                for name in sorted(votes)
                if Counter(votes)[name] == count
            ),
            "",
        ),
        parameters=lambda rng: {"need": rng.randint(2, 3)},
        inputs=lambda rng, need: (rng.choices(("Ada", "Ben", "Cleo", "Dan"), k=rng.randint(5, 9)),),
        edges=(([],), (["Max"],), (["Rui", "Eva"],), (["Uma", "Kai", "Kai", "Uma", "Uma", "Kai"],)),
        idea="Count first, then choose: going through the names alphabetically and replacing the leader only for a strictly larger count settles ties.",
        pitfall="Counter.most_common breaks ties by first appearance, not by the alphabet.",
    ),
    Family(
        name="positions_of_words",
        concepts=("dictionaries", "enumerate_zip", "grouping"),
        difficulty=2,
        names="positions_of_words index_words where_is build_index locate",
        arguments=("words|tokens|names|pages: list[str]; the words in order",),
        returns="dict[str, list[int]]",
        phrasings=(
            "Return a dictionary from each word of $words to the list of its positions in rising order, where the first word has position $first.",
            "Build an index of $words: for every different word, the rising list of the places where it stands, counted from $first.",
            "Number the entries of $words beginning with $first and collect, for each distinct entry, all its numbers in a list, smallest first. Return the lists in a dictionary with the entries as keys.",
            "At which positions does each word occur in $words, if counting starts at $first? Answer with a dictionary from word to ascending list of positions; an empty list gives an empty dictionary.",
        ),
        solutions=(
            """
$groups = {}
for $i, $word in enumerate($words, start=$first):
    $groups.setdefault($word, []).append($i)
return $groups
""",
            """
return {$word: [$i for $i, $item in enumerate($words, $first) if $item == $word] for $word in $words}
""",
            """
from collections import defaultdict
$groups = defaultdict(list)
$count = $first
for $word in $words:
    $groups[$word].append($count)
    $count += 1
return dict($groups)
""",
        ),
        reference=lambda words, first: {
            word: [at + first for at in range(len(words)) if words[at] == word]
            for word in dict.fromkeys(words)
        },
        parameters=lambda rng: {"first": rng.choice((0, 1, 1, 10))},
        inputs=lambda rng, first: (rng.choices(rng.sample(draws.WORDS, 3), k=rng.randint(3, 6)),),
        edges=(([],), (["sun"],), (["go", "go", "go"],), (["Go", "go"],)),
        idea="enumerate with start=$first numbers the words while looping, and each number is appended to the list of its word.",
        pitfall="words.index(word) always gives the first position, so repeated words would get the same number again and again.",
    ),
    Family(
        name="rename_fields",
        concepts=("dictionaries", "mapping"),
        difficulty=2,
        names="rename_fields rename_keys translate_keys relabel convert",
        arguments=(
            "record|row|entry|data: dict[str, int]; the record with its present keys",
            "new_names|renamed|mapping|labels: dict[str, str]; new name for some of the keys",
        ),
        returns="dict[str, int]",
        phrasings=(
            "Return a copy of $record in which each key that $new_names mentions is replaced by its new name. Other keys keep their name $extra.",
            "Rename the keys of $record as the dictionary $new_names (old name to new name) says; keys it does not mention stay as they are $extra. Do not modify $record. New names never clash.",
            "Build a dictionary with the values of $record, stored under the new names from $new_names; a key without a new name is kept $extra.",
            "What does $record look like after its keys are translated with $new_names? Keys without a translation are taken over $extra, and names in $new_names that $record lacks are ignored.",
        ),
        solutions=(
            """
$result = {}
for $key, $item in $record.items():
    if $key in $new_names:
        $result[$new_names[$key]] = $item
    else:
        $result[$key$method] = $item
return $result
""",
            """
return {$new_names.get($key, $key$method): $item for $key, $item in $record.items()}
""",
            """
$result = [$new_names[$key] if $key in $new_names else $key$method for $key in $record]
return dict(zip($result, $record.values()))
""",
        ),
        reference=lambda record, new_names, extra, method: {
            ({**{k: k.upper() if "capital" in extra else k for k in record}, **new_names})[key]: record[key]
            for key in record
        },
        parameters=lambda rng: _part(
            rng,
            {"extra": "unchanged", "method": ""},
            {"extra": "but in capital letters", "method": ".upper()"},
        ),
        inputs=lambda rng, extra, method: (
            {
                key: rng.randint(0, 9)
                for key in rng.sample(("w", "h", "size", "qty", "cost"), rng.randint(2, 4))
            },
            dict(rng.sample((("w", "width"), ("h", "height"), ("qty", "quantity"), ("no", "number")), 2)),
        ),
        edges=(
            ({}, {"w": "width"}),
            ({"w": 1}, {}),
            ({"w": 1}, {"w": "w"}),
            ({"h": 0, "w": 0}, {"w": "h2", "h": "w2"}),
        ),
        idea="Build a new dictionary: the key is looked up in the table of new names, with the old key as the default, and the value is taken over.",
        pitfall="Inserting and deleting keys while looping over the same dictionary raises RuntimeError.",
    ),
    Family(
        name="order_total",
        concepts=("dictionaries", "accumulation", "conditionals"),
        difficulty=2,
        names="order_total bill_total cost_of_order total_price evaluate",
        arguments=(
            "order|basket|cart|shopping: dict[str, int]; number of pieces of each product",
            "prices|price_list|tariff|costs: dict[str, int]; price of one piece in cents",
        ),
        returns="int",
        phrasings=(
            "Return the price of $order: the number of pieces of each product times its price in $prices, added up. A product without a price costs $usual a piece.",
            "Add up quantity times unit price for all products of $order, taking the unit prices from $prices and $usual for products that $prices does not list. An empty order costs 0.",
            "Compute what the customer pays for $order, a dictionary from product to quantity. Unit prices stand in $prices; where a product is missing there, charge $usual per piece.",
            "How much does $order cost altogether? Multiply every quantity by the price given in $prices, or by $usual if there is none, and return the sum.",
        ),
        solutions=(
            """
$total = 0
for $key, $count in $order.items():
    $total += $count * $prices.get($key, $usual)
return $total
""",
            """
return sum($count * $prices.get($key, $usual) for $key, $count in $order.items())
""",
            """
$total = 0
for $key in $order:
    try:
        $item = $prices[$key]
    except KeyError:
        $item = $usual
    $total += $order[$key] * $item
return $total
""",
        ),
        reference=lambda order, prices, usual: sum(
            order[good] * ({good: usual} | prices)[good] for good in sorted(order)
        ),
        parameters=lambda rng: {"usual": rng.choice((50, 99, 100, 250))},
        inputs=lambda rng, usual: (
            {good: rng.randint(1, 5) for good in rng.sample(draws.GOODS[:7], rng.randint(1, 4))},
            {good: rng.randint(2, 40) * 10 for good in rng.sample(draws.GOODS[:7], rng.randint(3, 5))},
        ),
        edges=(
            ({}, {"tea": 120}),
            ({"tea": 2}, {}),
            ({"tea": 0}, {"tea": 80}),
            ({"tea": 3, "pen": 1}, {"pen": 0}),
        ),
        idea="Each product adds quantity times price to the total, and get() with a default gives the usual price where the list has none.",
        pitfall="`prices.get(product) or $usual` would charge $usual for a product whose price is 0.",
    ),
    Family(
        name="shop_with_extreme_price",
        concepts=("nested_data", "min_max", "dictionaries"),
        difficulty=3,
        names="${extreme}_shop find_shop where_to_buy best_offer look_up",
        arguments=(
            "shops|offers|markets|catalog: dict[str, dict[str, int]]; the price list of each shop",
            "product|good|article|thing: str; the product that is wanted",
        ),
        returns="str",
        phrasings=(
            "Return the name of the $extreme shop for $product, given $shops from shop name to price list. If several have the same price, return the alphabetically first; if no shop sells it, return ''.",
            "In the nested dictionary $shops find where $product is $extreme. Shops that do not list it are skipped, equal prices are decided by the alphabetical order of the shops, and '' means that nobody sells it.",
            "Each value of $shops is a dictionary from product to price. Give the key of the shop whose price for $product is $extreme (alphabetically first on a tie), or the empty string when none has it.",
            "Where does $product have the $extreme price? Consider only the shops in $shops that offer it, let the alphabetically first shop win a tie, and answer '' if there is no offer.",
        ),
        solutions=(
            """
$best = ""
for $key in sorted($shops):
    if $product not in $shops[$key]:
        continue
    if not $best or $shops[$key][$product] $op $shops[$best][$product]:
        $best = $key
return $best
""",
            """
$result = {$key: $row[$product] for $key, $row in $shops.items() if $product in $row}
return min($result, key=lambda $key: (${sign}$result[$key], $key), default="")
""",
            """
$result = sorted((${sign}$row[$product], $key) for $key, $row in $shops.items() if $product in $row)
return $result[0][1] if $result else ""
""",
        ),
        reference=lambda shops, product, extreme, op, sign: next(
            (
                shop
                for price in (range(200) if extreme == "cheapest" else range(200, -1, -1))
                for shop in sorted(shops)
                if shops[shop].get(product) == price
            ),
            "",
        ),
        parameters=lambda rng: _part(
            rng,
            {"extreme": "cheapest", "op": "<", "sign": ""},
            {"extreme": "dearest", "op": ">", "sign": "-"},
        ),
        inputs=lambda rng, extreme, op, sign: (_shops(rng), rng.choice(("tea", "rice", "soap"))),
        edges=(
            ({}, "tea"),
            ({"Oslo": {}}, "tea"),
            ({"Rome": {"tea": 3}, "Bern": {"tea": 3}}, "tea"),
            ({"Lima": {"tea": 0}, "Oslo": {"tea": 1}}, "tea"),
        ),
        idea="Keep only the shops that sell the product, then choose by price and, among equal prices, by name.",
        pitfall="A shop that does not list the product must be skipped, not treated as if it sold it for nothing.",
    ),
    Family(
        name="totals_over_warehouses",
        concepts=("nested_data", "accumulation", "nested_loops"),
        difficulty=3,
        names="total_stock totals_over_all merge_counts stock_everywhere combine",
        arguments=("warehouses|places|depots|branches: dict[str, dict[str, int]]; the stock of each place",),
        returns="dict[str, int]",
        phrasings=(
            "Add up the stock of all places in $warehouses and return the total of each product. Leave out products with a total below $least.",
            "The values of $warehouses are dictionaries from product to count. Merge them into one dictionary of sums that holds only the products whose sum is at least $least.",
            "For each product found anywhere in $warehouses compute how many pieces there are in all places together; return those products that reach $least, with their sums.",
            "Of which products are there $least or more pieces if all places in $warehouses are taken together? Return a dictionary from such a product to its total count.",
        ),
        solutions=(
            """
$groups = {}
for $row in $warehouses.values():
    for $key, $count in $row.items():
        $groups[$key] = $groups.get($key, 0) + $count
return {$key: $count for $key, $count in $groups.items() if $count >= $least}
""",
            """
from collections import Counter
$total = Counter()
for $row in $warehouses.values():
    $total.update($row)
return {$key: $count for $key, $count in $total.items() if $count >= $least}
""",
            """
$seen = dict.fromkeys($key for $row in $warehouses.values() for $key in $row)
$groups = {$key: sum($row.get($key, 0) for $row in $warehouses.values()) for $key in $seen}
return {$key: $groups[$key] for $key in $seen if $groups[$key] >= $least}
""",
        ),
        reference=lambda warehouses, least: {
            good: amount
            for good in dict.fromkeys(g for stock in warehouses.values() for g in stock)
            if (amount := sum(n for stock in warehouses.values() for g, n in stock.items() if g == good))
            > least - 1
        },
        parameters=lambda rng: {"least": rng.randint(2, 6)},
        inputs=lambda rng, least: (_shops(rng),),
        edges=(
            ({},),
            ({"Oslo": {}},),
            ({"Oslo": {"tea": 3}, "Rome": {"tea": 3}},),
            ({"Bern": {"tea": 0, "soap": 9}},),
        ),
        idea="The outer loop visits the places, the inner one their products; one dictionary of sums is shared by all of them, and the filter comes last.",
        pitfall="dict.update replaces counts instead of adding them, unlike Counter.update.",
    ),
    Family(
        name="missing_ingredients",
        concepts=("dictionaries", "filtering", "arithmetic"),
        difficulty=2,
        names="missing_ingredients shopping_list what_to_buy lacking check",
        arguments=(
            "recipe|needed|per_portion|formula: dict[str, int]; amount of each ingredient for one portion",
            "pantry|cupboard|in_stock|on_hand: dict[str, int]; amounts that are at home",
        ),
        returns="dict[str, int]",
        phrasings=(
            "Return what must be bought to cook $portions portions of $recipe: each ingredient of which $pantry has too little, with the missing amount.",
            "Multiply every amount of $recipe by $portions and subtract what $pantry holds. Return a dictionary of the ingredients for which something is lacking and how much; others are left out.",
            "You cook $portions portions of $recipe with the supplies in $pantry. Compile a shopping list as a dictionary from ingredient to the amount you still need, without ingredients that suffice.",
            "Which ingredients do not suffice for $portions portions, and how much of each is missing? $recipe gives the amounts for one portion, $pantry the supplies; an ingredient absent from $pantry counts as 0.",
        ),
        solutions=(
            """
$result = {}
for $key, $count in $recipe.items():
    $current = $count * $portions - $pantry.get($key, 0)
    if $current > 0:
        $result[$key] = $current
return $result
""",
            """
$groups = {$key: $portions * $count - $pantry.get($key, 0) for $key, $count in $recipe.items()}
return {$key: $count for $key, $count in $groups.items() if $count > 0}
""",
            """
from collections import Counter
$total = Counter({$key: $count * $portions for $key, $count in $recipe.items()})
return dict($total - Counter($pantry))
""",
        ),
        reference=lambda recipe, pantry, portions: {
            food: len(range(pantry.get(food, 0), amount * portions))
            for food, amount in recipe.items()
            if range(pantry.get(food, 0), amount * portions)
        },
        parameters=lambda rng: {"portions": rng.randint(2, 6)},
        inputs=lambda rng, portions: (
            {food: rng.randint(1, 5) for food in rng.sample(("egg", "flour", "milk", "sugar", "salt"), 3)},
            {food: rng.randint(0, 20) for food in rng.sample(("egg", "flour", "milk", "sugar"), 3)},
        ),
        edges=(
            ({}, {"egg": 2}),
            ({"egg": 1}, {}),
            ({"egg": 0}, {}),
            ({"egg": 1, "milk": 2}, {"egg": 90, "milk": 90}),
        ),
        idea="For each ingredient the missing amount is need minus supply; only positive results go on the list.",
        pitfall="An ingredient that is not in the pantry at all needs the default 0, or the look-up fails.",
    ),
)


def _edge(word: str, what: str) -> str:
    return {"first letter": word[:1], "last letter": word[-1:]}.get(what, word[0:2])
