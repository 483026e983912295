"""Order and columns of a list by keyboard: two menus that open over it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from caseworker_app.ui.models.rows_model import ASCENDING, DESCENDING
from caseworker_app.ui.widgets.table import RowsTable


def choose_order(table: RowsTable) -> None:
    """Offer every column to sort by; the one it is sorted by turns round."""
    menu = _menu(table, "Sort by")
    model = table.rows_model
    now, down = model.sorted_by
    for at, column in enumerate(model.columns):
        if not column.title or (table.isColumnHidden(at) and not table.widths.is_shown(column.key)):
            continue
        words = column.title
        if at == now:
            words += " (descending)" if down else " (ascending)"
        order = DESCENDING if at == now and not down else ASCENDING
        action = menu.addAction(words)
        action.setCheckable(True)
        action.setChecked(at == now)
        action.triggered.connect(partial(table.sortByColumn, at, order))
        if at == now:
            menu.setActiveAction(action)
    menu.addSeparator()
    menu.addAction("As it came").triggered.connect(partial(table.sortByColumn, -1, ASCENDING))
    _open(menu, table)


def choose_columns(table: RowsTable) -> None:
    """Offer every column to show or hide, and the one the keyboard is on to move."""
    menu = _menu(table, "Columns")
    widths, columns = table.widths, table.rows_model.columns
    named = table.rows_model.named
    for column in columns:
        if column.title and column is not named:
            menu.addAction(_switch(menu, table, column.key, column.title))
    menu.addSeparator()
    head = table.horizontalHeader()
    at = max(0, table.currentIndex().column())
    here = head.visualIndex(at)
    for words, there in (("left", here - 1), ("right", here + 1)):
        if 0 <= there < len(columns) and columns[at].title:
            move = menu.addAction(f"Move {columns[at].title} {words}")
            move.triggered.connect(partial(head.moveSection, here, there))
    menu.addAction("As they were at first").triggered.connect(widths.reset)
    _open(menu, table)


def _switch(menu: QMenu, table: RowsTable, key: str, title: str) -> QAction:
    action = QAction(title, menu)
    action.setCheckable(True)
    action.setChecked(table.widths.is_shown(key))
    action.triggered.connect(lambda on: table.widths.switch(key, shown=bool(on)))
    return action


def _menu(table: RowsTable, title: str) -> QMenu:
    menu = QMenu(title, table)
    menu.setAccessibleName(f"{title}: {table.accessibleName()}")
    menu.aboutToHide.connect(menu.deleteLater)
    return menu


def _open(menu: QMenu, table: RowsTable) -> None:
    if menu.activeAction() is None and menu.actions():
        menu.setActiveAction(menu.actions()[0])
    menu.popup(table.mapToGlobal(QPoint(12, table.horizontalHeader().height())))
