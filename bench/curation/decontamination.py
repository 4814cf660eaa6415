"""How many planted copies of a benchmark decontamination finds, what it flags beside them, and how fast it is.

Copies of functions of the standard library, 200 each in five variants, planted into files of the installed
packages (see planting.py), and 1,000 files without. A copy is found when its file is removed. Speed is both
passes over the files (see and judge; the problems are read before), in files per CPU second of one process,
medians of interleaved rounds. The peer is datatrove's n-gram filter itself (12 words, any hit), with the
n-grams of prompts, which its default leaves out, since it finds more copies with them, and without the n-gram
of twelve numbers, for which it would flag every eighth clean file. Its indexer is not run, since it wants
lighteval; its method that hashes is.
"""

from __future__ import annotations

import argparse
import ast
import importlib
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from statistics import median

import numpy as np

from hornbook.benchmarks.problem import Benchmark
from hornbook.benchmarks.readers import read_benchmark
from hornbook.quality.contamination import Detector
from hornbook.quality.decontaminate import Decontaminate
from hornbook.quality.gate import Gate
from hornbook.quality.nearest import Shapes
from hornbook.quality.shingles import batched_by_weight
from hornbook.quality.syntax import function_codes, highest_similarity
from hornbook.record import Record, Rejected

sys.path.insert(0, str(Path(__file__).parents[1]))  # for a start by this file's own name
from curation.planting import VARIANTS, Corpus, make_corpus

PEERS = "pip install --target DIR -r bench/peers.txt, then PYTHONPATH=DIR"
TARGETS = {
    "verbatim": 0.99,
    "renamed and reformatted": 0.97,
    "docstring only": 0.9,
    "solution only": 0.97,
    "reordered statements": 0.8,
}
MOST_CLEAN = 1
NUM_FOR_SLOW = 400
"""Files in the rounds of what is slower: syntax trees and the peer."""
NUM_PAIRED = 2000
"""Functions compared with all problems where pairs per second are counted."""

Flags = Callable[[Sequence[Record]], Mapping[str, str]]
"""Records to the reason by the source of each one that is flagged."""
Make = Callable[[], Flags]
"""Makes a detector that has read the problems and seen no record; not timed."""


def gate(benchmark: Benchmark, cfg: Decontaminate) -> Flags:
    found = Gate(cfg, [benchmark])

    def flags(records: Sequence[Record]) -> Mapping[str, str]:
        found.see(records)
        results = found.judge(iter(records), 1)
        return {r.record.source: f"{r.reason} {r.detail}" for r in results if isinstance(r, Rejected)}

    return flags


def thirteen_words(corpus: Corpus) -> Flags:
    """Return GPT-3's rule, as the words channel reports it: any 13 words of a statement."""
    detector = Detector(corpus.benchmark.problems, code=False)

    def flags(records: Sequence[Record]) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for batch in batched_by_weight(records, lambda record: len(record.text), 200_000):
            hits = zip(batch, detector.scan(batch), strict=True)
            found.update({record.source: "13 words" for record, hit in hits if hit.long_words})
        return found

    return flags


def datatrove(corpus: Corpus) -> Flags | None:
    """Return datatrove's filter, loaded with the problems' n-grams; None when it is not installed."""
    try:
        document_of = importlib.import_module("datatrove.data").Document
        theirs = importlib.import_module("datatrove.pipeline.decont.n_grams")
        with tempfile.TemporaryDirectory() as nowhere:
            peer = theirs.NGramsDecontFilter(nowhere, theirs.NGramsDecontConfig(find_query_ngrams=True))
            # Loads its word tokenizer, which is a package of its own.
            hashes = [
                theirs.NGramsDecontIndexer.compute_hashes(peer, problem.reference, problem.prompt)
                for problem in corpus.benchmark.problems
            ]
    except ImportError as error:
        print(f"datatrove is not measured: {error}. Peers: {PEERS}\n")
        return None
    index = dict.fromkeys((h for some in hashes for h in some), "standard_library")
    index.pop(peer.hash_func(" ".join(["0"] * peer.config.n_grams)), None)
    peer._index_hashes = index

    def flags(records: Sequence[Record]) -> Mapping[str, str]:
        documents = [document_of(text=record.text, id=record.source) for record in records]
        return {
            document.id: document.metadata["contaminated_ngram"]
            for document in documents
            if peer.filter(document) is not True
        }

    return flags


def parse(records: Sequence[Record]) -> Mapping[str, str]:
    """Parse every file and no more: the floor of the syntax trees."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for record in records:
            ast.parse(record.text)
    return {}


def seconds(work: Flags, records: Sequence[Record]) -> float:
    begun = time.process_time()
    work(records)
    return time.process_time() - begun


def shown_recall(name: str, corpus: Corpus, flagged: Mapping[str, str]) -> str:
    shares = [
        sum(record.source in flagged for record in records) / len(records)
        for records in corpus.planted.values()
    ]
    clean = sum(record.source in flagged for record in corpus.clean)
    return f"{name:<34}" + "".join(f"{share:>12.3f}" for share in shares) + f"{clean:>9}"


def recall(corpus: Corpus, detectors: Mapping[str, Make]) -> Mapping[str, str]:
    """Print what each detector finds; return what hornbook's two removing channels flag."""
    everything = [*(r for records in corpus.planted.values() for r in records), *corpus.clean]
    heads = "".join(f"{variant.split()[0]:>12}" for variant in VARIANTS)
    print(f"{'recall':<34}{heads}{'clean':>9}")
    flagged = {name: make()(everything) for name, make in detectors.items()}
    for name, found in flagged.items():
        print(shown_recall(name, corpus, found))
    print(f"{'wanted of words + code':<34}" + "".join(f"{share:>12.2f}" for share in TARGETS.values()))
    return flagged["hornbook: words + code"]


def real_benchmarks(corpus: Corpus, given: Sequence[str]) -> None:
    """Print the clean files that the default channels flag for benchmarks of the user's."""
    for name, _, path in (one.partition("=") for one in given):
        benchmark = read_benchmark(name, Path(path))
        flagged = gate(benchmark, Decontaminate(channels=("words", "code")))(corpus.clean)
        print(
            f"{name}: {len(benchmark.problems)} problems flag {len(flagged)} of {len(corpus.clean):,} clean files"
        )
        for source, why in flagged.items():
            print(f"  {source}: {why}")


def speed(corpus: Corpus, detectors: Mapping[str, Make], rounds: int) -> None:
    everything = [*(r for records in corpus.planted.values() for r in records), *corpus.clean]
    some = everything[:: max(1, len(everything) // NUM_FOR_SLOW)]
    rates: dict[str, list[float]] = {name: [] for name in detectors}
    for _ in range(rounds):
        for name, make in detectors.items():
            records = everything if name.startswith("hornbook") and "ast" not in name else some
            rates[name].append(len(records) / seconds(make(), records))
    size = np.mean([len(record.text) for record in everything])
    print(f"\nfiles per CPU second, {size / 1000:.1f} thousand characters on average, {rounds} rounds")
    ours, floor = rates["hornbook: words + code"], rates["ast.parse, no more"]
    for name, found in rates.items():
        base, of = (floor, "of parsing") if "ast" in name else (ours, "of words + code")
        ratio = median(x / y for x, y in zip(found, base, strict=True))
        print(f"{name:<34}{median(found):>8,.0f} ({min(found):,.0f} to {max(found):,.0f}), {ratio:.2f} {of}")


def pairs(corpus: Corpus, rounds: int) -> None:
    known = [code for code in Shapes(corpus.benchmark.problems).codes if code]
    codes = list(dict.fromkeys(code for record in corpus.clean for code in function_codes(record.text)))
    codes = codes[:NUM_PAIRED]
    spent = []
    for _ in range(rounds):
        begun = time.process_time()
        highest_similarity(codes, known, workers=1)
        spent.append(time.process_time() - begun)
    million = len(codes) * len(known) / 1e6
    nodes = np.mean([len(code) for code in codes])
    print(
        f"syntax trees, {len(codes):,} functions of {nodes:.0f} nodes with {len(known)} solutions: "
        f"{million / median(spent):.2f} million pairs per CPU second"
    )


def main(argv: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--benchmark",
        action="append",
        default=[],
        metavar="NAME=PATH",
        help="print which clean files hold problems of this one too; for each once",
    )
    options = parser.parse_args(argv)
    corpus = make_corpus(seed=options.seed)
    print(
        f"seed {options.seed}: {len(corpus.functions)} problems, of which 164 are planted and "
        f"{corpus.num_reordered} planted reordered; {corpus.num_left_out} files left out as possible copies"
    )
    configs = {
        "hornbook: words + code": Decontaminate(channels=("words", "code")),
        "hornbook: words": Decontaminate(channels=("words",)),
        "hornbook: code": Decontaminate(channels=("code",)),
        "hornbook: ast from 0.95 on": Decontaminate(channels=("ast",), exclude_similar=0.95),
    }
    detectors: dict[str, Make] = {name: partial(gate, corpus.benchmark, cfg) for name, cfg in configs.items()}
    detectors["any 13 words of a statement"] = partial(thirteen_words, corpus)
    peer = datatrove(corpus)
    if peer is not None:
        detectors["datatrove: 12 words, any hit"] = lambda: peer
    flagged = recall(corpus, detectors)
    for record in corpus.clean:
        if record.source in flagged:
            print(f"  flagged though clean: {record.source}: {flagged[record.source]}")
    real_benchmarks(corpus, options.benchmark)
    speed(corpus, detectors | {"ast.parse, no more": lambda: parse}, options.rounds)
    pairs(corpus, options.rounds)


if __name__ == "__main__":
    main(sys.argv[1:])
