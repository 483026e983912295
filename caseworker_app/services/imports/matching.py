"""Which child of the store a case of a file is, and in words what a person has to decide of it."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import replace
from datetime import date

from caseworker_app.domain.identity import Compared, Person, apart_in_words, compare
from caseworker_app.domain.incoming import Doubt, IncomingCase, Other, ParkedRow, Place, named
from caseworker_app.domain.known_person import known_person, was_given
from caseworker_app.domain.likeness import Likeness
from caseworker_app.domain.names import folded, reference_key, squeezed
from caseworker_app.domain.people import Child, Proposal
from caseworker_app.domain.register import Found, Register
from caseworker_app.services.cases.naming import references
from caseworker_app.services.wording import day_in_words, joined


class _Taken(Container[str]):
    """The references in use, as they come to be used."""

    def __init__(self, register: Register) -> None:
        self._register = register

    def __contains__(self, reference: object) -> bool:
        return bool(self._register.holders(reference_key(str(reference))))


class Matching:
    """Everybody the store knows, and everybody an import has made so far.

    Attributes:
        parked: cases that cannot come in.
        doubts: what a person has to decide.
        closed: whom to ask about cases that are not open to the person, by id; they are not named.
    """

    def __init__(
        self,
        known: Mapping[str, Child],
        settings: Mapping[str, str],
        headings: Mapping[str, Mapping[str, str]],
    ) -> None:
        """Know everybody in the store.

        Args:
            known: by key.
            settings: key to name; it grows as the import adds some.
            headings: sheet to (heading to field), to name the column a doubt is about.
        """
        self.parked: list[ParkedRow] = []
        self.doubts: list[Doubt] = []
        self.closed: Mapping[str, str] = {}
        self._settings = settings
        self._headings = headings
        self._register = Register()
        self._asked: Person | None = None
        self._children: dict[str, Child] = {}
        for key, child in known.items():
            self.put(key, child)
        given = [child.reference for child in known.values()]
        highest = max((int(one[2:]) for one in given if was_given(one)), default=0)
        self._next = references(_Taken(self._register), highest)

    def put(self, key: str, child: Child) -> None:
        """Know a child, or more of one."""
        if self._children.get(key) is child:
            return
        self._children[key] = child
        school = self._settings.get(child.setting_id or "", "")
        asked = self._asked
        same = asked is not None and _is_as_asked(child, school, asked)
        person = asked if asked is not None and same else known_person(child, school)
        self._register.put(key, person)

    def find(self, case: IncomingCase) -> Found:
        """Who a case is."""
        self._asked = _person(case)
        return self._register.find(self._asked)

    def park(self, case: IncomingCase, found: Found) -> None:
        """Leave a case out, naming both whom it names and whom it would have changed."""
        if found.several:
            why = f"it may be {' or '.join(self._words(key) for key in found.several)}"
        else:
            new = _person(case)
            why = " and ".join(
                f"the reference of {self._words(key)}; {_words(case)} has "
                f"{apart_in_words(self._register.persons[key], new)}"
                for key in found.blocked
            )
        self.parked.append(ParkedRow(case.place, why, case.case))

    def reference_for(self, case: IncomingCase) -> tuple[str, frozenset[str]]:
        """The reference of a new child, and by what else files have it."""
        key = reference_key(case.reference) if case.reference else ""
        if key and not self._register.holders(key):
            return case.reference, frozenset()
        return next(self._next), frozenset({key} if key else ())

    def tell_new(self, case: IncomingCase, found: Found, child: Child) -> None:
        """Tell whom a new child shares a number with, and who may be the same child."""
        key = reference_key(case.reference) if case.reference else ""
        if key and reference_key(child.reference) != key:
            own = [one for one in self._register.holders(key) if one not in found.perhaps]
            who = " and ".join(self._words(one) for one in own)
            why = f"{case.reference} is the reference of {who}; this is another child"
            self._doubt(case, "reference", case.reference, f"{why}, added as {child.reference}")
        if not (found.another or found.perhaps):
            return
        new = _person(case)
        for one in found.another if child.upn else ():
            if not new.upns.isdisjoint(self._register.persons[one].upns):
                why = f"the UPN of {self._words(one)} too, who is another child; both are kept"
                self._doubt(case, "upn", case.upn, why)
        for one in found.perhaps:
            points = points_in_words(compare(self._register.persons[one], new))
            why = f"perhaps the same child as {self._words(one)}: {points}; both are kept"
            self._doubt(case, "", case.case, f"{why}, this one as {child.reference}")

    def tell_unsure(self, case: IncomingCase, found: Found) -> bool:
        """Tell of a case that is not plainly one child of the store whom it may be.

        Returns:
            Whether it may be somebody there, or has their reference; else it is nobody there.
        """
        if found.several or found.blocked:
            self.park(case, found)
            self._doubt(case, "", case.case, self.parked.pop().why)
            return True
        new = _person(case)
        for one in found.perhaps:
            points = points_in_words(compare(self._register.persons[one], new))
            why = f"perhaps the same child as {self._words(one)}: {points}"
            self._doubt(case, "", case.case, why)
        shared = self.sharing(case, found)
        for one in found.another:
            what = "reference" if one in shared else "UPN"
            apart = apart_in_words(self._register.persons[one], new)
            why = f"has the {what} of {self._words(one)}, and {apart or 'is another child'}"
            self._doubt(case, "", case.case, why)
        return bool(found.perhaps or shared)

    def knows(self, reference: str) -> bool:
        """Whether anybody is known by a reference; nobody by none."""
        return bool(reference and self._register.holders(reference_key(reference)))

    def sharing(self, case: IncomingCase, found: Found) -> tuple[str, ...]:
        """Of those who are another child, the keys of whom a case has the reference of."""
        holders = self._register.holders(reference_key(case.reference)) if case.reference else ()
        return tuple(one for one in found.another if one in holders)

    def without_strange_upn(self, case: IncomingCase, found: Found) -> IncomingCase:
        """A new child's case without the UPN of somebody of another birthday: it is mistyped.

        Of two born on one day nobody can say whose it is, so both keep it.
        """
        strange = [
            one
            for one in found.another
            if case.upn.upper() in self._register.persons[one].upns
            and self._register.persons[one].born != case.born
        ]
        if not case.upn or not strange:
            return case
        why = f"the UPN of {self._words(strange[0])}, who is another child; not taken"
        self._doubt(case, "upn", case.upn, why)
        return replace(case, upn="")

    def without_taken(self, case: IncomingCase, key: str) -> IncomingCase:
        """The case without numbers that are another child's; each is told."""
        child = self._children[key]
        if case.reference and reference_key(case.reference) != reference_key(child.reference):
            reference = reference_key(case.reference)
            others = [one for one in self._register.holders(reference) if one != key]
            if others and reference not in child.further_references:
                why = f"the reference of {self._words(others[0])}; not taken for {known_as(child)}"
                self._doubt(case, "reference", case.reference, why)
            case = replace(case, reference="") if others else case
        if case.upn and case.upn.upper() != child.upn.upper():
            others = [one for one in self._register.with_upn(case.upn.upper()) if one != key]
            if others:
                why = f"the UPN of {self._words(others[0])}; not taken for {known_as(child)}"
                self._doubt(case, "upn", case.upn, why)
                case = replace(case, upn="")
        return case

    def proposed(self, child: Child, case: IncomingCase, found: Found) -> Child:
        """The child with what the file would change in name and birthday as proposals."""
        for field in found.differs:
            kept, value = getattr(child, field), getattr(case, field)
            column = self._column(case.place, field)
            other = Other(case.place, field, kept, value, known_as(child), case.case, column)
            before = _proposal(child, field, other.proposal.value)
            refused = before is not None and before.refused
            said = ("was refused before and is not taken",) if refused else ()
            self.doubts.append(other.doubt(*said))
            if before is None:
                child = replace(child, proposals=(*child.proposals, other.proposal))
        # These the reader has told already.
        for one in case.proposals:
            stands = getattr(child, one.field)
            stored = stands.isoformat() if isinstance(stands, date) else squeezed(stands)
            same = stored == (one.value if one.field == "born" else squeezed(one.value))
            if not same and _proposal(child, one.field, one.value) is None:
                child = replace(child, proposals=(*child.proposals, one))
        return child

    def _doubt(self, case: IncomingCase, field: str, value: str, why: str) -> None:
        column = self._column(case.place, field) if field else ""
        self.doubts.append(Doubt(case.place, column, value, why, case.case))

    def _column(self, place: Place, field: str) -> str:
        """The heading a field stands under; in words where no heading is known."""
        names = (f"{place.file}: {place.sheet}", place.sheet)
        told = next((self._headings[name] for name in names if name in self._headings), {})
        wanted = {field, "name"} if field in ("surname", "forename") else {field}
        wanted |= _IN_RETURN.get(field, set())
        return next((text for text, kind in told.items() if kind in wanted), field)

    def _words(self, key: str) -> str:
        if key in self.closed:
            return f"a child whose case is not open to you (ask {self.closed[key]})"
        return known_as(self._children[key])

    def not_open(self, found: Found) -> str:
        """Why a case stays out that may be somebody whose case is not open; "" with any other."""
        met = (*filter(None, (found.same,)), *found.several, *found.blocked)
        ask = next((self.closed[key] for key in met if key in self.closed), "")
        # Matching sees everybody; of whom is not open to somebody it says no more.
        return f"this may be a case that is not open to you: ask {ask}" if ask else ""


_IN_RETURN = {"born": {"personbirthdate"}}


def _person(case: IncomingCase) -> Person:
    return Person(
        reference=case.reference,
        surname=case.surname,
        forename=case.forename,
        born=case.born,
        upn=case.upn,
        sex=case.sex,
        school=folded(case.setting),
    )


def _is_as_asked(child: Child, school: str, asked: Person) -> bool:
    """Whether a child is compared by just what was looked for last, as most new ones are."""
    return (
        child.reference == asked.reference
        and child.surname == asked.surname
        and child.forename == asked.forename
        and child.born == asked.born
        and child.upn == asked.upn
        and child.sex == asked.sex
        and not child.further_references
        and not was_given(child.reference)
        and folded(school) == asked.school
    )


def _proposal(child: Child, field: str, value: str) -> Proposal | None:
    """The proposal of the same value that is there already."""
    wanted = value if field == "born" else squeezed(value)
    for one in child.proposals:
        if one.field == field and wanted == (one.value if field == "born" else squeezed(one.value)):
            return one
    return None


def points_in_words(found: Compared) -> str:
    """What two who may be one child share, and what not."""
    words = {Likeness.SAME: "same", Likeness.ALIKE: "a similar", Likeness.OTHER: "another"}
    name = found.name if found.name in words else Likeness.ALIKE
    parts = [f"{words[name]} name", f"{words.get(found.born, 'unknown')} birthday"]
    parts += ["same UPN"] if found.upn else []
    for differs, label in (
        (found.other_reference, "reference"),
        (found.other_upn, "UPN"),
        (found.other_sex, "sex"),
    ):
        parts += [f"another {label}"] if differs else []
    return joined(parts)


def known_as(child: Child) -> str:
    """A child of the store as a sentence names them."""
    born = f", born {day_in_words(child.born)}" if child.born else ""
    return named(child.surname, child.forename, child.reference) + born


def _words(case: IncomingCase) -> str:
    return f"{case.case}, born {day_in_words(case.born)}"
