"""How a cell of a plan's tree is typed into: its control, the keys in it, and how high it is."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QWidget,
)

from caseworker_app.ui.screens.case_plan_cells import MISSING
from caseworker_app.ui.widgets.doubt import SIGN

Index = QModelIndex | QPersistentModelIndex
_ROOM = 8
_LINES, _TEXT_WIDTH = 3, 280
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Cells(Protocol):
    """What knows the fields that the cells are of."""

    def editor(self, index: Index, parent: QWidget) -> QWidget | None:
        """A control for a cell; None where nothing can be typed."""
        ...

    def keep(self, index: Index, editor: QWidget) -> None:
        """Keep what was typed."""
        ...

    def refusal(self, index: Index, editor: QWidget) -> str:
        """Why it cannot be kept, or ""."""
        ...

    def say(self, problem: str) -> None:
        """Tell why."""
        ...

    def escape(self) -> None:
        """What is typed is given up."""
        ...

    def step(self, by: int) -> None:
        """Go to the next cell, or the one before."""
        ...


class PlanDelegate(QStyledItemDelegate):
    """Wraps words, opens the control of a field, and follows its keys.

    Enter keeps, Tab keeps and goes on, Escape gives up. By these keys a cell that cannot be kept
    stays open with the reason; where the mouse leaves it, it stays marked in the tree.
    """

    def __init__(self, tree: QTreeWidget, cells: Cells) -> None:
        super().__init__(tree)
        self._tree, self._cells = tree, cells
        self._at: QPersistentModelIndex | None = None

    def createEditor(  # type: ignore[override]  # Qt takes none where nothing can be typed
        self, parent: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> QWidget | None:
        """The control of the field that stands there."""
        del option
        self._at = QPersistentModelIndex(index)
        return self._cells.editor(index, parent)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """It holds what it should already; typing goes over it."""
        del index
        if isinstance(editor, QPlainTextEdit | QLineEdit):
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: object, index: Index) -> None:
        """Keep what was typed."""
        del model
        self._cells.keep(index, editor)

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """Over its cell; a text gets room for some lines."""
        del index
        box = QRect(option.rect)
        if isinstance(editor, QPlainTextEdit):
            least = editor.fontMetrics().lineSpacing() * _LINES + 2 * _ROOM
            box.setHeight(max(box.height(), least))
            box.setWidth(max(box.width(), _TEXT_WIDTH))
        elif isinstance(editor, QComboBox):
            box.setWidth(max(box.width(), editor.sizeHint().width()))
            box.setHeight(min(box.height(), editor.sizeHint().height()))
        else:
            box.setHeight(min(box.height(), max(editor.sizeHint().height(), _ROOM)))
        if box.bottom() > (bottom := self._tree.viewport().height()):
            box.moveBottom(max(bottom, box.height()))
        editor.setGeometry(box)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the keys in a control."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            assert isinstance(watched, QWidget)
            if event.key() in _ENTER and event.modifiers() == Qt.KeyboardModifier.NoModifier:
                return self._shut(watched, 0)
            if event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                return self._shut(watched, 1 if event.key() == Qt.Key.Key_Tab else -1)
            if event.key() == Qt.Key.Key_Escape:
                self._cells.escape()
        return super().eventFilter(watched, event)

    def _shut(self, editor: QWidget, by: int) -> bool:
        if self._at is None or not self._at.isValid():
            return False
        wrong = self._cells.refusal(self._at, editor)
        if wrong:
            self._cells.say(wrong)
            return True
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
        if by:
            self._cells.step(by)
        return True

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Words and sign begin at the top of a line; what ties it is one line."""
        super().initStyleOption(option, index)
        across = option.displayAlignment & Qt.AlignmentFlag.AlignHorizontal_Mask
        option.displayAlignment = across | Qt.AlignmentFlag.AlignTop
        option.decorationAlignment = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
        if self._tree.isFirstColumnSpanned(index.row(), index.parent()):
            option.features &= ~QStyleOptionViewItem.ViewItemFeature.WrapText

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as its words take in the width of the column."""
        text, tree = str(index.data() or ""), self._tree
        if not text or self._tree.isFirstColumnSpanned(index.row(), index.parent()):
            return QSize(0, option.fontMetrics.height() + _ROOM)
        width = tree.columnWidth(index.column()) - 2 * _ROOM
        if index.column() == 0:
            depth, parent = 1, index.parent()
            while parent.isValid():
                depth, parent = depth + 1, parent.parent()
            width -= depth * tree.indentation()
        elif index.column() == MISSING:
            width -= SIGN + _ROOM
        box = option.fontMetrics.boundingRect(
            QRect(0, 0, max(60, width), 10_000), int(Qt.TextFlag.TextWordWrap), text
        )
        return QSize(width, max(box.height(), option.fontMetrics.height()) + _ROOM)
