"""Files brought in by whoever may bring in their own cases alone, and rows known by their day."""

from __future__ import annotations

from datetime import date

import pytest

from caseworker_app.domain.errors import Refused
from caseworker_app.domain.incoming import Place
from caseworker_app.domain.incoming_records import IncomingRecord, IncomingRecords
from caseworker_app.domain.permissions import Person
from caseworker_app.services import commands as do
from caseworker_app.services.gate import NOT_OWN
from caseworker_app.services.session import Session
from tests.support.commands import add_caseworker
from tests.support.sessions import add_child, done, incoming, incoming_case

WHO = "R. Haque"


def _caseworker(session: Session) -> Session:
    person = Person(WHO, frozenset({"caseworker"}))
    return Session(session.store, session.offered, session.clock, person)


def _rows(kind: str, *values: dict[str, object], upn: str = "") -> IncomingRecords:
    records = tuple(
        IncomingRecord(Place("n.csv", "", row), one, {}, upn=upn)
        for row, one in enumerate(values, 2)
    )
    return IncomingRecords(kind, ("n.csv",), len(records), records)


def test_a_row_of_a_day_changes_what_that_day_says_and_makes_nothing_twice(
    file_session: Session,
) -> None:
    session, upn = file_session, "A123456789012"
    child = add_child(session, upn=upn)
    first = {"type": "ASD", "rank": "1"}
    second = {"type": "SEMH", "rank": "1", "since": date(2026, 9, 1)}
    came = session.bring_in(_rows("need", first, second, upn=upn))
    assert (came.made, came.parked) == (2, ())
    came = session.bring_in(_rows("need", {**second, "type": "SLCN"}, first, upn=upn))
    assert (came.made, came.changed, came.unchanged) == (0, 1, 1)
    file = session.case(child)
    assert [file.on(day).child.need for day in (date(2026, 8, 31), date(2026, 9, 1))] == [
        "ASD",
        "SLCN",
    ]
    assert session.check() == ()


def test_rows_dated_by_events_find_them_again(file_session: Session) -> None:
    session, upn = file_session, "A123456789012"
    child = add_child(session, upn=upn)
    version = {"number": 1, "kind": "draft", "fact_id": date(2026, 10, 1)}
    came = session.bring_in(_rows("plan_version", version, upn=upn))
    assert (came.made, came.parked) == (1, ())
    assert [one.kind for one in session.case(child).facts] == ["draft_served"]
    came = session.bring_in(_rows("plan_version", version, upn=upn))
    assert (came.made, came.changed, came.unchanged) == (0, 0, 1)
    later = session.bring_in(_rows("plan_version", {**version, "template": "V3"}, upn=upn))
    assert (later.made, later.changed) == (0, 1)
    assert len(session.case(child).facts) == 1
    assert session.check() == ()


def test_rows_of_others_cases_are_parked_for_who_may_bring_in_their_own(
    file_session: Session,
) -> None:
    session = file_session
    done(session, add_caseworker(WHO))
    worker = session.caseworkers()[0].id
    own = add_child(session, upn="A000000000001")
    version = session.case(own).child.version
    done(session, do.ChangeChild(own, version, {"caseworker_id": worker}))
    add_child(session, "Evans", upn="A000000000002")
    theirs = _caseworker(session)

    note = {"on": date(2026, 11, 2), "kind": "call", "words": "rang"}
    mine = theirs.bring_in(_rows("note", note, upn="A000000000001"))
    others = theirs.bring_in(_rows("note", note, upn="A000000000002"))
    assert (mine.made, others.made, [row.why for row in others.parked]) == (1, 0, [NOT_OWN])
    with pytest.raises(Refused):
        theirs.bring_in(_rows("team", {"name": "North"}))


def test_a_tracker_brings_a_caseworker_their_own_cases_and_parks_the_rest(
    file_session: Session,
) -> None:
    session = file_session
    session.apply_import(incoming(incoming_case(2), incoming_case(3, caseworker="B. Other")))
    theirs = _caseworker(session)
    came = theirs.apply_import(
        incoming(
            incoming_case(2, comment="seen"),
            incoming_case(3, caseworker="B. Other", comment="seen"),
            incoming_case(4),
            incoming_case(5, caseworker="B. Other"),
        )
    )
    assert (came.cases_updated, came.cases_created) == (1, 1)
    assert [(row.place.row, row.why) for row in came.parked] == [(3, NOT_OWN), (5, NOT_OWN)]
    done(theirs, do.Undo(came.undo, sure=True))
    assert len(session.cases()) == 2
