"""Options that several commands share, and how their values are written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from enum import StrEnum
from functools import wraps
from inspect import Parameter, Signature, signature
from itertools import chain
from pathlib import Path
from typing import Annotated, Any, get_type_hints

import typer

from hornbook.errors import Interrupted, UsageError


class Size(StrEnum):
    """The one dial of a recipe."""

    smoke = "smoke"
    laptop = "laptop"
    full = "full"


class Engine(StrEnum):
    """Where shards are worked on."""

    inline = "inline"
    processes = "processes"


class ModelFormat(StrEnum):
    """What a model is written as."""

    gguf = "gguf"
    hf = "hf"


class Precision(StrEnum):
    """How a written model's matrices are held."""

    f32 = "f32"
    bf16 = "bf16"
    f16 = "f16"
    q8_0 = "q8_0"


class Format(StrEnum):
    """How results are printed on stdout."""

    human = "human"
    json = "json"


SeedOption = Annotated[int, typer.Option(help="Seed of all randomness.")]
BenchmarkOption = Annotated[
    list[str] | None,
    typer.Option(
        "--benchmark", metavar="NAME=PATH", help="A HumanEval- or MBPP-format file: kept out of the data."
    ),
]
WorkersOption = Annotated[
    int | None, typer.Option(min=1, help="Processes and threads.", show_default="all cores")
]
CpuSecondsOption = Annotated[
    float,
    typer.Option(
        min=0.1,
        max=3600,
        help="CPU time of a row's program, of all its mutants together; wall time may be 3 times this.",
    ),
]
MemoryOption = Annotated[int, typer.Option(min=64, help="Memory of the same.")]
TemplateOption = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE.md.j2",
        help="A prompt template of your own (Jinja); begin with what [bold]hornbook prompt KIND[/bold] prints.",
        show_default="hornbook's own",
    ),
]
TopicsOption = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help='Topics of your own: one a line, or {"title": ..., "sentence": ...} a line.',
        show_default="hornbook's own",
    ),
]
FormatOption = Annotated[Format, typer.Option("--format", help="Results for people or for programs.")]


def begins_anew(command: Callable[..., None]) -> Callable[..., None]:
    """Let Ctrl-C outside the work, as at the start, say what holds for a command that keeps no unfinished work."""

    @wraps(command)
    def interruptible(*arguments: Any, **options: Any) -> None:
        try:
            command(*arguments, **options)
        except KeyboardInterrupt:
            raise Interrupted(
                "interrupted; no file is left unfinished, and the same command begins again"
            ) from None

    return interruptible


def with_options(command: Callable[..., None]) -> Callable[..., None]:
    """Let the options be typed one by one that `command` takes together, as a dataclass of options."""
    its_own = signature(command, eval_str=True).parameters.values()
    kinds = {one.name: one.annotation for one in its_own if isinstance(one.annotation, type)}
    together: dict[str, type] = {name: kind for name, kind in kinds.items() if is_dataclass(kind)}
    options = {name: _options(kind) for name, kind in together.items()}
    others = [one.replace(kind=Parameter.KEYWORD_ONLY) for one in its_own if one.name not in together]

    @wraps(command)
    def typed(**given: Any) -> None:
        taken = {
            name: kind(**{option.name: given.pop(option.name) for option in options[name]})
            for name, kind in together.items()
        }
        command(**given, **taken)

    typed.__signature__ = Signature([*others, *chain(*options.values())])  # type: ignore[attr-defined]  # typer reads it
    return typed


def _options(kind: type) -> list[Parameter]:
    """Return the fields of a dataclass as options."""
    hints = get_type_hints(kind, include_extras=True)
    return [
        Parameter(field.name, Parameter.KEYWORD_ONLY, default=field.default, annotation=hints[field.name])
        for field in fields(kind)
    ]


def pairs_of(option: str, words: list[str] | None) -> dict[str, str]:
    """Return `name=value` words as a dictionary. Raises UsageError for one of another form or given twice."""
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


def text_of(path: Path | None) -> str:
    """Return the text of a file that an option names; empty where it names none. Raises UsageError."""
    from hornbook.settings import read_text

    text = "" if path is None else read_text(path)
    if path is not None and not text.strip():
        raise UsageError(f"{path}: the file is empty")
    return text
