"""A child of the store as they are compared with others: by all that is known of who they are."""

from __future__ import annotations

import re

from caseworker_app.domain.identity import Person
from caseworker_app.domain.names import folded
from caseworker_app.domain.people import Child

GIVEN = "CW"
"""How the references begin that the store gives."""

_GIVEN = re.compile(rf"{GIVEN}\d{{6,}}")


def was_given(reference: str) -> bool:
    """Whether a reference is one that the store gave, and so gives way to a file's own."""
    return _GIVEN.fullmatch(reference) is not None


def known_person(child: Child, school: str = "") -> Person:
    """A child as compared; `school` is the setting's name."""
    return Person(
        reference=child.reference,
        surname=child.surname,
        forename=child.forename,
        born=child.born,
        upn=child.upn,
        sex=child.sex,
        given=was_given(child.reference) and "reference" not in child.typed,
        further=child.further_references,
        school=folded(school),
    )
