"""The posts of a Stack Exchange dump's Posts.xml, one after another, each as the bytes of its `<row .../>`.

The dumps hold one row a line (https://archive.org/details/stackexchange), and a line tells its id and the type of
its post at its beginning, so that most rows need no parser. A file that begins in another way, or whose first row
is not alone on its line, goes through a parser, which writes its rows in the dumps' form.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from hornbook.errors import UsageError
from hornbook.unpacked import unpacked

QUESTION, ANSWER = b"1", b"2"
_ROW = re.compile(rb'\s*<row Id="([0-9]{1,18})" PostTypeId="([0-9]+)"')
_HEAD = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>)?\s*(?:<posts>)?\s*")
_END = re.compile(rb"\s*</posts>\s*|\s*")
_BUFFER = 1 << 20


@dataclass(frozen=True, slots=True)
class Post:
    """A row of the file."""

    id: int
    type: bytes
    """QUESTION, ANSWER, or a number that stands for pages about tags and elections."""
    line: bytes


@dataclass(frozen=True, slots=True)
class Misfit:
    """A line that is no row, in a file of one row a line."""

    number: int
    line: bytes


def read_posts(path: Path) -> Iterator[Post | Misfit]:
    """Yield the posts of a file in order; .gz, .bz2 and .zst are unpacked on the way.

    Raises UsageError when there is no such file, or none of a dump's, and when an archive or the XML is damaged.
    """
    if not path.is_file():
        raise UsageError(f"no file at {str(path)!r}; give the Posts.xml of a Stack Exchange dump")
    is_by_line = _is_by_line(path)
    with path.open("rb", _BUFFER) as raw, unpacked(raw, path) as file:
        yield from _lines(file) if is_by_line else _parsed(file, path)


def attributes(line: bytes) -> Mapping[str, str]:
    """Return what a row says, by name. Raises ValueError when it is not XML."""
    try:
        return ET.fromstring(line).attrib
    except ET.ParseError as error:
        raise ValueError(str(error)) from None


def _is_by_line(path: Path) -> bool:
    """Say whether the first row of a file is alone on its line."""
    with path.open("rb") as raw, unpacked(raw, path) as file:
        first = next((line for line in file if not _HEAD.fullmatch(line)), None)
    return first is None or _row_of(first) is not None


def _row_of(line: bytes) -> re.Match[bytes] | None:
    """Return id and type of a line that is one row and nothing else."""
    match = _ROW.match(line)
    # A value holds no bare "<", so a second one is a second element.
    if match is None or not line.endswith((b"/>\n", b"/>\r\n", b"/>")) or line.find(b"<", match.end()) >= 0:
        return None
    return match


def _lines(file: BinaryIO) -> Iterator[Post | Misfit]:
    for number, line in enumerate(file, start=1):
        if match := _row_of(line):
            yield Post(int(match[1]), match[2], line)
        elif not (_END.fullmatch(line) or _HEAD.fullmatch(line)):
            yield Misfit(number, line)


def _parsed(file: BinaryIO, path: Path) -> Iterator[Post | Misfit]:
    events = ET.iterparse(file, events=("start", "end"))
    try:
        _, root = next(events)
        if root.tag != "posts":
            raise UsageError(f"{path} holds <{root.tag}>, not <posts>: give the Posts.xml of a dump")
        for number, element in enumerate((e for event, e in events if event == "end" and e is not root), 1):
            yield _as_written(number, element)
            root.clear()
    except (ET.ParseError, StopIteration) as error:
        raise UsageError(f"{path} is not XML to its end ({error}); unpack or fetch it again") from error


def _as_written(number: int, element: ET.Element) -> Post | Misfit:
    """Return a row as the dumps write it: id and type first, no line's end in a value."""
    names = sorted(element.attrib, key=lambda name: {"Id": 0, "PostTypeId": 1}.get(name, 2))
    row = ET.Element("row", {name: element.attrib[name] for name in names})
    line = ET.tostring(row, encoding="utf-8") + b"\n"
    match = _ROW.match(line) if element.tag == "row" else None
    return Post(int(match[1]), match[2], line) if match else Misfit(number, ET.tostring(element))
