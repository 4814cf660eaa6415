"""How fast a Stack Exchange dump is read, beside xml.etree.iterparse over the same file, and in how much memory.

The dump is made here, in the form of Stack Overflow's: two questions in five posts, one of ten tagged python, half
of them with an accepted answer, which comes up to 40,000 posts later; bodies of prose and code, 1.5 kB as written
on average. The floor parses every row and does nothing with it, so it does less than we do. Every reading is a
process of its own; MB are 10^6 bytes of the file, seconds are of CPU, memory is the highest resident size.

    python bench/stackexchange.py --megabytes 100 400
"""

from __future__ import annotations

import argparse
import html
import itertools
import json
import random
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from xml.sax.saxutils import escape

from hornbook.corpus.posts import read_posts
from hornbook.corpus.stackexchange import read_stackexchange
from hornbook.record import Record

WORDS = (
    *("the", "a", "list", "value", "I", "function", "want", "to", "of", "and", "is", "this", "when", "error"),
    *("returns", "you", "can", "use", "because", "it", "does", "not", "work", "with", "my", "data", "rows"),
)
FARTHEST = 40_000
SHARE_PYTHON, SHARE_ACCEPTED = 0.1, 0.5
ROUNDS = 3


def body(draws: random.Random, codes: list[str]) -> str:
    """Return the Body of a post as it stands in the file, quotes and all."""
    parts = []
    for _ in range(draws.randint(1, 3)):
        prose = " ".join(draws.choices(WORDS, k=draws.randint(15, 70)))
        parts.append(f"<p>{prose}, see <code>x[0]</code> and <em>then</em> &amp; so on.</p>\n")
        code = "\n".join(draws.choice(codes).split("\n")[: draws.randint(2, 12)])
        parts.append(f"<pre><code>{html.escape(code)}\n</code></pre>\n")
    parts.append('<p>Read <a href="https://docs.python.org/3/">the docs</a>.</p>\n')
    return escape("".join(parts), {"\n": "&#xA;", '"': "&quot;"})


def rows(draws: random.Random) -> Iterator[str]:
    """Yield rows without end, in the order of their ids."""
    from teacher import (
        library_functions,
    )  # not at the top: the readings' memory would be mostly the teacher's

    codes = list(library_functions())
    bodies = [body(draws, codes) for _ in range(4000)]
    parents: dict[int, int] = {}
    for number in itertools.count(1):
        kept = f'CreationDate="2015-01-02T03:04:05.678" Score="{draws.randint(-1, 30)}"'
        kept += f' Body="{draws.choice(bodies)}" OwnerUserId="{draws.randint(1, 10**7)}"'
        if number in parents:
            head = f'"2" ParentId="{parents.pop(number)}" {kept} CommentCount="2"'
        else:
            answers = [place(number, parents, draws) for _ in range(draws.randint(0, 3))]
            is_accepted = answers and draws.random() < SHARE_ACCEPTED / 0.75  # of those with an answer
            accepted = f' AcceptedAnswerId="{answers[0]}"' if is_accepted else ""
            tags = "python|list" if draws.random() < SHARE_PYTHON else draws.choice(["java|oop", "c#", "sql"])
            head = f'"1"{accepted} {kept} Title="How to" Tags="|{tags}|"'
        yield f'  <row Id="{number}" PostTypeId={head} ContentLicense="CC BY-SA 3.0" />\n'


def place(question: int, parents: dict[int, int], draws: random.Random) -> int:
    """Put an answer at a free place behind its question, and return the place."""
    number = question + 1 + int(min(draws.expovariate(1 / 3000), FARTHEST))
    while number in parents:
        number += 1
    parents[number] = question
    return number


def write_dump(path: Path, megabytes: int) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write('<?xml version="1.0" encoding="utf-8"?>\n<posts>\n')
        for row in rows(random.Random("bench stackexchange")):
            if file.tell() >= megabytes * 1_000_000:
                break
            file.write(row)
        file.write("</posts>\n")


def parse_all(path: Path) -> int:
    """Parse every row as the standard library does, with the memory given back; return how many there are."""
    number = 0
    events = ET.iterparse(path, events=("start", "end"))
    _, root = next(events)
    for event, element in events:
        if event == "end" and element.tag == "row":
            number += 1
            root.clear()
    return number


READERS = {
    "iterparse (floor)": parse_all,
    "read_posts alone": lambda path: sum(1 for _ in read_posts(path)),
    "read_stackexchange": lambda path: sum(isinstance(r, Record) for r in read_stackexchange(path)),
}


def measured(name: str, path: Path) -> dict[str, float]:
    """Return what a reading found and cost, in a process of its own."""
    command = [sys.executable, __file__, "--read", name, "--path", str(path)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def read(name: str, path: Path) -> None:
    begun = time.process_time()
    found = READERS[name](path)
    seconds = time.process_time() - begun
    # ru_maxrss would count the process that started this one.
    status = Path("/proc/self/status").read_text()
    peak = int(status.partition("VmHWM:")[2].split()[0]) / 1024
    print(json.dumps({"found": found, "seconds": seconds, "peak": peak}))


def compare(megabytes: int, folder: Path) -> None:
    path = folder / "stackoverflow.com" / f"Posts-{megabytes}.xml"
    path.parent.mkdir(exist_ok=True)
    write_dump(path, megabytes)
    size = path.stat().st_size / 1e6
    floor = 0.0
    for name in READERS:
        costs = [measured(name, path) for _ in range(ROUNDS)]
        rate = size / median(cost["seconds"] for cost in costs)
        floor = floor or rate
        peak = max(cost["peak"] for cost in costs)
        print(
            f"{size:,.0f} MB, {name}: {rate:,.0f} MB/s, {rate / floor:.2f} times the floor, "
            f"{costs[0]['found']:,.0f} found, {peak:,.0f} MiB"
        )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--megabytes", type=int, nargs="+", default=[100, 400])
    parser.add_argument("--read", choices=READERS, help="what a process of its own is told to do")
    parser.add_argument("--path", type=Path)
    arguments = parser.parse_args()
    if arguments.read:
        read(arguments.read, arguments.path)
        return
    with tempfile.TemporaryDirectory() as folder:
        for megabytes in arguments.megabytes:
            compare(megabytes, Path(folder))


if __name__ == "__main__":
    main()
