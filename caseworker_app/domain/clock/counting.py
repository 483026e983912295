"""From facts to deadlines: the timeline, what a plan in force brings, exceptions, and the order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from types import MappingProxyType

from caseworker_app.domain.calendars import Calendars, WorkingDays
from caseworker_app.domain.clock import (
    assessments,
    disputes,
    exceptions,
    others,
    phases,
    plans,
    reviews,
)
from caseworker_app.domain.clock.compiled_rules import CompiledRules, compiled
from caseworker_app.domain.clock.episode import Codes, Episode, event_codes
from caseworker_app.domain.clock.timeline import Timeline
from caseworker_app.domain.deadlines import Deadline, Step
from caseworker_app.domain.facts import Fact, in_order
from caseworker_app.domain.people import Child, Closure, Setting
from caseworker_app.domain.rules import Rulebook

COUNTING = 1
"""The way these modules count. Raise it when the same rules and facts come to give other dates."""

Handler = Callable[[Timeline, Fact, Codes], None]

_DECISIONS = (disputes.complied, disputes.notice)

HANDLERS: Mapping[str, tuple[Handler, ...]] = MappingProxyType(
    {
        "request_received": (assessments.request,),
        "assessment_decision_sent": (assessments.decision, *_DECISIONS),
        "advice_requested": (assessments.advice_requested,),
        "advice_received": (assessments.advice_received,),
        "refusal_to_issue_sent": (assessments.outcome, *_DECISIONS),
        "draft_served": (assessments.draft, disputes.complied),
        "consultation_sent": (),
        "consultation_received": (assessments.consultation_received,),
        "consultation_replied": (assessments.consultation_replied,),
        "plan_sent": (
            assessments.outcome,
            assessments.reassessment_plan,
            plans.sent,
            *_DECISIONS,
        ),
        "review_meeting_fixed": (reviews.fixed,),
        "review_meeting_held": (reviews.held,),
        "review_report_received": (reviews.report,),
        "review_decision_sent": (reviews.decision, plans.reviewed, disputes.notice),
        "amendment_notice_sent": (reviews.notice,),
        "amended_plan_sent": (
            reviews.final,
            assessments.reassessment_plan,
            plans.amended,
            *_DECISIONS,
        ),
        "no_amendment_sent": (reviews.final, *_DECISIONS),
        "reassessment_requested": (assessments.reassessment_requested,),
        "reassessment_decision_sent": (assessments.reassessment_decision, *_DECISIONS),
        "decision_notice_sent": _DECISIONS,
        "mediation_requested": (disputes.mediation,),
        "mediation_declined": (disputes.mediation,),
        "mediation_certificate": (disputes.certificate,),
        "mediation_agreement": (disputes.answered, disputes.order),
        "tribunal_order": (disputes.order,),
        "move_known": (others.move_known,),
        "plan_transferred_in": (plans.transferred_in,),
        "direct_payment_started": (others.opening("payment"),),
        "cease_notice_sent": (disputes.notice,),
        "plan_ceased": (plans.ceased,),
        "request_withdrawn": (assessments.withdrawn,),
        "appeal_registered": (disputes.answered,),
        "appeal_ended": (disputes.appeal_step,),
        "appeal_conceded": (disputes.appeal_step, disputes.order),
        "exception": (assessments.exception,),
        "detained_request_received": (assessments.request,),
        "detained_released": (assessments.step,),
        "issue_decided": (assessments.step,),
        "review_invitations_sent": (reviews.prepared,),
        "review_advice_circulated": (reviews.prepared,),
        "mediation_held": (disputes.answered,),
        "health_issue_raised": (disputes.mediation,),
        "commissioners_told": (disputes.answered,),
        "agreed_matter_done": (disputes.complied,),
        "health_told_authority": (disputes.complied,),
        "appeal_papers_received": (disputes.papers,),
        "appeal_response_sent": (disputes.appeal_step,),
        "tribunal_recommendation": (disputes.order,),
        "recommendation_reply_sent": (disputes.complied,),
        "transfer_notice_sent": (plans.told,),
        "icb_move_known": (others.health_move_known,),
        "icb_change_known": (others.opening("health_move"),),
        "icb_told": (others.ending("health_move"),),
        "icb_cannot_provide": (others.opening("health_move"),),
        "icb_asked_authority": (others.ending("health_move"),),
        "direct_payment_reviewed": (others.ending("payment"),),
        "budget_requested": (),
        "looked_after_started": (others.opening("care"),),
        "care_review_held": (others.care_step,),
        "pep_made": (others.care_step,),
        "looked_after_ended": (others.left_care,),
        "cease_considered": (),
    }
)
"""What each kind of fact reaches, in turn. A kind with nothing is kept for the time line alone."""


def deadlines(
    child: Child,
    setting: Setting | None,
    facts: Sequence[Fact],
    rulebook: Rulebook,
    calendars: Calendars,
) -> tuple[Deadline, ...]:
    """Every deadline that a child's facts give, by due date, then rule.

    Args:
        child: of whom `born`, `actual_year`, `history_from` and `transfer` count.
        setting: where the child is, with its closures, or None.
        facts: in any order.
        rulebook: the rules in force from day to day.
        calendars: the working days.
    """
    ready = compiled(rulebook, calendars)
    ordered = in_order(facts)
    timeline = timeline_of(ordered, ready)
    if child.history_from is not None:
        plans.leave_out_history(timeline, child.history_from)
    england = calendars.england
    closures = () if setting is None else setting.closures
    made: list[Deadline] = []
    for episode in timeline.every:
        if episode.made:
            made += _finish(episode, england, closures)
    if timeline.plans:
        seen = ordered[-1].on
        born: tuple[Step, ...] = () if child.born is None else (("born", child.born),)
        made += _of_plans(timeline, phases.coming(child, setting, ready, seen), england, born)
    made.sort(key=_by_due)
    return _distinct(made)


def timeline_of(facts: Sequence[Fact], rules: CompiledRules) -> Timeline:
    """A timeline of facts in their order that counts the rules of a rules."""
    timeline = Timeline(rules)
    timeline.meetings = reviews.meetings_to_come(facts)
    for fact in facts:
        codes = event_codes(fact)
        for handle in HANDLERS[fact.kind]:
            handle(timeline, fact, codes)
    return timeline


def _finish(episode: Episode, england: WorkingDays, closures: Sequence[Closure]) -> list[Deadline]:
    """The deadlines of an episode, with the exceptions claimed in it weighed."""
    key, targets = episode.key, england.targets
    found = []
    for draft in episode.made:
        version, due, steps = draft.ready.version, draft.due, draft.steps
        ground, since = None, None
        if version.excused_by:
            claim = exceptions.claim(draft, episode, closures)
            if claim is not None:
                ground, since = claim.ground, claim.since
                steps += claim.failed
        found.append(
            Deadline(
                version,
                key,
                due,
                targets.get(due) or england.on_or_before(due),
                draft.common,
                draft.met,
                draft.gone,
                draft.gone_why,
                ground,
                since,
                steps,
                draft.holder,
            )
        )
    return found


def _of_plans(
    timeline: Timeline,
    found: Sequence[phases.Coming],
    england: WorkingDays,
    born: tuple[Step, ...],
) -> list[Deadline]:
    """What each time a plan was live brought: the dates after the plan was made."""
    made_deadlines = []
    for _, made, ceased, _ in timeline.plans:
        for one in found:
            if one.due <= made:
                continue
            met, gone, why = _end_of(one, timeline.sent, made, ceased)
            steps = one.steps if not one.by_birth else born + one.steps
            made_deadlines.append(
                Deadline(
                    one.ready.version,
                    one.key,
                    one.due,
                    england.on_or_before(one.due),
                    one.common,
                    met,
                    gone,
                    why,
                    None,
                    None,
                    (*steps, ("by a plan made", made)),
                )
            )
    return made_deadlines


def _end_of(
    one: phases.Coming, sent: Sequence[date], made: date, ceased: date | None
) -> tuple[date | None, date | None, str]:
    """When a date that a plan brought was met, or else superseded and why."""
    if one.ends is None or one.since is None:
        if ceased is not None and one.due >= ceased:
            return None, ceased, f"plan ceased {ceased}"
        return None, None, ""
    for day in sent:
        if max(one.since, made) <= day < one.ends and (ceased is None or day <= ceased):
            return day, None, ""
    if ceased is not None and ceased <= one.ends:
        return None, ceased, f"plan ceased {ceased}"
    return None, one.ends, "the day of the transfer has passed"


def _by_due(one: Deadline) -> tuple[date, str, str]:
    return one.due, one.version.rule, one.episode


def _distinct(made: Sequence[Deadline]) -> tuple[Deadline, ...]:
    """Number the few that share rule and episode, so that the pair names one deadline."""
    if len({(one.version.rule, one.episode) for one in made}) == len(made):
        return tuple(made)
    seen: dict[tuple[str, str], int] = {}
    kept = []
    for one in made:
        name = (one.version.rule, one.episode)
        count = seen[name] = seen.get(name, 0) + 1
        kept.append(one if count == 1 else _renamed(one, count))
    return tuple(kept)


def _renamed(one: Deadline, count: int) -> Deadline:
    return one._replace(episode=f"{one.episode} #{count}")
