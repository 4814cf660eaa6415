"""How varied a data set is: compression, distinct n-grams, distinct shapes, and how its texts open.

Measures only, no filter. gzip ratio is how often a text repeats what the texts around it say: at level 6 over
400 characters of each of 2,000 shuffled texts, standard-library functions give 3.1 and a naive generator 5.5
(lower is more varied). The others are Li et al. 2016 (distinct-n, arxiv.org/abs/1510.03055) and Shannon
entropies in bits.
"""

from __future__ import annotations

import ast
import math
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from pydantic import Field

from hornbook.draw import rng
from hornbook.quality.contamination import words_of
from hornbook.quality.syntax import function_codes, node_types, parsed
from hornbook.record import Record, count, read_records
from hornbook.step import Config, Context, Metrics, Progress

GZIP_TEXTS = 2000
GZIP_CHARACTERS = 400
_LEVEL = 6


class Diversity(Config):
    """How much is looked at."""

    sample: int = Field(default=5000, ge=1)
    """Records per data set; all measures depend on the number of texts, so data sets compare at one number."""
    seed: int = 0
    """Decides the sample and the order in which texts are compressed."""


def measure(cfg: Diversity, *, out: Path, ctx: Context, **sets: Path) -> Metrics:
    """Return the measures of every data set by name: `{"exercises": {"gzip_ratio": 4.9, ...}, ...}`.

    Writes no records. A data set without records has only `num_records`.
    """
    metrics: Metrics = {}
    for done, (name, folder) in enumerate(sorted(sets.items())):
        ctx.progress(Progress(done=done, total=len(sets), unit="data sets", note=name))
        metrics[name] = {"num_records": count(folder)}
        if records := sampled(folder, cfg.sample, cfg.seed):
            metrics[name] |= diversity_of(records, cfg.seed)
    return metrics


def sampled(folder: Path, size: int, seed: int) -> list[Record]:
    """Return `size` records of a step's folder drawn without replacement, in order; all when there are fewer."""
    total = count(folder)
    chosen = set(rng(seed, "diversity sample").sample(range(total), min(size, total)))
    return [record for i, record in enumerate(read_records(folder)) if i in chosen]


def diversity_of(records: Sequence[Record], seed: int = 0) -> Metrics:
    """Return every measure of at least one record; those that do not apply are left out."""
    texts = [record.text for record in records]
    found: Metrics = {
        "num_sampled": len(records),
        "gzip_ratio": round(gzip_ratio(texts, seed), 3),
        "distinct_1": round(distinct_n(texts, 1), 4),
        "distinct_3": round(distinct_n(texts, 3), 4),
        "opening_entropy_bits": round(opening_entropy(records), 3),
        "unique_skeletons": round(unique_skeletons(records), 4),
    }
    if any(record.exercise is not None or "concept" in record.tags for record in records):
        found["concept_entropy_bits"] = round(concept_entropy(records), 3)
    return found


def gzip_ratio(texts: Sequence[str], seed: int = 0) -> float:
    """Return plain over compressed size of the first 400 characters of at most 2,000 shuffled texts.

    1 and a little less for noise; the same text again and again gives up to about 1,000. Needs a text.
    """
    chosen = list(texts)
    rng(seed, "gzip ratio").shuffle(chosen)
    plain = "".join(text[:GZIP_CHARACTERS] for text in chosen[:GZIP_TEXTS]).encode("utf-8", "replace")
    if not plain:
        raise ValueError("gzip_ratio needs at least one text that is not empty")
    compressor = zlib.compressobj(_LEVEL, wbits=31)  # 31: gzip's own header
    return len(plain) / len(compressor.compress(plain) + compressor.flush())


def distinct_n(texts: Iterable[str], n: int) -> float:
    """Return the share of word n-grams that are different, 0 to 1; 0 when there is no n-gram.

    >>> distinct_n(["the cat sat", "the cat ran"], 2)
    0.75
    """
    total = 0
    seen: set[tuple[str, ...]] = set()
    for text in texts:
        words = words_of(text)
        grams = list(zip(*(words[i:] for i in range(n)), strict=False))
        total += len(grams)
        seen.update(grams)
    return len(seen) / total if total else 0.0


def unique_skeletons(records: Iterable[Record]) -> float:
    """Return the share of functions whose syntax tree (names and values aside) is unlike all before it."""
    codes: list[str] = []
    for record in records:
        if record.exercise is not None:
            codes.append(node_types(record.text, record.exercise.entry_point))
        else:
            codes.extend(function_codes(record.text))
    codes = [code for code in codes if code]
    return len(set(codes)) / len(codes) if codes else 0.0


def opening_entropy(records: Iterable[Record], num_words: int = 3) -> float:
    """Return the entropy, in bits, of the first words of what each record says: docstring, or first prose."""
    return entropy(Counter(" ".join(words_of(_opening(record))[:num_words]) for record in records))


def _opening(record: Record) -> str:
    if record.kind == "textbook":
        lines = record.text.split("\n")
        return next((line for line in lines if line.strip() and not line.startswith("#")), "")
    tree = parsed(record.text)
    for node in ast.walk(tree) if tree else ():
        if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Module) and (doc := ast.get_docstring(node)):
            return doc
    return record.text[:GZIP_CHARACTERS]


def concept_entropy(records: Iterable[Record]) -> float:
    """Return the entropy, in bits, of the concepts of exercises and of the tag `concept`."""
    counts: Counter[str] = Counter()
    for record in records:
        if record.exercise is not None:
            counts.update(record.exercise.concepts)
        elif concept := record.tags.get("concept"):
            counts[concept] += 1
    return entropy(counts)


def entropy(counts: Counter[str]) -> float:
    """Return the Shannon entropy of a count, in bits; 0 for an empty one.

    >>> entropy(Counter(a=1, b=1, c=2))
    1.5
    """
    total = counts.total()
    return sum(n / total * math.log2(total / n) for n in counts.values() if n)
