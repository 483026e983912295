"""The details of a child, changed in place; what was typed stays until saved or taken back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from caseworker_app.domain.caseload import CaseFile
from caseworker_app.domain.outcome import Failed, Outcome
from caseworker_app.domain.people import Caseworker, Child, Setting
from caseworker_app.services.commands import ChangeChild
from caseworker_app.services.drafts import Draft
from caseworker_app.services.session import Session
from caseworker_app.ui.actions.buttons import stands_for
from caseworker_app.ui.dialogs.child_fields import ChildFields, Lists
from caseworker_app.ui.runtime.drafting import Drafting, begun, typed_texts
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.widgets.draft_offer import DraftOffer
from caseworker_app.ui.widgets.form import Form
from caseworker_app.ui.widgets.sides import Sides

DETAILS = "details"
"""The name of the form its draft is kept by."""


class CaseDetails(QWidget):
    """Fields on the left and right, Save and Discard changes below.

    Signals:
        changed: whether there is anything to save has changed.
    """

    changed = Signal()

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self._frame = frame
        self._child: Child | None = None
        self._forms: tuple[Form, ...] = ()
        self._start: dict[str, str] = {}
        self._drafting: Drafting | None = None
        self._draft: Draft | None = None
        self.offer = DraftOffer()
        self.offer.taken.connect(self._go_on)
        self.offer.discarded.connect(self._discard)
        self._lists: Lists | None = None
        self.fields: ChildFields | None = None
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setAccessibleName("Details")
        self._trouble = QLabel()
        self._trouble.setObjectName("problem")
        self._trouble.setWordWrap(True)
        self._mine = QPushButton("Use mine on top of the change")
        self._mine.clicked.connect(self._save_on_top)
        self._back = QPushButton("Discard changes")
        self._back.setToolTip("Show again what is stored")
        self._back.clicked.connect(self._take_back)
        self._save = QPushButton("Save")
        self._save.setObjectName("primary")
        self._save.setToolTip("Save the details (Ctrl+S)")
        self._save.clicked.connect(self.save)
        for button in (self._mine, self._back, self._save):
            stands_for(button, "case.edit")
        self.further = stands_for(QPushButton("Further details…"), "case.further")
        self.further.setToolTip("Ethnicity, language, social care and the like (Alt+Shift+F)")
        row = QHBoxLayout()
        row.addWidget(self.further)
        row.addWidget(self._trouble, 1)
        row.addWidget(self._mine)
        row.addWidget(self._back)
        row.addWidget(self._save)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 0)
        column.addWidget(self.offer)
        column.addWidget(self._area, 1)
        column.addLayout(row)
        self._say("")

    @property
    def has_changes(self) -> bool:
        """Whether something typed is not saved."""
        return self.fields is not None and self.fields.has_changes

    @property
    def has_draft(self) -> bool:
        """Whether what was begun before waits for an answer."""
        return self._draft is not None

    def keep_draft(self) -> bool:
        """Keep what is typed as a draft. False where an earlier one waits for an answer."""
        if self._drafting is None or self._drafting.waits:
            return False
        self._drafting.keep()
        return True

    def show_child(
        self,
        child: Child,
        settings: Sequence[Setting],
        caseworkers: Sequence[Caseworker],
        *,
        no_draft: bool = False,
    ) -> None:
        """Show a child; what was typed for the same child and is not saved stays.

        Args:
            child: the child.
            settings: to choose from.
            caseworkers: to choose from.
            no_draft: it is known that no draft is kept, and none is looked for.
        """
        same = self._child is not None and self._child.id == child.id
        if same and self.has_changes:
            return
        if self.fields is None or not same or self._lists != (settings, caseworkers):
            self._build(child, settings, caseworkers)
        else:
            self.fields.fill(child)
        self._child = child
        self._start = self._texts()
        if not same:
            self._look_for_draft(child, no_draft=no_draft)
        self._say("")
        self._edited()

    def save(self) -> None:
        """Save what differs."""
        if self.fields is None or self._child is None:
            return
        fields = self.fields.read()
        if not fields:
            return
        self._say("")
        self.fields.hide_theirs()
        command = ChangeChild(self._child.id, self._child.version, fields)
        self._save.setEnabled(False)
        drafting = self._drafting
        ends = drafting.send() if drafting is not None else ()

        def came(outcome: Outcome) -> None:
            if drafting is not None and isValid(drafting):
                drafting.came(done=not isinstance(outcome, Failed))
            self._came(outcome)

        self._frame.jobs.submit(command, self, came, ends=ends)

    def _build(
        self, child: Child, settings: Sequence[Setting], caseworkers: Sequence[Caseworker]
    ) -> None:
        page = Sides()
        page.setObjectName("page")
        row = page.row
        row.setContentsMargins(4, 4, 14, 4)
        row.setSpacing(36)
        left, right = self._forms = Form(), Form()
        for form in (left, right):
            form.entered.connect(self.save)
        row.addWidget(left, 1)
        row.addWidget(right, 1)
        self.fields = ChildFields(self._frame, left, right, settings, caseworkers, child)
        self.fields.edited.connect(self._typed)
        self._lists = (settings, caseworkers)
        self._area.setWidget(page)

    def _came(self, outcome: Outcome) -> None:
        if isinstance(outcome, Failed):
            self._failed(outcome)
        elif self._child is not None:
            self._reload(save=False)

    def _failed(self, failed: Failed) -> None:
        self._edited()
        if failed.why == "stale":
            self._say(f"{failed.sentence} What you typed is still here.")
            self._mine.show()
            self._mine.setFocus()
            self._show_theirs()
        elif self.fields is None or not self.fields.show_problem(failed.field, failed.sentence):
            reference = f" Reference {failed.reference}." if failed.reference else ""
            self._say(failed.sentence + reference)

    def _show_theirs(self) -> None:
        """Show beside the fields that somebody else has changed too what stands there now."""
        child = self._child
        if child is None:
            return

        def look(session: Session) -> tuple[CaseFile, Lists]:
            # They may have chosen a setting that was added only after the case was opened.
            return session.case(child.id), (session.settings(), session.caseworkers())

        def newest(found: tuple[CaseFile, Lists]) -> None:
            case, lists = found
            same = self._child is not None and self._child.id == case.child.id
            if same and self.fields is not None:
                self.fields.show_theirs(self._frame, case.child, lists)

        self._frame.jobs.ask(look, newest, owner=self)

    def _save_on_top(self) -> None:
        self._reload(save=True)

    def _reload(self, *, save: bool) -> None:
        """Take the newest child; then save what was typed on top of it, or show it."""
        child = self._child
        if child is None:
            return

        def newest(case: CaseFile) -> None:
            if self._child is None or self._child.id != case.child.id or self.fields is None:
                return
            self._child = case.child
            if save:
                self.save()
            else:
                self.fields.fill(case.child)
                self._start = self._texts()
                self._edited()

        self._frame.jobs.ask(lambda session: session.case(child.id), newest, owner=self)

    def _look_for_draft(self, child: Child, *, no_draft: bool) -> None:
        if self._drafting is not None:
            self._drafting.deleteLater()
        self._draft = None
        self.offer.hide()
        trouble, jobs = self._frame.tell_failed, self._frame.jobs
        self._drafting = Drafting(jobs, DETAILS, child.id, self._typed_texts, self, trouble)
        if not no_draft:
            self._drafting.look(self._offer)

    def _offer(self, draft: Draft) -> None:
        self._draft = draft
        self.offer.offer(begun(draft))
        self.changed.emit()

    def _go_on(self) -> None:
        draft, self._draft = self._draft, None
        if self._drafting is not None:
            self._drafting.waits = False
        texts = {} if draft is None else typed_texts(draft)
        lost = set(texts).intersection(*(form.put_texts(texts) for form in self._forms))
        self._edited()
        if lost:
            self._say(f"There is no place any more for: {', '.join(texts[one] for one in lost)}")
        if self.fields is not None:
            self.fields.focus(next(iter(texts), "surname"))

    def _discard(self) -> None:
        self._draft = None
        if self._drafting is not None:
            self._drafting.drop()
        self.changed.emit()

    def _texts(self) -> dict[str, str]:
        return {key: text for form in self._forms for key, text in form.texts().items()}

    def _typed_texts(self) -> dict[str, str]:
        if not self.has_changes:
            return {}
        now = self._texts()
        return {key: text for key, text in now.items() if self._start.get(key, "") != text}

    def _typed(self) -> None:
        if self._drafting is not None:
            self._drafting.edited()
        self._edited()

    def _take_back(self) -> None:
        if self.fields is not None and self._child is not None:
            self.fields.clear_problems()
            self.fields.fill(self._child)
            self._say("")
            self._edited()
            if self._drafting is not None and not self._drafting.waits:
                self._drafting.drop()

    def _edited(self) -> None:
        self._save.setEnabled(self.has_changes)
        self._back.setEnabled(self.has_changes)
        self.changed.emit()

    def _say(self, sentence: str) -> None:
        self._trouble.setText(sentence)
        self._mine.hide()
