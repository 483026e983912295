"""What is left to a person, of one child or of all: proposals, and two who may be one child."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from caseworker_app.domain.identity import compare
from caseworker_app.domain.known_person import known_person
from caseworker_app.domain.people import Child, Proposal
from caseworker_app.domain.register import Register
from caseworker_app.domain.text import is_row_id
from caseworker_app.domain.undecided import Undecided
from caseworker_app.services.imports.matching import known_as, points_in_words
from caseworker_app.services.imports.proposing import proposed_value
from caseworker_app.services.ports import Reading
from caseworker_app.services.progress import Progress
from caseworker_app.services.wording import value_in_words

_STEP = 500
_WORDS = {"surname": "surname", "forename": "forename", "born": "birthday"}


def undecided(
    reading: Reading, child_id: str | None = None, progress: Progress | None = None
) -> tuple[Undecided, ...]:
    """What is left to a person, by name of the child: of one child, or of all with None.

    Raises `Cancelled` when the progress says so.
    """
    if progress is not None:
        progress(0, 0, "Reading cases")
    children = _children(reading, child_id)
    found = [
        _proposed(child, one)
        for child in children.values()
        if child_id in (None, child.id)
        for one in child.open_proposals
    ]
    names = {one.id: one.name for one in reading.settings()}
    found += _pairs(children, names, child_id, progress)
    return tuple(sorted(found, key=lambda one: (one.name, one.reference, one.words)))


def _children(reading: Reading, child_id: str | None) -> Mapping[str, Child]:
    """The children to look at: all, or one with those who have something in common with it."""
    if child_id is None:
        return {key: record.child for key, record in reading.records(kinds=()).items()}
    own = reading.records([child_id] if is_row_id(child_id) else [], kinds=())
    if child_id not in own:
        return {}
    alike = reading.alike(own[child_id].child) - {child_id}
    records = {**own, **reading.records(alike, kinds=())}
    return {key: record.child for key, record in records.items()}


def _proposed(child: Child, one: Proposal) -> Undecided:
    label, value = _WORDS[one.field], value_in_words(proposed_value(one))
    stands = value_in_words(getattr(child, one.field))
    words = f"A file says the {label} is {value} ({one.source}); {stands} stands."
    return Undecided(
        child.id, child.version, child.reference, child.name, words, one.field, one.value
    )


def _pairs(
    children: Mapping[str, Child],
    settings: Mapping[str, str],
    child_id: str | None,
    progress: Progress | None,
) -> Iterator[Undecided]:
    register = Register()
    for done, (key, child) in enumerate(children.items()):
        if progress is not None and done % _STEP == 0:
            progress(done, len(children), "Comparing children")
        register.put(key, known_person(child, settings.get(child.setting_id or "", "")))
    for pair in register.pairs(child_id or ""):
        one, other = pair if pair[1] != child_id else pair[::-1]
        child, twin = children[one], children[other]
        if other in child.told_apart or one in twin.told_apart:
            continue
        points = points_in_words(compare(register.persons[one], register.persons[other]))
        words = f"Perhaps the same child as {known_as(twin)}: {points}."
        yield Undecided(
            child.id, child.version, child.reference, child.name, words, other_id=twin.id
        )
