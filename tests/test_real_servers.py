"""The endpoint's client against real servers: transformers serve, llama-cpp-python's server, llama.cpp's own.

`make test` sets none of them up. The first two are installed, and the third is compiled from the sources that the
second one's package brings along (ten CPU minutes each), by

    .venv/bin/python -m pip install -e '.[interop]' 'llama-cpp-python[server]==0.3.36'
    .venv/bin/python -m pip download --no-deps --no-binary :all: llama-cpp-python==0.3.36
    tar xzf llama_cpp_python-0.3.36.tar.gz && cd llama_cpp_python-0.3.36/vendor/llama.cpp
    cmake -B build -DLLAMA_BUILD_UI=OFF -DLLAMA_USE_PREBUILT_UI=OFF && cmake --build build --target llama-server
    export PATH=$PWD/build/bin:$PATH

and asked by .venv/bin/python -m pytest tests/test_real_servers.py -n 0 -rs -s
"""

from __future__ import annotations

import shutil
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest
from taught_model import PROMPT, TEXT, teach
from test_cli import fails, hornbook
from test_lm_export_interop import FILE, llama_cpp_server, served, transformers_serve

from hornbook.lm.export import load_model
from hornbook.lm.gguf import save_gguf
from hornbook.lm.teach import Checkpoint
from hornbook.lm.tokens import load_tokenizer
from hornbook.teacher.budget import Budget
from hornbook.teacher.endpoint import Endpoint
from hornbook.teacher.journal import Journal
from hornbook.teacher.protocol import Completion, Message, Model, Request

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]
INSTALL = (
    ".venv/bin/python -m pip install -e '.[interop]' 'llama-cpp-python[server]==0.3.36'; "
    "llama-server: see the top of this file"
)
CONTEXT = 2048


def llama_server(folder: Path, port: int) -> list[str]:
    program = shutil.which("llama-server")
    if program is None:
        pytest.skip(f"llama-server is not in PATH: {INSTALL}")
    options = ["-m", str(folder / FILE), "--port", str(port), "-np", "4", "-c", str(4 * CONTEXT), "-t", "1"]
    return [program, *options, "--no-ui"]


def python_llama_server(folder: Path, port: int) -> list[str]:
    command = llama_cpp_server(folder, port)
    return [*command[: command.index("--n_ctx")], "--n_ctx", str(CONTEXT), "--n_threads", "1"]


SERVERS: dict[str, tuple[Callable[[Path, int], list[str]], str]] = {
    "transformers serve": (transformers_serve, "/openapi.json"),
    "llama_cpp.server": (python_llama_server, "/openapi.json"),
    "llama-server": (llama_server, "/health"),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model that learnt in rows of 64 tokens, and is said to hold a lesson's prompt."""
    folder = teach(tmp_path_factory.mktemp("taught"))
    config = orjson.loads((folder / "config.json").read_bytes()) | {"max_position_embeddings": CONTEXT}
    (folder / "config.json").write_bytes(orjson.dumps(config))
    save_gguf(load_model(folder), load_tokenizer(folder), folder / FILE)
    return folder


@pytest.fixture(scope="module", params=list(SERVERS))
def url(
    request: pytest.FixtureRequest, folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    command, path = SERVERS[request.param]
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with served(command(folder, port), port, tmp_path_factory.mktemp("log") / "server.log", path) as address:
        print(f"\n{request.param} at {address}")
        yield f"{address}/v1"


def endpoint(url: str, folder: Path, **changes: Any) -> Endpoint:
    given: dict[str, Any] = {"url": url, "model": str(folder), "name": "small", "concurrency": 4}
    return Endpoint(**(given | {"max_tokens": 24, "timeout_seconds": 120.0} | changes))


def asked(*prompts: str) -> list[Request]:
    return [
        Request(
            kind="exercise",
            seed=f"0/e/{number}",
            slots={},
            messages=(Message(role="user", content=prompt),),
            sample=number,
        )
        for number, prompt in enumerate(prompts)
    ]


NUMBERED = [f"def add_{number}(number):" for number in range(16)]


def ask(
    model: Model, journal: Path, requests: list[Request], budget: Budget | None = None
) -> list[Completion]:
    with (
        Journal(journal) as opened,
        model.teacher(journal=opened, budget=budget or Budget(), say=print) as teacher,
    ):
        return list(teacher.complete(requests))


@pytest.mark.parametrize("api", ["chat", "completions"])
def test_every_call_is_answered_counted_and_paid_once(
    url: str, folder: Path, tmp_path: Path, api: Any
) -> None:
    model, budget = endpoint(url, folder, api=api), Budget()
    found = ask(model, tmp_path, asked(*NUMBERED), budget)
    print(f"{api}: {found[0].text!r}, {found[0].usage}")
    assert {each.finish for each in found} <= {"stop", "length"}, [each.error for each in found]
    assert all(each.text for each in found) and len({each.text for each in found}) > 8
    for each in found:
        assert each.usage is not None and not each.usage.estimated, each
        assert 0 < each.usage.tokens_out <= 25 and 0 < each.usage.tokens_in < 60
    assert (budget.spent.calls, budget.spent.failed) == (16, 0)
    again = ask(model, tmp_path, asked(*NUMBERED), budget)
    assert [each.text for each in again] == [each.text for each in found]
    assert budget.spent.calls == 16


def test_a_cut_answer_says_so_and_a_stop_text_ends_one(url: str, folder: Path, tmp_path: Path) -> None:
    cut = ask(endpoint(url, folder, max_tokens=5), tmp_path, asked(*NUMBERED[:4]))
    assert [each.finish for each in cut] == ["length"] * 4
    [whole] = ask(endpoint(url, folder, temperature=0.0), tmp_path, asked(NUMBERED[9]))
    [ended] = ask(endpoint(url, folder, temperature=0.0, stop=("return",)), tmp_path, asked(NUMBERED[9]))
    print(f"{whole.text!r} before 'return': {ended.text!r}")
    assert ended.finish == "stop"
    # The text itself is left in the answer by transformers serve, and cut by the client.
    assert ended.text == whole.text[: whole.text.index("return")]


def test_a_prompt_beyond_the_context_is_a_failed_answer_and_no_crash(
    url: str, folder: Path, tmp_path: Path
) -> None:
    [long] = ask(endpoint(url, folder, attempts=2), tmp_path, asked("x = 1\n" * 3000))
    print(f"too long: {long.finish} {long.error} {long.text!r}")
    assert ask(endpoint(url, folder), tmp_path, asked(*NUMBERED[:2]))[1].finish in ("stop", "length")


def test_generate_ends_cleanly_with_its_share_of_readable_answers(
    url: str, folder: Path, tmp_path: Path
) -> None:
    words = ["generate", "exercises", "-n", 6, "--out", tmp_path / "a.jsonl", "--teacher", url]
    words += ["--model", folder, "--journal", tmp_path / "j", "--teacher-set", "max_tokens=16"]
    words += ["--teacher-set", "concurrency=2"]
    done = hornbook(*words)
    print(done.stderr)
    assert "of the first 6 answers 0 could be read" in done.stderr
    fails(done, 3, "stopped, since less than 20 % could be read")


def test_greedy_answers_are_those_of_a_teacher_in_a_folder(url: str, folder: Path, tmp_path: Path) -> None:
    shape: dict[str, Any] = {"temperature": 0.0, "max_tokens": 20, "api": "completions"}
    # No continuation of these grows their last token, so they need no healing (generate.py), which servers lack.
    prompts = asked(PROMPT, TEXT.format(23).splitlines()[0], TEXT.format(64).removesuffix(" 64\n"))
    theirs = ask(endpoint(url, folder, **shape), tmp_path / "a", prompts)
    ours = ask(Checkpoint(folder=folder, threads=1, **shape), tmp_path / "b", prompts)
    print([each.text for each in theirs])
    assert [each.text for each in theirs] == [each.text for each in ours]
