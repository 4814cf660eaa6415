"""Two new files, for rows that stay and for the others: both whole under their names, or neither there.

They are written under partial names and renamed at the end. A kill between the two renames leaves one file with
its name; a mark beside them, written before, tells it from a file of the user's. A command with an index adds to
it between mark and names: from then on the partial files are all that there is of these rows, and no other command
may write over them.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import orjson
import pyarrow as pa

from hornbook.errors import UsageError
from hornbook.pool import write_atomically
from hornbook.rows.writer import ENDINGS, schema_for
from hornbook.run import hold
from hornbook.writable import refuse_unwritable


def _nothing() -> None:
    return None


@dataclass(slots=True)
class OpenOutputs:
    """Both files while they are written."""

    kept: BinaryIO
    rejected: BinaryIO
    schema: pa.Schema | None
    """All columns of the rows, if one of the files is Parquet."""
    note: Mapping[str, Any] = field(default_factory=dict)
    """What the mark says of the command, for `Outputs.finish`."""
    commit: Callable[[], None] = _nothing
    """Called when both files are whole, before they get their names."""


@dataclass(frozen=True, slots=True)
class Outputs:
    """The names of two new files, .jsonl or .parquet."""

    kept: Path
    rejected: Path

    @property
    def workspace(self) -> Path:
        """A folder beside them for what is only needed while they are made."""
        return self.kept.with_name(f".{self.kept.name}.workspace")

    @property
    def _mark(self) -> Path:
        return self.kept.with_name(f".{self.kept.name}.pending")

    @contextlib.contextmanager
    def opened(self, sources: Sequence[Path]) -> Iterator[OpenOutputs]:
        """Open both files for rows of `sources`; they get their names when the block ends well, else are gone.

        Raises UsageError for names that cannot be written, while another process writes them, and for rows that do
        not fit into a Parquet file.
        """
        self._refuse()
        with contextlib.ExitStack() as stack:
            files = [stack.enter_context(_locked(path)) for path in (self.kept, self.rejected)]
            self._refuse()  # another process may have finished until now
            try:
                for file in files:
                    file.truncate(0)
                opened = OpenOutputs(files[0], files[1], schema_for([self.kept, self.rejected], sources))
                yield opened
                for file in files:
                    file.flush()
            except BaseException:
                for path in (self.kept, self.rejected):
                    partial_path(path).unlink()
                raise
            # Still locked: another process must not begin the same files before these have their names.
            mark = {"rejected": str(self.rejected.resolve()), **opened.note}
            write_atomically(self._mark, orjson.dumps(mark))
            opened.commit()
            self._give_names()

    def finish(self, index: Path, batches: Collection[str]) -> Mapping[str, Any] | None:
        """Give the files their names if a killed command had added its batch to `index`, which has `batches`.

        Returns the command's note; None when there was none, or it had added nothing.
        """
        note = self._note()
        if note is None or note.get("index") != str(index.resolve()):
            return None
        if note["batch"] not in batches:
            self._mark.unlink()
            return None
        self._give_names()
        return note

    def _refuse(self) -> None:
        for option, path in (("--out", self.kept), ("--rejected", self.rejected)):
            if path.suffix not in ENDINGS:
                raise UsageError(f"{option} {path}: the file's name must end in {' or '.join(ENDINGS)}")
            refuse_unwritable(path.parent, option)
        if self.kept.resolve() == self.rejected.resolve():
            raise UsageError(f"--out and --rejected are both {self.kept}; give each its own file")
        if self.kept.exists():
            self._mark.unlink(missing_ok=True)  # of a command that was killed after the last rename
            raise UsageError(f"--out {self.kept}: the file exists already; nothing was written")
        if "index" in (marked := self._marked()):
            raise UsageError(
                f"--out {self.kept}: what a killed command added to the index {marked['index']} is in this file, "
                "which lacks only its name: run that command again (its rows were of "
                f"{', '.join(marked['sources'])}), or give another --out; nothing was written"
            )
        if self.rejected.exists() and self._note() is None:
            raise UsageError(f"--rejected {self.rejected}: the file exists already; nothing was written")

    def _marked(self) -> Mapping[str, Any]:
        """Return what the mark of a killed command says, if the file it kept rows in lacks its name."""
        if self.kept.exists() or not self._mark.exists():
            return {}
        marked: Mapping[str, Any] = orjson.loads(self._mark.read_bytes())
        return marked

    def _note(self) -> Mapping[str, Any] | None:
        """Return the same if both files were that command's."""
        marked = self._marked()
        return marked if marked.get("rejected") == str(self.rejected.resolve()) else None

    def _give_names(self) -> None:
        for path in (self.rejected, self.kept):
            if partial_path(path).exists():  # else it got its name before the kill
                partial_path(path).replace(path)
        self._mark.unlink()


def partial_path(path: Path) -> Path:
    """Return where a file is written before it gets its name."""
    return path.with_name(f".{path.name}.partial")


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[BinaryIO]:
    path.parent.mkdir(parents=True, exist_ok=True)
    partial_path(path).touch()
    with partial_path(path).open("r+b") as file:
        hold(file, f"writing {path}")
        yield file
