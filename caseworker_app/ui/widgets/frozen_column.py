"""One column that stays at the left edge while the others of a table scroll sideways."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QObject, QPoint, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView

from caseworker_app.ui.delegates.row import RowDelegate
from caseworker_app.ui.theme.themes import Themes
from caseworker_app.ui.widgets.table import ROW_HEIGHT, RowsTable

_ONE = QItemSelectionModel.SelectionFlag.ClearAndSelect


class FrozenColumn(QTableView):
    """A second view of the same rows over the table's left edge, with the table's selection.

    It is there only while the column has scrolled out of view, and the keyboard never goes there:
    the table itself stays the one that is worked in and read aloud.
    """

    def __init__(self, table: RowsTable, themes: Themes, column: int, name: str) -> None:
        """Freeze a column by its number; `name` is what the second view is called."""
        super().__init__(table)
        self._table, self._column = table, column
        self.setObjectName("frozen")
        self.setAccessibleName(name)
        self.setModel(table.rows_model)
        # It draws what the table has selected, and has no selection of its own: with a shared one
        # Qt would empty the table's each time that the rows are replaced.
        self._delegate = RowDelegate(themes, table)
        self.setItemDelegate(self._delegate)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        table.selectionModel().selectionChanged.connect(lambda *_: self.viewport().update())
        table.selectionModel().currentChanged.connect(lambda *_: self.viewport().update())
        self.pressed.connect(self._go_to)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        # A border of its own would shift the rows beside those of the table.
        self.setStyleSheet("QTableView#frozen { border: none; border-radius: 0; }")
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        for policy in (self.setHorizontalScrollBarPolicy, self.setVerticalScrollBarPolicy):
            policy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        upright = self.verticalHeader()
        upright.hide()
        upright.setMinimumSectionSize(ROW_HEIGHT)
        upright.setDefaultSectionSize(ROW_HEIGHT)
        head = self.horizontalHeader()
        head.setDefaultAlignment(table.horizontalHeader().defaultAlignment())
        head.setAccessibleName(f"{name}: heading")
        head.setSectionsClickable(False)
        for number in range(table.rows_model.columnCount()):
            self.setColumnHidden(number, number != column)
        table.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        self.verticalScrollBar().valueChanged.connect(table.verticalScrollBar().setValue)
        table.horizontalScrollBar().valueChanged.connect(lambda _: self._place())
        table.horizontalHeader().sectionResized.connect(lambda *_: self._place())
        table.horizontalHeader().sectionMoved.connect(lambda *_: self._place())
        self.doubleClicked.connect(
            lambda index: table.opened.emit(table.rows_model.row_at(index.row()))
        )
        themes.changed.connect(self.viewport().update)
        table.installEventFilter(self)
        table.selectionModel().currentChanged.connect(lambda *_: self._uncover())
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the cells as the table has them selected."""
        self._table.look()
        super().paintEvent(event)

    def _go_to(self, index: QModelIndex) -> None:
        self._table.selectionModel().setCurrentIndex(index, _ONE)
        self._table.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the table's size."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        table, head = self._table, self._table.horizontalHeader()
        left = head.sectionViewportPosition(self._column)
        if left >= 0 or table.isColumnHidden(self._column):
            self.hide()
            return
        self.verticalHeader().setMinimumSectionSize(table.verticalHeader().minimumSectionSize())
        self.verticalHeader().setDefaultSectionSize(table.verticalHeader().defaultSectionSize())
        if self.font() != table.font():
            self._delegate.use_font(table.font())
            self.setFont(table.font())
        width = self._whole(head.sectionSize(self._column))
        self.setColumnWidth(self._column, width)
        self.horizontalHeader().setFixedHeight(head.height())
        corner = table.viewport().mapTo(table, QPoint(0, 0))
        height = head.height() + table.viewport().height()
        self.setGeometry(corner.x(), corner.y() - head.height(), width, height)
        self.verticalScrollBar().setValue(table.verticalScrollBar().value())
        self.show()
        self.raise_()

    def _half(self, width: int) -> tuple[int, int, int] | None:
        """The column that this one lies over in part: its number, and where it begins and ends."""
        head = self._table.horizontalHeader()
        at = head.logicalIndexAt(width)
        if at < 0 or at == self._column:
            return None
        begin = head.sectionViewportPosition(at)
        return (at, begin, begin + head.sectionSize(at)) if begin < width else None

    def _whole(self, width: int) -> int:
        """As wide as it takes to leave no half of another column beside it."""
        half = self._half(width)
        if half is None or half[0] == self._table.currentIndex().column():
            return width
        return half[2] if half[2] < self._table.viewport().width() // 2 else width

    def _uncover(self) -> None:
        """Scroll to the whole of the column the keyboard is in, and of the first one seen."""
        table, head = self._table, self._table.horizontalHeader()
        at, bar = table.currentIndex().column(), table.horizontalScrollBar()
        if at < 0 or at == self._column or table.isColumnHidden(at) or not bar.value():
            return
        width, begin = head.sectionSize(self._column), head.sectionViewportPosition(at)
        if begin < width:
            bar.setValue(bar.value() - (width - begin))
        elif half := self._half(width):
            missing = width - half[1]
            if begin + head.sectionSize(at) + missing <= table.viewport().width():
                bar.setValue(bar.value() - missing)
        self._place()
