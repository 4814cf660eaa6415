"""Changing a recipe's configs by path: `--set textbooks.count=500`, typed, with "did you mean"."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson
from pydantic import ValidationError

from hornbook.errors import UsageError
from hornbook.step import Config, Step, in_order


def override(steps: Sequence[Step], settings: Mapping[str, str]) -> list[Step]:
    """Return the steps with configs changed by path, as in `{"textbooks.count": "500"}`.

    A value `@FILE` is the text in that file. Raises UsageError, naming the nearest known word, for an unknown step
    or field or a value that does not fit.
    """
    configs = {step.name: step.config for step in in_order(steps)}
    for path, text in settings.items():
        name, _, field = path.partition(".")
        if name not in configs:
            raise UsageError(f"--set {path}={text}: no step is named {name!r}{did_you_mean(name, configs)}")
        configs[name] = _changed(configs[name], name, field, text)
    rebuilt: dict[Step, Step] = {}
    for step in in_order(steps):
        inputs = {
            key: rebuilt[value] if isinstance(value, Step) else value for key, value in step.inputs.items()
        }
        rebuilt[step] = replace(step, config=configs[step.name], inputs=inputs)
    return [rebuilt[step] for step in steps]


def _changed(config: Config, name: str, field: str, text: str) -> Config:
    """Return `config` with one field set to `text`, read as JSON or as a word; dots reach into mappings."""
    first, *inner = field.split(".")
    known = type(config).model_fields
    if first not in known:
        raise UsageError(
            f"--set {name}.{field}={text}: step {name!r} has no field {first!r}{did_you_mean(first, known)}"
        )
    values: dict[str, Any] = config.model_dump()
    place: dict[str, Any] = values
    for key in [first, *inner][:-1]:
        if not isinstance(place.get(key), dict):
            raise UsageError(f"--set {name}.{field}={text}: {key!r} holds no further fields")
        place = place[key]
    place[[first, *inner][-1]] = read_value(text)
    try:
        return type(config).model_validate(values)
    except ValidationError as error:
        problem = error.errors()[0]
        raise UsageError(f"--set {name}.{field}={text}: {problem['msg']}") from None


def broken_rule(error: ValidationError, options: Mapping[str, str] | None = None) -> UsageError:
    """Return what a config refused, told of a command's options: `--least-characters` for `least_characters`.

    `options` has those that are named otherwise than their field.
    """
    first = error.errors()[0]
    message = first["msg"].removeprefix("Value error, ")
    if not first["loc"]:  # a rule about several fields names them itself
        return UsageError(_FIELD.sub(lambda field: _option(field[0], options), message))
    value = "" if isinstance(first["input"], list | tuple) else f" {first['input']}"
    return UsageError(f"{_option(str(first['loc'][0]), options)}{value}: {message}")


_FIELD = re.compile(r"\b[a-z]+(?:_[a-z]+)+\b")


def _option(field: str, options: Mapping[str, str] | None) -> str:
    return (options or {}).get(field, f"--{field.replace('_', '-')}")


def read_value(text: str) -> Any:
    """Return what a person typed, as JSON where it is some, else as it is; `@FILE` is the text in that file.

    Raises UsageError for a file that cannot be read.
    """
    if text.startswith("@"):
        return read_text(Path(text[1:]))
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return text


def read_text(path: Path) -> str:
    """Return the text of a file that a person named. Raises UsageError."""
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise UsageError(f"cannot read {str(path)!r}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise UsageError(f"{str(path)!r} is not UTF-8 text") from None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return the end of a message about an unknown word: the nearest known one, or all."""
    names = list(known)
    near = difflib.get_close_matches(word, names, n=1)
    return f"; did you mean {near[0]!r}?" if near else f"; known: {', '.join(sorted(names))}"
