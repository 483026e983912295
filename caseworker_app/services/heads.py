"""Where the trail ends is signed by whoever works: on closing, with backups, and with returns.

A signature says what the trail was when somebody let it go, and no more: it makes nothing right
that `check` finds wrong. So what does not follow on what was signed last is not signed.
"""

from __future__ import annotations

import logging
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from caseworker_app.domain.errors import CaseworkerError
from caseworker_app.domain.signed_heads import KEY
from caseworker_app.services.clock import stamp

if TYPE_CHECKING:
    from caseworker_app.services.ports import Writing
    from caseworker_app.services.situation import Situation

_log = logging.getLogger(__name__)


def sign(session: Situation, act: str) -> str:
    """Sign where the trail ends, and send that to the second place.

    Args:
        session: the open store.
        act: why, a key of `signed_heads.ACTS`.

    Returns:
        What stood in the way, a sentence; "" where it is signed, or nothing is new.
    """
    store = session.store
    try:
        signer = store.signer()
        if signer is None:
            return ""
        with store.writing() as unit:
            made = unit.sign(signer, act, stamp(session.clock.now()), session.who)
        if made is not None and session.second_place is not None:
            store.send_head(session.second_place, made)
    except CaseworkerError as error:
        _log.info("the end of the trail was not signed, or not sent")
        return error.sentence
    return ""


def vouch(session: Situation, unit: Writing, made: Collection[Any]) -> None:
    """Vouch for the signing keys of envelopes that were made just now.

    Args:
        session: the open store; whoever is at the keyboard vouches.
        unit: the transaction.
        made: the envelopes.
    """
    signer = session.store.signer()
    if signer is None:
        return
    at = stamp(session.clock.now())
    for one in made:
        if one.signing and one.id != signer.envelope:
            unit.sign(signer, KEY, at, session.who, f"{one.id} {one.signing.hex()}")
