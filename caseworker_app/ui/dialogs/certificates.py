"""Certificates of disposal: each as a page, and copies that came into reach rewritten."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QPushButton, QVBoxLayout, QWidget

from caseworker_app.domain.declarations.retention import BASES, Disposal
from caseworker_app.domain.disposed import OUT_OF_REACH
from caseworker_app.domain.paper import Paper
from caseworker_app.domain.permissions import Right
from caseworker_app.services.forgetting import forget_listed
from caseworker_app.services.progress import Progress
from caseworker_app.services.retention import certificate_of, disposals, rewrite_again
from caseworker_app.services.session import Session
from caseworker_app.services.wording import counted
from caseworker_app.ui.fitting import FittingDialog
from caseworker_app.ui.leaving import Leaving
from caseworker_app.ui.models.column import Column, long_date
from caseworker_app.ui.models.rows_model import RowsModel
from caseworker_app.ui.printing import print_paper
from caseworker_app.ui.runtime.preferences import SECOND_PLACE
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.widgets.empty import EmptyState
from caseworker_app.ui.widgets.files import ask_folder, ask_save
from caseworker_app.ui.widgets.table import RowsTable

_NOTE = "Certificates name nobody. Enter prints the one selected."


def _left(row: Disposal) -> int:
    return sum(one["state"] == OUT_OF_REACH for one in row.copies_listed)


def _left_words(row: Disposal) -> str:
    return f"{_left(row):,}" if row.copies else "not looked at"


def _columns() -> tuple[Column[Disposal], ...]:
    return (
        Column("on", "On", lambda row: long_date(row.on), lambda row: row.ref, width=100),
        Column("ref", "Reference", lambda row: row.ref, width=160, style="strong"),
        Column("by", "By", lambda row: row.done_by, width=130),
        Column("cases", "Cases", lambda row: f"{len(row.listed):,}", width=60),
        Column("left", "Copies out of reach", _left_words, _left, width=140),
        Column("why", "Why", lambda row: BASES[row.basis], stretch=True),
    )


class CertificatesDialog(FittingDialog):
    """A list of disposals, the newest first."""

    guide = "Keeping and forgetting"
    """The section of the guide that F1 opens."""

    def __init__(self, frame: Frame, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._frame = frame
        self.setWindowTitle("Certificates of disposal")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(860, 460)
        self.model: RowsModel[Disposal] = RowsModel(_columns(), lambda row: row.id, _search)
        self.table = RowsTable(self.model, frame.theme, "Certificates of disposal", _NOTE)
        self.table.opened.connect(self._print)
        self.empty = EmptyState(self.table)
        note = QLabel(_NOTE)
        note.setObjectName("dim")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        if frame.may("setup", Right.REMOVE, own=False):
            rewrite = self._add(buttons, "Re&write backups…", self._rewrite)
            rewrite.setToolTip("Choose a folder of backups: who was disposed of goes from them too")
        self._of_one: list[QPushButton] = []
        """What does something with the certificate selected."""
        if frame.may("setup", Right.EXPORT, own=False):
            self._of_one.append(self._add(buttons, "&Save as…", self._save))
            self._of_one.append(self._add(buttons, "&Print…", self._print))
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(10)
        column.addWidget(note)
        column.addWidget(self.table, 1)
        column.addWidget(buttons)
        self._read()
        self.table.setFocus()

    def _add(self, buttons: QDialogButtonBox, words: str, go: object) -> QPushButton:
        button = QPushButton(words)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _=False: go())  # type: ignore[operator]
        buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
        return button

    def _read(self) -> None:
        self._frame.jobs.ask(disposals, self._show, self._frame.tell_failed, self)

    def _show(self, rows: tuple[Disposal, ...]) -> None:
        self.model.set_rows(rows)
        self.table.go_first()
        for button in self._of_one:
            button.setEnabled(bool(rows))
        self.empty.say("" if rows else "No case has been disposed of yet.")

    def _chosen(self) -> str:
        row = self.table.current_row()
        return row.id if isinstance(row, Disposal) else ""

    def _print(self, _row: object = None) -> None:
        def show(paper: Paper) -> None:
            leaving = Leaving(paper.title, "setup", (), paper.words(), "printed")
            print_paper(self._frame, paper, leaving, self)

        self._with_paper(show)

    def _save(self) -> None:
        def ask(paper: Paper) -> None:
            kinds = "Word documents (*.docx);;Excel workbooks (*.xlsx)"
            name = f"{paper.title}.docx"
            ask_save(self, "Save the certificate", name, kinds, partial(self._write, paper))

        self._with_paper(ask)

    def _write(self, paper: Paper, name: str) -> None:
        target, frame = Path(name), self._frame

        def work(session: Session, progress: Progress) -> None:
            frame.application.write_paper(session, paper, target, area="setup", progress=progress)

        def made(_: None) -> None:
            frame.say(f"Wrote {target.name}.")

        frame.jobs.long("Writing the certificate", work, made, frame.tell_failed, self)

    def _with_paper(self, then: object) -> None:
        key = self._chosen()
        if key:
            look = lambda session: certificate_of(session, key)  # noqa: E731
            self._frame.jobs.ask(look, then, self._frame.tell_failed, self)  # type: ignore[arg-type]

    def _rewrite(self) -> None:
        ask_folder(self, "A folder with further backups", str(Path.home() / "x"), self._rewrite_in)

    def _rewrite_in(self, folder: str) -> None:
        frame = self._frame
        place = frame.preferences.get(SECOND_PLACE)
        second = Path(place) if place else None

        def work(session: Session, progress: Progress) -> tuple[str, tuple[Disposal, ...]]:
            told = forget_listed(session, [Path(folder)])
            return told, rewrite_again(session, second, [Path(folder)], progress)

        def made(found: tuple[str, tuple[Disposal, ...]]) -> None:
            told, rows = found
            left = sum(map(_left, rows))
            looked = f"Backups looked at; {counted(left, 'copy', 'copies')} out of reach."
            frame.say(" ".join(filter(None, (told, looked))))
            self._read()

        frame.jobs.long("Rewriting backups", work, made, frame.tell_failed, self)


def _search(row: Disposal) -> str:
    return f"{row.ref} {row.done_by} {row.why}"
