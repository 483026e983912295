"""England, the region and neighbours beside the council's own measures, over the years."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from caseworker_app.domain.declarations.council_details import CouncilDetails
from caseworker_app.domain.declarations.published import PublishedFigure
from caseworker_app.domain.department.published_values import (
    LOCAL,
    NATIONAL,
    REGIONAL,
    SIGNS,
    number_of,
)
from caseworker_app.domain.names import folded

LIVE = "live"
"""Stands where a twin is of no measure but of the number of live plans."""

Column = tuple[str, tuple[str, ...]]
"""A file, and a column of it by each name that it goes by."""


@dataclass(frozen=True, slots=True)
class Twin:
    """A measure and the published figure that is its twin.

    Attributes:
        ref: of the measure, or `LIVE`.
        part, whole: what counts, and of what; no whole for a count.
        differs: how theirs is counted otherwise, in a sentence, or "".
    """

    ref: str
    part: tuple[Column, ...]
    whole: tuple[Column, ...] = ()
    differs: str = ""

    @property
    def file(self) -> str:
        """The file that its periods are those of."""
        return self.part[0][0]


@dataclass(frozen=True, slots=True)
class Published:
    """One published figure.

    Attributes:
        numerator, denominator: counts; None where the file has a sign for one, or asks for none.
        value: the fraction, or the count; None where a sign stands for it.
        sign: in words, where there is no value: "hidden", "not available".
    """

    numerator: float | None
    denominator: float | None
    value: float | None
    sign: str = ""


@dataclass(frozen=True, slots=True)
class Area:
    """An area with its figures by period.

    Attributes:
        own: it is the council itself, as the Department published it.
    """

    level: str
    code: str
    name: str
    own: bool
    figures: Mapping[str, Published]


@dataclass(frozen=True, slots=True)
class Beside:
    """What others have where the council has a measure.

    Attributes:
        share: whether the figures are fractions.
        periods: as published, the oldest first.
        areas: England, the regions, the council, then those it is compared with.
    """

    ref: str
    file: str
    differs: str
    share: bool
    periods: tuple[str, ...]
    areas: tuple[Area, ...]


def period_words(period: str) -> str:
    """A period as people read it: "2024", and "2024/25" for 202425."""
    return f"{period[:4]}/{period[4:]}" if len(period) == 6 else period


def beside_others(
    figures: Iterable[PublishedFigure],
    twins: Iterable[Twin],
    details: CouncilDetails | None = None,
) -> tuple[Beside, ...]:
    """What is published beside each measure that has a twin, where anything is.

    Args:
        figures: those that were brought in; rows of everybody are looked at.
        twins: in the order wanted.
        details: says which is the council, and whom it is compared with.
    """
    known: dict[tuple[str, str], dict[str, dict[tuple[str, str], str]]] = {}
    names: dict[tuple[str, str], str] = {}
    for one in figures:
        if folded(one.topic) != folded(one.breakdown):
            continue
        area = (one.level, one.place_code)
        names[area] = one.place
        by_file = known.setdefault(area, defaultdict(dict))
        by_file[one.file][one.period, one.measure] = one.value
    own = details.la_number if details else ""
    wanted = details.neighbours if details else None
    order = sorted(
        (area for area in known if _is_wanted(area, own, wanted)),
        key=lambda area: _place(area, names[area], own),
    )
    found = []
    for twin in twins:
        areas = [
            Area(*area, names[area], area == (LOCAL, own), dict(_figures(twin, known[area])))
            for area in order
        ]
        there = tuple(one for one in areas if one.figures)
        if there:
            periods = sorted({period for one in there for period in one.figures})
            share = bool(twin.whole)
            found.append(Beside(twin.ref, twin.file, twin.differs, share, tuple(periods), there))
    return tuple(found)


def _is_wanted(area: tuple[str, str], own: str, neighbours: frozenset[str] | None) -> bool:
    level, code = area
    return level != LOCAL or neighbours is None or code == own or code in neighbours


def _place(area: tuple[str, str], name: str, own: str) -> tuple[int, str]:
    level, code = area
    order = {NATIONAL: 0, REGIONAL: 1, LOCAL: 3}
    return (2 if level == LOCAL and code == own else order.get(level, 4)), folded(name)


def _figures(
    twin: Twin, files: Mapping[str, Mapping[tuple[str, str], str]]
) -> Iterator[tuple[str, Published]]:
    """The figure of each period that the file has of an area."""
    periods = {period for period, _ in files.get(twin.file, {})}
    for period in periods:
        part = _added(twin.part, files, period)
        whole = _added(twin.whole, files, period)
        if part is None or whole is None:
            continue
        yield period, _figure(part, whole, share=bool(twin.whole))


def _figure(part: float | str, whole: float | str, *, share: bool) -> Published:
    numerator = None if isinstance(part, str) else part
    if not share:
        return Published(numerator, None, numerator, part if isinstance(part, str) else "")
    denominator = None if isinstance(whole, str) else whole
    sign = next((one for one in (part, whole) if isinstance(one, str)), "")
    if numerator is None or not denominator:
        return Published(numerator, denominator, None, sign or "nothing to count")
    return Published(numerator, denominator, numerator / denominator)


def _added(
    columns: Sequence[Column], files: Mapping[str, Mapping[tuple[str, str], str]], period: str
) -> float | str | None:
    """What some columns come to; the sign in words where one stands; None where one is not there.

    No columns come to nought.
    """
    total = 0.0
    for file, names in columns:
        kept = files.get(file, {})
        value = next((kept[period, one] for one in names if (period, one) in kept), None)
        if value is None:
            return None
        number = number_of(value)
        if number is None:
            return SIGNS.get(value.strip().casefold(), value)
        total += number
    return total


def latest_words(one: Beside) -> str:
    """England, and the region where one is the council's, in the last year with a figure.

    As "England 45.9%, London 64.7% in 2024"; "" where there is none.
    """
    regions = [area for area in one.areas if area.level == REGIONAL]
    national = [area for area in one.areas if area.level == NATIONAL]
    wide = [*national, *(regions if len(regions) == 1 else ())]
    known = [
        period
        for period in one.periods
        if any(area.figures[period].value is not None for area in wide if period in area.figures)
    ]
    if not known:
        return ""
    said = [
        f"{area.name} {value_words(figure.value, share=one.share)}"
        for area in wide
        if (figure := area.figures.get(known[-1])) is not None and figure.value is not None
    ]
    return f"{', '.join(said)} in {period_words(known[-1])}"


def value_words(value: float | None, *, share: bool) -> str:
    """A figure as people read it; "" for none."""
    if value is None:
        return ""
    return f"{value:.1%}" if share else f"{value:,.0f}"


@dataclass(frozen=True, slots=True)
class Standing:
    """One area as a line: its figures by period and, of the council, that of now.

    Attributes:
        own: it is the council, and `now` is what its own return has; None where that has none.
        hidden: what it has now is hidden.
    """

    name: str
    own: bool
    figures: Mapping[str, Published]
    now: float | None = None
    hidden: bool = False


def standings(
    one: Beside, council: str, now: float | None, *, hidden: bool = False
) -> tuple[Standing, ...]:
    """The areas of a comparison as lines; the council's has what it published and what it has now.

    Args:
        one: the comparison.
        council: its name, where nothing of it is published.
        now: what its own return has.
        hidden: whether that is hidden.
    """
    found = [
        Standing(area.name, area.own, area.figures, now if area.own else None, area.own and hidden)
        for area in one.areas
    ]
    if not any(area.own for area in one.areas):
        name = council or "Your council"
        found.append(Standing(name, own=True, figures={}, now=now, hidden=hidden))
    return tuple(found)


def as_plain(one: Beside) -> list[Any]:
    """A comparison as JSON has it; the same for the same."""
    areas = [
        [
            *(area.level, area.code, area.name, area.own),
            [
                [period, figure.numerator, figure.denominator, figure.value, figure.sign]
                for period, figure in sorted(area.figures.items())
            ],
        ]
        for area in one.areas
    ]
    return [one.ref, one.file, one.differs, one.share, list(one.periods), areas]


def of_plain(told: Sequence[Any]) -> Beside:
    """The comparison of which `as_plain` told. Raises `ValueError` where it is none."""
    ref, file, differs, share, periods, areas = told
    found = [
        Area(level, code, name, own, {period: Published(*said) for period, *said in figures})
        for level, code, name, own, figures in areas
    ]
    return Beside(ref, file, differs, share, tuple(periods), tuple(found))
