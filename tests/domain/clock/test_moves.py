"""Moves in and out, changes of health body, direct payments, looked-after children."""

from __future__ import annotations

from datetime import date

from caseworker_app.domain.deadlines import State
from caseworker_app.domain.facts import Fact
from tests.support.clock import count, day, fact, only, rules

TODAY = date(2026, 11, 22)


def states(*facts: Fact, today: date = TODAY) -> dict[str, State]:
    return {one.rule: one.state(today) for one in count(*facts)}


def test_a_transferred_plan_keeps_the_dates_it_had() -> None:
    reviewed = fact(
        "plan_transferred_in", "2026-06-01", plan_made="2024-01-10", last_review="2026-01-10"
    )
    assert only(count(reviewed), "AR-02").due == day("2027-01-09")
    assert only(count(reviewed), "AR-02").superseded_on == day("2026-06-01")
    assert only(count(reviewed), "MV-03").due == day("2027-01-09")
    first = count(fact("plan_transferred_in", "2026-06-01", plan_made="2026-01-10"))
    assert only(first, "AR-01").due == day("2027-01-09")
    assert only(first, "MV-03").due == day("2027-01-09")
    assert rules(count(fact("plan_transferred_in", "2026-06-01"))) == ["MV-02"]


def test_the_first_review_here_has_the_date_of_the_move_and_no_other() -> None:
    facts = (
        fact("plan_sent", "2020-01-10"),
        fact("review_decision_sent", "2021-01-10", outcome="maintain"),
        fact("plan_transferred_in", "2026-06-01", last_review="2025-07-01"),
    )
    found = [one for one in count(*facts) if one.version.stage == "year"]
    open_now = [one for one in found if one.state(TODAY) in {State.DUE, State.OVERDUE}]
    assert [(one.rule, one.due) for one in open_now] == [("MV-03", day("2026-08-31"))]

    decided = (*facts, fact("review_decision_sent", "2026-08-20", outcome="maintain"))
    found = [one for one in count(*decided) if one.met_on == day("2026-08-20")]
    assert [one.rule for one in found] == ["MV-03"]
    assert max(one.due for one in count(*decided) if one.rule == "AR-02") == day("2027-08-19")


def test_a_review_meets_all_that_the_transfer_asked_for() -> None:
    found = states(
        fact("plan_transferred_in", "2026-06-01", last_review="2025-09-10"),
        fact("transfer_notice_sent", "2026-07-10"),
        fact("review_decision_sent", "2026-08-28", outcome="maintain"),
    )
    assert found["MV-02"] is State.MET
    assert found["MV-03"] is State.MET


def test_a_plan_that_moved_away_meets_the_transfer() -> None:
    known = fact("move_known", "2026-05-05", move="2026-06-01")
    assert states(known, fact("plan_ceased", "2026-06-01", reason="5"))["MV-01"] is State.MET
    assert states(known, fact("plan_ceased", "2026-06-01"))["MV-01"] is State.MET
    died = states(known, fact("plan_ceased", "2026-06-01", reason="8"))
    assert died["MV-01"] is State.SUPERSEDED
    assert count(fact("move_known", "2026-05-05")) == ()


def test_working_days_from_a_weekend_start_on_the_monday() -> None:
    found = only(count(fact("move_known", "2026-11-07", move="2026-11-10")), "MV-01")
    assert found.due == day("2026-11-27")


def test_health_bodies_tell_each_other() -> None:
    found = states(
        fact("icb_change_known", "2026-10-01"),
        fact("icb_told", "2026-10-22"),
        fact("icb_cannot_provide", "2026-10-01"),
        fact("icb_asked_authority", "2026-10-23"),
    )
    assert found == {"MV-06a": State.MET, "MV-06b": State.MET_LATE}
    moved = only(count(fact("icb_move_known", "2026-10-01", move="2026-12-01")), "MV-05")
    assert moved.due == day("2026-12-01")


def test_direct_payments_are_reviewed_with_the_plan_or_by_themselves() -> None:
    started = fact("direct_payment_started", "2026-06-01")
    assert only(count(started), "PB-02").due == day("2026-08-31")
    assert states(started, fact("direct_payment_reviewed", "2026-08-31"))["PB-02"] is State.MET
    reviewed = states(started, fact("review_decision_sent", "2026-09-01"))
    assert reviewed["PB-02"] is State.MET_LATE


def test_care_reviews_follow_each_other() -> None:
    facts = (
        fact("looked_after_started", "2026-01-05"),
        fact("pep_made", "2026-01-19"),
        fact("care_review_held", "2026-02-02"),
        fact("care_review_held", "2026-05-05"),
    )
    found = count(*facts)
    assert only(found, "LAC-02a").state(TODAY) is State.MET
    assert only(found, "LAC-02b").state(TODAY) is State.MET_LATE
    assert only(found, "LAC-02c").due == day("2026-11-05")
    assert only(found, "LAC-02d").state(TODAY) is State.MET
    ended = count(*facts, fact("looked_after_ended", "2026-10-01"))
    assert only(ended, "LAC-02c").state(TODAY) is State.SUPERSEDED


def test_what_is_kept_for_the_time_line_dates_nothing() -> None:
    assert (
        count(fact("budget_requested", "2026-01-05"), fact("cease_considered", "2026-01-05")) == ()
    )
