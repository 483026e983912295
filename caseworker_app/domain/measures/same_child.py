"""Data to mend of who is who: perhaps one child twice, one reference twice, names to decide on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from caseworker_app.domain.known_person import known_person
from caseworker_app.domain.measures.case_view import CaseView
from caseworker_app.domain.measures.mending import Check, Finding
from caseworker_app.domain.names import reference_key
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
    """Child's id to the references of those who may be the same child, as "Left to you" has them.

    A case that is not of a store is left out: there is nothing to merge it with.
    """
    found: dict[str, set[str]] = defaultdict(set)
    children = {view.file.child.id: view.file.child for view in views if view.file.child.id}
    register = Register()
    for view in views:
        if view.file.child.id:
            school = view.file.setting.name if view.file.setting else ""
            register.put(view.file.child.id, known_person(view.file.child, school))
    for pair in register.pairs():
        one, other = (children[key] for key in pair)
        if other.id not in one.told_apart and one.id not in other.told_apart:
            found[one.id].add(other.reference)
            found[other.id].add(one.reference)
    return found


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
