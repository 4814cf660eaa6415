"""Families about numbers of versions: raising, choosing, keeping the newest."""

from __future__ import annotations

import random
from collections.abc import Sequence

from hornbook.curriculum.family import Family


def _version(rng: random.Random) -> str:
    return ".".join(str(rng.choice((0, 1, 2, 3, 9, 10, 19))) for _ in range(3))


def _raised(text: str, part: str) -> str:
    major, minor, patch = (int(n) for n in text.split("."))
    new = {"major": (major + 1, 0, 0), "minor": (major, minor + 1, 0), "patch": (major, minor, patch + 1)}[
        part
    ]
    return ".".join(map(str, new))


def _catalogue(rng: random.Random) -> tuple[list[str], str]:
    offers = [
        f"{rng.randint(1, 2)}.{rng.randint(0, 11)}.{rng.choice((0, 3, 10))}" for _ in range(rng.randint(2, 5))
    ]
    return offers, f"{rng.randint(1, 2)}.{rng.randint(0, 8)}.{rng.choice((0, 3, 5))}"


def _number(text: str) -> int:
    major, minor, patch = (int(n) for n in text.split("."))
    return (major * 1000 + minor) * 1000 + patch


def _compatible(versions: Sequence[str], least: str) -> str | None:
    low, high = _number(least), (_number(least) // 10**6 + 1) * 10**6
    fitting = sorted((_number(v), -i) for i, v in enumerate(versions) if low <= _number(v) < high)
    return versions[-fitting[-1][1]] if fitting else None


def _newest_of_each(versions: Sequence[str]) -> dict[str, str]:
    newest = {_number(v) // 1000: v for v in sorted(versions, key=_number)}
    return {f"{key // 1000}.{key % 1000}": newest[key] for key in sorted(newest, reverse=True)}


def _small_steps(rng: random.Random) -> list[str]:
    return [
        f"{rng.randint(0, 1)}.{rng.choice((2, 10))}.{rng.randint(0, 12)}" for _ in range(rng.randint(3, 5))
    ]


FAMILIES: tuple[Family, ...] = (
    Family(
        name="raise_version",
        concepts=("version_numbers", "conditionals", "list_indexing"),
        difficulty=1,
        names="raise_version bump_version next_version bump new_release",
        arguments=(
            "text|version|current_version|release: str; a version of three numbers",
            "part|level|kind|which: str; the part to raise",
        ),
        returns="str",
        phrasings=(
            'Raise the version in $text, three numbers separated by dots, and return it. $part says which number goes up by 1, "major" for the first, "minor" for the second or "patch" for the third; the numbers behind it become 0.',
            'Given $text such as "1.4.2" and $part, one of "major", "minor" and "patch" (for the first, second and third number), add 1 to that number, set all later ones to 0, and return the new version.',
            'The makers of a game number their releases like 2.0.9. After a "patch" change only the last number grows by one, after a "minor" change the middle one does and the last becomes 0, after a "major" change the first does and the other two become 0. Which number follows $text after such a change, if $part tells its kind?',
            'With $text equal to "a.b.c" return "(a+1).0.0" if $part is "major", "a.(b+1).0" if it is "minor" and "a.b.(c+1)" if it is "patch", the sums being worked out. $part is always one of the three, and a, b, c are non-negative integers.',
        ),
        solutions=(
            """
numbers = [int($word) for $word in $text.split(".")]
$i = ["major", "minor", "patch"].index($part)
numbers[$i] += 1
numbers[$i + 1:] = [0] * (2 - $i)
return ".".join(map(str, numbers))
""",
            """
first, second, third = map(int, $text.split("."))
if $part == "major":
    return f"{first + 1}.0.0"
if $part == "minor":
    return f"{first}.{second + 1}.0"
return f"{first}.{second}.{third + 1}"
""",
        ),
        reference=_raised,
        inputs=lambda rng: (_version(rng), rng.choice(("major", "minor", "patch"))),
        edges=(("0.0.0", "minor"), ("9.9.9", "patch"), ("1.2.3", "major")),
        idea="Everything behind the raised number starts again from 0.",
        pitfall="The parts are texts; adding 1 needs a number.",
    ),
    Family(
        name="newest_compatible_version",
        concepts=("version_numbers", "filtering", "min_max"),
        difficulty=3,
        names="newest_compatible best_version pick_version latest_allowed choose_release",
        arguments=(
            "versions|offers|releases|available: list[str]; versions of three numbers",
            "least|minimum|required|needed: str; the oldest version that will do",
        ),
        returns="str | None",
        phrasings=(
            "Return the newest of $versions that is not older than $least and has the same first number, or None if there is none. Versions are three whole numbers with dots between them and compare number by number from the left.",
            "Given $versions and $least, consider only versions whose first number is that of $least and which are equal to it or newer. Which is the newest of these? The numbers count as numbers, so 1.10.0 is newer than 1.9.0; without a candidate the answer is None.",
            "A program needs a library in version $least or a later one, but the first number must not change, since it stands for breaking changes. Pick the latest suitable one from $versions, or None if nothing suits. Versions look like 2.11.3.",
            "Let t(v) be the tuple of the three ints in v. Return the element v of $versions with the greatest t(v) among those with t(v) >= t($least) and t(v)[0] == t($least)[0]; None if no element qualifies. Equal versions are written in the same way.",
        ),
        solutions=(
            """
def numbers(version):
    return tuple(map(int, version.split(".")))

low = numbers($least)
possible = [$item for $item in $versions if numbers($item) >= low and numbers($item)[0] == low[0]]
return max(possible, key=numbers, default=None)
""",
            """
$best = None
newest = [int($word) for $word in $least.split(".")]
for $item in $versions:
    $current = [int($word) for $word in $item.split(".")]
    if $current[0] == newest[0] and $current >= newest:
        $best, newest = $item, $current
return $best
""",
        ),
        reference=_compatible,
        inputs=_catalogue,
        edges=(
            ([], "1.0.0"),
            (["1.0.0"], "1.0.0"),
            (["2.0.0", "0.9.9"], "1.0.0"),
            (["1.9.0", "1.10.0", "1.2.30"], "1.2.3"),
            (["1.2.2"], "1.2.3"),
        ),
        idea="As tuples of ints the versions compare as people mean it, so max with a key finds the newest.",
        pitfall="Compared as texts, 1.9.0 is greater than 1.10.0.",
    ),
    Family(
        name="newest_of_every_series",
        concepts=("version_numbers", "grouping", "sorting_with_key"),
        difficulty=3,
        names="newest_of_series latest_patches series_heads newest_per_line supported_versions",
        arguments=("versions|releases|tags|names: list[str]; versions of three numbers",),
        returns="dict[str, str]",
        phrasings=(
            "Group $versions by their first two numbers and return a dictionary from these, written with a dot between them, to the newest version of the group. Newer groups come first. All numbers compare as numbers.",
            'Given $versions, texts such as "3.11.4", find the newest release of each series; the series of this one is "3.11". The result maps every series to its newest version, the latest series first and the oldest last.',
            "The makers of a program support the newest release of each series, where 1.2.0, 1.2.1, ... form the series 1.2. From all releases in $versions make a dictionary of series and supported version, beginning with the most recent series (1.10 is more recent than 1.9).",
            'For each version "a.b.c" of $versions let its series be "a.b". Return {series: the version in it with the greatest int(c)} with the series in descending order of (int(a), int(b)). Numbers are written without leading zeros.',
        ),
        solutions=(
            """
def numbers(version):
    return [int($word) for $word in version.split(".")]

$result = {}
for $item in sorted($versions, key=numbers, reverse=True):
    $result.setdefault($item.rpartition(".")[0], $item)
return $result
""",
            """
$groups = {}
for $item in $versions:
    major, minor, patch = map(int, $item.split("."))
    key = (major, minor)
    $groups[key] = max($groups.get(key, 0), patch)
$result = {}
for major, minor in sorted($groups, reverse=True):
    $result[f"{major}.{minor}"] = f"{major}.{minor}.{$groups[major, minor]}"
return $result
""",
        ),
        reference=_newest_of_each,
        inputs=lambda rng: (_small_steps(rng),),
        edges=(
            ([],),
            (["0.0.0"],),
            (["1.9.0", "1.10.0", "1.9.10", "1.9.9"],),
            (["2.0.0", "2.0.0", "10.0.1"],),
        ),
        idea="Sorted from the newest on, the first version seen of each series is its newest.",
        pitfall="The series itself is a text again: sorting the keys as texts puts 1.9 above 1.10.",
    ),
)
