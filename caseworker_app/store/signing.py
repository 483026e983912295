"""Signing keys: each person's own, of Ed25519.

In a file the private half comes from the secret in the person's envelope, so that their passphrase
alone gives it. Who logs in to a server has one in their own data folder on each computer.
"""

from __future__ import annotations

import logging
import secrets
from dataclasses import dataclass
from pathlib import Path

from caseworker_app import files

_SEED = 32
_NAME = "signing.key"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Signer:
    """Whoever can sign.

    Attributes:
        envelope: names the secret whose key it is: the id of an envelope, or for somebody who logs
            in to a server their log-in and the key's beginning.
        private: the private half, 32 bytes.
    """

    envelope: str
    private: bytes

    @property
    def public(self) -> str:
        """The public half, in hex."""
        return public_of(self.private).hex()

    def sign(self, message: bytes) -> str:
        """The signature of a message, in hex."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return Ed25519PrivateKey.from_private_bytes(self.private).sign(message).hex()


def public_of(private: bytes) -> bytes:
    """The public half of a signing key."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def is_signed(public: str, message: bytes, signature: str) -> bool:
    """Whether a signature in hex is that of a message by a key."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public))
        key.verify(bytes.fromhex(signature), message)
    except (InvalidSignature, ValueError):
        return False
    return True


def of_login(login: str, folder: Path) -> Signer | None:
    """The signer who logs in to a server from this computer; their key is made at first need.

    Args:
        login: their log-in.
        folder: their own data folder.

    Returns:
        None where the key cannot be read or written.
    """
    path = folder / _NAME
    try:
        if not path.exists():
            files.write_whole(path, secrets.token_bytes(_SEED))
        with files.opened(path) as file:
            private = file.read(_SEED + 1)
    except OSError:
        _log.info("no signing key on this computer")
        return None
    if len(private) != _SEED:
        _log.info("the signing key on this computer is damaged")
        return None
    return Signer(f"{login}:{public_of(private).hex()[:16]}", private)
