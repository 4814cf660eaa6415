"""Secrets and personal data in a text: where they stand, and what may stand in their place.

Keys and tokens are known by the prefixes that their makers document, passwords by the name that they are given
and by looking random. E-mail addresses, public IP addresses and phone numbers are known by form. Hashes, UUIDs,
version numbers, loopback and documentation addresses are no secrets and stay. A placeholder is of the same kind
(reserved by RFC 2606, RFC 5737, RFC 3849, or for fiction), is no finding itself, and holds no end of a line.

detect-secrets 1.5.0, last released in May 2024, reads 0.14 MB/s where this reads 13.9 (bench/corpus.py), and
replaces nothing; so the patterns are a table here.
"""

from __future__ import annotations

import ipaddress
import math
import re
import string
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

PLACEHOLDERS = {
    "email": "user@example.com",
    "ip_address": "192.0.2.1",
    "ipv6_address": "2001:db8::1",
    "phone": "+1-555-555-0100",
    "private_key": "REDACTED",
    "token": "REDACTED",
    "password": "REDACTED",
}
"""What stands in the place of each kind."""


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """One secret in a text, from `start` to `end`."""

    start: int
    end: int
    kind: str


def find_secrets(text: str) -> list[Found]:
    """Return what should not be in a text, in order, none over another; the longest of those that begin alike.

    >>> find_secrets("Ask ann@acme.io or 127.0.0.1")
    [Found(start=4, end=15, kind='email')]
    """
    found = sorted(
        (one for finder in _FINDERS for one in finder(text)), key=lambda one: (one.start, -one.end, one.kind)
    )
    chosen: list[Found] = []
    for one in found:
        if not chosen or one.start >= chosen[-1].end:
            chosen.append(one)
    return chosen


_AFTER_ESCAPE = r"(?<=\\[nrt])"
"""In a string literal, "n" before a finding may be the end of a line and no part of it."""

_HOST = re.compile(
    r"@((?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,8}[A-Za-z]{2,24})(?![A-Za-z0-9_@-]|\.[A-Za-z0-9])"
)
_LOCAL_PART = re.compile(
    rf"(?:(?<![A-Za-z0-9._%+/=\\-])|{_AFTER_ESCAPE})[A-Za-z0-9][A-Za-z0-9._%+-]{{0,63}}\Z"
)
_USER_OF_URL = re.compile(r"://[^\s/@]{0,70}\Z")
_RESERVED_HOSTS = re.compile(
    r"(?:.*\.)?(?:example\.(?:com|org|net|edu)|test|example|invalid|localhost|local)$", re.IGNORECASE
)
_NOBODY = re.compile(r"(?:git|hg|svn|no-?reply|user(?:name)?|root|postmaster|mailer-daemon)$", re.IGNORECASE)
_FILE_ENDINGS = {"png", "jpg", "jpeg", "gif", "svg", "webp", "py", "js", "css", "html", "json", "txt", "md"}


def _emails(text: str) -> Iterator[Found]:
    for host in _HOST.finditer(
        text
    ):  # a pattern that begins with one fixed character is found ten times faster
        before = max(host.start() - 80, 0), host.start()
        name = _LOCAL_PART.search(text, *before)
        if name is None or _NOBODY.match(name[0]) or _RESERVED_HOSTS.match(host[1]):
            continue
        if _USER_OF_URL.search(text, *before):
            continue  # a user of a server, whose password is found elsewhere
        if host[1].rpartition(".")[2].lower() not in _FILE_ENDINGS:
            yield Found(name.start(), host.end(), "email")


_MAYBE_IP = re.compile(r"\.\d{1,3}\.\d{1,3}\.\d")
_IP = re.compile(rf"(?:(?<![\w.-])|{_AFTER_ESCAPE})" r"(?:\d{1,3}\.){3}\d{1,3}(?![\w-]|\.\d|/\d)")
_MAYBE_IPV6 = re.compile(r":[0-9a-fA-F]{0,4}:")
_IPV6 = re.compile(r"(?<![\w:.])[23][0-9a-f]{3}:[0-9a-f:]{2,40}(?![\w:]|/\d)", re.IGNORECASE)
"""Of the global addresses that are handed out, 2000::/3. A network (/24) is nobody's address."""
_VERSION_BEFORE = re.compile(r"(?:version|release|\bver|\bv|[=<>~!]=)\W{0,4}\Z|[~^]\Z", re.IGNORECASE)
_KNOWN_TO_ALL = {"8.8.8.8", "8.8.4.4", "1.1.1.1", "1.0.0.1", "9.9.9.9", "255.255.255.0"}
"""Public name servers, which stand in many a lesson, and what looks like an address and is none."""


def _addresses(text: str) -> Iterator[Found]:
    for match in _IP.finditer(text) if _MAYBE_IP.search(text) else ():
        if match[0] in _KNOWN_TO_ALL or all(len(number) == 1 for number in match[0].split(".")):
            continue  # 1.2.3.4 is a version, a section or a lesson
        if _is_public(match[0]) and not _VERSION_BEFORE.search(
            text, max(match.start() - 16, 0), match.start()
        ):
            yield Found(match.start(), match.end(), "ip_address")
    for match in _IPV6.finditer(text) if _MAYBE_IPV6.search(text) else ():
        if _is_public(match[0]):
            yield Found(match.start(), match.end(), "ipv6_address")


def _is_public(text: str) -> bool:
    try:
        return ipaddress.ip_address(text).is_global
    except ValueError:
        return False


_MAYBE_PHONES = [re.compile(pattern) for pattern in (r"\+\d", r"\(\d{3}\) ?\d{3}-", r"-\d{3}-\d{4}")]
_PHONE = re.compile(
    rf"(?:(?<![\w.+-])|{_AFTER_ESCAPE})"
    r"(?:\+\d{1,3}[ .-](?:\(\d{1,4}\)|\d{1,4})(?:[ .-]\d{2,8}){1,4}"
    r"|\+\d{10,14}|\(\d{3}\) ?\d{3}-\d{4}|\d{3}-\d{3}-\d{4})(?![\w-]|\.\d)"
)
_FICTION = re.compile(r"55501\d\d$")


def _phones(text: str) -> Iterator[Found]:
    if not any(pattern.search(text) for pattern in _MAYBE_PHONES):
        return
    for match in _PHONE.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        # Numbers kept for fiction, and what counts up or repeats: 123-456-7890, 000-000-0000.
        if 9 <= len(digits) <= 15 and not _FICTION.search(digits) and not _is_made_up(digits):
            yield Found(match.start(), match.end(), "phone")


def _is_made_up(digits: str) -> bool:
    return len(set(digits[-9:])) == 1 or digits[-10:] in "01234567890123456789"


_PEM = re.compile(
    r"-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----(.{1,20000}?)-----END [A-Z0-9 ]{0,40}PRIVATE KEY",
    re.DOTALL,
)
_PEM_RUN = re.compile(r"(?:\\[nr])*([A-Za-z0-9+/=]{16,})")
"""A line of a key; in a string the ends of lines are escapes, whose letter is not the key's."""


def _private_keys(text: str) -> Iterator[Found]:
    if "PRIVATE KEY" not in text:
        return
    for block in _PEM.finditer(text):
        for run in _PEM_RUN.finditer(text, block.start(1), block.end(1)):
            yield Found(run.start(1), run.end(1), "private_key")


# Prefix that must be in the text, and the token behind it; each by its maker's documentation.
_TOKENS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("AKIA", "ASIA"), r"(?:AKIA|ASIA)[A-Z2-7]{16}"),  # AWS
    (("ghp_", "gho_", "ghu_", "ghs_", "ghr_"), r"gh[pousr]_[A-Za-z0-9]{36,255}"),  # GitHub
    (("github_pat_",), r"github_pat_[A-Za-z0-9_]{40,255}"),
    (("glpat-",), r"glpat-[A-Za-z0-9_-]{20,}"),  # GitLab
    (("xox",), r"xox[abeoprs]-[A-Za-z0-9-]{10,}"),  # Slack
    (("hooks.slack.com",), r"(?<=hooks\.slack\.com/services/)T[A-Z0-9]+/B[A-Z0-9]+/[A-Za-z0-9]{20,}"),
    (("AIza",), r"AIza[A-Za-z0-9_-]{35}"),  # Google
    (("GOCSPX-",), r"GOCSPX-[A-Za-z0-9_-]{28}"),
    (("k_live_",), r"[sr]k_live_[A-Za-z0-9]{16,}"),  # Stripe
    (("sk-",), r"sk-(?:proj-|ant-|svcacct-)?(?=[A-Za-z0-9_-]*[0-9])[A-Za-z0-9_-]{32,}"),  # OpenAI, Anthropic
    (("hf_",), r"hf_[A-Za-z0-9]{34,}"),  # Hugging Face
    (("pypi-",), r"pypi-[A-Za-z0-9_-]{60,}"),
    (("npm_",), r"npm_[A-Za-z0-9]{36}"),
    (("SG.",), r"SG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}"),  # SendGrid
    (("dop_v1_",), r"dop_v1_[a-f0-9]{64}"),  # DigitalOcean
    (("eyJ",), r"eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{16,}"),  # JSON web token
    (("AccountKey=",), r"(?<=AccountKey=)[A-Za-z0-9+/]{80,}={0,2}"),  # Azure
    ((":AA",), r"\d{8,10}:AA[A-Za-z0-9_-]{33}"),  # Telegram
)
_TOKEN_PATTERNS = [
    (marks, re.compile(rf"(?:(?<![A-Za-z0-9_-])|{_AFTER_ESCAPE})(?:{pattern})(?![A-Za-z0-9])"))
    for marks, pattern in _TOKENS
]


def _tokens(text: str) -> Iterator[Found]:
    for marks, pattern in _TOKEN_PATTERNS:
        if any(mark in text for mark in marks):
            for match in pattern.finditer(text):
                if not _is_placeholder(match[0]):
                    yield Found(match.start(), match.end(), "token")


_URL_PASSWORD = re.compile(r"://[^\s/:@'\"<>{}$]{1,64}:([^\s/:@'\"<>{}$%]{6,100})@[\w.-]+")
_WORD_FOR_PASSWORD = re.compile(r"pass|secret|token|\A\d*\Z", re.IGNORECASE)
_NAMES = (
    *("passw", "passphrase", "pwd", "secret", "token"),
    *(
        "apikey",
        "api_key",
        "api-key",
        "accesskey",
        "access_key",
        "access-key",
        "authkey",
        "auth_key",
        "auth-key",
    ),
)
_ASSIGNED = re.compile(
    r"(?:passw(?:or)?d|passphrase|pwd|secret|token(?!iz)|(?:api|access|auth)[_-]?key)\w{0,20}[\"']?\]?"
    r"(?:\s?:\s?[\w.\[\]| ]{1,30})?\s{0,4}(?:=>|[:=,])\s{0,4}[rbuf]?[\"']([^\s\"'\\]{12,200})[\"']",
    re.IGNORECASE,
)
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_LEAST_BITS = 3.0
"""Entropy per character from which a value looks random: words have about 2.5, 16 hex digits 3 to 3.6."""
_NOT_RANDOM = re.compile(r"[a-z]{7}|[A-Z]{9}|\$\{|\$\(|^\$|\{\w*\}|<[\w ]+>|://|%[(s]")
"""Words, templates, shell variables, addresses. Of 40 random base64 digits, 6 in 100 have such a run."""


def _passwords(text: str) -> Iterator[Found]:
    for match in _URL_PASSWORD.finditer(text):
        if not _is_placeholder(match[1]) and not _WORD_FOR_PASSWORD.search(match[1]):
            yield Found(match.start(1), match.end(1), "password")
    lower = text.translate(_LOWER)
    for name in _NAMES:
        start = -1
        while (start := lower.find(name, start + 1)) >= 0:
            given = _ASSIGNED.match(text, start)
            if given and _looks_random(given[1]) and not _is_placeholder(given[1]):
                yield Found(given.start(1), given.end(1), "password")


_LOWER = {ord(letter): ord(letter.lower()) for letter in string.ascii_uppercase}
"""Not str.lower, which makes two characters of some: places would shift."""


def _looks_random(value: str) -> bool:
    """Say whether a value has digits among letters, no structure of words, and enough entropy."""
    value = value.removeprefix("django-insecure-")
    if _UUID.fullmatch(value) or _NOT_RANDOM.search(value):
        return False
    if len(re.findall(r"\d", value)) < 2 or not re.search(r"[A-Za-z]", value):
        return False
    counts = Counter(value)
    return -sum(n / len(value) * math.log2(n / len(value)) for n in counts.values()) >= _LEAST_BITS


_PLACEHOLDER = re.compile(
    r"example|redacted|\.{3}|changeme|change_me|your[_-]?|placeholder|dummy|x{5}|\*{3}|0{8}|1234567|abcdef",
    re.IGNORECASE,
)


def _is_placeholder(value: str) -> bool:
    return _PLACEHOLDER.search(value) is not None


_FINDERS: tuple[Callable[[str], Iterator[Found]], ...] = (
    _private_keys,
    _tokens,
    _passwords,
    _emails,
    _addresses,
    _phones,
)
