"""What a published file looks like: its columns, how they hang together, and its breakdowns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

HIDDEN, NOT_APPLICABLE = "c", "z"
"""What stands in place of a figure: it is hidden; or there is nothing it could be a share of.

The codes of the Government's statistics for confidential and not applicable.
"""

Value = int | float | str
"""A count, a share in per cent, or one of the codes."""

_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Topic:
    """One way in which the rows of a file are broken down.

    Attributes:
        key: stable name, `age_3_25`.
        by: what of a thing it looks at: a field of `units.Who`.
        heading: the words of the column `breakdown_topic`.
        words: line to words, in order.
        unknown: the words of the line for what is not recorded.
        numbers: for an age or years, the first and the last line of their own; before and after
            them stand the lines "below" and "above".
        totals: a line to the lines that it is the sum of; nothing stands on it itself.
    """

    key: str
    by: str
    heading: str
    words: Mapping[str, str]
    unknown: str
    numbers: tuple[int, int] | None = None
    totals: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def line(self, value: str | int | None) -> str:
        """The line that a value falls on; "" is the one for what is not recorded."""
        if value is None:
            return ""
        if self.numbers is None:
            return str(value) if str(value) in self.words else ""
        first, last = self.numbers
        number = int(value)
        return "below" if number < first else "above" if number > last else str(number)

    def says(self, line: str) -> str:
        """The words of a line."""
        return self.words.get(line, self.unknown)


@dataclass(frozen=True, slots=True)
class Layout:
    """One published file.

    Attributes:
        name: of the file, without its ending.
        over: "day" where it is of the plans live on the survey day by academic year, else "year".
        counts: what a row is about; a key of `units.COUNTED`.
        everybody: topic and breakdown of the row of all.
        base: the column that says of how many things a row is.
        columns: in order.
        totals: column to the columns it is the sum of; `also` to further ways to add it up.
        shares: column to the part and what makes the whole.
        inside: column to the one that it lies inside.
        bounds: columns that together are at most others together; as many where nothing that tells
            them apart is missing.
    """

    name: str
    title: str
    over: str
    counts: str
    everybody: tuple[str, str]
    base: str
    columns: tuple[str, ...]
    topics: tuple[Topic, ...]
    totals: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    also: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    shares: Mapping[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    inside: Mapping[str, str] = field(default_factory=dict)
    bounds: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = ()

    @property
    def plain(self) -> tuple[str, ...]:
        """The columns that are neither total nor share: a thing is counted in these alone."""
        derived = self.totals.keys() | self.shares.keys()
        return tuple(one for one in self.columns if one not in derived)

    @property
    def counted(self) -> tuple[str, ...]:
        """The columns that are counts."""
        return tuple(one for one in self.columns if one not in self.shares)

    def ways(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Every total with the columns that add up to it, each way of adding up."""
        yield from self.totals.items()
        for total, several in self.also.items():
            for parts in several:
                yield total, parts


@dataclass(frozen=True, slots=True)
class Layouts:
    """The files of a year, and what places people in them.

    Attributes:
        files: in the order they are written.
        days: calendar year to the survey day that follows it, as the return has it.
        types: type of establishment, as `names.folded` has it, to a column of place.
        arrangements: code of the return to a column of place.
        main_ethnicity: extended code of ethnicity to its main one.
        readings: how what the guidance leaves open is read, in sentences.
    """

    files: tuple[Layout, ...]
    days: Mapping[int, date]
    types: Mapping[str, str]
    arrangements: Mapping[str, str]
    main_ethnicity: Mapping[str, str] = field(default_factory=dict)
    readings: tuple[str, ...] = ()


def in_per_cent(part: int, whole: int) -> Value:
    """A share in per cent to one decimal, a half rounded up; the code where there is nothing."""
    if whole == 0:
        return NOT_APPLICABLE
    share = (Decimal(100 * part) / whole).quantize(_TENTH, ROUND_HALF_UP)
    return int(share) if share == share.to_integral_value() else float(share)


def ordered(totals: Mapping[str, Sequence[str]]) -> list[str]:
    """Totals in an order in which each comes after those it is made of."""
    found: list[str] = []

    def put(one: str) -> None:
        if one in totals and one not in found:
            for part in totals[one]:
                put(part)
            found.append(one)

    for one in totals:
        put(one)
    return found
