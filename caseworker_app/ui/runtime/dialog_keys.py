"""The keys that mean the same in every dialog: Enter is its main button, F1 opens the guide.

Enter presses the main button wherever the keyboard is; Space presses the button it is on. Held in
one place for every dialog of the application, from the first focus in it on. Questions of Qt's own
(`QMessageBox`, file dialogs) keep the keys of the system.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton, QWidget

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog

_OF_QT = ("QMessageBox", "QFileDialog")
_READY = "caseworker.main"
_MAIN = "main"
_OTHER = "other"
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_KEYS = ("Ctrl+S", "Ctrl+Return", "Ctrl+Enter")
"""Besides Enter: what saves elsewhere, and what is left where Enter makes a line."""


class DialogKeys(QObject):
    """Follows the focus through the dialogs of an application."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._look)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter on any button of a dialog is for the main one."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() in _ENTER
            and isinstance(watched, QAbstractButton)
        ):
            over = watched.window()
            if over.inherits("QDialog") and main_button(dialog := cast("QDialog", over)):
                press_main(dialog)
                return True
        return False

    def _look(self, old: QWidget | None, new: QWidget | None) -> None:
        del old
        over = new.window() if new is not None else None
        # Asked by name, for the classes take long to load, and most starts show no dialog.
        if over is None or not over.inherits("QDialog") or any(map(over.inherits, _OF_QT)):
            return
        dialog = cast("QDialog", over)
        if isinstance(new, QPushButton) and dialog.property(_READY) and not new.property(_READY):
            # It came after the dialog was shown, and Qt has just made it the default.
            _take_enter_from(new)
            back = next((one for one in _buttons(dialog) if one.property(_READY) == _MAIN), None)
            if back is not None:
                back.setDefault(True)
        _make_ready(dialog)
        if isinstance(new, QAbstractButton):
            new.installEventFilter(self)


def main_button(dialog: QDialog) -> QPushButton | None:
    """The button that Enter presses, or None where a dialog has none."""
    return next((one for one in _buttons(dialog) if one.isDefault()), None)


def press_main(dialog: QDialog) -> None:
    """Press the main button, unless it cannot be pressed now."""
    button = main_button(dialog)
    if button is not None and button.isVisible() and button.isEnabled():
        button.click()


def _make_ready(dialog: QDialog) -> None:
    first = not dialog.property(_READY)
    for button in _buttons(dialog):
        _take_enter_from(button)
        if button.isDefault():
            button.setProperty(_READY, _MAIN)
            # Said before it stood in the dialog, Qt takes it back as the focus leaves the button.
            button.setDefault(True)
    if first:
        dialog.setProperty(_READY, _MAIN)
        for keys in _KEYS:
            shortcut = QShortcut(QKeySequence(keys), dialog)
            shortcut.activated.connect(lambda: press_main(dialog))
        QShortcut(QKeySequence("F1"), dialog).activated.connect(lambda: _help(dialog))


def _help(dialog: QDialog) -> None:
    from caseworker_app.ui.help import show_guide

    show_guide(dialog, str(getattr(dialog, "guide", "")))


def _take_enter_from(button: QPushButton) -> None:
    button.setProperty(_READY, _OTHER)
    if button.autoDefault():
        button.setAutoDefault(False)


def _buttons(dialog: QDialog) -> list[QPushButton]:
    return dialog.findChildren(QPushButton)
