"""Change a fact that was recorded, or take it back as a mistake."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from caseworker_app.domain.caseload import CaseFile
from caseworker_app.domain.facts import Fact
from caseworker_app.domain.outcome import Failed
from caseworker_app.domain.people import Child
from caseworker_app.domain.rows import ReviewRow
from caseworker_app.services.commands import ChangeFact, Command, RemoveFact
from caseworker_app.ui.dialogs.about_child import about_child
from caseworker_app.ui.dialogs.command_dialog import CommandDialog
from caseworker_app.ui.dialogs.fact_doubts import FactDoubts
from caseworker_app.ui.dialogs.fact_fields import FactFields
from caseworker_app.ui.dialogs.kind_box import kind_words
from caseworker_app.ui.models.column import long_date
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.widgets.date_field import DateField


class _OneFactDialog(CommandDialog):
    """Holds the child and the version seen."""

    def __init__(
        self, frame: Frame, title: str, go: str, child: Child | ReviewRow, parent: QWidget | None
    ) -> None:
        super().__init__(frame, title, go, parent, about_child(child))
        self._child_id = child.child_id if isinstance(child, ReviewRow) else child.id
        self._seen = child.version

    def rebase(self, then: Callable[[], None]) -> None:
        """Change it on top of what somebody else changed."""

        def newest(case: CaseFile) -> None:
            self._seen = case.child.version
            then()

        self.frame.jobs.ask(lambda session: session.case(self._child_id), newest, owner=self)


class ChangeFactDialog(_OneFactDialog):
    """Gives a fact another day or other details."""

    def __init__(
        self, frame: Frame, case: CaseFile, fact: Fact, parent: QWidget | None = None
    ) -> None:
        super().__init__(frame, "Change what was recorded", "Change", case.child, parent)
        self._fact = fact
        self.form.add_wide(_heading(kind_words(fact.kind)))
        self.on = self.form.add("&Date", DateField(frame.today, fact.on), key="on")
        self._fields = FactFields(self.form, frame.today)
        self._fields.show_kind(fact.kind, fact.detail)
        self._doubts = FactDoubts(self.form, self._fields, case.child.born, self.adjustSize)
        self._doubts.facts = case.facts
        self._fields.watch(self._weigh)
        self.on.changed.connect(self._weigh)
        self._weigh()
        self.on.setFocus()
        self.on.line.selectAll()
        self.keep_draft(f"change fact:{fact.id}", case.child.id)

    def command(self) -> Command | None:
        """The change as typed."""
        if self.on.value is None:
            sentence = self.on.problem or "Enter the day it happened."
            self.form.show_problem("on", sentence)
            return None
        detail = self._fields.read()
        if detail is None:
            return None
        return ChangeFact(self._child_id, self._seen, self._fact.id, self.on.value, detail)

    def _weigh(self) -> None:
        self._doubts.ask(self._fact.kind, self.on.value, self._fact.id)

    def show_failed(self, failed: Failed) -> None:
        """Show a refusal beside its field, the extra ones included."""
        if not (failed.field and self._fields.show_problem(failed.field, failed.sentence)):
            super().show_failed(failed)


class RemoveFactDialog(_OneFactDialog):
    """Takes a fact back, with the reason that the history keeps."""

    def __init__(
        self,
        frame: Frame,
        child: Child | ReviewRow,
        what: str,
        make: Callable[[int, str], Command],
        parent: QWidget | None = None,
    ) -> None:
        """Make the dialog.

        Args:
            frame: the window around it.
            child: whose fact it is.
            what: the fact in words, "Review meeting held, 16 Oct 2026".
            make: the command, from the version seen and the reason.
            parent: the window it stands over.
        """
        super().__init__(frame, "Remove what was recorded", "Remove", child, parent)
        self._make = make
        self.form.add_wide(_heading(what))
        self.why = self.form.add(
            "&Reason", QLineEdit(), "The history keeps it; the deadlines follow.", key="why"
        )
        self.why.setPlaceholderText("Typed in the wrong row")
        self.why.setFocus()

    def command(self) -> Command | None:
        """The removal with its reason."""
        why = self.why.text().strip()
        if not why:
            self.form.show_problem("why", "Say in a few words why it is removed.")
            return None
        return self._make(self._seen, why)


def remove_fact_dialog(
    frame: Frame, child: Child, fact: Fact, parent: QWidget | None = None
) -> RemoveFactDialog:
    """The dialog that removes a fact of the case page's time line."""
    return RemoveFactDialog(
        frame,
        child,
        f"{kind_words(fact.kind)}, {long_date(fact.on)}",
        lambda seen, why: RemoveFact(child.id, seen, fact.id, why),
        parent,
    )


def _heading(words: str) -> QLabel:
    label = QLabel(words)
    label.setObjectName("heading")
    label.setWordWrap(True)
    return label
