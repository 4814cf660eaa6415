from dataclasses import replace
from pathlib import Path

import pytest

from hornbook.quality.check import Check, check, checked
from hornbook.quality.markdown import UnclosedBlock, parse_page, python_blocks, stated_lines
from hornbook.record import Exercise, Record, Rejected, read_records, read_rejected, shards, write_shard
from hornbook.sandbox import Sandbox
from hornbook.step import Context, Progress

PROMPT = 'def double(x):\n    """Return twice x."""\n'


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox(workers=2) as opened:
        yield opened


def exercise(solution: str, *tests: str) -> Record:
    made = Exercise(prompt=PROMPT, solution=solution, entry_point="double", tests=tests)
    return Record(text=PROMPT + solution, kind="exercise", source="t", license="CC0-1.0", exercise=made)


def page(*blocks: str) -> Record:
    text = "# Page\n\n" + "".join(f"Prose.\n\n```python\n{block}\n```\n" for block in blocks)
    return Record(text=text, kind="textbook", source="t", license="CC0-1.0")


def judged(record: Record, sandbox: Sandbox, *, stubs: bool = True) -> str:
    (result,) = checked(Check(stubs=stubs, cpu_seconds=0.5), iter([record]), sandbox)
    return result.reason if isinstance(result, Rejected) else "kept"


@pytest.mark.parametrize(
    ("solution", "tests", "reason"),
    [
        ("    return 2 * x\n", ["assert double(2) == 4", "assert double(3) == 6"], "kept"),
        ("    return 3 * x\n", ["assert double(2) == 4", "assert double(3) == 6"], "tests_failed"),
        ("    return 2 * y\n", ["assert double(2) == 4"], "solution_error"),
        ("    return 2 *\n", ["assert double(2) == 4"], "syntax_error"),
        ("    while True: pass\n", ["assert double(2) == 4"], "timeout"),
        ("    raise SystemExit\n", ["assert double(2) == 4"], "exited_early"),
        ("    return x\n", ["assert double(0) == 0", "assert double(0.0) == 0"], "tests_too_weak"),
        ("    return 2 * x\n", ["assert double(2) == 4", "assert double(2.0) == 4"], "tests_too_weak"),
        ("    return None\n", ["assert double(2) is None"], "tests_too_weak"),
    ],
)
def test_an_exercise_is_kept_only_when_its_tests_certify_it(sandbox, solution, tests, reason):
    assert judged(exercise(solution, *tests), sandbox) == reason


def test_weak_tests_pass_when_stubs_are_off(sandbox):
    weak = exercise("    return 2 * x\n", "assert double(2) == 4")
    assert judged(weak, sandbox, stubs=False) == "kept"
    assert judged(weak, sandbox, stubs=True) == "tests_too_weak"


@pytest.mark.parametrize(
    ("blocks", "reason"),
    [
        (["x = 2", "print(x + 1)\n#> 3"], "kept"),
        (["print(1)  \nprint('a ')\n#> 1\n#> a"], "kept"),
        (["for i in range(2):\n    print(i)\n#> 0\n#> 1"], "kept"),
        (["print()\nprint(1)\n#>\n#> 1"], "kept"),
        (["try:\n    int('x')\nexcept ValueError:\n    print('ValueError')\n#> ValueError"], "kept"),
        (["print(1)\n#> 2"], "output_differs"),
        (["print(1)"], "output_differs"),
        (["x = 1\n#> 1"], "output_differs"),
        (["print(1)\n#> 2", "1 / 0"], "output_differs"),
        (["x = 1", "1 / 0"], "block_error"),
        (["x = = 1"], "syntax_error"),
        ([], "no_code"),
    ],
)
def test_a_page_is_kept_only_when_it_prints_what_it_states(sandbox, blocks, reason):
    assert judged(page(*blocks), sandbox) == reason


def test_the_detail_names_the_block_and_both_outputs(sandbox):
    (result,) = checked(Check(), iter([page("print(1)\n#> 1", "print(2)\n#> 3")]), sandbox)
    assert isinstance(result, Rejected)
    assert result.detail == "block 2: line 1: stated '3', real '2'"


def test_a_fence_that_is_never_closed_is_rejected(sandbox):
    record = Record(text="```python\nx = 1\n", kind="textbook", source="t", license="CC0-1.0")
    assert judged(record, sandbox) == "unclosed_block"
    with pytest.raises(UnclosedBlock, match="line 1"):
        parse_page(record.text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("~~~python\nprint(1)\n#> 2\n~~~", "output_differs"),
        ("> ```\n> >>> 1 + 1\n> 3\n> ```", "output_differs"),
        ("```python\nprint(1)\n```\n\nOutput:\n\n```\n1\n```", "kept"),
        ("```python\nprint(1)\n```\n\nOutput:\n\n```\n2\n```", "output_differs"),
        ("```python\nx = 1\n```\n\n>>> x\n2", "unreadable_block"),
        ("```output\n1\n```", "unreadable_block"),
    ],
)
def test_whatever_a_page_states_is_held_against_it(sandbox, text, reason):
    record = Record(text=f"# Page\n\n{text}\n", kind="textbook", source="t", license="CC0-1.0")
    assert judged(record, sandbox) == reason


def test_only_python_blocks_are_run():
    parsed = parse_page("a\n```text\nnot code\n```\nb\n````python\nx = '```'\n````\n```py\ny = 2\n```\nc")
    assert parsed.blocks == ("x = '```'\n", "y = 2\n")
    assert parsed.prose == "a\nb\nc"


def test_stated_lines_keep_indentation_and_empty_lines():
    assert stated_lines("print(x)\n#>   a\n#>\n    #> b\n# > no") == ["  a", "", "b"]


def test_the_code_of_a_session_is_its_statements():
    page = "```pycon\n>>> def f(x):\n...     return x\n...\n>>> f('...')\n'...'\n```\n```python\ny = 1\n```\n"
    assert python_blocks(page) == ("def f(x):\n    return x\n\nf('...')\n", "y = 1\n")


def test_the_step_keeps_order_and_loses_nothing(tmp_path):
    good = exercise("    return 2 * x\n", "assert double(2) == 4", "assert double(3) == 6")
    bad = exercise("    return x + 2\n", "assert double(2) == 4", "assert double(3) == 6")
    code = Record(text="x = 1\n", kind="code", source="t", license="MIT")
    given = [code, good, bad, page("print(1)\n#> 1"), page()]
    write_shard(tmp_path / "in" / "records" / "00000.parquet", given)
    metrics = check(Check(), records=tmp_path / "in", out=tmp_path / "out", ctx=Context(workers=1))
    kept = list(read_records(tmp_path / "out"))
    assert [record.id for record in kept] == [given[0].id, given[1].id, given[3].id]
    assert [r.reason for r in read_rejected(tmp_path / "out")] == ["tests_failed", "no_code"]
    assert "checked" not in kept[0].tags
    assert kept[1].tags["checked"] == metrics["sandbox_level"]
    assert metrics["outcomes"]["exercise"] == {"pass": 1, "tests_failed": 1}
    assert metrics["pass_rate"] == {"exercise": 0.5, "textbook": 0.5}


def test_what_an_earlier_check_wrote_is_dropped_from_every_record(tmp_path):
    given = [
        page("print(1)\n#> 1"),
        page(),
        Record(text="```python\nx = 1\n", kind="textbook", source="t", license="MIT"),
        Record(text="x = 1\n", kind="code", source="t", license="MIT"),
        Record(text="x = 1\n", kind="exercise", source="t", license="MIT"),
    ]
    scores = {"kill_rate": 0.1, "tests_added": 3.0, "outputs_compared": 100.0, "functions": 7.0, "mine": 1.0}
    tags = {"checked": "namespaces", "blocks": "pass pass", "ungraded": "x", "mine": "a"}
    write_shard(
        tmp_path / "in" / "records" / "00000.parquet", [replace(r, scores=scores, tags=tags) for r in given]
    )
    metrics = check(Check(), records=tmp_path / "in", out=tmp_path / "out", ctx=Context(workers=1))
    assert metrics["outcomes"]["code"] == {"not_executed": 1}
    assert metrics["blocks"] == {"pass": 1}
    assert metrics["compared"]["outputs_compared"] == 1
    assert metrics["mutants"]["graded"] == metrics["mutants"]["tests_added"] == 0
    assert metrics["mutants"]["ungraded"] == {}
    kept, rejected = list(read_records(tmp_path / "out")), list(read_rejected(tmp_path / "out"))
    for record in [kept[1], *(refused.record for refused in rejected)]:
        assert (record.scores, record.tags) == ({"mine": 1.0}, {"mine": "a"})


def test_an_interrupted_check_goes_on_after_its_last_finished_shard(tmp_path):
    for number in range(3):
        write_shard(
            tmp_path / "in" / "records" / f"{number:05d}.parquet", [page(f"print({number})\n#> {number}")]
        )

    def interrupt(progress: Progress) -> None:
        if progress.done == 2:
            raise KeyboardInterrupt

    def run(out: Path, ctx: Context) -> dict[str, object]:
        return check(Check(), records=tmp_path / "in", out=out, ctx=ctx)

    with pytest.raises(KeyboardInterrupt):
        run(tmp_path / "out", Context(workers=1, progress=interrupt))
    finished = [path.stat().st_ino for path in shards(tmp_path / "out")]
    assert len(finished) == 2
    metrics = run(tmp_path / "out", Context(workers=1))
    assert [path.stat().st_ino for path in shards(tmp_path / "out")][:2] == finished
    assert metrics == run(tmp_path / "whole", Context(workers=1))
    assert list(read_records(tmp_path / "out")) == list(read_records(tmp_path / "whole"))
