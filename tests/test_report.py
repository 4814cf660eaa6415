"""The report page: everything a run proves is on it, nothing a model wrote can act on it, a phone can show it."""

import html
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import data_recipe
import data_report
import orjson
import pytest
from data_report import EVIL
from hypothesis import given
from hypothesis import strategies as st

import hornbook
from hornbook.curriculum.concepts import CONCEPTS
from hornbook.errors import UsageError
from hornbook.report import pictures, section
from hornbook.report.model_sections import beyond_chance, compared
from hornbook.report.page import write_page
from hornbook.report.pictures import Curve, FlowRow, Interval, Journey
from hornbook.report.run_folder import open_run

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
# XML has no way to write control characters and surrogates; step and concept names hold none.
WORDS = st.text(
    st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"), max_size=20
)


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return data_report.make_run(tmp_path_factory.mktemp("report") / "run", data_report.recipe())


@pytest.fixture(scope="module")
def page(full: Path) -> str:
    return write_page(open_run(full)).read_text()


def titles(text: str) -> list[str]:
    return re.findall(r"<h2>(.*?)</h2>", text)


def drawings(text: str) -> list[str]:
    """Every picture of a page, nested parts included."""
    return re.findall(r"<svg width=\"100%\" height.*?</svg>(?=</div>)", text, flags=re.DOTALL)


def plain(text: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", text)).split())


def test_a_full_run_shows_every_section_with_the_findings_first(page: str) -> None:
    assert titles(page) == [
        "At a glance",
        "Scores",
        "Learning",
        "Similarity",
        "Funnel",
        "Educational value",
        "Checks",
        "Coverage",
        "Diversity",
        "Duplicates and contamination",
        "Cost and time",
        "Samples",
        "Provenance",
    ]


def test_prompts_that_a_model_could_not_see_whole_are_counted_below_the_scores(page: str) -> None:
    assert "humaneval: 2 prompts are too long for the model&#39;s context" in page


def test_how_many_documents_the_context_cuts_stands_beside_the_other_facts_of_training(page: str) -> None:
    shown = page[page.index("Every training step") :]
    assert "longer than context, %" in shown and "raw 12.5, textbooks 0.0" in shown


def test_an_arm_is_compared_with_its_own_control_too(page: str) -> None:
    assert "exercises minus textbooks, paired: rung 1 " in page


def test_families_that_come_near_a_benchmark_are_named_with_the_problems(page: str) -> None:
    assert "Families that come near problems of humaneval" in page
    assert page.index("count_vowels") < page.index("middle_of_three") < page.index("2 families in all")


def test_a_run_without_such_steps_has_no_empty_sections(tmp_path: Path) -> None:
    root = data_report.make_run(tmp_path / "run", quick(data_recipe.data()))
    shown = write_page(open_run(root)).read_text()
    assert titles(shown) == ["At a glance", "Funnel", "Cost and time", "Samples", "Provenance"]
    assert "divisible" in shown


def quick(steps: list[data_recipe.Step]) -> list[data_recipe.Step]:
    """The same recipe without its pauses."""
    from hornbook.settings import override

    return override(steps, {f"{step}.seconds_per_shard": "0" for step in ("source", "odd", "halves")})


@pytest.mark.parametrize(
    ("step", "key"),
    [
        ("raw", "canaries"),
        ("raw", "stamp.checked.0.only_identical"),
        ("raw", "stamp.channels.0.guarded"),
        ("table", "splits.ladder.0.tau"),
        ("raw_unique", "reasons"),
        ("exercises_checked", "sandbox_level"),
        ("labels", "labelled_by"),
        ("classifier", "probes"),
        ("filtered", "judged"),
        ("filtered", "topics"),
        ("arm_raw", "final_loss"),
        ("similarity", "share_at_least_0.9"),
        ("corpus", "licenses"),
    ],
)
def test_a_step_that_lacks_a_metric_is_an_error_and_no_gap_in_the_page(
    full: Path, step: str, key: str
) -> None:
    path = full / step / "step.json"
    before = path.read_bytes()
    record = orjson.loads(before)
    *outer, last = key.split(".") if key.startswith(("stamp.", "splits.")) else [key]
    part = record["metrics"]
    for name in outer:
        part = part[int(name) if name.isdigit() else name]
    del part[last]
    path.write_bytes(orjson.dumps(record))
    try:
        with pytest.raises(UsageError, match=f"step '{step}' has no metric '{last}'"):
            write_page(open_run(full))
    finally:
        path.write_bytes(before)


def test_every_function_that_the_page_knows_exists() -> None:
    named = [value for name, value in vars(section).items() if name.isupper() and isinstance(value, str)]
    assert len(named) == 13
    for function in named:
        assert f"\ndef {function.rpartition('.')[2]}(" in file_of(function).read_text(), function


def test_the_stand_ins_report_what_the_real_steps_report(full: Path) -> None:
    known = {value for name, value in vars(section).items() if name.isupper() and isinstance(value, str)}
    counted = {"num_in", "num_kept", "num_rejected", "reasons"}
    for step in open_run(full).steps.values():
        if step.identity["function"] in known:
            # A step may leave its metrics to another file of its folder.
            source = "".join(
                path.read_text() for path in file_of(step.identity["function"]).parent.glob("*.py")
            )
            missing = [key for key in step.metrics.keys() - counted if not re.search(rf"\b{key}\b", source)]
            # Diversity's keys are the names of its data sets.
            assert missing == [] or step.name == "diversity", (step.name, missing)


def file_of(function: str) -> Path:
    module = function.removeprefix("hornbook.").rpartition(".")[0]
    return Path(hornbook.__file__).parent / f"{module.replace('.', '/')}.py"


def test_what_a_model_or_a_file_wrote_is_escaped(page: str) -> None:
    assert EVIL not in page
    assert html.escape(EVIL) in page
    # Each in its own place: samples, their sources, reasons, settings, a pair of copies.
    assert page.count(html.escape(EVIL)) > 30


def test_the_page_loads_and_runs_nothing(page: str) -> None:
    assert not re.search(r"<(script|link|img|iframe|object|embed|base|form|video|audio)\b", page)
    assert not re.search(
        r"""\b(src|srcset|action|data|xlink:href)\s*=|url\(|@import|\son\w+\s*=\s*["']""", page
    )
    assert set(re.findall(r'href="(.)', page)) == {"#"}
    assert "default-src 'none'" in page


def test_the_same_run_gives_the_same_page(full: Path, page: str) -> None:
    assert write_page(open_run(full)).read_text() == page


def test_every_picture_is_well_formed_and_has_a_sentence_and_a_title(page: str) -> None:
    found = drawings(page)
    assert len(found) >= 20
    for drawing in found:
        root = ElementTree.fromstring(drawing)
        assert root.attrib["aria-label"]
        assert root[0].tag == "title"
    figures = re.findall(r"<figure.*?</figure>", page, flags=re.DOTALL)
    assert all("What this tells you." in figure for figure in figures if 'role="img"' in figure)


def test_samples_are_ten_kept_and_ten_rejected_with_their_reasons(page: str) -> None:
    shown = page[page.index('<section id="samples"') : page.index('<section id="provenance"')]
    kept, rejected = shown.split("rejected records</h3>")
    assert "10 kept records" in kept
    assert kept.count("<details") == rejected.count("<details") == 10
    assert rejected.count('class="reason"') == 10
    assert all(
        reason in rejected for reason in ("near_duplicate", "low_value", "tests_failed", "ladder_identical")
    )


def test_the_page_says_that_a_program_labelled(page: str) -> None:
    assert "by a program, which was fitted to what language models said" in page


def test_a_concept_that_nothing_teaches_has_a_crossed_row(page: str) -> None:
    coverage = page[page.index('<section id="coverage"') : page.index('<section id="diversity"')]
    assert ">binary_search</text>" in coverage
    number = len(CONCEPTS)
    assert (
        f"7 of {number} concepts are taught; {4 * (number - 7)} of {4 * number} cells are empty" in coverage
    )


def test_near_copies_stand_beside_what_stayed(page: str) -> None:
    shown = plain(
        page[page.index("Near copies beside what stayed") : page.index('<section id="cost-and-time"')]
    )
    assert shown.count("STAYED: ") == shown.count("REMOVED: ") == 3


def test_provenance_names_manifest_benchmark_digest_teacher_and_licences(full: Path, page: str) -> None:
    shown = plain(page[page.index('<section id="provenance"') :])
    digest = orjson.loads((full / "raw" / "step.json").read_bytes())["metrics"]["stamp"]["checked"][0][
        "digest"
    ]
    for words in ("ab" * 32, digest, "offline-teacher@1 0123abcd", "somelib-1.0 MIT", "numpy"):
        assert words in shown


def test_only_a_difference_whose_interval_excludes_zero_is_called_more_than_chance() -> None:
    def metrics(low: float) -> dict[str, object]:
        passes = {"pass@1": {"mean": 0.1, "low": low, "high": 0.2, "num_problems": 30}}
        return {"baseline": "raw", "paired_to_baseline": {"exercises": {"rung 1": passes}}}

    assert compared(metrics(0.0), "rung 1") == "Chance alone could explain every difference from raw."
    assert "exercises +10.0 points [+5.0, +20.0]; more than chance" in compared(metrics(0.05), "rung 1")


def test_arms_that_are_worse_beyond_chance_are_named_as_such() -> None:
    found = {"filtered": {"low": 0.002, "high": 0.038}, "textbooks": {"low": -0.02, "high": 0.02}}
    assert beyond_chance(found) == "Worse by more than chance: filtered."
    found["exercises"] = {"low": -0.2, "high": -0.1}
    assert (
        beyond_chance(found) == "Better by more than chance: exercises. Worse by more than chance: filtered."
    )
    assert beyond_chance({"textbooks": found["textbooks"]}) == "Chance could explain it all."


def widths(drawing: str) -> list[float]:
    return [float(w) for w in re.findall(r'<rect x="[\d.]+%" y="[\d.]+" width="([\d.]+)%"', drawing)]


def test_a_flow_draws_kept_and_rejected_on_one_scale() -> None:
    rows = [FlowRow(name="a", num_kept=30, num_rejected=10), FlowRow(name="b", num_kept=20, num_rejected=0)]
    assert widths(pictures.flow(rows, title="t")) == [75.0, 25.0, 50.0, 0.0]


def test_an_interval_is_drawn_where_its_numbers_are() -> None:
    row = Interval(label="raw", mean=25, low=20, high=40)
    drawing = pictures.intervals([row], title="t", low=0, high=50)
    assert 'cx="50.00%"' in drawing
    assert 'x1="40.00%" y1="12.0" x2="80.00%" y2="12.0"' in drawing


def test_a_histogram_greys_what_lies_below_the_cut() -> None:
    drawing = pictures.histogram(
        [0, 1, 2, 3], [5, 10, 1], title="t", x_label="x", ticks={0: "0"}, cut=1, cut_says="kept from 1"
    )
    colors = re.findall(r'<rect [^>]*fill="(#\w+)"', drawing)
    assert colors == [pictures.MUTED, pictures.ACCENT, pictures.ACCENT]
    assert re.findall(r'<rect [^>]*height="([\d.]+)"', drawing) == ["75.0", "150.0", "15.0"]


@given(st.lists(st.tuples(WORDS, st.integers(0, 10**9)), max_size=6), WORDS)
def test_every_word_and_number_gives_well_formed_pictures(rows: list[tuple[str, int]], title: str) -> None:
    for drawing in drawn(rows, title):
        ElementTree.fromstring(drawing)
        assert all(0 <= width <= 100 for width in widths(drawing))
        assert "nan" not in drawing


def drawn(rows: list[tuple[str, int]], title: str) -> Iterator[str]:
    values = dict(rows)
    highest = max([*values.values(), 1])
    yield pictures.bars(values, title=title)
    yield pictures.flow([FlowRow(name=k, num_kept=n, num_rejected=n // 2) for k, n in rows], title=title)
    spans = [Interval(label=k, mean=n, low=n / 2, high=n) for k, n in rows]
    yield pictures.intervals(spans, title=title, low=-1, high=highest)
    yield pictures.heat_map({k: {"a": n} for k, n in rows}, ["a", title], title=title)
    ends = list(range(len(rows) + 2))
    yield pictures.histogram(ends, [n for _, n in rows], title=title, x_label=title, ticks={0: title})
    lines = [Curve(label=k, points=[(0, n), (1, n / 3)]) for k, n in rows] or [
        Curve(label="", points=[(0, 0)])
    ]
    yield pictures.curves(lines, title=title, x_label=title, y_label=title)
    ways = [Journey(label=k, values=[n, n / 2]) for k, n in rows] or [Journey(label="", values=[0])]
    yield pictures.journeys(ways, title=title)


@pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")
def test_a_phone_and_a_wide_screen_show_the_page_without_scrolling_sideways(
    page: str, tmp_path: Path
) -> None:
    # Frames, because a Chromium window is at least 500 pixels wide; without the policy, so that the probe may run.
    copy = html.escape(re.sub(r"<meta http-equiv[^>]*>", "", page).replace("<details", "<details open"))
    frames = "".join(f'<iframe width="{w}" height="800" srcdoc="{copy}"></iframe>' for w in (390, 1100))
    probe = "d=>{let e=d.document.documentElement;return e.scrollWidth+' of '+e.clientWidth}"
    script = f"onload=()=>document.title=Array.from(frames).map({probe}).join(', ')"
    (tmp_path / "copy.html").write_text(
        f"<!doctype html><meta charset=utf-8>{frames}<script>{script}</script>"
    )
    options = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}"]
    shown = subprocess.run(
        [str(CHROMIUM), *options, "--dump-dom", f"file://{tmp_path / 'copy.html'}"],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    pairs = re.findall(r"(\d+) of (\d+)", shown.stdout[shown.stdout.index("<title>") :][:200])
    assert len(pairs) == 2, shown.stdout[:300]
    assert [int(wide) <= int(visible) for wide, visible in pairs] == [True, True], pairs
