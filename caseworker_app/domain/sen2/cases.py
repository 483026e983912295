"""A case as the return sees it: its requests in the year, each with the plan that came of it.

The key of the return is the request. A plan of long ago needs one too, and so does one that another
authority made: both are historical (H).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from caseworker_app.domain.caseload import CaseFile
from caseworker_app.domain.clock.episodes import Assessment, Review, Spell, episodes_of
from caseworker_app.domain.facts import Fact
from caseworker_app.domain.sen2.frame import Frame
from caseworker_app.domain.sen2.notes import Notes, RequestNotes


@dataclass(frozen=True, slots=True)
class Asked:
    """One request of a child, by the decisions known up to the day that counts for it.

    Attributes:
        assessment: None for a plan that was transferred in.
        plan: the time its plan was live, or None.
        after: the day the plan before it ended, or None: what is older is not of this plan.
        until: the last day whose decisions count: with a plan, the survey day.
        notes: what a return brought in said of it.
    """

    file: CaseFile
    facts: tuple[Fact, ...]
    assessment: Assessment | None
    plan: Spell | None
    after: date | None
    reviews: tuple[Review, ...]
    until: date
    notes: RequestNotes
    frame: Frame

    @property
    def transferred(self) -> bool:
        """Whether it stands for a plan that another authority made."""
        return self.assessment is None

    @property
    def received(self) -> date | None:
        """The day of the request, or of the transfer; None where nobody knows."""
        return self.notes.received

    def known(self, day: date | None) -> date | None:
        """A day, where it counts."""
        return day if day is not None and day <= self.until else None

    @property
    def decision(self) -> date | None:
        """The day of the decision whether to assess."""
        return self.known(self.assessment.decision) if self.assessment else None

    @property
    def refused(self) -> bool:
        """Whether that was a refusal."""
        return self.decision is not None and self._outcome == "refuse"

    @property
    def _outcome(self) -> str:
        return self.assessment.outcome if self.assessment else ""

    @property
    def refusal(self) -> date | None:
        """The day of the decision not to issue a plan."""
        return self.known(self.assessment.refusal) if self.assessment else None

    @property
    def withdrawn(self) -> date | None:
        """The day it was withdrawn, or ended otherwise without a decision."""
        if self.assessment is None:
            return None
        return self.known(self.assessment.withdrawn) or self.known(self.assessment.ceased)

    @property
    def issued(self) -> date | None:
        """The day the first plan was sent that came of it."""
        if self.assessment is None or self.plan is None:
            return None
        return self.known(self.assessment.plan)

    @property
    def is_legacy(self) -> bool:
        """Whether the plan is of an earlier year, or a later version of one."""
        if self.plan is None or self.assessment is None:
            return self.transferred
        issued = self.issued or self.plan.since
        return issued < self.frame.starts or (
            self.assessment.request is None and not self.plan.first
        )

    @property
    def last_plan_day(self) -> date:
        """The day the plan is looked at: the survey day, or the one on which it ended."""
        ceased = self.plan.ceased if self.plan is not None else None
        return min(ceased or self.frame.survey, self.frame.survey)


def asked(file: CaseFile, frame: Frame) -> tuple[Asked, ...]:
    """The requests of a child that are in the return, in the order they were received."""
    facts = tuple(one for one in file.facts if one.on <= frame.survey)
    assessments, reviews, spells = episodes_of(facts)
    notes = Notes(file.child.sen2, frame.survey)
    pairs = list(_pairs(assessments, spells))
    days = [_received(one, plan, notes) for one, plan in pairs]
    latest = _latest(days, notes)
    found = []
    for at, (assessment, plan) in enumerate(pairs):
        before = [spell.ceased for spell in spells if spell.ceased and _precedes(spell, plan)]
        after = max(before, default=None)
        found.append(
            Asked(
                file=file,
                facts=facts,
                assessment=assessment,
                plan=plan,
                after=after,
                reviews=reviews,
                until=frame.survey if plan is not None else frame.until,
                notes=RequestNotes(notes, days[at], at == latest),
                frame=frame,
            )
        )
    inside = [one for one in found if _in_scope(one)]
    return tuple(sorted(inside, key=lambda one: one.received or date.min))


def _pairs(
    assessments: Sequence[Assessment], spells: Sequence[Spell]
) -> Iterator[tuple[Assessment | None, Spell | None]]:
    """Each assessment with the plan that came of it; plans that were transferred in alone."""
    left = list(spells)
    for one in assessments:
        mine = next((spell for spell in left if spell.since == one.plan), None)
        if mine is None and one.plan is not None:
            # A second plan sent while one was live goes on with the first.
            mine = next((spell for spell in left if _holds(spell, one.plan)), None)
        if mine is not None:
            left.remove(mine)
        yield one, mine
    for spell in left:
        yield None, spell


def _holds(spell: Spell, day: date) -> bool:
    return spell.since <= day and (spell.ceased is None or day <= spell.ceased)


def _precedes(spell: Spell, plan: Spell | None) -> bool:
    return plan is not None and spell.since < plan.since


def _received(assessment: Assessment | None, plan: Spell | None, notes: Notes) -> date | None:
    if assessment is None:
        return plan.since if plan is not None else None
    return assessment.request or notes.day("receiveddate")


def _latest(days: Sequence[date | None], notes: Notes) -> int:
    """Which request the notes without a day are of: the latest that the return could know."""
    known = [
        (day or date.min, at)
        for at, day in enumerate(days)
        if day is None or day <= notes.told_until
    ]
    return max(known, default=(date.min, -1))[1]


def _in_scope(one: Asked) -> bool:
    """Whether a request is in the return of the year.

    With a plan: that was live on any day from the first of the year to the survey day. Without:
    received or settled in the year, or still open when it ended.
    """
    frame = one.frame
    if one.plan is not None:
        return one.plan.ceased is None or one.plan.ceased >= frame.starts
    if one.received is not None and one.received > one.until:
        return False
    if not one.notes.notes.of_this_return and _noted_as_over(one):
        return False
    settled = [one.refusal, one.withdrawn, one.decision if one.refused else None]
    ends = max((day for day in settled if day is not None), default=None)
    return ends is None or ends >= frame.starts


def _noted_as_over(one: Asked) -> bool:
    """Whether an earlier return said that it was withdrawn, on a day it did not tell."""
    return "W" in (one.notes.text("requestoutcome"), one.notes.text("assessmentoutcome"))
