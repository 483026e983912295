"""A form in a dialog with one button that goes on and one that leaves."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialogButtonBox, QVBoxLayout, QWidget

from caseworker_app.ui.dialogs.typed_dialog import TypedDialog
from caseworker_app.ui.widgets.form import Form


class FormDialog(TypedDialog):
    """Stays open until what it asks for is done.

    Signals:
        saved: it was done.
    """

    guide = "Forecast and rules"
    """The section of the guide that F1 opens."""

    saved = Signal()

    def __init__(self, title: str, go: str, parent: QWidget | None = None) -> None:
        """Make the dialog; `go` is on the button that goes on."""
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(560)
        self.form = Form(self)
        self.buttons = QDialogButtonBox()
        self.go = self.buttons.addButton(go, QDialogButtonBox.ButtonRole.AcceptRole)
        self.go.setObjectName("primary")
        self.go.setDefault(True)
        self.buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(12)
        column.addWidget(self.form)
        column.addStretch(1)
        column.addWidget(self.buttons)

    def busy(self, *, on: bool) -> None:
        """Bar a second press while the first is under way."""
        self.buttons.setEnabled(not on)

    def succeed(self) -> None:
        """It was done."""
        self.saved.emit()
        super().accept()
