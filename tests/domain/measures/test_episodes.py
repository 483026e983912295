"""Measures sort facts into reviews and assessments as the clock does."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.domain.clock.compiled_rules import compiled
from caseworker_app.domain.clock.counting import timeline_of
from caseworker_app.domain.clock.episodes import (
    Review,
    assessments_of,
    episodes_of,
    of_timeline,
    plan_since,
    reviews_of,
    spells_of,
)
from caseworker_app.domain.facts import Fact, in_order
from caseworker_app.domain.measures.case_view import view
from caseworker_app.domain.next_step import likely_next
from caseworker_app.domain.standing import LIVE, on_day, standing
from tests.domain.measures.making import case, day, fact, pack

START = day("2024-01-01")
REVIEW = {
    "review_meeting_held": (),
    "review_report_received": (),
    "review_decision_sent": ("maintain", "amend", "cease"),
    "amendment_notice_sent": (),
    "amended_plan_sent": (),
    "no_amendment_sent": (),
    "plan_ceased": (),
    "plan_sent": (),
}
ASSESSMENT = {
    "request_received": (),
    "assessment_decision_sent": ("assess", "refuse"),
    "refusal_to_issue_sent": (),
    "plan_sent": (),
    "plan_ceased": (),
}


@st.composite
def facts(draw: st.DrawFn, kinds: dict[str, tuple[str, ...]]) -> list[Fact]:
    made = []
    for _ in range(draw(st.integers(0, 12))):
        kind = draw(st.sampled_from(sorted(kinds)))
        detail = {"outcome": draw(st.sampled_from(kinds[kind]))} if kinds[kind] else {}
        on = START + timedelta(draw(st.integers(0, 400)))
        made.append(Fact(kind, on, detail, draw(st.sampled_from((None, None, None, "a", "b")))))
    return [_tied(draw, one, made) for one in made]


def _tied(draw: st.DrawFn, one: Fact, made: list[Fact]) -> Fact:
    """The fact, now and then tied by its key to the review of one of the meetings drawn."""
    meetings = [other.on for other in made if other.kind == "review_meeting_held"]
    if one.kind == "review_meeting_held" or not meetings or draw(st.integers(0, 3)):
        return one
    return replace(one, episode=f"review {draw(st.sampled_from(meetings))}")


@given(facts(REVIEW))
def test_reviews_are_those_of_the_clock(given_facts: list[Fact]) -> None:
    file = case("A", fact("plan_sent", "2023-12-01"), *given_facts)
    reviews = {review.key: review for review in reviews_of(file.facts)}
    held = {review.key for review in reviews.values() if review.meeting is not None}
    decisions = {one.episode: one for one in file.deadlines if one.rule == "AR-07"}
    assert decisions.keys() == held
    for key, deadline in decisions.items():
        review = reviews[key]
        if deadline.met_on is not None:
            assert deadline.met_on == review.decision
        assert deadline.due == review.meeting + timedelta(28)
    for deadline in file.deadlines:
        if deadline.rule == "AR-11" and deadline.met_on is not None:
            assert deadline.met_on == reviews[deadline.episode].final


@given(facts(ASSESSMENT))
def test_assessments_are_those_of_the_clock(given_facts: list[Fact]) -> None:
    file = case("A", *given_facts)
    found = {one.key: one for one in assessments_of(file.facts) if one.key}
    twenty = {one.episode: one for one in file.deadlines if one.rule == "NA-09"}
    assert twenty.keys() == found.keys()
    for key, deadline in twenty.items():
        assert deadline.due == found[key].request + timedelta(140)
        if deadline.met_on is not None:
            assert deadline.met_on == found[key].plan


@given(facts(REVIEW | ASSESSMENT))
def test_what_is_later_than_the_day_is_not_seen(given_facts: list[Fact]) -> None:
    file = case("A", *given_facts)
    as_at = day("2024-07-01")
    earlier = case("A", *(one for one in given_facts if one.on <= as_at))
    seen, known = view(file, as_at), view(earlier, as_at)
    assert (seen.facts, seen.spells, seen.live) == (known.facts, known.spells, known.live)
    assert (seen.reviews, seen.assessments) == (known.reviews, known.assessments)
    mine, theirs = seen.next_review(), known.next_review()
    assert (mine and mine.due) == (theirs and theirs.due)


WITHDRAWN = {"request_withdrawn": (), "exception": ()}
STEPS = {
    "advice_requested": (),
    "advice_received": (),
    "draft_served": (),
    "consultation_sent": (),
    "consultation_received": (),
    "consultation_replied": (),
    "review_meeting_fixed": (),
}
"""What opens no assessment, but may be the first to give one its label."""


@given(facts(REVIEW | ASSESSMENT))
def test_a_walk_without_rules_makes_the_episodes_of_one_with_all_of_them(
    given_facts: list[Fact],
) -> None:
    ordered = in_order(given_facts)
    assert episodes_of(ordered) == of_timeline(timeline_of(ordered, compiled(*pack())))


@given(facts(REVIEW | ASSESSMENT | WITHDRAWN | STEPS))
def test_nothing_that_is_withdrawn_is_another_review_or_another_plan(
    given_facts: list[Fact],
) -> None:
    ordered = in_order(given_facts)
    mine, theirs = episodes_of(ordered), of_timeline(timeline_of(ordered, compiled(*pack())))
    assert (mine.reviews, mine.spells) == (theirs.reviews, theirs.spells)
    assert [one.request for one in mine.assessments] == [one.request for one in theirs.assessments]
    assert [one.plan for one in mine.assessments] == [one.plan for one in theirs.assessments]


@given(facts(REVIEW | ASSESSMENT))
def test_whether_a_plan_is_live_is_said_once(given_facts: list[Fact]) -> None:
    ordered = in_order(given_facts)
    spells = spells_of(ordered)
    assert spells == episodes_of(ordered).spells
    changes = standing(tuple(given_facts))
    last = max((fact.on for fact in ordered), default=START)
    assert (on_day(changes, last) == LIVE) is episodes_of(ordered).live
    assert (plan_since(ordered) is not None) is episodes_of(ordered).live
    file = case("A", *given_facts)
    assert view(file, last).live is episodes_of(ordered).live
    following = {"request_received", "assessment_decision_sent", "advice_requested"}
    following |= {"mediation_requested", "advice_received", "draft_served", "plan_sent"}
    assert (likely_next(ordered) not in following) is episodes_of(ordered).live


HELD = day("2024-03-01")


@pytest.mark.parametrize(
    ("review", "expected"),
    [
        (Review(), ("", None)),
        (Review(meeting=HELD), ("school", HELD)),
        (Review(meeting=HELD, report=day("2024-03-10")), ("authority", day("2024-03-10"))),
        (Review(report=day("2024-03-10")), ("authority", day("2024-03-10"))),
        (Review(meeting=HELD, decision=day("2024-03-20")), ("authority", day("2024-03-20"))),
        (
            Review(decision=day("2024-03-20"), outcome="amend", notice=day("2024-04-02")),
            ("authority", day("2024-04-02")),
        ),
        (Review(meeting=HELD, decision=day("2024-03-20"), outcome="maintain"), ("", None)),
        (Review(meeting=HELD, final=day("2024-03-20")), ("", None)),
    ],
)
def test_who_has_the_ball_since_when(review: Review, expected: tuple[str, object]) -> None:
    assert review.held_by == expected


def test_a_plan_after_a_refusal_that_was_overturned_is_of_that_assessment() -> None:
    given_facts = (
        fact("request_received", "2024-01-10"),
        fact("refusal_to_issue_sent", "2024-05-01"),
        fact("tribunal_order", "2024-10-01", order="make_plan"),
        fact("plan_sent", "2024-12-01"),
        fact("plan_sent", "2025-12-01"),
    )
    first, again = assessments_of(in_order(given_facts))
    assert (first.refusal, first.plan) == (day("2024-05-01"), day("2024-12-01"))
    assert (again.key, again.request, again.plan) == ("", None, day("2025-12-01"))


def test_a_tied_decision_goes_to_its_review_and_not_to_the_latest() -> None:
    given_facts = (
        fact("review_meeting_held", "2024-03-01"),
        fact("review_meeting_held", "2024-04-01"),
        fact("review_decision_sent", "2024-04-10", outcome="amend", episode="review 2024-03-01"),
    )
    first, second = reviews_of(case("A", *given_facts).facts)
    assert (first.decision, second.decision) == (day("2024-04-10"), None)


def test_a_decision_dated_before_the_meeting_it_is_tied_to_stays_in_that_review() -> None:
    given_facts = (
        fact("review_meeting_held", "2023-10-01"),
        fact("review_report_received", "2024-02-20", episode="review 2024-03-01"),
        fact("review_decision_sent", "2024-02-25", outcome="maintain", episode="review 2024-03-01"),
        fact("review_meeting_held", "2024-03-01"),
    )
    file = case("A", fact("plan_sent", "2022-12-01"), *given_facts)
    last_year, this_year = reviews_of(file.facts)
    assert (last_year.decision, last_year.report) == (None, None)
    assert (this_year.report, this_year.decision) == (day("2024-02-20"), day("2024-02-25"))
    assert this_year.ended
    met = {one.episode: one.met_on for one in file.deadlines if one.rule == "AR-07"}
    assert met == {"review 2023-10-01": None, "review 2024-03-01": day("2024-02-25")}


def test_a_late_final_plan_ends_the_review_with_the_notice() -> None:
    given_facts = (
        fact("review_meeting_held", "2024-01-10"),
        fact("review_decision_sent", "2024-02-01", outcome="amend"),
        fact("amendment_notice_sent", "2024-02-01"),
        fact("review_meeting_held", "2024-12-01"),
        fact("amended_plan_sent", "2024-12-05"),
    )
    first, second = reviews_of(case("A", *given_facts).facts)
    assert (first.final, second.final) == (day("2024-12-05"), None)
    assert not second.ended
