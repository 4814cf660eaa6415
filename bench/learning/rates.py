"""How many tokens a CPU second the learner trains on, beside nanoGPT's loop and the machine's own matrix products.

Every contestant makes whole updates (forward, backward, optimizer) of the same batch, in turn, round after round,
so that a busy machine slows all alike; figures are medians of the rounds, ratios medians of the rounds' own.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median

import torch
from learning import gpt
from torch import Tensor, nn

from hornbook.lm.compiled import compile_layers
from hornbook.lm.device import working_dtype
from hornbook.lm.model import Llama, ModelConfig, preset
from hornbook.lm.optimizer import Optimizer

ROWS, CONTEXT, VOCABULARY = 8, 256, 2048
UPDATES = 3
"""Updates of a contestant in a round."""
TOO_SLOW = 3
"""Times as slow as in float32 that bfloat16 products may be for the peer to be run in it, too."""
DTYPES = torch.float32, torch.bfloat16
OURS, PEER = "hornbook", "nanoGPT's loop"
Update = Callable[[], None]


def ours(cfg: ModelConfig, ids: Tensor, *, compiled: bool) -> Update:
    model = Llama(cfg)
    optimizer = Optimizer(model, learning_rate=0.001, weight_decay=0.1)
    model.to(working_dtype())
    weights = torch.full((ROWS, CONTEXT), 1 / (ROWS * CONTEXT))
    if compiled:
        compile_layers(model, (ROWS - 1, CONTEXT - 3), print)

    def update() -> None:
        model(ids[:, :-1], ids[:, 1:], weights).backward()
        optimizer.step(1.0)

    return update


def theirs(cfg: ModelConfig, ids: Tensor, dtype: torch.dtype) -> Update:
    model = gpt.GPT(cfg)
    optimizer, compiled = gpt.adamw(model, 0.001), torch.compile(model)
    x, y = ids[:, :-1].contiguous(), ids[:, 1:].contiguous()

    def update() -> None:
        with torch.autocast("cpu", dtype, enabled=dtype is not torch.float32):
            loss = compiled(x, y)
        gpt.update(model, optimizer, loss, 0.001)

    return update


def products(cfg: ModelConfig, dtype: torch.dtype) -> Update:
    """Return what makes the matrix products of an update's linear layers, and nothing else."""
    tokens = ROWS * CONTEXT
    work = []
    for num_out, num_in in shapes(cfg):
        x, weight, grad = (
            torch.randn(s, dtype=dtype) for s in ((tokens, num_in), (num_out, num_in), (tokens, num_out))
        )
        outs = torch.empty_like(grad), torch.empty_like(x), torch.empty_like(weight)
        work.append((x, weight, grad, outs))

    def multiply() -> None:
        for x, weight, grad, outs in work:
            torch.mm(x, weight.t(), out=outs[0])
            torch.mm(grad, weight, out=outs[1])
            torch.mm(grad.t(), x, out=outs[2])

    return multiply


def shapes(cfg: ModelConfig) -> list[tuple[int, int]]:
    """Return the (out, in) of every matrix that each token is multiplied with: the layers' and the tied head's."""
    width, inner = cfg.hidden_size, cfg.intermediate_size
    layer = [(width, width)] * 4 + [(inner, width)] * 2 + [(width, inner)]
    return layer * cfg.num_hidden_layers + [(cfg.vocab_size, width)]


def inner_parameters(model: nn.Module) -> int:
    """Return the number of parameters beside the embeddings."""
    tables = [each.weight for each in model.modules() if isinstance(each, nn.Embedding)]
    return sum(w.numel() for w in model.parameters()) - sum(w.numel() for w in tables)


def flops(cfg: ModelConfig) -> tuple[int, int]:
    """Return a token's floating-point operations in the matrices (6 N), and in attention.

    Attention as causal: two products with half the context on average, thrice as the backward takes two of each.
    """
    matrices = 6 * sum(num_out * num_in for num_out, num_in in shapes(cfg))
    return matrices, 6 * cfg.num_hidden_layers * cfg.hidden_size * CONTEXT


def seconds(update: Update, times: int) -> float:
    begun = time.process_time()
    for _ in range(times):
        update()
    return (time.process_time() - begun) / times


def compare(size: str, rounds: int) -> None:
    """Print tokens per CPU second of all, ratios and utilisation."""
    cfg = preset(size, VOCABULARY, CONTEXT)
    narrow = cfg.model_copy(update={"num_attention_heads": 2 * cfg.num_attention_heads})
    ids = torch.randint(0, VOCABULARY, (ROWS, CONTEXT + 1), generator=torch.Generator().manual_seed(0))
    assert inner_parameters(Llama(cfg)) == inner_parameters(gpt.GPT(cfg)), "the two have not the same size"
    bare = {str(dtype)[6:]: products(cfg, dtype) for dtype in DTYPES}
    cases = {
        OURS: ours(cfg, ids, compiled=True),
        f"{OURS}, not compiled": ours(cfg, ids, compiled=False),
        f"{OURS}, twice the heads": ours(narrow, ids, compiled=True),
        f"{PEER}, float32": theirs(cfg, ids, torch.float32),
    }
    exact, rough = (seconds(products(cfg, dtype), 1) for dtype in DTYPES)
    if rough <= TOO_SLOW * exact:
        cases[f"{PEER}, bfloat16"] = theirs(cfg, ids, torch.bfloat16)
    else:
        print(
            f"{size}: products in bfloat16 take {rough / exact:.0f} times as long, so {PEER} has float32 only"
        )
    found = measured(cases, bare, rounds)
    tell(size, cfg, cases, found)


def measured(cases: dict[str, Update], bare: dict[str, Update], rounds: int) -> dict[str, list[float]]:
    """Return the CPU seconds of an update (of its products), by contestant and round."""
    for update in cases.values():
        seconds(update, 2)  # compiles
    found: dict[str, list[float]] = {name: [] for name in (*cases, *bare)}
    for _ in range(rounds):
        for name, update in cases.items():
            found[name].append(seconds(update, UPDATES))
        for name, multiply in bare.items():
            found[name].append(seconds(multiply, 1))
    return found


def tell(size: str, cfg: ModelConfig, cases: dict[str, Update], found: dict[str, list[float]]) -> None:
    tokens = ROWS * CONTEXT
    print(f"{size}: {ROWS} rows of {CONTEXT}, {torch.get_num_threads()} thread, {len(found[OURS])} rounds")
    for name in cases:
        ratios = sorted(mine / other for mine, other in zip(found[OURS], found[name], strict=True))
        shown = f"{median(ratios):.2f} of hornbook's" if name != OURS else ""
        print(f"  {name:28}{tokens / median(found[name]):9,.0f} tokens/CPU s  {shown}")
    peer = min((name for name in cases if name.startswith(PEER)), key=lambda name: median(found[name]))
    ratios = sorted(other / mine for mine, other in zip(found[OURS], found[peer], strict=True))
    print(f"  {OURS} is {median(ratios):.2f} times as fast as {peer} ({ratios[0]:.2f} to {ratios[-1]:.2f})")
    matrices, attention = flops(cfg)
    print(
        f"  MFLOP per token: 6 N = {matrices / 1e6:.2f}, attention {attention / 1e6:.2f}; N counts the weights of"
    )
    print(f"  the layers' matrices and of the head, which is the embedding: {matrices // 6:,}")
    for dtype in DTYPES:
        rate = matrices * tokens / median(found[str(dtype)[6:]])
        print(f"  products alone, {str(dtype)[6:]}: {rate / 1e9:.1f} GFLOP/s")
    for name in (OURS, peer):
        used = median(found[str(working_dtype())[6:]]) / median(found[name])
        whole = used * (1 + attention / matrices)
        print(f"  {name}: 6 N at {used:.1%} of the products' rate, {whole:.1%} with attention")
