"""A plan: the calls that a program has to answer, and checks of the answers that are made elsewhere.

The program's process receives names of functions and arguments, and sends values back; what the tests expect never
enters it. Planner.py makes plans of asserts. Runs in the judge's process.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import CodeType
from typing import Any

from hornbook.sandbox import wire

_BUILTINS = """
abs all any bin bool bytearray bytes chr complex dict divmod enumerate float frozenset hex int isinstance len list
max min oct ord pow range repr reversed round set slice sorted str sum tuple type zip
"""
_SEQUENCES = (ast.List, ast.Tuple)
_NUMBERS = (int, float)
PURE = {name: getattr(builtins, name) for name in _BUILTINS.split()}


class NeedsProgram(BaseException):
    """A check asks an object that stayed in the program's process. No test can catch it."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the program: its function and the arguments, which nothing else depends on."""

    function: str
    args: tuple[Any, ...]
    kwargs: dict[str, Any]


class NotLiteral(ValueError):
    """An expression that has to be compiled to be evaluated."""


def literal(tree: ast.expr) -> Any:
    """The value of a literal, a list of literals and so on; raises NotLiteral. Most of what tests hold is literal,
    and compiling an expression costs ten times as much as this."""
    if isinstance(tree, ast.Constant):
        return tree.value
    if isinstance(tree, ast.List):
        return [literal(item) for item in tree.elts]
    if isinstance(tree, ast.Tuple):
        return tuple([literal(item) for item in tree.elts])
    if isinstance(tree, ast.Dict) and None not in tree.keys:
        pairs = zip(tree.keys, tree.values, strict=True)
        return {literal(key): literal(value) for key, value in pairs if key is not None}
    if (number := _negated(tree)) is not None:
        return -number
    raise NotLiteral


def is_literal(tree: ast.expr) -> bool:
    """Whether it has a `literal` that arrives elsewhere as it is; asking costs less than making it.

    Asked several times of each node, and so without `match`, which takes twice as long.
    """
    if isinstance(tree, ast.Constant):
        return tree.value is not ...
    if isinstance(tree, _SEQUENCES):
        return all(map(is_literal, tree.elts))
    if isinstance(tree, ast.Dict):
        return all(isinstance(key, ast.Constant) for key in tree.keys) and all(map(is_literal, tree.values))
    return _negated(tree) is not None


def _negated(tree: ast.expr) -> int | float | None:
    """The number of which this is the negative; None of anything else."""
    if (
        isinstance(tree, ast.UnaryOp)
        and isinstance(tree.op, ast.USub)
        and isinstance(tree.operand, ast.Constant)
    ):
        number = tree.operand.value
        return number if isinstance(number, _NUMBERS) else None
    return None


class Expression:
    """An expression of a test, compiled when it is needed and no literal."""

    __slots__ = ("_code", "_tree")

    def __init__(self, tree: ast.expr) -> None:
        """`tree`: over constants, allowed names, and answers named `_0`, `_1`..."""
        self._tree = tree
        self._code: CodeType | None = None

    def value(self, names: dict[str, Any]) -> Any:
        """Its value under these names. Raises what Python raises."""
        try:
            return literal(self._tree)
        except (NotLiteral, TypeError):  # TypeError: a key that cannot be one, which is for Python to say
            return self._evaluated(names)

    def _evaluated(self, names: dict[str, Any]) -> Any:
        if self._code is None:
            whole = ast.fix_missing_locations(ast.Expression(self._tree))
            self._code = compile(whole, "<tests>", "eval")
        return eval(self._code, {"__builtins__": {}, **PURE, **names})


@dataclass(frozen=True, slots=True)
class Check:
    """One assert."""

    condition: Expression
    line: int
    calls: tuple[int, ...]
    """The answers that it is about."""
    equals: tuple[Any, ...]
    """Where it says that the one answer equals a literal: that. Else empty."""
    guesses: tuple[Expression, ...]
    """What the answer may be compared with."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What compiled tests ask of a program and of its answers."""

    calls: tuple[Call, ...]
    checks: tuple[Check, ...]
    names: dict[str, Any]
    """What the checks may refer to besides the answers."""

    def holds(self, check: Check, answers: Sequence[Any] | Mapping[int, Any]) -> bool:
        """Whether the assert holds for these answers. Raises what its evaluation raises, or NeedsProgram."""
        if check.equals:
            return bool(answers[check.calls[0]] == check.equals[0])
        return bool(
            check.condition.value({**self.names, **{f"_{call}": answers[call] for call in check.calls}})
        )

    def certain(self) -> bytes:
        """A byte for each call: 1 where an assert says that it equals a literal, so that no other value passes."""
        equal = {check.calls[0] for check in self.checks if check.equals}
        return bytes([call in equal for call in range(len(self.calls))])

    def witness(self) -> list[Any] | None:
        """Answers with which every assert holds, or None where none could be guessed.

        A program that answers exactly these needs no further look; others are checked one by one.
        """
        answers: list[Any] = [None] * len(self.calls)
        for call in range(len(self.calls)):
            checks = [check for check in self.checks if call in check.calls]
            if any(len(check.calls) != 1 for check in checks):
                return None
            if len(checks) == 1 and checks[0].equals:
                (answers[call],) = checks[0].equals
                continue
            found = next(
                (guess for guess in self._guesses(checks) if self._all_hold(checks, call, guess)), None
            )
            if found is None:
                return None
            (answers[call],) = found
        return answers

    def stubs(self, witness: Sequence[Any] | None) -> tuple[str, ...]:
        """The names of trivial functions that these tests let pass: tests that one passes certify nothing."""
        fixed: dict[str, list[Any]] = {
            "None": [None for _ in self.calls],
            "the first argument": [call.args[0] if call.args else None for call in self.calls],
        }
        if witness:
            fixed["the first expected value"] = [witness[0] for _ in self.calls]
        return tuple(name for name, answers in fixed.items() if self._all_true(answers))

    def _guesses(self, checks: Sequence[Check]) -> Iterator[tuple[Any]]:
        for check in checks:
            if check.equals:
                yield (check.equals[0],)
            for guess in check.guesses:
                try:
                    yield (guess.value(self.names),)
                except Exception:
                    continue  # a guess that cannot be evaluated is no guess
        for constant in (True, False, None):
            yield (constant,)

    def _all_hold(self, checks: Sequence[Check], call: int, guess: tuple[Any]) -> bool:
        """Whether the guess, as it would arrive from a program, satisfies the checks."""
        try:
            (answer,) = wire.decode_all(wire.encode(guess[0]), refuse)
            return all(self.holds(check, {call: answer}) for check in checks)
        except Exception:
            return False

    def _all_true(self, answers: Sequence[Any]) -> bool:
        try:
            return all(self.holds(check, answers) for check in self.checks)
        except Exception:
            return False


def refuse(payload: Any) -> Any:
    """For `wire.decode` where only data may come; raises Unreadable."""
    raise wire.Unreadable("an object that is no data")
