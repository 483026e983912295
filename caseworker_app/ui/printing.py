"""Paper drawn: pages with a title, tables whose headings come again, and who made it at the foot.

A document is laid out by Qt's text engine, for a printer and for a PDF alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from html import escape
from pathlib import Path
from string import Template

from PySide6.QtCore import QMarginsF, QRectF, QSizeF, Qt, QThread, QUrl
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QPdfWriter,
    QTextDocument,
)
from PySide6.QtWidgets import QWidget

from caseworker_app import files
from caseworker_app.domain.errors import Refused, Unavailable
from caseworker_app.domain.paper import PERSONAL, Paper, PaperTable, Part, in_words
from caseworker_app.ui.leaving import Leaving, before_leaving
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.theme import tokens

MOST_ROWS = 3000
"""More than this is not a document but a list, which Excel is for: a hundred pages."""

_IMAGE = int(QTextDocument.ResourceType.ImageResource.value)
_PART_LEVEL = 2
_MARGIN_MM, _FOOT_PX = 12.0, 26.0
_DPI = 96
_STYLE = Template(
    """
body { color: $text; font-family: 'Inter', 'Arial', sans-serif; font-size: 9pt; }
h1 { font-size: 15pt; margin: 0 0 2px 0; }
h2 { font-size: 10.5pt; margin: 12px 0 3px 0; }
p { margin: 0 0 3px 0; }
p.about { color: $dim; margin-bottom: 8px; }
th { background-color: $line; font-weight: 600; text-align: left; }
td.group { background-color: $hover; font-weight: 600; }
"""
)


@cache
def _ink() -> tokens.Theme:
    """The colours on paper, which is white in every theme."""
    return tokens.load(tokens.LIGHT)


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
            writer.setResolution(_DPI)
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
    scale = device.logicalDpiX() / _DPI
    whole = QSizeF(device.width() / scale, device.height() / scale)
    document = laid_out(paper, whole)
    pages = document.pageCount()
    room = whole.height() - _FOOT_PX
    colours = QAbstractTextDocumentLayout.PaintContext()
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Text, QColor(_ink()["text"]))
    colours.palette = palette
    painter.scale(scale, scale)
    for page in range(pages):
        if page:
            device.newPage()
        painter.save()
        painter.translate(0, -page * room)
        colours.clip = QRectF(0, page * room, whole.width(), room)
        painter.setClipRect(colours.clip)
        document.documentLayout().draw(painter, colours)
        painter.restore()
        _draw_foot(painter, paper, whole, f"Page {page + 1} of {pages}")
    painter.end()
    return pages


def laid_out(paper: Paper, whole: QSizeF) -> QTextDocument:
    """The document on pages of a size, with room for the foot below each."""
    document = QTextDocument()
    document.setDocumentMargin(0)
    document.setDefaultStyleSheet(_STYLE.substitute(_ink().colours))
    font = QFont("Inter")
    font.setPointSizeF(9.0)
    document.setDefaultFont(font)
    room = QSizeF(whole.width(), whole.height() - _FOOT_PX)
    if any(part.chart is not None for part in paper.parts):
        _add_pictures(document, paper, room.width())
        document.setTextWidth(room.width())
        document.setHtml(html_of(paper, room.width()))
        paper = _kept_together(paper, document, room.height())
    document.setHtml(html_of(paper, room.width()))
    document.setPageSize(room)
    return document


def _kept_together(paper: Paper, document: QTextDocument, page: float) -> Paper:
    """The paper with a page begun before each titled part that the end of one would cut.

    Args:
        paper: with charts, whose parts hold together.
        document: of it, laid out on one endless page.
        page: how high a page is.
    """
    tops: list[float] = []
    block = document.begin()
    while block.isValid():
        if block.blockFormat().headingLevel() == _PART_LEVEL:
            tops.append(document.documentLayout().blockBoundingRect(block).top())
        block = block.next()
    ends = [*tops[1:], document.size().height()]
    heights = iter([end - top for top, end in zip(tops, ends, strict=True)])
    used = tops[0] if tops else 0.0
    parts: list[Part] = []
    for part in paper.parts:
        high = next(heights, 0.0) if part.title else 0.0
        begins = bool(parts) and used + high > page
        used = high if begins else used + high
        parts.append(replace(part, new_page=True) if begins else part)
    return replace(paper, parts=tuple(parts))


def html_of(paper: Paper, width: float = 0.0) -> str:
    """The document in the part of HTML that Qt's text engine knows; charts are so wide."""
    return "<body>" + "".join(_html(paper, width)) + "</body>"


def _add_pictures(document: QTextDocument, paper: Paper, width: float) -> None:
    """Give a document the pictures that its parts name by their numbers."""
    if all(part.chart is None for part in paper.parts):
        return
    from caseworker_app.ui.charts.drawn import picture_of

    for number, part in enumerate(paper.parts):
        if part.chart is not None:
            made = picture_of(part.chart, width, document.defaultFont())
            document.addResource(_IMAGE, QUrl(_picture_name(number)), made)


def _picture_name(number: int) -> str:
    return f"chart:{number}"


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

    from caseworker_app.ui.print_preview import preview_of

    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setDocName(paper.title)
    set_up(printer, paper)
    dialog = preview_of(printer, paper.title, owner.window())
    # The dialog holds no printer of its own; the slot does, for as long as the dialog stands.
    dialog.paintRequested.connect(lambda _: draw(paper, printer))
    dialog.open()


def _draw_foot(painter: QPainter, paper: Paper, whole: QSizeF, page: str) -> None:
    box = QRectF(0, whole.height() - _FOOT_PX + 6, whole.width(), _FOOT_PX - 6)
    font = QFont("Inter")
    font.setPointSizeF(7.5)
    painter.setFont(font)
    painter.setPen(QColor(_ink()["dim"]))
    painter.drawLine(box.topLeft(), box.topRight())
    middle = Qt.AlignmentFlag.AlignVCenter
    painter.drawText(box, Qt.AlignmentFlag.AlignLeft | middle, paper.foot)
    if paper.personal:
        painter.drawText(box, Qt.AlignmentFlag.AlignHCenter | middle, PERSONAL)
    painter.drawText(box, Qt.AlignmentFlag.AlignRight | middle, page)


def _html(paper: Paper, width: float) -> Iterator[str]:
    if paper.title and not (paper.parts and paper.parts[0].large):
        yield f"<h1>{escape(paper.title)}</h1>"
    if paper.about:
        yield f'<p class="about">{escape(paper.about)}</p>'
    for number, part in enumerate(paper.parts):
        yield from _part(part, number, width)


def _part(part: Part, number: int, width: float) -> Iterator[str]:
    head = "h1" if part.large else "h2"
    breaks = ' style="page-break-before: always"' if part.new_page else ""
    if part.title:
        yield f"<{head}{breaks}>{escape(part.title)}</{head}>"
    kind = ' class="about"' if part.large else ""
    for line in part.lines:
        yield f"<p{kind}>{escape(line)}</p>"
    if part.chart is not None:
        yield f'<p><img src="{_picture_name(number)}" width="{int(width)}"></p>'
    if part.table is not None:
        yield from _table(part.table)


def _table(table: PaperTable) -> Iterator[str]:
    if not table.rows:
        yield f'<p class="about">{escape(table.empty)}</p>'
        return
    yield '<table width="100%" cellspacing="0" cellpadding="3" border="1" '
    yield f'style="border-collapse: collapse; border-color: {_ink()["line"]}"><thead><tr>'
    for heading in table.headings:
        yield f"<th>{escape(heading)}</th>"
    yield "</tr></thead><tbody>"
    over = f'class="group" colspan="{len(table.headings)}"'
    for row in table.rows:
        if len(row) == 1 and len(table.headings) > 1:
            yield f"<tr><td {over}>{escape(in_words(row[0]))}</td></tr>"
            continue
        words = [escape(in_words(cell)) for cell in row]
        words[table.strong] = f"<b>{words[table.strong]}</b>"
        yield f"<tr><td>{'</td><td>'.join(words)}</td></tr>"
    yield "</tbody></table>"
