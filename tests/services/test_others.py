"""What others did, told to a window as its own changes are, on both databases."""

from __future__ import annotations

from datetime import date

from caseworker_app.domain.outcome import CASES
from caseworker_app.domain.permissions import Person
from caseworker_app.domain.records import Entry
from caseworker_app.services.commands import AddRecord, RecordFact, RemoveRecord, SetCouncil
from tests.support.commands import add_caseworker
from tests.support.sessions import add_child, done
from tests.support.stores import Places, session_at


def test_anothers_changes_come_as_rows_and_ones_own_do_not(places: Places) -> None:
    where = places.new()
    mine, theirs = session_at(where), session_at(where)
    child = add_child(theirs, "Adams")
    assert mine.others_did() is None, "the first look only sees how far the trail is"
    add_child(mine, "Brown")
    assert mine.others_did() is None
    done(theirs, RecordFact(child, 1, "request_received", date(2026, 11, 2)))
    told = mine.others_did()
    assert told is not None
    assert told.followed
    assert told.message == ""
    assert told.child_ids == (child,)
    assert [row.id for row in told.rows_of(CASES)] == [child]
    assert mine.others_did() is None
    mine.close()
    theirs.close()


def test_records_that_came_and_went_are_told_by_kind(places: Places) -> None:
    where = places.new()
    mine, theirs = session_at(where), session_at(where)
    child = add_child(theirs, "Adams")
    mine.others_did()
    note = {"child_id": child, "on": date(2026, 11, 2), "kind": "call", "words": "Spoke"}
    done(theirs, AddRecord("note", note))
    told = mine.others_did()
    assert told is not None
    (row,) = told.rows_of("note")
    done(theirs, RemoveRecord("note", row.id, 1, "a mistake"))
    again = mine.others_did()
    assert again is not None
    assert again.gone == {"note": (row.id,)}
    mine.close()
    theirs.close()


def test_what_shows_everywhere_is_told_as_everything(places: Places) -> None:
    where = places.new()
    mine, theirs = session_at(where), session_at(where)
    mine.others_did()
    for command in (SetCouncil("Elsewhere"), add_caseworker("R. Haque")):
        done(theirs, command)
        told = mine.others_did()
        assert told is not None
        assert told.everything
    mine.close()
    theirs.close()


def test_kinds_that_one_may_not_see_do_not_come(places: Places) -> None:
    where = places.new()
    theirs = session_at(where)
    mine = session_at(where)
    mine.person = Person(mine.who, frozenset({"data"}))
    child = add_child(theirs, "Adams")
    mine.others_did()
    why = {"child_id": child, "why": "Known to staff", "since": date(2026, 11, 2)}
    done(theirs, AddRecord("restriction", why))
    told = mine.others_did()
    assert told is not None
    assert "restriction" not in told.rows
    mine.close()
    theirs.close()


def test_nothing_of_ones_own_comes_however_it_was_written(places: Places) -> None:
    where = places.new()
    mine, theirs = session_at(where), session_at(where)
    mine.others_did()
    with mine.store.writing() as unit:
        unit.append([Entry("caseworker", "9", "made", "", "{}")] * 600, "t", mine.who)
    assert mine.others_did() is None
    with mine.store.writing() as unit:
        unit.append([Entry("caseworker", "9", "made", "", "{}")], "t", mine.who)
    child = add_child(theirs, "Adams")
    told = mine.others_did()
    assert told is not None
    assert (told.child_ids, told.everything) == ((child,), False)
    mine.close()
    theirs.close()


def test_a_note_about_the_store_changes_no_list(places: Places) -> None:
    where = places.new()
    mine, theirs = session_at(where), session_at(where)
    mine.others_did()
    with theirs.store.writing() as unit:
        unit.append([Entry("store", "", "restore drill", "", "", kind="note")], "t", theirs.who)
    assert mine.others_did() is None
    mine.close()
    theirs.close()


def test_records_of_others_cases_do_not_come_to_whom_only_their_own_show(places: Places) -> None:
    where = places.new()
    theirs = session_at(where)
    mine = session_at(where)
    mine.person = Person(mine.who, frozenset({"caseworker"}))
    done(theirs, add_caseworker(mine.who))
    (me,) = theirs.caseworkers()
    own, other = add_child(theirs, "Adams", caseworker_id=me.id), add_child(theirs, "Brown")
    mine.others_did()
    for child in (own, other):
        why = {"child_id": child, "why": "Known to staff", "since": date(2026, 11, 2)}
        done(theirs, AddRecord("restriction", why))
    told = mine.others_did()
    assert told is not None
    assert [row.record.child_id for row in told.rows_of("restriction")] == [own]
    mine.close()
    theirs.close()
