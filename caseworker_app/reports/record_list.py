"""A list of records of any kind as a workbook or as CSV, as it is shown, whole or not at all."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from caseworker_app.domain.kinds import FieldSpec, Kind
from caseworker_app.domain.records import CaseSummary
from caseworker_app.domain.rows import RecordRow
from caseworker_app.reports import target as target_file
from caseworker_app.reports.looks import new_workbook
from caseworker_app.reports.pages import NUMBERS, Column, Page, Value
from caseworker_app.reports.pages import Kind as Look
from caseworker_app.reports.sheet import write_page
from caseworker_app.reports.target import Progress

ENDINGS = (".xlsx", ".csv")
_LOOKS: Mapping[str, Look] = {"day": "date", "number": "count", "money": "average"}
_CHILD: Mapping[str, str] = {
    "reference": "Reference",
    "surname": "Surname",
    "forename": "Forename",
    "born": "Date of birth",
    "upn": "UPN",
}
"""What says whose a record is: the child's field, and its heading."""

_SHEET_LETTERS = 31
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet may take for the start of a formula."""


@dataclass(frozen=True, slots=True)
class _Out:
    """A column: its heading, how it looks, and what it says of a row."""

    label: str
    look: Look
    value: Callable[[RecordRow], Value]


def write(
    kind: Kind,
    fields: Sequence[FieldSpec],
    rows: Sequence[RecordRow],
    target: Path,
    progress: Progress | None = None,
    *,
    children: Mapping[str, CaseSummary] | None = None,
) -> None:
    """Write a list beside its place and put it there when it is whole.

    Args:
        kind: of the records.
        fields: a column each; whose a record is takes several, as an import asks for them.
        rows: in the order to be written.
        target: a workbook or a CSV file, by its ending.
        progress: told how many rows are written.
        children: whose the records are, by id.

    Raises:
        Refused: the target is a folder, stands in no folder, or has another ending.
        Unavailable: it cannot be written; what stood there before stands there still.
        Cancelled: `progress` raised it; nothing is left behind.
    """
    target_file.check(target, *ENDINGS)
    columns = list(_columns(kind, fields, children or {}))
    with target_file.whole(target) as part:
        if target.suffix.lower() == ".csv":
            part.write_bytes(_csv(columns, rows))
        else:
            _workbook(_page(kind, columns, rows), part, progress)


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula when it opens a CSV file."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _columns(
    kind: Kind, fields: Sequence[FieldSpec], children: Mapping[str, CaseSummary]
) -> Iterable[_Out]:
    for spec in fields:
        if spec.name != kind.owner:
            yield _Out(spec.label, _LOOKS.get(spec.type, "text"), partial(_value, spec))
            continue
        for name, label in _CHILD.items():
            look: Look = "date" if name == "born" else "text"
            yield _Out(label, look, partial(_of_child, kind.owner, name, children))


def _of_child(owner: str, name: str, children: Mapping[str, CaseSummary], row: RecordRow) -> Value:
    found: Value = getattr(children[getattr(row.record, owner)], name)
    return found


def _csv(columns: Sequence[_Out], rows: Sequence[RecordRow]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([harmless(one.label) for one in columns])
    for row in rows:
        writer.writerow([_in_csv(one.value(row)) for one in columns])
    # With a mark at the front, so that Excel takes it for UTF-8.
    return out.getvalue().encode("utf-8-sig")


def _in_csv(value: Value) -> str:
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float):
        return f"{value:.2f}"
    return harmless(value) if isinstance(value, str) else "" if value is None else str(value)


def _value(spec: FieldSpec, row: RecordRow) -> Value:
    """A day as a day, a figure as a figure, all else as a person reads it."""
    held = getattr(row.record, spec.name)
    if spec.type in ("day", "number"):
        return held  # type: ignore[no-any-return]
    if spec.type == "money":
        return None if held is None else held / 100
    return row.words[spec.name]


def _page(kind: Kind, columns: Sequence[_Out], rows: Sequence[RecordRow]) -> Page:
    title = kind.many[:1].upper() + kind.many[1:]
    about = f"{len(rows):,} {kind.one if len(rows) == 1 else kind.many}"
    looks = [one.look for one in columns]
    off: list[Look] = [
        "after_number" if look == "text" and before in NUMBERS else look
        for before, look in zip(["text", *looks], looks, strict=False)
    ]
    headings = tuple(Column(one.label, look) for one, look in zip(columns, off, strict=True))
    values = [tuple(one.value(row) for one in columns) for row in rows]
    return Page(title[:_SHEET_LETTERS], title, about, "", headings, values)


def _workbook(page: Page, part: Path, progress: Progress | None) -> None:
    workbook = new_workbook()
    workbook.properties.title = page.title
    workbook.properties.creator = "Caseworker"
    tick = target_file.counter(page.size, progress)
    with target_file.saved(workbook, part):
        write_page(workbook, page, (page.title.replace("&", "&&"), ""), tick)
