"""Families about working out expressions: signs in a row, products first, brackets, prefix and postfix order."""

from __future__ import annotations

import ast
import operator
import random
import re
from collections.abc import Mapping

from hornbook.curriculum.family import Family

_OPERATORS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul}


def _worked_out(text: str, names: Mapping[str, int] | None = None) -> int:
    """Evaluate + - * and brackets by walking Python's own syntax tree: the trusted evaluator."""

    def value(node: ast.expr) -> int:
        if isinstance(node, ast.BinOp):
            return int(_OPERATORS[type(node.op)](value(node.left), value(node.right)))
        if isinstance(node, ast.Name):
            return (names or {}).get(node.id, 0)
        return int(ast.literal_eval(node))

    return value(ast.parse(re.sub(r"\b0+(?=[0-9])", "", text), mode="eval").body)


def _chain(rng: random.Random, signs: str, low: int = 2, high: int = 5) -> str:
    text = str(rng.randint(0, 30))
    for _ in range(rng.randint(low, high) - 1):
        text += f"{rng.choice(('', ' '))}{rng.choice(signs)}{rng.choice(('', ' '))}{rng.randint(0, 20)}"
    return text


def _bracketed(rng: random.Random, depth: int = 3) -> str:
    if depth == 0 or rng.random() < 0.25:
        return str(rng.randint(0, 12))
    inside = f"{_bracketed(rng, depth - 1)}{rng.choice('+-*')}{_bracketed(rng, depth - 1)}"
    return f"({inside})" if rng.random() < 0.6 else inside


def _prefix(rng: random.Random, depth: int = 3) -> str:
    if depth == 0 or rng.random() < 0.2:
        return str(rng.randint(0, 12))
    return f"{rng.choice('+-*')} {_prefix(rng, depth - 1)} {_prefix(rng, depth - 1)}"


def _prefix_value(text: str) -> int:
    waiting: list[int] = []
    for token in reversed(text.split()):
        if token.isdigit():
            waiting.append(int(token))
        else:
            left, right = waiting.pop(), waiting.pop()
            waiting.append({"+": left + right, "-": left - right, "*": left * right}[token])
    return waiting[-1]


def _postfix(text: str) -> str:
    def write(node: ast.expr) -> str:
        if isinstance(node, ast.BinOp):
            sign = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*"}[type(node.op)]
            return f"{write(node.left)} {write(node.right)} {sign}"
        return ast.unparse(node)

    return write(ast.parse(text, mode="eval").body)


def _letters(rng: random.Random) -> str:
    text = _bracketed(rng, 3)
    return re.sub("[0-9]+", lambda m: rng.choice("abcxy"), text)


FAMILIES: tuple[Family, ...] = (
    Family(
        name="plus_and_minus_in_a_row",
        concepts=("expression_evaluation", "splitting_joining", "accumulation"),
        difficulty=2,
        names="work_out running_sum evaluate_line add_and_subtract sum_line",
        arguments=("text|line|terms|source: str; numbers with + and - between them",),
        returns="int",
        phrasings=(
            "Work out $text, in which whole numbers without sign are connected by + and -, from left to right. There may be blanks around the numbers and signs. An empty text gives 0.",
            'Given $text such as "12 + 3-4", return its value. It begins with a number (digits 0-9), and every further number has a + or a - in front of it; blanks mean nothing. If there is nothing in the text, or only blanks, return 0.',
            "A shop assistant notes what comes into the till and what goes out: 50 + 12 - 7. How much does such a note, $text, amount to? Only +, -, digits and blanks occur, a sign always stands between two numbers, and an empty note amounts to 0.",
            "$text has the form n1 s2 n2 s3 n3 ... with non-negative integers ni and signs si, each + or -, with any number of blanks anywhere but inside the numbers. Return the value of this sum as an int, and 0 if there are no numbers.",
        ),
        solutions=(
            """
$total = 0
for $item in $text.replace("-", "+-").split("+"):
    $item = $item.replace(" ", "")
    if $item:
        $total += int($item)
return $total
""",
            """
import re
$total = 0
for sign, digits in re.findall("([-+]?) *([0-9]+)", $text):
    $total += -int(digits) if sign == "-" else int(digits)
return $total
""",
        ),
        reference=lambda text: _worked_out(text.strip()) if text.strip() else 0,
        inputs=lambda rng: (_chain(rng, "+-"),),
        edges=(("",), ("  ",), ("7",), ("0-1",), (" 1 -  2 - 3+10 ",)),
        idea="A minus belongs to the number behind it; with plus signs in front of all, the text falls into signed numbers.",
        pitfall='int("- 3") fails because of the blank, so blanks have to go first.',
    ),
    Family(
        name="products_before_sums",
        concepts=("expression_evaluation", "stacks", "conditionals"),
        difficulty=4,
        names="evaluate work_out calculate_formula value_of_formula compute_expression",
        arguments=("text|formula|source|line: str; numbers and signs separated by blanks",),
        returns="int",
        phrasings=(
            "Return the value of $text: whole numbers connected by +, - and *, with a blank on both sides of every sign. Multiplication comes before addition and subtraction; otherwise the order is from left to right. There are no brackets.",
            'Given $text, for example "2 + 3 * 4 - 1", compute it by the usual rules: products first, then sums and differences from the left. Numbers are written with digits only, and blanks separate all parts.',
            "A simple pocket calculator gets 2 + 3 * 4 wrong. Write the better one: it reads $text, numbers with + - * between them and single blanks around the signs, and respects that * binds more tightly. The input always begins and ends with a number.",
            "$text.split() is n1 s1 n2 s2 ... nk, where the ni are non-negative integers and each si is +, - or *. Return the value of this expression, where * has precedence over + and -, which are evaluated from left to right.",
        ),
        solutions=(
            """
tokens = $text.split()
$stack = [int(tokens[0])]
for sign, number in zip(tokens[1::2], map(int, tokens[2::2])):
    if sign == "*":
        $stack.append($stack.pop() * number)
    else:
        $stack.append(number if sign == "+" else -number)
return sum($stack)
""",
            """
import math

def product($item):
    return math.prod(map(int, $item.split("*")))

$total = 0
for $item in $text.split("+"):
    $left, *$other = map(product, $item.split("-"))
    $total += $left - sum($other)
return $total
""",
        ),
        reference=_worked_out,
        inputs=lambda rng: (re.sub(" *([-+*]) *", r" \1 ", _chain(rng, "+-**", 3, 5)),),
        edges=(("7",), ("0 - 5",), ("2 * 3 - 4 * 5",), ("1 - 2 - 3 * 2",), ("2 * 0 + 1",)),
        idea="Sums can wait on a stack; a product is worked out at once with what lies on top.",
        pitfall="Subtracting later means that the number goes onto the stack with its sign changed, before any factor comes.",
    ),
    Family(
        name="formula_with_brackets",
        concepts=("expression_evaluation", "recursion", "tokenizing"),
        difficulty=5,
        names="evaluate value_of calculate_brackets compute_formula work_out",
        arguments=("text|formula|source|line: str; a formula without blanks",),
        returns="int",
        phrasings=(
            "Return the value of the formula in $text, which consists of whole numbers without sign, the operators +, - and *, and parentheses. Parentheses are worked out first, then *, then + and - from left to right. There are no blanks.",
            'Given $text, such as "2*(3+4)-1", compute it by the usual rules of arithmetic. It is well formed: numbers of one or more digits, + - * between two operands, and matching parentheses around operands or parts.',
            "A spreadsheet lets its users type formulas with +, -, * and parentheses nested to any depth. Which number does it show for the formula in $text? Multiplication binds more tightly than the other two, which are done from the left; a formula never contains blanks or a minus as a sign of a number.",
            "$text follows the grammar: sum = product {(+|-) product}, product = atom {* atom}, atom = digits | ( sum ). Return its value as an int; operators of equal rank associate to the left.",
        ),
        solutions=(
            """
import re
tokens = re.findall("[0-9]+|[-+*()]", $text) + ["end"]

def atom():
    token = tokens.pop(0)
    if token != "(":
        return int(token)
    inside = addition()
    tokens.pop(0)
    return inside

def product():
    $total = atom()
    while tokens[0] == "*":
        tokens.pop(0)
        $total *= atom()
    return $total

def addition():
    $total = product()
    while tokens[0] in ("+", "-"):
        sign = 1 if tokens.pop(0) == "+" else -1
        $total += sign * product()
    return $total

return addition()
""",
            """
import re
rank = {"+": 1, "-": 1, "*": 2, "(": 0}
numbers, signs = [], []

def apply_last():
    $right, $left = numbers.pop(), numbers.pop()
    sign = signs.pop()
    numbers.append($left * $right if sign == "*" else $left + $right if sign == "+" else $left - $right)

for token in re.findall("[0-9]+|[-+*()]", $text):
    if token.isdigit():
        numbers.append(int(token))
    elif token == "(":
        signs.append(token)
    elif token == ")":
        while signs[-1] != "(":
            apply_last()
        signs.pop()
    else:
        while signs and rank[signs[-1]] >= rank[token]:
            apply_last()
        signs.append(token)
while signs:
    apply_last()
return numbers[0]
""",
        ),
        reference=_worked_out,
        inputs=lambda rng: (_bracketed(rng, 3),),
        edges=(
            ("7",),
            ("((12))",),
            ("8-3-2",),
            ("8-(3-2)",),
            ("2*(3+4)*5",),
            ("2+3*4-5",),
            ("(1+2)*(3-10)",),
        ),
        idea="One function for each rank: a sum asks for products, a product for atoms, and an atom in brackets for a sum again.",
        pitfall="Working 8-3-2 out from the right gives 7; equal ranks go from left to right.",
    ),
    Family(
        name="prefix_formula",
        concepts=("iterators", "expression_evaluation", "recursion"),
        difficulty=4,
        names="prefix_value evaluate_prefix polish_value work_out_prefix solve_prefix",
        arguments=("text|formula|source|line: str; a formula in prefix order",),
        returns="int",
        phrasings=(
            'Return the value of $text, a formula in prefix notation: the operator +, - or * comes first and its two operands, which are numbers or formulas of the same kind, follow. Everything is separated by single blanks; "- 7 + 1 2" means 7 - (1 + 2).',
            "Given $text, made of non-negative whole numbers and the signs + - * with blanks between them, where each sign stands in front of its two operands, compute the result. No brackets are needed: an operand begins directly behind the sign or behind the first operand.",
            "A robot understands sums only when the sign comes first: + 2 3 is 5, * 2 + 1 1 is 4. Which number does it find for $text? Numbers and signs have single blanks between them, each sign takes the next two complete parts, and the formula is correct.",
            "Define the value of a sequence of tokens recursively: a number n (digits) has the value n; a sign s in +, -, * followed by two such sequences with values a and b has the value a s b. Return the value of the sequence $text.split(), which has this form.",
        ),
        solutions=(
            """
tokens = iter($text.split())

def operand():
    token = next(tokens)
    if token.isdigit():
        return int(token)
    $left = operand()
    $right = operand()
    if token == "*":
        return $left * $right
    return $left + $right if token == "+" else $left - $right

return operand()
""",
            """
from operator import add, mul, sub
operators = {"+": add, "-": sub, "*": mul}
$stack = []
for token in reversed($text.split()):
    if token in operators:
        $stack.append(operators[token]($stack.pop(), $stack.pop()))
    else:
        $stack.append(int(token))
return $stack.pop()
""",
        ),
        reference=_prefix_value,
        inputs=lambda rng: (_prefix(rng),),
        edges=(("7",), ("- 1 2",), ("- - 9 4 3",), ("- 9 - 4 3",), ("* + 1 2 - 3 4",)),
        idea="Reading an operand is the same task again, so the function calls itself twice for each sign.",
        pitfall="The two operands must be read one after the other; for a minus their order matters.",
    ),
    Family(
        name="infix_to_postfix",
        concepts=("expression_evaluation", "stacks", "dictionaries"),
        difficulty=5,
        names="to_postfix infix_to_postfix reorder_formula reverse_polish shunt",
        arguments=("text|formula|source|infix: str; a formula with single letters as operands",),
        returns="str",
        phrasings=(
            'Write the formula in $text in postfix notation: every operator stands behind its two operands, so that no parentheses are needed. Operands are single letters, operators +, - and *; * binds more tightly, equal ranks go from left to right. Separate all parts by single blanks: "a+b*c" becomes "a b c * +".',
            "Given $text, a correct formula of letters, +, -, * and parentheses without blanks, return it with operators behind their operands and without parentheses, all parts separated by one blank. The operands keep their order, products are formed before sums and differences, and parentheses come first.",
            'Some pocket calculators want the operands first: to compute (a-b)*c one types "a b - c *". What does one type for $text? It contains letters, the signs + - * and parentheses; a sign follows as soon as both of its operands are complete, by the usual rules of precedence, from left to right among equals.',
            'Let p(x) = x for a letter x, p((e)) = p(e), and p(e1 s e2) = p(e1) + " " + p(e2) + " " + s, where s is the last-evaluated operator of the formula (* before + and -, left to right). Return p($text).',
        ),
        solutions=(
            """
rank = {"+": 1, "-": 1, "*": 2, "(": 0}
$result, $stack = [], []
for $char in $text:
    if $char.isalpha():
        $result.append($char)
    elif $char == "(":
        $stack.append($char)
    elif $char == ")":
        while $stack[-1] != "(":
            $result.append($stack.pop())
        $stack.pop()
    else:
        while $stack and rank[$stack[-1]] >= rank[$char]:
            $result.append($stack.pop())
        $stack.append($char)
return " ".join($result + $stack[::-1])
""",
            """
tokens = list($text)

def atom():
    $char = tokens.pop(0)
    if $char != "(":
        return $char
    inside = binary("+-", lambda: binary("*", atom))
    tokens.pop(0)
    return inside

def binary(signs, operand):
    $left = operand()
    while tokens and tokens[0] in signs:
        sign = tokens.pop(0)
        $left = f"{$left} {operand()} {sign}"
    return $left

return binary("+-", lambda: binary("*", atom))
""",
        ),
        reference=_postfix,
        inputs=lambda rng: (_letters(rng),),
        edges=(("a",), ("a-b-c",), ("a+b*c",), ("a*b+c",), ("(a+b)*(c-d)",), ("a-(b-c)",), ("((x))*y*z",)),
        idea="Operators wait on a stack until one of lower or equal rank, or a closing parenthesis, shows that both operands are complete.",
        pitfall="Letting an equal rank wait reverses the order of a-b-c.",
    ),
)
