"""The arrangement of a zygote's memory: it may change what a copy costs, and nothing else."""

import subprocess
import sys
from typing import NamedTuple

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="mappings are Linux's")

_ARRANGED = """
import hashlib, sys
from pathlib import Path
from hornbook.sandbox import linux, mappings

def code():
    lines = Path("/proc/self/maps").read_text().splitlines()
    found = [line.split() for line in lines if line.split()[1] == "r-xp" and line.split()[-1] == sys.argv[2]]
    return [tuple(int(bound, 16) for bound in parts[0].split("-")) for parts in found]

def digest(bounds):
    with open("/proc/self/mem", "rb") as memory:
        memory.seek(bounds[0])
        return hashlib.sha256(memory.read(bounds[1] - bounds[0])).hexdigest()

def refuse(*_):
    raise OSError("none to give")

if sys.argv[1]:
    setattr(linux, sys.argv[1], refuse)
largest = max(code(), key=lambda bounds: bounds[1] - bounds[0])
before = digest(largest)
mappings.arrange()
assert digest(largest) == before, "other code"
assert sorted([3, 1, 2]) == [1, 2, 3] and __import__("json").loads("[1]") == [1]
print(Path("/proc/self/maps").read_text())
"""


class Line(NamedTuple):
    bounds: str
    permissions: str
    offset: str
    device: str
    inode: str
    path: str = ""


def arranged(refused: str = "") -> list[Line]:
    """The mappings of a process that has arranged its own; `refused`: a call that the kernel refuses."""
    before = subprocess.run(
        [sys.executable, "-c", "print(open('/proc/self/maps').read())"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    largest = max(mapped(before), key=lambda line: size(line) if line.permissions == "r-xp" else 0)
    done = subprocess.run(
        [sys.executable, "-c", _ARRANGED, refused, largest.path], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return mapped(done.stdout)


def mapped(text: str) -> list[Line]:
    return [Line(*line.split(maxsplit=5)) for line in text.splitlines() if line]


def size(line: Line) -> int:
    start, end = (int(bound, 16) for bound in line.bounds.split("-"))
    return end - start


def parts(lines: list[Line], name: str) -> list[str]:
    return [line.permissions for line in lines if name in line.path]


def test_a_library_has_one_mapping_to_execute_and_one_to_write() -> None:
    assert parts(arranged(), "/_ctypes.") == ["r-xp", "rw-p"]


def test_nothing_can_be_both_written_and_executed() -> None:
    assert not [line for line in arranged() if "wx" in line.permissions]


@pytest.mark.parametrize("refused", ["protect", "collapse", "map_memory", "move"])
def test_a_process_goes_on_with_the_same_code_whatever_the_kernel_refuses(refused: str) -> None:
    lines = arranged(refused)
    assert parts(lines, "/_ctypes.")
    assert not [line for line in lines if "wx" in line.permissions]


_GATHERED = """
import os, sys
from hornbook.sandbox import linux, mappings

def refuse(*_):
    raise OSError("none to give")

if sys.argv[1]:
    setattr(linux, sys.argv[1], refuse)
kept = {number: [str(number), "x" * number] for number in range(20_000, 20_400)}
places = {number: id(value) for number, value in kept.items()}
proc = os.open("/proc", os.O_PATH)
for _ in range(3):
    mappings.gather(proc)
assert {number: id(value) for number, value in kept.items()} == places, "moved"
assert all(value == [str(number), "x" * number] for number, value in kept.items()), "changed"
for status in [os.waitpid(pid, 0)[1] for pid in (os.fork() or os._exit(len(kept) % 7) for _ in range(3))]:
    assert status == (len(kept) % 7) << 8
more = [bytearray(10_000) for _ in range(2_000)]
del more, kept
print(open("/proc/self/maps").read())
"""


@pytest.mark.parametrize("refused", ["", "collapse", "map_memory", "replace"])
def test_gathered_memory_holds_the_same_objects_at_the_same_places(refused: str) -> None:
    done = subprocess.run([sys.executable, "-c", _GATHERED, refused], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert not [line for line in mapped(done.stdout) if "wx" in line.permissions]


_POOLED = """
import sys
from hornbook.sandbox import mappings

kept = mappings.begin_pools()
sizes = range(48, 513, 16)
places = [id(bytes(size - sys.getsizeof(b""))) % (1 << 14) for size in sizes]
assert sum(place < 4096 for place in places) > len(sizes) - 5, places
"""


@pytest.mark.skipif(sys.implementation.name != "cpython", reason="pools are CPython's")
def test_a_small_object_lies_on_the_page_of_its_pools_head_for_nearly_every_size() -> None:
    done = subprocess.run([sys.executable, "-c", _POOLED], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


_MEANWHILE = """
import ctypes, os
from hornbook.sandbox import linux, mappings

replace, mapped = linux.replace, []

def replace_and_map(*where):
    replace(*where)
    mapped.append(linux.map_memory(1 << 20))

linux.replace = replace_and_map
linux.collapse = lambda *_: None  # there is none before Linux 6.1
mappings.gather(os.open("/proc", os.O_PATH))
assert len(mapped) > 1, "nothing was replaced"
for address in mapped:
    ctypes.memset(address, 1, 1 << 20)
"""
_UNMAPPED = """
from hornbook.sandbox import linux

size = 1 << 20
target, copy, room = linux.map_memory(size), linux.map_memory(size), linux.map_memory(linux.CONTEXT_BYTES)
linux.unmap(target + size // 2, 4096)
try:
    linux.replace(copy, size, target, room)
except OSError:
    raise SystemExit from None
raise AssertionError("replaced")
"""


@pytest.mark.parametrize("program", [_MEANWHILE, _UNMAPPED], ids=["mapped", "unmapped"])
def test_what_is_mapped_or_unmapped_while_memory_is_gathered_breaks_nothing(program: str) -> None:
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
