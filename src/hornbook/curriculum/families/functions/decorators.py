"""Families on functions that take a function and put another in its place."""

from __future__ import annotations

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw


def _decorated(number: int, names: list[str], k: int) -> int:
    for name in names[::-1]:
        number = {"double": number * 2, "negate": 0 - number, "add": number + k}[name]
    return number


def _calls(n: int, k: int) -> int:
    counts = [1] * k
    while len(counts) <= n:
        counts.append(1 + counts[-1] + counts[-k])
    return counts[n]


def _bounded(values: list[int], low: int, high: int, a: int, b: int) -> list[int]:
    return [sorted((low, a * value + b, high))[1] for value in values]


def _log(calls: list[tuple[int, int]], most: int) -> tuple[list[int], list[str]]:
    done = calls[:most]
    return [a * b for a, b in done], [f"{a}*{b}={a * b}" for a, b in done]


def _valid(rows: list[tuple[str, int]], word: str) -> list[str]:
    return [f"{name} {count * 2}" if count in range(1, 10**6) and name else word for name, count in rows]


FAMILIES: tuple[Family, ...] = (
    Family(
        name="stack_of_decorators",
        concepts=("decorators", "higher_order", "for_loops"),
        difficulty=4,
        names="decorated_value apply_decorators value_of_stack result_of_decorated run_decorated evaluate_stack",
        arguments=(
            "number|value|start: int; what the plain function returns",
            "names|decorators|lines: list[str]; the decorators from top to bottom",
        ),
        returns="int",
        phrasings=(
            "Return what a function gives that returns $number itself and has the decorators $names above its `def`, from top to bottom. Each one changes the result: 'double' doubles it, 'negate' changes its sign, 'add' adds $k. The decorator next to the `def` acts first.",
            "Given a $number and a list of $names, each 'double', 'negate' or 'add', work out the result of `def f(): return $number` with these decorators written above it in this order. They wrap the function from the bottom up, and make of its result twice the result, minus the result, or the result plus $k.",
            "Presents are wrapped in layers, and so is a function: the decorator closest to it is put on first. Starting from $number, the layers $names, listed from the outermost to the innermost, double the result, negate it or add $k to it. What comes out at the top?",
            "Apply to $number the operations $names in reverse order, last element first, where 'double' maps x to 2 * x, 'negate' to -x and 'add' to x + $k. Return the final value; with no names it is $number.",
        ),
        solutions=(
            """
def decorator(change):
    def wrap(function):
        return lambda: change(function())

    return wrap

known = {
    "double": decorator(lambda x: 2 * x),
    "negate": decorator(lambda x: -x),
    "add": decorator(lambda x: x + $k),
}
function = lambda: $number
for name in reversed($names):
    function = known[name](function)
return function()
""",
            """
value = $number
for name in $names[::-1]:
    if name == "double":
        value *= 2
    elif name == "negate":
        value = -value
    else:
        value += $k
return value
""",
        ),
        reference=_decorated,
        inputs=lambda rng, k: (
            rng.randint(-5, 9),
            rng.choices(("double", "negate", "add"), k=rng.randint(2, 4)),
        ),
        edges=(
            (0, []),
            (3, ["add"]),
            (3, ["double", "add"]),
            (3, ["add", "double"]),
            (-2, ["negate", "add", "negate"]),
            (1, ["double", "double", "negate"]),
        ),
        idea="Decorators are applied from the `def` upwards, so the list, read from top to bottom, is worked through backwards.",
        pitfall="Applying them in the order they are written gives another result as soon as doubling and adding both occur.",
        parameters=lambda rng: {"k": rng.randint(2, 9)},
    ),
    Family(
        name="calls_counted_by_decorator",
        concepts=("decorators", "recursion", "counting"),
        difficulty=4,
        names="count_calls number_of_calls calls_needed calls_made how_many_calls total_calls",
        arguments=("n|number|argument: int; the argument of the first call, not negative",),
        returns="int",
        phrasings=(
            "Return how many calls of `branch` are made in all when `branch($n)` is worked out, the first call included.",
            "Given $n, count the calls of `branch` that `branch($n)` leads to. It calls itself twice unless its argument is below $k; every call counts, the outermost as well.",
            "A decorator that counts is put above `branch`, and the function is called once with $n. Which number has the counter reached when the result is there?",
            "Let c(m) = 1 for m < $k and c(m) = 1 + c(m - 1) + c(m - $k) for m >= $k. Return c($n).",
        ),
        solutions=(
            """
def counted(function):
    def wrapper(number):
        wrapper.calls += 1
        return function(number)

    wrapper.calls = 0
    return wrapper

@counted
def visit(number):
    if number >= $k:
        visit(number - 1)
        visit(number - $k)

visit($n)
return visit.calls
""",
            """
if $n < $k:
    return 1
return 1 + $self($n - 1) + $self($n - $k)
""",
            """
calls = [1] * $k
for number in range($k, $n + 1):
    calls.append(1 + calls[number - 1] + calls[number - $k])
return calls[$n]
""",
        ),
        setup="""
def branch(n):
    if n < $k:
        return n
    return branch(n - 1) + branch(n - $k)
""",
        reference=_calls,
        inputs=lambda rng, k: (rng.randint(k, 11),),
        edges=((0,), (1,), (2,), (3,), (4,)),
        idea="A call that branches costs one plus the calls of its two parts; the wrapper simply adds one each time it is passed through.",
        pitfall="The recursive calls are only counted if the name inside the function means the decorated one, which the @ sees to.",
        parameters=lambda rng: {"k": rng.randint(2, 4)},
    ),
    Family(
        name="results_kept_in_bounds",
        concepts=("decorators", "min_max", "closures"),
        difficulty=4,
        names="bounded_results clamped_values keep_in_bounds results_in_range bounded apply_bounded",
        arguments=("values|inputs|readings|numbers: list[int]; what the formula is applied to",),
        returns="list[int]",
        phrasings=(
            "Return for each x in $values the number $a * x + $b, but $low where it is less than $low and $high where it is more than $high.",
            "Given a list $values, apply the formula $a * x + $b to every element and keep the results between $low and $high: smaller ones become $low, larger ones $high. Return the new list.",
            "A $device answers a reading x with $a * x + $b, yet a decorator around its function lets nothing below $low or above $high through and gives the nearest bound instead. What are the answers for $values?",
            "Return the list of max($low, min($high, $a * x + $b)) for the elements x of $values in order.",
        ),
        solutions=(
            """
def bounded(low, high):
    def decorate(function):
        def wrapper(x):
            return max(low, min(high, function(x)))

        return wrapper

    return decorate

@bounded($low, $high)
def answer(x):
    return $a * x + $b

return [answer(x) for x in $values]
""",
            """
$result = []
for x in $values:
    answer = $a * x + $b
    if answer < $low:
        answer = $low
    elif answer > $high:
        answer = $high
    $result.append(answer)
return $result
""",
        ),
        reference=lambda values, low, high, a, b, device: _bounded(values, low, high, a, b),
        inputs=lambda rng, **_: (draws.ints(rng, 3, 6, -8, 12),),
        edges=(([],), ([0],), ([-50, 50],), ([1, 2, 3, 4, 5],), ([-1, -1],)),
        idea="A decorator with arguments is a function that returns the decorator; the wrapper it makes remembers the bounds and the function.",
        pitfall="`@bounded` without its arguments hands the function over as the lower bound.",
        parameters=lambda rng: {
            "low": rng.randint(-4, 0),
            "high": rng.randint(9, 15),
            "a": rng.randint(2, 3),
            "b": rng.randint(1, 5),
            "device": Raw(rng.choice(("heater", "motor", "dimmer", "pump"))),
        },
    ),
    Family(
        name="default_for_bad_arguments",
        concepts=("decorators", "exceptions", "string_formatting"),
        difficulty=4,
        names="lines_or_word safe_lines order_lines checked_lines lines_with_default protect",
        arguments=("rows|orders|entries|wishes: list[tuple[str, int]]; a name and a count each",),
        returns="list[str]",
        phrasings=(
            "Return for each (name, count) of $rows what `order_line` gives, or '$word' where it raises ValueError.",
            "Given a list of pairs $rows, call `order_line` with every pair and collect the results; put '$word' in the place of those for which the function raises ValueError.",
            "A shop doubles all orders in a sale. Its function `order_line` refuses an empty name and counts below 1 with an error, but the printed list should show '$word' there and go on. Return the printed lines for $rows, pairs of a name and a count.",
            "Return the list that has, for every (name, count) in $rows, the string name + ' ' + str(2 * count) if name is not '' and count >= 1, and '$word' otherwise.",
        ),
        solutions=(
            """
def or_else(default):
    def decorate(function):
        def wrapper(*args):
            try:
                return function(*args)
            except ValueError:
                return default

        return wrapper

    return decorate

safe_line = or_else("$word")(order_line)
return [safe_line(*$row) for $row in $rows]
""",
            """
$result = []
for name, count in $rows:
    try:
        text = order_line(name, count)
    except ValueError:
        text = "$word"
    $result.append(text)
return $result
""",
        ),
        setup="""
def order_line(name, count):
    if not name or count < 1:
        raise ValueError("name or count is missing")
    return f"{name} {count * 2}"
""",
        reference=lambda rows, word: _valid(rows, str(word)),
        inputs=lambda rng, word: (
            [
                (rng.choice(("", *draws.words(rng, 4, 4))), rng.choice((0, 1, 2, -1, 7, 12)))
                for _ in range(rng.randint(2, 4))
            ],
        ),
        edges=(([],), ([("tea", 1)],), ([("tea", 0)],), ([("", 5), ("rübe", 3)],), ([("a", -2), ("b", 2)],)),
        idea="The decorator adds the handling of errors around any function; `*args` hands on whatever arguments there are.",
        pitfall="Catching every exception in the wrapper would also hide mistakes such as a wrong number of arguments.",
        parameters=lambda rng: {"word": Raw(rng.choice(("invalid", "skipped", "?", "not possible")))},
    ),
)
