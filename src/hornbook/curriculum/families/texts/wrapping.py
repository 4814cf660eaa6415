"""Families about running text: breaking it into lines of limited width."""

from __future__ import annotations

import random
import textwrap
from collections.abc import Sequence

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family


def _prose(rng: random.Random) -> str:
    return " ".join(word[: rng.randint(1, 6)] for word in draws.words(rng, 5, 9))


def _justified(words: Sequence[str], width: int) -> str:
    gaps = [1] * (len(words) - 1)
    i = 0
    while gaps and sum(map(len, words)) + sum(gaps) < width:
        gaps[i % len(gaps)] += 1
        i += 1
    line = "".join(word + " " * gap for word, gap in zip(words, [*gaps, 0], strict=True))
    return line + " " * (width - len(line))


def _line_words(rng: random.Random, width: int) -> list[str]:
    words = [draws.word(rng)]
    while len(" ".join(words)) + 8 < width and rng.random() < 0.85:
        words.append(draws.word(rng))
    return words


def _hyphenated(word: str, width: int) -> list[str]:
    if len(word) <= width:
        return [word]
    return [word[: width - 1] + "-", *_hyphenated(word[width - 1 :], width)]


FAMILIES: tuple[Family, ...] = (
    Family(
        name="lines_that_a_text_needs",
        concepts=("text_wrapping", "accumulation", "conditionals"),
        difficulty=3,
        names="lines_needed count_wrapped_lines height_of_text how_many_lines line_count",
        arguments=("text|message|poster|notice: str; words separated by blanks",),
        returns="int",
        phrasings=(
            "Return how many lines $text takes when it is written in lines of at most $width characters. As many words as possible go on each line, with one blank between two words; no word is longer than a line. Without words there are no lines.",
            "Given $text, fill lines of width $width with its words from left to right: a word goes on the current line if it fits there together with one blank before it, and begins a new line otherwise. How many lines are used? Every word fits on a line of its own.",
            "The display in a bus has lines of $width characters. How many of them does $text need, if words are never broken, are separated by single blanks and each line takes as many words as it can hold? All words are short enough for a line.",
            "Distribute the words of $text over lines greedily. The length of a line, which may not exceed $width, is the sum of the lengths of its words plus one for each gap between them. Return the number of lines, 0 for a text without words; single words never exceed the limit.",
        ),
        solutions=(
            """
$count = 0
room = 0
for $word in $text.split():
    if len($word) + 1 > room:
        $count += 1
        room = $width - len($word)
    else:
        room -= len($word) + 1
return $count
""",
            """
$count = 1
used = -1
for size in map(len, $text.split()):
    used += 1 + size
    if used > $width:
        $count += 1
        used = size
return $count if used >= 0 else 0
""",
        ),
        reference=lambda text, width: len(
            [line for line in textwrap.fill(" ".join(text.split()), width=width).split("\n") if line]
        ),
        parameters=lambda rng: {"width": rng.randint(9, 13)},
        inputs=lambda rng, width: (_prose(rng),),
        edges=(("",), ("a bb ccc dddd eeeee ff g",), ("aaaaa bbb cccccc ddd",)),
        idea="Only the room left on the current line has to be remembered, not the lines themselves.",
        pitfall="The first word of a line needs no blank before it; charging one wraps too early.",
    ),
    Family(
        name="fill_line_to_both_edges",
        concepts=("text_wrapping", "arithmetic", "text_alignment"),
        difficulty=4,
        names="justify_line fill_line both_edges stretch_line spread_words",
        arguments=("words|line|parts|tokens: list[str]; the words of one line, at least one",),
        returns="str",
        phrasings=(
            "Return one line of exactly $width characters made of $words: the first word at the left edge, the last at the right edge. The blanks are shared evenly between the gaps, and gaps further left get one more where that is not possible. A single word stands at the left, followed by blanks. The words fit with at least one blank per gap.",
            "Given $words, stretch them to a line of $width characters by widening the gaps between them. All gaps are equal, or differ by one with the wider ones on the left; one word alone is filled up with blanks on its right. There is always room for a blank in every gap.",
            "A newspaper prints its columns with straight edges on both sides. Set the line that consists of $words in $width characters: give every gap the same number of blanks and hand out the remaining blanks one by one to the gaps from the left. A line with only one word is filled up behind it.",
            "Let b be $width minus the total length of $words and g the number of gaps between them. If g is 0, return the word padded on the right to $width. If not, each gap gets b // g blanks, and the first b % g gaps one more; return the line. It holds that b >= g and that there is at least one word.",
        ),
        solutions=(
            """
gaps = len($words) - 1
if gaps == 0:
    return $words[0].ljust($width)
blanks, extra = divmod($width - sum(map(len, $words)), gaps)
$result = ""
for $i, $item in enumerate($words[:-1]):
    $result += $item + " " * (blanks + ($i < extra))
return $result + $words[-1]
""",
            """
cells = list($words)
missing = $width - sum(len($item) for $item in cells)
for $i in range(missing):
    cells[$i % max(1, len(cells) - 1)] += " "
return "".join(cells)
""",
        ),
        reference=_justified,
        parameters=lambda rng: {"width": rng.randint(18, 26)},
        inputs=lambda rng, width: (_line_words(rng, width),),
        edges=((["a"],), (["a", "b"],), (["aa", "b", "c"],), (["x", "yy", "zzz", "é"],)),
        idea="divmod gives both numbers at once: the blanks that every gap gets and how many gaps get one more.",
        pitfall="One word has no gap, so dividing by their number fails; it needs a case of its own.",
    ),
    Family(
        name="break_long_word",
        concepts=("text_wrapping", "string_slicing", "while_loops"),
        difficulty=2,
        names="break_word hyphenate cut_long_word split_with_hyphens word_lines",
        arguments=("word|text|term|name: str; a word without blanks",),
        returns="list[str]",
        phrasings=(
            'Break $word into lines of at most $width characters. Every line but the last ends in "-", which counts as one of its characters, and is as long as allowed. A word that fits is a single line, even an empty one.',
            'Given $word, return the lines on which it is printed in a column $width characters wide: while what is left does not fit, print its first characters with a "-" behind them so that the line is full; then print the rest.',
            'The labels in a museum have lines of $width characters. Names that are too long are continued on the next line, and a "-" at the end of the line shows that they go on. How is $word printed? Return the list of lines, all full except perhaps the last.',
            'If $word has at most $width characters, the result is [$word]. Otherwise the first line consists of its first $cut characters and "-", and the other lines are those of the remaining characters by the same rule.',
        ),
        solutions=(
            """
$result = []
while len($word) > $width:
    $result.append($word[:$cut] + "-")
    $word = $word[$cut:]
$result.append($word)
return $result
""",
            """
if len($word) <= $width:
    return [$word]
return [$word[:$cut] + "-"] + $self($word[$cut:])
""",
        ),
        reference=lambda word, width, **_: _hyphenated(word, width),
        parameters=lambda rng: (lambda width: {"width": width, "cut": width - 1})(rng.randint(3, 5)),
        inputs=lambda rng, **_: (draws.word(rng) + rng.choice(("", draws.word(rng))),),
        edges=(("",), ("abc",), ("abcd",), ("abcde",), ("abcdef",), ("Übergrößen",)),
        idea="Each line takes one character fewer than its width, because the hyphen needs a place.",
        pitfall="Cutting blindly every width - 1 characters also cuts a last piece that would fit whole.",
    ),
)
