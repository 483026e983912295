"""A document as a workbook: a sheet for each of its tables, days as days."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl.writer.excel import ExcelWriter

from caseworker_app import files, scratch
from caseworker_app.domain.errors import Refused, Unavailable
from caseworker_app.domain.paper import PERSONAL, Paper, PaperTable, Part
from caseworker_app.reports.board_workbook import Progress, discard
from caseworker_app.reports.looks import clean, new_workbook
from caseworker_app.reports.pages import Column, Kind, Page, Value
from caseworker_app.reports.sheet import write_page

_WORDS = "Writing the workbook"
_SHEET_LETTERS, _FOOT_LETTERS, _WIDEST = 31, 80, 60
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")


def write(paper: Paper, target: Path, progress: Progress | None = None) -> None:
    """Write a document beside its place and put it there when it is whole.

    Raises:
        Refused: the target is a folder, stands in no folder, or does not end in .xlsx.
        Unavailable: it cannot be written; what stood there before stands there still.
        Cancelled: `progress` raised it; nothing is left behind.
    """
    if target.is_dir():
        raise Refused(f"{target} is a folder; give the name of a workbook.", "out")
    if target.suffix.lower() != ".xlsx":
        raise Refused(f"{target.name} does not end in .xlsx.", "out")
    if not target.parent.is_dir():
        raise Refused(f"There is no folder {target.parent}.", "out")
    try:
        with files.replacing(target) as part, scratch.temporary_files():
            _write(paper, part, progress)
    except PermissionError as error:
        raise Unavailable(
            f"{target.name} cannot be written; it may be open in another program."
        ) from error
    except OSError as error:
        raise Unavailable(files.in_words(error, target.name)) from error


def _write(paper: Paper, part: Path, progress: Progress | None) -> None:
    workbook = new_workbook()
    workbook.properties.title = clean(paper.title)
    workbook.properties.creator = "Caseworker"
    total, done = paper.size, 0

    def tick(rows: int) -> None:
        nonlocal done
        done += rows
        if progress is not None:
            progress(done, total, _WORDS)

    foot = clean(paper.foot)[:_FOOT_LETTERS].replace("&", "&&")
    marked = PERSONAL if paper.personal else ""
    try:
        for page in _pages(paper):
            write_page(workbook, page, (foot, marked), tick)
        # Not by openpyxl's own saving, whose archive is left to a destructor when it fails.
        with ZipFile(part, "w", ZIP_DEFLATED) as archive:
            ExcelWriter(workbook, archive).save()
    except BaseException:
        discard(workbook)
        raise


def _pages(paper: Paper) -> Iterator[Page]:
    """A sheet for each table; lines without one stand in a table of their own."""
    used: set[str] = set()
    for number, part in enumerate(paper.parts, start=1):
        table = part.table
        if table is None:
            table = PaperTable(("",), tuple((line,) for line in part.lines))
        title = part.title or paper.title
        about = " ".join((paper.about, *(part.lines if part.table else ()))).strip()
        heading = title if title == paper.title else f"{paper.title}: {title}"
        columns = tuple(
            Column(words, _kind(table, at), _WIDEST) for at, words in enumerate(table.headings)
        )
        rows = [_padded(row, len(columns)) for row in table.rows]
        yield Page(
            _sheet_name(part, paper, number, used), heading, about, "", columns, rows, table.empty
        )


def _kind(table: PaperTable, at: int) -> Kind:
    """How a column looks, by what stands in it."""
    held = [row[at] for row in table.rows if len(row) > at and row[at] not in (None, "")]
    if held and all(isinstance(one, date) for one in held):
        return "date"
    return "count" if held and all(isinstance(one, int) for one in held) else "text"


def _padded(row: tuple[Value, ...], width: int) -> tuple[Value, ...]:
    return (*row, *[None] * (width - len(row)))


def _sheet_name(part: Part, paper: Paper, number: int, used: set[str]) -> str:
    """A name that Excel takes, and that no other sheet has."""
    plain = _NOT_IN_NAMES.sub(" ", clean(part.title or paper.title))
    words = " ".join(plain.split()).strip("' ") or "Sheet"
    name = words[:_SHEET_LETTERS].rstrip("' ")
    if name.casefold() in used:
        name = f"{words[: _SHEET_LETTERS - 4]} {number}"
    used.add(name.casefold())
    return name
