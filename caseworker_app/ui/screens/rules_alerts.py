"""Alerts: from when on an open date is amber, red or goes up. The council's own preference."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from caseworker_app.domain.alerts import BirthdayThreshold, Threshold, Thresholds
from caseworker_app.domain.binding import threshold_fields, thresholds_of
from caseworker_app.domain.declarations.own_rules import AlertThreshold
from caseworker_app.domain.levels import Level
from caseworker_app.ui.actions.buttons import stands_for
from caseworker_app.ui.models.column import LATE, SOON, Column
from caseworker_app.ui.models.rows_model import RowsModel
from caseworker_app.ui.theme.themes import Themes
from caseworker_app.ui.widgets.table import RowsTable

_NOTE = (
    "These are not law and change no date. They say when Today shows a date as amber, red or to "
    "escalate; past its legal date it is red whatever is set here."
)


@dataclass(frozen=True, slots=True)
class AlertLine:
    """One threshold and its place among all, with our own record where there is one."""

    place: int
    of: Threshold | BirthdayThreshold
    record: AlertThreshold | None = None

    @property
    def rules(self) -> str:
        """The rules it is for, or the birthday."""
        if isinstance(self.of, BirthdayThreshold):
            return f"turning {self.of.age}"
        return ", ".join(sorted(self.of.rules))

    @property
    def when(self) -> str:
        """From when on it holds, in words."""
        if isinstance(self.of, BirthdayThreshold):
            return f"{_counted(self.of.months, 'month')} before"
        if self.of.months is not None:
            return f"{_counted(self.of.months, 'month')} before"
        if self.of.days == 0:
            return "on the legal date"
        side = "before" if self.of.days > 0 else "after"
        return f"{_counted(abs(self.of.days), 'day')} {side}"

    @property
    def words(self) -> str:
        """What is missing."""
        return "" if isinstance(self.of, BirthdayThreshold) else self.of.words


def alert_lines(thresholds: Thresholds, records: Sequence[AlertThreshold] = ()) -> list[AlertLine]:
    """A line a threshold: of the council's own records, or of those that came along."""
    if records:
        return [
            AlertLine(place, one, record)
            for place, record in enumerate(records)
            for one in _both(thresholds_of([record]))
        ]
    return [AlertLine(place, one) for place, one in enumerate(_both(thresholds))]


def _both(thresholds: Thresholds) -> list[Threshold | BirthdayThreshold]:
    return [*thresholds.deadlines, *thresholds.birthdays]


def fields_of(line: AlertLine) -> dict[str, Any]:
    """A line as the fields of a record."""
    return threshold_fields(line.of)


COLUMNS: tuple[Column[AlertLine], ...] = (
    Column("rules", "For", lambda line: line.rules, width=190),
    Column(
        "level",
        "Alert",
        lambda line: line.of.level.words,
        lambda line: line.of.level,
        tone=lambda line: SOON if line.of.level is Level.AMBER else LATE,
        width=110,
    ),
    Column("when", "From", lambda line: line.when, width=150),
    Column("words", "What Today says", lambda line: line.words, stretch=True),
)


class AlertsList(QWidget):
    """The thresholds, with a way to change one and a way back to those that came along.

    Signals:
        wanted: a line is to be changed.
        reset: all are to be as they came along.
    """

    wanted = Signal(object)
    reset = Signal()

    def __init__(self, themes: Themes) -> None:
        super().__init__()
        self.lines: tuple[AlertLine, ...] = ()
        self.model = RowsModel(COLUMNS, lambda line: str(line.place), lambda line: line.words, self)
        self.table = RowsTable(self.model, themes, "Alerts", "Enter changes the one selected")
        self.table.opened.connect(self.wanted)
        note = QLabel(_NOTE)
        note.setObjectName("dim")
        note.setWordWrap(True)
        self.change = QPushButton("Chan&ge…")
        stands_for(self.change, "alerts.change")
        self.change.clicked.connect(self.want)
        self.back = QPushButton("Reset &alerts")
        stands_for(self.back, "alerts.reset")
        self.back.setToolTip("Discard the council's own changes to the alerts")
        self.back.clicked.connect(self.reset)
        bar = QHBoxLayout()
        bar.addWidget(note, 1)
        bar.addWidget(self.back)
        bar.addWidget(self.change)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 0)
        column.addLayout(bar)
        column.addWidget(self.table, 1)

    def set_lines(self, lines: Sequence[AlertLine]) -> None:
        """Show the thresholds."""
        self.lines = tuple(lines)
        self.model.set_rows(lines)
        if self.table.current_row() is None:
            self.table.go_first()

    def line(self) -> AlertLine | None:
        """The threshold selected."""
        row = self.table.current_row()
        return row if isinstance(row, AlertLine) else None

    def want(self) -> None:
        """Ask for the threshold selected to be changed."""
        line = self.line()
        if line is not None:
            self.wanted.emit(line)


def _counted(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
