"""Answers, the Department's files, SEN2 and the inspection list are kept and counted again."""

from __future__ import annotations

import base64
import json
import lzma
import zlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from caseworker_app import bootstrap
from caseworker_app.domain.declarations.return_runs import ReturnRun
from caseworker_app.domain.errors import Refused
from caseworker_app.services import commands as do
from caseworker_app.services.clock import FixedClock, stamp
from caseworker_app.services.returns import sen2_return
from caseworker_app.services.returns.differing import again_rows, compared_rows
from caseworker_app.services.returns.other_runs import AgainOther, ComparedOther
from caseworker_app.services.returns.runs import runs
from caseworker_app.services.returns.sen2_layouts import layout
from caseworker_app.services.session import Session
from tests.support.sessions import add_child, done, record

YEAR = 2027
SINCE, UNTIL = date(2026, 1, 1), date(2026, 12, 31)


@pytest.fixture
def children(file_session: Session) -> list[str]:
    """Nine children with a plan of this year and a request before it."""
    made = [add_child(file_session, f"Okafor{at}", reference=f"R{at}") for at in range(9)]
    for at, child in enumerate(made):
        record(file_session, child, "request_received", date(2026, 2, 1 + at), source="parent")
        record(file_session, child, "plan_sent", date(2026, 6, 1 + at))
    sen2_return.confirm(file_session, YEAR, dict.fromkeys(layout(YEAR).unverified, ""))
    return made


def answer(session: Session, target: Path) -> None:
    bootstrap.answer(session, "plans-begun-and-ceased", SINCE, UNTIL, target=target)


def department(session: Session, target: Path) -> None:
    bootstrap.department(session, 2026, target=target)


def department_of_the_team(session: Session, target: Path) -> None:
    bootstrap.department(session, 2026, target=target, unsuppressed=True)


def sen2(session: Session, target: Path) -> None:
    bootstrap.write_sen2(session, bootstrap.sen2(session, YEAR), target)


def inspection(session: Session, target: Path) -> None:
    bootstrap.write_inspection(session, bootstrap.inspection_list(session), target)


EVERY = (answer, department, department_of_the_team, sen2, inspection)
Write = Callable[[Session, Path], None]


def cells(path: Path) -> list[list[object]]:
    book = load_workbook(path)
    return [[cell.value for row in sheet.iter_rows() for cell in row] for sheet in book.worksheets]


def again(session: Session, run: ReturnRun) -> AgainOther:
    found = bootstrap.run_again(session, run.id)
    assert isinstance(found, AgainOther)
    return found


def mended(session: Session, children: list[str]) -> None:
    """What is found out later: another day, another name, a child more."""
    session.clock = FixedClock(date(2026, 12, 10))
    record(session, children[0], "plan_ceased", date(2026, 9, 4), reason="2")
    seen = session.case(children[1]).child.version
    done(session, do.ChangeChild(children[1], seen, {"surname": "Adeyemi", "reference": "NEW"}))
    late = add_child(session, "Mensah", reference="R99")
    record(session, late, "request_received", date(2026, 2, 20), source="parent")
    record(session, late, "plan_sent", date(2026, 6, 20))


@pytest.mark.parametrize("write", EVERY)
def test_a_return_is_counted_again_and_written_as_it_was_after_later_edits(
    file_session: Session, children: list[str], tmp_path: Path, write: Write
) -> None:
    write(file_session, tmp_path / "first.xlsx")
    run = runs(file_session)[0]
    assert not file_session.check()
    with file_session.store.reading() as reading:
        told = zlib.decompress(reading.body(run.figures) or b"")
    parts = json.loads(told).get("parts", ())
    for said in (told, *(lzma.decompress(base64.b85decode(part)) for part in parts)):
        assert b"Okafor" not in said
    mended(file_session, children)
    found = again(file_session, run)
    assert (found.other, found.disposed) == ((), 0)
    assert found.figures
    assert found.figures.get("Children", "9") == "9"
    bootstrap.export_run(file_session, run.id, tmp_path / "again.xlsx")
    assert cells(tmp_path / "again.xlsx") == cells(tmp_path / "first.xlsx")
    compared = bootstrap.compare_runs(file_session, run.id, None)
    assert isinstance(compared, ComparedOther)
    words, rows = compared_rows(compared, {})
    assert rows
    assert "differ" in words
    write(file_session, tmp_path / "second.xlsx")
    other = bootstrap.compare_runs(file_session, run.id, runs(file_session)[0].id)
    assert isinstance(other, ComparedOther)
    assert other.found


@pytest.mark.parametrize("write", EVERY)
def test_who_is_disposed_of_since_is_counted_without_a_name(
    file_session: Session, children: list[str], tmp_path: Path, write: Write
) -> None:
    record(file_session, children[2], "plan_ceased", date(2026, 11, 2), reason="2")
    # Of which the list says "none" of all others.
    excluded = {"child_id": children[3], "since": date(2026, 10, 1), "half_days": 4}
    done(file_session, do.AddRecord("suspension", excluded))
    write(file_session, tmp_path / "first.xlsx")
    run = runs(file_session)[0]
    gone = children[3 if write is inspection else 2]
    with file_session.store.writing() as unit:
        unit.forget_children([gone], stamp(file_session.clock.now()), file_session.who)
    found = again(file_session, run)
    assert (found.other, found.disposed) == ((), 1)
    words, rows = again_rows(found)
    assert words.startswith("1 child is disposed of since and counted without a name.")
    assert rows == []
    if write in (sen2, inspection):
        with pytest.raises(Refused, match="disposed of since stood in it by name"):
            bootstrap.export_run(file_session, run.id, tmp_path / "again.xlsx")
    else:
        bootstrap.export_run(file_session, run.id, tmp_path / "again.xlsx")
        assert cells(tmp_path / "again.xlsx") == cells(tmp_path / "first.xlsx")


def test_returns_of_two_kinds_are_not_compared(
    file_session: Session, children: list[str], tmp_path: Path
) -> None:
    inspection(file_session, tmp_path / "list.xlsx")
    sen2(file_session, tmp_path / "sen2.xlsx")
    second, first = runs(file_session)
    with pytest.raises(Refused, match="of one kind"):
        bootstrap.compare_runs(file_session, first.id, second.id)


def test_a_list_of_a_day_to_come_is_refused(file_session: Session, children: list[str]) -> None:
    with pytest.raises(Refused, match="has not come yet"):
        bootstrap.inspection_list(file_session, date(2027, 1, 1))
