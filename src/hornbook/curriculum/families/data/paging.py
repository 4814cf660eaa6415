"""Families on pagination: a long list shown one page at a time."""

from __future__ import annotations

from hornbook.curriculum.families.wording import part
from hornbook.curriculum.family import Family, Raw

FAMILIES: tuple[Family, ...] = (
    Family(
        name="page_with_footer",
        concepts=("pagination", "list_slicing", "string_formatting"),
        difficulty=2,
        names="page_with_footer show_page get_page page_view list_page",
        arguments=(
            "items|hits|entries|articles: list[str]; everything there is to show",
            "page|number|wanted|page_number: int; the number of the page, beginning with 1",
        ),
        returns="tuple[list[str], str]",
        phrasings=(
            "Show $items in pages of $size. Return the elements of page number $page and the text 'page$sep' followed by the number of the page, '/' and the number of pages. A $page below 1 means page 1, one that is too large means the last page; an empty list has one empty page.",
            "Cut $items into pages of $size elements and return a tuple: the list for page $page (1 is the first) and a footer such as '$example'. Page numbers that are too small or too large are replaced by the nearest page that exists; no items make one page without elements.",
            "A website shows $size of $items per page. What does it show for the page number $page: which items, and which footer like '$example' for page 2 of 3? Numbers below 1 lead to the first page and numbers beyond the end to the last; there is always at least one page.",
            "Let n be the number of pages, the length of $items divided by $size and rounded up, but at least 1, and p be $page limited to 1..n. Return ($items[(p - 1) * $size : p * $size], f'page$sep{p}/{n}').",
        ),
        solutions=(
            """
pages = max(1, -(-len($items) // $size))
number = min(max($page, 1), pages)
start = (number - 1) * $size
return $items[start : start + $size], f"page$sep{number}/{pages}"
""",
            """
sheets = [[]]
for $item in $items:
    if len(sheets[-1]) == $size:
        sheets.append([])
    sheets[-1].append($item)
if $page < 1:
    number = 1
elif $page > len(sheets):
    number = len(sheets)
else:
    number = $page
return sheets[number - 1], "page$sep" + str(number) + "/" + str(len(sheets))
""",
        ),
        reference=lambda items, page, size, sep, **_: (
            lambda sheets: (
                sheets[sorted((1, page, len(sheets)))[1] - 1],
                f"page{sep}{sorted((1, page, len(sheets)))[1]}/{len(sheets)}",
            )
        )([items[i : i + size] for i in range(0, len(items), size)] or [[]]),
        parameters=lambda rng: (
            lambda sep: {"size": rng.randint(2, 3), "sep": Raw(sep), "example": Raw(f"page{sep}2/3")}
        )(rng.choice((" ", ": ", " no. ", "-"))),
        inputs=lambda rng, **_: (list("abcdefgh"[: rng.randint(3, 7)]), rng.randint(0, 4)),
        edges=(
            ([], 1),
            ([], 5),
            (["a"], 0),
            (["a", "b", "c", "d", "e", "f"], 2),
            (["a", "b", "c", "d", "e", "f"], 3),
            (["a", "b", "c", "d"], -3),
            (["x", "y", "z"], 99),
        ),
        idea="Page p begins behind the (p - 1) * $size elements of the pages in front of it, and rounding up counts a page that is not full.",
        pitfall="len(items) // size + 1 is one page too many whenever the last page is full.",
    ),
    Family(
        name="links_between_pages",
        concepts=("pagination", "list_building", "conditionals"),
        difficulty=3,
        names="page_links links_between_pages navigation_bar pager page_numbers",
        arguments=(
            "current_page|page|here|open_page: int; the page that is shown, from 1 to the number of pages",
            "pages|last|page_count|total_pages: int; how many pages there are, at least 1",
        ),
        returns="list[str]",
        phrasings=(
            "Return the entries of a navigation bar in ascending order: the first page, the last page, and all pages at most $k away from $current_page, each as a text and once. Where pages are skipped, put one '$gap' in between, even for a single skipped page. The page $current_page itself is written as '$left_mark' + number + '$right_mark'.",
            "A bar shows the numbers 1 and $pages and those from $current_page - $k to $current_page + $k that exist, in ascending order, each once. Between two numbers that do not follow each other stands '$gap'. The current page is put between '$left_mark' and '$right_mark'. Return the list of texts.",
            "Which texts does a pager show on page $current_page of $pages, if it always links the first and the last page and the $k pages before and behind the current one, writes '$gap' for each stretch that is left out, and encloses the current number in '$left_mark' and '$right_mark'?",
            "Let S be the set {1, $pages} together with all p, 1 <= p <= $pages, with |p - $current_page| <= $k. Return the elements of S in ascending order as texts, $current_page written '$left_mark' + str + '$right_mark', with '$gap' inserted between neighbours whose difference is greater than 1.",
        ),
        solutions=(
            """
shown = {1, $pages}
shown.update(range(max(1, $current_page - $k), min($pages, $current_page + $k) + 1))
$result = []
previous = 0
for number in sorted(shown):
    if number > previous + 1:
        $result.append("$gap")
    $result.append(f"$left_mark{number}$right_mark" if number == $current_page else str(number))
    previous = number
return $result
""",
            """
$result = []
for number in range(1, $pages + 1):
    if number == $current_page:
        $result.append("$left_mark" + str(number) + "$right_mark")
    elif number in (1, $pages) or abs(number - $current_page) <= $k:
        $result.append(str(number))
    elif $result[-1] != "$gap":
        $result.append("$gap")
return $result
""",
        ),
        reference=lambda current_page, pages, k, gap, left_mark, right_mark: (
            lambda shown: [
                text
                for a, b in zip([0, *shown], shown, strict=False)
                for text in ([str(gap)] if b - a > 1 else [])
                + [left_mark + str(b) + right_mark if b == current_page else str(b)]
            ]
        )(
            [
                p
                for p in range(1, pages + 1)
                if p in (1, pages) or p in range(current_page - k, current_page + k + 1)
            ]
        ),
        parameters=lambda rng: {
            "k": rng.randint(2, 3),
            "gap": Raw(rng.choice(("...", "~", "-"))),
            **part(
                rng,
                {"left_mark": "[", "right_mark": "]"},
                {"left_mark": "<", "right_mark": ">"},
                {"left_mark": "*", "right_mark": "*"},
            ),
        },
        inputs=lambda rng, **_: (lambda pages: (rng.randint(1, pages), pages))(rng.randint(7, 14)),
        edges=((1, 1), (2, 2), (1, 9), (9, 9), (7, 13), (4, 8), (6, 9), (5, 11)),
        idea="The numbers to show form a set; sorted, their differences tell where something has been left out.",
        pitfall="Adding the first page, the neighbours and the last page separately lists some of them twice near the ends.",
    ),
    Family(
        name="where_in_the_book",
        concepts=("pagination", "arithmetic", "tuples"),
        difficulty=2,
        names="where_in_the_book locate_entry page_and_line find_place position_of_entry",
        arguments=("index|number|entry|place: int; the number of an entry, counted from $base",),
        returns="tuple[int, int] | None",
        phrasings=(
            "A register has $first entries on its first page and $size on every other page; entries are counted from $base, pages and lines from 1. Return (page, line) of entry number $index, or None if $index is less than $base.",
            "Find the page and the line of an entry: page 1 holds the first $first entries, each later page the next $size ones. The first entry has the number $base, pages and lines begin with 1. For a number below $base return None.",
            "Because of its title the first page of a list has only $first lines, the following pages have $size. On which page and in which line stands entry $index, if the very first entry is number $base? Give both, counted from 1, as a tuple, and None for numbers before the first.",
            "With n = $index - $base, return (1, n + 1) for 0 <= n < $first, (2 + (n - $first) // $size, 1 + (n - $first) % $size) for larger n, and None for negative n.",
        ),
        solutions=(
            """
$count = $index - $base
if $count < 0:
    return None
if $count < $first:
    return 1, $count + 1
page, line = divmod($count - $first, $size)
return page + 2, line + 1
""",
            """
if $index < $base:
    return None
page = 1
line = $index - $base + 1
room = $first
while line > room:
    line -= room
    page += 1
    room = $size
return page, line
""",
        ),
        reference=lambda index, base, first, size: (
            None
            if index < base
            else [(1, line + 1) for line in range(first)][index - base : index - base + 1][0]
            if index - base < first
            else [(page, line) for page in range(2, 60) for line in range(1, size + 1)][index - base - first]
        ),
        parameters=lambda rng: (
            lambda size: {"base": rng.choice((0, 1)), "size": size, "first": size - rng.randint(1, 3)}
        )(rng.randint(5, 9)),
        inputs=lambda rng, first, size, **_: (
            rng.choice(
                (rng.randint(1, first), first, first + 1, rng.randint(first, first + 3 * size), first + size)
            ),
        ),
        edges=((-1,), (0,), (1,), (2,), (10,), (40,)),
        idea="Once the entries of the first page are taken off, the rest is a plain division with remainder.",
        pitfall="Mixing counting from 0 and from 1 moves the last entry of a page to the next one; add the 1 at the very end.",
    ),
    Family(
        name="hits_after_cursor",
        concepts=("pagination", "searching", "tuples"),
        difficulty=3,
        names="hits_after_cursor next_batch fetch_more continue_listing load_more",
        arguments=(
            "items|ids|messages|records: list[int]; different numbers in $order order",
            "after|cursor|seen_up_to|last_seen: int | None; the last number that was shown, or None at the beginning",
        ),
        returns="tuple[list[int], int | None]",
        phrasings=(
            "$items is in $order order. Return the next $k numbers, those that come behind $after in this order (from the beginning if $after is None), and as a second value the last of them if more numbers follow, otherwise None. $after itself may have been deleted.",
            "List $items in portions of $k. Given the last number shown, $after, return a tuple of the following portion and the number to continue from, which is the last of the portion or None when nothing is left behind it. With None as $after the first portion is wanted; $after need not be in the list, which is in $order order.",
            "An app loads $k messages at a time from $items, sorted in $order order. Which messages does it load after the message $after (None at first), and with which number will it ask next, None if it has reached the end? The message $after may be gone by then, its number still says where to go on.",
            "Let R be the elements of $items ($order) that are $relation $after, or all if $after is None. Return (R[:$k], R[$last] if R has more than $k elements, else None).",
        ),
        solutions=(
            """
remaining = [$item for $item in $items if $after is None or $item $op $after]
batch = remaining[:$k]
return batch, batch[-1] if len(remaining) > $k else None
""",
            """
start = 0
if $after is not None:
    while start < len($items) and not $items[start] $op $after:
        start += 1
end = start + $k
if end < len($items):
    return $items[start:end], $items[end - 1]
return $items[start:], None
""",
        ),
        reference=lambda items, after, k, order, **_: (
            lambda rest: (rest[:k], rest[k - 1] if rest[k:] else None)
        )(
            items
            if after is None
            else [
                i
                for i in items
                if i != after and sorted((i, after), reverse=order == "descending")[0] == after
            ]
        ),
        parameters=lambda rng: {
            **rng.choice(({"k": 2, "last": 1}, {"k": 3, "last": 2})),
            **part(
                rng,
                {"order": "ascending", "op": ">", "relation": "greater than"},
                {"order": "descending", "op": "<", "relation": "less than"},
            ),
        },
        inputs=lambda rng, order, **_: (
            sorted(rng.sample(range(1, 30), rng.randint(3, 6)), reverse=order == "descending"),
            rng.choice((None, rng.randint(1, 30), rng.randint(5, 25))),
        ),
        edges=(([], None), ([], 5), ([4], None), ([4], 4), ([4], 0), ([7], 9)),
        idea="The number itself marks the place, so nothing has to be counted and deleted numbers do no harm.",
        pitfall="Looking $after up with index fails when it has been deleted in the meantime.",
    ),
)
