"""A problem of a benchmark, and the benchmark that holds it. Data only."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A function to complete and the tests that judge a completion."""

    id: str
    prompt: str
    """Imports, signature and docstring; ends in a newline."""
    entry_point: str
    tests: str
    """Program text to run after `prompt + completion`; raises AssertionError when the completion is wrong."""
    reference: str
    """A right completion (the indented body), for bits per byte and for decontamination."""
    rung: str = ""
    """Rung of the ladder; empty for a benchmark without rungs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Benchmark:
    """A named list of problems, with the hash of the file they came from."""

    name: str
    problems: tuple[Problem, ...]
    digest: str
    """SHA-256 of the benchmark's file; for the ladder, of its problems."""
    skipped: tuple[str, ...] = ()
    """Rows that could not become a problem, as "id: why"; counted and shown, never silently dropped."""
