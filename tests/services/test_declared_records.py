"""A record declared in ten lines is kept, checked, audited and undone by its declaration."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from caseworker_app.domain.kinds import kind_of
from caseworker_app.domain.outcome import Failed
from caseworker_app.domain.permissions import Person
from caseworker_app.services import commands as do
from caseworker_app.services.desk import OpenDesk
from caseworker_app.store import engine
from caseworker_app.store.tables import table_of
from tests.support import toy
from tests.support.commands import add_caseworker, add_setting
from tests.support.desks import add_child, done

WENT = date(2026, 10, 5)


@pytest.fixture
def visit(desk: OpenDesk) -> Iterator[type[Any]]:
    with toy.visits(desk.store) as of:  # type: ignore[arg-type]
        yield of


def fields(child: str, **more: Any) -> dict[str, Any]:
    return {"child_id": child, "on": WENT, "way": "home", **more}


def kept(desk: OpenDesk, of: type[Any]) -> dict[str, Any]:
    with desk.store.reading() as reading:
        return reading.all_of(kind_of(of))


def test_it_is_added_changed_and_taken_out_each_with_one_undo(
    desk: OpenDesk, visit: type[Any]
) -> None:
    child = add_child(desk)
    setting = done(desk, add_setting("Mile End Gate")) and desk.settings()[0].id
    added = done(
        desk,
        do.AddRecord(
            "visit", fields(child, said="They were\nin.", cost=1250, again=True, setting_id=setting)
        ),
    )
    assert added.message == "Visit added for Okafor, Grace."
    (one,) = kept(desk, visit).values()
    assert one == visit(
        id="1",
        version=1,
        child_id=child,
        on=WENT,
        way="home",
        said="They were\nin.",
        cost=1250,
        again=True,
        setting_id=setting,
    )
    changed = done(desk, do.ChangeRecord("visit", "1", 1, {"cost": 900, "again": False}))
    assert changed.message == "Visit changed for Okafor, Grace."
    after = kept(desk, visit)["1"]
    assert (after.cost, after.again, after.version) == (900, False, 2)
    done(desk, do.RemoveRecord("visit", "1", 2, "wrong child"))
    assert kept(desk, visit) == {}

    for there in (after, one):
        done(desk, do.Undo())
        back = kept(desk, visit)["1"]
        assert {**_said(back), "version": 0} == {**_said(there), "version": 0}
    done(desk, do.Undo())
    assert kept(desk, visit) == {}
    for count in (1, 1, 0):
        done(desk, do.Redo())
        assert len(kept(desk, visit)) == count
    assert desk.check() == ()


def _said(value: Any) -> dict[str, Any]:
    return {one.name: getattr(value, one.name) for one in kind_of(value).fields}


def test_the_trail_keeps_what_differs_and_says_it(desk: OpenDesk, visit: type[Any]) -> None:
    child = add_child(desk)
    done(desk, do.AddRecord("visit", fields(child)))
    done(desk, do.ChangeRecord("visit", "1", 1, {"said": "Nobody was in."}))
    with desk.store.reading() as reading:
        entry, made = reading.latest_entries(2, ("visit", "1"))
    assert (entry.before, entry.after) == ('{"said":""}', '{"said":"Nobody was in."}')
    assert entry.what == "visit changed: what was said"
    assert made.before == ""
    assert '"on":"2026-10-05"' in made.after


@pytest.mark.parametrize(
    ("given", "field", "sentence"),
    [
        ({"on": None}, "on", "The date is needed."),
        ({"way": ""}, "way", "The way is needed."),
        ({"way": "swim"}, "way", "'swim' is none of the choices for way."),
        ({"cost": -1}, "cost", "Cost is between 0 and 2,147,483,647."),
        ({"cost": "12"}, "cost", "Cost is an amount."),
        ({"rooms": 10}, "rooms", "Rooms is between 0 and 9."),
        ({"again": "yes"}, "again", "Again is yes or no."),
        ({"on": "2026-10-05"}, "on", "Date is a date."),
        ({"on": date(2326, 1, 1)}, "on", "The year 2326 cannot be right."),
        ({"setting_id": "99"}, "setting_id", "This setting is no longer in the store."),
        ({"child_id": "99"}, "child_id", "This child is no longer in the store."),
        ({"shoes": 4}, "shoes", "Visit has no 'shoes'."),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(
    desk: OpenDesk, visit: type[Any], given: dict[str, Any], field: str, sentence: str
) -> None:
    child = add_child(desk)
    done(desk, do.AddRecord("visit", fields(child)))
    for command in (
        do.AddRecord("visit", {**fields(child), **given}),
        do.ChangeRecord("visit", "1", 1, given),
    ):
        outcome = desk.submit(command)
        assert isinstance(outcome, Failed), command
        assert (outcome.field, outcome.sentence) == (field, sentence)
    assert len(kept(desk, visit)) == 1


def test_edits_of_other_fields_both_stand_and_of_the_same_ask(
    desk: OpenDesk, visit: type[Any]
) -> None:
    child = add_child(desk)
    done(desk, do.AddRecord("visit", fields(child)))
    done(desk, do.ChangeRecord("visit", "1", 1, {"cost": 100}))
    done(desk, do.ChangeRecord("visit", "1", 1, {"rooms": 3}))
    outcome = desk.submit(do.ChangeRecord("visit", "1", 1, {"cost": 200}))
    assert isinstance(outcome, Failed)
    assert outcome.why == "stale"
    one = kept(desk, visit)["1"]
    assert (one.cost, one.rooms, one.version) == (100, 3, 3)


def test_a_case_that_something_was_added_to_is_not_undone(desk: OpenDesk, visit: type[Any]) -> None:
    child = add_child(desk)
    opened = desk.history()[0].group
    done(desk, do.AddRecord("visit", fields(child, cost=5)))
    refused = desk.submit(do.Undo(opened))
    assert isinstance(refused, Failed)
    assert refused.sentence == (
        "“Case opened for Okafor, Grace” cannot be undone: a visit for Okafor, Grace was added "
        "since."
    )
    done(desk, do.Undo())
    done(desk, do.Undo(opened))
    assert desk.cases() == ()


def test_a_merge_moves_what_belongs_to_the_case_that_goes(desk: OpenDesk, visit: type[Any]) -> None:
    keep, gone = add_child(desk), add_child(desk)
    done(desk, do.AddRecord("visit", fields(gone)))
    versions = [desk.case(one).child.version for one in (keep, gone)]
    done(desk, do.MergeChildren(keep, versions[0], gone, versions[1]))
    assert [one.child_id for one in kept(desk, visit).values()] == [keep]
    done(desk, do.Undo(desk.history()[0].group, sure=True))
    assert [one.child_id for one in kept(desk, visit).values()] == [gone]
    assert desk.check() == ()


def test_what_others_point_at_cannot_be_taken_out(desk: OpenDesk, visit: type[Any]) -> None:
    child = add_child(desk)
    done(desk, add_setting("Mile End Gate"))
    setting = desk.settings()[0]
    done(desk, do.AddRecord("visit", fields(child, setting_id=setting.id)))
    outcome = desk.submit(do.RemoveRecord("setting", setting.id, setting.version, "closed"))
    assert isinstance(outcome, Failed)
    assert outcome.sentence == "Mile End Gate is in use."
    assert desk.settings() == (setting,)


def test_the_database_holds_codes_and_links_too(desk: OpenDesk, visit: type[Any]) -> None:
    child = add_child(desk)
    done(desk, do.AddRecord("visit", fields(child)))
    table, store = table_of(kind_of(visit)), desk.store
    for wrong in ({"way": "swim"}, {"child_id": 77}, {"on": None}):
        with (
            pytest.raises(IntegrityError),
            engine.begin(store.engine, "here", write=True) as connection,  # type: ignore[attr-defined]
        ):
            connection.execute(table.update().values(**wrong))


def test_rows_come_back_by_kind(desk: OpenDesk, visit: type[Any]) -> None:
    child = add_child(desk)
    added = done(desk, do.AddRecord("visit", fields(child)))
    assert [one.id for one in added.rows_of("visit")] == ["1"]
    gone = done(desk, do.RemoveRecord("visit", "1", 1, "wrong child"))
    assert gone.gone == {"visit": ("1",)}


def test_a_record_moves_to_ones_own_case_from_ones_own_case_alone(
    desk: OpenDesk, visit: type[Any]
) -> None:
    done(desk, add_caseworker("Ann Lee"))
    mine, theirs = add_child(desk, caseworker_id=desk.caseworkers()[0].id), add_child(desk, "Patel")
    done(desk, do.AddRecord("visit", fields(theirs)))
    person = Person("Ann Lee", frozenset({"caseworker"}))
    caseworker = OpenDesk(desk.store, desk.rules, desk.clock, person)
    for command in (
        do.ChangeRecord("visit", "1", 1, {"child_id": mine}),
        do.ChangeRecord("visit", "1", 1, {"cost": 1}),
        do.RemoveRecord("visit", "1", 1, "not mine"),
        do.AddRecord("visit", fields(theirs)),
    ):
        outcome = caseworker.submit(command)
        assert isinstance(outcome, Failed), command
        assert "but for your own cases" in outcome.sentence
    done(caseworker, do.AddRecord("visit", fields(mine)))
    done(caseworker, do.RemoveRecord("visit", "2", 1, "mine"))


def test_a_kind_that_nobody_declared_and_a_removal_without_a_reason_are_refused(
    desk: OpenDesk, visit: type[Any]
) -> None:
    done(desk, do.AddRecord("visit", fields(add_child(desk))))
    unknown = desk.submit(do.AddRecord("nothing", {}))
    unsaid = desk.submit(do.RemoveRecord("visit", "1", 1, " "))
    assert [(one.why, one.sentence) for one in (unknown, unsaid) if isinstance(one, Failed)] == [
        ("refused", "'nothing' is not a kind of record."),
        ("refused", "Say why it is taken out."),
    ]
