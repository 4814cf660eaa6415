"""The first items of a step, asked, read and executed before the step is run: what a preview shows and counts.

The requests are those that the step begins with, so a run after a preview pays for none of them again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from hornbook.lessons import plan
from hornbook.lessons.answer import Drafts, read_or_reject
from hornbook.lessons.exercise import Exercises, read_exercise
from hornbook.lessons.textbook import read_page
from hornbook.quality.check import Check, checked
from hornbook.record import Record, Rejected
from hornbook.sandbox import Sandbox
from hornbook.teacher.protocol import Completion, Request

Kind = Literal["exercise", "textbook"]
_READ: dict[Kind, Callable[[Completion, str], Record]] = {"exercise": read_exercise, "textbook": read_page}


@dataclass(frozen=True, slots=True, kw_only=True)
class Previewed:
    """An answer, and what becomes of it."""

    completion: Completion
    result: Record | Rejected

    @property
    def is_accepted(self) -> bool:
        """Whether it is a record, by all that was looked at."""
        return isinstance(self.result, Record)


def kind_of(cfg: Drafts) -> Kind:
    """Return what a step writes."""
    return "exercise" if isinstance(cfg, Exercises) else "textbook"


def first_requests(cfg: Drafts, count: int) -> Iterator[Request]:
    """Yield the first requests of a step, as it makes them itself."""
    asked = plan.requests(
        kind_of(cfg),
        cfg.seed,
        range(count),
        programs=cfg.programs,
        breadth=cfg.breadth,
        template=cfg.template,
        topics=cfg.topics,
    )
    return (replace(request, sample=index) for index, request in enumerate(asked))


def previewed(
    cfg: Drafts, completions: Sequence[Completion], teacher: str, *, sandbox: Sandbox | None
) -> list[Previewed]:
    """Read answers and execute what could be read; without a sandbox nothing is executed.

    A step asks once more for what could not be read; a preview does not.
    """
    kind = kind_of(cfg)
    read = [read_or_reject(one, teacher, _READ[kind], f"{kind}s") for one in completions]
    records = [one for one in read if isinstance(one, Record)]
    results: Iterable[Record | Rejected] = records if sandbox is None else checked(Check(), records, sandbox)
    executed = iter(results)
    return [
        Previewed(completion=completion, result=one if isinstance(one, Rejected) else next(executed))
        for completion, one in zip(completions, read, strict=True)
    ]
