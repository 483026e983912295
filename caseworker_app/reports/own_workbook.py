"""A council's own workbook filled with the figures of a return; all else in it stays as it was.

The parts of the file that hold a named cell or a named table are changed where that stands, cell by
cell, and every other part goes over byte for byte: pictures, charts, formulas, formats, macros. A
workbook read and written again whole would lose some of these.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from lxml import etree
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.utils.datetime import to_excel

from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.errors import CaseworkerError, Refused, Unreadable
from caseworker_app.domain.measures.board import BoardReturn
from caseworker_app.reports.asked_figures import AskedTable, Figures, fold, is_ours
from caseworker_app.reports.looks import clean
from caseworker_app.reports.pages import Value

MOST_BYTES = 30_000_000
"""A larger file is no template of a return."""
ENDINGS = (".xlsx", ".xlsm")

_MOST_UNPACKED, _MOST_PART = 300_000_000, 60_000_000
_CELL = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})")
_WHERE = re.compile(
    r"^(?:'((?:[^']|'')+)'|([^'!]+))!(\$?[A-Z]{1,3}\$?\d+)(?::(\$?[A-Z]{1,3}\$?\d+))?$"
)
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_DAYS = frozenset(range(14, 23))
"""The formats of days and times that every workbook has, by their numbers."""

Place = tuple[int, int]
"""Row and column, from 1."""


def check(data: bytes, name: str) -> None:
    """Look whether a file is a workbook that can be filled. Raises `Unreadable` where it is none.

    `name` is that of the file, for the sentence.
    """
    with _readable(name):
        _Book(data)


@contextmanager
def _readable(name: str) -> Iterator[None]:
    """Say in one sentence what is wrong with a file. Raises `Unreadable`."""
    try:
        yield
    except CaseworkerError:
        raise
    except _TooLarge as error:
        raise Unreadable(f"{name} is too large for a template of a return.") from error
    except MemoryError:
        raise
    except Exception as error:
        raise Unreadable(
            f"{name} is not an Excel workbook (.xlsx), or is damaged: open it in Excel and save it "
            "again."
        ) from error


def fill(data: bytes, name: str, board: BoardReturn) -> tuple[bytes, tuple[str, ...]]:
    """The workbook with what it asks for, and a sentence for each thing that could not be filled.

    Args:
        data: the council's workbook.
        name: of the file, for the sentences.
        board: the return, as its edition may show it.

    Raises:
        Unreadable: it is no workbook, is damaged, or is too large.
        Refused: nothing in it asks for a figure or a table.
    """
    with _readable(name):
        book = _Book(data)
        said = _Filling(book, Figures(board)).fill()
        if not said.filled:
            raise Refused(
                f"Nothing in {name} asks for a figure: name a cell measure_W1.4g, or a table "
                "table_primary_need, and it is filled.",
                "template",
            )
        return book.packed(), tuple(said.left)


class _TooLarge(Exception):
    pass


@dataclass
class _Said:
    """How much was filled, and what could not be."""

    filled: int = 0
    left: list[str] = field(default_factory=list)


class _Book:
    """The parts of a workbook: those that are looked into as trees, the others as they came."""

    def __init__(self, data: bytes) -> None:
        self._zip = zipfile.ZipFile(io.BytesIO(data))
        if sum(one.file_size for one in self._zip.infolist()) > _MOST_UNPACKED:
            raise _TooLarge
        self._trees: dict[str, Any] = {}
        self.path = self._target("", "officeDocument")
        self.root = self.tree(self.path)
        ids = self._related(self.path)
        self.sheets = {str(one.get("name")): ids[one.get(_REL)] for one in _all(self.root, "sheet")}

    def tree(self, part: str) -> Any:  # noqa: ANN401
        """The root of a part, which goes into the new file as it then is."""
        if part not in self._trees:
            if self._zip.getinfo(part).file_size > _MOST_PART:
                raise _TooLarge
            parser = etree.XMLParser(resolve_entities=False, no_network=True)
            self._trees[part] = etree.fromstring(self._zip.read(part), parser)
        return self._trees[part]

    def tables(self, sheet: str) -> Iterator[str]:
        """The parts that are tables of a sheet's part."""
        known = self._related(sheet)
        yield from (part for part in known.values() if "/tables/" in part)

    def _related(self, part: str) -> dict[str, str]:
        folder, base = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", f"{base}.rels")
        if rels not in self._zip.namelist():
            return {}
        return {
            str(one.get("Id")): _joined(folder, str(one.get("Target")))
            for one in self._read(rels)
            if one.get("TargetMode") != "External"
        }

    def _target(self, part: str, kind: str) -> str:
        for one in self._read(posixpath.join(part, "_rels/.rels")):
            if str(one.get("Type")).endswith(f"/{kind}"):
                return _joined("", str(one.get("Target")))
        raise Unreadable("There is no workbook in it.")

    def _read(self, part: str) -> Any:  # noqa: ANN401
        """The root of a part that is only read."""
        parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
        return etree.fromstring(self._zip.read(part), parser)

    def day_styles(self) -> frozenset[int]:
        """The styles of cells that show a number as a day."""
        part = next((one for one in self._related(self.path).values() if "styles" in one), None)
        if part is None:
            return frozenset()
        root = self._read(part)
        own = {
            int(one.get("numFmtId"))
            for one in _all(root, "numFmt")
            if re.search(r"[dy]", re.sub(r'"[^"]*"|\[[^\]]*\]', "", str(one.get("formatCode"))))
        }
        cells = next(iter(_all(root, "cellXfs")), ())
        days = own | _DAYS
        return frozenset(
            place for place, one in enumerate(cells) if int(one.get("numFmtId", 0)) in days
        )

    def shared(self) -> list[str]:
        """The words that cells share, by their number."""
        part = next(
            (one for one in self._related(self.path).values() if "sharedStrings" in one), ""
        )
        if not part:
            return []
        return [
            "".join(text.text or "" for text in one.iter() if _tag(text) == "t")
            for one in _all(self._read(part), "si")
        ]

    def packed(self) -> bytes:
        """The new file: what was looked into as it is now, everything else as it came."""
        self._count_anew()
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
            for one in self._zip.infolist():
                tree = self._trees.get(one.filename)
                data = self._zip.read(one) if tree is None else _written(tree)
                out.writestr(one, data, zipfile.ZIP_DEFLATED)
        return made.getvalue()

    def _count_anew(self) -> None:
        """Let the program that opens it work out the formulas anew: their cells have changed."""
        known = next(iter(_all(self.root, "calcPr")), None)
        if known is None:
            known = etree.Element(f"{{{etree.QName(self.root).namespace}}}calcPr")
            before = {"sheets", "functionGroups", "externalReferences", "definedNames"}
            last = [one for one in self.root if _tag(one) in before][-1]
            last.addnext(known)
        known.set("fullCalcOnLoad", "1")


def _joined(folder: str, target: str) -> str:
    if target.startswith("/"):
        return target[1:]
    return posixpath.normpath(posixpath.join(folder, target))


def _written(tree: Any) -> bytes:  # noqa: ANN401
    made: bytes = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
    return made


def _tag(node: Any) -> str:  # noqa: ANN401
    return etree.QName(node).localname if isinstance(node.tag, str) else ""


def _all(root: Any, name: str) -> list[Any]:  # noqa: ANN401
    return [one for one in root.iter() if _tag(one) == name]


class _Sheet:
    """The cells of one sheet, written one at a time."""

    def __init__(self, root: Any, day_styles: frozenset[int]) -> None:  # noqa: ANN401
        self._root = root
        self._ns = f"{{{etree.QName(root).namespace}}}"
        self._days = day_styles
        self._data = next(iter(_all(root, "sheetData")))
        self._rows = {int(one.get("r")): one for one in self._data if one.get("r")}
        self._cells = {
            str(cell.get("r")): cell for row in self._rows.values() for cell in row if cell.get("r")
        }
        self._merged = [
            tuple(map(_place, str(one.get("ref")).split(":"))) for one in _all(root, "mergeCell")
        ]

    def formula(self, at: Place) -> bool:
        """Whether a formula stands in a cell."""
        return any(_tag(one) == "f" for one in self._cells.get(_name(at), ()))

    def empty(self, at: Place) -> bool:
        """Whether nothing stands in a cell."""
        cell = self._cells.get(_name(at))
        return cell is None or not len(cell)

    def text(self, at: Place, shared: list[str]) -> str:
        """What stands in a cell, in words."""
        cell = self._cells.get(_name(at))
        if cell is None:
            return ""
        words = "".join(one.text or "" for one in cell.iter() if _tag(one) in ("v", "t"))
        if cell.get("t") == "s" and words.isdigit() and int(words) < len(shared):
            return shared[int(words)]
        return words

    def inside_merged(self, at: Place) -> bool:
        """Whether a cell is part of a larger one, and not its first."""
        return any(
            top[0] <= at[0] <= end[0] and top[1] <= at[1] <= end[1] and at != top
            for top, end in (one for one in self._merged if len(one) == 2)
        )

    def touches_merged(self, rows: range, columns: range) -> bool:
        """Whether a merged cell reaches into an area."""
        return any(
            one[0][0] <= rows[-1]
            and one[-1][0] >= rows[0]
            and one[0][1] <= columns[-1]
            and one[-1][1] >= columns[0]
            for one in self._merged
        )

    def write(self, at: Place, value: Value, like: Place | None = None) -> None:
        """Put a value in a cell, whose look stays; a new cell looks like another."""
        cell = self._cells.get(_name(at))
        if cell is None:
            cell = self._new(at, like)
        for one in list(cell):
            cell.remove(one)
        for name in ("t", "cm", "vm"):
            cell.attrib.pop(name, None)
        if isinstance(value, date):
            style = int(cell.get("s") or 0)
            value = to_excel(value) if style in self._days else day_words(value)  # type: ignore[no-untyped-call]
        if value is None or value == "":
            return
        if isinstance(value, str):
            cell.set("t", "inlineStr")
            held = etree.SubElement(cell, f"{self._ns}is")
            text = etree.SubElement(held, f"{self._ns}t")
            text.text = clean(value)
            text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            return
        number = etree.SubElement(cell, f"{self._ns}v")
        number.text = str(value) if isinstance(value, int) else repr(float(value))

    def _new(self, at: Place, like: Place | None) -> Any:  # noqa: ANN401
        row = self._rows.get(at[0])
        if row is None:
            row = etree.Element(f"{self._ns}row", r=str(at[0]))
            later = [number for number in self._rows if number > at[0]]
            if later:
                self._rows[min(later)].addprevious(row)
            else:
                self._data.append(row)
            self._rows[at[0]] = row
        row.attrib.pop("spans", None)
        cell = etree.Element(f"{self._ns}c", r=_name(at))
        style = None if like is None else self._style(like)
        if style is not None:
            cell.set("s", style)
        after = [one for one in row if one.get("r") and _place(str(one.get("r")))[1] > at[1]]
        if after:
            after[0].addprevious(cell)
        else:
            row.append(cell)
        self._cells[_name(at)] = cell
        self._reach(at)
        return cell

    def _style(self, at: Place) -> str | None:
        cell = self._cells.get(_name(at))
        found = None if cell is None else cell.get("s")
        return None if found is None else str(found)

    def _reach(self, at: Place) -> None:
        """Let the sheet say that it reaches as far as a cell."""
        for one in _all(self._root, "dimension"):
            first, _, last = str(one.get("ref")).partition(":")
            (top, left), (bottom, right) = _place(first), _place(last or first)
            corner = _name((max(bottom, at[0]), max(right, at[1])))
            one.set("ref", f"{_name((min(top, at[0]), min(left, at[1])))}:{corner}")


def _place(text: str) -> Place:
    found = _CELL.fullmatch(text)
    if found is None:
        raise ValueError(text)
    return int(found.group(2)), column_index_from_string(found.group(1))


def _name(at: Place) -> str:
    return f"{get_column_letter(at[1])}{at[0]}"


class _Filling:
    """Fills what asks for something, and says what could not be filled."""

    def __init__(self, book: _Book, figures: Figures) -> None:
        self._book = book
        self._figures = figures
        self._days = book.day_styles()
        self._sheets: dict[str, _Sheet] = {}
        self._said = _Said()
        self._shared = book.shared()

    def fill(self) -> _Said:
        """Fill every named cell and table that asks for something of ours."""
        for one in _all(self._book.root, "definedName"):
            self._named(str(one.get("name")), "".join(one.itertext()).strip())
        for name, part in self._book.sheets.items():
            for table in self._book.tables(part):
                self._table(name, self._book.tree(table))
        return self._said

    def _sheet(self, name: str) -> _Sheet:
        if name not in self._sheets:
            part = self._book.sheets[name]
            self._sheets[name] = _Sheet(self._book.tree(part), self._days)
        return self._sheets[name]

    def _leave(self, name: str, why: str) -> None:
        self._said.left.append(f"{name} was left as it was: {why}.")

    def _named(self, name: str, where: str) -> None:
        known, value = self._figures.figure(name)
        if not known:
            if is_ours(name):
                self._leave(name, "no figure of this return has that name")
            return
        found = _WHERE.fullmatch(where)
        sheet_name = (found.group(1) or found.group(2)).replace("''", "'") if found else ""
        if found is None or sheet_name not in self._book.sheets:
            self._leave(name, "it is the name of no cell of this workbook")
            return
        at = _place(found.group(3))
        sheet = self._sheet(sheet_name)
        last = _place(found.group(4)) if found.group(4) else at
        if last != at and not sheet.inside_merged(last):
            self._leave(name, "it names more than one cell")
        elif sheet.inside_merged(at):
            self._leave(name, "it names a cell that lies under a merged one")
        elif sheet.formula(at):
            self._leave(name, "a formula stands in it")
        else:
            sheet.write(at, value)
            self._said.filled += 1

    def _table(self, sheet_name: str, root: Any) -> None:  # noqa: ANN401
        name = str(root.get("displayName") or root.get("name"))
        asked = self._figures.table(name)
        if asked is None:
            if is_ours(name):
                self._leave(name, "no table of this return has that name")
            return
        top, end = (_place(one) for one in str(root.get("ref")).split(":"))
        heads = int(root.get("headerRowCount", 1))
        totals = int(root.get("totalsRowCount", 0))
        area = _Area(top, end, heads, totals)
        columns = self._columns(root, asked, area)
        if not asked.lines:
            self._leave(name, "this return shows no line of it")
            return
        if not columns:
            self._leave(name, "none of its columns has a heading of ours")
            return
        sheet = self._sheet(sheet_name)
        if self._by_label(name, sheet, asked, area, columns):
            return
        missing = len(asked.lines) - len(area.rows)
        if missing > 0:
            if not self._may_grow(sheet, area, missing) or totals:
                self._leave(
                    name,
                    f"{len(asked.lines)} lines do not fit, for cells below hold something",
                )
                return
            self._grow(root, area, missing)
        self._write(name, sheet, asked, area, columns, missing)

    def _columns(self, root: Any, asked: AskedTable, area: _Area) -> dict[int, str]:  # noqa: ANN401
        known = set().union(*(line.keys() for line in asked.lines)) if asked.lines else set()
        found = {}
        for place, one in enumerate(_all(root, "tableColumn")):
            head = fold(str(one.get("name")).replace("_x000a_", " "))
            formula = any(_tag(part) == "calculatedColumnFormula" for part in one)
            if head in known and not formula:
                found[area.top[1] + place] = head
        return found

    def _by_label(
        self,
        name: str,
        sheet: _Sheet,
        asked: AskedTable,
        area: _Area,
        columns: Mapping[int, str],
    ) -> bool:
        """Fill the lines that the table names already; whether it names any."""
        lines = {
            one: line for names, line in zip(asked.names, asked.lines, strict=True) for one in names
        }
        first = area.top[1]
        words = {row: sheet.text((row, first), self._shared) for row in area.rows}
        if not any(fold(one) in lines for one in words.values()):
            return False
        for row, label in words.items():
            line = lines.get(fold(label))
            if line is None:
                if label:
                    self._leave(f"The line “{label}” of {name}", "the return has no such line")
                continue
            for column, head in columns.items():
                if column != first:
                    self._write_cell(name, sheet, (row, column), line[head])
        return True

    def _write_cell(
        self, name: str, sheet: _Sheet, at: Place, value: Value, like: Place | None = None
    ) -> None:
        if sheet.formula(at):
            self._leave(f"{_name(at)} of {name}", "a formula stands in it")
            return
        sheet.write(at, value, like)
        self._said.filled += 1

    def _write(
        self,
        name: str,
        sheet: _Sheet,
        asked: AskedTable,
        area: _Area,
        columns: Mapping[int, str],
        missing: int,
    ) -> None:
        like = area.rows[-1] if area.rows else None
        rows = range(area.rows.start, area.rows.stop + max(0, missing))
        lines: list[Mapping[str, Value]] = [*asked.lines]
        lines += [{}] * (len(rows) - len(lines))
        for row, line in zip(rows, lines, strict=True):
            for column, head in columns.items():
                same = None if like is None or row in area.rows else (like, column)
                self._write_cell(name, sheet, (row, column), line.get(head), same)

    def _may_grow(self, sheet: _Sheet, area: _Area, by: int) -> bool:
        rows = range(area.end[0] + 1, area.end[0] + by + 1)
        columns = range(area.top[1], area.end[1] + 1)
        if sheet.touches_merged(rows, columns):
            return False
        return all(sheet.empty((row, column)) for row in rows for column in columns)

    def _grow(self, root: Any, area: _Area, by: int) -> None:  # noqa: ANN401
        ref = f"{_name(area.top)}:{_name((area.end[0] + by, area.end[1]))}"
        root.set("ref", ref)
        for one in _all(root, "autoFilter"):
            one.set("ref", ref)


@dataclass(frozen=True, slots=True)
class _Area:
    """Where a table stands: its corners, and how many of its rows are headings and totals."""

    top: Place
    end: Place
    heads: int
    totals: int

    @property
    def rows(self) -> range:
        """The rows of its lines."""
        return range(self.top[0] + self.heads, self.end[0] - self.totals + 1)
