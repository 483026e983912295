"""The two key files: one damaged or lost is survived and said, and never taken for a passphrase."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from caseworker_app import bootstrap
from caseworker_app.domain.errors import CaseworkerError, Unreadable, WrongPassphrase
from caseworker_app.services.session import Session
from caseworker_app.store import key_files, keys
from caseworker_app.store.places import key_copy, key_file
from tests.support.stores import OTHER, PASSPHRASE, TODAY


@pytest.fixture
def where(file_session: Session) -> Path:
    """A closed store with both key files."""
    path = Path(file_session.where)
    file_session.close()
    bootstrap.open_session(str(path), passphrase=PASSPHRASE, today=TODAY).close()
    return path


def _open(where: Path, passphrase: str = PASSPHRASE) -> tuple[str, ...]:
    """Open and close a store; the value is what it told."""
    session = bootstrap.open_session(str(where), passphrase=passphrase, today=TODAY)
    notices = session.notices
    assert session.check() == ()
    session.close()
    return notices


def _sector(path: Path) -> None:
    path.write_bytes(bytes(len(path.read_bytes())))


def _empty(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize("damage", [_sector, _empty, Path.unlink])
@pytest.mark.parametrize("which", [key_file, key_copy])
def test_a_damaged_or_lost_key_file_is_survived_and_mended(
    where: Path, damage: Callable[[Path], None], which: Callable[[Path], Path]
) -> None:
    good = key_file(where).read_bytes()
    damage(which(where))

    said = _open(where)

    lost_copy = which is key_copy and damage is Path.unlink
    assert len(said) == (0 if lost_copy else 1)
    if which is key_file:
        assert "Its second copy was used" in said[0]
    assert key_file(where).read_bytes() == key_copy(where).read_bytes() == good
    assert _open(where) == ()


def test_one_flipped_bit_is_damage_and_never_another_envelope() -> None:
    """White space apart, every bit of a key file is read or summed."""
    good = key_files.holding(keys.seal(keys.new_key(), "one"))
    told = 0
    for at in range(len(good.content)):
        for bit in range(8):
            flipped = bytearray(good.content)
            flipped[at] ^= 1 << bit
            try:
                assert key_files.parse(bytes(flipped), "k").envelopes == good.envelopes
            except Unreadable:
                told += 1
    assert told > 7 * len(good.content)


def test_both_damaged_is_said_as_damage(where: Path) -> None:
    _sector(key_file(where))
    _empty(key_copy(where))

    with pytest.raises(Unreadable, match=r"Both key files of .* are damaged"):
        _open(where)


def test_a_wrong_passphrase_tried_on_the_copy_says_so(where: Path) -> None:
    _sector(key_file(where))

    with pytest.raises(WrongPassphrase, match="tried on the second copy"):
        _open(where, "wrong")

    assert not any(key_file(where).read_bytes())


def test_a_stale_copy_of_another_store_is_put_right_and_does_no_harm(where: Path) -> None:
    key_copy(where).write_bytes(key_files.holding(keys.seal(keys.new_key(), PASSPHRASE)).content)

    _open(where)

    assert key_copy(where).read_bytes() == key_file(where).read_bytes()


def test_a_first_key_file_of_another_store_gives_way_to_the_copy(where: Path) -> None:
    good = key_copy(where).read_bytes()
    key_file(where).write_bytes(key_files.holding(keys.seal(keys.new_key(), PASSPHRASE)).content)

    _open(where)

    assert key_copy(where).read_bytes() == key_file(where).read_bytes() == good


@pytest.mark.parametrize("opened_with", [PASSPHRASE, OTHER])
def test_a_change_of_passphrase_half_done_opens_with_either(where: Path, opened_with: str) -> None:
    old = key_file(where).read_bytes()
    bootstrap.change_passphrase(str(where), old=PASSPHRASE, new=OTHER)
    key_file(where).write_bytes(old)

    said = _open(where, opened_with)

    assert said == ("A change of the passphrase was interrupted: the one you gave stands.",)
    assert key_copy(where).read_bytes() == key_file(where).read_bytes()
    other = {PASSPHRASE: OTHER, OTHER: PASSPHRASE}[opened_with]
    with pytest.raises(WrongPassphrase):
        _open(where, other)


def test_a_key_file_of_a_newer_caseworker_is_not_written_over(where: Path) -> None:
    newer = key_file(where).read_bytes().replace(b"caseworker-key-3", b"caseworker-key-9")
    key_file(where).write_bytes(newer)

    with pytest.raises(CaseworkerError, match="not a key file that this version knows"):
        _open(where)

    assert key_file(where).read_bytes() == newer


def test_a_passphrase_that_is_no_text_opens_what_it_made(tmp_path: Path) -> None:
    path = tmp_path / "x.store"
    bootstrap.open_session(str(path), passphrase="\udcff\ud800", today=TODAY, create=True).close()

    _open(path, "\udcff\ud800")
