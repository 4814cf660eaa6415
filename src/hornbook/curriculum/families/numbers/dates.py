"""Families on dates; dates are tuples (year, month, day) or texts, so that results have a literal form."""

from __future__ import annotations

import random
from datetime import date, timedelta

from hornbook.curriculum.family import Family, Raw

WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _day(rng: random.Random, first: int = 2020, last: int = 2028) -> date:
    return date(first, 1, 1) + timedelta(days=rng.randrange(365 * (last - first)))


def _triple(day: date) -> tuple[int, int, int]:
    return day.year, day.month, day.day


def _long_month(rng: random.Random) -> tuple[int, int, int]:
    return rng.choice(((2023, 1, 31), (2024, 1, 31), (2024, 10, 31), (2023, 12, 30), _triple(_day(rng))))


FAMILIES: tuple[Family, ...] = (
    Family(
        name="days_to_yearly_event",
        concepts=("dates", "conditionals", "arithmetic"),
        difficulty=2,
        names="days_to_event wait_for_party days_until sleeps_until countdown_days",
        arguments=(
            "year|y|this_year|the_year: int; the year of the present date, 1900 to 2100",
            "month|m|this_month|the_month: int; its month",
            "day|d|this_day|the_day: int; its day of the month",
        ),
        returns="int",
        phrasings=(
            "An event takes place every year on $name $n. Return how many days after the date given by $year, $month and $day it takes place next: $today.",
            "Count the days from a given date ($year, $month, $day) to the next $name $n. If that is in the present year already over, it is the one of the next year; $today.",
            "Every year on $name $n there is a feast in a village. How many days does a child have to wait for it on the day $day of the month $month in the year $year? Take into account: $today.",
            "Let D be the date $year-$month-$day and E the earliest $name $n that is not before D, with the convention: $today. Return the number of days from D to that event.",
        ),
        solutions=(
            """
from datetime import date
now = date($year, $month, $day)
event = date($year, $month_number, $n)
if event $op now:
    event = date($year + 1, $month_number, $n)
return (event - now).days
""",
            """
from datetime import date
here = date($year, $month, $day).toordinal()
there = [date($year + i, $month_number, $n).toordinal() for i in range(2)]
return min(event - here for event in there if not event $op here)
""",
            """
from datetime import date, timedelta
current = date($year, $month, $day) + timedelta(days=$first)
days = $first
while (current.month, current.day) != ($month_number, $n):
    current += timedelta(days=1)
    days += 1
return days
""",
        ),
        reference=lambda year, month, day, month_number, n, first, **_: next(
            i
            for today in [date(year, month, day).toordinal()]
            for i in range(first, 400)
            if _triple(date.fromordinal(today + i))[1:] == (month_number, n)
        ),
        parameters=lambda rng: {
            **dict(
                zip(
                    ("name", "month_number", "n"),
                    rng.choice(
                        (
                            (Raw("May"), 5, 1),
                            (Raw("March"), 3, 1),
                            (Raw("December"), 12, 24),
                            (Raw("July"), 7, 14),
                        )
                    ),
                    strict=True,
                )
            ),
            **dict(
                zip(
                    ("today", "op", "first"),
                    rng.choice(
                        (
                            (Raw("on the very day of the event the answer is 0"), Raw("<"), 0),
                            (
                                Raw("on the very day of the event, the one of the next year counts"),
                                Raw("<="),
                                1,
                            ),
                        )
                    ),
                    strict=True,
                )
            ),
        },
        inputs=lambda rng, month_number, n, **_: rng.choice(
            (
                _triple(_day(rng)),
                _triple(_day(rng)),
                (rng.randint(2019, 2024), month_number, n),
                _triple(date(rng.randint(2019, 2024), month_number, n) + timedelta(days=rng.choice((-1, 1)))),
            )
        ),
        edges=(
            (2024, 2, 28),
            (2023, 2, 28),
            (2024, 2, 29),
            (2023, 12, 31),
            (2024, 1, 1),
            (2023, 5, 1),
            (2000, 7, 14),
        ),
        idea="Build the event's date in this year; if it is over, build that of the next year, and let date subtraction do the counting.",
        pitfall="Adding up month lengths by hand goes wrong in leap years.",
    ),
    Family(
        name="deadline_in_working_days",
        concepts=("dates", "while_loops", "counting"),
        difficulty=4,
        names="deadline delivery_day after_working_days due_date finish_date",
        arguments=(
            "start|ordered|begin|first_day: str; a date 'YYYY-MM-DD'",
            "days|length|work|duration: int; a number of working days, 0 or more",
        ),
        returns="str",
        phrasings=(
            "Return the date, as 'YYYY-MM-DD', that is $days working days after $start. $closed are not working days; for 0 days the answer is $start itself, whatever day that is.",
            "Starting from the date $start, go forward day by day and count only working days, that is all days but $closed_days, until $days of them have been counted. Return the date of the last one in the same form, or $start if $days is 0.",
            "A workshop does not work on $closed_days. An order that comes in on $start takes $days working days, the first of which is the next working day after $start. On which date is it ready? Use the form 'YYYY-MM-DD'; an order that takes 0 days is ready on the same date.",
            "Let w(1) < w(2) < ... be the dates after $start that do not fall on $closed_days. Return w($days) in ISO format, with w(0) = $start.",
        ),
        solutions=(
            """
from datetime import date, timedelta
$current = date.fromisoformat($start)
while $days > 0:
    $current += timedelta(days=1)
    if $current.weekday() not in $closed_numbers:
        $days -= 1
return $current.isoformat()
""",
            """
from datetime import date, timedelta
from itertools import count as upwards
from itertools import islice
first = date.fromisoformat($start)
coming = (first + timedelta(days=$i) for $i in upwards(1))
open_days = (day for day in coming if day.weekday() not in $closed_numbers)
return str([first, *islice(open_days, $days)][-1])
""",
            """
from datetime import date
if $days == 0:
    return $start
following = date.fromordinal(date.fromisoformat($start).toordinal() + 1)
worked = 0 if following.weekday() in $closed_numbers else 1
return $self(str(following), $days - worked)
""",
        ),
        reference=lambda start, days, closed_numbers, **_: (
            [start]
            + [
                str(day)
                for day in (date.fromisoformat(start) + timedelta(days=i) for i in range(1, 7 * days + 8))
                if WEEK.index(day.strftime("%A")) not in closed_numbers
            ]
        )[days],
        parameters=lambda rng: (
            lambda numbers: {
                "closed_numbers": numbers,
                "closed": Raw(" and ".join(WEEK[i] + "s" for i in numbers)),
                "closed_days": Raw(" and ".join(WEEK[i] + "s" for i in numbers)),
            }
        )(rng.choice(((5, 6), (6, 0), (0, 1), (4, 5), (2, 6)))),
        inputs=lambda rng, **_: (str(_day(rng)), rng.randint(1, 9)),
        edges=(
            ("2024-05-04", 0),
            ("2024-05-03", 1),
            ("2024-05-05", 1),
            ("2024-02-26", 5),
            ("2023-12-29", 3),
            ("2024-05-01", 10),
        ),
        idea="Every round moves one day on, and only days that count lower the number that is still missing.",
        pitfall="Counting the start itself as the first working day makes every deadline too early.",
    ),
    Family(
        name="quarters_of_dates",
        concepts=("dates", "dictionaries", "parsing"),
        difficulty=2,
        names="count_by_quarter quarters quarter_counts by_season group_dates",
        arguments=("dates|days|orders|entries: list[str]; dates 'YYYY-MM-DD'",),
        returns="dict[str, int]",
        phrasings=(
            "Count how many of the $dates lie in each quarter of a year. A quarter is written like 'Q2${sep}2024', the quarters with at least one date come in order of time, and the result is a dictionary from quarter to number.",
            "Given $dates as 'YYYY-MM-DD', return a dictionary that maps every quarter that occurs, in the form 'Q1${sep}2023', to its number of dates; the oldest quarter comes first. January to March are the first quarter, and so on.",
            "A shop wants to know how many orders it had in each quarter. Its orders came on the $dates. Return the numbers under keys such as 'Q4${sep}2025' (October to December 2025), oldest quarter first and without quarters that had no orders.",
            "Map each date y-m-d in $dates to the key 'Q' + q + '$sep' + y, where q is m / 3 rounded up. Return the dictionary of key frequencies, its keys sorted by year and then by q.",
        ),
        solutions=(
            """
quarters = {}
for text in sorted($dates):
    year, month, _ = text.split("-")
    $key = f"Q{(int(month) + 2) // 3}$sep{year}"
    quarters[$key] = quarters.get($key, 0) + 1
return quarters
""",
            """
from collections import Counter
from datetime import date
days = [date.fromisoformat(text) for text in $dates]
counted = Counter((day.year, (day.month - 1) // 3 + 1) for day in days)
return {f"Q{quarter}$sep{year}": n for (year, quarter), n in sorted(counted.items())}
""",
        ),
        reference=lambda dates, sep: (
            lambda keys: {f"Q{q}{sep}{y}": keys.count((y, q)) for y, q in sorted(set(keys))}
        )(
            [
                (d[:4], "000111222333"[int(d[5:7]) - 1].translate({48: "1", 49: "2", 50: "3", 51: "4"}))
                for d in dates
            ]
        ),
        parameters=lambda rng: {"sep": Raw(rng.choice(("/", " ", "-", ".")))},
        inputs=lambda rng, sep: (
            [
                f"{rng.choice((2023, 2024))}-{rng.choice((1, 3, 4, 6, 7, 9, 10, 12)):02d}-{rng.randint(1, 28):02d}"
                for _ in range(rng.randint(3, 6))
            ],
        ),
        edges=(
            ([],),
            (["2024-02-29"],),
            (["2024-03-31", "2024-04-01"],),
            (["2025-01-01", "2024-12-31"],),
            (["1999-07-07", "1999-09-30", "2001-07-01"],),
        ),
        idea="Dates in this form sort as text in order of time, and (month + 2) // 3 is the quarter.",
        pitfall="month // 3 puts March into the second quarter.",
    ),
    Family(
        name="monthly_due_dates",
        concepts=("dates", "list_building", "modular_arithmetic"),
        difficulty=4,
        names="due_dates monthly_dates payment_days plan_payments repeat_monthly",
        arguments=(
            "year|y|from_year|begin_year: int; the year of the first date",
            "month|m|from_month|begin_month: int; its month, 1 to 12",
            "day|d|on_day|begin_day: int; its day, valid in that month",
        ),
        returns="list[str]",
        phrasings=(
            "Return $k dates 'YYYY-MM-DD': the given one ($year, $month, $day) and then one $every on the same day of the month. In a month that is too short, take its last day, but go back to the original day afterwards.",
            "A bill is due on day $day of month $month in $year and again $every. List the first $k due dates as 'YYYY-MM-DD'. Where the day does not exist, the last day of that month is meant; later dates are not affected by this.",
            "Somebody rents a garden and pays $every, for the first time on the date $year-$month-$day, always on the same day of the month, or on the last day if the month has no such day. Which are the first $k days of payment, in ISO form?",
            "For i = 0, ..., ${k} - 1 let M(i) be the month that is $step * i months after month $month of $year. Return the ISO dates of day min($day, length of M(i)) in M(i), in order of i.",
        ),
        solutions=(
            """
from calendar import monthrange
dates = []
months = $year * 12 + $month - 1
for _ in range($k):
    y0, m0 = months // 12, months % 12 + 1
    length = monthrange(y0, m0)[1]
    dates.append(f"{y0}-{m0:02d}-{min($day, length):02d}")
    months += $step
return dates
""",
            """
from datetime import date
dates = []
current_year, current_month = $year, $month
while len(dates) < $k:
    for candidate in range($day, 27, -1) if $day > 28 else [$day]:
        try:
            dates.append(str(date(current_year, current_month, candidate)))
            break
        except ValueError:
            continue
    current_month += $step
    if current_month > 12:
        current_month -= 12
        current_year += 1
return dates
""",
        ),
        reference=lambda year, month, day, k, step, **_: [
            _last_fitting(year, month + i * step, day) for i in range(k)
        ],
        parameters=lambda rng: {
            "k": rng.randint(3, 4),
            **dict(
                zip(
                    ("step", "every"),
                    rng.choice(
                        (
                            (1, Raw("every month")),
                            (2, Raw("every two months")),
                            (3, Raw("every three months")),
                            (6, Raw("every half year")),
                        )
                    ),
                    strict=True,
                )
            ),
        },
        inputs=lambda rng, **_: _long_month(rng),
        edges=((2024, 1, 30), (2023, 1, 29), (2023, 12, 31), (2024, 2, 29), (2023, 11, 30), (2025, 6, 1)),
        idea="Count months in one number, year * 12 + month - 1; division and remainder give year and month back.",
        pitfall="Starting each time from the date before turns the 31st into the 28th for ever after February.",
    ),
)


def _last_fitting(year: int, month: int, day: int) -> str:
    """Return the ISO date of `day`, or of the month's last day; `month` may run past 12."""
    first = date(year, 1, 1)
    for _ in range(month - 1):
        first = (first + timedelta(days=31)).replace(day=1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return str(min(last, first + timedelta(days=day - 1)))
