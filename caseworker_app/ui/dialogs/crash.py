"""What to know after Caseworker ended by itself, or after a bug: a report to read and to save."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from caseworker_app import files
from caseworker_app.crash_report import Report
from caseworker_app.domain.errors import CaseworkerError
from caseworker_app.services.drafts import drafts
from caseworker_app.services.session import Session
from caseworker_app.services.wording import counted
from caseworker_app.ui.fitting import FittingDialog
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.widgets.files import ask_save

_KEPT = "Everything that was recorded is in the store."
ENDED = f"Caseworker ended by itself last time. {_KEPT}"
STOPPED = f"Caseworker was ended from outside last time, or the computer stopped. {_KEPT}"
_PLAIN = (
    "The report says which lines of the program were at work. No name and nothing of any child is "
    "in it: read it, and send it to whoever looks after Caseworker if you like."
)


class ReportDialog(FittingDialog):
    """Shows a report; Save and Copy take it along."""

    guide = "Undo, history, backups"
    """The section of the guide that F1 opens."""

    def __init__(self, words: str, text: str, parent: QWidget | None = None) -> None:
        """Make the dialog; `words` say what happened and what was kept."""
        super().__init__(parent)
        self.setWindowTitle("Report")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(720, 480)
        said = QLabel(words)
        said.setWordWrap(True)
        note = QLabel(_PLAIN)
        note.setObjectName("dim")
        note.setWordWrap(True)
        self.text = QPlainTextEdit(text)
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName("Report")
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.problem = QLabel()
        self.problem.setObjectName("problem")
        self.problem.setWordWrap(True)
        self.problem.hide()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        save = buttons.addButton("&Save as…", QDialogButtonBox.ButtonRole.ActionRole)
        copy = buttons.addButton("&Copy", QDialogButtonBox.ButtonRole.ActionRole)
        save.clicked.connect(self._ask_where)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(text))
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(10)
        for widget in (said, note):
            column.addWidget(widget)
        column.addWidget(self.text, 1)
        column.addWidget(self.problem)
        column.addWidget(buttons)

    def save(self, target: Path) -> None:
        """Write the report."""
        try:
            with files.plain_errors(target):
                files.write_whole(target, self.text.toPlainText().encode())
        except CaseworkerError as error:
            self.problem.setText(error.sentence)
            self.problem.show()
        else:
            self.accept()

    def _ask_where(self) -> None:
        name = "Caseworker report.txt"
        ask_save(self, "Save the report", name, "Text (*.txt)", lambda to: self.save(Path(to)))


def tell_ended(frame: Frame, reports: Sequence[Report], parent: QWidget) -> None:
    """Say once that windows did not close, and what of a person's work is kept.

    A report is shown of those that broke; of one that was ended from outside it would say nothing.
    """

    def show(kept: int) -> None:
        waiting = counted(kept, "form")
        verb = "is" if kept == 1 else "are"
        more = f" {waiting} you had begun {verb} kept under Edit, Drafts." if kept else ""
        broke = [one.text for one in reports if one.broke]
        if broke:
            ReportDialog(ENDED + more, "\n".join(broke), parent).open()
        else:
            frame.say(STOPPED + more)
        for one in reports:
            one.seen()

    def count(session: Session) -> int:
        return len(drafts(session))

    frame.jobs.ask(count, show, owner=parent)
