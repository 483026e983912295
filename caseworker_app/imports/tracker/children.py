"""Rows to children: the same child on two rows is one child, and the first to speak is believed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from caseworker_app.domain.facts import Fact, in_order
from caseworker_app.domain.identity import Person, apart_in_words
from caseworker_app.domain.incoming import (
    CellProblem,
    Conflict,
    Doubt,
    IncomingCase,
    Other,
    ParkedRow,
    Place,
    named,
)
from caseworker_app.domain.names import reference_key, squeezed
from caseworker_app.domain.people import Proposal
from caseworker_app.domain.register import Found, Register
from caseworker_app.imports.tracker.events import ONCE
from caseworker_app.imports.tracker.names import Spelling
from caseworker_app.imports.tracker.row import Reports, RowRead, person, why_parked

REVIEWS_APART = timedelta(days=150)
"""Two dates of the same step that lie further apart belong to two reviews."""


@dataclass(slots=True)
class Child:
    """A child as the rows so far have it."""

    place: Place
    texts: dict[str, str]
    born: date
    once: dict[str, Fact]
    reviews: list[dict[str, Fact]]
    comments: list[str]
    proposals: list[Proposal] = field(default_factory=list)

    @property
    def person(self) -> Person:
        """The child as it is compared with others."""
        return person(self.texts, self.born)

    @property
    def words(self) -> str:
        """The child and where it was first met: "Surname, Forename (reference), Sheet, row 2"."""
        parts = (self.texts.get(name, "") for name in ("surname", "forename", "reference"))
        return f"{named(*parts)}, {_where(self.place)}"

    def case(self, spelling: Spelling) -> IncomingCase:
        """The child as the store takes it."""
        facts = [*self.once.values(), *(fact for one in self.reviews for fact in one.values())]
        texts = self.texts
        return IncomingCase(
            place=self.place,
            reference=texts.get("reference", ""),
            surname=spelling.of(texts.get("surname", "")),
            forename=spelling.of(texts.get("forename", "")),
            born=self.born,
            upn=texts.get("upn", ""),
            uln=texts.get("uln", ""),
            sex=texts.get("sex", ""),
            need=texts.get("need", ""),
            secondary_need=texts.get("secondary_need", ""),
            setting=texts.get("setting", ""),
            caseworker=texts.get("caseworker", ""),
            template=texts.get("template", ""),
            comment="; ".join(dict.fromkeys(self.comments)),
            facts=in_order(tuple(facts)),
            one_cycle=True,
            proposals=tuple(
                one if one.field == "born" else replace(one, value=spelling.of(one.value))
                for one in self.proposals
            ),
        )


@dataclass(slots=True)
class Children:
    """Everybody seen so far.

    Attributes:
        further_rows: rows of a child that an earlier row had made a case of.
    """

    everybody: list[Child] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    further_rows: int = 0
    _register: Register = field(default_factory=Register)

    def cases(self) -> tuple[IncomingCase, ...]:
        """Every child in the order of their first rows, names in their usual spelling."""
        names = [
            child.texts[part]
            for child in self.everybody
            for part in ("surname", "forename")
            if part in child.texts
        ]
        spelling = Spelling(names)
        return tuple(child.case(spelling) for child in self.everybody)

    def add(self, row: RowRead, reports: Reports) -> None:
        """Bring a row in as a new child or as more of a known one; or park it."""
        why = why_parked(row)
        if why or row.born is None:
            reports.parked.append(ParkedRow(row.place, why, row.case))
            return
        who = row.person
        found = self._register.find(who)
        if found.same:
            self._merge(found, row, reports)
        elif found.several or found.blocked:
            reports.parked.append(ParkedRow(row.place, self._why_not(row, found), row.case))
        else:
            if found.another and self._drop_strange_upn(row, found, reports):
                who = row.person
            # Whoever shares a reference, a UPN or a name is told when the store is seen too.
            key = str(len(self.everybody))
            known = Child(row.place, row.texts, row.born, row.once, row.reviews, row.comments)
            self.everybody.append(known)
            self._register.put(key, who)

    def _drop_strange_upn(self, row: RowRead, found: Found, reports: Reports) -> bool:
        """Take a mistyped UPN out of a row, that of one born on another day; whether it did."""
        upn = row.texts.get("upn", "")
        for key in found.another if upn else ():
            known = self._of(key)
            if known.texts.get("upn") == upn and known.born != row.born:
                why = f"another child has it: {_where(known.place)}"
                reports.problems.append(CellProblem(row.place, row.headings["upn"], upn, why))
                del row.texts["upn"]
                return True
        return False

    def add_to_known(self, row: RowRead, reports: Reports) -> None:
        """Bring in a row of a table that has no names or no dates of birth of its own."""
        found = self._register.find(row.person)
        if found.same and not row.unsure:
            self._merge(found, row, reports)
            return
        why = why_parked(row) or "no child known by it"
        if not row.unsure and (found.several or found.blocked):
            why = self._why_not(row, found)
        reports.parked.append(ParkedRow(row.place, why, row.case))

    def knows(self, row: RowRead) -> bool:
        """Whether a row is about somebody seen before, or somebody of their reference or name."""
        found = self._register.find(row.person)
        return bool(found.same or found.several or found.blocked)

    def _of(self, key: str) -> Child:
        return self.everybody[int(key)]

    def _why_not(self, row: RowRead, found: Found) -> str:
        if found.several:
            return f"it may be {' or '.join(self._of(key).words for key in found.several)}"
        return " and ".join(
            f"the reference of {self._of(key).words}; {row.case} has "
            f"{apart_in_words(self._of(key).person, row.person)}"
            for key in found.blocked
        )

    def _merge(self, found: Found, row: RowRead, reports: Reports) -> None:
        child, differs = self._of(found.same), found.differs
        self.further_rows += 1
        for name in differs:
            reports.doubts.append(_proposed(child, row, name))
        for name, text in row.texts.items():
            kept = child.texts.setdefault(name, text)
            if name not in differs and not _same_text(name, kept, text):
                self._conflict(child, row, name, kept, text)
        self._register.put(found.same, child.person)
        for kind in ONCE:
            if kind in row.once:
                self._merge_fact(child, row, child.once, row.once[kind])
        for review in row.reviews:
            mine = next((one for one in child.reviews if not _apart(one, review)), None)
            if mine is None:
                child.reviews.append(review)
                continue
            for fact in review.values():
                self._merge_fact(child, row, mine, fact)
        child.comments += row.comments

    def _merge_fact(self, child: Child, row: RowRead, mine: dict[str, Fact], fact: Fact) -> None:
        kept = mine.setdefault(fact.kind, fact)
        if kept.on != fact.on:
            self._conflict(child, row, fact.kind, f"{kept.on:%d/%m/%Y}", f"{fact.on:%d/%m/%Y}")
            return
        for key, value in fact.detail.items():
            if key not in kept.detail:
                mine[fact.kind] = Fact(kept.kind, kept.on, {**kept.detail, key: value})
            elif kept.detail[key] != value:
                self._conflict(child, row, key, str(kept.detail[key]), str(value))

    def _conflict(self, child: Child, row: RowRead, name: str, kept: str, other: str) -> None:
        reference = child.texts.get("reference", "")
        self.conflicts.append(Conflict(row.place, reference, name, kept, other))


def _apart(one: dict[str, Fact], other: dict[str, Fact]) -> bool:
    """Whether two sets of events are two reviews, one wholly and well before the other."""
    ones, others = _days(one.values()), _days(other.values())
    if not (max(ones) < min(others) or max(others) < min(ones)):
        return False
    shared = one.keys() & other.keys()
    gaps = [abs(one[kind].on - other[kind].on) for kind in shared]
    gaps = gaps or [min(abs(a - b) for a in ones for b in others)]
    return min(gaps) > REVIEWS_APART


def _days(facts: Iterable[Fact]) -> list[date]:
    return [fact.on for fact in facts]


def _proposed(child: Child, row: RowRead, name: str) -> Doubt:
    """Keep another name or birthday as a proposal; the value is what is told of it."""
    kept, value = (child.born, row.born) if name == "born" else (child.texts[name], row.texts[name])
    assert value is not None
    column = row.headings.get(name) or row.headings.get("name", "")
    other = Other(row.place, name, kept, value, child.words, row.case, column)
    if other.proposal.key not in {one.key for one in child.proposals}:
        child.proposals.append(other.proposal)
    return other.doubt()


def _same_text(name: str, kept: str, text: str) -> bool:
    if name == "reference":
        return reference_key(kept) == reference_key(text)
    return squeezed(kept) == squeezed(text)


def _where(place: Place) -> str:
    return f"{place.sheet}, row {place.row}"
