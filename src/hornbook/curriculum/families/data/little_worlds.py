"""Families with a small world in the prompt: cards, jobs, staff, and a sorted bag, each with its own class."""

from __future__ import annotations

from hornbook.curriculum import draws
from hornbook.curriculum.families.wording import part
from hornbook.curriculum.family import Family, Raw

SUITS = ("CLUBS", "DIAMONDS", "HEARTS", "SPADES")


def _runs(jobs: list[tuple[str, int]], slots: int) -> list[str]:
    """Give every job, in order, to the machine that is free first; then sort the ends."""
    free = [0] * slots
    ends = []
    for number, (name, minutes) in enumerate(jobs):
        machine = free.index(min(free))
        free[machine] += minutes
        ends.append((free[machine], number, name))
    return [f"{end} {name}" for end, _, name in sorted(ends)]


def _copies(commands: list[tuple[str, int]], number: int) -> int:
    held = 0
    for action, n in commands:
        if n == number and action != "count":
            held = held + 1 if action == "add" else max(0, held - 1)
    return held


FAMILIES: tuple[Family, ...] = (
    Family(
        name="sort_a_hand_of_cards",
        concepts=("sorting_by_several_keys", "lookup_tables", "mapping"),
        difficulty=3,
        names="sort_hand arrange_cards order_hand tidy_cards hand_in_order",
        arguments=(
            "cards|hand|deal|drawn: list[str]; a suit letter C, D, H or S and a rank from 2 to 14, such as 'H12'",
        ),
        returns="list[str]",
        setup="""
from enum import IntEnum

class Suit(IntEnum):
    CLUBS = 1
    DIAMONDS = 2
    HEARTS = 3
    SPADES = 4

class Card:
    def __init__(self, text):
        self.text = text
        self.suit = next(suit for suit in Suit if suit.name[0] == text[0])
        self.rank = int(text[1:])
""",
        phrasings=(
            "Sort the $cards by suit in the order of the enumeration Suit, $suit_way, and within a suit by rank, $rank_way. Cards of the suit $trump come before all others. Return the texts of the cards.",
            "Return $cards in the order in which a player holds them: first the suit $trump, then the other suits by their value in Suit, $suit_way; inside each suit by rank, $rank_way.",
            "A player sorts a hand, $cards. The trump suit $trump goes to the left; the others follow by their number in Suit, $suit_way. Within every suit the ranks are sorted $rank_way. How does the hand read from left to right?",
            "Make a Card of each text in $cards and return the texts sorted by (whether the suit is not $trump, the suit $suit_way, the rank $rank_way); equal cards keep their order.",
        ),
        solutions=(
            """
def key(text):
    card = Card(text)
    return card.suit.name != "$trump", ${suit_sign}card.suit, ${rank_sign}card.rank
return sorted($cards, key=key)
""",
            """
hand = sorted(map(Card, $cards), key=lambda card: card.rank$rank_down)
hand.sort(key=lambda card: card.suit$suit_down)
trumps = [card.text for card in hand if card.suit is Suit.$trump]
return trumps + [card.text for card in hand if card.suit is not Suit.$trump]
""",
        ),
        reference=lambda cards, trump, suit_sign, rank_sign, **_: [
            card
            for suit in [str(trump), *(s for s in (SUITS[::-1] if suit_sign else SUITS) if s != trump)]
            for rank in sorted(range(2, 15), reverse=bool(rank_sign))
            for card in cards
            if card == f"{suit[0]}{rank}"
        ],
        parameters=lambda rng: {
            "trump": Raw(rng.choice(SUITS)),
            **part(
                rng,
                {"suit_way": "lowest first", "suit_sign": "", "suit_down": ""},
                {"suit_way": "highest first", "suit_sign": "-", "suit_down": ", reverse=True"},
            ),
            **part(
                rng,
                {"rank_way": "from low to high", "rank_sign": "", "rank_down": ""},
                {"rank_way": "from high to low", "rank_sign": "-", "rank_down": ", reverse=True"},
            ),
        },
        inputs=lambda rng, **_: (
            [rng.choice("CDHS") + str(rng.randint(2, 14)) for _ in range(rng.randint(4, 7))],
        ),
        edges=(
            ([],),
            (["S2"],),
            (["H9", "H10", "H2"],),
            (["C5", "D5", "H5", "S5"],),
            (["S3", "D14", "S3", "C2", "H7", "D2"],),
        ),
        idea="Three questions in order, trump, suit, rank, become the three parts of one key.",
        pitfall="Sorting the texts themselves puts 'H10' before 'H9' and the suits into alphabetical order.",
    ),
    Family(
        name="jobs_on_machines",
        concepts=("heaps", "simulation", "greedy"),
        difficulty=4,
        names="jobs_on_machines run_jobs finish_log schedule_print work_off",
        arguments=(
            "jobs|orders|tasks|prints: list[tuple[str, int]]; (name, minutes), in the order of the queue",
        ),
        returns="list[str]",
        setup="""
from dataclasses import dataclass

@dataclass(order=True)
class Machine:
    \"\"\"Machines compare by the minute at which they are free, then by number.\"\"\"

    free_at: int
    number: int
""",
        phrasings=(
            "$slots machines, numbered from 0, work off $jobs from minute 0 on: each job in turn goes to the Machine that is free first, the one with the smallest number on ties. Return 'end name' for all jobs, sorted by the minute in which they end and, if equal, by their place in $jobs.",
            "Give every job of $jobs, in order, to whichever of $slots machines becomes free first (equal ones by number) and note when it will be finished. List minute and name, with a blank between, by rising minute; jobs that end together stay in the order of $jobs.",
            "A copy shop has $slots machines and a queue of $jobs. Whenever a machine is free, it takes the next job. At which minute does each job end? Return texts such as '12 Ada' in the order in which the jobs end, at the same minute in the order of the queue.",
            "Let f be a list of $slots zeros. For each (n, m) of $jobs, add m to the first smallest element of f and record (its new value, n). Return the records as texts f'{value} {n}', sorted by value; ties keep the order of $jobs.",
        ),
        solutions=(
            """
from heapq import heappop, heappush
machines = [Machine(0, number) for number in range($slots)]
ends = []
for name, minutes in $jobs:
    machine = heappop(machines)
    machine.free_at += minutes
    ends.append((machine.free_at, name))
    heappush(machines, machine)
ends.sort(key=lambda $pair: $pair[0])
return [f"{minute} {name}" for minute, name in ends]
""",
            """
free = [0] * $slots
finished = {}
for name, minutes in $jobs:
    earliest = min(free)
    place = free.index(earliest)
    free[place] = earliest + minutes
    finished.setdefault(free[place], []).append(name)
return [str(minute) + " " + name for minute in sorted(finished) for name in finished[minute]]
""",
        ),
        reference=lambda jobs, slots: _runs(jobs, slots),
        parameters=lambda rng: {"slots": rng.randint(2, 3)},
        inputs=lambda rng, slots: (
            [(name, rng.randint(1, 9)) for name in rng.sample(draws.FIRST_NAMES, rng.randint(3, 6))],
        ),
        edges=(
            ([],),
            ([("Ada", 5)],),
            ([("b", 2), ("a", 2), ("c", 2), ("d", 2)],),
            ([("x", 9), ("y", 1), ("z", 1), ("w", 8), ("v", 1)],),
        ),
        idea="The heap always offers the machine that is free first; it comes back with a later time, so the next one moves up.",
        pitfall="Dealing the jobs out in turn lets a machine wait while another has work left.",
    ),
    Family(
        name="staff_of_departments",
        concepts=("joining_tables", "grouping", "aggregation"),
        difficulty=3,
        names="staff_of_departments department_report payroll count_staff report_departments",
        arguments=(
            "employees|staff|people|workers: list[tuple[str, int, int]]; (name, department number, pay)",
            "departments|units|offices|branches: list[tuple[int, str]]; (number, name), all different",
        ),
        returns="list[str]",
        setup="""
from typing import NamedTuple

class Employee(NamedTuple):
    name: str
    department: int
    pay: int

class Department(NamedTuple):
    number: int
    name: str
""",
        phrasings=(
            "Return a text for each of $departments, in alphabetical order of the names: the name, '$sep' and $figure of its $employees, where departments with fewer than $least people are left out. Employees of unknown departments are ignored.",
            "Bring $employees and $departments together by the department number. For every department, sorted by name, write the name, '$sep' and $figure of the people who work there; leave out departments with fewer than $least people. People whose department does not exist do not matter.",
            "A company prints a line per department: its name, '$sep' and $figure of its people. Which lines follow from $employees and $departments, in alphabetical order, if departments with fewer than $least people are left out?",
            "For each (d, n) of $departments let E be the tuples of $employees with department d. Return the texts n + '$sep' + str(f(E)), ordered by n, where f is $figure, leaving out every department with fewer than $least elements in E.",
        ),
        solutions=(
            """
team = {}
for $row in $employees:
    employee = Employee(*$row)
    team.setdefault(employee.department, []).append(employee)
$result = []
for department in sorted((Department(*$row) for $row in $departments), key=lambda one: one.name):
    people = team.get(department.number, [])
    if len(people) >= $least:
        $result.append(f"{department.name}$sep{$formula}")
return $result
""",
            """
lines = []
for number, name in $departments:
    people = [employee for employee in map(Employee._make, $employees) if employee.department == number]
    if len(people) < $least:
        continue
    lines.append((name, $formula))
return [name + "$sep" + str(figure) for name, figure in sorted(lines)]
""",
        ),
        reference=lambda employees, departments, sep, figure, least, **_: [
            f"{name}{sep}{value}"
            for name, number in sorted((name, number) for number, name in departments)
            for pays in [[pay for _, d, pay in employees if d == number]]
            for value in [
                len(pays) if "number" in figure else sum(pays) if "sum" in figure else max(pays, default=0)
            ]
            if pays[least - 1 :]
        ],
        parameters=lambda rng: {
            "sep": Raw(rng.choice((": ", " - ", "="))),
            **part(
                rng,
                {"figure": "the number", "formula": "len(people)"},
                {"figure": "the sum of the pays", "formula": "sum(one.pay for one in people)"},
                {"figure": "the highest pay", "formula": "max(one.pay for one in people)"},
            ),
            "least": rng.choice((2, 2, 3)),
        },
        inputs=lambda rng, **_: (
            [
                (name, rng.randint(1, 3), rng.randint(10, 30))
                for name in rng.sample(draws.FIRST_NAMES, rng.randint(4, 6))
            ],
            list(
                zip(rng.sample(range(1, 5), 3), rng.sample(("Sales", "Press", "Lab", "Shop"), 3), strict=True)
            ),
        ),
        edges=(
            ([], []),
            ([], [(1, "Lab")]),
            ([("Ada", 9, 20)], [(1, "Lab")]),
            ([("Ada", 2, 20), ("Ben", 2, 30)], [(2, "Shop"), (1, "Lab")]),
        ),
        idea="Grouping the employees once by department number lets each department pick up its people.",
        pitfall="Starting from the employees forgets the departments in which nobody works.",
    ),
    Family(
        name="bag_that_stays_sorted",
        concepts=("bisecting", "simulation", "counting"),
        difficulty=3,
        names="bag_that_stays_sorted answer_queries run_sorted_bag count_in_bag ask_bag",
        arguments=(
            "commands|actions|queries|log: list[tuple[str, int]]; ('add', n), ('remove', n) or ('count', n)",
        ),
        returns="list[int]",
        setup="""
from bisect import bisect_left, insort

class SortedBag:
    def __init__(self):
        self.numbers = []

    def add(self, number):
        insort(self.numbers, number)

    def holds(self, number):
        i = bisect_left(self.numbers, number)
        return i < len(self.numbers) and self.numbers[i] == number
""",
        phrasings=(
            "Carry out $commands on an empty SortedBag: 'add' puts a number in, 'remove' takes one copy of it out if there is any, and 'count' asks how many numbers in the bag are $words n. Return the answers to all 'count' commands.",
            "Play $commands: ('add', n) adds n, ('remove', n) removes n once (nothing happens if it is not there), and ('count', n) reports the number of elements that are $words n. Return the list of the reports. SortedBag helps with the first two.",
            "A ticket office notes the numbers that are handed out ('add') and given back ('remove', ignored for a number that is not out). Now and then somebody asks how many of those out are $words n ('count'). What are the answers, in order, for $commands?",
            "Let b be an empty list. For each (c, n) of $commands append n to b if c is 'add', delete one n from b if c is 'remove' and n is in b, and if c is 'count' record how many elements of b are $words n. Return the records.",
        ),
        solutions=(
            """
bag = SortedBag()
$result = []
for action, number in $commands:
    if action == "add":
        bag.add(number)
    elif action == "count":
        $result.append(sum(1 for $item in bag.numbers if $item $op number))
    elif bag.holds(number):
        bag.numbers.remove(number)
return $result
""",
            """
copies = {}
answers = []
for action, n in $commands:
    match action:
        case "add":
            copies[n] = copies.get(n, 0) + 1
        case "remove":
            copies[n] = max(0, copies.get(n, 0) - 1)
        case _:
            answers.append(sum($count for $item, $count in copies.items() if $item $op n))
return answers
""",
        ),
        reference=lambda commands, op, words: [
            sum(
                draws.COMPARISONS[op][1](x, n) * _copies(commands[:i], x)
                for x in {m for _, m in commands[:i]}
            )
            for i, (c, n) in enumerate(commands)
            if c == "count"
        ],
        parameters=lambda rng: draws.comparison(rng),
        inputs=lambda rng, **_: (
            [("add", rng.randint(1, 4)) for _ in range(rng.randint(2, 3))]
            + [
                (rng.choice(("add", "remove", "count", "count")), rng.randint(1, 4))
                for _ in range(rng.randint(2, 4))
            ]
            + [("count", rng.randint(1, 4))],
        ),
        edges=(
            ([],),
            ([("count", 3)],),
            ([("remove", 1), ("add", 1), ("count", 1)],),
            ([("add", 2), ("add", 2), ("remove", 2), ("count", 2)],),
            ([("add", -1), ("add", 5), ("count", 0), ("remove", 5), ("count", 9)],),
        ),
        idea="Adding and removing change a little, asking only looks; the class keeps the numbers in order in between.",
        pitfall="list.remove raises ValueError for a number that is not there, so the bag is asked first.",
    ),
)
