"""What stood before a return: the period before its own, and what earlier returns published."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from enum import Enum

from caseworker_app.domain.day_words import period_words
from caseworker_app.domain.measures.board import BoardReturn, Figure, Past, Period, Result
from caseworker_app.domain.measures.by_hand import value_words
from caseworker_app.domain.measures.editions import Edition
from caseworker_app.domain.measures.relations import DENOMINATOR, NUMERATOR
from caseworker_app.domain.primitives import add_months

_MOST = 4
"""So many earlier returns at most are drawn on for the trend of a measure."""
HIDDEN_WORDS = "hidden"


def period_before(period: Period) -> Period:
    """The period before one, as long as it.

    One that starts on the first of a month goes back by as many whole months as it touches, so that
    the part of a term that has run is held against the whole term before. Any other goes back by
    its days.
    """
    end = period.start - timedelta(days=1)
    if period.start.day == 1:
        months = (period.end.year - period.start.year) * 12 + period.end.month - period.start.month
        return Period(add_months(period.start, -(months + 1)), end)
    return Period(period.start - (period.end - period.start) - timedelta(days=1), end)


def past_values(editions: Iterable[Edition], until: date) -> tuple[Past, ...]:
    """What the last few returns published of each measure, the first first.

    What came out last of a period counts. An answer to a question has but a few measures: it takes
    the place of no return for the others.

    Args:
        editions: as they were kept, the first published first.
        until: those as at this day or later are left out, and those that were withdrawn.
    """
    latest: dict[Period, Past] = {}
    for one in editions:
        values = _values(one)
        if one.as_at < until and values and not one.withdrawn:
            before = latest.get(one.period)
            known = {} if before is None else before.values
            latest[one.period] = Past(one.period, one.as_at, {**known, **values})
    drawn: Counter[str] = Counter()
    found = []
    for past in sorted(latest.values(), key=lambda one: (one.as_at, one.period.start))[::-1]:
        drawn.update(past.values.keys())
        kept = {ref: value for ref, value in past.values.items() if drawn[ref] <= _MOST}
        if kept:
            found.append(replace(past, values=kept))
    return tuple(reversed(found))


def _values(edition: Edition) -> dict[str, float | None]:
    counts = edition.counts.counts
    found: dict[str, float | None] = {}
    for cell, numerator in counts.items():
        if len(cell) != 2 or cell[1] != NUMERATOR:
            continue
        whole = (cell[0], DENOMINATOR)
        of = counts.get(whole)
        if cell in edition.hidden or whole in edition.hidden:
            found[cell[0]] = None
        elif of is None or of:
            found[cell[0]] = float(numerator) if of is None else numerator / of
    return found


_TELLS_LIVE = frozenset({"B6"})
"""Counts that come near to the number of live plans."""


def as_told(then: BoardReturn) -> BoardReturn:
    """The measures of the period before as a return for the public tells them.

    Shares go out as per cents, rounded and without their counts: two numbers of live plans would
    tell how many plans began and ended between, which may be few.
    """
    return replace(then, measures=tuple(map(_as_told, then.measures)))


def _as_told(one: Result) -> Result:
    if one.by_hand or one.value is None:
        return one
    if one.ref in _TELLS_LIVE and not one.shared:
        return replace(one, numerator=None, value=None)
    if not one.shared:
        return one
    rounded = round(one.value, _DIGITS)
    return replace(one, numerator=None, denominator=None, value=rounded, is_share=True)


def trend_of(result: Result, before: Result | None, past: Sequence[Past], last: Period) -> str:
    """How a measure came to where it is, the first figure first; "" with nothing before it.

    Args:
        result: the measure now.
        before: the same over the period before, or None.
        past: what was published.
        last: the period before.
    """
    if result.by_hand:
        known = [(_when(one), one.value) for one in result.trend[-_MOST:-1]]
        points = [f"{figure(result, value)} ({when})" for when, value in known]
    else:
        points = [
            f"{figure(result, one.values[result.ref])} ({period_words(one.period)})"
            for one in past
            if result.ref in one.values and one.period != last
        ]
        if before is not None and before.answered:
            points.append(f"{shown(before)} ({period_words(last)})")
    return " → ".join((*points, shown(result))) if points else ""


def _when(one: Figure) -> str:
    return one.when if one.since is None else period_words(Period(one.since, one.on))


def figure(result: Result, value: float | None) -> str:
    """A value of a measure as people read it."""
    if value is None:
        return HIDDEN_WORDS
    if result.milestone:
        return "done" if value else "not done"
    # A minus is not parted from its number where the line ends, as a hyphen is.
    return value_words(value, share=result.shared).replace("-", "\u2212")


def shown(result: Result) -> str:
    """The figure of a measure as people read it; "" where there is none."""
    if result.hidden:
        return HIDDEN_WORDS
    if result.value is None:
        return "nothing to count" if result.answered else ""
    return figure(result, result.value)


class Way(Enum):
    """How a measure moved since the period before."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "the same"
    MOVED = "changed"


def way(now: Result, was: Result | None) -> Way | None:
    """How a measure moved; None where one of the two figures is missing or hidden."""
    if was is None or now.value is None or was.value is None:
        return None
    if abs(now.value - was.value) < _NOTHING:
        return Way.SAME
    better = "higher" if now.milestone else now.direction
    if not better:
        return Way.MOVED
    return Way.BETTER if (now.value > was.value) == (better == "higher") else Way.WORSE


_NOTHING = 1e-3
"""Less than a share of the period before tells."""
_DIGITS = 3
