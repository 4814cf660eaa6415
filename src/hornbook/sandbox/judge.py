"""The process that reads sources and compares values: it compiles programs and tests, and never runs either.

Confined like a zygote and killed when it thinks for too long, because both the sources and the values come from
strangers: a few bytes can describe numbers and sets whose comparison takes minutes. It knows what tests expect, so
no program is ever forked from it. Compiling here and not in the program's child saves that child the page faults
of the parser, and a program that is no Python costs no child at all.
"""

from __future__ import annotations

import marshal
import signal
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

from hornbook.sandbox import frames, program, wire
from hornbook.sandbox.plan import NeedsProgram, Plan
from hornbook.sandbox.planner import Unplannable, compile_plan

_MOST_PLANS = 128
_MOST_SECONDS = 1.0
_MOST_CALL_BYTES = 1 << 20
_Key = tuple[str, str, str]
_Answer = tuple[str | int | bytes, ...]


def serve(control: int) -> None:
    """Answers requests on the socket `control` until it closes."""
    judge = _Judge()
    # Whatever takes longer ends this process, in the middle of one operation too; the job then goes another way.
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    while (request := frames.receive(control)) is not None:
        signal.setitimer(signal.ITIMER_PROF, _MOST_SECONDS)
        try:
            answer = judge.prepare(*request[1:]) if request[0] == "prepare" else judge.compare(*request[1:])
        except MemoryError:
            answer = ("memory", "")
        frames.reply(control, [part if isinstance(part, bytes) else str(part).encode() for part in answer])


class _Opaque:
    """Stands for an object that stayed in the program's process: it can be told from None, nothing else."""

    def _ask(self, *args: Any, **kwargs: Any) -> Any:
        raise NeedsProgram


_ASKING = """
bool call iter len hash str repr format eq ne lt le gt ge contains getitem getattr add radd sub rsub mul rmul
truediv rtruediv floordiv mod pow and or xor abs neg int float index round
"""
for _name in _ASKING.split():
    setattr(_Opaque, f"__{_name}__", _Opaque._ask)


class _Judge:
    """Plans of the tests seen last, and the two kinds of request."""

    def __init__(self) -> None:
        self._plans: OrderedDict[_Key, Plan | None] = OrderedDict()

    def prepare(
        self, blocks: Sequence[str], tests: str | None, setup: str, entry_point: str, stubs: bool
    ) -> _Answer:
        """The blocks as code, and the calls that the tests need; or where one of them is no Python.

        ("syntax", block, exception, line) · ("run" or "split", *codes) ·
        ("plan", calls, "plain" where marshal can read them, witness, weak stubs by line, *codes): see Plan.
        """
        codes = []
        for index, source in enumerate(blocks):
            try:
                codes.append(marshal.dumps(program.compiled(source, program.block_name(index))))
            except program.NotCompiled as error:
                return ("syntax", index, *error.args)
        if tests is None:
            return ("run", *codes)
        try:
            plan = self._plan((tests, setup, entry_point))
        except program.NotCompiled as error:
            return ("syntax", len(codes), *error.args)
        sent = _sent(plan) if plan is not None else None
        if plan is None or sent is None:
            return ("split", *codes)
        witness = plan.witness()
        weak = plan.stubs(witness) if stubs else ()
        return ("plan", *sent, b"".join(map(wire.encode, witness or ())), "\n".join(weak), *codes)

    def compare(self, tests: str, setup: str, entry_point: str, encoded: Sequence[bytes]) -> _Answer:
        """(outcome, detail) of the answers, which may be fewer than the calls: the next one raised.

        Besides outcomes of verdicts: `raised` when that exception decides, `split` when the tests must be run.
        """
        plan = self._plan((tests, setup, entry_point))
        assert plan is not None, "only plans are compared"
        try:
            answers = [wire.decode(answer, lambda payload: _Opaque()) for answer in encoded]
        except wire.TooDeep:
            return ("unsupported", "a value nested too deeply")
        except wire.Unreadable:
            return ("tamper", "no value")
        for number, check in enumerate(plan.checks, start=1):
            where = f"test {number} at line {check.line}"
            if any(call >= len(answers) for call in check.calls):
                return ("raised", f"in {where}")
            try:
                if not plan.holds(check, answers):
                    return ("fail", where)
            except NeedsProgram:
                return ("split", "")
            except MemoryError:
                raise
            except Exception as error:
                return ("error", f"{program.builtin_name(type(error))} in {where}")
        return ("pass" if len(answers) == len(plan.calls) else "raised", "")

    def _plan(self, key: _Key) -> Plan | None:
        """The plan of these tests, None when they need to be run. Raises NotCompiled."""
        if key not in self._plans:
            tests, setup, entry_point = key
            program.compiled(setup, "<setup>")
            program.compiled(tests, "<tests>")
            try:
                plan = compile_plan(tests, entry_point, setup)
            except (Unplannable, RecursionError):
                plan = None
            self._plans[key] = plan
            if len(self._plans) > _MOST_PLANS:
                self._plans.popitem(last=False)
        self._plans.move_to_end(key)
        return self._plans[key]


def _sent(plan: Plan) -> tuple[bytes, str] | None:
    """The calls as bytes, and whether marshal alone can read them; None when they are too large to be copied."""
    calls = [(call.function, list(call.args), call.kwargs) for call in plan.calls]
    data = wire.encode(calls)
    try:
        is_plain = marshal.dumps(calls, 2) == data
    except ValueError:
        is_plain = False
    return (data, "plain" if is_plain else "") if len(data) <= _MOST_CALL_BYTES else None
