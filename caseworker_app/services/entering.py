"""What is given to a session, seen through before anything is done: no text or id that cannot be.

One walk over every command there is or will be, and over what an import brings.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from operator import attrgetter
from typing import Any, TypeGuard

from caseworker_app.domain.errors import Refused
from caseworker_app.domain.facts import Fact
from caseworker_app.domain.incoming import Doubt, Incoming, IncomingCase, RecordBeside
from caseworker_app.domain.people import Proposal
from caseworker_app.domain.text import is_row_id, is_storable, storable

_IDS = ("_id", "_ids")
_LEFT_OUT = "held characters that cannot be kept, NUL or others that are no text; they are left out"


def refuse_impossible(command: object) -> None:
    """Refuse a command that holds a text that cannot be kept, or an id that no row can have.

    Raises:
        Refused: naming the field.
    """
    for name, text in _texts(command, ""):
        if not is_storable(text):
            words = name.replace("_", " ") or "text"
            raise Refused(f"The {words} holds a character that cannot be kept: type it anew.", name)
        if text and (name == "id" or name.endswith(_IDS)) and not is_row_id(text):
            raise Refused("This is no longer in the store.", name)


def _texts(value: object, name: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield name, value
    elif isinstance(value, Mapping):
        for key, one in value.items():
            yield name, str(key)
            yield from _texts(one, str(key))
    elif isinstance(value, list | tuple | set | frozenset):
        for one in value:
            yield from _texts(one, name)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _texts(getattr(value, field.name), field.name)


def storable_incoming(incoming: Incoming) -> tuple[Incoming, tuple[Doubt, ...]]:
    """What files say without the characters that cannot be kept, and a doubt where some went."""
    doubts: list[Doubt] = []
    cases: list[IncomingCase] = []
    if not all(map(is_storable, incoming.files)):
        incoming = _with_storable_names(incoming)
    for case in incoming.cases:
        if is_storable("".join(_texts_of(case))):
            cases.append(case)
        else:
            kept = _storable_case(case)
            cases.append(kept)
            doubts.append(Doubt(case.place, "", kept.case, _LEFT_OUT, kept.case))
    return (replace(incoming, cases=tuple(cases)) if doubts else incoming), tuple(doubts)


def _with_storable_names(incoming: Incoming) -> Incoming:
    """The same, the names of its files as they can be told and kept."""
    files = tuple(map(storable, incoming.files))
    cases = (
        replace(case, place=replace(case.place, file=storable(case.place.file)))
        for case in incoming.cases
    )
    return replace(incoming, files=files, cases=tuple(cases))


def _texts_of(case: IncomingCase) -> list[str]:
    found = [text for text in _fields_of(case) if text]
    for name, text in case.sen2.items():
        found += (name, text)
    for fact in case.facts:
        if fact.detail:
            found += [value for value in fact.detail.values() if isinstance(value, str)]
        if fact.episode:
            found.append(fact.episode)
    found += [proposal.value for proposal in case.proposals]
    for one in case.beside:
        found += [one.setting, one.urn, *(text for text in one.fields.values() if _is_text(text))]
    return found


def _is_text(value: object) -> TypeGuard[str]:
    return isinstance(value, str)


_TEXT_FIELDS = (
    *("reference", "surname", "forename", "upn", "uln", "sex", "need", "secondary_need"),
    *("setting", "setting_kind", "urn", "caseworker", "template", "comment"),
)
_fields_of = attrgetter(*_TEXT_FIELDS)


def _storable_case(case: IncomingCase) -> IncomingCase:
    texts: dict[str, Any] = {
        name: storable(value) for name in _TEXT_FIELDS if (value := getattr(case, name)) is not None
    }
    return replace(
        case,
        **texts,
        sen2={storable(name): storable(text) for name, text in case.sen2.items()},
        facts=tuple(map(_storable_fact, case.facts)),
        proposals=tuple(map(_storable_proposal, case.proposals)),
        beside=tuple(map(_storable_beside, case.beside)),
    )


def _storable_fact(fact: Fact) -> Fact:
    detail = {
        name: storable(value) if isinstance(value, str) else value
        for name, value in fact.detail.items()
    }
    return replace(fact, detail=detail, episode=storable(fact.episode) if fact.episode else None)


def _storable_beside(one: RecordBeside) -> RecordBeside:
    fields = {
        name: storable(value) if isinstance(value, str) else value
        for name, value in one.fields.items()
    }
    return replace(one, fields=fields, setting=storable(one.setting), urn=storable(one.urn))


def _storable_proposal(proposal: Proposal) -> Proposal:
    return replace(proposal, value=storable(proposal.value))
