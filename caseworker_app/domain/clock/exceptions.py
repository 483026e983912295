"""Which claimed exceptions excuse which deadlines. An exception excuses; it never moves a date.

Whoever is late still has to act at once, and a deadline met late stays met late. Every ground
must touch the period of the deadline: what happened after the day it was due cannot have kept
anybody from meeting it. The tests of closure and of absence are computed, not believed: a claim
that fails its test excuses nothing, and the steps of the deadline say why. Personal circumstances
(EXC-C) are the caseworker's judgement; a claim without a note is mended elsewhere.

Source: SEND Regulations 2014, regs 5(4), 8(2), 10(4), 13(3), 27(3) and 44(3).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from caseworker_app.domain.clock.episode import Draft, Episode
from caseworker_app.domain.facts import Fact
from caseworker_app.domain.people import Closure
from caseworker_app.domain.primitives import add_days

_LONG_CLOSURE = timedelta(days=28)
_ABSENCE, _ABSENCE_IN_ORDERS = 28, 14


class Claim(NamedTuple):
    """What the claims made on a deadline come to.

    Attributes:
        ground: of the first claim that excuses it, or None.
        since: the day from which it does.
        failed: words for the claims that fail their test.
    """

    ground: str | None
    since: date | None
    failed: tuple[str, ...]


def claim(draft: Draft, episode: Episode, closures: Iterable[Closure]) -> Claim | None:
    """Weigh the exceptions claimed in a deadline's episode; None where there are none for it."""
    if not episode.exceptions and episode.parent is None:
        return None
    claims = [*episode.exceptions, *(episode.parent.exceptions if episode.parent else ())]
    excused_by = draft.ready.version.excused_by
    claims = [one for one in claims if one.text("ground") in excused_by]
    if not claims:
        return None
    asked = episode.asked + (episode.parent.asked if episode.parent else ())
    failed: list[str] = []
    for one in claims:
        ground = one.text("ground")
        since = one.on
        fault = ""
        until = one.day("until")
        if one.on > draft.due or (until is not None and until < draft.start):
            fault = "it lies outside the period"
        elif ground in {"EXC-A", "EXC-B"}:
            fault = "" if closure_counts(closures, asked) else _NO_CLOSURE
        elif ground == "EXC-D":
            found = _absent_from(one, draft, episode.scope)
            since, fault = (found, "") if found else (since, _NO_ABSENCE)
        elif ground == "EXC-E" and one.on < draft.start:
            fault = "it lies outside the period"
        if not fault:
            return Claim(ground, since, tuple(failed))
        failed.append(f"{ground} claimed {one.on} does not excuse: {fault}")
    return Claim(None, None, tuple(failed))


def closure_counts(closures: Iterable[Closure], asked: Iterable[date]) -> bool:
    """Whether the head was asked for advice in the window of a long enough closure.

    Closed for at least 28 days from the first closed day to the day it reopens, and asked from 7
    days before it closed to 7 days before it reopened, both days in.
    """
    days = tuple(asked)
    return any(
        closure.reopens - closure.first >= _LONG_CLOSURE
        and any(add_days(closure.first, -7) <= day <= add_days(closure.reopens, -7) for day in days)
        for closure in closures
    )


_NO_CLOSURE = (
    "no closure of 28 days is recorded with the request for the head's advice made between 7 days "
    "before it and 7 days before its end"
)
_NO_ABSENCE = "the absence recorded is not long enough within the period"


def _absent_from(fact: Fact, draft: Draft, scope: str) -> date | None:
    """The day from which an absence excuses, or None when too little of it is in the period.

    `until` is the day of return. An absence with no end yet excuses once it has lasted.
    """
    enough = _ABSENCE_IN_ORDERS if scope == "order" else _ABSENCE
    until = fact.day("until")
    first = max(fact.on, draft.start)
    back = add_days(draft.due, 1)
    if until is not None:
        back = min(back, until)
    if (back - first).days < enough:
        return None
    return fact.on if until is not None else add_days(first, enough)
