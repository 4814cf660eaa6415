"""Removes records that hold problems of a benchmark, with evidence; annotates those that are like one.

Four channels, each usable alone: *words* and *code* find copies and remove (see `contamination`); *ast* and
*embedding* measure likeness (see `nearest`), annotate, and remove only from a threshold on. All look for every
benchmark given and for the ladder's held-out rung (see `targets`). It fails closed: a benchmark of which a row
cannot be read, a channel that cannot run, or planted copies that are missed end the step with nothing written. It
does not find translations, paraphrases of a statement over new code, nor code inside strings and comments.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

import orjson
from pydantic import Field, model_validator

from hornbook.benchmarks.problem import Benchmark, Problem
from hornbook.benchmarks.readers import read_benchmark
from hornbook.draw import rng
from hornbook.errors import QualityGate, TrainingUnavailable, UsageError
from hornbook.pool import stream, write_atomically
from hornbook.quality.canaries import VARIANTS, canary, recall_of
from hornbook.quality.contamination import NUM_TOKENS, NUM_WORDS, Detector, Hits
from hornbook.quality.findings import Channel, Finding
from hornbook.quality.nearest import Embed, Embeddings, Nearest, Shapes
from hornbook.quality.shingles import batched, batched_by_weight
from hornbook.quality.stamp import objections, refuse_skipped, stamp
from hornbook.quality.tally import Tally
from hornbook.quality.targets import Targets
from hornbook.record import Record, Rejected, count, read_records
from hornbook.step import Config, Context, Metrics, Progress

EVIDENCE = "evidence.jsonl"
"""File in the step's folder: one line for every problem found in a removed record."""
_BATCH = 500
_CHARACTERS = 200_000  # per batch of the search: its arrays then stay in the processor's cache
_NUM_EVIDENCE = 20
_SIMILAR = 0.95
"""Where a planted copy counts as found by syntax trees when no threshold is set: phi-1's strictest."""


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
    held_out = None if ladder is None else read_benchmark("ladder", ladder / "ladder.jsonl")
    gate = Gate(cfg, loaded, ladder=held_out, embed=_embedder(cfg, model))
    total = count(records)
    done = 0
    for batch in batched_by_weight(read_records(records), lambda record: len(record.text), _CHARACTERS):
        gate.see(batch)
        done += len(batch)
        ctx.progress(Progress(done=done / 2, total=total, unit="records", note="searching"))
    canaries = gate.find_canaries()
    given = read_records(records)
    metrics = stream(
        lambda given: gate.judge(given, ctx.workers), given, out, ctx, total=total, second_half=True
    )
    write_atomically(out / EVIDENCE, b"".join(orjson.dumps(row) + b"\n" for row in gate.evidence))
    return metrics | gate.metrics() | {"canaries": canaries, "stamp": gate.stamp()}


def _embedder(cfg: Decontaminate, model: Path | None) -> Embed | None:
    if "embedding" not in cfg.channels:
        if model is not None:
            raise UsageError("decontaminate: a model is given, but channels has no 'embedding'; add it")
        return None
    if model is None:
        return None  # Gate refuses
    try:
        from hornbook.lm.embed import Embedder
    except TrainingUnavailable as error:
        raise QualityGate(f"decontaminate: the channel 'embedding' cannot run: {error}") from error
    embedder: Embed = Embedder(model / "model").embed
    return embedder


class Gate:
    """What is known about the problems and, after `see`, about all records: the rules live here.

    Show it every record (`see`), let it measure itself (`find_canaries`), then show it every record again
    (`judge`); what it keeps in between are hits, not records.
    """

    def __init__(
        self,
        cfg: Decontaminate,
        benchmarks: Sequence[Benchmark],
        *,
        ladder: Benchmark | None = None,
        embed: Embed | None = None,
    ) -> None:
        """Index the problems. Raises QualityGate when a channel or a benchmark cannot be searched for whole."""
        self.cfg = cfg
        self.targets = Targets.of(benchmarks, ladder)
        refuse_skipped(cfg, self.targets.benchmarks)
        self.problems = self.targets.problems
        self.detector = Detector(self.problems, words="words" in cfg.channels, code="code" in cfg.channels)
        self.shapes = Shapes(self.problems) if "ast" in cfg.channels and self.problems else None
        self.embeddings = _embeddings(cfg, self.problems, embed)
        self.searched = Tally()
        self.num_records: Counter[str] = Counter()
        self.frequency: Counter[tuple[str, int]] = Counter()
        self.hits: dict[str, Hits] = {}
        self.found: Counter[tuple[str, str]] = Counter()
        self.histograms: dict[str, Counter[str]] = {"ast": Counter(), "embedding": Counter()}
        self.evidence: list[Metrics] = []
        """A row for every finding in a removed record, in order."""
        self.num_boilerplate_only = 0
        self.canaries: Metrics = {}

    def see(self, batch: Sequence[Record]) -> None:
        """Scan records and count how many hold each n-gram; what is found is kept by record id."""
        self.num_records.update(record.kind for record in batch)
        for record, hits in zip(batch, self.detector.scan(batch), strict=True):
            self.searched.add(record)
            grams = {gram for found in hits.words.values() for gram in found}
            self.frequency.update((record.kind, gram) for gram in grams)
            code = {p: hit for p, hit in hits.code.items() if hit.share >= self.cfg.code_containment}
            if hits.words or code:
                self.hits[record.id] = replace(hits, code=code)

    def judge(self, records: Iterator[Record], workers: int) -> Iterator[Record | Rejected]:
        """Yield every record, annotated, or rejected with the strongest finding.

        Raises QualityGate in the end, once all are taken, when these were not the records that `see` was shown.
        """
        judged = Tally()
        for batch in batched(records, _BATCH):
            similar = self.shapes.similarities(batch, workers) if self.shapes else [None] * len(batch)
            near = self.embeddings.nearest(batch) if self.embeddings else [None] * len(batch)
            for record, similarity, nearest in zip(batch, similar, near, strict=True):
                judged.add(record)
                yield self._verdict(record, similarity, nearest)
        if judged != self.searched:
            what = "others" if judged.count == self.searched.count else f"{judged.count:,}"
            raise QualityGate(
                f"decontaminate: {self.searched.count:,} records were searched and {what} judged; both passes "
                "must see the same records. Were they changed meanwhile? Run it again"
            )

    def _verdict(self, record: Record, similarity: float | None, near: Nearest | None) -> Record | Rejected:
        findings = self._copied(record)
        scores = dict(record.scores)
        if similarity is not None:
            scores["ast_similarity"] = round(similarity, 4)
            self.histograms["ast"][f"{int(similarity * 20) / 20:.2f}"] += 1
            findings += self._similar(record, similarity)
        if near is not None:
            scores["embedding_distance"] = round(near.value, 4)
            self.histograms["embedding"][f"{int(near.value * 10) / 10:.1f}"] += 1
            findings += self._near(record, near)
        hits = self.hits.get(record.id)
        self.num_boilerplate_only += not findings and hits is not None and bool(hits.words)
        record = replace(record, scores=scores)
        self.found.update({(f.benchmark, f.channel) for f in findings})
        self.evidence += [finding.row(record) for finding in findings]
        return findings[0].rejects(record) if findings else record

    def _copied(self, record: Record) -> list[Finding]:
        """Return the problems that are copied: identical ones first, then statements, then solutions."""
        findings = []
        same = self.targets.identical_to(record.text)
        if same is not None:
            whole = "of prompt and solution"
            findings.append(Finding("identical", *same, 1.0, whole, ""))
        hits = self.hits.get(record.id)
        if hits is not None:
            findings.extend(self._statements(record.kind, hits))
            findings.extend(self._solutions(hits))
        return findings

    def _statements(self, kind: str, hits: Hits) -> Iterator[Finding]:
        statements = self.detector.statements
        for number, grams in hits.words.items():
            rare = [gram for gram in grams if not self._is_boilerplate(kind, gram)]
            share = len(grams) / statements.num_grams[number]
            if rare or share >= self.cfg.statement_containment:
                words = statements.excerpts[(rare or grams)[0]]
                found = self._found("words", number, share, f"of its {NUM_WORDS}-word n-grams", words)
                yield replace(found, long_words=number in hits.long_words)

    def _is_boilerplate(self, kind: str, gram: int) -> bool:
        limit = max(self.cfg.boilerplate_count, self.cfg.boilerplate_share * self.num_records[kind])
        return self.frequency[kind, gram] > limit

    def _solutions(self, hits: Hits) -> Iterator[Finding]:
        for number, hit in hits.code.items():
            if hit.share >= self.cfg.code_containment:
                measure = f"of its {NUM_TOKENS}-token windows"
                yield self._found("code", number, hit.share, measure, hit.excerpt)

    def _similar(self, record: Record, similarity: float) -> Iterator[Finding]:
        tau = self.cfg.exclude_similar
        if tau is not None and similarity >= tau and self.shapes is not None:
            nearest = self.shapes.nearest(record)
            yield self._found(
                "ast", nearest.problem, similarity, "like its solution's syntax tree", nearest.excerpt
            )

    def _near(self, record: Record, near: Nearest) -> Iterator[Finding]:
        limit = self.cfg.exclude_near
        if limit is not None and near.value <= limit:
            measure = f"like it by embedding, at distance {near.value:.3f}"
            cosine = 1 - near.value**2 / 2
            yield self._found("embedding", near.problem, cosine, measure, " ".join(record.text[:80].split()))

    def _found(self, channel: str, number: int, overlap: float, measure: str, excerpt: str) -> Finding:
        return Finding(
            channel, self.targets.names[number], self.problems[number].id, overlap, measure, excerpt
        )

    def guarded(self) -> dict[Channel, set[int]]:
        """Return, by channel, the numbers of the problems that are long enough for it to see."""
        every = range(len(self.problems))
        by_channel: dict[Channel, set[int]] = {
            "words": {i for i in every if self.detector.statements.num_grams[i]},
            "code": {i for i in every if self.detector.solutions.num_windows[i]},
            "ast": {i for i in every if self.shapes and self.shapes.codes[i]},
            "embedding": set(every) if self.embeddings else set(),
        }
        return {channel: by_channel[channel] for channel in self.cfg.channels}

    def unguarded(self) -> list[int]:
        """Return the numbers of the problems that no channel which removes (or, if none does, looks) can see."""
        seen = self.guarded()
        known = set().union(*(seen[channel] for channel in self.cfg.removing or self.cfg.channels))
        return [number for number in range(len(self.problems)) if number not in known]

    def find_canaries(self) -> Metrics:
        """Plant copies of guarded problems in the detector and return recall per variant and channel.

        Raises QualityGate when a channel misses a verbatim copy of a problem that it guards: a blind detector says
        nothing.
        """
        lost = set(self.unguarded())
        numbers = [i for i in range(len(self.problems)) if i not in lost]
        drawn = rng(self.cfg.seed, "canaries").sample(numbers, min(self.cfg.num_canaries, len(numbers)))
        chosen = {number: self.problems[number] for number in sorted(drawn)}
        self._refuse_blind(chosen)
        deciding = self.cfg.removing or self.cfg.channels
        seen = self.guarded()
        solved = set().union(*(seen[channel] for channel in deciding if channel != "words"))
        for variant in VARIANTS:
            # Bodies like `return x + y` are no one's: a renamed copy of one cannot count as missed.
            of_solution = variant in ("renamed", "solution_only", "reordered") and solved
            able = {i: p for i, p in chosen.items() if not of_solution or i in solved}
            reported = (*self.cfg.channels, *(["words_13"] if "words" in self.cfg.channels else []))
            self.canaries[variant] = recall_of(variant, able, self._channels_that_find, deciding, reported)
        return self.canaries

    def _refuse_blind(self, chosen: Mapping[int, Problem]) -> None:
        copies = [copy for problem in chosen.values() if (copy := canary(problem, "verbatim")) is not None]
        seen = self.guarded()
        found = dict(zip(chosen, self._channels_that_find(copies, [*chosen]), strict=True))
        for channel in self.cfg.channels:
            missed = [i for i, channels in found.items() if i in seen[channel] and channel not in channels]
            if missed:
                raise QualityGate(
                    f"decontaminate: the channel {channel!r} did not find {len(missed)} verbatim copies of "
                    f"benchmark problems, first {self.problems[missed[0]].id}; a detector that misses them must "
                    "not stamp data. Loosen its threshold, or leave the channel out"
                )

    def _channels_that_find(self, copies: Sequence[Record], numbers: Sequence[int]) -> list[set[str]]:
        """Return which channels find each copy of a problem; "words_13" stands for the longer n-grams alone.

        Not by identity: what is measured is the channels. Syntax trees without a threshold find from 0.95 on,
        embeddings without one when no other problem is nearer.
        """
        found: list[set[str]] = [set() for _ in copies]
        for channels, copy, number, hits in zip(
            found, copies, numbers, self.detector.scan(copies), strict=True
        ):
            own = hits.only(number)
            channels.update(f.channel for f in (*self._statements(copy.kind, own), *self._solutions(own)))
            if number in hits.long_words:
                channels.add("words_13")
        if self.shapes:
            tau = self.cfg.exclude_similar or _SIMILAR
            for channels, copy, number in zip(found, copies, numbers, strict=True):
                if self.shapes.similarity(copy, number) >= tau:
                    channels.add("ast")
        if self.embeddings:
            distances = self.embeddings.distances(copies, numbers)
            for channels, distance, near in zip(
                found, distances, self.embeddings.nearest(copies), strict=True
            ):
                if distance <= (near.value if self.cfg.exclude_near is None else self.cfg.exclude_near):
                    channels.add("embedding")
        return found

    def metrics(self) -> Metrics:
        """Return what was found, after `judge` has seen every record."""
        by_benchmark: dict[str, dict[str, int]] = {}
        for (benchmark, channel), n in sorted(self.found.items()):
            by_benchmark.setdefault(benchmark, {})[channel] = n
        windows = self.detector.solutions.num_windows
        return {
            "hits": by_benchmark,
            "boilerplate_ngrams": sum(self._is_boilerplate(kind, gram) for kind, gram in self.frequency),
            "boilerplate_only": self.num_boilerplate_only,
            "unguarded": [self.problems[number].id for number in self.unguarded()],
            "trivial_solutions": sum(not windows[i] for i in range(len(self.problems))),
            "ast_unread": self.shapes.num_unread if self.shapes else 0,
            "ast_similarity_histogram": dict(sorted(self.histograms["ast"].items())),
            "embedding_distance_histogram": dict(sorted(self.histograms["embedding"].items())),
            "num_findings": len(self.evidence),
            "evidence": self.evidence[:_NUM_EVIDENCE],
        }

    def stamp(self) -> Metrics:
        """Return what was checked and how, and whether the result may be called decontaminated."""
        lost = Counter(self.targets.names[number] for number in self.unguarded())
        unread = self.shapes.num_unread if self.shapes else 0
        return stamp(self.cfg, self.targets, self.guarded(), lost, self.canaries, unread)

    def refuse_objections(self) -> None:
        """Raise QualityGate for whatever the stamp says against the result, save unreadable rows of benchmarks."""
        if found := [*objections(self.cfg, self.targets, self.guarded(), self.canaries)]:
            raise QualityGate(f"not decontaminated: {'; '.join(found)}; nothing was written")


def _embeddings(cfg: Decontaminate, problems: Sequence[Problem], embed: Embed | None) -> Embeddings | None:
    if "embedding" not in cfg.channels:
        return None
    if embed is None:
        raise QualityGate(
            "decontaminate: the channel 'embedding' was asked for and no model is given; "
            "name a training step as the input `model`, or leave the channel out"
        )
    return Embeddings(problems, embed) if problems else None
