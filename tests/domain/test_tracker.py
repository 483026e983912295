"""The annual review tracker's rows: what is shown, in which words, and who holds the ball."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given

from caseworker_app import paths, rulebook
from caseworker_app.domain.clock import deadlines
from caseworker_app.domain.facts import Fact
from caseworker_app.domain.people import Child
from caseworker_app.domain.rows import ReviewRow
from caseworker_app.domain.tracker import review_row
from tests.support.facts import any_facts

TODAY = date(2026, 11, 22)
CHILD = Child("TH-1", "Okafor", "Grace", date(2014, 3, 3), id="7", version=3)
RULES, CALENDARS = rulebook.load(paths.resources())


def _row(*facts: Fact, today: date = TODAY) -> ReviewRow:
    made = tuple(
        Fact(fact.kind, fact.on, fact.detail, fact.episode, fact.id or str(at))
        for at, fact in enumerate(facts, 1)
    )
    counted = deadlines(CHILD, None, made, RULES, CALENDARS)
    return review_row(CHILD, made, counted, today, "Mile End Gate", "R. Haque")


def _plan(on: date) -> tuple[Fact, ...]:
    return (Fact("plan_sent", on),)


def _held(on: date) -> Fact:
    return Fact("review_meeting_held", on)


def _report(on: date) -> Fact:
    return Fact("review_report_received", on)


def _decided(on: date, outcome: str = "") -> Fact:
    return Fact("review_decision_sent", on, {"outcome": outcome} if outcome else {})


def _fixed(on: date, meeting: date) -> Fact:
    return Fact("review_meeting_fixed", on, {"meeting": meeting})


PLAN = _plan(date(2026, 1, 10))
NOVEMBER = _plan(date(2025, 11, 21))


@pytest.mark.parametrize(
    ("facts", "state", "tone", "holder", "held"),
    [
        (_plan(date(2026, 6, 1)), "not due", "quiet", "", None),
        (_plan(date(2025, 12, 5)), "no meeting fixed", "soon", "school", 58),
        (_plan(date(2025, 11, 11)), "review 12 d late", "late", "school", 82),
        (
            (*PLAN, _fixed(date(2026, 11, 10), date(2026, 12, 8))),
            "16 days",
            "ok",
            "school",
            12,
        ),
        ((*PLAN, _fixed(date(2026, 10, 22), TODAY)), "meeting today", "soon", "school", 31),
        (
            (*PLAN, _fixed(date(2026, 10, 22), date(2026, 11, 23))),
            "1 day",
            "ok",
            "school",
            31,
        ),
        (
            (*PLAN, _fixed(date(2026, 10, 22), date(2026, 11, 20))),
            "was it held?",
            "soon",
            "school",
            31,
        ),
        ((*PLAN, _held(date(2026, 11, 6))), "report 2 d late", "late", "school", 16),
        ((*PLAN, _held(date(2026, 11, 20))), "report by 4 Dec", "soon", "school", 2),
        (
            (*PLAN, _held(date(2026, 11, 6)), _report(date(2026, 11, 18))),
            "decision by 4 Dec",
            "soon",
            "authority",
            4,
        ),
        (
            (*PLAN, _held(date(2026, 10, 16)), _report(date(2026, 10, 30))),
            "decision 9 d late",
            "late",
            "authority",
            23,
        ),
        (
            (*PLAN, _held(date(2026, 11, 2)), _decided(date(2026, 11, 20))),
            "outcome not recorded",
            "soon",
            "authority",
            2,
        ),
        (
            (*PLAN, _held(date(2026, 11, 2)), _decided(date(2026, 11, 20), "amend")),
            "notice by 30 Nov",
            "soon",
            "authority",
            2,
        ),
        (
            (
                *PLAN,
                _held(date(2026, 11, 2)),
                _decided(date(2026, 11, 20), "amend"),
                Fact("amendment_notice_sent", date(2026, 11, 20)),
            ),
            "final by 15 Jan",
            "ok",
            "authority",
            2,
        ),
        (
            (
                *PLAN,
                _held(date(2026, 7, 2)),
                _decided(date(2026, 7, 23), "amend"),
                Fact("amendment_notice_sent", date(2026, 9, 23)),
            ),
            "final 59 d late",
            "late",
            "authority",
            60,
        ),
        (
            (*PLAN, _held(date(2026, 10, 12)), _decided(date(2026, 11, 6), "maintain")),
            "complete",
            "done",
            "",
            None,
        ),
        (
            (*PLAN, _held(date(2026, 10, 16)), _decided(date(2026, 11, 10), "amend")),
            "notice 9 d late",
            "late",
            "authority",
            12,
        ),
        (
            (*PLAN, _held(date(2026, 10, 12)), _decided(date(2026, 11, 6), "cease")),
            "decided to cease",
            "quiet",
            "",
            None,
        ),
    ],
)
def test_the_state_says_where_the_review_stands_and_who_holds_it(
    facts: tuple[Fact, ...], state: str, tone: str, holder: str, held: int | None
) -> None:
    row = _row(*facts)
    assert (row.state, row.tone, row.holder, row.held_days) == (state, tone, holder, held)


def test_a_row_shows_the_steps_of_the_review_and_their_facts() -> None:
    row = _row(
        *PLAN,
        _held(date(2026, 7, 2)),
        _report(date(2026, 7, 17)),
        _decided(date(2026, 7, 23), "amend"),
        Fact("amendment_notice_sent", date(2026, 7, 24)),
        Fact("amended_plan_sent", date(2026, 9, 1)),
    )

    assert (row.child_id, row.version, row.name, row.nc_year) == ("7", 3, "Okafor, Grace", 8)
    assert (row.setting, row.caseworker) == ("Mile End Gate", "R. Haque")
    assert (row.meeting, row.report, row.decision) == (
        date(2026, 7, 2),
        date(2026, 7, 17),
        date(2026, 7, 23),
    )
    assert (row.outcome, row.notice, row.final) == ("amend", date(2026, 7, 24), date(2026, 9, 1))
    assert row.due == date(2027, 1, 9)
    assert row.state == "complete"
    assert dict(row.fact_ids) == {
        "meeting": "2",
        "report": "3",
        "decision": "4",
        "notice": "5",
        "final": "6",
    }


def test_a_finished_review_makes_way_when_the_next_is_to_be_arranged() -> None:
    review = (_held(date(2025, 12, 1)), _decided(date(2025, 12, 20), "maintain"))
    facts = (*_plan(date(2024, 12, 22)), *review)

    before = _row(*facts, today=date(2026, 6, 1))
    assert (before.state, before.meeting) == ("complete", date(2025, 12, 1))
    after = _row(*facts, today=date(2026, 11, 1))
    assert (after.state, after.meeting, after.fact_ids) == ("no meeting fixed", None, ())
    assert after.due is not None
    assert after.due > date(2026, 11, 1)
    arranged = _row(*facts, _fixed(date(2026, 5, 20), date(2026, 12, 1)), today=date(2026, 6, 1))
    assert (arranged.meeting_fixed, arranged.meeting) == (date(2026, 12, 1), None)
    assert dict(arranged.fact_ids) == {"meeting_fixed": "4"}


def test_a_meeting_that_was_held_is_no_longer_a_coming_one() -> None:
    row = _row(*PLAN, _fixed(date(2026, 10, 1), date(2026, 11, 20)), _held(date(2026, 11, 20)))
    assert (row.meeting_fixed, row.meeting) == (None, date(2026, 11, 20))


def test_two_reviews_open_at_once_show_the_later_one() -> None:
    row = _row(
        *_plan(date(2024, 1, 10)),
        Fact("review_meeting_held", date(2025, 11, 1), {}, "r1"),
        Fact("review_decision_sent", date(2025, 11, 20), {"outcome": "amend"}, "r1"),
        Fact("review_meeting_held", date(2026, 11, 1), {}, "r2"),
    )
    assert (row.meeting, row.decision, row.episode) == (date(2026, 11, 1), None, "r2")


def test_what_has_not_happened_yet_is_not_shown() -> None:
    row = _row(*PLAN, _held(TODAY + timedelta(1)))
    assert row.meeting is None


def test_where_earlier_reviews_are_not_recorded_no_date_is_claimed() -> None:
    child = Child("TH-1", "A", "B", date(2014, 3, 3), history_from=date(2026, 1, 1), id="1")
    facts = _plan(date(2016, 1, 1))
    counted = deadlines(child, None, facts, RULES, CALENDARS)
    row = review_row(child, facts, counted, TODAY)
    assert (row.due, row.state, row.tone) == (None, "no date known", "quiet")


@given(any_facts)
def test_any_facts_give_a_row(facts: list[Fact]) -> None:
    row = _row(*facts)
    assert row.state
    assert row.tone in ("late", "soon", "ok", "done", "quiet")
    assert row.holder in ("", "school", "authority")
    assert row.held_days is None or row.held_days >= 0 or row.holder
    ids = {str(at) for at in range(1, len(facts) + 1)}
    assert {key for _, key in row.fact_ids} <= ids
