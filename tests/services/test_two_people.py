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


def test_of_many_at_once_the_refused_are_left_out_and_the_rest_is_one_undo(places: Places) -> None:
    session = session_at(places.new())
    first, second = add_child(session, "Okafor"), add_child(session, "Patel")
    born = date(1890, 1, 1)
    commands = (
        do.RecordFact(first, session.case(first).child.version, "plan_sent", date(2024, 1, 1)),
        do.RecordFact(second, session.case(second).child.version, "plan_sent", born),
    )
    came = done(session, do.Together(commands, f"{do.ENTRIES} pasted", good_alone=True))
    assert came.message.startswith("1 entry pasted")
    assert came.left_out == ((1, "The year 1890 cannot be right."),)
    assert [len(session.case(one).facts) for one in (first, second)] == [1, 0]
    done(session, do.Undo(came.undo))
    assert not session.case(first).facts
    session.close()


def test_what_is_refused_after_it_was_staged_leaves_nothing_behind(places: Places) -> None:
    session = session_at(places.new())
    dated, free = add_child(session, "Okafor"), add_child(session, "Patel")
    for one in (dated, free):
        record(session, one, "plan_sent", date(2024, 1, 1))
    (fact,) = session.case(dated).facts
    fields = {"child_id": dated, "number": 1, "kind": "first", "fact_id": fact.id}
    done(session, do.AddRecord("plan_version", fields))
    commands = tuple(
        do.RemoveFact(one, session.case(one).child.version, session.case(one).facts[0].id, "slip")
        for one in (dated, free)
    )
    came = done(session, do.Together(commands, f"{do.ENTRIES} emptied", good_alone=True))
    assert [number for number, _ in came.left_out] == [0]
    assert "dated by" in came.left_out[0][1]
    assert [len(session.case(one).facts) for one in (dated, free)] == [1, 0]
    assert session.check() == ()
    session.close()
