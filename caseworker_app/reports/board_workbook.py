"""Write the board return as one workbook, whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.measures.board import BoardReturn
from caseworker_app.reports import figure_pages, list_pages
from caseworker_app.reports import target as target_file
from caseworker_app.reports.blocks import write_blocks
from caseworker_app.reports.cover import marking, write_cover
from caseworker_app.reports.looks import clean, new_workbook
from caseworker_app.reports.pages import Blocks, Page
from caseworker_app.reports.sheet import Tick, write_page
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
    yield figure_pages.measures_page(board)
    yield figure_pages.reviews_page(board)
    yield figure_pages.assessments_page(board)
    yield figure_pages.transfers_page(board)
    yield figure_pages.caseload_page(board)
    yield figure_pages.counted_page(board)
    # Whoever counts the rows of a list knows a small number, so lists are the team's own.
    if not board.suppressed:
        yield list_pages.overdue_page(board)
        yield list_pages.mend_page(board)
    yield list_pages.definitions_page(board)
    if not board.suppressed:
        yield from list_pages.case_pages(board)


def _write(board: BoardReturn, pages: tuple[Page | Blocks, ...], part: Path, tick: Tick) -> None:
    workbook = new_workbook()
    workbook.properties.title = "SEND board return"
    workbook.properties.creator = "Caseworker"
    workbook.properties.created = board.made_at.replace(tzinfo=None, microsecond=0)
    workbook.properties.modified = workbook.properties.created
    footer = _footer(board)
    with target_file.saved(workbook, part):
        write_cover(workbook, board, pages, footer)
        for page in pages:
            if isinstance(page, Blocks):
                write_blocks(workbook, page, footer, tick)
            else:
                write_page(workbook, page, footer, tick)


def _footer(board: BoardReturn) -> tuple[str, str]:
    council = clean(board.council).strip()[:_FOOTER_LETTERS] or "SEND board return"
    return f"{council}, as at {day_words(board.as_at)}".replace("&", "&&"), marking(board)
