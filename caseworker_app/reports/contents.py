"""The contents: whose figures, for when, as at, what is hidden, what stands where, who made it."""

from __future__ import annotations

from collections.abc import Iterable

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment
from openpyxl.worksheet.hyperlink import Hyperlink

from caseworker_app.domain.day_words import moment_words
from caseworker_app.domain.measures.audience import Audience
from caseworker_app.domain.measures.board import BoardReturn
from caseworker_app.reports.heights import lines, set_height
from caseworker_app.reports.looks import (
    DATE_FORMAT,
    LINK,
    clean,
    font,
    heading_cell,
    plain_cell,
    quiet_cell,
    small_cell,
    title_cell,
)
from caseworker_app.reports.pages import HIDDEN, Blocks, Page, Sheet, Value
from caseworker_app.reports.sheet import set_up_print

NAME = "Contents"
_WIDE = 92
_FACTS_FROM = 4
_WITHIN, _BEYOND = "OFFICIAL-SENSITIVE: PERSONAL DATA", "OFFICIAL"

_HIDES = (
    "Counts of 1 to 4, and as few others as it takes so that nobody can work them out, are hidden. "
    "No case is listed here; the team's edition lists them."
)
_SHOWS = (
    "No. This is the {}' edition: small numbers are shown, and the sheets of cases give settings "
    "and caseworkers. Not for the Board. Names are in no edition; a reference opens the case in "
    "Caseworker."
)
_TEAMS = _SHOWS.replace("{}'", "team's")
_MANAGERS = _SHOWS.format("managers")


def marking(board: BoardReturn) -> str:
    """How the workbook is marked: with lists of cases it is personal data."""
    return _BEYOND if board.suppressed else _WITHIN


def made_by(board: BoardReturn) -> str:
    """What made the workbook and when, for the small print."""
    return f"Made by {board.version or 'Caseworker'}, {moment_words(board.made_at)}."


def write_contents(
    workbook: Workbook, board: BoardReturn, pages: Iterable[Page | Blocks], footer: tuple[str, str]
) -> None:
    """Add the contents to a write-only workbook, with a link to each page."""
    sheet = workbook.create_sheet(NAME)
    set_up_print(sheet, footer, one_page=True)
    sheet.sheet_view.showGridLines = False
    for letter, width in (("A", 34), ("B", _WIDE), ("C", 12)):
        sheet.column_dimensions[letter].width = width
    set_height(sheet, 1, 2)
    sheet.append([title_cell(sheet, "Contents")])
    sheet.append([quiet_cell(sheet, marking(board))])
    sheet.append([])
    for number, (label, value) in enumerate(_facts(board), start=_FACTS_FROM):
        set_height(sheet, number, lines(str(value), _WIDE), 5.0)
        sheet.append([_label(sheet, label), _value(sheet, value)])
    sheet.append([])
    sheet.append(
        [
            heading_cell(sheet, "Sheet"),
            heading_cell(sheet, "What it holds"),
            heading_cell(sheet, "Rows", "count"),
        ]
    )
    for page in pages:
        rows = _value(sheet, page.size)
        rows.alignment = Alignment(horizontal="right", vertical="top")
        sheet.append([_link(sheet, page.name), _value(sheet, page.holds), rows])
    sheet.append([])
    sheet.append([small_cell(sheet, made_by(board))])


def _facts(board: BoardReturn) -> tuple[tuple[str, Value], ...]:
    trail = (("End of the audit trail", board.trail),) if board.trail else ()
    shows = _MANAGERS if board.audience is Audience.MANAGERS else _TEAMS
    return (
        ("Council", board.council or "Not named"),
        ("Period from", board.period.start),
        ("Period to", board.period.end),
        ("As at", board.as_at),
        ("Live plans on that day", HIDDEN if board.live is None else board.live),
        ("Small numbers hidden", f"Yes. {_HIDES}" if board.suppressed else shows),
        *trail,
    )


def _label(sheet: Sheet, words: str) -> Cell:
    cell = WriteOnlyCell(sheet, words)
    cell.font = font(b=True)
    cell.alignment = Alignment(vertical="top")
    return cell


def _value(sheet: Sheet, value: Value) -> Cell:
    cell = WriteOnlyCell(sheet)
    cell.value = clean(value) if isinstance(value, str) else value
    cell.font = font()
    cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal="left")
    if isinstance(value, str):
        cell.data_type = "s"
    elif isinstance(value, int):
        cell.number_format = "#,##0"
    else:
        cell.number_format = DATE_FORMAT
    return cell


def _link(sheet: Sheet, name: str) -> Cell:
    cell = plain_cell(sheet, name)
    cell.hyperlink = Hyperlink(ref="", location=f"'{name}'!A1", display=name)
    cell.font = font(color=LINK, u="single")
    cell.alignment = Alignment(vertical="top")
    return cell
