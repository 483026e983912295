"""Workbooks of every kind Excel and LibreOffice write, as sheets."""

from __future__ import annotations

from caseworker_app.imports.files import ooxml, strangers, xlsx
from caseworker_app.imports.files.archive import CONTENT, Archive, Damaged
from caseworker_app.imports.files.markup import BadMarkup
from caseworker_app.imports.files.sheets import Sheet

ZIP, OLE = b"PK", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_LOCKED = "EncryptedPackage".encode("utf-16-le")


class Locked(Exception):
    """The workbook asks for a password."""


class Broken(Exception):
    """The bytes are no workbook that can be read."""


def read(data: bytes, file: str) -> list[Sheet]:
    """Every worksheet, visible ones first, each in the workbook's order.

    Raises:
        Locked: it is protected with a password.
        Broken: it is no workbook, or damaged.
        TooBig: there is more in it than a tracker holds.
        Stranger: it is something else that is packed like a workbook.
    """
    try:
        sheets = _packed(data, file) if data.startswith(ZIP) else _old(data, file)
    except (Damaged, BadMarkup) as error:
        raise Broken from error
    return sorted(sheets, key=lambda sheet: sheet.hidden)


def _packed(data: bytes, file: str) -> list[Sheet]:
    archive = Archive(data)
    if CONTENT in archive and "xl/workbook.xml" not in archive:
        return _open_document(archive, file)
    path = ooxml.main_part(archive)
    strangers.refuse_other_package(archive, path)
    if not path:
        raise Broken
    if path.endswith(".bin"):
        from caseworker_app.imports.files import xlsb

        return xlsb.read(archive, path, file)
    return xlsx.read(archive, path, file)


# What reads the rarer kinds is loaded for such a file alone: a person waits for the start.


def _open_document(archive: Archive, file: str) -> list[Sheet]:
    from caseworker_app.imports.files import ods

    strangers.refuse_other_open_document(archive)
    try:
        return ods.read(archive, file)
    except ods.Locked as error:
        raise Locked from error


def _old(data: bytes, file: str) -> list[Sheet]:
    if _LOCKED in data:
        raise Locked
    from caseworker_app.imports.files import xls

    strangers.refuse_other_old_document(data)
    try:
        return xls.read(data, file)
    except xls.Locked as error:
        raise Locked from error
