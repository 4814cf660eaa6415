"""Families on named tuples."""

from __future__ import annotations

import random

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw


def _sales(rng: random.Random) -> tuple[list[tuple[str, int, int]]]:
    goods = rng.sample(draws.GOODS, 3)
    return ([(rng.choice(goods), rng.randint(0, 5), rng.randint(1, 20)) for _ in range(rng.randint(3, 5))],)


def _best_sale(sales: list[tuple[str, int, int]], floor: int) -> tuple[str, int]:
    sums: dict[str, int] = {}
    for sale in sales:
        sums[sale[0]] = sums.get(sale[0], 0) + sale[1] * sale[2]
    good = [(-total, name) for name, total in sums.items() if total >= floor]
    return (min(good)[1], -min(good)[0]) if good else ("", 0)


def _pushed(points: list[tuple[int, int]], by: int, width: int) -> list[tuple[int, int]]:
    return [((x + by) % width, y) if 0 <= x < width else (0, 0) for x, y in points]


def _trips(rng: random.Random) -> tuple[list[tuple[str, int, int]]]:
    return (
        [
            (rng.choice(draws.WORDS).capitalize(), rng.randint(1, 30) * 10, rng.randint(1, 9))
            for _ in range(rng.randint(2, 5))
        ],
    )


def _order(trips: list[tuple[str, int, int]]) -> list[str]:
    left = list(trips)
    out = []
    while left:
        best = left[0]
        for trip in left:
            if trip[1] * best[2] < best[1] * trip[2] or (
                trip[1] * best[2] == best[1] * trip[2] and trip[0] < best[0]
            ):
                best = trip
        left.remove(best)
        out.append(f"{best[0]}: {best[1] // best[2]}")
    return out


FAMILIES: tuple[Family, ...] = (
    Family(
        name="best_selling_article",
        concepts=("named_tuples", "dictionaries", "min_max"),
        difficulty=3,
        names="best_seller best_selling top_article largest_turnover most_sold top_sale",
        arguments=(
            "sales|rows|receipts|entries: list[tuple[str, int, int]]; article, pieces and price of a piece",
        ),
        returns="tuple[str, int]",
        phrasings=(
            "Return the article with the largest turnover in $sales and that turnover, as a pair, or ('', 0) if no article reaches $floor. The turnover is the sum of pieces times price over all sales of the article; of equal ones the article that comes first in the alphabet counts.",
            "Given a list of triples $sales (article, pieces, price of one), add up pieces * price for each article and find the largest sum that is at least $floor. Return (article, sum), the alphabetically first among equals, and ('', 0) when there is no such sum.",
            "At the end of a market day a stall looks at $sales, tuples of the article, how many pieces were sold and at what price each. Which article brought in most money, and how much? Ties go to the alphabet, and a day on which nothing brought in $floor or more is written down as ('', 0).",
            "Let t(n) be the sum of p * q over the triples (n, p, q) in $sales. Among the names with t(n) >= $floor return (n, t(n)) for the largest t(n), the smallest n in a tie; return ('', 0) if there are none.",
        ),
        solutions=(
            """
from collections import defaultdict, namedtuple

Sale = namedtuple("Sale", "article pieces price")
turnover = defaultdict(int)
for sale in map(Sale._make, $sales):
    turnover[sale.article] += sale.pieces * sale.price
enough = [name for name in sorted(turnover) if turnover[name] >= $floor]
best = max(enough, key=turnover.get, default="")
return best, turnover[best]
""",
            """
totals = {}
for article, pieces, price in $sales:
    totals[article] = totals.get(article, 0) + pieces * price
best, most = "", 0
for article, total in sorted(totals.items()):
    if total >= $floor and total > most:
        best, most = article, total
return best, most
""",
        ),
        reference=_best_sale,
        inputs=lambda rng, floor: _sales(rng),
        edges=(
            ([],),
            ([("tea", 1, 1)],),
            ([("pen", 10, 5), ("cup", 5, 10)],),
            ([("a", 5, 6), ("b", 59, 1), ("a", 6, 5)],),
        ),
        idea="`sale.pieces * sale.price` says what is multiplied; with positions it would be `sale[1] * sale[2]`.",
        pitfall="The single largest sale need not belong to the best article; add up first.",
        parameters=lambda rng: {"floor": rng.randint(10, 30)},
    ),
    Family(
        name="move_points_on_a_band",
        concepts=("named_tuples", "integer_division", "mapping"),
        difficulty=2,
        names="move_points shift_points wrap_points scroll points_after move_around",
        arguments=("points|places|dots|positions: list[tuple[int, int]]; x and y of each",),
        returns="list[tuple[int, int]]",
        phrasings=(
            "Return $points with every x moved by $by on a band of width $width that is closed to a ring, so that $width is 0 again. A point whose x is not from 0 to $last becomes (0, 0) instead; y never changes otherwise.",
            "Given a list of pairs (x, y), replace x by (x + $by) % $width where x is at least 0 and less than $width, leaving y alone, and replace the whole pair by (0, 0) where it is not. Return the list of plain pairs.",
            "In an old computer game the $things that leave the screen on the right come back on the left. The screen is $width wide, everything moves $by to the right, and whatever is not on the screen (x below 0 or above $last) is set to (0, 0). Where are the $points after the move?",
            "Return the list with ((x + $by) mod $width, y) for each pair (x, y) of $points with 0 <= x < $width and with (0, 0) for each other pair.",
        ),
        solutions=(
            """
def moved(point):
    if point.x not in range($width):
        return Point(0, 0)
    return point._replace(x=(point.x + $by) % $width)

return [tuple(moved(Point(x, y))) for x, y in $points]
""",
            """
moved = []
for x, y in $points:
    if 0 <= x < $width:
        x = x + $by
        moved.append((x - $width if x >= $width else x, y))
    else:
        moved.append((0, 0))
return moved
""",
        ),
        setup="""
from collections import namedtuple

Point = namedtuple("Point", "x y")
""",
        reference=lambda points, by, width, last, things: _pushed(points, by, width),
        inputs=lambda rng, by, width, last, things: (
            [
                (
                    rng.choice((0, last, width, width - by, last - by, -1, rng.randint(0, last))),
                    rng.randint(0, 9),
                )
                for _ in range(rng.randint(2, 4))
            ],
        ),
        edges=(([],), ([(0, 0)],), ([(-1, 5), (99, 5)],), ([(3, -2), (3, -2)],)),
        idea="`_replace` makes a new point that differs in x only; the remainder closes the band to a ring.",
        pitfall="`point.x = ...` fails, since a named tuple is a tuple and cannot be changed.",
        parameters=lambda rng: (
            lambda width: {
                "by": rng.randint(2, 5),
                "width": width,
                "last": width - 1,
                "things": Raw(rng.choice(("ghosts", "ships", "clouds", "comets"))),
            }
        )(rng.choice((10, 12, 16, 20))),
    ),
    Family(
        name="trips_by_speed",
        concepts=("named_tuples", "sorting_with_key", "string_formatting"),
        difficulty=3,
        names="slowest_first by_speed trips_by_speed sort_trips speed_list order_trips",
        arguments=(
            "trips|tours|rides|journeys: list[tuple[str, int, int]]; a place, kilometres and hours (at least 1)",
        ),
        returns="list[str]",
        phrasings=(
            "Return texts 'place: speed' for $trips, slowest first, where the speed is the kilometres divided by the hours. Trips that are equally fast are in alphabetical order of the place; the order goes by the exact speed, but the text shows it rounded down.",
            "Given a list $trips of tuples (place, km, hours), sort it by km / hours in ascending order and by place where these are equal, and return for each the place, a colon, a blank and km // hours.",
            "A $club compares its tours: how many kilometres an hour were made on each? List them from the slowest to the fastest as '<place>: <speed>', the speed in whole kilometres rounded down. Tours of exactly the same speed are listed by place. $trips holds (place, kilometres, hours).",
            "Sort the triples (n, d, t) of $trips, with t >= 1, by the pair (d / t, n) from small to large and return the list of the strings n + ': ' + str(d // t).",
        ),
        solutions=(
            """
tours = [Tour(*trip) for trip in $trips]
tours.sort(key=lambda tour: (tour.speed, tour.place))
return [f"{tour.place}: {int(tour.speed)}" for tour in tours]
""",
            """
from fractions import Fraction

rows = sorted((Fraction(km, hours), place) for place, km, hours in $trips)
return [place + ": " + str(speed.__floor__()) for speed, place in rows]
""",
            """
by_place = sorted($trips)
by_place.sort(key=lambda trip: trip[1] / trip[2])
lines = []
for place, km, hours in by_place:
    lines.append(f"{place}: {km // hours}")
return lines
""",
        ),
        setup="""
from typing import NamedTuple


class Tour(NamedTuple):
    place: str
    km: int
    hours: int

    @property
    def speed(self):
        return self.km / self.hours
""",
        reference=lambda trips, club: _order(trips),
        inputs=lambda rng, club: _trips(rng),
        edges=(
            ([],),
            ([("Bonn", 0, 1)],),
            ([("B", 20, 2), ("A", 10, 1), ("C", 21, 2)],),
            ([("Zürich", 100, 3), ("Äh", 99, 3)],),
            ([("B", 5, 1), ("B", 10, 2)],),
        ),
        idea="The named tuple works the speed out itself, so the key of the sort reads like the sentence it stands for.",
        pitfall="Sorting by the rounded speed puts trips in the wrong order whose speeds differ only behind the point.",
        parameters=lambda rng: {"club": Raw(rng.choice(("cycling club", "canoe club", "walking group")))},
    ),
)
