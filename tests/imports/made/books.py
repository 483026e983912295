"""Small trackers written out by hand, and read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl

from caseworker_app.domain.incoming import Incoming, IncomingCase
from caseworker_app.imports import reading as imports

TODAY = date(2026, 11, 22)

Rows = Sequence[Sequence[Any]]


def write(path: Path, sheets: Mapping[str, Rows]) -> Path:
    """A workbook with these rows from the first row on."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def read(folder: Path, rows: Rows | Mapping[str, Rows], **options: Any) -> Incoming:
    """What is read of a workbook with these rows, or with these sheets."""
    sheets = rows if isinstance(rows, Mapping) else {"Tracker": rows}
    path = write(folder / "tracker.xlsx", sheets)
    return imports.read([path], today=TODAY, **options)


def events(case: IncomingCase) -> list[tuple[str, str, str]]:
    """A child's facts as (kind, ISO day, outcome)."""
    return [(fact.kind, fact.on.isoformat(), fact.text("outcome") or "") for fact in case.facts]


def problems(incoming: Incoming) -> list[tuple[str, int, str, str]]:
    """What could not be read, as (sheet, row, column, value)."""
    return [(one.place.sheet, one.place.row, one.column, one.value) for one in incoming.problems]


def parked(incoming: Incoming) -> list[tuple[str, int, str]]:
    """The rows left out, as (sheet, row, why)."""
    return [(one.place.sheet, one.place.row, one.why) for one in incoming.parked]
