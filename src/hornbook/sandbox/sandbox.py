"""The side of the sandbox that lives in the user's process: hands jobs to helpers, yields verdicts.

Executes nothing untrusted, reads no value of a program's, and never forks this process. A job goes to the
judge, which compiles it, then to a zygote, which runs it, and back to the judge where its answers are not
simply those that were hoped for. A helper that dies is started again: the job it was at gets a second try, then
a `sandbox_error`; the jobs queued behind it lose nothing.
"""

from __future__ import annotations

import logging
import os
import selectors
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from types import TracebackType

from hornbook.errors import SandboxUnavailable
from hornbook.sandbox import frames, requests
from hornbook.sandbox.availability import explain, num_cores, refuse_other_systems, share_of_cores
from hornbook.sandbox.ending import ended
from hornbook.sandbox.slot import Slot, State, Trials, as_mutant
from hornbook.sandbox.verdict import WALL_PER_CPU, Job, Limits, Verdict
from hornbook.sandbox.worker import Worker, WorkerDied, stop_all

_IN_FLIGHT = 8
_MUTANTS_IN_FLIGHT = 2
_WINDOW_PER_WORKER = 32
_TRIES = 2
_GRACE_SECONDS = 20.0
_JUDGE_SECONDS = 10.0
_MOST_SOURCE = 1 << 20
_PROMPT_SECONDS = 0.02
_BATCH = 8
_MOST_NAP_SECONDS = 0.02
_LEAST_NAP_SECONDS = 0.001
_log = logging.getLogger(__name__)


class Sandbox:
    """Runs jobs in isolated processes; use it as a context manager, in one thread.

    `workers` is the number of zygotes, by default one for each usable core; `limits` hold for jobs that bring
    none. Entering raises SandboxUnavailable (with every probe that failed, its errno and the remedy) when the
    machine cannot isolate. Several may be open in one process: nothing is shared.
    """

    def __init__(self, workers: int | None = None, limits: Limits | None = None) -> None:
        """Nothing is started yet. Raises ValueError for fewer than 1 worker."""
        if workers is not None and workers < 1:
            raise ValueError(f"workers={workers}: a sandbox needs at least 1")
        self._num_workers = workers or num_cores()
        self._limits = limits or Limits()
        self._state: State | None = None
        self._owner = os.getpid()

    def __enter__(self) -> Sandbox:
        """The sandbox, its helpers started."""
        self._owner = os.getpid()
        refuse_other_systems()
        started: list[Worker] = []
        try:
            started.append(Worker("judge"))
            for number in range(self._num_workers):
                started.append(Worker("zygote", share_of_cores(number, self._num_workers)))
            isolations = [worker.greet() for worker in started]
            for isolation in isolations:
                if not isolation.level:
                    raise SandboxUnavailable(explain(isolation.reasons))
        except BaseException:
            stop_all(started)
            raise
        self._state = State(zygotes=started[1:], judge=started[0], isolation=isolations[1])
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Ends the helpers and whatever runs in them."""
        self.close()

    @property
    def level(self) -> str:
        """The barriers that hold the programs, as in `Isolation.level`."""
        return self._started().isolation.level

    def run(self, jobs: Iterable[Job], *, ordered: bool = True) -> Iterator[Verdict]:
        """One verdict for each job, in the order of the jobs or, if not `ordered`, as they become ready.

        Lazy: holds at most 32 jobs per worker, so `jobs` may be an endless generator. A bad program is a value.
        Raises SandboxUnavailable when a helper dies and cannot be started again.
        """
        done: deque[Slot] = deque()
        window: deque[Slot] = deque()
        room = _WINDOW_PER_WORKER * self._num_workers
        try:
            for job in jobs:
                slot = Slot(job, job.limits or self._limits, done)
                window.append(slot)
                self._prepare(slot)
                if time.monotonic() - self._started().pumped > _PROMPT_SECONDS:
                    self._pump(wait=0.0)  # whoever makes jobs slowly still gets them worked on meanwhile
                while _is_ready(window, done, ordered) or len(window) >= room:
                    yield self._next(window, done, ordered)
            while window:
                yield self._next(window, done, ordered)
        finally:
            # A consumer that stops early: what no zygote has yet is dropped; the rest is answered to nobody.
            for slot in window:
                slot.is_wanted = False

    def close(self) -> None:
        """Ends the helpers; harmless when closed already, or in a fork of the process that opened the sandbox."""
        state, self._state = self._state, None
        if state is None or os.getpid() != self._owner:
            return
        state.selector.close()
        stop_all(state.workers)

    def _started(self) -> State:
        if self._state is None or os.getpid() != self._owner:
            raise RuntimeError("the sandbox is not open in this process: use `with Sandbox() as sandbox:`")
        return self._state

    def _next(self, window: deque[Slot], done: deque[Slot], ordered: bool) -> Verdict:
        while not _is_ready(window, done, ordered):
            self._pump()
        if ordered:
            slot = window.popleft()
            done.clear()
        else:
            slot = done.popleft()
            window.remove(slot)
        assert slot.verdict is not None, "ready means judged"
        return slot.verdict

    # What happens to a job, in order

    def _prepare(self, slot: Slot) -> None:
        """The job's sources go to the judge, if they are not so long that others would wait for it."""
        job, state = slot.job, self._started()
        if requests.sources(job)[1:] in state.heavy or requests.characters(job) > _MOST_SOURCE:
            slot.lane = requests.unprepared_lane(job)
            state.queue.append(slot)
        else:
            state.judge.submit(slot, requests.to_prepare(slot))

    def _prepared(self, slot: Slot, answer: frames.Reply) -> None:
        kind, rest = answer[0].decode(), answer[1:]
        if kind == "syntax":
            block, name, line = (part.decode() for part in rest)
            where = "tests: " if int(block) == len(slot.job.blocks) else ""
            place = f" at line {line}" if line != "0" else ""
            self._settle(slot, "syntax_error", int(block), f"{where}{name}{place}")
            return
        if kind == "memory":  # too much for the judge: the child has limits of its own
            kind, rest = requests.unprepared_lane(slot.job), []
        slot.lane, slot.codes = kind, requests.take_plan(slot, rest) if kind == "plan" else rest
        self._started().queue.append(slot)

    def _executed(self, slot: Slot, answer: frames.Reply) -> None:
        """A verdict, a second try, or a second look."""
        slot.block, slot.seconds, slot.ending = ended(answer, slot.lane, len(slot.job.blocks))
        slot.tries += 1
        self._started().recent.append(slot.seconds)
        outcome, is_plan = slot.ending.outcome, slot.lane == "plan"
        if slot.trials and outcome not in ("answers", "fail", "error"):
            # A mutant may have ended both: once more, without them.
            is_late = outcome in ("timeout_cpu", "timeout_wall") and slot.limits.mutant_cpu_seconds > 0
            self._drop_mutants(slot, f"together they end as {outcome}", slot.trials if is_late else ())
        elif self._deserves_another(slot):
            self._started().queue.append(slot)
        elif is_plan and outcome == "answers" and _is(slot.witness, slot.ending.parts):
            self._settle(slot, "pass", slot.block)
        elif is_plan and slot.block == len(slot.job.blocks) and outcome in ("answers", "fail", "error"):
            self._compare(slot)
        else:
            self._report(slot)

    def _drop_mutants(self, slot: Slot, why: str, late: Trials) -> None:
        """The program goes on without them, or its verdict stands."""
        slot.trials, slot.tries, slot.dropped = (), 0, why
        if slot.decided is not None:
            self._settle(slot, slot.decided.outcome, slot.block)
        else:
            slot.late = late
            self._started().queue.append(slot)

    def _deserves_another(self, slot: Slot) -> bool:
        """Whether the verdict may be our doing: an error of ours, or a program that others kept from its core."""
        assert slot.ending is not None, "it has ended"
        outcome, limit = slot.ending.outcome, slot.limits.cpu_seconds
        starved = outcome == "timeout_wall" and slot.seconds >= limit / WALL_PER_CPU
        return slot.tries < _TRIES and (outcome == "sandbox_error" or starved)

    def _report(self, slot: Slot) -> None:
        """The verdict is what the zygote saw."""
        ending = slot.ending
        assert ending is not None, "it has ended"
        if slot.lane == "split":
            slot.weak = tuple(part.decode() for part in ending.parts) if ending.outcome == "pass" else ()
        printed = ending.parts if slot.lane == "run" else ()
        outputs = tuple(part.decode("utf-8", "replace") for part in printed)
        self._settle(slot, ending.outcome, slot.block, ending.detail, outputs)

    def _compare(self, slot: Slot) -> None:
        """The answers go to the judge."""
        self._started().judge.submit(slot, requests.to_compare(slot))

    def _compared(self, slot: Slot, answer: frames.Reply) -> None:
        outcome, detail, *graded = (part.decode() for part in answer)
        slot.mutants = tuple(map(as_mutant, slot.labels, *(graded[at::3] for at in range(3))))
        assert slot.ending is not None, "something was answered"
        if outcome == "split" and slot.decided is None:
            slot.lane, slot.ending, slot.tries, slot.trials, slot.late = "split", None, 0, (), ()
            self._started().queue.append(slot)
        elif outcome == "raised" and slot.ending.outcome != "answers":
            said = ", ".join(filter(None, (slot.ending.detail, detail)))
            self._settle(slot, slot.ending.outcome, slot.block, said)
        elif outcome == "raised":
            self._settle(slot, "tamper", slot.block, "not as many answers as calls")
        else:
            self._settle(slot, outcome, slot.block, detail)

    def _settle(
        self, slot: Slot, outcome: str, block: int, detail: str = "", outputs: tuple[str, ...] = ()
    ) -> None:
        verdict = slot.judged(outcome, block, detail, outputs, self._started().isolation.level)
        if slot.late and outcome == "pass":
            self._grade_late(slot, verdict)
            return
        slot.verdict = verdict
        slot.done.append(slot)

    def _grade_late(self, slot: Slot, verdict: Verdict) -> None:
        """The program passes, but left its mutants too little time: both once more. The verdict on it stands."""
        slot.decided, slot.trials, slot.late = verdict, slot.late, ()
        slot.limits, slot.tries = slot.limits.with_mutants(), 0
        self._started().queue.append(slot)

    # The helpers

    def _assign(self) -> None:
        """Prepared jobs go to the zygotes with the fewest on their way."""
        state = self._started()
        while state.queue:
            if not state.queue[0].is_wanted:
                state.queue.popleft()
                continue
            worker = min(state.zygotes, key=lambda zygote: len(zygote.pending))
            # Mutants may take a second: what waits behind them could be run elsewhere.
            if len(worker.pending) >= (_MUTANTS_IN_FLIGHT if state.queue[0].trials else _IN_FLIGHT):
                return
            slot = state.queue.popleft()
            worker.submit(slot, *requests.to_execute(slot))

    def _pump(self, wait: float = 1.0) -> None:
        """Sends out jobs and takes in answers, waiting up to a second for either."""
        self._assign()
        state = self._started()
        now = time.monotonic()
        if now - state.pumped > 1.5:
            # Nobody listened meanwhile, so nobody was silent.
            for worker in state.workers:
                worker.quiet_since = now
        state.pumped = now
        for worker in state.workers:
            # While zygotes have enough to do, the judge is woken for several jobs at once.
            can_wait = worker is state.judge and worker.unsent < _BATCH <= len(state.queue)
            if worker.is_loaded and (worker.is_stuck or not can_wait):
                self._flush(worker)
        if wait and (nap := state.seconds_of_work()) > _LEAST_NAP_SECONDS:
            # To be woken for several answers costs less than for one after another.
            time.sleep(min(nap, _MOST_NAP_SECONDS))
        ready = state.selector.select(timeout=wait)
        for worker in {key.data for key, events in ready if events & selectors.EVENT_READ}:
            try:
                for answer in worker.answers():
                    self._take(worker, answer)
            except (OSError, WorkerDied):
                self._revive(worker)
        for worker in state.workers:
            if worker.pending and worker.is_silent(_patience(worker)):
                self._revive(worker)

    def _flush(self, worker: Worker) -> None:
        """What waits is sent as far as the sockets take it; the selector waits for the rest, and for answers."""
        try:
            unsent = worker.flush()
        except OSError:
            self._revive(worker)
            return
        selector = self._started().selector
        for channel, is_unsent in unsent.items():
            wanted = selectors.EVENT_READ * (channel is worker.socket) | selectors.EVENT_WRITE * is_unsent
            known = worker.watched.get(channel, 0)
            if wanted != known:
                change = selector.modify if known and wanted else selector.register
                change(channel, wanted, worker) if wanted else selector.unregister(channel)
                worker.watched[channel] = wanted

    def _take(self, worker: Worker, answer: frames.Reply) -> None:
        slot: Slot = worker.pending.popleft()
        if worker.role == "zygote":
            self._executed(slot, answer)
        elif slot.ending is None:
            self._prepared(slot, answer)
        else:
            self._compared(slot, answer)

    def _revive(self, worker: Worker) -> None:
        """A new helper takes the place of a dead one. Raises SandboxUnavailable when it does not start."""
        state = self._started()
        for channel, events in worker.watched.items():
            if events:
                state.selector.unregister(channel)
        worker.stop()
        lost = list(worker.pending)
        _log.warning(
            "the sandbox's %s ended and is started again; %d jobs are tried again", worker.role, len(lost)
        )
        worker.watched.clear()
        fresh = Worker(worker.role, worker.cores)
        try:
            isolation = fresh.greet()
        except BaseException:
            fresh.stop()
            raise
        if worker.role == "judge":
            state.judge = fresh
        else:
            state.zygotes[state.zygotes.index(worker)] = fresh
        if isolation.level != state.isolation.level:
            raise SandboxUnavailable(explain(isolation.reasons))
        if lost:
            (self._retry_judged if worker.role == "judge" else self._retry_executed)(lost)

    def _retry_executed(self, lost: list[Slot]) -> None:
        """Jobs are answered in order: the first one was running, the others had not begun."""
        first, *others = lost
        first.tries += 1
        self._started().queue.extendleft(reversed(others))
        if first.tries < _TRIES:
            self._started().queue.appendleft(first)
        else:
            self._settle(first, "sandbox_error", 0, "the zygote died twice")

    def _retry_judged(self, lost: list[Slot]) -> None:
        """The first one was too much for it; where a child compiles and compares, the job's own limits hold."""
        first, *others = lost
        first.codes, first.ending, first.tries, first.trials = [], None, 0, ()
        if first.job.mutants and first.asks_mutants:
            first.asks_mutants, first.dropped = False, "comparing them takes the judge too long"
            others.append(first)
        else:
            first.lane = requests.unprepared_lane(first.job)
            self._started().heavy.append(requests.sources(first.job)[1:])
            self._started().queue.append(first)
        for slot in others:
            self._prepare(slot) if slot.ending is None else self._compare(slot)


def _is_ready(window: deque[Slot], done: deque[Slot], ordered: bool) -> bool:
    return bool(window) and (window[0].verdict is not None if ordered else bool(done))


def _is(witness: bytes, parts: Sequence[bytes]) -> bool:
    """Whether these answers are, byte for byte, ones with which every test holds."""
    return bool(witness) and witness == b"".join(parts)


def _patience(worker: Worker) -> float:
    """Seconds of silence after which a helper that has work is taken for dead."""
    if worker.role == "judge":
        return _JUDGE_SECONDS
    running: Slot = worker.pending[0]
    return WALL_PER_CPU * running.limits.cpu_seconds + _GRACE_SECONDS
