"""What is late on the as-at date: one row a duty, and how many by duty and by how late."""

from __future__ import annotations

from collections.abc import Iterator

from caseworker_app.domain.deadlines import Deadline, State, one_a_notice
from caseworker_app.domain.measures.board import OverdueRow, Table
from caseworker_app.domain.measures.case_view import CaseView
from caseworker_app.domain.measures.counting import Caseload
from caseworker_app.domain.measures.tables import band, partition
from caseworker_app.domain.parties import WHO

_FORCE = {"must": "Law", "should": "Code of Practice", "local": "Council"}
_LATE_BANDS = ((7, "to_1_week"), (28, "to_4_weeks"), (84, "to_12_weeks"), (364, "to_52_weeks"))
LATE_LABELS = {
    "to_1_week": "Up to 1 week late",
    "to_4_weeks": "Over 1, up to 4 weeks late",
    "to_12_weeks": "Over 4, up to 12 weeks late",
    "to_52_weeks": "Over 12, up to 52 weeks late",
    "over_52_weeks": "Over 52 weeks late",
}
"""How late a duty is, by key, the least late first."""


def overdue_rows(caseload: Caseload) -> tuple[OverdueRow, ...]:
    """Every duty overdue on the day, longest first; one amendment notice is one of them."""
    rows = (_row(view, deadline) for view, deadline in overdue_duties(caseload))
    return tuple(sorted(rows, key=lambda row: (row.due, row.reference, row.rule)))


def overdue_duties(caseload: Caseload) -> Iterator[tuple[CaseView, Deadline]]:
    """The same duties as dates, each with its case."""
    return (
        (view, deadline)
        for view in caseload.views
        for deadline in one_a_notice(view.file.deadlines)
        if deadline.due < caseload.as_at
        and (deadline.met_on is None or deadline.met_on > caseload.as_at)
        and deadline.state(caseload.as_at) is State.OVERDUE
    )


def _row(view: CaseView, deadline: Deadline) -> OverdueRow:
    version = deadline.version
    return OverdueRow(
        reference=view.reference,
        rule=deadline.rule,
        what=version.title,
        due=deadline.due,
        target=deadline.target,
        days=(view.as_at - deadline.due).days,
        who=WHO.get(deadline.who, deadline.who),
        force=_FORCE.get(version.force, version.force),
        caseworker=view.caseworker,
        setting=view.setting,
    )


def overdue_tables(rows: tuple[OverdueRow, ...]) -> tuple[Table, ...]:
    """The rows counted by duty and by how late."""
    duties = {row.rule: f"{row.rule} {row.what}" for row in sorted(rows, key=lambda row: row.rule)}
    return (
        partition(
            "overdue_by_duty",
            "Overdue now by duty",
            "Duty",
            duties,
            [(row.rule, row.reference, row.due) for row in rows],
        ),
        partition(
            "overdue_by_time",
            "Overdue now by how late",
            "How late",
            LATE_LABELS,
            [(how_late(row.days), row.reference, row.due) for row in rows],
        ),
    )


def how_late(days: int) -> str:
    """The key of `LATE_LABELS` for a duty so many days late."""
    return band(days, _LATE_BANDS, "over_52_weeks")
