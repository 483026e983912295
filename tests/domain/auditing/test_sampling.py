"""Samples are drawn again by their seed, whatever the order of the list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.domain.auditing.sampling import Candidate, draw
from caseworker_app.domain.errors import Refused

PLANS = [
    Candidate(
        str(number),
        need="ASD" if number % 3 else "SEMH",
        setting=f"School {number % 5}",
        auditors=frozenset({"A. Ford"}) if number % 4 == 0 else frozenset(),
        first_issued=date(2016 + number % 6, 5, 1),
        met=number % 7 == 0,
        at_transfer=number % 10 == 0,
    )
    for number in range(200)
]


@given(st.randoms(use_true_random=False), st.integers(0, 10**9), st.integers(1, 250))
def test_the_same_seed_draws_the_same_from_any_order(
    shuffler: Random, seed: int, how_many: int
) -> None:
    shuffled = list(PLANS)
    shuffler.shuffle(shuffled)
    drawn = draw(PLANS, how_many, "all", "", seed)
    assert drawn == draw(shuffled, how_many, "all", "", seed)
    assert len(drawn) == len(set(drawn)) == min(how_many, len(PLANS))


def test_old_plans_that_are_not_good_yet_come_before_all_others() -> None:
    old = {one.child_id for one in PLANS if one.is_old and not one.met}
    drawn = draw(PLANS, 200, "old", "", 5)
    assert set(drawn[: len(old)]) == old
    assert len(drawn) == 200


@pytest.mark.parametrize(
    ("drawn_from", "which", "fits"),
    [
        ("transfer", "", lambda one: one.at_transfer),
        ("need", "asd", lambda one: one.need == "ASD"),
        ("setting", "school 2", lambda one: one.setting == "School 2"),
        ("auditor", "A. FORD", lambda one: bool(one.auditors)),
    ],
)
def test_a_sample_of_some_is_of_these_alone(
    drawn_from: str, which: str, fits: Callable[[Candidate], bool]
) -> None:
    drawn = draw(PLANS, 500, drawn_from, which, 1)
    assert set(drawn) == {one.child_id for one in PLANS if fits(one)}


def test_it_must_say_which() -> None:
    with pytest.raises(Refused, match="which need"):
        draw(PLANS, 5, "need", " ", 1)


def test_every_plan_is_as_likely_as_another() -> None:
    found = Counter(key for seed in range(400) for key in draw(PLANS, 20, "all", "", seed))
    # 40 are expected of each; six standard deviations are 36.
    assert all(10 <= found[one.child_id] <= 76 for one in PLANS)
