"""Mutants of slow programs: time of their own, which is not the program's."""

from __future__ import annotations

import pytest
from test_mutants import judged, needs_sandbox

from hornbook.quality.mutants import graded, why_ungraded
from hornbook.sandbox import Limits

SLOW = """
def f(n):
    total = 0
    for at in range(n):
        total += at % 7
    return total + 1
"""
TESTS = "assert f(1000000) == 2999998\nassert f(0) == 1\nassert f(8) == 22\n"


@needs_sandbox
def test_mutants_of_a_slow_program_have_time_of_their_own() -> None:
    verdict = judged(SLOW, TESTS, inputs=4, limits=Limits(cpu_seconds=0.3, mutant_cpu_seconds=60))
    assert (verdict.outcome, why_ungraded(verdict)) == ("pass", "")
    assert "total + 1: + -> -" in [mutant.change for mutant in graded(verdict.mutants).killed]


@needs_sandbox
def test_without_it_they_cost_the_grade_not_the_verdict() -> None:
    verdict = judged(SLOW, TESTS, inputs=4, limits=Limits(cpu_seconds=0.3, mutant_cpu_seconds=0))
    assert (verdict.outcome, verdict.mutants) == ("pass", ())
    assert why_ungraded(verdict).startswith("no mutant: together they end as timeout_")


@needs_sandbox
def test_it_gives_the_program_itself_no_more() -> None:
    slower = f"{SLOW}f(6000000)\n"
    verdict = judged(slower, TESTS, inputs=4, limits=Limits(cpu_seconds=0.1, mutant_cpu_seconds=60))
    assert (verdict.outcome, verdict.mutants, verdict.ungraded) in [
        ("timeout_cpu", (), ""),
        ("timeout_wall", (), ""),
    ]


@needs_sandbox
def test_what_uses_that_up_too_keeps_its_verdict() -> None:
    verdict = judged(SLOW, TESTS, inputs=4, limits=Limits(cpu_seconds=0.3, mutant_cpu_seconds=0.01))
    assert (verdict.outcome, verdict.mutants) == ("pass", ())
    assert why_ungraded(verdict).startswith("no mutant: together they end as timeout_")


@pytest.mark.parametrize("seconds", [-1.0, 3601.0, float("nan")])
def test_a_limit_under_which_nothing_makes_sense_is_refused(seconds: float) -> None:
    with pytest.raises(ValueError, match="mutant_cpu_seconds"):
        Limits(mutant_cpu_seconds=seconds)


def test_both_together_are_no_more_than_one_limit_may_be() -> None:
    assert Limits(cpu_seconds=3000, mutant_cpu_seconds=3000).with_mutants().cpu_seconds == 3600
