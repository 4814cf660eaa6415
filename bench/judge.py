"""Fit the offline judge again to the readings, and say how well it foretells those of files it did not see.

    python bench/judge.py                 prints figures of files that the fit did not see
    python bench/judge.py --write FILE    and writes what ships as src/hornbook/value/judge.npz

The packages that the gold set names must be installed, in its versions.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from hornbook.value.fitted_judge import Reading, fit_judge
from hornbook.value.gold import load_gold
from hornbook.value.measuring import best_threshold, f1
from hornbook.value.rubric import GOOD


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--write", type=Path, help="where the fitted judge goes")
    asked = parser.parse_args()
    gold = load_gold("tuning")
    print(f"{len(gold.units):,} readings, missing {gold.missing or 'none'}")
    readings = [Reading(text=u.text, file=u.file, label=u.label, reader=u.reader) for u in gold.units]
    fitted, sums = fit_judge(readings)
    good = np.array([reading.label >= GOOD for reading in readings])
    parts = {
        "read twice": np.array([len(unit.readings) > 1 for unit in gold.units]),
        "read once, knowing what was settled": np.array(
            [len(unit.readings) == 1 and unit.reader == 0 for unit in gold.units]
        ),
        "read once": np.array([unit.reader > 0 for unit in gold.units]),
    }
    for name, among in parts.items():
        called = sums[among] >= best_threshold(sums[among], good[among])
        found = f1(called, good[among], np.ones(among.sum()))
        print(
            f"{name}: {among.sum()} units, {good[among].mean():.1%} good; F1 {found:.3f} at their best threshold"
        )
    if asked.write:
        asked.write.write_bytes(fitted.to_bytes())


if __name__ == "__main__":
    main()
