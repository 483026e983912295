"""Record something that happened to a child: what, when, and what the kind asks besides."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QDialogButtonBox, QLabel, QWidget

from caseworker_app.domain.caseload import CaseFile
from caseworker_app.domain.facts import Fact
from caseworker_app.domain.next_step import likely_next
from caseworker_app.domain.outcome import Done, Failed
from caseworker_app.services.commands import RecordFact
from caseworker_app.ui.dialogs.about_child import about_child
from caseworker_app.ui.dialogs.claim_effect import EXCEPTION, ClaimEffect
from caseworker_app.ui.dialogs.command_dialog import CommandDialog
from caseworker_app.ui.dialogs.fact_doubts import FactDoubts
from caseworker_app.ui.dialogs.fact_fields import FactFields
from caseworker_app.ui.dialogs.kind_box import KindBox
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.widgets.date_field import DateField


class RecordFactDialog(CommandDialog):
    """Records one fact, or several one after the other."""

    def __init__(
        self,
        frame: Frame,
        case: CaseFile,
        parent: QWidget | None = None,
        kind: str = "",
    ) -> None:
        """Make the dialog.

        Args:
            frame: the window around it.
            case: the child, with the facts that say which kind is likely next.
            parent: the window it stands over.
            kind: the kind to offer first; "" takes the likely next one.
        """
        child = case.child
        super().__init__(frame, "Record", "Record", parent, about_child(child))
        self._child_id, self._seen = child.id, child.version
        self.kind_box = self.form.add("&What happened", KindBox(frame.theme), key="kind")
        self.on = self.form.add("&Date", DateField(frame.today), key="on")
        self._fields = FactFields(self.form, frame.today)
        self._doubts = FactDoubts(self.form, self._fields, child.born, self.adjustSize)
        self._doubts.facts = case.facts
        self.effect = ClaimEffect(frame, case)
        self.kind_box.currentIndexChanged.connect(self._show_fields)
        self.kind_box.choose(kind or likely_next(case.facts))
        self._show_fields()
        self.column.insertWidget(self.column.indexOf(self.form) + 1, self.effect)
        self.effect.said.connect(self._fit)
        self.on.changed.connect(self._weigh)
        self._said = QLabel()
        self._said.setObjectName("good")
        self._said.setWordWrap(True)
        self._said.hide()
        self.column.insertWidget(1, self._said)
        self.another = self.buttons.addButton(
            "Record and &another", QDialogButtonBox.ButtonRole.ActionRole
        )
        self.another.setAutoDefault(False)
        self.another.clicked.connect(lambda: self.send(self._again))
        self.on.setFocus()
        self.keep_draft("record", child.id, always=("kind",))

    def first_field(self) -> QWidget:
        """The day: the likely kind is chosen already."""
        return self.on

    def command(self) -> RecordFact | None:
        """The fact as typed."""
        day = self._day()
        if day is None:
            return None
        detail = self._fields.read()
        if detail is None:
            return None
        return RecordFact(self._child_id, self._seen, self.kind_box.kind, day, detail)

    def rebase(self, then: Callable[[], None]) -> None:
        """Record on top of what somebody else changed."""

        def newest(case: CaseFile) -> None:
            self._seen = case.child.version
            self._doubts.facts = case.facts
            then()

        self.frame.jobs.ask(lambda session: session.case(self._child_id), newest, owner=self)

    def show_failed(self, failed: Failed) -> None:
        """Show a refusal beside its field, the extra ones included."""
        if not (failed.field and self._fields.show_problem(failed.field, failed.sentence)):
            super().show_failed(failed)

    def _day(self) -> date | None:
        if self.on.value is None:
            sentence = self.on.problem or "Enter the day it happened."
            self.form.show_problem("on", sentence)
        return self.on.value

    def _show_fields(self) -> None:
        self._fields.show_kind(self.kind_box.kind)
        self._fields.watch(self._weigh)
        self._weigh()
        self.adjustSize()

    def _weigh(self) -> None:
        """Ask about a day out of order, and say of an exception what it would excuse."""
        day, kind = self.on.value, self.kind_box.kind
        self._doubts.ask(kind, day)
        if kind != EXCEPTION:
            self.effect.weigh(None)
            return
        claim = Fact(kind, day or self.frame.today(), self._fields.typed(), id="new")
        if day is None and claim.text("ground"):
            self.effect.ask_for_day()
        else:
            self.effect.weigh(claim)

    def _fit(self) -> None:
        """Make room for what the exception comes to."""
        self.effect.setMinimumHeight(self.effect.heightForWidth(self.form.width()))
        self.adjustSize()

    def _again(self, done: Done) -> None:
        """Stay open for the next fact of the same child."""
        self.remember_typed()
        self._said.setText(done.message)
        self._said.show()
        self.busy(on=True)

        def ready(case: CaseFile) -> None:
            self.busy(on=False)
            self._seen = case.child.version
            self._doubts.facts = case.facts
            self.kind_box.choose(likely_next(case.facts))
            self._fields.show_kind(self.kind_box.kind, {})
            self._weigh()
            self.remember_typed()
            self.kind_box.setFocus()

        self.frame.jobs.ask(lambda session: session.case(self._child_id), ready, owner=self)
