"""The HTML of a question or an answer as Markdown: prose, lists, quotes and tables, and code in fences.

Code is kept to the character; of prose, white space is folded as a browser folds it. Code is labelled `python`
where the page says so, where it is a session of the interpreter, and where it parses and does more than name or
state a value (`[1, 2]` may as well be output). Marks of Markdown in prose are left alone but for those that would
open code: escaping all of them would teach a model backslashes.
"""

from __future__ import annotations

import ast
import doctest
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

from hornbook.corpus.units import NotPython, parse

_VOID = frozenset({"br", "hr", "img", "input", "meta", "link", "col", "wbr"})
_BLOCKS = frozenset(
    ("p", "div", "pre", "blockquote", "ul", "ol", "li", "hr", "table", "dl", "dt", "dd", "h1", "h2", "h3")
    + ("h4", "h5", "h6", "section", "article", "details", "summary")
)
_UNSEEN = frozenset({"script", "style", "template"})
_MARKS = {"em": "*", "i": "*", "strong": "**", "b": "**"}
_CODE = frozenset({"code", "tt", "samp"})
_ENDED_BY = {"li": {"li"}, "p": _BLOCKS, "dt": {"dt", "dd"}, "dd": {"dt", "dd"}, "tr": {"tr"}} | {
    cell: {"td", "th", "tr"} for cell in ("td", "th")
}
"""Elements whose end tag may be missing, with the tags that end them."""
_OPENS_CODE = re.compile(r"\\*(?:`|<(?=[A-Za-z/!?]))|\\+$")
"""What in prose would begin code or raw HTML, with the backslashes before it; and backslashes at an end."""
_OPENS_FENCE = re.compile(r"^([ >*+\-0-9.)]*)(?=~~~)", re.MULTILINE)
_BLANKS = re.compile(r"[ \t\n\r\f]+")
_PYTHON_CLASS = re.compile(r"\b(?:lang|language)-(?:py|python|python3|pycon)\b")
_OTHER_CLASS = re.compile(r"\b(?:lang|language)-(?!default\b|none\b)([\w+#]+)")
_HEADINGS_ABOVE = 2
"""Levels of heading that the page itself has."""
_DEEPEST = 50
"""Elements in one another; what is deeper is read as if it stood there."""


@dataclass(slots=True)
class _Element:
    tag: str
    attributes: dict[str, str | None] = field(default_factory=dict)
    children: list[_Element | str] = field(default_factory=list)

    def text(self) -> str:
        """All text in it, as it stands."""
        return "".join(
            c if isinstance(c, str) else "\n" if c.tag == "br" else c.text() for c in self.children
        )


class _Tree(HTMLParser):
    """Reads HTML as browsers do: end tags may be missing or have no start."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = _Element("")
        self._open = [self.root]

    def updatepos(self, i: int, j: int) -> int:
        """Count no lines, which nobody asks for: a tenth of the time."""
        return j

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        while tag in _ENDED_BY.get(self._open[-1].tag, ()):
            self._open.pop()
        element = _Element(tag, dict(attrs))
        self._open[-1].children.append(element)
        if tag not in _VOID and len(self._open) < _DEEPEST:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        for place in range(len(self._open) - 1, 0, -1):
            if self._open[place].tag == tag:
                del self._open[place:]
                return

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)


@dataclass(frozen=True, slots=True)
class Passage:
    """A text as Markdown, and the Python in it."""

    markdown: str
    """Without an empty line around it."""
    python: tuple[str, ...]
    """The blocks of code that parse as Python, in order; a session's without its prompts."""


def to_markdown(html: str) -> Passage:
    """Return HTML as Markdown.

    >>> to_markdown("<p>Use <code>len</code>:</p><pre><code>n = len(x)\\n</code></pre>").markdown
    'Use `len`:\\n\\n```python\\nn = len(x)\\n```'
    """
    tree = _Tree()
    tree.feed(html.replace("\r\n", "\n").replace("\r", "\n"))
    tree.close()
    writer = _Writer()
    return Passage("\n\n".join(writer.blocks(tree.root)), tuple(writer.python))


class _Writer:
    """Writes elements as blocks of Markdown, and keeps the Python it met."""

    def __init__(self) -> None:
        self.python: list[str] = []

    def blocks(self, element: _Element) -> list[str]:
        """Return the blocks in an element; text between them is a paragraph."""
        found: list[str] = []
        run: list[_Element | str] = []
        for child in element.children:
            if isinstance(child, _Element) and _holds_block(child):
                found += [*_paragraph(run), *self._block(child)]
                run = []
            else:
                run.append(child)
        return found + _paragraph(run)

    def _block(self, element: _Element) -> list[str]:
        match element.tag:
            case "pre":
                return self._fence(element)
            case "blockquote":
                return [quoted] if (quoted := _quoted(self.blocks(element))) else []
            case "ul" | "ol":
                return self._list(element)
            case "table":
                return _table(element)
            case "hr":
                return ["---"]
            case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
                text = " ".join(_paragraph(element.children)).replace("\n", " ")
                return [f"{'#' * min(6, int(element.tag[1]) + _HEADINGS_ABOVE)} {text}"] if text else []
        return self.blocks(element)

    def _fence(self, element: _Element) -> list[str]:
        code = element.text()
        if not code.strip():
            return []
        label = self._label(code, _classes(element))
        mark = "`" * max(3, 1 + max(map(len, re.findall(r"`+", code)), default=0))
        return [f"{mark}{label}\n{code.removesuffix(chr(10))}\n{mark}"]

    def _label(self, code: str, classes: str) -> str:
        is_said = bool(_PYTHON_CLASS.search(classes))
        if not is_said and (other := _OTHER_CLASS.search(classes)):
            return other[1]
        is_session = code.lstrip().startswith(">>>")
        try:
            statements = _of_session(code) if is_session else code
            tree = parse(statements)
        except (NotPython, ValueError):  # a prompt without a blank behind it is a ValueError
            return "python" if is_said else ""
        if not (is_said or is_session or _does_something(tree)):
            return ""
        self.python.append(statements)
        return "python"

    def _list(self, element: _Element) -> list[str]:
        is_numbered, written = element.tag == "ol", list[str]()
        for child in element.children:
            item = child if isinstance(child, _Element) and child.tag == "li" else _Element("li", {}, [child])
            mark = f"{len(written) + 1}. " if is_numbered else "- "
            if text := "\n\n".join(self.blocks(item)):
                # Empty lines stay empty, also those in a block of code.
                written.append(mark + re.sub(r"\n(?!\n)", "\n" + " " * len(mark), text))
        is_tight = not any("\n\n" in item for item in written)
        return [("\n" if is_tight else "\n\n").join(written)] if written else []


def _holds_block(element: _Element) -> bool:
    if element.tag in _BLOCKS:
        return True
    return any(isinstance(child, _Element) and _holds_block(child) for child in element.children)


def _paragraph(run: Sequence[_Element | str]) -> list[str]:
    lines = "".join(map(_inline, run)).split("\n")
    text = "\n".join(stripped for line in lines if (stripped := line.strip(" ")))
    return [_OPENS_FENCE.sub(r"\1\\", text) if "~~~" in text else text] if text else []


def _inline(part: _Element | str) -> str:
    if isinstance(part, str):
        return _prose(part)
    if part.tag in _UNSEEN:
        return ""
    if part.tag in _CODE:
        return _code_span(part.text())
    if part.tag == "br":
        return "\n"
    if part.tag == "img":
        return f"![{_prose(part.attributes.get('alt') or '')}]({_target(part, 'src')})"
    inner = "".join(map(_inline, part.children))
    if part.tag == "a" and inner.strip() and _target(part, "href"):
        return f"[{inner}]({_target(part, 'href')})"
    mark = _MARKS.get(part.tag, "")
    text = inner.strip(" ")
    if not mark or not text:
        return inner
    # Marks hold only directly at a word.
    return inner.replace(text, f"{mark}{text}{mark}", 1)


def _prose(text: str) -> str:
    text = _BLANKS.sub(" ", text)
    # Most text has none of these, and the pattern tries at every character.
    return _OPENS_CODE.sub(_escaped, text) if "`" in text or "<" in text or text.endswith("\\") else text


def _escaped(found: re.Match[str]) -> str:
    slashes = found[0].rstrip("`<")
    return slashes * 2 + ("\\" + found[0][-1] if found[0] != slashes else "")


def _target(element: _Element, name: str) -> str:
    address = (element.attributes.get(name) or "").strip().replace("\n", "")
    return f"<{address}>" if re.search(r"[ ()]", address) else address


def _code_span(code: str) -> str:
    """Return code within a line; a line's end becomes a blank, as in every reader of Markdown."""
    code = code.replace("\n", " ")
    if not code:
        return ""
    runs = set(map(len, re.findall(r"`+", code)))
    mark = "`" * next(n for n in range(1, len(code) + 2) if n not in runs)
    is_padded = code[0] == " " and code[-1] == " " and code.strip(" ") != ""
    space = " " if is_padded or code[0] == "`" or code[-1] == "`" else ""
    return f"{mark}{space}{code}{space}{mark}"


def _quoted(blocks: Sequence[str]) -> str:
    return (
        "\n".join(
            f"> {line}".rstrip(" ") if not line else f"> {line}" for line in "\n\n".join(blocks).split("\n")
        )
        if blocks
        else ""
    )


def _table(element: _Element) -> list[str]:
    rows = [[_cell(cell) for cell in row.children if isinstance(cell, _Element)] for row in _rows(element)]
    rows = [row for row in rows if row]
    if not rows:
        return []
    width = max(map(len, rows))
    lines = ["| " + " | ".join(row + [""] * (width - len(row))) + " |" for row in rows]
    return ["\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])]


def _rows(element: _Element) -> list[_Element]:
    parts = [child for child in element.children if isinstance(child, _Element)]
    return [row for part in parts for row in ([part] if part.tag == "tr" else _rows(part))]


def _cell(cell: _Element) -> str:
    return " ".join(_paragraph(cell.children)).replace("\n", " ").replace("|", "\\|")


def _classes(element: _Element) -> str:
    inner = next((c for c in element.children if isinstance(c, _Element) and c.tag == "code"), element)
    return f"{element.attributes.get('class') or ''} {inner.attributes.get('class') or ''}"


def _of_session(code: str) -> str:
    return "".join(example.source for example in doctest.DocTestParser().get_examples(code))


def _does_something(tree: ast.Module) -> bool:
    """Say whether a statement of a module is more than a value or a name."""

    def is_value(node: ast.stmt) -> bool:
        return isinstance(node, ast.Expr) and not isinstance(node.value, ast.Call | ast.Await)

    return not all(map(is_value, tree.body))
