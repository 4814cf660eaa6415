"""A model as a Hugging Face folder and back: config.json, model.safetensors, tokenizer.json, no pickle.

The folder opens as `LlamaForCausalLM`, and is served as it is; GGUF is written by gguf.py, the hub not at all.
Layout after transformers' `save_pretrained`; the weights' names are the model's own (model.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

import orjson
import torch
from pydantic import ValidationError
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer, processors
from torch import Tensor

from hornbook.errors import UsageError, as_os_error
from hornbook.lm.model import Llama, ModelConfig
from hornbook.lm.tokens import END_OF_TEXT, end_of_text, save_tokenizer

Precision = Literal["f32", "f16", "bf16"]
CHAT_TEMPLATE = (
    "{{ bos_token }}{% for message in messages %}{% if not loop.first %}{{ '\\n\\n' }}{% endif %}"
    "{{ message['content'] }}{% endfor %}"
)
"""What a chat becomes after a separator: its texts with a blank line between, as our own server reads it."""
_DTYPES = {"f32": torch.float32, "f16": torch.float16, "bf16": torch.bfloat16}


class OtherModel(UsageError):
    """The folder is a model's, but of another kind than ours, or with other parts."""


def save_model(model: Llama, tokenizer: Tokenizer, folder: Path, precision: Precision = "f32") -> None:
    """Write the model to `folder`; what lies there is replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    separator, dtype = end_of_text(tokenizer), _DTYPES[precision]
    _write_json(folder / "config.json", _config_json(model.cfg, separator, dtype))
    _write_json(folder / "generation_config.json", _generation_json(separator))
    _write_json(folder / "tokenizer_config.json", _tokenizer_json(model.cfg))
    save_tokenizer(_with_separator(tokenizer), folder)
    tensors = {name: weight.to(dtype).contiguous() for name, weight in model.state_dict().items()}
    save_tensors(tensors, folder / "model.safetensors", {"format": "pt"})


def save_tensors(
    tensors: Mapping[str, Tensor], path: Path, metadata: Mapping[str, str] | None = None
) -> None:
    """Write a safetensors file, whole or not at all. Raises OSError when it cannot be written."""
    partial = path.with_name(f".{path.name}.partial")
    partial.touch()
    mode = partial.stat().st_mode
    with as_os_error(path):
        save_file(dict(tensors), partial, metadata=dict(metadata or {}))
    partial.chmod(mode)  # safetensors 0.8 lets nobody else read what it writes
    partial.replace(path)


def load_model(folder: Path) -> Llama:
    """Read a folder of `save_model`, the weights in float32.

    Raises UsageError when a file is missing or damaged, or the model is not one of ours.
    """
    return with_weights(load_config(folder), read_weights(folder), folder)


def read_weights(folder: Path) -> dict[str, Tensor]:
    """Read a folder's weights by name. Raises UsageError when they are missing or damaged."""
    with readable(folder):
        return load_file(folder / "model.safetensors")


def with_weights(cfg: ModelConfig, weights: Mapping[str, Tensor], folder: Path) -> Llama:
    """Return a model with these weights, in float32. Raises UsageError when they are another model's."""
    model = Llama(cfg)
    found, wanted = ({name: tuple(w.shape) for name, w in of.items()} for of in (weights, model.state_dict()))
    for name in sorted(found.keys() | wanted.keys()):
        if found.get(name) != wanted.get(name):
            raise UsageError(
                f"{folder} holds no model of ours: the shape of {name} is {found.get(name)}, and config.json "
                f"asks for {wanted.get(name)}"
            )
    model.load_state_dict(weights)
    return model


def load_config(folder: Path) -> ModelConfig:
    """Read the dimensions alone. Raises UsageError as `load_model`."""
    return config_of(read_settings(folder), folder)


def read_settings(folder: Path) -> dict[str, Any]:
    """Read a llama's config.json. Raises UsageError when it is missing or damaged, OtherModel for another kind."""
    with readable(folder):
        settings = orjson.loads((folder / "config.json").read_bytes())
    if not isinstance(settings, dict) or settings.get("model_type") != "llama":
        raise OtherModel(f"{folder} holds no model of ours: its config.json does not describe a llama")
    return settings


def config_of(settings: Mapping[str, Any], folder: Path) -> ModelConfig:
    """Return what the settings of a folder say. Raises UsageError, OtherModel for other parts."""
    try:
        cfg = ModelConfig(**{name: settings[name] for name in ModelConfig.model_fields if name in settings})
    except ValidationError as error:
        problem = error.errors()[0]
        where = ".".join(map(str, problem["loc"]))
        raise UsageError(f"{folder} holds no model of ours: {where}: {problem['msg']}") from error
    rope = {"rope_theta": cfg.rope_theta, "rope_type": "default"}
    for name, ours in {**_shape_json(cfg), "rope_parameters": rope}.items():
        # Where it is not said, transformers takes the embeddings for untied and all else for as we have it.
        found = settings.get(name, False if name == "tie_word_embeddings" else ours)
        if found != ours:
            raise OtherModel(
                f"{folder} holds no model of ours: {name} is {found!r}; only {ours!r} can be read"
            )
    return cfg


@contextmanager
def readable(folder: Path) -> Iterator[None]:
    """Raise UsageError, which names the folder, where a file in it is missing or damaged."""
    try:
        yield
    except (OSError, orjson.JSONDecodeError, SafetensorError) as error:
        raise UsageError(
            f"{folder} is not a model's folder: {error}; give the folder of config.json"
        ) from error


def use_threads(threads: int) -> None:
    """Let torch compute with this many threads from now on, in the whole process."""
    torch.set_num_threads(max(1, threads))


def _config_json(cfg: ModelConfig, separator: int, dtype: torch.dtype) -> dict[str, Any]:
    return {
        "architectures": ["LlamaForCausalLM"],
        "model_type": "llama",
        **cfg.model_dump(),
        **_shape_json(cfg),
        "bos_token_id": separator,
        "eos_token_id": separator,
        "pad_token_id": separator,
        "torch_dtype": str(dtype).removeprefix("torch."),
    }


def _shape_json(cfg: ModelConfig) -> dict[str, Any]:
    """Return what is the same in all of our models, or follows from their dimensions."""
    return {
        "num_key_value_heads": cfg.num_attention_heads,
        "head_dim": cfg.head_dim,
        "hidden_act": "silu",
        "attention_bias": False,
        "mlp_bias": False,
        "rope_scaling": None,
        "tie_word_embeddings": True,
    }


def _generation_json(separator: int) -> dict[str, Any]:
    return {
        "bos_token_id": separator,
        "eos_token_id": separator,
        "pad_token_id": separator,
        # Else `transformers serve` takes the likeliest token whatever temperature a client asks for, and
        # transformers draws from 50 tokens only. A client's temperature 0 is greedy all the same.
        "do_sample": True,
        "top_k": 0,
    }


def _tokenizer_json(cfg: ModelConfig) -> dict[str, Any]:
    return {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "bos_token": END_OF_TEXT,
        "eos_token": END_OF_TEXT,
        "pad_token": END_OF_TEXT,
        "clean_up_tokenization_spaces": False,
        "model_max_length": cfg.max_position_embeddings,
        "chat_template": CHAT_TEMPLATE,
    }


def _with_separator(tokenizer: Tokenizer) -> Tokenizer:
    """Return a copy that begins every text with a separator where special tokens are asked for, as servers do.

    A document begins after one in training. We ask for none when we encode, and put it there ourselves.
    """
    copy = Tokenizer.from_str(tokenizer.to_str())
    copy.post_processor = processors.TemplateProcessing(
        single=f"{END_OF_TEXT} $A", special_tokens=[(END_OF_TEXT, end_of_text(tokenizer))]
    )
    return copy


def _write_json(path: Path, value: Mapping[str, Any]) -> None:
    path.write_bytes(orjson.dumps(value, option=orjson.OPT_INDENT_2))
