"""A store file's key: random, wrapped by the passphrase, and remembered by the system's keyring.

The wrapped key is in a small file beside the store, twice; see `key_files`. A new passphrase wraps
the same key anew and leaves the data alone. Argon2id makes guessing slow; AES-GCM says when the
passphrase is wrong.
"""

from __future__ import annotations

import logging
import secrets
import unicodedata
from dataclasses import dataclass
from typing import Any

from caseworker_app.domain.errors import Refused, WrongPassphrase
from caseworker_app.store.late_loading import loaded_when_used

_BINDING = "caseworker-key-1"
"""What a wrapped key is bound to with its id; the same in every format of key file."""
COST = {"time_cost": 3, "memory_cost": 65536, "parallelism": 4}
"""What Argon2id takes for a new passphrase: RFC 9106's choice where memory is scarce."""
_SERVICE = "Caseworker"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Envelope:
    """A wrapped key, of no use without the passphrase.

    Attributes:
        id: names the key in the keyring.
        cost: what Argon2id takes.
        salt, nonce, wrapped: what it was wrapped with, and the key itself, wrapped.
        name: whose passphrase opens it; "" while a store has one for all.
    """

    id: str
    cost: dict[str, int]
    salt: bytes
    nonce: bytes
    wrapped: bytes
    name: str = ""


def new_key() -> bytes:
    """A random key of 32 bytes."""
    return secrets.token_bytes(32)


def seal(key: bytes, passphrase: str, name: str = "") -> Envelope:
    """Wrap a key. `name` keeps the id of an envelope that is replaced.

    Raises:
        Refused: the passphrase is empty.
    """
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    if not passphrase:
        raise Refused("The passphrase is empty.", "passphrase")
    name = name or secrets.token_hex(16)
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    wrapping = _stretch(passphrase, salt, COST)
    wrapped = AESGCM(wrapping).encrypt(nonce, key, _bound_to(name))
    return Envelope(name, dict(COST), salt, nonce, wrapped)


def unseal(envelope: Envelope, passphrase: str, shown: str) -> bytes:
    """Unwrap a key. `shown` names the store in the message.

    Raises:
        WrongPassphrase: the passphrase is another one, or the key file was altered.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    wrapping = _stretch(passphrase, envelope.salt, envelope.cost)
    try:
        return AESGCM(wrapping).decrypt(envelope.nonce, envelope.wrapped, _bound_to(envelope.id))
    except InvalidTag as error:
        raise WrongPassphrase(f"The passphrase does not open {shown}.") from error


def _stretch(passphrase: str, salt: bytes, cost: dict[str, int]) -> bytes:
    from argon2.low_level import Type, hash_secret_raw

    # What a terminal gave that is no text at all can be a passphrase too.
    secret = unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")
    return hash_secret_raw(secret, salt, hash_len=32, type=Type.ID, **cost)


def _bound_to(name: str) -> bytes:
    return f"{_BINDING}:{name}".encode()


def remembered(envelope: Envelope) -> bytes | None:
    """The key as the system's keyring remembers it, or None."""
    keyring = _keyring()
    try:
        text = keyring.get_password(_SERVICE, envelope.id)
        return bytes.fromhex(text) if text else None
    except (keyring.errors.KeyringError, ValueError):
        _log.info("no key from the keyring")
        return None


def remember(envelope: Envelope, key: bytes) -> bool:
    """Give the key to the system's keyring; False where there is none."""
    keyring = _keyring()
    try:
        keyring.set_password(_SERVICE, envelope.id, key.hex())
    except keyring.errors.KeyringError:
        _log.info("the keyring took no key")
        return False
    return True


def forget(envelope: Envelope) -> None:
    """Take the key out of the system's keyring."""
    keyring = _keyring()
    try:
        keyring.delete_password(_SERVICE, envelope.id)
    except keyring.errors.KeyringError:
        _log.info("the keyring held no key")


def _keyring() -> Any:  # noqa: ANN401  (the module)
    """The library, without what its helpers import for fetching and unpacking files."""
    with loaded_when_used("urllib.request", "tarfile", "more_itertools"):
        import keyring
        import keyring.errors
    return keyring
