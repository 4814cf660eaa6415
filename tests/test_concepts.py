"""Concepts are named so that answers can be read back, and speak in whole sentences."""

import re

import pytest

from hornbook.curriculum.concepts import CONCEPTS
from hornbook.curriculum.concepts.concept import concept


def test_a_name_with_a_digit_is_refused_and_the_error_says_why() -> None:
    with pytest.raises(ValueError, match=r"'base_64'.*letters a-z.*write numbers as words"):
        concept("base_64", 1, "", "A sentence.", "A reason.", "A mistake.")


def test_a_bar_inside_backquotes_does_not_separate_reasons() -> None:
    made = concept("unions", 1, "", "S.", "`a | b` joins, `a|b` too. | `a & b` meets. | It is a set.", "M.")
    assert made.reasons == ("`a | b` joins, `a|b` too.", "`a & b` meets.", "It is a set.")


def test_every_concept_speaks_in_whole_sentences_with_closed_backquotes() -> None:
    for one in CONCEPTS.values():
        for text in (one.sentence, *one.reasons, one.mistake):
            assert text[-1] in ".?!", f"{one.name}: {text}"
            assert text.count("`") % 2 == 0, f"{one.name}: {text}"
        assert len(one.reasons) in (2, 3), one.name


def test_prerequisites_exist_and_none_leads_back_to_itself() -> None:
    before = {one.name: set(one.prerequisites) for one in CONCEPTS.values()}
    assert set().union(*before.values()) <= set(before)
    while ready := {name for name, others in before.items() if not others}:
        before = {name: others - ready for name, others in before.items() if name not in ready}
    assert before == {}


def test_names_are_words_that_answers_can_carry() -> None:
    assert [name for name in CONCEPTS if not re.fullmatch("[a-z_]+", name)] == []
