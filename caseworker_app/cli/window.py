"""The command lines that open the window, read without loading what reads all the others."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from caseworker_app.domain.errors import Refused
from caseworker_app.services.application import Application

_ISO = re.compile(r"20\d\d-\d\d-\d\d", re.ASCII)
"""Days written any other way are left to the options of every command."""


class ToOpen(NamedTuple):
    """What a command line says of the window.

    Attributes:
        store: the path or address, or None for the one used last.
        today: stands in for the clock, or None.
        person: who signs in, or None.
    """

    store: str | None = None
    today: date | None = None
    person: str | None = None


def to_open(arguments: Sequence[str]) -> ToOpen | None:
    """What to open, where a command line plainly asks for the window; else None.

    What is said in any other way, or wrongly, is for the commands, which know how to refuse it.
    """
    match list(arguments):
        case []:
            return ToOpen()
        case ["open", store] if _is_store(store):
            return ToOpen(store)
        case ["open", store, "--today", text] if _is_store(store) and (day := _day(text)):
            return ToOpen(store, day)
    return None


def _is_store(text: str) -> bool:
    return bool(text.strip()) and not text.startswith("-")


def _day(text: str) -> date | None:
    if not _ISO.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def open_window(application: Application, asked: ToOpen) -> int:
    """Open the window and run it until it is closed; the value is the exit code.

    Raises:
        Refused: there is no screen.
    """
    screen = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if sys.platform == "linux" and not any(os.environ.get(name) for name in screen):
        raise Refused("There is no screen to open the window on: DISPLAY is not set.")
    return application.start_window(asked.store, asked.today, asked.person)
