"""Data to mend of who is who: perhaps one child twice, one reference twice, names to decide on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from caseworker_app.domain.identity import Person
from caseworker_app.domain.measures.case_view import CaseView
from caseworker_app.domain.measures.mending import Check, Finding
from caseworker_app.domain.names import folded, reference_key
from caseworker_app.domain.register import Register


def checks(views: tuple[CaseView, ...]) -> tuple[Check, ...]:
    """The checks over all cases; with none they only say what they are."""
    return (_perhaps_check(views), _reference_check(views), _proposal_check())


def _perhaps_check(views: tuple[CaseView, ...]) -> Check:
    others = _perhaps(views)

    def find(view: CaseView) -> Iterator[Finding]:
        for reference in sorted(others.get(view.file.child.id, ())):
            yield f"Perhaps the same child as {reference}: merge them, or say they are two", None

    why = "One child with two cases has every date twice, and each case knows half."
    return Check("perhaps_same", "Perhaps the same child", why, find)


def _perhaps(views: tuple[CaseView, ...]) -> dict[str, set[str]]:
    """Child's id to the references of those who may be the same child.

    Numbers do not count as a link here: two who came under one reference were told when they did.
    """
    found: dict[str, set[str]] = defaultdict(set)
    register = Register()
    by_key: dict[str, CaseView] = {}
    for view in views:
        child = view.file.child
        if not child.id:
            # Not of a store, so there is nothing to merge it with.
            continue
        person = _person(view)
        known = register.find(person)
        for key in {known.same, *known.several, *known.perhaps} - {""}:
            other = by_key[key].file.child
            if other.id in child.told_apart or child.id in other.told_apart:
                continue
            found[child.id].add(other.reference)
            found[other.id].add(child.reference)
        register.put(child.id, person)
        by_key[child.id] = view
    return found


def _person(view: CaseView) -> Person:
    """A case as compared with others: as one without a reference, found by name and birthday."""
    child = view.file.child
    return Person(
        surname=child.surname,
        forename=child.forename,
        born=child.born,
        sex=child.sex,
        school=folded(view.file.setting.name if view.file.setting else ""),
    )


def _reference_check(views: tuple[CaseView, ...]) -> Check:
    alike: dict[str, list[str]] = defaultdict(list)
    for view in views:
        alike[reference_key(view.reference)].append(view.reference)

    def find(view: CaseView) -> Iterator[Finding]:
        for other in alike[reference_key(view.reference)]:
            if other != view.reference:
                yield f"{other} is the same reference, zeros, spaces and capitals apart", None

    why = "A tracker that names either may mean the other."
    return Check("reference_twice", "Reference used twice", why, find)


def _proposal_check() -> Check:
    def find(view: CaseView) -> Iterator[Finding]:
        for one in view.file.child.open_proposals:
            label = "date of birth" if one.field == "born" else one.field
            yield f"A file has another {label}: take it or refuse it", None

    why = "Until a person decides, what is stored stands and the file's value waits."
    return Check("proposal", "Name or birthday to decide on", why, find)
