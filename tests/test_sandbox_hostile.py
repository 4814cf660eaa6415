"""The public hostile set: every program attacks one property, and after each the world is looked over."""

from __future__ import annotations

import os
import platform
import socket
from collections.abc import Iterator

import pytest
from hostile import LIMITS
from hostile_catalogue import ALL, CATALOGUES, FAKES
from hostile_world import World, breaches, good_jobs, processes_beyond
from processes import descendants

from hornbook.sandbox import OUTCOMES, Job, Sandbox, probe

pytestmark = [
    pytest.mark.skipif(not probe().level, reason="this machine cannot isolate untrusted code"),
    pytest.mark.skipif(platform.machine() != "x86_64", reason="the attacks use the call numbers of x86_64"),
]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    opened = World(tmp_path_factory.mktemp("world"))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def sandbox(world: World) -> Iterator[Sandbox]:
    with Sandbox(workers=1) as opened:
        assert [verdict.outcome for verdict in opened.run(good_jobs())] == ["pass"] * 3
        yield opened


def test_the_catalogues_are_in_order() -> None:
    assert len(ALL) == sum(map(len, CATALOGUES.values())), "two cases of one name"
    assert all(case.accept and case.accept <= set(OUTCOMES) for case in ALL.values())
    assert not any("pass" in case.accept for category in FAKES for case in CATALOGUES[category])
    assert not any(case.accept & {"sandbox_error", "skipped"} for case in ALL.values())


def test_a_touched_world_shows_it(world: World) -> None:
    assert world.wounds() == []
    with socket.create_connection(("127.0.0.1", world.listeners["TCP4"].getsockname()[1])):
        assert world.wounds() == ["heard something: TCP4"]
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as one:
        one.sendto(b"x", world.listeners["ABSTRACT_DATAGRAM"].getsockname())
    assert world.wounds() == ["heard something: ABSTRACT_DATAGRAM"]
    (world.canary / "secret").touch()
    assert world.wounds() == ["changed: the canary"]
    world.forget()
    assert world.wounds() == []


def test_a_checker_in_the_same_interpreter_would_be_fooled(sandbox: Sandbox) -> None:
    """The fakes are real: many pass where program and tests share one interpreter, as blocks of one program do."""
    jobs = [
        Job(id=case.id, blocks=(case.setup, case.program, case.tests or ""), limits=LIMITS)
        for category in FAKES
        for case in CATALOGUES[category]
    ]
    fooled = [verdict.id for verdict in sandbox.run(jobs) if verdict.outcome == "pass"]
    assert len(fooled) > 200, fooled


@pytest.fixture(scope="module")
def family(sandbox: Sandbox) -> int:
    """How many processes the sandbox and the victim are, with this one's others."""
    return len(descendants(os.getpid()))


@pytest.mark.parametrize("name", ALL)
def test_a_hostile_program_breaks_nothing(sandbox: Sandbox, world: World, family: int, name: str) -> None:
    assert breaches(sandbox, world, ALL[name]) == []
    assert processes_beyond(family) == set()
