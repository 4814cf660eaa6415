"""The learner beside nanoGPT's loop: tokens per CPU second, use of the machine, bits per byte by seconds.

One thread each, CPU seconds, contestants in turn within one run. The parts:
  rate      whole updates against nanoGPT's loop (learning/gpt.py) and against the bare matrix products: 2 minutes
  learning  bits per byte on a dev set after equal CPU seconds, every contestant tuned (learning/race.py): of the
            default 600 seconds three hours
"""

from __future__ import annotations

import argparse

import torch
from learning import race, rates


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("part", nargs="?", choices=("rate", "learning", "all"), default="rate")
    parser.add_argument("--sizes", nargs="+", default=["1M", "3M"], help="presets whose rate is measured")
    parser.add_argument("--rounds", type=int, default=7)
    race.add_options(parser)
    parser.add_argument("--smoke", action="store_true", help="everything, tiny and uncompiled, in a minute")
    options = parser.parse_args()
    torch.set_num_threads(1)
    if options.smoke:
        options.part, options.seeds = "all", [0]
        torch.compiler.set_stance("force_eager")
        options.sizes, options.rounds, options.size, options.seconds = ["smoke"], 2, "smoke", 3
    if options.part in ("rate", "all"):
        for size in options.sizes:
            rates.compare(size, options.rounds)
    if options.part in ("learning", "all"):
        race.run(options)


if __name__ == "__main__":
    main()
