"""Everybody known so far, found again by whatever a row tells of them; never one a guess."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from caseworker_app.domain.identity import Judgement, Person, Verdict, judge

_FEW = 40
"""How many who share one point are all looked at; of more, those who share another point too."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a register knows of a person.

    Attributes:
        same: the key of the one child it is, or "".
        differs: in what that child differs, for a person to decide.
        several: keys of those it may be just as well; then it is none of them.
        blocked: keys under whose reference another name and another birthday came.
        another: keys of those who share a reference or UPN and are another child.
        perhaps: keys of those who may be the same child and are kept apart.
    """

    same: str = ""
    differs: tuple[str, ...] = ()
    several: tuple[str, ...] = ()
    blocked: tuple[str, ...] = ()
    another: tuple[str, ...] = ()
    perhaps: tuple[str, ...] = ()


_NOBODY = Found()


def _lists() -> dict[object, list[str]]:
    return defaultdict(list)


@dataclass(slots=True)
class Register:
    """Persons by key, findable by reference, UPN, name and birthday."""

    persons: dict[str, Person] = field(default_factory=dict)
    _by: dict[object, list[str]] = field(default_factory=_lists)

    def put(self, key: str, person: Person) -> None:
        """Add a person, or know more of one who is there; what was known before still finds them.

        Args:
            key: not "".
            person: as known now.
        """
        old = self.persons.get(key)
        if old == person:
            return
        self.persons[key] = person
        known = set(_points(old)) if old is not None else set()
        for point in _points(person):
            if point not in known:
                self._by[point].append(key)

    def holders(self, reference: str) -> list[str]:
        """The keys of those known by a reference, as `reference_key` has it."""
        return [
            key
            for key in self._by.get(("reference", reference), ())
            if reference in self.persons[key].references
        ]

    def with_upn(self, upn: str) -> list[str]:
        """The keys of those known by a UPN."""
        return [key for key in self._by.get(("upn", upn), ()) if upn in self.persons[key].upns]

    def find(self, person: Person) -> Found:
        """Who a person is."""
        by_verdict: dict[Verdict, list[str]] = {}
        same: dict[str, Judgement] = {}
        for key in self._candidates(person):
            found = judge(self.persons[key], person)
            if found.verdict is Verdict.NONE:
                continue
            by_verdict.setdefault(found.verdict, []).append(key)
            if found.verdict is Verdict.SAME:
                same[key] = found
        if not by_verdict:
            return _NOBODY
        best = _best(same)
        another = tuple(by_verdict.get(Verdict.ANOTHER, ()))
        if len(best) == 1:
            return Found(best[0], same[best[0]].differs, another=another)
        return Found(
            several=tuple(best),
            blocked=tuple(by_verdict.get(Verdict.PARK, ())),
            another=another,
            perhaps=tuple(by_verdict.get(Verdict.PERHAPS, ())),
        )

    def pairs(self, key: str = "") -> Iterator[tuple[str, str]]:
        """Every two who are or may be one child, each once: of one key, or of all with ""."""
        seen: set[tuple[str, str]] = set()
        for keys in self._by.values():
            # Where very many share a point, as a placeholder, each is held to the first alone.
            firsts = keys if len(keys) <= _FEW else keys[:1]
            for at, one in enumerate(firsts):
                for other in keys[at + 1 :]:
                    if one == other or (one, other) in seen or (key and key not in (one, other)):
                        continue
                    seen.add((one, other))
                    verdict = judge(self.persons[one], self.persons[other]).verdict
                    if verdict in (Verdict.SAME, Verdict.PERHAPS):
                        yield one, other

    def _candidates(self, person: Person) -> Iterator[str]:
        seen: set[str] = set()
        surname, forename = person.names
        points = [("reference", one) for one in sorted(person.references)]
        points += [("upn", one) for one in sorted(person.upns)]
        narrow: list[object] = [
            ("whole", person.whole),
            ("surname", surname, person.born),
            ("forename", forename, person.born),
        ]
        wide: list[object] = [
            *points,
            ("name", surname, forename),
            ("name", forename, surname),
            ("born", person.born),
        ]
        for point in (*wide, *narrow):
            keys = self._by.get(point, [])
            if len(keys) > _FEW:
                # Somebody must be named even when a placeholder stands in every row.
                keys = keys[:1]
            for key in keys:
                if key not in seen:
                    seen.add(key)
                    yield key


def _points(person: Person) -> Iterator[tuple[str | date | None, ...]]:
    surname, forename = person.names
    for reference in person.references:
        yield "reference", reference
    for upn in person.upns:
        yield "upn", upn
    yield "name", surname, forename
    yield "whole", person.whole
    for whole in person.former:
        yield "whole", whole
    if person.born is not None:
        yield "born", person.born
        if surname:
            yield "surname", surname, person.born
        if forename:
            yield "forename", forename, person.born


def _best(same: dict[str, Judgement]) -> list[str]:
    """The one who fits better than every other on some point and worse on none, or all who fit."""
    for key, mine in same.items():
        others = [one for other, one in same.items() if other != key]
        if all(_better(mine, one) for one in others):
            return [key]
    return list(same)


def _better(one: Judgement, other: Judgement) -> bool:
    pairs = list(zip(one.points, other.points, strict=True))
    return all(mine >= theirs for mine, theirs in pairs) and one.points != other.points
