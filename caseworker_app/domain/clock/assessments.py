"""Which assessment, reassessment or part of one a fact belongs to.

An assessment is *under way* until a plan is sent, a plan is refused, the assessment itself is
refused or the request is withdrawn. Advice, drafts and consultations are parts of the assessment
under way when they began.
"""

from __future__ import annotations

from datetime import date

from caseworker_app.domain.clock.episode import Codes, Episode
from caseworker_app.domain.clock.walk import Walk
from caseworker_app.domain.facts import Fact

_DECISION, _PLAN = "assessment_decision_sent", "plan_sent"
_PARTS = ("advice", "reassessment_advice", "draft", "consultation")
_ASKED_OF_HEAD = frozenset({"school", "other"})


def request(walk: Walk, fact: Fact, codes: Codes) -> None:
    """A request opens an assessment, whatever else is open."""
    episode = walk.open("assessment", fact)
    adopt(walk, episode)
    walk.feed(episode, fact, codes)


def decision(walk: Walk, fact: Fact, codes: Codes) -> None:
    """A decision whether to assess belongs to the latest assessment that has none."""
    undecided = [e for e in _under_way(walk, "assessment") if fact.kind not in e.seen]
    late = [e for e in walk.of("assessment") if fact.kind not in e.seen and not _withdrawn(e)]
    episode = walk.tied("assessment", fact) or walk.latest(
        undecided or _under_way(walk, "assessment") or late, fact
    )
    if episode is None:
        return
    if fact.kind not in episode.seen:
        episode.outcome = fact.text("outcome") or ""
    walk.feed(episode, fact, codes)
    if codes[-1].endswith(".refuse"):
        episode.ended = episode.ended or fact.on


def step(walk: Walk, fact: Fact, codes: Codes) -> None:
    """A step within the assessment under way: the decision to issue, release from detention."""
    episode = walk.tied("assessment", fact) or walk.latest(_under_way(walk, "assessment"), fact)
    if episode is not None:
        walk.feed(episode, fact, codes)


def outcome(walk: Walk, fact: Fact, codes: Codes) -> None:
    """A final plan or a refusal to issue one ends the latest assessment under way.

    A plan where none is comes of one that was refused, and that refusal overturned.
    """
    episode = walk.tied("assessment", fact) or walk.latest(_under_way(walk, "assessment"), fact)
    if episode is not None:
        walk.feed(episode, fact, codes)
        episode.ended = episode.ended or fact.on
    elif fact.kind == _PLAN:
        overturned = [e for e in walk.of("assessment") if _PLAN not in e.seen and not _withdrawn(e)]
        if overturned:
            overturned[-1].seen[_PLAN] = fact.on
        else:
            walk.stray("assessment", fact)


def draft(walk: Walk, fact: Fact, codes: Codes) -> None:
    """A draft opens the family's window, and belongs to the assessment under way."""
    undrafted = [e for e in _under_way(walk, "assessment") if fact.kind not in e.seen]
    parent = walk.tied("assessment", fact) or walk.latest(
        undrafted or _under_way(walk, "assessment"), fact
    )
    parent = (
        parent
        or walk.tied("reassessment", fact)
        or walk.latest(_under_way(walk, "reassessment"), fact)
    )
    if parent is not None:
        walk.feed(parent, fact, codes)
    detained = parent is not None and _is_detained(parent)
    codes = ("detained_draft_served",) if detained else codes
    walk.feed(_part(walk, "draft", fact, parent), fact, codes)


def advice_requested(walk: Walk, fact: Fact, codes: Codes) -> None:
    """A request for advice is part of the assessment or reassessment under way."""
    parent = _parent(walk, fact)
    of_reassessment = parent is not None and parent.scope == "reassessment"
    scope = "reassessment_advice" if of_reassessment else "advice"
    if parent is not None:
        walk.feed(parent, fact, codes)
        if fact.text("source") in _ASKED_OF_HEAD:
            parent.asked += (fact.on,)
    part = _part(walk, scope, fact, parent)
    part.about = fact.text("source") or ""
    walk.feed(part, fact, codes)
    for draft in part.made:
        draft.holder = part.about


def advice_received(walk: Walk, fact: Fact, codes: Codes) -> None:
    """Advice meets every open request to that body in the latest assessment that has one."""
    about = fact.text("source") or ""
    waiting = [
        part
        for scope in ("advice", "reassessment_advice")
        for part in walk.of(scope)
        if part.about == about and part.open and _may_tie(walk, part, fact)
    ]
    if not waiting:
        return
    latest = max(waiting, key=_number).parent
    for part in waiting:
        if part.parent is latest:
            walk.feed(part, fact, codes)


def consultation_received(walk: Walk, fact: Fact, codes: Codes) -> None:
    """A consultation is part of the assessment under way, or stands alone."""
    part = _part(walk, "consultation", fact, _parent(walk, fact))
    part.about = fact.text("setting") or ""
    walk.feed(part, fact, codes)


def consultation_replied(walk: Walk, fact: Fact, codes: Codes) -> None:
    """A reply meets the open consultations of that setting."""
    about = fact.text("setting") or ""
    for part in walk.of("consultation"):
        if part.about == about and part.open:
            walk.feed(part, fact, codes)


def reassessment_requested(walk: Walk, fact: Fact, codes: Codes) -> None:
    """A request for a reassessment opens one."""
    episode = walk.open("reassessment", fact)
    adopt(walk, episode)
    walk.feed(episode, fact, codes)


def reassessment_decision(walk: Walk, fact: Fact, codes: Codes) -> None:
    """A decision belongs to the latest request without one, or is the authority's own."""
    waiting = [e for e in _under_way(walk, "reassessment") if fact.kind not in e.seen]
    episode = walk.tied("reassessment", fact) or walk.latest(waiting, fact)
    episode = episode or walk.open("reassessment", fact)
    walk.feed(episode, fact, codes)
    if codes[-1].endswith(".refuse"):
        episode.ended = episode.ended or fact.on


def reassessment_plan(walk: Walk, fact: Fact, codes: Codes) -> None:
    """A final plan ends the latest reassessment that was decided on.

    An amended plan does so only where no review is waiting for one.
    """
    if fact.kind == "amended_plan_sent" and any(
        review.seen.get(fact.kind) == fact.on for review in walk.of("review")
    ):
        return
    decided = [
        e for e in _under_way(walk, "reassessment") if "reassessment_decision_sent" in e.seen
    ]
    episode = walk.tied("reassessment", fact) or walk.latest(decided, fact)
    if episode is not None:
        walk.feed(episode, fact, codes)
        episode.ended = episode.ended or fact.on


def withdrawn(walk: Walk, fact: Fact, _codes: Codes) -> None:
    """A withdrawal supersedes all that is open on the latest assessment or reassessment."""
    both = [*walk.of("assessment"), *walk.of("reassessment")]
    episode = walk.tied("assessment", fact) or walk.tied("reassessment", fact)
    waiting = [
        episode
        for episode in both
        if (_is_unsettled(episode) if walk.bare else _has_open(_parts(walk, episode), fact.on))
    ]
    episode = episode or walk.latest(sorted(waiting, key=_number), fact)
    if episode is not None:
        episode.seen.setdefault(fact.kind, fact.on)
        for part in _parts(walk, episode):
            walk.close(part, fact.on, f"request or assessment withdrawn {fact.on}")


def exception(walk: Walk, fact: Fact, _codes: Codes) -> None:
    """An exception is claimed in the latest assessment, reassessment and order it can excuse.

    One still open, or ended that same day. One claimed for a time that began earlier waits for
    the episode to open.
    """
    placed = False
    for scope in ("assessment", "reassessment", "order"):
        fits = [e for e in walk.of(scope) if _may_claim(e, fact.on)]
        if scope == "order":
            fits = [e for e in fits if e.open]
        episode = walk.tied(scope, fact) or walk.latest(fits, fact)
        if episode is not None:
            episode.exceptions += (fact,)
            placed = True
    if not placed:
        walk.claims.append(fact)


def adopt(walk: Walk, episode: Episode) -> None:
    """Take up the exceptions claimed earlier whose time reaches into an episode that opens."""
    for claim in walk.claims:
        until = claim.day("until")
        if until is not None and until >= episode.opened:
            episode.exceptions += (claim,)


def _under_way(walk: Walk, scope: str) -> list[Episode]:
    return [episode for episode in walk.of(scope) if episode.ended is None]


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


def _parent(walk: Walk, fact: Fact) -> Episode | None:
    tied = walk.tied("assessment", fact) or walk.tied("reassessment", fact)
    if tied is not None:
        return tied
    both = [*_under_way(walk, "assessment"), *_under_way(walk, "reassessment")]
    return walk.latest(sorted(both, key=_number), fact)


def _part(walk: Walk, scope: str, fact: Fact, parent: Episode | None) -> Episode:
    part = walk.open(scope, fact, tie=False)
    part.parent = parent
    return part


def _parts(walk: Walk, whole: Episode) -> list[Episode]:
    """An assessment or reassessment, and all that is part of it."""
    found = [part for scope in _PARTS for part in walk.of(scope) if part.parent is whole]
    return [whole, *found]


def _may_tie(walk: Walk, part: Episode, fact: Fact) -> bool:
    """Whether a labelled fact may belong to a part: the parts of its own assessment alone."""
    if fact.episode is None or part.parent is None:
        return True
    tied = walk.tied(part.parent.scope, fact)
    return tied is None or tied is part.parent
