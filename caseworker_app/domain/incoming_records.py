"""What a file says of records of one declared kind, before the store has seen it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from caseworker_app.domain.incoming import ParkedRow, Place, named

if TYPE_CHECKING:
    from caseworker_app.domain.kinds import Kind


@dataclass(frozen=True, slots=True)
class Unread:
    """A cell that has no value to read, an Excel error say: what it shows, and why."""

    text: str
    why: str


Cell = str | date | Unread


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row as it stands; `unsure` says why its cells may stand under a neighbour's heading."""

    place: Place
    cells: tuple[Cell, ...]
    unsure: str = ""


@dataclass(frozen=True, slots=True)
class RawRows:
    """Every filled row of some files, and what their readers could not be sure of."""

    files: tuple[str, ...]
    rows: tuple[RawRow, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IncomingRecord:
    """One record as a row has it.

    Attributes:
        upn, reference, surname, forename, born: whose it is, as far as the row says.
        values: fields by name; what the row leaves blank is not in it.
        links: the words for what it points at, by the name of the field.
    """

    place: Place
    values: Mapping[str, Any]
    links: Mapping[str, str] = field(default_factory=dict)
    upn: str = ""
    reference: str = ""
    surname: str = ""
    forename: str = ""
    born: date | None = None

    @property
    def case(self) -> str:
        """The child as the row names them, in words."""
        return named(self.surname, self.forename, self.reference) or self.upn


@dataclass(frozen=True, slots=True)
class IncomingRecords:
    """All records that files hold, and all rows that could not be read.

    Attributes:
        kind: the name of their kind.
        rows_read: rows below a heading that hold anything: `len(records) + len(parked)`.
        notes: columns that were not taken, hidden rows, a sentence each.
    """

    kind: str
    files: tuple[str, ...]
    rows_read: int
    records: tuple[IncomingRecord, ...]
    parked: tuple[ParkedRow, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BroughtIn:
    """What bringing records in did, or would do in a dry run.

    Always `rows_read == made + changed + unchanged + further + len(parked)`.

    Attributes:
        further: rows that an earlier row of the same files had said already.
        parked: rows that did not come in, those that could not be read among them.
        undo: the action to take back, or "".
    """

    kind: str
    rows_read: int
    made: int
    changed: int
    unchanged: int
    further: int
    parked: tuple[ParkedRow, ...] = ()
    notes: tuple[str, ...] = ()
    undo: str = ""

    def sentence(self, kind: Kind, *, dry_run: bool, of: str = "row") -> str:
        """Every row accounted for, in words; `of` is what a record comes of where it is no row."""
        would = "would be " if dry_run else ""
        rows = f"1 {of}" if self.rows_read == 1 else f"{self.rows_read:,} {of}s"
        many = kind.one if self.made == 1 else kind.many
        return (
            f"{rows} read: {self.made:,} {many} {would}made, {self.changed:,} {would}changed, "
            f"{self.unchanged:,} unchanged, {self.further:,} said already by an earlier row, "
            f"{len(self.parked):,} parked."
        )
