"""A ready improvement plan is loaded whole, once, with one undo, by whoever may write it."""

from __future__ import annotations

import tomllib
from datetime import date

import pytest

from caseworker_app import paths
from caseworker_app.domain.outcome import Done, Failed
from caseworker_app.domain.permissions import Person
from caseworker_app.services import commands as do
from caseworker_app.services.improvement.following import followed
from caseworker_app.services.improvement.ready_plans import READY, ready_plan
from caseworker_app.services.session import Session
from tests.support.sessions import done


def test_a_plan_is_loaded_whole_and_never_a_second_time(session: Session) -> None:
    said = done(session, do.LoadPlan("statement_of_action"))
    assert "4 workstreams, 25 actions and 80 success measures" in said.message
    found = followed(session)
    assert [one.measure.ref for one in found.rows][:6] == [
        *("1.1a", "1.1b", "1.1c", "1.1d", "1.1e"),
        "1.2a",
    ]
    first = found.rows[0].measure
    assert (first.due, first.measure, first.kind) == (date(2022, 1, 31), "W1.1a", "milestone")
    assert [one.workstream.number for one in found.streams] == [1, 2, 3, 4]
    assert not found.fed
    again = session.submit(do.LoadPlan("statement_of_action"))
    assert isinstance(again, Failed)
    assert "is not loaded a second time" in again.sentence
    assert len(session.record_rows("success_measure")) == 80
    done(session, do.Undo(said.undo, sure=True))
    assert not session.record_rows("improvement_plan")
    assert not session.record_rows("success_measure")
    assert isinstance(session.submit(do.LoadPlan("statement_of_action")), Done)


def test_what_is_no_ready_plan_is_refused(session: Session) -> None:
    refused = session.submit(do.LoadPlan("other"))
    assert isinstance(refused, Failed)
    assert "There is no ready plan other" in refused.sentence


def test_who_may_only_read_it_does_not_load_it(session: Session) -> None:
    reader = Person("R.", frozenset({"caseworker"}))
    reading = Session(session.store, session.offered, session.clock, reader)
    refused = reading.submit(do.LoadPlan("strategy"))
    assert isinstance(refused, Failed)
    assert followed(reading).rows == ()


def test_every_plan_that_comes_along_can_be_loaded() -> None:
    files = (paths.resources() / "improvement").glob("*.toml")
    plans = {one.stem for one in files if "[[workstream]]" in one.read_text(encoding="utf-8")}
    assert plans == READY.keys()


@pytest.mark.parametrize("name", READY)
def test_every_measure_named_is_one_of_the_catalogue_and_every_line_is_whole(name: str) -> None:
    path = paths.resources() / "catalogue" / "measures.toml"
    known = {one["ref"] for one in tomllib.loads(path.read_text(encoding="utf-8"))["measure"]}
    refs: list[str] = []
    for stream in ready_plan(name)["workstream"]:
        for action in stream["action"]:
            for ref, words, kind, due, target, fed in action["measures"]:
                refs.append(ref)
                assert all((ref, words, due, target)), ref
                assert kind in ("milestone", "measure")
                assert fed in known or not fed, ref
    assert len(refs) == len(set(refs))
