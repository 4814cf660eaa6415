import json
import multiprocessing
import signal
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hornbook.errors import UsageError
from hornbook.teacher.journal import Entry, Journal, canonical, request_key
from hornbook.teacher.key_table import KeyTable
from hornbook.teacher.protocol import Message

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
MESSAGE = st.builds(Message, role=st.sampled_from(["system", "user", "assistant"]), content=TEXT)
FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "teacher": TEXT,
    "api": st.sampled_from(["chat", "completions"]),
    "messages": st.lists(MESSAGE, max_size=4).map(tuple),
    "parameters": st.dictionaries(TEXT, JSON, max_size=4),
    "sample": st.integers(0, 2**53),
}


def key(**fields: Any) -> str:
    return request_key(canonical(**fields))


def entry(number: int, *, answered: bool = True, answer: str = "") -> Entry:
    request = canonical(teacher="t", api="chat", messages=(), parameters={}, sample=number)
    return Entry(
        key=request_key(request),
        answered=answered,
        teacher="t",
        request=request.decode(),
        answer=answer or f"answer {number}",
    )


def open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def written(folder: Path, *entries: Entry, say: Callable[[str], None] = print) -> None:
    with Journal(folder, say=say) as journal:
        for one in entries:
            journal.append(one)


@given(st.fixed_dictionaries(FIELDS), st.sampled_from(sorted(FIELDS)), st.data())
def test_a_change_of_any_field_changes_the_key(
    fields: dict[str, Any], name: str, data: st.DataObject
) -> None:
    other = fields | {name: data.draw(FIELDS[name])}
    same = repr(other[name]) == repr(fields[name]) or canonical(**other) == canonical(**fields)
    assert (key(**other) == key(**fields)) == same
    # What is written the same is the same JSON value; nothing else may collide.
    assert not same or json.loads(canonical(**other))[name] == json.loads(canonical(**fields))[name]


@given(st.fixed_dictionaries(FIELDS), st.data())
def test_a_change_inside_a_message_or_a_parameter_changes_the_key(
    fields: dict[str, Any], data: st.DataObject
) -> None:
    fields["messages"] = (*fields["messages"], Message(role="user", content="a"))
    before = key(**fields)
    for changed in (Message(role="system", content="a"), Message(role="user", content="a ")):
        assert key(**fields | {"messages": (*fields["messages"][:-1], changed)}) != before
    name = data.draw(TEXT.filter(lambda text: text not in fields["parameters"]))
    assert key(**fields | {"parameters": fields["parameters"] | {name: None}}) != before


@given(st.dictionaries(TEXT, JSON, min_size=2, max_size=4))
def test_the_order_in_which_parameters_are_given_changes_nothing(parameters: dict[str, Any]) -> None:
    backwards = dict(reversed(parameters.items()))
    fixed: dict[str, Any] = {"teacher": "t", "api": "chat", "messages": (), "sample": 0}
    assert key(parameters=parameters, **fixed) == key(parameters=backwards, **fixed)


def test_the_key_can_be_checked_against_what_is_stored(tmp_path: Path) -> None:
    written(tmp_path, entry(1))
    [stored] = Journal(tmp_path).entries()
    assert request_key(stored.request.encode()) == stored.key


def test_an_answer_is_found_after_a_flush_and_by_the_next_journal(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        journal.append(entry(1))
        assert journal.get(entry(1).key) is None
        journal.flush()
        assert journal.get(entry(1).key) == entry(1)
    with Journal(tmp_path) as journal:
        assert (journal.get(entry(1).key), journal.get(entry(2).key), len(journal)) == (entry(1), None, 1)


def test_a_failure_is_kept_but_is_no_answer(tmp_path: Path) -> None:
    written(tmp_path, entry(1, answered=False))
    with Journal(tmp_path) as journal:
        assert journal.get(entry(1).key) is None
        assert [one.answered for one in journal.entries()] == [False]


def test_two_open_journals_write_two_files_and_see_each_others_answers(tmp_path: Path) -> None:
    with Journal(tmp_path) as one, Journal(tmp_path) as other:
        for journal, number in ((one, 1), (other, 2)):
            journal.append(entry(number))
            journal.flush()
        assert len(list(tmp_path.glob("*.jsonl"))) == 2
        time.sleep(0.6)  # a missed answer is looked for on disk twice a second at most
        assert (one.get(entry(2).key), other.get(entry(1).key)) == (entry(2), entry(1))


def test_one_after_another_appends_to_the_same_file(tmp_path: Path) -> None:
    for number in range(3):
        written(tmp_path, entry(number))
    assert len(list(tmp_path.glob("*.jsonl"))) == 1
    assert [one.answer for one in Journal(tmp_path).entries()] == ["answer 0", "answer 1", "answer 2"]


def test_a_torn_last_line_is_cut_and_said(tmp_path: Path) -> None:
    written(tmp_path, entry(1), entry(2))
    [path] = tmp_path.glob("*.jsonl")
    whole = path.read_bytes()
    for length in range(whole.index(b"\n") + 2, len(whole), 17):
        path.write_bytes(whole[:length])
        said: list[str] = []
        written(tmp_path, entry(3), say=said.append)
        assert "unfinished" in said[0]
        assert [one.answer for one in Journal(tmp_path).entries()] == ["answer 1", "answer 3"]


def test_a_file_that_another_process_writes_to_is_not_cut(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        journal.append(entry(1))
        journal.flush()
        [path] = tmp_path.glob("*.jsonl")
        with path.open("ab") as file:
            file.write(b'{"key":"half')
        said: list[str] = []
        with Journal(tmp_path, say=said.append) as other:
            assert other.get(entry(1).key) == entry(1)
        assert said == []
        assert path.read_bytes().endswith(b"half")


def test_a_line_that_is_no_entry_is_left_out_and_said(tmp_path: Path) -> None:
    written(tmp_path, entry(1))
    [path] = tmp_path.glob("*.jsonl")
    path.write_bytes(b"\0\0\0\n[1]\n" + path.read_bytes())
    said: list[str] = []
    with Journal(tmp_path, say=said.append) as journal:
        assert journal.get(entry(1).key) == entry(1)
    assert len([line for line in said if "no entry" in line]) == 2


def test_lines_that_another_tool_wrote_anew_are_still_read(tmp_path: Path) -> None:
    written(tmp_path, entry(1))
    [path] = tmp_path.glob("*.jsonl")
    path.write_text(json.dumps(dict(sorted(json.loads(path.read_text()).items()))) + "\n")
    with Journal(tmp_path) as journal:
        assert journal.get(entry(1).key) == entry(1)


def test_compaction_keeps_each_answer_once_and_failures_without_one(tmp_path: Path) -> None:
    with Journal(tmp_path) as one, Journal(tmp_path) as other:
        for answer in (
            entry(1),
            entry(2, answered=False),
            entry(3, answered=False),
            entry(4, answer="first"),
        ):
            one.append(answer)
        one.flush()
        for answer in (entry(1), entry(2), entry(3, answered=False), entry(4, answer="second")):
            other.append(answer)
    with Journal(tmp_path) as journal:
        before = journal.get(entry(4).key)
        journal.compact()
        assert journal.get(entry(4).key) == before
        assert [journal.get(entry(n).key) is not None for n in range(6)] == [
            False,
            True,
            True,
            False,
            True,
            False,
        ]
        journal.append(entry(5))
    assert len(list(tmp_path.glob("*.jsonl"))) == 1
    found = sorted((one.request, one.answered) for one in Journal(tmp_path).entries())
    expected = [entry(1), entry(2), entry(3, answered=False), entry(4), entry(5)]
    assert found == sorted((one.request, one.answered) for one in expected)
    assert not list(tmp_path.glob("*.partial"))


def test_compaction_leaves_the_file_of_a_running_process_and_readers_alone(tmp_path: Path) -> None:
    written(tmp_path, entry(1))
    with Journal(tmp_path) as reader, Journal(tmp_path) as writer:
        writer.append(entry(2))
        writer.flush()
        with Journal(tmp_path) as third:
            third.append(entry(3))
            third.flush()
            third.compact()
        writer.append(entry(4))
        writer.flush()
        assert reader.get(entry(1).key) == entry(1)
    with Journal(tmp_path) as journal:
        assert all(journal.get(entry(n).key) == entry(n) for n in range(1, 5))


def test_a_full_disk_is_an_error_and_the_entries_are_kept_for_another_try(tmp_path: Path) -> None:
    program = """
import resource, signal, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from test_journal import entry
from hornbook.teacher.journal import Journal
journal = Journal(Path(sys.argv[1]))
journal.append(entry(1)); journal.flush()
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, -1))
journal.append(entry(2, answer="x" * 2000))
try: journal.flush()
except OSError as error: print(type(error).__name__)
resource.setrlimit(resource.RLIMIT_FSIZE, (-1, -1))
journal.close()
"""
    command = [sys.executable, "-c", program, str(tmp_path), str(Path(__file__).parent)]
    shown = subprocess.run(command, capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "OSError"
    assert [len(one.answer) for one in Journal(tmp_path).entries()] == [8, 2000]


def test_a_journal_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="is a file"):
        Journal(tmp_path / "file")


def test_a_teacher_that_moved_is_named_once(tmp_path: Path) -> None:
    said: list[str] = []
    with Journal(tmp_path, say=said.append) as journal:
        for address in ("http://a/v1", "http://a/v1", "http://b/v1", "http://b/v1"):
            journal.introduce("t", address, "m")
            journal.remember("t", address, "m")
    assert len(said) == 1
    assert "http://a/v1" in said[0]
    assert "http://b/v1" in said[0]


def append_for_ever(folder: Path, base: int) -> None:
    journal = Journal(folder)
    for number in range(base, base + 100_000):
        journal.append(entry(number))
        journal.flush()
        print(number, flush=True)


def test_a_kill_loses_nothing_that_was_flushed(tmp_path: Path) -> None:
    program = "import sys; from pathlib import Path; sys.path.insert(0, sys.argv[2]); "
    program += (
        "from test_journal import append_for_ever; append_for_ever(Path(sys.argv[1]), int(sys.argv[3]))"
    )
    flushed: list[int] = []
    for kill in range(3):
        arguments = [str(tmp_path), str(Path(__file__).parent), str(kill * 100_000)]
        with subprocess.Popen([sys.executable, "-c", program, *arguments], stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            for _ in range(50 * (kill + 1)):
                flushed.append(int(process.stdout.readline()))
            process.send_signal(signal.SIGKILL)
    with Journal(tmp_path) as journal:
        assert all(journal.get(entry(number).key) == entry(number) for number in flushed)


def _write_many(folder: Path, base: int) -> None:
    with Journal(folder) as journal:
        for number in range(base, base + 200):
            journal.append(entry(number))
            if number % 10 == 0:
                journal.flush()


def test_processes_that_write_at_once_lose_nothing(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=_write_many, args=(tmp_path, base)) for base in (0, 1000, 2000)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    with Journal(tmp_path) as journal:
        assert len(journal) == 600


@given(
    st.lists(
        st.tuples(st.integers(0, 40) | st.integers(0, 2**64 - 1), st.integers(0, 2**64 - 2)), max_size=60
    )
)
def test_a_table_finds_all_places_of_a_key_in_their_order(pairs: list[tuple[int, int]]) -> None:
    table = KeyTable(slots=4)
    for found, place in pairs:
        table.add(found, place)
    for found in {key for key, _ in pairs} | {99}:
        assert list(table.find(found)) == [place for key, place in pairs if key == found]
    assert len(table) == len(pairs)


def test_an_index_of_100_000_keys_fits_8_megabytes() -> None:
    tracemalloc.start()
    table = KeyTable()
    for number in range(100_000):
        table.add(hash((number, "x")) & (2**64 - 1), number)
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size <= 8_000_000


def test_the_journal_is_read_as_it_is_by_duckdb(tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    written(tmp_path, entry(1, answer='{"choices": [{"message": {"content": "hello"}}]}'))
    query = f"""select teacher, request ->> '$.sample', answer ->> '$.choices[0].message.content'
                from read_json_auto('{tmp_path}/*.jsonl')"""
    assert duckdb.sql(query).fetchall() == [("t", "1", "hello")]


def test_nothing_of_a_journal_is_left_open(tmp_path: Path) -> None:
    before = open_files()
    with Journal(tmp_path) as journal:
        journal.append(entry(1))
        journal.flush()
        journal.compact()
    assert open_files() == before
