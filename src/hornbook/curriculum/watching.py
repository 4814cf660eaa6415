"""What the variables of a solution hold, round by round: the solution is run, and watched at one loop.

Only solutions of this package are run here, in the teacher's process: they are as much a part of it as the
teacher itself. Even so, they run for a bounded number of rounds, and not at all where they could reach out of
themselves. Whatever a page states from it is executed once more, in the sandbox, by the check stage.
"""

from __future__ import annotations

import ast
import copy
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from hornbook.curriculum.family import Task, copied
from hornbook.curriculum.page_blocks import definition
from hornbook.curriculum.parsing import nodes_below, parsed
from hornbook.curriculum.set_order import depends_on_a_set

_MOST_ROUNDS = 9
_LONGEST_VALUE = 44
_MOST_NAMES = 4
_PROBE, _TICK = "_hornbook_probe", "_hornbook_tick"
_TICKING = ast.parse(f"{_TICK}()").body[0]
_MOST_TICKS = 20_000
_ENDLESS = re.compile(r"\bwhile\b|\byield\b|\b(?:cycle|repeat|iter)\(|itertools\.count\(|(?<![.\w])count\(")
_HARMLESS_LIST = (
    "base64 bisect calendar collections contextlib copy csv dataclasses datetime enum fractions functools "
    "graphlib hashlib heapq itertools json math operator re statistics string textwrap typing unicodedata zlib"
)
_HARMLESS = frozenset(_HARMLESS_LIST.split())
"""Modules that hold no state of the process and reach nothing outside of it."""
_REACHES_OUT = re.compile(r"(?<![.\w])(?:print|open|input|exec|eval|compile|__import__|globals)\(|\bglobal\b")


_UNCHANGING = frozenset({int, str, float, bool, type(None)})


class Unwatchable(ValueError):
    """A solution that is not run here, has no loop to watch, or one whose rounds would not fit on a page."""


class Endless(BaseException):
    """A run that went through too many rounds; no `except Exception` of a solution swallows it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loop:
    """The first loop of a solution, and what is worth watching there."""

    names: tuple[str, ...]
    """Variables of the loop, then those that it changes."""
    changed: tuple[str, ...]
    """Variables that were set before the loop and that it changes."""
    over: str
    """The argument that the loop goes through element by element; "" where it is no plain argument."""
    first: int
    """Number of the body's first line, from 0."""
    after: int
    """Number of the first line behind the loop."""
    column: int
    """Indentation of the loop."""
    broken: bool
    """Whether a `break` may end it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """One run."""

    loop: Loop
    rounds: tuple[tuple[Any, ...], ...]
    """Values of `loop.names` at the start of every round."""
    end: tuple[Any, ...]
    """Values of `loop.changed` behind the loop; () where the function returned inside of it."""
    complete: bool
    """Whether the loop went through all of the argument `loop.over`."""
    result: Any

    def states(self) -> list[dict[str, Any]]:
        """Return the changed variables at the start of every round, and behind the loop where it was reached."""
        found = [dict(zip(self.loop.names, values, strict=True)) for values in self.rounds]
        return [*found, dict(zip(self.loop.changed, self.end, strict=True))] if self.end else found

    @property
    def changes(self) -> bool:
        """Whether one of the changed variables is seen with two values, or the loop is left early."""
        seen = (tuple(repr(state[name]) for name in self.loop.changed) for state in self.states())
        return not self.end or len(set(seen)) > 1

    def lines(self) -> list[str]:
        """Return what the printing solution prints."""
        return [
            " ".join(f"{name}={value!r}" for name, value in zip(self.loop.names, values, strict=True))
            for values in self.rounds
        ]


def function_of(task: Task, body: str = "", probe: Callable[..., None] | None = None) -> Callable[..., Any]:
    """Return a solution of the task as a function, or one with `probe`, which it tells what its probes see.

    A call raises Endless after 20,000 rounds and calls; those of a right solution are counted only where it may
    go on for ever, as finding their places takes as long as compiling it. Raises Unwatchable for a solution that
    could change the process or reach out of it.
    """
    imported = {line.split()[1].partition(".")[0] for line in task.imports}
    if unknown := imported - _HARMLESS:
        raise Unwatchable(f"{min(unknown)} may reach out of the process")
    source = definition(task.name, task.arguments, body or task.body, task.imports, setup=task.setup)
    if _REACHES_OUT.search(source):
        raise Unwatchable("the solution prints, reads, or changes what is global")
    clock = _Clock()
    # Of a module that exists: a dataclass among the helpers looks it up.
    namespace: dict[str, Any] = {"__name__": __name__, _TICK: clock.tick, _PROBE: probe}
    is_sure = probe is not None and source.count("def ") == 1 and not may_not_end(source)
    exec(compile(source if is_sure else _counted(source), "<solution>", "exec"), namespace)
    solution: Callable[..., Any] = namespace[task.name]

    def function(*arguments: Any) -> Any:
        clock.ticks = 0
        return solution(*arguments)

    return function


class _Clock:
    """Counts the rounds and calls of one run."""

    ticks = 0

    def tick(self) -> None:
        self.ticks += 1
        if self.ticks > _MOST_TICKS:
            raise Endless


def _counted(source: str) -> ast.Module:
    tree = ast.parse(source)
    _count_rounds(tree.body)
    return tree


def may_not_end(source: str) -> bool:
    """Say whether a source has a loop whose end no finite value settles."""
    return _ENDLESS.search(source) is not None


def _count_rounds(statements: Sequence[ast.AST]) -> None:
    """Put a tick at the start of every loop's body and every function's."""
    for statement in statements:
        for part in ("body", "orelse", "finalbody", "handlers", "cases"):
            if isinstance(inner := getattr(statement, part, None), list):
                _count_rounds(inner)
        if isinstance(statement, ast.For | ast.While | ast.FunctionDef):
            statement.body.insert(0, _TICKING)


def calls_itself(task: Task) -> bool:
    """Say whether the solution is recursive."""
    return f"{task.name}(" in task.body and re.search(rf"\b{task.name}\(", task.body) is not None


def find_loop(task: Task) -> Loop:
    """Find the first loop of a solution that changes something; raises Unwatchable."""
    if calls_itself(task):
        raise Unwatchable("rounds of calls inside of calls cannot be told apart")
    if not re.search(r"^(?:for|while)\b", task.body, re.M):
        raise Unwatchable("no loop outside of other statements")
    if depends_on_a_set(task):
        raise Unwatchable("the loop may depend on the order of a set")
    statements = parsed(task.body).body
    place = next(i for i, s in enumerate(statements) if isinstance(s, ast.For | ast.While))
    loop = statements[place]
    assert isinstance(loop, ast.For | ast.While), "found as one"
    arguments = tuple(a.name for a in task.arguments)
    return _described(loop, _assigned(statements[:place]), arguments, has_break="break" in task.body)


def _described(
    loop: ast.For | ast.While, before: set[str], arguments: Sequence[str], *, has_break: bool
) -> Loop:
    targets = (
        [n.id for n in nodes_below([loop.target]) if isinstance(n, ast.Name)]
        if isinstance(loop, ast.For)
        else []
    )
    changed = [
        name for name in _in_order(loop.body, _assigned(loop.body)) if name in before or name in arguments
    ]
    names = tuple(dict.fromkeys([*targets, *changed]))
    if not changed or len(names) > _MOST_NAMES or loop.body[0].lineno == loop.lineno or "_" in names:
        raise Unwatchable("nothing to watch in the loop, or too much")
    over = loop.iter.id if isinstance(loop, ast.For) and isinstance(loop.iter, ast.Name) else ""
    return Loop(
        names=names,
        changed=tuple(changed),
        over=over if over in arguments and over not in changed else "",
        first=loop.body[0].lineno - 1,
        after=loop.end_lineno or loop.lineno,
        column=loop.col_offset,
        broken=has_break and any(map(_breaks, loop.body)),
    )


def _breaks(node: ast.AST) -> bool:
    """Say whether a statement may end the loop that it stands in."""
    inner = isinstance(node, ast.For | ast.While)
    return isinstance(node, ast.Break) or not inner and any(map(_breaks, ast.iter_child_nodes(node)))


_CHANGING = frozenset(
    ("append", "add", "extend", "insert", "pop", "remove", "discard", "update", "setdefault")
    + ("appendleft", "popleft", "clear")
)


def _assigned(statements: Sequence[ast.stmt]) -> set[str]:
    """Return the names that statements assign to, or whose object they change by a method or an index."""
    found: set[str] = set()
    for node in nodes_below(statements):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
        elif isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store):
            found |= {n.id for n in [node.value] if isinstance(n, ast.Name)}
        elif (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in _CHANGING
        ):
            found |= {n.id for n in [node.func.value] if isinstance(n, ast.Name)}
    return found


def _in_order(statements: Sequence[ast.stmt], names: set[str]) -> list[str]:
    nodes = [node for node in nodes_below(statements) if isinstance(node, ast.Name)]
    seen = [(node.lineno, node.col_offset, node.id) for node in nodes if node.id in names]
    return list(dict.fromkeys(name for _, _, name in sorted(seen)))


class Watcher:
    """A task's solution with eyes: compiled once when it is first run, and run as often as is wanted."""

    def __init__(self, task: Task) -> None:
        """Find the loop to watch; raises Unwatchable."""
        self.task, self.loop = task, find_loop(task)
        self._is_watching = True
        self._rounds: list[tuple[Any, ...]] = []
        self._end: list[tuple[Any, ...]] = []

    @cached_property
    def _function(self) -> Callable[..., Any]:
        return function_of(self.task, self._probed(), self._probe)

    def run(self, arguments: Sequence[Any]) -> Watched:
        """Run the solution and note the loop's variables; raises Unwatchable."""
        self._rounds, self._end, self._is_watching = [], [], True
        try:
            result = self._function(*copied(tuple(arguments)))
        except (Exception, Endless) as error:  # a variable set in some rounds only, what cannot be copied
            raise Unwatchable(str(error)) from error
        if not 2 <= len(self._rounds) <= _MOST_ROUNDS or len(self._end) > 1:
            raise Unwatchable("too few rounds or too many")
        whole = dict(zip((a.name for a in self.task.arguments), arguments, strict=True)).get(self.loop.over)
        return Watched(
            loop=self.loop,
            rounds=tuple(self._rounds),
            end=self._end[0] if self._end else (),
            complete=isinstance(whole, list | str | tuple)
            and not self.loop.broken
            and bool(self._end)
            and len(self._rounds) == len(whole),
            result=result,
        )

    def answer(self, arguments: Sequence[Any]) -> Any:
        """Return the solution's answer without watching; raises whatever it raises, and Endless."""
        self._is_watching = False
        return self._function(*copied(tuple(arguments)))

    def printing(self) -> str:
        """Return the solution's body with a print at the start of every round."""
        shown = " ".join(f"{{{name}=}}" for name in self.loop.names)
        lines = self.task.body.split("\n")
        return "\n".join(
            [*lines[: self.loop.first], f'{self._indent()}print(f"{shown}")', *lines[self.loop.first :]]
        )

    def _probed(self) -> str:
        loop, lines = self.loop, self.task.body.split("\n")
        inside = f"{self._indent()}{_PROBE}({', '.join(loop.names)})"
        behind = f"{' ' * loop.column}{_PROBE}({', '.join(loop.changed)}, end=True)"
        body = [*lines[: loop.first], inside, *lines[loop.first : loop.after], behind, *lines[loop.after :]]
        return "\n".join(body)

    def _indent(self) -> str:
        first = self.task.body.split("\n")[self.loop.first]
        return first[: len(first) - len(first.lstrip())]

    def _probe(self, *values: Any, end: bool = False) -> None:
        if not self._is_watching:
            return
        if len(self._rounds) > _MOST_ROUNDS or not all(map(_can_be_shown, values)):
            raise Unwatchable("more rounds or longer values than fit on a page")
        (self._end if end else self._rounds).append(tuple(map(_kept, values)))


def _kept(value: Any) -> Any:
    """Return a value as it is now, whatever is done to it later."""
    if type(value) in _UNCHANGING:
        return value
    if type(value) is list and all(type(element) in _UNCHANGING for element in value):
        return value[:]
    return copy.deepcopy(value)


def _can_be_shown(value: Any) -> bool:
    shown = repr(value)
    return len(shown) <= _LONGEST_VALUE and " at 0x" not in shown and not _holds_a_set(value)


def _holds_a_set(value: Any) -> bool:
    if isinstance(value, dict):
        return any(map(_holds_a_set, value.values()))
    if isinstance(value, list | tuple):
        return any(map(_holds_a_set, value))
    return isinstance(value, set | frozenset)


def running_answer(watcher: Watcher, first: Watched) -> str:
    """Return the variable that always holds the answer for the elements seen so far; "" when none does.

    Tried on every case of the task and every beginning of its argument, by running the solution on it.
    """
    if not first.complete:
        return ""
    candidates = set(watcher.loop.changed)
    position = [argument.name for argument in watcher.task.arguments].index(watcher.loop.over)
    for arguments, _ in watcher.task.cases:
        try:
            run = watcher.run(arguments)
        except Unwatchable:
            continue
        if not candidates or not run.complete:
            return ""
        for number, state in enumerate(run.states()):
            start = [*arguments]
            start[position] = arguments[position][:number]
            try:
                answer = watcher.answer(start)
            except (Exception, Endless):  # this beginning is no input of the task: nothing can be said for it
                return ""
            candidates = {name for name in candidates if _same(state[name], answer)}
    return min(candidates, default="")


def _same(a: Any, b: Any) -> bool:
    """Say whether values are equal and print alike: dictionaries of another order do not."""
    return type(a) is type(b) and bool(a == b) and repr(a) == repr(b)
