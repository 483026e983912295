"""School closures from a file: setting, first closed day, the day it opens again."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from caseworker_app.domain import british_dates
from caseworker_app.domain.errors import Unreadable
from caseworker_app.domain.names import folded
from caseworker_app.domain.people import Closure, Setting
from caseworker_app.services.commands import ChangeRecord
from caseworker_app.services.plain_file import contents, name_of

_WIDTH = 3
_LARGEST = 1_000_000
ALL = "all"
"""What stands in the place of a setting where a spell is for every one of them."""


Spells = Mapping[str, Sequence[Closure]]
"""Name or URN of a setting, folded, to its closed spells."""


def read_file(path: Path, today: date) -> Spells:
    """Closed spells by setting, a row a spell, with or without a heading.

    Raises:
        Unreadable: the file is no such table; the sentence names the file, row and cell.
    """
    try:
        text = contents(path, _LARGEST, "a file of closures").decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(f"{name_of(path)} cannot be read as text.") from error
    return parse(text, name_of(path), today)


def parse(text: str, name: str, today: date) -> Spells:
    """The spells in a CSV text; `name` is the file's, for messages. Raises `Unreadable`."""
    found: dict[str, list[Closure]] = {}
    try:
        rows = list(csv.reader(io.StringIO(text), strict=True))
    except csv.Error as error:
        raise Unreadable(f"{name} is not a CSV file.") from error
    for number, row in enumerate(rows, 1):
        cells = [cell.strip() for cell in row]
        if not any(cells) or (number == 1 and folded(cells[0]) == "setting"):
            continue
        setting, closure = _spell(cells, f"{name}, row {number}", today)
        found.setdefault(folded(setting), []).append(closure)
    if not found:
        raise Unreadable(f"{name} has no closures: a row is setting, from, reopens.")
    return found


def _spell(cells: Sequence[str], where: str, today: date) -> tuple[str, Closure]:
    if len(cells) < _WIDTH or not cells[0]:
        raise Unreadable(f"{where}: a row is setting, from, reopens.")
    days = [british_dates.typed(cell, today) for cell in cells[1:_WIDTH]]
    for cell, day in zip(cells[1:_WIDTH], days, strict=True):
        if day is None:
            raise Unreadable(f'{where}: "{cell}" is not a date.')
    first, reopens = days
    if first is None or reopens is None or reopens <= first:
        raise Unreadable(f"{where}: it opens again before it closes.")
    return cells[0], Closure(first, reopens)


def changes(read: Spells, settings: Iterable[Setting]) -> tuple[list[ChangeRecord], list[str]]:
    """The commands that add the spells to the settings, and the names nobody knows.

    A spell that a setting has already is not added again.
    """
    known = list(settings)
    by_name: Mapping[str, Setting] = {
        folded(key): one for one in known for key in (one.urn, one.name) if key
    }
    strange = [name for name in read if name != ALL and name not in by_name]
    commands = []
    for one in known:
        wanted = {
            closure
            for name, closures in read.items()
            if name == ALL or by_name.get(name) is one
            for closure in closures
        }
        new = wanted - set(one.closures)
        if new:
            spells = tuple(sorted((*one.closures, *new), key=lambda spell: spell.first))
            commands.append(ChangeRecord("setting", one.id, one.version, {"closures": spells}))
    return commands, strange


def said(changed: int, strange: Sequence[str]) -> str:
    """What came of it, in words."""
    settings = "1 setting" if changed == 1 else f"{changed:,} settings"
    unknown = f" Not known here: {', '.join(sorted(strange)[:5])}." if strange else ""
    return f"Closures added to {settings}.{unknown}"
