"""The network is cut in tests: only loopback and local sockets connect."""

from __future__ import annotations

import os
import signal
import socket
from pathlib import Path

import hypothesis
import pytest

os.environ.setdefault("OMP_NUM_THREADS", "1")

# A shell starts background jobs deaf to Ctrl-C; tests that send one must not inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)

TESTS = Path(__file__).parent
BENCHMARKS = TESTS.parent.parent / "shared" / "benchmarks"

# No deadline: a crowded machine is slow, not wrong. Fifty examples find what these properties can miss.
hypothesis.settings.register_profile("hornbook", deadline=None, max_examples=50)
hypothesis.settings.load_profile("hornbook")

_connect = socket.socket.connect


def _connect_locally(self: socket.socket, address: object) -> None:
    if self.family in (socket.AF_INET, socket.AF_INET6):
        host = str(address[0])  # type: ignore[index]
        if not (host.startswith("127.") or host in ("::1", "localhost")):
            raise RuntimeError(f"tests reach no network, and something wanted {host}")
    _connect(self, address)  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket.socket, "connect", _connect_locally)
