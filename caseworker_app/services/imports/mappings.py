"""Mappings that people keep in the store by name, to read the next extract as the last was read.

A mapping holds headings, fields and how days are meant: nothing of any child.
"""

from __future__ import annotations

from caseworker_app.domain.errors import Refused
from caseworker_app.domain.names import folded
from caseworker_app.domain.records import Entry
from caseworker_app.domain.text import is_storable
from caseworker_app.services.clock import stamp
from caseworker_app.services.ports import Reading
from caseworker_app.services.situation import Situation

_NAME = "mapping:"
_LONGEST_NAME = 60
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
