"""The family's side of a case: disputes beside the clock's dates, invitations, what they said."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtWidgets import QLabel

from caseworker_app.domain.caseload import CaseFile
from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.disputes import dates_of
from caseworker_app.domain.kinds import kind_named
from caseworker_app.domain.lateness import when_words
from caseworker_app.domain.rows import RecordRow
from caseworker_app.ui.models.column import DONE, LATE, QUIET, Column, long_date
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.screens.case_records import CaseRecords, Line

FAMILY = ("dispute", "invitation")
_ANSWER = "feedback"
_DAYS = {"dispute": "opened_on", "invitation": "sent_on", _ANSWER: "on"}


def what(line: Line) -> str:
    """What it is: the kind of a dispute, "Invitation", "Feedback"."""
    return line.words("kind") if line.kind.name == "dispute" else line.what


def value(line: Line) -> str:
    """What it says, in one line."""
    if line.kind.name == "dispute":
        sections, money = line.words("sections"), line.words("money")
        said = [
            line.words("about"),
            f"sections {sections}" if sections else "",
            _next(line),
            f"{money} awarded" if money else "",
            line.words("lesson"),
        ]
    elif line.kind.name == "invitation":
        said = [line.words("about"), line.words("way"), f"code {line.words('token')}"]
    else:
        said = [line.words(one) for one in ("about", "given_by", "rating", "words", "themes")]
    return " · ".join(filter(None, said))


def _next(line: Line) -> str:
    """What comes next, and when; "" where nothing does."""
    on, step = line.words("next_on"), line.words("next_step")
    return f"{step or 'next'} {on}" if on else ""


def state(line: Line) -> str:
    """How a dispute ended, or that it has not."""
    if line.kind.name != "dispute":
        return ""
    outcome = line.words("outcome")
    return f"{outcome}, {line.words('ended_on')}" if outcome else "Open"


def _tone(line: Line) -> str:
    if line.kind.name != "dispute":
        return ""
    return DONE if line.row.record.ended_on is not None else QUIET


COLUMNS: tuple[Column[Line], ...] = (
    Column(
        "on", "Date", lambda line: long_date(line.on), lambda line: line.on or date.max, width=104
    ),
    Column("what", "What", what, width=170, style="strong"),
    Column("value", "Which", value, stretch=True),
    Column("state", "State", state, tone=_tone, width=210),
)


class CaseFamily(CaseRecords):
    """The newest first; what the family said stands here only where they agreed."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(
            frame,
            "Family",
            "Disputes, invitations to say what they thought, and answers that may be seen here.",
            FAMILY,
            COLUMNS,
            "No dispute, and nobody asked the family yet.",
            (_ANSWER,),
        )
        self._today = frame.today
        self.clock = QLabel()
        self.clock.setWordWrap(True)
        self.column.insertWidget(0, self.clock)

    def show_case(self, case: CaseFile) -> None:
        """Say what the clock counts of disputes."""
        today = self._today()
        dates = dates_of(case.deadlines, today)
        said = [
            f"{one.version.title} by {day_words(one.due)} ({when_words((one.due - today).days)})"
            for one in dates
        ]
        self.clock.setText("By the clock: " + "; ".join(said) + "." if said else "")
        self.clock.setVisible(bool(said))
        self.clock.setProperty("tone", LATE if dates and dates[0].due < today else "")

    def line(self, name: str, row: RecordRow, days: Mapping[str, date]) -> Line:
        """A record with its day."""
        del days
        return Line(kind_named(name), row, getattr(row.record, _DAYS[name]))

    def in_order(self, lines: list[Line]) -> list[Line]:
        """The newest first."""
        return sorted(lines, key=lambda line: line.on or date.max, reverse=True)
