"""A teacher behind an endpoint labels code in the form that the classifier learns from; against a real server."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from asking_records import JUDGED, answer, code, given
from fake_server import Served, serving
from served_lessons import access
from test_from_records import TEACHER, inline

from hornbook.errors import QualityGate
from hornbook.lessons.endpoint_judge import EndpointJudge, TeacherLabels, label_by_teacher
from hornbook.lessons.judge import Judge
from hornbook.record import read_records, read_rejected
from hornbook.report.run_folder import open_run
from hornbook.report.value_section import educational_value
from hornbook.run import run
from hornbook.step import Step
from hornbook.value.classifier import Fit, fit
from hornbook.value.judges import Judged
from hornbook.value.rubric import ANCHORS
from hornbook.value.sampling import Sample


@pytest.fixture(scope="module")
def running() -> Iterator[Served]:
    with serving() as served:
        yield served


@pytest.fixture
def server(running: Served, tmp_path: Path) -> Served:
    answer(running, tmp_path)
    return running


def test_a_teachers_points_become_labels_with_reasons_and_kappa(server: Served, tmp_path: Path) -> None:
    corpus = given(tmp_path / "given", [code(i) for i in range(20)])
    cfg = TeacherLabels(teacher=TEACHER, passes=2, sample=Sample(num_labels=10))
    lent = access(server, tmp_path)
    metrics = label_by_teacher(cfg, corpus=corpus, out=tmp_path / "out", ctx=inline(lent))
    assert (metrics["num_kept"], metrics["num_available"], metrics["calls"]) == (10, 20, 20)
    assert (metrics["labelled_by"], metrics["kappa"], metrics["passes_equal"]) == ("m", None, 1.0)
    before = {record.id: record for record in read_records(corpus)}
    for record in read_records(tmp_path / "out"):
        assert record.source == before[record.id].source
        assert record.scores == {
            **{"value_label": 3.0, "value_label_1": 3.0, "value_label_2": 3.0},
            "label_chance": 0.5,
        }
        assert record.tags["value_reason"].startswith("computes: it adds = 1")
        assert record.tags["value_by"] == record.tags["judge_by"] == "m"
    again = label_by_teacher(cfg, corpus=corpus, out=tmp_path / "again", ctx=inline(lent))
    assert "calls" not in again  # all of them are in the journal


def test_what_a_teacher_is_shown_has_the_anchors(server: Served, tmp_path: Path) -> None:
    # This server answers only a prompt in which the best anchor's example stands.
    (tmp_path / "own.json").write_text(json.dumps([[ANCHORS[5].example.split("\n")[0], JUDGED]]))
    server.set(rules=str(tmp_path / "own.json"))
    judge = EndpointJudge(Judge(teacher=TEACHER), inline(access(server, tmp_path)))
    texts = [code(1).text, code(2).text, code(1).text]
    found = judge.judge(texts)
    assert [one.label for one in found if isinstance(one, Judged)] == [3.0, 3.0, 3.0]


def test_an_answer_that_cannot_be_read_rejects_the_unit_with_the_reason(
    server: Served, tmp_path: Path
) -> None:
    answer(server, tmp_path, judge="It is fine.", again="Score: 9")
    corpus = given(tmp_path / "given", [code(i) for i in range(12)])
    cfg = TeacherLabels(teacher=TEACHER, sample=Sample(num_labels=10))
    lent = access(server, tmp_path, least_read=0.0)
    metrics = label_by_teacher(cfg, corpus=corpus, out=tmp_path / "out", ctx=inline(lent))
    assert (metrics["num_kept"], metrics["num_rejected"], metrics["reasked"]) == (0, 10, 10)
    assert metrics["share_good_of_all"] is None
    assert next(read_rejected(tmp_path / "out")).detail.startswith("no reason before the score")


def test_the_classifier_takes_a_teachers_labels(server: Served, tmp_path: Path) -> None:
    corpus = given(tmp_path / "given", [code(i) for i in range(12)])
    cfg = TeacherLabels(teacher=TEACHER, sample=Sample(num_labels=10))
    label_by_teacher(cfg, corpus=corpus, out=tmp_path / "out", ctx=inline(access(server, tmp_path)))
    # This teacher gives everything 3 points, which teaches nothing; that it says so means that they were read.
    with pytest.raises(QualityGate, match=r"of \d+ are good"):
        fit(Fit(), labels=tmp_path / "out", out=tmp_path / "fit", ctx=inline(access(server, tmp_path)))


def test_the_report_shows_what_a_teacher_labelled(server: Served, tmp_path: Path) -> None:
    corpus = given(tmp_path / "given", [code(i) for i in range(20)])
    cfg = TeacherLabels(teacher=TEACHER, sample=Sample(num_labels=10))
    labels = Step("labels", label_by_teacher, cfg, {"corpus": corpus})
    run([labels], tmp_path / "run", inline(access(server, tmp_path)))
    section = educational_value(open_run(tmp_path / "run"))
    assert section is not None and "10 of 20 records were labelled 0 to 5 by m" in section.says
    assert [exhibit.heading for exhibit in section.exhibits] == ["Labels by the judge"]
