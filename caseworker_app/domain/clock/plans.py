"""The times a plan is live: from the first final plan, or its transfer in, until it ceased."""

from __future__ import annotations

from datetime import date

from caseworker_app.domain.clock.episode import Codes, Episode
from caseworker_app.domain.clock.timeline import Spell, Timeline, labelled
from caseworker_app.domain.facts import Fact
from caseworker_app.domain.roles import YEARLY, Role
from caseworker_app.domain.rules import COMMENCEMENT


def sent(timeline: Timeline, fact: Fact, codes: Codes) -> None:
    """A final plan; the first one of a time is the day the plan was made."""
    timeline.sent.append(fact.on)
    if is_live(timeline):
        again = (*codes, "plan_made_again")
        for episode in timeline.of("plan"):
            if episode.open:
                timeline.end(episode, again, fact.on)
        timeline.start(timeline.open("plan", fact), fact, again)
    else:
        begun(timeline, fact, codes)
        timeline.feed(timeline.open("plan", fact), fact, (*codes, "plan_made"))


def begun(timeline: Timeline, fact: Fact, _codes: Codes) -> None:
    """A plan is live from the day it is sent or transferred in; one that is live stays so."""
    if not is_live(timeline):
        made = fact.day("plan_made") or fact.on
        timeline.plans.append(Spell(fact.on, made, first=fact.text("first") != "no"))


def ended(timeline: Timeline, fact: Fact, _codes: Codes) -> None:
    """A plan is live until the day it ceased; a decision to cease ends nothing by itself."""
    for episodes in timeline.episodes.values():
        for episode in episodes:
            episode.seen[fact.kind] = fact.on
    timeline.episodes.clear()
    if is_live(timeline):
        timeline.plans[-1] = timeline.plans[-1]._replace(ceased=fact.on)


def amended(timeline: Timeline, fact: Fact, _codes: Codes) -> None:
    """A final amended plan, which phase transfers look for."""
    timeline.sent.append(fact.on)


def transferred_in(timeline: Timeline, fact: Fact, codes: Codes) -> None:
    """A plan from another authority keeps the dates it had there (regulation 15(3))."""
    made, review = fact.day("plan_made"), fact.day("last_review")
    begun(timeline, fact, codes)
    plan = timeline.open("plan", fact)
    if review is not None:
        _earlier(timeline, plan, fact, "earlier_review", ("last review", review))
    elif made is not None:
        _earlier(timeline, plan, fact, "earlier_plan", ("plan made", made))
    # The first review here has a date of its own (regulation 15(5)), in place of those due.
    for episode in timeline.of("plan"):
        if episode.open:
            timeline.end(episode, codes, fact.on)
    timeline.start(plan, fact, codes)
    arrival = timeline.open("transfer_in", fact)
    arrival.seen[fact.kind] = fact.on
    last = None if made is None else ("plan made", made)
    last = last if review is None else ("last review", review)
    for ready in timeline.started("transfer_in", codes):
        weighs_both = ready.version.primitive == "later_review"
        if last is not None or not weighs_both:
            timeline.begin(ready, arrival, fact.on, labelled(fact), last if weighs_both else None)


def told(timeline: Timeline, fact: Fact, codes: Codes) -> None:
    """The family is told of the transfer."""
    arrival = timeline.awaiting("transfer_in", fact, codes)
    if arrival is not None:
        timeline.feed(arrival, fact, codes)


def reviewed(timeline: Timeline, fact: Fact, codes: Codes) -> None:
    """A decision after review completes it: every review due is met, and the next one starts."""
    if timeline.plans and not timeline.plans[-1].first:
        _forget_first_review(timeline)
    for episode in timeline.of("plan"):
        if episode.open:
            timeline.end(episode, codes, fact.on)
    for scope in ("transfer_in", "payment"):
        for episode in timeline.of(scope):
            if episode.open:
                timeline.feed(episode, fact, codes)
    timeline.start(timeline.open("plan", fact, tie=False), fact, codes)


def ceased(timeline: Timeline, fact: Fact, codes: Codes) -> None:
    """The plan ended: an order to that effect is met, and all else that is open is superseded."""
    why = f"plan ceased {fact.on}"
    for scope in ("order", "move"):
        for episode in timeline.of(scope):
            timeline.end(episode, codes, fact.on)
    for episodes in timeline.episodes.values():
        for episode in episodes:
            timeline.close(episode, fact.on, why)
    ended(timeline, fact, codes)


def is_live(timeline: Timeline) -> bool:
    """Whether a plan is live at this point of the timeline."""
    return bool(timeline.plans) and timeline.plans[-1].ceased is None


def leave_out_history(timeline: Timeline, history_from: date) -> None:
    """Reviews due before the day from which facts are recorded are superseded, met or not.

    What met them would not be recorded, so what looks like a late review is none. They are so on
    every day that states are judged on, since no fact replaced them.
    """
    reviews = (draft for episode in timeline.every for draft in episode.made)
    for draft in reviews:
        if draft.ready.version.role in YEARLY and draft.due < history_from:
            draft.met = None
            draft.gone = min(draft.start, COMMENCEMENT)
            draft.gone_why = "earlier reviews not recorded"


def _forget_first_review(timeline: Timeline) -> None:
    """A review on record shows that the day of a later version began no first year."""
    for episode in timeline.of("plan"):
        kept = [one for one in episode.made if one.ready.version.role != Role.FIRST_REVIEW]
        if len(kept) < len(episode.made):
            episode.made = kept
            episode.open = [one for one in episode.open if one in kept]


def _earlier(
    timeline: Timeline, plan: Episode, fact: Fact, code: str, anchor: tuple[str, date]
) -> None:
    for ready in timeline.started("plan", (code,)):
        timeline.begin(ready, plan, fact.on, anchor)
