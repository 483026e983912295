"""The reviews of a case, a row a review: what was done when, and how it came out."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from caseworker_app.domain.codes import REVIEW_OUTCOMES
from caseworker_app.domain.measures.case_view import CaseView
from caseworker_app.domain.measures.episodes import Review
from caseworker_app.ui.models.column import Column, long_date
from caseworker_app.ui.models.rows_model import RowsModel
from caseworker_app.ui.theme.themes import Themes
from caseworker_app.ui.widgets.table import RowsTable

_DECIDE_DAYS = 28


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One review with its number, the first being 1."""

    number: int
    review: Review

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


COLUMNS: tuple[Column[ReviewLine], ...] = (
    Column("number", "Review", lambda row: str(row.number), lambda r: r.number, "right", width=62),
    Column("meeting", "Meeting", lambda row: long_date(row.review.meeting), width=110),
    Column("report", "Report", lambda row: long_date(row.review.report), width=110),
    Column("decision", "Decision sent", lambda row: long_date(row.review.decision), width=116),
    Column("pace", "Meeting to decision", lambda row: row.pace, width=150, style="dim"),
    Column("outcome", "Outcome", lambda row: row.outcome, stretch=True),
    Column("notice", "Notice", lambda row: long_date(row.review.notice), width=110),
    Column("final", "Final plan", lambda row: long_date(row.review.final), width=110),
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

    def show_view(self, view: CaseView) -> None:
        """Show the reviews of a case."""
        lines = [ReviewLine(number, review) for number, review in enumerate(view.reviews, 1)]
        self.model.set_rows(reversed(lines))
        upcoming = view.next_review()
        said = f"Next review to be complete by {long_date(upcoming.due)}." if upcoming else ""
        if not lines:
            said = f"No review is recorded. {said}".strip()
        begins = view.file.child.history_from
        if begins is not None:
            said = f"{said} Reviews before {long_date(begins)} are not recorded.".strip()
        self._note.setText(said)
