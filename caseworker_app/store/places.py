"""Where a store is: a file on this computer, or a PostgreSQL database by URL."""

from __future__ import annotations

import codecs
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit, urlunsplit

from caseworker_app import files
from caseworker_app.domain.errors import Refused, Unavailable, Unreadable

_POSTGRESQL = ("postgresql", "postgres", "postgresql+psycopg")
_ZIP = b"PK\x03\x04"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_SHEETS = {".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv", ".tsv"}
_PLAIN = b"SQLite format 3\x00"
_PAGE = 4096
"""Bytes in a page of an encrypted store, the least there can be."""


class Place(NamedTuple):
    """Where a store is: exactly one of `path` and `url`.

    Attributes:
        shown: for the title bar and for messages; never a password.
    """

    shown: str
    path: Path | None = None
    url: str = ""


def place(where: str) -> Place:
    """Read a path or database URL as a person gives it.

    Raises:
        Refused: nothing was given, or the URL is of another database.
    """
    if "\0" in where:
        raise Refused("The name of a store cannot hold the character NUL.", "store")
    if not where.strip():
        raise Refused("Say where the store is: a file, or a PostgreSQL address.", "store")
    scheme, separator, rest = where.partition("://")
    if not separator:
        return Place(where, path=Path(where).expanduser().absolute())
    if scheme not in _POSTGRESQL:
        raise Refused(
            f"Caseworker keeps its data in a file or in PostgreSQL; {scheme}:// is neither.",
            "store",
        )
    from caseworker_app.store.server_address import checked_address

    checked = checked_address(f"postgresql://{rest}")
    return Place(_without_password(where), url=checked.replace("://", "+psycopg://", 1))


def _without_password(url: str) -> str:
    parts = urlsplit(url)
    user, at, host = parts.netloc.rpartition("@")
    shown = f"{user.partition(':')[0]}{at}{host}"
    query = "&".join(item for item in parts.query.split("&") if not item.startswith("password="))
    return urlunsplit((parts.scheme, shown, parts.path, query, ""))


def key_file(store: Path) -> Path:
    """The file beside a store that holds its wrapped key. Both are needed, on every move."""
    return store.with_name(store.name + ".key")


def key_copy(store: Path) -> Path:
    """The second copy of the key file, for when the first is damaged or lost."""
    return store.with_name(store.name + ".key.copy")


def backups_folder(store: Path) -> Path:
    """The folder beside a store for the backups that are made by themselves."""
    return store.with_name(store.name + ".backups")


def disposal_list(store: Path) -> Path:
    """The file beside a store that lists who was disposed of, by the marks of their keys alone."""
    return store.with_name(store.name + ".disposals")


def list_in_folder(folder: Path) -> Path:
    """The same list in a folder of backups, for whoever restores one of them."""
    return folder / "disposals"


def _is_sheet(head: bytes) -> bool:
    """Whether a file that is named like a sheet begins like one; a store begins with any bytes."""
    text = head.removeprefix(codecs.BOM_UTF8)
    marks = (_ZIP, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    return head.startswith(marks) or (
        text.isascii()
        and text.decode("ascii").split() != []
        and not any(byte < 32 and byte not in b"\t\r\n" for byte in text)
    )


def inspect_file(path: Path) -> None:
    """Say in one sentence what is wrong with a store file, before any key is tried.

    Raises:
        Unavailable: it is a folder or may not be read.
        Unreadable: it is empty or too short, or is not encrypted.
    """
    if path.is_dir():
        raise Unavailable(f"{path} is a folder, not a store.")
    try:
        with files.opened(path) as file:
            head = file.read(len(_PLAIN))
    except OSError as error:
        raise Unavailable(f"{path} cannot be read: {error.strerror}.") from error
    if not head:
        raise Unreadable(f"{path} is empty, so it is not a Caseworker store.")
    if head == _PLAIN:
        raise Unreadable(f"{path} is a plain SQLite file; a Caseworker store is always encrypted.")
    if head.startswith(_OLD_EXCEL) or (path.suffix.lower() in _SHEETS and _is_sheet(head)):
        raise Unreadable(f"{path.name}: that is a spreadsheet: use File, Import.")
    if head.startswith(_ZIP):
        raise Unreadable(
            f"{path.name} is not a store. A backup is put back with File, Restore a backup; "
            "a spreadsheet is brought in with File, Import."
        )
    # Of a file shorter than a page SQLite thinks it has yet to begin, and would write one.
    if path.stat().st_size < _PAGE:
        raise Unreadable(f"{path} is too short to be a Caseworker store.")
