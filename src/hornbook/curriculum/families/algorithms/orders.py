"""Families on topological orders: checking one, working in stages, finishing times."""

from __future__ import annotations

import itertools
import random

from hornbook.curriculum.family import Family, Raw

TASKS = ("bake", "clean", "dine", "eat", "fry", "grill")


def _needs(rng: random.Random, low: int = 3, high: int = 5) -> dict[str, list[str]]:
    tasks = rng.sample(TASKS, rng.randint(low, high))
    needs = {
        task: sorted(rng.sample(tasks[:at], rng.randint(0, min(at, 2)))) for at, task in enumerate(tasks)
    }
    return dict(sorted(needs.items()))


def _longest(needs: dict[str, list[str]], task: str, cost: dict[str, int]) -> int:
    """The largest total of a chain of needs that ends with `task`."""
    return cost[task] + max((_longest(needs, other, cost) for other in needs[task]), default=0)


FAMILIES: tuple[Family, ...] = (
    Family(
        name="plan_respects_needs",
        concepts=("topological_sorting", "any_all", "enumerate_zip"),
        difficulty=2,
        names="plan_respects_needs valid_order check_plan is_possible in_order",
        arguments=(
            "plan|order|steps|schedule: list[str]; the tasks in the order in which they are to be done",
            "needs|before|rules|conditions: list[tuple[str, str]]; pairs (earlier task, later task)",
        ),
        returns="bool",
        phrasings=(
            "Return True if $plan obeys all rules in $needs: for each pair (earlier, later) $both the earlier one stands before the later one. $absent",
            "Check a plan. A rule (a, b) of $needs demands that a is done before b; it holds if $both a comes first. Does $plan satisfy every rule? Answer True or False; no task is listed twice. $absent",
            "A cook writes down the steps $plan, each once, and knows from $needs that some steps (first of a pair) must precede others (second of the pair). Is the plan in order? $absent",
            "Given an ordering $plan without repeats and constraints (x, y) in $needs, return whether for every constraint the position of x in $plan is smaller than that of y. $absent",
        ),
        solutions=(
            """
position = {task: $i for $i, task in enumerate($plan)}
for earlier, later in $needs:
    if earlier not in position or later not in position:
        $missing
    if position[earlier] >= position[later]:
        return False
return True
""",
            """
def fine(earlier, later):
    if {earlier, later} <= set($plan):
        return earlier in $plan[: $plan.index(later)]
    return $value

return all(fine(*$pair) for $pair in $needs)
""",
        ),
        reference=lambda plan, needs, both, absent, missing, value: (
            not any(
                plan.index(a) >= plan.index(b) if a in plan and b in plan else not value for a, b in needs
            )
        ),
        parameters=lambda rng: rng.choice(
            (
                {
                    "both": Raw("with both tasks in the plan,"),
                    "absent": Raw("A rule about a task that is not in the plan is ignored."),
                    "missing": Raw("continue"),
                    "value": True,
                },
                {
                    "both": Raw("both tasks are in the plan and"),
                    "absent": Raw("A rule about a task that is not in the plan counts as broken."),
                    "missing": Raw("return False"),
                    "value": False,
                },
            )
        ),
        inputs=lambda rng, both, absent, missing, value: (
            plan := rng.sample(TASKS, rng.randint(3, 5)),
            [
                (a, b)
                for a, b in rng.sample(
                    list(itertools.combinations((*plan, *TASKS[:1]), 2)), rng.randint(1, 3)
                )
                if a != b
            ]
            + ([(plan[-1], plan[0])] if rng.random() < 0.6 else []),
        ),
        edges=(
            ([], []),
            (["bake"], [("bake", "bake")]),
            (["bake", "eat"], [("bake", "eat"), ("eat", "wash")]),
            (["bake", "eat"], [("eat", "bake")]),
            (["bake", "eat", "fry"], [("mix", "bake"), ("bake", "fry")]),
            (["bake", "eat", "fry"], [("bake", "fry"), ("bake", "eat"), ("eat", "fry")]),
        ),
        idea="Knowing the position of every task, each rule is a single comparison, and all of them have to hold.",
        pitfall="Checking only tasks that stand next to each other misses rules about tasks further apart.",
    ),
    Family(
        name="stages_of_work",
        concepts=("topological_sorting", "sets", "while_loops"),
        difficulty=4,
        names="stages_of_work parallel_rounds work_in_rounds batches schedule_all",
        arguments=(
            "needs|tasks|waits|jobs: dict[str, list[str]]; maps every task to the tasks it waits for",
        ),
        returns="list[list[str]] | None",
        phrasings=(
            "Plan rounds of work: in each round all tasks whose needs (see $needs) were done in earlier rounds are done, $cap. Return the rounds as lists in alphabetical order, or None if tasks wait for each other in a circle.",
            "$needs maps every task to what must be finished before it. In a round one works on the tasks that wait for nothing any more, $cap. List round by round, each sorted, what is done; answer None if the tasks can never all be done.",
            "A large kitchen works in rounds. A dish can be made as soon as all dishes in its list in $needs were ready before the round; every such dish is made at once, $cap. Which dishes are made in which round? Sort within the rounds; return None if some dish can never be made.",
            "Given the dependency graph $needs, repeat: take the nodes not yet taken that need only nodes taken in earlier steps, $cap. Return the sorted lists of the nodes taken in each step, until all are taken; None if a cycle prevents that, and an empty list for an empty graph.",
        ),
        solutions=(
            """
done = set()
$result = []
while len(done) < len($needs):
    free = sorted(task for task in $needs if task not in done and done.issuperset($needs[task]))
    if not free:
        return None
    $result.append(free[:$cap_size])
    done.update($result[-1])
return $result
""",
            """
waiting = {task: set(others) for task, others in $needs.items()}
$result = []
while waiting:
    ready = [task for task, others in waiting.items() if not others]
    ready = sorted(ready)[:$cap_size]
    if ready == []:
        return None
    for task in ready:
        del waiting[task]
    for others in waiting.values():
        others.difference_update(ready)
    $result.append(ready)
return $result
""",
        ),
        reference=lambda needs, cap, cap_size: _stages(needs, [], cap_size),
        parameters=lambda rng: {
            "cap_size": (size := rng.choice((2, 3))),
            "cap": Raw(f"but at most {size} per round, the alphabetically first ones"),
        },
        inputs=lambda rng, cap, cap_size: (
            {
                **_needs(rng, 4, 6),
                **({"bake": ["eat"], "eat": ["bake"]} if rng.random() < 0.15 else {}),
            },
        ),
        edges=(
            ({},),
            ({"a": []},),
            ({"a": ["a"]},),
            ({"d": [], "c": [], "b": [], "a": []},),
            ({"a": ["b"], "b": ["c"], "c": []},),
            ({"a": [], "b": ["c"], "c": ["b"]},),
        ),
        idea="Each round takes what waits for nothing any more; when nothing is free although tasks are left, there is a circle.",
        pitfall="A task that became free in this round must wait for the next one: find all free tasks before any is crossed off.",
    ),
    Family(
        name="earliest_finish",
        concepts=("topological_sorting", "caching", "recursion"),
        difficulty=3,
        names="earliest_finish finish_times project_length ready_at time_needed",
        arguments=(
            "needs|before|waits|steps: dict[str, list[str]]; maps every task to those that must be finished first",
            "hours|times|durations|lengths: dict[str, int]; hours that each task takes",
        ),
        returns="int",
        phrasings=(
            "Tasks can run at the same time, but each begins only when all tasks in its list in $needs are finished$pause. Return after how many hours the whole project is finished, if every task begins as early as possible and takes as many hours as $hours says. A task that waits for none begins at once. There are no circles; a project without tasks takes 0 hours.",
            "How long does a project take at least, if the task t lasts `$hours[t]` hours, begins when all tasks in `$needs[t]` are finished$pause (at once, if it has none), and any number of people work side by side? The needs contain no circle; an empty project takes 0 hours.",
            "A house is built by many workers. Each job in $hours (job -> hours) starts as soon as the jobs it depends on ($needs, without circular waiting) are done$pause; one that depends on nothing starts at hour 0. In how many hours is the last job done? Return 0 if there is none.",
            "Given an acyclic dependency graph $needs and durations $hours, each task starts $gap after the latest finish among its dependencies, or at 0 without dependencies. Return the maximum finish, or 0 without tasks.",
        ),
        solutions=(
            """
finish = {}

def finished(task):
    if task not in finish:
        begin = max((finished($other) + $gap for $other in $needs[task]), default=0)
        finish[task] = begin + $hours[task]
    return finish[task]

return max((finished(task) for task in $needs), default=0)
""",
            """
finish = {}
while len(finish) < len($needs):
    for task, others in $needs.items():
        if task not in finish and all($other in finish for $other in others):
            begin = 0
            for $other in others:
                begin = max(begin, finish[$other] + $gap)
            finish[task] = begin + $hours[task]
return max(finish.values(), default=0)
""",
        ),
        reference=lambda needs, hours, gap, pause: max(
            (_longest(needs, task, {t: h + gap for t, h in hours.items()}) - gap for task in needs), default=0
        ),
        parameters=lambda rng: rng.choice(
            tuple(
                {
                    "gap": gap,
                    "pause": Raw(
                        f" and {gap} more hour{'s' * (gap > 1)} have passed".replace("hour have", "hour has")
                    ),
                }
                for gap in (1, 2, 3)
            )
        ),
        inputs=lambda rng, gap, pause: (
            needs := _needs(rng, 3, 4),
            {task: rng.randint(1, 9) for task in needs},
        ),
        edges=(
            ({}, {}),
            ({"a": []}, {"a": 4}),
            ({"a": [], "b": []}, {"a": 4, "b": 7}),
            ({"a": ["b"], "b": ["c"], "c": []}, {"a": 1, "b": 2, "c": 3}),
            ({"a": [], "b": ["a"], "c": [], "d": ["b", "c"]}, {"a": 1, "b": 1, "c": 9, "d": 1}),
        ),
        idea="A task begins when the last of those it waits for is ready; remembering finished times keeps each from being computed again.",
        pitfall="Adding up the hours of all tasks it waits for would be right only if they ran one after the other.",
    ),
    Family(
        name="tasks_to_start",
        concepts=("topological_sorting", "any_all", "filtering"),
        difficulty=1,
        names="tasks_to_start ready_tasks available next_tasks can_begin",
        arguments=(
            "needs|tasks|waits|conditions: dict[str, list[str]]; maps each task to those that must be done before it",
            "done|finished|completed|ready_list: list[str]; tasks that are done",
        ),
        returns="list[str]",
        phrasings=(
            "Return the tasks of $needs that are not in $done and $rule, in $order order.",
            "Which tasks can be named, in $order order, that are keys of $needs, are not done yet, and $rule? The tasks in $done are done.",
            "A cook has finished the steps in $done. For each step, $needs lists the steps that must be finished before it. List, in $order order, the unfinished steps that $rule.",
            "List the keys of $needs in $order order, leaving out the ones that are elements of $done and keeping of the others only those that $rule.",
        ),
        solutions=(
            """
$result = []
for task in sorted($needs$backwards):
    missing = [$other for $other in $needs[task] if $other not in $done]
    if task not in $done and $test:
        $result.append(task)
return $result
""",
            """
finished_tasks = set($done)
open_tasks = []
for task, before in $needs.items():
    missing = set(before) - finished_tasks
    if $test and task not in finished_tasks:
        open_tasks.append(task)
open_tasks.sort($only)
return open_tasks
""",
        ),
        reference=lambda needs, done, rule, test, order, backwards, only: [
            task
            for task in sorted(needs, key=lambda name: [-ord(c) if backwards else ord(c) for c in name])
            if task not in done
            and len(set(needs[task]).difference(done)) in ((0,) if "nothing" in rule else (1,))
        ],
        parameters=lambda rng: {
            **rng.choice(
                (
                    {"rule": Raw("wait for nothing that is still to do"), "test": Raw("not missing")},
                    {
                        "rule": Raw("wait for exactly one task that is still to do"),
                        "test": Raw("len(missing) == 1"),
                    },
                )
            ),
            **rng.choice(
                (
                    {"order": Raw("alphabetical"), "backwards": Raw(""), "only": Raw("")},
                    {
                        "order": Raw("reverse alphabetical"),
                        "backwards": Raw(", reverse=True"),
                        "only": Raw("reverse=True"),
                    },
                )
            ),
        },
        inputs=lambda rng, rule, test, order, backwards, only: (
            needs := _needs(rng, 4, 6),
            rng.sample(list(needs), rng.randint(0, 2)),
        ),
        edges=(
            ({}, []),
            ({"bake": []}, []),
            ({"bake": []}, ["bake"]),
            ({"eat": ["bake"], "bake": [], "dine": ["eat", "bake"]}, ["bake"]),
            ({"a": [], "b": [], "c": ["a", "b"], "d": ["a"]}, []),
        ),
        idea="A task is ready if everything on its list is among the finished ones.",
        pitfall="Finished tasks need nothing any more either and would be listed again; leave them out.",
    ),
)


def _stages(needs: dict[str, list[str]], done: list[str], size: int) -> list[list[str]] | None:
    open_tasks = [task for task in sorted(needs) if task not in done]
    if not open_tasks:
        return []
    free = [task for task in open_tasks if not [o for o in needs[task] if o not in done]][:size]
    rest = _stages(needs, [*done, *free], size) if free else None
    return None if rest is None else [free, *rest]
