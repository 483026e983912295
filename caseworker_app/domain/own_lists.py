"""One of the council's own lists in its order: what it comes with, and what the council keeps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from caseworker_app.domain.declarations.choices import Choice

_LAST = 10_000


def as_it_stands(
    name: str, came_with: Mapping[str, str], kept: Iterable[Choice]
) -> tuple[Choice, ...]:
    """A list in its order, ended choices among them; what is not kept has no id."""
    found = {
        code: Choice(of_list=name, code=code, words=words, place=at)
        for at, (code, words) in enumerate(came_with.items())
    }
    for one in kept:
        if one.of_list == name:
            before = found.get(one.code)
            place = before.place if one.place is None and before is not None else one.place
            found[one.code] = replace(one, place=place)
    return tuple(sorted(found.values(), key=lambda one: _LAST if one.place is None else one.place))
