"""People as judges: a sheet (CSV) goes out with texts and empty labels, and comes back filled in.

Any spreadsheet opens it: UTF-8 with a byte order mark, one row a unit, columns `id`, `text`, `label`, `note` and
`label_chance`. What comes back is read strictly: each label that is none, each unit that is unknown or stands
there twice is named with its line. Two people's sheets give kappa and a list of disagreements, which is a sheet
again, so that a third can resolve them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from hornbook.errors import UsageError
from hornbook.pool import write_atomically
from hornbook.record import Record
from hornbook.value.agreement import MOST_POINTS, Agreement, agreement
from hornbook.value.judges import Judged, Unjudged
from hornbook.value.sampling import CHANCE

_NEEDED = ("id", "label")
_COLUMNS = ("id", "text", "label", "note", CHANCE)
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")
_MOST_SHOWN = 5
_LONGEST_FIELD = 1 << 27
"""Characters; Python's own limit of 131,072 is less than a long file's text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What one person filled in."""

    name: str
    """The file's name without its ending: who labelled."""
    labels: Mapping[str, int]
    """By unit id, of the rows that have a label."""
    notes: Mapping[str, str]
    chances: Mapping[str, float]
    """Of all rows that say one."""
    unlabelled: tuple[str, ...]
    """Ids of the rows whose label is empty."""


def write_sheet(
    path: Path, units: Iterable[tuple[Record, float]], said: Mapping[str, Sequence[str]] | None = None
) -> int:
    """Write records, each with the chance that it had, as rows without a label; return how many.

    `said` has what each person said of each unit, for a sheet of disagreements: it comes into `note`.
    """
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(_COLUMNS)
    num = 0
    for record, chance in units:
        note = " | ".join(said[record.id]) if said else ""
        writer.writerow([record.id, _inert(record.text), "", _inert(note), repr(chance)])
        num += 1
    write_atomically(path, text.getvalue().encode("utf-8-sig"))
    return num


def _inert(text: str) -> str:
    """Keep a spreadsheet from taking a text, such as one that begins with a decorator, for a formula."""
    return f"'{text}" if text.startswith(_FORMULAS) else text


def read_sheet(path: Path) -> Sheet:
    """Read a sheet, separated by commas, semicolons or tabs. Raises UsageError that names every fault's line."""
    rows, numbers = _rows(path)
    faults, labels, notes, chances = list[str](), dict[str, int](), dict[str, str](), dict[str, float]()
    lines, unlabelled = dict[str, int](), list[str]()
    for row, number in zip(rows, numbers, strict=True):
        id_, label = (row.get("id") or "").strip(), (row.get("label") or "").strip()
        fault = _fault(id_, label, lines)
        try:
            chances[id_] = _chance(row)
        except ValueError as error:
            fault = fault or str(error)
        if fault:
            faults.append(f"line {number}: {fault}")
            continue
        lines[id_] = number
        notes |= {id_: note} if (note := (row.get("note") or "").strip()) else {}
        if label:
            labels[id_] = int(float(label))
        else:
            unlabelled.append(id_)
    _refuse(path, faults)
    return Sheet(name=path.stem, labels=labels, notes=notes, chances=chances, unlabelled=tuple(unlabelled))


def _rows(path: Path) -> tuple[list[dict[str, str]], list[int]]:
    """Return the rows by column, and the line in which each one ends."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise UsageError(f"no sheet at {str(path)!r}; `--by csv` without --labels writes one") from None
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: not UTF-8 (byte {error.start:,}); save it as 'CSV UTF-8'") from None
    header = text.partition("\n")[0]
    delimiter = max(",;\t", key=header.count)
    csv.field_size_limit(_LONGEST_FIELD)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        if missing := [name for name in _NEEDED if name not in (reader.fieldnames or ())]:
            raise UsageError(
                f"{path}: no column {missing[0]!r} in its first line ({header.strip()[:80]!r}); keep the columns "
                "of the sheet that was written"
            )
        found = [(row, reader.line_num) for row in reader]
    except csv.Error as error:
        raise UsageError(
            f"{path}, line {reader.reader.line_num}: no CSV ({error}); save the sheet again"
        ) from None
    return [row for row, _ in found], [number for _, number in found]


def _fault(id_: str, label: str, lines: Mapping[str, int]) -> str:
    if not id_:
        return "no id; keep the ids of the sheet that was written"
    if id_ in lines:
        return f"unit {id_} stands in line {lines[id_]} already; remove one of the rows"
    try:
        is_label = not label or float(label) in range(MOST_POINTS + 1)
    except ValueError:
        is_label = False
    return "" if is_label else f"label {label[:20]!r} is no whole number from 0 to {MOST_POINTS}"


def _chance(row: Mapping[str, str]) -> float:
    text = (row.get(CHANCE) or "").strip()
    try:
        chance = float(text.replace(",", ".")) if text else 1.0
    except ValueError:
        chance = 0.0
    if not 0 < chance <= 1:
        raise ValueError(
            f"{CHANCE} {text[:20]!r} is no number above 0 and up to 1; leave it as it was written"
        )
    return chance


def _refuse(path: Path, faults: Sequence[str]) -> None:
    if faults:
        more = f"; and {len(faults) - _MOST_SHOWN} more" if len(faults) > _MOST_SHOWN else ""
        raise UsageError(f"{path}: {'; '.join(faults[:_MOST_SHOWN])}{more}")


class HumanJudge:
    """One or two people who filled in sheets, and perhaps one that resolved what they disagree about."""

    def __init__(
        self, sheets: Sequence[Sheet], records: Iterable[Record], resolved: Sheet | None = None
    ) -> None:
        """Take the labels of `sheets`, one or two, about `records`, those of which texts will be judged.

        Raises UsageError for more than two, for two of one name, and for units that are no `records`.
        """
        if len(sheets) not in (1, 2):
            raise UsageError(f"{len(sheets)} sheets: one person's or two people's labels make a judge")
        if len({sheet.name for sheet in sheets}) < len(sheets):
            raise UsageError(
                f"two sheets are named {sheets[0].name!r}: the names say who labelled; rename one"
            )
        self._sheets, self._resolved = sheets, resolved
        self._ids = {record.text: record.id for record in records}
        known = set(self._ids.values())
        for sheet in (*sheets, *([resolved] if resolved else [])):
            if strange := [id_ for id_ in (*sheet.labels, *sheet.unlabelled) if id_ not in known]:
                raise UsageError(
                    f"{sheet.name}: {len(strange)} units are not in the data, first {strange[0]}; give the file "
                    "or folder from which the sheet was drawn, with the same --column"
                )
        self.name = " and ".join(sheet.name for sheet in sheets)

    @property
    def agreement(self) -> Agreement | None:
        """How far two people agree; None for one."""
        return agreement(self._sheets[0].labels, self._sheets[1].labels) if len(self._sheets) == 2 else None

    @property
    def said(self) -> dict[str, list[str]]:
        """What each person gave each unit and noted, as "anna: 3, too long"."""
        found: dict[str, list[str]] = {}
        for sheet in self._sheets:
            for id_, label in sheet.labels.items():
                note = sheet.notes.get(id_, "")
                found.setdefault(id_, []).append(f"{sheet.name}: {label}" + (f", {note}" if note else ""))
        return found

    def judge(self, texts: Sequence[str]) -> list[Judged | Unjudged]:
        """Return the people's label of each text: `not_labelled` where one of them gave none,
        `judges_disagree` where two gave different ones and nobody resolved it."""
        said = self.said
        return [self._judged(self._ids.get(text, ""), said) for text in texts]

    def _judged(self, id_: str, said: Mapping[str, Sequence[str]]) -> Judged | Unjudged:
        labels = tuple(sheet.labels[id_] for sheet in self._sheets if id_ in sheet.labels)
        if len(labels) < len(self._sheets):
            missing = next(sheet.name for sheet in self._sheets if id_ not in sheet.labels)
            return Unjudged(reason="not_labelled", detail=f"{missing} gave no label")
        passes = labels if len(labels) == 2 else ()
        if len(set(labels)) == 1:
            return Judged(label=float(labels[0]), reason=self._note(id_, self._sheets), passes=passes)
        if self._resolved is not None and id_ in self._resolved.labels:
            note = self._note(id_, [self._resolved])
            tags = {"value_resolved_by": self._resolved.name}
            return Judged(label=float(self._resolved.labels[id_]), reason=note, tags=tags, passes=passes)
        return Unjudged(reason="judges_disagree", detail=" | ".join(said[id_]))

    def _note(self, id_: str, sheets: Sequence[Sheet]) -> str:
        return " | ".join(sheet.notes[id_] for sheet in sheets if id_ in sheet.notes)
