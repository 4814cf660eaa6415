"""How near each benchmark problem is to the training data: the highest AST match rate with any function.

The measure is phi-1's (section 5): edit distance between syntax trees, blind to names, comments, docstrings.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import orjson

from hornbook.benchmarks.ladder import read_ladder
from hornbook.benchmarks.readers import read_benchmark
from hornbook.quality.syntax import function_codes, highest_similarity
from hornbook.record import count, read_records
from hornbook.step import Config, Context, Metrics, Progress

BATCH = 2000
"""Records coded and compared at a time: bounds memory at about 100 MB."""


class Similar(Config):
    """No settings: the threshold is applied later, by `compare`."""


def similarity(cfg: Similar, *, ladder: Path, out: Path, ctx: Context, **inputs: Path) -> Metrics:
    """Write `similarity.json`: for every problem and data set, the highest AST match rate, 0 to 1.

    Inputs that are files are benchmarks by name; inputs that are folders are data sets by name.
    """
    benchmarks = [read_ladder(ladder), *(read_benchmark(n, p) for n, p in inputs.items() if p.is_file())]
    data_sets = {name: path for name, path in inputs.items() if path.is_dir()}
    keys = [f"{b.name}/{p.id}" for b in benchmarks for p in b.problems]
    codes = [function_codes(p.prompt + p.reference)[-1] for b in benchmarks for p in b.problems]
    total = sum(count(path) for path in data_sets.values())
    done = 0
    rates: dict[str, list[float]] = {}
    for name, path in data_sets.items():
        best = np.zeros(len(codes), dtype=np.float32)
        for batch in _batches(path):
            best = np.maximum(best, highest_similarity(codes, batch, workers=ctx.workers))
            done += BATCH
            ctx.progress(Progress(done=min(done, total), total=total, unit="records"))
        rates[name] = [round(float(rate), 4) for rate in best]
    nested = {key: {name: rates[name][i] for name in rates} for i, key in enumerate(keys)}
    (out / "similarity.json").write_bytes(orjson.dumps(nested, option=orjson.OPT_INDENT_2))
    return {
        "num_problems": len(keys),
        "share_at_least_0.9": {
            name: float(np.mean([rate >= 0.9 for rate in values])) for name, values in rates.items()
        },
    }


def read_similarity(folder: Path) -> dict[str, dict[str, float]]:
    """Read a finished step: `{"humaneval/HumanEval/0": {"exercises": 0.83, ...}, ...}`."""
    nested: dict[str, dict[str, float]] = orjson.loads((folder / "similarity.json").read_bytes())
    return nested


def _batches(folder: Path) -> Iterator[Sequence[str]]:
    codes: list[str] = []
    for i, record in enumerate(read_records(folder), start=1):
        codes.extend(function_codes(record.text))
        if i % BATCH == 0:
            yield codes
            codes = []
    yield codes
