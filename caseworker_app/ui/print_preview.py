"""The pages before they are printed: set and drawn a little at a time, so that nothing waits."""

from __future__ import annotations

from collections.abc import Callable, Generator
from time import perf_counter

from PySide6.QtCore import QMarginsF, QPointF, QRect, QRectF, QSize, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QPageLayout,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QAbstractScrollArea, QLabel, QPushButton, QVBoxLayout, QWidget

from caseworker_app.domain.paper import Paper
from caseworker_app.ui.fitting import FittingDialog
from caseworker_app.ui.paging import DPI, Sheets, ink
from caseworker_app.ui.widgets.form import choices, labelled
from caseworker_app.ui.widgets.tool_row import ToolRow

_AT_ONCE_S = 0.008
"""So long it works before the window gets its turn."""
_GAP = 14
_KEPT = 12
"""So many drawn pages are kept."""
_POINTS = 72
_WIDTH, _PAGE = "width", "page"
_ZOOMS = ("50", "75", "100", "125", "150", "200")
_WISH, _SHARE = QSize(1000, 760), 0.9
_ZOOM_STEP = 1.25
_FINEST, _COARSEST = 4.0, 0.2
_NOT_COUNTED = 9_999
"""The last page that can be asked for while it is not known how many there are."""
_NO_PRINTER = "It cannot be printed there: the printer or the file takes nothing now."


class PreviewDialog(FittingDialog):
    """Shows the pages of a document, and prints them.

    Attributes:
        view: the pages.
        said: which page is in view, of how many; or how printing comes along.
    """

    guide = "School packs and printing"
    """The section of the guide that F1 opens."""

    def __init__(self, printer: QPrinter, paper: Paper, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"Print {paper.title}")
        self.setAccessibleName(f"Print {paper.title}")
        self._printer, self._paper = printer, paper
        self._work = _nothing()
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._go_on)
        self.view = PagesView()
        self.view.moved.connect(self._say)
        self.said = QLabel()
        self.said.setAccessibleName("Page")
        self.way = choices([("landscape", "Landscape"), ("portrait", "Portrait")], _way(printer))
        self.way.currentIndexChanged.connect(self._turn)
        self.rejected.connect(self._stop)
        zooms = [(_WIDTH, "Fit width"), (_PAGE, "Fit page")]
        self.zoom = choices([*zooms, *((one, f"{one} %") for one in _ZOOMS)])
        self.zoom.currentIndexChanged.connect(lambda: self.view.fit(str(self.zoom.currentData())))
        self.print_button = QPushButton("&Print…")
        self.print_button.setObjectName("primary")
        self.print_button.setDefault(True)
        self.print_button.clicked.connect(self.ask_printer)
        bar = ToolRow()
        bar.addWidget(labelled("&Zoom", self.zoom))
        bar.addWidget(self.zoom)
        bar.addWidget(_button("Zoom o&ut", lambda: self.view.zoom_by(1 / _ZOOM_STEP)))
        bar.addWidget(_button("Zoom &in", lambda: self.view.zoom_by(_ZOOM_STEP)))
        bar.addWidget(labelled("Pap&er", self.way))
        bar.addWidget(self.way)
        bar.addWidget(_button("Pre&vious page", lambda: self.view.go(-1)))
        bar.addWidget(_button("&Next page", lambda: self.view.go(1)))
        bar.addWidget(self.said)
        bar.addStretch(1)
        bar.addWidget(_button("Close", self.reject))
        bar.addWidget(self.print_button)
        column = QVBoxLayout(self)
        column.addLayout(bar)
        column.addWidget(self.view, 1)
        self.resize((window.size() * _SHARE).expandedTo(_WISH))
        self._set_anew()
        self.view.setFocus()

    def ask_printer(self) -> None:
        """Ask which printer, which pages and how many copies, then print."""
        dialog = QPrintDialog(self._printer, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
        dialog.setMinMax(1, self.view.count if self.view.whole else _NOT_COUNTED)
        dialog.accepted.connect(self.print_pages)
        dialog.setModal(True)
        dialog.show()

    def print_pages(self) -> None:
        """Print as the printer is set now, a page at a time, and close."""
        # Nothing of the printer changes under way.
        self._let_ask(on=False)
        self._begin(self._printing(self._work))

    def _let_ask(self, *, on: bool) -> None:
        for control in (self.print_button, self.way):
            control.setEnabled(on)

    def _stop(self) -> None:
        """Leave what is under way: the printer is told that no more comes."""
        self._timer.stop()
        self._work.close()

    def _set_anew(self) -> None:
        """Set the pages, and show each as soon as it is there."""
        sheets = Sheets(self._paper, room_on(self._printer))
        self.view.show_sheets(sheets, *_sheet(self._printer))
        self._begin(self._setting(sheets))

    def _turn(self) -> None:
        """Set the pages on the other side of the paper."""
        upright = self.way.currentData() == "portrait"
        way = QPageLayout.Orientation
        self._printer.setPageOrientation(way.Portrait if upright else way.Landscape)
        self._set_anew()

    def _begin(self, work: Generator[None]) -> None:
        self._work = work
        self._timer.start()

    def _go_on(self) -> None:
        """Work for a moment."""
        until = perf_counter() + _AT_ONCE_S
        for _ in self._work:
            if perf_counter() > until:
                return
        self._timer.stop()

    def _setting(self, sheets: Sheets) -> Generator[None]:
        count = 0
        for _ in sheets.steps():
            if sheets.count != count:
                count = sheets.count
                self.view.grow()
            yield
        self.view.grow(whole=True)

    def _printing(self, before: Generator[None]) -> Generator[None]:
        """Go on with what was under way, set the pages on what was chosen, print those wanted."""
        yield from before
        printer = self._printer
        sheets = Sheets(self._paper, room_on(printer))
        yield from sheets.steps()
        first = max(1, printer.fromPage())
        last = min(printer.toPage() or sheets.count, sheets.count)
        painter = QPainter()
        if first > last or not painter.begin(printer):
            self.said.setText(_NO_PRINTER if first <= last else _no_page(first, sheets.count))
            self._let_ask(on=True)
            return
        try:
            scale = printer.logicalDpiX() / DPI
            painter.scale(scale, scale)
            for page in range(first, last + 1):
                if page > first:
                    printer.newPage()
                sheets.draw(painter, page - 1)
                self.said.setText(f"Printing page {page:,} of {last:,}")
                yield
        except GeneratorExit:
            printer.abort()
            raise
        finally:
            painter.end()
        self.accept()

    def _say(self) -> None:
        words = f"Page {self.view.page + 1:,} of {self.view.count:,}"
        self.said.setText(words if self.view.whole else f"{words}, more to come")
        self.view.setAccessibleDescription(self.said.text())


class PagesView(QAbstractScrollArea):
    """Pages below one another; those in view are drawn, one at a time.

    Signals:
        moved: another page is in view, or there are more.
    """

    moved = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Pages")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.whole = False
        self._sheets: Sheets | None = None
        self._paper, self._corner = QSizeF(1, 1), QPointF()
        self._scale, self._fits = 1.0, _WIDTH
        self._drawn: dict[int, QPixmap] = {}
        self._old: set[int] = set()
        """The pages drawn before it was known how many there are."""
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._draw_one)
        self.verticalScrollBar().valueChanged.connect(lambda _: self.moved.emit())

    @property
    def count(self) -> int:
        """How many pages there are by now."""
        return 0 if self._sheets is None else self._sheets.count

    @property
    def page(self) -> int:
        """The page in view, from 0: the one at a third of the height."""
        at = self.verticalScrollBar().value() + self.viewport().height() // 3
        return max(0, min(int(at / self._step()), self.count - 1))

    def show_sheets(self, sheets: Sheets, paper: QSizeF, margins: QMarginsF) -> None:
        """Show a document from its first page on; sizes in points of 96 to the inch."""
        self._sheets, self._paper, self.whole = sheets, paper, False
        self._corner = QPointF(margins.left(), margins.top())
        self._drawn.clear()
        self.verticalScrollBar().setValue(0)
        self._fit()

    def grow(self, *, whole: bool = False) -> None:
        """There are more pages, or with `whole` all of them."""
        self.whole = whole
        # How many there are stands at the foot of each.
        if whole:
            self._old = set(self._drawn)
            self._timer.start()
        self._lay_out()
        self.moved.emit()

    def fit(self, how: str) -> None:
        """Fit the width or the page of a sheet, or show so many per cent of its size."""
        self._fits = how
        self._fit()

    def zoom_by(self, factor: float) -> None:
        """Show the pages larger or smaller."""
        self._fits = ""
        self._set_scale(self._scale * factor)

    def go(self, by: int) -> None:
        """Go so many pages on or back."""
        page = max(0, min(self.page + by, self.count - 1))
        self.verticalScrollBar().setValue(int(page * self._step()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit anew."""
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Home and End go to the first and the last page."""
        ends = {Qt.Key.Key_Home: -self.count, Qt.Key.Key_End: self.count}
        if event.key() in ends:
            self.go(ends[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Show what is drawn of the pages in view, and ask for the rest."""
        painter = QPainter(self.viewport())
        for page in self._seen():
            where = self._place(page)
            if not where.intersects(event.rect()):
                continue
            drawn = self._drawn.get(page)
            if drawn is None or page in self._old:
                self._timer.start()
            if drawn is None:
                painter.fillRect(where, QColor(ink()["panel"]))
            else:
                painter.drawPixmap(where, drawn)
            painter.setPen(QColor(ink()["edge"]))
            painter.drawRect(where.adjusted(0, 0, -1, -1))
        painter.end()

    def _step(self) -> float:
        return self._paper.height() * self._scale + _GAP

    def _seen(self) -> range:
        top, step = self.verticalScrollBar().value(), self._step()
        last = int((top + self.viewport().height()) / step) + 1
        return range(max(0, int(top / step)), min(self.count, last))

    def _place(self, page: int) -> QRect:
        wide, high = self._paper.width() * self._scale, self._paper.height() * self._scale
        spare = max(0.0, self.viewport().width() - wide) / 2
        left = spare - self.horizontalScrollBar().value()
        top = page * self._step() + _GAP / 2 - self.verticalScrollBar().value()
        return QRectF(left, top, wide, high).toRect()

    def _fit(self) -> None:
        wide = (self.viewport().width() - _GAP) / self._paper.width()
        high = (self.viewport().height() - _GAP) / self._paper.height()
        if self._fits == _WIDTH:
            self._set_scale(wide)
        elif self._fits == _PAGE:
            self._set_scale(min(wide, high))
        elif self._fits:
            self._set_scale(int(self._fits) / 100)
        else:
            self._lay_out()

    def _set_scale(self, scale: float) -> None:
        at = self.verticalScrollBar().value() / self._step()
        scale = max(_COARSEST, min(scale, _FINEST))
        if scale != self._scale:
            self._scale = scale
            self._drawn.clear()
        self._lay_out()
        self.verticalScrollBar().setValue(int(at * self._step()))

    def _lay_out(self) -> None:
        """Tell the scroll bars how much there is."""
        view = self.viewport().size()
        for bar, need, room in (
            (self.verticalScrollBar(), self.count * self._step(), view.height()),
            (self.horizontalScrollBar(), self._paper.width() * self._scale, view.width()),
        ):
            bar.setRange(0, max(0, int(need) - room))
            bar.setPageStep(room)
            bar.setSingleStep(max(1, room // 12))
        self.viewport().update()

    def _draw_one(self) -> None:
        """Draw the first page in view that is not drawn yet."""
        wanted = (one for one in self._seen() if one not in self._drawn or one in self._old)
        missing = next(wanted, None)
        if missing is None or self._sheets is None:
            self._timer.stop()
            return
        seen = self._seen()
        for page in [one for one in self._drawn if one not in seen][: len(self._drawn) + 1 - _KEPT]:
            del self._drawn[page]
        where, ratio = self._place(missing), self.devicePixelRatioF()
        made = QPixmap(where.size() * ratio)
        made.setDevicePixelRatio(ratio)
        made.fill(QColor(ink()["panel"]))
        painter = QPainter(made)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        painter.scale(self._scale, self._scale)
        painter.translate(self._corner)
        self._sheets.draw(painter, missing)
        painter.end()
        self._drawn[missing] = made
        self._old.discard(missing)
        self.viewport().update(where)


def _nothing() -> Generator[None]:
    yield from ()


def _no_page(first: int, count: int) -> str:
    return f"There is no page {first:,}: the last is {count:,}."


def room_on(printer: QPrinter) -> QSizeF:
    """The room for a document on a page of a printer, in points of 96 to the inch."""
    scale = printer.logicalDpiX() / DPI
    return QSizeF(printer.width() / scale, printer.height() / scale)


def _sheet(printer: QPrinter) -> tuple[QSizeF, QMarginsF]:
    """The size of the paper and its margins, in the same points."""
    layout = printer.pageLayout()
    whole = layout.fullRect(QPageLayout.Unit.Point).size() * (DPI / _POINTS)
    return whole, layout.margins(QPageLayout.Unit.Point) * (DPI / _POINTS)


def _way(printer: QPrinter) -> str:
    upright = printer.pageLayout().orientation() == QPageLayout.Orientation.Portrait
    return "portrait" if upright else "landscape"


def _button(words: str, do: Callable[[], object]) -> QPushButton:
    button = QPushButton(words)
    button.setAutoDefault(False)
    button.clicked.connect(do)
    return button
