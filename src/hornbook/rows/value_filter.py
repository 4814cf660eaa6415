"""What `hornbook train-filter` and `hornbook score` do, on anybody's labelled rows and on any code."""

from __future__ import annotations

import contextlib
import math
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from hornbook.commands import context_of, print_json, print_table
from hornbook.corpus.installed import Installed, collect, find_manifest
from hornbook.errors import Interrupted, UsageError
from hornbook.generation import write_file
from hornbook.record import read_records, write_shard
from hornbook.report.table import Table
from hornbook.rows.given import NOT_JSON, GivenRows, add_rejected, said_without_text
from hornbook.rows.judged import NewColumn, names_of, write_scored
from hornbook.rows.label import move_folder
from hornbook.rows.outputs import Outputs
from hornbook.screen import Screen
from hornbook.step import Context, Metrics
from hornbook.value.agreement import MOST_POINTS
from hornbook.value.classifier import Fit, fit, refuse_model
from hornbook.value.judges import LABEL
from hornbook.value.keeping import Score, score
from hornbook.value.labels import Label, label
from hornbook.writable import refuse_taken

INSTALLED = "python"
"""In the place of labels: code that is installed here, labelled by the offline judge."""
_NUM_INSTALLED = 10_000
_COLUMNS = [NewColumn("value"), NewColumn("value_good")]
_FILES = (".jsonl", ".parquet")
_SHOWN = ("f1", "f1_of_all_good", "precision", "recall", "calibration_error", "threshold")


def train_filter(cfg: Fit, labels: str, out: Path, *, model: Path | None, column: str, form: str) -> None:
    """Train a classifier on labelled rows, a folder of records, or what is installed, and print how good it is.

    Raises UsageError for an `out` that is there already and for rows without labels, QualityGate for too few.
    """
    refuse_taken(out)
    if (model is None) != (cfg.kind == "fast"):
        wanted = (
            "takes no --model"
            if model
            else "needs the folder of a model (`hornbook train` makes one): give --model"
        )
        raise UsageError(f"--kind {cfg.kind} {wanted}")
    refuse_model(cfg, model)
    with tempfile.TemporaryDirectory(prefix="hornbook-") as name, _shown() as ctx:
        place = Path(name)
        rows = None if labels == INSTALLED else GivenRows(Path(labels), column, number=LABEL)
        folder = _installed(place, ctx) if rows is None else _labelled(rows, Path(labels), place)
        fitted = place / "classifier"
        fitted.mkdir()
        metrics = fit(cfg, labels=folder, out=fitted, ctx=ctx, model=model)
        move_folder(fitted, out)
        metrics["num_without_text"] = len(rows.without_text) if rows else 0
        left_out = f"; {said_without_text(rows, 'teach nothing')}" if rows and rows.without_text else ""
    _say(metrics, _SHOWN, f"{out}: score code with `hornbook score FILE --filter {out}`{left_out}", form)


def score_rows(source: Path, folder: Path | None, out: Path, *, column: str, form: str) -> None:
    """Write rows with the columns `value` and `value_good`, or records with these scores.

    Raises UsageError without a filter, and for an `out` that is there already or has another ending.
    """
    if folder is None:
        raise UsageError(
            "no filter: give --filter FOLDER; `hornbook train-filter python --out filter` trains one in a minute"
        )
    refuse_taken(out)
    if out.suffix not in ("", *_FILES):
        raise UsageError(f"--out {out}: name a new folder, or a file that ends in .jsonl or .parquet")
    rows = GivenRows(source, column, names_of(_COLUMNS))
    with tempfile.TemporaryDirectory(prefix="hornbook-") as name, _shown() as ctx:
        corpus = rows.folder(Path(name) / "given")
        scored = Path(name) / "scored"
        scored.mkdir()
        # Nothing is rejected, so the second file stays behind in the temporary folder.
        outputs = Outputs(out, scored / f"none{out.suffix}")
        if out.suffix:
            rows.refuse_unfit(outputs)
        metrics = score(Score(), corpus=corpus, classifier=folder, out=scored, ctx=ctx)
        if not out.suffix:
            add_rejected(scored, rows)
            move_folder(scored, out)
        elif rows.are_others:
            write_scored(source, outputs, read_records(scored), _COLUMNS, rows.without_text)
        else:
            write_file(out, read_records(scored))
        note = f"{out}; {said_without_text(rows, 'have no score')}" if rows.without_text else f"{out}"
    metrics["num_scored"] = metrics.pop("num_kept")
    metrics["num_without_text"] = len(rows.without_text)
    metrics["num_not_json"] = rows.reasons[NOT_JSON]
    _say(metrics, ("num_scored", "num_without_text", "share_called_good", "threshold_of_good"), note, form)


@contextlib.contextmanager
def _shown() -> Iterator[Context]:
    try:
        with Screen(1) as screen:
            yield replace(context_of(1, screen), progress=screen.follow)
    except KeyboardInterrupt:
        raise Interrupted("interrupted; nothing was written, and the same command begins again") from None


def _installed(place: Path, ctx: Context) -> Path:
    cfg = Installed(manifest=find_manifest().digest, num_records=_NUM_INSTALLED)
    for name in ("corpus", "labels"):
        (place / name).mkdir()
    collect(cfg, out=place / "corpus", ctx=ctx)
    label(Label(num_labels=_NUM_INSTALLED), corpus=place / "corpus", out=place / "labels", ctx=ctx)
    return place / "labels"


def _labelled(rows: GivenRows, labels: Path, place: Path) -> Path:
    folder = rows.folder(place / "given")
    labelled = [r for r in read_records(folder) if r.scores.get(LABEL) not in (None, -math.inf)]
    if not labelled:
        raise UsageError(
            f"{labels}: no row has a number in {LABEL!r}; `hornbook label {labels} --out labels` makes them"
        )
    if wrong := next((r for r in labelled if not 0 <= r.scores[LABEL] <= MOST_POINTS), None):
        raise UsageError(
            f"{wrong.source}: {LABEL} is {wrong.scores[LABEL]:g}, and labels go from 0 to {MOST_POINTS}"
        )
    write_shard(place / "labels" / "records" / "00000.parquet", labelled)
    return place / "labels"


def _say(metrics: Metrics, names: tuple[str, ...], note: str, form: str) -> None:
    if form == "json":
        print_json(metrics)
        return
    rows = tuple((name.replace("_", " "), f"{metrics[name]:,}") for name in names if name in metrics)
    print_table(Table(headings=("measure", "value"), rows=rows, notes=(note,)))
