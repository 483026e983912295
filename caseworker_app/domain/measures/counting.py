"""What a measure counts among, and what it comes to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, TypeVar, cast

from caseworker_app.domain.caseload import Records, nothing
from caseworker_app.domain.clock.episodes import Assessment, Review
from caseworker_app.domain.kinds import kind_of
from caseworker_app.domain.measures.board import Period
from caseworker_app.domain.measures.case_view import CaseView
from caseworker_app.domain.measures.moves import Move, all_moves
from caseworker_app.domain.roles import Role

R = TypeVar("R")


@dataclass(frozen=True)
class Caseload:
    """Every case as known on the as-at date, with the period asked about.

    Attributes:
        beside: the records that belong to no child, by the name of their kind.
    """

    views: tuple[CaseView, ...]
    period: Period
    as_at: date
    beside: Records = field(default_factory=nothing)

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
    def first_plans(self) -> tuple[tuple[CaseView, Assessment, date], ...]:
        """The first final plans sent in the period: those that began a spell of being live.

        Plans that SEN2 calls historical are left out: theirs is the day of the plan as amended.
        """
        return tuple(
            (view, assessment, assessment.plan)
            for view in self.views
            if view.spells
            for assessment in view.assessments
            if assessment.plan is not None
            and self.period.holds(assessment.plan)
            and any(spell.since == assessment.plan for spell in view.spells)
            and not view.is_historical(assessment)
        )

    @cached_property
    def _moves(self) -> tuple[Move, ...]:
        return all_moves(self.views)

    def moves(self, roles: tuple[Role, ...], year: int | None = None) -> tuple[Move, ...]:
        """The moves between phases in a calendar year: that of the as-at date, or the next.

        A child who falls under two of the roles counts once.
        """
        wanted = self.as_at.year if year is None else year
        found: dict[str, Move] = {}
        for move in self._moves:
            if move.deadline.due.year == wanted and move.deadline.version.role in roles:
                found.setdefault(move.reference, move)
        return tuple(found.values())


@dataclass(frozen=True, slots=True)
class Counted:
    """What a measure comes to.

    Attributes:
        numerator, denominator: one reference for each thing counted, so a child with two reviews
            is there twice; `denominator` None where the measure is a count. What is counted and
            may open no case is there as "".
        note: what a reader must know beside the figure.
        rated: false where the figure is only a part of what the target speaks of.
    """

    numerator: list[str]
    denominator: list[str] | None = None
    note: str = ""
    rated: bool = True


@dataclass(frozen=True, slots=True)
class Answer:
    """How a measure is counted.

    Attributes:
        count: gives the figure, or the words of what is not recorded.
        reads: the classes of the records it looks at, beside facts and dates.
    """

    count: Callable[[Caseload], Counted | str]
    reads: tuple[type[Any], ...] = ()
