"""The one gate: nothing of a session is outside of it, and every role gets what the table says."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from caseworker_app import bootstrap
from caseworker_app.domain.errors import Refused
from caseworker_app.domain.measures.audience import Audience
from caseworker_app.domain.outcome import Done, Failed
from caseworker_app.domain.permissions import ROLES, Person
from caseworker_app.services import commands as do
from caseworker_app.services.application import Application, Counting
from caseworker_app.services.gate import ASKS, needs, ungated
from caseworker_app.services.session import Session
from tests.support.commands import add_caseworker, add_setting, reassign
from tests.support.sessions import add_child, done, incoming, incoming_case, record
from tests.support.stores import TODAY


def as_role(session: Session, *roles: str, name: str = "Ann Lee") -> Session:
    return Session(session.store, session.rules, session.clock, Person(name, frozenset(roles)))


def test_no_call_of_a_desk_is_outside_the_gate() -> None:
    assert ungated(Session) == []


def test_every_command_says_what_it_needs(session: Session) -> None:
    for command in do.Command.__args__:  # type: ignore[attr-defined]
        given = {
            name: {
                "child_ids": {"1": 1},
                "fields": {},
                "commands": (),
                "letters": (),
                "records": (),
                "kind": "setting",
            }.get(name, ("1",) if name.endswith("_ids") else "1")
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
    assert _let_through(somebody.actions) is reads
    assert _let_through(lambda: somebody.ask_export("children")) is (
        role in ("senior", "data", "reader")
    )
    assert _let_through(lambda: somebody.ask_export("board")) is (
        role in ("senior", "data", "administrator", "reader")
    )
    assert _let_through(lambda: somebody.apply_import(incoming(), dry_run=True)) is (
        role in ("caseworker", "senior", "data", "administrator")
    )
    assert _let_through(somebody.recompute) is (role == "administrator")


def test_no_way_in_of_the_application_is_outside_the_gate() -> None:
    """What tells of a store asks; the rest is of files, of rules and of no child in any store."""
    ways = {name for of in (Counting, Application) for name in vars(of) if not name.startswith("_")}
    asking = set()
    for name in ways:
        way = getattr(bootstrap, name)
        assert hasattr(way, ASKS), name
        if getattr(way, ASKS) is not None:
            asking.add(name)
    written = {"write_records", "write_paper", "write_packs", "write_calendar", "write_minutes"}
    written |= {"write_subject_access"}
    letters = {"template_asks", "copy_template", "fill_letters", "draw_letters", "send_letters"}
    figures = {"board", "dashboard", "explain_figures", "figures_by_hand", "autism_months"}
    lists = {"sen2", "write_sen2", "inspection_list", "write_inspection"}
    returns = {"department", "questions", "answer", "read_published", *lists}
    people = {"add_person", "end_person", "people_of", "give_passphrase", "new_recovery_key"}
    people |= {"change_roles"}
    kept = {"run_again", "compare_runs", "export_run"}
    assert asking == {*figures, *kept, *written, *letters, *returns, *people}


@pytest.mark.parametrize("role", ROLES)
def test_a_board_return_written_out_asks_to_export(
    session: Session, tmp_path: Path, role: str
) -> None:
    board, somebody = bootstrap.application().board, as_role(session, role)
    target = tmp_path / "return.xlsx"
    since, until = date(2026, 9, 1), date(2026, 11, 22)
    assert board(somebody, since, until).live == 0
    for edition, roles in (
        (Audience.BOARD, ("senior", "data", "administrator", "reader")),
        (Audience.TEAM, ("senior", "data", "reader")),
        (Audience.MANAGERS, ("senior", "data")),
    ):
        let = _let_through(
            lambda edition=edition: board(somebody, since, until, target=target, edition=edition)
        )
        assert let is (role in roles), (role, edition)
        assert target.exists() is let
        target.unlink(missing_ok=True)
    seen = _let_through(lambda: board(somebody, since, until, edition=Audience.MANAGERS))
    assert seen is (role in ("senior", "data", "administrator"))


@pytest.mark.parametrize("role", ROLES)
def test_what_goes_out_of_cases_asks_to_export(
    file_session: Session, tmp_path: Path, role: str
) -> None:
    done(file_session, add_setting("Ash Primary", "primary", 6))
    done(file_session, add_caseworker("Ann Lee"))
    (ash,), (ann,) = file_session.settings(), file_session.caseworkers()
    child = add_child(file_session, setting_id=ash.id, caseworker_id=ann.id)
    record(file_session, child, "plan_sent", date(2025, 12, 2))
    somebody, ways = as_role(file_session, role, name="Somebody"), bootstrap.application()
    may = role in ("senior", "data", "reader")
    out = tmp_path / "out"
    out.mkdir()
    assert _let_through(lambda: ways.write_packs(somebody, out)) is may
    target = out / "dates.ics"
    assert _let_through(lambda: ways.write_calendar(somebody, "D", [ann.id], target)) is may
    assert sorted(one.suffix for one in out.iterdir()) == [".ics", ".xlsx"] * may


def test_the_trail_of_ones_own_cases_tells_of_these_alone(session: Session) -> None:
    done(session, add_caseworker("Ann Lee"))
    ann = session.caseworkers()[0].id
    mine, other = add_child(session, caseworker_id=ann), add_child(session, "Patel")
    both = {one: session.case(one).child.version for one in (mine, other)}
    done(session, do.Reassign(both, ann))
    given = {other: session.case(other).child.version}
    done(session, do.Reassign(given, None))
    done(session, do.ChangeChild(mine, session.case(mine).child.version, {"comment": "hers"}))
    caseworker = as_role(session, "caseworker")
    for rows in (caseworker.history(), caseworker.actions()):
        assert rows
        said = " ".join(one.what for one in rows)
        assert "Okafor" in said
        assert "Patel" not in said
    assert len(session.actions()) > len(caseworker.actions())
    assert caseworker.case(mine).history
    assert caseworker.case(other).history == ()
    known = caseworker.as_known(TODAY)
    assert [one.child.id for one in known.files] == [mine]
    assert len(session.as_known(TODAY).files) == 2


def test_taking_back_asks_for_what_doing_it_asked(session: Session) -> None:
    done(session, add_caseworker("Ann Lee"))
    worker = session.actions()[0].group
    ann = session.caseworkers()[0]
    mine, other = add_child(session, caseworker_id=ann.id), add_child(session, "Patel")
    of_mine, of_other = (
        done(session, do.ChangeChild(one, session.case(one).child.version, {"comment": "x"})).undo
        for one in (mine, other)
    )
    caseworker, data = as_role(session, "caseworker"), as_role(session, "data")
    for group, somebody, sentence in (
        (worker, caseworker, "Rules, readings, lists"),
        (worker, data, "Rules, readings, lists"),
        (of_other, caseworker, "but for your own cases"),
    ):
        for command in (do.Undo(group, sure=True), do.Redo(group, sure=True)):
            outcome = somebody.submit(command)
            assert isinstance(outcome, Failed), command
            assert sentence in outcome.sentence
    done(caseworker, do.Undo(of_mine, sure=True))
    done(data, do.Undo(of_other, sure=True))
    given = {mine: session.case(mine).child.version}
    done(caseworker, do.Reassign(given, None))
    done(caseworker, do.Undo())
    assert session.case(mine).child.caseworker_id == ann.id
    # Nor need whoever gives cases to others be somebody who may change them.
    administrator = as_role(session, "administrator")
    done(administrator, do.Reassign({other: session.case(other).child.version}, ann.id))
    done(administrator, do.Undo())
    done(administrator, do.Redo())
    assert session.case(other).child.caseworker_id == ann.id
    # What somebody just opened is theirs to take back, whoever holds it.
    add_child(caseworker, "Ng")
    done(caseworker, do.Undo())
    done(caseworker, do.Redo())


def test_an_import_is_taken_back_by_who_may_import(session: Session) -> None:
    session.apply_import(incoming(incoming_case()))
    group = session.actions()[0].group
    for role, may in (("caseworker", False), ("quality", False), ("administrator", True)):
        outcome = as_role(session, role).submit(do.Undo(group, sure=True))
        assert isinstance(outcome, Done) is may, (role, outcome)


def _let_through(call: object) -> bool:
    assert callable(call)
    try:
        call()
    except Refused:
        return False
    return True
