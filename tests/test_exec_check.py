"""`hornbook exec-check` as people meet it: real files, real processes, every kind of row that data sets hold."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path
from typing import Any

import pytest
from conftest import BENCHMARKS
from test_cli import fails, hornbook

from hornbook.benchmarks.problem import setup_of
from hornbook.benchmarks.sample import Unfit, job_of
from hornbook.errors import HornbookError, UsageError
from hornbook.quality.mutants import why_ungraded
from hornbook.rows import grade_tests
from hornbook.rows.exec_check import COLUMNS, Summary, check_file
from hornbook.rows.programs import refuse_unjudged
from hornbook.sandbox import Limits, Verdict, probe
from hornbook.step import Context

needs_sandbox = pytest.mark.skipif(not probe().level, reason="this machine cannot isolate untrusted code")

PROMPT = '''import math


def half(x):
    return x / 2


def area(r):
    """Return half the area of a circle."""
'''
TEST = "def check(candidate):\n    assert abs(candidate(2) - half(4 * math.pi)) < 1e-9\n"
HUMAN_EVAL = {"task_id": "T/0", "prompt": PROMPT, "entry_point": "area", "test": TEST}
BODY = "    return half(math.pi * r**2)\n"
MBPP = {
    "task_id": 601,
    "text": "Write a function to sum a pair.",
    "code": "import operator\r\ndef helper(a):\r\n\treturn a\r\ndef total(pair):\r\n  return operator.add(*pair)",
    "test_list": ["assert total((1, 2)) == 3", "assert total(PAIR) == 5"],
    "test_setup_code": "PAIR = (2, 3)",
}
WHOLE = "def area(r):\n    return half(math.pi * r * r)\n"
LEETCODE = {
    "prompt": "from typing import *",
    "entry_point": "Solution().twice",
    "completion": "class Solution:\n    def twice(self, x: List[int]) -> List[int]:\n        return x + x\n",
    "test": "def check(candidate):\n    assert candidate([1]) == [1, 1]\n",
}
LIES = "\n\ndef half(x):\n    return x\n\ndef area(r):\n    return math.pi * r**2\n"

ROWS: dict[str, tuple[Any, str]] = {
    "a right body": (HUMAN_EVAL | {"completion": BODY}, "pass"),
    "a wrong body": (HUMAN_EVAL | {"completion": "    return 1\n"}, "fail"),
    "an empty body": (HUMAN_EVAL | {"completion": ""}, "fail|error"),
    "a body that is no Python": (HUMAN_EVAL | {"completion": "    return (\n"}, "syntax_error"),
    "a body that raises": (HUMAN_EVAL | {"completion": "    raise KeyError(r)\n"}, "error"),
    "a body that leaves": (HUMAN_EVAL | {"completion": "    import os\n    os._exit(0)\n"}, "exit"),
    "completion before solution": (HUMAN_EVAL | {"solution": BODY, "completion": "    return 1\n"}, "fail"),
    "solution before canonical": (HUMAN_EVAL | {"canonical_solution": "    1\n", "solution": BODY}, "pass"),
    "canonical before code": (HUMAN_EVAL | {"code": "    return 1\n", "canonical_solution": BODY}, "pass"),
    "a whole program": (HUMAN_EVAL | {"solution": PROMPT + BODY}, "pass"),
    "a whole program without what the prompt gives": (HUMAN_EVAL | {"completion": WHOLE}, "pass"),
    "a program that looks ahead": (
        HUMAN_EVAL | {"solution": f"from __future__ import annotations\n{PROMPT}{BODY}"},
        "pass",
    ),
    "a helper that is redefined": (HUMAN_EVAL | {"completion": BODY + LIES}, "fail"),
    "tests that call check": (
        HUMAN_EVAL | {"completion": BODY, "test": f"{TEST}\ncheck(area)\n"},
        "pass",
    ),
    "asserts in test": (HUMAN_EVAL | {"completion": BODY, "test": "assert area(0) == 0"}, "pass"),
    "a method": (LEETCODE, "pass"),
    "MBPP": (MBPP, "pass"),
    "MBPP with a wrong completion": (MBPP | {"completion": "def total(pair):\n    return 0\n"}, "fail"),
    "MBPP without the function": (MBPP | {"completion": "def other(pair):\n    return 0\n"}, "error|fail"),
    "MBPP with tests as text": (
        {"code": MBPP["code"], "tests": "PAIR = (2, 3)\nassert total(PAIR) == 5"},
        "pass",
    ),
    "MBPP with imports for the tests": (
        {
            "code": MBPP["code"],
            "prompt": "Write a function to sum a pair.",
            "test_imports": ["import math"],
            "test_list": ["assert total((math.floor(1.5), 2)) == 3"],
        },
        "pass",
    ),
    "no object": ([1, "two"], "skipped"),
    "no program": (HUMAN_EVAL, "skipped"),
    "no tests": ({"completion": BODY, "prompt": PROMPT}, "skipped"),
    "no columns": ({}, "skipped"),
}


def write(path: Path, rows: list[Any]) -> Path:
    data = "".join(json.dumps(row) + "\n" for row in rows).encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


def read(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def check(source: Path, out: Path, cpu_seconds: float = 3.0) -> Summary:
    return check_file(source, out, Limits(cpu_seconds=cpu_seconds), Context(workers=1))


def checked(source: Path, *words: object) -> list[Any]:
    out = source.with_name("checked.jsonl")
    done = hornbook("exec-check", source, "--out", out, *words)
    assert done.returncode == 0, done.stderr
    assert list(source.parent.glob("*.partial")) == []
    return read(out)


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    source = tmp_path_factory.mktemp("rows") / "rows.jsonl"
    return dict(zip(ROWS, checked(write(source, [row for row, _ in ROWS.values()])), strict=True))


@needs_sandbox
@pytest.mark.parametrize("name", ROWS)
def test_every_kind_of_row_gets_its_verdict(name: str, verdicts: dict[str, Any]) -> None:
    row = verdicts[name]
    assert row["verdict"] in ROWS[name][1].split("|"), row
    assert list(row)[-5:] == list(COLUMNS)


@needs_sandbox
def test_a_row_keeps_its_columns_and_gains_five(verdicts: dict[str, Any]) -> None:
    for name, (given, _) in ROWS.items():
        kept = {column: value for column, value in verdicts[name].items() if column not in COLUMNS}
        assert kept == (given if isinstance(given, dict) else {"row": given})


@needs_sandbox
def test_a_judged_row_says_how_it_was_held_and_a_skipped_one_that_it_was_not(
    verdicts: dict[str, Any],
) -> None:
    judged = verdicts["a right body"]
    assert (judged["level"], judged["lane"] in ("plan", "split")) == (probe().level, True)
    assert 0 < judged["seconds"] == round(judged["seconds"], 4)
    skipped = verdicts["no program"]
    assert (skipped["level"], skipped["lane"], skipped["seconds"]) == ("", "", 0.0)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("text", "not a JSON object"),
        (HUMAN_EVAL, "'completion' is missing"),
        (HUMAN_EVAL | {"completion": None, "canonical_solution": BODY}, "'completion' is null"),
        (HUMAN_EVAL | {"completion": ["a"]}, "'completion' is not text"),
        (HUMAN_EVAL | {"completion": "\ud800"}, "'completion' holds half a character"),
        (HUMAN_EVAL | {"completion": BODY, "test": ""}, "'test' is missing or empty"),
        (HUMAN_EVAL | {"completion": BODY, "test": 7}, "'test' is neither text nor a list"),
        (HUMAN_EVAL | {"completion": BODY, "test": "def check("}, "'test' is not Python"),
        (HUMAN_EVAL | {"completion": BODY, "test": "class T:\n    def test(self): area(1)"}, "nor asserts"),
        (HUMAN_EVAL | {"completion": BODY, "test": "if __name__ == '__main__':\n    area(1)"}, "nor asserts"),
        ({"completion": BODY, "test": TEST}, "'prompt' is missing"),
        ({"completion": WHOLE, "test": TEST}, "'entry_point' is missing"),
        (HUMAN_EVAL | {"completion": BODY, "entry_point": "x)\nprint("}, "'entry_point' is neither"),
    ],
)
def test_a_row_that_cannot_be_a_job_names_the_column(row: Any, said: str) -> None:
    with pytest.raises(Unfit, match=said):
        job_of(row, "line 1")


def test_what_a_prompt_gives_besides_its_function_runs_with_the_tests() -> None:
    assert setup_of(PROMPT, "area") == "import math\ndef half(x):\n    return x / 2\n"
    assert (
        setup_of("LIMIT: int = 3\nclass Node:\n    pass\ndef f(n: Node):\n", "f").split("\n")[0]
        == "LIMIT: int = 3"
    )
    assert setup_of("from math import *", "f") == "from math import *\n"
    assert setup_of("Write a function that adds.", "f") == ""
    assert setup_of("def f(x):\n    '''Twice.'''", "f") == ""


@needs_sandbox
def test_a_gzipped_file_is_read_as_it_is_and_blank_lines_do_not_count(tmp_path: Path) -> None:
    rows = [HUMAN_EVAL | {"completion": body} for body in (BODY, "    pass\n")]
    source = tmp_path / "rows.jsonl.gz"
    lines = "\n\n".join(map(json.dumps, rows)) + "\n  \n"
    source.write_bytes(gzip.compress(b"\xef\xbb\xbf" + lines.encode()))
    assert [row["verdict"] == "pass" for row in checked(source)] == [True, False]


@needs_sandbox
def test_bytes_of_a_row_do_not_change(tmp_path: Path) -> None:
    source = tmp_path / "rows.jsonl"
    odd = b'{ "n": 123456789012345678901234567890, "f": 1e2,"u": "\\u00e9 \xc3\xa9", "nan": NaN  }'
    source.write_bytes(odd + b"\r\n{ }")
    checked(source)
    first, second = source.with_name("checked.jsonl").read_bytes().splitlines()
    assert first.startswith(odd[:-3] + b',"verdict": "skipped"')
    assert second.startswith(b'{"verdict": "skipped"')


@needs_sandbox
def test_the_summary_counts_verdicts_lanes_and_levels(tmp_path: Path) -> None:
    rows = [HUMAN_EVAL | {"completion": body} for body in (BODY, BODY, "    return 1\n")] + [HUMAN_EVAL]
    source, out = write(tmp_path / "rows.jsonl", rows), tmp_path / "checked.jsonl"
    done = hornbook("exec-check", source, "--out", out, "--format", "json", "--workers", 1)
    said = json.loads(done.stdout)
    assert (said["rows"], said["verdicts"]) == (4, {"pass": 2, "fail": 1, "skipped": 1})
    assert sum(said["lanes"].values()) == said["levels"][probe().level] == 3
    assert list(said["skipped"].values()) == [1]
    out.unlink()
    shown = hornbook("exec-check", source, "--out", out).stdout
    assert [line.split() for line in shown.splitlines()[:3]] == [
        ["verdict", "rows", "share"],
        ["pass", "2", "50.0%"],
        ["fail", "1", "25.0%"],
    ]
    assert f"level: {probe().level}" in shown


def test_rows_that_the_sandbox_failed_on_are_no_success() -> None:
    checked, graded = Summary(), grade_tests.Summary()
    checked.add({"verdict": "sandbox_error", "detail": "", "level": "x", "lane": "plan"})
    empty = {"kill_rate": None, "killed": 0, "survived": 0, "equivalent": 0, "survivors": [], "weak": []}
    graded.add(empty | {"ungraded": why_ungraded(Verdict(id="", outcome="sandbox_error", detail="gone: x"))})
    for summary in (checked, graded):
        with pytest.raises(HornbookError, match="1 rows of o.jsonl could not be judged .* check these rows"):
            refuse_unjudged(summary, Path("o.jsonl"))


@needs_sandbox
def test_a_limit_is_for_each_program(tmp_path: Path) -> None:
    spin = HUMAN_EVAL | {"completion": "    while True:\n        pass\n"}
    rows = checked(
        write(tmp_path / "r.jsonl", [spin, HUMAN_EVAL | {"completion": BODY}]), "--cpu-seconds", 0.2
    )
    assert [row["verdict"] for row in rows] == ["timeout_cpu", "pass"]


@needs_sandbox
def test_a_line_that_is_not_json_keeps_what_came_before_and_goes_on_when_mended(tmp_path: Path) -> None:
    good = [HUMAN_EVAL | {"completion": BODY, "n": i} for i in range(3)]
    source, out = write(tmp_path / "rows.jsonl", good), tmp_path / "checked.jsonl"
    whole = source.read_bytes()
    source.write_bytes(whole.replace(b'"n": 2}', b'"n": 2'))
    fails(hornbook("exec-check", source, "--out", out), 2, f"{source}, line 3 is not JSON")
    assert not out.exists()
    (partial,) = tmp_path.glob("*.partial")
    before = partial.read_bytes()
    assert before.count(b"\n") == 2
    source.write_bytes(whole)
    done = hornbook("exec-check", source, "--out", out)
    assert done.returncode == 0, done.stderr
    assert out.read_bytes().startswith(before)
    assert [(row["n"], row["verdict"]) for row in read(out)] == [(i, "pass") for i in range(3)]


@needs_sandbox
def test_a_column_that_would_be_overwritten_is_refused(tmp_path: Path) -> None:
    source = write(tmp_path / "rows.jsonl", [HUMAN_EVAL | {"completion": BODY, "level": "easy"}])
    done = hornbook("exec-check", source, "--out", tmp_path / "out.jsonl")
    fails(done, 2, "line 1 has a column 'level' already")


def test_what_cannot_be_read_or_written_is_refused_before_anything_runs(tmp_path: Path) -> None:
    source = write(tmp_path / "rows.jsonl", [HUMAN_EVAL])
    (tmp_path / "empty.jsonl").write_text("\n")
    (tmp_path / "torn.jsonl.gz").write_bytes(gzip.compress(source.read_bytes())[:-9])
    for name, out, said in (
        ("nowhere.jsonl", "o.jsonl", "no file at"),
        ("rows.jsonl", "o.csv", "must end in .jsonl or .parquet"),
        ("rows.jsonl", "rows.jsonl", "exists already; nothing was written"),
        ("empty.jsonl", "o.jsonl", "holds no rows"),
        ("torn.jsonl.gz", "o.jsonl", "the archive is damaged"),
    ):
        with pytest.raises(UsageError, match=said):
            check(tmp_path / name, tmp_path / out)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["empty.jsonl", "rows.jsonl", "torn.jsonl.gz"]


# Real benchmarks


@needs_sandbox
@pytest.mark.skipif(not BENCHMARKS.exists(), reason="no benchmark files on this machine")
@pytest.mark.parametrize("file", ["HumanEval.jsonl.gz", "mbpp-train.jsonl"])
def test_every_reference_of_a_benchmark_passes(file: str, tmp_path: Path) -> None:
    out = tmp_path / "o.jsonl"
    assert hornbook("exec-check", BENCHMARKS / file, "--out", out).returncode == 0
    failed = [
        (row["task_id"], row["verdict"], row["detail"]) for row in read(out) if row["verdict"] != "pass"
    ]
    assert failed == []


@needs_sandbox
@pytest.mark.skipif(not BENCHMARKS.exists(), reason="no benchmark files on this machine")
def test_a_completion_cannot_redefine_the_helper_that_its_tests_use(tmp_path: Path) -> None:
    with gzip.open(BENCHMARKS / "HumanEval.jsonl.gz") as file:
        problems = {row["task_id"]: row for row in map(json.loads, file)}
    find_zero, decode = problems["HumanEval/32"], problems["HumanEval/38"]
    cheats = [
        find_zero | {"completion": "    return 0\n\ndef poly(xs, x):\n    return 0\n"},
        decode | {"completion": "    return s\n\ndef encode_cyclic(s):\n    return s\n"},
    ]
    assert [row["verdict"] for row in checked(write(tmp_path / "r.jsonl", cheats))] == ["fail", "fail"]


def test_help_names_the_columns_and_shows_an_example() -> None:
    shown = hornbook("exec-check", "--help", env=os.environ | {"COLUMNS": "120"}).stdout
    for word in (
        "completion",
        "canonical_solution",
        "entry_point",
        "test_list",
        "check(candidate)",
        "verdict",
    ):
        assert word in shown
    assert "hornbook exec-check samples.jsonl --out checked.jsonl" in shown
