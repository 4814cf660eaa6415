"""Families whose prompt brings a class: records, and objects that keep a state."""

from __future__ import annotations

from itertools import accumulate

from hornbook.curriculum.families.wording import part
from hornbook.curriculum.family import Family, Raw


def _visited(commands: list[str], home: str) -> str:
    trail, here = [home], 0
    for command in commands:
        if command == "<":
            here -= here > 0
        elif command == ">":
            here += here + 1 < len(trail)
        else:
            trail = [*trail[: here + 1], command]
            here += 1
    return trail[here]


def _hits(requests: list[str], capacity: int) -> int:
    """Count the requests that are among the `capacity` different ones asked for most recently before them."""
    total = 0
    for i, request in enumerate(requests):
        recent = list(dict.fromkeys(reversed(requests[:i])))
        total += request in recent[:capacity]
    return total


FAMILIES: tuple[Family, ...] = (
    Family(
        name="books_on_the_shelf",
        concepts=("sorting_by_several_keys", "filtering", "higher_order"),
        difficulty=2,
        names="books_on_shelf sort_books shelf_order arrange_library titles_in_order",
        arguments=("rows|books|entries|stock: list[tuple[str, int, int]]; (title, year, pages)",),
        returns="list[str]",
        setup="""
from dataclasses import dataclass

@dataclass
class Book:
    title: str
    year: int
    pages: int

    def is_long(self):
        return self.pages > $limit
""",
        phrasings=(
            "Make a Book of each tuple in $rows and return the titles, $first books first, within each of the two groups by year, $direction, and for the same year by title.",
            "Turn $rows into books and sort them: those for which is_long is $truth come first; then the year decides, $direction, then the title. Return the titles in this order.",
            "A library puts $first books on the upper shelf and the rest below. On each shelf they stand by year, $direction, and alphabetically within a year. Which titles does one read, from the upper shelf to the lower, if $rows describe the books?",
            "Return the titles of Book(*row) for the tuples in $rows, those for which is_long() is $truth before the others, each group sorted by year, $direction, and for equal years by title.",
        ),
        solutions=(
            """
books = [Book(*$row) for $row in $rows]
books.sort(key=lambda book: ($sooner, ${sign}book.year, book.title))
return [book.title for book in books]
""",
            """
upper, lower = [], []
for title, year, pages in $rows:
    book = Book(title, year, pages)
    shelf = upper if $condition else lower
    shelf.append((${sign}book.year, book.title))
return [title for shelf in (upper, lower) for _, title in sorted(shelf)]
""",
        ),
        reference=lambda rows, limit, first, direction, **_: [
            title
            for wanted in (True, False)
            for year in sorted({y for _, y, _ in rows}, reverse=direction.startswith("new"))
            for title, y, pages in sorted(rows)
            if y == year and (pages > limit if first == "long" else pages <= limit) == wanted
        ],
        parameters=lambda rng: {
            "limit": rng.choice((100, 200, 300)),
            **part(
                rng,
                {
                    "first": "long",
                    "truth": "true",
                    "sooner": "not book.is_long()",
                    "condition": "book.is_long()",
                },
                {
                    "first": "short",
                    "truth": "false",
                    "sooner": "book.is_long()",
                    "condition": "not book.is_long()",
                },
            ),
            **part(
                rng, {"direction": "oldest first", "sign": ""}, {"direction": "newest first", "sign": "-"}
            ),
        },
        inputs=lambda rng, limit, **_: (
            [
                (title, rng.randint(1990, 1992), limit + rng.choice((-20, 0, 1, 50)))
                for title in rng.sample(("Sea", "Oak", "Moon", "Ants", "Home", "Zen"), rng.randint(3, 5))
            ],
        ),
        edges=(
            ([],),
            ([("Oak", 1999, 100)],),
            ([("b", 2000, 50), ("a", 2000, 50), ("c", 1990, 500)],),
            ([("x", 1, 301), ("y", 2, 201), ("z", 3, 101)],),
        ),
        idea="The class answers what a long book is; the key puts this answer in front of year and title.",
        pitfall="False sorts before True, so a group that is to come first needs the key False.",
    ),
    Family(
        name="browser_with_history",
        concepts=("deques", "stacks", "simulation"),
        difficulty=3,
        names="browser_history current_page browse_pages page_after_clicks surf",
        arguments=(
            "clicks|commands|actions|visits: list[str]; names of pages, '<' for back, '>' for forward",
        ),
        returns="str",
        setup="""
class Browser:
    def __init__(self, home):
        self.page = home
        self.before = []
        self.after = []

    def visit(self, page):
        self.before.append(self.page)
        self.page = page
        self.after.clear()

    def back(self):
        if self.before:
            self.after.append(self.page)
            self.page = self.before.pop()
""",
        phrasings=(
            "A Browser starts at '$home'. In $clicks '<' goes back, '>' goes forward again to the page from which one came back, and any other text is the name of a page that is visited, after which nothing lies ahead. Return the page that is shown in the end; '<' and '>' do nothing where there is no such page.",
            "Follow $clicks with a Browser that begins at '$home': '<' is back, '>' undoes a back, everything else is a page to visit. The class has no method for '>' yet, so it has to be worked out. Give the name of the last page shown; moves that are not possible are ignored, and a visit forgets the pages ahead.",
            "Somebody surfs from '$home' on and clicks on pages, back ('<') and forward ('>'). On which page does the sequence $clicks end, given that back and forward are without effect when there is nothing in that direction and that visiting a page discards what lay ahead?",
            "Let h = ['$home'] and p = 0. For each c of $clicks: '<' sets p to max(0, p - 1), '>' sets p to min(p + 1, len(h) - 1), anything else cuts h behind index p, appends c and increments p. Return h[p].",
        ),
        solutions=(
            """
browser = Browser("$home")
for click in $clicks:
    if click == "<":
        browser.back()
    elif click != ">":
        browser.visit(click)
    elif browser.after:
        browser.before.append(browser.page)
        browser.page = browser.after.pop()
return browser.page
""",
            """
pages = ["$home"]
place = 0
for click in $clicks:
    if click == "<":
        place = max(0, place - 1)
    elif click == ">":
        place = min(place + 1, len(pages) - 1)
    else:
        place += 1
        pages[place:] = [click]
return pages[place]
""",
        ),
        reference=lambda clicks, home: _visited(clicks, str(home)),
        parameters=lambda rng: {"home": Raw(rng.choice(("home", "start", "news")))},
        inputs=lambda rng, home: (
            [
                *rng.sample("abcd", rng.randint(1, 3)),
                *rng.choices(("e", "f", "<", "<", ">"), k=rng.randint(2, 6)),
            ],
        ),
        edges=(
            ([],),
            (["<", ">"],),
            (["a", "<", ">"],),
            (["a", "b", "<", "c", ">"],),
            (["a", "<", "b", "<", "<", ">", ">"],),
            (["a", "b", "<", "<", ">"],),
        ),
        idea="Two stacks are enough: going back moves the page from one to the other, going forward moves it back again.",
        pitfall="A visit must clear the pages ahead, or '>' would lead into a past that never was.",
    ),
    Family(
        name="balances_of_account",
        concepts=("running_results", "exceptions", "simulation"),
        difficulty=3,
        names="balances_of_account account_history book_movements statement replay_account",
        arguments=(
            "movements|bookings|changes|amounts: list[int]; positive for money paid in, negative for money taken out",
        ),
        returns="list[int]",
        setup="""
class Account:
    def __init__(self):
        self.balance = 0

    def move(self, amount):
        if self.balance + amount < -$limit:
            raise ValueError("not enough money")
        self.balance += amount
""",
        phrasings=(
            "Carry out $movements on a new Account and return its balance after each. If move raises ValueError, the movement is refused and a fee of $fee is taken instead, for which there is no limit.",
            "Return the list of the balances of an Account after each of $movements. A movement that the account refuses with ValueError costs $fee: the balance is lowered by that much directly, even below the limit.",
            "A bank books $movements on an empty Account. Whatever would exceed the limit is refused by the method move, and the customer pays $fee for the attempt, which is always taken. What is the balance after every movement?",
            "Let b be 0. For each m in $movements replace b by b + m if that is at least -$limit, and by b - $fee otherwise; record b each time. Return the recorded values, using Account.",
        ),
        solutions=(
            """
account = Account()
$result = []
for amount in $movements:
    try:
        account.move(amount)
    except ValueError:
        account.balance -= $fee
    $result.append(account.balance)
return $result
""",
            """
from itertools import accumulate
def book(balance, amount):
    refused = balance + amount < -$limit
    return balance - $fee if refused else balance + amount
return list(accumulate($movements, book, initial=0))[1:]
""",
        ),
        reference=lambda movements, limit, fee: list(
            accumulate([0, *movements], lambda b, m: b + m if b + m + limit >= 0 else b - fee)
        )[1:],
        parameters=lambda rng: {"limit": rng.choice((5, 10, 20)), "fee": rng.randint(1, 3)},
        inputs=lambda rng, limit, fee: (
            [
                rng.choice((-limit, -limit - 1, rng.randint(-30, -1), rng.randint(1, 25)))
                for _ in range(rng.randint(3, 6))
            ],
        ),
        edges=(([],), ([0],), ([-5],), ([-20, -1],), ([-21, -21],), ([10, -20, -1, 5],)),
        idea="The object keeps the state and guards its rule; the loop only decides what happens when the rule says no.",
        pitfall="Code behind the failing call inside try is skipped, so recording the balance belongs behind the whole try statement.",
    ),
    Family(
        name="hits_of_recent_keys",
        concepts=("ordered_dictionaries", "simulation", "counting"),
        difficulty=4,
        names="cache_hits hits_of_recent_keys count_hits simulate_cache memory_hits",
        arguments=("requests|pages|keys|asked: list[str]; what is asked for, in order of time",),
        returns="int",
        setup="""
from collections import OrderedDict

class Cache:
    \"\"\"Remembers the $size keys that were used last.\"\"\"

    def __init__(self):
        self.keys = OrderedDict()

    def use(self, key):
        self.keys[key] = True
        self.keys.move_to_end(key)
        if len(self.keys) > $size:
            self.keys.popitem(last=False)
""",
        phrasings=(
            "Use a new Cache for the keys in $requests, one after the other, and return how many of them were in the cache at the moment they were asked for.",
            "Count the hits: an entry of $requests is a hit if the Cache, which remembers the $size different keys used last, holds it just before it is used again.",
            "A program keeps the $size things it used last at hand; everything else has to be fetched. How many of $requests can it answer without fetching, beginning with an empty Cache?",
            "Return the number of indices i for which $requests[i] is among the $size most recently used different elements of $requests[:i].",
        ),
        solutions=(
            """
cache = Cache()
hits = 0
for $key in $requests:
    if $key in cache.keys:
        hits += 1
    cache.use($key)
return hits
""",
            """
hits = 0
recent = []
for $key in $requests:
    if $key in recent:
        hits += 1
        recent.remove($key)
    recent.insert(0, $key)
    del recent[$size:]
return hits
""",
        ),
        reference=lambda requests, size: _hits(requests, size),
        parameters=lambda rng: {"size": rng.randint(2, 3)},
        inputs=lambda rng, size: (rng.choices("abcd"[: size + 1], k=rng.randint(5, 9)),),
        edges=(
            ([],),
            (["a"],),
            (["a", "a", "a"],),
            (["a", "b", "c", "d", "a"],),
            (["a", "b", "a", "c", "b", "a"],),
            (["a", "b", "c", "a", "d", "b"],),
        ),
        idea="Moving a key to the end whenever it is used keeps the one that was not used for the longest time in front.",
        pitfall="Dropping the key that came first instead of the one used longest ago throws favourites away.",
    ),
)
