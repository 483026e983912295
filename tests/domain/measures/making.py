"""Small caseloads made by hand, with the deadlines the real clock gives them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from caseworker_app import paths
from caseworker_app.domain.calendars import Calendars
from caseworker_app.domain.caseload import CaseFile
from caseworker_app.domain.clock import deadlines
from caseworker_app.domain.facts import Fact, in_order
from caseworker_app.domain.measures.answers import Caseload
from caseworker_app.domain.measures.board import BoardReturn, Line, Period, Result, Table
from caseworker_app.domain.measures.case_view import view
from caseworker_app.domain.measures.catalogue import Measure
from caseworker_app.domain.measures.results import results
from caseworker_app.domain.people import Caseworker, Child, Setting
from caseworker_app.domain.rules import Rulebook
from caseworker_app.reports.catalogue import load_catalogue
from caseworker_app.rulebook import load
from caseworker_app.services.returns import board_return

_CHILD = {field.name for field in fields(Child)}
MADE = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


@cache
def pack() -> tuple[Rulebook, Calendars]:
    """The rule pack that travels with the application."""
    return load(paths.resources())


@cache
def catalogue() -> tuple[Measure, ...]:
    """The measures that travel with the application."""
    return load_catalogue(paths.resources() / "catalogue" / "measures.toml")


def day(text: str) -> date:
    return date.fromisoformat(text)


def fact(kind: str, on: str, **detail: str) -> Fact:
    """A fact; `episode` ties it, anything else is a detail of its kind."""
    episode = detail.pop("episode", None)
    return Fact(kind, day(on), detail, episode)


def case(
    reference: str,
    *facts: Fact,
    setting: Setting | None = None,
    caseworker: str = "Rosa Okafor",
    **given: Any,
) -> CaseFile:
    """A case with the clock's deadlines. `given` are attributes of the child."""
    about = {"born": day("2014-05-05"), "need": "ASD", "upn": f"A{reference}", **given}
    assert about.keys() <= _CHILD, about.keys() - _CHILD
    child = Child(reference, "Surname", "Forename", **about)
    ordered = in_order(facts)
    holder = Caseworker(caseworker) if caseworker else None
    made = deadlines(child, setting, ordered, *pack())
    return CaseFile(child, setting, holder, ordered, made)


def caseload(
    *files: CaseFile, start: str = "2026-09-01", end: str = "2026-11-22", as_at: str = ""
) -> Caseload:
    on = day(as_at or end)
    return Caseload(tuple(view(file, on) for file in files), Period(day(start), day(end)), on)


def measured(*files: CaseFile, **when: str) -> dict[str, Result]:
    """Each measure of the catalogue by its ref."""
    return {result.ref: result for result in results(caseload(*files, **when), catalogue())}


def board(
    files: Iterable[CaseFile],
    *,
    suppress: bool = False,
    start: str = "2026-09-01",
    end: str = "2026-11-22",
    as_at: str = "",
    council: str = "Invented Borough",
) -> BoardReturn:
    return board_return.board(
        files,
        Period(day(start), day(end)),
        day(as_at or end),
        catalogue(),
        council=council,
        made_at=MADE,
        version="Caseworker 1",
        suppress=suppress,
    )


def counts(table: Table) -> dict[str, int | None]:
    """The lines that are not nought, by key."""
    return {line.key: line.count for line in table.lines if line.count != 0}


def line(table: Table, key: str) -> Line:
    return next(one for one in table.lines if one.key == key)


def table(tables: Iterable[Table], key: str) -> Table:
    return next(one for one in tables if one.key == key)
