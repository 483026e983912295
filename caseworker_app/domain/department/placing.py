"""Where somebody is taught, as the Department's files group it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from caseworker_app.domain.declarations.placements import Placement
from caseworker_app.domain.department.layout import Layouts
from caseworker_app.domain.measures.case_view import CaseView
from caseworker_app.domain.names import folded
from caseworker_app.domain.over_time import covers
from caseworker_app.domain.people import Setting

UNKNOWN = "placement_unknown"
_WITH_UNITS = frozenset(
    {"mainstream_la_maintained", "mainstream_academy", "mainstream_free_school"}
)
_OF_KIND: Mapping[str, str] = {"post16": "general_fe_tertiary_colleges"}
_SCHOOL_AGE = range(5, 16)


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody is taught.

    Attributes:
        column: of the files; `UNKNOWN` where nobody recorded it, or not enough of it.
        lacks: what is missing to tell, in words; "" where it is told, or nothing is recorded.
    """

    column: str
    lacks: str = ""


def place_of(view: CaseView, layouts: Layouts, age: int | None) -> Place:
    """Where somebody is taught on the day of a view: by the main placement, else by the setting.

    Args:
        view: the case on the day.
        layouts: which type of establishment and which arrangement goes where.
        age: at the start of the school year.
    """
    main = _main(view.of(Placement), view)
    items = view.file.child.sen2
    setting = view.file.setting
    if main is not None and main.arrangement:
        return Place(_arranged(main.arrangement, layouts, age))
    if setting is not None and (setting.type or setting.urn or setting.ukprn):
        unit = main.unit if main else items.get("senunitindicator") == "1"
        resourced = main.resourced if main else items.get("resourcedprovisionindicator") == "1"
        return _at(setting, layouts, unit=unit, resourced=resourced)
    if items.get("sensetting", "") in layouts.arrangements and main is None:
        return Place(_arranged(items["sensetting"], layouts, age))
    return Place(UNKNOWN) if setting is None else _at(setting, layouts)


def main_placement(view: CaseView) -> Placement | None:
    """The main placement on the day, or None."""
    return _main(view.of(Placement), view)


def _main(placements: Iterable[Placement], view: CaseView) -> Placement | None:
    found = [one for one in placements if one.rank == "1" and covers(one, view.as_at)]
    return max(found, key=lambda one: (one.since is not None, one.since), default=None)


def _arranged(code: str, layouts: Layouts, age: int | None) -> str:
    column = layouts.arrangements[code]
    compulsory = age is not None and age in _SCHOOL_AGE
    return "neet_other_csa" if column == "neet_other" and compulsory else column


def _at(
    setting: Setting, layouts: Layouts, *, unit: bool = False, resourced: bool = False
) -> Place:
    column = layouts.types.get(folded(setting.type), "")
    if not column and not setting.type:
        column = _OF_KIND.get(setting.kind or "", "")
        if not column and setting.kind == "early_years" and not setting.urn:
            column = "nm_early_years"
        if not column and setting.ukprn and not setting.urn:
            column = "ukrlp_provider"
    if not column:
        lacks = f'type "{setting.type}" unknown' if setting.type else "setting without a type"
        return Place(UNKNOWN, lacks)
    if column in _WITH_UNITS and (unit or resourced):
        return Place(f"{column}_senunit" if unit else f"{column}_resourced_provision")
    return Place(column)
