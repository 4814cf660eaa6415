"""Sheets that people fill in: written, read strictly, compared."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hornbook.errors import UsageError
from hornbook.record import Record, read_records, read_rejected, write_shard
from hornbook.step import Context
from hornbook.value.human import HumanJudge, read_sheet, write_sheet
from hornbook.value.judges import Judged, Unjudged, label_with

INLINE = Context(workers=1, engine="inline")
RECORDS = [Record(text=f"x = {i}\ny = ';,\"'\n", kind="code", source="a.py", license="MIT") for i in range(4)]


def filled(folder: Path, name: str, labels: list[object], notes: list[str] | None = None) -> Path:
    path = folder / f"{name}.csv"
    write_sheet(path, [(record, 0.5) for record in RECORDS])
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        for row, label, note in zip(rows, labels, notes or [""] * 4, strict=True):
            writer.writerow({**row, "label": label, "note": note})
    return path


@given(
    texts=st.lists(
        st.text(st.characters(exclude_categories=["Cs"]), max_size=60) | st.just("@cache\ndef f(): pass"),
        min_size=1,
        unique=True,
        max_size=8,
    ),
    chance=st.floats(0.001, 1.0),
)
def test_a_sheet_holds_every_text_and_comes_back_unlabelled(
    texts: list[str], chance: float, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("sheet") / "anna.csv"
    records = [Record(text=text, kind="code", source="a", license="MIT") for text in texts]
    assert write_sheet(path, [(record, chance) for record in records]) == len(texts)
    with path.open(encoding="utf-8-sig", newline="") as file:
        shown = [row["text"] for row in csv.DictReader(file)]
    assert not any(text.startswith(("=", "+", "-", "@")) for text in shown)  # would be run by a spreadsheet
    assert [text[text != given :] for text, given in zip(shown, texts, strict=True)] == texts
    sheet = read_sheet(path)
    assert (sheet.name, sheet.labels) == ("anna", {})
    assert sheet.unlabelled == tuple(record.id for record in records)
    assert set(sheet.chances.values()) == {chance}


def test_one_persons_labels_become_labels(tmp_path: Path) -> None:
    sheet = read_sheet(filled(tmp_path, "anna", [3, "5.0", "", 0], ["", "so clear", "", ""]))
    judge = HumanJudge([sheet], RECORDS)
    assert judge.name == "anna" and judge.agreement is None
    assert judge.judge([record.text for record in RECORDS]) == [
        Judged(label=3.0, reason=""),
        Judged(label=5.0, reason="so clear"),
        Unjudged(reason="not_labelled", detail="anna gave no label"),
        Judged(label=0.0, reason=""),
    ]


def test_a_sheet_may_come_back_with_semicolons(tmp_path: Path) -> None:
    path = filled(tmp_path, "anna", [3, 4, 5, 0])
    with path.open(newline="") as file:
        rows = list(csv.reader(file))
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        csv.writer(file, delimiter=";").writerows(rows)
    assert list(read_sheet(path).labels.values()) == [3, 4, 5, 0]


def test_every_fault_is_named_with_its_line(tmp_path: Path) -> None:
    # A unit's text has two lines and an empty third one, so that rows end in lines 4, 7, 10 and 13.
    path = filled(tmp_path, "anna", [3, 6, "good", 2.5])
    with pytest.raises(UsageError) as refused:
        read_sheet(path)
    message = str(refused.value)
    assert "line 7: label '6' is no whole number from 0 to 5" in message
    assert "line 10: label 'good'" in message and "line 13: label '2.5'" in message
    assert "line 4" not in message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("id,text\na,b\n", "no column 'label' in its first line"),
        ("", "no column 'id'"),
        ("id,label\na,3\na,3\n", "line 3: unit a stands in line 2 already"),
        ("id,label\n,3\n", "line 2: no id"),
        ("id,label,label_chance\na,3,0\n", "line 2: label_chance '0' is no number above 0"),
        ('id,label\na,"3\n', "line 2: no CSV"),
    ],
)
def test_a_broken_sheet_is_refused_with_the_way_out(text: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "anna.csv"
    path.write_text(text)
    with pytest.raises(UsageError) as refused:
        read_sheet(path)
    assert message in str(refused.value)


def test_a_missing_and_a_wrongly_encoded_sheet_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no sheet at"):
        read_sheet(tmp_path / "gone.csv")
    (tmp_path / "old.csv").write_bytes(b"id,label,note\na,3,sch\xf6n\n")
    with pytest.raises(UsageError, match=r"not UTF-8 \(byte 21\)"):
        read_sheet(tmp_path / "old.csv")


def test_two_people_agree_or_what_they_disagree_about_is_left_to_a_third(tmp_path: Path) -> None:
    write_shard(tmp_path / "in" / "records" / "00000.parquet", RECORDS)
    sheets = [
        read_sheet(filled(tmp_path, "anna", [3, 5, 1, 0])),
        read_sheet(filled(tmp_path, "ben", [3, 2, 2, 0], ["", "long", "", ""])),
    ]
    judge = HumanJudge(sheets, RECORDS)
    agreed = judge.agreement
    assert agreed is not None and agreed.share_equal == 0.5
    assert agreed.disagreements == (RECORDS[1].id, RECORDS[2].id)  # the wider one first
    chances = dict.fromkeys(range(4), 0.5)
    metrics = label_with(judge, chances, corpus=tmp_path / "in", out=tmp_path / "one", ctx=INLINE)
    assert metrics["labelled_by"] == "anna and ben"
    assert (metrics["num_kept"], metrics["reasons"]) == (2, {"judges_disagree": 2})
    assert next(read_rejected(tmp_path / "one")).detail == "anna: 5 | ben: 2, long"
    third = read_sheet(filled(tmp_path, "carla", ["", 4, "", ""]))
    judge = HumanJudge(sheets, RECORDS, third)
    metrics = label_with(judge, chances, corpus=tmp_path / "in", out=tmp_path / "two", ctx=INLINE)
    kept = {record.text: record for record in read_records(tmp_path / "two")}
    resolved = kept[RECORDS[1].text]
    assert [resolved.scores[f"value_label{end}"] for end in ("", "_1", "_2")] == [4.0, 5.0, 2.0]
    assert (resolved.tags["value_by"], resolved.tags["value_resolved_by"]) == ("anna and ben", "carla")
    assert metrics["num_kept"] == 3 and metrics["share_good"] == round(2 / 3, 4)


def test_sheets_that_do_not_belong_to_the_data_or_to_two_people_are_refused(tmp_path: Path) -> None:
    sheet = read_sheet(filled(tmp_path, "anna", [3, 5, 1, 0]))
    with pytest.raises(UsageError, match=f"1 units are not in the data, first {RECORDS[3].id}"):
        HumanJudge([sheet], RECORDS[:3])
    with pytest.raises(UsageError, match="two sheets are named 'anna'"):
        HumanJudge([sheet, sheet], RECORDS)
    with pytest.raises(UsageError, match="3 sheets"):
        HumanJudge([sheet] * 3, RECORDS)
