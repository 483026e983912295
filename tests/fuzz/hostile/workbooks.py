"""Workbooks of Excel's own kind, in every way of writing their XML, with a trick in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from random import Random
from xml.sax.saxutils import escape

from tests.fuzz.hostile import archives
from tests.fuzz.hostile.children import DAYS, FORMULAS, HEADINGS, Row, rows, serial

Parts = dict[str, bytes]

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEET = "xl/worksheets/sheet1.xml"
_HEAD = "<?xml version='1.0' encoding='UTF-8'?>"


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
    return f'{_HEAD}<worksheet xmlns="{MAIN}"><sheetData>{body}{extra}</sheetData></worksheet>'


def parts(lines: Sequence[Row], extra: str = "", *, place: bool = True) -> Parts:
    """The parts of an ordinary workbook."""
    main = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    made = {
        "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{main}.sheet.main+xml"/>'
        f'<Override PartName="/{_SHEET}" ContentType="{main}.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{main}.styles+xml"/></Types>',
        "_rels/.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{_LINKS}/officeDocument" Target="xl/workbook.xml"/>'
        "</Relationships>",
        "xl/workbook.xml": f'{_HEAD}<workbook xmlns="{MAIN}" xmlns:r="{_LINKS}"><workbookPr/>'
        '<sheets><sheet name="Reviews" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{_LINKS}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="r2" Type="{_LINKS}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f'{_HEAD}<styleSheet xmlns="{MAIN}"><fonts count="1"><font/></fonts>'
        '<fills count="1"><fill/></fills><borders count="1"><border/></borders>'
        '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0"/>'
        '<xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>',
        _SHEET: sheet_xml(lines, extra, place),
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
        name: data.replace(MAIN.encode(), main).replace(_LINKS.encode(), links)
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

    return {name: turned(data) if name == _SHEET else data for name, data in made.items()}


def unplaced(draw: Random, _made: Parts) -> Parts:
    """Without a reference at any cell."""
    return parts(rows(draw), place=False)


FLAVOURS: tuple[Callable[[Random, Parts], Parts], ...] = (plain, plain, strict, prefixed, utf_16)


# Tricks in the sheet: what stands among the rows


def far_cell(draw: Random, last: int) -> str:
    """A cell in the last corner, or beyond it, or nowhere."""
    place = draw.choice(
        (
            "XFD1048576",
            "XFD1",
            "A1048576",
            "ZZZZ9",
            "A99999999999",
            "A0",
            "XFE1",
            "1A",
            "",
            "A-1",
            "🙂1",
        )
    )
    row = re.sub(r"\D", "", place) or str(last)
    return f'<row r="{row}"><c r="{place}"><v>1</v></c></row>'


def many_rows(draw: Random, last: int) -> str:
    """Tens of thousands of rows, all alike or all empty."""
    inner = draw.choice(
        ("", "<c/>", "<c><v>1</v></c>", '<c t="inlineStr"><is><t>Osei</t></is></c>' * 4)
    )
    return f"<row>{inner}</row>" * draw.choice((1000, 60_000, 300_000))


def same_children(draw: Random, last: int) -> str:
    """One child, tens of thousands of times."""
    line = rows(draw, 1)[0]
    cells = "".join(cell(at, 0, value, place=False) for at, value in enumerate(line))
    return f"<row>{cells}</row>" * draw.choice((1000, 20_000, 60_000))


def wide_row(draw: Random, last: int) -> str:
    """A row as wide as a sheet, or wider."""
    return f"<row>{'<c><v>1</v></c>' * draw.choice((16_384, 100_000, 1_000_000))}</row>"


def giant_cell(draw: Random, last: int) -> str:
    """A cell of millions of letters."""
    text = draw.choice(("x", "&amp;", "<![CDATA[x]]>", "é", "1", " ")) * draw.choice(
        (40_000, 1_000_000, 9_000_000)
    )
    return f'<row><c t="inlineStr"><is><t>{text}</t></is></c></row>'


def odd_numbers(draw: Random, last: int) -> str:
    """Numbers that are no dates, and dates that are no numbers."""
    made = ""
    for number, day in enumerate(draw.sample(DAYS, 8)):
        kind = draw.choice(
            ("", ' t="d"', ' t="n"', ' t="str"', ' t="s"', ' t="b"', ' t="e"', ' t="?"')
        )
        style = draw.choice(("1", "0", "-1", "99999999999", "x", ""))
        row = last + number + 1
        made += (
            f'<row r="{row}">{cell(0, row, f"N{number}")}{cell(1, row, "Osei")}'
            f"{cell(2, row, 'Ama')}"
            f'<c r="D{row}"{kind} s="{style}"><v>{escape(day)}</v></c></row>'
        )
    return made


def formulas(draw: Random, last: int) -> str:
    """Text that is a formula, and formulas that are none."""
    made = ""
    for number, text in enumerate(draw.sample(FORMULAS, 6)):
        row = last + number + 1
        inner = draw.choice(
            (
                cell(6, row, text),
                f'<c r="G{row}"><f>{escape(text)}</f></c>',
                f'<c r="G{row}"><f t="shared" si="{draw.randrange(-1, 9)}"/><v></v></c>',
                f'<c r="G{row}" t="e"><f>{escape(text)}</f><v>#REF!</v></c>',
            )
        )
        line = rows(draw, 1)[0]
        cells = "".join(cell(at, row, value) for at, value in enumerate(line[:6]))
        made += f'<row r="{row}">{cells}{inner}</row>'
    return made


def out_of_order(draw: Random, last: int) -> str:
    """Rows and cells before those that came, and twice."""
    made = ""
    for _ in range(draw.choice((3, 200))):
        row, column = draw.randrange(1, 12), draw.randrange(9)
        made += f'<row r="{row}">{cell(column, row, "Osei")}</row>'
    return made


def odd_letters(draw: Random, last: int) -> str:
    """Characters that XML does not have, or Unicode."""
    odd = draw.choice(
        (
            "&#xD800;",
            "&#0;",
            "&#xFFFF;",
            "\ud800",
            "\x00",
            "&nosuch;",
            "_x0000_",
            "_xD800_",
            "&#x110000;",
        )
    )
    line = rows(draw, 1)[0]
    cells = "".join(cell(at, last + 1, value) for at, value in enumerate(line[:6]))
    return f'<row r="{last + 1}">{cells}<c t="inlineStr"><is><t>{odd}</t></is></c></row>'


def deep(draw: Random, last: int) -> str:
    """Elements in elements in elements."""
    count = draw.choice((300, 20_000, 400_000))
    opened = draw.choice(("<c>", "<is>", "<row>", "<r>", "<x>"))
    return opened * count + draw.choice(("", opened.replace("<", "</") * count))


IN_ROWS: tuple[Callable[[Random, int], str], ...] = (
    far_cell,
    many_rows,
    same_children,
    wide_row,
    giant_cell,
    odd_numbers,
    formulas,
    out_of_order,
    odd_letters,
    deep,
)


# Tricks in the parts


def entities(draw: Random, made: Parts) -> Parts:
    """Entities of entities, or one that is a file of this computer."""
    name = draw.choice((_SHEET, "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"))
    laughs = "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, draw.choice((5, 12)))
    )
    doctype = draw.choice(
        (
            f'<!DOCTYPE x [<!ENTITY a0 "ha">{laughs}]>',
            '<!DOCTYPE x [<!ENTITY a4 SYSTEM "file:///etc/passwd">]>',
            f'<!DOCTYPE x [<!ENTITY a4 "{"y" * 100_000}">]>',
            '<!DOCTYPE x SYSTEM "http://x.invalid/x.dtd">',
            '<!DOCTYPE x [<!ENTITY % p SYSTEM "file:///dev/zero"> %p;]>',
        )
    )
    text = made[name].replace(_HEAD.encode(), f"{_HEAD}{doctype}".encode())
    text = text.replace(b"<t>", b"<t>" + b"&a4;" * draw.choice((1, 1, 1000)))
    return {**made, name: text}


def broken_xml(draw: Random, made: Parts) -> Parts:
    """A part that is cut, altered, or no XML."""
    name = draw.choice(sorted(made))
    data = bytearray(made[name])
    way = draw.randrange(5)
    if way == 0:
        data = data[: draw.randrange(len(data))]
    elif way == 1:
        for _ in range(draw.choice((1, 10, 100))):
            data[draw.randrange(len(data))] = draw.randrange(256)
    elif way == 2:
        data = data.replace(b"UTF-8", draw.choice((b"UTF-32", b"x-user", b"EBCDIC-US", b"UTF-7")))
    elif way == 3:
        data += draw.choice((b"<x/>", b"\0" * 1000, bytes(data), b"<!-- " + b"-" * 2_000_000))
    else:
        data = bytearray(draw.randbytes(draw.choice((0, 1, 5000))))
    return {**made, name: bytes(data)}


def lost_part(draw: Random, made: Parts) -> Parts:
    """Without one of its parts."""
    unlucky = draw.choice(sorted(made))
    return {name: data for name, data in made.items() if name != unlucky}


def odd_links(draw: Random, made: Parts) -> Parts:
    """Links that go round, out, away, or nowhere."""
    target = draw.choice(
        (
            "/xl/workbook.xml",
            "../_rels/.rels",
            "file:///etc/passwd",
            "http://x.invalid/s.xml",
            "_rels/workbook.xml.rels",
            "../../../../etc/passwd",
            "",
            "worksheets/",
            "\\xl\\x.xml",
            "/" + _SHEET,
            "WORKSHEETS/SHEET1.XML",
            "x" * 100_000,
            "%2e%2e/%2e%2e/x",
            "nul\x01",
        )
    )
    name = "xl/_rels/workbook.xml.rels"
    text = made[name].replace(b"worksheets/sheet1.xml", escape(target).encode())
    return {**made, name: text.replace(b"Id=", draw.choice((b"Id=", b'TargetMode="External" Id=')))}


def many_sheets(draw: Random, made: Parts) -> Parts:
    """Sheets by the thousand, all of them one part, or with odd names."""
    count = draw.choice((50, 1000, 20_000))
    name = draw.choice(("Reviews", "S{n}", "x" * 5000, "\u202e", "=1+1", "../x", "A\n B", "&#0;"))
    listed = "".join(
        f'<sheet name="{name.format(n=n)}" sheetId="{n}" r:id="r1"/>' for n in range(count)
    )
    text = made["xl/workbook.xml"]
    start = text.index(b"<sheets>")
    return {
        **made,
        "xl/workbook.xml": text[:start] + f"<sheets>{listed}</sheets></workbook>".encode(),
    }


def shared_texts(draw: Random, made: Parts) -> Parts:
    """A table of texts that lies about its length, and cells that point beside it."""
    count = draw.choice((3, 50_000, 1_000_000))
    table = f'{_HEAD}<sst xmlns="{MAIN}" count="{draw.choice((-1, 2**31, 2**64))}">'
    table += draw.choice(("<si><t>Osei</t></si>", "<si/>", "<si><r><t>a</t></r></si>")) * count
    links = made["xl/_rels/workbook.xml.rels"].replace(
        b"</Relationships>",
        f'<Relationship Id="r3" Type="{_LINKS}/sharedStrings" Target="sharedStrings.xml"/>'
        "</Relationships>".encode(),
    )
    points = "".join(
        f'<c t="s"><v>{at}</v></c>' for at in ("0", "-1", str(2**31), "x", "1e5", "", "99999999")
    )
    text = made[_SHEET].replace(b"</sheetData>", f"<row>{points}</row></sheetData>".encode())
    return {
        **made,
        "xl/sharedStrings.xml": (table + "</sst>").encode(),
        "xl/_rels/workbook.xml.rels": links,
        _SHEET: text,
    }


def odd_styles(draw: Random, made: Parts) -> Parts:
    """Number formats that are long, deep, many, or none."""
    code = draw.choice(
        (
            "[" * 50_000,
            '"' * 49_999,
            "yyyy;" * 20_000,
            "\\" * 30_001,
            "[$-" + "9" * 10_000,
            "d" * 100_000,
            "[>1e999]0",
            "General" * 9000,
            "",
            "mmm\\ yy",
            "[h]:mm:ss.000",
        )
    )
    formats = (
        f'<numFmt numFmtId="{draw.choice((14, 164, -1, 2**40))}" formatCode="{escape(code)}"/>'
    )
    formats *= draw.choice((1, 1, 2000)) if len(code) < 100 else 1
    text = made["xl/styles.xml"].replace(b"<fonts", f"<numFmts>{formats}</numFmts><fonts".encode())
    return {**made, "xl/styles.xml": text.replace(b'numFmtId="14"', b'numFmtId="164"')}


def merges(draw: Random, made: Parts) -> Parts:
    """Merged cells over everything, by the hundred thousand, or nowhere."""
    ref = draw.choice(("A1:XFD1048576", "A1", "XFD9:A1", "A0:B0", "x:y", "A1:B2:C3", "B2:C3"))
    many = f'<mergeCell ref="{ref}"/>' * draw.choice((1, 5000, 300_000))
    tail = draw.choice(
        (
            f"<mergeCells>{many}</mergeCells>",
            '<dimension ref="A1:XFD1048576"/>',
            "<cols>" + '<col min="1" max="16384" hidden="1"/>' * 20_000 + "</cols>",
        )
    )
    text = made[_SHEET]
    if draw.random() < 0.5:
        return {**made, _SHEET: text.replace(b"</sheetData>", b"</sheetData>" + tail.encode())}
    return {**made, _SHEET: text.replace(b"<sheetData>", tail.encode() + b"<sheetData>")}


IN_PARTS: tuple[Callable[[Random, Parts], Parts], ...] = (
    entities,
    broken_xml,
    lost_part,
    odd_links,
    many_sheets,
    shared_texts,
    odd_styles,
    merges,
)


def bomb(draw: Random, made: Parts) -> bytes:
    """A part that unpacks to hundreds of megabytes."""
    megabytes = draw.choice((20, 150, 500))
    name = draw.choice((_SHEET, _SHEET, "xl/workbook.xml", "xl/styles.xml", "docProps/thumb.jpg"))
    head, unit = draw.choice(
        (
            (b"", b"\0"),
            (b"", b" "),
            (made[_SHEET].replace(b"</sheetData></worksheet>", b""), b"<row/>"),
            (made[_SHEET].replace(b"</sheetData></worksheet>", b""), b"<row><c><v>1</v></c></row>"),
            (made[_SHEET].replace(b"</sheetData></worksheet>", b""), b"\n"),
            (b"<?xml version='1.0'?><x>", b"<y>"),
        )
    )
    return archives.with_bomb(made, name, head, unit, megabytes)


def drawn(draw: Random) -> tuple[str, bytes]:
    """A hostile workbook and the name of its trick."""
    lines = rows(draw)
    flavour = draw.choice(FLAVOURS)
    way = draw.randrange(10)
    if way < 5:
        trick = draw.choice(IN_ROWS)
        made = flavour(draw, parts(lines, trick(draw, len(lines) + 1)))
        return f"{flavour.__name__}, {trick.__name__}", archives.zipped(made)
    made = parts(lines) if draw.random() < 0.9 else unplaced(draw, {})
    if way < 7:
        part_trick = draw.choice(IN_PARTS)
        made = flavour(draw, part_trick(draw, made))
        return f"{flavour.__name__}, {part_trick.__name__}", archives.zipped(made)
    if way < 9:
        packing = draw.choice(archives.TRICKS)
        return f"{flavour.__name__}, {packing.__name__}", packing(draw, flavour(draw, made))
    return "bomb", bomb(draw, made)
