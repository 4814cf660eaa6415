"""Families on missing values: skipping, filling and replacing None."""

from __future__ import annotations

from hornbook.curriculum import draws
from hornbook.curriculum.families.wording import part
from hornbook.curriculum.family import Family, Raw

FAMILIES: tuple[Family, ...] = (
    Family(
        name="known_average",
        concepts=("missing_values", "lists", "accumulation"),
        difficulty=1,
        names="known_average mean_of_known average_reading safe_average evaluate",
        arguments=(
            "readings|values|measured|temperatures: list[int | None]; numbers, or None where one is missing",
        ),
        returns="int | None",
        phrasings=(
            "Return the average of the numbers in $readings, rounded down to a whole number. Entries that are None do not count; with fewer than $k numbers the result is None.",
            "Compute the mean of all entries of $readings that are not None and round it down. If there are not at least $k such entries, return None.",
            "A weather station stores None when a measurement fails. What is the average of the successful ones in $readings, rounded down? Answer None when fewer than $k succeeded.",
            "Let s be the sum and n the number of the entries of $readings that are different from None (0 is such an entry). Return s // n, or None if n is less than $k.",
        ),
        solutions=(
            """
known = [$item for $item in $readings if $item is not None]
if len(known) < $k:
    return None
return sum(known) // len(known)
""",
            """
$total = $count = 0
for $item in $readings:
    if $item is None:
        continue
    $total += $item
    $count += 1
return $total // $count if $count >= $k else None
""",
        ),
        reference=lambda readings, k: (
            None
            if len(readings) - readings.count(None) < k
            else int(sum(filter(None, readings)) // (len(readings) - readings.count(None)))
        ),
        parameters=lambda rng: {"k": rng.randint(2, 4)},
        inputs=lambda rng, k: (
            [
                rng.choice((None, 0, rng.randint(-9, 30), rng.randint(1, 40)))
                for _ in range(rng.randint(4, 7))
            ],
        ),
        edges=(
            ([],),
            ([None, None],),
            ([7, 8, None],),
            ([5, 6, None, 9],),
            ([0, 0, 0, 0],),
            ([-1, 2, -4, None, -4],),
        ),
        idea="First decide what is there, then divide by the number of these values and not by the length of the list.",
        pitfall="The test `if value` also throws zeros away, and zero degrees is a measurement.",
    ),
    Family(
        name="fill_forward_with_limit",
        concepts=("missing_values", "list_building", "conditionals"),
        difficulty=3,
        names="fill_forward fill_gaps carry_forward complete_series repair",
        arguments=(
            "prices|series|readings|levels: list[int | None]; values in order of time, None for gaps",
        ),
        returns="list[int | None]",
        phrasings=(
            "Return $prices with gaps filled: a None takes the last known value before it, but at most $k times in a row; further ones stay None. A None before the first known value becomes $start.",
            "Replace the None entries of $prices by the nearest known value to the left. In one gap only the first $k are replaced, the rest stay None. Where nothing is known yet, use $start, without a limit.",
            "A shop notes its price every day and None when nobody looked. Build the complete series from $prices: repeat the last price for up to $k missing days in a row, leave longer gaps None from there on, and put $start for all days before the first price.",
            "Given $prices, return a new list of the same length: known values stay; a None with no known value to its left becomes $start; any other None that is one of the first $k entries of its run becomes the last known value, and the others remain None.",
        ),
        solutions=(
            """
$result = []
$previous, missing = None, 0
for $item in $prices:
    if $item is not None:
        $previous, missing = $item, 0
        $result.append($item)
    elif $previous is None:
        $result.append($start)
    else:
        missing += 1
        $result.append($previous if missing <= $k else None)
return $result
""",
            """
$result = list($prices)
for $i, $item in enumerate($prices):
    if $item is not None:
        continue
    known = [$j for $j in range($i) if $prices[$j] is not None]
    if not known:
        $result[$i] = $start
    elif $i - known[-1] <= $k:
        $result[$i] = $prices[known[-1]]
return $result
""",
        ),
        reference=lambda prices, k, start: [
            p
            if p is not None
            else start
            if all(q is None for q in prices[:i])
            else next((q for q in reversed(prices[max(0, i - k) : i]) if q is not None), None)
            for i, p in enumerate(prices)
        ],
        parameters=lambda rng: {"k": rng.randint(2, 3), "start": rng.choice((0, 0, -1, 1))},
        inputs=lambda rng, k, start: (
            [None] * rng.randint(0, 2)
            + [rng.randint(2, 9)]
            + [None] * rng.randint(k, k + 2)
            + [0, None, rng.randint(2, 9)][: rng.randint(0, 3)],
        ),
        edges=(
            ([],),
            ([None, None],),
            ([5],),
            ([0, None],),
            ([4, None, None, None, None],),
            ([None, 3, None, 2],),
        ),
        idea="Two variables are enough: the last known value and the number of gaps passed since then; a known value resets the number.",
        pitfall="Storing a filled value as if it were known restarts the limit with every gap.",
    ),
    Family(
        name="bridge_single_gaps",
        concepts=("missing_values", "list_indexing", "arithmetic"),
        difficulty=2,
        names="bridge_gaps interpolate_single mend_series fill_between smooth",
        arguments=("heights|samples|series|points: list[int | None]; a series with gaps marked by None",),
        returns="list[int | None]",
        phrasings=(
            "Return a copy of $heights in which every None between two known neighbours is replaced by their average, rounded $says. Other gaps remain None.",
            "Fill the single gaps of $heights: an entry None whose left and right neighbours are both numbers becomes the mean of the two, rounded $says to an integer. Do not touch gaps at the ends or longer ones.",
            "Along a path the height was noted at each step, but some notes are lost (None). In $heights, put the average of both neighbours, rounded $says, wherever exactly one value is missing between two known ones, and return the new list.",
            "Given $heights, build the list whose entry i is the average of entries i - 1 and i + 1, rounded $says, if entry i is None and both of these exist and are numbers, and otherwise entry i itself. Only original values are averaged.",
        ),
        solutions=(
            """
$result = list($heights)
for $i in range(1, len($heights) - 1):
    $left, $right = $heights[$i - 1], $heights[$i + 1]
    if $heights[$i] is None and $left is not None and $right is not None:
        $result[$i] = ($left + $right$plus) // 2
return $result
""",
            """
if len($heights) < 3:
    return $heights[:]
$result = [$heights[0]]
for $left, $item, $right in zip($heights, $heights[1:], $heights[2:]):
    if $item is None and None not in ($left, $right):
        $item = ($left + $right$plus) // 2
    $result.append($item)
$result.append($heights[-1])
return $result
""",
        ),
        reference=lambda heights, plus, says: [
            (a + b) // 2 + (says == "up") * ((a + b) % 2)
            if h is None and a is not None and b is not None
            else h
            for a, h, b in zip([None, *heights], heights, [*heights[1:], None], strict=False)
        ],
        parameters=lambda rng: part(rng, {"plus": "", "says": "down"}, {"plus": " + 1", "says": "up"}),
        inputs=lambda rng, **_: (
            [
                [rng.randint(0, 30), None, rng.randint(-9, 30)],
                [None, rng.randint(0, 9), 0],
                [rng.randint(0, 9), None, None, rng.randint(0, 9), None],
            ][rng.randint(0, 1)]
            + [rng.choice((None, 4, 0, 17)) for _ in range(rng.randint(2, 4))],
        ),
        edges=(
            ([],),
            ([None],),
            ([3, None],),
            ([None, 4, 5],),
            ([1, None, 4],),
            ([1, None, None, 4],),
            ([-3, None, 0, None, 5],),
        ),
        idea="Each gap looks at its two neighbours in the original list; filled values are written into a copy, so they never count as known.",
        pitfall="Filling the list in place lets an average become the neighbour of the next gap.",
    ),
    Family(
        name="first_known_of_sources",
        concepts=("missing_values", "enumerate_zip", "searching"),
        difficulty=2,
        names="first_known coalesce combine_sources best_available merge_columns",
        arguments=(
            "main|primary|own|first_choice: list[str | None]; the preferred texts",
            "backup|secondary|spare|second_choice: list[str | None]; as long as the other list",
        ),
        returns="list[str]",
        phrasings=(
            "Return for each position the text of $main if there is one, otherwise that of $backup, otherwise '$blank'. None means that there is no text. $says",
            "Combine two lists of equal length: at every position take the entry of $main, or if it is missing the entry of $backup, or if this is missing too '$blank'. None marks a missing entry. $says",
            "Addresses come from two files, $main and $backup, line by line. Which address is valid for each line? The first file has priority, and '$blank' is written where both have none. None stands for no address. $says",
            "Given $main and $backup of the same length, return the list whose entry i is the first that is not missing among $main[i], $backup[i] and '$blank'. None is missing. $says",
        ),
        solutions=(
            """
$result = []
for $item, $other in zip($main, $backup):
    if $item $test:
        $result.append($item)
    elif $other $test:
        $result.append($other)
    else:
        $result.append("$blank")
return $result
""",
            """
def first_of(*candidates):
    return next(text for text in candidates if text $test)
return [first_of($item, $other, "$blank") for $item, $other in zip($main, $backup)]
""",
            """
$result = ["$blank"] * len($main)
for source in ($backup, $main):
    for $i, $item in enumerate(source):
        if $item $test:
            $result[$i] = $item
return $result
""",
        ),
        reference=lambda main, backup, blank, test, says: [
            [t for t in (a, b, blank) if not (t is None or (t == "" and "''" in test))][0]
            for a, b in zip(main, backup, strict=True)
        ],
        parameters=lambda rng: {
            "blank": Raw(rng.choice(("-", "?", "unknown", "n/a"))),
            **part(
                rng,
                {"test": "is not None", "says": "The empty text is a text like any other."},
                {"test": "not in (None, '')", "says": "The empty text counts as missing too."},
            ),
        },
        inputs=lambda rng, **_: (
            lambda size: (
                [rng.choice((None, "", rng.choice(draws.WORDS))) for _ in range(size)],
                [
                    rng.choice((None, "", rng.choice(draws.WORDS), rng.choice(draws.WORDS)))
                    for _ in range(size)
                ],
            )
        )(rng.randint(3, 4)),
        edges=(
            ([], []),
            ([None], [None]),
            ([""], ["x"]),
            (["é"], [None]),
            ([None, ""], ["", None]),
            (["a", None], ["b", "c"]),
        ),
        idea="The sources are asked in the order of their priority, and the first that has something settles the position.",
        pitfall="`a or b` treats the empty text as missing; whether it is, the task must say.",
    ),
)
