"""A record declared in ten lines is kept, checked, audited and undone by its declaration."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from caseworker_app.domain.kinds import kind_of
from caseworker_app.domain.outcome import Failed
from caseworker_app.domain.permissions import Person
from caseworker_app.services import commands as do
from caseworker_app.services.session import Session
from caseworker_app.store import engine
from caseworker_app.store.tables import table_of
from tests.support import toy
from tests.support.commands import add_caseworker, add_setting
from tests.support.sessions import add_child, done, record

WENT = date(2026, 10, 5)


@pytest.fixture
def visit(session: Session) -> Iterator[type[Any]]:
    with toy.visits(session.store) as of:  # type: ignore[arg-type]
        yield of


def fields(child: str, **more: Any) -> dict[str, Any]:
    return {"child_id": child, "on": WENT, "way": "home", **more}


def kept(session: Session, of: type[Any]) -> dict[str, Any]:
    with session.store.reading() as reading:
        return reading.all_of(kind_of(of))


def test_it_is_added_changed_and_taken_out_each_with_one_undo(
    session: Session, visit: type[Any]
) -> None:
    child = add_child(session)
    setting = done(session, add_setting("Mile End Gate")) and session.settings()[0].id
    added = done(
        session,
        do.AddRecord(
            "visit", fields(child, said="They were\nin.", cost=1250, again=True, setting_id=setting)
        ),
    )
    assert added.message == "Visit added for Okafor, Grace."
    (one,) = kept(session, visit).values()
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
    changed = done(session, do.ChangeRecord("visit", "1", 1, {"cost": 900, "again": False}))
    assert changed.message == "Visit changed for Okafor, Grace."
    after = kept(session, visit)["1"]
    assert (after.cost, after.again, after.version) == (900, False, 2)
    done(session, do.RemoveRecord("visit", "1", 2, "wrong child"))
    assert kept(session, visit) == {}

    for there in (after, one):
        done(session, do.Undo())
        back = kept(session, visit)["1"]
        assert {**_said(back), "version": 0} == {**_said(there), "version": 0}
    done(session, do.Undo())
    assert kept(session, visit) == {}
    for count in (1, 1, 0):
        done(session, do.Redo())
        assert len(kept(session, visit)) == count
    assert session.check() == ()


def _said(value: Any) -> dict[str, Any]:
    return {one.name: getattr(value, one.name) for one in kind_of(value).fields}


def test_the_trail_keeps_what_differs_and_says_it(session: Session, visit: type[Any]) -> None:
    child = add_child(session)
    done(session, do.AddRecord("visit", fields(child)))
    done(session, do.ChangeRecord("visit", "1", 1, {"said": "Nobody was in."}))
    with session.store.reading() as reading:
        entry, made = reading.latest_entries(2, ("visit", "1"))
    assert (entry.before, entry.after) == ('{"said":""}', '{"said":"Nobody was in."}')
    assert entry.what == "visit changed: what was said"
    assert made.before == ""
    assert '"on":"2026-10-05"' in made.after


@pytest.mark.parametrize(
    ("given", "field", "sentence"),
    [
        ({"on": None}, "on", "Date: this is needed."),
        ({"way": ""}, "way", "Way: this is needed."),
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
    session: Session, visit: type[Any], given: dict[str, Any], field: str, sentence: str
) -> None:
    child = add_child(session)
    done(session, do.AddRecord("visit", fields(child)))
    for command in (
        do.AddRecord("visit", {**fields(child), **given}),
        do.ChangeRecord("visit", "1", 1, given),
    ):
        outcome = session.submit(command)
        assert isinstance(outcome, Failed), command
        assert (outcome.field, outcome.sentence) == (field, sentence)
    assert len(kept(session, visit)) == 1


def test_edits_of_other_fields_both_stand_and_of_the_same_ask(
    session: Session, visit: type[Any]
) -> None:
    child = add_child(session)
    done(session, do.AddRecord("visit", fields(child)))
    done(session, do.ChangeRecord("visit", "1", 1, {"cost": 100}))
    done(session, do.ChangeRecord("visit", "1", 1, {"rooms": 3}))
    outcome = session.submit(do.ChangeRecord("visit", "1", 1, {"cost": 200}))
    assert isinstance(outcome, Failed)
    assert outcome.why == "stale"
    one = kept(session, visit)["1"]
    assert (one.cost, one.rooms, one.version) == (100, 3, 3)


def test_a_case_that_something_was_added_to_is_not_undone(
    session: Session, visit: type[Any]
) -> None:
    child = add_child(session)
    opened = session.history()[0].group
    done(session, do.AddRecord("visit", fields(child, cost=5)))
    refused = session.submit(do.Undo(opened))
    assert isinstance(refused, Failed)
    assert refused.sentence == (
        "“Case opened for Okafor, Grace” cannot be undone: a visit for Okafor, Grace was added "
        "since."
    )
    done(session, do.Undo())
    done(session, do.Undo(opened))
    assert session.cases() == ()


def test_a_merge_moves_what_belongs_to_the_case_that_goes(
    session: Session, visit: type[Any]
) -> None:
    keep, gone = add_child(session), add_child(session)
    done(session, do.AddRecord("visit", fields(gone)))
    versions = [session.case(one).child.version for one in (keep, gone)]
    done(session, do.MergeChildren(keep, versions[0], gone, versions[1]))
    assert [one.child_id for one in kept(session, visit).values()] == [keep]
    done(session, do.Undo(session.history()[0].group, sure=True))
    assert [one.child_id for one in kept(session, visit).values()] == [gone]
    assert session.check() == ()


def test_a_split_takes_the_records_that_were_chosen_and_undo_brings_them_back(
    session: Session, visit: type[Any]
) -> None:
    child = add_child(session)
    for day in (date(2020, 5, 4), date(2021, 5, 4)):
        record(session, child, "plan_sent", day)
    for cost in (1, 2):
        done(session, do.AddRecord("visit", fields(child, cost=cost)))
    case = session.case(child)
    ids = [fact.id for fact in case.facts]
    assert session.owned_words(child) == (
        ("visit/1", "Visit: 5 Oct 2026, Home visit, £0.01, No"),
        ("visit/2", "Visit: 5 Oct 2026, Home visit, £0.02, No"),
    )
    split = do.SplitChild(
        child,
        case.child.version,
        (ids[0],),
        "Okafor",
        "Grace Two",
        date(2014, 3, 4),
        records=("visit/2",),
    )
    told = {part.heading.split(" with")[0]: part.lines for part in session.preview(split).parts}
    assert [lines for heading, lines in told.items() if heading.startswith("Records that go")] == [
        ("Visit: 5 Oct 2026, Home visit, £0.02, No",)
    ]
    assert isinstance(session.submit(replace(split, records=("visit/9",))), Failed)
    made = done(session, split)
    (new,) = set(made.child_ids) - {child}
    assert {one.id: one.child_id for one in kept(session, visit).values()} == {"1": child, "2": new}
    done(session, do.Undo(made.undo, sure=True))
    assert {one.child_id for one in kept(session, visit).values()} == {child}
    done(session, do.Redo(made.undo, sure=True))
    assert kept(session, visit)["2"].child_id == new
    assert session.check() == ()


def test_what_others_point_at_cannot_be_taken_out(session: Session, visit: type[Any]) -> None:
    child = add_child(session)
    done(session, add_setting("Mile End Gate"))
    setting = session.settings()[0]
    done(session, do.AddRecord("visit", fields(child, setting_id=setting.id)))
    outcome = session.submit(do.RemoveRecord("setting", setting.id, setting.version, "closed"))
    assert isinstance(outcome, Failed)
    assert outcome.sentence == "Mile End Gate is in use."
    assert session.settings() == (setting,)


def test_the_database_holds_codes_and_links_too(session: Session, visit: type[Any]) -> None:
    child = add_child(session)
    done(session, do.AddRecord("visit", fields(child)))
    table, store = table_of(kind_of(visit)), session.store
    for wrong in ({"way": "swim"}, {"child_id": 77}, {"on": None}):
        with (
            pytest.raises(IntegrityError),
            engine.begin(store.engine, "here", write=True) as connection,  # type: ignore[attr-defined]
        ):
            connection.execute(table.update().values(**wrong))


def test_rows_come_back_by_kind(session: Session, visit: type[Any]) -> None:
    child = add_child(session)
    added = done(session, do.AddRecord("visit", fields(child)))
    assert [one.id for one in added.rows_of("visit")] == ["1"]
    gone = done(session, do.RemoveRecord("visit", "1", 1, "wrong child"))
    assert gone.gone == {"visit": ("1",)}


def test_a_record_moves_to_ones_own_case_from_ones_own_case_alone(
    session: Session, visit: type[Any]
) -> None:
    done(session, add_caseworker("Ann Lee"))
    mine, theirs = (
        add_child(session, caseworker_id=session.caseworkers()[0].id),
        add_child(session, "Patel"),
    )
    done(session, do.AddRecord("visit", fields(theirs)))
    person = Person("Ann Lee", frozenset({"caseworker"}))
    caseworker = Session(session.store, session.rules, session.clock, person)
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
    session: Session, visit: type[Any]
) -> None:
    done(session, do.AddRecord("visit", fields(add_child(session))))
    unknown = session.submit(do.AddRecord("nothing", {}))
    unsaid = session.submit(do.RemoveRecord("visit", "1", 1, " "))
    assert [(one.why, one.sentence) for one in (unknown, unsaid) if isinstance(one, Failed)] == [
        ("refused", "'nothing' is not a kind of record."),
        ("refused", "Say why it is taken out."),
    ]
