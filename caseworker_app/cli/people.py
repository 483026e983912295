"""`person`: who signs in to a store file, how they come and go, and their passphrases."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import click

from caseworker_app.cli.command_line import CommandLine, ask_passphrase, is_url, somebody_there
from caseworker_app.cli.commands import caseworker
from caseworker_app.cli.options import GIVEN, json_option, store_option, today_option
from caseworker_app.cli.output import print_json, print_table, say
from caseworker_app.domain.errors import PassphraseNeeded
from caseworker_app.domain.permissions import ROLES
from caseworker_app.services.wording import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from caseworker_app.domain.signing_in import SignIn
    from caseworker_app.services.people import PersonRow


@caseworker.group("person")
@today_option
def person() -> None:
    """Say who signs in to a store file, each with a passphrase of their own."""


@person.command()
@click.argument("name", type=GIVEN)
@click.option(
    "--role",
    "roles",
    multiple=True,
    type=click.Choice(tuple(ROLES)),
    help="What they may do; give it several times for several. Default: caseworker.",
)
@store_option
@today_option
@click.pass_obj
def add(line: CommandLine, name: str, roles: tuple[str, ...], store: str | None) -> None:
    """Let NAME sign in with a passphrase of their own.

    Theirs is CASEWORKER_NEW_PASSPHRASE, else it is asked for on a terminal. With the first, whoever
    has opened the store becomes one of its people, with every role, and a recovery key is printed
    once. Roles guide in a file that everybody holds; they do not bind. In a database NAME is that
    of their log-in, and no passphrase is asked for.
    """
    new = "" if is_url(line.where(store)) else new_passphrase(f"Passphrase of {name}")
    with line.session(store, say_rules=False) as session:
        recovery = _with_own(
            lambda own: line.application.add_person(session, name, roles, new=new, passphrase=own)
        )
    say(f"{name} signs in now, as {_words(roles or ('caseworker',))}.")
    if recovery:
        _say_recovery(recovery)


@person.command("roles")
@click.argument("name", type=GIVEN)
@click.option(
    "--role",
    "roles",
    multiple=True,
    required=True,
    type=click.Choice(tuple(ROLES)),
    help="What they may do from now on; give it several times for several.",
)
@store_option
@today_option
@click.pass_obj
def change_roles(line: CommandLine, name: str, roles: tuple[str, ...], store: str | None) -> None:
    """Give NAME, who signs in, other roles."""
    with line.session(store, say_rules=False) as session:
        line.application.change_roles(session, name, roles)
    say(f"{name} signs in as {_words(roles)} from now on.")


@person.command()
@click.argument("name", type=GIVEN)
@store_option
@today_option
@click.pass_obj
def end(line: CommandLine, name: str, store: str | None) -> None:
    """End NAME's signing in, and encrypt the store anew.

    What NAME's passphrase and any older key file opened, they open no more; copies and backups from
    before still do. NAME stays in the history and in the list of people. Nobody may have the store
    open.
    """
    with line.session(store, say_rules=False) as session:
        line.application.end_person(session, name)
    anew = "" if is_url(line.where(store)) else ", and the store has another key"
    say(f"{name} signs in no more{anew}." + (" Backups keep the one they had." if anew else ""))


@person.command("list")
@store_option
@json_option
@today_option
@click.pass_obj
def list_(line: CommandLine, store: str | None, as_json: bool) -> None:
    """List who signs in, with which roles, and who did."""
    with line.session(store, say_rules=False) as session:
        rows = line.application.people_of(session)
    if as_json:
        print_json({"people": [_document(row) for row in rows]})
        return
    print_table(
        counted(len(rows), "person", "people"),
        ("Name", "Signs in as", "Roles", "From", "To", "State"),
        (
            (
                row.person.name,
                row.person.sign_in,
                ", ".join(_roles(row.person)),
                *(day.strftime("%d/%m/%Y") if day else "" for day in _days(row.person)),
                row.state,
            )
            for row in rows
        ),
    )


@person.command()
@click.argument("name", type=GIVEN, required=False)
@click.option(
    "--leaked",
    is_flag=True,
    help="Somebody else knows the old one: encrypt the store anew, so that it opens nothing.",
)
@store_option
@today_option
@click.pass_obj
def passphrase(line: CommandLine, name: str | None, leaked: bool, store: str | None) -> None:
    """Change your passphrase, or give NAME a new one.

    The new one is CASEWORKER_NEW_PASSPHRASE, else it is asked for on a terminal. Whoever opens the
    store with the recovery key gives its one person, or NAME, a new passphrase.
    """
    where = line.where(store)
    if name is not None:
        new = new_passphrase(f"New passphrase of {name}")
        with line.session(store, say_rules=False) as session:
            whose = line.application.give_passphrase(session, name, new=new)
        say(f"{whose} has a new passphrase.")
        return
    new = new_passphrase("New passphrase")
    _with_own(
        lambda own: line.application.change_passphrase(
            where, old=own or _needed(), new=new, person=line.person, leaked=leaked
        )
    )
    say("The passphrase was changed." + (" The store has another key." if leaked else ""))


@person.command()
@store_option
@today_option
@click.pass_obj
def recovery(line: CommandLine, store: str | None) -> None:
    """Print a new recovery key, in the place of the one there was.

    It opens the store when nobody knows a passphrase any more, and is shown this once.
    """
    with line.session(store, say_rules=False) as session:
        code = _with_own(lambda own: line.application.new_recovery_key(session, passphrase=own))
    _say_recovery(code)


def _words(roles: Iterable[str]) -> str:
    return ", ".join(ROLES[one].lower() for one in roles)


def _say_recovery(code: str) -> None:
    say(f"Recovery key: {code}")
    say("Write it down and lock it away: it opens this store, and is not shown again.")


def new_passphrase(words: str) -> str:
    """The new passphrase, from the environment or a terminal. Raises `PassphraseNeeded`."""
    given = os.environ.get("CASEWORKER_NEW_PASSPHRASE")
    if given:
        return given
    if not somebody_there():
        raise PassphraseNeeded(
            "A new passphrase is needed: put it into CASEWORKER_NEW_PASSPHRASE, or use a terminal."
        )
    return ask_passphrase(new=True, words=words)


def _with_own(attempt: Callable[[str | None], Any]) -> Any:  # noqa: ANN401  (what it gives)
    """Try without one's own passphrase of our own; ask for it on a terminal when it is needed."""
    given = os.environ.get("CASEWORKER_PASSPHRASE") or None
    try:
        return attempt(given)
    except PassphraseNeeded:
        if given or not somebody_there():
            raise
    return attempt(ask_passphrase(new=False, words="Your own passphrase"))


def _needed() -> str:
    raise PassphraseNeeded("Your passphrase as it is now is needed to change it.")


def _document(row: PersonRow) -> dict[str, Any]:
    since, until = _days(row.person)
    return {
        "id": row.person.id,
        "name": row.person.name,
        "sign_in": row.person.sign_in,
        "roles": [one for one in ROLES if one in row.person.roles],
        "from": since.isoformat() if since else None,
        "to": until.isoformat() if until else None,
        "ended": not row.person.active,
        "state": row.state,
    }


def _roles(person: SignIn) -> list[str]:
    return [words for one, words in ROLES.items() if one in person.roles]


def _days(person: SignIn) -> tuple[Any, Any]:
    return person.since, person.until
