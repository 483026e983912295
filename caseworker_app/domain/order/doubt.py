"""One doubt about the order of events, and the sentences it is told in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from caseworker_app.domain.facts import Fact
from caseworker_app.domain.order.table import CLAUSES

BIRTH, AGE, ACT, FAR = "birth", "age", "act", "far"
"""What an event is held against where that is no other event."""

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)


@dataclass(frozen=True, slots=True)
class OutOfOrder:
    """A day that goes badly with another one.

    Attributes:
        kind, on: the event in doubt.
        other_kind, other_on: what it is held against: another event, or one of `BIRTH`, `AGE`,
            `ACT`, `FAR`.
        sentence: the question to the person, "The meeting was on 12 October 2026. Is 1 September
            2026 right?".
        words: the same as a statement that tells nothing else of the child, for lists.
        field: the field of the event that it stands beside: `on`, or one of its extra keys.
        fact_id, other_id: the events' ids; `other_id` is "" where there is no other event.
        review: what ties a fact to the review it is held against, or "".
        back: the question from the other event's side, where it is not the plain one.
    """

    kind: str
    on: date
    other_kind: str
    other_on: date
    sentence: str
    words: str
    field: str = "on"
    fact_id: str = ""
    other_id: str = ""
    review: str = ""
    back: str = ""

    @property
    def turned(self) -> OutOfOrder:
        """The same doubt from the other event's side."""
        return replace(
            self,
            kind=self.other_kind,
            on=self.other_on,
            other_kind=self.kind,
            other_on=self.on,
            sentence=self.back or asked(clause(self.kind, self.on), self.other_on),
            back=self.sentence,
            field="on",
            fact_id=self.other_id,
            other_id=self.fact_id,
        )


def clause(kind: str, on: date) -> str:
    """A kind with its day as half a sentence, "The meeting was on 12 October 2026"."""
    return CLAUSES[kind].format(full(on))


def full(day: date) -> str:
    """A day with its year, `12 October 2026`."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def asked(other: str, on: date) -> str:
    """What is known, and the question that follows from it for a day."""
    return f"{other}. Is {full(on)} right?"


def low(words: str) -> str:
    """The words as they stand within a sentence."""
    return words[:1].lower() + words[1:]


def pair(later: Fact, earlier: Fact, review: str = "") -> OutOfOrder:
    """The doubt about an event because of another; `review` is the key of the one both are of."""
    other = clause(earlier.kind, earlier.on)
    words = f"{clause(later.kind, later.on)}, but {low(other)}"
    sentence = asked(other, later.on)
    return OutOfOrder(
        later.kind,
        later.on,
        earlier.kind,
        earlier.on,
        sentence,
        words,
        fact_id=later.id,
        other_id=earlier.id,
        review=review,
    )


def review_key(meeting: date) -> str:
    """The key of the review that a meeting opens, which ties a fact dated before it to it."""
    return f"review {meeting}"


def is_review_key(tie: str | None) -> bool:
    """Whether what ties a fact is the key of a review, given because its day would part them."""
    return tie is not None and tie.startswith("review ")
