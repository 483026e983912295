"""Bring records of any kind in from a file: what it would do is shown first, row by row parked."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from caseworker_app.domain.incoming import ParkedRow
from caseworker_app.domain.incoming_records import BroughtIn, IncomingRecords
from caseworker_app.domain.kinds import Kind
from caseworker_app.domain.outcome import Done
from caseworker_app.services.imports import published_file
from caseworker_app.services.progress import Progress
from caseworker_app.services.session import Session
from caseworker_app.ui.fitting import FittingDialog
from caseworker_app.ui.models.column import Column
from caseworker_app.ui.models.rows_model import RowsModel
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.widgets.files import ask_open, ask_several
from caseworker_app.ui.widgets.table import RowsTable

_FILES = (
    "Workbooks and CSV files (*.xlsx *.xlsm *.xls *.xlsb *.ods *.csv *.txt *.tsv);;All files (*)"
)
_COLUMNS: tuple[Column[ParkedRow], ...] = (
    Column("sheet", "Sheet or file", lambda row: row.place.sheet or row.place.file, width=150),
    Column(
        "row", "Row", lambda row: f"{row.place.row:,}", lambda row: row.place.row, "right", width=60
    ),
    Column("child", "Child", lambda row: row.case, width=170, style="strong"),
    Column("why", "Why it does not come in", lambda row: row.why, stretch=True, wraps=True),
)


class BringInDialog(FittingDialog):
    """What a file would do, with the rows that do not come in; one button does it."""

    guide = "Lists"
    """The section of the guide that F1 opens."""

    def __init__(
        self,
        frame: Frame,
        kind: Kind,
        incoming: IncomingRecords,
        tried: BroughtIn,
        parent: QWidget | None = None,
    ) -> None:
        """Show what bringing it in would do.

        Args:
            frame: the window around it.
            kind: the kind of record.
            incoming: what the file says.
            tried: what a dry run made of it.
            parent: the window it stands over.
        """
        super().__init__(parent)
        self.setWindowTitle(f"Bring in {kind.many}")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(760, 420)
        self._frame, self._kind, self._incoming = frame, kind, incoming
        self.said = QLabel("\n".join((_sentence(tried, kind, dry_run=True), *tried.notes)))
        self.said.setWordWrap(True)
        self.said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        around = QScrollArea()
        around.setWidgetResizable(True)
        around.setFrameShape(QScrollArea.Shape.NoFrame)
        around.setAccessibleName("What the files would do")
        around.setWidget(self.said)
        self.model: RowsModel[ParkedRow] = RowsModel(
            _COLUMNS,
            lambda row: f"{row.place.file}/{row.place.sheet}/{row.place.row}",
            lambda row: f"{row.case} {row.why}",
            self,
        )
        self.table = RowsTable(self.model, frame.theme, "Rows parked", "Rows that do not come in")
        self.table.least_stretched = 300
        self.table.spare("child", "sheet")
        self.model.set_rows(tried.parked)
        self.table.setVisible(bool(tried.parked))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.go = QPushButton("&Bring in")
        self.go.setObjectName("primary")
        self.go.setDefault(True)
        self.go.setEnabled(bool(tried.made or tried.changed))
        buttons.addButton(self.go, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.rejected.connect(self.reject)
        self.go.clicked.connect(self._bring)
        column = QVBoxLayout(self)
        column.addWidget(around, 1)
        column.addWidget(self.table, 1)
        column.addWidget(buttons)

    def _bring(self) -> None:
        self.go.setEnabled(False)
        incoming, kind = self._incoming, self._kind

        def make(session: Session, progress: Progress) -> BroughtIn:
            return session.bring_in(incoming, progress=progress)

        def made(came: BroughtIn) -> None:
            said = _sentence(came, kind, dry_run=False)
            self._frame.jobs.tell(Done(said, undo=came.undo, everything=True), self)
            self.accept()

        self._frame.jobs.long(f"Bringing in {kind.many}", make, made, self._frame.tell_failed, self)


def _sentence(came: BroughtIn, kind: Kind, *, dry_run: bool) -> str:
    # A row of a published file has many figures.
    of = "figure" if kind.name == published_file.KIND else "row"
    return came.sentence(kind, dry_run=dry_run, of=of)


def ask_bring_in(frame: Frame, kind: Kind, parent: QWidget) -> None:
    """Ask for a file, read it, and show what it would do; of published figures for several."""
    if kind.name == published_file.KIND:
        ask_several(
            parent,
            "Bring in published files",
            "Published files (*.csv);;All files (*)",
            lambda names: bring_in_published(frame, kind, tuple(map(Path, names)), parent),
        )
        return
    ask_open(
        parent,
        f"Bring in {kind.many}",
        f"{kind.many}.xlsx",
        _FILES,
        lambda path: bring_in(frame, kind, Path(path), parent),
    )


def bring_in_published(frame: Frame, kind: Kind, files: tuple[Path, ...], parent: QWidget) -> None:
    """Read the Department's files as they come, or a list of figures, and show what they would do.

    Which rows are kept goes by the details of the council, so that the store is asked too.
    """
    application, today = frame.application, frame.today()

    def look(session: Session, progress: Progress) -> tuple[IncomingRecords, BroughtIn]:
        if all(map(published_file.is_one, files)):
            incoming = application.read_published(session, files, progress=progress)
        else:
            incoming = application.read_records(files, kind.name, today=today, progress=progress)
        return incoming, session.bring_in(incoming, dry_run=True, progress=progress)

    def show(looked: tuple[IncomingRecords, BroughtIn]) -> None:
        BringInDialog(frame, kind, *looked, parent).open()

    frame.jobs.long("Looking at the files", look, show, frame.tell_failed, parent)


def bring_in(frame: Frame, kind: Kind, path: Path, parent: QWidget) -> None:
    """Read a file away from the window, try it, and show what it would do."""
    read, today = frame.application.read_records, frame.today()

    def show(incoming: IncomingRecords, tried: BroughtIn) -> None:
        BringInDialog(frame, kind, incoming, tried, parent).open()

    def read_in(incoming: IncomingRecords) -> None:
        frame.jobs.long(
            f"Looking at {path.name}",
            lambda session, progress: session.bring_in(incoming, dry_run=True, progress=progress),
            lambda tried: show(incoming, tried),
            frame.tell_failed,
            parent,
        )

    frame.jobs.files(
        lambda: read([path], kind.name, today=today), read_in, frame.tell_failed, parent
    )
