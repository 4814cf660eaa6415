"""Families on choosing among intervals: bookings, photos, paid jobs, relays."""

from __future__ import annotations

import itertools
import random

from hornbook.curriculum.family import Family, Raw


def _spans(rng: random.Random, low: int = 3, high: int = 6, last: int = 14) -> list[tuple[int, int]]:
    starts = [rng.randint(0, last) for _ in range(rng.randint(low, high))]
    return [(start, start + rng.randint(1, 5)) for start in starts]


FAMILIES: tuple[Family, ...] = (
    Family(
        name="bookings_accepted",
        concepts=("interval_scheduling", "intervals", "any_all"),
        difficulty=2,
        names="bookings_accepted accept_requests first_come_first_served confirm handle_bookings",
        arguments=(
            "requests|bookings|wishes|slots: list[tuple[int, int]]; (begin, end) in hours, begin before end",
        ),
        returns="list[tuple[int, int]]",
        phrasings=(
            "A room is lent to whoever asks first. Go through $requests in order and accept a booking (begin, end) if it does not overlap any booking accepted before. $touch Return the accepted bookings in the order of the requests.",
            "Which of $requests, pairs (begin, end) in the order in which they came, are accepted, if one is refused exactly when it gets in the way of an earlier accepted one? Two bookings that overlap are in each other's way. $touch Keep the order.",
            "A tennis court is booked by telephone in the order of $requests, each with the hours (from, to). The clerk writes a booking down unless it clashes with one already written down; bookings clash when they overlap. $touch List what is written down.",
            "Filter the half-open intervals [begin, end) of $requests from left to right, keeping an interval exactly if it is compatible with all intervals kept so far. Overlapping intervals are not compatible. $touch Return the kept ones in order.",
        ),
        solutions=(
            """
$result = []
for begin, end in $requests:
    if all(end + $gap <= first or last + $gap <= begin for first, last in $result):
        $result.append((begin, end))
return $result
""",
            """
taken = set()
$result = []
for begin, end in $requests:
    hours = set(range(begin, end))
    if taken.isdisjoint(hours):
        taken.update(range(begin - $gap, end + $gap))
        $result.append((begin, end))
return $result
""",
        ),
        reference=lambda requests, gap, touch: _accepted(requests, gap),
        parameters=lambda rng: rng.choice(
            (
                {
                    "gap": 1,
                    "touch": Raw(
                        "Between the end of one and the start of another at least one hour must be free."
                    ),
                },
                {
                    "gap": 2,
                    "touch": Raw(
                        "Between the end of one and the start of another at least two hours must be free."
                    ),
                },
            )
        ),
        inputs=lambda rng, gap, touch: (
            [(start, start + rng.randint(1, 3)) for start in rng.sample(range(12), rng.randint(5, 7))],
        ),
        edges=(
            ([],),
            ([(1, 2)],),
            ([(1, 3), (3, 5), (6, 7)],),
            ([(5, 9), (1, 6), (9, 10), (0, 4)],),
            ([(2, 4), (2, 4), (0, 9)],),
        ),
        idea="A request is compared with everything accepted before; two bookings do not clash if one ends before the other begins.",
        pitfall="A refused booking takes no time: compare with the accepted ones only, not with all earlier requests.",
    ),
    Family(
        name="fewest_photos",
        concepts=("interval_scheduling", "greedy", "sorting_with_key"),
        difficulty=3,
        names="fewest_photos photo_times visits_needed pick_moments stab",
        arguments=(
            "stays|guests|spans|visits: list[tuple[int, int]]; (arrival, departure), both days included",
        ),
        returns="list[int]",
        phrasings=(
            "Every guest stays from arrival to departure, both days included, as $stays lists. A group photo on a day shows all guests present. Choose as few days as possible so that each guest is on a photo$arrival_lead: go through the guests by departure, and whenever one is not yet on a photo, take one on the last day of this guest. Return the days in rising order.",
            "Find days such that every one of the stays (first day, last day) in $stays contains one of them$lead, by this rule: look at the stays in the order of their last days and add the last day of a stay that contains no chosen day. Return the chosen days, ascending.",
            "Plants need water on one day between two dates, as $stays says (first and last possible day, inclusive). One watering reaches all plants. The gardener waits as long as possible each time: until the last possible day of the first plant whose time runs out$lead. On which days, in order, does the gardener water?",
            "Given intervals $stays, with their ends, return the ascending list of points made by the greedy method that repeatedly takes the smallest right end among the intervals not yet hit$point_lead.",
        ),
        solutions=(
            """
days = []
for arrival, departure in sorted($stays, key=lambda stay: stay[1]):
    if not days or days[-1] $test arrival:
        days.append(departure)
return days
""",
            """
waiting = list($stays)
days = []
while waiting:
    day = min(departure for arrival, departure in waiting)
    days.append(day)
    waiting = [stay for stay in waiting if stay[0] $against day]
return days
""",
        ),
        reference=lambda stays, test, **_: _hit(stays, "=" in test),
        parameters=lambda rng: rng.choice(
            (
                {
                    "test": Raw("<"),
                    "against": Raw(">"),
                    "lead": Raw(""),
                    "arrival_lead": Raw(""),
                    "point_lead": Raw(""),
                },
                {
                    "test": Raw("<="),
                    "against": Raw(">="),
                    "lead": Raw(" (where the first day does not count)"),
                    "arrival_lead": Raw(" (the day of arrival does not count)"),
                    "point_lead": Raw(", where the left end of an interval does not belong to it"),
                },
            )
        ),
        inputs=lambda rng, **_: (_spans(rng, 3, 6, 12),),
        edges=(
            ([],),
            ([(2, 5)],),
            ([(1, 3), (3, 6)],),
            ([(1, 9), (2, 3), (4, 5)],),
            ([(4, 6), (1, 2), (2, 4), (6, 8)],),
            ([(0, 2), (0, 2)],),
        ),
        idea="The stay that ends first must be hit somewhere, and its last day serves the others best.",
        pitfall="Sorting by arrival lets a long stay decide on a day that is too late for a short one.",
    ),
    Family(
        name="best_paid_jobs",
        concepts=("interval_scheduling", "dynamic_programming", "recursion"),
        difficulty=5,
        names="best_paid_jobs most_money max_profit plan_jobs earn",
        arguments=(
            "jobs|offers|shows|bookings: list[tuple[int, int, int]]; triples (begin, end, pay), begin before end",
        ),
        returns="int",
        phrasings=(
            "Return the largest total pay of $jobs that one person can do. The jobs are given as (begin, end, pay), two jobs must not overlap, and between the end of one and the start of the next at least $rest hours must pass. Without jobs the answer is 0.",
            "What is the most that can be earned by accepting some of $jobs, triples (begin, end, pay), such that each accepted one begins $rest or more hours after the one before it has ended?",
            "A hall can be let for the events in $jobs, listed as (from, to, rent), one at a time, and cleaning takes $rest hours between two events. Find the largest possible sum of rents (0 if there are no events).",
            "Choose a subset of the weighted intervals $jobs such that for any two of them one begins $rest or more after the end of the other, and maximise the sum of the weights; return this maximum, or 0 for no intervals.",
        ),
        solutions=(
            """
ordered = sorted($jobs, key=lambda job: job[1])
$best = []
for $i, (begin, end, pay) in enumerate(ordered):
    before = 0
    for $j in range($i):
        if ordered[$j][1] + $rest <= begin:
            before = max(before, $best[$j])
    $best.append(before + pay)
return max($best, default=0)
""",
            """
from functools import cache
ordered = sorted($jobs)

@cache
def earn($i, free_from):
    if $i == len(ordered):
        return 0
    begin, end, pay = ordered[$i]
    skipped = earn($i + 1, free_from)
    if begin < free_from:
        return skipped
    return max(skipped, pay + earn($i + 1, end + $rest))

return earn(0, 0)
""",
        ),
        reference=lambda jobs, rest: max(
            sum(job[2] for job in some)
            for size in range(len(jobs) + 1)
            for some in itertools.combinations(jobs, size)
            if all(a[1] + rest <= b[0] or b[1] + rest <= a[0] for a, b in itertools.combinations(some, 2))
        ),
        parameters=lambda rng: {"rest": rng.choice((2, 3))},
        inputs=lambda rng, rest: ([(a, b, rng.randint(1, 20)) for a, b in _spans(rng, 3, 6, 12)],),
        edges=(
            ([],),
            ([(0, 2, 5)],),
            ([(0, 2, 5), (3, 5, 5), (7, 9, 4)],),
            ([(0, 9, 10), (0, 2, 4), (4, 6, 4), (8, 9, 4)],),
            ([(1, 2, 3), (2, 3, 9), (3, 4, 3)],),
        ),
        idea="Sorted by their ends, each job adds its pay to the best plan among the jobs that leave enough time before it.",
        pitfall="Taking the best paid job first, or the one that ends first, can lose against several others together.",
    ),
    Family(
        name="watch_without_gap",
        concepts=("interval_scheduling", "greedy", "while_loops"),
        difficulty=4,
        names="watch_without_gap fewest_guards cover_night shifts_needed relay",
        arguments=("shifts|offers|guards|lamps: list[tuple[int, int]]; (from, to) in hours, from before to",),
        returns="int",
        phrasings=(
            "The time from hour 0 to hour $hours must be watched without a gap. Return the smallest number of shifts (from, to) out of $shifts that are enough for it, or -1 if all of them are not. A shift may begin when another one ends, and shifts may overlap or reach further.",
            "How many of the offers $shifts, each a pair (from, to), does one need at least to cover every moment between 0 and $hours? Overlaps are allowed, touching is enough, and -1 means that it cannot be done.",
            "A street is $hours metres long and is to be lit from end to end. A lamp lights it from one metre mark to another, as listed in $shifts. How few lamps can light all of it? If some part stays dark even with all the lamps, return -1.",
            "Return the minimal size of a subset of the closed intervals $shifts whose union contains the interval from 0 to $hours, or -1 if no subset has this property.",
        ),
        solutions=(
            """
$count = 0
covered = 0
while covered < $hours:
    furthest = max((end for begin, end in $shifts if begin <= covered), default=covered)
    if furthest <= covered:
        return -1
    covered = furthest
    $count += 1
return $count
""",
            """
needed = [0] + [None] * $hours
for hour in range($hours):
    tries = [needed[max(begin, 0)] for begin, end in $shifts if begin <= hour < end]
    tries = [$count for $count in tries if $count is not None]
    if tries:
        needed[hour + 1] = min(tries) + 1
return -1 if needed[$hours] is None else needed[$hours]
""",
        ),
        reference=lambda shifts, hours: min(
            (
                size
                for size in range(len(shifts) + 1)
                for some in itertools.combinations([set(range(a, b)) for a, b in shifts], size)
                if set().union(*some).issuperset(range(hours))
            ),
            default=-1,
        ),
        parameters=lambda rng: {"hours": rng.choice((6, 8, 10))},
        inputs=lambda rng, hours: (
            [
                (start := rng.choice((0, 0, 1, 2, 3, 4, 5, 6, 7)), start + rng.randint(2, 6))
                for _ in range(rng.randint(4, 6))
            ],
        ),
        edges=(
            ([],),
            ([(0, 10)],),
            ([(1, 12)],),
            ([(-2, 3), (3, 12)],),
            ([(0, 4), (5, 10)],),
            ([(0, 2), (2, 4), (4, 6), (6, 8), (8, 10)],),
            ([(0, 5), (1, 7), (4, 6), (5, 11)],),
        ),
        idea="Of all shifts that begin while it is still covered, the one that lasts longest is the best to go on with.",
        pitfall="Stop when no shift takes the cover any further, or the loop never ends.",
    ),
    Family(
        name="bookings_in_the_way",
        concepts=("interval_scheduling", "intervals", "functions"),
        difficulty=1,
        names="bookings_in_the_way conflicts clashing overlapping_bookings find_clashes",
        arguments=(
            "bookings|taken|plans|meetings: list[tuple[int, int]]; (begin, end) in hours, begin before end",
            "begin|first|opening|source: int; when the new one begins",
            "length|hours|size|duration: int; how many hours it takes, at least 1",
        ),
        returns="list[tuple[int, int]]",
        phrasings=(
            "Return, in order, those of $bookings that clash with a new booking which begins at hour $begin and takes $length hours$extra. Use the helper `clash`, for which bookings that only touch do not clash.",
            "Which of $bookings are in the way of a new one from hour $begin that lasts $length hours$extra? Keep their order; `clash` decides about two pairs (begin, end).",
            "The owner of a boat has promised it for the times $bookings. Somebody wants it from hour $begin on for $length hours$extra. With which of the promises does this collide? Let `clash` compare two times, and keep the order.",
            "Filter $bookings with `clash`: keep those pairs, in order, that clash with the pair of $begin and the end that follows from the duration $length$extra.",
        ),
        setup="""
def clash(one, other):
    return one[0] < other[1] and other[0] < one[1]
""",
        solutions=(
            """
$result = []
new = ($begin, $begin + $length$more)
for booking in $bookings:
    if clash(booking, new):
        $result.append(booking)
return $result
""",
            """
end = $begin + $length$more
return [booking for booking in $bookings if clash(($begin, end), booking)]
""",
            """
def in_the_way(booking):
    return clash(booking, ($begin, $begin + $length$more))

return list(filter(in_the_way, $bookings))
""",
        ),
        reference=lambda bookings, begin, length, extra, more: [
            pair
            for pair in bookings
            if set(range(*pair)) & set(range(begin, begin + length + (int(more.strip(" +")) if more else 0)))
        ],
        parameters=lambda rng: rng.choice(
            (
                {"extra": Raw(" and 1 more hour for cleaning"), "more": Raw(" + 1")},
                {"extra": Raw(" and 2 more hours for the way"), "more": Raw(" + 2")},
                {"extra": Raw(" (nothing is added for cleaning)"), "more": Raw("")},
            )
        ),
        inputs=lambda rng, extra, more: (_spans(rng, 3, 5, 9), rng.randint(1, 9), rng.randint(1, 4)),
        edges=(
            ([], 1, 1),
            ([(1, 3)], 3, 1),
            ([(4, 6)], 2, 2),
            ([(0, 9), (2, 3), (5, 6), (6, 7)], 3, 2),
            ([(3, 4), (3, 4)], 3, 1),
        ),
        idea="Put the new booking into the same form as the others, and one helper answers the question for each pair.",
        pitfall="The end is the begin plus the duration; passing the duration as the end compares hours with a length.",
    ),
)


def _accepted(requests: list[tuple[int, int]], gap: int) -> list[tuple[int, int]]:
    if not requests:
        return []
    before = _accepted(requests[:-1], gap)
    begin, end = requests[-1]
    free = all(min(end, b) - max(begin, a) <= -gap for a, b in before)
    return before + requests[-1:] * free


def _hit(stays: list[tuple[int, int]], strict: bool) -> list[int]:
    if not stays:
        return []
    day = sorted(end for _, end in stays)[0]
    return [day, *_hit([s for s in stays if (s[0] >= day if strict else s[0] > day)], strict)]
