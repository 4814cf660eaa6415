from __future__ import annotations

import math
from pathlib import Path

import orjson
import pytest
import torch
from torch.nn import functional as F

from hornbook.errors import UsageError
from hornbook.lm import model as lm_model
from hornbook.lm.export import load_model, save_model
from hornbook.lm.model import Llama, ModelConfig, causal_attention, preset
from hornbook.lm.tokens import END_OF_TEXT, TokenizerConfig, load_tokenizer, train_tokenizer
from hornbook.record import Record, write_shard
from hornbook.step import Context

CFG = ModelConfig(
    vocab_size=270,
    hidden_size=32,
    intermediate_size=64,
    num_hidden_layers=2,
    num_attention_heads=2,
    max_position_embeddings=40,
)


def by_the_paper(model: Llama, ids: list[int]) -> torch.Tensor:
    """Logits (T, V) by the formulas of arXiv:2302.13971 and 2104.09864, one head and one token at a time."""
    w, cfg = model.state_dict(), model.cfg

    def norm(x: torch.Tensor, name: str) -> torch.Tensor:
        return x / (x.square().mean(-1, keepdim=True) + cfg.rms_norm_eps).sqrt() * w[f"{name}.weight"]

    def turned(x: torch.Tensor, position: int) -> torch.Tensor:
        half = cfg.head_dim // 2
        out = x.clone()
        for i in range(half):
            angle = position * cfg.rope_theta ** (-2 * i / cfg.head_dim)
            a, b = x[i], x[i + half]
            out[i] = a * math.cos(angle) - b * math.sin(angle)
            out[i + half] = b * math.cos(angle) + a * math.sin(angle)
        return out

    x = w["model.embed_tokens.weight"][ids]
    for layer in range(cfg.num_hidden_layers):
        at = f"model.layers.{layer}."
        h = norm(x, f"{at}input_layernorm")
        q, k, v = (h @ w[f"{at}self_attn.{p}_proj.weight"].T for p in "qkv")
        mixed = torch.zeros_like(x)
        for head in range(cfg.num_attention_heads):
            part = slice(head * cfg.head_dim, (head + 1) * cfg.head_dim)
            for t in range(len(ids)):
                query = turned(q[t, part], t)
                scores = torch.stack([query @ turned(k[s, part], s) for s in range(t + 1)])
                weights = torch.softmax(scores / math.sqrt(cfg.head_dim), 0)
                mixed[t, part] = weights @ v[: t + 1, part]
        x = x + mixed @ w[f"{at}self_attn.o_proj.weight"].T
        h = norm(x, f"{at}post_attention_layernorm")
        gate, up = (h @ w[f"{at}mlp.{p}_proj.weight"].T for p in ("gate", "up"))
        x = x + (gate * torch.sigmoid(gate) * up) @ w[f"{at}mlp.down_proj.weight"].T
    return norm(x, "model.norm") @ w["model.embed_tokens.weight"].T


@pytest.fixture(scope="module")
def model() -> Llama:
    model = Llama(CFG, seed=1)
    with torch.no_grad():
        for name, weight in model.named_parameters():
            weight.mul_(5.0 if weight.ndim == 2 else 1.3)
            assert name.startswith("model.")
    return model


def test_logits_are_those_of_the_papers_formulas(model: Llama) -> None:
    ids = [5, 200, 3, 3, 77, 269, 0, 41]
    with torch.no_grad():
        ours = model.logits(model.hidden(torch.tensor([ids])))[0]
        torch.testing.assert_close(ours, by_the_paper(model, ids), rtol=1e-4, atol=1e-4)


def test_no_token_sees_a_later_one(model: Llama) -> None:
    ids = torch.randint(0, 270, (1, 20), generator=torch.Generator().manual_seed(0))
    changed = ids.clone()
    changed[0, 12:] = 7
    with torch.no_grad():
        one, two = model.hidden(ids), model.hidden(changed)
    torch.testing.assert_close(one[:, :12], two[:, :12])
    assert not torch.allclose(one[:, 12:], two[:, 12:])


def test_the_loss_and_its_gradients_are_cross_entropys(model: Llama) -> None:
    ids = torch.randint(0, 270, (20, 31), generator=torch.Generator().manual_seed(0))  # 600 rows: two blocks
    weights = torch.rand(ids[:, 1:].shape, generator=torch.Generator().manual_seed(1))
    weights[:, 25:] = 0.0  # padding
    loss = model(ids[:, :-1], ids[:, 1:], weights / weights.sum())
    loss.backward()
    ours = {name: weight.grad.clone() for name, weight in model.named_parameters()}
    model.zero_grad()
    # torch's own operations, without a backward of ours
    logits = model.logits(_plain_hidden(model, ids[:, :-1]))
    losses = F.cross_entropy(logits.flatten(0, 1), ids[:, 1:].flatten(), reduction="none")
    plain = (losses * weights.flatten()).sum() / weights.sum()
    plain.backward()
    torch.testing.assert_close(loss, plain)
    for name, weight in model.named_parameters():
        torch.testing.assert_close(ours[name], weight.grad, rtol=1e-3, atol=1e-5)
    model.zero_grad()


def _plain_hidden(model: Llama, ids: torch.Tensor) -> torch.Tensor:
    with pytest.MonkeyPatch.context() as patch:
        eps = model.cfg.rms_norm_eps
        patch.setattr(
            lm_model._RMSNorm, "forward", lambda self, x: F.rms_norm(x, x.shape[-1:], self.weight, eps)
        )
        return model.hidden(ids)


def test_the_bfloat16_attention_has_torchs_gradients() -> None:
    generator = torch.Generator().manual_seed(0)
    inputs = [torch.randn(2, 3, 33, 16, generator=generator) for _ in range(4)]
    ours = [x.bfloat16().requires_grad_() for x in inputs[:3]]
    exact = [x.bfloat16().float().requires_grad_() for x in inputs[:3]]
    y = causal_attention(*ours)
    y.backward(inputs[3].bfloat16())
    F.scaled_dot_product_attention(*exact, is_causal=True).backward(inputs[3])
    for mine, right in zip(ours, exact, strict=True):
        error = (mine.grad.float() - right.grad).norm() / right.grad.norm()
        assert error < 0.02


SIZES = {
    "1M": 1e6,
    "3M": 3e6,
    "8M": 8e6,
    "15M": 15e6,
    "45M": 45e6,
    "125M": 125e6,
    "350M": 350e6,
    "1.3B": 1.3e9,
}


@pytest.mark.parametrize("name", SIZES)
def test_a_size_has_the_parameters_beside_the_embedding_that_its_name_says(name: str) -> None:
    with torch.device("meta"):  # shapes without memory
        model = Llama(preset(name, 2048, 256))
    total = sum(weight.numel() for weight in model.parameters())
    count = total - model.model.embed_tokens.weight.numel()
    assert count == pytest.approx(SIZES[name], rel=0.15)
    assert model.cfg.head_dim == 64


def test_the_large_sizes_have_phi_1s_layers_width_and_heads() -> None:
    # arXiv:2306.11644 section 2.3: 20 layers of 1024 with 16 heads, 24 of 2048 with 32
    shapes = {name: preset(name, 2048, 2048) for name in ("350M", "1.3B")}
    assert [(c.num_hidden_layers, c.hidden_size, c.num_attention_heads) for c in shapes.values()] == [
        (20, 1024, 16),
        (24, 2048, 32),
    ]


def test_an_unknown_size_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UsageError, match="'2M' is unknown; choose one of smoke, 1M, .*, 1.3B"):
        preset("2M", 2048, 256)


def test_a_deep_model_begins_as_sanely_as_a_shallow_one() -> None:
    ids = torch.randint(0, 270, (4, 33), generator=torch.Generator().manual_seed(0))
    sizes, losses = [], []
    for layers in (2, 24):
        model = Llama(CFG.model_copy(update={"num_hidden_layers": layers, "hidden_size": 128}))
        x = model.model.embed_tokens(ids)
        cos, sin = model.cos_TC[:33].unsqueeze(-2), model.sin_TC[:33].unsqueeze(-2)
        for layer in model.model.layers:
            x = layer(x, cos, sin, causal_attention)
        sizes.append(float(x.detach().std()))
        losses.append(float(model(ids[:, :-1], ids[:, 1:], torch.full((4, 32), 1 / 128)).detach()))
    # The stream does not grow with depth, and no token is preferred before any is read.
    assert sizes[1] < 1.5 * sizes[0]
    assert losses == pytest.approx([math.log(270)] * 2, rel=0.02)


def test_a_saved_model_comes_back_and_speaks_llama(model: Llama, tmp_path: Path) -> None:
    record = Record(text="abc " * 9, kind="code", source="test", license="CC0-1.0")
    write_shard(tmp_path / "records" / "00000.parquet", [record])
    train_tokenizer(TokenizerConfig(vocab_size=270), out=tmp_path, ctx=Context(workers=1), text=tmp_path)
    save_model(model, load_tokenizer(tmp_path), tmp_path / "hf")
    back = load_model(tmp_path / "hf")
    assert back.cfg == model.cfg
    assert all(torch.equal(w, back.state_dict()[name]) for name, w in model.state_dict().items())
    config = orjson.loads((tmp_path / "hf" / "config.json").read_bytes())
    assert config["architectures"] == ["LlamaForCausalLM"] and config["tie_word_embeddings"]
    assert config["num_key_value_heads"] == config["num_attention_heads"] == 2
    assert config["eos_token_id"] == load_tokenizer(tmp_path / "hf").token_to_id(END_OF_TEXT)


def test_a_folder_that_holds_no_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is not a model's folder"):
        load_model(tmp_path)
