"""Ways to tamper with a store by SQL, by somebody with its passphrase or their own sign-in.

Each is declared with what it does and what `check` has to say of it. On a team's server some are
refused: then that is the answer.
"""

from __future__ import annotations

import secrets
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

import psycopg

from caseworker_app import bootstrap
from caseworker_app.domain.signed_heads import SignedHead
from caseworker_app.services.session import Session
from caseworker_app.store import cipher, signatures
from caseworker_app.store.audit import link_of
from caseworker_app.store.guards import ON_FILE
from caseworker_app.store.key_files import find, unsealed
from caseworker_app.store.places import backups_folder, key_file
from caseworker_app.store.signing import Signer
from caseworker_app.store.tables import AUDIT, SIGNATURE
from tests.support.commands import add_caseworker
from tests.support.postgres import Server
from tests.support.sessions import done, reviewed
from tests.support.stores import PASSPHRASE, TODAY, session_at

FILE, SERVER, TEAM = "file", "server", "team"
PLACES = (FILE, SERVER, TEAM)
_START = "0" * 64
_AUDIT = [column.name for column in AUDIT.columns]
_SIGNED = [column.name for column in SIGNATURE.columns]
_ADULTS = "administrator caseworker"


class Hand(Protocol):
    """SQL on a store, past Caseworker.

    Attributes:
        on_file: whether it is a store file.
    """

    on_file: bool

    def run(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Run a statement with `?` for values; what it finds."""
        ...

    def bare(self) -> Any:
        """Without the guards, which stand again afterwards as they were."""
        ...


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of tampering.

    Attributes:
        name: what somebody does.
        does: does it.
        said: words that must be in what `check` says first; several where places differ.
        refused: on a team's server whoever works there is not let.
        places: where it can be done at all.
    """

    name: str
    does: Callable[[Hand], object]
    said: tuple[str, ...]
    refused: bool = False
    places: tuple[str, ...] = PLACES


class _OnFile:
    on_file = True

    def __init__(self, connection: cipher.Connection) -> None:
        self._connection = connection

    def run(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in self._connection.execute(sql, tuple(values))]

    @contextmanager
    def bare(self) -> Iterator[None]:
        for name in ON_FILE:
            self.run(f"DROP TRIGGER {name}")
        yield
        for sql in ON_FILE.values():
            self.run(sql)


class _OnServer:
    on_file = False

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection

    def run(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        plain = sql.replace("?", "%s").encode() if values else sql.encode()
        cursor = self._connection.execute(plain, tuple(values) or None)
        return cursor.fetchall() if cursor.description else []

    @contextmanager
    def bare(self) -> Iterator[None]:
        for table in ("audit", "signature"):
            self.run(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield
        for table in ("audit", "signature"):
            self.run(f"ALTER TABLE {table} ENABLE TRIGGER USER")


@contextmanager
def hand_on(where: str) -> Iterator[Hand]:
    """A hand on the store at a place."""
    if "://" not in where:
        path = Path(where)
        connection = cipher.open_file(path, unsealed(find(path).first, PASSPHRASE, "x"))
        try:
            yield _OnFile(connection)
        finally:
            connection.close()
        return
    with psycopg.connect(where.replace("+psycopg", "", 1), autocommit=True) as server:
        yield _OnServer(server)


def _sql(*statements: str) -> Callable[[Hand], None]:
    def does(hand: Hand) -> None:
        for one in statements:
            hand.run(one)

    return does


def _bare(*statements: str) -> Callable[[Hand], None]:
    def does(hand: Hand) -> None:
        with hand.bare():
            for one in statements:
                hand.run(one)

    return does


def _keep_head(hand: Hand) -> None:
    hand.run(
        "UPDATE meta SET value = (SELECT seq || ':' || hash FROM audit ORDER BY seq DESC LIMIT 1) "
        "WHERE name = 'audit_head'"
    )


def _cut(hand: Hand) -> None:
    with hand.bare():
        hand.run("DELETE FROM audit WHERE seq > (SELECT max(seq) FROM audit) - 2")
        _keep_head(hand)


def _rewrite(hand: Hand, changes: Mapping[str, object], where: int = 3) -> None:
    """Change an entry and chain all that follow anew, as Caseworker would have."""
    with hand.bare():
        rows = hand.run(f"SELECT {', '.join(_AUDIT)} FROM audit ORDER BY seq")
        link = _START
        for row in rows:
            held = dict(zip(_AUDIT, row, strict=True))
            if held["seq"] == where:
                held |= changes
            plain = tuple(held[name] for name in _AUDIT[:-2])
            before, link = link, link_of(link, plain)
            new = (*plain, before, link)
            if new != row:
                sets = ", ".join(f"{name} = ?" for name in _AUDIT)
                hand.run(f"UPDATE audit SET {sets} WHERE seq = ?", (*new, held["seq"]))
        _keep_head(hand)


def _rewrite_unsigned(hand: Hand) -> None:
    _rewrite(hand, {"who": "Somebody else"})
    with hand.bare():
        hand.run("DELETE FROM signature")


def _heads(hand: Hand) -> list[SignedHead]:
    rows = hand.run(f"SELECT {', '.join(_SIGNED)} FROM signature ORDER BY id")
    return [SignedHead.of_row(dict(zip(_SIGNED, row, strict=True))) for row in rows]


def _sign_with(hand: Hand, private: bytes, **changes: Any) -> None:
    """Take the newest signature out and put one by another key in its place."""
    heads = _heads(hand)
    signer = Signer(heads[-1].envelope, private)
    made = replace(heads[-1], public=signer.public, **changes)
    made = made.signed(signer.sign(signatures.message(heads[-2], made)))
    with hand.bare():
        hand.run("DELETE FROM signature WHERE id = ?", (made.number,))
        row = made.as_row()
        marks = ", ".join("?" for _ in _SIGNED)
        names = ", ".join(_SIGNED)
        hand.run(f"INSERT INTO signature ({names}) VALUES ({marks})", [row[one] for one in _SIGNED])


def _forge_signature(hand: Hand) -> None:
    _sign_with(hand, secrets.token_bytes(32))


def _twin(table: str) -> Callable[[Hand], None]:
    """A guard of the same name that guards nothing."""

    def does(hand: Hand) -> None:
        if hand.on_file:
            name = f"{table}_no_update"
            hand.run(f"DROP TRIGGER {name}")
            hand.run(
                f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} WHEN NEW.at = 'never' "
                f"BEGIN SELECT RAISE(ABORT, 'never'); END"
            )
            return
        hand.run(
            f"CREATE OR REPLACE FUNCTION {table}_is_append_only() RETURNS trigger "
            "LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$"
        )

    return does


def _guard_gone(hand: Hand) -> None:
    gone = "audit_no_delete" if hand.on_file else "audit_no_change ON audit"
    hand.run(f"DROP TRIGGER {gone}")


def _guard_off(hand: Hand) -> None:
    hand.run("ALTER TABLE audit DISABLE TRIGGER audit_no_change")


def _another_trigger(hand: Hand) -> None:
    if hand.on_file:
        hand.run(
            "CREATE TRIGGER quiet AFTER INSERT ON fact "
            "BEGIN UPDATE child SET comment = '' WHERE id = NEW.child_id; END"
        )
        return
    hand.run(
        "CREATE FUNCTION quiet() RETURNS trigger LANGUAGE plpgsql "
        "AS $$ BEGIN NEW.detail := ''; RETURN NEW; END $$"
    )
    hand.run("CREATE TRIGGER quiet BEFORE INSERT ON fact FOR EACH ROW EXECUTE FUNCTION quiet()")


def _lying_view(hand: Hand) -> None:
    columns = [row[0] for row in hand.run(_columns(hand))]
    told = ", ".join("numerator + 1 AS numerator" if one == "numerator" else one for one in columns)
    hand.run("DROP VIEW open_data")
    hand.run(f"CREATE VIEW open_data AS SELECT {told} FROM open_figure ORDER BY position")


def _columns(hand: Hand) -> str:
    if hand.on_file:
        return "SELECT name FROM pragma_table_info('open_figure') WHERE name <> 'position'"
    return (
        "SELECT attname::text FROM pg_attribute WHERE attrelid = 'open_figure'::regclass "
        "AND attnum > 0 AND attname <> 'position' ORDER BY attnum"
    )


def _points_at_nothing(hand: Hand) -> None:
    hand.run("PRAGMA foreign_keys = OFF")
    hand.run("UPDATE fact SET child_id = 999 WHERE id = 1")


def _key_of_another(hand: Hand) -> None:
    hand.run("UPDATE child_key SET key = ? WHERE child_id = 1", (secrets.token_bytes(32),))


def _body(hand: Hand) -> None:
    hand.run("UPDATE kept_body SET body = ?", (b"other figures",))


def _new_child(hand: Hand) -> None:
    names = [row[0] for row in hand.run(_child_columns(hand))]
    told = {"id": "77", "reference": "'TH-77'", "surname": "'Nobody'", "upn": "''"}
    values = ", ".join(told.get(name, f'"{name}"') for name in names)
    listed = ", ".join(f'"{name}"' for name in names)
    hand.run(f"INSERT INTO child ({listed}) SELECT {values} FROM child WHERE id = 1")
    hand.run("UPDATE counter SET next = 78 WHERE name = 'child'")


def _child_columns(hand: Hand) -> str:
    if hand.on_file:
        return "SELECT name FROM pragma_table_info('child')"
    return (
        "SELECT attname::text FROM pg_attribute WHERE attrelid = 'child'::regclass "
        "AND attnum > 0 AND NOT attisdropped ORDER BY attnum"
    )


_ALTERED = ("has been altered",)
_OUTSIDE = ("which ", "signed")

KINDS: tuple[Kind, ...] = (
    # The trail.
    Kind(
        "other words in an entry",
        _bare("UPDATE audit SET what = 'x' WHERE seq = 3"),
        _ALTERED,
        refused=True,
    ),
    Kind(
        "another person in an entry",
        _bare("UPDATE audit SET who = 'x' WHERE seq = 4"),
        _ALTERED,
        refused=True,
    ),
    Kind(
        "another moment in an entry",
        _bare("UPDATE audit SET at = '2020-01-01T00:00:00Z' WHERE seq = 5"),
        _ALTERED,
        refused=True,
    ),
    Kind(
        "what an entry holds emptied",
        _bare("UPDATE audit SET sealed = NULL WHERE seq = 4"),
        _ALTERED,
        refused=True,
    ),
    Kind(
        "an entry taken out",
        _bare("DELETE FROM audit WHERE seq = 4"),
        ("entry 4 is missing",),
        refused=True,
    ),
    Kind(
        "the first entries taken out",
        _bare("DELETE FROM audit WHERE seq < 4"),
        ("entry 1 is missing",),
        refused=True,
    ),
    Kind(
        "the last entries taken out",
        _bare("DELETE FROM audit WHERE seq > 6"),
        ("but more was written after it",),
        refused=True,
    ),
    Kind("the trail cut and its end kept anew", _cut, ("to which",), refused=True),
    Kind(
        "the trail emptied",
        _bare("DELETE FROM audit", "DELETE FROM meta WHERE name = 'audit_head'"),
        ("was taken away",),
        refused=True,
    ),
    Kind(
        "the trail without its head",
        _sql("DELETE FROM meta WHERE name = 'audit_head'"),
        ("its head is gone",),
        refused=True,
    ),
    Kind(
        "another head",
        _sql("UPDATE meta SET value = '2:abc' WHERE name = 'audit_head'"),
        ("but more was written after it",),
        refused=True,
    ),
    Kind(
        "the trail written anew from an entry on",
        lambda hand: _rewrite(hand, {"who": "Somebody else"}),
        ("signed: it was rewritten",),
        refused=True,
    ),
    Kind(
        "the trail written anew without its signatures",
        _rewrite_unsigned,
        ("has: it was rewritten",),
        refused=True,
    ),
    # The guards.
    Kind("a guard taken away", _guard_gone, ("is missing",), refused=True),
    Kind("a guard switched off", _guard_off, ("is missing",), refused=True, places=(SERVER, TEAM)),
    Kind(
        "a harmless twin of a guard of the trail",
        _twin("audit"),
        ("does not do what it should",),
        refused=True,
    ),
    Kind(
        "a harmless twin of a guard of signatures",
        _twin("signature"),
        ("does not do what it should",),
        refused=True,
    ),
    Kind(
        "a trigger that changes what is written",
        _another_trigger,
        ("The trigger quiet does not belong there",),
        refused=True,
    ),
    Kind(
        "a rule that lets nothing be written",
        _sql("CREATE RULE quiet AS ON UPDATE TO fact DO INSTEAD NOTHING"),
        ("The trigger quiet does not belong there",),
        refused=True,
        places=(SERVER, TEAM),
    ),
    Kind("a view that shows other figures", _lying_view, ("The view open_data",), refused=True),
    # Signatures.
    Kind(
        "another person in a signature",
        _bare("UPDATE signature SET who = 'x' WHERE id = 2"),
        ("Signature 2, of x, does not fit",),
        refused=True,
    ),
    Kind(
        "a signature taken out",
        _bare("DELETE FROM signature WHERE id = 2"),
        ("Signature 2 is missing",),
        refused=True,
    ),
    Kind(
        "the last signature taken out",
        _bare("DELETE FROM signature WHERE id = (SELECT max(id) FROM signature)"),
        ("is missing, which",),
        refused=True,
    ),
    Kind(
        "every signature taken out",
        _bare("DELETE FROM signature"),
        ("is missing, which",),
        refused=True,
    ),
    Kind(
        "a signature by another key", _forge_signature, ("that nobody vouched for",), refused=True
    ),
    # Rows that the trail tells of.
    Kind(
        "another name of a child",
        _sql("UPDATE child SET surname = 'Other' WHERE id = 1"),
        ("surname of case",),
    ),
    Kind(
        "another birthday",
        _sql("UPDATE child SET born = '2015-01-01' WHERE id = 2"),
        ("birth of case", "born of case", "case"),
    ),
    Kind(
        "a child taken out",
        _sql(
            "DELETE FROM deadline WHERE child_id = 2",
            "DELETE FROM fact WHERE child_id = 2",
            "DELETE FROM child WHERE id = 2",
        ),
        ("stands in the audit trail, but not in the store",),
    ),
    Kind("a child put in", _new_child, ("stands in the store, but not in the audit trail",)),
    Kind(
        "another day of an event",
        _sql("UPDATE fact SET day = '2026-10-09' WHERE id = 4"),
        ("An event of case",),
    ),
    Kind(
        "another kind of event",
        _sql("UPDATE fact SET kind = 'plan_ceased' WHERE id = 3"),
        ("An event of case",),
    ),
    Kind(
        "a kind of event that there is not",
        _sql("UPDATE fact SET kind = 'no such kind' WHERE id = 3"),
        ("holds what Caseworker never writes",),
    ),
    Kind(
        "no JSON beside an event",
        _sql("UPDATE fact SET detail = 'x' WHERE id = 3"),
        ("holds what Caseworker never writes",),
    ),
    Kind("an event taken out", _sql("DELETE FROM fact WHERE id = 4"), ("An event of case",)),
    Kind(
        "an event given to another child",
        _sql("UPDATE fact SET child_id = 2 WHERE id = 1"),
        ("An event of case",),
    ),
    Kind("an event of nobody", _points_at_nothing, ("points at nothing",), places=(FILE,)),
    Kind("more roles", _sql(f"UPDATE caseworker SET roles = '{_ADULTS}'"), ("oles of caseworker",)),
    Kind(
        "another name of the council",
        _sql("UPDATE meta SET value = 'Elsewhere' WHERE name = 'council'"),
        ("The council's name",),
    ),
    Kind(
        "the rule pack exchanged",
        _sql("UPDATE pack_in_force SET pack = '2030.1'"),
        ("in the store is not what the audit trail leaves",),
    ),
    Kind(
        "the key of a child destroyed",
        _sql("UPDATE child_key SET key = NULL WHERE child_id = 1"),
        ("is disposed of, but still stands here",),
    ),
    Kind("another key of a child", _key_of_another, ("does not open",)),
    Kind(
        "a counter set back",
        _sql("UPDATE counter SET next = 1 WHERE name = 'child'"),
        ("The counter of child was set back",),
    ),
    # What follows from them.
    Kind(
        "another date due",
        _sql("UPDATE deadline SET due = due + 30 WHERE child_id = 1 AND position = 1"),
        ("differ from a fresh count",),
    ),
    Kind(
        "a date closed",
        _sql("UPDATE deadline SET closed_on = due WHERE closed_on IS NULL"),
        ("differ from a fresh count",),
    ),
    Kind(
        "a date taken out",
        _sql("DELETE FROM deadline WHERE child_id = 1 AND position = 0"),
        ("differ from a fresh count",),
    ),
    Kind(
        "another standing",
        _sql("UPDATE child SET standing = '' WHERE id = 1"),
        ("differ from a fresh count",),
    ),
    Kind(
        "other words of a rule",
        _sql("UPDATE rule_version SET body = replace(body, 'the', 'no')"),
        ("kept wording of rule", "cannot be read", "differ from a fresh count"),
    ),
    Kind(
        "the note of the rules taken away",
        _sql("DELETE FROM meta WHERE name = 'rules'"),
        ("is not noted any more",),
    ),
    # Returns and looks.
    Kind(
        "other figures of a kept return",
        _body,
        ("What was kept of return 1 is missing or damaged",),
    ),
    Kind(
        "a kept return taken out",
        _sql("DELETE FROM return_run"),
        ("stands in the audit trail, but not in the store",),
    ),
    Kind(
        "a return that was published, and was not",
        _sql("UPDATE return_run SET public = false"),
        ("in the store is not what the audit trail leaves",),
    ),
    Kind(
        "other open data",
        _sql("UPDATE open_figure SET numerator = 7 WHERE position = 1"),
        ("The open data are not",),
    ),
    Kind(
        "a look taken out",
        _sql("DELETE FROM access_child WHERE access_id = 1", "DELETE FROM access WHERE id = 1"),
        ("Who looked at cases is not what",),
        refused=True,
    ),
    Kind(
        "another person who looked",
        _sql("UPDATE access SET who = 'x' WHERE id = 1"),
        ("Who looked at cases is not what",),
        refused=True,
    ),
    Kind(
        "a look at another case",
        _sql("UPDATE access_child SET child_id = 2 WHERE access_id = 1"),
        ("Who looked at cases is not what",),
        refused=True,
    ),
)


@dataclass
class Stores:
    """Stores with a history to tamper with: one for each place, copied for each kind.

    Attributes:
        folder: where files go; that of second places too.
    """

    folder: Path
    server: Callable[[], Server]

    def __post_init__(self) -> None:
        self._made: dict[str, str] = {}
        self._given = 0

    def new(self, place: str) -> tuple[str, Path]:
        """A fresh copy for a place: where it is, and its second place."""
        if place not in self._made:
            self._made[place] = self._fill(place)
        where, self._given = self._made[place], self._given + 1
        home = self.folder / str(self._given)
        home.mkdir()
        second = self.folder / f"{place}-second"
        if place == FILE:
            path = Path(where)
            for one in (path, key_file(path)):
                shutil.copy(one, home / one.name)
            shutil.copytree(backups_folder(path), backups_folder(home / path.name))
            return str(home / path.name), second
        name = urlsplit(where).path[1:]
        copy = self.server().database(name)
        made = urlsplit(copy).path[1:]
        shutil.copy(second / f"{name}.heads", home / f"{made}.heads")
        user = "ann@" if place == TEAM else "test@"
        return copy.replace("test@", user, 1), home

    def _fill(self, place: str) -> str:
        second = self.folder / f"{place}-second"
        second.mkdir()
        if place == FILE:
            where = str(self.folder / "tampered.store")
            session = bootstrap.open_session(where, passphrase=PASSPHRASE, today=TODAY, create=True)
        else:
            where = self.server().database()
            if place == TEAM:
                bootstrap.set_up_team(where)
                name = urlsplit(where).path[1:]
                if not self.server().run("SELECT 1 FROM pg_roles WHERE rolname = 'ann'"):
                    self.server().run("CREATE ROLE ann LOGIN")
                self.server().run(f'GRANT "{name}_people" TO ann')
                session = opened(where.replace("test@", "ann@", 1), second)
            else:
                bootstrap.open_session(where, today=TODAY, create=True).close()
                session = opened(where, second)
        session.second_place = second
        _history(session, self.folder / f"{place}.xlsx")
        session.close()
        return where


def _history(session: Session, target: Path) -> None:
    """Two children, a caseworker, the council's name, looks, a published return, signatures."""
    from caseworker_app.services import access

    session.set_council("Tower Hamlets")
    done(session, add_caseworker("R. Haque"))
    first = reviewed(session, reference="TH-1")
    session.sign_end()
    reviewed(session, "Patel", reference="TH-2")
    access.opened(session, first)
    session.sign_end()
    bootstrap.board(session, date(2026, 9, 1), TODAY, target=target)
    session.keep_backup(None)
    access.taken_out(session, "written", "Cases", (first,))


def opened(where: str, second: Path) -> Session:
    """A session on one of these stores."""
    session = session_at(where)
    session.second_place = second
    return session


def tried(stores: Stores, kind: Kind, place: str) -> str:
    """Do it on a fresh store; what is wrong with what came of it, or ""."""
    where, second = stores.new(place)
    refused = ""
    try:
        with hand_on(where) as hand:
            kind.does(hand)
    except (psycopg.Error, sqlite3.Error) as error:
        refused = str(error).partition("\n")[0]
    session = opened(where, second)
    try:
        said = session.check()
    finally:
        session.close()
    if refused:
        if not (kind.refused and place == TEAM):
            return f"{kind.name} on {place}: could not be tried: {refused}"
        return f"{kind.name} on {place}: refused, but {said[0]}" if said else ""
    if kind.refused and place == TEAM:
        return f"{kind.name} on {place}: was not refused"
    if not said:
        return f"{kind.name} on {place}: check finds nothing"
    if not any(one in said[0] for one in kind.said):
        return f"{kind.name} on {place}: check says {said[0]}"
    return ""
