"""Days on which nobody works: England's bank holidays, and days a council adds by hand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from caseworker_app.domain.calendars import Calendars
from caseworker_app.domain.errors import Unreadable
from caseworker_app.rulebook.tables import Table, parse, read_text

_KEYS = frozenset({"on", "name"})


def calendars(extra: Iterable[date] = ()) -> Calendars:
    """The two working-day calendars; the years are worked out as they are asked for.

    Args:
        extra: closed days that no list of bank holidays has yet, such as proclaimed ones.
    """
    added: dict[int, set[date]] = {}
    for day in extra:
        added.setdefault(day.year, set()).add(day)
    return Calendars.over(lambda year: _bank_holidays(year) | frozenset(added.get(year, ())))


def read_closed_days(path: Path) -> tuple[date, ...]:
    """The days of the editable table; none when there is no file.

    Raises:
        Unreadable: the file is not such a table; the sentence names it.
    """
    if not path.is_file():
        return ()
    top = Table(parse(read_text(path), path.name), path.name, {"closed"})
    days = []
    for block in top.tables("closed"):
        table = Table(block, f"{path.name}: a closed day", _KEYS)
        table.text("name")
        days.append(table.day("on"))
    if len(set(days)) < len(days):
        raise Unreadable(f"{path.name} has the same day twice.")
    return tuple(days)


def _bank_holidays(year: int) -> frozenset[date]:
    # Only England: without the subdivision the package gives the days of all four nations.
    from holidays import country_holidays

    return frozenset(country_holidays("GB", subdiv="ENG", years=year))
