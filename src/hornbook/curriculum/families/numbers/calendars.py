"""Families on calendars: leap years, months and weekdays."""

from __future__ import annotations

from datetime import date, timedelta

from hornbook.curriculum.family import Family, Raw

WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _days_of(year: int, month: int) -> list[date]:
    first = date(year, month, 1)
    return [day for day in (first + timedelta(days=i) for i in range(31)) if day.month == month]


def _planet(number: int, rule: tuple[int, int, int], short: int) -> tuple[int, int]:
    year = 1
    while True:
        length = short + _long(year, rule)
        if number <= length:
            return year, number
        number -= length
        year += 1


def _long(year: int, rule: tuple[int, int, int]) -> int:
    every, but, unless = rule
    return (
        int(year in range(0, 10**5, every))
        - int(year in range(0, 10**5, but))
        + int(year in range(0, 10**5, unless))
    )


FAMILIES: tuple[Family, ...] = (
    Family(
        name="months_starting_on",
        concepts=("calendars", "list_comprehensions", "dates"),
        difficulty=1,
        names="months_by_weekday months_with_$weekday matching_months find_months lucky_months",
        arguments=("year|y|the_year|which_year: int; a year from 1 to 9999",),
        returns="list[int]",
        phrasings=(
            "Return the numbers (1 to 12) of the months of $year in which day $n falls on a $weekday, in ascending order.",
            "In which months of $year is the day with the number $n a $weekday? Answer with an ascending list of month numbers, 1 for January; it may be empty.",
            "A club meets on day $n of a month whenever that is a $weekday. List the months of $year, as numbers from 1 to 12 in order, in which it meets.",
            "Return sorted month numbers m such that the date $year-m-$n of the Gregorian calendar has the weekday $weekday.",
        ),
        solutions=(
            """
from datetime import date
months = []
for month in range(1, 13):
    if date($year, month, $n).weekday() == $number:
        months.append(month)
return months
""",
            """
from calendar import weekday
return [month for month in range(1, 13) if weekday($year, month, $n) == $number]
""",
            """
from calendar import isleap
lengths = [31, 29 if isleap($year) else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
before = $year - 1
day = (365 * before + before // 4 - before // 100 + before // 400 + $n - 1) % 7
months = []
for month, length in enumerate(lengths, 1):
    if day == $number:
        months.append(month)
    day = (day + length) % 7
return months
""",
        ),
        reference=lambda year, n, number, weekday: [
            m for m in range(1, 13) if f"{date(year, m, n):%A}" == WEEK[number]
        ],
        parameters=lambda rng: (lambda i: {"n": rng.randint(1, 28), "number": i, "weekday": Raw(WEEK[i])})(
            rng.randrange(7)
        ),
        inputs=lambda rng, **_: (rng.randint(1950, 2050),),
        edges=((1900,), (2000,), (2024,), (2023,), (2100,), (1,)),
        idea="Ask for the weekday of the same day in every month; there are only twelve months to try.",
        pitfall="Adding four weeks per month leaves out the two or three days that most months have on top.",
    ),
    Family(
        name="weekday_count_in_month",
        concepts=("calendars", "modular_arithmetic", "counting"),
        difficulty=2,
        names="count_weekdays days_in_month_on lessons_in_month weekdays_of_month market_days",
        arguments=(
            "year|y|the_year|which_year: int; a year from 1 to 9998",
            "month|m|the_month|which_month: int; a month from 1 to 12",
        ),
        returns="int",
        phrasings=(
            "Return how many days of month $month of $year are a $one or a $two.",
            "Count the ${one}s and ${two}s in the month number $month of the year $year and return their total number.",
            "A market is open on every $one and $two. On how many days is it open in month $month of $year?",
            "Return the number of dates in month $month of $year, from the first to the last day, whose weekday is $one or $two in the Gregorian calendar; leap years count.",
        ),
        solutions=(
            """
from calendar import monthrange
first, length = monthrange($year, $month)
$count = 0
for day in range(length):
    if (first + day) % 7 in ($a, $b):
        $count += 1
return $count
""",
            """
from datetime import date, timedelta
day = date($year, $month, 1)
found = 0
while day.month == $month:
    found += day.weekday() in {$a, $b}
    day += timedelta(days=1)
return found
""",
            """
from calendar import monthcalendar
weeks = monthcalendar($year, $month)
return sum((week[$a] > 0) + (week[$b] > 0) for week in weeks)
""",
        ),
        reference=lambda year, month, one, two, **_: sum(
            f"{day:%A}" in (one, two) for day in _days_of(year, month)
        ),
        parameters=lambda rng: (
            lambda days: {"a": days[0], "b": days[1], "one": Raw(WEEK[days[0]]), "two": Raw(WEEK[days[1]])}
        )(sorted(rng.sample(range(7), 2))),
        inputs=lambda rng, **_: (rng.randint(1990, 2040), rng.randint(1, 12)),
        edges=((2024, 2), (2023, 2), (1900, 2), (2000, 2), (2026, 12), (2021, 5), (2022, 10)),
        idea="Know the weekday of the first and the length of the month; the weekdays then follow each other in a circle of seven.",
        pitfall="Assuming four of each misses those that fall on the 29th to the 31st.",
    ),
    Family(
        name="day_on_other_planet",
        concepts=("calendars", "while_loops", "tuples"),
        difficulty=4,
        names="planet_date date_on_planet split_days year_and_day foreign_calendar",
        arguments=("number|days|n|day_number: int; the number of a day, from 1",),
        returns="tuple[int, int]",
        phrasings=(
            "On the planet $planet years are counted from 1 and have $short days, but those divisible by $every have one day more, except that years divisible by $but do not, except that years divisible by $unless do again. Days are numbered on and on from 1. Return the year and the day within the year (from 1) of day $number.",
            "A calendar begins with day 1 of year 1. A year has $short days and, if it is a leap year, one more; leap years are the multiples of $every that are not multiples of $but, together with the multiples of $unless. To which (year, day of the year) does the day with the running number $number belong?",
            "The people of $planet write dates as the number of the year and of the day in it, both from 1. Their years have $short days; every year divisible by $every is one day longer, unless it is divisible by $but and not by $unless. How do they write day number $number, counted from the first day of their calendar, which has number 1? Return (year, day).",
            "Let L(y) be $short + 1 if y mod $unless = 0, or y mod $every = 0 and y mod $but > 0, and $short otherwise. Return the unique (y, d) with 1 <= d <= L(y) and $number = L(1) + ... + L(y - 1) + d.",
        ),
        solutions=(
            """
def is_leap(year):
    if year % $unless == 0:
        return True
    return year % $every == 0 and year % $but != 0

year = 1
length = $short
while $number > length:
    $number -= length
    year += 1
    length = $short + 1 if is_leap(year) else $short
return year, $number
""",
            """
def days_before(year):
    past = year - 1
    return past * $short + past // $every - past // $but + past // $unless

year = $number // ($short + 1) + 1
while days_before(year + 1) < $number:
    year += 1
return year, $number - days_before(year)
""",
        ),
        reference=lambda number, planet, short, every, but, unless: _planet(
            number, (every, but, unless), short
        ),
        parameters=lambda rng: {
            "planet": Raw(rng.choice(("Ooma", "Tirr", "Zelda Five", "Krill"))),
            "short": rng.choice((10, 12, 20, 25)),
            **dict(
                zip(
                    ("every", "but", "unless"),
                    rng.choice(((2, 6, 12), (3, 6, 12), (2, 4, 8), (3, 9, 18))),
                    strict=True,
                )
            ),
        },
        inputs=lambda rng, short, **_: (
            rng.choice((rng.randint(1, 15 * short), rng.randint(1, 15) * short + rng.randint(1, 4))),
        ),
        edges=((1,), (10,), (25,), (11,), (31,), (123,), (500,)),
        idea="Take away whole years, each with its own length, until what is left fits into the year reached.",
        pitfall="With >= in place of > the last day of a year becomes day 0 of the next.",
    ),
    Family(
        name="month_sheet",
        concepts=("calendars", "string_formatting", "list_building"),
        difficulty=4,
        names="calendar_rows month_lines print_month week_lines sheet_of_month",
        arguments=(
            "year|y|the_year|which_year: int; a year from 1 to 9998",
            "month|m|the_month|which_month: int; a month from 1 to 12",
        ),
        returns="list[str]",
        phrasings=(
            "Return the days of month $month of $year as the lines of a calendar sheet: one line per week from $first to $last, every day two characters wide (padded on the left with a blank), with '$gap' between days and two blanks for days of other months; blanks at the end of a line are removed.",
            "Lay out the month ($year, $month) in weeks that begin on $first. Each week becomes a string of seven columns of width two, joined by '$gap': the day right-aligned, or blanks if it belongs to another month. Strip trailing blanks from each line and return the list of the lines.",
            "A printer makes pocket calendars with weeks from $first to $last. A line has seven fields of two characters, '$gap' between them, numbers on the right of their field, fields outside the month empty; blanks at the right end of a line are not printed. Which lines does it print for month $month of $year?",
            "Let the weeks of month $month of $year run from $first to $last. Return for each week that has a day of the month the string '$gap'.join(f) stripped on the right of blanks, where f holds for each weekday the day number right-aligned to width 2, or two blanks.",
        ),
        solutions=(
            """
from calendar import monthrange
start, length = monthrange($year, $month)
cells = ["  "] * ((start - $offset) % 7)
cells += [f"{day:2d}" for day in range(1, length + 1)]
rows = []
for $i in range(0, len(cells), 7):
    week = cells[$i:$i + 7] + ["  "] * 7
    rows.append("$gap".join(week[:7]).rstrip(" "))
return rows
""",
            """
from calendar import Calendar
rows = []
for week in Calendar($offset).monthdayscalendar($year, $month):
    fields = [str(day).rjust(2) if day else "  " for day in week]
    rows.append("$gap".join(fields).rstrip(" "))
return rows
""",
        ),
        reference=lambda year, month, offset, gap, **_: _sheet(year, month, offset, str(gap)),
        parameters=lambda rng: (
            lambda offset: {
                "offset": offset,
                "first": Raw(WEEK[offset]),
                "last": Raw(WEEK[offset - 1]),
                "gap": Raw(rng.choice((" ", "|", "."))),
            }
        )(rng.choice((0, 6, 5))),
        inputs=lambda rng, **_: (rng.randint(2000, 2040), rng.randint(1, 12)),
        edges=((2027, 2), (2024, 2), (2021, 2), (2026, 8), (2020, 3)),
        idea="Put the right number of empty cells in front of day 1; after that every seven cells make a week.",
        pitfall="Padding with the text '0' or forgetting the width shifts the columns for days below 10.",
    ),
)


def _sheet(year: int, month: int, offset: int, gap: str) -> list[str]:
    days = _days_of(year, month)
    monday = days[0] - timedelta(days=(days[0].weekday() - offset) % 7)
    rows = []
    while monday <= days[-1]:
        week = [monday + timedelta(days=i) for i in range(7)]
        rows.append(gap.join(f"{d.day:>2}" if d in days else "  " for d in week).rstrip(" "))
        monday += timedelta(days=7)
    return rows
