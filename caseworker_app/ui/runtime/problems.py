"""From an exception to a value with one plain sentence. A bug gets a reference and a log entry."""

from __future__ import annotations

import logging

from caseworker_app.domain.errors import CaseworkerError, Refused, Stale, Unavailable
from caseworker_app.domain.outcome import Failed

log = logging.getLogger("caseworker.window")

BUG = "Something went wrong inside Caseworker. Nothing that was saved is lost."


def failed_by(error: BaseException) -> Failed:
    """What to tell the person about `error`; anything we did not foresee is logged as a bug."""
    if isinstance(error, Refused):
        return Failed("refused", error.sentence, error.field, children=error.children)
    if isinstance(error, Stale):
        return Failed("stale", error.sentence)
    if isinstance(error, Unavailable):
        return Failed("unavailable", error.sentence)
    if isinstance(error, CaseworkerError):
        return Failed("refused", error.sentence)
    from caseworker_app import files

    if said := files.run_out(error):
        return Failed("unavailable", said)
    return Failed("bug", BUG, reference=report(error))


def report(error: BaseException) -> str:
    """Log where `error` came from, without its message or any value, and return its reference."""
    import secrets
    import traceback

    reference = secrets.token_hex(4).upper()
    frames = traceback.extract_tb(error.__traceback__)
    where = " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames))
    log.error("%s %s at %s", reference, type(error).__name__, where)
    return reference
