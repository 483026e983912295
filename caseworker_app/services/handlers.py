"""One function a command: it looks, decides, and puts what is to be into the unit of work."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import singledispatch
from typing import Any

from caseworker_app.domain.errors import Refused
from caseworker_app.domain.names import folded, reference_key
from caseworker_app.domain.people import Caseworker, Child, Setting
from caseworker_app.domain.records import CaseSummary, Record
from caseworker_app.services import commands as do
from caseworker_app.services import recording
from caseworker_app.services.joining import merge
from caseworker_app.services.naming import namesakes, references
from caseworker_app.services.proposing import by_hand, drop_proposal, take_proposal, tell_apart
from caseworker_app.services.splitting import split
from caseworker_app.services.storage import COUNCIL
from caseworker_app.services.undo import redo, undo
from caseworker_app.services.validating import (
    check_setting,
    checked_fields,
)
from caseworker_app.services.wording import (
    capital,
    counted,
    fields_in_words,
    joined,
)
from caseworker_app.services.work import Work

_REQUIRED = ("surname", "forename", "born")


@singledispatch
def handle(command: object, work: Work, today: date) -> str:  # noqa: ARG001
    """Carry a command out in a unit of work; the value is a sentence for the message bar.

    Raises:
        Refused: what was asked cannot be; `field` names the command's field.
        Stale: somebody changed the same thing since it was read.
    """
    raise TypeError(f"no handler for {type(command).__name__}")


@handle.register
def _record_fact(command: do.RecordFact, work: Work, today: date) -> str:
    return recording.record_fact(command, work, today)


@handle.register
def _change_fact(command: do.ChangeFact, work: Work, today: date) -> str:
    return recording.change_fact(command, work, today)


@handle.register
def _remove_fact(command: do.RemoveFact, work: Work, today: date) -> str:  # noqa: ARG001
    return recording.remove_fact(command, work)


@handle.register
def _add_child(command: do.AddChild, work: Work, today: date) -> str:
    for name in _REQUIRED:
        if not command.fields.get(name):
            words = "date of birth" if name == "born" else name
            raise Refused(f"The {words} is needed.", name)
    given = {name: value for name, value in command.fields.items() if value not in ("", None)}
    values = _dated(checked_fields(given, today), today)
    _check_people(values, work)
    others = list(work.unit.summaries())
    taken = {reference_key(one.reference) for one in others}
    if not values.get("reference"):
        keys = {one.upper() for one in taken}
        values["reference"] = next(references(keys))
    _refuse_taken(values["reference"], taken)
    if not command.another:
        _refuse_here(namesakes(values["surname"], values["forename"], values["born"], others))
    child = Child(**values, id=work.unit.allot("child", 1)[0], typed=frozenset(given))
    work.add_child(Record(child, ()), "case opened")
    return f"Case opened for {child.name}, reference {child.reference}."


@handle.register
def _change_child(command: do.ChangeChild, work: Work, today: date) -> str:
    record = work.child(command.child_id, command.seen)
    values = checked_fields(command.fields, today)
    changed = {
        name: value for name, value in values.items() if getattr(record.child, name) != value
    }
    if not changed:
        return f"Nothing changed for {record.child.name}."
    changed = _dated(changed, today)
    _check_people(changed, work)
    if "reference" in changed:
        _refuse_taken(changed["reference"], _others(record.child, work))
    child = by_hand(record.child, changed)
    words = f"{fields_in_words(changed)} changed"
    work.put_child(Record(child, record.facts), words)
    return f"{capital(words)} for {child.name}."


@handle.register
def _merge_children(command: do.MergeChildren, work: Work, today: date) -> str:
    return merge(command, work, today)


@handle.register
def _split_child(command: do.SplitChild, work: Work, today: date) -> str:
    return split(command, work, today)


@handle.register
def _take_proposal(command: do.TakeProposal, work: Work, today: date) -> str:
    return take_proposal(command, work, today)


@handle.register
def _drop_proposal(command: do.DropProposal, work: Work, today: date) -> str:  # noqa: ARG001
    return drop_proposal(command, work)


@handle.register
def _tell_apart(command: do.TellApart, work: Work, today: date) -> str:  # noqa: ARG001
    return tell_apart(command, work)


@handle.register
def _add_setting(command: do.AddSetting, work: Work, today: date) -> str:  # noqa: ARG001
    name = " ".join(command.name.split())
    check_setting(name, command.kind, command.last_year, command.urn, command.closures)
    _refuse_same_name(name, "", work.unit.settings())
    key = work.unit.allot("setting", 1)[0]
    setting = Setting(name, command.kind, command.last_year, command.urn, command.closures, key)
    work.put_setting(None, setting, f"{name} added")
    return f"{name} added."


@handle.register
def _change_setting(command: do.ChangeSetting, work: Work, today: date) -> str:  # noqa: ARG001
    name = " ".join(command.name.split())
    check_setting(name, command.kind, command.last_year, command.urn, command.closures)
    settings = work.unit.settings()
    old = next((one for one in settings if one.id == command.setting_id), None)
    if old is None:
        raise Refused("This setting is no longer in the store.")
    work.refuse_stale("setting", old.id, old.version, command.seen)
    _refuse_same_name(name, old.id, settings)
    new = replace(
        old,
        name=name,
        kind=command.kind,
        last_year=command.last_year,
        urn=command.urn,
        closures=command.closures,
    )
    if new == old:
        return f"Nothing changed for {name}."
    work.put_setting(old, new, f"{name} changed")
    children = counted(len(work.unit.children_at(old.id)), "child", "children")
    return f"{name} changed; the dates of {children} follow."


@handle.register
def _add_caseworker(command: do.AddCaseworker, work: Work, today: date) -> str:  # noqa: ARG001
    name = " ".join(command.name.split())
    if not name:
        raise Refused("The name is needed.", "name")
    _refuse_same_name(name, "", work.unit.caseworkers())
    key = work.unit.allot("caseworker", 1)[0]
    work.put_caseworker(None, Caseworker(name, command.email.strip(), id=key), f"{name} added")
    return f"{name} added."


@handle.register
def _set_council(command: do.SetCouncil, work: Work, today: date) -> str:  # noqa: ARG001
    name = " ".join(command.council.split())
    old = work.unit.meta().get(COUNCIL, "")
    if name == old:
        return "The council's name is that already."
    words = f"the council's name is {name}" if name else "the council's name is taken out"
    work.put_council(old, name, words)
    return f"{capital(words)}."


@handle.register
def _reassign(command: do.Reassign, work: Work, today: date) -> str:  # noqa: ARG001
    _check_people({"caseworker_id": command.caseworker_id}, work)
    workers = {one.id: one.name for one in work.unit.caseworkers()}
    to = workers[command.caseworker_id] if command.caseworker_id else "nobody"
    work.preload(work.unit.records(set(command.child_ids)).values())
    moved = 0
    for child_id in dict.fromkeys(command.child_ids):
        record = work.child(child_id)
        if record.child.caseworker_id != command.caseworker_id:
            typed = record.child.typed | {"caseworker_id"}
            child = replace(record.child, caseworker_id=command.caseworker_id, typed=typed)
            work.put_child(Record(child, record.facts), f"given to {to}")
            moved += 1
    work.title = f"{counted(moved, 'case')} given to {to}"
    return f"{work.title}."


@handle.register
def _together(command: do.Together, work: Work, today: date) -> str:
    for one in command.commands:
        handle(one, work, today)
    work.title, work.act = command.what, command.act
    return f"{capital(command.what)}.{recording.questions_about(command.commands, work)}"


@handle.register
def _undo(command: do.Undo, work: Work, today: date) -> str:  # noqa: ARG001
    return undo(command, work)


@handle.register
def _redo(command: do.Redo, work: Work, today: date) -> str:  # noqa: ARG001
    return redo(command, work)


def _dated(values: dict[str, Any], today: date) -> dict[str, Any]:
    """The attributes, with the day a year group that is given was true."""
    if "actual_year" in values and "actual_year_on" not in values:
        values["actual_year_on"] = None if values["actual_year"] is None else today
    return values


def _check_people(values: dict[str, Any], work: Work) -> None:
    setting, worker = values.get("setting_id"), values.get("caseworker_id")
    if setting is not None and setting not in {one.id for one in work.unit.settings()}:
        raise Refused("This setting is no longer in the store.", "setting_id")
    if worker is not None and worker not in {one.id for one in work.unit.caseworkers()}:
        raise Refused("This caseworker is no longer in the store.", "caseworker_id")


def _refuse_here(found: tuple[CaseSummary, ...]) -> None:
    if found:
        said = joined([f"{one.reference}, {one.surname}, {one.forename}" for one in found])
        raise Refused(f"Already here: {said}.", "", tuple(one.id for one in found))


def _others(child: Child, work: Work) -> set[str]:
    """The references of all other children, as they are compared."""
    return {reference_key(one.reference) for one in work.unit.summaries() if one.id != child.id}


def _refuse_taken(reference: str, taken: set[str]) -> None:
    """Refuse a reference that is another child's; `taken` is as `reference_key` has them."""
    if reference_key(reference) in taken:
        raise Refused(f"The reference {reference} is another child's.", "reference")


def _refuse_same_name(name: str, key: str, others: tuple[Setting | Caseworker, ...]) -> None:
    if any(folded(one.name) == folded(name) and one.id != key for one in others):
        raise Refused(f"{name} is there already.", "name")
