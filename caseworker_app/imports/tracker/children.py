"""Rows to children: the same child on two rows is one child, and the first to speak is believed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from caseworker_app.domain.facts import Fact, in_order
from caseworker_app.domain.incoming import CellProblem, Conflict, IncomingCase, ParkedRow, Place
from caseworker_app.domain.names import squeezed
from caseworker_app.imports.tracker.events import ONCE
from caseworker_app.imports.tracker.names import Spelling
from caseworker_app.imports.tracker.row import Reports, RowRead, why_parked

REVIEWS_APART = timedelta(days=150)
"""Two dates of the same step that lie further apart belong to two reviews."""


@dataclass(slots=True)
class Child:
    """A child as the rows so far have her."""

    place: Place
    texts: dict[str, str]
    born: date
    once: dict[str, Fact]
    reviews: list[dict[str, Fact]]
    comments: list[str]

    def case(self, spelling: Spelling) -> IncomingCase:
        """The child as the store takes her."""
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
        )


@dataclass(slots=True)
class Children:
    """Everybody seen so far, found by reference, by UPN, or by name and date of birth."""

    everybody: list[Child] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    _by_reference: dict[str, Child] = field(default_factory=dict)
    _by_upn: dict[str, Child] = field(default_factory=dict)
    _by_whole_name: dict[str, list[Child]] = field(default_factory=lambda: defaultdict(list))
    _by_name: dict[tuple[str, date], list[Child]] = field(default_factory=lambda: defaultdict(list))

    def cases(self) -> tuple[IncomingCase, ...]:
        """Every child in the order she was first seen, her name in its usual spelling."""
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
        known = self._by_reference.get(_key(row.texts.get("reference", "")))
        if known is not None and not _same_person(known, row):
            self._park_double(row, known, reports)
            return
        if known is None:
            known = self._without_reference(row, reports)
        if known is None:
            known = Child(row.place, row.texts, row.born, row.once, row.reviews, row.comments)
            self.everybody.append(known)
            self._by_name[_name(row.texts), row.born].append(known)
            self._by_whole_name[_name(row.texts)].append(known)
        else:
            self._merge(known, row)
        self._index(known)

    def add_to_known(self, row: RowRead, reports: Reports) -> None:
        """Bring in a row of a table that has no names or no dates of birth of its own."""
        known = self.known(row)
        if known is None or row.unsure:
            reports.parked.append(
                ParkedRow(row.place, why_parked(row) or "no child known by it", row.case)
            )
        else:
            self._merge(known, row)

    def known(self, row: RowRead) -> Child | None:
        """The child that a row is about, by reference, UPN, or a name that only one has."""
        known = self._by_reference.get(_key(row.texts.get("reference", "")))
        known = known or self._by_upn.get(row.texts.get("upn", ""))
        if known is None and row.texts.get("surname"):
            alike = self._by_whole_name.get(_name(row.texts), [])
            known = alike[0] if len(alike) == 1 else None
        return known

    def _without_reference(self, row: RowRead, reports: Reports) -> Child | None:
        upn = row.texts.get("upn", "")
        known = self._by_upn.get(upn)
        if known is not None:
            if _same_person(known, row):
                return known
            why = f"another child has it: {_where(known)}"
            reports.problems.append(CellProblem(row.place, row.headings["upn"], upn, why))
            del row.texts["upn"]
        alike = self._by_name.get((_name(row.texts), row.born or date.min), [])
        return next((child for child in alike if not _told_apart(child.texts, row.texts)), None)

    def _park_double(self, row: RowRead, known: Child, reports: Reports) -> None:
        reference = row.texts["reference"]
        why = f"another child has the reference {reference}: {_where(known)}"
        reports.parked.append(ParkedRow(row.place, why, row.case))
        name = ", ".join(filter(None, (row.texts.get("surname"), row.texts.get("forename"))))
        kept = ", ".join(filter(None, (known.texts.get("surname"), known.texts.get("forename"))))
        self.conflicts.append(Conflict(row.place, reference, "reference", kept, name))

    def _index(self, child: Child) -> None:
        if reference := _key(child.texts.get("reference", "")):
            self._by_reference.setdefault(reference, child)
        if upn := child.texts.get("upn"):
            self._by_upn.setdefault(upn, child)

    def _merge(self, child: Child, row: RowRead) -> None:
        for name, text in row.texts.items():
            kept = child.texts.setdefault(name, text)
            if squeezed(kept) != squeezed(text):
                self._conflict(child, row, name, kept, text)
        if row.born is not None and row.born != child.born:
            self._conflict(child, row, "born", f"{child.born:%d/%m/%Y}", f"{row.born:%d/%m/%Y}")
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


def _same_person(child: Child, row: RowRead) -> bool:
    """Whether what a row says of the person fits the child on one point at least."""
    if row.born == child.born:
        return True
    surnames = (squeezed(child.texts.get("surname", "")), squeezed(row.texts.get("surname", "")))
    return surnames[0] == surnames[1] and _name(child.texts) == _name(row.texts)


def _told_apart(one: dict[str, str], other: dict[str, str]) -> bool:
    """Whether two of the same name and birthday are two: other references, other UPNs."""
    references = _key(one.get("reference", "")), _key(other.get("reference", ""))
    upns = one.get("upn", ""), other.get("upn", "")
    if all(references) and references[0] != references[1]:
        return True
    return all(upns) and upns[0] != upns[1]


def _where(child: Child) -> str:
    return f"{child.place.sheet}, row {child.place.row}"


def _name(texts: dict[str, str]) -> str:
    return f"{squeezed(texts.get('surname', ''))}|{squeezed(texts.get('forename', ''))}"


def _key(reference: str) -> str:
    return reference.replace(" ", "").casefold()
