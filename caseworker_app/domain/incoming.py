"""What a file says, before the store has seen it: incoming cases, and what could not be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.facts import Fact
from caseworker_app.domain.people import Proposal

MEETING_FIXED = "review_meeting_fixed"


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file: `row` as Excel numbers it, 0 when the whole sheet is meant."""

    file: str
    sheet: str
    row: int = 0


def named(surname: str, forename: str, reference: str = "") -> str:
    """A child in words: "Surname, Forename (reference)", or what of it is known."""
    names = ", ".join(filter(None, (surname, forename)))
    if names and reference:
        return f"{names} ({reference})"
    return names or (f"reference {reference}" if reference else "")


@dataclass(frozen=True, slots=True)
class ParkedRow:
    """A row that cannot come in, and why, in a few words; `case` is the child as the row has it."""

    place: Place
    why: str
    case: str = ""


@dataclass(frozen=True, slots=True)
class CellProblem:
    """A cell that cannot be read as what its column holds. The rest of its row still comes in."""

    place: Place
    column: str
    value: str
    why: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two places that say different things of one child; the first is kept."""

    place: Place
    reference: str
    field: str
    kept: str
    other: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that a person has to decide: nothing was taken, merged or moved on it.

    Perhaps the same child, a doubtful date, hidden or struck-through rows, a change of name or
    birthday that was not taken.

    Attributes:
        column: the heading it stands under, or "" when the row or the sheet is meant.
        value: what the file says there.
        case: the child it is about, as "Surname, Forename" and the reference, or "".
        answers: what a person may say of the days of the whole column; none where they cannot.
        said: which of them a person has said.
    """

    place: Place
    column: str
    value: str
    why: str
    case: str = ""
    answers: tuple[str, ...] = ()
    said: str = ""


LABELS = {"surname": "surname", "forename": "forename", "born": "date of birth"}
"""What a file may propose of a child it does not change, in words."""


@dataclass(frozen=True, slots=True)
class Other:
    """Another name or birthday for a child, as a row has it.

    Attributes:
        field: a key of `LABELS`.
        kept, value: what stands, and what the row has.
        who: the child it would change, in words.
        case: the child as the row names it.
        column: the heading it stands under.
    """

    place: Place
    field: str
    kept: str | date
    value: str | date
    who: str
    case: str
    column: str

    @property
    def proposal(self) -> Proposal:
        """What is kept with the child until a person decides."""
        text = self.value.isoformat() if isinstance(self.value, date) else self.value
        place = self.place
        return Proposal(self.field, text, f"{place.file}, {place.sheet}, row {place.row}")

    def doubt(self, said: str = "is not taken, but proposed") -> Doubt:
        """What is told of it, with both values."""
        kept, value = (
            day_words(one) if isinstance(one, date) else one for one in (self.kept, self.value)
        )
        why = f"{self.who} has the {LABELS[self.field]} {kept}; {value} {said}"
        return Doubt(self.place, self.column, value, why, self.case)


@dataclass(frozen=True, slots=True)
class RecordBeside:
    """A record of the child's own that comes with a case.

    Attributes:
        kind: the name of its kind.
        fields: its texts and days by name.
        ticked, crossed: its fields that are yes, and those that are no where nothing is neither.
        setting, setting_kind, urn: the setting it is at, as for a case; "" where it is at none.
    """

    kind: str
    fields: Mapping[str, str | date]
    ticked: tuple[str, ...] = ()
    setting: str = ""
    setting_kind: str | None = None
    urn: str = ""
    crossed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IncomingCase:
    """One child as the file has it; "" and None mean the file does not say.

    Attributes:
        setting: the setting's name as written; `setting_kind`, `urn` where the file knows them.
        facts: in date order, without ids.
        one_cycle: the file holds one review cycle only, so earlier reviews are not recorded.
        sen2: further SEN2 items by lower-case XML name.
        proposals: other names and birthdays that further rows of the same child have; each was
            told as a doubt.
        beside: records of the child's own that come with it.
        place: the first row that names the child.
    """

    place: Place
    reference: str
    surname: str
    forename: str
    born: date
    upn: str = ""
    uln: str = ""
    sex: str = ""
    need: str = ""
    secondary_need: str = ""
    setting: str = ""
    setting_kind: str | None = None
    urn: str = ""
    caseworker: str = ""
    template: str = ""
    actual_year: int | None = None
    comment: str = ""
    facts: tuple[Fact, ...] = ()
    one_cycle: bool = False
    sen2: Mapping[str, str] = field(default_factory=dict)
    proposals: tuple[Proposal, ...] = ()
    beside: tuple[RecordBeside, ...] = ()

    @property
    def case(self) -> str:
        """The child as the file names it: "Surname, Forename (reference)"."""
        return named(self.surname, self.forename, self.reference)


@dataclass(frozen=True, slots=True)
class Incoming:
    """All that was understood of the files, and all that was not.

    Attributes:
        mapping: sheet to (heading as found to field); the key sheets and ignored columns left out.
        unmapped: sheet to the headings nobody could place.
        rows_read: rows that hold a child, parked ones included.
        further_rows: rows of a child that an earlier row had made a case of already. Always
            `rows_read == len(cases) + further_rows + len(parked)`.
        notes: what was understood and what was not, a sentence each, for the person who looks
            before it is applied.
        answered: what would be doubtful of whole columns, had a person not said how it is meant.
        as_of: the day that the file says it is of, as a return's survey day, or None.
        council: what a return says of the council itself, by field of `CouncilDetails`.
    """

    files: tuple[str, ...]
    rows_read: int
    cases: tuple[IncomingCase, ...]
    parked: tuple[ParkedRow, ...] = ()
    problems: tuple[CellProblem, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    mapping: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    unmapped: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    further_rows: int = 0
    doubts: tuple[Doubt, ...] = ()
    answered: tuple[Doubt, ...] = ()
    as_of: date | None = None
    council: Mapping[str, str] = field(default_factory=dict)

    @property
    def reference_date(self) -> date | None:
        """The day up to which the file knows: its own, else its latest date; None with no dates.

        A meeting that is only fixed may lie ahead, and does not say when the file was kept.
        """
        days = (fact.on for case in self.cases for fact in case.facts if fact.kind != MEETING_FIXED)
        return self.as_of or max(days, default=None)


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What applying an `Incoming` did, or would do in a dry run.

    Attributes:
        further_rows, parked: on top of those of the `Incoming`: cases of the file that turned out
            to be one child of the store, and cases that would have turned one child into another.
            Always `len(cases) == created + updated + unchanged + further_rows + len(parked)`.
    """

    cases_created: int
    cases_updated: int
    facts_added: int
    conflicts: tuple[Conflict, ...] = ()
    undo: str = ""
    cases_unchanged: int = 0
    further_rows: int = 0
    parked: tuple[ParkedRow, ...] = ()
    doubts: tuple[Doubt, ...] = ()
