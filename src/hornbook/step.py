"""Steps and the graph they form: identity, staleness and the plan. Running them is run.py.

A step is a function, its config and its inputs. Its fingerprint covers the function's name, the config (and
the config class's VERSION) and the fingerprints of its inputs; where and how fast it runs is `Context` and
never part of identity.
"""

from __future__ import annotations

import hashlib
import inspect
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal

import orjson
from pydantic import BaseModel, ConfigDict

from hornbook.errors import UsageError, WiringError

if TYPE_CHECKING:
    from hornbook.teacher.access import Access

Metrics = dict[str, Any]
"""What a step reports: JSON values only, keys in snake_case with units (`seconds`, `tokens`, `num_kept`)."""

RESUME = "resume"
"""Folder in a step's `out` for what only a later attempt needs, such as checkpoints; dropped with the last one."""


class Config(BaseModel):
    """A stage's settings: frozen, typed, unknown keys forbidden."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", validate_default=True, use_attribute_docstrings=True
    )
    VERSION: ClassVar[int] = 1
    """Bumped when the same config must mean another output."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far the running step is."""

    done: float
    total: float
    unit: str
    note: str = ""
    step: str = ""
    """Name of the step, which `run` fills in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Where and how fast a step runs; never part of its identity."""

    workers: int = field(
        default_factory=lambda: (
            len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        )
    )
    """Processes of `map_shards`, zygotes of the sandbox and threads of torch: at most one per core.

    A step of one core sees 1."""
    engine: Literal["inline", "processes"] = "processes"
    progress: Callable[[Progress], None] = lambda progress: None
    log: Callable[[str], None] = lambda line: None
    """One line for the person who watches: what was found, what was skipped."""
    access: Access | None = None
    """Where the teacher behind an endpoint is, for steps that ask one; worker processes see none."""


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """One named piece of a recipe: `fn(config, *, <inputs by name>, out=..., ctx=...) -> Metrics`."""

    name: str
    fn: Callable[..., Metrics]
    config: Config
    inputs: Mapping[str, Step | Path] = field(default_factory=dict)
    one_core: bool = False
    """Computes with one thread whatever `--workers` says, and may run beside other such steps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRecord:
    """What a finished step left in `step.json`."""

    name: str
    fingerprint: str
    identity: dict[str, Any]
    """Function, version, config and input fingerprints: what the fingerprint is made of."""
    metrics: Metrics
    seconds: float
    dollars: float
    packages: dict[str, str]
    code: str
    """Git commit of the code that ran, with `+` when there were uncommitted changes; empty outside git."""
    machine: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """What `run` would do with one step."""

    step: Step
    identity: dict[str, Any]
    fingerprint: str
    state: Literal["fresh", "stale", "missing"]
    reasons: tuple[str, ...]
    """For a stale step, what differs: `config.count: 500 -> 501`."""
    last_seconds: float | None
    last_dollars: float | None
    num_partial: int
    """Files that an interrupted attempt left behind and the next run will use."""
    aside: bool
    """Whether this very result was put aside once; the next run takes it back."""


def plan(steps: Sequence[Step], root: Path) -> list[Planned]:
    """Say for every step, in the order they run, whether it is fresh, stale or missing. Spends nothing.

    Raises WiringError when steps do not fit together, UsageError when a path input does not exist.
    """
    ordered = in_order(steps)
    for step in ordered:
        _check_wiring(step)
    fingerprints: dict[Step, str] = {}
    planned = []
    for step in ordered:
        identity = _identity(step, fingerprints)
        fingerprints[step] = _digest(identity)
        planned.append(_planned(step, identity, fingerprints[step], root))
    return planned


def read_step(folder: Path) -> StepRecord | None:
    """Read the `step.json` of a finished step's folder; None when the step has not finished."""
    path = folder / "step.json"
    return StepRecord(**orjson.loads(path.read_bytes())) if path.exists() else None


def in_order(steps: Sequence[Step]) -> list[Step]:
    """Return the steps and all they need, inputs first. Raises WiringError for a cycle or a shared name."""
    ordered: list[Step] = []
    visiting: set[Step] = set()

    def visit(step: Step) -> None:
        if step in ordered:
            return
        if step in visiting:
            raise WiringError(f"step {step.name!r} needs its own output; recipes have no cycles")
        visiting.add(step)
        for value in step.inputs.values():
            if isinstance(value, Step):
                visit(value)
        ordered.append(step)

    for step in steps:
        visit(step)
    names = [step.name for step in ordered]
    for name in names:
        if names.count(name) > 1:
            raise WiringError(
                f"two steps are named {name!r}; a step's name is its folder, so names are unique"
            )
    return ordered


def _check_wiring(step: Step) -> None:
    """Bind the step's inputs to its function's signature, so that a wrong recipe fails before it runs."""
    try:
        inspect.signature(step.fn).bind(step.config, **dict.fromkeys(step.inputs), out=None, ctx=None)
    except TypeError as error:
        raise WiringError(f"step {step.name!r} does not fit {_function_name(step.fn)}: {error}") from None
    for name, value in step.inputs.items():
        if isinstance(value, Path) and not value.exists():
            raise UsageError(f"step {step.name!r}: input {name!r} is {str(value)!r}, which does not exist")


def _function_name(fn: Callable[..., Metrics]) -> str:
    return f"{fn.__module__}.{fn.__qualname__}"


def _identity(step: Step, fingerprints: Mapping[Step, str]) -> dict[str, Any]:
    return {
        "function": _function_name(step.fn),
        "version": type(step.config).VERSION,
        "config": step.config.model_dump(mode="json"),
        "inputs": {
            name: fingerprints[value] if isinstance(value, Step) else hash_path(value)
            for name, value in step.inputs.items()
        },
    }


def hash_path(path: Path) -> str:
    """Return the SHA-256 of a file's content, or of a folder's relative names and contents."""
    digest = hashlib.sha256()
    files = [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.is_file())
    for file in files:
        if file != path:
            digest.update(f"{file.relative_to(path).as_posix()}\0".encode())
        try:
            digest.update(hashlib.sha256(file.read_bytes()).digest())
        except OSError as error:
            raise UsageError(f"cannot read {str(file)!r}: {error.strerror}") from error
    return f"sha256:{digest.hexdigest()}"


def _digest(identity: Mapping[str, Any]) -> str:
    return hashlib.blake2b(orjson.dumps(identity, option=orjson.OPT_SORT_KEYS), digest_size=12).hexdigest()


def _planned(step: Step, identity: dict[str, Any], fingerprint: str, root: Path) -> Planned:
    last = read_step(root / step.name)
    state: Literal["fresh", "stale", "missing"] = "missing"
    reasons: list[str] = []
    if last is not None:
        state = "fresh" if last.fingerprint == fingerprint else "stale"
        reasons = _differences("", last.identity, identity)
    partial = partial_folder(root, step.name, fingerprint)
    kept = aside_folder(root, step.name, fingerprint)
    return Planned(
        step=step,
        identity=identity,
        fingerprint=fingerprint,
        state=state,
        reasons=tuple(reasons),
        last_seconds=last.seconds if last else None,
        last_dollars=last.dollars if last else None,
        num_partial=sum(p.is_file() for p in partial.rglob("*")) if partial.exists() else 0,
        aside=state != "fresh" and not partial.exists() and read_step(kept) is not None,
    )


def _differences(path: str, old: Any, new: Any) -> list[str]:
    """List the leaves that differ as `config.count: 500 -> 501`."""
    if isinstance(old, dict) and isinstance(new, dict):
        keys = [*old, *(key for key in new if key not in old)]
        return [d for key in keys for d in _differences(f"{path}.{key}", old.get(key), new.get(key))]
    if old == new:
        return []
    name = path.lstrip(".")
    if name.startswith("inputs."):
        return [f"{name}: {'added' if old is None else 'removed' if new is None else 'changed'}"]
    return [f"{name}: {_short(old)} -> {_short(new)}"]


def _short(value: Any) -> str:
    text = orjson.dumps(value).decode()
    return text if len(text) <= 60 else f"{text[:40]}...{text[-12:]}"


def partial_folder(root: Path, name: str, fingerprint: str) -> Path:
    """Return where a step is built until it is whole."""
    return root / ".partial" / f"{name}-{fingerprint}"


def aside_folder(root: Path, name: str, fingerprint: str) -> Path:
    """Return where a finished step's folder is kept after another has taken its place."""
    return root / ".old" / f"{name}-{fingerprint}"
