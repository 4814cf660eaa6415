from hypothesis import given
from hypothesis import strategies as st

from hornbook.draw import rng


def draws(run_seed: int, step: str = "exercises", count: int = 1000) -> set[int]:
    return {rng(run_seed, step, index).getrandbits(40) for index in range(count)}


@given(st.integers(0, 10**9))
def test_neighbouring_seeds_share_less_than_one_percent_of_draws(seed: int) -> None:
    assert len(draws(seed, count=200) & draws(seed + 1, count=200)) < 2


def test_steps_of_one_run_do_not_share_draws() -> None:
    assert len(draws(0, "textbooks") & draws(0, "exercises")) < 10


def test_a_draw_depends_on_nothing_but_its_coordinates() -> None:
    # The literal pins the draw across processes, machines and Python versions.
    assert rng(7, "textbooks", 3).randint(0, 10**6) == 767895
