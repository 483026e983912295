"""The reviews of a case, a row a review: what was done when, and how it came out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from caseworker_app.domain.clock.episodes import Review
from caseworker_app.domain.codes import REVIEW_OUTCOMES
from caseworker_app.domain.event_order import OutOfOrder, asked_of
from caseworker_app.domain.measures.case_view import CaseView
from caseworker_app.ui.models.column import Column, long_date
from caseworker_app.ui.models.rows_model import RowsModel
from caseworker_app.ui.theme.themes import Themes
from caseworker_app.ui.widgets.doubt import DoubtLabel
from caseworker_app.ui.widgets.empty import EmptyState
from caseworker_app.ui.widgets.table import RowsTable

_DECIDE_DAYS = 28


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One review with its number, the first being 1."""

    number: int
    review: Review
    doubts: tuple[tuple[str, str], ...] = ()

    def doubt(self, column: str) -> str:
        """What to ask about the day in a column, or ""."""
        return next((sentence for key, sentence in self.doubts if key == column), "")

    @property
    def outcome(self) -> str:
        """The outcome in words."""
        if self.review.not_amended is not None:
            return "Amend, then not amended"
        return REVIEW_OUTCOMES.get(self.review.outcome, "")

    @property
    def pace(self) -> str:
        """How long the decision took after the meeting."""
        held, sent = self.review.meeting, self.review.decision
        if held is None or sent is None:
            return ""
        days = (sent - held).days
        late = days - _DECIDE_DAYS
        return f"{days} days, {late} late" if late > 0 else f"{days} days"


def _day_column(key: str, title: str) -> Column[ReviewLine]:
    return Column(
        key,
        title,
        lambda row: long_date(getattr(row.review, key)),
        width=122,
        doubt=lambda row: row.doubt(key),
    )


COLUMNS: tuple[Column[ReviewLine], ...] = (
    Column(
        "number",
        "Review",
        lambda row: str(row.number),
        lambda row: row.number,
        "right",
        spoken=lambda row: f"Review {row.number}",
        width=62,
        style="strong",
    ),
    _day_column("meeting", "Meeting"),
    _day_column("report", "Report"),
    _day_column("decision", "Decision sent"),
    Column("pace", "Meeting to decision", lambda row: row.pace, width=150, style="dim"),
    Column("outcome", "Outcome", lambda row: row.outcome, stretch=True),
    _day_column("notice", "Notice"),
    _day_column("final", "Final plan"),
)


class CaseReviews(QWidget):
    """Every review recorded, the newest first."""

    def __init__(self, themes: Themes) -> None:
        super().__init__()
        self.model = RowsModel(COLUMNS, lambda row: str(row.number), lambda row: row.outcome)
        self.table = RowsTable(self.model, themes, "Reviews", "Reviews of this plan, newest first")
        self._note = QLabel()
        self._note.setObjectName("dim")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 0)
        column.addWidget(self._note)
        column.addWidget(self.table)
        self.empty = EmptyState(self.table)
        self._asked = DoubtLabel()
        column.addWidget(self._asked)

    def show_view(self, view: CaseView, found: Sequence[OutOfOrder]) -> None:
        """Show the reviews of a case, with what is asked about the order of their days."""
        asked = _by_day(found)
        lines = [
            ReviewLine(number, review, _doubts(review, asked))
            for number, review in enumerate(view.reviews, 1)
        ]
        self.model.set_rows(reversed(lines))
        self.empty.say("" if lines else "Once a review meeting was held, Ctrl+R records it.")
        shown = set(_KINDS.values())
        self._asked.ask(asked_of([one for one in reversed(found) if one.kind in shown]))
        upcoming = view.next_review()
        said = f"Next review to be complete by {long_date(upcoming.due)}." if upcoming else ""
        if not lines:
            said = f"No review is recorded. {said}".strip()
        begins = view.file.child.history_from
        if begins is not None:
            said = f"{said} Reviews before {long_date(begins)} are not recorded.".strip()
        self._note.setText(said)


_KINDS = {
    "meeting": "review_meeting_held",
    "report": "review_report_received",
    "decision": "review_decision_sent",
    "notice": "amendment_notice_sent",
    "final": "amended_plan_sent",
}
"""Column to the kind of fact whose day stands in it."""


def _by_day(found: Sequence[OutOfOrder]) -> dict[tuple[str, date], str]:
    """What to ask about the events of a kind on a day."""
    about: dict[tuple[str, date], list[OutOfOrder]] = {}
    for one in (*found, *(other.turned for other in found if other.other_id)):
        about.setdefault((one.kind, one.on), []).append(one)
    return {key: asked_of(doubts) for key, doubts in about.items()}


def _doubts(review: Review, asked: Mapping[tuple[str, date], str]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (column, asked[kind, day])
        for column, kind in _KINDS.items()
        if (day := getattr(review, column)) is not None and (kind, day) in asked
    )
