"""What is known of a case from a day to a day: needs, placements, holders, addresses, years."""

from __future__ import annotations

from caseworker_app.domain.declarations import every_kind
from caseworker_app.ui.models.column import Column, long_date
from caseworker_app.ui.screens.base import Frame
from caseworker_app.ui.screens.case_people import PEOPLE
from caseworker_app.ui.screens.case_records import CaseRecords, Line

COLUMNS: tuple[Column[Line], ...] = (
    Column("what", "What", lambda line: line.what, width=170, style="strong"),
    Column("value", "Which", lambda line: line.value, stretch=True),
    Column("since", "From", lambda line: line.since, width=140),
    Column("until", "To", lambda line: long_date(line.row.record.until), width=110),
)


class CaseOverTime(CaseRecords):
    """Every kind that is true from a day to a day, but for the people around."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(
            frame,
            "Over time",
            "What was true and from when. Figures for a past day are counted from this.",
            [
                one.name
                for one in every_kind()
                if one.owner and one.ranged and one.name not in PEOPLE
            ],
            COLUMNS,
            "Nothing is recorded yet. Add a need, a placement or an address from its first day.",
        )
