"""A list of records of any kind as a workbook or as CSV, as it is shown, whole or not at all."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from caseworker_app.domain.kinds import FieldSpec
from caseworker_app.domain.rows import RecordRow
from caseworker_app.reports import target as target_file
from caseworker_app.reports.looks import new_workbook
from caseworker_app.reports.pages import Column, Kind, Page, Value
from caseworker_app.reports.sheet import write_page
from caseworker_app.reports.target import Progress

ENDINGS = (".xlsx", ".csv")
_KINDS: Mapping[str, Kind] = {"day": "date", "number": "count", "money": "average"}
_SHEET_LETTERS = 31
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet may take for the start of a formula."""


def write(
    many: str,
    fields: Sequence[FieldSpec],
    rows: Sequence[RecordRow],
    target: Path,
    progress: Progress | None = None,
) -> None:
    """Write a list beside its place and put it there when it is whole.

    Args:
        many: what the records are, in words.
        fields: a column each.
        rows: in the order to be written.
        target: a workbook or a CSV file, by its ending.
        progress: told how many rows are written.

    Raises:
        Refused: the target is a folder, stands in no folder, or has another ending.
        Unavailable: it cannot be written; what stood there before stands there still.
        Cancelled: `progress` raised it; nothing is left behind.
    """
    target_file.check(target, *ENDINGS)
    with target_file.whole(target) as part:
        if target.suffix.lower() == ".csv":
            part.write_bytes(_csv(fields, rows))
        else:
            _workbook(_page(many, fields, rows), part, progress)


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula when it opens a CSV file."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _csv(fields: Sequence[FieldSpec], rows: Sequence[RecordRow]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([harmless(one.label) for one in fields])
    for row in rows:
        writer.writerow([_in_csv(one, row) for one in fields])
    # With a mark at the front, so that Excel takes it for UTF-8.
    return out.getvalue().encode("utf-8-sig")


def _in_csv(spec: FieldSpec, row: RecordRow) -> str:
    value = _value(spec, row)
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


def _page(many: str, fields: Sequence[FieldSpec], rows: Sequence[RecordRow]) -> Page:
    title = many[:1].upper() + many[1:]
    columns = tuple(Column(one.label, _KINDS.get(one.type, "text")) for one in fields)
    values = [tuple(_value(one, row) for one in fields) for row in rows]
    return Page(title[:_SHEET_LETTERS], title, f"{len(rows):,} {many}", "", columns, values)


def _workbook(page: Page, part: Path, progress: Progress | None) -> None:
    workbook = new_workbook()
    workbook.properties.title = page.title
    workbook.properties.creator = "Caseworker"
    tick = target_file.counter(page.size, progress)
    with target_file.saved(workbook, part):
        write_page(workbook, page, (page.title.replace("&", "&&"), ""), tick)
