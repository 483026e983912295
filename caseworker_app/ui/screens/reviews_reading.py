"""How a text in a cell of the annual reviews table is understood as it is typed. No Qt."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from caseworker_app.domain.errors import Refused
from caseworker_app.domain.rows import ReviewRow
from caseworker_app.ui.models.column import full_date
from caseworker_app.ui.screens.reviews_edit import (
    WITH_OUTCOME,
    doubt_typed,
    read_day,
    read_decision,
    record_day,
    record_decision,
)


class Reading:
    """How the text in a cell of one row is read.

    Attributes:
        example: what can be typed, for an empty cell.
    """

    def __init__(
        self, newest: Callable[[], ReviewRow], key: str, today: Callable[[], date]
    ) -> None:
        """Read texts for a row, which may change while one types."""
        self._newest, self._key, self._today = newest, key, today
        needed = key in WITH_OUTCOME and not self._row.outcome
        self.example = "15/10 m" if needed else ("m, a or c" if key == "outcome" else "22/11")

    @property
    def _row(self) -> ReviewRow:
        return self._newest()

    def check(self, text: str) -> None:
        """Raise `Refused` where the text cannot be handed over as it stands; empty can."""
        if not text.strip():
            return
        if self._key in WITH_OUTCOME:
            record_decision(self._row, self._key, text, self._today())
            return
        day = read_day(text, self._today(), self._key)
        record_day(self._row, self._key, day, self._today())

    def said(self, text: str) -> str:
        """How the text is understood and what is still needed; "" where it is not."""
        if not text.strip():
            return ""
        try:
            day, outcome = self._read(text)
        except Refused:
            return ""
        parts = [" · ".join(filter(None, (full_date(day), outcome.capitalize())))]
        try:
            self.check(text)
        except Refused as refused:
            parts.append(refused.sentence)
        return ".  ".join(parts)

    def doubt(self, text: str) -> str:
        """What goes badly with the day in the text, or ""."""
        try:
            day = self._read(text)[0] if text.strip() else None
        except Refused:
            return ""
        if day is None or day > self._today():
            return ""
        column = "decision" if self._key in WITH_OUTCOME else self._key
        return doubt_typed(self._row, column, day)

    def _read(self, text: str) -> tuple[date | None, str]:
        if self._key in WITH_OUTCOME:
            return read_decision(text, self._today(), self._key)
        return read_day(text, self._today(), self._key), ""
