"""Families whose prompt brings objects with a job of their own: a mark for what is missing, pages, links."""

from __future__ import annotations

from hornbook.curriculum import draws
from hornbook.curriculum.families.wording import part
from hornbook.curriculum.family import Family, Raw


def _first_pages(chapters: list[tuple[str, int]], size: int, least: int, sep: str) -> list[str]:
    page, free, lines = 1, size, []
    for title, length in chapters:
        if free < least:
            page, free = page + 1, size
        lines.append(f"{title}{sep}{page}")
        for _ in range(length):
            if free == 0:
                page, free = page + 1, size
            free -= 1
    return lines


FAMILIES: tuple[Family, ...] = (
    Family(
        name="changes_with_none_inside",
        concepts=("missing_values", "dictionaries", "sorting"),
        difficulty=3,
        names="changes_between report_changes settings_diff what_changed compare_settings",
        arguments=(
            "old|before|first|former: dict[str, int | None]; settings, where None is a possible value",
            "new|after|second|latter: dict[str, int | None]; settings of the same kind",
        ),
        returns="list[str]",
        setup="""
MISSING = object()

def value_of(settings, name):
    \"\"\"Return the value of a setting, or MISSING if it is not there (None is a value).\"\"\"
    return settings.get(name, MISSING)
""",
        phrasings=(
            "Compare $old and $new and return, in alphabetical order of the names, 'name added', 'name removed' or 'name changed' for every setting that is not the same in both. None is a value like any other$only.",
            "List what happened between $old and $new: a text of the name and 'added' (only in $new), 'removed' (only in $old) or 'changed' (different values), sorted by name; equal settings are not mentioned. A setting with the value None is there$only.",
            "A program saves its settings, and None is one of the possible values. What does it report, name by name in alphabetical order, when $old has become $new: 'x added', 'x removed' or 'x changed'? Settings that stayed as they were are not mentioned, all others are$only.",
            "For each name n in $old or $new, in ascending order, return n + ' added' if n is not a key of $old, n + ' removed' if it is not a key of $new, and n + ' changed' if both have it with different values$only.",
        ),
        solutions=(
            """
$result = []
for name in sorted($old.keys() | $new.keys()):
    a, b = value_of($old, name), value_of($new, name)
    if a is MISSING:
        $result.append(name + " added")
    elif b is MISSING:
        $result.append(name + " removed")
    elif $differ:
        $result.append(name + " changed")
return $result
""",
            """
changes = {name: "removed" for name in $old if name not in $new}
for name, b in $new.items():
    if name not in $old:
        changes[name] = "added"
        continue
    a = $old[name]
    if $differ:
        changes[name] = "changed"
return [f"{name} {changes[name]}" for name in sorted(changes)]
""",
        ),
        reference=lambda old, new, only, **_: [
            f"{n} {what}"
            for n in sorted({*old, *new})
            for what in [
                "added"
                if n not in old
                else "removed"
                if n not in new
                else "changed"
                if [old[n]] != [new[n]] and not (only and None in (old[n], new[n]))
                else ""
            ]
            if what
        ],
        parameters=lambda rng: part(
            rng,
            {"only": "", "differ": "a != b"},
            {
                "only": ", but a change from or to None is not reported",
                "differ": "a != b and None not in (a, b)",
            },
        ),
        inputs=lambda rng, **_: (
            {key: rng.choice((None, 1, 2)) for key in rng.sample("abcd", rng.randint(2, 3))},
            {key: rng.choice((None, 1, 2)) for key in rng.sample("abcd", rng.randint(2, 3))},
        ),
        edges=(
            ({}, {}),
            ({"a": None}, {}),
            ({}, {"a": None}),
            ({"a": None}, {"a": 0}),
            ({"b": 1, "a": 2}, {"a": 3, "c": 1, "b": 1}),
            ({"a": None}, {"a": None}),
        ),
        idea="An object that exists for no other purpose can stand for 'not there', because no setting can have it as its value.",
        pitfall="settings.get(name) gives None both for a missing setting and for one whose value is None.",
    ),
    Family(
        name="pages_that_hold_lines",
        concepts=("pagination", "greedy", "string_formatting"),
        difficulty=3,
        names="pages_that_hold_lines lay_out_chapters table_of_pages start_pages print_contents",
        arguments=(
            "chapters|sections|parts|articles: list[tuple[str, int]]; (title, number of lines), at least one line each",
        ),
        returns="list[str]",
        setup="""
class Page:
    def __init__(self, number):
        self.number = number
        self.free = $size

    def fill(self, lines):
        \"\"\"Use up lines and return how many did not fit.\"\"\"
        used = min(lines, self.free)
        self.free -= used
        return lines - used
""",
        phrasings=(
            "Lay out $chapters on pages of $size lines: a chapter begins on the current page if at least $least lines are free there, otherwise on a new page, and goes on over as many pages as it needs. Return for each chapter its title, '$sep' and the number of the page on which it begins; the first page is 1.",
            "Return a list of texts, the title of each chapter, '$sep' and its first page. Pages (see Page) have $size lines and are filled in order; a chapter starts on the page reached so far unless fewer than $least lines are free there, in which case it starts on the next one, and it may run over several pages.",
            "A printer sets $chapters one after the other on pages of $size lines and never begins a chapter where fewer than $least lines are left on the page. What does the table of contents say, as title, '$sep' and page number, counting from 1? Long chapters continue on the following pages.",
            "Let f = $size and p = 1. For each (t, n) in $chapters: if f < $least, set p to p + 1 and f to $size; record t + '$sep' + str(p); then n lines are used, moving on to a new page (p + 1, f = $size) only when another line is needed and f is 0. Return the records.",
        ),
        solutions=(
            """
page = Page(1)
$result = []
for title, lines in $chapters:
    if page.free < $least:
        page = Page(page.number + 1)
    $result.append(f"{title}$sep{page.number}")
    remaining = page.fill(lines)
    while remaining > 0:
        page = Page(page.number + 1)
        remaining = page.fill(remaining)
return $result
""",
            """
used = 0
$result = []
for title, lines in $chapters:
    free = -used % $size if used else $size
    if free < $least:
        used += free
    $result.append(title + "$sep" + str(used // $size + 1))
    used += lines
return $result
""",
        ),
        reference=lambda chapters, size, least, sep: _first_pages(chapters, size, least, str(sep)),
        parameters=lambda rng: {
            "size": rng.choice((8, 10, 12)),
            "least": rng.randint(2, 4),
            "sep": Raw(rng.choice((" ... ", ": ", ", page ", " "))),
        },
        inputs=lambda rng, size, **_: (
            [
                (title, rng.choice((size, rng.randint(1, 2 * size), rng.randint(1, size))))
                for title in rng.sample(("Sea", "Oak", "Ant", "Tea", "Sky"), rng.randint(3, 4))
            ],
        ),
        edges=(
            ([],),
            ([("Sea", 1)],),
            ([("a", 10), ("b", 10), ("c", 1)],),
            ([("a", 19), ("b", 20), ("c", 1), ("d", 50), ("e", 1)],),
            ([("a", 8), ("b", 1), ("c", 9), ("d", 3)],),
        ),
        idea="The page knows how much room it has; filling it and opening the next one until nothing is left needs no arithmetic.",
        pitfall="A page that is exactly full is not left before another line has to be set, or an empty page would be counted.",
    ),
    Family(
        name="merge_of_chains",
        concepts=("merging_sorted", "while_loops", "recursion"),
        difficulty=5,
        names="merge_chains join_linked_lists merged_values zip_chains combine_chains",
        arguments=(
            "first|left_values|mine|ours: list[int]; numbers in $order order",
            "second|right_values|yours|theirs: list[int]; numbers in $order order",
        ),
        returns="list[int]",
        setup="""
class Link:
    \"\"\"One number of a chain, and the next link or None.\"\"\"

    def __init__(self, value, next=None):
        self.value = value
        self.next = next

def chain(values):
    first = None
    for value in reversed(values):
        first = Link(value, first)
    return first

def values(link):
    numbers = []
    while link:
        numbers.append(link.value)
        link = link.next
    return numbers
""",
        phrasings=(
            "Build chains of the lists $first and $second, which are in $order order, merge them into one chain in $order order, in which $unique, and return its values as a list.",
            "Turn both lists into chains with the helper chain, merge these by always taking the $smaller of the two front links, and give the values of the result, in which $unique.",
            "Two trains of numbered wagons, $first and $second, each in $order order, are coupled into one train in $order order. Which numbers does it have, as the helper values reads them, if it is built link by link so that $unique?",
            "Return the list of the values of a chain that has all elements of $first and $second in $order order, where $unique. Both arguments are in $order order and may be empty.",
        ),
        solutions=(
            """
a, b = chain($first), chain($second)
start = last = Link(None)
while a or b:
    if b is None or a and a.value $op b.value:
        link, a = a, a.next
    else:
        link, b = b, b.next
    $hang
last.next = None
return values(start.next)
""",
            """
def merge(a, b):
    if a is None or b is None:
        return a or b
    if a.value $op b.value:
        a.next = merge(a.next, b)
        return a
    b.next = merge(a, b.next)
    return b
merged = values(merge(chain($first), chain($second)))
return $final
""",
        ),
        reference=lambda first, second, order, unique, **_: sorted(
            dict.fromkeys(first + second) if "once" in unique else first + second,
            reverse=order == "descending",
        ),
        parameters=lambda rng: {
            **part(
                rng,
                {"order": "ascending", "op": "<=", "smaller": "smaller"},
                {"order": "descending", "op": ">=", "smaller": "larger"},
            ),
            **part(
                rng,
                {
                    "unique": "equal numbers appear as often as they are there",
                    "hang": "last.next = link\n    last = link",
                    "final": "merged",
                },
                {
                    "unique": "equal numbers appear only once",
                    "hang": "if last is start or link.value != last.value:\n        last.next = link\n        last = link",
                    "final": "list(dict.fromkeys(merged))",
                },
            ),
        },
        inputs=lambda rng, order, **_: (
            sorted(draws.small_ints(rng, 2, 4), reverse=order == "descending"),
            sorted(draws.small_ints(rng, 2, 4), reverse=order == "descending"),
        ),
        edges=(([], []), ([], [3]), ([3], []), ([3, 3], [3])),
        idea="The front link with the better number is taken off its chain and hung behind the last link of the new one.",
        pitfall="Without a first link that holds no number, the very first step needs a special case.",
    ),
)
