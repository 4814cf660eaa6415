"""Which commit a git checkout is at, read from its files: git itself is not asked (`ignoring` says why)."""

from __future__ import annotations

import re
from pathlib import Path

_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_REF = re.compile(r"ref: (refs/\S+)")
_LONGEST = 10_000_000
"""Bytes of a file of git's; packed-refs has about 60 for each branch and tag."""


def commit_of(folder: Path) -> str:
    """Return the commit that is checked out in or above a folder, 40 or 64 hex digits; "" where there is none."""
    git = next((top / ".git" for top in (folder, *folder.parents) if (top / ".git").exists()), None)
    if git is None:
        return ""
    if linked := re.match("gitdir: (.+)", _text(git)):  # of a worktree or submodule .git is a file
        git = git.parent / linked[1]
    head = _text(git / "HEAD")
    ref = _REF.match(head)
    return _only_commit(head) if ref is None else _commit_of_ref(git, ref[1])


def _commit_of_ref(git: Path, ref: str) -> str:
    # The branches of a worktree are where those of its repository are.
    for place in (git, git / (_text(git / "commondir").strip() or ".")):
        if found := _only_commit(_text(place / ref)):
            return found
        for line in _text(place / "packed-refs").splitlines():
            commit, _, name = line.partition(" ")
            if name == ref:
                return _only_commit(commit)
    return ""


def _only_commit(text: str) -> str:
    return text.strip() if _COMMIT.fullmatch(text.strip()) else ""


def _text(path: Path) -> str:
    """Return what a plain file holds; "" for one that cannot be read, or is no file of git's."""
    try:
        if not path.is_file() or path.stat().st_size > _LONGEST:
            return ""
        return path.read_text("utf-8", "replace")
    except OSError:
        return ""
