"""Running a stage over shards, in this process or in several.

`map_shards` is for stages that see one record at a time; each shard of the input becomes one shard of the
output, in any of the worker processes, and is skipped when a former attempt finished it. `map_here` does the
same in this process, for a stage that owns something costly (the sandbox). `batches.py` does it for a source
that is read once and may be longer than memory. `stream` is for stages that must see
everything (dedup): one process, output in shards. All check conservation: every input record is kept, turned
into another record, or rejected with a reason.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import count, takewhile
from pathlib import Path
from typing import Any, TypeVar

import orjson

from hornbook.errors import LostRecord
from hornbook.processes import SPAWN, deaf_to_interrupts, killed, stay_with_parent
from hornbook.record import Account, Record, Rejected, read_records, write_shard
from hornbook.step import Config, Context, Metrics, Progress

Stage = Callable[[Iterator[Any]], Iterable[Record | Rejected]]
"""A pure function over records (or, for a stage that generates, over indices)."""
MakeStage = Callable[[Any], Stage]
"""Called once per worker with the config, so that models and clients are built where they run."""

Shard = TypeVar("Shard", Path, range, Path | range)

RECORDS_PER_SHARD = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class ShardCounts:
    """What one shard became; stored beside it as the mark that it is done."""

    num_in: int
    num_kept: int
    num_rejected: int
    reasons: dict[str, int]
    digest: str = ""
    """What the shard was made of, where that is not in the step's identity: a batch of a source."""


def map_shards(
    make_stage: MakeStage,
    cfg: Config,
    shards: Sequence[Path | range],
    out: Path,
    ctx: Context,
    *,
    workers: int | None = None,
) -> Metrics:
    """Apply a stage to every shard and return `num_in`, `num_kept`, `num_rejected` and `reasons`.

    `make_stage` must be a module-level function (workers import it). Finished shards of an interrupted
    attempt are kept. Raises LostRecord when the stage swallows a record, and whatever the stage raises.
    """
    workers = min(workers or ctx.workers, len(shards))
    if ctx.engine == "inline" or workers <= 1:
        return map_here(make_stage(cfg), shards, out, ctx)
    todo = _begin(shards, out, ctx)
    _map_in_processes(make_stage, cfg, todo, out, ctx, workers, num_shards=len(shards))
    return _sum(out, len(shards))


def map_here(stage: Stage, shards: Sequence[Path | range], out: Path, ctx: Context) -> Metrics:
    """Apply a stage to every shard, one after another, in this process; else as `map_shards`.

    Shards already finished are skipped. Returns the counts of all; raises LostRecord and what the stage raises.
    """
    todo = _begin(shards, out, ctx)
    for done, (i, shard) in enumerate(todo, start=len(shards) - len(todo) + 1):
        _run_shard(stage, i, shard, out)
        ctx.progress(Progress(done=done, total=len(shards), unit="shards"))
    return _sum(out, len(shards))


def unfinished(shards: Sequence[Shard], out: Path) -> list[Shard]:
    """Return the shards that no earlier attempt finished, in order: those that a stage will be given."""
    return [shard for _, shard in _unfinished(shards, out)]


def _unfinished(shards: Sequence[Shard], out: Path) -> list[tuple[int, Shard]]:
    return [(i, shard) for i, shard in enumerate(shards) if not _marker(out, i).exists()]


def _begin(shards: Sequence[Path | range], out: Path, ctx: Context) -> list[tuple[int, Path | range]]:
    """Return the shards without a marker, numbered, and say how many have one."""
    todo = _unfinished(shards, out)
    ctx.progress(Progress(done=len(shards) - len(todo), total=len(shards), unit="shards"))
    return todo


def stream(
    stage: Stage,
    source: Iterable[Record],
    out: Path,
    ctx: Context,
    *,
    total: int | None = None,
    second_half: bool = False,
) -> Metrics:
    """Apply a stage to all records in this process, writing shards of 1,000; returns what `map_shards` does.

    `second_half` says that a first pass over the records has already been shown as half of the work.
    A stage may hold records back (dedup reads everything first): conservation is checked at the end. An
    interrupted attempt begins again, since what was kept depends on all that was seen.
    """
    for part in ("records", "rejected"):
        shutil.rmtree(out / part, ignore_errors=True)
    writer = _ShardWriter(out)

    def counted() -> Iterator[Record]:
        for record in source:
            writer.give(record)
            yield record

    for result in stage(counted()):
        writer.add(result)
        seen = writer.num_kept + writer.num_rejected
        if seen % 100 == 0:
            done = (seen + (total or 0)) / 2 if second_half else seen
            ctx.progress(Progress(done=done, total=total or 0, unit="records"))
    writer.close()
    _refuse_losses(writer.account.lost(), out)
    return _metrics(writer.num_given, writer.num_kept, writer.num_rejected, writer.reasons)


class _ShardWriter:
    """Collects results into numbered shards of kept and rejected records."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.num_given = self.num_kept = self.num_rejected = 0
        self.reasons: Counter[str] = Counter()
        self.account = Account()
        self._kept: list[Record] = []
        self._rejected: list[Rejected] = []
        self._num_shards = {"records": 0, "rejected": 0}

    def give(self, record: Record) -> None:
        self.account.give(record)
        self.num_given += 1

    def add(self, result: Record | Rejected) -> None:
        self.account.add(result)
        if isinstance(result, Rejected):
            self._rejected.append(result)
            self.num_rejected += 1
            self.reasons[result.reason] += 1
        else:
            self._kept.append(result)
            self.num_kept += 1
        if len(self._kept) == RECORDS_PER_SHARD or len(self._rejected) == RECORDS_PER_SHARD:
            self._flush()

    def _flush(self) -> None:
        if self._kept:
            write_shard(self._next("records"), self._kept)
            self._kept = []
        if self._rejected:
            write_shard(self._next("rejected"), self._rejected, rejected=True)
            self._rejected = []

    def _next(self, part: str) -> Path:
        number = self._num_shards[part]
        self._num_shards[part] += 1
        return self.out / part / f"{number:05d}.parquet"

    def close(self) -> None:
        if self.num_kept == 0:
            write_shard(self._next("records"), [])  # an empty result is still a data set that opens
        self._flush()


def _run_shard(stage: Stage, number: int, shard: Path | range, out: Path) -> None:
    """Write one shard's kept and rejected records."""
    given = list(read_records(shard)) if isinstance(shard, Path) else shard
    results = list(stage(iter(given)))
    check_conservation(given, results, out)
    write_results(number, len(given), results, out)


def write_results(
    number: int, num_in: int, results: Iterable[Record | Rejected], out: Path, *, digest: str = ""
) -> None:
    """Write what became of shard `number` of `num_in` inputs; its counts file is written last and means "done"."""
    results = list(results)
    kept = [r for r in results if isinstance(r, Record)]
    rejected = [r for r in results if isinstance(r, Rejected)]
    write_shard(out / "records" / f"{number:05d}.parquet", kept)
    refused = out / "rejected" / f"{number:05d}.parquet"
    if rejected:
        write_shard(refused, rejected, rejected=True)
    else:
        refused.unlink(missing_ok=True)  # an attempt that was killed may have rejected something
    reasons = Counter(r.reason for r in rejected)
    counts = _metrics(num_in, len(kept), len(rejected), reasons)
    write_atomically(_marker(out, number), orjson.dumps(counts | ({"digest": digest} if digest else {})))


def finished_shards(out: Path) -> list[ShardCounts]:
    """Return the counts of the shards that are done, from the first to the one before the first that is not."""
    numbers = takewhile(lambda number: _marker(out, number).exists(), count())
    return [_read_counts(_marker(out, number)) for number in numbers]


def finished_shard(out: Path, number: int) -> ShardCounts | None:
    """Return the counts of a shard that is done, else None."""
    marker = _marker(out, number)
    return _read_counts(marker) if marker.exists() else None


def drop_shards_from(number: int, out: Path) -> None:
    """Remove the shards from `number` on: an earlier attempt had more to read."""
    for part, suffix in (("counts", "json"), ("records", "parquet"), ("rejected", "parquet")):
        for path in (out / part).glob(f"*.{suffix}"):
            if int(path.stem) >= number:
                path.unlink()


def write_atomically(path: Path, content: bytes) -> None:
    """Write a small file by rename, so that it exists whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.partial")
    partial.write_bytes(content)
    partial.replace(path)


def check_conservation(
    given: Sequence[Record] | range, results: Sequence[Record | Rejected], out: Path
) -> None:
    """Raise LostRecord when a given record is neither kept, nor a parent, nor rejected."""
    if isinstance(given, range):
        if len(results) < len(given):
            raise LostRecord(f"{out.name}: {len(given)} requests gave only {len(results)} records")
        return
    account = Account()
    for record in given:
        account.give(record)
    for result in results:
        account.add(result)
    _refuse_losses(account.lost(), out)


def _refuse_losses(lost: Sequence[str], out: Path) -> None:
    if lost:
        raise LostRecord(
            f"{out.name}: {len(lost)} records were neither kept nor rejected, first {lost[0]}; "
            "a stage must yield each record it takes, a child that names it as parent, or Rejected"
        )


def _marker(out: Path, number: int) -> Path:
    return out / "counts" / f"{number:05d}.json"


def _read_counts(path: Path) -> ShardCounts:
    return ShardCounts(**orjson.loads(path.read_bytes()))


def _sum(out: Path, num_shards: int) -> Metrics:
    return summed([_read_counts(_marker(out, number)) for number in range(num_shards)])


def summed(counts: Sequence[ShardCounts]) -> Metrics:
    """Return the counts of several shards as one."""
    reasons: Counter[str] = Counter()
    for shard in counts:
        reasons.update(shard.reasons)
    return _metrics(
        sum(c.num_in for c in counts),
        sum(c.num_kept for c in counts),
        sum(c.num_rejected for c in counts),
        reasons,
    )


def _metrics(num_in: int, num_kept: int, num_rejected: int, reasons: Counter[str]) -> Metrics:
    return {
        "num_in": num_in,
        "num_kept": num_kept,
        "num_rejected": num_rejected,
        "reasons": dict(sorted(reasons.items())),
    }


_stage: Stage  # one per worker process, built by _start_worker


def _start_worker(make_stage: MakeStage, cfg: Config) -> None:
    """Build the stage in a fresh process."""
    global _stage
    stay_with_parent()  # on Ctrl-C the parent lets shards in flight finish
    _stage = make_stage(cfg)


def _run_shard_in_worker(number: int, shard: Path | range, out: Path) -> None:
    _run_shard(_stage, number, shard, out)


def _map_in_processes(
    make_stage: MakeStage,
    cfg: Config,
    todo: Sequence[tuple[int, Path | range]],
    out: Path,
    ctx: Context,
    workers: int,
    *,
    num_shards: int,
) -> None:
    done = num_shards - len(todo)
    pool: Executor = ProcessPoolExecutor(
        workers, mp_context=SPAWN, initializer=_start_worker, initargs=(make_stage, cfg)
    )
    try:
        with deaf_to_interrupts():
            futures: list[Future[None]] = [
                pool.submit(_run_shard_in_worker, i, shard, out) for i, shard in todo
            ]
        for future in as_completed(futures):
            future.result()
            done += 1
            ctx.progress(Progress(done=done, total=num_shards, unit="shards"))
    except BrokenProcessPool:
        raise killed() from None
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
