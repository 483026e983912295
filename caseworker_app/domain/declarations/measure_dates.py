"""A day that measures count from and that a council sets for itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.kinds import Kept, day, record, text


def _title(one: BacklogDate) -> str:
    return f"backlog date {day_words(one.on)}" if one.on else "backlog date, none"


@record(
    "backlog_date",
    "backlog date",
    "backlog dates",
    area="setup",
    natural=("decided_by",),
    title=_title,
    about=(
        "The day up to which late assessments are the backlog: I2.1 leaves out what was asked for "
        "by then, I2.2 counts what was open past 20 weeks on it. The one set last is in use."
    ),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class BacklogDate(Kept):
    """A backlog date of the council's own; measures use the first day of the period without one."""

    on: date | None = day(
        "Backlog date",
        hint="I2.1 and I2.2 count from it; left empty, from the first day of the period.",
    )
    decided_by: str = text(
        "Decided by",
        needed=True,
        search=True,
        synonyms=("Source",),
        hint="Who decided it and where it stands, such as a report to the board.",
    )
