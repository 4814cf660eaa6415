"""What a unit leans on that a beginner has not met: attributes of objects not shown, and specialists' modules."""

from __future__ import annotations

import ast
import collections
import io
import re
from dataclasses import dataclass

_TAUGHT = frozenset(
    [
        "math",
        "cmath",
        "re",
        "os",
        "sys",
        "io",
        "itertools",
        "functools",
        "collections",
        "string",
        "json",
        "random",
        "datetime",
        "time",
        "textwrap",
        "copy",
        "operator",
        "heapq",
        "bisect",
        "statistics",
        "fractions",
        "decimal",
        "typing",
        "types",
        "enum",
        "dataclasses",
        "abc",
        "contextlib",
        "csv",
        "pathlib",
        "glob",
        "shutil",
        "tempfile",
        "pprint",
        "calendar",
        "unicodedata",
        "numbers",
        "array",
        "struct",
        "warnings",
        "__future__",
        "keyword",
        "urllib",
        "html",
        "base64",
        "hashlib",
        "binascii",
        "posixpath",
        "ntpath",
        "genericpath",
        "stat",
        "errno",
        "fnmatch",
        "secrets",
        "zlib",
        "gzip",
        "logging",
    ]
)
"""Modules that introductions to Python and its standard library teach; all others are a specialist's."""
_OF_PLAIN_DATA = frozenset(
    name
    for kind in (
        *(str, bytes, list, dict, set, int, float, tuple, io.TextIOWrapper, re.Match, re.Pattern),
        *(collections.deque, collections.Counter, collections.defaultdict),
    )
    for name in dir(kind)
    if not name.startswith("_")
) | {"__name__", "__class__", "__doc__", "__dict__"}


@dataclass(frozen=True, slots=True)
class Strangers:
    """Counts over one unit."""

    num_attributes: int
    num_strange: int
    """Attributes that neither plain data nor a taught module has, and that the unit does not define."""
    num_strange_names: int
    """The different ones."""
    num_specialist: int
    """Uses of names from modules that are not taught."""


def find_strangers(tree: ast.Module) -> Strangers:
    """Count what a unit leans on."""
    modules = _modules(tree)
    own = _own_attributes(tree)
    attributes = [node for node in ast.walk(tree) if isinstance(node, ast.Attribute)]
    strange = [
        node.attr
        for node in attributes
        if modules.get(_root(node)) not in _TAUGHT
        and node.attr not in _OF_PLAIN_DATA
        and node.attr not in own
    ]
    names = (node.id for node in ast.walk(tree) if isinstance(node, ast.Name))
    num_specialist = sum(name in modules and modules[name] not in _TAUGHT for name in names)
    return Strangers(len(attributes), len(strange), len(set(strange)), num_specialist)


def _modules(tree: ast.Module) -> dict[str, str]:
    """Map each imported name to its top-level module; "." for a relative import."""
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                found[alias.asname or alias.name.split(".")[0]] = alias.name.split(".")[0]
        elif isinstance(node, ast.ImportFrom):
            module = "." if node.level else (node.module or ".").split(".")[0]
            found |= {alias.asname or alias.name: module for alias in node.names}
    return found


def _own_attributes(tree: ast.Module) -> set[str]:
    """Names that the unit itself stores as attributes, or defines."""
    own = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            own.add(node.attr)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            own.add(node.name)
        if isinstance(node, ast.ClassDef):
            fields = [inner for inner in node.body if isinstance(inner, ast.Assign | ast.AnnAssign)]
            own |= {name.id for inner in fields for name in ast.walk(inner) if isinstance(name, ast.Name)}
    return own


def _root(node: ast.Attribute) -> str:
    value = node.value
    while isinstance(value, ast.Attribute):
        value = value.value
    return value.id if isinstance(value, ast.Name) else ""
