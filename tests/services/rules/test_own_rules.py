"""The council's own rules in the store: by commands, for everyone alike, with undo and trail."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from caseworker_app import bootstrap
from caseworker_app.domain.outcome import Failed
from caseworker_app.domain.permissions import Person
from caseworker_app.services import commands as do
from caseworker_app.services.rules.bringing_in import bring_in
from caseworker_app.services.session import Session
from caseworker_app.store.opening import restore_into
from tests.support import packs
from tests.support.sessions import done, reviewed
from tests.support.stores import HOW, TODAY, Places, session_at

TARGET: dict[str, Any] = {
    "rule": "AR-07",
    "title": "Decision, our three weeks",
    "number": 3,
    "unit": "weeks_after",
    "since": date(2026, 9, 1),
    "source": "Cabinet, 4 March 2026",
    "set_on": TODAY,
}
VERSION: dict[str, Any] = {
    "rule": "AR-07",
    "since": date(2026, 9, 1),
    "title": "Decision after review",
    "what": "Decide within three weeks of the meeting.",
    "number": 3,
    "unit": "weeks_after",
    "period": "within 3 weeks",
    "source": "Some Regulations 2026, reg 5",
    "address": "https://example.org/regulations",
    "checked_on": TODAY,
}
READING = {"point": "A2", "code": "anniversary"}
CLOSED = {"on": date(2026, 11, 13), "name": "Day of mourning"}


@pytest.fixture
def at_review(places: Places) -> Iterator[tuple[Session, str]]:
    """A store with a child at a review, and who it is."""
    where, child_id = places.copy(reviewed)
    session = session_at(where)
    yield session, child_id
    session.close()


def due(session: Session, child_id: str, rule: str) -> date | None:
    open_ones = [one for one in session.case(child_id).deadlines if one.rule == rule]
    return max((one.due for one in open_ones), default=None)


def own(session: Session, kind: str) -> list[Any]:
    return [row.record for row in session.record_rows(kind)]


def another(session: Session, who: str, *roles: str) -> Session:
    """Somebody else at the same store, through a connection of their own."""
    person = Person(who, frozenset(roles)) if roles else Person(who)
    where = session.where if "://" not in session.where else session.store.place.url  # type: ignore[attr-defined]
    opened = session_at(where)
    return Session(opened.store, bootstrap.PACK, opened.clock, person)


@pytest.mark.parametrize(
    ("kind", "fields", "rule", "before", "after"),
    [
        ("local_target", TARGET, "OWN-AR-07", None, date(2026, 11, 6)),
        ("own_version", VERSION, "AR-07", date(2026, 11, 13), date(2026, 11, 6)),
        ("chosen_reading", READING, "AR-02", date(2026, 10, 29), date(2026, 10, 30)),
    ],
)
def test_an_own_rule_moves_its_dates_with_it_and_back(
    at_review: tuple[Session, str],
    kind: str,
    fields: dict[str, Any],
    rule: str,
    before: date | None,
    after: date,
) -> None:
    session, child_id = at_review
    assert due(session, child_id, rule) == before
    command = do.AddRecord(kind, fields)
    moved = session.changes_by(command)
    assert (rule, before, after) in {(one.rule, one.old, one.new) for one in moved}
    assert due(session, child_id, rule) == before

    outcome = done(session, command)

    assert due(session, child_id, rule) == after
    assert outcome.everything
    assert outcome.recounted is not None
    assert outcome.recounted[0] >= len(moved) > 0
    assert outcome.message.endswith("of 1 child counted anew.")
    assert session.check() == ()
    assert session.history(1)[0].who == "A. Tester"
    done(session, do.Undo())
    assert due(session, child_id, rule) == before
    assert not session.has_own_rules()
    done(session, do.Redo())
    assert due(session, child_id, rule) == after
    assert session.check() == ()
    (kept,) = own(session, kind)
    done(session, do.RemoveRecord(kind, kept.id, kept.version, "no longer"))
    assert due(session, child_id, rule) == before
    assert session.check() == ()


def test_a_closed_day_moves_what_is_worked_to(session: Session) -> None:
    child_id = reviewed(session)

    def target() -> date:
        found = session.case(child_id).deadlines
        return next(one.target for one in found if one.due == date(2026, 11, 13))

    assert target() == date(2026, 11, 13)
    done(session, do.AddRecord("closed_day", CLOSED))
    assert target() == date(2026, 11, 12)
    again = session.submit(do.AddRecord("closed_day", CLOSED))
    assert isinstance(again, Failed)
    assert (again.field, again.sentence) == ("on", "13 Nov 2026 is there already.")


@pytest.mark.parametrize(
    ("kind", "fields", "field"),
    [
        ("local_target", {**TARGET, "rule": "AR-13"}, "rule"),
        ("local_target", {**TARGET, "rule": "XX-01"}, "rule"),
        ("local_target", {**TARGET, "number": 0}, "number"),
        ("local_target", {**TARGET, "unit": "months_after"}, "unit"),
        ("local_target", {**TARGET, "source": " "}, "source"),
        ("local_target", {**TARGET, "since": date(2000, 1, 1)}, ""),
        ("own_version", {**VERSION, "since": date(2014, 9, 1)}, "since"),
        ("own_version", {**VERSION, "address": "a book"}, "address"),
        ("own_version", {**VERSION, "number": None}, "number"),
        ("own_version", {**VERSION, "unit": ""}, "unit"),
        ("chosen_reading", {**READING, "point": "A99"}, ""),
        ("chosen_reading", {**READING, "code": "whim"}, ""),
        ("rule_file", {"name": "ours.toml", "body": "duty = 3"}, ""),
        ("alert_threshold", {"level": "amber", "rules": frozenset(), "days": 3}, "rules"),
        ("alert_threshold", {"level": "red", "age": 18, "days": 3}, "months"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(
    at_review: tuple[Session, str], kind: str, fields: dict[str, Any], field: str
) -> None:
    session, child_id = at_review
    before = session.case(child_id).deadlines
    outcome = session.submit(do.AddRecord(kind, fields))
    if field == "" and kind == "local_target":
        # Nothing before the law began is counted by anything but its first version.
        assert not isinstance(outcome, Failed)
        return
    assert isinstance(outcome, Failed)
    assert (outcome.why, outcome.field) == ("refused", field)
    assert not session.has_own_rules()
    assert session.case(child_id).deadlines == before
    assert session.check() == ()


def test_thresholds_of_our_own_stand_in_the_place_of_those_that_came_along(
    session: Session,
) -> None:
    reviewed(session)
    came_along = session.thresholds()
    fields = {
        "level": "escalate",
        "rules": frozenset({"AR-07"}),
        "days": 90,
        "said": "a quarter before",
    }
    outcome = done(session, do.AddRecord("alert_threshold", fields))
    assert outcome.recounted == (0, 0)
    assert outcome.message.endswith("No date moved.")
    (ours,) = session.thresholds().deadlines
    assert (ours.days, ours.words) == (90, "a quarter before")
    assert "a quarter before" in {row.alert for row in session.weigh(session.alerts())}
    done(session, do.Undo())
    assert session.thresholds() == came_along


def test_two_people_at_one_store_count_by_the_same_rules(session: Session) -> None:
    child_id = reviewed(session)
    other = another(session, "B. Other")
    assert other.rules.fingerprint == session.rules.fingerprint
    done(session, do.AddRecord("local_target", TARGET))

    assert other.rules.rulebook.of("OWN-AR-07")
    assert due(other, child_id, "OWN-AR-07") == date(2026, 11, 6)
    second = reviewed(other, "Patel", reference="TH-2")
    assert due(session, second, "OWN-AR-07") == date(2026, 11, 6)
    assert not other.rules_changed()
    assert session.check() == other.check() == ()
    (kept,) = own(other, "local_target")
    done(other, do.ChangeRecord("local_target", kept.id, kept.version, {"number": 2}))
    stale = session.submit(do.ChangeRecord("local_target", kept.id, kept.version, {"number": 1}))
    assert isinstance(stale, Failed)
    assert stale.why == "stale"
    assert due(session, child_id, "OWN-AR-07") == date(2026, 10, 30)
    other.close()


def test_two_stores_have_each_their_own(session: Session, places: Places) -> None:
    other = session_at(places.new())
    done(session, do.AddRecord("local_target", TARGET))
    assert session.rulebook().of("OWN-AR-07")
    assert not other.rulebook().of("OWN-AR-07")
    other.close()
    assert not bootstrap.PACK.rulebook.of("OWN-AR-07")


def test_a_caseworker_reads_the_rules_and_changes_none(session: Session) -> None:
    reviewed(session)
    caseworker = another(session, "C. Worker", "caseworker")
    assert caseworker.rulebook().of("AR-07")
    assert not caseworker.may_set_up()
    commands: list[do.Command] = [
        do.AddRecord("local_target", TARGET),
        do.AddRecord("closed_day", CLOSED),
        do.AcceptRules(),
    ]
    for command in commands:
        refused = caseworker.submit(command)
        assert isinstance(refused, Failed)
        assert "Rules, readings, lists" in refused.sentence
    assert not session.has_own_rules()
    caseworker.close()


def test_a_backup_carries_the_rules(file_session: Session, tmp_path: Path) -> None:
    child_id = reviewed(file_session)
    done(file_session, do.AddRecord("local_target", TARGET))
    done(file_session, do.AddRecord("chosen_reading", READING))
    backup = tmp_path / "rules.backup"
    file_session.backup(backup)
    (kept,) = own(file_session, "local_target")
    done(file_session, do.RemoveRecord("local_target", kept.id, kept.version, "gone"))
    where = file_session.where
    file_session.close()

    restore_into(backup, where, HOW)

    again = session_at(where)
    assert due(again, child_id, "OWN-AR-07") == date(2026, 11, 6)
    assert again.rulebook().reads("A2") == "anniversary"
    assert again.check() == ()
    again.close()


def test_own_rules_stay_when_a_newer_pack_is_put_in_force(session: Session) -> None:
    child_id = reviewed(session)
    done(session, do.AddRecord("local_target", TARGET))
    newer = Session(session.store, packs.slower(), session.clock, session.person)
    assert newer.rules_changed()
    assert due(newer, child_id, "AR-07") == date(2026, 11, 13)
    second = reviewed(newer, "Patel", reference="TH-2")
    assert due(newer, second, "AR-07") == date(2026, 11, 13)
    assert newer.recompute() > 0
    for key in (child_id, second):
        assert due(session, key, "AR-07") == date(2026, 11, 20)
        assert due(session, key, "OWN-AR-07") == date(2026, 11, 6)
    assert session.check() == newer.check() == ()


def test_rules_of_a_folder_come_in_once_and_as_they_were(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    child_id = reviewed(session)
    monkeypatch.setenv("CASEWORKER_RULES", str(tmp_path))
    assert not bootstrap.has_folder_rules()
    (tmp_path / "readings.toml").write_text('A2 = "anniversary"\n', "utf-8")
    (tmp_path / "alerts.toml").write_text(
        '[[birthday]]\nages = [18]\nlevel = "red"\nmonths = 2\n', "utf-8"
    )
    assert bootstrap.has_folder_rules()
    assert due(session, child_id, "AR-02") == date(2026, 10, 29)

    outcome = done(session, bring_in(bootstrap.folder_rules()))

    assert outcome.recounted is not None
    assert due(session, child_id, "AR-02") == date(2026, 10, 30)
    assert [one.age for one in session.thresholds().birthdays] == [18]
    assert session.has_own_rules()
    assert session.check() == ()
    done(session, do.Undo())
    assert not session.has_own_rules()
    assert due(session, child_id, "AR-02") == date(2026, 10, 29)


def test_what_several_rules_at_once_would_move_is_all_shown(session: Session) -> None:
    """Each is tried under a key of its own: with one for all, only the last would be."""
    reviewed(session)
    ours = [
        do.AddRecord("local_target", TARGET),
        do.AddRecord("local_target", {**TARGET, "rule": "AR-06", "unit": "weeks_after"}),
    ]

    def moved(*commands: do.AddRecord) -> set[tuple[str, str]]:
        shown = session.changes_by(do.Together(commands, "our targets"))
        return {(one.rule, str(one.new)) for one in shown}

    apart = [moved(one) for one in ours]
    assert all(apart)
    assert moved(*ours) == apart[0] | apart[1]
