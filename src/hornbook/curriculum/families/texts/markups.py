"""Families about markup: tags and their nesting, emphasis, and what must be escaped."""

from __future__ import annotations

import html
import random
import re
from html.parser import HTMLParser
from typing import Any

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw


def _tagged(rng: random.Random, depth: int = 3) -> str:
    if depth == 0 or rng.random() < 0.25:
        return rng.choice(("", "x", "tea"))
    name = rng.choice(("b", "i", "li", "p"))
    return f"<{name}>{_tagged(rng, depth - 1)}</{name}>{_tagged(rng, depth - 1)}"


def _maybe_balanced(rng: random.Random) -> str:
    text = _tagged(rng) or "<b></b>"
    tags = re.findall("<[^>]+>", text) or ["<b>"]
    spoilt = rng.choice(
        (text.replace(tags[-1], "", 1), text + tags[0], text.replace(tags[0], "<u>", 1), text + "</b><b>")
    )
    return rng.choice((text, spoilt))


class _Nesting(HTMLParser):
    """Follow the open elements with the parser of the standard library."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.good = True

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element that begins."""
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close the element begun last, or note that it is another one."""
        if not self.open or self.open.pop() != tag:
            self.good = False


def _balanced(text: str) -> bool:
    parser = _Nesting()
    parser.feed(text)
    return parser.good and not parser.open


def _risky(rng: random.Random) -> str:
    return "".join(
        rng.choice(("<", ">", "&", "&lt;", draws.word(rng), " ")) for _ in range(rng.randint(3, 6))
    )


def _safe(text: str, quote: str, name: str) -> str:
    return html.escape(text, quote=False).replace(quote, f"&{name};")


def _emphatic(rng: random.Random, mark: str) -> str:
    return " ".join(
        rng.choice((w, f"{mark}{w}{mark}", f"{mark}{w}", w + mark, f"{mark}{w} {draws.word(rng)}{mark}"))
        for w in draws.words(rng, 2, 4)
    )


def _stressed(text: str, mark: str, tag: str) -> str:
    count = text.count(mark) // 2 * 2
    for number in range(count):
        text = text.replace(mark, f"</{tag}>" if number % 2 else f"<{tag}>", 1)
    return text


def _quotes(rng: random.Random) -> dict[str, Any]:
    quote, name = rng.choice((('"', "quot"), ("'", "apos")))
    return {"quote": quote, "name": Raw(name)}


FAMILIES: tuple[Family, ...] = (
    Family(
        name="elements_well_nested",
        concepts=("markup", "stacks", "regular_expressions"),
        difficulty=4,
        names="well_nested tags_match is_balanced check_markup valid_nesting",
        arguments=("text|source|page|fragment: str; a text with tags",),
        returns="bool",
        phrasings=(
            "Decide whether the tags in $text are properly nested: every opening tag such as <b> has a closing one, </b>, with the same name behind it, and elements lie completely inside each other or side by side. Names consist of small letters; < and > occur only in tags.",
            "Given $text, check its tags <name> and </name> (names of small letters, no attributes). Return True if each closing tag closes the element opened last and not yet closed, and no element is left open at the end.",
            "A program for web pages marks fragments in which the elements overlap or are not closed. Is $text free of such faults? Tags look like <li> and </li>; <b><i></b></i> overlaps, <p> alone is not closed, and </p> alone closes nothing.",
            "Let the set W of well-formed texts contain all texts without < and >, all x + y for x, y in W, and <n>x</n> for x in W and n a word of letters a-z. Return whether $text, in which < and > occur only as parts of tags <n> and </n>, is in W.",
        ),
        solutions=(
            """
import re
$stack = []
for slash, $key in re.findall("<(/?)([a-z]+)>", $text):
    if not slash:
        $stack.append($key)
    elif not $stack or $stack.pop() != $key:
        return False
return not $stack
""",
            r"""
import re
$left = "".join(re.findall("</?[a-z]+>", $text))
while True:
    shorter = re.sub(r"<([a-z]+)></\1>", "", $left)
    if shorter == $left:
        return $left == ""
    $left = shorter
""",
        ),
        reference=_balanced,
        inputs=lambda rng: (_maybe_balanced(rng),),
        edges=(
            ("",),
            ("x",),
            ("<b>",),
            ("</b>",),
            ("<b></b></b>",),
            ("<b><i></b></i>",),
            ("<b><b></b>",),
            ("<ul><li>a</li><li></li></ul>",),
            ("</b><b>",),
        ),
        idea="The elements that are open form a stack, and a closing tag must fit the one on top.",
        pitfall="Counting opening and closing tags of each name overlooks elements that overlap.",
    ),
    Family(
        name="text_safe_for_page",
        concepts=("string_methods", "markup", "dictionaries"),
        difficulty=1,
        names="escape_text safe_text for_html to_markup protect_signs",
        arguments=("text|comment|title|content: str; the text to show on a page",),
        returns="str",
        phrasings=(
            "Return $text so that it can stand on a web page: & becomes &amp;, < becomes &lt;, > becomes &gt; and $quote becomes &$name;. All other characters stay.",
            "Given $text, replace every & by &amp;, every < by &lt;, every > by &gt; and every $quote by &$name;, each character of the text exactly once.",
            "Visitors of a page may leave comments. So that nobody can smuggle in tags, the signs & < > and $quote of a comment, $text, are written as &amp;, &lt;, &gt; and &$name;. What is put on the page?",
            "Map each character of $text on its own: & to &amp;, < to &lt;, > to &gt;, $quote to &$name;, any other to itself; return the concatenation. A text that looks escaped already is treated like any other.",
        ),
        solutions=(
            """
$result = $text.replace("&", "&amp;")
$result = $result.replace("<", "&lt;").replace(">", "&gt;")
return $result.replace($quote, "&$name;")
""",
            """
$groups = {"&": "&amp;", "<": "&lt;", ">": "&gt;", $quote: "&$name;"}
return $text.translate(str.maketrans($groups))
""",
            """
$result = []
for $char in $text:
    if $char in "&<>":
        $char = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}[$char]
    elif $char == $quote:
        $char = "&$name;"
    $result.append($char)
return "".join($result)
""",
        ),
        reference=_safe,
        parameters=_quotes,
        inputs=lambda rng, quote, name: (_risky(rng) + rng.choice(("", quote, f"{quote}x{quote}")),),
        edges=(("",), ("&amp;<>",), ("'\"&'\"",), ("plain é",)),
        idea="The ampersand is replaced first, because all the other replacements write new ones.",
        pitfall="Replacing & last turns &lt; into &amp;lt;.",
    ),
    Family(
        name="stressed_words",
        concepts=("markup", "enumerate_zip", "regex_substitution"),
        difficulty=3,
        names="mark_stress emphasize stress_to_tags convert_stars add_tags",
        arguments=("text|line|comment|source: str; a text with marks",),
        returns="str",
        phrasings=(
            'Replace the signs "$mark" in $text alternately with <$tag> and </$tag>, beginning with <$tag>. If their number is odd, the last one has no partner and stays as it is.',
            'Given $text, put <$tag> and </$tag> in the place of each pair of "$mark": the first sign of a pair opens, the second closes. The signs are paired from left to right, and a sign that is left over at the end is kept.',
            'In a chat one writes ${mark}really$mark to stress a word. Show this on a page as <$tag>really</$tag>: of every two "$mark" in the message, counted from the start, the first becomes <$tag> and the second </$tag>. A single one without a second stays. What becomes of $text?',
            'Let m be the number of "$mark" in $text. The i-th of them (i = 1, 2, ...) is replaced by <$tag> if i is odd and i < m, by </$tag> if i is even, and not at all if i = m is odd. Return the result.',
        ),
        solutions=(
            """
import re
tags = "<$tag>", "</$tag>"
stressed = re.compile("[$mark]([^$mark]*)[$mark]")
return stressed.sub(lambda match: match[1].join(tags), $text)
""",
            """
pieces = $text.split("$mark")
$result = pieces[0]
for $i, $item in enumerate(pieces[1:], 1):
    if $i % 2 == 0:
        $result += "</$tag>" + $item
    elif $i < len(pieces) - 1:
        $result += "<$tag>" + $item
    else:
        $result += "$mark" + $item
return $result
""",
        ),
        reference=_stressed,
        parameters=lambda rng: {
            "mark": Raw(rng.choice("*_~")),
            "tag": Raw(rng.choice(("b", "em", "i", "strong"))),
        },
        inputs=lambda rng, mark, tag: (_emphatic(rng, mark),),
        edges=(("",), ("*_~",), ("**__~~",), ("*a*b* _a_b_ ~a~b~",), ("*a\nb* _a\nb_ ~a\nb~",)),
        idea="Cutting at the mark leaves the pieces between marks; the number of a piece says which tag stands before it.",
        pitfall="Replacing in pairs without looking whether a partner exists leaves an element open.",
    ),
)
