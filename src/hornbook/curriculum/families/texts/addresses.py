"""Families about paths of files and addresses of pages."""

from __future__ import annotations

import itertools
import os.path
import posixpath
import random
from collections.abc import Sequence
from urllib.parse import quote, urlsplit

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw

_FOLDERS = ("home", "music", "photos", "work", "old")


def _untidy_path(rng: random.Random) -> str:
    parts = [rng.choice((*_FOLDERS, "..", "..", ".", "")) for _ in range(rng.randint(3, 6))]
    return "/" + "/".join(parts)


def _tidy(text: str) -> str:
    return posixpath.normpath("/" + text.lstrip("/"))


def _folder_pair(rng: random.Random) -> tuple[str, str]:
    shared = rng.choices(_FOLDERS, k=rng.randint(0, 2))
    first, second = ([*shared, *rng.choices(_FOLDERS, k=rng.randint(0, 2))] for _ in range(2))
    return "/" + "/".join(first), "/" + "/".join(second)


def _several_paths(rng: random.Random) -> list[str]:
    shared = "/".join(rng.choices(_FOLDERS, k=rng.randint(0, 2)))
    return [
        f"{shared}/{rng.choice(_FOLDERS)}/{draws.word(rng)}.txt".lstrip("/") for _ in range(rng.randint(2, 3))
    ]


def _shared_folder(paths: Sequence[str]) -> str:
    if not paths:
        return ""
    prefix = os.path.commonprefix([path.rpartition("/")[0] + "/" for path in paths])
    return prefix.rpartition("/")[0]


def _page(rng: random.Random) -> str:
    host = f"{draws.word(rng)}.{rng.choice(('org', 'com', 'net'))}"
    port = rng.choice(("", "", f":{rng.randint(1000, 9999)}"))
    path = rng.choice(("", "/", f"/{draws.word(rng)}", f"/{draws.word(rng)}/{rng.randint(1, 9)}:2"))
    return f"{rng.choice(('http', 'https', 'ftp'))}://{host}{port}{path}"


def _host_port_path(text: str) -> tuple[str, int, str]:
    parts = urlsplit(text)
    return (
        parts.hostname or "",
        parts.port or {"http": 80, "https": 443, "ftp": 21}[parts.scheme],
        parts.path or "/",
    )


def _search_text(rng: random.Random) -> str:
    return "".join(
        rng.choice((draws.word(rng), " ", "&", "é", "100%", "a/b", "_", "-", "~"))
        for _ in range(rng.randint(2, 4))
    )


def _file_names(rng: random.Random) -> tuple[str, list[str]]:
    name = draws.word(rng) + rng.choice((".txt", ".txt", ".tar.gz", ""))
    stem, dot, suffix = name.rpartition(".") if "." in name else (name, "", "")
    taken = [f"{stem}-{i}{dot}{suffix}" for i in range(1, rng.randint(1, 4))]
    return name, rng.choice(([], [name], [name, *taken], [name, *taken], [*taken[1:], name, "other.txt"]))


def _free_name(name: str, taken: Sequence[str], mark: str) -> str:
    stem, suffix = (name[: name.rindex(".")], name[name.rindex(".") :]) if "." in name else (name, "")
    names = itertools.chain([name], (f"{stem}{mark}{i}{suffix}" for i in itertools.count(1)))
    return next(new for new in names if new not in taken)


FAMILIES: tuple[Family, ...] = (
    Family(
        name="tidy_absolute_path",
        concepts=("paths_and_urls", "stacks", "splitting_joining"),
        difficulty=3,
        names="tidy_path simplify_path resolve_path clean_path normalize",
        arguments=("text|path|folder|location: str; an absolute path",),
        returns="str",
        phrasings=(
            'Simplify the absolute path in $text. Its parts are separated by one or more "/"; "." means the folder itself and is dropped, ".." leads one folder up (at the top it does nothing). Return "/" followed by the remaining parts with single "/" between them; there is no "/" at the end, except for the top folder "/".',
            'Given $text, which starts with "/", return the shortest path to the same place. Skip empty parts and ".", and let every ".." remove the part before it, if there is one. The top folder is written "/".',
            'Somebody walks through the folders of a disk, starting at the top: each part of $text (between slashes) is the name of a folder to enter, "." for staying, or ".." for going up, which at the top changes nothing. Where does the walk end? Answer with the path of that folder, such as "/music/old", or "/".',
            'Start with an empty list. For every part p of $text.split("/"), from left to right: if p is "" or ".", do nothing; if p is "..", remove the last element, if any; otherwise append p. Return "/" + "/".join(list).',
        ),
        solutions=(
            """
$stack = []
for $word in $text.split("/"):
    if $word == "..":
        $stack = $stack[:-1]
    elif $word not in ("", "."):
        $stack.append($word)
return "/" + "/".join($stack)
""",
            """
import posixpath
$result = posixpath.normpath("/" + $text)
return "/" + $result.strip("/")
""",
        ),
        reference=_tidy,
        inputs=lambda rng: (_untidy_path(rng),),
        edges=(("/",), ("//a//b/",), ("/..",), ("/a/../../b",), ("/a/./b/..",), ("/.../x",)),
        idea="The folders entered so far form a stack; going up takes the last one off.",
        pitfall="At the top there is nothing to take off: pop() on the empty list would fail.",
    ),
    Family(
        name="way_between_folders",
        concepts=("paths_and_urls", "enumerate_zip", "list_slicing"),
        difficulty=4,
        names="relative_path way_between path_from_to route steps_between",
        arguments=(
            "first|start|here|source: str; the path of a folder",
            "second|goal|there|target: str; the path of another folder",
        ),
        returns="str",
        phrasings=(
            'Return the relative path that leads from the folder with path $first to the one with path $second: first ".." for every folder to leave, then the names of the folders to enter, all separated by "/". If they are the same folder return ".". Both paths are absolute and tidy; the top folder is "/".',
            'Given $first and $second, absolute paths such as "/home/music", how does one get from the first folder to the second in as few steps as possible? Going up is written "..", going down as the name of the folder; join the steps with "/", and answer "." when there is no step.',
            'A web page in the folder $first links to one in the folder $second. Write the link without the shared part of the two paths: as many ".." as there are folders of the first path that are not shared, followed by the rest of the second path, with "/" in between. For one and the same folder the link is ".".',
            'Let a and b be the lists of the non-empty parts of $first and $second, and k the length of their longest common beginning. Return "/".join([".."] * (len(a) - k) + b[k:]), or "." if that is empty.',
        ),
        solutions=(
            """
$left = [$word for $word in $first.split("/") if $word]
$right = [$word for $word in $second.split("/") if $word]
while $left and $right and $left[0] == $right[0]:
    $left, $right = $left[1:], $right[1:]
return "/".join([".."] * len($left) + $right) or "."
""",
            """
$left = $first.strip("/").split("/") if $first != "/" else []
$right = $second.strip("/").split("/") if $second != "/" else []
shared = 0
for one, other in zip($left, $right):
    if one != other:
        break
    shared += 1
steps = [".." for _ in $left[shared:]]
steps.extend($right[shared:])
return "/".join(steps) if steps else "."
""",
        ),
        reference=lambda first, second: posixpath.relpath(second, first),
        inputs=_folder_pair,
        edges=(("/", "/"), ("/", "/a"), ("/a/b", "/"), ("/a/b", "/a/bc"), ("/a/b", "/b/a"), ("/a", "/a/b/c")),
        idea="Only the part that the two paths share can be kept; everything behind it is left and entered anew.",
        pitfall="Comparing the texts character by character takes /a/b and /a/bc for partly the same folder.",
    ),
    Family(
        name="folder_shared_by_paths",
        concepts=("paths_and_urls", "enumerate_zip", "early_return"),
        difficulty=3,
        names="shared_folder common_folder parent_of_all folder_of_all joint_folder",
        arguments=("paths|files|names|locations: list[str]; relative paths of files",),
        returns="str",
        phrasings=(
            'Return the deepest folder that contains all files in $paths, as a path without "/" at the end. Paths are relative, with "/" between their parts; the last part is the name of the file. If only the top folder contains them all, or there are no files, return an empty text.',
            'Given $paths such as "photos/old/sea.txt", find the longest beginning of folders that they all have in common and return it, joined by "/". The file names themselves do not count as folders. For no paths, and when no folder is shared, the result is "".',
            "Before a program packs some files it looks for the folder that they all lie in, the deepest one. Which is it for $paths? Write its path from the top with slashes between the names, or an empty text for the top itself and for an empty list.",
            'For each path let its folders be path.split("/")[:-1]. Let k be the largest number such that the first k folders of all $paths are equal. Return these k folders joined by "/" ("" for k = 0 or an empty list).',
        ),
        solutions=(
            """
folders = [$item.split("/")[:-1] for $item in $paths]
$result = []
for level in zip(*folders):
    if len(set(level)) > 1:
        break
    $result.append(level[0])
return "/".join($result)
""",
            """
if not $paths:
    return ""
$best = $paths[0].split("/")[:-1]
while $best:
    if all($item.startswith("/".join($best) + "/") for $item in $paths):
        break
    $best.pop()
return "/".join($best)
""",
        ),
        reference=_shared_folder,
        inputs=lambda rng: (_several_paths(rng),),
        edges=(
            ([],),
            (["a.txt"],),
            (["a/b/c.txt"],),
            (["a/b.txt", "a/bc/d.txt"],),
            (["a/x", "b/x"],),
            (["a/b/c", "a/b/d", "a/e"],),
        ),
        idea="zip walks through the first folders of all paths, then the second ones, and so on, until they differ.",
        pitfall="The longest shared beginning of the texts may end in the middle of a name.",
    ),
    Family(
        name="host_port_and_path",
        concepts=("paths_and_urls", "tuples", "dictionaries"),
        difficulty=3,
        names="split_address parse_url host_and_port read_address address_parts",
        arguments=("text|url|address|link: str; the address of a page",),
        returns="tuple[str, int, str]",
        phrasings=(
            'Take the address in $text apart and return (host, port, path). It has the form scheme://host:port/path with scheme http, https or ftp; ":port" and the path may be missing. Without a port, PORTS tells the usual one of the scheme; without a path it is "/".',
            'Given $text, such as "http://sea.org:8080/map", return a tuple of the host (between "://" and the next ":" or "/" or the end), the port as an int (PORTS[scheme] if there is none), and everything from the "/" behind these on, or "/" if nothing follows.',
            'A browser is given $text. To open the page it needs the name of the computer, the number of the port (PORTS knows which is meant when the address does not say) and the path on that computer, "/" if the address has none. Return these three.',
            'Split $text at "://" into scheme and rest, and the rest before its first "/" into place and path ("/" if there is no slash). If place contains ":", host and port are its parts; otherwise host is place and port is PORTS[scheme]. Return (host, int(port), path).',
        ),
        setup="""
PORTS = {"http": 80, "https": 443, "ftp": 21}
""",
        solutions=(
            """
scheme, _, rest = $text.partition("://")
place, slash, path = rest.partition("/")
host, _, port = place.partition(":")
return host, int(port or PORTS[scheme]), "/" + path
""",
            """
from urllib.parse import urlsplit
pieces = urlsplit($text)
port = PORTS[pieces.scheme] if pieces.port is None else pieces.port
return pieces.hostname, port, pieces.path or "/"
""",
            """
import re
match = re.fullmatch("([a-z]+)://([^:/]+)(?::([0-9]+))?(/.*)?", $text)
scheme, host, port, path = match.groups()
if path is None:
    path = "/"
return host, int(port) if port else PORTS[scheme], path
""",
        ),
        reference=_host_port_path,
        inputs=lambda rng: (_page(rng),),
        edges=(
            ("http://a",),
            ("https://a/",),
            ("ftp://a:1/b/c:2",),
            ("http://a:443",),
            ("https://x.org/a:80",),
        ),
        idea="partition cuts at the first mark only and always gives three parts, so missing parts are simply empty.",
        pitfall="A colon in the path is no port; cut off the path before looking for one.",
    ),
    Family(
        name="percent_signs_for_address",
        concepts=("paths_and_urls", "bytes", "string_formatting"),
        difficulty=3,
        names="percent_encode encode_part for_address quote_text safe_for_url",
        arguments=("text|words|query|name: str; the text to encode",),
        returns="str",
        phrasings=(
            'Encode $text for use in an address: the letters A-Z and a-z, the digits 0-9 and the signs in "$safe" stay, and every other character is replaced by its UTF-8 bytes, each written as "%" and two hexadecimal digits in capitals.',
            'Given $text, return it percent-encoded. Only ASCII letters and digits and the characters "$safe" remain; of all others write each byte (UTF-8) as %XX, where XX is its value in base 16 with two digits, A-F in upper case.',
            'A search page puts what was typed into the address of the answer. Blanks, &, é and other characters cannot stand there; they are written byte by byte as % and two capital hexadecimal digits, in UTF-8. Letters and digits of ASCII are safe, and so is each of "$safe". What becomes of $text?',
            'For each byte of $text.encode("utf-8"): if it is the code of one of A-Z, a-z, 0-9 or "$safe", append that character to the result, and otherwise "%" followed by the byte as a two-digit upper-case hexadecimal number. Return the result.',
        ),
        solutions=(
            """
from string import ascii_letters, digits
keep = ascii_letters + digits + "$safe"
$result = ""
for $char in $text:
    if $char in keep:
        $result += $char
    else:
        $result += "".join(f"%{byte:02X}" for byte in $char.encode())
return $result
""",
            """
import re
return re.sub("[^A-Za-z0-9$safe]", lambda match: "".join("%" + format(byte, "02X") for byte in match[0].encode()), $text)
""",
            """
from string import ascii_letters, digits
codes = (ascii_letters + digits + "$safe").encode()
return "".join(chr(byte) if byte in codes else f"%{byte:02X}" for byte in $text.encode("utf-8"))
""",
        ),
        reference=lambda text, safe: "".join(
            c if c in safe else quote(c, safe="") if c not in "_.-~" else "%" + c.encode().hex().upper()
            for c in text
        ),
        parameters=lambda rng: {"safe": Raw(rng.choice(("_.~-", "/_-", "_-", "/.-")))},
        inputs=lambda rng, safe: (_search_text(rng),),
        edges=(("",), ("a-Z_0.9~/",), ("\n%",), ("é€",), ("[@`{:",)),
        idea="The encoding works on bytes: a character that takes two bytes becomes two groups of three signs.",
        pitfall="isalnum() also keeps letters such as é, which must be encoded.",
    ),
    Family(
        name="file_name_not_taken",
        concepts=("paths_and_urls", "while_loops", "string_formatting"),
        difficulty=2,
        names="free_name new_file_name unused_name next_free_name avoid_clash",
        arguments=(
            "name|wanted|file|title: str; the name wanted",
            "taken|existing|files|used: list[str]; names that are in use",
        ),
        returns="str",
        phrasings=(
            'Return $name if it is not in $taken. Otherwise return the first name not in $taken among those with "${mark}1", "${mark}2", ... inserted before the last "." of $name, or added at the end if it has no ".".',
            'Given $name and the list $taken, find a name that is free: try $name itself, then with "$mark" and the numbers 1, 2, 3, ... put in front of its suffix. The suffix begins at the last dot; a name without a dot has none.',
            "A browser saves downloads without replacing older files. If map.png is there already, the next one is called map${mark}1.png, then map${mark}2.png, and so on; the smallest number that gives an unused name is taken. What is a download called $name saved as, if $taken are the files in the folder?",
            'Let s and e be the parts of $name before its last "." and from there on (s is $name and e is "" if it contains no "."). Return the first of $name, s + "${mark}1" + e, s + "${mark}2" + e, ... that is not an element of $taken.',
        ),
        solutions=(
            """
stem, dot, suffix = $name.rpartition(".")
if not dot:
    stem, suffix = $name, ""
new, $count = $name, 0
while new in $taken:
    $count += 1
    new = f"{stem}$mark{$count}{dot}{suffix}"
return new
""",
            """
from itertools import count
if $name not in $taken:
    return $name
$i = $name.rfind(".") if "." in $name else len($name)
for number in count(1):
    new = $name[:$i] + f"$mark{number}" + $name[$i:]
    if new not in $taken:
        return new
""",
        ),
        reference=_free_name,
        parameters=lambda rng: {"mark": Raw(rng.choice(("-", "_", ".", "~")))},
        inputs=lambda rng, mark: (lambda pair: (pair[0], [t.replace("-", mark) for t in pair[1]]))(
            _file_names(rng)
        ),
        edges=(
            ("a.txt", []),
            ("a", ["a"]),
            ("a.b.c", ["a.b.c", "a.b-1.c", "a.b_1.c", "a.b.1.c", "a.b~1.c"]),
            ("x.txt", ["x-1.txt", "x_1.txt"]),
        ),
        idea="The loop ends because every round tries a new name and only finitely many are taken.",
        pitfall="Counting the files that look alike is not enough when one of them was deleted.",
    ),
)
