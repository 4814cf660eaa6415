"""Removes records that hold problems of a benchmark, with evidence; annotates those that are like one.

Four channels, each usable alone: *words* and *code* find copies and remove (see `contamination`); *ast* and
*embedding* measure likeness (see `nearest`), annotate, and remove only from a threshold on. All look for every
benchmark given and for the ladder's held-out rung (see `targets`); `gate` has the rules. It fails closed: a
benchmark of which a row cannot be read, a channel that cannot run, or planted copies that are missed end the step
with nothing written. It does not find translations, paraphrases of a statement over new code, nor code inside
strings and comments.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import ClassVar

import orjson
from pydantic import Field, model_validator

from hornbook.benchmarks.readers import read_benchmark
from hornbook.errors import QualityGate, TrainingUnavailable, UsageError
from hornbook.pool import stream, write_atomically
from hornbook.quality.findings import Channel
from hornbook.quality.gate import Gate
from hornbook.quality.nearest import Embed
from hornbook.quality.targets import LADDER
from hornbook.record import Record, count, read_records
from hornbook.step import Config, Context, Metrics, Progress

EVIDENCE = "evidence.jsonl"
"""File in the step's folder: one line for every problem found in a removed record."""


class Decontaminate(Config):
    """What is looked for, and how much of a problem a record may share with it.

    Many copies of a part of a statement look like what many programs share, which does not count: in 25 records,
    each with the same 12 words of a statement of 29, these words are boilerplate, in 20 they are not. Records that
    stay for this alone are counted (`boilerplate_only`): look at them when there are many, or raise the count.
    """

    VERSION: ClassVar[int] = 4

    channels: tuple[Channel, ...] = Field(default=("words", "code", "ast"), min_length=1)
    """What to compare. `embedding` needs a `model` among the step's inputs."""
    code_containment: float = Field(default=0.4, gt=0, le=1)
    """Share of a solution's 16-token windows at which a record goes; a single hit flags 1 % of clean files."""
    statement_containment: float = Field(default=0.5, gt=0, le=1)
    """Share of a statement's 10-word n-grams at which a record goes even if each of them is boilerplate."""
    boilerplate_share: float = Field(default=0.01, gt=0, le=1)
    """Share of a kind's records above which an n-gram is boilerplate and does not count alone."""
    boilerplate_count: int = Field(default=20, ge=1)
    """Number of records below which no n-gram is boilerplate, whatever its share."""
    exclude_similar: float | None = Field(default=None, gt=0.5, le=1)
    """Syntax-tree similarity at which a record goes (phi-1 used .95 to .8); none: it is only written down."""
    exclude_near: float | None = Field(default=None, gt=0, le=2)
    """L2 distance of embeddings up to which a record goes; none: it is only written down."""
    allow_skipped: int = Field(default=0, ge=0)
    """Rows of each benchmark that may be unreadable; the stamp lists them and says "not decontaminated"."""
    num_canaries: int = Field(default=50, ge=0)
    """Problems copied in memory to measure recall, in every variant; 50 resolve recall to .02."""
    seed: int = 0
    """Decides which problems become canaries."""

    @model_validator(mode="after")
    def _channels_fit(self) -> Decontaminate:
        if len(set(self.channels)) < len(self.channels):
            raise ValueError(f"channels {self.channels} names one twice; name each once")
        for name, channel in (("exclude_similar", "ast"), ("exclude_near", "embedding")):
            if getattr(self, name) is not None and channel not in self.channels:
                raise ValueError(f"{name} is set, but channels has no {channel!r}; add it or unset {name}")
        return self

    @property
    def removing(self) -> tuple[Channel, ...]:
        """The channels that remove records."""
        silent = {"ast"} if self.exclude_similar is None else set()
        silent |= {"embedding"} if self.exclude_near is None else set()
        return tuple(channel for channel in self.channels if channel not in silent)

    @property
    def deciding(self) -> tuple[Channel, ...]:
        """The channels whose recall counts: those that remove, or all where none does."""
        return self.removing or self.channels


def decontaminate(
    cfg: Decontaminate,
    *,
    records: Path,
    out: Path,
    ctx: Context,
    ladder: Path | None = None,
    model: Path | None = None,
    **benchmarks: Path,
) -> Metrics:
    """Write the records that hold no problem of `benchmarks` (files by name) and of the ladder.

    Kept records gain the scores `ast_similarity` (0 when below 0.5) and `embedding_distance` (0 to 2) of the
    channels that are on. `model` is a training step's folder, for the embedding channel. `evidence.jsonl` holds
    every finding. Metrics: the stamp, hits per benchmark and channel, canary recall, the histograms, 20 rows of
    evidence. Raises QualityGate before anything is written when a benchmark cannot be read whole, a channel cannot
    run, or the detector is blind.
    """
    loaded = [read_benchmark(name, path) for name, path in sorted(benchmarks.items())]
    held_out = None if ladder is None else read_benchmark(LADDER, ladder / "ladder.jsonl")
    gate = Gate(cfg, loaded, ladder=held_out, embed=embedder(cfg, model and model / "model"))
    total = count(records)
    gate.see(_followed(read_records(records), total, ctx))
    canaries = gate.find_canaries()
    given = read_records(records)
    metrics = stream(
        lambda given: gate.judge(given, ctx.workers), given, out, ctx, total=total, second_half=True
    )
    write_atomically(out / EVIDENCE, b"".join(orjson.dumps(row) + b"\n" for row in gate.evidence))
    return metrics | gate.metrics() | {"canaries": canaries, "stamp": gate.stamp()}


def _followed(records: Iterable[Record], total: int, ctx: Context) -> Iterator[Record]:
    """Yield the records, and tell how many were taken: the first half of the work."""
    for done, record in enumerate(records, start=1):
        yield record
        if done % 100 == 0:
            ctx.progress(Progress(done=done / 2, total=total, unit="records", note="searching"))


def embedder(cfg: Decontaminate, folder: Path | None) -> Embed | None:
    """Return what makes embeddings by the model in a Hugging Face folder; None without one, which `Gate` judges.

    Raises UsageError for a model that no channel needs, QualityGate when torch is not installed.
    """
    if "embedding" not in cfg.channels:
        if folder is not None:
            raise UsageError("decontaminate: a model is given, but channels has no 'embedding'; add it")
        return None
    if folder is None:
        return None
    try:
        from hornbook.lm.embed import Embedder
    except TrainingUnavailable as error:
        raise QualityGate(f"decontaminate: the channel 'embedding' cannot run: {error}") from error
    embed: Embed = Embedder(folder).embed
    return embed
