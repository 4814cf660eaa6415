"""Where a record is from, by its `source`: the file, and what the file is a part of."""

from __future__ import annotations


def file_of(source: str) -> str:
    """Return the file that a unit is from: its source up to the name within the file.

    Units of one file are never on both sides of a split. A row of a data set without paths is a file of its own.

    >>> file_of("cpython-3.11/Lib/heapq.py:heappush"), file_of("https://stackoverflow.com/a/7")
    ('cpython-3.11/Lib/heapq.py', 'https://stackoverflow.com/a/7')
    """
    file, _, name = source.rpartition(":")
    return file if file and "/" not in name else source


def origin_of(source: str) -> str:
    """Return what a file is a part of: a package, repository, file of rows, or site.

    >>> origin_of("cpython-3.11/Lib/heapq.py:heappush"), origin_of("https://stackoverflow.com/a/7")
    ('cpython-3.11', 'stackoverflow.com')
    """
    return file_of(source).removeprefix("https://").partition("/")[0]
