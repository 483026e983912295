"""Why this date: what the explanation of a deadline says."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings

from caseworker_app.domain.clock.explain import Explanation, explain
from caseworker_app.domain.clock.words import event_words, events_words
from caseworker_app.domain.facts import Fact
from tests.support.clock import child, count, day, fact, only, pack
from tests.support.facts import ANY_DAY, any_facts

TODAY = date(2026, 11, 22)


def why(rule: str, *facts: Fact, today: date = TODAY, born: str | None = None) -> Explanation:
    found = count(*facts, of=child(born))
    return explain(only(found, rule), today, pack()[1], found)


def test_it_tells_rule_source_facts_steps_and_target() -> None:
    told = why("NA-03", fact("advice_requested", "2026-07-20", source="health"))
    assert told.rule == "Supply the advice that was asked for."
    assert told.source == "SEND Regulations 2014, reg 8(1)"
    assert told.address.startswith("https://")
    assert "in force since Monday 1 September 2014" in told.version
    assert told.started_from == ("advice requested: Monday 20 July 2026",)
    assert told.steps == (
        "within 6 weeks: + 42 days",
        "so the last day in time is Monday 31 August 2026",
    )
    assert told.lands_on == (
        "Monday, a bank holiday. The legal date does not move; work to Friday 28 August 2026."
    )
    assert told.state == "overdue, 83 days after the date"
    assert told.to_meet == "Record that the advice came in. It will then show as met late."


def test_it_tells_how_a_deadline_ended() -> None:
    held = fact("review_meeting_held", "2026-09-14")
    decided = fact("review_decision_sent", "2026-10-26", outcome="maintain")
    met = why("AR-07", held, decided)
    assert (met.state, met.ended) == ("met 14 days late", "Met on Monday 26 October 2026.")
    assert met.to_meet == ""
    assert "over 4 weeks" in met.others_count[0]
    replaced = why("AR-11", held, decided)
    assert replaced.state == "replaced"
    assert replaced.ended == "Replaced: decision after review sent 2026-10-26."


def test_it_tells_what_a_deadline_stands_in_place_of() -> None:
    told = why(
        "DET-02c",
        fact("detained_request_received", "2026-03-02"),
        fact("detained_released", "2026-03-02"),
    )
    assert told.replaced[-1] == "DET-01c, send the final plan, due Monday 20 July 2026"


def test_it_tells_how_others_count() -> None:
    year = why("AR-01", fact("plan_sent", "2025-11-22"))
    assert year.state == "overdue, 1 day after the date"
    assert year.others_count[0].endswith("Sunday 22 November 2026: still to come.")
    waiting = why("AR-07", fact("review_meeting_held", "2026-11-20"))
    assert waiting.others_count[0].startswith(
        "Without a decision by then the Department will count it as outstanding"
    )
    (late,) = why("AR-07", fact("review_meeting_held", "2026-09-14")).others_count
    assert "outstanding" in late
    assert "over 4 weeks" not in late


def test_it_tells_what_an_exception_changes_and_what_it_does_not() -> None:
    request = fact("request_received", "2026-03-02")
    claim = fact("exception", "2026-06-01", ground="EXC-C")
    told = why("NA-09", request, claim)
    assert told.state == "late, exception claimed, 125 days after the date"
    assert "moves no date" in told.exception
    assert "without exceptions" in told.others_count[0]
    early = why("NA-09", request, claim, today=day("2026-06-02"))
    assert early.exception.endswith("It would excuse a delay; it moves no date.")
    assert why("NA-09", request, claim, today=day("2026-05-31")).exception == ""


def test_a_weekend_is_no_working_day() -> None:
    told = why("PT-02", fact("plan_sent", "2024-03-01"), born="2016-08-31")
    assert told.lands_on == (
        "Sunday, not a working day. The legal date does not move; work to Friday 12 February 2027."
    )
    assert told.state == "due in 84 days"


@settings(max_examples=100)
@given(any_facts, ANY_DAY)
def test_every_deadline_can_be_explained(facts: list[Fact], today: date) -> None:
    found = count(*facts, of=child("2016-08-31"))
    for one in found:
        told = explain(one, today, pack()[1], found)
        assert told.started_from
        assert told.steps[-1].startswith("so the last day in time is ")
        assert told.state


def test_event_codes_have_words() -> None:
    assert event_words("plan_made").startswith("the first final plan")
    assert event_words("review_decision_sent.amend") == "decision after review sent (amend)"
    assert event_words("plan_ceased.unstated") == "plan ceased (not said which)"
    for version in pack()[0].versions:
        for codes in (version.trigger, version.met_by, version.superseded_by):
            assert bool(events_words(codes)) is bool(codes)
