"""`hornbook ask`, `hornbook prompt` and own templates and topics on the command line, against a real server."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from asking_records import ADD, ASKED_AGAIN, EXERCISE, answer, code, exercise, given
from fake_server import Served, serving
from test_cli import fails, hornbook

from hornbook.record import SCHEMA, flat_row, record_of


@pytest.fixture(scope="module")
def running() -> Iterator[Served]:
    with serving() as served:
        yield served


@pytest.fixture
def server(running: Served, tmp_path: Path) -> Served:
    answer(running, tmp_path)
    return running


def teacher(server: Served, folder: Path) -> list[object]:
    return ["--teacher", server.url, "--model", "m", "--journal", folder / "journal"]


def lines(path: Path, *rows: object) -> Path:
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    return path


def read(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_anybodys_code_becomes_lessons_and_the_second_time_costs_nothing(
    server: Served, tmp_path: Path
) -> None:
    rows = [{"content": code(i).text, "license": "MIT", "n": i} for i in range(6)]
    source, out = lines(tmp_path / "rows.jsonl", *rows), tmp_path / "out.jsonl"
    words = ["ask", "rephrase", source, *teacher(server, tmp_path), "--price", "1,2", "--set", "pages=0.5"]
    done = hornbook(*words, "--out", out)
    assert done.returncode == 0, done.stderr
    made = read(out)
    assert len(made) == 6 and {row["license"] for row in made} == {"MIT"}
    assert all(row["parents"] for row in made)
    assert "6 records in" in done.stdout and "spent: 6 calls" in done.stdout and "a record" in done.stdout
    assert (tmp_path / "out.rejected.jsonl").read_text() == ""
    again = hornbook(*words, "--out", tmp_path / "again.parquet")
    assert again.returncode == 0, again.stderr
    assert server.counts()["requests"] == 6
    assert pq.read_table(tmp_path / "again.parquet").schema == SCHEMA
    assert not list(tmp_path.glob(".*ledger*"))


def test_exercises_in_a_common_format_gain_tests(server: Served, tmp_path: Path) -> None:
    row = {"prompt": ADD.prompt, "solution": ADD.solution, "entry_point": "add", "tests": list(ADD.tests)}
    source = lines(tmp_path / "rows.jsonl", row, {"text": "x = 1"})
    done = hornbook("ask", "tests", source, "--out", tmp_path / "out.jsonl", *teacher(server, tmp_path))
    assert done.returncode == 0, done.stderr
    (made,) = read(tmp_path / "out.jsonl")
    assert made["tests"][:3] == [*ADD.tests, "assert add(1, 2) == 3", "assert add(-1, 1) == 0"]  # type: ignore[index]
    assert "tests_written: 2\ntests_refuted: 1" in done.stdout
    (refused,) = read(tmp_path / "out.rejected.jsonl")
    assert refused["reason"] == "no_exercise"


def test_records_of_a_run_keep_all_they_have_when_they_are_judged(server: Served, tmp_path: Path) -> None:
    folder = given(tmp_path / "step", [exercise(), code(1)])
    rows = lines(tmp_path / "rows.jsonl", *(flat_row(record) for record in (exercise(), code(1))))
    for source, name in ((folder, "a.jsonl"), (rows, "b.jsonl")):
        words = ["ask", "judge", source, "--out", tmp_path / name, *teacher(server, tmp_path)]
        done = hornbook(*words, "--set", "passes=2")
        assert done.returncode == 0, done.stderr
        assert "judge_mean: 3.0" in done.stdout and "kappa: None, passes_equal: 1.0" in done.stdout
    assert (tmp_path / "a.jsonl").read_bytes() == (tmp_path / "b.jsonl").read_bytes()
    first = record_of(read(tmp_path / "a.jsonl")[0])
    assert (first.exercise, first.license, first.scores["kill_rate"]) == (exercise().exercise, "CC0-1.0", 0.5)
    assert server.counts()["requests"] == 4


@pytest.mark.parametrize("suffix", [".jsonl", ".parquet"])
def test_somebody_elses_rows_are_judged_as_they_were(server: Served, tmp_path: Path, suffix: str) -> None:
    rows = [{"n": float(i), "content": code(i).text, "odd": [i]} for i in (1, 2, 1)]
    source, out = lines(tmp_path / "rows.jsonl", *rows), tmp_path / f"out{suffix}"
    words = ["ask", "judge", source, *teacher(server, tmp_path), "--set", "passes=2"]
    done = hornbook(*words, "--out", out)
    assert done.returncode == 0, done.stderr
    made = read(out) if suffix == ".jsonl" else pq.read_table(out).to_pylist()
    assert [{name: row[name] for name in rows[0]} for row in made] == rows
    assert {(row["judge"], row["judge_1"], row["judge_2"]) for row in made} == {(3.0, 3.0, 3.0)}
    assert all(str(row["judge_reason"]).startswith("computes: it adds = 1") for row in made)
    assert server.counts()["requests"] == 4  # equal rows are judged once
    if suffix == ".jsonl":
        first = out.read_text().splitlines()[0]
        assert first.startswith(source.read_text().splitlines()[0][:-1])
        again = ["ask", "judge", out, "--out", tmp_path / "again.jsonl", *teacher(server, tmp_path)]
        fails(hornbook(*again), 2, "out.jsonl, line 1: there is a column 'judge' already")


def test_somebody_elses_rows_that_cannot_be_judged_are_rejected_as_they_were(
    server: Served, tmp_path: Path
) -> None:
    rows = [{"content": code(1).text, "n": 1}, {"content": "x = 1\n" * 30, "n": 2}]
    words = ["ask", "judge", lines(tmp_path / "rows.jsonl", *rows), *teacher(server, tmp_path)]
    done = hornbook(*words, "--out", tmp_path / "out.jsonl", "--set", "most_characters=100")
    assert done.returncode == 0, done.stderr
    (kept,), (rejected,) = read(tmp_path / "out.jsonl"), read(tmp_path / "out.rejected.jsonl")
    assert kept == {**rows[0], "judge": 3.0, "judge_reason": kept["judge_reason"]}
    assert rejected == {
        **rows[1],
        "reason": "too_long",
        "detail": "180 characters, more than most_characters=100",
    }


def test_a_template_and_topics_of_ones_own_are_asked(server: Served, tmp_path: Path) -> None:
    topics, template = tmp_path / "topics.txt", tmp_path / "mine.md.j2"
    topics.write_text("leap years\nthe tides\n")
    template.write_text("Write about {{ title }}.")
    rules = tmp_path / "own.json"
    rules.write_text(json.dumps([("Write about", EXERCISE)]))
    server.set(rules=str(rules))
    words = ["generate", "exercises", "-n", 2, "--topics", topics, "--template", template]
    done = hornbook(*words, "--no-check", "--out", tmp_path / "a.jsonl", *teacher(server, tmp_path))
    assert done.returncode == 0, done.stderr
    assert {json.loads(str(row["tags"]))["concept"] for row in read(tmp_path / "a.jsonl")} == {
        "leap years",
        "the tides",
    }
    asked = server.counts()["last_body"]["messages"][0]["content"]
    assert asked in ("Write about leap years.", "Write about the tides.")


def test_a_printed_template_is_a_template_of_ones_own_that_asks_the_same(
    server: Served, tmp_path: Path
) -> None:
    source = lines(tmp_path / "rows.jsonl", {"text": code(1).text})
    words = ["ask", "judge", source, *teacher(server, tmp_path)]
    assert hornbook(*words, "--out", tmp_path / "a.jsonl").returncode == 0
    printed = hornbook("prompt", "judge")
    assert "{{ text|fenced }} puts it into a Markdown block" in printed.stdout
    (tmp_path / "mine.md.j2").write_text(printed.stdout)
    done = hornbook(*words, "--out", tmp_path / "b.jsonl", "--template", tmp_path / "mine.md.j2")
    assert done.returncode == 0, done.stderr
    assert server.counts()["requests"] == 1  # the same messages have the same key


def test_an_answer_that_was_mended_is_reported(server: Served, tmp_path: Path) -> None:
    answer(server, tmp_path, judge="Fine.", again="It is clear.\nScore: 4")
    source = lines(tmp_path / "rows.jsonl", {"text": code(1).text})
    words = ["ask", "judge", source, *teacher(server, tmp_path), "--least-read", 0]
    done = hornbook(*words, "--out", tmp_path / "a.jsonl")
    assert done.returncode == 0, done.stderr
    assert "reasked: 1\nreasked_read: 1\njudge_mean: 4.0" in done.stdout
    assert ASKED_AGAIN in server.counts()["last_body"]["messages"][2]["content"]


def test_a_cap_ends_with_4_and_a_higher_one_goes_on(server: Served, tmp_path: Path) -> None:
    source = lines(tmp_path / "rows.jsonl", *({"text": code(i).text} for i in range(8)))
    words = ["ask", "judge", source, "--out", tmp_path / "a.jsonl", *teacher(server, tmp_path)]
    fails(hornbook(*words, "--max-calls", 5), 4, "a higher cap goes on from here")
    assert not (tmp_path / "a.jsonl").exists()
    done = hornbook(*words, "--max-calls", 20)
    assert done.returncode == 0, done.stderr
    assert server.counts()["requests"] == 8


def test_a_kill_repeats_only_what_was_in_flight(server: Served, tmp_path: Path) -> None:
    source = lines(tmp_path / "rows.jsonl", *({"text": code(i).text} for i in range(120)))
    server.set(latency=0.05)
    words = ["ask", "judge", source, "--out", tmp_path / "a.jsonl", *teacher(server, tmp_path)]
    words += ["--teacher-set", "concurrency=4"]
    command = [sys.executable, "-m", "hornbook", *map(str, words)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        while server.counts()["requests"] < 40:
            time.sleep(0.02)
        process.kill()
    assert not (tmp_path / "a.jsonl").exists()
    done = hornbook(*words)
    assert done.returncode == 0, done.stderr
    assert len(read(tmp_path / "a.jsonl")) == 120
    assert 120 <= server.counts()["requests"] <= 120 + 8  # four in flight, four of a flush


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--set", "pases=2"], "judge has no such field; did you mean 'passes'?"),
        (["--set", "passes=3"], "--set passes=3: Input should be less than or equal to 2"),
        (["--topics", "topics.txt"], "--topics is for inspired, story"),
        (["--template", "absent.md.j2"], "cannot read 'absent.md.j2'"),
        (["--template", "bad.md.j2"], "'txt' is not known; did you mean 'text'?"),
        (["--rejected", "rows.jsonl"], "--rejected rows.jsonl exists already"),
        (["--rejected", "b.csv"], "must end in .jsonl or .parquet"),
    ],
)
def test_what_makes_no_sense_is_refused_before_anything_is_asked(
    words: list[object], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    lines(tmp_path / "rows.jsonl", {"text": "x = 1"})
    (tmp_path / "bad.md.j2").write_text("{{ txt }}")
    (tmp_path / "topics.txt").write_text("one\n")
    known = ["--teacher", "http://127.0.0.1:9/v1", "--model", "m"]
    fails(hornbook("ask", "judge", "rows.jsonl", "--out", "a.jsonl", *known, *words), 2, message)
    assert not (tmp_path / "a.jsonl").exists()


def test_the_offline_teacher_and_files_without_texts_are_refused(tmp_path: Path) -> None:
    source = lines(tmp_path / "rows.jsonl", {"n": 1})
    words = ["ask", "judge", source, "--out", tmp_path / "a.jsonl"]
    fails(hornbook(*words), 2, "give --teacher URL")
    known = ["--teacher", "http://127.0.0.1:9/v1", "--model", "m"]
    fails(hornbook(*words, *known), 2, "none of its rows has a text")
    (tmp_path / "empty").mkdir()
    fails(
        hornbook("ask", "judge", tmp_path / "empty", "--out", tmp_path / "a.jsonl", *known), 2, "no records"
    )


def test_a_template_for_a_recipe_is_read_from_a_file(server: Served, tmp_path: Path) -> None:
    (tmp_path / "mine.md.j2").write_text("Write about {{ titel }}.")
    recipe = f"{Path(__file__).parent / 'lessons_recipe.py'}:lessons"
    words = ["plan", recipe, "--out", tmp_path / "run", *teacher(server, tmp_path)[:4]]
    setting = f"drafts.template=@{tmp_path / 'mine.md.j2'}"
    fails(hornbook(*words, "--set", setting), 2, "'titel' is not known; did you mean 'title'?")
    fails(hornbook(*words, "--set", "drafts.topics=@absent"), 2, "cannot read 'absent'")
