"""Tricks in the parts of a workbook: each gives them back with something wrong."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from xml.sax.saxutils import escape

from tests.fuzz.hostile.book import HEAD, LINKS, MAIN, SHEET, Parts


def entities(draw: Random, made: Parts) -> Parts:
    """Entities of entities, or one that is a file of this computer."""
    name = draw.choice((SHEET, "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"))
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
    text = made[name].replace(HEAD.encode(), f"{HEAD}{doctype}".encode())
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
            "/" + SHEET,
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
    table = f'{HEAD}<sst xmlns="{MAIN}" count="{draw.choice((-1, 2**31, 2**64))}">'
    table += draw.choice(("<si><t>Osei</t></si>", "<si/>", "<si><r><t>a</t></r></si>")) * count
    links = made["xl/_rels/workbook.xml.rels"].replace(
        b"</Relationships>",
        f'<Relationship Id="r3" Type="{LINKS}/sharedStrings" Target="sharedStrings.xml"/>'
        "</Relationships>".encode(),
    )
    points = "".join(
        f'<c t="s"><v>{at}</v></c>' for at in ("0", "-1", str(2**31), "x", "1e5", "", "99999999")
    )
    text = made[SHEET].replace(b"</sheetData>", f"<row>{points}</row></sheetData>".encode())
    return {
        **made,
        "xl/sharedStrings.xml": (table + "</sst>").encode(),
        "xl/_rels/workbook.xml.rels": links,
        SHEET: text,
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
    text = made[SHEET]
    if draw.random() < 0.5:
        return {**made, SHEET: text.replace(b"</sheetData>", b"</sheetData>" + tail.encode())}
    return {**made, SHEET: text.replace(b"<sheetData>", tail.encode() + b"<sheetData>")}


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
