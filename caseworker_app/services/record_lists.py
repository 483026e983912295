"""Records of any kind as lists show them: what is pointed at by its words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from caseworker_app.domain.kind_values import in_words
from caseworker_app.domain.kinds import FACT, Kind, kind_named, kind_of
from caseworker_app.domain.names import folded
from caseworker_app.domain.rows import RecordRow, Sought
from caseworker_app.services import own_lists
from caseworker_app.services.ports import Reading
from caseworker_app.services.wording import capital, day_in_words, fact_in_words


def record_rows(
    reading: Reading,
    kind: Kind,
    ids: Collection[str] | None = None,
    *,
    only: Collection[str] | None = None,
) -> tuple[RecordRow, ...]:
    """The records of a kind with their words: those named, or all, in the order of their ids.

    `only` are children; what belongs to none of them is left out.
    """
    return rows_of(reading, kind, of_some(kind, reading.all_of(kind, ids), only).values())


def rows_of(reading: Reading, kind: Kind, some: Iterable[Any]) -> tuple[RecordRow, ...]:
    """Records of a kind, kept or not, with their words."""
    records = list(some)
    named: dict[str, Mapping[str, str]] = {}
    fields = own_lists.in_words(reading, kind)
    for spec in kind.links():
        keys = {getattr(one, spec.name) for one in records} - {None}
        known = named.get(spec.to, {})
        named[spec.to] = {**known, **titles(reading, kind_named(spec.to), keys)}
    if kind.fact_links():
        dates = {getattr(one, spec.name) for one in records for spec in kind.fact_links()} - {None}
        facts = reading.facts_named(dates) if dates else {}
        named[FACT] = {key: fact_in_words(one) for key, (_, one) in facts.items()}
        named[""] = {key: day_in_words(one.on) for key, (_, one) in facts.items()}
    return tuple(
        RecordRow(
            one,
            {
                spec.name: in_words(
                    # Where the field says which event it is, its day is enough.
                    replace(spec, to="") if spec.facts else spec,
                    getattr(one, spec.name),
                    lambda name, key: named[name].get(key, ""),
                )
                for spec in fields
            },
        )
        for one in records
    )


def in_rows(records: Iterable[Any]) -> tuple[RecordRow, ...]:
    """Records that point at nothing, with their words."""
    return tuple(
        RecordRow(
            one,
            {spec.name: in_words(spec, getattr(one, spec.name)) for spec in kind_of(one).fields},
        )
        for one in records
    )


def titles(reading: Reading, kind: Kind, ids: Collection[str] | None = None) -> dict[str, str]:
    """What records are called, by id: those named, or all."""
    if kind.name == "child":
        return {
            one.id: f"{one.surname}, {one.forename} ({one.reference})"
            for one in reading.summaries(ids)
        }
    return {key: kind.title(one) for key, one in reading.all_of(kind, ids).items()}


def fact_choices(
    reading: Reading, child_id: str, kinds: Collection[str] = ()
) -> tuple[tuple[str, str], ...]:
    """The facts of a child that a record may be dated by, newest first: of some kinds, or all."""
    record = reading.records((child_id,), kinds or None).get(child_id)
    facts = record.facts if record is not None else ()
    return tuple((one.id, capital(fact_in_words(one))) for one in reversed(facts))


def found_by_search(
    reading: Reading, kind: Kind, only: Collection[str] | None = None
) -> Iterator[Sought]:
    """The records of a kind as a search finds them; `only` as for `record_rows`."""
    names = [one.name for one in kind.fields if one.search]
    # A yes or a no says nothing without its heading.
    fields = (one for one in kind.fields if one.listed and one.by_hand)
    shown = [one.name for one in fields if one.type != "yes or no"]
    for row in record_rows(reading, kind, only=only) if names else ():
        owner = str(getattr(row.record, kind.owner)) if kind.owner else ""
        title = row.words[kind.owner] if owner else kind.title(row.record)
        said = [row.words[name] for name in shown if name != kind.owner]
        detail = " · ".join([capital(kind.one), *(one for one in said if one and one != title)])
        search = "\n".join(row.words[name] for name in names if row.words[name])
        if search:
            yield Sought(kind.name, row.id, owner, title, detail.replace("\n", " "), search)


def of_some(kind: Kind, records: Mapping[str, Any], only: Collection[str] | None) -> dict[str, Any]:
    """Of some records, by id, those that belong to some children; all with None."""
    if only is None:
        return dict(records)
    owner = kind.owner or ("id" if kind.name == "child" else "")
    return {key: one for key, one in records.items() if owner and getattr(one, owner) in only}


def choices(
    reading: Reading, kind: Kind, only: Collection[str] | None = None
) -> tuple[tuple[str, str], ...]:
    """What can be pointed at: id and words, by words; `only` as for `record_rows`."""
    if only is None or kind.name == "child":
        found = titles(reading, kind, only)
    else:
        found = titles(reading, kind, of_some(kind, reading.all_of(kind), only).keys())
    return tuple(sorted(found.items(), key=lambda pair: (folded(pair[1]), pair[1])))
