"""Each way in which events can stand in a wrong order, and what it finds in one child's facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from caseworker_app.domain.clock.episodes import PLAN_BEGINS, Assessment, Review
from caseworker_app.domain.facts import KINDS, Fact
from caseworker_app.domain.order.doubt import (
    OutOfOrder,
    asked,
    clause,
    full,
    pair,
    review_key,
)
from caseworker_app.domain.order.pieces import assessment_pieces, plainly_in_order, review_pieces
from caseworker_app.domain.order.table import (
    ANSWERED,
    DETAILS,
    FAMILY_DAYS,
    FOLLOWS,
    IN_ASSESSMENT,
    IN_REVIEW,
    OF_LIVE_PLAN,
    Follows,
)

_NONE = timedelta(0)
_LATEST = date.max - timedelta(days=FAMILY_DAYS)
_WITH_DAYS = frozenset(kind for kind, *_ in DETAILS)
_REQUESTS = frozenset({"request_received", "detained_request_received"})


def of_reviews(facts: Sequence[Fact], reviews: Sequence[Review]) -> Iterator[OutOfOrder]:
    """The steps of each review that come before one they should follow."""
    if plainly_in_order(facts, reviews):
        return
    for piece in review_pieces(facts, reviews):
        held = piece.get("review_meeting_held")
        tie = (held.episode or review_key(held.on)) if held else ""
        yield from _of_steps(piece, IN_REVIEW, tie)


def of_assessments(
    facts: Sequence[Fact], assessments: Sequence[Assessment]
) -> Iterator[OutOfOrder]:
    """The steps of each assessment that come before one they should follow."""
    for piece in assessment_pieces(facts, assessments):
        yield from _of_steps(piece, IN_ASSESSMENT)


def _of_steps(
    piece: Mapping[str, Fact], order: Mapping[str, tuple[str, ...]], review: str = ""
) -> Iterator[OutOfOrder]:
    """Each event of one episode that comes before one it should follow, or answers it too soon."""
    for kind, earlier in order.items():
        fact = piece.get(kind)
        if fact is None:
            continue
        before = [piece[one] for one in earlier if one in piece and piece[one].on > fact.on]
        if before:
            yield pair(fact, max(before, key=lambda one: one.on), review)
            continue
        served = piece.get(ANSWERED.get(kind, ""))
        if served is not None:
            yield from _too_soon(fact, served)


def _too_soon(final: Fact, served: Fact) -> Iterator[OutOfOrder]:
    start = served.day("served") or served.on
    if (final.on - start).days >= FAMILY_DAYS or start > _LATEST:
        return
    until = start + timedelta(days=FAMILY_DAYS - 1)
    held = pair(final, served)
    answer = f"the family's {FAMILY_DAYS} days to answer run to {full(until)}"
    yield replace(
        held,
        sentence=asked(f"{clause(served.kind, served.on)}, and {answer}", final.on),
        back=asked(f"{clause(final.kind, final.on)}, and {answer}", served.on),
        words=f"{clause(final.kind, final.on)}, but {answer}",
    )


def of_plans(facts: Sequence[Fact], assessments: Sequence[Assessment]) -> Iterator[OutOfOrder]:
    """What happened to a plan before it was sent or after it ceased, and requests that collide."""
    begin: Fact | None = None
    end: Fact | None = None
    early: list[Fact] = []
    for fact in facts:
        if fact.kind in PLAN_BEGINS:
            if begin is None:
                since = min(_own_start(fact), fact.on)
                yield from (pair(one, fact) for one in early if one.on < since)
                early = []
                begin, end = fact, None
        elif fact.kind == "plan_ceased":
            if begin is None:
                if end is not None:
                    yield pair(fact, end)
                early.append(fact)
            else:
                begin, end = None, fact
        elif fact.kind in OF_LIVE_PLAN and begin is None:
            if end is None:
                early.append(fact)
            elif fact.on > end.on:
                yield pair(fact, end)
        elif fact.kind in _REQUESTS and begin is not None and _unended(fact, assessments):
            yield pair(fact, begin)
    yield from _collisions(facts, assessments)


def _own_start(fact: Fact) -> date:
    """The first day that a plan was anybody's: a plan transferred in was made before it came."""
    return min(fact.on, fact.day("plan_made") or fact.on, fact.day("last_review") or fact.on)


def _unended(request: Fact, assessments: Sequence[Assessment]) -> bool:
    return any(one.request == request.on and not one.ended for one in assessments)


def _collisions(facts: Sequence[Fact], assessments: Sequence[Assessment]) -> Iterator[OutOfOrder]:
    """Each request that comes while an earlier one is open."""
    requests = [fact for fact in facts if fact.kind in _REQUESTS]
    opened = [one for one in assessments if one.request is not None]
    if len(requests) < 2 or len(requests) != len(opened):
        return
    open_one: tuple[Fact, date] | None = None
    for fact, one in zip(requests, opened, strict=True):
        if open_one is not None and fact.on < open_one[1]:
            held = pair(fact, open_one[0])
            still = f"The request of {full(open_one[0].on)} is still open"
            if open_one[1] < date.max:
                still = f"The request of {full(open_one[0].on)} was still open"
            again = f"Another request was received on {full(fact.on)}, while this one was open"
            yield replace(
                held,
                sentence=asked(still, fact.on),
                back=asked(again, open_one[0].on),
                words=f"{clause(fact.kind, fact.on)}, while the one of "
                f"{full(open_one[0].on)} was open",
            )
        until = _end(one)
        if open_one is None or until >= open_one[1]:
            open_one = (fact, until)


def _end(one: Assessment) -> date:
    """The day from which an assessment is over, the last there is while it is open."""
    refused = one.decision if one.outcome == "refuse" else None
    ends = (one.plan, one.refusal, one.withdrawn, one.ceased, refused)
    return min((day for day in ends if day is not None), default=date.max)


def of_others(facts: Sequence[Fact]) -> Iterator[OutOfOrder]:
    """Events outside reviews and assessments that come before the one they should follow."""
    kinds = {fact.kind for fact in facts}
    for rule in FOLLOWS:
        if rule.later in kinds and not kinds.isdisjoint(rule.earlier):
            yield from _too_early(rule, facts)


def _too_early(rule: Follows, facts: Sequence[Fact]) -> Iterator[OutOfOrder]:
    for fact in facts:
        if fact.kind != rule.later:
            continue
        first = [one for one in facts if one.kind in rule.earlier and _alike(rule, one, fact)]
        if any(_NONE <= fact.on - one.on <= rule.back for one in first):
            continue
        coming = next((one for one in first if _NONE < one.on - fact.on <= rule.ahead), None)
        if coming is not None and not _followed(rule, coming, facts):
            yield pair(fact, coming)


def _followed(rule: Follows, coming: Fact, facts: Sequence[Fact]) -> bool:
    """Whether another event follows the one that came late, as it should."""
    return any(
        one.kind == rule.later
        and _NONE <= one.on - coming.on <= rule.back
        and _alike(rule, one, coming)
        for one in facts
    )


def _alike(rule: Follows, one: Fact, other: Fact) -> bool:
    """Whether two events are of the same body or setting, where the order is one for each."""
    return not rule.same or one.text(rule.same) == other.text(rule.same)


def of_details(facts: Sequence[Fact]) -> Iterator[OutOfOrder]:
    """Days within one event that contradict each other."""
    for fact in facts:
        if not fact.detail or fact.kind not in _WITH_DAYS:
            continue
        for kind, key, other, not_before in DETAILS:
            day = fact.day(key) if fact.kind == kind else None
            held = fact.on if other == "on" else fact.day(other)
            if day is None or held is None or (day >= held if not_before else day <= held):
                continue
            said = clause(other if other != "on" else kind, held)
            yield OutOfOrder(
                kind,
                fact.on,
                kind,
                held,
                asked(said, day),
                f'{said}, but "{_label(kind, key)}" says {full(day)}',
                field=key,
                fact_id=fact.id,
            )


def _label(kind: str, key: str) -> str:
    return next(one.label for one in KINDS[kind].keys if one.name == key)


def as_requests(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """The facts with requests for a detained person as requests, which the clock takes alike."""
    return tuple(
        replace(fact, kind="request_received") if fact.kind in _REQUESTS else fact for fact in facts
    )
