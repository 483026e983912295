"""The rows of Today: dates with how loud they are, and what records ask for by a day.

These are promises, panel papers, the next dates of disputes and actions of audits.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from caseworker_app.domain.alert_row import AlertRow
from caseworker_app.domain.alerts import Thresholds
from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.deadlines import State
from caseworker_app.domain.declarations.families import DISPUTED, DISPUTES, Dispute
from caseworker_app.domain.declarations.panels import QUESTIONS, Panel, PanelItem
from caseworker_app.domain.declarations.talking import Promise
from caseworker_app.domain.declarations.working_together import Snooze
from caseworker_app.domain.kinds import kind_named
from caseworker_app.domain.records import CaseSummary
from caseworker_app.domain.today import put_off
from caseworker_app.services.cases.alerting import weigh
from caseworker_app.services.ports import Reading

if TYPE_CHECKING:
    from caseworker_app.domain.declarations.auditing import AuditAction
    from caseworker_app.services.finishing import Audited


def rows(
    reading: Reading,
    dates: Sequence[AlertRow],
    thresholds: Thresholds,
    today: date,
    within: int | None,
    ids: Collection[str] | None = None,
    audited: Audited | None = None,
) -> tuple[AlertRow, ...]:
    """Every row of Today, for `folding.fold` to make one line a child and step of.

    Args:
        reading: a moment of the store.
        dates: the open dates of the rules, of the days and children asked for.
        thresholds: from when on a date is how loud.
        today: the day.
        within: what records ask for in so many days, or None for all.
        ids: of these children, or None for all.
        audited: what of audits whoever looks may see and finish; None where they may do all.
    """

    def near(by: date) -> bool:
        return within is None or (by - today).days <= within

    snoozes: list[Snooze] = [one for one in _all(reading, "snooze", ids) if one.until > today]
    own = _of_records(reading, today, near, ids, audited)
    return tuple(put_off((*weigh(dates, thresholds, today, reading), *own), snoozes))


def _of_records(
    reading: Reading,
    today: date,
    near: Callable[[date], bool],
    ids: Collection[str] | None,
    audited: Audited | None,
) -> list[AlertRow]:
    promises: list[Promise] = [
        one for one in _all(reading, "promise", ids) if one.open and near(one.by_when)
    ]
    panels: dict[str, Panel] = {one.id: one for one in _all(reading, "panel")}
    items: list[PanelItem] = [
        one
        for one in _all(reading, "panel_item", ids)
        if one.papers_by is not None
        and not one.decision
        and panels[one.panel_id].on >= today
        and near(one.papers_by)
    ]
    actions: list[AuditAction] = [
        one
        for one in _all(reading, "audit_action", ids)
        if one.done_on is None and near(one.by_when) and (audited is None or audited.sees(one))
    ]
    disputes: list[Dispute] = [
        one
        for one in _all(reading, "dispute", ids)
        if one.ended_on is None and one.next_on is not None and near(one.next_on)
    ]
    whose = {one.child_id for some in (promises, items, actions, disputes) for one in some}
    if not whose:
        return []
    children = {one.id: one for one in reading.summaries(sorted(whose, key=int))}
    settings = {one.id: one.name for one in reading.settings()}
    workers = {one.id: one.name for one in reading.caseworkers()}

    def line(
        child_id: str, record: str, what: str, by: date, why: str, *, ends: bool = True
    ) -> AlertRow:
        row = _line(children[child_id], settings, workers, today, record, what, by, why)
        return row if ends else row._replace(ends=False)

    return [
        *(
            line(
                one.child_id,
                f"promise/{one.id}",
                f"Promise: {one.what}",
                one.by_when,
                f"promised to {one.to_whom}",
            )
            for one in promises
        ),
        *(_papers(one, panels[one.panel_id], line) for one in items),
        *(_next_date(one, today, line) for one in disputes),
        *(
            line(
                one.child_id,
                f"audit_action/{one.id}",
                f"Action: {one.words}",
                one.by_when,
                _asked_of(one),
                ends=audited is None or audited.finishes(one),
            )
            for one in actions
        ),
    ]


def _asked_of(action: AuditAction) -> str:
    whom = ", ".join(filter(None, (action.who, action.service)))
    return f"asked for by an audit{f', of {whom}' if whom else ''}"


def _papers(item: PanelItem, panel: Panel, line: Callable[..., AlertRow]) -> AlertRow:
    called = kind_named("panel").title(panel)
    why = f"{QUESTIONS[item.question].lower()}; the panel sits on {day_words(panel.on)}"
    by = item.papers_by or panel.on
    return line(item.child_id, f"panel_item/{item.id}", f"Papers for {called}", by, why)


def _next_date(dispute: Dispute, today: date, line: Callable[..., AlertRow]) -> AlertRow:
    """The next date of a dispute; once it is past, what came of it is asked for."""
    by = dispute.next_on or dispute.opened_on
    what = f"{DISPUTES[dispute.kind]}: {dispute.next_step or 'next date'}"
    where = f", sections {dispute.sections}" if dispute.sections else ""
    why = f"about {DISPUTED[dispute.about].lower()}{where}"
    if by < today:
        why = f"say what came of it, and what is next; {why}"
    return line(dispute.child_id, f"dispute/{dispute.id}", what, by, why)


def _line(
    child: CaseSummary,
    settings: dict[str, str],
    workers: dict[str, str],
    today: date,
    record: str,
    what: str,
    by: date,
    why: str,
) -> AlertRow:
    return AlertRow(
        child_id=child.id,
        reference=child.reference,
        surname=child.surname,
        forename=child.forename,
        setting=settings.get(child.setting_id or "", ""),
        caseworker=workers.get(child.caseworker_id or "", ""),
        rule="",
        episode="",
        what=what,
        due=by,
        target=by,
        common_due=None,
        state=State.OVERDUE if by < today else State.DUE,
        days=(by - today).days,
        who="authority",
        why=why,
        caseworker_id=child.caseworker_id or "",
        record=record,
    )


def _all(reading: Reading, name: str, ids: Collection[str] | None = None) -> Iterable[Any]:
    """Every record of a kind, or those of some children."""
    kind = kind_named(name)
    keys = None if ids is None else reading.pointing(kind, kind.owner, ids)
    return reading.all_of(kind, keys).values()
