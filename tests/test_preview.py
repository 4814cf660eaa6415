"""`hornbook preview`: the run's own first requests, shown with what becomes of them, whatever the answers are."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fake_server import Served, serving
from hypothesis import given
from hypothesis import strategies as st
from served_lessons import teach
from test_cli import fails, hornbook

from hornbook.lessons.exercise import Exercises
from hornbook.lessons.preview import first_requests, previewed
from hornbook.lessons.textbook import Textbooks
from hornbook.preview import items, summary
from hornbook.record import Rejected
from hornbook.teacher.protocol import Completion


@pytest.fixture(scope="module")
def running() -> Iterator[Served]:
    with serving() as served:
        yield served


@pytest.fixture
def server(running: Served, tmp_path: Path) -> Served:
    teach(running, tmp_path, 40)
    running.set(content="text", finish="stop", able="")
    return running


def asked(server: Served, folder: Path, *words: object) -> list[object]:
    return ["--teacher", server.url, "--model", "m", "--journal", folder / "j", *words]


@pytest.mark.parametrize("kind", ["exercises", "textbooks"])
def test_what_was_previewed_costs_the_later_run_nothing(server: Served, tmp_path: Path, kind: str) -> None:
    shown = hornbook("preview", kind, "-n", 8, *asked(server, tmp_path, "--price", "1,2"))
    assert shown.returncode == 0, shown.stderr
    accepted = int(re.findall(r"(\d) of 8 accepted", shown.stdout)[0])
    assert accepted > 5
    assert "spent: 8 calls" in shown.stdout
    # 20 tokens at $1 and 100 at $2 a million for each of eight calls.
    assert f"1,000 accepted cost about ${0.22 * 8 / accepted:.2f}" in shown.stdout
    assert shown.stdout.count("### Prompt") == shown.stdout.count("### Answer") == 8
    out = tmp_path / "a.jsonl"
    done = hornbook("generate", kind, "-n", 20, "--out", out, *asked(server, tmp_path))
    assert "20 calls" not in done.stdout
    assert server.counts()["repeated"] == 0
    again = hornbook("preview", kind, "-n", 8, *asked(server, tmp_path))
    assert "spent: 0 calls" in again.stdout
    assert "8 answers were in the journal" in again.stdout


def test_the_offline_teacher_is_previewed_without_key_or_network(tmp_path: Path) -> None:
    out = tmp_path / "seen.md"
    shown = hornbook("preview", "exercises", "-n", 3, "--out", out)
    assert shown.returncode == 0, shown.stderr
    assert "3 of 3 accepted (100 %)" in shown.stdout
    assert "spent" not in shown.stdout
    assert out.read_text().startswith("# The first 3 exercises by offline@")
    fails(hornbook("preview", "exercises", "--out", out), 2, "exists already")


@pytest.mark.parametrize(
    ("knobs", "reason"),
    [
        ({"table": "", "tokens": 5}, "8 malformed_answer"),
        ({"content": "empty"}, "8 teacher_error"),
        ({"finish": "length"}, "8 answer_cut"),
        ({"finish": "content_filter"}, "8 teacher_error"),
    ],
)
def test_a_preview_ends_cleanly_when_nothing_can_be_used(
    server: Served, tmp_path: Path, knobs: dict[str, object], reason: str
) -> None:
    server.set(**knobs)
    shown = hornbook("preview", "exercises", "-n", 8, *asked(server, tmp_path))
    assert shown.returncode == 0, shown.stderr
    assert "0 of 8 accepted (0 %)" in shown.stdout
    assert f"rejected: {reason}" in shown.stdout


def test_answers_that_fail_when_executed_are_told_with_the_reason(server: Served, tmp_path: Path) -> None:
    table = json.loads((tmp_path / "table.json").read_text())
    wrong = {key: re.sub(r"(?m)^(assert .*) == .*", r"\1 == 'never'", text) for key, text in table.items()}
    (tmp_path / "wrong.json").write_text(json.dumps(wrong))
    server.set(table=str(tmp_path / "wrong.json"))
    words = ["preview", "exercises", "-n", 5, *asked(server, tmp_path), "--format", "json"]
    found = json.loads(hornbook(*words).stdout)
    assert {item["reason"] for item in found["items"]} == {"tests_failed"}
    unchecked = json.loads(hornbook(*words, "--no-check").stdout)
    assert unchecked["summary"][0] == "5 of 5 accepted (100 %); nothing was executed"


def test_own_topics_are_previewed_as_they_are_asked_for(server: Served, tmp_path: Path) -> None:
    topics = tmp_path / "topics.txt"
    topics.write_text("".join(f"tides of moon {i}\n" for i in range(200)))
    words = [*asked(server, tmp_path), "--topics", topics]
    shown = hornbook("preview", "exercises", "-n", 3, "--no-check", *words)
    assert len(re.findall(r"tides of moon \d+", shown.stdout)) == 3, shown.stderr
    hornbook("generate", "exercises", "-n", 3, "--least-read", 0, "--out", tmp_path / "a.jsonl", *words)
    assert server.counts()["repeated"] == 0


def test_at_a_cap_the_answers_that_came_are_shown(server: Served, tmp_path: Path) -> None:
    shown = hornbook("preview", "exercises", "-n", 8, *asked(server, tmp_path, "--max-calls", 3))
    fails(shown, 4, "--max-calls 3")
    assert "3 of 3 accepted" in shown.stdout
    server.set(status=401)
    shown = hornbook("preview", "exercises", "-n", 8, *asked(server, tmp_path))
    fails(shown, 1, "401")


ODD = st.text(st.one_of(st.sampled_from("`\n\r\x1b\x9b#~ ab"), st.characters(codec="utf-8")), max_size=80)


@given(st.lists(st.tuples(ODD, st.sampled_from(["stop", "length", "error"])), max_size=4), st.booleans())
def test_no_text_leaves_its_fence_or_commands_the_terminal(
    answers: list[tuple[str, str]], pages: bool
) -> None:
    cfg = Textbooks(count=9) if pages else Exercises(count=9)
    completions = [
        Completion(request=request, text=text, finish=finish, error=text)  # type: ignore[arg-type]
        for request, (text, finish) in zip(first_requests(cfg, 4), answers, strict=False)
    ]
    shown = previewed(cfg, completions, "m", sandbox=None)
    lines = "\n".join(items(shown)).split("\n")
    fences, opened = 0, ""
    for line in lines:
        if opened:
            opened, fences = ("", fences + 1) if line == opened else (opened, fences)
        elif re.fullmatch("`{3,}", line):
            opened = line
        else:
            assert not line or line.startswith("#"), line
    assert (opened, fences) == ("", 2 * len(answers))
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", "".join(lines).replace("\t", ""))
    refused = sum(isinstance(one.result, Rejected) for one in shown)
    assert next(summary(shown, None, executed=False)).startswith(f"{len(shown) - refused} of {len(shown)} ")
