"""What is asked about a line of a plan: what it is tied to, why it ends, what is copied."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QListWidget, QListWidgetItem, QWidget

from caseworker_app.domain.caseload import CaseFile
from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.declarations.thread import Aspiration, Outcome
from caseworker_app.domain.kinds import kind_of
from caseworker_app.domain.plan_history import finals
from caseworker_app.domain.plan_thread import (
    ENDED,
    Line,
    Section,
    Thread,
    order,
    section_of,
    state,
    words_of,
)
from caseworker_app.domain.plan_ties import Change, changes, offers
from caseworker_app.services.commands import (
    AddRecord,
    ChangeRecord,
    Command,
    CopyPlanLines,
    RemoveRecord,
    Together,
)
from caseworker_app.ui.dialogs.command_dialog import CommandDialog
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.widgets.date_field import DateField

UNTIED = "Untied in the plan"
_TALL = 260


class CheckList(QListWidget):
    """Lines with boxes; Space ticks one."""

    def __init__(self, name: str, lines: Sequence[tuple[str, bool]]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setWordWrap(True)
        self.setMinimumHeight(_TALL)
        for words, ticked in lines:
            item = QListWidgetItem(words)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
            self.addItem(item)
        if self.count():
            self.setCurrentRow(0)

    def ticked(self) -> list[int]:
        """The numbers of those ticked."""
        return [
            at for at in range(self.count()) if self.item(at).checkState() == Qt.CheckState.Checked
        ]


class _LinesDialog(CommandDialog):
    """A dialog about lines of a plan: a change meanwhile is met by opening it again."""

    guide = "A plan"
    """The section of the guide that F1 opens."""

    def rebase(self, then: Callable[[], None]) -> None:
        """The lines are read anew by the tab below, so the dialog is begun again."""
        del then
        self.frame.say("The plan has changed meanwhile: look at it again, then open this anew.")
        self.reject()


class TieDialog(_LinesDialog):
    """Ticks what a line is tied to."""

    def __init__(
        self, frame: Frame, sections: Sequence[Section], line: Line, parent: QWidget | None = None
    ) -> None:
        super().__init__(frame, "Tie", "Save", parent, words_of(line.record))
        self._line = line
        self._offers = offers(sections, line)
        asked = QLabel("Tick with Space what it is for, what is behind it and what leads to it.")
        asked.setObjectName("dim")
        asked.setWordWrap(True)
        self.form.add_wide(asked)
        lines = [(one.words, bool(one.tie)) for one in self._offers]
        self.list = self.form.add_wide(CheckList("What it is tied to", lines))
        self.list.setFocus()

    def first_field(self) -> QWidget:
        """The list."""
        return self.list

    def command(self) -> Command | None:
        """The ties made and undone, all in one."""
        wanted = self.list.ticked()
        hopes = [at for at in wanted if isinstance(self._offers[at].record, Aspiration)]
        if len(hopes) > 1:
            self._say("An outcome has one aspiration behind it: tick the one it is nearest to.")
            return None
        found = list(changes(self._line, self._offers, wanted))
        if isinstance(self._line.record, Outcome) and hopes:
            # The aspiration before goes as the new one comes: one change of one field.
            found = [one for one in found if one.fields != {"aspiration_id": None}]
        if not found:
            self._say("No tick has changed.")
            return None
        return Together(tuple(map(as_command, found)), "plan tied")


class EndDialog(_LinesDialog):
    """Asks from when a line stands in the plan no more, and why."""

    def __init__(self, frame: Frame, line: Line, parent: QWidget | None = None) -> None:
        super().__init__(frame, "End this line", "End", parent, words_of(line.record))
        self._line = line
        self.on = self.form.add("&Last day", DateField(frame.today, frame.today()), key="on")
        self.why = self.form.add(
            "&Why", QLineEdit(), "It stays on record, and is no longer in the plan.", "ended_why"
        )
        self.why.setPlaceholderText("Achieved, or no longer needed")
        self.why.setFocus()

    def command(self) -> ChangeRecord | None:
        """The line with its last day and the reason."""
        on, why = self.on.value, self.why.text().strip()
        if on is None:
            self.form.show_problem("on", "Give the last day it stood.")
            return None
        if not why:
            self.form.show_problem("ended_why", "Say why it ends.")
            return None
        record = self._line.record
        day = "ended_on" if isinstance(record, Outcome) else "until"
        fields = {day: on, "ended_why": why}
        return ChangeRecord(kind_of(record).name, record.id, record.version, fields)


class CopyDialog(_LinesDialog):
    """Ticks which lines that ended are written again."""

    @classmethod
    def of(
        cls, frame: Frame, case: CaseFile, thread: Thread, parent: QWidget | None = None
    ) -> CopyDialog | None:
        """The dialog over the lines of a plan that have ended; None where none has."""
        today, sent = frame.today(), finals(case.facts)
        every = (*thread.aspirations, *thread.needs, *thread.outcomes, *thread.provision)
        gone = [one for one in every if state(one, today) == ENDED]
        gone.sort(key=lambda one: (section_of(one), order(one)))
        if not gone:
            return None
        lines = [
            (f"{kind_of(one).name}/{one.id}", f"{section_of(one)}: {words_of(one)}") for one in gone
        ]
        when = f" The last final plan was sent on {day_words(sent[-1].on)}." if sent else ""
        about = f"Lines that have ended; their ties are copied with them.{when}"
        return cls(frame, case.child.id, lines, about, parent)

    def __init__(
        self,
        frame: Frame,
        child_id: str,
        lines: Sequence[tuple[str, str]],
        about: str,
        parent: QWidget | None = None,
    ) -> None:
        """Make the dialog; `lines` are keys and words, `about` says what they are."""
        super().__init__(frame, "Copy from the plan before", "Copy", parent)
        self._child_id, self._keys = child_id, [key for key, _ in lines]
        said = QLabel(about)
        said.setObjectName("dim")
        said.setWordWrap(True)
        self.form.add_wide(said)
        self.list = self.form.add_wide(
            CheckList("Lines to copy", [(words, False) for _, words in lines])
        )
        self.on = self.form.add("They stand &from", DateField(frame.today, frame.today()), key="on")
        self.list.setFocus()

    def command(self) -> CopyPlanLines | None:
        """The lines ticked, with the ties between them."""
        keys = tuple(self._keys[at] for at in self.list.ticked())
        if not keys:
            self._say("Tick the lines to copy with Space.")
            return None
        if self.on.value is None:
            self.form.show_problem("on", "Give the day they stand from.")
            return None
        return CopyPlanLines(self._child_id, keys, self.on.value)


def as_command(change: Change) -> AddRecord | ChangeRecord | RemoveRecord:
    """What makes or undoes a tie."""
    if change.fields is None:
        return RemoveRecord(change.kind, change.id, change.version, UNTIED)
    if not change.id:
        return AddRecord(change.kind, dict(change.fields))
    return ChangeRecord(change.kind, change.id, change.version, dict(change.fields))
