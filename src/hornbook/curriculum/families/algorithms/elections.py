"""Families on ranked votes, seats and motions."""

from __future__ import annotations

import random

from hornbook.curriculum.family import Family, Raw

NAMES = ("Ada", "Ben", "Cleo", "Dan")


def _ballots(rng: random.Random) -> list[list[str]]:
    names = NAMES[: rng.randint(3, 4)]
    return [rng.sample(names, len(names)) for _ in range(rng.randint(3, 5))]


def _results(rng: random.Random) -> dict[str, int]:
    parties = rng.sample(("Red", "Blue", "Green", "Gold"), rng.randint(2, 4))
    return {party: rng.randint(5, 60) for party in parties}


def _runoff(ballots: list[list[str]], struck: list[str], last: bool) -> list[str]:
    left = [[name for name in ballot if name not in struck] for ballot in ballots]
    ranked = sorted(sorted(left[0], reverse=last), key=lambda name: sum(ballot[0] == name for ballot in left))
    most = sum(ballot[0] == ranked[-1] for ballot in left)
    if most > len(ballots) - most:
        return [*struck, ranked[-1]]
    return _runoff(ballots, [*struck, ranked[0]], last)


def _seats(votes: dict[str, int], seats: int, step: int) -> dict[str, int]:
    """Find the smallest quotient that still gets a seat; whole multiples are compared, not quotients."""
    won = dict.fromkeys(votes, 0)
    for _ in range(seats):
        for name in votes:
            divisors = {other: step * got + 1 for other, got in won.items()}
            ahead = [
                other
                for at, other in enumerate(votes)
                if other != name
                and (
                    (gap := votes[other] * divisors[name] - votes[name] * divisors[other]) > 0
                    or (gap == 0 and (votes[other], -at) > (votes[name], -list(votes).index(name)))
                )
            ]
            if not ahead:
                won[name] += 1
                break
    return won


FAMILIES: tuple[Family, ...] = (
    Family(
        name="winner_of_runoff",
        concepts=("voting", "while_loops", "filtering"),
        difficulty=4,
        names="winner_of_runoff instant_runoff eliminate ranked_winner elect",
        arguments=(
            "ballots|rankings|votes|papers: list[list[str]]; names from most to least wanted, all with the same names",
        ),
        returns="list[str]",
        phrasings=(
            "Count the first names of $ballots. If no name is first on more than half of them, strike the name that is first least often (perhaps never) from all ballots, in a tie the alphabetically $which, and count again. Return the names struck in order, followed by the winner; there is at least one ballot and one name.",
            "In a ranked vote each ballot in $ballots counts for the first of its names that is still in the race. As long as nobody has more than half of the ballots, the name with the fewest (the alphabetically $which in a tie, a name with none included) drops out. List the names that drop out in this order and then the winner. The ballots are not empty.",
            "Friends rank the same holiday places, as in $ballots. In every round each list speaks for its topmost place that is left; a place with more than half of the lists is chosen, otherwise the place with the fewest lists is given up (of several the alphabetically $which). Return the places given up, in order, with the chosen one at the end. There is at least one list, and none is empty.",
            "Run an instant-runoff election on the complete rankings $ballots: repeat eliminating a candidate with the minimal number of top places among the remaining candidates, the alphabetically $which of them, until some candidate has a strict majority of top places. Return the list of the eliminated candidates in order, with the majority winner appended.",
        ),
        solutions=(
            """
struck = []
while True:
    tops = [next(name for name in ballot if name not in struck) for ballot in $ballots]
    left_over = sorted(set($ballots[0]) - set(struck)$backwards)
    winner = max(left_over, key=tops.count)
    if tops.count(winner) * 2 > len(tops):
        return [*struck, winner]
    struck.append(min(left_over, key=tops.count))
""",
            """
def run(lists):
    top = {name: 0 for name in lists[0]}
    for names in lists:
        top[names[0]] += 1
    for name, number in top.items():
        if number > len(lists) / 2:
            return [name]
    fewest = min(top.values())
    loser = $func(name for name in top if top[name] == fewest)
    return [loser] + run([[name for name in names if name != loser] for names in lists])

return run($ballots)
""",
        ),
        reference=lambda ballots, which, backwards, func: _runoff(ballots, [], which == "last"),
        parameters=lambda rng: rng.choice(
            (
                {"which": Raw("first"), "backwards": Raw(""), "func": Raw("min")},
                {"which": Raw("last"), "backwards": Raw(", reverse=True"), "func": Raw("max")},
            )
        ),
        inputs=lambda rng, which, backwards, func: (_ballots(rng),),
        edges=(
            ([["Ada"]],),
            ([["Ada", "Ben"], ["Ben", "Ada"]],),
            ([["Ben", "Ada"], ["Ben", "Ada"], ["Ada", "Ben"]],),
            ([["Ada", "Ben", "Cleo"], ["Ben", "Cleo", "Ada"], ["Cleo", "Ada", "Ben"]],),
            ([["A", "C", "B"], ["A", "C", "B"], ["B", "C", "A"], ["B", "C", "A"], ["C", "B", "A"]],),
        ),
        idea="Striking the weakest name hands its ballots to their next choices, until one name has more than half.",
        pitfall="A name that is first on no ballot has to take part in the comparison for the fewest.",
    ),
    Family(
        name="seats_by_averages",
        concepts=("voting", "priority_queues", "arithmetic"),
        difficulty=3,
        names="seats_by_averages share_seats allocate_seats distribute_seats seats",
        arguments=("votes|results|shares|counts: dict[str, int]; votes of each party, all above 0",),
        returns="dict[str, int]",
        phrasings=(
            "Distribute $seats seats among the parties of $votes: each seat goes to the party whose votes divided by ($divisor) are largest, where 'seats' is the number of seats it has so far; of equals it goes to the one with more votes, then to the one earlier in $votes. Return the seats of each party in the order of $votes.",
            "How many of $seats seats does each party get, if they are given out one by one and each time the highest quotient of votes and ($divisor) wins, with 'seats' for what the party already has? Equal quotients go to more votes and then to the earlier party. Answer with a dictionary in the order of $votes, which is {} without parties.",
            "A school gives $seats places in a council to its clubs, whose members are counted in $votes. Place by place, the club with the largest value of members / ($divisor) gets one more, where 'seats' means the places it has got already; ties go to the club with more members, and then to the one listed first. Return {club: places}, in the order of $votes and with all clubs.",
            "Allocate $seats seats by the highest averages method with the divisors $divisor for seats = 0, 1, 2, ... to the parties with the votes $votes, breaking ties by larger vote and then by earlier position. Return a dictionary with a seat number for every party, in the given order.",
        ),
        solutions=(
            """
from fractions import Fraction
$result = dict.fromkeys($votes, 0)
for $i in range($seats if $votes else 0):
    quotient = {name: Fraction($votes[name], $formula) for name, seats in $result.items()}
    winner = max($votes, key=lambda name: (quotient[name], $votes[name]))
    $result[winner] += 1
return $result
""",
            """
from fractions import Fraction
quotients = []
for place, (name, number) in enumerate($votes.items()):
    for seats in range($seats):
        quotients.append((-Fraction(number, $formula), -number, place, name))
quotients.sort()
winners = [entry[-1] for entry in quotients[:$seats]]
return {name: winners.count(name) for name in $votes}
""",
        ),
        reference=lambda votes, seats, divisor, formula: _seats(votes, seats, 2 if "2" in divisor else 1),
        parameters=lambda rng: {
            "seats": rng.choice((4, 5, 7)),
            **rng.choice(
                (
                    {"divisor": Raw("seats + 1"), "formula": Raw("seats + 1")},
                    {"divisor": Raw("2 * seats + 1"), "formula": Raw("2 * seats + 1")},
                )
            ),
        },
        inputs=lambda rng, seats, divisor, formula: (_results(rng),),
        edges=(
            ({},),
            ({"Red": 5},),
            ({"Red": 10, "Blue": 10},),
            ({"Red": 30, "Blue": 60, "Gold": 10},),
            ({"Red": 1, "Blue": 100},),
            ({"Gold": 20, "Red": 20, "Blue": 20},),
        ),
        idea="Dividing by a number that grows with the seats makes a party that has got seats wait for the next one.",
        pitfall="Rounding each party's share on its own gives seats that need not add up to $seats.",
    ),
    Family(
        name="motion_carried",
        concepts=("voting", "booleans", "counting"),
        difficulty=1,
        names="motion_result is_carried decide_motion outcome vote_result",
        arguments=("votes|hands|answers|ballots: list[str]; 'yes', 'no' or 'abstain' for each one present",),
        returns="str",
        phrasings=(
            "Return '$yes_word' if at least $quorum people vote (whatever they answer) and there are more 'yes' than 'no' in $votes, '$no_word' if at least $quorum vote and there are not, and '$void' if fewer than $quorum vote.",
            "What is the result of the vote $votes? With fewer than $quorum entries it is '$void'. Otherwise it is '$yes_word' if 'yes' is more frequent than 'no', and '$no_word' if it is not; 'abstain' counts for neither, but as an entry.",
            "A club of neighbours decides about a new bench. If fewer than $quorum of them answer, the result is '$void'; else it is '$yes_word' when more of the answers $votes are 'yes' than 'no', and '$no_word' when they are not (as many of both is not enough). 'abstain' is an answer, too. Return the result.",
            "Let n, y and m be the numbers of all entries, of 'yes' and of 'no' in $votes. Return '$void' if n < $quorum, '$yes_word' if n >= $quorum and y > m, and '$no_word' in all other cases.",
        ),
        solutions=(
            """
if len($votes) < $quorum:
    return "$void"
if $votes.count("yes") > $votes.count("no"):
    return "$yes_word"
return "$no_word"
""",
            """
balance = 0
present = 0
for vote in $votes:
    present += 1
    balance += {"yes": 1, "no": -1}.get(vote, 0)
if present >= $quorum:
    return "$yes_word" if balance > 0 else "$no_word"
return "$void"
""",
        ),
        reference=lambda votes, quorum, yes_word, no_word, void: str(
            void
            if len(votes) not in range(quorum, 99)
            else yes_word
            if len([v for v in votes if v[0] == "y"]) - len([v for v in votes if v[0] == "n"]) > 0
            else no_word
        ),
        parameters=lambda rng: {
            "quorum": rng.choice((3, 4, 5)),
            **{
                key: Raw(word)
                for key, word in zip(
                    ("yes_word", "no_word", "void"),
                    rng.choice(
                        (
                            ("carried", "rejected", "void"),
                            ("accepted", "refused", "invalid"),
                            ("pass", "fail", "none"),
                        )
                    ),
                    strict=True,
                )
            },
        },
        inputs=lambda rng, quorum, yes_word, no_word, void: (
            rng.choices(
                ("yes", "yes", "no", "no", "abstain"), k=rng.choice((quorum - 1, quorum, quorum + 1, quorum))
            ),
        ),
        edges=(
            ([],),
            (["yes"],),
            (["yes", "yes", "no", "no", "abstain"],),
            (["abstain"] * 6,),
            (["no", "yes", "yes", "no", "yes"],),
        ),
        idea="First ask whether the vote counts at all, then compare the two numbers.",
        pitfall="An abstention counts for the number of people, but neither for nor against.",
    ),
)
