"""The forms somebody began and did not finish, to go on with or to discard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QHBoxLayout,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from caseworker_app.domain.errors import Refused
from caseworker_app.domain.facts import KINDS
from caseworker_app.domain.text import is_row_id
from caseworker_app.services import drafts
from caseworker_app.services.clock import in_words
from caseworker_app.services.drafts import Draft
from caseworker_app.services.session import Session
from caseworker_app.ui.dialogs.consult import children_of
from caseworker_app.ui.dialogs.draft_forms import open_form
from caseworker_app.ui.dialogs.kind_box import kind_words
from caseworker_app.ui.fitting import FittingDialog
from caseworker_app.ui.models.column import Column, long_date
from caseworker_app.ui.models.rows_model import RowsModel
from caseworker_app.ui.runtime.drafting import form_words, typed_texts
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.widgets.empty import EmptyState
from caseworker_app.ui.widgets.table import RowsTable

_NOTHING = (
    "There are no drafts. What you type into a form is kept here if you leave it with Esc, or if "
    "the program crashes."
)


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft with the name of the child it is about."""

    draft: Draft
    child: str

    @property
    def id(self) -> str:
        """No other row has it."""
        return f"{self.draft.form}\n{self.draft.child_id}"

    @property
    def typed(self) -> str:
        """What is typed, as one reads it."""
        texts = (_as_read(name, text) for name, text in typed_texts(self.draft).items())
        return ", ".join(filter(None, texts))


_COLUMNS: tuple[Column[DraftRow], ...] = (
    Column("at", "When", lambda row: in_words(row.draft.at), lambda row: row.draft.at, width=140),
    Column("child", "Child", lambda row: row.child, width=170, style="strong"),
    Column("form", "Form", lambda row: form_words(row.draft.form), width=150),
    Column("typed", "What you typed", lambda row: row.typed, stretch=True, style="dim"),
)


class DraftList(FittingDialog):
    """Enter goes on with the draft selected."""

    guide = "Forms"
    """The section of the guide that F1 opens."""

    def __init__(self, frame: Frame, parent: QWidget) -> None:
        super().__init__(parent)
        self._frame, self._window = frame, parent
        self.setWindowTitle("Drafts")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(860, 420)
        self.model: RowsModel[DraftRow] = RowsModel(
            _COLUMNS, lambda row: row.id, lambda row: f"{row.child}\n{row.typed}", self
        )
        self.table = RowsTable(self.model, frame.theme, "Drafts", "What you began and did not save")
        self._empty = EmptyState(self.table)
        self.go = QPushButton("&Go on with it")
        self.go.setObjectName("primary")
        self.go.clicked.connect(self._go_on)
        self.discard = QPushButton("&Discard it…")
        self.discard.setAutoDefault(False)
        self.discard.clicked.connect(self._ask_discard)
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close.rejected.connect(self.reject)
        row = QHBoxLayout()
        row.addWidget(self.discard)
        row.addStretch(1)
        row.addWidget(self.go)
        row.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(10)
        column.addWidget(self.table, 1)
        column.addLayout(row)
        self.go.setDefault(True)
        self.table.chosen.connect(self._chosen)
        self.table.setFocus()
        self._chosen()
        self._read()

    def _read(self) -> None:
        self._frame.jobs.ask(_rows, self._show, owner=self)

    def _show(self, rows: Sequence[DraftRow]) -> None:
        self.model.set_rows(rows)
        self._empty.say("" if rows else _NOTHING)
        self.table.go_first()
        self._chosen()

    def _row(self) -> DraftRow | None:
        found = self.table.selected_rows()
        return found[0] if found and isinstance(found[0], DraftRow) else None

    def _chosen(self) -> None:
        row = self._row()
        self.discard.setEnabled(row is not None)
        self.go.setEnabled(row is not None and not row.draft.gone)

    def _go_on(self) -> None:
        row = self._row()
        if row is not None and not row.draft.gone:
            self.accept()
            open_form(self._frame, row.draft, self._window)

    def _ask_discard(self) -> None:
        row = self._row()
        if row is None:
            return
        box = QMessageBox(self)
        box.setWindowTitle("Drafts")
        box.setIcon(QMessageBox.Icon.Question)
        box.setText("Discard what you typed? It cannot be brought back.")
        keep = box.addButton("Keep it", QMessageBox.ButtonRole.RejectRole)
        gone = box.addButton("Discard", QMessageBox.ButtonRole.DestructiveRole)
        gone.clicked.connect(lambda: self._discard(row.draft))
        box.setDefaultButton(keep)
        box.setEscapeButton(keep)
        box.finished.connect(box.deleteLater)
        box.open()

    def _discard(self, draft: Draft) -> None:
        def drop(session: Session) -> None:
            drafts.drop_draft(session, draft.form, draft.child_id)

        self._frame.jobs.ask(drop, lambda _: self._read(), self._frame.tell_failed, self)


def _as_read(name: str, text: str) -> str:
    """A field as the list shows it: a kind and a day in words, what is chosen by its key not."""
    if name == "kind" and text in KINDS:
        return kind_words(text)
    try:
        return long_date(date.fromisoformat(text))
    except ValueError:
        return "" if is_row_id(text) else " ".join(text.split())


def _rows(session: Session) -> tuple[DraftRow, ...]:
    return tuple(
        DraftRow(one, _name(session, one)) for one in reversed(drafts.every_draft(session))
    )


def _name(session: Session, draft: Draft) -> str:
    if not draft.child_id:
        return ""
    if draft.gone:
        return f"{draft.gone}, no longer in the store"
    others = len(children_of(draft.form)) - 1
    try:
        name = session.case(draft.child_id).child.name
        return f"{name} and {others:,} more" if others > 0 else name
    except Refused:
        # Somebody else's case by now.
        return "A case that is not yours"


def open_drafts(frame: Frame, window: QWidget) -> None:
    """Show the drafts."""
    DraftList(frame, window).open()
