"""The SEN2 return of a store: who may, what is confirmed, what the trail says."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from caseworker_app import bootstrap
from caseworker_app.domain.errors import Refused
from caseworker_app.domain.permissions import ROLES, Person
from caseworker_app.services import commands as do
from caseworker_app.services.returns import inspection, sen2_return
from caseworker_app.services.session import Session
from tests.support.sessions import add_child, done, record

YEAR = 2027


def _as(session: Session, *roles: str) -> Session:
    return Session(session.store, session.offered, session.clock, Person("Ada", frozenset(roles)))


def _words(session: Session) -> list[str]:
    return [row.what for row in session.history(50)]


@pytest.mark.parametrize("role", ROLES)
def test_each_role_reads_and_exports_what_the_table_says(
    session: Session, tmp_path: Path, role: str
) -> None:
    somebody = _as(session, role)
    reads = role in ("senior", "data", "administrator", "reader")
    if not reads:
        with pytest.raises(Refused, match="is not for the role"):
            sen2_return.made(somebody, YEAR, "0")
        with pytest.raises(Refused, match="is not for the role"):
            bootstrap.inspection_list(somebody)
        return
    sen2_return.confirm(_as(session, "administrator"), YEAR, dict.fromkeys(_sets(), ""))
    made = sen2_return.made(somebody, YEAR, "0")
    listed = bootstrap.inspection_list(somebody)
    for write, name in (
        (lambda path: bootstrap.write_sen2(somebody, made, path), "sen2.xlsx"),
        (lambda path: bootstrap.write_inspection(somebody, listed, path), "list.xlsx"),
    ):
        target = tmp_path / name
        if role in ("data", "administrator"):
            write(target)
            assert target.exists()
        else:
            with pytest.raises(Refused, match="is not for the role"):
                write(target)
            assert not target.exists()


def _sets() -> tuple[str, ...]:
    return tuple(sen2_return.layout(YEAR).unverified)


def test_only_an_administrator_confirms_codes_and_it_can_be_taken_back(session: Session) -> None:
    with pytest.raises(Refused, match="is not for the role"):
        sen2_return.confirm(_as(session, "data"), YEAR, {"DP": ""})
    sen2_return.confirm(session, YEAR, {"DP": "education X"}, "guide 1.4")
    readings = sen2_return.open_points(session, YEAR)
    assert readings.letter("DP", "education") == "X"
    assert "DP" not in {one.name for one in readings.waiting}
    sen2_return.confirm(session, YEAR, {"DP": "education E", "CutOff": "survey day"})
    assert sen2_return.open_points(session, YEAR).cut_off == "survey day"
    with pytest.raises(Refused, match="no open point"):
        sen2_return.confirm(session, YEAR, {"XX": ""})
    with pytest.raises(Refused, match="The cut-off is"):
        sen2_return.confirm(session, YEAR, {"CutOff": "tomorrow"})
    done(session, do.Undo())
    assert sen2_return.open_points(session, YEAR).letter("DP", "education") == "X"


def test_a_written_return_leaves_a_note_without_a_name(session: Session, tmp_path: Path) -> None:
    child = add_child(session, upn="M801123400001", sex="F", need="ASD")
    record(session, child, "request_received", date(2026, 9, 1), source="parent")
    sen2_return.confirm(session, YEAR, dict.fromkeys(_sets(), ""))
    made = sen2_return.made(session, YEAR, "0")
    (person,) = made.return_.persons
    assert person.requests[0].text("RequestSource") == "1"
    bootstrap.write_sen2(session, made, tmp_path / "sen2.xml")
    errors = sum(hit.level == "E" for hit in made.hits)
    said = f"SEN2 return 2027 written to a file (xml), 1 children, {errors} errors open"
    assert said in _words(session)
    bootstrap.write_inspection(session, bootstrap.inspection_list(session), tmp_path / "l.xlsx")
    assert any(words.startswith("Inspection list as at") for words in _words(session))


def test_details_of_a_child_and_its_home_go_into_the_return(session: Session) -> None:
    child = add_child(session, upn="M801123400001", sex="F", need="ASD")
    record(session, child, "request_received", date(2026, 9, 1), source="GP")
    before = {hit.rule for hit in sen2_return.made(session, YEAR, "0").hits}
    assert {"P01", "H01", "H02"} <= before
    done(session, do.AddRecord("child_details", {"child_id": child, "ethnicity": "ABAN"}))
    done(session, do.AddRecord("address", {"child_id": child, "postcode": "e1 4ns"}))
    council = {"la_number": "211", "medical_officer": "yes", "clinical_officer": "no"}
    done(session, do.AddRecord("council_details", {**council, "social_care_officer": "recruiting"}))
    made = sen2_return.made(session, YEAR, "0")
    (person,) = made.return_.persons
    assert (person.row.text("Ethnicity"), person.row.text("PostCode")) == ("ABAN", "E1 4NS")
    assert person.requests[0].text("RequestSource") == "3"
    header = made.return_.header
    assert [header.text(name) for name in ("LEA", "DMO", "DCO", "DSCO")] == ["211", "Y", "N", "R"]
    assert made.hits == ()


def test_a_file_that_cannot_be_written_leaves_what_stood_there(
    session: Session, tmp_path: Path
) -> None:
    sen2_return.confirm(session, YEAR, dict.fromkeys(_sets(), ""))
    made = sen2_return.made(session, YEAR, "0")
    for name in ("sen2.pdf", "folder/sen2.xml"):
        with pytest.raises(Refused):
            bootstrap.write_sen2(session, made, tmp_path / name)
    assert list(tmp_path.glob("sen2*")) == []


def test_what_is_made_again_after_a_change_is_what_is_made_anew(session: Session) -> None:
    first = add_child(session, "Okafor", upn="M801123400001", sex="F", need="ASD")
    second = add_child(session, "Patel", upn="M801123400001", sex="M", need="ASD")
    for child in (first, second):
        record(session, child, "request_received", date(2026, 9, 1), source="parent")
    sen2, listed = sen2_return.made(session, YEAR, "0"), inspection.made(session)
    assert "P07" in {hit.rule for hit in sen2.hits}
    record(session, first, "plan_sent", date(2026, 11, 1))
    seen = session.case(second).child.version
    done(session, do.ChangeChild(second, seen, {"upn": "W801200025001"}))
    done(session, do.AddRecord("child_details", {"child_id": first, "ethnicity": "ABAN"}))
    changed = frozenset({first, second})
    again = sen2_return.made_again(session, sen2, changed, "0")
    anew = sen2_return.made(session, YEAR, "0")
    assert again.hits == anew.hits
    assert again.return_ == anew.return_
    assert "P07" not in {hit.rule for hit in again.hits}
    listed = inspection.made_again(session, listed, changed)
    assert listed == inspection.made(session)
    record(session, second, "plan_sent", date(2026, 11, 2))
    listed = inspection.made_again(session, listed, {second})
    excluded = {"child_id": first, "since": date(2026, 11, 3), "half_days": 4}
    done(session, do.AddRecord("suspension", excluded))
    # The first suspension of all says of the other child that they had none.
    assert inspection.made_again(session, listed, {first}) == inspection.made(session)
    done(session, do.AddRecord("council_details", {"la_number": "211"}))
    none = sen2_return.made_again(session, again, frozenset(), "0")
    assert "H01" not in {hit.rule for hit in none.hits}
