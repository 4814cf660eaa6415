"""Families on sorting by several keys: the next key decides where the one before is equal."""

from __future__ import annotations

import itertools
import random

from hornbook.curriculum.families.wording import part
from hornbook.curriculum.family import Family, Raw

_MEDALS = ("gold", "silver", "bronze")
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri")


def _medals(rng: random.Random) -> list[tuple[str, int, int, int]]:
    return [
        (name, rng.randint(0, 2), rng.randint(0, 2), rng.randint(0, 2))
        for name in rng.sample(("Chile", "Norway", "Kenya", "Peru", "Japan"), rng.randint(3, 4))
    ]


def _pairs_of_numbers(countries: list[tuple[str, int, int, int]]) -> list[tuple[int, ...]]:
    return list(itertools.product({number for _, *medals in countries for number in medals}, repeat=2))


def _league(games: list[tuple[str, int, int, str]], win: int) -> list[tuple[str, int, int]]:
    sides = [(a, x - y) for a, x, y, _ in games] + [(b, y - x) for _, x, y, b in games]
    table = [
        (
            team,
            sum(win if d > 0 else d == 0 for t, d in sides if t == team),
            sum(d for t, d in sides if t == team),
        )
        for team in sorted({t for t, _ in sides})
    ]
    return sorted(table, key=lambda row: row[1:], reverse=True)


FAMILIES: tuple[Family, ...] = (
    Family(
        name="medal_table",
        concepts=("sorting_by_several_keys", "tuples", "lists"),
        difficulty=2,
        names="medal_table rank_countries order_nations country_order sort_teams",
        arguments=(
            "countries|nations|teams|table: list[tuple[str, int, int, int]]; (name, gold, silver, bronze), names are different",
        ),
        returns="list[str]",
        phrasings=(
            "Return the names of $countries ordered by $first, then by $second, each with the $most number first, and finally by name, alphabetically.",
            "Sort the tuples (name, gold, silver, bronze) by the number of $first medals; where it is equal, by $second medals; where that is equal too, by name alphabetically. In both cases the $most number comes first. Return just the names.",
            "A newspaper prints $countries with the $most number of $first medals first. Equal ones are ordered by $second medals in the same way, and what is still equal alphabetically by name. In which order do the names appear?",
            "Return the list of names of $countries sorted by the number of $first ($most first), then the number of $second ($most first), then the name (alphabetically). The third sort of medal plays no part.",
        ),
        solutions=(
            """
def key($row):
    name, gold, silver, bronze = $row
    return ${sign}$first, ${sign}$second, name
return [$row[0] for $row in sorted($countries, key=key)]
""",
            """
ordered = sorted($countries)
ordered.sort(key=lambda $row: $row[$later]$down)
ordered.sort(key=lambda $row: $row[$sooner]$down)
$result = []
for $key, *_ in ordered:
    $result.append($key)
return $result
""",
        ),
        reference=lambda countries, first, second, most, **_: [
            name
            for pair in sorted(_pairs_of_numbers(countries), reverse=most == "largest")
            for name, *medals in sorted(countries)
            if (medals[_MEDALS.index(first)], medals[_MEDALS.index(second)]) == pair
        ],
        parameters=lambda rng: {
            **(
                lambda pair: {
                    "first": Raw(_MEDALS[pair[0]]),
                    "second": Raw(_MEDALS[pair[1]]),
                    "sooner": pair[0] + 1,
                    "later": pair[1] + 1,
                }
            )(rng.sample(range(3), 2)),
            **part(
                rng,
                {"most": "largest", "sign": "-", "down": ", reverse=True"},
                {"most": "smallest", "sign": "", "down": ""},
            ),
        },
        inputs=lambda rng, **_: (_medals(rng),),
        edges=(
            ([],),
            ([("Peru", 1, 1, 1)],),
            ([("Peru", 1, 0, 0), ("Chile", 1, 0, 0), ("Japan", 1, 0, 0)],),
            ([("b", 0, 1, 2), ("a", 0, 2, 1), ("c", 1, 0, 0)],),
        ),
        idea="A tuple as the key compares its first parts and looks at the next one only where they are equal.",
        pitfall="One reverse=True turns the names around as well; negate the numbers, or sort twice.",
    ),
    Family(
        name="natural_file_order",
        concepts=("sorting_by_several_keys", "string_methods", "parsing"),
        difficulty=4,
        names="natural_order sort_files human_order order_pictures list_directory",
        arguments=(
            "files|names|pictures|documents: list[str]; names such as 'map12.txt': small letters, digits, a dot, an ending",
        ),
        returns="list[str]",
        phrasings=(
            "Sort $files by $primary, then by $secondary, and then by the number between letters and dot as a number, $number_order; without digits the number counts as 0. Names that are equal in all three keep their order.",
            "Every name in $files has letters, then perhaps digits, a dot and an ending. Return the names ordered by $primary, inside that by $secondary, inside that by the value of the digits (no digits means 0), $number_order.",
            "In a folder, pic10 should not stand before pic9. In which order does a program show $files if it compares $primary first, then $secondary, and then the numbers, $number_order, a missing number being 0?",
            "Parse each name of $files as letters + digits + '.' + ending, where digits may be missing and then mean 0. Return a stable sort of the names by the keys $primary, $secondary, number; texts are compared alphabetically and numbers by value, $number_order.",
        ),
        solutions=(
            """
def key($word):
    stem, _, ending = $word.partition(".")
    letters = stem.rstrip("0123456789")
    number = int(stem[len(letters):] or "0")
    return $order, $sign
return sorted($files, key=key)
""",
            """
import re
parsed = []
for $i, $word in enumerate($files):
    letters, digits, ending = re.fullmatch(r"([a-z]*)([0-9]*)\\.([a-z]+)", $word).groups()
    number = int(digits) if digits else 0
    parsed.append(($order, $sign, $i, $word))
parsed.sort()
return [$row[-1] for $row in parsed]
""",
        ),
        reference=lambda files, primary, number_order, **_: [
            f
            for *_, f in sorted(
                (
                    (
                        *((e, s) if primary == "the ending" else (s, e)),
                        int(d or 0) * (1 if number_order.startswith("small") else -1),
                        i,
                        f,
                    )
                    for i, f in enumerate(files)
                    for stem, e in [f.split(".")]
                    for s in ["".join(c for c in stem if c.isalpha())]
                    for d in ["".join(c for c in stem if c.isdigit())]
                )
            )
        ],
        parameters=lambda rng: {
            **part(
                rng,
                {"primary": "the ending", "secondary": "the letters", "order": "ending, letters"},
                {"primary": "the letters", "secondary": "the ending", "order": "letters, ending"},
            ),
            **part(
                rng,
                {"number_order": "small numbers first", "sign": "number"},
                {"number_order": "large numbers first", "sign": "-number"},
            ),
        },
        inputs=lambda rng, **_: (
            [
                rng.choice(("pic", "map"))
                + rng.choice(("", "2", "9", "10", "100"))
                + rng.choice((".txt", ".png"))
                for _ in range(rng.randint(4, 6))
            ],
        ),
        edges=(
            ([],),
            (["a.b"],),
            (["a1.b", "a01.b", "a001.b"],),
            (["b2.x", "a10.y", "a9.y", "b2.w"],),
            (["a10.x", "a2.x", "a.x"],),
        ),
        idea="Each name is taken apart into the pieces that are to be compared, and the digits become a number, so that 9 is before 10.",
        pitfall="As texts, '10' is smaller than '9', because the first characters decide.",
    ),
    Family(
        name="week_of_appointments",
        concepts=("sorting_by_several_keys", "lookup_tables", "string_formatting"),
        difficulty=3,
        names="week_plan sort_appointments print_week agenda order_meetings",
        arguments=(
            "meetings|appointments|dates|entries: list[tuple[str, int, str]]; (day, hour, title), days from Mon to Fri",
        ),
        returns="list[str]",
        phrasings=(
            "Return $meetings as texts 'day hour title' in order of the days Mon, Tue, Wed, Thu, Fri, beginning with $start and going round, on one day in order of the hours, and at one hour alphabetically, where titles that $special come first.",
            "Sort the tuples of $meetings by day (the week begins with $start here and continues to the day before it), then by hour, then put titles that $special in front, then alphabetically. Write each as day, hour and title with blanks between.",
            "A diary begins its week with $start and ends it with the working day before. How does it list $meetings, as 'day hour title', if earlier hours come first and at the same hour the titles that $special, with the alphabet deciding the rest?",
            "Return [f'{day} {hour} {title}'] for all tuples, sorted by (index of the day in the cyclic order from $start on, hour, whether the title does not belong to those that $special, title).",
        ),
        solutions=(
            """
days = $days
def key($row):
    day, hour, title = $row
    return days.index(day), hour, not ($test), title
return [f"{day} {hour} {title}" for day, hour, title in sorted($meetings, key=key)]
""",
            """
$result = []
for wanted in $days:
    today = sorted((hour, not ($test), title) for day, hour, title in $meetings if day == wanted)
    for hour, _, title in today:
        $result.append(f"{wanted} {hour} {title}")
return $result
""",
        ),
        reference=lambda meetings, start, special, **_: [
            f"{d} {h} {t}"
            for _, h, _, t, d in sorted(
                (
                    (DAYS.index(d) - DAYS.index(start)) % 5,
                    h,
                    0
                    if (
                        t[-1:] == "!"
                        if "end" in special
                        else t[:1] == "*"
                        if "begin" in special
                        else t.upper() == t
                    )
                    else 1,
                    t,
                    d,
                )
                for d, h, t in meetings
            )
        ],
        parameters=lambda rng: (
            lambda n: {
                "start": Raw(DAYS[n]),
                "days": list(DAYS[n:] + DAYS[:n]),
                **part(
                    rng,
                    {"special": "end with '!'", "test": "title.endswith('!')"},
                    {"special": "begin with '*'", "test": "title.startswith('*')"},
                    {"special": "are written in capitals", "test": "title == title.upper()"},
                ),
            }
        )(rng.randint(0, 4)),
        inputs=lambda rng, **_: (
            [
                (
                    rng.choice(DAYS),
                    rng.randint(8, 9),
                    rng.choice(("tea", "talk", "zoo!", "*walk", "TAX", "call")),
                )
                for _ in range(rng.randint(3, 5))
            ],
        ),
        edges=(
            ([],),
            ([("Fri", 8, "x")],),
            ([("Mon", 10, "b"), ("Mon", 9, "c"), ("Mon", 10, "a")],),
            ([("Tue", 8, "a"), ("Tue", 8, "z!"), ("Tue", 8, "*z"), ("Tue", 8, "ZZ")],),
            ([("Fri", 8, "e"), ("Thu", 8, "d"), ("Wed", 8, "c"), ("Tue", 8, "b"), ("Mon", 8, "a")],),
        ),
        idea="Each part of the key turns one rule into something that sorts: a position, a number, a truth value (False first), a text.",
        pitfall="Sorting the names of the days alphabetically puts Friday in front of Monday.",
    ),
    Family(
        name="league_table",
        concepts=("sorting_by_several_keys", "dictionaries", "aggregation"),
        difficulty=4,
        names="league_table final_standing compute_table season_result standings",
        arguments=(
            "games|matches|results|fixtures: list[tuple[str, int, int, str]]; (home team, its goals, the guests' goals, guests)",
        ),
        returns="list[tuple[str, int, int]]",
        phrasings=(
            "Make the league table of $games: (team, points, goal difference) for every team that played, with $win points for a win, 1 for a draw and 0 for a defeat. Sort by points and then goal difference, large ones first, then by name.",
            "From the results (home, goals, goals of the guests, guests) in $games compute each team's points ($win per win, 1 per draw) and its goals scored minus goals received. Return tuples (team, points, difference), best points first, then best difference, then alphabetically.",
            "A season is over, with the results $games. Which table does the newspaper print, as (team, points, goal difference), if a win brings $win points and a draw 1, and teams are ranked by points, then by difference, and on a tie in alphabetical order?",
            "For each name occurring in $games sum over its games d = own goals - other goals, and $win, 1 or 0 points for d > 0, d == 0, d < 0. Return (name, points, sum of d) ordered by points descending, sum of d descending, name ascending.",
        ),
        solutions=(
            """
points, difference = {}, {}
for home, x, y, guests in $games:
    for team, goals in ((home, x - y), (guests, y - x)):
        difference[team] = difference.get(team, 0) + goals
        gained = $win if goals > 0 else 1 if goals == 0 else 0
        points[team] = points.get(team, 0) + gained
ranking = sorted(points, key=lambda team: (-points[team], -difference[team], team))
return [(team, points[team], difference[team]) for team in ranking]
""",
            """
from collections import defaultdict
table = defaultdict(lambda: [0, 0])
for home, x, y, guests in $games:
    table[home][1] += x - y
    table[guests][1] += y - x
    if x == y:
        table[home][0] += 1
        table[guests][0] += 1
    else:
        table[home if x > y else guests][0] += $win
$result = [(team, *numbers) for team, numbers in sorted(table.items())]
return sorted($result, key=lambda $row: $row[1:], reverse=True)
""",
        ),
        reference=lambda games, win: _league(games, win),
        parameters=lambda rng: {"win": rng.choice((2, 3, 4))},
        inputs=lambda rng, win: (
            [
                (a, rng.randint(0, 3), rng.randint(0, 3), b)
                for a, b in (rng.sample(("Owls", "Bears", "Lions"), 2) for _ in range(rng.randint(2, 3)))
            ],
        ),
        edges=(
            ([],),
            ([("b", 0, 0, "a")],),
            ([("b", 2, 1, "a")],),
            ([("b", 1, 2, "a")],),
            ([("d", 1, 0, "c"), ("b", 1, 0, "a")],),
            ([("x", 3, 0, "y"), ("y", 1, 0, "x")],),
        ),
        idea="First everything is added up per team, then one sort with a key of three parts brings the teams into order.",
        pitfall="A team that lost all its games still belongs in the table, so it needs an entry even without points.",
    ),
)
