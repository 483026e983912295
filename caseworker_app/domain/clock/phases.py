"""Phase transfers and ages: the dates that a plan in force brings by itself.

A transfer is dated by the year group the child leaves and the last year its setting teaches. What
cannot be told (where a first school's leavers go next) is left out until the setting is recorded.

Sources: SEND Regulations 2014, reg 18; Education Act 1996, s.8; Children and Families Act 2014,
s.46.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from caseworker_app.domain import yeargroup
from caseworker_app.domain.clock.compiled_rules import CompiledRules, Ready
from caseworker_app.domain.clock.readings import Leaving
from caseworker_app.domain.deadlines import Step
from caseworker_app.domain.people import Child, Setting
from caseworker_app.domain.primitives import add_months, months_before
from caseworker_app.domain.roles import Role

TRANSFERS = {
    "early_years_to_school": Role.INTO_SCHOOL,
    "infant_to_junior": Role.BETWEEN_SCHOOLS,
    "primary_to_middle": Role.BETWEEN_SCHOOLS,
    "primary_to_secondary": Role.BETWEEN_SCHOOLS,
    "middle_to_secondary": Role.BETWEEN_SCHOOLS,
    "secondary_to_post16": Role.INTO_POST_16,
    "post16_to_post16": Role.AFTER_16,
}
"""The kinds of transfer a case may carry, and the role of the rule for each."""

_LEAVES = {"infant": 2, "junior": 6, "primary": 6}
_THREE_TIER = frozenset({"first", "middle"})
_SIXTH_FORMS = frozenset({"secondary", "all_through", "special"})
_LAST_YEAR_11, _JUNIOR_NEXT, _SECONDARY_NEXT = 11, 3, 9


class Coming(NamedTuple):
    """A date that a plan in force brings.

    Attributes:
        ready: the version of the rule.
        key: the episode.
        due, common: by the strict and by the common reading.
        since: the first day on which a final plan meets it, or None for an age.
        ends: the day on which, unmet, it is superseded, or None for an age.
        steps: what it was counted from; for `by_birth` after the date of birth itself.
        by_birth: whether it follows from the date of birth.
    """

    ready: Ready
    key: str
    due: date
    common: date | None
    since: date | None
    ends: date | None
    steps: tuple[Step, ...]
    by_birth: bool = True


def coming(
    child: Child, setting: Setting | None, rules: CompiledRules, seen: date
) -> tuple[Coming, ...]:
    """Every transfer and age a plan would bring this child, whenever it was made.

    Args:
        child: with `born`, `actual_year` and `transfer` as far as they are known.
        setting: where the child is, or None.
        rules: the rules.
        seen: the day an actual year without a day of its own was true.
    """
    kind = None if setting is None else setting.kind
    last_year = None if setting is None or kind is None else setting.last_year
    found: tuple[Coming, ...] = ()
    if child.born is not None:
        true_on = child.actual_year_on or seen
        ahead = yeargroup.shift(child.born, child.actual_year, true_on)
        cohort = yeargroup.school_year(child.born)
        found = (
            *_by_year_group(rules, cohort, ahead, kind, last_year),
            *_by_age(rules, child.born, kind == "post16"),
        )
    if child.transfer is not None:
        known = {(one.ready.version.rule, one.due) for one in found}
        moves = _by_move(rules, child.transfer.kind, child.transfer.on)
        found += tuple(one for one in moves if (one.ready.version.rule, one.due) not in known)
    return found


def leaving_years(
    kind: str | None, last_year: int | None, read: Leaving | None = None
) -> dict[int, Role]:
    """The year groups whose start is a phase transfer, and the role of the rule for each.

    Args:
        kind: a key of `codes.SETTING_KINDS`, or None where it is not recorded.
        last_year: the last year the setting teaches, or None.
        read: how open points are read; as recommended with None.
    """
    read = read or Leaving()
    years = {
        yeargroup.RECEPTION: Role.INTO_SCHOOL,
        yeargroup.YEAR_7: Role.BETWEEN_SCHOOLS,
        yeargroup.YEAR_12: Role.INTO_POST_16,
    }
    if kind == "none" and not read.no_setting_counts:
        del years[yeargroup.RECEPTION]
    last = _LEAVES.get(kind or "") if last_year is None else last_year
    if kind is None or kind in {"none", "post16", "early_years"}:
        return years
    if last is None:
        if kind in _THREE_TIER:
            del years[yeargroup.YEAR_7]
        return years
    leaves = last + 1
    if yeargroup.RECEPTION < leaves < yeargroup.YEAR_12:
        if _JUNIOR_NEXT < leaves < _SECONDARY_NEXT + 1:
            years.pop(yeargroup.YEAR_7, None)
        years[leaves] = Role.BETWEEN_SCHOOLS
    elif leaves > yeargroup.YEAR_12 and kind in _SIXTH_FORMS:
        years[leaves] = Role.INTO_POST_16
        if not read.staying_counts:
            del years[yeargroup.YEAR_12]
    return years


@lru_cache(maxsize=8192)
def _by_year_group(
    rules: CompiledRules, cohort: int, ahead: int, kind: str | None, last_year: int | None
) -> tuple[Coming, ...]:
    """The transfers of everybody born in a school year and taught at a kind of setting."""
    found: list[Coming] = []
    for year, role in leaving_years(kind, last_year, rules.leaving).items():
        transfer_year = cohort + 5 + year - ahead
        steps: tuple[Step, ...] = (_year_words(year, transfer_year),)
        if ahead:
            way = "above" if ahead > 0 else "below"
            steps += (f"taught {abs(ahead)} {way} the year group of the date of birth",)
        if kind is None:
            steps += ("the setting's type is not recorded: by year group alone",)
        found += _fixed(rules, role, transfer_year, steps)
    return tuple(found)


def _fixed(
    rules: CompiledRules, role: Role, year: int, steps: tuple[Step, ...], *, by_birth: bool = True
) -> Iterator[Coming]:
    """A transfer by a fixed date of the year of the transfer."""
    if not date.min.year < year <= date.max.year:
        return
    september = date(year - 1, 9, 1)
    for ready in rules.fixed["phase_transfer"]:
        if ready.version.role == role and ready.in_force(september):
            due = date(year, *divmod(ready.number, 100))
            common = ready.common_number
            yield Coming(
                ready,
                f"transfer {year}",
                due,
                date(year, *divmod(common, 100)) if common != ready.number else None,
                september,
                date(year, 9, 1),
                (*steps, f"{ready.version.period} {year}: {due}"),
                by_birth,
            )


def _by_move(rules: CompiledRules, kind: str, on: date) -> Iterator[Coming]:
    """A transfer recorded with its day."""
    role = TRANSFERS.get(kind)
    steps: tuple[Step, ...] = (("moves", on),)
    if role is None:
        return
    if role != Role.AFTER_16:
        yield from _fixed(rules, role, on.year, steps, by_birth=False)
        return
    september = date(on.year, 9, 1)
    for ready in rules.starts["child"]["plan_in_force",]:
        if ready.version.role == role and ready.in_force(add_months(on, -12)):
            due = ready.count(on, ready.number, rules.calendars, None)
            common = date(on.year, 3, 31) if on.month == september.month else None
            if common is not None and rules.leaving.march_for_september:
                due, common = common, due
            yield Coming(
                ready,
                f"transfer {on}",
                due,
                common,
                min(months_before(on, 12), months_before(september, 12)),
                max(on, september),
                (*steps, ready.words),
                by_birth=False,
            )


@lru_cache(maxsize=16384)
def _by_age(rules: CompiledRules, born: date, at_college: bool) -> tuple[Coming, ...]:
    """Ages that the law attaches something to; they follow the date of birth alone."""
    found: list[Coming] = []
    days = {
        "school_age_starts": yeargroup.school_age_starts(born),
        "school_age_ends": yeargroup.school_age_ends(born),
        "turns_25": yeargroup.college_year_ends(born)
        if at_college
        else yeargroup.birthday(born, 25),
    }
    for primitive, day in days.items():
        for ready in rules.fixed.get(primitive, ()):
            if day is not None and ready.in_force(day):
                words = ready.words if primitive != "turns_25" else _TURNS_25[at_college]
                found.append(Coming(ready, "age", day, None, None, None, (words,)))
    return tuple(found)


_TURNS_25 = {
    True: "turning 25 at a college: the 31 July on or after the birthday",
    False: "the 25th birthday",
}


def _year_words(year: int, starts: int) -> str:
    name = yeargroup.year_words(year)
    return f"{name} would begin in September {starts}"
