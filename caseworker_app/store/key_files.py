"""The two key files beside a store: a list of envelopes with a checksum, kept twice.

The checksum is over the envelopes as they are written, never over key or passphrase; it tells a
damaged file from a wrong passphrase. The second copy is a file of its own, so that one damaged
sector or one lost file is survived. Key files of the first release, one envelope without a
checksum, are read too and written anew.
"""

from __future__ import annotations

import hashlib
import json
import logging
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from caseworker_app import files
from caseworker_app.domain.errors import CaseworkerError, Unavailable, Unreadable, WrongPassphrase
from caseworker_app.store.holding import changing_key
from caseworker_app.store.keys import Envelope, unseal
from caseworker_app.store.places import key_copy, key_file

FORMAT = "caseworker-key-2"
_FIRST = "caseworker-key-1"
_COST = ("time_cost", "memory_cost", "parallelism")
_LIMIT = {"time_cost": 10, "memory_cost": 1 << 18, "parallelism": 16}
_MOST_WORK = 64 * 3 * (1 << 16)
"""What all envelopes of a file together may ask for, passes by kilobytes: a few seconds."""
_LARGEST = 1 << 20
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class KeyFile:
    """What a key file holds.

    Attributes:
        envelopes: one today; one for each person later.
        content: the file's bytes as they were read or are to be written.
    """

    envelopes: tuple[Envelope, ...]
    content: bytes


def holding(*envelopes: Envelope) -> KeyFile:
    """A key file of these envelopes, as it is written today."""
    listed = [_as_json(one) for one in envelopes]
    body = {"format": FORMAT, "checksum": _checksum(listed), "envelopes": listed}
    return KeyFile(envelopes, (json.dumps(body, indent=1) + "\n").encode())


def parse(content: bytes, shown: str) -> KeyFile:
    """Read a key file's content.

    Raises:
        Unreadable: it is damaged, or of a newer application; the sentence names `shown`.
    """
    damaged = f"{shown} is not a Caseworker key file, or is damaged."
    try:
        body = json.loads(content[:_LARGEST])
        if body["format"] == _FIRST:
            listed = [body]
        elif body["format"] == FORMAT:
            listed = body["envelopes"]
            if body["checksum"] != _checksum(listed) or not listed:
                raise Unreadable(damaged)
        else:
            raise NewerKeyFile(f"{shown} is not a key file that this version knows.")
        envelopes = tuple(_envelope(one) for one in listed)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Unreadable(damaged) from error
    work = sum(one.cost["time_cost"] * one.cost["memory_cost"] for one in envelopes)
    if not all(map(_sane, envelopes)) or work > _MOST_WORK:
        raise Unreadable(damaged)
    return KeyFile(envelopes, content)


class NewerKeyFile(Unreadable):
    """A key file of a format that this version does not know; it is no damage."""


@dataclass(frozen=True, slots=True)
class Found:
    """The key files beside a store, as far as they can be read.

    Attributes:
        usable: what they hold, the first file before the copy, each once.
        faults: a sentence about each that is damaged or gone, or "": of the first, of the copy.
        contents: their bytes, None where there is none.
    """

    usable: tuple[KeyFile, ...]
    faults: tuple[str, str]
    contents: tuple[bytes | None, bytes | None]

    @property
    def first(self) -> KeyFile:
        """What the first file holds, or where it cannot be used the copy."""
        return self.usable[0]

    @property
    def from_copy(self) -> bool:
        """Whether the first of them cannot be used."""
        return bool(self.faults[0])


def find(store: Path) -> Found:
    """Read the key files beside a store.

    Raises:
        Unavailable: neither is there, or they may not be read.
        Unreadable: both are damaged, or one is of a newer application.
    """
    usable: list[KeyFile] = []
    faults: list[str] = []
    contents: list[bytes | None] = []
    for path in (key_file(store), key_copy(store)):
        content = _content(path)
        contents.append(content)
        fault = f"{path} is missing." if content is None else ""
        if content is not None:
            try:
                read = parse(content, str(path))
            except NewerKeyFile:
                raise
            except Unreadable as error:
                fault = error.sentence
            else:
                if read.envelopes not in [one.envelopes for one in usable]:
                    usable.append(read)
        faults.append(fault)
    if not usable:
        raise _neither(store, faults, contents)
    return Found(tuple(usable), (faults[0], faults[1]), (contents[0], contents[1]))


def _neither(
    store: Path, faults: list[str], contents: list[bytes | None]
) -> Unavailable | Unreadable:
    if contents == [None, None]:
        return Unavailable(
            f"{key_file(store).name}, which holds the wrapped key, is not beside {store}: "
            "copy it back there, or restore a backup."
        )
    if None not in contents:
        return Unreadable(
            f"Both key files of {store} are damaged: copy one back from where you keep copies, "
            "or restore a backup."
        )
    return Unreadable(next(one for one, held in zip(faults, contents, strict=True) if held))


def unsealed(content: KeyFile, passphrase: str, shown: str) -> bytes:
    """The key, by whichever envelope the passphrase opens. Raises `WrongPassphrase`."""
    for envelope in content.envelopes[:-1]:
        with suppress(WrongPassphrase):
            return unseal(envelope, passphrase, shown)
    return unseal(content.envelopes[-1], passphrase, shown)


def write(store: Path, content: KeyFile) -> None:
    """Write both key files of a store; killed anywhere, each is whole, the old one or the new.

    Raises:
        OSError, Unavailable: they cannot be written.
    """
    files.write_whole(key_copy(store), content.content)
    files.write_whole(key_file(store), content.content)


def mend(store: Path, found: Found, opened: KeyFile) -> str:
    """Make both key files hold what has opened the store, in today's form.

    Args:
        store: the store file.
        found: the key files as they were read.
        opened: the one of them that has opened it.

    Returns:
        A sentence for the person where a file had to be mended, or "".
    """
    wanted = holding(*opened.envelopes)
    if found.contents == (wanted.content, wanted.content):
        return ""
    try:
        with changing_key(store):
            # Not over what somebody has written meanwhile, another passphrase above all.
            if (_content(key_file(store)), _content(key_copy(store))) != found.contents:
                return ""
            write(store, wanted)
    except (OSError, CaseworkerError):
        _log.info("the key files could not be mended")
        return ""
    return _mended(store, found)


def _mended(store: Path, found: Found) -> str:
    first, copy = found.faults
    if first:
        was = "missing" if found.contents[0] is None else "damaged"
        return (
            f"The key file {key_file(store).name} was {was}. Its second copy was used, and both "
            "are whole again."
        )
    if copy and found.contents[1] is not None:
        return f"{key_copy(store).name} was damaged, and was written anew."
    if len(found.usable) > 1:
        return "A change of the passphrase was interrupted: the one you gave stands."
    return ""


def _content(path: Path) -> bytes | None:
    try:
        with files.opened(path) as file:
            return file.read(_LARGEST)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise Unavailable(f"{path} cannot be read: {error.strerror}.") from error


def _as_json(envelope: Envelope) -> dict[str, Any]:
    return {
        "id": envelope.id,
        "name": envelope.name,
        "kdf": "argon2id",
        **envelope.cost,
        "salt": envelope.salt.hex(),
        "nonce": envelope.nonce.hex(),
        "wrapped": envelope.wrapped.hex(),
    }


def _checksum(listed: Any) -> str:  # noqa: ANN401  (whatever a damaged file holds)
    text = json.dumps(listed, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _envelope(body: Any) -> Envelope:  # noqa: ANN401
    if body["kdf"] != "argon2id":
        raise ValueError("another function")
    return Envelope(
        str(body["id"]),
        {name: int(body[name]) for name in _COST},
        bytes.fromhex(body["salt"]),
        bytes.fromhex(body["nonce"]),
        bytes.fromhex(body["wrapped"]),
        str(body.get("name", "")),
    )


def _sane(one: Envelope) -> bool:
    return (
        one.id.isalnum()
        and one.id.isascii()
        and all(0 < one.cost[name] <= _LIMIT[name] for name in _COST)
        and one.cost["memory_cost"] >= 8 * one.cost["parallelism"]
        and (len(one.salt), len(one.nonce), len(one.wrapped)) == (16, 12, 48)
    )
