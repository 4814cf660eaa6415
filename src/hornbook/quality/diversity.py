"""How varied a data set is, before and after each gate. Measures only, no filter.

Such measures depend on how long texts are and how many (arxiv.org/abs/2507.15092), so data sets are measured at
one number of texts, that of the smallest, and each measure looks at a fixed length (repetition.py). Entropies are
Shannon's, in bits.
"""

from __future__ import annotations

import ast
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import ClassVar

import numpy as np
from pydantic import Field

from hornbook.draw import rng
from hornbook.quality.contamination import words_of
from hornbook.quality.repetition import distinct_n, gzip_ratio, nearest_similarity, self_bleu
from hornbook.quality.syntax import function_codes, node_types, parsed
from hornbook.record import Record, count, read_records
from hornbook.step import Config, Context, Metrics, Progress

SAMPLE = 1000
FEWEST = 50
"""Records below which a data set is not measured: every other set would have to be cut down to it."""
_OPENING_WORDS = 3
_OPENING_CHARACTERS = 400

MEASURES: Mapping[str, tuple[str, str]] = {
    "gzip_ratio": (
        "gzip ratio",
        "Size over compressed size of the first 400 characters of each text; lower is more varied, "
        "functions of the standard library score 3.2.",
    ),
    "distinct_1": (
        "distinct words",
        "Share of words that are different among 5,000 in a row; higher is more varied.",
    ),
    "distinct_3": (
        "distinct 3-grams",
        "Share of runs of three words that are different among 5,000 in a row; higher is more varied.",
    ),
    "self_bleu": (
        "self-BLEU",
        "How much of the first 40 words of a text stands in the other texts, in runs of one to four words; "
        "lower is more varied.",
    ),
    "nearest_mean": (
        "nearest, mean",
        "Overlap of a text with the one most like it, as the share of runs of five tokens that both hold; "
        "lower is more varied.",
    ),
    "nearest_median": ("nearest, median", "The same overlap: half of the texts have more."),
    "nearest_p90": ("nearest, highest tenth", "The same overlap: one text in ten has more."),
    "opening_entropy_bits": (
        "openings, bits",
        "Variety of the first three words of a docstring or page; higher is more varied.",
    ),
    "unique_skeletons": (
        "new shapes",
        "Share of functions, the first of each text, whose syntax tree is new, names and values aside; "
        "higher is more varied.",
    ),
    "num_concepts": ("concepts", "Number of different concepts that the texts teach; higher is more varied."),
    "concept_entropy_bits": (
        "concepts, bits",
        "Variety of the concepts; higher is more varied. Real code names no concepts.",
    ),
    "concept_evenness": (
        "concepts, evenness",
        "The same as a share of what equally frequent concepts would give; 1 is perfectly even.",
    ),
}
"""Every measure that `diversity_of` may return, in the order to show: a short heading, and what it says."""


class Diversity(Config):
    """How much is looked at."""

    VERSION: ClassVar[int] = 2

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
            metrics[name] |= diversity_of(sampled(sets[name], sample, cfg.seed), cfg.seed)
    return metrics


def sampled(folder: Path, size: int, seed: int) -> list[Record]:
    """Return `size` records of a step's folder drawn without replacement, in order; all when there are fewer."""
    total = count(folder)
    chosen = set(rng(seed, "diversity sample").sample(range(total), min(size, total)))
    return [record for i, record in enumerate(read_records(folder)) if i in chosen]


def diversity_of(records: Sequence[Record], seed: int = 0, sample: int = SAMPLE) -> Metrics:
    """Return every measure of at least one record, and `num_sampled`; those that do not apply are left out.

    Of more than `sample` records, so many are drawn by `seed`. The order of `records` does not matter. Compare
    only what was measured at one `num_sampled`. Raises ValueError when no record has any text.
    """
    chosen = sorted(records, key=lambda record: (record.text, record.kind))
    chosen = rng(seed, "diversity").sample(chosen, min(sample, len(chosen)))
    texts = [record.text for record in chosen]
    return {
        "num_sampled": len(texts),
        "gzip_ratio": round(gzip_ratio(texts, seed), 3),
        "distinct_1": round(distinct_n(texts, 1), 4),
        "distinct_3": round(distinct_n(texts, 3), 4),
        "self_bleu": round(self_bleu(texts), 4),
        **_nearest(texts),
        "opening_entropy_bits": round(opening_entropy(chosen), 3),
        "unique_skeletons": round(unique_skeletons(chosen), 4),
        **_concepts(chosen),
    }


def _nearest(texts: Sequence[str]) -> Metrics:
    nearest = nearest_similarity(texts)
    return {
        "nearest_mean": round(float(nearest.mean()), 4),
        "nearest_median": round(float(np.quantile(nearest, 0.5)), 4),
        "nearest_p90": round(float(np.quantile(nearest, 0.9)), 4),
    }


def unique_skeletons(records: Iterable[Record]) -> float:
    """Return the share of functions whose syntax tree (names and values aside) is unlike all before it.

    One function of each record, so that sets of pages and of functions compare: the one that an exercise asks for,
    the first of any other text. Records without a function are left out.
    """
    codes = [code for record in records if (code := _skeleton(record))]
    return len(set(codes)) / len(codes) if codes else 0.0


def _skeleton(record: Record) -> str:
    if record.exercise is not None:
        return node_types(record.text, record.exercise.entry_point)
    return next(iter(function_codes(record.text)), "")


def opening_entropy(records: Iterable[Record]) -> float:
    """Return the entropy, in bits, of the first three words that each record says: docstring, or first prose."""
    return entropy(Counter(" ".join(words_of(_opening(record))[:_OPENING_WORDS]) for record in records))


def _opening(record: Record) -> str:
    if record.kind == "textbook":
        lines = record.text.split("\n")
        return next((line for line in lines if line.strip() and not line.startswith("#")), "")
    tree = parsed(record.text)
    for node in ast.walk(tree) if tree else ():
        if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Module) and (doc := ast.get_docstring(node)):
            return doc
    return record.text[:_OPENING_CHARACTERS]


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
