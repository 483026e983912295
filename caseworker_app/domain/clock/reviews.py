"""Which annual review a fact belongs to.

Each meeting held opens a review, unless the fact is tied to one. Two may be open at once: a fact
goes to the latest that waits for it, so that a final plan which comes late ends its own review and
leaves the next one alone. A decision with no meeting still completes a review. A notice of
amendment outside any review stands by itself (regulation 28).
"""

from __future__ import annotations

from datetime import timedelta

from caseworker_app.domain.clock.episode import Codes, Episode
from caseworker_app.domain.clock.walk import Walk
from caseworker_app.domain.facts import Fact

_HELD, _REPORT, _DECISION = "review_meeting_held", "review_report_received", "review_decision_sent"
_NOTICE, _FINAL = "amendment_notice_sent", "amended_plan_sent"

_EARLY = timedelta(weeks=8)


def fixed(walk: Walk, fact: Fact, codes: Codes) -> None:
    """A meeting fixed anew replaces the one that was fixed before."""
    before = walk.tied("meeting", fact) or walk.latest(_pending(walk), fact)
    if before is not None:
        walk.close(before, fact.on, f"meeting fixed anew {fact.on}")
    episode = walk.open("meeting", fact)
    episode.seen["meeting"] = fact.day("meeting") or fact.on
    walk.feed(episode, fact, codes)


def prepared(walk: Walk, fact: Fact, codes: Codes) -> None:
    """Invitations and advice belong to the meeting that is fixed."""
    episode = walk.tied("meeting", fact) or walk.latest(_pending(walk), fact)
    if episode is not None:
        walk.feed(episode, fact, codes)


def held(walk: Walk, fact: Fact, codes: Codes) -> None:
    """A meeting opens a review, or joins the one it is tied to."""
    _end_waiting_for_meeting(walk, fact, codes)
    review = walk.tied("review", fact)
    if review is None:
        walk.feed(walk.open("review", fact), fact, codes)
    elif _HELD not in review.seen:
        _join(walk, review, fact, codes)


def report(walk: Walk, fact: Fact, codes: Codes) -> None:
    """A report belongs to the latest review with neither report nor decision."""
    waiting = [r for r in _undecided(walk) if _REPORT not in r.seen]
    _feed(walk, walk.tied("review", fact) or walk.latest(waiting, fact), fact, codes)


def decision(walk: Walk, fact: Fact, codes: Codes) -> None:
    """A decision belongs to the latest undecided review, or is a review by itself."""
    review = walk.tied("review", fact) or walk.latest(_undecided(walk), fact)
    review = review or walk.open("review", fact)
    review.outcome = fact.text("outcome") or review.outcome
    _feed(walk, review, fact, codes)


def notice(walk: Walk, fact: Fact, codes: Codes) -> None:
    """A notice follows a decision to amend; failing that a notice, or a meeting without either."""
    waiting = _amending(walk) or _noticed(walk) or _undecided(walk)
    review = walk.tied("review", fact) or walk.latest(waiting, fact) or walk.open("review", fact)
    _feed(walk, review, fact, codes)


def final(walk: Walk, fact: Fact, codes: Codes) -> None:
    """A final amended plan, or word that there will be none, ends the review it belongs to.

    The latest with a notice; failing that with a decision to amend, or a meeting with no decision.
    """
    waiting = _noticed(walk) or _amending(walk) or _undecided(walk)
    review = walk.tied("review", fact) or walk.latest(waiting, fact)
    if review is not None:
        _feed(walk, review, fact, codes)
        review.ended = review.ended or fact.on


def _feed(walk: Walk, review: Episode | None, fact: Fact, codes: Codes) -> None:
    if review is not None:
        walk.feed(review, fact, codes)


def _undecided(walk: Walk) -> list[Episode]:
    return [
        r
        for r in walk.of("review")
        if r.ended is None and _HELD in r.seen and _DECISION not in r.seen
    ]


def _noticed(walk: Walk) -> list[Episode]:
    return [r for r in walk.of("review") if r.ended is None and _NOTICE in r.seen]


def _amending(walk: Walk) -> list[Episode]:
    """Decided, with no notice yet, and not recorded as maintain or cease."""
    return [
        r
        for r in walk.of("review")
        if r.ended is None
        and _DECISION in r.seen
        and _NOTICE not in r.seen
        and r.outcome in {"amend", ""}
    ]


def _pending(walk: Walk) -> list[Episode]:
    return [meeting for meeting in walk.of("meeting") if meeting.open]


def _end_waiting_for_meeting(walk: Walk, fact: Fact, codes: Codes) -> None:
    """What waited for the meeting is over: for the one tied to it, or those fixed for about now."""
    tied = walk.tied("meeting", fact)
    if tied is not None:
        _meet(walk, tied, fact, codes)
        return
    for meeting in _pending(walk):
        free = fact.episode is None or meeting.label is None
        if free and meeting.seen["meeting"] - fact.on <= _EARLY:
            _meet(walk, meeting, fact, codes)


def _meet(walk: Walk, meeting: Episode, fact: Fact, codes: Codes) -> None:
    walk.close(meeting, fact.on, f"review meeting held {fact.on}")
    walk.start(meeting, fact, codes)


def _join(walk: Walk, review: Episode, fact: Fact, codes: Codes) -> None:
    """Bring a meeting into a review whose later steps are recorded as earlier than it."""
    earlier = dict(review.seen)
    walk.feed(review, fact, codes)
    for kind, on in earlier.items():
        qualified = f"{kind}.{review.outcome or 'unstated'}" if kind == _DECISION else kind
        walk.end(review, (kind, qualified), on)
