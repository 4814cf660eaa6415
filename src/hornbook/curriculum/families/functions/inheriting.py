"""Families on classes that are built on other classes."""

from __future__ import annotations

import random

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw


def _tickets(rng: random.Random) -> tuple[list[tuple[str, int]]]:
    return (
        [
            (rng.choice(("full", "child", "group", "child")), rng.choice((1, 2, 4, 5, 7, 10)))
            for _ in range(rng.randint(2, 5))
        ],
    )


def _fares(tickets: list[tuple[str, int]], base: int, rate: int, off: int) -> list[int]:
    full = [base + rate * zones for _, zones in tickets]
    share = {"full": (1, 1, 0), "child": (1, 2, 0), "group": (4, 1, off)}
    return [
        price * share[kind][0] // share[kind][1] - share[kind][2]
        for price, (kind, _) in zip(full, tickets, strict=True)
    ]


def _animals(rng: random.Random) -> tuple[list[tuple[str, str]]]:
    kinds = ("dog", "puppy", "cow", "fish", "hen")
    return ([(rng.choice(kinds), rng.choice(draws.FIRST_NAMES)) for _ in range(rng.randint(2, 4))],)


def _sounds(animals: list[tuple[str, str]], silent: str) -> list[str]:
    said = {"dog": "woof", "puppy": "woof woof", "cow": "moo"}
    return [f"{name}: {said.get(kind, silent)}" for kind, name in animals]


def _kept(values: list[int], k: int) -> tuple[list[int], int]:
    kept: list[int] = []
    for value in values:
        if value not in kept:
            kept = [*kept, value][-k:]
    refused = 0
    seen: list[int] = []
    for value in values:
        refused += value in seen
        seen = seen if value in seen else [*seen, value][-k:]
    return kept, refused


FAMILIES: tuple[Family, ...] = (
    Family(
        name="fares_by_kind_of_ticket",
        concepts=("inheritance", "classes", "dictionaries"),
        difficulty=4,
        names="ticket_fares fares prices_of_tickets price_all compute_fares ticket_prices",
        arguments=(
            "tickets|sales|requests|journeys: list[tuple[str, int]]; 'full', 'child' or 'group' and a number of zones",
        ),
        returns="list[int]",
        phrasings=(
            "Return the prices of $tickets, pairs of a kind and a number of zones. A 'full' ticket costs $base plus $rate for each zone; a 'child' pays half of that, rounded down; a 'group' ticket costs four times as much as a full one, less $off.",
            "Given a list of pairs $tickets with a kind and the zones, make an object of `Ticket` or of one of its subclasses `ChildTicket` and `GroupTicket` for each, according to the kind 'full', 'child' or 'group', and return the list of their prices.",
            "A tram firm sells tickets for full fare ($base euros and $rate more for each zone), for children (half, rounded down to whole euros) and for groups (four full fares less $off euros). What do $tickets cost, one by one? Each is a kind and a number of zones.",
            "For each (kind, z) in $tickets let p = $base + $rate * z. Return the list of p for the kind 'full', p // 2 for 'child' and 4 * p - $off for 'group', in order.",
        ),
        solutions=(
            """
kinds = {"full": Ticket, "child": ChildTicket, "group": GroupTicket}
return [kinds[kind](zones).price() for kind, zones in $tickets]
""",
            """
prices = []
for kind, zones in $tickets:
    if kind == "child":
        ticket = ChildTicket(zones)
    elif kind == "group":
        ticket = GroupTicket(zones)
    else:
        ticket = Ticket(zones)
    prices.append(ticket.price())
return prices
""",
            """
prices = []
for kind, zones in $tickets:
    price = $base + $rate * zones
    if kind == "child":
        price //= 2
    if kind == "group":
        price = 4 * price - $off
    prices.append(price)
return prices
""",
        ),
        setup="""
class Ticket:
    def __init__(self, zones):
        self.zones = zones

    def price(self):
        return $base + $rate * self.zones


class ChildTicket(Ticket):
    def price(self):
        return super().price() // 2


class GroupTicket(Ticket):
    def price(self):
        return 4 * super().price() - $off
""",
        reference=_fares,
        inputs=lambda rng, **_: _tickets(rng),
        edges=(
            ([],),
            ([("full", 0)],),
            ([("child", 1), ("child", 2)],),
            ([("group", 3), ("full", 3), ("child", 3)],),
        ),
        idea="The subclasses say only how they differ; `super().price()` is the price of the class they are built on.",
        pitfall="Writing `self.price()` inside `price` calls the method itself again, without end.",
        parameters=lambda rng: {
            "base": rng.randint(1, 4),
            "rate": rng.randint(1, 3),
            "off": rng.randint(2, 6),
        },
    ),
    Family(
        name="what_the_animals_say",
        concepts=("inheritance", "duck_typing", "string_formatting"),
        difficulty=2,
        names="animal_sounds farm_sounds what_they_say introduce_animals say_all sounds",
        arguments=("animals|farm|pets|list_of_animals: list[tuple[str, str]]; a kind and a name each",),
        returns="list[str]",
        phrasings=(
            "Return what the $animals say, one text 'name: sound' for each pair (kind, name). A 'dog' says 'woof', a 'puppy' the same twice with a blank in between, a 'cow' 'moo', and every other animal '$silent'.",
            "Given a list of pairs (kind, name), let each animal introduce itself with its name, a colon, a blank and its sound: 'woof' for a dog, 'woof woof' for a puppy, 'moo' for a cow and '$silent' for kinds that have no class of their own. Return the texts in order.",
            "A picture book for children has a page for each of the $animals. On it stands, for instance, 'Ada: moo' for the cow Ada. Dogs say woof, puppies say it twice, and animals without a voice in the book say '$silent'. Write the pages.",
            "Return a list of name + ': ' + s for the pairs (kind, name) in $animals, where s is 'woof' for kind 'dog', 'woof woof' for 'puppy', 'moo' for 'cow' and '$silent' for any other kind.",
        ),
        solutions=(
            """
classes = {"dog": Dog, "puppy": Puppy, "cow": Cow}
lines = []
for kind, name in $animals:
    animal = classes.get(kind, Animal)(name)
    lines.append(animal.speak())
return lines
""",
            """
lines = []
for kind, name in $animals:
    sound = "$silent"
    if kind in ("dog", "puppy"):
        sound = " ".join(["woof"] * (1 if kind == "dog" else 2))
    elif kind == "cow":
        sound = "moo"
    lines.append(f"{name}: {sound}")
return lines
""",
        ),
        setup="""
class Animal:
    sound = "$silent"

    def __init__(self, name):
        self.name = name

    def voice(self):
        return self.sound

    def speak(self):
        return f"{self.name}: {self.voice()}"


class Dog(Animal):
    sound = "woof"


class Puppy(Dog):
    def voice(self):
        return f"{self.sound} {self.sound}"


class Cow(Animal):
    sound = "moo"
""",
        reference=lambda animals, silent: _sounds(animals, str(silent)),
        inputs=lambda rng, silent: _animals(rng),
        edges=(
            ([],),
            ([("puppy", "Zoë")],),
            ([("fish", ""), ("dog", "Rex")],),
            ([("cow", "Ada"), ("Cow", "Ben")],),
        ),
        idea="`speak` is written once; which `voice` and which `sound` it uses depends on the class of the object.",
        pitfall="Asking for the kind inside `speak` has to be changed for every new animal; a new class needs no such change.",
        parameters=lambda rng: {"silent": Raw(rng.choice(("...", "(nothing)", "-", "hm")))},
    ),
    Family(
        name="short_list_without_repeats",
        concepts=("inheritance", "lists", "special_methods"),
        difficulty=4,
        names="short_list last_different remember_last kept_and_refused recent_values recent",
        arguments=("values|numbers|visits|pages: list[int]; the values in the order they come",),
        returns="tuple[list[int], int]",
        phrasings=(
            "Return the list that is kept and how many of $values were refused, as a pair. The list holds at most $k values: one that is in it already is refused, any other is put at the end, and if there are then more than $k, the first one is dropped.",
            "Given the list $values, add its elements one after the other to a list that is empty at first. An element that the list holds at this moment is not added but counted; when the list gets longer than $k, its oldest element goes. Return (list, count).",
            "A browser shows the last $k different pages, oldest first. Visiting a page that is shown changes nothing; a new one is added at the end and may push out the first. Which page numbers are shown after the visits $values, and how many visits changed nothing?",
            "Let q be empty and r = 0. For each v of $values: if v is in q, add 1 to r; otherwise append v to q and, if q then has more than $k elements, remove its first. Return (q, r) with q as a list.",
        ),
        solutions=(
            """
class ShortList(list):
    refused = 0

    def append(self, value):
        if value in self:
            self.refused += 1
            return
        super().append(value)
        del self[:-$k]

kept = ShortList()
for value in $values:
    kept.append(value)
return list(kept), kept.refused
""",
            """
from collections import deque

kept = deque(maxlen=$k)
refused = 0
for value in $values:
    if value in kept:
        refused += 1
    else:
        kept.append(value)
return list(kept), refused
""",
        ),
        reference=_kept,
        inputs=lambda rng, k: ([rng.randint(1, k + 2) for _ in range(rng.randint(5, 9))],),
        edges=(([],), ([5, 5],), ([1, 2, 3, 4, 5, 6],), ([1, 2, 3, 4, 5, 1, 5],), ([0, 0, -1, 0],)),
        idea="The class is a list in every respect but one: its `append` checks first and shortens afterwards.",
        pitfall="Calling `self.append` inside `append` never ends; `super().append` is the list's own method.",
        parameters=lambda rng: {"k": rng.randint(2, 4)},
    ),
)
