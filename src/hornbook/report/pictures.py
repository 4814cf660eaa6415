"""Pictures of a run as inline SVG: each function takes plain numbers and returns one `<svg>` element.

matplotlib is imported inside, because it costs 1.5 s and only the report needs it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

INK, GRID, ACCENT, MUTED, ALARM = "#1f2933", "#d9dee3", "#2563a8", "#9aa5b1", "#c2410c"
ARM_COLORS = ("#9aa5b1", "#5b8fc7", "#2f9e6e", "#c2410c", "#8a5cc2")


@dataclass(frozen=True, slots=True, kw_only=True)
class FunnelRow:
    """One step of the funnel."""

    name: str
    num_kept: int
    num_rejected: int


def funnel(rows: Sequence[FunnelRow]) -> str:
    """Draw kept and rejected records per step as stacked bars."""
    figure, axes = _figure(height=0.5 + 0.32 * len(rows))
    names = [row.name for row in rows]
    axes.barh(names, [row.num_kept for row in rows], color=ACCENT, label="kept")
    lefts = [row.num_kept for row in rows]
    axes.barh(names, [row.num_rejected for row in rows], left=lefts, color=ALARM, label="rejected")
    for i, row in enumerate(rows):
        axes.text(row.num_kept + row.num_rejected, i, f"  {row.num_kept:,}", va="center", fontsize=8)
    axes.invert_yaxis()
    axes.set_xlabel("records")
    axes.legend(frameon=False, fontsize=8, loc="lower right")
    return _svg(figure, "Records kept and rejected by each step")


def scores(arms: Mapping[str, Mapping[str, Mapping[str, float]]], groups: Sequence[str]) -> str:
    """Draw pass@1 with its interval for every arm, grouped by benchmark or rung."""
    figure, axes = _figure(height=3.2)
    for number, (arm, values) in enumerate(arms.items()):
        shown = [values[group] for group in groups]
        means = [100 * value["mean"] for value in shown]
        spans = [
            [100 * max(value["mean"] - value["low"], 0.0) for value in shown],
            [100 * max(value["high"] - value["mean"], 0.0) for value in shown],
        ]
        places = [i + 0.14 * (number - (len(arms) - 1) / 2) for i in range(len(groups))]
        color = ARM_COLORS[number % len(ARM_COLORS)]
        axes.errorbar(places, means, yerr=spans, fmt="o", ms=5, capsize=3, color=color, label=arm)
    axes.set_xticks(range(len(groups)), groups)
    axes.set_ylabel("pass@1, %")
    axes.set_ylim(bottom=0)
    axes.legend(frameon=False, fontsize=8)
    return _svg(figure, "pass@1 of every arm with 95 % intervals")


def losses(curves: Mapping[str, Sequence[tuple[float, float]]]) -> str:
    """Draw training loss against tokens, one line per training step."""
    figure, axes = _figure(height=3.2)
    for number, (name, points) in enumerate(curves.items()):
        color = ARM_COLORS[number % len(ARM_COLORS)]
        style = "--" if name.startswith("trunk") else "-"
        axes.plot(
            [t / 1e6 for t, _ in points], [y for _, y in points], style, color=color, lw=1.3, label=name
        )
    axes.set_xlabel("million tokens of the arm's budget")
    axes.set_ylabel("loss, nats per token")
    axes.legend(frameon=False, fontsize=8, ncols=2)
    return _svg(figure, "Training loss of every arm")


def histogram(edges: Sequence[float], counts: Sequence[int], *, label: str, cut: float | None = None) -> str:
    """Draw a histogram, with a line at `cut`."""
    figure, axes = _figure(height=2.4)
    widths = [b - a for a, b in zip(edges, edges[1:], strict=False)]
    axes.bar(edges[:-1], counts, width=widths, align="edge", color=ACCENT, edgecolor="white", linewidth=0.5)
    if cut is not None:
        axes.axvline(cut, color=ALARM, lw=1.5)
        axes.text(cut, max(counts, default=1), f" kept from {cut:.2f}", color=ALARM, fontsize=8, va="top")
    axes.set_xlabel(label)
    axes.set_ylabel("records")
    return _svg(figure, f"Histogram: {label}")


def bars(values: Mapping[str, float], *, label: str) -> str:
    """Draw one horizontal bar per name."""
    figure, axes = _figure(height=0.5 + 0.26 * len(values))
    axes.barh(list(values), list(values.values()), color=ACCENT)
    for i, value in enumerate(values.values()):
        axes.text(value, i, f" {value:,.1f}", va="center", fontsize=8)
    axes.invert_yaxis()
    axes.set_xlabel(label)
    return _svg(figure, label)


def heat_map(table: Mapping[str, Mapping[str, int]]) -> str:
    """Draw a coverage table: rows by columns, darker where there are more records, crossed where none."""
    rows = sorted(table)
    columns = sorted({column for row in table.values() for column in row})
    figure, axes = _figure(height=0.9 + 0.17 * len(rows))
    values = [[table[row].get(column, 0) for column in columns] for row in rows]
    axes.imshow(values, aspect="auto", cmap="Blues")
    for i, line in enumerate(values):
        for j, value in enumerate(line):
            if value == 0:
                axes.text(j, i, "×", ha="center", va="center", color=ALARM, fontsize=7)
    axes.set_yticks(range(len(rows)), rows, fontsize=6.5)
    axes.set_xticks(range(len(columns)), columns, rotation=40, ha="right", fontsize=7)
    axes.grid(False)
    return _svg(figure, "Records per cell of the coverage table")


def _figure(*, height: float) -> tuple[Any, Any]:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(7.2, height), layout="constrained")
    axes = figure.subplots()
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(color=GRID, lw=0.6)
    axes.set_axisbelow(True)
    axes.tick_params(labelsize=8, colors=INK)
    axes.xaxis.label.set_fontsize(8.5)
    axes.yaxis.label.set_fontsize(8.5)
    return figure, axes


def _svg(figure: Any, title: str) -> str:
    import matplotlib as mpl

    buffer = io.StringIO()
    # Text stays text (small, selectable); a fixed salt and no date make the picture reproducible.
    with mpl.rc_context({"svg.fonttype": "none", "font.family": "sans-serif", "svg.hashsalt": title}):
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Title": title})
    svg = re.sub(r"^.*?(?=<svg)", "", buffer.getvalue(), flags=re.DOTALL)
    # The picture scales with the page; element ids get the title in front, so pictures do not mix.
    prefix = re.sub(r"\W+", "-", title.lower())
    svg = re.sub(r'\sid="', f' id="{prefix}-', svg)
    svg = re.sub(r'(xlink:href="#|url\(#)', rf"\g<1>{prefix}-", svg)
    svg = re.sub(r'(<svg[^>]*?)\swidth="[^"]+"', r"\1", svg, count=1)
    svg = re.sub(r'(<svg[^>]*?)\sheight="[^"]+"', r'\1 role="img"', svg, count=1)
    return re.sub(r"<metadata>.*?</metadata>", "", svg, count=1, flags=re.DOTALL)
