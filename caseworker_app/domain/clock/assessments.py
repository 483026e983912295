"""Which assessment, reassessment or part of one a fact belongs to.

An assessment is *under way* until a plan is sent, a plan is refused, the assessment itself is
refused or the request is withdrawn. Advice, drafts and consultations are parts of the assessment
under way when they began.
"""

from __future__ import annotations

from datetime import date

from caseworker_app.domain.clock.episode import Codes, Episode
from caseworker_app.domain.clock.timeline import Timeline
from caseworker_app.domain.facts import Fact

_DECISION, _PLAN = "assessment_decision_sent", "plan_sent"
_PARTS = ("advice", "reassessment_advice", "draft", "consultation")
_ASKED_OF_HEAD = frozenset({"school", "other"})


def request(timeline: Timeline, fact: Fact, codes: Codes) -> None:
    """A request opens an assessment, whatever else is open."""
    episode = timeline.open("assessment", fact)
    adopt(timeline, episode)
    timeline.feed(episode, fact, codes)


def decision(timeline: Timeline, fact: Fact, codes: Codes) -> None:
    """A decision whether to assess belongs to the latest assessment that has none."""
    undecided = [e for e in _under_way(timeline, "assessment") if fact.kind not in e.seen]
    late = [e for e in timeline.of("assessment") if fact.kind not in e.seen and not _withdrawn(e)]
    episode = timeline.tied("assessment", fact) or timeline.latest(
        undecided or _under_way(timeline, "assessment") or late, fact
    )
    if episode is None:
        return
    if fact.kind not in episode.seen:
        episode.outcome = fact.text("outcome") or ""
    timeline.feed(episode, fact, codes)
    if codes[-1].endswith(".refuse"):
        episode.ended = episode.ended or fact.on


def step(timeline: Timeline, fact: Fact, codes: Codes) -> None:
    """A step within the assessment under way: the decision to issue, release from detention."""
    episode = timeline.tied("assessment", fact) or timeline.latest(
        _under_way(timeline, "assessment"), fact
    )
    if episode is not None:
        timeline.feed(episode, fact, codes)


def outcome(timeline: Timeline, fact: Fact, codes: Codes) -> None:
    """A final plan or a refusal to issue one ends the latest assessment under way.

    A plan where none is comes of one that was refused, and that refusal overturned.
    """
    episode = timeline.tied("assessment", fact) or timeline.latest(
        _under_way(timeline, "assessment"), fact
    )
    if episode is not None:
        timeline.feed(episode, fact, codes)
        episode.ended = episode.ended or fact.on
    elif fact.kind == _PLAN:
        overturned = [
            e
            for e in timeline.of("assessment")
            if e.ended is not None and _PLAN not in e.seen and not _withdrawn(e)
        ]
        if overturned:
            overturned[-1].seen[_PLAN] = fact.on
        else:
            timeline.stray("assessment", fact)


def draft(timeline: Timeline, fact: Fact, codes: Codes) -> None:
    """A draft opens the family's window, and belongs to the assessment under way."""
    undrafted = [e for e in _under_way(timeline, "assessment") if fact.kind not in e.seen]
    parent = timeline.tied("assessment", fact) or timeline.latest(
        undrafted or _under_way(timeline, "assessment"), fact
    )
    parent = (
        parent
        or timeline.tied("reassessment", fact)
        or timeline.latest(_under_way(timeline, "reassessment"), fact)
    )
    if parent is not None:
        timeline.feed(parent, fact, codes)
    detained = parent is not None and _is_detained(parent)
    codes = ("detained_draft_served",) if detained else codes
    timeline.feed(_part(timeline, "draft", fact, parent), fact, codes)


def advice_requested(timeline: Timeline, fact: Fact, codes: Codes) -> None:
    """A request for advice is part of the assessment or reassessment under way."""
    parent = _parent(timeline, fact)
    of_reassessment = parent is not None and parent.scope == "reassessment"
    scope = "reassessment_advice" if of_reassessment else "advice"
    if parent is not None:
        timeline.feed(parent, fact, codes)
        if fact.text("source") in _ASKED_OF_HEAD:
            parent.asked += (fact.on,)
    part = _part(timeline, scope, fact, parent)
    part.about = fact.text("source") or ""
    timeline.feed(part, fact, codes)
    for draft in part.made:
        draft.holder = part.about


def advice_received(timeline: Timeline, fact: Fact, codes: Codes) -> None:
    """Advice meets every open request to that body in the latest assessment that has one."""
    about = fact.text("source") or ""
    waiting = [
        part
        for scope in ("advice", "reassessment_advice")
        for part in timeline.of(scope)
        if part.about == about and part.open and _may_tie(timeline, part, fact)
    ]
    if not waiting:
        return
    latest = max(waiting, key=_number).parent
    for part in waiting:
        if part.parent is latest:
            timeline.feed(part, fact, codes)


def consultation_received(timeline: Timeline, fact: Fact, codes: Codes) -> None:
    """A consultation is part of the assessment under way, or stands alone."""
    part = _part(timeline, "consultation", fact, _parent(timeline, fact))
    part.about = fact.text("setting") or ""
    timeline.feed(part, fact, codes)


def consultation_replied(timeline: Timeline, fact: Fact, codes: Codes) -> None:
    """A reply meets the open consultations of that setting."""
    about = fact.text("setting") or ""
    for part in timeline.of("consultation"):
        if part.about == about and part.open:
            timeline.feed(part, fact, codes)


def reassessment_requested(timeline: Timeline, fact: Fact, codes: Codes) -> None:
    """A request for a reassessment opens one."""
    episode = timeline.open("reassessment", fact)
    adopt(timeline, episode)
    timeline.feed(episode, fact, codes)


def reassessment_decision(timeline: Timeline, fact: Fact, codes: Codes) -> None:
    """A decision belongs to the latest request without one, or is the authority's own."""
    waiting = [e for e in _under_way(timeline, "reassessment") if fact.kind not in e.seen]
    episode = timeline.tied("reassessment", fact) or timeline.latest(waiting, fact)
    episode = episode or timeline.open("reassessment", fact)
    episode.outcome = fact.text("outcome") or ""
    timeline.feed(episode, fact, codes)
    if codes[-1].endswith(".refuse"):
        episode.ended = episode.ended or fact.on


def reassessment_plan(timeline: Timeline, fact: Fact, codes: Codes) -> None:
    """A final plan ends the latest reassessment that was decided on.

    An amended plan does so only where no review is waiting for one.
    """
    if fact.kind == "amended_plan_sent" and any(
        review.seen.get(fact.kind) == fact.on for review in timeline.of("review")
    ):
        return
    decided = [
        e for e in _under_way(timeline, "reassessment") if "reassessment_decision_sent" in e.seen
    ]
    episode = timeline.tied("reassessment", fact) or timeline.latest(decided, fact)
    if episode is not None:
        timeline.feed(episode, fact, codes)
        episode.ended = episode.ended or fact.on


def withdrawn(timeline: Timeline, fact: Fact, _codes: Codes) -> None:
    """A withdrawal supersedes all that is open on the latest assessment or reassessment."""
    both = [*timeline.of("assessment"), *timeline.of("reassessment")]
    episode = timeline.tied("assessment", fact) or timeline.tied("reassessment", fact)
    waiting = [
        episode
        for episode in both
        if (
            _is_unsettled(episode)
            if timeline.bare
            else _has_open(_parts(timeline, episode), fact.on)
        )
    ]
    episode = episode or timeline.latest(sorted(waiting, key=_number), fact)
    if episode is not None:
        episode.seen.setdefault(fact.kind, fact.on)
        for part in _parts(timeline, episode):
            timeline.close(part, fact.on, f"request or assessment withdrawn {fact.on}")


def exception(timeline: Timeline, fact: Fact, _codes: Codes) -> None:
    """An exception is claimed in the latest assessment, reassessment and order it can excuse.

    One still open, or ended that same day. One claimed for a time that began earlier waits for
    the episode to open.
    """
    placed = False
    for scope in ("assessment", "reassessment", "order"):
        fits = [e for e in timeline.of(scope) if _may_claim(e, fact.on)]
        if scope == "order":
            fits = [e for e in fits if e.open]
        episode = timeline.tied(scope, fact) or timeline.latest(fits, fact)
        if episode is not None:
            episode.exceptions += (fact,)
            placed = True
    if not placed:
        timeline.claims.append(fact)


def adopt(timeline: Timeline, episode: Episode) -> None:
    """Take up the exceptions claimed earlier whose time reaches into an episode that opens."""
    for claim in timeline.claims:
        until = claim.day("until")
        if until is not None and until >= episode.opened:
            episode.exceptions += (claim,)


def _under_way(timeline: Timeline, scope: str) -> list[Episode]:
    return [episode for episode in timeline.of(scope) if episode.ended is None]


def _may_claim(episode: Episode, on: date) -> bool:
    return episode.ended is None or on in (episode.ended, episode.seen.get(_PLAN))


def _withdrawn(episode: Episode) -> bool:
    return "request_withdrawn" in episode.seen


def _is_detained(episode: Episode) -> bool:
    return "detained_request_received" in episode.seen and "detained_released" not in episode.seen


def _is_unsettled(episode: Episode) -> bool:
    """Whether it is under way, or its decision was never recorded: what has something open."""
    undecided = episode.scope == "assessment" and _DECISION not in episode.seen
    return episode.ended is None or (undecided and not _withdrawn(episode))


def _has_open(episodes: list[Episode], on: date) -> bool:
    """Whether anything in them can still be met or missed; a window that closed cannot."""
    return any(not draft.has_lapsed(on) for episode in episodes for draft in episode.open)


def _number(episode: Episode) -> int:
    return episode.number


def _parent(timeline: Timeline, fact: Fact) -> Episode | None:
    tied = timeline.tied("assessment", fact) or timeline.tied("reassessment", fact)
    if tied is not None:
        return tied
    both = [*_under_way(timeline, "assessment"), *_under_way(timeline, "reassessment")]
    return timeline.latest(sorted(both, key=_number), fact)


def _part(timeline: Timeline, scope: str, fact: Fact, parent: Episode | None) -> Episode:
    part = timeline.open(scope, fact, tie=False)
    part.parent = parent
    return part


def _parts(timeline: Timeline, whole: Episode) -> list[Episode]:
    """An assessment or reassessment, and all that is part of it."""
    found = [part for scope in _PARTS for part in timeline.of(scope) if part.parent is whole]
    return [whole, *found]


def _may_tie(timeline: Timeline, part: Episode, fact: Fact) -> bool:
    """Whether a labelled fact may belong to a part: the parts of its own assessment alone."""
    if fact.episode is None or part.parent is None:
        return True
    tied = timeline.tied(part.parent.scope, fact)
    return tied is None or tied is part.parent
