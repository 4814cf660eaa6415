"""Runs untrusted Python and says what happened: `with Sandbox(workers=2) as sandbox: sandbox.run(jobs)`.

Each program runs in a forked child of a small zygote process that has its own user, mount, pid, network, ipc and
uts namespaces, sees only the interpreter's libraries (read-only) and an empty scratch directory, is held by
Landlock and by a seccomp allow-list, and is killed at its limits. Where the kernel denies namespaces, Landlock and
seccomp remain (no scratch directory; names and sizes of files can be seen). With less, nothing is run.

What a program's tests expect never enters its process. Asserts are compiled to a plan of calls, the program
answers with values, and a third process compares; tests that do not compile run in a second sandboxed process
and use the program through stand-ins. So a program cannot pass by changing what a test means, by leaving early,
or by reading the answers. It can still special-case the inputs that it sees.

Not covered: native code is allowed (ctypes), so the barrier is the kernel behind about 150 system calls;
against people who own kernel exploits, put the whole process into a virtual machine. Memory is bounded by
address space per program, not by a cgroup. Side channels are not covered.
"""

from hornbook.sandbox.availability import probe
from hornbook.sandbox.sandbox import Sandbox
from hornbook.sandbox.verdict import LANES, OUTCOMES, Isolation, Job, Limits, Mutant, Verdict

__all__ = ["LANES", "OUTCOMES", "Isolation", "Job", "Limits", "Mutant", "Sandbox", "Verdict", "probe"]
