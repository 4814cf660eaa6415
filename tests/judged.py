"""Programs judged together, as several tests of the teacher do it."""

from __future__ import annotations

from collections.abc import Sequence

from hornbook.sandbox import Job, Sandbox


def assert_all_pass(jobs: Sequence[Job]) -> None:
    """Judge the jobs in the sandbox, and show the first one that does not pass."""
    with Sandbox(workers=2) as sandbox:
        failed = [
            (job.id, v.outcome, v.detail, job.blocks)
            for job, v in zip(jobs, sandbox.run(jobs), strict=True)
            if v.outcome != "pass"
        ]
    assert not failed, failed[0]
