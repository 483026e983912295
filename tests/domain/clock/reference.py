"""The main rules counted a second time, slowly and another way round, to hold the clock against.

where the clock goes once and keeps what is open, this sorts the facts into piles first and then
asks of each rule, one at a time, what came after its start. It shares nothing with the clock but
the facts. Dates are counted by stepping through days and months.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from caseworker_app.domain.facts import KINDS, Fact
from tests.domain.clock.piles import At, Pile, times

Row = tuple[str, date, str, date | None]
"""Rule, due, state, met on."""

ORDER = list(KINDS)


def reference(
    facts: Sequence[Fact],
    today: date,
    born: date | None = None,
    leaves: dict[int, str] | None = None,
    history_from: date | None = None,
) -> list[Row]:
    """Every deadline of the rules below, by due date and rule.

    `leaves` gives the year groups whose start is a transfer, and the rule for each.
    """
    ordered = sorted(
        facts, key=lambda one: (one.on, ORDER.index(one.kind), sorted(one.detail.items(), key=str))
    )
    history = list(enumerate(ordered))
    lines: list[Row] = []
    ends = [at for at in history if at[1].kind == "plan_ceased"]
    for began, ended, pile_up in times(history):
        assessments, reviews, asked = pile_up
        lines += _assessment_lines(assessments, ended, today)
        lines += _advice_lines(asked, ended, today)
        lines += _review_lines(reviews, ended, today)
        lines += _annual_lines(history, began, ended, today, history_from)
    if born is not None:
        lines += _transfer_lines(history, ends, today, born, leaves or {})
    return sorted(lines)


def _line(rule: str, due: date, met: At | None, cuts: Sequence[At | None], today: date) -> Row:
    """How a deadline stands, from the fact that would meet it and those that would replace it."""
    cut = min((one for one in cuts if one is not None), default=None)
    if met is not None and (cut is None or met[0] <= cut[0]):
        if met[1].on <= today:
            return (rule, due, "met" if met[1].on <= due else "met_late", met[1].on)
    elif cut is not None and cut[1].on <= today:
        return (rule, due, "superseded", None)
    return (rule, due, "overdue" if today > due else "due", None)


def _assessment_lines(piles: list[Pile], ended: At | None, today: date) -> Iterator[Row]:
    for pile in piles:
        start = pile.facts[0][1].on
        cuts = [pile.first("request_withdrawn"), ended]
        refused = pile.first("assessment_decision_sent", outcome="refuse")
        plan, refusal = pile.first("plan_sent"), pile.first("refusal_to_issue_sent")
        draft = pile.first("draft_served")
        decision = pile.first("assessment_decision_sent")
        yield _line("NA-02", days_on(start, 42), decision, cuts, today)
        yield _line("NA-05", days_on(start, 112), refusal, [*cuts, refused, draft, plan], today)
        yield _line("NA-09", days_on(start, 140), plan, [*cuts, refused, refusal], today)


def _advice_lines(
    asked: list[tuple[At, Pile | None, Pile]], ended: At | None, today: date
) -> Iterator[Row]:
    for request, _, own in asked:
        cuts = [own.first("request_withdrawn"), ended]
        yield _line("NA-03", days_on(request[1].on, 42), own.first("advice_received"), cuts, today)


def _review_lines(piles: list[Pile], ended: At | None, today: date) -> Iterator[Row]:
    for pile in piles:
        decision = pile.first("review_decision_sent")
        final, nothing = pile.first("amended_plan_sent"), pile.first("no_amendment_sent")
        if (meeting := pile.first("review_meeting_held")) is not None:
            held = meeting[1].on
            report = pile.first("review_report_received")
            closing = (
                decision
                if decision and decision[1].text("outcome") in {"maintain", "cease"}
                else None
            )
            yield _line("AR-06", days_on(held, 14), report, [decision, ended], today)
            yield _line("AR-07", days_on(held, 28), decision, [ended], today)
            yield _line("AR-11", days_on(held, 84), final, [closing, nothing, ended], today)
        for at in pile.facts:
            if at[1].kind == "amendment_notice_sent":
                yield _line("AR-09", days_on(at[1].on, 56), final, [nothing, ended], today)


def _annual_lines(
    history: list[At], began: int, ended: At | None, today: date, history_from: date | None
) -> Iterator[Row]:
    within = [at for at in history if at[0] >= began and (ended is None or at[0] <= ended[0])]
    plan = next((at for at in within if at[1].kind == "plan_sent"), None)
    decisions = [at for at in within if at[1].kind == "review_decision_sent"]
    starts = [("AR-01", plan)] if plan else []
    starts += [("AR-02", at) for at in decisions]
    for rule, start in starts:
        due = year_less_a_day(start[1].on)
        met = next((at for at in decisions if at[0] > start[0]), None)
        if history_from is not None and due < history_from:
            yield (rule, due, "superseded", None)
        else:
            yield _line(rule, due, met, [ended], today)


def _transfer_lines(
    history: list[At], ends: list[At], today: date, born: date, leaves: dict[int, str]
) -> Iterator[Row]:
    sent = [at for at in history if at[1].kind in {"plan_sent", "amended_plan_sent"}]
    reception = born.year + (4 if (born.month, born.day) < (9, 1) else 5)
    plans: list[tuple[At, At | None]] = []
    for at in history:
        live = plans and (plans[-1][1] is None or plans[-1][1][0] > at[0])
        if at[1].kind == "plan_sent" and not live:
            plans.append((at, next((end for end in ends if end[0] > at[0]), None)))
    for made, ended in plans:
        for group, rule in leaves.items():
            year = reception + group
            due = date(year, 3, 30) if rule == "PT-03" else date(year, 2, 14)
            if due <= made[1].on:
                continue
            met = next(
                (
                    at
                    for at in sent
                    if at[0] >= made[0]
                    and (ended is None or at[0] < ended[0])
                    and date(year - 1, 9, 1) <= at[1].on <= date(year, 8, 31)
                ),
                None,
            )
            passed: At = (len(history), Fact("plan_sent", date(year, 9, 1)))
            over = [passed]
            if ended is not None and ended[1].on < date(year, 9, 1):
                over = [ended]
            yield _line(rule, due, met, over, today)


def days_on(start: date, days: int) -> date:
    for _ in range(days):
        start += timedelta(days=1)
    return start


def year_less_a_day(start: date) -> date:
    """The last day of the year that begins with `start`."""
    if (start.month, start.day) == (2, 29):
        return date(start.year + 1, 2, 28)
    last = date(
        start.year + 1, start.month, min(start.day, monthrange(start.year + 1, start.month)[1])
    )
    return last - timedelta(days=1)
