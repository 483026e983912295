"""Children on a session, for tests of what a session does."""

from __future__ import annotations

from datetime import date
from typing import Any

from caseworker_app.domain.facts import Detail, Fact
from caseworker_app.domain.incoming import Incoming, IncomingCase, Place
from caseworker_app.domain.outcome import Done
from caseworker_app.services import commands as do
from caseworker_app.services.session import Session

FILE = "tracker.xlsx"


def done(session: Session, command: do.Command) -> Done:
    """Submit a command that must be carried out."""
    outcome = session.submit(command)
    assert isinstance(outcome, Done), outcome
    return outcome


def add_child(session: Session, surname: str = "Okafor", **fields: Any) -> str:
    """Open a case; the value is the child's id."""
    given = {"surname": surname, "forename": "Grace", "born": date(2014, 3, 3), **fields}
    return done(session, do.AddChild(given, another=True)).child_ids[0]


def record(session: Session, child_id: str, kind: str, on: date, **detail: Detail) -> Done:
    """Record a fact of a child as they are now."""
    seen = session.case(child_id).child.version
    return done(session, do.RecordFact(child_id, seen, kind, on, detail))


def reviewed(session: Session, surname: str = "Okafor", **fields: Any) -> str:
    """A child whose plan is two years old and whose review was held on 16 October 2026."""
    child_id = add_child(session, surname, **fields)
    record(session, child_id, "plan_sent", date(2024, 11, 14))
    record(session, child_id, "review_meeting_held", date(2025, 10, 2))
    record(session, child_id, "review_decision_sent", date(2025, 10, 30), outcome="maintain")
    record(session, child_id, "review_meeting_held", date(2026, 10, 16))
    return child_id


def incoming_case(row: int = 2, **fields: Any) -> IncomingCase:
    """One child of a tracker of one review cycle."""
    given: dict[str, Any] = {
        "place": Place(FILE, "Reviews", row),
        "reference": f"TH-{row}",
        "surname": f"Okafor-{'abcdefghij'[row % 10]}",
        "forename": "Grace",
        "born": date(2014, 3, 3),
        "upn": f"A{row:012d}",
        "need": "ASD",
        "setting": "Mile End Gate",
        "caseworker": "R. Haque",
        "one_cycle": True,
        "facts": (
            Fact("plan_sent", date(2019, 5, 1)),
            Fact("review_meeting_held", date(2026, 10, 16)),
        ),
    }
    return IncomingCase(**(given | fields))


def incoming(*cases: IncomingCase) -> Incoming:
    """What a tracker says."""
    return Incoming((FILE,), len(cases), cases)
