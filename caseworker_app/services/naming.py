"""When two names or references mean the same, and the references that the store gives."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterator
from functools import lru_cache

_GIVEN = "CW"
_JOINERS = re.compile(r"[\s\-\u2010-\u2015]+")
_MARKS = str.maketrans("", "", "'\u2018\u2019\u02bc`\u00b4.,")


@lru_cache(maxsize=1 << 16)
def normal(name: str) -> str:
    """A name as it is compared: case, accents, hyphens, apostrophes and spaces apart."""
    if name.isascii() and name.isalpha():
        return name.lower()
    parts = unicodedata.normalize("NFKD", name.translate(_MARKS))
    letters = "".join(part for part in parts if not unicodedata.combining(part))
    return _JOINERS.sub(" ", letters).strip().casefold()


def references(taken: Container[str], after: int = 0) -> Iterator[str]:
    """References for children whose file gives none, `CW000001` on, leaving out those taken."""
    number = after
    while True:
        number += 1
        reference = f"{_GIVEN}{number:06d}"
        if reference not in taken:
            yield reference


def was_given(reference: str) -> bool:
    """Whether a reference is one that the store gave, and so gives way to a file's own."""
    return bool(re.fullmatch(rf"{_GIVEN}\d{{6,}}", reference))
