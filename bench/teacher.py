"""How fast the offline teacher writes, against the cheapest thing that could be called writing.

Prints exercises and pages per CPU second of one core, from plan to parsed record, and the ratio to the floor:
formatting one fixed exercise with a new number in it. Also the gzip ratio of what it writes (issue: at most 6;
standard-library functions have 3.1, a naive template generator 5.5 at the same length).
"""

from __future__ import annotations

import time
from collections.abc import Callable

from hornbook.curriculum.offline import OfflineTeacher
from hornbook.lessons.exercise import parse_exercise
from hornbook.lessons.plan import requests
from hornbook.lessons.textbook import parse_textbook
from hornbook.quality.diversity import gzip_ratio
from hornbook.record import Record

COUNT = 3000
ROUNDS = 3


def per_cpu_second(write: Callable[[int], int]) -> float:
    """Return the best of three rounds: other load on the machine only ever slows one down."""
    rates = []
    for number in range(ROUNDS):
        begun = time.process_time()
        written = write(number)
        rates.append(written / (time.process_time() - begun))
    return max(rates)


def floor(seed: int) -> int:
    texts = [f'def add_{i}(x: int) -> int:\n    """Add {i} to x."""\n    return x + {i}\n' for i in range(COUNT)]
    return len(texts)
