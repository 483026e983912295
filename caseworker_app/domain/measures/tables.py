"""The two shapes of table, built from references so that every count opens its cases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from statistics import fmean, median

from caseworker_app.domain.measures.board import Line, Table, Thing


def partition(
    key: str,
    title: str,
    heading: str,
    labels: Mapping[str, str],
    items: Iterable[tuple[str, str] | tuple[str, str, date | None]],
    *,
    group: str = "",
    definition: str = "",
) -> Table:
    """A table on whose lines each thing stands once.

    `labels` gives line key to words, in the order they are drawn; a line that nothing falls on
    shows 0. `items` are (line key, reference) of each thing counted, with its day where it has one.
    The rest is as in `Table`.
    """
    behind: dict[str, list[Thing]] = {line: [] for line in labels}
    for line, reference, *on in items:
        behind[line].append(Thing(reference, on=on[0] if on else None))
    total = sum(len(things) for things in behind.values())
    lines = tuple(
        Line(
            line,
            labels[line],
            len(things),
            total,
            things=by_day(things),
            cases=each_once(thing.reference for thing in things),
        )
        for line, things in behind.items()
    )
    return Table(key, title, heading, "partition", lines, total, group, definition)


def share(key: str, label: str, things: Iterable[Thing], note: str = "") -> Line:
    """A line with its own denominator: the things that count, of all of them."""
    every = by_day(things)
    counted = [thing.reference for thing in every if thing.counts]
    return Line(
        key,
        label,
        len(counted),
        len(every),
        note=note,
        things=every,
        cases=each_once(counted),
        of_cases=each_once(thing.reference for thing in every),
    )


def middle(
    key: str, label: str, pairs: Sequence[tuple[str, float]], unit: str, note: str = ""
) -> Line:
    """A median of (reference, value) pairs, with the count of what it is taken over."""
    value = median(amount for _, amount in pairs) if pairs else None
    return _statistic(key, label, pairs, unit, note, value)


def mean(
    key: str, label: str, pairs: Sequence[tuple[str, float]], unit: str, note: str = ""
) -> Line:
    """An arithmetic mean, as `middle`."""
    value = fmean(amount for _, amount in pairs) if pairs else None
    return _statistic(key, label, pairs, unit, note, value)


def _statistic(
    key: str,
    label: str,
    pairs: Sequence[tuple[str, float]],
    unit: str,
    note: str,
    value: float | None,
) -> Line:
    references = [reference for reference, _ in pairs]
    things = by_day(things_of(references))
    return Line(key, label, len(pairs), None, value, unit, note, things, each_once(references))


def things_of(references: Iterable[str]) -> tuple[Thing, ...]:
    """A thing for each reference, all of which count."""
    return tuple(map(Thing, references))


def by_day(things: Iterable[Thing]) -> tuple[Thing, ...]:
    """Things by their day, those of one day and those without in the order they came."""
    every = tuple(things)
    if all(thing.on is None for thing in every):
        return every
    return tuple(sorted(every, key=lambda thing: thing.on or date.min))


def each_once(references: Iterable[str]) -> tuple[str, ...]:
    """The references in order, each once."""
    return tuple(sorted(set(references)))


def band(amount: int, bands: Sequence[tuple[int, str]], beyond: str) -> str:
    """The key of the first band whose upper limit (in the band) reaches the amount."""
    return next((key for limit, key in bands if amount <= limit), beyond)
