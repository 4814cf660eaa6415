"""The match rate of each problem with each data set, and what a score looks like when it is split by it."""

import tracemalloc
from dataclasses import asdict
from pathlib import Path

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hornbook.benchmarks.problem import Problem
from hornbook.errors import UsageError
from hornbook.evaluate.compare import Compare, compare
from hornbook.evaluate.score import Row
from hornbook.evaluate.similar import Similar, read_similarity, similarity
from hornbook.quality.syntax import ast_similarity, node_types
from hornbook.record import Record, write_shard
from hornbook.step import Context, Metrics

LOOP = "    total = 0\n    for a in b:\n        total += a\n    return total\n"
CALL = "    return sum(b)\n"
BRANCH = "    if b:\n        return [b[0]]\n    return b[1:] + [c for c in b]\n"


def record(body: str, kind: str = "code") -> Record:
    text = f"def f(b):\n{body}"
    text = f"# Page\n\n```python\n{text}```\n" if kind == "textbook" else text
    return Record(text=text, kind=kind, source="t", license="CC0-1.0")


def rates(tmp_path: Path, bodies: list[str], **sets: list[Record]) -> dict[str, dict[str, float]]:
    """Return the rates of problems with these solutions against the data sets."""
    problems = [
        Problem(
            id=str(i), prompt="def g(xs: list) -> int:\n", entry_point="g", tests="", reference=body, rung="1"
        )
        for i, body in enumerate(bodies)
    ]
    (tmp_path / "ladder.jsonl").write_bytes(b"".join(orjson.dumps(asdict(p)) + b"\n" for p in problems))
    for name, records in sets.items():
        write_shard(tmp_path / name / "records" / "00000.parquet", records)
    folders = {name: tmp_path / name for name in sets}
    similarity(Similar(), ladder=tmp_path, out=tmp_path, ctx=Context(workers=1), **folders)
    return read_similarity(tmp_path)


def test_a_rate_is_the_highest_of_any_function_of_a_data_set_names_aside(tmp_path: Path) -> None:
    both = record(LOOP + "\n\ndef other(y):\n" + CALL)
    found = rates(tmp_path, [LOOP, CALL, BRANCH], code=[both], pages=[record(CALL, "textbook")], none=[])
    assert found["ladder/0"]["code"] == found["ladder/1"]["code"] == found["ladder/1"]["pages"] == 1.0
    expected = ast_similarity(node_types("def f(b):\n" + LOOP, "f"), node_types("def f(b):\n" + CALL, "f"))
    assert found["ladder/0"]["pages"] == (pytest.approx(expected, abs=1e-4) if expected >= 0.5 else 0.0)
    assert found["ladder/2"]["none"] == 0.0


def test_a_problem_is_compared_by_the_function_that_solves_it_wherever_it_stands(tmp_path: Path) -> None:
    helped = LOOP + "\n\ndef helper(c):\n" + BRANCH
    found = rates(tmp_path, [helped], code=[record(LOOP)], other=[record(BRANCH)])
    assert found["ladder/0"]["code"] == 1.0 > found["ladder/0"]["other"]


@given(st.lists(st.lists(st.sampled_from([LOOP, CALL, BRANCH]), max_size=3), min_size=2, max_size=4))
def test_data_sets_that_share_records_have_the_rates_they_have_alone(
    tmp_path_factory: pytest.TempPathFactory, bodies: list[list[str]]
) -> None:
    sets = {f"set{i}": [record(body) for body in some] for i, some in enumerate(bodies)}
    asked = [LOOP, CALL, BRANCH, LOOP]
    together = rates(tmp_path_factory.mktemp("all"), asked, **sets)
    for name, records in sets.items():
        alone = rates(tmp_path_factory.mktemp("one"), asked, **{name: records})
        assert {key: found[name] for key, found in together.items()} == {
            key: found[name] for key, found in alone.items()
        }


def row(number: int, right: bool, rung: str = "") -> Row:
    return Row(
        benchmark="ladder" if rung else "bench",
        id=str(number),
        rung=rung,
        num_samples=1,
        num_correct=int(right),
        outcome="pass" if right else "fail",
        completion="",
        bits=100.0,
        num_bytes=100,
        shortened=False,
    )


def compared(tmp_path: Path, rates: dict[str, dict[str, float]], **arms: list[Row]) -> Metrics:
    """Compare arms by their rows; each was trained on `shared` and on a data set of its own name."""
    folders = {}
    for arm, rows in arms.items():
        folders[arm] = tmp_path / arm
        folders[arm].mkdir()
        (folders[arm] / "results.jsonl").write_bytes(
            b"".join(orjson.dumps(asdict(row)) + b"\n" for row in rows)
        )
    (tmp_path / "similarity.json").write_bytes(orjson.dumps(rates))
    cfg = Compare(arms={arm: ("shared", arm) for arm in arms}, baseline=next(iter(arms)))
    table = compare(cfg, similarity=tmp_path, out=tmp_path, ctx=Context(), **folders)
    assert orjson.loads((tmp_path / "table.json").read_bytes()) == orjson.loads(orjson.dumps(table))
    return table


RATES = {
    "bench/0": {"shared": 0.95, "a": 0.0, "b": 0.0},
    "bench/1": {"shared": 0.0, "a": 0.91, "b": 0.0},
    "bench/2": {"shared": 0.0, "a": 0.0, "b": 0.86},
    "bench/3": {"shared": 0.7, "a": 0.7, "b": 0.79},
}
A = [row(0, True), row(1, True), row(2, False), row(3, False)]
B = [row(0, True), row(1, False), row(2, True), row(3, True)]


def numbers(split: Metrics) -> tuple[float, int, float, int]:
    near, far = split["similar"], split["not_similar"]
    return near["mean"], near["num_problems"], far["mean"], far["num_problems"]


def test_a_score_is_split_at_four_taus_by_what_any_arm_was_trained_on(tmp_path: Path) -> None:
    splits = compared(tmp_path, RATES, a=A, b=B)["splits"]["bench"]
    assert [entry["tau"] for entry in splits] == [0.95, 0.90, 0.85, 0.80]
    assert [numbers(entry["arms"]["a"]["any_arm"]) for entry in splits] == [
        (1.0, 1, pytest.approx(1 / 3), 3),
        (1.0, 2, 0.0, 2),
        (pytest.approx(2 / 3), 3, 0.0, 1),
        (pytest.approx(2 / 3), 3, 0.0, 1),
    ]
    # The same problems for the other arm, so that the two columns compare.
    assert numbers(splits[1]["arms"]["b"]["any_arm"]) == (0.5, 2, 1.0, 2)


def test_a_score_is_split_by_what_the_arm_itself_was_trained_on_too(tmp_path: Path) -> None:
    splits = compared(tmp_path, RATES, a=A, b=B)["splits"]["bench"]
    assert numbers(splits[2]["arms"]["a"]["own"]) == (1.0, 2, 0.0, 2)  # problems 0 and 1
    assert numbers(splits[2]["arms"]["b"]["own"]) == (1.0, 2, 0.5, 2)  # problems 0 and 2


def test_the_two_parts_of_a_split_make_the_whole_score(tmp_path: Path) -> None:
    table = compared(tmp_path, RATES, a=A, b=B)
    for arm, scores in table["arms"].items():
        for entry in table["splits"]["bench"]:
            for split in entry["arms"][arm].values():
                near, near_number, far, far_number = numbers(split)
                assert near_number + far_number == 4
                assert near * near_number + far * far_number == pytest.approx(
                    4 * scores["bench"]["pass@1"]["mean"]
                )


def test_every_rung_is_split_and_an_interval_stands_around_each_part(tmp_path: Path) -> None:
    rows = [row(i, i % 2 == 0, rung="12"[i % 2]) for i in range(8)]
    rates = {f"ladder/{i}": {"shared": 0.0, "a": 0.9 if i < 4 else 0.0} for i in range(8)}
    splits = compared(tmp_path, rates, a=rows)["splits"]
    assert list(splits) == ["ladder", "rung 1", "rung 2"]
    assert numbers(splits["rung 1"][1]["arms"]["a"]["any_arm"]) == (1.0, 2, 1.0, 2)
    half = splits["ladder"][1]["arms"]["a"]["any_arm"]["similar"]
    assert half["low"] < half["mean"] == 0.5 < half["high"]


@pytest.mark.parametrize("missing", ["bench/3", "b"])
def test_a_problem_that_was_not_compared_with_an_arms_data_is_an_error(tmp_path: Path, missing: str) -> None:
    rates = {
        key: {name: rate for name, rate in found.items() if name != missing}
        for key, found in RATES.items()
        if key != missing
    }
    with pytest.raises(UsageError, match="was not compared with it; give the similarity step"):
        compared(tmp_path, rates, a=A, b=B)


def test_the_shown_tau_must_be_one_of_those_split_at() -> None:
    with pytest.raises(ValueError, match=r"tau 0.99 is not one of taus"):
        Compare(arms={"raw": ("raw",)}, tau=0.99)


def test_memory_does_not_grow_with_records_of_one_shape(tmp_path: Path) -> None:
    peaks = []
    body = "".join(f"    x = [a + {i} for a in b if a > {i}]\n" for i in range(60))
    for count in (1_000, 5_000):
        for shard in range(count // 1_000):
            records = [record(f"    y = {shard * 1_000 + i}\n{body}") for i in range(1_000)]
            write_shard(tmp_path / str(count) / "records" / f"{shard:05d}.parquet", records)
        rates(tmp_path, [CALL])  # writes the problem
        tracemalloc.start()
        similarity(
            Similar(), ladder=tmp_path, out=tmp_path, ctx=Context(workers=1), all=tmp_path / str(count)
        )
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] - peaks[0] < 100 * 4_000  # a shape has up to 1,000 characters


def family_record(body: str, family: str) -> Record:
    return Record(
        text=f"def f(b):\n{body}", kind="exercise", source="t", license="CC0-1.0", tags={"family": family}
    )


def near(tmp_path: Path, bodies: list[str], records: list[Record]) -> list[Metrics]:
    lines = [
        orjson.dumps({"task_id": f"B/{i}", "prompt": "def g(xs):\n", "canonical_solution": body,
                      "entry_point": "g", "test": "def check(candidate):\n    assert candidate([]) == 0\n"})
        for i, body in enumerate(bodies)
    ]  # fmt: skip
    (tmp_path / "b.jsonl").write_bytes(b"\n".join(lines) + b"\n")
    (tmp_path / "ladder.jsonl").write_bytes(b"")
    write_shard(tmp_path / "exercises" / "records" / "00000.parquet", records)
    inputs = {"b": tmp_path / "b.jsonl", "exercises": tmp_path / "exercises"}
    metrics = similarity(Similar(), ladder=tmp_path, out=tmp_path, ctx=Context(workers=1), **inputs)
    found: list[Metrics] = metrics["near_families"]["b"]
    return found


def test_families_that_come_near_a_problem_are_named_with_the_problems(tmp_path: Path) -> None:
    records = [family_record(LOOP, "add_up"), family_record(BRANCH, "turn"), record(CALL)]
    (entry,) = near(tmp_path, [LOOP, CALL], records)
    assert (entry["family"], entry["rate"], entry["problems"]) == ("add_up", 1.0, ["B/0"])
    assert entry["at"] == {"0.95": 1, "0.9": 1, "0.85": 1, "0.8": 1}


def test_composed_programs_count_as_one_family(tmp_path: Path) -> None:
    records = [family_record(LOOP, "program:keep_even>total"), family_record(CALL, "program:square>total")]
    (entry,) = near(tmp_path, [LOOP, CALL], records)
    assert entry["family"] == "composed programs"
    assert entry["problems"] == ["B/1", "B/0"] or entry["problems"] == ["B/0", "B/1"]
