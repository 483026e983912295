"""Keeps what is typed into annual reviews and is not recorded, and puts it back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QTimer

from caseworker_app.domain.errors import Refused
from caseworker_app.domain.permissions import Right
from caseworker_app.domain.rows import ReviewRow
from caseworker_app.services import drafts
from caseworker_app.services.session import Session
from caseworker_app.ui.runtime.drafting import REVIEWS_FORM, WAIT_MS, texts_to_keep, typed_texts
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.screens.reviews_edit import EDITABLE
from caseworker_app.ui.screens.reviews_model import UNFINISHED, Mark
from caseworker_app.ui.screens.reviews_table import ReviewsTable

_Texts = dict[str, dict[str, str]]
"""By child, the text of each column."""


class GridDrafts(QObject):
    """The drafts of one table: a draft a child, so that each goes when its child is forgotten."""

    def __init__(self, frame: Frame, table: ReviewsTable, back: Callable[[int], None]) -> None:
        """Make it; `back` is told how many cells were put back, where there are any."""
        super().__init__(table)
        self._frame, self._table, self._back = frame, table, back
        self._kept: _Texts = {}
        self._old: set[tuple[str, str, str]] = set()
        self._rest = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._rest.timeout.connect(self.keep)
        table.grid.marked.connect(self.edited)
        table.typing.connect(self.edited)

    def edited(self) -> None:
        """Something was typed, recorded or given up: keep what is left within a second."""
        if not self._rest.isActive():
            self._rest.start()

    def keep(self) -> None:
        """Keep what is typed now, and forget what was recorded since."""
        self._rest.stop()
        now = self._texts()
        differs = {
            child: now.get(child, {})
            for child in (*now, *(one for one in self._kept if one not in now))
            if now.get(child) != self._kept.get(child)
        }
        if not differs or not self._frame.jobs.is_open:
            return
        self._kept = now
        self._frame.jobs.ask(
            lambda session: _save(session, differs),
            lambda _: None,
            self._frame.tell_failed,
            self,
        )

    def leave(self) -> None:
        """Keep what is typed now, knowingly: it is old from here on."""
        self._old |= {
            (child, key, text)
            for child, typed in self._texts().items()
            for key, text in typed.items()
        }
        self.keep()

    def is_old(self, child_id: str, key: str, text: str) -> bool:
        """Whether what a cell holds came back as a draft, or was left as one knowingly."""
        return (child_id, key, text) in self._old

    def look(self) -> None:
        """Put back what was typed earlier, into cells that nobody has typed into since."""
        if not self._frame.may("children", Right.WRITE):
            return
        if self._rest.isActive():
            self.keep()
        self._frame.jobs.ask(
            lambda session: drafts.drafts(session, REVIEWS_FORM), self._put_back, owner=self
        )

    def _put_back(self, found: tuple[drafts.Draft, ...]) -> None:
        self._kept, count = {}, 0
        for draft in found:
            row = self._table.grid.row_of(draft.child_id)
            if row is None:
                # It stays among the drafts, where it can be read and discarded.
                continue
            self._kept[draft.child_id] = typed_texts(draft)
            count += self._mark(row, typed_texts(draft))
        if count:
            self._back(count)
        self.edited()

    def _mark(self, row: ReviewRow, typed: Mapping[str, str]) -> int:
        """Mark the cells of a row that hold something else than what was typed; how many."""
        grid, now, count = self._table.grid, self._texts(), 0
        for key, text in typed.items():
            column = grid.columns[grid.number(key)] if key in EDITABLE else None
            if column is None or column.edit is None or key in now.get(row.child_id, {}):
                continue
            if text != column.edit(row):
                grid.mark(row.child_id, key, Mark(text, UNFINISHED, "unfinished"))
                self._old.add((row.child_id, key, text))
                count += 1
        return count

    def _texts(self) -> _Texts:
        found: _Texts = defaultdict(dict)
        for (child_id, key), mark in self._table.grid.marks.items():
            found[child_id][key] = mark.text
        editor, row = self._table.editor(), self._table.current_row()
        if editor is not None and editor.changed_by_hand and isinstance(row, ReviewRow):
            found[row.child_id][self._table.column_key()] = editor.text().strip()
        return dict(found)


def _save(session: Session, differs: _Texts) -> None:
    """Save each; what cannot be kept of one child keeps nobody else's back."""
    refused: Refused | None = None
    for child_id, typed in differs.items():
        try:
            drafts.save_draft(session, REVIEWS_FORM, texts_to_keep(typed), child_id)
        except Refused as error:
            refused = error
    if refused is not None:
        raise refused
