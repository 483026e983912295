"""By which notes a store knows that the list of disposals beside it is the one it had."""

from __future__ import annotations

import hashlib

LIST_KEPT = "disposals"
"""The note of the digest of the list beside the store, as it was last brought in line."""

TO_FORGET = "disposals to replay"
"""The note in which a database that a backup was put into has the list itself."""


def digest_of(content: bytes) -> str:
    """The digest of a list; "" where there is none."""
    return hashlib.sha256(content).hexdigest() if content else ""
