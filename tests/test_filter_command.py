"""`hornbook train-filter` and `hornbook score`, as they are typed."""

from pathlib import Path

import orjson
import pytest
from typer.testing import CliRunner

from hornbook.cli import app
from hornbook.corpus.installed import Installed, collect, find_manifest
from hornbook.errors import UsageError
from hornbook.record import read_records
from hornbook.step import Context
from hornbook.value.labels import Label, label

INLINE = Context(workers=1, engine="inline")


@pytest.fixture(scope="module")
def labels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("labels")
    for name in ("corpus", "labels"):
        (place / name).mkdir()
    cfg = Installed(packages=("python",), manifest=find_manifest(["python"]).digest, num_records=500)
    collect(cfg, out=place / "corpus", ctx=INLINE)
    label(Label(num_labels=450), corpus=place / "corpus", out=place / "labels", ctx=INLINE)
    return place / "labels"


def hornbook(*words: str | Path) -> str:
    result = CliRunner().invoke(app, [str(word) for word in words])
    if result.exception is not None:
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.fixture(scope="module")
def trained(labels: Path) -> Path:
    pytest.importorskip("sklearn")
    out = labels.parent / "filter"
    metrics = orjson.loads(hornbook("train-filter", labels, "--out", out, "--format", "json"))
    assert metrics["num_train"] + metrics["num_held_out"] == 450
    return out


def test_rows_keep_their_columns_and_gain_two(trained: Path, tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text('{"code": "x = 1", "n": 1.0}\n{"code": "def f(a):\\n    return sum(a)", "n": 2}\n')
    hornbook("score", rows, "--filter", trained, "--out", tmp_path / "out.jsonl")
    lines = (tmp_path / "out.jsonl").read_text().splitlines()
    assert '"n": 1.0' in lines[0]
    found = [orjson.loads(line) for line in lines]
    assert [row["code"] for row in found] == ["x = 1", "def f(a):\n    return sum(a)"]
    assert all(0 <= row["value_good"] <= 1 and isinstance(row["value"], float) for row in found)


def test_a_folder_of_records_becomes_one_with_scores(labels: Path, trained: Path, tmp_path: Path) -> None:
    hornbook("score", labels, "--filter", trained, "--out", tmp_path / "scored")
    scored = list(read_records(tmp_path / "scored"))
    assert [r.id for r in scored] == [r.id for r in read_records(labels)]
    assert all({"value", "value_good"} <= r.scores.keys() for r in scored)


def test_without_a_filter_the_error_says_how_to_train_one(labels: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="hornbook train-filter python --out filter"):
        hornbook("score", labels, "--out", tmp_path / "scored")
    with pytest.raises(UsageError, match="hornbook train-filter python"):
        hornbook("score", labels, "--filter", tmp_path, "--out", tmp_path / "scored")
    assert not (tmp_path / "scored").exists()


def test_labels_from_anybodys_rows_are_checked(tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    for line, says in (
        ('{"code": "x = 1"}', "no row has a number in 'value_label'"),
        ('{"code": "x = 1", "value_label": 7}', "value_label is 7, and labels go from 0 to 5"),
    ):
        rows.write_text(line + "\n")
        with pytest.raises(UsageError, match=says):
            hornbook("train-filter", rows, "--out", tmp_path / "filter")


def test_a_forest_needs_a_model(labels: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="needs the folder of a model"):
        hornbook("train-filter", labels, "--kind", "forest", "--out", tmp_path / "filter")
    assert not (tmp_path / "filter").exists()
