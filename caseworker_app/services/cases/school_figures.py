"""School records of a school year as figures, read from the store."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from caseworker_app import paths
from caseworker_app.domain.declarations.brought_in import (
    STAGES,
    Attainment,
    Attendance,
    Suspension,
)
from caseworker_app.domain.kinds import kind_of
from caseworker_app.domain.school_figures import (
    Pupil,
    Result,
    Standard,
    SubjectLine,
    YearLine,
    by_subject,
    by_year_group,
    read_standards,
    school_year_of,
)
from caseworker_app.domain.standing import LIVE, on_day
from caseworker_app.domain.yeargroup import nc_year, school_year
from caseworker_app.services.gate import asks_itself, only_own

if TYPE_CHECKING:
    from caseworker_app.services.ports import Reading
    from caseworker_app.services.situation import Situation

_KINDS = (Attendance, Suspension, Attainment)
KINDS = frozenset(kind_of(one).name for one in _KINDS)
"""The kinds of record that the figures follow from."""


@dataclass(frozen=True, slots=True)
class SchoolFigures:
    """The figures of a school year.

    Attributes:
        year: the calendar year in which it began.
        years: every school year that any record is of, the latest first.
        groups: by year group: of children with a live plan at its end, or today where it runs.
        subjects: by stage and subject.
        unplaced: how many of these children have no date of birth, and stand in no year group.
    """

    year: int
    years: tuple[int, ...] = ()
    groups: tuple[YearLine, ...] = ()
    subjects: tuple[SubjectLine, ...] = ()
    unplaced: int = 0
    sources: Mapping[str, str] = field(default_factory=dict)


@asks_itself
def school_figures(session: Situation, year: int | None = None) -> SchoolFigures:
    """The figures of a school year; of the latest with attendance, or with any record, by itself.

    Raises:
        Refused: one may not read of children.
    """
    today = session.today()
    with session.store.reading() as reading:
        only = only_own(session.person, "children", reading, today)
        attended = _attendance(reading, only)
        suspended = _suspensions(reading, only)
        results = _results(reading, only)
        years = tuple(sorted({*attended, *suspended, *results}, reverse=True))
        # A suspension of last week begins no figures: attendance comes after its term.
        last = max(attended or years, default=school_year(today))
        asked = year if year is not None else last
        day = min(today, date(asked + 1, 8, 31))
        sessions, gone = attended.get(asked, {}), suspended.get(asked, {})
        pupils, unplaced = [], 0
        for child in reading.summaries(only):
            if on_day(child.standing, day) != LIVE:
                continue
            if child.born is None:
                unplaced += 1
                continue
            group = nc_year(child.born, day, child.actual_year, child.actual_year_on)
            possible, was_there = sessions.get(child.id, (0, 0))
            permanent = gone.get(child.id, frozenset())
            pupils.append(Pupil(group, possible, was_there, False in permanent, True in permanent))
    standards = _standards()
    return SchoolFigures(
        asked,
        years,
        by_year_group(pupils),
        by_subject(results.get(asked, ()), standards, tuple(STAGES)),
        unplaced,
        {stage: one.source for stage, one in standards.items()},
    )


@cache
def _standards() -> dict[str, Standard]:
    path = paths.resources() / "catalogue" / "expected_standard.toml"
    return read_standards(tomllib.loads(path.read_text(encoding="utf-8")))


def _attendance(
    reading: Reading, only: Collection[str] | None
) -> dict[int, dict[str, tuple[int, int]]]:
    """Sessions possible and attended by school year and child."""
    found: dict[int, dict[str, tuple[int, int]]] = {}
    names = ("child_id", "term", "possible", "attended")
    for child, term, possible, attended in reading.some_fields(kind_of(Attendance), names, only):
        year = school_year_of(term)
        if year is not None:
            of = found.setdefault(year, {})
            before = of.get(str(child), (0, 0))
            of[str(child)] = (before[0] + possible, before[1] + attended)
    return found


def _suspensions(
    reading: Reading, only: Collection[str] | None
) -> dict[int, dict[str, frozenset[bool]]]:
    """By school year and child, whether each was suspended and whether excluded for good."""
    found: dict[int, dict[str, frozenset[bool]]] = {}
    names = ("child_id", "since", "permanent", "upheld")
    for child, since, permanent, upheld in reading.some_fields(kind_of(Suspension), names, only):
        if permanent and upheld == "no":
            continue
        of = found.setdefault(school_year(since), {})
        of[str(child)] = of.get(str(child), frozenset()) | {bool(permanent)}
    return found


def _results(reading: Reading, only: Collection[str] | None) -> dict[int, list[Result]]:
    """Results by the school year in which their stage ended."""
    found: dict[int, list[Result]] = {}
    names = ("stage", "year", "what", "value")
    for stage, year, what, value in reading.some_fields(kind_of(Attainment), names, only):
        found.setdefault(year - 1, []).append(Result(stage, what, value))
    return found
