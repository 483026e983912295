"""What one row says of a child, and what in it could not be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from caseworker_app.domain.facts import Fact
from caseworker_app.domain.identity import Person
from caseworker_app.domain.incoming import CellProblem, Doubt, ParkedRow, Place, named
from caseworker_app.domain.names import folded
from caseworker_app.imports.files.sheets import Cell, as_shown
from caseworker_app.imports.tracker.cells import Value
from caseworker_app.imports.tracker.plan import Column

Entry = tuple[Value, Column, Cell]
"""A value, the column it stands in, and the cell it was read from."""

Values = dict[tuple[str, int], Entry]
"""Field and cycle to what the row has there."""


TEXTS: tuple[str, ...] = (
    "reference",
    "surname",
    "forename",
    "upn",
    "uln",
    "sex",
    "need",
    "secondary_need",
    "setting",
    "caseworker",
    "template",
)
"""Fields of a child that are text."""


def person(texts: Mapping[str, str], born: date | None) -> Person:
    """Somebody as compared, from their `TEXTS` and birthday."""
    return Person(
        reference=texts.get("reference", ""),
        surname=texts.get("surname", ""),
        forename=texts.get("forename", ""),
        born=born,
        upn=texts.get("upn", ""),
        sex=texts.get("sex", ""),
        school=folded(texts.get("setting", "")),
    )


@dataclass(slots=True)
class RowRead:
    """What one row says of a child.

    Attributes:
        texts: of `TEXTS`, only what the row says.
        headings: field to the heading it was read under.
        once: events of `ONCE` by kind.
        reviews: for each review the row tells of, its events by kind.
        comments: free text, and what has no field of its own.
        unsure: why nothing of the row can be taken, where its cells may have slipped.
        birth_doubted: whether a date of birth stands there that a person has to decide on.
        half_named: whether letters of the name are lost, so that the rest is nobody's name.
    """

    place: Place
    texts: dict[str, str]
    headings: Mapping[str, str]
    born: date | None = None
    once: dict[str, Fact] = field(default_factory=dict)
    reviews: list[dict[str, Fact]] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    unsure: str = ""
    birth_doubted: bool = False
    half_named: bool = False

    @property
    def person(self) -> Person:
        """The child as it is compared with others."""
        return person(self.texts, self.born)

    @property
    def case(self) -> str:
        """The child as the row names it: "Surname, Forename (reference)"."""
        texts = self.texts
        parts = (texts.get(name, "") for name in ("surname", "forename", "reference"))
        return named(*parts)


@dataclass(slots=True)
class Reports:
    """What could not come in."""

    parked: list[ParkedRow] = field(default_factory=list)
    problems: list[CellProblem] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)

    def take(self, other: Reports) -> None:
        """Add what another has."""
        self.parked += other.parked
        self.problems += other.problems
        self.doubts += other.doubts


def why_parked(found: RowRead) -> str:
    """Why a row cannot come in by itself, or ""."""
    if found.unsure:
        return found.unsure
    named = found.texts.get("surname") or found.texts.get("forename")
    missing = [] if named else ["no name"]
    if named and found.half_named:
        missing.append("letters of the name are lost")
    if found.born is None:
        doubted = ": what stands there is doubtful" if found.birth_doubted else ""
        missing.append(f"no date of birth{doubted}")
    return " and ".join(missing)


def problem(place: Place, entry: Entry, why: str) -> CellProblem:
    """A report about the cell that a value was read from."""
    return CellProblem(place, entry[1].heading, as_shown(entry[2]), why)


def doubt(place: Place, entry: Entry, why: str) -> Doubt:
    """A question about the cell that a value was read from."""
    return Doubt(place, entry[1].heading, as_shown(entry[2]), why)
