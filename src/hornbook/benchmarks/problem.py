"""A problem of a benchmark, the benchmark that holds it, and what a prompt gives besides the function to write."""

from __future__ import annotations

import ast
import warnings
from dataclasses import dataclass
from functools import lru_cache

_GIVEN = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef, ast.Assign, ast.AnnAssign)


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A function to complete and the tests that judge a completion."""

    id: str
    prompt: str
    """Imports, signature and docstring; ends in a newline."""
    entry_point: str
    tests: str
    """Program text to run after `prompt + completion`; raises AssertionError when the completion is wrong."""
    reference: str
    """A right completion (the indented body), for bits per byte and for decontamination."""
    rung: str = ""
    """Rung of the ladder; empty for a benchmark without rungs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Benchmark:
    """A named list of problems, with the hash of the file they came from."""

    name: str
    problems: tuple[Problem, ...]
    digest: str
    """SHA-256 of the benchmark's file; for the ladder, of its problems."""
    skipped: tuple[str, ...] = ()
    """Rows that could not become a problem, as "id: why"; counted and shown, never silently dropped."""


@lru_cache(maxsize=32)  # samples of one problem follow one another
def setup_of(prompt: str, entry_point: str) -> str:
    """Return the source of what `prompt` gives besides `entry_point`: imports, helpers, constants.

    It runs on the side of the tests (`Job.setup`), so that a completion cannot redefine what the tests lean on.
    Classes stay the program's, which takes and returns their objects, and with them what mentions them.
    "" when the prompt gives nothing else or is not Python; raises nothing.
    """
    # A prompt ends in a signature and its docstring, or is complete as it stands (imports only).
    tree = parsed(f"{prompt}\n    pass\n") or parsed(prompt)
    if tree is None:
        return ""
    theirs = {entry_point, *(node.name for node in tree.body if isinstance(node, ast.ClassDef))}
    given = [node for node in tree.body if isinstance(node, _GIVEN) and not theirs & _mentioned(node)]
    try:
        return "".join(ast.unparse(node) + "\n" for node in given)
    except RecursionError:  # printing goes deeper than parsing
        return ""


def _mentioned(node: ast.stmt) -> set[str]:
    return names_of(node) | {name.id for name in ast.walk(node) if isinstance(name, ast.Name)}


@lru_cache(maxsize=8)
def parsed(source: str) -> ast.Module | None:
    """Return the tree of `source`, silently; None when it is not Python. Nothing is executed; do not change it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # other people's invalid escapes are not our user's concern
            return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def names_of(node: ast.stmt) -> set[str]:
    """Return the names that a definition or an assignment binds; none for any other statement."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return {node.name}
    if isinstance(node, ast.AnnAssign):
        return {node.target.id} if isinstance(node.target, ast.Name) and node.value else set()
    targets = node.targets if isinstance(node, ast.Assign) else []
    found = (name for target in targets for name in ast.walk(target) if isinstance(name, ast.Name))
    return {name.id for name in found if isinstance(name.ctx, ast.Store)}
