"""Disputes beside the clock's dates, and appeals that nobody recorded, on both databases."""

from __future__ import annotations

from datetime import date

from caseworker_app.domain.disputes import DisputeRow, in_full
from caseworker_app.services import commands as do
from caseworker_app.services.families.disputes import disputes
from caseworker_app.services.session import Session
from tests.support.sessions import add_child, done, record


def add(session: Session, child_id: str, **fields: object) -> None:
    given = {"child_id": child_id, "about": "content", "opened_on": date(2026, 11, 2), **fields}
    done(session, do.AddRecord("dispute", given))


def rows(session: Session) -> dict[str, DisputeRow]:
    return {row.surname: row for row in disputes(session)}


def test_an_open_dispute_stands_with_what_the_clock_counts_and_an_ended_one_with_its_end(
    session: Session,
) -> None:
    for name in ("Clock", "Next", "Bare", "Ended"):
        record(session, add_child(session, name), "plan_sent", date(2026, 9, 1))
    of = {row.surname: row.id for row in session.cases()}
    record(session, of["Clock"], "mediation_requested", date(2026, 11, 2))
    add(session, of["Clock"], kind="mediation", sections="B, F")
    add(session, of["Next"], kind="complaint_1", next_on=date(2026, 12, 1), next_step="Our reply")
    add(session, of["Bare"], kind="complaint_2")
    ended = {"ended_on": date(2026, 11, 20), "outcome": "upheld", "money": 180_050}
    add(session, of["Ended"], kind="ombudsman", lesson="Ring first.", conceded=True, **ended)
    found = rows(session)
    clock = found["Clock"]
    assert clock.clock
    assert clock.due == clock.clock[0].due
    assert found["Next"].state == "Our reply 1 Dec 2026"
    assert (found["Bare"].state, found["Bare"].due) == ("open, no date", None)
    assert (found["Ended"].state, found["Ended"].open) == ("upheld, conceded", False)
    assert next(iter(found)) == "Clock"
    assert list(found)[-1] == "Ended"
    assert in_full(found["Ended"]) == (
        "Ended, Grace: ombudsman about content of the plan. Ended 20 Nov 2026: upheld. "
        "£1,800.50 awarded. Ring first."
    )
    assert [row.surname for row in disputes(session, [of["Bare"]])] == ["Bare"]


def test_an_appeal_that_only_a_fact_tells_of_is_shown_until_a_dispute_is_recorded(
    session: Session,
) -> None:
    child_id = add_child(session)
    record(session, child_id, "plan_sent", date(2026, 9, 1))
    record(session, child_id, "appeal_registered", date(2026, 10, 20))
    (row,) = disputes(session)
    assert (row.kind, row.record, row.state) == ("tribunal", None, "not recorded")
    assert "no dispute is recorded" in in_full(row)
    add(session, child_id, kind="tribunal", opened_on=row.opened_on, fact_id=row.fact_id)
    (row,) = disputes(session)
    assert row.record is not None
    # A complaint of the same time is no appeal.
    done(session, do.Undo())
    add(session, child_id, kind="complaint_1", opened_on=date(2026, 10, 1))
    assert [one.record is None for one in disputes(session)].count(True) == 1
