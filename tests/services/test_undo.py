"""Undo: every action whole, also after a restart, unless something later rests on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from caseworker_app.domain.errors import Cancelled
from caseworker_app.domain.outcome import Failed
from caseworker_app.domain.people import Closure, Transfer
from caseworker_app.services import commands as do
from caseworker_app.services.session import Session
from tests.support.commands import add_caseworker, add_setting, change_setting, reassign
from tests.support.sessions import add_child, done, incoming, incoming_case, record, reviewed
from tests.support.stores import TODAY, Places, session_at

State = tuple[object, ...]


def _state(session: Session) -> State:
    """Everything a person can see, versions and history apart."""
    files = session.caseload()
    return (
        tuple(replace(file.child, version=0) for file in files),
        tuple((file.facts, file.deadlines) for file in files),
        tuple(replace(one, version=0) for one in session.settings()),
        tuple(replace(one, version=0) for one in session.caseworkers()),
        session.alerts(),
    )


def _seen(session: Session, child_id: str) -> int:
    return session.case(child_id).child.version


def _fact_id(session: Session, child_id: str) -> str:
    return session.case(child_id).facts[-1].id


_CHILD = {"surname": "New", "forename": "Child", "born": TODAY}
ACTIONS: dict[str, Callable[[Session, str], do.Command]] = {
    "record": lambda session, key: do.RecordFact(
        key, _seen(session, key), "review_decision_sent", TODAY, {"outcome": "amend"}
    ),
    "change date": lambda session, key: do.ChangeFact(
        key, _seen(session, key), _fact_id(session, key), date(2026, 10, 17)
    ),
    "remove": lambda session, key: do.RemoveFact(
        key, _seen(session, key), _fact_id(session, key), "wrong child"
    ),
    "add child": lambda *_: do.AddChild(_CHILD),
    "change child": lambda session, key: do.ChangeChild(
        key,
        _seen(session, key),
        {"need": "MLD", "actual_year": 6, "transfer": Transfer("post16", TODAY), "born": TODAY},
    ),
    "add setting": lambda *_: add_setting(
        "New", "primary", 6, "123456", (Closure(TODAY, date(2026, 12, 1)),)
    ),
    "change setting": lambda session, _: change_setting(
        session.settings()[0].id, session.settings()[0].version, "Other", "special", 14
    ),
    "add caseworker": lambda *_: add_caseworker("New", "new@x.gov.uk"),
    "reassign": lambda session, key: reassign((key,), session.caseworkers()[0].id),
    "together": lambda session, key: do.Together(
        (
            do.RecordFact(key, _seen(session, key), "review_report_received", TODAY),
            do.RemoveFact(key, _seen(session, key), _fact_id(session, key), "wrong"),
        ),
        "2 dates pasted",
    ),
}


def _begun(session: Session) -> str:
    """A setting, a caseworker and a child at a review; the value is the child's id."""
    done(session, add_setting("Mile End Gate"))
    done(session, add_caseworker("Ann Lee"))
    return reviewed(session, setting_id=session.settings()[0].id)


@pytest.mark.parametrize("name", ACTIONS)
def test_undo_puts_everything_back(places: Places, name: str) -> None:
    where, key = places.copy(_begun)
    session = session_at(where)
    before = _state(session)
    outcome = done(session, ACTIONS[name](session, key))
    assert _state(session) != before

    undone = done(session, do.Undo(outcome.undo))

    assert _state(session) == before
    assert undone.message.startswith("Undone: ")
    assert undone.undo == ""
    assert session.check() == ()
    again = session.submit(do.Undo(outcome.undo))
    assert again == Failed("refused", "This is undone already.")
    session.close()


def test_undo_walks_back_through_what_was_done_also_after_a_restart(places: Places) -> None:
    where = places.new()
    session = session_at(where)
    states = [_state(session)]
    key = add_child(session)
    for kind, on in (("plan_sent", date(2024, 1, 1)), ("review_meeting_held", date(2024, 12, 1))):
        states.append(_state(session))
        record(session, key, kind, on)
    session.close()

    session = session_at(where)
    for expected in reversed(states):
        last = session.last_undo()
        assert last is not None
        done(session, do.Undo(last[0], sure=True))
        assert _state(session) == expected
    assert session.last_undo() is None
    assert session.check() == ()
    session.close()


def test_undo_of_an_import_takes_it_back_whole(session: Session) -> None:
    kept = add_child(session, "Okafor-c", reference="TH-2", forename="Grace", upn="A000000000002")
    before = _state(session)

    result = session.apply_import(incoming(*(incoming_case(row) for row in range(2, 9))))
    assert (result.cases_created, result.cases_updated) == (6, 1)
    assert session.last_undo() == (result.undo, "import of tracker.xlsx: 7 cases")
    outcome = done(session, do.Undo(result.undo, sure=True))

    assert _state(session) == before
    assert [row.id for row in session.cases()] == [kept]
    assert kept in outcome.child_ids
    assert session.check() == ()


@pytest.mark.parametrize(
    ("later", "words"),
    [
        (
            lambda session, key: do.ChangeChild(key, _seen(session, key), {"need": "ASD"}),
            "Okafor, Grace was changed again since",
        ),
        (
            lambda session, key: do.RecordFact(key, _seen(session, key), "request_received", TODAY),
            "Okafor, Grace was changed again since",
        ),
    ],
)
def test_opening_a_case_is_not_undone_under_later_work(
    session: Session, later: Callable[[Session, str], do.Command], words: str
) -> None:
    outcome = done(session, do.AddChild({"surname": "Okafor", "forename": "Grace", "born": TODAY}))
    done(session, later(session, outcome.child_ids[0]))
    before = _state(session)

    failed = session.submit(do.Undo(outcome.undo))

    assert isinstance(failed, Failed)
    assert words in failed.sentence
    assert _state(session) == before


def test_a_change_of_the_same_thing_again_is_not_lost(session: Session) -> None:
    key = add_child(session)
    first = done(session, do.ChangeChild(key, 1, {"need": "ASD"}))
    done(session, do.ChangeChild(key, 2, {"need": "MLD"}))

    assert isinstance(session.submit(do.Undo(first.undo)), Failed)
    assert session.case(key).child.need == "MLD"


def test_a_change_of_something_else_does_not_stand_in_the_way(session: Session) -> None:
    key = add_child(session)
    first = done(session, do.ChangeChild(key, 1, {"need": "ASD"}))
    done(session, do.ChangeChild(key, 2, {"comment": "moved house"}))

    done(session, do.Undo(first.undo))

    assert session.case(key).child.need == ""
    assert session.case(key).child.comment == "moved house"


def test_a_setting_in_use_is_not_taken_away(session: Session) -> None:
    setting = done(session, add_setting("New"))
    worker = done(session, add_caseworker("Ann"))
    add_child(
        session, setting_id=session.settings()[0].id, caseworker_id=session.caseworkers()[0].id
    )

    for group in (setting.undo, worker.undo):
        failed = session.submit(do.Undo(group))
        assert isinstance(failed, Failed)
        assert "is in use by now" in failed.sentence
    assert session.check() == ()


@pytest.mark.parametrize("group", ["", "x", "999"])
def test_what_never_was_cannot_be_undone(file_session: Session, group: str) -> None:
    assert file_session.submit(do.Undo(group)) == Failed("refused", "There is nothing to undo.")


def test_an_undo_and_a_recount_cannot_be_undone(file_session: Session) -> None:
    outcome = done(file_session, add_caseworker("Ann"))
    done(file_session, do.Undo(outcome.undo))
    latest = str(int(outcome.undo) + 1)

    failed = file_session.submit(do.Undo(latest))

    assert isinstance(failed, Failed)
    assert "cannot be undone" in failed.sentence


def test_an_old_screen_cannot_write_over_a_child_that_came_back(session: Session) -> None:
    key = reviewed(session)
    seen = _seen(session, key)
    result = session.apply_import(incoming(incoming_case(2)))
    done(session, do.Undo(result.undo, sure=True))

    assert isinstance(session.submit(do.RecordFact("99", seen, "plan_sent", TODAY)), Failed)
    fact = _fact_id(session, key)
    removed = done(session, do.RemoveFact(key, seen, fact, "wrong"))
    done(session, do.Undo(removed.undo))
    stale = session.submit(do.ChangeFact(key, seen, fact, TODAY))
    assert isinstance(stale, Failed)
    assert stale.why == "stale"


@pytest.mark.parametrize("redone", [False, True], ids=["undo", "redo"])
def test_a_large_undo_or_redo_says_how_far_it_is_and_stops_when_it_is_told(
    session: Session, redone: bool
) -> None:
    session.apply_import(incoming(*(incoming_case(row, setting="") for row in range(2, 14))))
    back: do.Command = do.Undo(sure=True)
    if redone:
        done(session, back)
        back = do.Redo(sure=True)
    before, history = _state(session), session.history()
    steps: list[str] = []

    def stops_at(step: int) -> Failed:
        def told(at: int, total: int, words: str) -> None:
            assert at <= total
            steps.append(words)
            if len(steps) == step:
                raise Cancelled("Stopped. Nothing was changed.")

        steps.clear()
        outcome = session.submit(back, told)
        assert isinstance(outcome, Failed)
        return outcome

    for step in range(1, 4 if redone else 3):
        assert stops_at(step) == Failed("refused", "Stopped. Nothing was changed.")
        assert (_state(session), session.history()) == (before, history)
    assert steps[:2] == ["Putting back what was there before", "Writing"]
    done(session, back)
    assert len(session.cases()) == (12 if redone else 0)
