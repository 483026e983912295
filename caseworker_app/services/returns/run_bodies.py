"""The bytes that kept returns name by their digests, and whether they are what was kept."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from caseworker_app.domain.declarations.return_runs import ReturnRun
from caseworker_app.domain.errors import Unreadable
from caseworker_app.domain.kinds import kind_of
from caseworker_app.services.ports import Reading


def body_of(reading: Reading, digest: str) -> bytes:
    """What is kept under a digest. Raises `Unreadable` where it is not what was kept."""
    body = reading.body(digest)
    if body is None or hashlib.sha256(body).hexdigest() != digest:
        raise Unreadable("What was kept of a return is missing or damaged.")
    return body


def runs_at_fault(reading: Reading) -> Iterator[str]:
    """Where what is kept of a return is not what its record says, a sentence each."""
    for one in reading.all_of(kind_of(ReturnRun)).values():
        for digest in one.bodies:
            try:
                body_of(reading, digest)
            except Unreadable:
                yield f"What was kept of return {one.id} is missing or damaged."
