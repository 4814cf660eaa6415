"""What mutants are told by, and what they are not: time, steps, chance, the calls before."""

from __future__ import annotations

from test_mutants import grade, needs_sandbox

MEMO = """
memo = {}
def f(n):
    if n in memo:
        return memo[n]
    if n < 2:
        return n
    r = f(n - 1) + f(n - 2)
    memo[n] = r
    return r
"""


@needs_sandbox
def test_a_slow_mutant_that_is_right_is_told_by_no_assert() -> None:
    seen = ["assert f(13) == 233\n", "assert f(22) == 17711\n"]
    few, many = (grade(MEMO, test + "assert f(0) == 0\nassert f(1) == 1\n") for test in seen)
    forgets = "memo[n] = r: left out"
    assert forgets in [mutant.change for mutant in few.equivalent]
    assert (forgets, "timeout_cpu") in [(mutant.change, mutant.outcome) for mutant in many.killed]


@needs_sandbox
def test_a_mutant_that_raises_where_the_program_answers_is_told_by_that() -> None:
    found = grade("def f(x):\n    return [5, 6][x - 3] if x else 0\n", "assert f(0) == 0\n")
    told = {mutant.change: mutant.told_by for mutant in found.survived}
    assert told["x - 3: - -> +"] == "assert f(2) == 6"


@needs_sandbox
def test_a_mutant_with_a_hundred_times_the_steps_is_overdue_and_one_with_five_times_is_not() -> None:
    program = "def f(n):\n    for _ in range(400 * 5 // 5):\n        n += 0\n    return n\n"
    found = grade(program, "assert f(1) == 1\nassert f(2) == 2\n")
    fates = {mutant.change: mutant.outcome for mutant in (*found.killed, *found.equivalent)}
    assert fates["400 * 5 // 5: // -> *"] == "timeout_cpu" and fates["5: -> 4"] == "pass"


@needs_sandbox
def test_no_assert_is_offered_about_a_value_that_hangs_on_the_random_state() -> None:
    program = "import random\nk = int(random.random() * 1000)\ndef f(x): return x + k\n"
    found = grade(program, "assert f(1) > 0\nassert f(2) > 0\n")
    assert found.survived and found.more_tests == ()


@needs_sandbox
def test_chance_does_not_tell_a_mutant_from_the_program() -> None:
    program = "import random\nk = random.random()\ndef f(x): return k + x * (3 * 0 > 4)\n"
    found = grade(program, "assert 0 <= f(1) <= 1\nassert 0 <= f(2) <= 1\n")
    assert "3 * 0 > 4: > -> >=" in [mutant.change for mutant in found.equivalent]


@needs_sandbox
def test_no_assert_is_offered_about_a_value_that_hangs_on_the_calls_before() -> None:
    program = "seen = []\ndef f(x):\n    seen.append(x)\n    return len(seen) * 10 + x * 2\n"
    found = grade(program, "assert f(1) > 0\nassert f(2) > 0\n")
    assert found.survived and found.more_tests == ()


@needs_sandbox
def test_a_program_that_begins_with_a_byte_order_mark_is_run_and_graded_as_python_does() -> None:
    assert grade("\ufeffdef f(x): return x + 1\n", "assert f(1) == 2\n").kill_rate is not None
