"""Pages of which one is in front: only that one is asked for its size, and has the keyboard."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from caseworker_app.ui.fitting import Pages


class Counted(QLabel):
    """A label that counts how often it is asked for its size."""

    asked = 0

    def sizeHint(self) -> QSize:
        self.asked += 1
        return super().sizeHint()


def page() -> tuple[QWidget, Counted, QLineEdit]:
    widget, label, field = QWidget(), Counted("Plans"), QLineEdit()
    column = QVBoxLayout(widget)
    column.addWidget(label)
    column.addWidget(field)
    return widget, label, field


def test_a_page_behind_is_not_asked_when_the_one_in_front_changes(
    qapp: QApplication, qtbot: QtBot
) -> None:
    pages = Pages()
    qtbot.addWidget(pages)
    (behind, hidden, _), (front, shown, _) = page(), page()
    pages.addWidget(behind)
    pages.addWidget(front)
    pages.resize(600, 400)
    pages.show()
    pages.setCurrentWidget(front)
    qapp.processEvents()
    assert front.geometry() == pages.rect()
    assert (front.isVisible(), behind.isVisible()) == (True, False)
    before, was = hidden.asked, shown.asked
    shown.setText("Plans that are late, with their dates")
    qapp.processEvents()
    assert shown.asked > was
    assert hidden.asked == before
    pages.resize(700, 500)
    pages.setCurrentWidget(behind)
    assert behind.geometry() == pages.rect()


def test_the_keyboard_goes_along_to_where_it_was(qapp: QApplication, qtbot: QtBot) -> None:
    pages = Pages()
    qtbot.addWidget(pages)
    (first, _, field), (second, _, other) = page(), page()
    pages.addWidget(first)
    pages.addWidget(second)
    pages.show()
    qapp.processEvents()
    field.setFocus()
    pages.setCurrentWidget(second)
    assert not field.hasFocus()
    other.setFocus()
    pages.setCurrentWidget(first)
    assert qapp.focusWidget() is field
