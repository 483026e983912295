"""Plain rows to records of one declared kind: which column is which field, and what cells say."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from caseworker_app import paths
from caseworker_app.domain import british_dates, upn
from caseworker_app.domain.errors import Unreadable
from caseworker_app.domain.facts import KINDS, Fact
from caseworker_app.domain.incoming import ParkedRow
from caseworker_app.domain.incoming_records import (
    Cell,
    IncomingRecord,
    IncomingRecords,
    RawRow,
    RawRows,
    Unread,
)
from caseworker_app.domain.kind_values import pence, whole
from caseworker_app.domain.kinds import FACT, FieldSpec, Kind, importable, kind_named
from caseworker_app.domain.names import folded
from caseworker_app.imports.tracker import names
from caseworker_app.imports.tracker.catalogue import IGNORED, Catalogue
from caseworker_app.imports.tracker.days import is_blank
from caseworker_app.imports.tracker.words import squeeze
from caseworker_app.services.progress import Progress

_WHO = ("reference", "surname", "forename", "name", "born", "upn")
"""Fields of a tracker that say whose a record is."""

_CHILD = "child."
_LIKE, _WORD_FOR_WORD = 0.8, 2.0
_HEADING_ROWS = 40
_FEW = 2
_EVENT = re.compile(r"(\D+) (\d{1,2} \w{3,9} \d{4})(?: \(.*\))?")
"""An event as lists show it, "review meeting held 24 Feb 2024"."""

_LABELS = {folded(one.label): one.kind for one in KINDS.values()}
_SPAN = {"since": ("Start date", "Started"), "until": ("End date", "Ended")}
"""What the first and the last day of what holds from a day to a day are called besides."""
_TENTHS = re.compile(r"-?[\d,]+\.\d")
_YES = frozenset({"yes", "y", "true", "1", "x", "\u2713", "\u2714"})
_NO = frozenset({"no", "n", "false", "0"})


def read(
    files: Sequence[Path], kind: Kind, *, today: date, progress: Progress | None = None
) -> IncomingRecords:
    """Read the records of a kind from workbooks or delimited text.

    They are read in a process of its own, whose memory and time `process.limits` bounds.

    Raises:
        Unreadable: a file is not what it should be, takes more than it may, or has no row of
            headings for such records; with one plain sentence that names it.
        Unavailable: the reading process could not be started.
        Cancelled: by the progress.
    """
    from caseworker_app.imports.process import parent

    return understood(parent.read_rows(files, today, progress), kind)


def understood(raw: RawRows, kind: Kind) -> IncomingRecords:
    """What plain rows say of records of a kind. Raises `Unreadable` where it is nothing."""
    known = catalogue_of(kind)
    sheets: dict[tuple[str, str], list[RawRow]] = {}
    for row in raw.rows:
        sheets.setdefault((row.place.file, row.place.sheet), []).append(row)
    made = _Made(kind)
    used: set[str] = set()
    for (file, _), rows in sheets.items():
        head = _head(rows, known, kind)
        if head is not None:
            used.add(file)
            made.take(rows, *head)
    for file in raw.files:
        if file not in used:
            needed = [one.label for one in importable(kind) if one.needed][:2]
            such = " and ".join(needed or [importable(kind)[0].label])
            raise Unreadable(
                f"{file} holds no list of {kind.many}: no row of headings such as {such} was found."
            )
    rows_read = len(made.records) + len(made.parked)
    notes = (*made.notes, *raw.notes)
    return IncomingRecords(
        kind.name, raw.files, rows_read, tuple(made.records), tuple(made.parked), notes
    )


class _Unfit(Exception):
    """Why a cell is not what its column holds, in a few words."""


@dataclass
class _Made:
    """What came of the rows so far."""

    kind: Kind
    records: list[IncomingRecord] = field(default_factory=list)
    parked: list[ParkedRow] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def take(self, rows: Sequence[RawRow], at: int, columns: Mapping[int, str]) -> None:
        """Read the rows below a heading."""
        head = rows[at]
        place = head.place
        left = [
            squeeze(cell)
            for column, cell in enumerate(head.cells)
            if isinstance(cell, str) and squeeze(cell) and column not in columns
        ]
        if left:
            self.notes.append(
                f"{place.file}, {place.sheet}: not taken: {', '.join(left)}, which no field is."
            )
        for row in rows[at + 1 :]:
            if row.cells == head.cells or not any(
                self._text(row, column) for column in range(len(row.cells))
            ):
                continue
            self._row(row, columns, dict(enumerate(head.cells)))

    def _row(self, row: RawRow, columns: Mapping[int, str], heads: Mapping[int, Cell]) -> None:
        who: dict[str, Any] = {}
        values: dict[str, Any] = {}
        links: dict[str, str] = {}
        why = row.unsure
        for column, name in columns.items():
            cell = row.cells[column] if column < len(row.cells) else ""
            try:
                if name.startswith(_CHILD):
                    who.update(_of_child(name.removeprefix(_CHILD), cell))
                else:
                    spec = self.kind.field(name)
                    value = _value(spec, cell)
                    if value is not None:
                        named = spec.own_list or (spec.type == "link" and spec.to != FACT)
                        (links if named else values)[name] = value
            except _Unfit as unfit:
                shown = cell.text if isinstance(cell, Unread) else str(cell)
                why = why or f'{heads[column]}: "{shown[:60]}" is {unfit}'
        record = IncomingRecord(row.place, values, links, **who)
        for spec in importable(self.kind):
            if spec.needed and not (spec.name in values or spec.name in links):
                why = why or f"the {spec.words} is needed"
        if why:
            self.parked.append(ParkedRow(row.place, why, record.case))
        else:
            self.records.append(record)

    @staticmethod
    def _text(row: RawRow, column: int) -> bool:
        cell = row.cells[column]
        return not isinstance(cell, str) or not is_blank(squeeze(cell))


@cache
def _words() -> dict[str, Any]:
    with (paths.resources() / "imports" / "headings.toml").open("rb") as file:
        return tomllib.load(file)


def catalogue_of(kind: Kind) -> Catalogue:
    """The headings of a kind's fields, and of what says whose a record is."""
    data = _words()
    fields: dict[str, Any] = {}
    for spec in importable(kind):
        headings = [spec.label, spec.name.replace("_", " ").removesuffix(" id"), *spec.synonyms]
        headings += _SPAN.get(spec.name, ())
        if spec.type == "link" and spec.to != FACT:
            # A school is told by whatever its own list has names under.
            headings += [
                one for of in kind_named(spec.to).fields if of.unique for one in of.synonyms
            ]
        fields[spec.name] = {"label": spec.label, "reads": spec.type, "headings": headings}
    if kind.owner:
        # In a list of contacts a name is that of the contact.
        own = {folded(one) for spec in fields.values() for one in spec["headings"]}
        for name in _WHO:
            of = data["field"][name]
            left = [one for one in of["headings"] if folded(one) not in own]
            fields[_CHILD + name] = {**of, "headings": left}
    nothing: dict[str, object] = {}
    data = {**data, "foreign": nothing, "field": fields, "ignored": {"headings": []}}
    return Catalogue(data)


def _head(
    rows: Sequence[RawRow], known: Catalogue, kind: Kind
) -> tuple[int, dict[int, str]] | None:
    """Which of the first rows is the heading, and which field each of its columns holds."""
    needed = {one.name for one in importable(kind) if one.needed}
    best: tuple[int, dict[int, str]] | None = None
    for at, row in enumerate(rows[:_HEADING_ROWS]):
        columns = columns_of(row, known)
        enough = len(columns) >= min(_FEW, len(known.fields)) and needed <= {*columns.values()}
        if enough and (best is None or len(columns) > len(best[1])):
            best = at, columns
    return best


def columns_of(row: RawRow, known: Catalogue) -> dict[int, str]:
    """Which column holds which field, the likest first; what two columns hold is in neither."""
    found: list[tuple[float, int, str]] = []
    own = _own_headings(known)
    for column, cell in enumerate(row.cells):
        if not isinstance(cell, str) or not squeeze(cell):
            continue
        name = own.get(folded(squeeze(cell)))
        if name is not None:
            found.append((_WORD_FOR_WORD, column, name))
            continue
        likeness = {
            name: value
            for name, value in known.likeness(squeeze(cell)).items()
            if name != IGNORED and value >= _LIKE
        }
        top = max(likeness.values(), default=0.0)
        fit = [name for name, value in likeness.items() if value == top]
        if len(fit) == 1:
            found.append((top, column, fit[0]))
    columns: dict[int, str] = {}
    for name in {name for _, _, name in found}:
        mine = sorted((one for one in found if one[2] == name), reverse=True)
        if len(mine) == 1 or mine[0][0] > mine[1][0]:
            columns[mine[0][1]] = name
    return dict(sorted(columns.items()))


def _own_headings(known: Catalogue) -> dict[str, str]:
    """The field of each heading that is a field's own word for word, so also of a bare "To"."""
    labels: dict[str, list[str]] = {}
    for name, one in known.fields.items():
        if not name.startswith(_CHILD):
            labels.setdefault(folded(one.label), []).append(name)
    return {label: some[0] for label, some in labels.items() if len(some) == 1}


def _of_child(name: str, cell: Cell) -> Iterator[tuple[str, Any]]:
    if isinstance(cell, Unread):
        raise _Unfit(cell.why)
    text = squeeze(cell) if isinstance(cell, str) else ""
    if not cell or (text and is_blank(text)):
        return
    if name == "born":
        yield "born", _day(cell)
    elif isinstance(cell, date):
        raise _Unfit("a date")
    elif name == "upn":
        yield "upn", upn.tidy(text)
    elif name == "name":
        surname, forename = names.split(text, "forename first")
        yield "surname", surname
        yield "forename", forename
    else:
        yield name, text


def _value(spec: FieldSpec, cell: Cell) -> Any:  # noqa: ANN401
    """What a cell says, None for nothing. Raises `_Unfit`."""
    if isinstance(cell, Unread):
        raise _Unfit(cell.why)
    if spec.to == FACT and isinstance(cell, str) and (named := _EVENT.fullmatch(squeeze(cell))):
        of = _LABELS.get(folded(named[1]))
        if of is not None:
            return Fact(of, _day(named[2]))
    if spec.type == "day" or spec.to == FACT:
        return _day(cell) if cell and not (isinstance(cell, str) and is_blank(cell)) else None
    if isinstance(cell, date):
        cell = f"{cell:%d/%m/%Y}"
    text = cell.strip() if spec.long else squeeze(cell)
    if spec.type == "choice" and not spec.own_list and (code := _chosen(spec, text)):
        # "None" is a blank, and what some choices are called.
        return code
    if not text or is_blank(text):
        return None
    if spec.type in ("text", "link") or spec.own_list:
        return text
    return _of_type(spec, text)


def _chosen(spec: FieldSpec, text: str) -> str:
    """The choice that a text names by its code or its words, or ""."""
    said = folded(text)
    return next(
        (code for code, words in spec.choices.items() if said in (folded(code), folded(words))), ""
    )


def _of_type(spec: FieldSpec, text: str) -> Any:  # noqa: ANN401
    if spec.type == "number":
        number = whole(text)
        if number is None:
            raise _Unfit("not a whole number")
        return number
    if spec.type == "money":
        # A cell of a workbook that holds £970.60 says 970.6.
        amount = pence(f"{text}0" if _TENTHS.fullmatch(text) else text)
        if amount is None:
            raise _Unfit("not an amount")
        return amount
    if spec.type == "yes or no":
        if folded(text) not in _YES | _NO:
            raise _Unfit("neither yes nor no")
        return folded(text) in _YES
    if spec.coder is not None and spec.coder.read is not None:
        try:
            return spec.coder.read(text)
        except ValueError as unread:
            raise _Unfit(str(unread)) from None
    if spec.type == "words":
        return frozenset(text.replace(",", " ").replace(";", " ").split())
    raise _Unfit("none of the choices")


def _day(cell: Cell) -> date:
    found = cell if isinstance(cell, date) else british_dates.parse(str(cell))
    if found is None:
        raise _Unfit("not a date")
    return found
