"""Charts as values: what is drawn, said, put in a table and opened, before anybody draws it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from caseworker_app.domain.measures.board import Line, Table, Thing
from caseworker_app.domain.measures.tables import by_day

Shape = Literal["bars", "columns", "line"]
"""Bars lie, and each has its words before it; columns stand side by side in time, as points do."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One bar, one piece of a bar, or one point.

    Attributes:
        value: what is drawn: a count, or a share as a fraction; None where there is nothing to say.
        words: the value in words, "12", "7 of 9 (78%)".
        things: what it was counted from, a row each, by day; empty where no case is behind it.
    """

    value: float | None
    words: str
    things: tuple[Thing, ...] = ()

    @property
    def opens(self) -> bool:
        """Whether there are cases behind it."""
        return bool(self.things)


@dataclass(frozen=True, slots=True)
class Series:
    """The marks of one kind, one a category.

    Attributes:
        name: what tells it from others, in the legend and over its column in the table.
        tone: the colour it has in every theme: accent, red, amber, green, blue or grey. Its
            pattern goes by its place, so that the colour is never alone.
    """

    name: str
    marks: tuple[Mark, ...]
    tone: str = "accent"


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart.

    Attributes:
        key: its name in code.
        group: the heading it stands under.
        sentence: what it shows, for whoever does not see it.
        heading: what the categories are, "How late".
        counted: what is counted, "Duties".
        categories: their words, in the order they are drawn.
        short: the same where room is short, or none.
        stacked: whether the marks of a category add up, and stand one on another.
        shares: whether values are fractions, drawn up to the whole.
        late: the places of the categories that are late, which have a sign of their own.
        target: a line to reach, as a value, or None.
        target_words: what the line is.
        note: how it is counted, or "".
    """

    key: str
    group: str
    title: str
    sentence: str
    shape: Shape
    heading: str
    counted: str
    categories: tuple[str, ...] = ()
    series: tuple[Series, ...] = ()
    short: tuple[str, ...] = ()
    stacked: bool = False
    shares: bool = False
    late: frozenset[int] = frozenset()
    target: float | None = None
    target_words: str = ""
    note: str = ""

    @property
    def empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not any(mark.value for mark in self.marks())

    @property
    def is_told(self) -> bool:
        """Whether there is anything to say, be it that all is nought."""
        return any(mark.value is not None for mark in self.marks())

    @property
    def adds_up(self) -> bool:
        """Whether its table has a column of the sum of each category."""
        return self.stacked and len(self.series) > 1

    def marks(self) -> Iterator[Mark]:
        """Every mark."""
        return (mark for series in self.series for mark in series.marks)

    def mark(self, series: int, category: int) -> Mark:
        """One mark by its place."""
        return self.series[series].marks[category]

    def total(self, category: int) -> float:
        """The sum of a category's marks."""
        return sum(series.marks[category].value or 0 for series in self.series)

    def behind(self, categories: Iterable[int], series: Iterable[int] | None = None) -> Mark:
        """Several marks as one, of all series or of some."""
        some = range(len(self.series)) if series is None else tuple(series)
        return count_of(
            one for at in categories for number in some for one in self.mark(number, at).things
        )

    def named(self, series: int, category: int) -> str:
        """Whose mark it is, for the filter; with a series of -1 those of a whole category."""
        words = [self.categories[category]]
        if len(self.series) > 1 and series >= 0:
            words.append(self.series[series].name)
        return f"{self.title}: {', '.join(words)}"

    def spoken(self, series: int, category: int) -> str:
        """A mark read aloud."""
        mark = self.mark(series, category)
        name = f", {self.series[series].name}" if len(self.series) > 1 else ""
        late = ", late" if category in self.late else ""
        return f"{self.categories[category]}{name}{late}: {mark.words}"

    def references(self) -> tuple[str, ...]:
        """Every case behind it, each once, in order."""
        return tuple(sorted({one.reference for mark in self.marks() for one in mark.things}))


def count_of(things: Iterable[Thing]) -> Mark:
    """How many there are."""
    found = by_day(things)
    return Mark(len(found), f"{len(found):,}", found)


def share_of(things: Iterable[Thing]) -> Mark:
    """How many of them count, as a share; nothing is drawn where there are none."""
    found = by_day(things)
    return share(sum(one.counts for one in found), len(found), found)


def share(count: int, of: int, things: tuple[Thing, ...] = ()) -> Mark:
    """A share that was counted before."""
    if not of:
        return Mark(None, "none", things)
    return Mark(count / of, f"{count:,} of {of:,} ({round(100 * count / of)}%)", things)


def told(number: float) -> Mark:
    """A number that somebody told, with no case behind it."""
    return Mark(number, f"{number:,.0f}")


def of_lines(lines: Sequence[Line], *, shares: bool = False) -> tuple[Mark, ...]:
    """The lines of a table of the board return as marks: the same things, so the same numbers."""
    return tuple(share_of(one.things) if shares else count_of(one.things) for one in lines)


def of_table(
    table: Table,
    group: str,
    sentence: str,
    counted: str,
    *,
    late: Mapping[str, bool] = MappingProxyType({}),
    tone: str = "accent",
) -> Chart:
    """A table of the board return as bars, a bar a line.

    Args:
        table: a partition; its empty last lines "not recorded" are left out.
        group: as of the chart.
        sentence: as of the chart.
        counted: as of the chart.
        late: the keys of the lines that are late.
        tone: of the bars.
    """
    lines = [one for one in table.lines if one.things or not one.key.startswith(("no_", "not_"))]
    return Chart(
        table.key,
        group,
        table.title,
        sentence,
        "bars",
        table.heading,
        counted,
        tuple(one.label for one in lines),
        (Series(counted, of_lines(lines), tone),),
        late=frozenset(at for at, one in enumerate(lines) if late.get(one.key)),
        note=table.definition,
    )


@dataclass(frozen=True, slots=True)
class Headline:
    """A number of a chart that is read first.

    Attributes:
        words: what it counts, below the number.
        tone: "late", "soon" or "".
        mark: the number and the cases behind it.
    """

    key: str
    words: str
    tone: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Dashboard:
    """What a day's caseload looks like, as charts.

    Attributes:
        about: of which day and whose cases it is, a sentence.
        live: how many live plans it is of.
        headlines: the numbers that are read first; each is part of a chart.
        notes: what is not shown and why, a sentence each.
    """

    about: str
    live: int
    charts: tuple[Chart, ...] = ()
    headlines: tuple[Headline, ...] = ()
    notes: tuple[str, ...] = ()

    def chart(self, key: str) -> Chart:
        """A chart by its key. Raises `KeyError`."""
        for one in self.charts:
            if one.key == key:
                return one
        raise KeyError(key)
