"""The key of a store file: wrapped, unwrapped, changed, and never in the clear."""

import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring
from keyring.errors import PasswordDeleteError

from caseworker_app import bootstrap
from caseworker_app.domain.errors import (
    PassphraseNeeded,
    Refused,
    Unavailable,
    Unreadable,
    WrongPassphrase,
)
from caseworker_app.services.commands import AddChild
from caseworker_app.services.session import Session
from caseworker_app.store import key_files, keys
from caseworker_app.store.places import key_copy, key_file
from tests.support.stores import OTHER, PASSPHRASE, SHIPPED, TODAY


def test_a_wrapped_key_comes_back_with_its_passphrase_and_no_other() -> None:
    key = keys.new_key()
    written = key_files.holding(keys.seal(key, "Tŷ Gwyn")).content
    envelope = key_files.parse(written, "x").envelopes[0]

    assert keys.unseal(envelope, "Tŷ Gwyn", "x") == key
    with pytest.raises(WrongPassphrase, match="does not open x"):
        keys.unseal(envelope, "ty gwyn", "x")


def test_what_is_shipped_makes_a_guess_dear(monkeypatch: pytest.MonkeyPatch) -> None:
    # RFC 9106: three passes over 64 MiB, for where memory is scarce.
    assert SHIPPED == {"time_cost": 3, "memory_cost": 1 << 16, "parallelism": 4}
    monkeypatch.setattr(keys, "COST", SHIPPED)
    key = keys.new_key()
    envelope = keys.seal(key, "one")
    assert envelope.cost == SHIPPED
    assert keys.unseal(envelope, "one", "x") == key


def test_a_passphrase_typed_with_composed_or_combining_letters_is_the_same() -> None:
    key = keys.new_key()
    envelope = keys.seal(key, "caf\u00e9")

    assert keys.unseal(envelope, "cafe\u0301", "x") == key


def test_an_altered_envelope_does_not_give_another_key() -> None:
    envelope = keys.seal(keys.new_key(), "one")
    altered = replace(envelope, wrapped=bytes(len(envelope.wrapped)))

    with pytest.raises(WrongPassphrase):
        keys.unseal(altered, "one", "x")


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"\xff\xfe\x00",
        b"[]",
        b"{}",
        b'{"format": "caseworker-key-9"}',
        b"[" * 100_000,
    ],
)
def test_what_is_no_key_file_is_said_in_a_sentence(text: bytes) -> None:
    with pytest.raises(Unreadable, match=r"k\.key is not"):
        key_files.parse(text, "k.key")


def test_a_key_file_cannot_ask_for_all_the_memory_there_is() -> None:
    envelope = keys.seal(keys.new_key(), "one")
    for greedy in (
        [replace(envelope, cost={**envelope.cost, "memory_cost": 1 << 40})],
        [replace(envelope, cost={**envelope.cost, "time_cost": 1 << 20})],
        [replace(envelope, cost=SHIPPED)] * 65,
    ):
        with pytest.raises(Unreadable):
            key_files.parse(key_files.holding(*greedy).content, "k.key")


def test_a_key_file_of_one_person_each_opens_with_either_passphrase() -> None:
    key = keys.new_key()
    content = key_files.holding(keys.seal(key, "one"), keys.seal(key, "two"))

    read = key_files.parse(content.content, "x")

    assert key_files.unsealed(read, "one", "x") == key_files.unsealed(read, "two", "x") == key
    with pytest.raises(WrongPassphrase):
        key_files.unsealed(read, "three", "x")


def test_an_empty_passphrase_is_refused() -> None:
    with pytest.raises(Refused):
        keys.seal(keys.new_key(), "")


def test_a_new_passphrase_opens_the_same_data_and_the_old_one_no_longer(
    file_session: Session,
) -> None:
    where = file_session.where
    file_session.submit(AddChild({"surname": "Okafor", "forename": "Grace", "born": TODAY}))
    file_session.close()
    data = Path(where).read_bytes()

    bootstrap.change_passphrase(where, old=PASSPHRASE, new=OTHER)

    assert Path(where).read_bytes() == data
    with pytest.raises(WrongPassphrase):
        bootstrap.open_session(where, passphrase=PASSPHRASE, today=TODAY)
    session = bootstrap.open_session(where, passphrase=OTHER, today=TODAY)
    assert [row.surname for row in session.cases()] == ["Okafor"]
    session.close()


def test_without_passphrase_or_keyring_it_is_asked_for(file_session: Session) -> None:
    file_session.close()
    with pytest.raises(PassphraseNeeded):
        bootstrap.open_session(file_session.where, today=TODAY)
    assert not bootstrap.remembers(file_session.where)


def test_a_missing_key_file_is_said_with_the_way_out(file_session: Session) -> None:
    path = Path(file_session.where)
    file_session.close()
    key_file(path).unlink()
    key_copy(path).unlink()

    with pytest.raises(Unavailable, match="copy it back there, or restore a backup"):
        bootstrap.open_session(str(path), passphrase=PASSPHRASE, today=TODAY)


def test_nothing_of_a_child_can_be_read_in_the_files(file_session: Session) -> None:
    marker = "Zebedee-Quartermain"
    for number in range(20):
        fields = {"surname": marker, "forename": f"F{number}", "born": TODAY}
        file_session.submit(AddChild(fields))
    folder = Path(file_session.where).parent
    beside = [one for one in folder.iterdir() if one.is_file()]

    assert {one.suffix for one in beside} >= {".store", ".key", ".copy", ".store-wal"}
    for one in beside:
        content = one.read_bytes()
        assert marker.encode() not in content
        assert not content.startswith(b"SQLite format 3")


def test_files_are_for_their_owner_alone(tmp_path: Path) -> None:
    where = tmp_path / "deep" / "new.store"
    bootstrap.open_session(str(where), passphrase="p", today=TODAY, create=True).close()

    for path in (where, key_file(where), key_copy(where)):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(where.parent.stat().st_mode) == 0o700
    names = ["new.store", "new.store.key", "new.store.key.copy"]
    assert sorted(one.name for one in where.parent.iterdir()) == names


class MemoryKeyring(KeyringBackend):
    """A keyring like the system's, for as long as the test lasts."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()
        self.held: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.held[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if (service, username) not in self.held:
            raise PasswordDeleteError(username)
        del self.held[service, username]


@pytest.fixture
def own_keyring() -> Iterator[MemoryKeyring]:
    """A keyring of the test's own in the place of the system's."""
    before = keyring.get_keyring()
    own = MemoryKeyring()
    keyring.set_keyring(own)
    yield own
    keyring.set_keyring(before)


def test_a_remembered_key_opens_without_the_passphrase(
    file_session: Session, own_keyring: MemoryKeyring
) -> None:
    where = file_session.where
    file_session.close()
    bootstrap.open_session(where, passphrase=PASSPHRASE, today=TODAY, remember=True).close()
    assert bootstrap.remembers(where)
    assert PASSPHRASE not in str(own_keyring.held)

    bootstrap.open_session(where, today=TODAY).close()
    # The key is the data's own, so another passphrase does not make it forgotten.
    bootstrap.change_passphrase(where, old=PASSPHRASE, new=OTHER)
    bootstrap.open_session(where, today=TODAY).close()

    bootstrap.forget(where)
    bootstrap.forget(where)
    assert not bootstrap.remembers(where)
    with pytest.raises(PassphraseNeeded):
        bootstrap.open_session(where, today=TODAY)


def test_a_remembered_key_follows_a_store_that_moves(
    file_session: Session, own_keyring: MemoryKeyring, tmp_path: Path
) -> None:
    where = Path(file_session.where)
    file_session.close()
    bootstrap.open_session(str(where), passphrase=PASSPHRASE, today=TODAY, remember=True).close()
    moved = tmp_path / "moved" / "other.store"
    moved.parent.mkdir()
    key_file(where).rename(key_file(moved))
    where.rename(moved)

    bootstrap.open_session(str(moved), today=TODAY).close()
    assert len(own_keyring.held) == 1


def test_without_a_keyring_nothing_is_remembered_and_nothing_fails(file_session: Session) -> None:
    before = keyring.get_keyring()
    keyring.set_keyring(NoKeyring())
    try:
        where = file_session.where
        file_session.close()
        bootstrap.open_session(where, passphrase=PASSPHRASE, today=TODAY, remember=True).close()
        assert not bootstrap.remembers(where)
        bootstrap.forget(where)
    finally:
        keyring.set_keyring(before)


def test_a_database_has_no_passphrase_of_its_own() -> None:
    assert not bootstrap.remembers("postgresql://host/db")
    bootstrap.forget("postgresql://host/db")
    with pytest.raises(Refused):
        bootstrap.change_passphrase("postgresql://host/db", old="a", new=OTHER)


def test_the_passphrase_may_come_from_the_environment(
    file_session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = file_session.where
    file_session.close()
    monkeypatch.setenv("CASEWORKER_PASSPHRASE", PASSPHRASE)
    bootstrap.open_session(where, today=TODAY).close()
    monkeypatch.setenv("CASEWORKER_PASSPHRASE", "")
    with pytest.raises(PassphraseNeeded):
        bootstrap.open_session(where, today=TODAY)
