"""What is recorded by hand out of order: taken as typed, asked about, kept where it was typed."""

from __future__ import annotations

from datetime import date

import pytest

from caseworker_app.domain.outcome import Failed
from caseworker_app.domain.rows import ReviewRow
from caseworker_app.services import commands as do
from caseworker_app.services.session import Session
from tests.support.sessions import add_child, done, record, reviewed

EARLY = date(2026, 9, 1)
QUESTION = "The meeting was on 16 October 2026. Is 1 September 2026 right?"
DECISION = "review_decision_sent"


def row(session: Session) -> ReviewRow:
    (found,) = session.reviews()
    return found


def ties(session: Session, child_id: str) -> list[str | None]:
    return [fact.episode for fact in session.case(child_id).facts if fact.episode]


def change(session: Session, child_id: str, column: str, on: date) -> str:
    fact_id = dict(row(session).fact_ids)[column]
    seen = session.case(child_id).child.version
    return done(session, do.ChangeFact(child_id, seen, fact_id, on)).message


def test_a_decision_before_its_meeting_is_recorded_and_asked_about(session: Session) -> None:
    child_id = reviewed(session)
    message = record(session, child_id, DECISION, EARLY, outcome="maintain").message
    assert QUESTION in message
    shown = row(session)
    assert (shown.meeting, shown.decision) == (date(2026, 10, 16), EARLY)
    assert shown.doubt("decision") == QUESTION
    assert shown.doubt("meeting") == (
        "The decision was sent on 1 September 2026. Is 16 October 2026 right?"
    )
    assert ties(session, child_id) == ["review 2026-10-16"]


def test_putting_the_day_right_takes_the_doubt_away(session: Session) -> None:
    child_id = reviewed(session)
    record(session, child_id, DECISION, EARLY, outcome="maintain")
    message = change(session, child_id, "decision", date(2026, 11, 2))
    assert "right?" not in message
    assert (row(session).decision, row(session).doubts) == (date(2026, 11, 2), ())


def test_a_day_changed_to_before_the_meeting_stays_in_its_review(session: Session) -> None:
    child_id = reviewed(session)
    record(session, child_id, DECISION, date(2026, 11, 2), outcome="amend")
    assert "Is 2 November 2025 right?" in change(session, child_id, "decision", date(2025, 11, 2))
    shown = row(session)
    assert (shown.meeting, shown.decision) == (date(2026, 10, 16), date(2025, 11, 2))
    assert shown.outcome == "amend"
    assert shown.doubt("decision")


def test_a_meeting_moved_past_its_decision_keeps_it(session: Session) -> None:
    child_id = reviewed(session)
    record(session, child_id, DECISION, date(2026, 10, 20), outcome="maintain")
    change(session, child_id, "meeting", date(2026, 11, 10))
    assert (row(session).meeting, row(session).decision) == (date(2026, 11, 10), date(2026, 10, 20))
    assert row(session).doubt("meeting") == (
        "The decision was sent on 20 October 2026. Is 10 November 2026 right?"
    )
    change(session, child_id, "meeting", date(2026, 11, 12))
    assert (row(session).meeting, row(session).decision) == (date(2026, 11, 12), date(2026, 10, 20))
    change(session, child_id, "meeting", date(2026, 10, 16))
    assert (row(session).decision, row(session).doubts) == (date(2026, 10, 20), ())


def test_a_meeting_recorded_after_its_early_decision_is_its_meeting(session: Session) -> None:
    child_id = add_child(session)
    record(session, child_id, "plan_sent", date(2025, 11, 14))
    record(session, child_id, DECISION, EARLY, outcome="maintain")
    message = record(session, child_id, "review_meeting_held", date(2026, 10, 12)).message
    assert "The decision was sent on 1 September 2026. Is 12 October 2026 right?" in message
    assert (row(session).meeting, row(session).decision) == (date(2026, 10, 12), EARLY)


def test_the_same_out_of_order_fact_is_not_recorded_twice(session: Session) -> None:
    child_id = reviewed(session)
    record(session, child_id, DECISION, EARLY, outcome="maintain")
    seen = session.case(child_id).child.version
    again = session.submit(do.RecordFact(child_id, seen, DECISION, EARLY, {"outcome": "maintain"}))
    assert isinstance(again, Failed)
    assert "recorded already" in again.sentence


def test_taking_the_meeting_back_lets_its_early_decision_go(session: Session) -> None:
    child_id = reviewed(session)
    record(session, child_id, DECISION, EARLY, outcome="maintain")
    seen, fact_id = session.case(child_id).child.version, dict(row(session).fact_ids)["meeting"]
    done(session, do.RemoveFact(child_id, seen, fact_id, "held for another child"))
    assert ties(session, child_id) == []


def test_undo_takes_a_tie_back_with_the_fact(session: Session) -> None:
    child_id = reviewed(session)
    before = session.case(child_id).facts
    made = record(session, child_id, DECISION, EARLY, outcome="maintain")
    done(session, do.Undo(made.undo))
    assert session.case(child_id).facts == before


def test_an_event_before_birth_is_recorded_and_asked_about(session: Session) -> None:
    child_id = add_child(session)
    message = record(session, child_id, "plan_sent", date(2013, 1, 1)).message
    assert "The child was born on 3 March 2014. Is 1 January 2013 right?" in message


def test_many_at_once_name_the_children_whose_days_go_badly(session: Session) -> None:
    first, second = reviewed(session, "Abbot"), reviewed(session, "Brook")
    commands = tuple(
        do.RecordFact(key, session.case(key).child.version, DECISION, on, {"outcome": "maintain"})
        for key, on in ((first, EARLY), (second, date(2026, 11, 2)))
    )
    message = done(session, do.Together(commands, "2 entries pasted")).message
    assert message == f"2 entries pasted. Out of order: Abbot, Grace: {QUESTION}"


@pytest.mark.parametrize("detail", [{}, {"outcome": ""}])
def test_a_decision_without_an_outcome_cannot_be_recorded_by_hand(
    session: Session, detail: dict[str, str]
) -> None:
    child_id = reviewed(session)
    seen = session.case(child_id).child.version
    command = do.RecordFact(child_id, seen, DECISION, date(2026, 11, 2), detail)
    for one in (command, do.Together((command,), "1 entry pasted")):
        refused = session.submit(one)
        assert isinstance(refused, Failed)
        assert (refused.why, refused.field) == ("refused", "outcome")
    record(session, child_id, DECISION, date(2026, 11, 2), outcome="amend")
    fact_id, seen = dict(row(session).fact_ids)["decision"], seen + 1
    emptied = session.submit(do.ChangeFact(child_id, seen, fact_id, date(2026, 11, 3), detail))
    assert isinstance(emptied, Failed)
    assert emptied.field == "outcome"
    assert row(session).outcome == "amend"
