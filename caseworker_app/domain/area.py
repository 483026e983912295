"""Inside or outside the area: by the number of the authority that a setting is in."""

from __future__ import annotations

from collections.abc import Iterable

from caseworker_app.domain.declarations.choices import Choice
from caseworker_app.domain.own_lists import as_it_stands
from caseworker_app.domain.people import Setting

LIST = "la numbers inside the area"
"""The council's own list: a choice a number, its code the three digits, its words the name."""


def numbers_inside(kept: Iterable[Choice]) -> frozenset[str]:
    """The numbers of the authorities that count as inside; none where nobody said."""
    return frozenset(one.code for one in as_it_stands(LIST, {}, kept) if not one.ended)


def is_outside(setting: Setting | None, inside: frozenset[str]) -> bool | None:
    """Whether a setting lies outside the area; None where its authority is not recorded."""
    if setting is None or not setting.la_number:
        return None
    return setting.la_number not in inside
