"""Files to plain rows, in the reading process: what stands in each cell, and nothing made of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

from caseworker_app.domain.incoming import Place
from caseworker_app.domain.incoming_records import Cell, RawRow, RawRows, Unread
from caseworker_app.imports import folders
from caseworker_app.imports.files import opening
from caseworker_app.imports.files import sheets as files
from caseworker_app.services.plain_file import name_of
from caseworker_app.services.progress import Progress

_STRUCK = "the row is struck through"


def read(paths: Sequence[Path], progress: Progress | None = None) -> RawRows:
    """Every filled row of every sheet. Raises `Unreadable`, naming the file."""
    found = folders.files(paths)
    rows: list[RawRow] = []
    notes: list[str] = []
    for at, path in enumerate(found):
        if progress is not None:
            progress(at, len(found), f"Opening {name_of(path)}")
        for sheet in opening.sheets(path):
            rows += _rows(sheet)
            notes += _notes(sheet)
    return RawRows(tuple(name_of(path) for path in found), tuple(rows), tuple(notes))


def _rows(sheet: files.Sheet) -> Iterator[RawRow]:
    for at, row in enumerate(sheet.rows):
        cells = tuple(map(_cell, row))
        if any(cell != "" for cell in cells):
            why = _STRUCK if at in sheet.struck_rows else sheet.unsure_rows.get(at, "")
            yield RawRow(Place(sheet.file, sheet.name, at + 1), cells, why)


def _notes(sheet: files.Sheet) -> Iterator[str]:
    where = f"{sheet.file}, {sheet.name}"
    if sheet.hidden:
        yield f"{where}: the sheet is hidden; its rows are read."
    if sheet.hidden_rows:
        yield f"{where}: {len(sheet.hidden_rows):,} hidden rows are read too."
    for doubt in sheet.doubts:
        row = f", row {doubt.place.row}" if doubt.place.row else ""
        yield f"{where}{row}: {doubt.value or doubt.column}: {doubt.why}."


def _cell(cell: files.Cell) -> Cell:
    if isinstance(cell, files.Shown):
        return Unread(cell.text, cell.why)
    if isinstance(cell, datetime):
        return cell.date()
    return cell if isinstance(cell, date) else files.as_shown(cell)
