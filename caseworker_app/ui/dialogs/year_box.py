"""A list to pick a National Curriculum year from, in words."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox

from caseworker_app.domain.yeargroup import NURSERY, year_words

LAST = 14


class YearBox(QComboBox):
    """Nursery, Reception, Year 1 to Year 14, and before them none."""

    def __init__(self, none: str) -> None:
        """Make the list; `none` says what no year means."""
        super().__init__()
        self.addItem(none, None)
        for year in range(NURSERY, LAST + 1):
            self.addItem(year_words(year), year)

    @property
    def year(self) -> int | None:
        """The year chosen, or None."""
        year = self.currentData()
        return year if isinstance(year, int) else None

    def choose(self, year: int | None) -> None:
        """Choose a year, or none."""
        self.setCurrentIndex(0 if year is None else max(0, self.findData(year)))
