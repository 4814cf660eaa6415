"""The offline teacher: answers requests from the curriculum, with no network, no key and no model.

Its answer depends on the request's seed and slots alone. Its name carries a digest of everything it knows, so
a changed curriculum is a different teacher and makes the steps that asked it stale.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from hornbook.curriculum.concepts import CONCEPTS, Concept
from hornbook.curriculum.continued import can_continue, draw_continued
from hornbook.curriculum.dice import Dice
from hornbook.curriculum.families import BY_NAME, TAUGHT
from hornbook.curriculum.family import Family, Task, draw_task
from hornbook.curriculum.fitting import fitted, shows
from hornbook.curriculum.page_blocks import assertion, renamed
from hornbook.curriculum.page_programs import chain_test, is_possible, written_for
from hornbook.curriculum.pages import AUDIENCES, FOR_EVERY_TASK, FORMS, NEEDS_PROGRAM, write_page
from hornbook.curriculum.phrasing import STYLES, write_prompt
from hornbook.curriculum.programs import Program, draw_cases, program_task
from hornbook.curriculum.programs_chains import PRACTISED
from hornbook.curriculum.programs_joined import draw_joined
from hornbook.curriculum.suiting import WANTING, pairs
from hornbook.teacher.protocol import Completion, Request

LICENSE = "CC0-1.0"
"""Licence of everything that the offline teacher writes."""
_PROGRAMS_ON_PAGES = 0.35
"""Share of pages whose task is a composed program, where the concept allows both."""


class CannotAnswer(ValueError):
    """A request whose slots name something that the curriculum does not have."""


class OfflineTeacher:
    """Answers exercise and textbook requests from families and composed programs."""

    @property
    def name(self) -> str:
        """`offline@` and twelve hex digits over the source files of the curriculum."""
        return f"offline@{_digest()}"

    def complete(self, requests: Iterable[Request]) -> Iterator[Completion]:
        """Yield one completion per request, in order; one it cannot serve has `finish == "error"`."""
        for request in requests:
            rng = Dice(request.seed)
            try:
                text = _WRITERS[request.kind](rng, request.slots)
            except CannotAnswer as error:
                yield Completion(request=request, text="", finish="error", error=str(error))
            else:
                yield Completion(request=request, text=text, finish="stop")


@cache
def _digest() -> str:
    digest = hashlib.blake2b(digest_size=6)
    folder = Path(__file__).parent
    for path in sorted(folder.rglob("*.py")):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _exercise(rng: random.Random, slots: Mapping[str, Any]) -> str:
    task, _ = _draw(rng, slots)
    if word := slots.get("name_word", ""):
        task = renamed(task, f"{task.name}_{rng.choice(('for', 'in', 'of', 'with'))}_{word}")
    if rng.random() < _FITTING:
        task = fitted(task, slots.get("concept", ""))
    return exercise_text(task, rng, slots)


def exercise_text(task: Task, rng: random.Random, slots: Mapping[str, Any]) -> str:
    """Return a task as an exercise in Markdown, in the style and for the audience that the slots name."""
    style = _known("style", slots.get("style", ""), STYLES)
    audience = _known("audience", slots.get("audience", ""), AUDIENCES)
    prompt = write_prompt(
        task,
        task.imports,
        rng,
        style=style,
        audience=audience,
        words=slots.get("words", ()),
        slips=slots.get("slips", False),
    )
    indented = "\n".join(f"    {line}" if line else "" for line in task.body.split("\n"))
    tests = "\n".join(assertion(task.name, arguments, expected) for arguments, expected in task.cases)
    return (
        f"{_headline(task)}\n## Task\n```python\n{prompt}```\n"
        f"## Solution\n```python\n{indented}\n```\n## Tests\n```python\n{tests}\n```\n"
    )


def _page(rng: random.Random, slots: Mapping[str, Any]) -> str:
    form = _known("form", slots.get("form", ""), FORMS) or rng.choice(tuple(FORMS))
    audience = _known("audience", slots.get("audience", ""), AUDIENCES) or rng.choice(AUDIENCES)
    for number in range(_TRIES + 1):
        asked = _with_program(rng, slots, form)
        # A form that suits no family, or no task that was drawn, gives way to one that suits every task; the
        # headline says so.
        if number == _TRIES or not _is_possible(asked, form):
            form = rng.choice(FOR_EVERY_TASK)
        task, program, about = _draw_showing(rng, asked, form)
        page = write_page(
            about,
            task,
            program,
            rng,
            form=form,
            audience=audience,
            words=slots.get("words", ()),
            more=_more(rng, slots, about.name, task.family) if form == "workbook" else (),
        )
        if page:
            break
    return f"{_headline(task, form)}\n{page}"


def _draw_showing(
    rng: random.Random, slots: Mapping[str, Any], form: str
) -> tuple[Task, Program | None, Concept]:
    """Draw a task, with a solution first that shows what the page is about, as far as there is one."""
    for _ in range(_SHOWING):
        task, program = _draw(rng, slots, form)
        about = CONCEPTS[slots.get("concept", "") or task.concepts[0]]
        task = fitted(task, about.name)
        if shows(task, about.name):
            break
    return task, program, about


def _is_possible(slots: Mapping[str, Any], form: str) -> bool:
    """Say whether a page of the form may come of what the slots ask for."""
    if slots.get("family", ""):
        return True
    if slots.get("program", False):
        return is_possible(form, slots.get("concept", ""))
    return bool(_families(slots.get("concept", ""), slots, form))


def _with_program(rng: random.Random, slots: Mapping[str, Any], form: str) -> Mapping[str, Any]:
    """Return the slots, asking for a composed program where the form needs one or where one may vary the page."""
    wanted = form in NEEDS_PROGRAM or rng.random() < _PROGRAMS_ON_PAGES
    free = "program" not in slots and "family" not in slots
    if free and wanted and (slots.get("concept", "") or "composition") in PRACTISED:
        return {**slots, "program": True}
    return slots


def _more(rng: random.Random, slots: Mapping[str, Any], concept: str, family: str) -> tuple[Task, ...]:
    """Draw two further tasks on the concept, of families other than the first's, as far as there are any."""
    families = _families(concept, slots, "workbook")
    others = {other.name: other for other in families if other.name != family}
    chosen = rng.sample(list(others.values()), min(len(others), 2))
    return tuple(fitted(_plain(other, rng, "workbook", concept), concept) for other in chosen)


_TRIES = 6
"""Tasks that are tried for a form."""
_SHOWING = 5
"""Tasks that are drawn until a solution shows the concept of the page."""
_JOINED = 3
"""Depth from which on a composed program is two chains joined; one chain has two steps more than its depth."""
_LONGEST_JOINED = 3
"""Steps of the first of two joined chains, at most."""
_FAMILIES = 8
"""Families that are tried for a task that goes on; after them a plain one is drawn."""
_FITTING = 0.7
"""Share of exercises that show the solution which practises the concept; pages always do."""
_CASES = 5
"""Cases that a page's task has at most: few forms show more."""
_MOST_CASES = {"edge_cases": 7, "worked": 7, "invariant": 7, "debugging": 7, "workbook": 3}
"""Forms that show every case or look for one on which something shows, and one that shows two."""
_WRITERS = {"exercise": _exercise, "textbook": _page}


def _headline(task: Task, form: str = "") -> str:
    """Say in a comment what the text was made from; the parser moves it into the record's tags."""
    known = f"family: {task.family}; difficulty: {task.difficulty}; concepts: {' '.join(task.concepts)}"
    return f"<!-- {known}{form and f'; form: {form}'} -->"


def _known(slot: str, value: str, known: Iterable[str]) -> str:
    """Return the value of a slot, which may be empty; raises CannotAnswer when it is not a known one."""
    if value and value not in known:
        raise CannotAnswer(f"{slot} {value!r} is not known; known: {', '.join(known)}")
    return value


def _draw(rng: random.Random, slots: Mapping[str, Any], form: str = "") -> tuple[Task, Program | None]:
    """Draw the task that the slots ask for, and the program behind it where it is one."""
    concept = _known("concept", slots.get("concept", ""), CONCEPTS)
    named = [_family(name)] if (name := slots.get("family", "")) else []
    if named and not slots.get("depth", 0):
        return _plain(named[0], rng, form, concept), None
    if slots.get("program", False):
        practised = concept or "composition"
        if practised not in PRACTISED:
            raise CannotAnswer(
                f"no composed program practises {practised!r}; known: {', '.join(sorted(PRACTISED))}"
            )
        if slots.get("depth", 0) >= _JOINED:
            return draw_joined(
                rng, concept=practised, least_steps=min(slots["depth"] - 1, _LONGEST_JOINED)
            ), None
        steps = slots.get("depth", 0) and 2 + slots["depth"]
        program, cases = draw_cases(
            rng,
            concept=practised,
            difficulty=slots.get("difficulty", 0),
            num_steps=steps,
            suits=chain_test(form, concept) if form else bool,
        )
        composed = program_task(program, cases, rng)
        return (written_for(form, concept, composed, program, rng) if form else composed), program
    families = _families(concept, slots, form)
    if not families:
        raise CannotAnswer(
            f"no family teaches {concept!r}; ask for a program, another concept or more breadth"
        )
    if depth := slots.get("depth", 0):
        for family in _going_on(named, families, rng):
            with _refused():
                if (task := draw_continued(family, rng, depth)) is not None:
                    return task, None
    return _plain(rng.choice(named or families), rng, form, concept), None


def _going_on(named: Sequence[Family], families: Sequence[Family], rng: random.Random) -> Iterator[Family]:
    """Yield the family that was named, then others of its concept that operations can go on from."""
    yield from named
    further = [family for family in families if can_continue(family)]
    yield from rng.sample(further, min(len(further), _FAMILIES))


def _family(name: str) -> Family:
    family = BY_NAME.get(name)
    if family is None:
        raise CannotAnswer(f"no family is named {name!r}")
    if family.reserved:
        raise CannotAnswer(f"family {name!r} is held out of training")
    return family


def _plain(family: Family, rng: random.Random, form: str = "", concept: str = "") -> Task:
    """Draw a task; for a form of a page, one with solutions that may suit it."""
    if not form:
        with _refused():
            return draw_task(family, rng)
    suited = pairs(family.name, form, concept or family.concepts[0])
    pair, most = rng.choice(suited) if suited else (), _MOST_CASES.get(form, _CASES)
    with _refused():
        return draw_task(family, rng, pair=pair, most=most)


@contextmanager
def _refused() -> Iterator[None]:
    """Turn the error of a family whose inputs do not tell its answer from a stub's into a refusal."""
    try:
        yield
    except ValueError as error:
        raise CannotAnswer(str(error)) from error


@cache
def _teaching(breadth: int) -> Mapping[str, Sequence[Family]]:
    """Return the families among the first `breadth` by the concepts that they teach; all by ""."""
    found: dict[str, list[Family]] = {"": [*TAUGHT[:breadth]]}
    for family in TAUGHT[:breadth]:
        for concept in dict.fromkeys(family.concepts):
            found.setdefault(concept, []).append(family)
    return found


def _families(concept: str, slots: Mapping[str, Any], form: str = "") -> tuple[Family, ...]:
    """Return the families to draw from; those that may suit a form of a page, where one is given."""
    breadth = slots.get("breadth", 0) or len(TAUGHT)
    distinct = form if form in WANTING or form == "edge_cases" else form and "lecture"
    return _candidates(concept, slots.get("difficulty", 0), breadth, distinct)


@cache
def _candidates(concept: str, difficulty: int, breadth: int, form: str) -> tuple[Family, ...]:
    """Return the concept's families among the first `breadth` that may suit a form, the fittest more often."""
    weighted: list[Family] = []
    for family in _suited(concept, breadth, form):
        near = 3 - min(abs(family.difficulty - difficulty), 2) if difficulty else 1
        weighted += [family] * (near * (2 if family.concepts[0] == concept else 1))
    return tuple(weighted)


@cache
def _suited(concept: str, breadth: int, form: str) -> Sequence[Family]:
    """Return the families that may give a page of a form, those alone that show the concept if any does."""
    families = _teaching(breadth).get(concept, ())
    if not form:
        return families
    may = [family for family in families if family.pitfall or form != "edge_cases"]
    suited = [family for family in may if pairs(family.name, form, concept or family.concepts[0])]
    return suited if suited or form in WANTING else may
