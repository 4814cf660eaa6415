"""Composed programs for the forms of a page: chains that suit a form, and code for them that does, too."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import islice

from hornbook.curriculum.dice import Dice
from hornbook.curriculum.family import Task
from hornbook.curriculum.fitting import code_shows
from hornbook.curriculum.operation import Operation
from hornbook.curriculum.programs import Program, imports_of
from hornbook.curriculum.programs_chains import OPERATIONS, draw_operations
from hornbook.curriculum.programs_code import by_expression, by_loops, by_steps
from hornbook.curriculum.programs_styles import Style
from hornbook.curriculum.suiting import LINES_SAVED

Chain = Sequence[Operation]
_PATIENCE = 80
"""Chains that are looked at; after them any will do."""
_SAMPLE, _SUITED = 200, 3
_LOOP = re.compile(r"^for ", re.M)


def _can_lose_a_step(chain: Chain) -> bool:
    """Say whether a step can be left out so that no decision ends what remains."""
    last = len(chain) - 1
    return any(
        operation.takes == operation.gives and (place == last or chain[last].kind != "decide")
        for place, operation in enumerate(chain)
    )


def _has_loop(chain: Chain) -> bool:
    return any(operation.kind in ("keep", "each") or operation.start for operation in chain)


def _is_fold(chain: Chain) -> bool:
    """Say whether one loop computes it, whose variable is the answer for the elements seen so far."""
    return all(o.kind in ("keep", "each") for o in chain[:-1]) and _ends_fold(chain[-1])


def _ends_fold(last: Operation) -> bool:
    return last.kind in ("keep", "each") or bool(last.start) and last.finish == "$out"


_WANTS: Mapping[str, Callable[[Chain], bool]] = {
    "mistake": _can_lose_a_step,
    "edge_cases": lambda chain: any(operation.empty for operation in chain),
    "worked": _has_loop,
    "refactoring": _has_loop,
    "invariant": _is_fold,
}
"""What a form wants of a chain."""
_STYLES: Mapping[str, tuple[Style, ...]] = {
    "worked": (by_loops,),
    "invariant": (by_loops,),
    "refactoring": (by_expression,),
}
"""Styles of which one has to show what the page is about; of other forms any."""
_ANY_STYLE: tuple[Style, ...] = (by_steps, by_loops, by_expression)


def chain_test(form: str, concept: str) -> Callable[[Chain], bool]:
    """Return a test for chains that suit a form and show a concept; it gives in after 80 others."""
    seen = 0

    def suits(chain: Chain) -> bool:
        nonlocal seen
        seen += 1
        return seen > _PATIENCE or _suits(chain, form, concept)

    return suits


@cache
def is_possible(form: str, concept: str) -> bool:
    """Say whether chains that practise a concept suit a form: three of the first 200 that are drawn."""
    rng = Dice(0)
    drawn = (draw_operations(rng, concept or "composition", rng.randint(2, 4)) for _ in range(_SAMPLE))
    suited = (chain for chain in drawn if chain and _suits(chain, form, concept))
    return len(tuple(islice(suited, _SUITED))) == _SUITED


def _suits(chain: Chain, form: str, concept: str) -> bool:
    wants, style = _WANTS.get(form), form if form in _STYLES else ""
    return (wants is None or wants(chain)) and any(_shows(o.name, style, concept) for o in chain)


@cache
def _shows(name: str, form: str, concept: str) -> bool:
    """Say whether code with an operation in it shows a concept, in a style of the form or, for "", in any."""
    if code_shows("", concept):
        return True
    operation = next(o for o in OPERATIONS if o.name == name)
    steps = ((operation, operation.draw(random.Random(0))),)
    bodies = [style(steps, "xs", random.Random(0)) for style in _STYLES.get(form, _ANY_STYLE)]
    return any(code_shows(body, concept) for body in bodies)


def written_for(form: str, concept: str, task: Task, program: Program, rng: random.Random) -> Task:
    """Return a program's task with code that suits a form and shows a concept, where the drawn code does not."""
    if _is_suited(form, concept, task):
        return task
    first = [style(program.steps, program.argument, rng) for style in _STYLES.get(form, _ANY_STYLE)]
    body = next((body for body in first if code_shows(body, concept)), first[0])
    other = by_loops(program.steps, program.argument, rng) if form == "refactoring" else task.other_body
    if re.search(rf"\b{task.name}\b", f"{body}\n{other}"):  # a variable of this name would hide the function
        return task
    return replace(
        task, body=body, imports=imports_of(body), other_body=other, other_imports=imports_of(other)
    )


def _is_suited(form: str, concept: str, task: Task) -> bool:
    both = (task.body, task.other_body)
    if form == "refactoring":
        shorter, longer = sorted(both, key=lambda body: body.count("\n"))
        return code_shows(shorter, concept) and longer.count("\n") >= shorter.count("\n") + LINES_SAVED
    showing = [body for body in both if code_shows(body, concept)]
    if form == "invariant":
        return any(f" in {task.arguments[0].name}:\n" in body for body in showing)
    return any(map(_LOOP.search, showing)) if form == "worked" else bool(showing)
