"""Where a child is taught and which places the plan names, as rows of the return.

A place is told by a URN first, else by a UKPRN, else by what stands for no school (SENsetting).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from caseworker_app.domain.caseload import CaseFile
from caseworker_app.domain.codes import SETTING_KINDS
from caseworker_app.domain.declarations.growing_up import Pathway
from caseworker_app.domain.declarations.placements import Placement
from caseworker_app.domain.names import folded
from caseworker_app.domain.people import Setting
from caseworker_app.domain.sen2.frame import Frame
from caseworker_app.domain.sen2.layout import PLACEMENT, PLAN_DETAIL
from caseworker_app.domain.sen2.notes import PLANS, UNPLACED, Notes, of_place
from caseworker_app.domain.sen2.rows import Row, said

_ACTIVITIES = {
    "apprenticeship": "apprenticeship",
    "supported_apprenticeship": "apprenticeship",
    "traineeship": "traineeship",
    "internship": "internship",
}
"""The pathways that are work-based learning, and which of its meanings each is."""

OTHER = "OTH"
_NO_SETTING = "none"
"""The kind of a setting that stands for no school."""


PLANNED = (
    *("URN", "UKPRN", "SENsetting", "SENsettingOther", "PlacementRank"),
    *("SENunitIndicator", "ResourcedProvisionIndicator"),
)
"""What a plan says of the place that it names, by the items of the return."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place of a child from a day to a day.

    Attributes:
        noted: whether notes without a mark of their own are about it.
        told: whether a record tells of it, so that what it does not tick is not so.
    """

    rank: str
    since: date | None
    until: date | None
    setting: Setting | None
    arrangement: str = ""
    unit: bool = False
    resourced: bool = False
    weeks: int | None = None
    named: str = ""
    noted: bool = False
    told: bool = False

    def holds(self, day: date) -> bool:
        """Whether the child has it on a day."""
        begun = self.since is None or self.since <= day
        return begun and (self.until is None or day <= self.until)


def places_of(file: CaseFile, frame: Frame) -> tuple[Place, ...]:
    """The places of a child, by rank and first day; that of the case where no record tells any."""
    notes = Notes(file.child.sen2, frame.survey)
    kept = sorted(
        (one for one in file.kept.get("placement", ()) if isinstance(one, Placement)),
        key=lambda one: (one.rank, one.since or date.min),
    )
    noted = _noted([one for one in kept if one.rank == "1"], notes)
    found = [
        Place(
            rank=one.rank,
            since=one.since,
            until=one.until,
            setting=frame.settings.get(one.setting_id or ""),
            arrangement=one.arrangement,
            unit=one.unit,
            resourced=one.resourced,
            weeks=one.residential,
            named=one.named,
            noted=one is noted,
            told=True,
        )
        for one in kept
    ]
    if not any(one.rank == "1" for one in found):
        left = notes.day("leavingdate")
        alone = Place("1", None, left, file.setting, notes.text("sensetting"), noted=True)
        if alone.setting is not None or alone.arrangement:
            found.insert(0, alone)
    return tuple(found)


def _noted(primary: Sequence[Placement], notes: Notes) -> Placement | None:
    """The place that the notes without a mark are about: where the child was when they came."""
    entry = notes.day("entrydate")
    told = [one for one in primary if one.since == entry]
    return next(iter(told or [one for one in primary if one.since is None]), None)


def placement_rows(
    file: CaseFile, frame: Frame, places: tuple[Place, ...], until: date
) -> Iterator[Row]:
    """The placements of a plan in the year: begun by a day, and not left before the year began."""
    notes = Notes(file.child.sen2, frame.survey)
    for one in places:
        if not one.told and notes.of_this_return and notes.text(UNPLACED):
            continue
        began = one.since or (notes.day("entrydate") if one.noted else None)
        if (began is not None and began > until) or (one.until and one.until < frame.starts):
            continue
        left = one.until if one.until is not None and one.until < frame.survey else None
        values = [
            *_where(one, notes, frame),
            ("PlacementRank", one.rank),
            ("EntryDate", began),
            ("LeavingDate", left),
            *_indicators(one, notes),
        ]
        if frame.layout.has(PLACEMENT, "Res"):
            values += [
                ("Res", _band(one, notes, frame, "res")),
                ("WBP", _activity(file, one, frame, "wbp")),
            ]
        name = one.setting.name if one.setting is not None else ""
        yield Row(PLACEMENT, said(values), at=name)


def plan_rows(file: CaseFile, frame: Frame, places: tuple[Place, ...], day: date) -> Iterator[Row]:
    """The places that the plan names on a day, one a rank."""
    notes = Notes(file.child.sen2, frame.survey)
    noted = list(noted_plan_rows(notes)) if notes.of_this_return else []
    if noted:
        yield from noted
        return
    for rank in ("1", "2"):
        held = [one for one in places if one.rank == rank and one.holds(day)]
        if not held or held[-1].named == "not named":
            continue
        one = held[-1]
        where = _where(one, notes, frame)
        if one.named == "type":
            where = [("SENsetting", OTHER), ("SENsettingOther", _type_named(one, notes))]
        values = [*where, ("PlacementRank", rank), *_indicators(one, notes)]
        yield Row(PLAN_DETAIL, said(values), at=one.setting.name if one.setting else "")


def noted_plan_rows(notes: Notes) -> Iterator[Row]:
    """The places named in the plan as a return brought in had them, where they differ."""
    for number in ("1", "2"):
        start = f"{PLANS}{number}."
        values = [(name, notes.text(f"{start}{name.lower()}")) for name in PLANNED]
        found = said(values)
        if found:
            yield Row(PLAN_DETAIL, found)


def planned(file: CaseFile, frame: Frame, places: tuple[Place, ...], day: date) -> tuple[str, str]:
    """The residential band and the work-based learning that the plan names on a day."""
    notes = Notes(file.child.sen2, frame.survey)
    held = [one for one in places if one.rank == "1" and one.holds(day)]
    if not held:
        return notes.text("planres"), notes.text("planwbp")
    one = held[-1]
    if one.named in ("not named", "type"):
        return notes.text("planres"), notes.text("planwbp")
    return _band(one, notes, frame, "planres"), _activity(file, one, frame, "planwbp")


def _where(place: Place, notes: Notes, frame: Frame) -> list[tuple[str, str | date | None]]:
    at = place.setting
    if at is not None and at.urn:
        return [("URN", at.urn)]
    ukprn = (at.ukprn if at is not None else "") or _note(place, notes, "ukprn")
    if ukprn:
        return [("UKPRN", ukprn)]
    code = place.arrangement or _note(place, notes, "sensetting")
    words = _note(place, notes, "sensettingother") if code == OTHER else ""
    if not code and at is not None and at.kind == _NO_SETTING:
        code = frame.layout.setting_names.get(folded(at.name), OTHER)
        words = at.name if code == OTHER else ""
    return [("SENsetting", code), ("SENsettingOther", words)]


def _type_named(place: Place, notes: Notes) -> str:
    """The type of setting that a plan names without a school."""
    noted = notes.text("sensettingother")
    kind = place.setting.kind if place.setting is not None else None
    return noted or SETTING_KINDS.get(kind or "", "")


def _indicators(place: Place, notes: Notes) -> list[tuple[str, str | date | None]]:
    """Whether it is in a SEN unit or resourced provision; blank where nobody said."""
    ticked = (
        ("SENunitIndicator", place.unit, "senunitindicator"),
        ("ResourcedProvisionIndicator", place.resourced, "resourcedprovisionindicator"),
    )
    return [
        (name, "1" if yes else _note(place, notes, note) or ("0" if place.told else ""))
        for name, yes, note in ticked
    ]


def _note(place: Place, notes: Notes, item: str) -> str:
    own = notes.text(of_place(item, place.rank, place.since))
    return own or (notes.text(item) if place.noted else "")


def _band(place: Place, notes: Notes, frame: Frame, item: str) -> str:
    if place.weeks is not None:
        return frame.readings.band(place.weeks)
    return _note(place, notes, item)


def _activity(file: CaseFile, place: Place, frame: Frame, item: str) -> str:
    """The letter of the work-based learning that a pathway says has begun, or what was noted."""
    notes = Notes(file.child.sen2, frame.survey)
    if place.rank != "1" or not place.holds(frame.survey):
        return _note(place, notes, item)
    for one in file.kept.get("pathway", ()):
        if isinstance(one, Pathway) and one.state == "started" and one.kind in _ACTIVITIES:
            begun = one.since is None or one.since <= frame.survey
            if begun and (one.until is None or one.until >= frame.survey):
                return frame.readings.letter("WBP", _ACTIVITIES[one.kind])
    return _note(place, notes, item)
