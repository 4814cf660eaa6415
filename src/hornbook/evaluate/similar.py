"""How near each benchmark problem is to the training data: the highest AST match rate with any function.

The measure is phi-1's (section 5): edit distance between syntax trees, blind to names, comments, docstrings.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import ClassVar

import numpy as np
import numpy.typing as npt
import orjson

from hornbook.benchmarks.ladder import read_ladder
from hornbook.benchmarks.readers import read_benchmark
from hornbook.evaluate.near_families import near_families
from hornbook.quality.nearest import shape_of_solution
from hornbook.quality.syntax import F64, function_codes, highest_similarity
from hornbook.record import Record, count, read_records
from hornbook.step import Config, Context, Metrics, Progress


class Similar(Config):
    """No settings: the threshold is applied later, by `compare`."""

    VERSION: ClassVar[int] = 4


def similarity(cfg: Similar, *, ladder: Path, out: Path, ctx: Context, **inputs: Path) -> Metrics:
    """Write `similarity.json`: for every problem and data set, the highest AST match rate, 0 to 1.

    Inputs that are files are benchmarks by name; inputs that are folders are data sets by name. A rate below 0.5
    is written as 0. Metrics: `num_problems`; `share_at_least_0.9` by data set; and `near_families`: for every
    benchmark but the ladder the families of the offline teacher that come near its problems.
    """
    benchmarks = [read_ladder(ladder), *(read_benchmark(n, p) for n, p in inputs.items() if p.is_file())]
    data_sets = {name: path for name, path in inputs.items() if path.is_dir()}
    keys = [f"{b.name}/{p.id}" for b in benchmarks for p in b.problems]
    codes = [shape_of_solution(p) for b in benchmarks for p in b.problems]
    shapes, families = _shapes(list(data_sets.values()), ctx)
    found = _rates(codes, list(data_sets), shapes, ctx)
    rates = {name: [round(float(rate), 4) for rate in best] for name, best in found.items()}
    # The ladder is made of the teacher's own families, so only what others wrote is asked about.
    foreign = [(b.name, [p.id for p in b.problems]) for b in benchmarks[1:]]
    nested = {key: {name: rates[name][i] for name in rates} for i, key in enumerate(keys)}
    (out / "similarity.json").write_bytes(orjson.dumps(nested, option=orjson.OPT_INDENT_2))
    return {
        "num_problems": len(keys),
        "share_at_least_0.9": {
            name: float(np.mean([rate >= 0.9 for rate in values])) for name, values in rates.items()
        },
        "near_families": near_families(
            foreign, codes[len(benchmarks[0].problems) :], families, workers=ctx.workers
        ),
    }


def read_similarity(folder: Path) -> dict[str, dict[str, float]]:
    """Read a finished step: `{"humaneval/HumanEval/0": {"exercises": 0.83, ...}, ...}`."""
    nested: dict[str, dict[str, float]] = orjson.loads((folder / "similarity.json").read_bytes())
    return nested


def _rates(
    codes: Sequence[str], data_sets: Sequence[str], shapes: Mapping[str, int], ctx: Context
) -> dict[str, F64]:
    """Return for each data set the highest similarity of each code; every pair of shapes is compared once."""
    distinct = list(dict.fromkeys(codes))
    best = [np.zeros(len(distinct), dtype=np.float64) for _ in data_sets]
    for holders, alike in _by_holders(shapes).items():
        found = highest_similarity(distinct, alike, workers=ctx.workers)
        for i in range(len(best)):
            if holders >> i & 1:
                best[i] = np.maximum(best[i], found)
    place = {code: i for i, code in enumerate(distinct)}
    places = [place[code] for code in codes]
    return {name: values[places] for name, values in zip(data_sets, best, strict=True)}


def _shapes(folders: Sequence[Path], ctx: Context) -> tuple[dict[str, int], dict[str, str]]:
    """Return every distinct shape of a function with the data sets that hold it, and with a family that has it.

    Of the data sets bit i stands for folder i; a family is known of the offline teacher's records alone.
    A record that several data sets hold (filtered code is raw code) is parsed once. Held in memory: one code of at
    most 1,000 characters for each distinct shape, and 8 bytes of each record's id.
    """
    total = sum(map(count, folders))
    ids = [np.unique(np.fromiter(map(_number, read_records(folder)), np.uint64)) for folder in folders]
    shapes: dict[str, int] = {}
    families: dict[str, str] = {}
    done = 0
    for i, folder in enumerate(folders):
        for record in read_records(folder):
            holders = sum(1 << j for j, known in enumerate(ids) if _holds(known, _number(record)))
            if holders % (1 << i) == 0:  # no earlier data set holds it
                for code in function_codes(record.text):
                    shapes[code] = shapes.get(code, 0) | holders
                    if family := record.tags.get("family", ""):
                        families.setdefault(code, family)
            done += 1
            if done % 1000 == 0:
                ctx.progress(Progress(done=done, total=total, unit="records"))
    return shapes, families


def _number(record: Record) -> np.uint64:
    return np.uint64(int(record.id[:16], 16))


def _holds(ids: npt.NDArray[np.uint64], number: np.uint64) -> bool:
    place = ids.searchsorted(number)
    return bool(place < len(ids) and ids[place] == number)


def _by_holders(shapes: Mapping[str, int]) -> Mapping[int, list[str]]:
    grouped: defaultdict[int, list[str]] = defaultdict(list)
    for code, holders in shapes.items():
        grouped[holders].append(code)
    return grouped
