"""Backup and restore: one file, verified both ways, from and into both kinds of store."""

from __future__ import annotations

import json
import random
import stat
import zipfile
from datetime import date
from pathlib import Path

import pytest

from caseworker_app import bootstrap
from caseworker_app.domain.errors import (
    CaseworkerError,
    PassphraseNeeded,
    Refused,
    Unavailable,
    Unreadable,
    WrongPassphrase,
)
from caseworker_app.services.session import Session
from caseworker_app.store.how import How
from caseworker_app.store.opening import restore_into
from tests.support.commands import add_setting
from tests.support.sessions import add_child, done, record, reviewed
from tests.support.stores import HOW, TODAY, Places, session_at


@pytest.fixture
def backup(places: Places) -> Path:
    """A backup of a store with one reviewed child, on both databases."""
    session = session_at(places.new())
    done(session, add_setting("Mile End Gate", "secondary", 11))
    reviewed(session, "Okafor", setting_id=session.settings()[0].id)
    target = places.folder / "made.backup"
    session.backup(target)
    session.close()
    return target


def _contents(session: Session) -> tuple[object, ...]:
    return (
        session.caseload(),
        session.settings(),
        session.alerts(),
        session.history(999),
        session.last_undo(),
    )


def _restored(backup: Path, where: str, how: How = HOW) -> Session:
    restore_into(backup, where, how)
    return session_at(where)


def test_a_backup_restores_what_it_was_made_of(places: Places) -> None:
    session = session_at(places.new())
    reviewed(session)
    target = places.folder / "made.backup"
    session.backup(target)
    before = _contents(session)
    record(session, session.cases()[0].id, "review_report_received", date(2026, 10, 30))
    session.close()

    back = _restored(target, str(places.folder / "restored.store"))

    assert _contents(back) == before
    assert back.check() == ()
    back.close()


def test_a_backup_moves_a_store_from_one_database_to_the_other(
    places: Places, backup: Path
) -> None:
    other = "postgresql" if places.kind == "file" else "file"
    where = (
        places.find_server().database() if other == "postgresql" else str(places.folder / "x.store")
    )

    session = _restored(backup, where)

    assert [row.surname for row in session.cases()] == ["Okafor"]
    assert session.check() == ()
    # Work goes on: keys and the audit chain carry on where they were.
    assert add_child(session, "Patel") == "2"
    assert session.check() == ()
    session.close()


def test_a_backup_is_one_private_encrypted_file(backup: Path) -> None:
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    content = backup.read_bytes()
    assert b"Okafor" not in content
    assert b"Mile End Gate" not in content
    with zipfile.ZipFile(backup) as archive:
        manifest = json.loads(archive.read("manifest.json"))
    assert manifest["rows"]["child"] == 1
    assert manifest["audit_head"].split(":")[0] == str(manifest["rows"]["audit"])
    assert manifest["made"] == "20261122T120000Z"


def test_restore_keeps_what_it_replaces(file_session: Session, tmp_path: Path) -> None:
    where = Path(file_session.where)
    add_child(file_session, "Before")
    target = tmp_path / "b"
    file_session.backup(target)
    add_child(file_session, "After")
    file_session.close()

    kept = restore_into(target, str(where), HOW)

    assert Path(kept).name == f"{where.name}.before-restore-{HOW.stamp}"
    for path, surnames in ((str(where), {"Before"}), (kept, {"Before", "After"})):
        session = session_at(path)
        assert {row.surname for row in session.cases()} == surnames
        assert session.check() == ()
        session.close()
    again = restore_into(target, str(where), HOW)
    assert again != kept
    assert Path(kept).exists()


def test_a_store_that_is_open_elsewhere_is_not_replaced(
    file_session: Session, tmp_path: Path
) -> None:
    add_child(file_session)
    file_session.backup(tmp_path / "b")

    with pytest.raises(Unavailable, match="is open in another program"):
        restore_into(tmp_path / "b", file_session.where, HOW)

    add_child(file_session, "Patel")
    assert file_session.check() == ()


def test_restore_without_the_passphrase_leaves_the_opening_for_later(
    file_session: Session, tmp_path: Path
) -> None:
    add_child(file_session)
    file_session.backup(tmp_path / "b")
    where = str(tmp_path / "elsewhere" / "new.store")

    assert restore_into(tmp_path / "b", where, How(HOW.scripts, HOW.stamp, HOW.now)) == ""
    session = session_at(where)
    assert len(session.cases()) == 1
    session.close()


def test_restore_with_a_wrong_passphrase_changes_nothing(
    file_session: Session, tmp_path: Path
) -> None:
    file_session.backup(tmp_path / "b")
    file_session.close()
    before = Path(file_session.where).read_bytes()

    with pytest.raises(WrongPassphrase):
        restore_into(
            tmp_path / "b", file_session.where, How(HOW.scripts, HOW.stamp, HOW.now, "wrong")
        )

    assert Path(file_session.where).read_bytes() == before


def test_a_backup_does_not_take_the_place_of_its_store(file_session: Session) -> None:
    where = Path(file_session.where)
    for target in (where, where.with_name(where.name + ".key")):
        with pytest.raises(Refused, match="cannot take the place"):
            file_session.backup(target)
    with pytest.raises(Unavailable, match="is a folder"):
        file_session.backup(where.parent)
    with pytest.raises(Unavailable, match="cannot be written"):
        file_session.backup(where.parent / "no" / "such" / "folder")
    assert file_session.check() == ()


def test_a_database_that_holds_a_store_is_not_overwritten(places: Places, backup: Path) -> None:
    where = places.find_server().database()
    _restored(backup, where).close()

    with pytest.raises(Refused, match="restore into an empty database"):
        restore_into(backup, where, HOW)
    with pytest.raises(PassphraseNeeded):
        restore_into(backup, where, How(HOW.scripts, HOW.stamp, HOW.now))


@pytest.mark.parametrize("places", ["postgresql"], indirect=True)
def test_a_backup_of_a_database_needs_a_passphrase(places: Places) -> None:
    where = places.new()
    session = bootstrap.open_session(where, today=TODAY)
    with pytest.raises(PassphraseNeeded, match="always encrypted"):
        session.backup(places.folder / "b")
    session.close()
    assert list(places.folder.glob("*b")) == []


def test_what_is_no_backup_is_said_and_the_store_kept(
    file_session: Session, tmp_path: Path
) -> None:
    file_session.backup(tmp_path / "good")
    file_session.close()
    where = Path(file_session.where)
    before = where.read_bytes()
    good = (tmp_path / "good").read_bytes()
    draw = random.Random(5)
    made = [b"", b"PK\x03\x04", draw.randbytes(3000), where.read_bytes(), b"{}"]
    made += [good[: len(good) * part // 10] for part in range(1, 10)]
    for _ in range(25):
        changed = bytearray(good)
        for _ in range(draw.randint(1, 4)):
            changed[draw.randrange(len(changed))] ^= 1 << draw.randrange(8)
        made.append(bytes(changed))
    for content in made:
        bad = tmp_path / "bad"
        bad.write_bytes(content)
        said = _refusal(bad, where)
        assert said == "" or ("\n" not in said and said.endswith("."))
        if said:
            assert where.read_bytes() == before
    for missing in (tmp_path / "none", tmp_path):
        with pytest.raises(Unavailable):
            restore_into(missing, str(where), HOW)


def _refusal(backup: Path, where: Path) -> str:
    """What a restore says against a backup; "" where it took it, as its changes did no harm."""
    kept = where.read_bytes()
    try:
        restore_into(backup, str(where), HOW)
    except CaseworkerError as error:
        return error.sentence
    session = session_at(str(where))
    assert session.check() == ()
    session.close()
    where.write_bytes(kept)
    return ""


def test_a_backup_of_a_damaged_store_is_refused(file_session: Session, tmp_path: Path) -> None:
    for number in range(30):
        add_child(file_session, f"Child {number}")
    file_session.close()
    path = Path(file_session.where)
    content = bytearray(path.read_bytes())
    content[-2000] ^= 0xFF
    path.write_bytes(content)

    session = session_at(str(path))
    with pytest.raises(Unreadable, match=r"1\.store is"):
        session.backup(tmp_path / "b")
    session.close()
    assert not (tmp_path / "b").exists()


def test_a_backup_is_of_everything_confirmed_while_others_write(places: Places) -> None:
    where = places.new()
    reader, writer = session_at(where), session_at(where)
    for number in range(5):
        add_child(writer, f"Child {number}")
        reader.backup(places.folder / f"{number}.backup")
        back = _restored(
            places.folder / f"{number}.backup", str(places.folder / f"back{number}.store")
        )
        assert len(back.cases()) == number + 1
        assert back.check() == ()
        back.close()
    reader.close()
    writer.close()
