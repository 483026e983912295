"""What a claim excuses, by hand, and the flags of the three stages."""

from __future__ import annotations

from datetime import date

import pytest

from caseworker_app.domain.exception_effect import effect, stage_flags
from caseworker_app.domain.facts import Fact
from caseworker_app.domain.people import Closure, Setting
from tests.support.clock import count, day, fact

ASKED = fact("advice_requested", "2027-07-20", source="school")
REQUEST = fact("request_received", "2027-06-14")
SUMMER = Setting("Mile End Gate", closures=(Closure(day("2027-07-22"), day("2027-09-01")),))


def claim(on: str, ground: str, **more: str) -> Fact:
    return fact("exception", on, ground=ground, **more)


def test_a_summer_closure_excuses_the_stages_it_touches() -> None:
    closed = claim("2027-07-22", "EXC-A")
    found = count(REQUEST, ASKED, closed, setting=SUMMER)
    excused, failed = effect(closed, found)
    # 6 weeks end on 26 July, 16 on 4 October, 20 on 1 November.
    assert [(one.rule, one.due) for one in excused] == [
        ("NA-02", date(2027, 7, 26)),
        ("NA-05", date(2027, 10, 4)),
        ("NA-09", date(2027, 11, 1)),
    ]
    assert failed == []
    (flags,) = stage_flags(found)
    assert flags.grounds == ((6, "EXC-A"), (16, "EXC-A"), (20, "EXC-A"))
    assert flags.received == date(2027, 6, 14)


def test_after_the_six_weeks_only_the_later_stages_are_flagged() -> None:
    late = claim("2027-08-02", "EXC-C", note="bereavement")
    (flags,) = stage_flags(count(REQUEST, late))
    assert flags.grounds == ((6, None), (16, "EXC-C"), (20, "EXC-C"))


@pytest.mark.parametrize(
    ("closed", "asked"),
    [
        (Closure(day("2027-07-22"), day("2027-08-18")), "2027-07-20"),
        (Closure(day("2027-07-22"), day("2027-09-01")), "2027-07-14"),
        (Closure(day("2027-07-22"), day("2027-09-01")), "2027-08-26"),
    ],
)
def test_a_closure_too_short_or_asked_outside_its_window_excuses_nothing(
    closed: Closure, asked: str
) -> None:
    claimed = claim("2027-07-22", "EXC-A")
    found = count(
        REQUEST,
        fact("advice_requested", asked, source="school"),
        claimed,
        setting=Setting("s", closures=(closed,)),
    )
    excused, failed = effect(claimed, found)
    assert excused == []
    assert [why.partition(" is recorded")[0] for why in failed] == ["no closure of 28 days"]
    assert not any(flags.any for flags in stage_flags(found))


def test_a_review_has_no_stages_and_no_exception() -> None:
    claimed = claim("2026-10-20", "EXC-C")
    found = count(
        fact("plan_sent", "2025-10-16"), fact("review_meeting_held", "2026-10-16"), claimed
    )
    assert effect(claimed, found) == ([], [])
    assert stage_flags(found) == ()
