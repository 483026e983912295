"""Which annual review a fact belongs to.

Each meeting held opens a review, unless the fact is tied to one. Two may be open at once: a fact
goes to the latest that waits for it, so that a final plan which comes late ends its own review and
leaves the next one alone. A fact tied by its key to a review whose meeting is dated later, a slip
that somebody has still to mend, waits for that meeting and belongs to no other review. A decision
with no meeting still completes a review. A notice of amendment outside any review stands by itself
(regulation 28).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from caseworker_app.domain.clock.episode import Codes, Episode
from caseworker_app.domain.clock.timeline import Timeline
from caseworker_app.domain.facts import Fact

_HELD, _REPORT, _DECISION = "review_meeting_held", "review_report_received", "review_decision_sent"
_NOTICE, _FINAL = "amendment_notice_sent", "amended_plan_sent"

_EARLY = timedelta(weeks=8)
_REPORTED = timedelta(weeks=12)
"""How long after its meeting a report of a review already decided still belongs to it."""


def meetings_to_come(facts: Sequence[Fact]) -> frozenset[str]:
    """The keys of the reviews that meetings open; none where no fact is tied to one by its key."""
    if not any(fact.episode is not None and fact.episode.startswith("review ") for fact in facts):
        return frozenset()
    return frozenset(
        f"review {fact.on}" for fact in facts if fact.kind == _HELD and fact.episode is None
    )


def waits_for_meeting(fact: Fact, meetings: frozenset[str]) -> bool:
    """Whether a fact is tied to a review whose meeting is dated after it."""
    return fact.episode in meetings and str(fact.episode) > f"review {fact.on}"


def fixed(timeline: Timeline, fact: Fact, codes: Codes) -> None:
    """A meeting fixed anew replaces the one that was fixed before."""
    before = timeline.tied("meeting", fact) or timeline.latest(_pending(timeline), fact)
    if before is not None:
        timeline.close(before, fact.on, f"meeting fixed anew {fact.on}")
    episode = timeline.open("meeting", fact)
    episode.seen["meeting"] = fact.day("meeting") or fact.on
    timeline.feed(episode, fact, codes)


def prepared(timeline: Timeline, fact: Fact, codes: Codes) -> None:
    """Invitations and advice belong to the meeting that is fixed."""
    episode = timeline.tied("meeting", fact) or timeline.latest(_pending(timeline), fact)
    if episode is not None:
        timeline.feed(episode, fact, codes)


def held(timeline: Timeline, fact: Fact, codes: Codes) -> None:
    """A meeting opens a review, or joins the one it is tied to."""
    _end_waiting_for_meeting(timeline, fact, codes)
    review = timeline.tied("review", fact)
    if review is None:
        review = timeline.open("review", fact)
        timeline.feed(review, fact, codes)
        for early, its_codes in timeline.held_back.pop(review.key, ()):
            _take_up(timeline, review, early, its_codes)
    elif _HELD not in review.seen:
        _join(timeline, review, fact, codes)


def report(timeline: Timeline, fact: Fact, codes: Codes) -> None:
    """A report belongs to the latest review with neither report nor decision.

    Where none waits for it, it belongs to the review held last, if it is near; it never opens one.
    """
    if _held_back(timeline, fact, codes):
        return
    waiting = [r for r in _undecided(timeline) if _REPORT not in r.seen]
    review = timeline.tied("review", fact) or timeline.latest(waiting, fact)
    review = review or timeline.latest(_just_held(timeline, fact), fact)
    if review is None:
        timeline.stray("review", fact)
    else:
        timeline.feed(review, fact, codes)


def decision(timeline: Timeline, fact: Fact, codes: Codes) -> None:
    """A decision belongs to the latest undecided review, or is a review by itself."""
    if _held_back(timeline, fact, codes):
        return
    review = timeline.tied("review", fact) or timeline.latest(_undecided(timeline), fact)
    review = review or timeline.open("review", fact)
    review.outcome = fact.text("outcome") or review.outcome
    _feed(timeline, review, fact, codes)


def notice(timeline: Timeline, fact: Fact, codes: Codes) -> None:
    """A notice follows a decision to amend; failing that a notice, or a meeting without either."""
    if _held_back(timeline, fact, codes):
        return
    waiting = _amending(timeline) or _noticed(timeline) or _undecided(timeline)
    review = (
        timeline.tied("review", fact)
        or timeline.latest(waiting, fact)
        or timeline.open("review", fact)
    )
    _feed(timeline, review, fact, codes)


def final(timeline: Timeline, fact: Fact, codes: Codes) -> None:
    """A final amended plan, or word that there will be none, ends the review it belongs to.

    The latest with a notice; failing that with a decision to amend, or a meeting with no decision.
    """
    if _held_back(timeline, fact, codes):
        return
    waiting = _noticed(timeline) or _amending(timeline) or _undecided(timeline)
    review = timeline.tied("review", fact) or timeline.latest(waiting, fact)
    if review is not None:
        _feed(timeline, review, fact, codes)
        review.ended = review.ended or fact.on


def _held_back(timeline: Timeline, fact: Fact, codes: Codes) -> bool:
    """Keep a fact for the meeting it waits for. False where it waits for none."""
    if not timeline.meetings or not waits_for_meeting(fact, timeline.meetings):
        return False
    timeline.held_back.setdefault(str(fact.episode), []).append((fact, codes))
    return True


def _take_up(timeline: Timeline, review: Episode, fact: Fact, codes: Codes) -> None:
    """Let a step that was held back into its review, in which its meeting is now."""
    if fact.kind == _DECISION:
        review.outcome = fact.text("outcome") or review.outcome
    _feed(timeline, review, fact, codes)
    if fact.kind not in (_REPORT, _DECISION, _NOTICE):
        review.ended = review.ended or fact.on


def _feed(timeline: Timeline, review: Episode | None, fact: Fact, codes: Codes) -> None:
    if review is not None:
        timeline.feed(review, fact, codes)


def _undecided(timeline: Timeline) -> list[Episode]:
    return [
        r
        for r in timeline.of("review")
        if r.ended is None and _HELD in r.seen and _DECISION not in r.seen
    ]


def _just_held(timeline: Timeline, fact: Fact) -> list[Episode]:
    """The review of the last meeting, where it is decided or reported and was held of late."""
    held = [r for r in timeline.of("review") if _HELD in r.seen]
    if not held or fact.on - held[-1].seen[_HELD] > _REPORTED:
        return []
    return [held[-1]] if _DECISION in held[-1].seen or _REPORT in held[-1].seen else []


def _noticed(timeline: Timeline) -> list[Episode]:
    return [r for r in timeline.of("review") if r.ended is None and _NOTICE in r.seen]


def _amending(timeline: Timeline) -> list[Episode]:
    """Decided, with no notice yet, and not recorded as maintain or cease."""
    return [
        r
        for r in timeline.of("review")
        if r.ended is None
        and _DECISION in r.seen
        and _NOTICE not in r.seen
        and r.outcome in {"amend", ""}
    ]


def _pending(timeline: Timeline) -> list[Episode]:
    return [meeting for meeting in timeline.of("meeting") if meeting.open]


def _end_waiting_for_meeting(timeline: Timeline, fact: Fact, codes: Codes) -> None:
    """What waited for the meeting is over: for the one tied to it, or those fixed for about now."""
    tied = timeline.tied("meeting", fact)
    if tied is not None:
        _meet(timeline, tied, fact, codes)
        return
    for meeting in _pending(timeline):
        free = fact.episode is None or meeting.label is None
        if free and meeting.seen["meeting"] - fact.on <= _EARLY:
            _meet(timeline, meeting, fact, codes)


def _meet(timeline: Timeline, meeting: Episode, fact: Fact, codes: Codes) -> None:
    timeline.close(meeting, fact.on, f"review meeting held {fact.on}")
    timeline.start(meeting, fact, codes)


def _join(timeline: Timeline, review: Episode, fact: Fact, codes: Codes) -> None:
    """Bring a meeting into a review whose later steps are recorded as earlier than it."""
    earlier = dict(review.seen)
    timeline.feed(review, fact, codes)
    for kind, on in earlier.items():
        qualified = f"{kind}.{review.outcome or 'unstated'}" if kind == _DECISION else kind
        timeline.end(review, (kind, qualified), on)
