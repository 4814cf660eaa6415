"""`hornbook serve` in a process of its own."""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def serving_model(folder: Path, name: str, log: Path) -> Iterator[str]:
    """Serve a model's folder, and yield the address."""
    command = [sys.executable, "-m", "hornbook", "serve", str(folder), "--name", name, "--port", "0"]
    with (
        log.open("w") as errors,
        subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            env=os.environ | {"OMP_NUM_THREADS": "1"},
        ) as server,
    ):
        try:
            assert server.stdout is not None, "it was asked for a pipe"
            found = re.search(r"http://\S+", server.stdout.readline())
            assert found, log.read_text()
            yield found[0]
        finally:
            server.kill()
