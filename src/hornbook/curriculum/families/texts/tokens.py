"""Families about cutting texts into tokens: formulas, commands with quotes, operators, kinds of tokens."""

from __future__ import annotations

import random
import re
import shlex

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw


def _formula(rng: random.Random) -> str:
    pieces = [
        rng.choice(("x", "y1", "rate", "7", "12", "305", "(", ")", "2a"))
        + rng.choice(("+", "-", "*", " / ", " "))
        for _ in range(rng.randint(2, 5))
    ]
    return "".join(pieces).strip()


def _formula_tokens(text: str) -> list[str]:
    return re.findall("[0-9]+|[a-z][a-z0-9]*|[-+*/()]", text)


def _command(rng: random.Random, quote: str) -> str:
    return " ".join(
        rng.choice((w, w, f"{quote}{w} {draws.word(rng)}{quote}", f"{w}={quote}a  b{quote}", quote * 2))
        for w in draws.words(rng, 2, 4)
    )


def _arguments(text: str, quote: str) -> list[str]:
    lexer = shlex.shlex(text, posix=True, punctuation_chars=False)
    lexer.whitespace_split, lexer.quotes, lexer.escape, lexer.commenters = True, quote, "", ""
    return list(lexer)


def _condition(rng: random.Random) -> str:
    signs = ("<=", ">=", "==", "!=", "<", ">", "=", "!")
    return "".join(
        rng.choice((rng.choice(signs), rng.choice(signs), rng.choice("ab1"), " "))
        for _ in range(rng.randint(5, 8))
    )


def _signs(text: str) -> list[str]:
    found = []
    while text:
        pair = text[:2] in ("<=", ">=", "==", "!=")
        size = 2 if pair else 1
        if pair or text[0] in "<>=!":
            found.append(text[:size])
        text = text[size:]
    return found


def _statement(rng: random.Random) -> str:
    pieces = rng.choices(
        ("let", "if", "total", "x9", "10", "4", "=", "+", "<", "(", ")", "lets"), k=rng.randint(4, 6)
    )
    return "".join(p + rng.choice((" ", " ", "  ") if p.isalnum() else ("", " ")) for p in pieces).strip()


def _labelled(text: str, keywords: tuple[str, ...]) -> list[tuple[str, str]]:
    text = text.lstrip(" ")
    if not text:
        return []
    token = max((m[0] for p in ("[0-9]+", "[a-z][a-z0-9]*", ".") if (m := re.match(p, text))), key=len)
    kind = "number" if token.isdigit() else "name" if token.isalnum() else "sign"
    return [("keyword" if token in keywords else kind, token), *_labelled(text[len(token) :], keywords)]


def _comments(rng: random.Random, start: str, end: str) -> str:
    return "".join(
        rng.choice((draws.word(rng), start + draws.word(rng) + end, start + end, " ", start[0], end[-1]))
        for _ in range(rng.randint(3, 6))
    )


def _uncommented(text: str, start: str, end: str) -> str:
    return re.sub(re.escape(start) + r".*?(?:" + re.escape(end) + r"|\Z)", " ", text, flags=re.DOTALL)


FAMILIES: tuple[Family, ...] = (
    Family(
        name="tokens_of_formula",
        concepts=("tokenizing", "character_classes", "while_loops"),
        difficulty=3,
        names="tokenize tokens_of split_formula lex formula_tokens",
        arguments=("text|formula|source|expression: str; a formula",),
        returns="list[str]",
        phrasings=(
            "Cut the formula in $text into tokens: numbers (runs of the digits 0-9), names (a letter a-z followed by any number of letters a-z and digits) and the single signs + - * / ( ). Every token is as long as possible; blanks separate tokens and are dropped. Nothing else occurs.",
            "Given $text, list its numbers, names and signs from left to right as texts. A number consists of digits, a name begins with a small letter and goes on with small letters and digits, and each of + - * / ( ) stands for itself. Blanks have no meaning but to separate.",
            'A pocket calculator has to read what was typed, such as 12*(x1 - 3). As a first step it takes the input apart into ["12", "*", "(", "x1", "-", "3", ")"]. Do this for $text, which contains only small letters, digits, blanks and the signs + - * / ( ). A digit directly behind a name belongs to it, a letter directly behind a number begins a name.',
            "Return the tokens of $text in order, where at each position the longest match of [0-9]+, [a-z][a-z0-9]* or one of + - * / ( ) is taken and blanks between tokens are skipped. The text has no other characters.",
        ),
        solutions=(
            """
$result = []
$i = 0
while $i < len($text):
    $left = $i
    $i += 1
    if $text[$left].isdigit():
        while $i < len($text) and $text[$i].isdigit():
            $i += 1
    elif $text[$left].isalpha():
        while $i < len($text) and $text[$i].isalnum():
            $i += 1
    if $text[$left] != " ":
        $result.append($text[$left:$i])
return $result
""",
            """
import re
pattern = re.compile(" *([0-9]+|[a-z][a-z0-9]*|[-+*/()])")
$result = []
match = pattern.match($text)
while match:
    $result.append(match[1])
    match = pattern.match($text, match.end())
return $result
""",
        ),
        reference=_formula_tokens,
        inputs=lambda rng: (_formula(rng),),
        edges=(("",), ("  ",), ("12 3",), ("a1b2+34c",), ("((x))",), ("2a a2 - -1",)),
        idea="The first character says which kind of token begins; it goes on as long as the characters fit that kind.",
        pitfall="A token at the very end is ended by the end of the text, which the inner loops must test for.",
    ),
    Family(
        name="arguments_of_command",
        concepts=("tokenizing", "booleans", "string_building"),
        difficulty=4,
        names="split_command parse_command command_arguments shell_split words_of_command",
        arguments=("text|command|line|entry: str; a line typed by a user",),
        returns="list[str]",
        phrasings=(
            "Split $text into words at blanks, but not at blanks between two $quote signs. The signs themselves are dropped, wherever they stand; a word may consist of quoted and other parts, and two signs with nothing in between make a word that may be empty. The signs come in pairs.",
            "Given $text, return the words of the command. Words are separated by one or more blanks; between a $quote and the next $quote a blank is an ordinary character. The $quote is never part of a word, but it can make a word empty.",
            "In a text adventure players type commands that may contain phrases in ${quote} signs. Cut $text, such a command, into its words: blanks separate them, except within $quote signs, which hold a word together and are not part of it. Any number of blanks may separate words. Every $quote has a partner.",
            "Read $text character by character. A $quote switches between inside and outside and makes sure that there is a current word, even an empty one; a blank outside ends the current word if there is one; any other character, and a blank inside, is appended to the current word. Return all words in order, the last one included.",
        ),
        solutions=(
            """
$result = []
$current = None
inside = False
for $char in $text:
    if $char == $code:
        inside = not inside
        $current = $current or ""
    elif $char == " " and not inside:
        if $current is not None:
            $result.append($current)
        $current = None
    else:
        $current = ($current or "") + $char
return $result if $current is None else $result + [$current]
""",
            """
$result = []
fresh = True
for $i, $item in enumerate($text.split($code)):
    if $i % 2 == 1:
        if fresh:
            $result.append("")
        $result[-1] += $item
        fresh = False
        continue
    for $char in $item:
        if $char == " ":
            fresh = True
        elif fresh:
            $result.append($char)
            fresh = False
        else:
            $result[-1] += $char
return $result
""",
        ),
        reference=lambda text, code, quote: _arguments(text, code),
        parameters=lambda rng: rng.choice(
            (
                {"code": '"', "quote": Raw("double quote")},
                {"code": "'", "quote": Raw("single quote")},
                {"code": "|", "quote": Raw("bar")},
            )
        ),
        inputs=lambda rng, code, quote: (_command(rng, code),),
        edges=(("",), ("   ",), (" a  b ",), ("\"\"''||",), ("\"a b\"c''||",)),
        idea="Two facts have to be remembered: whether we are inside quotes, and whether a word has begun.",
        pitfall="Without the second one, an empty quoted word disappears.",
    ),
    Family(
        name="comparison_signs",
        concepts=("tokenizing", "enumerate_zip", "string_slicing"),
        difficulty=2,
        names="comparison_signs find_operators operators_in list_signs read_signs",
        arguments=("text|condition|source|rule: str; the text to look through",),
        returns="list[str]",
        phrasings=(
            "List the comparison signs in $text from left to right: <=, >=, == and != as one sign each, and also a single <, >, = or !. Where two characters can be read as one sign, they are; what else stands in the text is skipped.",
            "Given $text, find all occurrences of <, >, = and !, but take each of them together with a directly following = as one sign of two characters. (So === gives == and =.) Return the signs in order.",
            'A program that reads search conditions such as "age>=18 and x!=3" first wants the signs in them: [">=", "!="]. Return those of $text. The signs are <=, >=, ==, !=, and alone <, >, = and !; a sign of two characters is never read as two.',
            "Scan $text from the left: at a character among < > = !, the token is that character and the next one if the next one is =, and otherwise the character alone; continue behind the token. Skip every other character. Return the list of tokens.",
        ),
        solutions=(
            """
import re
return [match.group() for match in re.finditer("[<>=!]=?", $text)]
""",
            """
$result = []
used = False
for $char, $other in zip($text, $text[1:] + " "):
    if used:
        used = False
    elif $char in "<>=!":
        used = $other == "="
        $result.append($char + "=" if used else $char)
return $result
""",
            """
$result = []
$i = 0
while $i < len($text):
    size = 2 if $text[$i + 1:$i + 2] == "=" else 1
    if $text[$i] in "<>=!":
        $result.append($text[$i:$i + size])
        $i += size
    else:
        $i += 1
return $result
""",
        ),
        reference=_signs,
        inputs=lambda rng: (_condition(rng),),
        edges=(("",), ("=",), ("a===b",), ("<!=>=",), ("!!==",), ("=<",)),
        idea="Looking one character ahead decides between the short and the long sign.",
        pitfall="Having taken a sign of two characters, the loop must not look at the second one again.",
    ),
    Family(
        name="kinds_of_tokens",
        concepts=("tokenizing", "regex_groups", "tuples"),
        difficulty=4,
        names="labelled_tokens classify_tokens token_kinds scan_statement lex_statement",
        arguments=("text|source|statement|line: str; one statement",),
        returns="list[tuple[str, str]]",
        phrasings=(
            'Cut $text into tokens and return (kind, token) pairs in order. The kinds are "number" (digits 0-9), "keyword" ($words), "name" (any other run that begins with a letter a-z and goes on with letters a-z and digits) and "sign" (each of = + < ( ) on its own). Blanks separate tokens; a number is never directly followed by a letter.',
            'Given $text, label its tokens. Runs of digits are a "number"; a small letter with the small letters and digits behind it is a "keyword" if it is one of $words, and otherwise a "name"; the characters = + < ( ) are a "sign" each. Blanks are dropped. Return a list of pairs of label and text.',
            'An editor colours programs by the kind of each token. For $text, a line of a small language, list all tokens with their kinds: ("keyword", w) for the words $words, ("name", w) for other words (letters a-z, then also digits), ("number", w) for digits, ("sign", w) for one of = + < ( ). Blanks between tokens are not listed.',
            'Tokens are the longest matches of [0-9]+, [a-z][a-z0-9]* and [=+<()] from left to right, blanks being skipped; $text consists of such tokens only, and no letter follows a number without a blank. Return the tuples (kind, token) with kind "number", then "keyword" for $words or else "name", and "sign", respectively.',
        ),
        solutions=(
            """
import re
$result = []
for match in re.finditer("(?P<number>[0-9]+)|(?P<name>[a-z][a-z0-9]*)|(?P<sign>[=+<()])", $text):
    kind, $word = match.lastgroup, match.group()
    if $word in $keywords:
        kind = "keyword"
    $result.append((kind, $word))
return $result
""",
            """
for sign in "=+<()":
    $text = $text.replace(sign, f" {sign} ")
$result = []
for $word in $text.split():
    if $word in $keywords:
        $result.append(("keyword", $word))
    elif $word.isdigit():
        $result.append(("number", $word))
    else:
        $result.append(("name" if $word.isalnum() else "sign", $word))
return $result
""",
        ),
        reference=lambda text, keywords, words: _labelled(text, keywords),
        parameters=lambda rng: (lambda k: {"keywords": k, "words": Raw(" and ".join(k))})(
            rng.choice((("let", "if"), ("if", "then"), ("let", "in"), ("let", "total")))
        ),
        inputs=lambda rng, **_: (_statement(rng),),
        edges=(("",), ("let",), ("x=x+1",), ("if lets<10 then let in total",), ("((a1))",)),
        idea="One pattern with a named group for each kind finds the token and says which kind it is.",
        pitfall="A keyword also looks like a name; only a whole word counts, so lets is no keyword.",
    ),
    Family(
        name="text_without_block_comments",
        concepts=("tokenizing", "substrings", "while_loops"),
        difficulty=3,
        names="remove_comments strip_blocks without_comments drop_remarks clean_source",
        arguments=("text|source|program|style: str; the text to clean",),
        returns="str",
        phrasings=(
            'Replace every comment in $text by one blank. A comment begins with "$start" and ends with the next "$end" behind that; if there is none, it goes on to the end of the text.',
            'Given $text, remove what stands from a "$start" to the first "$end" after it, both included, and put a single blank in its place. Look for the next comment behind the removed one. Without a closing "$end" the rest of the text is a comment.',
            'Designers write remarks between "$start" and "$end" into the files of a web page. Before a file, $text, is sent to visitors, each remark is replaced by a blank, also one that was never closed. A "$start" inside a remark means nothing. What is sent?',
            'Let i be the first index of "$start" in $text and j the first index of "$end" with j >= i + $size. Replace the characters from i up to but not including j + $end_size by one blank (from i to the end if there is no j) and treat what follows in the same way; if there is no i, nothing changes. Return the result.',
        ),
        solutions=(
            """
$result = ""
while True:
    before, found, $text = $text.partition("$start")
    $result += before
    if not found:
        return $result
    $result += " "
    $text = $text.partition("$end")[2]
""",
            """
before, *behind = $text.split("$start", 1)
if not behind:
    return before
_, _, after = behind[0].partition("$end")
return before + " " + $self(after)
""",
        ),
        reference=lambda text, start, end, **_: _uncommented(text, start, end),
        parameters=lambda rng: rng.choice(
            tuple(
                {"start": Raw(a), "end": Raw(b), "size": len(a), "end_size": len(b)}
                for a, b in (("/*", "*/"), ("<!--", "-->"), ("(*", "*)"), ("{-", "-}"))
            )
        ),
        inputs=lambda rng, start, end, **_: (_comments(rng, start, end),),
        edges=(
            ("",),
            ("/*/ a */ b",),
            ("a/*b<!--c(*d{-e",),
            ("-}x*/y-->z*)",),
            ("a/**/b<!---->c(**)d{--}e",),
            ("/* /* */ */ (* (* *) *) {- {- -} -}",),
        ),
        idea="partition gives the part before, whether something was found, and the rest with which to go on.",
        pitfall="Searching for the end from the beginning of the text may find one that stands before the start.",
    ),
)
