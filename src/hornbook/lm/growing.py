"""A one-dimensional .npy file of any length, written piece by piece in the memory of one piece.

`numpy.load` reads it, mapped too. NumPy leaves room in the header for a longer first axis, so the header is
written once as a placeholder and once when the length is known.
"""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np
from numpy.lib import format as npy
from numpy.typing import ArrayLike


class GrowingArray:
    """An array on disk that takes appends; a context manager, and whole once it is left without an error."""

    def __init__(self, path: Path, dtype: np.dtype[Any]) -> None:
        """Begin `path` anew. Raises OSError when it cannot be written."""
        self._file = path.open("wb")
        self._dtype = dtype
        self._size = 0
        self._header_bytes = self._write_header()

    def append(self, values: ArrayLike) -> None:
        """Add values of one dimension at the end."""
        array = np.ascontiguousarray(values, dtype=self._dtype)
        self._file.write(array.data)
        self._size += len(array)

    def _write_header(self) -> int:
        header = {"descr": npy.dtype_to_descr(self._dtype), "fortran_order": False, "shape": (self._size,)}
        npy.write_array_header_1_0(self._file, header)
        return self._file.tell()

    def __enter__(self) -> GrowingArray:
        """Return the array."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Write the length that the array has now, and close the file."""
        with self._file:
            if error is None:
                self._file.seek(0)
                header_bytes = self._write_header()
                assert header_bytes == self._header_bytes, (
                    "NumPy's header keeps its length as the array grows"
                )
