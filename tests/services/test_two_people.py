"""Two people at one case: edits of other fields both stand, of the same one asks."""

from __future__ import annotations

from datetime import date

from caseworker_app.domain.outcome import Failed
from caseworker_app.services import commands as do
from tests.support.sessions import add_child, done, record
from tests.support.stores import Places, session_at


def test_edits_of_two_people_both_stand_unless_they_are_of_the_same(places: Places) -> None:
    where = places.new()
    mine, theirs = session_at(where, who="Ann Lee"), session_at(where, who="Ben Roe")
    child_id = add_child(mine)
    seen = mine.case(child_id).child.version
    done(theirs, do.ChangeChild(child_id, seen, {"need": "ASD"}))
    record(theirs, child_id, "plan_sent", date(2024, 1, 1))

    done(mine, do.ChangeChild(child_id, seen, {"sex": "F"}))
    done(mine, do.RecordFact(child_id, seen, "request_received", date(2023, 9, 1)))
    same = mine.submit(do.ChangeChild(child_id, seen, {"need": "SLCN", "comment": "x"}))

    assert isinstance(same, Failed)
    assert same.why == "stale"
    after = theirs.case(child_id)
    assert (after.child.need, after.child.sex, after.child.comment) == ("ASD", "F", "")
    assert {fact.kind for fact in after.facts} == {"plan_sent", "request_received"}
    mine.close()
    theirs.close()
