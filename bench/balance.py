"""What the filter does to the balance of topics, and what filling the thin ones changes; and what topics cost.

Keeps the same share of one corpus with several `least_of_topic`, by one classifier, and prints how many records
that keeps, the entropy of the topics that they show, the share kept of the topics most starved, and what the
judge says of the kept. Give a finished run, whose steps `corpus` and `classifier` are read.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from hornbook.record import read_records
from hornbook.step import Context
from hornbook.value.keeping import Keep, keep
from hornbook.value.scorer import load_scorer
from hornbook.value.topics import masks_of

INLINE = Context(workers=1, engine="inline")
FEWEST = 20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path, help="a run of the laptop recipe")
    parser.add_argument("--classifier", type=Path, help="a classifier's folder, instead of the run's own")
    parser.add_argument("--least", type=float, nargs="*", default=[0.0, 0.1, 0.15, 0.2])
    options = parser.parse_args()
    corpus, classifier = options.run / "corpus", options.classifier or options.run / "classifier"
    cost(corpus, classifier)
    for least in options.least:
        show(corpus, classifier, least)


def cost(corpus: Path, classifier: Path) -> None:
    texts = [record.text for record in read_records(corpus)][:2000]
    model = load_scorer(classifier)
    seconds = []
    for work in (masks_of, model.scores):
        begun = time.process_time()
        work(texts)
        seconds.append(time.process_time() - begun)
    print(f"{len(texts):,} units: topics {seconds[0]:.2f} CPU s, scores {seconds[1]:.2f} CPU s")


def show(corpus: Path, classifier: Path, least: float) -> None:
    with tempfile.TemporaryDirectory() as folder:
        config = Keep(least_of_topic=least)
        metrics = keep(config, corpus=corpus, classifier=classifier, out=Path(folder), ctx=INLINE)
    found = metrics["topics"]
    units, bits, judged = found["num_units"], found["entropy_bits"], metrics["judged"]["kept"]
    counts = {topic: n for topic, n in found["counts"].items() if n["before"] >= FEWEST}
    ranked = sorted(counts, key=lambda topic: counts[topic]["after"] / counts[topic]["before"])
    print(
        f"least {least}: {units['after']:,} of {units['before']:,} kept, "
        f"{units['after'] - units['without_filling']:,} only for a topic; entropy {bits['before']:.3f} -> "
        f"{bits['after']:.3f} bits; judge calls {100 * judged['share_good']:.0f} % of the kept good, mean label "
        f"{judged['mean_label']:.2f}"
    )
    for name, some in (("starved", ranked[:8]), ("favoured", ranked[:-9:-1])):
        shares = [
            f"{t} {100 * counts[t]['after'] / counts[t]['before']:.0f} % of {counts[t]['before']}"
            for t in some
        ]
        print(f"  {name}: " + ", ".join(shares))


if __name__ == "__main__":
    main()
