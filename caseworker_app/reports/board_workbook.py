"""Write the board return as one workbook, whole or not at all."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.writer.excel import ExcelWriter

from caseworker_app import files, scratch
from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.errors import Refused, Unavailable
from caseworker_app.domain.measures.board import BoardReturn
from caseworker_app.reports import figure_pages, list_pages
from caseworker_app.reports.blocks import write_blocks
from caseworker_app.reports.cover import MARKING, write_cover
from caseworker_app.reports.looks import clean, new_workbook
from caseworker_app.reports.pages import Blocks, Page
from caseworker_app.reports.sheet import Tick, write_page

Progress = Callable[[int, int, str], None]
"""Called with (done, total, a few words). It raises `Cancelled` to stop the work."""

_WORDS = "Writing the workbook"
_FOOTER_LETTERS = 60
"""Excel allows 255 characters for a whole footer, an ampersand taking two."""


def write(board: BoardReturn, target: Path, progress: Progress | None = None) -> None:
    """Write the workbook beside its place and put it there when it is whole.

    Raises:
        Refused: the target is a folder, stands in no folder, or does not end in .xlsx.
        Unavailable: it cannot be written; what stood there before stands there still.
        Cancelled: `progress` raised it; nothing is left behind.
    """
    _check(target)
    pages = tuple(_pages(board))
    try:
        with files.replacing(target) as part, scratch.temporary_files():
            _write(board, pages, part, _counter(pages, progress))
    except PermissionError as error:
        raise Unavailable(
            f"{target.name} cannot be written; it may be open in another program."
        ) from error
    except OSError as error:
        raise Unavailable(files.in_words(error, target.name)) from error


def _check(target: Path) -> None:
    if target.is_dir():
        raise Refused(f"{target} is a folder; give the name of a workbook.", "out")
    if target.suffix.lower() != ".xlsx":
        raise Refused(f"{target.name} does not end in .xlsx.", "out")
    if not target.parent.is_dir():
        raise Refused(f"There is no folder {target.parent}.", "out")


def _pages(board: BoardReturn) -> Iterator[Page | Blocks]:
    yield figure_pages.measures_page(board)
    yield figure_pages.reviews_page(board)
    yield figure_pages.assessments_page(board)
    yield figure_pages.transfers_page(board)
    yield figure_pages.caseload_page(board)
    yield figure_pages.counted_page(board)
    yield list_pages.overdue_page(board)
    yield list_pages.mend_page(board)
    yield list_pages.definitions_page(board)
    yield from list_pages.case_pages(board)


def _counter(pages: tuple[Page | Blocks, ...], progress: Progress | None) -> Tick:
    """Rows written so far, told to whoever watches."""
    total = sum(page.size for page in pages)
    done = 0

    def tick(rows: int) -> None:
        nonlocal done
        done += rows
        if progress is not None:
            progress(done, total, _WORDS)

    return tick


def _write(board: BoardReturn, pages: tuple[Page | Blocks, ...], part: Path, tick: Tick) -> None:
    workbook = new_workbook()
    workbook.properties.title = "SEND board return"
    workbook.properties.creator = "Caseworker"
    workbook.properties.created = board.made_at.replace(tzinfo=None, microsecond=0)
    workbook.properties.modified = workbook.properties.created
    footer = _footer(board)
    try:
        write_cover(workbook, board, pages, footer)
        for page in pages:
            if isinstance(page, Blocks):
                write_blocks(workbook, page, footer, tick)
            else:
                write_page(workbook, page, footer, tick)
        # Not by openpyxl's own saving, whose archive is left to a destructor when it fails.
        with ZipFile(part, "w", ZIP_DEFLATED) as archive:
            ExcelWriter(workbook, archive).save()
    except BaseException:
        discard(workbook)
        raise


def discard(workbook: Workbook) -> None:
    """Close the files that openpyxl keeps its sheets in while it writes.

    Left to its destructors, they would tell of a full disk on standard error. They stand in a
    folder that goes with them.
    """
    for sheet in workbook.worksheets:
        writer = getattr(sheet, "_writer", None)
        for generator in (getattr(sheet, "_rows", None), getattr(writer, "xf", None)):
            if generator is not None:
                with contextlib.suppress(Exception):
                    generator.close()


def _footer(board: BoardReturn) -> tuple[str, str]:
    council = clean(board.council).strip()[:_FOOTER_LETTERS] or "SEND board return"
    return f"{council}, as at {day_words(board.as_at)}".replace("&", "&&"), MARKING
