"""The command line as people meet it: real processes, exit codes, one clear line on stderr."""

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import TESTS

from hornbook.commands import Chosen
from hornbook.record import read_records, read_rejected
from hornbook.step import in_order

RECIPE = f"{TESTS / 'data_recipe.py'}:data"
QUICK = [f"--set={step}.seconds_per_shard=0" for step in ("source", "odd", "halves")]


def hornbook(*words: object, **options: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "hornbook", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, **options)  # type: ignore[call-overload,no-any-return]


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli") / "run"
    done = hornbook("run", RECIPE, "--out", folder, "--workers", 1, *QUICK)
    assert done.returncode == 0, done.stderr
    return folder


def fails(done: subprocess.CompletedProcess[str], code: int, message: str) -> None:
    """Assert the exit code, and that stderr ends in one clear line and holds no traceback."""
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    assert message in done.stderr.strip().splitlines()[-1]


def test_a_run_prints_a_line_per_step_and_where_the_report_is(finished: Path) -> None:
    again = hornbook("run", RECIPE, "--out", finished, *QUICK)
    assert [line.split()[:2] for line in again.stderr.splitlines()] == [
        [f"{i}/4", name] for i, name in enumerate(("source", "odd", "halves", "unique"), start=1)
    ]
    assert again.stderr.count("up to date") == 4
    assert f"report: {finished / 'report.html'}" in again.stdout.replace("\n", "")


def test_plan_says_which_field_changed_and_changes_nothing(finished: Path) -> None:
    shown = hornbook("plan", RECIPE, "--out", finished, *QUICK, "--set", "odd.divisor=5", "--format", "json")
    steps = {row["step"]: row for row in json.loads(shown.stdout)}
    assert steps["source"]["state"] == "fresh"
    assert steps["odd"]["reasons"] == ["config.divisor: 3 -> 5"]
    assert not (finished / ".old").exists()


def test_status_lists_the_finished_steps(finished: Path) -> None:
    shown = hornbook("status", finished)
    assert shown.returncode == 0
    assert all(name in shown.stdout for name in ("source", "odd", "halves", "unique"))


def test_why_tells_a_rejected_records_story(finished: Path) -> None:
    refused = next(iter(read_rejected(finished / "odd")))
    told = hornbook("why", finished, refused.record.id[:12]).stdout
    assert refused.record.source in told
    assert "odd: REJECTED by odd: divisible  by 3" in told
    assert refused.record.text.strip() in told


def test_why_tells_parents_and_children(finished: Path) -> None:
    child = next(iter(read_records(finished / "unique")))
    parent = child.parents[0]
    assert f"parent   {parent} from source/" in hornbook("why", finished, child.id).stdout
    assert f"halves: became {child.id}" in hornbook("why", finished, parent).stdout


def test_show_prints_records_with_ids_and_reasons(finished: Path) -> None:
    shown = hornbook("show", finished, "odd", "-n", 2, "--rejected")
    assert shown.stdout.count("divisible") == 2


def test_an_unknown_override_is_a_usage_error_with_the_nearest_name(tmp_path: Path) -> None:
    done = hornbook("run", RECIPE, "--out", tmp_path / "r", "--set", "odd.divsor=5")
    fails(done, 2, "did you mean 'divisor'")
    assert not (tmp_path / "r").exists()


def test_a_benchmark_given_twice_is_refused_not_dropped(tmp_path: Path) -> None:
    done = hornbook("run", "laptop", "--out", tmp_path / "r", "--benchmark", "he=a", "--benchmark", "he=b")
    fails(done, 2, "--benchmark he is given twice")


def test_readers_leave_out_what_an_unfinished_rebuild_made_stale(tmp_path: Path) -> None:
    folder = tmp_path / "run"
    assert hornbook("run", RECIPE, "--out", folder, *QUICK, "--engine", "inline").returncode == 0
    stored = json.loads((folder / "source" / "step.json").read_text())
    (folder / "source" / "step.json").write_text(json.dumps(stored | {"fingerprint": "rebuilt"}))
    shown = hornbook("status", folder).stdout
    assert "stale, their inputs have changed: halves, odd, unique" in shown


def test_an_unknown_recipe_is_a_usage_error() -> None:
    fails(hornbook("run", "labtop"), 2, "no recipe is named 'labtop'")


def test_a_missing_benchmark_is_refused_before_anything_runs(tmp_path: Path) -> None:
    done = hornbook(
        "run",
        "laptop",
        "--size",
        "smoke",
        "--out",
        tmp_path / "r",
        "--benchmark",
        f"he={tmp_path / 'no.jsonl'}",
    )
    fails(done, 3, "no.jsonl")
    assert not (tmp_path / "r" / "corpus").exists()


def test_a_run_folder_that_is_not_there_is_a_usage_error(tmp_path: Path) -> None:
    fails(hornbook("status", tmp_path / "nowhere"), 2, "no run folder")


def test_an_unknown_record_is_a_usage_error(finished: Path) -> None:
    fails(hornbook("why", finished, "00000000"), 2, "no record's id starts with '00000000'")


def limit_file_size() -> None:
    # A file-size limit stands in for a full disk; without SIGXFSZ the write fails with EFBIG instead.
    import signal

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))


def test_a_disk_that_takes_no_more_is_one_line_and_nothing_finished_is_lost(tmp_path: Path) -> None:
    folder = tmp_path / "run"
    done = hornbook("run", RECIPE, "--out", folder, *QUICK, "--engine", "inline", preexec_fn=limit_file_size)
    fails(done, 1, "hornbook: ")
    assert hornbook("run", RECIPE, "--out", folder, *QUICK).returncode == 0


@pytest.mark.skipif(os.geteuid() != 0, reason="mounting a small tmpfs needs root")
def test_a_full_disk_is_named_as_such(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk], capture_output=True)
    if mounted.returncode != 0:
        pytest.skip("no right to mount")
    try:
        done = hornbook("run", RECIPE, "--out", disk / "run", *QUICK, "--engine", "inline")
        fails(done, 1, "the disk is full")
        subprocess.run(["mount", "-o", "remount,size=16m", disk], check=True)
        again = hornbook("run", RECIPE, "--out", disk / "run", *QUICK, "--engine", "inline")
        assert again.returncode == 0, again.stderr
    finally:
        subprocess.run(["umount", disk], check=True)


@pytest.mark.parametrize(
    ("command", "words"),
    {
        "dedup": ("completion", "messages", "reason", "near_duplicate", "detail", "--prefer", "--index"),
        "decontaminate": ("benchmark_prompt", "no_text", "Exit code 3", "--allow-skipped", "--channels"),
        "diversity": ("side by side", "--sample", "--seed"),
        "stats": ("exact copies", "parses as Python", "--column"),
    }.items(),
)
def test_help_says_what_columns_mean_and_shows_an_example(command: str, words: tuple[str, ...]) -> None:
    shown = hornbook(command, "--help", env=os.environ | {"COLUMNS": "120"}).stdout
    assert [word for word in words if word not in shown] == []
    assert f"Example: hornbook {command} " in shown
    assert "[default: " in shown


def cpu_seconds(*command: str) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *command], capture_output=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def test_help_costs_less_than_half_a_second() -> None:
    assert "Usage:" in hornbook("--help").stdout
    # CPU time, because CI shares its cores; and on a machine so slow or so crowded that a bare interpreter
    # takes 20 ms, the bound grows with it.
    bare = min(cpu_seconds("-c", "pass") for _ in range(5))
    ours = min(cpu_seconds("-m", "hornbook", "--help") for _ in range(5))
    assert ours < max(0.5, 25 * bare)


def test_exclude_similar_reaches_the_gates_of_the_lessons_alone() -> None:
    chosen = Chosen(
        recipe="laptop", size="smoke", out=None, seed=0, settings={}, benchmarks={}, exclude_similar=0.9
    )
    configs = {step.name: step.config for step in in_order(chosen.steps())}
    found = {name: getattr(cfg, "exclude_similar", None) for name, cfg in configs.items()}
    assert {name for name, tau in found.items() if tau == 0.9} == {"textbooks", "exercises"}


def test_a_recipe_that_excludes_nothing_by_similarity_says_so(tmp_path: Path) -> None:
    done = hornbook("plan", RECIPE, "--exclude-similar", 0.9, "--out", tmp_path / "r")
    fails(done, 2, "excludes nothing by similarity")
