"""Sheets as modules of the return: rows of items, each hung on the row above it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from caseworker_app.domain.incoming import CellProblem, Place
from caseworker_app.imports.files.sheets import Cell, Row, Sheet, Shown, as_shown
from caseworker_app.imports.sen2.layout import Layout, Module, layout
from caseworker_app.imports.tracker.cells import Reader, readers
from caseworker_app.imports.tracker.days import Bad

_DEPTH = 30
_TEMPLATE = "data entry template"
_LINKS = ("persontableid", "requeststableid")

Value = str | date


@dataclass(slots=True)
class Record:
    """One row of a module.

    Attributes:
        values: item to text or date; blank items are left out.
        headings: item to its heading as found.
        unread: items whose cells hold no value that can be read.
    """

    place: Place
    values: dict[str, Value]
    headings: Mapping[str, str]
    unread: set[str] = field(default_factory=set)

    def text(self, item: str) -> str:
        """An item's text, or ""."""
        value = self.values.get(item, "")
        return value if isinstance(value, str) else ""

    def day(self, item: str) -> date | None:
        """An item's date, or None."""
        value = self.values.get(item)
        return value if isinstance(value, date) else None

    def problem(self, item: str, value: str, why: str) -> CellProblem:
        """A report about one of the row's cells."""
        return CellProblem(self.place, self.headings.get(item, item), value, why)


@dataclass(slots=True)
class Tables:
    """The modules of one return.

    Attributes:
        mapping: sheet to (heading as found to item).
        unsure: rows whose cells may have slipped, with their module and why; none is in `records`.
    """

    records: dict[str, list[Record]] = field(default_factory=dict)
    problems: list[CellProblem] = field(default_factory=list)
    mapping: dict[str, dict[str, str]] = field(default_factory=dict)
    unmapped: dict[str, tuple[str, ...]] = field(default_factory=dict)

    unsure: list[tuple[str, Record, str]] = field(default_factory=list)

    def of(self, module: str) -> list[Record]:
        """The rows of a module."""
        return self.records.get(module, [])


@dataclass(frozen=True, slots=True)
class _Span:
    """One module's place on a sheet: the row of headings and the rows under it, from 0."""

    sheet: Sheet
    module: Module
    heading: int
    end: int


def is_sen2(sheet: Sheet) -> bool:
    """Whether a sheet holds modules of the return."""
    return any(True for _ in _spans(sheet, layout()))


def read(sheets: Sequence[Sheet]) -> Tables:
    """The modules that the sheets hold, with every cell that could not be read."""
    known, tables = layout(), Tables()
    for sheet in sheets:
        for span in _spans(sheet, known):
            _read_span(span, known, tables)
    return tables


def _spans(sheet: Sheet, known: Layout) -> Iterator[_Span]:
    if sheet.name.strip().lower() == _TEMPLATE:
        yield from _stacked(sheet, known)
        return
    for at, row in enumerate(sheet.rows[:_DEPTH]):
        items = {known.item(cell) for cell in row if isinstance(cell, str) and cell}
        own = [module for module in known.modules.values() if module.key in items]
        exported = [module for module in own if not module.parent or _above(module) in items]
        if "nativeid" in items and exported:
            # An export has its own ids and its parent's; the parent's module is there too.
            deepest = max(exported, key=lambda module: len(items & (module.items | module.dates)))
            yield _Span(sheet, deepest, at, len(sheet.rows))
            return
        named = known.module_of(sheet.name)
        if named and len(items & (known.modules[named].items | known.modules[named].dates)) > 1:
            if items & {*_LINKS, known.modules[named].key}:
                yield _Span(sheet, known.modules[named], at, len(sheet.rows))
            return


def _above(module: Module) -> str:
    return f"{module.parent}tableid"


def _stacked(sheet: Sheet, known: Layout) -> Iterator[_Span]:
    """The tables of the submission template: a title alone in a row, headings under it."""
    titles = [
        (at, known.modules[name])
        for at, row in enumerate(sheet.rows)
        if (name := _title(row, known)) and at + 1 < len(sheet.rows)
    ]
    ends = [at for at, _ in titles[1:]] + [len(sheet.rows)]
    for (at, module), end in zip(titles, ends, strict=True):
        yield _Span(sheet, module, at + 1, end)


def _title(row: Row, known: Layout) -> str:
    filled = [cell for cell in row if cell != ""]
    return known.module_of(str(filled[0])) if len(filled) == 1 else ""


def _read_span(span: _Span, known: Layout, tables: Tables) -> None:
    sheet, module = span.sheet, span.module
    columns: dict[int, str] = {}
    headings: dict[str, str] = {}
    others: list[str] = []
    wanted = module.items | module.dates | {module.key, *_LINKS, _above(module)}
    for at, cell in enumerate(sheet.rows[span.heading]):
        item = known.item(cell) if isinstance(cell, str) and cell else ""
        # The template has residential and work-based items under one heading in two modules.
        if f"plan{item}" in wanted and item not in wanted:
            item = f"plan{item}"
        if item in wanted and item not in headings:
            columns[at], headings[item] = item, str(cell)
        elif item and not _is_machine(item):
            others.append(str(cell))
    name = sheet.name if sheet.name.strip().lower() != _TEMPLATE else f"{sheet.name}: {module.name}"
    tables.mapping[name] = {text: item for item, text in headings.items()}
    tables.unmapped[name] = tuple(others)
    day = readers(days_from_1904=sheet.days_from_1904)["event"]
    records = tables.records.setdefault(module.name, [])
    for number in range(span.heading + 1, span.end):
        record = Record(Place(sheet.file, sheet.name, number + 1), {}, headings)
        slipped = sheet.unsure_rows.get(number)
        problems = tables.problems if slipped is None else []
        for at, cell in enumerate(sheet.rows[number]):
            if cell != "" and at in columns:
                _read_cell(record, columns[at], cell, module, day, problems)
        if slipped is not None:
            tables.unsure.append((module.name, record, slipped))
        elif record.values:
            _check_codes(record, known, tables.problems)
            records.append(record)


def _is_machine(item: str) -> bool:
    """Whether a column is the exporting system's own, with nothing in it for a person."""
    return item in ("nativeid", "sourceid", "recordtype", "la", "lafromheaderrecord") or (
        item.endswith(("orderseqcolumn", "tableid"))
    )


def _read_cell(
    record: Record,
    item: str,
    cell: Cell,
    module: Module,
    day: Reader,
    problems: list[CellProblem],
) -> None:
    shown = " ".join(as_shown(cell).split())
    if not shown:
        return
    if isinstance(cell, Shown):
        record.unread.add(item)
        problems.append(record.problem(item, shown, cell.why))
        return
    if item not in module.dates:
        record.values[item] = shown
        return
    found = day(cell)
    if isinstance(found, Bad):
        problems.append(record.problem(item, shown, found.why))
    elif isinstance(found, date):
        record.values[item] = found


def _check_codes(record: Record, known: Layout, problems: list[CellProblem]) -> None:
    for item, codes in known.codes.items():
        code = record.text(item).upper()
        if code and code not in codes:
            problems.append(record.problem(item, record.text(item), "not a code of the return"))
            del record.values[item]
        elif code:
            record.values[item] = code
