"""A data set of the Hugging Face hub as records, read in ranges of bytes: nothing is stored on the way.

The revision is looked up once, and all files are read at its commit, which every record names. Files follow one
another in the order of their paths, rows in the order of the file, so `begin_at` goes on where a reading stopped;
of a Parquet file it skips whole row groups. Only the columns that `rows` looks at are fetched, and about 8 MB of
each at a time. Needs the extra `hub`; a token for gated data sets is the library's own affair (HF_TOKEN).
"""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO, cast

from hornbook.corpus.rows import Rows, rows_of
from hornbook.errors import HornbookError, UsageError
from hornbook.record import Record, Rejected

if TYPE_CHECKING:
    from huggingface_hub import HfApi, HfFileSystem

_NAME = re.compile(r"([\w.-]+/[\w.-]+)(?:@([^/]+))?((?:/[^/]+)*)")
_FORMATS = (".parquet", ".jsonl", ".jsonl.gz", ".jsonl.zst", ".json.gz")
_CHUNK = 8 << 20
"""Bytes that one request fetches: at 50 ms a request, 160 MB/s are possible."""


def read_hub(
    name: str,
    *,
    split: str = "",
    revision: str = "main",
    text_column: str = "",
    begin_at: tuple[str, int] = ("", 1),
    endpoint: str | None = None,
) -> Iterator[Record | Rejected]:
    """Yield the rows of a data set's files: OWNER/NAME, OWNER/NAME/FOLDER, OWNER/NAME@REVISION/FOLDER.

    `split` keeps the files in whose path it stands as a word ("train" in data/train-00000.parquet). `begin_at` is
    a file's path and the number of its first row that is wanted, from 1. `endpoint` is the hub's address, by
    default the library's (HF_ENDPOINT). Raises UsageError when there is no such data set, revision, file or
    column, or access to it has to be asked for; HornbookError when the hub does not answer.
    """
    match = _NAME.fullmatch(name)
    if match is None:
        raise UsageError(
            f"{name!r} is no data set; write OWNER/NAME, OWNER/NAME/FOLDER or OWNER/NAME@REVISION"
        )
    repository, folder = match[1], match[3].strip("/")
    api, files = _clients(endpoint)
    with _explained(repository):
        info = api.dataset_info(repository, revision=match[2] or revision)
    paths = _chosen([s.rfilename for s in info.siblings or []], repository, folder, split)
    rows = Rows(text_column=text_column, tags={"dataset": f"{repository}@{info.sha}"}, buffer=_CHUNK)
    for path in (path for path in paths if path >= begin_at[0]):
        first_row = begin_at[1] if path == begin_at[0] else 1
        with _opened(files, repository, f"datasets/{repository}@{info.sha}/{path}") as file:
            yield from rows_of(file, path, rows, first_row=first_row)


def _clients(endpoint: str | None) -> tuple[HfApi, HfFileSystem]:
    try:
        from huggingface_hub import HfApi, HfFileSystem
    except ImportError as error:
        raise UsageError(
            f"reading the hub needs huggingface_hub ({error}): pip install 'hornbook[hub]'"
        ) from None
    # Instances are kept by fsspec, with what they once listed.
    return HfApi(endpoint=endpoint), HfFileSystem(endpoint=endpoint, skip_instance_cache=True)


def _chosen(paths: list[str], repository: str, folder: str, split: str) -> list[str]:
    """Return the files to read, in order. Raises UsageError when there are none."""
    inside = f"{folder}/" if folder else ""
    found = sorted(path for path in paths if path.endswith(_FORMATS) and path.startswith(inside))
    if split:
        word = re.compile(rf"(?<![A-Za-z0-9]){re.escape(split)}(?![A-Za-z0-9])")
        found = [path for path in found if word.search(path.removeprefix(inside))]
    if found:
        # The hub converts many data sets to Parquet beside other files, which would be read twice.
        return [path for path in found if path.endswith(".parquet")] or found
    some = ", ".join(sorted(paths)[:5]) or "no files"
    where = f" in {folder!r}" if folder else ""
    what = f" of split {split!r}" if split else ""
    raise UsageError(f"{repository} has no {', '.join(_FORMATS)}{what}{where}; it has {some}")


@contextlib.contextmanager
def _explained(repository: str) -> Iterator[None]:
    """Say what the hub's refusals mean, and how access is got."""
    import httpx2
    from huggingface_hub.errors import (
        GatedRepoError,
        OfflineModeIsEnabled,
        RepositoryNotFoundError,
        RevisionNotFoundError,
    )

    page = f"https://huggingface.co/datasets/{repository}"
    try:
        yield
    except GatedRepoError as error:
        raise UsageError(
            f"{repository} is gated: accept its terms on {page}, make a token on "
            "https://huggingface.co/settings/tokens and set HF_TOKEN to it"
        ) from error
    except RepositoryNotFoundError as error:
        raise UsageError(
            f"the hub has no data set {repository}, or it is private: look at {page}, and set HF_TOKEN if it is"
        ) from error
    except RevisionNotFoundError as error:
        raise UsageError(f"{repository} has no such revision; {page}/tree/main lists its branches") from error
    except OfflineModeIsEnabled as error:
        raise UsageError(f"{repository} is on the hub, and HF_HUB_OFFLINE is set: unset it") from error
    except httpx2.HTTPError as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise HornbookError(f"{repository}: the hub does not answer ({reason}); try again later") from error


@contextlib.contextmanager
def _opened(files: HfFileSystem, repository: str, path: str) -> Iterator[BinaryIO]:
    with _explained(repository):
        remote = files.open(path, "rb", block_size=_CHUNK, cache_type="none")
    with remote:
        raw = _Remote(remote, repository)
        # A Parquet file is read at many places in turn, for each of which pyarrow has a buffer.
        yield cast(BinaryIO, raw if path.endswith(".parquet") else io.BufferedReader(raw, _CHUNK))


class _Remote(io.RawIOBase):
    """A file of the hub whose failures are told as the hub's, not as a damaged file's."""

    def __init__(self, file: BinaryIO, repository: str) -> None:
        self._file = file
        self._repository = repository

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        with _explained(self._repository):
            content = self._file.read(len(buffer))
        buffer[: len(content)] = content
        return len(content)
