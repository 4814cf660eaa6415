"""Families on permutations: all orders in which elements can stand."""

from __future__ import annotations

from itertools import pairwise, permutations

from hornbook.curriculum.families.wording import part
from hornbook.curriculum.family import Family, Raw


def _cycle_lengths(order: list[int]) -> list[int]:
    left = set(range(len(order)))
    lengths = []
    while left:
        here = min(left)
        cycle = {here}
        while (here := order[here]) not in cycle:
            cycle.add(here)
        left -= cycle
        lengths.append(len(cycle))
    return lengths


FAMILIES: tuple[Family, ...] = (
    Family(
        name="spaced_arrangements",
        concepts=("permutations", "any_all", "sorting"),
        difficulty=4,
        names="spaced_arrangements mixed_orders arrange_letters letter_orders rearrangements",
        arguments=("letters|word|beads|colours: str; at most five characters",),
        returns="list[str]",
        phrasings=(
            "Return, in alphabetical order and without repeats, all texts that use every character of $letters and in which no two neighbours are $bad. The empty text has one arrangement, the empty text.",
            "List the different arrangements of the characters of $letters as texts in alphabetical order, but only those where two characters side by side are never $bad.",
            "Beads of the colours $letters, one letter per bead, are put on a string. Which different rows of all beads have no two neighbours that are $bad? Sort the rows alphabetically; without beads there is one row, ''.",
            "Return the sorted list of all distinct strings s that are permutations of $letters such that for no i the characters s[i] and s[i + 1] are $bad. For '' the result is [''].",
        ),
        solutions=(
            """
from itertools import pairwise, permutations
$seen = set()
for row in permutations($letters):
    if not any($clash for a, b in pairwise(row)):
        $seen.add("".join(row))
return sorted($seen)
""",
            """
def grow(start, remaining):
    if not remaining:
        return [start]
    $result = []
    for b in sorted(set(remaining)):
        a = start[-1:]
        if not (a and $clash):
            $result += grow(start + b, remaining.replace(b, "", 1))
    return $result
return grow("", $letters)
""",
        ),
        reference=lambda letters, bad, clash: sorted(
            dict.fromkeys(
                "".join(row)
                for row in permutations(letters)
                if all((a != b) if bad == "equal" else not {a, b} <= set("aeiou") for a, b in pairwise(row))
            )
        ),
        parameters=lambda rng: part(
            rng,
            {"bad": "equal", "clash": "a == b"},
            {"bad": "both vowels (a, e, i, o, u)", "clash": "(a in 'aeiou' and b in 'aeiou')"},
        ),
        inputs=lambda rng, **_: (
            rng.choice(("aab", "abe", "tea", "aabb", "oak", "eve", "noo", "ace", "abba")),
        ),
        edges=(("",), ("a",), ("aa",), ("xyz",), ("aaab",), ("aei",)),
        idea="Equal letters give the same arrangement more than once, so the texts are collected in a set, or each different letter is tried once per place.",
        pitfall="permutations treats equal letters as different ones, so a list would contain repeats.",
    ),
    Family(
        name="following_arrangement",
        concepts=("permutations", "list_indexing", "sorting"),
        difficulty=5,
        names="following_arrangement next_order next_permutation step_on neighbour_order",
        arguments=("digits|items|order|numbers: list[int]; at most six numbers",),
        returns="list[int] | None",
        phrasings=(
            "Return the arrangement of the numbers in $digits that comes directly $where it when all different arrangements are sorted as lists, or None if there is none.",
            "Think of all different orders of the numbers in $digits, sorted lexicographically. Give the one immediately $where the present order, and None for the $extreme of them.",
            "A counter with movable wheels shows $digits. Its wheels can only be exchanged. Which arrangement of the same wheels is the nearest one that shows a $size list, comparing from left to right? Return None if there is no such arrangement.",
            "Among the permutations p of $digits that are lexicographically $size than $digits return the lexicographically ${nearest} one, as a list; return None if no permutation is $size.",
        ),
        solutions=(
            """
$result = list($digits)
$i = len($result) - 2
while $i >= 0 and not $result[$i] $op $result[$i + 1]:
    $i -= 1
if $i < 0:
    return None
$j = len($result) - 1
while not $result[$i] $op $result[$j]:
    $j -= 1
$result[$i], $result[$j] = $result[$j], $result[$i]
return $result[:$i + 1] + $result[:$i:-1]
""",
            """
from itertools import permutations
orders = [list($row) for $row in permutations($digits)]
return $fn(($row for $row in orders if $digits $op $row), default=None)
""",
        ),
        reference=lambda digits, where, op, fn, size, nearest, extreme: (
            lambda ranked: [
                *([None] if where == "before" else []),
                *ranked,
                *([None] if where == "behind" else []),
            ][ranked.index(digits) + (where == "behind")]
        )(sorted(list(row) for row in set(permutations(digits)))),
        parameters=lambda rng: part(
            rng,
            {
                "where": "behind",
                "op": "<",
                "fn": "min",
                "size": "larger",
                "nearest": "smallest",
                "extreme": "last",
            },
            {
                "where": "before",
                "op": ">",
                "fn": "max",
                "size": "smaller",
                "nearest": "largest",
                "extreme": "first",
            },
        ),
        inputs=lambda rng, **_: ([rng.randint(1, 4) for _ in range(rng.randint(3, 5))],),
        edges=(
            ([],),
            ([1],),
            ([1, 1],),
            ([1, 2],),
            ([2, 1],),
            ([3, 2, 1],),
            ([1, 2, 3],),
            ([1, 3, 2],),
            ([2, 3, 3, 1],),
        ),
        idea="The longest run at the end that cannot be improved is kept; the number in front of it is exchanged for the next better one of the run, and the run is turned around.",
        pitfall="Exchanging the last two numbers is right only if they stand in the right order; otherwise a place further left has to change.",
    ),
    Family(
        name="shortest_delivery_tour",
        concepts=("permutations", "min_max", "neighbouring_pairs"),
        difficulty=5,
        names="shortest_tour best_delivery_route tour_length plan_deliveries shortest_way",
        arguments=("stops|places|houses|points: list[tuple[int, int]]; at most four points (x, y)",),
        returns="int",
        phrasings=(
            "Return the length of the shortest way that starts at ($x, $y), visits all points of $stops in some order $finish. One can only walk parallel to the axes, so the distance of two points is the sum of the differences of their coordinates.",
            "Find the order of $stops that makes the walk from ($x, $y) through all of them, $finish_too, as short as possible and return its length. The way between two points is as long as the difference in x plus the difference in y.",
            "A messenger in a town with a grid of streets begins at ($x, $y) and has to go to all of $stops, in whatever order, $finish_too. How many blocks is the shortest tour? Between two points it takes the difference in x plus the difference in y.",
            "Minimize over all permutations p of $stops the total of |x1 - x2| + |y1 - y2| over successive points of the sequence ($x, $y), p[0], p[1], ...$closed. Return the minimum, which is 0 without stops.",
        ),
        solutions=(
            """
from itertools import pairwise, permutations
def distance(a, b):
    return abs(a[0] - b[0]) + abs(a[1] - b[1])
$best = None
for order in permutations($stops):
    tour = [($x, $y), *order$tail]
    $total = sum(distance(a, b) for a, b in pairwise(tour))
    if $best is None or $total < $best:
        $best = $total
return $best
""",
            """
def shortest(here, remaining):
    if not remaining:
        return $last
    ways = []
    for $i, there in enumerate(remaining):
        step = abs(here[0] - there[0]) + abs(here[1] - there[1])
        ways.append(step + shortest(there, remaining[:$i] + remaining[$i + 1 :]))
    return min(ways)
return shortest(($x, $y), $stops)
""",
        ),
        reference=lambda stops, x, y, back, **_: min(
            sum(
                abs(a[0] - b[0]) + abs(a[1] - b[1])
                for a, b in zip([(x, y), *order], [*order, (x, y)] if back else order, strict=False)
            )
            for order in permutations(stops)
        ),
        parameters=lambda rng: (
            lambda x, y, back: {
                "x": x,
                "y": y,
                "back": back,
                "finish": Raw("and comes back to its start" if back else "and ends at the last of them"),
                "finish_too": Raw("and back again" if back else "without coming back"),
                "closed": Raw(f", ({x}, {y})" if back else ", ending with the last element of p"),
                "tail": Raw(f", ({x}, {y})" if back else ""),
                "last": Raw(f"abs(here[0] - {x}) + abs(here[1] - {y})" if back else "0"),
            }
        )(rng.randint(0, 2), rng.randint(0, 2), rng.random() < 0.5),
        inputs=lambda rng, **_: (
            [(rng.randint(-3, 6), rng.randint(-3, 6)) for _ in range(rng.randint(2, 3))],
        ),
        edges=(
            ([],),
            ([(5, 3)],),
            ([(1, 1), (1, 1)],),
            ([(0, 9), (9, 0), (0, 8)],),
            ([(-2, 0), (3, 0), (-4, 0)],),
        ),
        idea="With few stops all orders can be tried; the recursive way chooses the next stop and leaves the rest to itself.",
        pitfall="Always walking to the nearest stop is tempting but can make the whole tour longer.",
    ),
    Family(
        name="cycles_of_exchange",
        concepts=("permutations", "sets", "while_loops"),
        difficulty=3,
        names="cycles_of_exchange cycle_lengths gift_circles ring_sizes follow_chain",
        arguments=("gives_to|order|target|moves: list[int]; each index from 0 to n - 1 exactly once",),
        returns="list[int]",
        phrasings=(
            "Person i gives a present to person $gives_to[i]; everybody gets exactly one. Following the presents from one person to the next leads back to the start. Return the sizes of these circles that have at least $k members, in order of their smallest member.",
            "Split the permutation $gives_to (index i goes to $gives_to[i]) into its cycles and return the lengths of those with $k or more elements, sorted by the smallest index in each.",
            "Everyone of a class, numbered from 0, has drawn the number of a classmate, or even their own: $gives_to. Along the draws the class falls into closed circles. How large are the circles of at least $k children, named in the order of the smallest number they contain?",
            "Given $gives_to, a list that contains 0, ..., n - 1 once each, determine the cycles i, $gives_to[i], $gives_to[$gives_to[i]], ... and return the list of their lengths ordered by smallest element, without lengths below $k.",
        ),
        solutions=(
            """
$seen = set()
$result = []
for $i in range(len($gives_to)):
    size = 0
    while $i not in $seen:
        $seen.add($i)
        size += 1
        $i = $gives_to[$i]
    if size >= $k:
        $result.append(size)
return $result
""",
            """
waiting = list(range(len($gives_to)))
$result = []
while waiting:
    $current = waiting[0]
    circle = []
    while $current not in circle:
        circle.append($current)
        waiting.remove($current)
        $current = $gives_to[$current]
    $result.append(len(circle))
return [size for size in $result if size >= $k]
""",
        ),
        reference=lambda gives_to, k: [n for n in _cycle_lengths(gives_to) if n >= k],
        parameters=lambda rng: {"k": rng.randint(2, 3)},
        inputs=lambda rng, k: ((lambda n: rng.sample(range(n), n))(rng.randint(4, 8)),),
        edges=(([],), ([0],), ([1, 0],), ([0, 1, 2],), ([1, 2, 0],), ([1, 0, 3, 2],), ([2, 3, 4, 1, 0, 5],)),
        idea="Each number has one successor and one predecessor, so a walk can only close where it began, and visited numbers belong to a finished circle.",
        pitfall="Starting a walk at every index counts each circle as often as it has members.",
    ),
)
