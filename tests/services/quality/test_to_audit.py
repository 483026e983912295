"""What waits, read narrowly and in pieces, beside what is worked out of every live plan."""

from __future__ import annotations

from datetime import date

import pytest

from caseworker_app.domain.auditing.waiting import Waiting, what_waits
from caseworker_app.services.quality import to_audit
from caseworker_app.services.quality.audits import live_plans
from caseworker_app.services.quality.to_audit import first_waiting, waiting
from caseworker_app.services.session import Session
from tests.support.sessions import add_child, record, reviewed

TODAY = date(2026, 11, 22)

PLANS: dict[str, tuple[tuple[str, date, dict[str, date | str]], ...]] = {
    "Old": (("plan_sent", date(2016, 3, 1), {}),),
    "Moved": (("plan_transferred_in", date(2022, 9, 1), {"plan_made": date(2017, 5, 1)}),),
    "Anew": (
        ("plan_sent", date(2016, 2, 1), {}),
        ("plan_ceased", date(2018, 7, 1), {}),
        ("plan_sent", date(2021, 3, 1), {}),
    ),
    "Later": (("plan_sent", date(2020, 11, 1), {"first": "no"}),),
    "Amended": (
        ("plan_sent", date(2019, 2, 1), {}),
        ("amended_plan_sent", date(2019, 2, 1), {}),
        ("amended_plan_sent", date(2026, 2, 1), {}),
    ),
    "New": (("plan_sent", date(2026, 10, 2), {}),),
    "Ceased": (("plan_sent", date(2016, 3, 1), {}), ("plan_ceased", date(2026, 9, 1), {})),
    "Planless": (),
}
"""Plans of every sort that is told apart, by surname."""


def seen(some: tuple[Waiting, ...]) -> list[tuple[object, ...]]:
    return [
        (one.id, one.reason, one.since, one.why, one.plan.name, one.plan.newest, one.plan.audits)
        for one in some
    ]


def test_what_waits_is_the_same_read_at_once_in_pieces_or_of_every_plan(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    for surname, facts in PLANS.items():
        child_id = add_child(session, surname)
        for kind, on, detail in facts:
            record(session, child_id, kind, on, **detail)
    # A review of the year before the move to the secondary school.
    mover = reviewed(session, "Mover", born=date(2015, 10, 3))
    record(session, mover, "amended_plan_sent", date(2026, 11, 20))
    with session.store.reading() as reading:
        every = what_waits(live_plans(reading, TODAY), TODAY)
    assert {one.plan.surname for one in every} == {*PLANS, "Mover"} - {"Ceased", "Planless"}
    assert {"old", "new", "never"} < {one.reason for one in every}
    assert seen(waiting(session)) == seen(every)
    assert first_waiting(session).rest == ()
    monkeypatch.setattr(to_audit, "AT_ONCE", 2)
    monkeypatch.setattr(to_audit, "FIRST", 2)
    first = first_waiting(session)
    assert (first.looked, first.of, len(first.rest)) == (2, len(PLANS) + 1, 4)
    # Those whose plan was made longest ago are looked at before the others.
    assert "Old" in {one.plan.surname for one in first.rows}
    assert seen(waiting(session)) == seen(every)
