"""`hornbook corpus add` and `stats` as a person types them."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hornbook.corpus.gather import Gather, gather
from hornbook.errors import QualityGate, UsageError
from hornbook.record import read_records, read_rejected, shards
from hornbook.run import run
from hornbook.step import Context, Step

HORNBOOK = [sys.executable, "-m", "hornbook", "corpus"]
INLINE = Context(workers=1, engine="inline")
CODE = '''\
import math
from .shapes import unit


def area(radius: float) -> float:
    """Return the area of a circle with that radius."""
    return math.pi * radius**2 * unit


class Circle:
    """A circle, which knows its radius and can tell its area."""

    def area(self) -> float:
        """Return the area, in square units, of this circle."""
        return area(self.radius)
'''


def corpus(*args: object) -> subprocess.CompletedProcess[str]:
    command = [*HORNBOOK, *map(str, args)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    folder = tmp_path / "repo"
    files = {
        "LICENSE": "Permission is hereby granted, free of charge, to any person obtaining a copy, sublicense, "
        "and/or sell",
        ".gitignore": "made/\n",
        "geometry/__init__.py": "",
        "geometry/circle.py": CODE,
        "geometry/gpl.py": "# SPDX-License-Identifier: GPL-3.0-only\n" + CODE,
        "geometry/mail.py": CODE + "# ann@acme.io\n",
        "made/left_out.py": CODE,
        "vendor/six.py": CODE,
        "broken.py": "def f(:\n" + CODE,
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


def test_a_folder_becomes_a_corpus_that_says_what_it_holds(repo: Path, tmp_path: Path) -> None:
    out = tmp_path / "corpus"
    done = corpus("add", repo, "--license", "MIT", "--out", out, "--format", "json")
    assert done.returncode == 0, done.stderr
    told = orjson.loads(done.stdout)
    assert told["licenses"] == {"MIT": 2} and told["redactions"] == {"email": 1}
    assert told["reasons"] == {"license_not_allowed": 1, "not_python": 1, "too_short": 1, "vendored": 1}
    assert told["num_read_by_source"] == {str(repo): 6}
    assert [r.source for r in read_records(out)] == ["repo/geometry/circle.py", "repo/geometry/mail.py"]
    counted = corpus("stats", out, "--format", "json")
    assert counted.returncode == 0, counted.stderr
    assert orjson.loads(counted.stdout).items() <= told.items()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["corpus", "repo"]


def test_the_tables_are_for_people(repo: Path, tmp_path: Path) -> None:
    done = corpus("add", repo, "--out", tmp_path / "corpus", "--workers", "1")
    assert done.returncode == 0, done.stderr
    assert "corpus: 3 records" in done.stdout and "GPL-3.0-only  1" in done.stdout
    assert "vendored" in done.stdout and "email" in done.stdout


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["nowhere"], "'nowhere' does not exist; give 'python'"),
        (["installed:no-such-thing"], "no distribution 'no-such-thing' is installed"),
        (["python", "--license", "MIT License"], "no SPDX licence, such as MIT"),
        (["python", "--license", "MIT", "--license", "GPLv9"], "--license: 'GPLv9' is no SPDX licence"),
        (["python", "--license", "MIT OR ISC"], "joins licences by OR; give each of them by itself"),
        (
            ["python", "--least-characters", "9", "--most-characters", "5"],
            "--least-characters 9 is more than --m",
        ),
        (["python", "--no-run"], "with --lifting plain nothing is run: leave it out, or lift self_contained"),
        (["python", "--license", "WTFPL"], "of 6"),
        (["{repo}/LICENSE"], "is a file of another kind; give"),
    ],
)
def test_a_mistake_is_one_line_and_leaves_nothing(
    args: list[str], says: str, repo: Path, tmp_path: Path
) -> None:
    done = corpus("add", *[arg.format(repo=repo) for arg in args], "--out", tmp_path / "corpus")
    assert done.returncode in (2, 3) and says in done.stderr, done.stderr
    assert "Traceback" not in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["repo"]


def test_a_folder_that_exists_is_never_written_to(repo: Path, tmp_path: Path) -> None:
    done = corpus("add", repo, "--out", tmp_path)
    assert done.returncode == 2 and "exists already" in done.stderr
    for strange in (repo, repo / "LICENSE"):
        done = corpus("stats", strange)
        assert done.returncode == 2 and "no records" in done.stderr and "Traceback" not in done.stderr


def test_after_ctrl_c_the_same_command_goes_on(tmp_path: Path) -> None:
    folder = tmp_path / "many"
    for i in range(5000):
        path = folder / f"{i // 100}" / f"m{i}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(CODE.replace("radius", f"radius_{i}"))
    out = tmp_path / "corpus"
    command = [*HORNBOOK, "add", str(folder), "--out", str(out), "--workers", "1"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        marks = tmp_path / ".corpus.partial" / "counts"
        while not list(marks.glob("*.json")) and process.poll() is None:
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
    assert process.returncode == 130 and "goes on with it" in said
    assert not out.exists() and list(marks.glob("*.json"))
    first = min(marks.iterdir()).stat().st_mtime_ns
    assert corpus("add", folder, "--out", out, "--workers", "2").returncode == 0
    assert min((out / "counts").iterdir()).stat().st_mtime_ns == first
    assert corpus("add", folder, "--out", tmp_path / "other", "--workers", "1").returncode == 0
    ours, anew = ([shard.read_bytes() for shard in shards(tmp_path / name)] for name in ("corpus", "other"))
    assert len(ours) == 5 and ours == anew


def test_definitions_come_with_their_imports_and_name_their_file(repo: Path, tmp_path: Path) -> None:
    cfg = Gather(sources=(str(repo / "geometry"),), units="definitions", licenses=("MIT", "unknown"))
    gather(cfg, out=tmp_path / "out", ctx=INLINE)
    found = {r.source: r for r in read_records(tmp_path / "out")}
    assert list(found)[:2] == ["geometry/circle.py:area", "geometry/circle.py:Circle"]
    assert found["geometry/circle.py:area"].text.startswith(
        "import math\nfrom geometry.shapes import unit\n\n\ndef area"
    )
    assert found["geometry/circle.py:Circle"].tags["unit"] == "class"
    files = tmp_path / "files"
    gather(cfg.model_copy(update={"units": "files"}), out=files, ctx=INLINE)
    ids = {r.source: r.id for r in read_records(files)}
    assert found["geometry/circle.py:area"].parents == (ids["geometry/circle.py"],)
    both = tmp_path / "both"
    gather(cfg.model_copy(update={"units": "both"}), out=both, ctx=INLINE)
    assert {r.source for r in read_records(both)} == {*found, *ids}


def test_self_contained_definitions_bring_what_they_need_or_are_rejected(tmp_path: Path) -> None:
    source = tmp_path / "code" / "shapes.py"
    source.parent.mkdir()
    source.write_text(
        "import math\n\nimport numpy\n\nSCALE = 2\n\n\n"
        "def scaled(length: float) -> float:\n    return SCALE * length\n\n\n"
        'def area(radius: float) -> float:\n    """Return the area of a circle, scaled."""\n'
        "    return math.pi * scaled(radius) ** 2\n\n\n"
        'def total(areas: list[float]) -> float:\n    """Return all areas together, as numpy adds them."""\n'
        "    return float(numpy.sum(areas))\n"
    )
    words = ("add", source.parent, "--units", "definitions", "--lifting", "self_contained")
    done = corpus(*words, "--least-characters", 40, "--out", tmp_path / "corpus")
    assert done.returncode == 0, done.stderr
    (area,) = read_records(tmp_path / "corpus")
    assert area.text.startswith("import math\n\n\nSCALE = 2") and "def scaled" in area.text
    assert area.tags["helpers"] == "SCALE scaled"
    (total,) = read_rejected(tmp_path / "corpus")
    assert (total.reason, total.detail) == ("not_self_contained", "not standard library: numpy")
    refused = corpus("add", source.parent, "--lifting", "self_contained", "--out", tmp_path / "other")
    assert refused.returncode == 2 and "lifting is about definitions" in refused.stderr


HALVES = (
    "import os\n\nHALF = 1 / 0\n\n\n"
    'def halved(number: float) -> float:\n    """Return half of a number, at least for those who try."""\n'
    "    return number * HALF\n\n\n"
    'def doubled(number: float) -> float:\n    """Return twice the number, whatever the number is."""\n'
    "    return number + number\n\n\n"
    "@os.no_such_thing\n"
    'def named(number: float) -> str:\n    """Return the name of a number, or what the number is called."""\n'
    "    return str(number)\n"
)


@pytest.mark.parametrize("units", ["definitions", "both"])
def test_lifted_units_that_fail_at_import_are_rejected_unless_they_are_not_to_be_run(
    units: str, tmp_path: Path
) -> None:
    source = tmp_path / "code" / "halves.py"
    source.parent.mkdir()
    source.write_text(HALVES)
    words = ("add", source.parent, "--units", units, "--lifting", "self_contained", "--workers", "1")
    done = corpus(*words, "--out", tmp_path / "corpus", "--format", "json")
    assert done.returncode == 0, done.stderr
    told = orjson.loads(done.stdout)
    assert told["reasons"] == {"attribute_error": 1, "raises_at_import": 1}
    assert told["num_failed_at_import"] == told["num_rejected"] == 2
    found = {one.record.source: (one.stage, one.detail) for one in read_rejected(tmp_path / "corpus")}
    assert found["code/halves.py:halved"] == ("importable", "ZeroDivisionError at line 1")
    files = [] if units == "definitions" else ["code/halves.py"]
    kept = {record.source: record for record in read_records(tmp_path / "corpus")}
    assert list(kept) == [*files, "code/halves.py:doubled"]  # a file is not lifted, and does not run
    assert kept["code/halves.py:doubled"].tags["imported"] == told["sandbox_level"]
    shown = corpus("stats", tmp_path / "corpus")
    assert "raises_at_import" in shown.stdout and "attribute_error" in shown.stdout
    done = corpus(*words, "--no-run", "--out", tmp_path / "all")
    assert done.returncode == 0, done.stderr
    assert [record.source.rpartition(":")[2] for record in read_records(tmp_path / "all")] == [
        *files,
        "halved",
        "doubled",
        "named",
    ]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["all", "code", "corpus"]


def test_rejections_of_both_kinds_stand_side_by_side_and_nothing_that_runs_is_said(tmp_path: Path) -> None:
    source = tmp_path / "code" / "halves.py"
    source.parent.mkdir()
    source.write_text(HALVES.replace("number + number", "numpy.add(number, number)"))
    words = ("add", source.parent, "--units", "definitions", "--lifting", "self_contained")
    done = corpus(*words, "--out", tmp_path / "corpus")
    assert done.returncode == 3 and "the corpus is empty: none of 2 units runs" in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["code"]
    (tmp_path / "code" / "thirds.py").write_text(CODE.replace("from .shapes import unit\n", "unit = 3\n"))
    done = corpus(*words, "--out", tmp_path / "corpus")
    assert done.returncode == 0, done.stderr
    reasons = {one.record.source.rpartition(":")[2]: one.reason for one in read_rejected(tmp_path / "corpus")}
    assert reasons["doubled"] == "not_self_contained"
    assert reasons["halved"] == "raises_at_import"
    assert [record.source for record in read_records(tmp_path / "corpus")] == [
        "code/thirds.py:area",
        "code/thirds.py:Circle",
    ]


def test_the_standard_library_is_a_source(tmp_path: Path) -> None:
    step = Step("raw", gather, Gather(sources=("python",)))
    metrics = run([step], tmp_path, INLINE)["raw"].metrics
    assert metrics["licenses"]["PSF-2.0"] > 500
    assert (left_out := metrics["files_left_out"]["python"]["test"]) > 100
    shown = corpus("stats", tmp_path / "raw")
    assert "left out of python" in shown.stdout and f"{left_out:,}" in shown.stdout


def test_rows_and_posts_are_sources_beside_folders(repo: Path, tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_bytes(orjson.dumps({"content": CODE + "# ann@acme.io\n", "license": "mit"}) + b"\n{broken\n")
    posts = tmp_path / "stackoverflow.com" / "Posts.xml"
    posts.parent.mkdir()
    body = "&lt;p&gt;What does len do, and for which of all the types does it work?&lt;/p&gt;"
    posts.write_text(
        "<posts>\n"
        f'  <row Id="1" PostTypeId="1" AcceptedAnswerId="2" Title="Len?" Tags="|python|" Body="{body}" />\n'
        f'  <row Id="2" PostTypeId="2" ParentId="1" Score="3" Body="{body}" ContentLicense="CC BY-SA 4.0" />\n'
        "</posts>\n"
    )
    words = (str(repo / "geometry"), str(rows), f"stackexchange:{posts}", str(posts))
    metrics = gather(Gather(sources=words), out=tmp_path / "out", ctx=INLINE)
    others = corpus("add", posts, repo, "--tag", "lisp", "--out", tmp_path / "lisp", "--format", "json")
    assert orjson.loads(others.stdout)["num_read_by_source"][str(posts)] == 0
    strict = corpus("add", posts, repo, "--least-score", 4, "--out", tmp_path / "strict", "--format", "json")
    assert orjson.loads(strict.stdout)["reasons"]["low_score"] == 1
    assert metrics["num_read_by_source"] == {words[0]: 4, words[1]: 2, words[2]: 1, words[3]: 1}
    licenses = {r.source.partition("/")[0]: r.license for r in read_records(tmp_path / "out")}
    assert "MIT" in licenses.values() and any("CC-BY-SA-4.0" in license_ for license_ in licenses.values())
    assert metrics["redactions"] == {"email": 2}


def test_a_column_of_any_name_can_hold_the_text(tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_bytes(orjson.dumps({"body": CODE}) + b"\n")
    refused = corpus("add", rows, "--out", tmp_path / "corpus")
    assert refused.returncode == 2 and "name the text's column (--column): it has body" in refused.stderr
    assert corpus("add", rows, "--column", "body", "--out", tmp_path / "corpus").returncode == 0
    assert [record.text for record in read_records(tmp_path / "corpus")] == [CODE]


def test_the_commit_of_a_checkout_is_written_down(repo: Path, tmp_path: Path) -> None:
    def git(*args: str) -> str:
        command = ["git", "-c", "user.name=a", "-c", "user.email=a@example.com", "-C", str(repo), *args]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()

    git("init", "-q", "-b", "trunk/one")
    git("add", "-A")
    git("commit", "-q", "-m", "First")
    git("worktree", "add", "-q", str(tmp_path / "linked"))
    commit = git("rev-parse", "HEAD")

    def found(folder: Path, out: str) -> str:
        done = corpus("add", folder, "--out", tmp_path / out)
        return next((line for line in done.stdout.splitlines() if ": commit " in line), done.stderr)

    def counted(out: str) -> dict[str, str]:
        told: dict[str, str] = orjson.loads(corpus("stats", tmp_path / out, "--format", "json").stdout)[
            "commits"
        ]
        return told

    assert found(repo, "branch") == f"{repo}: commit {commit}"
    assert counted("branch") == {str(repo): commit}
    assert found(repo / "geometry", "inside") == f"{repo / 'geometry'}: commit {commit}"
    assert found(tmp_path / "linked", "linked_corpus").endswith(commit)
    git("pack-refs", "--all")
    assert found(repo, "packed").endswith(commit)
    git("checkout", "-q", "--detach")
    assert found(repo, "detached").endswith(commit)
    (repo / ".git" / "HEAD").write_text("ref: refs/../../mail\n")
    assert found(repo, "strange") == ""


def test_bounds_that_leave_nothing_are_refused() -> None:
    with pytest.raises(ValueError, match="nothing could stay"):
        Gather(least_characters=100, most_characters=50)


def test_nothing_kept_is_a_quality_gate_with_reasons_and_nothing_named_a_usage_error(tmp_path: Path) -> None:
    (tmp_path / "code").mkdir()
    (tmp_path / "code" / "a.py").write_text("x = 1\n")
    with pytest.raises(QualityGate, match="too_short 1"):
        gather(Gather(sources=(str(tmp_path / "code"),)), out=tmp_path / "out", ctx=INLINE)
    with pytest.raises(UsageError, match="nothing to read"):
        gather(Gather(), out=tmp_path / "out", ctx=INLINE)


def test_a_recipe_notices_a_changed_file_of_a_folder_that_is_an_input(repo: Path, tmp_path: Path) -> None:
    step = Step("raw", gather, Gather(), {"code": repo})
    before = run([step], tmp_path / "run", INLINE)["raw"]
    assert run([step], tmp_path / "run", INLINE)["raw"] == before
    (repo / "geometry" / "new.py").write_text(CODE + "\n# and more\n")
    assert run([step], tmp_path / "run", INLINE)["raw"].metrics["num_kept"] == before.metrics["num_kept"] + 1


@given(
    texts=st.lists(
        st.sampled_from([CODE, "", "x = (", "a@b.co # ann@acme.io", "\0"]) | st.text(max_size=300),
        max_size=12,
    ),
    units=st.sampled_from(["files", "definitions", "both"]),
)
def test_every_file_is_a_record_or_rejected_or_a_parent(
    texts: list[str], units: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder, out = tmp_path_factory.mktemp("code"), tmp_path_factory.mktemp("out")
    (folder / "sure.py").write_text(CODE)
    for i, text in enumerate(texts):
        (folder / f"m{i}.py").write_bytes(text.encode("utf-8", "surrogatepass"))
    gather(Gather(sources=(str(folder),), units=units), out=out, ctx=INLINE)
    told = {r.source for r in read_records(out)} | {r.record.source for r in read_rejected(out)}
    assert {source.partition(":")[0].rpartition("/")[2] for source in told} == {
        path.name for path in folder.iterdir()
    }
