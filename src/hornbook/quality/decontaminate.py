"""Removes records that hold problems of a benchmark, with evidence; annotates those that are shaped like one.

Removal: the words channel and the code channel (see `contamination`) against every benchmark given and
against the ladder's rung 4, whose families are held out; against rungs 1 to 3, whose families are meant to be
seen, only an identical prompt + solution. The syntax-tree match (phi-1, section 5) only annotates, unless
`exclude_similar` is set. It fails closed: a benchmark that cannot be read, or canaries that are not found,
end the step with nothing written. It does not find translations or paraphrases of a statement over new code.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import Field

from hornbook.benchmarks.problem import Benchmark
from hornbook.benchmarks.readers import read_benchmark
from hornbook.draw import rng
from hornbook.errors import QualityGate
from hornbook.pool import stream
from hornbook.quality.canaries import VARIANTS, canary
from hornbook.quality.contamination import NUM_TOKENS, NUM_WORDS, Detector, Hits
from hornbook.quality.shingles import batched, batched_by_weight
from hornbook.quality.syntax import function_codes, highest_similarity, node_types
from hornbook.record import Record, Rejected, count, read_records
from hornbook.step import Config, Context, Metrics, Progress

_BATCH = 500
_CHARACTERS = 200_000  # per batch of the search: its arrays then stay in the processor's cache
_HELD_OUT_RUNG = "4"
_NUM_EVIDENCE = 20
_SHAPES_REMEMBERED = 200_000
_FIELD = {"words": "benchmark_prompt", "code": "benchmark_solution", "identical": "benchmark_identical"}


class Decontaminate(Config):
    """How much of a problem a record may share with it."""

    code_containment: float = Field(default=0.4, gt=0, le=1)
    """Share of a solution's 16-token windows at which a record goes; a single hit flags 4 % of clean files."""
    statement_containment: float = Field(default=0.5, gt=0, le=1)
    """Share of a statement's 10-word n-grams at which a record goes even if each of them is boilerplate."""
    boilerplate_share: float = Field(default=0.01, gt=0, le=1)
    """Share of a kind's records above which an n-gram is boilerplate and does not count alone."""
    boilerplate_count: int = Field(default=20, ge=1)
    """Number of records below which no n-gram is boilerplate, whatever its share."""
    exclude_similar: float | None = Field(default=None, gt=0.5, le=1)
    """Syntax-tree similarity at which a record goes (phi-1 used .95 to .8); none: it is only written down."""
    num_canaries: int = Field(default=50, ge=0)
    """Problems copied in memory to measure recall, in every variant; 50 resolve recall to .02."""
    seed: int = 0
    """Decides which problems become canaries."""


@dataclass(frozen=True, slots=True)
class _Finding:
    """One problem found in one record."""

    channel: str
    benchmark: str
    problem: str
    overlap: float
    excerpt: str

    @property
    def detail(self) -> str:
        return f"{self.problem}: {self.overlap:.2f} of its {self.excerpt}"


def decontaminate(
    cfg: Decontaminate,
    *,
    records: Path,
    out: Path,
    ctx: Context,
    ladder: Path | None = None,
    **benchmarks: Path,
) -> Metrics:
    """Write the records that hold no problem of `benchmarks` (files by name) and of the ladder.

    Kept records gain the score `ast_similarity` (0 when below 0.5) if there is a problem to compare with.
    Metrics: the stamp, hits per benchmark and channel, canary recall, the histogram, 20 rows of evidence.
    Raises QualityGate before anything is written when a benchmark cannot be read or the detector is blind.
    """
    loaded = [read_benchmark(name, path) for name, path in sorted(benchmarks.items())]
    if ladder is not None:
        loaded.append(read_benchmark("ladder", ladder / "ladder.jsonl"))
    for benchmark in loaded:
        for skipped in benchmark.skipped:
            ctx.log(f"benchmark {benchmark.name}: row not readable as a problem: {skipped}")
    gate = Gate(cfg, loaded)
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
    return metrics | gate.metrics() | {"canaries": canaries, "stamp": gate.stamp()}


def _stamp(loaded: Sequence[Benchmark]) -> Metrics:
    checked = [
        {
            "name": benchmark.name,
            "digest": benchmark.digest,
            "problems": len(benchmark.problems),
            "skipped": len(benchmark.skipped),
        }
        for benchmark in loaded
    ]
    given = [benchmark.name for benchmark in loaded if benchmark.name != "ladder"]
    says = "checked against " + ", ".join(b.name for b in loaded) if given else "ladder only"
    return {"checked": checked, "says": says if loaded else "not decontaminated: nothing was given"}


class Gate:
    """What is known about the problems and, after `see`, about all records: the rules live here."""

    def __init__(self, cfg: Decontaminate, benchmarks: Sequence[Benchmark]) -> None:
        self.cfg = cfg
        self.benchmarks = benchmarks
        problems = [(b.name, p) for b in benchmarks for p in b.problems]
        removed = [(name, p) for name, p in problems if p.rung in ("", _HELD_OUT_RUNG)]
        self.names = [name for name, _ in removed]
        self.problems = [problem for _, problem in removed]
        self.detector = Detector(self.problems)
        self.codes = [node_types(p.prompt + p.reference, p.entry_point) for p in self.problems]
        self.identical = {_whole(p.prompt + p.reference): (name, p) for name, p in problems}
        self.num_records: Counter[str] = Counter()
        self.frequency: Counter[tuple[str, int]] = Counter()
        self.hits: dict[str, Hits] = {}
        self.found: Counter[tuple[str, str]] = Counter()
        self.histogram: Counter[str] = Counter()
        self.evidence: list[Metrics] = []
        self.similarity: dict[str, float] = {}

    def see(self, batch: Sequence[Record]) -> None:
        """Scan records and count how many hold each n-gram; what is found is kept by record id."""
        self.num_records.update(record.kind for record in batch)
        for record, hits in zip(batch, self.detector.scan(batch), strict=True):
            grams = {gram for found in hits.words.values() for gram in found}
            self.frequency.update((record.kind, gram) for gram in grams)
            if hits.words or hits.code:
                self.hits[record.id] = hits

    def judge(self, records: Iterator[Record], workers: int) -> Iterator[Record | Rejected]:
        """Yield every record, annotated, or rejected with the strongest finding."""
        for batch in batched(records, _BATCH):
            for record, similarity in zip(batch, self._similarities(batch, workers), strict=True):
                yield self._verdict(record, similarity)

    def _verdict(self, record: Record, similarity: float | None) -> Record | Rejected:
        findings = self._findings(record, self.hits.get(record.id))
        for benchmark, channel in {(f.benchmark, f.channel) for f in findings}:
            self.found[benchmark, channel] += 1
        if similarity is not None:
            self.histogram[f"{int(similarity * 20) / 20:.2f}"] += 1
            record = replace(record, scores={**record.scores, "ast_similarity": round(similarity, 4)})
        if findings:
            strongest = findings[0]
            self._note(record, strongest)
            return Rejected(record, "decontaminate", _reason(strongest), strongest.detail)
        tau = self.cfg.exclude_similar
        if tau is not None and similarity is not None and similarity >= tau:
            detail = f"{similarity:.3f} like a benchmark's solution, limit {tau}"
            return Rejected(record, "decontaminate", "ast_similar", detail)
        return record

    def _note(self, record: Record, finding: _Finding) -> None:
        if len(self.evidence) < _NUM_EVIDENCE:
            self.evidence.append(
                {
                    "record": record.id,
                    "source": record.source,
                    "benchmark": finding.benchmark,
                    "problem": finding.problem,
                    "channel": finding.channel,
                    "overlap": round(finding.overlap, 3),
                    "excerpt": finding.excerpt,
                }
            )

    def _findings(self, record: Record, hits: Hits | None) -> list[_Finding]:
        """Return what was found, identical problems first, then statements, then solutions."""
        findings = []
        same = self.identical.get(_whole(record.text))
        if same is not None:
            findings.append(_Finding("identical", same[0], same[1].id, 1.0, "prompt and solution"))
        if hits is not None:
            findings.extend(self._statements(record.kind, hits))
            findings.extend(self._solutions(hits))
        return findings

    def _statements(self, kind: str, hits: Hits) -> Iterator[_Finding]:
        for number, grams in hits.words.items():
            rare = [gram for gram in grams if not self._is_boilerplate(kind, gram)]
            share = len(grams) / self.detector.num_grams[number]
            if rare or share >= self.cfg.statement_containment:
                words = self.detector.excerpts[(rare or grams)[0]]
                yield self._finding("words", number, share, f"{NUM_WORDS}-word n-grams: {words}")

    def _is_boilerplate(self, kind: str, gram: int) -> bool:
        limit = max(self.cfg.boilerplate_count, self.cfg.boilerplate_share * self.num_records[kind])
        return self.frequency[kind, gram] > limit

    def _solutions(self, hits: Hits) -> Iterator[_Finding]:
        for number, share in hits.code.items():
            if share >= self.cfg.code_containment:
                first = self.problems[number].reference.strip().split("\n")[0]
                yield self._finding("code", number, share, f"{NUM_TOKENS}-token windows: {first[:80]}")

    def _finding(self, channel: str, number: int, share: float, excerpt: str) -> _Finding:
        return _Finding(channel, self.names[number], self.problems[number].id, share, excerpt)

    def _similarities(self, batch: Sequence[Record], workers: int) -> Sequence[float | None]:
        if not self.codes:
            return [None] * len(batch)
        codes = [_codes(record) for record in batch]
        if len(self.similarity) > _SHAPES_REMEMBERED:
            self.similarity.clear()
        # Exercises of one family share their shapes: each distinct shape is compared once.
        fresh = [c for c in dict.fromkeys(c for found in codes for c in found) if c not in self.similarity]
        best = highest_similarity(fresh, self.codes, workers=workers)
        self.similarity.update(zip(fresh, best.tolist(), strict=True))
        return [max((self.similarity[c] for c in found), default=0.0) for found in codes]

    def find_canaries(self) -> Metrics:
        """Plant copies of guarded problems in the detector and return recall per variant and channel.

        Raises QualityGate when a verbatim copy of a guarded problem is missed: a blind detector says nothing.
        """
        unguarded = set(self.detector.unguarded())
        numbers = [i for i, problem in enumerate(self.problems) if problem.id not in unguarded]
        chosen = rng(self.cfg.seed, "canaries").sample(numbers, min(self.cfg.num_canaries, len(numbers)))
        planted = sorted(chosen)
        recall: Metrics = {}
        for variant in VARIANTS:
            # Bodies like `return x + y` are no one's: a renamed copy of one cannot count as missed.
            able = [i for i in planted if variant != "renamed" or self.detector.num_windows[i]]
            copies = [(i, canary(self.problems[i], variant)) for i in able]
            recall[variant] = self._recall([(i, copy) for i, copy in copies if copy is not None])
        missed = recall["verbatim"]["missed"]
        if missed:
            raise QualityGate(
                f"decontaminate: {len(missed)} verbatim copies of benchmark problems were not found, first "
                f"{missed[0]}; a detector that misses them must not stamp data. Lower code_containment"
            )
        return recall

    def _recall(self, planted: Sequence[tuple[int, Record]]) -> Metrics:
        by_channel: Counter[str] = Counter()
        missed = []
        scanned = self.detector.scan([copy for _, copy in planted])
        for (number, copy), hits in zip(planted, scanned, strict=True):
            # Not by identity: what is measured is the two channels.
            findings = [*self._statements(copy.kind, hits), *self._solutions(hits)]
            problem = self.problems[number].id
            channels = {f.channel for f in findings if f.problem == problem}
            by_channel.update(channels)
            if not channels:
                missed.append(problem)
        found = len(planted) - len(missed)
        return {
            "planted": len(planted),
            "found": found,
            "recall": round(found / len(planted), 4) if planted else None,
            "found_by_words": by_channel["words"],
            "found_by_code": by_channel["code"],
            "missed": missed,
        }

    def stamp(self) -> Metrics:
        """Return what was checked, and what the result may be called."""
        return _stamp(self.benchmarks)

    def metrics(self) -> Metrics:
        """Return what was found, after `judge` has seen every record."""
        by_benchmark: dict[str, dict[str, int]] = {}
        for (benchmark, channel), n in sorted(self.found.items()):
            by_benchmark.setdefault(benchmark, {})[channel] = n
        boilerplate = sum(self._is_boilerplate(kind, gram) for kind, gram in self.frequency)
        return {
            "hits": by_benchmark,
            "boilerplate_ngrams": boilerplate,
            "unguarded": self.detector.unguarded(),
            "trivial_solutions": sum(not self.detector.num_windows[i] for i in range(len(self.problems))),
            "ast_similarity_histogram": dict(sorted(self.histogram.items())),
            "evidence": self.evidence,
        }


def _reason(finding: _Finding) -> str:
    if finding.channel == "identical" and finding.benchmark == "ladder":
        return "ladder_identical"
    return _FIELD[finding.channel]


def _whole(text: str) -> str:
    return text.strip()


def _codes(record: Record) -> list[str]:
    if record.exercise is not None:
        return [node_types(record.text, record.exercise.entry_point)]
    return function_codes(record.text)
