"""The points on which the law can be read in more than one way, and the reading in use."""

from __future__ import annotations

from collections.abc import Mapping

from caseworker_app.domain.errors import Unreadable
from caseworker_app.domain.rules import Option, Reading
from caseworker_app.rulebook.tables import Table, parse

_KEYS = frozenset({"id", "question", "recommended", "rules", "option"})
_OPTION_KEYS = frozenset({"code", "words"})


def read_readings(text: str, name: str, chosen: Mapping[str, str]) -> tuple[Reading, ...]:
    """The open points with the reading in use.

    Args:
        text: TOML.
        name: the file's name, for messages.
        chosen: point to reading, where a council does not take the recommended one.

    Raises:
        Unreadable: the file is not what it should be, or a choice is not one of its options.
    """
    top = Table(parse(text, name), name, {"reading"})
    readings = tuple(_reading(block, name, chosen) for block in top.tables("reading"))
    known = {reading.id for reading in readings}
    strange = [point for point in chosen if point not in known]
    if strange:
        raise Unreadable(f"{strange[0]} is not one of the open points in {name}.")
    return readings


def _reading(block: object, name: str, chosen: Mapping[str, str]) -> Reading:
    where = f"{name}: a reading"
    table = Table(block, where, _KEYS)
    point = table.text("id")
    options = tuple(_option(one, f"{name}: {point}") for one in table.tables("option"))
    codes = [option.code for option in options]
    recommended = table.text("recommended")
    code = chosen.get(point, recommended)
    for one in (recommended, code):
        if one not in codes:
            raise Unreadable(f"{name}: {point} has no reading {one}.")
    return Reading(point, table.text("question"), options, recommended, code, table.texts("rules"))


def _option(block: object, where: str) -> Option:
    table = Table(block, where, _OPTION_KEYS)
    return Option(table.text("code"), table.text("words"))
