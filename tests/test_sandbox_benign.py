"""Honest programs pass, and the same programs with one mistake do not."""

from __future__ import annotations

from collections.abc import Iterator

import benign_calls
import benign_classes
import benign_kinds
import benign_programs
import pytest
from benign_programs import Benign

from hornbook.sandbox import Job, Limits, Sandbox, probe

pytestmark = pytest.mark.skipif(not probe().level, reason="this machine cannot isolate untrusted code")

ALL: dict[str, Benign] = {
    each.id: each
    for each in (
        *(benign_programs.FUNCTIONS + benign_programs.COLLECTIONS + benign_calls.EXCEPTIONS),
        *(benign_calls.CALLABLES + benign_calls.ARGUMENTS + benign_classes.CLASSES),
        *(benign_kinds.WITH_SETUP + benign_kinds.TESTS_OF_MANY_KINDS + benign_kinds.RUNS),
    )
}
# Roomy: a crowded machine is slow, not wrong.
LIMITS = Limits(cpu_seconds=5.0)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(workers=1) as opened:
        yield opened


def job(name: str, source: str, one: Benign) -> Job:
    return Job(
        id=name,
        blocks=(source,),
        tests=one.tests,
        entry_point=one.entry_point,
        setup=one.setup,
        limits=LIMITS,
    )


# Values cross by copy, so which of two lists it is, is lost; a class is used through a stand-in; and what is
# compared with a value of the tests must be data. docs/sandbox.md says so.
LIMITS_OF_THE_LANES = {
    *("same-object-twice", "rows-of-their-own", "list-of-its-own", "object-of-its-own"),
    *("type-of-an-instance", "coroutine-under-test", "membership", "in-place-operator"),
}


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=[pytest.mark.xfail(strict=True)] if name in LIMITS_OF_THE_LANES else [])
        for name in ALL
    ],
)
def test_an_honest_program_passes_and_a_mistake_is_found(sandbox: Sandbox, name: str) -> None:
    one = ALL[name]
    right, wrong = sandbox.run([job("right", one.program, one), job("wrong", one.wrong, one)])
    assert right.outcome == "pass", right
    assert wrong.outcome in ("fail", "error"), wrong
