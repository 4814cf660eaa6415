"""What lasts between shards: the index of everything that earlier ones kept, and the files it is made of."""

import random
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hornbook.errors import UsageError
from hornbook.quality.dedup import Dedup, find_duplicates
from hornbook.quality.dedup_index import DedupIndex
from hornbook.quality.index_files import ShingleStore
from hornbook.quality.minhash import shared_keys
from hornbook.quality.sorted_runs import SortedRuns
from hornbook.record import Record

WORDS = [f"w{i}" for i in range(400)]


def record(text: str, kind: str = "code") -> Record:
    return Record(text=text, kind=kind, source="t", license="CC0-1.0")


def texts(seed: int, num: int) -> list[str]:
    rng = random.Random(seed)
    return [" ".join(rng.choices(WORDS, k=60)) for _ in range(num)]


def edited(text: str) -> str:
    return text.replace(text.split()[30], "changed", 1)


def added(folder: Path, given: list[Record], batch: str | None) -> dict[int, str]:
    """Dedup a shard against the index and commit it under a name, or die before that."""
    with DedupIndex(folder) as index:
        removals = find_duplicates(Dedup(), given, index=index).removals
        if batch is not None:
            index.commit(batch)
    return {i: removal.kept_id for i, removal in removals.items()}


def test_a_later_shard_is_compared_with_what_earlier_ones_kept(tmp_path):
    first = [record(text) for text in texts(1, 50)]
    assert added(tmp_path, first, "one") == {}
    second = [record(edited(r.text)) for r in first[:10]] + [first[20]] + [record(t) for t in texts(2, 10)]
    assert added(tmp_path, second, "two") == {**{i: first[i].id for i in range(10)}, 10: first[20].id}
    again = added(tmp_path, second[11:], "three")
    assert again == {i: r.id for i, r in enumerate(second[11:])}
    with DedupIndex(tmp_path) as index:
        assert index.batches == ["one", "two", "three"] and len(index) == 60


def test_a_copy_of_an_earlier_text_is_called_exact(tmp_path):
    first = [record(text) for text in texts(1, 5)]
    added(tmp_path, first, "one")
    with DedupIndex(tmp_path) as index:
        (removal,) = find_duplicates(Dedup(), [first[3]], index=index).removals.values()
    assert (removal.reason, removal.kept_id, removal.jaccard) == ("exact_duplicate", first[3].id, 1.0)


def test_shards_one_by_one_are_decided_like_all_at_once(tmp_path):
    originals = texts(3, 40)
    every = [record(t) for t in [*originals, *(edited(t) for t in originals[::2]), *originals[5:10]]]
    whole = {i: r.kept_id for i, r in find_duplicates(Dedup(), every).removals.items()}
    apart: dict[int, str] = {}
    for start in range(0, len(every), 13):
        found = added(tmp_path, every[start : start + 13], f"from {start}")
        apart |= {start + i: kept for i, kept in found.items()}
    assert apart == whole


def test_what_was_not_committed_is_gone(tmp_path):
    first, second = texts(1, 30), texts(2, 30)
    added(tmp_path, [record(t) for t in first], "one")
    added(tmp_path, [record(t) for t in second], None)
    assert added(tmp_path, [record(t) for t in second], "two") == {}
    assert len(added(tmp_path, [record(t) for t in first + second], None)) == 60


def test_a_torn_file_is_cut_to_what_was_committed(tmp_path):
    first = [record(t) for t in texts(1, 30)]
    added(tmp_path, first, "one")
    for name in ("shingles.bin", "shingles.ends", "ids.bin", "sketches.bin"):
        with (tmp_path / name).open("ab") as file:
            file.write(b"torn")
    (tmp_path / "bands-00099.run").write_bytes(b"torn")
    assert added(tmp_path, first, None) == {i: r.id for i, r in enumerate(first)}


def test_the_frame_is_that_of_the_first_shard(tmp_path):
    rng = random.Random(0)
    frame = " ".join(rng.choices(WORDS, k=300))
    pages = [record(f"{frame} {' '.join(rng.choices(WORDS, k=40))}", "textbook") for _ in range(60)]
    assert added(tmp_path, pages[:40], "one") == {}
    assert added(tmp_path, pages[40:], "two") == {}
    assert len(added(tmp_path, pages[:20], None)) == 20


def test_the_frame_waits_for_the_first_textbooks_and_their_settings_stay(tmp_path):
    rng = random.Random(0)
    frame = " ".join(rng.choices(WORDS, k=300))
    pages = [record(f"{frame} {' '.join(rng.choices(WORDS, k=80))}", "textbook") for _ in range(60)]
    assert added(tmp_path, [record("a b c d e f")], "code") == {}
    assert added(tmp_path, pages, "pages") == {}
    with DedupIndex(tmp_path) as index, pytest.raises(UsageError, match="template_share"):
        find_duplicates(Dedup(template_count=5), pages, index=index)


def test_an_index_begun_with_a_few_textbooks_finds_the_frame_when_there_are_more(tmp_path):
    rng = random.Random(0)
    frame = " ".join(rng.choices(WORDS, k=300))
    pages = [record(f"{frame} {' '.join(rng.choices(WORDS, k=40))}", "textbook") for _ in range(61)]
    assert added(tmp_path, pages[:1], "one") == {}
    assert added(tmp_path, pages[1:], "sixty") == {}
    nearly = [record(f"{pages[0].text} end", "textbook"), *pages]
    assert added(tmp_path, nearly, None) == {0: pages[0].id} | {i + 1: r.id for i, r in enumerate(pages)}


def test_a_second_commit_loses_nothing_of_the_first(tmp_path):
    first, second, third = ([record(t) for t in texts(seed, 30)] for seed in (1, 2, 3))
    with DedupIndex(tmp_path) as index:
        for name, shard in (("one", first), ("two", second)):
            find_duplicates(Dedup(), shard, index=index)
            index.commit(name)
        find_duplicates(Dedup(), third, index=index)  # merged with what is committed, then gone
    assert len(added(tmp_path, [*first, *second], None)) == 60
    assert added(tmp_path, third, None) == {}


def test_a_cap_counts_what_earlier_shards_kept(tmp_path):
    shapes = [record(f"def f{i}(a):\n    return a + {i}\n") for i in range(6)]
    with DedupIndex(tmp_path) as index:
        assert not find_duplicates(Dedup(skeleton_cap=2), shapes[:2], index=index).removals
        index.commit("one")
    with DedupIndex(tmp_path) as index:
        removals = find_duplicates(Dedup(skeleton_cap=2), shapes[2:4], index=index).removals
        assert {r.kept_id for r in removals.values()} == {shapes[0].id} and len(removals) == 2


def test_two_processes_do_not_open_one_index(tmp_path):
    with DedupIndex(tmp_path), pytest.raises(UsageError, match="another hornbook is adding"):
        DedupIndex(tmp_path)
    with DedupIndex(tmp_path):
        pass


@pytest.mark.parametrize(
    "name", ["shingles.bin", "shingles.ends", "ids.bin", "sketches.bin", "skeletons.bin"]
)
def test_an_index_that_has_lost_bytes_is_refused(tmp_path, name):
    added(tmp_path, [record(t) for t in texts(1, 5)], "one")
    with (tmp_path / name).open("r+b") as file:
        file.truncate(3)
    with pytest.raises(UsageError, match=f"{name} has 3 of .* bytes: build the index anew"):
        DedupIndex(tmp_path)


@pytest.mark.parametrize("size", [None, 0, 3, 12])
def test_an_index_whose_bands_are_not_all_there_is_refused(tmp_path, size):
    added(tmp_path, [record(t) for t in texts(1, 5)], "one")
    (path,) = tmp_path.glob("bands-*.run")
    path.write_bytes(path.read_bytes()[:size])
    if size is None:
        path.unlink()
    with pytest.raises(UsageError, match=f"have {size or 0} of 1,680 bytes: build the index anew"):
        DedupIndex(tmp_path)


@pytest.mark.parametrize("content", ['{"format":2,', "[]", "null", '{"format":2,"shingle_tokens":5,"x":1}'])
def test_a_manifest_that_cannot_be_read_is_refused(tmp_path, content):
    added(tmp_path, [record(t) for t in texts(1, 5)], "one")
    (tmp_path / "index.json").write_text(content)
    with pytest.raises(UsageError, match=r"index.json (is damaged|was made with)"):
        DedupIndex(tmp_path)


def test_a_manifest_with_unknown_entries_is_refused(tmp_path):
    added(tmp_path, [record(t) for t in texts(1, 5)], "one")
    path = tmp_path / "index.json"
    path.write_text(path.read_text().replace('"count"', '"number"'))
    with pytest.raises(UsageError, match="is damaged"):
        DedupIndex(tmp_path)


def test_a_file_is_no_folder_for_an_index(tmp_path):
    (tmp_path / "rows.jsonl").write_text("{}")
    with pytest.raises(UsageError, match="is a file: name a new or empty folder"):
        DedupIndex(tmp_path / "rows.jsonl")


@pytest.mark.parametrize("name", ["exp7.run", "ids.bin", "notes.ends"])
def test_files_that_look_like_ours_are_left_alone(tmp_path, name):
    (tmp_path / name).write_text("years of work")
    with pytest.raises(UsageError, match=name):
        DedupIndex(tmp_path)
    assert (tmp_path / name).read_text() == "years of work"


def test_a_folder_of_something_else_is_refused(tmp_path):
    (tmp_path / "thesis.tex").write_text("years of work")
    with pytest.raises(UsageError, match="thesis.tex"):
        DedupIndex(tmp_path)
    assert (tmp_path / "thesis.tex").read_text() == "years of work"


def test_an_index_of_another_format_is_refused(tmp_path):
    added(tmp_path, [record("a b c d e f")], "one")
    path = tmp_path / "index.json"
    path.write_text(path.read_text().replace('"shingle_tokens":5', '"shingle_tokens":4'))
    with pytest.raises(UsageError, match="build the index anew"):
        DedupIndex(tmp_path)


PAIRS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 2**32 - 1)), max_size=60)


@given(st.lists(PAIRS, max_size=6), st.lists(st.integers(0, 45), max_size=20))
def test_sorted_runs_find_what_a_dictionary_finds(tmp_path_factory, batches, wanted):
    folder = tmp_path_factory.mktemp("runs")
    runs = SortedRuns(folder, "x")
    expected: dict[int, list[int]] = {}
    for batch in batches:
        runs.add(np.array([k for k, _ in batch], np.uint64), np.array([v for _, v in batch], np.uint32))
        for key, value in batch:
            expected.setdefault(key, []).append(value)
    again = SortedRuns(folder, "x", runs.files, runs.next_file)
    for opened in (runs, again):
        found: dict[int, list[int]] = {}
        for position, numbers in opened.find(np.array(wanted, np.uint64)):
            found.setdefault(position, []).extend(numbers.tolist())
        assert {p: sorted(v) for p, v in found.items()} == {
            p: sorted(expected[key]) for p, key in enumerate(wanted) if key in expected
        }
    assert len(list(folder.glob("*.run"))) == len(runs.files)


@given(st.lists(st.lists(st.integers(0, 2**64 - 1), max_size=5), max_size=8), st.data())
def test_a_store_gives_back_the_arrays_that_count(tmp_path_factory, arrays, data):
    path = tmp_path_factory.mktemp("store") / "shingles.bin"
    store = ShingleStore(path)
    for values in arrays:
        store.add(np.array(values, np.uint64))
    store.flush()
    assert [store.get(i).tolist() for i in range(len(store))] == arrays
    store.close()
    kept = data.draw(st.integers(0, len(arrays)))
    shorter = ShingleStore(path, kept)
    assert [shorter.get(i).tolist() for i in range(len(shorter))] == arrays[:kept]
    shorter.close()


@given(st.lists(st.lists(st.integers(0, 30), min_size=3, max_size=3), max_size=12))
def test_shared_keys_are_those_of_more_than_one_text(rows):
    keys = np.array(rows, dtype=np.uint64).reshape(len(rows), 3)
    often = Counter(key for row in rows for key in row)
    assert shared_keys(keys) == [[key for key in row if often[key] > 1] for row in rows]
