"""Every exception that hornbook raises on purpose, as one tree.

HornbookError                  exit 1   something a person can act on; its message is one clear line
├── UsageError                 exit 2   the request makes no sense: unknown override, bad wiring, wrong path
│   └── WiringError            exit 2   a recipe's steps do not fit together; seen before anything runs
├── QualityGate                exit 3   the data did not earn its stamp: benchmark or answers unreadable, no data
├── BudgetExceeded             exit 4   the next call would cost more than `--max-usd` allows
├── LostRecord                 exit 1   a stage swallowed a record without a reason: our bug, found by pool
├── Interrupted                exit 130 Ctrl-C or SIGTERM in a command that begins anew; says what there is
├── TeacherUnavailable         exit 1   an endpoint refuses or answers nothing; the message says what to do
├── SandboxUnavailable         exit 1   this machine cannot isolate untrusted code; the message says why
└── TrainingUnavailable        exit 1   torch is not installed; the message says how to get it

A bad program, a refused completion or a rejected record is not here: the world's failures are values.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterator
from pathlib import Path


class HornbookError(Exception):
    """Something went wrong that the user can act on; `str(error)` is shown without a traceback."""

    exit_code = 1


class UsageError(HornbookError):
    """The user asked for something that does not exist or does not fit."""

    exit_code = 2


class WiringError(UsageError):
    """A recipe's steps do not fit together: unknown input, missing argument, duplicate name, cycle."""


class QualityGate(HornbookError):
    """A check that guards the data could not be made, or was not passed."""

    exit_code = 3


class BudgetExceeded(HornbookError):
    """Going on would spend more than the user allowed."""

    exit_code = 4


class LostRecord(HornbookError):
    """A stage neither kept, split nor rejected one of its records."""


class Interrupted(HornbookError):
    """A person stopped a command that keeps nothing of an unfinished attempt."""

    exit_code = 130


class TeacherUnavailable(HornbookError):
    """An endpoint refuses every call, or has not answered one for long; what it answered is in the journal."""


class SandboxUnavailable(HornbookError):
    """The machine offers no isolation, so nothing untrusted is executed."""


class TrainingUnavailable(HornbookError):
    """The `train` extra is missing."""


@contextlib.contextmanager
def as_os_error(path: Path) -> Iterator[None]:
    """Raise OSError where a Rust library fails to write `path`: its own error has the number only in its text."""
    try:
        yield
    except OSError:
        raise
    except Exception as error:  # tokenizers raises no narrower type
        number = re.search(r"\(os error (\d+)\)", str(error))
        if number is None:
            raise
        raise OSError(int(number[1]), os.strerror(int(number[1])), str(path)) from error
