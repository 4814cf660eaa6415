"""Families about columns: padding, centring, lining up numbers, frames and bars made of characters."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw


def _headline(text: str, width: int, mark: str) -> str:
    side = True
    while len(text) < width:
        text = text + mark if side else mark + text
        side = not side
    return text


def _decimal(rng: random.Random) -> str:
    return f"{rng.randint(0, 300)}{rng.choice(('', '.5', '.25', '.0', '.125'))}"


def _at_the_point(numbers: Sequence[str]) -> list[str]:
    places = [n.index(".") if "." in n else len(n) for n in numbers]
    return [" " * (max(places) - place) + number for place, number in zip(places, numbers, strict=True)]


def _table(rows: Sequence[Sequence[str]], gap: int) -> list[str]:
    grid = [""] * len(rows)
    for column in zip(*rows, strict=True):
        size = max(map(len, column)) + gap
        grid = [line + cell + " " * (size - len(cell)) for line, cell in zip(grid, column, strict=True)]
    return [line.rstrip() for line in grid]


def _framed(lines: Sequence[str], mark: str) -> list[str]:
    width = max([len(line) for line in lines], default=0)
    border = mark * (width + 4)
    middle = [f"{mark} {line}{' ' * (width - len(line))} {mark}" for line in lines]
    return [border, *middle, border]


def _bars(counts: Mapping[str, int], mark: str, k: int) -> list[str]:
    size = max([0, *map(len, counts)])
    return [
        " " * (size - len(key)) + f"{key}|" + "".join(mark for n in range(k, value + 1, k))
        for key, value in counts.items()
    ]


FAMILIES: tuple[Family, ...] = (
    Family(
        name="headline_in_the_middle",
        concepts=("text_alignment", "arithmetic", "string_building"),
        difficulty=1,
        names="headline center_title pad_both_sides middle_line decorate",
        arguments=("text|title|heading|caption: str; the text to place in the middle",),
        returns="str",
        phrasings=(
            'Return $text in the middle of a line of $width characters that is filled with "$mark" on both sides. If the number of missing characters is odd, the extra one stands on the right; a text of $width or more characters is returned unchanged.',
            'Given $text, fill it up with "$mark" to $width characters, half of the filling on the left and half on the right. Where the two cannot be equal, the right side gets one more. Longer texts are not cut.',
            'The program of a school theatre shows each heading in the middle of a line $width characters wide, with "$mark" in the free places. Build the line for the heading in $text; when the places cannot be shared equally, one more is on the right, and a heading that is too long stays as it is.',
            'Let n be $width minus the length of $text. For positive n return n // 2 times "$mark", then $text, then the other n - n // 2 times "$mark"; otherwise return $text itself.',
        ),
        solutions=(
            """
gap = max($width - len($text), 0)
$left = gap // 2
return "$mark" * $left + $text + "$mark" * (gap - $left)
""",
            'return f"{$text:$mark^$width}"',
            """
if len($text) >= $width:
    return $text
$left = ($width - len($text)) // 2
return ("$mark" * $left + $text).ljust($width, "$mark")
""",
        ),
        reference=_headline,
        parameters=lambda rng: {"width": rng.randint(11, 18), "mark": Raw(rng.choice("*-=~#."))},
        inputs=lambda rng, **_: (draws.word(rng),),
        edges=(
            ("",),
            ("a",),
            ("ab",),
            ("exactly nine",),
            ("ninechars",),
            ("much longer than that",),
            ("élan",),
        ),
        idea="The gap is shared by two: whole division gives the left part, and the right part is what remains.",
        pitfall="str.center does not always put the extra character on the right; the format sign ^ does.",
    ),
    Family(
        name="numbers_at_decimal_point",
        concepts=("text_alignment", "parsing", "min_max"),
        difficulty=3,
        names="line_up_decimals align_points align_numbers decimal_column layout",
        arguments=("numbers|prices|values|weights: list[str]; numbers written without sign or exponent",),
        returns="list[str]",
        phrasings=(
            "Return the texts in $numbers, each with as many blanks in front that all decimal points stand in the same column. The point of a number without one is thought to stand behind its last digit. Use no more blanks than necessary and add none at the end.",
            "Given numbers as texts in $numbers, line them up at the decimal point: put blanks before each so that its whole part is as long as the longest whole part. What follows the point is left as it is.",
            'A shop prints weights such as "2.5", "12" and "0.125" below each other, units under units. Write blanks in front of the texts in $numbers to do so, as few as possible, and return the new list in the same order (an empty one for no weights).',
            "For each element of $numbers the whole part is everything before the first point, or all of it if there is no point. Prefix each element with blanks so that its whole part with them has the length of the longest whole part; return the list.",
        ),
        solutions=(
            """
wholes = [$item.split(".")[0] for $item in $numbers]
width = max(map(len, wholes), default=0)
return [" " * (width - len($left)) + $item for $left, $item in zip(wholes, $numbers)]
""",
            """
width = 0
for $item in $numbers:
    whole, _, _ = $item.partition(".")
    width = max(width, len(whole))
$result = []
for $item in $numbers:
    whole, point, digits = $item.partition(".")
    $result.append(whole.rjust(width) + point + digits)
return $result
""",
        ),
        reference=_at_the_point,
        inputs=lambda rng: ([_decimal(rng) for _ in range(rng.randint(2, 5))],),
        edges=(
            ([],),
            (["5"],),
            (["0.5", "10"],),
            (["100.", "1.5"],),
            ([".5", "12.25"],),
            (["7", "7", "77"],),
        ),
        idea="Only the parts before the point decide about the blanks: find the longest of them first, then pad the others.",
        pitfall="Right-aligning the whole texts lines up their last digits, not their points.",
    ),
    Family(
        name="table_with_even_columns",
        concepts=("text_alignment", "matrices", "enumerate_zip"),
        difficulty=4,
        names="format_table even_columns table_lines columns_as_text render",
        arguments=("rows|table|records|grid: list[list[str]]; rows of equally many texts",),
        returns="list[str]",
        phrasings=(
            "Format $rows as a table: in every column the texts begin at the same place, and the longest text of a column is followed by exactly $blanks before the next column. Return one line per row, without blanks at its end.",
            "The lists in $rows all have the same length. Return a line for each of them: fill each text with blanks to the length of the longest in its column, put $blanks between neighbouring columns, and strip the blanks at the end of each line.",
            "The results of a game are kept as rows of texts. To show them in a window with letters of equal width, build a line for every row in $rows: columns are left-aligned, as wide as their longest text and $blanks apart; nothing is left hanging at the right end.",
            "Let w be the greatest length in each column of $rows. A row becomes its texts, each padded on the right with blanks to the w of its column, joined by $blanks, with all trailing blanks removed. Return these lines in a list; it is empty when $rows is.",
        ),
        solutions=(
            """
widths = [max(len($item) for $item in column) for column in zip(*$rows)]
$result = []
for $row in $rows:
    cells = [$item.ljust(width) for $item, width in zip($row, widths)]
    $result.append((" " * $k).join(cells).rstrip())
return $result
""",
            """
widths = {}
for $row in $rows:
    for $i, $item in enumerate($row):
        widths[$i] = max(widths.get($i, 0), len($item) + $k)
return ["".join(f"{$item:{widths[$i]}}" for $i, $item in enumerate($row)).rstrip() for $row in $rows]
""",
        ),
        reference=lambda rows, k, blanks: _table(rows, k),
        parameters=lambda rng: rng.choice(
            tuple(
                {"k": k, "blanks": Raw(w)}
                for k, w in ((2, "two blanks"), (3, "three blanks"), (4, "four blanks"))
            )
        ),
        inputs=lambda rng, **_: (
            [[draws.word(rng), rng.choice(("", "7", "120", "n/a"))] for _ in range(rng.randint(2, 3))],
        ),
        edges=(
            ([],),
            ([["a"]],),
            ([["a", "b"], ["ccc", "d"]],),
            ([["", "x"], ["yy", ""]],),
            ([["é", "1", "2"], ["b", "333", "4"]],),
        ),
        idea="zip(*rows) turns the table on its side, so that the longest text of each column can be found.",
        pitfall="Finding one width for the whole table makes narrow columns as wide as the widest.",
    ),
    Family(
        name="frame_around_lines",
        concepts=("text_alignment", "lines", "list_building"),
        difficulty=2,
        names="frame_lines box_around draw_frame boxed_text wrap_in_box",
        arguments=("lines|rows|notes|messages: list[str]; the lines to put into the frame",),
        returns="list[str]",
        phrasings=(
            'Draw a frame of "$mark" around $lines and return the lines of the picture. Between the frame and the longest line there is one blank on each side; shorter lines are filled up with blanks on the right. The first and the last line of the picture consist only of "$mark".',
            'Given $lines, return them inside a box: each becomes "$mark", a blank, the line filled up to the length of the longest, a blank, "$mark"; above and below stands a line of "$mark" just as long. For no lines only these two remain, four characters long.',
            'The sign at the door of a shop is printed as text with a border of "$mark". The border leaves one blank beside the longest of $lines, all lines are left-aligned, and it has the same width everywhere. Return the finished sign line by line.',
            'With w the length of the longest of $lines (0 if there are none), the result begins and ends with w + 4 times "$mark"; in between stand, for each line, "$mark" and a blank, the line padded on the right to w characters, a blank and "$mark".',
        ),
        solutions=(
            """
width = max(map(len, $lines), default=0)
border = "$mark" * (width + 4)
return [border] + [f"$mark {$row:<{width}} $mark" for $row in $lines] + [border]
""",
            """
width = 0
for $row in $lines:
    if len($row) > width:
        width = len($row)
$result = ["$mark" * (width + 4)]
for $row in $lines:
    $result.append("$mark " + $row.ljust(width) + " $mark")
$result.append($result[0])
return $result
""",
        ),
        reference=_framed,
        parameters=lambda rng: {"mark": Raw(rng.choice("#*+%@"))},
        inputs=lambda rng, mark: (draws.words(rng, 1, 3),),
        edges=(([],), ([""],), (["a"],), (["tea", "a", ""],), (["no", "on"],), (["thé vert", "ö"],)),
        idea="The longest line decides the width of everything; once it is known, each line is built in the same way.",
        pitfall="max of an empty list raises ValueError; give it a default.",
    ),
    Family(
        name="bars_of_marks",
        concepts=("text_alignment", "dictionaries", "string_formatting"),
        difficulty=2,
        names="draw_bars bar_chart bars_as_text chart_lines picture",
        arguments=("counts|votes|sales|stock: dict[str, int]; numbers by name, none negative",),
        returns="list[str]",
        phrasings=(
            'Return a line for each entry of $counts, in its order: the name, right-aligned to the length of the longest name, then "|" and one "$mark" for every full $k of the number.',
            'Given $counts, draw a bar chart from characters. Each name is filled up with blanks on the left so that all are equally long, followed by "|" and a bar of "$mark", one for each $k units; what is left over at the end of a number is not shown.',
            'A farm counts its harvest in $counts. Make one line of a chart for each sort, in the given order: the name (blanks in front make all names as long as the longest), a "|" and as many "$mark" as the number contains full groups of $k.',
            'Let w be the length of the longest key of $counts. For every key with value v return the key padded on the left with blanks to w characters, the sign "|", and "$mark" repeated v // $k times. The lines have the order of the dictionary; an empty one gives [].',
        ),
        solutions=(
            """
width = max(map(len, $counts), default=0)
return [f"{$key:>{width}}|{'$mark' * ($item // $k)}" for $key, $item in $counts.items()]
""",
            """
width = max([len($key) for $key in $counts] + [0])
$result = []
for $key in $counts:
    bar = "$mark" * ($counts[$key] // $k)
    $result.append($key.rjust(width) + "|" + bar)
return $result
""",
        ),
        reference=_bars,
        parameters=lambda rng: {"mark": Raw(rng.choice("*#=+")), "k": rng.choice((2, 3, 5, 10))},
        inputs=lambda rng, **_: (
            {g: rng.randint(0, 30) for g in rng.sample(draws.GOODS, rng.randint(2, 4))},
        ),
        edges=(
            ({},),
            ({"a": 0},),
            ({"tea": 9, "a": 10},),
            ({"": 3, "ab": 2},),
            ({"thé": 5, "x": 4},),
            ({"a": 29, "b": 30, "c": 1},),
        ),
        idea="Whole division says how many full groups a number contains, and multiplying a text repeats it.",
        pitfall="Rounding instead of dividing down draws a mark for a group that is not full.",
    ),
)
