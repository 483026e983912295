"""Persons of the return to children: one with two requests is there twice, and twins are two."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from caseworker_app.domain import identity, uln, upn
from caseworker_app.domain.identity import apart_in_words
from caseworker_app.domain.incoming import CellProblem, Conflict, Doubt, Other, ParkedRow, named
from caseworker_app.domain.names import folded
from caseworker_app.domain.people import Proposal
from caseworker_app.domain.register import Found, Register
from caseworker_app.imports.sen2.joins import Request
from caseworker_app.imports.sen2.tables import Record
from caseworker_app.imports.tracker.name_notes import cleaned, spaced

SEXES = {"M": "M", "F": "F", "1": "M", "2": "F"}

_ITEMS = ("sex", "uniquelearnernumber")
_BORN = "personbirthdate"
_NAMES = frozenset({"surname", "forename"})


@dataclass(frozen=True, slots=True)
class Person:
    """A child of the return.

    Attributes:
        record: the first row that names the child.
        requests: of all rows that do; filled when everybody is known.
        proposals: other names and birthdays that further rows have.
        notes: what stands beside the names.
    """

    record: Record
    born: date
    requests: list[Request] = field(default_factory=list)
    proposals: list[Proposal] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        """The child and where it stands."""
        return f"{named_in(self.record)}, {self.record.place.sheet}, row {self.record.place.row}"


@dataclass(slots=True)
class People:
    """Everybody of a return.

    Attributes:
        further_rows: rows of a child that an earlier row had named.
        owners: a person's id to those whose rows have it, None for a row that is parked. Requests
            follow an id only where it is one child's.
    """

    everybody: list[Person] = field(default_factory=list)
    parked: list[ParkedRow] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    further_rows: int = 0
    owners: dict[str, list[Person | None]] = field(default_factory=dict)
    _register: Register = field(default_factory=Register)

    def add(self, record: Record, problems: list[CellProblem]) -> None:
        """Bring a row of the person module in, as a new child or as more of a known one."""
        born = record.day(_BORN)
        notes = self._take_notes(record)
        missing = [] if record.text("surname") or record.text("forename") else ["no name"]
        if not missing and record.unread & _NAMES:
            missing.append("part of the name cannot be read")
        if born is None:
            missing.append("no date of birth")
        person = None
        if missing or born is None:
            self._park(record, " and ".join(missing))
        else:
            _check_upn(record, problems)
            if why := upn.fault(record.text("upn")) if record.text("upn") else "":
                self._doubt(record, "upn", f"{why}; kept as written")
            learner = uln.tidy(record.text("uniquelearnernumber"))
            if learner and (why := uln.fault(learner)):
                self._doubt(record, "uniquelearnernumber", f"{why}; kept as written")
            person = self._brought(record, born, problems)
            if person is not None:
                person.notes.extend(one for one in notes if one not in person.notes)
        self.owners.setdefault(record.text("persontableid"), []).append(person)

    def _take_notes(self, record: Record) -> list[str]:
        """Take what stands beside the names of a row out of them."""
        notes: list[str] = []
        for item in sorted(_NAMES):
            if text := record.text(item):
                found = cleaned(text, whole=False)
                for why in found.doubts:
                    self._doubt(record, item, why)
                notes += found.notes
                record.values[item] = spaced(found.name)
        return notes

    def _doubt(self, record: Record, item: str, why: str) -> None:
        heading, case = record.headings.get(item, item), named_in(record)
        self.doubts.append(Doubt(record.place, heading, record.text(item), why, case))

    def _brought(self, record: Record, born: date, problems: list[CellProblem]) -> Person | None:
        found = self._register.find(_compared(record, born))
        if found.same:
            known = self._of(found.same)
            self._merge(known, record, found.differs)
            return known
        if found.several or found.blocked:
            self._park(record, self._why_not(found, record, born))
            return None
        self._drop_strange_upn(record, born, found, problems)
        person = Person(record, born)
        key = str(len(self.everybody))
        self.everybody.append(person)
        self._register.put(key, _compared(record, born))
        return person

    def attach(self, requests: dict[str, list[Request]], problems: list[CellProblem]) -> None:
        """Give every child its requests, by the person's id; where two share one, nobody any."""
        for key, people in self.owners.items():
            one = people[0]
            if one is not None and all(other is one for other in people):
                one.requests.extend(requests.get(key, []))
                continue
            why = "more than one row of person has this id, and they are not one child"
            if len(people) > 1:
                problems += [
                    request.record.problem("persontableid", key, why)
                    for request in requests.get(key, [])
                ]

    def _of(self, key: str) -> Person:
        return self.everybody[int(key)]

    def _park(self, record: Record, why: str) -> None:
        self.parked.append(ParkedRow(record.place, why, named_in(record)))

    def _why_not(self, found: Found, record: Record, born: date) -> str:
        if found.several:
            return f"it may be {' or '.join(self._of(key).words for key in found.several)}"
        new = _compared(record, born)
        return " and ".join(
            f"the number of {self._of(key).words}; {named_in(record)} has "
            f"{apart_in_words(self._register.persons[key], new)}"
            for key in found.blocked
        )

    def _drop_strange_upn(
        self, record: Record, born: date, found: Found, problems: list[CellProblem]
    ) -> None:
        """Take a mistyped UPN out of a row: that of somebody who was born on another day."""
        number = record.text("upn")
        for key in found.another if number else ():
            known = self._of(key)
            if known.record.text("upn") == number and known.born != born:
                why = f"another child has it: row {known.record.place.row}"
                problems.append(record.problem("upn", number, why))
                del record.values["upn"]
                return

    def _merge(self, known: Person, record: Record, differs: tuple[str, ...]) -> None:
        self.further_rows += 1
        for name in differs:
            item = _BORN if name == "born" else name
            other = Other(
                record.place,
                name,
                known.record.values[item],
                record.values[item],
                known.words,
                named_in(record),
                record.headings.get(item, item),
            )
            if other.proposal.key not in {one.key for one in known.proposals}:
                known.proposals.append(other.proposal)
            self.doubts.append(other.doubt())
        for item in _ITEMS:
            kept, new = known.record.text(item), record.text(item)
            if kept and new and folded(kept) != folded(new):
                self.conflicts.append(Conflict(record.place, "", item, kept, new))


def named_in(record: Record) -> str:
    """The child as a row of the return has them."""
    return named(record.text("surname"), record.text("forename"))


def _compared(record: Record, born: date) -> identity.Person:
    return identity.Person(
        surname=record.text("surname"),
        forename=record.text("forename"),
        born=born,
        upn=record.text("upn"),
        sex=SEXES.get(record.text("sex").upper(), ""),
    )


def _check_upn(record: Record, problems: list[CellProblem]) -> None:
    written = record.text("upn")
    tidied = upn.tidy(written)
    if not tidied:
        return
    record.values["upn"] = tidied
    if not upn.is_upn(tidied):
        why = "not a UPN of thirteen letters and figures"
        problems.append(record.problem("upn", written, why))
        del record.values["upn"]
