"""A child who is disposed of is gone: from every table, from history and undo; the chain holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select, text

from caseworker_app.domain.declarations import every_kind
from caseworker_app.domain.errors import Refused, Unreadable
from caseworker_app.domain.incoming import Incoming, Place
from caseworker_app.domain.outcome import Failed
from caseworker_app.domain.records import Entry
from caseworker_app.services import commands as do
from caseworker_app.services.session import Session
from caseworker_app.store import audit
from caseworker_app.store.engine import begin
from caseworker_app.store.sql_store import SqlStore
from caseworker_app.store.tables import CHILD_KEY, METADATA
from tests.support.commands import add_caseworker, reassign
from tests.support.pages import pages_of
from tests.support.sessions import add_child, done, incoming, incoming_case, record, reviewed
from tests.support.stores import PASSPHRASE, session_at

NAMES = ("Quillfeather", "Zebedee", "QF-9017", "H801200001015", "1234567890")
"""By what the child of these tests may be known; no other word of a store has it in it."""
AT = "2026-11-22T12:00:00Z"


def _known_by(**more: object) -> dict[str, object]:
    surname, forename, reference, upn, uln = NAMES
    return {
        "surname": surname,
        "forename": forename,
        "reference": reference,
        "upn": upn,
        "uln": uln,
        **more,
    }


def _store(session: Session) -> SqlStore:
    assert isinstance(session.store, SqlStore)
    return session.store


def _held(session: Session) -> str:
    """Everything that any table of the store holds, and its own list of tables besides."""
    store = _store(session)
    with begin(store.engine, store.where, write=False) as connection:
        parts = [
            repr(tuple(row))
            for table in METADATA.sorted_tables
            for row in connection.execute(select(table))
        ]
        if connection.dialect.name == "sqlite":
            parts += [
                repr(tuple(row)) for row in connection.execute(text("SELECT * FROM sqlite_master"))
            ]
    return "\n".join(parts)


def _named_in(session: Session) -> set[str]:
    held = _held(session).casefold()
    return {name for name in NAMES if name.casefold() in held}


def _seen(session: Session) -> str:
    """All that a person can read of the trail."""
    return repr(
        (session.history(999), session.actions(999), session.last_undo(), session.last_redo())
    ).casefold()


def _forget(session: Session, *ids: str) -> None:
    with session.store.writing() as unit:
        unit.forget_children(ids, AT, "A. Officer")


def _lived(session: Session) -> str:
    """A child of whom much is on record: by hand, told apart, merged, split, imported, undone."""
    fields = _known_by(comment="Zebedee lives with the Quillfeathers")
    child = add_child(session, **{key: str(value) for key, value in fields.items()})
    other = reviewed(session, "Patel")

    def seen(key: str = child) -> int:
        return session.case(key).child.version

    record(session, child, "plan_sent", date(2024, 11, 14))
    record(session, child, "review_meeting_held", date(2025, 10, 2))
    done(session, do.TellApart(child, seen(), other))
    fact = session.case(child).facts[-1]
    done(session, do.RemoveFact(child, seen(), fact.id, "typed for Zebedee's brother"))
    done(session, do.ChangeChild(child, seen(), {"surname": "Quillfeather-Patel"}))
    done(session, do.Undo())
    twin = add_child(session, "Quillfeather", forename="Zeb", reference="QF-9017b")
    record(session, twin, "plan_sent", date(2024, 11, 15))
    done(session, do.MergeChildren(child, seen(), twin, seen(twin)))
    done(session, do.Undo(sure=True))
    done(session, do.Redo(sure=True))
    half = (session.case(child).facts[0].id,)
    done(session, do.SplitChild(child, seen(), half, "Patel", "Asha", date(2016, 1, 1)))
    case = incoming_case(**_known_by(facts=(), born=date(2014, 3, 3), need="SEMH"))
    session.apply_import(incoming(case))
    session.recompute()
    return child


def test_no_byte_of_a_disposed_child_stands_in_any_table(session: Session) -> None:
    child = _lived(session)
    twin = next(one.row for one in _trail(session) if one.what.startswith("merged into"))
    assert _named_in(session) == set(NAMES)
    assert "quillfeather" in _seen(session)
    with session.store.writing() as unit:
        for kind in (one for one in every_kind() if one.owner):
            unit.remove(kind, unit.pointing(kind, kind.owner, (child,)))
        unit.remove_children((child,))
        unit.append([Entry("child", child, "case taken out", "", "")], AT, "A. Officer")
    # What the trail says of a child is never in plain sight, forgotten or not.
    assert _named_in(session) == set()

    _forget(session, child, twin)

    assert _named_in(session) == set()
    assert not [name for name in NAMES if name.casefold() in _seen(session)]
    assert "zeb" not in _seen(session)
    assert _store(session).faults(lambda _: None) == []
    assert session.check() == ()


def test_no_page_of_the_file_holds_a_disposed_child_freed_ones_included(
    file_session: Session,
) -> None:
    child = _lived(file_session)
    twin = next(one.row for one in _trail(file_session) if one.what.startswith("merged into"))
    where = Path(file_session.where)
    file_session.close()
    before = pages_of(where, PASSPHRASE)
    assert [name for name in NAMES if name.encode() in before] == list(NAMES)

    session = session_at(str(where))
    with session.store.reading() as reading:
        keys = [
            bytes(row.key)
            for row in reading._connection.execute(select(CHILD_KEY))
            if str(row.child_id) in (child, twin)
        ]
    _forget(session, child, twin)
    session.close()

    after = pages_of(where, PASSPHRASE)
    assert b"CREATE TABLE child" in after
    assert [name for name in (*NAMES, "Zeb") if name.encode() in after] == []
    assert [key for key in keys if key in before and key in after] == []
    assert len([key for key in keys if key in before]) == 2


def _trail(session: Session) -> list[Entry]:
    with session.store.reading() as reading:
        return reading.latest_entries(999)


def test_others_keep_their_names_and_history(session: Session) -> None:
    _lived(session)
    other = next(
        row.id for row in session.cases() if row.surname == "Patel" and row.forename == "Grace"
    )
    child = next(row.id for row in session.cases() if row.surname == "Quillfeather")
    before = session.case(other)

    _forget(session, child)

    after = session.case(other)
    assert after.facts == before.facts
    changed = [(old.what, new.what) for old, new in zip(before.history, after.history, strict=True)]
    differ = [(old, new) for old, new in changed if old != new]
    # Only the words that named the other are gone, and they say so.
    assert [new for _, new in differ] == [
        "Case changed; a child named in it has been disposed of since"
    ]
    assert "Quillfeather" in differ[0][0]


def test_what_a_disposed_child_was_part_of_cannot_be_taken_back(session: Session) -> None:
    child, other = reviewed(session, "Quillfeather"), reviewed(session, "Patel")
    worker = done(session, add_caseworker("R. Haque"))
    assert worker.undo
    key = session.caseworkers()[0].id
    both = done(session, reassign((child, other), key)).undo
    done(session, do.Undo(both))
    single = next(row.group for row in session.case(child).history if "2024" in row.what)
    _forget(session, child)

    for command in (do.Undo(single, sure=True), do.Redo(both, sure=True), do.Redo()):
        outcome = session.submit(command)
        assert isinstance(outcome, Failed)
        assert outcome.why == "refused"
        assert "disposed of" in outcome.sentence
        assert "Quillfeather" not in outcome.sentence
    assert session.case(other).child.caseworker_id is None
    assert session.check() == ()


def test_history_shows_that_a_child_was_disposed_of_and_by_whom(session: Session) -> None:
    child = reviewed(session, "Quillfeather")
    _forget(session, child)

    newest, *rest, _ = session.history(999)
    assert (newest.who, newest.what, newest.group) == (
        "A. Officer",
        "a child: Case disposed of",
        "",
    )
    assert {row.what for row in rest} == {
        "Case added; the child has been disposed of since",
        "Case changed; the child has been disposed of since",
    }
    with pytest.raises(Refused):
        session.case(child)


def test_the_chain_is_the_same_with_the_key_and_without(session: Session) -> None:
    child = reviewed(session, "Quillfeather")
    store = _store(session)
    with begin(store.engine, store.where, write=False) as connection:
        number, _, link = audit.head(connection).partition(":")
    _forget(session, child)

    with begin(store.engine, store.where, write=False) as connection:
        found = connection.execute(text(f"SELECT hash FROM audit WHERE seq = {number}")).scalar()
        keys = connection.execute(text("SELECT child_id, key FROM child_key")).all()
    assert found == link
    assert [tuple(row) for row in keys] == [(int(child), None)]
    assert store.faults(lambda _: None) == []


def test_nothing_more_is_written_of_a_disposed_child(session: Session) -> None:
    child = reviewed(session, "Quillfeather")
    _forget(session, child)
    for entry in (
        Entry("child", child, "case opened", "", '{"surname":"Quillfeather"}'),
        Entry("note", "3", "talked to Zebedee", "", "{}", child=child),
        Entry("store", "", "Zebedee and another", "", "", named=(child,)),
    ):
        with pytest.raises(Unreadable, match="disposed of"), session.store.writing() as unit:
            unit.append([entry], AT, "A. Tester")
    assert session.check() == ()


def test_a_file_named_after_a_child_is_forgotten_with_them(session: Session) -> None:
    """The title of an import of many names those alone who stand in the name of its file."""
    many = [
        incoming_case(row, surname=f"Pike{letter}", born=date(2012, 1, row), facts=())
        for row, letter in enumerate("abcdefghijkl", 1)
    ]
    named = incoming_case(13, **_known_by(facts=(), born=date(2013, 5, 5)))
    file = "Review of Quillfeather.xlsx"
    cases = [*many, named]
    given = tuple(replace(one, place=Place(file, "A", at)) for at, one in enumerate(cases, 2))
    result = session.apply_import(Incoming((file,), len(given), given))
    assert result.cases_created == 13
    child = next(row.id for row in session.cases() if row.surname == "Quillfeather")
    assert session.actions(1)[0].what == f"Import of {file}: 13 cases"
    assert "import" not in _store_entries(session)

    _forget(session, child)
    assert session.actions(2)[1].what == (
        "Several cases changed; a child named in it has been disposed of since"
    )
    pike = next(row.id for row in session.cases() if row.surname == "Pikeb")
    said = [row.what for row in session.case(pike).history]
    assert said == ["Case added; a child named in it has been disposed of since"]
    assert "quillfeather" not in _seen(session)
    assert session.check() == ()


def _store_entries(session: Session) -> str:
    store = _store(session)
    with begin(store.engine, store.where, write=False) as connection:
        rows = connection.execute(text("SELECT what FROM audit WHERE table_name = 'store'"))
        return " ".join(str(row.what) for row in rows)


def test_forgetting_twice_or_nobody_writes_nothing(session: Session) -> None:
    child = reviewed(session, "Quillfeather")
    _forget(session, child)
    before = len(_trail(session))
    _forget(session, child)
    _forget(session, "4711")
    _forget(session)
    assert len(_trail(session)) == before


def test_what_belongs_to_a_child_is_sealed_with_them(session: Session) -> None:
    """A record of another table that a child owns goes with the child."""
    child = reviewed(session, "Quillfeather")
    entry = Entry("note", "3", "Zebedee rang", "", '{"text":"Zebedee"}', child=child)
    with session.store.writing() as unit:
        unit.append([entry], AT, "A. Tester")
        kept = unit.latest_entries(1, ("note", "3"))[0]
    assert (kept.what, kept.after, kept.child) == (entry.what, entry.after, child)
    _forget(session, child)
    with session.store.reading() as reading:
        gone = reading.latest_entries(1, ("note", "3"))[0]
    assert gone.gone
    assert (gone.what, gone.after) == ("note added; the child has been disposed of since", "")
    assert _named_in(session) == set()
