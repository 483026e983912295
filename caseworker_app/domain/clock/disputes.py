"""Which dispute, order or appeal a fact belongs to.

Each appealable notice opens a dispute: the family's time to turn to mediation and to appeal.
Each order, mediation agreement and concession opens an order.
"""

from __future__ import annotations

from caseworker_app.domain.clock.assessments import adopt
from caseworker_app.domain.clock.episode import Codes, Episode
from caseworker_app.domain.clock.timeline import Timeline, labelled
from caseworker_app.domain.facts import Fact

_CERTIFICATE = "mediation_certificate"
_CONTINUE = frozenset({"continue", "continue_amend"})
_CONTACT = ("mediation_requested", "mediation_declined")


def notice(timeline: Timeline, fact: Fact, codes: Codes) -> None:
    """A notice that can be appealed opens a dispute."""
    started = timeline.started("dispute", codes)
    if started:
        dispute = timeline.open("dispute", fact, tie=False)
        dispute.seen[fact.kind] = fact.on
        for ready in started:
            timeline.begin(ready, dispute, fact.on, labelled(fact))


def mediation(timeline: Timeline, fact: Fact, codes: Codes) -> None:
    """A step of mediation belongs to the latest dispute that has none of its kind."""
    fresh = [dispute for dispute in timeline.of("dispute") if fact.kind not in dispute.seen]
    dispute = timeline.tied("dispute", fact) or timeline.latest(fresh, fact)
    timeline.feed(dispute or timeline.open("dispute", fact), fact, codes)


def certificate(timeline: Timeline, fact: Fact, codes: Codes) -> None:
    """A certificate belongs to the latest dispute that can have one, and may lengthen its time.

    A second one of the same dispute answers what waits for it, and lengthens nothing.
    """
    dispute = timeline.tied("dispute", fact) or timeline.latest(_certifiable(timeline, fact), fact)
    if dispute is None:
        return
    first = _CERTIFICATE not in dispute.seen
    timeline.feed(dispute, fact, codes)
    if first:
        for draft in dispute.open:
            if draft.ready.version.primitive == "appeal_window":
                draft.due = draft.ready.count(
                    draft.start, draft.ready.number, timeline.calendars, fact.on
                )
                draft.steps = (draft.steps[0], labelled(fact), *draft.steps[1:])


def answered(timeline: Timeline, fact: Fact, codes: Codes) -> None:
    """A fact that ends what the latest dispute waits for."""
    dispute = timeline.awaiting("dispute", fact, codes)
    if dispute is not None:
        timeline.feed(dispute, fact, codes)


def papers(timeline: Timeline, fact: Fact, codes: Codes) -> None:
    """Appeal papers: the response is due by the directions, or else by the ordinary time."""
    appeal = timeline.open("appeal", fact)
    directed = fact.day("respond_by")
    timeline.start(appeal, fact, codes, None if directed is None else ("respond by", directed))


def appeal_step(timeline: Timeline, fact: Fact, codes: Codes) -> None:
    """The response to an appeal, or its end."""
    appeal = timeline.awaiting("appeal", fact, codes)
    if appeal is not None:
        timeline.feed(appeal, fact, codes)


def order(timeline: Timeline, fact: Fact, codes: Codes) -> None:
    """An order, an agreement or a concession opens what has to follow from it.

    A plan that an order tells the authority to continue goes on by itself while it is live.
    """
    episode = timeline.open("order", fact)
    adopt(timeline, episode)
    timeline.feed(episode, fact, codes)
    if codes[-1].partition(".")[2] in _CONTINUE and not (
        timeline.plans and timeline.plans[-1].ceased
    ):
        timeline.end(episode, ("plan_in_force",), fact.on)


def complied(timeline: Timeline, fact: Fact, codes: Codes) -> None:
    """A decision, a draft or a plan answers the latest order that waits for it."""
    episode = timeline.awaiting("order", fact, codes)
    if episode is not None:
        timeline.feed(episode, fact, codes)


def _certifiable(timeline: Timeline, fact: Fact) -> list[Episode]:
    """Disputes without a certificate, still in time or in mediation; failing those, the last."""
    disputes = timeline.of("dispute")
    able = [
        dispute
        for dispute in disputes
        if _CERTIFICATE not in dispute.seen
        and (
            any(draft.due >= fact.on for draft in dispute.open)
            or any(kind in dispute.seen for kind in _CONTACT)
        )
    ]
    return able or list(disputes[-1:])
