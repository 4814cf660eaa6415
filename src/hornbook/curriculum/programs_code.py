"""Python code for a chain of operations, in several styles: named steps, one expression, loops, map and filter.

The code is text made from the operations' templates; nothing here evaluates it.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from hornbook.curriculum.operation import Given, Operation

Steps = Sequence[tuple[Operation, Mapping[str, Any]]]

_ELEMENT_NAMES = {
    "numbers": ("n", "x", "num", "number", "value", "v"),
    "words": ("w", "word", "s", "item", "name"),
    "characters": ("c", "ch", "char", "letter"),
    "pairs": ("pair", "entry", "item", "p"),
    "rows": ("row", "line", "values"),
    "measurements": ("x", "value", "v", "measurement"),
    "readings": ("x", "reading", "value", "entry"),
    "texts": ("text", "s", "line", "t", "entry"),
    "number_set": ("n", "x", "number", "member"),
    "word_set": ("w", "word", "name", "member"),
}
_KEPT = ("kept", "selected", "chosen", "matching", "filtered", "left", "good", "subset")
_CHANGED = ("changed", "mapped", "converted", "new", "transformed", "updated", "results")
_OUT = ("result", "out", "collected", "output", "res", "answer")
_ATOM = re.compile(
    r"[\w.]+|-\d+|f?'[^']*'|\w[\w.]*\([^()]*\)|\w+\[[^\[\]]*\]|''\.join\(.*\)|\{.*\}|\[[^\[\]]*\]"
)
_ONE_CALL = re.compile(r"(?:sum|sorted|set|tuple|math\.prod|'[^']*'\.join)\(\$xs\)")
_LONGEST_LINE = 88


class Names:
    """Hands out variable names, none of them twice and none that hides the argument."""

    def __init__(self, argument: str, steps: Steps, rng: random.Random) -> None:
        self.rng = rng
        values = (value for _, parameters in steps for value in parameters.values())
        self.taken = {argument, *(value.name for value in values if isinstance(value, Given))}

    def new(self, *choices: str) -> str:
        """Draw a free one of the choices; a made-up name where none is."""
        free = [name for name in choices if name and name not in self.taken]
        name = self.rng.choice(free) if free else f"step{len(self.taken)}"
        self.taken.add(name)
        return name

    def element(self, operation: Operation) -> str:
        """Draw a name for one element of what the operation takes."""
        return self.rng.choice([n for n in _ELEMENT_NAMES[operation.takes] if n not in self.taken])


_BEFORE_BRACKET = re.compile(r"[\w.]*(?=[(\[])")


@cache
def _parts(template: str) -> tuple[tuple[str, str, bool], ...]:
    """Split a template into (literal, name, free); a value at a free place needs no brackets."""
    parts = []
    position = 0
    for match in re.finditer(r"\$(\w+)", template):
        before, after = template[: match.start()].rstrip(" "), template[match.end() :]
        free = (not before or before[-1] in "(,=:" and not before.endswith("==")) and (
            not after or after[0] in "),:\n"
        )
        parts.append((template[position : match.start()], match[1], free))
        position = match.end()
    parts.append((template[position:], "", True))
    return tuple(parts)


def _fill(template: str, values: Mapping[str, str]) -> str:
    filled = []
    for literal, name, free in _parts(template):
        filled.append(literal)
        if name:
            value = values[name]
            filled.append(value if free or _is_term(value) else f"({value})")
    return "".join(filled)


def _is_term(value: str) -> bool:
    """Say whether an expression needs no brackets beside an operator."""
    return value.isidentifier() or _ATOM.fullmatch(value) is not None or _is_one_call(value)


def _is_one_call(value: str) -> bool:
    """Say whether nothing stands between or behind the outer brackets: `sorted(f(x))`, `row[0][1:]`."""
    start = _BEFORE_BRACKET.match(value)
    if start is None or value[-1] not in ")]":
        return False
    depth = 0
    for i in range(start.end(), len(value)):
        depth += (value[i] in "([") - (value[i] in ")]")
        if depth == 0 and value[i + 1 : i + 2] not in ("(", "["):
            return i == len(value) - 1
    return False


def _spelled(parameters: Mapping[str, Any]) -> dict[str, str]:
    return {key: repr(value) for key, value in parameters.items()}


def filled(template: str, parameters: Mapping[str, Any], **values: str) -> str:
    """Return a template with parameters and values in their places, in brackets where they need them."""
    return _fill(template, {**_spelled(parameters), **values})


def on_element(operation: Operation, parameters: Mapping[str, Any], element: str) -> str:
    """Return what an operation computes of one element."""
    return _fill(operation.code, {**_spelled(parameters), "x": element})


def _on_whole(operation: Operation, parameters: Mapping[str, Any], value: str) -> str:
    return _fill(operation.code, {**_spelled(parameters), "xs": value})


def expression(operation: Operation, parameters: Mapping[str, Any], value: str, names: Names) -> str:
    """Return an operation on a whole value as one expression."""
    if operation.kind == "keep":
        x = names.element(operation)
        return f"[{x} for {x} in {value} if {on_element(operation, parameters, x)}]"
    if operation.kind == "each":
        x = names.element(operation)
        return f"[{on_element(operation, parameters, x)} for {x} in {value}]"
    return _on_whole(operation, parameters, value)


def _variable(operation: Operation, names: Names) -> str:
    if operation.kind == "keep":
        return names.new(*_KEPT)
    if operation.kind == "each":
        return names.new(operation.name_after) if operation.name_after else names.new(*_CHANGED)
    return names.new(operation.name_after) if operation.name_after else names.new(*_OUT)


def by_steps(steps: Steps, argument: str, rng: random.Random) -> str:
    """Write one line per step, each with a name for its result."""
    names = Names(argument, steps, rng)
    lines = []
    value = argument
    for operation, parameters in steps[:-1]:
        made = expression(operation, parameters, value, names)
        value = _variable(operation, names)
        lines.append(f"{value} = {made}")
    return "\n".join([*lines, f"return {expression(*steps[-1], value, names)}"])


def by_assignment(steps: Steps, argument: str, rng: random.Random) -> str:
    """Write one line per step, all of them into one variable, which is returned."""
    names = Names(argument, steps, rng)
    out = names.new(*_OUT)
    value = argument
    lines = []
    for operation, parameters in steps:
        lines.append(f"{out} = {expression(operation, parameters, value, names)}")
        value = out
    return "\n".join([*lines, f"return {out}"])


def by_expression(steps: Steps, argument: str, rng: random.Random) -> str:
    """Write as few expressions as stay readable: filters and changes share one comprehension."""
    names = Names(argument, steps, rng)
    lines: list[str] = []
    value = argument
    i = 0
    while i < len(steps):
        run = _elementwise_run(steps, i)
        if run:
            if value[0] == "[":
                value = _named(value, steps[i - 1][0], names, lines)
            x = names.element(steps[i][0])
            inner = _comprehension(steps[i : i + run], value, x)
            i += run
            value = f"[{inner}]"
            if i < len(steps) and _ONE_CALL.fullmatch(steps[i][0].code):
                value = _on_whole(steps[i][0], steps[i][1], inner)
                i += 1
        else:
            operation, parameters = steps[i]
            if _wants_name(operation, value):
                value = _named(value, steps[i - 1][0], names, lines)
            value = _on_whole(operation, parameters, value)
            i += 1
        if i < len(steps) and len(value) > _LONGEST_LINE - 40:
            value = _named(value, steps[i - 1][0], names, lines)
    return "\n".join([*lines, f"return {value}"])


def _named(value: str, operation: Operation, names: Names, lines: list[str]) -> str:
    name = _variable(operation, names)
    lines.append(f"{name} = {value}")
    return name


def _wants_name(operation: Operation, value: str) -> bool:
    """Say whether a value needs a name: it would be written twice, or one comprehension inside another."""
    nested = " for " in operation.code and " for " in value
    return (operation.code.count("$xs") > 1 or nested) and not value.isidentifier()


def _elementwise_run(steps: Steps, start: int) -> int:
    """Count the steps from `start` that fit into one comprehension: filters first, then changes."""
    end = start
    while end < len(steps) and steps[end][0].kind == "keep":
        end += 1
    first = end
    while end < len(steps) and steps[end][0].kind == "each":
        if end > first and repeats(steps[end][0].code):
            break
        end += 1
    return end - start


def repeats(code: str) -> bool:
    """Say whether a template names its element twice: an expression in its place would be written twice."""
    return code.count("$x") > 1


def _comprehension(steps: Steps, value: str, x: str) -> str:
    """Return the inside of a comprehension, without brackets."""
    element = x
    conditions = []
    for operation, parameters in steps:
        if operation.kind == "keep":
            conditions.append(on_element(operation, parameters, x))
        else:
            element = on_element(operation, parameters, element)
    test = f" if {' and '.join(conditions)}" if conditions else ""
    return f"{element} for {x} in {value}{test}"


def _function(x: str, test: str) -> str:
    """Return `len` for the expression `len(x)`: nobody writes a lambda that only calls a function."""
    called = re.fullmatch(rf"(\w+)\({x}\)", test)
    return called[1] if called else f"lambda {x}: {test}"


def by_map_and_filter(steps: Steps, argument: str, rng: random.Random) -> str:
    """Write filters and changes with `filter`, `map` and lambda."""
    names = Names(argument, steps, rng)
    lines: list[str] = []
    value, lazy = argument, False
    for i, (operation, parameters) in enumerate(steps):
        if operation.kind in ("keep", "each"):
            x = names.element(operation)
            test = on_element(operation, parameters, x)
            if len(value) > 40:
                value = _named(value, steps[i - 1][0], names, lines)
            value = f"{'filter' if operation.kind == 'keep' else 'map'}({_function(x, test)}, {value})"
            lazy = True
            continue
        if lazy and not _ONE_CALL.fullmatch(operation.code):
            value = _named(f"list({value})", steps[i - 1][0], names, lines)
        elif _wants_name(operation, value):
            value = _named(value, steps[i - 1][0], names, lines)
        value, lazy = _on_whole(operation, parameters, value), False
    return "\n".join([*lines, f"return list({value})" if lazy else f"return {value}"])


def by_loops(steps: Steps, argument: str, rng: random.Random) -> str:
    """Write explicit loops with accumulators; what has no loop form stays an expression."""
    names = Names(argument, steps, rng)
    lines: list[str] = []
    value = argument
    i = 0
    while i < len(steps):
        end = i
        while end < len(steps) and steps[end][0].kind in ("keep", "each"):
            end += 1
        closing = steps[end] if end < len(steps) and steps[end][0].start else None
        if end == i and closing is None:
            value = _on_whole(*steps[i], value)
            i += 1
            if i < len(steps):
                value = _named(value, steps[i - 1][0], names, lines)
            continue
        value = _loop(steps[i:end], closing, value, names, lines)
        i = end + (closing is not None)
    return "\n".join([*lines, f"return {value}"])


def _loop(
    steps: Steps,
    closing: tuple[Operation, Mapping[str, Any]] | None,
    value: str,
    names: Names,
    lines: list[str],
) -> str:
    """Append one loop to `lines` and return the expression that holds its result."""
    last = closing[0] if closing else steps[-1][0]
    first = steps[0][0] if steps else last
    out = names.new(last.name_after, *_OUT) if last.name_after else names.new(*_OUT)
    x = names.element(first)
    names.taken.add(x)
    start, update, finish = (
        (last.start, last.update, last.finish) if closing else ("[]", "$out.append($x)", "$out")
    )
    lines.append(f"{out} = {start}")
    lines.append(f"for {x} in {value}:")
    indent, element = "    ", x
    for i, (operation, parameters) in enumerate(steps):
        if operation.kind == "keep":
            if i and steps[i - 1][0].kind == "keep":
                lines[-1] = f"{lines[-1][:-1]} and {on_element(operation, parameters, element)}:"
                continue
            lines.append(f"{indent}if {on_element(operation, parameters, element)}:")
            indent += "    "
            continue
        element = on_element(operation, parameters, element)
        following = steps[i + 1][0].code if i + 1 < len(steps) else update
        if following.count("$x") > 1 or i + 1 < len(steps) and steps[i + 1][0].kind == "keep":
            name = names.new("value", "current", "item", "changed", "new")
            lines.append(f"{indent}{name} = {element}")
            element = name
    parameters = closing[1] if closing else {}
    filled = _fill(update, {**_spelled(parameters), "out": out, "x": element})
    lines.extend(indent + line for line in filled.split("\n"))
    return _fill(finish, {"out": out})


def named_steps(steps: Steps, argument: str, rng: random.Random) -> list[tuple[str, str]]:
    """Return (variable, expression) for every step, each expression over the variable before it."""
    names = Names(argument, steps, rng)
    lines = []
    value = argument
    for operation, parameters in steps:
        made = expression(operation, parameters, value, names)
        value = _variable(operation, names)
        lines.append((value, made))
    return lines
