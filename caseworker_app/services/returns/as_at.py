"""The dates of a case as its setting and year group of a past day give them."""

from __future__ import annotations

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
    made = _counted(file, day, rules)
    last = date(day.year, 8, 31)
    if last < day:
        here = _counted(file, last, rules)
        made = [one for one in made if not _is_transfer(one, day.year)]
        made += [one for one in here if _is_transfer(one, day.year)]
        made.sort(key=lambda one: (one.due, one.rule))
    return replace(file, deadlines=tuple(made))


def _counted(file: CaseFile, day: date, rules: RulePack) -> list[Deadline]:
    then = file.on(day)
    return [one.bare() for one in rules.deadlines(then.child, then.setting, then.facts)]


def _is_transfer(deadline: Deadline, year: int) -> bool:
    return deadline.version.role in _TRANSFERS and deadline.due.year == year
