"""Bring the DfE's register of schools in: what it would do is shown first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QPlainTextEdit, QWidget

from caseworker_app.domain.people import Setting
from caseworker_app.domain.schools import Planned, planned
from caseworker_app.services.commands import Together
from caseworker_app.services.imports import schools_file
from caseworker_app.services.session import Session
from caseworker_app.services.wording import counted
from caseworker_app.ui.dialogs.command_dialog import CommandDialog
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.widgets.files import ask_open

_KINDS = "CSV files (*.csv);;All files (*)"


@dataclass(frozen=True, slots=True)
class Read:
    """A register beside the settings of the store.

    Attributes:
        there: how many children are at each setting, by its name.
    """

    register: schools_file.Register
    settings: tuple[Setting, ...]
    council: str
    there: Mapping[str, int]

    def plan(self, *, by_name: bool) -> Planned:
        """What bringing it in comes to."""
        return planned(self.register.schools, self.settings, self.council, by_name=by_name)


class SchoolsDialog(CommandDialog):
    """What the register would make and change, who is closed, and whom only the name tells."""

    def __init__(self, frame: Frame, read: Read, parent: QWidget | None = None) -> None:
        super().__init__(frame, "Import schools", "Bring in", parent)
        self._read = read
        self.about = QPlainTextEdit()
        self.about.setReadOnly(True)
        self.about.setTabChangesFocus(True)
        self.about.setMinimumSize(320, 220)
        self.form.add("&What it would do", self.about, key="about")
        many = len(read.plan(by_name=False).by_name)
        found = counted(many, "setting")
        self.by_name = QCheckBox(f"&Take the {found} found by name alone too")
        self.by_name.setVisible(many > 0)
        self.by_name.toggled.connect(self._tell)
        self.form.add_wide(self.by_name)
        self._tell()

    def command(self) -> Together | None:
        """What brings it in; None where there is nothing to bring."""
        plan = self._plan()
        if plan.new or plan.changed:
            return schools_file.commands(plan)
        self.form.show_problem("about", "There is nothing to bring in.")
        return None

    def _plan(self) -> Planned:
        return self._read.plan(by_name=self.by_name.isChecked())

    def _tell(self) -> None:
        parked = [f"Row {row} is left out: {why}." for row, why in self._read.register.parked]
        said = schools_file.said(self._plan(), self._read.there)
        self.about.setPlainText("\n".join([*said, *parked]))


def ask_schools(frame: Frame, parent: QWidget) -> None:
    """Ask for the register as it is downloaded, then show what it would do."""
    ask_open(
        parent,
        "Import schools: the CSV of Get Information About Schools",
        "edubasealldata.csv",
        _KINDS,
        lambda path: read_schools(frame, Path(path), parent),
    )


def read_schools(frame: Frame, path: Path, parent: QWidget) -> None:
    """Read a register and show what it would do."""

    def read(session: Session) -> Read:
        there = Counter(row.setting for row in session.cases())
        register = schools_file.read_file(path)
        return Read(register, session.settings(), session.council(), there)

    frame.jobs.ask(
        read, lambda found: SchoolsDialog(frame, found, parent).open(), frame.tell_failed
    )
