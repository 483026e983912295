"""A restore that was interrupted: finished or undone at the next opening, and said."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from caseworker_app import bootstrap
from caseworker_app.domain.errors import Missing, Unavailable
from caseworker_app.services.session import Session
from caseworker_app.store import replacing
from caseworker_app.store.holding import alone
from caseworker_app.store.opening import restore_into
from caseworker_app.store.places import key_copy, key_file
from tests.support.command import caseworker, one_sentence
from tests.support.sessions import add_child
from tests.support.stores import HOW, PASSPHRASE, TODAY

OTHER = "another day's odd nine words"


@pytest.fixture
def where(file_session: Session, tmp_path: Path) -> Path:
    """A closed store with two children and another passphrase than its backup `b`, of one."""
    add_child(file_session, "Before")
    file_session.backup(tmp_path / "b")
    add_child(file_session, "After")
    file_session.close()
    bootstrap.change_passphrase(file_session.where, old=PASSPHRASE, new=OTHER)
    return Path(file_session.where)


def _seen(where: Path, passphrase: str) -> tuple[set[str], tuple[str, ...]]:
    session = bootstrap.open_session(str(where), passphrase=passphrase, today=TODAY)
    try:
        assert session.check() == ()
        return {row.surname for row in session.cases()}, session.notices
    finally:
        session.close()


class _StoppedError(Exception):
    """In the place of a kill."""


def _stop_before_the_store_is_in_place(monkeypatch: pytest.MonkeyPatch, where: Path) -> None:
    moved = Path.replace

    def stopped(self: Path, target: Path) -> Path:
        if Path(target) == where:
            raise _StoppedError
        return moved(self, target)

    monkeypatch.setattr(Path, "replace", stopped)
    with pytest.raises(_StoppedError):
        restore_into(where.parent / "b", str(where), HOW)
    monkeypatch.undo()


def test_an_interrupted_restore_is_finished_and_said(
    where: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _stop_before_the_store_is_in_place(monkeypatch, where)
    assert not where.exists()
    assert bootstrap.interrupted(str(where))

    surnames, notices = _seen(where, PASSPHRASE)

    assert surnames == {"Before"}
    assert len(notices) == 1
    assert "A restore over" in notices[0]
    assert "has been finished" in notices[0]
    kept = Path(notices[0].rpartition("kept as ")[2].removesuffix("."))
    assert _seen(kept, OTHER) == ({"Before", "After"}, ())
    assert _seen(where, PASSPHRASE)[1] == ()
    assert not [one for one in where.parent.iterdir() if one.name.startswith(".")]


@pytest.mark.parametrize("verb", ["open", "demo", "import", "restore", "dry run", "passphrase"])
def test_nothing_new_is_made_where_a_restore_was_interrupted(
    where: Path, monkeypatch: pytest.MonkeyPatch, verb: str
) -> None:
    _stop_before_the_store_is_in_place(monkeypatch, where)
    monkeypatch.setenv("CASEWORKER_PASSPHRASE", PASSPHRASE)
    tracker = where.parent / "t.csv"
    tracker.write_text("Reference,Surname,Forename,Date of birth\nZ-1,New,Ann,03/03/2014\n")
    store = ("--store", where, "--today", TODAY)
    expected = {"Before"}
    if verb == "open":
        bootstrap.open_session(str(where), passphrase=PASSPHRASE, today=TODAY, create=True).close()
    elif verb == "demo":
        said = caseworker("demo", where, "--children", "2")
        assert said.code == 2
        assert one_sentence(said)
    elif verb == "import":
        said = caseworker("import", tracker, *store)
        assert said.code == 0, said.err
        assert "A restore over" in said.err
        expected = {"Before", "New"}
    elif verb == "restore":
        said = caseworker("restore", where.parent / "b", "--store", where)
        assert said.code == 0, said.err
        assert "A restore over" in said.out
    elif verb == "dry run":
        said = caseworker("import", tracker, *store, "--dry-run", "--json")
        assert said.code == 0, said.err
        assert said.json["cases_created"] == 1
    else:
        bootstrap.change_passphrase(str(where), old=PASSPHRASE, new=PASSPHRASE)

    assert _seen(where, PASSPHRASE)[0] == expected


def test_an_interrupted_restore_whose_new_store_is_gone_is_undone(
    where: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _stop_before_the_store_is_in_place(monkeypatch, where)
    journal = json.loads(replacing.journal_file(where).read_bytes())
    shutil.rmtree(where.with_name(journal["folder"]))

    surnames, notices = _seen(where, OTHER)

    assert surnames == {"Before", "After"}
    assert "It was undone" in notices[0]


@pytest.mark.parametrize("step", range(4))
def test_what_the_first_release_left_half_way_is_undone(where: Path, step: int) -> None:
    """It moved log, key and store aside, and then wrote its key before its store."""
    key_copy(where).unlink()
    kept = where.with_name(f"{where.name}.before-restore-20260101T000000Z")
    where.with_name(f".{where.name}.new").write_bytes(where.read_bytes())
    key_file(where).replace(key_file(kept))
    if step > 0:
        where.replace(kept)
    if step > 1:
        where.with_name(f".{where.name}.key.new").write_bytes(b"half a key")
    if step > 2:
        key_file(where).write_bytes(b"the key of the backup")

    surnames, notices = _seen(where, OTHER)

    assert surnames == {"Before", "After"}
    assert "It was undone" in notices[0]
    names = {where.name, f"{where.name}.key", f"{where.name}.key.copy"}
    left = {one.name for one in where.parent.iterdir() if where.name in one.name}
    assert left == names


def test_a_store_that_was_taken_away_beside_a_kept_one_is_left_to_a_person(
    where: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    restore_into(where.parent / "b", str(where), HOW)
    where.unlink()

    with pytest.raises(Unavailable, match="was kept when a backup was restored"):
        bootstrap.open_session(str(where), passphrase=PASSPHRASE, today=TODAY, create=True)
    with pytest.raises(Missing, match=r"but one that was kept: .*before-restore-"):
        bootstrap.open_session(str(where), passphrase=PASSPHRASE, today=TODAY)
    monkeypatch.setenv("CASEWORKER_PASSPHRASE", PASSPHRASE)
    assert caseworker("demo", where).code == 2
    assert not where.exists()

    # What a person asks for in so many words is done.
    restore_into(where.parent / "b", str(where), HOW)
    assert _seen(where, PASSPHRASE)[0] == {"Before"}


@pytest.mark.parametrize(
    "content",
    [b"", b"{}", b'{"format": "caseworker-replacing-1"}', b"\xff", b"[" * 9999],
)
def test_a_damaged_journal_is_said_and_moves_nothing(where: Path, content: bytes) -> None:
    replacing.journal_file(where).write_bytes(content)
    before = where.read_bytes()

    with pytest.raises(Unavailable, match="is damaged: move it away"):
        _seen(where, OTHER)

    assert where.read_bytes() == before


@pytest.mark.parametrize("folder", ["../elsewhere", "/etc", ".other.12345678.part"])
def test_a_journal_moves_nothing_but_what_is_beside(where: Path, folder: str) -> None:
    body = {"format": replacing.FORMAT, "what": "restore", "folder": folder, "kept": ""}
    replacing.journal_file(where).write_text(json.dumps(body))

    with pytest.raises(Unavailable, match="is damaged"):
        _seen(where, OTHER)


@pytest.mark.parametrize("kept", ["before-upgrade-20261122T120000Z", "before-restore-x-2"])
@pytest.mark.parametrize("ending", ["", ".key", ".key.copy"])
def test_what_was_half_written_of_a_kept_copy_is_swept(where: Path, kept: str, ending: str) -> None:
    part = where.with_name(f".{where.name}.{kept}{ending}.0123abcd.part")
    part.write_bytes(b"half")
    others = where.with_name(f".other.{kept}{ending}.0123abcd.part")
    others.write_bytes(b"somebody else's")
    # Any making or upgrade has the store alone, and so knows that nobody writes it now.
    with alone(where):
        replacing.sweep(where)
    assert not part.exists()
    assert others.exists()
