"""The people of a store: who signs in, with which roles, and how one comes, goes and gets a key.

A person is a caseworker who signs in. In a file each has an envelope of their own, which their
passphrase opens; what the store notes of the envelopes says which are its own. Everything here is
done in an order in which a stop between two steps is mended by doing it again.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from caseworker_app.domain.errors import Refused
from caseworker_app.domain.names import folded
from caseworker_app.domain.permissions import ROLES, Right
from caseworker_app.domain.signing_in import SignIn
from caseworker_app.domain.text import is_storable
from caseworker_app.services.clock import stamp
from caseworker_app.services.heads import vouch
from caseworker_app.services.signing_in import note, refuse_weak

if TYPE_CHECKING:
    from caseworker_app.services.ports import Envelopes
    from caseworker_app.services.situation import Situation

_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One of the people of a store, as the list of them shows it.

    Attributes:
        person: as the store has them.
        state: "signs in", "left", "left, still has a key" until the file is encrypted anew, or what
            is wanting that they could.
    """

    person: SignIn
    state: str


def people_of(session: Situation) -> tuple[PersonRow, ...]:
    """Everybody who signs in or did, by name."""
    session.person.ask("setup", Right.READ)
    today = session.today()
    envelopes = session.store.envelopes
    held = None if envelopes is None else {folded(one.name) for one in envelopes.all()}
    rows = []
    for one in session.store.people():
        state = one.state(today)
        has_key = held is None or folded(one.sign_in) in held
        if state != "left" and not has_key:
            state = "no passphrase yet"
        elif state == "left" and held is not None and has_key:
            # As where a colleague had the file open when they were to be ended.
            state = "left, still has a key"
        rows.append(PersonRow(one, state))
    return tuple(sorted(rows, key=lambda row: folded(row.person.name)))


def add_person(
    session: Situation, name: str, roles: Collection[str], new: str, own: str | None
) -> str:
    """Let somebody sign in: to a store file with a passphrase of their own.

    To a database people log in as themselves; there `name` is that of their log-in.

    With the first, whoever has opened the store becomes one of its people, with every role. The
    value is a recovery key where there was none; it is nowhere else. Else it is "".

    Args:
        session: the open store.
        name: of a caseworker who is there, or of somebody new.
        roles: what they may do; those of a caseworker once more with none.
        new: their passphrase.
        own: that of whoever adds them, for a store that had one for all.

    Raises:
        Refused: the person here may not, the name or a role cannot be, or the passphrase is weak.
        PassphraseNeeded, WrongPassphrase: one's own passphrase is needed, or is another one.
    """
    session.person.ask("setup", Right.WRITE)
    name = _as_name(name)
    roles = _as_roles(roles) or frozenset({"caseworker"})
    if session.store.envelopes is None:
        return _add_to_server(session, name, roles)
    envelopes = _envelopes(session)
    refuse_weak(new)
    opened = session.store.opened_by()
    if opened.recovery and not opened.bound:
        raise Refused("Give the store a new passphrase first, and open it with that.", "own")
    me = opened.name if opened.bound else session.who
    own_anew = envelopes.own if opened.recovery else envelopes.own_anew(me, own)
    if folded(name) == folded(me):
        raise Refused(f"{name} signs in already.", "name")
    found = _person(session, name)
    sign_in = name if found is None else found.sign_in
    held = {folded(one.name): one for one in envelopes.all() if not one.recovery}
    before = held.get(folded(sign_in))
    if found is not None and before is not None and not found.barred(session.today()):
        raise Refused(f"{name} signs in already.", "name")
    wanted = [] if opened.bound else [(me, frozenset(ROLES))]
    _let_sign_in(session, [*wanted, (sign_in, roles)])
    made = [own_anew, envelopes.seal(sign_in, new)]
    recovery = ""
    if not any(one.recovery for one in envelopes.all()):
        sealed, recovery = envelopes.seal_recovery()
        made.append(sealed)
    if not opened.bound:
        # From here on the store knows its people: those who open it until now are among them.
        named = {one.id for one in made}
        made += [one for one in envelopes.all() if one.id not in named]
    _keep(session, made, {before.id} if before is not None else (), noted=True)
    return recovery


def _add_to_server(session: Situation, name: str, roles: frozenset[str]) -> str:
    """Let whoever logs in to a database under a name have some roles; the value is ""."""
    opened = session.store.opened_by()
    found = _person(session, name)
    if found is not None and not found.barred(session.today()):
        raise Refused(f"{name} signs in already.", "name")
    first = [] if opened.bound else [(opened.name, frozenset(ROLES))]
    if any(folded(one) == folded(name) for one, _ in first):
        first = []
        roles = frozenset(ROLES)
    _let_sign_in(session, [*first, (found.sign_in if found else name, roles)])
    return ""


def change_roles(session: Situation, name: str, roles: Collection[str]) -> None:
    """Give somebody who signs in other roles.

    Raises:
        Refused: the person here may not, nobody is called so, a role cannot be, or no
            administrator would be left.
    """
    session.person.ask("setup", Right.WRITE)
    found = _person(session, name)
    if found is None:
        raise Refused(f"Nobody called {name} signs in here.", "name")
    given = _as_roles(roles)
    words = ", ".join(ROLES[one].lower() for one in ROLES if one in given)
    _change(session, [(found.id, {"roles": given})], f"{found.name} signs in as {words}")


def _as_roles(roles: Collection[str]) -> frozenset[str]:
    for one in sorted(set(roles) - ROLES.keys()):
        raise Refused(f"{one!r} is no role; they are {', '.join(ROLES)}.", "role")
    return frozenset(roles)


def ending(session: Situation, name: str) -> tuple[str, ...]:
    """Let somebody sign in no more; the value is the ids of the envelopes that are to go.

    They stay in the store and on record. The store then has to be given another key.

    Raises:
        Refused: nobody is called so, it is oneself, or no administrator would be left.
    """
    session.person.ask("setup", Right.WRITE)
    envelopes = session.store.envelopes
    found = _person(session, name)
    if found is None:
        raise Refused(f"Nobody called {name} signs in here.", "name")
    if folded(found.sign_in) == folded(session.store.opened_by().name):
        raise Refused("Somebody else has to end your signing in.", "name")
    if not found.barred(session.today()):
        until = session.today()
        fields = {"active": False, "until": max(until, found.since or until)}
        what = f"{found.name} signs in no more"
        _change(session, [(found.id, fields)], what)
    if envelopes is None:
        return ()
    return tuple(one.id for one in envelopes.all() if folded(one.name) == folded(found.sign_in))


def give_passphrase(session: Situation, name: str, new: str) -> str:
    """Give somebody else a new passphrase, or anybody where the recovery key has opened the store.

    The value is their name. What their old passphrase opens, it opens until the store gets
    another key.

    Raises:
        Refused: the person here may not, nobody is called so, or the passphrase is weak.
    """
    session.person.ask("setup", Right.WRITE)
    envelopes = _envelopes(session)
    refuse_weak(new)
    opened = session.store.opened_by()
    whose = [one for one in envelopes.all() if not one.recovery]
    if name:
        wanted = folded(name)
        found = _person(session, name)
        if found is not None:
            if barred := found.barred(session.today()):
                raise Refused(barred, "name")
            wanted = folded(found.sign_in)
        whose = [one for one in whose if folded(one.name) == wanted]
    if len(whose) != 1:
        raise Refused(f"Nobody called {name} signs in here." if name else "Say whose.", "name")
    what = f"new passphrase for {whose[0].name or 'the store'}"
    with session.store.writing() as unit:
        unit.append([note(what)], stamp(session.clock.now()), session.who)
    made = [envelopes.seal(whose[0].name, new)]
    _keep(session, made, {whose[0].id}, noted=opened.bound)
    return str(whose[0].name)


def new_recovery_key(session: Situation, own: str | None) -> str:
    """Make a recovery key, in the place of the one there was; it is nowhere else.

    Raises:
        Refused: the person here may not, or the store is a database.
        PassphraseNeeded, WrongPassphrase: see `add_person`.
    """
    session.person.ask("setup", Right.WRITE)
    envelopes = _envelopes(session)
    opened = session.store.opened_by()
    made = [] if opened.recovery else [envelopes.own_anew(opened.name or session.who, own)]
    sealed, code = envelopes.seal_recovery()
    with session.store.writing() as unit:
        unit.append([note("new recovery key")], stamp(session.clock.now()), session.who)
    without = {one.id for one in envelopes.all() if one.recovery}
    _keep(session, [*made, sealed], without, noted=opened.bound)
    return code


def _envelopes(session: Situation) -> Envelopes:
    found = session.store.envelopes
    if found is None:
        raise Refused(
            "People log in to a database as themselves: its administrator adds and ends them.",
            "store",
        )
    return found


def _as_name(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise Refused("The name is empty.", "name")
    if not is_storable(name) or len(name) > _LONGEST_NAME:
        raise Refused("That cannot be the name of a person.", "name")
    return name


def _person(session: Situation, name: str) -> SignIn | None:
    """Somebody who signs in, or did, by the name they sign in by or else by their own."""
    people, wanted = session.store.people(), folded(name)
    return next(
        (one for one in people if folded(one.sign_in) == wanted),
        next((one for one in people if folded(one.name) == wanted), None),
    )


def _let_sign_in(session: Situation, wanted: Collection[tuple[str, frozenset[str]]]) -> None:
    """Have a caseworker for each name, who signs in with some roles."""
    from caseworker_app.services import commands as do

    with session.store.reading() as reading:
        here = {folded(one.sign_in or one.name): one for one in reading.caseworkers()}
    commands: list[do.AddRecord | do.ChangeRecord] = []
    for name, roles in wanted:
        fields = {"sign_in": name, "roles": roles, "active": True, "until": None}
        found = here.get(folded(name))
        if found is None:
            commands.append(do.AddRecord("caseworker", {"name": name, **fields}))
        else:
            commands.append(do.ChangeRecord("caseworker", found.id, found.version, fields))
    name, roles = list(wanted)[-1]
    words = ", ".join(ROLES[one].lower() for one in ROLES if one in roles)
    session.carry_out(do.Together(tuple(commands), f"{name} signs in, as {words}"))


def _change(
    session: Situation, wanted: Collection[tuple[str, dict[str, object]]], what: str
) -> None:
    from caseworker_app.services import commands as do

    with session.store.reading() as reading:
        here = {one.id: one.version for one in reading.caseworkers()}
    commands = [do.ChangeRecord("caseworker", key, here[key], some) for key, some in wanted]
    session.carry_out(do.Together(tuple(commands), what))


def _keep(
    session: Situation, made: Collection[Any], without: Collection[str] = (), *, noted: bool
) -> None:
    """Keep some envelopes beside those there are; where people are `noted`, the store knows them.

    It is told of these alone: of the others it knows, or somebody put them there.
    """
    envelopes = _envelopes(session)
    if noted:
        with session.store.writing() as unit:
            unit.set_meta(envelopes.notes(made))
            vouch(session, unit, made)
    envelopes.keep(made, without)
