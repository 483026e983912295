"""Assessments and reassessments: how each of their dates is met or replaced."""

from __future__ import annotations

from datetime import date

from caseworker_app.domain.deadlines import State
from caseworker_app.domain.facts import Fact
from tests.support.clock import count, day, fact, only

TODAY = date(2026, 11, 22)
REQUEST = fact("request_received", "2026-03-02")


def states(*facts: Fact, today: date = TODAY) -> dict[str, State]:
    return {one.rule: one.state(today) for one in count(*facts)}


def test_twenty_weeks_met_on_the_last_day_and_late_the_day_after() -> None:
    assert only(count(REQUEST), "NA-09").due == day("2026-07-20")
    assert states(REQUEST, fact("plan_sent", "2026-07-20"))["NA-09"] is State.MET
    assert states(REQUEST, fact("plan_sent", "2026-07-21"))["NA-09"] is State.MET_LATE


def test_a_refusal_to_assess_meets_the_decision_and_replaces_the_rest() -> None:
    found = states(REQUEST, fact("assessment_decision_sent", "2026-04-13", outcome="refuse"))
    assert found["NA-02"] is State.MET
    assert found["NA-05"] is found["NA-09"] is State.SUPERSEDED
    assert "NA-04" not in found


def test_a_draft_replaces_the_refusal_and_a_refusal_the_plan() -> None:
    drafted = states(REQUEST, fact("draft_served", "2026-06-01"))
    assert drafted["NA-05"] is State.SUPERSEDED
    assert drafted["NA-07"] is State.CLOSED
    assert drafted["NA-09"] is State.OVERDUE
    refused = states(REQUEST, fact("refusal_to_issue_sent", "2026-06-22"))
    assert (refused["NA-05"], refused["NA-09"]) == (State.MET, State.SUPERSEDED)


def test_nothing_but_the_decision_meets_the_decision() -> None:
    found = states(REQUEST, fact("plan_sent", "2026-07-01"))
    assert found["NA-02"] is State.OVERDUE


def test_a_withdrawn_request_replaces_all_that_is_open() -> None:
    facts = (
        REQUEST,
        fact("assessment_decision_sent", "2026-04-01", outcome="assess"),
        fact("advice_requested", "2026-04-02", source="ep"),
        fact("draft_served", "2026-05-28"),
        fact("request_withdrawn", "2026-06-01"),
    )
    found = count(*facts)
    assert only(found, "NA-02").state(TODAY) is State.MET
    for rule in ("NA-03", "NA-07", "NA-09"):
        assert only(found, rule).superseded_on == day("2026-06-01")


def test_a_window_that_closed_draws_no_withdrawal_to_a_finished_assessment() -> None:
    found = count(
        REQUEST,
        fact("assessment_decision_sent", "2026-04-01", outcome="assess"),
        fact("request_received", "2026-05-01"),
        fact("assessment_decision_sent", "2026-05-20", outcome="assess"),
        fact("advice_requested", "2026-05-20", source="ep"),
        fact("advice_received", "2026-05-28", source="ep"),
        fact("draft_served", "2026-06-01"),
        fact("plan_sent", "2026-06-20"),
        fact("request_withdrawn", "2026-08-01"),
    )
    finals = [(one.met_on, one.superseded_on) for one in found if one.rule == "NA-09"]
    assert finals == [(None, day("2026-08-01")), (day("2026-06-20"), None)]


def test_a_request_after_a_refusal_is_an_assessment_of_its_own() -> None:
    found = count(
        REQUEST,
        fact("assessment_decision_sent", "2026-04-10", outcome="refuse"),
        fact("request_received", "2026-09-01"),
        fact("assessment_decision_sent", "2026-10-20", outcome="assess"),
    )
    decisions = [(one.due, one.state(TODAY)) for one in found if one.rule == "NA-02"]
    assert decisions == [(day("2026-04-13"), State.MET), (day("2026-10-13"), State.MET_LATE)]
    finals = [(one.due, one.state(TODAY)) for one in found if one.rule == "NA-09"]
    assert finals == [(day("2026-07-20"), State.SUPERSEDED), (day("2027-01-19"), State.DUE)]


def test_advice_is_met_by_the_body_that_was_asked() -> None:
    found = count(
        REQUEST,
        fact("advice_requested", "2026-04-20", source="health"),
        fact("advice_requested", "2026-04-20", source="school"),
        fact("advice_received", "2026-05-11", source="school"),
    )
    advice = {one.who: one.state(TODAY) for one in found if one.rule == "NA-03"}
    assert advice == {"health": State.OVERDUE, "school": State.MET}


def test_advice_asked_for_meets_the_duty_to_ask() -> None:
    decided = fact("assessment_decision_sent", "2026-04-10", outcome="assess")
    late = states(REQUEST, decided, fact("advice_requested", "2026-04-13", source="ep"))
    assert late["NA-04"] is State.MET_LATE
    assert states(REQUEST, decided)["NA-04"] is State.OVERDUE


def test_a_consultation_is_answered_by_its_own_setting() -> None:
    found = count(
        fact("consultation_received", "2026-06-01", setting="Mulberry"),
        fact("consultation_received", "2026-06-01", setting="Rosewood"),
        fact("consultation_replied", "2026-06-12", setting="Rosewood"),
    )
    assert sorted(one.state(TODAY) for one in found) == [State.MET, State.OVERDUE]


def test_a_draft_is_due_in_sixteen_weeks_once_it_is_decided_to_issue() -> None:
    found = count(REQUEST, fact("issue_decided", "2026-06-10"), fact("draft_served", "2026-06-23"))
    assert only(found, "NA-06").due == day("2026-06-22")
    assert only(found, "NA-06").state(TODAY) is State.MET_LATE
    assert count(fact("issue_decided", "2026-06-10")) == ()


def test_a_reassessment_runs_from_its_decision() -> None:
    facts = (
        fact("plan_sent", "2024-01-15"),
        fact("reassessment_requested", "2026-03-02"),
        fact("reassessment_decision_sent", "2026-03-17", outcome="reassess"),
        fact("advice_requested", "2026-03-20", source="health"),
        fact("plan_sent", "2026-06-23"),
    )
    found = count(*facts)
    assert only(found, "RA-01").state(TODAY) is State.MET
    assert only(found, "RA-04").due == day("2026-05-01")
    assert only(found, "RA-03").state(TODAY) is State.MET
    assert "NA-03" not in {one.rule for one in found}


def test_an_amended_plan_ends_a_reassessment_unless_a_review_waits_for_it() -> None:
    decided = fact("reassessment_decision_sent", "2026-03-17", outcome="reassess")
    assert states(decided, fact("amended_plan_sent", "2026-06-01"))["RA-03"] is State.MET
    review = (
        fact("review_meeting_held", "2026-03-20"),
        fact("amendment_notice_sent", "2026-04-10"),
    )
    both = states(decided, *review, fact("amended_plan_sent", "2026-06-01"))
    assert (both["RA-03"], both["AR-09"]) == (State.OVERDUE, State.MET)


def test_a_refused_reassessment_has_no_plan_to_come() -> None:
    found = states(
        fact("reassessment_requested", "2026-03-02"),
        fact("reassessment_decision_sent", "2026-03-18", outcome="refuse"),
    )
    assert found["RA-01"] is State.MET_LATE
    assert "RA-03" not in found
    assert found["MED-01"] is State.CLOSED


def test_a_detained_person_has_the_same_weeks_and_keeps_them_on_release() -> None:
    request = fact("detained_request_received", "2026-03-02")
    held = count(request, fact("draft_served", "2026-06-01"))
    assert only(held, "DET-01a").due == day("2026-04-13")
    assert only(held, "DET-01d").due == day("2026-06-15")
    assert "NA-07" not in {one.rule for one in held}
    out = count(request, fact("detained_released", "2026-05-01"), fact("plan_sent", "2026-07-20"))
    assert only(out, "DET-01c").superseded_on == day("2026-05-01")
    assert only(out, "DET-02c").state(TODAY) is State.MET


def test_gaps_and_contradictions_still_give_dates() -> None:
    found = states(
        fact("plan_sent", "2026-03-02"),
        fact("assessment_decision_sent", "2026-04-10"),
        fact("request_received", "2026-05-04"),
        fact("request_withdrawn", "2026-02-01"),
    )
    assert found["NA-02"] is State.OVERDUE
    assert found["AR-01"] is State.DUE
