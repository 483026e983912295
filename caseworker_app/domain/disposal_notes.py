"""The notes of a store that a disposal goes by: the list outside of it, and copies made by hand."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

LIST_KEPT = "disposals"
"""The note of the digest of the list beside the store, as it was last brought in line."""

TO_FORGET = "disposals to replay"
"""The note in which a database that a backup was put into has the list itself."""

COPIES_MADE = "backups made"
"""The note of where copies of the store were left: backups made by hand, and what it moved from."""

WENT = "what it was of went with a case that was disposed of"
"""Why what others had went with a child who is disposed of."""

_MOST_COPIES = 500


def copies_in(note: str) -> list[str]:
    """Where the note says that copies were left."""
    try:
        found = json.loads(note or "[]")
    except ValueError:
        return []
    return [str(one) for one in found]


def with_copies(note: str, more: Iterable[str]) -> str:
    """The note with more places; of too many the oldest go."""
    return json.dumps(list(dict.fromkeys((*copies_in(note), *more)))[-_MOST_COPIES:])


def digest_of(content: bytes) -> str:
    """The digest of a list; "" where there is none."""
    return hashlib.sha256(content).hexdigest() if content else ""
