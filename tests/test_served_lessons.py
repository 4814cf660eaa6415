"""Lessons written by a teacher behind an endpoint: a real server in another process, which counts its calls."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from asking_records import EXERCISE
from conftest import TESTS
from fake_server import Served, serving
from served_lessons import access, teach
from test_cli import RECIPE, fails, hornbook

from hornbook.errors import BudgetExceeded, QualityGate, UsageError
from hornbook.lessons import plan
from hornbook.lessons.answer import Asked
from hornbook.lessons.exercise import Exercises, exercises
from hornbook.lessons.textbook import Textbooks, textbooks
from hornbook.recipes.laptop import laptop
from hornbook.record import count, read_records
from hornbook.run import run
from hornbook.settings import override
from hornbook.step import Context, Step, in_order
from hornbook.teacher.access import Access
from hornbook.teacher.budget import Budget
from hornbook.teacher.price import Price

PRICE = Price(usd_per_million_in=1.0, usd_per_million_out=2.0)
DOLLARS_A_CALL = (20 * 1.0 + 100 * 2.0) / 1e6  # the server claims 20 tokens read and 100 written


@pytest.fixture(scope="module")
def running() -> Iterator[Served]:
    with serving() as served:
        yield served


@pytest.fixture
def server(running: Served, tmp_path: Path) -> Served:
    teach(running, tmp_path, 120)
    return running


def drafts(lent: Access, number: int) -> Step:
    return Step("drafts", exercises, Exercises(count=number, teacher=Asked.of(lent.endpoint)))


def inline(lent: Access) -> Context:
    return Context(workers=1, engine="inline", access=lent)


def test_answers_become_records_that_name_teacher_model_and_journal_key(
    server: Served, tmp_path: Path
) -> None:
    lent = access(server, tmp_path, Budget(price=PRICE))
    metrics = run([drafts(lent, 40)], tmp_path / "run", inline(lent))["drafts"].metrics
    assert (metrics["num_kept"], metrics["calls"], metrics["failed_calls"]) == (40, 40, 0)
    assert (metrics["tokens_in"], metrics["tokens_out"]) == (800, 4000)
    assert metrics["dollars"] == pytest.approx(40 * DOLLARS_A_CALL)
    assert metrics["dollars_per_record"] == pytest.approx(DOLLARS_A_CALL)
    records = list(read_records(tmp_path / "run" / "drafts"))
    assert {(r.source, r.license) for r in records} == {("m", "unknown")}
    origins = [record.origin for record in records if record.origin]
    assert {(o.teacher, o.model) for o in origins} == {("m", "fake-1")}
    assert len({o.journal_key for o in origins}) == 40
    assert [o.seed for o in origins] == [f"0/exercises/{i}" for i in range(40)]


def test_ten_more_rows_are_ten_calls_in_a_run_and_none_in_another(server: Served, tmp_path: Path) -> None:
    lent = access(server, tmp_path)
    run([drafts(lent, 100)], tmp_path / "run", inline(lent))
    first = [record.id for record in read_records(tmp_path / "run" / "drafts")]
    metrics = run([drafts(lent, 110)], tmp_path / "run", inline(lent))["drafts"].metrics
    assert server.counts()["requests"] == 110
    assert metrics["calls"] == 10
    assert [record.id for record in read_records(tmp_path / "run" / "drafts")][:100] == first
    other = run([drafts(lent, 110)], tmp_path / "other", inline(lent))["drafts"].metrics
    assert (other["calls"], server.counts()["requests"]) == (0, 110)


def test_items_with_equal_prompts_get_an_answer_each(server: Served, tmp_path: Path) -> None:
    asked = plan.requests("exercise", 0, range(700))
    assert len({request.prompt_hash for request in asked}) < 700  # else this test shows nothing
    teach(server, tmp_path, 800)
    lent = access(server, tmp_path, least_read=0.0)
    cfg = Exercises(count=700, teacher=Asked.of(lent.endpoint), reasks=0)
    metrics = exercises(cfg, out=tmp_path / "out", ctx=inline(lent))
    assert metrics["reasons"]["exact_duplicate"] > 0  # this server answers equal prompts alike
    assert server.counts()["requests"] == metrics["num_in"] == 700 + metrics["num_rejected"]


def test_where_and_how_fast_is_no_identity_and_how_it_is_asked_is(server: Served, tmp_path: Path) -> None:
    lent = access(server, tmp_path)
    asked = Asked.of(lent.endpoint)
    assert "127.0.0.1" not in asked.model_dump_json()
    elsewhere = replace(lent.endpoint, url="http://10.0.0.1/v1", concurrency=3, timeout_seconds=5.0)
    assert Asked.of(elsewhere) == asked
    for change in ({"temperature": 0.5}, {"max_tokens": 9}, {"api": "completions"}, {"revision": "2"}):
        assert Asked.of(replace(lent.endpoint, **change)) != asked  # type: ignore[arg-type]


def test_how_many_families_the_offline_teacher_has_is_no_identity_of_another(
    server: Served, tmp_path: Path
) -> None:
    asked = Asked.of(access(server, tmp_path).endpoint)
    assert Exercises(teacher=asked, breadth=40) == Exercises(teacher=asked)
    assert Exercises(breadth=40) != Exercises()
    lessons = {step.name: step.config for step in in_order(laptop(size="smoke", teacher=asked))}
    changed = override(laptop(size="smoke", teacher=asked), {"exercises_accepted.breadth": "7"})
    assert {step.name: step.config for step in in_order(changed)} == lessons


def test_a_step_asks_only_the_teacher_that_its_config_names(server: Served, tmp_path: Path) -> None:
    lent = access(server, tmp_path)
    other = Exercises(count=5, teacher=Asked(name="other"))
    with pytest.raises(UsageError, match="wants teacher"):
        exercises(other, out=tmp_path / "out", ctx=inline(lent))
    with pytest.raises(UsageError, match="give --teacher URL"):
        exercises(other, out=tmp_path / "out", ctx=Context(workers=1))
    with pytest.raises(UsageError, match="would pass for the offline teacher"):
        Asked(name="offline@123")
    assert server.counts()["requests"] == 0


def test_a_run_that_reached_its_cap_goes_on_under_a_higher_one(server: Served, tmp_path: Path) -> None:
    ledger = tmp_path / "ledger.jsonl"
    small = access(server, tmp_path, Budget(price=PRICE, max_calls=50, ledger=ledger))
    with pytest.raises(BudgetExceeded, match="max-calls 50.* 50 calls"):
        run([drafts(small, 80)], tmp_path / "run", inline(small))
    assert server.counts()["requests"] == 50
    large = access(server, tmp_path, Budget(price=PRICE, max_calls=100, ledger=ledger))
    metrics = run([drafts(large, 80)], tmp_path / "run", inline(large))["drafts"].metrics
    assert server.counts()["requests"] == 80
    assert (metrics["num_kept"], metrics["calls"]) == (80, 80)  # the first attempt's calls are the step's too
    assert metrics["dollars"] == pytest.approx(80 * DOLLARS_A_CALL)
    assert large.budget.spent.calls == 80


def test_shards_that_an_earlier_attempt_finished_are_not_asked_again(server: Served, tmp_path: Path) -> None:
    teach(server, tmp_path, 700)
    capped = access(server, tmp_path, Budget(max_calls=600))
    cfg = Exercises(count=620, teacher=Asked.of(capped.endpoint))
    out = tmp_path / "out"
    with pytest.raises(BudgetExceeded):
        exercises(cfg, out=out, ctx=inline(capped))
    assert count(out) + count(out, "rejected") == 500
    fresh = access(server, tmp_path / "elsewhere")
    metrics = exercises(cfg, out=out, ctx=inline(fresh))
    assert metrics["num_kept"] == 620
    assert server.counts()["requests"] == 600 + metrics["num_in"] - 500


def test_a_teacher_that_cannot_be_read_is_stopped_with_samples(server: Served, tmp_path: Path) -> None:
    server.set(table="", tokens=5)
    lent = access(server, tmp_path)
    with pytest.raises(QualityGate) as stopped:
        exercises(Exercises(count=2000, teacher=Asked.of(lent.endpoint)), out=tmp_path, ctx=inline(lent))
    assert "of the first 60 answers 0 could be read (60 malformed_answer)" in str(stopped.value)
    assert str(stopped.value).count("--- malformed_answer: no Task section") == 3
    assert str(stopped.value).count("word word word word word") == 3
    assert server.counts()["requests"] < 600


def test_a_guard_of_zero_goes_on_to_the_most_that_may_be_asked(server: Served, tmp_path: Path) -> None:
    server.set(table="", tokens=5)
    lent = access(server, tmp_path, least_read=0.0)
    cfg = Exercises(count=30, most_asked=2.5, reasks=0, teacher=Asked.of(lent.endpoint))
    with pytest.raises(QualityGate, match="0 of 30 records are accepted, and 75 were asked") as stopped:
        exercises(cfg, out=tmp_path, ctx=inline(lent))
    assert "(75 malformed_answer)" in str(stopped.value)
    assert str(stopped.value).count("--- malformed_answer: no Task section") == 3
    assert server.counts()["requests"] == 75


def test_the_recipes_lessons_come_out_whole_from_an_endpoint(server: Served, tmp_path: Path) -> None:
    lent = access(server, tmp_path)
    small = {"textbooks_accepted.count": "60", "exercises_accepted.count": "60"}
    steps = override(laptop(size="smoke", teacher=Asked.of(lent.endpoint)), small)
    lessons = [step for step in in_order(steps) if step.name in ("textbooks", "exercises")]
    records = run(lessons, tmp_path / "run", Context(workers=2, access=lent))
    assert server.counts()["requests"] == 120
    for name in ("textbooks", "exercises"):
        assert records[f"{name}_accepted"].metrics["num_kept"] == 60
        assert records[name].metrics["num_kept"] > 40
        origins = [record.origin for record in read_records(tmp_path / "run" / name)]
        assert all(origin and origin.teacher == "m" and origin.journal_key for origin in origins)
    again = run(lessons, tmp_path / "run", Context(workers=2, access=lent))
    assert again.keys() == records.keys()
    assert server.counts()["requests"] == 120


def test_pages_of_an_endpoint_are_those_of_the_offline_teacher(server: Served, tmp_path: Path) -> None:
    lent = access(server, tmp_path)
    textbooks(Textbooks(count=50, teacher=Asked.of(lent.endpoint)), out=tmp_path / "a", ctx=inline(lent))
    textbooks(Textbooks(count=50), out=tmp_path / "b", ctx=inline(lent))
    served, offline = ([r.text for r in read_records(tmp_path / name)] for name in "ab")
    assert served == offline


def test_generate_writes_what_an_endpoint_wrote_and_says_what_was_spent(
    server: Served, tmp_path: Path
) -> None:
    words = ["generate", "exercises", "-n", 30, "--out", tmp_path / "a.jsonl", "--teacher", server.url]
    words += ["--model", "m", "--journal", tmp_path / "j", "--price", "1,2", "--max-usd", 0.1]
    secret = os.environ | {"HORNBOOK_API_KEY": "sk-secret"}
    done = hornbook(*words, env=secret)
    assert done.returncode == 0, done.stderr
    rows = [json.loads(line) for line in (tmp_path / "a.jsonl").read_text().splitlines()]
    assert len(rows) == 30
    assert {row["source"] for row in rows} == {"m"}
    assert "30 calls, 600 tokens read, 3,000 written, $0.0066, $0.000220 a record" in done.stdout
    assert server.counts()["last_body"]["authorization"] == "Bearer sk-secret"
    everything = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"sk-secret" not in everything + done.stdout.encode() + done.stderr.encode()
    assert not list(tmp_path.glob(".*ledger*"))


def test_generate_goes_on_until_as_many_are_accepted_as_were_asked_for(
    server: Served, tmp_path: Path
) -> None:
    rules = tmp_path / "rules.json"
    rules.write_text(json.dumps([("solves puzzles", "no"), ("You write programming", EXERCISE)]))
    server.set(rules=str(rules))
    words = ["generate", "exercises", "-n", 30, "--teacher", server.url, "--model", "m"]
    done = hornbook(*words, "--journal", tmp_path / "j", "--out", tmp_path / "a.jsonl")
    calls = server.counts()["requests"]
    server.set(rules="")
    assert done.returncode == 0, done.stderr
    assert "30 exercises in" in done.stdout
    assert len((tmp_path / "a.jsonl").read_text().splitlines()) == 30
    assert calls > 30


def test_generate_ends_with_4_at_the_cap_and_goes_on_under_a_higher_one(
    server: Served, tmp_path: Path
) -> None:
    words = ["generate", "textbooks", "-n", 30, "--out", tmp_path / "a.jsonl", "--no-check"]
    words += ["--teacher", server.url, "--model", "m", "--journal", tmp_path / "j"]
    fails(hornbook(*words, "--max-calls", 20), 4, "20 calls")
    assert not (tmp_path / "a.jsonl").exists()
    fails(hornbook(*words, "--max-calls", 20), 4, "a higher cap goes on from here")
    assert server.counts()["requests"] == 20
    done = hornbook(*words, "--max-calls", 40)
    assert done.returncode == 0, done.stderr
    assert server.counts()["requests"] == 30


def test_ctrl_c_loses_no_answer(server: Served, tmp_path: Path) -> None:
    server.set(latency=0.05)
    words = ["generate", "exercises", "-n", "110", "--out", str(tmp_path / "a.jsonl"), "--no-check"]
    words += ["--teacher", server.url, "--model", "m", "--journal", str(tmp_path / "j")]
    words += ["--teacher-set", "concurrency=2"]
    command = [sys.executable, "-m", "hornbook", *words]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        while server.counts()["requests"] < 20:
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=30)
    assert process.returncode == 130, said
    assert "Traceback" not in said
    done = hornbook(*words)
    assert done.returncode == 0, done.stderr
    assert server.counts()["requests"] == 110


def test_a_run_ends_with_4_at_the_cap_and_keeps_addresses_and_keys_out_of_its_folder(
    server: Served, tmp_path: Path
) -> None:
    recipe, folder = f"{TESTS / 'lessons_recipe.py'}:lessons", tmp_path / "runs" / "mine"
    words = ["run", recipe, "--out", folder, "--model", "m", "--price", "1,2", "--teacher", server.url]
    secret = os.environ | {"HORNBOOK_API_KEY": "sk-secret"}
    fails(hornbook(*words, "--max-calls", 25, env=secret), 4, "25 calls")
    done = hornbook(*words, "--max-calls", 50, env=secret)
    assert done.returncode == 0, done.stderr
    assert "spent in this run folder: 40 calls" in done.stdout
    assert server.counts()["requests"] == 40
    record = json.loads((folder / "drafts" / "step.json").read_text())
    assert record["dollars"] == pytest.approx(40 * DOLLARS_A_CALL)
    assert (folder / "ledger.jsonl").exists() and (tmp_path / "runs" / ".journal").is_dir()
    written = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert b"sk-secret" not in written and server.url.encode() not in written
    elsewhere = ["plan", recipe, "--out", folder, "--model", "m", "--teacher", "http://elsewhere/v1"]
    shown = hornbook(*elsewhere, "--teacher-set", "concurrency=3", "--format", "json")
    assert [row["state"] for row in json.loads(shown.stdout)] == ["fresh"]
    shown = hornbook(*elsewhere, "--teacher-set", "temperature=0.5", "--format", "json")
    assert json.loads(shown.stdout)[0]["reasons"] == ["config.teacher.parameters.temperature: 1.0 -> 0.5"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--model", "m"], "give --teacher URL"),
        (["--max-usd", 1], "give --teacher URL"),
        (["--teacher", "http://h/v1"], "needs --model"),
        (["--teacher", "http://h/v1", "--model", "m", "--max-usd", 1], "needs a price"),
        (["--teacher", "http://h/v1", "--model", "m", "--price", "1"], "write dollars per million"),
        (
            ["--teacher", "http://h/v1", "--model", "m", "--price", "0,0"],
            "--price 0,0: where nothing is paid",
        ),
        (
            ["--teacher", "http://h/v1", "--model", "m", "--price", "-1,2"],
            "--price -1,2: a price is a number",
        ),
        (
            ["--teacher", "http://h/v1", "--model", "m", "--price", "nan,2"],
            "--price nan,2: a price is a number",
        ),
        (
            ["--teacher", "http://h/v1", "--model", "m", "--price-per-hour", -1],
            "--price-per-hour -1.0: a price",
        ),
        (
            ["--teacher", "http://h/v1", "--model", "m", "--max-usd", -1, "--price", "1,1"],
            "--max-usd -1: a cap",
        ),
        (
            ["--teacher", "http://h/v1", "--model", "m", "--max-calls", 0],
            "--max-calls 0: a cap is above zero",
        ),
        (
            ["--teacher", "http://h/v1", "--model", "m", "--teacher-set", "temprature=1"],
            "did you mean 'temperature'",
        ),
        (["--teacher", "http://h/v1", "--model", "m", "--teacher-set", "max_tokens=many"], "max_tokens=many"),
        (["--teacher", "http://k@h/v1", "--model", "m"], "holds credentials"),
        (["--teacher", "http://h/v1", "--model", "offline-7b"], "would pass for the offline teacher"),
    ],
)
def test_options_that_make_no_sense_are_refused_before_anything_is_asked(
    words: list[object], message: str, tmp_path: Path
) -> None:
    fails(hornbook("generate", "exercises", "-n", 3, "--out", tmp_path / "a.jsonl", *words), 2, message)


def test_a_recipe_without_a_teacher_says_so(tmp_path: Path) -> None:
    words = ["--out", tmp_path, "--teacher", "http://h/v1", "--model", "m"]
    fails(hornbook("plan", RECIPE, *words), 2, "takes no teacher")
    shown = hornbook("plan", "laptop", "--size", "smoke", *words, "--format", "json")
    assert shown.returncode == 0, shown.stderr
