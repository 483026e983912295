"""A document as a Word page: its titles, lines and tables, to be sent round and written on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from caseworker_app.domain.paper import PERSONAL, Paper, PaperTable, in_words
from caseworker_app.reports import target as target_file
from caseworker_app.reports.looks import clean
from caseworker_app.reports.target import Progress

_MARGIN_MM, _POINTS, _SMALL = 14, 9.5, 8
_A4_MM = (210, 297)
_FONT = "Arial"
_WIDE, _BESIDE = 45, 4
"""A column asks for room by the longest that stands in it, up to so many letters; and for the edges
of its cells."""


def write(paper: Paper, target: Path, progress: Progress | None = None) -> None:
    """Write a document beside its place and put it there when it is whole.

    Raises:
        Refused: the target is a folder, stands in no folder, or does not end in .docx.
        Unavailable: it cannot be written; what stood there before stands there still.
        Cancelled: `progress` raised it; nothing is left behind.
    """
    target_file.check(target, ".docx")
    tick = target_file.counter(paper.size, progress)
    document = _empty(paper)
    document.add_heading(clean(paper.title), 1)
    if paper.about:
        document.add_paragraph(clean(paper.about))
    for part in paper.parts:
        if part.title:
            document.add_heading(clean(part.title), 1 if part.large else 2)
        for line in part.lines:
            document.add_paragraph(clean(line))
        if part.table is not None:
            _table(document, part.table, tick)
    foot = [paper.foot, PERSONAL if paper.personal else ""]
    document.sections[0].footer.paragraphs[0].text = clean(" · ".join(one for one in foot if one))
    with target_file.whole(target) as beside:
        document.save(str(beside))


def _empty(paper: Paper) -> Any:  # noqa: ANN401  (a document of python-docx, which has no types)
    """A document without text: A4, narrow margins, small letters."""
    from docx import Document
    from docx.shared import Mm, Pt, RGBColor

    document = Document()
    section = document.sections[0]
    width, height = reversed(_A4_MM) if paper.wide else _A4_MM
    section.page_width, section.page_height = Mm(width), Mm(height)
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, side, Mm(_MARGIN_MM))
    for name, points in (("Normal", _POINTS), ("Heading 1", 15), ("Heading 2", 11)):
        style = document.styles[name]
        style.font.size = Pt(points)
        style.font.name = _FONT
        if name != "Normal":
            # The look of Word's headings is of another font and colour than the rest.
            style.element.rPr.rFonts.attrib.clear()
            style.font.name, style.font.color.rgb = _FONT, RGBColor(0, 0, 0)
        style.paragraph_format.space_after = Pt(3)
        style.paragraph_format.space_before = Pt(6 if name == "Heading 2" else 0)
    document.core_properties.title = clean(paper.title)
    document.core_properties.author = "Caseworker"
    return document


def _table(document: Any, table: PaperTable, tick: Any) -> None:  # noqa: ANN401
    """A table whose headings come again on every page; the sentence in its place where empty."""
    if not table.rows:
        document.add_paragraph(clean(table.empty))
        return
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.shared import Pt

    many = len(table.headings)
    made = document.add_table(rows=1, cols=many, style="Table Grid")
    made.autofit = False
    widths = _widths(document.sections[0], table)
    for column, width in zip(made.columns, widths, strict=True):
        column.width = width
    figures = _of_figures(table)
    lines = [(table.headings, True), *((row, len(row) == 1) for row in table.rows)]
    for at, (row, strong) in enumerate(lines):
        line = made.rows[0] if at == 0 else made.add_row()
        # No row is cut at the foot of a page; the headings come again at the top.
        for name in ("w:cantSplit", *(("w:tblHeader",) if at == 0 else ())):
            line._tr.get_or_add_trPr().append(OxmlElement(name))  # noqa: SLF001  (no other way)
        cells = line.cells
        for cell, width in zip(cells, widths, strict=True):
            cell.width = width
        if at and strong and many > 1:
            cells = (cells[0].merge(cells[-1]),)
        for column, (cell, value) in enumerate(zip(cells, row, strict=False)):
            paragraph = cell.paragraphs[0]
            run = paragraph.add_run(clean(in_words(value)))
            run.bold = strong
            run.font.size = Pt(_SMALL)
            if column in figures and len(row) == many:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        if at:
            tick(1)
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _widths(section: Any, table: PaperTable) -> list[int]:  # noqa: ANN401
    """How wide each column is, together as wide as the text of the page."""
    whole = section.page_width - section.left_margin - section.right_margin
    rows = [row for row in table.rows if len(row) == len(table.headings)]
    asked = []
    for column, heading in enumerate(table.headings):
        said = [heading, *(clean(in_words(row[column])) for row in rows)]
        word = max(len(one) for text in said for one in (text.split() or [""]))
        asked.append(_BESIDE + max(word, min(_WIDE, max(map(len, said)))))
    return [whole * one // sum(asked) for one in asked]


def _of_figures(table: PaperTable) -> set[int]:
    """The columns of amounts and numbers, which stand one below the other."""
    rows = [row for row in table.rows if len(row) == len(table.headings)]
    found = set()
    for column in range(len(table.headings)):
        said = [in_words(row[column]) for row in rows if row[column] not in (None, "")]
        if any(one.startswith("£") for one in said) or (
            said and all(isinstance(row[column], int) for row in rows)
        ):
            found.add(column)
    return found
