"""The syntax tree of a solution, parsed once for all that look at it."""

from __future__ import annotations

import ast
from functools import lru_cache


@lru_cache(maxsize=8)  # several look at a task's solutions one after the other
def parsed(source: str) -> ast.Module:
    """Return the tree of a source; it is shared, so nobody may change it. Raises SyntaxError."""
    return ast.parse(source)
