"""The rule pack that a store keeps: versions of the application agree, none recounts another."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import text

from caseworker_app import bootstrap, paths, rulebook
from caseworker_app.domain.binding import PACK
from caseworker_app.domain.errors import Unavailable, Unreadable
from caseworker_app.domain.outcome import Failed
from caseworker_app.domain.permissions import Person
from caseworker_app.rule_pack import RulePack
from caseworker_app.rulebook import PackText
from caseworker_app.services import commands as do
from caseworker_app.services.rules.in_force import PACK_KEPT, RULES_KEPT, binding_of
from caseworker_app.services.session import Session
from caseworker_app.store.engine import begin
from caseworker_app.store.sql_store import SqlStore
from tests.support import packs
from tests.support.sessions import done, reviewed


def due(session: Session, child_id: str, rule: str = "AR-07") -> date:
    return max(one.due for one in session.case(child_id).deadlines if one.rule == rule)


def target(session: Session, child_id: str) -> date:
    """The working day to do what is due on 13 November by."""
    found = session.case(child_id).deadlines
    return next(one.target for one in found if one.due == date(2026, 11, 13))


def test_a_new_store_keeps_the_pack_it_was_made_with(session: Session) -> None:
    with session.store.reading() as reading:
        pack = binding_of(reading).pack
    assert pack is not None
    assert pack.pack == bootstrap.PACK.version
    shipped = rulebook.shipped(paths.resources())
    again = rulebook.unpacked(pack.body)
    assert again.files == shipped.files
    assert again.fingerprint == shipped.fingerprint == pack.fingerprint
    assert session.rules is session.offered
    assert not session.rules_changed()
    assert session.last_undo() is None
    assert session.check() == ()


def test_a_newer_application_counts_by_the_pack_in_force_until_somebody_accepts_its_own(
    session: Session,
) -> None:
    first = reviewed(session)
    newer = Session(session.store, packs.slower(), session.clock, Person("B. Newer"))
    assert newer.rules_changed()
    second = reviewed(newer, "Patel", reference="TH-2")
    assert due(newer, first) == due(newer, second) == due(session, second) == date(2026, 11, 13)
    assert newer.rules.version == session.rules.version
    assert session.check() == newer.check() == ()

    done(newer, do.AcceptRules())

    assert due(session, first) == due(session, second) == date(2026, 11, 20)
    third = reviewed(session, "Older", reference="TH-3")
    assert due(newer, third) == date(2026, 11, 20)
    assert session.rules.version == newer.rules.version == "2027.2.1"
    assert not session.rules_changed()
    assert not newer.rules_changed()
    assert session.check() == newer.check() == ()


def test_what_was_shown_is_what_is_accepted(session: Session) -> None:
    newer = Session(session.store, packs.slower(), session.clock, Person("B. Newer"))
    refused = newer.submit(do.AcceptRules(offered="another one"))
    assert isinstance(refused, Failed)
    assert "look at them again" in refused.sentence
    done(newer, do.AcceptRules(offered=newer.offered.to_keep()["fingerprint"]))


def test_other_bank_holidays_are_other_rules(session: Session) -> None:
    child_id = reviewed(session)
    days = {2026: bootstrap.PACK.text.closed(2026) | {date(2026, 11, 13)}}
    more = RulePack(PackText(bootstrap.PACK.text.files, days))
    other = Session(session.store, more, session.clock, Person("B. Newer"))
    same = RulePack(PackText(bootstrap.PACK.text.files, {2026: bootstrap.PACK.text.closed(2026)}))

    assert not Session(session.store, same, session.clock, Person("C. Same")).rules_changed()
    assert other.rules_changed()
    assert target(other, child_id) == date(2026, 11, 13)
    other.recompute()
    assert not other.rules_changed()
    assert target(session, child_id) == date(2026, 11, 12)
    assert not session.rules.loaded[1].england.is_working(date(2026, 11, 13))  # type: ignore[attr-defined]
    assert session.check() == other.check() == ()


@pytest.mark.parametrize("harm", ["a key of tomorrow", "a way to count of tomorrow"])
def test_a_pack_that_this_application_cannot_read_is_refused_in_a_sentence(
    session: Session, harm: str
) -> None:
    reviewed(session)
    newer = Session(session.store, packs.slower(), session.clock, Person("B. Newer"))
    newer.recompute()
    with session.store.writing() as unit:
        pack = binding_of(unit).pack
        assert pack is not None
        if harm == "a key of tomorrow":
            files = dict(rulebook.unpacked(pack.body).files)
            files["rules/AR-07.toml"] += "colour = 'red'\n"
            made = RulePack(PackText(files), application=packs.LATER).to_keep()
            unit.put(PACK, [], [replace(pack, **made)])
        else:
            unit.put(PACK, [], [replace(pack, counting=pack.counting + 1)])
        unit.set_meta({RULES_KEPT: "of tomorrow", PACK_KEPT: "of tomorrow"})

    fresh = Session(session.store, bootstrap.PACK, session.clock, Person("C. Older"))
    with pytest.raises(Unavailable, match=r"came with Caseworker 9\.0\.0, and this one, .* update"):
        fresh.refuse_newer_rules()
    refused = fresh.submit(do.AddChild({"surname": "A", "forename": "B", "born": date(2014, 1, 1)}))
    assert isinstance(refused, Failed)
    assert "update this Caseworker first" in refused.sentence


def test_a_pack_that_is_damaged_is_told(session: Session) -> None:
    newer = Session(session.store, packs.slower(), session.clock, Person("B. Newer"))
    newer.recompute()
    assert isinstance(session.store, SqlStore)
    with begin(session.store.engine, session.where, write=True) as connection:
        connection.execute(text("UPDATE pack_in_force SET body = substr(body, 9)"))
        connection.execute(text("UPDATE meta SET value = 'x' WHERE name = 'rules'"))
    with pytest.raises(Unreadable, match="rule pack kept in the store is damaged"):
        assert Session(session.store, bootstrap.PACK, session.clock, Person("C. Older")).rules
    assert session.check()[-1] == "The rule pack kept in the store is damaged."


def test_own_rules_wait_for_a_pack_where_a_store_keeps_none(session: Session) -> None:
    """As an older Caseworker left it: its dates stay, and nothing is counted by unknown rules."""
    child_id = reviewed(session)
    with session.store.writing() as unit:
        pack = binding_of(unit).pack
        assert pack is not None
        unit.remove(PACK, [pack.id])
        unit.set_meta({RULES_KEPT: "as it was then", PACK_KEPT: ""})
    older = Session(session.store, bootstrap.PACK, session.clock, Person("B. Newer"))
    assert older.rules_changed()
    target = {
        "rule": "AR-07",
        "title": "Ours",
        "number": 3,
        "unit": "weeks_after",
        "since": date(2026, 9, 1),
        "source": "Cabinet",
        "set_on": date(2026, 11, 22),
    }
    refused = older.submit(do.AddRecord("local_target", target))
    assert isinstance(refused, Failed)
    assert "bring them up to date first" in refused.sentence

    assert older.adopt_rules()

    assert not older.rules_changed()
    assert due(older, child_id) == date(2026, 11, 13)
    done(older, do.AddRecord("local_target", target))


def test_a_store_without_a_pack_is_not_taken_over_where_dates_would_move(session: Session) -> None:
    child_id = reviewed(session)
    with session.store.writing() as unit:
        pack = binding_of(unit).pack
        assert pack is not None
        unit.remove(PACK, [pack.id])
        unit.set_meta({RULES_KEPT: "as it was then", PACK_KEPT: ""})
    newer = Session(session.store, packs.slower(), session.clock, Person("B. Newer"))
    assert not newer.adopt_rules()
    assert due(newer, child_id) == date(2026, 11, 13)
    assert newer.recompute() > 0
    assert due(newer, child_id) == date(2026, 11, 20)
