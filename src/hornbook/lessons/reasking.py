"""Asking again for what could not be read: a bounded number of times, with what was wrong, without waiting.

The second question is the whole conversation (what was asked, the answer, the parser's complaint), so it has a
key of its own in the journal and counts in the budget like any other. It is put behind the questions that are
already on their way; results still come out in the order of the asks.
"""

from __future__ import annotations

import contextlib
from collections import Counter, deque
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import TypeGuard

import orjson
import pyarrow.parquet as pq

from hornbook.lessons import prompt
from hornbook.lessons.answer import read_or_reject
from hornbook.record import Record, Rejected, shards
from hornbook.step import Metrics
from hornbook.teacher.protocol import Completion, Request, Teacher

_NOTHING = "(nothing)"
"""Stands for an empty answer in the conversation: some servers refuse a turn without text."""
_THINKING = "</think>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One text that is wanted, and how its answer is read."""

    request: Request
    read: Callable[[Completion, str], Record]
    """Takes a completion and the teacher's name; raises Malformed."""


def read_answers(
    teacher: Teacher,
    asks: Iterable[Ask | None],
    stage: str,
    *,
    most_reasks: int,
    look: Callable[[Record | Rejected], None] = lambda result: None,
) -> Generator[Record | Rejected, None, None]:
    """Yield one record or rejection per ask, in order; a malformed answer is asked for again, `most_reasks` times.

    None among the asks says that there is none for now; only `EndpointTeacher.complete` knows that.
    `look` sees what became of each first answer as soon as it is there, whatever is held back before it.
    A record whose answer was asked for again carries the tag `reasked_STAGE`, how often, kept or not.
    """
    sent: deque[tuple[int, int, Ask]] = deque()
    again: deque[tuple[int, int, Ask]] = deque()
    held: dict[int, Record | Rejected] = {}

    def follow_ups() -> Iterator[Request | None]:
        while again:
            sent.append(again.popleft())
            yield sent[-1][2].request

    def questions() -> Iterator[Request | None]:
        places = count()
        for ask in asks:
            yield from follow_ups()
            if ask is None:
                yield None
                continue
            sent.append((next(places), 0, ask))
            yield ask.request

    turn = 0
    asked: Iterator[Request | None] | None = questions()
    while asked is not None:
        # Closed when `look` or the caller has had enough: nothing more is sent then, and nothing more paid for.
        with contextlib.closing(_completions(teacher, asked)) as completions:
            for completion in completions:
                place, times, ask = sent.popleft()
                result = read_or_reject(completion, teacher.name, ask.read, stage)
                if times == 0:
                    look(result)
                if times < most_reasks and _is_malformed(result):
                    again.append((place, times + 1, _asked_again(ask, completion, result.detail)))
                    continue
                held[place] = _tagged(result, reasked_tag(stage), times) if times else result
                while turn in held:
                    yield held.pop(turn)
                    turn += 1
        asked = follow_ups() if again else None


def _completions(teacher: Teacher, asked: Iterator[Request | None]) -> Generator[Completion, None, None]:
    yield from teacher.complete(asked)  # type: ignore[arg-type]  # only an endpoint's is given None


def _is_malformed(result: Record | Rejected) -> TypeGuard[Rejected]:
    return isinstance(result, Rejected) and result.reason == "malformed_answer"


def reasked_tag(stage: str) -> str:
    """Return the name of the tag that says how often a record's answer was asked for again."""
    return f"reasked_{stage}"


def reask_metrics(out: Path, stage: str) -> Metrics:
    """Return `reasked`, the answers asked for once more, and `reasked_read`, the records that they gave."""
    times: Counter[str] = Counter()
    tag = reasked_tag(stage)
    for part in ("records", "rejected"):
        for shard in shards(out, part):
            for tags in pq.read_table(shard, columns=["tags"])["tags"].to_pylist():
                if tag in tags and (number := orjson.loads(tags).get(tag)):
                    times[part] += int(number)
                    times["read"] += part == "records"
    return {"reasked": times["records"] + times["rejected"], "reasked_read": times["read"]}


def _asked_again(ask: Ask, completion: Completion, complaint: str) -> Ask:
    request = ask.request
    answer = completion.text.rpartition(_THINKING)[2].strip() or _NOTHING
    messages = prompt.follow_up(request.messages, answer, complaint)
    return replace(ask, request=replace(request, messages=messages))


def _tagged(result: Record | Rejected, tag: str, times: int) -> Record | Rejected:
    record = result.record if isinstance(result, Rejected) else result
    record = replace(record, tags={**record.tags, tag: str(times)})
    return replace(result, record=record) if isinstance(result, Rejected) else record
