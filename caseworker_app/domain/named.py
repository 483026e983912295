"""Whom a text names: of some children, those whose name or reference stands in it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from caseworker_app.domain.names import folded

FEW = 10
"""What touches no more children than this is taken to name each of them."""

_BETWEEN = re.compile(r"[._:;()/\\\[\]\u201c\u201d\"]+")
_OF = re.compile("['\u2019]s\\b", re.IGNORECASE)
_WORDS_OF_A_NAME = 4
_SHORT = 2
_YEAR = 4

People = Iterable[tuple[str, Iterable[str]]]
"""Ids, each with surname, forename and reference; also those of before."""


def named_in(text: str, people: People) -> tuple[str, ...]:
    """The ids of those who are named in a text; rather one too many than one too few."""
    words = folded(_BETWEEN.sub(" ", _OF.sub("", text))).split()
    said = {
        "".join(words[at : at + length])
        for length in range(1, _WORDS_OF_A_NAME + 1)
        for at in range(len(words) - length + 1)
    }
    # A day or a count is no reference, and a letter or two no name.
    said = {one for one in said if len(one) > _SHORT and not (one.isdecimal() and len(one) < _YEAR)}
    return tuple(key for key, names in people if any(_is_said(name, said) for name in names))


def _is_said(name: str, said: set[str]) -> bool:
    low = name.casefold()
    if low.isascii() and low.isalnum():
        # Most names are one plain word, and of a large import there are tens of thousands.
        return low in said
    words = folded(name).split()
    return not said.isdisjoint(words) or "".join(words) in said
