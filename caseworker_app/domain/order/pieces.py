"""The events of one review or one assessment together, those included that a wrong order parted.

The clock goes by date: a decision dated before its meeting finds no review and stands alone, and
the meeting waits. Here such a piece is laid beside the next one that lacks just what it has, if
that is near. Only what is held against what is decided so; no deadline and no figure follows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from caseworker_app.domain.clock.episodes import Assessment, Review
from caseworker_app.domain.facts import Fact
from caseworker_app.domain.order.table import FAMILY_DAYS, IN_ASSESSMENT, NEAR, OF_REVIEW

Piece = dict[str, Fact]
"""Events of one episode by their kind."""

_HELD, _DECIDED = "review_meeting_held", "review_decision_sent"
_NOTICE = "amendment_notice_sent"
_FINALS = frozenset({"amended_plan_sent", "no_amendment_sent"})
_REQUEST, _PLAN, _AGREED = "request_received", "plan_sent", "assessment_decision_sent"
_REQUESTS = frozenset({_REQUEST, "detained_request_received"})
_STEPS = frozenset(IN_ASSESSMENT)
_OTHER_WORK = frozenset(
    {
        "reassessment_requested",
        "reassessment_decision_sent",
        "tribunal_order",
        "mediation_agreement",
        "appeal_conceded",
    }
)
"""After these, a draft or advice need not be of an assessment that a request began."""
_NONE = timedelta(0)
_NOTICE_NEAR = timedelta(weeks=12)
"""A notice further than this from a final plan without one is rather of another amendment."""


class _Places:
    """Finds the fact behind a day that an episode holds, each fact once."""

    def __init__(self, facts: Sequence[Fact]) -> None:
        self._at: dict[tuple[str, date], list[Fact]] = {}
        for fact in facts:
            self._at.setdefault((fact.kind, fact.on), []).append(fact)

    def take(
        self, kinds: Sequence[str], on: date | None, ties: Sequence[str | None]
    ) -> Fact | None:
        """The fact of one of some kinds on a day, best the one with the episode's tie."""
        if on is None:
            return None
        for kind in kinds:
            there = self._at.get((kind, on))
            if there:
                tied = next((one for one in there if one.episode in ties), there[0])
                there.remove(tied)
                return tied
        return None

    def left(self, kinds: frozenset[str]) -> list[Fact]:
        """The facts of some kinds that no episode took, in order."""
        return [fact for (kind, _), there in self._at.items() if kind in kinds for fact in there]


def review_pieces(facts: Sequence[Fact], reviews: Sequence[Review]) -> list[Piece]:
    """The events of each review; those that a wrong order parted stand together."""
    if not any(fact.kind in OF_REVIEW for fact in facts):
        return []
    places = _Places([fact for fact in facts if fact.kind in OF_REVIEW])
    pieces = []
    for review in reviews:
        days = (
            *(review.meeting, review.report, review.decision),
            *(review.notice, review.final, review.not_amended),
        )
        ties = (review.tie, review.key) if review.tie else (None, review.key)
        taken = {
            kind: places.take((kind,), day, ties)
            for kind, day in zip(OF_REVIEW, days, strict=True)
            if day is not None
        }
        pieces.append({kind: fact for kind, fact in taken.items() if fact is not None})
    pieces += [{fact.kind: fact} for fact in places.left(_FINALS)]
    return _joined([piece for piece in pieces if piece])


def plainly_in_order(facts: Sequence[Fact], reviews: Sequence[Review]) -> bool:
    """Whether every review has its meeting and its steps in order: nothing need be laid out.

    Most children's are, and a list of all of them is made in a moment. False may mean either.
    """
    ended = 0
    for one in reviews:
        held = one.meeting
        if held is None or (one.report is not None and one.report < held):
            return False
        decided = one.decision or held
        noticed = one.notice or decided
        final = one.final or one.not_amended
        if decided < held or noticed < decided:
            return False
        if final is not None and final < noticed:
            return False
        if one.final and one.notice and (one.final - one.notice).days < FAMILY_DAYS:
            return False
        ended += (one.final is not None) + (one.not_amended is not None)
    for fact in facts:
        if fact.kind in _FINALS:
            ended -= 1
        elif fact.kind == _NOTICE and fact.detail:
            return False
    return ended == 0


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Parted pieces with the next one that lacks them."""
    pieces.sort(key=_first)
    waiting: list[Piece] = []
    whole: list[Piece] = []
    for piece in pieces:
        parted = [one for one in waiting if _belongs(one, piece)]
        for one in parted:
            if not one.keys() & piece.keys():
                piece.update(one)
                waiting.remove(one)
        (whole if _HELD in piece and not _may_wait(piece) else waiting).append(piece)
    return whole + waiting


def _may_wait(piece: Piece) -> bool:
    """Whether a later piece may hold what this one lacks: a final plan without its notice."""
    return bool(_FINALS & piece.keys()) and _NOTICE not in piece


def _belongs(early: Piece, piece: Piece) -> bool:
    """Whether an earlier piece has just what a later one waits for, and lacks what it has."""
    if early.keys() & piece.keys():
        return False
    if _may_wait(early) and piece.keys() == {_NOTICE}:
        gap = piece[_NOTICE].on - max(early[kind].on for kind in _FINALS & early.keys())
        return _NONE < gap <= _NOTICE_NEAR
    held = piece.get(_HELD)
    if held is None or _HELD in early or not _near(early, held):
        return False
    if early.keys() == {_NOTICE}:
        decided = piece.get(_DECIDED)
        return decided is not None and decided.text("outcome") in (None, "", "amend")
    decided = piece.get(_DECIDED)
    kept = decided is not None and decided.text("outcome") in ("maintain", "cease")
    return not (kept and _FINALS & early.keys())


def _near(early: Piece, late: Fact) -> bool:
    return _NONE < late.on - _first(early) <= NEAR


def _first(piece: Piece) -> date:
    return min(fact.on for fact in piece.values())


def assessment_pieces(facts: Sequence[Fact], assessments: Sequence[Assessment]) -> list[Piece]:
    """The events of each assessment, with what went astray laid to the one it is nearest to."""
    mine = [fact for fact in facts if fact.kind in _STEPS or fact.kind in _REQUESTS]
    if not mine:
        return []
    places = _Places(mine)
    spans = []
    for one in assessments:
        ties = (one.tie, one.key) if one.tie else (None, one.key)
        days = (
            (tuple(sorted(_REQUESTS, reverse=True)), one.request),
            ((_AGREED,), one.decision),
            (("refusal_to_issue_sent",), one.refusal),
            (("request_withdrawn",), one.withdrawn),
            ((_PLAN,), one.plan),
        )
        taken = ((kinds[0], places.take(kinds, day, ties)) for kinds, day in days)
        piece = {kind: fact for kind, fact in taken if fact is not None}
        if piece:
            spans.append(piece)
    spans = _with_plans(spans)
    if not spans:
        return []
    other = min((fact.on for fact in facts if fact.kind in _OTHER_WORK), default=date.max)
    for fact in sorted(places.left(_STEPS), key=lambda one: one.on):
        span = _home(fact, spans, astray=fact.on < other)
        if span is not None:
            span.setdefault(fact.kind, fact)
    return spans


def _with_plans(spans: list[Piece]) -> list[Piece]:
    """The assessments, a plan sent before its request laid to the request that waits for one."""
    asked = [span for span in spans if _REQUEST in span]
    for span in spans:
        if _REQUEST in span:
            continue
        plan = span.get(_PLAN)
        for one in asked if plan is not None else ():
            gap = one[_REQUEST].on - plan.on if plan is not None else _NONE
            if plan is not None and _NONE < gap <= NEAR and _end(one) is None:
                one[_PLAN] = plan
                break
    return asked


def _home(fact: Fact, spans: list[Piece], *, astray: bool) -> Piece | None:
    """The assessment an event is of: under way then; else, if it strayed, the nearest without."""
    lacking = [span for span in spans if fact.kind not in span]
    for span in reversed(lacking):
        end = _end(span)
        if span[_REQUEST].on <= fact.on and (end is None or fact.on <= end):
            return span
    if not astray:
        return None
    for span in lacking:
        if _NONE < span[_REQUEST].on - fact.on <= NEAR:
            return span
    for span in reversed(lacking):
        end = _end(span)
        if end is not None and _NONE < fact.on - end <= NEAR:
            return span
    return None


def _end(span: Mapping[str, Fact]) -> date | None:
    """The day an assessment was over, or None while it is open."""
    agreed = span.get(_AGREED)
    ends = [span[kind].on for kind in (_PLAN, "refusal_to_issue_sent") if kind in span]
    if agreed is not None and agreed.text("outcome") == "refuse":
        ends.append(agreed.on)
    if "request_withdrawn" in span:
        ends.append(span["request_withdrawn"].on)
    return max(ends, default=None)
