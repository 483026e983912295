"""Every released form opens: stores, key files and backups that the program of that day made.

`released/0001` was made by commit 51eea6a: a demo of six children, and then by hand a setting, a
caseworker, a child with facts, one of them removed, and a change that was undone. `released/0002`
was made by commit cf9f753 in the same way, with a merge, two told apart and a split besides, and
`released/0003` by commit 31b94da, with its trail sealed; `released/0008`, by commit 91007af, has
needs, an address and a closed day of its own, and a template that changed. `released/0009` is a
store of 0008 in which templates of plans with several finals changed, brought up by commit fc65cf1,
which filled no versions of plans; a note, a promise and a version came then. `released/0011` is
that one brought up by commit 2ed01ba, with the thread of a plan, an answer of a family and a figure
by hand; `released/0012` that one brought up by commit 270f3f5, with two disputes, and
`released/0014` that one by commit a0228d9, with a backlog date; `released/0018` that one by commit
af472f3, with a kept return and two looks, and `released/0019` that one by commit 4b7cf62, with
details of the council. What was in them stands in `contents.json`; the trails of the first two can
be read raw.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from caseworker_app import bootstrap
from caseworker_app.domain.outcome import Done
from caseworker_app.domain.records import Entry
from caseworker_app.services.commands import Redo, Undo
from caseworker_app.services.session import Session
from caseworker_app.store import audit, cipher
from caseworker_app.store.copying import row_counts
from caseworker_app.store.engine import begin
from caseworker_app.store.key_files import find, unsealed
from caseworker_app.store.opening import restore_into
from caseworker_app.store.sql_store import SqlStore
from tests.support.pages import pages_of
from tests.support.sessions import done
from tests.support.stores import HOW, OTHER, Places

RELEASED = Path(__file__).parent / "released"
FORMS = sorted(one.name for one in RELEASED.iterdir())
SEALED = "0003"
"""The first form whose trail is sealed."""


@pytest.fixture(params=FORMS)
def released(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A copy of a released store, key and backup, which a test may change."""
    folder = tmp_path / "released"
    shutil.copytree(RELEASED / request.param, folder)
    return folder


@pytest.fixture(scope="module")
def _upgraded_once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    @cache
    def upgraded(form: str) -> Path:
        folder = tmp_path_factory.mktemp("upgraded") / form
        shutil.copytree(RELEASED / form, folder)
        _open(folder).close()
        return folder

    return upgraded


@pytest.fixture(params=FORMS)
def upgraded(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    _upgraded_once: Callable[[str], Path],
) -> Path:
    """The same after it was opened and closed again, which brings it to today's form."""
    folder = tmp_path / request.param
    shutil.copytree(_upgraded_once(request.param), folder)
    return folder


def _told(folder: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((folder / "contents.json").read_text("utf-8"))
    return told


def _open(folder: Path, name: str = "caseworker.store") -> Session:
    told = _told(folder)
    return bootstrap.open_session(
        str(folder / name),
        passphrase=told["passphrase"],
        today=date.fromisoformat(told["today"]),
    )


def _raw(path: Path, passphrase: str, sql: str) -> list[tuple[Any, ...]]:
    """What a store file holds, by the driver alone."""
    key = unsealed(find(path).first, passphrase, "x")
    connection = cipher.open_file(path, key)
    try:
        return [tuple(row) for row in connection.execute(sql)]
    finally:
        connection.close()


_Tables = dict[str, list[tuple[Any, ...]]]


def _tables(path: Path, passphrase: str) -> _Tables:
    """Every row of the tables that a migration leaves as they are; columns added later apart."""
    told = ("counter", "setting", "caseworker", "child", "fact", "rule_version")
    return {name: _raw(path, passphrase, f"SELECT * FROM {name} ORDER BY 1") for name in told}


def _holds_what_it_held(session: Session, told: dict[str, Any]) -> None:
    assert isinstance(session.store, SqlStore)
    with begin(session.store.engine, session.where, write=False) as connection:
        rows = row_counts(connection)
    # A migration may add tables and entries that say so; it loses no row of those there were.
    added = rows["audit"] - told["rows"]["audit"]
    filled = {name: told["rows"][name] + len(some) for name, some in told.get("filled", {}).items()}
    assert {name: rows[name] for name in told["rows"]} == {
        **told["rows"],
        **filled,
        "counter": rows["counter"],
        # How strong the passphrase is, is noted when it is first given.
        "meta": rows["meta"],
        "audit": told["rows"]["audit"] + added,
    }
    entries = _entries(session)
    newest, was_sealed = entries[:added], told["revision"] >= SEALED
    assert {(one.kind, one.who) for one in newest} <= {("note", "Caseworker")}
    sealing = [one.what for one in newest if told["trail_head"] in one.what]
    assert len(sealing) == (0 if was_sealed else 1)
    assert not any("broken" in one for one in sealing)
    assert session.council() == told["council"]
    by_hand = told["child_by_hand"]
    file = session.case(by_hand["id"])
    assert file.child.surname == by_hand["surname"]
    assert file.child.comment == by_hand["comment"]
    assert sorted([one.kind, one.on.isoformat()] for one in file.facts) == by_hand["facts"]
    assert len(session.alerts()) == told["open_deadlines"]


def test_a_released_store_opens_with_all_it_held(upgraded: Path) -> None:
    session = _open(upgraded)
    _holds_what_it_held(session, _told(upgraded))
    session.recompute()
    assert session.check() == ()
    session.close()
    _open(upgraded).close()


def test_versions_of_plans_say_the_templates_that_the_trail_tells(places: Places) -> None:
    """Versions entered by hand stay as they are; of a template that never changed there is none."""
    told = _told(RELEASED / "0009")
    how = HOW._replace(passphrase=told["passphrase"])
    on_file = places.kind == "file"
    where = str(places.folder / "back.store") if on_file else places.find_server().database()
    restore_into(RELEASED / "0009" / "caseworker.backup", where, how)
    session = bootstrap.open_session(
        where, passphrase=told["passphrase"], today=date.fromisoformat(told["today"])
    )

    def on(child: str, *days: str) -> list[str]:
        return [session.case(child).on(date.fromisoformat(day)).child.template for day in days]

    rows = [row.record for row in session.record_rows("plan_version")]
    said = [[one.child_id, one.number, one.kind, one.template] for one in rows]
    assert sorted(one for one in said if one[0] != "1") == told["filled"]["plan_version"]
    assert sorted(one for one in said if one[0] == "1") == [
        ["1", 1, "first", "V2"],
        ["1", 3, "amended", "V3"],
    ]
    assert on("2", "2021-08-10", "2021-08-11") == ["Conversion", "V2"]
    assert on("3", "2026-02-02", "2026-11-09", "2026-11-10") == ["V3", "V4", "V5"]
    assert "Templates of the plans of 2 cases read from this trail" in repr(session.history(99))
    session.recompute()
    assert session.check() == ()
    session.close()


@pytest.mark.parametrize("upgraded", [form for form in FORMS if form < SEALED], indirect=True)
def test_every_row_and_every_entry_of_a_plain_store_stands_as_it_was(
    upgraded: Path, tmp_path: Path
) -> None:
    path, word = upgraded / "caseworker.store", _told(upgraded)["passphrase"]
    columns = "seq, grp, at, who, kind, table_name, row_id, what, before, after, why, undoes"
    before = shutil.copytree(RELEASED / upgraded.name, tmp_path / "before") / "caseworker.store"
    trail = _raw(before, word, f"SELECT {columns} FROM audit ORDER BY seq")
    tables = _tables(before, word)
    surnames = {row[3] for row in tables["child"]}
    session = _open(upgraded)

    assert isinstance(session.store, SqlStore)
    with session.store.reading() as reading:
        entries = list(reversed(reading.latest_entries(9999)))[: len(trail)]
    with begin(session.store.engine, session.where, write=False) as connection:
        assert int(audit.head(connection).partition(":")[0]) > len(trail)
    session.close()

    assert [
        (
            *(one.seq, int(one.group), one.at, one.who, one.kind, one.table, int(one.row or 0)),
            *(one.what, one.before, one.after, one.why, int(one.undoes or 0)),
        )
        for one in entries
    ] == trail
    _stand(_tables(path, word), tables)
    # A setting may be called as a child is.
    of_children = "SELECT * FROM audit WHERE table_name IN ('child', 'store')"
    kept = "\n".join(str(row) for row in _raw(path, word, of_children))
    assert {name for name in surnames if name in kept} == set()


@pytest.mark.parametrize("upgraded", [form for form in FORMS if form >= SEALED], indirect=True)
def test_every_row_and_every_entry_of_a_sealed_store_stands_as_it_was(
    upgraded: Path, tmp_path: Path
) -> None:
    """The seals themselves stay, and so do the keys that open them."""
    path, word = upgraded / "caseworker.store", _told(upgraded)["passphrase"]
    before = shutil.copytree(RELEASED / upgraded.name, tmp_path / "before") / "caseworker.store"
    names = [row[1] for row in _raw(before, word, "PRAGMA table_info(audit)")]
    whole = f"SELECT {', '.join(names)} FROM audit ORDER BY seq"
    trail = _raw(before, word, whole)
    keys = _raw(before, word, "SELECT * FROM child_key ORDER BY 1")
    tables, deadlines = _tables(before, word), _dates(before, word)
    said = _told(upgraded)
    session = _open(upgraded)
    entries = list(reversed(_entries(session)))
    session.close()

    assert len(trail) == said["rows"]["audit"]
    assert f"{trail[-1][0]}:{trail[-1][names.index('hash')]}" == said["trail_head"]
    assert _raw(path, word, whole)[: len(trail)] == trail
    assert _raw(path, word, "SELECT * FROM child_key ORDER BY 1") == keys
    _stand(_tables(path, word), tables, said.get("filled", ()))
    assert _dates(path, word) == deadlines
    told = [one for one in entries[: len(trail)] if one.table == "child"]
    assert {one.gone for one in told} == {False}
    assert all(one.before or one.after for one in told if one.kind == "change")
    ids = {row[0] for row in tables["child"]}
    assert {int(one.row) for one in told} >= ids


def _stand(now: _Tables, before: _Tables, filled: Iterable[str] = ()) -> None:
    """Every row stands as it was; kinds that came since, or were `filled`, count on their own."""
    for name, rows in now.items():
        kept = [row[: len(before[name][0])] for row in rows]
        was = [row for row in before[name] if name != "counter" or row[0] not in filled]
        known = {row[0] for row in was}
        assert [row for row in kept if name != "counter" or row[0] in known] == was, name


def _dates(path: Path, passphrase: str) -> list[tuple[Any, ...]]:
    """The kept dates of every child: a day is text in the older forms and a number in the newer."""
    number = "CAST(julianday(due) - 2440587.5 AS INTEGER)"
    due = f"CASE typeof(due) WHEN 'integer' THEN due ELSE {number} END"
    columns = f"child_id, position, version_id, {due}"
    return _raw(path, passphrase, f"SELECT {columns} FROM deadline ORDER BY 1, 2")


def test_a_released_backup_restores_over_a_store_and_into_nothing(released: Path) -> None:
    told = _told(released)
    for name in ("caseworker.store", "new.store"):
        bootstrap.restore(
            released / "caseworker.backup", str(released / name), passphrase=told["passphrase"]
        )
        session = _open(released, name)
        _holds_what_it_held(session, told)
        session.recompute()
        assert session.check() == ()
        session.close()


def test_what_was_done_in_a_released_store_can_be_undone(upgraded: Path) -> None:
    told = _told(upgraded)
    session = _open(upgraded)
    group, _ = told["last_undo"]
    done(session, Undo(group, sure=True))
    by_hand = told["child_by_hand"]
    facts = sorted([one.kind, one.on.isoformat()] for one in session.case(by_hand["id"]).facts)
    assert len(facts) == len(by_hand["facts"]) + 1
    done(session, Redo(group, sure=True))
    facts = sorted([one.kind, one.on.isoformat()] for one in session.case(by_hand["id"]).facts)
    assert facts == by_hand["facts"]
    session.recompute()
    assert session.check() == ()
    session.close()


def test_everything_that_stands_in_a_released_store_can_be_undone_and_redone(
    upgraded: Path,
) -> None:
    """Every change that can be taken back can be brought again, and then all is as it was."""
    session = _open(upgraded)
    session.recompute()
    before = session.caseload(), session.settings(), session.caseworkers()
    turned = 0
    for row in session.actions(999):
        if not row.group or not isinstance(session.submit(Undo(row.group, sure=True)), Done):
            continue
        done(session, Redo(row.group, sure=True))
        turned += 1
    assert turned > 4
    again = session.caseload(), session.settings(), session.caseworkers()
    assert _versions_apart(again) == _versions_apart(before)
    assert session.check() == ()
    session.close()


def _versions_apart(seen: tuple[Any, ...]) -> tuple[Any, ...]:
    files, settings, workers = seen
    return (
        [
            (replace(one.child, version=0), sorted(one.facts, key=str), one.deadlines)
            for one in files
        ],
        [replace(one, version=0) for one in settings],
        [replace(one, version=0) for one in workers],
    )


def test_the_passphrase_of_a_released_store_can_be_changed(released: Path) -> None:
    told = _told(released)
    where = str(released / "caseworker.store")
    bootstrap.change_passphrase(where, old=told["passphrase"], new=OTHER)
    session = bootstrap.open_session(where, passphrase=OTHER)
    assert session.council() == told["council"]
    session.close()


def test_a_child_of_a_released_store_can_be_forgotten(upgraded: Path) -> None:
    """What an older program wrote of a child is as sealed as what this one writes."""
    told = _told(upgraded)
    path, word = upgraded / "caseworker.store", told["passphrase"]
    by_hand = told["child_by_hand"]
    session = _open(upgraded)
    ids = [
        one.row
        for one in _entries(session)
        if one.table == "child" and "vans" in one.before + one.after
    ]
    session.recompute()
    assert "Évans" in repr(session.history(999))
    with session.store.writing() as unit:
        unit.forget_children({by_hand["id"], *ids}, "2026-11-22T12:00:00Z", "A. Officer")
    assert session.check() == ()
    assert "vans" not in repr((session.history(999), session.actions(999), session.last_redo()))
    session.close()
    tables = [row[0] for row in _raw(path, word, "SELECT name FROM sqlite_master")]
    kept = "".join(
        repr(_raw(path, word, f"SELECT * FROM {name}"))
        for name in tables
        if not name.startswith(("ix_", "sqlite_", "uq_", "pk_", "audit_no_", "signature_no_"))
    )
    assert by_hand["comment"].splitlines()[0] not in kept
    assert "vans" not in kept
    # Nor in any page that the upgrade or the forgetting left free.
    pages = pages_of(path, word)
    assert b"CREATE TABLE child" in pages
    assert b"vans" not in pages


def _entries(session: Session) -> list[Entry]:
    with session.store.reading() as reading:
        return reading.latest_entries(9999)


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        ("UPDATE audit SET who = 'Somebody' WHERE seq = 5", "its chain was broken at entry 5"),
        ("DELETE FROM audit WHERE seq = 5", "its chain was broken at entry 5"),
        ("UPDATE meta SET value = '3:x' WHERE name = 'audit_head'", "not the one that was kept"),
    ],
)
def test_sealing_a_trail_anew_does_not_hide_that_it_was_broken(
    tmp_path: Path, harm: str, said: str
) -> None:
    folder = tmp_path / "released"
    shutil.copytree(RELEASED / "0002", folder)
    path = folder / "caseworker.store"
    connection = cipher.open_file(
        path, unsealed(find(path).first, _told(folder)["passphrase"], "x")
    )
    guards = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
    triggers = connection.execute(guards).fetchall()
    for name, _ in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute(harm)
    for _, sql in triggers:
        connection.execute(sql)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    connection.close()

    session = _open(folder)
    assert any(said in row.what for row in session.history(50))
    session.close()
