"""Workbooks of the Office standard (.xlsx, .xlsm and their templates) as sheets."""

from __future__ import annotations

from caseworker_app.imports.files import ooxml, xlsx_sheet, xlsx_styles
from caseworker_app.imports.files.archive import Archive
from caseworker_app.imports.files.sheets import Sheet


def read(archive: Archive, path: str, file: str) -> list[Sheet]:
    """Every worksheet of the workbook whose main part is `path`, in its order.

    Raises:
        Damaged: a part is missing or a cell stands where none can.
        TooBig: there is more in it than a tracker holds.
        BadMarkup: by the XML.
    """
    book = ooxml.book(archive, path)
    context = xlsx_sheet.Context(
        xlsx_styles.styles(archive, book.styles),
        xlsx_styles.texts(archive, book.strings),
        from_1904=book.days_from_1904,
        recalculates=book.recalculates,
    )
    return [
        xlsx_sheet.read(archive, part.path, context).sheet(
            file, part.name, hidden=part.hidden, from_1904=book.days_from_1904
        )
        for part in book.sheets
    ]
