"""The first items of a step, asked, read and executed before the step is run: what a preview shows and counts.

The requests are those that the step begins with, so a run after a preview pays for none of them again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from hornbook.lessons.answer import Drafts, read_or_reject
from hornbook.lessons.copies import Copies
from hornbook.lessons.drafting import Kind, request_of
from hornbook.lessons.exercise import read_exercise
from hornbook.lessons.rounds import Item
from hornbook.lessons.steering import UNSTEERED
from hornbook.lessons.textbook import read_page
from hornbook.quality.check import checked
from hornbook.record import Record, Rejected
from hornbook.sandbox import Sandbox
from hornbook.teacher.protocol import Completion, Request

MOST = 1000
"""Items whose requests are known before the step runs: those of the first two rounds."""
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


def first_requests(cfg: Drafts, count: int) -> Iterator[Request]:
    """Yield the first requests of a step, `MOST` at most, as it makes them itself."""
    for index in range(min(count, MOST)):
        yield replace(request_of(cfg.KIND, cfg, Item(index, UNSTEERED)), sample=index)


def previewed(
    cfg: Drafts, completions: Sequence[Completion], teacher: str, *, sandbox: Sandbox | None
) -> list[Previewed]:
    """Read answers, execute what could be read and drop copies; without a sandbox nothing is executed.

    A step asks once more for what could not be read; a preview does not.
    """
    stage = f"{cfg.KIND}s"
    read = [read_or_reject(one, teacher, _READ[cfg.KIND], stage) for one in completions]
    records = [one for one in read if isinstance(one, Record)]
    results: Iterable[Record | Rejected] = records
    if sandbox is not None and cfg.check is not None:
        results = checked(cfg.check, records, sandbox)
    executed, copies = iter(results), Copies()

    def accepted(one: Record | Rejected) -> Record | Rejected:
        if isinstance(one, Rejected):
            return one
        found = next(executed)
        fault = copies.add(found) if isinstance(found, Record) else None
        return Rejected(found, stage, *fault) if isinstance(found, Record) and fault else found

    return [
        Previewed(completion=completion, result=accepted(one))
        for completion, one in zip(completions, read, strict=True)
    ]
