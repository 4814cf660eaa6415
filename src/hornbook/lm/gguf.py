"""A model as one GGUF file, which llama.cpp and what is built on it (llama-cpp-python, Ollama, LM Studio) read.

Written with llama.cpp's own `gguf` package. Its converter script knows published tokenizers by a hash of their
tokens and refuses all others, so the vocabulary, the merges and the rule for pre-tokens are written here. Reading
back is left to llama.cpp and transformers (tests/test_lm_export_interop.py). Layout:
https://github.com/ggml-org/ggml/blob/master/docs/gguf.md and llama.cpp's architecture "llama".
"""

from __future__ import annotations

import errno
import importlib.util
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import numpy.typing as npt
import orjson
from tokenizers import Tokenizer

from hornbook.errors import UsageError
from hornbook.lm.export import CHAT_TEMPLATE
from hornbook.lm.model import Llama, ModelConfig
from hornbook.lm.tokens import END_OF_TEXT, end_of_text

if TYPE_CHECKING:
    from gguf import GGMLQuantizationType, GGUFWriter

GgufPrecision = Literal["f32", "f16", "bf16", "q8_0"]
"""Type of the matrices; vectors stay f32. q8_0 holds 32 weights as whole numbers of 8 bits and one f16 scale."""

_NAMES = {
    "model.embed_tokens": "token_embd",
    "model.norm": "output_norm",
    "input_layernorm": "attn_norm",
    "self_attn.q_proj": "attn_q",
    "self_attn.k_proj": "attn_k",
    "self_attn.v_proj": "attn_v",
    "self_attn.o_proj": "attn_output",
    "post_attention_layernorm": "ffn_norm",
    "mlp.gate_proj": "ffn_gate",
    "mlp.up_proj": "ffn_up",
    "mlp.down_proj": "ffn_down",
}
_BLOCK = 32
"""Weights that share a scale in q8_0; a row must be a multiple of it."""


def save_gguf(model: Llama, tokenizer: Tokenizer, path: Path, precision: GgufPrecision = "f32") -> None:
    """Write the model and its tokenizer to one file, whole or not at all; what lies there is replaced.

    The head is the embedding, so it is not written: readers take the embedding where `output` is missing.
    Raises UsageError when the package gguf is not installed, when llama.cpp has no rule for the tokenizer's
    pre-tokens, or when q8_0 does not fit the width; OSError when it cannot be written.
    """
    if importlib.util.find_spec("gguf") is None:
        raise UsageError("the package gguf is not installed; run: pip install 'hornbook[gguf]'")

    partial = path.with_name(f".{path.name}.partial")
    try:
        _write(model, tokenizer, partial, path.stem, precision)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def _write(model: Llama, tokenizer: Tokenizer, path: Path, name: str, precision: GgufPrecision) -> None:
    from gguf import GGUFWriter

    writer = GGUFWriter(path, "llama")
    try:
        _add_shape(writer, model.cfg, name, precision)
        _add_tokenizer(writer, tokenizer)
        for key, weight in model.state_dict().items():
            _add_weight(writer, model.cfg, key, weight.float().numpy(), precision)
        writer.write_header_to_file()
        writer.write_kv_data_to_file()
        with _as_full(path):
            writer.write_tensors_to_file()
    finally:
        writer.close()


@contextmanager
def _as_full(path: Path) -> Iterator[None]:
    """Give an error of NumPy's writing the number that it leaves out: the disk took a part only."""
    try:
        yield
    except OSError as error:
        if error.errno is not None:
            raise
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path)) from error


def _add_shape(writer: GGUFWriter, cfg: ModelConfig, name: str, precision: GgufPrecision) -> None:
    from gguf import GGML_QUANT_VERSION

    if precision == "q8_0":
        _check_rows(cfg)
        writer.add_quantization_version(GGML_QUANT_VERSION)
    writer.add_name(name)
    writer.add_file_type(_file_type(precision))
    writer.add_vocab_size(cfg.vocab_size)
    writer.add_context_length(cfg.max_position_embeddings)
    writer.add_embedding_length(cfg.hidden_size)
    writer.add_block_count(cfg.num_hidden_layers)
    writer.add_feed_forward_length(cfg.intermediate_size)
    writer.add_head_count(cfg.num_attention_heads)
    writer.add_head_count_kv(cfg.num_attention_heads)
    writer.add_layer_norm_rms_eps(cfg.rms_norm_eps)
    writer.add_rope_dimension_count(cfg.head_dim)
    writer.add_rope_freq_base(cfg.rope_theta)


def _check_rows(cfg: ModelConfig) -> None:
    for width in (cfg.hidden_size, cfg.intermediate_size):
        if width % _BLOCK:
            raise UsageError(f"q8_0 needs widths in multiples of {_BLOCK}, not {width}; choose f16")


def _add_tokenizer(writer: GGUFWriter, tokenizer: Tokenizer) -> None:
    from gguf import TokenType

    settings = orjson.loads(tokenizer.to_str())
    ordered = sorted((id, token) for token, id in tokenizer.get_vocab().items())
    tokens = [token for _, token in ordered]
    writer.add_tokenizer_model("gpt2")  # byte-level BPE
    writer.add_tokenizer_pre(_pre_tokens(settings["pre_tokenizer"]))
    writer.add_token_list(tokens)
    writer.add_token_types([TokenType.CONTROL if t == END_OF_TEXT else TokenType.NORMAL for t in tokens])
    # Neither half of a merge holds a space: byte-level tokens spell it with another letter.
    writer.add_token_merges([" ".join(merge) for merge in settings["model"]["merges"]])
    separator = end_of_text(tokenizer)
    writer.add_bos_token_id(separator)
    writer.add_eos_token_id(separator)
    writer.add_pad_token_id(separator)
    # A document begins after a separator in training.
    writer.add_add_bos_token(True)
    writer.add_add_eos_token(False)
    writer.add_chat_template(CHAT_TEMPLATE)


def _pre_tokens(rule: dict[str, Any]) -> str:
    """Return llama.cpp's name (its src/llama-vocab.cpp has them all) for how text is cut before merging."""
    steps = rule["pretokenizers"] if rule["type"] == "Sequence" else [rule]
    plain = {"type": "ByteLevel", "add_prefix_space": False, "use_regex": True}
    digits = {"type": "Digits", "individual_digits": True}
    known = {"gpt-2": [plain], "smollm": [digits, plain]}
    # trim_offsets only decides which characters a token is said to cover.
    found = [{key: value for key, value in step.items() if key != "trim_offsets"} for step in steps]
    for name, wanted in known.items():
        if found == wanted:
            return name
    raise UsageError(
        f"no rule of llama.cpp is known for these pre-tokens: {found}; "
        "give byte-level ones, as they are or after single digits"
    )


def _add_weight(
    writer: GGUFWriter, cfg: ModelConfig, name: str, weight: npt.NDArray[np.float32], precision: GgufPrecision
) -> None:
    from gguf import GGMLQuantizationType
    from gguf.quants import quantize

    if name.endswith(("q_proj.weight", "k_proj.weight")):
        weight = _interleaved(weight, cfg.num_attention_heads)
    kind = _kind(precision) if weight.ndim == 2 else GGMLQuantizationType.F32
    writer.add_tensor(_gguf_name(name), np.ascontiguousarray(quantize(weight, kind)), raw_dtype=kind)


def _interleaved(weight: npt.NDArray[np.float32], heads: int) -> npt.NDArray[np.float32]:
    """Return the rows of each head as llama.cpp turns them: in pairs of neighbours, not of halves."""
    rows, columns = weight.shape
    halves = weight.reshape(heads, 2, rows // heads // 2, columns)
    return halves.swapaxes(1, 2).reshape(rows, columns)


def _gguf_name(name: str) -> str:
    """Return `blk.3.attn_q.weight` for `model.layers.3.self_attn.q_proj.weight`."""
    module = name.removesuffix(".weight")
    if found := re.fullmatch(r"model\.layers\.(\d+)\.(.+)", module):
        return f"blk.{found[1]}.{_NAMES[found[2]]}.weight"
    return f"{_NAMES[module]}.weight"


def _kind(precision: GgufPrecision) -> GGMLQuantizationType:
    from gguf import GGMLQuantizationType

    return GGMLQuantizationType[precision.upper()]


def _file_type(precision: GgufPrecision) -> int:
    from gguf import LlamaFileType

    return int(LlamaFileType["ALL_F32" if precision == "f32" else f"MOSTLY_{precision.upper()}"])
