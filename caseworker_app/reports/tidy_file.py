"""A return as tidy rows in a file, CSV or JSON, for Power BI, Excel pivots and open data."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from caseworker_app.domain.measures.board import BoardReturn
from caseworker_app.domain.measures.tidy import COLUMNS, Place, rows_of
from caseworker_app.reports import target as target_file
from caseworker_app.reports.record_list import harmless

ENDINGS = (".csv", ".json")


def write(board: BoardReturn, place: Place, target: Path) -> None:
    """Write the figures of a return, a row each; days as ISO, shares as fractions.

    Args:
        board: as it is shown: what is hidden in it is hidden in the file.
        place: the council.
        target: the file: .csv, or .json for an array of objects.

    Raises:
        Refused: the target is a folder, stands in no folder, or has another ending.
        Unavailable: it cannot be written; what stood there before stands there still.
    """
    target_file.check(target, *ENDINGS)
    rows = rows_of(board, place)
    with target_file.whole(target) as part:
        part.write_bytes(_json(rows) if target.suffix.lower() == ".json" else _csv(rows))


def _json(rows: Sequence[Mapping[str, Any]]) -> bytes:
    return (json.dumps(rows, ensure_ascii=False, indent=1, default=date.isoformat) + "\n").encode(
        "utf-8", "backslashreplace"
    )


def _csv(rows: Sequence[Mapping[str, Any]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([_cell(row[name]) for name in COLUMNS])
    # With a mark at the front, so that Excel takes it for UTF-8.
    return out.getvalue().encode("utf-8-sig", "backslashreplace")


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    return harmless(value) if isinstance(value, str) else str(value)
