"""Secrets and personal data: found where they are, left where they only look like it, replaced without harm.

The keys are put together when a test runs: none stands in this file, and none was ever valid.
"""

import ast
import hashlib
import random
import string
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hornbook.corpus.redaction import redact
from hornbook.corpus.secrets_found import PLACEHOLDERS, find_secrets


def drawn(count: int, letters: str = string.ascii_letters + string.digits, seed: str = "k") -> str:
    """Characters as random as a key's, the same in every run."""
    return "".join(random.Random(f"{seed}{count}").choices(letters, k=count))


AWS = string.ascii_uppercase + "234567"
URL_SAFE = string.ascii_letters + string.digits + "-_"
BASE64 = string.ascii_letters + string.digits + "+/"
TOKENS = {
    "aws": "AKIA" + drawn(16, AWS),
    "github": "ghp" + "_" + drawn(36),
    "github_fine": "github" + "_pat_" + drawn(82),
    "gitlab": "glpat" + "-" + drawn(20),
    "slack": "xoxb" + "-" + drawn(12, string.digits) + "-" + drawn(24),
    "google": "AIza" + drawn(35),
    "stripe": "sk" + "_live_" + drawn(24),
    "openai": "sk" + "-proj-" + drawn(48) + "7",
    "hugging_face": "hf" + "_" + drawn(34),
    "pypi": "pypi" + "-" + drawn(80),
    "npm": "npm" + "_" + drawn(36),
    "sendgrid": "SG" + "." + drawn(22) + "." + drawn(43),
    "jwt": "eyJ" + drawn(20) + ".eyJ" + drawn(30) + "." + drawn(43),
    "telegram": "987203145" + ":AA" + drawn(33),
    "azure": "AccountKey" + "=" + drawn(86) + "==",
    "slack_hook": "https://hooks.slack.com/services/"
    + "T"
    + drawn(8, AWS)
    + "/B"
    + drawn(8, AWS)
    + "/"
    + drawn(24),
}


@pytest.mark.parametrize("name", TOKENS)
def test_a_token_of_a_known_maker_is_replaced(name: str) -> None:
    secret = TOKENS[name].rpartition("/services/")[2].removeprefix("AccountKey=")
    redacted = redact(f'client = connect("{TOKENS[name]}")\n', is_python=True)
    assert secret not in redacted.text and redacted.counts == {"token": 1}
    ast.parse(redacted.text)


@pytest.mark.parametrize(
    "line",
    [
        'password = "{}"',
        'DB_PASSWORD: str = "{}"',
        'config["secret_key"] = "{}"',
        '{{"api_key": "{}", "debug": True}}',
        "connect(user='me', passwd='{}')",
        'os.environ.get("AUTH_TOKEN", "{}")',
        'SECRET_KEY = "django-insecure-{}"',
        '# apiKey: "{}"',
        'url = "postgres://me:{}@db.acme.io/app"',
    ],
)
def test_a_value_that_looks_random_under_a_secret_name_is_replaced(line: str) -> None:
    secret = "x9" + drawn(18, string.ascii_letters + string.digits, seed="p")
    redacted = redact(line.format(secret) + "\n", is_python=True)
    assert secret not in redacted.text and redacted.counts == {"password": 1}
    ast.parse(redacted.text)


@pytest.mark.parametrize("ending", ["\n", "\\n"])
def test_a_private_key_goes_and_its_lines_stay(ending: str) -> None:
    lines = [drawn(64, BASE64, seed=str(i)) for i in range(3)]
    head = "PRIVATE" + " KEY-----"
    block = ending.join([f"-----BEGIN RSA {head}", *lines, f"-----END RSA {head}"])
    program = f'KEY = """{block}"""\n'
    redacted = redact(program, is_python=True)
    assert redacted.counts == {"private_key": 3}
    assert not any(line in redacted.text for line in lines)
    assert (
        ast.literal_eval(redacted.text.removeprefix("KEY = ")).splitlines()[1] == PLACEHOLDERS["private_key"]
    )
    assert redacted.text.count("\n") == program.count("\n")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("# Written by ann.lee+code@mail.acme.io.", "email"),
        ("'mailto:ann@acme.io'", "email"),
        ("HOST = '93.184.216.34'", "ip_address"),
        ("# see http://93.184.216.34:8080/", "ip_address"),
        ("HOST = '2606:2800:220:1:248:1893:25c8:1946'", "ipv6_address"),
        ("# call +49 30 90182045", "phone"),
        ("# call (212) 736-5000", "phone"),
        ("'+14155552671'", "phone"),
    ],
)
def test_personal_data_is_replaced_by_what_nobody_owns(text: str, kind: str) -> None:
    redacted = redact(f"x = 1\n{text}\n", is_python=True)
    assert redacted.counts == {kind: 1}
    assert PLACEHOLDERS[kind] in redacted.text


INNOCENT = {
    "sha1 of a commit": hashlib.sha1(b"a").hexdigest(),
    "sha256 in a test": f"assert digest == '{hashlib.sha256(b'a').hexdigest()}'",
    "uuid": f"token = '{uuid.uuid5(uuid.NAMESPACE_DNS, 'a')}'",
    "version": "requires foo>=10.20.30.40 and version 12.1.105.3, v11.22.33.44",
    "loopback": "127.0.0.1 0.0.0.0 192.168.1.20 10.0.0.1 ::1 fe80::1",
    "documentation address": "192.0.2.1 2001:db8::1 user@example.com root@localhost",
    "name server": "8.8.8.8",
    "network": "ip_network('93.184.216.0/24')",
    "section": "RFC 1.2.3.4",
    "object identifier": "1.3.6.1.4.1.311.21.20",
    "git address": "git@github.com:acme/repo.git",
    "decorator": "@functools.wraps(f)",
    "image": "icon@2x.png",
    "matrix product": "x@layer.weight.T",
    "words for a password": "password = 'correct-horse-battery'; url = 'ftp://user:password@host.org'",
    "placeholder": "api_key = 'your-api-key-123456'; token = 'xxxxxxxxxxxx12'",
    "template": "secret = '${VAULT_SECRET_42}'; password = '{password123}'",
    "tokenizer": "tokenizer = 'gpt2-xl-1558M-v12'",
    "aws example": "AKIAIOSFODNN7" + "EXAMPLE",
    "fiction": "+1-555-555-0100, 123-456-7890",
    "date and time": "+1980-02-29 01:02:03, 2024-01-15T12:30:45",
    "isbn": "ISBN 978-0-13-468599-1",
    "arithmetic": "+1 23 and (123) 4567",
    "public key": "-----BEGIN PUBLIC KEY-----\n" + drawn(64, BASE64) + "\n-----END PUBLIC KEY-----",
}


@pytest.mark.parametrize("name", INNOCENT)
def test_what_only_looks_like_a_secret_stays(name: str) -> None:
    assert find_secrets(INNOCENT[name]) == []


@pytest.mark.parametrize(
    "secret", ["ann@acme.io", "93.184.216.34", "+49 30 90182045", TOKENS["aws"], TOKENS["github"]]
)
@pytest.mark.parametrize("escape", ["\\n", "\\t", "\\r"])
def test_an_escape_before_a_secret_neither_hides_it_nor_is_lost(escape: str, secret: str) -> None:
    redacted = redact(f"x = 'Hello{escape}{secret}'\n", is_python=True)
    assert secret not in redacted.text
    assert redacted.text.startswith(f"x = 'Hello{escape}")
    ast.parse(redacted.text)


def test_code_outside_strings_and_comments_is_not_touched() -> None:
    program = "y = weights@inputs.mean\nz = f'{weights@inputs.mean}'  # ann@acme.io\n"
    redacted = redact(program, is_python=True)
    assert redacted.text.startswith("y = weights@inputs.mean\n")
    assert redacted.text.endswith("# user@example.com\n")
    ast.parse(redacted.text)


PIECES = st.sampled_from(
    [
        *(
            "ann@acme.io",
            "a@b.co.uk.example.org.net",
            "93.184.216.34",
            "+49 30 90182045 12 34 56 78 90",
            "\n",
            " ",
            ".",
        ),
        *(
            "212-736-5000",
            "-",
            "@",
            "x",
            "password='",
            "'",
            "=",
            "://u:",
            "\\n",
            "é",
            "İ",
            "2606:2800:220:1::1",
        ),
        *(
            TOKENS["github"],
            TOKENS["aws"],
            TOKENS["jwt"],
            drawn(20),
            "REDACTED",
            "user@example.com",
            "-----BEGIN ",
        ),
        *("PRIVATE KEY-----", "-----END ", drawn(40, BASE64)),
    ]
)
TEXTS = st.lists(PIECES, max_size=20).map("".join) | st.text(max_size=60)


@given(text=TEXTS)
def test_redacting_again_changes_nothing_and_no_line_is_lost(text: str) -> None:
    once = redact(text, is_python=False)
    assert once.text.count("\n") == text.count("\n")
    assert find_secrets(once.text) == []
    assert redact(once.text, is_python=False).text == once.text
    assert (once.text == text) == (not once.counts)


@given(values=st.lists(TEXTS, min_size=1, max_size=5), comment=TEXTS)
def test_a_redacted_program_differs_only_in_the_values_of_strings(values: list[str], comment: str) -> None:
    comment = " ".join(comment.replace("\0", "").split())
    program = "".join(f"x{i} = f({value!r}, [1, 2])  # {comment}\n" for i, value in enumerate(values))
    redacted = redact(program, is_python=True)
    before, after = ast.parse(program), ast.parse(redacted.text)
    for node in [*ast.walk(before), *ast.walk(after)]:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            node.value = ""
    assert ast.dump(before) == ast.dump(after)
    assert redacted.text.count("\n") == program.count("\n")
