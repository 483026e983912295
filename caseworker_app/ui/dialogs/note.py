"""A quick note about a child, with a promise made in it where there was one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QLabel, QLineEdit, QPlainTextEdit, QWidget

from caseworker_app.domain.caseload import CaseFile
from caseworker_app.domain.kinds import kind_named
from caseworker_app.domain.rows import RecordRow
from caseworker_app.services.commands import AddRecord, Together
from caseworker_app.services.session import Session
from caseworker_app.ui.dialogs.about_child import about_child
from caseworker_app.ui.dialogs.command_dialog import CommandDialog
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.widgets.date_field import DateField
from caseworker_app.ui.widgets.form import Form, check_box, choices
from caseworker_app.ui.widgets.name_watch import NameWatch

_WORDS_HEIGHT = 84
_WIDE, _HIGH = 600, 580


class NoteFields:
    """What every note is asked for."""

    def __init__(
        self, frame: Frame, form: Form, people: Sequence[str] = (), hint: str = ""
    ) -> None:
        """Add the fields to a form.

        Args:
            frame: the window.
            form: gets them.
            people: names offered as one types.
            hint: below the words.
        """
        self._form = form
        kinds = kind_named("note").field("kind").choices
        said = f"{hint} Ctrl+Enter saves.".lstrip()
        self.words = form.add("&Words", QPlainTextEdit(), said, "words")
        self.words.setTabChangesFocus(True)
        self.words.setMinimumHeight(_WORDS_HEIGHT)
        self.kind = form.add("&Kind", choices(list(kinds.items())), key="kind")
        self.with_whom = form.add("Wi&th whom", offering(people), key="with_whom")
        self.on = form.add("&Date", DateField(frame.today, frame.today()), key="on")

    def read(self) -> dict[str, Any] | None:
        """The fields as typed, or None after showing what is missing or wrong."""
        words = self.words.toPlainText().strip()
        if not words:
            self._form.show_problem("words", "Say what was said or done.")
            return None
        day = self.on.value
        if day is None:
            self._form.show_problem("on", self.on.problem or "Say on which day.")
            return None
        return {
            "on": day,
            "kind": str(self.kind.currentData()),
            "with_whom": self.with_whom.text().strip(),
            "words": words,
        }


class NoteDialog(CommandDialog):
    """The words come first: who types them at once has a call of today by Enter."""

    def __init__(
        self,
        frame: Frame,
        case: CaseFile,
        people: Sequence[str],
        parent: QWidget | None = None,
    ) -> None:
        """Make the form.

        Args:
            frame: the window.
            case: of the child it is about.
            people: the names around the child, offered as one types.
            parent: the window it stands over.
        """
        child = case.child
        super().__init__(frame, "Note", "Save", parent, about_child(child))
        self._child_id = child.id
        self.fields = NoteFields(frame, self.form, people)
        self.words, self.with_whom = self.fields.words, self.fields.with_whom
        self.pinned = check_box("&Pin it on top of the case")
        self.form.add_wide(self.pinned)
        heading = QLabel("A promise made")
        heading.setObjectName("heading")
        self.form.add_wide(heading)
        self.what = self.form.add("What was promi&sed", QLineEdit(), "", "what")
        self.to_whom = self.form.add("To wh&om", offering(people), "", "to_whom")
        self.by_when = self.form.add("&By when", DateField(frame.today, coming=True), "", "by_when")
        for key, field in (("words", self.words), ("what", self.what)):
            NameWatch(frame, self.form, key, field, child.id)
        self.what.textChanged.connect(self._promised)
        self._promised()
        self.words.setFocus()
        self.keep_draft("note", child.id)
        self.resize(_WIDE, _HIGH)

    def command(self) -> AddRecord | Together | None:
        """The note as typed, with the promise where there is one."""
        fields = self.fields.read()
        if fields is None:
            return None
        fields |= {"child_id": self._child_id, "pinned": self.pinned.isChecked()}
        note = AddRecord("note", fields)
        if not self.what.text().strip():
            return note
        promise = self._promise()
        if promise is None:
            return None
        return Together((note, promise), "note with a promise")

    def rebase(self, then: Callable[[], None]) -> None:
        """A new note rests on nothing that could have changed."""
        then()

    def _promise(self) -> AddRecord | None:
        whom = self.to_whom.text().strip() or self.with_whom.text().strip()
        if not whom:
            self.form.show_problem("to_whom", "Say to whom it was promised.")
            return None
        day = self.by_when.value
        if day is None:
            self.form.show_problem(
                "by_when", self.by_when.problem or "Say by when: t, +7, fri and 15/3 are days."
            )
            return None
        fields = {
            "child_id": self._child_id,
            "to_whom": whom,
            "what": self.what.text().strip(),
            "by_when": day,
        }
        return AddRecord("promise", fields)

    def _promised(self) -> None:
        some = bool(self.what.text().strip())
        for field in (self.to_whom, self.by_when):
            field.setEnabled(some)


def open_note_dialog(frame: Frame, child_id: str, parent: QWidget) -> None:
    """Fetch whom the note is about and the names around them, then show the form."""

    def fetch(session: Session) -> tuple[CaseFile, list[str]]:
        return session.case(child_id), list(_names(session.belonging(child_id)))

    def show(found: tuple[CaseFile, list[str]]) -> None:
        case, people = found
        NoteDialog(frame, case, people, parent).open()

    frame.jobs.ask(fetch, show, owner=parent)


def _names(rows: Sequence[tuple[str, RecordRow]]) -> dict[str, None]:
    """The people around a child, each once, those with whom one spoke last first."""
    found: dict[str, None] = {}
    for name, field in (("contact", "name"), ("involvement", "professional_id")):
        found |= {row.words[field]: None for kind, row in rows if kind == name}
    talked = [row.record for kind, row in rows if kind == "note"]
    for note in sorted(talked, key=lambda one: one.on, reverse=True):
        found |= {note.with_whom: None} if note.with_whom else {}
    return found


def offering(people: Sequence[str]) -> QLineEdit:
    """A line that offers names as one types."""
    field = QLineEdit()
    completer = QCompleter(list(people), field)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    field.setCompleter(completer)
    return field
