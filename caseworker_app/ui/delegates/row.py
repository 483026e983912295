"""How a row of a list is drawn: plain, strong or dim text, chips, headings, and where you are."""

from __future__ import annotations

from math import ceil
from typing import cast

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QHelpEvent, QPainter, QTextLayout
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from caseworker_app.ui.delegates.chip import Chips, chip_width
from caseworker_app.ui.delegates.laid_out import LaidOut
from caseworker_app.ui.models.column import Column
from caseworker_app.ui.models.rows_model import (
    COLUMN,
    DISPLAY,
    HEADING,
    ROW,
)
from caseworker_app.ui.theme.themes import Themes
from caseworker_app.ui.widgets.doubt import SIGN, draw_sign
from caseworker_app.ui.widgets.rows_view import RowsView

Index = QModelIndex | QPersistentModelIndex
PAD = 7
_EDGE = 2
_TWO_LINES = 1.8
"""Words that wrap fill their two lines so far: a line ends with a word."""
_INKS = {"": "text", "strong": "text", "dim": "dim"}


def in_lines(words: str, font: QFont, width: int, most: int = 2) -> list[str]:
    """Words in up to so many lines, the last ending in … where they need more."""
    layout, lines, at = QTextLayout(words, font), list[str](), 0
    layout.beginLayout()
    while len(lines) < most - 1 and at < len(words):
        line = layout.createLine()
        line.setLineWidth(width)
        end = at + line.textLength()
        lines.append(words[at:end].rstrip())
        at = end
    layout.endLayout()
    if at < len(words):
        lines.append(QFontMetrics(font).elidedText(words[at:], Qt.TextElideMode.ElideRight, width))
    return lines


class RowDelegate(QStyledItemDelegate):
    """Draws the cells of a `RowsModel` by the columns' style and tone."""

    def __init__(self, themes: Themes, view: RowsView) -> None:
        super().__init__(view)
        self._themes = themes
        self._view = view
        self.use_font(view.font())

    def use_font(self, font: QFont) -> None:
        """Draw with another font."""
        self._plain = QFont(font)
        self._bold = QFont(self._plain)
        self._bold.setWeight(QFont.Weight.DemiBold)
        self._small = QFont(self._bold)
        self._small.setPointSizeF(max(7.0, self._plain.pointSizeF() - 1))
        self._plain_metrics = QFontMetrics(self._plain)
        self._bold_metrics = QFontMetrics(self._bold)
        self._plain_words, self._bold_words = LaidOut(self._plain), LaidOut(self._bold)
        self._chips = Chips(LaidOut(self._small), self._themes)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        box, model = option.rect, self._view.rows_model
        line, at = index.row(), index.column()
        row = model.row_at(line)
        if row is None:
            self._paint_heading(painter, box, str(index.data(HEADING) or ""))
            return
        # The view sets pen and font of its own for whatever it draws besides.
        looks, colour = self._view.looks, self._themes.colour
        chosen = looks.chosen(line, at)
        left, top, width, height = _sides(box)
        painter.fillRect(left, top, width, height, colour("sel" if chosen else "panel"))
        self._paint_cell(painter, box, model.columns[at], row, chosen=chosen)
        painter.fillRect(left, top + height - 1, width, 1, colour("line"))
        if line == looks.line and looks.focused:
            self._paint_ring(painter, box, at)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Wide enough for the text, for a double click on the header's edge."""
        del option
        column: Column | None = index.data(COLUMN)
        words = str(index.data(DISPLAY) or "")
        if column is None:
            return QSize(0, 32)
        row = index.data(ROW)
        if column.tone is not None and column.tone(row):
            return QSize(chip_width(words, column.tone(row), self._small) + 2 * PAD, 32)
        metrics = self._bold_metrics if column.style == "strong" else self._plain_metrics
        sign = SIGN if _doubt(column, row) else 0
        if column.wraps:
            return QSize(ceil(metrics.horizontalAdvance(words) / _TWO_LINES) + 2 * PAD + 2, 32)
        return QSize(metrics.horizontalAdvance(words) + sign + 2 * PAD + 2, 32)

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """Show what does not fit into its cell, in the words a screen reader says."""
        if event.type() == QEvent.Type.ToolTip and index.isValid():
            shown = str(index.data(DISPLAY) or "")
            spoken = _said(index.data(COLUMN), index.data(ROW)) or shown
            cut = self.sizeHint(option, index).width() > option.rect.width()
            if _doubt(index.data(COLUMN), index.data(ROW)):
                cut = True
            words = spoken if cut or len(spoken) > len(shown) else ""
            QToolTip.showText(event.globalPos(), words, view)
            return True
        return super().helpEvent(event, view, option, index)

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """Let the editor fill its cell."""
        del index
        editor.setGeometry(option.rect)

    def _paint_cell(
        self, painter: QPainter, box: QRect, column: Column, row: object, *, chosen: bool
    ) -> None:
        words = column.text(row)
        if not words:
            return
        tone = column.tone(row) if column.tone is not None else ""
        if tone:
            self._chips.draw(painter, QRectF(box.adjusted(PAD, 0, -PAD, 0)), words, tone)
            return
        left, top, width, height = _sides(box)
        left, width = left + PAD, width - 2 * PAD
        if _doubt(column, row):
            left, top, width, height = _sides(self._paint_doubt(painter, box))
        ink = _INKS[column.style]
        painter.setPen(self._themes.colour("seltext" if chosen and ink == "text" else ink))
        if column.wraps:
            self._paint_wrapped(painter, QRect(left, top, width, height), words)
            return
        laid_out = self._bold_words if column.style == "strong" else self._plain_words
        laid_out.draw(painter, left, top, width, height, words, column.align)

    def _paint_wrapped(self, painter: QPainter, box: QRect, words: str) -> None:
        """Draw words in as many lines as there is room for; the rest of the last is cut."""
        high = self._plain_metrics.lineSpacing()
        lines = in_lines(words, self._plain, box.width(), max(1, box.height() // high))
        top = box.top() + (box.height() - high * len(lines)) // 2
        painter.setFont(self._plain)
        for at, line in enumerate(lines):
            place = QRect(box.left(), top + at * high, box.width(), high)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, line)

    def _paint_doubt(self, painter: QPainter, box: QRect) -> QRect:
        """Draw the sign of a doubt at the edge of a cell; the value is the room for its words.

        A narrow cell still has its whole date, since the sign takes the place of the margin.
        """
        top = box.top() + (box.height() - SIGN) / 2
        sign = QRectF(box.left() + _EDGE, top, SIGN, SIGN)
        draw_sign(painter, sign, self._themes.colour("amber"))
        return box.adjusted(_EDGE + SIGN + 1, 0, -_EDGE, 0)

    def _paint_heading(self, painter: QPainter, box: QRect, words: str) -> None:
        painter.fillRect(box, self._themes.colour("bg"))
        painter.setPen(self._themes.colour("text"))
        painter.setFont(self._bold)
        painter.drawText(
            box.adjusted(2, 7, 0, 0),
            Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
            words,
        )
        painter.setPen(self._themes.colour("line"))
        painter.drawLine(box.bottomLeft(), box.bottomRight())

    def _paint_ring(self, painter: QPainter, box: QRect, column: int) -> None:
        """A frame round the current row, or cell where cells are chosen, while keys go there."""
        view = self._view
        painter.setPen(self._themes.colour("focus"))
        if view.selectionBehavior() != QAbstractItemView.SelectionBehavior.SelectRows:
            if view.looks.column == column:
                painter.drawRect(box.adjusted(0, 0, -1, -1))
                painter.drawRect(box.adjusted(1, 1, -2, -2))
            return
        painter.drawLine(box.topLeft(), box.topRight())
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        if column == 0:
            painter.fillRect(QRect(box.left(), box.top(), 3, box.height()), painter.pen().color())


def _sides(box: QRect) -> tuple[int, int, int, int]:
    """Left, top, width and height, in one call for each cell that is drawn."""
    return cast("tuple[int, int, int, int]", box.getRect())


def _said(column: Column | None, row: object) -> str:
    """What a cell says in full, or "" for a heading."""
    return "" if column is None or row is None else column.said(row)


def _doubt(column: Column | None, row: object) -> str:
    """What to ask about a cell, or ""."""
    if column is None or column.doubt is None or row is None:
        return ""
    return column.doubt(row)
