"""The experiment on the filter: what is asked is never taught, arms are equal, and the verdict is the numbers'."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hornbook.errors import QualityGate, UsageError
from hornbook.evaluate.aside import Aside, is_aside, put_aside, read_exams
from hornbook.evaluate.effect import Amounts, Effect, change, effect, per_byte
from hornbook.evaluate.foretell import Bits
from hornbook.recipes.filter_effect import ARMS, NUM_SEEDS, filter_effect
from hornbook.record import Record, Rejected, count, read_records, read_rejected, write_shard
from hornbook.report.effect_section import effect_tables
from hornbook.report.page import write_page
from hornbook.report.run_folder import Run, open_run
from hornbook.run import run
from hornbook.settings import override
from hornbook.step import Context, in_order
from hornbook.value.dropped import Dropped, draw_dropped
from hornbook.value.survey import Survey, survey

INLINE = Context(workers=1, engine="inline")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The recipe with a tiny corpus and a tiny budget."""
    steps = filter_effect(size="smoke")
    settings = {"corpus.num_records": "900", "aside.num_texts": "12", "ladder.per_rung": "2"}
    settings |= {
        f"{step.name}.budget_tokens": "4000" for step in in_order(steps) if step.name.startswith("arm_")
    }
    folder = tmp_path_factory.mktemp("filter_effect")
    run(override(steps, settings), folder, INLINE)
    return open_run(folder)


def test_all_arms_make_equally_many_updates_of_one_model_with_one_tokenizer(small: Run) -> None:
    trained = [f"arm_{arm}_{number}" for arm in ARMS for number in range(NUM_SEEDS)]
    same = {
        (m["updates"], m["tokens_per_update"], m["parameters"], small.inputs_of(name)["tokenizer"])
        for name in trained
        for m in [small.steps[name].metrics]
    }
    assert len(trained) == 10
    assert len(same) == 1


def test_trainings_of_one_number_share_a_seed_and_others_do_not(small: Run) -> None:
    seeds = [
        [small.steps[f"arm_{arm}_{number}"].identity["config"]["seed"] for arm in ARMS]
        for number in range(NUM_SEEDS)
    ]
    assert [len(set(of_number)) for of_number in seeds] == [1, 1]
    assert seeds[0][0] != seeds[1][0]


def test_no_text_of_an_exam_is_in_an_arm_and_none_of_its_file_is(small: Run) -> None:
    texts = read_exams(small.root / "aside")
    assert len({text.id for text in texts if text.exam == "curated"}) >= 5
    for arm in ARMS:
        records = list(read_records(small.root / arm))
        assert {record.id for record in records}.isdisjoint(text.id for text in texts)
        files = {record.source.partition(":")[0] for record in records}
        assert files.isdisjoint(text.group for text in texts)


def test_no_record_of_an_arm_holds_half_of_a_function_of_an_exam(small: Run) -> None:
    asked = [pieces(t.reference) for t in read_exams(small.root / "aside") if t.exam != "curated_code"]
    for record in read_records(small.root / "raw"):  # every other arm is a part of raw
        own = pieces(record.text)
        assert max(len(own & theirs) / len(theirs) for theirs in asked) < 0.5, record.source


def pieces(text: str) -> set[tuple[str, ...]]:
    """Five neighbouring words or signs, by other code than the one that is tested."""
    words = re.findall(r"\w+|[^\w\s]", text)
    return {tuple(words[i : i + 5]) for i in range(len(words) - 4)}


def test_every_arm_is_a_part_of_raw_and_stricter_filters_keep_a_part_of_what_looser_ones_keep(
    small: Run,
) -> None:
    ids = {arm: {record.id for record in read_records(small.root / arm)} for arm in ARMS}
    assert ids["kept_15"] < ids["kept_30"] < ids["kept_50"] < ids["raw"]
    assert ids["dropped"] <= ids["raw"] - ids["kept_30"]


def test_the_dropped_arm_has_as_much_text_as_the_filter_kept(small: Run) -> None:
    kept, drawn = ([len(r.text) for r in read_records(small.root / name)] for name in ("kept_30", "dropped"))
    all_of_it = not count(small.root / "dropped", "rejected")
    assert all_of_it or 0 <= sum(drawn) - sum(kept) <= max(drawn)


def test_the_page_and_the_tables_tell_the_verdict_and_how_often_each_arm_was_read(small: Run) -> None:
    made_of, scores = (table.transposed() for table in effect_tables(small))
    rows = {row[0]: row[1:] for row in made_of.rows}
    assert made_of.headings == ("arm", *ARMS)
    assert {"units", "mean bytes a unit", "bytes in docstrings, %", "tokens of data"} < rows.keys()
    tokens = [int(cell.replace(",", "")) for cell in rows["tokens of data"]]
    read = [int(cell.replace(",", "")) for cell in rows["tokens read"]]
    assert [float(epochs) for epochs in rows["epochs"]] == pytest.approx(
        [own / whole for own, whole in zip(read, tokens, strict=True)], abs=0.006
    )
    verdict = small.steps["effect"].metrics["verdict"]
    assert verdict.startswith("Filtering at 30 % ")
    assert verdict in scores.notes
    assert verdict in write_page(small).read_text()


def test_a_benchmark_may_not_take_the_name_of_an_exam(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="curated"):
        filter_effect(size="smoke", benchmarks={"curated": tmp_path})


LOOP = '''\
def count_{name}(items, wanted):
    """Return how many of the {name}s in `items` are equal to `wanted`.

    >>> count_{name}([1, 2, 1], 1)
    2
    """
    total = 0
    for item in items:
        if item == wanted:
            total += {step}
    return total
'''


def function(file: str, text: str) -> Record:
    return Record(text=text, kind="code", source=f"{file}:f", license="MIT", tags={"unit": "function"})


def files(aside: bool, number: int) -> list[str]:
    found = (f"package/{i}.py" for i in range(1000))
    chosen = [file for file in found if is_aside(Aside(), function(file, "x = 1\n")) == aside]
    return chosen[:number]


def put(records: Sequence[Record], out: Path) -> tuple[list[Record], list[Rejected]]:
    given = out / "given"
    write_shard(given / "records" / "0.parquet", records)
    put_aside(Aside(), records=given, out=out, ctx=INLINE)
    return list(read_records(out)), list(read_rejected(out))


def test_a_near_copy_of_an_exam_function_in_a_file_that_stays_is_not_taught(tmp_path: Path) -> None:
    names = ("apple", "pear", "plum", "fig", "date")
    asked = [function(f, LOOP.format(name=n, step=1)) for f, n in zip(files(True, 5), names, strict=True)]
    near, unlike = files(False, 2)
    copy = function(near, LOOP.format(name="apple", step=2))
    other = function(unlike, "def last(words):\n    return sorted(words, key=len)[-1] if words else None\n")
    stayed, refused = put([*asked, copy, other], tmp_path)
    assert stayed == [other]
    assert {r.record.id: r.reason for r in refused} == {copy.id: "like_held_out"} | {
        r.id: "held_out" for r in asked
    }


def test_the_curated_exam_holds_only_functions_that_the_judge_calls_good(tmp_path: Path) -> None:
    places = files(True, 6)
    good = [function(f, LOOP.format(name=f"thing{i}", step=1)) for i, f in enumerate(places[:5])]
    poor = function(places[5], "def name(self):\n    return self._name\n")
    put([*good, poor], tmp_path)
    exams: dict[str, set[str]] = {}
    for text in read_exams(tmp_path):
        exams.setdefault(text.exam, set()).add(text.id)
    assert exams == {
        "curated": {r.id for r in good},
        "curated_code": {r.id for r in good},
        "uncurated": {poor.id},
    }
    assert all('"""' not in t.reference for t in read_exams(tmp_path) if t.exam == "curated_code")


def test_too_few_good_functions_make_no_exam(tmp_path: Path) -> None:
    with pytest.raises(QualityGate, match="only 0 of 1 units put aside"):
        put([function(files(True, 1)[0], "x = 1\n")], tmp_path)


def test_a_filter_that_dropped_nothing_has_no_dropped_arm(tmp_path: Path) -> None:
    write_shard(tmp_path / "records" / "0.parquet", [function("a.py", "x = 1\n")])
    with pytest.raises(QualityGate, match="dropped nothing"):
        draw_dropped(Dropped(), kept=tmp_path, out=tmp_path / "out", ctx=INLINE)


def test_docstrings_are_counted_with_their_quotes_and_other_strings_are_not(tmp_path: Path) -> None:
    text = 'def f():\n    """Say it."""\n    return "no docstring"\n\n\ndef g():\n    ...\n'
    write_shard(tmp_path / "records" / "0.parquet", [function("a.py", text)])
    found = survey(Survey(), out=tmp_path, ctx=INLINE, raw=tmp_path)["raw"]
    assert found["share_in_docstrings"] == round(len('"""Say it."""') / len(text), 4)
    assert found["mean_bytes"] == len(text)


def scored(folder: Path, factor: float, exam: str = "own") -> Path:
    """What a training scored on 40 texts: `factor` times a fixed amount of bits each."""
    folder.mkdir()
    rows = [
        Bits(exam=exam, id=str(i), group=str(i // 2), bits=factor * (50 + 7 * (i % 5)), num_bytes=30 + i)
        for i in range(40)
    ]
    (folder / "bits.jsonl").write_bytes(b"".join(orjson.dumps(asdict(row)) + b"\n" for row in rows))
    return folder


def measured(tmp_path: Path, factors: Mapping[str, float]) -> str:
    cfg = Effect(arms={"raw": "raw code", "kept": "filtering"}, num_seeds=2, main="kept")
    scores = {name: scored(tmp_path / name, factor) for name, factor in factors.items()}
    return str(effect(cfg, out=tmp_path, ctx=INLINE, **scores)["verdict"])


def test_the_verdict_says_what_the_numbers_say(tmp_path: Path) -> None:
    end = ", against raw code at equal tokens (2 seeds)."
    cases = {
        (0.9, 0.9): "Filtering lowers bits per byte on own by 10.0 % [10.0, 10.0]",
        (1.2, 1.2): "Filtering raises bits per byte on own by 20.0 % [20.0, 20.0]",
        (0.9, 1.2): "Filtering does not settle whether it helps on own (+5.0 % [-10.0, +20.0])",
    }
    for number, ((first, second), says) in enumerate(cases.items()):
        (tmp_path / str(number)).mkdir()
        factors = {"raw_0": 1.0, "raw_1": 1.0, "kept_0": first, "kept_1": second}
        assert measured(tmp_path / str(number), factors) == says + end


def test_arms_that_sat_different_exams_are_not_compared(tmp_path: Path) -> None:
    cfg = Effect(arms={"raw": "raw", "kept": "filtering"}, num_seeds=1, main="kept")
    scores = {"raw_0": scored(tmp_path / "a", 1.0), "kept_0": scored(tmp_path / "b", 1.0, exam="other")}
    with pytest.raises(UsageError, match="different exams"):
        effect(cfg, out=tmp_path, ctx=INLINE, **scores)


def test_bits_per_byte_are_all_bits_by_all_bytes_and_the_interval_holds_them() -> None:
    found = Amounts(np.array([[10.0, 30.0], [14.0, 26.0]]), np.array([5.0, 15.0]), num_texts=4)
    by = per_byte(found)
    assert by.mean == pytest.approx((10 + 30 + 14 + 26) / 2 / 20)
    assert by.low <= by.mean <= by.high
    assert by.low >= 26 / 15 - 1e-9  # the least that one group needed in one training


@given(
    bits=st.lists(st.tuples(*[st.floats(1, 1000)] * 2), min_size=1, max_size=20),
    factor=st.floats(0.1, 10),
)
def test_an_arm_that_needs_a_fixed_factor_more_changes_by_it_whatever_is_drawn(
    bits: list[tuple[float, float]], factor: float
) -> None:
    theirs = Amounts(np.array(bits).T, np.ones(len(bits)), num_texts=len(bits))
    ours = Amounts(factor * theirs.bits, theirs.num_bytes, num_texts=len(bits))
    found = change(ours, theirs)
    assert [found.mean, found.low, found.high] == pytest.approx([100 * (factor - 1)] * 3, abs=1e-6)
