"""`hornbook train-filter` and `hornbook score`, as they are typed."""

import re
import shutil
import tracemalloc
from dataclasses import replace
from pathlib import Path

import orjson
import pyarrow.parquet as pq
import pytest
from small_model import save_small_model
from typer.testing import CliRunner

from hornbook.cli import app
from hornbook.corpus.installed import Installed, collect, find_manifest
from hornbook.errors import QualityGate, UsageError
from hornbook.record import Record, flat_row, read_records, read_rejected, write_shard
from hornbook.step import Context
from hornbook.value.classifier import Fit, fit
from hornbook.value.labels import Label, label
from hornbook.value.scorer import load_scorer

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
    assert {path.name for path in tmp_path.iterdir()} == {"rows.jsonl", "out.jsonl"}
    found = [orjson.loads(line) for line in lines]
    assert [row["code"] for row in found] == ["x = 1", "def f(a):\n    return sum(a)"]
    assert all(0 <= row["value_good"] <= 1 and isinstance(row["value"], float) for row in found)


def test_the_text_may_be_in_any_column(trained: Path, tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    texts = [f"def f{i}(a):\n    return a + {i % 3}" for i in range(30)] * 2
    rows.write_bytes(b"".join(orjson.dumps({"body": text, "n": i}) + b"\n" for i, text in enumerate(texts)))
    says = r"none of its rows has a text .*; the columns are body, n: name the text's column \(--column\)"
    with pytest.raises(UsageError, match=says):
        hornbook("score", rows, "--filter", trained, "--out", tmp_path / "out.parquet")
    hornbook("score", rows, "--filter", trained, "--column", "body", "--out", tmp_path / "out.parquet")
    found = pq.read_table(tmp_path / "out.parquet").to_pylist()
    assert [(row["body"], row["n"]) for row in found] == [(text, i) for i, text in enumerate(texts)]
    assert [row["value"] for row in found[:30]] == [row["value"] for row in found[30:]]


DIRTY: list[object] = [
    {"code": "x = 1", "n": 1},
    {"code": None, "n": 2},
    {"code": 7, "n": 3},
    {"n": 4},
    {"code": "def f(a):\n    return sum(a)", "n": 5},
]


@pytest.mark.parametrize("suffix", [".jsonl", ".parquet"])
def test_rows_without_a_text_stay_without_a_score_and_are_counted(
    trained: Path, tmp_path: Path, suffix: str
) -> None:
    # In a Parquet file a column has one type, and a row that lacks it has null there.
    dirty = DIRTY if suffix == ".jsonl" else [row for row in DIRTY if row != {"code": 7, "n": 3}]
    rows, out = tmp_path / "rows.jsonl", tmp_path / f"out{suffix}"
    rows.write_bytes(b"".join(orjson.dumps(row) + b"\n" for row in dirty))
    said = hornbook("score", rows, "--filter", trained, "--out", out)
    assert f"{len(dirty) - 2} without a text have no score, first rows.jsonl, line 2" in said.replace(
        "\n", " "
    )
    made = [orjson.loads(line) for line in out.read_text().splitlines()] if suffix == ".jsonl" else None
    found = made or pq.read_table(out).to_pylist()
    assert [row["n"] for row in found] == [row["n"] for row in dirty]  # type: ignore[index]
    is_scored = [row["value"] is not None and row["value_good"] is not None for row in found]
    assert is_scored == [True, *[False] * (len(dirty) - 2), True]
    clean = tmp_path / "clean.jsonl"
    clean.write_bytes(b"".join(orjson.dumps(row) + b"\n" for row in (dirty[0], dirty[-1])))
    hornbook("score", clean, "--filter", trained, "--out", tmp_path / f"clean_out{suffix}")
    other = tmp_path / f"clean_out{suffix}"
    alone = (
        [orjson.loads(line) for line in other.read_text().splitlines()]
        if suffix == ".jsonl"
        else pq.read_table(other).to_pylist()
    )
    assert [row["value"] for row in alone] == [found[0]["value"], found[-1]["value"]]


def test_rows_without_a_text_are_rejected_from_a_folder_of_records(trained: Path, tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_bytes(b"".join(orjson.dumps(row) + b"\n" for row in DIRTY))
    made = hornbook("score", rows, "--filter", trained, "--out", tmp_path / "scored", "--format", "json")
    assert (orjson.loads(made)["num_scored"], orjson.loads(made)["num_without_text"]) == (2, 3)
    assert len(list(read_records(tmp_path / "scored"))) == 2
    rejected = list(read_rejected(tmp_path / "scored"))
    assert [orjson.loads(one.record.text) for one in rejected] == DIRTY[1:4]
    found = [(one.reason, one.detail, one.record.source) for one in rejected]
    assert found == [
        ("no_text", "column 'code' is null", "rows.jsonl, line 2"),
        ("no_text", "column 'code' is not text", "rows.jsonl, line 3"),
        ("no_text", "no column with a text; it has n", "rows.jsonl, line 4"),
    ]


TORN = b'{"code": "x = 1", "n": 1}\n{"code": "def f(\n\n\xff\n{"code": "def f(a):\\n    return a", "n": 5}\n'


@pytest.mark.parametrize("suffix", [".jsonl", ".parquet"])
def test_lines_that_are_not_json_stay_as_texts_and_are_counted(
    trained: Path, tmp_path: Path, suffix: str
) -> None:
    rows, out = tmp_path / "rows.jsonl", tmp_path / f"out{suffix}"
    rows.write_bytes(TORN)
    said = " ".join(hornbook("score", rows, "--filter", trained, "--out", out).split())
    assert "2 not JSON have no score, first rows.jsonl, line 2 (the line is not JSON (Unterminated" in said
    made = [orjson.loads(line) for line in out.read_text().splitlines()] if suffix == ".jsonl" else None
    found = made or pq.read_table(out).to_pylist()
    assert [row.get("row") for row in found] == [None, '{"code": "def f(', "\ufffd", None]
    assert [row["value"] is not None for row in found] == [True, False, False, True]


def test_a_file_of_which_no_line_can_be_read_is_refused(trained: Path, tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text("some\nprose\n")
    with pytest.raises(UsageError, match=r"line 1 is not JSON .*give a .jsonl, .jsonl.gz or .parquet file"):
        hornbook("score", rows, "--filter", trained, "--out", tmp_path / "out.jsonl")


def test_records_of_hornbooks_own_that_hold_half_a_character_have_no_score(
    trained: Path, tmp_path: Path
) -> None:
    rows = tmp_path / "rows.jsonl"
    record = flat_row(Record(text="x = 1", kind="code", source="s", license="MIT"))
    whole = orjson.dumps(record)
    rows.write_bytes(whole + b"\n" + whole.replace(b"x = 1", b"\\ud800") + b"\n")
    made = hornbook("score", rows, "--filter", trained, "--out", tmp_path / "out.jsonl", "--format", "json")
    assert (orjson.loads(made)["num_scored"], orjson.loads(made)["num_without_text"]) == (1, 1)


@pytest.mark.parametrize("suffix", [".jsonl", ".parquet"])
def test_memory_does_not_grow_with_the_records_of_a_file(trained: Path, tmp_path: Path, suffix: str) -> None:
    peaks = []
    for count in (2_000, 6_000):
        source, out = tmp_path / f"{count}.jsonl", tmp_path / f"out{count}{suffix}"
        texts = (f"x_{i} = [{i}, " + "'yes', " * 400 + "]\n" for i in range(count))
        records = (Record(text=text, kind="code", source="s", license="MIT") for text in texts)
        with source.open("wb") as file:
            file.writelines(orjson.dumps(flat_row(record)) + b"\n" for record in records)
        tracemalloc.start()
        hornbook("score", source, "--filter", trained, "--out", out)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        size = source.stat().st_size
    is_json = suffix == ".jsonl"
    assert (out.read_bytes().count(b"\n") if is_json else pq.read_metadata(out).num_rows) == 6_000
    print(f"peaks {peaks[0] / 1e6:.1f} and {peaks[1] / 1e6:.1f} MB, file {size / 1e6:.1f} MB")
    assert peaks[1] - peaks[0] < 6e6 < 15e6 < size  # kept, the further texts alone would be 12 MB


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


@pytest.mark.parametrize(
    ("file", "content", "says"),
    [
        ("classifier.json", b"", "cannot be read"),
        ("classifier.json", b"[]", "no settings by name"),
        ("classifier.json", b'{"kind": "fast"}', "lacks 'columns'"),
        ("classifier.json", b'{"kind": "head"}', "lacks 'model'"),
        ("classifier.json", b'{"kind": "oracle"}', "of kind 'oracle', none of fast, forest, head"),
        ("classifier.npz", b"", "cannot be read"),
        ("classifier.npz", b"PK\x03\x04 torn", "cannot be read"),
    ],
)
def test_a_damaged_filter_is_named_and_is_to_be_fitted_again(
    trained: Path, tmp_path: Path, file: str, content: bytes, says: str
) -> None:
    damaged = tmp_path / "filter"
    shutil.copytree(trained, damaged)
    (damaged / file).write_bytes(content)
    with pytest.raises(UsageError, match=rf"{says}.*fit .*again"):
        load_scorer(damaged)


def test_labels_from_anybodys_rows_are_checked(tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    for line, says in (
        ('{"code": "x = 1"}', "no row has a number in 'value_label'"),
        ('{"code": "x = 1", "value_label": 7}', "value_label is 7, and labels go from 0 to 5"),
        ('{"code": "x = 1", "value_label": "7"}', "column 'value_label' is '7', and must be a number"),
    ):
        rows.write_text(line + "\n")
        with pytest.raises(UsageError, match=says):
            hornbook("train-filter", rows, "--out", tmp_path / "filter")


def test_a_forest_needs_a_model(labels: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="needs the folder of a model"):
        hornbook("train-filter", labels, "--kind", "forest", "--out", tmp_path / "filter")
    for labelled in (
        labels,
        tmp_path / "nowhere",
    ):  # said before labels are read, which may take a minute to make
        with pytest.raises(UsageError, match=r"no model \(no model.safetensors\)"):
            hornbook(
                *(
                    "train-filter",
                    labelled,
                    "--kind",
                    "head",
                    "--model",
                    tmp_path,
                    "--out",
                    tmp_path / "filter",
                )
            )
    assert not (tmp_path / "filter").exists()


def test_a_filter_over_a_model_notices_every_file_that_its_states_hang_on(
    labels: Path, tmp_path: Path
) -> None:
    pytest.importorskip("sklearn")
    model, out, rows = (
        save_small_model(tmp_path, "def f(a):\n    return a\n"),
        tmp_path / "f",
        tmp_path / "r.jsonl",
    )
    hornbook("train-filter", labels, "--kind", "head", "--model", model, "--out", out)
    rows.write_text('{"code": "x = 1"}\n')
    score = ("score", rows, "--filter", out, "--out")
    hornbook(*score, tmp_path / "a.jsonl")
    (model / "generation_config.json").write_text("{}")
    (model / "README.md").write_text("mine")
    hornbook(*score, tmp_path / "b.jsonl")
    for name in ("config.json", "tokenizer.json", "model.safetensors"):
        content = (model / name).read_bytes()
        (model / name).write_bytes(content + b" ")
        with pytest.raises(
            UsageError, match=rf"fitted on another model than .*: {name} changed since; put back"
        ):
            hornbook(*score, tmp_path / "c.jsonl")
        (model / name).write_bytes(content)
    (model / "vocab.txt").write_text("a")
    with pytest.raises(UsageError, match=r"fitted on another model than .*: vocab.txt changed since"):
        hornbook(*score, tmp_path / "c.jsonl")
    (model / "vocab.txt").unlink()
    about = out / "classifier.json"
    settings = orjson.loads(about.read_bytes())
    digest = settings.pop("digests")["model.safetensors"]
    about.write_bytes(orjson.dumps(settings | {"digest": digest}))
    with pytest.raises(UsageError, match=r"is of an earlier version, .* so nothing tells .*: fit it again"):
        hornbook(*score, tmp_path / "c.jsonl")
    model.rename(tmp_path / "moved")
    with pytest.raises(
        UsageError, match=r"fitted on the model in .*, which is not there any more: put it back"
    ):
        hornbook(*score, tmp_path / "c.jsonl")


def test_rows_that_no_parquet_file_holds_are_refused_before_anything_is_scored(tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text('{"code": "x = 1", "n": 1}\n{"code": "x = 1", "n": "one"}\n')
    empty = tmp_path / "filter"
    empty.mkdir()
    with pytest.raises(UsageError, match="a column has different types in different rows"):
        hornbook("score", rows, "--filter", empty, "--out", tmp_path / "scored.parquet")
    with pytest.raises(UsageError, match="filter"):
        hornbook("score", rows, "--filter", empty, "--out", tmp_path / "scored.jsonl")


def test_rows_without_paths_are_files_of_their_own_to_a_filter(labels: Path, tmp_path: Path) -> None:
    pytest.importorskip("sklearn")
    rows = tmp_path / "rows.jsonl"
    texts = [record.text for record in read_records(labels)]
    rows.write_bytes(b"".join(orjson.dumps({"content": text}) + b"\n" for text in texts))
    hornbook("corpus", "add", rows, "--out", tmp_path / "corpus")
    hornbook("label", tmp_path / "corpus", "--out", tmp_path / "labels")
    made = hornbook("train-filter", tmp_path / "labels", "--out", tmp_path / "filter", "--format", "json")
    assert 0.1 < orjson.loads(made)["num_held_out"] / len(texts) < 0.3
    counted = orjson.loads(hornbook("corpus", "stats", tmp_path / "corpus", "--format", "json"))
    assert list(counted["top_sources"]) == ["rows.jsonl"]


def test_too_few_good_labels_say_how_many_more_are_needed_and_how(
    labels: Path, trained: Path, tmp_path: Path
) -> None:
    found = list(read_records(labels))
    good = [record for record in found if record.scores["value_label_good"] >= 0.5]
    poor = [record for record in found if record.scores["value_label_good"] < 0.5]
    for num_good, num_labels, says in (
        (3, 100, r"of all 100 labels 3 are good \(3%\), so some [\d,]+ would do, [\d,]+ more"),
        (0, 100, r"of all 100 labels 0 are good \(0%\), so some [\d,]+ would do, [\d,]+ more"),
    ):
        few = [*good[:num_good], *poor[: num_labels - num_good]]
        write_shard(tmp_path / f"few{num_good}" / "records" / "00000.parquet", few)
        with pytest.raises(QualityGate, match=says) as caught:
            hornbook("train-filter", tmp_path / f"few{num_good}", "--out", tmp_path / "filter")
        words = re.findall(r"`hornbook ([^`]*)`", str(caught.value))
        assert [word.split()[0] for word in words] == ["label", "label", "train-filter"]
        more, uncertain, _ = words
        assert int(more.split()[-1]) >= 150
        source = tmp_path / f"few{num_good}"
        out = tmp_path / f"out{num_good}"
        given = {"FILE": source, "FILTER": trained, "-n": "-n"}
        hornbook(*(given.get(word, word) for word in uncertain.split()), "-n", "10", "--out", out)
        assert len(list(read_records(out))) == 10


def test_labels_of_one_file_teach_no_filter(labels: Path, tmp_path: Path) -> None:
    one = [replace(record, source=f"package/one.py:f{i}") for i, record in enumerate(read_records(labels))]
    write_shard(tmp_path / "labels" / "records" / "00000.parquet", one)
    with pytest.raises(QualityGate, match="too few source files"):
        fit(Fit(share_held_out=0), labels=tmp_path / "labels", out=tmp_path, ctx=INLINE)


def test_an_uneven_sample_is_weighed_back_by_its_chances(labels: Path, tmp_path: Path) -> None:
    pytest.importorskip("sklearn")
    # Each unit that is not good, drawn with half the chance, stands for two.
    found = [
        replace(
            record,
            scores={**record.scores, "label_chance": 1.0 if record.scores["value_label"] >= 3 else 0.5},
        )
        for record in read_records(labels)
    ]
    write_shard(tmp_path / "labels" / "records" / "00000.parquet", found)
    metrics = {}
    for name, folder in (("even", labels), ("uneven", tmp_path / "labels")):
        (tmp_path / name).mkdir()
        metrics[name] = fit(Fit(), labels=folder, out=tmp_path / name, ctx=INLINE)
    good, poor = (
        metrics["even"]["confusion"][f"{kind}_called_good"]
        + metrics["even"]["confusion"][f"{kind}_called_poor"]
        for kind in ("good", "poor")
    )
    assert metrics["even"]["f1_of_all_good"] == round(2 * good / (2 * good + poor), 4)
    assert metrics["uneven"]["f1_of_all_good"] == round(2 * good / (2 * good + 2 * poor), 4)
