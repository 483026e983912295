"""A filter box says whole what is chosen, and keeps the tip that says what it is for."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from caseworker_app.ui.widgets.filter_box import MOST, FilterBox


@pytest.mark.parametrize(("chosen", "told"), [("W" * MOST, True), ("Ash", False)])
def test_its_tip_says_all_of_what_is_cut_and_else_what_the_box_is_for(
    qtbot: QtBot, chosen: str, told: bool
) -> None:
    box = FilterBox("All")
    qtbot.addWidget(box)
    box.setToolTip("How the columns were read")
    box.addItem(chosen, "1")
    box.setCurrentIndex(1)
    box.show()
    event = QHelpEvent(QEvent.Type.ToolTip, QPoint(2, 2), box.mapToGlobal(QPoint(2, 2)))
    QApplication.sendEvent(box, event)
    assert QToolTip.text() == (chosen if told else "How the columns were read")
    QToolTip.hideText()
    assert box.toolTip() == "How the columns were read"
