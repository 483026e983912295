"""The same table as a workbook of every flavour: what Excel, LibreOffice, Google and others write.

Nothing of a program's own reader or writer is used, so that a flavour is what its name says.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from xml.sax.saxutils import escape

TRANSITIONAL = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


@dataclass(frozen=True)
class Error:
    """A cell that shows an Excel error."""

    text: str


@dataclass(frozen=True)
class Never:
    """A formula that was never calculated."""

    formula: str


@dataclass(frozen=True)
class Month:
    """A date that its cell shows as a month and a year."""

    on: date


@dataclass(frozen=True)
class Zeros:
    """A number shown with at least so many figures."""

    number: int
    digits: int


Value = str | int | float | bool | date | datetime | Error | Never | Month | Zeros | None


@dataclass(frozen=True)
class Flavour:
    """How a workbook is written.

    Attributes:
        addresses: both, rows, or none: which elements say where they stand.
        strings: inline, shared, rich (shared, in runs), or formula (`t="str"`).
        targets: relative, absolute, or odd (parts with names of the writer's own).
        month: the format that shows a month and a year: a built-in number or a code.
    """

    strict: bool = False
    prefix: str = ""
    quote: str = '"'
    addresses: str = "both"
    strings: str = "inline"
    iso_days: bool = False
    from_1904: bool = False
    targets: str = "relative"
    encoding: str = "utf-8"
    spaced: bool = False
    month: int | str = 17


EXCEL = Flavour(strings="shared")
FLAVOURS = {
    "Excel": EXCEL,
    "Excel, Strict": Flavour(strict=True, strings="shared", iso_days=True),
    "Excel for Mac of 2008": Flavour(strings="rich", from_1904=True),
    "openpyxl": Flavour(),
    "LibreOffice": Flavour(strings="shared", month="mmm\\-yy"),
    "Google": Flavour(strings="shared", targets="absolute", month="mmmm yyyy"),
    "ClosedXML": Flavour(prefix="x:", targets="absolute", month="mm/yyyy"),
    "Open XML SDK": Flavour(prefix="x:", addresses="none", targets="odd"),
    "EPPlus": Flavour(strings="shared", targets="absolute", spaced=True, month='[$-809]mmm" "yy;@'),
    "NPOI": Flavour(strings="shared", quote="'", spaced=True),
    "a script": Flavour(quote="'", addresses="none", strings="formula", encoding="utf-16"),
    "a report server": Flavour(addresses="rows", encoding="utf-16", strict=True, prefix="s:"),
}


@dataclass(frozen=True)
class Drawn:
    """A table, and which of its rows are hidden or struck through, counted from 0."""

    rows: Sequence[Sequence[Value]]
    hidden: frozenset[int] = frozenset()
    struck: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()


@dataclass
class _Writer:
    flavour: Flavour
    shared: list[str] = field(default_factory=list)

    def tag(self, name: str, inside: str | None = None, /, **attributes: object) -> str:
        quote = self.flavour.quote
        marks = {"<": "&lt;", quote: "&quot;" if quote == '"' else "&apos;"}
        told = "".join(
            f" {key.rstrip('_').replace('__', ':')}={quote}{escape(str(value), marks)}{quote}"
            for key, value in attributes.items()
            if value is not None
        )
        gap = "\n  " if self.flavour.spaced else ""
        name = self.flavour.prefix + name
        if inside is None:
            return f"{gap}<{name}{told}/>"
        return f"{gap}<{name}{told}>{inside}</{name}>"

    def root(self, name: str, inside: str, /, **attributes: object) -> bytes:
        strict, prefix = self.flavour.strict, self.flavour.prefix
        space = STRICT if strict else TRANSITIONAL
        named = f"xmlns__{prefix.rstrip(':')}" if prefix else "xmlns"
        office = _STRICT_OFFICE if strict else _OFFICE
        spaces: dict[str, object] = {named: space, "xmlns__r": office}
        body = self.tag(name, inside, **spaces, **attributes).lstrip()
        return self.text(body)

    def text(self, body: str) -> bytes:
        encoding = self.flavour.encoding
        head = f'<?xml version="1.0" encoding="{encoding.upper()}" standalone="yes"?>\n'
        return (head + body).encode(encoding)


def midnight(day: date) -> datetime:
    """The first moment of a day; a workbook's times have no zone."""
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001


def workbook(table: Drawn, flavour: Flavour, *, name: str = "Tracker") -> bytes:
    """The file."""
    write = _Writer(flavour)
    sheet = _sheet(write, table)
    book = write.root(
        "workbook",
        write.tag("workbookPr", date1904="1" if flavour.from_1904 else None)
        + write.tag(
            "sheets", write.tag("sheet", name=name, sheetId=1, state="visible", r__id="rId1")
        ),
    )
    folder = "xl" if flavour.targets != "odd" else "content/book"
    main = f"{folder}/{'workbook' if flavour.targets != 'odd' else 'main'}.xml"
    parts = {
        "worksheet": (f"{folder}/worksheets/sheet1.xml", sheet),
        "styles": (f"{folder}/styles.xml", _styles(write)),
    }
    if write.shared:
        inside = "".join(write.shared)
        parts["sharedStrings"] = (f"{folder}/strings.xml", write.root("sst", inside))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        places = {kind: path for kind, (path, _) in parts.items()}
        packed.writestr("[Content_Types].xml", _types(main, places))
        packed.writestr("_rels/.rels", _links({"officeDocument": main}, flavour, ""))
        packed.writestr(main, book)
        links = _links(places, flavour, folder)
        packed.writestr(f"{folder}/_rels/{main.rpartition('/')[2]}.rels", links)
        for path, data in parts.values():
            packed.writestr(path, data)
    return out.getvalue()


def _types(main: str, parts: dict[str, str]) -> str:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    every = parts | {"sheet.main": main}
    told = "".join(
        f'<Override PartName="/{path}" ContentType="{kind}.{part}+xml"/>'
        for part, path in every.items()
    )
    start = '<Default Extension="xml" ContentType="application/xml"/>'
    return f'<Types xmlns="{_PACKAGE}/content-types">{start}{told}</Types>'


def _links(parts: dict[str, str], flavour: Flavour, folder: str) -> str:
    office = _STRICT_OFFICE if flavour.strict else _OFFICE
    told = ""
    for at, (kind, path) in enumerate(parts.items(), 1):
        target = path.removeprefix(f"{folder}/") if folder else path
        if flavour.targets == "absolute":
            target = f"/{path}"
        told += f'<Relationship Id="rId{at}" Type="{office}/{kind}" Target="{target}"/>'
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{told}</Relationships>'


_PLAIN, _DAY, _MONTH, _STRUCK, _STRUCK_DAY, _FIRST_ZEROS = 0, 1, 2, 3, 4, 5


def _styles(write: _Writer) -> bytes:
    month = write.flavour.month
    codes = {164: "dd/mm/yyyy", **({165: month} if isinstance(month, str) else {})}
    codes |= {170 + digits: "0" * digits for digits in range(2, 9)}
    formats = "".join(
        write.tag("numFmt", numFmtId=number, formatCode=code) for number, code in codes.items()
    )
    fonts = write.tag("font", write.tag("sz", val=11)) + write.tag("font", write.tag("strike"))
    shown = 165 if isinstance(month, str) else month
    looks = [(0, 0), (164, 0), (shown, 0), (0, 1), (164, 1)]
    looks += [(170 + digits, 0) for digits in range(2, 9)]
    cells = "".join(write.tag("xf", numFmtId=number, fontId=font) for number, font in looks)
    normal = write.tag("cellStyle", name="Normal", xfId=0, builtinId=0)
    return write.root(
        "styleSheet",
        write.tag("numFmts", formats, count=len(codes))
        + write.tag("fonts", fonts, count=2)
        + write.tag("fills", write.tag("fill", write.tag("patternFill")))
        + write.tag("borders", write.tag("border"))
        + write.tag("cellStyleXfs", write.tag("xf", numFmtId=17, fontId=1))
        + write.tag("cellXfs", cells, count=len(looks))
        + write.tag("cellStyles", normal),
    )


def _sheet(write: _Writer, table: Drawn) -> bytes:
    rows = "".join(_row(write, table, at) for at in range(len(table.rows)))
    columns = "".join(
        write.tag("col", min=at + 1, max=at + 1, width=9, hidden=1) for at in table.hidden_columns
    )
    before = write.tag("cols", columns) if columns else ""
    return write.root("worksheet", before + write.tag("sheetData", rows))


def _row(write: _Writer, table: Drawn, at: int) -> str:
    row, addressed = table.rows[at], write.flavour.addresses
    cells = ""
    for column, value in enumerate(row):
        blank = value is None or value == ""
        if blank and addressed == "both":
            continue
        place = f"{chr(65 + column)}{at + 1}" if addressed == "both" else None
        cells += _cell(write, value, place, struck=at in table.struck)
    number = at + 1 if addressed != "none" else None
    return write.tag("row", cells, r=number, hidden=1 if at in table.hidden else None)


def _cell(write: _Writer, value: Value, place: str | None, *, struck: bool) -> str:
    style = _STRUCK if struck else None
    if value is None or value == "":
        return write.tag("c", r=place)
    if isinstance(value, Error):
        return write.tag("c", write.tag("v", value.text), r=place, s=style, t="e")
    if isinstance(value, Never):
        return write.tag("c", write.tag("f", escape(value.formula)), r=place, s=style)
    if isinstance(value, bool):
        return write.tag("c", write.tag("v", str(int(value))), r=place, s=style, t="b")
    if isinstance(value, Month):
        return _day(write, value.on, place, _MONTH)
    if isinstance(value, date):
        return _day(write, value, place, _STRUCK_DAY if struck else _DAY)
    if isinstance(value, Zeros):
        style = _FIRST_ZEROS + value.digits - 2
        return write.tag("c", write.tag("v", str(value.number)), r=place, s=style)
    if isinstance(value, str):
        return _string(write, value, place, style)
    return write.tag("c", write.tag("v", repr(value)), r=place, s=style)


def _day(write: _Writer, value: date, place: str | None, style: int) -> str:
    if write.flavour.iso_days:
        return write.tag("c", write.tag("v", value.isoformat()), r=place, s=style, t="d")
    first = midnight(date(1904, 1, 1) if write.flavour.from_1904 else date(1899, 12, 30))
    whole = value if isinstance(value, datetime) else midnight(value)
    number = (whole - first) / timedelta(days=1)
    shown = repr(int(number) if number.is_integer() else number)
    return write.tag("c", write.tag("v", shown), r=place, s=style)


def _string(write: _Writer, value: str, place: str | None, style: int | None) -> str:
    kind, text = write.flavour.strings, escape(value)
    if kind == "inline":
        inside = write.tag("is", write.tag("t", text, xml__space="preserve"))
        return write.tag("c", inside, r=place, s=style, t="inlineStr")
    if kind == "formula":
        inside = write.tag("f", '""&amp;A1') + write.tag("v", text)
        return write.tag("c", inside, r=place, s=style, t="str")
    if kind == "rich" and len(value) > 1:
        runs = (escape(value[:1]), escape(value[1:]))
        inside = "".join(
            write.tag("r", write.tag("rPr", write.tag("b")) + write.tag("t", run)) for run in runs
        )
        inside += write.tag("rPh", write.tag("t", "spoken"), sb=0, eb=1)
    else:
        inside = write.tag("t", text)
    write.shared.append(write.tag("si", inside))
    at = len(write.shared) - 1
    return write.tag("c", write.tag("v", str(at)), r=place, s=style, t="s")
