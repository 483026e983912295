"""What the items of one request tell as facts.

Meanings: SEN2 guide. ReceivedDate starts the twenty weeks; LastReview is the day the decision
after a review was sent, not the meeting's; StartDate is that of the plan as it now stands, so that
one after the review is the amended plan's.

Some days are no facts here, and stay with the child as notes:

- ReceivedDate where request and assessment are both historical (H): the decisions on them belong to
  earlier returns and will never come in this way, so the request is not left open.
- ReviewDraft from before the meeting: it belongs to a review that the return no longer holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

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
        yield from _review(active, _amended(request))
    for day in sorted(_amended(request)):
        yield Fact("amended_plan_sent", day)


def is_historical(request: Request) -> bool:
    """Whether request and assessment were both settled before the year of the return."""
    assessment = request.first("assessment")
    settled = assessment is None or assessment.text("assessmentoutcome") in ("H", "")
    decided = request.record.day("requestoutcomedate")
    return request.record.text("requestoutcome") == "H" and decided is None and settled


def days_of(request: Request) -> Iterator[tuple[str, date]]:
    """The items whose day is no fact but stays with the child."""
    received, active = request.record.day("receiveddate"), request.first("activeplans")
    if received is not None and is_historical(request) and _joined(request) is None:
        yield "receiveddate", received
    draft = active.day("reviewdraft") if active is not None else None
    if active is not None and draft is not None and _is_of_an_earlier_review(active):
        yield "reviewdraft", draft


def _joined(request: Request) -> Fact | None:
    """The transfer in, where the plan was made before this authority became responsible.

    The return names the other authority in the year of the transfer alone; later a plan that is
    older than its request tells it.
    """
    active, start = request.first("activeplans"), _start(request)
    received = request.record.day("receiveddate")
    moved = active is not None and bool(active.text("transferla"))
    if (
        not (moved or is_historical(request))
        or start is None
        or received is None
        or received <= start
    ):
        return None
    return Fact("plan_transferred_in", received, {"plan_made": start})


def _assessment(request: Request, episode: str | None, *, already_made: bool) -> Iterator[Fact]:
    record = request.record
    received, decided = record.day("receiveddate"), record.day("requestoutcomedate")
    if received is not None and not already_made and not is_historical(request):
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
    first = _first_plan(request)
    if first is not None and not already_made:
        detail: dict[str, Detail] = {} if _issued(request) else {"first": "no"}
        yield Fact("plan_sent", first, detail, episode)
    plan = request.first("namedplan")
    ceased = plan.day("ceasedate") if plan is not None else None
    if plan is not None and ceased is not None:
        reason = plan.text("ceasereason")
        yield Fact("plan_ceased", ceased, {"reason": reason} if reason else {})


def _start(request: Request) -> date | None:
    """The day of the plan as it now stands."""
    plan = request.first("namedplan")
    return plan.day("startdate") if plan is not None else None


def _first_plan(request: Request) -> date | None:
    """The day the plan was first sent, as near as the return tells it.

    The outcome's date is given only once the plan is issued, and only in that year's return; in
    later ones the day of the plan as it stands is all there is.
    """
    issued, start = _issued(request), _start(request)
    if issued is None or start is None:
        return issued or start
    return min(issued, start)


def _issued(request: Request) -> date | None:
    """The day a return says that the first plan was issued."""
    assessment = request.first("assessment")
    if assessment is None or assessment.text("assessmentoutcome") != "Y":
        return None
    return assessment.day("assessmentoutcomedate")


def _review(active: Record, amended: set[date]) -> Iterator[Fact]:
    """The latest meeting with what came of it.

    A plan amended between meeting and decision is of an earlier review: what is of this one is
    then tied together.
    """
    held, decided = active.day("reviewmeeting"), active.day("lastreview")
    # The outcome is that of the latest meeting: an earlier decision has an outcome unknown.
    outcome = _OUTCOMES.get(active.text("reviewoutcome"), "")
    own = decided is not None and (held is None or decided >= held)
    between = own and any(held and held <= day < (decided or day) for day in amended)
    tie = f"review {held}" if between else None
    if held is not None:
        yield Fact("review_meeting_held", held, {}, tie)
    if decided is not None:
        detail: dict[str, Detail] = {"outcome": outcome} if outcome and own else {}
        yield Fact("review_decision_sent", decided, detail, tie if own else None)
    draft = active.day("reviewdraft")
    if draft is not None and not _is_of_an_earlier_review(active):
        yield Fact("amendment_notice_sent", draft, {}, tie)


def _amended(request: Request) -> set[date]:
    """The days amended plans were sent: for a phase transfer, and the present plan's if it is one.

    It is one when a first plan is older, or when a review was under way before.
    """
    found: set[date] = set()
    active, start = request.first("activeplans"), _start(request)
    earlier = [_first_plan(request)]
    if active is not None:
        earlier += [active.day("reviewmeeting"), active.day("lastreview")]
        final = active.day("phasetransferfinaldate")
        found |= {final} if final is not None else set()
    if start is not None and any(day is not None and day < start for day in earlier):
        found.add(start)
    return found


def _is_of_an_earlier_review(active: Record) -> bool:
    held, draft = active.day("reviewmeeting"), active.day("reviewdraft")
    return held is not None and draft is not None and draft < held
