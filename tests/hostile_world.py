"""What hostile programs may not touch, and how to see that they did: listeners, a victim, a canary."""

from __future__ import annotations

import ctypes
import os
import re
import secrets
import select
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from itertools import cycle
from pathlib import Path

from hostile import HELPERS, Case
from processes import descendants

from hornbook.sandbox import Job, Sandbox, Verdict

PROJECT = Path(__file__).resolve().parents[1] / "pyproject.toml"
SAFE_DETAIL = re.compile(r"[A-Za-z_ #0-9:.,()'-]{0,120}")
WALL_MARGIN = 6.0
"""Seconds beyond the limits that a crowded machine may take."""

GOOD_BLOCK = """
import builtins, json, math, os, random, signal, sys
assert math.pi > 3.1 and len([abs(-1)]) == 1 and not hasattr(builtins, "leaked")
assert sys.path and not os.environ and json.dumps([1]) == "[1]"
assert signal.pthread_sigmask(signal.SIG_BLOCK, []) == set()
try:
    left = os.listdir("/tmp")
except OSError:
    left = []
assert left == [], "scratch"
print("good")
"""
GOOD_TESTS = "assert f(3) == 41\nassert f(10) == 104"
GOOD_SPLIT = "for n in (3, 10, -2):\n    assert f(n) == 9 * n + 14"
GOOD_PROGRAM = "def f(n): return 9 * n + 14"


def good_jobs() -> list[Job]:
    """What must pass after every hostile program: in each lane, and with nothing left of the one before."""
    return [
        Job(id="good block", blocks=(GOOD_BLOCK,)),
        Job(id="good plan", blocks=(GOOD_PROGRAM,), tests=GOOD_TESTS, entry_point="f"),
        Job(id="good split", blocks=(GOOD_PROGRAM,), tests=GOOD_SPLIT, entry_point="f"),
    ]


class World:
    """Everything around a sandbox that must be as it was. Open it first: a sandbox might inherit from it."""

    def __init__(self, folder: Path) -> None:
        self.secret = f"hornbook-secret-{secrets.token_hex(8)}"
        self.canary = folder / "canary"
        self._make_canary()
        self._inherited = os.open(self.canary / "secret", os.O_RDONLY)
        os.set_inheritable(self._inherited, True)
        os.environ["HORNBOOK_CANARY"] = self.secret
        # Orphans of the sandbox would become children of this process, and be counted.
        ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)
        self.victim = subprocess.Popen(["sleep", "100000"])
        self.listeners = dict(self._listen(folder))
        self.good = cycle(good_jobs())
        """What must pass after a hostile program: each in turn."""
        self._clock = time.time() - time.monotonic()
        self._before = self._state()

    def _make_canary(self) -> None:
        (self.canary / "empty").mkdir(parents=True)
        (self.canary / "secret").write_text(self.secret)
        (self.canary / "script").write_text("#!/bin/sh\n")
        (self.canary / "link").symlink_to("secret")

    def _listen(self, folder: Path) -> Iterator[tuple[str, socket.socket]]:
        short = f"/tmp/hornbook-{os.getpid()}-{secrets.token_hex(4)}"  # a socket's path has 107 characters
        self._paths = [Path(f"{short}.stream"), Path(f"{short}.datagram")]
        yield "TCP4", socket.create_server(("127.0.0.1", 0))
        yield "UDP4", self._bound(socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", 0))
        try:
            pair = [
                self._bound(socket.AF_INET6, kind, ("::1", 0))
                for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM)
            ]
            yield from zip(("TCP6", "UDP6"), pair, strict=True)
        except OSError:
            pass  # a machine without IPv6 cannot be reached by it
        for prefix, stream, datagram in (
            ("", *map(str, self._paths)),
            ("ABSTRACT_", f"\0{short}.s", f"\0{short}.d"),
        ):
            yield f"{prefix}STREAM", self._bound(socket.AF_UNIX, socket.SOCK_STREAM, stream)
            yield f"{prefix}DATAGRAM", self._bound(socket.AF_UNIX, socket.SOCK_DGRAM, datagram)

    @staticmethod
    def _bound(family: int, kind: int, address: str | tuple[str, int]) -> socket.socket:
        one = socket.socket(family, kind)
        one.bind(address)
        if kind == socket.SOCK_STREAM:
            one.listen()
        return one

    def facts(self) -> str:
        """A first block for an attack: whom and what it could reach if it were let."""
        names: dict[str, object] = {"TCP6": 9, "UDP6": 9}
        for name, listener in self.listeners.items():
            at = listener.getsockname()
            names[name] = at[1] if isinstance(at, tuple) else at.decode() if isinstance(at, bytes) else at
        names |= {
            "CANARY": str(self.canary),
            "PROJECT": str(PROJECT),
            "VICTIM": self.victim.pid,
            "TESTER": os.getpid(),
        }
        return "".join(f"{name} = {value!r}\n" for name, value in names.items()) + HELPERS

    def wounds(self) -> list[str]:
        """What is no longer as it was; read what arrived, so that a wound is told once."""
        found = [f"changed: {name}" for name, value in self._state().items() if value != self._before[name]]
        if abs(time.time() - time.monotonic() - self._clock) > 60:
            found.append("changed: the clock")
        ready = select.select(list(self.listeners.values()), [], [], 0)[0]
        for name, listener in self.listeners.items():
            if listener in ready:
                found.append(f"heard something: {name}")
                listener.accept()[0].close() if listener.type == socket.SOCK_STREAM else listener.recv(1)
        return found

    def forget(self) -> None:
        """Takes the world as it is now for right."""
        self._before = self._state()

    def _state(self) -> dict[str, object]:
        status = Path(f"/proc/{self.victim.pid}/stat").read_text().rpartition(")")[2].split()
        return {
            "the victim": (self.victim.poll(), status[0] in "SRD"),  # not stopped, traced or dead
            "the host name": socket.gethostname(),
            "the canary": [self._look(path) for path in sorted([self.canary, *self.canary.rglob("*")])],
            "the scratch of the machine": sorted(
                str(path) for path in map(Path, ("/planted", "/tmp2")) if path.exists()
            ),
        }

    @staticmethod
    def _look(path: Path) -> tuple[object, ...]:
        stat = path.lstat()
        content = path.read_bytes() if path.is_file() else b""
        return (
            str(path),
            stat.st_mode,
            stat.st_uid,
            stat.st_gid,
            stat.st_nlink,
            stat.st_mtime_ns,
            stat.st_ctime_ns,
            content,
        )

    def close(self) -> None:
        """Ends the victim and the listeners."""
        self.victim.kill()
        self.victim.wait()
        os.close(self._inherited)
        os.environ.pop("HORNBOOK_CANARY", None)
        ctypes.CDLL(None).prctl(36, 0, 0, 0, 0)
        for listener in self.listeners.values():
            listener.close()
        for path in self._paths:
            path.unlink(missing_ok=True)


def job(case: Case, facts: str) -> Job:
    blocks = (facts, case.program) if case.tests is None else (case.program,)
    return Job(
        id=case.id,
        blocks=blocks,
        tests=case.tests,
        entry_point=case.entry_point,
        setup=case.setup,
        limits=case.limits,
    )


def faults(verdict: Verdict, case: Case, secret: str, accept: frozenset[str] | None = None) -> list[str]:
    """What is wrong with a verdict: what it says of this program, and what the program made it say."""
    found = []
    if verdict.outcome not in (accept or case.accept):
        found.append(f"outcome {verdict.outcome} ({verdict.detail!r}, lane {verdict.lane})")
    if not SAFE_DETAIL.fullmatch(verdict.detail) or "EVIL" in verdict.detail:
        found.append(f"detail {verdict.detail!r}")
    printed = "".join(verdict.outputs)
    if secret in printed + verdict.detail:
        found.append("the secret was seen")
    try:
        size = len(printed.encode())
    except UnicodeEncodeError:
        return [*found, "outputs that cannot be written to a file"]
    if size > case.limits.output_bytes * 3:  # a byte that is no UTF-8 becomes a mark of three
        found.append(f"{size} bytes of output")
    return found


def breaches(sandbox: Sandbox, world: World, case: Case) -> list[str]:
    """Runs one hostile program and a good one after it; everything that it achieved."""
    started = time.monotonic()
    verdict, good = sandbox.run([job(case, world.facts()), next(world.good)])
    took = time.monotonic() - started
    found = faults(verdict, case, world.secret) + world.wounds()
    if took > 3 * case.limits.cpu_seconds + WALL_MARGIN:
        found.append(f"took {took:.1f} s")
    return found + failures(good)


def failures(good: Verdict) -> list[str]:
    """What is wrong with the verdict of a good job."""
    return [] if good.outcome == "pass" else [f"after it, {good.id}: {good.outcome} ({good.detail})"]


def rush(sandbox: Sandbox, world: World, cases: Mapping[str, Case]) -> Iterator[str]:
    """Runs many hostile programs and a good one after each, side by side; a line for every breach.

    Meant for the lower level, where a program may see metadata of files.
    """
    facts = world.facts()
    before = len(descendants(os.getpid()))
    jobs = (each for case in cases.values() for each in (job(case, facts), next(world.good)))
    verdicts = sandbox.run(jobs)
    for name, case in cases.items():
        verdict, good = next(verdicts), next(verdicts)
        accept = case.accept | {"exit", "fail"} if case.needs_namespaces else case.accept
        found = faults(verdict, case, world.secret, accept) + world.wounds() + failures(good)
        yield from (f"{name}: {line}" for line in found)
    if processes_beyond(before):
        yield "processes were left"


def processes_beyond(number: int, seconds: float = 3.0) -> set[int]:
    """The descendants of this process, if they stay more than so many."""
    deadline = time.monotonic() + seconds
    while len(now := descendants(os.getpid())) > number:
        if time.monotonic() > deadline:
            return now
        time.sleep(0.01)
    return set()
