"""The curriculum as a picture: a column for each level, a box for each concept, darker where more is taught."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

from hornbook.curriculum.concepts import CONCEPTS
from hornbook.curriculum.graph import levels, teaching_order
from hornbook.report.pictures import ACCENT, ALARM, INK, LINE

_COLUMN, _ROW, _BOX, _HEAD = 178, 19, 146, 24
_LONGEST_TITLE = 25
"""Letters that fit into a box; the whole title stands in what is shown on pointing at it."""


def concept_graph(counts: Mapping[str, int]) -> str:
    """Draw every concept of the curriculum with the number of records that teach it, and what it builds on.

    Unlike the other pictures it has a width of its own, and scrolls sideways on a small screen.
    """
    places = _places()
    width = _COLUMN * (1 + max(x for x, _ in places.values()))
    height = _HEAD + _ROW * (1 + max(y for _, y in places.values()))
    edges = "".join(
        _edge(places[before], places[name]) for name in places for before in CONCEPTS[name].prerequisites
    )
    most = max(counts.values(), default=0) or 1
    boxes = "".join(_box(name, place, counts.get(name, 0), most) for name, place in places.items())
    heads = "".join(
        f'<text x="{_COLUMN * level}" y="12" font-weight="600">{"first" if not level else f"level {level}"}</text>'
        for level in range(width // _COLUMN)
    )
    title = f"{len(places)} concepts and what they build on"
    return (
        f'<svg width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img" '
        f'aria-label={quoteattr(title)} font-size="11" fill="{INK}" style="min-width:{width}px">'
        f"<title>{escape(title)}</title>{heads}{edges}{boxes}</svg>"
    )


def _places() -> dict[str, tuple[int, int]]:
    """Return column and row of each concept; rows follow those of what it builds on, so that lines stay short."""
    level = levels()
    columns: defaultdict[int, list[str]] = defaultdict(list)
    for name in teaching_order():
        columns[level[name]].append(name)
    places: dict[str, tuple[int, int]] = {}
    for column, names in sorted(columns.items()):
        names.sort(key=lambda name: (_height(name, places), name))
        places |= {name: (column, row) for row, name in enumerate(names)}
    return places


def _height(name: str, places: Mapping[str, tuple[int, int]]) -> float:
    rows = [places[before][1] for before in CONCEPTS[name].prerequisites if before in places]
    return sum(rows) / len(rows) if rows else 0.0


def _edge(start: tuple[int, int], end: tuple[int, int]) -> str:
    x1, y1 = _COLUMN * start[0] + _BOX, _HEAD + _ROW * start[1] + 7
    x2, y2 = _COLUMN * end[0], _HEAD + _ROW * end[1] + 7
    return (
        f'<path d="M{x1} {y1}C{x1 + 26} {y1} {x2 - 26} {y2} {x2} {y2}" fill="none" stroke="{LINE}" '
        'stroke-width="1"/>'
    )


def _box(name: str, place: tuple[int, int], number: int, most: int) -> str:
    x, y = _COLUMN * place[0], _HEAD + _ROW * place[1]
    concept = CONCEPTS[name]
    strength = 0.08 + 0.47 * math.sqrt(number / most)  # darker, and the title could not be read
    border = ALARM if not number else ACCENT
    says = f"{concept.title}: {number:,} records, difficulty {concept.difficulty}. {concept.sentence}"
    return (
        f'<g><rect x="{x}" y="{y}" width="{_BOX}" height="15" rx="3" fill="{ACCENT}" '
        f'fill-opacity="{strength if number else 0:.2f}" stroke="{border}" stroke-width="0.7"/>'
        f'<text x="{x + 5}" y="{y + 11}">{escape(_short(concept.title))}</text><title>{escape(says)}</title></g>'
    )


def _short(title: str) -> str:
    return title if len(title) <= _LONGEST_TITLE else title[: _LONGEST_TITLE - 1].rstrip() + "…"
