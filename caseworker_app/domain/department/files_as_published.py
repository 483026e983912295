"""What a file of the Department says, as it comes: which file it is, and the figures that are kept.

Kept are the rows of everybody: of England, of the council's region, of the council and of those it
is compared with. A row or a column that is not understood is told, and nothing is made of it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from caseworker_app.domain.declarations.published import PublishedFigure
from caseworker_app.domain.department.layout import Layout
from caseworker_app.domain.department.published_values import (
    HEAD,
    LOCAL,
    NATIONAL,
    REGIONAL,
    is_value,
)
from caseworker_app.domain.names import folded

NEEDED = ("time_period", "geographic_level")
"""The columns without which a file is none of these."""

MOST_AUTHORITIES = 20
"""So many authorities at most are kept where nobody said which of them are wanted."""

_PERIOD = re.compile(r"(19|20)\d{2}(\d{2})?")
_LA = re.compile(r"\d{3}")
_ENDING = re.compile(r"[-_ ]*(\(?\d+\)?|final|copy|data)*$")
_FEW = 3


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose rows are kept.

    Attributes:
        council: its number, or "" where nobody told it.
        neighbours: the numbers of those it is compared with.
    """

    council: str = ""
    neighbours: frozenset[str] = frozenset()

    @property
    def authorities(self) -> frozenset[str]:
        """The numbers of all of them; empty where nobody said."""
        return self.neighbours | {self.council} if self.council else frozenset()


@dataclass(slots=True)
class AsPublished:
    """What came of one file.

    Attributes:
        file: the published file it is, or its own name.
        rows: how many it has below its headings.
        figures: what is kept, each with the number of its row.
        parked: rows that were not understood: number and why.
        notes: what else is to be told, in sentences.
        left: rows that were understood and are not kept, by why.
    """

    file: str
    rows: int = 0
    figures: list[tuple[int, PublishedFigure]] = field(default_factory=list)
    parked: list[tuple[int, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    left: Counter[str] = field(default_factory=Counter)


class Unlike(Exception):
    """Why a file is none of the Department's, in a few words."""


def as_published(
    rows: Iterable[Sequence[str]], name: str, layouts: Iterable[Layout], wanted: Wanted
) -> AsPublished:
    """What the rows of a file say, its headings first.

    Args:
        rows: every row, as it stands; of the breakdowns, which are most of a file, none is held.
        name: of the file, without its ending.
        layouts: the files that are known, their years not in place.
        wanted: whose rows are kept.

    Raises:
        Unlike: it has not the columns, or holds more authorities than anybody compares with.
    """
    every = iter(rows)
    head = [" ".join(one.split()) for one in next(every, ())]
    missing = [one for one in NEEDED if one not in head]
    if missing:
        raise Unlike(f"it has no column {missing[0]}")
    reader = _Reader(head, name, tuple(layouts), wanted)
    reader.read((at, row) for at, row in enumerate(every, start=2) if any(map(str.strip, row)))
    return reader.found


class _Reader:
    """Reads the rows below one heading."""

    def __init__(
        self, head: Sequence[str], name: str, layouts: Sequence[Layout], wanted: Wanted
    ) -> None:
        self._head, self._wanted = head, wanted
        self._at = {one: place for place, one in reversed(list(enumerate(head)))}
        self._name, self._layouts = name, layouts
        self._regions: frozenset[str] = frozenset()
        self._empty = 0
        self._said: dict[tuple[str, ...], str] = {}
        self.found = AsPublished(name)

    def read(self, body: Iterable[tuple[int, Sequence[str]]]) -> None:
        """Take what is wanted, and say what of the rest is not understood."""
        found, over = self.found, ""
        rows = []
        for at, row in body:
            over = over or self._text(row, "time_identifier").casefold()
            found.rows += 1
            if self._fits(at, row) and self._is_everybody(row):
                rows.append((at, row))
        layout = self._layout(over)
        named = next((one.name for one in self._layouts if self._is_named(one)), "")
        found.file = layout.name if layout is not None else named or self._name
        if layout is None:
            other = "has other columns than the one" if named else "is none of the files"
            found.notes.append(
                f"{self._name} {other} that {'is' if named else 'are'} known: it is kept as "
                f"{found.file}."
            )
        self._check_authorities(rows)
        self._regions = frozenset(
            self._text(row, "region_code")
            for _, row in rows
            if self._wanted.council and self._text(row, "old_la_code") == self._wanted.council
        )
        kept = [(at, row) for at, row in rows if self._is_kept(row)]
        columns = list(self._columns(kept, layout))
        for at, row in kept:
            self._take(at, row, columns)
        found.notes += (
            f"{why}: {_many(count, 'row')} left out." for why, count in found.left.items()
        )
        if self._empty:
            found.notes.append(f"{_many(self._empty, 'empty cell')} left out.")

    def _text(self, row: Sequence[str], column: str) -> str:
        place = self._at.get(column)
        return " ".join(row[place].split()) if place is not None and place < len(row) else ""

    def _layout(self, said: str) -> Layout | None:
        """Which file it is: by its name where its columns agree, else by these alone.

        `said` is what its rows are over, in small letters.
        """
        measures = {one for one in self._head if one not in HEAD}
        over = {"academic year": "day", "calendar year": "year"}
        scored = []
        for one in self._layouts:
            shapes = [_shape(column) for column in one.columns]
            known = sum(any(shape.fullmatch(each) for shape in shapes) for each in measures)
            if known >= max(_FEW, len(measures) / 2):
                scored.append(
                    (self._is_named(one), over.get(said, one.over) == one.over, known, one)
                )
        scored.sort(key=lambda one: one[:3], reverse=True)
        several = len(scored) > 1 and scored[0][:3] == scored[1][:3]
        return scored[0][3] if scored and not several else None

    def _is_named(self, layout: Layout) -> bool:
        """Whether the file has the name of a known one, whatever a download adds to it."""
        return folded(_ENDING.sub("", self._name)) == folded(layout.name)

    def _fits(self, at: int, row: Sequence[str]) -> bool:
        """Whether a row has the cells, the period and the area that every row has."""
        why = ""
        level = self._text(row, "geographic_level") if len(row) == len(self._head) else ""
        if len(row) != len(self._head):
            why = f"it has {len(row)} cells under {len(self._head)} headings"
        elif not _PERIOD.fullmatch(self._text(row, "time_period")):
            why = f"time_period: {self._text(row, 'time_period')[:20]!r} is no year"
        elif level not in (NATIONAL, REGIONAL, LOCAL):
            why = f"geographic_level: {level[:30]!r} is none that is known"
        elif level == LOCAL and not _LA.fullmatch(self._text(row, "old_la_code")):
            why = f"old_la_code: {self._text(row, 'old_la_code')[:20]!r} is not three digits"
        if why:
            self.found.parked.append((at, why))
        return not why

    def _check_authorities(self, rows: Sequence[tuple[int, Sequence[str]]]) -> None:
        there = {self._text(row, "old_la_code") for _, row in rows} - {""}
        if not self._wanted.authorities and len(there) > MOST_AUTHORITIES:
            raise Unlike(
                f"it holds {len(there)} authorities: say first which is yours, and whom you are "
                "compared with, under Details of the council"
            )

    def _is_everybody(self, row: Sequence[str]) -> bool:
        """Whether a row is of all: its breakdown is no part of its topic."""
        topic, line = self._text(row, "breakdown_topic"), self._text(row, "breakdown")
        if folded(topic) == folded(line):
            return True
        self.found.left["Breakdowns, by age, sex and the like"] += 1
        return False

    def _is_kept(self, row: Sequence[str]) -> bool:
        level, left = self._text(row, "geographic_level"), self.found.left
        wanted = self._wanted.authorities
        if level == LOCAL and wanted and self._text(row, "old_la_code") not in wanted:
            left["Authorities that are neither yours nor compared with it"] += 1
            return False
        if (
            level == REGIONAL
            and self._regions
            and self._text(row, "region_code") not in self._regions
        ):
            left["Regions that are not yours"] += 1
            return False
        return True

    def _columns(
        self, rows: Sequence[tuple[int, Sequence[str]]], layout: Layout | None
    ) -> Iterator[tuple[int, str]]:
        """The columns of figures, by place; those that are in doubt are told and left out."""
        shapes = [] if layout is None else [_shape(one) for one in layout.columns]
        notes = self.found.notes
        for place, column in enumerate(self._head):
            if column in HEAD or not column:
                continue
            if self._head.index(column) != place:
                first = self._head.index(column)
                if any(row[first].strip() != row[place].strip() for _, row in rows):
                    notes.append(f"The column {column} stands twice and says otherwise each time.")
                continue
            again = [at for at, one in enumerate(self._head) if one == column]
            if any(row[at].strip() != row[place].strip() for _, row in rows for at in again):
                continue
            known = any(shape.fullmatch(column) for shape in shapes)
            if not known:
                odd = [row[place].strip() for _, row in rows if not is_value(row[place])]
                if [one for one in odd if one]:
                    notes.append(f"The column {column} is not known and holds no figures.")
                    continue
                if layout is not None:
                    notes.append(f"The column {column} is not known: it is kept as it stands.")
            yield place, column

    def _take(self, at: int, row: Sequence[str], columns: Sequence[tuple[int, str]]) -> None:
        level = self._text(row, "geographic_level")
        code, place = {
            NATIONAL: ("country_code", "country_name"),
            REGIONAL: ("region_code", "region_name"),
            LOCAL: ("old_la_code", "la_name"),
        }[level]
        for where, column in columns:
            cell = " ".join(row[where].split())
            if not cell:
                self._empty += 1
                continue
            if not is_value(cell):
                self.found.parked.append((at, f"{column}: {cell[:30]!r} is no figure and no sign"))
                continue
            figure = PublishedFigure(
                file=self.found.file,
                period=self._text(row, "time_period"),
                level=level,
                place_code=self._text(row, code),
                place=self._text(row, place) or level,
                topic=self._text(row, "breakdown_topic"),
                breakdown=self._text(row, "breakdown"),
                measure=column,
                value=cell,
            )
            key = (figure.period, level, figure.place_code, folded(figure.topic), column)
            if self._said.setdefault(key, cell) != cell:
                why = f"{column}: an earlier row says {self._said[key]} of the same, this {cell}"
                self.found.parked.append((at, why))
                continue
            self.found.figures.append((at, figure))


def _many(count: int, what: str) -> str:
    return f"1 {what} is" if count == 1 else f"{count:,} {what}s are"


def _shape(column: str) -> re.Pattern[str]:
    """A column of a layout, whatever years a file is of."""
    return re.compile(re.escape(column).replace(r"\{this\}", r"\d\d").replace(r"\{next\}", r"\d\d"))
