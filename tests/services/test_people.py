"""People of a store file: each with a passphrase and roles, and who is on record for what."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from caseworker_app import bootstrap
from caseworker_app.domain.errors import Refused, TooSoon, Unreadable, WrongPassphrase
from caseworker_app.domain.outcome import Failed
from caseworker_app.domain.permissions import ROLES
from caseworker_app.domain.signing_in import OpenedBy, SignIn, person_of
from caseworker_app.services import commands as do
from caseworker_app.services.clock import SystemClock
from caseworker_app.services.session import Session
from caseworker_app.store import key_files, keys
from caseworker_app.store.places import key_copy, key_file
from caseworker_app.store.tries import FREE
from tests.support.postgres import Server
from tests.support.sessions import add_child, done
from tests.support.stores import OTHER, PASSPHRASE, TODAY, Places, no_server

ANN, HERS = "Ann Lee", "seven very plain ducks swim"


def _with_ann(session: Session) -> str:
    """A store that its maker and Ann Lee, a caseworker, sign in to."""
    add_child(session)
    return bootstrap.add_person(session, ANN, ["caseworker"], new=HERS, passphrase=PASSPHRASE)


@pytest.fixture
def where(tmp_path: Path, empty_file: Path, filled_stores: dict) -> Path:  # type: ignore[type-arg]
    """A closed store of two people."""
    places = Places(tmp_path, empty_file, no_server, "file", filled_stores)
    found, _ = places.copy(_with_ann)
    return Path(found)


@contextmanager
def _opened(where: Path, passphrase: str = PASSPHRASE, person: str = "") -> Iterator[Session]:
    session = bootstrap.open_session(
        str(where), passphrase=passphrase, person=person or None, today=TODAY
    )
    try:
        yield session
    finally:
        session.close()


def test_each_opens_with_their_own_passphrase_and_is_who_they_are(where: Path) -> None:
    with _opened(where) as maker:
        made_by = maker.who
        assert maker.person.roles == frozenset(ROLES)
    with _opened(where, HERS) as ann:
        assert (ann.who, ann.person.roles) == (ANN, {"caseworker"})
        child = add_child(ann, "Patel")
        assert ann.case(child).history[0].who == ANN
        assert isinstance(ann.submit(do.AddRecord("caseworker", {"name": "X"})), Failed)
    for person, passphrase in ((ANN.lower(), HERS), (made_by, PASSPHRASE)):
        with _opened(where, passphrase, person) as one:
            assert one.who.lower() == person.lower()
    for person, passphrase in ((ANN, PASSPHRASE), (made_by, HERS)):
        with pytest.raises(WrongPassphrase), _opened(where, passphrase, person):
            pass
    with pytest.raises(Refused, match="Nobody called Zoe"), _opened(where, HERS, "Zoe"):
        pass


def test_no_variable_says_who_one_is(where: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("USER", "LOGNAME", "USERNAME", "LNAME"):
        monkeypatch.setenv(name, "somebody else")
    with _opened(where, HERS) as ann:
        assert ann.who == ANN
    with _opened(where) as maker:
        assert maker.who != "somebody else"
    monkeypatch.setenv("CASEWORKER_PERSON", ANN)
    with pytest.raises(WrongPassphrase), _opened(where):
        pass


def test_somebody_who_works_alone_is_never_asked(file_session: Session) -> None:
    where = Path(file_session.where)
    file_session.close()
    with _opened(where) as alone:
        assert alone.person.roles == frozenset(ROLES)
        assert alone.notices == ()
        assert bootstrap.people_of(alone) == ()


def test_a_passphrase_of_two_needs_to_be_told_whose_it_is(where: Path) -> None:
    with _opened(where) as maker:
        bootstrap.add_person(maker, "Ben Roe", ["data"], new=HERS)
    with pytest.raises(Refused, match="say who you are"), _opened(where, HERS):
        pass
    with _opened(where, HERS, "ben roe") as ben:
        assert ben.person.roles == {"data"}


def test_who_left_opens_nothing_and_neither_does_an_old_key_file(where: Path) -> None:
    old = key_file(where).read_bytes()
    with _opened(where, HERS) as ann:
        child = add_child(ann, "Patel")
    with _opened(where) as maker:
        bootstrap.end_person(maker, ANN)
    with pytest.raises(WrongPassphrase), _opened(where, HERS):
        pass
    with _opened(where) as maker:
        assert maker.check() == ()
        assert {one.who for one in maker.case(child).history} == {ANN}
        (ann_row,) = (one for one in bootstrap.people_of(maker) if one.person.name == ANN)
        assert (ann_row.state, ann_row.person.until) == ("left", TODAY)
    new = key_file(where).read_bytes()
    for files in ((key_file,), (key_copy,), (key_file, key_copy)):
        for one in (key_file, key_copy):
            one(where).write_bytes(old if one in files else b"")
        for passphrase in (HERS, PASSPHRASE):
            with pytest.raises(Unreadable), _opened(where, passphrase):
                pass
    key_file(where).write_bytes(new)
    with _opened(where) as maker:
        assert len(maker.cases()) == 2


def test_somebody_comes_back(where: Path) -> None:
    with _opened(where) as maker:
        bootstrap.end_person(maker, ANN)
    with _opened(where) as maker:
        bootstrap.add_person(maker, ANN, ["senior"], new=OTHER)
        assert len([one for one in maker.caseworkers() if one.name == ANN]) == 1
    with _opened(where, OTHER) as ann:
        assert ann.person.roles == {"senior"}


def test_a_caseworker_who_is_there_signs_in_as_who_they_are(where: Path) -> None:
    with _opened(where) as maker:
        done(maker, do.AddRecord("caseworker", {"name": "R. Haque"}))
        bootstrap.add_person(maker, "R. HAQUE", [], new=OTHER)
        (found,) = (one for one in maker.caseworkers() if one.name == "R. Haque")
        assert (found.sign_in, found.roles) == ("R. HAQUE", {"caseworker"})
        done(maker, do.ChangeRecord("caseworker", found.id, found.version, {"name": "Rosa Haque"}))
    with _opened(where, OTHER, "r. haque") as rosa:
        assert rosa.who == "Rosa Haque"


@pytest.mark.parametrize(
    ("name", "roles", "new", "sentence"),
    [
        ("Ben", ["king"], HERS, "no role"),
        ("Ben", ["data"], "password", "weak"),
        ("Ben", ["data"], "short", "too short"),
        ("  ", ["data"], HERS, "empty"),
        ("B\x00b", ["data"], HERS, "cannot be"),
        (ANN, ["data"], HERS, "signs in already"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(
    where: Path, name: str, roles: list[str], new: str, sentence: str
) -> None:
    before = key_file(where).read_bytes()
    with _opened(where) as maker:
        trail = len(maker.history(999))
        with pytest.raises(Refused, match=sentence):
            bootstrap.add_person(maker, name, roles, new=new)
        assert len(maker.history(999)) == trail
    assert key_file(where).read_bytes() == before


def test_who_may_not_set_up_lets_nobody_in_or_out(where: Path) -> None:
    with _opened(where, HERS) as ann:
        who = [one.person.name for one in bootstrap.people_of(ann)]
        for call in (
            lambda: bootstrap.add_person(ann, "Ben", ["data"], new=OTHER),
            lambda: bootstrap.end_person(ann, who[-1]),
            lambda: bootstrap.give_passphrase(ann, who[-1], new=OTHER),
            lambda: bootstrap.new_recovery_key(ann),
        ):
            with pytest.raises(Refused, match="not for the role"):
                call()


def test_somebody_stays_who_can_let_others_in(where: Path) -> None:
    with _opened(where) as maker:
        (me,) = (one for one in maker.caseworkers() if one.sign_in == maker.who)
        for fields in (
            {"roles": frozenset({"data"})},
            {"active": False},
            {"until": date(2020, 1, 1)},
        ):
            outcome = maker.submit(do.ChangeRecord("caseworker", me.id, me.version, fields))
            assert isinstance(outcome, Failed), fields
            assert "has to stay" in outcome.sentence
        assert isinstance(
            maker.submit(do.RemoveRecord("caseworker", me.id, me.version, "x")), Failed
        )
        with pytest.raises(Refused, match="Somebody else"):
            bootstrap.end_person(maker, maker.who)
        assert maker.cases()
        with pytest.raises(Refused, match="Nobody called"):
            bootstrap.end_person(maker, "Zoe")


def test_the_recovery_key_gives_a_passphrase_that_was_forgotten(where: Path) -> None:
    with _opened(where) as maker:
        me, code = maker.who, bootstrap.new_recovery_key(maker)
    typed = code.replace("-", " ").lower().replace("0", "o")
    with _opened(where, typed) as recovered:
        assert (recovered.who, recovered.person.roles) == ("Recovery key", frozenset(ROLES))
        assert bootstrap.give_passphrase(recovered, me, new=OTHER) == me
        newer = bootstrap.new_recovery_key(recovered)
    with _opened(where, OTHER) as maker:
        assert maker.who == me
        said = [row.what for row in maker.history(5)]
        assert said[:2] == ["New recovery key", f"New passphrase for {me}"]
    for gone in (PASSPHRASE, code):
        with pytest.raises(WrongPassphrase), _opened(where, gone):
            pass
    with _opened(where, newer), pytest.raises(Refused, match="recovery key"):
        bootstrap.change_passphrase(str(where), old=newer, new=HERS)


def test_a_store_of_one_passphrase_is_recovered_too(file_session: Session) -> None:
    where = Path(file_session.where)
    file_session.close()
    with _opened(where) as alone:
        code = bootstrap.new_recovery_key(alone)
    with _opened(where, code) as recovered:
        with pytest.raises(Refused, match="new passphrase first"):
            bootstrap.add_person(recovered, ANN, [], new=HERS)
        bootstrap.give_passphrase(recovered, "", new=OTHER)
    with _opened(where, OTHER) as alone:
        assert alone.person.roles == frozenset(ROLES)


def test_a_leaked_passphrase_opens_nothing_with_any_key_file(where: Path) -> None:
    old = key_file(where).read_bytes()
    bootstrap.change_passphrase(str(where), old=PASSPHRASE, new=OTHER, leaked=True)
    with _opened(where, HERS) as ann:
        assert ann.who == ANN
    with _opened(where, OTHER) as maker:
        assert maker.check() == ()
        bootstrap.end_person(maker, ANN)
    with _opened(where, OTHER):
        pass
    key_file(where).write_bytes(old)
    key_copy(where).write_bytes(old)
    with pytest.raises(Unreadable, match="before it got another key"), _opened(where):
        pass


def test_an_envelope_put_beside_a_store_is_not_given_its_next_key(where: Path) -> None:
    content = key_files.find(where).first
    mine = replace(keys.seal(b"\x00" * 32, OTHER, ANN), id=content.envelopes[1].id)
    assert content.envelopes[1].name == ANN
    forged = [mine if one.id == mine.id else one for one in content.envelopes]
    key_files.write(where, key_files.holding(*forged, serial=9))
    with _opened(where) as maker:
        bootstrap.add_person(maker, "Ben Roe", [], new=OTHER)
    with _opened(where) as maker, pytest.raises(Unreadable, match="does not know"):
        bootstrap.end_person(maker, "Ben Roe")


def test_a_name_changed_in_the_key_file_makes_nobody_another(where: Path) -> None:
    content = key_files.find(where).first
    names = {one.name for one in content.envelopes if not one.recovery} - {ANN}
    swapped = [
        replace(one, name=names.copy().pop() if one.name == ANN else ANN)
        for one in content.envelopes
        if not one.recovery
    ]
    key_files.write(where, key_files.holding(*swapped, serial=9))
    with _opened(where, HERS) as ann:
        assert ann.who == ANN


def test_wrong_passphrases_are_slowed_told_and_put_on_record(
    where: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = datetime(2026, 11, 22, 10, 42, tzinfo=UTC)
    monkeypatch.setattr(SystemClock, "now", lambda _: now)
    for _ in range(FREE):
        with pytest.raises(WrongPassphrase) as wrong, _opened(where, "wrong", ANN):
            pass
    assert "It was wrong 5 times; try again in 2 seconds" in wrong.value.sentence
    with pytest.raises(TooSoon, match="2 seconds") as soon, _opened(where, HERS, ANN):
        pass
    assert soon.value.seconds == 2
    # A clock set back makes it no shorter, and no longer.
    now -= timedelta(days=400)
    with pytest.raises(TooSoon, match="2 seconds"), _opened(where, HERS):
        pass
    now += timedelta(days=400, seconds=2)
    with _opened(where, HERS) as ann:
        assert ann.who == ANN
    with _opened(where) as maker:
        said = [(row.what, row.who) for row in maker.history(FREE)]
        assert (
            said == [(f"Wrong passphrase as {ANN} on 22 Nov 2026 10:42 GMT", "Caseworker")] * FREE
        )
        assert maker.check() == ()
    with pytest.raises(WrongPassphrase) as wrong, _opened(where, "wrong"):
        pass
    assert "try again" not in wrong.value.sentence
    assert {one.name for one in where.parent.iterdir() if "tries" in one.name} == {
        f".{where.name}.tries"
    }


def test_a_weak_passphrase_opens_on_and_is_asked_to_be_changed(tmp_path: Path) -> None:
    where = tmp_path / "weak.store"
    bootstrap.open_session(str(where), passphrase="password", today=TODAY, create=True).close()
    for _ in range(2):
        with _opened(where, "password") as session:
            (said,) = session.notices
            assert said.startswith("This passphrase is weak: change it")
    with pytest.raises(Refused, match="weak"):
        bootstrap.change_passphrase(str(where), old="password", new="password1")
    bootstrap.change_passphrase(str(where), old="password", new=HERS)
    with _opened(where, HERS) as session:
        assert session.notices == ()


PERSON = SignIn("1", ANN, "ann", frozenset({"caseworker"}))


@pytest.mark.parametrize(
    ("person", "sentence"),
    [
        (PERSON._replace(until=TODAY - timedelta(days=1)), "left on 21 Nov 2026"),
        (PERSON._replace(active=False), "does not work here"),
        (PERSON._replace(since=TODAY + timedelta(days=1)), "from 23 Nov 2026 on"),
        (PERSON._replace(roles=frozenset()), "no role here yet"),
        (PERSON._replace(sign_in="other"), "not among the people"),
    ],
)
def test_who_may_not_sign_in_is_told_why(person: SignIn, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        person_of(OpenedBy("Ann", bound=True), [person], "account", TODAY)
    may = person._replace(sign_in="ANN", active=True, since=None, until=None)
    if may.roles:
        assert person_of(OpenedBy("Ann", bound=True), [may], "account", TODAY).name == ANN


def test_on_a_server_roles_are_those_of_whoever_is_logged_in(
    tmp_path: Path, empty_file: Path, postgresql: Server
) -> None:
    where = Places(tmp_path, empty_file, lambda: postgresql, "postgresql").new()
    session = bootstrap.open_session(where, today=TODAY)
    me = session.who
    fields = {"name": "Ann Lee", "sign_in": me, "roles": frozenset({"reader"})}
    outcome = session.submit(do.AddRecord("caseworker", fields))
    assert isinstance(outcome, Failed)
    assert "has to stay" in outcome.sentence
    fields["roles"] = frozenset({"reader", "administrator"})
    done(session, do.AddRecord("caseworker", fields))
    assert bootstrap.add_person(session, "cara", ["data"], new="") == ""
    with pytest.raises(Refused, match="signs in already"):
        bootstrap.add_person(session, "CARA", ["data"], new="")
    with pytest.raises(Refused, match="log in to a database as themselves"):
        bootstrap.new_recovery_key(session)
    bootstrap.end_person(session, "cara")
    session = bootstrap.open_session(where, today=TODAY)
    assert [one.state for one in bootstrap.people_of(session)] == ["signs in", "left"]
    session.close()
    session = bootstrap.open_session(where, today=TODAY)
    assert (session.who, session.person.roles) == ("Ann Lee", {"reader", "administrator"})
    (ann,) = (one for one in session.caseworkers() if one.name == "Ann Lee")
    done(session, do.AddRecord("caseworker", {**fields, "name": "Ben Roe", "sign_in": "ben"}))
    done(session, do.ChangeRecord("caseworker", ann.id, ann.version, {"active": False}))
    session.close()
    with pytest.raises(Refused, match="does not work here"):
        bootstrap.open_session(where, today=TODAY)
