"""Records of any kind as lists show them: what is pointed at by its words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from caseworker_app.domain.facts import Fact
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


class Names:
    """What records and events are called, each asked for once.

    What points at the same as another, the child above all, asks for nothing anew.
    """

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._titles: dict[str, dict[str, str]] = defaultdict(dict)
        self._facts: dict[str, Fact] = {}

    def learn(self, kind: Kind, records: Iterable[Any]) -> None:
        """Know records of a kind that were read already."""
        self._titles[kind.name] |= {one.id: kind.title(one) for one in records}

    def look_up(self, kind: Kind, records: Iterable[Any]) -> None:
        """Find what some records of a kind point at."""
        some = list(records)
        for spec in kind.links():
            known = self._titles[spec.to]
            keys = {getattr(one, spec.name) for one in some} - {None} - known.keys()
            if keys:
                known |= titles(self._reading, kind_named(spec.to), keys)
        dates = {getattr(one, spec.name) for one in some for spec in kind.fact_links()} - {None}
        dates -= self._facts.keys()
        if dates:
            found = self._reading.facts_named(dates)
            self._facts |= {key: fact for key, (_, fact) in found.items()}

    def title(self, name: str, key: str) -> str:
        """What a record of a kind is called, or an event; by "" the day of an event."""
        if name in (FACT, ""):
            fact = self._facts.get(key)
            if fact is None:
                return ""
            return fact_in_words(fact) if name else day_in_words(fact.on)
        return self._titles[name].get(key, "")


def rows_of(
    reading: Reading, kind: Kind, some: Iterable[Any], names: Names | None = None
) -> tuple[RecordRow, ...]:
    """Records of a kind, kept or not, with their words; `names` are what is known by now."""
    records = list(some)
    if not records:
        return ()
    known = Names(reading) if names is None else names
    # Where the field says which event it is, its day is enough.
    fields = [
        replace(one, to="") if one.facts else one for one in own_lists.in_words(reading, kind)
    ]
    known.look_up(kind, records)
    if names is not None and kind.name != "child":
        known.learn(kind, records)
    return tuple(
        RecordRow(
            one,
            {spec.name: in_words(spec, getattr(one, spec.name), known.title) for spec in fields},
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
