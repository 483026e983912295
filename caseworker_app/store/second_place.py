"""A file in a second place, a share say, to which a line is added each time the trail is signed.

It is out of reach of whoever can only change the store, and no name stands in it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from caseworker_app import files
from caseworker_app.domain.errors import Unavailable
from caseworker_app.domain.signed_heads import SignedHead

if TYPE_CHECKING:
    from caseworker_app.store.places import Place

_ENDING = ".heads"
_LINE = re.compile(
    r"(?P<at>[0-9TZ:.-]+) (?P<end>[1-9][0-9]{0,17}:[0-9a-f]{64}) "
    r"(?P<number>[1-9][0-9]{0,17}):(?P<signature>[0-9a-f]{128}) [0-9a-f]{64}"
)


@dataclass(frozen=True, slots=True)
class Sent:
    """A line of the file.

    Attributes:
        where: the file and its line, for messages.
        end: where the trail ended, `number:hash`; "" where the line cannot be read.
        number, signature: of the signature.
    """

    where: str
    end: str = ""
    number: int = 0
    signature: str = ""


def file_in(folder: Path, place: Place) -> Path:
    """The file of a store in a folder: by the store's name, so that a whole other trail is known.

    A trail that was written anew from its first entry has nothing else in common with what it was.
    """
    path = place.path if place.path is not None else PurePosixPath(urlsplit(place.url).path)
    return folder / f"{path.name}{_ENDING}"


def send(folder: Path, place: Place, head: SignedHead) -> None:
    """Add a line, and have it on the disk. Raises `Unavailable` where that cannot be."""
    target = file_in(folder, place)
    with files.plain_errors(target):
        # One write, at the end: others send to the same file.
        opened = os.open(target, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(opened, f"{head.line}\n".encode("ascii"))
            os.fsync(opened)
        finally:
            os.close(opened)


def sent(folder: Path, place: Place) -> Iterator[Sent]:
    """Every line that was sent, the first first; none where nothing was sent yet.

    Raises `Unavailable` where the folder or the file cannot be read.
    """
    path = file_in(folder, place)
    if not folder.is_dir():
        raise Unavailable(f"{folder}, the second place, cannot be reached: nothing was compared.")
    if not path.exists():
        return
    with files.plain_errors(path), files.opened(path) as file:
        lines = file.read().decode("ascii", "replace").splitlines()
    for number, line in enumerate(lines, 1):
        found, where = _LINE.fullmatch(line), f"{path}, line {number},"
        if found is None:
            yield Sent(where)
        else:
            yield Sent(where, found["end"], int(found["number"]), found["signature"])
