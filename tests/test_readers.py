import gzip
import json
from pathlib import Path

import pytest

from hornbook.benchmarks.problem import Problem
from hornbook.benchmarks.readers import read_benchmark
from hornbook.errors import QualityGate
from hornbook.sandbox import Job, Sandbox

BENCHMARKS = Path(__file__).parents[2] / "shared" / "benchmarks"

HUMAN_EVAL = {
    "task_id": "T/0",
    "prompt": 'def double(x):\n    import math\n    """Return twice x."""\n',
    "canonical_solution": "    return math.floor(2 * x)\n",
    "test": "def check(candidate):\n    assert candidate(2) == 4\n",
    "entry_point": "double",
}
MBPP = {
    "task_id": 7,
    "text": "Write a function to sum the \\d parts of a pair.",
    "code": (
        "import math\r\nLIMIT = 3\r\ndef helper(a):\r\n\treturn a\r\n"
        "def total(pair):\r\n  # both\r\n  if pair:\r\n    return helper(pair[0]) + pair[1]\r\n  return LIMIT"
    ),
    "test_list": ["assert total((1, 2)) == 3", "assert total(EMPTY) == 3"],
    "test_setup_code": "EMPTY = ()",
}


def write(path: Path, *rows: dict) -> Path:
    data = "".join(json.dumps(row) + "\n" for row in rows).encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


def outcomes(problems: tuple[Problem, ...]) -> list[str]:
    jobs = (Job(id=p.id, blocks=(p.prompt + p.reference, p.tests)) for p in problems)
    with Sandbox(workers=2) as sandbox:
        return [verdict.outcome for verdict in sandbox.run(jobs)]


def test_an_import_between_signature_and_docstring_moves_to_the_top(tmp_path):
    (problem,) = read_benchmark("t", write(tmp_path / "t.jsonl.gz", HUMAN_EVAL)).problems
    assert problem.prompt == 'import math\ndef double(x):\n    """Return twice x."""\n'
    assert problem.tests.endswith("check(double)\n")
    assert outcomes((problem,)) == ["pass"]


def test_an_mbpp_row_becomes_a_function_completion(tmp_path):
    (problem,) = read_benchmark("mbpp", write(tmp_path / "m.jsonl", MBPP)).problems
    assert problem.id == "mbpp/7"
    assert problem.entry_point == "total"
    assert problem.prompt == (
        "import math\nLIMIT = 3\n\n\ndef helper(a):\n    return a\n\n\ndef total(pair):\n"
        '    """Write a function to sum the \\\\d parts of a pair.\n\n    >>> total((1, 2))\n    3\n    """\n'
    )
    assert problem.reference == (
        "    # both\n    if pair:\n        return helper(pair[0]) + pair[1]\n    return LIMIT\n"
    )
    assert outcomes((problem,)) == ["pass"]


def test_the_setup_of_an_mbpp_row_runs_after_the_solution(tmp_path):
    row = MBPP | {
        "code": "class Node:\n    pass\ndef total(node):\n    return 3",
        "test_setup_code": "root = Node()",
        "test_list": ["assert total(root) == 3"],
    }
    benchmark = read_benchmark("mbpp", write(tmp_path / "m.jsonl", row))
    assert outcomes(benchmark.problems) == ["pass"]


def test_a_body_on_the_line_of_its_signature_is_split(tmp_path):
    row = MBPP | {"code": "def total(pair): return 3"}
    (problem,) = read_benchmark("mbpp", write(tmp_path / "m.jsonl", row)).problems
    assert "def total(pair):\n" in problem.prompt
    assert problem.reference == "    return 3\n"


def test_rows_that_cannot_be_converted_are_named(tmp_path):
    broken = MBPP | {"task_id": 8, "code": "def total(pair:\n"}
    other = MBPP | {"task_id": 9, "code": "def unrelated(x):\n    return x"}
    benchmark = read_benchmark("mbpp", write(tmp_path / "m.jsonl", MBPP, broken, other))
    assert len(benchmark.problems) == 1
    assert [line.split(":")[0] for line in benchmark.skipped] == ["8", "9"]


def test_a_json_list_reads_like_json_lines(tmp_path):
    path = tmp_path / "m.json"
    row = {k: v for k, v in MBPP.items() if k != "text"} | {"prompt": MBPP["text"], "test_imports": []}
    path.write_text(json.dumps([row]))
    lines = write(tmp_path / "m.jsonl", MBPP)
    assert read_benchmark("b", path).problems == read_benchmark("b", lines).problems


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"not json",
        b"\x1f\x8bbroken",
        b"[1, 2]",
        b'{"question": 1}',
        gzip.compress(b"{}" * 99, mtime=0)[:20],
    ],
)
def test_an_unreadable_benchmark_closes_the_gate(tmp_path, content):
    path = tmp_path / "b.jsonl"
    path.write_bytes(content)
    with pytest.raises(QualityGate, match="b.jsonl") as caught:
        read_benchmark("b", path)
    assert caught.value.exit_code == 3


def test_a_missing_benchmark_closes_the_gate(tmp_path):
    with pytest.raises(QualityGate, match="No such file"):
        read_benchmark("b", tmp_path / "absent.jsonl")


@pytest.mark.skipif(not BENCHMARKS.exists(), reason="no benchmark files on this machine")
@pytest.mark.parametrize(("file", "count"), [("HumanEval.jsonl.gz", 164), ("mbpp-train.jsonl", 474)])
def test_every_reference_of_a_real_benchmark_passes_its_tests(file, count):
    benchmark = read_benchmark("b", BENCHMARKS / file)
    assert benchmark.skipped == ()
    assert outcomes(benchmark.problems) == ["pass"] * count
