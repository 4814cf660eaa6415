"""What the page says about diversity at every gate and about scores split by similarity, number by number."""

import re
from pathlib import Path
from typing import Any

import data_report
import orjson
import pytest

from hornbook.quality.diversity import MEASURES
from hornbook.report import pictures
from hornbook.report.diversity_section import diversity
from hornbook.report.pictures import Journey
from hornbook.report.run_folder import Run, open_run
from hornbook.report.section import Exhibit, Section
from hornbook.report.similarity_section import similar
from hornbook.report.table import Table, percent, score_table

GATES = [
    *("corpus", "raw", "filtered"),
    *("textbooks_drafts", "textbooks_checked", "textbooks"),
    *("exercises_drafts", "exercises_checked", "exercises"),
]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    root = tmp_path_factory.mktemp("measures") / "run"
    return open_run(data_report.make_run(root, data_report.recipe()))


def section_of(section: Section | None) -> dict[str, Exhibit]:
    assert section is not None
    return {exhibit.heading: exhibit for exhibit in section.exhibits}


def table_of(exhibit: Exhibit) -> Table:
    assert exhibit.table is not None
    return exhibit.table


def test_every_data_set_has_a_row_of_measures_in_the_order_of_its_gates(run: Run) -> None:
    table = table_of(section_of(diversity(run))["Every measure at every gate"])
    assert [row[0] for row in table.rows] == GATES
    metrics = run.steps["diversity"].metrics
    headings = {says: key for key, (says, _) in MEASURES.items()}
    for row in table.rows:
        found = metrics[row[0]]
        assert row[1] == f"{found['num_records']:,}"
        for heading, cell in zip(table.headings[2:], row[2:], strict=True):
            value = found.get(headings[heading])
            assert (cell == "-") == (value is None)
            assert value is None or float(cell) == pytest.approx(value, abs=0.0051)
    assert f"Each is measured on {metrics['raw']['num_sampled']:,} texts." in table.notes


def test_each_picture_of_a_measure_shows_where_a_data_set_began_and_what_the_last_gate_left(run: Run) -> None:
    exhibit = section_of(diversity(run))["Gzip ratio"]
    assert exhibit.tells == MEASURES["gzip_ratio"][1]
    metrics = run.steps["diversity"].metrics
    for first, last in (("corpus", "filtered"), ("exercises_drafts", "exercises")):
        assert f">{last}</text>" in exhibit.picture
        assert f"{metrics[first]['gzip_ratio']:.2f} → {metrics[last]['gzip_ratio']:.2f}" in exhibit.picture


def test_a_measure_that_code_does_not_have_is_drawn_for_the_others_only(run: Run) -> None:
    picture = section_of(diversity(run))["Concepts, bits"].picture
    assert ">filtered</text>" not in picture
    assert ">exercises</text>" in picture


def test_a_journey_is_drawn_from_a_ring_to_a_dot_on_one_scale() -> None:
    drawing = pictures.journeys(
        [Journey(label="a", values=[2.0, 3.0, 4.0]), Journey(label="b", values=[0.0])], title="t"
    )
    circles = re.findall(r'<circle cx="([\d.]+)%" cy="(\d+)" r="([\d.]+)"', drawing)
    assert circles == [
        *(("75.00", "13", "2.5"), ("100.00", "13", "4.5"), ("50.00", "13", "7")),
        ("0.00", "39", "4.5"),
    ]
    assert "2.00 → 4.00" in drawing
    assert ">0.00</text>" in drawing


def test_each_benchmark_has_a_table_of_scores_split_at_every_tau(run: Run) -> None:
    exhibits = section_of(similar(run))
    metrics = run.steps["table"].metrics
    for group, heading in (("humaneval", "humaneval"), ("rung 2", "Rung 2: new compositions")):
        exhibit = exhibits[f"{heading}: pass@1, %, by tau"]
        assert exhibit.folded == (group == "rung 2")
        rows = table_of(exhibit).rows
        assert [row[0] for row in rows] == [
            *(
                f"{tau} {part}"
                for tau in ("0.95", "0.90", "0.85", "0.80")
                for part in ("similar", "not similar")
            ),
            "all problems",
        ]
        assert rows[0] == expected(metrics, group, "similar")
        assert rows[-1] == ("all problems", *total(metrics, group))
        for near, far in zip(rows[:-1:2], rows[1::2], strict=True):
            assert int(near[1]) + int(far[1]) == int(rows[-1][1])


def expected(metrics: dict[str, Any], group: str, part: str) -> tuple[str, ...]:
    """The row of the first tau."""
    held = [found["any_arm"][part] for found in metrics["splits"][group][0]["arms"].values()]
    return (f"0.95 {part}", str(held[0]["num_problems"]), *map(percent, held))


def total(metrics: dict[str, Any], group: str) -> tuple[str, ...]:
    held = [scores[group]["pass@1"] for scores in metrics["arms"].values()]
    return (str(held[0]["num_problems"]), *map(percent, held))


def test_the_split_by_an_arms_own_data_names_the_problems_of_each_arm(run: Run) -> None:
    exhibit = section_of(similar(run))["By what each arm itself was trained on: pass@1, %, of its problems"]
    table = table_of(exhibit)
    row = dict(
        zip(table.headings, next(r for r in table.rows if r[0] == "ladder, 0.90 similar"), strict=True)
    )
    split = run.steps["table"].metrics["splits"]["ladder"][1]["arms"]
    rates = orjson.loads((run.root / "similarity" / "similarity.json").read_bytes())
    for arm, sources in data_report.ARMS.items():
        ladder = [found for key, found in rates.items() if key.startswith("ladder/")]
        number = sum(max(found[source] for source in sources) >= 0.9 for found in ladder)
        assert row[arm] == f"{percent(split[arm]['own']['similar'])} of {number}"


def test_the_score_table_shows_the_split_of_the_ladder_at_one_tau_in_a_single_note(run: Run) -> None:
    table = score_table(run)
    assert table is not None
    split = run.steps["table"].metrics["splits"]["ladder"][1]["arms"]["raw"]["any_arm"]
    assert table.rows[0][-2:] == (percent(split["similar"]), percent(split["not_similar"]))
    notes = [note for note in table.notes if "similar" in note]
    near, far = (split[part]["num_problems"] for part in ("similar", "not_similar"))
    assert len(notes) == 1
    assert notes[0].startswith(f"similar: the {near} ladder problems")
    assert notes[0].endswith(f"at an AST rate of 0.9 or more; {far} do not.")


def test_a_twin_table_without_enough_problems_draws_no_interval(run: Run) -> None:
    drawn = [heading for heading in section_of(similar(run)) if heading.startswith("Ladder, ")]
    split = run.steps["table"].metrics["splits"]["ladder"][1]["arms"]["raw"]["any_arm"]
    enough = [part for part in ("similar", "not_similar") if split[part]["num_problems"] >= 5]
    assert [heading.removeprefix("Ladder, ") for heading in drawn] == [
        f"{part.replace('_', ' ')} problems, tau 0.9" for part in enough
    ]


def test_the_run_folder_holds_the_table_that_the_page_shows(run: Run) -> None:
    stored = orjson.loads((Path(run.root) / "table" / "table.json").read_bytes())
    assert stored["splits"] == run.steps["table"].metrics["splits"]


@pytest.mark.parametrize("values", [(0.058, 0.14), (0.9, 0.9001), (3.0, 3.0), (-2.0, 5.0), (0.0, 1e-6)])
def test_a_scale_encloses_its_values_and_is_not_much_wider(values: tuple[float, float]) -> None:
    drawn = pictures.journeys([Journey(label="x", values=values)], title="t")
    places = [float(x) for x in re.findall(r'<circle cx="([\d.]+)%"', drawn)]
    assert all(0 <= x <= 100 for x in places)
    if values[0] != values[1]:
        assert max(places) - min(places) > 25
