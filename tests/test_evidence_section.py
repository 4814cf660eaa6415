"""The report's section on contamination: what a person reads of the stamp, the channels and the planted copies."""

from __future__ import annotations

import leak_recipe
import pytest

from hornbook.quality.decontaminate import Decontaminate, decontaminate
from hornbook.report.evidence_section import evidence
from hornbook.report.run_folder import open_run
from hornbook.report.section import Exhibit
from hornbook.run import run
from hornbook.step import Context, Step


@pytest.fixture(scope="module")
def exhibits(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Exhibit]:
    root = tmp_path_factory.mktemp("run")
    records = Step("leaky", leak_recipe.leaky, leak_recipe.Leaky())
    ladder = Step("held_out", leak_recipe.held_out, leak_recipe.HeldOut())
    steps = []
    for name, cfg in (
        ("all", Decontaminate(exclude_similar=0.95)),
        ("words", Decontaminate(channels=("words",))),
    ):
        steps.append(Step(name, decontaminate, cfg, {"records": records, "ladder": ladder}))
    run(steps, root, Context(workers=1, engine="inline"))
    section = evidence(open_run(root))
    assert section is not None
    return {exhibit.heading.split(":")[0]: exhibit for exhibit in section.exhibits}


def rows(exhibit: Exhibit, data_set: str) -> list[dict[str, str]]:
    table = exhibit.table
    assert table is not None
    found = [dict(zip(table.headings, map(str, row), strict=True)) for row in table.rows]
    return [row for row in found if row["data set"] == data_set]


def test_the_stamp_says_what_was_checked_and_what_is_too_short(exhibits: dict[str, Exhibit]) -> None:
    (row,) = rows(exhibits["The stamp"], "all")
    assert (row["checked against"], row["problems"], row["rows not read"], row["too short to see"]) == (
        *("ladder", "1", "0", "0"),
    )
    assert "The stamp says: ladder only." in exhibits["The stamp"].tells


def test_every_channel_is_listed_with_what_it_does_and_its_settings(exhibits: dict[str, Exhibit]) -> None:
    shown = {row["what is compared"]: row for row in rows(exhibits["How it was searched"], "all")}
    assert [*shown] == ["words of the statement", "code of the solution", "syntax tree"]
    assert shown["syntax tree"]["what is found"] == "removes"
    assert shown["syntax tree"]["settings"] == "exclude similar 0.95"
    assert "ngram 10, reported ngram 13" in shown["words of the statement"]["settings"]
    assert len(rows(exhibits["How it was searched"], "words")) == 1


def test_recall_is_shown_by_variant_and_channel(exhibits: dict[str, Exhibit]) -> None:
    shown = {row["variant"]: row for row in rows(exhibits["Planted copies"], "all")}
    assert [*shown] == ["verbatim", "renamed", "statement only", "solution only", "reordered"]
    assert shown["renamed"]["found"] == "100.0 %"
    assert shown["renamed"]["by words of the statement"] == "0.0 %"
    assert shown["renamed"]["by code of the solution"] == "100.0 %"
    assert shown["verbatim"]["by 13 words in a row"] == "100.0 %"
    assert rows(exhibits["Planted copies"], "words")[1]["by code of the solution"] == "-"


def test_the_first_findings_are_shown_and_the_file_of_all_is_named(exhibits: dict[str, Exhibit]) -> None:
    found = exhibits["Removed for holding a problem"]
    assert "evidence.jsonl" in found.tells
    assert "0 records stay though they share words with a statement" in found.tells
    assert {row["channel"] for row in rows(found, "all")} == {"words", "code", "ast"}
    assert {row["channel"] for row in rows(found, "words")} == {"words"}
