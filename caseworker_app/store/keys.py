"""A store file's key: random, wrapped by the passphrase, and remembered by the system's keyring.

The wrapped key is in a small file beside the store. A new passphrase wraps the same key anew and
leaves the data alone. Argon2id makes guessing slow; AES-GCM says when the passphrase is wrong.
"""

from __future__ import annotations

import json
import logging
import os
import secrets
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from caseworker_app.domain.errors import Refused, Unavailable, Unreadable, WrongPassphrase
from caseworker_app.store.places import key_file

_FORMAT = "caseworker-key-1"
_COST = {"time_cost": 3, "memory_cost": 65536, "parallelism": 4}
_LIMIT = {"time_cost": 16, "memory_cost": 1 << 20, "parallelism": 16}
_SERVICE = "Caseworker"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Envelope:
    """A wrapped key. `id` names it in the keyring; the rest is of no use without the passphrase."""

    id: str
    cost: dict[str, int]
    salt: bytes
    nonce: bytes
    wrapped: bytes

    def text(self) -> str:
        """As the key file holds it."""
        body = {
            "format": _FORMAT,
            "id": self.id,
            "kdf": "argon2id",
            **self.cost,
            "salt": self.salt.hex(),
            "nonce": self.nonce.hex(),
            "wrapped": self.wrapped.hex(),
        }
        return json.dumps(body, indent=1) + "\n"


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
    wrapping = _stretch(passphrase, salt, _COST)
    wrapped = AESGCM(wrapping).encrypt(nonce, key, _bound_to(name))
    return Envelope(name, dict(_COST), salt, nonce, wrapped)


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

    secret = unicodedata.normalize("NFC", passphrase).encode()
    return hash_secret_raw(secret, salt, hash_len=32, type=Type.ID, **cost)


def _bound_to(name: str) -> bytes:
    return f"{_FORMAT}:{name}".encode()


def read_envelope(store: Path) -> Envelope:
    """Read the key file beside a store.

    Raises:
        Unavailable: it is not there or may not be read.
        Unreadable: it is not a key file.
    """
    path = key_file(store)
    try:
        text = path.read_bytes()
    except FileNotFoundError as error:
        raise Unavailable(
            f"{path.name}, which holds the wrapped key, is not beside {store}: "
            "copy it back there, or restore a backup."
        ) from error
    except OSError as error:
        raise Unavailable(f"{path} cannot be read: {error.strerror}.") from error
    return parse_envelope(text, str(path))


def parse_envelope(text: bytes, shown: str) -> Envelope:
    """Read a key file's content. Raises `Unreadable` naming `shown`."""
    try:
        body = json.loads(text)
        if body["format"] != _FORMAT:
            raise Unreadable(f"{shown} is not a key file that this version knows.")
        cost = {name: int(body[name]) for name in _COST}
        salt, nonce = bytes.fromhex(body["salt"]), bytes.fromhex(body["nonce"])
        envelope = Envelope(str(body["id"]), cost, salt, nonce, bytes.fromhex(body["wrapped"]))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise Unreadable(f"{shown} is not a Caseworker key file, or is damaged.") from error
    sane = envelope.id.isalnum() and envelope.id.isascii()
    sane = sane and all(0 < cost[name] <= _LIMIT[name] for name in cost)
    if not sane or len(salt) != 16 or len(nonce) != 12 or len(envelope.wrapped) != 48:
        raise Unreadable(f"{shown} is not a Caseworker key file, or is damaged.")
    return envelope


def write_private(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, readable by this person alone."""
    new = path.with_name(f".{path.name}.new")
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)


def remembered(envelope: Envelope) -> bytes | None:
    """The key as the system's keyring remembers it, or None."""
    import keyring
    from keyring.errors import KeyringError

    try:
        text = keyring.get_password(_SERVICE, envelope.id)
        return bytes.fromhex(text) if text else None
    except (KeyringError, ValueError):
        _log.info("no key from the keyring")
        return None


def remember(envelope: Envelope, key: bytes) -> bool:
    """Give the key to the system's keyring; False where there is none."""
    import keyring
    from keyring.errors import KeyringError

    try:
        keyring.set_password(_SERVICE, envelope.id, key.hex())
    except KeyringError:
        _log.info("the keyring took no key")
        return False
    return True


def forget(envelope: Envelope) -> None:
    """Take the key out of the system's keyring."""
    import keyring
    from keyring.errors import KeyringError

    try:
        keyring.delete_password(_SERVICE, envelope.id)
    except KeyringError:
        _log.info("the keyring held no key")
