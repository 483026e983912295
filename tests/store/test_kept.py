"""What is kept from one moment of a store to the next, and that nothing stale is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import date

from sqlalchemy import event

from caseworker_app.domain.kinds import kind_of
from caseworker_app.domain.people import Setting
from caseworker_app.services import commands as do
from caseworker_app.services.session import Session
from tests.support.commands import add_setting
from tests.support.sessions import add_child, done
from tests.support.stores import Places, session_at


def _names(session: Session) -> list[str]:
    return [one.name for one in session.settings()]


@contextmanager
def _asked(session: Session, table: str) -> Iterator[list[str]]:
    """The selects of a table in the block."""
    found: list[str] = []

    def heard(*given: object) -> None:
        if f"FROM {table}" in str(given[2]):
            found.append(str(given[2]))

    event.listen(session.store.engine, "before_cursor_execute", heard)
    yield found
    event.remove(session.store.engine, "before_cursor_execute", heard)


def test_settings_are_read_once_while_nobody_touches_them(session: Session) -> None:
    done(session, add_setting("Mile End Gate"))
    assert _names(session) == ["Mile End Gate"]
    with _asked(session, "setting") as asked:
        add_child(session)
        add_child(session, "Patel")
        assert _names(session) == ["Mile End Gate"]
        with session.moment():
            assert [row.setting for row in session.cases()] == ["", ""]
    assert [one for one in asked if "WHERE" not in one] == []
    done(session, add_setting("Ben Jonson"))
    with _asked(session, "setting") as asked:
        assert len(_names(session)) == len(_names(session)) == 2
    assert len(asked) <= 1


def test_a_change_of_a_setting_is_seen_at_once(session: Session) -> None:
    done(session, add_setting("Mile End Gate"))
    (one,) = session.settings()
    done(session, do.ChangeRecord("setting", one.id, one.version, {"name": "Ben Jonson"}))
    assert _names(session) == ["Ben Jonson"]
    done(session, do.Undo(""))
    assert _names(session) == ["Mile End Gate"]


def test_the_codes_of_answers_are_read_once_and_a_new_answer_is_seen_at_once(
    session: Session,
) -> None:
    child_id = add_child(session)
    sent = {"about": "review", "sent_on": date(2026, 10, 1), "way": "letter", "token": "AB12"}
    done(session, do.AddRecord("invitation", {"child_id": child_id, **sent}))
    said = {"about": "review", "on": date(2026, 10, 9), "known": True}

    def seen() -> list[str]:
        of_case = session.belonging(child_id)
        return [row.record.number for kind, row in of_case if kind == "feedback"]

    done(session, do.AddRecord("feedback", {**said, "number": "1", "token": "ab12"}))
    assert seen() == ["1"]
    with _asked(session, "feedback") as asked:
        assert seen() == ["1"]
        add_child(session, "Patel")
        assert seen() == ["1"]
    assert [one for one in asked if "WHERE" not in one] == []
    done(session, do.AddRecord("feedback", {**said, "number": "2", "token": "AB12"}))
    assert seen() == ["1", "2"]
    done(session, do.Undo())
    assert seen() == ["1"]


def test_what_another_program_writes_is_seen(places: Places) -> None:
    where = places.new()
    with closing(session_at(where)) as ours, closing(session_at(where, who="B.")) as theirs:
        done(ours, add_setting("Mile End Gate"))
        assert _names(ours) == _names(theirs) == ["Mile End Gate"]
        done(theirs, add_setting("Ben Jonson"))
        assert _names(ours) == ["Ben Jonson", "Mile End Gate"]
        done(ours, add_setting("Cubitt Town"))
        assert _names(theirs) == ["Ben Jonson", "Cubitt Town", "Mile End Gate"]


def test_a_write_that_fails_leaves_nothing_behind(session: Session) -> None:
    done(session, add_setting("Mile End Gate"))
    assert _names(session) == ["Mile End Gate"]
    with suppress(RuntimeError), session.store.writing() as unit:
        unit.put(kind_of(Setting), [Setting(id=unit.allot("setting", 1)[0], name="Ben Jonson")], ())
        raise RuntimeError
    assert _names(session) == ["Mile End Gate"]


def test_a_moment_inside_another_is_that_one(session: Session) -> None:
    with session.store.reading() as outer, session.store.reading() as inner:
        assert outer is inner
    with session.store.reading() as later:
        assert later is not outer
