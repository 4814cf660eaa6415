from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hornbook.errors import UsageError
from hornbook.record import (
    Account,
    Exercise,
    Origin,
    Record,
    Rejected,
    count,
    read_records,
    read_rejected,
    write_shard,
)

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
exercises = st.builds(
    Exercise,
    prompt=texts,
    solution=texts,
    entry_point=texts,
    tests=st.lists(texts, max_size=3).map(tuple),
    concepts=st.lists(texts, max_size=2).map(tuple),
    difficulty=st.integers(1, 5),
)
origins = st.builds(
    Origin, teacher=texts, prompt_hash=texts, seed=texts, slots=st.dictionaries(texts, texts, max_size=2)
)
records = st.builds(
    Record,
    text=texts,
    kind=st.sampled_from(["code", "textbook", "exercise"]),
    source=texts,
    license=st.just("MIT"),
    parents=st.lists(texts, max_size=2).map(tuple),
    origin=st.none() | origins,
    exercise=st.none() | exercises,
    tags=st.dictionaries(texts, texts, max_size=2),
    scores=st.dictionaries(texts, st.floats(allow_nan=False, allow_infinity=False), max_size=2),
)


def code(text: str = "x = 1\n", **changes: object) -> Record:
    return Record(**{"text": text, "kind": "code", "source": "a.py", "license": "MIT"} | changes)  # type: ignore[arg-type]


@given(st.lists(records, max_size=5))
def test_a_shard_gives_back_the_records_that_were_written(tmp_path_factory, given_records) -> None:
    path = tmp_path_factory.mktemp("shards") / "00000.parquet"
    write_shard(path, given_records)
    assert list(read_records(path)) == given_records


def test_equal_records_make_equal_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_shard(tmp_path / f"{name}.parquet", [code(scores={"b": 1.0, "a": 2.0}), code("y = 2\n")])
    assert (tmp_path / "a.parquet").read_bytes() == (tmp_path / "b.parquet").read_bytes()


def test_equal_texts_have_equal_ids_whatever_their_provenance() -> None:
    assert code().id == code(source="b.py", scores={"value": 3.0}).id
    assert code().id != code(kind="textbook").id
    # The literal pins the id across machines and releases.
    assert code().id == "830db5ef690944dafc5be1dbb555f26d"


def test_a_record_without_licence_is_refused() -> None:
    with pytest.raises(ValueError, match="no licence"):
        code(license="")


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"tags": "{torn"}, "column 'tags' is '{torn', and must be texts by name, as JSON in a text; mend"),
        ({"tags": '{"a": 1}'}, "column 'tags' is '{\"a\": 1}', and must be texts by name"),
        ({"tags": "[1]"}, "column 'tags' is '\\[1\\]'"),
        ({"scores": None}, "column 'scores' is 'None', and must be numbers by name"),
        ({"scores": '{"value": "high"}'}, "column 'scores' is '{\"value\": \"high\"}', and must be numbers"),
        ({"scores": '{"value": NaN}'}, "column 'scores' is"),
        (
            {"teacher": "t", "prompt_hash": "h", "seed": "0", "slots": "[1"},
            "column 'slots' is '\\[1', and must be",
        ),
        ({"teacher": "t"}, "column 'prompt_hash' is null or missing"),
        ({"prompt": "def f():\n"}, "column 'solution' is null or missing"),
        ({"source": None}, "column 'source' is null or missing"),
        ({"license": ""}, "has no licence"),
        ({"kind": None}, "record kind None is not one of"),
    ],
)
def test_a_damaged_row_of_a_shard_is_named_with_its_file_row_and_column(
    tmp_path: Path, changed: dict[str, str | None], says: str
) -> None:
    path = tmp_path / "records" / "00003.parquet"
    write_shard(path, [code(f"x = {i}") for i in range(1200)])
    rows = pq.read_table(path)
    made = [row | changed if i == 1100 else row for i, row in enumerate(rows.to_pylist())]
    pq.write_table(pa.Table.from_pylist(made, schema=rows.schema), path)
    with pytest.raises(UsageError, match=rf"00003.parquet, row 1,101 is no whole record .*{says}"):
        list(read_records(tmp_path))


@pytest.mark.parametrize("share", [0.0, 0.5, 0.99])
def test_a_torn_shard_is_named(tmp_path: Path, share: float) -> None:
    path = tmp_path / "records" / "00000.parquet"
    write_shard(path, [code(f"x = {i}") for i in range(50)])
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
    for read in (lambda folder: list(read_records(folder)), count):
        with pytest.raises(UsageError, match=r"shard .*00000\.parquet is damaged .* make it again"):
            read(tmp_path)


def test_a_shard_whose_pages_are_overwritten_is_named(tmp_path: Path) -> None:
    path = tmp_path / "records" / "00000.parquet"
    write_shard(path, [code(f"x = {i}") for i in range(50)])
    content = bytearray(path.read_bytes())
    content[4 : len(content) // 2] = b"\xff" * (len(content) // 2 - 4)
    path.write_bytes(content)
    with pytest.raises(UsageError, match=r"00000\.parquet is damaged"):
        list(read_records(tmp_path))


def test_a_score_that_was_no_number_is_read_as_it_was_stored(tmp_path: Path) -> None:
    write_shard(tmp_path / "a.parquet", [code(scores={"value": float("-inf")})])
    (found,) = read_records(tmp_path / "a.parquet")
    assert found.scores == {"value": None}


def test_a_record_of_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="'poem'"):
        code(kind="poem")


def test_rejected_records_keep_stage_and_reason(tmp_path: Path) -> None:
    refused = Rejected(code(), "check", "tests_failed", "test 2")
    write_shard(tmp_path / "rejected" / "00000.parquet", [refused], rejected=True)
    assert list(read_rejected(tmp_path)) == [refused]
    assert count(tmp_path, "rejected") == 1


def test_a_shard_opens_without_hornbook_and_stores_ids(tmp_path: Path) -> None:
    write_shard(tmp_path / "x.parquet", [code()])
    table = pq.read_table(tmp_path / "x.parquet")
    assert table.column("id").to_pylist() == [code().id]
    assert table.column("tags").to_pylist() == ["{}"]


def test_a_failed_write_leaves_no_shard(tmp_path: Path) -> None:
    (tmp_path / "records").write_text("a file where the folder should be")
    with pytest.raises(OSError):
        write_shard(tmp_path / "records" / "00000.parquet", [code()])


@given(st.lists(st.integers(0, 5), max_size=12), st.data())
def test_an_account_misses_exactly_what_vanished(numbers: list[int], data: st.DataObject) -> None:
    given_records = [code(f"x = {n}\n") for n in numbers]
    survives = [data.draw(st.booleans()) for _ in numbers]
    account = Account()
    for record, kept in zip(given_records, survives, strict=True):
        account.give(record)
        if kept:
            account.add(record)
    vanished = {r.id for r, kept in zip(given_records, survives, strict=True) if not kept}
    assert set(account.lost()) == {id_[:16] for id_ in vanished}


def test_a_child_accounts_for_its_parent() -> None:
    parent = code()
    account = Account()
    account.give(parent)
    account.add(code("y = 2\n", parents=(parent.id,)))
    assert account.lost() == []
