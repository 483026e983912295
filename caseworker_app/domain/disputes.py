"""Disputes beside the clock's own dates: which are open, what comes next, what nobody recorded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.deadlines import OPEN, Deadline
from caseworker_app.domain.declarations.families import DISPUTED, DISPUTES, OUTCOMES, Dispute
from caseworker_app.domain.lateness import when_words
from caseworker_app.domain.names import whole_name

SCOPES = ("dispute", "appeal", "order")
"""The episodes of the clock that disputes make."""
TOLD_BY: Mapping[str, str] = MappingProxyType(
    {"mediation_requested": "mediation", "appeal_registered": "tribunal"}
)
"""A fact that opens a dispute, to the kind that it is of."""
_FAMILY = "family"
_SOON = 14


@dataclass(frozen=True, slots=True)
class DisputeRow:
    """One dispute, or a fact that opened one which nobody has recorded.

    Attributes:
        record: the dispute; None where the fact alone tells it.
        kind: a code of `DISPUTES`.
        opened_on: the day it was opened, or of the fact.
        fact_id: the fact that opened it, or "".
        clock: the open dates of the clock about disputes of the child, soonest first.
        due: the first of them while the dispute is open; None without one.
        state, tone: for the chip.
    """

    child_id: str
    reference: str
    surname: str
    forename: str
    caseworker: str
    caseworker_id: str
    kind: str
    opened_on: date
    record: Dispute | None
    fact_id: str
    clock: tuple[Deadline, ...]
    due: date | None
    state: str
    tone: str

    @property
    def id(self) -> str:
        """What tells the row from others."""
        return self.record.id if self.record is not None else f"fact {self.fact_id}"

    @property
    def name(self) -> str:
        """Surname, Forename."""
        return whole_name(self.surname, self.forename)

    @property
    def open(self) -> bool:
        """Whether it has not ended, as far as anybody recorded."""
        return self.record is None or self.record.ended_on is None


def dates_of(deadlines: Iterable[Deadline], today: date) -> tuple[Deadline, ...]:
    """The open dates of disputes, soonest first; what a family may do is none."""
    found = (
        one
        for one in deadlines
        if one.episode.partition(" ")[0] in SCOPES
        and one.version.who != _FAMILY
        and one.state(today) in OPEN
    )
    return tuple(sorted(found, key=lambda one: (one.due, one.rule)))


def stands(
    record: Dispute | None, clock: Iterable[Deadline], today: date
) -> tuple[str, str, date | None]:
    """How a dispute stands, in words with a tone, and its first legal date."""
    if record is None:
        return "not recorded", "late", None
    if record.ended_on is not None:
        words = OUTCOMES[record.outcome].lower()
        return (f"{words}, conceded" if record.conceded else words), "done", None
    first = next(iter(clock), None)
    if first is not None:
        days = (first.due - today).days
        tone = "late" if days < 0 else "soon" if days <= _SOON else "ok"
        return when_words(days), tone, first.due
    if record.next_on is not None:
        past = record.next_on < today
        said = f"{record.next_step or 'next'} {day_words(record.next_on)}"
        return said, "soon" if past else "ok", None
    return "open, no date", "soon", None


def pounds(pence: int) -> str:
    """An amount in words: "£1,800", "£250.50"."""
    return f"£{pence / 100:,.2f}".removesuffix(".00")


def in_full(row: DisputeRow) -> str:
    """A dispute in a few sentences, for the line below the list."""
    one = row.record
    if one is None:
        return (
            f"{row.name}: {DISPUTES[row.kind].lower()} opened {day_words(row.opened_on)} by the "
            "clock, and no dispute is recorded. Ctrl+Alt+N records it."
        )
    where = f", sections {one.sections}" if one.sections else ""
    parts = [f"{row.name}: {DISPUTES[one.kind].lower()} about {DISPUTED[one.about].lower()}{where}"]
    parts += [f"{each.version.title} by {day_words(each.due)}" for each in row.clock if row.open]
    if one.ended_on is not None:
        parts.append(f"Ended {day_words(one.ended_on)}: {OUTCOMES[one.outcome].lower()}")
    if one.money:
        parts.append(f"{pounds(one.money)} awarded")
    if one.lesson:
        parts.append(one.lesson.rstrip("."))
    return ". ".join(parts) + "."


def told_already(kind: str, fact_id: str, on: date, known: Iterable[Dispute]) -> bool:
    """Whether a dispute of a child is the one that a fact opened.

    It points at the fact, or points at none and is of that kind and was open that day.
    """
    return any(
        one.fact_id == fact_id
        or (
            one.fact_id is None
            and one.kind == kind
            and one.opened_on <= on
            and (one.ended_on is None or on <= one.ended_on)
        )
        for one in known
    )
