"""The question when something about one child names another: what was found, and why go on."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QVBoxLayout,
    QWidget,
)

from caseworker_app.domain.outcome import Failed, Outcome
from caseworker_app.domain.wrong_child import Finding
from caseworker_app.services.commands import LetLeave
from caseworker_app.ui.fitting import FittingDialog
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.widgets.form import Form

_MOST = 50
"""So many findings are told in the trail at most."""


class StoppedDialog(FittingDialog):
    """What was found and where, and a reason for going on all the same.

    Where all of it is in doubt no reason is needed.
    """

    def __init__(
        self,
        frame: Frame,
        what: str,
        found: Sequence[tuple[str, Sequence[Finding]]],
        go: Callable[[], None],
        parent: QWidget | None = None,
    ) -> None:
        """Make the question.

        Args:
            frame: the window.
            what: what is done, for the trail.
            found: the id of each child whose page names another, with what was found in it.
            go: lets it leave.
            parent: the window it stands over.
        """
        super().__init__(parent)
        self._frame, self._what, self._go = frame, what, go
        self._pages = [(key, tuple(findings)) for key, findings in found]
        self._findings = [one for _, findings in self._pages for one in findings]
        self._sure = any(not one.doubt for one in self._findings)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        sure = self._sure
        self.setWindowTitle("Another child is named" if sure else "Is another child named?")
        self.resize(640, 380)
        words = (
            "This was stopped: it names another child."
            if sure
            else "This may name another child. Nothing has left yet."
        )
        ask = "Correct it, or say why it may go on." if sure else "Correct it, or go on."
        said = QLabel(f"{words} {ask}")
        said.setWordWrap(True)
        self.found = QListWidget()
        self.found.setAccessibleName("What was found")
        self.found.setWordWrap(True)
        for one in self._findings:
            self.found.addItem(one.words)
        self.found.setCurrentRow(0)
        self.form = Form(self)
        self.why = self.form.add(
            "&Why it may go on",
            QLineEdit(),
            "Kept in the child's history, such as: cousins, and their mother asked for both.",
            key="why",
        )
        buttons = QDialogButtonBox()
        self.stop = buttons.addButton("&Stop", QDialogButtonBox.ButtonRole.RejectRole)
        self.on = buttons.addButton("&Go on", QDialogButtonBox.ButtonRole.AcceptRole)
        # Without a reason it does not go on, so that Enter does no harm where one is needed.
        (self.on if sure else self.stop).setDefault(True)
        buttons.accepted.connect(self.go_on)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(10)
        for part in (said, self.found, self.form, buttons):
            column.addWidget(part)
        self.found.setFocus()

    def go_on(self) -> None:
        """Keep the reason, and then let it leave."""
        why = self.why.text().strip()
        if not why and not self._sure:
            self.accept()
            self._go()
            return
        if not why:
            self.form.show_problem("why", "Say why it may leave although it names another child.")
            self.why.setFocus()
            return
        self.on.setEnabled(False)
        self._keep(why, list(self._pages))

    def _keep(self, why: str, pages: list[tuple[str, tuple[Finding, ...]]]) -> None:
        """Keep the reason in the history of each child, one after the other; then let it leave."""
        if not pages:
            self.accept()
            self._go()
            return
        child_id, findings = pages.pop(0)
        others = sorted({key for one in findings for key in one.child_ids}, key=int)
        found = tuple(one.words.rstrip(".") for one in findings[:_MOST])
        command = LetLeave(child_id, self._what, found, tuple(others[:_MOST]), why)

        def came(outcome: Outcome) -> None:
            if isinstance(outcome, Failed):
                self.on.setEnabled(True)
                if not self.form.show_problem(outcome.field or "why", outcome.sentence):
                    self._frame.tell_failed(outcome)
            else:
                self._keep(why, pages)

        self._frame.jobs.submit(command, self, came)
