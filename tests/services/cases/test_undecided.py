"""What is left to a person is listed until it is decided, from either child of a pair."""

from __future__ import annotations

from datetime import date

from caseworker_app.services import commands as do
from caseworker_app.services.session import Session
from tests.domain.measures.making import board
from tests.support.joining import merge
from tests.support.sessions import add_child, done, incoming, incoming_case

BORN = date(2014, 3, 3)


def test_a_second_case_by_hand_is_perhaps_the_same_until_told_apart(session: Session) -> None:
    key = add_child(session, reference="NB1")
    add_child(session, "Patel", reference="NB2", forename="Rohan")
    assert session.undecided() == ()
    fields = {"surname": "OKAFOR", "forename": "grace", "born": BORN, "reference": "NB3"}
    other = done(session, do.AddChild(fields, another=True)).child_ids[0]

    (pair,) = session.undecided()
    assert {pair.child_id, pair.other_id} == {key, other}
    (mine,) = session.undecided(key)
    assert (mine.id, mine.other_id) == (pair.id, other)
    assert mine.words == (
        "Perhaps the same child as OKAFOR, grace (NB3), born 3 Mar 2014: "
        "same name, same birthday and another reference."
    )
    (theirs,) = session.undecided(other)
    assert (theirs.id, theirs.other_id) == (pair.id, key)

    outcome = done(session, do.TellApart(key, mine.version, other))
    assert session.undecided() == session.undecided(key) == session.undecided(other) == ()
    done(session, do.Undo(outcome.undo))
    assert len(session.undecided()) == 1
    done(session, merge(session, key, other))
    assert session.undecided() == ()


def test_twins_are_two_children_and_nothing_to_decide(session: Session) -> None:
    add_child(session, reference="NB1", upn="A000000000001")
    add_child(session, reference="NB2", forename="Kofi", upn="A000000000001")
    assert session.undecided() == ()


def test_data_to_mend_has_the_pairs_that_are_left_to_a_person(session: Session) -> None:
    add_child(session, reference="NB1", upn="H801200001001", sex="F")
    add_child(session, reference="NB2", forename="Kofi", upn="H801200001001")
    add_child(session, reference="NB3", upn="J801200001002")
    add_child(session, reference="NB4", sex="M")
    add_child(session, "Okafer", reference="NB5")
    add_child(session, reference="NB6", born=date(2014, 3, 30))
    add_child(session, reference="NB7", born=date(2011, 9, 20))
    by_id = {one.id: one.reference for one in session.cases()}
    left = {(by_id[one.child_id], by_id[one.other_id]) for one in session.undecided()}
    assert len(left) > 3
    mend = {
        (row.reference, words.partition(":")[0])
        for row in board(session.caseload()).to_mend
        if (words := row.words.removeprefix("Perhaps the same child as ")) != row.words
    }
    assert mend == left | {pair[::-1] for pair in left}


def test_a_proposal_is_listed_until_it_is_taken_or_left(session: Session) -> None:
    session.apply_import(incoming(incoming_case()))
    key = session.cases()[0].id
    session.apply_import(incoming(incoming_case(born=date(2014, 3, 4))))
    assert session.case(key).child.born == BORN

    (one,) = session.undecided()
    assert session.undecided(key) == (one,)
    assert one.words == (
        "A file says the birthday is 4 Mar 2014 (tracker.xlsx, Reviews, row 2); 3 Mar 2014 stands."
    )
    outcome = done(session, do.DropProposal(key, one.version, one.field, one.value))
    assert session.undecided() == ()
    done(session, do.Undo(outcome.undo))
    (one,) = session.undecided()
    done(session, do.TakeProposal(key, one.version, one.field, one.value))
    assert session.undecided() == ()
    assert session.case(key).child.born == date(2014, 3, 4)


def test_many_of_one_birthday_are_gone_through_without_end(session: Session) -> None:
    rows = [
        incoming_case(row, surname=f"Name{chr(97 + row % 26)}{chr(97 + row // 26)}x", upn="")
        for row in range(2, 90)
    ]
    session.apply_import(incoming(*rows))
    add_child(session, "Namecax", reference="X1", forename="Grace")
    found = [
        one for one in session.undecided() if "X1" in (one.reference, one.words.split("(")[1][:2])
    ]
    assert any(
        "TH-2" in (one.reference, one.words.partition("(")[2].partition(")")[0]) for one in found
    )


def test_nobody_is_undecided_who_is_not_there(session: Session) -> None:
    for key in ("", "99", "x"):
        assert session.undecided(key) == ()
