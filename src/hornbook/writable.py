"""Whether what a command is to write can be written: asked before the work begins, not found out at its end."""

from __future__ import annotations

import os
from pathlib import Path

from hornbook.errors import UsageError


def refuse_taken(path: Path, option: str = "--out") -> None:
    """Raise UsageError for a new file or folder, given as `option`, that is there already or cannot be made."""
    if os.path.lexists(path):
        raise UsageError(
            f"{option} {path} exists already; nothing was written: remove it, or give another {option}"
        )
    refuse_unwritable(path, option)


def refuse_unwritable(path: Path, option: str = "--out") -> None:
    """Raise UsageError when `path` can be neither a folder that takes files nor made where it is to be."""
    place = path.absolute()
    while not os.path.lexists(place):
        place = place.parent
    if not place.is_dir():
        raise UsageError(
            f"{option} {path}: {place} is no folder, and in the way; nothing was done: give another {option}"
        )
    if not os.access(place, os.W_OK | os.X_OK):
        raise UsageError(
            f"{option} {path}: {place} takes no files (permissions); nothing was done: give another {option}"
        )
