"""What people told the store that no case can give, as the board return counts it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.declarations.brought_in import AutismReferral
from caseworker_app.domain.declarations.places import Commissioned, Population
from caseworker_app.domain.declarations.promised import (
    STATUSES,
    HandValue,
    Progress,
    SuccessMeasure,
)
from caseworker_app.domain.kinds import kind_of
from caseworker_app.domain.measures.autism_path import Path
from caseworker_app.domain.measures.by_hand import Standing, Told
from caseworker_app.services.as_known import Known
from caseworker_app.services.ports import Reading

_PUPIL_YEARS = range(12)
_SCHOOL_AGES = frozenset({"5 to 15", "5-15", "reception to year 11"})
_NEW_YEAR = 9


def told(reading: Reading | Known, as_at: date, path: Path | None) -> Told:
    """Everything told up to a day.

    Args:
        reading: a moment of the store, or what was known of it.
        as_at: nothing later counts.
        path: the autism path as planned.
    """
    return Told(
        values=tuple(_all(reading, HandValue)),
        referrals=tuple(_all(reading, AutismReferral)),
        path=path,
        standings=_standings(_all(reading, SuccessMeasure), _all(reading, Progress), as_at),
        places=_places(_all(reading, Commissioned), as_at),
        pupils=_pupils(_all(reading, Population), as_at),
    )


def _all(reading: Reading | Known, of: type[Any]) -> Iterable[Any]:
    return reading.all_of(kind_of(of)).values()


def _standings(
    measures: Iterable[SuccessMeasure], notes: Iterable[Progress], as_at: date
) -> dict[str, Standing]:
    """The latest progress of each success measure that names a measure, by that ref."""
    refs = {one.id: one.measure for one in measures if one.measure}
    found: dict[str, Standing] = {}
    for note in sorted(notes, key=lambda one: (one.on, one.id)):
        ref = refs.get(note.measure_id or "")
        if ref and note.on <= as_at:
            said = f"{day_words(note.on)}: {STATUSES[note.status].lower()}, by {note.by}"
            found[ref] = Standing(note.status == "done", note.on, said)
    return found


def _places(commissioned: Iterable[Commissioned], as_at: date) -> dict[str, int]:
    year = as_at.year if as_at.month >= _NEW_YEAR else as_at.year - 1
    found: dict[str, int] = {}
    for one in commissioned:
        if one.year == year:
            found[one.kind] = found.get(one.kind, 0) + one.places
    return found


def _pupils(population: Iterable[Population], as_at: date) -> tuple[float, str] | None:
    """Those of school age in the latest year that has them, whole or by every year group."""
    by_year: dict[int, dict[int | str, Population]] = {}
    for one in population:
        if one.year <= as_at.year:
            key = one.year_group if one.year_group is not None else one.ages.strip().casefold()
            by_year.setdefault(one.year, {})[key] = one
    for year in sorted(by_year, reverse=True):
        known = by_year[year]
        whole = next((one for key, one in known.items() if key in _SCHOOL_AGES), None)
        if whole is not None:
            return float(whole.people), f"{whole.source}, {year}"
        groups = [known[group] for group in _PUPIL_YEARS if group in known]
        if len(groups) == len(_PUPIL_YEARS):
            return float(sum(one.people for one in groups)), f"{groups[0].source}, {year}"
    return None
