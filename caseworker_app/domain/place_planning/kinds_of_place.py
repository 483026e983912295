"""The kinds of place a forecast tells apart, and what a placement on a day is of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Protocol

from caseworker_app.domain.people import Setting
from caseworker_app.domain.place_planning.history import Teaches

UNRECORDED = "unrecorded"
"""Stands for a setting or a need that nobody recorded."""

KINDS: Mapping[str, str] = MappingProxyType(
    {
        "early": "Early years",
        "primary": "Mainstream primary",
        "secondary": "Mainstream secondary",
        "unit": "SEN unit",
        "resourced": "Resourced provision",
        "special": "Special school",
        "college": "College",
        "other": "Not at a school or college",
        UNRECORDED: "Not recorded",
    }
)

_TEACHES: Mapping[str, tuple[int, int]] = MappingProxyType(
    {
        "early": (-5, 0),
        "primary": (-1, 7),
        "secondary": (5, 14),
        "unit": (-1, 14),
        "resourced": (-1, 14),
        "special": (-2, 15),
        "college": (9, 20),
        "other": (-5, 20),
        UNRECORDED: (-5, 20),
    }
)
_OF_SETTING: Mapping[str, str] = MappingProxyType(
    {
        "early_years": "early",
        "infant": "primary",
        "junior": "primary",
        "first": "primary",
        "primary": "primary",
        "secondary": "secondary",
        "special": "special",
        "post16": "college",
        "none": "other",
    }
)
_BY_YEAR = frozenset({"middle", "all_through"})
_LAST_OF_PRIMARY = 6


class Placed(Protocol):
    """What is asked of a placement; a record is one."""

    @property
    def arrangement(self) -> str:
        """Its code where it is at no setting, or ""."""
        ...

    @property
    def unit(self) -> bool:
        """Whether it is in a SEN unit."""
        ...

    @property
    def resourced(self) -> bool:
        """Whether it is in resourced provision."""
        ...


def kind_of_place(placement: Placed | None, setting: Setting | None, taught: int) -> str:
    """The kind of a place.

    Args:
        placement: as it is recorded, or None where only the setting is known.
        setting: where it is, or None.
        taught: the year group. A kind that cannot teach it counts as not recorded.
    """
    if placement is not None and placement.arrangement:
        return "early" if placement.arrangement == "EYP" else "other"
    if setting is None or setting.kind is None:
        return UNRECORDED
    if placement is not None and (placement.unit or placement.resourced):
        kind = "unit" if placement.unit else "resourced"
    elif setting.kind in _BY_YEAR:
        kind = "primary" if taught <= _LAST_OF_PRIMARY else "secondary"
    else:
        kind = _OF_SETTING[setting.kind]
    least, most = _TEACHES[kind]
    return kind if least <= taught <= most else UNRECORDED


def teaches(needs: frozenset[str]) -> dict[str, Teaches]:
    """What each kind takes: every need, and whoever is of its year groups."""
    onward = frozenset(KINDS) - {UNRECORDED}
    return {kind: Teaches(*span, needs, onward) for kind, span in _TEACHES.items()}


def fits(kind: str, taught: int) -> bool:
    """Whether a kind takes a year group."""
    least, most = _TEACHES[kind]
    return least <= taught <= most


def census_day(year: int) -> date:
    """The third Thursday in January, on which the SEN2 return counts plans."""
    first = date(year, 1, 1)
    return first + timedelta(days=(3 - first.weekday()) % 7 + 14)
