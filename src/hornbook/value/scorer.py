"""What every value classifier is: scores of texts and the chance that each is good, saved without pickle."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt
import orjson

from hornbook.errors import UsageError
from hornbook.pool import write_atomically
from hornbook.value.calibration import Curve

Floats = npt.NDArray[np.float64]
Arrays = Mapping[str, npt.NDArray[Any]]


class Scorer(Protocol):
    """A fitted classifier."""

    @property
    def threshold(self) -> float:
        """Score from which a unit is called good."""
        ...

    @property
    def chance(self) -> Curve:
        """From a score to the chance that the unit is good (label 3 or more)."""
        ...

    def scores(self, texts: Sequence[str]) -> Floats:
        """Return predicted labels, about 0 to 5, rounded to 4 digits; shape (texts,). Equal in every batch."""
        ...

    def save(self, folder: Path) -> None:
        """Write `classifier.npz` and `classifier.json` into a folder."""
        ...


def save_parts(folder: Path, arrays: Arrays, settings: Mapping[str, Any]) -> None:
    """Write a classifier's two files."""
    buffer = io.BytesIO()
    content: dict[str, Any] = dict(arrays)
    np.savez_compressed(buffer, **content)
    write_atomically(folder / "classifier.npz", buffer.getvalue())
    write_atomically(folder / "classifier.json", orjson.dumps(dict(settings), option=orjson.OPT_INDENT_2))


def load_parts(folder: Path) -> tuple[dict[str, npt.NDArray[Any]], dict[str, Any]]:
    """Read a classifier's two files. Raises UsageError when one is missing or damaged."""
    try:
        settings = orjson.loads((folder / "classifier.json").read_bytes())
        content = io.BytesIO((folder / "classifier.npz").read_bytes())
        with np.load(content, allow_pickle=False) as arrays:
            loaded = {name: arrays[name] for name in arrays.files}
    except FileNotFoundError as error:
        raise UsageError(
            f"{folder} holds no classifier: {error.filename} is missing; "
            f"`hornbook train-filter python --out {folder}` trains one on installed code"
        ) from error
    except (ValueError, OSError, EOFError, BadZipFile) as error:
        raise UsageError(f"the classifier in {folder} cannot be read ({error}); fit it again") from error
    if not isinstance(settings, dict):
        raise UsageError(f"{folder}/classifier.json holds no settings by name; fit the classifier again")
    return loaded, settings


def load_scorer(folder: Path) -> Scorer:
    """Read a saved classifier of any kind. Raises UsageError when the folder holds none that fits."""
    from hornbook.value.boosted import Fast
    from hornbook.value.embedded import Embedded

    _, settings = load_parts(folder)
    kinds: dict[str, type[Fast] | type[Embedded]] = {"fast": Fast, "forest": Embedded, "head": Embedded}
    if settings.get("kind") not in kinds:
        raise UsageError(
            f"the classifier in {folder} is of kind {settings.get('kind')!r}, none of {', '.join(kinds)}; "
            "fit it again"
        )
    try:
        return kinds[settings["kind"]].load(folder)
    except KeyError as error:
        raise UsageError(f"the classifier in {folder} lacks {error}; fit it again") from error
