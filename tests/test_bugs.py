"""Mistakes are small, are called by their name, and are run without harm to the process."""

import random
import sys
from dataclasses import replace
from itertools import pairwise

import pytest

from hornbook.curriculum.bug_kinds import KINDS, PLAIN, bugs_of
from hornbook.curriculum.bugs import Seen, draw_bug
from hornbook.curriculum.families import TAUGHT
from hornbook.curriculum.family import Argument, Task, draw_task
from hornbook.curriculum.page_blocks import renamed
from hornbook.curriculum.phrasing import write_prompt
from hornbook.curriculum.set_order import depends_on_a_set
from hornbook.curriculum.watching import Endless, Unwatchable, Watcher, function_of, running_answer


def task(
    body: str, *cases: tuple[tuple[object, ...], object], setup: str = "", annotation: str = "list"
) -> Task:
    return Task(
        family="t", concepts=("lists",), difficulty=1, name="f",
        arguments=(Argument(name="xs", annotation=annotation, meaning="values"),),
        returns="int", sentence="Return it.", imports=(), body=body, other_body=body, other_imports=(),
        cases=cases, idea="", setup=setup,
    )  # fmt: skip


MISTAKES = [
    ("boundary", "return [x for x in xs if x > 2]", "return [x for x in xs if x >= 2]"),
    ("membership", "return 2 not in xs", "return 2 in xs"),
    ("connective", "return xs and 1", "return xs or 1"),
    ("division", "return len(xs) // 2", "return len(xs) / 2"),
    ("division", "return len(xs) % 2", "return len(xs) // 2"),
    ("overwritten", "a = 0\na += 1\nreturn a", "a = 0\na = 1\nreturn a"),
    ("short_range", "return list(range(len(xs) - 1))", "return list(range(len(xs)))"),
    ("extreme", "return max(xs)", "return min(xs)"),
    ("keyword", "return sorted(xs, key=len)", "return sorted(xs)"),
    ("keyword", "xs.sort(reverse=True)\nreturn xs", "xs.sort()\nreturn xs"),
    ("unfiltered", "return sum(x for x in xs if x)", "return sum(x for x in xs)"),
    ("start", "n = 0\nfor x in xs:\n    n += x\nreturn n", "n = 1\nfor x in xs:\n    n += x\nreturn n"),
    ("extended", "a = []\na.append(xs)\nreturn a", "a = []\na.extend(xs)\nreturn a"),
    ("untidy", "return xs.lower().split()", "return xs.split()"),
    ("slice", "return xs[1:]", "return xs[2:]"),
    ("slice", "return xs[:3]", "return xs[:2]"),
    ("early", "for x in xs:\n    x\nreturn xs", "for x in xs:\n    x\n    return xs"),
    ("misspelt", "total = 1\nreturn total", "total = 1\nreturn totla"),
    ("unreturned", "return len(xs)", "answer_now = len(xs)"),
    ("unreturned", "a = 1\nreturn a", "a = 1\na"),
]


@pytest.mark.parametrize(("kind", "right", "wrong"), MISTAKES)
def test_a_mistake_changes_one_place(kind: str, right: str, wrong: str) -> None:
    found = bugs_of(right, {**KINDS, **PLAIN}[kind])
    assert [bug.body for bug in found] == [wrong]
    before, after = right.split("\n"), wrong.split("\n")
    assert before[found[0].line - 1] != after[found[0].line - 1]


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("short_range", "return list(range(9, len(xs) + 1, -1))"),
        ("short_range", "return list(range((len(xs)) + 1))"),
        ("boundary", "return (1) < 2"),
        ("boundary", "return 'é' < xs"),
        ("unfiltered", "return [x for x in (xs) if x]"),
    ],
)
def test_what_could_not_be_told_truly_is_left_alone(kind: str, body: str) -> None:
    assert bugs_of(body, KINDS[kind]) == []


def test_every_edit_of_a_solution_is_a_program() -> None:
    for family in TAUGHT[::3]:
        drawn = draw_task(family, random.Random(family.name))
        for kind in (*KINDS.values(), *PLAIN.values()):
            for bug in bugs_of(drawn.body, kind):
                compile(f"def f():\n    {bug.body.replace(chr(10), chr(10) + '    ')}", "<bug>", "exec")
                assert bug.body != drawn.body


def drawn(body: str, *cases: tuple[tuple[object, ...], object], setup: str = "") -> Seen | None:
    return draw_bug(task(body, *cases, setup=setup), random.Random(0))


def test_mistakes_about_the_task_come_before_plain_ones() -> None:
    plain = [
        draw_bug(t, random.Random(0)) is None and draw_bug(t, random.Random(0), plain=True) is not None
        for t in (draw_task(family, random.Random(family.name)) for family in TAUGHT)
    ]
    assert sum(plain) < 0.45 * len(plain)


def test_a_mistake_that_never_ends_is_not_shown() -> None:
    forever = "def g(n):\n    while n > 0:\n        n -= 2\n    while n < 0:\n        pass\n    return n"
    assert drawn("return g(len(xs[1:]))", (([1, 2, 3],), 0), setup=forever) is None


def test_whatever_a_mistake_raises_is_not_shown() -> None:
    refuses = (
        "class TooLow(Exception):\n    pass\n\n\ndef g(n):\n    if n < 1:\n        raise TooLow\n    return n"
    )
    assert drawn("return g(len(xs[1:]))", (([1, 2],), 1), setup=refuses) is None


@pytest.mark.parametrize(
    "body", ["import random\nreturn 1", "print(xs)\nreturn 1", "return open(xs)", "global x\nx = 1\nreturn 1"]
)
def test_a_solution_that_reaches_out_of_itself_is_not_run(body: str) -> None:
    reaching = task(body, (([1],), 1))
    imports, _, rest = body.partition("\n")
    if imports.startswith("import"):
        reaching = replace(reaching, imports=(imports,), body=rest)
    with pytest.raises(Unwatchable):
        function_of(reaching)


def test_a_run_is_bounded_even_where_a_solution_swallows_exceptions() -> None:
    body = (
        "while True:\n    try:\n        for x in xs:\n            pass\n    except Exception:\n        pass"
    )
    before = sys.getrecursionlimit()
    with pytest.raises(Endless):
        function_of(task(body))([1])
    assert sys.getrecursionlimit() == before


def test_a_beginning_on_which_the_solution_never_ends_has_no_running_answer() -> None:
    body = "n = 0\nfor x in xs:\n    n += x\nwhile not xs:\n    pass\nreturn n"
    watcher = Watcher(task(body, (([1, 2],), 3), (([4, 5, 6],), 15)))
    assert running_answer(watcher, watcher.run(([1, 2],))) == ""


SETS = [
    ("return list(set(xs))", True),
    ("return sorted(set(xs))", False),
    ("seen = set()\nfor x in xs:\n    if x not in seen:\n        seen.add(x)\nreturn len(seen)", False),
    ("seen = set(xs)\nfor x in seen:\n    pass\nreturn 1", True),
    ("return [x for x in {1, 2} & set(xs)]", True),
    ("return next(iter({x for x in xs}))", True),
    ("return [x for x in xs if x in {1, 2}]", False),
    ("return [k for k in xs.keys() & {1}]", True),
    ("return xs", False),
]


@pytest.mark.parametrize(("body", "unsafe"), SETS)
def test_walking_through_a_set_is_noticed(body: str, unsafe: bool) -> None:
    assert depends_on_a_set(task(body)) == unsafe


def test_an_argument_that_is_a_set_is_noticed_and_one_in_a_helper_too() -> None:
    assert depends_on_a_set(task("return [x for x in xs]", annotation="set[str]"))
    assert depends_on_a_set(task("return g(xs)", setup="def g(xs):\n    return list(set(xs))"))


def test_a_set_inside_of_a_list_is_not_shown() -> None:
    with pytest.raises(Unwatchable):
        Watcher(task("a = []\nfor x in xs:\n    a.append({x})\nreturn len(a)")).run((["p", "q"],))


def test_a_loop_that_a_break_may_end_is_not_said_to_end_with_its_input() -> None:
    body = "n = 0\nfor x in xs:\n    n += x\n    if x == 9:\n        break\nreturn n"
    assert not Watcher(task(body)).run(([1, 9],)).complete
    inner = "n = 0\nfor x in xs:\n    for y in xs:\n        break\n    n += x\nreturn n"
    assert Watcher(task(inner)).run(([1, 9],)).complete


def test_a_method_of_the_functions_name_keeps_it() -> None:
    body = "import heapq\nreturn f(heapq.f(xs)) + f'{xs}'.f()"
    assert renamed(task(body), "g").body == "import heapq\nreturn g(heapq.f(xs)) + f'{xs}'.f()"


@pytest.mark.parametrize("style", ["doctest", "google", "numpy"])
def test_the_prompt_shows_nothing_for_none(style: str) -> None:
    nothing = task("return None", (([1],), None), (([2],), 2), (([3],), 3))
    for seed in range(40):
        lines = [
            line.strip() for line in write_prompt(nothing, (), random.Random(seed), style=style).split("\n")
        ]
        assert "None" not in [after for line, after in pairwise(lines) if line.startswith(">>>")]
