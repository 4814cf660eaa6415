import random
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hornbook.errors import UsageError
from hornbook.quality.dedup import Dedup, dedup, find_duplicates
from hornbook.quality.minhash import estimated_jaccard, shortened, signatures
from hornbook.quality.shingle_sets import exact_jaccard, shingle_sets
from hornbook.quality.shingles import TokenHashes, flat_hashes, ngrams
from hornbook.record import Record, read_records, read_rejected, write_shard
from hornbook.step import Config, Context, Step

WORDS = [f"w{i}" for i in range(400)]


def record(text: str, kind: str = "code", **scores: float) -> Record:
    return Record(text=text, kind=kind, source="t", license="CC0-1.0", scores=scores)


def clusters(seed: int, num: int) -> list[Record]:
    """Documents with copies at every distance: each copy changes a few words of its original."""
    rng = random.Random(seed)
    texts = []
    for _ in range(num):
        words = rng.choices(WORDS, k=rng.randint(20, 120))
        texts.append(" ".join(words))
        for _ in range(rng.choice([0, 0, 1, 3])):
            changed = list(words)
            for _ in range(rng.randint(0, 6)):
                changed[rng.randrange(len(changed))] = rng.choice(WORDS)
            texts.append(" ".join(changed))
    rng.shuffle(texts)
    return [record(text) for text in texts]


def brute_force(records: list[Record], threshold: float) -> set[int]:
    """Positions that a greedy keep by exact Jaccard over all pairs removes; equal texts included."""
    sets = [set(text.tolist()) for text in shingle_sets([r.text for r in records])]
    kept: list[int] = []
    removed = set()
    for i, shingles in enumerate(sets):
        if any(len(shingles & sets[j]) / len(shingles | sets[j]) >= threshold for j in kept):
            removed.add(i)
        else:
            kept.append(i)
    return removed


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_decisions_equal_those_of_exact_jaccard_over_all_pairs(seed):
    records = clusters(seed, 150)
    removed = brute_force(records, 0.7)
    assert len(removed) > 30
    assert set(find_duplicates(Dedup(), records).removals) == removed


def test_every_removal_names_a_kept_record_that_is_that_alike():
    records = clusters(4, 100)
    assert len({r.id for r in records}) < len(records)
    decisions = find_duplicates(Dedup(), records)
    kept = {r.id: r for i, r in enumerate(records) if i not in decisions.removals}
    for i, removal in decisions.removals.items():
        a, b = shingle_sets([records[i].text, kept[removal.kept_id].text])
        assert removal.jaccard == pytest.approx(exact_jaccard(a, b))
        assert removal.jaccard >= 0.7


def test_operators_count():
    body = "def f(a, b):\n    return a {} b\n"
    plus, minus = shingle_sets([body.format("+"), body.format("-")])
    assert exact_jaccard(plus, minus) < 0.7


def test_equal_texts_of_different_kinds_both_stay():
    assert not find_duplicates(Dedup(), [record("same text"), record("same text", "textbook")]).removals


def test_the_best_score_stays():
    text = " ".join(WORDS[:50])
    given = [record(text, q=1.0), record(text + " end", q=3.0), record(text, q=2.0)]
    decisions = find_duplicates(Dedup(prefer="q"), given)
    assert {i: r.reason for i, r in decisions.removals.items()} == {
        0: "near_duplicate",
        2: "near_duplicate",
    }
    assert sorted(find_duplicates(Dedup(), given).removals) == [1, 2]


def pages(distinct: bool) -> list[Record]:
    rng = random.Random(0)
    frame = " ".join(rng.choices(WORDS, k=300))
    topics = [" ".join(rng.choices(WORDS, k=30)) if distinct else f"topic{i}" for i in range(60)]
    return [record(f"{frame} {topic}", "textbook") for topic in topics]


def test_pages_that_share_only_their_frame_all_stay():
    given = pages(distinct=True)
    assert not find_duplicates(Dedup(), given).removals
    as_code = [record(r.text) for r in given]
    assert len(find_duplicates(Dedup(), as_code).removals) > 50


def test_pages_that_are_nothing_but_frame_are_still_copies():
    assert len(find_duplicates(Dedup(), pages(distinct=False)).removals) == 59


def test_many_copies_of_one_page_do_not_make_a_frame_of_themselves():
    rng = random.Random(3)

    def page(words: list[str]) -> Record:
        return record(" ".join(words), "textbook")

    original = rng.choices(WORDS, k=1000)
    copies = []
    for _ in range(60):
        changed = list(original)
        for _ in range(3):
            changed[rng.randrange(1000)] = rng.choice(WORDS)
        copies.append(page(changed))
    others = [page(rng.choices(WORDS, k=1000)) for _ in range(100)]
    removals = find_duplicates(Dedup(), [*copies, *others]).removals
    assert list(removals) == list(range(1, 60))


def test_no_last_word_decides_whether_two_framed_pages_are_copies():
    rng = random.Random(4)
    frame = " ".join(rng.choices(WORDS, k=300))
    others = [record(f"{frame} {' '.join(rng.choices(WORDS, k=60))}", "textbook") for _ in range(60)]
    for words in range(4, 14):
        tail = " ".join(f"own{i}" for i in range(words))
        twins = [record(f"{frame} {tail} {last}", "textbook") for last in ("one", "two")]
        removals = find_duplicates(Dedup(), [*others, *twins]).removals
        assert list(removals) == [61], words


def test_work_stays_bounded_where_thousands_share_a_long_header(monkeypatch):
    rng = random.Random(5)
    header = " ".join(rng.choices(WORDS, k=240))
    given = [record(f"{header} {' '.join(rng.choices(WORDS, k=70))}") for _ in range(300)]
    monkeypatch.setattr("hornbook.quality.dedup._MOST_VERIFIED", 20)
    decisions = find_duplicates(Dedup(), given)
    assert decisions.num_compared <= 20 * 300 and decisions.num_given_up > 0
    assert not find_duplicates(Dedup(), given[:15]).num_given_up


def test_scores_that_are_no_numbers_come_last():
    text = " ".join(WORDS[:50])
    given = [
        record(text, q=float("nan")),
        record(text + " a"),
        record(text + " b", q=-5.0),
        record(text, q=-7.0),
    ]
    assert sorted(find_duplicates(Dedup(prefer="q"), given).removals) == [0, 1, 3]
    with pytest.raises(UsageError, match="'typo'"):
        find_duplicates(Dedup(prefer="typo"), given)


def test_a_cap_holds_within_a_kind_and_compares_whole_trees():
    a = "import os\n\n\ndef main():\n    pass\n"
    b = "import sys\n\nx = 1\n\n\ndef main():\n    pass\n"
    c = a.replace("os", "re")
    given = [record(a), record(b), record(c), record(a, "exercise")]
    assert list(find_duplicates(Dedup(skeleton_cap=1, code_threshold=1), given).removals) == [2]


def test_a_long_text_has_the_shingles_of_its_parts_and_of_their_borders(monkeypatch):
    rng = random.Random(6)
    signs = "".join(rng.choices(["ab", "c", ",", "=", "中", "é", "🙂"], k=2000))
    text = " ".join(rng.choices(WORDS, k=3000)) + " " + "x" * 900 + f" {signs} end\n"
    (whole,) = shingle_sets([text])
    monkeypatch.setattr("hornbook.quality.shingle_sets._BYTES_AT_ONCE", 700)
    first, pieced, short = shingle_sets(["a b c d e f", text, "tiny " + " " * 2000])
    assert np.array_equal(pieced, whole) and len(first) == 2 and len(short) == 1


def test_long_words_made_to_collide_do_not():
    def thue_morse(n: int, a: str, b: str) -> str:
        return "".join(b if bin(i).count("1") % 2 else a for i in range(n))

    one, two = shingle_sets([thue_morse(2048, "a", "b"), thue_morse(2048, "b", "a")])
    assert exact_jaccard(one, two) == 0


def test_blanks_beside_letters_of_other_scripts_are_layout():
    close, spaced = shingle_sets(["x中y文z a b", "x 中 y 文 z a b"])
    assert exact_jaccard(close, spaced) == 1


def test_the_step_removes_across_sources_with_evidence(tmp_path):
    text = " ".join(WORDS[:60])
    for name, records in {
        "a": [record(text)],
        "b": [record(text + " x"), record("other"), record(text)],
    }.items():
        write_shard(tmp_path / name / "records" / "00000.parquet", records)
    metrics = dedup(Dedup(), out=tmp_path / "out", ctx=Context(), b=tmp_path / "b", a=tmp_path / "a")
    assert [r.text for r in read_records(tmp_path / "out")] == [text, "other"]
    rejected = list(read_rejected(tmp_path / "out"))
    assert [(r.stage, r.reason) for r in rejected] == [
        ("dedup", "near_duplicate"),
        ("dedup", "exact_duplicate"),
    ]
    assert rejected[0].detail == f"of {record(text).id}, jaccard 0.982 of their shingles"
    assert metrics["num_in"] == metrics["num_kept"] + metrics["num_rejected"] == 4


def test_nothing_in_nothing_out():
    assert not find_duplicates(Dedup(), []).removals
    assert not find_duplicates(Dedup(), [record(""), record("", "textbook")]).removals


@given(st.lists(st.lists(st.sampled_from("abcdef"), max_size=9), max_size=6), st.integers(1, 6))
def test_ngrams_never_cross_from_one_text_into_the_next(texts, n):
    hashes = TokenHashes()
    together = ngrams(flat_hashes(texts, hashes), n)
    for i, tokens in enumerate(texts):
        alone = ngrams(flat_hashes([tokens], hashes), n).values
        assert np.array_equal(together.part(i), alone)
        assert len(alone) == max(len(tokens) - n + 1, 0)
    short = ngrams(flat_hashes(texts, hashes), n, whole_if_short=True)
    assert [len(short.part(i)) for i in range(len(texts))] == [
        max(len(t) - n + 1, 1) if t else 0 for t in texts
    ]


def test_equal_minima_estimate_jaccard():
    rng = np.random.default_rng(0)
    values = np.unique(rng.integers(0, 2**64, size=3000, dtype=np.uint64))
    short = shortened(signatures([values[:2000], values[1000:]]))
    (estimate,) = estimated_jaccard(short[0], short[1:])
    assert abs(estimate - 1 / 3) < 4 * (1 / 3 * 2 / 3 / 112) ** 0.5


def test_the_estimate_of_a_sketch_never_hides_an_equal_set():
    values = np.arange(1, 500, dtype=np.uint64) << np.uint64(40)
    short = shortened(signatures([values, values]))
    assert estimated_jaccard(short[0], short[1:]) == [1.0]


def naive_tokens(text: str) -> list[bytes]:
    pattern = rb"[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xff][\x80-\xbf]{3}|[\w\x80-\xdf]+|[^\x00-\x20\x7f]"
    return re.findall(pattern, text.encode("utf-8", "surrogatepass"))


def naive_shingles(text: str) -> set[tuple[bytes, ...]]:
    tokens = naive_tokens(text)
    return {tuple(tokens[i : i + 5]) for i in range(max(len(tokens) - 4, 1))} - {()}


CODE_LIKE = st.text(alphabet="ab_1 +-(\n\tä中🙂\x7f", max_size=60)


@given(st.lists(CODE_LIKE, max_size=8))
def test_shingles_are_those_of_a_plain_tokenizer(texts):
    sets = shingle_sets(texts)
    plain = [naive_shingles(text) for text in texts]
    assert [len(found) for found in sets] == [len(found) for found in plain]
    for i, a in enumerate(plain):
        for j, b in enumerate(plain):
            share = len(a & b) / len(a | b) if a | b else 1.0
            assert exact_jaccard(sets[i], sets[j]) == pytest.approx(share)


@given(st.lists(CODE_LIKE, max_size=6), CODE_LIKE)
def test_a_text_has_the_same_shingles_in_every_company(others, text):
    (alone,) = shingle_sets([text])
    assert np.array_equal(shingle_sets([*others, text, *others])[len(others)], alone)


@pytest.mark.parametrize("threshold", [0.5, 0.7, 0.9])
def test_nothing_is_lost_and_nothing_is_left(threshold):
    records = clusters(7, 200)
    removals = find_duplicates(Dedup(code_threshold=threshold), records).removals
    sets = shingle_sets([r.text for r in records])
    kept = [i for i in range(len(records)) if i not in removals]
    alike = {
        i: [k for k in kept if k != i and exact_jaccard(sets[i], sets[k]) >= threshold]
        for i in range(len(sets))
    }
    assert all(alike[i] for i in removals)
    # Below 0.7 the bands miss some pairs by design: 1 - (1 - J^4)^28 of them are found.
    allowed = 0 if threshold >= 0.7 else 0.1 * len(removals)
    assert sum(any(k < i for k in alike[i]) for i in kept) <= allowed


def test_at_most_so_many_records_share_a_skeleton():
    shapes = [f"def f{i}(a):\n    return a {sign} {i}\n" for i in range(6) for sign in "+-"]
    given = [record(text) for text in [*shapes, "x = 1\n", "y = 2\n"]]
    decisions = find_duplicates(Dedup(skeleton_cap=3), given)
    assert {r.reason for r in decisions.removals.values()} == {"skeleton_cap"}
    kept = [r.text for i, r in enumerate(given) if i not in decisions.removals]
    assert [text.count("+") for text in kept] == [1, 0, 1, 0, 1, 0, 0, 0]
    assert not find_duplicates(Dedup(), given).removals


def by_position(decisions):
    return {i: (r.reason, r.kept_id, round(r.jaccard, 6)) for i, r in decisions.removals.items()}


def test_a_workspace_is_emptied_and_changes_nothing(tmp_path):
    records = clusters(5, 60)
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / "left-behind.run").write_bytes(b"1")
    decisions = find_duplicates(Dedup(), records, workspace=tmp_path / "work")
    assert by_position(decisions) == by_position(find_duplicates(Dedup(), records))
    assert not (tmp_path / "work" / "left-behind.run").exists()


def test_decisions_do_not_depend_on_how_records_are_batched(monkeypatch):
    records = clusters(6, 80)
    whole = by_position(find_duplicates(Dedup(), records))
    monkeypatch.setattr("hornbook.quality.dedup._SHINGLES_PER_BLOCK", 1500)
    monkeypatch.setattr("hornbook.quality.dedup_units._CHARACTERS_PER_BATCH", 900)
    monkeypatch.setattr("hornbook.quality.shingle_sets._BYTES_PER_BATCH", 500)
    monkeypatch.setattr("hornbook.quality.sorted_runs._MOST_IN_A_RUN", 2000)
    assert by_position(find_duplicates(Dedup(), records)) == whole


def test_progress_is_told_up_to_the_last_record():
    told: list[float] = []
    records = clusters(2, 50)
    find_duplicates(Dedup(), records, progress=told.append)
    assert told == sorted(told) and told[-1] == pytest.approx(len(records))


def dedup_only(*, seed: int = 0) -> list[Step]:
    """A recipe for the kill test: much to compare, twice."""
    source = Step("source", write_clusters, Clusters(seed=seed))
    return [Step("unique", dedup, Dedup(), {"records": source})]


class Clusters(Config):
    seed: int = 0


def write_clusters(cfg: Clusters, *, out: Path, ctx: Context) -> dict[str, int]:
    for shard in range(12):
        write_shard(out / "records" / f"{shard:05d}.parquet", clusters(cfg.seed + shard, 500))
    return {"num_kept": 0}


@pytest.mark.parametrize(
    "moment", ["resume/dedup/all.bin", "resume/dedup/kept/sketches.bin", "records/00002.parquet"]
)
def test_killed_while_comparing_the_same_command_ends_with_the_same_bytes(tmp_path, moment):
    def start(out: Path) -> subprocess.Popen[bytes]:
        recipe = f"{Path(__file__)}:dedup_only"
        command = [sys.executable, "-m", "hornbook", "run", recipe, "--out", str(out), "--workers", "1"]
        return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    assert start(tmp_path / "whole").wait() == 0
    broken = start(tmp_path / "broken")
    deadline = time.monotonic() + 60
    while not any(p.stat().st_size for p in (tmp_path / "broken").glob(f".partial/unique*/{moment}")):
        assert broken.poll() is None and time.monotonic() < deadline, "the moment never came"
    broken.kill()
    assert broken.wait() == -signal.SIGKILL
    assert start(tmp_path / "broken").wait() == 0

    def written(root: Path) -> dict[str, bytes]:
        return {str(p.relative_to(root)): p.read_bytes() for p in root.glob("unique/re*/*.parquet")}

    assert written(tmp_path / "broken") == written(tmp_path / "whole") != {}
    assert not list((tmp_path / "broken").glob("unique/resume"))
