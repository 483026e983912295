"""What checks found as somebody may see it: who holds each case, restricted ones without a name."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from caseworker_app.domain.inspection import checks as inspection_checks
from caseworker_app.domain.permissions import Right
from caseworker_app.domain.sen2 import checks as sen2_checks
from caseworker_app.domain.sen2.checking import Hit
from caseworker_app.domain.sen2.comparing import Difference
from caseworker_app.domain.sen2.rows import Case
from caseworker_app.services.situation import Situation

Holder = tuple[str, str]
"""The id and the name of who holds a case; "" for nobody."""

RESTRICTED = Case("", "", "A restricted case")
"""What stands for a case that is counted with the rest, and not there for whoever looks."""

_TITLES = {**sen2_checks.TITLES, **inspection_checks.TITLES}


def holders(session: Situation, ids: Collection[str] | None = None) -> dict[str, Holder]:
    """Who holds the cases that are there for somebody, by the child's id: of some, or of all.

    Raises `Refused` where the person may not see cases.
    """
    session.person.ask("children", Right.READ)
    with session.store.reading() as reading:
        names = {one.id: one.name for one in reading.caseworkers()}
        found = {one.id: one.caseworker_id or "" for one in reading.summaries(ids)}
    return {key: (worker, names.get(worker, "")) for key, worker in found.items()}


def shown(hits: Iterable[Hit], held: Mapping[str, Holder]) -> tuple[Hit, ...]:
    """The findings as somebody may see them, who sees the cases of `held` alone."""
    return tuple(_shown(hit, held) for hit in hits)


def _shown(hit: Hit, held: Mapping[str, Holder]) -> Hit:
    if hit.other.id and hit.other.id not in held:
        hit = replace(hit, words="It stands on a restricted case too.", other=RESTRICTED)
    if hit.case.id and hit.case.id not in held:
        # A finding's own words may give numbers, ages and schools, by which a child is known.
        words = f"{_TITLES[hit.rule]}: what was found is told to those who may see the case."
        hit = replace(hit, case=RESTRICTED, words=words)
    return hit


def shown_differences(
    found: Iterable[Difference], held: Mapping[str, Holder]
) -> tuple[Difference, ...]:
    """What differs from last year's return, without what is said of cases that are not there."""
    return tuple(one for one in found if not one.case.id or one.case.id in held)
