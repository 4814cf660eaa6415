"""`hornbook stats` and `hornbook diversity`: figures worked out by hand, of lines and of Parquet."""

from __future__ import annotations

import json
import tracemalloc
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from test_cli import fails, hornbook
from test_rows_dedup import write

from hornbook.draw import rng
from hornbook.quality.diversity import MEASURES, diversity_of, drawn
from hornbook.rows.describe import describe_files
from hornbook.rows.diversity import diversity_of_files
from hornbook.rows.records import RowReader
from hornbook.rows.sample import Reservoir
from hornbook.rows.split import RowRecords

ROWS: list[Any] = [
    {"text": "x = 1", "license": "MIT", "n": 1},
    {"text": "two words", "license": "MIT", "n": None},
    {"text": "x = 1", "license": "BSD-3-Clause", "n": 2.5},
    {"text": " ", "license": None, "n": "many"},
    {"text": None, "license": "MIT"},
]


def stats(*words: object) -> Any:
    done = hornbook("stats", *words, "--format", "json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_lines_are_described(tmp_path: Path) -> None:
    source = write(tmp_path / "rows.jsonl", ROWS)
    (found,) = stats(source)
    columns = found.pop("columns")
    assert found == {
        "file": str(source),
        "rows": 5,
        "bytes": source.stat().st_size,
        "rows_with_text": 4,
        "empty_texts": 1,
        "exact_copies": 1,
        "characters": 5 + 9 + 5 + 1,
        "words": 3 + 2 + 3 + 0,
        "characters_of_a_text": {"shortest": 1, "tenth": 1, "median": 5, "nine_tenths": 9, "longest": 9},
        "parses_as_python": 0.75,  # all but "two words"; a blank program is one
        "parsed_sample": 4,
        "text_columns": {"text": 4},
        "without_text": {"column 'text' is null": 1},
        "labels": {"license": {"different": 2, "commonest": {"MIT": 3, "BSD-3-Clause": 1}}},
    }
    assert columns == {
        "text": {"types": {"text": 4}, "missing": 1},
        "license": {"types": {"text": 4}, "missing": 1},
        "n": {"types": {"number": 2, "text": 1}, "missing": 2},
    }


def test_a_parquet_files_columns_have_their_one_type(tmp_path: Path) -> None:
    source = tmp_path / "rows.parquet"
    table = pa.table({"text": ["x = 1", None], "at": pa.array([None, 7], pa.int16()), "raw": [b"\xff", b""]})
    pq.write_table(table, source)
    (found,) = stats(source)
    assert found["columns"] == {
        "text": {"types": {"string": 1}, "missing": 1},
        "at": {"types": {"int16": 1}, "missing": 1},
        "raw": {"types": {"binary": 2}, "missing": 0},
    }
    pq.write_table(table.slice(0, 0), tmp_path / "none.parquet")
    (found,) = stats(tmp_path / "none.parquet")
    assert (found["rows"], found["parses_as_python"], list(found["columns"])) == (
        0,
        None,
        ["text", "at", "raw"],
    )


def test_people_get_files_side_by_side_and_the_columns_of_each(tmp_path: Path) -> None:
    a, b = (
        write(tmp_path / "a.jsonl", ROWS),
        write(tmp_path / "b.jsonl", [{"prompt": "x ", "completion": "= 1"}]),
    )
    shown = hornbook("stats", a, b).stdout
    lines = [line.split() for line in shown.splitlines()]
    assert [str(a), str(b)] in lines
    assert ["rows", "5", "1"] in lines
    assert ["parses", "as", "Python", "75.0%", "100.0%"] in lines
    assert "text found in text 4" in shown
    assert "1 rows without a text: column 'text' is null" in shown
    assert "license, 2 different: MIT 3, BSD-3-Clause 1" in shown
    assert "text found in prompt + completion 1" in shown


def test_a_file_without_any_text_is_described_all_the_same(tmp_path: Path) -> None:
    (found,) = stats(write(tmp_path / "r.jsonl", [{"body": "a"}, [1]]))
    assert (found["rows"], found["rows_with_text"]) == (2, 0)
    assert found["without_text"] == {
        "no column with a text; it has body": 1,
        "the row is not a JSON object with columns": 1,
    }
    (found,) = stats(write(tmp_path / "b.jsonl", [{"body": "a b"}]), "--column", "body")
    assert found["words"] == 2


def test_a_text_of_a_million_characters_is_not_parsed(tmp_path: Path) -> None:
    source = write(tmp_path / "r.jsonl", [{"text": "x = 1"}, {"text": "#" * 1_000_001}])
    assert describe_files([source], "", lambda progress: None).as_json()[0]["parses_as_python"] == 0.5


def test_memory_does_not_grow_with_the_texts(tmp_path: Path) -> None:
    peaks = []
    for count in (4_000, 16_000):
        source = write(
            tmp_path / f"{count}.jsonl", [{"text": f"x_{i} = " + "'y'" * 300} for i in range(count)]
        )
        tracemalloc.start()
        describe_files([source], "", lambda progress: None)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] - peaks[0] < 2e6 < 10e6 < (tmp_path / "16000.jsonl").stat().st_size


def test_every_item_has_the_same_chance() -> None:
    drawn = [0] * 20
    for seed in range(2000):
        reservoir: Reservoir[int] = Reservoir(5, rng(seed, "test"))
        for item in range(20):
            reservoir.add(item)
        assert len(set(reservoir.items)) == 5
        for item in reservoir.items:
            drawn[item] += 1
    assert all(400 < times < 600 for times in drawn)  # 500 each on average, 19 standard deviations apart at 5


# Diversity


def same(path: Path, count: int) -> Path:
    return write(path, [{"text": 'def f(x):\n    """Add one to it."""\n    return x + 1\n'}] * count)


def varied(path: Path, count: int) -> Path:
    words = [f"w{i}" for i in range(4000)]
    texts = (" ".join(rng(0, "words", i).sample(words, 60)) for i in range(count))
    return write(path, [{"prompt": text[:20], "completion": text[20:]} for text in texts])


def diversity(*words: object) -> Any:
    done = hornbook("diversity", *words, "--format", "json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_files_are_measured_on_as_many_rows_as_the_smallest_has(tmp_path: Path) -> None:
    a, b, c = same(tmp_path / "a.jsonl", 300), varied(tmp_path / "b.jsonl", 60), same(tmp_path / "c.jsonl", 9)
    found = diversity(a, b, c)
    assert [found[str(path)]["num_rows"] for path in (a, b, c)] == [300, 60, 9]
    assert found[str(a)]["num_sampled"] == found[str(b)]["num_sampled"] == 60
    assert list(found[str(c)]) == ["num_rows"]
    assert found[str(a)]["gzip_ratio"] > 10 > 3 > found[str(b)]["gzip_ratio"]
    assert found[str(a)]["nearest_mean"] == 1
    assert set(found[str(a)]) - {"num_rows", "num_sampled"} <= set(MEASURES)


def test_people_read_what_each_measure_says(tmp_path: Path) -> None:
    a, b = same(tmp_path / "a.jsonl", 60), varied(tmp_path / "b.jsonl", 60)
    shown = hornbook("diversity", a, b).stdout
    lines = shown.splitlines()
    assert lines[0].split() == [str(a), str(b)]
    assert lines[1].split() == ["rows", "with", "a", "text", "60", "60"]
    assert "Measured on 60 rows of each file; compare equal numbers only." in lines
    for heading, explanation in (MEASURES["gzip_ratio"], MEASURES["self_bleu"]):
        assert sum(line.startswith(heading) for line in lines) == 2
        assert f"{heading}: {explanation}" in lines


def test_the_sample_is_drawn_by_seed_whatever_the_format(tmp_path: Path) -> None:
    lines = varied(tmp_path / "a.jsonl", 400)
    rows = [json.loads(line) for line in lines.read_text().splitlines()]
    table = write(tmp_path / "a.parquet", rows)

    def measured(path: Path, seed: int) -> Any:
        return diversity_of_files([path], RowReader(), 50, seed, lambda progress: None).as_json()[str(path)]

    assert measured(lines, 0) == measured(table, 0)
    assert measured(lines, 0) != measured(lines, 1)


def test_a_file_and_what_a_gate_left_of_it_are_measured_on_the_same_rows(tmp_path: Path) -> None:
    before = varied(tmp_path / "before.jsonl", 600)
    lines = before.read_text().splitlines(keepends=True)
    after = tmp_path / "after.jsonl"
    after.write_text("".join(lines[1:]))
    found = diversity(before, after, "--sample", 100)
    for measures in found.values():
        measures.pop("num_rows")
    differ = [
        key for key, value in found[str(before)].items() if abs(found[str(after)][key] - value) > 0.01 * value
    ]
    assert differ == []


def test_a_file_given_twice_stands_there_twice(tmp_path: Path) -> None:
    source = varied(tmp_path / "a.jsonl", 60)
    found = diversity(source, source)
    assert list(found) == [str(source), f"{source} (2)"]
    assert found[str(source)] == found[f"{source} (2)"]


def test_a_sample_is_that_of_the_whole_file(tmp_path: Path) -> None:
    """Drawn in two steps, down to the size of the smallest file, copies with it, as if in one."""
    rows = [json.loads(line) for line in varied(tmp_path / "a.jsonl", 300).read_text().splitlines()]
    large, small = write(tmp_path / "large.jsonl", rows + rows[:100]), varied(tmp_path / "small.jsonl", 60)
    found = diversity(large, small, "--sample", 250)[str(large)]
    records = RowRecords([large], RowReader(), lambda progress: None, "diversity").read()
    assert found == {"num_rows": 400} | diversity_of(drawn(records, 60, 0), 0, 60)


def test_empty_texts_and_rows_without_one_are_not_measured(tmp_path: Path) -> None:
    source = same(tmp_path / "a.jsonl", 55)
    source.write_text(source.read_text() + '{"text": ""}\n{"text": null}\n{"text": " "}\n')
    assert diversity(source)[str(source)]["num_rows"] == 55


@pytest.mark.parametrize("command", ["stats", "diversity"])
def test_what_cannot_be_read_is_one_line(command: str, tmp_path: Path) -> None:
    fails(hornbook(command, tmp_path / "none.jsonl"), 2, "no file at")
    torn = tmp_path / "torn.jsonl"
    torn.write_text('{"text": "a"}\n{"te')
    fails(hornbook(command, torn), 2, "line 2 is not JSON")
