"""Split a case that holds two children: tick the events that go, say whose they are, confirm."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from caseworker_app.domain.caseload import CaseFile
from caseworker_app.domain.facts import Fact
from caseworker_app.domain.outcome import Done, Failed
from caseworker_app.domain.preview import Preview
from caseworker_app.services.commands import SplitChild
from caseworker_app.services.wording import capital, fact_in_words
from caseworker_app.ui.dialogs.about_child import about_child
from caseworker_app.ui.dialogs.command_dialog import CommandDialog
from caseworker_app.ui.models.column import long_date
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.widgets.date_field import DateField
from caseworker_app.ui.widgets.form import name_field
from caseworker_app.ui.widgets.preview import PreviewPane

_WAIT_MS = 200
"""What would be is worked out once the hands rest."""
_ALL = 100
"""All the room there is, beside the stretch of every command dialog."""
_ID = Qt.ItemDataRole.UserRole
_TICKED, _EMPTY = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class SplitDialog(CommandDialog):
    """The events and the new child on the left, what would be on the right."""

    def __init__(self, frame: Frame, case: CaseFile, parent: QWidget | None = None) -> None:
        """Make the dialog for a case with two events at least."""
        child = case.child
        super().__init__(frame, "Split a case", "Make the new case", parent, about_child(child))
        self._child_id, self._seen = child.id, child.version
        self._asked, self._wanted = count(1), 0
        self.events = QListWidget()
        self.events.setObjectName("ticks")
        for fact in case.facts:
            self.events.addItem(_item(fact))
        self.records = QListWidget()
        self.records.setObjectName("ticks")
        self.surname = QLineEdit(child.surname)
        self.forename = QLineEdit()
        self.born = DateField(frame.today, child.born)
        self.reference = QLineEdit()
        self.reference.setPlaceholderText("the next free one")
        self.pane = PreviewPane()
        self._lay_out()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_WAIT_MS)
        self._rest.timeout.connect(self._look)
        self.events.itemChanged.connect(self._edited)
        self.records.itemChanged.connect(self._edited)
        self.born.changed.connect(self._edited)
        for line in (self.surname, self.forename, self.reference):
            line.textChanged.connect(self._edited)
        self.resize(880, 440)
        self.events.setCurrentRow(0)
        self.events.setFocus()
        self._read_records()
        self._look()

    def command(self) -> SplitChild | None:
        """The split as ticked and typed."""
        if self.born.value is None:
            sentence = self.born.problem or "Enter the date of birth."
            self.form.show_problem("born", sentence)
            return None
        return self._split()

    def rebase(self, then: Callable[[], None]) -> None:
        """Take the case as it is now; what is still there stays ticked, and is confirmed anew."""
        del then

        def newest(case: CaseFile) -> None:
            ticked = set(self._ticked())
            self._seen = case.child.version
            self.events.clear()
            for fact in case.facts:
                self.events.addItem(_item(fact, ticked=fact.id in ticked))
            self._say("")
            self._read_records()
            self._look()

        self.frame.jobs.ask(lambda session: session.case(self._child_id), newest, owner=self)

    def show_failed(self, failed: Failed) -> None:
        """Show a refusal beside its field; after a change by somebody else, the case as it is."""
        if failed.field == "fact_ids":
            self._problem.setText(failed.sentence)
            self._problem.show()
            self.events.setFocus()
            return
        super().show_failed(failed)
        if failed.why == "stale":
            self._latest.setText("Show the case as it is now")

    def _lay_out(self) -> None:
        words = QLabel("&Events that go to the new case")
        name_field(self.events, words, "Space ticks an event")
        self._problem = QLabel()
        self._problem.setObjectName("problem")
        self._problem.setWordWrap(True)
        self._problem.hide()
        self.form.add("&Surname", self.surname, key="surname")
        self.form.add("&Forename", self.forename, key="forename")
        self.form.add("&Born", self.born, key="born")
        self.form.add("&Reference", self.reference, key="reference")
        further = QLabel("&Records that go to the new case; the others stay")
        name_field(self.records, further, "Space ticks a record")
        left = QVBoxLayout()
        for widget in (words, self.events, further, self.records, self._problem):
            left.addWidget(widget, 1 if isinstance(widget, QListWidget) else 0)
        self._further = (further, self.records)
        for one in self._further:
            one.hide()
        left.addWidget(self.form)
        sides = QHBoxLayout()
        sides.setSpacing(14)
        sides.addLayout(left, 1)
        sides.addWidget(self.pane, 1)
        self.column.insertLayout(1, sides, _ALL)

    def _read_records(self) -> None:
        """Ask what else belongs to the case; what is still there stays ticked."""

        def show(found: tuple[tuple[str, str], ...]) -> None:
            ticked = set(_ticked(self.records))
            self.records.clear()
            for key, words in found:
                self.records.addItem(_tick(words, key, ticked=key in ticked))
            for one in self._further:
                one.setVisible(bool(found))

        key = self._child_id
        self.frame.jobs.ask(lambda session: session.owned_words(key), show, owner=self)

    def _ticked(self) -> tuple[str, ...]:
        return _ticked(self.events)

    def _split(self) -> SplitChild:
        return SplitChild(
            self._child_id,
            self._seen,
            self._ticked(),
            self.surname.text().strip(),
            self.forename.text().strip(),
            self.born.value,
            self.reference.text().strip(),
            _ticked(self.records),
        )

    def _edited(self) -> None:
        self._problem.hide()
        name = f"{self.forename.text().strip()} {self.surname.text().strip()}".strip()
        self.go.setText(f"Make the case of {name}" if name else "Make the new case")
        self._rest.start()

    def _look(self) -> None:
        """Ask what the split would do, or what is still missing for it."""
        command = self._split()
        self._wanted = wanted = next(self._asked)

        def show(preview: Preview) -> None:
            if wanted == self._wanted:
                self.pane.show_preview(preview)

        def failed(why: Failed) -> None:
            if wanted == self._wanted:
                self.pane.say(why.sentence)

        self.frame.jobs.ask(lambda session: session.preview(command), show, failed, owner=self)


def open_split_dialog(frame: Frame, case: CaseFile, parent: QWidget) -> None:
    """Ask what goes to whom; the new case opens at the end."""
    if len(case.facts) < 2:
        frame.say(f"{case.child.reference} has fewer than two events, so there is none to split.")
        return
    dialog = SplitDialog(frame, case, parent.window())

    def made(done: Done) -> None:
        new = [one for one in done.child_ids if one != case.child.id]
        frame.open_case(new[0])

    dialog.done_with.connect(made)
    dialog.open()


def _item(fact: Fact, *, ticked: bool = False) -> QListWidgetItem:
    return _tick(f"{long_date(fact.on)}   {capital(_what(fact))}", fact.id, ticked=ticked)


def _tick(words: str, key: str, *, ticked: bool) -> QListWidgetItem:
    item = QListWidgetItem(words)
    item.setFlags(
        Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
    )
    item.setCheckState(_TICKED if ticked else _EMPTY)
    item.setData(_ID, key)
    return item


def _ticked(ticks: QListWidget) -> tuple[str, ...]:
    items = (ticks.item(row) for row in range(ticks.count()))
    return tuple(str(one.data(_ID)) for one in items if one.checkState() == _TICKED)


def _what(fact: Fact) -> str:
    """The event without its day, which stands in front."""
    return fact_in_words(fact).replace(f" {long_date(fact.on)}", "", 1)
