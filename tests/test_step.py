from pathlib import Path

import data_recipe
import pytest
from data_recipe import Halves, Odd, Source, Unique, halves, odd, source, unique

from hornbook.errors import UsageError, WiringError
from hornbook.record import read_records
from hornbook.run import run
from hornbook.step import RESUME, Config, Context, Metrics, Planned, Step, plan, read_step

QUICK = Context(engine="inline", workers=1)


def recipe(*, count: int = 60, divisor: int = 3, seed: int = 0) -> list[Step]:
    first = Step("source", source, Source(count=count, seed=seed, seconds_per_shard=0))
    second = Step("odd", odd, Odd(divisor=divisor, seconds_per_shard=0), {"records": first})
    third = Step("halves", halves, Halves(seconds_per_shard=0), {"records": second})
    return [Step("unique", unique, Unique(), {"records": third})]


def states(steps: list[Step], root: Path) -> dict[str, str]:
    return {planned.step.name: planned.state for planned in plan(steps, root)}


def contents(root: Path) -> dict[str, bytes]:
    return {str(p.relative_to(root)): p.read_bytes() for p in sorted(root.glob("*/re*/*.parquet"))}


def test_a_finished_run_is_fresh_and_runs_nothing_again(tmp_path: Path) -> None:
    run(recipe(), tmp_path, QUICK)
    before = {p: p.stat().st_mtime_ns for p in tmp_path.rglob("*.parquet")}
    run(recipe(), tmp_path, QUICK)
    assert set(states(recipe(), tmp_path).values()) == {"fresh"}
    assert {p: p.stat().st_mtime_ns for p in tmp_path.rglob("*.parquet")} == before


def test_a_changed_field_rebuilds_exactly_the_dependent_steps_and_says_why(tmp_path: Path) -> None:
    run(recipe(), tmp_path, QUICK)
    stale: list[Planned] = []
    run(recipe(divisor=5), tmp_path, QUICK, started=lambda p: stale.append(p) if p.state == "stale" else None)
    assert [planned.step.name for planned in stale] == ["odd", "halves", "unique"]
    assert stale[0].reasons == ("config.divisor: 3 -> 5",)
    assert stale[1].reasons == ("inputs.records: changed",)


def test_a_stale_folder_is_kept_aside(tmp_path: Path) -> None:
    run(recipe(), tmp_path, QUICK)
    old = list(read_records(tmp_path / "odd"))
    run(recipe(divisor=5), tmp_path, QUICK)
    (aside,) = (tmp_path / ".old").glob("odd-*")
    assert list(read_records(aside)) == old


def test_what_was_kept_aside_is_taken_back_when_it_is_wanted_again(tmp_path: Path) -> None:
    run(recipe(), tmp_path, QUICK)
    before = {p: p.stat().st_ino for p in tmp_path.glob("*/records/*.parquet")}
    run(recipe(divisor=5), tmp_path, QUICK)
    assert [planned.step.name for planned in plan(recipe(), tmp_path) if planned.aside] == [
        "odd",
        "halves",
        "unique",
    ]
    run(recipe(), tmp_path, QUICK)
    assert {p: p.stat().st_ino for p in tmp_path.glob("*/records/*.parquet")} == before


def half_done(cfg: Unique, *, out: Path, ctx: Context) -> Metrics:
    (out / RESUME).mkdir()
    (out / RESUME / "state").touch()
    return {}


def test_what_only_a_later_attempt_needs_is_dropped_when_the_step_is_done(tmp_path: Path) -> None:
    run([Step("half", half_done, Unique())], tmp_path, QUICK)
    assert [path.name for path in (tmp_path / "half").iterdir()] == ["step.json"]


def test_a_new_version_of_a_config_makes_its_step_stale(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(recipe(), tmp_path, QUICK)
    monkeypatch.setattr(Unique, "VERSION", 2)
    assert [name for name, state in states(recipe(), tmp_path).items() if state == "stale"] == ["unique"]


def test_records_are_byte_identical_whatever_the_engine_and_the_workers(tmp_path: Path) -> None:
    run(recipe(), tmp_path / "inline", QUICK)
    run(recipe(), tmp_path / "processes", Context(engine="processes", workers=2))
    assert contents(tmp_path / "inline") == contents(tmp_path / "processes") != {}


def test_another_seed_makes_other_records(tmp_path: Path) -> None:
    run(recipe(), tmp_path / "a", QUICK)
    run(recipe(seed=1), tmp_path / "b", QUICK)
    ids = [{record.id for record in read_records(tmp_path / side / "source")} for side in "ab"]
    assert len(ids[0] & ids[1]) <= 1


def test_an_unknown_input_is_a_wiring_error_at_plan_time(tmp_path: Path) -> None:
    first = Step("source", source, Source())
    with pytest.raises(WiringError, match="'odd' does not fit"):
        plan([Step("odd", odd, Odd(), {"recods": first})], tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_missing_input_is_a_wiring_error_at_plan_time(tmp_path: Path) -> None:
    with pytest.raises(WiringError, match="records"):
        plan([Step("odd", odd, Odd())], tmp_path)


def test_two_steps_of_one_name_are_a_wiring_error(tmp_path: Path) -> None:
    first = Step("source", source, Source())
    with pytest.raises(WiringError, match="two steps are named 'source'"):
        plan([Step("source", odd, Odd(), {"records": first})], tmp_path)


def test_a_path_that_does_not_exist_is_a_usage_error_at_plan_time(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="does not exist"):
        plan([Step("odd", odd, Odd(), {"records": tmp_path / "nowhere"})], tmp_path)


def test_a_changed_input_file_makes_its_step_stale(tmp_path: Path) -> None:
    def copy(cfg: Unique, *, text: Path, out: Path, ctx: Context) -> Metrics:
        return {"num_bytes": len(text.read_bytes())}

    text = tmp_path / "text"
    text.write_text("one")
    steps = [Step("copy", copy, Unique(), {"text": text})]
    run(steps, tmp_path / "run", QUICK)
    text.write_text("two")
    assert states(steps, tmp_path / "run") == {"copy": "stale"}


def test_a_step_that_fails_leaves_no_finished_folder_and_is_taken_up_again(tmp_path: Path) -> None:
    attempts: list[int] = []

    def flaky(cfg: Config, *, out: Path, ctx: Context) -> Metrics:
        attempts.append(len(list(out.glob("shard"))))
        (out / "shard").write_text("finished before the failure")
        if len(attempts) == 1:
            raise OSError("the disk went away")
        return {}

    steps = [Step("flaky", flaky, Unique())]
    with pytest.raises(OSError):
        run(steps, tmp_path, QUICK)
    assert read_step(tmp_path / "flaky") is None
    run(steps, tmp_path, QUICK)
    assert attempts == [0, 1]
    assert read_step(tmp_path / "flaky") is not None


def test_two_runs_cannot_work_in_one_folder_at_once(tmp_path: Path) -> None:
    def nested(cfg: Config, *, out: Path, ctx: Context) -> Metrics:
        run(recipe(), tmp_path, QUICK)
        return {}

    with pytest.raises(UsageError, match="another hornbook"):
        run([Step("nested", nested, Unique())], tmp_path, QUICK)


def test_step_json_holds_what_is_needed_to_make_the_step_again(tmp_path: Path) -> None:
    run(recipe(), tmp_path, QUICK)
    record = read_step(tmp_path / "odd")
    assert record is not None
    assert record.identity["function"] == f"{data_recipe.__name__}.odd"
    assert record.identity["config"] == {"divisor": 3, "seconds_per_shard": 0.0}
    assert record.metrics["num_in"] == record.metrics["num_kept"] + record.metrics["num_rejected"] == 60
    assert record.packages["pyarrow"]
