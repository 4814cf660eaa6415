"""Families on what happens in any case (`finally`), and only if nothing went wrong (`else`)."""

from __future__ import annotations

import random
from typing import Any

from hornbook.curriculum.family import Family, Raw


def _texts(rng: random.Random) -> tuple[list[str]]:
    return (
        [
            rng.choice((str(rng.randint(-9, 40)), str(rng.randint(1, 9)), "0", "x", "", "7a"))
            for _ in range(rng.randint(2, 5))
        ],
    )


def _is_whole(text: str) -> bool:
    return text.lstrip("-").isdigit() and text.count("-") <= 1


def _quotients(texts: list[str], k: int) -> list[str]:
    lines = []
    for text in texts:
        if not _is_whole(text):
            lines.append("no number")
        else:
            lines.append("no share" if int(text) == 0 else str(k // int(text)))
        lines.append("next")
    return lines


def _lamp_log(jobs: list[tuple[str, int]], off: str, limit: int) -> list[str]:
    log: list[str] = []
    for name, minutes in jobs:
        log += ["on", f"{name} fails" if minutes > limit else f"{name} {minutes}", off]
    return log


def _jobs(rng: random.Random, limit: int) -> tuple[list[tuple[str, int]]]:
    names = ("print", "scan", "copy", "fold")
    return ([(rng.choice(names), limit + rng.choice((-1, 0, 1, -7, 5))) for _ in range(rng.randint(1, 3))],)


def _box(rng: random.Random, depth: int) -> list[Any]:
    parts: list[Any] = [_box(rng, depth - 1) for _ in range(rng.randint(0, 2))] if depth > 1 else []
    if rng.random() < 0.2:
        parts.insert(rng.randint(0, len(parts)), "x")
    return parts


def _searched(boxes: list[Any]) -> tuple[int, int]:
    """Read the text of each box: a bracket opens a list, an x ends it all."""
    opened = deepest = 0
    for box in boxes:
        depth = 0
        for sign in repr(box).partition("x")[0]:
            depth += {"[": 1, "]": -1}.get(sign, 0)
            opened += sign == "["
            deepest = max(deepest, depth)
    return opened, deepest


FAMILIES: tuple[Family, ...] = (
    Family(
        name="shares_with_else_and_finally",
        concepts=("exception_cleanup", "type_conversion", "exceptions"),
        difficulty=4,
        names="share_lines log_shares shares_of divide_among share_log report_shares",
        arguments=("texts|entries|inputs|answers: list[str]; what was typed in",),
        returns="list[str]",
        phrasings=(
            "Return two lines for each of $texts: the first says how much of $k everybody gets if the text is the number of people, $k divided by it and rounded down, or 'no number' if `int` cannot read it, or 'no share' if it is 0. The second line is always 'next'.",
            "Given a list of strings $texts, convert each to an integer and divide $k by it with //. Collect the quotient as a string, 'no number' if the conversion raises ValueError, or 'no share' if the division raises ZeroDivisionError, and after each of these, whatever happened, the string 'next'. Return all strings in one list.",
            "A machine shares $k $things among the number of people that somebody types. It prints everybody's share (rounded down, also for negative numbers), 'no share' for 0 people, or 'no number' for anything that is none, and in each case 'next' on the following line. What does it print for $texts?",
            "For each t in $texts append to the result first str($k // int(t)), or 'no number' if int(t) raises ValueError, or 'no share' if int(t) is 0, and then 'next'. Return the result, which has twice as many elements as $texts.",
        ),
        solutions=(
            """
lines = []
for text in $texts:
    try:
        share = $k // int(text)
    except ValueError:
        lines.append("no number")
    except ZeroDivisionError:
        lines.append("no share")
    else:
        lines.append(str(share))
    finally:
        lines.append("next")
return lines
""",
            """
def line(text):
    try:
        people = int(text)
    except ValueError:
        return "no number"
    return str($k // people) if people else "no share"

return [part for text in $texts for part in (line(text), "next")]
""",
        ),
        reference=lambda texts, k, things: _quotients(texts, k),
        inputs=lambda rng, k, things: _texts(rng),
        edges=(([],), (["0", "-0"],), ([""],), (["1", "-1"],), (["-7", "--7"],), (["4.0", "999"],)),
        idea="`except` answers for each kind of failure, `else` runs only without one, and `finally` in every case.",
        pitfall="Putting the `append` of the share into the `try` block as well makes it unclear whose errors are caught.",
        parameters=lambda rng: {
            "k": rng.choice((60, 100, 120, 365)),
            "things": Raw(rng.choice(("sweets", "coins", "stickers", "minutes"))),
        },
    ),
    Family(
        name="log_of_switched_device",
        concepts=("exception_cleanup", "exceptions", "list_building"),
        difficulty=3,
        names="run_jobs device_log log_jobs job_log switch_log run_all",
        arguments=("jobs|tasks|orders|runs: list[tuple[str, int]]; a name and a number of minutes each",),
        returns="list[str]",
        phrasings=(
            "Return the log of all $jobs. Each job begins with 'on', then comes its name with what `run` says of it, 'name minutes', or 'name fails' if `run` raises RuntimeError, and in both cases '$off' at the end.",
            "Given a list of pairs $jobs (name, minutes), write a log as a list of strings: for every job 'on'; then its name, a blank and its minutes, or its name and 'fails' when it takes more than $limit minutes; then '$off', whatever happened before.",
            "A copying machine is switched on for each job and switched off again, even if the job fails, as jobs of more than $limit minutes do. Its log reads 'on', 'scan 5', '$off', or 'on', 'scan fails', '$off'. Write the log for $jobs.",
            "Return the concatenation over the pairs (n, m) of $jobs of ['on', x, '$off'], where x is n + ' ' + str(m) if m <= $limit and n + ' fails' otherwise.",
        ),
        solutions=(
            """
log = []
for name, minutes in $jobs:
    log.append("on")
    try:
        log.append(run(name, minutes))
    except RuntimeError:
        log.append(f"{name} fails")
    finally:
        log.append("$off")
return log
""",
            """
log = []
for name, minutes in $jobs:
    outcome = "fails" if minutes > $limit else str(minutes)
    log.extend(["on", name + " " + outcome, "$off"])
return log
""",
        ),
        setup="""
def run(name, minutes):
    if minutes > $limit:
        raise RuntimeError("too long")
    return f"{name} {minutes}"
""",
        reference=lambda jobs, off, limit: _lamp_log(jobs, str(off), limit),
        inputs=lambda rng, off, limit: _jobs(rng, limit),
        edges=(([],), ([("scan", 0)],), ([("print", 99), ("print", 1)],), ([("", 5), ("ö", 6)],)),
        idea="What was switched on must be switched off on every path, and `finally` is the one place through which every path goes.",
        pitfall="Writing the last line behind the `try` statement works only as long as every exception is caught.",
        parameters=lambda rng: {
            "off": Raw(rng.choice(("off", "switched off", "sleep"))),
            "limit": rng.randint(8, 15),
        },
    ),
    Family(
        name="depth_is_restored",
        concepts=("exception_cleanup", "recursion", "nested_data"),
        difficulty=5,
        names="deepest_and_final walk_with_depth measure_depth depths_of visit_all explore",
        arguments=("boxes|parcels|piles: list; lists of lists, and the string 'x' for a broken thing",),
        returns="tuple[int, int]",
        phrasings=(
            "Return how many lists are opened when all of $boxes are searched one after the other, and the greatest depth that is reached, as a pair. A list in $boxes has depth 1, one inside it depth 2 and so on. Each list is searched from left to right; an 'x' ends the search of the whole box it is in at once, and the next box begins at depth 1 again.",
            "Given a list $boxes whose elements are lists that hold further lists or the string 'x', search each element in turn: open it, look at its parts from left to right and open every list among them before going on. Meeting an 'x' breaks off the element of $boxes that is being searched, but not the others. Return (number of lists opened, deepest level), where the elements of $boxes are at level 1 and both numbers are 0 for an empty list.",
            "Parcels contain boxes in boxes; somewhere there may be a broken thing, 'x', and then the search of this parcel stops, whatever depth it has reached, and the next parcel is taken from the shelf. How many boxes were opened in all (the parcels included), and how deep was the deepest, a parcel itself being at depth 1? $boxes is the list of parcels.",
            "Define v(L, d) for a list L: count one opened list of depth d; then for each element e of L in order, stop everything if e is 'x', else do v(e, d + 1). Run v(b, 1) for every b of $boxes, a stop ending only the run for that b. Return the number of opened lists and the maximum of their depths (0 if none).",
        ),
        solutions=(
            """
opened = deepest = depth = 0

def search(box):
    nonlocal opened, deepest, depth
    depth += 1
    try:
        opened += 1
        deepest = max(deepest, depth)
        for part in box:
            if part == "x":
                raise ValueError("broken")
            search(part)
    finally:
        depth -= 1

for box in $boxes:
    try:
        search(box)
    except ValueError:
        continue
return opened, deepest
""",
            """
opened = deepest = 0
for box in $boxes:
    todo = [(box, 1)]
    while todo:
        part, depth = todo.pop()
        if part == "x":
            break
        opened += 1
        deepest = max(deepest, depth)
        todo += [(inner, depth + 1) for inner in reversed(part)]
return opened, deepest
""",
        ),
        reference=_searched,
        inputs=lambda rng: ([_box(rng, 3) for _ in range(rng.randint(1, 3))],),
        edges=(
            ([],),
            ([[]],),
            ([["x"]],),
            ([[[], "x", []], [[[]]]],),
            ([[[["x"], []]], []],),
            ([[[]], [[[[]]]]],),
        ),
        idea="The depth goes up when a list is opened and comes down in `finally`, so it is right again even after the search was broken off.",
        pitfall="Lowering the depth at the end of the function without `finally` leaves it too large once an exception has passed through.",
    ),
)
