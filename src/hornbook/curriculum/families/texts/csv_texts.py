"""Families about tables as text: quoted fields, chosen columns, groups, rows that do not fit."""

from __future__ import annotations

import csv
import io
import random
from typing import Any

from hornbook.curriculum import draws
from hornbook.curriculum.family import Family, Raw


def _quoted_line(rng: random.Random, sep: str) -> str:
    def field() -> str:
        word = draws.word(rng)
        return rng.choice((word, "", f'"{word}{sep} {word}"', f'"say ""{word}"""', '""'))

    return sep.join(field() for _ in range(rng.randint(2, 4)))


def _fields(text: str, sep: str) -> list[str]:
    return next(csv.reader(io.StringIO(text), delimiter=sep), [""]) if text else [""]


def _table(rng: random.Random, sep: str) -> tuple[str, list[str]]:
    header = rng.sample(("name", "price", "shelf", "count", "color"), 3)
    rows = [
        sep.join(rng.choice((draws.word(rng), str(rng.randint(1, 99)), "")) for _ in header) for _ in range(2)
    ]
    return "\n".join([sep.join(header), *rows]), rng.sample([*header, "weight"], 2)


def _columns(text: str, wanted: list[str], sep: str) -> list[list[str]]:
    lines = text.split("\n")
    table = {column[0]: column[1:] for column in zip(*(line.split(sep) for line in lines), strict=True)}
    empty = ("",) * (len(lines) - 1)
    return [list(row) for row in zip(*(table.get(name, empty) for name in wanted), strict=True)]


def _sales(rng: random.Random, sep: str) -> str:
    pool = rng.sample(draws.GOODS, 3)
    rows = [
        f"{rng.choice(pool)}{sep}{rng.randint(1, 9)}{sep}{rng.randint(1, 12)}"
        for _ in range(rng.randint(2, 5))
    ]
    return "\n".join([sep.join(("article", "pieces", "price")), *rows])


def _income(text: str, sep: str) -> dict[str, int]:
    rows = [line.split(sep) for line in text.split("\n")[1:]]
    return {
        name: sum(int(n) * int(p) for other, n, p in rows if other == name)
        for name in sorted({r[0] for r in rows})
    }


def _ragged(rng: random.Random, sep: str) -> str:
    size = rng.randint(2, 4)
    return "\n".join(
        sep.join(draws.words(rng, n, n))
        for n in (size, *(rng.choice((size, size, size - 1, size + 1)) for _ in range(rng.randint(2, 4))))
    )


def _order(rng: random.Random) -> dict[str, Any]:
    return {"sep": Raw(rng.choice((",", ";", "|", ":")))}


FAMILIES: tuple[Family, ...] = (
    Family(
        name="fields_with_quotes",
        concepts=("csv_records", "parsing", "booleans"),
        difficulty=4,
        names="split_record read_fields csv_fields parse_record cut_line",
        arguments=("text|line|record|row: str; one line of a table",),
        returns="list[str]",
        phrasings=(
            'Split $text into fields at each "$sep". A field that begins with a double quote goes on to the closing double quote: a "$sep" in it belongs to the field, and two double quotes in a row stand for one. The enclosing quotes are dropped. An empty line has one empty field.',
            'Given $text, one record in the CSV format with "$sep" as separator, return its fields. Fields may be enclosed in double quotes, in which case they may contain "$sep" and, doubled, the double quote itself. Other fields contain neither. The quotes around a field are not part of it, and "" has the one field "".',
            'A spreadsheet has written a row of its cells as $text, with "$sep" between the cells. Cells with a "$sep" or a double quote in them were put in double quotes, and the double quotes inside were doubled. Get the cells back, in order. A row always has at least one cell, perhaps an empty one.',
            'The grammar of $text is: fields joined by "$sep"; a field is either a text without double quotes and "$sep", or a double quote, any text in which each double quote is written twice, and a double quote. Return the list of the values of the fields.',
        ),
        solutions=(
            """
import csv
rows = list(csv.reader([$text], delimiter="$sep"))
return rows[0] or [""]
""",
            """
$result = [""]
quoted = False
for $i, $char in enumerate($text):
    if $char == '"':
        if not quoted and $text[$i - 1:$i] == '"':
            $result[-1] += '"'
        quoted = not quoted
    elif $char == "$sep" and not quoted:
        $result.append("")
    else:
        $result[-1] += $char
return $result
""",
        ),
        reference=_fields,
        parameters=_order,
        inputs=lambda rng, sep: (_quoted_line(rng, sep),),
        edges=(("",), ('""',), ('"a""b",c;d|e:f',), ('"x,y;z|w:v"',), ('""""',), (",;|:",)),
        idea="A flag says whether we are inside quotes; only outside does the separator separate.",
        pitfall="split() cuts quoted fields into pieces.",
    ),
    Family(
        name="chosen_columns",
        concepts=("csv_records", "enumerate_zip", "list_comprehensions"),
        difficulty=3,
        names="select_columns pick_columns chosen_columns project_table columns_by_name",
        arguments=(
            "text|table|source|content: str; a table with a header line",
            "names|columns|wanted|header: list[str]; names of columns, at least one",
        ),
        returns="list[list[str]]",
        phrasings=(
            'Return the rows of the table in $text, cut down to the columns in $names, in the order of $names. The first line holds the names of the columns, "$sep" separates the fields of a line, and all lines have equally many. A column that the table does not have is filled with empty texts. The header is not a row.',
            'Given $text and $names, read the lines (fields separated by "$sep", first line: column names) and make for every further line a list of its fields under $names, in that order. Use "" for names that are not in the header.',
            'A list of goods comes as text: a line with the names of the columns, then a line for each article, with "$sep" between the fields. A shop needs only the columns listed in $names. Build these rows from $text; where the list lacks a column, the field is empty.',
            'Let h be the fields of the first line of $text and r those of any later line (split at "$sep", always as many as h, whose names are all different). Return for each later line, in order, the list of r[h.index(n)] if n is in h, and "" otherwise, for n in $names.',
        ),
        solutions=(
            """
rows = [$row.split("$sep") for $row in $text.splitlines()]
places = [rows[0].index($key) if $key in rows[0] else None for $key in $names]
return [["" if $i is None else $row[$i] for $i in places] for $row in rows[1:]]
""",
            """
import csv
$result = []
for record in csv.DictReader($text.splitlines(), delimiter="$sep"):
    $result.append([record.get($key, "") for $key in $names])
return $result
""",
        ),
        reference=_columns,
        parameters=_order,
        inputs=lambda rng, sep: _table(rng, sep),
        edges=(("a", ["a"]), ("a\n1\n2", ["a", "b"]), ("a\nx\ny", ["b"]), ("é\nü", ["é", "é"])),
        idea="Find the places of the wanted columns once, in the header; then every row is read by these places.",
        pitfall="The header is the first line, not a record; it must not appear in the result.",
    ),
    Family(
        name="income_by_article",
        concepts=("csv_records", "grouping", "dictionaries"),
        difficulty=3,
        names="income_by_article total_sales turnover sum_by_article sales_per_article",
        arguments=("text|table|sales|source: str; a table with a header line",),
        returns="dict[str, int]",
        phrasings=(
            'The lines of $text after the header have three fields separated by "$sep": article, pieces and price, the last two whole numbers. Return a dictionary from each article to the sum of pieces times price over its lines, sorted by article.',
            "Given $text, a table whose first line is article${sep}pieces${sep}price, how much was earned with each article? Multiply pieces by price on each further line and add up what belongs to the same article. The keys of the resulting dictionary are in alphabetical order.",
            'A market stall notes its sales as text, one sale to a line below a header: what was sold, how many and at which price each, with "$sep" in between. Compute from $text what every article has brought in. List the articles alphabetically in a dictionary; no sales, no entries.',
            'For each line of $text but the first, let (a, n, p) be its parts at "$sep". Return {a: sum of int(n) * int(p) over all lines with this a}, with the keys in ascending order.',
        ),
        solutions=(
            """
$groups = {}
for $row in $text.splitlines()[1:]:
    $key, $count, price = $row.split("$sep")
    $groups[$key] = $groups.get($key, 0) + int($count) * int(price)
return {$key: $groups[$key] for $key in sorted($groups)}
""",
            """
import csv
from collections import defaultdict
$groups = defaultdict(int)
for record in csv.DictReader($text.splitlines(), delimiter="$sep"):
    $groups[record["article"]] += int(record["pieces"]) * int(record["price"])
return dict(sorted($groups.items()))
""",
        ),
        reference=_income,
        parameters=_order,
        inputs=lambda rng, sep: (_sales(rng, sep),),
        edges=(("article",), ("article,pieces,price",), ("article;pieces;price",)),
        idea="Each line adds its product to the sum of its article; sorting at the end gives a fixed order.",
        pitfall="Fields are texts: without int, a product of texts fails and a sum would join them.",
    ),
    Family(
        name="rows_that_do_not_fit",
        concepts=("csv_records", "enumerate_zip", "validation"),
        difficulty=2,
        names="bad_rows misfit_lines check_table wrong_lines find_errors",
        arguments=("text|table|source|content: str; a table as text",),
        returns="list[tuple[int, int]]",
        phrasings=(
            'The first line of $text says how many fields, separated by "$sep", every line must have. Return a pair (line number, number of fields) for each line that has more or fewer; lines count from 1. There are no quotes, and an empty line has one field.',
            'Given $text, compare the number of "$sep"-separated fields in each line with that of the first line. List the lines that differ as tuples of their number (the first line is 1) and their number of fields, from top to bottom.',
            'Before a table is imported, a program looks for broken lines: those whose number of fields, with "$sep" as separator, is not that of the header, line 1. Report for each its number and how many fields it has. What is the report for $text? An empty text is a table with one line and nothing broken.',
            'Let c(i) be one more than the number of "$sep" in line i of $text (i = 1, 2, ...). Return the list of all (i, c(i)) with c(i) != c(1), in ascending order of i.',
        ),
        solutions=(
            """
rows = [$row.split("$sep") for $row in $text.split("\\n")]
return [($i, len($row)) for $i, $row in enumerate(rows, 1) if len($row) != len(rows[0])]
""",
            """
$result = []
wanted = None
for $i, $row in enumerate($text.split("\\n")):
    $count = $row.count("$sep") + 1
    if wanted is None:
        wanted = $count
    elif $count != wanted:
        $result.append(($i + 1, $count))
return $result
""",
        ),
        reference=lambda text, sep: [
            (n, len(line.split(sep)))
            for n, line in enumerate(text.split("\n"), 1)
            if len(line.split(sep)) != len(text.split("\n")[0].split(sep))
        ],
        parameters=_order,
        inputs=lambda rng, sep: (_ragged(rng, sep),),
        edges=(("",), ("a",), ("a\n\nb,b;b|b:b",), ("a,a;a|a:a\nb\nc,c;c|c:c\nd,d,d;d;d|d|d:d:d",)),
        idea="The header sets the number; every other line is only compared with it.",
        pitfall="A line has one field more than it has separators.",
    ),
)
