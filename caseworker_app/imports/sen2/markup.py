"""The XML of a return as sheets such as COLLECT exports: one a module, joined by numbers."""

from __future__ import annotations

from dataclasses import dataclass, field

from caseworker_app.imports.files.markup import Attributes, BadMarkup, Nested, parse
from caseworker_app.imports.files.sheets import Cell, Sheet
from caseworker_app.imports.pulse import PULSE

_PIECE = 1 << 16
_LOOKED_AT = 1 << 14
_MODULES = {
    "header": "sen2",
    "person": "person",
    "requests": "requests",
    "assessment": "assessment",
    "namedplan": "namedplan",
    "plandetail": "plandetail",
    "activeplans": "activeplans",
    "placementdetail": "placementdetail",
    "senneed": "senneed",
}
"""Elements in small letters, as versions write them in either, to modules."""

_AROUND = frozenset({"persons", "collectiondetails", "source"})
"""Elements that only stand around others."""


def is_return(data: bytes) -> bool:
    """Whether a file may be the XML of a return, by its first letters."""
    start = data[:_LOOKED_AT].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith(b"<") and b"collectiondetails>" in start


def read(data: bytes, file: str) -> list[Sheet]:
    """The modules of a return as sheets.

    Raises:
        BadMarkup: it is not well formed, or holds no person.
    """
    handler = _Modules()
    parse((data[at : at + _PIECE] for at in range(0, len(data), _PIECE)), handler)
    if not handler.rows.get("person"):
        raise BadMarkup
    return [_sheet(file, module, rows) for module, rows in handler.rows.items()]


@dataclass(slots=True)
class _Open:
    """An element of a module that has begun."""

    module: str
    number: int
    values: dict[str, str] = field(default_factory=dict)


class _Modules(Nested):
    """Gathers rows by module.

    Attributes:
        rows: by module; the header first.
    """

    def __init__(self) -> None:
        super().__init__()
        self.rows: dict[str, list[dict[str, str]]] = {}
        self._open: list[_Open] = []

    def begun(self, name: str, attributes: Attributes) -> None:
        """A module begins a row, any other element an item of the row around it."""
        del attributes
        self.text = []
        module = _MODULES.get(name.lower())
        if module is not None:
            rows = self.rows.setdefault(module, [])
            row = _Open(module, len(rows) + 1)
            if self._open:
                above = self._open[-1]
                row.values[f"{above.module}tableid"] = str(above.number)
            row.values[f"{module}tableid"] = row.values["nativeid"] = str(row.number)
            rows.append(row.values)
            self._open.append(row)
            PULSE.rows_read(1)

    def chars(self, text: str) -> None:
        """A piece of an item."""
        self.text.append(text)

    def ended(self, name: str) -> None:
        """An item is whole, or a row is."""
        low = name.lower()
        if low in _MODULES:
            self._open.pop()
        elif self._open and low not in _AROUND:
            said = "".join(self.text).strip()
            if said:
                self._open[-1].values.setdefault(low, said)
        self.text = []


def _sheet(file: str, module: str, rows: list[dict[str, str]]) -> Sheet:
    headings = list(dict.fromkeys(name for row in rows for name in row))
    cells: list[list[Cell]] = [[*headings]]
    cells += [[row.get(name, "") for name in headings] for row in rows]
    return Sheet(file, module, cells)
