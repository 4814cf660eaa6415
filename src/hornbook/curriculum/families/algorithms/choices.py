"""Families on backtracking and subsets: all codes, ways to split, choices that add up."""

from __future__ import annotations

import itertools

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw


def _choices(values: list[int]) -> list[tuple[int, ...]]:
    """All choices of positions, as rising tuples."""
    return [
        some for size in range(len(values) + 1) for some in itertools.combinations(range(len(values)), size)
    ]


def _cuts(text: str) -> list[list[str]]:
    """All ways to cut a text into pieces: a bar between two characters or not."""
    if not text:
        return [[]]
    return [
        "".join(f"{char}{bar}" for char, bar in zip(text, [*bars, ""], strict=True)).split("|")
        for bars in itertools.product(("|", ""), repeat=len(text) - 1)
    ]


FAMILIES: tuple[Family, ...] = (
    Family(
        name="codes_without_neighbours",
        concepts=("backtracking", "recursion", "strings"),
        difficulty=3,
        names="codes_without_neighbours list_codes all_codes generate enumerate_codes",
        arguments=(
            "letters|symbols|signs|alphabet: str; different characters",
            "length|n|size|places: int; how many characters a code has, not negative",
        ),
        returns="list[str]",
        phrasings=(
            "Return all codes of $length characters from $letters, in which characters may come again but $rule. Order them like words in a dictionary whose alphabet is $letters. There is one code of length 0, the empty one.",
            "Which strings with the length $length can be built from the characters of $letters, each as often as you like, if $rule? List them so that of two strings the one comes first that has, at the first difference, the character further left in $letters.",
            "A lock has $length wheels, each showing one of the characters in $letters, and it accepts only settings in which $rule. List all these settings, changing the last wheel fastest and going through $letters from left to right on every wheel.",
            "Enumerate the words w of length $length over the alphabet $letters such that $rule, in lexicographic order with respect to the order of the characters in $letters; the empty word is the only one of length 0.",
        ),
        solutions=(
            """
$result = []

def extend(code):
    if len(code) == $length:
        $result.append(code)
        return
    for $char in $letters:
        if $char not in code[-$gap:]:
            extend(code + $char)

extend("")
return $result
""",
            """
codes = [""]
for $i in range($length):
    codes = [code + $char for code in codes for $char in $letters if $char not in code[-$gap:]]
return codes
""",
            """
from itertools import product
$result = []
for some in product($letters, repeat=$length):
    if all(some[$i] not in some[max($i - $gap, 0) : $i] for $i in range($length)):
        $result.append("".join(some))
return $result
""",
        ),
        reference=lambda letters, length, gap, rule: [
            "".join(code)
            for code in itertools.product(letters, repeat=length)
            if not any(code[a] == code[b] for a in range(length) for b in range(length) if 0 < b - a <= gap)
        ],
        parameters=lambda rng: rng.choice(
            (
                {"gap": 1, "rule": Raw("no two neighbours are equal")},
                {"gap": 2, "rule": Raw("no character is equal to one of the two before it")},
            )
        ),
        inputs=lambda rng, gap, rule: ("".join(rng.sample("abcxyz", rng.randint(2, 3))), rng.randint(2, 3)),
        edges=(("ab", 0), ("", 0), ("", 2), ("a", 1), ("a", 2), ("ba", 4), ("αβγ", 2)),
        idea="A code that is not complete is continued with every character that the rule allows, and no other branch is entered.",
        pitfall="Checking the rule only at the end builds a great number of codes that were lost after two characters.",
    ),
    Family(
        name="ways_to_cut_text",
        concepts=("backtracking", "recursion", "string_slicing"),
        difficulty=4,
        names="ways_to_cut_text splits segmentations cut_into_words all_splits",
        arguments=(
            "text|letters|line|signs: str; the text to cut",
            "words|known|terms|vocabulary: list[str]; the pieces that are allowed, none of them empty",
        ),
        returns="list[list[str]]",
        phrasings=(
            "Return all ways to cut $text completely into pieces from $words, with at most $most pieces. A way is the list of its pieces; ways with a shorter first piece come first, among these the ones with a shorter second piece, and so on. The empty text has one way: no pieces.",
            "The blanks of $text were lost. In how many pieces can it have been written? List every division into words out of $words that has no more than $most words, ordered by the length of the first word, then of the second, and so on; '' has the division [].",
            "Beads with the letters $text are on a string, and a jeweller owns the chains in $words, each as often as needed. List all the ways to make up the string out of $most chains or fewer, as lists of chains; the shorter first chain goes first, then the shorter second one, and so on.",
            "Enumerate all sequences of up to $most members of $words (repeats allowed) whose concatenation is $text, in lexicographic order of their sequences of lengths; for the empty text the result is [[]].",
        ),
        solutions=(
            """
$result = []

def cut(rest, pieces):
    if not rest:
        $result.append(pieces)
    elif len(pieces) < $most:
        for end in range(1, len(rest) + 1):
            if rest[:end] in $words:
                cut(rest[end:], [*pieces, rest[:end]])

cut($text, [])
return $result
""",
            """
ordered = sorted(set($words), key=len)

def cut(begin, allowed):
    if begin == len($text):
        return [[]]
    if allowed == 0:
        return []
    ways = []
    for $word in ordered:
        if $text.startswith($word, begin):
            ways += [[$word, *more] for more in cut(begin + len($word), allowed - 1)]
    return ways

return cut(0, $most)
""",
        ),
        reference=lambda text, words, most: sorted(
            (pieces for pieces in _cuts(text) if set(pieces) <= set(words) and len(pieces) <= most),
            key=lambda pieces: [len(piece) for piece in pieces],
        ),
        parameters=lambda rng: {"most": rng.choice((3, 4))},
        inputs=lambda rng, most: (
            "".join(rng.choices(("a", "b", "ab"), k=rng.randint(3, 4))),
            rng.sample(("a", "b", "ab", "ba", "aa", "abb"), 4),
        ),
        edges=(
            ("", ["a"]),
            ("a", []),
            ("aaaaa", ["a"]),
            ("aaaa", ["aa", "a", "aaa"]),
            ("abab", ["ab", "abab", "a"]),
            ("abc", ["ab", "a", "bc"]),
        ),
        idea="Choose the first piece in every possible way; what remains is the same task with a shorter text.",
        pitfall="Always taking the longest piece finds at most one way, and sometimes none although there is one.",
    ),
    Family(
        name="brackets_to_write",
        concepts=("backtracking", "bracket_matching", "recursion"),
        difficulty=4,
        names="brackets_to_write bracket_words walks_of_lift all_balanced generate",
        arguments=("pairs|n|trips|amount: int; how many of each sign, not negative",),
        returns="list[str]",
        phrasings=(
            "Return all texts made of $pairs times '$up' and $pairs times '$down' in which no beginning has more '$down' than '$up', and none has more than $most '$up' in excess. Texts with an earlier '$up' come first. For 0 the only text is the empty one.",
            "A lift starts at floor 0 and moves up ('$up') and down ('$down') one floor at a time, $pairs times each, between floor 0 and floor $most. List all the ways it can take as texts; where two ways differ for the first time, the one with '$up' comes first.",
            "In which orders can $pairs letters '$up' and as many letters '$down' be written if, reading from the left, the count of '$up' minus the count of '$down' always stays between 0 and $most? Give the list of texts, '$up' before '$down' at the first place where two of them differ.",
            "Enumerate the strings with exactly $pairs '$up' and $pairs '$down' each of whose prefixes contains between 0 and $most more '$up' than '$down', ordered lexicographically with '$up' counting as smaller than '$down'.",
        ),
        solutions=(
            """
$result = []

def extend(text, ups, depth):
    if len(text) == 2 * $pairs:
        $result.append(text)
        return
    if ups < $pairs and depth < $most:
        extend(text + "$up", ups + 1, depth + 1)
    if depth > 0:
        extend(text + "$down", ups, depth - 1)

extend("", 0, 0)
return $result
""",
            """
level = [("", 0)]
for $i in range(2 * $pairs):
    longer = []
    for text, depth in level:
        if depth < $most:
            longer.append((text + "$up", depth + 1))
        if depth > 0:
            longer.append((text + "$down", depth - 1))
    level = longer
return [text for text, depth in level if depth == 0]
""",
        ),
        reference=lambda pairs, up, down, most: [
            text
            for signs in itertools.product((up, down), repeat=2 * pairs)
            for text in ["".join(signs)]
            if text.count(up) == pairs
            and all(0 <= text[:n].count(up) - text[:n].count(down) <= most for n in range(2 * pairs + 1))
        ],
        parameters=lambda rng: {
            "most": rng.choice((2, 3)),
            **rng.choice(tuple({"up": Raw(a), "down": Raw(b)} for a, b in ("()", "[]", "<>", "ud", "+-"))),
        },
        inputs=lambda rng, up, down, most: (rng.randint(1, 4),),
        edges=((0,), (1,), (2,), (3,), (4,)),
        idea="At every place there are at most two continuations, and a counter says which of them are allowed.",
        pitfall="Letting the counter become negative and hoping to repair it later produces texts that break the rule.",
    ),
    Family(
        name="selections_with_sum",
        concepts=("subsets", "counting", "recursion"),
        difficulty=3,
        names="selections_with_sum count_choices ways_to_reach_sum count_selections pick",
        arguments=(
            "values|weights|coins|numbers: list[int]; the numbers to choose from",
            "goal|target|wanted|total_wanted: int; the sum to compare with",
        ),
        returns="int",
        phrasings=(
            "Return in how many ways some of $values can be chosen, each element at most once, so that their sum is $words $goal. Equal numbers at different positions count as different; choosing nothing has the sum 0 and counts as a way, too.",
            "How many subsets of the positions of $values have elements with a sum that is $words $goal? The empty subset is one of them if 0 is $words $goal.",
            "Parcels weigh $values kilograms, and any number of them, even none, may be put on a scale. Count the different selections of parcels whose total weight is $words $goal; two parcels are different even if they weigh the same.",
            "Of the 2 ** n selections of elements of $values (n is its length, selections are by position, the empty one has the sum 0) count those whose sum s satisfies s $op $goal.",
        ),
        solutions=(
            """
sums = [0]
for $item in $values:
    sums += [$total + $item for $total in sums]
return len([$total for $total in sums if $total $op $goal])
""",
            """
def ways($i, $total):
    if $i == len($values):
        return int($total $op $goal)
    return ways($i + 1, $total) + ways($i + 1, $total + $values[$i])

return ways(0, 0)
""",
            """
$count = 0
for bits in range(2 ** len($values)):
    chosen = [$item for $i, $item in enumerate($values) if bits >> $i & 1]
    if sum(chosen) $op $goal:
        $count += 1
return $count
""",
        ),
        reference=lambda values, goal, op, words: sum(
            {"==": total == goal, "<=": total <= goal, ">": total > goal}[op]
            for some in _choices(values)
            for total in [sum(values[at] for at in some)]
        ),
        parameters=lambda rng: rng.choice(
            (
                {"op": Raw("=="), "words": Raw("equal to")},
                {"op": Raw("<="), "words": Raw("at most")},
                {"op": Raw(">"), "words": Raw("more than")},
            )
        ),
        inputs=lambda rng, op, words: (draws.ints(rng, 3, 5, 1, 7), rng.randint(4, 12)),
        edges=(([], 0), ([], 3), ([0, 0], 0), ([2, 2, 2], 4), ([-1, 1, 2], 2), ([5], 5)),
        idea="Each further number doubles the selections: all old ones without it and all old ones with it.",
        pitfall="Extending the list of sums while looping over it never ends; build the new sums first.",
    ),
    Family(
        name="subsets_in_order",
        concepts=("subsets", "bits", "list_building"),
        difficulty=2,
        names="subsets_in_order all_subsets list_choices power_set selections",
        arguments=("items|toppings|guests|words: list[str]; different names",),
        returns="list[list[str]]",
        phrasings=(
            "Return all selections of $words of $items, in this order: first those without the last name, in the order that the same rule gives for the other names, then the same ones with it. Inside a selection the names keep their order.",
            "List the subsets with $words that the names $items have. Count in binary for the order: the subsets of all names but the last one come first, ordered by this rule themselves, and then each of these with that name added. Names stand in a subset in the order of the list.",
            "A pizzeria offers the toppings $items and prints every combination of them that has $words. A combination is a list in the order of $items. All combinations without the last topping come first, then the same with it, and among the combinations of the other toppings the same rule holds. What is printed?",
            "Let P([]) = [[]] and, for longer lists, let P be all subsets of the list without its last element x, in the order of P, followed by the same subsets with x inserted at its place. Return those members of P($items) that have $words.",
        ),
        solutions=(
            """
$result = [[]]
for $item in $items:
    $result += [[*$other, $item] for $other in $result]
return [some for some in $result if len(some) $op $k]
""",
            """
$result = []
for bits in range(2 ** len($items)):
    some = [$item for $i, $item in enumerate($items) if bits >> $i & 1]
    if len(some) $op $k:
        $result.append(some)
return $result
""",
        ),
        reference=lambda items, words, op, k: [
            some
            for some in _power(items)
            if (len(some) >= k if op == ">=" else len(some) <= k if op == "<=" else len(some) == k)
        ],
        parameters=lambda rng: {
            "k": (k := rng.choice((1, 2))),
            **rng.choice(
                (
                    {"op": Raw(">="), "words": Raw(f"at least {k} name{'s' * (k > 1)}")},
                    {"op": Raw("<="), "words": Raw(f"at most {k} name{'s' * (k > 1)}")},
                    {"op": Raw("=="), "words": Raw(f"exactly {k} name{'s' * (k > 1)}")},
                )
            ),
        },
        inputs=lambda rng, words, op, k: (rng.sample(draws.GOODS, rng.randint(2, 4)),),
        edges=(([],), (["tea"],), (["a", "b"],), (["c", "b", "a"],), (["é", "à", "ü"],)),
        idea="With one more name there are twice as many selections: the old ones, and the old ones with the new name.",
        pitfall="Appending the name to the old lists themselves would change them; new lists are needed.",
    ),
    Family(
        name="fair_shares",
        concepts=("subsets", "bits", "min_max"),
        difficulty=4,
        names="fair_shares smallest_difference split_evenly balance_teams divide",
        arguments=("weights|values|prices|numbers: list[int]; the numbers to divide, none of them negative",),
        returns="int",
        phrasings=(
            "Divide $weights into two groups such that the sums of the groups differ as little as possible, where a group has $words. Return the difference; if no such division exists, return -1.",
            "How close to equal can two shares of $weights be? Every number goes to exactly one of the shares, a share consists of $words, and the answer is the smallest possible difference of their sums, or -1 if it cannot be done.",
            "Two children share presents worth $weights; each child gets $few of them, and nothing is left over. What is the smallest possible difference between the values of what they get? Return -1 if the presents cannot be shared like this.",
            "Over all ways to write the multiset $weights as a disjoint union of two parts with $words each, return the minimum of the absolute difference of the sums of the parts, and -1 if there is no such way.",
        ),
        solutions=(
            """
$best = -1
for bits in range(2 ** len($weights)):
    first = [$item for $i, $item in enumerate($weights) if bits >> $i & 1]
    if $k <= len(first) <= len($weights) - $k:
        difference = abs(sum($weights) - 2 * sum(first))
        if $best == -1 or difference < $best:
            $best = difference
return $best
""",
            """
from itertools import combinations
whole = sum($weights)
differences = [
    abs(whole - 2 * sum(some))
    for size in range(len($weights) + 1)
    for some in combinations($weights, size)
    if $k <= size <= len($weights) - $k
]
return min(differences, default=-1)
""",
            """
def differences($i, $left, $right, size):
    if $i == len($weights):
        return [abs($left - $right)] if $k <= size <= len($weights) - $k else []
    with_it = differences($i + 1, $left + $weights[$i], $right, size + 1)
    return with_it + differences($i + 1, $left, $right + $weights[$i], size)

found = differences(0, 0, 0, 0)
return min(found) if found else -1
""",
        ),
        reference=lambda weights, k, words, few: min(
            (
                abs(sum(weight if mark else -weight for weight, mark in zip(weights, marks, strict=True)))
                for marks in itertools.product((True, False), repeat=len(weights))
                if min(marks.count(True), marks.count(False)) >= k
            ),
            default=-1,
        ),
        parameters=lambda rng: rng.choice(
            (
                {"k": 1, "words": Raw("at least one element"), "few": Raw("at least one")},
                {"k": 2, "words": Raw("at least two elements"), "few": Raw("at least two")},
            )
        ),
        inputs=lambda rng, k, words, few: (draws.ints(rng, rng.choice((2, 4)), 6, 1, 15),),
        edges=(([],), ([4],), ([4, 4],), ([9, 1, 1],), ([1, 2, 3, 4],), ([10, 1, 1, 1],), ([0, 0, 5],)),
        idea="Choosing one group fixes the other, so it is enough to look at all subsets and compare twice their sum with the whole.",
        pitfall="Giving the next largest number to the poorer group is quick and good, but not always best.",
    ),
)


def _power(items: list[str]) -> list[list[str]]:
    if not items:
        return [[]]
    smaller = _power(items[:-1])
    return smaller + [some + items[-1:] for some in smaller]
