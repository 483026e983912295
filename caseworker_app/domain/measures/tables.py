"""The two shapes of table, built from references so that every count opens its cases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from statistics import fmean, median

from caseworker_app.domain.measures.board import Line, Table


def partition(
    key: str,
    title: str,
    heading: str,
    labels: Mapping[str, str],
    items: Iterable[tuple[str, str]],
    *,
    group: str = "",
    definition: str = "",
) -> Table:
    """A table on whose lines each thing stands once.

    `labels` gives line key to words, in the order they are drawn; a line that nothing falls on
    shows 0. `items` are (line key, reference) of each thing counted. The rest is as in `Table`.
    """
    behind: dict[str, list[str]] = {line: [] for line in labels}
    for line, reference in items:
        behind[line].append(reference)
    total = sum(len(references) for references in behind.values())
    lines = tuple(
        Line(line, labels[line], len(references), total, cases=each_once(references))
        for line, references in behind.items()
    )
    return Table(key, title, heading, "partition", lines, total, group, definition)


def share(key: str, label: str, counted: Sequence[str], of: Sequence[str], note: str = "") -> Line:
    """A line with its own denominator."""
    return Line(
        key,
        label,
        len(counted),
        len(of),
        note=note,
        cases=each_once(counted),
        of_cases=each_once(of),
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
    references = each_once(reference for reference, _ in pairs)
    return Line(key, label, len(pairs), None, value, unit, note, references)


def each_once(references: Iterable[str]) -> tuple[str, ...]:
    """The references in order, each once."""
    return tuple(sorted(set(references)))


def band(amount: int, bands: Sequence[tuple[int, str]], beyond: str) -> str:
    """The key of the first band whose upper limit (in the band) reaches the amount."""
    return next((key for limit, key in bands if amount <= limit), beyond)
