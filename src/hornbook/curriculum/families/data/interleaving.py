"""Families on interleaving: elements of several sequences in turn."""

from __future__ import annotations

from itertools import zip_longest

from hornbook.curriculum import draws
from hornbook.curriculum.families.wording import part
from hornbook.curriculum.family import Family, Raw


def _shuffled(cards: list[int], times: int, upper_first: bool) -> list[int]:
    for _ in range(times):
        middle = (len(cards) + 1) // 2
        halves = (cards[:middle], cards[middle:]) if upper_first else (cards[middle:], cards[:middle])
        cards = [card for pair in zip_longest(*halves) for card in pair if card is not None]
    return cards


FAMILIES: tuple[Family, ...] = (
    Family(
        name="perfect_shuffle",
        concepts=("interleaving", "list_slicing", "for_loops"),
        difficulty=3,
        names="perfect_shuffle riffle shuffle_cards weave_halves mix",
        arguments=("cards|deck|items|numbers: list[int]; the cards from top to bottom",),
        returns="list[int]",
        phrasings=(
            "Cut $cards into two halves, the upper one longer by 1 if the number is odd, and lay them together card by card, beginning with the $half one; when one half is used up, the rest of the other follows. Do this $k times and return the cards.",
            "Apply $k perfect shuffles to $cards: split the list in the middle (the first half gets the extra card) and take cards from the two halves in turn, the $half half first. What is left of one half at the end is simply added. Return the resulting list.",
            "A magician divides the pack $cards in the middle, with the odd card in the upper part, and lets the cards fall alternately, one from the $half part first. The move is made $k times in all. In what order are the cards afterwards?",
            "Let m be half the length of $cards, rounded up. One shuffle replaces the list by the elements of its first m and of its other elements taken alternately in their order, starting with the $half group, a surplus card of the longer group coming last. Return the list after $k shuffles.",
        ),
        solutions=(
            """
$result = $cards[:]
for _ in range($k):
    middle = (len($result) + 1) // 2
    upper, lower = $result[:middle], $result[middle:]
    $result = []
    while upper or lower:
        for half in ($halves):
            if half:
                $result.append(half.pop(0))
return $result
""",
            """
from itertools import zip_longest
$result = list($cards)
for _ in range($k):
    middle = (len($result) + 1) // 2
    upper, lower = $result[:middle], $result[middle:]
    $result = [$item for $pair in zip_longest($halves) for $item in $pair if $item is not None]
return $result
""",
        ),
        reference=lambda cards, k, half, halves: _shuffled(cards, k, half == "upper"),
        parameters=lambda rng: {
            "k": rng.randint(2, 3),
            **part(
                rng, {"half": "upper", "halves": "upper, lower"}, {"half": "lower", "halves": "lower, upper"}
            ),
        },
        inputs=lambda rng, **_: (rng.sample(range(1, 30), rng.choice((5, 9, 10))),),
        edges=(([],), ([7],), ([1, 2],), ([1, 2, 3],), ([0, 0, 1, 1],), ([5, 4, 3, 2, 1],)),
        idea="One half fills every second place and the other half the places between, and the whole is repeated as often as asked.",
        pitfall="With an odd number of cards the halves differ in length, and zip alone would lose the last card.",
    ),
    Family(
        name="put_between_elements",
        concepts=("interleaving", "list_building", "list_slicing"),
        difficulty=1,
        names="put_between intersperse with_separators add_spacers separate",
        arguments=("items|pieces|words|parts: list[str]; any texts",),
        returns="list[str]",
        phrasings=(
            "Return a list with the elements of $items and $size times '$mark' between any two neighbours, none at the ends. An empty list stays empty.",
            "Put $size of the text '$mark' between every two elements of $items, but not at the ends, and return the new list. For no elements return [].",
            "Tiles $items are laid in a row with $size times '$mark' in each gap between them. Which list describes the row, from left to right? Without tiles there is nothing.",
            "Given $items = [a, b, ...], return a new list in which the elements keep their order and exactly $size entries '$mark' stand between each two of them and none elsewhere; [] remains [].",
        ),
        solutions=(
            """
$result = []
for $item in $items:
    if $result:
        $result += $fill
    $result.append($item)
return $result
""",
            """
if not $items:
    return []
$result = $fill * (len($items) - 1)
for $i, $item in enumerate($items):
    $result.insert($i * $step, $item)
return $result
""",
            """
$result = [$item for $word in $items for $item in $fill + [$word]]
return $result[$size:]
""",
        ),
        reference=lambda items, mark, fill, size, step: sum(
            ([item, *fill] if i < len(items) - 1 else [item] for i, item in enumerate(items)), []
        ),
        parameters=lambda rng: (
            lambda mark, size: {"mark": Raw(mark), "fill": [mark] * size, "size": size, "step": size + 1}
        )(rng.choice("-|+/"), rng.randint(2, 3)),
        inputs=lambda rng, **_: (
            list(rng.choice(("ab", "abc", "xyz", "tea", "ok"))) + ["end"] * rng.randint(0, 1),
        ),
        edges=(([],), (["a"],), (["a", "a"],), (["", ""],), (["ä", "b", "c"],)),
        idea="The separators are due before every element but the first, which is the moment when the result already holds something.",
        pitfall="Adding them after each element leaves some at the end as well.",
    ),
    Family(
        name="lists_in_rounds",
        concepts=("iterators", "interleaving", "nested_loops"),
        difficulty=3,
        names="lists_in_rounds round_robin take_one_each collect_in_turns deal_out",
        arguments=("lanes|queues|lists|decks: list[list[int]]; lists of different lengths",),
        returns="list[int]",
        phrasings=(
            "Take $say from each list of $lanes in turn, again and again, until all are used up, and return the numbers in the order in which they are taken. Lists that have run out are skipped.",
            "Merge the lists of $lanes round by round: in every round each list that still has numbers gives its next $count_says, in the order of $lanes. Return one flat list.",
            "Several lanes of cars, $lanes, lead into one road. In every round each lane that is not empty lets $say pass, from the first lane to the last. In which order do the cars reach the road?",
            "Return the list that holds all numbers of $lanes ordered by round and then by the index of their list, where the round of the element with index i of a list is i // $k; inside a round of one list the order stays.",
        ),
        solutions=(
            """
$result = []
longest = max(map(len, $lanes), default=0)
for $i in range(0, longest, $k):
    for $row in $lanes:
        $result.extend($row[$i : $i + $k])
return $result
""",
            """
from collections import deque
from itertools import islice
$result = []
waiting = deque(map(iter, $lanes))
while waiting:
    lane = waiting.popleft()
    taken = list(islice(lane, $k))
    if taken:
        $result += taken
        waiting.append(lane)
return $result
""",
        ),
        reference=lambda lanes, k, say, count_says: [
            n
            for _, _, _, n in sorted(
                (i // k, which, i, n) for which, lane in enumerate(lanes) for i, n in enumerate(lane)
            )
        ],
        parameters=lambda rng: (
            lambda k: {
                "k": k,
                "say": Raw("one number" if k == 1 else f"up to {k} numbers"),
                "count_says": Raw("one" if k == 1 else f"{k}, or as many as are left"),
            }
        )(rng.randint(2, 3)),
        inputs=lambda rng, **_: ([draws.ints(rng, 0, 5, 1, 30) for _ in range(rng.randint(2, 3))],),
        edges=(
            ([],),
            ([[]],),
            ([[1, 2, 3]],),
            ([[], [5], []],),
            ([[1, 1, 1, 1], [2]],),
            ([[1], [2, 3, 4, 5, 6], [7, 8]],),
        ),
        idea="The outer loop counts the rounds, the inner one visits the lists, and a slice past the end is simply empty.",
        pitfall="zip stops with the shortest list and loses everything behind it.",
    ),
    Family(
        name="weave_by_pattern",
        concepts=("interleaving", "iterators", "lookup_tables"),
        difficulty=3,
        names="weave_by_pattern follow_pattern mix_colours string_beads combine",
        arguments=(
            "blue|first|left_side|ours: list[int]; the numbers for A",
            "green|second|right_side|theirs: list[int]; the numbers for B",
        ),
        returns="list[int]",
        phrasings=(
            "Take numbers from the front of $blue for every A and of $green for every B of the pattern '$pattern', which is repeated without end. Stop as soon as the list whose turn it is has nothing left, and return the numbers taken.",
            "Follow the letters of '$pattern' over and over: A takes the next number of $blue, B the next one of $green. Return what was taken until a letter asks for a number that is not there.",
            "A chain is made of two sorts of beads, $blue (A) and $green (B), in the pattern '$pattern', which begins again when it is finished. Which beads, in order, are on the chain when the next bead needed is missing?",
            "Return the longest list that arises by reading '$pattern' cyclically and replacing each A by the next unused element of $blue and each B by that of $green, ending before the first letter for which no element is left.",
        ),
        solutions=(
            """
from itertools import cycle
sources = {"A": iter($blue), "B": iter($green)}
$result = []
for $char in cycle("$pattern"):
    $item = next(sources[$char], None)
    if $item is None:
        break
    $result.append($item)
return $result
""",
            """
$result = []
a = b = 0
while True:
    $char = "$pattern"[(a + b) % $size]
    if $char == "A" and a < len($blue):
        $result.append($blue[a])
        a += 1
    elif $char == "B" and b < len($green):
        $result.append($green[b])
        b += 1
    else:
        return $result
""",
        ),
        reference=lambda blue, green, pattern, size: (
            lambda letters: [
                (blue if letter == "A" else green)[letters[:i].count(letter)]
                for i, letter in enumerate(letters)
                if all(
                    letters[: j + 1].count(x) <= len(blue if x == "A" else green)
                    for j, x in enumerate(letters[: i + 1])
                )
            ]
        )(str(pattern) * (len(blue) + len(green) + 1)),
        parameters=lambda rng: (lambda p: {"pattern": Raw(p), "size": len(p)})(
            rng.choice(("AAB", "ABB", "ABBA", "BAA", "BBA", "AABB"))
        ),
        inputs=lambda rng, **_: (draws.ints(rng, 1, 5, 1, 9), draws.ints(rng, 1, 5, 10, 19)),
        edges=(
            ([], []),
            ([1], []),
            ([], [2]),
            ([1, 2, 3, 4, 5, 6], [7, 8, 9]),
            ([0, 0], [0, 0]),
            ([1, 2], [3, 4, 5, 6]),
        ),
        idea="Two iterators remember how far each list has been used, and the endless pattern says whose turn it is.",
        pitfall="Stopping when either list is empty is too early: the pattern may still ask for the other one.",
    ),
)
