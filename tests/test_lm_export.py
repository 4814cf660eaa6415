"""What stands in an exported folder and file; that other programs read them is test_lm_export_interop.py."""

from __future__ import annotations

import errno
import importlib.util
import json
import resource
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import jinja2
import numpy as np
import pytest
import torch
from gguf import GGUFReader, dequantize
from safetensors.torch import load_file
from taught_model import ODD_TEXTS, teach
from test_cli import fails, hornbook
from tokenizers import Tokenizer, pre_tokenizers

from hornbook.commands import export_folder
from hornbook.errors import UsageError
from hornbook.lm.export import CHAT_TEMPLATE, load_model, save_model
from hornbook.lm.gguf import save_gguf
from hornbook.lm.model import Llama
from hornbook.lm.serve_requests import read_chat
from hornbook.lm.tokens import END_OF_TEXT, end_of_text, load_tokenizer

BLOCK = {
    "attn_norm": "input_layernorm",
    "attn_q": "self_attn.q_proj",
    "attn_k": "self_attn.k_proj",
    "attn_v": "self_attn.v_proj",
    "attn_output": "self_attn.o_proj",
    "ffn_norm": "post_attention_layernorm",
    "ffn_gate": "mlp.gate_proj",
    "ffn_up": "mlp.up_proj",
    "ffn_down": "mlp.down_proj",
}
OUTER = {"token_embd": "model.embed_tokens", "output_norm": "model.norm"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return teach(tmp_path_factory.mktemp("taught"))


@pytest.fixture(scope="module")
def model(folder: Path) -> Llama:
    return load_model(folder)


@pytest.fixture(scope="module")
def tokenizer(folder: Path) -> Tokenizer:
    return load_tokenizer(folder)


def read_back(path: Path, model: Llama) -> dict[str, torch.Tensor]:
    """The file's weights in float32 under our names, with each head's rows put back in halves."""
    weights = {}
    for tensor in GGUFReader(path).tensors:
        parts = tensor.name.removesuffix(".weight").split(".")
        name = f"model.layers.{parts[1]}.{BLOCK[parts[2]]}" if parts[0] == "blk" else OUTER[parts[0]]
        weight = torch.tensor(dequantize(tensor.data, tensor.tensor_type))
        if name.endswith(("q_proj", "k_proj")):
            pairs = weight.view(model.cfg.num_attention_heads, -1, 2, weight.size(1))
            weight = torch.cat((pairs[:, :, 0], pairs[:, :, 1]), dim=1).flatten(0, 1)
        weights[f"{name}.weight"] = weight
    return weights


def field(path: Path, key: str) -> object:
    return GGUFReader(path).fields[key].contents()


@pytest.mark.parametrize(
    ("precision", "error"), [("f32", 0.0), ("f16", 5e-4), ("bf16", 4e-3), ("q8_0", 1e-2)]
)
def test_a_gguf_file_holds_the_weights_as_exactly_as_its_precision_can(
    model: Llama, tokenizer: Tokenizer, tmp_path: Path, precision: str, error: float
) -> None:
    path = tmp_path / "model.gguf"
    save_gguf(model, tokenizer, path, precision)
    back = read_back(path, model)
    assert back.keys() == model.state_dict().keys()
    for name, weight in model.state_dict().items():
        # Vectors stay exact; a weight of q8_0 is off by half a 127th of its block's largest at most.
        bound = error * weight.abs().max() if weight.ndim == 2 else 0.0
        assert (back[name] - weight).abs().max() <= bound, name


def test_smaller_precisions_make_smaller_files(model: Llama, tokenizer: Tokenizer, tmp_path: Path) -> None:
    sizes = []
    for precision in ("f32", "f16", "q8_0"):
        save_gguf(model, tokenizer, tmp_path / f"{precision}.gguf", precision)
        sizes.append((tmp_path / f"{precision}.gguf").stat().st_size)
    assert sizes[0] > 1.7 * sizes[1] > 1.7 * 1.5 * sizes[2]


def test_a_gguf_file_holds_the_tokenizer(model: Llama, tokenizer: Tokenizer, tmp_path: Path) -> None:
    path = tmp_path / "model.gguf"
    save_gguf(model, tokenizer, path)
    tokens = field(path, "tokenizer.ggml.tokens")
    assert [tokenizer.token_to_id(token) for token in tokens] == list(range(model.cfg.vocab_size))
    merges = [tuple(merge.split(" ")) for merge in field(path, "tokenizer.ggml.merges")]
    assert merges == [tuple(merge) for merge in json.loads(tokenizer.to_str())["model"]["merges"]]
    assert all(len(merge) == 2 for merge in merges)
    kinds = np.array(field(path, "tokenizer.ggml.token_type"))
    assert [tokens[i] for i in np.flatnonzero(kinds != 1)] == [END_OF_TEXT]
    assert field(path, "tokenizer.ggml.bos_token_id") == end_of_text(tokenizer)
    assert field(path, "tokenizer.ggml.add_bos_token") is True
    assert field(path, "tokenizer.ggml.pre") == "gpt-2"


def test_single_digits_have_a_rule_and_other_pre_tokens_are_refused(
    model: Llama, tokenizer: Tokenizer, tmp_path: Path
) -> None:
    changed = Tokenizer.from_str(tokenizer.to_str())
    byte_level = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)
    changed.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Digits(individual_digits=True), byte_level]
    )
    save_gguf(model, changed, tmp_path / "digits.gguf")
    assert field(tmp_path / "digits.gguf", "tokenizer.ggml.pre") == "smollm"
    changed.pre_tokenizer = pre_tokenizers.Whitespace()
    with pytest.raises(UsageError, match=r"no rule of llama\.cpp is known for these pre-tokens.*Whitespace"):
        save_gguf(model, changed, tmp_path / "other.gguf")
    assert [path.name for path in tmp_path.iterdir()] == ["digits.gguf"]


def test_q8_0_needs_rows_of_whole_blocks(tokenizer: Tokenizer, model: Llama, tmp_path: Path) -> None:
    odd = Llama(model.cfg.model_copy(update={"hidden_size": 48, "intermediate_size": 144}))
    with pytest.raises(UsageError, match="q8_0 needs widths in multiples of 32, not 48"):
        save_gguf(odd, tokenizer, tmp_path / "odd.gguf", "q8_0")
    save_gguf(odd, tokenizer, tmp_path / "odd.gguf", "f16")


def test_without_the_package_gguf_the_way_out_is_said(
    model: Llama, tokenizer: Tokenizer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(UsageError, match=r"pip install 'hornbook\[gguf\]'"):
        save_gguf(model, tokenizer, tmp_path / "model.gguf")


@contextmanager
def room_for(num_bytes: int) -> Iterator[None]:
    """Let no file grow beyond this size, as on a full disk."""
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (num_bytes, limit[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
        signal.signal(signal.SIGXFSZ, handler)


def test_a_gguf_file_that_the_disk_has_no_room_for_leaves_nothing_behind(
    model: Llama, tokenizer: Tokenizer, tmp_path: Path
) -> None:
    save_gguf(model, tokenizer, tmp_path / "fits.gguf")
    most = (tmp_path / "fits.gguf").stat().st_size - 5_000
    with room_for(most), pytest.raises(OSError, match="model.gguf") as caught:
        save_gguf(model, tokenizer, tmp_path / "model.gguf")
    assert caught.value.errno in (errno.ENOSPC, errno.EFBIG)
    assert [path.name for path in tmp_path.iterdir()] == ["fits.gguf"]


def test_an_exported_folder_that_the_disk_has_no_room_for_leaves_nothing_behind(
    folder: Path, tmp_path: Path
) -> None:
    most = (folder / "model.safetensors").stat().st_size - 5_000
    with room_for(most), pytest.raises(OSError, match="model.safetensors"):
        export_folder(folder, tmp_path / "exported", "f32")
    assert not list(tmp_path.iterdir())


def test_servers_begin_a_prompt_with_a_separator_and_we_do_not(folder: Path) -> None:
    served = Tokenizer.from_file(str(folder / "tokenizer.json"))
    end = end_of_text(served)
    for text in ODD_TEXTS:
        plain = served.encode(text, add_special_tokens=False).ids
        assert served.encode(text).ids == [end, *plain]
        if END_OF_TEXT not in text:
            assert load_tokenizer(folder).encode(text, add_special_tokens=False).ids == plain


def test_a_folder_lets_a_server_draw_at_the_temperature_that_a_client_asks_for(folder: Path) -> None:
    settings = json.loads((folder / "generation_config.json").read_text())
    # transformers draws only where do_sample says so, and among 50 tokens unless top_k says otherwise.
    assert (settings["do_sample"], settings["top_k"]) == (True, 0)


def test_a_chat_reads_the_same_to_other_servers_as_to_ours() -> None:
    said = ["import math", "", "def f(x):\n"]
    body = {"messages": [{"role": "user", "content": text} for text in said]}
    [ours] = read_chat(json.dumps(body).encode(), "any", 64).prompts
    assert jinja2.Template(CHAT_TEMPLATE).render(bos_token=END_OF_TEXT, **body) == END_OF_TEXT + ours


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"num_key_value_heads": 2}, "num_key_value_heads is 2; only 1"),
        ({"tie_word_embeddings": False}, "tie_word_embeddings is False"),
        ({"rope_scaling": {"type": "linear", "factor": 2.0}}, "rope_scaling is"),
        ({"rope_parameters": {"rope_theta": 5e5, "rope_type": "default"}}, "rope_parameters is"),
        ({"hidden_act": "gelu"}, "hidden_act is 'gelu'"),
        ({"model_type": "qwen2"}, "does not describe a llama"),
        ({"hidden_size": "wide"}, "hidden_size: Input should be a valid integer"),
        ({"num_hidden_layers": 3}, r"the shape of model\.layers\.2\..* is None"),
        ({"vocab_size": 77}, r"embed_tokens\.weight is \(\d+, 64\), and config\.json asks for \(77, 64\)"),
    ],
)
def test_a_model_that_ours_cannot_compute_is_refused_with_what_differs(
    folder: Path, tmp_path: Path, changed: dict[str, object], said: str
) -> None:
    shutil.copytree(folder, tmp_path / "other")
    path = tmp_path / "other" / "config.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | changed))
    with pytest.raises(UsageError, match=said):
        load_model(tmp_path / "other")


@pytest.mark.parametrize("precision", ["f32", "bf16", "f16"])
def test_a_folder_holds_the_precision_it_names(
    model: Llama, tokenizer: Tokenizer, tmp_path: Path, precision: str
) -> None:
    save_model(model, tokenizer, tmp_path, precision)
    [kind] = {weight.dtype for weight in load_file(tmp_path / "model.safetensors").values()}
    assert str(kind) == "torch." + json.loads((tmp_path / "config.json").read_text())["torch_dtype"]
    back = load_model(tmp_path).state_dict()
    assert all(torch.equal(back[name], w.to(kind).float()) for name, w in model.state_dict().items())


def test_the_command_writes_both_formats(folder: Path, tmp_path: Path) -> None:
    step = folder.parent  # the folder of a training step serves as well as the model's own
    done = hornbook("export", step, "--format", "gguf", "--out", tmp_path / "new" / "m.gguf")
    assert done.returncode == 0, done.stderr
    assert field(tmp_path / "new" / "m.gguf", "general.file_type") == 0
    done = hornbook("export", folder, "--format", "hf", "--precision", "bf16", "--out", tmp_path / "hf")
    assert done.returncode == 0, done.stderr
    assert load_model(tmp_path / "hf").cfg == load_model(folder).cfg
    assert sorted(path.name for path in tmp_path.iterdir()) == ["hf", "new"]


def test_a_prompt_that_is_no_text_or_too_long_is_said(folder: Path) -> None:
    fails(hornbook("complete", folder, "\udcff def"), 2, "the prompt is not UTF-8 text")
    done = hornbook("complete", folder, "x = 1\n" * 99, "--max-new-tokens", "2")
    assert done.returncode == 0 and "context of 64 tokens" in done.stderr


def test_the_command_refuses_what_does_not_fit(folder: Path, tmp_path: Path) -> None:
    def export(form: str, out: Path, *words: str) -> object:
        return hornbook("export", folder, "--format", form, "--out", out, *words)

    fails(export("hf", tmp_path), 2, "exists already; nothing was written")
    fails(export("gguf", tmp_path / "model.bin"), 2, "must end in .gguf")
    fails(export("hf", tmp_path / "hf", "--precision", "q8_0"), 2, "q8_0 is for --format gguf")
    assert list(tmp_path.iterdir()) == []
