"""The borough's schools, nurseries and colleges, with their summer closures."""

from __future__ import annotations

from datetime import date, timedelta

from caseworker_app.demo.words import Words
from caseworker_app.domain.people import Closure, Setting

_FIRST_URN = 900_101
"""Numbers from here are not given to schools in England."""

HOME, NEXT_DOOR = "990", "991"
"""Numbers of the borough and of its neighbour, given to no authority in England."""

_CLOSURE_YEARS = 4


def invent_settings(words: Words, today: date) -> tuple[Setting, ...]:
    """Every setting, with the summers of the last years and the coming one."""
    summers = tuple(
        _summer(year) for year in range(today.year - _CLOSURE_YEARS + 1, today.year + 2)
    )
    settings: list[Setting] = []
    for kind, (last_year, names) in words.settings.items():
        for name in names:
            urn = str(_FIRST_URN + len(settings))
            # Special schools and colleges are where children most often go over the border.
            away = kind in ("special", "post16") and name == names[-1]
            number = NEXT_DOOR if away else HOME
            settings.append(Setting(name, kind, last_year, urn, summers, la_number=number))
    return tuple(settings)


def _summer(year: int) -> Closure:
    """From the Thursday after the third Wednesday of July to the first weekday of September."""
    july = date(year, 7, 1)
    last_day = july + timedelta(days=(2 - july.weekday()) % 7 + 14)
    september = date(year, 9, 1)
    weekend = max(0, 7 - september.weekday()) if september.weekday() > 4 else 0
    return Closure(last_day + timedelta(days=1), september + timedelta(days=weekend))


def setting_for(
    settings: tuple[Setting, ...], year: int, chance: float, pick: int, *, special: bool
) -> str:
    """The name of a setting that teaches a year group, "" where none would be usual.

    Args:
        settings: the borough's settings.
        year: National Curriculum year, Reception 0, nursery -1.
        chance: a number from 0 to 1 that chooses between kinds.
        pick: a whole number that chooses within a kind.
        special: whether the child goes to a special school.
    """
    kind = "special" if special and 0 <= year <= 14 else _kind(year, chance)
    choices = [setting for setting in settings if setting.kind == kind]
    return choices[pick % len(choices)].name if choices else ""


def _kind(year: int, chance: float) -> str:
    if year < -2 or (year > 13 and chance < 0.15):
        return ""
    if year < 0:
        return "early_years"
    if chance > 0.97 and year <= 13:
        return "all_through"
    if year <= 6:
        if chance < 0.15:
            return "infant" if year <= 2 else "junior"
        return "primary"
    if year <= 11 or (year <= 13 and chance < 0.35):
        return "secondary"
    return "post16"
