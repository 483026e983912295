"""Measures of drawn caseloads against a plain count of what was drawn, at eleven periods."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache

import pytest
from dateutil.relativedelta import relativedelta

from caseworker_app.domain.caseload import CaseFile
from caseworker_app.domain.measures.board import BoardReturn, Result
from tests.domain.measures.drawing import Drawn, Told, draw
from tests.domain.measures.making import board
from tests.support.invented import files_of

PERIODS = [
    ("2023-01-01", "2023-12-31", ""),
    ("2024-01-01", "2024-12-31", ""),
    ("2025-01-01", "2025-12-31", ""),
    ("2026-01-01", "2026-12-31", "2026-11-22"),
    ("2024-09-01", "2025-08-31", ""),
    ("2025-09-01", "2025-12-19", ""),
    ("2026-01-05", "2026-02-14", ""),
    ("2026-02-15", "2026-03-30", ""),
    ("2026-04-13", "2026-08-31", ""),
    ("2026-09-01", "2026-11-22", ""),
    ("2025-03-01", "2025-04-30", "2026-06-01"),
]
Row = tuple[str, date | None, bool]
"""A case, the day of what is counted, and whether it counts."""


class Asked:
    """A period, and what was known of the children on its day."""

    def __init__(self, start: str, end: str, as_at: str) -> None:
        self.start, self.end = date.fromisoformat(start), date.fromisoformat(end)
        self.as_at = date.fromisoformat(as_at or end)

    def holds(self, day: date | None) -> bool:
        return day is not None and self.start <= day <= self.end and day <= self.as_at

    def live(self, one: Told, on: date | None = None) -> bool:
        day = on or self.as_at
        since, ceased = one.since, one.ceased
        if ceased is not None and ceased > self.as_at:
            ceased = None
        return since is not None and since <= day and (ceased is None or day < ceased)

    def reviews(self, one: Told) -> list[Drawn]:
        return [review.known(self.as_at) for review in one.reviews]

    def meetings(self, one: Told) -> Iterator[tuple[int, Drawn, date]]:
        for place, review in enumerate(self.reviews(one)):
            if review.meeting is not None and self.holds(review.meeting):
                yield place, review, review.meeting


@cache
def children() -> tuple[tuple[Told, ...], tuple[CaseFile, ...]]:
    drawn = [both for seed in (1, 2, 3) for both in draw(seed, 120)]
    return tuple(told for told, _ in drawn), tuple(file for _, file in drawn)


@cache
def counted(period: tuple[str, str, str]) -> BoardReturn:
    start, end, as_at = period
    return board(children()[1], start=start, end=end, as_at=as_at)


def last_of_year(day: date, months: int) -> date:
    """The last day of so many months that begin with a day."""
    on = day + relativedelta(months=months)
    return on - timedelta(1) if on.day == day.day else on


def dates_recorded(asked: Asked, one: Told) -> list[Row]:
    if not asked.live(one):
        return []
    undated = any(r.decision is not None and r.meeting is None for r in asked.reviews(one))
    alone = one.lone_report is not None and one.lone_report <= asked.as_at
    return [(one.reference, None, not undated and not alone)]


def twelve_months(asked: Asked, one: Told) -> list[Row]:
    rows = []
    for place, review, meeting in asked.meetings(one):
        before = [r.decision for r in one.reviews[:place] if r.decision is not None]
        if before:
            due = last_of_year(before[-1], 12)
        elif one.transferred is not None and one.made is not None:
            due = max(last_of_year(one.made, 12), last_of_year(one.transferred, 3))
        else:
            assert one.plan is not None
            due = last_of_year(one.plan, 12)
        in_time = review.decision is not None and review.decision <= due
        rows.append((one.reference, meeting, in_time))
    return rows


def four_weeks(asked: Asked, one: Told) -> list[Row]:
    rows = []
    for _, review, meeting in asked.meetings(one):
        limit = meeting + timedelta(28)
        if limit > asked.as_at or (review.decision is None and _ended(asked, one, limit)):
            continue
        in_time = review.decision is not None and review.decision <= limit
        rows.append((one.reference, meeting, in_time))
    return rows


def _ended(asked: Asked, one: Told, limit: date) -> bool:
    return one.ceased is not None and one.ceased < limit and one.ceased <= asked.as_at


def ended_first(asked: Asked, one: Told) -> list[Row]:
    return [
        (one.reference, meeting, True)
        for _, review, meeting in asked.meetings(one)
        if meeting + timedelta(28) <= asked.as_at
        and review.decision is None
        and _ended(asked, one, meeting + timedelta(28))
    ]


def first_plans(
    which: Callable[[Told], bool], *, is_count: bool = False
) -> Callable[[Asked, Told], list[Row]]:
    def rows(asked: Asked, one: Told) -> list[Row]:
        if not asked.holds(one.plan) or not which(one) or one.plan is None:
            return []
        in_time = one.request is not None and (one.plan - one.request).days <= 140
        return [(one.reference, one.plan, in_time or is_count)]

    return rows


def on_request(one: Told) -> bool:
    return one.request is not None and one.refused is None


def open_past(one: Told, on: date, as_at: date) -> bool:
    if one.request is None or one.request + timedelta(140) >= on:
        return False
    ends = [day for day in (one.plan, one.refused, one.withdrawn) if day and day <= as_at]
    return all(end > on for end in ends)


def backlog(asked: Asked, one: Told) -> list[Row]:
    start = min(asked.start, asked.as_at)
    if not open_past(one, start, asked.as_at):
        return []
    return [(one.reference, one.request, open_past(one, asked.as_at, asked.as_at))]


def open_now(asked: Asked, one: Told) -> list[Row]:
    if not open_past(one, asked.as_at, asked.as_at):
        return []
    return [(one.reference, one.request, True)]


def cohort(born: date) -> int:
    """The calendar year in whose September a child is four."""
    return born.year + 4 + (born.month >= 9)


def school_age(asked: Asked, one: Told) -> list[Row]:
    begun = asked.as_at.year - (asked.as_at.month < 9)
    in_school = 0 <= begun - cohort(one.born) <= 11
    return [(one.reference, None, True)] if asked.live(one) and in_school else []


def moves(day: tuple[int, int], years: tuple[int, ...], early: int) -> Callable[..., list[Row]]:
    """Moves by a day of the year in which a child starts one of these year groups."""

    def rows(asked: Asked, one: Told) -> list[Row]:
        every = [date(year, *day) for year in range(2022, 2029)]
        inside = [one for one in every if asked.start <= one <= asked.end]
        by = inside[-1] if inside else next(one for one in every if one > asked.end)
        if by.year not in {cohort(one.born) + year for year in years}:
            return []
        if not asked.live(one, min(by - timedelta(2), asked.as_at)):
            return []
        window = (date(by.year - 1, 9, 1), date(by.year, 8, 31))
        finals = [
            review.final
            for review in asked.reviews(one)
            if review.final and review.decision and window[0] <= review.final <= window[1]
        ]
        done = any(final <= by - timedelta(early) for final in finals)
        return [(one.reference, by, done)]

    return rows


COUNTS: dict[str, Callable[[Asked, Told], list[Row]]] = {
    "W1.4e": dates_recorded,
    "W1.4f": twelve_months,
    "W1.4g": four_weeks,
    "W1.4g-ended": ended_first,
    "W1.6a": moves((2, 15), (0, 7), 0),
    "W1.6a-strict": moves((2, 15), (0, 7), 1),
    "W1.6b": moves((3, 31), (12,), 0),
    "W1.6b-strict": moves((3, 31), (12,), 1),
    "S2.1a": first_plans(on_request),
    "S2.1a-without-exceptions": first_plans(lambda one: on_request(one) and not one.excused),
    "S2.1a-no-request": first_plans(lambda one: one.request is None, is_count=True),
    "S2.1a-overturned": first_plans(lambda one: one.refused is not None, is_count=True),
    "S2.1a-all": first_plans(lambda one: one.plan is not None),
    "I2.2": backlog,
    "I2.2-open": open_now,
    "S2.4": school_age,
}


@pytest.mark.parametrize("ref", COUNTS)
@pytest.mark.parametrize("period", PERIODS, ids=lambda one: "..".join(filter(None, one)))
def test_a_measure_counts_what_was_drawn(ref: str, period: tuple[str, str, str]) -> None:
    found: Result = next(one for one in counted(period).measures if one.ref == ref)
    asked = Asked(*period)
    wanted = [row for told in children()[0] for row in COUNTS[ref](asked, told)]
    assert sorted((one.reference, one.on, one.counts) for one in found.things) == sorted(wanted)
    assert found.numerator == sum(counts for _, _, counts in wanted)
    assert found.denominator in (None, len(wanted))


@cache
def borough(period: tuple[str, str, str]) -> BoardReturn:
    """The return of an invented borough, with settings, caseworkers, disputes and moves."""
    start, end, as_at = period
    return board(invented(), start=start, end=end, as_at=as_at)


@cache
def invented() -> tuple[CaseFile, ...]:
    return files_of(date(2026, 11, 22), 120, 4)


@pytest.mark.parametrize("made_by", [counted, borough])
@pytest.mark.parametrize("period", PERIODS, ids=lambda one: "..".join(filter(None, one)))
def test_every_figure_opens_as_many_things_as_it_counts(
    made_by: Callable[[tuple[str, str, str]], BoardReturn], period: tuple[str, str, str]
) -> None:
    made = made_by(period)
    for one in made.measures:
        if one.numerator is not None and not one.by_hand:
            assert sum(thing.counts for thing in one.things) == one.numerator, one.ref
            assert one.denominator in (None, len(one.things)), one.ref
            assert one.shared or all(thing.counts for thing in one.things), one.ref
    for table in made.tables:
        for line in table.lines:
            where = (table.key, line.key)
            assert sum(thing.counts for thing in line.things) == line.count, where
            whole = table.total if table.kind == "partition" else line.of
            assert line.of == whole, where
            if table.kind == "figures" and line.of is not None:
                assert len(line.things) == line.of, where


@pytest.mark.parametrize("period", PERIODS, ids=lambda one: "..".join(filter(None, one)))
def test_the_departments_tables_keep_the_relations_of_its_published_rows(
    period: tuple[str, str, str],
) -> None:
    tables = {table.key: table for table in counted(period).tables}
    reviews = {line.key: line.count or 0 for line in tables["dfe_reviews"].lines}
    asked = Asked(*period)
    since = asked.as_at - relativedelta(months=12)
    expected = [
        one for one in children()[0] if asked.live(one) and one.since and one.since <= since
    ]
    assert tables["dfe_reviews"].total == len(expected)
    held = {one.reference for one in expected if any(r.meeting for r in asked.reviews(one))}
    assert reviews.pop("no_meeting") == len(expected) - len(held)
    assert sum(reviews.values()) == len(held) == tables["dfe_outcomes"].total
    decided = sum(reviews[key] for key in ("this_year", "last_year", "earlier"))
    assert tables["dfe_decisions"].total == decided
