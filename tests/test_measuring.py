"""What a classifier is measured by, against cases counted by hand and against scikit-learn."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hornbook.value.calibration import calibration, rising
from hornbook.value.gold import agreement, gold_units, load_gold, measure_on_gold
from hornbook.value.measuring import best_threshold, quality
from hornbook.value.trees import Trees, of_boosting, of_forest


def test_quality_agrees_with_a_case_counted_by_hand() -> None:
    # good: labels 3, 4, 5, 3; called good: scores >= 2.5, of which three are good, so 3 hits, 1 miss, 1 alarm.
    metrics = quality(np.array([2.6, 3.0, 4.0, 2.0, 2.7, 0.5]), np.array([3.0, 4.0, 5.0, 3.0, 1.0, 0.0]), 2.5)
    assert metrics["precision"] == metrics["recall"] == metrics["f1"] == 0.75
    assert metrics["accuracy"] == metrics["accuracy_of_majority"] == 0.6667
    assert metrics["f1_of_all_good"] == 0.8
    assert metrics["confusion"] == {
        "good_called_good": 3,
        "good_called_poor": 1,
        "poor_called_good": 1,
        "poor_called_poor": 1,
    }


def test_a_weight_counts_a_unit_so_often() -> None:
    scores, labels = np.array([4.0, 4.0, 1.0, 1.0]), np.array([5.0, 1.0, 4.0, 0.0])
    weights = np.array([3.0, 1.0, 2.0, 4.0])
    weighed = quality(scores, labels, 2.5, weights)
    often = np.repeat(np.arange(4), weights.astype(int))
    repeated = quality(scores[often], labels[often], 2.5)
    assert weighed | {"confusion": 0} == repeated | {"confusion": 0}
    assert (weighed["precision"], weighed["recall"]) == (0.75, 0.6)
    assert set(weighed["confusion"].values()) == {1}
    assert best_threshold(scores, labels / 5, weights) == best_threshold(scores[often], labels[often] / 5)


def test_the_best_threshold_parts_good_from_poor() -> None:
    assert best_threshold(np.array([0.1, 0.9, 0.4, 0.8]), np.array([0.0, 1.0, 0.0, 1.0])) == 0.8


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 1000))
def test_chances_that_are_true_have_a_small_error_and_false_ones_a_large(seed: int) -> None:
    draws = np.random.default_rng(seed)
    chances = draws.random(4000)
    good = (draws.random(4000) < chances).astype(float)
    assert calibration(chances, good)[0] < 0.06
    assert calibration(1 - chances, good)[0] > 0.3


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 1000))
def test_a_curve_never_falls(seed: int) -> None:
    pytest.importorskip("sklearn")
    draws = np.random.default_rng(seed)
    scores = draws.normal(size=300)
    curve = rising(scores, (draws.random(300) < 0.5).astype(float))
    assert (np.diff(curve(np.linspace(-3, 3, 50))) >= 0).all()


@pytest.mark.parametrize("kind", ["boosting", "log", "forest"])
def test_trees_as_arrays_say_what_scikit_learn_says(kind: str) -> None:
    ensemble = pytest.importorskip("sklearn.ensemble")
    draws = np.random.default_rng(0)
    rows = draws.normal(size=(400, 5)).astype(np.float32).astype(np.float64)
    targets = rows[:, 0] * rows[:, 1] + rows[:, 2]
    if kind == "forest":
        model = ensemble.RandomForestRegressor(10, random_state=0).fit(rows, targets)
        trees, said = of_forest(model), model.predict(rows)
    elif kind == "log":
        model = ensemble.HistGradientBoostingClassifier(max_iter=10).fit(rows, targets > 0)
        trees, said = of_boosting(model), model.decision_function(rows)
    else:
        model = ensemble.HistGradientBoostingRegressor(max_iter=10).fit(rows, targets)
        trees, said = of_boosting(model), model.predict(rows)
    assert trees.sums(rows) == pytest.approx(said, abs=1e-9)
    again = Trees.of_arrays(trees.arrays())
    assert (again.sums(rows) == trees.sums(rows)).all()


def test_the_gold_set_is_large_read_twice_and_its_parts_share_no_file() -> None:
    units = gold_units()
    test = [unit for unit in units if unit.part == "test"]
    assert len(test) >= 400
    assert all(len(unit.readings) >= 2 for unit in test)
    assert {u.file for u in test}.isdisjoint(u.file for u in units if u.part == "tuning")
    assert 0.2 <= sum(unit.label >= 3 for unit in test) / len(test) <= 0.4
    assert agreement(test)["f1_of_readers"] > 0.8


def test_knowing_the_labels_is_perfect_and_guessing_is_the_baseline() -> None:
    gold = load_gold("test")
    if gold.missing:
        pytest.skip(f"other versions are installed: {gold.missing} units are missing")
    good = np.array([unit.label >= 3 for unit in gold.units])
    known = measure_on_gold(lambda texts: (good.astype(float), good), gold)
    assert (known["f1"], known["calibration_error"], known["weighted"]["f1"]) == (1.0, 0.0, 1.0)
    guessed = measure_on_gold(lambda texts: (np.ones(len(texts)), np.ones(len(texts), dtype=bool)), gold)
    assert guessed["f1"] == guessed["f1_of_all_good"] < 0.5
