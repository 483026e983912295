"""The list of young people as the store gives it, on both databases."""

from __future__ import annotations

from datetime import date

import pytest

from caseworker_app.domain.adulthood import AdultRow
from caseworker_app.domain.declarations.growing_up import ADULT_AREAS
from caseworker_app.services import commands as do
from caseworker_app.services.cases import adulthood
from caseworker_app.services.cases.adulthood import (
    AS_FITS,
    LAST,
    every_year,
    to_write,
    young_people,
)
from caseworker_app.services.session import Session
from tests.support.sessions import add_child, done, incoming, incoming_case, record

AREAS = dict.fromkeys(ADULT_AREAS, True)


def young(session: Session, surname: str, born: date, **more: object) -> str:
    child_id = add_child(session, surname, born=born, **more)
    record(session, child_id, "plan_sent", date(2022, 1, 10))
    return child_id


def add(session: Session, name: str, child_id: str, **fields: object) -> None:
    done(session, do.AddRecord(name, {"child_id": child_id, **fields}))


def rows(session: Session, year: int | None = None) -> dict[str, AdultRow]:
    return {row.surname: row for row in young_people(session, None, year).rows}


def test_everybody_from_year_9_with_a_live_plan_is_listed(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    young(session, "Nine", date(2013, 3, 3))
    young(session, "Ten", date(2012, 3, 3))
    young(session, "Eight", date(2013, 9, 1))
    young(session, "Ahead", date(2013, 9, 1), actual_year=9)
    young(session, "Adult", date(2003, 3, 3))
    add_child(session, "Planless", born=date(2012, 3, 3))
    ended = young(session, "Ended", date(2008, 3, 3))
    record(session, ended, "plan_ceased", date(2026, 9, 1))
    session.apply_import(incoming(incoming_case(5, born=None, upn="")))
    assert list(rows(session)) == ["Ahead", "Nine", "Ten", "Adult"]
    assert set(rows(session, 9)) == {"Ahead", "Nine"}
    assert set(rows(session, LAST)) == {"Adult"}
    assert [name for _, name in young_people(session).untold] == ["Okafor-f, Grace"]
    # Of more than a list takes at once it is read a year at a time, and comes to the same.
    monkeypatch.setattr(adulthood, "AT_ONCE", 0)
    found = every_year(session)
    assert (len(found.rows), found.year, found.rest[0]) == (2, None, 10)
    for year in found.rest:
        found = found.with_year(young_people(session, None, year))
    assert found.rest == ()
    monkeypatch.undo()
    assert (found.rows, found.untold) == (young_people(session).rows, young_people(session).untold)
    assert every_year(session).rows == found.rows


def test_a_row_holds_what_is_recorded_of_the_last_review_and_the_latest_of_the_rest(
    session: Session,
) -> None:
    child_id = young(session, "Okafor", date(2008, 3, 3))
    record(session, child_id, "review_meeting_held", date(2025, 10, 1))
    record(session, child_id, "review_meeting_held", date(2026, 10, 1))
    add(session, "adulthood", child_id, review_id=date(2025, 10, 1), **AREAS)
    assert rows(session)["Okafor"].areas.words == "not recorded"
    begins = to_write(session, "adulthood", child_id)
    assert begins.record is None
    add(session, "adulthood", child_id, review_id=begins.begin.review_id, health=True)
    assert rows(session)["Okafor"].areas.words == "1 of 4"
    changed = to_write(session, "adulthood", child_id).record
    assert changed.review_id == begins.begin.review_id
    for decided, needed in ((date(2026, 5, 1), "yes"), (date(2026, 1, 1), "no")):
        add(session, "adult_transition", child_id, needed=needed, decided_on=decided)
    assert to_write(session, "adult_transition", child_id).record.needed == "yes"
    add(session, "pathway", child_id, kind="fe", state="started", since=date(2024, 9, 2))
    add(session, "capacity", child_id, on=date(2026, 3, 1), about="Money", result="has")
    row = rows(session)["Okafor"]
    assert row.transition.words == "18, and no plan"
    assert (row.pathway, row.at_16) == ("fe", "Further education college")
    assert row.capacity.words == "has capacity"
    assert to_write(session, "pathway", child_id).record.kind == "fe"
    assert to_write(session, "capacity", child_id).record is None
    assert young_people(session, [child_id]).rows == (row,)
    assert young_people(session, [child_id], 9).rows == ()


def test_of_a_large_council_one_year_is_listed_at_a_time(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    young(session, "Nine", date(2013, 3, 3))
    young(session, "Ten", date(2012, 3, 3))
    assert young_people(session, None, AS_FITS).year is None
    monkeypatch.setattr(adulthood, "AT_ONCE", 1)
    found = young_people(session, None, AS_FITS)
    assert (found.year, [row.surname for row in found.rows]) == (9, ["Nine"])
    assert list(rows(session)) == ["Nine", "Ten"]
