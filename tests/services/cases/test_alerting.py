"""What Today says by the thresholds of what is recorded, on a real store."""

from __future__ import annotations

from datetime import date

from caseworker_app.domain.alert_row import AlertRow
from caseworker_app.domain.folding import fold
from caseworker_app.domain.levels import Level
from caseworker_app.services import commands as do
from caseworker_app.services.session import Session
from tests.support.sessions import add_child, done, record, reviewed

TODAY = date(2026, 11, 22)


def row(session: Session, rule: str) -> AlertRow:
    (found,) = (one for one in session.weigh(session.alerts()) if one.rule == rule)
    return found


def test_a_request_is_amber_after_four_weeks_and_says_when_it_turns_red(session: Session) -> None:
    record(session, add_child(session), "request_received", date(2026, 10, 25))
    found = row(session, "NA-02")
    assert (Level(found.level), found.alert) == (
        Level.AMBER,
        "4 weeks gone, no decision whether to assess",
    )
    assert (found.rises_on, found.rises) == (
        date(2026, 11, 29),
        "red: 5 weeks gone, no decision whether to assess",
    )


def test_a_draft_keeps_the_twenty_weeks_quiet(session: Session) -> None:
    child = add_child(session)
    record(session, child, "request_received", date(2026, 7, 20))
    assert Level(row(session, "NA-09").level) is Level.RED
    record(session, child, "draft_served", date(2026, 11, 20))
    assert Level(row(session, "NA-09").level) is Level.QUIET


def test_what_a_change_tells_is_weighed_too(session: Session) -> None:
    done = record(session, add_child(session), "request_received", date(2026, 10, 1))
    (late,) = (one for one in done.rows_of("alerts") if one.rule == "NA-02")
    assert Level(late.level) is Level.ESCALATE


def test_a_line_that_stands_for_more_is_as_loud_as_the_loudest(session: Session) -> None:
    reviewed(session)
    rows = [
        one for one in session.weigh(session.alerts()) if one.rule in {"AR-02", "AR-07", "AR-11"}
    ]
    (line,) = fold(rows)
    assert line.level == max(one.level for one in rows)
    assert line.alert in {one.alert for one in rows if one.level == line.level}


def test_the_councils_own_thresholds_take_the_place_of_those_that_came_along(
    session: Session,
) -> None:
    record(session, add_child(session), "request_received", date(2026, 11, 15))
    fields = {"rules": frozenset({"NA-02"}), "level": "red", "days": 40, "said": "look at it"}
    done(session, do.AddRecord("alert_threshold", fields))
    found = row(session, "NA-02")
    assert (Level(found.level), found.alert) == (Level.RED, "look at it")
    assert row(session, "NA-09").alert == ""


def test_a_familys_window_never_rises(session: Session) -> None:
    child = reviewed(session)
    record(session, child, "review_decision_sent", date(2026, 11, 20), outcome="maintain")
    window = row(session, "APP-01")
    assert (window.level, window.alert, window.rises_on) == (Level.QUIET, "", None)
