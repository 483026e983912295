"""The checks of places, attended and named in the plan: D01 to D08, and X02."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import combinations

from caseworker_app.domain.declarations.places import PLACES
from caseworker_app.domain.people import Setting
from caseworker_app.domain.sen2.checking import (
    ERROR,
    NOBODY,
    QUERY,
    Check,
    Found,
    age_on,
    each,
)
from caseworker_app.domain.sen2.frame import Frame
from caseworker_app.domain.sen2.layout import ACTIVE, NAMED_PLAN, PLACEMENT, PLAN_DETAIL
from caseworker_app.domain.sen2.rows import Case, Person, Return, Row
from caseworker_app.domain.yeargroup import school_age_starts

_PLACES = (PLAN_DETAIL, PLACEMENT)
_IDENTIFIERS = {"URN": "a URN", "UKPRN": "a UKPRN", "SENsetting": "a type of setting"}
_SHAPES = {"URN": re.compile(r"[0-9]{6}"), "UKPRN": re.compile(r"[0-9]{8}")}
_SHAPE_WORDS = {"URN": "A URN is six digits", "UKPRN": "A UKPRN is eight digits"}
_UNIT, _RESOURCED = "SENunitIndicator", "ResourcedProvisionIndicator"
_INDICATORS = {_UNIT: "in a SEN unit", _RESOURCED: "in resourced provision"}
_PLACES_IN = {"special": "", "fe": "", "unit": _UNIT, "resourced": _RESOURCED}
"""The item that says whether a child is in a place of a kind; "" where all at the setting are."""

_NEET_AGES = range(16, 26)
_ODD_TYPES = (
    *("higher education", "university technical college", "online provider", "offshore"),
    *("service children", "british schools overseas", "miscellaneous"),
)
"""Types of the register at which a plan is seldom held, in small letters."""


def _places(person: Person) -> Iterator[Row]:
    return (row for row in person.row.every() if row.module in _PLACES)


def _told(person: Person, _: Frame) -> Iterator[Found]:
    for row in _places(person):
        given = [words for name, words in _IDENTIFIERS.items() if row.text(name)]
        at = f"{row.at} has" if row.at else "A place has"
        if not given:
            words = f"{at} neither URN nor UKPRN, and no type of setting stands for it."
            yield Found(row, "URN", words)
        elif len(given) > 1:
            yield Found(row, "URN", f"{at} {' and '.join(given)}: one is enough.", QUERY)


def _shaped(person: Person, frame: Frame) -> Iterator[Found]:
    for row in _places(person):
        for name, shape in _SHAPES.items():
            said = row.text(name)
            if said and not shape.fullmatch(said):
                yield Found(row, name, f"{_SHAPE_WORDS[name]}, not {said}.")
        said = row.text("SENsetting")
        if said and not frame.layout.knows("SENsetting", said):
            yield Found(row, "SENsetting", f"{said} is no type of setting.")


def _open(return_: Return, frame: Frame) -> Iterator[tuple[Case, Found]]:
    by_urn = {one.urn: one for one in frame.settings.values() if one.urn}
    for person in return_.persons:
        for row in _places(person):
            setting = by_urn.get(row.text("URN"))
            words = _why_odd(setting, row, frame) if setting is not None else ""
            if words:
                yield person.case, Found(row, "URN", words)


def _why_odd(setting: Setting, row: Row, frame: Frame) -> str:
    begins = row.day("EntryDate") or frame.starts
    ends = row.day("LeavingDate") or begins
    if setting.closed is not None and setting.closed < max(begins, ends):
        return f"{setting.name} had closed by then."
    if row.module == PLACEMENT and setting.opened is not None and begins < setting.opened:
        return f"{setting.name} had not opened by then."
    kind = setting.type.casefold()
    if any(odd in kind for odd in _ODD_TYPES):
        return f"{setting.name} is of the type “{setting.type}”, where plans are seldom held."
    return ""


def _indicated(person: Person, _: Frame) -> Iterator[Found]:
    for row in _places(person):
        if not row.text("URN"):
            continue
        blank = [name for name in _INDICATORS if row.text(name) not in ("0", "1")]
        if blank:
            words = " or ".join(_INDICATORS[name] for name in blank)
            yield Found(row, blank[0], f"Whether the place is {words} is not said.")
        elif row.text(_UNIT) == row.text(_RESOURCED) == "1":
            yield Found(row, _UNIT, "The place is both in a SEN unit and in resourced provision.")


def _ranked(person: Person, _: Frame) -> Iterator[Found]:
    for row in person.row.every():
        if row.module == NAMED_PLAN:
            yield from _ranks_of_plan(row.of(PLAN_DETAIL))
        elif row.module == ACTIVE:
            yield from _ranks_over_time(row.of(PLACEMENT))


def _ranks_of_plan(rows: list[Row]) -> Iterator[Found]:
    ranks = sorted(one.text("PlacementRank") for one in rows)
    if rows and ranks not in (["1"], ["1", "2"]):
        words = "The plan names places of other ranks than one primary and one secondary."
        yield Found(rows[-1], "PlacementRank", words)


def _ranks_over_time(rows: list[Row]) -> Iterator[Found]:
    if not rows:
        return
    strange = [one for one in rows if one.text("PlacementRank") not in ("1", "2")]
    if strange:
        yield Found(strange[0], "PlacementRank", "A placement is neither primary nor secondary.")
    elif all(one.text("PlacementRank") == "2" for one in rows):
        words = "There is a secondary placement, and no primary one."
        yield Found(rows[0], "PlacementRank", words)
    for one, other in combinations(rows, 2):
        same = one.text("PlacementRank") == other.text("PlacementRank")
        if same and _overlap(one, other):
            words = "Two placements of one rank hold on the same day."
            yield Found(other, "PlacementRank", words)


def _overlap(one: Row, other: Row) -> bool:
    """Whether two hold on the same day; one may begin on the day that the other is left."""
    begins, ends = _begins(one), one.day("LeavingDate") or date.max
    begins_too, ends_too = _begins(other), other.day("LeavingDate") or date.max
    return begins < ends_too and begins_too < ends


def _begins(row: Row) -> date:
    return row.day("EntryDate") or date.min


def _dated(person: Person, frame: Frame) -> Iterator[Found]:
    for row in person.row.every():
        if row.module != PLACEMENT:
            continue
        entry, left = row.day("EntryDate"), row.day("LeavingDate")
        at = f" at {row.at}" if row.at else ""
        if entry is None:
            yield Found(row, "EntryDate", f"Since when the placement{at} holds is not recorded.")
        elif entry > frame.survey:
            yield Found(row, "EntryDate", f"The placement{at} begins after the survey day.")
        elif left is not None and left < entry:
            yield Found(row, "LeavingDate", f"The placement{at} ended before it began.")
        elif left is not None and left >= frame.survey:
            words = f"The placement{at} was not left before the survey day."
            yield Found(row, "LeavingDate", words)


def _aged(person: Person, frame: Frame) -> Iterator[Found]:
    age, born = age_on(person.row, frame.survey), person.row.day("PersonBirthDate")
    if age is None or born is None:
        return
    starts = school_age_starts(born)
    for row in person.row.every():
        code = row.text("SENsetting")
        if row.module != PLACEMENT or row.text("LeavingDate"):
            continue
        if code == "NEET" and age not in _NEET_AGES:
            yield Found(row, "SENsetting", f"Not in education or work at {age}.")
        elif code == "EYP" and starts is not None and starts <= frame.survey:
            words = f"With an early years provider at {age}, of compulsory school age."
            yield Found(row, "SENsetting", words)


def _other(person: Person, _: Frame) -> Iterator[Found]:
    for row in _places(person):
        code, words = row.text("SENsetting"), row.text("SENsettingOther")
        if code == "OTH" and not words:
            yield Found(row, "SENsettingOther", "Which other setting it is, is not said.")
        elif words and code != "OTH":
            yield Found(row, "SENsettingOther", "Another setting is described, and not chosen.")


def _fewer(return_: Return, frame: Frame) -> Iterator[tuple[Case, Found]]:
    """Settings where fewer children are placed than places are commissioned."""
    here = [row for _, row in return_.rows(PLACEMENT) if not row.text("LeavingDate")]
    placed = {
        kind: Counter(row.text("URN") for row in here if not item or row.text(item) == "1")
        for kind, item in _PLACES_IN.items()
    }
    for (key, kind), places in frame.places.items():
        setting: Setting | None = frame.settings.get(key)
        if setting is None or not setting.urn:
            continue
        taken = placed[kind][setting.urn]
        if taken < places:
            words = (
                f"{setting.name} has {places} places ({PLACES[kind].lower()}), and {taken} of the"
                " return's children are in them."
            )
            yield NOBODY, Found(Row(PLACEMENT, {}), "URN", words)


CHECKS = (
    each("D01", ERROR, "A URN, a UKPRN or a type of setting", _told),
    each("D02", ERROR, "URN, UKPRN and type that can be", _shaped),
    Check("D03", QUERY, "The setting was open, and of a usual type", _open),
    each("D04", QUERY, "Whether in a unit or resourced provision", _indicated),
    each("D05", ERROR, "One primary and at most one secondary place", _ranked),
    each("D06", ERROR, "Days of placements", _dated),
    each("D07", QUERY, "Type of setting that fits the age", _aged),
    each("D08", ERROR, "The other setting is described", _other),
    Check("X02", QUERY, "As many children as places commissioned", _fewer),
)
