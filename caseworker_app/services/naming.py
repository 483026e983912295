"""The references that the store gives."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

_GIVEN = "CW"


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
