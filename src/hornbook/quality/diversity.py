"""How varied a data set is, before and after each gate. Measures only, no filter.

Such measures depend on how long texts are and how many (arxiv.org/abs/2507.15092), so data sets are measured at
one number of texts, that of the smallest, and each measure looks at a fixed length (repetition.py). Entropies are
Shannon's, in bits.
"""

from __future__ import annotations

import heapq
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import ClassVar

import numpy as np
from pydantic import Field

from hornbook.quality.outline import outline_of
from hornbook.quality.repetition import distinct_n, gzip_ratio, nearest_similarity, self_bleu, shuffled
from hornbook.quality.words import words_of
from hornbook.record import Record, count, read_records
from hornbook.step import Config, Context, Metrics, Progress

SAMPLE = 1000
FEWEST = 50
"""Records below which a data set is not measured: every other set would have to be cut down to it."""

MEASURES: Mapping[str, tuple[str, str]] = {
    "gzip_ratio": (
        "gzip ratio",
        "Size over compressed size of the first 400 characters of each text; it sees repeats up to 32 kB apart, "
        "lower is more varied, library functions score 3.0 to 3.2.",
    ),
    "distinct_1": (
        "distinct words",
        "Share of words that are different among 5,000 in a row; higher is more varied, "
        "library functions score 0.21.",
    ),
    "distinct_3": (
        "distinct 3-grams",
        "Share of runs of three words that are different among 5,000; higher is more varied, "
        "library functions score 0.89.",
    ),
    "self_bleu": (
        "self-BLEU",
        "How much of the first 40 words of a text stands in some other text too, in runs of one to four words; "
        "lower is more varied, 1,000 library functions score 0.32.",
    ),
    "nearest_mean": (
        "nearest, mean",
        "Overlap of a text with the one most like it, as the share of runs of five tokens that both hold; "
        "lower is more varied, 1,000 library functions score 0.14.",
    ),
    "nearest_median": (
        "nearest, median",
        "Half of the texts overlap more than this with the one most like them; lower is more varied, "
        "1,000 library functions score 0.07.",
    ),
    "nearest_p90": (
        "nearest, top tenth",
        "One text in ten overlaps more than this with the one most like it; lower is more varied, "
        "1,000 library functions score 0.36.",
    ),
    "opening_entropy_bits": (
        "openings, bits",
        "Variety of the first three words of a docstring or page; higher is more varied, "
        "1,000 library functions score 9.4.",
    ),
    "unique_skeletons": (
        "new shapes",
        "Share of functions, the first of each text, whose syntax tree is new, names and values aside; "
        "higher is more varied, 1,000 library functions score 0.94.",
    ),
    "num_concepts": (
        "concepts",
        "Number of different concepts that the texts teach; higher is more varied, and plain code names none.",
    ),
    "concept_entropy_bits": (
        "concepts, bits",
        "Variety of the concepts; higher is more varied, and the logarithm (base 2) of their number is the most.",
    ),
    "concept_evenness": (
        "concepts, evenness",
        "Variety of the concepts as a share of the most that so many can have; higher is more even, 1 perfectly.",
    ),
}
"""Every measure that `diversity_of` may return, in the order to show: a short heading, and what it says.

Library functions: 1,000 documented ones of the standard library of Python 3.11 (bench/diversity.py)."""


class Diversity(Config):
    """How much is looked at."""

    VERSION: ClassVar[int] = 4

    sample: int = Field(default=SAMPLE, ge=FEWEST, le=5000)
    """Most records per data set; pairs of them are compared, so twice as many take up to four times as long."""
    seed: int = 0
    """Decides the sample and the order in which texts are compressed."""


def measure(cfg: Diversity, *, out: Path, ctx: Context, **sets: Path) -> Metrics:
    """Return the measures of every data set by name: `{"exercises": {"gzip_ratio": 4.9, ...}, ...}`.

    Writes no records. All sets are measured at one number of texts: `cfg.sample`, or the size of the smallest.
    A set of fewer than 50 records has only `num_records`.
    """
    sizes = {name: count(folder) for name, folder in sorted(sets.items())}
    sample = min([cfg.sample, *(size for size in sizes.values() if size >= FEWEST)])
    metrics: Metrics = {}
    for done, (name, size) in enumerate(sizes.items()):
        ctx.progress(Progress(done=done, total=len(sizes), unit="data sets", note=name))
        metrics[name] = {"num_records": size}
        if size >= FEWEST:
            metrics[name] |= diversity_of(read_records(sets[name]), cfg.seed, sample)
    return metrics


def drawn(records: Iterable[Record], size: int, seed: int) -> list[Record]:
    """Return `size` records drawn without replacement, all when there are fewer, in an order of chance.

    Each record is drawn by a hash of its own, so of a data set and of what a gate left of it nearly the same ones
    are drawn: what then differs is the gate's doing. Copies of a text are drawn apart. Memory: the sample and ids.
    """
    copies: Counter[str] = Counter()

    def rank(record: Record) -> bytes:
        id_ = record.id
        copies[id_] += 1
        return shuffled(seed, f"{copies[id_]} {id_}")

    ranked = ((rank(record), i, record) for i, record in enumerate(records))
    return [record for _, _, record in heapq.nsmallest(size, ranked)]


def diversity_of(records: Iterable[Record], seed: int = 0, sample: int = SAMPLE) -> Metrics:
    """Return every measure of at least one record, and `num_sampled`; those that do not apply are left out.

    Of more than `sample` records, so many are drawn by `seed`. The order of `records` does not matter. Compare
    only what was measured at one `num_sampled`. Raises ValueError when no record has any text.
    """
    chosen = drawn(records, sample, seed)
    texts = [record.text for record in chosen]
    words = [words_of(text) for text in texts]
    outlines = [outline_of(record) for record in chosen]
    return {
        "num_sampled": len(texts),
        "gzip_ratio": round(gzip_ratio(texts, seed), 3),
        "distinct_1": round(distinct_n(words, 1), 4),
        "distinct_3": round(distinct_n(words, 3), 4),
        "self_bleu": round(self_bleu(words), 4),
        **_nearest(texts),
        "opening_entropy_bits": round(entropy(Counter(outline.opening for outline in outlines)), 3),
        **_shapes(outline.shape for outline in outlines),
        **_concepts(chosen),
    }


def _nearest(texts: Sequence[str]) -> Metrics:
    nearest = nearest_similarity(texts)
    return {
        "nearest_mean": round(float(nearest.mean()), 4),
        "nearest_median": round(float(np.quantile(nearest, 0.5)), 4),
        "nearest_p90": round(float(np.quantile(nearest, 0.9)), 4),
    }


def _shapes(shapes: Iterable[str]) -> Metrics:
    """Return the share of shapes that are unlike all before them; texts without a function are left out."""
    there = [shape for shape in shapes if shape]
    return {"unique_skeletons": round(len(set(there)) / len(there), 4)} if there else {}


def _concepts(records: Iterable[Record]) -> Metrics:
    counts = concept_counts(records)
    if not counts:
        return {}
    bits = entropy(counts)
    return {
        "num_concepts": len(counts),
        "concept_entropy_bits": round(bits, 3),
        "concept_evenness": round(bits / math.log2(len(counts)), 4) if len(counts) > 1 else 0.0,
    }


def concept_counts(records: Iterable[Record]) -> Counter[str]:
    """Count the concepts of exercises and those of the tag `concept`."""
    counts: Counter[str] = Counter()
    for record in records:
        if record.exercise is not None:
            counts.update(record.exercise.concepts)
        elif concept := record.tags.get("concept"):
            counts[concept] += 1
    return counts


def entropy(counts: Counter[str]) -> float:
    """Return the Shannon entropy of a count, in bits; 0 for an empty one.

    >>> entropy(Counter(a=1, b=1, c=2))
    1.5
    """
    total = counts.total()
    return sum(n / total * math.log2(total / n) for n in counts.values() if n)
