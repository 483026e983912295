"""What every dialog does with something typed in it: Esc and closing never lose it unasked."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QMessageBox, QPlainTextEdit

from caseworker_app.ui.fitting import FittingDialog
from caseworker_app.ui.widgets.field_text import text_of


class TypedDialog(FittingDialog):
    """Escape is pressed by accident; Cancel is not."""

    question = "Leave without recording what you typed?"
    _was_shown = False

    def showEvent(self, event: QShowEvent) -> None:
        """Keep what the form starts with, to know later whether something was typed.

        Shown again, as after a lock, it still started with that.
        """
        super().showEvent(event)
        if not event.spontaneous() and not self._was_shown:
            self._was_shown = True
            self.remember_typed()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ask before Escape loses what was typed."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask before what was typed goes with the window."""
        if self.isVisible() and self.has_typed:
            event.ignore()
            self.leave()
        else:
            super().closeEvent(event)

    @property
    def has_typed(self) -> bool:
        """Whether anything differs from what the form started with."""
        return self._held() != getattr(self, "_begun", None)

    def remember_typed(self) -> None:
        """What stands in the form now is recorded, or was there from the start."""
        self._begun = self._held()

    def leave(self) -> None:
        """Close, but ask first where something was typed."""
        if not self.has_typed:
            self.reject()
            return
        box = QMessageBox(self)
        box.setWindowTitle(self.windowTitle())
        box.setIcon(QMessageBox.Icon.Question)
        box.setText(self.question)
        keep = box.addButton("Go on typing", QMessageBox.ButtonRole.RejectRole)
        box.addButton("Leave", QMessageBox.ButtonRole.DestructiveRole).clicked.connect(self.reject)
        box.setDefaultButton(keep)
        box.setEscapeButton(keep)
        box.finished.connect(box.deleteLater)
        box.open()

    def _held(self) -> list[str]:
        # An editable list's own line is among the lines.
        fields = [
            *self.findChildren(QLineEdit),
            *self.findChildren(QPlainTextEdit),
            *self.findChildren(QComboBox),
            *self.findChildren(QCheckBox),
        ]
        return [text_of(one) for one in fields]
