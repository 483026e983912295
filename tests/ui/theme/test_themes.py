"""A theme on the application: put on where it is another, and on every control that there is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from caseworker_app.ui.theme import tokens
from caseworker_app.ui.theme.themes import Themes


class _Restyled(QObject):
    """Counts how often what it watches was styled anew."""

    count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        del watched
        self.count += event.type() == QEvent.Type.StyleChange
        return False


def test_the_theme_in_use_is_not_put_on_again(qtbot: QtBot, qapp: QApplication) -> None:
    themes = Themes(qapp, tokens.LIGHT)
    label, restyled = QLabel("Today"), _Restyled()
    qtbot.addWidget(label)
    label.show()
    label.installEventFilter(restyled)
    themes.choose(tokens.LIGHT)
    Themes(qapp, tokens.LIGHT)
    assert restyled.count == 0
    themes.choose(tokens.DARK)
    assert restyled.count == 1
    themes.choose(tokens.LIGHT)
