"""Documents set on pages: what belongs together stays together, and nothing is lost or cut."""

from __future__ import annotations

from collections import deque
from datetime import date

import pytest
from PySide6.QtCore import QSizeF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from caseworker_app.domain.paper import Paper, PaperTable, Part
from caseworker_app.ui.paging import Sheets, shared

_PAGE = QSizeF(700, 500)


def sheets(*parts: Part, about: str = "") -> Sheets:
    made = Sheets(Paper("Title", about, parts), _PAGE)
    deque(made.steps(), maxlen=0)
    return made


def said(made: Sheets) -> list[str]:
    """The words of each page, in order."""
    return ["".join(one.piece.html for one in page) for page in made._pages]


def rows(many: int, words: str = "a few words") -> PaperTable:
    lines = tuple((f"Child {at} of them", words) for at in range(many))
    return PaperTable(("Child", "What is said"), lines)


def test_headings_stand_on_every_page_that_a_table_goes_on_to(qapp: QApplication) -> None:
    pages = said(sheets(Part("", table=rows(60))))
    assert len(pages) > 2
    assert all(page.count("What is said") == 1 for page in pages)
    assert sum(page.count("of them") for page in pages) == 60


def test_nothing_stands_below_the_foot(qapp: QApplication) -> None:
    made = sheets(Part("Part", ("A line.",) * 30, rows(40, "words and more words " * 12)))
    for page in made._pages:
        assert all(one.top + one.piece.height <= _PAGE.height() - 26 for one in page)


def test_a_title_is_not_left_at_the_end_of_a_page(qapp: QApplication) -> None:
    for lines in range(20, 30):
        made = sheets(Part("", ("A line.",) * lines), Part("A part", table=rows(3)))
        (page,) = [page for page in said(made) if "A part" in page]
        assert "Child 0" in page


def test_a_row_higher_than_a_page_goes_on_and_is_whole(qapp: QApplication) -> None:
    long = " ".join(f"word{at}" for at in range(3000))
    table = PaperTable(("Child", "Said"), (("One", "x"), ("Two", long), ("Three", "y")))
    made = sheets(Part("", table=table))
    parts = [one.part for page in made._pages for one in page if "word2999" in one.piece.html]
    assert parts == list(range(len(parts)))
    assert len(parts) > 1
    assert "Three" in said(made)[-1]


def test_every_page_can_be_drawn(qapp: QApplication) -> None:
    made = sheets(Part("One", ("A line.",), rows(30)), Part("Two", new_page=True), about="About")
    for page in range(made.count):
        image = QImage(_PAGE.toSize(), QImage.Format.Format_RGB32)
        image.fill(0xFFFFFFFF)
        painter = QPainter(image)
        made.draw(painter, page)
        painter.end()
        drawn = memoryview(image.constBits()).cast("I")
        assert len(set(drawn)) > 10


def test_what_cells_say_stands_as_it_is(qapp: QApplication) -> None:
    (page,) = said(sheets(Part("", table=rows(1, "<late> & open"))))
    assert "&lt;late&gt; &amp; open" in page


def test_a_day_is_not_broken(qapp: QApplication) -> None:
    table = PaperTable(("On", "Said"), ((date(2026, 11, 13), "word " * 400),))
    assert any("13\N{NO-BREAK SPACE}Nov\N{NO-BREAK SPACE}2026" in page for page in said(sheets(
        Part("", table=table)
    )))  # fmt: skip


@pytest.mark.parametrize(
    ("least", "wish", "widths"),
    [
        ((10, 10), (20, 60), [25, 75]),  # more room than is needed
        ((20, 20), (20, 400), [20, 80]),  # a long column gives way, a short one does not
        ((100, 300), (100, 300), [25, 75]),  # not even the words have room
    ],
)
def test_columns_share_the_width_of_a_page(
    least: tuple[float, ...], wish: tuple[float, ...], widths: list[int]
) -> None:
    assert shared(least, wish, 100) == widths
