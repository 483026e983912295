"""What the store keeps as one: a child with all facts, and the audit entry of a change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from caseworker_app.domain.facts import Fact
from caseworker_app.domain.people import Child


@dataclass(frozen=True, slots=True)
class Record:
    """A child and all facts of it: the unit that is versioned, audited and undone."""

    child: Child
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One audit entry: one child, setting or caseworker changed by one action of one person.

    Attributes:
        table: "child", "setting", "caseworker" or "store".
        row: the id in that table.
        what: words for the history, "review meeting held 16 Oct 2026 recorded".
        before, after: JSON of what changed; "" before it was made and after it was removed.
        why: the reason a person gave, or "".
        seq: its place in the chain, from 1 without gaps; 0 before it is stored.
        group: the action it belongs to; an action is undone whole.
        at: UTC, `2026-11-22T10:42:07Z`.
        who: the person at the keyboard.
        kind: "change", "undo", "redo", or "note" for what cannot be undone.
        undoes: the group of the change that an undo took back or a redo brought again, or "". It is
            always the change itself: whether one stands is said by its newest undo or redo.
        child: the id of the child whose it is, with whose key it is sealed: of a row of "child" by
            itself, of anything that belongs to a child as it is given; "" for all else.
        named: the ids of further children whom `what` or `why` names; once one of them is disposed
            of the words are gone.
        gone: a child whose it is, or whom it names for all of an action, is disposed of: it reads
            without names or values, and what it did cannot be taken back.
    """

    table: str
    row: str
    what: str
    before: str
    after: str
    why: str = ""
    seq: int = 0
    group: str = ""
    at: str = ""
    who: str = ""
    kind: str = "change"
    undoes: str = ""
    child: str = ""
    named: tuple[str, ...] = ()
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Action:
    """One action of one person, however much it touched.

    Attributes:
        first: its first entry.
        cases: how many children it touched.
        child: the id of one of them, or "".
    """

    first: Entry
    cases: int
    child: str


@dataclass(frozen=True, slots=True)
class CaseSummary:
    """What the store knows of a child for the case list, before the day is considered.

    Attributes:
        standing: "assessment", "live", "ceased" or "no plan", each from a day on, in order.
    """

    id: str
    version: int
    reference: str
    surname: str
    forename: str
    born: date | None
    actual_year: int | None
    actual_year_on: date | None
    upn: str
    setting_id: str | None
    need: str
    caseworker_id: str | None
    standing: tuple[tuple[date, str], ...]


@dataclass(frozen=True, slots=True)
class DeadlineChange:
    """A deadline that other rules give another date, make, or take away.

    Attributes:
        old, new: the due dates; None where there is no such deadline.
    """

    child_id: str
    reference: str
    name: str
    rule: str
    title: str
    old: date | None
    new: date | None


@dataclass(frozen=True, slots=True)
class Trace:
    """Which row an audit entry is of, without what it says.

    Attributes:
        seq, kind: as in `Entry`.
        table, row: as in `Entry`.
        child: the id of the child whose it is, or "".
    """

    seq: int
    kind: str
    table: str
    row: str
    child: str
