"""A person at the keyboard: presses keys, hears names, and counts what it took."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QKeyCombination
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from caseworker_app.ui.main_window import MainWindow
from tests.support.borough import PATIENCE_MS, wait_until_still
from tests.support.window import activate


class Hands:
    """Keys go to whatever has the keyboard.

    Attributes:
        keys: how many were pressed; one with Ctrl, Shift or Alt held is one.
        took: the counts of each act that was counted, by its words.
    """

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window, self.qtbot = window, qtbot
        self.keys = 0
        self.took: dict[str, int] = {}
        activate(window, qtbot)

    def press(self, *keys: str, times: int = 1) -> None:
        """Press keys one after the other, each as Qt writes it ("Ctrl+K"), and let the window act.

        Between two presses of one key nobody waits.
        """
        for text in keys:
            key = QKeySequence(text)[0]
            assert isinstance(key, QKeyCombination)
            for _ in range(times):
                QTest.keyClick(self.focus(), key.key(), key.keyboardModifiers())
                self.keys += 1
            self.still()

    def type(self, text: str) -> None:
        """Type letters."""
        for letter in text:
            QTest.keyClick(self.focus(), letter)
            self.keys += 1
        self.still()

    def focus(self) -> QWidget:
        """What has the keyboard."""
        at = QApplication.activePopupWidget() or QApplication.focusWidget()
        return at or QApplication.activeWindow() or self.window

    @property
    def where(self) -> str:
        """The name of what has the keyboard, as a screen reader says it."""
        return self.focus().accessibleName()

    def still(self) -> None:
        """Wait until the window has done what was asked, and the keyboard is back where it was.

        Where there is no window manager nobody gives the keyboard to the window behind a dialog.
        """
        if not self.window.jobs.is_open:
            return  # It was closed.
        wait_until_still(self.window, self.qtbot)
        if QApplication.activeWindow() is None:
            activate(QApplication.activeModalWidget() or self.window, self.qtbot)

    def heads(self) -> str:
        """The title of the window in front."""
        front = QApplication.activeWindow()
        return front.windowTitle() if front is not None else ""

    def wait_for(self, title: str) -> None:
        """Wait until a window of this title is in front."""
        self.qtbot.waitUntil(lambda: self.heads() == title, timeout=PATIENCE_MS)

    def clip(self, text: str) -> None:
        """Have copied this elsewhere."""
        QGuiApplication.clipboard().setText(text)

    @contextmanager
    def counting(self, words: str) -> Iterator[None]:
        """Count the keys of an act under these words."""
        before = self.keys
        yield
        self.took[words] = self.keys - before
