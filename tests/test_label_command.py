"""`hornbook label` on the command line: programs, people and a model label rows and records."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from asking_records import answer, code, given
from fake_server import Served, serving
from test_ask_command import lines, read, teacher
from test_cli import fails, hornbook
from test_value import DELEGATION, GOOD_SEARCH, real_units

from hornbook.errors import UsageError
from hornbook.pool import RECORDS_PER_SHARD
from hornbook.record import flat_row, read_records, read_rejected, shards
from hornbook.rows import label as labelling
from hornbook.step import Context, Metrics
from hornbook.value.classifier import Fit, fit
from hornbook.value.judges import Judged
from hornbook.value.labels import Label, OfflineJudge, label
from hornbook.value.sampling import Sample, draw_sample

INLINE = Context(workers=1, engine="inline")


@pytest.fixture(scope="module")
def running() -> Iterator[Served]:
    with serving() as served:
        yield served


def rows_file(folder: Path) -> Path:
    rows = [{"n": float(i), "content": text} for i, text in enumerate(real_units()[:30])]
    return lines(folder / "rows.jsonl", *rows, {"n": 30.0, "content": "def f(:"})


def fill(sheet: Path, name: str, label_of: Callable[[str], object]) -> Path:
    with sheet.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    path = sheet.with_name(f"{name}.csv")
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows({**row, "label": label_of(row["text"])} for row in rows)
    return path


@pytest.mark.parametrize("suffix", [".jsonl", ".parquet"])
def test_anybodys_rows_are_labelled_as_they_stood(tmp_path: Path, suffix: str) -> None:
    source, out = rows_file(tmp_path), tmp_path / f"labels{suffix}"
    done = hornbook("label", source, "--out", out)
    assert done.returncode == 0, done.stderr
    made = read(out) if suffix == ".jsonl" else pq.read_table(out).to_pylist()
    assert [row["n"] for row in made] == [float(i) for i in range(30)]
    for row in made:
        (judged,) = OfflineJudge().judge([str(row["content"])])
        assert isinstance(judged, Judged)
        assert (row["value_label"], row["value_label_good"]) == (judged.label, judged.good)
        assert (row["value_by"], row["label_chance"]) == ("program", 1.0)
        assert row["value_computes"]
    assert "30 labels by program" in done.stdout and "{'not_python': 1}" in done.stdout
    if suffix == ".jsonl":
        assert out.read_text().splitlines()[0].startswith(source.read_text().splitlines()[0][:-1])
        (refused,) = read(tmp_path / "labels.rejected.jsonl")
        assert (refused["n"], refused["reason"]) == (30.0, "not_python")


def test_rows_without_a_text_are_rejected_and_the_others_labelled(tmp_path: Path) -> None:
    good = {"content": real_units()[0], "n": 0}
    source = lines(tmp_path / "rows.jsonl", {"content": None, "n": 1}, good, {"n": 2}, ["odd"])
    done = hornbook("label", source, "--out", tmp_path / "labels.jsonl")
    assert done.returncode == 0, done.stderr
    assert [row["n"] for row in read(tmp_path / "labels.jsonl")] == [0]
    refused = read(tmp_path / "labels.rejected.jsonl")
    assert [row["reason"] for row in refused] == ["no_text"] * 3
    assert refused[0]["detail"] == "column 'content' is null"
    assert "3 without a label: {'no_text': 3}" in done.stdout
    done = hornbook("label", source, "--out", tmp_path / "labels")
    assert done.returncode == 0, done.stderr
    assert [one.record.source for one in read_rejected(tmp_path / "labels")] == [
        f"rows.jsonl, line {number}" for number in (1, 3, 4)
    ]
    done = hornbook("label", source, "--by", "csv", "--out", tmp_path / "sheet.csv")
    assert "3 without a text are not in it, first rows.jsonl, line 1" in done.stdout


def test_lines_that_are_not_json_are_rejected_and_the_others_labelled(tmp_path: Path) -> None:
    source = lines(tmp_path / "rows.jsonl", {"content": real_units()[0], "n": 0}, {"content": None, "n": 1})
    source.write_text(source.read_text() + "torn {\n")
    done = hornbook("label", source, "--out", tmp_path / "labels.jsonl")
    assert done.returncode == 0, done.stderr
    assert "2 without a label: {'no_text': 1, 'not_json': 1}" in done.stdout
    assert [row["n"] for row in read(tmp_path / "labels.jsonl")] == [0]
    refused = read(tmp_path / "labels.rejected.jsonl")
    assert [(row["reason"], row.get("row")) for row in refused] == [("no_text", None), ("not_json", "torn {")]
    done = hornbook("label", source, "--out", tmp_path / "labels")
    refused_ = [(one.reason, one.record.text) for one in read_rejected(tmp_path / "labels")]
    assert refused_ == [("no_text", '{"content": null, "n": 1}'), ("not_json", "torn {")]


def test_of_many_and_long_rows_without_a_text_all_and_their_beginnings_are_kept(tmp_path: Path) -> None:
    rows = [{"content": None, "n": n} for n in range(2100)]
    source = lines(tmp_path / "rows.jsonl", {"content": "x = 1"}, *rows, {"n": "y" * 50_000})
    done = hornbook("label", source, "--out", tmp_path / "labels")
    assert done.returncode == 0, done.stderr
    *short, long = read_rejected(tmp_path / "labels")
    assert [json.loads(one.record.text) for one in short] == rows
    assert long.record.text == ('{"n": "' + "y" * 50_000)[:10_000]
    sizes = [pq.read_metadata(path).num_rows for path in shards(tmp_path / "labels", "rejected")]
    assert sum(sizes) == 2101 and max(sizes) <= RECORDS_PER_SHARD


COPIES = [{"n": n, "content": f"def f(a):\n    return sum(a) + {n % 4}\n"} for n in range(20)]


def test_as_many_rows_come_out_as_were_asked_for_whatever_their_copies(tmp_path: Path) -> None:
    source = lines(tmp_path / "rows.jsonl", {"n": -1}, *COPIES, {"n": 20, "content": "def f(:"})
    done = hornbook("label", source, "-n", 7, "--out", tmp_path / "labels.jsonl")
    assert done.returncode == 0, done.stderr
    refused = [row["n"] for row in read(tmp_path / "labels.rejected.jsonl")]
    made = [row["n"] for row in read(tmp_path / "labels.jsonl")]
    assert refused[0] == -1 and len(made) + len(refused[1:]) == 7
    done = hornbook("label", source, "-n", 7, "--out", tmp_path / "labels")
    assert done.returncode == 0, done.stderr
    texts = [record.text for record in read_records(tmp_path / "labels")]
    assert texts == [COPIES[n]["content"] for n in made]  # type: ignore[call-overload]


def test_a_file_that_changes_while_it_is_labelled_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [{"content": text} for text in (GOOD_SEARCH, "def f(:", DELEGATION)]
    source, plain = lines(tmp_path / "rows.jsonl", *rows), labelling.label_with

    def changing(*args: Any, **options: Any) -> Metrics:
        metrics = plain(*args, **options)
        lines(source, rows[0], {"content": "x = 1"}, rows[2])
        return metrics

    monkeypatch.setattr(labelling, "label_with", changing)
    asked = labelling.Labelling(
        source=source, out=tmp_path / "out.jsonl", rejected=None, by="offline", sample=Sample(), workers=1
    )
    with pytest.raises(UsageError, match=r"rows.jsonl has changed while it was read; run the command again"):
        labelling.label_rows(asked, "json")
    assert not list(tmp_path.glob("out*"))


def test_a_sheet_has_each_text_once_and_can_be_read_again(tmp_path: Path) -> None:
    source = lines(tmp_path / "rows.jsonl", *COPIES)
    done = hornbook("label", source, "--by", "csv", "-n", 3, "--out", tmp_path / "sheet.csv")
    assert "3 units in" in done.stdout, done.stderr
    done = hornbook("label", source, "--by", "csv", "--out", tmp_path / "whole.csv")
    assert "4 units in" in done.stdout, done.stderr
    anna = fill(tmp_path / "whole.csv", "anna", lambda text: 3)
    words = ["label", source, "--by", "csv", "--labels", anna]
    done = hornbook(*words, "--out", tmp_path / "labels.jsonl")
    assert done.returncode == 0, done.stderr
    assert [row["n"] for row in read(tmp_path / "labels.jsonl")] == [0, 1, 2, 3]
    assert hornbook(*words, "--out", tmp_path / "labels").returncode == 0
    assert len(list(read_records(tmp_path / "labels"))) == 4


def test_rows_that_no_parquet_file_holds_are_refused_before_a_model_is_paid(
    running: Served, tmp_path: Path
) -> None:
    answer(running, tmp_path)
    source = lines(tmp_path / "rows.jsonl", *({"text": code(i).text, "n": [i, "x"][i % 2]} for i in range(4)))
    asked = running.counts()["requests"]
    for words in (["label", source, "--by", "endpoint"], ["ask", "judge", source]):
        done = hornbook(*words, *teacher(running, tmp_path), "--out", tmp_path / "out.parquet")
        fails(done, 2, "a column has different types in different rows")
    assert running.counts()["requests"] == asked
    assert not list(tmp_path.glob("out*"))


def test_a_file_without_any_text_names_its_columns(tmp_path: Path) -> None:
    source = lines(tmp_path / "rows.jsonl", {"body": "x = 1", "n": 1}, {"body": "y = 1", "stars": 2})
    done = hornbook("label", source, "--out", tmp_path / "labels.jsonl")
    assert done.returncode == 2
    assert "none of its rows has a text (the first of 2" in done.stderr
    assert "the columns are body, n, stars: name the text's column (--column)" in done.stderr
    assert not (tmp_path / "labels.jsonl").exists()


def test_a_sample_of_a_corpus_becomes_a_folder_of_labelled_records(tmp_path: Path) -> None:
    corpus = given(tmp_path / "corpus", [code(i) for i in range(20)])
    for name in ("one", "again"):
        done = hornbook("label", corpus, "-n", 8, "--out", tmp_path / name, "--format", "json")
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["num_kept"] == 8
    shards = [(tmp_path / name / "records" / "00000.parquet").read_bytes() for name in ("one", "again")]
    assert shards[0] == shards[1]
    for record in read_records(tmp_path / "one"):
        assert record.source.startswith("m")
        (judged,) = OfflineJudge().judge([record.text])
        assert isinstance(judged, Judged)
        labels = {"value_label": judged.label, "value_label_good": judged.good}
        assert record.scores == labels | {"label_chance": 0.4}
    rows = lines(tmp_path / "rows.jsonl", *(flat_row(record) for record in read_records(corpus)))
    done = hornbook("label", rows, "-n", 8, "--out", tmp_path / "rows.parquet")
    assert done.returncode == 0, done.stderr
    assert list(read_records(tmp_path / "rows.parquet")) == list(read_records(tmp_path / "one"))


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        (
            {"tags": "{torn"},
            "its column 'tags' is '{torn', and must be texts by name, as JSON in a text; mend",
        ),
        (
            {"scores": {"value": 3}},
            "its column 'scores' is {'value': 3}, and must be a text; mend or remove it",
        ),
        ({"parents": "none"}, "its column 'parents' is 'none', and must be a list of texts"),
        ({"prompt": "def f():\n"}, "its column 'solution' is null or missing; mend"),
        ({"source": None}, "its column 'source' is null or missing"),
        ({"source": "\ud800"}, "its column 'source' is '\\ud800', and must be a text"),
        ({"parents": ["\ud800"]}, "its column 'parents' is ['\\ud800'], and must be a list of texts"),
        ({"difficulty": 300}, "its column 'difficulty' is 300, and must be a small whole number"),
        ({"difficulty": True}, "its column 'difficulty' is True, and must be a small whole number"),
    ],
)
def test_a_damaged_record_in_a_file_is_named_with_its_line_and_column(
    tmp_path: Path, changed: dict[str, object], says: str
) -> None:
    whole = flat_row(code(0))
    source = lines(tmp_path / "rows.jsonl", whole, whole | changed)
    done = hornbook("label", source, "--out", tmp_path / "labels.jsonl")
    fails(done, 2, f"rows.jsonl, line 2 is no whole record of hornbook's: {says}")


def test_people_label_in_sheets_and_a_third_settles_what_they_disagree_about(tmp_path: Path) -> None:
    source = lines(tmp_path / "rows.jsonl", *({"text": text} for text in (GOOD_SEARCH, DELEGATION, "x = 1")))
    sheet = tmp_path / "sheet.csv"
    done = hornbook("label", source, "--by", "csv", "--out", sheet)
    assert done.returncode == 0, done.stderr
    assert "3 units in" in done.stdout and "hornbook rubric" in done.stdout
    anna = fill(sheet, "anna", lambda text: 5 if text == GOOD_SEARCH else 1)
    ben = fill(sheet, "ben", lambda text: 5 if text == GOOD_SEARCH else 1 if text == DELEGATION else 0)
    words = ["label", source, "--by", "csv", "--labels", anna, "--labels", ben]
    done = hornbook(*words, "--out", tmp_path / "labels.jsonl")
    assert done.returncode == 0, done.stderr
    assert "passes_equal: 0.6667" in done.stdout and "1 of 3 labels differ" in done.stdout
    assert [row["value_label"] for row in read(tmp_path / "labels.jsonl")] == [5.0, 1.0]
    (refused,) = read(tmp_path / "labels.rejected.jsonl")
    assert (refused["reason"], refused["detail"]) == ("judges_disagree", "anna: 1 | ben: 0")
    carla = fill(tmp_path / "labels.disagreements.csv", "carla", lambda text: 2)
    done = hornbook(*words, "--resolved", carla, "--out", tmp_path / "settled.jsonl")
    assert done.returncode == 0, done.stderr
    settled = read(tmp_path / "settled.jsonl")[2]
    assert [settled[f"value_label{end}"] for end in ("", "_1", "_2")] == [2.0, 1.0, 0.0]
    assert settled["value_by"] == "anna and ben"


def test_a_model_labels_and_its_agreement_with_itself_is_told(running: Served, tmp_path: Path) -> None:
    answer(running, tmp_path)
    source = lines(tmp_path / "rows.jsonl", *({"text": code(i).text} for i in range(6)))
    words = ["label", source, "--by", "endpoint", *teacher(running, tmp_path)]
    done = hornbook(*words, "--passes", 2, "-n", 4, "--out", tmp_path / "labels.jsonl")
    assert done.returncode == 0, done.stderr
    assert "kappa: None\npasses_equal: 1.0" in done.stdout and "spent: 8 calls" in done.stdout
    made = read(tmp_path / "labels.jsonl")
    assert {(row["value_label"], row["value_by"]) for row in made} == {(3.0, "m")}
    assert all(str(row["value_reason"]).startswith("computes: it adds = 1") for row in made)
    assert not list(tmp_path.glob(".*ledger*"))


def test_a_trained_filter_sends_labels_to_where_it_is_unsure(tmp_path: Path) -> None:
    pytest.importorskip("sklearn")
    corpus = tmp_path / "corpus"
    rows = lines(tmp_path / "rows.jsonl", *({"text": text, "license": "MIT"} for text in real_units()))
    done = hornbook("label", rows, "--out", tmp_path / "labels.parquet", "-n", 400)
    assert done.returncode == 0, done.stderr
    done = hornbook("label", rows, "--out", corpus, "-n", 400)  # as records
    assert done.returncode == 0, done.stderr
    fit(Fit(), labels=corpus, out=tmp_path / "filter", ctx=INLINE)
    cfg = Sample(num_labels=40, sampling="uncertain")
    chances = draw_sample(cfg, corpus, tmp_path / "filter", INLINE)
    words = ["--sampling", "uncertain", "--filter", tmp_path / "filter", "-n", 40]
    done = hornbook("label", corpus, *words, "--out", tmp_path / "more")
    assert done.returncode == 0, done.stderr
    more = list(read_records(tmp_path / "more"))
    assert [record.scores["label_chance"] for record in more] == list(chances.values())
    assert len(set(chances.values())) > 20
    label(Label(num_labels=40, sampling="uncertain"), corpus=corpus, classifier=tmp_path / "filter",
          out=tmp_path / "step", ctx=INLINE)  # fmt: skip
    assert [record.id for record in read_records(tmp_path / "step")] == [record.id for record in more]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--by", "csv", "--out", "labels"], "--out labels: a sheet to fill in ends in .csv"),
        (["--out", "labels.csv"], "--out labels.csv: labels go into a folder or file"),
        (["--out", "labels.txt"], "name a new folder, or a file that ends in .jsonl or .parquet"),
        (["--by", "endpoint", "--out", "x"], "--by endpoint asks a model: give --teacher URL and --model"),
        (["--labels", "a.csv", "--out", "x"], "they need --by csv, not offline"),
        (["--by", "csv", "--labels", "a.csv", "-n", 5, "--out", "x"], "-n: the sample was drawn when"),
        (
            ["--by", "csv", "--labels", "a.csv", "--resolved", "b.csv", "--out", "x"],
            "give both with --labels",
        ),
        (["--by", "csv", "--labels", "a.csv", "--out", "x"], "no sheet at 'a.csv'"),
        (["--passes", 2, "--out", "x"], "--passes 2 is for --by endpoint"),
        (["--out", "x", "--rejected", "y.jsonl"], "--out x is no file"),
        (["--out", "rows.jsonl"], "rows.jsonl exists already; nothing was written"),
        (["--sampling", "uncertain", "--out", "x"], "--sampling uncertain asks where a filter is unsure"),
        (
            ["--sampling", "stratified", "--out", "x"],
            "--sampling stratified --stratify-by source: every unit has a source of its own",
        ),
        (
            ["--sampling", "stratified", "--stratify-by", "lenght", "--out", "x"],
            "--stratify-by lenght: the record",
        ),
    ],
)
def test_what_makes_no_sense_is_refused_in_one_line(
    tmp_path: Path, words: list[object], message: str
) -> None:
    rows_file(tmp_path)
    fails(hornbook("label", "rows.jsonl", *words, cwd=tmp_path), 2, message)
    assert [path.name for path in tmp_path.iterdir()] == ["rows.jsonl"]


def test_nothing_that_can_be_labelled_writes_nothing(tmp_path: Path) -> None:
    source = lines(tmp_path / "rows.jsonl", {"text": "def f(:"})
    fails(hornbook("label", source, "--out", tmp_path / "x"), 3, "no unit got a label ({'not_python': 1})")
    assert not (tmp_path / "x").exists()


def test_the_rubric_can_be_read(tmp_path: Path) -> None:
    assert "Start at 0 and add one point" in hornbook("rubric").stdout
