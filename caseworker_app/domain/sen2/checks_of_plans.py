"""The checks of plans and needs: N01 to N07, V01 to V09."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from dateutil.relativedelta import relativedelta

from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.sen2.checking import (
    ERROR,
    QUERY,
    Found,
    active,
    age_on,
    each,
    plans,
    told_by_now,
)
from caseworker_app.domain.sen2.frame import Frame
from caseworker_app.domain.sen2.layout import ACTIVE, NAMED_PLAN, NEED, PLACEMENT, PLAN_DETAIL
from caseworker_app.domain.sen2.rows import TRANSFERRED, Person, Row

FOUR_WEEKS = timedelta(days=28)
_OF_AGE, _ADULT = 16, 19
_YOUNG_REASONS = {
    "3": "moved to higher education",
    "4": "moved to paid work",
    "6": "no longer wishes to engage",
}
_ASKED_WHY = {("CeaseReason", "9"), ("SENsetting", "OTH"), ("SENsetting", "NIEO")}
_MOST_NEEDS = 2
_TRANSFER_DAYS = ((2, 15), (3, 31))
_DATES = ("ReviewMeeting", "ReviewDraft", "LastReview")


def _begun(person: Person, frame: Frame) -> Iterator[Found]:
    for request, _, plan in plans(person):
        day, received = plan.day("StartDate"), request.day("ReceivedDate")
        moved = TRANSFERRED in request.marks or any(
            one.text("TransferLA") for one in request.of(ACTIVE)
        )
        if day is None:
            yield Found(plan, "StartDate", "The date of the plan is not recorded.")
        elif day > frame.survey:
            yield Found(plan, "StartDate", "The date of the plan lies after the survey day.")
        elif received is not None and day < received and not moved:
            yield Found(plan, "StartDate", "The plan bears a date before the request.")


def _ended(person: Person, _: Frame) -> Iterator[Found]:
    for _request, _assessment, plan in plans(person):
        day, reason, begun = plan.day("CeaseDate"), plan.text("CeaseReason"), plan.day("StartDate")
        if day is not None and not reason:
            yield Found(plan, "CeaseReason", "The plan ended, and why is not recorded.")
        elif reason and day is None:
            yield Found(plan, "CeaseDate", "Why the plan ended is recorded, but not when.")
        elif day is not None and begun is not None and day < begun:
            yield Found(plan, "CeaseDate", "The plan ended before its date.")


def _long_ended(person: Person, frame: Frame) -> Iterator[Found]:
    for _request, _assessment, plan in plans(person):
        day = plan.day("CeaseDate")
        if day is not None and day < frame.starts:
            words = f"The plan ended before {day_words(frame.starts)}: it is not of this return."
            yield Found(plan, "CeaseDate", words)


def _young(person: Person, _: Frame) -> Iterator[Found]:
    for _request, _assessment, plan in plans(person):
        day, reason = plan.day("CeaseDate"), plan.text("CeaseReason")
        age = age_on(person.row, day) if day is not None else None
        if age is None:
            continue
        if reason == "1" and age < _ADULT:
            yield Found(plan, "CeaseReason", f"Reached the maximum age at {age}.")
        elif reason in _YOUNG_REASONS and age < _OF_AGE:
            yield Found(plan, "CeaseReason", f"Ended at {age}: {_YOUNG_REASONS[reason]}.")


def _asked_why(person: Person, frame: Frame) -> Iterator[Found]:
    for row in person.row.every():
        for name, code in sorted(_ASKED_WHY):
            if row.module != PLAN_DETAIL and row.text(name) == code:
                words = frame.layout.words(name, code).split(";")[0]
                yield Found(row, name, f"The Department asks why so many are “{words}”.")


def _budget(person: Person, frame: Frame) -> Iterator[Found]:
    for _request, _assessment, plan in plans(person):
        paid = plan.text("DP")
        if plan.text("PB") != "1" and (plan.text("OA") or paid):
            words = "How a personal budget is taken is told, but there is none."
            yield Found(plan, "OA" if plan.text("OA") else "DP", words)
        elif paid and not frame.readings.knows("DP", paid):
            yield Found(plan, "DP", f"{paid} is no code of direct payments.")


def _at_work(person: Person, frame: Frame) -> Iterator[Found]:
    age = age_on(person.row, frame.survey)
    if age is None or age >= _OF_AGE:
        return
    for row in person.row.every():
        for name in ("WBP", "PlanWBP"):
            if row.text(name):
                yield Found(row, name, f"Work-based learning at {age}.")
                return


def _whole(person: Person, _: Frame) -> Iterator[Found]:
    for request in person.requests:
        plan, rows = request.first(NAMED_PLAN), request.of(ACTIVE)
        if plan is not None and not rows:
            words = "There is a plan, and nothing of it in the year."
            yield Found(plan, "StartDate", words)
        for row in rows:
            moved = row.text("TransferLA") or TRANSFERRED in request.marks
            if not row.of(PLACEMENT) and not moved:
                yield Found(row, "EntryDate", "No placement is recorded.")
            if not row.of(NEED):
                yield Found(row, "SENtype", "No need is recorded.")


def _moved_nowhere(person: Person, _: Frame) -> Iterator[Found]:
    for request, row, _plan in active(person):
        moved = row.text("TransferLA") or TRANSFERRED in request.marks
        if moved and not row.of(PLACEMENT):
            words = "Transferred in, and no placement is recorded."
            yield Found(row, "EntryDate", words)


def _from_whom(person: Person, frame: Frame) -> Iterator[Found]:
    for request, row, _plan in active(person):
        said, day = row.text("TransferLA"), request.day("ReceivedDate")
        came = TRANSFERRED in request.marks and day is not None and day >= frame.starts
        if said and not frame.layout.knows("LA", said):
            yield Found(row, "TransferLA", f"{said} is no authority's number in England.")
        elif said and said == frame.council.number:
            yield Found(row, "TransferLA", "Transferred in from the council itself.")
        elif came and not said:
            words = "Transferred in, and from which authority is not recorded."
            yield Found(row, "TransferLA", words)


def _reviewed(person: Person, frame: Frame) -> Iterator[Found]:
    for _request, row, _plan in active(person):
        outcome = row.text("ReviewOutcome")
        if outcome and not row.text("ReviewMeeting"):
            words = "A review has an outcome, and no day of its meeting."
            yield Found(row, "ReviewMeeting", words)
        elif outcome and not frame.layout.knows("ReviewOutcome", outcome):
            yield Found(row, "ReviewOutcome", f"{outcome} is no outcome of a review.")
        for name in _DATES:
            day = row.day(name)
            if day is not None and day > frame.survey:
                yield Found(row, name, "It lies after the survey day.")


def _decided(person: Person, frame: Frame) -> Iterator[Found]:
    by_now = told_by_now(frame)
    for _request, row, plan in active(person):
        held, decided = row.day("ReviewMeeting"), row.day("LastReview")
        if held is None or (plan is not None and plan.text("CeaseDate")):
            continue
        if decided is None or decided < held:
            if held + FOUR_WEEKS < by_now:
                words = f"The meeting of {day_words(held)} has no decision after four weeks."
                yield Found(row, "LastReview", words)
        elif decided > held + FOUR_WEEKS:
            late = (decided - held).days
            yield Found(row, "LastReview", f"Decided {late} days after the meeting.")


def _drafted(person: Person, _: Frame) -> Iterator[Found]:
    for _request, row, _plan in active(person):
        if row.text("ReviewDraft") and row.text("ReviewOutcome") != "A":
            words = "A draft was issued, and the review did not decide to amend."
            yield Found(row, "ReviewDraft", words)


def _unreviewed(person: Person, frame: Frame) -> Iterator[Found]:
    if not frame.layout.has(ACTIVE, "ReviewMeeting"):
        return
    year_ago = told_by_now(frame) - relativedelta(years=1)
    for _request, row, plan in active(person):
        if plan is None or plan.text("CeaseDate"):
            continue
        begun, held = plan.day("StartDate"), row.day("ReviewMeeting")
        if begun is not None and begun < year_ago and (held is None or held < year_ago):
            words = "The plan is over a year old, and no review was held for a year."
            yield Found(row, "ReviewMeeting", words)


def _transfers(person: Person, frame: Frame) -> Iterator[Found]:
    years = (frame.layout.year - 1, frame.layout.year)
    for _request, row, _plan in active(person):
        day = row.day("PhaseTransferDueDate")
        if day is None:
            continue
        age = age_on(person.row, day)
        usual = (day.month, day.day) in _TRANSFER_DAYS
        grown = age is None or age >= _OF_AGE
        if day.year not in years or not (usual or grown):
            words = f"A phase transfer is due on 15 February or 31 March, not {day_words(day)}."
            yield Found(row, "PhaseTransferDueDate", words)


def _needs(person: Person, frame: Frame) -> Iterator[Found]:
    for _request, row, _plan in active(person):
        needs = row.of(NEED)
        yield from _wrong_needs(needs, frame)


def _wrong_needs(needs: list[Row], frame: Frame) -> Iterator[Found]:
    if not needs:
        return
    last = needs[-1]
    ranks = sorted(one.text("SENtypeRank") for one in needs)
    types = [one.text("SENtype") for one in needs]
    strange = [one for one in needs if not frame.layout.knows("SENtype", one.text("SENtype"))]
    if len(needs) > _MOST_NEEDS:
        yield Found(last, "SENtype", "There are more than two needs.")
    elif strange:
        words = f"{strange[0].text('SENtype')} is no need that the return takes."
        yield Found(strange[0], "SENtype", words)
    elif ranks not in (["1"], ["1", "2"]):
        yield Found(last, "SENtypeRank", "A secondary need, and no primary one.")
    elif len(set(types)) < len(types):
        yield Found(last, "SENtype", "Primary and secondary need are the same.")


CHECKS = (
    each("N01", ERROR, "The date of the plan", _begun),
    each("N02", ERROR, "When and why a plan ended", _ended),
    each("N03", ERROR, "Plans that ended earlier are left out", _long_ended),
    each("N04", QUERY, "Reason that fits the age", _young),
    each("N05", QUERY, "Codes the Department asks about", _asked_why),
    each("N06", ERROR, "Parts of a personal budget there is", _budget),
    each("N07", QUERY, "Work-based learning from 16", _at_work),
    each("V01", ERROR, "A plan has a placement and a need", _whole),
    each("V02", QUERY, "A transferred plan has a placement", _moved_nowhere),
    each("V03", ERROR, "From which authority it was transferred", _from_whom),
    each("V04", ERROR, "Reviews: outcome, meeting and days", _reviewed),
    each("V05", QUERY, "Decided within four weeks of the meeting", _decided),
    each("V06", QUERY, "A draft only where the plan is amended", _drafted),
    each("V07", QUERY, "Reviewed within twelve months", _unreviewed),
    each("V08", QUERY, "The day a phase transfer is due", _transfers),
    each("V09", ERROR, "One or two needs that differ", _needs),
)
