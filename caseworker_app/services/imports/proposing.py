"""What a person decides of a doubt of an import: a proposal taken or refused, two told apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from caseworker_app.domain.errors import Refused
from caseworker_app.domain.identity import former
from caseworker_app.domain.known_person import known_person
from caseworker_app.domain.names import reference_key
from caseworker_app.domain.people import Child, Proposal
from caseworker_app.domain.records import Record
from caseworker_app.services import commands as do
from caseworker_app.services.unit_of_work import UnitOfWork
from caseworker_app.services.validating import checked_fields
from caseworker_app.services.wording import fields_in_words, value_in_words

NAMED = frozenset({"surname", "forename", "born"})
"""What makes a child that child to the eye, and so is proposed and never simply taken."""


def proposed_value(proposal: Proposal) -> Any:  # noqa: ANN401  (text or a day)
    """What a proposal would make of its attribute of `Child`."""
    is_day = proposal.field == "born"
    return date.fromisoformat(proposal.value) if is_day else proposal.value


def by_hand(child: Child, changed: Mapping[str, Any]) -> Child:
    """A child with attributes that a person decided on; files with the old ones still fit."""
    new = replace(child, **changed, typed=child.typed | frozenset(changed))
    further = child.further_references
    if not NAMED.isdisjoint(changed):
        further |= former(known_person(child))
    if "reference" in changed:
        further = (further | {reference_key(child.reference)}) - {reference_key(new.reference)}
    settled = {
        (name, value.isoformat() if isinstance(value, date) else value)
        for name, value in changed.items()
        if name in NAMED
    }
    proposals = tuple(one for one in child.proposals if one.key not in settled)
    return replace(new, further_references=further, proposals=proposals)


def take_proposal(command: do.TakeProposal, work: UnitOfWork, today: date) -> str:
    """Make a proposed value the child's own. Raises `Refused`, `Stale`."""
    record = work.child(command.child_id, command.seen)
    child, open_ones = record.child, _open(record.child, command.field, command.value)
    if len({one.value for one in open_ones}) > 1:
        raise Refused("There are several proposals: say which.", "value")
    value = checked_fields({command.field: proposed_value(open_ones[0])}, today)[command.field]
    old = getattr(child, command.field)
    # The others stay: what another file says is still for a person to see.
    kept = tuple(one for one in child.proposals if one not in open_ones)
    taken = by_hand(replace(child, proposals=kept), {command.field: value})
    words = f"{fields_in_words([command.field])} changed from {value_in_words(old)} to "
    words += f"{value_in_words(value)}, as {open_ones[0].source} has it"
    work.put_child(Record(taken, record.facts), words)
    return f"{_sentence(words)} for {taken.name}."


def drop_proposal(command: do.DropProposal, work: UnitOfWork) -> str:
    """Refuse what was proposed, and remember that. Raises `Refused`, `Stale`."""
    record = work.child(command.child_id, command.seen)
    child, open_ones = record.child, _open(record.child, command.field, command.value)
    kept = tuple(replace(one, refused=True) if one in open_ones else one for one in child.proposals)
    said = ", ".join(value_in_words(proposed_value(one)) for one in open_ones)
    now = value_in_words(getattr(child, command.field))
    words = f"{fields_in_words([command.field])} stays {now}, not {said}"
    work.put_child(Record(replace(child, proposals=kept), record.facts), words)
    return f"{_sentence(words)} for {child.name}."


def tell_apart(command: do.TellApart, work: UnitOfWork) -> str:
    """Note with both children that they are two. Raises `Refused`, `Stale`."""
    if command.child_id == command.other_id:
        raise Refused("A child cannot be told apart from itself.", "other_id")
    one = work.child(command.child_id, command.seen)
    other = work.child(command.other_id)
    if other.child.id in one.child.told_apart and one.child.id in other.child.told_apart:
        return f"{one.child.name} and {other.child.name} are told apart already."
    for record, against in ((one, other.child), (other, one.child)):
        apart = replace(record.child, told_apart=record.child.told_apart | {against.id})
        words = f"another child than {against.name}, {against.reference}"
        work.put_child(Record(apart, record.facts), words, named=(against.id,))
    work.title = f"{one.child.name} and {other.child.name} told apart"
    references = f"{one.child.reference} and {other.child.reference}"
    return f"{one.child.name} and {other.child.name} ({references}) stay two children."


def _open(child: Child, field: str, value: str) -> tuple[Proposal, ...]:
    found = tuple(
        one
        for one in child.open_proposals
        if one.field == field and (not value or one.value == value)
    )
    if not found:
        raise Refused("This is no longer proposed.", "field")
    return found


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
