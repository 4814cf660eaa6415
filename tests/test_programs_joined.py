"""Joined programs: both chains matter, the code agrees with the evaluator, held-out chains stay held out."""

from __future__ import annotations

import random

import pytest
from judged import assert_all_pass

from hornbook.curriculum.family import Task, is_reserved
from hornbook.curriculum.page_blocks import assertion, definition
from hornbook.curriculum.programs import RESERVED_ONE_IN
from hornbook.curriculum.programs_chains import PRACTISED
from hornbook.curriculum.programs_joined import draw_joined
from hornbook.sandbox import Job


def _drawn(number: int) -> list[Task]:
    return [draw_joined(random.Random(f"joined/{i}"), num_steps=2 + i % 2) for i in range(number)]


TASKS = _drawn(200)


def test_both_solutions_pass_the_cases() -> None:
    jobs = []
    for i, task in enumerate(TASKS):
        calls = [assertion(task.name, arguments, expected) for arguments, expected in task.cases]
        # Types are compared too: True == 1, and a docstring would show them differently.
        types = [f"assert type({task.name}(*{a!r})).__name__ == {type(e).__name__!r}" for a, e in task.cases]
        tests = "\n".join([*calls, *types])
        for body, imports in ((task.body, task.imports), (task.other_body, task.other_imports)):
            source = definition(task.name, task.arguments, body, imports)
            jobs.append(Job(id=f"{task.family} {i}", blocks=(source, tests)))
    assert_all_pass(jobs)


def test_every_way_of_joining_is_met() -> None:
    ends = {line for task in _drawn(4000) for line in task.body.split("\n")[-1:]}
    for sign in (" - ", " + ", "abs(", "max(", " > ", "len(", "not in ", " and ", " or ", " != ", ", "):
        assert any(sign in end for end in ends), sign


def test_held_out_chains_are_in_no_program() -> None:
    for task in TASKS:
        chains = task.family.removeprefix("program:")
        assert not is_reserved(chains, one_in=RESERVED_ONE_IN)
        for chain in chains.split("&"):
            assert ">" not in chain or not is_reserved(chain, one_in=RESERVED_ONE_IN)


def test_no_chain_is_the_beginning_of_the_other() -> None:
    for task in TASKS:
        one, other = (chain.split(">") for chain in task.family.removeprefix("program:").split("&"))
        assert one[: len(other)] != other[: len(one)]


@pytest.mark.parametrize("concept", sorted(PRACTISED))
def test_a_joined_program_practises_the_concept_it_was_asked_for(concept: str) -> None:
    assert concept in draw_joined(random.Random(concept), concept=concept).concepts


def test_an_unknown_concept_is_named() -> None:
    with pytest.raises(ValueError, match="'juggling'"):
        draw_joined(random.Random(0), concept="juggling")


def test_no_sentence_has_leftover_placeholders_or_doubled_blanks() -> None:
    for task in TASKS:
        assert "$" not in task.sentence
        assert "  " not in task.sentence
        assert task.sentence.endswith(".")


def test_the_same_generator_gives_the_same_program() -> None:
    assert [(t.sentence, t.body) for t in _drawn(20)] == [(t.sentence, t.body) for t in _drawn(20)]


def test_first_chains_have_as_many_steps_as_are_asked_for_where_such_chains_tell() -> None:
    drawn = [draw_joined(random.Random(f"three {i}"), least_steps=3).family for i in range(60)]
    firsts = [family.removeprefix("program:").split("&")[0].split(">") for family in drawn]
    assert sum(len(first) == 3 for first in firsts) >= 55
