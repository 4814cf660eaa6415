"""The gold set: units of installed code that were read and labelled by the rubric, and measures against them.

Labelled by language models that read each unit (no person did): the test part, and the part of the tuning part
whose ids begin with g, twice and independently (quadratic kappa .90; of "3 or more" .83), disagreements resolved
by a third reading; the rest of the tuning part once, by twelve readers of whom nine had seen what others
had settled. The texts are not shipped: each is lifted again from the installed package that it names, and counts
when its hash is the one that was read.
"""

from __future__ import annotations

import hashlib
import importlib.util
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from typing import Literal

import numpy as np
import numpy.typing as npt
import orjson

from hornbook.corpus.manifest import PACKAGES, Manifest, SourceFile, find_manifest
from hornbook.corpus.units import Candidate, Module, NotPython, Unit
from hornbook.errors import QualityGate
from hornbook.step import Metrics
from hornbook.value.calibration import calibration
from hornbook.value.facts import find_facts
from hornbook.value.measuring import best_threshold, f1, interval, ratio
from hornbook.value.rubric import GOOD

Floats = npt.NDArray[np.float64]
Part = Literal["tuning", "test"]
Predict = Callable[[Sequence[str]], tuple[Floats, npt.NDArray[np.bool_]]]
"""Returns, for texts, the chance that each is good and whether it is called so."""

_FILE = "gold.jsonl"
_LONGEST_FILE = 4000
"""Characters at which the whole files of the set were cut, at a top-level boundary."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldUnit:
    """One labelled unit."""

    id: str
    file: str
    """Name and version of the package, and the file in it: "cpython-3.11.7/Lib/heapq.py"."""
    name: str
    """Qualified name in the module; empty for a file, cut at 4,000 characters."""
    kind: str
    digest: str
    """blake2b of the text, 32 hex digits."""
    part: Part
    label: int
    readings: tuple[int, ...]
    """What each reader gave, before disagreements were resolved."""
    reader: int
    """0 where the reader knew how strict others had been, or two agreed; else a number for each other reader."""
    weight: float | None
    """How much more often its like is among all installed units than in this set; None where that is not known."""
    text: str = ""
    """Empty until it is lifted."""

    @property
    def root(self) -> str:
        """Name and version of the package."""
        return self.file.partition("/")[0]


@dataclass(frozen=True, slots=True)
class Gold:
    """The units of a part whose texts were found, and the number that were not, by package and version."""

    units: tuple[GoldUnit, ...]
    missing: dict[str, int]


def gold_units() -> list[GoldUnit]:
    """Return the whole set as it ships, without texts."""
    lines = files("hornbook.value").joinpath(_FILE).read_bytes().splitlines()
    rows = [orjson.loads(line) for line in lines]
    known = GoldUnit.__dataclass_fields__.keys()
    return [
        GoldUnit(
            **{k: v for k, v in row.items() if k in known and k != "readings"},
            readings=tuple(row["readings"]),
        )
        for row in rows
    ]


def load_gold(part: Part) -> Gold:
    """Lift a part's texts from what is installed. Raises QualityGate when none of them is there."""
    wanted = [unit for unit in gold_units() if unit.part == part]
    by_file: defaultdict[str, list[GoldUnit]] = defaultdict(list)
    for unit in wanted:
        by_file[unit.file].append(unit)
    found = {unit.id: unit for unit in _lifted(find_manifest(PACKAGES), by_file)}
    missing = Counter(unit.root for unit in wanted if unit.id not in found)
    if not found:
        raise QualityGate(
            f"none of the gold set's {len(wanted)} units is installed; it is of {', '.join(sorted(missing))}"
        )
    return Gold(tuple(found[unit.id] for unit in wanted if unit.id in found), dict(sorted(missing.items())))


def _lifted(manifest: Manifest, by_file: dict[str, list[GoldUnit]]) -> Iterator[GoldUnit]:
    for file in manifest.files:
        wanted = by_file.get(file.name, [])
        texts = _texts(file, {unit.name for unit in wanted}) if wanted else {}
        for unit in wanted:
            if unit.digest in texts:
                yield replace(unit, text=texts[unit.digest])


def _texts(file: SourceFile, names: Collection[str]) -> dict[str, str]:
    """Return the units of a file that have one of these names, and its head, by the hash of their text."""
    try:
        module = Module(importlib.util.decode_source(file.path.read_bytes()), file.package)
    except (NotPython, UnicodeDecodeError, SyntaxError):
        return {}
    chosen = [candidate for candidate in module.candidates() if candidate.name in names]
    units = [unit for candidate in chosen if (unit := _lift(module, candidate))]
    units += [unit for unit in [module.head(_LONGEST_FILE)] if unit]
    return {hashlib.blake2b(u.text.encode(), digest_size=16).hexdigest(): u.text for u in units}


def _lift(module: Module, candidate: Candidate) -> Unit | None:
    try:
        return module.lift(candidate)
    except NotPython:
        return None


def measure_on_gold(predict: Predict, gold: Gold) -> Metrics:
    """Compare calls with the labels: F1 with its 95 % interval, beside calling all good and docstrings alone.

    Everything twice: over the units as they are (the set was enriched with units that a judge called good), and,
    under `weighted`, with each counted as often as its like is installed.
    """
    chances, called = predict([unit.text for unit in gold.units])
    good = np.array([unit.label >= GOOD for unit in gold.units])
    metrics = _measured(chances, called, good, np.ones(len(good))) | {"num_units": len(good)}
    metrics["f1_of_docstring_ratio"] = _f1_of_docstrings(gold, good)
    if all(unit.weight is not None for unit in gold.units):
        weights = np.array([unit.weight for unit in gold.units], dtype=np.float64)
        metrics["weighted"] = _measured(chances, called, good, weights)
    return metrics


def _measured(
    chances: Floats, called: npt.NDArray[np.bool_], good: npt.NDArray[np.bool_], weights: Floats
) -> Metrics:
    hits = weights[called & good].sum()
    error, curve = calibration(chances, good.astype(np.float64), weights)
    everything = np.ones(len(good), dtype=bool)
    low, high = interval(lambda i: f1(called[i], good[i], weights[i]), len(good))
    return {
        "f1": round(f1(called, good, weights), 4),
        "f1_low": low,
        "f1_high": high,
        "precision": ratio(hits, weights[called].sum()),
        "recall": ratio(hits, weights[good].sum()),
        "share_good": ratio(weights[good].sum(), weights.sum()),
        "f1_of_all_good": round(f1(everything, good, weights), 4),
        "calibration_error": error,
        "calibration": curve,
    }


def _f1_of_docstrings(gold: Gold, good: npt.NDArray[np.bool_]) -> float:
    """Return the F1 of words in docstrings per line of code, at the threshold that is best for it here."""
    facts = [find_facts(unit.text) for unit in gold.units]
    ratios = np.array([of.num_doc_words / max(of.num_code_lines, 1) for of in facts])
    threshold = best_threshold(ratios, good.astype(np.float64))
    return round(f1(ratios >= threshold, good, np.ones(len(good))), 4)


def agreement(units: Sequence[GoldUnit]) -> Metrics:
    """Return how far the two readers of a set agree: the F1 of one against the other is a classifier's ceiling."""
    pairs = [unit.readings[:2] for unit in units if len(unit.readings) >= 2]
    first, second = (np.array([pair[k] for pair in pairs]) >= GOOD for k in (0, 1))
    return {
        "num_read_twice": len(pairs),
        "f1_of_readers": round(f1(first, second, np.ones(len(pairs))), 4),
        "share_agreed": ratio(int((first == second).sum()), len(pairs)),
    }
