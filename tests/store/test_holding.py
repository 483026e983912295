"""Who holds a store: open sessions keep restore, upgrade and replacement off, and leave no lock."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from caseworker_app import bootstrap, locks
from caseworker_app.domain.errors import Unavailable
from caseworker_app.services.session import Session
from caseworker_app.store import holding
from caseworker_app.store.holding import lock_file
from caseworker_app.store.how import How
from caseworker_app.store.opening import restore_into
from tests.support.project import ROOT
from tests.support.sessions import add_child
from tests.support.stores import HOW, OTHER, PASSPHRASE, TODAY, session_at

_HOLD = """
import sys
from tests.support.stores import session_at
session = session_at(sys.argv[1])
print("open", flush=True)
sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody here lets go while another waits."""
    monkeypatch.setattr(holding, "_OPENING_S", 0.0)
    monkeypatch.setattr(holding, "_CLOSING_S", 0.0)


@pytest.fixture
def where(file_session: Session, tmp_path: Path) -> Path:
    """A closed store with a child, and beside it `b`, a backup of it."""
    add_child(file_session)
    file_session.backup(tmp_path / "b")
    file_session.close()
    return Path(file_session.where)


@pytest.fixture
def elsewhere(where: Path) -> Iterator[subprocess.Popen[str]]:
    """The store open in another process."""
    with subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(where)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        yield process
        process.kill()


@pytest.mark.parametrize("passphrase", [PASSPHRASE, None])
def test_a_store_open_in_another_process_is_not_replaced_whatever_the_passphrase(
    where: Path, elsewhere: subprocess.Popen[str], tmp_path: Path, passphrase: str | None
) -> None:
    before = where.read_bytes()

    with pytest.raises(Unavailable, match="is open in another program or window"):
        restore_into(tmp_path / "b", str(where), How(HOW.scripts, HOW.stamp, HOW.now, passphrase))

    assert where.read_bytes() == before
    elsewhere.send_signal(signal.SIGKILL)
    elsewhere.wait()
    assert restore_into(tmp_path / "b", str(where), HOW)


def test_a_store_whose_key_was_changed_meanwhile_is_not_replaced_either(
    where: Path, tmp_path: Path
) -> None:
    session = session_at(str(where))
    bootstrap.change_passphrase(str(where), old=PASSPHRASE, new=OTHER)

    with pytest.raises(Unavailable, match="is open in another program or window"):
        restore_into(tmp_path / "b", str(where), HOW)

    session.close()


def test_many_desks_share_a_store_and_the_last_leaves_no_lock(where: Path) -> None:
    sessions = [session_at(str(where)) for _ in range(3)]
    for session in sessions:
        assert lock_file(where).exists()
        with pytest.raises(Unavailable), holding.alone(where):
            pass
        session.close()
    with holding.alone(where):
        pass
    assert not lock_file(where).exists()


def test_a_store_that_is_being_replaced_does_not_open(where: Path) -> None:
    with holding.alone(where), pytest.raises(Unavailable, match="is being changed by another"):
        session_at(str(where))


def test_a_lock_left_behind_stands_in_nobodys_way(where: Path, tmp_path: Path) -> None:
    lock_file(where).write_bytes(b"left over")
    lock_file(where).chmod(0o600)

    assert restore_into(tmp_path / "b", str(where), HOW)
    bootstrap.open_session(str(where), passphrase=PASSPHRASE, today=TODAY).close()
    assert not lock_file(where).exists()


def test_a_link_to_a_store_holds_the_store(where: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.store"
    link.symlink_to(where)
    for name in (".key", ".key.copy"):
        (tmp_path / f"link.store{name}").symlink_to(where.with_name(where.name + name))
    session = session_at(str(link))

    with pytest.raises(Unavailable, match="is open in another program or window"):
        restore_into(tmp_path / "b", str(where), HOW)

    session.close()
    with pytest.raises(Unavailable, match="is a link"):
        restore_into(tmp_path / "b", str(link), HOW)


def test_a_lock_is_had_by_many_or_by_one(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    first, second = (locks.take(path, shared=True) for _ in range(2))
    assert first is not None
    assert second is not None
    assert locks.take(path, shared=False) is None
    first.release()
    first.release()
    assert locks.take(path, shared=False) is None
    second.release()
    alone = locks.take(path, shared=False)
    assert alone is not None
    assert locks.take(path, shared=True) is None
    alone.release()
    assert not path.exists()
