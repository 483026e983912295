"""The cohorts of phase transfer as a store has them."""

from __future__ import annotations

from datetime import date

from caseworker_app.services.cases.transfers import transfers
from caseworker_app.services.session import Session
from tests.support.commands import add_setting
from tests.support.sessions import add_child, done, record


def test_who_moves_is_read_with_what_was_asked_and_of_whom_it_cannot_be_told(
    session: Session,
) -> None:
    done(session, add_setting("Ash Primary", "primary", 6, "100001"))
    done(session, add_setting("Elm First", "first"))
    places = {one.name: one.id for one in session.settings()}
    moves = add_child(session, "Moves", born=date(2015, 10, 1), setting_id=places["Ash Primary"])
    stays = add_child(session, "Stays", born=date(2014, 3, 3), setting_id=places["Ash Primary"])
    untold = add_child(session, "Untold", born=date(2019, 3, 3), setting_id=places["Elm First"])
    for one in (moves, stays, untold):
        record(session, one, "plan_sent", date(2024, 3, 1))
    record(session, moves, "consultation_received", date(2026, 10, 1), setting="Mile End Gate")
    found = transfers(session)
    assert [row.child_id for row in found.rows] == [moves]
    assert found.rows[0].asked[0].setting == "Mile End Gate"
    assert [(one, why) for one, _, why in found.untold] == [
        (untold, "the last year Elm First teaches is not recorded")
    ]
    assert transfers(session, [stays]).rows == ()
    assert transfers(session, [moves]).rows == found.rows
