"""Which units are labelled, with which chance, and what that says about the whole."""

from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hornbook.errors import QualityGate, UsageError
from hornbook.record import Record, write_shard
from hornbook.step import Context
from hornbook.value.sampling import Sample, by_strata, draw_sample, near, weighed_share

INLINE = Context(workers=1, engine="inline")
SCORES = st.lists(st.floats(-1, 6), min_size=10, max_size=80)


def corpus(folder: Path, num: int) -> Path:
    records = [
        Record(
            text=f"x = {i}",
            kind="code",
            source=f"{'small' if i % 10 == 0 else 'large'}-1.0/a.py:f{i}",
            license="MIT",
            scores={"depth": float(i % 7)},
        )
        for i in range(num)
    ]
    write_shard(folder / "records" / "00000.parquet", records)
    return folder


@settings(deadline=None)
@given(scores=SCORES, threshold=st.floats(0, 5), share=st.floats(0.05, 1.0), seed=st.integers(0, 100))
def test_as_many_are_drawn_as_were_wanted_and_each_once(
    scores: list[float], threshold: float, share: float, seed: int
) -> None:
    num = max(1, round(share * len(scores)))
    drawn = near(np.array(scores), threshold, num, seed)
    assert len(drawn) == num
    assert list(drawn) == sorted(drawn)
    assert all(0 < chance <= 1 for chance in drawn.values())
    assert drawn == near(np.array(scores), threshold, num, seed)


@settings(deadline=None)
@given(strata=st.lists(st.integers(0, 5), min_size=1, max_size=80), share=st.floats(0.05, 1.0))
def test_strata_give_as_many_as_were_wanted(strata: list[int], share: float) -> None:
    num = max(1, round(share * len(strata)))
    drawn = by_strata(strata, num, seed=0)
    assert len(drawn) == num
    sizes, taken = Counter(strata), Counter(strata[place] for place in drawn)
    chances = {strata[place]: chance for place, chance in drawn.items()}
    assert all(chances[strata[place]] == chance > 0 for place, chance in drawn.items())
    assert all(abs(taken[s] - chance * sizes[s]) < 1.001 for s, chance in chances.items())
    # A stratum of which not all are drawn has the same part of the sample as every other such stratum.
    parts = [chance * sizes[s] for s, chance in chances.items() if chance < 1]
    assert not parts or max(parts) == pytest.approx(min(parts))


def test_more_strata_than_labels_give_each_stratum_the_same_chance() -> None:
    strata = [0] * 50 + [*range(1, 50)]
    times = Counter(strata[place] for seed in range(300) for place in by_strata(strata, 10, seed))
    assert all(abs(times[stratum] / 300 - 10 / 50) < 0.1 for stratum in range(50))


def test_units_near_the_threshold_are_drawn_more_often_and_by_the_chance_that_they_say() -> None:
    scores, times = np.linspace(0, 5, 200), np.zeros(200)
    chances = np.zeros(200)
    for seed in range(400):
        for place, chance in near(scores, 3.0, 40, seed).items():
            times[place] += 1
            chances[place] = chance
    assert np.abs(times / 400 - chances).max() < 0.12  # 4 standard errors of 400 draws are at most 0.1
    assert chances[np.abs(scores - 3) < 0.25].min() > 5 * chances[scores < 1].max()


def test_an_uneven_sample_weighed_by_its_chances_says_what_holds_for_the_whole() -> None:
    scores = np.random.default_rng(0).normal(2.0, 1.0, 3000)
    good = scores > 2.6
    raw, weighed = [], []
    for seed in range(30):
        drawn = near(scores, 3.0, 300, seed)
        held = [bool(good[place]) for place in drawn]
        raw.append(np.mean(held))
        weighed.append(weighed_share(held, drawn.values()))
    assert np.mean(raw) > good.mean() + 0.15
    assert np.mean([share for share in weighed if share is not None]) == pytest.approx(good.mean(), abs=0.02)
    assert weighed_share([], []) is None


def test_small_sources_are_labelled_as_often_as_large_ones(tmp_path: Path) -> None:
    cfg = Sample(num_labels=20, sampling="stratified")
    drawn = draw_sample(cfg, corpus(tmp_path, 200), None, INLINE)
    assert Counter(place % 10 == 0 for place in drawn) == {True: 10, False: 10}
    assert {place % 10 == 0: chance for place, chance in drawn.items()} == {
        True: 0.5,
        False: pytest.approx(10 / 180),
    }


def test_equal_parts_of_a_scores_range_are_strata(tmp_path: Path) -> None:
    cfg = Sample(num_labels=21, sampling="stratified", stratify_by="depth", num_strata=7)
    drawn = draw_sample(cfg, corpus(tmp_path, 210), None, INLINE)
    assert Counter(place % 7 for place in drawn) == dict.fromkeys(range(7), 3)


@pytest.mark.parametrize(
    ("cfg", "message"),
    [
        (Sample(sampling="uncertain"), "none is given: label a uniform sample"),
        (Sample(sampling="stratified", stratify_by="widht"), "no score 'widht' .it has depth.*or by 'value'"),
    ],
)
def test_what_a_sample_lacks_is_said_with_the_way_out(cfg: Sample, message: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=message):
        draw_sample(cfg, corpus(tmp_path, 20), None, INLINE)


def test_sources_that_are_all_different_are_no_strata(tmp_path: Path) -> None:
    records = [Record(text=f"x = {i}", kind="code", source=f"line {i}", license="MIT") for i in range(9)]
    write_shard(tmp_path / "records" / "00000.parquet", records)
    with pytest.raises(UsageError, match="every unit has a source of its own.*uniform sample"):
        draw_sample(Sample(num_labels=5, sampling="stratified"), tmp_path, None, INLINE)


def test_an_empty_corpus_has_no_sample(tmp_path: Path) -> None:
    with pytest.raises(QualityGate, match="there are no records to label in"):
        draw_sample(Sample(), corpus(tmp_path, 0), None, INLINE)
