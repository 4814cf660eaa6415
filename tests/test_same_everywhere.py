"""The same seed gives the same data in every process, whatever order Python gives its sets there."""

from __future__ import annotations

import os
import subprocess
import sys

WRITE = """
import hashlib
from hornbook.curriculum.offline import OfflineTeacher
from hornbook.lessons.answer import ask
from hornbook.lessons.exercise import read_exercise
from hornbook.lessons.plan import requests
from hornbook.lessons.textbook import read_page
digest = hashlib.sha256()
for kind, read, count in (("exercise", read_exercise, 1500), ("textbook", read_page, 600)):
    for record in ask(OfflineTeacher(), requests(kind, 0, range(count), programs=0.3), read, kind):
        digest.update(repr(record).encode())
print(digest.hexdigest())
"""


def test_lessons_do_not_depend_on_the_order_of_sets() -> None:
    digests = set()
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run(
            [sys.executable, "-c", WRITE], env=environment, capture_output=True, text=True, check=True
        )
        digests.add(done.stdout)
    assert len(digests) == 1
