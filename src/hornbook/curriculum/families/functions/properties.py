"""Families on properties: values that are worked out, or checked, by a method."""

from __future__ import annotations

import random

from hornbook.curriculum.family import Family, Raw


def _thermostat(wishes: list[int], low: int, high: int) -> tuple[list[int], int]:
    shown = [sorted((low, wish, high))[1] for wish in wishes]
    return shown, sum(a != b for a, b in zip(shown, wishes, strict=True))


def _rooms(rng: random.Random) -> tuple[list[tuple[str, int, int]]]:
    names = rng.sample(("hall", "attic", "study", "kitchen", "cellar", "bath"), rng.randint(2, 4))
    return ([(name, rng.randint(2, 6), rng.randint(2, 6)) for name in names],)


def _largest(rooms: list[tuple[str, int, int]]) -> tuple[str, int] | None:
    ranked = sorted(rooms, key=lambda room: (-room[1] * room[2], 2 * (room[1] + room[2])))
    return None if not ranked else (ranked[0][0], 2 * (ranked[0][1] + ranked[0][2]))


def _middles(spans: list[tuple[int, int]], k: int) -> list[int]:
    ordered = [sorted(span) for span in spans]
    return [sum(span) // 2 for span in ordered if len(range(*span)) >= k]


FAMILIES: tuple[Family, ...] = (
    Family(
        name="thermostat_with_bounds",
        concepts=("properties", "classes", "min_max"),
        difficulty=4,
        names="set_thermostat values_and_corrections shown_values set_all adjust_values wishes_to_values",
        arguments=("wishes|values|settings|inputs: list[int]; the values that are asked for, in order",),
        returns="tuple[list[int], int]",
        phrasings=(
            "Return the value that a `Thermostat` has after each of $wishes is assigned to it, and how many wishes it corrected, as a pair. It corrects a wish below $low to $low and one above $high to $high.",
            "Given the list $wishes, assign each to the property `value` of one `Thermostat` and collect what the property then is. Return (the list of values, the number of wishes that were outside $low to $high).",
            "The heating in a $room takes only whole degrees from $low to $high and goes to the nearest of these when somebody wants more or less. What is it set to after each of $wishes, and how many of them could not be met?",
            "Return (v, c): v is the list of max($low, min($high, w)) for the elements w of $wishes, and c is the number of positions at which v and $wishes differ.",
        ),
        solutions=(
            """
thermostat = Thermostat()
shown = []
for wish in $wishes:
    thermostat.value = wish
    shown.append(thermostat.value)
return shown, thermostat.corrections
""",
            """
shown = [max($low, min($high, wish)) for wish in $wishes]
corrected = [wish for wish in $wishes if not $low <= wish <= $high]
return shown, len(corrected)
""",
        ),
        setup="""
class Thermostat:
    def __init__(self):
        self._value = $low
        self.corrections = 0

    @property
    def value(self):
        return self._value

    @value.setter
    def value(self, wish):
        self._value = max($low, min($high, wish))
        if self._value != wish:
            self.corrections += 1
""",
        reference=lambda wishes, low, high, room: _thermostat(wishes, low, high),
        inputs=lambda rng, low, high, room: (
            [
                rng.choice((low, high, low - 1, high + 1, rng.randint(low - 5, high + 5)))
                for _ in range(rng.randint(2, 5))
            ],
        ),
        edges=(([],), ([0],), ([99, -99],), ([20, 20],)),
        idea="Assigning to the property runs its setter, so no value outside the bounds can ever get in.",
        pitfall="A setter that assigns to `self.value` calls itself; the number is stored under another name.",
        parameters=lambda rng: {
            "low": rng.randint(10, 16),
            "high": rng.randint(22, 28),
            "room": Raw(rng.choice(("school", "museum", "greenhouse", "train"))),
        },
    ),
    Family(
        name="largest_room_and_border",
        concepts=("properties", "min_max", "none_values"),
        difficulty=3,
        names="largest_room biggest_room room_and_border best_room choose_room largest_and_border",
        arguments=("rooms|fields|plots|areas: list[tuple[str, int, int]]; name, width and length of each",),
        returns="tuple[str, int] | None",
        phrasings=(
            "Return the name of the largest of $rooms by area together with the length of its border, or None without rooms. Of equally large ones the one with the shorter border counts, and the first of those that agree in that, too.",
            "Given a list $rooms of tuples (name, width, length), find the one with the largest area; if several have it, the one with the smallest border, and then the earliest. Return (name, border), where the border is twice the sum of width and length, or None for an empty list.",
            "A painter looks for the room with the largest floor in a house, and asks for the border all around it to buy $things. If two floors are equally large, the room with less border is taken, then the one listed first. What is the answer for $rooms, given as (name, width, length)? An empty list has none: None.",
            "Among the triples (n, w, l) in $rooms choose the first with the lexicographically greatest (w * l, -(w + l)) and return (n, 2 * (w + l)). Return None if $rooms is empty.",
        ),
        solutions=(
            """
class Room:
    def __init__(self, name, width, length):
        self.name = name
        self.width = width
        self.length = length

    @property
    def area(self):
        return self.width * self.length

    @property
    def border(self):
        return 2 * (self.width + self.length)

made = [Room(*room) for room in $rooms]
if not made:
    return None
best = max(made, key=lambda room: (room.area, -room.border))
return best.name, best.border
""",
            """
best = None
best_area = 0
for name, width, length in $rooms:
    area = width * length
    border = 2 * (width + length)
    if best is None or area > best_area or (area == best_area and border < best[1]):
        best, best_area = (name, border), area
return best
""",
        ),
        reference=lambda rooms, things: _largest(rooms),
        inputs=lambda rng, things: _rooms(rng),
        edges=(
            ([],),
            ([("hall", 1, 1)],),
            ([("a", 2, 6), ("b", 3, 4), ("c", 4, 3)],),
            ([("a", 3, 4), ("b", 2, 6)],),
            ([("é", 5, 2), ("x", 1, 9)],),
        ),
        idea="Area and border follow from width and length, so they are worked out when asked for and can never disagree with them.",
        pitfall="Storing the area in `__init__` makes it wrong as soon as a width is changed.",
        parameters=lambda rng: {"things": Raw(rng.choice(("skirting boards", "tape", "moulding")))},
    ),
    Family(
        name="middles_of_long_spans",
        concepts=("properties", "filtering", "integer_division"),
        difficulty=3,
        names="middles_of_spans span_middles middle_points long_spans centres middles",
        arguments=("spans|pairs|ranges|sections: list[tuple[int, int]]; the two ends in any order",),
        returns="list[int]",
        phrasings=(
            "Return the middles of those $spans that are at least $k long, in order. A span is a pair of its ends, which may come in either order; its length is their distance, its middle half their sum, rounded down.",
            "Given a list of pairs $spans, keep those whose two numbers are $k or more apart and return the list of (a + b) // 2 for each of them. `Span` offers these values as properties.",
            "Along a $path there are sections, each noted by the metres at which it begins and ends, in either direction. Put a bench in the middle (rounded down to a metre) of every section of at least $k metres. At which metres do the benches for $spans stand?",
            "Return the list of (a + b) // 2 over all pairs (a, b) in $spans with |a - b| >= $k, in their order.",
        ),
        solutions=(
            """
made = [Span(first, second) for first, second in $spans]
return [span.middle for span in made if span.length >= $k]
""",
            """
middles = []
for pair in $spans:
    low, high = sorted(pair)
    if high - low >= $k:
        middles.append((low + high) // 2)
return middles
""",
        ),
        setup="""
class Span:
    def __init__(self, first, second):
        self.first = first
        self.second = second

    @property
    def length(self):
        return abs(self.second - self.first)

    @property
    def middle(self):
        return (self.first + self.second) // 2
""",
        reference=lambda spans, k, path: _middles(spans, k),
        inputs=lambda rng, k, path: (
            [
                (a, a + rng.choice((-k, k, k - 1, 1 - k, k + 3, 0)))
                for a in [rng.randint(-9, 20) for _ in range(rng.randint(3, 5))]
            ],
        ),
        edges=(([],), ([(0, 0)],), ([(50, 0), (0, 51)],), ([(-3, -20), (-20, -3)],)),
        idea="A property is used like a value, without brackets, though a method works it out.",
        pitfall="Writing `span.length()` calls the number that the property gave, which fails.",
        parameters=lambda rng: {
            "k": rng.randint(4, 8),
            "path": Raw(rng.choice(("hiking path", "river", "railway", "coast road"))),
        },
    ),
)
