"""The trail replayed: rows that somebody changed behind it are named, and sound ones are not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import text

from caseworker_app.domain.declarations import every_kind
from caseworker_app.domain.errors import Cancelled
from caseworker_app.services import commands as do
from caseworker_app.services.session import Session
from caseworker_app.store.engine import begin
from caseworker_app.store.sql_store import SqlStore
from tests.support.commands import add_caseworker, add_setting, reassign
from tests.support.sessions import add_child, done, incoming, incoming_case, record, reviewed
from tests.support.stores import Places, session_at

_LEAVES = "in the store is not what the audit trail leaves."


@pytest.fixture
def filled(places: Places) -> Iterator[Session]:
    """A store with two children, a setting and a caseworker, of whom much is on record."""
    where, _ = places.copy(_fill)
    session = session_at(where)
    yield session
    session.close()


def _fill(session: Session) -> None:
    done(session, add_setting("Mile End Gate", "secondary", 11))
    done(session, add_caseworker("Rosa Haque", "r@example.org"))
    setting = session.settings()[0]
    child = reviewed(session, reference="NB1", setting_id=setting.id)
    other = add_child(session, "Patel", reference="NB2")
    done(session, do.TellApart(child, session.case(child).child.version, other))
    done(session, reassign((child, other), session.caseworkers()[0].id))
    done(session, do.ChangeChild(child, session.case(child).child.version, {"need": "ASD"}))
    done(session, do.Undo())
    done(session, do.Redo())
    fact = session.case(child).facts[-1]
    done(session, do.RemoveFact(child, session.case(child).child.version, fact.id, "not so"))
    session.apply_import(incoming(incoming_case(reference="NB1", surname="Okafor-Lee")))
    session.recompute()


def _change(session: Session, statement: str) -> None:
    store = session.store
    assert isinstance(store, SqlStore)
    with begin(store.engine, store.where, write=True) as connection:
        connection.execute(text(statement))


def test_a_store_of_every_kind_of_act_is_sound(filled: Session) -> None:
    assert filled.check() == ()


_SENT = "kind = 'plan_sent' AND day = '2024-11-14'"
_OF = "FROM child WHERE reference = 'NB2'"
_NEW_FACT = f"SELECT 990, id, 'plan_ceased', '2026-01-01', '' {_OF}"
_NEW_SETTING = (
    "SELECT 99, 1, 'A new one', kind, last_year, urn, closures, "
    "'', '', '', '', '', '', '', '', '', NULL, NULL FROM setting"
)
_CHANGED = {
    "UPDATE child SET need = 'MLD' WHERE reference = 'NB1'": "The primary need of case NB1 in",
    "UPDATE child SET born = '2014-03-04'": "The date of birth of case NB1 in",
    "UPDATE child SET typed = ''": "The list of what was typed by hand of case NB1 in",
    "UPDATE child SET told_apart = ''": "The list of those who are told apart of case NB2 in",
    "UPDATE child SET proposals = ''": "The proposals of case NB1 in",
    f"UPDATE fact SET day = '2024-11-15' WHERE {_SENT}": "An event of case NB1 in the store is not",
    f"DELETE FROM fact WHERE {_SENT}": "An event of case NB1 stands in the audit trail, but not in",
    f"INSERT INTO fact (id, child_id, kind, day, detail) {_NEW_FACT}": (
        "An event of case NB2 stands in the store, but not in the audit trail: "
    ),
    "UPDATE setting SET urn = '100000'": "The URN of setting Mile End Gate in",
    "UPDATE caseworker SET email = 'x'": "The e-mail of caseworker Rosa Haque in",
    f"INSERT INTO setting {_NEW_SETTING} WHERE id = 1": (
        "The setting A new one stands in the store, but not in the audit trail."
    ),
}


@pytest.mark.parametrize(("statement", "said"), _CHANGED.items())
def test_a_row_that_was_changed_behind_the_trail_is_named(
    filled: Session, statement: str, said: str
) -> None:
    _change(filled, statement)
    assert [one for one in filled.check() if one.startswith(said)], filled.check()


def test_a_case_that_was_taken_away_or_slipped_in_is_named(filled: Session) -> None:
    other = next(row.id for row in filled.cases() if row.reference == "NB2")
    owned = [(one.name, one.owner) for one in every_kind() if one.owner]
    for table, key in (("deadline", "child_id"), ("fact", "child_id"), *owned, ("child", "id")):
        _change(filled, f"DELETE FROM {table} WHERE {key} = {other}")
    assert "The case NB2 stands in the audit trail, but not in the store." in filled.check()


def test_a_councils_name_that_was_changed_behind_the_trail_is_named(filled: Session) -> None:
    _change(filled, "INSERT INTO meta (name, value) VALUES ('council', 'Weald')")
    assert filled.check() == ()
    filled.set_council("Fen")
    _change(filled, "UPDATE meta SET value = 'Weald' WHERE name = 'council'")
    assert filled.check() == (f"The council's name {_LEAVES}",)


def test_no_more_than_a_few_are_told(session: Session) -> None:
    for at in range(9):
        add_child(session, f"Okafor{'abcdefghi'[at]}", reference=f"NB{at}")
    _change(session, "UPDATE child SET sex = 'M'")
    said = session.check()
    assert [one for one in said if "sex of case" in one] == [
        f"The sex of case NB{at} {_LEAVES}" for at in range(5)
    ]
    assert "And 4 more differences between the store and its audit trail." in said


def test_a_seal_without_its_key_is_told(filled: Session) -> None:
    key = next(row.id for row in filled.cases() if row.reference == "NB2")
    _change(filled, f"DELETE FROM child_key WHERE child_id = {key}")
    assert [one for one in filled.check() if f"the key of child {key} is missing" in one]


def test_a_key_that_was_destroyed_by_hand_is_told(filled: Session) -> None:
    key = next(row.id for row in filled.cases() if row.reference == "NB2")
    _change(filled, f"UPDATE child_key SET key = NULL WHERE child_id = {key}")
    assert filled.check() == (
        f"Case number {key} is disposed of, but still stands here.",
        f"The key of case number {key} was destroyed, but no entry says who disposed of it.",
    )


def test_replaying_can_be_stopped(filled: Session) -> None:
    seen: list[str] = []

    def stop(done: int, total: int, words: str) -> None:
        seen.append(words)
        if words == "Replaying the audit trail":
            raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        filled.check(stop)
    assert seen[-1] == "Replaying the audit trail"


def test_facts_put_in_another_order_are_no_difference(session: Session) -> None:
    child = add_child(session)
    record(session, child, "review_meeting_held", date(2026, 1, 2))
    record(session, child, "review_report_received", date(2026, 1, 2))
    assert session.check() == ()
