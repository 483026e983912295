"""Records as a search and a form find them, each person what they may read."""

from __future__ import annotations

from datetime import date

import pytest

from caseworker_app.domain.errors import Refused
from caseworker_app.domain.permissions import Person
from caseworker_app.services import commands as do
from caseworker_app.services.session import Session
from tests.support.commands import add_caseworker
from tests.support.sessions import add_child, done

DAY = date(2026, 11, 2)


def test_a_search_finds_records_by_their_words_and_forms_offer_them(session: Session) -> None:
    assert not session.has_cases()
    done(session, add_caseworker("Ann Lee"))
    (ann,) = session.caseworkers()
    own, other = add_child(session, caseworker_id=ann.id), add_child(session, "Évans")
    for child in (own, other):
        note = {"child_id": child, "on": DAY, "kind": "call", "words": "Rang\nthe school"}
        done(session, do.AddRecord("note", note))
    done(session, do.AddRecord("professional", {"name": "Dr Rao", "service": "ep", "role": "EP"}))
    assert session.has_cases()

    found = {(one.kind, one.child_id): one for one in session.sought()}
    assert {("note", own), ("note", other), ("professional", "")} <= set(found)
    note = found["note", other]
    assert note.title.startswith("Évans, Grace")
    assert note.detail == "Note · 2 Nov 2026 · Call · Rang the school"
    assert "Rang\nthe school" in note.search
    assert found["professional", ""].title == "Dr Rao, EP"

    children = session.record_choices("child")
    assert [key for key, _ in children] == [other, own]
    (rao,) = session.record_choices("professional")
    assert rao[1] == "Dr Rao, EP"
    assert session.version_of("professional", rao[0]) == 1
    with pytest.raises(Refused, match="This professional is no longer in the store"):
        session.version_of("professional", "999")


def test_nothing_is_offered_to_whoever_may_read_nothing(file_session: Session) -> None:
    session = file_session
    done(session, do.AddRecord("professional", {"name": "Dr Rao", "service": "ep"}))
    nobody = Session(session.store, session.offered, session.clock, Person("N.", frozenset()))
    assert nobody.sought() == ()
    for ask in (nobody.record_choices, nobody.record_rows, nobody.own_choices):
        with pytest.raises(Refused):
            ask("professional")
    with pytest.raises(Refused):
        nobody.version_of("professional", "1")
