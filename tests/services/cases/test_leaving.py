from __future__ import annotations

from datetime import date

import pytest

from caseworker_app.domain.errors import Refused
from caseworker_app.domain.outcome import Failed
from caseworker_app.domain.wrong_child import Part
from caseworker_app.services import commands as do
from caseworker_app.services.session import Session
from tests.support.sessions import add_child, done, record


def test_a_text_is_looked_through_for_everybody_in_the_store(session: Session) -> None:
    grace = add_child(session)
    text = [Part("Grace Okafor, and Tariq Brown born 4/5/2013")]
    assert session.names_others(grace, text) == ()
    tariq = add_child(session, "Brown", forename="Tariq", born=date(2013, 5, 4))
    name, born = session.names_others(grace, text)
    assert name.child_ids == born.child_ids == (tariq,)
    # What is known of a child since is looked for too, and what was known before no more.
    seen = session.case(tariq).child.version
    done(session, do.ChangeChild(tariq, seen, {"surname": "Stone", "born": date(2013, 5, 5)}))
    assert session.names_others(grace, text) == ()
    assert session.names_others(grace, [Part("Stone, Tariq")]) != ()
    # A day on which something happened to the child themselves is nobody's birthday.
    record(session, grace, "plan_sent", date(2013, 5, 5))
    assert session.names_others(grace, [Part("born 5 May 2013")]) == ()
    with pytest.raises(Refused, match="not in the store"):
        session.names_others("999", text)


def test_the_reason_is_kept_in_the_trail_and_is_no_change(session: Session) -> None:
    grace = add_child(session)
    tariq = add_child(session, "Brown", forename="Tariq", born=date(2013, 5, 4))
    found = session.names_others(grace, [Part("with Tariq Brown")])
    command = do.LetLeave(grace, "copied", (found[0].words,), found[0].child_ids, "")
    refused = session.submit(command)
    assert isinstance(refused, Failed)
    assert refused.field == "why"
    came = done(session, do.LetLeave(grace, "copied", (found[0].words,), (tariq,), "cousins"))
    assert came.undo == ""
    assert came.child_ids == (grace,)
    first = session.case(grace).history[0]
    assert "Copied although it names another child" in first.what
    assert "Tariq Brown" in first.what
    assert (first.why, first.group) == ("cousins", "")
    assert session.check() == ()
    with session.store.writing() as unit:
        unit.forget_children((tariq,), "2026-12-01T12:00:00Z", "A. Officer")
    first = session.case(grace).history[0]
    assert "Brown" not in f"{first.what} {first.why}"
