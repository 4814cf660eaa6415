"""Tasks continued: a family's function becomes a helper, and a chain of operations goes on from what it returns.

The helper stands in the prompt, solved; what is asked is a function that uses it, as the functions of real code
use each other. A chain follows the answer (`whole`), or the helper is a test or a change of the elements of a list
(`each`). Expected values are the family's own, taken further by the operations' own meanings.
"""

from __future__ import annotations

import math
import random
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from hornbook.curriculum.families import TAUGHT
from hornbook.curriculum.family import Argument, Family, Task, are_telling, draw_task, is_reserved
from hornbook.curriculum.naming import VAGUE_FUNCTIONS
from hornbook.curriculum.operation import ANNOTATIONS, Operation, each, keep
from hornbook.curriculum.phrasing import helper_source
from hornbook.curriculum.programs import (
    RESERVED_ONE_IN,
    Applied,
    Case,
    evaluate,
    every_step_matters,
    imports_of,
)
from hornbook.curriculum.programs_chains import draw_operations
from hornbook.curriculum.programs_inputs import ARGUMENTS, MEANINGS, fits
from hornbook.curriculum.programs_styles import two_bodies
from hornbook.curriculum.programs_words import is_unclear, say

Way = Callable[[Task, random.Random, int], Task | None]
_GOES_ON = {
    "list[int]": "numbers", "list[str]": "words", "str": "text", "int": "number", "dict[str, int]": "table",
    "list[list[int]]": "rows", "list[tuple[str, int]]": "pairs", "list[float]": "measurements",
}  # fmt: skip
"""What a helper returns, and the type of value that operations know it as."""
_LISTED = {"int": "numbers", "str": "texts", "list[int]": "rows"}
"""What a helper takes, and the type of a list of such."""
_COLLECTED = {"int": "numbers", "str": "words", "list[int]": "rows"}
"""What a helper returns, and the type of a list of such."""
_LONGEST_HELPER = 700
"""In characters; a longer one would make two exercises alike that differ in all that is asked."""
_CHARACTERS_PER_STEP = 150
_MOST_STEPS = 4
_LONGEST_CASE = 170
_EMPTY: tuple[Any, ...] = ([], "", {})
_WORD = re.compile(r"\w+")
_TRIES = 25
_TASKS = 3
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
    return family.name in _short_families() and (
        family.returns in _GOES_ON or len(family.arguments) == 1 and _elementwise(family.returns)
    )


def _can_go(way: Way, task: Task) -> bool:
    """Say whether the types and values of a task fit one way of going on."""
    if way is _after_answer:
        return task.returns in _GOES_ON and all(fits(_GOES_ON[task.returns], x) for _, x in task.cases)
    takes = _LISTED.get(task.arguments[0].annotation, "") if len(task.arguments) == 1 else ""
    if not takes or not _elementwise(task.returns):
        return False
    values = [given[0] if task.returns == "bool" else answer for given, answer in task.cases]
    return fits(takes if task.returns == "bool" else _COLLECTED[task.returns], values)


@cache
def concepts_continued(breadth: int = 0) -> tuple[str, ...]:
    """Return the concepts of which some of the first `breadth` families (0: all) can be continued, sorted.

    One that more families practise is named more often, by the root of their number: it has more to go on from.
    """
    known = Counter(
        concept
        for family in TAUGHT[: breadth or len(TAUGHT)]
        if can_continue(family)
        for concept in family.concepts
    )
    return tuple(concept for concept in sorted(known) for _ in range(math.isqrt(known[concept])))


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
        ways = [way for way in (_after_answer, _over_elements) if _can_go(way, task)]
        if not ways or task.name in VAGUE_FUNCTIONS or length > _LONGEST_HELPER:
            continue
        wanted = min(max(num_steps, length // _CHARACTERS_PER_STEP), _MOST_STEPS)
        for _ in range(_TRIES):
            if made := rng.choice(ways)(task, rng, wanted):
                return made
    return None


def _after_answer(task: Task, rng: random.Random, num_steps: int) -> Task | None:
    """Go on from one answer of the helper."""
    takes = _GOES_ON[task.returns]
    steps = _draw_steps(rng, num_steps, takes)
    if not steps:
        return None
    inner: list[Case] = []
    for _, answer in task.cases:
        inner.append(((answer,), evaluate(steps, (answer,))))
        if len(inner) == 2 and not _are_ordinary(inner):
            return None
    cases = tuple((given, after) for (given, _), (_, after) in zip(task.cases, inner, strict=True))
    if not _tell(steps, cases) or not every_step_matters(steps, inner):
        return None
    names = [a.name for a in task.arguments]
    asked = f"{task.name}({', '.join(names)})"
    value = rng.choice([n for n in ARGUMENTS[takes].split() if n not in names and n != task.name])
    bodies = two_bodies(steps, value, rng)
    if any(task.name in _WORD.findall(body) for body in bodies):
        return None
    first, second = (_called_first(body, value, asked, rng) for body in bodies)
    return _task(task, task.arguments, steps, asked, (first, second), cases, rng)


def _called_first(body: str, value: str, asked: str, rng: random.Random) -> str:
    """Put the call of the helper before the body, or into it where it is used once."""
    if _WORD.findall(body).count(value) == 1 and rng.random() < 0.5:
        return _WORD.sub(lambda match: asked if match[0] == value else match[0], body)
    gap = "\n\n" if body.startswith("def ") else "\n"
    return f"{value} = {asked}{gap}{body}"


def _over_elements(task: Task, rng: random.Random, num_steps: int) -> Task | None:
    """Go on from the helper's answers to the elements of a list, or from the elements that it accepts."""
    helper = _as_operation(task, rng)
    rest = _draw_steps(rng, num_steps, "words" if helper.gives == "texts" else helper.gives)
    if not rest:
        return None
    steps: tuple[Applied, ...] = ((helper, {}), *rest)
    pool = [given[0] for given, _ in task.cases]
    lists = [rng.sample(pool, k=min(len(pool), rng.randint(3, 5))) for _ in range(rng.randint(3, 4))]
    lists += [[], rng.sample(pool, 1)]
    cases = tuple({repr(xs): ((xs,), evaluate(steps, (xs,))) for xs in lists}.values())
    if not _tell(steps, cases) or not every_step_matters(steps, cases):
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


def _draw_steps(rng: random.Random, num_steps: int, takes: str) -> tuple[Applied, ...]:
    operations = draw_operations(rng, "composition", num_steps, takes)
    chain = ">".join(operation.name for operation in operations)
    if num_steps > 1 and is_reserved(chain, one_in=RESERVED_ONE_IN):
        return ()
    steps = tuple((operation, operation.draw(rng)) for operation in operations)
    return () if is_unclear(steps) or any("other" in parameters for _, parameters in steps) else steps


def _are_ordinary(cases: Sequence[Case]) -> bool:
    """Say whether the first two cases, which examples are made of, have answers that show something."""
    first, second = (answer for _, answer in cases[:2])
    return first not in _EMPTY and second not in _EMPTY and first != second


def _tell(steps: Sequence[Applied], cases: Sequence[Case]) -> bool:
    if (
        len(cases) < 3
        or not _are_ordinary(cases)
        or max(len(repr(case)) for case in cases[:2]) > _LONGEST_CASE
    ):
        return False
    last = steps[-1][0]
    wanted = 2 if last.gives == "flag" or last.kind == "decide" else 3
    return len({repr(answer) for _, answer in cases}) >= wanted and are_telling(cases)


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
        sentence=words.sentence,
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
