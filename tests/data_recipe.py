"""A recipe of data steps only, about ten seconds long: a source, a filter, a splitter, a whole-data step."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from hornbook.draw import rng
from hornbook.pool import Stage, map_shards, stream
from hornbook.record import Record, Rejected, read_records, shards
from hornbook.step import Config, Context, Metrics, Step


class Source(Config):
    count: int = 600
    seed: int = 0
    seconds_per_shard: float = 0.15


class Odd(Config):
    seconds_per_shard: float = 0.1
    divisor: int = 3


class Halves(Config):
    seconds_per_shard: float = 0.1


class Unique(Config):
    pass


def make_source(cfg: Source) -> Stage:
    def stage(indices: Iterator[int]) -> Iterable[Record]:
        time.sleep(cfg.seconds_per_shard)
        for index in indices:
            number = rng(cfg.seed, "source", index).randint(0, 10_000)
            yield Record(text=f"x = {number}\n", kind="code", source=f"source/{index}", license="CC0-1.0")

    return stage


def make_odd(cfg: Odd) -> Stage:
    def stage(records: Iterator[Record]) -> Iterable[Record | Rejected]:
        time.sleep(cfg.seconds_per_shard)
        for record in records:
            number = int(record.text.split()[-1])
            if number % cfg.divisor == 0:
                yield Rejected(record, "odd", "divisible", f"by {cfg.divisor}")
            else:
                yield replace(record, scores={"number": float(number)})

    return stage


def make_halves(cfg: Halves) -> Stage:
    def stage(records: Iterator[Record]) -> Iterable[Record | Rejected]:
        time.sleep(cfg.seconds_per_shard)
        for record in records:
            name, _, number = record.text.partition(" = ")
            if int(number) < 1000:
                yield Rejected(record, "halves", "too_short")
                continue
            for part in (number[:2], number[2:]):
                yield replace(record, text=f"{name} = {part.strip()}\n", parents=(record.id,))

    return stage


def source(cfg: Source, *, out: Path, ctx: Context) -> Metrics:
    ranges = [range(start, min(start + 20, cfg.count)) for start in range(0, cfg.count, 20)]
    return map_shards(make_source, cfg, ranges, out, ctx)


def odd(cfg: Odd, *, records: Path, out: Path, ctx: Context) -> Metrics:
    return map_shards(make_odd, cfg, shards(records), out, ctx)


def halves(cfg: Halves, *, records: Path, out: Path, ctx: Context) -> Metrics:
    return map_shards(make_halves, cfg, shards(records), out, ctx)


def unique(cfg: Unique, *, records: Path, out: Path, ctx: Context) -> Metrics:
    def stage(source: Iterator[Record]) -> Iterable[Record | Rejected]:
        seen: set[str] = set()
        for record in source:
            if record.id in seen:
                yield Rejected(record, "unique", "exact_duplicate", f"of {record.id}")
            else:
                seen.add(record.id)
                yield record

    return stream(stage, read_records(records), out, ctx)


def data(*, seed: int = 0) -> list[Step]:
    first = Step("source", source, Source(seed=seed))
    second = Step("odd", odd, Odd(), {"records": first})
    third = Step("halves", halves, Halves(), {"records": second})
    return [Step("unique", unique, Unique(), {"records": third})]
