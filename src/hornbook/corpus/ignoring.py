"""Which files of a folder git would leave out, by the .gitignore files in it and above it.

git itself is not asked: in a checkout that somebody else made, its configuration can name programs that git runs
(core.fsmonitor). So a file that is committed although a pattern names it is left out here, as git would leave it
out before it was added. Patterns are matched by pathspec.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pathspec import GitIgnoreSpec

_LONGEST = 1_000_000
"""Bytes of a file of patterns; a longer one is none."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The patterns of one folder, and those of the folders above it."""

    above: Rules | None
    depth: int
    """How many folders lie between the top and these rules."""
    spec: GitIgnoreSpec

    def ignores(self, parts: tuple[str, ...], *, is_folder: bool) -> bool:
        """Say whether a file or folder, by its path parts from the top, is left out; the deepest rule counts."""
        path = "/".join(parts[self.depth :]) + "/" * is_folder
        include = self.spec.check_file(path).include
        if include is None:
            return self.above is not None and self.above.ignores(parts, is_folder=is_folder)
        return include


def with_rules_of(folder: Path, above: Rules | None, depth: int) -> Rules | None:
    """Return the rules within a folder `depth` below the top: those above, and its own .gitignore if any."""
    rules = above
    for path in (folder / ".git" / "info" / "exclude", folder / ".gitignore"):
        if (spec := _read(path)) is not None:
            rules = Rules(rules, depth, spec)
    return rules


def _read(path: Path) -> GitIgnoreSpec | None:
    """Return a file's patterns, without lines that are none, as git does; None when there is no plain file."""
    if path.is_symlink() or not path.is_file() or path.stat().st_size > _LONGEST:
        return None
    text = path.read_bytes().decode("utf-8-sig", "surrogateescape")
    lines = [line.removesuffix("\r") for line in text.split("\n")]
    try:
        return GitIgnoreSpec.from_lines(lines)
    except ValueError:
        return GitIgnoreSpec.from_lines(line for line in lines if _is_pattern(line))


def _is_pattern(line: str) -> bool:
    try:
        GitIgnoreSpec.from_lines([line])
    except ValueError:
        return False
    return True
