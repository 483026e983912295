"""A line for a passphrase, hidden as it is typed, with a button that shows it."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget


class PassphraseField(QWidget):
    """The line stands as `line`, the button as `shown`."""

    def __init__(self, what: str = "the passphrase") -> None:
        """Make the field; `what` says which one, where a form asks for several."""
        super().__init__()
        self.line = QLineEdit()
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.shown = QPushButton("Show")
        self.shown.setCheckable(True)
        self.shown.setAutoDefault(False)
        self.shown.setAccessibleName(f"Show {what}")
        self.shown.setToolTip(f"Show {what} as it is typed, or hide it again")
        self.shown.toggled.connect(self._show)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.line, 1)
        row.addWidget(self.shown)
        self.setFocusProxy(self.line)

    def text(self) -> str:
        """What is typed."""
        return self.line.text()

    def setText(self, text: str) -> None:
        """Put a text into the line."""
        self.line.setText(text)

    def selectAll(self) -> None:
        """Select what is typed, so that typing anew replaces it."""
        self.line.selectAll()

    def _show(self, on: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if on else QLineEdit.EchoMode.Password
        self.line.setEchoMode(mode)
        self.shown.setText("Hide" if on else "Show")
