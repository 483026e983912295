"""What waits for the first paint comes after it, and comes once."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from caseworker_app.ui.runtime.painting import when_painted


class Order(QObject):
    """Notes when its widget is painted."""

    def __init__(self, widget: QWidget, seen: list[str]) -> None:
        super().__init__(widget)
        self._seen = seen
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        del watched
        if event.type() == QEvent.Type.Paint:
            self._seen.append("painted")
        return False


def test_it_comes_once_after_the_paint(qtbot: QtBot) -> None:
    widget, seen = QWidget(), list[str]()
    qtbot.addWidget(widget)
    Order(widget, seen)
    when_painted(widget, lambda: seen.append("told"))
    widget.show()
    qtbot.waitUntil(lambda: "told" in seen)
    assert seen[0] == "painted"
    widget.repaint()
    assert seen.count("told") == 1


def test_it_comes_though_nobody_sees_the_widget(qtbot: QtBot) -> None:
    widget, seen = QWidget(), list[str]()
    qtbot.addWidget(widget)
    when_painted(widget, lambda: seen.append("told"))
    qtbot.waitUntil(lambda: seen == ["told"])


def test_it_does_not_come_when_the_widget_has_gone(qtbot: QtBot) -> None:
    widget, other, seen = QWidget(), QWidget(), list[str]()
    qtbot.addWidget(other)
    when_painted(widget, lambda: seen.append("gone"))
    when_painted(other, lambda: seen.append("told"))
    widget.deleteLater()
    qtbot.waitUntil(lambda: "told" in seen)
    assert seen == ["told"]
