"""A store file's key: random, wrapped for each person, and remembered by the system's keyring.

The wrapped key is in a small file beside the store, twice; see `key_files`. A person's passphrase
opens a secret of their own, and the store's key is sealed to that secret's public half: so a store
can be given another key for everybody who stays, though nobody knows the passphrases of others.
Argon2id makes guessing slow; AES-GCM says when the passphrase is wrong.
"""

from __future__ import annotations

import hashlib
import logging
import re
import secrets
import unicodedata
from dataclasses import dataclass, field, replace
from typing import Any

from caseworker_app.domain.errors import Refused, WrongPassphrase
from caseworker_app.store.late_loading import loaded_when_used

_BINDING = "caseworker-key-1"
"""What a wrapped key is bound to with its id; the same in every format of key file."""
COST = {"time_cost": 3, "memory_cost": 65536, "parallelism": 4}
"""What Argon2id takes for a new passphrase: RFC 9106's choice where memory is scarce."""
RECOVERY = "Recovery key"
"""The name of the envelope that a recovery key opens, and of whoever opens a store with it."""
_SERVICE = "Caseworker"
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's: no letter that is taken for a figure, and none that makes words."""
_CODE_LENGTH, _GROUP = 32, 4
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Envelope:
    """What one passphrase opens; of no use without it.

    Attributes:
        id: names it, and the key in the keyring.
        cost: what Argon2id takes.
        salt, nonce, wrapped: what was wrapped with the passphrase, and how: the person's secret, or
            where there is no `public` the store's key itself, as it was in stores of before.
        name: whose passphrase opens it; "" in a store of before, which had one for all.
        public: the public half of the person's secret, 32 bytes, or b"".
        sealed: the store's key, sealed to it, or b"".
        recovery: whether a recovery key opens it and no passphrase.
        signing: the public half of the person's signing key, 32 bytes, where it was made just now:
            no key file has it, for the store keeps it.
    """

    id: str
    cost: dict[str, int]
    salt: bytes
    nonce: bytes
    wrapped: bytes
    name: str = ""
    public: bytes = b""
    sealed: bytes = b""
    recovery: bool = False
    signing: bytes = field(default=b"", compare=False)

    @property
    def called(self) -> str:
        """The name of its key in the keyring; another one once the store has another key."""
        return (
            f"{self.id}-{hashlib.sha256(self.sealed).hexdigest()[:16]}" if self.sealed else self.id
        )


@dataclass(frozen=True, slots=True)
class Held:
    """What is in an envelope.

    Attributes:
        key: the store's key.
        signing: the private half of the person's signing key, 32 bytes; b"" in one of before.
    """

    key: bytes
    signing: bytes = b""


def new_key() -> bytes:
    """A random key of 32 bytes."""
    return secrets.token_bytes(32)


def new_recovery_key() -> str:
    """A recovery key as it is written down: eight groups of four, 160 random bits."""
    code = "".join(secrets.choice(_ALPHABET) for _ in range(_CODE_LENGTH))
    return "-".join(code[at : at + _GROUP] for at in range(0, _CODE_LENGTH, _GROUP))


def as_recovery_key(typed: str) -> str:
    """A recovery key as `new_recovery_key` writes it, however it was typed; "" for others."""
    plain = re.sub(r"[\s-]", "", typed.upper()).translate(str.maketrans("OIL", "011"))
    if len(plain) != _CODE_LENGTH or not set(plain) <= set(_ALPHABET):
        return ""
    return "-".join(plain[at : at + _GROUP] for at in range(0, _CODE_LENGTH, _GROUP))


def seal(key: bytes, passphrase: str, name: str = "", *, recovery: bool = False) -> Envelope:
    """An envelope for a person, with a new secret of theirs, that holds a store's key.

    Raises:
        Refused: the passphrase is empty.
    """
    secret = secrets.token_bytes(32)
    made = _wrapped(secrets.token_hex(16), secret, passphrase)
    made = replace(made, name=name, recovery=recovery, **_publics(secret))
    return sealed_anew(made, key)


def seal_recovery(key: bytes) -> tuple[Envelope, str]:
    """An envelope that a new recovery key opens, and that recovery key."""
    code = new_recovery_key()
    return seal(key, code, RECOVERY, recovery=True), code


def sealed_anew(envelope: Envelope, key: bytes) -> Envelope:
    """The envelope with another key of the store in it; needs no passphrase.

    Raises:
        Refused: it is of before there were secrets: only its passphrase could do that.
    """
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    if not envelope.public:
        raise Refused(f"The envelope of {envelope.name or 'this store'} has to be made anew first.")
    once = X25519PrivateKey.generate()
    shared = once.exchange(X25519PublicKey.from_public_bytes(envelope.public))
    sent = once.public_key().public_bytes_raw()
    nonce = secrets.token_bytes(12)
    sealing = _derived(shared, b"sealing" + sent + envelope.public)
    sealed = AESGCM(sealing).encrypt(nonce, key, _bound_to(envelope.id))
    return replace(envelope, sealed=sent + nonce + sealed)


def rewrapped(envelope: Envelope, old: str, new: str, shown: str) -> Envelope:
    """The envelope under another passphrase; it keeps its secret, and what is sealed to it.

    One of before there were secrets gets one, and keeps its id.

    Raises:
        WrongPassphrase: the old one does not open it.
        Refused: the new one is empty.
    """
    opened = _opened(envelope, old, shown)
    secret = opened if envelope.public else secrets.token_bytes(32)
    made = _wrapped(envelope.id, secret, new)
    if envelope.public:
        return replace(
            envelope, cost=made.cost, salt=made.salt, nonce=made.nonce, wrapped=made.wrapped
        )
    return sealed_anew(replace(made, name=envelope.name, **_publics(secret)), opened)


def renewed(envelope: Envelope, key: bytes, passphrase: str) -> Envelope:
    """The envelope with a new secret in it: whoever knew the old passphrase may know the old one.

    Raises:
        Refused: the passphrase is empty.
    """
    secret = secrets.token_bytes(32)
    made = _wrapped(envelope.id, secret, passphrase)
    kept = replace(made, name=envelope.name, recovery=envelope.recovery, **_publics(secret))
    return sealed_anew(kept, key)


def unseal(envelope: Envelope, passphrase: str, shown: str) -> bytes:
    """The store's key. `shown` names the store in the message.

    Raises:
        WrongPassphrase: the passphrase is another one, or the key file was altered.
    """
    return held_in(envelope, passphrase, shown).key


def held_in(envelope: Envelope, passphrase: str, shown: str) -> Held:
    """The same with the person's signing key. Raises `WrongPassphrase`."""
    opened = _opened(envelope, passphrase, shown)
    if not envelope.public:
        return Held(opened)
    return Held(_unsealed(envelope, opened, shown), _derived(opened, b"signing"))


def _opened(envelope: Envelope, passphrase: str, shown: str) -> bytes:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    wrapping = _stretch(passphrase, envelope.salt, envelope.cost)
    try:
        return AESGCM(wrapping).decrypt(envelope.nonce, envelope.wrapped, _bound_to(envelope.id))
    except InvalidTag as error:
        raise WrongPassphrase(f"The passphrase does not open {shown}.") from error


def _unsealed(envelope: Envelope, secret: bytes, shown: str) -> bytes:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    sent, nonce, sealed = envelope.sealed[:32], envelope.sealed[32:44], envelope.sealed[44:]
    own = X25519PrivateKey.from_private_bytes(_derived(secret, b"agreement"))
    try:
        shared = own.exchange(X25519PublicKey.from_public_bytes(sent))
        sealing = _derived(shared, b"sealing" + sent + own.public_key().public_bytes_raw())
        return AESGCM(sealing).decrypt(nonce, sealed, _bound_to(envelope.id))
    except (InvalidTag, ValueError) as error:
        raise WrongPassphrase(
            f"The passphrase opens the envelope of {envelope.name or shown}, but what is in it was "
            f"altered, so it does not open {shown}."
        ) from error


def _wrapped(name: str, secret: bytes, passphrase: str) -> Envelope:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    if not passphrase:
        raise Refused("The passphrase is empty.", "passphrase")
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    wrapping = _stretch(passphrase, salt, COST)
    return Envelope(
        name, dict(COST), salt, nonce, AESGCM(wrapping).encrypt(nonce, secret, _bound_to(name))
    )


def _public(secret: bytes) -> bytes:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    own = X25519PrivateKey.from_private_bytes(_derived(secret, b"agreement"))
    return own.public_key().public_bytes_raw()


def _publics(secret: bytes) -> dict[str, Any]:
    """The public halves of what a secret gives: to seal to, and of the signing key."""
    from caseworker_app.store.signing import public_of

    return {"public": _public(secret), "signing": public_of(_derived(secret, b"signing"))}


def _derived(secret: bytes, use: bytes) -> bytes:
    """A key of 32 bytes for one use, from a secret that serves several."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), 32, None, b"caseworker " + use).derive(secret)


def _stretch(passphrase: str, salt: bytes, cost: dict[str, int]) -> bytes:
    from argon2.low_level import Type, hash_secret_raw

    # What a terminal gave that is no text at all can be a passphrase too.
    secret = unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")
    return hash_secret_raw(secret, salt, hash_len=32, type=Type.ID, **cost)


def _bound_to(name: str) -> bytes:
    return f"{_BINDING}:{name}".encode()


def remembered(envelope: Envelope) -> Held | None:
    """What is in an envelope as the system's keyring remembers it, or None.

    None too where a Caseworker of before remembered no signing key: the passphrase gives it.
    """
    keyring = _keyring()
    try:
        text = keyring.get_password(_SERVICE, envelope.called)
        key, _, signing = (text or "").partition(":")
        held = Held(bytes.fromhex(key), bytes.fromhex(signing))
    except (keyring.errors.KeyringError, ValueError):
        _log.info("no key from the keyring")
        return None
    return held if held.key and (held.signing or not envelope.public) else None


def remember(envelope: Envelope, held: Held) -> bool:
    """Give what is in an envelope to the system's keyring; False where there is none."""
    keyring = _keyring()
    text = f"{held.key.hex()}:{held.signing.hex()}" if held.signing else held.key.hex()
    try:
        keyring.set_password(_SERVICE, envelope.called, text)
    except keyring.errors.KeyringError:
        _log.info("the keyring took no key")
        return False
    return True


def forget(envelope: Envelope) -> None:
    """Take the key out of the system's keyring."""
    keyring = _keyring()
    try:
        keyring.delete_password(_SERVICE, envelope.called)
    except keyring.errors.KeyringError:
        _log.info("the keyring held no key")


def _keyring() -> Any:  # noqa: ANN401  (the module)
    """The library, without what its helpers import for fetching and unpacking files."""
    with loaded_when_used("urllib.request", "tarfile", "backports.tarfile", "more_itertools"):
        import keyring
        import keyring.errors
    return keyring
