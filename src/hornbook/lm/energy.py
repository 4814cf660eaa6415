"""How much electricity a stretch of computing took: counted where the machine counts it, else estimated.

In this order: the processor's own counter (Linux RAPL, which counts all that runs on the package), or CPU seconds
of this process at an assumed wattage; and a GPU's draw, sampled, on top. The method is part of the answer.
"""

from __future__ import annotations

import importlib.util
import time
from dataclasses import dataclass, field
from pathlib import Path

import torch

_RAPL = Path("/sys/class/powercap")
_WATTS_PER_CORE = 10.0
"""Of a busy core with its share of caches and memory: EPYC 9654 360 W / 96, i7-1165G7 28 W / 4, i9-9900K 95 W / 8
are 4 to 12 (makers' data sheets); the true figure may be half or twice as much."""
_JOULES_PER_KWH = 3.6e6


@dataclass(slots=True)
class EnergyMeter:
    """Counts from its making on."""

    rapl: Path = _RAPL
    counts_machine: bool = True
    """Whether the processor's counter is read, which one of several processes on a machine does for all."""
    gpu_joules: float = 0.0
    _cpu_seconds: float = field(default_factory=time.process_time)
    _begun: list[tuple[Path, int]] = field(init=False)
    _sampled: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        """Read the processor's counters, if it has any that may be read."""
        self._begun = _counters(self.rapl)

    def sample(self) -> None:
        """Add what the GPU drew since the last sample, at its present draw; call it about once a second."""
        now = time.monotonic()
        if _gpu_can_tell():
            self.gpu_joules += torch.cuda.power_draw() / 1000 * (now - self._sampled)
        self._sampled = now

    def kwh(self) -> float:
        """Return the kilowatt hours since the beginning."""
        return (self._cpu_joules() + self.gpu_joules) / _JOULES_PER_KWH

    def method(self) -> str:
        """Say how they were found."""
        cpu = (
            "RAPL counter of the processor, other programs included"
            if self._begun
            else f"CPU seconds at an assumed {_WATTS_PER_CORE:.0f} W per busy core"
        )
        if not torch.cuda.is_available():
            return cpu
        return f"{cpu}; the GPU's draw sampled" if _gpu_can_tell() else f"{cpu}; GPU not counted (no pynvml)"

    def _cpu_joules(self) -> float:
        if self._begun and not self.counts_machine:
            return 0.0
        if not self._begun:
            return (time.process_time() - self._cpu_seconds) * _WATTS_PER_CORE
        now = dict(_counters(self.rapl))
        return sum(_since(before, now[path], path) for path, before in self._begun if path in now) / 1e6


def _counters(rapl: Path) -> list[tuple[Path, int]]:
    """Return the microjoules of every processor package; none where only root may read them."""
    found = []
    for path in sorted(rapl.glob("intel-rapl:[0-9]*/energy_uj")):
        if path.parent.name.count(":") > 1:  # a part of a package that is counted already
            continue
        try:
            found.append((path, int(path.read_text())))
        except PermissionError:
            return []
    return found


def _since(before: int, now: int, path: Path) -> int:
    """Return the difference of a counter that begins again at its maximum."""
    if now >= before:
        return now - before
    return now - before + int((path.parent / "max_energy_range_uj").read_text())


def _gpu_can_tell() -> bool:
    return torch.cuda.is_available() and importlib.util.find_spec("pynvml") is not None
