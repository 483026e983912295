"""OpenDocument spreadsheets (.ods) as LibreOffice writes them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from tests.imports.made.flavours import Error, Month, Never, Value

KIND = "application/vnd.oasis.opendocument.spreadsheet"
_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
    for name, space in {
        "office": "office",
        "table": "table",
        "text": "text",
        "style": "style",
        "number": "datastyle",
        "fo": "xsl-fo-compatible",
    }.items()
)
_OWN = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"

_STYLES = """<office:automatic-styles>
<number:date-style style:name="N1"><number:month number:textual="true"/><number:text> </number:text>
<number:year/></number:date-style>
<number:date-style style:name="N2"><number:day/><number:month/><number:year/></number:date-style>
<style:style style:name="month" style:family="table-cell" style:data-style-name="N1"/>
<style:style style:name="day" style:family="table-cell" style:data-style-name="N2"/>
<style:style style:name="gone" style:family="table-cell">
<style:text-properties style:text-line-through-style="solid"/></style:style>
<style:style style:name="unseen" style:family="table">
<style:table-properties table:display="false"/></style:style>
</office:automatic-styles>"""


def book(
    rows: Sequence[Sequence[Value]],
    *,
    hidden: frozenset[int] = frozenset(),
    filtered: frozenset[int] = frozenset(),
    struck: frozenset[int] = frozenset(),
    repeated: Sequence[tuple[int, int]] = (),
    sheet_hidden: bool = False,
    from_1904: bool = False,
    after: str = "",
) -> bytes:
    """A spreadsheet.

    Args:
        repeated: (row, how often) of rows that the file holds once for several.
        after: more rows, as XML.
    """
    times = dict(repeated)
    told = "".join(
        _row(
            row,
            "collapse" if at in hidden else "filter" if at in filtered else "",
            times.get(at, 1),
            struck=at in struck,
        )
        for at, row in enumerate(rows)
    )
    style = ' table:style-name="unseen"' if sheet_hidden else ""
    first = (
        '<table:calculation-settings><table:null-date table:date-value="1904-01-01"/>'
        "</table:calculation-settings>"
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_SPACES} '
        f'xmlns:calcext="{_OWN}" office:version="1.3">{_STYLES}<office:body><office:spreadsheet>'
        f"{first if from_1904 else ''}"
        f'<table:table table:name="Tracker"{style}>'
        '<table:table-column table:number-columns-repeated="16384"/>'
        f"{told}{after}</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("mimetype", KIND, zipfile.ZIP_STORED)
        packed.writestr("content.xml", content)
    return out.getvalue()


def _row(row: Sequence[Value], visibility: str, times: int, *, struck: bool) -> str:
    told = f' table:visibility="{visibility}"' if visibility else ""
    told += f' table:number-rows-repeated="{times}"' if times > 1 else ""
    cells = "".join(_cell(value, struck=struck) for value in row)
    blank = '<table:table-cell table:number-columns-repeated="16000"/>'
    return f"<table:table-row{told}>{cells}{blank}</table:table-row>"


def _cell(value: Value, *, struck: bool) -> str:
    style = ' table:style-name="gone"' if struck else ""
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, Error):
        told = 'table:formula="of:=[.A1]" office:value-type="string" calcext:value-type="error"'
        return f"<table:table-cell{style} {told}><text:p>{value.text}</text:p></table:table-cell>"
    if isinstance(value, Never):
        formula = quoteattr(f"of:={value.formula}")
        return f"<table:table-cell{style} table:formula={formula}/>"
    if isinstance(value, Month | date):
        day = value.on if isinstance(value, Month) else value
        own = style or f' table:style-name="{"month" if isinstance(value, Month) else "day"}"'
        told = f'office:value-type="date" office:date-value="{day.isoformat()}"'
        return f"<table:table-cell{own} {told}><text:p>{day:%d/%m/%y}</text:p></table:table-cell>"
    if isinstance(value, str):
        paragraphs = "".join(
            f"<text:p>{escape(line).replace('  ', ' <text:s/>')}</text:p>"
            for line in value.split("\n")
        )
        note = "<office:annotation><text:p>a note</text:p></office:annotation>"
        return (
            f'<table:table-cell{style} office:value-type="string" calcext:value-type="string">'
            f"{note}{paragraphs}</table:table-cell>"
        )
    told = f'office:value-type="float" office:value="{value}"'
    return f"<table:table-cell{style} {told}><text:p>{value}</text:p></table:table-cell>"
