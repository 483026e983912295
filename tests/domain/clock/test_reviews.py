"""Annual reviews: what completes one, and which of two a fact belongs to."""

from __future__ import annotations

from datetime import date

import pytest

from caseworker_app.domain.clock.episodes import reviews_of
from caseworker_app.domain.deadlines import Deadline, State
from caseworker_app.domain.facts import Fact, in_order
from tests.support.clock import child, count, day, fact, only

TODAY = date(2026, 11, 22)


def by_meeting(found: tuple[Deadline, ...], rule: str) -> dict[str, Deadline]:
    """The deadlines of a rule by the episode they belong to."""
    return {one.episode: one for one in found if one.rule == rule}


def test_the_decision_completes_the_review_and_starts_the_next_year() -> None:
    found = count(
        fact("plan_sent", "2025-01-15"),
        fact("review_meeting_held", "2025-12-01"),
        fact("review_decision_sent", "2025-12-22", outcome="maintain"),
    )
    assert only(found, "AR-01").met_on == day("2025-12-22")
    assert only(found, "AR-02").due == day("2026-12-21")
    assert only(found, "AR-07").state(TODAY) is State.MET
    assert only(found, "AR-06").state(TODAY) is State.SUPERSEDED
    assert only(found, "AR-11").state(TODAY) is State.SUPERSEDED


def test_the_meeting_alone_completes_nothing() -> None:
    found = count(fact("plan_sent", "2025-01-15"), fact("review_meeting_held", "2025-12-01"))
    assert only(found, "AR-01").state(TODAY) is State.OVERDUE
    assert only(found, "AR-07").state(TODAY) is State.OVERDUE


def test_a_decision_with_no_meeting_completes_a_review() -> None:
    found = count(
        fact("plan_sent", "2025-01-15"), fact("review_decision_sent", "2026-01-14", outcome="amend")
    )
    assert only(found, "AR-01").state(TODAY) is State.MET
    assert only(found, "AR-02").due == day("2027-01-13")
    assert [one for one in found if one.rule in {"AR-07", "AR-07a", "AR-11"}] == []


def test_a_late_final_plan_ends_the_review_it_belongs_to() -> None:
    found = count(
        fact("review_meeting_held", "2025-02-03"),
        fact("review_decision_sent", "2025-03-03", outcome="amend"),
        fact("amendment_notice_sent", "2025-03-03"),
        fact("review_meeting_held", "2026-02-02"),
        fact("amended_plan_sent", "2026-02-20"),
    )
    longstop = by_meeting(found, "AR-11")
    assert longstop["review 2025-02-03"].met_on == day("2026-02-20")
    assert longstop["review 2026-02-02"].met_on is None
    assert only(found, "AR-09").state(TODAY) is State.MET_LATE
    assert by_meeting(found, "AR-07")["review 2026-02-02"].state(TODAY) is State.OVERDUE


def test_a_label_tells_what_order_would_not() -> None:
    facts = (
        fact("review_meeting_held", "2026-02-02", "late one"),
        fact("review_meeting_held", "2026-03-02", "early one"),
        fact("review_decision_sent", "2026-03-20", "late one", outcome="amend"),
        fact("amendment_notice_sent", "2026-03-20", "late one"),
        fact("amended_plan_sent", "2026-05-05", "late one"),
    )
    decisions = by_meeting(count(*facts), "AR-07")
    assert decisions["review 2026-02-02"].met_on == day("2026-03-20")
    assert decisions["review 2026-03-02"].met_on is None
    untied = tuple(Fact(one.kind, one.on, one.detail) for one in facts)
    assert by_meeting(count(*untied), "AR-07")["review 2026-03-02"].met_on == day("2026-03-20")


def test_the_name_of_an_episode_ties_too() -> None:
    found = count(
        fact("review_meeting_held", "2026-02-02"),
        fact("review_meeting_held", "2026-03-02"),
        fact("review_decision_sent", "2026-03-20", "review 2026-02-02"),
    )
    assert by_meeting(found, "AR-07")["review 2026-02-02"].met_on == day("2026-03-20")


def test_a_second_meeting_tied_to_a_review_opens_none() -> None:
    found = count(
        fact("review_meeting_held", "2026-02-02", "r"),
        fact("review_meeting_held", "2026-02-16", "r"),
    )
    assert only(found, "AR-07").due == day("2026-03-02")
    untied = count(
        fact("review_meeting_held", "2026-02-02"), fact("review_meeting_held", "2026-02-16")
    )
    assert len(by_meeting(untied, "AR-07")) == 2


def test_a_meeting_tied_to_a_decision_before_it_joins_that_review() -> None:
    found = count(
        fact("review_decision_sent", "2026-02-02", "r", outcome="maintain"),
        fact("review_meeting_held", "2026-02-16", "r"),
    )
    assert only(found, "AR-07").met_on == day("2026-02-02")
    assert only(found, "AR-11").superseded_on == day("2026-02-02")


HELD = fact("review_meeting_held", "2026-02-02")
DECIDED = fact("review_decision_sent", "2026-02-20", outcome="maintain")


@pytest.mark.parametrize(
    ("report", "expected"),
    [
        ("2026-02-20", ["2026-02-20"]),
        ("2026-02-21", ["2026-02-21"]),
        ("2026-04-27", ["2026-04-27"]),
        ("2026-04-28", [None, "2026-04-28"]),
    ],
)
def test_a_report_after_the_decision_is_of_the_review_just_decided(
    report: str, expected: list[str | None]
) -> None:
    facts = in_order((HELD, DECIDED, fact("review_report_received", report)))
    found = reviews_of(facts)
    assert [one.report for one in found] == [one and day(one) for one in expected]
    assert found[0].meeting == HELD.on
    assert [one.dated for one in found[1:]] == [False] * (len(found) - 1)
    late = only(count(*facts), "AR-06")
    assert (late.met_on is None) is (report > "2026-02-20")


def test_a_report_after_the_next_meeting_is_of_the_next_review() -> None:
    nxt = fact("review_meeting_held", "2026-03-10")
    facts = in_order((HELD, DECIDED, nxt, fact("review_report_received", "2026-03-12")))
    first, second = reviews_of(facts)
    assert (first.report, second.report) == (None, day("2026-03-12"))


def test_two_reviews_open_at_once_stay_two_and_a_late_final_plan_ends_its_own() -> None:
    facts = in_order(
        (
            HELD,
            fact("review_decision_sent", "2026-02-20", outcome="amend"),
            fact("amendment_notice_sent", "2026-02-20"),
            fact("review_meeting_held", "2026-09-01"),
            fact("review_report_received", "2026-09-08"),
            fact("amended_plan_sent", "2026-09-10"),
            fact("review_report_received", "2026-09-20"),
        )
    )
    first, second = reviews_of(facts)
    assert (first.final, second.final) == (day("2026-09-10"), None)
    assert (first.report, second.report) == (None, day("2026-09-08"))
    assert (first.ended, second.ended) == (True, False)


@pytest.mark.parametrize("which", [{}, {"first": "no"}])
def test_a_later_version_of_a_plan_begins_no_first_year_where_a_review_is_on_record(
    which: dict[str, str],
) -> None:
    plan = fact("plan_sent", "2025-11-10", **which)
    assert only(count(plan), "AR-01").due == day("2026-11-09")
    reviewed = count(plan, fact("review_decision_sent", "2026-05-01", outcome="maintain"))
    assert [one.rule for one in reviewed if one.rule == "AR-01"] == ([] if which else ["AR-01"])
    assert only(reviewed, "AR-02").due == day("2027-04-30")
    before = count(fact("review_decision_sent", "2025-05-01", outcome="amend"), plan)
    assert only(before, "AR-01").due == day("2026-11-09")


def test_the_day_of_a_first_plan_known_beside_a_later_version_counts() -> None:
    found = count(
        fact("plan_sent", "2025-01-10"),
        fact("plan_sent", "2025-06-10", first="no"),
        fact("review_decision_sent", "2025-12-01", outcome="maintain"),
    )
    assert only(found, "AR-01").met_on == day("2025-12-01")


def test_facts_of_one_day_count_in_the_order_of_the_table() -> None:
    found = count(
        fact("amended_plan_sent", "2026-03-02"),
        fact("amendment_notice_sent", "2026-03-02"),
        fact("review_decision_sent", "2026-03-02", outcome="amend"),
        fact("review_report_received", "2026-03-02"),
        fact("review_meeting_held", "2026-03-02"),
    )
    for rule in ("AR-06", "AR-07", "AR-07a", "AR-09", "AR-11"):
        assert only(found, rule).state(TODAY) is State.MET


def test_a_decision_not_to_amend_after_all_replaces_the_final_plan() -> None:
    found = count(
        fact("review_meeting_held", "2026-02-02"),
        fact("review_decision_sent", "2026-02-20", outcome="amend"),
        fact("amendment_notice_sent", "2026-02-20"),
        fact("no_amendment_sent", "2026-04-01"),
    )
    assert only(found, "AR-10").state(TODAY) is State.MET
    assert only(found, "AR-09").state(TODAY) is State.SUPERSEDED
    assert only(found, "AR-11").superseded_on == day("2026-04-01")


def test_a_notice_outside_a_review_has_its_own_eight_weeks() -> None:
    found = count(
        fact("review_meeting_held", "2026-02-02"),
        fact("review_decision_sent", "2026-02-20", outcome="maintain"),
        fact("amendment_notice_sent", "2026-06-01", served="2026-06-03"),
        fact("amended_plan_sent", "2026-07-20"),
    )
    assert only(found, "AR-08").due == day("2026-06-17")
    assert only(found, "AR-09").due == day("2026-07-27")
    assert only(found, "AR-09").state(TODAY) is State.MET
    assert only(found, "AR-11").superseded_on == day("2026-02-20")


def test_the_familys_window_closes_and_is_never_overdue() -> None:
    found = only(count(fact("amendment_notice_sent", "2026-06-01")), "AR-08")
    assert found.state(day("2026-06-15")) is State.DUE
    assert found.state(day("2026-06-16")) is State.CLOSED


def test_a_meeting_held_ends_what_went_before_it() -> None:
    fixed = fact("review_meeting_fixed", "2026-09-01", meeting="2026-10-12")
    found = count(fixed, fact("review_invitations_sent", "2026-09-20"))
    assert only(found, "AR-04").state(TODAY) is State.MET
    assert only(found, "AR-05").state(TODAY) is State.OVERDUE
    moved = count(
        fixed,
        fact("review_meeting_fixed", "2026-09-25", meeting="2026-11-02"),
        fact("review_meeting_held", "2026-11-02"),
    )
    assert {one.superseded_on for one in moved if one.rule == "AR-05"} == {
        day("2026-09-25"),
        day("2026-11-02"),
    }


def test_a_meeting_held_now_leaves_one_fixed_for_next_term() -> None:
    found = count(
        fact("review_meeting_fixed", "2026-09-01", meeting="2027-02-12"),
        fact("review_meeting_held", "2026-09-14"),
    )
    assert only(found, "AR-04").superseded_on is None


def test_a_meeting_fixed_for_no_day_dates_nothing() -> None:
    assert count(fact("review_meeting_fixed", "2026-09-01")) == ()


def test_earlier_reviews_that_nobody_recorded_are_superseded() -> None:
    facts = (
        fact("plan_sent", "2019-01-15"),
        fact("review_meeting_held", "2026-10-05"),
        fact("review_decision_sent", "2026-10-26", outcome="maintain"),
    )
    found = count(*facts, of=child(history_from=day("2026-09-01")))
    first = only(found, "AR-01")
    assert (first.state(TODAY), first.met_on) == (State.SUPERSEDED, None)
    assert first.superseded_why == "earlier reviews not recorded"
    assert only(found, "AR-02").state(TODAY) is State.DUE
    assert only(found, "AR-07").state(TODAY) is State.MET
    assert only(count(*facts), "AR-01").state(TODAY) is State.MET_LATE


def test_a_decision_to_cease_ends_nothing_and_the_end_of_the_plan_ends_all() -> None:
    facts = (
        fact("plan_sent", "2025-01-15"),
        fact("review_meeting_held", "2025-12-01"),
        fact("review_decision_sent", "2025-12-22", outcome="cease"),
        fact("cease_notice_sent", "2025-12-22"),
    )
    of = child("2012-01-20")
    assert only(count(*facts, of=of), "AR-02").state(day("2026-12-22")) is State.OVERDUE
    ended = count(*facts, fact("plan_ceased", "2026-04-01", reason="2"), of=of)
    still_open = {one.rule for one in ended if one.state(day("2026-12-22")) is State.OVERDUE}
    assert still_open == set()
    for rule in ("AR-02", "PT-03", "AGE-02", "AGE-06"):
        assert only(ended, rule).superseded_on == day("2026-04-01")


def test_a_plan_made_after_one_ceased_has_its_own_first_review() -> None:
    found = count(
        fact("plan_sent", "2022-01-15"),
        fact("plan_ceased", "2023-01-01"),
        fact("plan_sent", "2026-06-10"),
    )
    assert [one.due for one in found if one.rule == "AR-01"] == [
        day("2023-01-14"),
        day("2027-06-09"),
    ]


def test_a_new_version_of_a_live_plan_starts_no_year() -> None:
    found = count(fact("plan_sent", "2026-01-15"), fact("plan_sent", "2026-06-10"))
    assert only(found, "AR-01").due == day("2027-01-14")
