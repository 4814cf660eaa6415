"""A model in a folder as the teacher: the same answers as our server's, journaled, whatever happens meanwhile."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson
import pytest
from conftest import TESTS
from served_model import serving_model
from small_model import save_small_model
from test_cli import fails, hornbook

from hornbook.errors import BudgetExceeded, UsageError
from hornbook.lessons.answer import Asked
from hornbook.lm import teach, teach_engine
from hornbook.lm.teach import Checkpoint
from hornbook.teacher.budget import Budget
from hornbook.teacher.endpoint import Endpoint
from hornbook.teacher.journal import Journal
from hornbook.teacher.protocol import Completion, Message, Model, Request

TEXT = Path(__file__).read_text()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_small_model(tmp_path_factory.mktemp("small"), TEXT, sharpness=3.0, context=96)


def checkpoint(folder: Path, **changes: Any) -> Checkpoint:
    return Checkpoint(**({"folder": folder, "max_tokens": 12, "threads": 1} | changes))


def request(number: int, *, sample: int = 0, text: str = "def double(n):") -> Request:
    messages = (Message(role="system", content="Go on."), Message(role="user", content=f"{text} # {number}"))
    return Request(kind="exercise", seed=f"0/e/{number}", slots={}, messages=messages, sample=sample)


def ask(
    model: Model, journal: Path, requests: Iterable[Request], *, budget: Budget | None = None
) -> list[Completion]:
    with (
        Journal(journal) as opened,
        model.teacher(journal=opened, budget=budget or Budget(), say=lambda line: None) as teacher,
    ):
        return list(teacher.complete(requests))


def said(found: Sequence[Completion]) -> list[tuple[str, str]]:
    return [(each.text, each.finish) for each in found]


@pytest.mark.parametrize("api", ["chat", "completions"])
def test_answers_are_those_that_our_server_gives_to_an_endpoints_client(
    folder: Path, tmp_path: Path, api: Any
) -> None:
    asked = [request(number, sample=number % 3) for number in range(40)]
    shape: dict[str, Any] = {"api": api, "temperature": 0.8, "top_p": 0.9, "max_tokens": 20, "seed": 5}
    # What the answers say differs from one processor to the next, so the words to stop at are taken from some.
    endless = ask(checkpoint(folder, **shape), tmp_path / "endless", asked[:2])
    shape["stop"] = tuple(each.text[5:8] for each in endless if len(each.text) > 8)
    with serving_model(folder, "small", tmp_path / "log") as url:
        served = ask(Endpoint(url=url, model="small", **shape), tmp_path / "a", asked)
    ours = ask(checkpoint(folder, **shape), tmp_path / "b", asked)
    assert said(ours) == said(served)
    assert {each.finish for each in ours} >= {"stop", "length"}
    assert [each.usage for each in ours] == [each.usage for each in served]


def test_a_run_that_goes_on_writes_only_what_is_new(folder: Path, tmp_path: Path) -> None:
    model, budget = checkpoint(folder), Budget()
    first = ask(model, tmp_path, map(request, range(30)), budget=budget)
    again = ask(model, tmp_path, map(request, range(35)), budget=budget)
    assert budget.spent.calls == 35
    assert [each.replayed for each in again] == [True] * 30 + [False] * 5
    assert said(again)[:30] == said(first)
    assert {each.model for each in again} == {model.teacher_name}
    with Journal(tmp_path) as journal:
        assert [each.key for each in journal.entries()] == [each.journal_key for each in again]


def test_an_answer_depends_on_its_request_and_not_on_those_beside_it(folder: Path, tmp_path: Path) -> None:
    asked = [request(number % 20, sample=number // 20) for number in range(80)]
    together = ask(checkpoint(folder), tmp_path / "a", asked)
    alone = ask(checkpoint(folder), tmp_path / "b", asked[50:51])
    backwards = ask(checkpoint(folder), tmp_path / "c", reversed(asked))
    assert said(alone) == said(together)[50:51]
    assert said(backwards) == said(together)[::-1]
    texts = [each.text for each in together]
    assert texts[:20] != texts[20:40]  # the samples of one request differ
    other = ask(checkpoint(folder, seed=1), tmp_path / "d", asked)
    assert [each.text for each in other] != texts


def test_equal_requests_are_one_call(folder: Path, tmp_path: Path) -> None:
    budget = Budget()
    found = ask(checkpoint(folder), tmp_path, [request(1)] * 5, budget=budget)
    assert budget.spent.calls == 1
    assert len(set(said(found))) == 1 and len(found) == 5


def test_memory_decides_how_many_are_written_at_once_and_not_what(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = ask(checkpoint(folder), tmp_path / "a", map(request, range(10)))
    monkeypatch.setattr(teach, "available_bytes", lambda device: 400_000)
    lines: list[str] = []
    with (
        Journal(tmp_path / "b") as journal,
        checkpoint(folder).teacher(journal=journal, budget=Budget(), say=lines.append) as teacher,
    ):
        few = list(teacher.complete(map(request, range(10))))
    [line] = lines
    assert 1 <= int(line.split()[1]) < 10
    assert said(few) == said(many)


def test_a_name_is_the_folders_content_and_not_its_place(folder: Path, tmp_path: Path) -> None:
    name = checkpoint(folder).teacher_name
    moved = Path(shutil.copytree(folder, tmp_path / "moved"))
    assert checkpoint(moved).teacher_name == name
    for changed in ("model.safetensors", "tokenizer.json"):
        other = Path(shutil.copytree(folder, tmp_path / changed))
        content = (other / changed).read_bytes()
        end = b" " + content[-1:] if changed.endswith("json") else bytes([content[-1] ^ 1])
        (other / changed).write_bytes(content[:-1] + end)
        assert checkpoint(other).teacher_name != name
    with_template(moved, "{{ messages[0]['content'] }}")
    assert checkpoint(moved).teacher_name != name
    assert "moved" not in Asked.of(checkpoint(moved)).model_dump_json()


def with_template(folder: Path, template: str) -> None:
    path = folder / "tokenizer_config.json"
    path.write_bytes(orjson.dumps(orjson.loads(path.read_bytes()) | {"chat_template": template}))


def test_a_folders_chat_template_makes_the_prompt(folder: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(folder, tmp_path / "other"))
    with_template(
        other,
        "{{ bos_token }}{% for message in messages %}{{ message.role }}: {{ message.content }}\n{% endfor %}"
        "{% if add_generation_prompt %}answer:{% endif %}",
    )
    chat = ask(checkpoint(other), tmp_path / "a", [request(7)])
    spelled = f"system: Go on.\nuser: {request(7).messages[1].content}\nanswer:"
    plain = replace(request(7), messages=(Message(role="user", content=spelled),))
    assert said(chat) == said(ask(checkpoint(other, api="completions"), tmp_path / "b", [plain]))
    assert said(chat) != said(ask(checkpoint(folder), tmp_path / "c", [request(7)]))


def test_a_template_that_refuses_a_chat_is_a_failed_answer(folder: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(folder, tmp_path / "other"))
    with_template(other, "{{ raise_exception('no system messages here') }}")
    [found] = ask(checkpoint(other), tmp_path / "a", [request(1)])
    assert (found.finish, found.error) == ("error", "no system messages here")
    with_template(other, "{% for i in range(999999999) %}x{% endfor %}")
    [found] = ask(checkpoint(other), tmp_path / "a", [request(1)])
    assert "the chat template fails: Range too big" in found.error


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("{{ messages[0].content }}{{ eos_token }}", "uses eos_token"),
        ("<|endoftext|>{{ messages[0].content }}", "uses <|endoftext|>"),
        ("{% for %}", "is not Jinja"),
    ],
)
def test_a_template_that_our_tokenizer_cannot_spell_is_refused(
    folder: Path, tmp_path: Path, template: str, message: str
) -> None:
    other = Path(shutil.copytree(folder, tmp_path / "other"))
    with_template(other, template)
    with pytest.raises(UsageError, match=message.replace("|", r"\|")):
        checkpoint(other)
    checkpoint(other, api="completions")


def test_a_prompt_that_the_context_does_not_hold_fails_alone(folder: Path, tmp_path: Path) -> None:
    budget = Budget()
    asked = [request(1), request(2, text="x = 1\n" * 60), request(3, text="y" * 2**20), request(4)]
    found = ask(checkpoint(folder), tmp_path, asked, budget=budget)
    assert [each.finish == "error" for each in found] == [False, True, True, False]
    assert "context of 96 leaves room for 94" in found[1].error and "at least" in found[2].error
    assert budget.spent.calls == 2


def test_a_cap_stops_it_and_a_higher_one_goes_on(folder: Path, tmp_path: Path) -> None:
    small, large = Budget(max_calls=10), Budget(max_calls=40)
    with pytest.raises(BudgetExceeded, match="max-calls 10"):
        ask(checkpoint(folder), tmp_path, map(request, range(30)), budget=small)
    assert small.spent.calls == 10
    found = ask(checkpoint(folder), tmp_path, map(request, range(30)), budget=large)
    assert (large.spent.calls, len(found)) == (20, 30)


def test_who_stops_listening_keeps_what_was_written(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(teach_engine, "_STORE_SECONDS", 0.0)
    model, budget = checkpoint(folder), Budget()
    with (
        Journal(tmp_path) as journal,
        model.teacher(journal=journal, budget=budget, say=lambda line: None) as teacher,
    ):
        answers = teacher.complete(map(request, range(200)))
        first = [next(answers) for _ in range(5)]
        answers.close()  # type: ignore[attr-defined]
        written = budget.spent.calls
        assert len(journal) == written and 5 <= written < 200
        rest = list(teacher.complete(map(request, range(200))))
    assert said(rest)[:5] == said(first)
    assert budget.spent.calls == 200


def test_closing_with_an_iterator_open_stores_what_was_written_and_ends(folder: Path, tmp_path: Path) -> None:
    budget = Budget()
    with Journal(tmp_path) as journal:
        with checkpoint(folder).teacher(journal=journal, budget=budget, say=lambda line: None) as teacher:
            answers = teacher.complete(map(request, range(300)))
            next(answers)
        assert len(journal) == budget.spent.calls
        del answers
    assert len(ask(checkpoint(folder), tmp_path, map(request, range(300)), budget=budget)) == 300
    assert budget.spent.calls == 300


def test_a_tokenizer_that_knows_fewer_tokens_than_the_model_is_enough(tmp_path: Path) -> None:
    small = save_small_model(
        tmp_path, "x = 1", sharpness=3.0
    )  # 300 in the model, and hardly more than bytes here
    found = ask(checkpoint(small), tmp_path / "j", [request(1, text="x")])
    assert found[0].finish in ("stop", "length")


class Refusing(Journal):
    """A journal on a disk that is full."""

    def flush(self) -> None:
        if self._pending:
            self._pending = []
            raise OSError(28, "No space left on device")


def test_a_full_disk_is_said_and_hangs_nobody(folder: Path, tmp_path: Path) -> None:
    with (
        Refusing(tmp_path) as journal,
        checkpoint(folder).teacher(journal=journal, budget=Budget(), say=lambda line: None) as teacher,
    ):
        for _ in range(2):
            with pytest.raises(OSError, match="No space left"):
                list(teacher.complete(map(request, range(3))))


PROGRAM = """
import sys
from pathlib import Path
from test_teach import ask, checkpoint, request
found = ask(checkpoint(Path(sys.argv[1]), max_tokens=60), Path(sys.argv[2]), map(request, range(300)))
print(len(found))
"""


def test_a_kill_loses_no_answer_that_is_on_disk(folder: Path, tmp_path: Path) -> None:
    journal = tmp_path / "journal"
    command = [sys.executable, "-c", PROGRAM, str(folder), str(journal)]
    with subprocess.Popen(command, env=os.environ | {"PYTHONPATH": os.pathsep.join([*sys.path])}) as process:
        while not lines(journal):
            assert process.poll() is None
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
    kept, budget = lines(journal), Budget()
    model = checkpoint(folder, max_tokens=60)
    found = ask(model, journal, map(request, range(300)), budget=budget)
    assert 0 < kept < 300 and budget.spent.calls == 300 - kept
    assert said(found) == said(ask(model, tmp_path / "other", map(request, range(300))))


def lines(journal: Path) -> int:
    return sum(path.read_bytes().count(b"\n") for path in journal.glob("*.jsonl"))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"max_tokens": 0}, "max_tokens is 0"),
        ({"temperature": -1.0}, "temperature is -1.0"),
        ({"top_p": 0.0}, "top_p is 0.0"),
        ({"stop": ("",)}, "a stop string is empty"),
        ({"threads": -1}, "threads is -1"),
        ({"folder": TESTS}, "is not a model's folder"),
    ],
)
def test_what_cannot_work_is_refused_before_anything_is_loaded(
    folder: Path, changes: dict[str, Any], message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        Checkpoint(**({"folder": folder} | changes))


def test_a_damaged_model_is_said_when_it_is_loaded(folder: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(folder, tmp_path / "other"))
    (other / "model.safetensors").write_bytes(b"no")
    with pytest.raises(UsageError, match="is not a model's folder"):
        ask(checkpoint(other), tmp_path / "j", [request(1)])


@pytest.fixture(scope="module")
def roomy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model whose context holds a lesson's prompt, so that it answers, although nonsense."""
    return save_small_model(tmp_path_factory.mktemp("roomy"), TEXT, context=2048)


def test_generate_asks_a_folder_and_stops_with_its_share_of_readable_answers(
    roomy: Path, tmp_path: Path
) -> None:
    words = ["generate", "exercises", "-n", 8, "--out", tmp_path / "a.jsonl", "--teacher", roomy]
    words += ["--journal", tmp_path / "j", "--teacher-set", "max_tokens=16"]
    done = hornbook(*words)
    assert "of the first 8 answers 0 could be read" in done.stderr
    fails(done, 3, "stopped, since less than 20 % could be read")
    fails(hornbook(*words, "--least-read", 0), 3, "or set a higher most_asked")
    with Journal(tmp_path / "j") as journal:
        entries = list(journal.entries())
    assert len(entries) == len({entry.key for entry in entries}) >= 8
    shown = hornbook("plan", "laptop", "--size", "smoke", "--out", tmp_path, "--teacher", roomy)
    assert shown.returncode == 0, shown.stderr


def test_a_served_model_is_asked_to_a_clean_end(roomy: Path, tmp_path: Path) -> None:
    with serving_model(roomy, "small", tmp_path / "log") as url:
        words = ["generate", "exercises", "-n", 70, "--out", tmp_path / "a.jsonl", "--teacher", url]
        words += ["--model", "small", "--journal", tmp_path / "j", "--teacher-set", "max_tokens=16"]
        done = hornbook(*words)
        assert "of the first 60 answers 0 could be read" in done.stderr
        fails(done, 3, "stopped, since less than 20 % could be read")
        fails(hornbook(*words, "--least-read", 0), 3, "or set a higher most_asked")
    with Journal(tmp_path / "j") as journal:
        entries = list(journal.entries())
    assert len(entries) >= 70 and all(entry.answered for entry in entries)  # some are asked again


@pytest.mark.parametrize(
    ("teacher", "words", "message"),
    [
        ("localhost:8000/v1", [], "neither an address"),
        ("no/such/folder", [], "neither an address"),
        (str(TESTS), ["--model", "m"], "leave out --model"),
        (str(TESTS), [], "is not a model's folder"),
        (None, ["--teacher-set", "concurrency=4"], "no such field"),
    ],
)
def test_a_folder_that_is_no_model_is_refused(
    folder: Path, tmp_path: Path, teacher: str | None, words: list[str], message: str
) -> None:
    command = [
        "generate",
        "exercises",
        "-n",
        3,
        "--out",
        tmp_path / "a.jsonl",
        "--teacher",
        teacher or folder,
    ]
    fails(hornbook(*command, *words), 2, message)
