"""Persons of the return to children: one with two requests may be there twice."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from caseworker_app.domain.incoming import CellProblem, Conflict, ParkedRow
from caseworker_app.domain.names import folded
from caseworker_app.imports.sen2.joins import Request
from caseworker_app.imports.sen2.tables import Record

_UPN = re.compile(r"[A-Z]\d{11}[0-9A-Z]")
_ITEMS = ("surname", "forename", "sex", "uniquelearnernumber")


@dataclass(frozen=True, slots=True)
class Person:
    """A child and her requests."""

    record: Record
    born: date
    requests: list[Request]


@dataclass(slots=True)
class People:
    """Children by UPN, and by name and date of birth."""

    everybody: list[Person] = field(default_factory=list)
    parked: list[ParkedRow] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    _by_upn: dict[str, Person] = field(default_factory=dict)
    _by_name: dict[tuple[str, str, date], Person] = field(default_factory=dict)

    def add(self, record: Record, requests: list[Request], problems: list[CellProblem]) -> None:
        """Bring a row of the person module in, as a new child or as more of a known one."""
        born = record.day("personbirthdate")
        names = (folded(record.text("surname")), folded(record.text("forename")))
        missing = [] if any(names) else ["no name"]
        if born is None:
            missing.append("no date of birth")
        if missing or born is None:
            self.parked.append(ParkedRow(record.place, " and ".join(missing)))
            return
        _check_upn(record, problems)
        upn = record.text("upn")
        known = self._by_upn.get(upn)
        if known is not None and not _same(known, names[0], born):
            why = f"another child has it: row {known.record.place.row}"
            problems.append(record.problem("upn", upn, why))
            del record.values["upn"]
            known, upn = None, ""
        if known is None:
            alike = self._by_name.get((*names, born))
            if alike is not None and upn in ("", alike.record.text("upn")):
                known = alike
        if known is None:
            known = Person(record, born, requests)
            self.everybody.append(known)
        else:
            self._merge(known, record, requests)
        self._by_name.setdefault((*names, born), known)
        if upn:
            self._by_upn.setdefault(upn, known)

    def _merge(self, known: Person, record: Record, requests: list[Request]) -> None:
        known.requests.extend(requests)
        for item in _ITEMS:
            kept, other = known.record.text(item), record.text(item)
            if kept and other and folded(kept) != folded(other):
                self.conflicts.append(Conflict(record.place, "", item, kept, other))


def _same(known: Person, surname: str, born: date) -> bool:
    return known.born == born or folded(known.record.text("surname")) == surname


def _check_upn(record: Record, problems: list[CellProblem]) -> None:
    written = record.text("upn")
    upn = written.replace(" ", "").upper()
    if not upn:
        return
    record.values["upn"] = upn
    if not _UPN.fullmatch(upn):
        why = "not a UPN of thirteen letters and figures"
        problems.append(record.problem("upn", written, why))
        del record.values["upn"]
