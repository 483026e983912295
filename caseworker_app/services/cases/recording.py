"""Facts recorded, changed and taken back by hand, and what is then to be asked about their order.

A day that goes badly with another is recorded as typed; the message asks about it in words.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from caseworker_app.domain.errors import Refused
from caseworker_app.domain.event_order import OutOfOrder, asked_of, out_of_order
from caseworker_app.domain.facts import Fact, in_order
from caseworker_app.domain.order import ties
from caseworker_app.domain.people import Child
from caseworker_app.domain.records import Record
from caseworker_app.services import commands as do
from caseworker_app.services.imports.merging_facts import DETAIL_EMPTIED, TAKEN_BACK
from caseworker_app.services.unit_of_work import UnitOfWork
from caseworker_app.services.validating import checked_fact, refuse_twice
from caseworker_app.services.wording import capital, fact_in_words

_NAMED = 3
"""So many children are named in the message about many cells; the cells of all are marked."""


def record_fact(command: do.RecordFact, work: UnitOfWork, today: date) -> str:
    """Add a fact; see `handlers.handle`."""
    record = work.child(command.child_id, command.seen, {f"new {command.kind}"})
    wanted = Fact(command.kind, command.on, dict(command.detail), command.episode)
    fact = checked_fact(wanted, today)
    refuse_twice(fact, record.facts)
    words = f"{fact_in_words(fact)} recorded"
    after = Record(record.child, ties.recorded(record.facts, fact))
    work.put_child(after, words)
    return f"{capital(words)} for {record.child.name}.{_question(after, fact)}"


def change_fact(command: do.ChangeFact, work: UnitOfWork, today: date) -> str:
    """Give a fact another day or other details; see `handlers.handle`."""
    record = work.child(command.child_id, command.seen, {f"fact {command.fact_id}"})
    old = fact_of(record, command.fact_id)
    detail = old.detail if command.detail is None else dict(command.detail)
    fact = checked_fact(replace(old, on=command.on, detail=detail), today)
    refuse_twice(fact, record.facts)
    if fact == old:
        return f"Nothing changed for {record.child.name}."
    words = f"{fact_in_words(old)} changed to {fact_in_words(fact)}"
    child = record.child if fact.on == old.on else never_again(record.child, old)
    child = _emptied(child, old, fact)
    after = Record(child, ties.changed(record.facts, old, fact))
    work.put_child(after, words)
    return f"{capital(words)} for {record.child.name}.{_question(after, fact)}"


def remove_fact(command: do.RemoveFact, work: UnitOfWork) -> str:
    """Take a fact back; see `handlers.handle`."""
    record = work.child(command.child_id, command.seen, {f"fact {command.fact_id}"})
    old = fact_of(record, command.fact_id)
    if not command.why.strip():
        raise Refused("Say why it is taken back.", "why")
    words = f"{fact_in_words(old)} taken back"
    facts = ties.removed(record.facts, old)
    work.put_child(Record(never_again(record.child, old), facts), words, command.why.strip())
    for kind, _ in work.dated_by_gone():
        raise Refused(
            f"A {kind.one} is dated by this {fact_in_words(old)}: change or take out that first."
        )
    return f"{capital(words)} for {record.child.name}."


def questions_about(commands: Iterable[object], work: UnitOfWork) -> str:
    """What is out of order after many commands, with the children's names; "" for nothing."""
    typed: dict[str, list[do.RecordFact | do.ChangeFact]] = {}
    for one in commands:
        if isinstance(one, do.RecordFact | do.ChangeFact):
            typed.setdefault(one.child_id, []).append(one)
    said = []
    for child_id, own in typed.items():
        record = work.child(child_id)
        said += [
            f"{record.child.name}: {doubt.sentence}"
            for doubt in _doubts(record)
            if any(_is_about(doubt, one) for one in own)
        ]
    if not said:
        return ""
    rest = len(said) - _NAMED
    more = f" And {rest:,} more, each marked in its cell." if rest > 0 else ""
    return " Out of order: " + " ".join(said[:_NAMED]) + more


def fact_of(record: Record, fact_id: str) -> Fact:
    """A recorded fact by its id. Raises `Refused` when it is not there any more."""
    for fact in record.facts:
        if fact.id == fact_id:
            return fact
    raise Refused("This event is no longer recorded.")


def never_again(child: Child, fact: Fact) -> Child:
    """The child, with a note that no import is to bring this fact back."""
    return replace(child, typed=child.typed | {TAKEN_BACK.format(fact.kind, fact.on.isoformat())})


def _emptied(child: Child, old: Fact, new: Fact) -> Child:
    """The child, with a note of the details that no import is to fill in again."""
    gone = old.detail.keys() - new.detail.keys()
    marks = {DETAIL_EMPTIED.format(new.kind, new.on.isoformat(), key) for key in gone}
    return replace(child, typed=child.typed | marks) if marks else child


def _doubts(record: Record) -> tuple[OutOfOrder, ...]:
    return out_of_order(in_order(record.facts), record.child.born)


def _question(record: Record, fact: Fact) -> str:
    """What to ask about a fact just typed, after a blank; "" where nothing is."""
    mine = []
    for one in _doubts(record):
        if (one.kind, one.on, one.fact_id) == (fact.kind, fact.on, fact.id):
            mine.append(one)
        elif (one.other_kind, one.other_on, one.other_id) == (fact.kind, fact.on, fact.id):
            mine.append(one.turned)
    asked = asked_of(mine)
    return f" {asked}" if asked else ""


def _is_about(doubt: OutOfOrder, command: do.RecordFact | do.ChangeFact) -> bool:
    ends = {(doubt.kind, doubt.on), (doubt.other_kind, doubt.other_on)}
    if isinstance(command, do.RecordFact):
        return (command.kind, command.on) in ends
    return command.fact_id in (doubt.fact_id, doubt.other_id)
