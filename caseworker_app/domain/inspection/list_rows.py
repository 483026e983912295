"""The rows of the inspection list: every child with a plan on a day, in lettered answers.

The day the first plan was issued and that of the latest are kept apart, which SEN2 does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from caseworker_app.domain.caseload import CaseFile
from caseworker_app.domain.declarations.brought_in import Attendance, Suspension
from caseworker_app.domain.declarations.child_details import ChildDetails, together
from caseworker_app.domain.declarations.placements import Placement
from caseworker_app.domain.measures.case_view import CaseView, months_from, view
from caseworker_app.domain.names import folded
from caseworker_app.domain.over_time import covers
from caseworker_app.domain.people import Setting
from caseworker_app.domain.sen2.rows import Case

KINDS = ("child_details", "placement", "suspension", "attendance")
"""The kinds of record that the list reads, beside children and facts."""

_MONTHS = 6
_GENDERS = {"M": "Male", "F": "Female"}
_SENT_AS = {"DS": "OTH"}
"""A need that the list has no letter for, and the one it goes under."""

_PLANS = frozenset({"plan_sent", "amended_plan_sent"})
_TERMS = {"Autumn": (9, 12), "Spring": (1, 4), "Summer": (4, 8)}
"""The first and the last month of a term."""

_REFERRAL_UNITS = ("pupil referral", "alternative provision")


@dataclass(frozen=True, slots=True)
class ListLayout:
    """The list's own words.

    Attributes:
        columns: its headings, in order.
        answers: by question the answers in the order of their letters.
        phases: our kinds of setting to phases.
        home_educated: names of what stands for elective home education, folded.
    """

    sheet: str
    columns: tuple[str, ...]
    answers: Mapping[str, Sequence[str]]
    phases: Mapping[str, str]
    home_educated: frozenset[str]

    def lettered(self, question: str, answer: str) -> str:
        """An answer after its letter, "a) Yes"; "" for none the list knows."""
        known = list(self.answers[question])
        return f"{chr(ord('a') + known.index(answer))}) {answer}" if answer in known else ""

    def yes_no(self, answer: bool | None) -> str:
        """Yes or no after its letter; "" where nobody said."""
        return "" if answer is None else self.lettered("yes_no", "Yes" if answer else "No")


def layout_of(data: Mapping[str, Any], home_educated: Iterable[str]) -> ListLayout:
    """The list's words as TOML reads them."""
    return ListLayout(
        sheet=data["sheet"],
        columns=tuple(data["columns"]),
        answers=data["answers"],
        phases=data["phases"],
        home_educated=frozenset(map(folded, home_educated)),
    )


@dataclass(frozen=True, slots=True)
class ListRow:
    """A child of the list; days and texts as they are, answers with their letters.

    Attributes:
        cells: in the order of the columns; None for nothing.
    """

    case: Case
    born: date | None
    cells: tuple[str | int | float | date | None, ...]


def rows(
    files: Iterable[CaseFile],
    as_at: date,
    layout: ListLayout,
    settings: Mapping[str, Setting],
    *,
    told: frozenset[str],
) -> tuple[ListRow, ...]:
    """The list on a day, by reference.

    Args:
        files: every case, with the records of `KINDS`.
        as_at: the day.
        layout: the list's own words.
        settings: every setting, by id.
        told: the kinds of record of which the store has any: of the others nobody said anything.
    """
    found = []
    for file in files:
        seen = view(file, as_at)
        if seen.live:
            found.append(_row(seen, layout, settings, told))
    return tuple(found)


def _row(
    seen: CaseView, layout: ListLayout, settings: Mapping[str, Setting], told: frozenset[str]
) -> ListRow:
    child = seen.file.child
    details = together(seen.of(ChildDetails), child.id)
    initial, updated = _issued(seen)
    places = [one for one in seen.of(Placement) if covers(one, seen.as_at)]
    setting = seen.file.setting
    second = next((one for one in places if one.rank == "2"), None)
    beside = settings.get(second.setting_id or "") if second is not None else None
    at_home = any(one.arrangement == "EHE" for one in places if one.rank == "1") or (
        setting is not None and folded(setting.name) in layout.home_educated
    )
    care = details.social_care_status
    known = None if not care else care != "none"
    cells = (
        child.reference,
        child.upn or None,
        child.uln or None,
        child.born,
        layout.lettered("gender", _GENDERS.get(child.sex, "")),
        layout.lettered("ethnicity", details.ethnicity),
        initial,
        updated,
        _reviewed(seen),
        layout.lettered("need", _SENT_AS.get(child.need, child.need)),
        (setting.urn if setting is not None else "") or None,
        layout.lettered("phase", phase_of(setting, layout)),
        layout.lettered("phase", phase_of(beside, layout)),
        layout.yes_no(at_home),
        _excluded(seen, told, permanent=False),
        _excluded(seen, told, permanent=True),
        _absence(seen),
        layout.yes_no(details.pupil_premium),
        layout.yes_no(known),
        details.social_care_team or None if known else None,
        layout.yes_no(details.disability),
    )
    return ListRow(Case(child.id, child.reference, child.name), child.born, cells)


def _issued(seen: CaseView) -> tuple[date | None, date | None]:
    """The day the first plan was issued, where it is known, and of the latest after it."""
    spell = seen.spells[-1]
    later = [fact.on for fact in seen.facts if fact.kind in _PLANS and fact.on >= spell.since]
    initial = spell.made if spell.first else None
    latest = max(later, default=None)
    return initial, latest if latest is not None and latest != initial else None


def _reviewed(seen: CaseView) -> date | None:
    """The day of the latest review: its meeting, else its decision."""
    days = [review.meeting or review.decision for review in seen.reviews]
    before = [fact.day("last_review") for fact in seen.facts if fact.kind == "plan_transferred_in"]
    return max((day for day in (*days, *before) if day is not None), default=None)


def phase_of(setting: Setting | None, layout: ListLayout) -> str:
    """The phase of a setting in the list's words, or ""."""
    if setting is None or not setting.kind:
        return ""
    register = f"{setting.type} {setting.phase}".casefold()
    if any(words in register for words in _REFERRAL_UNITS):
        return "Pupil referral unit/Alternative provision"
    if setting.kind == "middle" and "deemed primary" in register:
        return "Middle (deemed primary)"
    return layout.phases.get(setting.kind, "")


def _excluded(seen: CaseView, told: frozenset[str], *, permanent: bool) -> int | None:
    """How often in the last six months; None where the store knows of nobody's."""
    if "suspension" not in told:
        return None
    since = months_from(seen.as_at, -_MONTHS)
    return sum(
        one.permanent is permanent and since < one.since <= seen.as_at
        for one in seen.of(Suspension)
    )


def _absence(seen: CaseView) -> float | None:
    """Per cent of sessions missed in the terms of the last six months, else in the latest term."""
    since = months_from(seen.as_at, -_MONTHS)
    terms = [(_days_of(one.term), one) for one in seen.of(Attendance)]
    begun = [(days, one) for days, one in terms if days[0] <= seen.as_at]
    if not begun:
        return None
    latest = max(days for days, _ in begun)
    counted = [one for days, one in begun if days[1] > since or days == latest]
    possible = sum(one.possible for one in counted)
    missed = possible - sum(one.attended for one in counted)
    return round(100 * missed / possible, 1) if possible else None


def _days_of(term: str) -> tuple[date, date]:
    """The first and about the last day of a term."""
    name, _, year = term.partition(" ")
    first, last = _TERMS[name]
    return date(int(year), first, 1), date(int(year), last, 28)
