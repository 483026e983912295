"""The dates of a case as its setting and year group of a past day give them."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace
from datetime import date

from caseworker_app.domain.caseload import CaseFile
from caseworker_app.domain.deadlines import Deadline
from caseworker_app.domain.roles import Role
from caseworker_app.services.ports import RulePack

_TRANSFERS = frozenset({Role.INTO_SCHOOL, Role.BETWEEN_SCHOOLS, Role.INTO_POST_16})


def counted_on(file: CaseFile, day: date, rules: RulePack) -> CaseFile:
    """A file with the dates that it had by what was true of the child on a day.

    A phase transfer goes by the setting of 31 August of its year, or of the day itself while that
    lies ahead. A child whose setting and year group never changed has the dates that are kept.
    """
    if not any(one.name in ("setting_id", "actual_year") for one in file.spells):
        return file
    return with_dates(file, day, rules)


def with_dates(file: CaseFile, day: date, rules: RulePack) -> CaseFile:
    """The same for a file whose dates are not kept."""
    counted: dict[Hashable, list[Deadline]] = {}
    made = _counted(file, day, rules, counted)
    first = min((fact.on.year for fact in file.facts), default=day.year)
    for year in range(first, day.year + 1):
        last = date(year, 8, 31)
        if last < day:
            here = _counted(file, last, rules, counted)
            made = [one for one in made if not _is_transfer(one, year)]
            made += [one for one in here if _is_transfer(one, year)]
    return replace(file, deadlines=tuple(sorted(made, key=lambda one: (one.due, one.rule))))


def _counted(
    file: CaseFile, day: date, rules: RulePack, counted: dict[Hashable, list[Deadline]]
) -> list[Deadline]:
    """The dates by what was true on a day; each state of a child is counted once."""
    then = file.on(day)
    child = then.child
    key = (child.actual_year, child.actual_year_on, then.setting)
    if key not in counted:
        found = rules.deadlines(child, then.setting, then.facts)
        counted[key] = [one.bare() for one in found]
    return counted[key]


def _is_transfer(deadline: Deadline, year: int) -> bool:
    return deadline.version.role in _TRANSFERS and deadline.due.year == year
