"""Families on queues: taking turns, counting out, the most urgent, piles, desks."""

from __future__ import annotations

import itertools
from collections import Counter

from hornbook.curriculum import draws
from hornbook.curriculum.families.wording import part
from hornbook.curriculum.family import Family, Raw

FAMILIES: tuple[Family, ...] = (
    Family(
        name="round_robin_order",
        concepts=("queues", "simulation", "dictionaries"),
        difficulty=4,
        names="round_robin finishing_order serve_in_turns run_jobs schedule",
        arguments=("jobs|tasks|minutes|work: dict[str, int]; minutes of work each job needs, at least 1",),
        returns="list[str]",
        phrasings=(
            "The jobs in $jobs wait in a queue in the order of the dictionary. The first one gets up to $slice minutes; if it is not finished, it goes to the back of the queue. Return the names in the order in which the jobs finish.",
            "Simulate a machine that takes turns: it works on the job at the front for at most $slice minutes and sends it to the back if minutes are left. Queue up $jobs (name to minutes) in their order and list the names as they get done.",
            "Process $jobs in turns of $slice minutes, always in the same cyclic order of the jobs that still have work left. In what order do they finish? Return a list of all names.",
            "Each round gives every unfinished job of $jobs, in dictionary order, $slice minutes. List the names in order of completion: by round first, within a round by place in the dictionary.",
        ),
        solutions=(
            """
from collections import deque
queue = deque($jobs.items())
$result = []
while queue:
    $key, $count = queue.popleft()
    if $count <= $slice:
        $result.append($key)
    else:
        queue.append(($key, $count - $slice))
return $result
""",
            """
import math
return sorted($jobs, key=lambda $key: math.ceil($jobs[$key] / $slice))
""",
            """
$current = dict($jobs)
$result = []
while $current:
    for $key in list($current):
        $current[$key] -= $slice
        if $current[$key] <= 0:
            del $current[$key]
            $result.append($key)
return $result
""",
        ),
        reference=lambda jobs, slice: [
            name
            for finished in range(1, 1 + max(jobs.values(), default=0))
            for name, minutes in jobs.items()
            if (finished - 1) * slice < minutes <= finished * slice
        ],
        parameters=lambda rng: {"slice": rng.randint(2, 5)},
        inputs=lambda rng, slice: (
            {name: rng.randint(1, 12) for name in rng.sample(draws.FIRST_NAMES, rng.randint(3, 5))},
        ),
        edges=(({},), ({"Ada": 9},), ({"Ben": 4, "Ada": 4},), ({"Eva": 1, "Dan": 100, "Cleo": 1},)),
        idea="A deque is the queue: popleft takes the job in front, append sends it to the back with the rest of its work.",
        pitfall="Do not delete from a dictionary while looping over it; loop over a copy of its keys.",
    ),
    Family(
        name="counting_out",
        concepts=("queues", "simulation", "arithmetic"),
        difficulty=3,
        names="counting_out last_child survivor play_counting_rhyme choose_one",
        arguments=("children|players|circle|group: list[str]; names in the order of the circle",),
        returns="str",
        phrasings=(
            "The $children stand in a circle. Counting starts with the first one, and each time the $nth child counted leaves; counting goes on with the next child. Return the name of the last child left, or '' if there are no children.",
            "Play a counting-out rhyme of $k syllables with the names in $children, arranged in a circle: the child on the last syllable goes out and the rhyme starts again with the one after it. Who remains at the end? An empty list gives ''.",
            "Remove every $nth name from the circle $children, beginning the count at the first name and continuing behind each removed name, until one name is left; return it ('' for an empty circle).",
            "Which of $children stays when every $nth one in the circle is sent away again and again, the first count beginning at the first name? Answer with '' when nobody is there.",
        ),
        solutions=(
            """
from collections import deque
queue = deque($children)
while len(queue) > 1:
    queue.rotate(-$before)
    queue.popleft()
return queue[0] if queue else ""
""",
            """
if not $children:
    return ""
$current = list($children)
$i = 0
while len($current) > 1:
    $i = ($i + $before) % len($current)
    $current.pop($i)
return $current[0]
""",
            """
if len($children) < 2:
    return "".join($children)
$i = $before % len($children)
return $self($children[$i + 1 :] + $children[:$i])
""",
        ),
        reference=lambda children, k, nth, before: _last_left(children, k),
        parameters=lambda rng: (
            lambda k: {"k": k, "before": k - 1, "nth": Raw({2: "2nd", 3: "3rd"}.get(k, f"{k}th"))}
        )(rng.randint(2, 7)),
        inputs=lambda rng, k, nth, before: (rng.sample(draws.FIRST_NAMES, rng.randint(3, 7)),),
        edges=(([],), (["Ada"],), (["Ben", "Eva"],), (["Kai", "Lia", "Max"],)),
        idea="Rotating a deque moves the children who are counted but not sent away to the back, so the one to leave is always in front.",
        pitfall="The circle gets smaller: the remainder must be taken with the present number of children, not with the first one.",
    ),
    Family(
        name="most_urgent_first",
        concepts=("sorting_with_key", "queues", "tuples"),
        difficulty=3,
        names="most_urgent next_${k}_served serve_by_urgency waiting_room select",
        arguments=(
            "patients|requests|tickets|calls: list[tuple[int, str]]; (level, name) in order of arrival",
        ),
        returns="list[str]",
        phrasings=(
            "Return the names of the first $k entries of $patients to be served. Each is a tuple (level, name); the $extreme level goes first, and of equal levels the one who came earlier in the list.",
            "From the (level, name) tuples in $patients, listed by arrival, choose the $k that are served first: $extreme level before all others, earlier arrival among equals. Give their names in serving order (all names if there are fewer than $k).",
            "Serve $patients by level, the $extreme one first, and in order of arrival within a level. List the names of at most $k people in that order.",
            "Who are the $k people served first if $patients holds (level, name) pairs by time of arrival, the $extreme level has priority and ties are settled by arrival? A shorter list is returned when fewer are waiting.",
        ),
        solutions=(
            """
import heapq
heap = [(${sign}$pair[0], $i, $pair[1]) for $i, $pair in enumerate($patients)]
heapq.heapify(heap)
$result = []
while heap and len($result) < $k:
    $result.append(heapq.heappop(heap)[2])
return $result
""",
            """
$result = sorted($patients, key=lambda $pair: ${sign}$pair[0])
return [$key for $i, $key in $result[:$k]]
""",
            """
$current = list($patients)
$result = []
while $current and len($result) < $k:
    $best = $pick($current, key=lambda $pair: $pair[0])
    $current.remove($best)
    $result.append($best[1])
return $result
""",
        ),
        reference=lambda patients, k, extreme, sign, pick: [
            name
            for level in (range(20) if extreme == "lowest" else range(19, -1, -1))
            for found, name in patients
            if found == level
        ][:k],
        parameters=lambda rng: {
            "k": rng.randint(2, 4),
            **part(
                rng,
                {"extreme": "lowest", "sign": "", "pick": "min"},
                {"extreme": "highest", "sign": "-", "pick": "max"},
            ),
        },
        inputs=lambda rng, k, extreme, sign, pick: (
            [(rng.randint(1, 4), name) for name in rng.sample(draws.FIRST_NAMES, rng.randint(3, 7))],
        ),
        edges=(
            ([],),
            ([(3, "Uma")],),
            ([(2, "Rui"), (2, "Ben"), (2, "Ada")],),
            ([(0, "Max"), (9, "Lia"), (0, "Kai")],),
        ),
        idea="A sort or heap needs a key that says it all: the level first, and the place in the queue to settle ties.",
        pitfall="Comparing the whole tuples settles ties by name instead of by arrival.",
    ),
    Family(
        name="cost_of_joining_piles",
        concepts=("greedy", "queues", "sorting"),
        difficulty=4,
        names="cost_of_joining merge_cost join_piles total_effort combine",
        arguments=("piles|heaps|weights|loads: list[int]; weights of the piles",),
        returns="int",
        phrasings=(
            "As long as there are more than $goal piles in $piles, the two lightest are put together, which costs the sum of their weights. Return the total cost.",
            "Join the two smallest numbers of $piles into their sum, again and again, until at most $goal numbers are left. Add up the sums that arise on the way and return this total (0 if nothing has to be joined).",
            "Compute the effort of reducing $piles to $goal piles when each step merges the two lightest piles and takes an effort equal to the weight of the new pile.",
            "What does it cost in total to merge the two lightest of $piles repeatedly until no more than $goal remain, if every merge costs the weight of the pile it makes?",
        ),
        solutions=(
            """
import heapq
heap = list($piles)
heapq.heapify(heap)
$total = 0
while len(heap) > $goal:
    $current = heapq.heappop(heap) + heapq.heappop(heap)
    $total += $current
    heapq.heappush(heap, $current)
return $total
""",
            """
$current = sorted($piles)
$total = 0
while len($current) > $goal:
    $item = $current[0] + $current[1]
    $current = sorted($current[2:] + [$item])
    $total += $item
return $total
""",
            """
from bisect import insort
$current = sorted($piles)
$total = 0
while len($current) > $goal:
    $left, $right, *$current = $current
    insort($current, $left + $right)
    $total += $left + $right
return $total
""",
        ),
        reference=lambda piles, goal: _joining_cost(Counter(piles), goal),
        parameters=lambda rng: {"goal": rng.choice((1, 1, 2, 3))},
        inputs=lambda rng, goal: (draws.ints(rng, 3, 6, 1, 20),),
        edges=(([],), ([8],), ([5, 5],), ([1, 1, 1, 1],), ([30, 2, 2],)),
        idea="A heap always has the smallest number in front, so taking two and putting their sum back is cheap in every step.",
        pitfall="Sorting once is not enough: a new pile may be heavier than piles that have not been touched yet.",
    ),
    Family(
        name="closing_time_of_desks",
        concepts=("greedy", "simulation", "queues"),
        difficulty=4,
        names="closing_time last_finished serve_queue time_at_desks simulate",
        arguments=(
            "minutes|durations|customers|waiting: list[int]; minutes each customer needs, in order of the queue",
        ),
        returns="int",
        phrasings=(
            "Customers who need $minutes wait in one queue before $desks desks. The next one always goes to the desk that becomes free first. Return the minute at which the last customer is finished, counted from 0.",
            "Distribute $minutes to $desks desks: in the given order, each duration is added to the desk with the smallest total so far. Return the largest total in the end, 0 if nobody comes.",
            "There are $desks open desks at minute 0. Each customer in the queue (needing the time given in $minutes) steps up as soon as any desk is free. Compute when all of them have been served; an empty queue takes 0 minutes.",
            "How long do $desks desks take to serve a queue of customers with the service times $minutes, if whoever is next goes to the desk that is free earliest? Answer 0 for an empty queue.",
        ),
        solutions=(
            """
import heapq
heap = [0] * $desks
for $item in $minutes:
    heapq.heapreplace(heap, heap[0] + $item)
return max(heap)
""",
            """
$result = [0] * $desks
for $item in $minutes:
    $i = $result.index(min($result))
    $result[$i] += $item
return max($result)
""",
            """
$current = [0] * $desks
for $item in $minutes:
    $current.sort()
    $current[0] += $item
return sorted($current)[-1]
""",
        ),
        reference=lambda minutes, desks: _served_by(list(minutes), desks),
        parameters=lambda rng: {"desks": rng.randint(2, 3)},
        inputs=lambda rng, desks: (draws.ints(rng, 3, 8, 1, 12),),
        edges=(([],), ([7],), ([3, 3, 3, 3],), ([1, 1, 20],), ([20, 1, 1, 1],)),
        idea="Only the time at which each desk becomes free matters, and a heap hands out the smallest of these times again and again.",
        pitfall="Dealing the customers out in turn (first desk, second desk, ...) ignores that some desks are free earlier.",
    ),
)


def _last_left(children: list[str], k: int) -> str:
    """Call out the names round the circle, with a mark for those who have left."""
    gone: set[int] = set()
    called = 0
    for at in itertools.cycle(range(len(children))):
        if len(gone) == len(children) - 1:
            return next(name for place, name in enumerate(children) if place not in gone)
        if at not in gone:
            called += 1
            if called % k == 0:
                gone.add(at)
    return ""


def _joining_cost(weights: Counter[int], goal: int) -> int:
    if weights.total() <= goal:
        return 0
    light, next_light = sorted(weights.elements())[:2]
    joined = Counter([light + next_light])
    return light + next_light + _joining_cost(weights - Counter([light, next_light]) + joined, goal)


def _served_by(minutes: list[int], desks: int) -> int:
    """Let the clock tick minute by minute."""
    busy: list[int] = []
    for now in itertools.count():
        busy = [left - 1 for left in busy if left > 1]
        while minutes and len(busy) < desks:
            busy.append(minutes.pop(0))
        if not busy:
            return now
    return 0
