from __future__ import annotations

from pathlib import Path

import pytest

from hornbook.lm.energy import EnergyMeter

JOULES_PER_KWH = 3.6e6


def counters(root: Path, *microjoules: int) -> Path:
    """A machine's counters: one package each, and a part of the first that must not count twice."""
    for number, value in enumerate(microjoules):
        folder = root / f"intel-rapl:{number}"
        folder.mkdir(exist_ok=True)
        (folder / "energy_uj").write_text(f"{value}\n")
        (folder / "max_energy_range_uj").write_text("1000000000\n")
    part = root / "intel-rapl:0:0"
    part.mkdir(exist_ok=True)
    (part / "energy_uj").write_text(f"{microjoules[0]}\n")
    return root


def test_the_processors_counters_are_read_where_there_are_some(tmp_path: Path) -> None:
    meter = EnergyMeter(rapl=counters(tmp_path, 5_000_000, 7_000_000))
    counters(tmp_path, 25_000_000, 17_000_000)
    assert meter.kwh() * JOULES_PER_KWH == pytest.approx(30.0)
    assert "RAPL" in meter.method()


def test_a_counter_that_begins_again_loses_nothing(tmp_path: Path) -> None:
    meter = EnergyMeter(rapl=counters(tmp_path, 990_000_000))
    counters(tmp_path, 10_000_000)
    assert meter.kwh() * JOULES_PER_KWH == pytest.approx(20.0)


def test_one_of_several_processes_counts_what_the_machine_draws(tmp_path: Path) -> None:
    other = EnergyMeter(rapl=counters(tmp_path, 5_000_000), counts_machine=False)
    counters(tmp_path, 25_000_000)
    assert other.kwh() == 0.0
    assert EnergyMeter(rapl=tmp_path / "none", counts_machine=False).kwh() > 0.0


def test_without_counters_cpu_seconds_count_and_the_guess_is_said(tmp_path: Path) -> None:
    meter = EnergyMeter(rapl=tmp_path)
    sum(range(3_000_000))
    assert 0 < meter.kwh() * JOULES_PER_KWH < 100
    assert "assumed" in meter.method()
