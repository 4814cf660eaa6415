"""Llamas of anybody's, read for their hidden states: config.json, safetensors (one file or more), tokenizer.json.

Our own models have one table for both ends and as many key heads as query heads. A head for the vocabulary of its
own is left aside here, and key heads that several query heads share are written out, so the states are the same as
transformers' (within rounding). Biases, scaled positions, heads of another width and other kinds of models are
left to `transformers_reader`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor

from hornbook.errors import UsageError
from hornbook.lm.export import config_of, read_settings, read_weights, readable, with_weights
from hornbook.lm.model import Llama
from hornbook.lm.tokens import END_OF_TEXT

_INDEX = "model.safetensors.index.json"
"""Beside weights in several files: which weight is in which file."""
_EPS = 1e-6
"""What transformers takes where `rms_norm_eps` is not said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """A model with its tokenizer, as far as hidden states need them."""

    encode: Callable[[str], list[int]]
    """A text to its tokens; special ones that are spelt out in it are ordinary text."""
    hidden: Callable[[Tensor, Tensor], Tensor]
    """Ids and their mask (1, or 0 for padding on the right), both B x T, to the last states, B x T x D."""
    width: int
    """D."""
    context: int
    """Longest row in tokens, `before` and `after` included."""
    before: tuple[int, ...]
    """The tokens that stand before each row's text."""
    after: tuple[int, ...] = ()
    padding: int
    """The token that fills a row up."""


def llama_reader(folder: Path) -> Reader:
    """Return a reader of a llama, ours or anybody's, the weights in float32.

    Raises OtherModel for another kind or other parts, UsageError when a file is missing or damaged.
    """
    model = _load(folder)
    tokenizer, first = _load_tokenizer(folder)
    refuse_other_tokenizer(folder, tokenizer.get_vocab_size(with_added_tokens=False), model.cfg.vocab_size)
    return Reader(
        encode=lambda text: list(tokenizer.encode(text, add_special_tokens=False).ids),
        # Causal attention never looks at padding on the right.
        hidden=lambda ids_BT, mask_BT: model.hidden(ids_BT),
        width=model.cfg.hidden_size,
        context=model.cfg.max_position_embeddings,
        before=(first,),
        padding=first,
    )


def refuse_other_tokenizer(folder: Path, num_tokens: int, num_known: int | None) -> None:
    """Raise UsageError where a tokenizer has more tokens, added ones aside, than its model knows."""
    if num_known is not None and num_tokens > num_known:
        raise UsageError(
            f"{folder}: the tokenizer has {num_tokens:,} tokens, and the model knows {num_known:,}; save the "
            "model's own tokenizer beside it"
        )


def _load(folder: Path) -> Llama:
    """Return a model that computes the hidden states of the folder's; its logits are not that model's."""
    settings = read_settings(folder)
    heads = settings.get("num_attention_heads")
    shared = settings.get("num_key_value_heads") or heads
    rope = settings.get("rope_parameters") or {"rope_theta": settings.get("rope_theta", 10_000.0)}
    settings = {"rms_norm_eps": _EPS, "rope_theta": rope.get("rope_theta")} | settings
    cfg = config_of(settings | {"num_key_value_heads": heads, "tie_word_embeddings": True}, folder)
    if not isinstance(shared, int) or shared < 1 or cfg.num_attention_heads % shared:
        raise UsageError(f"{folder} holds no llama: {heads!r} heads cannot share {shared!r} keys")
    weights = _written_out(_weights(folder), cfg.head_dim, cfg.num_attention_heads // shared)
    return with_weights(cfg, weights, folder)


def _weights(folder: Path) -> dict[str, Tensor]:
    """Read the weights by name, from as many files as they are in. Raises UsageError."""
    if (folder / "model.safetensors").exists() or not (folder / _INDEX).exists():
        return read_weights(folder)
    with readable(folder):
        files = _files(folder / _INDEX)
        return {name: weight for file in files for name, weight in load_file(folder / file).items()}


def _files(index: Path) -> list[str]:
    """Return the files of weights that an index names. Raises UsageError."""
    found = orjson.loads(index.read_bytes())
    named = found.get("weight_map") if isinstance(found, dict) else None
    if not isinstance(named, dict) or not named:
        raise UsageError(f"{index} has no weight_map that names files; save the model again")
    if others := [file for file in named.values() if not isinstance(file, str) or Path(file).name != file]:
        raise UsageError(f"{index} names {others[0]!r}, which is not a file beside it")
    return sorted(set(named.values()))


def _written_out(weights: Mapping[str, Tensor], head_dim: int, times: int) -> dict[str, Tensor]:
    found = {n: w for n, w in weights.items() if n != "lm_head.weight" and not n.endswith("inv_freq")}
    for name, weight in found.items():
        if times > 1 and name.endswith(("k_proj.weight", "v_proj.weight")):
            heads = weight.reshape(-1, head_dim, weight.shape[-1])
            found[name] = heads.repeat_interleave(times, dim=0).flatten(0, 1)
    return found


def _load_tokenizer(folder: Path) -> tuple[Tokenizer, int]:
    """Return a folder's tokenizer, and the id of what stands before each text.

    Raises UsageError when there is no tokenizer.json.
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
