"""OpenDocument spreadsheets (.ods) as sheets, from the one part that holds them all."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter

from caseworker_app.imports.files.archive import CONTENT, Archive, Damaged, TooBig
from caseworker_app.imports.files.grid import LAST_COLUMN, LAST_ROW, Grid
from caseworker_app.imports.files.markup import LOCAL, Attributes, Nested, parse
from caseworker_app.imports.files.ods_styles import Styles
from caseworker_app.imports.files.ods_values import value
from caseworker_app.imports.files.sheets import Cell, Sheet
from caseworker_app.imports.files.xlsx_sheet import LONGEST_CELL

STYLES, MANIFEST = "styles.xml", "meta-inf/manifest.xml"

_SHEETS = ["body", "spreadsheet", "table"]
_NOT_CELL_TEXT = frozenset({"annotation", "shapes", "custom-shape", "frame", "tracked-changes"})
_SPACES = {"s": " ", "tab": "\t", "line-break": "\n"}
_KIND = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 value-type"
_OWN_KIND = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 value-type"


class Locked(Exception):
    """The spreadsheet asks for a password."""


def read(archive: Archive, file: str) -> list[Sheet]:
    """Every sheet of a spreadsheet, in its order.

    Raises:
        Locked: it is protected with a password.
        Damaged: a cell stands where none can.
        TooBig: there is more in it than a tracker holds.
        BadMarkup: by the XML.
    """
    if MANIFEST in archive:
        manifest = _Manifest()
        parse(archive.pieces(MANIFEST), manifest)
        if manifest.locked:
            raise Locked
    styles = Styles()
    if STYLES in archive:
        parse(archive.pieces(STYLES), styles)
    content = _Content(styles)
    parse(archive.pieces(CONTENT), content)
    return [
        grid.sheet(file, name, hidden=hidden, from_1904=content.from_1904)
        for name, hidden, grid in content.sheets
    ]


class _Manifest(Nested):
    locked = False

    def begun(self, name: str, attributes: Attributes) -> None:  # noqa: ARG002
        self.locked = self.locked or name == "encryption-data"


@dataclass(slots=True)
class _Cell:
    """A cell while its text is read."""

    told: dict[str, str]
    text: list[str] = field(default_factory=list)
    letters: int = 0


class _Content(Styles):
    def __init__(self, named: Styles) -> None:
        super().__init__()
        self.kept = named.kept
        self.from_1904 = False
        self.sheets: list[tuple[str, bool, Grid]] = []
        self._looks: dict[str, tuple[bool, bool]] = {}
        self._in_sheet = False
        self._ignored = 0
        self._columns: list[tuple[int, str]] = []
        self._at = self._column = 0
        self._hidden_groups: list[bool] = []
        self._row: dict[str, str] = {}
        self._cells: list[tuple[int, Cell]] = []
        self._struck: list[bool] = []
        self._month_only: list[int] = []
        self._cell: _Cell | None = None

    @property
    def _grid(self) -> Grid:
        return self.sheets[-1][2]

    def begun(self, name: str, attributes: Attributes) -> None:
        if not self._in_sheet:
            told = {LOCAL[key]: value for key, value in attributes.items()}
            self._begin_outside(name, told)
            return
        if self._ignored or name in _NOT_CELL_TEXT:
            self._ignored += 1
        elif name in ("table-cell", "covered-table-cell"):
            told = {LOCAL[key]: value for key, value in attributes.items()}
            # Excel's and LibreOffice's own word for the kind stands beside the standard's.
            told["kind"] = attributes.get(_KIND, "")
            told["own-kind"] = attributes.get(_OWN_KIND, "")
            self._cell = _Cell(told)
        elif self._cell is not None:
            self._begin_in_cell(name, attributes)
        else:
            self._begin_in_sheet(name, {LOCAL[key]: value for key, value in attributes.items()})

    def _begin_outside(self, name: str, told: dict[str, str]) -> None:
        if self.path[-3:] == _SHEETS:
            self._in_sheet = True
            style = self.kept.styles.get(told.get("style-name", ""))
            hidden = style is not None and style.hidden
            self.sheets.append((told.get("name", ""), hidden, Grid()))
            self._columns, self._at = [], 0
        elif name == "null-date":
            self.from_1904 = told.get("date-value", "").startswith("1904")
        else:
            self.style_begun(name, told)

    def _begin_in_sheet(self, name: str, told: dict[str, str]) -> None:
        if name == "table-row":
            self._row, self._column = told, 0
            self._cells, self._struck, self._month_only = [], [], []
        elif name == "table-row-group":
            self._hidden_groups.append(told.get("display") == "false")
        elif name == "table-column":
            self._note_columns(told)

    def _note_columns(self, told: dict[str, str]) -> None:
        first = self._columns[-1][0] if self._columns else 0
        last = first + _count(told, "number-columns-repeated")
        if len(self._columns) <= LAST_COLUMN:
            self._columns.append((last, told.get("default-cell-style-name", "")))
        if told.get("visibility", "visible") != "visible":
            self._grid.hide_columns(first, last - 1)

    def _begin_in_cell(self, name: str, attributes: Attributes) -> None:
        cell = self._cell
        if cell is None:
            return
        if name == "p" and cell.text:
            cell.text.append("\n")
        elif name in _SPACES:
            told = {LOCAL[key]: value for key, value in attributes.items()}
            cell.text.append(_SPACES[name] * min(_count(told, "c"), 1000))

    def chars(self, text: str) -> None:
        """The text of a cell; pieces between the paragraphs are only layout."""
        cell = self._cell
        if cell is not None and not self._ignored and self.path[-1] not in _CELLS:
            cell.text.append(text)
            cell.letters += len(text)
            if cell.letters > LONGEST_CELL:
                raise TooBig

    def ended(self, name: str) -> None:
        if not self._in_sheet:
            return
        if self._ignored:
            self._ignored -= 1
        elif name in _CELLS:
            self._end_cell()
        elif name == "table-row":
            self._end_row()
        elif name == "table-row-group":
            self._hidden_groups.pop()
        elif name == "table" and self.path[-3:] == _SHEETS:
            self._in_sheet = False

    def _end_cell(self) -> None:
        cell, self._cell = self._cell, None
        if cell is None:
            return
        told = cell.told
        count = _count(told, "number-columns-repeated")
        first = self._column
        self._column += count
        read = value(told, "".join(cell.text))
        if read == "":
            return
        if self._column > LAST_COLUMN + 1:
            raise Damaged
        month_only, struck = self._look(told.get("style-name") or self._default(first))
        for column in range(first, first + count):
            self._cells.append((column, read))
        self._struck.append(struck)
        if month_only and isinstance(read, date):
            self._month_only += range(first, first + count)
        down, across = _count(told, "number-rows-spanned"), _count(told, "number-columns-spanned")
        if down > 1 or across > 1:
            self._grid.merge(self._at, first, self._at + down - 1, first + across - 1)

    def _look(self, style: str) -> tuple[bool, bool]:
        found = self._looks.get(style)
        if found is None:
            found = self._looks[style] = self.shown(style)
        return found

    def _default(self, column: int) -> str:
        own = self._row.get("default-cell-style-name", "")
        at = bisect_right(self._columns, column, key=itemgetter(0))
        return own or (self._columns[at][1] if at < len(self._columns) else "")

    def _end_row(self) -> None:
        count = _count(self._row, "number-rows-repeated")
        if self._cells:
            unseen = self._row.get("visibility", "visible") != "visible"
            self._grid.add(
                self._at,
                self._cells,
                hidden=unseen or any(self._hidden_groups),
                struck=all(self._struck),
                repeated=count,
            )
            rows = range(self._at, self._at + count)
            self._grid.month_only.update((row, at) for row in rows for at in self._month_only)
        self._at += count


_CELLS = ("table-cell", "covered-table-cell")


def _count(told: Attributes, name: str) -> int:
    text = told.get(name, "1")
    if not text.isdecimal() or len(text) > 9:
        raise Damaged
    return min(int(text), LAST_ROW + 1)
