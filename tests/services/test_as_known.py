"""The caseload as it was known: each past evening rebuilt from the trail, as it was seen then."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from caseworker_app.domain.caseload import AsKnown, CaseFile
from caseworker_app.services import commands as do
from caseworker_app.services.clock import FixedClock, after
from caseworker_app.services.session import Session
from tests.support.acts import Sitting
from tests.support.sessions import add_child, done, record, reviewed
from tests.support.stores import TODAY, Places, session_at

DAYS, ACTS = {"file": 5, "postgresql": 3}, 5


def _plain(files: Iterable[CaseFile]) -> list[object]:
    """Cases without versions, which are no part of the trail, dates and history."""
    return [
        (
            replace(one.child, version=0, proposals=tuple(sorted(one.child.proposals, key=str))),
            replace(one.setting, version=0) if one.setting else None,
            replace(one.caseworker, version=0) if one.caseworker else None,
            one.facts,
        )
        for one in files
    ]


def _seen(session: Session) -> tuple[object, ...]:
    settings = sorted(session.settings(), key=lambda one: int(one.id))
    workers = sorted(session.caseworkers(), key=lambda one: int(one.id))
    return (
        _plain(session.caseload()),
        [replace(one, version=0) for one in settings],
        [replace(one, version=0) for one in workers],
    )


def _rebuilt(known: AsKnown) -> tuple[object, ...]:
    return _plain(known.files), list(known.settings), list(known.caseworkers)


def test_each_evening_of_a_session_of_drawn_acts_is_rebuilt_as_it_was(places: Places) -> None:
    where, first = places.new(), TODAY
    day = first
    sitting = Sitting(lambda: session_at(where, day), random.randrange(10**6))
    evenings: dict[date, tuple[object, ...]] = {}
    for at in range(DAYS[places.kind]):
        # Some days nobody works.
        day = first + timedelta(days=2 * at)
        sitting.session.close()
        sitting.session = sitting.draw.session = session_at(where, day)
        sitting.run(ACTS)
        sitting.session = sitting.draw.session = session_at(where, day)
        evenings[day] = evenings[day + timedelta(days=1)] = _seen(sitting.session)
    session = sitting.session

    for evening, seen in evenings.items():
        known = session.as_known(evening)
        assert _rebuilt(known) == seen, (sitting.seed, evening)
        assert known.disposed == 0
    before = session.as_known(first - timedelta(days=1))
    assert _rebuilt(before) == ([], [], [])
    assert sitting.wrong == []
    session.close()


def test_what_was_done_late_in_the_evening_is_of_that_day(session: Session) -> None:
    """British summer time: half past eleven in the evening of 1 June is 22.30 in UTC."""

    class At(FixedClock):
        def now(self) -> datetime:
            return datetime(2026, 6, 1, 22, 59, 59, tzinfo=UTC)

    session.clock = At(date(2026, 6, 1))
    add_child(session)
    assert len(session.as_known(date(2026, 6, 1)).files) == 1
    assert session.as_known(date(2026, 5, 31)).files == ()
    assert after(date(2026, 6, 1)) == "2026-06-01T23:00:00Z"
    assert after(date(2026, 12, 1)) == "2026-12-02T00:00:00Z"


@pytest.mark.parametrize("day", [date.min, date.max])
def test_a_day_at_the_end_of_all_days_can_be_asked_for(session: Session, day: date) -> None:
    reviewed(session)
    assert len(session.as_known(day).files) == (day == date.max)


def test_a_correction_made_later_is_not_known_before(session: Session) -> None:
    child = add_child(session)
    record(session, child, "plan_sent", date(2024, 11, 14))
    session.clock = FixedClock(TODAY + timedelta(days=3))
    fact, seen = session.case(child).facts[0], session.case(child).child.version
    done(session, do.ChangeFact(child, seen, fact.id, date(2024, 11, 15)))

    for days, on in ((0, 14), (2, 14), (3, 15)):
        (file,) = session.as_known(TODAY + timedelta(days=days)).files
        assert [one.on for one in file.facts] == [date(2024, 11, on)]


def test_a_child_disposed_of_since_is_counted_and_not_named(session: Session) -> None:
    child, other = reviewed(session, "Quillfeather"), reviewed(session, "Patel")
    with session.store.writing() as unit:
        unit.forget_children((child,), "2026-12-01T12:00:00Z", "A. Officer")
    known = session.as_known(TODAY)
    assert [file.child.id for file in known.files] == [other]
    assert known.disposed == 1
    assert "Quillfeather" not in repr(known)


def test_rebuilding_tells_how_it_comes_along(session: Session) -> None:
    reviewed(session)
    told: list[tuple[int, int, str]] = []
    session.as_known(TODAY, lambda *given: told.append(given))
    assert told == [(0, 1, "Reading the audit trail"), (1, 1, "Reading the audit trail")]
