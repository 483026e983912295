"""Confirm the codes of SEN2 that no public source settles, and the cut-off day."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QWidget

from caseworker_app.domain.declarations.sen2_readings import Sen2Reading
from caseworker_app.domain.errors import Refused
from caseworker_app.domain.sen2.layout import Layout
from caseworker_app.domain.sen2.readings import (
    CUT_OFF,
    SURVEY_DAY,
    YEAR_END,
    Readings,
    in_words,
    letters_in,
    readings_of,
)
from caseworker_app.services.commands import Command
from caseworker_app.services.returns.sen2_layouts import layout
from caseworker_app.services.returns.sen2_return import confirming
from caseworker_app.services.session import Session
from caseworker_app.ui.dialogs.command_dialog import CommandDialog
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.widgets.form import choices

_ABOUT = (
    "No public source shows these codes. Look them up in the Department's own papers, put right"
    " what differs, and save: files can then be written."
)


class CodesDialog(CommandDialog):
    """A line a set of codes; saving confirms them all."""

    def __init__(
        self,
        frame: Frame,
        of_year: Layout,
        there: Mapping[str, Sen2Reading],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(frame, "Codes of SEN2", "Confirm", parent)
        self._layout, self._there = of_year, there
        readings: Readings = readings_of(of_year, {one.about: one.says for one in there.values()})
        about = QLabel(_ABOUT)
        about.setWordWrap(True)
        self.form.add_wide(about)
        self.lines: dict[str, QLineEdit] = {}
        for number, (name, one) in enumerate(of_year.unverified.items(), 1):
            line = QLineEdit(in_words(readings.letters[name]))
            hint = "; ".join(f"{meaning}: {words}" for meaning, words in one.what.items())
            label = f"&{number} {one.words[:1].upper()}{one.words[1:]}"
            self.lines[name] = self.form.add(label, line, hint, name)
        self.cut_off: QComboBox = self.form.add(
            "Decisions &count up to",
            choices([(YEAR_END, "31 December"), (SURVEY_DAY, "The survey day")]),
            key=CUT_OFF,
        )
        self.cut_off.setCurrentIndex(self.cut_off.findData(readings.cut_off))
        seen = next((one.seen_in for one in there.values() if one.seen_in), "")
        self.seen_in = self.form.add("&Seen in", QLineEdit(seen), "Where it was looked up.", "seen")
        next(iter(self.lines.values())).setFocus()

    def command(self) -> Command | None:
        """Every set as it stands in its line."""
        said = {CUT_OFF: str(self.cut_off.currentData())}
        for name, line in self.lines.items():
            try:
                letters_in(self._layout.unverified[name], line.text())
            except Refused as refused:
                self.form.show_problem(name, refused.sentence)
                return None
            said[name] = line.text()
        return confirming(self._there, self._layout, said, self.seen_in.text().strip())


def open_codes_dialog(frame: Frame, year: int, parent: QWidget) -> None:
    """Fetch what is confirmed already, then show the form."""

    def fetch(session: Session) -> dict[str, Sen2Reading]:
        rows = session.record_rows("sen2_reading")
        newest = sorted((row.record for row in rows), key=lambda one: int(one.id))
        return {one.about: one for one in newest}

    def show(there: dict[str, Sen2Reading]) -> None:
        CodesDialog(frame, layout(year), there, parent).open()

    frame.jobs.ask(fetch, show, frame.tell_failed, parent)
