"""Undo: every action whole, also after a restart, unless something later rests on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from caseworker_app.domain.outcome import Failed
from caseworker_app.domain.people import Closure, Transfer
from caseworker_app.services import commands as do
from caseworker_app.services.desk import OpenDesk
from tests.support.commands import add_caseworker, add_setting, change_setting, reassign
from tests.support.desks import add_child, done, incoming, incoming_case, record, reviewed
from tests.support.stores import TODAY, Places, desk_at

State = tuple[object, ...]


def _state(desk: OpenDesk) -> State:
    """Everything a person can see, versions and history apart."""
    files = desk.caseload()
    return (
        tuple(replace(file.child, version=0) for file in files),
        tuple((file.facts, file.deadlines) for file in files),
        tuple(replace(one, version=0) for one in desk.settings()),
        tuple(replace(one, version=0) for one in desk.caseworkers()),
        desk.alerts(),
    )


def _seen(desk: OpenDesk, child_id: str) -> int:
    return desk.case(child_id).child.version


def _fact_id(desk: OpenDesk, child_id: str) -> str:
    return desk.case(child_id).facts[-1].id


_CHILD = {"surname": "New", "forename": "Child", "born": TODAY}
ACTIONS: dict[str, Callable[[OpenDesk, str], do.Command]] = {
    "record": lambda desk, key: do.RecordFact(
        key, _seen(desk, key), "review_decision_sent", TODAY, {"outcome": "amend"}
    ),
    "change date": lambda desk, key: do.ChangeFact(
        key, _seen(desk, key), _fact_id(desk, key), date(2026, 10, 17)
    ),
    "remove": lambda desk, key: do.RemoveFact(
        key, _seen(desk, key), _fact_id(desk, key), "wrong child"
    ),
    "add child": lambda *_: do.AddChild(_CHILD),
    "change child": lambda desk, key: do.ChangeChild(
        key,
        _seen(desk, key),
        {"need": "MLD", "actual_year": 6, "transfer": Transfer("post16", TODAY), "born": TODAY},
    ),
    "add setting": lambda *_: add_setting(
        "New", "primary", 6, "123456", (Closure(TODAY, date(2026, 12, 1)),)
    ),
    "change setting": lambda desk, _: change_setting(
        desk.settings()[0].id, desk.settings()[0].version, "Other", "special", 14
    ),
    "add caseworker": lambda *_: add_caseworker("New", "new@x.gov.uk"),
    "reassign": lambda desk, key: reassign((key,), desk.caseworkers()[0].id),
    "together": lambda desk, key: do.Together(
        (
            do.RecordFact(key, _seen(desk, key), "review_report_received", TODAY),
            do.RemoveFact(key, _seen(desk, key), _fact_id(desk, key), "wrong"),
        ),
        "2 dates pasted",
    ),
}


@pytest.mark.parametrize("name", ACTIONS)
def test_undo_puts_everything_back(desk: OpenDesk, name: str) -> None:
    done(desk, add_setting("Mile End Gate"))
    done(desk, add_caseworker("Ann Lee"))
    key = reviewed(desk, setting_id=desk.settings()[0].id)
    before = _state(desk)
    outcome = done(desk, ACTIONS[name](desk, key))
    assert _state(desk) != before

    undone = done(desk, do.Undo(outcome.undo))

    assert _state(desk) == before
    assert undone.message.startswith("Undone: ")
    assert undone.undo == ""
    assert desk.check() == ()
    again = desk.submit(do.Undo(outcome.undo))
    assert again == Failed("refused", "This is undone already.")


def test_undo_walks_back_through_what_was_done_also_after_a_restart(places: Places) -> None:
    where = places.new()
    desk = desk_at(where)
    states = [_state(desk)]
    key = add_child(desk)
    for kind, on in (("plan_sent", date(2024, 1, 1)), ("review_meeting_held", date(2024, 12, 1))):
        states.append(_state(desk))
        record(desk, key, kind, on)
    desk.close()

    desk = desk_at(where)
    for expected in reversed(states):
        last = desk.last_undo()
        assert last is not None
        done(desk, do.Undo(last[0], sure=True))
        assert _state(desk) == expected
    assert desk.last_undo() is None
    assert desk.check() == ()
    desk.close()


def test_undo_of_an_import_takes_it_back_whole(desk: OpenDesk) -> None:
    kept = add_child(desk, "Okafor-c", reference="TH-2", forename="Grace", upn="A000000000002")
    before = _state(desk)

    result = desk.apply_import(incoming(*(incoming_case(row) for row in range(2, 9))))
    assert (result.cases_created, result.cases_updated) == (6, 1)
    assert desk.last_undo() == (result.undo, "import of tracker.xlsx: 7 cases")
    outcome = done(desk, do.Undo(result.undo, sure=True))

    assert _state(desk) == before
    assert [row.id for row in desk.cases()] == [kept]
    assert kept in outcome.child_ids
    assert desk.check() == ()


@pytest.mark.parametrize(
    ("later", "words"),
    [
        (
            lambda desk, key: do.ChangeChild(key, _seen(desk, key), {"need": "ASD"}),
            "Okafor, Grace was changed again since",
        ),
        (
            lambda desk, key: do.RecordFact(key, _seen(desk, key), "request_received", TODAY),
            "Okafor, Grace was changed again since",
        ),
    ],
)
def test_opening_a_case_is_not_undone_under_later_work(
    desk: OpenDesk, later: Callable[[OpenDesk, str], do.Command], words: str
) -> None:
    outcome = done(desk, do.AddChild({"surname": "Okafor", "forename": "Grace", "born": TODAY}))
    done(desk, later(desk, outcome.child_ids[0]))
    before = _state(desk)

    failed = desk.submit(do.Undo(outcome.undo))

    assert isinstance(failed, Failed)
    assert words in failed.sentence
    assert _state(desk) == before


def test_a_change_of_the_same_thing_again_is_not_lost(desk: OpenDesk) -> None:
    key = add_child(desk)
    first = done(desk, do.ChangeChild(key, 1, {"need": "ASD"}))
    done(desk, do.ChangeChild(key, 2, {"need": "MLD"}))

    assert isinstance(desk.submit(do.Undo(first.undo)), Failed)
    assert desk.case(key).child.need == "MLD"


def test_a_change_of_something_else_does_not_stand_in_the_way(desk: OpenDesk) -> None:
    key = add_child(desk)
    first = done(desk, do.ChangeChild(key, 1, {"need": "ASD"}))
    done(desk, do.ChangeChild(key, 2, {"comment": "moved house"}))

    done(desk, do.Undo(first.undo))

    assert desk.case(key).child.need == ""
    assert desk.case(key).child.comment == "moved house"


def test_a_setting_in_use_is_not_taken_away(desk: OpenDesk) -> None:
    setting = done(desk, add_setting("New"))
    worker = done(desk, add_caseworker("Ann"))
    add_child(desk, setting_id=desk.settings()[0].id, caseworker_id=desk.caseworkers()[0].id)

    for group in (setting.undo, worker.undo):
        failed = desk.submit(do.Undo(group))
        assert isinstance(failed, Failed)
        assert "is in use by now" in failed.sentence
    assert desk.check() == ()


@pytest.mark.parametrize("group", ["", "x", "999"])
def test_what_never_was_cannot_be_undone(file_desk: OpenDesk, group: str) -> None:
    assert file_desk.submit(do.Undo(group)) == Failed("refused", "There is nothing to undo.")


def test_an_undo_and_a_recount_cannot_be_undone(file_desk: OpenDesk) -> None:
    outcome = done(file_desk, add_caseworker("Ann"))
    done(file_desk, do.Undo(outcome.undo))
    latest = str(int(outcome.undo) + 1)

    failed = file_desk.submit(do.Undo(latest))

    assert isinstance(failed, Failed)
    assert "cannot be undone" in failed.sentence


def test_an_old_screen_cannot_write_over_a_child_that_came_back(desk: OpenDesk) -> None:
    key = reviewed(desk)
    seen = _seen(desk, key)
    result = desk.apply_import(incoming(incoming_case(2)))
    done(desk, do.Undo(result.undo, sure=True))

    assert isinstance(desk.submit(do.RecordFact("99", seen, "plan_sent", TODAY)), Failed)
    fact = _fact_id(desk, key)
    removed = done(desk, do.RemoveFact(key, seen, fact, "wrong"))
    done(desk, do.Undo(removed.undo))
    stale = desk.submit(do.ChangeFact(key, seen, fact, TODAY))
    assert isinstance(stale, Failed)
    assert stale.why == "stale"
