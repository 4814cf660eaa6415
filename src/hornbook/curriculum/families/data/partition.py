"""Families on partitioning: every element goes into exactly one of several parts."""

from __future__ import annotations

from hornbook.curriculum import draws
from hornbook.curriculum.families.wording import part
from hornbook.curriculum.family import Family


def _teams(strengths: list[tuple[str, int]], down: bool) -> tuple[list[str], list[str]]:
    teams: tuple[list[tuple[int, str]], list[tuple[int, str]]] = ([], [])
    for name, strength in sorted(strengths, key=lambda pair: (-pair[1] if down else pair[1], pair[0])):
        sums = [sum(s for s, _ in team) for team in teams]
        teams[sums.index(min(sums))].append((strength, name))
    return [name for _, name in teams[0]], [name for _, name in teams[1]]


FAMILIES: tuple[Family, ...] = (
    Family(
        name="trays_by_remainder",
        concepts=("partitioning", "list_building", "arithmetic"),
        difficulty=1,
        names="trays_by_remainder sort_into_trays split_by_remainder deal_to_counters distribute",
        arguments=("numbers|tickets|letters_received|ids: list[int]; any integers",),
        returns="list[list[int]]",
        phrasings=(
            "Distribute $numbers over $k lists: a number goes into the list whose index is its remainder by $k. Return the $k lists, each in the original order, where repeated numbers are $twice.",
            "Return a list of $k lists. The list with index r holds, in their order, those of $numbers that leave the remainder r when divided by $k; repeats are $twice.",
            "An office has $k trays, numbered from 0. A form with number n belongs in the tray n modulo $k. What lies in the trays after $numbers have been handed in, if repeated numbers are $twice? Give the contents of each tray in order of arrival, also of empty ones.",
            "Build [t0, ..., t$last] where t_r is the list of the elements n of $numbers with n % $k == r (Python's %, so never negative) in their given order, with repeated elements $twice.",
        ),
        solutions=(
            """
trays = [[] for _ in range($k)]
for number in $numbers:
    tray = trays[number % $k]
    $add
return trays
""",
            """
source = $open$numbers$close
$result = []
for $i in range($k):
    $result.append([$item for $item in source if $item % $k == $i])
return $result
""",
        ),
        reference=lambda numbers, k, last, twice, **_: [
            [
                n
                for i, n in enumerate(numbers)
                if (n - r) / k == (n - r) // k and (twice == "kept" or n not in numbers[:i])
            ]
            for r in range(k)
        ],
        parameters=lambda rng: (
            lambda k: {
                "k": k,
                "last": k - 1,
                **part(
                    rng,
                    {"twice": "kept", "add": "tray.append(number)", "open": "list(", "close": ")"},
                    {
                        "twice": "entered only once",
                        "add": "tray += [number] * (number not in tray)",
                        "open": "list(dict.fromkeys(",
                        "close": "))",
                    },
                ),
            }
        )(rng.randint(2, 4)),
        inputs=lambda rng, **_: ([rng.randint(-3, 12) for _ in range(rng.randint(4, 8))],),
        edges=(([],), ([0],), ([5, 5, 5],), ([-1, -2, -3, -4],), ([1, 2, 3, 4, 1, 2],)),
        idea="The remainder is the index of the list, so no conditions are needed to choose it.",
        pitfall="`[[]] * k` makes k references to a single list, and every number would appear in all trays.",
    ),
    Family(
        name="around_the_middle",
        concepts=("partitioning", "conditionals", "tuples"),
        difficulty=2,
        names="around_the_middle three_way_split split_around compare_with_pivot divide",
        arguments=("values|numbers|heights|prices: list[int]; the numbers to split",),
        returns="tuple[list[int], list[int], list[int]]",
        phrasings=(
            "Take the element of $values at $where as pivot and return three lists: the numbers below pivot - $k, those from pivot - $k to pivot + $k, and those above. Each keeps the original order; an empty list gives three empty lists.",
            "Split $values into a tuple of three lists, in their order: more than $k less than the pivot, at most $k away from it, more than $k greater. The pivot is the element at $where and is itself in the middle list.",
            "Children compare their heights $values with that of the child at $where. Which are shorter by more than $k, which about as tall (a difference of at most $k), which taller by more than $k? Return the three lists of heights in the order given, all empty if there are no children.",
            "Let p be the element of $values at $where. Return ([v < p - $k], [p - $k <= v <= p + $k], [v > p + $k]), each the list of the elements v of $values with that property in their order; ([], [], []) for [].",
        ),
        solutions=(
            """
small, near, large = [], [], []
for $item in $values:
    distance = $item - $values[$index]
    if distance < -$k:
        small.append($item)
    elif distance > $k:
        large.append($item)
    else:
        near.append($item)
return small, near, large
""",
            """
if not $values:
    return [], [], []
pivot = $values[$index]
near = [$item for $item in $values if abs($item - pivot) <= $k]
small = [$item for $item in $values if $item < pivot and $item not in near]
return small, near, [$item for $item in $values if $item > pivot + $k]
""",
        ),
        reference=lambda values, k, index, **_: tuple(
            [
                v
                for p in (values[:1] if index == "0" else values[-1:])
                for v in values
                if (v > p + k) - (v < p - k) == side
            ]
            for side in (-1, 0, 1)
        ),
        parameters=lambda rng: {
            "k": rng.randint(1, 3),
            **part(rng, {"where": "the beginning", "index": "0"}, {"where": "the end", "index": "-1"}),
        },
        inputs=lambda rng, **_: (draws.ints(rng, 4, 8, 0, 12),),
        edges=(
            ([],),
            ([4],),
            ([5, 5],),
            ([1, 2, 3, 4, 5],),
            ([0, 1, -1, 2, -2, 4, -4, 0],),
            ([9, 5, 1, 7, 3, 5],),
        ),
        idea="Every number is compared with the pivot once, and the three branches exclude each other, so each lands in exactly one list.",
        pitfall="Using two `if` instead of `elif` puts some numbers into two lists.",
    ),
    Family(
        name="numbers_and_rejects",
        concepts=("partitioning", "validation", "enumerate_zip"),
        difficulty=3,
        names="numbers_and_rejects check_entries sift_input sort_out read_form",
        arguments=("texts|entries|cells|answers: list[str]; what was typed in",),
        returns="tuple[list[int], list[str]]",
        phrasings=(
            "Split $texts into the numbers from $low to $high and the rest. An entry is a number if, without blanks at the ends, it consists of the digits 0-9 only. Return the list of numbers and a list of texts 'n: entry', n counting from $base, for every other entry.",
            "Return a tuple of two lists: the integers among $texts that lie between $low and $high, both included, and for each entry that is no such number its position (counted from $base), ': ' and the entry without blanks around it. Only digits 0-9, perhaps with blanks at the ends, make a number.",
            "A form allows whole numbers from $low to $high, written in digits. Which of $texts are fine, as integers, and which have to be sent back? The latter are reported as position, ': ' and the text, both stripped of outer blanks, with positions beginning at $base.",
            "For each entry t of $texts with index i let s be t stripped of whitespace. If s is non-empty, made of characters 0-9, and $low <= int(s) <= $high, append int(s) to the first list, otherwise append f'{i + $base}: {s}' to the second. Return both lists as a tuple.",
        ),
        solutions=(
            """
numbers, rejects = [], []
for $i, $item in enumerate($texts, $base):
    $item = $item.strip()
    if $item.isascii() and $item.isdigit() and $low <= int($item) <= $high:
        numbers.append(int($item))
    else:
        rejects.append(f"{$i}: {$item}")
return numbers, rejects
""",
            """
def is_fine($word):
    return $word != "" and all($char in "0123456789" for $char in $word) and int($word) in range($low, $high + 1)
cleaned = [$word.strip() for $word in $texts]
numbers = [int($word) for $word in cleaned if is_fine($word)]
rejects = [str($i + $base) + ": " + $word for $i, $word in enumerate(cleaned) if not is_fine($word)]
return numbers, rejects
""",
        ),
        reference=lambda texts, low, high, base: (
            [
                n
                for t in texts
                for n in range(low, high + 1)
                if t.strip().lstrip("0") == str(n) or (n == 0 and t.strip() and not t.strip().strip("0"))
            ],
            [
                f"{i}: {t.strip()}"
                for i, t in enumerate(texts, base)
                if t.strip().lstrip("0") not in [str(n) for n in range(max(low, 1), high + 1)]
                and not (low == 0 and t.strip() and not t.strip().strip("0"))
            ],
        ),
        parameters=lambda rng: {
            **rng.choice(
                (
                    {"low": 1, "high": 6},
                    {"low": 0, "high": 10},
                    {"low": 5, "high": 20},
                    {"low": 1, "high": 100},
                )
            ),
            "base": rng.choice((0, 1)),
        },
        inputs=lambda rng, low, high, **_: (
            [
                rng.choice((str(low), str(high), str(high + 1), f" {low + 1}", str(low - 1), "x", "2.5", ""))
                for _ in range(rng.randint(3, 5))
            ],
        ),
        edges=(
            ([],),
            ([""],),
            (["007", "-1"],),
            ([" ", "a1", "1 2"],),
            (["²", "+3"],),
            (["0", "1", "101", "5 "],),
        ),
        idea="The test is asked once per entry, and each entry goes to one of two lists, so nothing is lost and nothing appears twice.",
        pitfall="isdigit alone accepts characters such as '²', which int cannot read.",
    ),
    Family(
        name="two_fair_teams",
        concepts=("partitioning", "greedy", "sorting_by_several_keys"),
        difficulty=3,
        names="two_fair_teams choose_sides make_teams balance_teams split_players",
        arguments=(
            "players|children|strengths|runners: list[tuple[str, int]]; (name, strength), names are different",
        ),
        returns="tuple[list[str], list[str]]",
        phrasings=(
            "Go through $players from the $first to the $last, equal ones by name, and put each into the team with the smaller total strength so far, into the first team if both are equal. Return the names of both teams in the order in which they were chosen.",
            "Divide $players into two teams: sort them by strength, $first in front (ties alphabetically), and assign each to the team whose strengths add up to less at that moment; the first team gets the player when the sums are equal. Return a tuple of two lists of names.",
            "Two captains call players in turn, but always the team that is weaker so far (the first one if they are equally strong) gets the next player, and players are called from the $first to the $last, by name if equally strong. Which teams, as lists of names, come out of $players?",
            "Sort $players by strength ($first first) and then by name. Starting with two empty teams of strength 0, append each name in this order to the team with the smaller sum of strengths, to the first one on a tie. Return (first team, second team).",
        ),
        solutions=(
            """
first, second = [], []
difference = 0
for name, strength in sorted($players, key=lambda $pair: (${sign}$pair[1], $pair[0])):
    if difference <= 0:
        first.append(name)
        difference += strength
    else:
        second.append(name)
        difference -= strength
return first, second
""",
            """
ordered = sorted($players)
ordered.sort(key=lambda $pair: $pair[1]$down)
teams = [[], []]
sums = [0, 0]
for name, strength in ordered:
    weaker = sums.index(min(sums))
    teams[weaker].append(name)
    sums[weaker] += strength
return tuple(teams)
""",
        ),
        reference=lambda players, first, **_: _teams(players, first == "strongest"),
        parameters=lambda rng: part(
            rng,
            {"first": "strongest", "last": "weakest", "sign": "-", "down": ", reverse=True"},
            {"first": "weakest", "last": "strongest", "sign": "", "down": ""},
        ),
        inputs=lambda rng, **_: (
            [(name, rng.randint(1, 9)) for name in rng.sample(draws.FIRST_NAMES, rng.randint(4, 5))],
        ),
        edges=(
            ([],),
            ([("Ada", 3)],),
            ([("Ben", 2), ("Ada", 2)],),
            ([("d", 1), ("c", 1), ("b", 1), ("a", 3)],),
            ([("x", 9), ("y", 1), ("z", 8), ("w", 2)],),
        ),
        idea="Only the difference of the two sums matters: as long as it is not positive, the first team is the weaker one or level.",
        pitfall="The result is fair in most cases but need not be the fairest; greedy choices are never taken back.",
    ),
)
