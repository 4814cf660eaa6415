"""Pictures of a run as inline SVG: each function takes plain numbers and returns one `<svg>` element.

Widths are shares of the page while heights and letters are pixels, so a picture is as readable on a phone as
on a wide screen; a plotting library's SVG shrinks its letters with the picture, and costs seconds to import.
Every word is escaped here. Equal numbers give equal bytes. Nothing is measured or averaged here.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

INK, SOFT, LINE, ACCENT, MUTED, ALARM = "#1f2933", "#5b6770", "#dedbd2", "#1d5fa3", "#aeb7c0", "#c2410c"
ARM_COLORS = ("#6b7785", "#3b82c4", "#2f8f6b", "#c2410c", "#7c4fb5", "#b58a12")
"""One color per arm, told apart by people who do not see red and green alike."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowRow:
    """What one step kept and rejected."""

    name: str
    num_kept: int
    num_rejected: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A number and the interval around it."""

    label: str
    mean: float
    low: float
    high: float
    color: str = ACCENT


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """A line through points (x, y)."""

    label: str
    points: Sequence[tuple[float, float]]
    color: str = ACCENT
    dashed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """One number after each of several gates, first to last."""

    label: str
    values: Sequence[float]


def flow(rows: Sequence[FlowRow], *, title: str) -> str:
    """Draw what each step kept and rejected as one bar below the step's name, all on one scale."""
    most = max((row.num_kept + row.num_rejected for row in rows), default=0) or 1
    parts = []
    for i, row in enumerate(rows):
        top = 46 * i
        kept, rejected = (100 * number / most for number in (row.num_kept, row.num_rejected))
        lost = f", {row.num_rejected:,} rejected" if row.num_rejected else ""
        parts += [
            _text(0, top + 15, row.name, weight="600"),
            _text(100, top + 15, f"{row.num_kept:,} kept{lost}", anchor="end", color=SOFT),
            _bar(0, top + 22, kept, 12, ACCENT, f"{row.name}: {row.num_kept:,} kept"),
            _bar(kept, top + 22, rejected, 12, ALARM, f"{row.name}: {row.num_rejected:,} rejected"),
        ]
    return _picture(title, 46 * len(rows), parts)


def intervals(
    rows: Sequence[Interval], *, title: str, low: float, high: float, digits: int = 1, signed: bool = False
) -> str:
    """Draw one dot with its interval per row, on a scale from `low` to `high`; a line marks 0 if it is inside."""
    bottom = 24 * len(rows)
    sign = "+" if signed else ""
    inside = []
    for x in _ticks(low, high):
        at = _share(x, low, high)
        inside.append(_line(at, 0, at, bottom, SOFT if x == 0 else LINE))
        inside.append(_text(at, bottom + 16, _number(x), anchor="middle", color=SOFT, size=12))
    for i, row in enumerate(rows):
        left, middle, right = (_share(x, low, high) for x in (row.low, row.mean, row.high))
        y = 24 * i + 12
        inside.append(_line(left, y, right, y, row.color, width=2.5))
        inside.append(f'<circle cx="{middle:.2f}%" cy="{y}" r="5" fill="{row.color}"/>')
    labels = [_text(0, 24 * i + 17, row.label) for i, row in enumerate(rows)]
    values = [
        _text(100, 24 * i + 17, f"{row.mean:{sign}.{digits}f}", anchor="end", weight="600")
        for i, row in enumerate(rows)
    ]
    pane = _pane(31, 0, 54, bottom + 20, inside)
    return _picture(title, bottom + 22, [*labels, pane, *values])


def journeys(rows: Sequence[Journey], *, title: str, digits: int = 2) -> str:
    """Draw the way of each number on one scale: a ring where it began, a dot where it ends, points between."""
    ticks = _span_ticks([value for row in rows for value in row.values])
    low, high, bottom = ticks[0], ticks[-1], 26 * len(rows)
    inside = [_line(_share(x, low, high), 0, _share(x, low, high), bottom, LINE) for x in ticks]
    for x in ticks[:: 1 if len(ticks) < 5 else 2]:  # a phone has room for four numbers
        at = _share(x, low, high)
        inside.append(_text(at, bottom + 16, _number(x), anchor="middle", color=SOFT, size=12))
    parts = []
    for i, row in enumerate(rows):
        y, places = 26 * i + 13, [_share(value, low, high) for value in row.values]
        inside.append(_line(min(places), y, max(places), y, ACCENT, width=2))
        inside += [f'<circle cx="{x:.2f}%" cy="{y}" r="2.5" fill="{ACCENT}"/>' for x in places[1:-1]]
        inside.append(f'<circle cx="{places[-1]:.2f}%" cy="{y}" r="4.5" fill="{ACCENT}"/>')
        if len(places) > 1:
            ring = f'r="7" fill="none" stroke="{ACCENT}" stroke-width="1.8"'
            inside.append(f'<circle cx="{places[0]:.2f}%" cy="{y}" {ring}/>')
        ends = dict.fromkeys(f"{value:.{digits}f}" for value in (row.values[0], row.values[-1]))
        parts += [
            _text(0, y + 5, row.label),
            _text(100, y + 5, " → ".join(ends), anchor="end", weight="600"),
        ]
    return _picture(title, bottom + 22, [*parts, _pane(31, 0, 35, bottom + 20, inside)])


def curves(lines: Sequence[Curve], *, title: str, x_label: str, y_label: str) -> str:
    """Draw lines over one pair of axes; their names stand above, in the colors of the lines."""
    points = [point for line in lines for point in line.points]
    xs, ys = _ticks(0, max(x for x, _ in points), most=7), _span_ticks([y for _, y in points])
    left, right, low, high = 0.0, max(xs[-1], max(x for x, _ in points)), ys[0], ys[-1]
    top, height = 22 * math.ceil(len(lines) / 2) + 44, 220
    parts = [_legend(line, i) for i, line in enumerate(lines)]
    parts.append(_text(0, top - 24, y_label, color=SOFT, size=12))
    for y in ys:
        at = top + height * (1 - _share(y, low, high) / 100)
        parts += [_line(0, at, 100, at, LINE), _text(0, at - 3, _number(y), color=SOFT, size=12)]
    drawn = "".join(_polyline(line, (left, right), (low, high)) for line in lines)
    parts.append(
        f'<svg x="8%" y="{top}" width="90%" height="{height}" viewBox="0 0 1000 1000" '
        f'preserveAspectRatio="none">{drawn}</svg>'
    )
    below = [
        _text(_share(x, left, right), 18, _number(x), anchor="middle", color=SOFT, size=12)
        for x in xs
        if x <= right
    ]
    parts.append(_pane(8, top + height, 90, 20, below))
    parts.append(_text(100, top + height + 38, x_label, anchor="end", color=SOFT, size=12))
    return _picture(title, top + height + 44, parts)


def histogram(
    edges: Sequence[float],
    counts: Sequence[int],
    *,
    title: str,
    x_label: str,
    ticks: Mapping[float, str],
    cut: float | None = None,
    cut_says: str = "",
) -> str:
    """Draw counts between `edges`; what lies from `cut` on is in color, the rest is grey."""
    left, right, most, top, height = edges[0], edges[-1], max(counts, default=0) or 1, 24, 150
    inside = []
    for a, b, number in zip(edges, edges[1:], counts, strict=False):
        tall = height * number / most
        color = MUTED if cut is not None and a < cut - 1e-9 else ACCENT
        x, width = _share(a, left, right), _share(b, left, right) - _share(a, left, right)
        inside.append(_bar(x + 0.4, top + height - tall, width - 0.8, tall, color, f"{number:,}"))
        if len(counts) <= 8:
            inside.append(
                _text(x + width / 2, top + height - tall - 5, f"{number:,}", anchor="middle", size=12)
            )
    inside.append(_line(0, top + height, 100, top + height, SOFT))
    if cut is not None:
        at = _share(cut, left, right)
        anchor = "end" if at > 50 else "start"
        inside.append(_line(at, 4, at, top + height, ALARM, width=1.5))
        inside.append(
            _text(at + (-1.5 if at > 50 else 1.5), 14, cut_says, anchor=anchor, color=ALARM, size=12)
        )
    for x, words in ticks.items():
        inside.append(
            _text(_share(x, left, right), top + height + 17, words, anchor="middle", color=SOFT, size=12)
        )
    below = _text(100, top + height + 36, x_label, anchor="end", color=SOFT, size=12)
    return _picture(title, top + height + 42, [_pane(3, 0, 94, top + height + 20, inside), below])


def bars(values: Mapping[str, float], *, title: str, digits: int = 0, unit: str = "", good: str = "") -> str:
    """Draw one horizontal bar per name, its number behind it; with `good`, all other names are in alarm."""
    most = max(values.values(), default=0.0) or 1.0
    parts = []
    for i, (name, value) in enumerate(values.items()):
        parts += [
            _text(0, 24 * i + 16, name),
            _bar(40, 24 * i + 5, 42 * value / most, 14, ALARM if good and name != good else ACCENT, name),
            _text(41.5 + 42 * value / most, 24 * i + 16, f"{value:,.{digits}f}{unit}", color=SOFT, size=12),
        ]
    return _picture(title, 24 * len(values), parts)


def heat_map(table: Mapping[str, Mapping[str, int]], columns: Sequence[str], *, title: str) -> str:
    """Draw a coverage table, darker where there is more; an empty cell is crossed.

    `table` maps each row's name to its counts by column, in the order to draw.
    """
    most = max((n for row in table.values() for n in row.values()), default=0) or 1
    step = 100 / max(len(columns), 1)
    top, gutter, wide, high, margin = 86, 140, 34, 20, 36
    heads = [
        f'<svg x="{(j + 0.5) * step:.2f}%" y="{top - 6}" overflow="visible">'
        f'<text transform="rotate(-65)" font-size="12" fill="{SOFT}">{escape(name)}</text></svg>'
        for j, name in enumerate(columns)
    ]
    cells = [
        _cell(table[row].get(column, 0), most, j * step, top + high * i, step)
        for i, row in enumerate(table)
        for j, column in enumerate(columns)
    ]
    names = [_text(0, top + high * i + 15, row, size=12) for i, row in enumerate(table)]
    # Gutter and margin are shares too, of a width below which the picture scrolls inside its box.
    least = gutter + wide * len(columns) + margin
    pane = _pane(
        100 * gutter / least,
        0,
        100 * wide * len(columns) / least,
        top + high * len(table),
        [*heads, *cells],
    )
    return _picture(title, top + high * len(table) + 2, [*names, pane], min_width=least)


def _cell(number: int, most: int, x: float, y: float, width: float) -> str:
    if not number:
        return _text(x + width / 2, y + 14, "×", anchor="middle", color=ALARM, size=12)
    # The root: a few crowded cells would else leave all others white.
    strength = 0.1 + 0.9 * math.sqrt(number / most)
    words = f"{number:,}" if number < 1000 else f"{number / 1000:.0f}k"
    color = "#fff" if strength > 0.55 else INK
    shade = f'fill-opacity="{strength:.2f}"'
    return (
        f'<rect x="{x + 0.15:.2f}%" y="{y + 1}" width="{width - 0.3:.2f}%" height="18" fill="{ACCENT}" {shade}/>'
        + _text(x + width / 2, y + 14, words, anchor="middle", color=color, size=11)
    )


def _legend(line: Curve, i: int) -> str:
    x, y = 50 * (i % 2), 22 * (i // 2) + 11
    dash = ' stroke-dasharray="5 3"' if line.dashed else ""
    swatch = f'<svg x="{x}%" y="0" overflow="visible"><line x1="0" x2="22" y1="{y}" y2="{y}"'
    swatch += f' stroke="{line.color}" stroke-width="3"{dash}/>'
    return f'{swatch}<text x="28" y="{y + 5}" font-size="13">{escape(line.label)}</text></svg>'


def _polyline(line: Curve, x_span: tuple[float, float], y_span: tuple[float, float]) -> str:
    points = " ".join(
        f"{10 * _share(x, *x_span):.1f},{1000 - 10 * _share(y, *y_span):.1f}" for x, y in line.points
    )
    dash = ' stroke-dasharray="5 3"' if line.dashed else ""
    return (
        f'<polyline points="{points}" fill="none" stroke="{line.color}" stroke-width="1.8" '
        f'stroke-linejoin="round" vector-effect="non-scaling-stroke"{dash}/>'
    )


def _picture(title: str, height: float, parts: Iterable[str], *, min_width: int = 0) -> str:
    style = f' style="min-width:{min_width}px"' if min_width else ""
    return (
        f'<svg width="100%" height="{height:.0f}" role="img" aria-label={quoteattr(title)} font-size="13" '
        f'fill="{INK}"{style}><title>{escape(title)}</title>{"".join(parts)}</svg>'
    )


def _pane(x: float, y: float, width: float, height: float, parts: Iterable[str]) -> str:
    """A part of the picture with percentages of its own; what stands at its edge is not cut."""
    return (
        f'<svg x="{x:.2f}%" y="{y:.1f}" width="{width:.2f}%" height="{height:.1f}" overflow="visible">'
        f"{''.join(parts)}</svg>"
    )


def _text(
    x: float,
    y: float,
    words: str,
    *,
    anchor: str = "start",
    color: str = "",
    size: int = 0,
    weight: str = "",
) -> str:
    extra = f' text-anchor="{anchor}"' if anchor != "start" else ""
    extra += f' fill="{color}"' if color else ""
    extra += f' font-size="{size}"' if size else ""
    extra += f' font-weight="{weight}"' if weight else ""
    return f'<text x="{x:.2f}%" y="{y:.1f}"{extra}>{escape(words)}</text>'


def _bar(x: float, y: float, width: float, height: float, color: str, says: str) -> str:
    return (
        f'<rect x="{x:.2f}%" y="{y:.1f}" width="{max(width, 0):.2f}%" height="{height:.1f}" fill="{color}">'
        f"<title>{escape(says)}</title></rect>"
    )


def _line(x1: float, y1: float, x2: float, y2: float, color: str, *, width: float = 1) -> str:
    return (
        f'<line x1="{x1:.2f}%" y1="{y1:.1f}" x2="{x2:.2f}%" y2="{y2:.1f}" stroke="{color}" '
        f'stroke-width="{width}"/>'
    )


def _share(value: float, low: float, high: float) -> float:
    """Return where `value` lies between `low` and `high`, in percent."""
    return 100 * (value - low) / (high - low) if high > low else 0.0


def _ticks(low: float, high: float, most: int = 5) -> list[float]:
    """Return at most `most` round numbers (steps of 1, 2 or 5) from `low` to `high`."""
    if high <= low:
        return [low]
    step = _step(high - low, most)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [round(i * step, 10) for i in range(first, last + 1)]


def _step(span: float, most: int = 5) -> float:
    """Return the smallest round step of which at most `most` - 1 fit into `span`."""
    power: float = 10 ** math.floor(math.log10(span / most))
    return next(power * k for k in (1, 2, 5, 10, 20) if span / (power * k) <= most - 1)


def _span_ticks(values: Sequence[float]) -> list[float]:
    """Return round numbers that enclose all values."""
    low, high = min(values), max(values)
    step = _step(high - low if high > low else 1.0)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(i * step, 10) for i in range(first, max(last, first + 1) + 1)]


def _number(value: float) -> str:
    """Write a tick without needless zeros: 0.5, 20, 1,000."""
    return f"{value:,.10g}"
