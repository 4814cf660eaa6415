"""Worker processes that do a run no harm: spawned, deaf to Ctrl-C, gone when their parent is gone.

`Crew` hands whole pieces of work to such processes, one piece each at a time, and passes on what they have to
say meanwhile; `pool.py` shares the other parts for its shards. Every process of a crew has a pipe of its own: a
lock that all share would stay locked for ever when the one that holds it is killed.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import pickle
import signal
import threading
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Any, Generic, TypeVar

from hornbook.errors import HornbookError
from hornbook.step import Context

# spawn, never fork: the parent may hold torch's threads, and a forked lock stays locked for ever.
SPAWN = multiprocessing.get_context("spawn")

Task = TypeVar("Task")
Result = TypeVar("Result")


@contextlib.contextmanager
def deaf_to_interrupts() -> Iterator[None]:
    """Start processes that ignore Ctrl-C from their first instruction: they inherit what is ignored here."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextlib.contextmanager
def held_back() -> Iterator[None]:
    """Let an interrupt wait for the end of the block, which must be short."""
    if threading.current_thread() is not threading.main_thread():  # no signal arrives here
        yield
        return
    waiting: list[int] = []

    def deliver() -> None:
        if waiting:
            signal.raise_signal(waiting[0])

    with contextlib.ExitStack() as stack:  # undoes what was done, even if an interrupt falls into the undoing
        stack.callback(deliver)
        for number in (signal.SIGINT, signal.SIGTERM):
            handler = signal.getsignal(number)
            if callable(handler):
                stack.callback(signal.signal, number, handler)
                signal.signal(number, lambda caught, frame: waiting.append(caught))
        yield


def stay_with_parent() -> None:
    """Make sure that this worker process hears no Ctrl-C and never outlives its parent."""
    parent = multiprocessing.parent_process()
    assert parent is not None, "a worker has a parent process"
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what an interrupt means
    threading.Thread(target=_exit_with, args=(parent,), daemon=True).start()


def _exit_with(parent: Any) -> None:
    # After `kill -9` of the parent nobody reads our results: leave at once rather than hang on a pipe.
    parent.join()
    os._exit(1)


@dataclass(slots=True)
class _Worker(Generic[Task]):
    process: BaseProcess
    pipe: Connection
    task: Task | None = None


class Crew(Generic[Task, Result]):
    """Up to `size` processes that each work on one task at a time; a context manager.

    Leaving it with an exception interrupts what is being worked on, with a KeyboardInterrupt over there, so that
    it can save what it has, and waits for that.
    """

    def __init__(self, size: int, work: Callable[[Task, Context], Result], ctx: Context) -> None:
        """Prepare; `work` is a module-level function, and a process starts with the first task that needs it."""
        self._size = size
        self._work = work
        self._ctx = ctx
        self._workers: list[_Worker[Task]] = []

    @property
    def num_busy(self) -> int:
        """Tasks being worked on."""
        return sum(worker.task is not None for worker in self._workers)

    def has_room(self) -> bool:
        """Say whether a task would be begun at once."""
        return self.num_busy < self._size

    def give(self, task: Task) -> None:
        """Begin a task; only when there is room."""
        worker = next((w for w in self._workers if w.task is None), None) or self._start()
        worker.task = task
        try:
            worker.pipe.send(task)
        except BrokenPipeError:
            raise killed() from None

    def next_result(self) -> tuple[Task, Result]:
        """Wait for a task to end; raises what it raised, HornbookError when its process was killed."""
        while True:
            busy = {worker.pipe: worker for worker in self._workers if worker.task is not None}
            for pipe in wait(list(busy)):
                worker = busy[pipe]  # type: ignore[index]  # wait() returns the connections it was given
                kind, value = self._receive(worker)
                if kind in ("progress", "log"):
                    getattr(self._ctx, kind)(value)
                    continue
                task, worker.task = worker.task, None
                assert task is not None, "only a busy worker is listened to"
                if kind == "failed":
                    raise value
                return task, value

    def _receive(self, worker: _Worker[Task]) -> tuple[str, Any]:
        try:
            message: tuple[str, Any] = worker.pipe.recv()
        except (EOFError, ConnectionResetError):
            raise killed() from None
        return message

    def _start(self) -> _Worker[Task]:
        ours, theirs = SPAWN.Pipe()
        with deaf_to_interrupts():
            process = SPAWN.Process(target=_serve, args=(theirs, self._work, self._ctx.engine))
            process.start()
        theirs.close()
        self._workers.append(_Worker(process, ours))
        return self._workers[-1]

    def __enter__(self) -> Crew[Task, Result]:
        """Return the crew."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Send everyone home; those still at work are interrupted first."""
        try:
            for worker in self._workers:
                if worker.task is None:
                    worker.pipe.close()
                else:
                    worker.process.terminate()
            for worker in self._workers:
                self._hear_out(worker)
                worker.process.join()
        finally:
            for worker in self._workers:
                worker.process.kill()  # a second Ctrl-C does not wait

    @staticmethod
    def _hear_out(worker: _Worker[Task]) -> None:
        """Read to the end, so that a process that still speaks is not stuck in a full pipe."""
        with contextlib.suppress(OSError):
            # Bytes, not messages: an interrupt may have fallen into the middle of one.
            while os.read(worker.pipe.fileno(), 65_536):
                pass


def _serve(pipe: Connection, work: Callable[[Any, Context], Any], engine: Any) -> None:
    """Work on what comes through the pipe until it closes; SIGTERM interrupts the task and ends the process."""
    stay_with_parent()
    interrupted = []

    def interrupt(number: int, frame: object) -> None:
        interrupted.append(number)
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, interrupt)
    ctx = Context(
        workers=1,
        engine=engine,
        progress=lambda progress: pipe.send(("progress", progress)),
        log=lambda line: pipe.send(("log", line)),
    )
    with contextlib.suppress(EOFError, KeyboardInterrupt):
        while not interrupted:  # a task may have made another error of the interrupt
            answer: tuple[str, Any]
            try:
                answer = "done", work(pipe.recv(), ctx)
            except (EOFError, KeyboardInterrupt):
                raise
            except BaseException as error:  # a SystemExit or a panic of an extension is an answer, too
                answer = "failed", _portable(error)
            pipe.send(answer)


def _portable(error: BaseException) -> Exception:
    """Return the error if it survives the pipe, else one that says the same; a bug keeps its traceback."""
    if not isinstance(error, HornbookError | OSError):
        error.add_note(traceback.format_exc())
    if isinstance(error, Exception):
        with contextlib.suppress(Exception):  # whatever a foreign exception's own pickling raises
            pickle.loads(pickle.dumps(error))
            return error
    return HornbookError("".join(traceback.format_exception(error)).strip())


def killed() -> HornbookError:
    """Return the error to raise for a worker process that vanished."""
    return HornbookError(
        "a worker process was killed, most likely for lack of memory; "
        "use fewer --workers, and the same command continues"
    )
