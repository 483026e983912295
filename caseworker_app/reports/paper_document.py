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
    from docx.shared import Mm, Pt

    document = Document()
    section = document.sections[0]
    width, height = reversed(_A4_MM) if paper.wide else _A4_MM
    section.page_width, section.page_height = Mm(width), Mm(height)
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, side, Mm(_MARGIN_MM))
    for name, points in (("Normal", _POINTS), ("Heading 1", 15), ("Heading 2", 11)):
        style = document.styles[name]
        style.font.size = Pt(points)
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
    from docx.oxml import OxmlElement
    from docx.shared import Pt

    many = len(table.headings)
    made = document.add_table(rows=1, cols=many, style="Table Grid")
    repeats = OxmlElement("w:tblHeader")
    made.rows[0]._tr.get_or_add_trPr().append(repeats)  # noqa: SLF001  (it has no other way)
    lines = [(table.headings, True), *((row, len(row) == 1) for row in table.rows)]
    for at, (row, strong) in enumerate(lines):
        cells = made.rows[0].cells if at == 0 else made.add_row().cells
        if at and strong and many > 1:
            cells = (cells[0].merge(cells[-1]),)
        for cell, value in zip(cells, row, strict=False):
            run = cell.paragraphs[0].add_run(clean(in_words(value)))
            run.bold = strong
            run.font.size = Pt(_SMALL)
        if at:
            tick(1)
