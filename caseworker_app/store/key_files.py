"""The two key files beside a store: a list of envelopes with a checksum, kept twice.

The checksum is over the envelopes as they are written, never over key or passphrase; it tells a
damaged file from a wrong passphrase. The second copy is a file of its own, so that one damaged
sector or one lost file is survived. Key files of earlier releases, one envelope of another form,
are read too and written anew.
"""

from __future__ import annotations

import hashlib
import json
import logging
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from caseworker_app import files
from caseworker_app.domain.errors import (
    CaseworkerError,
    Refused,
    Unavailable,
    Unreadable,
    WrongPassphrase,
)
from caseworker_app.domain.names import folded
from caseworker_app.store.holding import changing_key
from caseworker_app.store.keys import Envelope, Held, as_recovery_key, held_in, unseal
from caseworker_app.store.places import key_copy, key_file

FORMAT = "caseworker-key-3"
_FIRST, _SECOND = "caseworker-key-1", "caseworker-key-2"
_COST = ("time_cost", "memory_cost", "parallelism")
_LIMIT = {"time_cost": 10, "memory_cost": 1 << 18, "parallelism": 16}
_MOST_WORK = 64 * 3 * (1 << 16)
"""What all envelopes of a file together may ask for, passes by kilobytes: a few seconds."""
_LARGEST = 1 << 20
_log = logging.getLogger(__name__)


class KeyFile(NamedTuple):
    """What a key file holds.

    Attributes:
        envelopes: one for each person, and one that a recovery key opens.
        content: the file's bytes as they were read or are to be written.
        serial: goes up with each change, so that of two the newer is known.
    """

    envelopes: tuple[Envelope, ...]
    content: bytes
    serial: int = 0


def holding(*envelopes: Envelope, serial: int = 0) -> KeyFile:
    """A key file of these envelopes, as it is written today."""
    listed = [_as_json(one) for one in envelopes]
    body = {
        "format": FORMAT,
        "checksum": _checksum(listed, serial),
        "serial": serial,
        "envelopes": listed,
    }
    return KeyFile(envelopes, (json.dumps(body, indent=1) + "\n").encode(), serial)


def parse(content: bytes, shown: str) -> KeyFile:
    """Read a key file's content.

    Raises:
        Unreadable: it is damaged, or of a newer application; the sentence names `shown`.
    """
    damaged = f"{shown} is not a Caseworker key file, or is damaged."
    try:
        body, serial = json.loads(content[:_LARGEST]), 0
        if body["format"] == _FIRST:
            listed = [body]
        elif body["format"] in (_SECOND, FORMAT):
            listed, serial = body["envelopes"], int(body.get("serial", 0))
            if body["checksum"] != _checksum(listed, serial) or not listed:
                raise Unreadable(damaged)
        else:
            raise NewerKeyFile(f"{shown} is not a key file that this version knows.")
        envelopes = tuple(_envelope(one) for one in listed)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Unreadable(damaged) from error
    work = sum(one.cost["time_cost"] * one.cost["memory_cost"] for one in envelopes)
    if not all(map(_sane, envelopes)) or work > _MOST_WORK:
        raise Unreadable(damaged)
    return KeyFile(envelopes, content, serial)


class NewerKeyFile(Unreadable):
    """A key file of a format that this version does not know; it is no damage."""


class Found(NamedTuple):
    """The key files beside a store, as far as they can be read.

    Attributes:
        usable: what they hold, each once: the newer first, else the first file before the copy.
        faults: a sentence about each that is damaged or gone, or "": of the first, of the copy.
        contents: their bytes, None where there is none.
    """

    usable: tuple[KeyFile, ...]
    faults: tuple[str, str]
    contents: tuple[bytes | None, bytes | None]

    @property
    def first(self) -> KeyFile:
        """What the newer of them holds that can be used."""
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
    usable.sort(key=lambda one: -one.serial)
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


def opened_by(
    content: KeyFile, passphrase: str, shown: str, person: str = ""
) -> tuple[Held, Envelope]:
    """What is in the envelope that a passphrase or a recovery key opens, and that envelope.

    Args:
        content: the key file.
        passphrase: what was given.
        shown: names the store in messages.
        person: whose envelope is meant; "" tries everybody's.

    Raises:
        WrongPassphrase: it opens none of them.
        Refused: nobody is called so, or the passphrase opens the envelopes of several.
    """
    code = as_recovery_key(passphrase)
    asked = [one for one in content.envelopes if not one.recovery]
    if person:
        asked = [one for one in asked if folded(one.name) == folded(person)]
    found: list[tuple[Held, Envelope]] = []
    for envelope in asked:
        with suppress(WrongPassphrase):
            found.append((held_in(envelope, passphrase, shown), envelope))
    for envelope in content.envelopes if code and not found else ():
        if envelope.recovery:
            with suppress(WrongPassphrase):
                found.append((held_in(envelope, code, shown), envelope))
    if len(found) == 1:
        return found[0]
    if found:
        raise Refused(
            f"More than one person opens {shown} with this passphrase: say who you are, with "
            "--person NAME.",
            "person",
        )
    if person and not asked:
        raise _nobody(content, person, shown)
    raise WrongPassphrase(f"The passphrase does not open {shown}.")


def _nobody(content: KeyFile, person: str, shown: str) -> Refused:
    names = [one.name for one in content.envelopes if one.name and not one.recovery]
    who = f" It is {' or '.join(names)}." if names else " It has one passphrase for everybody."
    return Refused(f"Nobody called {person} opens {shown}.{who}", "person")


def unsealed(content: KeyFile, passphrase: str, shown: str) -> bytes:
    """The key, by whichever envelope the passphrase opens, whosever. Raises `WrongPassphrase`."""
    code = as_recovery_key(passphrase)
    for envelope in content.envelopes:
        with suppress(WrongPassphrase):
            return unseal(envelope, code if envelope.recovery and code else passphrase, shown)
    raise WrongPassphrase(f"The passphrase does not open {shown}.")


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
    wanted = holding(*opened.envelopes, serial=opened.serial)
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
        "public": envelope.public.hex(),
        "sealed": envelope.sealed.hex(),
        "recovery": envelope.recovery,
    }


def _checksum(listed: Any, serial: int) -> str:  # noqa: ANN401  (whatever a damaged file holds)
    summed = [*listed, serial] if serial else listed
    text = json.dumps(summed, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
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
        bytes.fromhex(body.get("public", "")),
        bytes.fromhex(body.get("sealed", "")),
        bool(body.get("recovery", False)),
    )


def _sane(one: Envelope) -> bool:
    return (
        one.id.isalnum()
        and one.id.isascii()
        and all(0 < one.cost[name] <= _LIMIT[name] for name in _COST)
        and one.cost["memory_cost"] >= 8 * one.cost["parallelism"]
        and (len(one.salt), len(one.nonce), len(one.wrapped)) == (16, 12, 48)
        and (len(one.public), len(one.sealed)) in ((0, 0), (32, 92))
    )
