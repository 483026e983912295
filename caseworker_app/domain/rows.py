"""What lists show: one frozen row a line, ready to draw, sort and filter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from caseworker_app.domain.deadlines import State
from caseworker_app.domain.names import whole_name


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One child in the case list.

    Attributes:
        status: "live", "assessment", "ceased" or "no plan".
        next_*: the deadline that comes next, or the longest overdue one; None when nothing is open.
        caseworker_id: who holds the case, or "" for nobody; so in every row below.
    """

    id: str
    version: int
    reference: str
    surname: str
    forename: str
    born: date | None
    nc_year: int | None
    upn: str
    setting: str
    need: str
    caseworker: str
    status: str
    next_rule: str = ""
    next_what: str = ""
    next_due: date | None = None
    next_state: State | None = None
    caseworker_id: str = ""

    @property
    def name(self) -> str:
        """Surname, Forename."""
        return whole_name(self.surname, self.forename)


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One live plan in the annual review tracker: its open review, or else its latest.

    Attributes:
        due: when the review must be complete (AR-01 or AR-02), or None when history is missing.
        meeting_fixed: the date a coming meeting is fixed for.
        meeting, report, decision, notice, final: the days recorded.
        outcome: maintain, amend, cease or "".
        state: words for the state chip, "report 2 days late".
        tone: "late", "soon", "ok", "done" or "quiet", for its icon and colour.
        holder: who has the ball, a key of `parties.WHO`, or "".
        held_days: for how many days.
        episode: the review's episode, or None when no review is open.
        fact_ids: (column, fact id) for the facts shown, so that a cell can be changed.
        doubts: (column, question) for the days shown that go badly with others (`event_order`).
        plan: the day the plan now live was sent or transferred in, or None.
        plan_days: for how many days it has been live, or None.
        born: the date of birth.
        template: what the plan is written on, or "".
        last_decision: the day of the latest decision of any review, or None.
    """

    child_id: str
    version: int
    reference: str
    surname: str
    forename: str
    nc_year: int | None
    setting: str
    caseworker: str
    due: date | None
    meeting_fixed: date | None
    meeting: date | None
    report: date | None
    decision: date | None
    outcome: str
    notice: date | None
    final: date | None
    state: str
    tone: str
    holder: str
    held_days: int | None
    episode: str | None
    fact_ids: tuple[tuple[str, str], ...] = ()
    doubts: tuple[tuple[str, str], ...] = ()
    plan: date | None = None
    caseworker_id: str = ""
    plan_days: int | None = None
    born: date | None = None
    template: str = ""
    last_decision: date | None = None

    @property
    def undecided(self) -> bool:
        """Whether the meeting was held and no decision is recorded."""
        return self.meeting is not None and self.decision is None

    @property
    def shouts(self) -> bool:
        """Whether the meeting was held and the decision, or the whole review, is late."""
        late = self.tone == "late" and not self.state.startswith("report")
        return self.undecided and (late or self.state == "held, no decision")

    def doubt(self, column: str) -> str:
        """What to ask about the day in a column, or ""."""
        return next((sentence for key, sentence in self.doubts if key == column), "")

    @property
    def name(self) -> str:
        """Surname, Forename."""
        return whole_name(self.surname, self.forename)


@dataclass(frozen=True, slots=True)
class Changed:
    """One field, event or record that a change touched; "" where it said nothing."""

    field: str
    before: str
    after: str

    @property
    def words(self) -> str:
        """What became of it, "Mile End Gate → Oakfield"."""
        return f"{self.before or 'nothing'} \u2192 {self.after or 'nothing'}"


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One audit entry, or one action, as a person reads it.

    Attributes:
        group: the action, where it can be taken back whole; else "".
        state: "undone" or "".
        changed: field by field, where that was asked for.
    """

    at: str
    who: str
    what: str
    why: str
    group: str = ""
    state: str = ""
    changed: tuple[Changed, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordRow:
    """A record of any declared kind, as a list shows it.

    Attributes:
        record: the record itself.
        words: every field as a person reads it, by name; what is pointed at by its own words.
    """

    record: Any
    words: Mapping[str, str]

    @property
    def id(self) -> str:
        """The record's id."""
        return str(self.record.id)


@dataclass(frozen=True, slots=True)
class Sought:
    """A record of any declared kind as a search finds it.

    Attributes:
        kind, id: which it is.
        child_id: whose it is, or "".
        title, detail: what it is called, and the rest of it in one line.
        search: the texts that a search looks in, a line each.
    """

    kind: str
    id: str
    child_id: str
    title: str
    detail: str
    search: str
