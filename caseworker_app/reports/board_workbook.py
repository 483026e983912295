"""Write the board return as one workbook, whole or not at all."""

from __future__ import annotations

import contextlib
import io
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from openpyxl import Workbook

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
        with _beside(target) as part:
            _write(board, pages, part, _counter(pages, progress))
    except PermissionError as error:
        raise Unavailable(
            f"{target.name} cannot be written; it may be open in another program."
        ) from error
    except OSError as error:
        raise Unavailable(f"{target.name} cannot be written: {error.strerror}.") from error


def _check(target: Path) -> None:
    if target.is_dir():
        raise Refused(f"{target} is a folder; give the name of a workbook.", "out")
    if target.suffix.lower() != ".xlsx":
        raise Refused(f"{target.name} does not end in .xlsx.", "out")
    if not target.parent.is_dir():
        raise Refused(f"There is no folder {target.parent}.", "out")


@contextlib.contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """A private file in the same folder, put in the target's place at the end or else removed."""
    handle, name = tempfile.mkstemp(prefix=".board-", suffix=".part", dir=target.parent)
    os.close(handle)
    part = Path(name)
    try:
        yield part
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


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
    footer = _footer(board)
    try:
        write_cover(workbook, board, pages, footer)
        for page in pages:
            if isinstance(page, Blocks):
                write_blocks(workbook, page, footer, tick)
            else:
                write_page(workbook, page, footer, tick)
    except BaseException:
        _discard(workbook)
        raise
    workbook.save(part)


def _discard(workbook: Workbook) -> None:
    """Let openpyxl close and delete the files it keeps its sheets in while it writes."""
    with contextlib.suppress(OSError):
        workbook.save(io.BytesIO())


def _footer(board: BoardReturn) -> tuple[str, str]:
    council = clean(board.council).strip()[:_FOOTER_LETTERS] or "SEND board return"
    return f"{council}, as at {board.as_at:%d/%m/%Y}".replace("&", "&&"), MARKING
