"""What asking an endpoint costs, beside a bare aiohttp loop and curator; and what faults, kills and caps cost.

A fake server (tests/fake_server.py) with 100 ms latency and 100-word answers; every client is a process of its
own, and every row is held against its question. The bound writes nothing down and survives nothing; ours has its
journal on and fsyncs. Clients take turns within a round, so that a busy machine slows all alike, and ratios are
within a round: medians, lowest and highest in brackets. CPU is the client's own, which other load changes least.

    python bench/endpoint.py                                  # all but the 80,000 calls; --parts names some
    python bench/endpoint.py --curator FOLDER                 # pip install --target FOLDER bespokelabs-curator
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

import orjson

BENCH = Path(__file__).parent
sys.path.insert(0, str(BENCH.parent / "tests"))

from fake_server import Served, serving  # noqa: E402

QUIET = {"latency": 0.1, "sigma": 0.0, "tokens": 100, "rate": 0.0, "share_500": 0.0, "share_truncated": 0.0}


def start(who: str, server: Served, folder: Path, count: int, in_flight: int) -> subprocess.Popen[str]:
    environment = dict(os.environ)
    if who == "curator":
        environment["PYTHONPATH"] = environment["CURATOR"]
    command = [sys.executable, str(BENCH / "asking" / "clients.py"), who, server.url, str(folder)]
    return subprocess.Popen(
        [*command, str(count), str(in_flight)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=environment,
    )


def asked(who: str, server: Served, folder: Path, count: int, in_flight: int) -> dict[str, Any]:
    """Return what a client says of itself."""
    process = start(who, server, folder, count, in_flight)
    out, _ = process.communicate()
    assert process.returncode == 0, f"{who} failed"
    found: dict[str, Any] = json.loads(out.splitlines()[-1])
    return found


@contextmanager
def folder() -> Iterator[Path]:
    # Beside the code, not in /tmp: an fsync into memory would cost nothing.
    with tempfile.TemporaryDirectory(dir=BENCH) as name:
        yield Path(name)


def spread(values: Sequence[float]) -> str:
    return f"{median(values):.2f} [{min(values):.2f}, {max(values):.2f}]"


def throughput(server: Served, rounds: int, count: int, peers: Sequence[str]) -> None:
    for in_flight in (64, 256):
        found: dict[str, list[dict[str, Any]]] = {who: [] for who in ("bound", "hornbook", *peers)}
        for _ in range(rounds):
            for who in found:
                server.set(**QUIET)
                with folder() as out:
                    found[who].append(asked(who, server, out, count, in_flight))
        print(f"{count:,} calls, {in_flight} in flight, {rounds} rounds (100 ms: {10 * in_flight}/s at most)")
        for who, runs in found.items():
            ratios = [
                other["seconds"] / one["seconds"] for one, other in zip(runs, found["bound"], strict=True)
            ]
            cpus = [1000 * one["cpu"] / count for one in runs]
            print(
                f"  {who:9} {count / median(one['seconds'] for one in runs):6,.0f}/s, "
                f"{spread(ratios)} of the bound; CPU {spread(cpus)} ms/call; "
                f"{max(one['megabytes'] for one in runs):.0f} MB; {min(one['right'] for one in runs):,} rows right"
            )
        for peer in peers:
            times = [
                other["seconds"] / one["seconds"]
                for one, other in zip(found["hornbook"], found[peer], strict=True)
            ]
            print(f"  hornbook is {spread(times)} times {peer}'s rate")


def memory(server: Served, counts: Sequence[int]) -> None:
    for count in counts:
        server.set(**QUIET | {"latency": 0.01})
        with folder() as out:
            first = asked("hornbook", server, out, count, 64)
            server.set(**QUIET)
            again = asked("hornbook", server, out, count, 64)
        assert server.counts()["requests"] == 0, "a replay asked the server"
        print(
            f"{count:,} calls: {first['megabytes']:.1f} MB at most, {count / first['seconds']:,.0f}/s; "
            f"replayed: {again['megabytes']:.1f} MB, {count / again['seconds']:,.0f}/s; "
            f"{again['right']:,} rows right"
        )


def faults(server: Served, count: int) -> None:
    cases: dict[str, dict[str, Any]] = {
        "100 calls/s, Retry-After 1 s": {"rate": 100.0, "burst": 10.0},
        "100 calls/s, bursts of 100": {"rate": 100.0, "burst": 100.0},
        "5 % 500s, 1 % unparsable": {"share_500": 0.05, "share_truncated": 0.01},
        "latency lognormal, sigma 1": {"sigma": 1.0},
    }
    for name, knobs in cases.items():
        server.set(**QUIET | knobs)
        with folder() as out:
            found = asked("hornbook", server, out, count, 64)
        counts, beside = server.counts(), ""
        if rate := knobs.get("rate"):
            ideal = (count - knobs["burst"]) / rate + QUIET["latency"]
            beside = f"{found['seconds'] / ideal:.2f} of the ideal {ideal:.1f} s"
        elif "sigma" in knobs:
            server.set(**QUIET | knobs)
            with folder() as out:
                other = asked("bound", server, out, count, 64)
            beside = f"{found['seconds'] / other['seconds']:.2f} of the bound's {other['seconds']:.1f} s"
        print(
            f"{name}: {found['seconds']:.1f} s {beside}; {count - found['right']} of {count:,} rows lost, "
            f"{counts['busy']} refused, {counts['500'] + counts['truncated']} failed"
        )


def kills(server: Served, count: int, most: int) -> None:
    in_flight, repeated, rng = 32, [], random.Random(1)
    with folder() as whole:
        server.set(**QUIET)
        asked("hornbook", server, whole, count, in_flight)
        expected = (whole / "rows").read_bytes()
    runs = 0
    while len(repeated) < most:
        server.set(**QUIET)
        with folder() as out:
            while len(repeated) < most and (calls := killed(server, out, count, in_flight, rng)) is not None:
                repeated.append(calls)
            asked("hornbook", server, out, count, in_flight)
            assert (out / "rows").read_bytes() == expected, "a kill changed the rows"
        runs += 1
    print(
        f"{most} kills in {runs} runs of {count:,} calls, {in_flight} in flight: {sum(repeated)} calls repeated, "
        f"{median(repeated):.0f} a kill, {max(repeated)} at most; rows as without a kill"
    )


def killed(server: Served, out: Path, count: int, in_flight: int, rng: random.Random) -> int | None:
    """Kill a run at a random moment; return the calls that it paid in vain, None where it ended before."""
    before, stored = server.counts()["requests"], durable(out)
    process = start("hornbook", server, out, count, in_flight)
    goal = before + rng.randint(1, 300)
    while process.poll() is None and server.counts()["requests"] < goal:
        time.sleep(rng.random() / 100)
    if process.poll() is not None:
        return None
    process.kill()
    process.communicate()
    return int(server.counts()["requests"]) - before - (durable(out) - stored)


def durable(out: Path) -> int:
    """Count the whole lines of a journal."""
    return sum(path.read_bytes().count(b"\n") for path in (out / "journal").glob("*.jsonl"))


def more_rows(server: Served) -> None:
    server.set(**QUIET)
    with folder() as out:
        asked("hornbook", server, out, 500, 64)
        server.set(**QUIET)
        found = asked("hornbook", server, out, 510, 64)
    print(f"500 rows done, 10 more: {server.counts()['requests']} calls, {found['right']} rows right")


def budgets(server: Served) -> None:
    from hornbook.errors import BudgetExceeded
    from hornbook.teacher.budget import Budget
    from hornbook.teacher.endpoint import Endpoint, EndpointTeacher
    from hornbook.teacher.journal import Journal
    from hornbook.teacher.price import Price
    from hornbook.teacher.protocol import Message, Request

    def ask(out: Path, cap: float) -> tuple[int, Budget]:
        budget = Budget(price=Price(usd_per_million_out=10.0), max_usd=cap, ledger=out / "spent.jsonl")
        endpoint = Endpoint(url=server.url, model="m", concurrency=64)
        numbers = (Message(role="user", content=f"page {number}") for number in range(2000))
        requests = (Request(kind="textbook", seed="", slots={}, messages=(one,)) for one in numbers)
        rows = 0
        with (
            Journal(out / "journal") as journal,
            EndpointTeacher(endpoint, journal=journal, budget=budget) as teacher,
        ):
            try:
                for _ in teacher.complete(requests):
                    rows += 1
            except BudgetExceeded as error:
                assert error.exit_code == 4
        return rows, budget

    server.set(**QUIET | {"sigma": 1.0, "share_500": 0.05})
    with folder() as out:
        for cap in (0.5, 1.0, 9.0):
            rows, budget = ask(out, cap)
            billed = server.counts()["answered"] * 100 * 10 / 1e6
            print(
                f"cap ${cap:.2f}: {rows} rows in order; counted ${budget.spent.usd:.4f}, "
                f"the server billed ${billed:.4f}, "
                f"{billed / cap:.3f} of the cap; {server.counts()['answered']} answers over all"
            )


PARTS: dict[str, Callable[[Served, argparse.Namespace], None]] = {
    "throughput": lambda server, args: throughput(
        server, args.rounds, args.count, ["curator"] if args.curator else []
    ),
    "memory": lambda server, args: memory(server, (8_000,)),
    "long-memory": lambda server, args: memory(server, (8_000, 80_000)),
    "faults": lambda server, args: faults(server, 1_000),
    "kills": lambda server, args: kills(server, 1_000, args.kills),
    "more": lambda server, args: more_rows(server),
    "budget": lambda server, args: budgets(server),
}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--parts", nargs="*", choices=PARTS, default=[one for one in PARTS if one != "long-memory"]
    )
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--curator", default="", help="folder that bespokelabs-curator was installed into")
    args = parser.parse_args()
    os.environ["CURATOR"] = args.curator
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, orjson {orjson.__version__}")
    with serving(**QUIET) as server:
        for part in args.parts:
            PARTS[part](server, args)
            sys.stdout.flush()


if __name__ == "__main__":
    main()
