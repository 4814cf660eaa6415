"""Composed programs: chains of two to four operations, drawn so that every step matters.

A program's meaning is its operations' own callables applied in order; its code (`programs_code`) and its words
(`programs_words`) are written apart from them. The cases of a program show that no step may be left out: for
every step that could be dropped, one case has another answer without it.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from hornbook.curriculum import draws
from hornbook.curriculum.family import Argument, Task, is_reserved
from hornbook.curriculum.naming import VAGUE_FUNCTIONS
from hornbook.curriculum.operation import ANNOTATIONS, Operation
from hornbook.curriculum.operations_numbers import NUMBER_OPERATIONS
from hornbook.curriculum.operations_texts import TEXT_OPERATIONS
from hornbook.curriculum.programs_code import two_bodies
from hornbook.curriculum.programs_words import say

OPERATIONS: tuple[Operation, ...] = (*NUMBER_OPERATIONS, *TEXT_OPERATIONS)
RESERVED_ONE_IN = 5
"""One operation sequence in five is kept for the ladder's second rung."""
_EMPTY: tuple[Any, ...] = ([], "", {})
_LONGEST_CASE = 170
_COUNTS = ("how_many", "count_them", "count_characters_left", "count_entries")
"""Folds for which nothing before them matters but what drops or adds elements."""

_POINTLESS = (
    ("drop_vowels_each", "vowels_in"),
    ("names_only", "most_common"),
    ("names_sorted", "most_common"),
    ("names_by_value", "most_common"),
    ("number_them", "most_common"),
    ("unique_words", "most_common"),
    ("unique_words", "count_words"),
    ("unique_characters", "most_frequent_character"),
    ("unique_characters", "count_characters"),
    ("unique", "has_repeats"),
    ("unique", "how_many_different"),
    ("unique", "frequencies"),
)
"""Pairs of which one makes the other say nothing."""

Applied = tuple[Operation, dict[str, Any]]
Case = tuple[tuple[Any, ...], Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """A chain of operations with their parameters, over one argument."""

    source: str
    """Type of the argument: a key of `ANNOTATIONS`."""
    argument: str
    steps: tuple[Applied, ...]

    @property
    def name(self) -> str:
        """The operation sequence, `keep_even>square>total`: what is reserved as a whole."""
        return ">".join(operation.name for operation, _ in self.steps)


def _numbers(rng: random.Random) -> list[int]:
    if rng.random() < 0.4:
        return draws.small_ints(rng, 5, 9)
    return draws.ints(rng, 4, 8, *rng.choice([(-20, 50), (1, 30), (-9, 9), (0, 120)]))


def _words(rng: random.Random) -> list[str]:
    words = draws.words(rng, 4, 7)
    if rng.random() < 0.5:
        words += rng.sample(words, rng.randint(1, 2))
    return [w.capitalize() if rng.random() < 0.2 else w for w in words]


def _text(rng: random.Random) -> str:
    words = draws.words(rng, 2, 5)
    if rng.random() < 0.4:
        words = [w + str(rng.randint(1, 99)) if rng.random() < 0.5 else w for w in words]
    return " ".join(w.capitalize() if rng.random() < 0.25 else w for w in words)


def _number(rng: random.Random) -> int:
    return rng.choice((rng.randint(2, 30), rng.randint(10, 999)))


_INPUTS: dict[str, Callable[[random.Random], Any]] = {
    "numbers": _numbers,
    "words": _words,
    "text": _text,
    "table": lambda rng: draws.counts(rng, 3, 6),
    "number": _number,
}
_EDGES: dict[str, tuple[Any, ...]] = {
    "numbers": ([], [0], [7], [-3, -3]),
    "words": ([], ["a"], ["level"]),
    "text": ("", "a", "noon"),
    "table": ({}, {"pen": 0}),
    "number": (0, 1, 10),
}
_ARGUMENTS = {
    "numbers": "values nums data scores readings prices amounts sizes steps points ages items lst arr",
    "words": "names items terms tokens labels strings cities parts entries texts tags lst",
    "text": "text s line sentence message phrase string title note",
    "table": "counts stock table scores amounts inventory totals ages d mapping prices",
    "number": "number n value limit num size",
}
_MEANINGS = {
    "numbers": "a list of whole numbers",
    "words": "a list of words",
    "text": "a string of words separated by blanks",
    "table": "a dictionary from names to counts",
    "number": "a non-negative whole number",
}
_SOURCES = ("numbers", "numbers", "numbers", "words", "words", "words", "text", "text", "table", "number")

_NEXT: dict[tuple[str, str], tuple[Operation, ...]] = {
    (kind, takes): tuple(o for o in OPERATIONS if o.kind == kind and o.takes == takes)
    for kind in ("keep", "each", "whole", "fold", "decide")
    for takes in ANNOTATIONS
}
_PRACTISING: dict[str, tuple[Operation, ...]] = {
    concept: tuple(o for o in OPERATIONS if o.concept == concept)
    for concept in {o.concept for o in OPERATIONS}
}
_SOURCES_OF: dict[str, list[str]] = {
    o.name: [s for s in _SOURCES if s == o.takes and o.kind not in ("fold", "decide")]
    + [s for s in _SOURCES if any(p.takes == s and p.gives == o.takes for p in OPERATIONS)]
    or list(_SOURCES)
    for o in OPERATIONS
}
"""From which arguments a program can soon reach an operation."""
PRACTISED = frozenset({"composition", *_PRACTISING})
"""Concepts that programs can be asked to practise."""


def draw_program(rng: random.Random, *, reserved: bool = False, concept: str = "composition") -> Task:
    """Draw a composed program as a task; with `reserved`, one whose operation sequence training never sees.

    One of its operations practises `concept`. Raises ValueError when no operation does.
    """
    program, cases = draw_cases(rng, reserved=reserved, concept=concept)
    return program_task(program, cases, rng)


def draw_cases(
    rng: random.Random, *, reserved: bool = False, concept: str = "composition"
) -> tuple[Program, tuple[Case, ...]]:
    """Draw a program and the cases that certify it; raises ValueError for a concept no operation practises."""
    if concept not in PRACTISED:
        raise ValueError(f"no operation practises {concept!r}; known: {', '.join(sorted(PRACTISED))}")
    while True:
        operations = _draw_operations(rng, concept)
        name = ">".join(operation.name for operation in operations)
        if not operations or is_reserved(name, one_in=RESERVED_ONE_IN) != reserved:
            continue
        program = _with_parameters(operations, rng)
        for _ in range(2):
            cases = _draw_inputs(program, rng)
            if cases and _every_step_matters(program, cases):
                return program, cases


def program_task(program: Program, cases: tuple[Case, ...], rng: random.Random) -> Task:
    """Give a program its function name, words and code."""
    operations = [operation for operation, _ in program.steps]
    chosen = two_bodies(program.steps, program.argument, rng)
    meaning = _MEANINGS[program.source]
    words = say(program.steps, program.argument, meaning, rng)
    return Task(
        family=f"program:{program.name}",
        concepts=("composition", *dict.fromkeys(operation.concept for operation in operations)),
        difficulty=min(len(operations), 5),
        name=_function_name(program, rng),
        arguments=(Argument(name=program.argument, annotation=ANNOTATIONS[program.source], meaning=meaning),),
        returns=ANNOTATIONS[operations[-1].gives],
        sentence=words.sentence,
        imports=_imports(chosen[0]),
        body=chosen[0],
        other_body=chosen[1],
        other_imports=_imports(chosen[1]),
        cases=cases,
        idea=words.idea,
        pitfall=words.pitfall,
    )


def values_along(program: Program, argument: Any) -> list[Any]:
    """Return the value after each step, the last being the answer."""
    values = []
    value = argument
    for operation, parameters in program.steps:
        value = _apply(operation, parameters, value)
        values.append(value)
    return values


def _apply(operation: Operation, parameters: dict[str, Any], value: Any) -> Any:
    if operation.kind == "keep":
        return [x for x in value if operation.run(x, **parameters)]
    if operation.kind == "each":
        return [operation.run(x, **parameters) for x in value]
    return operation.run(value, **parameters)


def _evaluate(steps: Sequence[Applied], value: Any) -> Any:
    for operation, parameters in steps:
        value = _apply(operation, parameters, value)
    return value


def _draw_operations(rng: random.Random, concept: str) -> tuple[Operation, ...]:
    """Draw operations whose types fit; empty when the walk ran into a dead end or misses the concept."""
    wanted = rng.choice((2, 2, 3, 3, 3, 4))
    target = rng.choice(_PRACTISING[concept]) if concept in _PRACTISING else None
    kind_now = rng.choice(_SOURCES if target is None else _SOURCES_OF[target.name])
    drawn: list[Operation] = []
    while len(drawn) < wanted and not (drawn and drawn[-1].kind == "decide"):
        kinds = _kinds(drawn, last=len(drawn) == wanted - 1)
        if target is not None and target.takes == kind_now and target.kind in kinds:
            choices = [target]
            target = None
        else:
            choices = _choices(rng, kinds, kind_now, drawn)
            if target is not None:
                choices = [o for o in choices if o.gives == target.takes] or choices
        if not choices:
            return ()
        drawn.append(rng.choice(choices))
        kind_now = drawn[-1].gives
    if drawn[-1].name in _COUNTS and drawn[-2].kind != "keep" and drawn[-2].takes != drawn[-2].gives:
        return ()
    names = [operation.name for operation in drawn]
    if any(first in names and second in names for first, second in _POINTLESS):
        return ()
    if concept != "composition" and all(operation.concept != concept for operation in drawn):
        return ()
    return tuple(drawn)


def _choices(
    rng: random.Random, kinds: Sequence[str], kind_now: str, drawn: Sequence[Operation]
) -> list[Operation]:
    groups = {operation.group for operation in drawn}
    for kind in (rng.choice(kinds), *kinds):
        if fitting := [o for o in _NEXT[kind, kind_now] if o.group not in groups]:
            return fitting
    return []


def _kinds(drawn: Sequence[Operation], *, last: bool) -> Sequence[str]:
    """Return the kinds that may come next, likelier ones more often."""
    if drawn and drawn[-1].kind == "fold":
        return ("decide",)
    if last:
        return ("fold", "fold", "fold", "keep", "each", "whole")
    if not drawn:
        return ("keep", "each", "whole")
    return ("keep", "keep", "each", "each", "whole", "whole", "fold")


def _with_parameters(operations: Sequence[Operation], rng: random.Random) -> Program:
    source = operations[0].takes
    spelled = {"n"} if any(" n in " in operation.code for operation in operations) else set()
    names = [name for name in _ARGUMENTS[source].split() if name not in spelled]
    steps = tuple((operation, operation.draw(rng)) for operation in operations)
    return Program(source=source, argument=rng.choice(names), steps=steps)


def _draw_inputs(program: Program, rng: random.Random) -> tuple[Case, ...]:
    """Draw four to six cases with telling answers; nothing when the first two are not."""
    first, second = _draw_case(program, rng), _draw_case(program, rng)
    if first[1] in _EMPTY or second[1] in _EMPTY or first[1] == second[1]:
        return ()
    if max(len(repr(first)), len(repr(second))) > _LONGEST_CASE:
        return ()
    more = [_draw_case(program, rng) for _ in range(rng.randint(1, 3))]
    edge = rng.choice(_EDGES[program.source])
    cases = (first, second, *more, ((edge,), _evaluate(program.steps, edge)))
    last = program.steps[-1][0]
    two_valued = last.gives == "flag" or last.kind == "decide"
    return cases if len({repr(expected) for _, expected in cases}) > (1 if two_valued else 2) else ()


def _draw_case(program: Program, rng: random.Random) -> Case:
    # Every number up to 999, cubed and tested for primes, would cost seconds.
    counts_up = program.steps[0][0].name == "count_up"
    argument = rng.randint(3, 40) if counts_up else _INPUTS[program.source](rng)
    return (argument,), _evaluate(program.steps, argument)


def _every_step_matters(program: Program, cases: Sequence[Case]) -> bool:
    """Say whether the cases tell the program from every one that leaves out a step."""
    for i, (operation, _) in enumerate(program.steps):
        if operation.takes != operation.gives:
            continue
        without = program.steps[:i] + program.steps[i + 1 :]
        if all(_evaluate(without, arguments[0]) == expected for arguments, expected in cases):
            return False
    return True


def _function_name(program: Program, rng: random.Random) -> str:
    names = [operation.name for operation, _ in program.steps]
    choice = rng.random()
    if choice < 0.25:
        return rng.choice(VAGUE_FUNCTIONS)
    if choice < 0.4:
        verb = rng.choice(
            ("process", "summarize", "reduce", "handle", "transform", "combine", "check", "refine")
        )
        return f"{verb}_{program.argument}"
    if choice < 0.7:
        return f"{names[0]}_{rng.choice(('then', 'and'))}_{names[-1]}"
    if choice < 0.85:
        return f"{names[-1]}_of_{program.argument}" if len(names[-1]) < 16 else names[-1]
    return "_".join(names) if len(names) < 4 else f"{names[1]}_{names[-1]}"


def _imports(body: str) -> tuple[str, ...]:
    return ("import math",) if "math." in body else ()
