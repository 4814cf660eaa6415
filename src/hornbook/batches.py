"""Running a stage over a source that is read once, front to back, and may be longer than any memory.

The source is read in this process, in batches that end at 1,000 records or 8 million characters, whatever the
workers; batch i becomes shard i of the output in any of the worker processes. A few batches for each worker are in
memory at once. What a batch was made of is in its mark, so an interrupted attempt reads the source again but
works only on batches that are new or have changed.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path

import orjson

from hornbook.pool import (
    RECORDS_PER_SHARD,
    MakeStage,
    Stage,
    check_conservation,
    drop_shards_from,
    finished_shard,
    summed,
    write_results,
)
from hornbook.processes import SPAWN, deaf_to_interrupts, killed, stay_with_parent
from hornbook.record import Record, Rejected, as_row
from hornbook.step import Config, Context, Metrics, Progress

Batch = list[Record | Rejected]

_CHARACTERS = 8_000_000
_IN_FLIGHT = 2
"""Batches for each worker: one that it works on and one that waits."""


@dataclass(frozen=True, slots=True)
class _Task:
    number: int
    batch: Batch
    digest: str
    out: Path


def map_batches(
    make_stage: MakeStage,
    cfg: Config,
    source: Iterable[Record | Rejected],
    out: Path,
    ctx: Context,
    *,
    total: int = 0,
    unit: str = "records",
) -> Metrics:
    """Apply a stage to the records of `source` and return what `pool.map_shards` does.

    What the source itself rejected is given to the stage too. `total` is the length of the source where it is
    known, for progress. `make_stage` must be a module-level function. Raises LostRecord when the stage swallows a
    record, and whatever the source and the stage raise; finished batches stay for the next attempt.
    """
    todo = _Todo(source, out, ctx, total, unit)
    if ctx.engine == "inline" or ctx.workers <= 1:
        stage = make_stage(cfg)
        for task in todo:
            _run(stage, task)
            todo.finished(task)
    else:
        _in_processes(make_stage, cfg, todo, ctx.workers)
    drop_shards_from(todo.num_batches, out)
    return summed([shard for i in range(todo.num_batches) if (shard := finished_shard(out, i))])


class _Todo:
    """The batches that no earlier attempt finished, and how far all are."""

    def __init__(
        self, source: Iterable[Record | Rejected], out: Path, ctx: Context, total: int, unit: str
    ) -> None:
        self._source, self._out, self._ctx = source, out, ctx
        self._total, self._unit = total, unit
        self._done = 0
        self.num_batches = 0

    def __iter__(self) -> Iterator[_Task]:
        for number, batch in enumerate(_batches(self._source)):
            self.num_batches = number + 1
            task = _Task(number, batch, _digest(batch), self._out)
            shard = finished_shard(self._out, number)
            if shard is not None and shard.digest == task.digest:
                self.finished(task)
            else:
                yield task

    def finished(self, task: _Task) -> None:
        self._done += len(task.batch)
        self._ctx.progress(Progress(done=self._done, total=self._total, unit=self._unit))


def _batches(source: Iterable[Record | Rejected]) -> Iterator[Batch]:
    batch: Batch = []
    size = 0
    for item in source:
        batch.append(item)
        size += len(item.record.text if isinstance(item, Rejected) else item.text)
        if len(batch) == RECORDS_PER_SHARD or size >= _CHARACTERS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _digest(batch: Batch) -> str:
    digest = hashlib.blake2b(digest_size=16)
    for item in batch:
        digest.update(orjson.dumps(as_row(item)))
    return digest.hexdigest()


def _run(stage: Stage, task: _Task) -> None:
    results = list(stage(iter(task.batch)))
    given = [item.record if isinstance(item, Rejected) else item for item in task.batch]
    check_conservation(given, results, task.out)
    write_results(task.number, len(given), results, task.out, digest=task.digest)


def _in_processes(make_stage: MakeStage, cfg: Config, todo: _Todo, workers: int) -> None:
    pool = ProcessPoolExecutor(
        workers, mp_context=SPAWN, initializer=_start_worker, initargs=(make_stage, cfg)
    )
    flying: deque[tuple[_Task, Future[None]]] = deque()

    def land() -> None:
        task, future = flying.popleft()
        future.result()
        todo.finished(task)

    try:
        for task in todo:
            with deaf_to_interrupts():
                flying.append((task, pool.submit(_run_in_worker, task)))
            if len(flying) >= _IN_FLIGHT * workers:
                land()
        while flying:
            land()
    except BrokenProcessPool:
        raise killed() from None
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


_stage: Stage  # one per worker process, built by _start_worker


def _start_worker(make_stage: MakeStage, cfg: Config) -> None:
    global _stage
    stay_with_parent()
    _stage = make_stage(cfg)


def _run_in_worker(task: _Task) -> None:
    _run(_stage, task)
