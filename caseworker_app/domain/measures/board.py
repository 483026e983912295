"""The board return as one frozen value: figures, tables and lists, ready to draw or to write."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.department.beside import Beside
from caseworker_app.domain.errors import Refused
from caseworker_app.domain.measures.audience import Audience
from caseworker_app.domain.measures.catalogue import Rating, target_words


@dataclass(frozen=True, slots=True)
class Period:
    """The days a return covers, both in. Raises `Refused` when it ends before it starts."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise Refused("The period ends before it starts.", "to")

    def holds(self, day: date | None) -> bool:
        """Whether the day lies in the period."""
        return day is not None and self.start <= day <= self.end

    def as_at(self, today: date) -> date:
        """The day the records are seen on when nobody says: the last of the period, or today.

        The earlier of the two: a past period is shown as it ended, one that still runs as it is.
        """
        return min(self.end, today)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure by hand, as numbers.

    Attributes:
        since: the first day of its period; None for a figure as at a day.
        on: the last day, or the day it is as at.
        value: a fraction for a share, else the figure itself.
        numerator, denominator: of a share that was given as such.
        small: it is of so few people that a public return may not show it.
    """

    since: date | None
    on: date
    value: float
    numerator: float | None
    denominator: float | None
    source: str
    by: str
    small: bool = False

    @property
    def when(self) -> str:
        """The day, or the period, in words."""
        if self.since is None:
            return day_words(self.on)
        return f"{day_words(self.since)} to {day_words(self.on)}"


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing that a measure looked at: a meeting, a plan, an answer, a child.

    Attributes:
        reference: of its case; "" where it may open none.
        counts: whether it is in the numerator.
        on: its day: that of the meeting, the plan, the audit; None for a case as it stands.
        why: what decided it, in a few words, or "".
    """

    reference: str
    counts: bool = True
    on: date | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """A measure answered, or the words why it is not.

    Attributes:
        numerator, denominator: counts; None where not recorded, not asked, or hidden.
        value: the fraction, or the count where a measure has no denominator; None as above.
        target: as the catalogue writes it.
        counted_over: what the figure is of and which way is better, in sentences.
        over: what it is of, a key of the catalogue's `OVER`, or "".
        direction: which way is better: "higher", "lower", or "" where nobody said.
        note: caveats, or why there is no figure.
        things: what it looked at, a row each, by day; empty in a return that hides small numbers.
        cases, of_cases: references behind numerator and denominator, each once, in order.
        hidden: a small number was taken out.
        trend: the figures told up to the as-at date, oldest first, where people tell it.
        by_hand: people told it, or a list of referrals; there are no cases behind it.
        milestone: it is done or not, as 1 or 0.
        is_share: its value is a fraction, though no counts may have been told.
        small: by hand, and of so few people that a public return may not show it.
    """

    ref: str
    source: str
    workstream: str
    statement: str
    definition: str
    target: str
    due: str
    lead: str
    numerator: int | None = None
    denominator: int | None = None
    value: float | None = None
    rating: Rating = Rating.NONE
    note: str = ""
    things: tuple[Thing, ...] = ()
    cases: tuple[str, ...] = ()
    of_cases: tuple[str, ...] = ()
    hidden: bool = False
    trend: tuple[Figure, ...] = ()
    by_hand: bool = False
    milestone: bool = False
    is_share: bool = False
    small: bool = False
    counted_over: str = ""
    over: str = ""
    direction: str = ""

    @property
    def target_words(self) -> str:
        """The target as people read it."""
        return target_words(self.target)

    @property
    def answered(self) -> bool:
        """Whether there is a figure, shown or hidden."""
        return self.hidden or self.numerator is not None or self.value is not None

    @property
    def shared(self) -> bool:
        """Whether its value is a fraction and not a count."""
        return self.is_share or self.denominator is not None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table.

    Attributes:
        key: stable name for JSON, `ASD` or `12_months_and_over`.
        count: how many, or None when hidden.
        of: out of how many, or None when hidden or not asked.
        value: a mean or a median that stands in place of a share, in `unit`.
        things: what the line looked at, a row each, by day; in a partition what stands on it.
        cases, of_cases: references behind the two counts, each once, in order. All three are empty
            in a return that hides small numbers. In a partition `of` is the total of the lines.
    """

    key: str
    label: str
    count: int | None
    of: int | None = None
    value: float | None = None
    unit: str = ""
    note: str = ""
    things: tuple[Thing, ...] = ()
    cases: tuple[str, ...] = ()
    of_cases: tuple[str, ...] = ()

    @property
    def share(self) -> float | None:
        """The count as a fraction, where both counts are shown and there is something to count."""
        return self.count / self.of if self.count is not None and self.of else None


@dataclass(frozen=True, slots=True)
class Table:
    """Counts that belong together.

    Attributes:
        key: stable name for JSON, `primary_need`.
        heading: what its lines are, "Primary need".
        kind: in a `partition` each case stands on one line and the lines add up to `total`; in
            `figures` each line has its own denominator.
        total: the sum of a partition, or None when hidden or not a partition.
        group: tables drawn as one grid share a group, one row a table.
        by_size: its lines are what was found, largest first.
        managers: it is for managers alone: neither published nor in the team's edition.
    """

    key: str
    title: str
    heading: str
    kind: Literal["partition", "figures"]
    lines: tuple[Line, ...]
    total: int | None = None
    group: str = ""
    definition: str = ""
    by_size: bool = False
    managers: bool = False


@dataclass(frozen=True, slots=True)
class OverdueRow:
    """One duty that is late on the as-at date."""

    reference: str
    rule: str
    what: str
    due: date
    target: date
    days: int
    who: str
    force: str
    caseworker: str
    setting: str


@dataclass(frozen=True, slots=True)
class MendRow:
    """Something to put right in one case: which check found it, and what it found."""

    check: str
    reference: str
    caseworker: str
    setting: str
    words: str
    on: date | None = None


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """The review of one live plan that is open on the day, or else its latest."""

    reference: str
    year_group: int | None
    setting: str
    caseworker: str
    due: date | None
    meeting: date | None
    report: date | None
    decision: date | None
    outcome: str
    notice: date | None
    final: date | None
    days_late: int | None


@dataclass(frozen=True, slots=True)
class AssessmentLine:
    """One assessment that was open in the period or still is."""

    reference: str
    caseworker: str
    request: date | None
    decision: date | None
    outcome: str
    plan: date | None
    standing: str
    days: int | None
    exception: str


@dataclass(frozen=True, slots=True)
class TransferLine:
    """One child's move between phases in the year of the return."""

    reference: str
    rule: str
    year_group: int | None
    setting: str
    caseworker: str
    due: date
    review: date | None
    final: date | None
    standing: str


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One live plan, by what the caseload is counted by."""

    reference: str
    need: str
    setting: str
    setting_kind: str
    year_group: int | None
    caseworker: str
    plan: date | None
    next_review: date | None


@dataclass(frozen=True, slots=True)
class CaseLists:
    """One line a case. Left out of a return that hides small numbers."""

    reviews: tuple[ReviewLine, ...] = ()
    assessments: tuple[AssessmentLine, ...] = ()
    transfers: tuple[TransferLine, ...] = ()
    plans: tuple[PlanLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """A word or a check explained; `of` says which of them it is."""

    word: str
    meaning: str
    of: str = "Word"


@dataclass(frozen=True, slots=True)
class Past:
    """The measures of a return that was published, by ref; None for one it hid."""

    period: Period
    as_at: date
    values: Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class BoardReturn:
    """Everything the board's workbook and its JSON hold.

    Attributes:
        made_at: when it was made, by the caller's clock.
        version: of the program and the rule pack, in words.
        trail: the end of the audit trail that was counted, short, to be compared on paper; or "".
        live: live plans on the as-at date, or None when hidden.
        audience: whose edition it is.
        overdue, to_mend: empty when `suppressed`, as `lists`.
        narrowed: how many hidden numbers, of this return or of one before it, can be worked out
            more nearly than they should, for the returns together tell too much of them.
        before: the measures of the period before, as this edition may show them, and nothing else.
        past: what earlier returns published of the measures, the first first.
        commentary: what the owner of a measure says of it, by its ref; what is asked of the Board
            stands by `ASKED`.
        beside: what the Department published of others, for measures that have a twin there.
    """

    council: str
    period: Period
    as_at: date
    made_at: datetime
    version: str
    audience: Audience
    live: int | None
    measures: tuple[Result, ...]
    annual_reviews: tuple[Table, ...]
    assessments: tuple[Table, ...]
    transfers: tuple[Table, ...]
    caseload: tuple[Table, ...]
    overdue_counts: tuple[Table, ...]
    mend_counts: tuple[Table, ...]
    overdue: tuple[OverdueRow, ...]
    to_mend: tuple[MendRow, ...]
    terms: tuple[Term, ...] = ()
    lists: CaseLists = field(default_factory=CaseLists)
    narrowed: int = 0
    before: BoardReturn | None = None
    past: tuple[Past, ...] = ()
    commentary: Mapping[str, str] = field(default_factory=dict)
    beside: tuple[Beside, ...] = ()
    trail: str = ""

    @property
    def suppressed(self) -> bool:
        """Whether it may be published: small numbers are hidden, and it lists no case."""
        return self.audience.suppressed

    @property
    def tables(self) -> tuple[Table, ...]:
        """Every table, in the order of the workbook's sheets."""
        return (
            *self.annual_reviews,
            *self.assessments,
            *self.transfers,
            *self.caseload,
            *self.overdue_counts,
            *self.mend_counts,
        )


ASKED = "board"
"""Where commentary keeps what is asked of the Board, which is of no measure."""


def narrowed_words(count: int) -> str:
    """What to say of hidden numbers that returns together narrow down."""
    numbers = "1 hidden number" if count == 1 else f"{count:,} hidden numbers"
    return (
        f"{numbers} can be worked out more nearly than to five from this return and those "
        "published before. Think again whether to publish this one."
    )
