"""The compiled modules that a zygote and most programs need, loaded before anything else; importing this does it.

A library that is loaded later lies between the memory that Python took for its objects before and after. This way
that memory is in two pieces, not in nine, and a copy of the process costs a twentieth less.
"""

from __future__ import annotations

from importlib import import_module

_NAMES = """
_bisect _ctypes _datetime _heapq _json _opcode _random _sha512 _socket _struct _typing fcntl math resource select
"""

for _name in _NAMES.split():
    try:
        import_module(_name)
    except ImportError:  # another version of Python has other modules: whoever needs one says so
        continue
