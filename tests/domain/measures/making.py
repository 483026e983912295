"""Small caseloads made by hand, with the deadlines the real clock gives them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import UTC, date, datetime
from functools import cache, partial
from typing import Any

from caseworker_app import paths
from caseworker_app.domain.calendars import Calendars
from caseworker_app.domain.caseload import CaseFile
from caseworker_app.domain.clock import deadlines
from caseworker_app.domain.declarations.measure_dates import BacklogDate
from caseworker_app.domain.facts import Fact, in_order
from caseworker_app.domain.kinds import kind_of
from caseworker_app.domain.measures.audience import Audience
from caseworker_app.domain.measures.board import BoardReturn, Line, Period, Result, Table
from caseworker_app.domain.measures.case_view import view
from caseworker_app.domain.measures.catalogue import Measure
from caseworker_app.domain.measures.counting import Caseload
from caseworker_app.domain.measures.editions import Edition
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
    kept: Iterable[Any] = (),
    **given: Any,
) -> CaseFile:
    """A case with the clock's deadlines. `given` are attributes of the child, `kept` records."""
    about = {"born": day("2014-05-05"), "need": "ASD", "upn": f"A{reference}", **given}
    assert about.keys() <= _CHILD, about.keys() - _CHILD
    child = Child(reference, "Surname", "Forename", **about)
    ordered = in_order(facts)
    holder = Caseworker(caseworker) if caseworker else None
    made = deadlines(child, setting, ordered, *pack())
    return CaseFile(child, setting, holder, ordered, made, kept=by_kind(kept))


def by_kind(records: Iterable[Any]) -> dict[str, tuple[Any, ...]]:
    """Records by the name of their kind."""
    found: dict[str, list[Any]] = {}
    for one in records:
        found.setdefault(kind_of(one).name, []).append(one)
    return {name: tuple(some) for name, some in found.items()}


def caseload(
    *files: CaseFile,
    start: str = "2026-09-01",
    end: str = "2026-11-22",
    as_at: str = "",
    beside: Iterable[Any] = (),
    backlog_on: str = "",
) -> Caseload:
    on = day(as_at or end)
    views = tuple(view(file, on) for file in files)
    if backlog_on:
        beside = (*beside, BacklogDate(id="1", on=day(backlog_on), decided_by="The Board"))
    return Caseload(views, Period(day(start), day(end)), on, by_kind(beside))


def measured(*files: CaseFile, beside: Iterable[Any] = (), **when: str) -> dict[str, Result]:
    """Each measure of the catalogue by its ref."""
    counted = results(caseload(*files, beside=beside, **when), catalogue())
    return {result.ref: result for result in counted}


def board(
    files: Iterable[CaseFile],
    *,
    suppress: bool = False,
    start: str = "2026-09-01",
    end: str = "2026-11-22",
    as_at: str = "",
    council: str = "Invented Borough",
    before: bool = False,
    audience: Audience = Audience.TEAM,
    commentary: Mapping[str, str] | None = None,
    earlier: Sequence[Edition] = (),
    keep: Callable[[Edition], None] | None = None,
    answered: frozenset[str] = frozenset(),
) -> BoardReturn:
    """A return; with `before` the period before it is counted too."""
    files = tuple(files)
    return board_return.board(
        files,
        Period(day(start), day(end)),
        day(as_at or end),
        catalogue(),
        council=council,
        made_at=MADE,
        version="Caseworker 1",
        audience=Audience.BOARD if suppress else audience,
        before=board_return.Before(files) if before else None,
        commentary=commentary,
        earlier=earlier,
        answered=answered,
        keep=None if keep is None else partial(_each, keep),
    )


def _each(keep: Callable[[Edition], None], _: BoardReturn, editions: Iterable[Edition]) -> None:
    for one in editions:
        keep(one)


def counts(table: Table) -> dict[str, int | None]:
    """The lines that are not zero, by key."""
    return {line.key: line.count for line in table.lines if line.count != 0}


def line(table: Table, key: str) -> Line:
    return next(one for one in table.lines if one.key == key)


def table(tables: Iterable[Table], key: str) -> Table:
    return next(one for one in tables if one.key == key)
