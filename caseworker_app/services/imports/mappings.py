"""Mappings that people keep in the store by name, to read the next extract as the last was read.

A mapping holds headings, fields and how days are meant: nothing of any child.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from caseworker_app.domain.errors import Refused, Unreadable
from caseworker_app.domain.names import folded
from caseworker_app.domain.records import Entry
from caseworker_app.domain.text import is_storable
from caseworker_app.services.clock import stamp
from caseworker_app.services.ports import Reading
from caseworker_app.services.situation import Situation

_NAME = "mapping:"
_LONGEST_NAME = 60
DATES, EVERY_SHEET = "dates", "*"
LONGEST = 64_000
"""So many letters a kept mapping has at most."""


def kept_mappings(reading: Reading) -> dict[str, str]:
    """Name to the text of each mapping, by name."""
    kept = {
        name.removeprefix(_NAME): text
        for name, text in reading.meta().items()
        if name.startswith(_NAME) and text
    }
    return {name: kept[name] for name in sorted(kept, key=folded)}


def keep_mapping(session: Situation, name: str, text: str) -> str:
    """Keep a mapping by name in the place of one of that name, and say so in the trail.

    Args:
        session: the open store.
        name: what people call the extract; capitals and accents make no other name.
        text: the mapping as a file has it; "" forgets the one of that name.

    Returns:
        The name it is kept by.

    Raises:
        Refused: there is no name, or either is too long or holds what cannot be kept.
    """
    name = " ".join(name.split())
    if not name or not (is_storable(name) and is_storable(text)):
        raise Refused("Give the mapping a name.", "name")
    if len(name) > _LONGEST_NAME or len(text) > LONGEST:
        raise Refused(f"A mapping's name has {_LONGEST_NAME} letters at most.", "name")
    with session.store.writing() as unit:
        kept = kept_mappings(unit)
        name = next((one for one in kept if folded(one) == folded(name)), name)
        if kept.get(name, "") == text:
            return name
        unit.set_meta({f"{_NAME}{name}": text})
        what = f"mapping {name} {'kept' if text else 'forgotten'}"
        unit.append(
            [Entry("store", "", what, "", "", kind="note")],
            stamp(session.clock.now()),
            session.who,
        )
    return name


def with_answers(text: str, by_hand: Mapping[str, str], days: Mapping[tuple[str, str], str]) -> str:
    """A mapping with what a person said in the window besides.

    Args:
        text: the mapping as it is kept; "" for none.
        by_hand: headings to fields, for every sheet; "" leaves a column out.
        days: sheet and heading to how the days of that column are meant.

    Returns:
        The mapping as the text of a file; "" where nothing is said.

    Raises:
        Unreadable: what is kept is no mapping.
    """
    try:
        held: dict[str, Any] = tomllib.loads(text)
    except ValueError as error:
        raise Unreadable("The mapping that is kept by this name cannot be read.") from error
    for heading, field in by_hand.items():
        for own in held.values():
            if isinstance(own, dict):
                own.pop(heading, None)
        if heading in (DATES, EVERY_SHEET) or isinstance(held.get(heading), dict):
            # A table is called as the heading is.
            held.setdefault(EVERY_SHEET, {})[heading] = field
        else:
            held[heading] = field
    for (sheet, heading), word in days.items():
        held.setdefault(DATES, {}).setdefault(sheet, {})[heading] = word
    return "".join(f"{line}\n" for line in _lines(held, ()))


def _lines(table: Mapping[str, Any], above: tuple[str, ...]) -> Iterator[str]:
    """A table as TOML has it: what it says itself first, then its own tables."""
    own = {key: value for key, value in table.items() if not isinstance(value, dict)}
    if above and own:
        yield f"[{'.'.join(map(_quoted, above))}]"
    for key, value in own.items():
        yield f"{_quoted(key)} = {_quoted(str(value))}"
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _lines(value, (*above, key))


def _quoted(text: str) -> str:
    """A TOML basic string."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
