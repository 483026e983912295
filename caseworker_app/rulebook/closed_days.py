"""Days on which nobody works: England's bank holidays, and days added by hand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from caseworker_app.domain.calendars import Calendars, ClosedDays
from caseworker_app.domain.errors import Unreadable
from caseworker_app.rulebook.tables import Table, parse

_KEYS = frozenset({"on", "name"})


def bank_holidays(year: int) -> frozenset[date]:
    """The bank holidays of a year, as the library that this application came with has them."""
    # Only England: without the subdivision the package gives the days of all four nations.
    from holidays import country_holidays

    return frozenset(country_holidays("GB", subdiv="ENG", years=year))


def calendars(extra: Iterable[date] = (), holidays: ClosedDays = bank_holidays) -> Calendars:
    """The two working-day calendars; the years are worked out as they are asked for.

    Args:
        extra: closed days that no list of bank holidays has yet, such as proclaimed ones.
        holidays: gives the bank holidays of a year.
    """
    added: dict[int, set[date]] = {}
    for day in extra:
        added.setdefault(day.year, set()).add(day)
    return Calendars.over(lambda year: holidays(year) | frozenset(added.get(year, ())))


def read_closed_days(text: str, name: str) -> tuple[tuple[date, str], ...]:
    """The days of a table and what they are called.

    Args:
        text: TOML; "" has none.
        name: the file's name, for messages.

    Raises:
        Unreadable: it is not such a table; the sentence names it.
    """
    top = Table(parse(text, name), name, {"closed"})
    days = []
    for block in top.tables("closed"):
        table = Table(block, f"{name}: a closed day", _KEYS)
        days.append((table.day("on"), table.text("name")))
    if len({on for on, _ in days}) < len(days):
        raise Unreadable(f"{name} has the same day twice.")
    return tuple(days)
