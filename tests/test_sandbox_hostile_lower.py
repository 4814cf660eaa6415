"""The public hostile set again, where only Landlock and seccomp hold: a container that denies namespaces.

Without the programs that use up time and memory: their limits are the same at every level, and take a minute.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest
from test_sandbox_life import without

from hornbook.sandbox import probe

pytestmark = [
    pytest.mark.skipif("landlock" not in probe().level, reason="this kernel has no Landlock"),
    pytest.mark.skipif(platform.machine() != "x86_64", reason="the attacks use the call numbers of x86_64"),
]

TESTS = Path(__file__).resolve().parent
RUSH = """
import sys, tempfile
from pathlib import Path
from hostile_catalogue import ALL
from hostile_world import World, rush
from hornbook.sandbox import Sandbox
world = World(Path(tempfile.mkdtemp(dir={folder!r})))
try:
    with Sandbox(workers=2) as sandbox:
        print(sandbox.level)
        kept = {{name: case for name, case in ALL.items() if not name.startswith(("time-", "memory-"))}}
        for line in rush(sandbox, world, kept):
            print(line)
finally:
    world.close()
"""


def test_landlock_alone_breaks_nowhere_but_in_metadata(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-B", "-c", without("unshare") + RUSH.format(folder=str(tmp_path))],
        env={"PYTHONPATH": f"{TESTS.parent / 'src'}:{TESTS}", "PATH": os.environ["PATH"]},
        cwd="/",
        capture_output=True,
        text=True,
        timeout=200,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["landlock+seccomp"]
