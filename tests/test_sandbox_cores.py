"""Who runs where, and when: zygotes share no core, and the user's process is not woken for every answer."""

from __future__ import annotations

import os
from collections import deque
from types import SimpleNamespace
from typing import Any
from unittest.mock import Mock

import pytest

from hornbook.sandbox import Job, Sandbox, probe
from hornbook.sandbox.availability import share_of_cores
from hornbook.sandbox.slot import State
from hornbook.sandbox.verdict import Isolation

pytestmark = pytest.mark.skipif(not probe().level, reason="this machine cannot isolate untrusted code")

_CORES = "import os\nprint(*sorted(os.sched_getaffinity(0)))"


@pytest.mark.parametrize("usable", [{0}, {0, 1}, {2, 5, 7}, set(range(64))])
@pytest.mark.parametrize("num_workers", [1, 2, 3, 64, 65])
def test_workers_share_no_core_unless_there_are_too_few(
    usable: set[int], num_workers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda pid: usable)
    shares = [share_of_cores(number, num_workers) for number in range(num_workers)]
    assert all(shares)
    if num_workers <= len(usable):
        assert sorted(sum(shares, [])) == sorted(usable)
    else:
        times = [sum(shares, []).count(core) for core in usable]
        assert max(times) - min(times) <= 1


def test_programs_of_one_zygote_keep_to_its_share_of_the_cores() -> None:
    jobs = [Job(id=str(number), blocks=(_CORES,)) for number in range(40)]
    shares = [set(share_of_cores(number, 2)) for number in range(2)]
    with Sandbox(workers=2) as sandbox:
        seen = [set(map(int, verdict.outputs[0].split())) for verdict in sandbox.run(jobs)]
    assert all(any(cores <= share for share in shares) for cores in seen)
    assert len(set(map(frozenset, seen))) >= min(2, len(os.sched_getaffinity(0)))


def state_with(pending: list[int], queued: int, recent: list[float]) -> State:
    zygotes: list[Any] = [SimpleNamespace(pending=deque(range(count))) for count in pending]
    isolation = Isolation(level="", reasons=())
    state = State(zygotes=zygotes, judge=zygotes[0], isolation=isolation, queue=deque([Mock()] * queued))
    state.recent.extend(recent)
    return state


@pytest.mark.parametrize(
    ("pending", "queued", "recent", "seconds"),
    [
        ([8, 8], 5, [0.01] * 8, 0.05),
        ([8, 4], 5, [0.01] * 8, 0.01),  # the one with least
        ([8, 8], 5, [0.01] * 7 + [0.001], 0.005),  # the quickest program
        ([8, 8], 0, [0.01] * 8, 0.0),  # nothing to give out: every answer may be waited for
        ([8, 3], 5, [0.01] * 8, 0.0),
        ([8, 2], 5, [0.01] * 8, -0.01),
        ([8, 8], 5, [0.01] * 3, 0.0),  # too little is known yet
    ],
)
def test_nobody_naps_longer_than_the_zygotes_have_work(
    pending: list[int], queued: int, recent: list[float], seconds: float
) -> None:
    assert state_with(pending, queued, recent).seconds_of_work() == pytest.approx(seconds)
