"""The DfE's register of schools: by URN, by name where asked, closed ones told."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from caseworker_app.domain.errors import Unreadable
from caseworker_app.domain.schools import Planned, planned
from caseworker_app.services.imports import schools_file
from caseworker_app.services.session import Session
from tests.support.commands import add_setting
from tests.support.sessions import add_child, done

HEAD = (
    '"URN","LA (code)","LA (name)","EstablishmentName","TypeOfEstablishment (name)",'
    '"EstablishmentStatus (name)","OpenDate","CloseDate","PhaseOfEducation (name)",'
    '"StatutoryLowAge","StatutoryHighAge","Postcode","UKPRN","HeadTitle (name)",'
    '"HeadFirstName","HeadLastName"'
)
OURS = '"211","Tower Hamlets"'
ROWS = (
    (
        f'"100001",{OURS},"Mile End Gate","Community school","Open","","","Primary","3","11",'
        '"E1 4NS","10000001","Ms","Zoë","O\'Shea"'
    ),
    (
        f'"100002",{OURS},"Wharf Lane","Community school","Closed","01-09-1990","31-08-2025",'
        '"Secondary","11","16","","","","",""'
    ),
    (
        f'"100003",{OURS},"Bow Bridge School","Community special school","Open","","",'
        '"Not applicable","4","19","","","","",""'
    ),
    (
        '"100004","316","Newham","Mile End Gate","Academy converter","Open","","","Primary","7",'
        '"11","","","","",""'
    ),
    (
        '"100005","316","Newham","Elsewhere","Academy converter","Open","","","Primary","5","7",'
        '"","","","",""'
    ),
)


def _file(folder: Path, *rows: str) -> Path:
    path = folder / "edubasealldata.csv"
    path.write_bytes("\r\n".join((HEAD, *rows, "")).encode("cp1252"))
    return path


def _plan(session: Session, path: Path, *, by_name: bool = False) -> Planned:
    register = schools_file.read_file(path)
    assert register.parked == ()
    return planned(register.schools, session.settings(), "Tower Hamlets", by_name=by_name)


def test_a_register_fills_what_the_list_has_and_adds_the_councils_own(
    file_session: Session, tmp_path: Path
) -> None:
    session, path = file_session, _file(tmp_path, *ROWS)
    assert schools_file.is_one(path)
    done(session, add_setting("Mile End gate"))
    done(session, add_setting("Wharf Lane School", kind="secondary", urn="100002"))
    wharf = next(one.id for one in session.settings() if one.urn)
    add_child(session, setting_id=wharf)

    plan = _plan(session, path)
    assert [(one.name, school.urn) for one, school in plan.by_name] == [("Mile End gate", "100001")]
    assert [one["name"] for one in plan.new] == ["Bow Bridge School"]
    assert plan.left_out == 2
    assert schools_file.said(plan, {"Wharf Lane School": 1})[1:] == [
        "Wharf Lane School is closed on 31 Aug 2025; 1 child still placed there.",
        "Mile End gate: one school has this name, URN 100001, Tower Hamlets.",
        "Wharf Lane School: the register calls it Wharf Lane.",
        "2 schools of other councils, not in your list: not added.",
    ]

    done(session, schools_file.commands(_plan(session, path, by_name=True)))
    found = {one.name: one for one in session.settings()}
    mile = found["Mile End gate"]
    assert (mile.urn, mile.kind, mile.last_year, mile.la_number) == ("100001", "primary", 6, "211")
    assert (mile.head_teacher, mile.postcode) == ("Ms Zoë O'Shea", "E1 4NS")
    bow = found["Bow Bridge School"]
    assert (bow.kind, bow.last_year) == ("special", 14)
    assert found["Wharf Lane School"].closed == date(2025, 8, 31)
    assert session.check() == ()

    again = _plan(session, path)
    assert (again.new, again.changed, again.unchanged) == ((), (), 3)


def test_a_school_of_a_name_that_is_taken_gets_another(
    file_session: Session, tmp_path: Path
) -> None:
    done(file_session, add_setting("Mile End Gate", urn="999999"))
    plan = _plan(file_session, _file(tmp_path, ROWS[0]))
    assert [one["name"] for one in plan.new] == ["Mile End Gate (E1 4NS)"]


def test_rows_that_cannot_be_read_are_told_and_the_rest_comes(tmp_path: Path) -> None:
    odd = ROWS[0].replace("100001", "12")
    dated = ROWS[1].replace("31-08-2025", "31-02-2025")
    register = schools_file.read_file(_file(tmp_path, odd, dated, ROWS[2]))
    assert [one.urn for one in register.schools] == ["100003"]
    assert register.parked == (
        (2, "URN: '12' is not six digits"),
        (3, "CloseDate: '31-02-2025' is not a date"),
    )


def test_another_file_is_refused_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "schools.csv"
    path.write_text("name,urn\nMile End Gate,100001\n")
    assert not schools_file.is_one(path)
    with pytest.raises(Unreadable, match="no register of schools: it has no column URN"):
        schools_file.read_file(path)


def test_a_file_of_more_rows_than_there_are_schools_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "endless.csv"
    path.write_bytes(b"URN,EstablishmentName\n" + b"\n" * 200_000)
    with pytest.raises(Unreadable, match="has more rows than any register of schools"):
        schools_file.read_file(path)


def test_names_are_read_in_utf_8_and_in_windows_1252(tmp_path: Path) -> None:
    for encoding in ("utf-8", "utf-8-sig", "cp1252"):
        path = tmp_path / f"{encoding}.csv"
        path.write_bytes("URN,EstablishmentName\n100001,Zoë Hall\n".encode(encoding))
        (school,) = schools_file.read_file(path).schools
        assert school.name == "Zoë Hall"


@pytest.mark.parametrize(
    ("council", "new"),
    [
        ("London Borough of Tower Hamlets", ["Bow Bridge School", "Mile End Gate"]),
        ("Hamlets", []),
        ("Nowhere Council", []),
    ],
)
def test_every_row_is_accounted_for_whatever_the_council_calls_itself(
    tmp_path: Path, council: str, new: list[str]
) -> None:
    register = schools_file.read_file(_file(tmp_path, *ROWS, ROWS[0]))
    plan = planned(register.schools, (), council)
    assert [one["name"] for one in plan.new] == new
    rows = len(plan.new) + len(plan.changed) + plan.unchanged + len(plan.by_name)
    assert len(register.schools) == rows + plan.left_out + plan.closed_out + plan.further_rows
    said = " ".join(schools_file.said(plan, {}))
    assert ("No council in this file" in said) is (not new)
    assert "1 further row of a school met already" in said


def test_a_row_with_a_lost_letter_is_parked_and_a_pipe_is_no_register(tmp_path: Path) -> None:
    path = tmp_path / "lost.csv"
    path.write_bytes(b"URN,EstablishmentName\n100001,Zo\x81 Hall\n100002,Elm Park\n")
    register = schools_file.read_file(path)
    assert [one.name for one in register.schools] == ["Elm Park"]
    assert register.parked == ((2, "EstablishmentName: a letter of it is lost"),)
    os.mkfifo(tmp_path / "pipe")
    assert not schools_file.is_one(tmp_path / "pipe")
