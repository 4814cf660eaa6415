"""Families on `itertools.groupby`: a sequence cut wherever the key changes."""

from __future__ import annotations

import random
from itertools import takewhile

from hornbook.curriculum import draws
from hornbook.curriculum.families.wording import part
from hornbook.curriculum.family import Family, Raw


def _stints(rng: random.Random) -> list[str]:
    acts = rng.choices(("walk", "rest", "run"), k=rng.randint(2, 4))
    return [act for act in acts for _ in range(rng.randint(1, 3))]


def _cut(lines: list[str], blank: str) -> list[list[str]]:
    """Return the stretches of lines between blank ones, by recursion."""
    if not lines:
        return []
    if lines[0] == blank:
        return _cut(lines[1:], blank)
    head = list(takewhile(lambda line: line != blank, lines))
    return [head, *_cut(lines[len(head) :], blank)]


def _blocks(numbers: list[int], yes: str) -> list[list[int]]:
    """Return the longest stretches whose numbers agree on being `yes`, by recursion."""
    kinds = [n % 2 == 0 if yes == "even" else n < 0 if yes == "negative" else n >= 10 for n in numbers]
    if len(set(kinds)) < 2:
        return [numbers] * bool(numbers)
    end = kinds.index(not kinds[0])
    return [numbers[:end], *_blocks(numbers[end:], yes)]


FAMILIES: tuple[Family, ...] = (
    Family(
        name="time_per_activity",
        concepts=("consecutive_groups", "tuples", "filtering"),
        difficulty=2,
        names="time_per_activity activity_log summarize_day phases_of_day condense",
        arguments=("samples|log|states|record: list[str]; the activity noted every $minutes minutes",),
        returns="list[tuple[str, int]]",
        phrasings=(
            "Each entry of $samples stands for $minutes minutes. Return a list of (activity, minutes) for the stretches of equal neighbouring entries, in order, without the stretches that are shorter than $least minutes.",
            "Condense $samples, one entry per $minutes minutes: every run of the same activity becomes a tuple of its name and its duration in minutes. Runs of less than $least minutes are dropped, and the runs around them are not joined.",
            "A watch writes down every $minutes minutes what its owner does. Which phases does the day $samples consist of? List them as (activity, minutes) in order of time, but leave out phases of less than $least minutes.",
            "Cut $samples into maximal blocks of equal elements and return, for each block of n elements with $minutes * n >= $least, the tuple of its element and $minutes * n, in the order of the blocks.",
        ),
        solutions=(
            """
from itertools import groupby
$result = []
for $key, $row in groupby($samples):
    length = $minutes * len(list($row))
    if length >= $least:
        $result.append(($key, length))
return $result
""",
            """
phases = []
for $item in $samples:
    if phases and phases[-1][0] == $item:
        phases[-1] = ($item, phases[-1][1] + $minutes)
    else:
        phases.append(($item, $minutes))
return [$pair for $pair in phases if $pair[1] >= $least]
""",
        ),
        reference=lambda samples, minutes, least: [
            (samples[start], minutes * (end - start))
            for start in range(len(samples))
            for end in range(start + 1, len(samples) + 1)
            if len(set(samples[start:end])) == 1
            and samples[:start][-1:] != samples[start : start + 1]
            and samples[end : end + 1] != samples[start : start + 1]
            and minutes * (end - start) >= least
        ],
        parameters=lambda rng: (
            lambda minutes: {"minutes": minutes, "least": minutes * 2 - rng.choice((0, 1))}
        )(rng.choice((5, 10, 15, 20))),
        inputs=lambda rng, **_: (_stints(rng),),
        edges=(
            ([],),
            (["run"],),
            (["run", "run"],),
            (["rest", "walk", "rest"],),
            (["walk", "walk", "run", "walk", "walk"],),
        ),
        idea="groupby hands out one block of equal neighbours after the other, and the length of a block times $minutes is its duration.",
        pitfall="A group from groupby has no length; it must be turned into a list before len can be asked.",
    ),
    Family(
        name="paragraphs_of_lines",
        concepts=("consecutive_groups", "string_building", "filtering"),
        difficulty=3,
        names="paragraphs_of_lines join_paragraphs collect_blocks text_blocks unwrap",
        arguments=("lines|rows|parts|page: list[str]; lines of a text, '$blank' between paragraphs",),
        returns="list[str]",
        phrasings=(
            "The entries '$blank' in $lines separate paragraphs; there may be several in a row and some at the ends. Return each paragraph as one text, its lines joined by '$glue', skipping paragraphs of fewer than $k lines.",
            "Join the lines of every paragraph in $lines by '$glue' and return the texts in order. A paragraph is a longest stretch of lines none of which is '$blank'; those of fewer than $k lines are left out.",
            "A file was read line by line into $lines, and a line '$blank' marks the end of a paragraph. What are the paragraphs, each as one text with '$glue' between its lines? Paragraphs with fewer than $k lines are headings and do not count.",
            "Split $lines at all elements equal to '$blank'. Return, in order, the text that joins the elements of a piece by '$glue' for each piece of at least $k elements.",
        ),
        solutions=(
            """
from itertools import groupby
$result = []
for empty, $row in groupby($lines, key=lambda $item: $item == "$blank"):
    block = list($row)
    if not empty and len(block) >= $k:
        $result.append("$glue".join(block))
return $result
""",
            """
$result = []
block = []
for $item in [*$lines, "$blank"]:
    if $item != "$blank":
        block.append($item)
        continue
    if len(block) >= $k:
        $result.append("$glue".join(block))
    block = []
return $result
""",
        ),
        reference=lambda lines, blank, glue, k: [
            str(glue).join(part) for part in _cut(lines, blank) if len(part) >= k
        ],
        parameters=lambda rng: {
            "blank": Raw(rng.choice(("--", "#", "***", "."))),
            "glue": Raw(rng.choice((" ", " / ", "_"))),
            "k": rng.randint(2, 3),
        },
        inputs=lambda rng, blank, glue, k: (
            [
                line
                for _ in range(rng.randint(2, 3))
                for line in [*draws.words(rng, k - 1, k + 1), *[str(blank)] * rng.randint(1, 2)]
            ][: -rng.randint(1, 2)],
        ),
        edges=(
            ([],),
            (["a"],),
            (["a", "b", "c", "d"],),
            (["#", "x", "y", "z", "#", "#"],),
            (["--", "é", "--", "é", "b"],),
            ([".", "***", "#", "--"],),
        ),
        idea="Grouping by the question 'is this the separator?' makes blocks of separators and blocks of text alternate.",
        pitfall="Without a separator at the end, a loop that stores a block only at separators forgets the last one.",
    ),
    Family(
        name="sums_of_like_stretches",
        concepts=("consecutive_groups", "accumulation", "booleans"),
        difficulty=2,
        names="sums_of_stretches block_sums like_with_like merge_neighbours condense_numbers",
        arguments=("numbers|values|moves|bookings: list[int]; any integers",),
        returns="list[int]",
        phrasings=(
            "Replace every longest stretch of neighbouring numbers in $numbers that are all $yes or all $no by $what and return the list of the results.",
            "Cut $numbers wherever a number that is $yes stands beside one that is $no, and return a list with $what of each piece, from left to right.",
            "An accountant draws together neighbouring entries of $numbers as long as they are of one kind: $yes, or $no. Which numbers remain if each such group is replaced by $what?",
            "Partition $numbers into maximal blocks of consecutive elements in which either all elements are $yes or all are $no; return $what of each block in order, [] for an empty list.",
        ),
        solutions=(
            """
from itertools import groupby
$result = []
for _, $row in groupby($numbers, key=lambda number: $test):
    $result.append($fn($row))
return $result
""",
            """
sums = []
$previous = None
for number in $numbers:
    kind = $test
    if kind == $previous:
        sums[-1] = $combine
    else:
        sums.append(number)
    $previous = kind
return sums
""",
        ),
        reference=lambda numbers, yes, fn, **_: [
            sorted(block)[-1] if fn == "max" else sum(block) for block in _blocks(numbers, yes)
        ],
        parameters=lambda rng: {
            **part(
                rng,
                {"yes": "even", "no": "odd", "test": "number % 2 == 0"},
                {"yes": "negative", "no": "not negative", "test": "number < 0"},
                {"yes": "at least 10", "no": "less than 10", "test": "number >= 10"},
            ),
            **part(
                rng,
                {"fn": "sum", "what": "the sum", "combine": "sums[-1] + number"},
                {"fn": "max", "what": "the maximum", "combine": "max(sums[-1], number)"},
            ),
        },
        inputs=lambda rng, **_: (
            [
                rng.choice((rng.randint(-9, -1), rng.randint(0, 9), 10, rng.randint(10, 20)))
                for _ in range(rng.randint(5, 8))
            ],
        ),
        edges=(
            ([],),
            ([3],),
            ([0, 0],),
            ([1, -2, 11, -12],),
            ([2, 4, 6, -1, -3],),
            ([10, 9, 10, 12, -10, 0],),
        ),
        idea="The key is the answer to a yes-or-no question, so groupby cuts exactly where the answer changes.",
        pitfall="Adding up all numbers of one kind, wherever they stand, is grouping by a dictionary and gives two results at most.",
    ),
    Family(
        name="register_by_initial",
        concepts=("consecutive_groups", "sorting", "string_formatting"),
        difficulty=2,
        names="register_by_initial make_register index_lines phone_book_lines register",
        arguments=("names|members|titles|guests: list[str]; non-empty names",),
        returns="list[str]",
        phrasings=(
            "Return the lines of a register of $names: for each initial, in alphabetical order and as a capital letter, '$sep' and the names with that initial in alphabetical order, joined by ', '. Repeated names are listed $often.",
            "Sort $names alphabetically and write one line per first letter, such as 'A${sep}Ada, Ann': the letter in upper case, '$sep', and all names that begin with it, with ', ' between them. A name that occurs several times is listed $often. All names begin with capital letters.",
            "A club prints its members $names, who all begin with capital letters, with those of one initial on one line. Which lines does it print, if a line is the initial, '$sep' and the alphabetical names separated by ', ', and equal names are printed $often?",
            "For every first character c of the names in $names, all of them capital letters, build the text c + '$sep' + the sorted names beginning with c joined by ', ', where equal names appear $often; return the texts sorted by c.",
        ),
        solutions=(
            """
from itertools import groupby
$result = []
for initial, $row in groupby(sorted($open$names$close), key=lambda $word: $word[0]):
    $result.append(f"{initial}$sep{', '.join($row)}")
return $result
""",
            """
$groups = {}
for $word in $open$names$close:
    $groups.setdefault($word[0], []).append($word)
return [initial + "$sep" + ", ".join(sorted($row)) for initial, $row in sorted($groups.items())]
""",
        ),
        reference=lambda names, sep, often, **_: [
            c + sep + ", ".join(n for n in sorted(set(names) if often == "once" else names) if n[0] == c)
            for c in sorted({n[0] for n in names})
        ],
        parameters=lambda rng: {
            "sep": Raw(rng.choice((": ", " - ", " | "))),
            **part(
                rng,
                {"often": "once", "open": "dict.fromkeys(", "close": ")"},
                {"often": "as often as they occur", "open": "", "close": ""},
            ),
        },
        inputs=lambda rng, **_: (
            rng.choices(("Ada", "Ann", "Abe", "Ben", "Bea", "Cleo", "Cara"), k=rng.randint(3, 6)),
        ),
        edges=(([],), (["Zoe"],), (["Ben", "Ben"],), (["Bo", "Al", "Bea", "Ann"],), (["Émile", "Eva"],)),
        idea="After sorting, names with the same initial stand together, and that is all groupby needs.",
        pitfall="Grouping without sorting first begins a new line each time the initial changes back.",
    ),
)
