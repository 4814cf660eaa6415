"""The rules of decontamination: what of all that the channels find in a record removes it, and what is said of it.

A gate reads the problems, is shown every record twice, to count and to judge, and measures itself in between.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from hornbook.benchmarks.problem import Benchmark, Problem
from hornbook.errors import QualityGate
from hornbook.quality.contamination import NUM_TOKENS, NUM_WORDS, Detector, Hits
from hornbook.quality.findings import Channel, Finding
from hornbook.quality.nearest import Embed, Embeddings, Nearest, Shapes
from hornbook.quality.recall import measured_recall
from hornbook.quality.shingles import batched, batched_by_weight
from hornbook.quality.stamp import objections, refuse_skipped, stamp
from hornbook.quality.tally import Tally
from hornbook.quality.targets import Targets
from hornbook.record import Record, Rejected
from hornbook.step import Metrics

if TYPE_CHECKING:
    from hornbook.quality.decontaminate import Decontaminate

_BATCH = 500
_CHARACTERS = 200_000  # per batch of the search: its arrays then stay in the processor's cache
_NUM_EVIDENCE = 20
_SIMILAR = 0.95
"""Where a planted copy counts as found by syntax trees when no threshold is set: phi-1's strictest."""


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

    def see(self, records: Iterable[Record]) -> None:
        """Scan records and count how many hold each n-gram; what is found is kept by record id."""
        for batch in batched_by_weight(records, lambda record: len(record.text), _CHARACTERS):
            self._see(batch)

    def _see(self, batch: Sequence[Record]) -> None:
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
        known = set().union(*(seen[channel] for channel in self.cfg.deciding))
        return [number for number in range(len(self.problems)) if number not in known]

    def find_canaries(self) -> Metrics:
        """Plant copies of problems in the detector and return how many it finds; raises QualityGate when blind."""
        self.canaries = measured_recall(self.cfg, self.problems, self.guarded(), self._channels_that_find)
        return self.canaries

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
