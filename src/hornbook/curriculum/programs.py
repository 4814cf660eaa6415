"""Composed programs: chains of two to four operations, drawn so that every step matters.

A program's meaning is its operations' own callables applied in order; its code (`programs_code`) and its words
(`programs_words`) are written apart from them. The cases of a program show that no step may be left out: for
every step that could be dropped, one case has another answer without it.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from hornbook.curriculum.family import Argument, Task, are_telling, is_reserved
from hornbook.curriculum.naming import VAGUE_FUNCTIONS
from hornbook.curriculum.operation import ANNOTATIONS, Given, Members, Operation
from hornbook.curriculum.programs_chains import PRACTISED, draw_operations
from hornbook.curriculum.programs_inputs import ARGUMENTS, EDGES, INPUTS, MEANINGS
from hornbook.curriculum.programs_styles import two_bodies
from hornbook.curriculum.programs_words import say

RESERVED_ONE_IN = 5
"""One operation sequence in five is kept for the ladder's second rung."""
_WORD = re.compile(r"\w+")
_LOOPED = re.compile(r"\bfor ([\w, ]+) in ")
_EMPTY: tuple[Any, ...] = ([], "", {}, set())
_LONGEST_CASE = 170
Applied = tuple[Operation, dict[str, Any]]
Case = tuple[tuple[Any, ...], Any]
Walk = tuple[tuple[Any, ...], list[Any]]
"""Arguments of a chain, and the value after each of its steps, the last being the answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """A chain of operations with their parameters, over one argument, or over two where one is `Given`."""

    source: str
    """Type of the first argument: a key of `ANNOTATIONS`."""
    argument: str
    steps: tuple[Applied, ...]
    given: str = ""
    """Name of the second argument, which is a parameter of one step; "" where there is none."""

    @property
    def name(self) -> str:
        """The operation sequence, `keep_even>square>total`: what is reserved as a whole."""
        return ">".join(operation.name for operation, _ in self.steps)


_STEPS = ((2, 2, 3, 3, 3, 4), (2,), (2, 2, 3), (3,), (3, 4), (4,))
"""Numbers of steps to draw from, by difficulty."""
_TRIES_AT_A_LENGTH = 500
"""Chains that are drawn before one with a step less will do."""
_GIVEN = 0.3
"""Share of programs, of those that have a number in them, where that number is an argument."""
_LIMITS: tuple[str, ...] = ("limit", "bound", "threshold", "k")
_NUMBERS: tuple[str, ...] = ("k", "m", "amount")
_SIZES = frozenset(
    ("size", "clip", "length", "pair_size", "row_sum", "level", "level_clip", "any_above", "all_below")
)
_OTHERS: tuple[str, ...] = ("other", "others", "allowed", "known", "second")


def draw_program(rng: random.Random, *, reserved: bool = False, concept: str = "composition") -> Task:
    """Draw a composed program as a task; with `reserved`, one whose operation sequence training never sees.

    One of its operations practises `concept`. Raises ValueError when no operation does.
    """
    program, cases = draw_cases(rng, reserved=reserved, concept=concept)
    return program_task(program, cases, rng)


def draw_cases(
    rng: random.Random,
    *,
    reserved: bool = False,
    concept: str = "composition",
    difficulty: int = 0,
    num_steps: int = 0,
    suits: Callable[[Sequence[Operation]], bool] = bool,
) -> tuple[Program, tuple[Case, ...]]:
    """Draw a program and the cases that certify it; raises ValueError for a concept no operation practises.

    A harder program (`difficulty` 1 to 5; 0 leaves it open) has more steps, two to four. `num_steps`, where it is
    given, is the number of steps instead; types from which more programs begin are then drawn more often. Where no
    chain of that length is found, it is shorter. Chains that do not `suit` what they are for are passed over.
    """
    if concept not in PRACTISED:
        raise ValueError(f"no operation practises {concept!r}; known: {', '.join(sorted(PRACTISED))}")
    tried = 0
    while True:
        # Some concepts have no chain so long, or none that tells anything: then a shorter one will do.
        wanted = max((num_steps or rng.choice(_STEPS[difficulty])) - tried // _TRIES_AT_A_LENGTH, 2)
        tried += 1
        operations = draw_operations(rng, concept, wanted, roomy=num_steps > 0)
        name = ">".join(operation.name for operation in operations)
        if (
            not operations
            or num_steps
            and len(operations) < wanted
            or not suits(operations)
            or is_reserved(name, one_in=RESERVED_ONE_IN) != reserved
        ):
            continue
        program = _with_parameters(operations, rng)
        for _ in range(2):
            walks = _draw_walks(program, rng)
            if walks and every_step_matters(program.steps, walks) and not _levels(program.steps, walks):
                return program, tuple((arguments, values[-1]) for arguments, values in walks)


def program_task(program: Program, cases: tuple[Case, ...], rng: random.Random) -> Task:
    """Give a program its function name, words and code."""
    operations = [operation for operation, _ in program.steps]
    chosen = two_bodies(program.steps, program.argument, rng)
    words = say(program.steps, f"`{program.argument}`", rng)
    return Task(
        family=f"program:{program.name}",
        concepts=("composition", *dict.fromkeys(operation.concept for operation in operations)),
        difficulty=min(len(operations), 5),
        name=_function_name(program, set(_WORD.findall("\n".join(chosen))), rng),
        arguments=_arguments(program),
        returns=ANNOTATIONS[operations[-1].gives],
        sentence=words.sentence.replace("`", ""),
        imports=imports_of(chosen[0]),
        body=chosen[0],
        other_body=chosen[1],
        other_imports=imports_of(chosen[1]),
        cases=cases,
        idea=words.idea,
        pitfall=words.pitfall,
        shown=words.sentence,
    )


def _arguments(program: Program) -> tuple[Argument, ...]:
    annotation, meaning = ANNOTATIONS[program.source], MEANINGS[program.source]
    first = Argument(name=program.argument, annotation=annotation, meaning=meaning)
    if not program.given:
        return (first,)
    operation, key, _ = _given_step(program.steps)
    if key != "other":
        return first, Argument(name=program.given, annotation="int", meaning="a whole number")
    meaning = MEANINGS[operation.takes]
    if operation.takes == program.source:
        meaning = meaning.replace("a ", "a second ", 1)
    return first, Argument(name=program.given, annotation=ANNOTATIONS[operation.takes], meaning=meaning)


def _given_step(steps: Sequence[Applied]) -> tuple[Operation, str, int]:
    """Return the operation with the parameter that is an argument, the parameter's name, and its place."""
    return next(
        (operation, key, place)
        for place, (operation, parameters) in enumerate(steps)
        for key, value in parameters.items()
        if isinstance(value, Given)
    )


def _bound(steps: Sequence[Applied], arguments: Sequence[Any]) -> Sequence[Applied]:
    """Return the steps with the second argument, where there is one, in its place."""
    if len(arguments) < 2:
        return steps
    return [
        (o, {key: arguments[1] if isinstance(value, Given) else value for key, value in parameters.items()})
        for o, parameters in steps
    ]


def values_along(program: Program, arguments: Sequence[Any]) -> list[Any]:
    """Return the value after each step, the last being the answer."""
    return walk(program.steps, tuple(arguments))[1]


def walk(steps: Sequence[Applied], arguments: tuple[Any, ...]) -> Walk:
    """Follow a chain from its arguments."""
    values = []
    value = arguments[0]
    for operation, parameters in _bound(steps, arguments):
        value = apply(operation, parameters, value)
        values.append(value)
    return arguments, values


def apply(operation: Operation, parameters: dict[str, Any], value: Any) -> Any:
    """Return what one step makes of a value."""
    run = partial(operation.run, **parameters) if parameters else operation.run
    if operation.kind == "keep":
        return list(filter(run, value))
    return list(map(run, value)) if operation.kind == "each" else run(value)


def evaluate(steps: Sequence[Applied], arguments: Sequence[Any]) -> Any:
    """Return the answer of a chain to the arguments, of which a second one is a parameter of one step."""
    return _answer(_bound(steps, arguments), arguments[0])


def _answer(steps: Sequence[Applied], value: Any) -> Any:
    for operation, parameters in steps:
        value = apply(operation, parameters, value)
    return value


def _with_parameters(operations: Sequence[Operation], rng: random.Random) -> Program:
    source = operations[0].takes
    argument = draw_argument(operations, rng)
    drawn = [(operation, operation.draw(rng)) for operation in operations]
    steps, given = _with_given(drawn, argument, rng)
    return Program(source=source, argument=argument, steps=steps, given=given)


def draw_argument(operations: Sequence[Operation], rng: random.Random) -> str:
    """Draw a name for the argument that none of the operations uses for something else."""
    spelled = _spelled(operations)
    return rng.choice([name for name in ARGUMENTS[operations[0].takes].split() if name not in spelled])


def _spelled(operations: Iterable[Operation]) -> set[str]:
    """Return the names of elements that the code of operations spells out."""
    return {name for operation in operations for name in _elements(operation.code)}


@cache
def _elements(code: str) -> frozenset[str]:
    return frozenset(name for names in _LOOPED.findall(code) for name in _WORD.findall(names))


def _with_given(drawn: list[Applied], argument: str, rng: random.Random) -> tuple[tuple[Applied, ...], str]:
    """Make one parameter an argument of the function: always a second list or set, a number now and then."""
    others = [i for i, (_, parameters) in enumerate(drawn) if "other" in parameters]
    numbers = [i for i, (_, parameters) in enumerate(drawn) if isinstance(parameters.get("k"), int)]
    if others:
        place, key, names = others[0], "other", _OTHERS
    elif numbers and rng.random() < _GIVEN:
        place, key = rng.choice(numbers), "k"
        names = _LIMITS if drawn[place][0].group in _SIZES else _NUMBERS
    else:
        return tuple(drawn), ""
    taken = {argument, *_spelled(operation for operation, _ in drawn)}
    name = rng.choice([name for name in names if name not in taken])
    operation, parameters = drawn[place]
    drawn[place] = operation, {**parameters, key: Given(name)}
    return tuple(drawn), name


def _draw_walks(program: Program, rng: random.Random) -> Sequence[Walk]:
    """Draw four to six inputs with telling answers; nothing when the first two are not."""
    steps = program.steps
    first, second = _draw_arguments(program, rng), _draw_arguments(program, rng)
    walks = [walk(steps, first)]
    if (answer := walks[0][1][-1]) in _EMPTY:
        return ()
    walks.append(walk(steps, second))
    if walks[1][1][-1] in (*_EMPTY, answer):
        return ()
    if max(len(repr((arguments, values[-1]))) for arguments, values in walks) > _LONGEST_CASE:
        return ()
    more = [_draw_arguments(program, rng) for _ in range(rng.randint(1, 3))]
    edge = rng.choice(EDGES[program.source])
    if any(operation.empty for operation, _ in steps):  # what the words say of nothing is tested
        edge = EDGES[program.source][0]
    walks += [walk(steps, arguments) for arguments in (*more, (edge, *_second(program, edge, rng)))]
    last = steps[-1][0]
    two_valued = last.gives == "flag" or last.kind == "decide"
    different = len({repr(values[-1]) for _, values in walks})
    is_telling = are_telling([(arguments, values[-1]) for arguments, values in walks])
    return walks if different > (1 if two_valued else 2) and is_telling else ()


def _draw_arguments(program: Program, rng: random.Random) -> tuple[Any, ...]:
    argument = draw_input(program.steps, rng)
    return (argument, *_second(program, argument, rng))


def draw_input(steps: Sequence[Applied], rng: random.Random) -> Any:
    """Draw an ordinary value for a chain to work on."""
    first = steps[0][0]
    if first.name == "count_up":  # every number up to 999, cubed and tested for primes, would cost seconds
        return rng.randint(3, 40)
    value = INPUTS[first.takes](rng)
    while "digits" in first.name and isinstance(value, str) and not any(map(str.isdigit, value)):
        value = INPUTS[first.takes](rng)
    return value


def _second(program: Program, argument: Any, rng: random.Random) -> tuple[Any, ...]:
    """Draw the second argument, () where there is none; a second list or set shares elements with the first."""
    if not program.given:
        return ()
    operation, key, place = _given_step(program.steps)
    if key != "other":
        return (operation.draw(rng)[key],)
    values = argument
    for before, parameters in program.steps[:place]:
        values = apply(before, parameters, values)
    # In order, because a set of words is walked in another order in every process.
    known, new = map(_in_order, (values, INPUTS[operation.takes](rng)))
    second = [*rng.sample(known, min(len(known), rng.randint(1, 3))), *new[:2]]
    return (Members(second) if isinstance(values, set) else second,)


def _in_order(values: Collection[Any]) -> Sequence[Any]:
    return sorted(values) if isinstance(values, set) else list(values)


def every_step_matters(steps: Sequence[Applied], walks: Sequence[Walk]) -> bool:
    """Say whether answers tell the program from every one that leaves out a step, or lists a set backwards."""
    for i, (operation, _) in enumerate(steps):
        if operation.takes != operation.gives and operation.group != "order":
            continue
        if all(_otherwise(steps, i, arguments, values) == values[-1] for arguments, values in walks):
            return False
    return True


def _otherwise(steps: Sequence[Applied], i: int, arguments: tuple[Any, ...], values: Sequence[Any]) -> Any:
    """Return the answer where step `i` is left out, or the list that it makes of a set is the other way round."""
    value = values[i - 1] if i else arguments[0]
    if steps[i][0].takes != steps[i][0].gives:
        value = values[i][::-1]
    return _answer(_bound(steps[i + 1 :], arguments), value)


def _levels(steps: Sequence[Applied], walks: Sequence[Walk]) -> bool:
    """Say whether a step makes all elements of all walks equal: of odd numbers, "even or odd" says nothing."""
    for i, (operation, _) in enumerate(steps):
        if operation.kind == "each":
            elements = [element for _, values in walks for element in values[i]]
            if len(elements) > 2 and not any(repr(element) != repr(elements[0]) for element in elements):
                return True
    return False


def _function_name(program: Program, taken: Collection[str], rng: random.Random) -> str:
    """Draw a name that none of the solutions uses for something else."""
    names = [operation.name for operation, _ in program.steps]
    choice = rng.random()
    if choice < 0.25:
        return rng.choice([name for name in VAGUE_FUNCTIONS if name not in taken])
    if choice < 0.4:
        verb = rng.choice(
            ("process", "summarize", "reduce", "handle", "transform", "combine", "check", "refine")
        )
        return f"{verb}_{program.argument}"
    if choice < 0.7:
        return f"{names[0]}_{rng.choice(('then', 'and'))}_{names[-1]}"
    if choice < 0.85 and names[-1] not in taken:
        return f"{names[-1]}_of_{program.argument}" if len(names[-1]) < 16 else names[-1]
    return "_".join(names) if len(names) < 4 else f"{names[1]}_{names[-1]}"


def imports_of(body: str) -> tuple[str, ...]:
    """Return the import lines that a composed program's code needs."""
    return ("import math",) if "math." in body else ()
