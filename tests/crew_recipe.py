"""Steps that use one core each, in a module that worker processes can import."""

from __future__ import annotations

import errno
import os
import signal
import time
from pathlib import Path

from hornbook.errors import QualityGate
from hornbook.step import Config, Context, Metrics, Progress, Step


class Meet(Config):
    """Wait until `num_guests` files are in `place`."""

    place: str
    num_guests: int = 2
    after: str = "leave"
    """What happens then: leave, refuse, break, die, stay (until interrupted) or spoil (an interrupt)."""


def meet(cfg: Meet, *, out: Path, ctx: Context, **inputs: Path) -> Metrics:
    place = Path(cfg.place)
    deadline = time.monotonic() + 30
    try:
        (place / out.name).touch()  # whoever sees it may interrupt at once
        while len(list(place.iterdir())) < cfg.num_guests or cfg.after in ("stay", "spoil"):
            assert time.monotonic() < deadline, "the others never came"
            time.sleep(0.01)
    except KeyboardInterrupt:
        (out / "saved").touch()
        if cfg.after == "spoil":
            raise OSError(errno.ENOSPC, "No space left on device") from None
        raise
    ctx.progress(Progress(done=1, total=1, unit="guests"))
    if cfg.after == "refuse":
        raise QualityGate("no entry")
    if cfg.after == "break":
        raise KeyError("a bug")
    if cfg.after == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    return {"workers": ctx.workers, "pid": os.getpid()}


def guests(place: Path, *afters: str) -> list[Step]:
    place.mkdir(exist_ok=True)
    return [
        Step(f"guest{i}", meet, Meet(place=str(place), num_guests=len(afters), after=after), one_core=True)
        for i, after in enumerate(afters)
    ]
