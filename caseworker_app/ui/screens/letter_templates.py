"""Letter templates: the council's own Word documents, and those that come with Caseworker."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from caseworker_app.domain.letters import (
    MINUTES,
    PANEL,
    READY,
    Asked,
    fields_for,
    question_words,
)
from caseworker_app.domain.permissions import Right
from caseworker_app.services.commands import AddRecord, ChangeRecord, Together
from caseworker_app.services.wording import joined
from caseworker_app.ui.actions.buttons import stands_for
from caseworker_app.ui.screens.records import RecordsScreen
from caseworker_app.ui.widgets.files import ask_save

if TYPE_CHECKING:
    from caseworker_app.domain.outcome import Failed
    from caseworker_app.services.session import Session
    from caseworker_app.ui.screens.base import Frame
    from caseworker_app.ui.screens.specs import ScreenSpec

_WORD = "Word documents (*.docx)"


class LetterTemplatesScreen(RecordsScreen):
    """The list, and below its bar what the template selected asks for, or what is wrong with it."""

    def __init__(self, frame: Frame, spec: ScreenSpec, parent: QWidget | None = None) -> None:
        self.said = QLabel()
        self.said.setObjectName("dim")
        self.said.setWordWrap(True)
        self.said.setAccessibleName("What the template asks for")
        self.along = stands_for(QPushButton("Take in ready ones"), "letter.ready")
        self.along.clicked.connect(self.take_in)
        self._looked = ("", 0)
        super().__init__(frame, spec, parent)

    def beside(self) -> Sequence[QWidget]:
        """The templates that come along."""
        return (self.along,)

    def above(self) -> Sequence[QWidget]:
        """What the template selected asks for."""
        return (self.said,)

    def offers(self) -> Mapping[str, Callable[[], None]]:
        """What can be done here."""
        offered = dict(super().offers())
        offered["letter.ready"] = self.take_in
        row: Any = self.table.current_row()
        if row is not None:
            offered["letter.copy"] = lambda: self._copy(row.record)
        return offered

    def take_in(self) -> None:
        """Add the templates that come along and are not in the list."""
        held = {row.record.name.casefold() for row in self.model.all_rows()}
        wanted = tuple(
            AddRecord(kind, fields)
            for kind, fields in self.frame.application.ready_letters()
            if str(fields["name"]).casefold() not in held
        )
        if not wanted:
            self.frame.say("Every ready template is in the list already.")
            return
        self.frame.jobs.submit(Together(wanted, "ready letter templates taken in"), self)

    def _copy(self, record: Any) -> None:  # noqa: ANN401  (a letter template)
        """Write the template selected to a file of the council's own, and use that from now on."""
        key, seen, name = record.id, record.version, record.name

        def chosen(target: str) -> None:
            copy = self.frame.application.copy_template

            def use(_: object) -> None:
                command = ChangeRecord(self.kind.name, key, seen, {"file": target})
                self.frame.jobs.submit(command, self)

            self.frame.jobs.ask(
                lambda session: copy(session, key, Path(target)), use, self.frame.tell_failed, self
            )

        ask_save(self, "Copy the letter template", f"{name}.docx", _WORD, chosen)

    def _chosen(self) -> None:
        super()._chosen()
        self.along.setVisible(self.frame.may("setup", Right.WRITE))
        row: Any = self.table.current_row()
        if row is None:
            self.said.setText("")
            self._looked = ("", 0)
            return
        record = row.record
        if self._looked == (record.id, record.version):
            return
        self._looked = looked = (record.id, record.version)
        asks = self.frame.application.template_asks

        def read(session: Session) -> Asked:
            return asks(session, record.id)

        def came(asked: Asked) -> None:
            if looked == self._looked:
                self.said.setText(_words(asked, record))

        def failed(why: Failed) -> None:
            if looked == self._looked:
                self.said.setText(f"\u26a0 {why.sentence}")

        self.frame.jobs.ask(read, came, failed, self)


def _words(asked: Asked, record: Any) -> str:  # noqa: ANN401  (a letter template)
    minutes = record.kind == MINUTES
    known = PANEL if minutes else fields_for(record.fact)
    fills = [known[one].lower() for one in asked.fields if one in known]
    questions = [f"\u201c{question_words(one)}\u201d" for one in asked.questions]
    said = [f"Fills in {joined(fills)}." if fills else "Fills in nothing."]
    if questions:
        said.append(f"Asks whoever writes: {joined(questions)}.")
    if record.file.startswith(READY):
        said.append("It comes with Caseworker; copy it to change it in Word.")
    return " ".join(said)
