"""Every figure that people tell, a row each: the latest, its trend, rating and when due."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from caseworker_app.domain.measures.board import Figure, Period, Result
from caseworker_app.domain.measures.by_hand import (
    Entry,
    Told,
    entries,
    is_due,
    rating_of,
    series,
    trend_words,
    value_words,
)
from caseworker_app.domain.measures.catalogue import Measure, Rating, target_words
from caseworker_app.domain.measures.told_results import told_result

_NEW_YEAR = 9


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One figure to enter by hand, as it stands on a day.

    Attributes:
        ref: as it is entered.
        figures: as told up to the day, oldest first.
        latest: the latest in words, or "" where nobody has told one.
        is_due: a figure of its cycle is wanted.
        note: where the latest comes from and how it moved.
    """

    ref: str
    statement: str
    asks: str
    target: str
    cycle: str
    lead: str
    workstream: str
    figures: tuple[Figure, ...]
    latest: str
    rating: Rating
    is_due: bool
    note: str

    @property
    def id(self) -> str:
        """Its ref, by which a list knows it."""
        return self.ref

    @property
    def last(self) -> Figure | None:
        """The latest figure, or None."""
        return self.figures[-1] if self.figures else None


def entry_rows(catalogue: Iterable[Measure], told: Told, today: date) -> tuple[EntryRow, ...]:
    """A row for every figure that is entered by hand, in the catalogue's order."""
    school_year = date(today.year if today.month >= _NEW_YEAR else today.year - 1, 9, 1)
    period = Period(school_year, today)
    return tuple(_row(one, told, period, today) for one in entries(catalogue))


def _row(entry: Entry, told: Told, period: Period, today: date) -> EntryRow:
    measure = entry.measure
    is_own = entry.ref == measure.ref
    found = None
    if is_own and measure.by_hand:
        found = told_result(_blank(measure), measure, told, period, today)
    figures = series(told.values, entry.ref, today, share=entry.share)
    if found is not None:
        figures = found.trend
    shown = _shown(figures, measure, found, share=entry.share)
    last = figures[-1].on if figures else None
    undone = not (measure.milestone and found is not None and found.value)
    return EntryRow(
        ref=entry.ref,
        statement=measure.statement if is_own and measure.by_hand else entry.asks,
        asks=entry.asks,
        target=target_words(measure.target) if is_own else "",
        cycle=measure.cycle,
        lead=measure.lead,
        workstream=measure.workstream,
        figures=figures,
        latest=shown,
        rating=_rating(measure, found, figures, is_own=is_own),
        is_due=undone and is_due(measure.cycle, last, today),
        note=found.note if found is not None else _note(figures, share=entry.share),
    )


def _rating(
    measure: Measure, found: Result | None, figures: tuple[Figure, ...], *, is_own: bool
) -> Rating:
    if found is not None:
        return found.rating
    return rating_of(measure, figures) if is_own and measure.by_hand else Rating.NONE


def _shown(
    figures: tuple[Figure, ...], measure: Measure, found: Result | None, *, share: bool
) -> str:
    if measure.milestone:
        return "" if found is None else "done" if found.value else "not done"
    return value_words(figures[-1].value, share=share) if figures else ""


def _note(figures: tuple[Figure, ...], *, share: bool) -> str:
    if not figures:
        return ""
    moved = trend_words(figures, share=share)
    said = f"{figures[-1].when}: {figures[-1].source}."
    return f"{said} {moved[0].upper()}{moved[1:]}." if moved else said


def _blank(measure: Measure) -> Result:
    return Result(
        ref=measure.ref,
        source=measure.source,
        workstream=measure.workstream,
        statement=measure.statement,
        definition=measure.definition,
        target=measure.target,
        due=measure.due,
        lead=measure.lead,
    )
