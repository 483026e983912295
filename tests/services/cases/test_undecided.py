"""What is left to a person is listed until it is decided, from either child of a pair."""

from __future__ import annotations

from datetime import date

from caseworker_app.services import commands as do
from caseworker_app.services.desk import OpenDesk
from tests.support.desks import add_child, done, incoming, incoming_case
from tests.support.joining import merge

BORN = date(2014, 3, 3)


def test_a_second_case_by_hand_is_perhaps_the_same_until_told_apart(desk: OpenDesk) -> None:
    key = add_child(desk, reference="NB1")
    add_child(desk, "Patel", reference="NB2", forename="Rohan")
    assert desk.undecided() == ()
    fields = {"surname": "OKAFOR", "forename": "grace", "born": BORN, "reference": "NB3"}
    other = done(desk, do.AddChild(fields, another=True)).child_ids[0]

    (pair,) = desk.undecided()
    assert {pair.child_id, pair.other_id} == {key, other}
    (mine,) = desk.undecided(key)
    assert (mine.id, mine.other_id) == (pair.id, other)
    assert mine.words == (
        "Perhaps the same child as OKAFOR, grace (NB3), born 3 Mar 2014: "
        "same name, same birthday and another reference."
    )
    (theirs,) = desk.undecided(other)
    assert (theirs.id, theirs.other_id) == (pair.id, key)

    outcome = done(desk, do.TellApart(key, mine.version, other))
    assert desk.undecided() == desk.undecided(key) == desk.undecided(other) == ()
    done(desk, do.Undo(outcome.undo))
    assert len(desk.undecided()) == 1
    done(desk, merge(desk, key, other))
    assert desk.undecided() == ()


def test_twins_are_two_children_and_nothing_to_decide(desk: OpenDesk) -> None:
    add_child(desk, reference="NB1", upn="A000000000001")
    add_child(desk, reference="NB2", forename="Kofi", upn="A000000000001")
    assert desk.undecided() == ()


def test_a_proposal_is_listed_until_it_is_taken_or_left(desk: OpenDesk) -> None:
    desk.apply_import(incoming(incoming_case()))
    key = desk.cases()[0].id
    desk.apply_import(incoming(incoming_case(born=date(2014, 3, 4))))
    assert desk.case(key).child.born == BORN

    (one,) = desk.undecided()
    assert desk.undecided(key) == (one,)
    assert one.words == (
        "A file says the birthday is 4 Mar 2014 (tracker.xlsx, Reviews, row 2); 3 Mar 2014 stands."
    )
    outcome = done(desk, do.DropProposal(key, one.version, one.field, one.value))
    assert desk.undecided() == ()
    done(desk, do.Undo(outcome.undo))
    (one,) = desk.undecided()
    done(desk, do.TakeProposal(key, one.version, one.field, one.value))
    assert desk.undecided() == ()
    assert desk.case(key).child.born == date(2014, 3, 4)


def test_many_of_one_birthday_are_gone_through_without_end(desk: OpenDesk) -> None:
    rows = [
        incoming_case(row, surname=f"Name{chr(97 + row % 26)}{chr(97 + row // 26)}x", upn="")
        for row in range(2, 90)
    ]
    desk.apply_import(incoming(*rows))
    add_child(desk, "Namecax", reference="X1", forename="Grace")
    found = [
        one for one in desk.undecided() if "X1" in (one.reference, one.words.split("(")[1][:2])
    ]
    assert any(
        "TH-2" in (one.reference, one.words.partition("(")[2].partition(")")[0]) for one in found
    )


def test_nobody_is_undecided_who_is_not_there(desk: OpenDesk) -> None:
    for key in ("", "99", "x"):
        assert desk.undecided(key) == ()
