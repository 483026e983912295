"""Who has the ball in a review under way, beside the school and the council."""

from __future__ import annotations

from datetime import date

from caseworker_app.services import commands as do
from tests.support.sessions import add_child, done, record
from tests.support.stores import Places, session_at

TODAY = date(2026, 11, 22)


def test_a_psychologist_a_panel_and_the_family_have_the_ball_in_turn(places: Places) -> None:
    session = session_at(places.new(), today=TODAY)
    child = add_child(session)

    def ball() -> tuple[str, int | None]:
        (row,) = session.reviews()
        return row.holder, row.held_days

    record(session, child, "plan_sent", date(2025, 11, 14))
    record(session, child, "advice_requested", date(2025, 6, 2), source="ep")
    record(session, child, "review_meeting_held", date(2026, 11, 2))
    assert ball() == ("school", 20)
    record(session, child, "advice_requested", date(2026, 11, 6), source="ep")
    assert ball() == ("ep", 16)
    record(session, child, "advice_received", date(2026, 11, 12), source="ep")
    record(session, child, "review_report_received", date(2026, 11, 13))
    assert ball() == ("authority", 9)
    done(session, do.AddRecord("panel", {"kind": "send", "on": date(2026, 11, 30)}))
    (panel,) = session.record_rows("panel")
    item = {"panel_id": panel.id, "child_id": child, "question": "review"}
    done(session, do.AddRecord("panel_item", item))
    assert ball() == ("panel", None)
    record(session, child, "review_decision_sent", date(2026, 11, 16), outcome="amend")
    record(session, child, "amendment_notice_sent", date(2026, 11, 17))
    assert ball() == ("family", 5)
    session.close()
