"""Word documents of plans, read under their sections, however the template is made."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from caseworker_app.domain.errors import Unreadable
from caseworker_app.imports.plan_document import read


def test_headings_tables_content_controls_and_tracked_changes_are_read(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Plan of a child")
    document.add_paragraph("SECTION A: Views, interests and aspirations")
    document.add_paragraph("I want to bake.")
    document.add_heading("B. Special educational needs", 1)
    control = parse_xml(
        f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>In a control</w:t></w:r></w:p>"
        "</w:sdtContent></w:sdt>"
    )
    document.element.body.insert(len(document.element.body) - 1, control)
    changed = parse_xml(
        f"<w:p {nsdecls('w')}><w:r><w:t>Two </w:t></w:r>"
        '<w:ins w:id="1" w:author="A"><w:r><w:t>new</w:t></w:r></w:ins>'
        '<w:del w:id="2" w:author="A"><w:r><w:delText>old</w:delText></w:r></w:del></w:p>'
    )
    document.element.body.insert(len(document.element.body) - 1, changed)
    table = document.add_table(rows=3, cols=2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Section F - Provision"
    for cell, words in zip(table.rows[1].cells, ("Therapy", "45 minutes a week"), strict=True):
        cell.text = words
    table.cell(2, 0).text = "Section H1"
    table.cell(2, 1).text = "Saturday club"
    document.save(str(tmp_path / "plan.docx"))
    found = read(tmp_path / "plan.docx")
    assert found.sections == {
        "": ("Plan of a child",),
        "A": ("I want to bake.",),
        "B": ("In a control", "Two new"),
        "F": ("Therapy | 45 minutes a week",),
        "H1": ("Saturday club",),
    }
    assert found.has_sections


def test_a_sentence_that_names_a_section_is_no_heading(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Section E", 1)
    document.add_paragraph("A letter from the school says more.")
    document.add_paragraph("See section F for what is provided.")
    document.save(str(tmp_path / "plan.docx"))
    assert list(read(tmp_path / "plan.docx").sections) == ["E"]


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("gone.docx", None, "gone.docx cannot be read"),
        ("old.doc", b"\xd0\xcf\x11\xe0 an old document", "old kind"),
        ("text.docx", b"no archive", "no Word document"),
        ("empty.docx", b"PK\x05\x06" + bytes(18), "no Word document"),
    ],
)
def test_what_is_no_word_document_is_named(
    tmp_path: Path, name: str, data: bytes | None, says: str
) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    with pytest.raises(Unreadable, match=says):
        read(tmp_path / name)
