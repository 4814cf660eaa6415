"""Llamas of anybody's, read for their hidden states: config.json, model.safetensors and tokenizer.json.

Our own models have one table for both ends and as many key heads as query heads. A head for the vocabulary of its
own is left aside here, and key heads that several query heads share are written out, so the states are the same as
transformers' (within rounding). Biases, scaled positions and heads of another width are refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer
from torch import Tensor

from hornbook.errors import UsageError
from hornbook.lm.export import config_of, read_settings, read_weights, with_weights
from hornbook.lm.model import Llama
from hornbook.lm.tokens import END_OF_TEXT

_EPS = 1e-6
"""What transformers takes where `rms_norm_eps` is not said."""


def load_for_states(folder: Path) -> Llama:
    """Return a model that computes the hidden states of the folder's; its `forward` is not that model's.

    Raises UsageError as `load_model` does.
    """
    settings = read_settings(folder)
    heads = settings.get("num_attention_heads")
    shared = settings.get("num_key_value_heads") or heads
    rope = settings.get("rope_parameters") or {"rope_theta": settings.get("rope_theta", 10_000.0)}
    settings = {"rms_norm_eps": _EPS, "rope_theta": rope.get("rope_theta")} | settings
    cfg = config_of(settings | {"num_key_value_heads": heads, "tie_word_embeddings": True}, folder)
    if not isinstance(shared, int) or shared < 1 or cfg.num_attention_heads % shared:
        raise UsageError(f"{folder} holds no llama: {heads!r} heads cannot share {shared!r} keys")
    weights = _written_out(read_weights(folder), cfg.head_dim, cfg.num_attention_heads // shared)
    return with_weights(cfg, weights, folder)


def _written_out(weights: Mapping[str, Tensor], head_dim: int, times: int) -> dict[str, Tensor]:
    found = {n: w for n, w in weights.items() if n != "lm_head.weight" and not n.endswith("inv_freq")}
    for name, weight in found.items():
        if times > 1 and name.endswith(("k_proj.weight", "v_proj.weight")):
            heads = weight.reshape(-1, head_dim, weight.shape[-1])
            found[name] = heads.repeat_interleave(times, dim=0).flatten(0, 1)
    return found


def load_reader(folder: Path) -> tuple[Tokenizer, int]:
    """Return a folder's tokenizer, and the id of what stands before each text.

    Special tokens spelt out in a text are ordinary text to it. Raises UsageError when there is no tokenizer.json.
    """
    path = folder / "tokenizer.json"
    if not path.is_file():
        raise UsageError(
            f"no tokenizer in {folder}: tokenizer.json is missing; save the fast tokenizer beside"
        )
    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as error:  # the library raises nothing more exact
        raise UsageError(f"{path} is not a tokenizer: {error}") from error
    tokenizer.encode_special_tokens = True
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer, _first_token(tokenizer, read_settings(folder), folder)


def _first_token(tokenizer: Tokenizer, settings: Mapping[str, Any], folder: Path) -> int:
    if (ours := tokenizer.token_to_id(END_OF_TEXT)) is not None:
        return int(ours)
    for name in ("bos_token_id", "eos_token_id"):
        ids = settings.get(name)
        if isinstance(first := ids[0] if isinstance(ids, list) and ids else ids, int):
            return first
    raise UsageError(f"{folder}: config.json names no bos_token_id and no eos_token_id; add one")
