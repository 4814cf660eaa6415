"""Families on chains of comparisons and on ranges that count in steps, up and down."""

from __future__ import annotations

import random
from typing import Any

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw

_BANDS = (("temperatures", "degrees"), ("water levels", "cm"), ("tyre pressures", "kPa"), ("speeds", "km/h"))


def _band(rng: random.Random) -> dict[str, Any]:
    low, (things, unit) = rng.randint(5, 15), rng.choice(_BANDS)
    high = low + rng.randint(4, 12)
    margin = rng.randint(2, 4)
    return {
        "low": low,
        "high": high,
        "outer_low": low - margin,
        "outer_high": high + margin,
        "things": Raw(things),
        "unit": Raw(unit),
    }


def _sorted_out(
    readings: list[int], low: int, high: int, outer_low: int, outer_high: int, **_: Any
) -> tuple[int, int, int]:
    good = len([r for r in readings if r in range(low, high + 1)])
    near = len([r for r in readings if r in range(outer_low, outer_high + 1)]) - good
    return good, near, len(readings) - good - near


def _dice(first: int, second: int, third: int, triple: int, row: int) -> int:
    dice = [first, second, third]
    if len(set(dice)) == 1:
        return triple
    return row if dice == sorted(dice) and dice[2] - dice[0] == 2 and len(set(dice)) == 3 else max(dice)


def _countdown(start: int, k: int, last: str) -> str:
    texts = []
    while start > 0:
        texts.append(str(start))
        start -= k
    return " ".join([*texts, last])


def _posts(start: int, end: int, k: int) -> list[int]:
    numbers = [n for n in range(min(start, end), max(start, end) + 1) if (n - start) % k == 0]
    return numbers if start <= end else numbers[::-1]


def _blocks(text: str, k: int) -> str:
    out = ""
    for i in range(len(text)):
        block, place = divmod(i, k)
        size = min(k, len(text) - block * k)
        out += text[block * k + (size - 1 - place if block % 2 else place)]
    return out


def _walk(rng: random.Random) -> list[int]:
    heights = [rng.randint(0, 9)]
    for _ in range(rng.randint(4, 8)):
        heights.append(heights[-1] + rng.choice((-2, -1, -1, 0, 1, 1, 2)))
    return heights


def _throw(rng: random.Random) -> tuple[int, int, int]:
    a, b = rng.randint(1, 6), rng.randint(1, 4)
    spread = (rng.randint(1, 6), rng.randint(1, 6), rng.randint(1, 6))
    return rng.choice(((a, a, a), (b, b + 1, b + 2), spread, (a, b, a), (b, b + 1, a), (a, b + 1, b + 2)))


FAMILIES: tuple[Family, ...] = (
    Family(
        name="readings_in_bands",
        concepts=("comparison_chains", "counting", "conditionals"),
        difficulty=2,
        names="sort_out_readings count_bands band_counts check_readings summary classify_all",
        arguments=("readings|values|measured|numbers: list[int]; the measured values",),
        returns="tuple[int, int, int]",
        phrasings=(
            "Return how many of $readings are good, doubtful and bad, as a tuple of three counts. A value from $low to $high is good, any other from $outer_low to $outer_high is doubtful, and all the rest are bad; the ends of both ranges belong to them.",
            "Given a list of $things in $unit, count three kinds: good ones with $low <= x <= $high, doubtful ones outside that but with $outer_low <= x <= $outer_high, and bad ones. Return (good, doubtful, bad); an empty list gives (0, 0, 0).",
            "A sensor reports $things. Between $low and $high $unit all is well; below that down to $outer_low, and above it up to $outer_high, a warning is shown; beyond that there is an alarm. The four limits themselves still belong to the milder case. How many of $readings are fine, how many are warnings and how many alarms? Return the three numbers in this order.",
            "Divide the integers in $readings among the closed interval [$low, $high], the rest of the closed interval [$outer_low, $outer_high], and everything else, and return a tuple with the three numbers of elements. Equal readings are counted each time.",
        ),
        solutions=(
            """
good = doubtful = bad = 0
for $item in $readings:
    if $low <= $item <= $high:
        good += 1
    elif $outer_low <= $item <= $outer_high:
        doubtful += 1
    else:
        bad += 1
return good, doubtful, bad
""",
            """
good = sum($low <= $item <= $high for $item in $readings)
inside = sum($outer_low <= $item <= $outer_high for $item in $readings)
return good, inside - good, len($readings) - inside
""",
        ),
        reference=_sorted_out,
        inputs=lambda rng, low, high, outer_low, outer_high, **_: (
            [
                rng.choice(
                    (
                        low,
                        high,
                        outer_low,
                        outer_high,
                        low - 1,
                        high + 1,
                        outer_low - 1,
                        outer_high + 1,
                        rng.randint(0, 30),
                    )
                )
                for _ in range(rng.randint(3, 8))
            ],
        ),
        edges=(([],), ([10],), ([-40, 90],), ([15, 15, 15],), ([0, 1, 2, 3, 4, 5, 20, 22, 24, 26, 28, 30],)),
        idea="A chain such as `low <= x <= high` says both limits at once; testing the narrow range first leaves the wider one for the rest.",
        pitfall="Testing the wide range first counts the good values as doubtful.",
        parameters=_band,
    ),
    Family(
        name="positions_on_the_rise",
        concepts=("comparison_chains", "list_indexing", "list_building"),
        difficulty=2,
        names="rising_positions positions_between climbing find_rises inner_positions on_the_way_up",
        arguments=("heights|values|levels|points: list[int]; the values in order",),
        returns="list[int]",
        phrasings=(
            "Return the positions, from 0, of all elements of $heights that are $more than the element before and $less than the one after, in ascending order. The first and the last element have only one neighbour and never count.",
            "Given the list $heights, find every position whose element lies strictly between its two neighbours, with the $smaller one on its left and the $larger one on its right. Return the positions in ascending order (an empty list for fewer than three elements).",
            "A hiker notes the height at every kilometre in $heights. At which kilometres, counted from 0, was the last one $downhill and will the next one be $downhill as well? List them in order; equal heights are neither, and the two ends of the walk are left out.",
            "Return the list of all i with 0 < i < len($heights) - 1 for which $heights[i - 1] $op $heights[i] $op $heights[i + 1], smallest first.",
        ),
        solutions=(
            """
$result = []
for $i in range(1, len($heights) - 1):
    if $heights[$i - 1] $op $heights[$i] $op $heights[$i + 1]:
        $result.append($i)
return $result
""",
            """
neighbours = zip($heights, $heights[1:], $heights[2:])
return [$i for $i, (a, b, c) in enumerate(neighbours, 1) if a $op b $op c]
""",
        ),
        reference=lambda heights, op, **_: [
            i
            for i, b in enumerate(heights)
            if 0 < i < len(heights) - 1
            and (b - heights[i - 1]) * (1 if op == "<" else -1) > 0
            and (heights[i + 1] - b) * (1 if op == "<" else -1) > 0
        ],
        inputs=lambda rng, **_: (_walk(rng),),
        edges=(
            ([],),
            ([4],),
            ([1, 2],),
            ([2, 1],),
            ([1, 2, 3, 4],),
            ([4, 3, 2, 1],),
            ([1, 1, 2],),
            ([-1, 0, 0, 5, 9],),
        ),
        idea="One chain compares both neighbours; starting at 1 and stopping before the last position makes sure that both exist.",
        pitfall="Starting at position 0 compares the first element with `values[-1]`, which is the last one, and no error warns you.",
        parameters=lambda rng: {
            key: Raw(text)
            for key, text in rng.choice(
                (
                    {
                        "op": "<",
                        "more": "larger",
                        "less": "smaller",
                        "smaller": "smaller",
                        "larger": "larger",
                        "downhill": "uphill",
                    },
                    {
                        "op": ">",
                        "more": "smaller",
                        "less": "larger",
                        "smaller": "larger",
                        "larger": "smaller",
                        "downhill": "downhill",
                    },
                )
            ).items()
        },
    ),
    Family(
        name="points_of_three_dice",
        concepts=("comparison_chains", "conditionals", "early_return"),
        difficulty=1,
        names="dice_points score_throw throw_value points points_for_dice rate_throw",
        arguments=(
            "first|a|one: int; the first die",
            "second|b|two: int; the second die",
            "third|c|three: int; the third die",
        ),
        returns="int",
        phrasings=(
            "Return the points for three dice: $triple if all three show the same, $row if each of the second and third shows exactly one more than the die before it, and otherwise the highest number shown.",
            "Given the numbers $first, $second and $third on three dice, work out the score. Three equal numbers score $triple, three that rise by one from $first to $second to $third score $row, and everything else scores its largest number.",
            "In a game you throw three dice one after the other. Three of a kind are worth $triple points, three numbers that count up by one in the order thrown are worth $row, and any other throw is worth its best die. How many points do $first, $second and $third give?",
            "Return $triple if $first = $second = $third, $row if $first + 1 = $second = $third - 1, and the maximum of the three otherwise. The order of the dice matters for the second rule only.",
        ),
        solutions=(
            """
if $first == $second == $third:
    return $triple
if $first + 1 == $second == $third - 1:
    return $row
return max($first, $second, $third)
""",
            """
steps = ($second - $first, $third - $second)
if steps == (0, 0):
    points = $triple
elif steps == (1, 1):
    points = $row
else:
    points = max($first, $second, $third)
return points
""",
        ),
        reference=_dice,
        inputs=lambda rng, **_: _throw(rng),
        edges=((1, 1, 1), (4, 5, 6), (3, 2, 1), (2, 2, 3), (5, 1, 1), (1, 2, 4), (1, 3, 4)),
        idea="A chain of `==` compares neighbours, so all three are equal exactly when both comparisons hold.",
        pitfall="`a == b and c` only asks whether c is not zero; every comparison has to be written out or chained.",
        parameters=lambda rng: {"triple": rng.choice((30, 40, 50)), "row": rng.choice((15, 20, 25))},
    ),
    Family(
        name="countdown_in_steps",
        concepts=("range_steps", "string_building", "type_conversion"),
        difficulty=1,
        names="countdown count_down countdown_text backwards launch_text steps_down",
        arguments=("start|first|seconds|n: int; the number to begin with, not negative",),
        returns="str",
        phrasings=(
            "Return a text that counts down from $start in steps of $k, as long as the number is positive, and ends with '$last'. The parts are separated by single blanks.",
            "Given $start, write the numbers $start, $start - $k, $start - 2 * $k and so on that are greater than 0, then the word '$last', all separated by single blanks. For $start = 0 only '$last' remains.",
            "At a rocket show the speaker begins with $start and says every number $k less than the one before. Zero and below are not said any more; '$last' is called instead. What does the speaker say? Return it with one blank between the parts.",
            "Join with single blanks the decimal forms of all positive numbers of the descending sequence that begins with $start and has the difference $k, and put '$last' behind them. Return the string.",
        ),
        solutions=(
            """
$result = [str($i) for $i in range($start, 0, -$k)]
$result.append("$last")
return " ".join($result)
""",
            """
$result = ""
for $i in range($start, 0, -$k):
    $result += f"{$i} "
return $result + "$last"
""",
        ),
        reference=_countdown,
        inputs=lambda rng, k, last: (rng.randint(k, 5 * k),),
        edges=((0,), (1,), (2,), (3,), (4,), (6,), (12,)),
        idea="A range with a negative step counts down by itself, and its end, here 0, is not included.",
        pitfall="Without the negative step the range is empty, because it cannot get from a larger number to a smaller one.",
        parameters=lambda rng: {
            "k": rng.randint(2, 6),
            "last": Raw(rng.choice(("go", "start", "lift-off", "now", "boom"))),
        },
    ),
    Family(
        name="posts_along_the_road",
        concepts=("range_steps", "conditionals", "list_building"),
        difficulty=1,
        names="post_positions posts place_posts stops positions_along markers",
        arguments=(
            "start|first|begin: int; where the first one stands",
            "end|last|finish: int; the other end, before or behind the start",
        ),
        returns="list[int]",
        phrasings=(
            "Return the positions of the $posts that stand every $k metres from $start towards $end. The first stands at $start and none beyond $end, where one stands if the distance fits; the list is in the order of the way, which may lead to smaller numbers.",
            "Given two places $start and $end on a number line, list all positions reached from $start in strides of $k towards $end without passing it. Both ends count if they are reached; if $end is smaller, the numbers go down. Equal places give a list with one number.",
            "Along a road there are $posts every $k metres, beginning at metre $start and going on to metre $end at most. A road may run against the direction of counting. At which metres do they stand, in the order in which a walker meets them?",
            "Return the list $start, $start + d, $start + 2 * d, ... of all such numbers between $start and $end inclusive, where d is $k if $end >= $start and -$k otherwise.",
        ),
        solutions=(
            """
if $start <= $end:
    return list(range($start, $end + 1, $k))
return list(range($start, $end - 1, -$k))
""",
            """
step = $k if $start <= $end else -$k
strides = abs($end - $start) // $k
return [$start + step * $i for $i in range(strides + 1)]
""",
            """
$result = [$start]
while abs($end - $result[-1]) >= $k:
    $result.append($result[-1] + ($k if $end > $start else -$k))
return $result
""",
        ),
        reference=lambda start, end, k, posts: _posts(start, end, k),
        inputs=lambda rng, k, posts: (rng.randint(-10, 20), rng.randint(-10, 40)),
        edges=((0, 0), (3, 3), (0, 1), (1, 0), (5, -5), (-6, 6), (0, 12), (12, 0)),
        idea="The stop of a range is left out, so it is moved one further in the direction of counting to let the end itself in.",
        pitfall="Counting down with `end + 1` as the stop loses the last position; downwards the stop has to be `end - 1`.",
        parameters=lambda rng: {
            "k": rng.randint(2, 6),
            "posts": Raw(rng.choice(("lamp posts", "trees", "flags", "markers", "benches"))),
        },
    ),
    Family(
        name="turn_every_second_block",
        concepts=("range_steps", "string_slicing", "string_building"),
        difficulty=2,
        names="turn_blocks reverse_alternate zigzag_text flip_blocks scramble woven",
        arguments=("text|message|string: str; the text to work on",),
        returns="str",
        phrasings=(
            "Return $text cut into blocks of $k characters, with every second block reversed and the blocks joined again. The first block stays as it is; the last one may be shorter.",
            "Given $text, reverse its second, fourth, sixth, ... block of $k characters and leave the other blocks alone. A last block that is shorter is treated like the others. Return the text put together again.",
            "For a secret note two friends cut a text into strips of $k letters and turn every second strip round, beginning with the second; what remains at the end makes a shorter strip. What does the note say for $text?",
            "The first $k characters of $text form block 0, the next $k block 1, and so on until the text ends, perhaps with an incomplete block. Return the text in which the characters of each block with an odd number stand in reverse order within the place of that block.",
        ),
        solutions=(
            """
$result = ""
for $i in range(0, len($text), $k):
    block = $text[$i : $i + $k]
    if $i // $k % 2 == 1:
        block = block[::-1]
    $result += block
return $result
""",
            """
blocks = [$text[$i : $i + $k] for $i in range(0, len($text), $k)]
for $j in range(1, len(blocks), 2):
    blocks[$j] = blocks[$j][::-1]
return "".join(blocks)
""",
        ),
        reference=_blocks,
        inputs=lambda rng, k: (draws.sentence(rng, 2, 4),),
        edges=(("",), ("a",), ("abcdefgh",), ("abcdefghijklmnop",), ("éüñßéü",), ("12345",)),
        idea="`range(0, len(text), k)` gives the starts of the blocks; a slice that reaches past the end is simply shorter.",
        pitfall="Stopping the range at `len(text) - k` forgets the incomplete block at the end.",
        parameters=lambda rng: {"k": rng.randint(2, 5)},
    ),
)
