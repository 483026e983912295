"""What every dialog does that carries out one command: refusals in place, nothing typed lost."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from caseworker_app.domain.outcome import Done, Failed, Outcome
from caseworker_app.services.commands import Command
from caseworker_app.ui.dialogs.typed_dialog import TypedDialog
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.widgets.form import Form


class CommandDialog(TypedDialog):
    """A form whose Enter carries a command out.

    A refusal is shown beside its field, a change by somebody else above the buttons with a way
    to go on from it; the dialog closes only when the command is done.

    Signals:
        done_with: what the command came to, when it was carried out.
    """

    done_with = Signal(object)

    takes_long = ""
    """The title of a progress dialog with Cancel, where the command may take long."""

    def __init__(
        self,
        frame: Frame,
        title: str,
        go: str,
        parent: QWidget | None = None,
        about: str = "",
    ) -> None:
        """Make the dialog.

        Args:
            frame: the window around it.
            title: of the dialog.
            go: words of the button that carries the command out.
            parent: the window it stands over.
            about: whom it is about, above the form; guards against the wrong child.
        """
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(560)
        self.frame = frame
        self.form = Form()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(18, 16, 18, 14)
        self.column.setSpacing(12)
        if about:
            who = QLabel(about)
            who.setObjectName("title")
            who.setWordWrap(True)
            self.column.addWidget(who)
        self.column.addWidget(self.form)
        self.column.addStretch(1)
        self._trouble_bar()
        self.buttons = QDialogButtonBox()
        self.go = self.buttons.addButton(go, QDialogButtonBox.ButtonRole.AcceptRole)
        self.go.setObjectName("primary")
        self.go.setDefault(True)
        self.buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.column.addWidget(self.buttons)

    def command(self) -> Command | None:
        """The command as the form stands, or None after showing what is missing or wrong."""
        raise NotImplementedError

    def rebase(self, then: Callable[[], None]) -> None:
        """Take the newest version of what is changed, keep what was typed, and call `then`."""
        raise NotImplementedError

    def accept(self) -> None:
        """Carry the command out; close when it is done."""
        self.send(self.succeed)

    def send(self, succeed: Callable[[Done], None]) -> None:
        """Carry the command out and tell `succeed`; show beside the fields why not."""
        self.form.clear_problems()
        self._say("")
        command = self.command()
        if command is None:
            return
        self.busy(on=True)

        def came(outcome: Outcome) -> None:
            self.busy(on=False)
            if isinstance(outcome, Failed):
                self.show_failed(outcome)
            else:
                self.done_with.emit(outcome)
                succeed(outcome)

        self.frame.jobs.submit(command, self, came, self.takes_long)

    def succeed(self, done: Done) -> None:
        """The command was carried out."""
        del done
        super().accept()

    def busy(self, *, on: bool) -> None:
        """Bar a second press while the first is under way."""
        self.buttons.setEnabled(not on)

    def show_failed(self, failed: Failed) -> None:
        """Say why not, where it belongs."""
        if failed.why == "stale":
            self._say(f"{failed.sentence} What you typed is still here.")
            self._latest.show()
            self._latest.setFocus()
        elif not self.form.show_failed(failed):
            reference = f" Reference {failed.reference}." if failed.reference else ""
            self._say(failed.sentence + reference)

    def _trouble_bar(self) -> None:
        self._trouble = QLabel()
        self._trouble.setObjectName("problem")
        self._trouble.setWordWrap(True)
        self._latest = QPushButton("Use mine on top of the change")
        self._latest.setAutoDefault(False)
        self._latest.clicked.connect(lambda: self.rebase(self.accept))
        row = QHBoxLayout()
        row.addWidget(self._trouble, 1)
        row.addWidget(self._latest)
        self.column.addLayout(row)
        self._trouble.hide()
        self._latest.hide()

    def _say(self, sentence: str) -> None:
        self._trouble.setText(sentence)
        self._trouble.setVisible(bool(sentence))
        self._latest.hide()
