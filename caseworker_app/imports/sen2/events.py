"""What the items of one request tell as facts.

Meanings: SEN2 guide. ReceivedDate starts the twenty weeks; LastReview is the day the decision
after a review was sent, not the meeting's; StartDate is that of the plan as it now stands.
"""

from __future__ import annotations

from collections.abc import Iterator

from caseworker_app.domain.facts import Detail, Fact
from caseworker_app.imports.sen2.joins import Request
from caseworker_app.imports.sen2.layout import layout
from caseworker_app.imports.sen2.tables import Record

_OUTCOMES = {"M": "maintain", "A": "amend", "C": "cease"}


def of_request(request: Request, episode: str | None) -> Iterator[Fact]:
    """The facts of a request and of the plan that came of it, in no order.

    Args:
        request: with everything that hangs on it.
        episode: ties the assessment's facts together where a child has several requests.
    """
    joined = _joined(request)
    if joined is not None:
        yield joined
    yield from _assessment(request, episode, already_made=joined is not None)
    yield from _plan(request, episode, already_made=joined is not None)
    active = request.first("activeplans")
    if active is not None:
        yield from _review(active)


def _joined(request: Request) -> Fact | None:
    """The transfer in, where the plan was made before this authority became responsible."""
    plan, active = request.first("namedplan"), request.first("activeplans")
    start = plan.day("startdate") if plan is not None else None
    received = request.record.day("receiveddate")
    moved = active is not None and bool(active.text("transferla"))
    if not moved or start is None or received is None or received <= start:
        return None
    return Fact("plan_transferred_in", received, {"plan_made": start})


def _assessment(request: Request, episode: str | None, *, already_made: bool) -> Iterator[Fact]:
    record = request.record
    received, decided = record.day("receiveddate"), record.day("requestoutcomedate")
    if received is not None and not already_made:
        source = layout().sources.get(record.text("requestsource"), "")
        detail: dict[str, Detail] = {"source": source} if source else {}
        yield Fact("request_received", received, detail, episode)
    outcome = record.text("requestoutcome")
    if decided is not None and outcome in ("Y", "N"):
        detail = {"outcome": "assess" if outcome == "Y" else "refuse"}
        yield Fact("assessment_decision_sent", decided, detail, episode)
    if decided is not None and outcome == "W":
        yield Fact("request_withdrawn", decided, {}, episode)
    assessment = request.first("assessment")
    ended = assessment.day("assessmentoutcomedate") if assessment is not None else None
    if assessment is not None and ended is not None:
        kinds = {"N": "refusal_to_issue_sent", "W": "request_withdrawn"}
        kind = kinds.get(assessment.text("assessmentoutcome"))
        if kind is not None:
            yield Fact(kind, ended, {}, episode)


def _plan(request: Request, episode: str | None, *, already_made: bool) -> Iterator[Fact]:
    plan, assessment = request.first("namedplan"), request.first("assessment")
    start = plan.day("startdate") if plan is not None else None
    if start is None and assessment is not None and assessment.text("assessmentoutcome") == "Y":
        # The outcome's date is given only once the plan is issued.
        start = assessment.day("assessmentoutcomedate")
    if start is not None and not already_made:
        yield Fact("plan_sent", start, {}, episode)
    ceased = plan.day("ceasedate") if plan is not None else None
    if plan is not None and ceased is not None:
        reason = plan.text("ceasereason")
        yield Fact("plan_ceased", ceased, {"reason": reason} if reason else {})


def _review(active: Record) -> Iterator[Fact]:
    held, decided = active.day("reviewmeeting"), active.day("lastreview")
    if held is not None:
        yield Fact("review_meeting_held", held)
    if decided is not None:
        # The outcome is that of the latest meeting: an earlier decision has an outcome unknown.
        outcome = _OUTCOMES.get(active.text("reviewoutcome"), "")
        known = bool(outcome) and (held is None or decided >= held)
        yield Fact("review_decision_sent", decided, {"outcome": outcome} if known else {})
    draft = active.day("reviewdraft")
    if draft is not None:
        yield Fact("amendment_notice_sent", draft)
    final = active.day("phasetransferfinaldate")
    if final is not None:
        yield Fact("amended_plan_sent", final)
