"""HTML as Markdown: an independent reader of Markdown finds the code that stood in the HTML, to the character."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from hornbook.corpus.html_markdown import to_markdown
from hornbook.quality.markdown import python_blocks

CODE = st.text(st.sampled_from("ab1 \n\t`~#>-*_<&;\\|[](){}=:'\"+.é\u00a0"), min_size=1, max_size=40)
PROSE = st.text(st.sampled_from("ab1 `~#>-*_<&;\\|[]=:!/."), max_size=25)
WRAPPERS = [
    "{}",
    "<ul><li>{}</li></ul>",
    "<ol><li><p>one</p>{}</li><li>two</li></ol>",
    "<blockquote>{}</blockquote>",
]


def fences(markdown: str) -> list[str]:
    return [token.content for token in MarkdownIt().parse(markdown) if token.type == "fence"]


def spans(markdown: str) -> list[str]:
    inline = [token for token in MarkdownIt().parse(markdown) if token.type == "inline"]
    return [c.content for token in inline for c in token.children or [] if c.type == "code_inline"]


@given(code=CODE, before=PROSE, after=PROSE, wrapper=st.sampled_from(WRAPPERS))
@example(code="```\n~~~\n", before="~~~", after="```", wrapper="{}")
@example(code="x = 1\n\n\n    y\n", before="<pre>", after="", wrapper=WRAPPERS[3])
def test_a_block_of_code_survives_to_the_character(code: str, before: str, after: str, wrapper: str) -> None:
    block = f"<pre><code>{html.escape(code)}</code></pre>"
    page = f"<p>{html.escape(before)}</p>{wrapper.format(block)}<p>{html.escape(after)}</p>"
    expected = [code.removesuffix("\n") + "\n"] if code.strip() else []
    assert fences(to_markdown(page).markdown) == expected


@given(code=CODE, before=PROSE, after=PROSE)
@example(code="`", before="\\", after="`")
@example(code=" a ", before="", after="")
def test_code_within_a_line_survives_to_the_character(code: str, before: str, after: str) -> None:
    # A reader of Markdown folds blanks at a line's beginning, and reads what begins like a block as one.
    page = f"<p>x{html.escape(before)}y<code>{html.escape(code)}</code>z{html.escape(after)}</p>"
    assert spans(to_markdown(page).markdown) == [code.replace("\n", " ")]


@given(text=PROSE)
def test_prose_reads_as_it_read(text: str) -> None:
    plain = re.sub(r"[*_\[\]\\&]", "", text)  # marks of Markdown that are left alone
    shown = MarkdownIt().render(to_markdown(f"<p>x{html.escape(plain)}y</p>").markdown)
    assert html.unescape(shown) == f"<p>x{re.sub(' +', ' ', plain)}y</p>\n"


@given(st.text(max_size=60) | st.text(st.sampled_from("<>/ab =\"'&;!-pre code"), max_size=60))
def test_any_text_can_be_read(page: str) -> None:
    to_markdown(page).markdown.encode("utf-8", "surrogatepass")


@pytest.mark.parametrize(
    ("page", "markdown"),
    [
        ("<p>a &lt; b &amp;&amp; c&#39;s</p>", "a < b && c's"),
        ("<p>a\n  b<br>c</p><p>d</p>", "a b\nc\n\nd"),
        ("<p>a <b>bold </b>and <i>it</i></p>", "a **bold** and *it*"),
        ('<a href="http://a.b/c_(d)">x <code>y</code></a>', "[x `y`](<http://a.b/c_(d)>)"),
        ('<p><img src="http://a.b/c.png" alt="plot"></p>', "![plot](http://a.b/c.png)"),
        ("<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>", "- a\n\n- b\n\n  - c"),
        ("<ol><li>a</li><li>b</li></ol>", "1. a\n2. b"),
        ("<ol><li>a</li><li> </li> loose <b>end</b></ol>", "1. a\n2. loose\n3. **end**"),
        ("<ul><li>a<li>b</ul><p>c<p>d", "- a\n- b\n\nc\n\nd"),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b"),
        ("<h1>a</h1><h6>b</h6><hr>", "### a\n\n###### b\n\n---"),
        ("<table><tr><th>a<th>b<tr><td>1|2</table>", "| a | b |\n| --- | --- |\n| 1\\|2 |  |"),
        ("<dl><dt>a<dd>b</dl>", "a\n\nb"),
        ("a</p></div><script>x</script><style>y</style>", "a"),
        ("<pre><code>  </code></pre><p> </p><ul></ul>", ""),
        ("<pre>x = 1\r\ny = 2</pre>", "```python\nx = 1\ny = 2\n```"),
        ("<pre><code>a\n\n</code></pre>", "```\na\n\n```"),
        ("<b><pre>f(1)</pre></b>", "```python\nf(1)\n```"),
        ("<p>one <code></code> two</p>", "one  two"),
    ],
)
def test_elements_become_marks(page: str, markdown: str) -> None:
    assert to_markdown(page).markdown == markdown


@pytest.mark.parametrize(
    ("class_", "code", "label", "python"),
    [
        ("", "x = 1\n", "python", ("x = 1\n",)),
        ("", "print(x)", "python", ("print(x)",)),
        ("", "[1, 2]\n", "", ()),
        ("", "Hello", "", ()),
        ("", "print 1\n", "", ()),
        ("", ">>> a\n1\n>>> for i in a:\n...     i\n", "python", ("a\nfor i in a:\n    i\n",)),
        ("", ">>>a\n", "", ()),
        ("lang-py prettyprint-override", "print 1\n", "python", ()),
        ("lang-py", "[1, 2]\n", "python", ("[1, 2]\n",)),
        ("lang-js", "x = 1\n", "js", ()),
        ("lang-none", "x = 1\n", "python", ("x = 1\n",)),
        ("lang-default s-code-block", "x = 1\n", "python", ("x = 1\n",)),
    ],
)
def test_python_is_what_the_page_says_or_what_parses_and_does_something(
    class_: str, code: str, label: str, python: tuple[str, ...]
) -> None:
    for page in (
        f'<pre class="{class_}"><code>{html.escape(code)}</code></pre>',
        f'<pre><code class="{class_}">{html.escape(code)}</code></pre>',
    ):
        passage = to_markdown(page)
        assert passage.markdown.splitlines()[0] == f"```{label}"
        assert passage.python == python


def test_the_checks_of_pages_find_the_python_and_the_output_behind_it() -> None:
    page = (
        "<ol><li>so<pre><code>x = 1\n\nprint(x)\n</code></pre></li></ol><pre><code>1\n</code></pre><p>b</p>"
    )
    assert python_blocks(to_markdown(page).markdown) == ("x = 1\n\nprint(x)\n#> 1\n",)


def test_elements_without_an_end_do_not_exhaust_the_stack() -> None:
    passage = to_markdown("<blockquote>" * 5000 + "deep" + "<b>" * 5000)
    assert passage.markdown.endswith("> deep")
