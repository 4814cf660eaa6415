"""Families on functions that remember the answers they have given."""

from __future__ import annotations

from functools import cache

from hornbook.curriculum.family import Family


def _pieces(n: int, limit: int, a: int, b: int) -> int:
    table: list[int] = []
    for size in range(n + 1):
        table.append(1 if size < limit else table[size // a] + table[size // b])
    return table[n]


def _worked_out(questions: list[int], size: int) -> tuple[int, int]:
    memory: list[int] = []
    hits = 0
    for question in questions:
        hits += question in memory
        memory = [q for q in memory if q != question]
        memory = (memory + [question])[-size:]
    return len(questions) - hits, hits


def _wins(n: int, moves: tuple[int, ...]) -> bool:
    lost = {0}
    for stones in range(1, n + 1):
        if not any(stones - move in lost for move in moves):
            lost.add(stones)
    return n not in lost


@cache
def _tilings(n: int, k: int, colours: int) -> int:
    if n < 0:
        return 0
    return 1 if n == 0 else _tilings(n - 1, k, colours) + colours * _tilings(n - k, k, colours)


FAMILIES: tuple[Family, ...] = (
    Family(
        name="pieces_after_splitting",
        concepts=("memoization", "recursion", "integer_division"),
        difficulty=4,
        names="final_pieces count_pieces pieces_of split_count pieces break_up",
        arguments=("size|n|weight|length: int; the size of the first piece, not negative",),
        returns="int",
        phrasings=(
            "Return into how many pieces a piece of $size falls in the end. A piece of $limit or more splits into two of the sizes size // $a and size // $b, which may split again; a smaller one stays.",
            "Given $size, count the final pieces: as long as there is a piece of at least $limit, it is replaced by two, whose sizes are its size divided by $a and by $b, both rounded down. A piece of size 0 counts like any other.",
            "In a game a stone of weight $size is hit with a hammer. A stone of $limit kg or more breaks into two, of 1/$a and 1/$b of its weight (rounded down to whole kilograms, the rest is dust); lighter ones do not break. How many stones, even of 0 kg, lie there when nothing breaks any more?",
            "Let p(s) = 1 for s < $limit and p(s) = p(s // $a) + p(s // $b) otherwise. Return p($size).",
        ),
        solutions=(
            """
from functools import cache

@cache
def pieces(number):
    if number < $limit:
        return 1
    return pieces(number // $a) + pieces(number // $b)

return pieces($size)
""",
            """
known = {}

def pieces(number):
    if number < $limit:
        return 1
    if number not in known:
        known[number] = pieces(number // $a) + pieces(number // $b)
    return known[number]

return pieces($size)
""",
            """
todo = [$size]
done = 0
while todo:
    number = todo.pop()
    if number < $limit:
        done += 1
    else:
        todo += [number // $a, number // $b]
return done
""",
        ),
        reference=_pieces,
        inputs=lambda rng, limit, **_: (
            rng.choice((limit, rng.randint(limit, 10 * limit), rng.randint(50, 900))),
        ),
        edges=((0,), (1,), (3,), (4,), (5,), (12,), (2000,)),
        idea="The same sizes come up on many branches; with a memory each of them is worked out only once.",
        pitfall="Storing answers in a dictionary but never looking there first saves nothing.",
        parameters=lambda rng: {"limit": rng.randint(4, 9), "a": 2, "b": rng.choice((3, 4))},
    ),
    Family(
        name="questions_answered_from_memory",
        concepts=("memoization", "lists", "counting"),
        difficulty=4,
        names="cache_statistics worked_and_remembered hits_and_misses count_hits simulate_memory memory_use",
        arguments=("questions|requests|keys|numbers: list[int]; what is asked, in order",),
        returns="tuple[int, int]",
        phrasings=(
            "Return how many of $questions have to be worked out and how many are answered from memory, as a pair. The memory holds the $size different questions that were asked last.",
            "Given the list $questions, simulate a memory with room for $size different questions. One that is in the memory counts as remembered, any other as worked out; in both cases it is now the most recent, and when there are more than $size, the one whose last use is longest ago is forgotten. Return (worked out, remembered).",
            "A clerk remembers the last $size different questions that people asked, and answers these at once; all others must be looked up. How many of the $questions are looked up, and how many are known? Being asked again keeps a question fresh.",
            "Question i of $questions is a hit if the same number occurs before it and fewer than $size different other numbers occur between its last occurrence and i. Return (number of questions that are no hits, number of hits).",
        ),
        solutions=(
            """
memory = []
worked_out = remembered = 0
for question in $questions:
    if question in memory:
        memory.remove(question)
        remembered += 1
    else:
        worked_out += 1
    memory.append(question)
    if len(memory) > $size:
        del memory[0]
return worked_out, remembered
""",
            """
from functools import lru_cache

@lru_cache(maxsize=$size)
def answer(question):
    return question

for question in $questions:
    answer(question)
info = answer.cache_info()
return info.misses, info.hits
""",
            """
recent = {}
hits = 0
for question in $questions:
    if recent.pop(question, False):
        hits += 1
    recent[question] = True
    if len(recent) > $size:
        del recent[next(iter(recent))]
return len($questions) - hits, hits
""",
        ),
        reference=_worked_out,
        inputs=lambda rng, size: ([rng.randint(1, size + 2) for _ in range(rng.randint(5, 9))],),
        edges=(
            ([],),
            ([7],),
            ([1, 1, 1],),
            ([1, 2, 1, 3, 1, 4, 1],),
            ([1, 2, 3, 4, 5, 1],),
            ([1, 2, 1, 3, 2, 4, 1],),
        ),
        idea="The memory is a list in the order of the last use; a question that is asked again moves to its end, and the front is forgotten.",
        pitfall="Not moving a question that is asked again forgets it although it was used a moment ago.",
        parameters=lambda rng: {"size": rng.randint(2, 4)},
    ),
    Family(
        name="can_force_the_last_stone",
        concepts=("memoization", "any_all", "recursion"),
        difficulty=5,
        names="first_player_wins can_win is_winning winning_position wins force_win",
        arguments=("n|pile|heap: int; how many there are, not negative",),
        returns="bool",
        phrasings=(
            "Return whether the player whose turn it is can be sure to win when $n is the number of stones left. Two players take turns; each takes $a, $b or $c of them, never more than there are, and who cannot move has lost.",
            "Given the number $n of stones in a pile, decide if the first of two players has a winning strategy. A move removes exactly $a, $b or $c stones; the player who has no possible move loses. Both play as well as possible.",
            "Two children take matches from a heap in turn: $a, $b or $c at a time. The one who cannot take any more is the loser. If $n matches lie on the table, can the child who begins force a win?",
            "Let w(n) be True if there is an m among $a, $b and $c with m <= n and w(n - m) False, and False otherwise, so that w(0) is False. Return w($n).",
        ),
        solutions=(
            """
from functools import cache

@cache
def wins(left):
    return any(not wins(left - move) for move in ($a, $b, $c) if move <= left)

return wins($n)
""",
            """
winning = []
for left in range($n + 1):
    moves = [move for move in ($a, $b, $c) if move <= left]
    winning.append(not all(winning[left - move] for move in moves))
return winning[$n]
""",
        ),
        reference=lambda stones, a, b, c: _wins(stones, (a, b, c)),
        inputs=lambda rng, a, b, c: (
            rng.choice((rng.randint(0, 12), rng.randint(8, 40), rng.randint(0, 6))),
        ),
        edges=((0,), (1,), (2,), (4,), (5,), (7,), (8,), (10,)),
        idea="A position wins if some move leads to a position that loses; each position is judged once and remembered.",
        pitfall="Looking only at the largest move is not enough; one good move among several decides.",
        parameters=lambda rng: (lambda abc: {"a": abc[0], "b": abc[1], "c": abc[2]})(
            rng.choice(((1, 3, 4), (1, 2, 5), (2, 3, 5), (1, 4, 6), (2, 3, 7)))
        ),
    ),
    Family(
        name="ways_to_lay_tiles",
        concepts=("memoization", "dynamic_programming", "recursion"),
        difficulty=4,
        names="count_ways ways_to_fill tilings lay_tiles count_tilings ways",
        arguments=("length|n|metres|size: int; the length of the strip, not negative",),
        returns="int",
        phrasings=(
            "Return in how many ways a strip of $length can be covered with tiles of length 1 and tiles of length $k, if the long ones come in $colours colours. The order and the colours of the tiles matter; there is one way to cover length 0.",
            "Given $length, count the sequences of tiles whose lengths add up to it. A tile is short (length 1, one kind) or long (length $k, $colours kinds).",
            "A garden path of $length metres is laid with plain stones of one metre and long slabs of $k metres, which are sold in $colours colours. How many different paths are possible, seen from the gate?",
            "Let w(n) = 0 for n < 0, w(0) = 1 and w(n) = w(n - 1) + $colours * w(n - $k) for n > 0. Return w($length).",
        ),
        solutions=(
            """
known = {0: 1}

def ways(left):
    if left < 0:
        return 0
    if left not in known:
        known[left] = ways(left - 1) + $colours * ways(left - $k)
    return known[left]

return ways($length)
""",
            """
from functools import lru_cache

@lru_cache(maxsize=None)
def ways(left):
    if left < $k:
        return 1
    return ways(left - 1) + $colours * ways(left - $k)

return ways($length)
""",
            """
ways = [1] * $k
while len(ways) <= $length:
    ways.append(ways[-1] + $colours * ways[-$k])
return ways[$length]
""",
        ),
        reference=lambda length, k, colours: _tilings(length, k, colours),
        inputs=lambda rng, k, colours: (rng.randint(k, 15),),
        edges=((0,), (1,), (2,), (3,), (4,), (5,), (20,)),
        idea="The first tile is short or long; what remains is a shorter strip, and each length is counted only once.",
        pitfall="Starting with 0 ways for the empty strip makes every count 0: covering nothing is possible in one way.",
        parameters=lambda rng: {"k": rng.randint(2, 4), "colours": rng.randint(2, 3)},
    ),
)
