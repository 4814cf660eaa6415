"""What sampling buys: F1 of the default classifier by how its labels were drawn, at equal numbers of labels.

    python bench/labels.py [--units 5000] [--first 300] [--more 600] [--seeds 4] [--begin 100]

The offline judge knows every label of a corpus of installed code. A fifth of its files is held out. From the rest
`first` labels are drawn evenly and a classifier is fitted; then `more` are drawn evenly, near its threshold, from
strata of its score or of the packages, a classifier is fitted to all of them, and both are measured on the units
held out. The share of good units is told from each second sample alone, raw and weighed by the chances. Seeds 0 to
5 chose the width in `value/sampling.py`; so these begin elsewhere.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import fmean, stdev

import numpy as np

from hornbook.corpus.installed import Installed, collect, find_manifest
from hornbook.record import Record, read_records, write_shard
from hornbook.step import Context
from hornbook.value.classifier import Fit, fit
from hornbook.value.judges import LABEL
from hornbook.value.labels import Label, label
from hornbook.value.measuring import quality
from hornbook.value.sampling import Sample, draw_sample, weighed_share
from hornbook.value.scorer import load_scorer

INLINE = Context(workers=1, engine="inline")
SECOND = {
    "uniform": {},
    "uncertain": {"sampling": "uncertain"},
    "stratified by value": {"sampling": "stratified", "stratify_by": "value"},
    "stratified by source": {"sampling": "stratified"},
}


def main() -> None:
    """Print a row for each way to draw the second part of the labels."""
    options = argparse.ArgumentParser()
    for name, default in (("units", 5000), ("first", 300), ("more", 600), ("seeds", 4), ("begin", 100)):
        options.add_argument(f"--{name}", type=int, default=default)
    args = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        records = labelled(folder, args.units)
        files = sorted({file_of(record) for record in records})
        out = set(files[::5])
        held_out = [record for record in records if file_of(record) in out]
        pool = [record for record in records if file_of(record) not in out]
        good = fmean(record.scores[LABEL] >= 3 for record in pool)
        print(f"{len(pool):,} units to draw from, {100 * good:.1f} % good; {len(held_out):,} held out")
        print(
            f"{'second sample':<22}{'F1 before':>12}{'F1 after':>12}{'sd':>8}{'good, raw':>12}{'weighed':>10}"
        )
        for how, fields in SECOND.items():
            runs = [
                measured(folder, pool, held_out, args.first, args.more, seed, fields)
                for seed in range(args.begin, args.begin + args.seeds)
            ]
            before, after, raw, weighed = (fmean(column) for column in zip(*runs, strict=True))
            spread = stdev(run[1] for run in runs)
            print(
                f"{how:<22}{before:>12.3f}{after:>12.3f}{spread:>8.3f}{100 * raw:>11.1f}%{100 * weighed:>9.1f}%"
            )


def labelled(folder: Path, num_units: int) -> list[Record]:
    """Return the units of a corpus with the offline judge's labels."""
    cfg = Installed(manifest=find_manifest().digest, num_records=num_units)
    for name in ("corpus", "all"):
        (folder / name).mkdir()
    collect(cfg, out=folder / "corpus", ctx=INLINE)
    label(Label(num_labels=num_units), corpus=folder / "corpus", out=folder / "all", ctx=INLINE)
    return list(read_records(folder / "all"))


def file_of(record: Record) -> str:
    """Return the file that a unit stands in."""
    return record.source.partition(":")[0]


def measured(
    folder: Path,
    pool: Sequence[Record],
    held_out: Sequence[Record],
    num_first: int,
    num_more: int,
    seed: int,
    fields: dict[str, str],
) -> tuple[float, float, float, float]:
    """Return F1 with the first labels, with all of them, and the share of good ones that the second part tells."""
    first = drawn(folder, pool, Sample(num_labels=num_first, seed=seed))
    before = f1(folder, [record for record, _ in first], held_out)
    taken = {id(record) for record, _ in first}
    rest = [record for record in pool if id(record) not in taken]
    more = drawn(folder, rest, Sample(num_labels=num_more, seed=seed, **fields))
    after = f1(folder, [record for record, _ in [*first, *more]], held_out)
    held = [record.scores[LABEL] >= 3 for record, _ in more]
    weighed = weighed_share(held, [chance for _, chance in more])
    return before, after, fmean(held), weighed or 0.0


def drawn(folder: Path, pool: Sequence[Record], cfg: Sample) -> list[tuple[Record, float]]:
    """Draw from the pool, with the classifier of the last `f1`."""
    write_shard(folder / "pool" / "records" / "00000.parquet", pool)
    chances = draw_sample(cfg, folder / "pool", folder / "filter", INLINE)
    return [(pool[place], chance) for place, chance in chances.items()]


def f1(folder: Path, records: Sequence[Record], held_out: Sequence[Record]) -> float:
    """Fit a classifier to labelled records and return its F1 on others."""
    write_shard(folder / "labels" / "records" / "00000.parquet", records)
    fit(Fit(), labels=folder / "labels", out=folder / "filter", ctx=INLINE)
    model = load_scorer(folder / "filter")
    scores = model.scores([record.text for record in held_out])
    labels = np.array([record.scores[LABEL] for record in held_out])
    found: float = quality(scores, labels, model.threshold)["f1"]
    return found


if __name__ == "__main__":
    main()
