"""Seals: what names a child in the trail is encrypted with a key of that child's own.

Once the key is destroyed nobody can read it again, and the chain over the sealed bytes stays whole.
A seal is a byte for its form, a nonce, and AES-GCM over packed text. The form says how to read it
for good: a new one takes another number.
"""

from __future__ import annotations

import hashlib
import secrets
import zlib
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from caseworker_app.domain.errors import Unreadable

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY = 32
_FORM = b"\x01"
_NONCE = 12
_RAW = -15
"""Raw deflate, of whatever window: what is packed with a smaller one opens alike."""

_SHORT, _RAW_SHORT, _LITTLE_MEMORY = 6000, -13, 6
"""Texts of no more bytes, which most are, and the window and memory that pack them just as small.
To clear the 256 KB that the largest window works in may take longer than the packing."""

_MEMORY = 8
_PACKED_WELL = 6
_WORDS = (
    b'"comment":"","secondary_need":"","sen2":{},"transfer":["in","20'
    b'"actual_year":,"actual_year_on":"","actual_year_why":"","history_from":"20'
    b'"told_apart":[],"further_references":[""],"proposals":[["","uln":"'
    b'"kind":"assessment_requested","on":"20"kind":"assessment_decision_sent"'
    b'"kind":"advice_requested""kind":"draft_plan_sent""kind":"exception"'
    b'"detail":{"outcome":"cease"}"detail":{"outcome":"assess"}"detail":{"ground":'
    b'null},"typed":[]},changed"{"facts":{"case openedtaken back'
    b'{"born":"20","caseworker_id":"","facts":{"1":{"kind":"plan_sent","on":"20'
    b'{"kind":"amendment_notice_sent","on":"2022-1-"},"{"kind":"amended_plan_sent",'
    b'"on":"2021-0-"},"2":{"kind":"review_meeting_held","on":"2024-0-"},"3":'
    b'{"kind":"review_report_received","on":"2025-1-"},"4":{"detail":{"outcome":'
    b'"amend"},"episode":"","detail":{"outcome":"maintain"},"kind":'
    b'"review_decision_sent","on":"2026-0-"}},"forename":"","history_from":"",'
    b'"need":"ASD","reference":"TH-","setting_id":"","sex":"M","surname":"",'
    b'"template":"","typed":["caseworker_id","need"],"upn":""}imported from .xlsx with events'
)
"""What most entries hold, for the packer to point at. It belongs to the form and never changes."""


def new_keys(how_many: int) -> list[bytes]:
    """Random keys."""
    found = secrets.token_bytes(KEY * how_many)
    return [found[at : at + KEY] for at in range(0, len(found), KEY)]


def together(keys: Sequence[bytes]) -> bytes:
    """The key of words that name several children: it is gone as soon as one of theirs is."""
    return hashlib.sha256(b"words" + b"".join(keys)).digest()


@cache
def _cipher() -> type[AESGCM]:
    """What seals and opens, loaded when the first seal is: to ask for it anew takes a while."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM


def seal(key: bytes, parts: Sequence[str], place: int) -> bytes:
    """Seal some texts.

    Args:
        key: whose they are.
        parts: the texts.
        place: the number of the entry they stand in; a seal opens nowhere else.
    """
    text = _laid_out(parts)
    how = (_RAW_SHORT, _LITTLE_MEMORY) if len(text) <= _SHORT else (_RAW, _MEMORY)
    packer = zlib.compressobj(_PACKED_WELL, zlib.DEFLATED, *how, zdict=_WORDS)
    packed = packer.compress(text) + packer.flush()
    nonce = secrets.token_bytes(_NONCE)
    return _FORM + nonce + _cipher()(key).encrypt(nonce, packed, str(place).encode())


def opened(key: bytes, sealed: bytes, place: int) -> list[str]:
    """The texts of a seal.

    Raises:
        Unreadable: it is no seal of this key and place.
    """
    from cryptography.exceptions import InvalidTag

    try:
        if sealed[:1] != _FORM:
            raise ValueError
        nonce, body = sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :]
        packed = _cipher()(key).decrypt(nonce, body, str(place).encode())
        return _taken_apart(zlib.decompressobj(_RAW, zdict=_WORDS).decompress(packed))
    except (InvalidTag, ValueError, zlib.error) as error:
        raise Unreadable(f"Audit entry {place} does not open: its seal does not fit.") from error


def _laid_out(parts: Sequence[str]) -> bytes:
    """The texts one after another, behind a line with how long each is."""
    # What is no text at all can stand in a file's cell, and so in a trail.
    found = [part.encode("utf-8", "surrogatepass") for part in parts]
    return b"%s\n%s" % (" ".join([str(len(part)) for part in found]).encode(), b"".join(found))


def _taken_apart(text: bytes) -> list[str]:
    head, _, rest = text.partition(b"\n")
    parts = []
    for length in map(int, head.split()):
        parts.append(rest[:length].decode("utf-8", "surrogatepass"))
        rest = rest[length:]
    return parts
