"""Everything that is left to a person, child by child, with its answers below."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from caseworker_app.domain.outcome import Done
from caseworker_app.domain.undecided import Undecided
from caseworker_app.services.progress import Progress
from caseworker_app.services.session import Session
from caseworker_app.services.wording import counted
from caseworker_app.ui.dialogs.deciding import ANSWERS, answer, answers
from caseworker_app.ui.fitting import FittingDialog
from caseworker_app.ui.models.column import Column
from caseworker_app.ui.models.rows_model import RowsModel
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.widgets.empty import EmptyState
from caseworker_app.ui.widgets.table import RowsTable

Rows = tuple[Undecided, ...]

_COLUMNS: tuple[Column[Undecided], ...] = (
    Column("reference", "Reference", lambda row: row.reference, width=90),
    Column("child", "Child", lambda row: row.name, width=160, style="strong"),
    Column("words", "Left to you", lambda row: row.words, stretch=True),
)
_NOTHING = "Nothing is left to decide."


class LeftDialog(FittingDialog):
    """A list that grows shorter with every answer; Enter opens the case."""

    guide = "Import"
    """The section of the guide that F1 opens."""

    def __init__(self, frame: Frame, rows: Rows, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Left to you")
        self._frame = frame
        self.model: RowsModel[Undecided] = RowsModel(
            _COLUMNS, lambda row: row.id, lambda row: f"{row.name}\n{row.words}", self
        )
        self.table = RowsTable(
            self.model, frame.theme, "Left to you", "Proposals of files, and who may be one child"
        )
        self.table.widths.tells_cut = False
        self.count = QLabel()
        self.count.setObjectName("dim")
        self.words = QLabel()
        self.words.setWordWrap(True)
        self._empty = EmptyState(self.table)
        self.buttons = {key: QPushButton(words) for key, words in ANSWERS.items()}
        self.open_button = QPushButton("&Open case")
        self._lay_out()
        self.table.chosen.connect(self._chosen)
        self.table.opened.connect(self._open)
        self.model.counted.connect(self._counted)
        frame.hub.done.connect(self._done)
        self.model.set_rows(rows)
        self.table.go_first()
        self.table.setFocus()
        self._chosen()
        self.resize(880, 430)

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        for key, button in self.buttons.items():
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, key=key: self._answer(key))
            line.addWidget(button)
        line.addStretch(1)
        self.open_button.setAutoDefault(False)
        self.open_button.clicked.connect(self._open)
        line.addWidget(self.open_button)
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(10)
        column.addWidget(self.count)
        column.addWidget(self.table, 1)
        column.addWidget(self.words)
        column.addLayout(line)
        column.addWidget(close)

    def _row(self) -> Undecided | None:
        chosen = [row for row in self.table.selected_rows() if isinstance(row, Undecided)]
        return chosen[0] if chosen else None

    def _chosen(self) -> None:
        row = self._row()
        self.words.setText("" if row is None else f"{row.name}, {row.reference}. {row.words}")
        for key, button in self.buttons.items():
            button.setEnabled(row is not None and key in answers(row))
        self.open_button.setEnabled(row is not None)

    def _answer(self, given: str) -> None:
        row = self._row()
        if row is not None:
            answer(self._frame, row, given, self)

    def _open(self) -> None:
        row = self._row()
        if row is not None:
            self.accept()
            self._frame.open_case(row.child_id)

    def _counted(self) -> None:
        self.count.setText(counted(self.model.total, "thing left to you", "things left to you"))
        self._empty.say("" if self.model.total else _NOTHING)
        self._chosen()

    def _done(self, done: Done, initiator: QObject | None) -> None:
        """Read anew what is left of the children touched, or of all."""
        del initiator
        touched = frozenset(done.child_ids)
        some = None if done.everything or not touched else sorted(touched)

        def ask(session: Session) -> Rows:
            if some is None:
                return session.undecided()
            return tuple(one for key in some for one in session.undecided(key))

        def show(rows: Rows) -> None:
            held = () if some is None else self.model.all_rows()
            kept = [one for one in held if touched.isdisjoint((one.child_id, one.other_id))]
            self.model.set_rows({one.id: one for one in (*kept, *rows)}.values())
            self.table.go_first()

        self._frame.jobs.ask(ask, show, owner=self)


def open_left_dialog(frame: Frame, parent: QWidget, *, quiet: bool = False) -> None:
    """Show what is left to a person. With nothing left, say so, or with `quiet` nothing."""

    def show(rows: Rows) -> None:
        if rows:
            dialog = LeftDialog(frame, rows, parent)
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()
        elif not quiet:
            frame.say(_NOTHING)

    def read(session: Session, progress: Progress) -> Rows:
        return session.undecided(progress=progress)

    frame.jobs.long("Looking through every child", read, show, owner=parent)
