"""Where invented children were before, what their places cost, and what the borough commissions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from random import Random

from caseworker_app.demo.around import Wanted
from caseworker_app.demo.places import setting_for
from caseworker_app.domain.people import Setting
from caseworker_app.domain.rows import CaseRow
from caseworker_app.domain.yeargroup import school_year

YEARS_BACK = 3
_LONGEST = 7
"""So many years at most children were at the setting before."""

_BEGINS = {"primary": 0, "infant": 0, "junior": 3, "secondary": 7, "all_through": 7, "post16": 12}
"""The year group in which most children came to a kind of setting."""

_COSTS = {
    "special": (2_200_000, 3_600_000),
    "post16": (900_000, 1_600_000),
    "secondary": (600_000, 1_200_000),
    "primary": (600_000, 1_200_000),
}
"""What a place costs a year, in pence, from and to."""

_MAINSTREAM, _WITH_PROVISION = ("primary", "secondary"), 3
"""Of these kinds so many schools have a unit or resourced provision."""

_GROUPS = range(-2, 15)
_SOURCE = "Invented: population estimates"
_OF_KIND = {"special": "special", "post16": "fe", "primary": "resourced", "secondary": "unit"}


def population(today: date) -> Wanted:
    """Everybody by year group, some years back and ahead; the older groups grow."""
    draw = Random("population")  # noqa: S311  (invented data, not secrets)
    size = {group: 2900 + draw.randrange(300) for group in _GROUPS}
    for year in range(today.year - 3, today.year + 5):
        for group in _GROUPS:
            grown = 1 + 0.012 * (year - today.year) * (1 if group > 3 else 0.3)
            people = round(size[group] * grown)
            fields = {"year": year, "year_group": group, "people": people, "source": _SOURCE}
            yield "population", fields


def placements(rows: Sequence[CaseRow], settings: tuple[Setting, ...], today: date) -> Wanted:
    """The settings of the last years, of those who moved in them, and some costs.

    Args:
        rows: of Cases.
        settings: of the store.
        today: moves were in the Septembers before it.
    """
    ids = {one.name: one for one in settings}
    provided = {one.name for kind in _MAINSTREAM for one in _of(settings, kind)[:_WITH_PROVISION]}
    this = school_year(today)
    for row in rows:
        at = ids.get(row.setting)
        if row.status != "live" or at is None or row.nc_year is None:
            continue
        draw = Random(f"{row.reference}:moved")  # noqa: S311  (invented data)
        came = _came(draw, at, row.nc_year)
        if at.name in provided and draw.random() < 0.6:
            inside = {"unit": at.kind == "secondary", "resourced": at.kind == "primary"}
            yield "placement", {"child_id": row.id, "rank": "1", "setting_id": at.id, **inside}
            continue
        if came is None:
            if draw.random() < 0.12:
                costs = {"setting_id": at.id, "yearly_cost": _cost(draw, at)}
                yield "placement", {"child_id": row.id, "rank": "1", **costs}
            continue
        before = setting_for(
            settings, came - 1, draw.random() * 0.9, draw.randrange(10**6), special=False
        )
        since = date(this - (row.nc_year - came), 9, 1)
        if not before or ids[before].id == at.id or since > today:
            continue
        # That they are where they are now since then follows from it.
        began = date(since.year - min(_LONGEST, came + 2), 9, 1)
        earlier = {"setting_id": ids[before].id, "since": began, "until": date(since.year, 8, 31)}
        yield "placement", {"child_id": row.id, "rank": "1", **earlier}


def _of(settings: tuple[Setting, ...], kind: str) -> list[Setting]:
    return [one for one in settings if one.kind == kind]


def _came(draw: Random, at: Setting, taught: int) -> int | None:
    """The year group in which a child came to a setting, where it was in the last years."""
    begins = _BEGINS.get(at.kind or "")
    if at.kind == "special" and draw.random() < 0.25:
        begins = taught - draw.randrange(YEARS_BACK)
    if begins is None or not 0 <= taught - begins <= YEARS_BACK:
        return None
    return begins


def _cost(draw: Random, at: Setting) -> int | None:
    least, most = _COSTS.get(at.kind or "", (500_000, 900_000))
    return draw.randrange(least, most, 1000)


def commissioned(rows: Sequence[CaseRow], settings: tuple[Setting, ...], today: date) -> Wanted:
    """Places at special schools and colleges, and at some provision in mainstream schools."""
    pupils = Counter(row.setting for row in rows if row.status == "live")
    this = school_year(today)
    for at in settings:
        kind = _OF_KIND.get(at.kind or "")
        if kind is None:
            continue
        draw = Random(f"{at.name}:places")  # noqa: S311  (invented data)
        if at.kind in _MAINSTREAM:
            if at not in _of(settings, at.kind)[:_WITH_PROVISION]:
                continue
            now = max(2, round(0.6 * pupils[at.name] * draw.uniform(0.8, 1.3)))
        else:
            now = max(4, round(pupils[at.name] * draw.uniform(0.88, 1.12)))
        step = max(1, now // 20)
        for year in range(this - YEARS_BACK - 1, this + 2):
            places = max(2, now + step * (year - this))
            fields = {"setting_id": at.id, "year": year, "kind": kind, "places": places}
            yield "commissioned", fields
