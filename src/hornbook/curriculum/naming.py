"""Names that say nothing, as a part of real code has them; a learner must do with the docstring there."""

from __future__ import annotations

_FUNCTIONS = (
    "solve f process transform compute run evaluate process_data handle calculate apply_steps do_it work_out "
    "my_function answer task func pipeline convert summarize analyze main_step get_result process_input"
)
VAGUE_FUNCTIONS = _FUNCTIONS.split()
"""Names of functions."""

VAGUE_ARGUMENTS = {
    "str": ("s", "text", "string", "value"),
    "int": ("n", "x", "num", "value"),
    "float": ("x", "value", "number"),
    "list": ("lst", "arr", "data", "xs", "seq"),
    "dict": ("d", "data", "mapping"),
    "set": ("s", "values", "data"),
    "tuple": ("t", "data", "values"),
}
"""Names of arguments by the outermost word of their annotation."""

VAGUE_NAME = 0.08
"""Share of tasks whose function has such a name."""
VAGUE_ARGUMENT = 0.1
"""Share of arguments that have such a name."""


PAIRS = {"second": "first", "third": "second", "b": "a", "right": "left", "new": "old", "after": "before",
          "high": "low", "end": "start", "yours": "mine", "done": "plan", "trousers": "shirts"}  # fmt: skip
"""Arguments, by their first aliases, whose aliases go together one by one: `left_text` with `right_text`."""


def vague_arguments(annotation: str) -> tuple[str, ...]:
    """Return names that say nothing for an argument; none where its type has none.

    >>> vague_arguments("list[int]")[0]
    'lst'
    """
    return VAGUE_ARGUMENTS.get(annotation.partition("[")[0], ())
