from __future__ import annotations

from datetime import date

from caseworker_app.services import commands as do
from caseworker_app.services.session import Session
from tests.support.commands import add_setting
from tests.support.sessions import add_child, done, record


def test_each_change_says_what_became_of_each_field(session: Session) -> None:
    for name in ("Mile End Gate", "Oakfield"):
        done(session, add_setting(name))
    gate, oak = (one.id for one in session.settings())
    child = add_child(session, setting_id=gate)
    record(session, child, "review_meeting_held", date(2026, 10, 16))
    seen = session.case(child).child.version
    done(session, do.ChangeChild(child, seen, {"setting_id": oak, "need": "ASD"}))
    changed, met, opened = session.case(child).history
    assert {one.field: one.words for one in changed.changed} == {
        "Setting": "Mile End Gate \u2192 Oakfield",
        "Primary need": "nothing \u2192 Autistic spectrum disorder",
    }
    assert [(one.field, one.words) for one in met.changed] == [
        ("Review meeting held", "nothing \u2192 16 Oct 2026")
    ]
    first = {one.field: one.after for one in opened.changed}
    assert first["Surname"] == "Okafor"
    assert first["Date of birth"] == "3 Mar 2014"


def test_nothing_is_said_of_what_was_sealed_with_a_key_that_is_gone(session: Session) -> None:
    child, other = add_child(session), add_child(session, "Patel")
    seen = {key: session.case(key).child.version for key in (child, other)}
    done(session, do.MergeChildren(child, seen[child], other, seen[other]))
    with session.store.writing() as unit:
        unit.forget_children((other,), "2026-12-01T12:00:00Z", "A. Officer")
    merged = [row for row in session.case(child).history if "disposed" in row.what]
    assert merged
    before = {one.before for row in merged for one in row.changed}
    assert "Patel" not in f"{before} {[row.what + row.why for row in merged]}"
