"""Facts that need no execution."""

from __future__ import annotations

from pathlib import Path

import pytest

from hornbook.errors import UsageError
from hornbook.quality import check as check_module
from hornbook.quality.check import Check, check
from hornbook.quality.lint import NotLinted, code_in, find_ruff, linted
from hornbook.record import Record, read_records, write_shard
from hornbook.sandbox import probe
from hornbook.step import Context, Metrics

needs_ruff = pytest.mark.skipif(find_ruff() is None, reason="ruff is not installed")
needs_sandbox = pytest.mark.skipif(not probe().level, reason="this machine cannot isolate programs")

PAGE = "# Page\n\n```python\nimport os\nx = 1\n```\n\n```pycon\n>>> x\n1\n```\n"


def page(text: str = PAGE) -> Record:
    return Record(text=text, kind="textbook", source="t", license="CC0-1.0")


def run(folder: Path, **options: bool) -> Metrics:
    write_shard(folder / "in" / "records" / "00000.parquet", [page(), page("```python\n1 / 0\n```\n")])
    return check(Check(**options), records=folder / "in", out=folder / "out", ctx=Context(workers=1))  # type: ignore[arg-type]


@needs_ruff
def test_ruff_counts_undefined_and_unused_names_and_what_is_no_python() -> None:
    found = linted(["import os\n", "x = y\n", "x = = 1\n", "x = 1\n", "import re  # noqa\n"], find_ruff())
    assert found.tool.startswith("ruff ")
    assert [count > 0 for count in found.counts] == [True, True, True, False, True]
    assert found.findings["F401"] == 2
    assert found.findings["F821"] == 1


def test_no_ruff_is_not_zero_findings() -> None:
    with pytest.raises(NotLinted, match="not installed"):
        linted(["x = 1\n"], None)


def test_a_ruff_that_fails_is_not_zero_findings(tmp_path: Path) -> None:
    broken = tmp_path / "ruff"
    broken.write_text("#!/bin/sh\nexit 2\n")
    broken.chmod(0o755)
    with pytest.raises(NotLinted, match="failed"):
        linted(["x = 1\n"], broken)


def test_of_a_page_its_blocks_are_linted_together() -> None:
    assert code_in(page()) == "import os\nx = 1\n\nx\n"


@needs_ruff
@needs_sandbox
def test_findings_stand_in_metrics_and_in_no_record(tmp_path: Path) -> None:
    lint = run(tmp_path)["lint"]
    assert lint["tool"].startswith("ruff ")
    assert (lint["records"], lint["records_without_findings"], lint["findings"]["F401"]) == (1, 0, 1)
    (record,) = read_records(tmp_path / "out")
    assert "lint_findings" not in record.scores
    assert record.scores["outputs_compared"] == 1


@needs_ruff
@needs_sandbox
def test_findings_stand_in_records_when_asked_for(tmp_path: Path) -> None:
    run(tmp_path, lint_scores=True)
    (record,) = read_records(tmp_path / "out")
    assert record.scores["lint_findings"] >= 1


@needs_sandbox
def test_a_machine_without_ruff_says_so_and_writes_the_same_records(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(tmp_path / "with")
    monkeypatch.setattr("hornbook.quality.check_metrics.find_ruff", lambda: None)
    monkeypatch.setattr(check_module, "find_ruff", lambda: None)
    assert run(tmp_path / "without")["lint"] == {"tool": "not run: ruff is not installed"}
    written = "out/records/00000.parquet"
    assert (tmp_path / "with" / written).read_bytes() == (tmp_path / "without" / written).read_bytes()
    with pytest.raises(UsageError, match="lint_scores"):
        run(tmp_path / "scores", lint_scores=True)
