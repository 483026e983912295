"""A path to the sheets it holds, or one plain sentence why not."""

from __future__ import annotations

from pathlib import Path

from caseworker_app.domain.errors import Unreadable
from caseworker_app.imports.files import strangers, workbooks
from caseworker_app.imports.files.archive import TooBig
from caseworker_app.imports.files.letters import mended
from caseworker_app.imports.files.markup import BadMarkup
from caseworker_app.imports.files.sheets import Sheet
from caseworker_app.imports.process.limits import LARGEST
from caseworker_app.imports.pulse import PULSE
from caseworker_app.imports.sen2 import markup
from caseworker_app.services import plain_file

WORKBOOK_ENDINGS = frozenset({".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlsb", ".ods"})
TEXT_ENDINGS = frozenset({".csv", ".txt", ".tsv", ".tab"})


def sheets(path: Path) -> list[Sheet]:
    """Every sheet of a workbook, or the one sheet of a delimited file.

    What the file is is seen from its first bytes; its ending does not matter.

    Raises:
        Unreadable: with a sentence that names the file.
    """
    name = plain_file.name_of(path)
    data = _bytes(path, name)
    try:
        if data.startswith((workbooks.ZIP, workbooks.OLE)):
            found = _workbook(data, name)
        elif markup.is_return(data):
            found = _return(data, name)
        else:
            found = [_text(data, name, path)]
    except strangers.Stranger as error:
        raise Unreadable(
            f"{name} is {error.what}, not a workbook or a CSV file; {error.how}."
        ) from error
    except TooBig as error:
        raise Unreadable(f"{name} holds more than a tracker can.") from error
    return [mended(sheet) for sheet in found]


def _bytes(path: Path, name: str) -> bytes:
    data = plain_file.contents(path, LARGEST, "a tracker", PULSE.bytes_came)
    if not data.strip():
        raise Unreadable(f"{name} is empty.")
    return data


def _return(data: bytes, name: str) -> list[Sheet]:
    try:
        return markup.read(data, name)
    except BadMarkup as error:
        raise Unreadable(f"{name} is no SEN2 return in XML, or it is damaged.") from error


def _text(data: bytes, name: str, path: Path) -> Sheet:
    strangers.refuse(data)
    if path.suffix.lower() in WORKBOOK_ENDINGS and not _could_be_text(data):
        raise Unreadable(f"{name} is not a workbook, or it is damaged.")
    # For such a file alone, as the readers of the rarer workbooks are.
    from caseworker_app.imports.files import delimited

    try:
        return delimited.read(data, name, path.stem)
    except delimited.NotText as error:
        raise Unreadable(f"{name} is neither a workbook nor a text file of rows.") from error


def _workbook(data: bytes, name: str) -> list[Sheet]:
    try:
        found = workbooks.read(data, name)
    except workbooks.Locked as error:
        raise Unreadable(
            f"{name} is protected with a password; save a copy without one and import that."
        ) from error
    except workbooks.Broken as error:
        raise Unreadable(f"{name} is not a workbook that can be read, or it is damaged.") from error
    if not any(any(cell != "" for cell in row) for sheet in found for row in sheet.rows):
        raise Unreadable(f"{name} holds no filled cell.")
    return found


def _could_be_text(data: bytes) -> bool:
    """Whether a file that is called a workbook is text after all, as some systems export."""
    return data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")) or b"\x00" not in data
