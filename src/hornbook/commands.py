"""What the commands do, apart from how they are typed: reading recipes, running them, printing results."""

from __future__ import annotations

import importlib
import inspect
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Literal

import orjson
from rich.console import Console
from rich.table import Table as RichTable

from hornbook.draw import rng
from hornbook.errors import UsageError
from hornbook.record import Record, read_records, read_rejected
from hornbook.record import count as count_rows
from hornbook.report.effect_section import effect_tables
from hornbook.report.run_folder import open_run
from hornbook.report.table import Table, percent, score_table
from hornbook.run import run
from hornbook.screen import Screen, headline
from hornbook.settings import override
from hornbook.step import Context, Step, plan
from hornbook.teacher.price import dollars
from hornbook.writable import refuse_taken, refuse_unwritable

if TYPE_CHECKING:
    from hornbook.teacher.access import Access
    from hornbook.teacher.budget import Spent

RECIPES = {
    "laptop": "hornbook.recipes.laptop:laptop",
    "filter_effect": "hornbook.recipes.filter_effect:filter_effect",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A recipe with everything that the command line says about it."""

    recipe: str
    size: str
    out: Path | None
    seed: int
    settings: Mapping[str, str]
    benchmarks: Mapping[str, Path]
    access: Access | None = None
    """Where the teacher is; None for the offline one."""
    exclude_similar: float | None = None
    """Syntax-tree similarity to a problem from which a lesson is dropped; None drops none."""

    @property
    def root(self) -> Path:
        """The run folder."""
        name = self.recipe if self.recipe in RECIPES else Path(self.recipe.partition(":")[0]).stem
        return self.out or Path("runs") / f"{name}-{self.size}"

    def steps(self) -> list[Step]:
        """Call the recipe and apply the overrides. Raises UsageError for what does not exist."""
        function = find_recipe(self.recipe)
        given: dict[str, Any] = {"size": self.size, "seed": self.seed, "benchmarks": self.benchmarks}
        takes = inspect.signature(function).parameters
        if self.access is not None:
            from hornbook.lessons.answer import Asked

            if "teacher" not in takes:
                raise UsageError(
                    f"recipe {self.recipe!r} takes no teacher; give its function a parameter `teacher`"
                )
            given["teacher"] = Asked.of(self.access.endpoint)
        if self.exclude_similar is not None:
            if "exclude_similar" not in takes:
                raise UsageError(
                    f"recipe {self.recipe!r} excludes nothing by similarity; give its function a parameter "
                    "`exclude_similar`, or set STEP.exclude_similar"
                )
            given["exclude_similar"] = self.exclude_similar
        return override(
            function(**{key: value for key, value in given.items() if key in takes}), self.settings
        )


def find_recipe(name: str) -> Callable[..., list[Step]]:
    """Return the recipe function of that name, or of `path/to/file.py:function`."""
    module_name, _, function = RECIPES.get(name, name).rpartition(":")
    if name not in RECIPES and not module_name.endswith(".py"):
        raise UsageError(
            f"no recipe is named {name!r}; known: {', '.join(RECIPES)}; "
            "your own is 'path/to/file.py:function'"
        )
    module = importlib.import_module(module_name) if name in RECIPES else _load(Path(module_name))
    recipe = getattr(module, function, None)
    if not callable(recipe):
        raise UsageError(f"{module_name} has no function {function!r}")
    return recipe  # type: ignore[no-any-return]  # a recipe file is the user's; steps are checked by plan()


def _load(path: Path) -> Any:
    if not path.is_file():
        raise UsageError(f"no recipe file at {str(path)!r}")
    # Workers import a stage's module by name, so the file's folder must be importable in them too.
    sys.path.insert(0, str(path.parent.resolve()))
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [sys.path[0], os.environ.get("PYTHONPATH")]))
    return importlib.import_module(path.stem)


def run_recipe(
    chosen: Chosen, workers: int | None, engine: Literal["inline", "processes"], form: str
) -> None:
    """Bring a run up to date, write its report, print its score table and where the report is."""
    refuse_unwritable(chosen.root)
    steps = chosen.steps()
    planned = plan(steps, chosen.root)
    with Screen(len(planned)) as screen:
        ctx = context_of(workers, screen, engine, chosen.access)
        records = run(
            steps, chosen.root, ctx, about=_about(chosen), started=screen.started, finished=screen.finished
        )
    if form == "json":
        _write_page(chosen.root)
        print_json({name: asdict(record) for name, record in records.items()})
        return
    write_report(chosen.root)
    if chosen.access is not None:
        print(f"spent in this run folder: {spending(chosen.access.budget.spent)}")


def _about(chosen: Chosen) -> dict[str, Any]:
    about: dict[str, Any] = {name: getattr(chosen, name) for name in ("recipe", "size", "seed", "settings")}
    about["benchmarks"] = {name: str(path) for name, path in chosen.benchmarks.items()}
    return about if chosen.access is None else about | {"teacher": chosen.access.endpoint.teacher_name}


def spending(spent: Spent, records: int = 0) -> str:
    """Say what was spent, and what that is for each of `records` accepted ones."""
    failed = f" ({spent.failed:,} failed)" if spent.failed else ""
    said = f"{spent.calls:,} calls{failed}, {spent.tokens_in:,} tokens read, {spent.tokens_out:,} written"
    if spent.usd is None:
        return said
    each = spent.per(records)
    return f"{said}, {dollars(spent.usd, 4)}" + ("" if each is None else f", {dollars(each, 6)} a record")


def context_of(
    workers: int | None,
    screen: Screen,
    engine: Literal["inline", "processes"] = "processes",
    access: Access | None = None,
) -> Context:
    """Return a context that tells its progress to `screen`.

    Raises UsageError for an access whose journal could keep no answers.
    """
    if access is not None:
        refuse_unwritable(access.journal, "--journal")
    ctx = Context(engine=engine, progress=screen.progress, log=screen.log, access=access)
    return ctx if workers is None else replace(ctx, workers=workers)


def show_status(root: Path, form: str) -> None:
    """Print the finished steps of a run folder."""
    opened = open_run(root)
    if form == "json":
        print_json({name: asdict(record) for name, record in opened.steps.items()})
        return
    rows = tuple((r.name, f"{r.seconds:.1f}", headline(r)) for r in opened.steps.values())
    begun = {path.name.rpartition("-")[0] for path in (root / ".partial").glob("*")}
    partial = sorted(begun - set(opened.steps))
    notes = [f"begun, not finished: {', '.join(partial)}"] if partial else []
    if opened.stale:
        notes.append(f"stale, their inputs have changed: {', '.join(opened.stale)}")
    print_table(Table(headings=("step", "seconds", "result"), rows=rows, notes=tuple(notes)))


def _write_page(root: Path) -> Path:
    from hornbook.report.page import write_page

    return write_page(open_run(root))


def write_report(root: Path) -> None:
    """Write report.html and print the score table, if the run has one."""
    path = _write_page(root)
    opened = open_run(root)
    if (table := score_table(opened)) is not None:
        print_table(table.transposed())
    for table in effect_tables(opened):
        print_table(table.transposed())
    print(f"report: {path}")


def print_table(table: Table) -> None:
    """Print a table and its notes on stdout; a file, which has no width of its own, gets it unfolded."""
    console = Console(highlight=False)
    shown = RichTable(*table.headings, box=None, padding=(0, 2, 0, 0))
    for row in table.rows:
        shown.add_row(*row)
    if not sys.stdout.isatty():
        console.width = max(
            console.width, console.measure(shown, options=console.options.update(width=10_000)).maximum
        )
    console.print(shown)
    for note in table.notes:
        console.print(note, style="dim", soft_wrap=True)


def show_records(root: Path, step: str, count: int, rejected: bool, seed: int) -> None:
    """Print records of a step, drawn by seed, with their ids."""
    opened = open_run(root)
    if step not in opened.steps:
        raise UsageError(f"no finished step is named {step!r}; there are: {', '.join(opened.steps)}")
    part = "rejected" if rejected else "records"
    total = count_rows(root / step, part)
    chosen = set(rng(seed, f"show {step}").sample(range(total), min(count, total)))
    for i, (record, reason) in enumerate(_with_reasons(root / step, rejected)):
        if i in chosen:
            print(f"--- {record.id}  {record.source}  {record.license}{reason}\n{record.text}")
    print(f"--- {len(chosen)} of {total:,} {part} of {step}; `hornbook why {root} ID` tells a record's story")


def _with_reasons(folder: Path, rejected: bool) -> Iterator[tuple[Record, str]]:
    if not rejected:
        yield from ((record, "") for record in read_records(folder))
        return
    for refused in read_rejected(folder):
        yield refused.record, f"  {refused.reason}  {refused.detail}"


def print_json(value: Any) -> None:
    """Print a value on stdout as JSON."""
    print(orjson.dumps(value, option=orjson.OPT_INDENT_2).decode())


def complete_prompt(model: Path, prompt: str, max_new_tokens: int, temperature: float, seed: int) -> None:
    """Print the prompt with the model's completion; what of a long prompt the model does not see is said."""
    from hornbook.lm.generate import Generator

    try:
        prompt.encode()
    except UnicodeEncodeError as error:  # the terminal's bytes that are no text
        raise UsageError(f"the prompt is not UTF-8 text: {error.reason} at character {error.start}") from None
    generator = Generator(model_folder(model), threads=Context().workers)
    if generator.loses_beginning(prompt, max_new_tokens):
        print(
            f"warning: the prompt is longer than the model's context of {generator.context:,} tokens leaves room "
            "for; the model sees only its end",
            file=sys.stderr,
        )
    samples = generator.complete([prompt], max_new_tokens=max_new_tokens, temperature=temperature, seed=seed)
    for completion in samples:
        print(prompt + completion[0])


def export_folder(model: Path, out: Path, precision: Literal["f32", "bf16", "f16", "q8_0"]) -> None:
    """Write a trained model as a Hugging Face folder, whole or not at all."""
    if precision == "q8_0":
        raise UsageError("--precision q8_0 is for --format gguf; a folder holds f32, bf16 or f16")
    folder = _model_to_export(model, out)

    from hornbook.lm.export import load_model, save_model
    from hornbook.lm.tokens import load_tokenizer

    with TemporaryDirectory(prefix=f".{out.name}.", dir=out.parent) as beside:
        whole = Path(beside) / out.name
        save_model(load_model(folder), load_tokenizer(folder), whole, precision)
        whole.rename(out)
    print(f"Hugging Face folder in {precision}: {out}")


def export_gguf(model: Path, out: Path, precision: Literal["f32", "bf16", "f16", "q8_0"]) -> None:
    """Write a trained model as one GGUF file, whole or not at all."""
    if out.suffix != ".gguf":
        raise UsageError(f"--out {out}: the file's name must end in .gguf")
    folder = _model_to_export(model, out)

    from hornbook.lm.export import load_model
    from hornbook.lm.gguf import save_gguf
    from hornbook.lm.tokens import load_tokenizer

    save_gguf(load_model(folder), load_tokenizer(folder), out, precision)
    print(f"GGUF in {precision}: {out}")


def _model_to_export(model: Path, out: Path) -> Path:
    folder = model_folder(model)
    refuse_taken(out)
    out.parent.mkdir(parents=True, exist_ok=True)
    return folder


def serve_model(model: Path, name: str | None, host: str, port: int, threads: int | None) -> None:
    """Serve a model until Ctrl-C; its name is the training step's or the folder's unless given."""
    if missing := [package for package in ("starlette", "uvicorn") if find_spec(package) is None]:
        raise UsageError(f"{', '.join(missing)} not installed; run: pip install 'hornbook[serve]'")
    from hornbook.lm.serve import serve

    folder = model_folder(model)
    serve(
        folder,
        name=name or model.resolve().name,
        host=host,
        port=port,
        threads=threads or Context().workers,
    )


def evaluate_model(
    model: Path,
    benchmarks: Mapping[str, str],
    ks: tuple[int, ...],
    samples: int,
    temperature: float,
    seed: int,
    workers: int | None,
    form: str,
) -> None:
    """Print pass@k and bits per byte of a model on the benchmarks given, or on the ladder."""
    from hornbook.benchmarks.ladder import Ladder, make_ladder
    from hornbook.benchmarks.readers import read_benchmark
    from hornbook.evaluate.score import Evaluate, score, summary

    if max(ks) > samples:
        raise UsageError(f"-k {max(ks)} needs --samples {max(ks)} or more, not {samples}")
    if samples > 1 and temperature == 0:
        raise UsageError(
            f"--samples {samples} at --temperature 0 are {samples} equal samples; raise the temperature"
        )
    cfg = Evaluate(ks=ks, num_samples=samples, temperature=temperature, seed=seed)
    given = [read_benchmark(name, Path(path)) for name, path in benchmarks.items()]
    with Screen(1) as screen:
        screen.begin("evaluate")
        rows = score(model_folder(model), given or [make_ladder(Ladder())], cfg, context_of(workers, screen))
        result = summary(rows, cfg)
    if form == "json":
        print_json(result)
        return
    shown = []
    for name, group in result.items():
        cells = (percent(group[f"pass@{k}"]) for k in ks)
        shown.append((name, str(group["num_problems"]), f"{group['bits_per_byte']:.3f}", *cells))
    headings = ("benchmark", "problems", "bits/byte", *(f"pass@{k}, %" for k in ks))
    print_table(Table(headings=headings, rows=tuple(shown), notes=()))


def model_folder(path: Path) -> Path:
    """Return the Hugging Face folder at `path`, or inside the training step at `path`."""
    for folder in (path, path / "model"):
        if (folder / "config.json").is_file():
            return folder
    raise UsageError(f"no model at {str(path)!r}: neither it nor its folder 'model' has a config.json")
