"""Dates to a calendar: one caseworker's or a team's, as an .ics file that can be imported again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QLabel, QWidget

from caseworker_app.domain.calendar_dates import LEAKS
from caseworker_app.domain.people import Caseworker
from caseworker_app.services.cases.calendars import Dates, dates_of
from caseworker_app.services.progress import Progress
from caseworker_app.services.session import Session
from caseworker_app.ui.dialogs.form_dialog import FormDialog
from caseworker_app.ui.leaving import Leaving, before_leaving
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.widgets.files import ask_save
from caseworker_app.ui.widgets.form import choices


class CalendarDialog(FormDialog):
    """Asks whose dates, and whether children stand in them by name."""

    guide = "School packs and printing"
    """The section of the guide that F1 opens."""

    def __init__(
        self,
        frame: Frame,
        caseworkers: Sequence[Caseworker],
        teams: Sequence[tuple[str, str]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("Dates to a calendar", "Save…", parent)
        self.frame = frame
        self._workers = tuple(caseworkers)
        held = {one.team_id for one in caseworkers}
        people = [(one.id, one.name) for one in caseworkers]
        shared = [(f"team {key}", f"{words} (team)") for key, words in teams if key in held]
        self.whose = self.form.add("&Dates of", choices([*people, *shared]), key="whose")
        self.whose.setCurrentIndex(max(0, self.whose.findData(frame.whose.now.choice.me)))
        self.names = self.form.add_wide(QCheckBox("Children by full &name"))
        self.names.setAccessibleDescription(LEAKS)
        self.warning = QLabel(LEAKS)
        self.warning.setObjectName("problem")
        self.warning.setWordWrap(True)
        self.warning.hide()
        self.form.add_wide(self.warning)
        self.names.toggled.connect(self._warn)
        note = QLabel(
            "Children are named by initials and reference. Import the file into your calendar. "
            "Import a later one over it, and dates that are done with disappear."
        )
        note.setObjectName("hint")
        note.setWordWrap(True)
        self.form.add_wide(note)
        self.whose.setFocus()

    def chosen(self) -> tuple[str, ...]:
        """The ids of the caseworkers whose dates are wanted."""
        key = str(self.whose.currentData())
        if key.startswith("team "):
            team = key.removeprefix("team ")
            return tuple(one.id for one in self._workers if one.team_id == team)
        return (key,)

    def accept(self) -> None:
        """Look which cases these are, and ask where to, where they may leave."""
        frame, workers, names = self.frame, self.chosen(), self.names.isChecked()

        def look(session: Session, progress: Progress) -> Dates:
            return dates_of(session, workers, names=names, progress=progress)

        def came(found: Dates) -> None:
            if not found.dates:
                self.form.show_problem("whose", "There is no date to put into a calendar.")
                return
            text = "\n".join(f"{one.summary}\n{one.notes}" for one in found.dates)
            leaving = Leaving("Calendar", "children", found.child_ids, text)
            before_leaving(frame, leaving, self._ask_file, self)

        self.form.clear_problems()
        frame.jobs.long("Reading dates", look, came, frame.tell_failed, self)

    def write(self, target: Path) -> None:
        """Write the calendar."""
        frame, workers, names = self.frame, self.chosen(), self.names.isChecked()
        name, application = f"Caseworker, {self._words()}", self.frame.application

        def make(session: Session, progress: Progress) -> int:
            return application.write_calendar(
                session, name, workers, target, names=names, progress=progress
            )

        def made(count: int) -> None:
            frame.say(f"Wrote {count:,} {'date' if count == 1 else 'dates'} to {target.name}.")

        frame.jobs.long("Writing the calendar", make, made, frame.tell_failed)
        super().accept()

    def _words(self) -> str:
        return self.whose.currentText().removesuffix(" (team)")

    def _ask_file(self) -> None:
        name = f"Dates of {self._words()}.ics"
        ask_save(
            self,
            "Save the calendar",
            name,
            "Calendars (*.ics)",
            lambda to: self.write(Path(to)),
        )

    def _warn(self, names: bool) -> None:
        # A form gives a label that wraps no more than one line by itself.
        self.warning.setMinimumHeight(self.warning.heightForWidth(self.form.width()))
        self.warning.setVisible(names)
        self.adjustSize()


def open_calendar(frame: Frame, parent: QWidget) -> None:
    """Fetch caseworkers and teams, then ask whose dates are wanted."""

    def look(session: Session) -> tuple[tuple[Caseworker, ...], tuple[tuple[str, str], ...]]:
        teams = session.record_choices("team")
        return tuple(one for one in session.caseworkers() if one.active), teams

    def ask(found: tuple[tuple[Caseworker, ...], tuple[tuple[str, str], ...]]) -> None:
        if found[0]:
            CalendarDialog(frame, *found, parent).open()
        else:
            frame.say("There is no caseworker yet, so there are no dates of theirs.")

    frame.jobs.ask(look, ask, owner=parent)
