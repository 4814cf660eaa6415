"""The concepts of a first course in Python: what a teacher says about each, and what comes before it.

Prerequisites form an acyclic graph. The textbook pages speak these sentences; they claim nothing about a
particular program, so that every claim on a page that can be executed stands in one of its code blocks.
"""
# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """One node of the curriculum graph."""

    name: str
    difficulty: int
    """1 (first week) to 5 (needs an idea)."""
    prerequisites: tuple[str, ...]
    """Names of concepts that a learner should have met before."""
    sentence: str
    """The one sentence a teacher would write on the board."""
    reasons: tuple[str, ...]
    """Two or three more sentences: why it works and when to use it."""
    mistake: str
    """What learners get wrong most often, and what to do instead."""

    @property
    def title(self) -> str:
        """The name in words: `list_slicing` is "list slicing"."""
        return _TITLES.get(self.name) or self.name.replace("_", " ")


_TITLES = {
    "any_all": "any and all",
    "enumerate_zip": "enumerate and zip",
    "min_max": "minimum and maximum",
    "for_loops": "the for loop",
    "while_loops": "the while loop",
    "higher_order": "functions as values",
    "sorting_with_key": "sorting with a key",
}


def _concept(name: str, difficulty: int, before: str, sentence: str, reasons: str, mistake: str) -> Concept:
    """Build a concept; `reasons` separates its sentences by a bar."""
    return Concept(
        name=name,
        difficulty=difficulty,
        prerequisites=tuple(before.split()),
        sentence=sentence,
        reasons=tuple(reason.strip() for reason in reasons.split("|")),
        mistake=mistake,
    )


_ALL: Sequence[Concept] = (
    _concept(
        "arithmetic", 1, "",
        "An expression such as `a * b + c` is worked out to one value before anything is done with it.",
        "Multiplication binds tighter than addition, and brackets win over both. | `/` always gives a float, while `//` rounds down to a whole number. | Writing the formula once and giving the parts names makes it easy to check by hand.",
        "Using `/` where a whole number is wanted turns 6 into 6.0; use `//` for whole results.",
    ),
    _concept(
        "booleans", 1, "",
        "A comparison is itself a value: `a < b` is True or False and can be returned, stored or combined.",
        "`and`, `or` and `not` combine such values the way the words do in English. | A function that answers a yes-or-no question can return the comparison directly. | `and` stops at the first part that is false, so a cheap test belongs in front.",
        "Writing `if x == True: return True else: return False` says in four lines what `return x` says in one.",
    ),
    _concept(
        "conditionals", 1, "booleans",
        "An `if` chooses which of several paths a program takes; exactly one branch of an if/elif/else chain runs.",
        "The conditions are tried from top to bottom, and the first true one wins. | Put the special cases first, so that the last branch can rely on none of them being true. | A chain of `elif` says that the cases exclude each other; separate `if` statements do not.",
        "Testing the wide case before the narrow one makes the narrow branch unreachable.",
    ),
    _concept(
        "functions", 1, "arithmetic",
        "A function gives a name to a computation: values go in as arguments, one value comes back with `return`.",
        "Whoever calls it needs to know what it promises, not how it keeps the promise. | A function without side effects gives the same answer for the same arguments, so it can be tested with one line. | Short functions with telling names read like the plan of the program.",
        "Printing the answer instead of returning it: the caller then receives None and cannot go on with it.",
    ),
    _concept(
        "for_loops", 1, "lists",
        "A `for` loop hands you the elements of a sequence one after the other and ends by itself.",
        "You say what happens to one element, and Python repeats it for all of them. | Whatever must survive from one round to the next has to be created before the loop. | For an empty sequence the body never runs, so the value set up in front is the answer.",
        "Setting the result variable inside the loop resets it in every round; it belongs in front of the loop.",
    ),
    _concept(
        "while_loops", 2, "booleans conditionals",
        "A `while` loop repeats as long as its condition holds, so something inside must move it towards the end.",
        "Use it when the number of rounds is not known in advance. | Ask of every such loop which quantity shrinks or grows in each round: that is why it ends. | The condition is tested before each round, so the body may not run at all.",
        "Forgetting to change the variable of the condition leaves a loop that never ends.",
    ),
    _concept(
        "early_return", 2, "functions conditionals",
        "A function may return as soon as the answer is known; the rest of its body is then skipped.",
        "Handling the special cases first and returning keeps the main path free of nesting. | In a search, returning at the first hit saves the remaining rounds. | The `return` after the loop is reached only if no round found anything.",
        "Putting `else: return False` inside the loop answers after the first element; the final return belongs behind the loop.",
    ),
    _concept(
        "strings", 1, "",
        "A string is a sequence of characters: it has a length, can be looped over, and never changes in place.",
        "Every operation that seems to change a string builds a new one. | Because it is a sequence, `for`, `in` and `len` work on it as they do on a list. | The empty string is a string too, and most functions should have an answer for it.",
        "Calling `text.upper()` without using its result: the old string stays as it was.",
    ),
    _concept(
        "string_methods", 1, "strings",
        "Strings bring their own tools: `lower`, `strip`, `replace`, `startswith`, `count` and many more.",
        "A method returns a new string, so calls can be chained from left to right. | Reaching for the right method often replaces a whole loop. | Methods such as `isdigit` and `isalpha` ask a question about every character at once.",
        "`strip(\"abc\")` removes any of the three characters at the ends, not the word; `removeprefix` removes a word.",
    ),
    _concept(
        "string_slicing", 2, "strings",
        "`text[a:b]` copies the characters from position a up to, but not including, position b.",
        "Leaving out a or b means from the start or to the end. | Negative positions count from the end, and a step of -1 walks backwards. | A slice never raises an error when it reaches past the end; it is simply shorter.",
        "Expecting the character at the end position to be included: `\"hello\"[1:3]` has two characters.",
    ),
    _concept(
        "string_formatting", 2, "strings",
        "An f-string mixes fixed text with values: whatever stands in braces is worked out and inserted.",
        "After a colon comes the format: `{x:.2f}` keeps two decimals, `{n:03d}` pads with zeros. | The layout of the result is visible in the source, which `+` and `str` would hide. | Formatting changes how a number looks, never the number itself.",
        "Forgetting the leading f prints the braces instead of the values.",
    ),
    _concept(
        "string_building", 2, "strings for_loops lists",
        "To build a long string, collect its pieces in a list and join them once at the end.",
        "`join` puts the separator only between the pieces, so no trailing one has to be cut off. | It also states the intent: these are the parts, this is what stands between them. | For a few pieces, `+=` in a loop is fine and easy to follow.",
        "Adding the separator after every piece leaves one too many at the end.",
    ),
    _concept(
        "counting", 1, "for_loops conditionals",
        "To count, start at zero and add one each time the condition holds.",
        "The counter always holds the number of matches among the elements seen so far; that is the invariant of the loop. | A condition is worth 1 when true and 0 when false, which is why `sum` can count. | Counting visits every element exactly once, so nothing needs to be sorted first.",
        "Starting at one, or adding in both branches, gives an answer that is wrong even for the empty input.",
    ),
    _concept(
        "lists", 1, "",
        "A list keeps values in order; it can grow, shrink and hold the same value twice.",
        "Its elements can be reached by position or visited one by one. | A list passed to a function is the same list, so a change made inside is seen outside. | When the caller's list must stay as it is, build a new one.",
        "Changing a list while looping over it skips elements; loop over a copy or build a new list.",
    ),
    _concept(
        "list_indexing", 1, "lists",
        "Positions start at 0, and negative positions count from the end: `items[-1]` is the last element.",
        "The last valid position is one less than the length. | Asking for a position that does not exist raises IndexError, so an empty list needs thought. | The difference of two positions is the number of steps between them.",
        "Using `items[len(items)]` for the last element is off by one.",
    ),
    _concept(
        "list_slicing", 2, "list_indexing",
        "`items[a:b]` is a new list with the elements from position a up to, but not including, b.",
        "`items[:k]` and `items[k:]` always add up to the whole list. | A slice may ask for more than there is and then simply gets less. | With a third number the slice skips: `items[::2]` takes every second element.",
        "`items[-0:]` is the whole list, not an empty end; a length that may be zero needs its own case.",
    ),
    _concept(
        "list_comprehensions", 2, "lists for_loops conditionals",
        "A list comprehension describes a new list in one expression: what to keep, from where, under which condition.",
        "Read it from the `for`: each element, then the test, then the value that is kept. | It replaces the pattern of an empty list, a loop and an `append`. | When it needs more than one condition and one transformation, a loop reads better.",
        "An `if` that filters stands at the end; an `if ... else` that chooses a value stands in front of the `for`.",
    ),
    _concept(
        "list_building", 1, "lists for_loops",
        "Start with an empty list and append to it: after the loop it holds the results in the order they were found.",
        "The list in progress is always right for the part of the input already seen. | `append` adds one element, `extend` adds all elements of another list. | Building anew leaves the input untouched, which callers expect.",
        "`result = result.append(x)` stores None, because `append` changes the list and returns nothing.",
    ),
    _concept(
        "tuples", 1, "lists",
        "A tuple is a fixed group of values; it can be unpacked into names and used as a dictionary key.",
        "Use it for things that belong together, such as a name and a score. | Tuples compare part by part from the left, which makes them handy for sorting. | Two variables swap in one line, because the right side is packed before the left is assigned.",
        "A tuple with one element needs its comma: `(5)` is just the number 5, `(5,)` is a tuple.",
    ),
    _concept(
        "sets", 2, "lists",
        "A set holds each value at most once and answers `in` without looking through everything.",
        "Union, intersection and difference say in one sign what would take a loop. | A set has no order, so sort it before showing it. | Remembering what has been seen is the most common use.",
        "`{}` is an empty dictionary; the empty set is written `set()`.",
    ),
    _concept(
        "dictionaries", 2, "lists for_loops",
        "A dictionary maps keys to values: looking up a key takes about the same time however many there are.",
        "Keys are unique, so assigning twice keeps the last value. | `get` with a default answers for keys that are missing. | Since Python 3.7 a dictionary remembers the order in which its keys were inserted.",
        "Reading a missing key with brackets raises KeyError; use `get` or test with `in` first.",
    ),
    _concept(
        "nested_data", 3, "dictionaries lists",
        "Lists and dictionaries can hold each other; read such data from the outside in, one bracket at a time.",
        "Name the intermediate values: `order = orders[i]` makes the next line readable. | A loop per level is the usual way through. | Copying the outer list does not copy the inner ones.",
        "`[[0] * 3] * 2` repeats one and the same inner list; build each row anew.",
    ),
    _concept(
        "grouping", 2, "dictionaries",
        "To group, make a dictionary from each key to the list of elements that have it.",
        "Every element lands in exactly one group, so the sizes add up to the length of the input. | `setdefault` or `defaultdict(list)` creates the missing list on first use. | After grouping, a question about each group is one short loop.",
        "Assigning instead of appending keeps only the last element of each group.",
    ),
    _concept(
        "sorting", 2, "lists",
        "`sorted` returns a new list in ascending order; `list.sort` rearranges the list itself and returns None.",
        "Sorting brings equal values together and puts the extremes at the ends, which makes later steps simple. | `reverse=True` turns the order round. | Numbers sort by size and strings by their characters, capitals before small letters.",
        "`items = items.sort()` throws the list away: the method returns None.",
    ),
    _concept(
        "sorting_with_key", 3, "sorting functions tuples",
        "A key function tells `sorted` what to compare: elements are ordered by their keys, not by themselves.",
        "Elements with equal keys stay in their old order; sorting is stable. | A tuple as key sorts by its first part and breaks ties by the second. | A minus sign in front of a number turns that part of the order round.",
        "Passing the result of a call, `key=len(word)`, instead of the function itself, `key=len`.",
    ),
    _concept(
        "min_max", 1, "for_loops conditionals",
        "To find the largest value, remember the best one seen so far and replace it whenever a better one comes.",
        "After each round the remembered value is the answer for the elements seen so far. | `max` and `min` take a key and, for the empty case, a default. | With a strict comparison the first of several equal elements wins.",
        "Starting the search with 0 gives a wrong maximum when all numbers are negative.",
    ),
    _concept(
        "accumulation", 1, "for_loops arithmetic",
        "An accumulator starts at a neutral value and takes in one element per round.",
        "For a sum the neutral value is 0, for a product 1, for a text the empty string. | The neutral value is also the answer for an empty input. | Decide first what the accumulator means after n rounds; the line in the loop follows from that.",
        "Starting a product at 0 makes every result 0.",
    ),
    _concept(
        "filtering", 1, "for_loops conditionals list_building",
        "Filtering keeps the elements that pass a test and leaves their order alone.",
        "The test looks at one element at a time and knows nothing of the others. | The result is never longer than the input and may be empty. | Filter before the expensive steps, so that they see less.",
        "Removing elements from the list being looped over skips the neighbour of each removed one.",
    ),
    _concept(
        "mapping", 1, "for_loops list_building",
        "Mapping applies the same rule to every element; the result has as many elements as the input.",
        "Position i of the result depends only on position i of the input. | That makes it easy to test: one element tells the story of all. | A comprehension without a condition is a mapping.",
        "Changing the loop variable inside the loop does not change the list; collect the new values instead.",
    ),
    _concept(
        "searching", 2, "for_loops early_return",
        "A linear search looks at one element after the other and stops at the first that fits.",
        "It needs no order in the data. | Decide what to answer when nothing fits: None, -1 or an exception. | The answer after the loop is the answer for \"not found\".",
        "`list.index` raises ValueError when the value is missing; ask with `in` first or catch the error.",
    ),
    _concept(
        "any_all", 2, "booleans for_loops",
        "`any` asks whether at least one element passes a test, `all` whether every one does.",
        "Both stop as soon as the answer is certain. | For an empty input `any` is False and `all` is True: nothing fails the test. | \"Not all\" means that at least one fails, which is often the simpler test.",
        "Putting a list in the brackets works out every test first; a generator expression can stop early.",
    ),
    _concept(
        "enumerate_zip", 2, "for_loops tuples",
        "`enumerate` pairs every element with its position, `zip` pairs the elements of two sequences.",
        "Both spare you the index arithmetic in which off-by-one mistakes live. | `zip` stops at the end of the shorter sequence. | `enumerate(items, 1)` counts from one, as people do.",
        "Looping over `range(len(items))` only to write `items[i]` hides what the loop is about.",
    ),
    _concept(
        "nested_loops", 2, "for_loops",
        "In a nested loop the inner one runs completely for each round of the outer one.",
        "Two levels visit every pair, so twice the input means four times the work. | Starting the inner loop at i + 1 visits every unordered pair once. | Whatever must start afresh for each row belongs between the two `for` lines.",
        "Setting the inner counter up in front of both loops carries the first row's result into the second.",
    ),
    _concept(
        "matrices", 3, "nested_loops list_indexing",
        "A matrix is a list of rows; `grid[r][c]` is the value in row r and column c.",
        "The number of rows is `len(grid)`, the number of columns the length of a row. | `zip(*grid)` yields the columns. | A matrix without rows has no first row to measure, so ask before indexing.",
        "Swapping row and column works on square matrices and fails on all others.",
    ),
    _concept(
        "recursion", 3, "functions conditionals",
        "A recursive function answers the smallest case directly and reduces every other case to a smaller one.",
        "Trust that the call on the smaller case is right; then check only the step from it to yours. | Each call must come nearer to the base case, or the recursion never ends. | Data that contains data of its own kind, such as nested lists, asks for it.",
        "Forgetting to return the result of the recursive call gives None on the way back up.",
    ),
    _concept(
        "two_pointers", 3, "while_loops list_indexing",
        "Two positions move through a sequence, each step moving one of them, until they meet.",
        "Each step rules out something for good, so nothing is examined twice. | In sorted data, moving the left one makes the sum larger and moving the right one makes it smaller. | Say what is already known about the part outside the two positions: that is the invariant.",
        "Using `<=` instead of `<` lets both positions stand on one element and pairs it with itself.",
    ),
    _concept(
        "sliding_window", 3, "list_slicing accumulation",
        "A window of fixed width moves along the sequence; each move adds one element and drops one.",
        "Updating the old sum is cheaper than adding up the whole window again. | There are len - width + 1 positions, and none at all when the window is wider than the sequence. | The same idea works for counts, maxima and sets of characters.",
        "Stopping the loop at len - width forgets the last window.",
    ),
    _concept(
        "prefix_sums", 3, "accumulation list_indexing",
        "Once all running totals are known, the sum of any stretch is the difference of two of them.",
        "The list of totals starts with 0, so that the first element needs no special case. | Building it costs one pass, and each question after that costs one subtraction. | The same trick counts how many elements pass a test up to each position.",
        "Forgetting the leading 0 shifts every answer by one element.",
    ),
    _concept(
        "stacks", 3, "list_building while_loops",
        "A stack gives back last what was put on first: `append` puts on top, `pop` takes from the top.",
        "It remembers what is still open: brackets, calls, directories. | What lies on top is always the most recent thing not yet finished. | At the end the stack should be empty; what is left was never closed.",
        "Calling `pop` on an empty stack raises IndexError; test it first.",
    ),
    _concept(
        "queues", 3, "lists while_loops",
        "A queue serves in the order of arrival: add at the back, take from the front.",
        "`collections.deque` takes from the front in constant time, a list has to move everything. | Work that creates more work is put at the back and done in its turn. | The loop runs until the queue is empty.",
        "Looping over the queue with `for` while adding to it; use `while queue` and `popleft`.",
    ),
    _concept(
        "binary_search", 3, "while_loops list_indexing sorting",
        "In sorted data, looking at the middle rules out one half; repeat with the other.",
        "A million elements need about twenty looks, because each one halves what is left. | The answer, if there is one, always lies between the two borders: keep that true and the rest follows. | `bisect` in the standard library does the same.",
        "Setting the border to `middle` instead of `middle + 1` can leave the interval unchanged and the loop endless.",
    ),
    _concept(
        "number_theory", 2, "arithmetic while_loops",
        "Divisibility is asked with the remainder: b divides a exactly when `a % b == 0`.",
        "Divisors come in pairs, so testing up to the square root is enough. | The greatest common divisor of a and b is that of b and the remainder. | 1 is not a prime number, and 0 is divisible by everything but itself.",
        "Testing divisors up to the number itself finds that every number is divisible by itself.",
    ),
    _concept(
        "digits", 2, "arithmetic while_loops",
        "`n % 10` is the last digit of a number and `n // 10` is the number without it.",
        "Repeating the two until nothing is left visits all digits from the right. | `str(n)` gives the digits from the left, as characters. | Zero has one digit, though the loop would find none.",
        "Adding characters instead of numbers: `\"1\" + \"2\"` is `\"12\"`; convert with `int` first.",
    ),
    _concept(
        "bits", 3, "arithmetic while_loops",
        "A whole number is a row of bits: `n & 1` reads the last one and `n >> 1` drops it.",
        "Shifting left by one doubles a number. | `n & (n - 1)` clears the lowest bit that is set. | `^` keeps the bits in which two numbers differ, so a number and itself cancel out.",
        "`&` binds tighter than `and` but looser than `+`; put brackets round each part.",
    ),
    _concept(
        "rounding", 2, "arithmetic",
        "Rounding turns a number into a near one with fewer digits; say in which direction and how many.",
        "`//` and `math.floor` go down, `math.ceil` goes up, `int` cuts towards zero. | `round` sends a half to the even neighbour. | Round once at the end; rounding in between adds up errors.",
        "Expecting `round(2.5)` to be 3: Python rounds halves to the even number, 2.",
    ),
    _concept(
        "parsing", 3, "string_methods lists",
        "Parsing turns text into values: cut it at the separators, clean the pieces, convert each.",
        "Check the shape before converting, so that bad input is noticed where it enters. | `split` without an argument cuts at any run of blanks and drops the empty pieces. | `partition` cuts once and always gives three parts.",
        "`\"a,,b\".split(\",\")` contains an empty piece, and `int(\"\")` raises ValueError.",
    ),
    _concept(
        "validation", 2, "conditionals string_methods early_return",
        "A validator checks one rule after the other and says no at the first that is broken.",
        "Each rule stands on its own line, so that it can be read against the specification. | Test the cheap and general rules first, such as the length. | Only what has passed every rule reaches the last line, and there the answer is yes.",
        "`isdigit` on the empty string is False, but a loop over no characters finds nothing wrong; treat it on purpose.",
    ),
    _concept(
        "ciphers", 3, "strings arithmetic dictionaries",
        "A simple cipher replaces each character by another according to a rule that can be undone.",
        "`ord` and `chr` turn letters into numbers and back. | The remainder by 26 makes the alphabet a circle. | Characters outside the alphabet are usually left as they are.",
        "Shifting without the remainder runs past z into punctuation.",
    ),
    _concept(
        "intervals", 3, "tuples sorting_with_key",
        "Two intervals overlap when each one starts before the other ends.",
        "Sorted by their start, only neighbours have to be compared. | Decide whether the ends belong to the interval, and write it down. | The length of a closed interval of whole numbers is end - start + 1.",
        "Listing the ways in which they can overlap is long and easy to get wrong; state when they do not, and negate.",
    ),
    _concept(
        "simulation", 3, "while_loops conditionals",
        "A simulation keeps the state in variables and applies the rules once per step.",
        "Write the rules in the order in which they happen. | All new values are computed from the old ones, and only then do they replace them. | The loop ends after a number of steps or when a state is reached.",
        "Updating one variable before the other is computed from it mixes the old state with the new.",
    ),
    _concept(
        "greedy", 4, "sorting for_loops",
        "A greedy method takes the best next choice and never takes it back.",
        "It is right only when a best first choice can always be completed to a best whole. | Sorting usually brings the candidates into the order in which to consider them. | Look for a small counterexample before trusting it.",
        "With coins of 1, 3 and 4, taking the largest first pays 6 with three coins, although two are enough.",
    ),
    _concept(
        "dynamic_programming", 4, "lists nested_loops recursion",
        "Solve the small cases first, keep their answers in a table, and build each larger answer from them.",
        "Say in words what one cell of the table means; the formula follows. | Every answer is computed once, however often it is needed. | The first cells are the cases that need no others.",
        "Filling the table in an order that reads cells before they are written.",
    ),
    _concept(
        "exceptions", 3, "functions conditionals",
        "An exception leaves the normal path when a function cannot keep its promise; `except` names the ones you can handle.",
        "Catch the narrowest exception, next to the line that can raise it. | `raise ValueError` with a clear message tells the caller which value was wrong. | The code after the failing line in the `try` block does not run.",
        "A bare `except:` also hides typing mistakes in your own code.",
    ),
    _concept(
        "iterators", 3, "for_loops functions",
        "An iterator hands out one value at a time and remembers where it is; once used up, it is empty.",
        "Nothing is computed before it is asked for, so it can stand for a sequence without end. | `itertools` combines iterators without building lists. | `next` with a default avoids StopIteration.",
        "Looping over the same generator twice finds nothing the second time.",
    ),
    _concept(
        "higher_order", 3, "functions list_comprehensions",
        "Functions are values: they can be passed to another function, stored in a list, and returned.",
        "The caller decides what happens to each element, the function decides when. | A `lambda` is a function of one expression without a name. | A function made inside another remembers the names around it.",
        "Writing `apply(f(x))` calls f at once and passes its result instead of the function.",
    ),
    _concept(
        "composition", 3, "filtering mapping accumulation",
        "A larger task is a chain of small steps in which each takes what the one before it returned.",
        "Each step can be tried alone on a small example. | The order matters: keeping the even numbers and then squaring is not the same as adding one and then keeping the even ones. | Giving every intermediate result a name makes the chain readable.",
        "Doing all steps in one line hides the one that is wrong; split it until each line can be checked.",
    ),
)  # fmt: skip

CONCEPTS = {concept.name: concept for concept in _ALL}
"""All concepts by name, in the order of the list above (not the order in which to teach them)."""
