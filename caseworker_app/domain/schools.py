"""Schools of the DfE's register (Get Information About Schools) against the council's settings.

Matched by URN; by name alone only where a person says so. What the register says of a school is
taken over; its kind and last year group only where nobody has said them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from caseworker_app.domain.names import folded
from caseworker_app.domain.people import OLDEST_YEAR, Setting

_YEAR_OF_AGE = 5
_KEPT = ("la_number", "phase", "type", "ukprn", "postcode", "head_teacher", "opened", "closed")
_INFANT, _JUNIOR, _FIRST, _PRIMARY = 7, 7, 10, 11


@dataclass(frozen=True, slots=True)
class School:
    """One row of the register.

    Attributes:
        la_name, la_number: the authority that it is in.
        lowest, highest: the statutory ages, or None.
        is_open: whether it is open, or about to close.
        opened, closed: the days, or None.
        file, row: where it stands.
    """

    urn: str
    name: str
    la_name: str = ""
    la_number: str = ""
    type: str = ""
    phase: str = ""
    lowest: int | None = None
    highest: int | None = None
    is_open: bool = True
    opened: date | None = None
    closed: date | None = None
    postcode: str = ""
    ukprn: str = ""
    head_teacher: str = ""
    file: str = ""
    row: int = 0

    @property
    def kind(self) -> str | None:
        """A key of `codes.SETTING_KINDS` by its type, phase and ages, or None."""
        words = folded(f"{self.type} {self.phase}")
        of_phase = {
            "nursery": "early_years",
            "16 plus": "post16",
            "secondary": "secondary",
            "all-through": "all_through",
            "middle deemed primary": "middle",
            "middle deemed secondary": "middle",
        }
        if "special" in words:
            return "special"
        if "further education" in words or "sixth form" in words:
            return "post16"
        return of_phase.get(folded(self.phase)) or self._primary()

    def _primary(self) -> str | None:
        if folded(self.phase) != "primary" or self.highest is None:
            return None
        if self.lowest is not None and self.lowest >= _JUNIOR:
            return "junior"
        if self.highest <= _INFANT:
            return "infant"
        if self.highest <= _FIRST:
            return "first"
        return "primary" if self.highest == _PRIMARY else None

    @property
    def last_year(self) -> int | None:
        """The last National Curriculum year taught, by the highest age; None where it has none."""
        if self.highest is None or self.kind is None:
            return None
        return max(-1, min(OLDEST_YEAR, self.highest - _YEAR_OF_AGE))


@dataclass(frozen=True, slots=True)
class Planned:
    """What bringing a register in comes to.

    Attributes:
        new: the fields of each setting to be made.
        changed: the settings of which the register says more or otherwise, with these fields.
        unchanged: how many say the same already.
        by_name: settings without a URN, each with the one school of that name: a person decides.
        several: settings without a URN whose name several schools have, with how many.
        closed: settings that are closed for good, with the day where it is known.
        renamed: settings that the register calls otherwise, with its name for them.
        left_out: how many schools of other authorities are not in the list and stay out of it.
        closed_out: how many closed schools of the council's own are not in it and stay out too.
        further_rows: how many rows are of a school that an earlier row was of; the last one counts.
        authority: the council's own authority as the register names it, or "" where it has none.
    """

    new: tuple[Mapping[str, Any], ...]
    changed: tuple[tuple[Setting, Mapping[str, Any]], ...]
    unchanged: int
    by_name: tuple[tuple[Setting, School], ...]
    several: tuple[tuple[Setting, int], ...]
    closed: tuple[tuple[Setting, date | None], ...]
    renamed: tuple[tuple[Setting, str], ...]
    left_out: int
    closed_out: int = 0
    further_rows: int = 0
    authority: str = ""


def planned(
    schools: Sequence[School],
    settings: Iterable[Setting],
    council: str,
    *,
    by_name: bool = False,
) -> Planned:
    """What a register comes to for the settings of a council.

    Args:
        schools: the rows of the register.
        settings: the council's list.
        council: its name, which holds that of its authority, by which its own schools are known;
            with "" a register of one authority is taken to be the council's own.
        by_name: whether schools found by name alone are taken.
    """
    plan = _Plan(schools, council)
    for one in settings:
        plan.take(one, by_name=by_name)
    return plan.result()


class _Plan:
    def __init__(self, schools: Sequence[School], council: str) -> None:
        self._by_urn = {one.urn: one for one in schools}
        self._further = len(schools) - len(self._by_urn)
        self._authority = _authority(schools, council)
        own = folded(self._authority)
        self._ours = {one.urn for one in schools if own and folded(one.la_name) == own}
        self._by_name: dict[str, list[School]] = {}
        for one in schools:
            if one.is_open:
                self._by_name.setdefault(folded(one.name), []).append(one)
        self._urns: set[str] = set()
        self._names: set[str] = set()
        self._changed: list[tuple[Setting, Mapping[str, Any]]] = []
        self._unchanged = 0
        self._asked: list[tuple[Setting, School]] = []
        self._several: list[tuple[Setting, int]] = []
        self._closed: list[tuple[Setting, date | None]] = []
        self._renamed: list[tuple[Setting, str]] = []

    def take(self, setting: Setting, *, by_name: bool) -> None:
        """Say what becomes of one setting of the list."""
        self._names.add(folded(setting.name))
        school = self._by_urn.get(setting.urn) if setting.urn else None
        if school is None and not setting.urn:
            school = self._named(setting)
            if school is not None and not by_name:
                self._asked.append((setting, school))
                self._urns.add(school.urn)
                return
        if school is None:
            return
        self._urns.add(school.urn)
        fields = _fields(setting, school)
        if fields:
            self._changed.append((setting, fields))
        else:
            self._unchanged += 1
        if not school.is_open:
            self._closed.append((setting, school.closed))
        if folded(school.name) != folded(setting.name):
            self._renamed.append((setting, school.name))

    def _named(self, setting: Setting) -> School | None:
        """The one open school of a setting's name, of the council's own first."""
        found = self._by_name.get(folded(setting.name), [])
        own = [one for one in found if one.urn in self._ours]
        some = own or found
        if len(some) > 1:
            self._several.append((setting, len(some)))
        return some[0] if len(some) == 1 else None

    def result(self) -> Planned:
        """All of it, with the council's schools that the list has not."""
        missing = [one for key, one in self._by_urn.items() if key not in self._urns]
        new = [one for one in missing if one.urn in self._ours and one.is_open]
        made = [self._made(one) for one in sorted(new, key=lambda one: (folded(one.name), one.urn))]
        others = sum(one.urn not in self._ours for one in missing)
        return Planned(
            tuple(made),
            tuple(self._changed),
            self._unchanged,
            tuple(self._asked),
            tuple(self._several),
            tuple(self._closed),
            tuple(self._renamed),
            others,
            len(missing) - len(new) - others,
            self._further,
            self._authority,
        )

    def _made(self, school: School) -> dict[str, Any]:
        name = school.name
        if folded(name) in self._names:
            # No two settings have one name.
            name = f"{name} ({school.postcode or school.urn})"
        if folded(name) in self._names:
            name = f"{school.name} (URN {school.urn})"
        self._names.add(folded(name))
        blank = Setting(name)
        return {"name": name, "urn": school.urn, **_fields(blank, school)}


def _authority(schools: Sequence[School], council: str) -> str:
    """The authority of a council: the longest name that stands whole in the council's own.

    The register says Tower Hamlets where the council says London Borough of Tower Hamlets.
    """
    authorities = {one.la_name for one in schools} - {""}
    if not council:
        return next(iter(authorities)) if len(authorities) == 1 else ""
    words = f" {folded(council)} "
    held = [one for one in authorities if f" {folded(one)} " in words]
    return max(held, key=len, default="")


def _fields(setting: Setting, school: School) -> dict[str, Any]:
    """What the register says otherwise, or says where the list says nothing."""
    found: dict[str, Any] = {}
    if not setting.urn:
        found["urn"] = school.urn
    for name in _KEPT:
        value = getattr(school, name)
        if value not in ("", None) and value != getattr(setting, name):
            found[name] = value
    if setting.kind is None and school.kind is not None:
        found["kind"] = school.kind
        if setting.last_year is None and school.last_year is not None:
            found["last_year"] = school.last_year
    return found
