"""The letter templates that come with Caseworker, as Word documents made from their text."""

from __future__ import annotations

import io
import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from caseworker_app import paths
from caseworker_app.domain.errors import Refused
from caseworker_app.domain.letters import READY

_SENTENCES = ("reasons", "conditions")
"""The fields of a table that hold sentences."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A template that comes along.

    Attributes:
        key: its name in code, and that of its file in `resources/letters`.
        kind, fact: as `LetterTemplate` has them.
        text: its paragraphs, each as Word shows it.
    """

    key: str
    name: str
    kind: str
    fact: str
    text: tuple[str, ...]

    @property
    def file(self) -> str:
        """What stands in the record in the place of a file."""
        return f"{READY}{self.key}"


@cache
def ready() -> tuple[Ready, ...]:
    """Every template that comes along, in the order they are listed."""
    folder = paths.resources() / "letters"
    found = []
    for path in sorted(folder.glob("*.toml")):
        data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        text = tuple(" ".join(one.split()) for one in data["text"].split("\n\n") if one.strip())
        found.append(Ready(path.stem, data["name"], data["kind"], data.get("fact", ""), text))
    return tuple(found)


def document(file: str) -> bytes:
    """The Word document of a ready template. Raises `Refused` where there is no such template."""
    key = file.removeprefix(READY)
    for one in ready():
        if one.key == key:
            return _made(one.text)
    raise Refused(f"No letter template {key} comes with Caseworker.", "file")


def _made(text: tuple[str, ...]) -> bytes:
    """Paragraphs in Word: one that begins with # is a heading, a lone tag goes with its line."""
    import docx
    from docx.shared import Cm, Pt, RGBColor

    made = docx.Document()
    style = made.styles["Normal"]
    style.font.name, style.font.size = "Arial", Pt(11)
    style.paragraph_format.space_after = Pt(8)
    heading = made.styles["Heading 1"]
    # Word's own heading is blue and of another font, which no letter is.
    heading.element.rPr.rFonts.attrib.clear()
    heading.font.name, heading.font.size = "Arial", Pt(12)
    heading.font.color.rgb = RGBColor(0, 0, 0)
    heading.paragraph_format.space_before, heading.paragraph_format.space_after = Pt(6), Pt(8)
    for section in made.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.5)
    for one in text:
        if one.startswith("# "):
            made.add_heading(one[2:], 1)
        elif one.startswith("| "):
            _table(made, [cell.strip() for cell in one.strip("| ").split("|")])
        else:
            made.add_paragraph(one)
    # What python-docx writes of itself is nobody's here.
    made.core_properties.author, made.core_properties.comments = "", ""
    whole = io.BytesIO()
    made.save(whole)
    return whole.getvalue()


def _table(made: Any, cells: list[str]) -> None:  # noqa: ANN401  (a document)
    """A table with a row for each of a list: the list, then heading and field by turns."""
    from docx.oxml import OxmlElement
    from docx.shared import Pt

    each, *rest = cells
    headings, fields = rest[::2], rest[1::2]
    table = made.add_table(rows=4, cols=len(headings), style="Table Grid")
    table.autofit = False
    section = made.sections[0]
    whole = section.page_width - section.left_margin - section.right_margin
    # What is written in sentences takes twice the room of a name or a choice.
    shares = [2 if one in _SENTENCES else 1 for one in fields]
    widths = [whole * one // sum(shares) for one in shares]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for cell, words in zip(table.rows[0].cells, headings, strict=True):
        cell.paragraphs[0].add_run(words).bold = True
    table.rows[1].cells[0].text = f"{{%tr for one in {each} %}}"
    for cell, words in zip(table.rows[2].cells, fields, strict=True):
        cell.text = f"{{{{ one.{words} }}}}"
    table.rows[3].cells[0].text = "{%tr endfor %}"
    for at, row in enumerate(table.rows):
        # No row is cut at the foot of a page; the headings come again at the top.
        for name in ("w:cantSplit", *(("w:tblHeader",) if at == 0 else ())):
            row._tr.get_or_add_trPr().append(OxmlElement(name))  # noqa: SLF001  (no other way)
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width
            cell.paragraphs[0].paragraph_format.space_after = Pt(2)
    # Words after a table would stand close under it.
    made.add_paragraph().paragraph_format.space_after = Pt(0)
