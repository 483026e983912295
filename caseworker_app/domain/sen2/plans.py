"""The plan of a request as the return sends it: since when, reviewed, ended, paid for, named."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from caseworker_app.domain.clock.episodes import Review
from caseworker_app.domain.deadlines import State
from caseworker_app.domain.declarations.money import PersonalBudget
from caseworker_app.domain.declarations.requesting import Request
from caseworker_app.domain.facts import Fact
from caseworker_app.domain.phase_transfer import MOVES, year_of
from caseworker_app.domain.sen2.cases import Asked
from caseworker_app.domain.sen2.layout import ACTIVE, NAMED_PLAN, NEED
from caseworker_app.domain.sen2.placing import (
    placement_rows,
    places_of,
    plan_rows,
    planned,
)
from caseworker_app.domain.sen2.rows import Row, said

_PLANS = frozenset({"plan_sent", "amended_plan_sent"})
_OUTCOMES = {"maintain": "M", "amend": "A", "cease": "C"}


def named_plan(one: Asked) -> Row:
    """The plan with the places it names."""
    assert one.plan is not None
    frame, day = one.frame, one.last_plan_day
    places = places_of(one.file, frame)
    band, activity = planned(one.file, frame, places, day)
    ceased = one.plan.ceased
    reason = next((fact.text("reason") for fact in _ends(one)), None)
    values = [
        ("StartDate", starts(one)),
        ("PlanRes", band),
        ("PlanWBP", activity),
        *_budget(one),
        ("CeaseDate", ceased),
        ("CeaseReason", reason if ceased is not None else None),
    ]
    return Row(NAMED_PLAN, said(values), list(plan_rows(one.file, frame, places, day)))


def _ends(one: Asked) -> Iterator[Fact]:
    ceased = one.plan.ceased if one.plan is not None else None
    return (fact for fact in one.facts if fact.kind == "plan_ceased" and fact.on == ceased)


def starts(one: Asked) -> date | None:
    """The date of the plan as it stands: of the latest final plan sent while it was live."""
    assert one.plan is not None
    plan = one.plan
    sent = [
        fact.on
        for fact in one.facts
        if fact.kind in _PLANS and plan.since <= fact.on <= (plan.ceased or date.max)
    ]
    return max(sent, default=plan.made)


def _budget(one: Asked) -> Iterator[tuple[str, str | None]]:
    """Whether there is a personal budget, organised for the family, and paid to them."""
    run = [
        budget
        for budget in one.file.kept.get("personal_budget", ())
        if isinstance(budget, PersonalBudget) and _runs(budget, one)
    ]
    paid = {budget.part for budget in run if budget.way == "direct"}
    noted = one.notes.text
    if not run:
        taken = noted("pb") or "0"
        yield "PB", taken
        yield "OA", noted("oa") if taken == "1" else None
        yield "DP", noted("dp") if taken == "1" else None
        return
    yield "PB", "1"
    yield "OA", "1" if any(budget.way != "direct" for budget in run) else "0"
    if paid:
        (part,) = paid if len(paid) == 1 else ("integrated",)
        yield "DP", one.frame.readings.letter("DP", part)


def _runs(budget: PersonalBudget, one: Asked) -> bool:
    """Whether a budget runs on the day the plan is looked at."""
    if budget.decision == "refused":
        return False
    begun = budget.since or budget.decided_on
    if begun is None or begun > one.last_plan_day:
        return False
    return budget.until is None or budget.until >= one.last_plan_day


def active_plan(one: Asked) -> Row:
    """The plan as it was live in the year, with placements and needs."""
    frame, layout = one.frame, one.frame.layout
    places = places_of(one.file, frame)
    values: list[tuple[str, str | date | None]] = [
        ("TransferLA", _previous_authority(one)),
        *_reviewed(one),
        *_moves(one),
    ]
    if layout.has(ACTIVE, "Res"):
        band, activity = planned(one.file, frame, places, one.last_plan_day)
        values += [("Res", band), ("WBP", activity)]
    kept = {name: text for name, text in said(values).items() if layout.has(ACTIVE, name)}
    until = one.last_plan_day
    below = [*placement_rows(one.file, frame, places, until), *_needs(one)]
    return Row(ACTIVE, kept, below)


def _previous_authority(one: Asked) -> str:
    """From where the plan was transferred in during the year, by number."""
    if one.transferred and one.received is not None and one.received >= one.frame.starts:
        return request_record(one, "previous_authority") or one.notes.text("transferla")
    return one.notes.this_year("transferla")


def request_record(one: Asked, name: str) -> str:
    """A field of the record kept of the request, or ""."""
    kept = _kept_request(one)
    found = getattr(kept, name) if kept is not None else ""
    return str(found)


def _kept_request(one: Asked) -> Request | None:
    of = {"plan_transferred_in"} if one.transferred else {"request_received"}
    ids = {fact.id for fact in one.facts if fact.kind in of and fact.on == one.received}
    for kept in one.file.kept.get("request", ()):
        if isinstance(kept, Request) and kept.fact_id in ids:
            return kept
    return None


def was_in_youth_accommodation(one: Asked) -> bool:
    """Whether the request was made while the young person was in youth accommodation."""
    kept = _kept_request(one)
    detained = any(
        fact.kind == "detained_request_received" and fact.on == one.received for fact in one.facts
    )
    return detained or (kept is not None and kept.in_youth_accommodation)


def _of_plan(one: Asked) -> Iterator[Review]:
    """The reviews since the plan before it ended."""
    since, plan = one.after or date.min, one.plan
    until = plan.ceased if plan is not None and plan.ceased is not None else one.frame.survey
    for review in one.reviews:
        day = review.meeting or review.decision
        if day is not None and since <= day <= until:
            yield review


def _reviewed(one: Asked) -> Iterator[tuple[str, str | date | None]]:
    """The latest meeting and what came of it, and the latest decision, up to the survey day."""
    reviews = list(_of_plan(one))
    decided = [review.decision for review in reviews if review.decision is not None]
    held = [(review.meeting, at) for at, review in enumerate(reviews) if review.meeting]
    if held:
        day, at = max(held)
        latest = reviews[at]
        known = latest.decision is not None and latest.decision >= day
        yield "ReviewMeeting", day
        yield "ReviewOutcome", _OUTCOMES.get(latest.outcome) if known else None
        amended = known and latest.outcome == "amend"
        drafted = latest.notice is not None and latest.notice >= day
        yield "ReviewDraft", latest.notice if amended and drafted else None
    yield "LastReview", max(decided, default=None)


def _moves(one: Asked) -> Iterator[tuple[str, str | date | None]]:
    """By when the plan must name the next phase's place in the survey year, and when it did.

    The clock goes by what the setting teaches. Where nobody has said that of the setting, a return
    brought in for the same survey day is believed.
    """
    frame = one.frame
    notes, setting = one.notes.notes, one.file.setting
    told = notes.of_this_return and (setting is None or not setting.kind)
    if told or (one.plan is not None and one.plan.ceased is not None):
        noted = one.notes.this_year
        yield "PhaseTransferDueDate", noted("phasetransferduedate")
        yield "PhaseTransferFinalDate", noted("phasetransferfinaldate")
        return
    found = [
        deadline
        for deadline in one.file.deadlines
        if deadline.version.role in MOVES
        and year_of(deadline) == frame.layout.year
        and deadline.state(frame.today) != State.SUPERSEDED
    ]
    if found:
        deadline = max(found, key=lambda each: each.due)
        final = deadline.met_on
        # Before 15 February, strictly read, is by the 14th; the return asks for the 15th.
        yield "PhaseTransferDueDate", deadline.common_due or deadline.due
        yield "PhaseTransferFinalDate", final if final and final <= frame.survey else None


def _needs(one: Asked) -> Iterator[Row]:
    child = one.file.on(one.last_plan_day).child
    for rank, need in (("1", child.need), ("2", child.secondary_need)):
        if need:
            code = one.frame.layout.sent_as(need)
            yield Row(NEED, said([("SENtype", code), ("SENtypeRank", rank)]))
