"""Families on `match`: values taken apart by their shape."""

from __future__ import annotations

import operator
import random
from collections.abc import Callable
from typing import Any

from hornbook.curriculum.family import Family, Raw

_OPS: dict[str, Callable[..., int]] = {"add": operator.add, "sub": operator.sub, "mul": operator.mul}


def _commands(rng: random.Random) -> tuple[list[tuple[Any, ...]]]:
    def one() -> tuple[Any, ...]:
        kind = rng.choice(("up", "down", "right", "jump", "home"))
        if kind == "jump":
            return kind, rng.randint(-5, 9), rng.randint(-5, 9)
        return (kind,) if kind == "home" else (kind, rng.randint(1, 9))

    return ([one() for _ in range(rng.randint(2, 5))],)


def _moved(commands: list[tuple[Any, ...]]) -> tuple[int, int]:
    moves = {"up": (0, 1), "down": (0, -1), "right": (1, 0)}
    x = y = 0
    for command in commands:
        if command[0] in moves:
            dx, dy = moves[command[0]]
            x, y = x + dx * command[1], y + dy * command[1]
        else:
            x, y = command[1:] or (0, 0)
    return x, y


def _shape(rng: random.Random) -> tuple[Any, ...]:
    kind = rng.choice(("square", "rectangle", "triangle", "circle"))
    return kind, *[rng.randint(1, 9) for _ in range(1 if kind in ("square", "circle") else 2)]


def _doubled(shapes: list[tuple[Any, ...]]) -> tuple[int, int]:
    areas: dict[str, Callable[..., int]] = {
        "square": lambda a: 2 * a * a,
        "rectangle": lambda a, b: 2 * a * b,
        "triangle": lambda a, b: a * b,
    }
    known = [shape for shape in shapes if shape[0] in areas]
    return sum(areas[shape[0]](*shape[1:]) for shape in known), len(shapes) - len(known)


def _listing(items: list[str]) -> str:
    n = len(items)
    if n < 3:
        return ["nobody", *items, *(" and ".join(items),) * 1][n if n < 2 else -1]
    return f"{items[0]}, {items[1]} and {n - 2} more"


def _tree(rng: random.Random, depth: int) -> Any:
    if depth == 0 or rng.random() < 0.25:
        return rng.randint(-4, 9)
    if rng.random() < 0.2:
        return ("neg", _tree(rng, depth - 1))
    return rng.choice(("add", "add", "other")), _tree(rng, depth - 1), _tree(rng, depth - 1)


def _named(tree: Any, other: str) -> Any:
    if isinstance(tree, int):
        return tree
    return (other if tree[0] == "other" else tree[0], *(_named(part, other) for part in tree[1:]))


def _worth(tree: Any) -> int:
    if isinstance(tree, int):
        return tree
    values = [_worth(part) for part in tree[1:]]
    return -values[0] if tree[0] == "neg" else _OPS[tree[0]](*values)


def _event(rng: random.Random) -> dict[str, Any]:
    kind = rng.choice(("sale", "sale", "refund", "gift", "visit"))
    if kind == "visit":
        return {"kind": kind}
    return {"kind": kind, "amount": rng.randint(0, 40)} if rng.random() < 0.9 else {"amount": 7}


FAMILIES: tuple[Family, ...] = (
    Family(
        name="turtle_commands",
        concepts=("pattern_matching", "tuples", "simulation"),
        difficulty=3,
        names="run_commands turtle final_place follow_commands move_turtle execute",
        arguments=("commands|steps|moves|program: list[tuple]; the commands in order",),
        returns="tuple[int, int]",
        phrasings=(
            "Return the place (x, y) of a turtle after all $commands, from (0, 0). ('up', n) adds n to y and ('down', n) subtracts it, ('right', n) adds n to x, ('jump', x, y) goes straight to that place, and ('home',) goes back to (0, 0).",
            "Given a list of tuples $commands, move a point that starts at (0, 0) and return where it ends. The commands are ('up', n), ('down', n), ('right', n), which add n to y, subtract n from y and add n to x, ('jump', x, y), which sets both, and ('home',), which sets both to 0.",
            "A plotter draws a picture with its pen at (0, 0) first. It knows five commands: up, down and right by so many steps, a jump to given coordinates, and home, which is (0, 0). Where is the pen after $commands? Up makes the second coordinate larger.",
            "Start with x = y = 0 and carry out the tuples of $commands in order: ('up', n): y += n; ('down', n): y -= n; ('right', n): x += n; ('jump', a, b): x, y = a, b; ('home',): x, y = 0, 0. No other commands occur. Return the tuple (x, y).",
        ),
        solutions=(
            """
x = y = 0
for command in $commands:
    match command:
        case ("up", n):
            y += n
        case ("down", n):
            y -= n
        case ("right", n):
            x += n
        case ("jump", a, b):
            x, y = a, b
        case _:
            x = y = 0
return x, y
""",
            """
x, y = 0, 0
for kind, *numbers in $commands:
    if kind in ("home", "jump"):
        x, y = numbers or (0, 0)
    elif kind == "right":
        x += numbers[0]
    else:
        y += numbers[0] if kind == "up" else -numbers[0]
return x, y
""",
        ),
        reference=_moved,
        inputs=_commands,
        edges=(
            ([],),
            ([("home",)],),
            ([("up", 2), ("right", 3), ("down", 5)],),
            ([("jump", 4, 5), ("right", 1), ("home",), ("up", 1)],),
            ([("right", 2), ("jump", -1, -2), ("down", 3)],),
        ),
        idea="A pattern such as `('jump', a, b)` tests the word and the length and names the numbers, all at once.",
        pitfall="Without quotes, `case (up, n)` fits every pair and ties the word to the name up.",
    ),
    Family(
        name="areas_of_known_shapes",
        concepts=("pattern_matching", "tuples", "accumulation"),
        difficulty=3,
        names="double_area shape_areas area_and_unknown total_area measure_shapes sum_shapes",
        arguments=("shapes|figures|pieces|parts: list[tuple]; a word and one or two lengths each",),
        returns="tuple[int, int]",
        phrasings=(
            "Return twice the total area of the known $shapes and the number of unknown ones, as a pair. Known are ('square', side), ('rectangle', width, height) and ('triangle', base, height); everything else is unknown.",
            "Given a list of tuples $shapes, add up the doubled areas of all squares ('square', a), rectangles ('rectangle', a, b) and triangles ('triangle', base, height), and count the tuples of any other kind. Return (doubled area, count). Doubling keeps the half of a triangle a whole number.",
            "A $craft cuts pieces that are noted as ('square', 3), ('rectangle', 2, 5) or ('triangle', 4, 3), in centimetres. A sheet has two sides, so twice the area of every piece has to be treated. How much is that in all? Other notes, such as ('circle', 2), are only counted. Return both numbers.",
            "Return (s, u): s is the sum over the tuples of $shapes of 2 * a * a for ('square', a), 2 * a * b for ('rectangle', a, b) and a * b for ('triangle', a, b); u is the number of tuples with another first element. Both are 0 for the empty list.",
        ),
        solutions=(
            """
doubled = unknown = 0
for shape in $shapes:
    match shape:
        case ("square", side):
            doubled += 2 * side**2
        case ("rectangle", width, height):
            doubled += 2 * width * height
        case ("triangle", base, height):
            doubled += base * height
        case _:
            unknown += 1
return doubled, unknown
""",
            """
doubled = unknown = 0
for kind, *sides in $shapes:
    product = sides[0] * sides[-1]
    if kind == "triangle":
        doubled += product
    elif kind == "square" or kind == "rectangle":
        doubled += product + product
    else:
        unknown += 1
return doubled, unknown
""",
        ),
        reference=lambda shapes, craft: _doubled(shapes),
        inputs=lambda rng, craft: ([_shape(rng) for _ in range(rng.randint(2, 5))],),
        edges=(
            ([],),
            ([("square", 3)],),
            ([("triangle", 3, 5)],),
            ([("circle", 2), ("circle", 2)],),
            ([("rectangle", 2, 5), ("rectangle", 5, 2)],),
            ([("star", 7, 1), ("square", 1)],),
        ),
        idea="Each case names the lengths of its own shape, so the formula can be written as it stands in a book.",
        pitfall="Putting `case _` first swallows everything; the pattern that fits all stands last.",
        parameters=lambda rng: {"craft": Raw(rng.choice(("carpenter", "tailor", "sign painter", "glazier")))},
    ),
    Family(
        name="who_likes_the_post",
        concepts=("pattern_matching", "string_formatting", "lists"),
        difficulty=2,
        names="short_list who_is_there summarize_names names_in_short say_names guests_text",
        arguments=("people|names|guests|members: list[str]; the names in order",),
        returns="str",
        phrasings=(
            "Return a short text that names the $people: '$nobody' for none, the name for one, 'a and b' for two, and for more the first two and how many others there are, as in 'a, b and 3 more'.",
            "Given the list $people, write it in short. An empty list is '$nobody', one name stands alone, two are joined by ' and ', and from three on it is '<first>, <second> and <n> more', where n counts all others.",
            "A web page says who has $joined. It shows '$nobody', 'Ada', 'Ada and Ben', or 'Ada, Ben and 2 more' when two further people have. What does it show for $people?",
            "Return '$nobody' if $people is empty, its element if there is one, the two elements with ' and ' between them if there are two, and otherwise the first element, a comma and a blank, the second, ' and ', the number of the remaining elements in digits, and ' more'.",
        ),
        solutions=(
            """
match $people:
    case []:
        return "$nobody"
    case [one]:
        return one
    case [one, two]:
        return f"{one} and {two}"
    case [one, two, *others]:
        return f"{one}, {two} and {len(others)} more"
""",
            """
if not $people:
    return "$nobody"
if len($people) < 3:
    return " and ".join($people)
shown = ", ".join($people[:2])
return f"{shown} and {len($people) - 2} more"
""",
        ),
        reference=lambda people, nobody, joined: _listing(people) if people else str(nobody),
        inputs=lambda rng, **_: (
            rng.sample(("Ada", "Ben", "Cleo", "Dan", "Eva", "Finn", "Gus"), rng.randint(1, 6)),
        ),
        edges=(([],), (["Zoë"],), (["Ada", "Ben"],), (["Ada", "Ada", "Ada"],)),
        idea="List patterns tell lists apart by their length and name the elements that the text needs.",
        pitfall="`case [one, two, *others]` also fits a list of two, with no others, so the case for two stands above it.",
        parameters=lambda rng: {
            "nobody": Raw(rng.choice(("nobody", "no one", "nobody yet"))),
            "joined": Raw(rng.choice(("joined", "signed up", "answered", "voted"))),
        },
    ),
    Family(
        name="value_of_nested_formula",
        concepts=("pattern_matching", "recursion", "nested_data"),
        difficulty=4,
        names="formula_value evaluate_formula worth calc value_of_tree reduce_formula",
        arguments=("formula|tree|expression|node: int | tuple; a number or an operation with its parts",),
        returns="int",
        phrasings=(
            "Return the value of $formula. A formula is an integer, which is its own value, or ('neg', a) for minus a, ('add', a, b) for the sum or ('$other', a, b) for the $meaning of the values of a and b, where a and b are formulas again.",
            "Given a nested $formula, work out its value. Integers stand for themselves; ('add', a, b) adds the values of its two parts, ('$other', a, b) gives their $meaning, and ('neg', a) changes the sign. The parts may be nested as deep as you like.",
            "A pocket calculator keeps its input as nested tuples: ('add', 2, ('neg', 5)) is 2 plus minus 5. It knows 'add' for sums, '$other' for the $meaning of two values and 'neg' for the opposite number; everything else is an integer. What does it show for $formula?",
            "Define v(n) = n for an integer n, v(('neg', a)) = -v(a), v(('add', a, b)) = v(a) + v(b), and v(('$other', a, b)) = the $meaning of v(a) and v(b). Return v($formula), an integer.",
        ),
        solutions=(
            """
match $formula:
    case ("neg", a):
        return -$self(a)
    case ("add", a, b):
        return $self(a) + $self(b)
    case ("$other", a, b):
        return $self(a) $op $self(b)
    case number:
        return number
""",
            """
if isinstance($formula, int):
    return $formula
name, *parts = $formula
values = [$self($item) for $item in parts]
if name == "neg":
    return -values[0]
return sum(values) if name == "add" else values[0] $op values[1]
""",
        ),
        reference=lambda formula, **_: _worth(formula),
        inputs=lambda rng, other, **_: (_named(_tree(rng, 3), other),),
        edges=(
            (5,),
            (0,),
            (("neg", 3),),
            (("neg", ("neg", -2)),),
            (("add", 1, ("add", 2, 3)),),
            (("neg", ("add", -4, 9)),),
        ),
        idea="The function has one case for each kind of formula, and the parts are smaller formulas, so it can call itself for them.",
        pitfall="A name as a pattern fits everything, so the case for plain numbers has to stand last.",
        parameters=lambda rng: {
            key: Raw(text)
            for key, text in rng.choice(
                (
                    {"other": "sub", "meaning": "difference (the first minus the second)", "op": "-"},
                    {"other": "mul", "meaning": "product", "op": "*"},
                )
            ).items()
        },
    ),
    Family(
        name="balance_of_events",
        concepts=("pattern_matching", "dictionaries", "accumulation"),
        difficulty=3,
        names="balance_events till_balance sum_events money_in_till add_up_events process_events",
        arguments=("events|log|entries|notes: list[dict]; what happened, in order",),
        returns="int",
        phrasings=(
            "Return the sum of the amounts in $events: an event with 'kind' 'sale' adds its 'amount', one with 'kind' 'refund' subtracts it. A sale of $big or more counts $bonus extra. Events of other kinds, or without a kind or an amount, change nothing.",
            "Given the list of dictionaries $events, start at 0, add the 'amount' of every event whose 'kind' is 'sale' (and $bonus more if the amount is at least $big) and subtract that of every 'refund'. Ignore all other events and those that lack one of the two keys. Return the result.",
            "The till of a shop writes a note for everything that happens, such as {'kind': 'sale', 'amount': 12}. Sales bring in their amount, and from $big on a bonus of $bonus as well; refunds cost theirs; gifts, visits and incomplete notes do not matter. How much has come in after $events?",
            "Return the sum over all dictionaries in $events of a + $bonus for {'kind': 'sale', 'amount': a} with a >= $big, of a for such a sale with a < $big, of -a for {'kind': 'refund', 'amount': a}, and of 0 for everything else.",
        ),
        solutions=(
            """
$total = 0
for event in $events:
    match event:
        case {"kind": "sale", "amount": amount} if amount >= $big:
            $total += amount + $bonus
        case {"kind": "sale", "amount": amount}:
            $total += amount
        case {"kind": "refund", "amount": amount}:
            $total -= amount
return $total
""",
            """
$total = 0
for event in $events:
    kind = event.get("kind")
    amount = event.get("amount", 0)
    if kind == "refund":
        $total -= amount
    elif kind == "sale":
        $total += amount
        if amount >= $big:
            $total += $bonus
return $total
""",
        ),
        reference=lambda events, big, bonus: (
            sum(e.get("amount", 0) * {"sale": 1, "refund": -1}.get(e.get("kind", ""), 0) for e in events)
            + bonus * len([e for e in events if e.get("kind") == "sale" and e.get("amount", 0) >= big])
        ),
        inputs=lambda rng, big, bonus: (
            [_event(rng) for _ in range(rng.randint(1, 3))]
            + [{"kind": "sale", "amount": big + rng.choice((-1, 0, 0, 1))}],
        ),
        edges=(
            ([],),
            ([{"kind": "refund", "amount": 5}],),
            ([{"kind": "sale"}, {"amount": 3}, {}],),
            ([{"kind": "gift", "amount": 99}],),
            ([{"kind": "sale", "amount": 100, "who": "Ada"}, {"kind": "refund", "amount": 100}],),
        ),
        idea="A pattern for dictionaries asks only for the keys it names, and a guard adds the condition on the amount.",
        pitfall="The case with the guard must stand above the same case without it, or it is never reached.",
        parameters=lambda rng: {"big": rng.randint(15, 25), "bonus": rng.randint(2, 5)},
    ),
)
