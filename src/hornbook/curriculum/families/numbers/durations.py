"""Families on durations."""

from __future__ import annotations

import random

from hornbook.curriculum.family import Family, Raw


def _clock(rng: random.Random, low: int = 0, high: int = 1439) -> str:
    minutes = rng.randint(low, high)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _minutes(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[-2:])


def _tracks(rng: random.Random) -> tuple[list[str]]:
    return ([f"{rng.randint(0, 12)}:{rng.randint(0, 59):02d}" for _ in range(rng.randint(2, 5))],)


def _shifts(rng: random.Random) -> tuple[list[tuple[str, str]]]:
    return ([(_clock(rng), _clock(rng)) for _ in range(rng.randint(2, 3))],)


def _pieces(total: int, sizes: tuple[int, ...]) -> list[int]:
    found = []
    for size in sizes:
        found.append(len(range(size, total + 1, size)))
        total -= found[-1] * size
    return found


FAMILIES: tuple[Family, ...] = (
    Family(
        name="playing_time",
        concepts=("durations", "parsing", "string_formatting"),
        difficulty=2,
        names="playing_time total_length sum_durations running_time add_times",
        arguments=("tracks|songs|lengths|videos: list[str]; lengths as 'minutes:seconds', e.g. '3:07'",),
        returns="str",
        phrasings=(
            "Return the total of the lengths in $tracks, each written like '3:07' (minutes and two-digit seconds), with a pause of $pause seconds between every two neighbours. The result has the same form; the minutes may exceed 59, and no tracks take '0:00'.",
            "Given $tracks as texts 'minutes:seconds', add them up, count $pause seconds for each gap between two of them, and write the sum in the same way, without hours and with two digits for the seconds. For an empty list return '0:00'.",
            "A radio host plays the $noun $tracks and speaks for $pause seconds between one and the next, but not before the first or after the last. How long does the programme last? Answer like '12:05'; minutes beyond 59 are not turned into hours.",
            "Each element of $tracks has the form 'm:ss'. Let t be the sum of 60 * m + ss over all elements plus $pause times (number of elements - 1), or 0 if there are none. Return t // 60, ':' and t % 60 with two digits.",
        ),
        solutions=(
            """
seconds = $pause * max(len($tracks) - 1, 0)
for track in $tracks:
    minutes, rest = track.split(":")
    seconds += int(minutes) * 60 + int(rest)
return f"{seconds // 60}:{seconds % 60:02d}"
""",
            """
if not $tracks:
    return "0:00"
minutes = sum(int(track[:-3]) for track in $tracks)
seconds = sum(int(track[-2:]) + $pause for track in $tracks) - $pause
carried, seconds = divmod(seconds, 60)
return f"{minutes + carried}:{seconds:02d}"
""",
            """
from datetime import timedelta
pause = timedelta(seconds=$pause)
$total = -pause if $tracks else timedelta()
for track in $tracks:
    m, s = map(int, track.split(":"))
    $total += timedelta(minutes=m, seconds=s) + pause
minutes = $total // timedelta(minutes=1)
return f"{minutes}:{$total.seconds % 60:02d}"
""",
        ),
        reference=lambda tracks, pause, noun: "{}:{:0>2}".format(
            *_pieces(
                sum(int(m) * 60 + int(s) for m, s in (t.split(":") for t in tracks))
                + sum(pause for _ in tracks[1:]),
                (60, 1),
            )
        ),
        parameters=lambda rng: {
            "pause": rng.choice((2, 5, 10, 15, 30)),
            "noun": Raw(rng.choice(("songs", "tracks", "pieces"))),
        },
        inputs=lambda rng, **_: _tracks(rng),
        edges=(
            ([],),
            (["0:00"],),
            (["0:59"],),
            (["59:59", "0:01"],),
            (["3:30", "3:30"],),
            (["45:00", "20:05"],),
        ),
        idea="Turn everything into seconds, add, and turn the sum back once.",
        pitfall="Between n tracks there are n - 1 pauses, but for no tracks not minus one.",
    ),
    Family(
        name="duration_in_words",
        concepts=("durations", "string_building", "conditionals"),
        difficulty=3,
        names="duration_text in_words spell_duration readable_time describe_duration",
        arguments=("seconds|duration|length|time: int; a duration in seconds, 0 or more",),
        returns="str",
        phrasings=(
            "Return $seconds as words with days, hours, minutes and seconds, largest first, joined by '$glue': for example '1 hour${glue}5 minutes'. Units with 0 are left out, a unit with 1 is in the singular, only the first $k units that remain are shown, and 0 is '0 seconds'.",
            "Write a duration of $seconds in words. Split it into days, hours, minutes and seconds, drop the parts that are zero, and name at most the first $k of the others, largest unit first, with '$glue' between them: '2 days', '1 minute${glue}30 seconds'. A duration of 0 becomes '0 seconds'.",
            "A download page tells how long a download will take: '3 hours${glue}1 second', never a part that is zero, and never more than $k parts, because the smaller ones do not matter. What does it say for $seconds seconds? It says '1 day' but '2 days', and '0 seconds' when it is finished.",
            "Let d, h, m, s be the whole days, hours, minutes and seconds of $seconds with h < 24 and m, s < 60. Return the first $k of the nonzero ones in this order, as number, blank and unit name (with 's' unless the number is 1), joined by '$glue'; '0 seconds' if all are zero.",
        ),
        solutions=(
            """
parts = []
for unit, size in (("day", 86400), ("hour", 3600), ("minute", 60), ("second", 1)):
    number, $seconds = divmod($seconds, size)
    if number == 1:
        parts.append(f"1 {unit}")
    elif number > 1:
        parts.append(f"{number} {unit}s")
return "$glue".join(parts[:$k]) or "0 seconds"
""",
            """
minutes, s = divmod($seconds, 60)
hours, m = divmod(minutes, 60)
d, h = divmod(hours, 24)
named = [(d, "day"), (h, "hour"), (m, "minute"), (s, "second")]
shown = [$pair for $pair in named if $pair[0] > 0][:$k]
if not shown:
    return "0 seconds"
return "$glue".join(f"{n} {unit}" if n == 1 else f"{n} {unit}s" for n, unit in shown)
""",
        ),
        reference=lambda seconds, k, glue: glue.join(
            [
                f"{n} {name}{'s'[: n - 1]}"
                for n, name in zip(
                    _pieces(seconds, (86400, 3600, 60, 1)), ("day", "hour", "minute", "second"), strict=True
                )
                if n
            ][:k]
            or ["0 seconds"]
        ),
        parameters=lambda rng: {"k": rng.randint(2, 3), "glue": Raw(rng.choice((", ", " and ", " ")))},
        inputs=lambda rng, **_: (
            rng.choice((0, 86400, 172800))
            + rng.choice((0, 3600, 7200))
            + rng.choice((0, 60, 300))
            + rng.choice((0, 1, 45)),
        ),
        edges=((0,), (1,), (59,), (60,), (3600,), (3661,), (86399,), (90061,), (172800,)),
        idea="Peel off the units from the largest to the smallest; each time the remainder is what the next unit has to express.",
        pitfall="Taking the first $k units and dropping zeros afterwards may leave fewer words than allowed.",
    ),
    Family(
        name="hours_on_duty",
        concepts=("durations", "clock_arithmetic", "conditionals"),
        difficulty=3,
        names="minutes_on_duty working_minutes paid_time time_at_work sum_shifts",
        arguments=("shifts|turns|spans|nights: list[tuple[str, str]]; start and end as 'HH:MM'",),
        returns="int",
        phrasings=(
            "Return the total working time in minutes of $shifts, pairs of clock times 'HH:MM'. An end that is earlier than the start lies on the next day, equal times mean 0 minutes, and $pause minutes of rest are taken off every shift that lasts $words $long hours.",
            "Add up the lengths of all $shifts in minutes. A shift runs from its first to its second time ('00:00' to '23:59'), over midnight if the second one is smaller. If it lasts $words $long hours, $pause minutes of it do not count.",
            "A nurse notes her shifts as pairs like ('22:15', '06:00'); a shift whose end looks earlier ends the next morning, and one with equal times has not taken place. For how many minutes is she paid for $shifts, if a break of $pause minutes is unpaid in each shift of $words $long hours?",
            "For a pair (a, b) in $shifts let m = (b - a) mod 1440 in minutes. Return the sum of all m, each reduced by $pause if m is $words $long * 60; an empty list gives 0.",
        ),
        setup="""
def since_midnight(clock):
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)
""",
        solutions=(
            """
$total = 0
for start, end in $shifts:
    length = (since_midnight(end) - since_midnight(start)) % 1440
    if length $op $long * 60:
        length -= $pause
    $total += length
return $total
""",
            """
$total = 0
for start, end in $shifts:
    hours = int(end[:2]) - int(start[:2])
    minutes = int(end[3:]) - int(start[3:]) + 60 * hours
    if end < start:
        minutes += 24 * 60
    $total += minutes - $pause if minutes $op 60 * $long else minutes
return $total
""",
        ),
        reference=lambda shifts, pause, long, op, words: sum(
            n - pause * (n > 60 * long or (n == 60 * long and op == ">="))
            for n in (
                len(range(_minutes(a), _minutes(b) + (1440 if _minutes(b) < _minutes(a) else 0)))
                for a, b in shifts
            )
        ),
        parameters=lambda rng: {
            "pause": rng.choice((15, 20, 30, 45)),
            "long": rng.randint(4, 8),
            **dict(
                zip(
                    ("op", "words"),
                    map(Raw, rng.choice(((">", "more than"), (">=", "at least")))),
                    strict=True,
                )
            ),
        },
        inputs=lambda rng, long, **_: (
            [*_shifts(rng)[0], (lambda h: (f"{h:02d}:30", f"{(h + long) % 24:02d}:30"))(rng.randint(8, 22))],
        ),
        edges=(
            ([],),
            ([("08:00", "08:00")],),
            ([("23:59", "00:00")],),
            ([("00:00", "23:59")],),
            ([("22:00", "06:00"), ("22:00", "06:00")],),
            ([("12:00", "11:59")],),
        ),
        idea="Count minutes since midnight; the remainder by a whole day repairs the negative length of a shift over midnight.",
        pitfall="Subtracting hours and minutes separately forgets that they borrow from each other.",
    ),
)
