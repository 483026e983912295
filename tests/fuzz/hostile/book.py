"""An ordinary workbook by hand, in every way of writing its XML."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from random import Random
from xml.sax.saxutils import escape

from tests.fuzz.hostile.children import HEADINGS, Row, rows, serial

Parts = dict[str, bytes]

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SHEET = "xl/worksheets/sheet1.xml"
HEAD = "<?xml version='1.0' encoding='UTF-8'?>"


def letters(index: int) -> str:
    """The letters of a column, from 0."""
    text = ""
    index += 1
    while index > 0:
        index, rest = divmod(index - 1, 26)
        text = chr(65 + rest) + text
    return text


def cell(column: int, row: int, value: str | date, place: bool = True) -> str:
    """One cell as XML; text stands in it."""
    at = f' r="{letters(column)}{row}"' if place else ""
    if isinstance(value, date):
        return f'<c{at} s="1"><v>{serial(value)}</v></c>'
    return f'<c{at} t="inlineStr"><is><t>{escape(value)}</t></is></c>'


def sheet_xml(lines: Sequence[Row], extra: str = "", place: bool = True) -> str:
    """A sheet of these rows; `extra` stands behind them, among the rows."""
    body = ""
    for number, line in enumerate([list(HEADINGS), *lines], 1):
        cells = "".join(cell(at, number, value, place) for at, value in enumerate(line))
        body += f'<row r="{number}">{cells}</row>' if place else f"<row>{cells}</row>"
    return f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData>{body}{extra}</sheetData></worksheet>'


def parts(lines: Sequence[Row], extra: str = "", *, place: bool = True) -> Parts:
    """The parts of an ordinary workbook."""
    main = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    made = {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{main}.sheet.main+xml"/>'
        f'<Override PartName="/{SHEET}" ContentType="{main}.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{main}.styles+xml"/></Types>',
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{LINKS}/officeDocument" Target="xl/workbook.xml"/>'
        "</Relationships>",
        "xl/workbook.xml": f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><workbookPr/>'
        '<sheets><sheet name="Reviews" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{LINKS}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="r2" Type="{LINKS}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f'{HEAD}<styleSheet xmlns="{MAIN}"><fonts count="1"><font/></fonts>'
        '<fills count="1"><fill/></fills><borders count="1"><border/></borders>'
        '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0"/>'
        '<xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>',
        SHEET: sheet_xml(lines, extra, place),
    }
    return {name: text.encode("utf-8", "surrogatepass") for name, text in made.items()}


# Ways of writing the same workbook


def plain(_draw: Random, made: Parts) -> Parts:
    """As Excel writes it."""
    return made


def strict(_draw: Random, made: Parts) -> Parts:
    """In the strict namespaces."""
    main, links = (
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        (b"http://purl.oclc.org/ooxml/officeDocument/relationships"),
    )
    return {
        name: data.replace(MAIN.encode(), main).replace(LINKS.encode(), links)
        for name, data in made.items()
    }


def prefixed(_draw: Random, made: Parts) -> Parts:
    """Every element with a prefix."""

    def marked(data: bytes) -> bytes:
        data = re.sub(rb"<(/?)(?=[A-Za-z])", rb"<\1x:", data)
        return data.replace(b'xmlns="' + MAIN.encode(), b'xmlns:x="' + MAIN.encode())

    return {
        name: marked(data) if name.startswith("xl/") and MAIN.encode() in data else data
        for name, data in made.items()
    }


def utf_16(_draw: Random, made: Parts) -> Parts:
    """In UTF-16."""

    def turned(data: bytes) -> bytes:
        return data.decode("utf-8", "replace").replace("'UTF-8'", "'UTF-16'").encode("utf-16")

    return {name: turned(data) if name == SHEET else data for name, data in made.items()}


def unplaced(draw: Random, _made: Parts) -> Parts:
    """Without a reference at any cell."""
    return parts(rows(draw), place=False)


FLAVOURS: tuple[Callable[[Random, Parts], Parts], ...] = (plain, plain, strict, prefixed, utf_16)
