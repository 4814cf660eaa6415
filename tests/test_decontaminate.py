import json
import random
import shutil
from dataclasses import asdict
from pathlib import Path
from textwrap import indent

import pytest

from hornbook.benchmarks.problem import Problem
from hornbook.benchmarks.readers import read_benchmark
from hornbook.errors import QualityGate
from hornbook.quality.alpha_tokens import shown_tokens
from hornbook.quality.canaries import VARIANTS, canary
from hornbook.quality.code_tokens import code_tokens
from hornbook.quality.contamination import Detector
from hornbook.quality.decontaminate import Decontaminate, decontaminate
from hornbook.quality.syntax import ast_similarity, function_codes, highest_similarity, node_types
from hornbook.quality.words import words_of
from hornbook.record import Exercise, Record, read_records, read_rejected, write_shard
from hornbook.step import Context

BENCHMARKS = Path(__file__).parents[2] / "shared" / "benchmarks"

STATEMENT = "Return the widest gap between neighbouring readings of a sorted list of thermometer values."
BODY = (
    "    widest = 0\n    for left, right in zip(readings, readings[1:]):\n"
    "        if right - left > widest:\n            widest = right - left\n    return widest\n"
)
PROBLEM = Problem(
    id="T/0",
    prompt=f'def widest_gap(readings):\n    """{STATEMENT}\n\n    >>> widest_gap([1, 4])\n    3\n    """\n',
    entry_point="widest_gap",
    tests="assert widest_gap([1, 4]) == 3\n",
    reference=BODY,
)
RENAMED = (
    "def largest(xs):\n  best = 0\n  for a, b in zip(xs, xs[1:]):\n    # compare\n"
    "    if (b - a) > best: best = (b - a)\n  return (best)\n"
)


def prompted(text: str) -> str:
    return text.rstrip().replace("\n", "\n... ") + "\n...\n"


def code(text: str, kind: str = "code") -> Record:
    return Record(text=text, kind=kind, source="t", license="CC0-1.0")


def exercise(prompt: str, solution: str) -> Record:
    made = Exercise(prompt=prompt, solution=solution, entry_point="widest_gap", tests=("assert True",))
    return Record(text=prompt + solution, kind="exercise", source="t", license="CC0-1.0", exercise=made)


def human_eval(path: Path, *problems: Problem) -> Path:
    rows = [
        {
            "task_id": p.id,
            "prompt": p.prompt,
            "canonical_solution": p.reference,
            "test": "def check(candidate):\n    pass\n",
            "entry_point": p.entry_point,
        }
        for p in problems
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def ladder(folder: Path, *problems: Problem) -> Path:
    folder.mkdir()
    (folder / "ladder.jsonl").write_text("".join(json.dumps(asdict(p)) + "\n" for p in problems))
    return folder


def rung(number: str) -> Problem:
    return Problem(**asdict(PROBLEM) | {"rung": number})


@pytest.fixture
def run(tmp_path):
    """Decontaminate some records; returns reasons (None for a kept one) in order of the kept, and metrics."""

    def go(records, cfg=None, **inputs):
        write_shard(tmp_path / "in" / "records" / "00000.parquet", records)
        out = tmp_path / "out"
        shutil.rmtree(out, ignore_errors=True)
        cfg = cfg or Decontaminate()
        metrics = decontaminate(cfg, records=tmp_path / "in", out=out, ctx=Context(workers=1), **inputs)
        reasons = {r.record.id: r.reason for r in read_rejected(out)}
        return [reasons.get(record.id) for record in records], metrics

    return go


@pytest.mark.parametrize(
    ("text", "kind", "reason"),
    [
        (PROBLEM.prompt + PROBLEM.reference, "code", "benchmark_identical"),
        (RENAMED, "code", "benchmark_solution"),
        (f"# Page\n\n{STATEMENT}\n", "textbook", "benchmark_prompt"),
        ("x = 1\n# " + STATEMENT.replace(" of ", "\n#  of ") + "\n", "code", "benchmark_prompt"),
        (f"Prose.\n\n```python\n{RENAMED}```\n", "textbook", "benchmark_solution"),
        (f"Prose that isn't code.\n\n```text\n{RENAMED}```\n", "textbook", "benchmark_solution"),
        (f"Prose.\n\n~~~\n{RENAMED}~~~\n", "textbook", "benchmark_solution"),
        (f"Prose.\n\n```python\n{RENAMED}", "textbook", "benchmark_solution"),
        (f"A.\n\n```python\n{RENAMED}```\n\nB.\n\n```python\nx = 1\n", "textbook", "benchmark_solution"),
        (f'Write """.\n\n```python\n{RENAMED}```\nAgain """.\n', "textbook", "benchmark_solution"),
        ("1. Item:\n\n" + indent(RENAMED, "       "), "textbook", "benchmark_solution"),
        (f"A session:\n```python\n>>> {prompted(RENAMED)}```\n", "textbook", "benchmark_solution"),
        ("def widest_gap(readings):\n    return max(readings) - min(readings)\n", "code", None),
        ("# Return the widest gap between neighbouring houses\nx = 1\n", "code", None),
    ],
)
def test_a_copied_statement_or_solution_goes_and_nothing_else(run, tmp_path, text, kind, reason):
    reasons, _ = run([code(text, kind)], bench=human_eval(tmp_path / "b.jsonl", PROBLEM))
    assert reasons == [reason]


@pytest.mark.parametrize("number", ["1", "2", "3"])
def test_rungs_that_are_meant_to_be_seen_remove_only_the_identical_exercise(run, tmp_path, number):
    given = [
        exercise(PROBLEM.prompt, PROBLEM.reference),
        exercise(PROBLEM.prompt, "    return max(0, *readings)\n"),
        code(RENAMED),
    ]
    reasons, _ = run(given, ladder=ladder(tmp_path / "ladder", rung(number)))
    assert reasons == ["ladder_identical", None, None]


@pytest.mark.parametrize("number", ["1", "2", "4", "", 4, None])
def test_a_rung_in_a_file_that_is_given_as_a_benchmark_exempts_nothing(run, tmp_path, number):
    path = tmp_path / "rungs.jsonl"
    path.write_text(json.dumps(asdict(rung(number))) + "\n")
    reasons, metrics = run([code(RENAMED)], bench=path)
    assert reasons == ["benchmark_solution"]
    assert metrics["stamp"]["checked"][0]["problems"] == 1


def test_what_is_not_searched_for_is_no_problem_checked(run, tmp_path):
    other = Problem(**asdict(PROBLEM) | {"id": "T/1", "rung": "1"})
    _, metrics = run([code("x = 1\n")], ladder=ladder(tmp_path / "ladder", other, rung("4")))
    (checked,) = metrics["stamp"]["checked"]
    assert (checked["problems"], checked["only_identical"]) == (1, 1)


@pytest.mark.parametrize("number", ["", "5", 4, None])
def test_a_ladder_with_an_unknown_rung_ends_the_step(run, tmp_path, number):
    with pytest.raises(QualityGate, match=f"the rung {number!r}"):
        run([code("x = 1\n")], ladder=ladder(tmp_path / "ladder", rung(number)))
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("text", ["\ufeff", "\r\n"])
def test_neither_line_ends_nor_a_mark_of_byte_order_hide_an_identical_exercise(run, tmp_path, text):
    same = text + (PROBLEM.prompt + PROBLEM.reference).replace("\n", "\r\n")
    assert run([code(same)], ladder=ladder(tmp_path / "ladder", rung("1")))[0] == ["ladder_identical"]


def test_the_held_out_rung_removes_as_a_benchmark_does(run, tmp_path):
    given = [exercise(PROBLEM.prompt, "    return 0\n"), code(RENAMED)]
    reasons, metrics = run(given, ladder=ladder(tmp_path / "ladder", rung("4")))
    assert reasons == ["benchmark_prompt", "benchmark_solution"]
    assert metrics["hits"] == {"ladder": {"code": 1, "words": 1}}
    assert metrics["stamp"]["says"] == "ladder only"


def test_the_evidence_names_problem_channel_and_overlap(run, tmp_path):
    _, metrics = run([code(RENAMED)], bench=human_eval(tmp_path / "b.jsonl", PROBLEM))
    (row,) = metrics["evidence"]
    assert (row["benchmark"], row["problem"], row["channel"]) == ("bench", "T/0", "code")
    assert 0.4 <= row["overlap"] <= 1


def test_the_stamp_lists_what_was_checked_and_what_was_not(run, tmp_path):
    given = human_eval(tmp_path / "b.jsonl", PROBLEM)
    _, metrics = run([code("x = 1\n")], bench=given, ladder=ladder(tmp_path / "ladder", rung("4")))
    assert [(c["name"], c["problems"]) for c in metrics["stamp"]["checked"]] == [("bench", 1), ("ladder", 1)]
    assert metrics["stamp"]["says"] == "checked against bench, ladder"
    _, metrics = run([code("x = 1\n")])
    assert metrics["stamp"]["says"].startswith("not decontaminated")


@pytest.mark.parametrize("name", ["absent.jsonl", "broken.jsonl"])
def test_an_unreadable_benchmark_ends_the_step_with_nothing_written(run, tmp_path, name):
    (tmp_path / "broken.jsonl").write_text("{}\n")
    with pytest.raises(QualityGate):
        run([code("x = 1\n")], bench=tmp_path / name)
    assert not (tmp_path / "out").exists()


def test_a_missing_ladder_ends_the_step(run, tmp_path):
    with pytest.raises(QualityGate):
        run([code("x = 1\n")], ladder=tmp_path)


def test_similar_shapes_are_annotated_and_removed_only_on_request(run, tmp_path):
    other = (
        "def f(a):\n    b = 5\n    for c, d in map(a, a[2:]):\n"
        "        if d + c < b:\n            b = d + c\n    return b\n"
    )
    given = human_eval(tmp_path / "b.jsonl", PROBLEM)
    reasons, metrics = run([code(other), code("x = 1\n")], bench=given)
    assert reasons == [None, None]
    scores = [r.scores["ast_similarity"] for r in read_records(tmp_path / "out")]
    assert scores[0] > 0.9
    assert scores[1] == 0.0
    assert sum(metrics["ast_similarity_histogram"].values()) == 2
    reasons, _ = run([code(other)], Decontaminate(exclude_similar=0.9), bench=given)
    assert reasons == ["ast_similar"]


@pytest.mark.parametrize(("tau", "bucket"), [(0.95, "0.95"), (0.9, "0.90"), (0.85, "0.85"), (0.8, "0.80")])
def test_a_similarity_of_just_the_threshold_removes(run, tmp_path, tau, bucket):
    solution = "    return [" + ", ".join("a[1]" for _ in range(45)) + "]\n"  # 140 nodes
    problem = Problem(**asdict(PROBLEM) | {"reference": solution})
    other = solution
    while ast_similarity(*(node_types(f"def f(a):\n{body}", "f") for body in (solution, other))) > tau:
        other = other.replace("a[1]", "a(1)", 1)
    like = code(f"def f(a):\n{other}")
    given = human_eval(tmp_path / "b.jsonl", problem)
    cfg = Decontaminate(channels=("ast",), exclude_similar=tau)
    reasons, metrics = run([like], cfg, bench=given)
    assert (reasons, metrics["ast_similarity_histogram"]) == (["ast_similar"], {bucket: 1})
    assert metrics["evidence"][0]["overlap"] == tau


def boilerplate(num: int, extra: str = "") -> list[Record]:
    phrase = " ".join(STATEMENT.split()[:10])
    return [
        code(f"# {phrase} number {'abcdefghij'[i % 10] * (i + 1)} {extra}\nx{i} = {i}\n") for i in range(num)
    ]


def test_an_ngram_that_many_records_share_does_not_count_alone(run, tmp_path):
    given = human_eval(tmp_path / "b.jsonl", PROBLEM)
    few, _ = run(boilerplate(10), bench=given)
    assert few == ["benchmark_prompt"] * 10
    many, metrics = run(boilerplate(30), bench=given)
    assert many == [None] * 30
    assert metrics["boilerplate_ngrams"] == 1


def test_a_leak_of_many_copies_is_no_boilerplate(run, tmp_path):
    leaked = [code(f"# {STATEMENT}\nx{i} = {i}\n") for i in range(50)]
    reasons, _ = run(leaked, bench=human_eval(tmp_path / "b.jsonl", PROBLEM))
    assert reasons == ["benchmark_prompt"] * 50


def test_a_short_statement_counts_whole_and_a_shorter_one_not_at_all():
    def detector(statement: str) -> Detector:
        prompt = f'def f(x):\n    """{statement}"""\n'
        return Detector(
            [Problem(id="T", prompt=prompt, entry_point="f", tests="", reference="    return x\n")]
        )

    seven = "Rotate every frobnicated gadget around its axis"
    assert detector(seven).scan([code(f"# {seven}, slowly")])[0].words
    assert not detector(seven).scan([code("# Rotate every frobnicated gadget around")])[0].words
    assert not detector("Rotate a gadget").statements.num_grams


def test_a_short_solution_counts_only_as_a_whole_body():
    body = "    return [item for item in values if item % 7 == 3]\n"
    detector = Detector(
        [Problem(id="T", prompt="def f(values):\n", entry_point="f", tests="", reference=body)]
    )
    whole = "def pick(xs):\n    '''Doc.'''\n    return [x for x in xs if (x % 7 == 3)]\n\ny = 1\n"
    inside = "def pick(xs):\n    print(xs)\n    return [x for x in xs if x % 7 == 3]\n"
    prefix = "def pick(xs):\n    return [x for x in xs if x % 7 == 3] + [1]\n"
    assert [bool(hits.code) for hits in detector.scan([code(whole), code(inside), code(prefix)])] == [
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(
    "shown",
    [
        STATEMENT.replace(" ", "&nbsp;"),
        STATEMENT.replace(" ", "\u00a0"),
        STATEMENT.replace("e", "e\u200b"),
        STATEMENT.replace("th", "t\u00adh"),
        "\ufeff" + STATEMENT.replace("ee", "e\u2060e"),
        "".join(chr(ord(c) + 0xFEE0) if c.isalpha() else c for c in STATEMENT),
    ],
)
def test_a_statement_that_is_seen_alike_is_alike(shown):
    assert shown != STATEMENT
    assert words_of(shown) == words_of(STATEMENT)
    (same, other) = Detector([PROBLEM]).scan([code(shown, "textbook"), code("nothing of it", "textbook")])
    assert set(same.words) == {0}
    assert not other.words


def test_a_letter_and_its_accent_are_one_letter():
    assert (
        words_of("caf\u00e9 na\u00efve") == words_of("cafe\u0301 nai\u0308ve") == ["caf\u00e9", "na\u00efve"]
    )


def test_numbers_do_not_make_a_statement():
    assert words_of("f([1.5, 2, -3]) == 7") == ["f", "0"]


def test_layout_comments_and_parentheses_do_not_change_alpha_tokens():
    a = 'def f(x):\n    """Doc."""\n    if (x > 0):  # why\n        (a, b) = b, a;\n    return x.y(1)\n'
    b = "def f(x):\n  if x > 0:\n    a, b = b, a\n  return x . y(1)\n"
    assert shown_tokens(a) == shown_tokens(b)
    assert code_tokens("a<=b**2 # c") == ["a", "<=", "b", "**", "2", "# c"]


def test_node_types_ignore_names_values_annotations_and_docstrings():
    a = 'def f(a: int, b: int = 1) -> int:\n    """Doc."""\n    return a + b\n'
    assert node_types(a, "f") == node_types("@cache\ndef g(x, y=2): return y + x", "g")
    assert node_types(a, "f") != node_types("def g(x, y=2): return y - x", "g")
    assert node_types(a, "absent") == node_types("def f(:") == ""


def test_similarity_is_one_minus_edit_distance_over_the_longer():
    assert ast_similarity("abcd", "abed") == 0.75
    found = highest_similarity(["abcd", "", "zzzz"], ["abed", "abcf", ""], workers=1)
    assert found.tolist() == [0.75, 0.0, 0.0]
    assert highest_similarity(["abcd"], [], workers=1).tolist() == [0.0]


def test_function_codes_reads_programs_and_pages():
    program = "class A:\n    def f(self): return 1\n\ndef g():\n    def h(): pass\n"
    assert len(function_codes(program)) == 2
    assert function_codes(f"Prose.\n```python\n{program}```\n") == function_codes(program)
    assert function_codes("not code at all (") == []


@pytest.mark.skipif(not BENCHMARKS.exists(), reason="no benchmark files on this machine")
def test_canaries_of_real_benchmarks_are_found_and_never_written(run, tmp_path):
    files = {"humaneval": BENCHMARKS / "HumanEval.jsonl.gz", "mbpp": BENCHMARKS / "mbpp-train.jsonl"}
    rng = random.Random(0)
    clean = [code(f"def f{i}(a):\n    return a[{rng.random()}]\n") for i in range(20)]
    reasons, metrics = run(clean, Decontaminate(num_canaries=1000), **files)
    assert reasons == [None] * 20
    recall = {variant: metrics["canaries"][variant]["recall"] for variant in VARIANTS}
    fewest = {"renamed": 0.97, "statement_only": 0.97, "solution_only": 0.97, "reordered": 0.8}
    assert recall["verbatim"] == 1.0
    assert {variant: share for variant, share in fewest.items() if recall[variant] < share} == {}
    assert metrics["stamp"]["decontaminated"]
    assert {r.source for r in read_records(tmp_path / "out")} == {"t"}


@pytest.mark.skipif(not BENCHMARKS.exists(), reason="no benchmark files on this machine")
def test_a_renamed_canary_shares_no_statement_with_its_problem():
    problem = read_benchmark("h", BENCHMARKS / "HumanEval.jsonl.gz").problems[0]
    copy = canary(problem, "renamed")
    assert copy is not None
    assert "closer to each other" not in copy.text
    assert "threshold" not in copy.text
