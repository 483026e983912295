"""Workbooks and documents that ask for a password: encrypted as Excel does, or refused."""

from __future__ import annotations

import io
import os
from datetime import date
from pathlib import Path

import msoffcrypto
import openpyxl
import pytest
from docx import Document

from caseworker_app import protecting, scratch
from caseworker_app.domain.errors import Refused
from caseworker_app.domain.paper import Paper, PaperTable, Part
from caseworker_app.reports import paper_document, paper_workbook, target

PASSWORD = "four-quiet-yellow-ducks"
NAME = "Okafor, Grace"
PAPER = Paper(
    "Reviews",
    "One child",
    (Part("", table=PaperTable(("Child", "Due"), ((NAME, date(2026, 10, 14)),), 0)),),
    "Made today",
)


def opened(path: Path, password: str = PASSWORD) -> io.BytesIO:
    found = io.BytesIO()
    with path.open("rb") as file:
        office = msoffcrypto.OfficeFile(file)
        assert office.is_encrypted()
        office.load_key(password=password, verify_password=True)
        office.decrypt(found)
    return found


def test_a_workbook_opens_with_its_password_alone(tmp_path: Path) -> None:
    out = tmp_path / "reviews.xlsx"
    protecting.protect(out, PASSWORD)
    paper_workbook.write(PAPER, out)

    book = openpyxl.load_workbook(opened(out))
    assert NAME in {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}
    with pytest.raises(msoffcrypto.exceptions.InvalidKeyError):
        opened(out, "four-quiet-yellow-duck")
    assert [one.name for one in tmp_path.iterdir()] == ["reviews.xlsx"]


def test_a_document_does_too_and_the_next_file_asks_for_none(tmp_path: Path) -> None:
    out = tmp_path / "reviews.docx"
    protecting.protect(out, PASSWORD)
    paper_document.write(PAPER, out)
    words = "\n".join(cell.text for table in Document(opened(out)).tables for cell in table._cells)
    assert NAME in words
    # The password was for that one file.
    paper_document.write(PAPER, out)
    assert Document(str(out)).tables


def test_what_nobody_protects_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    protecting.protect_all(PASSWORD)
    try:
        for write in (target.check, lambda out, _: target.whole(out).__enter__()):
            with pytest.raises(Refused, match="cannot ask for a password"):
                write(tmp_path / "rows.csv", ".csv")
    finally:
        protecting.protect_all("")
    assert list(tmp_path.iterdir()) == []


def test_the_plain_file_stands_in_the_private_folder_and_goes(tmp_path: Path) -> None:
    out = tmp_path / "reviews.xlsx"
    protecting.protect(out, PASSWORD)
    with target.whole(out) as part:
        assert part.parent.parent == scratch.paths.scratch_folder()
        (part.parent / "beside").write_text(NAME, encoding="utf-8")
        book = openpyxl.Workbook()
        book.save(os.fspath(part.with_suffix(".xlsx")))
        part.with_suffix(".xlsx").rename(part)
    assert not part.parent.exists()
    assert NAME.encode() not in out.read_bytes()


def test_a_choice_taken_back_asks_for_none(tmp_path: Path) -> None:
    out = tmp_path / "reviews.xlsx"
    protecting.protect(out, PASSWORD)
    protecting.protect(out, "")
    assert not protecting.asks(out)
    paper_workbook.write(PAPER, out)
    assert openpyxl.load_workbook(out).sheetnames
