"""One case as it was known on a day: what a measure looks at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TypeVar, cast

from dateutil.relativedelta import relativedelta

from caseworker_app.domain.caseload import CaseFile
from caseworker_app.domain.clock.episodes import Assessment, Review, Spell, episodes_of
from caseworker_app.domain.deadlines import OPEN, Deadline
from caseworker_app.domain.facts import Fact
from caseworker_app.domain.kinds import kind_of
from caseworker_app.domain.roles import Stage
from caseworker_app.domain.yeargroup import nc_year

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class CaseView:
    """One case on `as_at`. Later facts do not count.

    Attributes:
        facts: up to the day, in order.
        spells: the times the plan was live.
        upcoming: what `next_review` gives.
        year_group: National Curriculum year, the one really taught in where recorded; None with no
            date of birth. Reception is 0.
    """

    file: CaseFile
    as_at: date
    facts: tuple[Fact, ...]
    spells: tuple[Spell, ...]
    assessments: tuple[Assessment, ...]
    reviews: tuple[Review, ...]
    year_group: int | None
    upcoming: Deadline | None

    @property
    def reference(self) -> str:
        """The case's reference."""
        return self.file.child.reference

    @property
    def live(self) -> bool:
        """Whether the plan is live on the day. A decision to cease ends nothing."""
        return bool(self.spells) and self.spells[-1].ceased is None

    @property
    def plan_since(self) -> date | None:
        """The day the plan now live, or the last one, was sent or transferred in."""
        return self.spells[-1].since if self.spells else None

    @property
    def setting(self) -> str:
        """The setting's name, or ""."""
        return self.file.setting.name if self.file.setting else ""

    @property
    def setting_kind(self) -> str:
        """The kind of setting, or "" when it is not recorded."""
        return (self.file.setting.kind or "") if self.file.setting else ""

    @property
    def caseworker(self) -> str:
        """The caseworker's name, or ""."""
        return self.file.caseworker.name if self.file.caseworker else ""

    def of(self, kind: type[R]) -> tuple[R, ...]:
        """The child's records of a kind that a measure reads, whatever their day."""
        return cast("tuple[R, ...]", self.file.kept.get(kind_of(kind).name, ()))

    def fact(self, key: str | None) -> Fact | None:
        """The fact that dates a record, or None while it lies after the day."""
        return next((one for one in self.facts if one.id == key), None) if key else None

    def live_on(self, day: date) -> bool:
        """Whether the plan was live on an earlier day, from what is known now."""
        return any(
            one.since <= day and (one.ceased is None or day < one.ceased) for one in self.spells
        )

    def next_review(self) -> Deadline | None:
        """The review deadline still to be met, the earliest where there are several."""
        return self.upcoming

    def is_historical(self, assessment: Assessment) -> bool:
        """Whether a plan came from a SEN2 return as one issued before the year of that return.

        When it was asked for and first sent stands in an earlier return.
        """
        kept = self.file.child.sen2
        noted = "receiveddate" in kept or kept.get("assessmentoutcome") == "H"
        return assessment.request is None and noted

    def age_on(self, day: date) -> int | None:
        """Age in whole years on a day."""
        born = self.file.child.born
        if born is None or born > day:
            return None
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def view(file: CaseFile, as_at: date) -> CaseView:
    """The case as known on the day, with the need, setting and all else that held on it."""
    file = file.on(as_at)
    facts = file.facts
    if facts and facts[-1].on > as_at:
        facts = tuple(fact for fact in facts if fact.on <= as_at)
    assessments, reviews, spells = episodes_of(facts)
    return CaseView(
        file=file,
        as_at=as_at,
        facts=facts,
        spells=spells,
        assessments=assessments,
        reviews=reviews,
        year_group=_year_group(file, facts, as_at),
        upcoming=_upcoming(file, as_at) if spells and spells[-1].ceased is None else None,
    )


@lru_cache(maxsize=256)
def months_from(day: date, months: int) -> date:
    """The day some calendar months later or, where negative, earlier.

    Kept, since each case asks it of the same as-at date.
    """
    return day + relativedelta(months=months)


def _upcoming(file: CaseFile, as_at: date) -> Deadline | None:
    for deadline in file.deadlines:
        if deadline.version.stage != Stage.YEAR or _begun(deadline) > as_at:
            continue
        if deadline.state(as_at) in OPEN:
            return deadline
    return None


def _begun(deadline: Deadline) -> date:
    """The day of the fact it counts from: later than the as-at date, it was not known then."""
    return deadline.started_on or date.min


def _year_group(file: CaseFile, facts: tuple[Fact, ...], as_at: date) -> int | None:
    child = file.child
    if child.born is None:
        return child.actual_year
    true_on = child.actual_year_on or (facts[-1].on if facts else as_at)
    return nc_year(child.born, as_at, child.actual_year, true_on)
