"""The table every list uses: whole rows, sorted by the header, with the selection kept."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QVBoxLayout, QWidget

from caseworker_app.ui.delegates.row import RowDelegate
from caseworker_app.ui.models.rows_model import ASCENDING, DESCENDING, ROW, RowsModel
from caseworker_app.ui.theme.themes import Themes
from caseworker_app.ui.widgets.column_widths import ColumnWidths
from caseworker_app.ui.widgets.rows_view import RowsView

ROW_HEIGHT = 31
HEADING_HEIGHT = 34
_LEAST_ROW, _AROUND_ROW = 22, 15
_MANY = 5000
"""A selection of more rows than this is not carried over a filter."""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ONE = QItemSelectionModel.SelectionFlag.ClearAndSelect
_CHOOSE = _ONE | QItemSelectionModel.SelectionFlag.Rows


class RowsTable(RowsView):
    """Shows a `RowsModel`.

    Signals:
        opened: Enter or a double click on a row; the frozen row.
    """

    opened = Signal(object)

    def __init__(
        self,
        model: RowsModel,
        themes: Themes,
        name: str,
        description: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(model, parent)
        self.setAccessibleName(name)
        self.setAccessibleDescription(description)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setModel(model)
        self.setItemDelegate(RowDelegate(themes, self))
        self._head()
        self.widths = ColumnWidths(self)
        if any(column.wraps for column in model.columns):
            from caseworker_app.ui.widgets.row_lines import RowLines

            self._lines_of_rows = RowLines(self, _AROUND_ROW)
        self._was: tuple[set[str], str, int, int] = (set(), "", -1, 0)
        self._selected: list[object] | None = None
        """The rows selected, until that or they change; they are asked for many times over."""
        self._forget_selected_when_changed()
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._restore)
        model.altering.connect(self._remember)
        model.altered.connect(self._stay)
        self.selectionModel().selectionChanged.connect(lambda *_: self.chosen.emit())
        themes.changed.connect(self.viewport().update)

    def spare(self, *keys: str) -> None:
        """Columns that go before any other, in this order, where room is short."""
        self.widths.spare(keys)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the columns to the window."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.widths.fit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say which cell the keyboard has come back to."""
        super().focusInEvent(event)
        # A list that nobody has seen yet tells of its first cell when its rows come.
        if self._painted:
            from caseworker_app.ui.widgets.announcing import announce_current

            announce_current(self)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of the text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            delegate = self.itemDelegate()
            if isinstance(delegate, RowDelegate):
                delegate.use_font(self.font())
            self._size_rows()
            self.widths.measure()

    def selected_rows(self) -> list[object]:
        """The frozen rows selected, from top to bottom."""
        if self._selected is None:
            rows = map(self.rows_model.row_at, self._lines())
            self._selected = [row for row in rows if row is not None]
        return list(self._selected)

    def select_id(self, row_id: str) -> bool:
        """Go to a row by its id. False when it is not shown."""
        line = self.rows_model.line_of(row_id)
        if line >= 0:
            self._go(line, max(0, self.currentIndex().column()))
        return line >= 0

    def go_first(self) -> None:
        """Go to the first row, unless one is selected already."""
        if not self.selectionModel().hasSelection():
            self.choose_first()

    def choose_first(self) -> None:
        """Go to the first row, whatever is selected."""
        for line in range(self.rows_model.rowCount()):
            if self.rows_model.row_at(line) is not None:
                self._go(line, 0)
                return

    def copied_text(self) -> str:
        """The selected rows as a sheet takes them."""
        columns = self.rows_model.columns
        lines = ["\t".join(column.title for column in columns)]
        lines += ["\t".join(column.text(row) for column in columns) for row in self.selected_rows()]
        return "\n".join(lines)

    def copy(self) -> None:
        """Put the selected rows on the clipboard."""
        QGuiApplication.clipboard().setText(self.copied_text())

    def sort_here(self) -> None:
        """Sort by keyboard: by the column one is on, or where whole rows are chosen, by one asked.

        Once is upwards, twice downwards, a third time is as the rows came.
        """
        if not self._by_rows():
            self._sort_next(self.currentIndex().column())
            return
        menu = QMenu(self)
        menu.setAccessibleName("Sort by")
        now, _ = self.rows_model.sorted_by
        for number, column in enumerate(self.rows_model.columns):
            if column.title and not self.isColumnHidden(number):
                action = menu.addAction(column.title)
                action.setCheckable(True)
                action.setChecked(number == now)
                action.triggered.connect(lambda _, at=number: self._sort_next(at))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft()))

    def _sort_next(self, number: int) -> None:
        column, down = self.rows_model.sorted_by
        if number < 0 or (column == number and down):
            self.sortByColumn(-1, ASCENDING)
        else:
            self.sortByColumn(number, DESCENDING if column == number else ASCENDING)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the row."""
        row = self.current_row()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in _ENTER and plain and row is not None and not self._is_editing():
            self.opened.emit(row)
            return
        super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click opens the row, unless it starts to edit the cell."""
        super().mouseDoubleClickEvent(event)
        row = self.indexAt(event.position().toPoint()).data(ROW)
        if row is not None and not self._is_editing():
            self.opened.emit(row)

    def _is_editing(self) -> bool:
        return self.state() == QAbstractItemView.State.EditingState

    def _head(self) -> None:
        upright = self.verticalHeader()
        upright.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        upright.hide()
        self._size_rows()
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        # It shows no selection, and Qt would ask of every cell of each column, each time it draws
        # the header, whether the whole column is selected.
        head.setSelectionModel(QItemSelectionModel(self.rows_model, head))
        head.setSectionsMovable(True)
        head.setSortIndicator(-1, ASCENDING)
        head.setSortIndicatorClearable(True)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setAccessibleName(f"{self.accessibleName()}: columns")
        self.setSortingEnabled(True)
        for number, column in enumerate(self.rows_model.columns):
            head.resizeSection(number, column.width)
            if column.stretch:
                head.setSectionResizeMode(number, QHeaderView.ResizeMode.Stretch)

    def _size_rows(self) -> None:
        lines = 2 if any(column.wraps for column in self.rows_model.columns) else 1
        height = max(_LEAST_ROW, lines * self.fontMetrics().height() + _AROUND_ROW)
        upright = self.verticalHeader()
        upright.setMinimumSectionSize(height)
        upright.setDefaultSectionSize(height)

    def _lines(self) -> list[int]:
        chosen = self.selectionModel().selection()
        parts = [chosen.at(number) for number in range(chosen.count())]
        if len(parts) == 1:
            return list(range(parts[0].top(), parts[0].bottom() + 1))
        return sorted({line for part in parts for line in range(part.top(), part.bottom() + 1)})

    def _forget_selected_when_changed(self) -> None:
        """Know that other rows are selected before anybody hears of it who asks which."""

        def forget(*_: object) -> None:
            self._selected = None

        model = self.rows_model
        for told in (
            self.selectionModel().selectionChanged,
            *(model.modelAboutToBeReset, model.modelReset, model.layoutChanged),
            *(model.rowsInserted, model.rowsRemoved, model.dataChanged, model.altered),
        ):
            told.connect(forget)

    def _remember(self) -> None:
        model = self.rows_model
        lines = self._lines()
        ids = {model.id_at(line) for line in lines} if len(lines) <= _MANY else set()
        here = self.currentIndex()
        self._was = ids, model.id_at(here.row()), here.row(), max(0, here.column())

    def _restore(self) -> None:
        ids, current, line, column = self._was
        model = self.rows_model
        if not current or not model.rowCount():
            return
        found = model.line_of(current)
        if found < 0:
            found = _nearest(model, line)
        if found < 0:
            return
        self._go(found, column)
        if len(ids) > 1 and self._by_rows():
            self._select(model.lines_of(ids))

    def _stay(self) -> None:
        """Where the row one was on has gone, go to the one that stands there now."""
        if self._was[1] and self.rows_model.id_at(self.currentIndex().row()) != self._was[1]:
            self._restore()

    def _by_rows(self) -> bool:
        return self.selectionBehavior() == QAbstractItemView.SelectionBehavior.SelectRows

    def _go(self, line: int, column: int) -> None:
        flags = _CHOOSE if self._by_rows() else _ONE
        self.selectionModel().setCurrentIndex(self.rows_model.index(line, column), flags)
        self.scrollTo(self.rows_model.index(line, column))

    def _select(self, lines: list[int]) -> None:
        """Select lines, given from top to bottom; those that follow one another are one part."""
        index, last = self.rows_model.index, self.rows_model.columnCount() - 1
        chosen, begun = QItemSelection(), 0
        for at, line in enumerate(lines, 1):
            if at == len(lines) or lines[at] != line + 1:
                chosen.select(index(lines[begun], 0), index(line, last))
                begun = at
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().select(chosen, flags)


def _nearest(model: RowsModel, line: int) -> int:
    """The row nearest to a line, headings apart."""
    last = model.rowCount() - 1
    start = min(line, last)
    for at in (*range(start, last + 1), *range(start, -1, -1)):
        if model.row_at(at) is not None:
            return at
    return -1


def table_of(screen: QWidget | None) -> RowsTable | None:
    """The list of a screen, where it has one with a row in it."""
    table = getattr(screen, "table", None)
    return table if isinstance(table, RowsTable) and table.rows_model.shown else None


def with_line(table: RowsTable) -> QWidget:
    """A table with room for the line below it, for where it stands in a splitter."""
    both = QWidget()
    column = QVBoxLayout(both)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(6)
    column.addWidget(table, 1)
    column.addWidget(table.widths.below)
    return both
