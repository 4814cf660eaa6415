"""The value filter's figures: F1 and calibration on the gold set, files a second, memory, comments stripped.

    python bench/value.py gold [--model FOLDER]   trains on offline labels of files that the gold set has none of
    python bench/value.py speed                   against one hashing of the same texts, and against ast.parse
    python bench/value.py memory                  peak at 20,000 and at 200,000 files
    python bench/value.py                         all

A model's folder (`hornbook train`) adds phi-1's forest and the linear head. Seconds are CPU seconds of one core.
"""

from __future__ import annotations

import argparse
import ast
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from hornbook.corpus.installed import Installed, collect, find_manifest
from hornbook.draw import rng
from hornbook.record import Record, read_records, write_shard
from hornbook.step import Context, Metrics
from hornbook.value.changes import Change
from hornbook.value.classifier import Fit, fit
from hornbook.value.fitted_judge import shipped_judge
from hornbook.value.gold import Gold, agreement, gold_units, load_gold, measure_on_gold
from hornbook.value.keeping import scored
from hornbook.value.labels import Label, label
from hornbook.value.probes import probe
from hornbook.value.scorer import Scorer, load_scorer

NUM_UNITS = 24_000
LONGEST_FILE = 8_000
NUM_TIMED = 2_000
INLINE = Context(workers=1, engine="inline", log=lambda line: None)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("parts", nargs="*", default=["gold", "speed", "memory"])
    parser.add_argument("--model", type=Path, help="a transformer's folder, for the forest and the head")
    parser.add_argument("--keep", type=Path, help="a folder for what is trained, instead of a temporary one")
    parser.add_argument("--count", type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = asked.keep or Path(name)
        scorer = trained(folder, "fast", None)
        if asked.count:
            score_many(scorer, asked.count)
            return
        if "gold" in asked.parts:
            gold_part(folder, scorer, asked.model)
        if "speed" in asked.parts:
            speed_part(scorer)
        if "memory" in asked.parts:
            memory_part(folder)


def trained(folder: Path, kind: str, model: Path | None) -> Scorer:
    """Return a classifier trained on offline labels of installed code, of files without a gold unit."""
    out = folder / kind
    if not (out / "classifier.json").exists():
        labels = folder / "labels"
        if not (labels / "records").exists():
            label_installed(folder, labels)
        out.mkdir()
        metrics = fit(Fit.model_validate({"kind": kind}), labels=labels, out=out, ctx=INLINE, model=model)
        print(
            f"{kind}: {metrics['num_train']:,} labels; against the judge on {metrics['num_held_out']:,} held-out "
            f"units F1 {metrics['f1']:.3f} (all good {metrics['f1_of_all_good']:.3f}), "
            f"ECE {metrics['calibration_error']:.3f}"
        )
    return load_scorer(out)


def label_installed(folder: Path, labels: Path) -> None:
    read = {unit.file for unit in gold_units()}
    for name in ("corpus", "training", "labels"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    cfg = Installed(manifest=find_manifest().digest, num_records=NUM_UNITS)
    collect(cfg, out=folder / "corpus", ctx=INLINE)
    records = [r for r in read_records(folder / "corpus") if r.source.partition(":")[0] not in read]
    write_shard(folder / "training" / "records" / "00000.parquet", records)
    label(Label(num_labels=len(records)), corpus=folder / "training", out=labels, ctx=INLINE)


def gold_part(folder: Path, scorer: Scorer, model: Path | None) -> None:
    gold = load_gold("test")
    read_twice = agreement(gold.units)
    print(f"\ngold set, test part: {len(gold.units)} units, missing {gold.missing or 'none'}")
    print(
        f"readers (language models): F1 of one against the other {read_twice['f1_of_readers']:.3f}: the ceiling"
    )
    judge = shipped_judge()
    show("offline judge", measure_on_gold(lambda texts: calls(judge.judge(texts)[1]), gold))
    scorers = {"fast": scorer}
    if model is not None:
        scorers |= {kind: trained(folder, kind, model) for kind in ("forest", "head")}
    for name, of in scorers.items():
        show(name, measure_on_gold(lambda texts, of=of: predicted(of, texts), gold))
        show_probes(probe(of, [unit.text for unit in gold.units]))
    show_baselines(gold, scorer)


def show_probes(found: Mapping[Change, Metrics]) -> None:
    for change, of in found.items():
        moved = of["mean_change"]
        print(
            f"  {change.replace('_', ' ')} changed: the score moves by",
            f"{moved['mean']:+.3f} of 5 [{moved['low']:+.3f}, {moved['high']:+.3f}] over {of['num_probed']},",
            f"{of['mean_absolute_change']['mean']:.3f} without sign, {of['share_flipped']['mean']:.1%} flip",
        )


def calls(chances: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return chances, chances >= 0.5


def predicted(scorer: Scorer, texts: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    scores = scorer.scores(texts)
    return scorer.chance(scores), scores >= scorer.threshold


def show(name: str, metrics: Metrics) -> None:
    for heading, of in (("as drawn", metrics), ("weighted", metrics.get("weighted"))):
        if of:
            print(
                f"{name}, {heading}: F1 {of['f1']:.3f} [{of['f1_low']:.3f}, {of['f1_high']:.3f}], precision "
                f"{of['precision']:.3f}, recall {of['recall']:.3f}, ECE {of['calibration_error']:.3f}; all good "
                f"{of['f1_of_all_good']:.3f}, share good {of['share_good']:.3f}"
            )


def show_baselines(gold: Gold, scorer: Scorer) -> None:
    metrics = measure_on_gold(lambda texts: predicted(scorer, texts), gold)
    print(
        f"baselines: all good F1 {metrics['f1_of_all_good']:.3f}, docstring words per line F1 "
        f"{metrics['f1_of_docstring_ratio']:.3f} (its threshold is the best for these very labels)"
    )


def files_of_code() -> Iterator[Path]:
    files = list(find_manifest().files)
    rng(0, "bench value/files").shuffle(files)
    return (file.path for file in files if file.num_bytes <= LONGEST_FILE)


def speed_part(scorer: Scorer) -> None:
    from sklearn.feature_extraction.text import HashingVectorizer

    paths = [path for path, _ in zip(files_of_code(), range(NUM_TIMED), strict=False)]
    texts = [path.read_text(errors="replace") for path in paths]
    print(
        f"\n{len(texts):,} files of at most {LONGEST_FILE:,} bytes, "
        f"{sum(map(len, texts)) / len(texts):,.0f} characters each"
    )
    ways: dict[str, Callable[[], object]] = {
        "scored by the default, reading included": lambda: score_files(scorer, paths),
        "hashing words alone (2**18, scikit-learn)": lambda: HashingVectorizer(n_features=2**18).transform(
            texts
        ),
        "ast.parse alone": lambda: [parsed(text) for text in texts],
    }
    rates = {}
    for name, way in ways.items():
        rates[name] = max(len(texts) / seconds_of(way) for _ in range(3))
        print(f"{name}: {rates[name]:,.0f} files a CPU second")
    ours, hashing, parsing = rates.values()
    print(f"ratio to hashing {ours / hashing:.2f}, to ast.parse {ours / parsing:.2f}")


def score_files(scorer: Scorer, paths: Sequence[Path]) -> None:
    for i in range(0, len(paths), 256):
        scorer.scores([path.read_text(errors="replace") for path in paths[i : i + 256]])


def parsed(text: str) -> ast.AST | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return ast.parse(text)
        except SyntaxError:
            return None


def seconds_of(way: Callable[[], object]) -> float:
    begun = time.process_time()
    way()
    return time.process_time() - begun


def memory_part(folder: Path) -> None:
    print()
    for count in (20_000, 200_000):
        command = [sys.executable, __file__, "--keep", str(folder), "--count", str(count)]
        print(subprocess.run(command, check=True, capture_output=True, text=True).stdout, end="")


def score_many(scorer: Scorer, count: int) -> None:
    """Score so many different texts in a stream, and print the peak of this process's memory."""
    begun = time.process_time()
    done = sum(1 for _ in scored(scorer, different(count)))
    # ru_maxrss would count the process that started this one.
    status = Path("/proc/self/status").read_text()
    peak = int(status.partition("VmHWM:")[2].split()[0]) / 1024
    print(f"{done:,} files: peak {peak:,.0f} MiB, {time.process_time() - begun:.0f} CPU seconds")


def different(count: int) -> Iterator[Record]:
    texts = [path.read_text(errors="replace") for path, _ in zip(files_of_code(), range(500), strict=False)]
    for i in range(count):
        # New names in every file: a memory of tokens seen would grow with each.
        text = texts[i % len(texts)][:1500] + f"\nname_{i} = other_{i}({i})\n"
        yield Record(text=text, kind="code", source=f"file {i}", license="unknown")


if __name__ == "__main__":
    main()
