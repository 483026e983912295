"""Is this the same child? One decision, for rows of a sheet, files of an import, and the store.

A shared reference or UPN is a hint and never a proof: twins share surname, birthday and school, and
often a copied UPN. So two of one birthday with plainly different forenames, or another sex, are two
children; and where another name meets another birthday, it is another child.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import Enum, auto

from caseworker_app.domain.likeness import Likeness, birthdays, forenames, surnames
from caseworker_app.domain.names import reference_key, squeezed

_UPN, _SEX, _WAS = "upn:", "sex:", "was:"
_NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Person:
    """What one side knows of a child, as it is compared.

    Attributes:
        reference: as written, or "".
        given: the reference is one that the store gave, which says nothing of who it is.
        further: other references, as `reference_key` has them, UPNs as `upn:...`, sexes as
            `sex:...` and former names with birthday as `was:...`, by which the child is known too.
        school: folded, or "" where it is not known.
        names: surname and forename as they are compared.
        references, upns, sexes: all that the child is known by, as they are compared.
        whole: names and birthday in one, as they are compared.
        former: what `whole` was before a person changed it.
    """

    reference: str = ""
    surname: str = ""
    forename: str = ""
    born: date | None = None
    upn: str = ""
    sex: str = ""
    given: bool = False
    further: frozenset[str] = frozenset()
    school: str = ""
    names: tuple[str, str] = field(init=False, default=("", ""))
    references: frozenset[str] = field(init=False, default=frozenset())
    upns: frozenset[str] = field(init=False, default=frozenset())
    sexes: frozenset[str] = field(init=False, default=frozenset())
    whole: str = field(init=False, default="")
    former: frozenset[str] = field(init=False, default=frozenset())

    def __post_init__(self) -> None:
        """Work out once what every comparison asks for."""
        told = frozenset((self.sex,)) if self.sex else _NOTHING
        upns = frozenset((self.upn.upper(),)) if self.upn else _NOTHING
        own = frozenset((reference_key(self.reference),)) if self.reference else _NOTHING
        if self.further:
            told |= _marked(_SEX, self.further)
            upns |= _marked(_UPN, self.further)
            own |= {one for one in self.further if not one.startswith((_UPN, _SEX, _WAS))}
            object.__setattr__(self, "former", _marked(_WAS, self.further))
        names = squeezed(self.surname), squeezed(self.forename)
        object.__setattr__(self, "names", names)
        object.__setattr__(self, "whole", "|".join((*names, str(self.born))))
        object.__setattr__(self, "references", own)
        object.__setattr__(self, "upns", upns)
        object.__setattr__(self, "sexes", told)


def absorbed(person: Person) -> frozenset[str]:
    """By what a case that is merged into another stays known: for the other's `further`."""
    marks = {_UPN + one for one in person.upns} | {_SEX + one for one in person.sexes}
    return person.references | marks | former(person)


def former(person: Person) -> frozenset[str]:
    """The name and birthday a person is about to change: for `further`, so that old files fit."""
    return frozenset({_WAS + one for one in (person.whole, *person.former)})


class Verdict(Enum):
    """What two sides come to.

    SAME: one child; see `Judgement.differs`.
    ANOTHER: two children, though they share a reference or a UPN.
    PARK: another name and another birthday under one reference: nobody can say what was meant.
    PERHAPS: kept as two, and told.
    NONE: nothing connects them.
    """

    SAME = auto()
    ANOTHER = auto()
    PARK = auto()
    PERHAPS = auto()
    NONE = auto()

    # Members are one of each; the hash of their names is worked out anew each time.
    __hash__ = object.__hash__


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict on two sides, and what it rests on.

    Attributes:
        differs: for SAME, those of surname, forename and born that a person has to decide on.
        points: for SAME, how well it fits: nothing differs, shared reference, shared UPN, the
            reference written alike.
    """

    verdict: Verdict
    differs: tuple[str, ...] = ()
    points: tuple[bool, bool, bool, bool] = (False, False, False, False)


_NONE = Judgement(Verdict.NONE)


@dataclass(frozen=True, slots=True)
class Compared:
    """Two sides, point by point.

    Attributes:
        reference, upn: they share one.
        other_reference, other_upn: both have their own, and they share none.
        other_sex: both say one, and not the same.
        same_school: both say one, and the same.
        literal: the references are written alike.
    """

    surname: Likeness
    forename: Likeness
    born: Likeness
    reference: bool
    other_reference: bool
    upn: bool
    other_upn: bool
    other_sex: bool
    same_school: bool
    literal: bool

    @property
    def name(self) -> Likeness:
        """How near the whole names are."""
        if Likeness.OTHER in (self.surname, self.forename):
            return Likeness.OTHER
        return min(self.surname, self.forename) if self.known_names else Likeness.UNKNOWN

    @property
    def known_names(self) -> bool:
        """Whether both sides say both names, or leave the same one out."""
        return Likeness.UNKNOWN not in (self.surname, self.forename)

    def same(self) -> Judgement:
        """One child, with what differs for a person to decide."""
        parts = (("surname", self.surname), ("forename", self.forename), ("born", self.born))
        differs = tuple(name for name, how in parts if how < Likeness.SAME)
        points = (not differs, self.reference, self.upn, self.literal)
        return Judgement(Verdict.SAME, differs, points)


def judge(known: Person, new: Person) -> Judgement:
    """Whether two sides are one child. Neither order nor place matters."""
    if _are_strangers(known, new):
        return _NONE
    found = compare(known, new)
    if found.reference:
        return _under_reference(found)
    if found.upn:
        return _under_upn(found)
    return _without_hint(found)


def _are_strangers(known: Person, new: Person) -> bool:
    """Whether it shows at a glance that nothing connects two, as for most born on one day."""
    if not (known.references.isdisjoint(new.references) and known.upns.isdisjoint(new.upns)):
        return False
    if known.former or new.former or known.names == new.names[::-1]:
        return False
    if known.born != new.born:
        return None not in (known.born, new.born) and known.names != new.names
    return forenames(known.forename, new.forename) == Likeness.OTHER


def apart_in_words(known: Person, new: Person) -> str:
    """In what two sides plainly differ, "another name and another birthday"."""
    found = compare(known, new)
    parts = []
    if found.name < Likeness.SAME:
        parts.append("another name")
    if found.born < Likeness.SAME:
        parts.append("another birthday")
    if found.other_sex:
        parts.append("another sex")
    return " and ".join(parts)


def compare(known: Person, new: Person) -> Compared:
    """Two sides, point by point."""
    surname = surnames(known.surname, new.surname)
    forename = forenames(known.forename, new.forename)
    born = birthdays(known.born, new.born)
    if known.former and new.whole in known.former:
        # A person changed it since: an older file is no doubt any more.
        surname = forename = born = Likeness.SAME
    elif Likeness.OTHER in (surname, forename) and known.names == new.names[::-1]:
        # Written the wrong way round: a difference, but not another name.
        surname = forename = Likeness.ALIKE
    mine, theirs = known.references, new.references
    upns = known.upns, new.upns
    sexes = known.sexes, new.sexes
    shared = not mine.isdisjoint(theirs)
    own = bool(mine and theirs) and not (known.given or new.given)
    return Compared(
        surname=surname,
        forename=forename,
        born=born,
        reference=shared,
        other_reference=own and not shared,
        upn=not upns[0].isdisjoint(upns[1]),
        other_upn=all(upns) and upns[0].isdisjoint(upns[1]),
        other_sex=all(sexes) and sexes[0].isdisjoint(sexes[1]),
        same_school=bool(known.school) and known.school == new.school,
        literal=bool(new.reference) and known.reference == new.reference,
    )


def _under_reference(found: Compared) -> Judgement:
    other = found.other_sex or found.forename == Likeness.OTHER
    if found.born == Likeness.SAME:
        # Initials and short forms fit twins as well, whose own UPNs then tell them apart.
        unsure = found.other_upn and found.name != Likeness.SAME
        return Judgement(Verdict.ANOTHER) if other or unsure else found.same()
    if other:
        return Judgement(Verdict.PARK)
    if found.born == Likeness.UNKNOWN:
        lone = found.surname == Likeness.OTHER and found.forename != Likeness.SAME
        return Judgement(Verdict.PARK) if lone else found.same()
    if found.surname == Likeness.OTHER:
        return Judgement(Verdict.PARK)
    slip = found.born == Likeness.ALIKE
    fits = slip or (found.name == Likeness.SAME and not found.other_upn)
    return found.same() if fits else Judgement(Verdict.PARK)


def _under_upn(found: Compared) -> Judgement:
    if found.forename == Likeness.OTHER or found.other_sex:
        return Judgement(Verdict.ANOTHER)
    if found.born == Likeness.SAME:
        return Judgement(Verdict.PERHAPS) if found.other_reference else found.same()
    if found.surname == Likeness.OTHER:
        return Judgement(Verdict.ANOTHER)
    if found.other_reference:
        return Judgement(Verdict.PERHAPS)
    plainly = found.born == Likeness.OTHER and found.name != Likeness.SAME
    return Judgement(Verdict.ANOTHER) if plainly else found.same()


def _without_hint(found: Compared) -> Judgement:
    told_apart = found.other_reference or found.other_upn or found.other_sex
    if found.born == Likeness.UNKNOWN:
        return _NONE if told_apart or found.name != Likeness.SAME else found.same()
    if found.born == Likeness.ALIKE and found.name == Likeness.SAME:
        return Judgement(Verdict.PERHAPS)
    if found.born != Likeness.SAME or found.forename == Likeness.OTHER:
        return _NONE
    if found.name == Likeness.SAME:
        return Judgement(Verdict.PERHAPS) if told_apart else found.same()
    # A renamed child without a number shows by forename, birthday and school alone.
    renamed = found.forename == Likeness.SAME and found.same_school and not found.other_upn
    near = found.surname != Likeness.OTHER or renamed
    return Judgement(Verdict.PERHAPS) if near else _NONE


def _marked(mark: str, further: Iterable[str]) -> frozenset[str]:
    return frozenset(one.removeprefix(mark) for one in further if one.startswith(mark))
