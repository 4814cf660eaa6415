"""The report's section on what was asked of an endpoint: read from the steps' metrics, absent where none was."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fake_server import Served, serving
from served_lessons import access, teach

from hornbook.errors import UsageError
from hornbook.lessons.answer import Asked
from hornbook.lessons.exercise import Exercises, exercises
from hornbook.quality.check import Check, check
from hornbook.record import count
from hornbook.report.money_section import money
from hornbook.report.page import write_page
from hornbook.report.run_folder import open_run
from hornbook.report.section import Section
from hornbook.run import run
from hornbook.step import Context, Step
from hornbook.teacher.access import Access
from hornbook.teacher.budget import Budget
from hornbook.teacher.price import Price

PRICE = Price(usd_per_million_in=1.0, usd_per_million_out=2.0)  # $0.00022 for 20 tokens read and 100 written


@pytest.fixture(scope="module")
def running() -> Iterator[Served]:
    with serving() as served:
        yield served


@pytest.fixture
def server(running: Served, tmp_path: Path) -> Served:
    running.set(share_500=0.0)
    teach(running, tmp_path, 30)
    return running


def asked(lent: Access | None, folder: Path) -> Path:
    """Run a step that asks for thirty exercises and one that executes them."""
    teacher = "offline" if lent is None else Asked.of(lent.endpoint)
    drafts = Step("drafts", exercises, Exercises(count=30, teacher=teacher))
    last = Step("checked", check, Check(mutant_share=0.0), {"records": drafts})
    run([last], folder, Context(workers=1, engine="inline", access=lent))
    return folder


def section(folder: Path) -> Section:
    found = money(open_run(folder))
    assert found is not None
    return found


def test_a_run_that_asked_nobody_has_no_such_section(tmp_path: Path) -> None:
    folder = asked(None, tmp_path / "run")
    assert money(open_run(folder)) is None
    assert "Asked of an endpoint" not in write_page(open_run(folder)).read_text()


def test_dollars_are_told_for_each_accepted_record(server: Served, tmp_path: Path) -> None:
    server.set(latency=0.05)
    folder = asked(access(server, tmp_path, Budget(price=PRICE)), tmp_path / "run")
    found = section(folder)
    assert "30 calls were paid for; 0 (0.0 %) gave no answer" in found.says
    accepted = count(folder / "checked")
    each = 0.0066 / accepted
    assert f"They cost $0.0066, ${each:.6f} for each of {accepted} accepted records." in found.says
    assert [fact.value for fact in found.facts] == [f"${1000 * each:.2f}", "30", "3,000"]
    counted, cost, _ = (exhibit.table for exhibit in found.exhibits)
    assert counted is not None and cost is not None
    assert counted.rows == (("drafts", "m", "30", "0", "600", "3,000"),)
    (row,) = cost.rows
    assert row[:4] == ("drafts", str(accepted), "$0.0066", f"${each:.6f}")
    assert 5 < float(row[5]) <= 16  # sixteen at a time, the last fourteen together
    page = write_page(open_run(folder)).read_text()
    assert "<h2>Asked of an endpoint</h2>" in page
    assert server.url not in page


def test_failed_calls_are_paid_and_shown(server: Served, tmp_path: Path) -> None:
    server.set(share_500=0.3)
    found = section(asked(access(server, tmp_path), tmp_path / "run"))
    failed = server.counts()["500"]
    assert failed > 0
    assert f"{30 + failed} calls were paid for; {failed} (" in found.says
    assert "their cost is not known" in found.says
    assert [exhibit.heading for exhibit in found.exhibits] == ["Calls and tokens", "Dollars and time"]


def test_answers_from_the_journal_cost_nothing(server: Served, tmp_path: Path) -> None:
    lent = access(server, tmp_path, Budget(price=PRICE))
    asked(lent, tmp_path / "first")
    found = section(asked(lent, tmp_path / "second"))
    assert found.says == "Nothing was paid: the journal had every answer."


def test_a_step_of_another_version_is_named(server: Served, tmp_path: Path) -> None:
    folder = asked(access(server, tmp_path), tmp_path / "run")
    path = folder / "drafts" / "step.json"
    stored = json.loads(path.read_text())
    del stored["metrics"]["calling_seconds"]
    path.write_text(json.dumps(stored))
    with pytest.raises(UsageError, match="step 'drafts' has no metric 'calling_seconds'"):
        write_page(open_run(folder))
