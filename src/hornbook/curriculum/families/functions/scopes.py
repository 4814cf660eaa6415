"""Families on where names live: in a call, in the function around it, in a block that opens and closes."""

from __future__ import annotations

import random
from typing import Any

from hornbook.curriculum.family import Family, Raw

_NAMES = ("x", "y", "z")


def _tickets(rng: random.Random, undo: str) -> tuple[list[str]]:
    events = [rng.choice(("draw", "draw", "draw", undo, "skip")) for _ in range(rng.randint(3, 7))]
    # Every second one begins at the start, where nothing can be taken back.
    return ([undo, *events] if rng.random() < 0.5 else events,)


def _drawn(events: list[str], start: int, step: int, undo: str) -> list[int]:
    given: list[int] = []
    history = [start - step]
    for event in events:
        if event == undo:
            history = history[:-1] or history
            history = history if len(history) else [start - step]
        else:
            history = [*history, history[-1] + step]
            given += [history[-1]] if event == "draw" else []
    return given


def _program(rng: random.Random) -> tuple[list[tuple[Any, ...]]]:
    steps: list[tuple[Any, ...]] = [("set", "x", rng.randint(0, 9))]
    depth = 0
    for _ in range(rng.randint(4, 6)):
        kind = rng.choice(("set", "get", "get", "open", "close"))
        if kind == "close" and depth == 0:
            kind = "open"
        depth += {"open": 1, "close": -1}.get(kind, 0)
        name = rng.choice(_NAMES[:2])
        steps.append({"set": ("set", name, rng.randint(0, 9)), "get": ("get", name)}.get(kind, (kind,)))
    return ([*steps, ("get", "x")],)


def _looked_up(steps: list[tuple[Any, ...]]) -> list[Any]:
    """For each get, look back through the steps, passing over blocks that are closed."""
    answers = []
    for at, step in enumerate(steps):
        if step[0] == "get":
            closed, answer = 0, None
            for kind, *rest in reversed(steps[:at]):
                closed += {"close": 1, "open": -1 if closed else 0}.get(kind, 0)
                if kind == "set" and closed == 0 and rest[0] == step[1]:
                    answer = rest[1]
                    break
            answers.append(answer)
    return answers


def _fees(amounts: list[int], rate: int, own: dict[str, int], least: int) -> int:
    return sum(max(least, amount * own.get("rate", rate) // 100) for amount in amounts)


def _depths(n: int, k: int) -> list[int]:
    return [] if n < 1 else [n, *_depths(n // k, k)]


FAMILIES: tuple[Family, ...] = (
    Family(
        name="numbers_from_dispenser",
        concepts=("scope", "closures", "simulation"),
        difficulty=3,
        names="numbers_drawn draw_numbers dispenser ticket_numbers run_dispenser handed_out",
        arguments=("events|presses|actions|log: list[str]; 'draw', 'skip' or '$undo', in order",),
        returns="list[int]",
        phrasings=(
            "Return the numbers that are handed out for $events. 'draw' hands out the next number, 'skip' passes over it, and '$undo' takes back the last step that is not taken back yet, if there is one, so that its number comes again. The first number is $start and each further one is $step more.",
            "Given the list $events, keep a next number that is $start at first. 'draw' puts it into the result and raises it by $step, 'skip' only raises it, and '$undo' lowers it by $step, but never below $start. Return the list of numbers put into the result; '$undo' removes nothing from it.",
            "A machine in an office prints numbers: $start first, then $step more each time. The clerk can 'draw' one, 'skip' one without printing, or press '$undo' to set the machine back by one number (at $start it stays where it is). Which numbers are printed during $events?",
            "Let n be $start. For each event in $events: on 'draw' append n to the result and add $step to n; on 'skip' add $step to n; on '$undo' subtract $step from n unless n is $start. Return the result.",
        ),
        solutions=(
            """
number = $start
printed = []

def advance(amount):
    nonlocal number
    number = max($start, number + amount)

for event in $events:
    if event == "draw":
        printed.append(number)
    advance(-$step if event == "$undo" else $step)
return printed
""",
            """
printed = []
number = $start
for event in $events:
    if event == "$undo":
        if number > $start:
            number -= $step
        continue
    if event == "draw":
        printed.append(number)
    number += $step
return printed
""",
        ),
        reference=lambda events, start, step, undo: _drawn(events, start, step, str(undo)),
        inputs=lambda rng, undo, **_: _tickets(rng, undo),
        edges=(
            ([],),
            (["skip"],),
            (["draw"],),
            (["draw", "draw", "skip"],),
            (["skip", "draw", "draw"],),
        ),
        idea="The next number belongs to the outer function; `nonlocal` lets the inner one change it, so it survives from call to call.",
        pitfall="Without `nonlocal` the assignment makes a new local name, and reading it before raises UnboundLocalError.",
        parameters=lambda rng: {
            "start": rng.randint(1, 30),
            "step": rng.choice((1, 2, 5, 10)),
            "undo": Raw(rng.choice(("undo", "back", "return"))),
        },
    ),
    Family(
        name="names_in_nested_blocks",
        concepts=("scope", "stacks", "dictionaries"),
        difficulty=5,
        names="look_up_names run_blocks values_of_names interpret block_values execute_steps",
        arguments=(
            "steps|program|commands|lines: list[tuple]; ('set', name, value), ('get', name), ('open',) or ('close',)",
        ),
        returns="list[int | None]",
        phrasings=(
            "Return the values that the 'get' steps of $steps find. ('open',) begins an inner block and ('close',) ends it and forgets all names set in it; ('set', name, value) sets a name in the innermost open block, and ('get', name) looks for it from the innermost block outwards. A name that is nowhere gives None.",
            "Given a list of tuples $steps, keep the names of nested blocks, starting with one block. 'open' adds a block, 'close' drops the innermost one (never the first), 'set' stores a value in the innermost block, where it hides the same name further out, and 'get' reads the nearest value or None. Return everything that was read, in order.",
            "A toy language has blocks like the functions in functions of Python: a name is looked up in the block itself, then in the one around it, and so on; setting a name always does so in the block itself; when a block closes, its names are gone. Run $steps and list what each ('get', name) yields, None for an unknown name. There is never a 'close' too many.",
            "Process $steps with a list of dictionaries that first holds one empty dictionary: ('open',) appends an empty one, ('close',) removes the last, ('set', n, v) assigns v to n in the last, and ('get', n) appends to the result the value of n in the last dictionary that contains it, or None if none does. Return the result. The first dictionary is never removed.",
        ),
        solutions=(
            """
blocks = [{}]
found = []
for kind, *rest in $steps:
    if kind == "open":
        blocks.append({})
    elif kind == "close":
        blocks.pop()
    elif kind == "set":
        blocks[-1][rest[0]] = rest[1]
    else:
        inner_first = (block[rest[0]] for block in reversed(blocks) if rest[0] in block)
        found.append(next(inner_first, None))
return found
""",
            """
from collections import ChainMap

names = ChainMap()
found = []
for step in $steps:
    match step:
        case ("open",):
            names = names.new_child()
        case ("close",):
            names = names.parents
        case ("set", name, value):
            names[name] = value
        case ("get", name):
            found.append(names.get(name))
return found
""",
        ),
        reference=_looked_up,
        inputs=_program,
        edges=(
            ([],),
            ([("get", "x")],),
            ([("set", "x", 1), ("open",), ("set", "x", 2), ("get", "x"), ("close",), ("get", "x")],),
            ([("open",), ("set", "y", 0), ("close",), ("get", "y")],),
            (
                [
                    ("set", "x", 1),
                    ("open",),
                    ("open",),
                    ("get", "x"),
                    ("set", "x", 3),
                    ("close",),
                    ("get", "x"),
                ],
            ),
        ),
        idea="The open blocks form a stack; looking a name up goes from the top of the stack down, and closing a block removes its names at once.",
        pitfall="Changing the outer name in 'set' when it exists there would make assignments leak out of a block.",
    ),
    Family(
        name="fees_with_own_rate",
        concepts=("scope", "default_arguments", "accumulation"),
        difficulty=2,
        names="total_fees sum_of_fees fees fee_total charges_for add_fees",
        arguments=(
            "amounts|payments|values|sums: list[int]; what is paid, in cents",
            "own_rate|special|agreed: int | None; a rate in percent that was agreed upon, or None",
        ),
        returns="int",
        phrasings=(
            "Return the sum of the fees for all $amounts. A fee is RATE percent of the amount, rounded down, but at least $least cents; if $own_rate is not None, that rate takes the place of RATE.",
            "Given a list of $amounts in cents, add up their fees, each being the larger of $least and the rate in percent of the amount, rounded down. The rate is $own_rate, which may be 0, or the constant RATE when $own_rate is None.",
            "A bank takes RATE percent of every payment, or another rate that was agreed with the customer, rounded down to a cent and never less than $least cents. What do the payments $amounts cost if $own_rate was agreed (None for no agreement)?",
            "Return the sum over all a in $amounts of max($least, a * r // 100), where r is RATE if $own_rate is None and $own_rate otherwise. No amounts give 0.",
        ),
        solutions=(
            """
rate = RATE if $own_rate is None else $own_rate
return sum(max($least, amount * rate // 100) for amount in $amounts)
""",
            """
def fee(amount, rate=RATE):
    share = amount * rate // 100
    return share if share > $least else $least

$total = 0
for amount in $amounts:
    $total += fee(amount) if $own_rate is None else fee(amount, $own_rate)
return $total
""",
        ),
        setup="""
RATE = $rate
""",
        reference=lambda amounts, own_rate, rate, least: _fees(
            amounts, rate, {} if own_rate is None else {"rate": own_rate}, least
        ),
        inputs=lambda rng, rate, least: (
            [rng.randint(1, 40) * 50 for _ in range(rng.randint(2, 5))],
            rng.choice((None, None, rate + 2, 1)),
        ),
        edges=(([], None), ([5000], 0), ([10], None), ([1000, 1000], None), ([999, 4000], 5)),
        idea="A function can read the constant of the module without further ado; the agreed rate is a name of its own in the call and leaves the constant alone.",
        pitfall="Assigning to RATE inside the function makes it a local name, and reading it before that fails.",
        parameters=lambda rng: {"rate": rng.randint(2, 4), "least": rng.choice((10, 15, 20))},
    ),
    Family(
        name="trace_of_local_values",
        concepts=("scope", "recursion", "list_building"),
        difficulty=2,
        names="trace_values values_on_the_way recursion_trace trace arguments_of_calls log_calls",
        arguments=("n|number|start: int; the first argument, not negative",),
        returns="list[int]",
        phrasings=(
            "Return the values of the local name `n` in the order in which the calls of `shrink($n)` end, without calling `shrink` itself: the innermost call ends first.",
            "Given a whole number $n, `shrink($n)` calls itself with smaller numbers until it gets 0. Every call has an `n` of its own. List these values in the order in which the calls return, from the last call back to the first one.",
            "A teacher stops the program each time a call of `shrink` is about to return and writes down what `n` is in that call. What is on the board after `shrink($n)`? The argument 0 is written down as well.",
            "Let a0 = $n and a(i+1) = a(i) // $k, up to the first a(m) that is 0. Return the list a(m), ..., a1, a0; it is [0] for $n = 0.",
        ),
        solutions=(
            """
order = []

def visit(number):
    if number > 0:
        visit(number // $k)
    order.append(number)

visit($n)
return order
""",
            """
values = [$n]
while values[-1] > 0:
    values.append(values[-1] // $k)
return values[::-1]
""",
            """
if $n == 0:
    return [0]
return [*$self($n // $k), $n]
""",
        ),
        setup="""
def shrink(n):
    if n > 0:
        shrink(n // $k)
""",
        reference=lambda n, k: [0, *reversed(_depths(n, k))],
        inputs=lambda rng, k: (rng.randint(2, 200),),
        edges=((0,), (1,), (2,), (3,), (9,), (64,), (625,)),
        idea="Every call has its own local `n`; a call ends only after the call it made has ended, so the values come out backwards.",
        pitfall="Thinking of one `n` that gets smaller: the outer calls still have their old values when the inner ones are done.",
        parameters=lambda rng: {"k": rng.randint(2, 5)},
    ),
)
