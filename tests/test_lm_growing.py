from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hornbook.lm.growing import GrowingArray


@given(
    pieces=st.lists(st.lists(st.integers(0, 60_000), max_size=30), max_size=8),
    dtype=st.sampled_from([np.uint16, np.uint32, np.int64]),
)
@settings(deadline=None)
def test_what_was_appended_is_read_back(pieces: list[list[int]], dtype: type[np.integer]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.npy"
        with GrowingArray(path, np.dtype(dtype)) as array:
            for piece in pieces:
                array.append(piece)
        found = np.load(path)
        assert found.dtype == dtype and found.tolist() == [number for piece in pieces for number in piece]


def test_an_array_can_be_mapped(tmp_path: Path) -> None:
    with GrowingArray(tmp_path / "a.npy", np.dtype(np.uint16)) as array:
        for start in range(0, 100_000, 1000):
            array.append(np.arange(start, start + 1000) % 65_536)
    mapped = np.load(tmp_path / "a.npy", mmap_mode="r")
    assert isinstance(mapped, np.memmap) and len(mapped) == 100_000 and mapped[65_537] == 1


def test_an_error_leaves_no_array_that_looks_whole(tmp_path: Path) -> None:
    with pytest.raises(KeyError), GrowingArray(tmp_path / "a.npy", np.dtype(np.uint16)) as array:
        array.append([1, 2])
        raise KeyError
    assert len(np.load(tmp_path / "a.npy")) == 0
