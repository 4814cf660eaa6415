"""Families about notes with light markup: headings, bullets, links, anchors."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw


def _sheet(rng: random.Random, mark: str) -> str:
    lines = [
        rng.choice(
            (
                f"{mark * rng.randint(1, 4)} {draws.sentence(rng, 1, 2)}",
                draws.word(rng),
                f"{mark}{draws.word(rng)}",
                f" {mark} x",
                "",
            )
        )
        for _ in range(rng.randint(3, 5))
    ]
    return "\n".join(lines)


def _headings(text: str, mark: str, k: int) -> list[tuple[int, str]]:
    found = [re.fullmatch(rf"({re.escape(mark)}{{1,{k}}}) (.*)", line) for line in text.split("\n")]
    return [(len(match[1]), match[2]) for match in found if match]


def _bulleted(rng: random.Random, mark: str) -> list[str]:
    return [
        rng.choice((f"{mark} ", f"{mark} ", "", mark)) + draws.word(rng) for _ in range(rng.randint(3, 6))
    ]


def _as_list(lines: Sequence[str], mark: str) -> list[str]:
    if not lines:
        return []
    size = next((i for i, line in enumerate(lines) if line[:2] != f"{mark} "), len(lines))
    items = [f"<li>{line[2:]}</li>" for line in lines[:size]]
    return (
        ["<ul>", *items, "</ul>", *_as_list(lines[size:], mark)]
        if size
        else [lines[0], *_as_list(lines[1:], mark)]
    )


def _linked(rng: random.Random) -> str:
    return " ".join(
        rng.choice(
            (
                w,
                f"[{w}](/{draws.word(rng)})",
                f"[{w} x](http://{w}.org)",
                f"[{w}]",
                f"({w})",
                f"[{w}] (/a)",
                "[](/b)",
            )
        )
        for w in draws.words(rng, 2, 4)
    )


def _links(text: str) -> list[tuple[str, str]]:
    found = []
    for piece in text.split("](")[0:-1]:
        text = text[len(piece) + 2 :]
        address, closed, _ = text.partition(")")
        if "[" in piece and "]" not in piece[piece.rindex("[") :] and closed:
            found.append((piece[piece.rindex("[") + 1 :], address))
    return found


def _titles(rng: random.Random) -> list[str]:
    pool = rng.sample(draws.WORDS, 2)
    return [
        rng.choice(
            (pool[0], pool[0].title(), f"{pool[0]} {pool[1]}", f"{pool[1]}!", f"{pool[0]} & {pool[1]}")
        )
        for _ in range(rng.randint(2, 5))
    ]


def _anchors(titles: Sequence[str], sep: str) -> list[str]:
    plain = [sep.join(re.findall("[a-z0-9]+", title.lower())) for title in titles]
    return [
        name if (n := plain[:i].count(name)) == 0 else f"{name}{sep}{n + 1}" for i, name in enumerate(plain)
    ]


FAMILIES: tuple[Family, ...] = (
    Family(
        name="headings_of_sheet",
        concepts=("markup", "lines", "string_methods"),
        difficulty=2,
        names="headings find_headings outline_of read_headings contents",
        arguments=("text|source|page|document: str; a text with headings",),
        returns="list[tuple[int, str]]",
        phrasings=(
            'List the headings of $text as pairs (level, title), in order. A heading is a line that begins with one to $k times "$mark", followed by a blank and the title; the level is the number of these signs. Other lines are ignored.',
            'Given $text, find the lines that consist of 1 to $k signs "$mark", one blank and any further characters. Return for each of them a tuple of the number of signs and everything behind the blank.',
            'Notes for a course are typed as plain text; "$mark Trees" is a chapter, "$mark$mark Binary trees" a section, and so on down to level $k. Make a list of the levels and titles for the table of contents of $text. Lines that only look similar (no blank behind the signs, more than $k signs, something before them) are text.',
            'For every line of $text that can be written as "$mark" * n + " " + t with 1 <= n <= $k, where t may contain anything, return (n, t). The pairs have the order of the lines.',
        ),
        solutions=(
            """
$result = []
for $row in $text.splitlines():
    signs, blank, title = $row.partition(" ")
    if blank and 1 <= len(signs) <= $k and set(signs) == {"$mark"}:
        $result.append((len(signs), title))
return $result
""",
            """
import re
pattern = re.compile("^([$mark]{1,$k}) (.*)$", re.MULTILINE)
return [(len(signs), title) for signs, title in pattern.findall($text)]
""",
            """
$result = []
for $row in $text.splitlines():
    title = $row.lstrip("$mark")
    level = len($row) - len(title)
    if 0 < level <= $k and title.startswith(" "):
        $result.append((level, title[1:]))
return $result
""",
        ),
        reference=_headings,
        parameters=lambda rng: {"mark": Raw(rng.choice("#=*")), "k": rng.randint(2, 4)},
        inputs=lambda rng, mark, k: (_sheet(rng, mark),),
        edges=(
            ("",),
            ("#### a\n==== b\n**** c\n## d\n== e\n** f",),
            ("# \n= \n* ",),
            ("#a\n=a\n*a\n # a\n# = *",),
        ),
        idea="Everything before the first blank must consist of the mark alone; its length is the level.",
        pitfall="startswith(mark) alone also accepts lines with too many marks or without the blank.",
    ),
    Family(
        name="bullets_as_list",
        concepts=("markup", "booleans", "list_building"),
        difficulty=3,
        names="bullets_to_list make_list_markup mark_up_lists list_lines convert_bullets",
        arguments=("lines|rows|notes|text_lines: list[str]; lines of text",),
        returns="list[str]",
        phrasings=(
            'Turn the bullets in $lines into lists of a web page. A line that begins with "$mark " is an item and becomes <li>...</li> around what follows these two characters. Before the first item of each run of items comes a line <ul>, behind the last a line </ul>. Other lines are copied.',
            'Given $lines, return them with items marked up: "$mark tea" gives "<li>tea</li>". Neighbouring items belong to one list, which is enclosed by the lines "<ul>" and "</ul>". Lines without "$mark" and a blank at the beginning are not changed and end a list.',
            'A blog lets authors write lists with "$mark" and a blank in front of each point. For the page, a list (points that directly follow each other) is put between <ul> and </ul>, each on a line of its own, and each point between <li> and </li>. Which lines does the page get for $lines?',
            'Cut $lines into maximal runs of lines that do or do not start with "$mark ". A run of the second kind is copied; a run of the first kind yields "<ul>", then "<li>" + line[2:] + "</li>" for each of its lines, then "</ul>". Return all lines in order.',
        ),
        solutions=(
            """
$result = []
inside = False
for $row in $lines:
    is_item = $row.startswith("$mark ")
    if is_item != inside:
        $result.append("<ul>" if is_item else "</ul>")
        inside = is_item
    $result.append(f"<li>{$row[2:]}</li>" if is_item else $row)
if inside:
    $result.append("</ul>")
return $result
""",
            """
from itertools import groupby
$result = []
for is_item, run in groupby($lines, key=lambda $row: $row[:2] == "$mark "):
    if not is_item:
        $result.extend(run)
        continue
    $result.append("<ul>")
    for $row in run:
        $result.append("<li>" + $row[2:] + "</li>")
    $result.append("</ul>")
return $result
""",
        ),
        reference=_as_list,
        parameters=lambda rng: {"mark": Raw(rng.choice("-*+"))},
        inputs=lambda rng, mark: (_bulleted(rng, mark),),
        edges=(
            ([],),
            (["- a", "* b", "+ c"],),
            (["x", "-y", "*y", "+y"],),
            (["- a", "* a", "+ a", "", "- b", "* b", "+ b"],),
            (["- ", "* ", "+ "],),
        ),
        idea="The two tags belong to the changes from text to items and back, so the last answer has to be remembered.",
        pitfall="A list at the very end is not followed by another line; close it after the loop.",
    ),
    Family(
        name="links_in_notes",
        concepts=("markup", "regex_groups", "tuples"),
        difficulty=3,
        names="find_links links_of read_links extract_links link_list",
        arguments=("text|notes|source|page: str; a text with links",),
        returns="list[tuple[str, str]]",
        phrasings=(
            "Return the links in $text as pairs of what is shown and the address, in order. A link is written [shown](address), without anything between ] and (; neither part contains brackets or parentheses, and either may be empty.",
            "Given $text, find everything of the form [a](b), where a is free of [ and ] and b of ( and ), and list the tuples (a, b) from left to right. Brackets or parentheses alone, or with a blank between them, are no link.",
            "A tool checks whether the links in notes still work. First it collects them: a link has its words in square brackets and, directly behind these, its address in parentheses. Which links, as (words, address), are there in $text? Brackets are never nested.",
            "Return the list of pairs (a, b), in order of occurrence, for all non-overlapping parts of $text that consist of [, characters a other than [ and ], ](, characters b other than ( and ), and ).",
        ),
        solutions=(
            r"""
import re
words, address = r"\[([^][]*)\]", r"\(([^()]*)\)"
return re.findall(words + address, $text)
""",
            """
$result = []
$left = $text.find("](")
while $left >= 0:
    begin = $text.rfind("[", 0, $left)
    end = $text.find(")", $left)
    if begin >= 0 and "]" not in $text[begin:$left] and end >= 0:
        $result.append(($text[begin + 1:$left], $text[$left + 2:end]))
    $left = $text.find("](", $left + 2)
return $result
""",
        ),
        reference=_links,
        inputs=lambda rng: (_linked(rng),),
        edges=(
            ("",),
            ("[a](b)",),
            ("[](b)[c]()",),
            ("a](b)",),
            ("[a](b",),
            ("[a] (b) (a)[b]",),
            ("[x][y](z)",),
        ),
        idea="The sign pair ]( is the middle of every link; the words end there and the address begins.",
        pitfall="A pattern with .* runs from the first bracket of the text to its last.",
    ),
    Family(
        name="anchors_for_titles",
        concepts=("markup", "dictionaries", "regular_expressions"),
        difficulty=3,
        names="anchors make_anchors link_names unique_slugs anchor_names",
        arguments=("titles|headings|names|sections: list[str]; titles of sections",),
        returns="list[str]",
        phrasings=(
            'Make a name for a link from each of $titles: lower the case, keep the runs of letters a-z and digits 0-9, and join them by "$sep". When a name has come before, add "$sep" and 2 for its second occurrence, 3 for the third, and so on. Return the names in order.',
            'Given $titles, turn each into a name made of a-z, 0-9 and "$sep": what is neither a letter a-z (in either case) nor a digit separates the parts, which are written small with "$sep" in between. The second, third ... title with the same name gets "${sep}2", "${sep}3" ... behind it.',
            'A page with long contents gives every section a name that can stand in an address. "Birds & Fish" becomes birds${sep}fish, and if two more sections are called that, they become birds${sep}fish${sep}2 and birds${sep}fish${sep}3. Which names do $titles get, if only a-z and 0-9 are used and everything else separates?',
            'For each title t let n(t) be the matches of [a-z0-9]+ in t.lower(), joined by "$sep". If c earlier titles have the same n, the result for t is n(t) if c = 0 and n(t) + "$sep" + str(c + 1) otherwise. Return the list of results.',
        ),
        solutions=(
            """
import re
$groups = {}
$result = []
for $item in $titles:
    $key = "$sep".join(re.findall("[a-z0-9]+", $item.lower()))
    $groups[$key] = $groups.get($key, 0) + 1
    $result.append($key if $groups[$key] == 1 else f"{$key}$sep{$groups[$key]}")
return $result
""",
            """
from string import ascii_lowercase, digits
plain, $result = [], []
for $item in $titles:
    kept = "".join($char if $char in ascii_lowercase + digits else " " for $char in $item.lower())
    plain.append("$sep".join(kept.split()))
    number = plain.count(plain[-1])
    ending = f"$sep{number}" if number > 1 else ""
    $result.append(plain[-1] + ending)
return $result
""",
        ),
        reference=_anchors,
        parameters=lambda rng: {"sep": Raw(rng.choice("-_."))},
        inputs=lambda rng, sep: (_titles(rng),),
        edges=(([],), (["Tea", "tea!", "TEA"],), (["", "?"],), (["C3 & 4", "Öl"],)),
        idea="A counter for each name says how often it has been given away already.",
        pitfall="Counting the titles instead of the names misses that Tea and tea! give the same one.",
    ),
)
