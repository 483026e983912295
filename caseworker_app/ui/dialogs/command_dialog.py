"""What every dialog does that carries out one command: refusals in place, nothing typed lost."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from caseworker_app.domain.outcome import Done, Failed, Outcome
from caseworker_app.domain.records import CaseSummary
from caseworker_app.services.cases.whom import whom
from caseworker_app.services.commands import Command
from caseworker_app.services.drafts import Draft
from caseworker_app.ui.dialogs.about_child import about_child
from caseworker_app.ui.dialogs.typed_dialog import TypedDialog
from caseworker_app.ui.runtime.drafting import Drafting, begun, typed_texts
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.widgets.draft_offer import DraftOffer
from caseworker_app.ui.widgets.form import Form
from caseworker_app.ui.widgets.lines_shown import LinesShown


class CommandDialog(TypedDialog):
    """A form whose Enter carries a command out.

    A refusal is shown beside its field, a change by somebody else above the buttons with a way
    to go on from it; the dialog closes only when the command is done.

    Signals:
        done_with: what the command came to, when it was carried out.
    """

    guide = "Forms"
    """The section of the guide that F1 opens."""

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
        self.form = Form(self)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(18, 16, 18, 14)
        self.column.setSpacing(12)
        self.top = QLabel(about)
        self.top.setObjectName("title")
        self.top.setWordWrap(True)
        self.top.setVisible(bool(about))
        self.column.addWidget(self.top)
        self.offer = DraftOffer()
        self.offer.taken.connect(self._go_on)
        self.offer.discarded.connect(self._discard)
        self.column.addWidget(self.offer)
        self.column.addWidget(self.form)
        self.column.addStretch(1)
        self._drafting: Drafting | None = None
        self._draft: Draft | None = None
        self._always: tuple[str, ...] = ()
        self._start: dict[str, str] = {}
        self._trouble_bar()
        self.buttons = QDialogButtonBox()
        self.go = self.buttons.addButton(go, QDialogButtonBox.ButtonRole.AcceptRole)
        self.go.setObjectName("primary")
        self.go.setDefault(True)
        self.buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self._cancel)
        self.column.addWidget(self.buttons)

    def command(self) -> Command | None:
        """The command as the form stands, or None after showing what is missing or wrong."""
        raise NotImplementedError

    def rebase(self, then: Callable[[], None]) -> None:
        """Take the newest version of what is changed, keep what was typed, and call `then`."""
        raise NotImplementedError

    def show_theirs(self) -> None:
        """Show beside the fields that somebody else has changed too what stands there now."""

    def name_children(self, ids: Collection[str], shown: LinesShown | None = None) -> None:
        """Say in full which children it is about, as soon as the store has told.

        One child stands above the form. Several stand in `shown`, a line each.
        """

        def say(found: tuple[CaseSummary, ...]) -> None:
            lines = [about_child(one) for one in found]
            if len(lines) == 1:
                self.top.setText(lines[0])
                self.top.show()
            elif shown is not None:
                shown.show_lines(lines)

        # Whoever may not read of children sees the name that the dialog came with.
        self.frame.jobs.ask(lambda session: whom(session, ids), say, lambda _: None, self)

    def keep_draft(
        self,
        form: str,
        child_id: str = "",
        *,
        always: tuple[str, ...] = (),
        chosen: Callable[[], str] | None = None,
    ) -> None:
        """Keep what is typed as a draft, through a crash too, and offer it when the form is back.

        Args:
            form: the name of the form.
            child_id: whose case it is of, or "".
            always: fields that are kept with any other, since those depend on them.
            chosen: the child chosen in the form now, or "", where the form asks for it.
        """
        self._always = always
        self._drafting = Drafting(
            self.frame.jobs, form, child_id, self._typed_texts, self, self._not_kept, chosen
        )

    def showEvent(self, event: QShowEvent) -> None:
        """Look for what was begun before."""
        first = not event.spontaneous() and not self._start
        super().showEvent(event)
        if first and self._drafting is not None:
            for form in self._forms():
                form.edited.connect(self._drafting.edited)
            self._drafting.look(self._offer)

    def remember_typed(self) -> None:
        """What stands in the form now is recorded, or was there from the start."""
        super().remember_typed()
        self._start = self._all_texts()

    def leave(self) -> None:
        """Close; what was typed stays as a draft, where the form keeps one."""
        if self._drafting is not None and self._drafting.sent:
            # A draft of what is being recorded would be offered to be recorded again.
            return
        drafting = self._drafting
        if drafting is None or not self._typed_texts() or (drafting.waits and not drafting.looks):
            super().leave()
            return
        words = f"What you typed is kept as a draft: {self.windowTitle()}. Drafts… lists it."

        def kept() -> None:
            self.frame.say(words)
            self.reject()

        drafting.keep(kept)

    def accept(self) -> None:
        """Carry the command out; close when it is done."""
        self.send(self.succeed)

    def send(self, succeed: Callable[[Done], None]) -> None:
        """Carry the command out and tell `succeed`; show beside the fields why not."""
        if not self.buttons.isEnabled():
            # The first press is under way.
            return
        self.form.clear_problems()
        self.form.hide_theirs()
        self._say("")
        command = self.command()
        if command is None:
            return
        self.busy(on=True)
        drafting = self._drafting
        ends = drafting.send(long=bool(self.takes_long)) if drafting is not None else ()

        def came(outcome: Outcome) -> None:
            self.busy(on=False)
            if drafting is not None:
                drafting.came(done=not isinstance(outcome, Failed))
            if isinstance(outcome, Failed):
                self.show_failed(outcome)
            else:
                self.done_with.emit(outcome)
                succeed(outcome)

        self.frame.jobs.submit(command, self, came, self.takes_long, ends)

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
            self._latest.setDefault(True)
            self._latest.setFocus()
            self.show_theirs()
        elif not self.form.show_failed(failed):
            reference = f" Reference {failed.reference}." if failed.reference else ""
            self._say(failed.sentence + reference)

    def _cancel(self) -> None:
        """Leave on purpose: what was typed goes."""
        if self._drafting is not None and not self._drafting.waits:
            self._drafting.drop()
        self.reject()

    def _offer(self, draft: Draft) -> None:
        self._draft = draft
        self.offer.offer(begun(draft))
        if not self.has_typed:
            # Nothing is typed into the form before it is clear which of the two it is.
            for form in self._forms():
                form.setEnabled(False)
            self._let_record(on=False)
            self.offer.go_on.setDefault(True)
            self.offer.go_on.setFocus()
        self.adjustSize()

    def _go_on(self) -> None:
        draft = self._answered()
        texts = {} if draft is None else typed_texts(draft)
        forms = self._forms()
        # What is put first may make the fields that the rest belongs to.
        for _ in range(2):
            lost = [set(form.put_texts(texts)) for form in forms]
        nowhere = set.intersection(*lost) if lost else set()
        nowhere -= set(self.put_later({key: texts[key] for key in nowhere}))
        self.first_field().setFocus()
        if nowhere:
            self._say(f"There is no place any more for: {', '.join(texts[one] for one in nowhere)}")

    def _discard(self) -> None:
        self._answered()
        if self._drafting is not None:
            self._drafting.drop()
            # What was typed before the offer came is kept from now on.
            self._drafting.edited()
        self.first_field().setFocus()

    def _answered(self) -> Draft | None:
        if self._drafting is not None:
            self._drafting.waits = False
        for form in self._forms():
            form.setEnabled(True)
        self._let_record(on=True)
        self.go.setDefault(True)
        draft, self._draft = self._draft, None
        return draft

    def _let_record(self, *, on: bool) -> None:
        for button in self.buttons.buttons():
            if self.buttons.buttonRole(button) != QDialogButtonBox.ButtonRole.RejectRole:
                button.setEnabled(on)

    def put_later(self, texts: Mapping[str, str]) -> Collection[str]:
        """Texts of a draft, by key, whose field there is not; which of them may still come."""
        del texts
        return ()

    def first_field(self) -> QWidget:
        """Where the keyboard goes to begin with."""
        return next(one for form in self._forms() for one in form.fields())

    def _forms(self) -> list[Form]:
        return [one for one in self.findChildren(Form) if one.fields()]

    def _all_texts(self) -> dict[str, str]:
        return {key: text for form in self._forms() for key, text in form.texts().items()}

    def _typed_texts(self) -> dict[str, str]:
        """What is typed and differs from what the form began with."""
        now = self._all_texts()
        typed = {key: text for key, text in now.items() if self._start.get(key, "") != text}
        if typed:
            typed |= {key: now[key] for key in self._always if key in now}
        return typed

    def _not_kept(self, failed: Failed) -> None:
        self._say(f"What you typed could not be kept as a draft: {failed.sentence}")

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
        if self._latest.isDefault():
            self.go.setDefault(True)
