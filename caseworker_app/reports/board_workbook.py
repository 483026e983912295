"""Write the board return as one workbook, whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from openpyxl import Workbook

from caseworker_app.domain.day_words import day_words, period_words
from caseworker_app.domain.measures.audience import Audience
from caseworker_app.domain.measures.board import BoardReturn
from caseworker_app.domain.measures.first_page import stands
from caseworker_app.reports import figure_pages, list_pages, measure_pages
from caseworker_app.reports import target as target_file
from caseworker_app.reports.beside_page import beside_page
from caseworker_app.reports.blocks import write_blocks
from caseworker_app.reports.contents import NAME, made_by, marking, write_contents
from caseworker_app.reports.looks import clean, new_workbook
from caseworker_app.reports.names import name_measures
from caseworker_app.reports.pages import Blocks, Page
from caseworker_app.reports.sheet import Tick, write_page
from caseworker_app.reports.summary_page import SUMMARY, summary_page
from caseworker_app.reports.target import Progress

_FOOTER_LETTERS = 60
"""Excel allows 255 characters for a whole footer, an ampersand taking two."""


def write(board: BoardReturn, target: Path, progress: Progress | None = None) -> None:
    """Write the workbook beside its place and put it there when it is whole.

    Raises:
        Refused: the target is a folder, stands in no folder, or does not end in .xlsx.
        Unavailable: it cannot be written; what stood there before stands there still.
        Cancelled: `progress` raised it; nothing is left behind.
    """
    target_file.check(target, ".xlsx")
    pages = tuple(_pages(board))
    tick = target_file.counter(sum(page.size for page in pages), progress)
    with target_file.whole(target) as part:
        _write(board, pages, part, tick)


def _pages(board: BoardReturn) -> Iterator[Page | Blocks]:
    """The sheets in their order, the first before the contents."""
    known = stands(board)
    yield summary_page(board, known)
    others = tuple(_other_pages(board))
    taken = {NAME, SUMMARY, *(page.name for page in others)}
    yield measure_pages.exceptions_page(board, known)
    yield measure_pages.measures_page(board, known)
    taken |= {measure_pages.EXCEPTIONS, measure_pages.MEASURES, measure_pages.NOT_RECORDED}
    yield from measure_pages.workstream_pages(board, known, taken)
    yield measure_pages.not_recorded_page(board)
    yield from others


def _other_pages(board: BoardReturn) -> Iterator[Page | Blocks]:
    yield figure_pages.reviews_page(board)
    yield figure_pages.assessments_page(board)
    yield figure_pages.transfers_page(board)
    yield from figure_pages.caseload_pages(board)
    if board.audience is Audience.MANAGERS:
        yield figure_pages.caseworkers_page(board)
    yield figure_pages.counted_page(board)
    if board.beside:
        yield beside_page(board)
    # Whoever counts the rows of a list knows a small number, so lists are the team's own.
    if not board.suppressed:
        yield list_pages.overdue_page(board)
        yield list_pages.mend_page(board)
    yield list_pages.definitions_page(board)
    if not board.suppressed:
        yield from list_pages.case_pages(board)


def _write(board: BoardReturn, pages: tuple[Page | Blocks, ...], part: Path, tick: Tick) -> None:
    workbook = new_workbook()
    _fill_properties(workbook, board)
    footer = _footer(board)
    with target_file.saved(workbook, part):
        for number, page in enumerate(pages):
            if number == 1:
                write_contents(workbook, board, pages, footer)
            if isinstance(page, Blocks):
                write_blocks(workbook, page, footer, tick)
            else:
                write_page(workbook, page, footer, tick)
        name_measures(workbook, board)


def _fill_properties(workbook: Workbook, board: BoardReturn) -> None:
    told = workbook.properties
    told.title = f"SEND board return, {period_words(board.period)}"
    told.subject = f"As at {day_words(board.as_at)}. {board.audience.words}."
    told.creator = clean(board.council).strip() or "Council not named"
    told.lastModifiedBy = "Caseworker"
    told.description = made_by(board)
    told.category = marking(board)
    told.keywords = "SEND, EHC plans, board return"
    told.language = "en-GB"
    told.created = told.modified = board.made_at.replace(tzinfo=None, microsecond=0)


def _footer(board: BoardReturn) -> tuple[str, str]:
    council = clean(board.council).strip()[:_FOOTER_LETTERS] or "SEND board return"
    return f"{council}, as at {day_words(board.as_at)}".replace("&", "&&"), marking(board)
