"""The measures that people tell: by hand, from the list of autism referrals, from the plan."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from statistics import fmean
from types import MappingProxyType

from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.measures.autism_path import (
    Month,
    last_of,
    months_by_hand,
    months_of_list,
    waiting_on,
    waits,
)
from caseworker_app.domain.measures.board import Figure, Period, Result
from caseworker_app.domain.measures.by_hand import (
    Told,
    is_small,
    rating_of,
    series,
    trend_words,
    value_words,
)
from caseworker_app.domain.measures.catalogue import Measure, Rating, Target, read_target
from caseworker_app.domain.primitives import add_months

LIST = "List of autism referrals"
_WAITING = "W2.3b"
_OF_PUPILS = "S2.4"
_FALLING = re.compile(r"falling toward (\d+(?:\.\d+)?)%")
_PER_CENT = re.compile(r"(\d+(?:\.\d+)?)%")
_MONTHS = 12
_PLACES = MappingProxyType({"S1.2a": "special", "S1.2b": "fe"})
"""The kind of place that is commissioned for each measure of places."""


def told_result(
    blank: Result, measure: Measure, told: Told, period: Period, as_at: date
) -> Result | None:
    """What people told of a measure that no case can give; None where nobody has.

    Args:
        blank: the result with all that does not depend on figures.
        measure: its row of the catalogue.
        told: what people told.
        period: the days the return covers.
        as_at: nothing later counts.
    """
    if measure.milestone:
        return _milestone(blank, measure, told, as_at)
    from_list = _FROM_LIST.get(measure.ref)
    if from_list is not None and told.referrals:
        figures, note = from_list(told, period, as_at)
    else:
        figures, note = series(told.values, measure.ref, as_at, share=measure.share), ""
    if not figures:
        return None
    return _shown(blank, measure, told, figures, note)


def _shown(
    blank: Result, measure: Measure, told: Told, figures: tuple[Figure, ...], note: str
) -> Result:
    figures = tuple(replace(one, small=is_small(measure, one)) for one in figures)
    now = figures[-1]
    rating = rating_of(measure, figures)
    planned = _planned(measure, told, now)
    if planned is not None:
        rating = Target("<=", planned, share=False).rating(now.value)
        note = f"{note} Planned for the month: {planned}.".strip()
    # A figure of few people is not told beside one that may go out.
    known = figures[-1:] if figures[-2:-1] and figures[-2].small else figures
    moved = trend_words(known, share=measure.share)
    said = [f"{now.when}: {now.source}.", moved, note]
    words = " ".join(f"{one[0].upper()}{one[1:].rstrip('.')}." for one in said if one)
    return replace(
        blank,
        numerator=_whole(now.numerator if now.numerator is not None else now.value, measure, now),
        denominator=_whole(now.denominator, measure, now),
        value=now.value,
        rating=rating,
        note=words,
        trend=figures,
        by_hand=True,
        small=now.small,
        is_share=measure.share,
    )


def _planned(measure: Measure, told: Told, now: Figure) -> int | None:
    if measure.ref != _WAITING or told.path is None:
        return None
    return told.path.waiting_at(now.on)


def _whole(number: float | None, measure: Measure, now: Figure) -> int | None:
    """A count as a whole number; None where it is none, as of a per cent told without counts."""
    if number is None or not float(number).is_integer():
        return None
    return None if measure.share and now.denominator is None else int(number)


def _milestone(blank: Result, measure: Measure, told: Told, as_at: date) -> Result | None:
    """Done or not: by the latest of a figure by hand and of the progress of the plan."""
    figures = series(told.values, measure.ref, as_at)
    by_plan = told.standings.get(measure.ref)
    if by_plan is not None and (not figures or figures[-1].on <= by_plan.on):
        done, words = by_plan.done, by_plan.words
    elif figures:
        now = figures[-1]
        done, words = now.value >= 1, f"{day_words(now.on)}: {now.source}"
    else:
        return None
    return replace(
        blank,
        numerator=int(done),
        value=float(done),
        rating=_done_rating(measure, done=done, as_at=as_at),
        note=f"{'Done' if done else 'Not done yet'}. {words.rstrip('.')}.",
        trend=figures,
        by_hand=True,
        milestone=True,
    )


def _done_rating(measure: Measure, *, done: bool, as_at: date) -> Rating:
    """Green once done, red past its month, unrated until then."""
    if done:
        return Rating.GREEN
    late = measure.due and measure.due < f"{as_at:%Y-%m}"[: len(measure.due)]
    return Rating.RED if late else Rating.NONE


def with_part_by_hand(result: Result, measure: Measure, told: Told, as_at: date) -> Result:
    """A figure from cases, with what they lack for it told by hand.

    A whole that is told (pupils in schools) makes a share of the count. Places commissioned stand
    beside the pupils placed, and are what the target is held against. Anything else is told beside.
    """
    if not measure.hand or measure.by_hand or result.numerator is None:
        return result
    figures = series(told.values, measure.ref, as_at)
    if measure.ref in _PLACES:
        return _with_places(result, told, _PLACES[measure.ref], figures)
    if not figures:
        if measure.ref == _OF_PUPILS and told.pupils is not None:
            return _as_share(result, measure, *told.pupils)
        return result
    now = figures[-1]
    if measure.share:
        said = f"{value_words(now.value, share=True)} by hand, {now.when}: {now.source}."
        if now.numerator is not None and now.denominator is not None:
            said = f"{now.numerator:,.0f} of {now.denominator:,.0f}, {said}"
        return replace(result, note=f"{result.note} {measure.hand}: {said}".strip())
    return _as_share(result, measure, now.value, f"{now.source}, {now.when}")


def _as_share(result: Result, measure: Measure, whole: float, where: str) -> Result:
    if whole <= 0 or result.numerator is None:
        return result
    share = result.numerator / whole
    return replace(
        result,
        denominator=round(whole),
        value=share,
        rating=_fallen(measure, share),
        note=f"Out of {whole:,.0f}: {where}.",
    )


def _fallen(measure: Measure, share: float) -> Rating:
    """Of a target "falling toward 2.9%": green once there, amber below where it began, else red."""
    aim, began = _FALLING.fullmatch(measure.target), _PER_CENT.match(measure.baseline)
    if aim is None:
        return Rating.NONE
    if share <= float(aim.group(1)) / 100:
        return Rating.GREEN
    if began is None:
        return Rating.NONE
    return Rating.AMBER if share < float(began.group(1)) / 100 else Rating.RED


def _with_places(result: Result, told: Told, kind: str, figures: tuple[Figure, ...]) -> Result:
    if figures:
        places, where = figures[-1].value, f"{figures[-1].source}, {figures[-1].when}"
    elif kind in told.places:
        places, where = told.places[kind], "as commissioned for this school year"
    else:
        note = "Not rated until the places commissioned are told; these are pupils."
        return replace(result, rating=Rating.NONE, note=f"{result.note} {note}".strip())
    aim = read_target(result.target)
    said = f"Places commissioned: {places:,.0f} ({where}); the target is for places."
    return replace(
        result,
        rating=aim.rating(places) if aim is not None else Rating.NONE,
        note=f"{result.note} {said}".strip(),
        trend=figures,
    )


def _last_months(as_at: date) -> list[date]:
    """The last days of the twelve whole months up to a day, oldest first."""
    end = as_at if last_of(as_at) == as_at else as_at.replace(day=1) - timedelta(days=1)
    return [last_of(add_months(end.replace(day=1), -back)) for back in reversed(range(_MONTHS))]


def _counted(since: date | None, on: date, value: float) -> Figure:
    return Figure(since, on, value, None, None, LIST, "")


def _decisions(told: Told, period: Period, as_at: date) -> tuple[tuple[Figure, ...], str]:
    days = [one.decided_on for one in told.referrals if one.decided_on is not None]
    figures = tuple(
        _counted(on.replace(day=1), on, sum(1 for day in days if on.replace(day=1) <= day <= on))
        for on in _last_months(as_at)
    )
    until = min(period.end, as_at)
    months = max(1, (until.year - period.start.year) * 12 + until.month - period.start.month + 1)
    held = sum(1 for day in days if period.start <= day <= until)
    return figures, f"{held / months:.1f} a month over the period."


def _waiting(told: Told, _: Period, as_at: date) -> tuple[tuple[Figure, ...], str]:
    days = sorted({*_last_months(as_at), as_at})
    return tuple(_counted(None, day, len(waiting_on(told.referrals, day))) for day in days), ""


def _in_time(told: Told, period: Period, as_at: date) -> tuple[tuple[Figure, ...], str]:
    until = min(period.end, as_at)
    found = waits(told.referrals, period.start, until)
    note = f"{found.untriaged} with no day of triage are not counted." if found.untriaged else ""
    if not found.decided:
        return (), note
    soon, of, sooner = len(found.in_20_weeks), len(found.decided), len(found.in_3_months)
    figure = Figure(period.start, until, soon / of, soon, of, LIST, "")
    return (figure,), f"Within three months: {sooner} of {of}. {note}".strip()


def _average(told: Told, period: Period, as_at: date) -> tuple[tuple[Figure, ...], str]:
    spans = [(period.start, min(period.end, as_at))]
    length = spans[0][1] - spans[0][0]
    earlier = spans[0][0] - timedelta(days=1)
    spans.insert(0, (earlier - length, earlier))
    figures = []
    for start, end in spans:
        weeks = waits(told.referrals, start, end).weeks
        if weeks:
            figures.append(_counted(start, end, round(fmean(weeks), 1)))
    if not figures or figures[-1].on != spans[-1][1]:
        return (), ""
    return tuple(figures), ""


_FROM_LIST: Mapping[str, Callable[[Told, Period, date], tuple[tuple[Figure, ...], str]]] = (
    MappingProxyType({"W2.3a": _decisions, _WAITING: _waiting, "S2.3": _in_time, "S2.3b": _average})
)
"""The measures that the list of autism referrals answers where a council keeps one."""


def autism_months(told: Told, today: date) -> tuple[Month, ...]:
    """The path month by month: by the list of referrals if there is one, else by hand."""
    if told.referrals:
        return months_of_list(told.referrals, told.path, today)

    def by_day(ref: str) -> dict[date, float]:
        return {one.on: one.value for one in series(told.values, ref, today)}

    additions, discharged = by_day(f"{_WAITING}-additions"), by_day(f"{_WAITING}-discharged")
    return months_by_hand(additions, discharged, by_day(_WAITING), told.path)
