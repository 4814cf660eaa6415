"""How far two judges agree."""

from __future__ import annotations

import math
import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hornbook.value.agreement import MOST_POINTS, agreement, kappa

POINTS = st.integers(0, MOST_POINTS)


@given(st.lists(st.tuples(POINTS, POINTS), min_size=1, max_size=30))
def test_kappa_is_at_most_one_symmetric_and_one_for_equal_judges(pairs: list[tuple[int, int]]) -> None:
    found = kappa(pairs)
    swapped = kappa([(b, a) for a, b in pairs])
    if found is None:
        assert swapped is None and len({point for pair in pairs for point in pair}) == 1
        return
    assert swapped is not None and math.isclose(found, swapped)
    assert found <= 1
    same = kappa([(a, a) for a, _ in pairs])
    assert same is None or same == 1


def test_kappa_of_a_worked_example() -> None:
    # Squared differences: seen (0 + 1 + 0 + 1) / 4; by chance (24 + 12 + 8 + 12) / 16, each with each.
    assert kappa([(1, 1), (2, 3), (3, 3), (4, 5)]) == pytest.approx(1 - 0.5 / 3.5)


@given(st.lists(st.tuples(POINTS, POINTS), min_size=1, max_size=40))
def test_kappa_is_that_of_scikit_learn(pairs: list[tuple[int, int]]) -> None:
    metrics = pytest.importorskip("sklearn.metrics")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it divides by zero where kappa is undefined
        # With all labels of the scale: else it takes labels that nobody gave out of the distances.
        scale = range(MOST_POINTS + 1)
        theirs = metrics.cohen_kappa_score(*zip(*pairs, strict=True), weights="quadratic", labels=scale)
    ours = kappa(pairs)
    assert (ours is None and not math.isfinite(theirs)) or ours == pytest.approx(theirs)


def test_only_units_that_both_labelled_count_and_the_widest_disagreement_comes_first() -> None:
    found = agreement({"a": 1, "b": 2, "c": 5, "d": 4}, {"d": 0, "c": 5, "b": 3, "e": 1})
    assert (found.num_both, found.share_equal) == (3, 0.3333)
    assert found.disagreements == ("d", "b")
    assert found.kappa == pytest.approx(kappa([(2, 3), (5, 5), (4, 0)]), abs=1e-4)
    assert agreement({"a": 1}, {"b": 1}).share_equal is None
