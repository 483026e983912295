"""Records of any declared kind added, changed and taken out by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from caseworker_app.domain.declarations.choices import Choice
from caseworker_app.domain.errors import Refused
from caseworker_app.domain.kinds import FACT, Kept, Kind, is_kind, kind_named
from caseworker_app.domain.names import folded
from caseworker_app.services import commands as do
from caseworker_app.services import own_lists
from caseworker_app.services.cases.dating import dated
from caseworker_app.services.following import settle
from caseworker_app.services.staging import CHILD
from caseworker_app.services.unit_of_work import UnitOfWork
from caseworker_app.services.validating import checked_record
from caseworker_app.services.wording import capital, counted, fields_in_words


def add_record(command: do.AddRecord, work: UnitOfWork, today: date) -> str:
    """Add a record; see `handlers.handle`."""
    _refuse_kept(_kind(command.kind))
    value = added(command.kind, command.fields, work, today)
    kind = _kind(command.kind)
    return f"{capital(_named(kind, value))} added{_of_whom(kind, value, work)}."


def added(name: str, fields: Mapping[str, Any], work: UnitOfWork, today: date) -> Any:  # noqa: ANN401
    """Add a record of a kind by its name; the value is the record as it is to be.

    Raises:
        Refused: it cannot be, with its field.
    """
    kind = _kind(name)
    values = checked_record(kind, fields, today, None, _offered(kind, work))
    values = dated(kind, values, work, today)
    key = work.unit.allot(kind.name, 1)[0]
    value = kind.of(**values, id=key)
    work.add(value, f"{_named(kind, value)} added")
    refuse_wrong(kind, value, work)
    settle(work, kind, today, None, value)
    return value


def change_record(command: do.ChangeRecord, work: UnitOfWork, today: date) -> str:
    """Change some fields of a record; see `handlers.handle`."""
    kind = _kind(command.kind)
    _refuse_kept(kind)
    old = work.one_of(kind, command.id, command.seen, frozenset(command.fields))
    values = checked_record(kind, command.fields, today, old, _offered(kind, work))
    values = dated(kind, values, work, today, old)
    changed = {name: value for name, value in values.items() if getattr(old, name) != value}
    if not changed:
        return f"Nothing changed for {_named(kind, old)}."
    new = replace(old, **changed)
    work.put(new, f"{_named(kind, new)} changed: {fields_in_words(changed, kind)}")
    refuse_wrong(kind, new, work)
    settle(work, kind, today, old, new)
    follow = _followers(kind, new, work)
    return f"{capital(_named(kind, new))} changed{_of_whom(kind, new, work)}{follow}."


def remove_record(command: do.RemoveRecord, work: UnitOfWork, today: date) -> str:
    """Take a record out; see `handlers.handle`."""
    kind = _kind(command.kind)
    _refuse_kept(kind)
    old = work.one_of(kind, command.id, command.seen)
    if not command.why.strip():
        raise Refused("Say why it is taken out.", "why")
    said = _of_whom(kind, old, work)
    work.remove(kind, command.id, f"{_named(kind, old)} taken out", command.why.strip())
    if any(True for _ in work.in_use()):
        raise Refused(f"{capital(_named(kind, old))} is in use.")
    settle(work, kind, today, old, None)
    return f"{capital(_named(kind, old))} taken out{said}."


def _refuse_kept(kind: Kind) -> None:
    """Refuse by hand what Caseworker alone keeps, a certificate say. Raises `Refused`."""
    if not kind.typed_by_hand():
        raise Refused(f"{capital(kind.many)} are kept by Caseworker alone.", "kind")


def refuse_wrong(kind: Kind, value: Any, work: UnitOfWork) -> None:  # noqa: ANN401
    """Refuse what a staged record says against its kind's rules. Raises `Refused`."""
    for name, sentence in kind.faults(value):
        raise Refused(sentence, name)
    if isinstance(value, Choice):
        _refuse_odd_choice(value, work)
    for spec in (one for one in kind.fields if one.unique):
        same = folded(getattr(value, spec.name))
        for other in work.all_of(kind).values() if same else ():
            if other.id != value.id and folded(getattr(other, spec.name)) == same:
                raise Refused(f"{getattr(value, spec.name)} is there already.", spec.name)
    refuse_broken_links(work, value)


def refuse_broken_links(work: UnitOfWork, only: Kept | None = None) -> None:
    """Refuse staged records, or one of them, that point at what is not in the store.

    Raises:
        Refused: one does.
    """
    for _, spec in work.broken_links(only):
        if spec.to == FACT:
            raise Refused(
                "Choose an event of the same case; this one is not, or is gone.", spec.name
            )
        raise Refused(f"This {spec.words} is no longer in the store.", spec.name)


def _offered(kind: Kind, work: UnitOfWork) -> dict[str, dict[str, str]]:
    """By field of an own list, the codes that are offered with their words."""
    return {
        name: {one.code: one.words for one in some if not one.ended}
        for name, some in own_lists.of_kind(work.unit, kind).items()
    }


def _refuse_odd_choice(choice: Choice, work: UnitOfWork) -> None:
    """Refuse a choice of no list, and a second one under a code. Raises `Refused`."""
    own_lists.refuse_strange(choice)
    for other in work.all_of(kind_named("choice")).values():
        if other.id != choice.id and (other.of_list, other.code) == (choice.of_list, choice.code):
            raise Refused(f"{choice.of_list} has the code {choice.code} already.", "code")


def _kind(name: str) -> Kind:
    if not is_kind(name) or name == CHILD.name:
        raise Refused(f"{name!r} is not a kind of record.", "kind")
    return kind_named(name)


def _named(kind: Kind, value: Any) -> str:  # noqa: ANN401
    """What a record is called, or its kind where it has no words of its own."""
    return kind.title(value) if not kind.owner else kind.one


def _of_whom(kind: Kind, value: Any, work: UnitOfWork) -> str:  # noqa: ANN401
    """Whose a record is that belongs to a child, `for Okafor, Grace` after a blank; else ""."""
    if not kind.owner:
        return ""
    return f" for {work.child(getattr(value, kind.owner)).child.name}"


def _followers(kind: Kind, value: Any, work: UnitOfWork) -> str:  # noqa: ANN401
    if not kind.counted or kind.owner:
        return ""
    count = sum(
        len(work.unit.pointing(CHILD, one.name, (value.id,)))
        for one in CHILD.links()
        if one.to == kind.name
    )
    return f"; the dates of {counted(count, 'child', 'children')} follow"
