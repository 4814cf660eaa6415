"""Models of other kinds, read through transformers: the same states as its own, and what is refused.

`make test` does not set transformers up (170 MB). To run these:

    .venv/bin/python -m pip install -e '.[transformers]'
    .venv/bin/python -m pytest tests/test_lm_transformers.py -n 0
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import orjson
import pytest
import torch
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer, models, pre_tokenizers, processors, trainers

from hornbook.errors import UsageError
from hornbook.lm.embed import Embedder

transformers = pytest.importorskip("transformers")

CODE = 'def mean(numbers):\n    """Return the mean."""\n    return sum(numbers) / len(numbers)\n'
TEXTS = [CODE, "x = 1\n", "print('</s> [SEP]')\n", CODE * 7, "é ∑\n"]
SPECIAL = ["<s>", "</s>", "<pad>", "[CLS]", "[SEP]"]
CONTEXT = 40
SIZES = {"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 48}
LONG = {"max_position_embeddings": CONTEXT}
IDS = {"bos_token_id": 0, "eos_token_id": 1, "pad_token_id": 2}


def tokenizer_of(*, encoder: bool) -> Any:
    """A byte-level tokenizer; an encoder's puts [CLS] before and [SEP] after a text."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(vocab_size=320, special_tokens=SPECIAL, initial_alphabet=alphabet)
    tokenizer.train_from_iterator([CODE] * 3, trainer)
    if encoder:
        around = [(name, tokenizer.token_to_id(name)) for name in ("[CLS]", "[SEP]")]
        tokenizer.post_processor = processors.TemplateProcessing(
            single="[CLS] $A [SEP]", special_tokens=around
        )
    named = {"bos_token": "<s>", "eos_token": "</s>", "pad_token": "<pad>"}
    return transformers.PreTrainedTokenizerFast(tokenizer_object=tokenizer, **named)


def gpt2() -> Any:
    sizes = {"n_embd": 32, "n_layer": 2, "n_head": 2, "n_positions": CONTEXT}
    return transformers.GPT2LMHeadModel(transformers.GPT2Config(vocab_size=320, **sizes, **IDS))


def neox() -> Any:
    return transformers.GPTNeoXForCausalLM(transformers.GPTNeoXConfig(vocab_size=320, **SIZES, **LONG, **IDS))


def qwen2() -> Any:
    cfg = transformers.Qwen2Config(vocab_size=320, num_key_value_heads=1, **SIZES, **LONG, **IDS)
    return transformers.Qwen2ForCausalLM(cfg)


def llama(**others: Any) -> Any:
    cfg = transformers.LlamaConfig(vocab_size=320, num_key_value_heads=1, **SIZES, **LONG, **IDS, **others)
    return transformers.LlamaForCausalLM(cfg)


def biased_llama() -> Any:
    model = llama(attention_bias=True)
    for name, weight in model.named_parameters():
        if name.endswith("bias"):
            torch.nn.init.normal_(weight)
    return model


def bert() -> Any:
    cfg = transformers.BertConfig(vocab_size=320, **SIZES, **LONG, **IDS)
    return transformers.BertForMaskedLM(cfg)


def roberta() -> Any:
    # Its table begins behind the padding's row, 2: three rows are never used.
    cfg = transformers.RobertaConfig(
        vocab_size=320, **SIZES, **IDS, max_position_embeddings=CONTEXT + 3, type_vocab_size=1
    )
    return transformers.RobertaForMaskedLM(cfg)


def t5() -> Any:
    sizes = {"d_model": 32, "d_kv": 16, "d_ff": 48, "num_layers": 2, "num_heads": 2, "n_positions": CONTEXT}
    cfg = transformers.T5Config(vocab_size=320, decoder_start_token_id=2, **sizes, **IDS)
    return transformers.T5ForConditionalGeneration(cfg)


def xlnet() -> Any:
    sizes = {"d_model": 32, "n_layer": 2, "n_head": 2, "d_inner": 48}
    return transformers.XLNetLMHeadModel(transformers.XLNetConfig(vocab_size=320, **sizes, **IDS))


CAUSAL = [gpt2, neox, qwen2, llama, biased_llama]
ENCODERS = [bert, roberta, t5]
EVERY = [*((make, False) for make in CAUSAL), *((make, True) for make in ENCODERS)]
every_kind = pytest.mark.parametrize(("make", "encoder"), EVERY, ids=lambda of: getattr(of, "__name__", None))


def saved(make: Callable[[], Any], folder: Path, *, encoder: bool, shard: str = "5GB") -> Any:
    """Save a model with weights by chance, strong enough that each token's state differs, and return it."""
    torch.manual_seed(0)
    model = make().eval()
    with torch.no_grad():
        for weight in model.parameters():
            weight.mul_(4.0 if weight.ndim == 2 else 1.0)
    model.save_pretrained(folder, max_shard_size=shard)
    tokenizer_of(encoder=encoder).save_pretrained(folder)
    return model


@torch.no_grad()
def mean_states(model: Any, folder: Path, text: str, *, encoder: bool) -> np.ndarray:
    """What transformers itself says, row by row: the mean state of a text's tokens, in windows, at length 1."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.encode_special_tokens = True
    ids = tokenizer.encode(text, add_special_tokens=False).ids
    before, after = ([3], [4]) if encoder else ([0], [])
    room = CONTEXT - len(before) - len(after)
    base = model.encoder if hasattr(model, "encoder") else model.base_model
    states = []
    for start in range(0, len(ids), room):
        row = [*before, *ids[start : start + room], *after]
        found = base(torch.tensor([row])).last_hidden_state[0]
        states.append(found[len(before) : len(row) - len(after)].double())
    mean = torch.cat(states).mean(dim=0).numpy()
    return mean / np.linalg.norm(mean)


@every_kind
def test_the_vectors_are_the_mean_states_that_transformers_computes(
    make: Callable[[], Any], encoder: bool, tmp_path: Path
) -> None:
    model = saved(make, tmp_path, encoder=encoder)
    found = Embedder(tmp_path).embed(TEXTS)
    for text, vector in zip(TEXTS, found, strict=True):
        assert np.abs(vector - mean_states(model, tmp_path, text, encoder=encoder)).max() < 1e-4
    assert np.abs(found[0] - found[1]).max() > 1e-2


@every_kind
def test_a_vector_hangs_neither_on_its_batch_nor_on_the_time(
    make: Callable[[], Any], encoder: bool, tmp_path: Path
) -> None:
    saved(make, tmp_path, encoder=encoder)
    embedder = Embedder(tmp_path)
    together = embedder.embed(TEXTS)
    assert np.array_equal(together, Embedder(tmp_path).embed(TEXTS))
    alone = np.concatenate([embedder.embed([text]) for text in TEXTS])
    assert np.allclose(together, alone, atol=1e-5)
    assert embedder.embed([]).shape == (0, 32)
    assert not embedder.embed([""]).any()


@pytest.mark.parametrize("make", [llama, gpt2])
def test_weights_in_several_files_are_read(make: Callable[[], Any], tmp_path: Path) -> None:
    model = saved(make, tmp_path, encoder=False, shard="20KB")
    assert (tmp_path / "model.safetensors.index.json").exists()
    assert not (tmp_path / "model.safetensors").exists()
    (vector,) = Embedder(tmp_path).embed([CODE])
    assert np.abs(vector - mean_states(model, tmp_path, CODE, encoder=False)).max() < 1e-4


def test_a_tokenizer_without_tokenizer_json_is_made_by_the_models_kind(tmp_path: Path) -> None:
    saved(bert, tmp_path, encoder=True)
    texts = ["x = [sep]\n", "x = y\n"]
    before = Embedder(tmp_path).embed(texts)
    for name in ("tokenizer.json", "tokenizer_config.json"):
        (tmp_path / name).unlink()
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "x", "y", "=", "[", "]", "sep"]
    (tmp_path / "vocab.txt").write_text("\n".join(words))
    after = Embedder(tmp_path).embed(texts)
    assert not np.allclose(before, after, atol=1e-2)
    assert not np.allclose(*after, atol=1e-2)


def test_weights_that_are_missing_are_not_drawn_by_chance(tmp_path: Path) -> None:
    saved(gpt2, tmp_path, encoder=False)
    weights = load_file(tmp_path / "model.safetensors")
    del weights["transformer.h.1.mlp.c_fc.weight"]
    save_file(weights, tmp_path / "model.safetensors", {"format": "pt"})
    with pytest.raises(UsageError, match=r"lacks 1 weights of its model, .*first h\.1\.mlp\.c_fc\.weight"):
        Embedder(tmp_path)


def test_weights_of_another_shape_are_named(tmp_path: Path) -> None:
    saved(gpt2, tmp_path, encoder=False)
    change(tmp_path, '"n_inner": null', '"n_inner": 64')
    with pytest.raises(UsageError, match=r"in another shape, first h\.0\.mlp\.c_fc\.bias"):
        Embedder(tmp_path)


def test_a_model_that_says_minus_one_for_no_limit_reads_whole_texts(tmp_path: Path) -> None:
    saved(xlnet, tmp_path, encoder=True)
    vectors = Embedder(tmp_path).embed([CODE, "x = 1\n"])
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1)
    assert np.abs(vectors[0] - vectors[1]).max() > 1e-2


def test_a_first_token_that_the_model_does_not_know_is_not_taken(tmp_path: Path) -> None:
    saved(gpt2, tmp_path, encoder=False)
    before = Embedder(tmp_path).embed([CODE])
    change(
        tmp_path, '"bos_token_id": 0', '"bos_token_id": 50256'
    )  # GPT2Config's own default; the tokenizer says 0
    assert np.array_equal(Embedder(tmp_path).embed([CODE]), before)


def test_a_folder_without_its_tokenizer_or_with_anothers_is_refused(tmp_path: Path) -> None:
    for make, encoder in ((gpt2, False), (bert, True)):
        folder = tmp_path / make.__name__
        saved(make, folder, encoder=encoder)
        for file in folder.glob("tokenizer*"):
            file.unlink()
        with pytest.raises(UsageError, match="no tokenizer in .*; save the model's own"):
            Embedder(folder)
    for make in (llama, gpt2):
        folder = tmp_path / f"{make.__name__}_small"
        saved(make, folder, encoder=False)
        change(folder, '"vocab_size": 320', '"vocab_size": 100')
        weights = load_file(folder / "model.safetensors")
        cut = {name: weight[:100] if len(weight) == 320 else weight for name, weight in weights.items()}
        save_file(cut, folder / "model.safetensors", {"format": "pt"})
        with pytest.raises(UsageError, match=r"the tokenizer has \d+ tokens, and the model knows 100"):
            Embedder(folder)


def test_a_context_without_room_for_a_text_is_refused(tmp_path: Path) -> None:
    saved(gpt2, tmp_path, encoder=True)
    settings = tmp_path / "tokenizer_config.json"
    settings.write_bytes(orjson.dumps(orjson.loads(settings.read_bytes()) | {"model_max_length": 2}))
    with pytest.raises(UsageError, match="reads 2 tokens at once, and 2 of them stand around a text"):
        Embedder(tmp_path)


def change(folder: Path, old: str, new: str) -> None:
    """Change what a model's config.json says."""
    path = folder / "config.json"
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))


def test_code_in_a_folder_does_not_run_and_pickles_are_not_read(tmp_path: Path) -> None:
    saved(gpt2, tmp_path, encoder=False)
    config = tmp_path / "config.json"
    content = config.read_text()
    own = '{"auto_map": {"AutoConfig": "mine.Mine", "AutoModel": "mine.Model"}, "model_type": "mine",'
    config.write_text(content.replace("{", own, 1).replace('"model_type": "gpt2"', '"once": 1'))
    (tmp_path / "mine.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')\n")
    says = (
        rf"{tmp_path}: its config.json \(auto_map\) asks for code of its own \(mine.Mine, mine.Mo.*never run"
    )
    with pytest.raises(UsageError, match=says):
        Embedder(tmp_path)
    assert not (tmp_path / "ran").exists()
    config.write_text(content)
    weights = load_file(tmp_path / "model.safetensors")
    (tmp_path / "model.safetensors").unlink()
    torch.save(weights, tmp_path / "pytorch_model.bin")
    change(tmp_path, "{", '{"auto_map": {"AutoModel": "mine.Model"}, ')
    with pytest.raises(UsageError, match=r"cannot load .*; save the model again .*which writes safetensors"):
        Embedder(tmp_path)


def test_a_model_without_states_of_tokens_is_refused(tmp_path: Path) -> None:
    cfg = transformers.ViTConfig(**SIZES, image_size=8, patch_size=4)
    transformers.ViTModel(cfg).save_pretrained(tmp_path)
    tokenizer_of(encoder=True).save_pretrained(tmp_path)
    says = rf"{tmp_path}: a ViTModel \(model_type vit\) gives no hidden states of a text's tokens alone; give"
    with pytest.raises(UsageError, match=says):
        Embedder(tmp_path)
