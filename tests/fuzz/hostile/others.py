"""Hostile files of the other kinds: OpenDocument, old and binary workbooks, markup, TOML, JSON."""

from __future__ import annotations

import struct
from collections.abc import Callable
from random import Random
from xml.sax.saxutils import escape

from tests.fuzz.hostile import archives
from tests.fuzz.hostile.children import DAYS, FORMULAS, HEADINGS, rows, words
from tests.imports.made import old_books

_ODS = "application/vnd.oasis.opendocument.spreadsheet"
_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text", "number", "style")
)


def _cells(line: list[str], more: str = "") -> str:
    return "".join(
        f'<table:table-cell office:value-type="string"{more}><text:p>{escape(cell)}</text:p>'
        "</table:table-cell>"
        for cell in line
    )


def ods(draw: Random) -> bytes:
    """An OpenDocument sheet with repeats, depth, entities, or too much of anything."""
    lines = [list(HEADINGS), *([words(cell) for cell in row] for row in rows(draw))]
    body = "".join(f"<table:table-row>{_cells(line)}</table:table-row>" for line in lines)
    count = draw.choice(("60000", "1048576", "-1", "99999999999999999999", "x", "2147483647", "3"))
    line = _cells(lines[-1], f' table:number-columns-repeated="{draw.choice(("1", count))}"')
    depth = draw.choice((100, 30_000))
    trick = draw.choice(
        (
            f'<table:table-row table:number-rows-repeated="{count}">{line}</table:table-row>',
            (
                f'<table:table-row table:number-rows-repeated="{count}"><table:table-cell '
                f'table:number-columns-repeated="{count}"/></table:table-row>'
            ),
            (
                f"<table:table-row>{_cells(['a' + chr(0x301) * 9999, 'x' * 3_000_000])}"
                "</table:table-row>"
            ),
            (
                f'<table:table-row><table:table-cell><text:p><text:s text:c="{count}"/></text:p>'
                "</table:table-cell></table:table-row>"
            ),
            "<table:table-row-group>" * depth,
            "<table:table-row><table:table-cell>" * depth,
            "<table:table-row/>" * draw.choice((1000, 400_000)),
            "".join(
                f"<table:table-row>{_cells(['N', 'Osei', f'A{n}'])}<table:table-cell "
                f'office:value-type="{draw.choice(("date", "float", "?", "time"))}" '
                f'office:date-value="{escape(day)}" office:value="{escape(day)}"/>'
                "</table:table-row>"
                for n, day in enumerate(DAYS)
            ),
            "".join(
                f"<table:table-row>{_cells([text] * 7)}</table:table-row>" for text in FORMULAS
            ),
        )
    )
    head = draw.choice(("", "", "", '<!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;&a;&a;">]>'))
    content = (
        f"<?xml version='1.0'?>{head}<office:document-content {_SPACES}><office:body>"
        f'<office:spreadsheet><table:table table:name="Reviews">{body}{trick}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    made = {
        "mimetype": draw.choice((_ODS, _ODS, "text/plain", "")).encode(),
        "content.xml": content.encode(),
        "META-INF/manifest.xml": b"<x/>",
    }
    if draw.random() < 0.2:
        return draw.choice(archives.TRICKS)(draw, made)
    if draw.random() < 0.1:
        start = content[: content.index("</table:table>")].encode()
        return archives.with_bomb(made, "content.xml", start, b"<table:table-row/>", 400)
    return archives.zipped(made)


def xls(draw: Random) -> bytes:
    """An old binary workbook with records that lie, or a compound file that goes round."""
    lines = [list(HEADINGS), *([words(cell) for cell in row] for row in rows(draw))]
    data = bytearray(
        old_books.book(lines, column_of_last=draw.choice((None, None, 255, 256, 65_535)))
    )
    for _ in range(draw.choice((0, 1, 4, 40))):
        place = draw.choice(
            (draw.randrange(len(data) - 4), draw.randrange(28, 512), draw.randrange(512, 1536))
        )
        data[place : place + 4] = draw.choice(
            (
                b"\xff\xff\xff\xff",
                b"\xff\xff\xff\x7f",
                bytes(4),
                struct.pack("<I", draw.randrange(64)),
            )
        )
    if draw.random() < 0.2:
        data = data[: draw.randrange(8, len(data))]
    return bytes(data)


def xlsb(draw: Random) -> bytes:
    """A binary workbook of records that lie about their length."""

    def record(kind: int, body: bytes, said: int | None = None) -> bytes:
        length, coded = len(body) if said is None else said, b""
        while True:
            coded += bytes([length & 0x7F | (0x80 if length > 0x7F else 0)])
            length >>= 7
            if not length:
                break
        name = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
        return name + coded + body

    text = "Reviews".encode("utf-16-le")
    link = "rId1".encode("utf-16-le")
    sheet = (
        struct.pack("<III", 0, 1, 4) + link + struct.pack("<I", draw.choice((7, 2**31, 0))) + text
    )
    book = (
        record(131, b"")
        + record(143, b"")
        + record(156, sheet)
        + record(144, b"")
        + record(132, b"")
    )
    row = record(0, struct.pack("<IIHBB", draw.choice((0, 2**20, 2**32 - 1)), 0, 0, 0, 0))
    cell = record(
        6, struct.pack("<III", draw.choice((0, 16_383, 2**31)), 0, draw.choice((1, 2**30))) + b"A\0"
    )
    cells = (row + cell) * draw.choice((1, 100, 60_000))
    body = (
        record(129, b"")
        + record(145, b"")
        + cells
        + record(146, b"")
        + record(130, b"", draw.choice((0, 2**28)))
    )
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    made = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Override '
        'PartName="/xl/workbook.bin" ContentType="application/vnd.ms-excel.sheet.binary.'
        'macroEnabled.main"/></Types>'.encode(),
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" '
        f'Type="{kind}/officeDocument" Target="xl/workbook.bin"/></Relationships>'.encode(),
        "xl/workbook.bin": book if draw.random() < 0.8 else draw.randbytes(500),
        "xl/_rels/workbook.bin.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="rId1" Type="{kind}/worksheet" Target="worksheets/sheet1.bin"/>'
        "</Relationships>".encode(),
        "xl/worksheets/sheet1.bin": body if draw.random() < 0.8 else draw.randbytes(5000),
    }
    return archives.zipped(made)


def markup(draw: Random) -> bytes:
    """SpreadsheetML or a web page that is called a workbook."""
    lines = [list(HEADINGS), *([words(cell) for cell in row] for row in rows(draw))]
    if draw.random() < 0.5:
        depth = draw.choice((0, 50_000))
        body = "".join(
            f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in line)}</tr>" for line in lines
        )
        head = draw.choice(("<html>", "<!DOCTYPE html>", "\n\n<HTML>", "<table>", "\ufeff<html>"))
        return (head + "<table>" * depth + body).encode("utf-8")
    index = draw.choice(("", f' ss:Index="{2**31}"', ' ss:MergeAcross="99999999"'))
    body = "".join(
        f"<Row>{''.join(f'<Cell{index}><Data>{escape(cell)}</Data></Cell>' for cell in line)}</Row>"
        for line in lines
    )
    laughs = draw.choice(("", '<!DOCTYPE x [<!ENTITY a "&a;">]>'))
    return (
        f'<?xml version="1.0"?>{laughs}<?mso-application progid="Excel.Sheet"?><Workbook '
        'xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        f'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet><Table>{body}'
    ).encode()


def mapping(draw: Random) -> bytes:
    """A mapping made by hand, by a hand that means harm."""
    count = draw.choice((50, 3000, 100_000))
    return draw.choice(
        (
            "[" * count,
            "a" + ".a" * count + ' = "reference"',
            "x = " + "[" * count,
            "x = " + "{a=" * count,
            f'"{"x" * count}" = "reference"',
            "".join(f'"h{n}" = "reference"\n' for n in range(count)),
            "".join(f"[t{n}]\n" for n in range(count)),
            "x = " + "9" * count,
            "x = 1e99999999",
            "x = 9999-99-99",
            '"Case ref" = "reference"\n"Case ref" = "reference"',
            '"\\ud800" = "reference"',
            '"Case ref" = "no such field"',
            '"Case ref" = ["reference"]',
            '"\x00" = "reference"',
            '"No heading" = "reference"',
            '[Reviews]\n"Case ref" = "reference"',
            "x" * 2_000_000,
        )
    ).encode("utf-8", "surrogatepass")


def facts(draw: Random) -> bytes:
    """JSON for the clock, deep, long, or of another kind."""
    count = draw.choice((50, 3000, 1_000_000))
    return draw.choice(
        (
            "[" * count,
            '{"cases":' * count,
            '{"cases":[' + "{}," * count + "{}]}",
            '{"cases":[' + "[]," * count + "[]]}",
            '{"cases":[{"id":"' + "x" * count + '","born":"2014-05-03","events":[]}]}',
            '{"cases":[{"id":"\\ud800","born":"2014-05-03","events":[]}]}',
            '{"cases":[{"id":"a","born":"9999-12-31","events":[]}]}',
            '{"cases":' + "9" * count + "}",
            '{"cases":1e999999}',
            '{"cases":NaN}',
            '{"cases":[],"cases":[{"id":1}]}',
            "\0" * count,
            "\ufeff" * 3,
            '{"cases":['
            + ",".join(
                f'{{"id":"{n}","born":"2014-05-03","events":[{{"kind":"plan_sent","on":"{day}"}}]}}'
                for n, day in enumerate(("2022-01-01", "0001-01-01", "9999-12-31", "2022-02-30"))
            )
            + "]}",
        )
    ).encode("utf-8", "surrogatepass")


KINDS: dict[str, tuple[str, Callable[[Random], bytes]]] = {
    "ods": ("tracker.ods", ods),
    "xls": ("tracker.xls", xls),
    "xlsb": ("tracker.xlsb", xlsb),
    "markup": ("tracker.xls", markup),
}
"""Workbooks of other kinds: their file's name, and what makes one."""
