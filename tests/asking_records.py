"""Answers that a fake server gives to the prompts about records, and the records they are about."""

from __future__ import annotations

import json
from pathlib import Path

from fake_server import Served

from hornbook.record import Exercise, Record, write_shard

PROSE = "A loop that adds one for each match counts them, and starts at zero for an empty input. " * 5
CODE = "def count_DIGEST(xs):\n    return len(xs)\n\nprint(count_DIGEST([1]))\n#> 1\n"
PAGE = f"# Counting\n\n{PROSE}\n\n```python\n{CODE}```\n"
EXERCISE = '''## Task
```python
def total_DIGEST(xs):
    """Return the sum of xs, and 0 where it is empty (task DIGEST)."""
```
## Solution
```python
    return sum(xs)
```
## Tests
```python
assert total_DIGEST([]) == 0
assert total_DIGEST([1, 2]) == 3
assert total_DIGEST([5]) == 5
```
'''
JUDGED = """\
computes: it adds = 1
self_contained: nothing is missing = 1
clear: one line = 1
explained: no docstring = 0
instructive: too little = 0
Score: 3
"""
ASKED_AGAIN = "Your answer could not be read"
_PROMPTS = {
    "page": "write a short textbook page about that idea",
    "exercise": "make an exercise of it",
    "inspired": "Take your inspiration",
    "tests": "You write tests in Python",
    "story": "You rewrite the statement",
    "judge": "You judge material",
}
ANSWERS = {
    "page": PAGE,
    "exercise": EXERCISE,
    "inspired": EXERCISE,
    "tests": "## Cases\n1. three\n## Tests\n```python\nassert add(1, 2) == 3\nassert add(0, 0) == 1\n"
    "assert add( 2, 2 ) == 4\nassert add(-1, 1) == 0\n```\n",
    "story": '## Task\n```python\ndef add(a, b):\n    """A baker has a loaves and bakes b. Return all."""\n```\n',
    "judge": JUDGED,
}
ADD = Exercise(
    prompt='def add(a, b):\n    """Return the sum of a and b."""\n',
    solution="    return a + b\n",
    entry_point="add",
    tests=("assert add(2, 2) == 4",),
    concepts=("arithmetic",),
)


def answer(server: Served, folder: Path, **changes: str) -> None:
    """Make the server answer as in ANSWERS, with changes; `again` is what it says when it is asked again."""
    again = changes.pop("again", None)
    rules = [] if again is None else [(ASKED_AGAIN, again)]
    rules += [(_PROMPTS[kind], said) for kind, said in (ANSWERS | changes).items()]
    path = folder / "rules.json"
    path.write_text(json.dumps(rules))
    server.set(table="", rules=str(path), latency=0.0, status=200, tokens=100)


def code(number: int) -> Record:
    text = f"def scaled_{number}(xs):\n    return [{number} * x for x in xs]\n"
    return Record(text=text, kind="code", source=f"m{number}.py", license="MIT" if number % 2 else "unknown")


def exercise(number: int = 0) -> Record:
    solution = ADD.solution.replace("\n", f"  # {number}\n")
    changed = Exercise(**{name: getattr(ADD, name) for name in ADD.__slots__} | {"solution": solution})
    return Record(
        text=ADD.prompt + solution,
        kind="exercise",
        source="somebody",
        license="CC0-1.0",
        exercise=changed,
        tags={"concept": "arithmetic"},
        scores={"kill_rate": 0.5},
    )


def given(folder: Path, *shards: list[Record]) -> Path:
    """Write a folder of records, one list a shard."""
    for number, records in enumerate(shards):
        write_shard(folder / "records" / f"{number:05d}.parquet", records)
    return folder
