"""What a check is and finds, and what checks ask of a return again and again.

The numbers of the rules are our own: no list of the Department's was to hand. E stops a return, Q
asks for a reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from caseworker_app.domain.sen2.frame import Frame
from caseworker_app.domain.sen2.layout import ACTIVE, ASSESSMENT, NAMED_PLAN
from caseworker_app.domain.sen2.rows import Case, Person, Return, Row

ERROR, QUERY = "E", "Q"
LEVELS = {ERROR: "Error", QUERY: "Query"}

_LAST_OF_AUGUST = (8, 31)

NOBODY = Case("", "", "")
"""What the header is of."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that a check found.

    Attributes:
        rule: the id of the check.
        level: `ERROR` or `QUERY`.
        case: whose it is; `NOBODY` for the header.
        field: the XML name of the item.
        words: what is wrong, in a sentence.
        module: where the item stands.
        other: another case that the words name, or `NOBODY`.
    """

    rule: str
    level: str
    case: Case
    field: str
    words: str
    module: str
    other: Case = NOBODY


@dataclass(frozen=True, slots=True)
class Found:
    """What a check says of a row: the item and what is wrong; `level` where not the rule's own."""

    row: Row
    field: str
    words: str
    level: str = ""
    other: Case = NOBODY


Looking = Callable[[Return, Frame], Iterator[tuple[Case, Found]]]
OfPerson = Callable[[Person, Frame], Iterator[Found]]


@dataclass(frozen=True, slots=True)
class Check:
    """One rule; `title` says in a few words what it asks for."""

    rule: str
    level: str
    title: str
    look: Looking

    def hits(self, return_: Return, frame: Frame) -> Iterator[Hit]:
        """Everything it finds."""
        for case, found in self.look(return_, frame):
            level = found.level or self.level
            row = found.row
            yield Hit(self.rule, level, case, found.field, found.words, row.module, found.other)


def each(rule: str, level: str, title: str, of_person: OfPerson) -> Check:
    """A rule that looks at one child at a time."""

    def look(return_: Return, frame: Frame) -> Iterator[tuple[Case, Found]]:
        for person in return_.persons:
            for found in of_person(person, frame):
                yield person.case, found

    return Check(rule, level, title, look)


def age_on(row: Row, day: date) -> int | None:
    """The age in whole years of a person on a day; None where it was not born, or nobody knows."""
    born = row.day("PersonBirthDate")
    if born is None or born > day:
        return None
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def last_of_august(frame: Frame) -> date:
    """The 31 August before the survey day, on which the Department counts ages."""
    return date(frame.layout.year - 1, *_LAST_OF_AUGUST)


def told_by_now(frame: Frame) -> date:
    """The survey day, or today while that lies ahead."""
    return min(frame.survey, frame.today)


def assessments(person: Person) -> Iterator[tuple[Row, Row]]:
    """Every assessment, after its request."""
    for request in person.requests:
        for row in request.of(ASSESSMENT):
            yield request, row


def plans(person: Person) -> Iterator[tuple[Row, Row, Row]]:
    """Every plan, after its request and assessment."""
    for request, assessment in assessments(person):
        for row in assessment.of(NAMED_PLAN):
            yield request, assessment, row


def active(person: Person) -> Iterator[tuple[Row, Row, Row | None]]:
    """Every active plan, after its request and before the plan itself where there is one."""
    for request in person.requests:
        for row in request.of(ACTIVE):
            yield request, row, request.first(NAMED_PLAN)
