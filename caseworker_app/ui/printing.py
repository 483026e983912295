"""Paper drawn: pages with a title, tables whose headings come again, and who made it at the foot.

A document is set by `paging`, for a printer and for a PDF alike.
"""

from __future__ import annotations

from collections import deque
from pathlib import Path

from PySide6.QtCore import QMarginsF, QSizeF, QThread
from PySide6.QtGui import QPagedPaintDevice, QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtWidgets import QWidget

from caseworker_app import files
from caseworker_app.domain.errors import Refused, Unavailable
from caseworker_app.domain.paper import Paper
from caseworker_app.ui.leaving import Leaving, before_leaving
from caseworker_app.ui.paging import DPI, Sheets
from caseworker_app.ui.screens.base import Frame

MOST_ROWS = 3000
"""More than this is not a document but a list, which Excel is for: a hundred pages."""

_MARGIN_MM = 12.0


def too_long(rows: int) -> str:
    """Why so many rows are not drawn, in a sentence; "" where they are."""
    if rows <= MOST_ROWS:
        return ""
    return (
        f"{rows:,} rows would be more than a hundred pages: filter the list first, or export it to "
        "Excel."
    )


def refuse_too_long(paper: Paper) -> None:
    """Refuse what would be a hundred pages. Raises `Refused`."""
    if said := too_long(paper.size):
        raise Refused(said)


def write_pdf(paper: Paper, target: Path) -> None:
    """Write a PDF, whole or not at all; may run on any thread.

    Raises:
        Refused: it is too long.
        Unavailable: it cannot be written; what stood there before stands there still.
    """
    refuse_too_long(paper)
    drawing = _Drawing(paper, target)
    drawing.start()
    drawing.wait()
    if drawing.failed is not None:
        raise drawing.failed


class _Drawing(QThread):
    """Writes a PDF on a thread of Qt's own: its text engine starts timers, which others lack."""

    def __init__(self, paper: Paper, target: Path) -> None:
        super().__init__()
        self._paper, self._target = paper, target
        self.failed: Exception | None = None

    def run(self) -> None:
        """Write, and keep why not."""
        try:
            self._write()
        except OSError as error:
            self.failed = Unavailable(files.in_words(error, self._target.name))
        except Exception as error:  # noqa: BLE001  (raised again where it was asked for)
            self.failed = error

    def _write(self) -> None:
        with files.replacing(self._target) as part:
            writer = QPdfWriter(str(part))
            writer.setTitle(self._paper.title)
            writer.setCreator("Caseworker")
            set_up(writer, self._paper)
            writer.setResolution(DPI)
            draw(self._paper, writer)


def set_up(device: QPagedPaintDevice, paper: Paper) -> None:
    """A4 with our margins, on the side the document stands on."""
    way = QPageLayout.Orientation.Landscape if paper.wide else QPageLayout.Orientation.Portrait
    margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    device.setPageLayout(
        QPageLayout(QPageSize(QPageSize.PageSizeId.A4), way, margins, QPageLayout.Unit.Millimeter)
    )


def draw(paper: Paper, device: QPagedPaintDevice) -> int:
    """Draw every page on a printer or a PDF; the value is how many there are.

    Raises `Unavailable` where the device takes nothing.
    """
    painter = QPainter()
    if not painter.begin(device):
        raise Unavailable("It cannot be written there; it may be open in another program.")
    scale = device.logicalDpiX() / DPI
    sheets = Sheets(paper, QSizeF(device.width() / scale, device.height() / scale))
    deque(sheets.steps(), maxlen=0)
    painter.scale(scale, scale)
    for page in range(sheets.count):
        if page:
            device.newPage()
        sheets.draw(painter, page)
    painter.end()
    return sheets.count


def print_paper(frame: Frame, paper: Paper, leaving: Leaving, owner: QWidget) -> None:
    """Show the pages as they would be printed, where they may leave, with the printer to choose."""
    try:
        refuse_too_long(paper)
    except Refused as refused:
        frame.say(refused.sentence)
        return
    before_leaving(frame, leaving, lambda: show_pages(paper, owner), owner)


def show_pages(paper: Paper, owner: QWidget) -> None:
    """Show the pages of what may leave, with the printer to choose."""
    from PySide6.QtPrintSupport import QPrinter

    from caseworker_app.ui.print_preview import PreviewDialog

    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setDocName(paper.title)
    set_up(printer, paper)
    PreviewDialog(printer, paper, owner.window()).open()
