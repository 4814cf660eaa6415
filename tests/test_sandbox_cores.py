"""Who runs where: zygotes share no core."""

from __future__ import annotations

import os

import pytest

from hornbook.sandbox import Job, Sandbox, probe
from hornbook.sandbox.availability import share_of_cores

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
