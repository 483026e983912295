"""Open a case for a child who is in no list yet."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QMessageBox, QWidget

from caseworker_app.domain.outcome import Failed
from caseworker_app.domain.people import Caseworker, Setting
from caseworker_app.services.commands import AddChild
from caseworker_app.ui.dialogs.child_fields import ChildFields
from caseworker_app.ui.dialogs.command_dialog import CommandDialog
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.widgets.form import Form
from caseworker_app.ui.widgets.sides import Sides


class ChildDialog(CommandDialog):
    """Asks who the child is; only name and birthday are needed."""

    def __init__(
        self,
        frame: Frame,
        settings: Sequence[Setting],
        caseworkers: Sequence[Caseworker],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(frame, "New case", "Add case", parent)
        self.resize(940, 420)
        sides = Sides()
        row = sides.row
        left, right = Form(), Form()
        row.addWidget(left, 1)
        row.addWidget(right, 1)
        self.column.insertWidget(0, sides)
        self.form.hide()
        self.fields = ChildFields(frame, left, right, settings, caseworkers)
        self.fields.focus()
        self._another = False
        self.keep_draft("new child")

    def command(self) -> AddChild | None:
        """The child as typed."""
        fields = self.fields.read()
        if fields is None:
            return None
        given = {name: value for name, value in fields.items() if value not in ("", None)}
        another, self._another = self._another, False
        return AddChild(given, another)

    def rebase(self, then: Callable[[], None]) -> None:
        """A new child rests on nothing that could have changed."""
        then()

    def show_failed(self, failed: Failed) -> None:
        """Show a refusal beside its field; ask about a child who is here already."""
        if failed.children:
            self._ask_about(failed)
        elif not (failed.field and self.fields.show_problem(failed.field, failed.sentence)):
            super().show_failed(failed)

    def _ask_about(self, failed: Failed) -> None:
        """Open the case that is there, make a second one all the same, or go on typing."""
        box = QMessageBox(self)
        box.setWindowTitle(self.windowTitle())
        box.setIcon(QMessageBox.Icon.Question)
        box.setText(failed.sentence)
        box.setInformativeText("Open it, or is this another child of that name and date of birth?")
        first = "&Open it" if len(failed.children) == 1 else "&Open the first"
        box.addButton(first, QMessageBox.ButtonRole.AcceptRole).clicked.connect(
            lambda: self._open(failed.children[0])
        )
        second = box.addButton("&Make a second case", QMessageBox.ButtonRole.DestructiveRole)
        second.clicked.connect(self._make_another)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.finished.connect(box.deleteLater)
        box.open()

    def _open(self, child_id: str) -> None:
        self.reject()
        self.frame.open_case(child_id)

    def _make_another(self) -> None:
        self._another = True
        self.accept()


def open_child_dialog(frame: Frame, parent: QWidget) -> None:
    """Fetch what there is to choose from, then ask for the child; its case opens at the end."""

    def ask(found: tuple[Sequence[Setting], Sequence[Caseworker]]) -> None:
        dialog = ChildDialog(frame, *found, parent)
        dialog.done_with.connect(lambda done: frame.open_case(done.child_ids[0]))
        dialog.open()

    frame.jobs.ask(lambda session: (session.settings(), session.caseworkers()), ask, owner=parent)
