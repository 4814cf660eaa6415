"""Families on set and dictionary comprehensions: a collection described in one expression."""

from __future__ import annotations

import random

from hornbook.curriculum import draws
from hornbook.curriculum.families.wording import part
from hornbook.curriculum.family import Family, Raw

DOMAINS = ("mail.com", "web.org", "Post.net", "uni.edu")


def _price_list(rng: random.Random) -> dict[str, int]:
    return {good: rng.randint(1, 40) * 5 for good in rng.sample(draws.GOODS, rng.randint(3, 4))}


FAMILIES: tuple[Family, ...] = (
    Family(
        name="domains_of_addresses",
        concepts=("set_comprehensions", "string_methods", "sorting"),
        difficulty=2,
        names="domains_of_addresses used_domains mail_servers list_domains address_hosts",
        arguments=("addresses|mails|contacts|entries: list[str]; texts such as 'ada@web.org'",),
        returns="list[str]",
        phrasings=(
            "Return the different $parts of $addresses in small letters and alphabetical order. An entry is an address if it has exactly one '@' with something on both sides; all others are ignored.",
            "Collect the part $where the '@' of every valid entry of $addresses, in small letters, each once, sorted. Valid entries have a single '@' that is neither their first nor their last character.",
            "A list of contacts, $addresses, is full of repeats and mistakes. Which $parts occur in it? Entries without '@', with several, or with nothing on one side of it are mistakes. Give the answer in lower case, alphabetically and without repeats.",
            "Return sorted({p}) for the lower-case $parts p, that is, the text $where '@', of those elements of $addresses that contain '@' once and have at least one character on either side of it.",
        ),
        solutions=(
            """
pieces = [text.lower().split("@") for text in $addresses]
$seen = {pair[$index] for pair in pieces if len(pair) == 2 and all(pair)}
return sorted($seen)
""",
            """
$result = []
for text in $addresses:
    name, at, domain = text.lower().partition("@")
    if not name or not domain or "@" in domain:
        continue
    if $piece not in $result:
        $result.append($piece)
$result.sort()
return $result
""",
        ),
        reference=lambda addresses, where, **_: sorted(
            {
                (a[: a.index("@")] if where == "before" else a[a.index("@") + 1 :]).lower()
                for a in addresses
                if a.count("@") == 1 and not a.startswith("@") and not a.endswith("@")
            }
        ),
        parameters=lambda rng: part(
            rng,
            {"parts": "domains", "where": "after", "index": "1", "piece": "domain"},
            {"parts": "user names", "where": "before", "index": "0", "piece": "name"},
        ),
        inputs=lambda rng, **_: (
            [
                rng.choice(("ada", "Ben", "cleo"))
                + rng.choice(("@", "@", "@", "@@", ""))
                + rng.choice((*DOMAINS, ""))
                for _ in range(rng.randint(3, 5))
            ],
        ),
        edges=(
            ([],),
            (["@"],),
            (["a@b", "A@B", "a@c"],),
            (["x@", "@y", "x@y@z", "xy"],),
            (["ü@é.org", "b@a"],),
        ),
        idea="The comprehension takes only what passes the test and a set keeps each result once; sorting gives it an order.",
        pitfall="Unpacking text.split('@') into two names fails for entries with no '@' or several.",
    ),
    Family(
        name="squares_under_attack",
        concepts=("set_comprehensions", "tuples", "nested_loops"),
        difficulty=3,
        names="squares_under_attack attacked_squares count_targets reach_of_pieces covered_squares",
        arguments=(
            "pieces|knights|figures|positions: list[tuple[int, int]]; (row, column) from 0 to $top, all different",
        ),
        returns="int",
        phrasings=(
            "On a board of $size by $size squares each of $pieces attacks the squares that lie $where it. Return how many different squares without a piece on them are attacked by at least one of $pieces.",
            "Count the squares (row, column) with both numbers from 0 to $top that lie $where at least one of $pieces and are not occupied by one themselves.",
            "In a game on $size x $size squares a figure threatens what lies $where it. How many squares do the figures at $pieces threaten together, each square counted once and squares with a figure on them not counted?",
            "Let T be the set of all squares (r, c), 0 <= r, c <= $top, such that for some (a, b) in $pieces the pair (r - a, c - b) is one of $moves, without the squares of $pieces themselves. Return the size of T.",
        ),
        solutions=(
            """
targets = {(row + down, column + right) for row, column in $pieces for down, right in $moves}
inside = {(row, column) for row, column in targets if 0 <= row < $size and 0 <= column < $size}
return len(inside - set($pieces))
""",
            """
$count = 0
for row in range($size):
    for column in range($size):
        attackers = [(a, b) for a, b in $pieces if (row - a, column - b) in $moves]
        if attackers and (row, column) not in $pieces:
            $count += 1
return $count
""",
        ),
        reference=lambda pieces, size, moves, **_: len(
            [
                (r, c)
                for r in range(size)
                for c in range(size)
                if any((r - dr, c - dc) in pieces for dr, dc in moves) and (r, c) not in pieces
            ]
        ),
        parameters=lambda rng: (
            lambda size: {
                "size": size,
                "top": size - 1,
                **rng.choice(
                    (
                        {
                            "moves": [(-1, 0), (1, 0), (0, -1), (0, 1)],
                            "where": Raw("directly above, below, left or right of"),
                        },
                        {"moves": [(-1, -1), (-1, 1), (1, -1), (1, 1)], "where": Raw("diagonally next to")},
                        {
                            "moves": [(-2, 0), (2, 0), (0, -2), (0, 2)],
                            "where": Raw("two steps above, below, left or right of"),
                        },
                    )
                ),
            }
        )(rng.randint(3, 5)),
        inputs=lambda rng, size, **_: (
            rng.sample([(r, c) for r in range(size) for c in range(size)], rng.randint(1, 4)),
        ),
        edges=(
            ([],),
            ([(0, 0)],),
            ([(1, 1)],),
            ([(0, 1), (1, 0)],),
            ([(0, 0), (0, 1), (0, 2)],),
            ([(2, 2), (0, 2)],),
        ),
        idea="A square that is attacked twice appears once in the set, so its size is the answer.",
        pitfall="Adding up the moves of each figure counts shared squares several times and forgets the edge of the board.",
    ),
    Family(
        name="sums_of_two_kinds",
        concepts=("set_comprehensions", "nested_loops", "arithmetic"),
        difficulty=2,
        names="sums_of_two payable_amounts reachable_sums possible_prices make_amounts",
        arguments=("limit|highest|maximum|bound: int; the largest amount of interest",),
        returns="list[int]",
        phrasings=(
            "Return all amounts from 1 to $limit that can be paid with stamps of $a and $b cents, any number of each, in ascending order.",
            "List in ascending order the integers n with 1 <= n <= $limit that are the sum of a multiple of $a and a multiple of $b, where 0 counts as a multiple and nothing is negative.",
            "A drawer is full of stamps of $a and of $b cents. Which postages between 1 and $limit cents can be made exactly? Give them from small to large, each once.",
            "Return the sorted list without repeats of all x * $a + y * $b with integers x, y >= 0 that are at least 1 and at most $limit; it is empty if there are none.",
        ),
        solutions=(
            """
amounts = {first + second for first in range(0, $limit + 1, $a) for second in range(0, $limit + 1, $b)}
return sorted($item for $item in amounts if 0 < $item <= $limit)
""",
            """
$result = []
for amount in range(1, $limit + 1):
    rest = amount
    while rest >= 0 and rest % $a != 0:
        rest -= $b
    if rest >= 0:
        $result.append(amount)
return $result
""",
            """
payable = [True] + [False] * max(0, $limit)
for amount in range(1, $limit + 1):
    for stamp in ($a, $b):
        if amount >= stamp and payable[amount - stamp]:
            payable[amount] = True
return [amount for amount, works in enumerate(payable) if works and amount > 0]
""",
        ),
        reference=lambda limit, a, b: [
            n for n in range(1, limit + 1) if any((n - a * x) % b == 0 for x in range(n // a + 1))
        ],
        parameters=lambda rng: (lambda pair: {"a": pair[0], "b": pair[1]})(
            rng.choice(((3, 5), (4, 7), (5, 8), (3, 7), (6, 9), (4, 6), (5, 7)))
        ),
        inputs=lambda rng, **_: (rng.randint(8, 30),),
        edges=((0,), (1,), (3,), (7,), (9,), (20,), (35,)),
        idea="Two loops in one comprehension make every sum, and the set forgets in how many ways each was made.",
        pitfall="range(0, limit, a) leaves out limit itself when it is a multiple of a.",
    ),
    Family(
        name="prices_in_other_currency",
        concepts=("dictionary_comprehensions", "filtering", "arithmetic"),
        difficulty=1,
        names="convert_prices foreign_prices price_list_abroad export_prices translate_prices",
        arguments=("prices|goods|catalogue|offers: dict[str, int]; the price of each product",),
        returns="dict[str, int]",
        phrasings=(
            "Return a new dictionary with every price of $prices multiplied by $rate and increased by $fee, without the products whose new price is $words $limit. The order of the products stays.",
            "Build a price list for another country: each price of $prices times $rate plus $fee. Leave out products that would then cost $words $limit and keep the order of the others.",
            "A shop sells abroad. One unit of its money is worth $rate units there, and shipping adds $fee. What does its price list look like there, if products that would cost $words $limit are not sent? Keep the order of $prices.",
            "Return the dictionary that maps name to $rate * price + $fee for all entries of $prices, in their order, except those for which this value is $words $limit.",
        ),
        solutions=(
            """
converted = {$key: $item * $rate + $fee for $key, $item in $prices.items()}
return {$key: $item for $key, $item in converted.items() if not $item $op $limit}
""",
            """
$result = {}
for $key, $item in $prices.items():
    $current = $rate * $item + $fee
    if $current $op $limit:
        continue
    $result[$key] = $current
return $result
""",
        ),
        reference=lambda prices, rate, fee, op, words, limit: {
            name: value
            for name, price in prices.items()
            for value in [sum([price] * rate) + fee]
            if not draws.COMPARISONS[op][1](value, limit)
        },
        parameters=lambda rng: (
            lambda rate, fee: {"rate": rate, "fee": fee, "limit": 100 * rate + fee, **draws.comparison(rng)}
        )(rng.randint(2, 7), rng.randint(1, 9)),
        inputs=lambda rng, **_: ({**_price_list(rng), rng.choice(("globe", "drill")): 100},),
        edges=(({},), ({"pen": 100},), ({"pen": 0, "cup": 500},), ({"b": 99, "a": 101},)),
        idea="The first comprehension changes the values, the second one decides which pairs stay.",
        pitfall="Assigning into the dictionary while looping over it changes the caller's prices.",
    ),
    Family(
        name="best_mark_of_each",
        concepts=("dictionary_comprehensions", "enumerate_zip", "min_max"),
        difficulty=2,
        names="best_marks best_of_each top_result_per_name collect_best personal_bests",
        arguments=(
            "names|pupils|runners|players: list[str]; a name per result, may be repeated",
            "marks|results|points|times: list[int]; as many numbers, in the same order",
        ),
        returns="dict[str, int]",
        phrasings=(
            "Return a dictionary from each name in $names to the $best of its numbers in $marks, in $order. Names whose $best number is $words $limit are left out.",
            "The lists $names and $marks belong together position by position. Find the $best number of every name, drop names where it is $words $limit, and return the rest as a dictionary in $order.",
            "A trainer notes results as two lists: who it was ($names) and the number ($marks). What is everybody's $best number? Leave out those for whom it is $words $limit and list the names in $order.",
            "For each different name n of $names let v be the $best value of $marks at the positions of n. Return {n: v} for all n where v is not $words $limit, inserted in $order.",
        ),
        solutions=(
            """
best = {
    $key: $fn(mark for name, mark in zip($names, $marks) if name == $key)
    for $key in $open$names$close
}
return {$key: $item for $key, $item in best.items() if not $item $op $limit}
""",
            """
best = {}
for $key, $item in zip($names, $marks):
    if $key not in best or $item $better best[$key]:
        best[$key] = $item
$result = {}
for $key in $order_code:
    if not best[$key] $op $limit:
        $result[$key] = best[$key]
return $result
""",
        ),
        reference=lambda names, marks, limit, op, best, order, **_: {
            n: v
            for n in (sorted(set(names)) if order.startswith("alpha") else dict.fromkeys(names))
            for v in [
                sorted(m for k, m in zip(names, marks, strict=True) if k == n)[-1 if best == "largest" else 0]
            ]
            if not draws.COMPARISONS[op][1](v, limit)
        },
        parameters=lambda rng: {
            "limit": rng.randint(3, 6),
            **draws.comparison(rng),
            **part(
                rng,
                {"best": "largest", "fn": "max", "better": ">"},
                {"best": "smallest", "fn": "min", "better": "<"},
            ),
            **part(
                rng,
                {
                    "order": "alphabetical order",
                    "open": "sorted(set(",
                    "close": "))",
                    "order_code": "sorted(best)",
                },
                {
                    "order": "order of first appearance",
                    "open": "dict.fromkeys(",
                    "close": ")",
                    "order_code": "best",
                },
            ),
        },
        inputs=lambda rng, **_: (lambda names: (names, [rng.randint(1, 9) for _ in names]))(
            rng.choices(("Dan", "Ben", "Cleo", "Ada"), k=rng.randint(4, 6))
        ),
        edges=(
            ([], []),
            (["x"], [5]),
            (["b", "a", "b"], [5, 5, 4]),
            (["a", "a", "a"], [0, -1, 9]),
            (["z", "y", "x", "w"], [1, 6, 5, 4]),
        ),
        idea="zip brings the two lists together, and every name gets the extreme of its own numbers.",
        pitfall="dict(zip(names, marks)) keeps the last number of each name, not the best.",
    ),
    Family(
        name="last_place_of_character",
        concepts=("dictionary_comprehensions", "strings", "enumerate_zip"),
        difficulty=2,
        names="last_places last_index_of_each final_positions character_ends index_letters",
        arguments=("text|line|word|phrase: str; any characters",),
        returns="dict[str, int]",
        phrasings=(
            "Return a dictionary from each $kind of $text to the position of its last occurrence, counted from $base, with the keys in ascending order. Other characters get no entry, and case $case.",
            "For every different $kind in $text give the position, beginning with $base, where it occurs for the last time. Sort the dictionary by its keys; case $case, and all other characters are ignored.",
            "A stamp is set letter by letter, and one wants to know where each $kind of $text is needed for the last time (the first character has position $base). Answer with a dictionary in ascending order of the keys; case $case.",
            "Build {c: p} for the distinct characters c of $text that are a $kind, where p is $base plus the index of the last occurrence of c; case $case. Insert the keys in sorted order.",
        ),
        solutions=(
            """
places = {$char: $i for $i, $char in enumerate($text$lower, $base) if $char.$method()}
return {$char: places[$char] for $char in sorted(places)}
""",
            """
$result = {}
for $char in sorted(set($text$lower)):
    if $char.$method():
        $result[$char] = $text$lower.rindex($char) + $base
return $result
""",
            """
$result = {}
$i = $base
for $char in $text$lower:
    if $char.$method():
        $result[$char] = $i
    $i += 1
return dict(sorted($result.items()))
""",
        ),
        reference=lambda text, kind, base, lower, **_: {
            c: base + places[-1]
            for c in sorted(text.lower() if lower else text)
            if (c.isalpha() if kind == "letter" else c.islower())
            for places in [[i for i, x in enumerate(text.lower() if lower else text) if x == c]]
        },
        parameters=lambda rng: {
            "base": rng.choice((0, 1)),
            **part(
                rng,
                {
                    "kind": "letter",
                    "method": "isalpha",
                    "lower": ".lower()",
                    "case": "is ignored, the keys being small letters",
                },
                {"kind": "letter", "method": "isalpha", "lower": "", "case": "matters"},
                {"kind": "small letter", "method": "islower", "lower": "", "case": "matters"},
            ),
        },
        inputs=lambda rng, **_: (draws.sentence(rng, 1, 3),),
        edges=(("",), ("a",), ("Aa a1 1",), ("!?",), ("noon 12 21",), ("éÉe",)),
        idea="Later pairs overwrite earlier ones, so a dictionary comprehension over the positions keeps the last of each.",
        pitfall="text.index(c) always finds the first occurrence.",
    ),
)
