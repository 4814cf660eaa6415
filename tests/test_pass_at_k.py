from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hornbook.evaluate.pass_at_k import estimate, paired_difference, pass_at_k, ratio_difference


def by_counting(n: int, c: int, k: int) -> float:
    draws = list(combinations(range(n), k))
    return sum(any(sample < c for sample in draw) for draw in draws) / len(draws)


@given(st.integers(1, 7), st.data())
def test_pass_at_k_is_the_share_of_draws_that_hold_a_right_sample(n: int, data: st.DataObject) -> None:
    c, k = data.draw(st.integers(0, n)), data.draw(st.integers(1, n))
    assert pass_at_k(n, c, k) == pytest.approx(by_counting(n, c, k))


def test_pass_at_k_of_a_hand_computed_case() -> None:
    # 5 samples, 2 right, draw 2: 1 - C(3,2)/C(5,2) = 1 - 3/10
    assert pass_at_k(5, 2, 2) == pytest.approx(0.7)


def test_k_above_the_number_of_samples_is_refused() -> None:
    with pytest.raises(ValueError, match="pass@10 needs at least 10 samples"):
        pass_at_k(5, 2, 10)


def test_more_right_samples_than_samples_are_refused() -> None:
    with pytest.raises(ValueError, match="6 of 5"):
        pass_at_k(5, 6, 1)


@given(st.lists(st.sampled_from([0.0, 1.0]), min_size=1, max_size=60))
def test_an_interval_holds_its_mean(values: list[float]) -> None:
    result = estimate(values)
    assert 0.0 <= result.low <= result.mean <= result.high <= 1.0


def test_an_interval_of_half_right_is_near_the_binomial_one() -> None:
    result = estimate([0.0, 1.0] * 50)  # standard error 0.05
    assert result.low == pytest.approx(0.40, abs=0.02)
    assert result.high == pytest.approx(0.60, abs=0.02)


def test_no_right_answer_is_not_certainty() -> None:
    assert estimate([0.0] * 164).high == pytest.approx(3 / 164)


def test_a_paired_difference_is_sharper_than_two_intervals() -> None:
    theirs = [0.0, 1.0] * 50
    ours = [1.0 if i % 10 == 0 else value for i, value in enumerate(theirs)]
    difference = paired_difference(ours, theirs)
    assert difference.mean == pytest.approx(0.10)
    assert difference.low > 0.0
    assert estimate(ours).low < estimate(theirs).high


def test_paired_values_of_different_problems_are_refused() -> None:
    with pytest.raises(ValueError, match="same problems"):
        paired_difference([1.0], [1.0, 0.0])


def test_a_ratio_difference_weighs_problems_by_their_bytes() -> None:
    result = ratio_difference([10.0, 0.0], [20.0, 0.0], [90.0, 10.0])
    assert result.mean == pytest.approx(-0.1)
    assert result.low <= result.mean <= result.high
