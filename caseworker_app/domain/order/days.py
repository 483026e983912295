"""Events whose day alone is in doubt: before birth, before there were plans, too late, far off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from caseworker_app.domain.facts import Fact
from caseworker_app.domain.order.doubt import (
    ACT,
    AGE,
    BIRTH,
    FAR,
    OutOfOrder,
    asked,
    clause,
    full,
)
from caseworker_app.domain.order.table import BEFORE_THE_ACT
from caseworker_app.domain.rules import COMMENCEMENT

_OLDEST = 27
_FAR = timedelta(days=20 * 365)


def of_days(facts: Sequence[Fact], born: date | None) -> Iterator[OutOfOrder]:
    """Events before birth, before there were plans, too late in life, or far from all others."""
    grown = None if born is None else _birthday(born)
    if not facts or _all_within(facts[0].on, facts[-1].on, born, grown):
        return
    for at, fact in enumerate(facts):
        if born is not None and fact.on < born:
            yield _alone(
                fact,
                BIRTH,
                born,
                f"The child was born on {full(born)}",
                "before the child was born",
            )
        elif fact.on < COMMENCEMENT and fact.kind not in BEFORE_THE_ACT:
            yield _alone(
                fact,
                ACT,
                COMMENCEMENT,
                f"There were no EHC plans before {full(COMMENCEMENT)}",
                f"before there were EHC plans, from {full(COMMENCEMENT)}",
            )
        elif grown is not None and fact.on >= grown:
            yield _alone(
                fact,
                AGE,
                grown,
                f"The child turned {_OLDEST} on {full(grown)}, too old for a plan",
                "when the child was too old for a plan",
            )
        elif born is None and _is_far(facts, at):
            near = _nearest(facts, at)
            yield _alone(
                fact,
                FAR,
                near,
                f"The nearest other event is of {full(near)}",
                f"20 years from any other event, the nearest of {full(near)}",
            )


def _all_within(first: date, last: date, born: date | None, grown: date | None) -> bool:
    """Whether nothing from the first to the last event can be in doubt by its day alone."""
    young = first >= COMMENCEMENT and (born is None or first >= born)
    return young and (grown is None or last < grown) and last - first <= _FAR


def _alone(fact: Fact, against: str, day: date, said: str, words: str) -> OutOfOrder:
    return OutOfOrder(
        fact.kind,
        fact.on,
        against,
        day,
        asked(said, fact.on),
        f"{clause(fact.kind, fact.on)}, {words}",
        fact_id=fact.id,
    )


def _is_far(facts: Sequence[Fact], at: int) -> bool:
    """Whether an event is so far from all others that a plan can hardly reach from one to it."""
    return len(facts) > 1 and abs(_nearest(facts, at) - facts[at].on) > _FAR


def _nearest(facts: Sequence[Fact], at: int) -> date:
    """The day of the event next to one of several in time."""
    beside = [facts[to].on for to in (at - 1, at + 1) if 0 <= to < len(facts)]
    return min(beside, key=lambda day: abs(day - facts[at].on))


def _birthday(born: date) -> date | None:
    year = born.year + _OLDEST
    if year > date.max.year:
        return None
    leap = (born.month, born.day) == (2, 29)
    return date(year, 3, 1) if leap else born.replace(year=year)
