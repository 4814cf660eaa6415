"""The checkpoint that generate.py and evaluate.py use when none is named: size "3M", trained for some minutes.

Random weights never write the end, so they would say nothing about how long real answers are. This trains on
4,000 exercises of the offline teacher, into a run folder that is used again.
"""

from __future__ import annotations

from pathlib import Path

from hornbook.lessons.exercise import Exercises, exercises
from hornbook.lm.tokens import TokenizeConfig, TokenizerConfig, tokenize, train_tokenizer
from hornbook.lm.train import Train, train
from hornbook.run import run
from hornbook.step import Context, Step

BUDGET_TOKENS = 300_000


def trained(root: Path, ctx: Context) -> Path:
    """Return the folder of a trained model in the run folder `root`, training it where there is none yet."""
    texts = Step("exercises", exercises, Exercises(count=4000, breadth=60, check=None))
    tokenizer = Step("tokenizer", train_tokenizer, TokenizerConfig(), {"texts": texts})
    tokens = Step("tokens", tokenize, TokenizeConfig(), {"tokenizer": tokenizer, "records": texts})
    cfg = Train(size="3M", budget_tokens=BUDGET_TOKENS)
    model = Step("model", train, cfg, {"tokenizer": tokenizer, "tokens": tokens}, one_core=True)
    run([model], root, ctx)
    return root / "model" / "model"
