"""Families on moves: steps on a board, rounds of the week, minutes on a clock."""

from __future__ import annotations

import functools
from datetime import timedelta

from hornbook.curriculum.family import Family

WEEK = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def _crossings(path: str) -> list[tuple[int, int]]:
    """Positions before each step of `path` (letters U, D, L, R) and after the last one, by counting letters."""
    walked = [path[:steps] for steps in range(len(path) + 1)]
    return [(part.count("R") - part.count("L"), part.count("U") - part.count("D")) for part in walked]


FAMILIES: tuple[Family, ...] = (
    Family(
        name="walk_on_board",
        concepts=("simulation", "tuples", "conditionals"),
        difficulty=3,
        names="walk_on_board final_square follow_path play_moves run",
        arguments=("moves|path|steps|walk: str; one letter per step",),
        returns="tuple[int, int]",
        phrasings=(
            "A piece starts at (0, 0), the lower left corner of a square board with $size squares per side. Follow $moves ('U' up, 'D' down, 'L' left, 'R' right), ignoring each step that would leave the board, and return the final (x, y).",
            "Carry out the steps in the string $moves on a $size by $size board, beginning at x = 0, y = 0 (bottom left). The letters U, D, L, R mean up, down, left, right; a step over the edge is skipped. Return the position as a tuple (x, y).",
            "Compute the square (x, y) on which a piece stands after $moves. It sets out from (0, 0); R raises x, L lowers x, U raises y, D lowers y, and steps that would take a coordinate below 0 or above $last have no effect.",
            "Where does the walk $moves end on a board whose coordinates x and y run from 0 to $last? Start at (0, 0); U adds 1 to y, D subtracts 1 from it, R and L do the same with x, and impossible steps are left out.",
        ),
        solutions=(
            """
x = 0
y = 0
for $char in $moves:
    if $char == "U" and y < $last:
        y += 1
    elif $char == "D" and y > 0:
        y -= 1
    elif $char == "R" and x < $last:
        x += 1
    elif $char == "L" and x > 0:
        x -= 1
return x, y
""",
            """
directions = {"U": (0, 1), "D": (0, -1), "L": (-1, 0), "R": (1, 0)}
x, y = 0, 0
for $char in $moves:
    dx, dy = directions[$char]
    if 0 <= x + dx < $size and 0 <= y + dy < $size:
        x, y = x + dx, y + dy
return (x, y)
""",
            """
x = y = 0
for $char in $moves:
    x += ($char == "R") - ($char == "L")
    y += ($char == "U") - ($char == "D")
    x = max(0, min(x, $last))
    y = max(0, min(y, $last))
return x, y
""",
        ),
        reference=lambda moves, size, last: (
            _clamped([(m == "R") - (m == "L") for m in moves], last),
            _clamped([(m == "U") - (m == "D") for m in moves], last),
        ),
        parameters=lambda rng: (lambda size: {"size": size, "last": size - 1})(rng.choice((3, 4, 5, 6))),
        inputs=lambda rng, size, last: ("".join(rng.choices("UURRDL", k=rng.randint(3, 9))),),
        edges=(("",), ("D",), ("UUUUUUUUU",), ("RRULLLD",), ("RLRLR",)),
        idea="Each letter changes one coordinate by one; the test for the edge comes before the step is taken.",
        pitfall="Adding up all steps first and cutting at the edge afterwards gives another place: a skipped step is not made up for.",
    ),
    Family(
        name="first_revisited_place",
        concepts=("sets", "simulation", "early_return"),
        difficulty=4,
        names="first_revisited first_crossing place_twice find_loop trace",
        arguments=("path|moves|walk|route: str; one letter per step",),
        returns="tuple[int, int] | None",
        phrasings=(
            "Walk $path on a grid from (0, 0): 'U' adds 1 to y, 'D' subtracts 1, 'R' adds 1 to x, 'L' subtracts 1. Return the first position (x, y) that you come to for the second time, the start included, or None.",
            "Starting at (0, 0), take one step per letter of $path: U is y + 1, D is y - 1, R is x + 1, L is x - 1. As soon as a step leads to a place where you have been before (the start counts), return that place as (x, y); return None if this never happens.",
            "Find the first place the walk $path visits again. It begins at the visited place (0, 0) and the letters U, D, L, R move it up (larger y), down, left (smaller x), right by one. Give the coordinates (x, y), or None when all places are different.",
            "Does the walk $path cross itself, and where first? From (0, 0) the letters U/D change y by +1/-1 and R/L change x by +1/-1. Answer with the tuple (x, y) of the earliest return to an old position, with None if there is none.",
        ),
        solutions=(
            """
steps = {"U": (0, 1), "D": (0, -1), "L": (-1, 0), "R": (1, 0)}
x, y = 0, 0
$seen = {(0, 0)}
for $char in $path:
    x += steps[$char][0]
    y += steps[$char][1]
    if (x, y) in $seen:
        return x, y
    $seen.add((x, y))
return None
""",
            """
$seen = [(0, 0)]
for $char in $path:
    x, y = $seen[-1]
    if $char == "U":
        y += 1
    elif $char == "D":
        y -= 1
    elif $char == "R":
        x += 1
    else:
        x -= 1
    if (x, y) in $seen:
        return (x, y)
    $seen.append((x, y))
return None
""",
            """
from itertools import accumulate
steps = {"U": 1j, "D": -1j, "L": -1, "R": 1}
$seen = set()
for $current in accumulate(map(steps.get, $path), initial=0j):
    if $current in $seen:
        return int($current.real), int($current.imag)
    $seen.add($current)
return None
""",
        ),
        reference=lambda path: next(
            (place for at, place in enumerate(_crossings(path)) if place in _crossings(path)[:at]),
            None,
        ),
        inputs=lambda rng: (
            "".join(rng.choices("UURRRDL", k=rng.randint(2, 4)))
            + rng.choice(("DLU", "LUR", "RDL", "ULD", "DR")),
        ),
        edges=(("",), ("RRRR",), ("UD",), ("RULD",), ("RRULDRR",)),
        idea="Keep every place in a set; a step that leads to a member of the set closes the first loop.",
        pitfall="The starting point must be in the set before the first step, or a walk back to it is missed.",
    ),
    Family(
        name="weekday_of_later_round",
        concepts=("arithmetic", "list_indexing", "strings"),
        difficulty=2,
        names="weekday_of_round day_name shift_weekday later_weekday advance",
        arguments=(
            "today|weekday|from_day|begin: str; short English name of a weekday",
            "rounds|times|repeats|num_steps: int; number of rounds, may be negative",
        ),
        returns="str",
        phrasings=(
            "A machine is checked every $every days. Return the weekday of the check that comes $rounds checks after the one on $today (or before it, if $rounds is negative). Weekdays are 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'.",
            "Starting from the weekday $today (one of Mon, Tue, Wed, Thu, Fri, Sat, Sun), go $every days forward $rounds times, or back if $rounds is negative, and give the short name of the day you reach.",
            "Which day of the week is reached from $today by $rounds jumps of $every days each? Names are the three letters Mon to Sun; a negative number of jumps leads into the past.",
            "Compute the three-letter weekday name that lies $rounds times $every days later than $today in the endless sequence Mon, Tue, Wed, Thu, Fri, Sat, Sun, Mon, ... (earlier, if $rounds is negative).",
        ),
        solutions=(
            """
$result = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
return $result[($result.index($today) + $rounds * $every) % 7]
""",
            """
$result = "MonTueWedThuFriSatSun"
$i = ($result.index($today) // 3 + $every * $rounds) % 7
return $result[3 * $i : 3 * $i + 3]
""",
            """
from collections import deque
$result = deque(["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"])
$result.rotate(-$result.index($today) - $rounds * $every)
return $result[0]
""",
        ),
        reference=lambda today, rounds, every: next(
            name for at, name in enumerate(WEEK) if (at - WEEK.index(today) - rounds * every) % 7 == 0
        ),
        parameters=lambda rng: {"every": rng.choice((2, 3, 4, 5, 10))},
        inputs=lambda rng, every: (rng.choice(WEEK), rng.randint(1, 20)),
        edges=(("Mon", 0), ("Sun", 1), ("Mon", -1), ("Wed", 7), ("Fri", -15)),
        idea="The remainder of a division by 7 leads round the circle of weekdays, and in Python it is never negative for a positive divisor.",
        pitfall="Without the remainder the index runs past the end of the list after Sunday.",
    ),
    Family(
        name="clock_after_minutes",
        concepts=("tuples", "arithmetic", "simulation"),
        difficulty=2,
        names="clock_after add_minutes later_time shift_clock advance",
        arguments=(
            "clock|time_now|begin|watch: tuple[int, int]; hour and minute",
            "minutes|delay|duration|waiting: int; minutes to add, may be negative",
        ),
        returns="tuple[int, int]",
        phrasings=(
            "Return the time (hour, minute) that is $minutes minutes after $clock, on a clock whose day has $hours hours of 60 minutes (hours 0 to $last). After the last hour the clock starts again at 0.",
            "The tuple $clock holds an hour from 0 to $last and a minute. Add $minutes to it, which may be negative, and return the new tuple; a day of $hours hours is followed by the next one.",
            "Move $clock, an (hour, minute) pair, by $minutes minutes (backwards if negative). A full hour has 60 minutes and the hours go round from $last to 0.",
            "What does a clock with the hours 0 to $last show $minutes minutes after it shows $clock? Both times are (hour, minute) tuples and days are not counted.",
        ),
        solutions=(
            """
$total = $clock[0] * 60 + $clock[1] + $minutes
$total %= $hours * 60
return $total // 60, $total % 60
""",
            """
$left, $right = $clock
extra, $right = divmod($right + $minutes, 60)
return ($left + extra) % $hours, $right
""",
            """
return divmod(($clock[0] * 60 + $clock[1] + $minutes) % ($hours * 60), 60)
""",
        ),
        reference=lambda clock, minutes, hours, last: (
            lambda since: (since.seconds // 3600, since.seconds // 60 % 60)
        )(timedelta(hours=clock[0], minutes=clock[1] + minutes) % timedelta(hours=hours)),
        parameters=lambda rng: (lambda hours: {"hours": hours, "last": hours - 1})(
            rng.choice((24, 24, 12, 10))
        ),
        inputs=lambda rng, hours, last: (
            (rng.randint(0, hours - 1), rng.randint(0, 59)),
            rng.choice((15, 45, 90, 200, 600)),
        ),
        edges=(((0, 0), 0), ((9, 59), 1), ((0, 0), -1), ((5, 30), 1440), ((8, 15), -600)),
        idea="Turn the time into minutes since midnight, add, take the remainder of a whole day, and turn it back with a division by 60.",
        pitfall="Adding only to the minute gives times such as (9, 75); the overflow belongs to the hour.",
    ),
)


def _clamped(steps: list[int], last: int) -> int:
    return functools.reduce(lambda at, step: at + step if at + step in range(last + 1) else at, steps, 0)
