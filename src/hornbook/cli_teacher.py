"""Options for a teacher behind an endpoint, what they mean together, and the command that only asks a teacher."""

from __future__ import annotations

from dataclasses import fields
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from hornbook.cli_options import SeedOption, TemplateOption, TopicsOption, WorkersOption, pairs_of, text_of
from hornbook.errors import UsageError

if TYPE_CHECKING:
    from hornbook.teacher.access import Access
    from hornbook.teacher.budget import Budget
    from hornbook.teacher.price import Price
    from hornbook.teacher.protocol import Model

_PANEL = "A teacher behind an endpoint"
TeacherOption = Annotated[
    str | None,
    typer.Option(
        metavar="URL|FOLDER",
        rich_help_panel=_PANEL,
        help="OpenAI-compatible address, as http://localhost:8000/v1; a key, if one is needed, is read from "
        "$HORNBOOK_API_KEY. Or the folder of a model that hornbook trained.",
        show_default="the offline teacher",
    ),
]
ModelOption = Annotated[
    str | None, typer.Option(rich_help_panel=_PANEL, help="Model, as the server calls it.")
]
TeacherSetOption = Annotated[
    list[str] | None,
    typer.Option(
        metavar="FIELD=VALUE",
        rich_help_panel=_PANEL,
        help="How it is asked: temperature, max_tokens, concurrency, timeout_seconds, revision, ...",
    ),
]
JournalOption = Annotated[
    Path | None,
    typer.Option(
        rich_help_panel=_PANEL,
        help="Folder of all answers, which nobody pays for twice.",
        show_default=".journal beside the run folder, runs/.journal",
    ),
]
PriceOption = Annotated[
    str | None,
    typer.Option(
        metavar="IN,OUT",
        rich_help_panel=_PANEL,
        help="US dollars per million tokens read and written, or 'listed' for the price in genai-prices.",
    ),
]
PricePerHourOption = Annotated[
    float | None,
    typer.Option(rich_help_panel=_PANEL, help="US dollars for an hour of the machine that answers."),
]
MaxUsdOption = Annotated[
    float | None, typer.Option(rich_help_panel=_PANEL, help="Most dollars for this run, over all attempts.")
]
MaxCallsOption = Annotated[int | None, typer.Option(rich_help_panel=_PANEL, help="Most calls, likewise.")]
MaxHoursOption = Annotated[
    float | None, typer.Option(rich_help_panel=_PANEL, help="Most hours with calls in flight, likewise.")
]
LeastReadOption = Annotated[
    float,
    typer.Option(
        rich_help_panel=_PANEL,
        min=0.0,
        max=1.0,
        help="Stop when less than this share of the first 60 answers can be read.",
    ),
]


def access_of(
    teacher: str | None,
    model: str | None,
    settings: list[str] | None,
    *,
    journal: Path,
    ledger: Path | None = None,
    price: str | None = None,
    price_per_hour: float | None = None,
    max_usd: float | None = None,
    max_calls: int | None = None,
    max_hours: float | None = None,
    least_read: float = 0.2,
) -> Access | None:
    """Return the access that the options ask for; None for the offline teacher. Raises UsageError for nonsense."""
    if teacher is None:
        others = (model, settings, price, price_per_hour, max_usd, max_calls, max_hours)
        if any(other is not None for other in others):
            raise UsageError(
                "--model, prices and caps are for a teacher behind an endpoint: give --teacher URL"
            )
        return None
    from hornbook.teacher.access import Access

    return Access(
        endpoint=_model(teacher, model, pairs_of("--teacher-set", settings)),
        journal=journal,
        budget=_budget(ledger, _price(model or "", price, price_per_hour), max_usd, max_calls, max_hours),
        least_read=least_read,
    )


def _model(teacher: str, model: str | None, settings: dict[str, str]) -> Model:
    """Return the endpoint at a URL, or the checkpoint in a folder. Raises UsageError."""
    if "://" in teacher:
        from hornbook.teacher.endpoint import Endpoint

        if not model:
            raise UsageError(
                f"--teacher {teacher} needs --model, the name under which the server knows the model"
            )
        return _set(Endpoint, {"url": teacher, "model": model}, settings)
    if not Path(teacher).is_dir():
        raise UsageError(
            f"--teacher {teacher} is neither an address, such as http://localhost:8000/v1, nor a model's folder"
        )
    if model:
        raise UsageError(f"--teacher {teacher} is the model itself; leave out --model {model}")
    from hornbook.lm.teach import Checkpoint

    return _set(Checkpoint, {"folder": Path(teacher)}, settings)


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
    return Price(usd_per_million_in=tokens_in, usd_per_million_out=tokens_out, usd_per_hour=per_hour or 0.0)


def _budget(
    ledger: Path | None,
    price: Price | None,
    max_usd: float | None,
    max_calls: int | None,
    max_hours: float | None,
) -> Budget:
    from hornbook.teacher.budget import Budget

    if max_usd is not None and price is None:
        raise UsageError(
            f"--max-usd {max_usd:g} needs a price, since unknown is not zero: --price IN,OUT or --price-per-hour"
        )
    return Budget(price=price, max_usd=max_usd, max_calls=max_calls, max_hours=max_hours, ledger=ledger)


class Kind(StrEnum):
    """What a teacher writes."""

    exercises = "exercises"
    textbooks = "textbooks"


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
    teacher: TeacherOption = None,
    model: ModelOption = None,
    teacher_set: TeacherSetOption = None,
    journal: JournalOption = None,
    price: PriceOption = None,
    price_per_hour: PricePerHourOption = None,
    max_usd: MaxUsdOption = None,
    max_calls: MaxCallsOption = None,
    max_hours: MaxHoursOption = None,
    least_read: LeastReadOption = 0.2,
) -> None:
    """Let a teacher, the offline one or a model, write exercises or textbook pages into one file."""
    from hornbook.generation import generate_file, ledger_beside

    access = access_of(
        teacher,
        model,
        teacher_set,
        journal=journal or Path("runs/.journal"),
        ledger=ledger_beside(out),
        price=price,
        price_per_hour=price_per_hour,
        max_usd=max_usd,
        max_calls=max_calls,
        max_hours=max_hours,
        least_read=least_read,
    )
    own = {"template": text_of(template), "topics": text_of(topics)}
    generate_file(kind.value, count, out, seed, check, workers, access, **own)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(generate)
