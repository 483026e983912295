"""A record declared in ten lines comes in from files: every row accounted for, nothing twice."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from caseworker_app import bootstrap
from caseworker_app.domain.errors import Refused, Unreadable
from caseworker_app.domain.incoming import Place
from caseworker_app.domain.incoming_records import (
    BroughtIn,
    IncomingRecord,
    IncomingRecords,
    RawRow,
    RawRows,
)
from caseworker_app.domain.kinds import kind_named, kind_of
from caseworker_app.domain.outcome import Failed
from caseworker_app.domain.permissions import Person
from caseworker_app.imports import plain_rows
from caseworker_app.imports.records import understood
from caseworker_app.services import commands as do
from caseworker_app.services.session import Session
from tests.support import toy
from tests.support.commands import add_setting
from tests.support.sessions import add_child, done
from tests.support.stores import TODAY

HEAD = ("UPN", "Surname", "First name", "DOB", "Visited", "Way", "What was said", "Cost", "School")
UPN = "A123456789012"
GRACE = ("", "Okafor", "Grace", date(2014, 3, 3))


@pytest.fixture
def visit(session: Session) -> Iterator[type[Any]]:
    with toy.visits(session.store) as of:  # type: ignore[arg-type]
        yield of


@pytest.fixture
def child(session: Session) -> str:
    return add_child(session, upn=UPN)


def kept(session: Session, of: type[Any]) -> list[Any]:
    with session.store.reading() as reading:
        return list(reading.all_of(kind_of(of)).values())


def sheet(folder: Path, *rows: Sequence[Any], head: Sequence[str] = HEAD) -> Path:
    path = folder / "visits.xlsx"
    book = Workbook()
    book.active.append(["Visits of the autumn"])
    book.active.append(list(head))
    for row in rows:
        book.active.append(list(row))
    book.save(path)
    return path


def brought(session: Session, path: Path, *, dry_run: bool = False) -> BroughtIn:
    # As the reading process does it, which has tests of its own and takes its time to start.
    incoming = understood(plain_rows.read([path]), kind_named("visit"))
    came = session.bring_in(incoming, dry_run=dry_run)
    adds_up(came)
    return came


def adds_up(came: BroughtIn) -> None:
    parts = came.made + came.changed + came.unchanged + came.further + len(came.parked)
    assert came.rows_read == parts


def counts(came: BroughtIn) -> tuple[int, int, int, int, int]:
    return came.made, came.changed, came.unchanged, came.further, len(came.parked)


def test_rows_find_their_child_and_come_in_once(
    session: Session, visit: type[Any], child: str, tmp_path: Path
) -> None:
    done(session, add_setting("Mile End Gate", urn="100001"))
    add_child(session, "Patel")
    rows = (
        (UPN, "", "", "", "5/10/2026", "Home visit", "They were in.", "£1,250.50", "mile end gate"),
        (*GRACE, date(2026, 10, 6), "call", "+1+1", 9, "100001"),
        (*GRACE, date(2026, 10, 6), "Call", "+1+1", "9.00", "Mile End Gate"),
        ("", "Patel", "Grace", "03/03/2014", "7 Oct 2026", "home", "", "", ""),
    )
    path = sheet(tmp_path, *rows)
    tried = brought(session, path, dry_run=True)
    assert kept(session, visit) == []
    assert session.history()[0].what.endswith("Case opened")
    came = brought(session, path)
    assert counts(came) == counts(tried) == (3, 0, 0, 1, 0)
    first, second, third = kept(session, visit)
    assert (first.child_id, first.on, first.way, first.cost) == (
        child,
        date(2026, 10, 5),
        "home",
        125050,
    )
    assert first.setting_id == second.setting_id == session.settings()[0].id
    assert third.child_id != child
    assert counts(brought(session, path)) == (0, 0, 3, 1, 0)
    assert len(kept(session, visit)) == 3
    assert session.check() == ()


def test_a_row_of_the_same_key_changes_what_it_says_and_one_undo_takes_all_back(
    session: Session, visit: type[Any], child: str, tmp_path: Path
) -> None:
    done(session, do.AddRecord("visit", {"child_id": child, "on": TODAY, "way": "home", "cost": 5}))
    many = [(*GRACE, date(2026, 9, day), "call", "", "", "") for day in range(1, 12)]
    came = brought(session, sheet(tmp_path, (*GRACE, TODAY, "home", "Said.", "", ""), *many))
    assert counts(came) == (11, 1, 0, 0, 0)
    changed = next(one for one in kept(session, visit) if one.on == TODAY)
    assert (changed.said, changed.cost, changed.version) == ("Said.", 5, 2)
    asked = session.submit(do.Undo())
    assert isinstance(asked, Failed)
    assert (asked.why, asked.touched) == ("unsure", 12)
    done(session, do.Undo(came.undo, sure=True))
    (back,) = kept(session, visit)
    assert (back.said, back.cost) == ("", 5)
    done(session, do.Redo(came.undo, sure=True))
    assert len(kept(session, visit)) == 12
    assert session.check() == ()


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (("", "Nobody", "At", "1/1/2015", TODAY, "call"), "there is no such child in the store"),
        (("", "Okafor", "Grace", "", TODAY, "call"), "it does not say whose it is"),
        (("", "Okafor", "Grace", "4/3/2014", TODAY, "call"), "nobody is taken on a guess"),
        (("B123456789012", "", "", "", TODAY, "call"), "there is no such child"),
        ((UPN, "Patel", "", "", TODAY, "call"), "nobody is taken on a guess"),
        ((*GRACE, "soon", "call"), 'Visited: "soon" is not a date'),
        ((*GRACE, TODAY, "swim"), 'Way: "swim" is none of the choices'),
        ((*GRACE, TODAY, ""), "the way is needed"),
        ((*GRACE, TODAY, "call", "", "lots"), 'Cost: "lots" is not an amount'),
        ((*GRACE, TODAY, "call", "", "-1"), "cost is between"),
        ((*GRACE, TODAY, "call", "", "", "Nowhere"), 'Setting: "Nowhere" is not in the store'),
        ((*GRACE, date(2326, 1, 1), "call"), "the year 2326 cannot be right"),
    ],
)
def test_what_does_not_fit_is_parked_with_its_row(
    session: Session, visit: type[Any], child: str, tmp_path: Path, row: Sequence[Any], why: str
) -> None:
    good = (*GRACE, date(2026, 10, 5), "home", "", "", "")
    came = brought(session, sheet(tmp_path, good, row))
    assert counts(came) == (1, 0, 0, 0, 1)
    assert why in came.parked[0].why
    assert came.parked[0].place == Place("visits.xlsx", "Sheet", 4)
    assert [one.child_id for one in kept(session, visit)] == [child]


def test_a_file_that_is_no_list_of_them_is_refused_by_name(
    session: Session, visit: type[Any], tmp_path: Path
) -> None:
    path = tmp_path / "other.csv"
    path.write_text("Name,Born\nGrace Okafor,3/3/2014\n", encoding="utf-8")
    with pytest.raises(Unreadable, match=r"^other.csv holds no list of visits: no row of headings"):
        bootstrap.read_records([path], "visit", today=TODAY)
    with pytest.raises(Refused, match="is not a kind of record"):
        bootstrap.read_records([path], "shoe", today=TODAY)
    del session


def test_whoever_may_not_import_or_export_is_refused(
    session: Session, visit: type[Any], child: str, tmp_path: Path
) -> None:
    path = sheet(tmp_path, (*GRACE, TODAY, "call", "", "", ""))
    incoming = bootstrap.read_records([path], "visit", today=TODAY)
    done(session, do.AddRecord("visit", {"child_id": child, "on": TODAY, "way": "home"}))
    for role, imports, exports in (
        ("caseworker", True, False),
        ("quality", False, False),
        ("administrator", False, False),
        ("reader", False, True),
        ("data", True, True),
    ):
        person = Person("Ann Lee", frozenset({role}))
        somebody = Session(session.store, session.rules, session.clock, person)
        for call, may in (
            (lambda who=somebody: who.bring_in(incoming), imports),
            (lambda who=somebody: who.export_rows("visit"), exports),
        ):
            if may:
                call()
            else:
                with pytest.raises(Refused):
                    call()


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_a_list_written_out_is_as_shown_and_comes_in_again_unchanged(
    session: Session, visit: type[Any], child: str, tmp_path: Path, ending: str
) -> None:
    for on, said in ((TODAY, "=HYPERLINK(1)"), (date(2026, 10, 5), "Plain, “quoted”\nand long")):
        fields = {"child_id": child, "on": on, "way": "home", "said": said, "cost": 1250}
        done(session, do.AddRecord("visit", fields))
    path = tmp_path / f"out{ending}"
    names = ["on", "way", "cost", "said"]
    assert bootstrap.write_records(session, "visit", path, ids=["2", "1"], columns=names) == 2
    rows = _cells(path)
    assert rows[0] == ["Date", "Way", "Cost", "What was said"]
    assert [row[0] for row in rows[1:]] == ["05/10/2026", "22/11/2026"]
    assert rows[2][1:3] == ["Home visit", "12.50"]
    assert rows[2][3] == ("=HYPERLINK(1)" if ending == ".xlsx" else "'=HYPERLINK(1)")
    with pytest.raises(Refused, match=r"does not end in \.xlsx or \.csv"):
        bootstrap.write_records(session, "visit", tmp_path / "out.doc")


def _cells(path: Path) -> list[list[str]]:
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            return [list(row) for row in csv.reader(file)]
    sheet = load_workbook(path).active
    found = []
    for row in sheet.iter_rows(min_row=4):
        assert all(cell.data_type != "f" for cell in row)
        texts = []
        for cell in row:
            value = cell.value
            if hasattr(value, "strftime"):
                value = f"{value:%d/%m/%Y}"
            elif isinstance(value, float):
                value = f"{value:.2f}"
            texts.append(str(value))
        found.append(texts)
    return found


CELL = st.one_of(
    st.sampled_from(["", "-", "n/a", "call", "Home visit", "5/10/2026", "31/2/2026", "£9", UPN]),
    st.sampled_from(["Okafor", "Grace", "03/03/2014", "Mile End Gate", "=1+1", "\u2713"]),
    st.text(max_size=12),
    st.dates(date(2010, 1, 1), date(2030, 1, 1)),
)


@settings(max_examples=60)
@given(st.lists(st.lists(CELL, max_size=11), max_size=8), st.permutations(HEAD))
def test_every_drawn_row_below_a_heading_is_a_record_or_parked(
    rows: list[list[Any]], head: list[str]
) -> None:
    given = [RawRow(Place("f", "s", 1), tuple(head))]
    given += [RawRow(Place("f", "s", at), tuple(row)) for at, row in enumerate(rows, 2)]
    with toy.only_declared() as kind:
        found = understood(RawRows(("f",), tuple(given)), kind)
    told = [one.place.row for one in (*found.records, *found.parked)]
    assert len(told) == len(set(told)) == found.rows_read
    quiet = {"", "-", "n/a"}
    for at, row in enumerate(rows, 2):
        loud = [cell for cell in row if not isinstance(cell, str) or cell.strip()]
        if any(isinstance(cell, date) or cell in ("call", UPN, "=1+1") for cell in loud):
            assert at in told
        if all(isinstance(cell, str) and cell in quiet for cell in row):
            assert at not in told


def test_plain_rows_keep_where_they_stand_and_what_has_no_value(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text("a,b\n\n#N/A,3\n", encoding="utf-8")
    raw = plain_rows.read([path])
    assert [row.place.row for row in raw.rows] == [1, 3]
    reading: Callable[[Any], bool] = lambda cell: cell in ("a", "b", "#N/A", "3")  # noqa: E731
    assert all(reading(cell) for row in raw.rows for cell in row.cells)


@pytest.mark.parametrize("seed", range(3))
def test_drawn_rows_add_up_and_the_same_rows_again_change_nothing(
    session: Session, visit: type[Any], child: str, seed: int
) -> None:
    draw = Random(seed)
    add_child(session, "Patel")
    who = [
        {"surname": "Okafor", "forename": "Grace", "born": date(2014, 3, 3)},
        {"surname": "OKAFOR", "forename": "grace", "born": date(2014, 3, 3), "upn": UPN},
        {"surname": "Patel", "forename": "Grace", "born": date(2014, 3, 3)},
        {"surname": "Patel", "forename": "Gracie", "born": date(2014, 3, 4)},
        {"upn": UPN},
        {"upn": "B123456789012"},
        {},
    ]
    rows = []
    for at in range(2, 62):
        values: dict[str, Any] = {"on": date(2026, 10, draw.randint(1, 9))}
        values["way"] = draw.choice(["call", "home"])
        for name, some in (("cost", [1, 2, -1]), ("said", ["x", "X", "y"]), ("rooms", [1, 99])):
            if draw.random() < 0.3:
                values[name] = draw.choice(some)
        rows.append(IncomingRecord(Place("f", "s", at), values, **draw.choice(who)))
    incoming = IncomingRecords("visit", ("f",), len(rows), tuple(rows))
    tried, came = session.bring_in(incoming, dry_run=True), session.bring_in(incoming)
    again = session.bring_in(incoming)
    for one in (tried, came, again):
        adds_up(one)
    assert counts(tried) == counts(came)
    assert came.made == len(kept(session, visit)) > 0
    assert len(came.parked) > 0
    assert (again.made, again.changed, again.undo) == (0, 0, "")
    assert again.parked == came.parked
    told = [row.place.row for row in came.parked]
    assert len(told) == len(set(told))
    for one in kept(session, visit):
        assert one.child_id == child or session.case(one.child_id).child.surname == "Patel"
    assert session.check() == ()
