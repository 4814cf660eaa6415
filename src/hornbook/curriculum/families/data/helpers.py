"""Families whose prompt brings helper functions: read them, trust them, and build on them."""

from __future__ import annotations

from itertools import combinations

from hornbook.curriculum.families.wording import part
from hornbook.curriculum.family import Family, Raw


def _best_total(cards: list[str], limit: int) -> int:
    totals = {0}
    for card in cards:
        values = [1, 11] if card == "A" else [10 if card in "KQJ" else int(card)]
        totals = {total + value for total in totals for value in values}
    return max([total for total in totals if total <= limit], default=-1)


def _cost(count: int, price: int, step: int, off: int) -> int:
    return count * price - count // step * off


FAMILIES: tuple[Family, ...] = (
    Family(
        name="count_cleaned_words",
        concepts=("counters", "string_methods", "filtering"),
        difficulty=2,
        names="count_cleaned_words word_counts common_words tally_words count_terms",
        arguments=("text|passage|message|note: str; words separated by blanks, with punctuation",),
        returns="list[tuple[str, int]]",
        setup="""
def cleaned(word):
    \"\"\"Return word in small letters without punctuation at its ends.\"\"\"
    return word.strip(".,!?").lower()
""",
        phrasings=(
            "Use cleaned to count the words of $text. Return (word, count) for the cleaned words that occur at least $k times, the most frequent first and equally frequent ones in $order; words with nothing left are ignored.",
            "Split $text at blanks, clean every word with the helper cleaned, drop empty results, and list the words that come up $k times or more with their counts: high counts first, ties in $order.",
            "A poet wonders which words come back in $text, whatever their capitals and punctuation (cleaned takes care of these). Which words occur at least $k times, and how often? Give pairs, most frequent first, ties in $order.",
            "Let w be the list of cleaned(x) for all x in $text.split(), without ''. Return the tuples (v, w.count(v)) for the distinct v with a count of at least $k, sorted by falling count, equal counts in $order.",
        ),
        solutions=(
            """
from collections import Counter
words = [cleaned($word) for $word in $text.split()]
counts = Counter($word for $word in words if $word)
$result = [$pair for $pair in $ordered if $pair[1] >= $k]
return sorted($result, key=lambda $pair: -$pair[1])
""",
            """
counts = {}
for $word in $text.split():
    $word = cleaned($word)
    if $word != "":
        counts[$word] = counts.get($word, 0) + 1
frequent = {$word: $count for $word, $count in $ordered if $count >= $k}
return sorted(frequent.items(), key=lambda $pair: $pair[1], reverse=True)
""",
        ),
        reference=lambda text, k, order, **_: (
            lambda words: [
                (w, n)
                for n in range(len(words), k - 1, -1)
                for w in (dict.fromkeys(words) if order.startswith("order") else sorted(set(words)))
                if words.count(w) == n
            ]
        )([w for w in (x.lower().strip(".,!?") for x in text.split()) if w]),
        parameters=lambda rng: {
            "k": rng.choice((2, 2, 3)),
            **part(
                rng,
                {"order": "alphabetical order", "ordered": "sorted(counts.items())"},
                {"order": "order of first appearance", "ordered": "counts.items()"},
            ),
        },
        inputs=lambda rng, **_: (
            " ".join(rng.choices(("Tea", "tea,", "sun!", "sea", "Sea.", "ant", "!"), k=rng.randint(7, 10))),
        ),
        edges=(("",), ("... !",), ("a",), ("b a B. A? c",), ("no No, NO! yes",)),
        idea="The helper makes equal words look equal; after that the counting is ordinary.",
        pitfall="Counting first and cleaning afterwards gives several entries for one word.",
    ),
    Family(
        name="best_card_total",
        concepts=("lookup_tables", "conditionals", "accumulation"),
        difficulty=3,
        names="best_card_total hand_value best_hand count_cards value_of_hand",
        arguments=("cards|hand|drawn|deck: list[str]; 'A', 'K', 'Q', 'J' or a number from '2' to '10'",),
        returns="int | None",
        setup="""
FACES = {"K": 10, "Q": 10, "J": 10, "A": 1}

def value(card):
    \"\"\"Return the value of a card; an ace counts 1.\"\"\"
    return FACES[card] if card in FACES else int(card)
""",
        phrasings=(
            "Return the largest total of $cards that is not above $limit, where value gives the value of a card and every ace may count 11 instead of 1. Return None if even the smallest total is too large.",
            "Add up $cards with the help of value. Each 'A' can be worth 1 or 11; choose so that the sum is as large as possible but at most $limit. The answer is None when that is impossible.",
            "In a card game a hand may be worth at most $limit. Faces count 10, numbers their value, aces 1 (see value) or, if the player likes, 11. What is $cards worth at best? A hand above $limit in every case is lost: return None.",
            "Let s be the sum of value(c) over c in $cards and a the number of aces among them. Return the greatest s + 10 * j with 0 <= j <= a that does not exceed $limit, or None if s does.",
        ),
        solutions=(
            """
$total = sum(value(card) for card in $cards)
if $total > $limit:
    return None
for card in $cards:
    if card == "A" and $total + 10 <= $limit:
        $total += 10
return $total
""",
            """
lowest = sum(map(value, $cards))
totals = [lowest + 10 * raised for raised in range($cards.count("A") + 1)]
return max(($total for $total in totals if $total <= $limit), default=None)
""",
        ),
        reference=lambda cards, limit: None if (best := _best_total(cards, limit)) < 0 else best,
        parameters=lambda rng: {"limit": rng.choice((21, 25, 31))},
        inputs=lambda rng, limit: (
            rng.choices(("A", "A", "K", "J", "2", "5", "7", "10"), k=rng.randint(2, 4)),
        ),
        edges=(
            ([],),
            (["A"],),
            (["A", "A"],),
            (["A", "K"],),
            (["K", "Q", "J", "5"],),
            (["A", "A", "A", "9", "9"],),
            (["10", "A", "A", "K"],),
        ),
        idea="All aces start at 1, and each is raised by 10 as long as there is room; it makes no difference which of them.",
        pitfall="Counting aces as 11 first and giving up when the sum is too large misses the hands in which one ace must be small.",
    ),
    Family(
        name="most_for_the_money",
        concepts=("bisecting", "higher_order", "lazy_slicing"),
        difficulty=4,
        names="most_for_money largest_order pieces_for_budget how_many affordable_count",
        arguments=(
            "budget|money|limit|purse: int; how much may be spent",
            "stock|available|most|pieces: int; how many pieces there are, 0 or more",
        ),
        returns="int",
        setup="""
def cost(count):
    \"\"\"Return the price of count pieces; every $step pieces bring a discount.\"\"\"
    return count * $price - count // $step * $off
""",
        phrasings=(
            "The helper cost gives the price of a number of pieces and never falls as the number grows. Return the largest number from 0 to $stock whose cost is at most $budget, and 0 if $budget is negative.",
            "How many pieces can be bought for $budget if there are $stock? The price of n pieces is cost(n), which grows with n or stays the same. For a negative budget the answer is 0.",
            "A buyer wants as many pieces as $budget allows, at most $stock. The helper cost knows the price with its discounts, and more pieces are never cheaper than fewer. What number does the buyer order? Nothing can be bought with a negative sum.",
            "Return max of 0 and all n with 1 <= n <= $stock and cost(n) <= $budget, where cost is non-decreasing.",
        ),
        solutions=(
            """
from bisect import bisect_right
numbers = range(1, $stock + 1)
return bisect_right(numbers, $budget, key=cost)
""",
            """
$left, $right = 0, $stock
while $left < $right:
    middle = ($left + $right + 1) // 2
    if cost(middle) <= $budget:
        $left = middle
    else:
        $right = middle - 1
return $left
""",
            """
number = 0
while number < $stock and cost(number + 1) <= $budget:
    number += 1
return number
""",
        ),
        reference=lambda budget, stock, price, step, off: len(
            [n for n in range(1, stock + 1) if _cost(n, price, step, off) <= budget]
        ),
        parameters=lambda rng: (
            lambda price: {"price": price, "step": rng.choice((3, 5, 10)), "off": rng.randint(1, price)}
        )(rng.randint(3, 9)),
        inputs=lambda rng, price, **_: (rng.randint(price, 20 * price), rng.randint(4, 24)),
        edges=((0, 10), (-5, 3), (1000, 0), (1000, 7), (9, 1), (60, 30)),
        idea="Because the cost never falls, the affordable numbers come first and the others after them; the border can be found by halving.",
        pitfall="Dividing the budget by the price of one piece ignores the discounts.",
    ),
    Family(
        name="matches_still_to_play",
        concepts=("frozen_sets", "combinations", "filtering"),
        difficulty=2,
        names="matches_to_play missing_matches open_games remaining_pairs who_has_not_met",
        arguments=(
            "players|teams|names|people: list[str]; different names",
            "played|games|met|results: list[tuple[str, str]]; matches that have taken place, in either order",
        ),
        returns="list[str]",
        setup="""
def match(a, b):
    \"\"\"Return the match between a and b, whoever is named first.\"\"\"
    return frozenset((a, b))
""",
        phrasings=(
            "Everybody in $players meets everybody else once. Return $example for the matches that are not in $played, where match says which are the same. The pairs are those of itertools.combinations over $players, in its order.",
            "List all pairs of different $players who have not met in $played, as the two names joined by '$sep': the one earlier in $players first, ordered by the first and then the second name's place in $players. The helper match makes (a, b) and (b, a) equal.",
            "In a tournament each of the $players plays against each other. Some matches, $played, are over. Which are still to come, as names joined by '$sep', if pairs are listed as their members stand in $players? Use match to compare them.",
            "Return the texts x + '$sep' + y for all positions i < j with x = $players[i] and y = $players[j] such that match(x, y) is not match(a, b) for any (a, b) in $played, in lexicographic order of (i, j).",
        ),
        solutions=(
            """
from itertools import combinations
over = {match(a, b) for a, b in $played}
return [f"{a}$sep{b}" for a, b in combinations($players, 2) if match(a, b) not in over]
""",
            """
over = [match(*$pair) for $pair in $played]
$result = []
for $i, a in enumerate($players):
    for b in $players[$i + 1 :]:
        if match(a, b) in over:
            continue
        $result.append(a + "$sep" + b)
return $result
""",
        ),
        reference=lambda players, played, sep, **_: [
            str(sep).join(pair)
            for pair in combinations(players, 2)
            if pair not in played and pair[::-1] not in played
        ],
        parameters=lambda rng: (
            lambda sep: {"sep": Raw(sep), "example": Raw(f"texts such as 'Ada{sep}Ben'")}
        )(rng.choice(("-", " : ", " vs ", "/"))),
        inputs=lambda rng, **_: (
            lambda names: (names, [tuple(rng.sample(names, 2)) for _ in range(rng.randint(2, 4))])
        )(rng.sample("ABCDE", rng.randint(3, 4))),
        edges=(
            ([], []),
            (["A"], []),
            (["B", "A"], []),
            (["A", "B"], [("B", "A")]),
            (["C", "A", "B"], [("A", "C"), ("X", "A")]),
        ),
        idea="All pairs minus the pairs that are over: with an unordered pair as the element, this is a question of membership.",
        pitfall="Testing only (a, b) lists matches again that were written down as (b, a).",
    ),
)
