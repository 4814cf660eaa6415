"""The `hornbook` command: each subcommand is a few lines over the Python API.

Results go to stdout, progress to stderr. Exit codes: 0 ok, 1 failure, 2 usage, 3 quality gate, 4 budget,
130 interrupted. Heavy imports happen inside the commands, so `hornbook --help` stays under half a second.
"""

from __future__ import annotations

import errno
import signal
import sys
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from hornbook import (
    __version__,
    cli_ask,
    cli_corpus,
    cli_curriculum,
    cli_filter,
    cli_journal,
    cli_models,
    cli_rows,
    cli_teacher,
    cli_value,
)
from hornbook.cli_options import (
    BenchmarkOption,
    Engine,
    Format,
    FormatOption,
    ModelFormat,
    Precision,
    SeedOption,
    Size,
    WorkersOption,
    pairs_of,
    with_options,
)
from hornbook.cli_teacher import JOURNAL, TEACHER_PANEL, LeastReadOption, TeacherOptions
from hornbook.errors import HornbookError, UsageError

if TYPE_CHECKING:
    from hornbook.commands import Chosen

INTERRUPTED = 130

app = typer.Typer(
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    help="Make textbook-quality synthetic data sets, and prove that they teach.\n\n"
    "Start with [bold]hornbook run laptop --size smoke[/bold]: no key, no GPU, no network.",
)


RecipeArgument = Annotated[
    str,
    typer.Argument(
        help="Name of a recipe ('laptop', 'filter_effect'), or 'path/to/file.py:function' for your own."
    ),
]
SizeOption = Annotated[
    Size,
    typer.Option(help="smoke: a minute or two; laptop: about a quarter of an hour; full: about an hour."),
]
OutOption = Annotated[Path | None, typer.Option(help="The run folder.", show_default="runs/RECIPE-SIZE")]
SetOption = Annotated[
    list[str] | None,
    typer.Option(
        "--set", metavar="STEP.FIELD=VALUE", help="Change a step's config, e.g. filtered.keep_share=0.2."
    ),
]
ExcludeSimilarOption = Annotated[
    float | None,
    typer.Option(
        min=0.5,
        max=1.0,
        metavar="TAU",
        help="Drop textbooks and exercises whose syntax tree matches a problem's at this rate or more, e.g. 0.9.",
        show_default="none is dropped",
    ),
]
RunArgument = Annotated[Path, typer.Argument(help="A run folder, as `hornbook run` makes it.")]


@app.command()
@with_options
def run(
    recipe: RecipeArgument,
    size: SizeOption = Size.laptop,
    out: OutOption = None,
    seed: SeedOption = 0,
    set_: SetOption = None,
    benchmark: BenchmarkOption = None,
    exclude_similar: ExcludeSimilarOption = None,
    workers: WorkersOption = None,
    engine: Annotated[Engine, typer.Option(help="Where shards are worked on.")] = Engine.processes,
    format_: FormatOption = Format.human,
    least_read: LeastReadOption = 0.2,
    *,
    asked: TeacherOptions,
) -> None:
    """Run a recipe, or go on with it: the same command continues after Ctrl-C, a crash or a new setting."""
    from hornbook.commands import run_recipe

    chosen = _chosen(recipe, size, out, seed, set_, benchmark, exclude_similar)
    access = asked.access(
        journal=chosen.root.parent / ".journal",
        ledger=chosen.root / "ledger.jsonl",
        least_read=least_read,
    )
    run_recipe(replace(chosen, access=access), workers, engine.value, format_.value)


@app.command()
@with_options
def plan(
    recipe: RecipeArgument,
    size: SizeOption = Size.laptop,
    out: OutOption = None,
    seed: SeedOption = 0,
    set_: SetOption = None,
    benchmark: BenchmarkOption = None,
    exclude_similar: ExcludeSimilarOption = None,
    format_: FormatOption = Format.human,
    preview: Annotated[
        bool,
        typer.Option(
            "--preview",
            rich_help_panel=TEACHER_PANEL,
            help="Ask for 20 answers of each step, and pay for them, to say what all of them will cost.",
        ),
    ] = False,
    *,
    asked: TeacherOptions,
) -> None:
    """Show what `run` would do: every step's state, what changed, what it cost last time. Spends nothing.

    With --teacher it says what the answers will cost, where the journal has some to tell from.
    """
    from hornbook.planning import plan_recipe

    chosen = _chosen(recipe, size, out, seed, set_, benchmark, exclude_similar)
    access = asked.access(journal=chosen.root.parent / ".journal", ledger=chosen.root / "ledger.jsonl")
    if preview and access is None:
        raise UsageError("--preview asks a teacher behind an endpoint: give --teacher URL")
    plan_recipe(replace(chosen, access=access), format_.value, pay=preview)


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
@with_options
def doctor(
    refresh: Annotated[
        bool, typer.Option("--refresh", help="Measure the endpoint again, whatever is known of it.")
    ] = False,
    format_: FormatOption = Format.human,
    *,
    asked: TeacherOptions,
) -> None:
    """Check this machine; with --teacher an endpoint: what it really can do, how fast, how many calls at once.

    An endpoint is asked some thirty times, once: what was measured is kept beside the journal, and `run` and
    `generate` take their concurrency from it.
    """
    if asked.teacher is None:
        _check_machine(format_)
    else:
        from hornbook.checkup import check_endpoint, only_model

        address = asked.address(asked.teacher)
        model = asked.model or only_model(asked.endpoint(address, "unknown"))
        endpoint = asked.endpoint(address, model)
        check_endpoint(endpoint, asked.journal or JOURNAL, asked.budget(model), refresh, format_.value)


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
def export(
    model: Annotated[Path, typer.Argument(help="A model folder, or a training step of a run.")],
    format_: Annotated[
        ModelFormat,
        typer.Option(
            "--format",
            help="gguf: one file for llama.cpp and Ollama; hf: a folder for transformers and vLLM.",
        ),
    ],
    out: Annotated[Path, typer.Option(help="A new file (.gguf) or folder.")],
    precision: Annotated[Precision, typer.Option(help="q8_0 is for gguf alone.")] = Precision.f32,
) -> None:
    """Write a trained model for other programs to serve."""
    from hornbook.commands import export_folder, export_gguf

    if format_ is ModelFormat.gguf:
        export_gguf(model, out, precision.value)
    else:
        export_folder(model, out, precision.value)


@app.command()
def serve(
    model: Annotated[Path, typer.Argument(help="A model folder, or a training step of a run.")],
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one.")] = 8000,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    name: Annotated[
        str | None, typer.Option(help="The model's name for clients.", show_default="the folder's")
    ] = None,
    threads: Annotated[int | None, typer.Option(min=1, show_default="all cores")] = None,
) -> None:
    """Serve a model to OpenAI clients (completions and chat completions) until Ctrl-C."""
    from hornbook.commands import serve_model

    serve_model(model, name, host, port, threads)


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
        model, pairs_of("--benchmark", benchmark), ks, samples, temperature, seed, workers, format_.value
    )


def _check_machine(format_: Format) -> None:
    from hornbook.commands import print_json
    from hornbook.doctor import examine

    findings = list(examine())
    if format_ is Format.json:
        print_json(findings)
    else:
        for finding in findings:
            typer.echo(f"{finding.verdict:<5} {finding.what:<12} {finding.detail}")
    if any(finding.verdict == "FAIL" for finding in findings):
        raise typer.Exit(1)


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
    exclude_similar: float | None = None,
) -> Chosen:
    from hornbook.commands import Chosen

    return Chosen(
        recipe=recipe,
        size=size.value,
        out=out,
        seed=seed,
        settings=pairs_of("--set", settings),
        benchmarks={name: Path(path) for name, path in pairs_of("--benchmark", benchmarks).items()},
        exclude_similar=exclude_similar,
    )


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


cli_teacher.register(app)
cli_ask.register(app)
cli_journal.register(app)
cli_models.register(app)
cli_curriculum.register(app)
cli_rows.register(app)
cli_corpus.register(app)
cli_value.register(app)
cli_filter.register(app)


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
