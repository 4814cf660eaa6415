"""The process that reads sources and compares values: it compiles programs and tests, and never runs either.

Confined like a zygote and killed when it thinks for too long, because both the sources and the values come from
strangers: a few bytes can describe numbers and sets whose comparison takes minutes. It knows what tests expect, so
no program is ever forked from it. Compiling here and not in the program's child saves that child the page faults
of the parser, and a program that is no Python costs no child at all.
"""

from __future__ import annotations

import ast
import marshal
import signal
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any

from hornbook.sandbox import frames, grading, program, wire
from hornbook.sandbox.inputs import Asked, further_calls
from hornbook.sandbox.mutation import mutations
from hornbook.sandbox.plan import NeedsProgram, Plan, refuse
from hornbook.sandbox.planner import Unplannable, compile_plan

_MOST_PLANS = 128
_MOST_SECONDS = 1.0
_MOST_CALL_BYTES = 1 << 20
_MOST_COMPILED = 600_000
"""Characters of all mutants of a program together: about a quarter of these seconds."""
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
            answer = judge.answer(*request)
        except MemoryError:
            judge.forget()  # the job goes another way, and the next ones shall find room
            answer = ("memory", "") if request[0] == "prepare" else ("split", "")
        frames.reply(control, [part if isinstance(part, bytes) else str(part).encode() for part in answer])


class _Opaque:
    """Stands for an object that stayed in the program's process: it can be told from None, nothing else."""

    def _ask(self, *args: Any, **kwargs: Any) -> Any:
        raise NeedsProgram


_ASKING = """
bool call iter len hash str repr format eq ne lt le gt ge contains getitem getattr add radd sub rsub mul rmul
truediv rtruediv floordiv rfloordiv mod rmod divmod rdivmod pow rpow lshift rlshift rshift rrshift matmul rmatmul
and rand or ror xor rxor abs neg pos invert int float complex index round
"""
for _name in _ASKING.split():
    setattr(_Opaque, f"__{_name}__", _Opaque._ask)


class _Judge:
    """Plans of the tests seen last, and the three kinds of request."""

    def __init__(self) -> None:
        self._plans: OrderedDict[_Key, _Planned | None] = OrderedDict()

    def forget(self) -> None:
        """Nothing is remembered."""
        self._plans.clear()

    def answer(self, kind: str, *request: Any) -> _Answer:
        """One of the three below."""
        answers: dict[str, Callable[..., _Answer]] = {
            "prepare": self.prepare,
            "compare": self.compare,
            "grade": self.grade,
        }
        return answers[kind](*request)

    def prepare(
        self,
        blocks: Sequence[str],
        tests: str | None,
        setup: str,
        entry_point: str,
        stubs: bool,
        mutants: int,
    ) -> _Answer:
        """The blocks as code, and the calls that the tests need; or where one of them is no Python.

        ("syntax", block, exception, line) · ("run" or "split", *codes) · ("plan", calls, "plain" where marshal
        can read them, witness, weak stubs by line, mutants by line, which calls are certain, the code that is each
        of the mutants, the program's constants, *codes): see Plan, `mutations` and `constants`.
        """
        codes = []
        blocks = [source.removeprefix("\ufeff") for source in blocks]  # as Python does with files
        for index, source in enumerate(blocks):
            try:
                codes.append(marshal.dumps(program.compiled(source, program.block_name(index))))
            except program.NotCompiled as error:
                return ("syntax", index, *error.args)
        if tests is None:
            return ("run", *codes)
        try:
            planned = self._plan((tests, setup, entry_point))
        except program.NotCompiled as error:
            return ("syntax", len(codes), *error.args)
        if planned is None:
            return ("split", *codes)
        weak = planned.weak() if stubs else ""
        made = _mutants("\n".join(blocks), planned.plan, mutants) if mutants else _NO_MUTANTS
        return ("plan", planned.calls, planned.form, planned.witness, weak, *made, *codes)

    def compare(self, tests: str, setup: str, entry_point: str, encoded: Sequence[bytes]) -> _Answer:
        """(outcome, detail) of the answers, which may be fewer than the calls: the next one raised.

        Besides outcomes of verdicts: `raised` when that exception decides, `split` when the tests must be run.
        """
        planned = self._plan((tests, setup, entry_point))
        assert planned is not None, "only plans are compared"
        plan = planned.plan
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

    def grade(
        self,
        tests: str,
        setup: str,
        entry_point: str,
        encoded: Sequence[bytes],
        num_trials: int,
        inputs: int,
        near: bytes,
    ) -> _Answer:
        """As compare, and behind it outcome and telling assert of each mutant; `encoded` ends with theirs.

        `near`: the program's constants, as `prepare` told them.
        """
        key = (tests, setup, entry_point)
        planned = self._plan(key)
        assert planned is not None, "only plans are compared"
        verdict = self.compare(*key, encoded[:-num_trials])
        if verdict[0] != "pass":
            return verdict
        trials = encoded[-num_trials:]
        try:
            found = grading.graded(
                planned.plan, lambda: planned.asked(inputs, near), trials, lambda payload: _Opaque()
            )
        except Exception:  # whatever strange values do: then nothing is known of the mutants
            return verdict
        told = [(outcome, "1" if is_told else "", told_by) for outcome, is_told, told_by in found]
        return (*verdict, *[part for triple in told for part in triple])

    def _plan(self, key: _Key) -> _Planned | None:
        """The plan of these tests, None when they need to be run. Raises NotCompiled."""
        if key not in self._plans:
            tests, setup = program.parsed(key[0], "<tests>"), program.parsed(key[1], "<setup>")
            program.compiled(setup, "<setup>")
            try:
                planned = _Planned(compile_plan(tests, key[2], setup))
            except (Unplannable, RecursionError):
                planned = None
            if planned is None or not all(isinstance(node, ast.Assert) for node in tests.body):
                # For what only a compiler refuses: a planned assert has nothing of it.
                program.compiled(tests, "<tests>")
            self._plans[key] = planned if planned and len(planned.calls) <= _MOST_CALL_BYTES else None
            if len(self._plans) > _MOST_PLANS:
                self._plans.popitem(last=False)
        self._plans.move_to_end(key)
        return self._plans[key]


_NO_MUTANTS = "", b"", b"", b""


def _mutants(source: str, plan: Plan, most: int) -> tuple[str, bytes, bytes, bytes]:
    """What `prepare` says of the mutants; nothing where none can be made."""
    try:
        code, found, near = mutations(source, min(most, _MOST_COMPILED // (len(source) + 1)))
    except MemoryError:
        raise
    except Exception:  # too deep, or too large a number: the program is judged all the same
        return _NO_MUTANTS
    labels = "\n".join(f"{mutant.kind}\t{mutant.line}\t{mutant.change}" for mutant in found)
    return labels, plan.certain(), marshal.dumps(code), marshal.dumps(near)


class _Planned:
    """A plan, and what is sent of it."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        calls = [(call.function, list(call.args), call.kwargs) for call in plan.calls]
        self.calls = wire.encode(calls)
        self._witness = plan.witness()
        self.witness = b"".join(map(wire.encode, self._witness or ()))
        try:
            self.form = "plain" if marshal.dumps(calls, 2) == self.calls else ""
        except ValueError:
            self.form = ""  # marshal alone cannot write them, so it alone cannot read them

    def weak(self) -> str:
        """The names of stubs that these tests let pass, one a line."""
        return "\n".join(self.plan.stubs(self._witness))

    def asked(self, number: int, near: bytes) -> list[Asked]:
        """The calls of the tests and up to `number` further ones, as the program's process makes them."""
        calls = wire.decode(self.calls, refuse)
        return [*calls, *further_calls(calls, number, marshal.loads(near))]
