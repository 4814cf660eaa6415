"""Pages split into prose and Python blocks: which code is read, what states output, what is refused."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hornbook.quality.markdown import (
    UnclosedBlock,
    UnreadableBlock,
    is_session,
    parse_page,
    python_blocks,
    stated_lines,
)

CODE = "print(1)\n#> 2\n"
SESSION = ">>> 1 + 1\n3\n"


def read(text: str) -> tuple[str, ...]:
    return parse_page(f"# Page\n\nProse.\n\n{text}\n\nProse.\n").blocks


@pytest.mark.parametrize("mark", ["```", "````", "~~~", "~~~~~"])
@pytest.mark.parametrize(
    "label",
    [
        "python",
        "Python",
        "py",
        "python3",
        "python3.11",
        "pycon",
        "ipython",
        "{python}",
        "{.python}",
        " {.python #a}",
    ]
    + [
        'python title="a.py"',
        "python:a.py",
        "{python, echo=FALSE}",
        "{code-cell} ipython3",
        "{code-block} python",
    ],
)
def test_every_way_to_fence_python_is_read(mark: str, label: str) -> None:
    assert read(f"{mark}{label}\n{CODE}{mark}") == (CODE,)


@pytest.mark.parametrize(
    "text",
    [
        "1. One\n\n    ```python\n    print(1)\n    #> 2\n    ```",
        "- One\n  ```python\n  print(1)\n  #> 2\n  ```",
        "- ```python\n  print(1)\n  #> 2\n  ```",
        "\t```python\n\tprint(1)\n\t#> 2\n\t```",
        "> ```python\n> print(1)\n> #> 2\n> ```",
        "> > ~~~python\n> > print(1)\n> > #> 2\n> > ~~~",
        "> ```python\n> print(1)\n> #> 2",
        "> 1. One\n>\n>    ```python\n>    print(1)\n>    #> 2\n>    ```",
        "    print(1)\n    #> 2",
        "\tprint(1)\n\t#> 2",
        "```\nprint(1)\n#> 2\n```",
        "```text\nprint(1)\n#> 2\n```",
    ],
)
def test_python_is_read_wherever_it_stands(text: str) -> None:
    assert read(text) == (CODE,)


@pytest.mark.parametrize(
    "text", ["```\n{}```", "~~~ text\n{}~~~", "```ipython\n{}```", "> ```\n> >>> 1 + 1\n> 3\n> ```"]
)
def test_sessions_need_no_language(text: str) -> None:
    assert read(text.format(SESSION)) == (SESSION,)
    assert read("    >>> 1 + 1\n    3\n\n    >>> 2") == (">>> 1 + 1\n3\n\n>>> 2\n",)


@pytest.mark.parametrize(
    "text", ["```sh\nls #> a\n```", "```\na tree\n```", "    indented prose", "```r\nx\n#> [1] 2\n```"]
)
def test_what_states_nothing_of_python_is_no_block(text: str) -> None:
    assert read(text) == ()


def test_a_fence_ends_at_one_of_its_kind_and_length() -> None:
    assert read("````python\nx = '''\n```\n~~~~\n'''\n````") == ("x = '''\n```\n~~~~\n'''\n",)
    assert read("```python\nx = '''\n    ```\n``` x\n'''\n```") == ("x = '''\n    ```\n``` x\n'''\n",)


# Fences of output


@pytest.mark.parametrize(
    "text",
    [
        "```\n1\n\n  2\n```",
        "```text\n1\n\n  2\n```",
        "Output:\n\n```\n1\n\n  2\n```",
        "**Output**\n\n~~~\n1\n\n  2\n~~~",
        "This prints:\n```text\n1\n\n  2\n```",
        "Some remark.\nAnd another.\n\n```output\n1\n\n  2\n```",
    ],
)
def test_a_fence_of_output_states_that_of_the_block_before_it(text: str) -> None:
    (block,) = read(f"```python\nx = f()\n```\n\n{text}")
    assert block.startswith("x = f()\n")
    assert stated_lines(block) == ["1", "", "  2"]


@pytest.mark.parametrize(
    "between", ["The tree looks so:\n\n", "Output means much.\nSee:\n\n", "```sh\nls\n```\n\n"]
)
def test_a_fence_behind_something_else_states_nothing(between: str) -> None:
    assert read(f"```python\nx = f()\n```\n\n{between}```\n1\n```") == ("x = f()\n",)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("```output\n1\n```", 5),
        ("```python\nprint(1)\n#> 1\n```\n\n```output\n1\n```", 10),
        ("```python\n>>> 1\n1\n```\n\nOutput:\n\n```\n1\n```", 12),
        (">>> 1 + 1\n3", 5),
        ("So:\n    >>> 1 + 1\n    3", 6),
        ("- >>> 1 + 1\n  3", 5),
        ("> >>> 1 + 1\n> 3", 5),
        ("x = 1\n#> 2", 6),
        ("• >>> 1 + 1\n3", 5),
        ("1. >>> 1 + 1\n3", 5),
        (">>>1 + 1\n3", 5),
        ("<pre>&gt;&gt;&gt; 1 + 1\n3</pre>", 5),
        ("````md\n```python\nprint(1)\n#> 2\n```\n````", 5),
        (">> ```python\n>> #> 2\n>> x", 6),
        ("```java\n>>> 1\n2\n```", 5),
        ("```python `a`\nprint(1)\n#> 2", 7),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_line(text: str, line: int) -> None:
    with pytest.raises(UnreadableBlock, match=f"^line {line}: "):
        read(text)


def test_prose_may_speak_of_prompts() -> None:
    assert (
        read("The prompt `>>> ` waits.\n`>>> ` waits.\n`#> ` states.\n| `>>> 1` |\n> > > Quoted.\n# >> x")
        == ()
    )


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_lines_end_as_on_any_machine(ending: str) -> None:
    text = f"# Page\n\n```python\n{CODE}```\n"
    assert parse_page(text.replace("\n", ending)) == parse_page(text)


def test_blocks_are_read_though_the_page_is_refused() -> None:
    text = "```python\nx = 1\n```\n>>> 2\n\n```py\ny = 2\n```\n```python\nz = 3\n"
    with pytest.raises(UnclosedBlock, match="line 9"):
        parse_page(text)
    assert python_blocks(text) == ("x = 1\n", "y = 2\n")


def test_a_session_may_begin_with_a_comment() -> None:
    assert is_session("# So:\n\n>>> 1\n1\n")
    assert not is_session("# So:\ndef f():\n    '''\n    >>> 1\n    '''\n")
    assert python_blocks("```python\n# So:\n>>> 1\n1\n```\n") == ("1\n",)


def test_a_text_in_quotes_states_nothing() -> None:
    assert stated_lines("print('''a\n#> b''')\n#> a\n  #> #> b\n") == ["a", "#> b"]
    assert stated_lines("s = '''\n#> b\n'''\n") == []
    assert stated_lines("s = '''\n#> b\n") == ["b"], "of what is no Python every line counts"


@given(st.text(st.sampled_from("`~> #\n-1.x\t{}"), max_size=60))
def test_every_text_is_split_or_refused(text: str) -> None:
    try:
        page = parse_page(text)
    except UnreadableBlock:
        return
    assert python_blocks(text) is not None
    kept = "".join(page.prose.split() + [part for block in page.blocks for part in block.split()])
    assert len(kept) <= len("".join(text.split())) + 2 * sum(block.count("#>") for block in page.blocks)


HOSTILE: list[Callable[[int], str]] = [
    lambda n: "```" + " " * n + "`\n",
    lambda n: "```" + "a" * n + "`\n",
    lambda n: "`" * n + "\n",
    lambda n: " " * n + "```x\n" * 2,
    lambda n: "> " * (n // 2) + "x\n",
    lambda n: "- " * (n // 2) + "x\n",
    lambda n: "1. " * (n // 3) + "```\n",
    lambda n: ">" * n + "\n",
    lambda n: "```\n" + "{." * (n // 2),
    lambda n: "```python\n```\n```\nx\n```\n" * (n // 25),
    lambda n: "    >>> 1\n\nx\n\n" * (n // 14),
]


@pytest.mark.parametrize("made", HOSTILE)
def test_time_grows_with_the_length_of_a_page(made: Callable[[int], str]) -> None:
    def seconds(text: str) -> float:
        start = time.process_time()
        python_blocks(text)
        return time.process_time() - start

    short, long = (min(seconds(made(n)) for _ in range(3)) for n in (100_000, 400_000))
    assert short < 0.2
    assert long < 10 * short + 0.01, "four times the length, and not sixteen times the time"
