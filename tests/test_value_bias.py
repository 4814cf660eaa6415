"""The value filter's steps report their bias, train it away and fill thin topics."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from hornbook.corpus.installed import Installed, collect, find_manifest
from hornbook.record import read_records
from hornbook.step import Context, Metrics
from hornbook.value.classifier import Fit, fit
from hornbook.value.keeping import Keep, keep
from hornbook.value.labels import Label, label

INLINE = Context(workers=1, engine="inline")


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("corpus")
    digest = find_manifest(["python"]).digest
    collect(Installed(packages=("python",), manifest=digest, num_records=500), out=out, ctx=INLINE)
    return out


@pytest.fixture(scope="module")
def labels(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("sklearn")
    out = tmp_path_factory.mktemp("labels")
    label(Label(num_labels=400), corpus=corpus, out=out, ctx=INLINE)
    return out


@pytest.fixture(scope="module")
def fitted(labels: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Metrics]:
    out = tmp_path_factory.mktemp("classifier")
    return out, fit(Fit(), labels=labels, out=out, ctx=INLINE)


def test_training_on_changed_copies_makes_the_classifier_care_less(
    labels: Path, fitted: tuple[Path, Metrics], tmp_path: Path
) -> None:
    plain = fit(Fit(augmentations={}), labels=labels, out=tmp_path, ctx=INLINE)["probes"]
    moved, cured = (
        probes["comments_and_docstrings"]["mean_absolute_change"]["mean"]
        for probes in (plain, fitted[1]["probes"])
    )
    assert cured < 0.75 * moved


def test_a_change_that_nobody_knows_is_refused_with_those_that_are_known() -> None:
    with pytest.raises(ValidationError, match=r"'comments_and_docstrings'.*'whitespace'"):
        Fit.model_validate({"augmentations": {"tabs": 1.0}})


def test_topics_are_counted_and_the_thin_ones_filled(
    corpus: Path, fitted: tuple[Path, Metrics], tmp_path: Path
) -> None:
    found = {}
    for least in (0.0, 0.5):
        (out := tmp_path / str(least)).mkdir()
        cfg = Keep(keep_share=0.25, least_of_topic=least)
        found[least] = keep(cfg, corpus=corpus, classifier=fitted[0], out=out, ctx=INLINE)
    plain, full = found[0.0]["topics"], found[0.5]["topics"]
    assert full["num_units"]["without_filling"] == plain["num_units"]["after"] == found[0.0]["num_kept"]
    assert full["num_units"]["after"] == found[0.5]["num_kept"] > plain["num_units"]["after"]
    assert all(n["after"] >= n["before"] // 2 for n in full["counts"].values())
    assert any(n["after"] < n["before"] // 2 for n in plain["counts"].values())
    kept = list(read_records(tmp_path / "0.5"))
    filling = [r for r in kept if r.tags.get("value_kept") == "fills_a_topic"]
    assert len(filling) == full["num_units"]["after"] - plain["num_units"]["after"]
    assert max(r.scores["value"] for r in filling) < found[0.5]["threshold"]
    assert {r.id for r in read_records(tmp_path / "0.0")} == {r.id for r in kept} - {r.id for r in filling}
