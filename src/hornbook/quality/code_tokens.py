"""Python code as tokens, fast: by one regular expression, not by `tokenize`, so broken code has tokens too.

`code_tokens` keeps everything that carries meaning, operators above all (with word tokens `a + b` and `a - b`
are one text). Tokens that no renaming changes are `alpha_tokens`' business.
"""

from __future__ import annotations

import re

_STRING = (
    r"[rbfuRBFU]{0,2}(?:\"\"\"(?:[^\\]|\\.)*?\"\"\"|'''(?:[^\\]|\\.)*?'''"
    r"|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*')"
)
_NUMBER = r"(?:0[xXbBoO][\da-fA-F_]+|\d[\d_]*\.?[\d_]*(?:[eE][+-]?\d+)?|\.\d[\d_]*(?:[eE][+-]?\d+)?)[jJ]?"
_OPERATOR = r"\*\*=?|//=?|>>=?|<<=?|->|:=|[-+*/%&|^@<>=!]=|[^\s\w]"
_TOKEN = re.compile(rf"#[^\n]*|{_STRING}|[^\W\d]\w*|{_NUMBER}|{_OPERATOR}", re.DOTALL)


def code_tokens(text: str) -> list[str]:
    """Return the tokens of Python, or of prose around it: names, numbers, strings, operators, comments.

    >>> code_tokens("x = a+b  # sum")
    ['x', '=', 'a', '+', 'b', '# sum']
    """
    return _TOKEN.findall(text)
