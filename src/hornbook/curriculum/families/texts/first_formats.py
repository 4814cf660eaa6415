"""Families for the first weeks: numbers, lists and dictionaries written as texts in a given form."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw


def _signed(values: Sequence[int], unit: str) -> list[str]:
    return [f"{'+-'[n < 0] if n else '±'}{abs(n)}{unit}" for n in values]


def _blanks(rng: random.Random) -> tuple[str, list[str]]:
    text = " ".join(rng.choice((w, "___", f"___{w[:2]}")) for w in draws.words(rng, 2, 4)) + " ___"
    return text, draws.words(rng, 1, 4)


def _filled(text: str, answers: Sequence[str]) -> str:
    if not answers or "___" not in text:
        return text
    before, after = text.split("___", 1)
    return before + answers[0] + _filled(after, answers[1:])


def _rgb(rng: random.Random) -> list[int]:
    parts = [rng.choice((0, 7, 15, 16, 128, 255, rng.randint(0, 255))) for _ in range(3)]
    return [part + rng.choice((0, 0, 0, 300, -300)) for part in parts]


def _nested(text: str, tags: Sequence[str], step: str) -> list[str]:
    lines = [text]
    for tag in reversed(tags):
        lines = [f"<{tag}>", *(step + line for line in lines), f"</{tag}>"]
    return lines


def _options(values: Mapping[str, int], mark: str, sep: str) -> str:
    text = ""
    for key in sorted(values):
        text += f"{sep if text else ''}{key}{mark}{values[key]}"
    return text


FAMILIES: tuple[Family, ...] = (
    Family(
        name="changes_with_sign",
        concepts=("number_formatting", "conditionals", "mapping"),
        difficulty=1,
        names="signed_changes show_changes with_sign format_changes changes_as_text",
        arguments=("values|changes|steps|differences: list[int]; changes, perhaps negative",),
        returns="list[str]",
        phrasings=(
            'Write each number in $values with its sign and "$unit" behind it: "+5$unit", "-3$unit", and for zero "±0$unit". Keep the order.',
            'Given $values, return a list of texts: a number above 0 gets a plus in front, one below 0 keeps its minus, and 0 is written ±0; after every number follows "$unit", without a blank.',
            "A weather page shows how much things have changed since yesterday. Turn the changes in $values into texts like +2$unit, -1$unit or ±0$unit for no change.",
            'For each n of $values return "+" + str(n) if n > 0, str(n) if n < 0 and "±0" if n is 0, always followed by "$unit".',
        ),
        solutions=(
            """
$result = []
for $item in $values:
    if $item == 0:
        $result.append("±0$unit")
    else:
        $result.append(f"{$item:+d}$unit")
return $result
""",
            """
def sign($item):
    if $item > 0:
        return "+"
    return "-" if $item < 0 else "±"

return [sign($item) + str(abs($item)) + "$unit" for $item in $values]
""",
        ),
        reference=_signed,
        parameters=lambda rng: {"unit": Raw(rng.choice(("°", "%", "cm", " EUR", "m")))},
        inputs=lambda rng, unit: (
            [rng.choice((0, rng.randint(-20, -1), rng.randint(1, 20))) for _ in range(rng.randint(2, 5))],
        ),
        edges=(([],), ([0],), ([1, -1, 0],), ([100, -100],)),
        idea="The format +d shows the sign of every number; only zero needs a text of its own.",
        pitfall="Zero is neither positive nor negative, and +d would write it as +0.",
    ),
    Family(
        name="numbered_tickets",
        concepts=("number_formatting", "list_building", "string_formatting"),
        difficulty=1,
        names="ticket_numbers make_tickets numbered_labels label_series serial_numbers",
        arguments=(
            "first|start|low|begin: int; the first number, not negative",
            "count|amount|how_many|size: int; how many are needed, not negative",
        ),
        returns="list[str]",
        phrasings=(
            'Return $count labels with consecutive numbers, starting at $first: "$start" and the number, filled up with zeros to at least $width digits.',
            'Given $first and $count, make a list with "$start" + number for $count numbers in a row, beginning with $first. Numbers with fewer than $width digits get zeros in front; longer ones are not cut.',
            'For a raffle, tickets are printed with a series of numbers. The first shows $first, and $count tickets are needed. On each stands "$start" followed by the number with $width digits (zeros in front; more digits if the number has more). List what is printed; for 0 tickets nothing is.',
            'Return a list of length $count whose i-th element (i from 0) is "$start" followed by the decimal representation of $first + i, left-padded with "0" to a minimum of $width characters.',
        ),
        solutions=(
            'return [f"$start{number:0${width}d}" for number in range($first, $first + $count)]',
            """
$result = []
number = $first
while len($result) < $count:
    $result.append("$start" + str(number).zfill($width))
    number += 1
return $result
""",
        ),
        reference=lambda first, count, start, width: [
            start + "0" * (width - len(str(n))) + str(n) for n in (first + i for i in range(count))
        ],
        parameters=lambda rng: {
            "start": Raw(rng.choice(("A-", "No. ", "#", "T", "box "))),
            "width": rng.randint(3, 5),
        },
        inputs=lambda rng, **_: (
            rng.choice((rng.randint(0, 20), rng.randint(95, 1000), 9998)),
            rng.randint(1, 4),
        ),
        edges=((0, 0), (9, 2), (99, 3), (999, 2), (99999, 2)),
        idea="The number grows by one for every label; the format adds the zeros and leaves long numbers alone.",
        pitfall="range stops before its end, which is the first number plus the count.",
    ),
    Family(
        name="blanks_filled_in_order",
        concepts=("templates", "string_methods", "for_loops"),
        difficulty=1,
        names="fill_blanks fill_in complete_sentence insert_answers answer_blanks",
        arguments=(
            "text|sentence|exercise|form: str; a text with gaps",
            "answers|words|entries|inserts: list[str]; what belongs into the gaps",
        ),
        returns="str",
        phrasings=(
            'Replace the first "___" in $text by the first of $answers, the next "___" by the second, and so on. When one of the two is used up, stop: gaps without an answer stay, answers without a gap are dropped. No answer contains "___".',
            'Given $text, in which "___" marks a gap, and $answers, fill the gaps from left to right with the answers in their order. There may be more gaps than answers or the other way round; then the surplus is left as it is or ignored. Answers have no gaps in them.',
            'In an exercise of a language course, learners put words into the gaps of a sentence. What does $text look like when $answers are filled in, one for each "___", from the left? Gaps for which no word is left remain; words that are left over are not used. "___" is no word.',
            'Repeat for each a of $answers: if "___" occurs in $text, replace its first occurrence by a. Return the text that results. None of $answers contains "___" or ends in "_".',
        ),
        solutions=(
            """
for $item in $answers:
    $text = $text.replace("___", $item, 1)
return $text
""",
            """
$result, *pieces = $text.split("___")
waiting = list($answers)
for $word in pieces:
    $result += waiting.pop(0) if waiting else "___"
    $result += $word
return $result
""",
        ),
        reference=_filled,
        inputs=_blanks,
        edges=(("", ["a"]), ("___", []), ("___ ___", ["a"]), ("a ___ b", ["x", "y"])),
        idea="replace with a count of 1 changes only the leftmost gap, and the next one is then the leftmost.",
        pitfall="Without the count, the first answer is put into all gaps at once.",
    ),
    Family(
        name="colour_as_hexadecimal",
        concepts=("bytes_as_text", "string_formatting", "min_max"),
        difficulty=1,
        names="hex_colour colour_code rgb_to_hex web_colour paint_code",
        arguments=("values|parts|channels|light: list[int]; red, green and blue",),
        returns="str",
        phrasings=(
            'Write the colour in $values, which are its red, green and blue, as "$start" and two hexadecimal digits for each, $says. Parts below 0 count as 0, parts above 255 as 255.',
            'Given $values, three numbers, return "$start" followed by their forms in base 16, $says, each with exactly two digits. Limit every number to the range from 0 to 255 first.',
            'A web page names colours by the amounts of red, green and blue light: 255, 128, 0 is ff8000 in base 16, two digits for each. Which name, with "$start" in front and $says, has the colour $values? Amounts that are too small or too large are set to 0 or 255.',
            'For each v of $values let w be max(0, min(255, v)). Return "$start" and the two-digit hexadecimal forms of the three w, in order, $says.',
        ),
        solutions=(
            """
$result = "$start"
for $item in $values:
    $item = max(0, min(255, $item))
    $result += f"{$item:02$letter}"
return $result
""",
            """
digits = "$digits"
$result = []
for $item in $values:
    $item = sorted((0, $item, 255))[1]
    $result.append(digits[$item // 16] + digits[$item % 16])
return "$start" + "".join($result)
""",
        ),
        reference=lambda values, start, letter, **_: (
            start
            + (lambda h: h.upper() if letter == "X" else h)(
                bytes(v if 0 <= v <= 255 else 255 * (v > 0) for v in values).hex()
            )
        ),
        parameters=lambda rng: {
            "start": Raw(rng.choice(("#", "0x", "colour-"))),
            **rng.choice(
                (
                    {"letter": Raw("x"), "digits": Raw("0123456789abcdef"), "says": Raw("in small letters")},
                    {
                        "letter": Raw("X"),
                        "digits": Raw("0123456789ABCDEF"),
                        "says": Raw("in capital letters"),
                    },
                )
            ),
        },
        inputs=lambda rng, **_: (_rgb(rng),),
        edges=(([0, 0, 0],), ([255, 256, 254],), ([-1, 15, 16],), ([1, 10, 160],)),
        idea="A byte has exactly two hexadecimal digits, the second of which is the remainder by 16.",
        pitfall="Without the 0 in the format, 7 is written with one digit, and the parts can no longer be told apart.",
    ),
    Family(
        name="lines_of_nested_elements",
        concepts=("markup", "list_building", "recursion"),
        difficulty=2,
        names="nested_lines element_lines nest_elements indent_elements lines_of_markup",
        arguments=(
            "text|content|inner|words: str; what stands inside",
            "tags|names|elements|outer: list[str]; names of elements, the outermost first",
        ),
        returns="list[str]",
        phrasings=(
            "Put $text into one element for each of $tags, the first of them outside, and return the lines of the markup: every opening tag <name>, the text, and every closing tag </name> on a line of its own. What is inside an element is indented by $blanks more than its tags.",
            "Given $text and $tags, return a list of lines: the opening tags in order, each $blanks deeper than the one before, then the text, again $blanks deeper, then the closing tags in reversed order, each as deep as its opening tag. The first tag is not indented; without names the text is the only line.",
            "A page builder nests elements: for each of $tags, an element contains the next one, and the last contains $text. Write this down line by line, with <name> and </name> on lines of their own and $blanks of indentation for every level. Return the lines; an empty list of names means just the text.",
            'Let n be the length of $tags and b a string of $blanks. Return the lines b * i + "<" + $tags[i] + ">" for i = 0, ..., n - 1, then b * n + $text, then b * i + "</" + $tags[i] + ">" for i = n - 1, ..., 0.',
        ),
        solutions=(
            """
$result = []
for $i, $key in enumerate($tags):
    $result.append("$step" * $i + f"<{$key}>")
$result.append("$step" * len($tags) + $text)
for $i in range(len($tags) - 1, -1, -1):
    $result.append("$step" * $i + f"</{$tags[$i]}>")
return $result
""",
            """
if not $tags:
    return [$text]
inside = ["$step" + $row for $row in $self($text, $tags[1:])]
return [f"<{$tags[0]}>", *inside, f"</{$tags[0]}>"]
""",
        ),
        reference=lambda text, tags, step, blanks: _nested(text, tags, step),
        parameters=lambda rng: rng.choice(
            (
                {"step": Raw("  "), "blanks": Raw("two blanks")},
                {"step": Raw("    "), "blanks": Raw("four blanks")},
            )
        ),
        inputs=lambda rng, **_: (
            draws.sentence(rng, 1, 2),
            rng.sample(("p", "b", "i", "li", "div", "em"), rng.randint(1, 3)),
        ),
        edges=(("", ["b"]), ("x", []), ("é", ["a", "b", "c"]), ("x", ["b", "b"])),
        idea="An element is its opening tag, everything inside with more indentation, and its closing tag: the same rule at every level.",
        pitfall="Closing the elements in the order in which they were opened makes them overlap.",
    ),
    Family(
        name="pairs_on_one_line",
        concepts=("key_value_parsing", "splitting_joining", "sorting"),
        difficulty=1,
        names="pairs_as_text settings_line write_pairs dump_pairs one_line",
        arguments=("values|settings|counts|scores: dict[str, int]; numbers by name",),
        returns="str",
        phrasings=(
            'Write $values on one line: the names in alphabetical order, each followed by "$mark" and its number, with "$sep" between the pairs. An empty dictionary gives an empty text.',
            "Given $values, return a text such as a${mark}1${sep}b${mark}2 with one pair for each entry, sorted by name.",
            'A game saves how much of everything a player owns, $values, on one line of a file. Each entry is written as name, "$mark", number; entries are sorted by name and separated by "$sep". What is the line?',
            'Return the concatenation of k + "$mark" + str($values[k]) over the keys k of $values in ascending order, with "$sep" between two of them and nothing at the ends.',
        ),
        solutions=(
            'return "$sep".join(f"{$key}$mark{$count}" for $key, $count in sorted($values.items()))',
            """
$result = []
for $key in sorted($values):
    $result.append($key + "$mark" + str($values[$key]))
return "$sep".join($result)
""",
        ),
        reference=_options,
        parameters=lambda rng: {
            "mark": Raw(rng.choice(("=", ":", " -> ", ": "))),
            "sep": Raw(rng.choice((", ", ";", " & ", "|"))),
        },
        inputs=lambda rng, **_: (draws.counts(rng, 2, 4),),
        edges=(({},), ({"b": -1},), ({"b": 1, "B": 2, "a": 3},), ({"é": 0, "z": 10},)),
        idea="Sorting the pairs sorts by their names, since no two names are equal.",
        pitfall="join accepts only texts: the numbers have to be formatted or converted.",
    ),
    Family(
        name="strictly_newer_version",
        concepts=("version_numbers", "booleans", "tuples"),
        difficulty=1,
        names="is_newer newer_than needs_update update_available is_upgrade",
        arguments=(
            "first|installed|own|old: str; a version",
            "second|offered|latest|new: str; another version",
        ),
        returns="bool",
        phrasings=(
            'Decide whether the version $second is newer than $first. Both are three whole numbers separated by ".", the most important one first; equal versions are not newer.',
            "Given $first and $second, such as 1.9.3 and 1.10.0, return True if the second is greater, comparing number by number from the left, and False if it is smaller or the same.",
            'A program in version $first asks its maker for the latest version and is told $second. Should it offer an update? That is the case if the first number that differs between the two is greater in the latter. Numbers are separated by ".", and there are three.',
            "Let a and b be the tuples of the three ints between the dots of $first and $second. Return b > a.",
        ),
        solutions=(
            """
$left = [int($word) for $word in $first.split(".")]
$right = [int($word) for $word in $second.split(".")]
return $right > $left
""",
            """
for $left, $right in zip($first.split("."), $second.split(".")):
    if int($left) != int($right):
        return int($right) > int($left)
return False
""",
        ),
        reference=lambda first, second: (
            sum(
                (int(b) - int(a)) * 1000 ** (2 - i)
                for i, (a, b) in enumerate(zip(first.split("."), second.split("."), strict=True))
            )
            > 0
        ),
        inputs=lambda rng: (
            lambda a: (".".join(map(str, a)), ".".join(str(max(0, n + rng.choice((0, 0, 1, -1)))) for n in a))
        )([rng.choice((1, 2, 9, 10)) for _ in range(3)]),
        edges=(("1.0.0", "1.0.0"), ("1.9.9", "1.10.0"), ("2.0.0", "1.9.9"), ("0.0.9", "0.0.10")),
        idea="Lists of numbers compare from the left, and the first difference decides.",
        pitfall="Compared as texts, 1.9.3 is greater than 1.10.0.",
    ),
)
