from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.domain.declarations.brought_in import AutismReferral
from caseworker_app.domain.measures.autism_path import (
    months_by_hand,
    months_of_list,
    overdue,
    planned_path,
    waiting_on,
)
from caseworker_app.domain.measures.by_hand import Told
from caseworker_app.domain.measures.catalogue import Rating
from caseworker_app.domain.measures.results import results
from tests.domain.measures.making import caseload, catalogue, day

PATH = planned_path("Plan", 100, [(day("2026-09-01"), 16, 25), (day("2026-10-01"), 16, 25)])


def referral(number: int, referred: str, **days: str) -> AutismReferral:
    given: dict[str, Any] = {f"{name}_on": day(on) for name, on in days.items()}
    return AutismReferral(reference=f"R{number}", referred_on=day(referred), **given)


def test_who_waits_follows_from_additions_and_discharges() -> None:
    first, second = months_by_hand(
        {day("2026-09-30"): 20, day("2026-10-31"): 10},
        {day("2026-09-30"): 25, day("2026-10-31"): 12},
        {day("2026-10-31"): 95},
        PATH,
    )
    assert first.planned is not None
    assert (first.planned.waiting, first.recomputed, first.doubt) == (91, 95, "")
    assert (second.recomputed, second.best) == (93, 95)
    assert second.doubt == "95 are told to wait, but additions and discharges come to 93."


@given(
    st.lists(st.tuples(st.integers(0, 500), st.one_of(st.none(), st.integers(0, 300))), max_size=40)
)
def test_a_list_of_referrals_always_adds_up_month_by_month(
    drawn: list[tuple[int, int | None]],
) -> None:
    start = date(2025, 1, 1).toordinal()
    referrals = [
        AutismReferral(
            reference=str(number),
            referred_on=date.fromordinal(start + since),
            decided_on=None if after is None else date.fromordinal(start + since + after),
        )
        for number, (since, after) in enumerate(drawn)
    ]
    months = months_of_list(referrals, None, date(2026, 11, 22))
    for month in months[1:]:
        assert month.doubt == ""
        assert month.recomputed == month.waiting
    if months:
        assert months[-1].waiting == len(waiting_on(referrals, date(2026, 11, 22)))


def test_a_list_of_referrals_answers_before_any_figure_by_hand() -> None:
    listed = (
        referral(1, "2026-01-05", triaged="2026-02-01", decided="2026-10-10"),
        referral(2, "2026-07-01", triaged="2026-07-10", decided="2026-10-09"),
        referral(3, "2026-07-01", decided="2026-10-12"),
        referral(4, "2026-07-01", triaged="2026-07-02"),
        referral(5, "2026-07-01", triaged="2026-07-02", discharged="2026-08-02"),
    )
    found = {
        one.ref: one for one in results(caseload(), catalogue(), Told(referrals=listed, path=PATH))
    }
    assert found["W2.3a"].value == 3  # October, the last whole month before 22 November
    assert (found["W2.3b"].value, found["W2.3b"].rating) == (1, Rating.GREEN)
    assert (found["S2.3"].numerator, found["S2.3"].denominator) == (1, 2)
    assert "Within three months: 1 of 2. 1 with no day of triage" in found["S2.3"].note
    assert found["S2.3b"].value == pytest.approx(round((278 + 100 + 103) / 7 / 3, 1))


def test_who_waits_is_held_against_the_month_while_it_is_planned() -> None:
    waiting = tuple(referral(n, "2026-09-01") for n in range(95))
    known = Told(referrals=waiting, path=PATH)
    found = {one.ref: one for one in results(caseload(end="2026-10-31"), catalogue(), known)}[
        "W2.3b"
    ]
    assert found.rating is Rating.RED
    assert "Planned for the month: 82." in found.note


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ({}, "waits for triage"),
        ({"triaged": "2026-11-01"}, "waits"),
        ({"triaged": "2026-08-01"}, "over 3 months"),
        ({"triaged": "2026-06-01"}, "over 20 weeks"),
        ({"triaged": "2026-06-01", "decided": "2026-08-31"}, "in 3 months"),
        ({"triaged": "2026-06-01", "decided": "2026-10-20"}, "took over 20 weeks"),
        ({"triaged": "2026-06-01", "discharged": "2026-10-20"}, ""),
    ],
)
def test_a_referral_tells_how_it_stands(days: dict[str, str], words: str) -> None:
    assert overdue(referral(1, "2026-05-01", **days), day("2026-11-22")) == words
