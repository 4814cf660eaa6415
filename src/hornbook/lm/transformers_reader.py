"""Models of any kind that transformers loads, read for their hidden states: GPT-2, BERT, Qwen2, T5's encoder.

Nothing is fetched and no code of the folder runs: local files, safetensors, the library's own classes. A row is
what the model's tokenizer makes of a text ([CLS] ... [SEP]); where it puts nothing before one, the model's first
token stands there, as with our own models.
"""

from __future__ import annotations

import importlib
import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import orjson
import torch
from torch import Tensor, nn

from hornbook.errors import TrainingUnavailable, UsageError
from hornbook.lm.export import readable
from hornbook.lm.foreign import Reader, refuse_other_tokenizer

_CONTEXT = 2048
"""Tokens of a row at most, for models that take more or do not say: attention takes the square of it."""
_SAFE: Mapping[str, bool] = {"local_files_only": True, "trust_remote_code": False}
_LIMITS = ("max_position_embeddings", "n_positions", "max_seq_len")
"""Where configs say how many tokens their models take (n_positions: T5, seq_len: MPT)."""


def transformers_reader(folder: Path, why: str) -> Reader:
    """Return a reader of a causal model, an encoder, or the encoder of a model that has both, in float32.

    `why` says why it needs transformers. Raises TrainingUnavailable where that is missing, UsageError for what it
    does not load, for weights that are not there, and for models without hidden states of tokens.
    """
    library = _library(why)
    try:
        model = _load(library, folder)
        tokenizer = _load_tokenizer(library, folder)
    except UsageError:
        raise
    except Exception as error:  # a border: each model's class and each tokenizer has errors of its own
        raise _cannot_load(library, folder, error) from error
    refuse_other_tokenizer(folder, tokenizer.vocab_size, getattr(model.config, "vocab_size", None))
    before, after = _around(tokenizer, model.config, folder)

    def hidden(ids_BT: Tensor, mask_BT: Tensor) -> Tensor:
        states: Tensor = model(input_ids=ids_BT, attention_mask=mask_BT).last_hidden_state
        return states

    return Reader(
        encode=lambda text: _encode(tokenizer, text),
        hidden=hidden,
        width=_width(model, folder),
        context=_context(model, tokenizer),
        before=before,
        after=after,
        padding=next((i for i in (tokenizer.pad_token_id, *before) if i is not None), 0),
    )


def _cannot_load(library: Any, folder: Path, error: Exception) -> UsageError:
    if "trust_remote_code" in str(error):  # auto_map alone says little: many a model that is known has one
        with readable(folder):
            own = orjson.loads((folder / "config.json").read_bytes()).get("auto_map")
        named = ", ".join(map(str, own.values())) if isinstance(own, dict) else str(own)
        return UsageError(
            f"{folder}: its config.json (auto_map) asks for code of its own ({named}), and code of a folder is "
            "never run; give a model of a kind that transformers has itself"
        )
    said = str(error).strip().partition("\n")[0].rstrip(".")
    return UsageError(
        f"transformers {library.__version__} cannot load {folder}: {type(error).__name__}: {said}; save the model "
        "again by its save_pretrained, which writes safetensors, or give another"
    )


def _library(why: str) -> Any:
    try:
        library = importlib.import_module("transformers")
    except ImportError as error:
        raise TrainingUnavailable(
            f"{why}; other models are read by transformers: pip install 'hornbook[train,transformers]'"
        ) from error
    library.logging.set_verbosity_error()
    library.logging.disable_progress_bar()
    return library


def _load(library: Any, folder: Path) -> Any:
    model, found = library.AutoModel.from_pretrained(
        folder,
        **_SAFE,
        use_safetensors=True,
        dtype=torch.float32,
        output_loading_info=True,
        ignore_mismatched_sizes=True,
    )
    # The library draws these by chance. A pooler stands behind the states that are read, and often is not there.
    absent = {*found["missing_keys"], *(name for name, *_ in found["mismatched_keys"])}
    if missing := sorted(name for name in absent if "pooler" not in name):
        raise UsageError(
            f"{folder} lacks {len(missing)} weights of its model, or has them in another shape, first "
            f"{missing[0]}; save the whole model"
        )
    return (model.get_encoder() if model.config.is_encoder_decoder else model).eval()


def _load_tokenizer(library: Any, folder: Path) -> Any:
    # tokenizer.json as it stands: AutoTokenizer (5.24) builds it anew by the model's kind, with other pre-tokens.
    is_whole = (folder / "tokenizer.json").is_file()
    kind = library.PreTrainedTokenizerFast if is_whole else library.AutoTokenizer
    tokenizer = kind.from_pretrained(folder, **_SAFE)
    # Where there is none, the library makes an empty one of the model's kind.
    files = {"tokenizer.json", "tokenizer_config.json", *tokenizer.vocab_files_names.values()}
    if not any((folder / name).is_file() for name in files):
        raise UsageError(f"no tokenizer in {folder}; save the model's own beside it")
    return tokenizer


def _encode(tokenizer: Any, text: str) -> list[int]:
    row = tokenizer(text, add_special_tokens=False, split_special_tokens=True, verbose=False)
    return list(row["input_ids"])


def _around(tokenizer: Any, config: Any, folder: Path) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return what the tokenizer puts before and after a text; the model's first token where nothing is before.

    Raises UsageError for a tokenizer that makes nothing of a letter, or another thing within a row.
    """
    text, row = _encode(tokenizer, "x"), list(tokenizer("x")["input_ids"])
    at = next((i for i in range(len(row)) if text and row[i : i + len(text)] == text), None)
    if at is None:
        raise UsageError(
            f"{folder}: its tokenizer makes {text} of 'x', and {row} with the special tokens around; save the "
            "model's own tokenizer beside it"
        )
    before, after = tuple(row[:at]), tuple(row[at + len(text) :])
    if not before:
        ids = (getattr(of, f"{name}_token_id", None) for name in ("bos", "eos") for of in (config, tokenizer))
        # A config that does not name one has its kind's default, which may be no token of this model.
        most = getattr(config, "vocab_size", None) or math.inf
        before = next(((id_,) for id_ in ids if isinstance(id_, int) and 0 <= id_ < most), ())
    return before, after


@torch.inference_mode()
def _width(model: Any, folder: Path) -> int:
    """Return the width of a token's state, by trying one. Raises UsageError where there is none."""
    ids_BT = torch.zeros(1, 1, dtype=torch.long)
    try:
        return int(model(input_ids=ids_BT, attention_mask=torch.ones_like(ids_BT)).last_hidden_state.size(-1))
    except (AttributeError, TypeError, ValueError) as error:
        raise UsageError(
            f"{folder}: a {type(model).__name__} (model_type {model.config.model_type}) gives no hidden states "
            "of a text's tokens alone; give a causal model or an encoder of texts, or this one's part for texts"
        ) from error


def _context(model: Any, tokenizer: Any) -> int:
    said = (getattr(model.config, name, None) for name in _LIMITS)
    limits = (limit for limit in said if limit and limit > 0)  # XLNet says -1 for none
    return int(min(_CONTEXT, tokenizer.model_max_length, *_tables(model), *limits))


def _tables(model: nn.Module) -> Iterator[int]:
    """Yield how many tokens a table of positions is for; RoBERTa's begins behind the padding's own row."""
    for name, module in model.named_modules():
        if name.endswith("position_embeddings") and isinstance(module, nn.Embedding):
            yield module.num_embeddings - (0 if module.padding_idx is None else module.padding_idx + 1)
