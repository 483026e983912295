"""Notices, mediation, appeals and orders."""

from __future__ import annotations

from datetime import date

import pytest

from caseworker_app.domain.deadlines import State
from caseworker_app.domain.facts import Fact
from tests.support.clock import count, day, fact, only

TODAY = date(2026, 11, 22)


def states(*facts: Fact, today: date = TODAY) -> dict[str, State]:
    return {one.rule: one.state(today) for one in count(*facts)}


@pytest.mark.parametrize(
    ("notice", "appealable"),
    [
        (fact("assessment_decision_sent", "2026-03-02", outcome="refuse"), True),
        (fact("assessment_decision_sent", "2026-03-02", outcome="assess"), False),
        (fact("refusal_to_issue_sent", "2026-03-02"), True),
        (fact("plan_sent", "2026-03-02"), True),
        (fact("review_decision_sent", "2026-03-02", outcome="maintain"), True),
        (fact("review_decision_sent", "2026-03-02", outcome="amend"), False),
        (fact("review_decision_sent", "2026-03-02", outcome="cease"), True),
        (fact("amended_plan_sent", "2026-03-02"), True),
        (fact("no_amendment_sent", "2026-03-02"), True),
        (fact("reassessment_decision_sent", "2026-03-02", outcome="refuse"), True),
        (fact("reassessment_decision_sent", "2026-03-02", outcome="reassess"), False),
        (fact("cease_notice_sent", "2026-03-02"), True),
        (fact("decision_notice_sent", "2026-03-02", about="transport"), True),
        (fact("amendment_notice_sent", "2026-03-02"), False),
    ],
)
def test_a_notice_that_can_be_appealed_opens_the_familys_time(
    notice: Fact, appealable: bool
) -> None:
    found = {one.rule: one.due for one in count(notice)}
    assert found.get("MED-01") == (day("2026-05-02") if appealable else None)
    assert found.get("APP-01") == (day("2026-05-05") if appealable else None)


def test_the_familys_time_is_met_by_what_it_does_and_else_closes() -> None:
    notice = fact("decision_notice_sent", "2026-03-02")
    assert states(notice)["APP-01"] is State.CLOSED
    used = states(
        notice, fact("mediation_requested", "2026-04-01"), fact("appeal_registered", "2026-05-05")
    )
    assert (used["MED-01"], used["APP-01"]) == (State.MET, State.MET)
    late = states(notice, fact("appeal_registered", "2026-05-06"))
    assert late["APP-01"] is State.CLOSED


def test_a_time_that_ends_in_august_rolls_to_september() -> None:
    found = only(count(fact("decision_notice_sent", "2026-06-15")), "APP-01")
    assert found.due == day("2026-09-01")


def test_a_certificate_lengthens_the_notice_it_belongs_to() -> None:
    found = count(
        fact("plan_sent", "2024-01-10"),
        fact("decision_notice_sent", "2026-10-01"),
        fact("mediation_requested", "2026-11-20"),
        fact("mediation_certificate", "2026-12-20"),
    )
    dates = [one.due for one in found if one.rule == "APP-01"]
    assert dates == [day("2024-03-11"), day("2027-01-20")]
    assert only(found, "MED-03").superseded_on == day("2026-12-20")


def test_a_certificate_in_good_time_shortens_nothing() -> None:
    found = count(
        fact("decision_notice_sent", "2026-10-01"), fact("mediation_certificate", "2026-10-05")
    )
    assert only(found, "APP-01").due == day("2026-12-01")


CERTIFIED = fact("mediation_certificate", "2026-11-25")


def appeals(*facts: Fact) -> list[date]:
    return [one.due for one in count(*facts) if one.rule == "APP-01"]


def test_two_certificates_of_one_day_lengthen_two_notices() -> None:
    notices = (fact("decision_notice_sent", "2026-10-01"), fact("cease_notice_sent", "2026-10-05"))
    none, one, both = day("2026-12-01"), day("2026-12-07"), day("2027-01-04")
    assert appeals(*notices) == [none, one]
    assert appeals(*notices, CERTIFIED) == [none, both]
    assert appeals(*notices, CERTIFIED, CERTIFIED) == [both, both]
    assert appeals(*notices, CERTIFIED, CERTIFIED, CERTIFIED) == [both, both]


def test_a_second_certificate_of_one_notice_changes_nothing() -> None:
    notice = fact("decision_notice_sent", "2026-10-01")
    first = fact("mediation_certificate", "2026-11-10")
    assert appeals(notice, first) == [day("2026-12-10")]
    for second in ("2026-11-10", "2026-11-20"):
        for tie in (None, "dispute 2026-10-01"):
            again = fact("mediation_certificate", second, tie)
            assert count(notice, first, again) == count(notice, first)


def test_a_second_certificate_still_answers_the_adviser() -> None:
    found = count(
        fact("decision_notice_sent", "2026-10-01"),
        fact("mediation_certificate", "2026-10-10"),
        fact("mediation_declined", "2026-10-30"),
        fact("mediation_certificate", "2026-11-03"),
    )
    assert only(found, "MED-02").met_on == day("2026-11-03")
    assert only(found, "APP-01").due == day("2026-12-01")


def test_mediation_that_ended_brings_the_certificate() -> None:
    found = count(
        fact("decision_notice_sent", "2026-10-01"),
        fact("mediation_declined", "2026-10-30"),
        fact("mediation_certificate", "2026-11-05"),
    )
    assert only(found, "MED-02").due == day("2026-11-04")
    assert only(found, "MED-02").state(TODAY) is State.MET_LATE


ORDERS: dict[str, dict[str, str]] = {
    "dismiss_cease": {"TRB-01": "2026-03-02"},
    "assess": {"TRB-02a": "2026-03-16", "TRB-02b": "2026-05-11", "TRB-02c": "2026-06-08"},
    "make_plan": {"TRB-03a": "2026-04-06", "TRB-03b": "2026-05-18"},
    "reconsider": {"TRB-04": "2026-03-16"},
    "change_content": {"TRB-05": "2026-04-06"},
    "change_setting": {"TRB-06": "2026-03-16"},
    "continue": {"TRB-07a": "2026-03-02"},
    "continue_amend": {"TRB-07a": "2026-03-02", "TRB-07b": "2026-04-06"},
}
CONCESSIONS: dict[str, dict[str, str]] = {
    "dismiss_cease": {},
    "assess": {"TRB-08a": "2026-03-16", "TRB-08b": "2026-05-11", "TRB-08c": "2026-06-08"},
    "make_plan": {"TRB-08f": "2026-04-06", "TRB-08g": "2026-05-18"},
    "reconsider": {},
    "change_content": {"TRB-08d": "2026-04-06"},
    "change_setting": {"TRB-08e": "2026-03-16"},
    "continue": {},
    "continue_amend": {},
}


@pytest.mark.parametrize("order", ORDERS)
def test_each_order_has_its_dates(order: str) -> None:
    found = count(fact("tribunal_order", "2026-03-02", order=order))
    assert {one.rule: one.due.isoformat() for one in found} == ORDERS[order]
    conceded = count(fact("appeal_conceded", "2026-03-02", order=order))
    assert {one.rule: one.due.isoformat() for one in conceded} == CONCESSIONS[order]
    agreed = count(fact("mediation_agreement", "2026-03-02", matters=order))
    expected = [] if order == "dismiss_cease" else sorted(ORDERS[order].values())
    assert [one.due.isoformat() for one in agreed] == expected
    assert {one.version.duty for one in agreed} <= {"MED-05"}


def test_an_order_to_assess_is_met_like_an_assessment() -> None:
    order = fact("tribunal_order", "2026-03-02", order="assess")
    found = states(
        order,
        fact("assessment_decision_sent", "2026-03-10", outcome="assess"),
        fact("draft_served", "2026-05-01"),
        fact("plan_sent", "2026-06-09"),
    )
    assert found["TRB-02a"] is State.MET
    assert found["TRB-02b"] is State.SUPERSEDED
    assert found["TRB-02c"] is State.MET_LATE


def test_a_plan_that_is_live_goes_on_by_itself() -> None:
    order = fact("tribunal_order", "2026-03-02", order="continue_amend")
    live = states(fact("plan_sent", "2025-01-06"), order)
    assert (live["TRB-07a"], live["TRB-07b"]) == (State.MET, State.OVERDUE)
    ended = states(fact("plan_sent", "2025-01-06"), fact("plan_ceased", "2026-01-05"), order)
    assert ended["TRB-07a"] is State.OVERDUE


def test_an_appeal_against_ceasing_dismissed_is_met_by_the_end_of_the_plan() -> None:
    order = fact("tribunal_order", "2026-03-02", order="dismiss_cease")
    assert states(order, fact("plan_ceased", "2026-03-02"))["TRB-01"] is State.MET
    assert states(order, fact("plan_ceased", "2026-03-09"))["TRB-01"] is State.MET_LATE


def test_an_amended_plan_meets_the_latest_order_that_waits_for_one() -> None:
    found = count(
        fact("tribunal_order", "2026-03-02", order="change_content"),
        fact("tribunal_order", "2026-03-09", order="change_setting"),
        fact("amended_plan_sent", "2026-03-20"),
    )
    assert only(found, "TRB-06").met_on == day("2026-03-20")
    assert only(found, "TRB-05").met_on is None


def test_the_response_to_an_appeal_follows_the_directions() -> None:
    papers = fact("appeal_papers_received", "2026-10-01", respond_by="2026-11-16")
    assert only(count(papers), "APP-02").due == day("2026-11-16")
    plain = only(count(fact("appeal_papers_received", "2026-10-01")), "APP-02")
    assert plain.due == day("2026-11-12")
    conceded = fact("appeal_conceded", "2026-10-20", order="change_content")
    assert only(count(papers, conceded), "APP-02").state(TODAY) is State.SUPERSEDED


def test_recommendations_and_agreed_matters_wait_for_word() -> None:
    found = states(
        fact("tribunal_recommendation", "2026-03-02", about="health"),
        fact("recommendation_reply_sent", "2026-04-06"),
    )
    assert found == {"TRB-09": State.MET}
    agreed = states(
        fact("mediation_agreement", "2026-03-02", matters="other"),
        fact("agreed_matter_done", "2026-03-20"),
        fact("health_told_authority", "2026-03-09"),
    )
    assert (agreed["MED-06a"], agreed["MED-06b"]) == (State.MET_LATE, State.MET)
    health = states(
        fact("health_issue_raised", "2026-03-02"), fact("commissioners_told", "2026-03-05")
    )
    assert health["MED-04"] is State.MET


def test_an_order_that_does_not_say_what_dates_nothing() -> None:
    assert (
        count(fact("tribunal_order", "2026-03-02"), fact("mediation_agreement", "2026-03-02")) == ()
    )
