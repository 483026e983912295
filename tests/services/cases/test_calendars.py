"""The calendar of a caseworker, written through the application."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from caseworker_app import bootstrap
from caseworker_app.services.cases.calendars import dates_of
from caseworker_app.services.session import Session
from tests.support.commands import add_caseworker
from tests.support.sessions import add_child, done, record


def test_the_dates_of_a_caseworkers_own_cases_are_written(
    file_session: Session, tmp_path: Path
) -> None:
    session = file_session
    for name in ("R. Haque", "A. Other"):
        done(session, add_caseworker(name))
    first, second = session.caseworkers()
    ids = {
        one.name: add_child(session, surname, caseworker_id=one.id)
        for one, surname in ((first, "Okafor"), (second, "Patel"))
    }
    for child in ids.values():
        record(session, child, "plan_sent", date(2026, 2, 2))
    found = dates_of(session, [second.id])
    assert found.child_ids == (ids[second.name],)
    target = tmp_path / "dates.ics"
    count = bootstrap.write_calendar(session, "Dates", [second.id], target)
    assert count == len(found.dates) > 0
    text = target.read_text(encoding="utf-8")
    assert "Okafor" not in text
    assert "Patel" not in text
