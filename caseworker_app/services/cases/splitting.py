"""A case that holds two children, made two: some of its events go to a new case.

Events keep their ids, so that their trail in the old case and in the new one is the same. What
came over is not brought back into the old case by an import.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from caseworker_app.domain.declarations import every_kind
from caseworker_app.domain.errors import Refused
from caseworker_app.domain.facts import Fact, in_order
from caseworker_app.domain.identity import absorbed
from caseworker_app.domain.kinds import FACT, FieldSpec, Kind, owners, within, without_links
from caseworker_app.domain.known_person import known_person
from caseworker_app.domain.names import reference_key
from caseworker_app.domain.people import Child
from caseworker_app.domain.preview import Preview, parts
from caseworker_app.domain.records import CaseSummary, Record
from caseworker_app.domain.rows import RecordRow
from caseworker_app.domain.text import is_row_id
from caseworker_app.services import commands as do
from caseworker_app.services.cases.joining import merge_preview
from caseworker_app.services.cases.naming import namesakes, references
from caseworker_app.services.following import parted_over_time
from caseworker_app.services.imports.merging_facts import TAKEN_BACK
from caseworker_app.services.ports import Reading
from caseworker_app.services.record_lists import record_rows
from caseworker_app.services.unit_of_work import UnitOfWork
from caseworker_app.services.validating import checked_fields
from caseworker_app.services.wording import (
    capital,
    counted,
    day_in_words,
    fact_in_words,
    with_article,
)


@dataclass(frozen=True, slots=True)
class Parted:
    """What becomes of one case.

    Attributes:
        old, new: the case that stays and the case that is made; the new one has no id yet.
        divided: labels of episodes of which both have events.
        alike: other children with the new one's name and birthday.
    """

    old: Record
    new: Record
    divided: tuple[str, ...]
    alike: tuple[CaseSummary, ...]


def split(command: do.SplitChild, work: UnitOfWork, today: date) -> str:
    """Carry a split out; the value is a sentence for the message bar.

    Raises:
        Refused: an event is unknown, none or all are named, or the new child cannot be so.
        Stale: somebody changed the case since it was read.
    """
    record = work.child(command.child_id, command.seen)
    parted = part(record, command, list(work.unit.summaries()), today)
    key = work.unit.allot("child", 1)[0]
    old, new = parted.old.child, parted.new.child
    new = replace(new, id=key, told_apart=frozenset({old.id}))
    old = replace(old, told_apart=old.told_apart | {key})
    events = counted(len(parted.new.facts), "event")
    off = f"{events} split off to {new.reference} ({new.name})"
    moved = []
    owned = dict(_owned(work.owned(old.id)))
    facts = {fact.id for fact in parted.new.facts}
    chosen = _chosen_of(command, owned, facts)
    ended = _ended(owned, chosen)
    for kind, value in [owned[key] for key in chosen]:
        rest = {one.name: one.blank for one in ended.get(f"{kind.name}/{value.id}", ())}
        moved.append(replace(value, **rest, **{kind.owner: new.id}))
        work.put(moved[-1], f"{kind.one} moved by a split")
    for key in (one for one in ended if one not in chosen):
        kind, value = owned[key]
        rest = {one.name: one.blank for one in ended[key]}
        words = ", ".join(one.words for one in ended[key])
        work.put(replace(value, **rest), f"{kind.one} changed: {words} moved by a split")
    work.put_child(Record(old, parted.old.facts), off, named=(new.id,))
    words = f"split from {old.reference} ({old.name}) with {events}"
    work.add_child(Record(new, parted.new.facts), words, (old.id,))
    parted_over_time(work, moved, (old.id, new.id))
    work.title = f"{new.reference} split from {old.reference}"
    return f"{new.name}, {new.reference}, split from {old.name}, {old.reference}, with {events}."


def preview(command: do.MergeChildren | do.SplitChild, reading: Reading, today: date) -> Preview:
    """What a merge or a split would do. Nothing is written. Raises `Refused`."""
    if isinstance(command, do.MergeChildren):
        return merge_preview(command, reading, today)
    return _preview(command, reading, today)


def _preview(command: do.SplitChild, reading: Reading, today: date) -> Preview:
    """What a split would do."""
    ids = [command.child_id] if is_row_id(command.child_id) else []
    record = reading.records(ids).get(command.child_id)
    if record is None:
        raise Refused("This child is no longer in the store.")
    parted = part(record, command, list(reading.summaries()), today)
    rows = {
        f"{kind.name}/{row.id}": (kind, row) for kind, row in owned_rows(reading, command.child_id)
    }
    values = {key: (kind, row.record) for key, (kind, row) in rows.items()}
    gone = set(_chosen_of(command, values, {fact.id for fact in parted.new.facts}))
    ended = [
        f"{record_words(*rows[key])}: {', '.join(one.words for one in some)}"
        for key, some in _ended(values, gone).items()
    ]
    old, new = parted.old.child, parted.new.child
    born = f", born {day_in_words(new.born)}" if new.born else ""
    summary = (
        f"A new case, {new.reference}, is made for {new.name}{born}, with "
        f"{counted(len(parted.new.facts), 'event')}; {old.name} keeps {old.reference}, all details "
        f"and {counted(len(parted.old.facts), 'event')}. Needs, setting and caseworker of the new "
        "case are for you to enter."
    )
    alike = [f"{one.reference}, {one.surname}, {one.forename}" for one in parted.alike]
    return Preview(
        summary,
        parts(
            ("Already here with that name and birthday", alike, True),
            ("One episode is divided between the two", _divided(parted), True),
            ("Links between the two cases, which end", ended, True),
            (f"Go to {new.reference}", _in_words(parted.new.facts), False),
            (f"Records that go to {new.reference}", _told(rows, gone), False),
            (f"Stay with {old.reference}", _in_words(parted.old.facts), False),
            (f"Records that stay with {old.reference}", _told(rows, rows.keys() - gone), False),
        ),
    )


def owned_rows(reading: Reading, child_id: str) -> Iterator[tuple[Kind, RecordRow]]:
    """The records that belong to a case, as lists show them, kind by kind."""
    for (kind, _), ids in reading.pointing_at(owners(every_kind()), child_id).items():
        yield from ((kind, row) for row in record_rows(reading, kind, ids))


def record_words(kind: Kind, row: RecordRow) -> str:
    """A record of a case in one line, without whose it is."""
    said = [text for name, text in row.words.items() if text and name != kind.owner]
    return f"{capital(kind.one)}: {', '.join(said)}"


def _owned(found: Iterable[tuple[Kind, Any]]) -> Iterator[tuple[str, tuple[Kind, Any]]]:
    for kind, value in list(found):
        yield f"{kind.name}/{value.id}", (kind, value)


def _chosen_of(
    command: do.SplitChild, owned: Mapping[str, tuple[Kind, Any]], facts: Collection[str]
) -> list[str]:
    """The records that go to the new case: those named, and those that need something that goes.

    A judgement goes with its outcome and with the review at which it was made.

    Raises:
        Refused: the case has no such one, or one needs what goes and what stays.
    """
    for key in command.records:
        if key not in owned:
            raise Refused(f"The case has no record {key!r}.", "records")
    needs = {key: dict(_needs(owned, kind, value)) for key, (kind, value) in owned.items()}
    chosen = dict.fromkeys(command.records)
    going = {*chosen, *(f"{FACT}/{key}" for key in facts)}
    while found := [
        key for key, some in needs.items() if key not in chosen and not going.isdisjoint(some)
    ]:
        chosen |= dict.fromkeys(found)
        going.update(found)
    for key in chosen:
        stays = [spec for one, spec in needs[key].items() if one not in going]
        said = with_article(owned[key][0].one)
        if any(spec.to == FACT for spec in stays):
            words = f"{said} is dated by events of which some stay: let all of them go, or none."
            raise Refused(capital(words), "records")
        if stays:
            words = f"{said} goes and its {stays[0].words} stays: let both go, or neither."
            raise Refused(capital(words), "records")
    return list(chosen)


def _needs(
    owned: Mapping[str, tuple[Kind, Any]], kind: Kind, value: object
) -> Iterator[tuple[str, FieldSpec]]:
    """What of the same case a record goes with, its events and what it says nothing without."""
    for spec in (one for of, one in within(every_kind()) if of is kind):
        key = f"{spec.to}/{getattr(value, spec.name)}"
        if getattr(value, spec.name) is None:
            continue
        if spec.to == FACT or (key in owned and without_links(kind, value, (spec,)) is None):
            yield key, spec


def _ended(
    owned: Mapping[str, tuple[Kind, Any]], chosen: Collection[str]
) -> dict[str, list[FieldSpec]]:
    """By record, the links between one that goes and one that stays: they end."""
    found: dict[str, list[FieldSpec]] = {}
    for key, (kind, value) in owned.items():
        for spec in (one for of, one in within(every_kind()) if of is kind):
            to = f"{spec.to}/{getattr(value, spec.name)}"
            if to in owned and (key in chosen) != (to in chosen):
                found.setdefault(key, []).append(spec)
    return found


def _told(rows: Mapping[str, tuple[Kind, RecordRow]], keys: Collection[str]) -> list[str]:
    return [record_words(*found) for key, found in rows.items() if key in keys]


def part(
    record: Record, command: do.SplitChild, others: Iterable[CaseSummary], today: date
) -> Parted:
    """Take a case apart. `others` are the cases in the store. Raises `Refused`."""
    moved, stay = _facts(record, command.fact_ids)
    given = {"surname": command.surname, "forename": command.forename, "born": command.born}
    if command.reference.strip():
        given["reference"] = command.reference
    values = checked_fields(given, today)
    _refuse_unborn(moved, values["born"])
    others = list(others)
    if "reference" in values:
        key = reference_key(values["reference"])
        if any(reference_key(one.reference) == key for one in others):
            raise Refused(f"The reference {values['reference']} is another child's.", "reference")
    else:
        values["reference"] = next(references(_keys(record.child, others)))
    new = Child(**values, typed=frozenset(given), history_from=record.child.history_from)
    rest = (one for one in others if one.id != record.child.id)
    alike = namesakes(new.surname, new.forename, new.born, rest)
    labels = {one.episode for one in moved} & {one.episode for one in stay} - {None}
    old = _left_behind(record.child, new, moved, stay)
    divided = tuple(sorted(label for label in labels if label))
    return Parted(Record(old, stay), Record(new, moved), divided, alike)


def _facts(record: Record, fact_ids: Iterable[str]) -> tuple[tuple[Fact, ...], tuple[Fact, ...]]:
    """The events that go and those that stay."""
    wanted = dict.fromkeys(fact_ids)
    reference = record.child.reference
    if not wanted:
        raise Refused("Choose the events that go to the new case.", "fact_ids")
    unknown = [key for key in wanted if key not in {fact.id for fact in record.facts}]
    if unknown:
        raise Refused(f"{reference} has no event {unknown[0]!r}.", "fact_ids")
    if len(wanted) == len(record.facts):
        raise Refused(f"All events of {reference} are named; one must stay.", "fact_ids")
    return (
        in_order(fact for fact in record.facts if fact.id in wanted),
        in_order(fact for fact in record.facts if fact.id not in wanted),
    )


def _refuse_unborn(moved: tuple[Fact, ...], born: date) -> None:
    first = moved[0]
    if first.on < born:
        raise Refused(
            f"{capital(fact_in_words(first))} is before the date of birth, {day_in_words(born)}.",
            "born",
        )


def _keys(child: Child, others: Iterable[CaseSummary]) -> Container[str]:
    """References in use, those that were this child's included."""
    used = {one.reference for one in others}
    return used | {one.upper() for one in child.further_references}


def _left_behind(child: Child, new: Child, moved: Iterable[Fact], stay: Iterable[Fact]) -> Child:
    """The old case: no import brings back what went, nor takes the new reference for this child."""
    here = {(fact.kind, fact.on) for fact in stay}
    gone = {
        TAKEN_BACK.format(fact.kind, fact.on.isoformat())
        for fact in moved
        if (fact.kind, fact.on) not in here
    }
    rest = child.further_references - absorbed(known_person(new))
    return replace(child, typed=child.typed | gone, further_references=rest)


def _divided(parted: Parted) -> list[str]:
    return [
        f"{label}: {_count(parted.new, label)} here, {_count(parted.old, label)} there"
        for label in parted.divided
    ]


def _count(record: Record, label: str) -> str:
    return counted(sum(fact.episode == label for fact in record.facts), "event")


def _in_words(facts: Iterable[Fact]) -> list[str]:
    return [capital(fact_in_words(fact)) for fact in facts]
