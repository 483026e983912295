"""Kept dates against the rules in force: shown, recounted, proved."""

from __future__ import annotations

import re
from datetime import date

import pytest
from sqlalchemy import text

from caseworker_app import bootstrap, paths, rulebook
from caseworker_app.bootstrap import RulePack
from caseworker_app.domain.errors import Cancelled, Refused
from caseworker_app.domain.outcome import Failed
from caseworker_app.services import commands as do
from caseworker_app.services.session import Session
from caseworker_app.store import reading
from caseworker_app.store.engine import begin
from caseworker_app.store.sql_store import SqlStore
from tests.support.packs import slower
from tests.support.sessions import done, reviewed
from tests.support.stores import PASSPHRASE, TODAY


def _with_slower_rules(session: Session) -> Session:
    return Session(session.store, slower(), session.clock, session.person)


def _latest(session: Session, child_id: str) -> date:
    return max(one.due for one in session.case(child_id).deadlines if one.rule == "AR-07")


def test_other_rules_are_shown_before_they_take_effect(session: Session) -> None:
    child_id = reviewed(session, reference="TH-1")
    slower = _with_slower_rules(session)
    assert not session.rules_changed()
    assert slower.rules_changed()
    assert not slower.counted_otherwise()
    before = session.case(child_id).deadlines

    changes = slower.changes_by_new_rules()

    assert [(one.reference, one.rule, one.name) for one in changes] == [
        ("TH-1", "AR-07", "Okafor, Grace"),
        ("TH-1", "AR-07", "Okafor, Grace"),
    ]
    moved = {(one.old, one.new) for one in changes}
    assert (date(2026, 11, 13), date(2026, 11, 20)) in moved
    assert session.case(child_id).deadlines == before


def test_other_rules_recount_everything_once(session: Session) -> None:
    child_id = reviewed(session)
    slower = _with_slower_rules(session)
    seen: list[tuple[int, int, str]] = []

    assert slower.recompute(lambda *told: seen.append(told)) == 2

    assert seen[-1][:2] == (1, 1)
    assert _latest(slower, child_id) == date(2026, 11, 20)
    assert slower.check() == ()
    assert slower.changes_by_new_rules() == ()
    assert not slower.rules_changed()
    assert slower.recompute() == 0
    assert slower.actions(1)[0].what == "Rule pack 2027.2.1 put in force, before it 2026.11.22"
    # It is a change of somebody's, which can be taken back when they say so.
    last = slower.last_undo()
    assert last is not None
    asked = slower.submit(do.Undo())
    assert isinstance(asked, Failed)
    assert asked.why == "unsure"
    done(slower, do.Undo(last[0], sure=True))
    assert _latest(slower, child_id) == date(2026, 11, 13)
    assert slower.check() == ()
    assert slower.rules_changed()


def test_children_read_in_several_runs_are_each_counted_once(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    children = [
        reviewed(session, name, reference=f"TH-{one}")
        for one, name in enumerate(("Okafor", "Patel", "Novak", "Hughes", "Ali"))
    ]
    monkeypatch.setattr(reading, "_IN_A_RUN", 2)
    slower = _with_slower_rules(session)
    seen: list[tuple[int, int, str]] = []

    assert slower.recompute(lambda *told: seen.append(told)) == 2 * len(children)

    assert sorted({done for done, total, _ in seen if total == 5}) == [0, 2, 4, 5]
    assert {_latest(slower, one) for one in children} == {date(2026, 11, 20)}
    assert slower.check() == ()
    # A row that was changed by hand, in the last run alone, is found there and mended.
    assert isinstance(session.store, SqlStore)
    with begin(session.store.engine, session.where, write=True) as connection:
        changed = "UPDATE deadline SET holder = 'nobody' WHERE child_id = :child AND position = 1"
        connection.execute(text(changed), {"child": int(children[-1])})
    (fault,) = slower.check()
    assert "TH-4" in fault
    assert slower.recompute() == 1
    assert slower.check() == ()


def test_a_recount_that_is_cancelled_changes_nothing(session: Session) -> None:
    child_id = reviewed(session)
    before = session.case(child_id).deadlines
    slower = _with_slower_rules(session)

    def stop(done_: int, total: int, words: str) -> None:
        del total, words
        if done_:
            raise Cancelled("Stopped.")

    with pytest.raises(Cancelled):
        slower.recompute(stop)

    assert session.case(child_id).deadlines == before
    assert slower.rules_changed()
    assert session.check() == ()


def test_other_rules_do_not_cover_dates_that_those_before_did_not_give(session: Session) -> None:
    child_id = reviewed(session, reference="TH-1")
    assert isinstance(session.store, SqlStore)
    with begin(session.store.engine, session.where, write=True) as connection:
        late = "UPDATE deadline SET due = due + 30 WHERE child_id = :child AND position = 1"
        connection.execute(text(late), {"child": int(child_id)})
    slower = _with_slower_rules(session)
    with pytest.raises(Refused, match="case TH-1 are not those of the rules in force"):
        slower.recompute()
    assert any("TH-1" in one for one in session.check())
    # To mend them is an act of its own, and the history says that nothing explains it.
    assert session.recompute() >= 1
    assert session.history(1)[0].what.endswith("no rule did and nothing on record explains it")
    assert slower.recompute() > 0
    assert slower.check() == ()


def test_opening_mends_nothing_that_somebody_took_away(file_session: Session) -> None:
    reviewed(file_session, reference="TH-1")
    assert isinstance(file_session.store, SqlStore)
    with begin(file_session.store.engine, file_session.where, write=True) as connection:
        connection.execute(text("DELETE FROM meta WHERE name = 'rules'"))
        connection.execute(text("UPDATE deadline SET due = due + 30 WHERE position = 1"))
    before = len(file_session.history(99))
    file_session.close()
    session = bootstrap.open_session(file_session.where, passphrase=PASSPHRASE, today=TODAY)
    said = session.check()
    assert "By which rules the dates were counted is not noted any more." in said
    assert any("TH-1 differ from a fresh count" in one for one in said)
    assert len(session.history(99)) == before
    session.close()


def test_opening_with_other_rules_recounts_nothing(
    file_session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    child_id = reviewed(file_session)
    before = file_session.case(child_id).deadlines
    file_session.close()
    monkeypatch.setattr(bootstrap, "PACK", slower())

    session = bootstrap.open_session(file_session.where, passphrase=PASSPHRASE, today=TODAY)
    assert session.rules_changed()
    assert session.check() == ()
    assert session.case(child_id).deadlines == before
    assert session.rules.version == "2026.11.22"
    session.recompute()
    assert not session.rules_changed()
    assert session.check() == ()
    assert session.case(child_id).deadlines != before
    session.close()


def test_other_wording_of_a_rule_changes_no_date(session: Session) -> None:
    child_id = reviewed(session)

    title = re.compile(r'^title = "(.*)"$', re.MULTILINE)
    files = {
        name: title.sub(r'title = "\1!"', text)
        for name, text in rulebook.shipped(paths.resources()).files.items()
    }
    rules = RulePack(rulebook.PackText(files))
    reworded = Session(session.store, rules, session.clock, session.person)

    assert reworded.changes_by_new_rules() == ()
    assert reworded.recompute() == 0
    assert all(alert.what.endswith("!") for alert in reworded.alerts())
    assert reworded.check() == ()
    assert reworded.case(child_id).deadlines[0].version.title.endswith("!")
    assert isinstance(session.store, SqlStore)
    with begin(session.store.engine, session.where, write=True) as connection:
        connection.execute(text("UPDATE rule_version SET body = replace(body, '!', '?')"))
    found = reworded.check()
    assert "The kept wording of rule AR-07 is not that of the pack." in found


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE deadline SET due = due - 30 WHERE position = 2", "differ from a fresh count"),
        ("DELETE FROM deadline WHERE position = 0", "differ from a fresh count"),
        ("UPDATE deadline SET closed_on = NULL", "differ from a fresh count"),
        ("UPDATE fact SET day = '2024-11-15' WHERE id = 1", "differ from a fresh count"),
        ("UPDATE child SET standing = ''", "differ from a fresh count"),
    ],
)
def test_check_finds_dates_that_are_not_those_of_the_facts(
    session: Session, statement: str, said: str
) -> None:
    reviewed(session, reference="TH-1")
    reviewed(session, "Patel", reference="TH-2")
    assert session.check() == ()
    assert isinstance(session.store, SqlStore)
    with begin(session.store.engine, session.where, write=True) as connection:
        where = "AND" if "WHERE" in statement else "WHERE"
        key = "id" if "child SET" in statement else "child_id"
        key = "id" if statement.startswith("UPDATE fact") else key
        connection.execute(text(f"{statement} {where} {key} = 1"))

    found = session.check()

    # A fact that was changed behind the trail is told by the trail too.
    assert len(found) == 1 + statement.startswith("UPDATE fact")
    assert said in found[-1]
    assert all("TH-1" in one and "Okafor" not in one for one in found)


def test_older_rules_do_not_take_the_place_of_newer_ones(session: Session) -> None:
    """Else two versions of the application on one database would recount it by turns."""
    child_id = reviewed(session)
    _with_slower_rules(session).recompute()

    assert not session.rules_changed()
    assert session.recompute() == 0
    refused = session.submit(do.AcceptRules())
    assert isinstance(refused, Failed)
    assert "older than those in force" in refused.sentence
    assert session.rules.version == "2027.2.1"
    assert _latest(session, child_id) == date(2026, 11, 20)
    assert session.check() == ()
