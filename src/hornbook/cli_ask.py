"""The commands that ask a teacher about records, as they are typed; `cli` puts them beside its own."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from hornbook.cli_options import TemplateOption, TopicsOption, WorkersOption, pairs_of, text_of, with_options
from hornbook.cli_rows import ColumnOption, KeptOption, RejectedOption
from hornbook.cli_teacher import JOURNAL, LeastReadOption, TeacherOptions
from hornbook.errors import UsageError


class AskKind(StrEnum):
    """What a teacher is asked for."""

    rephrase = "rephrase"
    inspired = "inspired"
    tests = "tests"
    story = "story"
    judge = "judge"


class PromptKind(StrEnum):
    """What there are templates for."""

    exercise = "exercise"
    textbook = "textbook"
    rephrase = "rephrase"
    inspired = "inspired"
    tests = "tests"
    story = "story"
    judge = "judge"


FieldsOption = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="FIELD=VALUE",
        help="answers, pages, most_characters (rephrase); answers, most_lines (inspired); number, "
        "solution_shown (tests); passes (judge); seed, reasks (all).",
    ),
]
CheckOption = Annotated[bool, typer.Option(help="Execute every lesson in the sandbox; keep what passes.")]


@with_options
def ask(
    kind: Annotated[AskKind, typer.Argument(help="What to ask for.")],
    file: Annotated[
        Path, typer.Argument(help="Rows (.jsonl, .jsonl.gz, .parquet), or a folder with records of a run.")
    ],
    out: KeptOption,
    rejected: RejectedOption = None,
    template: TemplateOption = None,
    topics: TopicsOption = None,
    set_: FieldsOption = None,
    column: ColumnOption = "",
    check: CheckOption = True,
    workers: WorkersOption = None,
    least_read: LeastReadOption = 0.2,
    *,
    asked: TeacherOptions,
) -> None:
    """Ask a teacher about every row of a file: rewrite it, be inspired by it, test it, judge it.

    [bold]rephrase[/bold]  code becomes a textbook page or an exercise that teaches its idea
    [bold]inspired[/bold]  some lines of code lead to a new exercise
    [bold]tests[/bold]     an exercise gains tests, of those that its solution passes
    [bold]story[/bold]     an exercise's task is told as a story; solution and tests stay
    [bold]judge[/bold]     any text gets 0 to 5 points by a rubric, with reasons

    Lessons that come out are executed, and kept when they do what they state.
    A new record names what it was made from as its parent, and keeps its
    licence. The others go into the second file, with reason and detail.

    An answer that cannot be read is asked for once more, with what was wrong.
    After Ctrl-C, a crash or a cap the same command goes on, and pays nothing twice.
    """
    from hornbook.generation import ledger_beside
    from hornbook.rows.ask import Asking, ask_about_file
    from hornbook.rows.commands import outputs_of

    access = asked.access(journal=JOURNAL, ledger=ledger_beside(out), least_read=least_read)
    if access is None:
        raise UsageError(
            "the offline teacher only knows its own curriculum: give --teacher URL and --model NAME"
        )
    asking = Asking(
        kind=kind.value,
        source=file,
        outputs=outputs_of(out, rejected),
        access=access,
        template=text_of(template),
        topics=text_of(topics),
        settings=pairs_of("--set", set_),
        column=column,
        check=check,
        workers=workers,
    )
    ask_about_file(asking)
    ledger_beside(out).unlink(missing_ok=True)


def prompt(kind: Annotated[PromptKind, typer.Argument(help="Of what.")]) -> None:
    """Print hornbook's own prompt template, with the names that it can use: a beginning for one of yours.

    Change it, and give it with --template to generate (exercise, textbook) or ask (the others).
    The answer must keep the form that is asked for, else it cannot be read.
    """
    from hornbook.lessons.prompt import FRAGMENTS, NAMES, source

    width = max(map(len, NAMES[kind.value]))
    names = "\n".join(f"  {name:<{width}}  {said}" for name, said in NAMES[kind.value].items())
    known = f"Names:\n{names}\nFragments to include: {', '.join(FRAGMENTS)}"
    typer.echo(f"{{#- {known} -#}}\n{source(kind.value)}", nl=False)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    example = (
        "ask rephrase filtered.parquet --out lessons.jsonl --teacher http://localhost:8000/v1 --model NAME"
    )
    app.command(epilog=f"Example: [bold]hornbook {example}[/bold]")(ask)
    app.command(epilog="Example: [bold]hornbook prompt judge > mine.md.j2[/bold]")(prompt)
