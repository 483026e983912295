"""The annual review tracker: one row a live plan, where its review stands, who holds the ball.

What a row shows follows from facts and kept deadlines alone, seen on a day.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from sys import intern

from caseworker_app.domain.clock.episodes import (
    PLAN_BEGINS,
    Review,
    meeting_fixed,
    plan_since,
    reviews_of,
)
from caseworker_app.domain.deadlines import OPEN, Deadline
from caseworker_app.domain.facts import Fact
from caseworker_app.domain.lateness import COMPLETE_BY, FINAL_BY, short_late, soonest
from caseworker_app.domain.order.shown import doubts_shown
from caseworker_app.domain.people import Child
from caseworker_app.domain.roles import Role
from caseworker_app.domain.rows import ReviewRow
from caseworker_app.domain.yeargroup import nc_year

ARRANGE = timedelta(weeks=10)
"""How long before a review must be complete its meeting ought to be fixed."""

SOON = timedelta(days=14)

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_COLUMNS = {
    "meeting": "review_meeting_held",
    "report": "review_report_received",
    "decision": "review_decision_sent",
    "notice": "amendment_notice_sent",
    "final": "amended_plan_sent",
}

ROLES_SHOWN = frozenset(
    {*COMPLETE_BY, Role.REPORT, Role.DECISION, Role.NOTICE, Role.FINAL, Role.FINAL_IN_ALL}
)
"""The roles of the rules whose deadlines a row looks at."""

KINDS_SHOWN = frozenset(
    {
        *_COLUMNS.values(),
        *PLAN_BEGINS,
        "review_meeting_fixed",
        "no_amendment_sent",
        "plan_ceased",
    }
)
"""The kinds of fact that a row looks at; others change nothing in it."""


@dataclass(frozen=True, slots=True)
class Stage:
    """Where a review stands.

    Attributes:
        words, tone: for the state chip.
        holder: who has the ball, or "".
        since: from which day, or None.
    """

    words: str
    tone: str
    holder: str = ""
    since: date | None = None


def review_row(
    child: Child,
    facts: tuple[Fact, ...],
    deadlines: Iterable[Deadline],
    today: date,
    setting: str = "",
    caseworker: str = "",
) -> ReviewRow:
    """The tracker's row for a child whose plan is live.

    Args:
        child: the child.
        facts: hers, in order.
        deadlines: hers; only those of annual reviews are looked at.
        today: the day they are seen on.
        setting: the setting's name.
        caseworker: the caseworker's name.
    """
    known = tuple(fact for fact in facts if fact.on <= today)
    made = [one for one in deadlines if one.version.role in ROLES_SHOWN]
    pending: dict[str, date] = {}
    for one in made:
        role = one.version.role
        if one.state(today) in OPEN and (role not in pending or one.due < pending[role]):
            pending[role] = one.due
    next_due = soonest(pending, COMPLETE_BY)
    fixed = meeting_fixed(known)
    reviews = reviews_of(known)
    review = _shown(reviews, fixed, next_due, today)
    due = _met_by(made, review) or next_due
    plan = plan_since(known)
    coming = fixed if review.meeting is None else None
    fixed_for = coming.day("meeting") if coming else None
    stage = _stage(review, pending, due, coming, today)
    fact_ids = _fact_ids(known, review, coming)
    return ReviewRow(
        child_id=intern(child.id),
        version=child.version,
        reference=intern(child.reference),
        surname=intern(child.surname),
        forename=intern(child.forename),
        nc_year=_year_group(child, today),
        setting=setting,
        caseworker=caseworker,
        due=due,
        meeting_fixed=fixed_for,
        meeting=review.meeting,
        report=review.report,
        decision=review.decision,
        outcome=review.outcome,
        notice=review.notice,
        final=review.final,
        state=intern(stage.words),
        tone=stage.tone,
        holder=stage.holder,
        held_days=(today - stage.since).days if stage.since else None,
        episode=review.tie,
        fact_ids=fact_ids,
        doubts=doubts_shown(known, child.born, reviews, fact_ids),
        caseworker_id=child.caseworker_id or "",
        plan=plan,
        plan_days=(today - plan).days if plan else None,
        born=child.born,
        template=child.template,
        last_decision=max((one.decision for one in reviews if one.decision), default=None),
    )


def _year_group(child: Child, today: date) -> int | None:
    if child.born is None:
        return None
    return nc_year(child.born, today, child.actual_year, child.actual_year_on)


def _shown(found: list[Review], fixed: Fact | None, next_due: date | None, today: date) -> Review:
    """The open review, or else the latest, until it is time to arrange the next one."""
    running = [review for review in found if not review.ended]
    if running:
        return running[-1]
    if not found:
        return Review()
    latest = found[-1]
    ended = max(
        day
        for day in (latest.meeting, latest.decision, latest.final, latest.not_amended, date.min)
        if day is not None
    )
    meeting = fixed.day("meeting") if fixed else None
    arranged = fixed is not None and (fixed.on > ended or (meeting is not None and meeting > ended))
    near = next_due is not None and today >= next_due - ARRANGE
    return Review() if arranged or near else latest


def _met_by(deadlines: list[Deadline], review: Review) -> date | None:
    if review.decision is None:
        return None
    met = [
        one.due
        for one in deadlines
        if one.version.role in COMPLETE_BY and one.met_on == review.decision
    ]
    return max(met, default=None)


def _stage(
    review: Review,
    pending: dict[str, date],
    due: date | None,
    coming: Fact | None,
    today: date,
) -> Stage:
    if review.ended:
        if review.outcome == "cease":
            return Stage("decided to cease", "quiet")
        return Stage("complete", "done")
    if review.decision is not None:
        return _after_decision(review, pending, review.decision, today)
    if review.meeting is not None or review.report is not None:
        return _after_meeting(review, pending, due, today)
    return _before_meeting(due, coming, today)


def _before_meeting(due: date | None, coming: Fact | None, today: date) -> Stage:
    if coming is not None:
        return _meeting_fixed(due, coming, today)
    if due is None:
        return Stage("no date known", "quiet")
    opens = due - ARRANGE
    if due < today:
        return Stage(f"review {short_late(due, today)}", "late", "school", opens)
    if opens <= today:
        return Stage("no meeting fixed", "soon", "school", opens)
    return Stage("not due", "quiet")


def _meeting_fixed(due: date | None, coming: Fact, today: date) -> Stage:
    meeting = coming.day("meeting")
    if due is not None and due < today:
        return Stage(f"review {short_late(due, today)}", "late", "school", coming.on)
    if meeting is None:
        return Stage("meeting fixed", "ok", "school", coming.on)
    if meeting < today:
        return Stage("was it held?", "soon", "school", coming.on)
    if meeting == today:
        return Stage("meeting today", "soon", "school", coming.on)
    days = (meeting - today).days
    return Stage("1 day" if days == 1 else f"{days} days", "ok", "school", coming.on)


def _after_meeting(
    review: Review, pending: dict[str, date], due: date | None, today: date
) -> Stage:
    report_by, decide_by = pending.get(Role.REPORT), pending.get(Role.DECISION)
    if decide_by is not None and decide_by < today:
        return Stage(f"decision {short_late(decide_by, today)}", "late", *review.held_by)
    if due is not None and due < today:
        # The decision has time left after this late meeting, and the year has none.
        return Stage(f"review {short_late(due, today)}", "late", *review.held_by)
    if review.report is None and report_by is not None:
        if report_by < today:
            return Stage(f"report {short_late(report_by, today)}", "late", *review.held_by)
        return Stage(_by("report", report_by), _near(report_by, today), *review.held_by)
    since = review.report or review.meeting
    if decide_by is None:
        return Stage("held, no decision", "soon", "authority", since)
    return Stage(_by("decision", decide_by), _near(decide_by, today), "authority", since)


def _after_decision(review: Review, pending: dict[str, date], decision: date, today: date) -> Stage:
    holder, since = review.held_by
    if not review.outcome:
        return Stage("outcome not recorded", "soon", holder, decision)
    if review.notice is None:
        return _before_notice(pending, decision, today)
    final_by = soonest(pending, FINAL_BY)
    if final_by is None:
        return Stage("final to send", "soon", holder, since)
    if final_by < today:
        return Stage(f"final {short_late(final_by, today)}", "late", holder, since)
    return Stage(_by("final", final_by), _near(final_by, today), holder, since)


def _before_notice(pending: dict[str, date], decision: date, today: date) -> Stage:
    notice_by = pending.get(Role.NOTICE)
    if notice_by is None:
        return Stage("no notice sent", "soon", "authority", decision)
    if notice_by < today:
        return Stage(f"notice {short_late(notice_by, today)}", "late", "authority", decision)
    return Stage(_by("notice", notice_by), "soon", "authority", decision)


def _by(what: str, due: date) -> str:
    return f"{what} by {due.day} {_MONTHS[due.month - 1]}"


def _near(due: date, today: date) -> str:
    return "soon" if due - today <= SOON else "ok"


def _fact_ids(
    facts: tuple[Fact, ...], review: Review, coming: Fact | None
) -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, str]] = []
    for column, kind in _COLUMNS.items():
        day = getattr(review, column)
        if day is None:
            continue
        same = [fact for fact in facts if fact.kind == kind and fact.on == day]
        tied = [fact for fact in same if fact.episode == review.tie]
        if same:
            found.append((column, (tied or same)[-1].id))
    if coming is not None:
        found.append(("meeting_fixed", coming.id))
    return tuple(found)
