"""Families on classes: values that belong together, and the rules for changing them."""

from __future__ import annotations

import random

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw


def _fillings(rng: random.Random, size: int) -> tuple[list[tuple[str, int]]]:
    return (
        [
            (rng.choice(("fill", "fill", "drain")), rng.choice((rng.randint(1, size), size // 2, size + 1)))
            for _ in range(rng.randint(2, 5))
        ],
    )


def _tank(steps: list[tuple[str, int]], size: int) -> tuple[int, int]:
    litres = spilt = 0
    for action, amount in steps:
        after = litres + amount if action == "fill" else litres - amount
        spilt += max(0, after - size)
        litres = sorted((0, after, size))[1]
    return litres, spilt


def _rounds(rng: random.Random) -> tuple[list[tuple[str, int]]]:
    names = rng.sample(draws.FIRST_NAMES, 3)
    return ([(rng.choice(names), rng.choice((-2, 1, 3, 4, 5, 6))) for _ in range(rng.randint(4, 7))],)


def _leader(rounds: list[tuple[str, int]], goal: int) -> str | None:
    for end in range(1, len(rounds) + 1):
        for name, _ in rounds[:end]:
            if sum(points for other, points in rounds[:end] if other == name) >= goal:
                return name
    return None


def _wishes(rng: random.Random) -> tuple[list[tuple[str, int]]]:
    return (
        [(rng.choice(draws.GOODS[:5]), rng.choice((1, 1, 2, 3, -1, -2))) for _ in range(rng.randint(2, 6))],
    )


def _carts(wishes: list[tuple[str, int]], most: int) -> dict[str, int]:
    held: dict[str, int] = {}
    for thing, change in wishes:
        number = held.get(thing, 0) + change
        held = {**held, thing: max(0, min(most, number))}
        held = {name: count for name, count in held.items() if count}
    return held


FAMILIES: tuple[Family, ...] = (
    Family(
        name="tank_that_overflows",
        concepts=("classes", "methods", "min_max"),
        difficulty=3,
        names="tank_after run_tank litres_and_spilt use_tank simulate_tank tank_state",
        arguments=(
            "steps|actions|log|events: list[tuple[str, int]]; 'fill' or 'drain' and a number of litres",
        ),
        returns="tuple[int, int]",
        phrasings=(
            "Return what a `Tank` holds after all $steps and how much was spilt in all, as a pair. The tank is empty at first; each step is the name of one of its methods with the litres for it.",
            "Given a list of pairs $steps, make one `Tank` and call its method 'fill' or 'drain' with the number of each pair, in order. Return the tuple (litres, spilt) of the tank.",
            "A rain barrel holds $size litres. Rain fills it, and what does not fit runs over; the gardener drains water, but never more than is there. After the $steps ('fill' or 'drain' with litres), how much is in the barrel and how much ran over?",
            "Start with l = s = 0. For ('fill', n) add n to l, and if l is more than $size, add l - $size to s and set l to $size. For ('drain', n) set l to the larger of l - n and 0. Return (l, s).",
        ),
        solutions=(
            """
tank = Tank()
for action, amount in $steps:
    if action == "fill":
        tank.fill(amount)
    else:
        tank.drain(amount)
return tank.litres, tank.spilt
""",
            """
litres = spilt = 0
for action, amount in $steps:
    if action == "drain":
        litres = max(0, litres - amount)
        continue
    room = $size - litres
    litres += min(room, amount)
    spilt += max(0, amount - room)
return litres, spilt
""",
        ),
        setup="""
class Tank:
    def __init__(self):
        self.litres = 0
        self.spilt = 0

    def fill(self, amount):
        self.litres += amount
        if self.litres > $size:
            self.spilt += self.litres - $size
            self.litres = $size

    def drain(self, amount):
        self.litres = max(0, self.litres - amount)
""",
        reference=_tank,
        inputs=lambda rng, size: _fillings(rng, size),
        edges=(
            ([],),
            ([("drain", 5)],),
            ([("fill", 500), ("drain", 1)],),
            ([("fill", 3), ("drain", 9), ("fill", 4)],),
            ([("fill", 400), ("fill", 2)],),
        ),
        idea="The object keeps both numbers and its methods keep the rules, so the loop only says what happens.",
        pitfall="Making a new Tank in each round forgets what was in the old one.",
        parameters=lambda rng: {"size": rng.randint(8, 20)},
    ),
    Family(
        name="first_to_reach_goal",
        concepts=("classes", "dictionaries", "early_return"),
        difficulty=3,
        names="first_winner who_wins first_to_goal play_until game_winner find_winner",
        arguments=("rounds|turns|log|scores: list[tuple[str, int]]; a player and the points of a turn",),
        returns="str | None",
        phrasings=(
            "Return the name of the player who is the first to have $goal points or more in $rounds, or None if nobody gets that far. Each pair adds points, perhaps negative ones, to what the named player has; all begin at 0.",
            "Given the list $rounds of pairs (name, points), add up the points of every player in order and stop as soon as somebody has at least $goal. Return that name, or None when the list ends before.",
            "In a $game game, whoever reaches $goal points first has won, and what happens afterwards does not count. $rounds tells who made how many points, turn by turn; minus points are possible. Who wins? None means that nobody has won yet.",
            "Let i be the least position such that the sum of the points of all pairs in $rounds up to i with the name of pair i is at least $goal. Return the name of pair i, or None if there is no such i.",
        ),
        solutions=(
            """
players = {}
for name, points in $rounds:
    if name not in players:
        players[name] = Player()
    if players[name].add(points).has_won():
        return name
return None
""",
            """
totals = {}
for name, points in $rounds:
    totals[name] = totals.get(name, 0) + points
    if totals[name] >= $goal:
        return name
return None
""",
        ),
        setup="""
class Player:
    def __init__(self):
        self.points = 0

    def add(self, points):
        self.points += points
        return self

    def has_won(self):
        return self.points >= $goal
""",
        reference=lambda rounds, goal, game: _leader(rounds, goal),
        inputs=lambda rng, goal, game: _rounds(rng),
        edges=(
            ([],),
            ([("Ada", 99)],),
            ([("Ada", 5), ("Ben", 5), ("Ben", 5), ("Ada", 5)],),
            ([("Zoë", 3), ("Zoë", -3), ("Zoë", 3)],),
        ),
        idea="Each player is an object with points of its own; the dictionary finds the object that belongs to a name.",
        pitfall="Looking for the largest total at the end names the wrong player: the game was over before.",
        parameters=lambda rng: {
            "goal": rng.randint(6, 9),
            "game": Raw(rng.choice(("dice", "card", "board"))),
        },
    ),
    Family(
        name="basket_with_limits",
        concepts=("classes", "dictionaries", "conditionals"),
        difficulty=3,
        names="fill_basket basket_after final_basket change_basket shop run_basket",
        arguments=(
            "wishes|changes|clicks|steps: list[tuple[str, int]]; a thing and how many more (or fewer)",
        ),
        returns="dict[str, int]",
        phrasings=(
            "Return what a basket holds after all $wishes, pairs of a thing and a change of its number. A number never gets above $most or below 0; things with 0 are not in the basket, and one that comes back goes to the end.",
            "Given a list of pairs $wishes, start with an empty dictionary and add each change to the number of its thing, which counts as 0 if it is not there. Numbers above $most become $most; a thing whose number is 0 or less is removed. Return the dictionary in the order in which its things were put in.",
            "In a web shop nobody can buy more than $most of a thing. A click changes the number of a thing by so many, up to that limit and down to 0, where the thing leaves the basket. What is in it after the clicks $wishes? What was taken out and put back stands behind the rest.",
            "Process the pairs (t, c) of $wishes on a dictionary d, empty at first: let n = d.get(t, 0) + c; if n <= 0, delete t from d if it is there; otherwise set d[t] to the smaller of n and $most. Return d.",
        ),
        solutions=(
            """
class Basket:
    def __init__(self):
        self.counts = {}

    def change(self, thing, number):
        wanted = self.counts.get(thing, 0) + number
        if wanted > 0:
            self.counts[thing] = min(wanted, $most)
        else:
            self.counts.pop(thing, None)

basket = Basket()
for thing, number in $wishes:
    basket.change(thing, number)
return basket.counts
""",
            """
counts = {}
for thing, number in $wishes:
    counts.setdefault(thing, 0)
    counts[thing] += number
    if counts[thing] <= 0:
        del counts[thing]
    elif counts[thing] > $most:
        counts[thing] = $most
return counts
""",
        ),
        reference=_carts,
        inputs=lambda rng, most: _wishes(rng),
        edges=(
            ([],),
            ([("tea", -1)],),
            ([("tea", 99), ("tea", -1)],),
            ([("a", 1), ("b", 1), ("a", -1), ("a", 2)],),
            ([("é", 2), ("é", -5), ("é", 1)],),
        ),
        idea="The class keeps the rule about limits next to the data, so whoever uses a basket cannot break it.",
        pitfall="A dictionary written in the class body would be shared by all baskets; it belongs in `__init__`.",
        parameters=lambda rng: {"most": rng.randint(3, 6)},
    ),
)
