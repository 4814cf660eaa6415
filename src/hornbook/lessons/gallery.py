"""A gallery of what the offline teacher writes: pages of every form, exercises of many concepts and styles.

It is what one would show a programming teacher: nothing is picked by hand, every sample has been executed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Literal

from hornbook.curriculum.offline import OfflineTeacher
from hornbook.curriculum.pages import FORMS
from hornbook.lessons import plan
from hornbook.lessons.answer import ask
from hornbook.lessons.exercise import read_exercise
from hornbook.lessons.textbook import read_page
from hornbook.quality.check import Check, Runs, checked
from hornbook.record import Record
from hornbook.teacher.protocol import Completion

_DRAFTS_EACH = 12
"""Drafts of which one is shown."""
Kind = Literal["exercise", "textbook"]
_READ: dict[Kind, Callable[[Completion, str], Record]] = {"exercise": read_exercise, "textbook": read_page}


def gallery(count: int, seed: int, sandbox: Runs) -> str:
    """Return `count` samples as one Markdown document, pages of every form first; none that fails its check."""
    num_pages = max(count // 3, min(count // 2, len(FORMS)))
    pages = _chosen("textbook", num_pages, seed, sandbox, "form")
    exercises = _chosen("exercise", count - num_pages, seed, sandbox, "style")
    samples = [*_numbered(pages, _page), *_numbered(exercises, _exercise)]
    head = (
        f"# A gallery of {len(samples)} samples\n\n"
        f"Written by the offline teacher `{OfflineTeacher().name}`, seed {seed}; every sample was executed. "
        f"Made by `hornbook gallery --count {count} --seed {seed}`.\n"
    )
    return "\n".join([head, *samples])


def _chosen(kind: Kind, count: int, seed: int, sandbox: Runs, tag: str) -> list[Record]:
    """Take samples so that forms (or styles) and concepts are shown about equally often."""
    pool = _accepted(kind, _DRAFTS_EACH * count, seed, sandbox)
    shown: Counter[str] = Counter()
    chosen: list[Record] = []
    while pool and len(chosen) < count:
        best = min(pool, key=lambda r: (shown[r.tags[tag]], shown[r.tags["concept"]]))
        pool.remove(best)
        chosen.append(best)
        shown.update((best.tags[tag], best.tags["concept"]))
    return chosen


def _accepted(kind: Kind, count: int, seed: int, sandbox: Runs) -> list[Record]:
    asked = plan.requests(kind, seed, range(count))
    drafts = [r for r in ask(OfflineTeacher(), asked, _READ[kind], f"{kind}s") if isinstance(r, Record)]
    return [r for r in checked(Check(mutant_share=0.0), drafts, sandbox) if isinstance(r, Record)]


def _numbered(records: list[Record], shown: Callable[[Record], str]) -> Iterator[str]:
    for number, record in enumerate(records, 1):
        told = ", ".join(f"{key} {record.tags[key]}" for key in sorted(record.tags) if key in _TOLD)
        yield f"## {record.kind.capitalize()} {number}\n\n*{told}*\n\n{shown(record)}\n"


_TOLD = frozenset({"concept", "form", "style", "audience", "difficulty", "family"})


def _page(record: Record) -> str:
    """Return a page inside of the gallery: quoted, so that its headings stay its own."""
    return "\n".join(f"> {line}".rstrip() for line in record.text.splitlines())


def _exercise(record: Record) -> str:
    assert record.exercise is not None, "exercises have tests"
    tests = "\n".join(record.exercise.tests)
    return f"```python\n{record.text}\n\n{tests}\n```"
