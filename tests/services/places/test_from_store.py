"""What a store knows of plans from January to January: by placements, and what was not recorded."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from caseworker_app.domain.errors import Refused
from caseworker_app.domain.permissions import Person
from caseworker_app.domain.place_planning.history import OUT
from caseworker_app.domain.place_planning.kinds_of_place import UNRECORDED, census_day
from caseworker_app.services import commands as do
from caseworker_app.services.places.planning import places
from caseworker_app.services.session import Session
from tests.support.sessions import add_child, done, record


def setting(session: Session, name: str, kind: str) -> str:
    done(session, do.AddRecord("setting", {"name": name, "kind": kind}))
    return next(one.id for one in session.settings() if one.name == name)


def placed(session: Session, child_id: str, setting_id: str, **fields: Any) -> None:
    given = {"child_id": child_id, "rank": "1", "setting_id": setting_id, **fields}
    done(session, do.AddRecord("placement", given))


def test_a_plan_is_followed_from_january_to_january(session: Session) -> None:
    primary = setting(session, "Mill Lane", "primary")
    special = setting(session, "Oak House", "special")
    child = add_child(session, need="ASD")  # Year 7 in January 2026
    record(session, child, "plan_sent", date(2023, 5, 4))
    placed(session, child, primary, until=date(2025, 8, 31))
    placed(session, child, special, since=date(2025, 9, 1), yearly_cost=2_400_000)
    ended = add_child(session, "Ahmed", need="SLCN", setting_id=primary)
    record(session, ended, "plan_sent", date(2022, 5, 4))
    record(session, ended, "plan_ceased", date(2024, 6, 3), reason="2")
    for year, group, people in ((2024, 6, 3000), (2025, 6, 3100)):
        given = {"year": year, "year_group": group, "people": people, "source": "ONS"}
        done(session, do.AddRecord("population", given))
    for kind, year, many in (("special", 2025, 2), ("special", 2026, 0), ("unit", 2025, 12)):
        given = {"setting_id": special, "year": year, "kind": kind, "places": many}
        done(session, do.AddRecord("commissioned", given))

    found = places(session)
    moves = found.history.moves
    assert found.history.starts == 2026
    ours = [one for one in moves if "ASD" in (one.need, one.to_need)]
    assert [(one.setting, one.to_setting, one.to_taught) for one in ours] == [
        *((OUT, "primary", 5), ("primary", "primary", 6)),
        ("primary", "special", 7),
    ]
    assert [one.year for one in moves if one.leaves] == [2024]
    assert found.history.people(2025, 6) == 3100
    assert found.history.costs["ASD", "special"] == 24_000
    assert found.history.words("special") == "Special school"
    by_kind = {one.kind: one for one in found.filled if one.setting == "Oak House"}
    assert by_kind["special"].stands == "1 over"
    assert by_kind["unit"].stands == "no places recorded"
    assert by_kind["unit"].years[-3].over == -12
    assert [one.words for one in by_kind["special"].years][-3:] == ["1 of 2", "1 of 0", ""]


def test_what_is_not_recorded_is_told_and_nothing_stands_in_for_it(session: Session) -> None:
    secondary = setting(session, "Hill School", "secondary")
    child = add_child(session, need="", setting_id=secondary)
    record(session, child, "plan_sent", date(2022, 5, 4))
    begun = add_child(session, "Begum", need="MLD", history_from=date(2025, 6, 1))
    record(session, begun, "plan_sent", date(2025, 7, 4))
    history = places(session).history
    ours = [one for one in history.moves if UNRECORDED in (one.need, one.to_need)]
    # A secondary school does not teach Year 4, so where it was then is not known.
    assert [one.setting for one in ours] == [UNRECORDED, "secondary", "secondary"]
    assert [one.joins for one in history.moves if one.to_need == "MLD"] == [False]
    said = " ".join(history.doubts)
    assert "history begins between two Januaries" in said
    assert "setting of a plan is not recorded" in said


def test_a_store_without_two_januaries_has_no_history(session: Session) -> None:
    found = places(session)
    assert (found.history.moves, found.filled, found.scenarios) == ((), (), ())


def test_who_may_not_see_the_plan_sees_no_places(session: Session) -> None:
    nobody = Session(session.store, session.offered, session.clock, Person("N.", frozenset()))
    with pytest.raises(Refused):
        places(nobody)


def test_the_census_day_is_the_third_thursday_of_january() -> None:
    assert census_day(2026) == date(2026, 1, 15)
    assert census_day(2027) == date(2027, 1, 21)
