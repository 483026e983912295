"""Every released form opens: stores, key files and backups that the program of that day made.

`released/0001` was made by commit 51eea6a: a demo of six children, and then by hand a setting, a
caseworker, a child with facts, one of them removed, and a change that was undone. What was in it
stands in `contents.json`.
"""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from caseworker_app import bootstrap
from caseworker_app.services.commands import Undo
from caseworker_app.services.desk import OpenDesk
from caseworker_app.store import audit
from caseworker_app.store.copying import row_counts
from caseworker_app.store.engine import begin
from caseworker_app.store.sql_store import SqlStore
from tests.support.desks import done

RELEASED = Path(__file__).parent / "released"
FORMS = sorted(one.name for one in RELEASED.iterdir())


@pytest.fixture(params=FORMS)
def released(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A copy of a released store, key and backup, which a test may change."""
    folder = tmp_path / "released"
    shutil.copytree(RELEASED / request.param, folder)
    return folder


def _told(folder: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((folder / "contents.json").read_text("utf-8"))
    return told


def _open(folder: Path, name: str = "caseworker.store") -> OpenDesk:
    told = _told(folder)
    return bootstrap.open_desk(
        str(folder / name),
        passphrase=told["passphrase"],
        today=date.fromisoformat(told["today"]),
        recompute=False,
    )


def _holds_what_it_held(desk: OpenDesk, told: dict[str, Any]) -> None:
    assert isinstance(desk.store, SqlStore)
    with begin(desk.store.engine, desk.where, write=False) as connection:
        rows = row_counts(connection)
        head = audit.head(connection)
    # A migration may add tables; it loses no row of those there were.
    assert {name: rows[name] for name in told["rows"]} == told["rows"]
    assert head == told["trail_head"]
    assert desk.council() == told["council"]
    by_hand = told["child_by_hand"]
    file = desk.case(by_hand["id"])
    assert file.child.surname == by_hand["surname"]
    assert file.child.comment == by_hand["comment"]
    assert sorted([one.kind, one.on.isoformat()] for one in file.facts) == by_hand["facts"]
    assert len(desk.alerts()) == told["open_deadlines"]


def test_a_released_store_opens_with_all_it_held(released: Path) -> None:
    desk = _open(released)
    _holds_what_it_held(desk, _told(released))
    desk.recompute()
    assert desk.check() == ()
    desk.close()
    _open(released).close()


def test_a_released_backup_restores_over_a_store_and_into_nothing(released: Path) -> None:
    told = _told(released)
    for name in ("caseworker.store", "new.store"):
        bootstrap.restore(
            released / "caseworker.backup", str(released / name), passphrase=told["passphrase"]
        )
        desk = _open(released, name)
        _holds_what_it_held(desk, told)
        desk.recompute()
        assert desk.check() == ()
        desk.close()


def test_what_was_done_in_a_released_store_can_be_undone(released: Path) -> None:
    told = _told(released)
    desk = _open(released)
    group, _ = told["last_undo"]
    done(desk, Undo(group, sure=True))
    by_hand = told["child_by_hand"]
    facts = sorted([one.kind, one.on.isoformat()] for one in desk.case(by_hand["id"]).facts)
    assert len(facts) == len(by_hand["facts"]) + 1
    desk.recompute()
    assert desk.check() == ()
    desk.close()


def test_the_passphrase_of_a_released_store_can_be_changed(released: Path) -> None:
    told = _told(released)
    where = str(released / "caseworker.store")
    bootstrap.change_passphrase(where, old=told["passphrase"], new="another one")
    desk = bootstrap.open_desk(where, passphrase="another one", recompute=False)
    assert desk.council() == told["council"]
    desk.close()
