"""A child's assessments, reviews and the times the plan was live, as the clock sorts them.

Measures, lists, the order of events and what is to be done next all read these. The timeline is the
clock's own, with no rule counted: what belongs to which episode never depends on a rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from caseworker_app.domain.clock import assessments, plans, reviews
from caseworker_app.domain.clock.episode import Episode, event_codes
from caseworker_app.domain.clock.others import Handler
from caseworker_app.domain.clock.timeline import STRAY, EpisodeTimeline, Spell, Timeline
from caseworker_app.domain.facts import Fact

__all__ = [
    "PLAN_BEGINS",
    "REVIEW_STEPS",
    "Assessment",
    "Episodes",
    "Review",
    "Spell",
    "assessments_of",
    "episodes_of",
    "follow",
    "meeting_fixed",
    "of_timeline",
    "plan_since",
    "reassessments_of",
    "reviews_of",
    "spells_of",
    "timeline_of",
]


@dataclass(slots=True)
class Assessment:
    """One assessment or reassessment, from its request.

    Days are those its facts were sent or received.

    Attributes:
        key: as the clock names the episode, or "" for a plan with no request; a review's is "" for
            a report with no meeting.
        tie: the id that facts name it by, or None.
        request: None for a plan with no request, and where the authority reassesses of its own.
        outcome: of the decision whether to assess: assess, reassess, refuse or "".
        refusal: the day the decision not to issue a plan was sent.
        exceptions: claimed at any stage up to the plan.
        ceased: the day the plan ended while this was open, or None.
    """

    key: str = ""
    tie: str | None = None
    request: date | None = None
    decision: date | None = None
    outcome: str = ""
    refusal: date | None = None
    withdrawn: date | None = None
    plan: date | None = None
    exceptions: list[Fact] = field(default_factory=list)
    ceased: date | None = None

    @property
    def ended(self) -> bool:
        """Whether nothing more is awaited: plan, refusal, withdrawal."""
        closing = (self.plan, self.refusal, self.withdrawn, self.ceased)
        return self.outcome == "refuse" or any(day is not None for day in closing)


@dataclass(slots=True)
class Review:
    """One annual review, from its meeting or, where that is missing, from what follows it.

    A notice of amendment outside any review stands here too, with neither meeting nor decision.
    Attributes as in `Assessment`.
    """

    key: str = ""
    tie: str | None = None
    meeting: date | None = None
    report: date | None = None
    decision: date | None = None
    outcome: str = ""
    notice: date | None = None
    final: date | None = None
    not_amended: date | None = None
    ceased: date | None = None

    @property
    def ended(self) -> bool:
        """Whether nothing more is awaited."""
        closing = (self.final, self.not_amended, self.ceased)
        kept = self.decision is not None and self.outcome in ("maintain", "cease")
        return kept or any(day is not None for day in closing)

    @property
    def undecided(self) -> bool:
        """Whether its meeting was held and no decision is on record, amended since or not."""
        return self.meeting is not None and self.decision is None and self.ceased is None

    @property
    def amended(self) -> bool:
        """Whether a final amended plan, or word that there will be none, has gone out."""
        return self.final is not None or self.not_amended is not None

    @property
    def dated(self) -> bool:
        """Whether the day of its meeting is on record, where there was a review at all."""
        return self.meeting is not None or (self.decision is None and self.report is None)

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of fact on record of it."""
        return frozenset(
            kind for kind, name in REVIEW_STEPS.items() if getattr(self, name) is not None
        )

    @property
    def held_by(self) -> tuple[str, date | None]:
        """Who has the ball, a key of `parties.WHO`, and since which day; "" where nobody has."""
        if self.ended:
            return "", None
        if self.decision is not None:
            return "authority", self.notice or self.decision
        if self.report is not None:
            return "authority", self.report
        return ("school", self.meeting) if self.meeting is not None else ("", None)


REVIEW_STEPS: Mapping[str, str] = MappingProxyType(
    {
        "review_meeting_held": "meeting",
        "review_report_received": "report",
        "review_decision_sent": "decision",
        "amendment_notice_sent": "notice",
        "amended_plan_sent": "final",
        "no_amendment_sent": "not_amended",
    }
)
"""The kinds of fact of a review, by the attribute that holds their day."""


class Episodes(NamedTuple):
    """What a child's facts come to.

    Attributes:
        assessments: in the order of their requests; a plan with no request has one without.
        reviews: in the order they came to be known.
        spells: the times the plan was live.
    """

    assessments: tuple[Assessment, ...]
    reviews: tuple[Review, ...]
    spells: tuple[Spell, ...]

    @property
    def live(self) -> bool:
        """Whether the plan is live."""
        return bool(self.spells) and self.spells[-1].ceased is None


PLAN_BEGINS = frozenset({"plan_sent", "plan_transferred_in"})
"""The kinds of fact from which on a plan is live."""

_HANDLERS: Mapping[str, tuple[Handler, ...]] = MappingProxyType(
    {
        "request_received": (assessments.request,),
        "assessment_decision_sent": (assessments.decision,),
        "refusal_to_issue_sent": (assessments.outcome,),
        "request_withdrawn": (assessments.withdrawn,),
        "exception": (assessments.exception,),
        "reassessment_requested": (assessments.reassessment_requested,),
        "reassessment_decision_sent": (assessments.reassessment_decision,),
        "plan_sent": (assessments.outcome, assessments.reassessment_plan, plans.begun),
        "plan_transferred_in": (plans.begun,),
        "plan_ceased": (plans.ended,),
        "review_meeting_held": (reviews.held,),
        "review_report_received": (reviews.report,),
        "review_decision_sent": (reviews.decision,),
        "amendment_notice_sent": (reviews.notice,),
        "amended_plan_sent": (reviews.final, assessments.reassessment_plan),
        "no_amendment_sent": (reviews.final,),
    }
)
"""What the facts that make assessments, reviews and spells reach; see `counting.HANDLERS`."""

_LABELLING: Mapping[str, tuple[Handler, ...]] = MappingProxyType(
    {
        "advice_requested": (assessments.advice_requested,),
        "advice_received": (assessments.advice_received,),
        "draft_served": (assessments.draft,),
        "consultation_received": (assessments.consultation_received,),
        "consultation_replied": (assessments.consultation_replied,),
    }
)
"""What the kinds of fact reach that make no episode, but may be the first to give one its label."""

_TOLD_BY_OUTCOME = frozenset({"assessment_decision_sent", "reassessment_decision_sent"})
"""The kinds of which a handler looks at the outcome; with no rules nobody else does."""

_SPELLS: Mapping[str, Handler] = MappingProxyType(
    {**dict.fromkeys(PLAN_BEGINS, plans.begun), "plan_ceased": plans.ended}
)


def episodes_of(facts: Sequence[Fact]) -> Episodes:
    """The episodes of a child's facts, which come in the order of `facts.in_order`."""
    return of_timeline(timeline_of(facts))


def reviews_of(facts: Sequence[Fact]) -> list[Review]:
    """The reviews alone."""
    return _reviews(timeline_of(facts))


def assessments_of(facts: Sequence[Fact]) -> list[Assessment]:
    """The assessments alone."""
    return _assessments(timeline_of(facts))


def reassessments_of(facts: Sequence[Fact]) -> list[Assessment]:
    """The reassessments alone; the plan of one may be an amended plan."""
    return [_reassessment(one) for one in timeline_of(facts).every if one.scope == "reassessment"]


def spells_of(facts: Iterable[Fact]) -> tuple[Spell, ...]:
    """The times the plan was live alone."""
    timeline = EpisodeTimeline()
    for fact in facts:
        handle = _SPELLS.get(fact.kind)
        if handle is not None:
            handle(timeline, fact, ())
    return tuple(timeline.plans)


def plan_since(facts: Iterable[Fact]) -> date | None:
    """The day the plan now live was sent or transferred in, or None where none is."""
    spells = spells_of(facts)
    return spells[-1].since if spells and spells[-1].ceased is None else None


def meeting_fixed(facts: Iterable[Fact]) -> Fact | None:
    """The latest fixing of a meeting that has not been held since; the facts are in order."""
    found: Fact | None = None
    for fact in facts:
        if fact.kind == "review_meeting_fixed":
            found = fact
        elif fact.kind in ("review_meeting_held", "review_decision_sent"):
            meeting = found.day("meeting") if found else None
            if meeting is None or meeting <= fact.on:
                found = None
    return found


def of_timeline(timeline: Timeline) -> Episodes:
    """The episodes that a timeline has made, whether or not it counted rules."""
    return Episodes(tuple(_assessments(timeline)), tuple(_reviews(timeline)), tuple(timeline.plans))


def timeline_of(facts: Sequence[Fact]) -> Timeline:
    """A timeline of facts in their order that counts no rule."""
    timeline = EpisodeTimeline()
    timeline.meetings = reviews.meetings_to_come(facts)
    for fact in facts:
        follow(timeline, fact)
    return timeline


def follow(timeline: Timeline, fact: Fact) -> None:
    """Take one fact more into a timeline that counts no rule."""
    kind = fact.kind
    codes = event_codes(fact) if kind in _TOLD_BY_OUTCOME else ()
    handlers = _HANDLERS.get(kind)
    if handlers is None:
        handlers = () if fact.episode is None else _LABELLING.get(kind, ())
    for handle in handlers:
        handle(timeline, fact, codes)


def _assessments(timeline: Timeline) -> list[Assessment]:
    return [_assessment(one) for one in timeline.every if one.scope in _ASSESSMENT]


def _assessment(episode: Episode) -> Assessment:
    known = episode.seen.get
    made = Assessment(
        episode.key if episode.scope in STRAY else "",
        episode.label,
        known("request_received"),
        known("assessment_decision_sent"),
        episode.outcome,
        known("refusal_to_issue_sent"),
        known("request_withdrawn"),
        known("plan_sent"),
        list(episode.exceptions),
    )
    if not made.ended:
        made.ceased = known("plan_ceased")
    return made


def _reassessment(episode: Episode) -> Assessment:
    known = episode.seen.get
    made = Assessment(
        episode.key,
        episode.label,
        known("reassessment_requested"),
        known("reassessment_decision_sent"),
        episode.outcome,
        withdrawn=known("request_withdrawn"),
        plan=known("plan_sent") or known("amended_plan_sent"),
        exceptions=list(episode.exceptions),
    )
    if not made.ended:
        made.ceased = known("plan_ceased")
    return made


def _reviews(timeline: Timeline) -> list[Review]:
    return [_review(one) for one in timeline.every if one.scope in _REVIEW]


def _review(episode: Episode) -> Review:
    known = episode.seen.get
    made = Review(
        episode.key if episode.scope in STRAY else "",
        episode.label,
        known("review_meeting_held"),
        known("review_report_received"),
        known("review_decision_sent"),
        episode.outcome,
        known("amendment_notice_sent"),
        known("amended_plan_sent"),
        known("no_amendment_sent"),
    )
    if not made.ended:
        made.ceased = known("plan_ceased")
    return made


_ASSESSMENT = frozenset({"assessment", STRAY["assessment"]})
_REVIEW = frozenset({"review", STRAY["review"]})
