"""Families about texts that consist of lines: indentation, comments, paragraphs, continued lines, outlines."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw


def _indented(rng: random.Random) -> list[str]:
    base = rng.randint(0, 4)
    lines = [" " * (base + rng.choice((0, 0, 2, 4))) + draws.word(rng) for _ in range(rng.randint(2, 4))]
    return [*lines, rng.choice(("", " ", "  end"))]


def _dedented(lines: Sequence[str]) -> list[str]:
    kept = list(lines)
    while any(line.strip() for line in kept) and all(line[:1] == " " or not line.strip() for line in kept):
        kept = [line[1:] for line in kept]
    return [line if line.strip() else "" for line in kept]


def _commented(rng: random.Random, mark: str) -> str:
    return "\n".join(
        rng.choice((f"{draws.word(rng)} = {rng.randint(0, 9)}", "", "  x"))
        + rng.choice(("", "  ", f" {mark} {draws.word(rng)}", mark))
        for _ in range(rng.randint(2, 4))
    )


def _paragraphs(rng: random.Random) -> str:
    return "".join(
        draws.word(rng) + rng.choice(("\n", "\n", "\n\n", "\n \n\n")) for _ in range(rng.randint(3, 6))
    )


def _continued(rng: random.Random, mark: str) -> list[str]:
    return [draws.word(rng) + rng.choice(("", "", mark, f" {mark}")) for _ in range(rng.randint(3, 6))]


def _joined(lines: Sequence[str], mark: str) -> list[str]:
    text = "\n".join([*lines, ""]) if lines else ""
    whole = text.replace(f"{mark}\n", "")
    return whole.removesuffix("\n").split("\n") if lines else []


def _outline(rng: random.Random) -> list[str]:
    depth = 0
    lines = []
    for _ in range(rng.randint(3, 6)):
        lines.append("  " * depth + draws.word(rng))
        depth = rng.randint(0, depth + 1)
    return lines


def _sections(lines: Sequence[str], mark: str) -> list[str]:
    result: list[str] = []
    for i, line in enumerate(lines):
        depth = (len(line) - len(line.lstrip())) // 2
        number = []
        for level in range(depth + 1):
            begin = max((j for j in range(i + 1) if _depth(lines[j]) < level), default=-1)
            number.append(str(sum(_depth(other) == level for other in lines[begin + 1 : i + 1])))
        result.append(f"{mark.join(number)} {line.strip()}")
    return result


def _depth(line: str) -> int:
    return (len(line) - len(line.lstrip())) // 2


FAMILIES: tuple[Family, ...] = (
    Family(
        name="numbers_of_long_lines",
        concepts=("lines", "enumerate_zip", "filtering"),
        difficulty=1,
        names="long_lines too_long_lines check_line_lengths lines_over_limit check_width",
        arguments=("text|source|letter|page: str; a text of several lines",),
        returns="list[int]",
        phrasings=(
            "Return the numbers of the lines of $text that have more than $k characters. Lines are counted from 1; an empty text has no lines.",
            "Which lines of $text are longer than $k characters? List their numbers in ascending order, the first line being number 1; the line ends do not count as characters.",
            "A newspaper accepts small ads with at most $k characters in each line. Given the ad in $text, return the list of the line numbers (from 1) that break this rule.",
            "Split $text into lines as str.splitlines does. Return, in order, every i for which the i-th line, counted from 1, has a length greater than $k; the list may be empty.",
        ),
        solutions=(
            "return [$i for $i, $row in enumerate($text.splitlines(), 1) if len($row) > $k]",
            """
$result = []
$i = 0
for $row in $text.splitlines():
    $i += 1
    if len($row) <= $k:
        continue
    $result.append($i)
return $result
""",
        ),
        reference=lambda text, k: [
            n + 1 for n, line in enumerate(text.split("\n")) if re.fullmatch(rf".{{{k + 1},}}", line)
        ],
        parameters=lambda rng: {"k": rng.randint(5, 12)},
        inputs=lambda rng, k: ("\n".join(draws.sentence(rng, 1, 2) for _ in range(rng.randint(2, 5))),),
        edges=(
            ("",),
            ("a",),
            ("twelve chars\nthirteen chars",),
            ("x" * 13,),
            ("fives\nsixsix\nseven77",),
            ("\n\nblank lines\n",),
            ("é" * 6 + "\n" + "ü" * 13,),
        ),
        idea="enumerate with a start of 1 gives every line its number as people count them.",
        pitfall='"More than" leaves out the lines that have exactly the allowed length.',
    ),
    Family(
        name="remove_common_indent",
        concepts=("lines", "min_max", "string_slicing"),
        difficulty=3,
        names="remove_indent dedent_lines unindent shift_left outdent",
        arguments=("lines|code|rows|block: list[str]; lines indented by blanks",),
        returns="list[str]",
        phrasings=(
            "Remove from all $lines the same number of blanks at the beginning, as many as every line has. Lines that are empty or consist of blanks do not matter for this number and become empty texts.",
            "Given $lines, find the smallest indentation (number of leading blanks) among those that contain anything but blanks, and return the lines without that many characters at their start. Lines of blanks only are returned as empty texts.",
            "A teacher copies part of a program for a handout and wants it at the left edge. Move $lines to the left together, until the first of them that shows anything touches the edge; lines on which nothing is to be seen become empty.",
            'Let m be the least count of leading blanks over the elements of $lines that are not made of blanks only. Return a list in which each such element has lost its first m characters and each other element is "".',
        ),
        solutions=(
            """
indents = [len($row) - len($row.lstrip(" ")) for $row in $lines if $row.strip(" ")]
$count = min(indents, default=0)
return [$row[$count:] if $row.strip(" ") else "" for $row in $lines]
""",
            """
smallest = None
for $row in $lines:
    $i = 0
    while $i < len($row) and $row[$i] == " ":
        $i += 1
    if $i < len($row) and (smallest is None or $i < smallest):
        smallest = $i
$result = []
for $row in $lines:
    if $row.isspace() or not $row:
        $result.append("")
    else:
        $result.append($row[smallest:])
return $result
""",
            r"""
import textwrap
return textwrap.dedent("\n".join($lines)).split("\n") if $lines else []
""",
        ),
        reference=_dedented,
        inputs=lambda rng: (_indented(rng),),
        edges=(
            ([],),
            ([""],),
            (["   "],),
            (["  a"],),
            (["  a", " ", "   b"],),
            (["a", "  b"],),
            (["    x", "  y", "    z"],),
        ),
        idea="The smallest indentation can be cut from every line without cutting anything visible.",
        pitfall="Empty lines have no leading blanks; if they took part, nothing would ever be removed.",
    ),
    Family(
        name="lines_without_comments",
        concepts=("lines", "substrings", "filtering"),
        difficulty=2,
        names="strip_comments without_comments code_lines active_lines clean_config",
        arguments=("text|source|config|script: str; lines with comments",),
        returns="list[str]",
        phrasings=(
            'Return the lines of $text without comments. A comment begins at the first "$mark" of a line and ends with the line; blanks at the end of what remains are removed, and lines of which nothing remains are left out.',
            'Given $text, cut every line at its first "$mark", strip whitespace from the right end, and list the results that are not empty, in order. Blanks at the beginning of a line are kept.',
            'A recipe program reads a file in which "$mark" starts a remark that goes on to the end of the line. Which lines are left in $text when the remarks, the blanks at line ends and then all empty lines are dropped?',
            'For each line of $text take the part before the first "$mark", or all of it if there is none, without trailing whitespace. Return the list of those parts that have at least one character.',
        ),
        solutions=(
            """
$result = []
for $row in $text.splitlines():
    $row = $row.split("$mark")[0].rstrip()
    if $row:
        $result.append($row)
return $result
""",
            """
$left = ($row.partition("$mark")[0].rstrip() for $row in $text.splitlines())
return [$item for $item in $left if $item]
""",
            """
$result = []
for $row in $text.splitlines():
    $i = $row.find("$mark")
    if $i >= 0:
        $row = $row[:$i]
    $result.append($row.rstrip())
return list(filter(None, $result))
""",
        ),
        reference=lambda text, mark: [
            m[1]
            for line in text.split("\n")
            if (m := re.match(rf"((?:(?!{mark}).)*[^\s{mark}])\s*(?:{mark}|$)", line))
        ],
        parameters=lambda rng: {"mark": Raw(rng.choice(("#", "%", ";", "!")))},
        inputs=lambda rng, mark: (_commented(rng, mark),),
        edges=(
            ("",),
            ("a",),
            ("# a",),
            ("a # b # c",),
            ("x ; y\n\n  z % 1 ! no",),
            (";%#!",),
            ("  \n a \n",),
            ("é!é#é",),
        ),
        idea="Cut first, strip then, and only then ask whether anything is left.",
        pitfall="Testing for empty lines before cutting keeps lines that hold nothing but a comment.",
    ),
    Family(
        name="paragraphs_as_lines",
        concepts=("lines", "list_building", "splitting_joining"),
        difficulty=3,
        names="paragraphs unwrap_paragraphs join_paragraphs merge_lines unfold",
        arguments=("text|letter|document|mail: str; paragraphs separated by blank lines",),
        returns="list[str]",
        phrasings=(
            "Return the paragraphs of $text, each as one line. A paragraph is a run of lines that are not blank; its lines are stripped and joined by single blanks. Any number of blank lines separates paragraphs.",
            "Given $text, collect neighbouring lines that contain more than whitespace into paragraphs: strip each line, put one blank between lines, and start a new paragraph after one or more blank lines. Return the list of paragraphs.",
            "The mails of a travel agency come with short lines and blank lines between the paragraphs. Undo the line breaks in $text: return each paragraph as one string, its stripped lines with a single blank between them. Blank lines at the beginning or the end mean nothing.",
            "Call a line blank if it is empty or only whitespace. Return one string for every maximal block of consecutive lines of $text that are not blank: these lines without whitespace at their ends, joined by one blank. No block, an empty list.",
        ),
        solutions=(
            """
$result = []
$current = []
for $row in $text.splitlines() + [""]:
    if $row.strip():
        $current.append($row.strip())
    elif $current:
        $result.append(" ".join($current))
        $current = []
return $result
""",
            """
from itertools import groupby
$groups = groupby(map(str.strip, $text.splitlines()), key=bool)
return [" ".join($item) for filled, $item in $groups if filled]
""",
        ),
        reference=lambda text: [
            re.sub(r"\s*\n\s*", " ", block.strip()) for block in re.split(r"\n\s*\n", text) if block.strip()
        ],
        inputs=lambda rng: (_paragraphs(rng),),
        edges=(
            ("",),
            ("\n\n",),
            ("a",),
            ("a\nb",),
            ("a\n\nb\n",),
            ("\n  a b \n c\n \n\nd",),
            ("é\n\n\n\nü\nö",),
        ),
        idea="A blank line closes the paragraph in progress; an extra blank line at the end closes the last one.",
        pitfall="Without that extra line the last paragraph is collected but never added.",
    ),
    Family(
        name="continued_lines",
        concepts=("lines", "accumulation", "string_methods"),
        difficulty=3,
        names="join_continued continued_lines logical_lines glue_lines unfold_lines",
        arguments=("lines|rows|script|records: list[str]; lines, some of which go on in the next",),
        returns="list[str]",
        phrasings=(
            'Join $lines that belong together: a line ending in "$mark" goes on in the next line, without the "$mark" and with nothing in between. Return the complete lines; a last line that wants to go on is complete without its "$mark".',
            'Given $lines, return a list in which every line that ends in "$mark" is replaced by itself without that last character and glued to the line after it (which may end in "$mark", too). If no line follows, only the "$mark" is removed.',
            'In the commands of a robot, "$mark" at the very end of a line says that the command continues on the next one. Put the commands in $lines together and return them, one string each, without these marks.',
            'Build the logical lines of $lines: starting with the first, append the following line for as long as the text so far ends in "$mark", each time dropping exactly this character. At the end of the list a final "$mark" is dropped, too. Keep the order; no lines, no result.',
        ),
        solutions=(
            """
$result = []
$current = ""
for $i, $row in enumerate($lines):
    if $row.endswith("$mark"):
        $current += $row[:-1]
        if $i < len($lines) - 1:
            continue
    else:
        $current += $row
    $result.append($current)
    $current = ""
return $result
""",
            """
$result = []
goes_on = False
for $row in $lines:
    $left = $row.removesuffix("$mark")
    if goes_on:
        $result[-1] += $left
    else:
        $result.append($left)
    goes_on = $left != $row
return $result
""",
        ),
        reference=_joined,
        parameters=lambda rng: {"mark": Raw(rng.choice("+&_~>"))},
        inputs=lambda rng, mark: (_continued(rng, mark),),
        edges=(
            ([],),
            ([""],),
            (["a+", "b"],),
            (["a&", "&", "c"],),
            (["x_"],),
            (["a~", "b~", "c~"],),
            (["++", "b", "a>>", ">"],),
            (["é_", "", "ü"],),
        ),
        idea="Remember whether the line before wanted to go on; if so, add to the last result instead of starting a new one.",
        pitfall="A mark on the last line has no partner; the text collected so far must not get lost.",
    ),
    Family(
        name="numbers_of_an_outline",
        concepts=("lines", "stacks", "string_formatting"),
        difficulty=4,
        names="number_outline outline_numbers number_sections add_numbers label_outline",
        arguments=("lines|outline|headings|points: list[str]; headings, two blanks deeper for each level",),
        returns="list[str]",
        phrasings=(
            'Number the outline in $lines. Each level is indented by two more blanks, and a line is at most one level deeper than the line before; the first is not indented. Replace the indentation by the number, its parts separated by "$mark", and a blank: "1 a", "1${mark}1 b", "2 c".',
            'Given $lines, headings whose depth shows in two blanks per level, return them with numbers instead of blanks: the count within each level so far, from the outermost level inwards, joined by "$mark" and followed by one blank. Counting starts at 1 again below every new heading. No line skips a level.',
            "The contents of a textbook are typed with two blanks of indentation for every level. Give each heading in $lines its section number, such as 2${mark}1${mark}3, in front of it (with one blank in between, and the indentation removed). The first heading stands at the edge, and levels are never skipped downwards.",
            'A line of $lines with 2 * d leading blanks has depth d; depths begin with 0 and rise by at most 1 from line to line. Its number has d + 1 parts: for each level up to d, how many lines of that level there have been since the last line of a smaller depth. Return number, one blank and heading for each line; the parts are joined by "$mark".',
        ),
        solutions=(
            """
$stack = []
$result = []
for $row in $lines:
    title = $row.lstrip()
    depth = (len($row) - len(title)) // 2
    if depth == len($stack):
        $stack.append(0)
    del $stack[depth + 1:]
    $stack[depth] += 1
    $result.append("$mark".join(map(str, $stack)) + " " + title)
return $result
""",
            """
counts = {}
$result = []
for $row in $lines:
    depth = (len($row) - len($row.lstrip(" "))) // 2
    counts = {level: number for level, number in counts.items() if level <= depth}
    counts[depth] = counts.get(depth, 0) + 1
    number = "$mark".join(str(counts[level]) for level in range(depth + 1))
    $result.append(f"{number} {$row.strip()}")
return $result
""",
        ),
        reference=_sections,
        parameters=lambda rng: {"mark": Raw(rng.choice((".", "-", "/", ":")))},
        inputs=lambda rng, mark: (_outline(rng),),
        edges=(
            ([],),
            (["a"],),
            (["a", "b"],),
            (["a", "  b", "  c", "d", "  e"],),
            (["a", "  b", "    c", "    d", "  e", "f"],),
        ),
        idea="One counter for each open level: going up drops the deeper counters, going down adds one that starts at zero.",
        pitfall="Keeping the deeper counters makes the next subsection go on where the last one ended.",
    ),
)
