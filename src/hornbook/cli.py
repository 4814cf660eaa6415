"""The `hornbook` command: each subcommand is a few lines over the Python API.

Results go to stdout, progress to stderr. Exit codes: 0 ok, 1 failure, 2 usage, 3 quality gate, 4 budget,
130 interrupted. Heavy imports happen inside the commands, so `hornbook --help` stays under half a second.
"""

from __future__ import annotations

import errno
import signal
import sys
from enum import StrEnum
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from hornbook import __version__
from hornbook.errors import HornbookError, UsageError

if TYPE_CHECKING:
    from hornbook.commands import Chosen

INTERRUPTED = 130
_EXEC_CHECK_EXAMPLE = "Example: [bold]hornbook exec-check samples.jsonl --out checked.jsonl[/bold]"
_GRADE_TESTS_EXAMPLE = "Example: [bold]hornbook grade-tests rows.jsonl --out graded.jsonl[/bold]"

app = typer.Typer(
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    help="Make textbook-quality synthetic data sets, and prove that they teach.\n\n"
    "Start with [bold]hornbook run laptop --size smoke[/bold]: no key, no GPU, no network.",
)


class Size(StrEnum):
    """The one dial of a recipe."""

    smoke = "smoke"
    laptop = "laptop"
    full = "full"


class Engine(StrEnum):
    """Where shards are worked on."""

    inline = "inline"
    processes = "processes"


class Format(StrEnum):
    """How results are printed on stdout."""

    human = "human"
    json = "json"


class Kind(StrEnum):
    """What the offline teacher writes."""

    exercises = "exercises"
    textbooks = "textbooks"


RecipeArgument = Annotated[
    str, typer.Argument(help="Name of a recipe ('laptop'), or 'path/to/file.py:function' for your own.")
]
SizeOption = Annotated[
    Size,
    typer.Option(help="smoke: a minute or two; laptop: about a quarter of an hour; full: about an hour."),
]
OutOption = Annotated[Path | None, typer.Option(help="The run folder. [default: runs/RECIPE-SIZE]")]
SeedOption = Annotated[int, typer.Option(help="Seed of all randomness.")]
SetOption = Annotated[
    list[str] | None,
    typer.Option(
        "--set", metavar="STEP.FIELD=VALUE", help="Change a step's config, e.g. filtered.keep_share=0.2."
    ),
]
BenchmarkOption = Annotated[
    list[str] | None,
    typer.Option(
        "--benchmark", metavar="NAME=PATH", help="A HumanEval- or MBPP-format file: kept out of the data."
    ),
]
RowsArgument = Annotated[Path, typer.Argument(help="A .jsonl or .jsonl.gz file, one row a line.")]
RowsOption = Annotated[Path, typer.Option(help="A new .jsonl file; an interrupted one is continued.")]
WorkersOption = Annotated[int | None, typer.Option(min=1, help="Processes and threads. [default: all cores]")]
FormatOption = Annotated[Format, typer.Option("--format", help="Results for people or for programs.")]
RunArgument = Annotated[Path, typer.Argument(help="A run folder, as `hornbook run` makes it.")]


@app.command()
def run(
    recipe: RecipeArgument,
    size: SizeOption = Size.laptop,
    out: OutOption = None,
    seed: SeedOption = 0,
    set_: SetOption = None,
    benchmark: BenchmarkOption = None,
    workers: WorkersOption = None,
    engine: Annotated[Engine, typer.Option(help="Where shards are worked on.")] = Engine.processes,
    format_: FormatOption = Format.human,
) -> None:
    """Run a recipe, or go on with it: the same command continues after Ctrl-C, a crash or a new setting."""
    from hornbook.commands import run_recipe

    run_recipe(_chosen(recipe, size, out, seed, set_, benchmark), workers, engine.value, format_.value)


@app.command()
def plan(
    recipe: RecipeArgument,
    size: SizeOption = Size.laptop,
    out: OutOption = None,
    seed: SeedOption = 0,
    set_: SetOption = None,
    benchmark: BenchmarkOption = None,
    format_: FormatOption = Format.human,
) -> None:
    """Show what `run` would do: every step's state, what changed, what it cost last time. Spends nothing."""
    from hornbook.commands import plan_recipe

    plan_recipe(_chosen(recipe, size, out, seed, set_, benchmark), format_.value)


@app.command()
def status(run_folder: RunArgument, format_: FormatOption = Format.human) -> None:
    """Show what a run has finished so far, with its numbers."""
    from hornbook.commands import show_status

    show_status(run_folder, format_.value)


@app.command()
def report(run_folder: RunArgument) -> None:
    """Write report.html (one offline file) from a run folder, and print the score table."""
    from hornbook.commands import write_report

    write_report(run_folder)


@app.command()
def show(
    run_folder: RunArgument,
    step: Annotated[str, typer.Argument(help="Name of a step, as `hornbook status` lists them.")],
    count: Annotated[int, typer.Option("-n", min=1, help="How many records.")] = 3,
    rejected: Annotated[
        bool, typer.Option("--rejected", help="Rejected records, with their reasons.")
    ] = False,
    seed: SeedOption = 0,
) -> None:
    """Print some records of a step, drawn by seed."""
    from hornbook.commands import show_records

    show_records(run_folder, step, count, rejected, seed)


@app.command()
def why(
    run_folder: RunArgument,
    record_id: Annotated[str, typer.Argument(help="A record's id, or its first digits.")],
) -> None:
    """Tell a record's whole story: source, teacher, every decision, what was made from it."""
    from hornbook.report.run_folder import open_run
    from hornbook.report.story import story

    typer.echo(story(open_run(run_folder), record_id))


@app.command()
def doctor() -> None:
    """Check this machine: Python, cores, memory, disk, sandbox, compiler, extras."""
    from hornbook.doctor import examine

    findings = list(examine())
    for finding in findings:
        typer.echo(f"{finding.verdict:<5} {finding.what:<12} {finding.detail}")
    if any(finding.verdict == "FAIL" for finding in findings):
        raise typer.Exit(1)


@app.command()
def generate(
    kind: Annotated[Kind, typer.Argument(help="What to write.")],
    count: Annotated[int, typer.Option("-n", min=1, help="How many.")],
    out: Annotated[Path, typer.Option(help="A new .jsonl or .parquet file.")],
    seed: SeedOption = 0,
    check: Annotated[
        bool, typer.Option(help="Execute every record in the sandbox; write what passes.")
    ] = True,
    workers: WorkersOption = None,
) -> None:
    """Let the offline teacher write exercises or textbook pages into one file."""
    from hornbook.commands import generate_file

    generate_file(kind.value, count, out, seed, check, workers)


@app.command()
def complete(
    model: Annotated[Path, typer.Argument(help="A model folder, or a training step of a run.")],
    prompt: Annotated[
        str, typer.Argument(help="Imports, signature and docstring; '-' reads standard input.")
    ],
    max_new_tokens: Annotated[int, typer.Option(min=1)] = 192,
    temperature: Annotated[float, typer.Option(min=0.0, help="0 is greedy.")] = 0.0,
    seed: SeedOption = 0,
) -> None:
    """Print a model's completion of a prompt."""
    from hornbook.commands import complete_prompt

    complete_prompt(model, sys.stdin.read() if prompt == "-" else prompt, max_new_tokens, temperature, seed)


@app.command()
def evaluate(
    model: Annotated[Path, typer.Argument(help="A model folder, or a training step of a run.")],
    benchmark: BenchmarkOption = None,
    k: Annotated[str, typer.Option("-k", help="The k of pass@k, separated by commas.")] = "1",
    samples: Annotated[int, typer.Option(min=1, help="Completions per problem; 1 is greedy.")] = 1,
    temperature: Annotated[float, typer.Option(min=0.0, help="For more than one sample.")] = 0.8,
    seed: SeedOption = 0,
    workers: WorkersOption = None,
    format_: FormatOption = Format.human,
) -> None:
    """Measure a model on the given benchmarks (the ladder when none is given): pass@k and bits per byte."""
    from hornbook.commands import evaluate_model

    ks = tuple(_number(word) for word in k.split(","))
    evaluate_model(
        model, _pairs("--benchmark", benchmark), ks, samples, temperature, seed, workers, format_.value
    )


@app.command(epilog=_EXEC_CHECK_EXAMPLE)
def exec_check(
    file: RowsArgument,
    out: RowsOption,
    workers: WorkersOption = None,
    cpu_seconds: Annotated[
        float, typer.Option(min=0.1, max=3600, help="CPU time of one program; wall time may be 3 times this.")
    ] = 3.0,
    memory_megabytes: Annotated[int, typer.Option(min=64, help="Memory of one program.")] = 512,
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
    from hornbook.commands import check_samples

    check_samples(file, out, workers, cpu_seconds, memory_megabytes, format_.value)


@app.command(epilog=_GRADE_TESTS_EXAMPLE)
def grade_tests(
    file: RowsArgument,
    out: RowsOption,
    mutants: Annotated[
        int, typer.Option(min=1, max=1000, help="Of each solution, at most so many; fewer of long ones.")
    ] = 200,
    inputs: Annotated[
        int,
        typer.Option(
            min=0, max=1000, help="Further inputs tried on mutants that answer the tests' calls right."
        ),
    ] = 32,
    workers: WorkersOption = None,
    cpu_seconds: Annotated[
        float, typer.Option(min=0.1, max=3600, help="CPU time of one solution with all its mutants.")
    ] = 10.0,
    memory_megabytes: Annotated[int, typer.Option(min=64, help="Memory of the same.")] = 512,
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
    should do.

    The same command continues after Ctrl-C or a crash.
    """
    from hornbook.commands import grade_samples

    grade_samples(file, out, workers, (cpu_seconds, memory_megabytes), (mutants, inputs), format_.value)


def _number(word: str) -> int:
    if not word.strip().isdigit() or int(word) < 1:
        raise UsageError(f"-k takes whole numbers from 1 up, separated by commas; {word!r} is not one")
    return int(word)


def _chosen(
    recipe: str,
    size: Size,
    out: Path | None,
    seed: int,
    settings: list[str] | None,
    benchmarks: list[str] | None,
) -> Chosen:
    from hornbook.commands import Chosen

    return Chosen(
        recipe=recipe,
        size=size.value,
        out=out,
        seed=seed,
        settings=_pairs("--set", settings),
        benchmarks={name: Path(path) for name, path in _pairs("--benchmark", benchmarks).items()},
    )


def _pairs(option: str, words: list[str] | None) -> dict[str, str]:
    pairs = {}
    for word in words or []:
        name, equals, value = word.partition("=")
        if not (name and equals and value):
            raise UsageError(f"{option} {word}: write it as name=value")
        if name in pairs:
            raise UsageError(
                f"{option} {name} is given twice; give each benchmark or field one name and value"
            )
        pairs[name] = value
    return pairs


def _version(value: bool) -> None:
    if value:
        typer.echo(f"hornbook {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


def _interrupt(number: int, frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


def main() -> None:
    """Run the command line; every expected failure is one line on stderr and an exit code."""
    signal.signal(signal.SIGTERM, _interrupt)  # a polite kill saves what Ctrl-C saves
    try:
        app(standalone_mode=True)
    except HornbookError as error:
        _fail(str(error), error.exit_code)
    except SystemExit as exit_:
        if exit_.code != INTERRUPTED:  # typer turns Ctrl-C into a silent exit; a person wants to know more
            raise
        _fail("interrupted; everything finished is kept, and the same command continues", INTERRUPTED)
    except OSError as error:
        _fail(_os_error(error), 1)


def _os_error(error: OSError) -> str:
    where = f" ({error.filename})" if error.filename else ""
    if error.errno == errno.ENOSPC:
        return f"the disk is full{where}; free some space, and the same command continues"
    return f"{error.strerror or error}{where}"


def _fail(message: str, code: int) -> NoReturn:
    print(f"hornbook: {message}", file=sys.stderr)
    raise SystemExit(code)
