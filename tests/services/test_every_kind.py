"""What follows from a declaration holds for every kind that is declared, not for the toy alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest
from openpyxl import load_workbook

from caseworker_app import bootstrap
from caseworker_app.domain.declarations import every_kind
from caseworker_app.domain.errors import Refused
from caseworker_app.domain.incoming import Place
from caseworker_app.domain.incoming_records import RawRow
from caseworker_app.domain.kinds import Kind, importable, kind_named
from caseworker_app.domain.outcome import Failed
from caseworker_app.domain.permissions import ROLES, Person, Right
from caseworker_app.imports import plain_rows
from caseworker_app.imports.records import catalogue_of, columns_of, understood
from caseworker_app.services import commands as do
from caseworker_app.services.session import Session
from tests.support.every_kind import Drawing, kinds
from tests.support.sessions import done
from tests.support.stores import TODAY


def kept(session: Session, kind: Kind) -> dict[str, Any]:
    with session.store.reading() as reading:
        return reading.all_of(kind)


def test_each_is_added_taken_back_found_and_known_on_the_evening(session: Session) -> None:
    drawing = Drawing(session, Random(1))
    for at, kind in enumerate(kinds()):
        values = drawing.add(kind, f"Word{at}")
        key = drawing.made[kind.name]
        one = kept(session, kind)[key]
        assert {name: getattr(one, name) for name in values} == values, kind.name
        done(session, do.Undo())
        assert key not in kept(session, kind), kind.name
        done(session, do.Redo())
        back = kept(session, kind)[key]
        assert {name: getattr(back, name) for name in values} == values, kind.name
    assert session.check() == ()
    _known_on_the_evening(session, drawing.child)
    _found_by_its_words(session)
    _forgotten(session, drawing.child)


def _known_on_the_evening(session: Session, child: str) -> None:
    known = session.as_known(TODAY, kinds=kinds())
    [file] = [one for one in known.files if one.child.id == child]
    for kind in kinds():
        there = file.kept if kind.owner else known.beside
        assert [one.id for one in there[kind.name]] == list(kept(session, kind)), kind.name


def _found_by_its_words(session: Session) -> None:
    found = session.sought()
    for at, kind in enumerate(kinds()):
        searched = [one for one in kind.typed_by_hand() if one.search and one.type == "text"]
        if any(not one.pattern for one in searched):
            assert any(f"Word{at} " in one.search for one in found), kind.name


def _forgotten(session: Session, child: str) -> None:
    """Whatever of one child points at what, the child can be disposed of with all of it."""
    with session.store.writing() as unit:
        unit.forget_children([child], "2026-11-22T12:00:00Z", "A. Officer")
    owned = [kind for kind in kinds() if kind.owner]
    assert not any(
        getattr(one, kind.owner) == child for kind in owned for one in kept(session, kind).values()
    )
    assert session.check() == ()


def test_each_that_is_written_out_comes_in_again_and_is_taken_out_by_whom_the_table_says(
    file_session: Session, tmp_path: Path
) -> None:
    session = file_session
    drawing = Drawing(session, Random(3))
    for at, kind in enumerate(kinds()):
        drawing.add(kind, f"Word{at}")
    for kind in kinds():
        _comes_in_again(session, kind, tmp_path)
    for role in ROLES:
        for kind in kinds():
            _taken_out(session, kind, drawing.made[kind.name], role)


def _comes_in_again(session: Session, kind: Kind, folder: Path) -> None:
    """As councils keep such lists, with a title above and headings in capitals."""
    out = folder / f"{kind.name}.xlsx"
    if not session.person.may(kind.area, Right.EXPORT):
        with pytest.raises(Refused, match="to export is not for"):
            bootstrap.application().write_records(session, kind.name, out)
        return
    count = bootstrap.application().write_records(session, kind.name, out)
    before = kept(session, kind)
    assert count == len(before), kind.name
    book = load_workbook(out)
    for cell in next(book.active.iter_rows(max_row=1)):
        cell.value = str(cell.value).upper()
    book.active.insert_rows(1)
    book.active["A1"] = "List of the autumn"
    book.save(out)
    # As the reading process does it, which has tests of its own and takes its time to start.
    incoming = understood(plain_rows.read([out]), kind)
    for told in incoming.records:
        # Nothing that was written is passed over: a row without a value would change none.
        said = {*told.values, *told.links}
        assert any(said >= _said(kind, one) for one in before.values()), (kind.name, said)
    came = session.bring_in(incoming)
    counts = came.rows_read, came.made, came.changed, len(came.parked)
    assert counts == (count, 0, 0, 0), (kind.name, came.parked)
    assert kept(session, kind) == before, kind.name


def _said(kind: Kind, one: Any) -> set[str]:
    """The fields of a record that say something and that a file can bring."""
    return {spec.name for spec in importable(kind) if getattr(one, spec.name) != spec.blank}


@pytest.mark.parametrize("spelt", [str, str.upper, str.lower])
def test_each_heading_that_is_written_out_is_known_again(spelt: Callable[[str], str]) -> None:
    for kind in every_kind():
        specs, place = importable(kind), Place("list.csv", "list")
        heads = [RawRow(place, (spelt(one.label),)) for one in specs]
        known = [columns_of(row, catalogue_of(kind)).get(0) for row in heads]
        assert known == [one.name for one in specs], kind.name


def _taken_out(session: Session, kind: Kind, key: str, role: str) -> None:
    person = Person("Somebody", frozenset((role,)))
    somebody = Session(session.store, session.offered, session.clock, person)
    # Of a version that never was: who may take it out is told so, and nothing changes.
    outcome = somebody.submit(do.RemoveRecord(kind.name, key, 99, "tried"))
    assert isinstance(outcome, Failed)
    barred = "is not for the role of" in outcome.sentence
    assert barred is not person.may(kind.area, Right.REMOVE), (role, kind.name, outcome)


def test_kinds_that_are_drawn_are_nearly_all() -> None:
    assert {"outcome", "plan_audit", "feedback", "hand_value"} <= {one.name for one in kinds()}
    assert kind_named("child") not in kinds()
