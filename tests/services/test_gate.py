"""The one gate: nothing of a session is outside of it, and every role gets what the table says."""

from __future__ import annotations

import pytest

from caseworker_app.domain.errors import Refused
from caseworker_app.domain.outcome import Done, Failed
from caseworker_app.domain.permissions import ROLES, Person
from caseworker_app.services import commands as do
from caseworker_app.services.gate import needs, ungated
from caseworker_app.services.session import Session
from tests.support.commands import add_caseworker, add_setting, reassign
from tests.support.sessions import add_child, done, incoming
from tests.support.stores import TODAY


def as_role(session: Session, *roles: str, name: str = "Ann Lee") -> Session:
    return Session(session.store, session.rules, session.clock, Person(name, frozenset(roles)))


def test_no_call_of_a_desk_is_outside_the_gate() -> None:
    assert ungated(Session) == []


def test_every_command_says_what_it_needs(session: Session) -> None:
    for command in do.Command.__args__:  # type: ignore[attr-defined]
        given = {
            name: {"child_ids": {"1": 1}, "fields": {}, "commands": (), "kind": "setting"}.get(
                name, ("1",) if name.endswith("_ids") else "1"
            )
            for name in command.__dataclass_fields__
        }
        if command is not do.Together:
            with session.store.reading() as reading:
                assert needs(command(**given), reading), command


def test_a_caseworker_changes_their_own_cases_alone(session: Session) -> None:
    done(session, add_caseworker("Ann Lee"))
    ann = session.caseworkers()[0].id
    mine, other = add_child(session, caseworker_id=ann), add_child(session, "Patel")
    caseworker = as_role(session, "caseworker")
    for child, right in ((mine, True), (other, False)):
        for command in (
            do.RecordFact(child, session.case(child).child.version, "plan_sent", TODAY),
            do.ChangeChild(child, session.case(child).child.version, {"comment": "x"}),
        ):
            outcome = caseworker.submit(command)
            assert isinstance(outcome, Done) is right, (command, outcome)
    outcome = caseworker.submit(reassign((mine, other), None))
    assert isinstance(outcome, Failed)
    assert "but for your own cases" in outcome.sentence
    assert session.case(other).facts == ()


@pytest.mark.parametrize("role", [*ROLES, ""])
def test_each_role_gets_what_the_table_says(session: Session, role: str) -> None:
    child = add_child(session)
    version = session.case(child).child.version
    somebody = as_role(session, *filter(None, [role]))
    writes = role in ("senior", "data")
    change = somebody.submit(do.ChangeChild(child, version, {"comment": "x"}))
    assert isinstance(change, Done) is writes
    setting = somebody.submit(add_setting("Mile End Gate"))
    assert isinstance(setting, Done) is writes
    worker = somebody.submit(add_caseworker("Ben Roe"))
    assert isinstance(worker, Done) is (role == "administrator")
    reads = role != ""
    for call in (somebody.cases, somebody.alerts, somebody.reviews, somebody.caseload):
        assert _let_through(call) is reads
    assert _let_through(somebody.actions) is (role not in ("", "caseworker"))
    assert _let_through(lambda: somebody.apply_import(incoming(), dry_run=True)) is (
        role in ("senior", "data", "administrator")
    )
    assert _let_through(somebody.recompute) is (role == "administrator")


def _let_through(call: object) -> bool:
    assert callable(call)
    try:
        call()
    except Refused:
        return False
    return True
