"""What the commands on files of rows do, apart from how they are typed."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hornbook.commands import context_of, model_folder, print_json, print_table
from hornbook.errors import Interrupted, QualityGate, UsageError
from hornbook.screen import Screen
from hornbook.settings import broken_rule
from hornbook.step import Context

if TYPE_CHECKING:
    from hornbook.quality.decontaminate import Decontaminate
    from hornbook.rows.grade_tests import Grading
    from hornbook.rows.outputs import Outputs
    from hornbook.rows.programs import Counts
    from hornbook.rows.records import RowReader
    from hornbook.sandbox import Limits


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsIn:
    """The files that a command reads, and where their texts are."""

    files: Sequence[Path]
    column: str
    kind: str

    def reader(self, prefer: str = "") -> RowReader:
        """Return how their rows become records; `prefer` names a column of numbers."""
        from hornbook.rows.records import RowReader

        return RowReader(column=self.column, kind=self.kind, prefer=prefer)


def outputs_of(kept: Path, rejected: Path | None) -> Outputs:
    """Return the two files of a command that divides rows; by default `kept.rejected.jsonl` for the second."""
    from hornbook.rows.outputs import Outputs

    return Outputs(kept, rejected or kept.parent / f"{kept.stem}.rejected{kept.suffix}")


@contextlib.contextmanager
def _shown(workers: int | None = None) -> Iterator[Context]:
    """Show progress; turn Ctrl-C into a line that says what a command without a partial file leaves."""
    try:
        with Screen(1) as screen:
            yield replace(context_of(workers, screen), progress=screen.follow)
    except KeyboardInterrupt:
        raise Interrupted("interrupted; nothing was written, and the same command begins again") from None


def dedup_rows(
    rows: RowsIn,
    outputs: Outputs,
    threshold: float | None,
    prefer: str,
    skeleton_cap: int,
    index: Path | None,
    form: str,
) -> None:
    """Divide rows into those that stay and copies, and print how many there are of each."""
    from hornbook.quality.dedup import Dedup
    from hornbook.rows.dedup import dedup_files

    names = ("code_threshold", "textbook_threshold", "exercise_threshold")
    given = {} if threshold is None else dict.fromkeys(names, threshold)
    cfg = Dedup(prefer=prefer, skeleton_cap=skeleton_cap, **given)
    with _shown() as ctx:
        split = dedup_files(rows.files, outputs, rows.reader(prefer), cfg, ctx.progress, index=index)
    if form == "json":
        print_json(split.as_json() | _written(outputs))
        return
    print_table(split.table())
    _print_written(outputs)


def decontaminate_rows(
    rows: RowsIn,
    outputs: Outputs,
    benchmarks: Mapping[str, str],
    settings: Mapping[str, Any],
    model: Path | None,
    workers: int | None,
    form: str,
) -> None:
    """Divide rows by whether they hold benchmark problems; print the stamp and what was found.

    `settings` are fields of Decontaminate, None for its own default. Raises UsageError when there is nothing to
    look for, QualityGate when the stamp is "not decontaminated".
    """
    if not benchmarks:
        raise UsageError(
            "without a benchmark nothing can be kept out: give --benchmark NAME=PATH, as in "
            "--benchmark humaneval=HumanEval.jsonl.gz, once for each"
        )
    from hornbook.rows.decontaminate import decontaminate_files

    cfg = _decontaminate({name: value for name, value in settings.items() if value is not None})
    paths = {name: Path(path) for name, path in benchmarks.items()}
    folder = model and model_folder(model)
    with _shown(workers) as ctx:
        cleaned = decontaminate_files(rows.files, outputs, rows.reader(), paths, cfg, ctx, model=folder)
    if form == "json":
        print_json(cleaned.as_json() | _written(outputs))
    else:
        print_table(cleaned.split.table())
        print_table(cleaned.findings())
        _print_written(outputs)
    if not cleaned.stamp["decontaminated"]:
        raise QualityGate(f"{cleaned.stamp['says']}; the files are written as you allowed it")


def _decontaminate(fields: Mapping[str, Any]) -> Decontaminate:
    """Return the config. Raises UsageError with the option and its value where a rule is broken."""
    from pydantic import ValidationError

    from hornbook.quality.decontaminate import Decontaminate

    try:
        return Decontaminate(**fields)
    except ValidationError as error:
        raise broken_rule(error) from None


def _written(outputs: Outputs) -> dict[str, str]:
    return {"out": str(outputs.kept), "rejected_out": str(outputs.rejected)}


def _print_written(outputs: Outputs) -> None:
    print(f"kept rows in {outputs.kept}, the others with reason and detail in {outputs.rejected}")


def diversity_rows(rows: RowsIn, sample: int, seed: int, form: str) -> None:
    """Print the measures of every file side by side."""
    from hornbook.rows.diversity import diversity_of_files

    with _shown() as ctx:
        varied = diversity_of_files(rows.files, rows.reader(), sample, seed, ctx.progress)
    if form == "json":
        print_json(varied.as_json())
        return
    print_table(varied.table())


def describe_rows(rows: RowsIn, form: str) -> None:
    """Print what stands in every file."""
    from hornbook.rows.describe import describe_files

    with _shown() as ctx:
        described = describe_files(rows.files, rows.column, ctx.progress)
    if form == "json":
        print_json(described.as_json())
        return
    for table in (described.table(), *described.tables_of_columns()):
        print_table(table)


def check_samples(source: Path, out: Path, workers: int | None, limits: tuple[float, int], form: str) -> None:
    """Execute every row of a file, and print how many ended how; `limits`: CPU seconds and megabytes.

    Raises HornbookError when some could not be judged.
    """
    from hornbook.rows.exec_check import check_file

    with _judging("exec-check", workers) as ctx:
        summary = check_file(source, out, _limits(limits), ctx)
    _print_judged(summary, out, f"{summary.verdicts.total():,} rows in {out}", form)


def grade_samples(
    source: Path, out: Path, workers: int | None, limits: tuple[float, int], grading: Grading, form: str
) -> None:
    """Grade the tests of every row; otherwise as `check_samples`."""
    from hornbook.rows.grade_tests import grade_file

    with _judging("grade-tests", workers) as ctx:
        summary = grade_file(source, out, _limits(limits), grading, ctx)
    _print_judged(summary, out, f"rows, survivors and asserts that kill them in {out}", form)


@contextlib.contextmanager
def _judging(command: str, workers: int | None) -> Iterator[Context]:
    """Show progress of a command that goes on after an interrupt."""
    with Screen(1) as screen:
        screen.begin(command)
        yield context_of(workers, screen)


def _limits(of_each: tuple[float, int]) -> Limits:
    from hornbook.sandbox import Limits

    cpu_seconds, memory_megabytes = of_each
    return Limits(cpu_seconds=cpu_seconds, memory_megabytes=memory_megabytes)


def _print_judged(summary: Counts, out: Path, says: str, form: str) -> None:
    from hornbook.rows.programs import refuse_unjudged

    if form == "json":
        print_json(summary.as_json() | {"out": str(out)})
    else:
        print_table(summary.table())
        print(says)
    refuse_unjudged(summary, out)
