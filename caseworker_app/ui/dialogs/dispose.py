"""Disposing of cases: what goes and what stays, why, and a last question, before it is done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QWidget

from caseworker_app.domain.declarations.retention import BASES, Disposal
from caseworker_app.domain.disposed import OUT_OF_REACH
from caseworker_app.domain.outcome import Done, Failed
from caseworker_app.services.progress import Progress
from caseworker_app.services.retention import ToGo, dispose, preview
from caseworker_app.services.session import Session
from caseworker_app.services.wording import counted
from caseworker_app.ui.dialogs.form_dialog import FormDialog
from caseworker_app.ui.runtime.preferences import SECOND_PLACE
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.widgets.form import choices
from caseworker_app.ui.widgets.lines_shown import LinesShown

_ABOUT = (
    "What is recorded of these cases is deleted, and the key to what the history says of them is "
    "destroyed: nothing brings them back. Backups that can be reached are rewritten without them."
)
_STAY = "Files that documents and letters point at stay where they are: see to them yourself."


class DisposeDialog(FormDialog):
    """Shows what goes with each case, and asks why."""

    guide = "Keeping and forgetting"
    """The section of the guide that F1 opens."""

    def __init__(self, frame: Frame, cases: Sequence[ToGo], parent: QWidget | None = None) -> None:
        super().__init__("Dispose of cases", "Dispose of them", parent)
        self.frame = frame
        self._ids = tuple(one.row.id for one in cases)
        about = QLabel(_ABOUT)
        about.setWordWrap(True)
        self.form.add_wide(about)
        self.shown = LinesShown("What goes and what stays", list(lines_of(cases)), tallest=260)
        self.form.add_wide(self.shown)
        self.basis = self.form.add("&Reason", choices(list(BASES.items())), key="basis")
        self.why = self.form.add(
            "&Further words", QLineEdit(), "They stand on the certificate: name nobody.", "why"
        )
        many = counted(len(cases), "case")
        self.sure = QCheckBox(f"I have &read the list: dispose of {many} for good")
        self.form.add_wide(self.sure)
        self.sure.toggled.connect(self.go.setEnabled)
        self.go.setEnabled(False)
        self.basis.setFocus()

    def accept(self) -> None:
        """Dispose of them, where nothing stands in the way."""
        if not self.sure.isChecked():
            return
        basis, why, ids = str(self.basis.currentData()), self.why.text(), self._ids
        place = self.frame.preferences.get(SECOND_PLACE)
        second = Path(place) if place else None
        self.form.clear_problems()
        self.busy(on=True)

        def work(session: Session, progress: Progress) -> Disposal:
            return dispose(session, ids, basis, why, second=second, progress=progress)

        def failed(failure: Failed) -> None:
            self.busy(on=False)
            self.form.show_problem(
                failure.field if failure.field in ("basis", "why") else "basis", failure.sentence
            )

        self.frame.jobs.long("Disposing of cases", work, self._done, failed, self)

    def _done(self, made: Disposal) -> None:
        done = Done(words_of(made), self._ids, everything=True)
        self.frame.jobs.tell(done, self)
        self.frame.say(done.message)
        self.succeed()


def lines_of(cases: Sequence[ToGo]) -> Iterator[str]:
    """What goes and what stays, a line each."""
    for one in cases:
        held = ", ".join(f"{many:,} {what}" for what, many in one.held.items()) or "nothing more"
        yield f"{one.row.name} ({one.row.reference}), {one.row.status}: {held}"
        if one.row.hold:
            yield f"    Held, and cannot go: {one.row.hold}"
        if one.merged:
            yield f"    With it go the cases merged into it: {', '.join(one.merged)}"
        if one.answers:
            yield f"    Stays, without whose it is: {counted(one.answers, 'answer')} of the family"
        for place in one.places:
            yield f"    Stays where it is: {place}"
    if any(one.places for one in cases):
        yield _STAY


def words_of(made: Disposal) -> str:
    """What a disposal came to, in a sentence."""
    many = counted(len(made.listed), "case")
    left = sum(one["state"] == OUT_OF_REACH for one in made.copies_listed)
    copies = f" {counted(left, 'copy is', 'copies are')} out of reach and listed." if left else ""
    return f"{many} disposed of; the certificate is {made.ref}.{copies}"


def open_dispose_dialog(frame: Frame, ids: Sequence[str], parent: QWidget) -> None:
    """Look what would go, then ask."""

    def ask(cases: tuple[ToGo, ...]) -> None:
        DisposeDialog(frame, cases, parent.window()).open()

    frame.jobs.ask(lambda session: preview(session, ids), ask, frame.tell_failed, parent)
