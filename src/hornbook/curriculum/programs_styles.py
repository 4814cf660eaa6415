"""In which of several styles a composed program is written, and the styles that not every program allows.

Early return, recursion, a helper function and a generator show ideas that named steps and comprehensions do not.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from hornbook.curriculum.programs_code import (
    Names,
    Steps,
    by_assignment,
    by_expression,
    by_loops,
    by_map_and_filter,
    by_steps,
    expression,
    filled,
    on_element,
    repeats,
)

Style = Callable[[Steps, str, random.Random], str]
_SPECIAL = 0.4
"""Share of programs for which one of the special styles is tried."""
_FLAG = re.compile(r"if (?P<test>.+):\n    \$out = (?P<answer>True|False)")
_SUM = re.compile(r"\$out \+= (?P<part>.+)")
_NAME = re.compile(r"\b(?!for|if|in|return|else|lambda)[a-z_]+\b")
_TESTS = ("is_wanted", "passes", "fits", "counts", "matches", "is_good")
_CHANGES = ("changed", "convert", "adjusted", "step", "prepare", "new_value")
_WALKS = ("walk", "collect", "go", "solve_rest", "rest_of", "helper")
_STREAMS = ("wanted", "stream", "pieces", "candidates", "parts")


class Unsuited(ValueError):
    """A style that cannot express a program."""


def two_bodies(steps: Steps, argument: str, rng: random.Random) -> tuple[str, str]:
    """Return two different function bodies, not indented, that compute the same."""
    styles: list[Style] = [by_expression, by_loops, by_steps]
    rng.shuffle(styles)
    if rng.random() < 0.2 and any(operation.kind in ("keep", "each") for operation, _ in steps):
        styles.insert(rng.randint(0, 1), by_map_and_filter)
    if rng.random() < _SPECIAL:
        styles.insert(rng.randint(0, 1), rng.choice(_SPECIAL_STYLES))
    bodies: list[str] = []
    for style in (*styles, by_assignment):
        try:
            body = style(steps, argument, rng)
        except Unsuited:
            continue
        if not bodies or _differ(body, bodies[0]):
            bodies.append(body)
        if len(bodies) == 2:
            break
    return bodies[0], bodies[-1] if len(bodies) == 2 else by_assignment(steps, argument, rng)


def _differ(first: str, second: str) -> bool:
    """Say whether two bodies differ in more than the names of variables."""
    return first.count("\n") != second.count("\n") or _shape(first) != _shape(second)


def _shape(body: str) -> str:
    """Return the code with every word that may be a variable's name made equal."""
    return _NAME.sub("_", body)


def _by_early_return(steps: Steps, argument: str, rng: random.Random) -> str:
    """Answer a yes-or-no question as soon as one element settles it."""
    *before, (last, parameters) = steps
    match = _FLAG.fullmatch(last.update)
    if match is None or last.finish != "$out":
        raise Unsuited(last.name)
    names = Names(argument, steps, rng)
    lines: list[str] = []
    value = argument
    for operation, given in before:
        lines.append(f"{(name := names.new(*_STREAMS))} = {expression(operation, given, value, names)}")
        value = name
    x = names.element(last)
    test = filled(match["test"], parameters, x=x)
    return "\n".join(
        [
            *lines,
            f"for {x} in {value}:",
            f"    if {test}:",
            f"        return {match['answer']}",
            f"return {last.start}",
        ]
    )


def _by_recursion(steps: Steps, argument: str, rng: random.Random) -> str:
    """Treat the first element and leave the rest to the same function."""
    last, parameters = steps[-1]
    match = _SUM.fullmatch(last.update) if last.kind == "fold" and last.finish == "$out" else None
    elementwise = steps[:-1] if match else steps
    if any(operation.kind not in ("keep", "each") for operation, _ in elementwise) or not elementwise:
        raise Unsuited(last.name)
    names = Names(argument, steps, rng)
    name, rest = names.new(*_WALKS), names.new("rest", "items_left", "remaining", "tail")
    tests, element = [], f"{rest}[0]"
    for operation, given in elementwise:
        if operation.kind == "keep":
            tests.append(on_element(operation, given, element))
        else:
            element = on_element(operation, given, element)
    if any(test.count(f"{rest}[0]") > 2 for test in (*tests, element)):
        raise Unsuited("an element that is named too often")
    part = filled(match["part"], parameters, x=element) if match else f"[{element}]"
    onward = f"{name}({rest}[1:])"
    step = [f"    if {' and '.join(tests)}:", f"        return {part} + {onward}", f"    return {onward}"]
    lines = [f"def {name}({rest}):", f"    if not {rest}:", f"        return {last.start if match else '[]'}"]
    lines += step if tests else [f"    return {part} + {onward}"]
    return "\n".join([*lines, "", f"return {name}({argument})"])


def _by_helper(steps: Steps, argument: str, rng: random.Random) -> str:
    """Give the first test or change a function of its own."""
    names = Names(argument, steps, rng)
    place = next((i for i, (operation, _) in enumerate(steps) if operation.kind in ("keep", "each")), None)
    if place is None:
        raise Unsuited("nothing is done to single elements")
    operation, given = steps[place]
    helper = names.new(*(_TESTS if operation.kind == "keep" else _CHANGES))
    x = names.element(operation)
    lines = [f"def {helper}({x}):", f"    return {on_element(operation, given, x)}", ""]
    value = argument
    for i, (each, parameters) in enumerate(steps):
        made = expression(each, parameters, value, names)
        if i == place:
            made = (
                f"[{x} for {x} in {value} if {helper}({x})]"
                if each.kind == "keep"
                else f"[{helper}({x}) for {x} in {value}]"
            )
        if i == len(steps) - 1:
            return "\n".join([*lines, f"return {made}"])
        lines.append(
            f"{(name := names.new(each.name_after, 'chosen', 'result', 'values_now', 'out'))} = {made}"
        )
        value = name
    raise AssertionError("a program has a last step")


def _by_generator(steps: Steps, argument: str, rng: random.Random) -> str:
    """Yield what comes through the tests and changes one by one, and use it in the last step."""
    *before, (last, parameters) = steps
    if last.kind != "fold" or not before or any(o.kind not in ("keep", "each") for o, _ in before):
        raise Unsuited(last.name)
    names = Names(argument, steps, rng)
    stream, x = names.new(*_STREAMS), names.element(before[0][0])
    names.taken.add(x)
    lines, indent, element = [f"def {stream}():", f"    for {x} in {argument}:"], "        ", x
    for operation, given in before:
        if operation.kind == "keep":
            lines.append(f"{indent}if {on_element(operation, given, element)}:")
            indent += "    "
        elif element != x and repeats(operation.code):
            raise Unsuited("a change of a change that would be written twice")
        else:
            element = on_element(operation, given, element)
    lines += [f"{indent}yield {element}", ""]
    if last.code in ("sum($xs)", "math.prod($xs)"):
        return "\n".join([*lines, f"return {last.code.replace('$xs', f'{stream}()')}"])
    name = names.new("result", "found", "all_of_them", "got")
    return "\n".join(
        [*lines, f"{name} = list({stream}())", f"return {expression(last, parameters, name, names)}"]
    )


_SPECIAL_STYLES: tuple[Style, ...] = (
    _by_early_return,
    _by_early_return,
    _by_recursion,
    _by_helper,
    _by_generator,
)
