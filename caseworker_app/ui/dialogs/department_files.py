"""Files in the Department's shape: choose the year and how, then where to, and write them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QLabel, QWidget

from caseworker_app.domain.department.sheets import DepartmentReturn
from caseworker_app.domain.measures.board import narrowed_words
from caseworker_app.services.progress import Progress
from caseworker_app.services.session import Session
from caseworker_app.ui.dialogs.form_dialog import FormDialog
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.widgets.files import ask_folder, ask_save
from caseworker_app.ui.widgets.form import check_box, choices

_YEARS = 6
_WORKBOOK, _FOLDER = "workbook", "folder"


class DepartmentFilesDialog(FormDialog):
    """Asks for the calendar year, a workbook or CSV files, and whether small numbers are hidden."""

    guide = "Returns"
    """The section of the guide that F1 opens."""

    def __init__(self, frame: Frame, parent: QWidget | None = None) -> None:
        super().__init__("Files in the Department's shape", "Write…", parent)
        self.frame = frame
        this = frame.today().year
        years = [(str(year), str(year)) for year in range(this, this - _YEARS, -1)]
        self.year = self.form.add("Calendar &year", choices(years), key="year")
        self.how = self.form.add(
            "Write as",
            choices([(_WORKBOOK, "A workbook"), (_FOLDER, "CSV files in a folder")]),
            key="how",
        )
        self.suppress = self.form.add_wide(
            check_box("&Hide small numbers", "As for publication; without it, for the team alone")
        )
        self.suppress.setChecked(True)
        note = QLabel(
            "Your own figures with the columns and breakdowns of the files that the Department "
            "publishes of EHC plans, as at the survey day in January after the year, or today."
        )
        note.setWordWrap(True)
        note.setObjectName("hint")
        self.form.add_wide(note)
        self.year.setFocus()

    def accept(self) -> None:
        """Ask where to."""
        name = f"EHC plans {self.year.currentData()}"
        if self.how.currentData() == _FOLDER:
            ask_folder(self, "Folder for the CSV files", "", lambda path: self.write(Path(path)))
        else:
            kinds = "Excel workbooks (*.xlsx)"
            ask_save(self, self.windowTitle(), f"{name}.xlsx", kinds, self._write_named)

    def write(self, target: Path) -> None:
        """Write them, with progress."""
        year, shown = int(self.year.currentData()), not self.suppress.isChecked()
        frame, write = self.frame, self.frame.application.department

        def make(session: Session, progress: Progress) -> DepartmentReturn:
            made: DepartmentReturn = write(
                session, year, target=target, unsuppressed=shown, progress=progress
            )
            return made

        def told(made: DepartmentReturn) -> None:
            warned = f" {narrowed_words(made.narrowed)}" if made.narrowed else ""
            frame.say(f"Wrote the files of {made.year} to {target.name}.{warned}")

        frame.jobs.long("Writing the files", make, told, frame.tell_failed)
        super().accept()

    def _write_named(self, name: str) -> None:
        self.write(Path(name))
