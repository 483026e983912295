"""Numbers and ISO texts of a workbook as the days, times and lengths of time they stand for."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from caseworker_app.imports.files.number_formats import Kind
from caseworker_app.imports.files.sheets import Cell

_MOST_REMEMBERED = 50_000


class Days:
    """Numbers as days, in the way of the workbook's first day."""

    def __init__(self, *, from_1904: bool) -> None:
        self.first = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30)  # noqa: DTZ001
        self.from_1904 = from_1904
        self._remembered: dict[tuple[float, Kind], Cell] = {}

    def of(self, number: float, kind: Kind) -> Cell:
        """The same as `read`, which a tracker asks for a few thousand days again and again."""
        key = (number, kind)
        found = self._remembered.get(key)
        if found is None:
            found = self.read(number, kind)
            if len(self._remembered) < _MOST_REMEMBERED:
                self._remembered[key] = found
        return found

    def read(self, number: float, kind: Kind) -> Cell:
        """The date, the time or the length of time that a number stands for, else the number."""
        if kind is Kind.NUMBER or not -1e6 < number < 2_958_466:
            return number
        # Excel holds an instant as a fraction of a day; the last digits are noise.
        span = timedelta(milliseconds=round(number * 86_400_000))
        if kind is Kind.ELAPSED:
            return span
        if number < 0:
            return number
        if span < timedelta(days=1) and (kind is Kind.TIME or number):
            return (self.first + span).time()
        if span < timedelta(days=60) and not self.from_1904:
            # Excel has a 29 February 1900, which was none; before it a day is one later.
            span += timedelta(days=1)
        return self._at(span)

    def _at(self, span: timedelta) -> Cell:
        moment = self.first + span
        return moment.date() if moment.time() == time() else moment


def from_iso(text: str) -> Cell:
    """A date in the file's own words; one with a zone stays text, for it is read by the zone."""
    text = text.strip()
    try:
        if len(text) == 10:
            return date.fromisoformat(text)
        if "T" not in text:
            return time.fromisoformat(text)
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    if moment.tzinfo is not None:
        return text
    return moment.date() if moment.time() == time() else moment
