"""Records of any kind as lists show them: what is pointed at by its words."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from caseworker_app.domain.kind_values import in_words
from caseworker_app.domain.kinds import Kind, kind_named
from caseworker_app.domain.names import folded
from caseworker_app.domain.rows import RecordRow
from caseworker_app.services.ports import Reading


def record_rows(
    reading: Reading, kind: Kind, ids: Collection[str] | None = None
) -> tuple[RecordRow, ...]:
    """The records of a kind with their words: those named, or all, in the order of their ids."""
    records = list(reading.all_of(kind, ids).values())
    named: dict[str, Mapping[str, str]] = {}
    for spec in kind.links():
        keys = {getattr(one, spec.name) for one in records} - {None}
        known = named.get(spec.to, {})
        named[spec.to] = {**known, **titles(reading, kind_named(spec.to), keys)}
    return tuple(
        RecordRow(
            one,
            {
                spec.name: in_words(
                    spec, getattr(one, spec.name), lambda name, key: named[name].get(key, "")
                )
                for spec in kind.fields
            },
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


def choices(reading: Reading, kind: Kind) -> tuple[tuple[str, str], ...]:
    """What can be pointed at: id and words, by words."""
    found = titles(reading, kind)
    return tuple(sorted(found.items(), key=lambda pair: (folded(pair[1]), pair[1])))
