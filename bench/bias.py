"""What a filter falls for, and whether training on changed copies cures it.

Fits the default classifier once for each set of augmentations on the same labels, and prints how well it does on
held-out files and how far each probe moves its scores (mean change, mean absolute change, decisions that flip),
and the same of the judge. Intervals are of the bootstrap. Without labels, code of the installed interpreter is
collected and labelled first.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from hornbook.corpus.installed import Installed, collect, find_manifest
from hornbook.step import Context, Metrics
from hornbook.value.changes import CHANGES, Change
from hornbook.value.classifier import Fit, fit
from hornbook.value.labels import Label, label

INLINE = Context(workers=1, engine="inline")
SETS: tuple[Mapping[Change, float], ...] = (
    {},
    {"comments_and_docstrings": 1.0},
    {"comments_and_docstrings": 1.0, "names": 1.0},
    {"comments_and_docstrings": 1.0, "names": 1.0, "whitespace": 1.0},
    {"comments_and_docstrings": 3.0},
    {"docstrings": 1.0},
    {"names": 1.0},
    {"whitespace": 1.0},
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--labels", type=Path, help="records with scores['value_label'] (a folder)")
    parser.add_argument("--corpus", type=Path, help="records to label (a folder)")
    parser.add_argument("--units", type=int, default=6000, help="units to collect and to label")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        labels = options.labels or labelled(Path(folder), options.corpus, options.units)
        print("| trained on copies of other | F1 | CPU s | " + " | ".join(CHANGES) + " |")
        for augmentations in SETS:
            print(measured(labels, augmentations, Path(folder)), flush=True)


def labelled(folder: Path, corpus: Path | None, num_units: int) -> Path:
    corpus, labels = corpus or collected(folder / "corpus", num_units), folder / "labels"
    labels.mkdir()
    label(Label(num_labels=num_units), corpus=corpus, out=labels, ctx=INLINE)
    return labels


def collected(corpus: Path, num_units: int) -> Path:
    corpus.mkdir()
    manifest = find_manifest(["python"])
    config = Installed(packages=("python",), manifest=manifest.digest, num_records=num_units)
    collect(config, out=corpus, ctx=INLINE)
    return corpus


def measured(labels: Path, augmentations: Mapping[Change, float], folder: Path) -> str:
    begun = time.process_time()
    metrics = fit(Fit(augmentations=augmentations), labels=labels, out=folder, ctx=INLINE)
    seconds = time.process_time() - begun
    named = ", ".join(f"{change} {weight:g}" for change, weight in augmentations.items()) or "nothing"
    cells = [shown(metrics["probes"][change]) for change in CHANGES]
    if not augmentations:
        print("judge: " + " | ".join(f"{c} {shown(metrics['probes'][c]['beside'])}" for c in CHANGES))
    return f"| {named} | {metrics['f1']:.3f} | {seconds:.1f} | " + " | ".join(cells) + " |"


def shown(moves: Metrics) -> str:
    change, size, flips = (moves[key] for key in ("mean_change", "mean_absolute_change", "share_flipped"))
    return (
        f"{change['mean']:+.2f} [{change['low']:+.2f}, {change['high']:+.2f}], {size['mean']:.2f}, "
        f"{100 * flips['mean']:.0f} % [{100 * flips['low']:.0f}, {100 * flips['high']:.0f}]"
    )


if __name__ == "__main__":
    main()
