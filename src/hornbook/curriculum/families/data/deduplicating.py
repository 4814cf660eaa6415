"""Families on removing duplicates: what counts as the same, which copy stays, and in which order."""

from __future__ import annotations

from hornbook.curriculum.families.wording import part
from hornbook.curriculum.family import Family


def _kept(numbers: list[int], gap: int) -> list[int]:
    if not numbers:
        return []
    before = _kept(numbers[:-1], gap)
    return before + [numbers[-1]] * all(abs(n - numbers[-1]) >= gap for n in before)


def _plain(text: str, clean: str) -> str:
    text = text.lower()
    return (
        text.strip() if "strip" in clean else "".join(c for c in text if c != ("-" if "-" in clean else " "))
    )


FAMILIES: tuple[Family, ...] = (
    Family(
        name="one_spelling_each",
        concepts=("deduplication", "string_methods", "dictionaries"),
        difficulty=2,
        names="one_spelling_each unique_spellings clean_guest_list distinct_names tidy",
        arguments=("names|entries|tags|guests: list[str]; texts typed by different people",),
        returns="list[str]",
        phrasings=(
            "Two texts of $names are the same if they differ only in capital and small letters and in $ignored. Return the $which spelling of each, exactly as typed, ordered by where each text occurs for the first time.",
            "Remove duplicates from $names, where case and $ignored make no difference. Keep the spelling that comes $which in the list, unchanged, and arrange the results by the first occurrence of each text.",
            "Guests sign a list, some of them twice with other spelling: $names. Entries that agree apart from case and $ignored mean the same guest. Which list remains when only the $which entry of each guest is kept, in the order in which the guests first appear?",
            "Let k(t) be t in lower case without $ignored. Return, for each different value of k over $names in the order of first occurrence, the $which element t of $names with that value.",
        ),
        solutions=(
            """
spelling = {}
for text in $names:
    plain = text.lower()$clean
    $store
return list(spelling.values())
""",
            """
def same(a, b):
    return a.lower()$clean == b.lower()$clean
$result = []
for text in $names:
    copies = [$other for $other in $names if same($other, text)]
    if copies[$end] not in $result:
        $result.append(copies[$end])
return $result
""",
        ),
        reference=lambda names, which, clean, **_: [
            [n for n in names if _plain(n, clean) == key][0 if which == "first" else -1]
            for key in dict.fromkeys(_plain(n, clean) for n in names)
        ],
        parameters=lambda rng: {
            **part(
                rng,
                {"ignored": "blanks at the ends", "clean": ".strip()"},
                {"ignored": "blanks", "clean": '.replace(" ", "")'},
                {"ignored": "hyphens", "clean": '.replace("-", "")'},
            ),
            **part(
                rng,
                {"which": "first", "store": "spelling.setdefault(plain, text)", "end": "0"},
                {"which": "last", "store": "spelling[plain] = text", "end": "-1"},
            ),
        },
        inputs=lambda rng, **_: (
            rng.choices(
                ("Ann-Lee", "ann-lee", "annlee", " Ann-Lee", "Bo", "BO ", "b o", "Max"), k=rng.randint(3, 5)
            ),
        ),
        edges=(
            ([],),
            (["a"],),
            (["A", "a", " a", "-a"],),
            (["", " ", "-"],),
            (["x", "y", "X"],),
            (["É", "é", "e"],),
        ),
        idea="A dictionary from the cleaned text to the spelling needs only one look per entry, and it keeps the order of first appearance.",
        pitfall="Returning the keys would hand out the cleaned texts instead of what was typed.",
    ),
    Family(
        name="latest_entry_of_each",
        concepts=("deduplication", "ordered_dictionaries", "tuples"),
        difficulty=2,
        names="latest_entries current_values newest_of_each last_word clean_log",
        arguments=("entries|updates|log|records: list[tuple[str, int]]; (name, value) in order of time",),
        returns="list[tuple[str, int]]",
        phrasings=(
            "Keep only the latest pair of each name in $entries and return them in the order of $order. A name whose latest value is $gone is left out.",
            "Return the pairs of $entries that are not followed by another pair with the same name, sorted by $order of the name, without those that have the value $gone.",
            "Customers report their number of orders again and again in $entries, and $gone means that the customer has left. Which pairs (name, latest value) are valid at the end, leaving out those who have left? List them in the order of $order.",
            "For each different name in $entries let v be the value of its last pair. Return the tuples (name, v) with v != $gone, ordered by the position of the $position pair of the name in $entries.",
        ),
        solutions=(
            """
latest = {}
for name, value in $entries$turn:
    $store
$result = [$pair for $pair in latest.items() if $pair[1] != $gone]
return $result$turn
""",
            """
names = [$key for $key, _ in $entries]
$result = []
for place, $key in enumerate(names):
    if $key not in names[$span]:
        value = dict($entries)[$key]
        if value != $gone:
            $result.append(($key, value))
return $result
""",
        ),
        reference=lambda entries, gone, position, **_: [
            (name, value)
            for name in (
                dict.fromkeys(n for n, _ in entries)
                if position == "first"
                else list(dict.fromkeys(n for n, _ in entries[::-1]))[::-1]
            )
            for value in [[v for n, v in entries if n == name][-1]]
            if value != gone
        ],
        parameters=lambda rng: {
            "gone": rng.choice((0, -1)),
            **part(
                rng,
                {
                    "position": "first",
                    "order": "first appearance",
                    "store": "latest[name] = value",
                    "turn": "",
                    "span": ":place",
                },
                {
                    "position": "last",
                    "order": "last appearance",
                    "store": "latest.setdefault(name, value)",
                    "turn": "[::-1]",
                    "span": "place + 1 :",
                },
            ),
        },
        inputs=lambda rng, **_: (
            [
                (rng.choice(("Ada", "Ben", "Cleo")), rng.choice((0, -1, 1, 2, 3)))
                for _ in range(rng.randint(4, 6))
            ],
        ),
        edges=(
            ([],),
            ([("a", 1)],),
            ([("a", 1), ("b", 2), ("a", 3)],),
            ([("a", 1), ("a", 0), ("a", -1)],),
            ([("b", 0), ("a", -1), ("b", 5), ("a", 0)],),
        ),
        idea="Assigning to a key again overwrites the value but not the place of the key; that is why the order needs a second thought.",
        pitfall="Leaving out pairs with $gone while reading would bring back an older value of that name.",
    ),
    Family(
        name="keep_your_distance",
        concepts=("deduplication", "any_all", "list_building"),
        difficulty=2,
        names="keep_distance drop_near_duplicates spaced_values thin_out pick_apart",
        arguments=("numbers|readings|positions|times: list[int]; any integers",),
        returns="list[int]",
        phrasings=(
            "Go through $numbers and keep a number only if it differs by at least $gap from every number kept so far. Return the kept ones in order.",
            "Return the numbers of $numbers that remain when, from left to right, each one is dropped that is nearer than $gap to one that was kept before it.",
            "Trees stand at the positions $numbers along a road and are looked at in this order. A tree stays if no tree that was allowed to stay before is less than $gap away. Which positions stay, in the order of the list?",
            "Let r be empty at first. For each x in $numbers append x to r if abs(x - y) >= $gap for all y in r. Return r.",
        ),
        solutions=(
            """
kept = []
for $item in $numbers:
    if all(abs($item - $other) >= $gap for $other in kept):
        kept.append($item)
return kept
""",
            """
taken = set()
$result = []
for $item in $numbers:
    near = range($item - $gap + 1, $item + $gap)
    if taken.isdisjoint(near):
        taken.add($item)
        $result.append($item)
return $result
""",
            """
if not $numbers:
    return []
first, *others = $numbers
far = [$item for $item in others if not -$gap < $item - first < $gap]
return [first] + $self(far)
""",
        ),
        reference=lambda numbers, gap: _kept(numbers, gap),
        parameters=lambda rng: {"gap": rng.randint(2, 6)},
        inputs=lambda rng, gap: (
            (
                lambda base: [
                    base + rng.choice((gap, gap - 1, -gap, 1 - gap, 2 * gap, 0, 1))
                    for _ in range(rng.randint(4, 7))
                ]
            )(rng.randint(0, 9)),
        ),
        edges=(
            ([],),
            ([3],),
            ([3, 3],),
            ([1, 2, 3, 4, 5, 6, 7, 8],),
            ([0, -2, 2, -3, 3, -6, 6],),
            ([10, 5, 0, 7],),
        ),
        idea="A number that was dropped no longer matters, so each number is compared with the kept ones only.",
        pitfall="Comparing with all earlier numbers, the dropped ones included, removes too much.",
    ),
)
