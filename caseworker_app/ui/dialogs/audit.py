"""An audit in one pass beside the plan, and the second look at one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from caseworker_app.domain.auditing.scoring import GRADES, score
from caseworker_app.domain.declarations.auditing import (
    AUDIT_KINDS,
    Criterion,
    Mark,
    PlanAudit,
)
from caseworker_app.services.commands import AddRecord, ChangeRecord, Command, KeepAudit
from caseworker_app.services.quality.audit_form import AuditForm, audit_form
from caseworker_app.ui.dialogs.about_child import about_child
from caseworker_app.ui.dialogs.audit_actions import ActionDialog, ActionList
from caseworker_app.ui.dialogs.command_dialog import CommandDialog
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.widgets.date_field import DateField
from caseworker_app.ui.widgets.form import Form, choices
from caseworker_app.ui.widgets.marks import MarksTable
from caseworker_app.ui.widgets.plan_text import PlanText

if TYPE_CHECKING:
    from caseworker_app.services.session import Session

AUDIT = "audit of a plan"
"""The form, as its drafts are known."""

_LEAST_PLAN = 150
_KINDS = {code: words for code, words in AUDIT_KINDS.items() if code != "moderation"}


class MarksDialog(CommandDialog):
    """The plan on the left, the questions on the right, and what it comes to below them."""

    guide = "Quality"
    """The section of the guide that F1 opens."""

    def __init__(
        self,
        frame: Frame,
        title: str,
        asked: AuditForm,
        marks: Iterable[Mark],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(frame, title, "Save", parent, about_child(asked.child))
        self.asked = asked
        self.plan = PlanText(asked.sections)
        self.marks = MarksTable(asked.tool.criteria, marks)
        self.good = QLabel()
        self.good.setObjectName("hint")
        self.good.setWordWrap(True)
        self.good.setAccessibleName("What good looks like")
        self.comes_to = QLabel()
        self.comes_to.setWordWrap(True)
        self.comes_to.setAccessibleName("What it comes to")
        questions = Form()
        questions.layout_.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        questions.add(
            "&Questions",
            self.marks,
            "M met, P partly met, N not met, D does not apply. Enter writes a note, A an action.",
            key="marks",
        )
        questions.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        around = self.marks.parentWidget()
        if around is not None:
            around.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        column = QVBoxLayout()
        column.addWidget(questions, 1)
        column.addWidget(self.good)
        column.addWidget(self.comes_to)
        # What is asked once stands below the plan, so that the questions have the whole height.
        at = self.column.indexOf(self.form)
        self.plan.setMinimumHeight(_LEAST_PLAN)
        left = QVBoxLayout()
        left.addWidget(self.plan, 1)
        left.addWidget(self.form)
        # No splitter: it would not say how high words are that break.
        both = QHBoxLayout()
        both.setSpacing(14)
        both.addLayout(left, 4)
        both.addLayout(column, 5)
        self.column.insertLayout(at, both, 1)
        for number in range(self.column.count()):
            item = self.column.itemAt(number)
            if item is not None and item.spacerItem() is not None:
                # Below forms that need less than there is; here it would take half of it.
                self.column.setStretch(number, 0)
        self.setMinimumWidth(940)
        self.setMinimumHeight(640)
        self.marks.asked.connect(self._show_asked)
        self.marks.changed.connect(self._show_score)
        self._show_asked(self.marks.criterion())
        self._show_score()

    def first_field(self) -> QWidget:
        """The keyboard begins at the first question."""
        return self.marks

    def complete(self) -> bool:
        """Whether every question is marked; says which one is not."""
        left = score(self.asked.tool, self.marks.marks()).unmarked
        if not left:
            return True
        more = f" and {len(left) - 1} more" if len(left) > 1 else ""
        self._say(f"Not marked yet: {left[0].words}{more}. Esc keeps what you did as a draft.")
        self.marks.go_to_unmarked()
        return False

    def rebase(self, then: Callable[[], None]) -> None:
        """A new record rests on nothing that could have changed."""
        then()

    def _show_asked(self, one: Criterion | None) -> None:
        if one is not None:
            self.good.setText(one.good)
            self.plan.show_section(one.section)

    def _show_score(self) -> None:
        made = score(self.asked.tool, self.marks.marks())
        grade = f"{GRADES[made.grade]}. " if made.grade else ""
        self.comes_to.setText(f"{grade}{made.why()}")


class AuditDialog(MarksDialog):
    """A new audit, or one that is changed."""

    def __init__(
        self,
        frame: Frame,
        asked: AuditForm,
        audit: PlanAudit | None = None,
        parent: QWidget | None = None,
    ) -> None:
        title = "Audit of a plan" if audit is None else "Change the audit"
        super().__init__(frame, title, asked, audit.marks if audit else (), parent)
        self._audit = audit
        self._seen = 0 if audit is None else audit.version
        begin = audit or PlanAudit(
            child_id=asked.child.id,
            plan_version_id="",
            tool_id="",
            auditor=frame.person.name,
            on=frame.today(),
            kind="desk",
        )
        self.which = QComboBox()
        for one in asked.versions:
            self.which.addItem(one.words, one.key)
        self.which.setCurrentIndex(max(0, self.which.findData(begin.plan_version_id)))
        self.form.add("&Version of the plan", self.which, key="version")
        self.which.setEnabled(audit is None)
        self.auditor = self.form.add("A&uditor", QLineEdit(begin.auditor), key="auditor")
        self.on = self.form.add("&Date", DateField(frame.today, begin.on), key="on")
        self.kind = self.form.add("&Kind", choices(list(_KINDS.items()), begin.kind), key="kind")
        self.themes = self.form.add(
            "&Themes", QLineEdit(begin.themes), "Separated by commas.", key="themes"
        )
        self.asked_for = ActionList()
        if audit is None:
            self.form.add("A&ctions", self.asked_for, key="actions")
            self.more = QPushButton("Add an actio&n…")
            self.more.setAutoDefault(False)
            self.more.clicked.connect(lambda: self._ask_action(self.marks.criterion()))
            self.form.add_wide(self.more)
            self.marks.action.connect(self._ask_action)
        self.marks.setFocus()
        name = AUDIT if audit is None else f"{AUDIT}:{audit.id}"
        self.keep_draft(name, asked.child.id)

    def command(self) -> Command | None:
        """The audit as it stands."""
        if not self.complete():
            return None
        if self.on.value is None:
            self.form.show_problem("on", self.on.lacking)
            return None
        fields = {
            "auditor": self.auditor.text(),
            "on": self.on.value,
            "kind": str(self.kind.currentData()),
            "marks": self.marks.marks(),
            "themes": self.themes.text(),
        }
        if self._audit is not None:
            return ChangeRecord("plan_audit", self._audit.id, self._seen, fields)
        version = self.asked.versions[max(0, self.which.currentIndex())]
        return KeepAudit(
            self.asked.child.id,
            fields,
            version.version_id,
            "" if version.version_id else version.fact_id,
            self.asked.tool.id,
            tuple(one.as_fields() for one in self.asked_for.wanted()),
        )

    def rebase(self, then: Callable[[], None]) -> None:
        """Save on top of what somebody else changed."""
        if self._audit is None:
            then()
            return
        key = self._audit.id

        def newest(version: int) -> None:
            self._seen = version
            then()

        self.frame.jobs.ask(
            lambda session: session.version_of("plan_audit", key), newest, owner=self
        )

    def _ask_action(self, one: Criterion | None) -> None:
        service, code = (one.service, one.code) if one is not None else ("", "")
        begin = (self.marks.note(), service, code)
        ActionDialog(self.frame.today, self.asked_for.put, self, begin).open()


class ModerateDialog(MarksDialog):
    """A second look at an audit: the marks are those of the first until they are changed."""

    def __init__(
        self, frame: Frame, asked: AuditForm, audit: PlanAudit, parent: QWidget | None = None
    ) -> None:
        super().__init__(frame, "Moderate an audit", asked, audit.marks, parent)
        self._audit = audit
        first = QLabel(f"Audited by {audit.auditor}. Change the marks that you see otherwise.")
        first.setWordWrap(True)
        self.form.add_wide(first)
        self.moderator = self.form.add(
            "Mo&derated by", QLineEdit(frame.person.name), key="moderator"
        )
        self.on = self.form.add("&Date", DateField(frame.today, frame.today()), key="on")
        grades = [("", "As the marks give it"), *((words, words) for words in GRADES.values())]
        self.grade = self.form.add("&Grade agreed", choices(grades), key="agreed_grade")
        self.marks.setFocus()
        self.keep_draft(f"moderation:{audit.id}", asked.child.id)

    def command(self) -> Command | None:
        """The moderation, with the marks that differ alone."""
        if not self.complete():
            return None
        if self.on.value is None:
            self.form.show_problem("on", self.on.lacking)
            return None
        return AddRecord(
            "moderation",
            {
                "child_id": self.asked.child.id,
                "audit_id": self._audit.id,
                "moderator": self.moderator.text(),
                "on": self.on.value,
                "marks": differing(self._audit.marks, self.marks.marks()),
                "agreed_grade": str(self.grade.currentData()),
            },
        )


def differing(before: Sequence[Mark], after: Sequence[Mark]) -> tuple[Mark, ...]:
    """The marks that are others than before, or that have another note."""
    was = {one.criterion: one for one in before}
    return tuple(one for one in after if was.get(one.criterion) != one)


def open_audit(
    frame: Frame, child_id: str, parent: QWidget, audit: PlanAudit | None = None
) -> None:
    """Read the plan and the questions, then show the audit."""

    def look(session: Session) -> AuditForm:
        return audit_form(session, child_id, audit)

    def show(asked: AuditForm) -> None:
        AuditDialog(frame, asked, audit, parent).open()

    frame.jobs.ask(look, show, frame.tell_failed, parent)


def open_moderation(frame: Frame, audit: PlanAudit, parent: QWidget) -> None:
    """Read the plan and the questions, then show the second look."""

    def look(session: Session) -> AuditForm:
        return audit_form(session, audit.child_id, audit)

    def show(asked: AuditForm) -> None:
        ModerateDialog(frame, asked, audit, parent).open()

    frame.jobs.ask(look, show, frame.tell_failed, parent)
