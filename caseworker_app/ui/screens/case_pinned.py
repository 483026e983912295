"""The strip below the banner of a case: panels to come, open promises, pinned notes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from caseworker_app.domain.chronology import panel_day, promise_state, said
from caseworker_app.domain.lateness import when_words
from caseworker_app.domain.rows import RecordRow
from caseworker_app.ui.models.column import long_date
from caseworker_app.ui.screens.case_banner import ElidedLabel

_SHOWN, _SHOWN_LOW, _LOW = 3, 1, 640
"""So many lines, and so many in a low window."""

Rows = Sequence[tuple[str, RecordRow]]


def pinned_words(rows: Rows, today: date) -> list[str]:
    """What stands on top of a case.

    These are the panels it is before, promises that are late or due within a week, pinned notes.
    """
    panels = [
        (on, row)
        for name, row in rows
        if name == "panel_item" and not row.record.decision
        if (on := panel_day(row)) is not None and on >= today
    ]
    promises = [
        row for name, row in rows if name == "promise" and row.record.open and _near(row, today)
    ]
    notes = [row for name, row in rows if name == "note" and row.record.pinned]
    found = [
        f"\u25c6 Before the {row.words['panel_id']} ({when_words((on - today).days)}): "
        f"{row.words['question'].lower()}{_papers(row)}"
        for on, row in sorted(panels, key=lambda pair: pair[0])
    ]
    found += [
        f"\u25cf Promised to {row.words['to_whom']} by {long_date(row.record.by_when)} "
        f"({promise_state(row.record, today)}): {row.words['what']}"
        for row in sorted(promises, key=lambda row: row.record.by_when)
    ]
    found += [
        f"\u2605 {long_date(row.record.on)}, {row.words['kind']}: {said('note', row)}"
        for row in sorted(notes, key=lambda row: row.record.on, reverse=True)
    ]
    return found


def _papers(row: RecordRow) -> str:
    by = row.record.papers_by
    return f", papers by {long_date(by)}" if by is not None else ""


def _near(row: RecordRow, today: date) -> bool:
    left: int = (row.record.by_when - today).days
    return left <= 7


class CasePinned(QFrame):
    """A line each; hidden when there is none.

    Signals:
        more: show all notes and promises.
    """

    more = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setAccessibleName("Pinned")
        self._lines = [ElidedLabel() for _ in range(_SHOWN)]
        self.button = QPushButton()
        self.button.setObjectName("link")
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self.more)
        words = QVBoxLayout()
        words.setSpacing(2)
        for line in self._lines:
            words.addWidget(line)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 5, 12, 5)
        row.addLayout(words, 1)
        row.addWidget(self.button)
        self.hide()

    def show_rows(self, rows: Rows, today: date) -> None:
        """Show what of some records stands on top."""
        found = pinned_words(rows, today)
        room = _SHOWN if self.window().height() >= _LOW else _SHOWN_LOW
        for at, line in enumerate(self._lines):
            line.set_words(found[at] if at < min(room, len(found)) else "")
            line.setVisible(bool(line.text()))
        more = len(found) - room
        self.button.setText(f"{more} more…" if more > 0 else "All notes…")
        self.button.setAccessibleName("Show all notes and promises")
        self.setVisible(bool(found))
