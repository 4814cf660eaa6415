"""Families on sorting algorithms: their rounds, swaps and flips, and sorting without comparing."""

from __future__ import annotations

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw

GRADES = ("poor", "fair", "good", "great")


def _after_rounds(values: list[int], rounds: int, largest: bool) -> list[int]:
    """A bubble round carries the largest so far to the right: each place gets the smaller of it and the next."""
    if rounds == 0 or not values:
        return values
    carried, rest = values[0], []
    for value in values[1:]:
        better = value >= carried if largest else value <= carried
        rest.append(carried if better else value)
        carried = value if better else carried
    return _after_rounds([*rest, carried], rounds - 1, largest)


def _flipped(values: list[int], flips: list[int]) -> list[int]:
    for size in flips:
        values = values[:size][::-1] + values[size:]
    return values


def _flips(values: list[int]) -> list[int]:
    """Flips for the largest, then the same for the rest in front of it."""
    size = len(values)
    if size < 2:
        return []
    at = values.index(max(values)) + 1
    mine = [] if at == size else [at, size] if at > 1 else [size]
    return mine + _flips(_flipped(values, mine)[:-1])


FAMILIES: tuple[Family, ...] = (
    Family(
        name="after_bubble_rounds",
        concepts=("sorting_algorithms", "nested_loops", "list_indexing"),
        difficulty=2,
        names="after_bubble_rounds bubble partly_sorted run_rounds do_passes",
        arguments=("values|numbers|items|row_of_cards: list[int]; the numbers to sort",),
        returns="list[int]",
        phrasings=(
            "Return the list that $values becomes after $rounds rounds of bubble sort: each round goes through all neighbours from left to right and swaps two of them if the left one is $larger than the right one. The given list stays as it is.",
            "What does $values look like after $rounds passes of bubble sort into $direction order? In a pass, every pair of neighbours is compared once, from the front to the back, and swapped if the first is $larger than the second. Return a new list.",
            "Children stand in a row with the numbers $values. $rounds times the teacher walks along the row from the left and lets two neighbours change places whenever the left number is $larger than the right one. Return the numbers in their final order, as a new list.",
            "Apply the following $rounds times to a copy of $values and return it: for i = 0, 1, ..., n - 2, in this order, exchange the elements i and i + 1 if element i is $larger than element i + 1.",
        ),
        solutions=(
            """
$result = list($values)
for $count in range($rounds):
    for $i in range(len($result) - 1):
        if $result[$i] $op $result[$i + 1]:
            $result[$i], $result[$i + 1] = $result[$i + 1], $result[$i]
return $result
""",
            """
def one_round(numbers):
    moved = []
    carried = numbers[0]
    for $item in numbers[1:]:
        if carried $op $item:
            moved.append($item)
        else:
            moved.append(carried)
            carried = $item
    return [*moved, carried]

for $count in range($rounds if $values else 0):
    $values = one_round($values)
return list($values)
""",
        ),
        reference=lambda values, rounds, op, larger, direction: _after_rounds(
            list(values), rounds, op == ">"
        ),
        parameters=lambda rng: {
            "rounds": rng.choice((2, 3)),
            **rng.choice(
                (
                    {"op": Raw(">"), "larger": Raw("larger"), "direction": Raw("rising")},
                    {"op": Raw("<"), "larger": Raw("smaller"), "direction": Raw("falling")},
                )
            ),
        },
        inputs=lambda rng, rounds, op, larger, direction: (draws.ints(rng, 5, 7, 0, 20),),
        edges=(([],), ([1],), ([2, 2, 1],), ([5, 4, 3, 2, 1],), ([1, 2, 3, 4, 5],), ([0, -1, 0],)),
        idea="A round carries the largest (or smallest) number met so far along and leaves it at the end.",
        pitfall="The last pair begins at len - 2; going on to len - 1 asks for a neighbour that is not there.",
    ),
    Family(
        name="selection_swaps",
        concepts=("sorting_algorithms", "min_max", "tuples"),
        difficulty=3,
        names="selection_swaps swaps_of_selection_sort list_swaps moves_made trace_sort",
        arguments=("values|numbers|cards|items: list[int]; the numbers to sort",),
        returns="list[tuple[int, int]]",
        phrasings=(
            "Sort a copy of $values by selection: for the positions from 0 on, find the $smallest number from there to the end (the first such) and swap it to the position, unless it is there already. Return the swaps as pairs (position, position it came from).",
            "Which swaps does selection sort make on $values? For each place from left to right it looks for the $smallest of the numbers not yet placed, the leftmost in a tie, and exchanges it with the number at this place; an exchange of a place with itself is not made. List (place, other place).",
            "Cards $values lie in a row. From the left, each place gets the $smallest of the cards that lie on it or behind it (the nearest to the left, if there are several) by swapping two cards. Note (place, where the card lay) for every real swap, and return the notes.",
            "For i = 0, 1, ..., n - 1 let m be the least index >= i at which a copy of $values has its $smallest element from index i on; if m > i, exchange the elements i and m and record (i, m). Return the records.",
        ),
        solutions=(
            """
numbers = list($values)
$result = []
for $i in range(len(numbers)):
    m = $i
    for $j in range($i + 1, len(numbers)):
        if numbers[$j] $op numbers[m]:
            m = $j
    if m != $i:
        numbers[$i], numbers[m] = numbers[m], numbers[$i]
        $result.append(($i, m))
return $result
""",
            """
numbers = $values[:]
$result = []
for $i, wanted in enumerate(sorted(numbers$backwards)):
    m = numbers.index(wanted, $i)
    if m > $i:
        numbers[m] = numbers[$i]
        numbers[$i] = wanted
        $result.append(($i, m))
return $result
""",
        ),
        reference=lambda values, smallest, op, backwards: _selected(values, op == "<"),
        parameters=lambda rng: rng.choice(
            (
                {"smallest": Raw("smallest"), "op": Raw("<"), "backwards": Raw("")},
                {"smallest": Raw("largest"), "op": Raw(">"), "backwards": Raw(", reverse=True")},
            )
        ),
        inputs=lambda rng, smallest, op, backwards: (draws.ints(rng, 4, 6, 0, 12),),
        edges=(([],), ([3],), ([2, 2, 1],), ([1, 2, 3],), ([3, 2, 1],), ([1, 3, 2, 3],), ([0, -2, 0, -2],)),
        idea="After the round for place i the places up to i are final, so the search can begin one place further.",
        pitfall="Swapping as soon as something smaller is found makes many swaps; remember its position and swap once.",
    ),
    Family(
        name="split_around_pivot",
        concepts=("sorting_algorithms", "filtering", "list_building"),
        difficulty=2,
        names="split_around_pivot partition quicksort_step arrange divide",
        arguments=("values|numbers|heights|items: list[int]; the numbers",),
        returns="list[int]",
        phrasings=(
            "Return the numbers of $values with those $smaller than the $which one first, then all that are equal to it, then the others. Within each of the three parts they keep their order.",
            "Do one step of quicksort: take the $which number of $values as the pivot and return a list with the numbers $smaller than it, the numbers equal to it, and the remaining ones, each group in its original order. An empty list stays empty.",
            "Pupils with the heights $values line up anew: to the left come those $smaller than the $which pupil of the old line, in the middle those just as tall, to the right the rest. Nobody overtakes a pupil of the same group. Return the heights.",
            "Rearrange $values stably into three blocks with respect to p, its $which element: elements $smaller than p, elements equal to p, all other elements. Return the new list; it is empty if $values is.",
        ),
        solutions=(
            """
before, equal, after = [], [], []
for $item in $values:
    if $item $op $values[$at]:
        before.append($item)
    elif $item == $values[$at]:
        equal.append($item)
    else:
        after.append($item)
return before + equal + after
""",
            """
if not $values:
    return []
pivot = $values[$at]
return sorted($values, key=lambda $item: 0 if $item $op pivot else 1 if $item == pivot else 2)
""",
            """
if $values == []:
    return []
pivot = $values[$at]
front = [$item for $item in $values if $item $op pivot]
back = [$item for $item in $values if $item != pivot and not $item $op pivot]
return [*front, *[pivot] * $values.count(pivot), *back]
""",
        ),
        reference=lambda values, which, smaller, at, op: [
            value
            for sign in ((-1, 0, 1) if op == "<" else (1, 0, -1))
            for value in values
            if (value > values[at]) - (value < values[at]) == sign
        ],
        parameters=lambda rng: {
            **rng.choice(({"which": Raw("first"), "at": 0}, {"which": Raw("last"), "at": -1})),
            **rng.choice(
                ({"smaller": Raw("smaller"), "op": Raw("<")}, {"smaller": Raw("larger"), "op": Raw(">")})
            ),
        },
        inputs=lambda rng, which, smaller, at, op: (draws.ints(rng, 5, 8, 0, 9),),
        edges=(([],), ([4],), ([3, 3, 3],), ([2, 1, 2, 3, 2],), ([0, -1, 1],), ([9, 5, 1, 5],)),
        idea="After the split every number of one part belongs before every number of the next, so the parts can be sorted one by one.",
        pitfall="Numbers equal to the pivot need a part of their own, or a list of equal numbers is never made smaller.",
    ),
    Family(
        name="sort_by_counting",
        concepts=("sorting_algorithms", "counting", "lists"),
        difficulty=1,
        names="sort_by_counting order_grades counting_sort arrange sort_labels",
        arguments=("grades|labels|marks|words: list[str]; words out of $scale",),
        returns="list[str]",
        phrasings=(
            "Sort $grades so that the words come in the order $scale, words that occur several times as often as before. Words that are not among these four are left out.",
            "Given grades, each one of $scale or something else, return the list with all '$first' at the front, and so on in the order just named; drop everything else from $grades.",
            "A teacher orders a pile of papers by their grades $grades: first those marked '$first', then the other grades in the order $scale. Papers with any other mark are put aside. Return the grades of the ordered pile.",
            "Return the elements of $grades that are equal to one of $scale, arranged in this order (not in alphabetical order), with all their repetitions.",
        ),
        solutions=(
            """
$result = []
for grade in $order:
    $result.extend([grade] * $grades.count(grade))
return $result
""",
            """
$count = dict.fromkeys($order, 0)
for $word in $grades:
    if $word in $count:
        $count[$word] += 1
return [grade for grade, times in $count.items() for $i in range(times)]
""",
            """
rank = {grade: $i for $i, grade in enumerate($order)}
known_grades = [$word for $word in $grades if $word in rank]
return sorted(known_grades, key=rank.get)
""",
        ),
        reference=lambda grades, scale, first, order: [
            grade for wanted in scale.replace("'", "").split(", ") for grade in grades if grade == wanted
        ],
        parameters=lambda rng: {
            "order": (
                order := rng.choice(
                    (
                        GRADES,
                        GRADES[::-1],
                        ("small", "medium", "large", "huge"),
                        ("high", "mid", "low", "none"),
                    )
                )
            ),
            "scale": Raw(", ".join(f"'{grade}'" for grade in order)),
            "first": Raw(order[0]),
        },
        inputs=lambda rng, scale, first, order: (
            rng.choices((*order, *order, "?", "tall"), k=rng.randint(4, 7)),
        ),
        edges=(
            ([],),
            (["?"],),
            (["great", "poor", "fair", "poor"],),
            (["huge", "large", "Small", "small"],),
            (["none", "low", "low", "", "high"],),
        ),
        idea="With few different values nothing has to be compared: count each value and write it down that often.",
        pitfall="`sorted` alone uses the alphabet, which knows nothing about grades.",
    ),
    Family(
        name="flips_of_pancakes",
        concepts=("sorting_algorithms", "simulation", "list_slicing"),
        difficulty=4,
        names="flips_of_pancakes pancake_flips flip_sort reversals sort_with_flips",
        arguments=("stack_of_sizes|sizes|pile|discs: list[int]; different sizes, from top to bottom",),
        returns="list[int]",
        phrasings=(
            "Sort $stack_of_sizes with flips of the top part and return the list of the sizes of these parts. For the largest, then the second largest, and so on: unless it is in its place, flip it to the top (unless it is there), then flip the part that ends at its place. Its place is at the bottom, above the larger ones.",
            "A flip of size s reverses the first s elements. Which flips sort $stack_of_sizes into rising order, if for each element from the largest to the second smallest you do nothing if it stands where it belongs, else bring it to position 0 by one flip (none if it is there) and then to where it belongs by another? List the flip sizes.",
            "Pancakes of different sizes $stack_of_sizes lie on a plate, the first on top, and should lie with the largest at the bottom. Treat them from the largest down: one in its place is left alone; any other is turned to the top with the ones above it, if it is not there, and then with all down to its final place. Return how many pancakes each turn takes.",
            "For m = n, n - 1, ..., 2: let p be the position of the m-th smallest element. If p = m - 1, do nothing. Otherwise, if p > 0, reverse the first p + 1 elements, and in any case then the first m. Starting from a copy of $stack_of_sizes, return the lengths of the reversed parts.",
        ),
        solutions=(
            """
cakes = list($stack_of_sizes)
$result = []
for size in range(len(cakes), 1, -1):
    at = cakes.index(max(cakes[:size]))
    if at == size - 1:
        continue
    if at > 0:
        cakes[: at + 1] = cakes[at::-1]
        $result.append(at + 1)
    cakes[:size] = cakes[size - 1 :: -1]
    $result.append(size)
return $result
""",
            """
$result = []
cakes = $stack_of_sizes[:]

def flip(count):
    cakes[:count] = reversed(cakes[:count])
    $result.append(count)

for bottom, $item in reversed(list(enumerate(sorted(cakes)))):
    where = cakes.index($item)
    if where != bottom:
        if where:
            flip(where + 1)
        flip(bottom + 1)
return $result
""",
        ),
        reference=lambda stack_of_sizes: _flips(stack_of_sizes),
        inputs=lambda rng: (rng.sample(range(1, 10), rng.randint(4, 6)),),
        edges=(([],), ([1],), ([2, 1],), ([1, 2, 3],), ([3, 1, 2],), ([4, 3, 2, 1],), ([1, 3, 2],)),
        idea="Two flips take any pancake to its place: one brings it to the top, the next one brings it down, and the larger ones below are not touched.",
        pitfall="After a flip all positions above have changed, so the next pancake has to be looked for anew.",
    ),
)


def _selected(values: list[int], rising: bool) -> list[tuple[int, int]]:
    """The first swap, then those of the rest, one place further."""
    if not values:
        return []
    at = values.index(min(values) if rising else max(values))
    rest = [*values[1:at], values[0], *values[at + 1 :]] if at else values[1:]
    return [(0, at)] * (at > 0) + [(a + 1, b + 1) for a, b in _selected(rest, rising)]
