"""What pages and docstrings state of their code: run in the sandbox, and held to it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from hornbook.quality.check import Check, checked
from hornbook.quality.claims import page_claims, split_exception, with_docstrings
from hornbook.record import Exercise, Record, Rejected
from hornbook.sandbox import Sandbox, probe

pytestmark = pytest.mark.skipif(not probe().level, reason="this machine cannot isolate programs")

ZERO = "ZeroDivisionError: division by zero"
TRACEBACK = "Traceback (most recent call last):"
JSON = "import json\njson.loads('')"
EXPECTING = "Expecting value: line 1 column 1 (char 0)"
CHAINED = f"""try:
    1 / 0
except ZeroDivisionError as e:
    raise ValueError('bad') from e
#> {TRACEBACK}
#>   File "a.py", line 2, in <module>
#> {ZERO}
#>
#> The above exception was the direct cause of the following exception:
#>
#> {TRACEBACK}
#>   File "a.py", line 4, in <module>"""


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(workers=1) as opened:
        yield opened


def page(*blocks: str, language: str = "python") -> Record:
    text = "# Page\n\n" + "".join(f"Prose.\n\n```{language}\n{block}\n```\n" for block in blocks)
    return Record(text=text, kind="textbook", source="t", license="CC0-1.0")


def exercise(docstring: str, body: str = "    return a + b\n") -> Record:
    prompt = f'def add(a, b):\n    """{docstring}"""\n'
    tests = ("assert add(1, 2) == 3", "assert add(0.1, 0.2) > 0.3", "assert add('a', 'b') == 'ab'")
    made = Exercise(prompt=prompt, solution=body, entry_point="add", tests=tests)
    return Record(text=prompt + body, kind="exercise", source="t", license="CC0-1.0", exercise=made)


def judged(record: Record, sandbox: Sandbox) -> Record | Rejected:
    (result,) = checked(Check(cpu_seconds=0.5, mutant_share=0), iter([record]), sandbox)
    return result


def reason(record: Record, sandbox: Sandbox) -> str:
    result = judged(record, sandbox)
    return result.reason if isinstance(result, Rejected) else "kept"


# Exceptions that a block states


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (f"1 / 0\n#> {ZERO}", "kept"),
        (f"1 / 0\n#> {TRACEBACK}\n#>   ...\n#> {ZERO}", "kept"),
        (f"1 / 0\n#> {TRACEBACK}\n#> ...\n#> {ZERO}", "kept"),
        (f'1 / 0\n#> {TRACEBACK}\n#>   File "x.py", line 1, in <module>\n#>     1 / 0\n#> {ZERO}', "kept"),
        (f"print('so far')\n1 / 0\n#> so far\n#> {ZERO}", "kept"),
        (f"print('so far')\n1 / 0\n#> {TRACEBACK}\n#>   ...\n#> {ZERO}", "output_differs"),
        (f"print('so far', end='')\n1 / 0\n#> so far\n#> {ZERO}", "kept"),
        ("raise ValueError\n#> ValueError", "kept"),
        ("raise ValueError('x')\n#> ValueError", "exception_differs"),
        ("raise ValueError('x')\n#> ValueError: y", "exception_differs"),
        (f"int('x')\n#> {ZERO}", "exception_differs"),
        (f"print(1)\n#> 1\n#> {ZERO}", "output_differs"),
        (f"x = 1\n#> {TRACEBACK}\n#>   ...\n#> {ZERO}", "exception_differs"),
        ("class Broke(Exception):\n    pass\nraise Broke('so')\n#> Broke: so", "block_error"),
        ("class BrokenError(Exception):\n    pass\nraise BrokenError('so')\n#> BrokenError: so", "kept"),
        (f"raise ValueError('one\\ntwo')\n#> {TRACEBACK}\n#> ValueError: one\n#> two", "kept"),
        ("e = ValueError('x')\ne.add_note('more')\nraise e\n#> ValueError: x", "kept"),
        (
            f"e = ValueError('x')\ne.add_note('more')\nraise e\n#> {TRACEBACK}\n#> ValueError: x\n#> more",
            "kept",
        ),
        ("e = ValueError('x')\ne.add_note('more')\nraise e\n#> ValueError: x\n#> less", "exception_differs"),
        ("raise ValueError('one\\ntwo')\n#> ValueError: one\n#> two", "kept"),
        ("raise ValueError('one\\ntwo')\n#> ValueError: one", "exception_differs"),
        ("print('TypeError: caught')\nprint('done')\n#> TypeError: caught\n#> done", "kept"),
        (f"print(1)\n1 / 0\n#> 1\n#> {ZERO}\n#> 2", "exception_differs"),
        (f"{JSON}\n#> json.decoder.JSONDecodeError: {EXPECTING}", "kept"),
        (f"{JSON}\n#> JSONDecodeError: {EXPECTING}", "kept"),
        (f"{JSON}\n#> js.decoder.JSONDecodeError: {EXPECTING}", "exception_differs"),
        (f"1 / 0\n#> json.{ZERO}", "exception_differs"),
        (f"{CHAINED}\n#> ValueError: bad", "kept"),
        (f"{CHAINED}\n#> KeyError: bad", "exception_differs"),
        (f"{CHAINED.replace('raise', 'print(1); raise')}\n#> ValueError: bad", "output_differs"),
        (
            "class Broke(Exception):\n    pass\nraise Broke('so')\n#> "
            + TRACEBACK
            + "\n#> __main__.Broke: so",
            "kept",
        ),
        ("raise SystemExit(3)\n#> SystemExit: 3", "kept"),
        ("x = = 1\n#> SyntaxError: invalid syntax", "kept"),
        ("1 / 0", "block_error"),
    ],
)
def test_a_block_that_states_an_exception_must_raise_exactly_that(
    sandbox: Sandbox, block: str, expected: str
) -> None:
    assert reason(page(block), sandbox) == expected


@pytest.mark.parametrize("line", [ZERO, "Error: division by zero"])
def test_a_bare_line_may_be_printed_as_well_as_raised(sandbox: Sandbox, line: str) -> None:
    name = line.partition(":")[0]
    block = f"try:\n    1 / 0\nexcept ZeroDivisionError as e:\n    print(f'{name}: {{e}}')\n#> {line}"
    assert reason(page(block), sandbox) == "kept"


def test_a_traceback_that_is_only_printed_is_no_exception(sandbox: Sandbox) -> None:
    stated = f"#> {TRACEBACK}\n#>   ...\n#> {ZERO}"
    printed = page(f"print('{TRACEBACK}\\n  ...\\n{ZERO}')\n{stated}")
    assert reason(printed, sandbox) == "exception_differs"


@pytest.mark.parametrize(
    "block",
    [
        f"import sys\nsys.last_value = ZeroDivisionError('division by zero')\n#> {ZERO}",
        f">>> setattr(__import__('sys'), 'last_value', ZeroDivisionError('division by zero'))\n"
        f"{TRACEBACK}\n  ...\n{ZERO}",
    ],
)
def test_an_exception_that_is_only_left_behind_was_not_raised(sandbox: Sandbox, block: str) -> None:
    assert reason(page(block), sandbox) in ("output_differs", "exception_differs")


def test_after_a_stated_exception_the_page_goes_on_with_its_names(sandbox: Sandbox) -> None:
    blocks = [
        f"error, next = 'mine', None\ntotal = 1\nfor n in [1, 0]:\n    total += n\n    1 / n\n#> {ZERO}",
        "print(total, n, error, next)\n#> 2 0 mine None",
        "def half(x):\n    return x / 2\n[].pop(0)\n#> IndexError: pop from empty list",
        "print(half(3), sorted(name for name in globals() if not name.startswith('__')))\n"
        "#> 1.5 ['error', 'half', 'n', 'next', 'total']",
    ]
    result = judged(page(*blocks), sandbox)
    assert isinstance(result, Record)
    assert result.scores["exceptions_compared"] == 2
    assert result.scores["outputs_compared"] == 2


def test_an_exception_that_is_not_the_stated_one_is_named_with_its_block(sandbox: Sandbox) -> None:
    result = judged(page("x = 1", f"x = 2\nint('y')\n#> {ZERO}"), sandbox)
    assert isinstance(result, Rejected)
    assert result.detail.startswith(f"block 2: stated '{ZERO}', raised \"ValueError: invalid literal")


def test_a_message_names_the_line_of_the_block_where_a_session_failed(sandbox: Sandbox) -> None:
    result = judged(page("x = 1", ">>> y = 2\n>>> y\n2\n>>> z + 1\n3"), sandbox)
    assert isinstance(result, Rejected)
    assert (result.reason, result.detail) == ("block_error", "block 2, line 4: NameError at line 4")


def test_the_parts_of_stated_lines() -> None:
    assert split_exception(["a", "ValueError: x", ""]) == ("a\n", "ValueError: x", False)
    assert split_exception(["a", TRACEBACK, "  File", "KeyError: 1"]) == ("a\n", "KeyError: 1", True)
    assert split_exception(["Error found: 1", "value: 2"]) == ("Error found: 1\nvalue: 2\n", "", False)
    assert split_exception(["KeyboardInterrupt"]) == ("", "KeyboardInterrupt", False)


# Sessions


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (">>> 1 + 1\n2", "kept"),
        (">>> 1 + 1\n3", "output_differs"),
        (">>> x = 2\n>>> x\n2\n>>> None\n>>> print(x)\n2", "kept"),
        (">>> for i in range(2):\n...     print(i)\n...\n0\n1", "kept"),
        (">>> 0.1 + 0.2\n0.3", "kept"),
        (">>> 'a'", "output_differs"),
        (f">>> 1 / 0\n{TRACEBACK}\n    ...\n{ZERO}\n>>> 2\n2", "kept"),
        (f">>> 1 / 1\n{TRACEBACK}\n    ...\n{ZERO}", "exception_differs"),
        (">>> 1 / 0", "block_error"),
        (">>> print('a\\n\\nb')\na\n<BLANKLINE>\nb", "kept"),
        (">>> print('ab')\na<BLANKLINE>b", "output_differs"),
        (f">>> int(1 / 0)\n{TRACEBACK}\n  ...\njson.{ZERO}", "exception_differs"),
        (">>> list(range(30))  # doctest: +ELLIPSIS\n[0, 1, ..., 29]", "kept"),
        (">>> list(range(30))  # doctest: +SKIP\n[]", "output_differs"),
        (">>> True\n1", "output_differs"),
        (">>> 1\n1\n\n# a remark\n>>> 2\n2", "kept"),
        (">>> 1\n1\n\nnobody said so", "malformed_example"),
        (">>>1", "malformed_example"),
    ],
)
@pytest.mark.parametrize("language", ["python", "pycon"])
def test_a_session_shows_what_the_interpreter_would(
    sandbox: Sandbox, block: str, expected: str, language: str
) -> None:
    assert reason(page(block, language=language), sandbox) == expected


@pytest.mark.parametrize("text", ["{}", "def f():\n  '''\n{}\n  '''"])
def test_what_is_run_grows_with_the_number_of_examples(text: str) -> None:
    def size(examples: int) -> int:
        claims = page_claims((text.format("  >>> 1\n" * examples),))
        claims = with_docstrings(claims) or claims
        return sum(len(source) for claim in claims for source in claim.sources)

    assert size(4000) < 5 * size(1000)


def test_a_session_shares_names_with_the_blocks_around_it(sandbox: Sandbox) -> None:
    blocks = ["def twice(x):\n    return 2 * x", ">>> twice(3)\n6\n>>> y = twice(4)", "print(y)\n#> 8"]
    result = judged(page(*blocks), sandbox)
    assert isinstance(result, Record)
    assert result.scores["doctests_run"] == 2
    assert judged(result, sandbox) == result


# Docstrings


DOC = 'def {name}(x):\n    """Say it.\n\n    >>> {name}(2)\n    {value}\n    """\n    return x * 3'


@pytest.mark.parametrize(
    ("docstring", "expected"),
    [
        ("Add.\n\n    >>> add(1, 2)\n    3\n    ", "kept"),
        ("Add.\n\n    >>> add(0.1, 0.2)\n    0.3\n    ", "kept"),
        ("Add.\n\n    >>> add(1, 2)\n    4\n    ", "doctest_failed"),
        ("Add.\n\n    >>> add(1, '')  # wrong\n    1\n    ", "doctest_failed"),
        (
            f"Add.\n\n    >>> add(1, None)\n    {TRACEBACK}\n        ...\n    KeyError: 1\n    ",
            "doctest_failed",
        ),
        (f"Add.\n\n    >>> add(1 / 0, 2)\n    {TRACEBACK}\n        ...\n    {ZERO}\n    ", "kept"),
        ("Add.\n\n    >>> add(1, 2)\n    3\n    Text below is output.\n    ", "doctest_failed"),
        ("Add.\n\n    >>> add(1,\n    3\n    ", "doctest_failed"),
        ("Add.\n\n    >>>add(1, 2)\n    3\n    ", "malformed_example"),
        ("Add.\n\n    add(1, 2) gives 3.\n    ", "kept"),
    ],
)
def test_examples_in_an_exercise_must_hold(sandbox: Sandbox, docstring: str, expected: str) -> None:
    assert reason(exercise(docstring), sandbox) == expected


def test_tests_that_fail_are_named_before_examples(sandbox: Sandbox) -> None:
    wrong = exercise("Add.\n\n    >>> add(1, 2)\n    3\n    ", "    return a - b\n")
    assert reason(wrong, sandbox) == "tests_failed"


def test_examples_in_docstrings_of_a_page_must_hold(sandbox: Sandbox) -> None:
    assert reason(page(DOC.format(name="f", value=6)), sandbox) == "kept"
    result = judged(page("y = 1", DOC.format(name="f", value=7)), sandbox)
    assert isinstance(result, Rejected)
    assert result.reason == "doctest_failed"
    assert result.detail == "block 2, docstring of f, line 3: line 1: stated '7', real '6'"


def test_examples_run_behind_the_block_that_holds_them(sandbox: Sandbox) -> None:
    first = DOC.format(name="f", value=6)
    assert reason(page(first, "def f(x):\n    return 0\n\nprint(f(2))\n#> 0"), sandbox) == "kept"


def test_examples_change_nothing_of_the_page(sandbox: Sandbox) -> None:
    block = 'seen = []\n\ndef f(x):\n    """Keep it.\n\n    >>> f(1)\n    1\n    >>> seen = 5\n    """\n'
    block += "    seen.append(x)\n    return len(seen)"
    assert reason(page(block, "print(f(9), seen)\n#> 1 [9]"), sandbox) == "kept"


def test_names_of_one_docstring_are_not_those_of_the_next(sandbox: Sandbox) -> None:
    blocks = [
        'def f(x):\n    """Say.\n\n    >>> n = 3\n    >>> f(n)\n    3\n    """\n    return x',
        'def g(x):\n    """Say.\n\n    >>> f(n)\n    3\n    """\n    return x',
    ]
    assert reason(page(blocks[0]), sandbox) == "kept"
    assert reason(page(*blocks), sandbox) == "doctest_failed"


def test_an_example_that_never_ends_is_a_timeout(sandbox: Sandbox) -> None:
    endless = DOC.format(name="f", value="6\n    >>> while True: pass")
    assert reason(page(endless), sandbox) == "timeout"


# A verdict for each block


def test_every_block_has_a_word(sandbox: Sandbox) -> None:
    kept = judged(page("x = 1", "print(x)\n#> 1"), sandbox)
    assert isinstance(kept, Record)
    assert kept.tags["blocks"] == "pass pass"
    result = judged(page("print(1)\n#> 1", "print(2)\n#> 3", "1 / 0", "print(4)\n#> 4"), sandbox)
    assert isinstance(result, Rejected)
    assert result.record.tags["blocks"] == "pass output_differs block_error not_run"
    assert "checked" not in result.record.tags


def test_what_was_lost_with_the_process_is_not_called_right(sandbox: Sandbox) -> None:
    result = judged(page("print(1)\n#> 1", "while True: pass", "x = 1"), sandbox)
    assert isinstance(result, Rejected)
    assert result.record.tags["blocks"] == "not_compared timeout not_run"
    result = judged(page("print(1)\n#> 1", "x = = 1"), sandbox)
    assert isinstance(result, Rejected)
    assert result.record.tags["blocks"] == "not_run syntax_error"


# Pages that would rather not be compared


@pytest.mark.parametrize(
    "first",
    [
        "print('3')",
        "print('3', end='')",
        "import sys\nsys.stdout.write('3\\n')",
        "import sys\nsys.last_value = KeyError(1)",
        "import atexit\natexit.register(print, 3)",
        "class Late:\n    def __del__(self):\n        print(3)\nlate = Late()",
        "import builtins\nbuiltins.exec = lambda *a: None",
        "import sys\nsys.stdout = open('/dev/null', 'w')",
        "import os\nos.write(1, b'3\\n')",
    ],
)
def test_no_block_answers_for_the_next_one(sandbox: Sandbox, first: str) -> None:
    assert reason(page(first, ">>> 1 + 1\n3"), sandbox) != "kept"
    assert reason(page(first, f">>> 1 / 1\n{TRACEBACK}\n    ...\nKeyError: 1"), sandbox) != "kept"
    assert reason(page(first, "print(1 + 1)\n#> 3"), sandbox) != "kept"
