"""A return that was submitted, as rows to compare with: exports, workbook or XML.

The files are read in a process of their own, as plain cells; here they are put together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from caseworker_app.domain.errors import Unreadable
from caseworker_app.domain.incoming_records import Cell as PlainCell
from caseworker_app.domain.incoming_records import RawRow, Unread
from caseworker_app.domain.sen2.layout import (
    ACTIVE,
    ASSESSMENT,
    NAMED_PLAN,
    NEED,
    PERSON,
    PLACEMENT,
    PLAN_DETAIL,
    REQUESTS,
)
from caseworker_app.domain.sen2.rows import Row
from caseworker_app.imports.files.sheets import Cell, Sheet, Shown
from caseworker_app.imports.process import parent
from caseworker_app.imports.sen2 import tables
from caseworker_app.imports.sen2.joins import Request, requests_by_person
from caseworker_app.imports.sen2.tables import Record, Tables
from caseworker_app.services.progress import Progress
from caseworker_app.services.returns.sen2_layouts import layout, years
from caseworker_app.services.wording import counted

_TOLD = 5


@dataclass(frozen=True, slots=True)
class Submitted:
    """A return that was submitted.

    Attributes:
        persons: with what hangs on their requests.
        notes: what of it could not be read, and so is compared with nothing; a sentence each.
    """

    persons: tuple[Row, ...]
    notes: tuple[str, ...]


def submitted(path: Path, today: date, progress: Progress | None = None) -> Submitted:
    """Read a submitted return.

    Raises:
        Unreadable: it is no return, or one of the files of an export alone.
    """
    raw = parent.read_rows((path,), today, progress)
    found = tables.read(_sheets(raw.rows))
    if not found.of("person"):
        raise Unreadable(f"{path.name} is no SEN2 return: it names no persons.")
    if not found.of("requests"):
        raise Unreadable(
            f"{path.name} names persons and no requests: of an export, give the folder."
        )
    requests = requests_by_person(found)
    persons = tuple(_person(one, requests) for one in found.of("person"))
    left = [*_slipped(raw.rows), *_unread(found)]
    notes = [f"Not compared: {one}." for one in left[:_TOLD]]
    if more := len(left[_TOLD:]):
        further = counted(more, "further row or cell", "further rows or cells")
        notes.append(f"Not compared: {further}.")
    return Submitted(persons, (*raw.notes, *notes))


def _slipped(rows: Iterable[RawRow]) -> Iterator[str]:
    """The rows of which nothing is taken, and why."""
    for row in rows:
        if row.unsure:
            yield f"{row.place.sheet}, row {row.place.row}, {row.unsure}"


def _unread(found: Tables) -> Iterator[str]:
    """The cells that cannot be read, and the rows that hang on none."""
    for one in found.problems:
        yield f"{one.place.sheet}, row {one.place.row}, {one.column} {one.value}, {one.why}"


def _sheets(rows: Iterable[RawRow]) -> list[Sheet]:
    """The cells as the sheets they came from."""
    by_sheet: dict[tuple[str, str], dict[int, tuple[Cell, ...]]] = defaultdict(dict)
    for row in rows:
        if not row.unsure:  # What may have slipped says nothing sure.
            place = row.place
            by_sheet[place.file, place.sheet][place.row] = tuple(map(_cell, row.cells))
    return [
        Sheet(file, name, [filled.get(at, ()) for at in range(1, max(filled) + 1)])
        for (file, name), filled in by_sheet.items()
    ]


def _cell(cell: PlainCell) -> Cell:
    return Shown(cell.text, cell.why) if isinstance(cell, Unread) else cell


def _person(record: Record, requests: dict[str, list[Request]]) -> Row:
    mine = requests.get(record.text("persontableid"), [])
    return Row(PERSON, _values(record, PERSON), [_request(one) for one in mine])


def _request(request: Request) -> Row:
    def rows(module: str) -> list[Row]:
        return [Row(module, _values(one, module)) for one in request.all(module)]

    plans, active = rows(NAMED_PLAN), rows(ACTIVE)
    for plan in plans[:1]:
        plan.below += rows(PLAN_DETAIL)
    for plan in active[:1]:
        plan.below += [*rows(PLACEMENT), *rows(NEED)]
    assessments = rows(ASSESSMENT)
    for assessment in assessments[:1]:
        assessment.below += plans
    return Row(REQUESTS, _values(request.record, REQUESTS), [*assessments, *active])


def _values(record: Record, module: str) -> dict[str, str]:
    """The items of the module by their XML names, dates as ccyy-mm-dd."""
    found: dict[str, str] = {}
    for item in layout(years()[-1]).module(module).items:
        key = item.name.lower()
        day = record.day(key)
        said = day.isoformat() if day is not None else record.text(key)
        if said:
            found[item.name] = said
    return found
