"""Families about runs of equal characters and how to write them shorter."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from hornbook.curriculum.family import Family, Raw


def _pixels(rng: random.Random, light: str, dark: str) -> str:
    first = rng.random() < 0.5
    return "".join(
        (light if i % 2 == first else dark) * rng.choice((1, 2, 2, 5)) for i in range(rng.randint(2, 5))
    )


def _lengths(text: str, light: str) -> list[int]:
    result = []
    wanted = True
    while text:
        size = next((i for i, c in enumerate(text) if (c == light) != wanted), len(text))
        result.append(size)
        text = text[size:]
        wanted = not wanted
    return result


def _bumpy(rng: random.Random, low: int = 3, high: int = 6) -> str:
    return "".join(
        rng.choice("abz!") * rng.choice((1, 1, 2, 3, 4, 6, 11)) for _ in range(rng.randint(low, high))
    )


def _packed(text: str, k: int, mark: str) -> str:
    return re.sub(rf"(.)\1{{{k - 1},}}", lambda m: f"{m[1]}{mark}{len(m[0])}{mark}", text, flags=re.DOTALL)


def _spoken(text: str, times: int) -> str:
    for _ in range(times):
        text = re.sub(r"(.)\1*", lambda m: f"{len(m[0])}{m[1]}", text)
    return text


def _run_list(rng: random.Random) -> list[tuple[str, int]]:
    return [(rng.choice("abc"), rng.choice((0, 1, 1, 2, 3, 5))) for _ in range(rng.randint(2, 5))]


def _place_in_runs(rng: random.Random) -> tuple[list[tuple[str, int]], int]:
    runs = _run_list(rng)
    return runs, rng.randint(0, sum(n for _, n in runs) + 1)


def _merged(runs: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    text = "".join(char * count for char, count in runs)
    return [(m[1], len(m[0])) for m in re.finditer(r"(.)\1*", text, re.DOTALL)]


FAMILIES: tuple[Family, ...] = (
    Family(
        name="run_lengths_of_pixels",
        concepts=("run_length_encoding", "for_loops", "conditionals"),
        difficulty=3,
        names="pixel_runs encode_row fax_line row_lengths scan_row",
        arguments=("text|row|pixels|line: str; a row of pixels",),
        returns="list[int]",
        phrasings=(
            'A row of pixels, $text, consists of "$light" and "$dark". Return the lengths of its runs of equal characters, from left to right, beginning with "$light": if it begins with "$dark", the first length is 0. An empty row has no lengths.',
            'Given $text, made of the characters "$light" and "$dark", list how many "$light", then how many "$dark", then how many "$light" and so on follow each other. Only the first number may be 0, for a row that starts with "$dark"; for an empty $text return an empty list.',
            'A fax machine sends a row of pixels as numbers: how many white ones come first (perhaps 0), how many black ones after them, then white again, until the row ends. White is "$light" and black is "$dark". What does it send for $text? Nothing at all if there are no pixels.',
            'Let $text be a string over the two characters "$light" and "$dark". Return the list of the lengths of its maximal runs in order, preceded by 0 if the first run is one of "$dark"; [] for "".',
        ),
        solutions=(
            """
$result = []
$current = "$light"
$count = 0
for $char in $text:
    if $char != $current:
        $result.append($count)
        $current = $char
        $count = 0
    $count += 1
if $text:
    $result.append($count)
return $result
""",
            """
from itertools import groupby
$result = [len(list(run)) for _, run in groupby($text)]
if $text.startswith("$dark"):
    $result.insert(0, 0)
return $result
""",
        ),
        reference=lambda text, light, dark: _lengths(text, light),
        parameters=lambda rng: dict(
            zip(("light", "dark"), map(Raw, rng.choice((".#", "01", "-x", "wb", "_*"))), strict=True)
        ),
        inputs=lambda rng, light, dark: (_pixels(rng, light, dark),),
        edges=(("",),),
        idea="Saying with which colour the numbers begin makes the colours themselves unnecessary.",
        pitfall="The last run is closed by the end of the row, not by another colour, and is easily forgotten.",
    ),
    Family(
        name="pack_only_long_runs",
        concepts=("run_length_encoding", "while_loops", "string_building"),
        difficulty=3,
        names="pack_long_runs compress_runs pack shrink_text shorten_runs",
        arguments=("text|s|line|data: str; the text to pack",),
        returns="str",
        phrasings=(
            'Return $text with every run of at least $k equal characters written as the character, "$mark", the length of the run and "$mark". Shorter runs stay as they are. There is no "$mark" in $text.',
            'Given $text, replace each maximal run of one character that is $k or more characters long by this character followed by its length between two "$mark" signs; copy the shorter ones. $text does not contain "$mark".',
            'To save paper, a printer shortens long rows of the same sign: from $k on it writes the sign once and behind it, enclosed in "$mark", how often it stands there. What does it print for $text, in which "$mark" does not occur?',
            'Cut $text (free of "$mark") into maximal runs of equal characters. A run of n times c becomes c + "$mark" + str(n) + "$mark" if n >= $k and remains c * n if not. Return the concatenation; "" stays "".',
        ),
        solutions=(
            """
$result = ""
$left = 0
while $left < len($text):
    $right = $left
    while $right < len($text) and $text[$right] == $text[$left]:
        $right += 1
    size = $right - $left
    $result += f"{$text[$left]}$mark{size}$mark" if size >= $k else $text[$left:$right]
    $left = $right
return $result
""",
            """
from itertools import groupby
$result = []
for $char, run in groupby($text):
    size = sum(1 for _ in run)
    if size < $k:
        $result.append($char * size)
    else:
        $result.append(f"{$char}$mark{size}$mark")
return "".join($result)
""",
        ),
        reference=_packed,
        parameters=lambda rng: {"k": rng.randint(3, 5), "mark": Raw(rng.choice("~|#%"))},
        inputs=lambda rng, **_: (_bumpy(rng),),
        edges=(("",), ("aaabbbbccccc",), ("aabb12",), ("ééééé\n",)),
        idea="Find where the run ends first; its length then decides which of the two ways of writing is used.",
        pitfall="Packing every run makes texts without repeats longer than they were.",
    ),
    Family(
        name="read_aloud_digits",
        concepts=("run_length_encoding", "digits", "nested_loops"),
        difficulty=3,
        names="read_aloud look_and_say say_digits next_terms spoken_digits",
        arguments=(
            "text|digits|number|start: str; some digits",
            "times|rounds|steps|n: int; how often to do it, 0 or more",
        ),
        returns="str",
        phrasings=(
            'Read the digits of $text aloud and write down what is said, "1211" as one 1, one 2, two 1s: "111221". Do this as often as $times says, each time with the last result, and return the final one; for 0 that is $text itself.',
            "Given $text, replace every run of equal digits by its length and the digit, and repeat this on the result; $times says how often it is done in all. Return the digits reached in the end.",
            'Children play a counting game: the first says "$start_digits", the next describes it by counting equal digits that stand together ("$after" here), the next describes that, and so on. Starting with $text, what do they have when the number of descriptions is $times?',
            "Let f(s) be the string made of, for each maximal run of equal digits in s from left to right, the decimal length of the run followed by the digit. Apply f to $text as many times in a row as $times says (not at all for 0) and return the result.",
        ),
        solutions=(
            """
from itertools import groupby
for _ in range($times):
    $text = "".join(f"{len(list(run))}{$char}" for $char, run in groupby($text))
return $text
""",
            """
if $times == 0:
    return $text
$result = ""
$count = 0
for $i, $char in enumerate($text):
    $count += 1
    if $text[$i + 1:$i + 2] != $char:
        $result += str($count) + $char
        $count = 0
return $self($result, $times - 1)
""",
        ),
        reference=lambda text, times, **_: _spoken(text, times),
        parameters=lambda rng: (lambda s: {"start_digits": Raw(s), "after": Raw(_spoken(s, 1))})(
            rng.choice(("33", "7", "552", "1144", "9990", "211"))
        ),
        inputs=lambda rng, **_: ("".join(rng.choices("1123", k=rng.randint(1, 4))), rng.randint(1, 4)),
        edges=(("", 3), ("1", 0), ("1", 5), ("2222222222", 1)),
        idea="One description is a pass over the runs; the loop around it feeds each result into the next pass.",
        pitfall="Counting all equal digits of the text instead of those that stand together gives another sequence.",
    ),
    Family(
        name="character_inside_runs",
        concepts=("run_length_encoding", "early_return", "accumulation"),
        difficulty=2,
        names="character_at find_in_runs runs_index lookup_packed char_at_position",
        arguments=(
            "runs|packed|pieces|parts: list[tuple[str, int]]; characters with the lengths of their runs",
            "position|index|place|k: int; a position, 0 or more",
        ),
        returns="str",
        phrasings=(
            "The list $runs describes a text: each pair is a character and how often it stands there in a row. Counting from 0, return the character number $position of the text, or an empty string if the text is too short. Do this without building the text.",
            "Given $runs, pairs of a character and a number (perhaps 0), which character has the number $position in the text that they describe from left to right? Counting starts at 0; behind the end the answer is an empty string.",
            "A string of beads is noted as colours with numbers, in order: three of a, two of b. Which colour has bead number $position, if the first one is number 0 and $runs is the note? Return an empty text if there are not so many beads.",
            'Let t be the concatenation of c * n over all (c, n) in $runs, where every n is at least 0. Return t[$position] if $position < len(t), and "" otherwise; $position is not negative.',
        ),
        solutions=(
            """
for $char, $count in $runs:
    if $position < $count:
        return $char
    $position -= $count
return ""
""",
            """
$total = 0
for $pair in $runs:
    $total += $pair[1]
    if $total > $position:
        return $pair[0]
return ""
""",
            """
from itertools import accumulate
ends = accumulate($count for _, $count in $runs)
return next(($char for ($char, _), end in zip($runs, ends) if $position < end), "")
""",
        ),
        reference=lambda runs, position: "".join(c * n for c, n in runs)[position : position + 1],
        inputs=_place_in_runs,
        edges=(
            ([], 0),
            ([("a", 1)], 0),
            ([("a", 2), ("b", 1)], 2),
            ([("a", 0), ("b", 2)], 0),
            ([("a", 2)], 2),
        ),
        idea="Skipping a run means taking its length off the position; where the position falls inside a run, the answer is found.",
        pitfall="With <= instead of < the first bead behind a run is still counted as part of it.",
    ),
    Family(
        name="tidy_run_list",
        concepts=("run_length_encoding", "list_building", "tuples"),
        difficulty=2,
        names="tidy_runs merge_runs normalize_runs simplify_runs clean_runs",
        arguments=(
            "runs|pieces|packed|parts: list[tuple[str, int]]; characters with numbers, none negative",
        ),
        returns="list[tuple[str, int]]",
        phrasings=(
            "Tidy up $runs, pairs of a character and the length of its run: pairs with length 0 are dropped, and pairs with the same character that are then neighbours become one pair with the sum of their lengths. Keep the order.",
            "Given $runs, return the shortest list of (character, length) pairs that describes the same text, in the same order. No length in it is 0, and no two neighbours have the same character.",
            "Somebody has packed a text as pairs of a character and a count and then deleted parts of it, which left counts of 0 and neighbouring pairs of one character. Bring $runs back into the form in which each run of the text is exactly one pair.",
            "Let t be the concatenation of c * n for the pairs (c, n) of $runs. Return the list of the pairs (character, length) of the maximal runs of equal characters in t, from left to right; [] if t is empty.",
        ),
        solutions=(
            """
$result = []
for $char, $count in $runs:
    if $count == 0:
        continue
    if $result and $result[-1][0] == $char:
        $result[-1] = ($char, $result[-1][1] + $count)
    else:
        $result.append(($char, $count))
return $result
""",
            """
from itertools import groupby
kept = [$pair for $pair in $runs if $pair[1] > 0]
$result = []
for $char, run in groupby(kept, key=lambda $pair: $pair[0]):
    $result.append(($char, sum($count for _, $count in run)))
return $result
""",
        ),
        reference=_merged,
        inputs=lambda rng: (
            [(rng.choice("ab"), rng.choice((0, 1, 2, 3))) for _ in range(rng.randint(3, 5))],
        ),
        edges=(
            ([],),
            ([("a", 0)],),
            ([("a", 1), ("b", 0), ("a", 2)],),
            ([("x", 2), ("x", 3), ("y", 1), ("x", 1)],),
        ),
        idea="Compare each pair with the last one of the result, not with its neighbour in the input: what stood between may have vanished.",
        pitfall="Merging before dropping the zeros leaves neighbours that should have become one.",
    ),
)
