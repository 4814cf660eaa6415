"""Other programs read what we export, and answer as we do: transformers, its server, llama.cpp and its server.

`make test` sets none of them up (transformers takes 170 MB, llama.cpp ten CPU minutes to compile). To run all:

    .venv/bin/python -m pip install -e '.[interop]' 'llama-cpp-python[server]==0.3.36'
    .venv/bin/python -m pytest tests/test_lm_export_interop.py -n 0 -rs
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from taught_model import ODD_TEXTS, PROMPT, TEXT, teach
from tokenizers import Tokenizer, pre_tokenizers

from hornbook.lm.export import load_model, save_model
from hornbook.lm.generate import Generator
from hornbook.lm.gguf import save_gguf
from hornbook.lm.model import Llama, ModelConfig
from hornbook.lm.tokens import end_of_text, load_tokenizer

pytestmark = pytest.mark.slow
FILE = "model.gguf"
STARTUP_SECONDS = 240
"""transformers' server takes 20 s on an idle core."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A trained model, with its GGUF file beside it."""
    folder = teach(tmp_path_factory.mktemp("taught"))
    save_gguf(load_model(folder), load_tokenizer(folder), folder / FILE)
    return folder


@pytest.fixture(scope="module")
def sharp(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model with several heads and strong weights: a wrong order of rows or angles shows in its logits."""
    cfg = ModelConfig(
        vocab_size=load_tokenizer(folder).get_vocab_size(),
        hidden_size=128,
        intermediate_size=352,
        num_hidden_layers=3,
        num_attention_heads=4,
        max_position_embeddings=128,
        rope_theta=5_000.0,
    )
    model = Llama(cfg, seed=1)
    with torch.no_grad():
        for weight in model.parameters():
            weight.mul_(5.0 if weight.ndim == 2 else 1.3)
    out = tmp_path_factory.mktemp("sharp")
    save_model(model, load_tokenizer(folder), out)
    save_gguf(model, load_tokenizer(folder), out / FILE)
    return out


def drawn_ids(rows: int = 2) -> torch.Tensor:
    return torch.randint(0, 400, (rows, 100), generator=torch.Generator().manual_seed(0))


@torch.no_grad()
def our_logits(folder: Path, ids: torch.Tensor) -> torch.Tensor:
    model = load_model(folder)
    return model.logits(model.hidden(ids))


@pytest.mark.parametrize("gguf", [None, FILE])
def test_transformers_computes_our_logits(sharp: Path, gguf: str | None) -> None:
    transformers = pytest.importorskip("transformers")
    if gguf:
        pytest.importorskip("accelerate")
    theirs = transformers.AutoModelForCausalLM.from_pretrained(sharp, gguf_file=gguf)
    assert type(theirs).__name__ == "LlamaForCausalLM"
    ours = our_logits(sharp, drawn_ids())
    assert ours.std() > 1.0
    with torch.no_grad():
        torch.testing.assert_close(theirs(drawn_ids()).logits, ours, rtol=0.0, atol=1e-4)


@pytest.mark.parametrize("gguf", [None, FILE])
@pytest.mark.parametrize("text", ODD_TEXTS)
def test_transformers_cuts_texts_into_our_tokens(folder: Path, gguf: str | None, text: str) -> None:
    transformers = pytest.importorskip("transformers")
    theirs = transformers.AutoTokenizer.from_pretrained(folder, gguf_file=gguf)
    ours = load_tokenizer(folder)
    ids = ours.encode(text, add_special_tokens=False).ids
    assert theirs(text)["input_ids"] == [end_of_text(ours), *ids]
    assert theirs.decode(ids) == text


def test_a_chat_is_its_texts_with_a_blank_line_between(folder: Path) -> None:
    transformers = pytest.importorskip("transformers")
    theirs = transformers.AutoTokenizer.from_pretrained(folder)
    chat = [{"role": "system", "content": "import math\n"}, {"role": "user", "content": PROMPT}]
    shown = theirs.apply_chat_template(chat, tokenize=False)
    assert shown == f"{theirs.bos_token}import math\n\n\n{PROMPT}"


def test_transformers_draws_from_the_whole_distribution_at_the_temperature_asked_for(folder: Path) -> None:
    transformers = pytest.importorskip("transformers")
    theirs = transformers.AutoModelForCausalLM.from_pretrained(folder)
    ids = torch.full((256, 1), end_of_text(load_tokenizer(folder)))
    seen = torch.ones_like(ids)
    with torch.no_grad():
        likeliest = theirs(ids[:1]).logits[0, -1].topk(50).indices
        torch.manual_seed(0)
        hot = theirs.generate(ids, attention_mask=seen, temperature=100.0, max_new_tokens=1)[:, -1]
        cold = theirs.generate(ids, attention_mask=seen, temperature=1e-3, max_new_tokens=1)[:, -1]
    assert (cold == likeliest[0]).all()
    assert len(set(hot.tolist()) - set(likeliest.tolist())) > 20


def llama_cpp(path: Path, **settings: Any) -> contextlib.closing[Any]:
    """The file opened by llama.cpp; it must be closed before the interpreter ends."""
    package = pytest.importorskip("llama_cpp")
    return contextlib.closing(package.Llama(str(path), n_ctx=128, n_threads=1, verbose=False, **settings))


def test_llama_cpp_computes_our_logits(sharp: Path) -> None:
    [ids] = drawn_ids(rows=1)
    with llama_cpp(sharp / FILE, logits_all=True) as theirs:
        theirs.eval(ids.tolist())
        logits = torch.tensor(np.array(theirs.scores[: len(ids)]))
    ours = our_logits(sharp, ids[None])[0]
    # Its cache of keys and values is f16, so it cannot agree to 1e-4.
    difference = logits - ours
    assert difference.abs().max() < 0.02 * ours.std()


@pytest.mark.parametrize("text", [text for text in ODD_TEXTS if text])
@pytest.mark.parametrize("digits", [False, True])
def test_llama_cpp_cuts_texts_into_our_tokens(folder: Path, tmp_path: Path, digits: bool, text: str) -> None:
    pytest.importorskip("llama_cpp")
    ours, path = load_tokenizer(folder), folder / FILE
    if digits:
        ours, path = with_single_digits(ours), tmp_path / FILE
        save_gguf(load_model(folder), ours, path)
    with llama_cpp(path, vocab_only=True) as theirs:
        ids = theirs.tokenize(text.encode(), add_bos=False)
    assert ids == ours.encode(text, add_special_tokens=False).ids


def with_single_digits(tokenizer: Tokenizer) -> Tokenizer:
    changed = Tokenizer.from_str(tokenizer.to_str())
    changed.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Digits(individual_digits=True),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True),
        ]
    )
    return changed


def transformers_serve(folder: Path, port: int) -> list[str]:
    pytest.importorskip("transformers")
    pytest.importorskip("fastapi")
    pytest.importorskip("openai")
    program = "from transformers.cli.transformers import main; main()"
    return [sys.executable, "-c", program, "serve", str(folder), "--device", "cpu", "--port", str(port)]


def llama_cpp_server(folder: Path, port: int) -> list[str]:
    pytest.importorskip("llama_cpp")
    pytest.importorskip("starlette_context")
    options = ["--model", str(folder / FILE), "--model_alias", str(folder), "--port", str(port)]
    return [sys.executable, "-m", "llama_cpp.server", *options, "--n_ctx", "64", "--n_threads", "1"]


@contextlib.contextmanager
def served(command: list[str], port: int, log: Path, path: str = "/openapi.json") -> Iterator[str]:
    """Start a server, wait until it answers at `path`, and yield its address."""
    env = os.environ | {"HF_HUB_OFFLINE": "1", "OMP_NUM_THREADS": "1"}
    url = f"http://127.0.0.1:{port}"
    with log.open("wb") as file:
        server = subprocess.Popen(command, stdout=file, stderr=subprocess.STDOUT, env=env)
    try:
        deadline = time.monotonic() + STARTUP_SECONDS
        while not answers(url + path):
            assert server.poll() is None, log.read_text()
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.2)
        yield url
    finally:
        server.kill()
        server.wait()


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5):
            return True
    except (OSError, urllib.error.URLError):
        return False


def posted(url: str, body: dict[str, Any]) -> dict[str, Any]:
    body = {"max_tokens": 20, "temperature": 0, "stream": False} | body
    request = urllib.request.Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=120) as answer:
        return json.load(answer)


# llama.cpp's server would punish a token for having been used; the other one refuses fields that it does not know.
@pytest.mark.parametrize(
    ("server", "greedy"), [(transformers_serve, {}), (llama_cpp_server, {"repeat_penalty": 1.0})]
)
def test_a_server_completes_as_we_do(
    folder: Path, tmp_path: Path, server: Any, greedy: dict[str, Any]
) -> None:
    # No continuation of these grows their last token, so they need no healing (generate.py), which servers lack.
    prompts = [PROMPT, TEXT.format(23).splitlines()[0], TEXT.format(64).removesuffix(" 64\n")]
    ours = [
        texts[0] for texts in Generator(folder, threads=1).complete(prompts, max_new_tokens=20, stop="end")
    ]
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with served(server(folder, port), port, tmp_path / "server.log") as url:
        for prompt, text in zip(prompts, ours, strict=True):
            assert text
            asked = {"model": str(folder), "prompt": prompt} | greedy
            answer = posted(f"{url}/v1/completions", asked)
            print(f"{server.__name__}: {prompt!r} -> {answer['choices'][0]['text']!r}")
            assert answer["choices"][0]["text"] == text
        chat = {"model": str(folder), "messages": [{"role": "user", "content": PROMPT}]} | greedy
        answer = posted(f"{url}/v1/chat/completions", chat)
        assert answer["choices"][0]["message"]["content"] == ours[0]
