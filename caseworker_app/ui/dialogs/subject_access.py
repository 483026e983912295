"""Subject access: who else stands in what is held on a child, and who is struck out of it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QListWidget, QListWidgetItem, QPlainTextEdit, QWidget

from caseworker_app.domain.outcome import Failed
from caseworker_app.domain.subject_access import (
    READ_IT,
    STAFF_NOTE,
    Bundle,
    Other,
    parts_of,
    struck,
)
from caseworker_app.services.cases.subject_access import gather, keys_struck
from caseworker_app.services.progress import Progress
from caseworker_app.services.session import Session
from caseworker_app.ui.dialogs.form_dialog import FormDialog
from caseworker_app.ui.leaving import look_through
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.widgets.files import ask_folder

_KEY = Qt.ItemDataRole.UserRole
_PEOPLE_TALL, _TEXT_TALL = 150, 260


class SubjectAccessDialog(FormDialog):
    """Shows who is struck out, and all that would be written, before it is."""

    guide = "Keeping and forgetting"
    """The section of the guide that F1 opens."""

    def __init__(self, frame: Frame, bundle: Bundle, parent: QWidget | None = None) -> None:
        super().__init__("Subject access", "Write to a folder…", parent)
        self.frame, self._bundle = frame, bundle
        self.setMinimumWidth(680)
        about = QLabel(f"Everything held on {bundle.name} ({bundle.reference}). {STAFF_NOTE}")
        about.setWordWrap(True)
        self.form.add_wide(about)
        self.people = QListWidget()
        self.people.setMaximumHeight(_PEOPLE_TALL)
        out = keys_struck(bundle)
        for one in bundle.others:
            self.people.addItem(_item(one, struck_out=one.key in out))
        self.form.add("Struck &out", self.people, "Ticked is struck out. Space ticks.", "people")
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(_TEXT_TALL)
        self.form.add("As it &leaves", self.text, READ_IT, "text")
        if bundle.left_out:
            left = QLabel(f"Left out, for you may not see it: {', '.join(bundle.left_out)}.")
            left.setObjectName("problem")
            left.setWordWrap(True)
            self.form.add_wide(left)
        self.people.itemChanged.connect(lambda _: self._show())
        self._show()
        self.people.setFocus()

    def struck_out(self) -> frozenset[str]:
        """The keys of who is ticked."""
        items = [self.people.item(at) for at in range(self.people.count())]
        return frozenset(
            str(one.data(_KEY)) for one in items if one.checkState() == Qt.CheckState.Checked
        )

    def accept(self) -> None:
        """Ask where to, where nothing in it is another child's."""
        parts = parts_of(struck(self._bundle, self.struck_out()))
        what = "Everything on a child written"
        look_through(self.frame, self._bundle.child_id, what, parts, self._ask, self)

    def write(self, folder: Path) -> None:
        """Write it into a new folder below one that is there."""
        frame, bundle, out = self.frame, self._bundle, self.struck_out()
        name = f"Subject access {bundle.reference} {frame.today().isoformat()}"
        target = folder / "".join(one if one.isalnum() or one in " -_" else "-" for one in name)
        self.form.clear_problems()
        self.busy(on=True)

        def work(session: Session, progress: Progress) -> tuple[str, ...]:
            return frame.application.write_subject_access(
                session, bundle, out, target, progress=progress
            )

        def made(names: tuple[str, ...]) -> None:
            frame.say(f"Wrote {len(names)} files to {target.name}.")
            self.succeed()

        def failed(failure: Failed) -> None:
            self.busy(on=False)
            self.form.show_problem("text", failure.sentence)

        frame.jobs.long("Writing", work, made, failed, self)

    def _ask(self) -> None:
        ask_folder(
            self, "Where to write it", str(Path.home() / "x"), lambda to: self.write(Path(to))
        )

    def _show(self) -> None:
        """Show all of it as it would be."""
        shown = struck(self._bundle, self.struck_out())
        lines = []
        for one in shown.sections:
            lines += ["", one.title.upper()]
            lines += ["  ".join(filter(None, row)) for row in one.rows] or [one.empty]
        self.text.setPlainText("\n".join(lines).strip())


def _item(one: Other, *, struck_out: bool) -> QListWidgetItem:
    doubt = f" ({one.doubt})" if one.doubt else ""
    item = QListWidgetItem(f"{one.name}, {one.what}{doubt}")
    item.setData(_KEY, one.key)
    item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
    item.setCheckState(Qt.CheckState.Checked if struck_out else Qt.CheckState.Unchecked)
    return item


def open_subject_access(frame: Frame, child_id: str, parent: QWidget) -> None:
    """Gather everything on a child, then show who is struck out."""

    def ask(bundle: Bundle) -> None:
        SubjectAccessDialog(frame, bundle, parent).open()

    frame.jobs.ask(lambda session: gather(session, child_id), ask, frame.tell_failed, parent)
