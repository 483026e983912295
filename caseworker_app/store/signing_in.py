"""What a store itself knows of who opens it: the envelopes of its people, and the people.

Read by plain SQL: the window asks it at every start.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Protocol

from caseworker_app.domain.restricted import RestrictedCase, names_in
from caseworker_app.domain.signing_in import OpenedBy, SignIn
from caseworker_app.store import cipher, keys
from caseworker_app.store.days import DAY

_NOTE = "envelope:"
"""Before the id of an envelope among the notes of a store; the note is its public half and name."""
_READ = f"SELECT name, value FROM meta WHERE name LIKE '{_NOTE}%'"  # noqa: S608
_PEOPLE = """
SELECT id, name, sign_in, roles, active, since, until FROM caseworker WHERE sign_in <> ''
ORDER BY id
"""


class Opening(Protocol):
    """The envelopes of a store file, of which one has opened it."""

    own: keys.Envelope


class SignedInto(Protocol):
    """An open store, as it is asked who opened it."""

    @property
    def envelopes(self) -> Opening | None:
        """Whose passphrases open it; None for a database."""
        ...

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """What some SQL finds."""
        ...


def notes_of(envelopes: Iterable[keys.Envelope]) -> dict[str, str]:
    """What a store notes of envelopes, so that nobody can put another in the place of one."""
    return {f"{_NOTE}{one.id}": f"{one.public.hex()} {one.name}" for one in envelopes}


def known_in(notes: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """By id, the public half and the name of the envelopes that a store knows, from its notes."""
    found = {}
    for name, value in notes.items():
        if name.startswith(_NOTE) and value:
            public, _, whose = value.partition(" ")
            found[name.removeprefix(_NOTE)] = public, whose
    return found


def known_envelopes(connection: cipher.Connection) -> dict[str, str]:
    """By id, the public half of the envelopes that a store knows."""
    notes = {str(name): str(value) for name, value in connection.execute(_READ)}
    return {key: public for key, (public, _) in known_in(notes).items()}


def keep_known(connection: cipher.Connection, envelopes: Iterable[keys.Envelope]) -> None:
    """Let a store know some envelopes and no others."""
    notes = notes_of(envelopes)
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(f"DELETE FROM meta WHERE name LIKE '{_NOTE}%'")  # noqa: S608
    for name, value in notes.items():
        connection.execute("INSERT INTO meta (name, value) VALUES (?, ?)", (name, value))
    connection.execute("COMMIT")


def forget_known(connection: cipher.Connection) -> None:
    """Let a store know no envelope: it came under a key of its own."""
    keep_known(connection, ())


_RESTRICTED = """
SELECT r.child_id, c.caseworker_id, r.opened_by, r.since, r.until
FROM restriction r JOIN child c ON c.id = r.child_id ORDER BY r.id
"""


def restrictions(store: SignedInto, today: date) -> tuple[RestrictedCase, ...]:
    """The cases that are restricted on a day."""
    found = []
    for child, holder, opened_by, since, until in store.rows(_RESTRICTED):
        first, last = DAY[since], DAY[until]
        if first <= today and (last is None or today <= last):
            names = names_in(opened_by)
            found.append(RestrictedCase(str(child), str(holder or ""), names))
    return tuple(found)


def opened_by(store: SignedInto) -> OpenedBy:
    """Who has opened a store: by their envelope, or by their log-in to the server."""
    if store.envelopes is None:
        ((user,),) = store.rows("SELECT session_user")
        return OpenedBy(str(user), bound=bool(people(store)))
    own = store.envelopes.own
    known = known_in(dict(store.rows(_READ)))
    # The name that stands in the key file is anybody's to change; the store's own is not.
    name = known[own.id][1] if own.id in known else own.name
    return OpenedBy(name, bound=bool(known), recovery=own.recovery)


def people(store: SignedInto) -> tuple[SignIn, ...]:
    """Those of the caseworkers who sign in, ended or not, in the order of their keys."""
    return tuple(
        SignIn(
            str(key), name, sign_in, frozenset(roles.split()), bool(active), DAY[since], DAY[until]
        )
        for key, name, sign_in, roles, active, since, until in store.rows(_PEOPLE)
    )
