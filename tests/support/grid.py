"""Typing into the table of annual reviews as somebody does at the keyboard."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from caseworker_app.domain.rows import ReviewRow
from caseworker_app.ui.screens.reviews import ReviewsScreen
from caseworker_app.ui.screens.reviews_columns import KEYS

ENTER = Qt.Key.Key_Return


def row(screen: ReviewsScreen, surname: str) -> ReviewRow:
    return next(one for one in screen.model.all_rows() if one.surname == surname)


def begin(screen: ReviewsScreen, qtbot: QtBot, surname: str, key: str) -> QLineEdit:
    """Put the keyboard on a cell and press F2."""
    go_to(screen, screen.model.line_of(row(screen, surname).child_id), key)
    qtbot.keyClick(screen.table, Qt.Key.Key_F2)
    editor = screen.table.editor()
    assert editor is not None
    return editor


def enter(screen: ReviewsScreen, qtbot: QtBot, surname: str, key: str, text: str) -> None:
    editor = begin(screen, qtbot, surname, key)
    editor.selectAll()
    qtbot.keyClicks(editor, text)
    qtbot.keyClick(editor, ENTER)


def go_to(screen: ReviewsScreen, line: int, key: str) -> None:
    """Choose one cell, whatever keys an earlier test left down."""
    index = screen.model.index(line, KEYS.index(key))
    flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
    screen.table.selectionModel().setCurrentIndex(index, flags)
