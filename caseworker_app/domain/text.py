"""Which text and which ids can be kept, on both databases alike: decided here and nowhere else.

NUL and lone surrogates can be stored by neither database; control characters stand in no name or
note, and U+FFFD is what a program wrote for a letter that it lost. A row's id is a whole number in
plain digits that a database can count to; `str.isdigit` also takes "²" and "٣" for digits.
"""

from __future__ import annotations

import re

_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffd-\uffff]")
_ID = re.compile("[0-9]{1,19}")
_LAST_ID = 2**63 - 1


def is_storable(text: str) -> bool:
    """Whether a text can be kept as it is."""
    return _UNSTORABLE.search(text) is None


def storable(text: str) -> str:
    """A text without what cannot be kept of it. Whoever leaves something out says so."""
    return _UNSTORABLE.sub("", text)


def is_row_id(text: str) -> bool:
    """Whether a text can be the id of a row."""
    return _ID.fullmatch(text) is not None and int(text) <= _LAST_ID


def version_number(text: str) -> tuple[int, ...]:
    """A version as numbers that can be compared; () for none."""
    return tuple(int(part) for part in text.split(".") if part.isascii() and part.isdecimal())
