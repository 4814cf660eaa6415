"""Options for a teacher behind an endpoint, what they mean together, and the commands that only ask a teacher."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from hornbook.cli_options import (
    Format,
    FormatOption,
    SeedOption,
    TemplateOption,
    TopicsOption,
    WorkersOption,
    pairs_of,
    text_of,
    with_options,
)
from hornbook.errors import UsageError

if TYPE_CHECKING:
    from hornbook.teacher.access import Access
    from hornbook.teacher.budget import Budget
    from hornbook.teacher.endpoint import Endpoint
    from hornbook.teacher.price import Price
    from hornbook.teacher.protocol import Model

JOURNAL = Path("runs/.journal")
"""Where answers are kept for a command that has no run folder."""
TEACHER_PANEL = "A teacher behind an endpoint"
TeacherOption = Annotated[
    str | None,
    typer.Option(
        metavar="URL|FOLDER",
        rich_help_panel=TEACHER_PANEL,
        help="OpenAI-compatible address, as http://localhost:8000/v1; a key, if one is needed, is read from "
        "$HORNBOOK_API_KEY. Or the folder of a model that hornbook trained.",
        show_default="the offline teacher",
    ),
]
ModelOption = Annotated[
    str | None, typer.Option(rich_help_panel=TEACHER_PANEL, help="Model, as the server calls it.")
]
TeacherSetOption = Annotated[
    list[str] | None,
    typer.Option(
        metavar="FIELD=VALUE",
        rich_help_panel=TEACHER_PANEL,
        help="How it is asked: temperature, max_tokens, concurrency, timeout_seconds, revision, ...",
    ),
]
JournalOption = Annotated[
    Path | None,
    typer.Option(
        rich_help_panel=TEACHER_PANEL,
        help="Folder of all answers, which nobody pays for twice.",
        show_default=".journal beside the run folder, runs/.journal",
    ),
]
PriceOption = Annotated[
    str | None,
    typer.Option(
        metavar="IN,OUT",
        rich_help_panel=TEACHER_PANEL,
        help="US dollars per million tokens read and written, or 'listed' for the price in genai-prices.",
    ),
]
PricePerHourOption = Annotated[
    float | None,
    typer.Option(rich_help_panel=TEACHER_PANEL, help="US dollars for an hour of the machine that answers."),
]
MaxUsdOption = Annotated[
    float | None,
    typer.Option(rich_help_panel=TEACHER_PANEL, help="Most dollars for this run, over all attempts."),
]
MaxCallsOption = Annotated[
    int | None, typer.Option(rich_help_panel=TEACHER_PANEL, help="Most calls, likewise.")
]
MaxHoursOption = Annotated[
    float | None,
    typer.Option(rich_help_panel=TEACHER_PANEL, help="Most hours with calls in flight, likewise."),
]
LeastReadOption = Annotated[
    float,
    typer.Option(
        rich_help_panel=TEACHER_PANEL,
        min=0.0,
        max=1.0,
        help="Stop when less than this share of the first 60 answers can be read.",
    ),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class TeacherOptions:
    """What was typed about a teacher behind an endpoint: one set of options for all commands that ask one."""

    teacher: TeacherOption = None
    model: ModelOption = None
    teacher_set: TeacherSetOption = None
    journal: JournalOption = None
    price: PriceOption = None
    price_per_hour: PricePerHourOption = None
    max_usd: MaxUsdOption = None
    max_calls: MaxCallsOption = None
    max_hours: MaxHoursOption = None

    def access(self, *, journal: Path, ledger: Path | None = None, least_read: float = 0.2) -> Access | None:
        """Return the access that was asked for, `journal` unless one was given; None for the offline teacher.

        Raises UsageError for what makes no sense.
        """
        if self.teacher is None:
            if any(getattr(self, name) is not None for name in _OF_AN_ENDPOINT):
                raise UsageError(
                    "--model, prices and caps are for a teacher behind an endpoint: give --teacher URL"
                )
            return None
        from hornbook.teacher.access import Access

        model, measured = self._model(self.teacher), ""
        if "concurrency" not in pairs_of("--teacher-set", self.teacher_set):
            model, measured = _as_measured(model, self.journal or journal)
        return Access(
            endpoint=model,
            journal=self.journal or journal,
            budget=self.budget(self.model or "", ledger),
            measured=measured,
            least_read=least_read,
        )

    def address(self, teacher: str) -> str:
        """Return the teacher's address, for what only an endpoint has. Raises UsageError for a model's folder."""
        if "://" in teacher:
            return teacher
        if Path(teacher).is_dir():
            raise UsageError(
                f"--teacher {teacher} is a model's folder, which is asked without a server: there is nothing to "
                f"measure; `hornbook serve {teacher}` makes one, whose address --teacher takes"
            )
        raise UsageError(f"--teacher {teacher} is no address; give one, as http://localhost:8000/v1")

    def endpoint(self, url: str, model: str) -> Endpoint:
        """Return the endpoint at `url`, asked as --teacher-set says. Raises UsageError."""
        from hornbook.teacher.endpoint import Endpoint

        return _set(Endpoint, {"url": url, "model": model}, pairs_of("--teacher-set", self.teacher_set))

    def _model(self, teacher: str) -> Model:
        """Return the endpoint at a URL, or the checkpoint in a folder."""
        if "://" in teacher:
            if not self.model:
                raise UsageError(
                    f"--teacher {teacher} needs --model, the name under which the server knows the model"
                )
            return self.endpoint(teacher, self.model)
        if not Path(teacher).is_dir():
            raise UsageError(
                f"--teacher {teacher} is neither an address, as http://localhost:8000/v1, nor a model's folder"
            )
        if self.model:
            raise UsageError(f"--teacher {teacher} is the model itself; leave out --model {self.model}")
        from hornbook.lm.teach import Checkpoint

        return _set(Checkpoint, {"folder": Path(teacher)}, pairs_of("--teacher-set", self.teacher_set))

    def budget(self, model: str, ledger: Path | None = None) -> Budget:
        """Return the budget, with the price of `model`. Raises UsageError for a cap in dollars without a price."""
        from hornbook.teacher.budget import Budget

        for name, cap in (("usd", self.max_usd), ("calls", self.max_calls), ("hours", self.max_hours)):
            if cap is not None and not cap > 0:
                raise UsageError(f"--max-{name} {cap:g}: a cap is above zero; without one leave it out")
        price = _price(model, self.price, self.price_per_hour)
        if self.max_usd is not None and price is None:
            raise UsageError(
                f"--max-usd {self.max_usd:g} needs a price, since unknown is not zero: "
                "--price IN,OUT or --price-per-hour"
            )
        return Budget(
            price=price,
            max_usd=self.max_usd,
            max_calls=self.max_calls,
            max_hours=self.max_hours,
            ledger=ledger,
        )


_OF_AN_ENDPOINT = {field.name for field in fields(TeacherOptions)} - {"teacher", "journal"}


def _as_measured(model: Model, journal: Path) -> tuple[Model, str]:
    """Return an endpoint with the concurrency that `hornbook doctor` found, and how old that is."""
    from hornbook.teacher.endpoint import Endpoint
    from hornbook.teacher.profile import load_profile

    if not isinstance(model, Endpoint) or (profile := load_profile(journal, model)) is None:
        return model, ""
    said = f"{profile.concurrency} calls at once, as measured {profile.age}"
    return replace(model, concurrency=profile.concurrency), said


_Set = TypeVar("_Set")


def _set(kind: type[_Set], given: dict[str, Any], settings: dict[str, str]) -> _Set:
    """Return a dataclass of what is given and what --teacher-set says. Raises UsageError."""
    from pydantic import TypeAdapter, ValidationError

    from hornbook.settings import did_you_mean, read_value

    known = {field.name for field in fields(kind)} - given.keys()  # type: ignore[arg-type]
    for name, text in settings.items():
        if name not in known:
            raise UsageError(f"--teacher-set {name}={text}: no such field{did_you_mean(name, known)}")
    values = {name: read_value(text) for name, text in settings.items()}
    try:
        return TypeAdapter(kind).validate_python({**given, **values})
    except ValidationError as error:
        problem = error.errors()[0]
        name = str(problem["loc"][0])
        raise UsageError(f"--teacher-set {name}={settings.get(name, '')}: {problem['msg']}") from None


def _price(model: str, words: str | None, per_hour: float | None) -> Price | None:
    from hornbook.teacher.price import Price

    if words == "listed":
        if per_hour is not None:
            raise UsageError("--price listed and --price-per-hour are two prices; give one")
        return Price.listed(model)
    if words is None and per_hour is None:
        return None
    try:
        tokens_in, tokens_out = (float(word) for word in (words or "0,0").split(","))
    except ValueError:
        raise UsageError(
            f"--price {words}: write dollars per million tokens read and written, with a comma, as 0.15,0.6"
        ) from None
    given = f"--price {words}" if words else f"--price-per-hour {per_hour}"
    if not all(math.isfinite(usd) and usd >= 0 for usd in (tokens_in, tokens_out, per_hour or 0.0)):
        raise UsageError(f"{given}: a price is a number of dollars, zero or more")
    if not (tokens_in or tokens_out or per_hour):
        raise UsageError(
            f"{given}: where nothing is paid leave the price out, and cap with --max-calls or --max-hours"
        )
    return Price(usd_per_million_in=tokens_in, usd_per_million_out=tokens_out, usd_per_hour=per_hour or 0.0)


class Kind(StrEnum):
    """What a teacher writes."""

    exercises = "exercises"
    textbooks = "textbooks"


@with_options
def generate(
    kind: Annotated[Kind, typer.Argument(help="What to write.")],
    count: Annotated[int, typer.Option("-n", min=1, help="How many.")],
    out: Annotated[Path, typer.Option(help="A new .jsonl or .parquet file.")],
    seed: SeedOption = 0,
    check: Annotated[
        bool, typer.Option(help="Execute every record in the sandbox; write what passes.")
    ] = True,
    workers: WorkersOption = None,
    template: TemplateOption = None,
    topics: TopicsOption = None,
    least_read: LeastReadOption = 0.2,
    *,
    asked: TeacherOptions,
) -> None:
    """Let a teacher, the offline one or a model, write exercises or textbook pages into one file."""
    from hornbook.generation import generate_file, ledger_beside

    access = asked.access(journal=JOURNAL, ledger=ledger_beside(out), least_read=least_read)
    own = {"template": text_of(template), "topics": text_of(topics)}
    generate_file(kind.value, count, out, seed, check, workers, access, **own)


@with_options
def preview(
    kind: Annotated[Kind, typer.Argument(help="What to write.")],
    count: Annotated[int, typer.Option("-n", min=1, max=500, help="How many.")] = 10,
    seed: SeedOption = 0,
    check: Annotated[bool, typer.Option(help="Execute what could be read in the sandbox.")] = True,
    out: Annotated[
        Path | None, typer.Option(help="A new Markdown file.", show_default="print everything")
    ] = None,
    workers: WorkersOption = None,
    template: TemplateOption = None,
    topics: TopicsOption = None,
    format_: FormatOption = Format.human,
    *,
    asked: TeacherOptions,
) -> None:
    """Show the first prompts with their answers, what becomes of them, and what they cost.

    `generate` and `run` with the same seed begin with the same requests, and do not pay for them again.
    """
    from hornbook.preview import preview as show_preview

    show_preview(
        kind.value,
        count,
        seed,
        check=check,
        out=out,
        workers=workers,
        access=asked.access(journal=JOURNAL),
        form=format_.value,
        template=text_of(template),
        topics=text_of(topics),
    )


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(generate)
    app.command()(preview)
