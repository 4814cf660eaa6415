"""`hornbook decontaminate` as people meet it: what goes and why, the stamp, and no file without one."""

from __future__ import annotations

import json
import signal
from pathlib import Path
from typing import Any

import pytest
from conftest import BENCHMARKS
from test_cli import fails, hornbook
from test_rows_dedup import kill_when, read, write

from hornbook.errors import QualityGate
from hornbook.quality.decontaminate import Decontaminate
from hornbook.quality.gate import Gate
from hornbook.rows.decontaminate import decontaminate_files
from hornbook.rows.outputs import Outputs
from hornbook.rows.records import RowReader
from hornbook.step import Context

# A benchmark of our own in HumanEval's format; nothing of it comes from HumanEval.
PROBLEMS = [
    {
        "task_id": f"Own/{i}",
        "prompt": f'def {name}(values):\n    """{statement}\n    """\n',
        "canonical_solution": solution,
        "entry_point": name,
        "test": f"def check(candidate):\n    assert candidate([]) == {empty}\n",
    }
    for i, (name, statement, solution, empty) in enumerate(
        [
            (
                "widest_gap",
                "Return the widest gap between neighbouring values after all of them have been put in order.",
                "    ordered = sorted(values)\n    widest = 0\n    for left, right in zip(ordered, ordered[1:]):\n"
                "        if right - left > widest:\n            widest = right - left\n    return widest\n",
                0,
            ),
            (
                "alternate_sum",
                "Add the values at even places and take away those which stand at odd places of the list.",
                "    total = 0\n    for place, value in enumerate(values):\n        if place % 2 == 0:\n"
                "            total += value\n        else:\n            total -= value\n    return total\n",
                0,
            ),
        ]
    )
]
STATEMENT = PROBLEMS[0]["prompt"] + "    raise NotImplementedError\n"
RENAMED = (
    "def helper(xs):\n"
    + str(PROBLEMS[1]["canonical_solution"]).replace("total", "t").replace("place", "i").replace("value", "x")
).replace("xs)", "values)")
CLEAN = "def greet(name):\n    return f'hello {name}'\n"
TEXTS = [CLEAN, STATEMENT, RENAMED, str(PROBLEMS[0]["prompt"]) + str(PROBLEMS[0]["canonical_solution"])]
REASONS = ["", "benchmark_prompt", "benchmark_solution", "benchmark_identical"]


@pytest.fixture
def own(tmp_path: Path) -> str:
    return f"own={write(tmp_path / 'own.jsonl', PROBLEMS)}"


def decontaminate(source: Path, out: Path, benchmark: str, *words: object) -> dict[str, Any]:
    given = ("--benchmark", benchmark, "--out", out, "--format", "json", "--workers", 1)
    done = hornbook("decontaminate", source, *given, *words)
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


@pytest.mark.parametrize("ending", ["jsonl", "parquet"])
@pytest.mark.parametrize("shape", ["text", "messages"])
def test_what_holds_a_problem_goes_with_its_evidence(
    shape: str, ending: str, own: str, tmp_path: Path
) -> None:
    def row(text: str) -> dict[str, Any]:
        fenced = f"Here it is.\n```python\n{text}```\n"
        return {"text": text} if shape == "text" else {"messages": [{"role": "assistant", "content": fenced}]}

    source = write(tmp_path / f"rows.{ending}", [row(text) for text in TEXTS])
    said = decontaminate(source, tmp_path / f"k.{ending}", own)
    assert (said["rows"], said["kept"]) == (4, 1)
    assert read(tmp_path / f"k.{ending}") == [row(CLEAN)]
    gone = read(tmp_path / f"k.rejected.{ending}")
    expected = REASONS[1:] if shape == "text" else [*REASONS[1:3], "benchmark_prompt"]
    assert [line["reason"] for line in gone] == expected
    assert ["Own/0: " in line["detail"] for line in gone] == [True, False, True]
    assert "neighbouring values" in gone[0]["detail"]
    assert "Own/1: " in gone[1]["detail"]
    assert [{k: v for k, v in line.items() if k not in ("reason", "detail")} for line in gone] == [
        row(text) for text in TEXTS[1:]
    ]


def test_the_stamp_says_what_was_checked_and_how_many_copies_were_found_again(
    own: str, tmp_path: Path
) -> None:
    source = write(tmp_path / "r.jsonl", [{"text": text} for text in TEXTS])
    said = decontaminate(source, tmp_path / "k.jsonl", own)
    assert said["stamp"]["decontaminated"] is True
    assert said["stamp"]["says"] == "checked against own"
    assert said["canaries"]["verbatim"]["found"] == said["canaries"]["verbatim"]["planted"] == 2
    assert said["hits"]["own"]["words"] >= 1
    (tmp_path / "k.jsonl").unlink()
    (tmp_path / "k.rejected.jsonl").unlink()
    shown = hornbook("decontaminate", source, "--benchmark", own, "--out", tmp_path / "k.jsonl").stdout
    assert "stamp: checked against own" in shown
    assert "planted copies found: verbatim 2/2" in shown
    assert "channels: words, code, ast (annotates only)" in shown
    assert "own: 2 problems" in shown


def test_rows_that_were_not_compared_or_stay_as_boilerplate_are_told_of(own: str, tmp_path: Path) -> None:
    part = " ".join(str(PROBLEMS[0]["prompt"]).split('"""')[1].split()[:11])
    rows = [{"text": f"# {part}\nx = {i}\n"} for i in range(30)] + [{"text": "def f(a):\n    print 'two'\n"}]
    shown = decontaminate_shown(write(tmp_path / "r.jsonl", rows), own)
    assert "30 rows stay though they share words with a statement" in shown
    assert "1 rows have functions that are not Python" in shown


def decontaminate_shown(source: Path, benchmark: str) -> str:
    out = source.with_name("shown.jsonl")
    return hornbook("decontaminate", source, "--benchmark", benchmark, "--out", out).stdout


def test_a_row_without_a_text_cannot_be_looked_at_and_goes(own: str, tmp_path: Path) -> None:
    rows = [{"text": CLEAN}, {"text": None}, {"text": STATEMENT}]
    decontaminate(write(tmp_path / "r.jsonl", rows), tmp_path / "k.jsonl", own)
    assert read(tmp_path / "k.jsonl") == rows[:1]
    gone = read(tmp_path / "k.rejected.jsonl")
    assert [row["reason"] for row in gone] == ["no_text", "benchmark_prompt"]


def test_rows_like_a_solution_go_only_from_a_threshold_on(own: str, tmp_path: Path) -> None:
    code = str(PROBLEMS[0]["prompt"] + PROBLEMS[0]["canonical_solution"])
    like = code.replace("widest", "w").replace("ordered", "o").replace('"""Return the w gap', '"""Other. ')
    source = write(tmp_path / "r.jsonl", [{"text": like}])
    only = ("--channels", "ast,words")
    words = decontaminate(
        source, tmp_path / "a.jsonl", own, "--channels", "code,ast", "--exclude-similar", 0.95
    )
    assert sum(words["reasons"].values()) == 1
    assert words["hits"]["own"]["ast"] == 1
    source = write(tmp_path / "c.jsonl", [{"text": CLEAN}])
    assert decontaminate(source, tmp_path / "b.jsonl", own, *only, "--exclude-similar", 0.95)["kept"] == 1


def test_without_a_stamp_there_is_no_file_and_the_exit_code_is_3(own: str, tmp_path: Path) -> None:
    source = write(tmp_path / "r.jsonl", [{"text": CLEAN}])
    half = write(tmp_path / "half.jsonl", [PROBLEMS[0], PROBLEMS[1] | {"canonical_solution": ""}])
    odd = write(tmp_path / "odd.jsonl", [{"question": "?"}])
    before = sorted(tmp_path.iterdir())
    for words, said in (
        (("--benchmark", f"x={tmp_path / 'none.jsonl'}"), "none.jsonl"),
        (("--benchmark", f"x={odd}"), "unknown columns"),
        (("--benchmark", f"x={half}"), "1 of its rows cannot be read as problems"),
        (
            ("--benchmark", own, "--channels", "ast"),
            "not decontaminated: ast only annotated; nothing was written",
        ),
        (("--benchmark", own, "--channels", "words,embedding"), "no model is given"),
    ):
        done = hornbook("decontaminate", source, "--out", tmp_path / "k.jsonl", *words)
        fails(done, 3, said)
        assert sorted(tmp_path.iterdir()) == before


def test_unreadable_problems_may_be_allowed_but_never_stamped(tmp_path: Path) -> None:
    source = write(tmp_path / "r.jsonl", [{"text": CLEAN}, {"text": STATEMENT}])
    half = write(tmp_path / "half.jsonl", [PROBLEMS[0], PROBLEMS[1] | {"canonical_solution": ""}])
    words = ("--benchmark", f"half={half}", "--allow-skipped", 1, "--out", tmp_path / "k.jsonl")
    done = hornbook("decontaminate", source, *words)
    fails(
        done,
        3,
        "not decontaminated: 1 rows of half could not be read; the files are written as you allowed it",
    )
    assert len(read(tmp_path / "k.jsonl")) == 1


def test_allowing_unreadable_problems_allows_nothing_else(tmp_path: Path) -> None:
    source = write(tmp_path / "r.jsonl", [{"text": CLEAN}])
    half = write(tmp_path / "half.jsonl", [PROBLEMS[0], PROBLEMS[1] | {"canonical_solution": ""}])
    before = sorted(tmp_path.iterdir())
    words = ("--benchmark", f"half={half}", "--allow-skipped", 1, "--out", tmp_path / "k.jsonl")
    done = hornbook("decontaminate", source, *words, "--channels", "ast")
    fails(done, 3, "not decontaminated: ast only annotated; nothing was written")
    assert sorted(tmp_path.iterdir()) == before


def test_files_that_change_between_the_passes_end_it_with_nothing_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = write(tmp_path / "r.jsonl", [{"text": CLEAN}, {"text": CLEAN + "x = 1\n"}])
    benchmark = write(tmp_path / "own.jsonl", PROBLEMS)
    plant = Gate.find_canaries

    def changing(gate: Gate) -> Any:
        write(source, [{"text": CLEAN}, {"text": RENAMED}])
        return plant(gate)

    monkeypatch.setattr(Gate, "find_canaries", changing)
    outputs = Outputs(tmp_path / "k.jsonl", tmp_path / "k.rejected.jsonl")
    before = sorted(tmp_path.iterdir())
    with pytest.raises(QualityGate, match="2 records were searched and others judged"):
        decontaminate_files(
            [source], outputs, RowReader(), {"own": benchmark}, Decontaminate(), Context(workers=1)
        )
    assert sorted(tmp_path.iterdir()) == before


def test_what_cannot_be_asked_for_is_a_usage_error(own: str, tmp_path: Path) -> None:
    source = write(tmp_path / "r.jsonl", [{"text": CLEAN}])
    (tmp_path / "trained").mkdir()
    (tmp_path / "trained" / "config.json").write_text("{}")
    for words, said in (
        (
            ("--benchmark", own, "--model", tmp_path / "trained"),
            "a model is given, but channels has no 'embedding'",
        ),
        ((), "give --benchmark NAME=PATH"),
        (("--benchmark", "own"), "write it as name=value"),
        (("--benchmark", own, "--channels", "word"), "--channels word: "),
        (("--benchmark", own, "--exclude-similar", 0.3), "--exclude-similar 0.3: "),
        (("--benchmark", own, "--channels", "words", "--exclude-similar", 0.9), "channels has no 'ast'"),
        (("--benchmark", own, "--model", tmp_path), "no model at"),
    ):
        done = hornbook("decontaminate", source, "--out", tmp_path / "k.jsonl", *words)
        fails(done, 2, said)


def test_a_killed_command_begins_again_and_writes_the_same_bytes(own: str, tmp_path: Path) -> None:
    rows = [{"text": text + f"\nN_{i} = {i}\n", "n": i} for i in range(400) for text in TEXTS]
    source = write(tmp_path / "r.jsonl", rows)
    decontaminate(source, tmp_path / "a.jsonl", own)
    words = ("decontaminate", source, "--benchmark", own, "--out", tmp_path / "b.jsonl", "--workers", 1)
    code, _ = kill_when(tmp_path, ".b.jsonl.partial", signal.SIGKILL, *words)
    assert code == -signal.SIGKILL
    assert not (tmp_path / "b.jsonl").exists()
    decontaminate(source, tmp_path / "b.jsonl", own)
    for a, b in (("a.jsonl", "b.jsonl"), ("a.rejected.jsonl", "b.rejected.jsonl")):
        assert (tmp_path / a).read_bytes() == (tmp_path / b).read_bytes()
    assert len(read(tmp_path / "b.jsonl")) == 400


@pytest.mark.skipif(not BENCHMARKS.exists(), reason="no benchmark files on this machine")
def test_a_benchmark_given_as_data_is_removed_whole(tmp_path: Path) -> None:
    source = BENCHMARKS / "HumanEval.jsonl.gz"
    said = decontaminate(source, tmp_path / "k.jsonl", f"humaneval={source}")
    # One of them has its imports moved to the top when it is read as a problem.
    assert (said["kept"], said["reasons"]) == (0, {"benchmark_identical": 163, "benchmark_prompt": 1})
