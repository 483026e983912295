"""A doubt in words with its sign, beside a field or in a cell: a question, never an error."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QLabel, QWidget

from caseworker_app.ui.widgets.announcing import announce

SIGN = 12
"""How wide and high the sign is."""
_ROOM = 19


class DoubtLabel(QLabel):
    """Says what goes badly with what is typed; hidden while there is nothing to ask.

    It is read aloud as it appears, and the field's own description holds it too (`Form.ask`).
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("doubt")
        self.setWordWrap(True)
        self.setContentsMargins(_ROOM, 0, 0, 0)
        self.hide()

    def ask(self, sentence: str) -> bool:
        """Show a sentence, or nothing with "". True when it is another one than before."""
        if sentence == self.text():
            return False
        self.setText(sentence)
        self.setAccessibleName(sentence)
        self.setVisible(bool(sentence))
        if sentence:
            announce(self, sentence)
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the sign at the first line, in the colour of the words."""
        super().paintEvent(event)
        painter = QPainter(self)
        top = max(0.0, (self.fontMetrics().lineSpacing() - SIGN) / 2)
        draw_sign(painter, QRectF(1, top, SIGN, SIGN), self.palette().color(self.foregroundRole()))
        painter.end()


def draw_sign(painter: QPainter, box: QRectF, colour: QColor) -> None:
    """Draw the sign of a doubt: a triangle, open so that it is not taken for lateness, with a !."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, 1.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    inside = box.adjusted(0.7, 0.9, -0.7, -0.9)
    top = QPointF(inside.center().x(), inside.top())
    painter.drawPolygon(QPolygonF((inside.bottomLeft(), inside.bottomRight(), top)))
    middle, height = inside.center().x(), inside.height()
    above, below = inside.top() + 0.38 * height, inside.top() + 0.66 * height
    painter.drawLine(QPointF(middle, above), QPointF(middle, below))
    painter.drawPoint(QPointF(middle, inside.top() + 0.86 * height))
    painter.restore()
