"""The whole recipe at its smallest size, with the network cut: what `make demo` does, and what it proves."""

import json
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from hornbook.curriculum.families import BY_NAME
from hornbook.curriculum.family import is_reserved
from hornbook.curriculum.programs import RESERVED_ONE_IN
from hornbook.quality.check import Check, check
from hornbook.record import Record, read_records
from hornbook.report.run_folder import Run, open_run
from hornbook.step import Context

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

ARMS = ("raw", "filtered", "textbooks", "exercises")
RUN = [sys.executable, "-m", "hornbook", "run", "laptop", "--size", "smoke", "--out"]


def without_network() -> list[str]:
    """Return the prefix of a command that sees no network device but a dead loopback; empty where refused."""
    prefix = ["unshare", "--user", "--map-root-user", "--net"]
    works = shutil.which("unshare") and subprocess.run([*prefix, "true"], capture_output=True).returncode == 0
    return prefix if works else []


def humaneval_row(task_id: str, prompt: str, entry_point: str, solution: str, tests: str) -> str:
    """Return a line of a file in HumanEval's format; `tests` are statements."""
    check = "def check(candidate):\n" + textwrap.indent(tests, "    ")
    row = {"task_id": task_id, "prompt": prompt, "entry_point": entry_point}
    return json.dumps(row | {"canonical_solution": solution, "test": check}) + "\n"


@pytest.fixture(scope="module")
def benchmark(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A benchmark of three problems, as `--benchmark` takes it."""
    path = tmp_path_factory.mktemp("benchmark") / "own.jsonl"
    rows = []
    for number, word in enumerate(("lantern", "harbour", "meadow")):
        prompt = (
            f'def {word}_share(parts: list[int], whole: int) -> float:\n    """Say which share of a {word} '
        )
        prompt += 'the parts are, leaving out every second one from the end."""\n'
        solution = "    return sum(parts[::-2]) / whole\n"
        tests = f"assert {word}_share([1, 2, 3], 8) == 0.5\n"
        rows.append(humaneval_row(f"own/{number}", prompt, f"{word}_share", solution, tests))
    path.write_text("".join(rows))
    return f"own={path}"


@pytest.fixture(scope="module")
def smoke(tmp_path_factory: pytest.TempPathFactory, benchmark: str) -> tuple[Path, str]:
    """Run the smoke recipe and return its folder and what it printed."""
    folder = tmp_path_factory.mktemp("laptop") / "smoke"
    command = [*without_network(), *RUN, str(folder), "--benchmark", benchmark]
    done = subprocess.run(command, capture_output=True, text=True, timeout=800)
    assert done.returncode == 0, done.stderr[-3000:]
    return folder, done.stdout


@pytest.fixture(scope="module")
def run(smoke: tuple[Path, str]) -> Run:
    return open_run(smoke[0])


def test_the_recipe_runs_where_no_network_is(smoke: tuple[Path, str]) -> None:
    if not without_network():
        pytest.skip("this machine does not let us cut the network")
    assert (smoke[0] / "report.html").exists()


def test_the_score_table_shows_every_arm_and_rung_with_intervals(smoke: tuple[Path, str]) -> None:
    head, *rest = smoke[1].splitlines()
    assert head.split() == ["arm", *ARMS]
    rows = {line.split("  ")[0].strip(): line for line in rest}
    for rung in "1234":
        assert rows[f"rung {rung}, %"].count("[") == len(ARMS)
    assert "ladder bits/byte" in rows


def test_a_benchmark_that_is_named_is_kept_out_of_the_data_and_scored(
    smoke: tuple[Path, str], run: Run
) -> None:
    assert "own bits/byte" in smoke[1] and "own, %" in smoke[1]
    for name in ("raw", "textbooks", "exercises"):
        stamp = run.steps[name].metrics["stamp"]
        assert stamp["says"] == "checked against own, ladder"
        assert stamp["checked"][0]["problems"] == 3
        assert run.steps[name].metrics["canaries"]["verbatim"]["recall"] == 1.0


def test_all_arms_train_on_equally_many_tokens_of_one_model(run: Run) -> None:
    trained = {arm: [f"arm_{arm}", run.inputs_of(f"arm_{arm}")["init"]] for arm in ARMS}
    tokens = {arm: sum(run.steps[name].metrics["tokens"] for name in names) for arm, names in trained.items()}
    assert len(set(tokens.values())) == 1
    assert len({run.steps[f"arm_{arm}"].metrics["parameters"] for arm in ARMS}) == 1


def test_diversity_is_measured_before_and_after_each_gate_at_one_number_of_texts(run: Run) -> None:
    gates = [f"{kind}{gate}" for kind in ("textbooks", "exercises") for gate in ("_accepted", "_unique", "")]
    metrics = run.steps["diversity"].metrics
    assert metrics.keys() == {"corpus", "raw_unique", "raw", "filtered", *gates}
    assert len({found["num_sampled"] for found in metrics.values()}) == 1


def test_every_filter_keeps_or_rejects_every_record(run: Run) -> None:
    filters = [
        record.metrics
        for name, record in run.steps.items()
        if name.endswith(("_accepted", "_unique")) or name in ("raw", "filtered", "textbooks", "exercises")
    ]
    assert len(filters) == 9
    for metrics in filters:
        assert metrics["num_in"] == metrics["num_kept"] + metrics["num_rejected"] > 0
        assert sum(metrics["reasons"].values()) == metrics["num_rejected"]


@pytest.mark.parametrize("kind", ["exercises", "textbooks"])
def test_everything_accepted_passes_when_it_is_executed_again(run: Run, kind: str, tmp_path: Path) -> None:
    metrics = check(Check(), records=run.root / kind, out=tmp_path, ctx=Context(workers=2))
    assert metrics["num_kept"] == metrics["num_in"] > 100
    assert metrics["num_rejected"] == 0


def test_held_out_families_make_no_training_data(run: Run) -> None:
    made: list[Record] = [r for kind in ("exercises", "textbooks") for r in read_records(run.root / kind)]
    families = {record.tags["family"] for record in made}
    taught, programs = families & set(BY_NAME), {name for name in families if name.startswith("program:")}
    assert families == taught | programs
    assert len(taught) > 50 and len(programs) > 50
    assert not any(BY_NAME[name].reserved for name in taught)
    assert not any(is_reserved(name.removeprefix("program:"), one_in=RESERVED_ONE_IN) for name in programs)


def test_every_record_says_where_it_came_from(run: Run) -> None:
    for name in ("raw", "textbooks", "exercises"):
        for record in read_records(run.root / name):
            assert record.source and record.license
            if name != "raw":
                assert record.origin is not None
                assert record.origin.teacher.startswith("offline@")


def test_running_again_does_nothing(run: Run, benchmark: str) -> None:
    command = [*RUN, str(run.root), "--benchmark", benchmark]
    again = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert again.returncode == 0
    assert again.stderr.count("up to date") == len(run.steps)


def test_a_trained_model_completes_and_is_evaluated_alone(run: Run) -> None:
    model = str(run.root / "arm_exercises")
    prompt = 'def add(a: int, b: int) -> int:\n    """Return the sum of a and b."""\n'
    command = [sys.executable, "-m", "hornbook", "complete", model, prompt, "--max-new-tokens", "16"]
    shown = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert shown.returncode == 0, shown.stderr
    assert shown.stdout.startswith(prompt)
    problems = run.root / "ladder" / "few.jsonl"
    rows = [json.loads(line) for line in (run.root / "ladder" / "ladder.jsonl").read_text().splitlines()[:5]]
    few = [
        humaneval_row(row["id"], row["prompt"], row["entry_point"], row["reference"], row["tests"])
        for row in rows
    ]
    problems.write_text("".join(few))
    command = [sys.executable, "-m", "hornbook", "evaluate", model, "--benchmark", f"few={problems}"]
    command += ["-k", "1,2", "--samples", "2", "--format", "json"]
    shown = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert shown.returncode == 0, shown.stderr
    measured = json.loads(shown.stdout)["few"]
    assert measured["num_problems"] == 5
    assert measured["pass@1"]["mean"] <= measured["pass@2"]["mean"]
    assert measured["bits_per_byte"] > 0
