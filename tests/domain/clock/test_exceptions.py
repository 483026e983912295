"""Exceptions: they excuse, they never move a date, and two of their tests are computed."""

from __future__ import annotations

from datetime import date

import pytest

from caseworker_app.domain.deadlines import Deadline, State
from caseworker_app.domain.facts import Fact
from caseworker_app.domain.people import Closure, Setting
from tests.support.clock import count, day, fact, only

TODAY = date(2028, 1, 1)
SUMMER = Setting("", "primary", 6, closures=(Closure(day("2027-07-22"), day("2027-09-01")),))
EASTER = Setting("", "primary", 6, closures=(Closure(day("2027-03-25"), day("2027-04-12")),))


def request(on: str) -> Fact:
    return fact("request_received", on)


def claimed(on: str, ground: str, **more: str) -> Fact:
    return fact("exception", on, ground=ground, **more)


def final(*facts: Fact, setting: Setting | None = None) -> Deadline:
    return only(count(*facts, setting=setting), "NA-09")


def test_a_claim_excuses_the_delay_and_moves_no_date() -> None:
    plain = final(request("2027-03-01"))
    found = final(request("2027-03-01"), claimed("2027-05-01", "EXC-C", note="bereavement"))
    assert (found.due, found.target) == (plain.due, plain.target)
    assert found.exception == "EXC-C"
    assert found.state(found.due) is State.DUE
    assert found.state(TODAY) is State.EXCEPTION_CLAIMED
    assert plain.state(TODAY) is State.OVERDUE


def test_met_late_stays_met_late() -> None:
    found = final(
        request("2027-03-01"), claimed("2027-05-01", "EXC-C"), fact("plan_sent", "2027-09-01")
    )
    assert (found.state(TODAY), found.exception) == (State.MET_LATE, "EXC-C")


def test_a_claim_excuses_only_from_its_own_day() -> None:
    found = final(request("2027-03-01"), claimed("2027-07-19", "EXC-C"))
    assert found.due == day("2027-07-19")
    later = count(request("2027-03-01"), claimed("2027-05-01", "EXC-C"))
    assert only(later, "NA-02").exception is None
    assert only(later, "NA-05").exception == "EXC-C"
    assert "outside the period" in only(later, "NA-02").because[-1]


@pytest.mark.parametrize(
    ("asked", "excused"),
    [
        ("2027-07-14", False),
        ("2027-07-15", True),
        ("2027-08-25", True),
        ("2027-08-26", False),
    ],
)
@pytest.mark.parametrize("ground", ["EXC-A", "EXC-B"])
def test_a_long_closure_counts_when_the_head_was_asked_in_its_window(
    asked: str, excused: bool, ground: str
) -> None:
    found = final(
        request("2027-06-01"),
        fact("advice_requested", asked, source="school"),
        claimed("2027-09-01", ground),
        setting=SUMMER,
    )
    assert found.exception == (ground if excused else None)
    assert found.state(TODAY) is (State.EXCEPTION_CLAIMED if excused else State.OVERDUE)


def test_a_short_closure_or_none_or_another_body_asked_excuses_nothing() -> None:
    asked = fact("advice_requested", "2027-03-25", source="school")
    claim = claimed("2027-04-01", "EXC-A")
    assert final(request("2027-03-01"), asked, claim, setting=EASTER).exception is None
    assert final(request("2027-03-01"), asked, claim).exception is None
    health = fact("advice_requested", "2027-07-20", source="health")
    ask = (request("2027-06-01"), health, claimed("2027-08-01", "EXC-A"))
    assert final(*ask, setting=SUMMER).exception is None


def test_a_closure_of_exactly_four_weeks_is_long_enough() -> None:
    four = Setting("", closures=(Closure(day("2027-07-22"), day("2027-08-19")),))
    less = Setting("", closures=(Closure(day("2027-07-22"), day("2027-08-18")),))
    ask = (
        request("2027-06-01"),
        fact("advice_requested", "2027-07-22", source="school"),
        claimed("2027-08-01", "EXC-A"),
    )
    assert final(*ask, setting=four).exception == "EXC-A"
    assert final(*ask, setting=less).exception is None


def test_a_closed_school_is_no_excuse_for_advice() -> None:
    found = count(
        request("2027-06-01"),
        fact("advice_requested", "2027-07-20", source="school"),
        claimed("2027-08-01", "EXC-A"),
        setting=SUMMER,
    )
    assert only(found, "NA-03").exception is None


@pytest.mark.parametrize(
    ("until", "excused"),
    [("2027-05-28", False), ("2027-05-29", True), (None, True)],
)
def test_an_absence_counts_from_four_weeks(until: str | None, excused: bool) -> None:
    more = {} if until is None else {"until": until}
    found = final(request("2027-03-01"), claimed("2027-05-01", "EXC-D", **more))
    assert (found.exception == "EXC-D") is excused


def test_an_absence_that_has_not_ended_excuses_once_it_has_lasted() -> None:
    found = only(count(request("2027-03-01"), claimed("2027-03-10", "EXC-D")), "NA-02")
    assert found.exception_on == day("2027-04-07")


def test_only_the_absence_within_the_period_counts() -> None:
    found = count(request("2027-03-01"), claimed("2027-03-29", "EXC-D", until="2027-05-30"))
    assert only(found, "NA-02").due == day("2027-04-12")
    assert only(found, "NA-02").exception is None
    assert only(found, "NA-09").exception == "EXC-D"


def test_an_absence_that_began_before_the_request_is_taken_up() -> None:
    found = count(request("2027-03-01"), claimed("2027-02-20", "EXC-D", until="2027-04-02"))
    assert only(found, "NA-02").exception == "EXC-D"
    ended = count(request("2027-03-01"), claimed("2027-01-01", "EXC-D", until="2027-02-20"))
    assert only(ended, "NA-02").exception is None


def test_for_an_order_two_weeks_of_absence_are_enough() -> None:
    ordered = fact("tribunal_order", "2027-03-01", order="make_plan")
    away = claimed("2027-03-05", "EXC-D", until="2027-03-19")
    assert only(count(ordered, away), "TRB-03b").exception == "EXC-D"
    assert only(count(ordered, claimed("2027-03-05", "EXC-F")), "TRB-03b").exception == "EXC-F"
    assert final(request("2027-03-01"), away).exception is None


def test_a_missed_appointment_excuses_the_adviser_alone() -> None:
    found = count(
        request("2027-03-01"),
        fact("advice_requested", "2027-04-05", source="ep"),
        claimed("2027-04-20", "EXC-E"),
    )
    assert only(found, "NA-03").exception == "EXC-E"
    assert only(found, "NA-09").exception is None


@pytest.mark.parametrize("ground", ["EXC-A", "EXC-B", "EXC-C", "EXC-D", "EXC-E", "EXC-F"])
def test_there_is_none_for_reviews_and_transfers(ground: str) -> None:
    found = count(
        fact("plan_sent", "2026-01-15"),
        fact("review_meeting_held", "2027-01-04"),
        claimed("2027-01-10", ground, until="2027-04-01"),
    )
    assert {one.exception for one in found} == {None}


def test_a_claim_belongs_to_the_assessment_it_is_tied_to() -> None:
    found = count(
        fact("request_received", "2027-03-01", "first"),
        fact("request_received", "2027-04-01", "second"),
        fact("exception", "2027-04-10", "first", ground="EXC-C"),
    )
    excused = {one.episode: one.exception for one in found if one.rule == "NA-09"}
    assert excused == {"assessment 2027-03-01": "EXC-C", "assessment 2027-04-01": None}


def test_the_first_ground_that_holds_is_told_and_the_failed_ones_are_steps() -> None:
    found = final(
        request("2027-03-01"), claimed("2027-05-01", "EXC-A"), claimed("2027-05-02", "EXC-C")
    )
    assert (found.exception, found.exception_on) == ("EXC-C", day("2027-05-02"))
    assert "EXC-A claimed 2027-05-01 does not excuse" in found.because[-1]


@pytest.mark.parametrize(("on", "excused"), [("2027-07-19", True), ("2027-07-20", False)])
def test_what_happened_after_the_due_day_kept_nobody_from_meeting_it(
    on: str, excused: bool
) -> None:
    found = final(request("2027-03-01"), claimed(on, "EXC-C"))
    assert found.due == day("2027-07-19")
    assert (found.exception == "EXC-C") is excused
    late = State.EXCEPTION_CLAIMED if excused else State.OVERDUE
    assert found.state(day("2027-07-20")) is late


@pytest.mark.parametrize(
    ("until", "excused"), [("2027-02-28", False), ("2027-03-01", True), ("2027-03-02", True)]
)
def test_what_ended_on_the_day_of_the_request_still_touches_the_period(
    until: str, excused: bool
) -> None:
    found = final(claimed("2027-02-20", "EXC-C", until=until), request("2027-03-01"))
    assert (found.exception == "EXC-C") is excused


@pytest.mark.parametrize(
    ("until", "excused"), [("2027-04-04", False), ("2027-04-05", True), ("2027-04-06", True)]
)
def test_a_period_within_the_assessment_has_its_own_first_day(until: str, excused: bool) -> None:
    """The advice is counted from its own request, five weeks into the assessment."""
    found = count(
        request("2027-03-01"),
        claimed("2027-03-10", "EXC-C", until=until),
        fact("advice_requested", "2027-04-05", source="ep"),
    )
    assert (only(found, "NA-03").exception == "EXC-C") is excused


@pytest.mark.parametrize(("on", "excused"), [("2027-04-04", False), ("2027-04-05", True)])
def test_an_appointment_is_missed_from_the_day_the_adviser_was_asked(
    on: str, excused: bool
) -> None:
    found = count(
        request("2027-03-01"),
        claimed(on, "EXC-E"),
        fact("advice_requested", "2027-04-05", source="ep"),
    )
    assert (only(found, "NA-03").exception == "EXC-E") is excused


@pytest.mark.parametrize(("on", "excused"), [("2027-07-01", True), ("2027-07-02", False)])
def test_a_claim_of_the_day_the_plan_was_sent_still_belongs_to_its_assessment(
    on: str, excused: bool
) -> None:
    found = final(request("2027-03-01"), fact("plan_sent", "2027-07-01"), claimed(on, "EXC-C"))
    assert (found.exception == "EXC-C") is excused


@pytest.mark.parametrize(("since", "excused"), [("2027-03-16", True), ("2027-03-17", False)])
def test_an_absence_to_the_end_of_the_due_day_may_last_long_enough(
    since: str, excused: bool
) -> None:
    found = only(count(request("2027-03-01"), claimed(since, "EXC-D")), "NA-02")
    assert found.due == day("2027-04-12")
    assert (found.exception == "EXC-D") is excused
    late = State.EXCEPTION_CLAIMED if excused else State.OVERDUE
    assert found.state(day("2027-04-13")) is late
