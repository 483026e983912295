"""The files of SEN2: what a person typed is text in them, and a file is whole or not there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest

from caseworker_app.domain.errors import Cancelled, Refused
from caseworker_app.domain.sen2.rows import Return
from caseworker_app.reports import sen2_workbook, sen2_xml
from tests.support.sen2_borough import drawn, returned

HOSTILE = (
    "=1+1",
    "+A1",
    "-2",
    "@SUM(A1)",
    "\tTab",
    "\x01Bell",
    "<b>&amp;",
    "x" * 40_000,
    "\u202eright",
)
Write = Callable[..., None]


def _named(*names: str) -> Return:
    return_ = returned(drawn(1, 1))
    for person, name in zip(return_.persons, names, strict=False):
        person.row.values["Surname"] = name
    return return_


def test_text_is_text_in_the_workbook_and_in_the_markup(tmp_path: Path) -> None:
    return_ = _named(*HOSTILE)
    book, markup = tmp_path / "a.xlsx", tmp_path / "a.xml"
    sen2_workbook.write(return_, book)
    sen2_xml.write(return_, markup)
    sheet = openpyxl.load_workbook(book)["Data Entry Template"]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d"}
    told = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    root = ElementTree.fromstring(markup.read_bytes())
    names = [one.text or "" for one in root.iter("Surname")]
    for name in HOSTILE[:4]:
        assert name in told
        assert name in names
    assert "Bell" in names
    assert "<b>&amp;" in names


@pytest.mark.parametrize(
    ("write", "name"), [(sen2_workbook.write, "a.xlsx"), (sen2_xml.write, "a.xml")]
)
def test_what_is_stopped_leaves_the_file_that_stood_there(
    write: Write, name: str, tmp_path: Path
) -> None:
    target = tmp_path / name
    target.write_text("what stood here")

    def stop(done: int, total: int, words: str) -> None:
        raise Cancelled("Stopped.")

    with pytest.raises(Cancelled):
        write(returned(drawn(2)), target, stop)
    assert target.read_text() == "what stood here"
    assert list(tmp_path.iterdir()) == [target]
    with pytest.raises(Refused, match="does not end in"):
        write(returned(drawn(2)), tmp_path / "a.pdf")
