"""Families about replacing what a pattern finds, and about signs that stand for other signs."""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Mapping

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw


def _accounts(rng: random.Random) -> str:
    return " ".join(
        rng.choice((f"no{rng.choice(('.', ''))}{rng.randint(1, 10 ** rng.randint(1, 8))}", draws.word(rng)))
        for _ in range(3)
    )


def _hidden(text: str, k: int, mark: str) -> str:
    pieces = re.split("([0-9]+)", text)
    return "".join(
        mark * (len(p) - 2) + p[-2:] if p[:1] in set("0123456789") and len(p) >= k else p for p in pieces
    )


def _stammer(rng: random.Random) -> str:
    words: list[str] = []
    for word in draws.words(rng, 3, 5):
        words += [word] * rng.choice((1, 1, 2, 3))
    return " ".join(rng.choice((w, w, w.capitalize())) for w in words)


def _short_forms(rng: random.Random) -> tuple[str, dict[str, str]]:
    table = {rng.choice("abcdk"): "kilo", "min": "minutes", "no": "number", "in": "inch"}
    pieces = rng.choices([*table, "minor", "inn", "N", "no_1", draws.word(rng)], k=rng.randint(3, 5))
    return "".join(p + rng.choice((" ", ". ", ", ")) for p in pieces).strip(), table


def _long_forms(text: str, table: Mapping[str, str]) -> str:
    result, word = "", ""
    for char in text + "\0":
        if char.isalnum() or char == "_":
            word += char
            continue
        result += table.get(word, word) + char
        word = ""
    return result[:-1]


def _plain_and_special(rng: random.Random) -> str:
    return "".join(
        rng.choice(("\n", "\t", "\\", "n", draws.word(rng), " ")) for _ in range(rng.randint(3, 6))
    )


def _spelled(text: str) -> str:
    pieces = [line.split("\\") for line in text.split("\n")]
    return "\\n".join("\\\\".join(p.replace("\t", "\\t") for p in line) for line in pieces)


def _unspelled(text: str) -> str:
    if len(text) < 2:
        return text
    known = {"\\n": "\n", "\\t": "\t", "\\\\": "\\"}
    return known[text[:2]] + _unspelled(text[2:]) if text[:2] in known else text[0] + _unspelled(text[1:])


def _escaped_list(rng: random.Random, sep: str) -> str:
    return "".join(rng.choice((sep, f"/{sep}", "//", draws.word(rng), "x")) for _ in range(rng.randint(4, 7)))


def _free_pieces(text: str, sep: str) -> list[str]:
    hidden = text.replace("//", "\0").replace(f"/{sep}", "\1")
    return [p.replace("\1", sep).replace("\0", "/") for p in hidden.split(sep)]


def _cell(rng: random.Random, sep: str, quote: str) -> str:
    return rng.choice(
        (draws.word(rng), f"a{sep}b", f"{quote}x{quote}", f"{draws.word(rng)}{sep} {quote}", " y")
    )


FAMILIES: tuple[Family, ...] = (
    Family(
        name="hide_long_numbers",
        concepts=("regex_substitution", "string_slicing", "conditionals"),
        difficulty=3,
        names="hide_numbers mask_accounts mask_digits protect hide_long_numbers",
        arguments=("text|letter|message|note: str; a text with numbers in it",),
        returns="str",
        phrasings=(
            'In every number of $text with at least $k digits, replace all digits but the last two by "$mark". Shorter numbers and all other characters stay. A number is a run of the digits 0 to 9, as long as possible.',
            'Given $text, look for runs of digits (0-9). A run of $k or more digits keeps only its last two; each of the others becomes "$mark". Runs with fewer digits are left alone.',
            'A bank shows account numbers in its letters only in part: of a number with $k digits or more, the customer sees the last two, with a "$mark" for each digit before them. Rewrite $text in this way; other numbers, which are shorter, remain readable.',
            'For each maximal run of ASCII digits in $text whose length n is at least $k, write n - 2 times "$mark" followed by the last two digits of the run. Everything else is copied; the result has the length of $text.',
        ),
        solutions=(
            """
import re

def hidden(match):
    digits = match[0]
    return "$mark" * (len(digits) - 2) + digits[-2:]

return re.sub("[0-9]{$k,}", hidden, $text)
""",
            """
$result = list($text)
$left = None
for $i, $char in enumerate($text + " "):
    if "0" <= $char <= "9":
        $left = $i if $left is None else $left
    elif $left is not None:
        if $i - $left >= $k:
            $result[$left:$i - 2] = "$mark" * ($i - 2 - $left)
        $left = None
return "".join($result)
""",
        ),
        reference=_hidden,
        parameters=lambda rng: {"k": rng.randint(4, 6), "mark": Raw(rng.choice("*x#."))},
        inputs=lambda rng, **_: (_accounts(rng),),
        edges=(("",), ("123 1234 12345 123456 1234567",), ("12345678",), ("a12345.6789-é98765b",)),
        idea="{k,} in a pattern means k or more, and the function decides what to write for each match.",
        pitfall="Cutting off the last two digits by hand fails for numbers shorter than two; the pattern rules them out.",
    ),
    Family(
        name="words_said_twice",
        concepts=("regex_substitution", "regex_groups", "splitting_joining"),
        difficulty=3,
        names="remove_stammer drop_doubled_words clean_speech single_words remove_doubles",
        arguments=("text|speech|line|dictation: str; words separated by single blanks",),
        returns="str",
        phrasings=(
            "Remove from $text every word that repeats the word directly before it; case is ignored, and of several equal words in a row the first one stays as it is written. Words consist of letters and are separated by single blanks.",
            'Given $text, shorten each run of the same word, such as "The the the", to its first word. Upper and lower case make no difference in comparing. The words that are left are separated by one blank.',
            "When people dictate, they say some words twice. Clean up $text: a word that equals its predecessor, capital letters aside, is dropped, as often as that happens in a row. Other repetitions are meant and stay.",
            "Let w be the list of words of $text, which are runs of letters with one blank between two of them. Return, joined by blanks, the words w[i] for which i is 0 or w[i].lower() differs from w[i - 1].lower().",
        ),
        solutions=(
            r"""
import re
return re.sub(r"\b(\w+)( \1\b)+", r"\1", $text, flags=re.IGNORECASE)
""",
            """
$result = []
for $word in $text.split():
    if not $result or $word.lower() != $result[-1].lower():
        $result.append($word)
return " ".join($result)
""",
            """
from itertools import groupby
return " ".join(next(run) for _, run in groupby($text.split(), key=str.lower))
""",
        ),
        reference=lambda text: " ".join(
            [b for a, b in itertools.pairwise(["", *text.split()]) if a.casefold() != b.casefold()]
        ),
        inputs=lambda rng: (_stammer(rng),),
        edges=(("",), ("no",), ("No no NO yes no",), ("the then he",), ("é É a",)),
        idea="\\1 inside the pattern stands for what the first group has just matched, so the pattern sees repetition.",
        pitfall='Without \\b at the end, the word "the" would also be found at the beginning of "then".',
    ),
    Family(
        name="short_forms_written_out",
        concepts=("regex_substitution", "dictionaries", "character_classes"),
        difficulty=3,
        names="write_out expand_short_forms replace_words expand_abbreviations spell_out",
        arguments=(
            "text|note|message|line: str; the text to rewrite",
            "table|meanings|long_forms|names: dict[str, str]; long forms by short form",
        ),
        returns="str",
        phrasings=(
            "Replace every word of $text that is a key of $table by its value. A word is a longest run of letters, digits and underscores; words inside longer words are not replaced, and case matters. Inserted text is not searched again.",
            "Given $text and $table, write the value of $table in place of each whole word that the table has as a key. Words consist of letters, digits and underscores, and everything between them is copied; what was inserted is not looked up again.",
            'Doctors write notes with abbreviations. $table tells what each one means. Return $text with the abbreviations written out wherever they stand as words of their own ("no" in "no." but not in "nose" or "No"), all in one pass.',
            "Split $text in thought into maximal runs of word characters (letters, digits, _) and the rest. Each run that is a key of $table is exchanged for the corresponding value, once; all other parts are kept. Return the resulting string.",
        ),
        solutions=(
            r"""
import re
return re.sub(r"\w+", lambda match: $table.get(match[0], match[0]), $text)
""",
            r"""
import re
pieces = re.split(r"(\w+)", $text)
for $i in range(1, len(pieces), 2):
    if pieces[$i] in $table:
        pieces[$i] = $table[pieces[$i]]
return "".join(pieces)
""",
        ),
        reference=_long_forms,
        inputs=_short_forms,
        edges=(
            ("", {"a": "b"}),
            ("a b", {}),
            ("a b a,b", {"a": "b", "b": "a"}),
            ("no nose No no_ (no)", {"no": "number"}),
            ("été", {"t": "T", "été": "summer"}),
        ),
        idea="The pattern finds every whole word, and get with the word itself as default leaves unknown ones alone.",
        pitfall="A loop of str.replace hits parts of longer words and may replace what it has just inserted.",
    ),
    Family(
        name="spell_control_characters",
        concepts=("escape_sequences", "string_building", "dictionaries"),
        difficulty=2,
        names="spell_out_controls visible_text escape_text show_controls make_visible",
        arguments=("text|s|raw|content: str; the text to make visible",),
        returns="str",
        phrasings=(
            "Return $text on one line: every line end is written as a backslash and n, every tab as a backslash and t, and every backslash as two backslashes. Other characters stay.",
            "Given $text, make its special characters visible. Write backslash-n for a line end, backslash-t for a tab and a doubled backslash for a backslash; copy everything else.",
            "An editor stores each note of a garden diary on one line of a file. In $text it therefore writes a line end as two characters, a backslash and the letter n, a tab as a backslash and the letter t, and doubles every backslash. What does it store?",
            "Map the characters of $text one by one: U+000A to a backslash followed by n, U+0009 to a backslash followed by t, a backslash to two of them, and any other character to itself. Return the concatenation.",
        ),
        solutions=(
            r"""
names = {"\n": "\\n", "\t": "\\t", "\\": "\\\\"}
return "".join(names.get($char, $char) for $char in $text)
""",
            r"""
$result = $text.replace("\\", "\\\\")
$result = $result.replace("\n", "\\n")
return $result.replace("\t", "\\t")
""",
        ),
        reference=_spelled,
        inputs=lambda rng: (_plain_and_special(rng),),
        edges=(("",), ("\n",), ("\\n\n\t\\t",), ("\\\\",)),
        idea="Each character has its own translation; doing the backslash first, or all in one pass, keeps the new ones apart from the old.",
        pitfall="Replacing the backslash last doubles those that were written for the line ends.",
    ),
    Family(
        name="read_spelled_controls",
        concepts=("escape_sequences", "while_loops", "dictionaries"),
        difficulty=3,
        names="read_escapes unescape decode_escapes undo_escapes real_text",
        arguments=("text|stored|line|source: str; a text with escape sequences",),
        returns="str",
        phrasings=(
            "Return $text with its escape sequences replaced: a backslash and n by a line end, a backslash and t by a tab, two backslashes by one. A backslash before any other character, or at the end, is an ordinary character.",
            "Given $text, read it from the left. Where a backslash is followed by n, t or a backslash, write a line end, a tab or one backslash for the two characters; copy all others, lone backslashes included.",
            "A game stores the lines its figures say with n after a backslash for a new line, t after a backslash for a tab, and a double backslash for a single one. Turn $text back into the real one. Backslashes that begin none of these three stay as they are.",
            "Scan $text from left to right. If the character is a backslash and the next one is n, t or a backslash, emit U+000A, U+0009 or one backslash and go on behind both; if not, emit the character and go on behind it. Return all that was emitted.",
        ),
        solutions=(
            r"""
meanings = {"n": "\n", "t": "\t", "\\": "\\"}
$result = ""
$i = 0
while $i < len($text):
    if $text[$i] == "\\" and $text[$i + 1:$i + 2] in meanings:
        $i += 1
        $result += meanings[$text[$i]]
    else:
        $result += $text[$i]
    $i += 1
return $result
""",
            r"""
import re
meanings = {"n": "\n", "t": "\t"}
return re.sub(r"\\([nt\\])", lambda match: meanings.get(match[1], "\\"), $text)
""",
        ),
        reference=_unspelled,
        inputs=lambda rng: (
            "".join(
                rng.choice(("\\n", "\\t", "\\\\", "n", "\\", draws.word(rng)))
                for _ in range(rng.randint(3, 6))
            ),
        ),
        edges=(("",), ("\\",), ("\\\\n",), ("\\n\\t\\\\\\x",), ("\\\\\\t\\",)),
        idea="A backslash together with the character behind it is one unit, so both are consumed at once.",
        pitfall="Three replace calls in a row read the n behind an escaped backslash as a line end.",
    ),
    Family(
        name="split_at_free_separators",
        concepts=("escape_sequences", "splitting_joining", "booleans"),
        difficulty=4,
        names="split_escaped free_pieces split_fields read_fields cut_unescaped",
        arguments=("text|line|record|path: str; fields with a separator between them",),
        returns="list[str]",
        phrasings=(
            'Split $text at every "$sep" that is not escaped. A "/" takes the special meaning from the character behind it, "/" or "$sep", which then is an ordinary character of the field; the "/" itself is dropped. Before any other character, or at the end, a "/" is ordinary, too.',
            'Given $text, return its fields. "$sep" separates fields, "/$sep" stands for a "$sep" inside a field, and "//" for a "/". Any other "/" stands for itself. There is one field more than there are separating "$sep", so fields may be empty.',
            'A travel app saves the stops of a trip on one line with "$sep" between them. If a name contains "$sep" or "/", it writes "/" in front of that character. Read the stops from $text; a "/" that is followed by something else, or by nothing, belongs to the name.',
            'Read $text from left to right: "//" adds "/" to the current field, "/$sep" adds "$sep", a bare "$sep" ends the field, and every other character (a "/" in another place included) is added to it. Return all fields, the last one included, even if they are empty.',
        ),
        solutions=(
            """
$result = [""]
escaped = False
for $char in $text:
    if escaped:
        $result[-1] += $char if $char in "/$sep" else "/" + $char
        escaped = False
    elif $char == "/":
        escaped = True
    elif $char == "$sep":
        $result.append("")
    else:
        $result[-1] += $char
if escaped:
    $result[-1] += "/"
return $result
""",
            """
import re
$result = [""]
for $item in re.findall("/[/$sep]|.", $text, re.DOTALL):
    if $item == "$sep":
        $result.append("")
    else:
        $result[-1] += $item[-1]
return $result
""",
        ),
        reference=_free_pieces,
        parameters=lambda rng: {"sep": Raw(rng.choice(",;:+"))},
        inputs=lambda rng, sep: (_escaped_list(rng, sep),),
        edges=(
            ("",),
            ("/",),
            (",;:+",),
            ("a/,b/;c/:d/+e,f;g:h+i",),
            ("//,//;//:///+/",),
            ("/a,/b;/c:/d+/e/",),
        ),
        idea="A flag says whether the last character was an escape; it decides how the next one is read.",
        pitfall="An escaped slash before a separator does not escape the separator.",
    ),
    Family(
        name="quote_where_needed",
        concepts=("escape_sequences", "conditionals", "list_comprehensions"),
        difficulty=2,
        names="quote_fields protect_fields write_record quoted_line join_quoted",
        arguments=("fields|cells|values|columns: list[str]; the fields of one line",),
        returns="str",
        phrasings=(
            'Join $fields with "$sep". A field that contains "$sep", a $quote or a blank is put in ${quote}s, and every $quote inside it is doubled; other fields are written as they are.',
            'Given $fields, write them on one line with "$sep" in between. Fields with a "$sep", a blank or a $quote in them get a $quote in front and one behind, and each $quote that they contain is written twice. All others are not changed.',
            'A spreadsheet saves the cells of a row, $fields, as text: "$sep" stands between two cells. Cells in which a "$sep", a $quote or blank occurs are enclosed in ${quote}s, with each $quote inside them doubled. What is the line? No cells give an empty line.',
            'For each of $fields let t be the field itself if none of the three characters "$sep", the $quote and the blank occurs in it; otherwise let t be a $quote, the field with every $quote replaced by two of them, and another $quote. Return all t joined by "$sep".',
        ),
        solutions=(
            """
def protected($item):
    if not any($char in $item for $char in $special):
        return $item
    return $code + $item.replace($code, $code * 2) + $code

return "$sep".join(map(protected, $fields))
""",
            """
$result = []
for $item in $fields:
    if "$sep" in $item or " " in $item or $code in $item:
        $item = ($code * 2).join($item.split($code))
        $item = $code + $item + $code
    $result.append($item)
return "$sep".join($result)
""",
        ),
        reference=lambda fields, sep, quote, code, special: sep.join(
            code + re.sub(code, code + code, f) + code if re.search(f"[ {sep}{code}]", f) else f
            for f in fields
        ),
        parameters=lambda rng: rng.choice(
            tuple(
                {"sep": Raw(sep), "code": q, "quote": Raw(name), "special": f"{sep} {q}"}
                for sep in ",;:"
                for q, name in (('"', "double quote"), ("'", "single quote"))
            )
        ),
        inputs=lambda rng, sep, code, **_: ([_cell(rng, sep, code) for _ in range(rng.randint(1, 3))],),
        edges=(([],), ([""],), (["a,b;c:d", "it's", 'say "a"'],), (["'\"", " ", "é"],)),
        idea="Only three characters can be misread; a field without them needs no protection.",
        pitfall="A quote inside a quoted field would end it too early; doubling it says that it belongs to the field.",
    ),
)
