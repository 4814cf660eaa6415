"""Tasks continued: a family's function becomes a helper, and a chain of operations goes on from what it returns.

The helper stands in the prompt, solved; what is asked is a function that uses it, as the functions of real code
use each other. A chain follows the answer (`whole`), or the helper is a test or a change of the elements of a list
(`each`). Expected values are the family's own, taken further by the operations' own meanings.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from hornbook.curriculum.families import TAUGHT
from hornbook.curriculum.family import Argument, Family, Task, are_telling, draw_task
from hornbook.curriculum.naming import VAGUE_FUNCTIONS
from hornbook.curriculum.operation import ANNOTATIONS, Operation, each, keep
from hornbook.curriculum.operations_answers import GOES_ON, is_of, openings
from hornbook.curriculum.phrasing import helper_source
from hornbook.curriculum.programs import Applied, Case, apply, every_step_matters, imports_of, walk
from hornbook.curriculum.programs_grown import Grown, different, grow, tell
from hornbook.curriculum.programs_inputs import ARGUMENTS, MEANINGS, fits
from hornbook.curriculum.programs_styles import two_bodies
from hornbook.curriculum.programs_words import say

Way = Callable[[Task, random.Random, int], Task | None]
_LISTED = {"int": "numbers", "str": "texts", "list[int]": "rows"}
"""What a helper takes, and the type of a list of such."""
_COLLECTED = {"int": "numbers", "str": "words", "list[int]": "rows"}
"""What a helper returns, and the type of a list of such."""
_LONGEST_HELPER = 700
"""In characters; a longer one would make two exercises alike that differ in all that is asked."""
_CHARACTERS_PER_STEP = 150
_MOST_STEPS = 4
_LONGEST_CASE = 170
_WORD = re.compile(r"\w+")
_TRIES = 8
_TASKS = 3
_FEWEST_CASES = 3
_AS_IT_IS = 0.5
"""Share of answers that are taken as they are, where they could also be opened."""
_VAGUE = 0.2
"""Share of functions whose name says nothing: what they do together seldom has a name."""


@cache
def _short_families() -> frozenset[str]:
    """Return the families that have two solutions short enough for a helper."""
    return frozenset(
        family.name
        for family in TAUGHT
        if sum(len(family.setup) + len(text) < _LONGEST_HELPER for text in family.solutions) > 1
    )


def can_continue(family: Family) -> bool:
    """Say whether operations can go on from what the family's function returns."""
    return family.name in _short_families() and bool(
        family.returns in GOES_ON
        or openings(family.returns)
        or len(family.arguments) == 1
        and _elementwise(family.returns)
    )


def _over_elements_fits(task: Task) -> bool:
    """Say whether the helper can be a test or a change of the elements of a list."""
    takes = _LISTED.get(task.arguments[0].annotation, "") if len(task.arguments) == 1 else ""
    if not takes or not _elementwise(task.returns):
        return False
    values = [given[0] if task.returns == "bool" else answer for given, answer in task.cases]
    return fits(takes if task.returns == "bool" else _COLLECTED[task.returns], values)


def _elementwise(returns: str) -> bool:
    return returns == "bool" or returns in _COLLECTED


def draw_continued(family: Family, rng: random.Random, num_steps: int) -> Task | None:
    """Draw a task of the family, continued by `num_steps` operations; None where no few tries give one that tells.

    Long helpers are continued by more, up to four: else two exercises would be alike that share the helper.

    Raises ValueError where the family's inputs do not tell its answer from a stub's.
    """
    for _ in range(_TASKS):
        task = draw_task(family, rng)
        length = len(task.setup) + len(task.body)
        if task.name in VAGUE_FUNCTIONS or length > _LONGEST_HELPER:
            continue
        ways: list[Way] = [_after_answer, _over_elements] if _over_elements_fits(task) else [_after_answer]
        wanted = min(max(num_steps, length // _CHARACTERS_PER_STEP), _MOST_STEPS)
        for _ in range(_TRIES):
            if made := rng.choice(ways)(task, rng, wanted):
                return made
    return None


def _after_answer(task: Task, rng: random.Random, num_steps: int) -> Task | None:
    """Go on from one answer of the helper."""
    begun, takes, cases = _opened(task, rng)
    least_different = min(different(begun.values), 3)
    if len(cases) < _FEWEST_CASES or not tell(begun.values, max(least_different, 2)):
        return None
    grown = grow(rng, begun, takes, num_steps, least_different=least_different)
    if grown is None:
        return None
    steps = grown.steps
    inner = [((answer,), after) for (_, answer), after in zip(cases, grown.values, strict=True)]
    outer = tuple((given, after) for (given, _), (_, after) in zip(cases, inner, strict=True))
    if not _tell(outer) or not every_step_matters(steps, [walk(steps, given) for given, _ in inner]):
        return None
    names = [a.name for a in task.arguments]
    asked = f"{task.name}({', '.join(names)})"
    subjects = ARGUMENTS[steps[0][0].takes].split()
    value = rng.choice([n for n in subjects if n not in names and n != task.name])
    bodies = two_bodies(steps, value, rng)
    # A loop over f(n) in which each element is called n can be read in two ways.
    if any({task.name, *names} & {*_WORD.findall(body)} for body in bodies):
        return None
    first, second = (_called_first(body, value, asked, rng) for body in bodies)
    return _task(task, task.arguments, steps, asked, (first, second), outer, rng)


def _opened(task: Task, rng: random.Random) -> tuple[Grown, str, Sequence[Case]]:
    """Return how a chain begins on the helper's answers, the type it goes on from, and the cases that fit there.

    An answer that the algebra knows may be taken as it is; any other is opened first.
    """
    kind, ways = GOES_ON.get(task.returns, ""), openings(task.returns)
    if kind and (not ways or rng.random() < _AS_IT_IS):
        steps: tuple[Applied, ...] = ()
        known = [(case, case[1]) for case in task.cases if fits(kind, case[1])]
    elif ways:
        opening = rng.choice(ways)
        kind, parameters = opening.gives, opening.draw(rng)
        steps = ((opening, parameters),)
        usable = [case for case in task.cases if is_of(task.returns, case[1])]
        known = [(case, apply(opening, parameters, case[1])) for case in usable]
        known = [(case, value) for case, value in known if fits(kind, value)]
    else:
        return Grown(steps=(), values=()), "", ()
    known = _different_first(known)
    begun = Grown(steps=steps, values=[value for _, value in known], num_before=len(steps))
    return begun, kind, [case for case, _ in known]


def _different_first(known: list[tuple[Case, Any]]) -> list[tuple[Case, Any]]:
    """Move the first case whose value is not that of the first case to the second place: examples show both."""
    place = next((i for i, (_, value) in enumerate(known) if value and value != known[0][1]), 1)
    return [*known[:1], *known[place : place + 1], *known[1:place], *known[place + 1 :]]


def _called_first(body: str, value: str, asked: str, rng: random.Random) -> str:
    """Put the call of the helper before the body, or into it where it is used once."""
    if _WORD.findall(body).count(value) == 1 and rng.random() < 0.5:
        return _WORD.sub(lambda match: asked if match[0] == value else match[0], body)
    gap = "\n\n" if body.startswith("def ") else "\n"
    return f"{value} = {asked}{gap}{body}"


def _over_elements(task: Task, rng: random.Random, num_steps: int) -> Task | None:
    """Go on from the helper's answers to the elements of a list, or from the elements that it accepts."""
    helper = _as_operation(task, rng)
    pool = [given[0] for given, _ in task.cases]
    lists = [rng.sample(pool, k=min(len(pool), rng.randint(3, 5))) for _ in range(rng.randint(3, 4))]
    lists = [*{repr(xs): xs for xs in (*lists, [], rng.sample(pool, 1))}.values()]
    begun = Grown(steps=((helper, {}),), values=[apply(helper, {}, xs) for xs in lists], num_before=1)
    grown = grow(rng, begun, "words" if helper.gives == "texts" else helper.gives, num_steps)
    if grown is None:
        return None
    steps, cases = grown.steps, tuple(((xs,), after) for xs, after in zip(lists, grown.values, strict=True))
    if not _tell(cases) or not every_step_matters(steps, [walk(steps, given) for given, _ in cases]):
        return None
    name = rng.choice([n for n in ARGUMENTS[helper.takes].split() if n != task.name])
    annotation = f"list[{task.arguments[0].annotation}]"
    argument = Argument(name=name, annotation=annotation, meaning=MEANINGS[helper.takes])
    bodies = two_bodies(steps, name, rng)
    if any(f"def {task.name}(" in body or f"{task.name} =" in body for body in bodies):
        return None
    return _task(task, (argument,), steps, name, bodies, cases, rng)


def _as_operation(task: Task, rng: random.Random) -> Operation:
    """Return the helper as an operation on the elements of a list."""
    takes = _LISTED[task.arguments[0].annotation]
    known = {repr(given[0]): answer for given, answer in task.cases}
    code = f"{task.name}($x)"
    if task.returns == "bool":
        words = rng.choice(("satisfy {}", "pass {}", "{} accepts")).format(task.name)
        return keep(takes, task.name, "", words, code, lambda x: known[repr(x)])
    words = rng.choice(("apply {} to $it", "call {} for $it", "replace $it by its {}")).format(task.name)
    gives = _COLLECTED[task.returns]
    return each(takes, task.name, words, "", code, lambda x: known[repr(x)], gives=gives, items="results")


def _tell(cases: Sequence[Case]) -> bool:
    """Say whether the first two cases are short and differ, and all together fail a constant and the argument."""
    shown = cases[:2]
    short = max(len(repr(case)) for case in shown) <= _LONGEST_CASE
    return short and shown[0][1] != shown[1][1] and are_telling(cases)


def _task(
    helper: Task,
    arguments: tuple[Argument, ...],
    steps: Sequence[Applied],
    subject: str,
    bodies: tuple[str, str],
    cases: tuple[Case, ...],
    rng: random.Random,
) -> Task:
    words = say(steps, subject, rng, introduced=subject != arguments[0].name)
    imports = [tuple(dict.fromkeys((*helper.imports, *imports_of(body)))) for body in bodies]
    setup = f"{helper.setup}\n\n\n" if helper.setup else ""
    return replace(
        helper,
        difficulty=min(helper.difficulty + len(steps) - 1, 5),
        name=_name(helper, steps, bodies, rng),
        concepts=tuple(dict.fromkeys((*helper.concepts, "composition", *(o.concept for o, _ in steps)))),
        arguments=arguments,
        returns=ANNOTATIONS[steps[-1][0].gives],
        sentence=words.sentence.replace("`", ""),
        shown="",
        imports=imports[0],
        body=bodies[0],
        other_body=bodies[1],
        other_imports=imports[1],
        cases=cases,
        idea=words.idea,
        pitfall="",
        setup=f"{setup}{helper_source(helper, rng)}",
    )


def _name(helper: Task, steps: Sequence[Applied], bodies: Sequence[str], rng: random.Random) -> str:
    """Draw a name that neither the helper nor a solution uses for something else."""
    last = steps[-1][0].name
    choices = [f"{last}_after_{helper.name}", f"{helper.name}_then_{last}", f"{helper.name}_and_more"]
    if rng.random() < _VAGUE:
        choices = VAGUE_FUNCTIONS
    taken = set(_WORD.findall("\n".join((*bodies, helper.body, helper.setup))))
    free = [name for name in choices if name not in taken and len(name) <= 40]
    return rng.choice(free or [f"{helper.name}_continued"])
