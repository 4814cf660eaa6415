"""Reads HumanEval-format and MBPP-format files, and the ladder's own, as one kind of Benchmark.

The format is told by the columns, not by the file's name. An MBPP row becomes a function completion, as in
MBXP and in StarCoder's and phi's evaluations: the reference's signature, with the row's text and its first
assert as the docstring. No benchmark is shipped with hornbook and nothing is fetched: a path is read.
Formats: https://github.com/openai/human-eval (HumanEval),
https://github.com/google-research/google-research/tree/master/mbpp (MBPP).
"""

from __future__ import annotations

import ast
import gzip
import hashlib
import textwrap
import warnings
import zlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import orjson

from hornbook.benchmarks.problem import Benchmark, Problem
from hornbook.errors import QualityGate

_Row = Mapping[str, Any]
_HUMAN_EVAL = frozenset({"task_id", "prompt", "canonical_solution", "test", "entry_point"})
_MBPP = frozenset({"task_id", "code", "test_list"})
_LADDER = frozenset({"id", "prompt", "entry_point", "tests", "reference", "rung"})


class _Unconvertible(ValueError):
    """A row that cannot become a problem; its text says why."""


def read_benchmark(name: str, path: Path) -> Benchmark:
    """Return the benchmark in `path` (.jsonl, .json, either with .gz), its format told by its columns.

    A row that cannot become a problem is listed in `skipped`. Raises QualityGate when the file cannot be
    read, is empty, has unknown columns, or when no row of it can be converted: a benchmark that was asked
    for and not read must never look like a benchmark without hits.
    """
    data = _read_bytes(name, path)
    rows = _parse_rows(name, path, data)
    convert = _converter(name, path, rows[0])
    problems: list[Problem] = []
    skipped: list[str] = []
    for number, row in enumerate(rows):
        row_id = str(row.get("task_id", row.get("id", f"row {number}")))
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # other people's invalid escapes are not our user's concern
                problems.append(_sound(convert(row, name)))
        except (_Unconvertible, KeyError, SyntaxError, AttributeError, TypeError, ValueError) as error:
            skipped.append(f"{row_id}: {_reason(error)}")
    if not problems:
        raise _gate(name, path, f"none of its {len(rows)} rows can be read as a problem ({skipped[0]})")
    return Benchmark(
        name=name,
        problems=tuple(problems),
        digest=hashlib.sha256(data).hexdigest(),
        skipped=tuple(skipped),
    )


def _sound(problem: Problem) -> Problem:
    """Return the problem if its prompt and reference make a program with something to solve."""
    if not problem.reference.strip():
        raise _Unconvertible("its reference solution is empty")
    ast.parse(problem.prompt + problem.reference)
    return problem


def _gate(name: str, path: Path, why: str) -> QualityGate:
    return QualityGate(
        f"benchmark {name!r}: {why} ({path}). Every benchmark that is asked for must be readable; "
        f"give a HumanEval- or MBPP-format .jsonl or .jsonl.gz file, or leave {name!r} out"
    )


def _reason(error: Exception) -> str:
    if isinstance(error, KeyError):
        return f"column {error} is missing"
    return f"{error.msg} in its code" if isinstance(error, SyntaxError) else str(error)


def _read_bytes(name: str, path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise _gate(name, path, f"the file cannot be read: {error.strerror}") from error


def _parse_rows(name: str, path: Path, data: bytes) -> list[_Row]:
    try:
        # zlib.error is no OSError, EOFError neither: a cut download raises one of the three.
        text = gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
        if text.lstrip()[:1] == b"[":
            rows = orjson.loads(text)
        else:
            rows = [orjson.loads(line) for line in text.splitlines() if line.strip()]
    except (OSError, EOFError, zlib.error, orjson.JSONDecodeError) as error:
        raise _gate(name, path, f"the file is not JSON lines or a JSON list: {error}") from error
    if not rows:
        raise _gate(name, path, "the file holds no rows")
    if not all(isinstance(row, dict) for row in rows):
        raise _gate(name, path, "its rows are not JSON objects")
    return list(rows)


def _converter(name: str, path: Path, row: _Row) -> Callable[[_Row, str], Problem]:
    columns = row.keys()
    if columns >= _LADDER:
        return _ladder_problem
    if columns >= _HUMAN_EVAL:
        return _human_eval_problem
    if columns >= _MBPP and columns & {"text", "prompt"}:
        return _mbpp_problem
    known = " or ".join("{" + ", ".join(sorted(c)) + "}" for c in (_HUMAN_EVAL, _MBPP | {"text"}))
    raise _gate(name, path, f"unknown columns {{{', '.join(sorted(columns))}}}; known are {known}")


def _ladder_problem(row: _Row, name: str) -> Problem:
    return Problem(**{column: row[column] for column in _LADDER})


def _human_eval_problem(row: _Row, name: str) -> Problem:
    prompt = _imports_on_top(_unix(row["prompt"]), row["entry_point"])
    reference = _unix(row["canonical_solution"] or "")
    return Problem(
        id=str(row["task_id"]),
        prompt=prompt if prompt.endswith("\n") else prompt + "\n",
        entry_point=row["entry_point"],
        tests=f"{_unix(row['test']).rstrip()}\n\n\ncheck({row['entry_point']})\n",
        reference=reference.rstrip() + "\n" if reference.strip() else "",
    )


def _imports_on_top(prompt: str, entry_point: str) -> str:
    """Move imports that stand between a signature and its docstring to the top (HumanEval/115)."""
    function = _function(ast.parse(prompt + "\n    pass\n"), entry_point)
    first = function.body[0]
    if not isinstance(first, ast.Import | ast.ImportFrom):
        return prompt
    lines = prompt.split("\n")
    assert first.end_lineno is not None, "ast.parse sets end positions"
    moved = lines[first.lineno - 1 : first.end_lineno]
    rest = lines[: first.lineno - 1] + lines[first.end_lineno :]
    return textwrap.dedent("\n".join(moved)) + "\n" + "\n".join(rest)


def _function(tree: ast.Module, name: str) -> ast.FunctionDef:
    for node in reversed(tree.body):
        if isinstance(node, ast.FunctionDef) and node.name == name:
            return node
    raise _Unconvertible(f"no function {name!r} at the top level of its code")


def _mbpp_problem(row: _Row, name: str) -> Problem:
    code = _unix(row["code"]).expandtabs(4)
    tests = [_unix(test).strip() for test in row["test_list"]]
    if not tests:
        raise _Unconvertible("it has no tests")
    tree = ast.parse(code)
    function = _tested_function(tree, tests)
    text = _unix(row["text"] if "text" in row else row["prompt"]).strip()
    lines = code.split("\n")
    header, body = _header_and_body(function, lines)
    above = [_lines_of(node, lines) for node in tree.body if node is not function]
    docstring = textwrap.indent(f'"""{_escaped(text)}\n\n{_escaped(_doctest(tests[0]))}\n"""', "    ")
    # The setup stands after the solution: tasks 367 and 927 use a class that the solution defines.
    setup = [
        _unix(row.get("test_setup_code") or ""),
        *(_unix(line) for line in row.get("test_imports") or ()),
    ]
    return Problem(
        id=f"{name}/{row['task_id']}",
        prompt="\n\n\n".join([*_blocks(above), f"{header}\n{docstring}\n"]),
        entry_point=function.name,
        tests="\n".join(part for part in (*setup, *tests) if part) + "\n",
        reference=body,
    )


def _tested_function(tree: ast.Module, tests: Sequence[str]) -> ast.FunctionDef:
    """Return the last function of `tree` that the tests name."""
    used = {node.id for test in tests for node in ast.walk(ast.parse(test)) if isinstance(node, ast.Name)}
    for node in reversed(tree.body):
        if isinstance(node, ast.FunctionDef) and node.name in used:
            return node
    raise _Unconvertible("its tests call no function that its code defines")


def _first_line(node: ast.stmt) -> int:
    decorators = node.decorator_list if isinstance(node, ast.FunctionDef | ast.ClassDef) else []
    return min([node.lineno, *(d.lineno for d in decorators)])


def _lines_of(node: ast.stmt, lines: Sequence[str]) -> str:
    return "\n".join(lines[_first_line(node) - 1 : node.end_lineno]).rstrip()


def _blocks(statements: Sequence[str]) -> list[str]:
    """Join neighbouring one-line statements (imports, constants), so that only definitions stand apart."""
    blocks: list[str] = []
    for statement in dict.fromkeys(statements):
        if blocks and "\n" not in statement and not blocks[-1].startswith(("def ", "class ", "@")):
            blocks[-1] += f"\n{statement}"
        else:
            blocks.append(statement)
    return blocks


def _header_and_body(function: ast.FunctionDef, lines: Sequence[str]) -> tuple[str, str]:
    statements = function.body[1:] if ast.get_docstring(function) is not None else function.body
    if not statements:
        raise _Unconvertible("its function has no body")
    if function.body[0].lineno == function.lineno:
        header = f"def {function.name}({ast.unparse(function.args)}):"
        return header, textwrap.indent("\n".join(map(ast.unparse, statements)), "    ") + "\n"
    header_end = _first_line(function.body[0]) - 1
    # Comments and blank lines before the first statement belong to the body.
    while header_end > function.lineno and not lines[header_end - 1].split("#")[0].rstrip().endswith(":"):
        header_end -= 1
    start = header_end if statements is function.body else _first_line(statements[0]) - 1
    header = "\n".join(lines[_first_line(function) - 1 : header_end]).rstrip()
    return header, _reindented(lines[start : function.end_lineno], statements)


def _reindented(lines: Sequence[str], statements: Sequence[ast.stmt]) -> str:
    """Return a body with four spaces per level, whatever its author used; its meaning never changes."""
    levels = {column: 4 * level for level, column in enumerate(sorted(_columns(statements)), start=1)}
    shifted = []
    shift = 4 - min(levels)
    for line in lines:
        column = len(line) - len(line.lstrip(" "))
        # Only a line that starts a statement moves to its level; a continuation moves with its statement.
        shift = levels.get(column, column + shift) - column
        shifted.append(" " * max(column + shift, 4) + line.strip() if line.strip() else "")
    wanted = [ast.dump(s) for s in statements]
    for candidate in ("\n".join(shifted), textwrap.indent(textwrap.dedent("\n".join(lines)), "    ")):
        if _statements_of(candidate) == wanted:
            return candidate.strip("\n") + "\n"
    # A string over several lines was hit: print the tree instead, which loses the comments.
    return textwrap.indent("\n".join(map(ast.unparse, statements)), "    ") + "\n"


def _columns(statements: Sequence[ast.stmt]) -> set[int]:
    return {node.col_offset for s in statements for node in ast.walk(s) if isinstance(node, ast.stmt)}


def _statements_of(body: str) -> list[str]:
    try:
        tree = ast.parse(f"def f():\n{body}\n")
    except SyntaxError:
        return []
    return [ast.dump(node) for node in getattr(tree.body[0], "body", [])]


def _doctest(test: str) -> str:
    """Write an assert as a doctest: `assert f(1) == 2` becomes `>>> f(1)` and `2`.

    >>> _doctest("assert add(1, 2) == 3")
    '>>> add(1, 2)\\n3'
    """
    statement = ast.parse(test).body[0]
    condition = statement.test if isinstance(statement, ast.Assert) else None
    if not isinstance(condition, ast.Compare) or not isinstance(condition.ops[0], ast.Eq):
        return f">>> {ast.unparse(statement)}"
    expected = condition.comparators[0]
    try:
        shown = repr(ast.literal_eval(expected))
    except ValueError:
        shown = ast.unparse(expected)
    return f">>> {ast.unparse(condition.left)}\n{shown}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
