"""Families on closed lists of named values."""

from __future__ import annotations

import random

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw

_STATES = ("ORDERED", "PACKED", "SENT", "DELIVERED")
_LEVELS = ("LOW", "NORMAL", "HIGH", "URGENT")


def _events(rng: random.Random) -> tuple[list[str]]:
    words = ("next", "next", "next", "back", "cancel", "wait")
    return (rng.choices(words, weights=(3, 3, 3, 2, 0.7, 1), k=rng.randint(2, 6)),)


def _state(events: list[str], stop: str) -> tuple[str, int]:
    place = ignored = 0
    names = [*_STATES, stop]
    for event in events:
        step = {"next": 1, "back": -1}.get(event, 0)
        if place == 4 or event == "wait" or (place == 3 and event != "back") or (place == 0 and step < 0):
            ignored += 1
        elif event == "cancel":
            place = 4
        else:
            place += step
    return names[place], ignored


def _tasks(rng: random.Random) -> tuple[list[tuple[str, str]]]:
    return ([(rng.choice(draws.WORDS), rng.choice((*_LEVELS, "soon"))) for _ in range(rng.randint(3, 5))],)


def _queue(tasks: list[tuple[str, str]], default: str) -> list[str]:
    def level(name: str) -> int:
        return _LEVELS.index(name if name in _LEVELS else default)

    return [task for n in (3, 2, 1, 0) for task, name in tasks if level(name) == n]


def _rights(rng: random.Random, names: tuple[str, ...]) -> tuple[list[int], list[str]]:
    return [rng.randint(0, 15) for _ in range(rng.randint(2, 4))], rng.sample(names, rng.randint(1, 2))


def _allowed(numbers: list[int], needed: list[str], names: tuple[str, ...]) -> list[str]:
    lines = []
    for number in numbers:
        held = [name for name, bit in zip(names, f"{number:04b}"[::-1], strict=True) if bit == "1"]
        lines.append(("yes" if set(needed) <= set(held) else "no") + ": " + ("+".join(held) or "-"))
    return lines


def _lights(start: str, seconds: int, names: list[str], lasts: list[int]) -> str:
    ring = [name for name, last in zip(names, lasts, strict=True) for _ in range(last)]
    return ring[(ring.index(start) + seconds) % len(ring)]


FAMILIES: tuple[Family, ...] = (
    Family(
        name="state_of_an_order",
        concepts=("enums", "nested_conditionals", "simulation"),
        difficulty=5,
        names="order_state track_order state_after final_state follow_order process_events",
        arguments=("events|steps|log|actions: list[str]; 'next', 'back', 'cancel' or others",),
        returns="tuple[str, int]",
        phrasings=(
            "Return the name of the `State` of an order after $events and how many events were ignored, as a pair. It starts as ORDERED; 'next' and 'back' move it to the state with the next larger or smaller number from 1 to 4, and 'cancel' makes it $stop, except that a DELIVERED order cannot be cancelled. A $stop order never changes, and events that are impossible or unknown are ignored.",
            "Given a list of strings $events, follow an order from ORDERED through PACKED and SENT to DELIVERED. 'next' goes forward and 'back' one step back within these four; 'cancel' leads to $stop from all of them but DELIVERED, and from $stop nothing leads away. What cannot be done, and every other word, is ignored and counted. Return (name of the state, number of ignored events).",
            "A parcel service keeps the state of an order: ORDERED, PACKED, SENT, DELIVERED, or $stop once it was cancelled, which is possible until it is delivered and is for good. Clerks type 'next', 'back' or 'cancel'; steps beyond either end and words nobody knows do nothing. What is the state after $events, and how many of them did nothing?",
            "Let s = 1. For each e of $events: if s is 5, count e; else if e is 'next' and s < 4, add 1 to s; else if e is 'back' and s > 1, subtract 1; else if e is 'cancel' and s < 4, set s to 5; else count e. Return the name of State(s) and the count.",
        ),
        solutions=(
            """
state = State.ORDERED
ignored = 0
for event in $events:
    if state is State.$stop:
        ignored += 1
    elif event == "next" and state is not State.DELIVERED:
        state = State(state.value + 1)
    elif event == "back" and state is not State.ORDERED:
        state = State(state.value - 1)
    elif event == "cancel" and state is not State.DELIVERED:
        state = State.$stop
    else:
        ignored += 1
return state.name, ignored
""",
            """
moves = {}
for number in (1, 2, 3):
    moves[State(number), "next"] = State(number + 1)
    moves[State(number + 1), "back"] = State(number)
    moves[State(number), "cancel"] = State.$stop
state, done = State.ORDERED, 0
for event in $events:
    if (state, event) in moves:
        state = moves[state, event]
        done += 1
return state.name, len($events) - done
""",
        ),
        setup="""
from enum import Enum


class State(Enum):
    ORDERED = 1
    PACKED = 2
    SENT = 3
    DELIVERED = 4
    $stop = 5
""",
        reference=lambda events, stop: _state(events, str(stop)),
        inputs=lambda rng, stop: _events(rng),
        edges=(
            ([],),
            (["back"],),
            (["next", "next", "next", "cancel", "next"],),
            (["cancel", "next"],),
            (["next", "next", "next", "back", "cancel"],),
        ),
        idea="The states are a closed list, so every comparison names a member and a misspelt one is an error at once.",
        pitfall="`State(state.value + 1)` fails behind the last member; ask whether there is a next one first.",
        parameters=lambda rng: {"stop": Raw(rng.choice(("CANCELLED", "STOPPED", "VOID")))},
    ),
    Family(
        name="tasks_by_urgency",
        concepts=("enums", "sorting_with_key", "exceptions"),
        difficulty=3,
        names="by_urgency sort_tasks order_tasks urgent_first work_list task_queue",
        arguments=("tasks|jobs|todo|items: list[tuple[str, str]]; a task and the name of its level",),
        returns="list[str]",
        phrasings=(
            "Return the names of $tasks, most urgent first. The levels, from the least urgent, are those of `Level`; any other word means $default. Tasks of the same level keep their order.",
            "Given a list of pairs $tasks of a task and a level, sort the tasks by the value of their level in descending order, stably, and return the tasks alone. A level that is no name in `Level` counts as $default.",
            "A workshop writes on every job how urgent it is: LOW, NORMAL, HIGH or URGENT; whoever writes something else gets $default. In which order are the $tasks done, if the more urgent ones come first and among equals the one that came first?",
            "Let v be 1, 2, 3, 4 for the words LOW, NORMAL, HIGH, URGENT, and v($default) for every other word. Return the first parts of $tasks, stably sorted by v of the second part from 4 down to 1.",
        ),
        solutions=(
            """
def level_of(word):
    try:
        return Level[word]
    except KeyError:
        return Level.$default

ordered = sorted($tasks, key=lambda task: level_of(task[1]), reverse=True)
return [name for name, _ in ordered]
""",
            """
ordered = []
for level in reversed(Level):
    for name, word in $tasks:
        if word not in Level.__members__:
            word = "$default"
        if word == level.name:
            ordered.append(name)
return ordered
""",
        ),
        setup="""
from enum import IntEnum


class Level(IntEnum):
    LOW = 1
    NORMAL = 2
    HIGH = 3
    URGENT = 4
""",
        reference=lambda tasks, default: _queue(tasks, str(default)),
        inputs=lambda rng, default: _tasks(rng),
        edges=(
            ([],),
            ([("tea", "low")],),
            ([("a", "NORMAL"), ("b", "HIGH"), ("c", "LOW"), ("d", "URGENT"), ("e", "?")],),
            ([("a", "LOW"), ("b", "LOW"), ("c", "")],),
        ),
        idea="`Level[word]` finds a member by its name, and members of an IntEnum compare by their numbers.",
        pitfall="Sorting by the words themselves goes by the alphabet: HIGH, LOW, NORMAL, URGENT.",
        parameters=lambda rng: {"default": Raw(rng.choice(("LOW", "NORMAL", "HIGH")))},
    ),
    Family(
        name="rights_in_a_number",
        concepts=("enums", "bits", "string_formatting"),
        difficulty=4,
        names="show_rights check_rights rights_lines explain_rights rights_of may_do",
        arguments=(
            "numbers|users|codes|cards: list[int]; the rights of each as a number from 0 to 15",
            "needed|wanted|required: list[str]; names of the rights that are needed",
        ),
        returns="list[str]",
        phrasings=(
            "Return for each of $numbers a line 'yes: ...' or 'no: ...' that says whether it has all rights in $needed and lists the names of those it has, joined by '+', or '-' if it has none. The rights are $a (1), $b (2), $c (4) and $d (8), and are listed in this order.",
            "Given $numbers from 0 to 15, each the sum of the values of some members of `Right`, write one text for each: 'yes' if every name in $needed is among these members and 'no' otherwise, then ': ' and the names of the members, ordered by value, with '+' in between ('-' for 0).",
            "Key cards in a $place hold a number that is the sum of the rights on them: $a is 1, $b 2, $c 4 and $d 8. A door needs all the rights in $needed. For each card in $numbers print 'yes' or 'no', a colon, a blank and the rights on the card such as $a+$c, a card without rights showing '-'.",
            "For each n in $numbers let H be the list of the names $a, $b, $c, $d whose bit (bit 0 to 3, in this order) is set in n. Return the list of the strings w + ': ' + h, where w is 'yes' if all of $needed is in H and 'no' if not, and h is H joined by '+', or '-' if H is empty.",
        ),
        solutions=(
            """
from functools import reduce
from operator import or_

required = reduce(or_, (Right[name] for name in $needed), Right(0))
lines = []
for number in $numbers:
    held = Right(number)
    answer = "yes" if required & held == required else "no"
    names = [right.name for right in Right if right in held]
    lines.append(f"{answer}: {'+'.join(names) or '-'}")
return lines
""",
            """
lines = []
for number in $numbers:
    names = []
    for right in Right:
        if number & right.value:
            names.append(right.name)
    answer = "yes" if all(name in names for name in $needed) else "no"
    lines.append(answer + ": " + ("+".join(names) if names else "-"))
return lines
""",
        ),
        setup="""
from enum import Flag, auto


class Right(Flag):
    $a = auto()
    $b = auto()
    $c = auto()
    $d = auto()
""",
        reference=lambda numbers, needed, a, b, c, d, place: _allowed(numbers, needed, (a, b, c, d)),
        inputs=lambda rng, a, b, c, d, place: _rights(rng, (str(a), str(b), str(c), str(d))),
        edges=(([], []), ([0], []), ([15, 0], []), ([1, 2, 4, 8], [])),
        idea="Each right is one bit, so a number is a set of rights; `&` keeps what two sets have in common.",
        pitfall="`if required & held` is true as soon as one of several needed rights is there; compare with all of them.",
        parameters=lambda rng: rng.choice(
            (
                {
                    "a": Raw("READ"),
                    "b": Raw("WRITE"),
                    "c": Raw("SHARE"),
                    "d": Raw("DELETE"),
                    "place": Raw("data centre"),
                },
                {
                    "a": Raw("LOBBY"),
                    "b": Raw("OFFICE"),
                    "c": Raw("STORE"),
                    "d": Raw("ROOF"),
                    "place": Raw("museum"),
                },
                {
                    "a": Raw("BORROW"),
                    "b": Raw("RENEW"),
                    "c": Raw("RESERVE"),
                    "d": Raw("ORDER"),
                    "place": Raw("library"),
                },
            )
        ),
    ),
    Family(
        name="light_after_seconds",
        concepts=("enums", "integer_division", "while_loops"),
        difficulty=3,
        names="light_after which_light light_at traffic_light lamp_after signal_after",
        arguments=(
            "start|light|first: str; 'RED', 'GREEN' or 'YELLOW', which has just come on",
            "t|elapsed|passed: int; the seconds since then, not negative",
        ),
        returns="str",
        phrasings=(
            "Return the name of the light that is on $t seconds after the light $start came on. RED lasts $red seconds, then GREEN $green, then YELLOW $yellow, then RED again.",
            "Given the light $start ('RED', 'GREEN' or 'YELLOW') that begins at time 0, find the one at time $t. The lights of `Light` follow each other in the order of the class, again and again, and the value of each is the number of seconds it lasts; at the moment of a change the new light is on.",
            "A traffic light shows red for $red seconds, green for $green and yellow for $yellow, in this order for ever. It has just turned to $start. What does it show $t seconds later? Answer with the name in capitals.",
            "Let the ring RED, GREEN, YELLOW be taken for half-open intervals of $red, $green and $yellow seconds in turn, the interval of $start beginning at 0. Return the name of the interval that contains $t.",
        ),
        solutions=(
            """
lights = list(Light)
place = lights.index(Light[$start])
while $t >= lights[place].value:
    $t -= lights[place].value
    place = (place + 1) % len(lights)
return lights[place].name
""",
            """
from itertools import cycle, dropwhile

left = $t
for light in dropwhile(lambda light: light.name != $start, cycle(Light)):
    left -= light.value
    if left < 0:
        return light.name
""",
            """
ring = [light.name for light in Light for _ in range(light.value)]
return ring[(ring.index($start) + $t) % len(ring)]
""",
        ),
        setup="""
from enum import Enum


class Light(Enum):
    RED = $red
    GREEN = $green
    YELLOW = $yellow
""",
        reference=lambda start, seconds, red, green, yellow: _lights(
            start, seconds, ["RED", "GREEN", "YELLOW"], [red, green, yellow]
        ),
        inputs=lambda rng, red, green, yellow: (
            rng.choice(("RED", "GREEN", "YELLOW")),
            rng.choice((red, green, yellow, red - 1, red + green, red + green + yellow, rng.randint(1, 150))),
        ),
        edges=(("RED", 0), ("YELLOW", 0), ("GREEN", 500), ("YELLOW", 4), ("RED", 20)),
        idea="Looping over the class gives the lights in the order of their definition, and the value of each is how long it lasts.",
        pitfall="Two members with the same value would be one member with two names, so the three times must differ.",
        parameters=lambda rng: {
            "red": rng.randint(20, 30),
            "green": rng.randint(31, 40),
            "yellow": rng.randint(3, 5),
        },
    ),
)
