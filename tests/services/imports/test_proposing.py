"""A person's word on what an import left: taken, refused, told apart; each with one undo."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from caseworker_app.domain.outcome import Failed
from caseworker_app.domain.people import Child, Proposal
from caseworker_app.services import commands as do
from caseworker_app.services.desk import OpenDesk
from caseworker_app.services.unit_of_work import UnitOfWork
from tests.support.desks import add_child, done, incoming, incoming_case
from tests.support.stores import TODAY, Places, desk_at

MARRIED = Proposal("surname", "Adeyemi", "autumn.xlsx, Reviews, row 5")
OTHER = Proposal("surname", "Adeyemi-Okafor", "spring.xlsx, Reviews, row 9")
BIRTHDAY = Proposal("born", "2014-03-13", "autumn.xlsx, Reviews, row 5")


def _child(desk: OpenDesk, key: str) -> Child:
    return desk.case(key).child


def _proposed(desk: OpenDesk, key: str, *proposals: Proposal) -> Child:
    """The child, once an import has left proposals with it."""
    with desk.store.writing() as unit:
        work = UnitOfWork(unit, desk.rules, desk.clock.now(), "import")
        record = work.child(key)
        child = replace(record.child, proposals=(*record.child.proposals, *proposals))
        work.put_child(replace(record, child=child), "imported from autumn.xlsx")
        work.finish()
    return _child(desk, key)


def test_a_proposal_is_kept_with_its_child_also_after_a_restart(places: Places) -> None:
    where = places.new()
    desk = desk_at(where)
    key = add_child(desk)
    _proposed(desk, key, MARRIED, BIRTHDAY)
    desk.close()

    desk = desk_at(where)

    assert _child(desk, key).open_proposals == (MARRIED, BIRTHDAY)
    assert _child(desk, key).surname == "Okafor"
    assert desk.check() == ()
    desk.close()


def test_a_proposal_taken_counts_as_typed_by_hand(desk: OpenDesk) -> None:
    key = add_child(desk)
    before = _proposed(desk, key, MARRIED, BIRTHDAY)

    outcome = done(desk, do.TakeProposal(key, before.version, "born"))

    after = _child(desk, key)
    assert (after.born, after.surname) == (date(2014, 3, 13), "Okafor")
    assert after.proposals == (MARRIED,)
    assert "born" in after.typed
    assert "3 Mar 2014 to 13 Mar 2014, as autumn.xlsx, Reviews, row 5 has it" in outcome.message
    done(desk, do.Undo(outcome.undo))
    again = _child(desk, key)
    assert set(again.proposals) == {MARRIED, BIRTHDAY}
    assert replace(again, version=0, proposals=()) == replace(before, version=0, proposals=())
    assert desk.check() == ()


def test_of_several_proposals_one_is_named(desk: OpenDesk) -> None:
    key = add_child(desk)
    seen = _proposed(desk, key, MARRIED, OTHER).version

    asked = desk.submit(do.TakeProposal(key, seen, "surname"))
    done(desk, do.TakeProposal(key, seen, "surname", "Adeyemi-Okafor"))

    assert asked == Failed("refused", "There are several proposals: say which.", "value")
    assert _child(desk, key).surname == "Adeyemi-Okafor"
    assert _child(desk, key).proposals == (MARRIED,)


def test_a_proposal_refused_is_remembered_until_that_is_undone(desk: OpenDesk) -> None:
    key = add_child(desk)
    seen = _proposed(desk, key, MARRIED).version

    outcome = done(desk, do.DropProposal(key, seen, "surname"))

    assert _child(desk, key).proposals == (replace(MARRIED, refused=True),)
    assert _child(desk, key).open_proposals == ()
    assert outcome.message == "Surname stays Okafor, not Adeyemi for Okafor, Grace."
    gone = desk.submit(do.TakeProposal(key, _child(desk, key).version, "surname"))
    assert gone == Failed("refused", "This is no longer proposed.", "field")
    done(desk, do.Undo(outcome.undo))
    assert _child(desk, key).proposals == (MARRIED,)


def test_a_birthday_that_cannot_be_is_refused(desk: OpenDesk) -> None:
    key = add_child(desk)
    seen = _proposed(desk, key, replace(BIRTHDAY, value="2030-01-01")).version

    assert desk.submit(do.TakeProposal(key, seen, "born")) == Failed(
        "refused", "1 Jan 2030 has not come yet.", "born"
    )


def test_two_told_apart_know_it_of_each_other(desk: OpenDesk) -> None:
    one, two = add_child(desk), add_child(desk, reference="TH-2")

    outcome = done(desk, do.TellApart(one, _child(desk, one).version, two))

    assert _child(desk, one).told_apart == {two}
    assert _child(desk, two).told_apart == {one}
    assert set(outcome.child_ids) == {one, two}
    assert outcome.message.endswith("(CW000001 and TH-2) stay two children.")
    done(desk, do.Undo(outcome.undo))
    assert _child(desk, one).told_apart == _child(desk, two).told_apart == frozenset()


def test_nobody_is_told_apart_from_themselves_or_from_nobody(desk: OpenDesk) -> None:
    key = add_child(desk)
    seen = _child(desk, key).version

    assert isinstance(desk.submit(do.TellApart(key, seen, key)), Failed)
    assert isinstance(desk.submit(do.TellApart(key, seen, "77")), Failed)


@pytest.mark.parametrize("decision", ["told apart", "refused"])
def test_what_a_person_said_of_a_doubt_does_not_bar_the_undo_of_an_import(
    desk: OpenDesk, decision: str
) -> None:
    old = add_child(desk, "Elder")
    result = desk.apply_import(incoming(incoming_case(2)))
    new = next(row.id for row in desk.cases() if row.id != old)
    if decision == "told apart":
        done(desk, do.TellApart(new, _child(desk, new).version, old))
    else:
        done(desk, do.DropProposal(new, _proposed(desk, new, MARRIED).version, "surname"))

    done(desk, do.Undo(result.undo, sure=True))

    assert [row.id for row in desk.cases()] == [old]
    assert desk.today() == TODAY
