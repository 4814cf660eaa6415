"""The picture of the curriculum shows every concept inside of its own box."""

import re
import xml.etree.ElementTree as ET

import pytest

from hornbook.curriculum.concepts import CONCEPTS, Concept
from hornbook.report.concept_graph import concept_graph


def boxes(svg: str) -> list[tuple[float, float]]:
    return [(float(rect.get("x", "")), float(rect.get("y", ""))) for rect in ET.fromstring(svg).iter("rect")]


def test_every_concept_has_a_box_of_its_own() -> None:
    found = boxes(concept_graph({}))
    assert len(found) == len(set(found)) == len(CONCEPTS)


def test_a_title_too_long_for_its_box_is_shortened_and_told_in_full(monkeypatch: pytest.MonkeyPatch) -> None:
    name = "prefix_sums_of_tables_in_two_dimensions"
    long = Concept(name=name, difficulty=3, prerequisites=(), sentence="A & b.", reasons=(), mistake="")
    monkeypatch.setitem(CONCEPTS, name, long)
    svg = concept_graph({name: 1234})
    assert "prefix sums of tables in two dimensions: 1,234 records" in svg
    shown = [text.text or "" for text in ET.fromstring(svg).iter("text")]
    assert max(map(len, shown)) <= 25
    assert any(re.fullmatch(r"prefix sums of tables .*…", text) for text in shown)
