"""A recipe that decontaminates 2,500 records, some with leaks, and waits in the middle of it to be killed."""

from __future__ import annotations

import os
import time
from dataclasses import asdict, replace
from pathlib import Path

import orjson

from hornbook.benchmarks.problem import Problem
from hornbook.draw import rng
from hornbook.quality.decontaminate import Decontaminate, decontaminate
from hornbook.record import Record, write_shard
from hornbook.step import Config, Context, Metrics, Progress, Step

COUNT = 2500
STATEMENT = "Return the tallest of the readings that no later reading of the same day comes up to."
BODY = (
    "    found = []\n    tallest = 0\n    for reading in reversed(readings):\n        if reading > tallest:\n"
    "            tallest = reading\n            found.append(reading)\n    return found[::-1]\n"
)
PROBLEM = Problem(
    id="own/0",
    prompt=f'def leaders(readings):\n    """{STATEMENT}"""\n',
    entry_point="leaders",
    tests="assert leaders([1]) == [1]\n",
    reference=BODY,
    rung="4",
)


class HeldOut(Config):
    pass


class Leaky(Config):
    seed: int = 0


def held_out(cfg: HeldOut, *, out: Path, ctx: Context) -> Metrics:
    (out / "ladder.jsonl").write_bytes(orjson.dumps(asdict(PROBLEM)) + b"\n")
    return {"num_problems": 1}


def leaky(cfg: Leaky, *, out: Path, ctx: Context) -> Metrics:
    records = [_record(cfg.seed, i) for i in range(COUNT)]
    for first in range(0, COUNT, 500):
        write_shard(out / "records" / f"{first:05d}.parquet", records[first : first + 500])
    return {"num_kept": COUNT}


def _record(seed: int, i: int) -> Record:
    draws = rng(seed, "leaky", i)
    text = f"def number_{i}(x):\n    return x + {draws.randint(0, 9999)}\n"
    if draws.random() < 0.05:
        text += draws.choice([f"\n# {STATEMENT}\n", f"\ndef f(readings):\n{BODY}"])
    return Record(text=text, kind="code", source=f"leaky/{i}", license="CC0-1.0")


def watched(cfg: Decontaminate, *, records: Path, ladder: Path, out: Path, ctx: Context) -> Metrics:
    """Decontaminate; the first time, wait to be killed when more than half of the records are judged."""

    def progress(progress: Progress) -> None:
        ctx.progress(progress)
        if progress.done > 0.75 * COUNT and not again:
            (out / "halfway").touch()
            time.sleep(60)

    again = (out / "halfway").exists() or "HORNBOOK_TEST_NO_WAIT" in os.environ
    return decontaminate(cfg, records=records, ladder=ladder, out=out, ctx=replace(ctx, progress=progress))


def clean(*, seed: int = 0) -> list[Step]:
    inputs = {
        "records": Step("leaky", leaky, Leaky(seed=seed)),
        "ladder": Step("held_out", held_out, HeldOut()),
    }
    return [Step("clean", watched, Decontaminate(), inputs)]
