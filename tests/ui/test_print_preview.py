"""The pages before they are printed: every control has a name, and nothing is off the screen."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from caseworker_app.ui import fitting
from caseworker_app.ui.print_preview import preview_of
from tests.support import sweeping


def test_every_control_has_a_name_and_is_in_the_screen(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1200, 900)
    # The dialog holds no printer of its own.
    printer = QPrinter()
    dialog = preview_of(printer, "Agenda", window)
    dialog.show()
    room = fitting.room_for(dialog)
    assert sweeping.nameless(dialog) + sweeping.unlabelled(dialog) == []
    assert sweeping.outside(dialog, QSize(room.width() + 8, room.height() + 40)) == []
    assert dialog.accessibleName() == "Print Agenda"
    dialog.close()
