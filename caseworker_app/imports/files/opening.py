"""A path to the sheets it holds, or one plain sentence why not."""

from __future__ import annotations

from pathlib import Path

from caseworker_app.domain.errors import Unreadable
from caseworker_app.imports.files import delimited, ooxml, workbooks
from caseworker_app.imports.files.sheets import Sheet

LARGEST = 250_000_000
"""Bytes; a tracker of a whole county is a twentieth of it."""

_ZIP, _OLE = b"PK", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STRANGERS = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"{\\rtf", "a text document"),
    (b"<!DOCTYPE", "a web page"),
    (b"<html", "a web page"),
    (b"SQLite format 3", "a database"),
)
WORKBOOK_ENDINGS = frozenset({".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlsb", ".ods"})
TEXT_ENDINGS = frozenset({".csv", ".txt", ".tsv", ".tab"})


def sheets(path: Path) -> list[Sheet]:
    """Every sheet of a workbook, or the one sheet of a delimited file.

    What the file is is seen from its first bytes; its ending does not matter.

    Raises:
        Unreadable: with a sentence that names the file.
    """
    name = path.name or str(path)
    data = _bytes(path, name)
    if data.startswith((_ZIP, _OLE)):
        return _workbook(data, name)
    for mark, words in _STRANGERS:
        if data[:64].lstrip().lower().startswith(mark.lower()):
            raise Unreadable(f"{name} is {words}, not a workbook or a CSV file.")
    if path.suffix.lower() in WORKBOOK_ENDINGS and not _could_be_text(data):
        raise Unreadable(f"{name} is not a workbook, or it is damaged.")
    try:
        return [delimited.read(data, name, path.stem)]
    except delimited.HalfText as error:
        raise Unreadable(f"{name} is damaged: some of its letters are broken.") from error
    except delimited.NotText as error:
        raise Unreadable(f"{name} is neither a workbook nor a text file of rows.") from error


def _bytes(path: Path, name: str) -> bytes:
    try:
        if path.is_dir():
            raise Unreadable(f"{name} is a folder, not a file.")
        if path.stat().st_size > LARGEST:
            raise Unreadable(f"{name} is larger than a tracker can be (250 MB).")
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise Unreadable(f"There is no file {name}.") from error
    except PermissionError as error:
        raise Unreadable(
            f"{name} may not be read: it is open elsewhere or you lack the right."
        ) from error
    except (OSError, ValueError) as error:
        raise Unreadable(f"{name} could not be read from disk.") from error
    if not data.strip():
        raise Unreadable(f"{name} is empty.")
    return data


def _workbook(data: bytes, name: str) -> list[Sheet]:
    try:
        found = workbooks.read(data, name)
    except workbooks.Locked as error:
        raise Unreadable(
            f"{name} is protected with a password; save a copy without one and import that."
        ) from error
    except ooxml.TooBig as error:
        raise Unreadable(f"{name} unpacks to more than a workbook should hold.") from error
    except workbooks.Broken as error:
        raise Unreadable(f"{name} is not a workbook that can be read, or it is damaged.") from error
    if not any(any(cell != "" for cell in row) for sheet in found for row in sheet.rows):
        raise Unreadable(f"{name} holds no filled cell.")
    return found


def _could_be_text(data: bytes) -> bool:
    """Whether a file that is called a workbook is text after all, as some systems export."""
    return data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")) or b"\x00" not in data
