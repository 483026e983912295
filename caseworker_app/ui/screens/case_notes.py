"""The notes and promises of a case, the pinned ones on top."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtWidgets import QPushButton

from caseworker_app.domain.chronology import promise_state
from caseworker_app.services.commands import ChangeRecord
from caseworker_app.ui.actions.buttons import stands_for
from caseworker_app.ui.dialogs.note import open_note_dialog
from caseworker_app.ui.models.column import DONE, LATE, OK, QUIET, Column, long_date
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.screens.case_records import CaseRecords, Line
from caseworker_app.ui.widgets.whole_text import WholeText


def day(line: Line) -> date:
    """The day of a note, or by when a promise is to be kept."""
    record = line.row.record
    found: date = record.by_when if line.kind.name == "promise" else record.on
    return found


def is_open(line: Line) -> bool:
    """Whether it is a promise that is neither kept nor broken."""
    return line.kind.name == "promise" and bool(line.row.record.open)


def what(line: Line) -> str:
    """The kind of note, or that it is a promise."""
    return "Promise" if line.kind.name == "promise" else line.words("kind")


class CaseNotes(CaseRecords):
    """Open promises, pinned notes, then all else with the newest first."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(
            frame,
            "Notes and promises",
            "Open promises and pinned notes stand on top.",
            ("note", "promise"),
            _columns(frame),
            "Nothing is noted yet. Ctrl+J writes a note from anywhere in the case.",
        )
        self.table.spare("with")
        self.table.widths.tells_cut = False
        self.keeping = stands_for(QPushButton("Promise kept"), "promise.kept")
        self.put_button(self.keeping, self.keep)
        self.whole = WholeText("The whole note")
        self.column.addWidget(self.whole)
        self.keeping.setEnabled(False)
        self.chosen.connect(self._switch_keeping)

    def in_order(self, lines: list[Line]) -> list[Line]:
        """Open promises by when, pinned notes, then the newest first."""

        def place(line: Line) -> tuple[int, int]:
            on = day(line).toordinal()
            if is_open(line):
                return 0, on
            return (1 if getattr(line.row.record, "pinned", False) else 2), -on

        return sorted(lines, key=place)

    def offers(self) -> Mapping[str, Callable[[], None]]:
        """What can be done here."""
        offered = dict(super().offers())
        line = self.current()
        if line is not None and is_open(line):
            offered["promise.kept"] = self.keep
        return offered

    def add(self) -> None:
        """A note has a form of its own."""
        if self.kinds.currentData() == "note":
            open_note_dialog(self.frame, self.child_id, self.window())
        else:
            super().add()

    def keep(self) -> None:
        """Say that the promise selected was kept today."""
        line = self.current()
        if line is not None and is_open(line):
            record = line.row.record
            fields = {"kept_on": self.frame.today()}
            command = ChangeRecord("promise", record.id, record.version, fields)
            self.frame.jobs.submit(command, self)

    def _switch_keeping(self) -> None:
        line = self.current()
        self.keeping.setEnabled(line is not None and is_open(line))
        self.whole.say("" if line is None else line.row.words.get("words", ""))


def _columns(frame: Frame) -> tuple[Column[Line], ...]:
    def state(line: Line) -> str:
        if line.kind.name == "promise":
            return promise_state(line.row.record, frame.today())
        return "pinned" if line.row.record.pinned else ""

    def tone(line: Line) -> str:
        if not is_open(line):
            return (DONE if line.row.record.kept_on else QUIET) if _promise(line) else ""
        return LATE if day(line) < frame.today() else OK

    return (
        Column("on", "Date or by when", lambda line: long_date(day(line)), day, width=124),
        Column("what", "What", what, style="strong", width=104),
        Column(
            "with",
            "With or to whom",
            lambda line: line.words("with_whom") or line.words("to_whom"),
            width=170,
        ),
        Column("state", "State", state, tone=tone, width=150),
        Column(
            "words",
            "Words",
            lambda line: line.words("words") or line.words("what"),
            stretch=True,
        ),
    )


def _promise(line: Line) -> bool:
    return line.kind.name == "promise"
