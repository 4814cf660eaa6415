from __future__ import annotations

import http.client
import json
import os
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import torch

from hornbook.lm.export import save_model
from hornbook.lm.generate import Generator
from hornbook.lm.model import Llama, ModelConfig
from hornbook.lm.sampling import Sampling
from hornbook.lm.tokens import TokenizerConfig, load_tokenizer, train_tokenizer
from hornbook.record import Record, write_shard
from hornbook.step import Context

CODE = "def total(values):\n    return sum(value for value in values)\n\n\nprint(total([1, 2]), 'é')\n"
PROMPTS = ["def f(x):\n", "x = ", "print('é", "", "a b c d e f g\n", "    return"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model of random weights, wide enough that its samples differ."""
    root = tmp_path_factory.mktemp("served")
    record = Record(text=CODE * 20, kind="code", source="test", license="CC0-1.0")
    write_shard(root / "records" / "00000.parquet", [record])
    train_tokenizer(TokenizerConfig(vocab_size=300), out=root, ctx=Context(workers=1), code=root)
    tokenizer = load_tokenizer(root)
    shape = {"hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 2, "num_attention_heads": 2}
    vocabulary = tokenizer.get_vocab_size()
    model = Llama(ModelConfig(vocab_size=vocabulary, max_position_embeddings=96, **shape), seed=1)
    with torch.no_grad():
        for weight in model.parameters():
            weight.mul_(8.0 if weight.ndim == 2 else 1.0)
    save_model(model, tokenizer, root / "tiny")
    return root / "tiny"


class Server:
    """`hornbook serve` in a process of its own."""

    def __init__(self, folder: Path, *options: str) -> None:
        command = [sys.executable, "-m", "hornbook", "serve", str(folder), "--port", "0", "--threads", "1"]
        self.process = subprocess.Popen(
            [*command, *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        self.line = self.process.stdout.readline()
        assert self.line, self.process.stderr.read()
        self.port = int(self.line.split("/v1")[0].rpartition(":")[2])

    def ask(self, path: str, body: object = None, **headers: str) -> tuple[int, Any]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        data = body if isinstance(body, bytes | None) else json.dumps(body).encode()
        named = {"Content-Type": "application/json"} | {k.replace("_", "-"): v for k, v in headers.items()}
        connection.request("GET" if body is None else "POST", path, data, named)
        answer = connection.getresponse()
        text = answer.read()
        connection.close()
        return answer.status, json.loads(text) if text[:1] == b"{" else text.decode()

    def stop(self, number: int) -> tuple[int, str]:
        self.process.send_signal(number)
        _, errors = self.process.communicate(timeout=60)
        return self.process.returncode, errors


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Server]:
    running = Server(folder)
    yield running
    code, errors = running.stop(signal.SIGINT)
    assert (code, errors) == (0, "stopped\n")


def test_the_server_names_its_model_its_context_and_its_health(server: Server, folder: Path) -> None:
    assert "tiny" in server.line
    status, models = server.ask("/v1/models")
    assert (status, [model["id"] for model in models["data"]]) == (200, ["tiny"])
    assert models["data"][0]["max_model_len"] == Generator(folder, threads=1).context
    assert server.ask("/health") == (200, {"status": "ok"})


def test_a_completion_is_what_the_generator_writes_for_the_seed(server: Server, folder: Path) -> None:
    sampling = Sampling(max_new_tokens=12, temperature=0.8, top_p=0.9, stop="end")
    expected = Generator(folder, threads=1).samples(PROMPTS, sampling, num_samples=2, seed=5)
    body = {"prompt": PROMPTS, "n": 2, "seed": 5, "max_tokens": 12, "temperature": 0.8, "top_p": 0.9}
    status, answer = server.ask("/v1/completions", {"model": "tiny", "user": "me", **body})
    assert status == 200
    samples = [sample for group in expected for sample in group]
    choices = answer["choices"]
    assert [choice["text"] for choice in choices] == [sample.text for sample in samples]
    assert [choice["finish_reason"] for choice in choices] == [sample.finish for sample in samples]
    assert [choice["index"] for choice in choices] == list(range(2 * len(PROMPTS)))
    tokenizer = load_tokenizer(folder)
    read = sum(len(tokenizer.encode(prompt, add_special_tokens=False).ids) for prompt in PROMPTS)
    written = sum(sample.num_tokens for sample in samples)
    usage = {"prompt_tokens": read, "completion_tokens": written, "total_tokens": read + written}
    assert answer["usage"] == usage


def test_answers_do_not_depend_on_requests_beside_them(server: Server) -> None:
    bodies = [
        {
            "prompt": PROMPTS[n % len(PROMPTS)],
            "seed": n,
            "max_tokens": 5 + n,
            "temperature": n % 3 / 2,
            "n": 3,
        }
        for n in range(24)
    ]
    alone = [server.ask("/v1/completions", body)[1]["choices"] for body in bodies]
    together: dict[int, Any] = {}

    def ask(n: int) -> None:
        together[n] = server.ask("/v1/completions", bodies[n])[1]["choices"]

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(len(bodies))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [together[n] for n in range(len(bodies))] == alone
    assert len({choice["text"] for choices in alone for choice in choices}) > 24


def test_a_request_without_a_seed_is_drawn_anew(server: Server) -> None:
    body = {"prompt": "x = ", "max_tokens": 20}
    texts = {server.ask("/v1/completions", body)[1]["choices"][0]["text"] for _ in range(3)}
    assert len(texts) > 1


def test_a_lone_chat_message_is_the_prompt_itself(server: Server) -> None:
    shared = {"seed": 1, "max_tokens": 10, "temperature": 0.5}
    _, plain = server.ask("/v1/completions", {"prompt": "one\n\ntwo", **shared})
    for messages in (
        [{"role": "user", "content": "one\n\ntwo"}],
        [
            {"role": "system", "content": "one"},
            {"role": "user", "content": [{"type": "text", "text": "two"}]},
        ],
    ):
        status, answer = server.ask("/v1/chat/completions", {"messages": messages, **shared})
        assert status == 200
        message = answer["choices"][0]["message"]
        assert (message["role"], message["content"]) == ("assistant", plain["choices"][0]["text"])
        assert answer["usage"] == plain["usage"]


def test_a_stop_string_ends_the_answer_before_it(server: Server) -> None:
    body = {"prompt": "x = ", "seed": 2, "max_tokens": 30}
    text = server.ask("/v1/completions", body)[1]["choices"][0]["text"]
    stop = text.split("\ufffd")[0][1:3]
    for value in (stop, ["\0never", stop]):
        [choice] = server.ask("/v1/completions", {**body, "stop": value})[1]["choices"]
        assert (choice["text"], choice["finish_reason"]) == (text[: text.index(stop)], "stop")


def test_log_probabilities_come_in_the_form_of_each_endpoint(server: Server) -> None:
    shared = {"seed": 1, "max_tokens": 6}
    [choice] = server.ask("/v1/completions", {"prompt": "", "logprobs": 2, **shared})[1]["choices"]
    found = choice["logprobs"]
    assert len(found["tokens"]) == len(found["token_logprobs"]) == len(found["text_offset"]) == 6
    assert all(len(top) == 2 and max(top.values()) <= 0 for top in found["top_logprobs"])
    messages = [{"role": "user", "content": ""}]
    body = {"messages": messages, "logprobs": True, "top_logprobs": 2, **shared}
    [chat] = server.ask("/v1/chat/completions", body)[1]["choices"]
    content = chat["logprobs"]["content"]
    assert [token["logprob"] for token in content] == pytest.approx(found["token_logprobs"], abs=1e-4)
    assert bytes(sum((token["bytes"] for token in content), [])).decode(errors="replace") == choice["text"]


def events(text: str) -> list[Any]:
    lines = [line.removeprefix("data: ") for line in text.split("\n\n") if line]
    assert lines.pop() == "[DONE]"
    return [json.loads(line) for line in lines]


def test_a_stream_is_the_answer_in_parts(server: Server) -> None:
    shared = {"seed": 3, "max_tokens": 25, "n": 2, "stop": ["zz", "\n\n"]}
    _, whole = server.ask("/v1/completions", {"prompt": "print('é", **shared})
    options = {"stream": True, "stream_options": {"include_usage": True}}
    _, text = server.ask("/v1/completions", {"prompt": "print('é", **shared, **options})
    *parts, count = events(text)
    assert count["usage"] == whole["usage"]
    chat = {"messages": [{"role": "user", "content": "print('é"}], "stream": True, **shared}
    chunks = events(server.ask("/v1/chat/completions", chat)[1])
    for choice in whole["choices"]:
        mine = [part["choices"][0] for part in parts if part["choices"][0]["index"] == choice["index"]]
        assert "".join(part["text"] for part in mine) == choice["text"]
        assert [part["finish_reason"] for part in mine if part["finish_reason"]] == [choice["finish_reason"]]
        deltas = [c["choices"][0]["delta"] for c in chunks if c["choices"][0]["index"] == choice["index"]]
        assert deltas[0]["role"] == "assistant"
        assert "".join(delta.get("content", "") for delta in deltas) == choice["text"]
    assert len(parts) > 10


@pytest.mark.parametrize(
    ("path", "body", "param", "status"),
    [
        ("completions", {"prompt": "x", "frequency_penalty": 0.5}, "frequency_penalty", 400),
        ("completions", {"prompt": "x", "echo": True}, "echo", 400),
        ("completions", {"prompt": "x", "no_such": 1}, "no_such", 400),
        ("completions", {"prompt": "x", "max_tokens": 0}, "max_tokens", 400),
        ("completions", {"prompt": "x", "max_tokens": "9"}, "max_tokens", 400),
        ("completions", {"prompt": "x", "temperature": 3}, "temperature", 400),
        ("completions", {"prompt": "x", "stop": ["a", "b", "c", "d", "e"]}, "stop", 400),
        ("completions", {"prompt": "x", "stop": ""}, "stop", 400),
        ("completions", {"prompt": "x", "n": 0}, "n", 400),
        ("completions", {"prompt": [1, 2]}, "prompt", 400),
        ("completions", {"prompt": "x", "stream": True, "logprobs": 1}, "logprobs", 400),
        ("completions", {"prompt": "x", "model": "gpt"}, "model", 404),
        ("completions", {}, "prompt", 400),
        ("chat/completions", {"messages": []}, "messages", 400),
        ("chat/completions", {"messages": [{"role": "tool", "content": "x"}]}, "messages", 400),
        ("chat/completions", {"messages": [{"role": "user", "content": "x"}], "tools": [{}]}, "tools", 400),
        (
            "chat/completions",
            {"messages": [{"role": "user", "content": "x"}], "top_logprobs": 2},
            "top_logprobs",
            400,
        ),
    ],
)
def test_what_would_change_the_answer_and_cannot_be_served_is_refused_by_name(
    server: Server, path: str, body: dict[str, Any], param: str, status: int
) -> None:
    found, answer = server.ask(f"/v1/{path}", body)
    assert (found, answer["error"]["param"], answer["error"]["type"]) == (
        status,
        param,
        "invalid_request_error",
    )
    assert param in answer["error"]["message"]


def test_values_that_ask_for_nothing_are_accepted(server: Server) -> None:
    neutral = {
        "frequency_penalty": 0,
        "echo": False,
        "logit_bias": None,
        "suffix": None,
        "metadata": {"a": "b"},
    }
    assert server.ask("/v1/completions", {"prompt": "x", "max_tokens": 1, **neutral})[0] == 200


def test_a_prompt_longer_than_the_context_is_refused_with_numbers(server: Server) -> None:
    status, answer = server.ask("/v1/completions", {"prompt": "x " * 300})
    error = answer["error"]
    assert (status, error["code"]) == (400, "context_length_exceeded")
    assert "96" in error["message"] and "94" in error["message"]
    status, answer = server.ask("/v1/completions", {"prompt": "a" * 4_000_000})
    assert (status, answer["error"]["code"]) == (400, "context_length_exceeded")
    assert "at least" in answer["error"]["message"]
    fits = {"prompt": "\n x" * 30, "max_tokens": 90, "temperature": 0}
    status, answer = server.ask("/v1/completions", fits)
    assert (status, answer["choices"][0]["finish_reason"]) == (200, "length")


def test_what_is_no_request_gets_an_error_object(server: Server) -> None:
    assert server.ask("/v1/completions", b"{")[0] == 400
    assert server.ask("/v1/completions", b"[]")[0] == 400
    assert server.ask("/v1/completions", {"prompt": "x"}, Content_Type="text/plain")[0] == 415
    assert server.ask("/v1/completions", b" " * 5_000_000)[0] == 413
    for path, status in (("/v1/nothing", 404), ("/v1/completions", 405)):
        found, answer = server.ask(path)
        assert (found, answer["error"]["type"]) == (status, "invalid_request_error")


def test_a_short_request_does_not_wait_for_all_of_a_long_one(server: Server) -> None:
    long = json.dumps({"prompt": ["x"] * 16, "n": 100, "max_tokens": 90}).encode()
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=240)
    connection.request("POST", "/v1/completions", long, {"Content-Type": "application/json"})
    assert server.ask("/v1/completions", {"prompt": "x", "max_tokens": 2})[0] == 200
    ready, _, _ = select.select([connection.sock], [], [], 0)
    assert not ready, "the long request was answered first"
    connection.close()
    most, answer = server.ask("/v1/completions", {"prompt": ["x"] * 128, "n": 128})
    assert most == 400 and "16,384" in answer["error"]["message"]


def test_a_client_that_leaves_does_not_hold_up_the_others(server: Server) -> None:
    body = json.dumps({"prompt": "x", "max_tokens": 90, "n": 128, "stream": True}).encode()
    for _ in range(5):
        connection = http.client.HTTPConnection("127.0.0.1", server.port)
        connection.request("POST", "/v1/completions", body, {"Content-Type": "application/json"})
        connection.getresponse().read(10)
        connection.close()
    assert server.ask("/v1/completions", {"prompt": "x", "max_tokens": 2})[0] == 200


def test_samples_that_nobody_waits_for_any_more_leave_room_for_others(server: Server) -> None:
    most = {"prompt": ["x"] * 32, "n": 128, "max_tokens": 90}
    connection = http.client.HTTPConnection("127.0.0.1", server.port)
    connection.request("POST", "/v1/completions", json.dumps(most), {"Content-Type": "application/json"})
    full = {"prompt": ["x"] * 32, "n": 127, "max_tokens": 1}
    while server.ask("/v1/completions", full)[0] != 429:
        pass  # until the first request waits
    connection.close()
    deadline = time.monotonic() + 60
    while server.ask("/v1/completions", full)[0] == 429 and time.monotonic() < deadline:
        time.sleep(0.1)
    assert time.monotonic() < deadline, "the samples still count as waiting"


def cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def test_many_faults_are_not_all_listed(server: Server) -> None:
    begun = cpu_seconds(server.process.pid)
    status, answer = server.ask("/v1/chat/completions", {"messages": [{}] * 1_000_000})
    assert (status, answer["error"]["param"]) == (400, "messages")
    assert cpu_seconds(server.process.pid) - begun < 5


def test_the_openai_client_understands_the_server(server: Server) -> None:
    openai = pytest.importorskip("openai", reason="the openai package is not installed")
    client = openai.OpenAI(base_url=f"http://127.0.0.1:{server.port}/v1", api_key="none", max_retries=0)
    assert [model.id for model in client.models.list()] == ["tiny"]
    messages = [{"role": "user", "content": "x = "}]
    shared = {"model": "tiny", "messages": messages, "seed": 4, "max_completion_tokens": 15}
    whole = client.chat.completions.create(**shared, logprobs=True, top_logprobs=3)
    assert len(whole.choices[0].logprobs.content[0].top_logprobs) == 3
    assert whole.usage.completion_tokens == 15 or whole.choices[0].finish_reason == "stop"
    stream = client.chat.completions.create(**shared, stream=True)
    text = "".join(chunk.choices[0].delta.content or "" for chunk in stream)
    assert text == whole.choices[0].message.content
    with pytest.raises(openai.BadRequestError, match="presence_penalty"):
        client.chat.completions.create(**shared, presence_penalty=1.0)


def test_a_port_in_use_is_told_in_one_line(server: Server, folder: Path) -> None:
    command = [sys.executable, "-m", "hornbook", "serve", str(folder), "--port", str(server.port)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert ended.returncode == 2
    assert ended.stderr.startswith("hornbook: cannot listen on 127.0.0.1")
    assert str(server.port) in ended.stderr and ended.stderr.count("\n") == 1


def test_other_addresses_are_warned_of_and_open_requests_do_not_stop_the_stop(folder: Path) -> None:
    running = Server(folder, "--host", "0.0.0.0", "--name", "other")
    assert running.ask("/v1/models")[1]["data"][0]["id"] == "other"
    connection = http.client.HTTPConnection("127.0.0.1", running.port, timeout=60)
    many = json.dumps({"prompt": ["x"] * 64, "n": 64, "max_tokens": 90}).encode()
    connection.request("POST", "/v1/completions", many, {"Content-Type": "application/json"})
    assert running.ask("/v1/completions", {"prompt": "x", "max_tokens": 1})[0] in (200, 429)
    code, errors = running.stop(signal.SIGTERM)
    answer = connection.getresponse()
    assert (answer.status, json.loads(answer.read())["error"]["type"]) == (503, "server_error")
    connection.close()
    assert code == 0
    warning, stopped = errors.splitlines()
    assert "0.0.0.0 can be reached from other machines" in warning
    assert stopped == "stopped"
