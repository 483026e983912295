"""The autism path month by month: who joins, who leaves and who waits, beside what was planned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from caseworker_app.domain.declarations.brought_in import AutismReferral
from caseworker_app.domain.primitives import add_months

TWENTY_WEEKS = timedelta(weeks=20)
_MONTHS_TO_ASSESS = 3


@dataclass(frozen=True, slots=True)
class Planned:
    """What is planned of one month, named by its first day; `waiting` at its end."""

    month: date
    additions: int
    discharged: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Path:
    """The path as planned.

    Attributes:
        source: where the figures come from.
        before: how many waited before the first month.
        months: in order, without gaps.
    """

    source: str
    before: int
    months: tuple[Planned, ...]

    def waiting_at(self, day: date) -> int | None:
        """How many are planned to wait at the end of the month of a day; None outside the plan."""
        found = (one.waiting for one in self.months if one.month == day.replace(day=1))
        return next(found, None)


def planned_path(source: str, before: int, months: Iterable[tuple[date, int, int]]) -> Path:
    """The path with how many wait after each month, from (month, additions, all discharges)."""
    made, waiting = [], before
    for month, additions, discharged in months:
        waiting += additions - discharged
        made.append(Planned(month, additions, discharged, waiting))
    return Path(source, before, tuple(made))


@dataclass(frozen=True, slots=True)
class Month:
    """What became of one month, beside what was planned.

    Attributes:
        month: its first day.
        additions, discharged: how many joined and left; None where nobody has told.
        waiting: how many wait at its end, as told or by the list; None where neither.
        recomputed: how many wait at its end by what waited before, additions and discharges; None
            where one of them is missing.
    """

    month: date
    planned: Planned | None
    additions: int | None = None
    discharged: int | None = None
    waiting: int | None = None
    recomputed: int | None = None

    @property
    def best(self) -> int | None:
        """How many wait: as told, or else as worked out."""
        return self.recomputed if self.waiting is None else self.waiting

    @property
    def doubt(self) -> str:
        """What does not fit together, in a sentence, or ""."""
        if None in (self.waiting, self.recomputed) or self.waiting == self.recomputed:
            return ""
        return (
            f"{self.waiting} are told to wait, but additions and discharges come to "
            f"{self.recomputed}."
        )


def ended(referral: AutismReferral) -> date | None:
    """The day a referral stopped waiting: decided or discharged, whichever came first."""
    days = [day for day in (referral.decided_on, referral.discharged_on) if day is not None]
    return min(days, default=None)


def waiting_on(referrals: Iterable[AutismReferral], day: date) -> list[AutismReferral]:
    """The referrals that wait on a day: referred by then and not ended by then."""
    return [
        one
        for one in referrals
        if one.referred_on <= day and ((end := ended(one)) is None or end > day)
    ]


def last_of(month: date) -> date:
    """The last day of the month of a day."""
    return add_months(month.replace(day=1), 1) - timedelta(days=1)


def months_of_list(
    referrals: Sequence[AutismReferral], path: Path | None, as_at: date
) -> tuple[Month, ...]:
    """Each month of the list of referrals up to a day, and each planned month.

    The month of the day itself is counted up to the day.
    """
    if not referrals:
        return _beside({}, path)
    first = min(one.referred_on for one in referrals).replace(day=1)
    told = {}
    for month in _months(first, as_at):
        until = min(last_of(month), as_at)
        told[month] = Month(
            month,
            None,
            sum(month <= one.referred_on <= until for one in referrals),
            sum(end is not None and month <= end <= until for end in map(ended, referrals)),
            len(waiting_on(referrals, until)),
        )
    return _beside(told, path)


def months_by_hand(
    additions: Mapping[date, float],
    discharged: Mapping[date, float],
    waiting: Mapping[date, float],
    path: Path | None,
) -> tuple[Month, ...]:
    """Each month that somebody told of, and each planned month; all by the day the figure is at."""
    told: dict[date, dict[str, int]] = {}
    for name, figures in (
        ("additions", additions),
        ("discharged", discharged),
        ("waiting", waiting),
    ):
        for day, value in sorted(figures.items()):
            told.setdefault(day.replace(day=1), {})[name] = round(value)
    return _beside({month: Month(month, None, **said) for month, said in told.items()}, path)


def _beside(told: Mapping[date, Month], path: Path | None) -> tuple[Month, ...]:
    """The months with what was planned of them, each worked out from the one before."""
    planned = {one.month: one for one in path.months} if path is not None else {}
    every = {*told, *planned}
    if not every:
        return ()
    # What waited before the plan began counts for its own first month alone.
    opening = {path.months[0].month: path.before} if path is not None and path.months else {}
    found: list[Month] = []
    for month in _months(min(every), max(every)):
        one = told.get(month, Month(month, None))
        before = found[-1].best if found else None
        if before is None:
            before = opening.get(month)
        worked_out = None
        if before is not None and one.additions is not None and one.discharged is not None:
            worked_out = before + one.additions - one.discharged
        found.append(
            Month(month, planned.get(month), one.additions, one.discharged, one.waiting, worked_out)
        )
    return tuple(found)


def _months(first: date, last: date) -> Iterator[date]:
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = add_months(month, 1)


@dataclass(frozen=True, slots=True)
class Waits:
    """How long referrals that were decided in a period took.

    Attributes:
        decided: references of those decided, with a day of triage.
        in_20_weeks, in_3_months: those of them decided so soon after triage.
        untriaged: how many decided have no day of triage, and are in no count.
        weeks: from referral to decision, of each one decided.
    """

    decided: tuple[str, ...]
    in_20_weeks: tuple[str, ...]
    in_3_months: tuple[str, ...]
    untriaged: int
    weeks: tuple[float, ...]


def waits(referrals: Iterable[AutismReferral], start: date, end: date) -> Waits:
    """The waits of the referrals decided between two days, both in."""
    decided: list[str] = []
    soon: list[str] = []
    sooner: list[str] = []
    weeks: list[float] = []
    untriaged = 0
    for one in sorted(referrals, key=lambda each: each.reference):
        on = one.decided_on
        if on is None or not start <= on <= end:
            continue
        weeks.append((on - one.referred_on).days / 7)
        if one.triaged_on is None:
            untriaged += 1
            continue
        decided.append(one.reference)
        if on <= one.triaged_on + TWENTY_WEEKS:
            soon.append(one.reference)
        if on <= add_months(one.triaged_on, _MONTHS_TO_ASSESS):
            sooner.append(one.reference)
    return Waits(tuple(decided), tuple(soon), tuple(sooner), untriaged, tuple(weeks))


def overdue(referral: AutismReferral, today: date) -> str:
    """How a referral stands to twenty weeks and three months from triage, in words.

    Of one that waits, by the day; of one decided, by the decision. "" where it was discharged
    undecided, or where nobody triaged it and it does not wait.
    """
    end = ended(referral)
    if end is not None and referral.decided_on is None:
        return ""
    if referral.triaged_on is None:
        return "" if end is not None else "waits for triage"
    by = referral.decided_on or today
    three, twenty = add_months(referral.triaged_on, _MONTHS_TO_ASSESS), TWENTY_WEEKS
    done = referral.decided_on is not None
    if by > referral.triaged_on + twenty:
        return "took over 20 weeks" if done else "over 20 weeks"
    if by > three:
        return "took over 3 months" if done else "over 3 months"
    return "in 3 months" if done else "waits"
