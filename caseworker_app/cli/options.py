"""The options that several commands share."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

import click

from caseworker_app.cli.command_line import CommandLine

_Function = TypeVar("_Function", bound=Callable[..., Any])


class Day(click.ParamType[date]):
    """A date as people in Britain write it, or ISO."""

    name = "date"

    def convert(
        self,
        value: object,
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> date:
        """The date. Fails with one sentence when it is none."""
        if isinstance(value, date):
            return value
        from caseworker_app.domain import british_dates

        day = british_dates.parse(str(value))
        if day is None:
            self.fail(f"'{value}' is not a date.", param, ctx)
        return day


class Given(click.ParamType[str]):
    """Text that must not be empty."""

    name = "text"

    def convert(
        self,
        value: object,
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> str:
        """The text. Fails when it is empty."""
        text = str(value)
        if not text.strip():
            self.fail("it is empty.", param, ctx)
        return text


def _protected(ctx: click.Context, _: click.Parameter, wanted: bool) -> bool:
    """Ask for the password, and have what the command writes ask for it."""
    if wanted:
        from caseworker_app import protecting
        from caseworker_app.cli.command_line import ask_passphrase, somebody_there
        from caseworker_app.domain.errors import Refused
        from caseworker_app.services.strength import weak_password

        given = os.environ.get("CASEWORKER_FILE_PASSWORD") or ""
        if not given and not somebody_there():
            raise Refused(
                "The file is to ask for a password: set CASEWORKER_FILE_PASSWORD to it.", "protect"
            )
        password = given or ask_passphrase(new=True, words="Password of the file")
        if weak := weak_password(password):
            raise Refused(weak, "protect")
        protecting.protect_all(password)
        ctx.call_on_close(lambda: protecting.protect_all(""))
    return wanted


DAY = Day()
GIVEN = Given()


protect_option = click.option(
    "--protect",
    is_flag=True,
    expose_value=False,
    callback=_protected,
    help="Have the file ask for a password: CASEWORKER_FILE_PASSWORD, or one typed now.",
)


def today_option(function: _Function) -> _Function:
    """Accept `--today D`, which stands in for the clock from here on."""

    def keep(ctx: click.Context, _param: click.Parameter, value: date | None) -> None:
        line = ctx.find_object(CommandLine)
        if value is not None and line is not None:
            line.today = value

    return click.option(
        "--today",
        type=DAY,
        metavar="D",
        expose_value=False,
        callback=keep,
        help="The day to take for today.",
    )(function)


def store_option(function: _Function) -> _Function:
    """Accept `--store S`, a path or a database URL, and `--person NAME`, who opens it."""
    return click.option(
        "--store",
        type=GIVEN,
        metavar="S",
        help="The store: a path or a database URL. Default: CASEWORKER_STORE.",
    )(person_option(function))


def person_option(function: _Function) -> _Function:
    """Accept `--person NAME`, whose passphrase opens a store, from here on."""

    def keep(ctx: click.Context, _param: click.Parameter, value: str | None) -> None:
        line = ctx.find_object(CommandLine)
        if value is not None and line is not None:
            line.person = value

    return click.option(
        "--person",
        type=GIVEN,
        metavar="NAME",
        expose_value=False,
        callback=keep,
        help="Who opens the store, of several. Default: CASEWORKER_PERSON, else by the passphrase.",
    )(function)


def json_option(function: _Function) -> _Function:
    """Accept `--json`."""
    return click.option(
        "--json", "as_json", is_flag=True, help="Print one JSON document and nothing else."
    )(function)


def period_options(function: _Function) -> _Function:
    """Accept `--from D` and `--to D`, which a return needs, and `--as-at D`."""
    since = click.option(
        "--from", "since", type=DAY, required=True, metavar="D", help="First day of the period."
    )
    until = click.option(
        "--to", "until", type=DAY, required=True, metavar="D", help="Last day of the period."
    )
    as_at = click.option(
        "--as-at",
        type=DAY,
        metavar="D",
        help="The day the caseload is seen. Default: the last day of the period, or today if "
        "sooner.",
    )
    return since(until(as_at(function)))
