"""One thing done to many cases at once: a field set, or a note written in each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from caseworker_app.domain.errors import Refused
from caseworker_app.domain.kind_values import in_words
from caseworker_app.domain.kinds import kind_named
from caseworker_app.domain.preview import Preview, parts
from caseworker_app.domain.records import Record
from caseworker_app.services import commands as do
from caseworker_app.services.cases.field_history import Named, names_from
from caseworker_app.services.imports.proposing import by_hand
from caseworker_app.services.keeping_records import refuse_broken_links
from caseworker_app.services.ports import Reading
from caseworker_app.services.unit_of_work import UnitOfWork
from caseworker_app.services.validating import checked_fields
from caseworker_app.services.wording import capital, counted, fields_in_words

SETTABLE = ("setting_id", "need", "secondary_need", "template", "history_from")
"""The fields of a child that many may be given at once. A caseworker has `Reassign`."""

_CHILD = kind_named("child")


def set_over(command: do.SetOver, work: UnitOfWork, today: date) -> str:
    """Give many children the same value; see `handlers.handle`.

    Raises:
        Refused: a field cannot be set for many, or its value cannot be.
        Stale: somebody changed the same field of one of them since it was seen.
    """
    values = _checked(command.fields, today)
    work.preload(work.unit.records(set(command.child_ids)).values())
    changed = 0
    words = fields_in_words(values)
    for child_id, seen in command.child_ids.items():
        record = work.child(child_id, seen, frozenset(values))
        child = record.child
        other = {name: value for name, value in values.items() if getattr(child, name) != value}
        if other:
            work.put_child(Record(by_hand(child, other), record.facts), f"{words} changed")
            changed += 1
    refuse_broken_links(work)
    work.title = f"{words} set for {counted(changed, 'case')}"
    return f"{capital(work.title)}."


def preview_over(command: do.SetOver, reading: Reading, today: date) -> Preview:
    """Who would get what, and who has it already.

    Raises:
        Refused: as `set_over` does.
    """
    values = _checked(command.fields, today)
    named = names_from(reading)
    records = reading.records(set(command.child_ids))
    change: list[str] = []
    same: list[str] = []
    meanwhile: list[str] = []
    for child_id, seen in command.child_ids.items():
        if child_id not in records:
            meanwhile.append("A case that is no longer in the store")
            continue
        child = records[child_id].child
        if seen is not None and seen != child.version:
            meanwhile.append(f"{child.name} ({child.reference})")
        lines = list(_differences(child, values, named))
        said = f"{child.name} ({child.reference})"
        (change if lines else same).append(f"{said}: {'; '.join(lines)}" if lines else said)
    return Preview(
        f"{counted(len(change), 'case')} of {len(command.child_ids):,} would change. "
        "One undo takes all of it back.",
        parts(
            ("Changed by somebody since you read the list", meanwhile, True),
            ("Would change", sorted(change), False),
            ("Have it already", sorted(same), False),
        ),
    )


def _differences(child: object, values: Mapping[str, Any], named: Named) -> Iterator[str]:
    for name, value in values.items():
        if getattr(child, name) != value:
            spec = _CHILD.field(name)
            old = in_words(spec, getattr(child, name), named) or "nothing"
            yield f"{old} \u2192 {in_words(spec, value, named) or 'nothing'}"


def _checked(fields: Mapping[str, Any], today: date) -> dict[str, Any]:
    for name in fields:
        if name not in SETTABLE:
            raise Refused("This field is set case by case.", name)
    if not fields:
        raise Refused("Say what is to be set.", "")
    return checked_fields(fields, today)
