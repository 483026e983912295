"""An assessment as a track of twenty weeks: what has been done, what is still to come, and when.

Six weeks from the request to decide whether to assess, sixteen to decide whether to issue, twenty
to the final plan. A reassessment has fifteen days to decide whether to reassess, and from that
decision fourteen weeks to the final plan.

Source: SEND Regulations 2014, regs 5, 6, 10, 13, 25 and 27.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from caseworker_app.domain.clock.episodes import Assessment, assessments_of, reassessments_of
from caseworker_app.domain.consulting import Asked
from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.deadlines import OPEN, Deadline, State
from caseworker_app.domain.fact_kinds import KINDS
from caseworker_app.domain.facts import Fact
from caseworker_app.domain.lateness import when_words
from caseworker_app.domain.names import folded, whole_name
from caseworker_app.domain.next_step import likely_next, next_of_reassessment
from caseworker_app.domain.people import Child
from caseworker_app.domain.roles import Role

WEEKS = 20
STAGES: dict[str, tuple[int, str]] = {
    Role.ASSESS: (6, "decide whether to assess"),
    Role.REFUSE: (16, "decide whether to issue"),
    Role.PLAN: (WEEKS, "send the final plan"),
    Role.REASSESS: (2, "decide whether to reassess"),
    Role.REASSESSED_PLAN: (16, "send the final plan"),
}
"""By the role of its rule, a stage's week and what is to be done by then; of a reassessment the
whole weeks from the request, which its days make."""

WEEKS_AGAIN = 16
"""A reassessment takes so many whole weeks: fifteen days, and fourteen weeks."""

ROLES_SHOWN = frozenset({*STAGES, Role.DETAINED_PLAN})
"""The roles of the rules whose dates a track looks at."""

SOON = 14
DONE, DONE_LATE, LATE, DUE, CLAIMED, GONE = "done", "done_late", "late", "due", "claimed", "gone"
_STATES = {
    State.MET: DONE,
    State.MET_LATE: DONE_LATE,
    State.OVERDUE: LATE,
    State.DUE: DUE,
    State.EXCEPTION_CLAIMED: CLAIMED,
}
_SOURCES = {
    code: words
    for key in KINDS["advice_received"].keys
    for code, words in key.choices.items()
    if key.name == "source" and words
}
_GROUNDS = {
    code: words for key in KINDS["exception"].keys for code, words in key.choices.items() if words
}
_TO_DO = {
    "assessment_decision_sent": "decide whether to assess",
    "reassessment_decision_sent": "decide whether to reassess",
    "advice_requested": "ask for advice",
    "advice_received": "get the advice in",
    "draft_served": "serve the draft",
    "plan_sent": "send the final plan",
    "mediation_requested": "record mediation",
    "request_received": "record a new request",
}


_BRIEF = {
    DONE: "done",
    DONE_LATE: "done late",
    LATE: "late",
    DUE: "to come",
    CLAIMED: "exception",
    GONE: "not needed",
}


@dataclass(frozen=True, slots=True)
class Stage:
    """One of the three dates of the track.

    Attributes:
        week: counted from the request.
        words: what is to be done.
        by: the legal date.
        done: the day it was done, or None.
        state: a key as above.
    """

    week: int
    words: str
    by: date
    done: date | None
    state: str

    @property
    def said(self) -> str:
        """The stage in words: "send the final plan by 18 Feb 2027"."""
        if self.done is not None:
            late = " late" if self.state == DONE_LATE else ""
            return f"{_DONE_WORDS[self.words]} {day_words(self.done)}{late}"
        if self.state == GONE:
            return f"{self.words}: no longer needed"
        state = {LATE: ", late", CLAIMED: ", exception claimed"}.get(self.state, "")
        return f"{self.words} by {day_words(self.by)}{state}"


_DONE_WORDS = {
    "decide whether to assess": "decided to assess",
    "decide whether to reassess": "decided to reassess",
    "decide whether to issue": "decided to issue",
    "send the final plan": "final plan sent",
}


@dataclass(frozen=True, slots=True)
class Advice:
    """Advice asked of one source."""

    source: str
    asked: date | None
    received: date | None

    @property
    def said(self) -> str:
        """The source and how far it is."""
        name = _SOURCES.get(self.source, self.source or "Source not recorded")
        if self.received is not None:
            return f"{name} in {day_words(self.received)}"
        if self.asked is None:
            return f"{name} not asked"
        return f"{name} asked {day_words(self.asked)}, not in"


@dataclass(frozen=True, slots=True)
class Excused:
    """An exception claimed: its ground, from when and until when."""

    ground: str
    since: date
    until: date | None

    @property
    def said(self) -> str:
        """The ground and its days."""
        words = _GROUNDS.get(self.ground, "ground not recorded")
        until = f" until {day_words(self.until)}" if self.until else ""
        return f"exception from {day_words(self.since)}{until}: {words[:1].lower()}{words[1:]}"


@dataclass(frozen=True, slots=True)
class TrackRow:
    """One assessment or reassessment under way.

    Attributes:
        key: the assessment, as the clock names it.
        request: the day it was asked for; of a reassessment nobody asked for, when it was decided.
        today: the day it is seen on.
        stages: the three dates, in order.
        advice: by source.
        draft: the day of the latest draft, or None.
        asked: the settings consulted.
        panels: what went or goes to a panel, in words.
        excused: the exceptions claimed.
        due: the legal date that is soonest, or None.
        state, tone: for the chip.
        step_kind, step: what is likely recorded next: the kind of fact, and in words.
        again: whether it is a reassessment.
    """

    child_id: str
    version: int
    reference: str
    surname: str
    forename: str
    setting: str
    caseworker: str
    caseworker_id: str
    key: str
    request: date
    today: date
    stages: tuple[Stage, ...]
    advice: tuple[Advice, ...]
    draft: date | None
    asked: tuple[Asked, ...]
    panels: tuple[str, ...]
    excused: tuple[Excused, ...]
    due: date | None
    state: str
    tone: str
    step_kind: str
    step: str
    again: bool = False

    @property
    def name(self) -> str:
        """Surname, Forename."""
        return whole_name(self.surname, self.forename)

    @property
    def id(self) -> str:
        """What tells the row from others."""
        return f"{self.child_id} {self.key}"

    @property
    def week(self) -> int:
        """The week it is in, the first being 1."""
        return (self.today - self.request).days // 7 + 1

    @property
    def weeks(self) -> int:
        """How many whole weeks there are for it."""
        return WEEKS_AGAIN if self.again else WEEKS

    @property
    def what(self) -> str:
        """What it is, in a word."""
        return "Reassessment" if self.again else "Assessment"

    @property
    def advice_words(self) -> str:
        """How much advice is in: "2 of 4 in"."""
        if not self.advice:
            return ""
        return f"{sum(one.received is not None for one in self.advice)} of {len(self.advice)} in"

    @property
    def brief(self) -> str:
        """The three dates in a few words, for paper: "6: done, 16: late, 20: to come"."""
        return ", ".join(f"{one.week}: {_BRIEF[one.state]}" for one in self.stages)

    @property
    def spoken(self) -> str:
        """The whole track in words."""
        begun = "reassessment begun" if self.again else "requested"
        parts = [f"Week {self.week}", f"{begun} {day_words(self.request)}"]
        parts += [one.said for one in self.stages]
        parts += [f"advice: {one.said}" for one in self.advice]
        if self.draft is not None:
            parts.append(f"draft served {day_words(self.draft)}")
        parts += [f"consulted {one.words}" for one in self.asked]
        parts += [*self.panels, *(one.said for one in self.excused)]
        return "; ".join(parts)

    def at(self, day: date) -> float:
        """Where a day lies on the track, in weeks from the request."""
        return (day - self.request).days / 7


def track_rows(
    child: Child,
    facts: Sequence[Fact],
    deadlines: Iterable[Deadline],
    today: date,
    *,
    asked: Sequence[Asked] = (),
    panels: Sequence[str] = (),
    setting: str = "",
    caseworker: str = "",
) -> tuple[TrackRow, ...]:
    """The assessments of a child that are under way, one row each.

    Args:
        child: the child.
        facts: theirs, in order.
        deadlines: theirs; only those of assessments are looked at.
        today: the day they are seen on.
        asked: the settings consulted about them.
        panels: what went or goes to a panel, in words.
        setting: where they are.
        caseworker: who holds the case.
    """
    known = tuple(fact for fact in facts if fact.on <= today)
    dates = [one for one in deadlines if one.version.role in ROLES_SHOWN]
    both = [(one, False) for one in assessments_of(known) if one.request is not None]
    both += [(one, True) for one in reassessments_of(known)]
    rows = []
    for one, again in both:
        begun = one.request or one.decision
        if begun is None or one.ended:
            continue
        own = [each for each in dates if each.episode.partition(" #")[0] == one.key]
        since = [fact for fact in known if fact.on >= begun]
        due, state, tone = _chip(own, today)
        kind = next_of_reassessment(one, since) if again else likely_next(known)
        rows.append(
            TrackRow(
                child_id=child.id,
                version=child.version,
                reference=child.reference,
                surname=child.surname,
                forename=child.forename,
                setting=setting,
                caseworker=caseworker,
                caseworker_id=child.caseworker_id or "",
                key=one.key,
                request=begun,
                today=today,
                stages=_stages(one, own, since, today),
                advice=_advice(since),
                draft=max((f.on for f in since if f.kind == "draft_served"), default=None),
                asked=tuple(each for each in asked if each.began >= begun),
                panels=tuple(panels),
                excused=tuple(
                    Excused(f.text("ground") or "", f.on, f.day("until")) for f in one.exceptions
                ),
                due=due,
                state=state,
                tone=tone,
                step_kind=kind,
                step=_TO_DO.get(kind, KINDS[kind].label),
                again=again,
            )
        )
    return tuple(rows)


def urgency(row: TrackRow) -> tuple[date, str, str]:
    """The order of the list: soonest to be in breach first."""
    return row.due or date.max, folded(row.surname), folded(row.forename)


def _stages(
    one: Assessment, own: Sequence[Deadline], since: Sequence[Fact], today: date
) -> tuple[Stage, ...]:
    """The dates of the track; to issue is decided once said so, or the draft is served."""
    issued = min((f.on for f in since if f.kind in ("issue_decided", "draft_served")), default=None)
    found = []
    for deadline in own:
        if deadline.version.role not in STAGES:
            continue
        week, words = STAGES[deadline.version.role]
        done = deadline.met_on
        if deadline.version.role == Role.REFUSE:
            done = issued
        if deadline.version.role in (Role.ASSESS, Role.REASSESS) and one.decision is not None:
            done = one.decision
        state = _STATES.get(deadline.state(today), GONE)
        if done is not None:
            state = DONE if done <= deadline.due else DONE_LATE
        found.append(Stage(week, words, deadline.due, done, state))
    return tuple(sorted(found, key=lambda stage: stage.week))


def _advice(since: Sequence[Fact]) -> tuple[Advice, ...]:
    """What was asked of each source, and the latest that came in."""
    asked: dict[str, date] = {}
    received: dict[str, date] = {}
    for fact in since:
        source = fact.text("source") or ""
        if fact.kind == "advice_requested":
            asked.setdefault(source, fact.on)
        elif fact.kind == "advice_received":
            received[source] = fact.on
    order = [*_SOURCES, *(one for one in (*asked, *received) if one not in _SOURCES)]
    return tuple(
        Advice(source, asked.get(source), received.get(source))
        for source in dict.fromkeys(order)
        if source in asked or source in received
    )


def _chip(own: Sequence[Deadline], today: date) -> tuple[date | None, str, str]:
    """The soonest legal date that is open, and how it reads."""
    pending = [one for one in own if one.state(today) in OPEN]
    if not pending:
        return None, "no date open", "quiet"
    # An exception excuses a date and not those after it, so what is not excused comes first.
    plain = [one for one in pending if one.state(today) != State.EXCEPTION_CLAIMED]
    first = min(plain or pending, key=lambda one: one.due)
    if not plain:
        return first.due, "exception claimed", "quiet"
    days = (first.due - today).days
    return first.due, when_words(days), "late" if days < 0 else "soon" if days <= SOON else "ok"
