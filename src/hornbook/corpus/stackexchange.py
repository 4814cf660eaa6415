"""Questions of a Stack Exchange dump with the answers that their askers accepted, as pages of Markdown.

The file is read twice: for the questions with the tag, which go into a temporary file, and for their answers,
each of which is joined with its question there. Memory holds 17 bytes for each question, about 50 while they are
sorted; disk holds the questions.

Questions without the tag or without an accepted answer are not asked for, and are not counted. Of those that are,
each becomes a record, or is rejected: answer_missing, broken_row, low_score, no_python. A line that is no row at
all is rejected too, whatever it was.

The content is licensed CC BY-SA, which demands a link, and the author's name where one is given
(https://stackoverflow.com/help/licensing). Nothing else about a person is kept.
"""

from __future__ import annotations

import re
import tempfile
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import numpy as np

from hornbook.corpus.html_markdown import Passage, to_markdown
from hornbook.corpus.licenses import UNKNOWN
from hornbook.corpus.posts import ANSWER, QUESTION, Misfit, Post, attributes, read_posts
from hornbook.corpus.redaction import beginning
from hornbook.errors import UsageError
from hornbook.record import Record, Rejected

STAGE = "corpus"
_SITE = re.compile(
    r"(?:[a-z0-9-]+\.)*(?:stackexchange|stackoverflow|superuser|serverfault|askubuntu|stackapps)\.com"
    r"|(?:[a-z]+\.)?mathoverflow\.net"
)
_ACCEPTED = re.compile(rb' AcceptedAnswerId="([0-9]{1,18})"')
_LICENSE = re.compile(r"CC[ -]BY-SA[ -]([0-9]\.[0-9])")
_SHOWN = 10_000
"""Bytes of a row that cannot be read."""
_SINCE = (("2018-05-02", "4.0"), ("2011-04-08", "3.0"), ("", "2.5"))
"""The first day of each version of the licence (the same page), for dumps without the column."""


def read_stackexchange(
    path: Path, *, tag: str = "python", least_score: int = 0, needs_python: bool = False, site: str = ""
) -> Iterator[Record | Rejected]:
    """Yield the accepted answers to questions with a tag, each behind its question, in the order of the answers.

    `least_score` is of the answer; with `needs_python` a block of code in it has to parse as Python. `site` is
    what links begin with (stackoverflow.com); when it is empty, the name of the file or its folder tells it.
    Raises UsageError when neither tells the site, or the file is not a dump's Posts.xml.
    """
    pages = _Pages(site or _site_of(path), least_score, needs_python)
    with tempfile.TemporaryFile() as store:
        waiting = _Waiting()
        for post in read_posts(path):
            if isinstance(post, Misfit):
                yield pages.broken(post.line, f"line {post.number:,} is no row")
            elif (
                post.type == QUESTION
                and (accepted := _ACCEPTED.search(post.line))
                and _has_tag(post.line, tag)
            ):
                waiting.add(int(accepted[1]), store.tell())
                store.write(post.line.rstrip() + b"\n")
        waiting.sort()
        for post in read_posts(path):
            if isinstance(post, Post) and post.type == ANSWER:
                for place in waiting.take(post.id):
                    yield pages.page(_line_at(store, place), post.line)
        for place in waiting.left():
            yield pages.page(_line_at(store, place), b"")


def _line_at(store: IO[bytes], place: int) -> bytes:
    store.seek(place)
    return store.readline()


def _has_tag(line: bytes, tag: str) -> bool:
    """Say whether a question has a tag: they are written "|python|list|", in older dumps "<python><list>"."""
    begin = line.rfind(b' Tags="')
    if begin < 0:
        return False
    tags = line[begin + 7 : line.index(b'"', begin + 7)].replace(b"&lt;", b"|").replace(b"&gt;", b"|")
    return b"|%b|" % tag.encode() in tags.replace(b">", b"|")


def _site_of(path: Path) -> str:
    full = path.resolve()
    for name in (full.name, full.parent.name):
        if found := _SITE.match(name):
            return found[0]
    raise UsageError(
        f"which site is {path} from? Its pages have to link to it: name the folder after the site "
        "(stackoverflow.com/Posts.xml, codereview.stackexchange.com/Posts.xml)"
    )


class _Waiting:
    """Questions by the number of the answer that they wait for."""

    def __init__(self) -> None:
        self._answers = array("q")
        self._places = array("q")
        self._is_taken = bytearray()

    def add(self, answer: int, place: int) -> None:
        self._answers.append(answer)
        self._places.append(place)

    def sort(self) -> None:
        """Make ready for `take`; questions that wait for one answer stay in order."""
        answers = np.frombuffer(self._answers, np.int64)
        order = np.argsort(answers, kind="stable")
        self._answers = array("q", answers[order].tobytes())
        self._places = array("q", np.frombuffer(self._places, np.int64)[order].tobytes())
        self._is_taken = bytearray(len(order))

    def take(self, answer: int) -> Iterator[int]:
        """Yield the places of the questions that wait for an answer; each is given once."""
        at = bisect_left(self._answers, answer)
        while at < len(self._answers) and self._answers[at] == answer:
            if not self._is_taken[at]:
                self._is_taken[at] = True
                yield self._places[at]
            at += 1

    def left(self) -> list[int]:
        """Return the places of the questions that were not taken, in order."""
        return sorted(p for p, is_taken in zip(self._places, self._is_taken, strict=True) if not is_taken)


@dataclass(frozen=True, slots=True)
class _Pages:
    """Makes records of rows."""

    site: str
    least_score: int
    needs_python: bool

    def broken(self, line: bytes, detail: str) -> Rejected:
        """Return a row that cannot be read, as much of it as helps to find it."""
        text = beginning(line.decode(errors="backslashreplace").strip(), _SHOWN)
        record = Record(text=text, kind="textbook", source=f"https://{self.site}", license=UNKNOWN)
        return Rejected(record, STAGE, "broken_row", detail)

    def page(self, question_line: bytes, answer_line: bytes) -> Record | Rejected:
        """Return question and answer as one record; without `answer_line` the answer is missing."""
        try:
            question = self._part(question_line)
            answer = self._part(answer_line) if answer_line else None
        except KeyError as error:
            return self.broken(question_line + answer_line, f"there is no {error}")
        except ValueError as error:
            return self.broken(question_line + answer_line, f"{error}")
        if answer is None:
            record = self._record(question, question)
            detail = f"{self.site} has no answer {question.row['AcceptedAnswerId']} in this file"
            return Rejected(record, STAGE, "answer_missing", detail)
        record = self._record(question, answer)
        if answer.score < self.least_score:
            return Rejected(record, STAGE, "low_score", f"{answer.score} is less than {self.least_score}")
        if self.needs_python and not answer.body.python:
            return Rejected(record, STAGE, "no_python", "no block of the answer parses as Python")
        return record

    def _part(self, line: bytes) -> _Part:
        row = attributes(line)
        return _Part(row, int(row.get("Score", 0)), to_markdown(row["Body"]), int(row["Id"]))

    def _record(self, question: _Part, answer: _Part) -> Record:
        title = " ".join(question.row.get("Title", "").split())
        parts = [f"# {title}"] * bool(title) + [question.body.markdown]
        tags = {"unit": "answer", "question": f"https://{self.site}/q/{question.id}"}
        tags["question_author"] = self._author(question.row)
        tags["topics"] = " ".join(re.findall(r"[^<>|]+", question.row.get("Tags", "")))
        scores = {"question_score": float(question.score)}
        if answer is not question:
            parts += ["## Answer", answer.body.markdown]
            tags |= {
                "answer": f"https://{self.site}/a/{answer.id}",
                "answer_author": self._author(answer.row),
            }
            scores["answer_score"] = float(answer.score)
        return Record(
            text="\n\n".join(part for part in parts if part) + "\n",
            kind="textbook",
            source=tags.get("answer", tags["question"]),
            license=" AND ".join(sorted({_license(question.row), _license(answer.row)})),
            tags=tags,
            scores=scores,
        )

    def _author(self, row: Mapping[str, str]) -> str:
        """Return whom to credit: the profile, which shows the name; the name where there is no profile."""
        user = row.get("OwnerUserId")
        return f"https://{self.site}/users/{user}" if user else row.get("OwnerDisplayName", "anonymous")


@dataclass(frozen=True, slots=True)
class _Part:
    """A post that was read."""

    row: Mapping[str, str]
    score: int
    body: Passage
    id: int


def _license(row: Mapping[str, str]) -> str:
    stated, day = row.get("ContentLicense"), row.get("CreationDate", "")[:10]
    if stated is not None:
        version = _LICENSE.fullmatch(stated)
        return f"CC-BY-SA-{version[1]}" if version else UNKNOWN
    return next(f"CC-BY-SA-{version}" for since, version in _SINCE if day >= since) if day else UNKNOWN
