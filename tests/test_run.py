"""Steps of one core run side by side, and nothing is lost when one of them ends badly."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from crew_recipe import Meet, guests, meet

from hornbook.errors import HornbookError, QualityGate
from hornbook.run import run
from hornbook.step import Context, Progress, Step, read_step


def test_steps_of_one_core_run_beside_each_other_in_processes_of_their_own(tmp_path: Path) -> None:
    heard: list[Progress] = []
    ctx = Context(workers=2, progress=heard.append)
    records = run(guests(tmp_path / "place", "leave", "leave"), tmp_path / "run", ctx)
    pids = {record.metrics["pid"] for record in records.values()}
    assert len(pids) == 2 and os.getpid() not in pids
    assert {record.metrics["workers"] for record in records.values()} == {1}
    assert {progress.step for progress in heard} == {"guest0", "guest1"}


def test_one_worker_runs_them_one_after_the_other_in_this_process(tmp_path: Path) -> None:
    (tmp_path / "place").mkdir()
    alone = Meet(place=str(tmp_path / "place"), num_guests=1)
    steps = [Step(name, meet, alone, one_core=True) for name in ("a", "b")]
    records = run(steps, tmp_path / "run", Context(workers=1))
    assert {record.metrics["pid"] for record in records.values()} == {os.getpid()}


def test_a_step_waits_for_its_inputs_and_runs_alone_if_it_takes_all_cores(tmp_path: Path) -> None:
    first = guests(tmp_path / "place", "leave", "leave")
    cfg = Meet(place=str(tmp_path / "place"), num_guests=2)
    last = Step("last", meet, cfg, {step.name: step for step in first})
    order: list[str] = []
    ctx = Context(workers=2)
    records = run([last], tmp_path / "run", ctx, finished=lambda record: order.append(record.name))
    assert order[-1] == "last" and sorted(order[:-1]) == ["guest0", "guest1"]
    assert records["last"].metrics == {"workers": 2, "pid": os.getpid()}


def test_what_most_others_wait_for_goes_first(tmp_path: Path) -> None:
    (tmp_path / "place").mkdir()
    cfg = Meet(place=str(tmp_path / "place"), num_guests=0)
    short = [Step(name, meet, cfg, one_core=True) for name in ("a", "b", "c")]
    trunk = Step("trunk", meet, cfg, one_core=True)
    arm = Step("arm", meet, cfg, {"trunk": trunk}, one_core=True)
    order: list[str] = []
    run([*short, arm], tmp_path / "run", Context(workers=2), started=lambda p: order.append(p.step.name))
    assert order.index("trunk") < order.index("b")


def test_a_failure_reaches_the_caller_and_the_others_save_what_they_have(tmp_path: Path) -> None:
    steps = guests(tmp_path / "place", "refuse", "stay")
    with pytest.raises(QualityGate, match="no entry"):
        run(steps, tmp_path / "run", Context(workers=2))
    assert list((tmp_path / "run" / ".partial").glob("guest1-*/saved"))
    assert read_step(tmp_path / "run" / "guest1") is None


def test_a_step_that_cannot_save_at_an_interrupt_does_not_hold_the_others_up(tmp_path: Path) -> None:
    with pytest.raises(QualityGate, match="no entry"):
        run(guests(tmp_path / "place", "refuse", "spoil"), tmp_path / "run", Context(workers=2))


def test_a_bug_keeps_the_traceback_of_the_process_it_happened_in(tmp_path: Path) -> None:
    with pytest.raises(KeyError) as caught:
        run(guests(tmp_path / "place", "break", "leave"), tmp_path / "run", Context(workers=2))
    assert 'raise KeyError("a bug")' in "".join(caught.value.__notes__)


def test_a_killed_process_is_one_clear_error_and_the_rest_is_taken_up_again(tmp_path: Path) -> None:
    with pytest.raises(HornbookError, match="was killed, most likely for lack of memory"):
        run(guests(tmp_path / "place", "die", "leave"), tmp_path / "run", Context(workers=2))
    run(guests(tmp_path / "place", "leave", "leave"), tmp_path / "run", Context(workers=2))


def test_an_interrupt_lets_every_step_save_what_it_has(tmp_path: Path) -> None:
    def interrupt(progress: Progress) -> None:
        raise KeyboardInterrupt

    steps = guests(tmp_path / "place", "leave", "stay")
    with pytest.raises(KeyboardInterrupt):
        run(steps, tmp_path / "run", Context(workers=2, progress=interrupt))
    assert list((tmp_path / "run" / ".partial").glob("guest1-*/saved"))
