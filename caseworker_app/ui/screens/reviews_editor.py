"""The editor of a cell of annual reviews: spreadsheet keys, and nothing committed by accident."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QLineEdit, QStyleOptionViewItem, QWidget

from caseworker_app.domain.errors import Refused
from caseworker_app.ui.delegates.row import PAD, RowDelegate
from caseworker_app.ui.models.rows_model import COLUMN, EDIT, ROW
from caseworker_app.ui.screens.reviews_edit import OUTCOME_NEEDED
from caseworker_app.ui.screens.reviews_model import MARK, Mark, ReviewsModel
from caseworker_app.ui.screens.reviews_paste import HEADINGS
from caseworker_app.ui.screens.reviews_reading import Reading
from caseworker_app.ui.theme.themes import Themes
from caseworker_app.ui.widgets.doubt import SIGN, draw_sign
from caseworker_app.ui.widgets.rows_view import RowsView

Index = QModelIndex | QPersistentModelIndex
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_SHIFT, _CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
_STEPS = {
    Qt.Key.Key_Tab: (0, 1),
    Qt.Key.Key_Backtab: (0, -1),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Up: (-1, 0),
}
_SIDEWAYS = {Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1)}


class CellEditor(QLineEdit):
    """The line that one types into.

    Attributes:
        typed_over: begun by typing, so that Left and Right leave the cell as in a spreadsheet.
        begun_with: the text it began with.
    """

    def __init__(self, parent: QWidget, reading: Reading) -> None:
        super().__init__(parent)
        self.reading = reading
        self.typed_over = False
        self.begun_with: str | None = None
        self.refused = ""

    @property
    def changed_by_hand(self) -> bool:
        """Whether anything else stands in it than it began with."""
        return self.begun_with is not None and self.text().strip() != self.begun_with.strip()

    def fault(self) -> str:
        """Why the text cannot be recorded as it stands, or ""."""
        try:
            self.reading.check(self.text())
        except Refused as refused:
            return refused.sentence
        return ""

    def mark_wrong(self, *, wrong: bool) -> None:
        """Draw the frame of a text that is refused, or of one that is being typed."""
        self.setProperty("wrong", wrong)
        self.style().unpolish(self)
        self.style().polish(self)


class CellDelegate(RowDelegate):
    """Gives the editor, follows its keys, and draws marked cells.

    Signals:
        typing: how the text is understood, and whether it is wrong.
        asking: what goes badly with the day typed, or "".
        stepped: the cell is to be recorded and left by so many rows and columns.
        filling: the text is to go into every cell selected.
        given_up: Esc; what was recorded stands again.
    """

    typing = Signal(str, bool)
    asking = Signal(str)
    stepped = Signal(int, int)
    filling = Signal()
    given_up = Signal()

    def __init__(self, themes: Themes, view: RowsView, today: Callable[[], date]) -> None:
        super().__init__(themes, view)
        self._today = today
        self._made = 0
        self.editor: CellEditor | None = None
        self.closed: Callable[[], None] = lambda: None

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A line named after the child and the column."""
        del option
        column, row = index.data(COLUMN), index.data(ROW)
        model = index.model()
        assert isinstance(model, ReviewsModel)
        reading = Reading(lambda: model.row_of(row.child_id) or row, column.key, self._today)
        editor = CellEditor(parent, reading)
        editor.setAccessibleName(f"{row.name}, {HEADINGS[column.key]}")
        editor.setPlaceholderText(editor.reading.example)
        editor.textChanged.connect(self._understand)
        self._made += 1
        made = self._made
        editor.destroyed.connect(lambda: self._gone(made))
        self.editor = editor
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Start from what the cell holds; what is being typed is never written over."""
        if isinstance(editor, CellEditor) and editor.begun_with is None:
            editor.begun_with = str(index.data(EDIT) or "")
            editor.setText(editor.begun_with)
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Hand over what was typed."""
        if isinstance(editor, CellEditor):
            model.setData(index, editor.text().strip(), EDIT)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys as in a spreadsheet. Losing the keyboard neither records nor closes anything."""
        if not isinstance(watched, CellEditor):
            return super().eventFilter(watched, event)
        if event.type() in (QEvent.Type.FocusOut, QEvent.Type.Hide):
            return False
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._pressed(watched, event) or super().eventFilter(watched, event)
        return super().eventFilter(watched, event)

    def complain(self, editor: CellEditor, sentence: str) -> None:
        """Say why the text in the cell is not recorded, and leave it there."""
        if sentence == OUTCOME_NEEDED and not editor.text().endswith(" "):
            editor.setText(f"{editor.text().rstrip()} ")
        editor.refused = editor.text().rstrip()
        editor.mark_wrong(wrong=True)
        editor.setAccessibleDescription(sentence)
        self.typing.emit(sentence, True)  # noqa: FBT003

    def _pressed(self, editor: CellEditor, event: QKeyEvent) -> bool:
        key, held = event.key(), event.modifiers()
        if key in _ENTER:
            if held & _CONTROL:
                self.filling.emit()
            else:
                self.stepped.emit(-1 if held & _SHIFT else 1, 0)
            return True
        if key == Qt.Key.Key_Escape:
            self.given_up.emit()
            return True
        bare = not held & ~(_SHIFT | Qt.KeyboardModifier.KeypadModifier)
        step = _STEPS.get(Qt.Key(key))
        if step is None and editor.typed_over and not held & _SHIFT:
            step = _SIDEWAYS.get(Qt.Key(key))
        if step is None or not bare:
            return False
        self.stepped.emit(*step)
        return True

    def _understand(self, text: str) -> None:
        editor = self.editor
        if editor is None or (editor.refused and text.rstrip() == editor.refused):
            return
        editor.refused = ""
        editor.mark_wrong(wrong=False)
        said, doubt = editor.reading.said(text), editor.reading.doubt(text)
        # A screen reader hears of the cell what stands under the table.
        editor.setAccessibleDescription(" ".join(filter(None, (said, doubt))))
        self.typing.emit(said, False)  # noqa: FBT003
        self.asking.emit(doubt)

    def _gone(self, made: int) -> None:
        """An editor was deleted; by then the next one may be open."""
        if made == self._made:
            self.editor = None
            self.closed()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a cell; a marked one with its text, a sign and a broken line round it."""
        super().paint(painter, option, index)
        model = self._view.rows_model
        if isinstance(model, ReviewsModel) and not model.marks:
            return
        mark: Mark | None = index.data(MARK)
        if mark is None:
            return
        painter.save()
        box = option.rect.adjusted(2, 2, -3, -3)
        painter.fillRect(box, self._themes.colour("panel"))
        inside = box.adjusted(PAD - 2, 0, -2, 0)
        if mark.state != "saving":
            colour = self._themes.colour("red" if mark.state == "bad" else "amber")
            painter.setPen(QPen(colour, 1, Qt.PenStyle.DashLine))
            painter.drawRect(box)
            top = inside.top() + (inside.height() - SIGN) / 2
            draw_sign(painter, QRectF(inside.left() - 2, top, SIGN, SIGN), colour)
            inside = inside.adjusted(SIGN, 0, 0, 0)
        painter.setPen(self._themes.colour("text" if mark.state != "saving" else "dim"))
        painter.setFont(self._plain)
        words = self._plain_metrics.elidedText(
            " ".join(mark.text.split()), Qt.TextElideMode.ElideRight, inside.width()
        )
        painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        painter.restore()
