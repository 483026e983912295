"""What a command line has been told so far: the day, and how to open a store with a passphrase."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

import click

from caseworker_app.cli.output import one_line
from caseworker_app.domain.errors import PassphraseNeeded, Refused
from caseworker_app.services.application import Application
from caseworker_app.services.progress import Progress
from caseworker_app.services.session import Session

_Result = TypeVar("_Result")


@dataclass(slots=True)
class CommandLine:
    """One run of the command.

    Attributes:
        application: every way in.
        today: stands in for the clock, or None.
        person: who opens a store, or None.
    """

    application: Application
    today: date | None = None
    person: str | None = None

    def where(self, store: str | None) -> str:
        """The store meant: the one named, else the default one."""
        return store or self.application.default_store()

    def is_new_file(self, where: str) -> bool:
        """Whether a store would be a new file; not where a restore was interrupted."""
        if is_url(where) or Path(where).exists():
            return False
        return not self.application.interrupted(where)

    @contextmanager
    def session(
        self,
        store: str | None,
        *,
        create: bool = False,
        say_rules: bool = True,
        progress: Progress | None = None,
    ) -> Iterator[Session]:
        """Open a store for the length of a `with`, asking for the passphrase when it must.

        Args:
            store: as it was given, or None for the default one.
            create: make it when there is none.
            say_rules: say where other rules wait to be put in force; not where that is asked.
            progress: told how long work comes along.
        """
        where = self.where(store)
        session = with_passphrase(
            lambda passphrase: self.application.open_session(
                where,
                passphrase=passphrase,
                person=self.person,
                today=self.today,
                create=create,
                progress=progress,
            ),
            new=create and self.is_new_file(where),
        )
        try:
            for notice in session.notices:
                click.echo(one_line(notice), err=True)
            if say_rules:
                for sentence in waiting_rules(self.application, session):
                    click.echo(one_line(sentence), err=True)
            yield session
        finally:
            session.close()


def waiting_rules(application: Application, session: Session) -> Iterator[str]:
    """What is to be said of rules that wait for somebody who may put them in force."""
    if session.rules_changed() and not (session.may_set_up() and session.adopt_rules()):
        yield (
            "This Caseworker has other rules than the dates of this store are counted by; they "
            "stay as they are until “caseworker rules --accept” counts them anew."
        )
    if session.may_set_up() and application.has_folder_rules() and not session.has_own_rules():
        yield (
            "This computer has a folder of the council's own rules, which this store does not "
            "know: “caseworker rules --bring-in” puts them into it."
        )


def is_url(where: str) -> bool:
    """Whether a store is a database URL and not a file."""
    return "://" in where


def somebody_there() -> bool:
    """Whether there is a terminal to ask somebody on."""
    return bool(sys.stdin and sys.stdin.isatty() and sys.stderr.isatty())


def with_passphrase(attempt: Callable[[str | None], _Result], *, new: bool) -> _Result:
    """Try without a passphrase of our own; ask for one on a terminal when it is needed.

    Raises:
        PassphraseNeeded: there is nobody to ask.
        Refused: what was typed for a new store was empty, or was not the same twice.
    """
    try:
        return attempt(None)
    except PassphraseNeeded:
        if not somebody_there():
            raise
    return attempt(ask_passphrase(new=new))


def ask_passphrase(*, new: bool, words: str = "Passphrase") -> str:
    """Ask for a passphrase on a terminal, a new one twice.

    Raises:
        Refused: nothing was typed, or not the same twice.
    """
    typed: str = click.prompt(words, hide_input=True, default="", show_default=False, err=True)
    if not typed:
        raise Refused("No passphrase was typed.")
    if new:
        again: str = click.prompt(
            "The same again", hide_input=True, default="", show_default=False, err=True
        )
        if again != typed:
            raise Refused("The two passphrases differ; nothing was made.")
    return typed
