"""Redo, whose change is meant by undo, what is asked first, and what is refused in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from caseworker_app.demo import invent_borough
from caseworker_app.demo.filling import fill
from caseworker_app.domain.outcome import Failed
from caseworker_app.domain.permissions import Person
from caseworker_app.services import commands as do
from caseworker_app.services.session import Session
from tests.support.acts_model import cells_of
from tests.support.commands import add_caseworker, add_setting, reassign
from tests.support.sessions import add_child, done, incoming, incoming_case, reviewed
from tests.support.stores import TODAY, Places, session_at

OTHER = "Ren\u00e9e O\u2019Dowd"


def other(session: Session) -> Session:
    """Somebody else's session at the same store."""
    return Session(session.store, session.rules, session.clock, Person(OTHER))


def seen(session: Session, key: str) -> int:
    return session.case(key).child.version


def refused(session: Session, command: do.Command) -> str:
    outcome = session.submit(command)
    assert isinstance(outcome, Failed), outcome
    assert outcome.why == "refused", outcome
    return outcome.sentence


def asked(session: Session, command: do.Command) -> str:
    outcome = session.submit(command)
    assert isinstance(outcome, Failed), outcome
    assert outcome.why == "unsure", outcome
    return outcome.sentence


def test_undo_and_redo_go_all_the_way_and_back_also_after_restarts(places: Places) -> None:
    where = places.new()
    session = session_at(where)
    states = [cells_of(session)]
    key = reviewed(session)
    commands: list[Callable[[Session], do.Command]] = [
        lambda _: add_setting("Mile End Gate", "primary", 6),
        lambda _: add_caseworker("Ann Lee"),
        lambda one: do.ChangeChild(key, seen(one, key), {"setting_id": one.settings()[0].id}),
        lambda one: reassign((key,), one.caseworkers()[0].id),
        lambda one: do.RemoveFact(key, seen(one, key), one.case(key).facts[-1].id, "not so"),
        lambda _: do.AddChild({"surname": "New", "forename": "Ada", "born": TODAY}),
    ]
    groups = sum(bool(row.group) for row in session.actions(99))
    states = [states[0], *[None] * (groups - 1), cells_of(session)]
    for command in commands:
        done(session, command(session))
        states.append(cells_of(session))

    for again in (False, True):
        for state in reversed(states[:-1]):
            # Once in one sitting, and once with the window closed after each.
            if again:
                session.close()
                session = session_at(where)
            done(session, do.Undo())
            assert state is None or cells_of(session) == state
        assert session.last_undo() is None
        for state in states[1:]:
            if again:
                session.close()
                session = session_at(where)
            done(session, do.Redo())
            assert state is None or cells_of(session) == state
        assert session.last_redo() is None
        assert refused(session, do.Redo()) == "There is nothing to redo."
    assert session.check() == ()
    session.close()


def test_a_new_change_of_mine_ends_what_can_be_brought_back(session: Session) -> None:
    key = add_child(session)
    done(session, do.ChangeChild(key, 1, {"need": "ASD"}))
    done(session, do.Undo())
    done(other(session), add_caseworker("Ann Lee"))
    assert session.last_redo() is not None
    done(session, add_caseworker("R. Haque"))
    assert session.last_redo() is None
    assert refused(session, do.Redo()) == "There is nothing to redo."


def test_undo_means_ones_own_and_never_an_older_one_instead(session: Session) -> None:
    key = add_child(session)
    done(session, do.ChangeChild(key, 1, {"need": "ASD"}))
    theirs = done(other(session), do.ChangeChild(key, 2, {"need": "MLD"}))
    before = cells_of(session)

    sentence = refused(session, do.Undo())

    assert sentence == (
        "\u201cPrimary need changed for Okafor, Grace\u201d cannot be undone: Okafor, Grace was "
        f"changed again since by {OTHER} (primary need changed). "
        "An older change can be taken back from the history."
    )
    assert cells_of(session) == before
    assert asked(session, do.Undo(theirs.undo)) == (
        f"This takes back a change by {OTHER}: primary need changed for Okafor, Grace. "
        "Take it back?"
    )
    assert cells_of(session) == before
    done(session, do.Undo(theirs.undo, sure=True))
    assert session.case(key).child.need == "ASD"
    # What I undid is mine to bring back, and then mine to take back.
    done(session, do.Redo())
    assert session.case(key).child.need == "MLD"
    done(session, do.Undo())
    assert session.case(key).child.need == "ASD"
    assert refused(session, do.Undo(theirs.undo, sure=True)) == "This is undone already."
    assert refused(other(session), do.Undo(theirs.undo)) == ("This is undone already by A. Tester.")


def test_redo_is_refused_where_something_rests_on_the_undo(session: Session) -> None:
    key = add_child(session)
    done(session, do.ChangeChild(key, 1, {"need": "ASD"}))
    done(session, do.Undo())
    done(other(session), do.ChangeChild(key, seen(session, key), {"need": "SEMH"}))
    before = cells_of(session)
    sentence = refused(session, do.Redo())
    assert f"cannot be redone: Okafor, Grace was changed again since by {OTHER}" in sentence
    assert cells_of(session) == before


def test_a_case_does_not_come_back_to_a_setting_that_is_gone(session: Session) -> None:
    setting = done(other(session), add_setting("Mile End Gate"))
    add_child(session, setting_id=session.settings()[0].id)
    done(session, do.Undo())
    done(other(session), do.Undo(setting.undo))
    assert refused(session, do.Redo()) == (
        "\u201cCase opened for Okafor, Grace\u201d cannot be redone: "
        "the setting of Okafor, Grace is no longer in the store."
    )
    done(other(session), do.Redo())
    done(session, do.Redo())
    assert session.check() == ()


def test_no_name_and_no_reference_is_given_twice_by_a_redo(session: Session) -> None:
    done(session, add_setting("Mile End Gate"))
    done(session, do.Undo())
    done(other(session), add_setting("MILE END GATE"))
    assert "there is another Mile End Gate by now" in refused(session, do.Redo())
    add_child(session, reference="NB1")
    done(session, do.Undo())
    add_child(other(session), "Patel", reference="nb 1")
    assert "the reference NB1 is another child's by now" in refused(session, do.Redo())
    assert session.check() == ()


def test_a_case_that_comes_back_keeps_its_key_and_no_key_is_given_twice(session: Session) -> None:
    first = add_child(session)
    done(session, do.Undo())
    second = add_child(other(session), "Patel", reference="P1")
    outcome = done(session, do.Redo())
    assert first in outcome.child_ids
    assert {row.id for row in session.cases()} == {first, second}


def test_what_touches_many_cases_is_asked_about_with_their_number(session: Session) -> None:
    given = [incoming_case(row) for row in range(2, 13)]
    before = cells_of(session)
    session.apply_import(incoming(*given))
    after = cells_of(session)
    words = "the import of tracker.xlsx: 11 cases made"
    assert asked(session, do.Undo()) == f"This takes back {words}. Take it back?"
    assert cells_of(session) == after
    done(session, do.Undo(sure=True))
    assert cells_of(session) == before
    assert asked(session, do.Redo()) == f"This brings back {words}. Bring it back?"
    done(session, do.Redo(sure=True))
    assert cells_of(session) == after

    done(session, add_caseworker("Ann Lee"))
    ids = tuple(row.id for row in session.cases())
    worker = next(one.id for one in session.caseworkers() if one.name == "Ann Lee")
    done(session, reassign(ids[:10], worker))
    done(session, do.Undo())
    done(session, reassign(ids, worker))
    assert asked(session, do.Undo()) == (
        "This takes back: 11 cases given to Ann Lee (11 cases changed). Take it back?"
    )


def test_an_import_of_one_case_and_a_merge_are_asked_about(session: Session) -> None:
    session.apply_import(incoming(incoming_case(2)))
    assert asked(session, do.Undo()) == (
        "This takes back the import of tracker.xlsx: 1 case made. Take it back?"
    )
    keep, gone = (
        add_child(session, "Patel", reference="P1"),
        add_child(session, "Pattel", reference="P2"),
    )
    done(session, do.MergeChildren(keep, 1, gone, 1))
    assert asked(session, do.Undo()) == (
        "This takes back: P2 merged into P1 (1 case changed and 1 case removed). Take it back?"
    )
    assert OTHER not in asked(session, do.Undo())
    assert asked(other(session), do.Undo(session.last_undo()[0])).startswith(
        "This takes back a change by A. Tester: P2 merged into P1"
    )


def test_a_demo_does_not_go_by_keys_pressed_too_often(file_session: Session) -> None:
    fill(file_session, invent_borough(TODAY, 12, 7))
    before = cells_of(file_session)
    while "12 cases made" not in (what := asked(file_session, do.Undo())):
        assert " of the demo" in what
        assert asked(file_session, do.Undo()) == what
        assert cells_of(file_session) == before
        done(file_session, do.Undo(sure=True))
        before = cells_of(file_session)
    for _ in range(5):
        assert "12 cases made" in asked(file_session, do.Undo())
    assert cells_of(file_session) == before
    done(file_session, do.Undo(sure=True))
    assert file_session.cases() == ()
    sentence = asked(file_session, do.Undo())
    assert sentence.startswith("This takes back: settings and caseworkers of the demo (")
    assert file_session.settings() != ()


def test_an_import_that_was_undone_may_come_in_again(session: Session) -> None:
    known = add_child(session, "Okafor-c", reference="TH-2", forename="Grace")
    done(session, do.ChangeChild(known, 1, {"comment": "by hand"}))
    given = incoming(*(incoming_case(row, need="ASD") for row in range(2, 9)))
    before = cells_of(session)
    first = session.apply_import(given)
    after = _without_keys(session)
    done(session, do.Undo(first.undo, sure=True))
    assert cells_of(session) == before

    again = session.apply_import(given)

    assert replace(again, undo="") == replace(first, undo="")
    assert _without_keys(session) == after
    assert session.check() == ()


def test_the_history_says_what_is_undone_and_what_can_be_taken_back(session: Session) -> None:
    key = add_child(session)
    done(other(session), do.ChangeChild(key, 1, {"need": "ASD"}))
    done(session, add_setting("Mile End Gate"))
    done(session, do.Undo())

    *rows, first = session.actions()

    assert (first.what, first.group) == ("Rule pack 2026.11.22 put in force", "")
    assert [(row.who, row.what, row.state, bool(row.group)) for row in rows] == [
        ("A. Tester", "Undone: Mile End Gate added", "", False),
        ("A. Tester", "Mile End Gate added", "undone", False),
        (OTHER, "Okafor, Grace: Primary need changed", "", True),
        ("A. Tester", "Okafor, Grace: Case opened", "", True),
    ]
    assert [row.group for row in session.case(key).history] == [row.group for row in rows[2:]]
    done(session, do.Undo(rows[2].group, sure=True))
    assert [row.state for row in session.case(key).history] == ["", "undone", ""]
    # Somebody who is gone is still named.
    done(session, do.Undo(rows[3].group))
    assert session.actions(1)[0].what == "Okafor, Grace: Undone: case opened"


@pytest.mark.parametrize("group", ["x", "999", "1" * 30, "\u00b2", "-1"])
def test_what_never_was_cannot_be_redone(file_session: Session, group: str) -> None:
    assert refused(file_session, do.Redo(group)) == "There is nothing to redo."
    assert refused(file_session, do.Undo(group)) == "There is nothing to undo."


def _without_keys(session: Session) -> list[tuple[object, ...]]:
    """What there is, told by references: keys are never given twice."""
    names = {one.id: one.name for one in (*session.settings(), *session.caseworkers())}
    return [
        (
            replace(file.child, id="", version=0, setting_id=None, caseworker_id=None),
            names.get(file.child.setting_id or ""),
            [replace(fact, id="") for fact in file.facts],
        )
        for file in session.caseload()
    ]
