"""Families on clocks."""

from __future__ import annotations

import random

from hornbook.curriculum.family import Family, Raw


def _clock(rng: random.Random, low: int = 0, high: int = 1439) -> str:
    minutes = rng.randint(low, high)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _minutes(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[-2:])


def _awaited(times: list[str], now: int, soonest: int) -> list[tuple[str, int]]:
    """Go through the times of three days, and take those of one day from `soonest` minutes after `now` on."""
    at = {_minutes(clock): clock for clock in times}
    waits = [(at[minute], day * 1440 + minute - now) for day in range(3) for minute in sorted(at)]
    return [(clock, wait) for clock, wait in waits if wait in range(soonest, soonest + 1440)]


FAMILIES: tuple[Family, ...] = (
    Family(
        name="twelve_hour_texts",
        concepts=("clock_arithmetic", "string_formatting", "conditionals"),
        difficulty=2,
        names="twelve_hour_times to_twelve_hours spoken_times clock_texts show_times",
        arguments=("times|moments|readings|clock_times: list[tuple[int, int]]; hour (0 to 23) and minute",),
        returns="list[str]",
        phrasings=(
            "Return each of the $times, tuples of hour and minute, on a 12-hour clock, like '3:05 $pm': the hour from 1 to 12 without a leading zero, two digits for the minutes, a blank, and '$am' before noon or '$pm' from noon on. Exactly 0:00 is 'midnight' and exactly 12:00 is 'noon'.",
            "Write 24-hour $times, given as (hour, minute), in the 12-hour form such as '12:30 $am' (half past midnight) or '1:05 $pm'. Hours run from 1 to 12, minutes have two digits, and from 12:01 to 23:59 it is '$pm'. For (0, 0) write 'midnight', for (12, 0) 'noon'. Return a list in the same order.",
            "An English station clock shows '9:00 $am' in the morning and '9:00 $pm' in the evening. What does it show at the $times, pairs of hour and minute? In the hours after midnight and noon the hour is 12, the minutes always have two digits, and at (0, 0) and (12, 0) it shows 'midnight' and 'noon'. Answer with a list of texts.",
            "For each (h, m) in $times, in order, give 'midnight' for (0, 0), 'noon' for (12, 0), and otherwise h mod 12 (12 instead of 0), ':', m with two digits, a blank, and '$am' if h < 12, else '$pm'. Return the list of these strings.",
        ),
        solutions=(
            """
shown = []
for hour, minute in $times:
    if minute == 0 and hour % 12 == 0:
        shown.append("noon" if hour == 12 else "midnight")
        continue
    half = "$am" if hour < 12 else "$pm"
    shown.append(f"{(hour - 1) % 12 + 1}:{minute:02d} {half}")
return shown
""",
            """
special = {(0, 0): "midnight", (12, 0): "noon"}

def on_clock(hour, minute):
    half = "$am"
    if hour >= 12:
        hour, half = hour - 12, "$pm"
    return f"{hour or 12}:{minute:02d} {half}"

return [special.get(moment) or on_clock(*moment) for moment in $times]
""",
        ),
        reference=lambda times, am, pm: [
            ("midnight", "noon")[hour // 12]
            if hour % 12 + minute == 0
            else str([12, *range(1, 12)][hour % 12])
            + ":"
            + str(minute).rjust(2, "0")
            + " "
            + str((am, pm)[hour // 12])
            for hour, minute in times
        ],
        parameters=lambda rng: dict(
            zip(
                ("am", "pm"),
                map(Raw, rng.choice((("am", "pm"), ("a.m.", "p.m."), ("AM", "PM")))),
                strict=True,
            )
        ),
        inputs=lambda rng, **_: (
            [
                (rng.choice((0, 12, 11, 13, rng.randint(0, 23))), rng.choice((0, rng.randint(1, 59))))
                for _ in range(3)
            ],
        ),
        edges=(
            ([],),
            ([(0, 0), (12, 0)],),
            ([(0, 1), (12, 1)],),
            ([(11, 59), (13, 5), (23, 59)],),
            ([(1, 0), (1, 0)],),
        ),
        idea="On this clock 12 takes the place of 0; everything else is the hour modulo 12.",
        pitfall="A plain remainder shows 0:30 for half past midnight.",
    ),
    Family(
        name="next_departures",
        concepts=("clock_arithmetic", "sorting_with_key", "strings"),
        difficulty=3,
        names="next_departures upcoming_times in_order_from next_alarms sort_from_now",
        arguments=(
            "times|departures|alarms|clock_times: list[str]; daily clock times 'HH:MM', all different",
            "now|moment|start|present: str; the time now, 'HH:MM'",
        ),
        returns="list[tuple[str, int]]",
        phrasings=(
            "Return the next $k of the daily $times after $now, in the order in which they come, each as a tuple of the time and the minutes until then. Times earlier than $now come tomorrow; one that is equal to $now $equal. If there are fewer than $k times, return all.",
            "A bus leaves every day at the $times. Starting at $now, which are the next $k departures, and after how many minutes? Return tuples (time, minutes) in order of waiting. What has already left today leaves again tomorrow, and a bus at exactly $now $equal. Shorter lists give fewer tuples.",
            "Given daily alarm $times and the time $now, list the first $k alarms that will ring, soonest first, as (alarm, minutes to wait); an alarm at the very minute $now $equal, and earlier ones ring on the following day. If there are fewer alarms, list them all.",
            "For a time t let w(t) be its distance from $now in minutes, going forwards on a 24-hour clock; a time that equals $now $equal. Return the first $k of the pairs (t, w(t)) for t in $times in ascending order of w.",
        ),
        setup="""
def minutes(clock):
    hours, rest = clock.split(":")
    return int(hours) * 60 + int(rest)
""",
        solutions=(
            """
waits = []
for clock in $times:
    wait = (minutes(clock) - minutes($now)$minus) % 1440$plus
    waits.append((wait, clock))
return [(clock, wait) for wait, clock in sorted(waits)[:$k]]
""",
            """
ordered = sorted($times)
later = [clock for clock in ordered if clock $op $now]
tomorrow = [clock for clock in ordered if clock not in later]
coming = []
for clock in (later + tomorrow)[:$k]:
    wait = 60 * (int(clock[:2]) - int($now[:2])) + int(clock[3:]) - int($now[3:])
    if clock in tomorrow:
        wait += 1440
    coming.append((clock, wait))
return coming
""",
        ),
        reference=lambda times, now, k, op, **_: _awaited(times, _minutes(now), op == ">")[:k],
        parameters=lambda rng: {
            "k": rng.randint(2, 3),
            **{
                key: Raw(text)
                for key, text in zip(
                    ("equal", "op", "minus", "plus"),
                    rng.choice(
                        (
                            ("counts as 0 minutes away", ">=", "", ""),
                            ("counts for tomorrow", ">", " - 1", " + 1"),
                        )
                    ),
                    strict=True,
                )
            },
        },
        inputs=lambda rng, **_: (lambda ts: (ts, rng.choice((ts[0], _clock(rng)))))(
            list({_clock(rng): None for _ in range(rng.randint(3, 5))})
        ),
        edges=(
            ([], "12:00"),
            (["12:00"], "12:00"),
            (["00:00", "23:59"], "23:59"),
            (["08:30", "06:15", "22:45", "06:20"], "22:46"),
            (["10:00", "09:59", "10:01"], "10:00"),
        ),
        idea="The waiting time is the difference modulo a whole day; sorting by it puts tomorrow's times behind today's.",
        pitfall="Sorting by the clock time alone always begins just after midnight.",
    ),
    Family(
        name="angle_of_hands",
        concepts=("clock_arithmetic", "arithmetic", "functions"),
        difficulty=2,
        names="$hand hand_position half_degrees hands_of_clock clock_angle",
        arguments=(
            "hour|hours|h: int; the hour, 0 to 23",
            "minute|mins|m: int; the minute, 0 to 59",
        ),
        returns="int",
        phrasings=(
            "Return the angle between the two hands of a clock at $hour:$minute in half degrees (720 for the full circle), $which. The hour hand moves evenly: it needs 12 hours for one turn.",
            "At $hour hours and $minute minutes, what is the angle from the hour hand to the minute hand of a usual round clock, $which? Give it in units of half a degree, so that it is a whole number.",
            "A watchmaker checks the hands of a clock that shows $hour:$minute. Compute the angle between the hour hand, which also moves between the full hours, and the minute hand, $which, as a whole number of half degrees.",
            "In half degrees the minute hand stands at 12 * $minute and the hour hand at 60 * ($hour mod 12) + $minute, clockwise from the top. Return the angle from the hour hand to the minute hand, $which; the full circle has 720.",
        ),
        solutions=(
            """
minute_hand = $minute * 12
hour_hand = ($hour % 12) * 60 + $minute
angle = (minute_hand - hour_hand) % 720
return $final
""",
            """
angle = 11 * $minute - 60 * $hour
while angle < 0:
    angle += 720
return $final
""",
        ),
        reference=lambda hour, minute, short, **_: (lambda ways: min(ways) if short else ways[0])(
            [
                next(a for a in range(720) if (60 * hour + minute + a) % 720 == 12 * minute),
                next(a for a in range(720) if (12 * minute + a) % 720 == (60 * hour + minute) % 720),
            ]
        ),
        parameters=lambda rng: (
            lambda which: {
                "which": Raw(which[0]),
                "final": Raw(which[1]),
                "hand": Raw(which[2]),
                "short": which[3],
            }
        )(
            rng.choice(
                (
                    ("measured clockwise, from 0 to 719", "angle", "clockwise_angle", False),
                    (
                        "taking the smaller of the two angles, at most 360",
                        "min(angle, 720 - angle)",
                        "smaller_angle",
                        True,
                    ),
                )
            )
        ),
        inputs=lambda rng, **_: (rng.randint(0, 23), rng.randint(0, 59)),
        edges=((0, 0), (12, 0), (6, 0), (3, 0), (9, 0), (23, 59), (0, 33)),
        idea="Both hands have a position on the same circle, so the angle is a difference modulo the whole circle.",
        pitfall="Letting the hour hand jump from hour to hour; at half past it stands between two numbers.",
    ),
)
