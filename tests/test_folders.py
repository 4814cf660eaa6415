"""Folders and git checkouts: which files, in which encoding, under which licence, and that none is lost."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hornbook.corpus.decoding import decode
from hornbook.corpus.folders import MAX_BYTES, count_files, read_folder
from hornbook.errors import UsageError
from hornbook.record import Record, Rejected

CODE = "def double(x):\n    return 2 * x\n"
SHA256 = "0992f2f8cc75665f6907a881df9b42e292cff1e392bc7679e2f4cbd325a698d9"
"""Of CODE, by `sha256sum`."""


def write(top: Path, files: Mapping[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = top / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return top


def sources(folder: Path) -> list[str]:
    return [r.source for r in read_folder(folder, name="repo") if isinstance(r, Record)]


def rejected(folder: Path) -> dict[str, str]:
    return {r.record.source: r.reason for r in read_folder(folder, name="repo") if isinstance(r, Rejected)}


def test_a_folder_gives_its_python_files_in_order_with_path_package_and_hash(tmp_path: Path) -> None:
    write(
        tmp_path, {"b.py": CODE, "a/z.py": CODE, "a/pack/__init__.py": "", "a/pack/m.py": CODE, "a.txt": "no"}
    )
    write(tmp_path, {"a/gui.pyw": CODE, "__pycache__/b.py": CODE, "types.pyi": CODE})
    found = [r for r in read_folder(tmp_path, name="repo") if isinstance(r, Record)]
    assert [r.source for r in found] == [
        *("repo/b.py", "repo/a/gui.pyw", "repo/a/z.py", "repo/a/pack/__init__.py", "repo/a/pack/m.py")
    ]
    assert found[-1].tags["package"] == "pack" and "package" not in found[0].tags
    assert found[0].tags["sha256"] == found[-1].tags["sha256"] == SHA256
    assert count_files(tmp_path) == 5


def test_nested_gitignore_files_count_and_deeper_ones_win(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            ".gitignore": "build/\n*_local.py\n!keep_local.py\n/top.py\n",
            "build/made.py": CODE,
            "src/build/made.py": CODE,
            "src/my_local.py": CODE,
            "src/keep_local.py": CODE,
            "src/top.py": CODE,
            "top.py": CODE,
            "src/.gitignore": "!my_local.py\nkeep_local.py\n",
        },
    )
    assert sources(tmp_path) == ["repo/src/my_local.py", "repo/src/top.py"]


def test_a_part_of_a_checkout_is_read_under_the_rules_and_licence_above_it(tmp_path: Path) -> None:
    licence = "Permission is hereby granted, free of charge, to any person obtaining a copy ... "
    licence += "sublicense, and/or sell"
    write(tmp_path, {".git/HEAD": "ref: x", ".gitignore": "made.py\n", "LICENSE": licence})
    write(
        tmp_path, {"src/pack/__init__.py": "", "src/pack/sub/__init__.py": CODE, "src/pack/sub/made.py": CODE}
    )
    (record,) = read_folder(tmp_path / "src" / "pack" / "sub")
    assert isinstance(record, Record)
    assert (record.source, record.license, record.tags["package"]) == ("sub/__init__.py", "MIT", "pack.sub")


def test_an_ignored_folder_that_is_named_is_read(tmp_path: Path) -> None:
    write(tmp_path, {".git/HEAD": "ref: x", ".gitignore": "data/\n", "data/a.py": CODE})
    assert sources(tmp_path) == []
    assert sources(tmp_path / "data") == ["repo/a.py"]


NAMES = st.sampled_from(["a", "b", "a.py", "b.py", "ab.py", "build"])
PATTERNS = st.lists(
    st.sampled_from(
        [
            "a",
            "b/",
            "*.py",
            "!a.py",
            "/a.py",
            "a/b.py",
            "**/b.py",
            "a/**",
            "!b",
            "build/*",
            "!build/a.py",
            "[ab].py",
        ]
        + ["# comment", "", "\\!a.py", "a*", "?.py ", "b.py\r"]
    ),
    max_size=4,
)


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git to compare with")
@given(
    files=st.lists(st.lists(NAMES, min_size=1, max_size=3), min_size=1, max_size=8),
    rules=st.dictionaries(st.sampled_from(["", "a", "b", "build"]), PATTERNS, max_size=3),
)
def test_the_same_files_stay_as_git_would_add(files: list[list[str]], rules: dict[str, list[str]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        top = Path(name)
        for parts in files:
            path = top.joinpath(
                *[part.removesuffix(".py") for part in parts[:-1]], parts[-1].removesuffix(".py") + ".py"
            )
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(CODE)
        for folder, lines in rules.items():
            if (top / folder).is_dir():
                (top / folder / ".gitignore").write_bytes("\n".join(lines).encode())
        git = ["git", "-c", "core.excludesFile=/dev/null", "-C", name]
        subprocess.run([*git, "init", "-q"], check=True)
        listed = subprocess.run(
            [*git, "ls-files", "--others", "--exclude-standard", "-z"],
            check=True,
            capture_output=True,
            text=True,
        )
        added = sorted(path for path in listed.stdout.split("\0") if path.endswith(".py"))
        assert sorted(source.removeprefix("repo/") for source in sources(top)) == added


def test_links_are_not_followed_and_loops_end(tmp_path: Path) -> None:
    write(tmp_path / "repo", {"a/real.py": CODE})
    write(tmp_path, {"outside/secret.py": CODE})
    (tmp_path / "repo" / "a" / "loop").symlink_to(tmp_path / "repo")
    (tmp_path / "repo" / "away").symlink_to(tmp_path / "outside")
    (tmp_path / "repo" / "link.py").symlink_to(tmp_path / "outside" / "secret.py")
    assert sources(tmp_path / "repo") == ["repo/a/real.py"]
    assert rejected(tmp_path / "repo") == {"repo/link.py": "symbolic_link"}


def test_what_cannot_be_read_is_rejected_with_a_reason(tmp_path: Path) -> None:
    write(
        tmp_path,
        {"long.py": b"x = 1\n" * (MAX_BYTES // 6 + 1), "shut.py": CODE, "shut/a.py": CODE, "fine.py": CODE},
    )
    os.mkfifo(tmp_path / "pipe.py")
    (tmp_path / "shut.py").chmod(0)
    (tmp_path / "shut").chmod(0)
    try:
        reasons = rejected(tmp_path)
    finally:
        (tmp_path / "shut").chmod(0o700)
    expected = {"repo/long.py": "too_long", "repo/pipe.py": "not_a_file"}
    if os.getuid():  # root may read everything
        expected |= {"repo/shut.py": "unreadable", "repo/shut/": "unreadable"}
    assert reasons == expected


def test_a_name_that_is_no_text_is_written_with_escapes(tmp_path: Path) -> None:
    with open(os.fsencode(tmp_path) + b"/caf\xe9.py", "w") as file:  # noqa: PTH123
        file.write(CODE)
    assert sources(tmp_path) == ["repo/caf\\xe9.py"]


@pytest.mark.parametrize(
    ("content", "encoding", "guessed"),
    [
        ("x = 'ü'\n".encode(), "utf-8", False),
        (b"\xef\xbb\xbf" + "x = 'ü'\n".encode(), "utf-8-sig", False),
        ("x = 'ü'\n".encode("utf-16"), "utf-16", False),
        # A line that is read as ASCII is not in UTF-16, whatever it says.
        ("# coding: utf-16\nx = 'ü'\n".encode(), "utf-8", False),
        ("# coding: latin-1\nx = 'ü'\n".encode("latin-1"), "iso-8859-1", False),
        ("#!/usr/bin/python\n# -*- coding: cp1251 -*-\nx = 'ж'\n".encode("cp1251"), "cp1251", False),
        ("x = 'ü'\n".encode("latin-1"), "cp1252", True),
        (b"x = '\x81\xfc'\n", "latin-1", True),
        (b"# coding: no-such-codec\nx = 1\n", "utf-8", False),
        (b"# coding: rot13\nx = 1\n", "utf-8", False),
        (b"# coding: raw_unicode_escape\nx = '\\ud800'\n", "utf-8", False),
    ],
)
def test_a_file_is_read_as_it_says_else_as_a_guess_that_is_marked(
    content: bytes, encoding: str, guessed: bool
) -> None:
    decoded = decode(content)
    assert (decoded.encoding, decoded.guessed) == (encoding, guessed)


@given(
    content=st.binary(max_size=200) | st.text(max_size=100).map(lambda text: f"# coding: {text}\n".encode())
)
def test_every_file_has_a_text_that_parquet_can_hold(content: bytes) -> None:
    decode(content).text.encode()


def test_an_encoding_that_is_not_utf_8_is_in_the_tags(tmp_path: Path) -> None:
    write(
        tmp_path,
        {"a.py": "# coding: latin-1\nx = 'ü'\n".encode("latin-1"), "b.py": "x = 'ü'\n".encode("latin-1")},
    )
    write(tmp_path, {"c.py": CODE})
    found = [r.tags.get("encoding") for r in read_folder(tmp_path) if isinstance(r, Record)]
    assert found == ["iso-8859-1", "cp1252, guessed", None]


def test_a_folder_that_is_not_there_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no folder at"):
        list(read_folder(tmp_path / "none"))
