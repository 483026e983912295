"""The checks of requests and assessments: R01 to A07."""

from __future__ import annotations

from collections.abc import Iterator

from caseworker_app.domain.sen2.checking import ERROR, QUERY, Found, assessments, each
from caseworker_app.domain.sen2.frame import Frame
from caseworker_app.domain.sen2.layout import ACTIVE, ASSESSMENT, NAMED_PLAN, REQUESTS
from caseworker_app.domain.sen2.rows import TRANSFERRED, Person, Row

_DECIDED, _UNDECIDED = ("Y", "N"), ("A", "W")


def _any(person: Person, _: Frame) -> Iterator[Found]:
    if not person.requests:
        yield Found(person.row, "ReceivedDate", "The child has no request.")


def _received(person: Person, frame: Frame) -> Iterator[Found]:
    for one in person.requests:
        day = one.day("ReceivedDate")
        if day is None:
            yield Found(one, "ReceivedDate", "The day of the request is not recorded.")
        elif day > frame.survey:
            yield Found(one, "ReceivedDate", "The request lies after the survey day.")


def _outcome(person: Person, frame: Frame) -> Iterator[Found]:
    for one in person.requests:
        said = one.text("RequestOutcome")
        if not frame.layout.knows("RequestOutcome", said):
            words = "The outcome of the decision whether to assess is not recorded."
            yield Found(one, "RequestOutcome", f"{said} is no outcome." if said else words)


def _dated(person: Person, _: Frame) -> Iterator[Found]:
    for one in person.requests:
        if one.text("RequestOutcome") in _DECIDED and not one.text("RequestOutcomeDate"):
            words = "The day of the decision whether to assess is not recorded."
            yield Found(one, "RequestOutcomeDate", words)


def _in_order(person: Person, _: Frame) -> Iterator[Found]:
    for one in person.requests:
        day, received = one.day("RequestOutcomeDate"), one.day("ReceivedDate")
        if day is not None and received is not None and day < received:
            yield Found(one, "RequestOutcomeDate", "It was decided before it was asked for.")


def _nothing_after(person: Person, _: Frame) -> Iterator[Found]:
    for one in person.requests:
        if one.text("RequestOutcome") in _UNDECIDED and (one.of(ASSESSMENT) or one.of(ACTIVE)):
            words = "Nothing was decided, and yet there is an assessment or a plan."
            yield Found(one, "RequestOutcome", words)


def _overturned(person: Person, _: Frame) -> Iterator[Found]:
    for one in person.requests:
        flags = (one.text("RequestMediation"), one.text("RequestTribunal"))
        if one.text("RequestOutcome") == "N" and one.of(ASSESSMENT) and "1" not in flags:
            words = "Refused and yet assessed, with neither mediation nor tribunal recorded."
            yield Found(one, "RequestMediation", words)


def _historical(person: Person, frame: Frame) -> Iterator[Found]:
    for one in person.requests:
        day = one.day("ReceivedDate")
        of_us = TRANSFERRED not in one.marks and not any(
            row.text("TransferLA") for row in one.of(ACTIVE)
        )
        if one.text("RequestOutcome") == "H" and of_us and day and day >= frame.starts:
            words = "Historical, and yet received in the year of the return."
            yield Found(one, "ReceivedDate", words)


def _source(person: Person, frame: Frame) -> Iterator[Found]:
    item = frame.layout.module(REQUESTS).item("RequestSource")
    if item is None or not item.needed:
        return
    for one in person.requests:
        said = one.text("RequestSource")
        if one.text("RequestOutcome") == "H" and not said:
            continue
        if not frame.layout.knows("RequestSource", said):
            words = f"{said} is no source of a request." if said else "Who asked is not recorded."
            yield Found(one, "RequestSource", words)


def _one_live(person: Person, _: Frame) -> Iterator[Found]:
    live = [one for one in person.requests if _is_live(one)]
    if len(live) > 1:
        words = f"{len(live)} requests or plans are live at once."
        yield Found(live[-1], "ReceivedDate", words)


def _is_live(request: Row) -> bool:
    plan = request.first(NAMED_PLAN)
    if plan is not None:
        return not plan.text("CeaseDate")
    assessment = request.first(ASSESSMENT)
    if assessment is None:
        return request.text("RequestOutcome") == "A"
    open_ = assessment.text("AssessmentOutcome") in ("A", "Y")
    return open_ and not assessment.text("AssessmentOutcomeDate")


def _exported(person: Person, frame: Frame) -> Iterator[Found]:
    for one in person.requests:
        said = one.text("Exported")
        if not said:
            continue
        assessment = one.first(ASSESSMENT)
        ended = "W" in (
            one.text("RequestOutcome"),
            assessment.text("AssessmentOutcome") if assessment is not None else "",
        )
        if not ended:
            yield Found(one, "Exported", "It was passed on, and yet did not end here.")
        elif said == frame.council.number:
            yield Found(one, "Exported", "It was passed on to the council itself.")


def _assessed(person: Person, _: Frame) -> Iterator[Found]:
    for one in person.requests:
        if one.text("RequestOutcome") == "Y" and not one.of(ASSESSMENT):
            yield Found(one, "AssessmentOutcome", "It was agreed, and there is no assessment.")


def _planned(person: Person, _: Frame) -> Iterator[Found]:
    for _request, one in assessments(person):
        outcome = one.text("AssessmentOutcome")
        made = outcome == "H" or (outcome == "Y" and one.text("AssessmentOutcomeDate"))
        if made and not one.of(NAMED_PLAN):
            yield Found(one, "AssessmentOutcome", "A plan was issued, and there is none.")


def _decided(person: Person, _: Frame) -> Iterator[Found]:
    for _request, one in assessments(person):
        outcome, dated = one.text("AssessmentOutcome"), one.text("AssessmentOutcomeDate")
        if outcome == "N" and not dated:
            words = "The day of the refusal to issue a plan is not recorded."
            yield Found(one, "AssessmentOutcomeDate", words)
        elif outcome in _UNDECIDED and dated:
            yield Found(one, "AssessmentOutcomeDate", "Nothing was decided, and yet on a day.")
        elif outcome in _UNDECIDED and one.of(NAMED_PLAN):
            yield Found(one, "AssessmentOutcome", "Nothing was decided, and yet there is a plan.")


def _same_day(person: Person, _: Frame) -> Iterator[Found]:
    for _request, one in assessments(person):
        plan, day = one.first(NAMED_PLAN), one.day("AssessmentOutcomeDate")
        if one.text("AssessmentOutcome") != "Y" or plan is None or day is None:
            continue
        if plan.day("StartDate") not in (None, day):
            words = "The plan bears another date than that on which it was first issued."
            yield Found(one, "AssessmentOutcomeDate", words)


def _after_request(person: Person, _: Frame) -> Iterator[Found]:
    for request, one in assessments(person):
        day, decided = one.day("AssessmentOutcomeDate"), request.day("RequestOutcomeDate")
        if day is not None and decided is not None and day < decided:
            words = "The assessment ended before it was agreed."
            yield Found(one, "AssessmentOutcomeDate", words)


def _moved_in(person: Person, _: Frame) -> Iterator[Found]:
    for request, one in assessments(person):
        moved = any(row.text("TransferLA") for row in request.of(ACTIVE))
        if moved and one.text("AssessmentOutcome") != "H":
            words = "The plan was transferred in, so its outcome is H."
            yield Found(one, "AssessmentOutcome", words)


def _exceptions(person: Person, _: Frame) -> Iterator[Found]:
    for _request, one in assessments(person):
        outcome = one.text("AssessmentOutcome")
        issued = outcome in ("Y", "N") and bool(one.of(NAMED_PLAN))
        if issued and one.text("Week20") not in ("0", "1"):
            yield Found(one, "Week20", "Whether an exception applied is not said.")


CHECKS = (
    each("R01", ERROR, "Every child has a request", _any),
    each("R02", ERROR, "The day of the request is there", _received),
    each("R03", ERROR, "The outcome of the request is there", _outcome),
    each("R04", ERROR, "The day of the decision is there", _dated),
    each("R05", ERROR, "Decided after it was asked for", _in_order),
    each("R06", ERROR, "Nothing comes of what was not decided", _nothing_after),
    each("R07", QUERY, "Refused, and yet assessed", _overturned),
    each("R08", ERROR, "Historical requests are of an earlier year", _historical),
    each("R09", ERROR, "Who asked is there", _source),
    each("R10", QUERY, "One live request or plan", _one_live),
    each("R11", ERROR, "Passed on only where it ended", _exported),
    each("A01", ERROR, "What was agreed has an assessment", _assessed),
    each("A02", ERROR, "What was issued has a plan", _planned),
    each("A03", ERROR, "The day of the assessment's outcome", _decided),
    each("A04", QUERY, "Issued on the date of the plan", _same_day),
    each("A05", ERROR, "Ended after it was agreed", _after_request),
    each("A06", ERROR, "Transferred in: outcome H", _moved_in),
    each("A07", ERROR, "Whether an exception applied is said", _exceptions),
)
