"""A row of anybody's data as a job for the sandbox: which program, which tests, told by the columns' names.

HumanEval format: `prompt`, `entry_point`, `test` that defines `check(candidate)`. MBPP format: `test_list` (or
`tests`) of asserts, `test_setup_code` and `test_imports` before them. The program is in `completion`, else
`solution`, else `canonical_solution`, else `code`: a function's body that goes on where `prompt` ends, or a whole
program. Programs are judged as they are: no fence is stripped, no indentation mended.
Formats: https://github.com/openai/human-eval, https://github.com/google-research/google-research/tree/master/mbpp.
"""

from __future__ import annotations

import ast
import builtins
import sys
from collections.abc import Mapping
from typing import Any

from hornbook.benchmarks.problem import names_of, parsed, setup_of
from hornbook.sandbox import Job

_CODE = ("completion", "solution", "canonical_solution", "code")
_TESTS = ("test", "test_list", "tests")
_BEFORE_TESTS = ("test_imports", "test_setup_code")
_LONGEST_WHOLE = 1_000_000
"""Characters of a program that may be whole: a stranger's megabytes are not parsed in our own process."""
_RUNS = (ast.Assert, ast.For, ast.While, ast.With, ast.Try)

_Row = Mapping[str, Any]


class Unfit(ValueError):
    """A row that cannot become a job; its text names the column that is missing or of no use."""


def job_of(row: object, name: str) -> Job:
    """Return the job that judges `row`, under the sandbox's own limits; `name` is its id if it has no `task_id`.

    Raises Unfit.
    """
    if not isinstance(row, Mapping):
        raise Unfit("the row is not a JSON object with columns")
    code = _code(row)
    prompt = _text(row, "prompt")
    column, tests = _tests(row)
    tree = parsed(tests)
    if tree is None:
        raise Unfit(f"column {column!r} is not Python")
    entry_point = (
        _text(row, "entry_point").strip() or _tested(tree, code) or _tested(tree, prompt, is_given=True)
    )
    before = "".join(f"{_joined(row, column)}\n" for column in _BEFORE_TESTS if row.get(column))
    return Job(
        id=str(row.get("task_id", name)),
        blocks=(_program(row, prompt, code, _root(entry_point)),),
        tests=before + _called(tree, tests, column, entry_point),
        # The sandbox looks the function up by name; `Solution().solve` is for the tests to evaluate.
        entry_point=entry_point if entry_point.isidentifier() else "",
        setup=setup_of(prompt, _root(entry_point)),
    )


def _code(row: _Row) -> str:
    column = next((column for column in _CODE if column in row), None)
    if column is None:
        raise Unfit(f"column {_CODE[0]!r} is missing (or {', '.join(map(repr, _CODE[1:]))})")
    if (
        row[column] is None
    ):  # never the next column: a lost completion must not pass as the reference solution
        raise Unfit(f"column {column!r} is null")
    return _text(row, column)


def _text(row: _Row, column: str) -> str:
    value = row.get(column)
    if not isinstance(value, str | None):
        raise Unfit(f"column {column!r} is not text")
    return _encodable(value or "", column)


def _tests(row: _Row) -> tuple[str, str]:
    for column in _TESTS:
        if row.get(column) and (joined := _joined(row, column)).strip():
            return column, joined
    raise Unfit("no tests: column 'test' is missing or empty (or 'test_list', 'tests')")


def _joined(row: _Row, column: str) -> str:
    value = row[column]
    lines = [value] if isinstance(value, str) else value
    if not isinstance(lines, list) or not all(isinstance(line, str) for line in lines):
        raise Unfit(f"column {column!r} is neither text nor a list of texts")
    return _encodable("\n".join(lines), column)


def _encodable(text: str, column: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise Unfit(f"column {column!r} holds half a character (a lone surrogate)") from None
    return text


def _tested(tests: ast.Module, source: str, *, is_given: bool = False) -> str:
    """Return the last top-level definition of `source` that the tests name; "" for none.

    A program may not make itself the meaning of a built-in or of a module that its tests use; a prompt may.
    """
    tree = _tree(source) or _tree(f"{source}\n    pass\n")
    used = {node.id for node in ast.walk(tests) if isinstance(node, ast.Name)}
    used -= set() if is_given else vars(builtins).keys() | sys.stdlib_module_names
    for node in reversed(tree.body if tree else []):
        if found := names_of(node) & used:
            return min(found)
    return ""


def _tree(source: str) -> ast.Module | None:
    return parsed(source) if len(source) <= _LONGEST_WHOLE else None


def _root(entry_point: str) -> str:
    """Return the name that an entry point begins with.

    >>> _root("Solution().solve")
    'Solution'
    """
    return entry_point.partition(".")[0].partition("(")[0]


def _program(row: _Row, prompt: str, code: str, name: str) -> str:
    """Return `prompt + code`, or a whole program after what its prompt gives."""
    tree = _tree(code)
    if tree is not None and any(name in names_of(node) for node in tree.body):
        given = setup_of(prompt, name)
        return f"{given}\n\n{code}" if given and not _imports_future(tree) else code
    if "prompt" not in row and code.lstrip("\r\n")[:1].isspace():
        raise Unfit("column 'prompt' is missing, and the code is the body of a function")
    return prompt + code


def _imports_future(tree: ast.Module) -> bool:
    """Say whether nothing may stand above the program."""
    return any(isinstance(node, ast.ImportFrom) and node.module == "__future__" for node in tree.body)


def _called(tree: ast.Module, tests: str, column: str, entry_point: str) -> str:
    """Return tests that judge when they run: `check` is called, or there are asserts."""
    if not any("check" in names_of(node) for node in tree.body):
        if not any(_judges(node) for node in tree.body):
            raise Unfit(
                f"column {column!r} neither defines check(candidate) nor asserts anything at its top level"
            )
        return tests
    if any(_calls_check(node) for node in tree.body):
        return tests
    if not entry_point:
        raise Unfit("column 'entry_point' is missing, which check(candidate) needs")
    call = parsed(f"check({entry_point})")
    if call is None or len(call.body) != 1:
        raise Unfit("column 'entry_point' is neither a name nor an expression")
    return f"{tests}\n\ncheck({entry_point})\n"


def _calls_check(node: ast.stmt) -> bool:
    call = node.value if isinstance(node, ast.Expr) else None
    return isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "check"


def _judges(node: ast.stmt) -> bool:
    """Say whether a statement can fail when the text runs, as a class of test methods cannot."""
    if isinstance(node, ast.If):  # `if __name__ == "__main__"` may or may not run
        return not any(isinstance(name, ast.Name) and name.id == "__name__" for name in ast.walk(node.test))
    return isinstance(node, _RUNS) or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Call))
