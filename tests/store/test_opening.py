"""What is not a store, or cannot be used, is one plain sentence, and is left as it was."""

import random
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from sqlcipher3 import dbapi2

from caseworker_app import bootstrap
from caseworker_app.domain.errors import (
    CaseworkerError,
    Missing,
    PassphraseNeeded,
    Refused,
    Unavailable,
    Unreadable,
    WrongPassphrase,
)
from caseworker_app.services.session import Session
from caseworker_app.store.engine import begin
from caseworker_app.store.opening import open_store
from caseworker_app.store.places import key_file, place
from caseworker_app.store.schema import HEAD
from caseworker_app.store.sql_store import SqlStore
from caseworker_app.store.tries import tries_file
from tests.support.postgres import Server
from tests.support.stores import HOW, PASSPHRASE, TEMPLATE, TODAY, Places


def _plain_sqlite(path: Path) -> None:
    connection = dbapi2.connect(str(path))
    connection.execute("CREATE TABLE t (x)")
    connection.commit()
    connection.close()


@pytest.mark.parametrize(
    ("make", "kind", "words"),
    [
        (lambda path: path.write_bytes(b""), Unreadable, "is empty"),
        (lambda path: path.mkdir(), Unavailable, "is a folder"),
        (lambda path: path.write_bytes(b"PK\x03\x04" * 2000), Unreadable, "Restore a backup"),
        (_plain_sqlite, Unreadable, "plain SQLite file"),
        (lambda path: path.write_bytes(b"\x00" * 5000), Unavailable, "is not beside"),
    ],
)
def test_what_stands_there_is_said_and_kept(
    tmp_path: Path, make: Callable[[Path], None], kind: type[CaseworkerError], words: str
) -> None:
    path = tmp_path / "x.store"
    make(path)
    before = _seen(tmp_path)

    with pytest.raises(kind, match=words):
        bootstrap.open_session(str(path), passphrase="p", today=TODAY, create=True)

    assert _seen(tmp_path) == before


@pytest.mark.parametrize("name", ["Annual reviews.xlsx", "reviews.XLS", "reviews.csv", "no ending"])
def test_a_spreadsheet_opened_as_a_store_says_where_it_goes(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"\xd0\xcf\x11\xe0" if name == "no ending" else b"PK\x03\x04" * 9)

    with pytest.raises(Unreadable, match="that is a spreadsheet: use File, Import"):
        bootstrap.open_session(str(path), passphrase="p", today=TODAY, create=True)


def test_random_bytes_in_the_place_of_a_store(file_session: Session) -> None:
    file_session.close()
    path = Path(file_session.where)
    path.write_bytes(random.Random(3).randbytes(40_000))
    before = _seen(path.parent)

    with pytest.raises(Unreadable, match="not a Caseworker store, or is damaged"):
        bootstrap.open_session(str(path), passphrase=PASSPHRASE, today=TODAY)

    assert _seen(path.parent) == before


@pytest.mark.parametrize("seed", range(12))
def test_a_flipped_byte_anywhere_opens_whole_or_not_at_all(
    file_session: Session, seed: int
) -> None:
    file_session.close()
    path = Path(file_session.where)
    content = bytearray(path.read_bytes())
    content[random.Random(seed).randrange(len(content))] ^= 0xFF
    path.write_bytes(content)

    said = _opened_and_checked(path)

    assert said
    assert all("damaged" in sentence and "\n" not in sentence for sentence in said)


def _opened_and_checked(path: Path) -> tuple[str, ...]:
    try:
        session = bootstrap.open_session(str(path), passphrase=PASSPHRASE, today=TODAY)
    except CaseworkerError as error:
        return (error.sentence,)
    try:
        return session.check()
    except CaseworkerError as error:
        return (error.sentence,)
    finally:
        session.close()


def test_a_wrong_passphrase_changes_nothing(file_session: Session) -> None:
    file_session.close()
    folder = Path(file_session.where).parent
    before = _seen(folder)

    with pytest.raises(WrongPassphrase, match="does not open"):
        bootstrap.open_session(file_session.where, passphrase="wrong", today=TODAY)

    # But that it was tried stands beside, until somebody opens it.
    tried = tries_file(Path(file_session.where))
    assert _seen(folder).keys() - before.keys() == {tried.name}
    tried.unlink()
    assert _seen(folder) == before


def test_no_store_is_made_unless_asked(tmp_path: Path) -> None:
    with pytest.raises(Missing, match="There is no store at"):
        bootstrap.open_session(str(tmp_path / "x.store"), passphrase="p", today=TODAY)
    with pytest.raises(PassphraseNeeded, match="A new store needs a passphrase"):
        bootstrap.open_session(str(tmp_path / "x.store"), today=TODAY, create=True)

    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")

    with pytest.raises(Unavailable, match="cannot be"):
        bootstrap.open_session(
            str(tmp_path / "file" / "x.store"), passphrase="p", today=TODAY, create=True
        )


def test_a_newer_store_is_refused_and_kept(places: Places) -> None:
    where = places.new()
    store = open_store(where, HOW)
    with begin(store.engine, store.where, write=True) as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    store.close()

    with pytest.raises(Unavailable, match=f"newer Caseworker .revision 9999; .* {HEAD}"):
        open_store(where, HOW)


def test_an_encrypted_file_of_another_program_is_refused(file_session: Session) -> None:
    path = Path(file_session.where)
    assert isinstance(file_session.store, SqlStore)
    key = file_session.store.key
    file_session.close()
    path.unlink()
    connection = dbapi2.connect(str(path))
    connection.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
    connection.execute("CREATE TABLE theirs (x)")
    connection.commit()
    connection.close()

    with pytest.raises(Unreadable, match="is not a Caseworker store"):
        bootstrap.open_session(str(path), passphrase=PASSPHRASE, today=TODAY)


@pytest.mark.parametrize("where", ["", "  ", "mysql://host/db", "sqlite:///x.db"])
def test_an_address_that_is_none_is_refused(where: str) -> None:
    with pytest.raises(Refused):
        place(where)


@pytest.mark.parametrize(
    ("where", "shown"),
    [
        ("postgresql://u:secret@host:5432/db", "postgresql://u@host:5432/db"),
        ("postgres://u:secret@host/db?password=secret&x=1", "postgres://u@host/db?x=1"),
        ("postgresql+psycopg://host/db", "postgresql+psycopg://host/db"),
    ],
)
def test_a_password_is_never_shown(where: str, shown: str) -> None:
    found = place(where)
    assert found.shown == shown
    assert found.url.startswith("postgresql+psycopg://")


def test_a_server_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="cannot be reached"):
        open_store(f"postgresql://nobody@/none?host={tmp_path}", HOW)


def test_a_server_that_goes_in_the_middle_of_a_reading_is_said(postgresql: Server) -> None:
    url = postgresql.database(TEMPLATE)
    store = open_store(url, HOW)
    name = urlsplit(url).path[1:]

    def read() -> None:
        with store.reading() as reading:
            postgresql.run(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                f"WHERE datname = '{name}' AND pid <> pg_backend_pid()"
            )
            reading.meta()

    with pytest.raises(Unavailable, match="cannot be reached"):
        read()
    with store.reading() as reading:
        assert reading.meta()
    store.close()


def test_an_empty_database_holds_no_store_until_one_is_made(places: Places) -> None:
    if places.kind == "file":
        where = str(places.folder / "none.store")
    else:
        where = places.find_server().database()
    with pytest.raises(Missing):
        open_store(where, HOW)
    bootstrap.open_session(where, passphrase="p", today=TODAY, create=True).close()
    bootstrap.open_session(where, passphrase="p", today=TODAY).close()


def test_a_store_may_have_any_name(tmp_path: Path) -> None:
    where = tmp_path / "Ñandú's 100% #1?.store"
    bootstrap.open_session(str(where), passphrase="it's 'so'", today=TODAY, create=True).close()
    session = bootstrap.open_session(str(where), passphrase="it's 'so'", today=TODAY)
    assert session.cases() == ()
    session.close()
    assert key_file(where).exists()


def _seen(folder: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() if one.is_file() else b"" for one in folder.iterdir()}
