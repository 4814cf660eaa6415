"""All hostile programs, by category."""

from __future__ import annotations

import hostile_answers
import hostile_digs
import hostile_encoding
import hostile_files
import hostile_kernel
import hostile_memory
import hostile_network
import hostile_objects
import hostile_processes
import hostile_reports
import hostile_tests
import hostile_time
import hostile_verdicts
from hostile import Case

CATALOGUES: dict[str, list[Case]] = {
    "answers": hostile_answers.CASES,
    "verdicts": hostile_verdicts.CASES,
    "digs": hostile_digs.CASES,
    "objects": hostile_objects.CASES,
    "reports": hostile_reports.CASES,
    "tests": hostile_tests.CASES,
    "time": hostile_time.CASES,
    "memory": hostile_memory.CASES,
    "processes": hostile_processes.CASES,
    "files": hostile_files.CASES,
    "network": hostile_network.CASES,
    "kernel": hostile_kernel.CASES,
    "encoding": hostile_encoding.CASES,
}
ALL = {f"{category}-{case.id}": case for category, cases in CATALOGUES.items() for case in cases}
FAKES = ("answers", "verdicts", "digs", "objects", "reports")
"""The categories whose programs may never pass."""
