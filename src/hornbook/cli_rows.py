"""The commands on files of rows that anybody made, as they are typed; `cli` puts them beside its own."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hornbook.cli_options import (
    BenchmarkOption,
    CpuSecondsOption,
    Format,
    FormatOption,
    MemoryOption,
    SeedOption,
    WorkersOption,
    begins_anew,
    pairs_of,
)

if TYPE_CHECKING:
    from hornbook.rows.commands import RowsIn


class RowKind(StrEnum):
    """What rows are, for the rules that differ."""

    code = "code"
    textbook = "textbook"
    exercise = "exercise"


JudgedArgument = Annotated[Path, typer.Argument(help="Programs and tests: .jsonl, .jsonl.gz or .parquet.")]
JudgedOption = Annotated[
    Path, typer.Option(help="A new .jsonl or .parquet file; an interrupted one is continued.")
]
FilesArgument = Annotated[
    list[Path], typer.Argument(metavar="FILE", help="One or more: .jsonl, .jsonl.gz or .parquet.")
]
KeptOption = Annotated[Path, typer.Option("--out", metavar="KEPT", help="A new .jsonl or .parquet file.")]
RejectedOption = Annotated[
    Path | None,
    typer.Option(metavar="REJECTED", help="The same, for the other rows.", show_default="KEPT.rejected"),
]
ColumnOption = Annotated[
    str,
    typer.Option(metavar="NAME", help="The column that holds the text.", show_default="told by the names"),
]
KindOption = Annotated[
    RowKind | None,
    typer.Option(
        help="textbook: pages of one teacher share a frame, which does not count; exercise: a function.",
        show_default="exercise for rows with entry_point, else code",
    ),
]
ThresholdOption = Annotated[
    float | None,
    typer.Option(
        min=0.5,
        max=1,
        help="Share of the runs of five tokens of two rows that both have: from here on, one of them goes. "
        "Below 0.7 some are missed: 2 in 100 at 0.6, 16 in 100 at 0.5.",
        show_default="0.7, exercises 0.8",
    ),
]
PreferOption = Annotated[
    str, typer.Option(metavar="COLUMN", help="A column of numbers: of copies, the highest stays.")
]
SkeletonCapOption = Annotated[
    int, typer.Option(min=0, help="Most rows that may share one syntax tree, names and values aside; 0: any.")
]
IndexOption = Annotated[
    Path | None,
    typer.Option(
        metavar="DIR", help="A folder that remembers what stays: compare with it, and add to it. May be new."
    ),
]
ChannelsOption = Annotated[
    str, typer.Option(help="What to compare, separated by commas; embedding needs --model.")
]
SimilarOption = Annotated[
    float | None,
    typer.Option(
        metavar="TAU", help="Also reject rows with a syntax tree so like a solution's: 0.95 to 0.8."
    ),
]
NearOption = Annotated[
    float | None,
    typer.Option(
        metavar="DISTANCE", help="Also reject rows whose embedding is so near to a problem's: 0 to 2."
    ),
]
ModelOption = Annotated[
    Path | None, typer.Option(help="A model folder or a training step of a run, for embedding.")
]
SkippedOption = Annotated[
    int,
    typer.Option(
        min=0,
        metavar="N",
        help="Rows of a benchmark that may be unreadable: files are written, but the exit code stays 3.",
    ),
]


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    examples: dict[Callable[..., None], str] = {
        dedup: "dedup part1.jsonl part2.parquet --out unique.jsonl",
        decontaminate: "decontaminate rows.jsonl --benchmark humaneval=HumanEval.jsonl.gz --out clean.jsonl",
        exec_check: "exec-check samples.jsonl --out checked.jsonl",
        grade_tests: "grade-tests rows.jsonl --out graded.jsonl",
        diversity: "diversity mine.jsonl theirs.parquet",
        stats: "stats rows.parquet",
    }
    for command, example in examples.items():
        app.command(
            epilog=f"Example: [bold]hornbook {example}[/bold]", rich_help_panel="Commands on any file of rows"
        )(command if command in (exec_check, grade_tests) else begins_anew(command))


def dedup(
    files: FilesArgument,
    out: KeptOption,
    rejected: RejectedOption = None,
    column: ColumnOption = "",
    kind: KindOption = None,
    threshold: ThresholdOption = None,
    prefer: PreferOption = "",
    skeleton_cap: SkeletonCapOption = 0,
    index: IndexOption = None,
    format_: FormatOption = Format.human,
) -> None:
    """Remove copies and near-copies, each with the row that stays and the overlap.

    Files are read one after another; of rows that are alike the first stays.

    [bold]The text[/bold] of a row is in text, content or code; or in prompt with completion,
    solution, canonical_solution, response, output or code; or in messages;
    or in the column that --column names.

    Kept rows are as they were: the same bytes of a line, the same columns of
    a Parquet row. The others gain [bold]reason[/bold] (exact_duplicate, near_duplicate,
    skeleton_cap, no_text) and [bold]detail[/bold] (of which line, and how alike).

    Both files are whole or not there; after Ctrl-C or a crash the same
    command begins again.
    """
    from hornbook.rows.commands import dedup_rows, outputs_of

    rows, outputs = _rows(files, column, kind), outputs_of(out, rejected)
    dedup_rows(rows, outputs, threshold, prefer, skeleton_cap, index, format_.value)


def decontaminate(
    files: FilesArgument,
    out: KeptOption,
    benchmark: BenchmarkOption = None,
    rejected: RejectedOption = None,
    column: ColumnOption = "",
    kind: KindOption = None,
    channels: ChannelsOption = "words,code,ast",
    exclude_similar: SimilarOption = None,
    exclude_near: NearOption = None,
    model: ModelOption = None,
    allow_skipped: SkippedOption = 0,
    workers: WorkersOption = None,
    format_: FormatOption = Format.human,
) -> None:
    """Remove rows that hold a benchmark's statements, or its solutions renamed.

    [bold]--benchmark[/bold] names a HumanEval- or MBPP-format file; once for each.

    [bold]The text[/bold] of a row is found as for dedup: text, content or code; prompt with
    completion, solution, canonical_solution, response, output or code;
    messages; or --column.

    Rejected rows gain [bold]reason[/bold] (benchmark_prompt, benchmark_solution,
    benchmark_identical, ast_similar, embedding_near, no_text) and [bold]detail[/bold]: problem, overlap,
    excerpt. Kept rows are as they were.

    The channels [bold]words[/bold] and [bold]code[/bold] find copies; ast and embedding measure
    likeness, and reject only from a threshold on. Copies of the problems are planted in memory, and
    how many are found again is printed.

    [bold]Exit code 3[/bold] and no file: a benchmark or a channel could not be used whole or
    planted copies were missed, so nothing may be called decontaminated.
    """
    from hornbook.rows.commands import decontaminate_rows, outputs_of

    settings = {
        "channels": tuple(word.strip() for word in channels.split(",")),
        "exclude_similar": exclude_similar,
        "exclude_near": exclude_near,
        "allow_skipped": allow_skipped,
    }
    rows, benchmarks = _rows(files, column, kind), pairs_of("--benchmark", benchmark)
    decontaminate_rows(rows, outputs_of(out, rejected), benchmarks, settings, model, workers, format_.value)


def diversity(
    files: FilesArgument,
    column: ColumnOption = "",
    kind: KindOption = None,
    sample: Annotated[
        int, typer.Option(min=50, max=5000, help="Rows of each file that are looked at.")
    ] = 1000,
    seed: SeedOption = 0,
    format_: FormatOption = Format.human,
) -> None:
    """Measure how varied texts are: n-grams, neighbours, openings, shapes.

    Several files stand side by side, all measured on as many rows as the
    smallest has, since every measure depends on that number. What each one
    says stands below the table. The text of a row is found as for dedup.
    """
    from hornbook.rows.commands import diversity_rows

    diversity_rows(_rows(files, column, kind), sample, seed, format_.value)


def stats(files: FilesArgument, column: ColumnOption = "", format_: FormatOption = Format.human) -> None:
    """Describe files: columns, types, nulls, lengths, exact copies, licences.

    Each file is read once and never held in memory. The text of a row is
    found as for dedup.

    [bold]exact copies[/bold] are rows whose text stands in an earlier row of the file;
    [bold]parses as Python[/bold] is the share of 1,000 rows, drawn, whose whole text is a
    program.
    """
    from hornbook.rows.commands import describe_rows

    describe_rows(_rows(files, column, None), format_.value)


def exec_check(
    file: JudgedArgument,
    out: JudgedOption,
    workers: WorkersOption = None,
    cpu_seconds: CpuSecondsOption = 3.0,
    memory_megabytes: MemoryOption = 512,
    format_: FormatOption = Format.human,
) -> None:
    """Execute every row's program against the row's own tests, and write verdicts.

    [bold]completion[/bold], else solution, canonical_solution or code:
    the program, either whole or the rest of the function in [bold]prompt[/bold].

    [bold]test[/bold] and [bold]entry_point[/bold]: HumanEval format, the test defines check(candidate).

    [bold]test_list[/bold] or tests: MBPP format, asserts; test_imports and test_setup_code
    run before them.

    Every row keeps its columns and gains verdict, detail, level, lane, seconds.
    Only the verdict [bold]pass[/bold] means that the program ran and its tests held. A row
    without a needed column is [bold]skipped[/bold], and its detail names the column.

    The same command continues after Ctrl-C or a crash.
    """
    from hornbook.rows.commands import check_samples

    check_samples(file, out, workers, (cpu_seconds, memory_megabytes), format_.value)


def grade_tests(
    file: JudgedArgument,
    out: JudgedOption,
    mutants: Annotated[
        int, typer.Option(min=1, max=1000, help="Of each solution, at most so many; fewer of long ones.")
    ] = 200,
    inputs: Annotated[
        int,
        typer.Option(
            min=0, max=1000, help="Further inputs tried on mutants that answer the tests' calls right."
        ),
    ] = 32,
    sample: Annotated[
        float,
        typer.Option(min=0.0001, max=1, help="Share of rows to grade, drawn by a hash of what they hold."),
    ] = 1.0,
    workers: WorkersOption = None,
    cpu_seconds: CpuSecondsOption = 10.0,
    memory_megabytes: MemoryOption = 512,
    format_: FormatOption = Format.human,
) -> None:
    """Grade every row's tests: how many small mistakes in the row's own solution do they notice?

    Columns as for exec-check (HumanEval or MBPP format); the program has to be right.

    [bold]kill_rate[/bold] is the share of mutants (an operator, constant, boundary or condition
    changed, a statement left out, two arguments exchanged) that fail the tests. Mutants that
    answer as the solution does on every input tried count neither way.

    [bold]survivors[/bold] are the mistakes that the tests let pass; [bold]more_tests[/bold] are asserts
    that hold for the solution and would have caught them: read them before you add them, as
    they state what the solution does here (sets have a fixed order), which may not be what it
    should do. [bold]weak[/bold] names trivial functions that pass (return None, the first argument,
    the first expected value).

    The same command continues after Ctrl-C or a crash.
    """
    from hornbook.rows.commands import grade_samples
    from hornbook.rows.grade_tests import Grading

    grading = Grading(mutants=mutants, inputs=inputs, sample=sample)
    grade_samples(file, out, workers, (cpu_seconds, memory_megabytes), grading, format_.value)


def _rows(files: list[Path], column: str, kind: RowKind | None) -> RowsIn:
    from hornbook.rows.commands import RowsIn

    return RowsIn(files=files, column=column, kind=kind.value if kind else "")
