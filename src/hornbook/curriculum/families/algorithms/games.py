"""Families on the rules of games: duels, full lines, ladders."""

from __future__ import annotations

import random

from hornbook.curriculum.family import Family, Raw


def _board(rng: random.Random) -> list[str]:
    """Random marks, most often with one or two full rows; half of the boards are turned on the side."""
    size = rng.choice((2, 3, 3))
    rows = ["".join(rng.choices("XO.", k=size)) for _ in range(size)]
    for player in rng.choice(("", "X", "O", "XO")):
        rows[rng.randrange(size)] = player * size
    return ["".join(column) for column in zip(*rows, strict=True)] if rng.random() < 0.5 else rows


def _verdict(winners: set[str], both: str, none: str) -> str:
    return both if len(winners) == 2 else winners.pop() if winners else none


def _moved(rolls: list[int], shortcuts: dict[int, int], square: int, last: int, skip: bool) -> int:
    if not rolls:
        return square
    target = square + rolls[0]
    if target > last:
        return _moved(rolls[1:], shortcuts, square, last, skip) if skip else square
    return _moved(rolls[1:], shortcuts, {**{target: target}, **shortcuts}[target], last, skip)


FAMILIES: tuple[Family, ...] = (
    Family(
        name="points_in_duel",
        concepts=("game_rules", "dictionaries", "accumulation"),
        difficulty=1,
        names="points_in_duel score_of_rounds duel_score play_rounds total_points",
        arguments=(
            "rounds|games|moves|plays: list[str]; each round as two letters, yours and the opponent's",
        ),
        returns="int",
        phrasings=(
            "In each of $rounds two players show $things. $beats You win a round if your letter (the first one) beats the other; a win gives $win points, a draw (equal letters) $draw and a loss none. Return your points.",
            "How many points do you get for $rounds, texts of your letter and your opponent's letter? The letters stand for $things. $beats A round that you win is worth $win points, equal letters are worth $draw, and all other rounds 0.",
            "At a fair you play against a machine, and $rounds lists what you and then what the machine chose. One chooses between $things. $beats The fair pays $win coins for beating the machine, $draw for the same choice and nothing otherwise. How many coins do you win?",
            "Return the sum over all two-letter strings xy in $rounds of $win if x beats y, $draw if x = y, and 0 if y beats x. The letters are $things. $beats",
        ),
        solutions=(
            """
beaten_by = {"$a": "$b", "$b": "$c", "$c": "$a"}
$total = 0
for mine, theirs in $rounds:
    if mine == theirs:
        $total += $draw
    elif beaten_by[mine] == theirs:
        $total += $win
return $total
""",
            """
order = "$a$b$c$a"
points = 0
for game in $rounds:
    if game in order:
        points += $win
    elif game[0] == game[1]:
        points += $draw
return points
""",
            """
wins = sum(game in ("$a$b", "$b$c", "$c$a") for game in $rounds)
draws = len([game for game in $rounds if len(set(game)) == 1])
return wins * $win + draws * $draw
""",
        ),
        reference=lambda rounds, things, beats, a, b, c, win, draw: sum(
            {0: draw, 1: win, 2: 0}[(f"{a}{b}{c}".index(theirs) - f"{a}{b}{c}".index(mine)) % 3]
            for mine, theirs in rounds
        ),
        parameters=lambda rng: {
            "win": rng.choice((3, 4, 5)),
            "draw": rng.choice((1, 2)),
            **rng.choice(
                (
                    {
                        "things": Raw("water (w), fire (f) or grass (g)"),
                        "beats": Raw("Water beats fire, fire beats grass, grass beats water."),
                        **{key: Raw(letter) for key, letter in zip("abc", "wfg", strict=True)},
                    },
                    {
                        "things": Raw("a cat (c), a mouse (m) or an elephant (e)"),
                        "beats": Raw(
                            "The cat beats the mouse, the mouse the elephant, the elephant the cat."
                        ),
                        **{key: Raw(letter) for key, letter in zip("abc", "cme", strict=True)},
                    },
                )
            ),
        },
        inputs=lambda rng, things, beats, a, b, c, win, draw: (
            ["".join(rng.choices(a + b + c, k=2)) for _ in range(rng.randint(4, 7))],
        ),
        edges=(([],),),
        idea="A table says for each choice which one it beats; with it, one comparison decides a round.",
        pitfall="Comparing the letters with `<` follows the alphabet, and no order can express a circle of three.",
    ),
    Family(
        name="winner_on_board",
        concepts=("any_all", "game_rules", "matrices"),
        difficulty=2,
        names="winner_on_board find_winner three_in_line check_lines who_won",
        arguments=("board|field|rows|position: list[str]; as many rows as columns, of 'X', 'O' or '.'",),
        returns="str",
        phrasings=(
            "Return the player, 'X' or 'O', who has filled a whole row or a whole column of the square $board, '$both' if both have, and '$none' if nobody has. A '.' is an empty cell.",
            "Who has won on the square board $board? A player wins with a row or a column that shows nothing but their own mark; diagonals do not count. Answer 'X', 'O', '$both' for two winners, or '$none' for no winner; '.' marks a free cell.",
            "Two children play with stones X and O on a square board $board, on which a '.' is a free place, and try to fill a whole row or a whole column. Tell who has filled one: 'X', 'O', '$both' if each of them has, and '$none' if neither has.",
            "Let L be the set of all rows and columns of the square board $board. Return '$both' if L contains a line full of 'X' and one full of 'O', the letter if it contains lines full of only one of them, and '$none' otherwise.",
        ),
        solutions=(
            """
columns = ["".join(column) for column in zip(*$board)]
lines = $board + columns
winners = [player for player in "XO" if player * len($board) in lines]
if len(winners) == 2:
    return "$both"
return winners[0] if winners else "$none"
""",
            """
def has_line(player):
    size = range(len($board))
    for $i in size:
        if all($board[$i][$j] == player for $j in size):
            return True
        if all($board[$j][$i] == player for $j in size):
            return True
    return False

if has_line("X") and has_line("O"):
    return "$both"
for player in ("X", "O"):
    if has_line(player):
        return player
return "$none"
""",
        ),
        reference=lambda board, both, none: _verdict(
            {
                player
                for player in "XO"
                for at in range(len(board))
                if board[at].count(player) == len(board)
                or [row[at] for row in board].count(player) == len(board)
            },
            str(both),
            str(none),
        ),
        parameters=lambda rng: {
            "both": Raw(rng.choice(("both", "XO", "draw"))),
            "none": Raw(rng.choice(("none", "-", "nobody"))),
        },
        inputs=lambda rng, both, none: (_board(rng),),
        edges=(
            (["...", "...", "..."],),
            (["XXX", "...", "OOO"],),
            (["XO.", "XO.", ".O."],),
            (["X"],),
            (["X.", ".X"],),
            (["XO", "XO"],),
            (["XOX", "XOO", "OXX"],),
        ),
        idea="Collect all the lines as short texts; then 'has won' means that a certain text is among them.",
        pitfall="A row of empty cells consists of equal characters as well, but nobody has won with it.",
    ),
    Family(
        name="square_after_rolls",
        concepts=("game_rules", "dictionaries", "for_loops"),
        difficulty=1,
        names="square_after_rolls final_square play_ladders move_token board_game",
        arguments=(
            "rolls|throws|dice|numbers: list[int]; the numbers thrown, in order",
            "shortcuts|ladders|jumps|lifts: dict[int, int]; maps a square to the square to which one is moved from it",
        ),
        returns="int",
        phrasings=(
            "Start on square $start and move forward by each of $rolls. Whoever lands on a key of $shortcuts is moved to its value at once (only one such move per roll). A roll that would lead beyond square $last is $over. Return the final square.",
            "On which square does a token stand after the throws in $rolls, if it begins on $start, advances by the number thrown, and from a square that is a key in $shortcuts goes on once to the square given there? The board ends with square $last; a throw that leads past it is $over.",
            "A board game has squares up to $last, some of them with ladders or slides: $shortcuts maps their beginnings to their ends, and a ladder used does not lead to a second one in the same turn. The token stands on $start, and $rolls are thrown one after the other; a throw too large for the rest of the way is $over. Where is the token in the end?",
            "Let p be $start. For every r in $rolls: if p + r > $last, the roll is $over; otherwise p becomes p + r, and then `$shortcuts[p]` if p is a key of this dictionary. Return p.",
        ),
        solutions=(
            """
square = $start
for roll in $rolls:
    if square + roll > $last:
        $other_case
    square += roll
    square = $shortcuts.get(square, square)
return square
""",
            """
square = $start
for roll in $rolls:
    target = square + roll
    if target > $last:
        $other_case
    if target in $shortcuts:
        target = $shortcuts[target]
    square = target
return square
""",
        ),
        reference=lambda rolls, shortcuts, start, last, over, other_case: _moved(
            rolls, shortcuts, start, last, "skipped" in over
        ),
        parameters=lambda rng: {
            "start": rng.choice((0, 1)),
            "last": rng.choice((12, 15)),
            **rng.choice(
                (
                    {"over": Raw("skipped"), "other_case": Raw("continue")},
                    {
                        "over": Raw("the end of the game, and later ones do not count"),
                        "other_case": Raw("break"),
                    },
                )
            ),
        },
        inputs=lambda rng, start, last, over, other_case: (
            [rng.randint(2, 6) for _ in range(rng.randint(4, 7))],
            dict(sorted((a, rng.randint(1, 14)) for a in rng.sample(range(2, 14), rng.randint(2, 5)))),
        ),
        edges=(
            ([], {}),
            ([3], {}),
            ([3, 2], {3: 9, 9: 1}),
            ([6, 6, 6, 2], {}),
            ([4, 4, 6, 6, 1], {5: 2}),
            ([2, 2], {2: 2, 3: 10, 4: 11}),
        ),
        idea="The square is the whole state of the game; every roll changes it by the same few rules.",
        pitfall="The new square has to be looked up in the dictionary, not the old one.",
    ),
    Family(
        name="tricks_won",
        concepts=("game_rules", "functions", "enumerate_zip"),
        difficulty=2,
        names="tricks_won count_tricks play_cards compare_hands score",
        arguments=(
            "mine|first_hand|own|ours: list[str]; my cards, one per trick, such as 'H7'",
            "theirs|second_hand|opponent|rival: list[str]; the cards that answer them, equally many",
        ),
        returns="int",
        phrasings=(
            "Return how many tricks I win. In trick i my card `$mine[i]` is led and `$theirs[i]` answers: a card is a letter for the suit and a number. The answer wins if `Card.beats` says that it beats my card; otherwise I win. '$trump' is trump.",
            "Count my tricks: card by card, $theirs answers the cards in $mine, and I win the trick unless the answer beats my card, as `Card.beats` decides (the suit '$trump' beats other suits). A card is written as suit and number, such as 'S10'.",
            "Two friends play cards with '$trump' as trump. I play the cards $mine, my friend answers with $theirs. Whoever's card is better by the rules in `Card` gets the trick, and the answer must beat my card to get it. How many tricks do I get?",
            "For the pairs (a, b) of strings at equal positions in $mine and $theirs, each a suit letter followed by a number, count those for which the card of b does not beat the card of a (`Card.beats`, trump '$trump').",
        ),
        setup="""
class Card:
    def __init__(self, text):
        self.suit = text[0]
        self.value = int(text[1:])

    def beats(self, other):
        if self.suit == other.suit:
            return self.value > other.value
        return self.suit == "$trump"
""",
        solutions=(
            """
won = 0
for led, answer in zip($mine, $theirs):
    if not Card(answer).beats(Card(led)):
        won += 1
return won
""",
            """
leads = [Card(text) for text in $mine]
answers = [Card(text) for text in $theirs]
lost = sum(b.beats(a) for a, b in zip(leads, answers))
return len(leads) - lost
""",
        ),
        reference=lambda mine, theirs, trump: sum(
            not (int(b[1:]) > int(a[1:]) if a[0] == b[0] else b[0] == trump)
            for a, b in zip(mine, theirs, strict=True)
        ),
        parameters=lambda rng: {"trump": Raw(rng.choice("HSDC"))},
        inputs=lambda rng, trump: _hands(rng, rng.randint(3, 5)),
        edges=(
            ([], []),
            (["H7"], ["H7"]),
            (["H9"], ["H10"]),
            (["S5", "H5"], ["H2", "D9"]),
            (["C8", "D3", "D9"], ["S2", "C10", "D4"]),
        ),
        idea="The class knows what it means to beat a card, so that the count needs no rule of its own.",
        pitfall="Comparing the texts would put 'H10' below 'H9'; the number must be an integer.",
    ),
)


def _hands(rng: random.Random, size: int) -> tuple[list[str], list[str]]:
    first, second = ([f"{rng.choice('HSDC')}{rng.randint(2, 10)}" for _ in range(size)] for _ in "12")
    return first, [
        mine[0] + card[1:] if rng.random() < 0.4 else card for mine, card in zip(first, second, strict=True)
    ]
