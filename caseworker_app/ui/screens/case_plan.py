"""The versions of a child's plan: each draft and final with its day, template and documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from caseworker_app.domain.kinds import kind_named
from caseworker_app.domain.rows import RecordRow
from caseworker_app.ui.models.column import Column, long_date, no_date_last
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.screens.case_records import CaseRecords, Line

_FILED = "filed"

COLUMNS: tuple[Column[Line], ...] = (
    Column(
        "number",
        "Version",
        lambda line: line.words("number"),
        lambda line: line.row.record.number,
        "right",
        width=76,
    ),
    Column("kind", "Kind", lambda line: line.words("kind"), width=150, style="strong"),
    Column(
        "on",
        "Date",
        lambda line: long_date(line.on) or "The fact is gone",
        lambda line: no_date_last(line.on),
        width=118,
    ),
    Column("template", "Template", lambda line: line.words("template"), width=120),
    Column("sections", "Sections changed", lambda line: line.words("sections"), width=140),
    Column(_FILED, "Documents", lambda line: line.words(_FILED), stretch=True, style="dim"),
)


class CasePlan(CaseRecords):
    """The newest version first. A version has the day of the fact it points at."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(
            frame,
            "Plan",
            "Each version with the day it was served or sent.",
            ("plan_version",),
            COLUMNS,
            "No version of the plan is recorded yet. Record that it was sent, then add the "
            "version with its template.",
        )
        self._filed: dict[str, list[str]] = {}

    def show_rows(
        self,
        child_id: str,
        rows: Sequence[tuple[str, RecordRow]],
        days: Mapping[str, date] | None = None,
    ) -> None:
        """Show the versions, each with the documents that point at it."""
        self._filed = {}
        for name, row in rows:
            if name == "document" and row.record.plan_version_id:
                held = self._filed.setdefault(row.record.plan_version_id, [])
                held.append(row.words["title"])
        super().show_rows(child_id, rows, days)

    def line(self, name: str, row: RecordRow, days: Mapping[str, date]) -> Line:
        """A version with its day and its documents."""
        words = {**row.words, _FILED: ", ".join(self._filed.get(row.id, ()))}
        return Line(kind_named(name), replace(row, words=words), days.get(row.record.fact_id))

    def in_order(self, lines: list[Line]) -> list[Line]:
        """The newest version first."""
        return sorted(lines, key=lambda line: -line.row.record.number)
