from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hornbook.errors import QualityGate, UsageError
from hornbook.lm.windows import Windows

A = np.arange(1000, dtype=np.uint16)
B = np.arange(5000, 5200, dtype=np.uint16)


def windows(mix: dict[str, float] | None = None, seed: int = 0, rows: int = 4) -> Windows:
    return Windows({"a": A, "b": B}, mix or {}, context=10, rows=rows, seed=seed)


def test_a_window_is_a_run_of_its_source() -> None:
    batch = next(windows().batches(0, 1))
    assert batch.shape == (4, 11) and batch.dtype == np.int64
    assert (np.diff(batch, axis=1) == 1).all()


@given(first=st.integers(0, 30), skip=st.integers(0, 10))
@settings(deadline=None, max_examples=30)
def test_starting_late_or_skipping_changes_no_batch(first: int, skip: int) -> None:
    whole = list(windows().batches(0, 45))
    late = list(windows().batches(first, 45, skip=skip))
    assert np.array_equal(np.stack(late), np.stack(whole[first + skip :]))


@given(weights=st.tuples(st.floats(0.01, 1), st.floats(0.01, 1)), rows=st.integers(1, 9))
@settings(deadline=None, max_examples=30)
def test_sources_keep_their_share_within_one_window(weights: tuple[float, float], rows: int) -> None:
    given_mix = dict(zip("ab", weights, strict=True))
    share = weights[0] / sum(weights)
    read = 0
    for step, batch in enumerate(windows(given_mix, rows=rows).batches(0, 20), start=1):
        read += int((batch[:, 0] < 5000).sum())
        assert abs(read - share * step * rows) <= 1.0


def test_every_epoch_reads_each_window_once_in_another_order() -> None:
    number = len(B) // 10 - 1
    only_b = Windows({"b": B}, {}, context=10, rows=number, seed=0)
    epochs = [batch[:, 0].tolist() for batch in only_b.batches(0, 3)]
    for starts in epochs:
        assert len(set(starts)) == number
        assert all(b - a == 10 for a, b in itertools.pairwise(sorted(starts)))
    assert epochs[0] != epochs[1] != epochs[2]
    assert only_b.epochs() == {"b": pytest.approx(3 * number * 10 / len(B))}


def test_equal_seeds_read_alike_and_others_do_not() -> None:
    one, two, three = (np.stack(list(windows(seed=s).batches(0, 9))) for s in (0, 0, 1))
    assert np.array_equal(one, two) and not np.array_equal(one, three)


def test_a_mix_that_does_not_fit_is_refused() -> None:
    with pytest.raises(UsageError, match="mix names c, but the sources are a, b"):
        windows({"c": 1.0})
    with pytest.raises(UsageError, match="a positive sum"):
        windows({"a": 0.0})
    with pytest.raises(UsageError, match="no tokens"):
        Windows({}, {}, context=10, rows=4, seed=0)
    with pytest.raises(QualityGate, match="b has 200 tokens"):
        Windows({"b": B}, {}, context=150, rows=4, seed=0)
