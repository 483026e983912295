"""A document as a Word page: all it says, headings that come again, and nothing half written."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest

from caseworker_app.domain.errors import Refused
from caseworker_app.domain.paper import Paper, PaperTable, Part
from caseworker_app.reports import paper_document

TABLE = PaperTable(("Ref", "Due"), (("Group",), ("1.1a", date(2026, 11, 13)), ("<1.1b>\x00", None)))
PAPER = Paper(
    "Highlight report: Plans",
    "Two months",
    (Part("Where it stands", ("All & well",), TABLE), Part("Owed", (), PaperTable(("A",), ()))),
    "A. Ford, today",
    personal=False,
    wide=False,
)


def test_a_page_says_all_that_the_document_says(tmp_path: Path) -> None:
    target = tmp_path / "report.docx"
    paper_document.write(PAPER, target)
    with ZipFile(target) as parts:
        body = parts.read("word/document.xml").decode()
        foot = "".join(parts.read(one).decode() for one in parts.namelist() if "footer" in one)
    for words in ("Highlight report: Plans", "All &amp; well", "13 Nov 2026", "&lt;1.1b&gt;"):
        assert words in body
    assert "Nothing." in body
    assert body.count("w:tblHeader") == 1
    assert "w:gridSpan" in body
    assert "A. Ford, today" in foot
    assert sorted(one.name for one in tmp_path.iterdir()) == ["report.docx"]


def test_another_ending_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"does not end in \.docx"):
        paper_document.write(PAPER, tmp_path / "report.doc")
    assert not list(tmp_path.iterdir())
