"""`hornbook dedup` as people meet it: files in, two files out, evidence, kills, an index that lasts."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_cli import fails, hornbook

from hornbook.quality.dedup import Dedup
from hornbook.quality.dedup_index import DedupIndex
from hornbook.rows.dedup import dedup_files
from hornbook.rows.outputs import Outputs
from hornbook.rows.records import RowReader

NEAR = "\n".join(f"value_{i} = compute({i}, 'name {i}')" for i in range(60))
OTHER = "\n".join(f"print('{i} bottles', end={i * i!r})" for i in range(60))
TEXTS = [NEAR, OTHER, NEAR + "\n# the end", NEAR, "def lonely(): ..."]
FATES = ["", "", "near_duplicate", "exact_duplicate", ""]


def write(path: Path, rows: list[Any]) -> Path:
    if path.suffix == ".parquet":
        pq.write_table(pa.Table.from_pylist(rows), path)
    else:
        path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def read(path: Path) -> list[Any]:
    if path.suffix == ".parquet":
        return list(pq.read_table(path).to_pylist())
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def dedup(source: Path, out: Path, *words: object) -> dict[str, Any]:
    done = hornbook("dedup", source, "--out", out, "--format", "json", *words)
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


SHAPES: dict[str, Any] = {
    "text": lambda text: {"text": text, "n": 1},
    "prompt and completion": lambda text: {"prompt": text[:9], "completion": text[9:]},
    "messages": lambda text: {
        "messages": [{"role": "user", "content": "Write."}, {"role": "assistant", "content": text}]
    },
    "HumanEval": lambda text: {
        "task_id": "T/0",
        "prompt": "def f():\n",
        "canonical_solution": text,
        "entry_point": "f",
        "test": "def check(candidate): ...",
    },
}


@pytest.mark.parametrize("ending", ["jsonl", "parquet"])
@pytest.mark.parametrize("shape", SHAPES)
def test_copies_go_and_name_the_row_that_stays(shape: str, ending: str, tmp_path: Path) -> None:
    source = write(tmp_path / f"rows.{ending}", [SHAPES[shape](text) for text in TEXTS])
    kept, rejected = tmp_path / f"kept.{ending}", tmp_path / f"kept.rejected.{ending}"
    said = dedup(source, kept)
    assert said["reasons"] == {"exact_duplicate": 1, "near_duplicate": 1}
    assert (said["rows"], said["kept"], said["rejected_out"]) == (5, 3, str(rejected))
    given = read(source)
    assert read(kept) == [row for row, fate in zip(given, FATES, strict=True) if not fate]
    gone = read(rejected)
    assert [row["reason"] for row in gone] == [fate for fate in FATES if fate]
    place = f"of {'row' if ending == 'parquet' else 'line'} 1 of {source}, jaccard "
    assert all(row["detail"].startswith(place) for row in gone)
    assert [{k: v for k, v in row.items() if k not in ("reason", "detail")} for row in gone] == given[2:4]


@given(
    texts=st.lists(st.sampled_from([*TEXTS, "", None]), min_size=1, max_size=12),
    extra=st.lists(st.text() | st.none(), min_size=12, max_size=12),
)
@settings(max_examples=25)
def test_every_row_comes_out_once_and_unchanged(tmp_path_factory: Any, texts: Any, extra: Any) -> None:
    folder = tmp_path_factory.mktemp("rows")
    both = enumerate(zip(["first", *texts], extra, strict=False))
    rows = [{"n": n, "text": text, "about": about} for n, (text, about) in both]
    schema = pa.schema({"n": pa.int16(), "text": pa.string(), "about": pa.large_string()})
    table = pa.Table.from_pylist(rows, schema=schema)
    lines, columns = write(folder / "l.jsonl", rows), folder / "c.parquet"
    pq.write_table(table, columns)
    for source in (lines, columns):
        out = Outputs(folder / f"k{source.suffix}", folder / f"r{source.suffix}")
        split = dedup_files([source], out, RowReader(), Dedup(), lambda progress: None)
        assert split.num_rows == len(rows)
    kept, gone = ((folder / f"{name}.jsonl").read_bytes().splitlines() for name in "kr")
    whole = lines.read_bytes().splitlines()
    assert sorted([*kept, *(line[: line.rindex(b',"reason": ')] + b"}" for line in gone)]) == sorted(whole)
    assert [line for line in whole if line in kept] == kept
    kept_table, gone_table = (pq.read_table(folder / f"{name}.parquet") for name in "kr")
    assert kept_table.schema == table.schema
    again = pa.concat_tables([kept_table, gone_table.drop_columns(["reason", "detail"])])
    assert sorted(map(str, again.to_pylist())) == sorted(map(str, table.to_pylist()))
    assert read(folder / "k.jsonl") == kept_table.to_pylist()


def test_several_files_are_read_in_order_whatever_their_formats(tmp_path: Path) -> None:
    a = write(tmp_path / "a.jsonl", [{"text": NEAR, "from": "a"}])
    b = write(tmp_path / "b.parquet", [{"text": NEAR, "n": 1}, {"text": OTHER, "n": 2}])
    done = hornbook("dedup", b, a, "--out", tmp_path / "k.jsonl", "--rejected", tmp_path / "r.parquet")
    assert done.returncode == 0, done.stderr
    assert read(tmp_path / "k.jsonl") == [{"text": NEAR, "n": 1}, {"text": OTHER, "n": 2}]
    (gone,) = read(tmp_path / "r.parquet")
    assert (gone["from"], gone["n"], gone["reason"]) == ("a", None, "exact_duplicate")
    assert gone["detail"].startswith(f"of row 1 of {b}, ")


def test_of_copies_the_highest_number_stays(tmp_path: Path) -> None:
    rows = [{"text": NEAR, "stars": 1}, {"text": NEAR + "\n", "stars": 5}, {"text": NEAR, "stars": None}]
    dedup(write(tmp_path / "r.jsonl", rows), tmp_path / "k.jsonl", "--prefer", "stars")
    assert read(tmp_path / "k.jsonl") == [rows[1]]


def test_a_column_of_numbers_that_no_row_has_is_refused(tmp_path: Path) -> None:
    source = write(tmp_path / "r.jsonl", [{"text": NEAR}])
    done = hornbook("dedup", source, "--out", tmp_path / "k.jsonl", "--prefer", "stras")
    fails(done, 2, "--prefer stras: no row has a number there")
    assert list(tmp_path.iterdir()) == [source]


def test_the_threshold_and_the_cap_are_options(tmp_path: Path) -> None:
    source = write(
        tmp_path / "r.jsonl", [{"text": text} for text in (NEAR, NEAR + "\n# the end", "x = 1", "y = 2")]
    )
    assert dedup(source, tmp_path / "a.jsonl", "--threshold", 1)["kept"] == 4
    functions = [f"def f_{i}(x):\n    return x + {i}  # {OTHER[i]}\n" for i in range(5)]
    source = write(tmp_path / "f.jsonl", [{"text": text} for text in functions])
    said = dedup(source, tmp_path / "b.jsonl", "--skeleton-cap", 2)
    assert said["reasons"] == {"skeleton_cap": 3}


def test_rows_without_a_text_are_rejected_and_a_file_of_them_refused(tmp_path: Path) -> None:
    source = write(tmp_path / "r.jsonl", [{"text": None}, {"text": NEAR}, {"body": "x"}, [1]])
    assert dedup(source, tmp_path / "k.jsonl")["reasons"] == {"no_text": 3}
    assert [row["detail"] for row in read(tmp_path / "k.rejected.jsonl")] == [
        "column 'text' is null",
        "no column with a text; it has body",
        "the row is not a JSON object with columns",
    ]
    source = write(tmp_path / "b.jsonl", [{"body": NEAR, "n": 1}])
    done = hornbook("dedup", source, "--out", tmp_path / "b_out.jsonl")
    fails(done, 2, "no column with a text; it has body, n; known are text")
    assert "--column" in done.stderr
    assert dedup(source, tmp_path / "named.jsonl", "--column", "body")["kept"] == 1


def test_rows_that_have_a_reason_already_get_one_under_another_name(tmp_path: Path) -> None:
    source = write(tmp_path / "r.jsonl", [{"text": NEAR, "reason": "mine"}, {"text": NEAR}])
    dedup(source, tmp_path / "k.jsonl")
    (gone,) = read(tmp_path / "k.rejected.jsonl")
    assert gone["dedup_reason"] == "exact_duplicate"
    again = write(tmp_path / "a.jsonl", [{"text": NEAR, "reason": "mine", "dedup_reason": "mine"}])
    fails(hornbook("dedup", again, "--out", tmp_path / "a_out.jsonl"), 2, "rename one of them")


def test_nothing_is_overwritten_and_nothing_left_behind(tmp_path: Path) -> None:
    source = write(tmp_path / "r.jsonl", [{"text": NEAR}])
    (tmp_path / "there.jsonl").write_text("mine")
    empty = write(tmp_path / "empty.jsonl", [])
    torn = tmp_path / "torn.jsonl"
    torn.write_text('{"text": "a"}\n{"text": ')
    before = sorted(tmp_path.iterdir())
    for words, said in (
        (
            (source, "--out", tmp_path / "there.jsonl"),
            "there.jsonl: the file exists already; nothing was written",
        ),
        ((source, "--out", tmp_path / "k.jsonl", "--rejected", tmp_path / "there.jsonl"), "--rejected"),
        ((source, "--out", tmp_path / "k.csv"), "must end in .jsonl or .parquet"),
        ((source, "--out", "."), "--out .: the file's name must end in .jsonl or .parquet"),
        (
            (source, "--out", tmp_path / "k.jsonl", "--rejected", tmp_path / "k.jsonl"),
            "give each its own file",
        ),
        ((tmp_path / "no.jsonl", "--out", tmp_path / "k.jsonl"), "no file at"),
        ((empty, "--out", tmp_path / "k.jsonl"), "no rows"),
        ((torn, "--out", tmp_path / "k.jsonl"), f"{torn}, line 2 is not JSON"),
    ):
        fails(hornbook("dedup", *words), 2, said)
        assert sorted(tmp_path.iterdir()) == before
    assert (tmp_path / "there.jsonl").read_text() == "mine"


def test_people_get_a_table_and_the_names_of_the_files(tmp_path: Path) -> None:
    source = write(tmp_path / "r.jsonl", [{"text": text} for text in TEXTS])
    shown = hornbook("dedup", source, "--out", tmp_path / "k.jsonl").stdout.splitlines()
    assert [line.split() for line in shown[:3]] == [
        ["dedup", "rows", "share"],
        ["kept", "3", "60.0%"],
        ["exact_duplicate", "1", "20.0%"],
    ]
    assert str(tmp_path / "k.rejected.jsonl") in shown[-1]


# Kills


def many(path: Path, count: int = 4000) -> Path:
    texts = (
        f"def f_{i % 3900}(x):\n    return [{', '.join(str(i % 3900 * j) for j in range(40))}]\n"
        for i in range(count)
    )
    return write(path, [{"text": text, "n": i} for i, text in enumerate(texts)])


def kill_when(folder: Path, pattern: str, number: int, *words: object) -> tuple[int, str]:
    """Start the command, end it as soon as a file of that name is in `folder`; returns exit code and stderr."""
    command = [sys.executable, "-m", "hornbook", *map(str, words)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 60
    while not list(folder.glob(pattern)):
        assert process.poll() is None, process.communicate()[1]
        assert time.monotonic() < deadline
        time.sleep(0.002)
    process.send_signal(number)
    said = process.communicate()[1]
    return process.returncode, said


@pytest.mark.parametrize("ending", ["jsonl", "parquet"])
def test_a_killed_command_begins_again_and_writes_the_same_bytes(ending: str, tmp_path: Path) -> None:
    source = many(tmp_path / "rows.jsonl")
    dedup(source, tmp_path / f"whole.{ending}")
    out = tmp_path / f"k.{ending}"
    for pattern in (f".k.{ending}.partial", ".k.*.workspace/*", f".k.{ending}.workspace/**/*.bin"):
        code, _ = kill_when(tmp_path, pattern, signal.SIGKILL, "dedup", source, "--out", out)
        assert code == -signal.SIGKILL
        assert not out.exists()
    dedup(source, out)
    for name in ("{}", "{}.rejected"):
        whole, again = (tmp_path / f"{name.format(stem)}.{ending}" for stem in ("whole", "k"))
        assert whole.read_bytes() == again.read_bytes()
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_ctrl_c_says_that_nothing_was_written_and_leaves_nothing(tmp_path: Path) -> None:
    source = many(tmp_path / "rows.jsonl")
    out = tmp_path / "k.jsonl"
    code, said = kill_when(tmp_path, ".k.*.workspace", signal.SIGINT, "dedup", source, "--out", out)
    assert code == 130
    assert said.strip().endswith("interrupted; nothing was written, and the same command begins again")
    assert list(tmp_path.iterdir()) == [source]


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("dedup", "interrupted; no file is left unfinished, and the same command begins again"),
        ("exec-check", "interrupted; everything finished is kept, and the same command continues"),
    ],
)
def test_ctrl_c_before_anything_began_says_what_the_same_command_does(
    command: str, said: str, tmp_path: Path
) -> None:
    name = {"dedup": "dedup_rows", "exec-check": "check_samples"}[command]
    script = f"""
from hornbook.rows import commands
def interrupted(*words): raise KeyboardInterrupt
commands.{name} = interrupted
from hornbook.cli import main
main()
"""
    source = write(tmp_path / "r.jsonl", [{"text": NEAR}])
    words = [sys.executable, "-c", script, command, str(source), "--out", str(tmp_path / "k.jsonl")]
    done = subprocess.run(words, capture_output=True, text=True)
    assert (done.returncode, done.stderr.strip().splitlines()[-1]) == (130, f"hornbook: {said}")


def test_a_kill_between_the_two_renames_does_not_stop_the_next_attempt(tmp_path: Path) -> None:
    source = write(tmp_path / "r.jsonl", [{"text": text} for text in TEXTS])
    kept, rejected = tmp_path / "k.jsonl", tmp_path / "k.rejected.jsonl"
    dedup(source, kept)
    whole = kept.read_bytes(), rejected.read_bytes()
    kept.rename(tmp_path / ".k.jsonl.partial")
    (tmp_path / ".k.jsonl.pending").write_text(json.dumps({"rejected": str(rejected)}))
    dedup(source, kept)
    assert (kept.read_bytes(), rejected.read_bytes()) == whole
    assert sorted(path.name for path in tmp_path.iterdir()) == ["k.jsonl", "k.rejected.jsonl", "r.jsonl"]


# An index


def test_a_later_file_is_compared_with_what_earlier_ones_left(tmp_path: Path) -> None:
    index = tmp_path / "index"
    a = write(tmp_path / "a.jsonl", [{"text": NEAR}, {"text": NEAR}])
    b = write(tmp_path / "b.jsonl", [{"text": OTHER}, {"text": NEAR + "\n# the end"}])
    assert dedup(a, tmp_path / "ka.jsonl", "--index", index)["kept"] == 1
    said = dedup(b, tmp_path / "kb.jsonl", "--index", index)
    assert (said["kept"], said["reasons"]) == (1, {"near_duplicate": 1})
    (gone,) = read(tmp_path / "kb.rejected.jsonl")
    assert "which an earlier file left in the index, jaccard" in gone["detail"]
    assert dedup(b, tmp_path / "kc.jsonl", "--index", index)["reasons"] == {
        "exact_duplicate": 1,
        "near_duplicate": 1,
    }


def test_a_command_that_fails_adds_nothing_to_the_index(tmp_path: Path) -> None:
    index = tmp_path / "index"
    torn = tmp_path / "torn.jsonl"
    torn.write_text(json.dumps({"text": NEAR}) + '\n{"text": ')
    fails(hornbook("dedup", torn, "--out", tmp_path / "k.jsonl", "--index", index), 2, "line 2 is not JSON")
    a = write(tmp_path / "a.jsonl", [{"text": NEAR}])
    assert dedup(a, tmp_path / "k.jsonl", "--index", index)["kept"] == 1


@pytest.mark.parametrize("committed", [False, True])
def test_a_kill_around_the_commit_adds_rows_once(committed: bool, tmp_path: Path, monkeypatch: Any) -> None:
    """As if the process had died just before, or just after, the index was committed."""

    class Killed(BaseException):
        pass

    def die(index: DedupIndex, batch: str) -> None:
        if committed:
            commit(index, batch)
        raise Killed

    commit = DedupIndex.commit
    index, kept = tmp_path / "index", tmp_path / "k.jsonl"
    source = write(tmp_path / "a.jsonl", [{"text": text} for text in TEXTS])
    words = ([source], Outputs(kept, tmp_path / "r.jsonl"), RowReader(), Dedup(), lambda progress: None)
    monkeypatch.setattr(DedupIndex, "commit", die)
    with pytest.raises(Killed):
        dedup_files(*words, index=index)
    monkeypatch.undo()
    other = write(tmp_path / "b.jsonl", [{"text": NEAR}])
    split = dedup_files(*words, index=index)
    assert (split.num_kept, split.num_rows) == (3, 5)
    assert [row["text"] for row in read(kept)] == [NEAR, OTHER, "def lonely(): ..."]
    with DedupIndex(index) as opened:
        assert (len(opened.batches), len(opened)) == (1, 3)
    assert dedup(other, tmp_path / "kb.jsonl", "--index", index)["reasons"] == {"exact_duplicate": 1}


@pytest.mark.parametrize("is_new", [True, False])
def test_two_commands_do_not_add_to_one_index(is_new: bool, tmp_path: Path) -> None:
    index = tmp_path / "index"
    a = write(tmp_path / "a.jsonl", [{"text": NEAR}])
    if not is_new:
        dedup(a, tmp_path / "k.jsonl", "--index", index)
    with DedupIndex(index):
        done = hornbook("dedup", a, "--out", tmp_path / "kb.jsonl", "--index", index)
    fails(done, 2, "another hornbook is adding to")
