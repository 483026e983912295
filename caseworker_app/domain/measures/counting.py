"""What a measure counts among, and what it comes to."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any, TypeVar, cast

from caseworker_app.domain.caseload import Records, nothing
from caseworker_app.domain.clock.episodes import Assessment, Review
from caseworker_app.domain.declarations.measure_dates import BacklogDate
from caseworker_app.domain.kinds import kind_of
from caseworker_app.domain.measures.board import Period, Thing
from caseworker_app.domain.measures.case_view import CaseView
from caseworker_app.domain.measures.moves import Move, all_moves, year_of
from caseworker_app.domain.roles import Role

R = TypeVar("R")

FirstPlan = tuple[CaseView, Assessment, date]
"""A first final plan: whose, of which assessment, and the day it was sent."""


@dataclass(frozen=True)
class Caseload:
    """Every case as known on the as-at date, with the period asked about.

    Attributes:
        beside: the records that belong to no child, by the name of their kind.
        answered: the measures and tables that are made though nobody has what they are of on
            record: those of a kept return that is counted again, as who had it may be gone since.
        recorded: nothing is left out for want of a record; see `of_figure`.
    """

    views: tuple[CaseView, ...]
    period: Period
    as_at: date
    beside: Records = field(default_factory=nothing)
    answered: frozenset[str] = frozenset()
    recorded: bool = False

    def of_figure(self, key: str) -> Caseload:
        """The caseload as a measure, by its ref, or a table, by its key, is counted from."""
        return self._all_recorded if key in self.answered else self

    @cached_property
    def _all_recorded(self) -> Caseload:
        return replace(self, recorded=True)

    def nobody_has(self, kind: type[Any]) -> bool:
        """Whether no child has a record of a kind, so that a figure of them would be a guess."""
        return not self.recorded and not any(view.of(kind) for view in self.views)

    @property
    def backlog_on(self) -> date | None:
        """The backlog date that the council set last; None where it set none."""
        found = self.of(BacklogDate)
        return max(found, key=lambda one: int(one.id)).on if found else None

    @property
    def backlog_day(self) -> date:
        """The backlog date: the one set, else the first day of the period; never a day to come."""
        return min(self.backlog_on or self.period.start, self.as_at)

    def holds(self, day: date | None) -> bool:
        """Whether a day lies in the period and is not later than the as-at date."""
        return day is not None and self.period.holds(day) and day <= self.as_at

    def of(self, kind: type[R]) -> tuple[R, ...]:
        """The records of a kind that belongs to no child, whatever their day."""
        return cast("tuple[R, ...]", self.beside.get(kind_of(kind).name, ()))

    @cached_property
    def live(self) -> tuple[CaseView, ...]:
        """The cases whose plan is live."""
        return tuple(view for view in self.views if view.live)

    @cached_property
    def meetings(self) -> tuple[tuple[CaseView, Review, date], ...]:
        """The review meetings held in the period, with their day."""
        return tuple(
            (view, review, review.meeting)
            for view in self.views
            for review in view.reviews
            if review.meeting is not None and self.period.holds(review.meeting)
        )

    @cached_property
    def first_plans(self) -> tuple[FirstPlan, ...]:
        """The first final plans sent in the period: those that began a spell of being live.

        Left out are plans of which only the day of a later version is known, as of those that SEN2
        calls historical.
        """
        return tuple(
            (view, assessment, assessment.plan)
            for view in self.views
            if view.spells
            for assessment in view.assessments
            if assessment.plan is not None
            and self.period.holds(assessment.plan)
            and any(spell.since == assessment.plan and spell.first for spell in view.spells)
            and not view.is_historical(assessment)
        )

    def transfer_year(self, roles: tuple[Role, ...]) -> int:
        """The year of a transfer's date in the period, the last of them, or else of the next."""
        return year_of(roles[0], self.period)

    def moves(self, roles: tuple[Role, ...], year: int | None = None) -> tuple[Move, ...]:
        """The moves between phases in a calendar year; that of `transfer_year` with none given.

        A child who falls under two of the roles counts once.
        """
        wanted = self.transfer_year(roles) if year is None else year
        found: dict[str, Move] = {}
        for move in self._moves(wanted):
            if move.deadline.version.role in roles:
                found.setdefault(move.reference, move)
        return tuple(found.values())

    def _moves(self, year: int) -> tuple[Move, ...]:
        if year not in self._by_year:
            self._by_year[year] = all_moves(self.views, year)
        return self._by_year[year]

    @cached_property
    def _by_year(self) -> dict[int, tuple[Move, ...]]:
        return {}


@dataclass(frozen=True, slots=True)
class Counted:
    """What a measure comes to: the things it looked at, from which its figures and lists follow.

    Attributes:
        things: each meeting, plan or child looked at; a child with two meetings is there twice.
        is_share: whether those that count are held against all of them; else they are a count.
        note: what a reader must know beside the figure.
        of: the year that it is of, which the title names; "" for the period or the day.
        rated: false where the figure is only a part of what the target speaks of.
    """

    things: tuple[Thing, ...]
    is_share: bool = True
    note: str = ""
    rated: bool = True
    of: str = ""

    @property
    def numerator(self) -> int:
        """How many count."""
        return sum(thing.counts for thing in self.things)

    @property
    def denominator(self) -> int | None:
        """How many there are; None where the measure is a count."""
        return len(self.things) if self.is_share else None


def share_of(things: Iterable[Thing], note: str = "", *, of: str = "") -> Counted:
    """A share: the things that count, of all of them; `of` is the year it is of, if of one."""
    return Counted(tuple(things), note=note, of=of)


def share_of_cases(
    views: Iterable[CaseView], counts: Callable[[CaseView], bool | None], note: str = ""
) -> Counted:
    """A share of cases, each looked at once."""
    return share_of((Thing(view.reference, bool(counts(view))) for view in views), note)


def count_of(things: Iterable[Thing], note: str = "", *, rated: bool = True) -> Counted:
    """A count of things, all of which count."""
    return Counted(tuple(things), is_share=False, note=note, rated=rated)


@dataclass(frozen=True, slots=True)
class Answer:
    """How a measure is counted.

    Attributes:
        count: gives the figure, or the words of what is not recorded.
        reads: the classes of the records it looks at, beside facts and dates.
    """

    count: Callable[[Caseload], Counted | str]
    reads: tuple[type[Any], ...] = ()
