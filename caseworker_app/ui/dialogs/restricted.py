"""A restricted case: why it is opened, and for whom it opens."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from caseworker_app.domain.kinds import kind_named
from caseworker_app.domain.outcome import Failed
from caseworker_app.ui.dialogs.form_dialog import FormDialog
from caseworker_app.ui.dialogs.record import open_record_dialog

if TYPE_CHECKING:
    from caseworker_app.domain.rows import RecordRow
    from caseworker_app.ui.screens.base import Frame

_KIND = "restriction"


class ReasonDialog(FormDialog):
    """Asks why somebody opens a restricted case."""

    guide = "Restricted cases"
    """The section of the guide that F1 opens."""

    def __init__(self, frame: Frame, child_id: str, asked: str, parent: QWidget) -> None:
        super().__init__("Restricted case", "Open it", parent)
        self._frame, self._child_id = frame, child_id
        about = QLabel(asked)
        about.setWordWrap(True)
        self.form.add_wide(about)
        self.why = self.form.add("&Why", QLineEdit(), "It goes on record, with your name.", "why")
        self.why.setFocus()

    def accept(self) -> None:
        """Open it, if the store agrees."""
        why, child_id = self.why.text(), self._child_id
        self.form.clear_problems()
        self.busy(on=True)

        def failed(failure: Failed) -> None:
            self.busy(on=False)
            self.form.show_problem("why", failure.sentence)

        self._frame.jobs.ask(
            lambda session: session.open_restricted(child_id, why),
            lambda _: self.succeed(),
            failed,
            owner=self,
        )


def ask_reason(
    frame: Frame,
    asked: Failed,
    then: Callable[[], None],
    left: Callable[[], None],
    parent: QWidget,
) -> None:
    """Ask why a restricted case is opened.

    Args:
        frame: the window.
        asked: what opening it came to.
        then: called once it is open.
        left: called where nobody says why.
        parent: the window it stands over.
    """
    dialog = ReasonDialog(frame, asked.children[0], asked.sentence, parent)
    dialog.saved.connect(then)
    dialog.rejected.connect(left)
    dialog.open()


def restrict(frame: Frame, child_id: str, parent: QWidget) -> None:
    """Open the form of a case's restriction: the one that stands, or a new one."""

    def ask(rows: tuple[RecordRow, ...]) -> None:
        today = frame.today()
        standing = [
            row.record
            for row in rows
            if row.record.child_id == child_id
            and (row.record.until is None or row.record.until >= today)
        ]
        newest = standing[-1] if standing else None
        open_record_dialog(frame, kind_named(_KIND), newest, parent, child_id)

    frame.jobs.ask(lambda session: session.record_rows(_KIND), ask, owner=parent)
