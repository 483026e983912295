"""A field's choices may be a list of the council's own: it comes with some, and changes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from caseworker_app.domain.incoming import Place
from caseworker_app.domain.incoming_records import IncomingRecord, IncomingRecords
from caseworker_app.domain.outcome import Done, Failed
from caseworker_app.domain.permissions import Person
from caseworker_app.services import commands as do
from caseworker_app.services import own_lists
from caseworker_app.services.session import Session
from tests.support import toy
from tests.support.sessions import add_child, done
from tests.support.stores import TODAY

LISTS = ", ".join(sorted({*own_lists.lists(), "topics"}))


@pytest.fixture
def child(session: Session) -> Iterator[str]:
    with toy.visits(session.store):  # type: ignore[arg-type]
        yield add_child(session)


def visit(child: str, topic: str) -> do.AddRecord:
    return do.AddRecord("visit", {"child_id": child, "on": TODAY, "way": "home", "topic": topic})


def choice(code: str, words: str, **more: Any) -> do.AddRecord:
    return do.AddRecord("choice", {"of_list": "topics", "code": code, "words": words, **more})


def offered(session: Session) -> tuple[tuple[str, str], ...]:
    return session.own_choices("visit")["topic"]


def said(session: Session) -> list[str]:
    return [row.words["topic"] for row in session.record_rows("visit")]


def test_a_list_has_what_it_came_with_until_the_council_changes_it(
    session: Session, child: str
) -> None:
    assert offered(session) == tuple(toy.TOPICS.items())
    done(session, choice("move", "A move", place=0))
    done(session, choice("plan", "The EHC plan"))
    assert offered(session) == (("plan", "The EHC plan"), ("move", "A move"), ("school", "School"))
    for topic in ("plan", "move", "school"):
        done(session, visit(child, topic))
    assert said(session) == ["The EHC plan", "A move", "School"]
    for _ in range(5):
        done(session, do.Undo())
    assert offered(session) == tuple(toy.TOPICS.items())
    assert session.check() == ()


def test_an_ended_choice_stays_on_what_has_it_and_is_given_no_more(
    session: Session, child: str
) -> None:
    done(session, visit(child, "school"))
    done(session, choice("school", "School", ended=True))
    assert offered(session) == (("plan", "The plan"),)
    assert said(session) == ["School"]
    done(session, do.ChangeRecord("visit", "1", 1, {"topic": "school", "cost": 5}))
    outcome = session.submit(visit(child, "school"))
    assert isinstance(outcome, Failed)
    assert (outcome.field, outcome.sentence) == (
        "topic",
        "'school' is none of the choices for topic.",
    )
    done(session, do.ChangeRecord("visit", "1", 2, {"topic": "plan"}))
    back = session.submit(do.ChangeRecord("visit", "1", 3, {"topic": "school"}))
    assert isinstance(back, Failed)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"of_list": "shoes"}, f"shoes is none of the lists: {LISTS}."),
        ({"code": "Big One"}, "A code is small letters, figures and _, forty at most."),
        ({"code": "move"}, "topics has the code move already."),
    ],
)
def test_a_choice_that_cannot_be_is_refused(
    session: Session, child: str, fields: dict[str, str], sentence: str
) -> None:
    done(session, choice("move", "A move"))
    given = choice("other", "Other").fields
    outcome = session.submit(do.AddRecord("choice", {**given, **fields}))
    assert isinstance(outcome, Failed)
    assert outcome.sentence == sentence
    del child


def test_lists_are_changed_by_whoever_may_set_up(session: Session, child: str) -> None:
    for role in ("caseworker", "senior", "administrator"):
        person = Person("Ann Lee", frozenset({role}))
        somebody = Session(session.store, session.rules, session.clock, person)
        outcome = somebody.submit(choice(role, role.title()))
        assert isinstance(outcome, Done) is (role == "administrator")
        kept = [row.record for row in somebody.own_lists()]
        rows = [one.code for one in kept if one.of_list == "topics"]
        assert rows[:2] == ["plan", "school"]
    del child


def test_a_file_names_a_choice_by_code_or_words_and_none_that_has_ended(
    session: Session, child: str
) -> None:
    done(session, choice("move", "A move"))
    done(session, choice("school", "School", ended=True))
    rows = [
        IncomingRecord(
            Place("f", "s", at),
            {"on": TODAY.replace(day=at), "way": "home"},
            {"topic": topic},
            surname="Okafor",
            forename="Grace",
            born=session.case(child).child.born,
        )
        for at, topic in enumerate(("a MOVE", "move", "The plan", "School", "Shoes"), 2)
    ]
    came = session.bring_in(IncomingRecords("visit", ("f",), 5, tuple(rows)))
    assert (came.made, [row.why for row in came.parked]) == (
        3,
        ['Topic: "School" has ended', 'Topic: "Shoes" is none of the choices'],
    )
    assert said(session) == ["A move", "A move", "The plan"]


def test_a_file_of_choices_fills_the_lists_that_there_are(session: Session, child: str) -> None:
    rows = [
        IncomingRecord(Place("f", "s", at), {"of_list": of, "code": code, "words": words})
        for at, (of, code, words) in enumerate(
            (("topics", "move", "A move"), ("topics", "plan", "The EHC plan"), ("shoes", "a", "A")),
            2,
        )
    ]
    incoming = IncomingRecords("choice", ("f",), 3, tuple(rows))
    for came in (session.bring_in(incoming, dry_run=True), session.bring_in(incoming)):
        assert (came.made, [row.why for row in came.parked]) == (
            2,
            [f"shoes is none of the lists: {LISTS}"],
        )
    assert dict(offered(session)) == {"plan": "The EHC plan", "move": "A move", "school": "School"}
    del child
