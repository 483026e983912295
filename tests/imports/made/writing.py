"""Grids of cells as workbooks and as delimited text."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from random import Random
from typing import Any

import openpyxl
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

from tests.imports.made.layouts import Layout

Grid = list[list[Any]]

STUBS = "Transfer group"
"""The sheet on which some children stand once more."""


def workbook(random: Random, layout: Layout, path: Path, grids: dict[str, Grid]) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    book.epoch = CALENDAR_MAC_1904 if layout.epoch_1904 else CALENDAR_WINDOWS_1900
    if random.random() < 0.4:
        key = book.create_sheet(random.choice(("KEY", "Read me", "Lists")))
        for line in (["M = maintain"], ["A = amend"], ["C = cease"], ["ASD", "Autism"]):
            key.append(line)
    if random.random() < 0.3:
        summary = book.create_sheet("Summary")
        for line in (["School", "Number", "Overdue"], ["Phoenix School", 12, 3], ["Total", 12, 3]):
            summary.append(line)
    for name, grid in grids.items():
        sheet = book.create_sheet(name)
        for row in grid:
            sheet.append([None if cell == "" else cell for cell in row])
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value.startswith("="):
                    cell.data_type = "s"
        if layout.groups and layout.merged and name != STUBS:
            _merge(sheet, layout, layout.title_rows + 1)
    book.save(path)


def _merge(sheet: Any, layout: Layout, row: int) -> None:
    groups = [layout.groups.get(one, "") for one in layout.fields]
    start = 0
    for at in range(1, len(groups) + 1):
        if at == len(groups) or groups[at] != groups[start]:
            if at - start > 1 and groups[start]:
                sheet.merge_cells(start_row=row, end_row=row, start_column=start + 1, end_column=at)
            start = at


def delimited(random: Random, path: Path, grid: Grid) -> None:
    encoding, delimiter = random.choice(
        (("utf-8", ","), ("utf-8-sig", ","), ("cp1252", ";"), ("utf-16", "\t"), ("utf-8", "\t"))
    )
    text = io.StringIO(newline="")
    width = max(len(row) for row in grid)
    writer = csv.writer(text, delimiter=delimiter)
    for row in grid:
        writer.writerow(
            [*("" if cell is None else cell for cell in row), *[""] * (width - len(row))]
        )
    data = text.getvalue().encode(encoding, "replace" if encoding == "cp1252" else "strict")
    path.write_bytes(data)
