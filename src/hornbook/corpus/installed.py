"""The raw corpus from installed Python: functions, classes, methods and whole files, drawn by seed.

The code that runs on this machine is real, licensed, and present offline. A file gives either its whole text
(cut at a top-level boundary) or some of its definitions, never both, so that nothing is in the corpus twice
by construction; copies between packages are the business of dedup. What does not decode or parse is rejected
with a reason. Nothing is judged here: stubs, tests' fixtures and glue stay in, raw code is what it is.
"""

from __future__ import annotations

import importlib.util
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from pydantic import Field

from hornbook.corpus.manifest import PACKAGES, Manifest, SourceFile, find_manifest
from hornbook.corpus.self_contained import MOST_HELPERS, Lifter, NeedsTooMuch
from hornbook.corpus.units import Candidate, Module, NotPython, Unit
from hornbook.draw import rng
from hornbook.errors import QualityGate, UsageError
from hornbook.pool import Stage, map_shards
from hornbook.record import Record, Rejected
from hornbook.step import Config, Context, Metrics

__all__ = ["PACKAGES", "Installed", "Manifest", "collect", "find_manifest"]

STAGE = "corpus"
_CAP_OF_PACKAGE = 0.12
"""Largest share of the units from one package, so that torch's 36 % of all bytes do not become the mix."""
_CAP_OF_STANDARD_LIBRARY = 0.30
_WEIGHT_OF_STANDARD_LIBRARY = 3.0
"""The standard library is broad and written to be read, so it counts for more than its size."""
_FEWEST_PER_FILE = 6
"""Definitions taken from one file, unless the corpus is too small for that: many files, many authors."""
_MOST_PER_FILE = 96
_YIELD = 0.9
"""Records per definition drawn (measured): some are too long, and `def` also stands in nested functions."""
_FILES_PER_SHARD = 120
_WEIGHT_OF_METHOD = 0.4
"""Methods are most of all definitions and lean on a class that is not shown; they are drawn less often."""


class Installed(Config):
    """Which installed Python code becomes the corpus."""

    seed: int = 0
    """Seed of the draws."""
    num_records: int = Field(default=10_000, ge=1)
    """Units to draw; a few per cent fewer remain, because some are rejected. 10,000 are about 12 MB."""
    manifest: str
    """Digest of `find_manifest(packages)`: the code itself is part of the step's identity."""
    packages: tuple[str, ...] = PACKAGES
    """Distributions to read; "python" is the standard library. Those not installed are left out."""
    max_characters: int = Field(default=6000, ge=200)
    """Longest unit: whole files are cut there, longer definitions rejected. The length that a published
    phi-style filter allowed for a file (600 to 6,000 characters)."""
    share_functions: float = Field(default=0.85, ge=0.0, le=1.0)
    """Share of units that are functions, classes or methods; the rest are whole files."""
    lifting: Literal["plain", "self_contained"] = "plain"
    """plain: a definition with the imports it uses. self_contained: with the module's own helpers and constants
    that it needs too; what still lacks something (most methods, as their class is not shown) is rejected, so that
    about a third of the definitions remain."""
    most_helpers: int = Field(default=MOST_HELPERS, ge=0)
    """Pieces of its module that a self-contained unit may bring along."""
    importable: tuple[str, ...] = ()
    """Top-level modules beside the standard library's that a self-contained unit may import."""


@dataclass(frozen=True, slots=True)
class Draw:
    """What to take from one file: `num_definitions` of its definitions, or, if 0, the file as a whole."""

    file: SourceFile
    license: str
    num_definitions: int


def collect(cfg: Installed, *, out: Path, ctx: Context) -> Metrics:
    """Draw the corpus into `out/records`; metrics count units by package and kind.

    Raises QualityGate when there is no code to read, UsageError when the installed code is not what the
    config's manifest names.
    """
    manifest = find_manifest(cfg.packages)
    draws = draw_files(cfg, manifest)
    ctx.log(
        f"corpus: {manifest.num_files:,} files, {manifest.num_bytes / 1e6:.1f} MB of {len(manifest.roots)} "
        f"packages, manifest {manifest.digest}"
    )
    ranges = [range(i, min(i + _FILES_PER_SHARD, len(draws))) for i in range(0, len(draws), _FILES_PER_SHARD)]
    counts = map_shards(make_stage, cfg, ranges, out, ctx)
    if not counts["num_kept"]:
        raise QualityGate(f"the corpus is empty: all {counts['num_rejected']} drawn units were rejected")
    if counts["num_kept"] < 0.8 * cfg.num_records:
        ctx.log(f"corpus: only {counts['num_kept']:,} units of {cfg.num_records:,}: there is no more to draw")
    return counts | {
        "manifest": manifest.digest,
        "num_files_available": manifest.num_files,
        "num_files_drawn": len(draws),
        "megabytes_available": round(manifest.num_bytes / 1e6, 3),
        "files_skipped": manifest.skipped,
        "licenses": manifest.licenses,
        "num_units_drawn_by_package": _by_package(draws),
    }


def make_stage(cfg: Installed) -> Stage:
    """Return the stage that turns indices of drawn files into units, each a record or rejected."""
    draws = draw_files(cfg, find_manifest(cfg.packages))

    def stage(indices: Iterator[int]) -> Iterable[Record | Rejected]:
        for index in indices:
            yield from _units_of(draws[index], cfg)

    return stage


def draw_files(cfg: Installed, manifest: Manifest) -> list[Draw]:
    """Choose files, and how much of each, so that about `num_records` units come out.

    Raises QualityGate when the manifest holds no file, UsageError when it is not the config's.
    """
    if not manifest.files:
        raise QualityGate(
            f"the corpus is empty: no readable Python files in {', '.join(cfg.packages) or 'an empty list'}; "
            "name installed packages in `packages` ('python' is the standard library)"
        )
    if manifest.digest != cfg.manifest:
        raise UsageError(
            f"the installed code has manifest {manifest.digest[:16]}, the config names "
            f"{cfg.manifest[:16] or 'none'}; take the digest from find_manifest() and run again"
        )
    quotas = _quotas(cfg, manifest)
    draws = [draw for root in sorted(quotas) for draw in _from_root(cfg, manifest, root, quotas[root])]
    # One order over all packages: each shard is then a sample of the whole mix.
    rng(cfg.seed, "corpus/order").shuffle(draws)
    return draws


def _quotas(cfg: Installed, manifest: Manifest) -> dict[str, int]:
    """Split the wanted units over the packages by the root of their size, none above its cap or its content.

    What a full package cannot take goes to the others; a cap gives way when nothing else is left.
    """
    sizes = Counter[str]()
    for file in manifest.files:
        sizes[file.root] += file.num_bytes
    weights = {root: _weight(root) * size**0.5 for root, size in sizes.items()}
    most = {root: _capacity(cfg, _files_of(manifest, root), _MOST_PER_FILE) for root in sizes}
    capped = {root: min(_cap(root) * cfg.num_records, most[root]) for root in sizes}
    quotas = dict.fromkeys(sizes, 0.0)
    for limits in (capped, most):
        for _ in sizes:
            left = cfg.num_records - sum(quotas.values())
            open_roots = [root for root in sizes if quotas[root] < limits[root]]
            if left < 1 or not open_roots:
                break
            total = sum(weights[root] for root in open_roots)
            for root in open_roots:
                quotas[root] = min(limits[root], quotas[root] + left * weights[root] / total)
    return {root: round(quota) for root, quota in quotas.items()}


def _files_of(manifest: Manifest, root: str) -> list[SourceFile]:
    return [file for file in manifest.files if file.root == root]


def _takes(file: SourceFile, per_file: int) -> float:
    """Units expected from a file that gives definitions; 0 when it has none."""
    return min(per_file, file.num_definitions) * _YIELD


def _share_whole(cfg: Installed, files: Iterable[SourceFile], per_file: int) -> float:
    """How many of the files with definitions to take whole, so that `share_functions` of the *units* are not.

    With n files that have definitions, n0 that have none and d expected definitions, the share p solves
    (n0 + p n) : (1 - p) d = (1 - share) : share.
    """
    takes = [_takes(file, per_file) for file in files]
    num_without = takes.count(0)
    wanted = (1 - cfg.share_functions) * sum(takes)
    denominator = cfg.share_functions * (len(takes) - num_without) + wanted
    return max(wanted - cfg.share_functions * num_without, 0.0) / denominator if denominator else 0.0


def _capacity(cfg: Installed, files: list[SourceFile], per_file: int) -> float:
    """Units that the files can give when at most `per_file` come from each."""
    share = _share_whole(cfg, files, per_file)
    return sum(share + (1 - share) * _takes(f, per_file) if f.num_definitions else 1.0 for f in files)


def _cap(root: str) -> float:
    return _CAP_OF_STANDARD_LIBRARY if _is_standard_library(root) else _CAP_OF_PACKAGE


def _weight(root: str) -> float:
    return _WEIGHT_OF_STANDARD_LIBRARY if _is_standard_library(root) else 1.0


def _is_standard_library(root: str) -> bool:
    return root.startswith(f"{sys.implementation.name}-")


def _from_root(cfg: Installed, manifest: Manifest, root: str, quota: int) -> Iterator[Draw]:
    files = _files_of(manifest, root)
    per_file = _FEWEST_PER_FILE
    while _capacity(cfg, files, per_file) < quota and per_file < _MOST_PER_FILE:
        per_file *= 2
    share_whole = _share_whole(cfg, files, per_file)
    draws = rng(cfg.seed, f"corpus/files/{root}")
    draws.shuffle(files)
    left = float(quota)
    for file in files:
        if left <= 0:
            return
        whole = draws.random() < share_whole
        num_definitions = 0 if whole else min(per_file, file.num_definitions)
        yield Draw(file, manifest.licenses[root], num_definitions)
        left -= max(num_definitions * _YIELD, 1)


def _units_of(draw: Draw, cfg: Installed) -> Iterator[Record | Rejected]:
    content = draw.file.path.read_bytes()
    try:
        # decode_source heeds a coding cookie and turns every kind of line end into "\n".
        module = Module(importlib.util.decode_source(content), draw.file.package)
    except NotPython as error:
        yield _refused(draw, content.decode(errors="replace"), "not_python", str(error))
        return
    except (UnicodeDecodeError, SyntaxError, LookupError) as error:
        yield _refused(draw, content.decode(errors="replace"), "not_decodable", str(error))
        return
    chosen = _choose(module.candidates(), draw, cfg)
    if not chosen:
        yield _whole_file(module, draw, cfg)
    lifter = Lifter(
        module,
        packages=cfg.importable,
        most_helpers=cfg.most_helpers,
        most_characters=cfg.max_characters,
    )
    for candidate in chosen:
        if cfg.lifting == "plain":
            yield _definition(module, candidate, draw, cfg)
        else:
            yield _self_contained(lifter, module, candidate, draw)


def _choose(candidates: list[Candidate], draw: Draw, cfg: Installed) -> list[Candidate]:
    """Draw candidates without replacement, in file order; a class is never drawn beside its own methods."""
    draws = rng(cfg.seed, f"corpus/units/{draw.file.name}")
    # Weighted sampling without replacement: the largest u ** (1 / weight) win (Efraimidis and Spirakis 2006).
    keys = {c: draws.random() ** (1 / (_WEIGHT_OF_METHOD if c.kind == "method" else 1)) for c in candidates}
    chosen: list[Candidate] = []
    for candidate in sorted(candidates, key=keys.__getitem__, reverse=True):
        if len(chosen) == draw.num_definitions:
            break
        if not any(_overlap(candidate, other) for other in chosen):
            chosen.append(candidate)
    return sorted(chosen, key=candidates.index)


def _overlap(one: Candidate, other: Candidate) -> bool:
    return one.name.startswith(f"{other.name}.") or other.name.startswith(f"{one.name}.")


def _whole_file(module: Module, draw: Draw, cfg: Installed) -> Record | Rejected:
    unit = module.head(cfg.max_characters)
    if unit is None:
        detail = f"the first statement is longer than {cfg.max_characters} characters"
        return _refused(draw, module.text[: cfg.max_characters], "too_long", detail)
    return _record(draw, unit)


def _definition(module: Module, candidate: Candidate, draw: Draw, cfg: Installed) -> Record | Rejected:
    try:
        unit = module.lift(candidate)
    except NotPython as error:
        return _refused(draw, module.source(candidate), "broken_by_lifting", str(error))
    record = _record(draw, unit)
    if len(unit.text) > cfg.max_characters:
        return Rejected(record, STAGE, "too_long", f"{len(unit.text)} characters")
    return record


def _self_contained(lifter: Lifter, module: Module, candidate: Candidate, draw: Draw) -> Record | Rejected:
    try:
        lifted = lifter.lift(candidate)
    except NeedsTooMuch as error:
        return _refused(draw, module.source(candidate), "needs_too_much", f"{candidate.name}: {error}")
    except NotPython as error:
        return _refused(draw, module.source(candidate), "broken_by_lifting", str(error))
    record = _record(draw, lifted.unit)
    if lifted.helpers:
        record = replace(record, tags={**record.tags, "helpers": " ".join(lifted.helpers)})
    if not lifted.is_self_contained:
        return Rejected(record, STAGE, "not_self_contained", lifted.why_not)
    return record


def _record(draw: Draw, unit: Unit) -> Record:
    source = f"{draw.file.name}:{unit.name}" if unit.name else draw.file.name
    return Record(text=unit.text, kind="code", source=source, license=draw.license, tags={"unit": unit.kind})


def _refused(draw: Draw, text: str, reason: str, detail: str) -> Rejected:
    record = Record(
        text=text, kind="code", source=draw.file.name, license=draw.license, tags={"unit": "file"}
    )
    return Rejected(record, STAGE, reason, detail)


def _by_package(draws: Iterable[Draw]) -> dict[str, int]:
    counts = Counter[str]()
    for draw in draws:
        counts[draw.file.root] += max(draw.num_definitions, 1)
    return dict(sorted(counts.items()))
