"""Add, change or take out a record of any kind, by a form made from its declaration."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QWidget

from caseworker_app.domain.errors import Refused
from caseworker_app.domain.kinds import FieldSpec, Kind, Record
from caseworker_app.domain.rows import RecordRow
from caseworker_app.domain.wrong_child import Part
from caseworker_app.services.commands import AddRecord, ChangeRecord, RemoveRecord
from caseworker_app.services.session import Session
from caseworker_app.services.wording import capital
from caseworker_app.ui.dialogs.about_child import about_child
from caseworker_app.ui.dialogs.command_dialog import CommandDialog
from caseworker_app.ui.dialogs.record_fields import Choices, control, has_control, held
from caseworker_app.ui.leaving import look_through
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.widgets.field_text import text_of
from caseworker_app.ui.widgets.name_watch import NameWatch

ANY_CHILD = "any child"
"""After the name of a form that asks whose the new record is."""
ATTACHED = "document"
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
"""Between the words of a file's name that has no blanks."""
WATCHED = frozenset({"promise", ATTACHED})
"""Kinds of record that say something of a case in single lines."""


class Offered(NamedTuple):
    """What the boxes of a form offer.

    Attributes:
        pointed: what its links can point at, by kind; facts by the field that points at them.
        lists: what is offered of own lists, by field.
    """

    pointed: Mapping[str, Choices]
    lists: Mapping[str, Choices]


class RecordDialog(CommandDialog):
    """A field each, in the order of the declaration."""

    def __init__(
        self,
        frame: Frame,
        kind: Kind,
        record: Record | None,
        pointed: Mapping[str, Choices],
        parent: QWidget | None = None,
        *,
        child_id: str = "",
        lists: Mapping[str, Choices] | None = None,
        begin: Record | None = None,
        about: str = "",
    ) -> None:
        """Make the form.

        Args:
            frame: the window around it.
            kind: the kind of record.
            record: what is changed; None for a new one.
            pointed: what its links can point at, by kind.
            parent: the window it stands over.
            child_id: whose it is, where that is known; it is not asked then.
            lists: what is offered of own lists, by field.
            begin: what a new one begins as.
            about: the child it is about, in words.
        """
        title = f"New {kind.one}" if record is None else capital(kind.one)
        super().__init__(frame, title, "Save", parent, about)
        self._kind, self._record, self._child_id = kind, record, child_id
        self._pointed = pointed
        self.takes_long = _takes_long(kind)
        self._seen = 0 if record is None else record.version
        self.fields: dict[str, QWidget] = {}
        self._specs: dict[str, FieldSpec] = {}
        letters: set[str] = set()
        for spec in _offering(kind, lists or {}, record or begin):
            if child_id and spec.name == kind.owner:
                continue
            shown = begin if record is None else record
            value = spec.blank if shown is None else getattr(shown, spec.name)
            made = control(spec, value, frame.today, pointed)
            label = with_mnemonic(spec.label, letters)
            self._specs[spec.name] = spec
            self.fields[spec.name] = self.form.add(label, made, spec.hint, spec.name)
        self._watch_names(child_id or _owner(kind, record or begin))
        next(iter(self.fields.values())).setFocus()
        asks = kind.owner in self.fields
        name = f"new {kind.one}" if record is None else f"change {kind.one}:{record.id}"
        if asks and record is None:
            # Beside what was begun on the page of the child who comes to be chosen here.
            name += f":{ANY_CHILD}"
        whose = (child_id or _owner(kind, record)) if kind.owner else ""
        self.keep_draft(name, whose, chosen=self._chosen if asks else None)

    def _chosen(self) -> str:
        """The child chosen in the form, or ""."""
        try:
            found = held(self._kind.field(self._kind.owner), self.fields[self._kind.owner])
        except Refused:
            return ""
        return str(found or "")

    def _watch_names(self, child_id: str) -> None:
        """Ask beside a text about a case where it names another child."""
        if not child_id:
            return
        for name, field in self.fields.items():
            watched = self._kind.field(name).long or self._kind.name in WATCHED
            if watched and isinstance(field, QLineEdit | QPlainTextEdit):
                NameWatch(self.frame, self.form, name, field, child_id)

    def accept(self) -> None:
        """Save; a document that names another child is not attached without a reason."""
        asks = self._kind.owner in self.fields
        whose = self._chosen() if asks else self._child_id or _owner(self._kind, self._record)
        if self._kind.name != ATTACHED or not whose:
            super().accept()
            return
        parts = [
            Part(_HUMP.sub(" ", text_of(field)), self._kind.field(name).label)
            for name, field in self.fields.items()
            if isinstance(field, QLineEdit)
        ]
        look_through(self.frame, whose, "Document attached", parts, super().accept, self)

    def command(self) -> AddRecord | ChangeRecord | None:
        """The record as typed."""
        values: dict[str, Any] = {}
        if self._child_id and self._record is None:
            values[self._kind.owner] = self._child_id
        for name, field in self.fields.items():
            spec = self._kind.field(name)
            try:
                value = held(spec, field)
            except Refused as refused:
                self.form.show_problem(name, refused.sentence)
                return None
            if spec.needed and value in ("", None):
                self.form.show_problem(name, spec.missing)
                return None
            if self._record is None or getattr(self._record, name) != value:
                values[name] = value
        if self._record is None:
            return AddRecord(self._kind.name, values)
        return ChangeRecord(self._kind.name, self._record.id, self._seen, values)

    def rebase(self, then: Callable[[], None]) -> None:
        """Save on top of what somebody else changed."""

        def newest(found: Record) -> None:
            self._seen = found.version
            then()

        self._ask_newest(newest)

    def show_theirs(self) -> None:
        """Show beside each field that both have changed what the other has put there."""
        before, kind = self._record, self._kind
        if before is None:
            return
        whose = self._child_id or _owner(kind, before)

        def newest(found: Record, offered: Offered) -> None:
            # They may have chosen what came to be only after this form was opened.
            specs = {one.name: one for one in _offering(kind, offered.lists, found)}
            for name, field in self.fields.items():
                was, now = getattr(before, name), getattr(found, name)
                theirs = control(specs[name], now, self.frame.today, offered.pointed)
                mine = control(self._specs[name], was, self.frame.today, self._pointed)
                typed = text_of(field)
                if now != was and typed not in {text_of(theirs), text_of(mine)}:
                    self.form.show_theirs(name, theirs)
                theirs.deleteLater()
                mine.deleteLater()

        def look(session: Session) -> tuple[Record, Offered]:
            found: Record = session.one_record(kind.name, before.id)
            return found, _offered(session, kind, self._child_id, whose)

        self.frame.jobs.ask(look, lambda found: newest(*found), self.show_failed, self)

    def _ask_newest(self, then: Callable[[Any], None]) -> None:
        """Fetch the record as it stands now; where it is gone, what was seen stays."""
        if self._record is not None:
            name, key = self._kind.name, self._record.id
            jobs = self.frame.jobs
            jobs.ask(lambda session: session.one_record(name, key), then, self.show_failed, self)


class RemoveRecordDialog(CommandDialog):
    """Asks why a record is taken out."""

    def __init__(
        self, frame: Frame, kind: Kind, row: RecordRow, parent: QWidget | None = None
    ) -> None:
        super().__init__(frame, f"Remove this {kind.one}", "Remove", parent)
        self._kind, self._row = kind, row
        self.takes_long = _takes_long(kind)
        self._seen: int = row.record.version
        words = ", ".join(text for text in row.words.values() if text)
        about = QLabel(words)
        about.setWordWrap(True)
        self.form.add_wide(about)
        self.why = self.form.add(
            "&Why", QLineEdit(), "Kept in the history; it can be undone.", "why"
        )
        self.why.setFocus()

    def command(self) -> RemoveRecord:
        """What is to be done."""
        why = self.why.text().strip()
        return RemoveRecord(self._kind.name, self._row.id, self._seen, why)

    def rebase(self, then: Callable[[], None]) -> None:
        """Take it out whatever somebody else changed of it."""

        def newest(rows: tuple[RecordRow, ...]) -> None:
            found = next((row for row in rows if row.id == self._row.id), self._row)
            self._seen = found.record.version
            then()

        name = self._kind.name
        self.frame.jobs.ask(lambda session: session.record_rows(name), newest, owner=self)


def _owner(kind: Kind, record: Record | None) -> str:
    """Whose a record is, or ""."""
    return str(getattr(record, kind.owner, "") or "") if kind.owner else ""


def _takes_long(kind: Kind) -> str:
    return "Recalculating every date" if kind.binds else ""


def open_record_dialog(
    frame: Frame,
    kind: Kind,
    record: Record | None,
    parent: QWidget,
    child_id: str = "",
    begin: Record | None = None,
) -> None:
    """Fetch what the record can point at, then show the form; a new one begins as `begin`."""
    whose = child_id or _owner(kind, record or begin)

    def fetch(session: Session) -> tuple[Offered, str]:
        about = about_child(session.case(child_id).child) if child_id else ""
        return _offered(session, kind, child_id, whose), about

    def show(found: tuple[Offered, str]) -> None:
        offered, about = found
        RecordDialog(
            frame,
            kind,
            record,
            offered.pointed,
            parent,
            child_id=child_id,
            lists=offered.lists,
            begin=begin,
            about=about,
        ).open()

    frame.jobs.ask(fetch, show, owner=parent)


def _offered(session: Session, kind: Kind, child_id: str, whose: str) -> Offered:
    """What a form offers; with `child_id` it does not ask whose the record is."""
    asked = [one for one in kind.links() if not (child_id and one.name == kind.owner)]
    names = sorted({one.to for one in asked if has_control(one)})
    pointed: dict[str, Choices] = {name: session.record_choices(name) for name in names}
    for spec in kind.fact_links() if whose else ():
        pointed[spec.name] = session.fact_choices(whose, spec.facts)
    return Offered(pointed, session.own_choices(kind.name))


def _offering(
    kind: Kind, lists: Mapping[str, Choices], shown: Record | None
) -> Iterator[FieldSpec]:
    """The fields of a form: with what is offered now, and what the record says, ended or not."""
    for spec in filter(has_control, kind.fields):
        if spec.name not in lists:
            yield spec
            continue
        choices, held = dict(lists[spec.name]), str(getattr(shown, spec.name, "") or "")
        if held and held not in choices:
            choices[held] = f"{spec.choices.get(held, held)} (ended)"
        yield replace(spec, choices=choices)


def with_mnemonic(label: str, letters: set[str]) -> str:
    """A label with an ampersand before its first letter that no other label of the form has."""
    for at, letter in enumerate(label):
        if letter.isalpha() and letter.lower() not in letters:
            letters.add(letter.lower())
            return f"{label[:at]}&{label[at:]}"
    return label
