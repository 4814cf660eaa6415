"""The decontamination gate without a run folder: every channel alone, what it refuses, what it writes down."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from textwrap import indent
from typing import Any

import numpy as np
import numpy.typing as npt
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from test_decontaminate import BODY, PROBLEM, RENAMED, STATEMENT, code, human_eval

from hornbook.benchmarks.problem import Benchmark, Problem
from hornbook.errors import QualityGate, UsageError
from hornbook.quality.canaries import VARIANTS
from hornbook.quality.contamination import Detector
from hornbook.quality.decontaminate import EVIDENCE, Decontaminate, decontaminate
from hornbook.quality.gate import Gate
from hornbook.record import Record, Rejected, write_shard
from hornbook.step import Context

F32 = npt.NDArray[np.float32]

BENCHMARK = Benchmark(name="bench", problems=(PROBLEM,), digest="d")
SAME_SHAPE = (
    "def f(a):\n    b = 5\n    for c, d in map(a, a[2:]):\n"
    "        if d + c < b:\n            b = d + c\n    return b\n"
)
WHOLE = PROBLEM.prompt + PROBLEM.reference
TEXTS = {"whole": WHOLE, "statement": f"# {STATEMENT}\nx = 1\n", "renamed": RENAMED, "shape": SAME_SHAPE}


def letters(texts: Sequence[str]) -> F32:
    """An embedding for tests: how often each letter follows each other one."""
    rows = np.zeros((len(texts), 128 * 128), dtype=np.float32)
    for row, text in zip(rows, texts, strict=True):
        for one, other in zip(text, text[1:], strict=False):
            row[ord(one) % 128 * 128 + ord(other) % 128] += 1
    scaled: F32 = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    return scaled


def judged(
    records: Sequence[Record], cfg: Decontaminate | None = None, **more: Any
) -> tuple[Gate, list[Record | Rejected]]:
    gate = Gate(cfg or Decontaminate(), [more.pop("benchmark", BENCHMARK)], **more)
    gate.see(records)
    gate.find_canaries()
    return gate, list(gate.judge(iter(records), 1))


def removed(cfg: Decontaminate, **more: Any) -> set[str]:
    _, results = judged([code(text) for text in TEXTS.values()], cfg, **more)
    return {name for name, result in zip(TEXTS, results, strict=True) if isinstance(result, Rejected)}


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"channels": ("words",)}, {"whole", "statement"}),
        ({"channels": ("code",)}, {"whole", "renamed"}),
        ({"channels": ("ast",), "exclude_similar": 0.9}, {"whole", "renamed", "shape"}),
        ({"channels": ("embedding",), "exclude_near": 0.1}, {"whole"}),
        ({"channels": ("words", "code")}, {"whole", "statement", "renamed"}),
        ({"channels": ("words", "embedding"), "exclude_near": 0.1}, {"whole", "statement"}),
    ],
)
def test_each_channel_finds_its_own_kind_of_copy(settings: dict[str, Any], expected: set[str]) -> None:
    cfg = Decontaminate(**settings)
    assert removed(cfg, embed=letters if "embedding" in cfg.channels else None) == expected


def test_likeness_annotates_and_removes_nothing_without_a_threshold() -> None:
    cfg = Decontaminate(channels=("ast", "embedding"))
    # Not the whole: prompt and solution as they stand are removed whatever the channels are.
    gate, results = judged([code(RENAMED), code("x = 1\n")], cfg, embed=letters)
    kept = [result for result in results if isinstance(result, Record)]
    assert [r.scores["ast_similarity"] for r in kept] == [1.0, 0.0]
    assert 0 < kept[0].scores["embedding_distance"] < kept[1].scores["embedding_distance"] <= 2
    stamp = gate.stamp()
    assert not stamp["decontaminated"]
    assert stamp["says"] == "not decontaminated: ast and embedding only annotated"


def test_a_channel_that_is_off_leaves_no_score() -> None:
    _, (kept,) = judged([code("x = 1\n")], Decontaminate(channels=("words",)))
    assert isinstance(kept, Record)
    assert kept.scores == {}


def test_the_embedding_channel_without_a_model_is_refused() -> None:
    with pytest.raises(QualityGate, match="no model is given"):
        Gate(Decontaminate(channels=("words", "embedding")), [BENCHMARK])


def step(tmp_path: Path, cfg: Decontaminate, records: Sequence[Record], **inputs: Path) -> dict[str, Any]:
    write_shard(tmp_path / "in" / "records" / "00000.parquet", records)
    ctx = Context(workers=1)
    return decontaminate(cfg, records=tmp_path / "in", out=tmp_path / "out", ctx=ctx, **inputs)


def test_the_embedding_channel_without_torch_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name == "hornbook.lm" or name.startswith("hornbook.lm.")]:
        monkeypatch.delitem(sys.modules, name)
    real = importlib.util.find_spec
    without: Callable[..., Any] = lambda name, *rest: None if name == "torch" else real(name, *rest)  # noqa: E731
    monkeypatch.setattr(importlib.util, "find_spec", without)
    cfg = Decontaminate(channels=("words", "embedding"))
    given = human_eval(tmp_path / "b.jsonl", PROBLEM)
    with pytest.raises(QualityGate, match="'embedding' cannot run: torch not installed"):
        step(tmp_path, cfg, [code("x = 1\n")], bench=given, model=tmp_path)
    assert not (tmp_path / "out").exists()


def test_a_model_that_no_channel_uses_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no 'embedding'"):
        step(tmp_path, Decontaminate(), [code("x = 1\n")], model=tmp_path)


@pytest.mark.parametrize("name", ["exclude_similar", "exclude_near"])
def test_a_threshold_without_its_channel_is_refused(name: str) -> None:
    with pytest.raises(ValidationError, match=name):
        Decontaminate(channels=("words",), **{name: 0.9})


@pytest.mark.parametrize("channels", [(), ("words", "words"), ("letters",)])
def test_channels_are_some_of_the_four_each_once(channels: tuple[str, ...]) -> None:
    with pytest.raises(ValidationError):
        Decontaminate.model_validate({"channels": channels})


def test_records_that_were_not_searched_cannot_pass() -> None:
    gate = Gate(Decontaminate(), [BENCHMARK])
    gate.see([code("x = 1\n")])
    with pytest.raises(QualityGate, match="1 records were searched and 2 judged"):
        list(gate.judge(iter([code("x = 1\n"), code(WHOLE)]), 1))


@pytest.mark.parametrize("texts", [(WHOLE, "x = 2\n"), ("x = 1\n", "x = 1\n"), ("x = 1\n", WHOLE)])
def test_other_records_than_those_searched_cannot_pass(texts: tuple[str, ...]) -> None:
    gate = Gate(Decontaminate(), [BENCHMARK])
    gate.see([code("x = 1\n"), code("x = 2\n")])
    with pytest.raises(QualityGate, match="2 records were searched and others judged"):
        list(gate.judge(iter([code(text) for text in texts]), 1))


def test_the_order_of_the_second_pass_is_free() -> None:
    gate = Gate(Decontaminate(), [BENCHMARK])
    gate.see([code("x = 1\n"), code("x = 2\n")])
    assert len(list(gate.judge(iter([code("x = 2\n"), code("x = 1\n")]), 1))) == 2


def test_a_copy_is_not_found_by_another_problem_of_the_same_name() -> None:
    # The words of both are alike; the second one's solution is too short to be seen.
    short = replace(PROBLEM, reference="    return max(readings)\n")
    benchmark = Benchmark(name="bench", problems=(PROBLEM, short), digest="d")
    gate, _ = judged([], Decontaminate(channels=("words", "code")), benchmark=benchmark)
    assert gate.canaries["verbatim"]["found_by_code"] == 1
    detector = Detector([PROBLEM, short])
    (hits,) = detector.scan([code(WHOLE)])
    assert ([*hits.only(1).words], [*hits.only(1).code], hits.only(1).long_words) == ([1], [], {1})


def test_a_channel_that_misses_verbatim_copies_ends_it() -> None:
    draws = np.random.default_rng(0)

    def blind(texts: Sequence[str]) -> F32:
        rows = draws.normal(size=(len(texts), 8)).astype(np.float32)
        scaled: F32 = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return scaled

    gate = Gate(Decontaminate(channels=("words", "embedding"), exclude_near=0.1), [BENCHMARK], embed=blind)
    with pytest.raises(QualityGate, match="'embedding' did not find 1 verbatim"):
        gate.find_canaries()


def test_a_benchmark_with_an_unreadable_row_is_refused_unless_allowed() -> None:
    half = Benchmark(name="half", problems=(PROBLEM,), digest="d", skipped=("T/9: it has no tests",))
    with pytest.raises(QualityGate, match="'half': 1 of its rows cannot be read as problems, first T/9"):
        Gate(Decontaminate(), [half])
    gate, _ = judged([code("x = 1\n")], Decontaminate(allow_skipped=1), benchmark=half)
    stamp = gate.stamp()
    assert (stamp["decontaminated"], stamp["says"]) == (
        False,
        "not decontaminated: 1 rows of half could not be read",
    )
    assert stamp["checked"][0]["skipped_rows"] == ["T/9: it has no tests"]


def test_data_is_not_called_decontaminated_before_copies_were_planted() -> None:
    gate = Gate(Decontaminate(), [BENCHMARK])
    assert gate.stamp()["says"] == "not decontaminated: planted copies were not looked for"
    gate, _ = judged([], Decontaminate(num_canaries=0))
    assert gate.stamp()["says"] == "not decontaminated: no copies were planted"


BARE = replace(PROBLEM, id="T/1", prompt="def widest_gap(readings):\n")
TINY = replace(PROBLEM, id="T/2", prompt="def same(x):\n", entry_point="same", reference="    return x\n")


@pytest.mark.parametrize(
    ("problems", "channels", "says"),
    [
        ((BARE,), ("words", "code"), ""),
        ((BARE, TINY), ("words", "code"), "words sees no problem of other"),
        ((BARE, PROBLEM), ("words", "code"), ""),
        ((BARE,), ("words",), "words sees no problem of other"),
        ((TINY,), ("words", "code"), "words sees no problem of other; code sees no problem of other"),
    ],
)
def test_a_channel_that_sees_nothing_of_a_benchmark_takes_the_stamp_unless_the_others_see_all(
    problems: tuple[Problem, ...], channels: tuple[str, ...], says: str
) -> None:
    other = Benchmark(name="other", problems=problems, digest="d")
    gate = Gate(Decontaminate.model_validate({"channels": channels}), [BENCHMARK, other])
    gate.find_canaries()
    stamp = gate.stamp()
    assert stamp["decontaminated"] is not bool(says)
    assert stamp["says"] == (f"not decontaminated: {says}" if says else "checked against bench, other")


@pytest.mark.parametrize("names", [("bench", "bench"), ("ladder",)])
def test_benchmarks_of_one_name_or_of_the_ladders_are_refused(names: tuple[str, ...]) -> None:
    with pytest.raises(UsageError, match="give each a name of its own"):
        Gate(Decontaminate(), [replace(BENCHMARK, name=name) for name in names])


def test_a_ladder_without_the_held_out_rung_is_not_called_checked() -> None:
    ladder = Benchmark(name="ladder", problems=(replace(PROBLEM, rung="1"),), digest="d")
    gate = Gate(Decontaminate(), [BENCHMARK], ladder=ladder)
    gate.find_canaries()
    assert gate.stamp()["says"] == "not decontaminated: no problem of ladder is searched for"


def test_records_that_stay_because_what_they_share_is_boilerplate_are_counted() -> None:
    part = " ".join(STATEMENT.split()[:11])
    gate, results = judged([code(f"# {part}\nx{i} = {i}\n") for i in range(30)])
    assert not any(isinstance(result, Rejected) for result in results)
    assert gate.metrics()["boilerplate_only"] == 30
    gate, _ = judged([code(f"# {part}\nx{i} = {i}\n") for i in range(20)])
    assert gate.metrics()["boilerplate_only"] == 0


def test_the_stamp_holds_every_channel_with_what_decides_in_it() -> None:
    gate, _ = judged([], Decontaminate(exclude_similar=0.9, code_containment=0.5))
    stamp = gate.stamp()
    assert stamp["decontaminated"]
    by_name = {channel["name"]: channel for channel in stamp["channels"]}
    assert [*by_name] == ["words", "code", "ast"]
    assert by_name["words"]["settings"]["ngram"] == 10
    assert by_name["words"]["settings"]["reported_ngram"] == 13
    assert by_name["code"] == {
        "name": "code",
        "removes": True,
        "guarded": 1,
        "settings": {"window": 16, "shortest_body": 10, "code_containment": 0.5},
    }
    assert by_name["ast"]["settings"] == {"exclude_similar": 0.9}
    assert (stamp["num_canaries"], stamp["recall"]["verbatim"]) == (1, 1.0)
    assert stamp["checked"] == [
        {"name": "bench", "digest": "d", "problems": 1, "only_identical": 0, "skipped": 0}
        | {"skipped_rows": [], "unguarded": 0}
    ]


def test_canaries_are_counted_by_variant_and_channel() -> None:
    swappable = BODY.replace("    widest = 0\n", "    widest = 0\n    number = len(readings)\n")
    problem = Benchmark(
        name="bench",
        problems=(replace(PROBLEM, reference=swappable),),
        digest="d",
    )
    gate, _ = judged([], benchmark=problem)
    found = {
        variant: tuple(recall[f"found_by_{c}"] for c in ("words", "words_13", "code", "ast"))
        for variant, recall in gate.canaries.items()
    }
    assert found == {
        "verbatim": (1, 1, 1, 1),
        "renamed": (0, 0, 1, 1),
        "statement_only": (1, 1, 0, 0),
        "solution_only": (0, 0, 1, 1),
        "reordered": (0, 0, 1, 0),
    }
    assert tuple(gate.canaries) == VARIANTS


def test_what_cannot_be_copied_is_not_counted() -> None:
    gate, _ = judged([])
    assert gate.canaries["reordered"]["planted"] == 0
    assert gate.canaries["reordered"]["recall"] is None


def test_the_longer_rule_is_reported_and_decides_nothing() -> None:
    ten = " ".join(STATEMENT.split()[:11])
    gate, results = judged([code(f"# {ten}\nx = 1\n"), code(f"# {STATEMENT}\nx = 1\n")])
    assert all(isinstance(result, Rejected) for result in results)
    assert [row["long_words"] for row in gate.evidence] == [False, True]


def test_every_finding_in_a_removed_record_is_a_line_of_evidence(tmp_path: Path) -> None:
    leaked = [code(WHOLE + f"\n\nx{i} = {i}\n") for i in range(25)]
    given = human_eval(tmp_path / "b.jsonl", PROBLEM)
    metrics = step(tmp_path, Decontaminate(), [*leaked, code("x = 1\n")], bench=given)
    rows = [orjson.loads(line) for line in (tmp_path / "out" / EVIDENCE).read_bytes().splitlines()]
    assert [(row["record"], row["channel"]) for row in rows] == [
        (record.id, channel) for record in leaked for channel in ("words", "code")
    ]
    assert metrics["num_findings"] == 50
    assert metrics["evidence"] == rows[:20]
    assert {row["problem"] for row in rows} == {"T/0"}
    assert rows[0]["excerpt"] == "return the widest gap between neighbouring readings of a sorted"
    assert rows[1]["excerpt"].startswith("widest = 0 for left, right in zip(readings")
    assert rows[1]["overlap"] == 1.0


def test_a_shape_that_removes_names_the_function_that_has_it() -> None:
    gate, _ = judged([code("def g():\n    pass\n\n" + SAME_SHAPE)], Decontaminate(exclude_similar=0.9))
    (row,) = gate.evidence
    assert (row["channel"], row["problem"], row["excerpt"]) == ("ast", "T/0", "def f(a):")


BROKEN = (
    "print 'two'\n",
    "def broken(:\n",
    "x = = 1\n",
    'x = """open\n',
    "\ufeffprint 2\n",
    "\ufeff",
    "text\n\n",
)
INDENTED = "class A:\n    x = = 1\n" + indent(SAME_SHAPE, "    ")
LOOSE = SAME_SHAPE.replace("b = 5", '"""Doc\nin column 0.\n    """\n    b = 5')
PAGE = f"# Page\n\n```python\nx = = 1\n```\n\n```python\n{SAME_SHAPE}```\n\n```python\n>>> 1 +\n```\n"
SESSION = "Page\n```python\n>>> " + SAME_SHAPE.rstrip().replace("\n", "\n... ") + "\n```\n"


@pytest.mark.parametrize(
    "text",
    [*(text + SAME_SHAPE for text in BROKEN), SAME_SHAPE + "x = = 1\n", INDENTED, PAGE, SESSION]
    + ["x = = 1\n" + LOOSE, f"Page\n```python\n{SAME_SHAPE}", "Page\n\n" + indent(SAME_SHAPE, "    ")],
)
def test_what_is_no_python_hides_no_function(text: str) -> None:
    _, (result,) = judged([code(text)], Decontaminate(channels=("ast",), exclude_similar=0.9))
    assert isinstance(result, Rejected)
    assert result.detail.endswith("def f(a):")


def test_records_with_functions_that_cannot_be_read_are_counted_and_the_stamp_says_so() -> None:
    cfg = Decontaminate(channels=("ast",), exclude_similar=0.9)
    texts = ["def f(a):\n    print 'two'\n", "Prose of a def, no code.", "x = = 1\n", "x = 1\n"]
    gate, _ = judged([code(text) for text in texts], cfg)
    assert gate.metrics()["ast_unread"] == gate.stamp()["channels"][0]["unread"] == 1
    assert gate.stamp()["says"] == (
        "checked against bench; syntax trees could not read functions of 1 records"
    )


MIX = [code(text) for text in TEXTS.values()] + [code(f"# {STATEMENT}\nx = {i}\n") for i in range(2, 6)]


@given(st.permutations(range(len(MIX))), st.integers(1, len(MIX)))
def test_neither_the_order_of_records_nor_their_batches_change_a_verdict(order: list[int], size: int) -> None:
    gate = Gate(Decontaminate(), [BENCHMARK])
    records = [MIX[i] for i in order]
    for start in range(0, len(records), size):
        gate.see(records[start : start + size])
    verdicts = {result_id(result): result for result in gate.judge(iter(records), 1)}
    _, expected = judged(MIX)
    assert verdicts == {result_id(result): result for result in expected}


def result_id(result: Record | Rejected) -> str:
    return result.record.id if isinstance(result, Rejected) else result.id


def test_records_that_hold_nothing_leave_nothing_behind() -> None:
    gate, _ = judged([code(f"x = {i}\n") for i in range(100)])
    assert (len(gate.hits), len(gate.frequency), gate.evidence) == (0, 0, [])
