"""They say, we say: what another system's extract has otherwise than the store, child by child."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.facts import KINDS
from caseworker_app.domain.incoming import (
    CellProblem,
    Conflict,
    Doubt,
    IncomingCase,
    ParkedRow,
    Place,
)
from caseworker_app.domain.kinds import kind_of
from caseworker_app.domain.people import Child

Value = str | int | date

_LINKS = {"setting": "setting_id", "caseworker": "caseworker_id"}
"""What a file names, to the link of a child that it becomes."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of one child that the file has otherwise than the store.

    Attributes:
        child_id, case, name: the child of the store: key, reference, "Surname, Forename".
        field: a field of a child, a kind of event for its day, or `kind.detail`.
        theirs: what the file says; a code where the field has codes, a day for the day of an event.
        ours: what the store says, or None where it says nothing.
        place: the row of the file.
        source: for an event of which there are several at once, whose it is, as advice from health.
        on: for a detail of an event, the day the file gives it.
    """

    child_id: str
    case: str
    name: str
    field: str
    theirs: Value
    ours: Value | None
    place: Place
    source: str = ""
    on: date | None = None

    @property
    def key(self) -> tuple[object, ...]:
        """What makes two the same, whenever and from whichever row they were read."""
        return self.child_id, self.field, self.source, self.on, self.theirs, self.ours

    @property
    def id(self) -> str:
        """The same as text, for lists."""
        return "|".join(map(str, self.key))

    @property
    def kind(self) -> str:
        """The kind of event it is of, or "" for a field of the child."""
        kind = self.field.partition(".")[0]
        return kind if kind in KINDS else ""

    @property
    def field_words(self) -> str:
        """The field in words, "Review meeting held", "Primary need"."""
        words = field_words(self.field)
        if not (self.kind and self.source):
            return words
        return f"{words}, {_choice(self.kind, 'source', self.source).lower()}"

    @property
    def theirs_words(self) -> str:
        """What the file says, as a person reads it."""
        return value_words(self.field, self.theirs)

    @property
    def ours_words(self) -> str:
        """What the store says, as a person reads it; "" where it says nothing."""
        return "" if self.ours is None else value_words(self.field, self.ours)


@dataclass(frozen=True, slots=True)
class OnlyOurs:
    """A child of the store whom the file does not name; `status` as lists show it."""

    child_id: str
    reference: str
    name: str
    born: date | None
    setting: str
    status: str


@dataclass(frozen=True, slots=True)
class Reconciled:
    """An extract held against the store. Nothing is changed by it.

    Attributes:
        files: their names.
        rows_read: rows that hold a child.
        matched: how many children are in both.
        differences: by reference, and of a child in the order of its fields.
        only_theirs: children of the file whom the store does not know.
        only_ours: children of the store whom the file does not name.
        doubts: what a person has to decide. Rows of whom nobody can say which child they are stand
            here alone: nobody of them is compared, or stands in the two lists above.
        parked: rows that tell of no child who could be looked for.
        problems: cells that cannot be read.
        conflicts: two rows of the file that say different things of one child.
        notes: what to do about the file as a whole, a sentence each.
    """

    files: tuple[str, ...]
    rows_read: int
    matched: int
    differences: tuple[Difference, ...]
    only_theirs: tuple[IncomingCase, ...]
    only_ours: tuple[OnlyOurs, ...]
    doubts: tuple[Doubt, ...]
    parked: tuple[ParkedRow, ...]
    problems: tuple[CellProblem, ...]
    conflicts: tuple[Conflict, ...]
    notes: tuple[str, ...] = ()

    @property
    def file(self) -> str:
        """The files in words."""
        return ", ".join(self.files)


@dataclass(frozen=True, slots=True)
class Accepted:
    """What came of accepting differences.

    Attributes:
        message: one sentence.
        undo: the audit group that takes all of it back, or "" where nothing changed.
        taken: those that were accepted.
        left_out: those that were not, and why.
    """

    message: str
    undo: str
    taken: tuple[Difference, ...]
    left_out: tuple[tuple[Difference, str], ...] = field(default=())


def field_words(name: str) -> str:
    """A field of a difference in words."""
    kind, _, detail = name.partition(".")
    spec = KINDS.get(kind)
    if spec is not None:
        label = spec.label[:1].upper() + spec.label[1:]
        key = next((one.label for one in spec.keys if one.name == detail), detail)
        return f"{label}: {key[:1].lower() + key[1:]}" if detail else label
    return kind_of(Child).field(_LINKS.get(name, name)).label


def value_words(name: str, value: Value) -> str:
    """A value of a field as a person reads it."""
    if isinstance(value, date):
        return day_words(value)
    kind, _, detail = name.partition(".")
    if kind in KINDS:
        return _choice(kind, detail, str(value))
    choices = kind_of(Child).field(_LINKS.get(name, name)).choices
    return choices.get(str(value), str(value))


def chosen(
    differences: Iterable[Difference], wanted: Iterable[str]
) -> tuple[tuple[Difference, ...], tuple[str, ...]]:
    """The differences that `CASE.FIELD` names, and the names that name none.

    `CASE.FIELD.SOURCE` names one of several events of one day's kind, as advice from health.
    """
    by_name: dict[str, list[Difference]] = {}
    for one in differences:
        name = f"{one.case}.{one.field}"
        by_name.setdefault(name, []).append(one)
        if one.source:
            by_name.setdefault(f"{name}.{one.source}", []).append(one)
    found: dict[str, Difference] = {}
    unknown: list[str] = []
    for name in wanted:
        if name not in by_name:
            unknown.append(name)
        found |= {one.id: one for one in by_name.get(name, ())}
    return tuple(found.values()), tuple(unknown)


def _choice(kind: str, detail: str, value: str) -> str:
    key = next((one for one in KINDS[kind].keys if one.name == detail), None)
    return key.choices.get(value, value) if key is not None else value
