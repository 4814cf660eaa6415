"""What the commands on corpora do, apart from how they are typed."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import orjson
from pydantic import ValidationError
from rich.markup import escape

from hornbook.commands import context_of, print_json, print_table
from hornbook.corpus.gather import Gather, gather
from hornbook.corpus.importable import STAGE, Importable, importable, is_lifted
from hornbook.corpus.statistics import statistics_of
from hornbook.errors import HornbookError, Interrupted, QualityGate, SandboxUnavailable, UsageError
from hornbook.pool import write_atomically
from hornbook.record import read_rejected, shards, write_shard
from hornbook.report.table import Table
from hornbook.run import hold
from hornbook.screen import Screen
from hornbook.settings import broken_rule
from hornbook.step import Context, Metrics, read_step
from hornbook.writable import refuse_taken

_ABOUT = "corpus.json"
"""In the folder: the config and the metrics. Its partial form has the config alone."""

_LOCK = ".lock"
_NOTED = ("num_read_by_source", "commits", "files_left_out")
"""Metrics of `gather` that records do not tell."""
_TABLES = (
    ("licence", "licenses"),
    ("unit", "units"),
    ("rejected because", "reasons"),
    ("replaced", "redactions"),
    ("encoding", "encodings"),
    ("source", "top_sources"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Adding:
    """A corpus that is wanted."""

    cfg: Gather
    out: Path
    runs: bool = True
    """Whether definitions that should be self-contained are run once in the sandbox."""

    @classmethod
    def of(cls, asked: Mapping[str, Any], out: Path, *, runs: bool = True) -> Adding:
        """Return what the command line says. Raises UsageError with the option whose value breaks a rule."""
        refuse_taken(out)
        try:
            cfg = Gather(**asked)
        except ValidationError as error:
            raise broken_rule(error, {"licenses": "--license"}) from None
        if not runs and cfg.lifting != "self_contained":
            raise UsageError(
                f"--no-run leaves out what is run of --lifting self_contained; with --lifting {cfg.lifting} "
                "nothing is run: leave it out, or lift self_contained"
            )
        return cls(cfg=cfg, out=out, runs=runs)

    @property
    def partial(self) -> Path:
        """Where the corpus is built until it is whole."""
        return self.out.with_name(f".{self.out.name}.partial")

    @property
    def imported(self) -> Path:
        """Where it is built once more, of what ran in the sandbox."""
        return self.partial / "imported"


def add_to_corpus(adding: Adding, workers: int | None, form: str) -> None:
    """Gather a corpus into its folder, which appears when it is whole, and print what it holds.

    Raises UsageError for sources that do not exist, QualityGate when nothing is kept, Interrupted on Ctrl-C.
    """
    try:
        with _only_one(adding), Screen(1) as screen:
            _begin(adding)
            ctx = replace(context_of(workers, screen), progress=screen.follow)
            metrics = gather(adding.cfg, out=adding.partial, ctx=ctx)
            if adding.runs and adding.cfg.lifting == "self_contained":
                metrics |= _run_lifted(adding, ctx)
            elif adding.imported.exists():  # of an attempt that was to run them
                shutil.rmtree(adding.imported)
            _finish(adding, metrics)
    except KeyboardInterrupt:
        raise Interrupted(f"interrupted; {_left(adding)}") from None
    _print(adding.out, metrics, form)


def _run_lifted(adding: Adding, ctx: Context) -> Metrics:
    """Make the corpus again of the definitions that run at import; what fails is rejected beside the rest."""
    try:
        ran = importable(Importable(), corpus=adding.partial, out=adding.imported, ctx=ctx, runs=is_lifted)
    except SandboxUnavailable as error:
        raise SandboxUnavailable(
            f"{error}; or give --no-run, and definitions are lifted and not run"
        ) from error
    for shard in shards(adding.partial, "rejected"):
        both = adding.imported / "rejected" / shard.name
        # Those of this stage alone: an attempt that was killed may have written both here.
        failed = [one for one in read_rejected(both) if one.stage == STAGE] if both.exists() else []
        write_shard(both, [*read_rejected(shard), *failed], rejected=True)
    if not ran["num_kept"]:
        raise QualityGate(f"the corpus is empty: none of {ran['num_in']:,} units runs ({ran['reasons']})")
    counted = statistics_of(adding.imported).as_metrics()
    kept = {"num_kept": counted["num_records"], "num_rejected": counted["num_rejected"]}
    return (
        counted | kept | {"num_failed_at_import": ran["num_rejected"], "sandbox_level": ran["sandbox_level"]}
    )


def _finish(adding: Adding, metrics: Metrics) -> None:
    """Give the corpus its name."""
    folder = adding.imported if adding.imported.exists() else adding.partial
    about = {"config": adding.cfg.model_dump(mode="json"), "metrics": metrics}
    write_atomically(folder / _ABOUT, orjson.dumps(about, option=orjson.OPT_INDENT_2))
    (adding.partial / _LOCK).unlink()
    folder.replace(adding.out)
    shutil.rmtree(adding.partial, ignore_errors=True)


def show_statistics(folder: Path, form: str) -> None:
    """Print what a folder of records holds. Raises UsageError when it holds none."""
    _print(folder, statistics_of(folder).as_metrics() | _noted(folder), form)


def _noted(folder: Path) -> Metrics:
    """Return what was said of the sources when they were read, which no record says. Raises UsageError."""
    about = folder / _ABOUT
    try:
        metrics = orjson.loads(about.read_bytes())["metrics"] if about.exists() else _of_step(folder)
        return {name: metrics[name] for name in _NOTED if name in metrics}
    except (orjson.JSONDecodeError, KeyError, TypeError) as error:
        raise UsageError(
            f"{about} is not as `corpus add` wrote it ({error!r}); remove it, or add anew"
        ) from None


def _of_step(folder: Path) -> Metrics:
    step = read_step(folder)
    return {} if step is None else step.metrics


@contextlib.contextmanager
def _only_one(adding: Adding) -> Iterator[None]:
    """Hold the partial folder; it goes where it holds nothing yet, or can never become a corpus."""
    adding.partial.mkdir(parents=True, exist_ok=True)
    with (adding.partial / _LOCK).open("w") as lock:
        hold(lock, f"writing {str(adding.out)!r}")
        try:
            yield
        except (UsageError, QualityGate):
            shutil.rmtree(adding.partial)
            raise
        except HornbookError as error:
            raise HornbookError(f"{error}; {_left(adding)}") from error
        finally:
            if adding.partial.exists() and not _has_begun(adding):
                shutil.rmtree(adding.partial)


def _has_begun(adding: Adding) -> bool:
    return any((adding.partial / "counts").glob("*"))


def _left(adding: Adding) -> str:
    """Say what an attempt that did not end well leaves behind."""
    if _has_begun(adding):
        return f"what was read is kept in {adding.partial}, and the same command goes on with it"
    return "nothing was written, and the same command begins again"


def _begin(adding: Adding) -> None:
    """Mark whose the partial folder is, and empty it where another config or version began it."""
    asked = orjson.dumps({"version": Gather.VERSION, "config": adding.cfg.model_dump(mode="json")})
    mark = adding.partial / _ABOUT
    if mark.exists() and mark.read_bytes() == asked:
        return
    for part in ("records", "rejected", "counts", adding.imported.name):
        shutil.rmtree(adding.partial / part, ignore_errors=True)
    write_atomically(mark, asked)


def _print(folder: Path, metrics: Metrics, form: str) -> None:
    if form == "json":
        print_json({"folder": str(folder)} | metrics)
        return
    print(
        f"{folder}: {metrics['num_records']:,} records, {metrics['megabytes']:,.2f} MB, "
        f"{metrics['num_rejected']:,} rejected"
    )
    if failed := metrics.get("num_failed_at_import"):
        print(f"{failed:,} of them failed when they were run once in the sandbox, as an import would")
    for word, commit in metrics.get("commits", {}).items():
        print(f"{word}: commit {commit}")
    for title, name in _TABLES:
        _print_counts(title, metrics[name])
    for word, left_out in metrics.get("files_left_out", {}).items():
        _print_counts(f"left out of {word}", left_out)


def _print_counts(title: str, counts: Mapping[str, int]) -> None:
    if counts:
        rows = tuple((escape(key), f"{number:,}") for key, number in counts.items())
        print_table(Table(headings=(escape(title), "number"), rows=rows, notes=()))
