"""Where the trail ends: who signs it and when, where it is sent, and what is not signed."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from openpyxl import load_workbook

from caseworker_app import bootstrap
from caseworker_app.domain.day_words import moment_words
from caseworker_app.domain.errors import PassphraseNeeded, Unavailable
from caseworker_app.domain.signed_heads import KEY, SignedHead, fingerprint
from caseworker_app.services import access
from caseworker_app.services.clock import in_words
from caseworker_app.services.heads import sign
from caseworker_app.services.restricting import unwrapped
from caseworker_app.services.session import Session
from caseworker_app.store import keys
from caseworker_app.store.kept_backups import made
from caseworker_app.store.key_files import find
from caseworker_app.store.places import backups_folder
from caseworker_app.store.sql_store import SqlStore
from tests.support.sessions import add_child, reviewed
from tests.support.stores import OTHER, PASSPHRASE, TODAY, Places, session_at
from tests.support.tampering import hand_on

ANN, HERS = "Ann Lee", "seven very plain ducks swim"
MAKER = "A. Tester"


def _store(session: Session) -> SqlStore:
    store = unwrapped(session.store)
    assert isinstance(store, SqlStore)
    return store


def _signed(session: Session) -> list[tuple[str, str, int]]:
    """Who signed why, and up to which entry."""
    rows = _store(session).rows("SELECT who, act, seq FROM signature ORDER BY id")
    return [(str(who), str(act), int(seq)) for who, act, seq in rows]


def _seq(session: Session) -> int:
    ((seq,),) = _store(session).rows("SELECT max(seq) FROM audit")
    return int(seq)


def test_it_is_signed_on_closing_with_backups_and_with_what_is_published(
    places: Places, tmp_path: Path
) -> None:
    where = places.new()
    session = session_at(where)
    reviewed(session)
    session.close()
    session = session_at(where)
    before = _signed(session)
    assert before[-1] == (MAKER, "closed", _seq(session))
    session.close()
    session = session_at(where)
    assert _signed(session) == before, "nothing was recorded, and nothing looked at"
    add_child(session, "Brown")
    session.keep_backup(None)
    assert _signed(session)[-1] == (MAKER, "backup", _seq(session))
    bootstrap.board(session, date(2026, 9, 1), TODAY, target=tmp_path / "board.xlsx")
    assert _signed(session)[-1] == (MAKER, "returned", _seq(session))
    assert session.check() == ()
    session.close()


def test_who_looked_is_signed_though_nothing_was_recorded(file_session: Session) -> None:
    child = add_child(file_session)
    assert file_session.sign_end() == ""
    count = len(_signed(file_session))
    access.opened(file_session, child)
    assert file_session.sign_end() == ""
    assert len(_signed(file_session)) == count + 1
    assert file_session.check() == ()


def test_the_board_return_shows_where_the_trail_ended(
    file_session: Session, tmp_path: Path
) -> None:
    reviewed(file_session)
    with file_session.store.reading() as reading:
        head = reading.head()
    target = tmp_path / "board.xlsx"
    bootstrap.board(file_session, date(2026, 9, 1), TODAY, target=target)
    cells = [[cell.value for cell in row] for row in load_workbook(target)["Contents"].iter_rows()]
    (told,) = [row[1] for row in cells if row[0] == "End of the audit trail"]
    number, _, link = head.partition(":")
    assert told == fingerprint(head)
    assert told == f"entry {number}, {link[:4]} {link[4:8]} {link[8:12]} {link[12:16]}"
    assert fingerprint("") == ""


def test_a_line_is_sent_to_the_second_place_each_time(places: Places, tmp_path: Path) -> None:
    folder = tmp_path / "share"
    folder.mkdir()
    session = session_at(places.new())
    session.second_place = folder
    for name in ("Adams", "Brown"):
        add_child(session, name)
        assert session.sign_end() == ""
    (path,) = folder.iterdir()
    lines = path.read_text("ascii").splitlines()
    assert len(lines) == 2
    assert MAKER not in path.read_text("ascii")
    assert session.check() == ()
    path.write_text("\n".join([lines[0].replace(":", ";"), lines[1]]) + "\n", "ascii")
    assert session.check() == (f"{path}, line 1, cannot be read: it was altered or damaged.",)
    session.second_place = tmp_path / "nowhere"
    (said,) = session.check()
    assert "cannot be reached" in said
    add_child(session, "Cole")
    assert "nowhere" in session.sign_end()
    session.close()


def test_a_backup_keeps_the_signatures(file_session: Session) -> None:
    add_child(file_session)
    file_session.keep_backup(None)
    where, count = file_session.where, len(_signed(file_session))
    add_child(file_session, "Brown")
    file_session.close()
    (backup,) = made(backups_folder(Path(where))).values()
    bootstrap.restore(backup, where, passphrase=PASSPHRASE)
    session = session_at(where)
    assert len(_signed(session)) == count
    assert session.check() == ()
    session.close()


def test_what_does_not_follow_on_what_was_signed_is_not_signed(file_session: Session) -> None:
    add_child(file_session)
    assert file_session.sign_end() == ""
    count = len(_signed(file_session))
    add_child(file_session, "Brown")
    with hand_on(file_session.where) as hand, hand.bare():
        hand.run("UPDATE audit SET who = 'x' WHERE seq = (SELECT max(seq) FROM audit)")
    seq = _seq(file_session)
    said = f"Audit entry {seq} has been altered: its hash does not fit."
    assert file_session.sign_end() == f"The end of the audit trail was not signed. {said}"
    assert file_session.check() == (said,)
    where = file_session.where
    file_session.close()
    session = bootstrap.open_session(where, passphrase=PASSPHRASE, today=TODAY)
    assert len(_signed(session)) == count, "neither closing nor opening signed it"
    session.close()


def test_a_leaver_has_signed_what_they_signed(file_session: Session) -> None:
    where = file_session.where
    add_child(file_session)
    bootstrap.add_person(file_session, ANN, ["caseworker"], new=HERS, passphrase=PASSPHRASE)
    assert [act for _, act, _ in _signed(file_session)].count(KEY) >= 1
    file_session.close()
    session = bootstrap.open_session(where, passphrase=HERS, today=TODAY)
    add_child(session, "Brown")
    session.close()
    session = bootstrap.open_session(where, passphrase=PASSPHRASE, today=TODAY)
    assert _signed(session)[-1][0] == ANN
    bootstrap.end_person(session, ANN)
    session = bootstrap.open_session(where, passphrase=PASSPHRASE, today=TODAY)
    assert (ANN, "closed") in [(who, act) for who, act, _ in _signed(session)]
    assert session.check() == ()
    session.close()


def test_a_new_secret_is_vouched_for_by_the_one_before(file_session: Session) -> None:
    where = file_session.where
    add_child(file_session)
    file_session.close()
    bootstrap.change_passphrase(where, old=PASSPHRASE, new=OTHER, leaked=True)
    session = bootstrap.open_session(where, passphrase=OTHER, today=TODAY)
    add_child(session, "Brown")
    assert session.sign_end() == ""
    assert [act for _, act, _ in _signed(session)][-2:] == [KEY, "closed"]
    assert session.check() == ()
    session.close()


def test_a_new_secret_that_could_not_be_kept_was_never_vouched_for(file_session: Session) -> None:
    where = file_session.where
    add_child(file_session)
    assert file_session.sign_end() == ""
    with pytest.raises(Unavailable, match="open in another"):
        bootstrap.change_passphrase(where, old=PASSPHRASE, new=OTHER, leaked=True)
    add_child(file_session, "Brown")
    assert file_session.sign_end() == ""
    assert KEY not in [act for _, act, _ in _signed(file_session)]
    assert file_session.check() == ()


def test_a_key_that_a_colleague_put_in_the_place_of_ones_own_is_known(
    file_session: Session,
) -> None:
    where = file_session.where
    add_child(file_session)
    bootstrap.add_person(file_session, ANN, ["caseworker"], new=HERS, passphrase=PASSPHRASE)
    with file_session.store.writing() as unit:
        (envelope,) = [one.id for one in find(Path(where)).first.envelopes if one.name == ANN]
        theirs = keys.seal(b"\x00" * 32, OTHER).signing.hex()
        unit.sign(
            _store(file_session).signer(),
            KEY,
            "2026-11-22T12:00:00Z",
            MAKER,
            f"{envelope} {theirs}",
        )
    file_session.close()
    session = bootstrap.open_session(where, passphrase=HERS, today=TODAY)
    add_child(session, "Brown")
    assert "The signing key that the store has of you is another one" in session.sign_end()
    rows = _store(session).faults(lambda _: None)
    assert rows == [
        "The signing key that the store has of you is not yours: somebody put it there."
    ]
    session.close()


def test_a_key_remembered_without_its_signing_half_is_asked_for_once(
    file_session: Session,
) -> None:
    where = file_session.where
    add_child(file_session)
    file_session.close()
    held: dict[tuple[str, str], str] = {}

    class Own(KeyringBackend):
        priority = 1  # type: ignore[assignment]

        def get_password(self, service: str, username: str) -> str | None:
            return held.get((service, username))

        def set_password(self, service: str, username: str, password: str) -> None:
            held[service, username] = password

        def delete_password(self, service: str, username: str) -> None:
            del held[service, username]

    before = keyring.get_keyring()
    keyring.set_keyring(Own())
    try:
        bootstrap.open_session(where, passphrase=PASSPHRASE, today=TODAY, remember=True).close()
        session = bootstrap.open_session(where, today=TODAY)
        add_child(session, "Brown")
        assert session.sign_end() == ""
        session.close()
        ((name, both),) = held.items()
        held[name] = both.partition(":")[0]
        with pytest.raises(PassphraseNeeded):
            bootstrap.open_session(where, today=TODAY)
    finally:
        keyring.set_keyring(before)


def test_a_store_of_a_database_is_signed_by_a_key_of_this_computer(places: Places) -> None:
    session = session_at(places.new())
    signer = _store(session).signer()
    assert signer is not None
    assert signer == _store(session).signer()
    (on_server,) = [":" in signer.envelope]
    assert on_server is ("://" in session.where)
    session.close()


def test_a_store_of_before_that_is_opened_by_nobodys_secret_is_not_signed(
    file_session: Session,
) -> None:
    add_child(file_session)
    envelopes = _store(file_session).envelopes
    assert envelopes is not None
    envelopes.signing = b""
    assert sign(file_session, "closed") == ""
    assert not any(seq == _seq(file_session) for _, _, seq in _signed(file_session))


def test_every_word_of_a_signature_is_signed() -> None:
    one = SignedHead(1, "at", "who", "envelope", "public", "closed", 2, "head", 3, "looks", "of")
    for name, value in one.as_row().items():
        if name != "signature":
            field = "number" if name == "id" else name
            other = value + 1 if isinstance(value, int) else value + "x"
            assert replace(one, **{field: other}).told() != one.told(), name
    assert SignedHead.of_row(one.as_row()) == one


def test_the_two_half_past_ones_of_october_differ() -> None:
    first, second = "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"
    assert in_words(first) == "25 Oct 2026 01:30 BST"
    assert in_words(second) == "25 Oct 2026 01:30 GMT"
    assert moment_words(datetime(2026, 7, 1, 9, 0, tzinfo=UTC)) == "1 Jul 2026 10:00 BST"


def test_a_clock_that_was_set_back_is_told_and_on_record(tmp_path: Path) -> None:
    where = str(tmp_path / "a.store")
    session = bootstrap.open_session(
        where, passphrase=PASSPHRASE, today=date(2400, 1, 1), create=True
    )
    session.close()
    session = bootstrap.open_session(where, passphrase=PASSPHRASE)
    (said,) = session.notices
    assert "something was recorded on 1 Jan 2400 12:00 GMT: set the clock right" in said
    assert session.history(1)[0].what.startswith("The clock of this computer was set back")
    session.close()
    session = bootstrap.open_session(where, passphrase=PASSPHRASE)
    assert session.notices == (), "once for each time it was set back"
    assert session.check() == ()
    session.close()


def test_a_guess_signs_nothing() -> None:
    """The signing key is derived from the secret in the envelope, which needs the passphrase."""
    key = secrets.token_bytes(32)
    envelope = keys.seal(key, PASSPHRASE, ANN)
    held = keys.held_in(envelope, PASSPHRASE, "x")
    assert held.key == key
    assert len(held.signing) == 32
    assert held.signing not in (key, envelope.public, envelope.signing)
