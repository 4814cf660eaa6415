"""The rubric's judge and the classifier that learns from it."""

import ast
import importlib
import sys
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hornbook.corpus.installed import Installed, collect, find_manifest
from hornbook.corpus.units import Module, NotPython
from hornbook.errors import QualityGate, TrainingUnavailable, UsageError
from hornbook.record import Record, count, read_records, read_rejected, write_shard
from hornbook.step import Context, Metrics
from hornbook.value.boosted import Fast
from hornbook.value.classifier import Fit, fit
from hornbook.value.comments import strip_comments
from hornbook.value.features import COLUMNS, NUM_STRUCTURE, SAID, features
from hornbook.value.keeping import Keep, Score, cut, keep, score
from hornbook.value.labels import Label, label, points_of
from hornbook.value.rubric import ANCHORS, CAP, CRITERIA, GOOD, GUIDE, RUBRIC

INLINE = Context(workers=1, engine="inline")

GOOD_SEARCH = '''\
def binary_search(items: list[int], wanted: int) -> int:
    """Return the position of `wanted` in the sorted list `items`, or -1.

    >>> binary_search([1, 4, 9], 4)
    1
    """
    low, high = 0, len(items) - 1
    while low <= high:
        middle = (low + high) // 2
        if items[middle] == wanted:
            return middle
        if items[middle] < wanted:
            low = middle + 1
        else:
            high = middle - 1
    return -1
'''
GOOD_COUNT = '''\
from collections import Counter


def most_common_words(text, limit=3):
    """Return the `limit` words that occur most often in a text, most frequent first."""
    counts = Counter()
    for word in text.lower().split():
        word = word.strip(".,;:!?")
        if word:
            counts[word] += 1
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return [word for word, count in ranked if count > 0][:limit]
'''
GOOD_RECURSION = '''\
def flatten(nested):
    """Return a flat list of the items of arbitrarily nested lists."""
    flat = []
    for item in nested:
        if isinstance(item, list):
            flat.extend(flatten(item))
        else:
            flat.append(item)
    return flat
'''
DELEGATION = '''\
def connect(self, *args, **kwargs):
    """Connect to the server, see the documentation of the parent class."""
    return super().connect(*args, **kwargs)
'''
CONSTANTS = """\
DEFAULT_TIMEOUT = 30
RETRIES = 5
HEADERS = {"Accept": "text/html", "User-Agent": "agent"}
COLORS = ["red", "green", "blue"]
"""
FOREIGN = '''\
import numpy as np
from scipy.sparse import linalg


def solve(matrix, b):
    """Solve the linear system that the matrix and the vector b describe."""
    for step in range(STEPS):
        if np.allclose(residual(matrix, b), 0):
            return linalg.spsolve(np.asarray(matrix), prepare(b, np.float64))
    return np.zeros(matrix.shape[0]) + OFFSET
'''
WINDOW = '''\
import tkinter


def show(items):
    """Show a list of items in a window of its own, one below the other."""
    rows = []
    for i, item in enumerate(items):
        if item:
            rows.append(tkinter.Label(text=item + str(i)))
    return rows
'''
STUB = "class Nothing(Exception):\n    pass\n"
TANGLE = (
    "def f(a, b, c, d, e, f, g, h):\n"
    + "".join(f"{'    ' * depth}if a > {depth}:\n" for depth in range(1, 9))
    + "    " * 9
    + "return b\n"
)


@cache
def real_units() -> tuple[str, ...]:
    """Functions, methods and classes of some modules of the standard library."""
    texts = []
    for name in ("heapq", "textwrap", "difflib", "statistics", "configparser", "http.cookies", "calendar"):
        path = importlib.import_module(name).__file__
        assert path is not None
        module = Module(Path(path).read_text(), name.rpartition(".")[0])
        texts += [module.lift(candidate).text for candidate in module.candidates()]
    return tuple(texts)


real_unit = st.integers(0, 150).map(lambda i: real_units()[i])


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("corpus")
    digest = find_manifest(["python"]).digest
    collect(Installed(packages=("python",), manifest=digest, num_records=500), out=out, ctx=INLINE)
    return out


@pytest.fixture(scope="module")
def labels(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("labels")
    label(Label(num_labels=400), corpus=corpus, out=out, ctx=INLINE)
    return out


@pytest.fixture(scope="module")
def fitted(labels: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Metrics]:
    pytest.importorskip("sklearn")
    out = tmp_path_factory.mktemp("classifier")
    return out, fit(Fit(), labels=labels, out=out, ctx=INLINE)


def a_record(text: str, value_label: float) -> Record:
    return Record(text=text, kind="code", source=text, license="MIT", scores={"value_label": value_label})


def test_the_rubric_describes_every_criterion() -> None:
    assert all(f"\n{criterion} " in RUBRIC for criterion in CRITERIA)


def test_every_label_has_an_anchor_whose_example_deserves_it() -> None:
    assert [anchor.label for anchor in ANCHORS] == [0, 1, 2, 3, 4, 5]
    for anchor in ANCHORS:
        assert abs(points_of(anchor.example).label - anchor.label) <= 1
        assert (points_of(anchor.example).label >= GOOD) == (anchor.label >= GOOD)
        assert anchor.example.split("\n")[0] in GUIDE


@pytest.mark.parametrize("good", [GOOD_SEARCH, GOOD_COUNT, GOOD_RECURSION])
@pytest.mark.parametrize("poor", [DELEGATION, CONSTANTS, FOREIGN, WINDOW, STUB, TANGLE])
def test_the_judge_prefers_what_a_teacher_would_show(good: str, poor: str) -> None:
    assert points_of(good).label >= 4
    assert points_of(poor).label < GOOD


@pytest.mark.parametrize(
    ("text", "criterion"),
    [
        (CONSTANTS, "computes"),
        (DELEGATION, "computes"),
        (FOREIGN, "self_contained"),
        (TANGLE, "clear"),
        (strip_comments(GOOD_SEARCH), "explained"),
        (FOREIGN, "instructive"),
    ],
)
def test_each_criterion_can_be_missed(text: str, criterion: str) -> None:
    assert points_of(GOOD_SEARCH).earned == set(CRITERIA)
    assert criterion not in points_of(text).earned


@pytest.mark.parametrize(("text", "why"), [(WINDOW, "windows"), (CONSTANTS, "computes_nothing")])
def test_boilerplate_is_capped_and_says_why(text: str, why: str) -> None:
    points = points_of(text)
    assert points.capped == why
    assert points.label <= CAP


@settings(max_examples=30, deadline=None)
@given(text=st.one_of(real_unit, st.text(max_size=60)))
def test_every_unit_gets_0_to_5_points_with_reasons_or_is_no_python(text: str) -> None:
    try:
        points = points_of(text)
    except NotPython:
        return
    assert 0 <= points.label <= 5
    assert [criterion for criterion, reason in points.reasons if reason] == list(CRITERIA)
    assert points_of(text) == points


@settings(max_examples=30, deadline=None)
@given(text=real_unit)
def test_stripping_comments_keeps_the_program_and_what_the_code_earns(text: str) -> None:
    stripped = strip_comments(text)
    assert strip_comments(stripped) == stripped
    assert _without_docstrings(stripped) == _without_docstrings(text)
    said = {"explained", "instructive"}
    assert points_of(stripped).earned - said == points_of(text).earned - said


def _without_docstrings(text: str) -> str:
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            if ast.get_docstring(node) is not None:
                node.body = node.body[1:]
            node.body = [inner for inner in node.body if not isinstance(inner, ast.Pass)]
    return ast.dump(tree)


def test_code_without_comments_is_not_touched() -> None:
    text = 'x = """# no\n\n   comment"""\n\n\ndef f():\n    return "#"\n'
    assert strip_comments(text) == text


def test_comments_and_docstrings_reach_only_the_counts_about_them() -> None:
    said, silent = features([GOOD_SEARCH + "# Search some more.\n", strip_comments(GOOD_SEARCH)]).structure
    changed = {COLUMNS[i] for i in np.flatnonzero(said != silent)}
    assert changed == {"doc_words", "docs", "examples", "comments"} == {COLUMNS[i] for i in SAID}


def test_a_quote_that_never_ends_is_scanned_at_once() -> None:
    endless = 'x = """' + "word \\n and 'more' \n" * 20_000
    assert np.isfinite(features([endless, "'''" * 999, GOOD_SEARCH[:80]]).structure).all()


def test_labels_are_a_seeded_sample_with_reasons(corpus: Path, labels: Path, tmp_path: Path) -> None:
    drawn = list(read_records(labels))
    assert len(drawn) == 400
    assert {r.id for r in drawn} <= {r.id for r in read_records(corpus)}
    for record in drawn[:50]:
        assert 0 <= record.scores["value_label"] <= 5
        assert (record.scores["value_label"] >= GOOD) == (record.scores["value_label_good"] >= 0.5)
        assert record.tags["value_computes"]
        assert record.tags["unit"]
    for seed, name in ((1, "one"), (1, "again"), (2, "two")):
        (tmp_path / name).mkdir()
        label(Label(seed=seed, num_labels=60), corpus=corpus, out=tmp_path / name, ctx=INLINE)
    one, again, two = ({r.id for r in read_records(tmp_path / n)} for n in ("one", "again", "two"))
    assert one == again
    assert len(one & two) <= 20  # 60 of about 480, twice: 8 by chance


def test_the_classifier_learns_more_than_the_majority(fitted: tuple[Path, Metrics]) -> None:
    metrics = fitted[1]
    assert metrics["f1"] > metrics["f1_of_all_good"] + 0.05
    assert metrics["calibration_error"] < 0.1
    assert len(metrics["border"]) == 6
    assert sum(metrics["label_histogram"].values()) == metrics["num_train"] + metrics["num_held_out"] == 400
    assert sum(metrics["confusion"].values()) == metrics["num_held_out"]
    assert abs(metrics["probes"]["comments_and_docstrings"]["mean_change"]["mean"]) < 0.4


def test_no_file_has_units_in_both_parts(labels: Path, fitted: tuple[Path, Metrics]) -> None:
    num_files = len({r.source.partition(":")[0] for r in read_records(labels)})
    assert num_files < 400  # some files give several units, so the split had something to keep together
    assert 0.08 < fitted[1]["num_held_out"] / 400 < 0.35


def test_a_score_does_not_depend_on_its_batch(fitted: tuple[Path, Metrics]) -> None:
    model = Fast.load(fitted[0])
    texts = [*real_units()[:12], "", "not python ("]
    together = model.scores(texts)
    assert together.shape == (14,)
    assert [model.scores([text])[0] for text in texts] == together.tolist()
    assert model.scores([GOOD_COUNT])[0] > model.threshold > model.scores([DELEGATION])[0]


def test_a_saved_classifier_scores_the_same(fitted: tuple[Path, Metrics], tmp_path: Path) -> None:
    model = Fast.load(fitted[0])
    model.save(tmp_path)
    assert Fast.load(tmp_path).scores(real_units()[:5]).tolist() == model.scores(real_units()[:5]).tolist()
    assert len(COLUMNS) == NUM_STRUCTURE


def test_keep_keeps_the_best_share_and_loses_nothing(
    corpus: Path, fitted: tuple[Path, Metrics], tmp_path: Path
) -> None:
    shards = []
    for name in ("one", "again"):
        out = tmp_path / name
        out.mkdir()
        metrics = keep(Keep(keep_share=0.25), corpus=corpus, classifier=fitted[0], out=out, ctx=INLINE)
        shards.append([p.read_bytes() for p in sorted(out.glob("re*/*.parquet"))])
    assert shards[0] == shards[1]
    kept = [r.scores["value"] for r in read_records(out)]
    rejected = list(read_rejected(out))
    assert len(kept) + len(rejected) == metrics["num_in"] == count(corpus)
    assert {r.reason for r in rejected} == {"low_value"}
    assert min(kept) >= max(r.record.scores["value"] for r in rejected)
    assert len(kept) == pytest.approx(0.25 * metrics["num_in"], abs=3)
    assert sum(metrics["score_histogram"]["counts"]) == metrics["num_in"]
    assert metrics["judged"]["kept"]["mean_label"] > metrics["judged"]["rejected"]["mean_label"] + 0.5


def test_thresholds_are_applied_to_stored_scores(
    corpus: Path, fitted: tuple[Path, Metrics], tmp_path: Path
) -> None:
    for name in ("scored", "cut", "kept"):
        (tmp_path / name).mkdir()
    score(Score(), corpus=corpus, classifier=fitted[0], out=tmp_path / "scored", ctx=INLINE)
    cfg = Keep(least_score=1.5)
    cut(cfg, scored=tmp_path / "scored", out=tmp_path / "cut", ctx=INLINE)
    keep(cfg, corpus=corpus, classifier=fitted[0], out=tmp_path / "kept", ctx=INLINE)
    kept = list(read_records(tmp_path / "cut"))
    assert kept == list(read_records(tmp_path / "kept"))
    assert {r.id for r in kept} == {
        r.id for r in read_records(tmp_path / "scored") if r.scores["value"] >= 1.5
    }
    with pytest.raises(QualityGate, match="has no score 'value'"):
        cut(cfg, scored=corpus, out=tmp_path / "cut", ctx=INLINE)


def test_an_empty_corpus_is_one_clear_line(fitted: tuple[Path, Metrics], tmp_path: Path) -> None:
    write_shard(tmp_path / "records" / "00000.parquet", [])
    for step in (
        lambda: label(Label(), corpus=tmp_path, out=tmp_path, ctx=INLINE),
        lambda: keep(Keep(), corpus=tmp_path, classifier=fitted[0], out=tmp_path, ctx=INLINE),
    ):
        with pytest.raises(QualityGate, match="there are no records to"):
            step()


def test_labels_that_teach_nothing_are_refused(tmp_path: Path) -> None:
    records = [a_record(f"x = {i}\n", 1.0) for i in range(50)]
    write_shard(tmp_path / "records" / "00000.parquet", records)
    with pytest.raises(QualityGate, match="of all 50 labels 0 are good"):
        fit(Fit(), labels=tmp_path, out=tmp_path, ctx=INLINE)


def test_a_folder_without_a_classifier_is_a_usage_error(corpus: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="holds no classifier"):
        keep(Keep(), corpus=corpus, classifier=tmp_path, out=tmp_path, ctx=INLINE)


def test_without_scikit_learn_the_message_says_how_to_get_it(
    labels: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "sklearn.linear_model", None)
    with pytest.raises(TrainingUnavailable, match=r"pip install 'hornbook\[train\]'"):
        fit(Fit(), labels=labels, out=tmp_path, ctx=INLINE)
