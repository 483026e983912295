"""A person's word on what an import left: taken, refused, told apart; each with one undo."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from caseworker_app.domain.outcome import Failed
from caseworker_app.domain.people import Child, Proposal
from caseworker_app.services import commands as do
from caseworker_app.services.session import Session
from caseworker_app.services.unit_of_work import UnitOfWork
from tests.support.sessions import add_child, done, incoming, incoming_case
from tests.support.stores import TODAY, Places, session_at

MARRIED = Proposal("surname", "Adeyemi", "autumn.xlsx, Reviews, row 5")
OTHER = Proposal("surname", "Adeyemi-Okafor", "spring.xlsx, Reviews, row 9")
BIRTHDAY = Proposal("born", "2014-03-13", "autumn.xlsx, Reviews, row 5")


def _child(session: Session, key: str) -> Child:
    return session.case(key).child


def _proposed(session: Session, key: str, *proposals: Proposal) -> Child:
    """The child, once an import has left proposals with it."""
    with session.store.writing() as unit:
        work = UnitOfWork(unit, session.rules, session.clock.now(), "import")
        record = work.child(key)
        child = replace(record.child, proposals=(*record.child.proposals, *proposals))
        work.put_child(replace(record, child=child), "imported from autumn.xlsx")
        work.finish()
    return _child(session, key)


def test_a_proposal_is_kept_with_its_child_also_after_a_restart(places: Places) -> None:
    where = places.new()
    session = session_at(where)
    key = add_child(session)
    _proposed(session, key, MARRIED, BIRTHDAY)
    session.close()

    session = session_at(where)

    assert _child(session, key).open_proposals == (MARRIED, BIRTHDAY)
    assert _child(session, key).surname == "Okafor"
    assert session.check() == ()
    session.close()


def test_a_proposal_taken_counts_as_typed_by_hand(session: Session) -> None:
    key = add_child(session)
    before = _proposed(session, key, MARRIED, BIRTHDAY)

    outcome = done(session, do.TakeProposal(key, before.version, "born"))

    after = _child(session, key)
    assert (after.born, after.surname) == (date(2014, 3, 13), "Okafor")
    assert after.proposals == (MARRIED,)
    assert "born" in after.typed
    assert "3 Mar 2014 to 13 Mar 2014, as autumn.xlsx, Reviews, row 5 has it" in outcome.message
    done(session, do.Undo(outcome.undo))
    again = _child(session, key)
    assert set(again.proposals) == {MARRIED, BIRTHDAY}
    assert replace(again, version=0, proposals=()) == replace(before, version=0, proposals=())
    assert session.check() == ()


def test_of_several_proposals_one_is_named(session: Session) -> None:
    key = add_child(session)
    seen = _proposed(session, key, MARRIED, OTHER).version

    asked = session.submit(do.TakeProposal(key, seen, "surname"))
    done(session, do.TakeProposal(key, seen, "surname", "Adeyemi-Okafor"))

    assert asked == Failed("refused", "There are several proposals: say which.", "value")
    assert _child(session, key).surname == "Adeyemi-Okafor"
    assert _child(session, key).proposals == (MARRIED,)


def test_a_proposal_refused_is_remembered_until_that_is_undone(session: Session) -> None:
    key = add_child(session)
    seen = _proposed(session, key, MARRIED).version

    outcome = done(session, do.DropProposal(key, seen, "surname"))

    assert _child(session, key).proposals == (replace(MARRIED, refused=True),)
    assert _child(session, key).open_proposals == ()
    assert outcome.message == "Surname stays Okafor, not Adeyemi for Okafor, Grace."
    gone = session.submit(do.TakeProposal(key, _child(session, key).version, "surname"))
    assert gone == Failed("refused", "This is no longer proposed.", "field")
    done(session, do.Undo(outcome.undo))
    assert _child(session, key).proposals == (MARRIED,)


def test_a_birthday_that_cannot_be_is_refused(session: Session) -> None:
    key = add_child(session)
    seen = _proposed(session, key, replace(BIRTHDAY, value="2030-01-01")).version

    assert session.submit(do.TakeProposal(key, seen, "born")) == Failed(
        "refused", "1 Jan 2030 has not come yet.", "born"
    )


def test_two_told_apart_know_it_of_each_other(session: Session) -> None:
    one, two = add_child(session), add_child(session, reference="TH-2")

    outcome = done(session, do.TellApart(one, _child(session, one).version, two))

    assert _child(session, one).told_apart == {two}
    assert _child(session, two).told_apart == {one}
    assert set(outcome.child_ids) == {one, two}
    assert outcome.message.endswith("(CW000001 and TH-2) stay two children.")
    done(session, do.Undo(outcome.undo))
    assert _child(session, one).told_apart == _child(session, two).told_apart == frozenset()


def test_nobody_is_told_apart_from_themselves_or_from_nobody(session: Session) -> None:
    key = add_child(session)
    seen = _child(session, key).version

    assert isinstance(session.submit(do.TellApart(key, seen, key)), Failed)
    assert isinstance(session.submit(do.TellApart(key, seen, "77")), Failed)


@pytest.mark.parametrize("decision", ["told apart", "refused"])
def test_what_a_person_said_of_a_doubt_does_not_bar_the_undo_of_an_import(
    session: Session, decision: str
) -> None:
    old = add_child(session, "Elder")
    result = session.apply_import(incoming(incoming_case(2)))
    new = next(row.id for row in session.cases() if row.id != old)
    if decision == "told apart":
        done(session, do.TellApart(new, _child(session, new).version, old))
    else:
        done(session, do.DropProposal(new, _proposed(session, new, MARRIED).version, "surname"))

    done(session, do.Undo(result.undo, sure=True))

    assert [row.id for row in session.cases()] == [old]
    assert session.today() == TODAY
