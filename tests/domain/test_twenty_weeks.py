"""The twenty weeks of an assessment as a track."""

from __future__ import annotations

from datetime import date

from caseworker_app.domain.consulting import told_by_facts
from caseworker_app.domain.facts import Fact, in_order
from caseworker_app.domain.twenty_weeks import TrackRow, track_rows
from tests.support.clock import child, count, fact

REQUEST = fact("request_received", "2026-08-03")
ASSESS = fact("assessment_decision_sent", "2026-09-10", outcome="assess")


def rows(*facts: Fact, today: str = "2026-11-28") -> tuple[TrackRow, ...]:
    held = in_order(facts)
    of = child("2018-01-02")
    dates = count(*held, of=of)
    return track_rows(of, held, dates, date.fromisoformat(today), asked=told_by_facts(held))


def test_a_request_has_three_dates_ahead() -> None:
    (row,) = rows(REQUEST, today="2026-08-10")
    assert [(one.week, one.state) for one in row.stages] == [(6, "due"), (16, "due"), (20, "due")]
    assert (row.week, row.due, row.state) == (2, date(2026, 9, 14), "35 days")
    assert row.step == "decide whether to assess"


def test_what_is_done_in_time_or_late_and_what_is_late_shows() -> None:
    (row,) = rows(REQUEST, ASSESS)
    assert [one.state for one in row.stages] == ["done", "late", "due"]
    assert (row.week, row.tone, row.state) == (17, "late", "5 days late")
    assert row.brief == "6: done, 16: late, 20: to come"
    late = fact("assessment_decision_sent", "2026-10-01", outcome="assess")
    assert rows(REQUEST, late)[0].stages[0].said == "decided to assess 1 Oct 2026 late"


def test_a_draft_says_that_a_plan_is_to_be_issued() -> None:
    (row,) = rows(REQUEST, ASSESS, fact("draft_served", "2026-11-20"))
    assert row.stages[1].state == "done"
    assert (row.due, row.state) == (date(2026, 12, 21), "23 days")
    assert row.draft == date(2026, 11, 20)


def test_advice_shows_by_source_what_was_asked_and_what_is_in() -> None:
    (row,) = rows(
        REQUEST,
        ASSESS,
        fact("advice_requested", "2026-09-11", source="ep"),
        fact("advice_requested", "2026-09-11", source="health"),
        fact("advice_received", "2026-10-12", source="ep"),
    )
    assert row.advice_words == "1 of 2 in"
    assert [one.said for one in row.advice] == [
        "Health asked 11 Sep 2026, not in",
        "Educational psychologist in 12 Oct 2026",
    ]


def test_an_exception_stands_with_its_ground_and_the_next_date_still_counts() -> None:
    claim = fact("exception", "2026-10-01", ground="EXC-C", until="2026-11-20")
    (row,) = rows(REQUEST, ASSESS, claim)
    assert row.stages[1].state == "claimed"
    assert row.due == date(2026, 12, 21)
    assert row.excused[0].said == (
        "exception from 1 Oct 2026 until 20 Nov 2026: exceptional personal circumstances"
    )
    (row,) = rows(REQUEST, ASSESS, claim, today="2027-01-10")
    assert (row.state, row.tone) == ("exception claimed", "quiet")


def test_the_whole_track_is_said_in_words() -> None:
    (row,) = rows(
        REQUEST, ASSESS, fact("consultation_received", "2026-11-21", setting="Mile End Gate")
    )
    for part in (
        "Week 17",
        "requested 3 Aug 2026",
        "decided to assess 10 Sep 2026",
        "decide whether to issue by 23 Nov 2026, late",
        "send the final plan by 21 Dec 2026",
        "consulted Mile End Gate: no reply yet",
    ):
        assert part in row.spoken


def test_what_has_ended_has_no_track() -> None:
    assert rows(REQUEST, ASSESS, fact("plan_sent", "2026-11-20")) == ()
    assert rows(REQUEST, fact("assessment_decision_sent", "2026-09-10", outcome="refuse")) == ()
    assert rows(fact("plan_sent", "2026-11-20")) == ()


def test_a_reassessment_has_its_fifteen_days_and_fourteen_weeks() -> None:
    plan = fact("plan_sent", "2024-06-03")
    asked = fact("reassessment_requested", "2026-10-05")
    (row,) = rows(plan, asked, today="2026-10-12")
    assert (row.what, row.week, row.weeks) == ("Reassessment", 2, 16)
    assert (row.due, row.step) == (date(2026, 10, 20), "decide whether to reassess")
    assert row.brief == "2: to come"
    agreed = fact("reassessment_decision_sent", "2026-10-19", outcome="reassess")
    (row,) = rows(plan, asked, agreed)
    assert [(one.state, one.done) for one in row.stages] == [
        ("done", date(2026, 10, 19)),
        ("due", None),
    ]
    assert row.due == date(2027, 1, 25)
    assert row.step_kind == "advice_requested"
    assert "decided to reassess 19 Oct 2026" in row.spoken
    (row,) = rows(plan, agreed)
    assert row.request == date(2026, 10, 19), "nobody asked: it begins with the decision"
    refused = fact("reassessment_decision_sent", "2026-10-19", outcome="refuse")
    assert rows(plan, asked, refused) == ()
    assert rows(plan, asked, agreed, fact("plan_sent", "2026-11-25")) == ()
