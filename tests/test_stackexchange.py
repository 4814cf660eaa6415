"""A Stack Exchange dump: every question asked for meets its answer, wherever both stand in the file."""

from __future__ import annotations

import bz2
import gzip
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hornbook.corpus.stackexchange import read_stackexchange
from hornbook.errors import UsageError
from hornbook.record import Record, Rejected

HEAD = '<?xml version="1.0" encoding="utf-8"?>\n<posts>\n'
END = "</posts>"


def row(number: int, type_: int, body: str = "<p>text</p>", **more: object) -> str:
    values = {"Id": number, "PostTypeId": type_, "Score": 1, "Body": body} | more
    named = (
        f'{name}="{escape(str(v), {chr(10): "&#xA;", chr(34): "&quot;"})}"' for name, v in values.items()
    )
    return f"  <row {' '.join(named)} />\n"


def question(number: int, accepted: int | None, tags: str = "|python|list|", **more: Any) -> str:
    chosen = {} if accepted is None else {"AcceptedAnswerId": accepted}
    return row(number, 1, **chosen, Title=f"Question {number}?", Tags=tags, **more)


def dump(folder: Path, rows: Sequence[str], site: str = "stackoverflow.com") -> Path:
    path = folder / site / "Posts.xml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(HEAD + "".join(rows) + END, encoding="utf-8")
    return path


def test_a_question_stands_before_its_accepted_answer_with_what_the_licence_demands(tmp_path: Path) -> None:
    rows = [
        question(
            4, 7, body="<p>How <b>long</b>?</p>\n", OwnerUserId=8, ContentLicense="CC BY-SA 2.5", Score=12
        ),
        row(6, 2, "<p>No.</p>", ParentId=4),
        row(
            *(7, 2, "<p>So:</p>\n\n<pre><code>n = len(x)\n</code></pre>\n"),
            **{"OwnerDisplayName": "Ada <L>", "ContentLicense": "CC BY-SA 4.0", "Score": 30},
        ),
    ]
    (record,) = read_stackexchange(dump(tmp_path, rows))
    assert isinstance(record, Record)
    assert record.text == (
        "# Question 4?\n\nHow **long**?\n\n## Answer\n\nSo:\n\n```python\nn = len(x)\n```\n"
    )
    assert (record.kind, record.license) == ("textbook", "CC-BY-SA-2.5 AND CC-BY-SA-4.0")
    assert record.source == "https://stackoverflow.com/a/7"
    assert record.tags == {
        "unit": "answer",
        "question": "https://stackoverflow.com/q/4",
        "question_author": "https://stackoverflow.com/users/8",
        "answer": "https://stackoverflow.com/a/7",
        "answer_author": "Ada <L>",
        "topics": "python list",
    }
    assert record.scores == {"question_score": 12, "answer_score": 30}


def test_only_questions_with_the_tag_and_an_accepted_answer_are_asked_for(tmp_path: Path) -> None:
    rows = [
        *(
            question(1, 11),
            question(2, 12, "|python-3.x|"),
            question(3, None),
            question(4, 14, "<c#><python>"),
        ),
        *(row(n, 2) for n in (11, 12, 13, 14)),
        row(20, 4, Tags="|python|"),
        question(5, 15, "|c++|", body='<p>a Tags="|python|" in prose</p>'),
        row(15, 2),
    ]
    path = dump(tmp_path, rows)
    assert [r.source[-4:] for r in records(path)] == ["a/11", "a/14"]
    assert [r.source[-4:] for r in records(path, tag="c++")] == ["a/15"]


def records(path: Path, **asked: Any) -> list[Record]:
    return [result for result in read_stackexchange(path, **asked) if isinstance(result, Record)]


@given(seed=st.integers(0, 10**6), count=st.integers(1, 12))
def test_the_order_of_rows_does_not_change_what_is_found(
    tmp_path_factory: pytest.TempPathFactory, seed: int, count: int
) -> None:
    draws = random.Random(seed)
    answers = draws.sample(range(100, 200), count)
    rows = [question(n, a, body=f"<p>{n}</p>") for n, a in enumerate(answers, 1)]
    rows += [row(a, 2, f"<p>{a}</p>", Score=draws.randint(-1, 1)) for a in answers if draws.random() < 0.8]
    found = []
    for _ in range(2):
        path = dump(tmp_path_factory.mktemp("dump"), rows)
        found.append(list(read_stackexchange(path)))
        draws.shuffle(rows)
    assert sorted(map(repr, found[0])) == sorted(map(repr, found[1]))
    assert len(found[0]) == count
    for result in found[0]:
        if isinstance(result, Record):
            number = int(result.tags["question"].rpartition("/")[2])
            assert result.text == f"# Question {number}?\n\n{number}\n\n## Answer\n\n{answers[number - 1]}\n"


def test_equal_files_give_equal_records_in_equal_order(tmp_path: Path) -> None:
    rows = [question(n, 100 - n) for n in range(1, 20)] + [row(n, 2) for n in range(81, 100)]
    path = dump(tmp_path, rows)
    assert [r.source for r in records(path)] == [f"https://stackoverflow.com/a/{n}" for n in range(81, 100)]
    assert records(path) == records(path)


@pytest.mark.parametrize(
    "respell",
    [
        lambda text: text.replace("\n", ""),
        lambda text: text.replace(" PostTypeId", "\n    PostTypeId"),
        lambda text: text.replace('"', "'").replace("<posts>", "<posts><!-- made by hand -->"),
        lambda text: text.replace("<row Id", "<row Kind='1' Id"),
        lambda text: "\ufeff" + text.replace("\n", "\r\n"),
    ],
)
def test_a_file_of_another_layout_gives_the_same_records(tmp_path: Path, respell: Any) -> None:
    rows = [question(1, 2, body="<p>it\u2019s</p>\n<pre><code>a = 1\n\nb\n</code></pre>"), row(2, 2)]
    path = dump(tmp_path, rows)
    before = list(read_stackexchange(path))
    text = path.read_text(encoding="utf-8")
    path.write_text(respell(text), encoding="utf-8")
    assert list(read_stackexchange(path)) == before


@pytest.mark.parametrize(
    "pack", [gzip.compress, bz2.compress, lambda c: pa.compress(c, "zstd", asbytes=True)]
)
def test_a_packed_file_gives_the_same_records(tmp_path: Path, pack: Any) -> None:
    path = dump(tmp_path, [question(1, 2), row(2, 2)])
    before = list(read_stackexchange(path))
    path.write_bytes(pack(path.read_bytes()))
    assert list(read_stackexchange(path)) == before


@pytest.mark.parametrize(
    ("rows", "reason", "detail"),
    [
        ([question(1, 2)], "answer_missing", "no answer 2 in this file"),
        ([question(1, 2), row(2, 1)], "answer_missing", "no answer 2 in this file"),
        ([question(1, 2), row(2, 2, Score=4)], "low_score", "4 is less than 5"),
        ([question(1, 2), row(2, 2, "<p>print</p>", Score=5)], "no_python", "no block of the answer"),
        ([question(1, 2), '  <row Id="2" PostTypeId="2" Body="a" Body="b" />\n'], "broken_row", "duplicate"),
        ([question(1, 2), '  <row Id="2" PostTypeId="2" Score="1" />\n'], "broken_row", "Body"),
        ([question(1, 2), row(2, 2, Score="high")], "broken_row", "high"),
        ([question(1, None), '  <row Id="2" Post\n'], "broken_row", "line 4 is no row"),
    ],
)
def test_what_was_asked_for_and_is_no_record_is_rejected(
    tmp_path: Path, rows: list[str], reason: str, detail: str
) -> None:
    (refused,) = read_stackexchange(dump(tmp_path, rows), least_score=5, needs_python=True)
    assert isinstance(refused, Rejected)
    assert (refused.stage, refused.reason) == ("corpus", reason)
    assert detail in refused.detail


def test_an_answer_with_python_that_parses_passes(tmp_path: Path) -> None:
    body = "<pre><code>print 1\n</code></pre><pre><code>&gt;&gt;&gt; 1 + 1\n2\n</code></pre>"
    rows = [question(1, 3), question(2, 4), row(3, 2, body), row(4, 2, body.split("</pre>")[0] + "</pre>")]
    kept, refused = read_stackexchange(dump(tmp_path, rows), needs_python=True)
    assert isinstance(kept, Record)
    assert isinstance(refused, Rejected)
    assert refused.reason == "no_python"


@pytest.mark.parametrize(
    ("day", "license_"),
    [
        ("2011-04-07T23:59:59.999", "CC-BY-SA-2.5"),
        ("2011-04-08T00:00:00.000", "CC-BY-SA-3.0"),
        ("2018-05-01T00:00:00.000", "CC-BY-SA-3.0"),
        ("2018-05-02T00:00:00.000", "CC-BY-SA-4.0"),
    ],
)
def test_the_day_tells_the_licence_where_the_dump_does_not(tmp_path: Path, day: str, license_: str) -> None:
    rows = [question(1, 2, CreationDate=day), row(2, 2, CreationDate=day)]
    (record,) = records(dump(tmp_path, rows))
    assert record.license == license_


def test_a_licence_that_is_another_is_not_taken_for_creative_commons(tmp_path: Path) -> None:
    rows = [question(1, 2, ContentLicense="MIT"), row(2, 2, ContentLicense="CC BY-SA 4.0")]
    (record,) = records(dump(tmp_path, rows))
    assert record.license == "CC-BY-SA-4.0 AND unknown"


@pytest.mark.parametrize(
    ("folder", "site"),
    [
        ("codereview.stackexchange.com", "codereview.stackexchange.com"),
        ("es.stackoverflow.com-Posts", "es.stackoverflow.com"),
        ("mathoverflow.net", "mathoverflow.net"),
    ],
)
def test_the_folder_tells_the_site(tmp_path: Path, folder: str, site: str) -> None:
    (record,) = records(dump(tmp_path, [question(1, 2), row(2, 2)], folder))
    assert record.source == f"https://{site}/a/2"


def test_pages_without_a_site_are_not_made_up(tmp_path: Path) -> None:
    path = dump(tmp_path, [question(1, 2), row(2, 2)], "dump")
    with pytest.raises(UsageError, match="name the folder after the site"):
        records(path)
    assert records(path, site="superuser.com")[0].source == "https://superuser.com/a/2"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"<users><row Id='1' /></users>", "holds <users>, not <posts>"),
        (b"PK\x03\x04", "is not XML"),
        (b"7z\xbc\xaf\x27\x1c", "7z x"),
        (gzip.compress(HEAD.encode() * 100, mtime=0)[:60], "archive is damaged"),
        (b"<posts><row Id='1'", "is not XML to its end"),
    ],
)
def test_what_is_no_dump_is_one_clear_line(tmp_path: Path, content: bytes, message: str) -> None:
    path = dump(tmp_path, [])
    path.write_bytes(content)
    with pytest.raises(UsageError, match=message):
        list(read_stackexchange(path))


def test_a_file_that_is_not_there_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no file at .*give the Posts.xml"):
        list(read_stackexchange(tmp_path / "Posts.xml", site="stackoverflow.com"))
