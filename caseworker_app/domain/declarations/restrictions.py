"""Cases that few may open: why, who, and from when to when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from caseworker_app.domain.kinds import Kept, day, link, record, text


@record(
    "restriction",
    "restriction of a case",
    "restrictions of cases",
    area="restricted",
    natural=("since",),
    title=lambda _: "restriction",
    about="A restricted case opens for those named here; others give a reason, if their role may.",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class Restriction(Kept):
    """A case is restricted from a day on; `opened_by` names those who may, one a line."""

    child_id: str = link("Child", "child", needed=True)
    why: str = text("Why", needed=True, long=True)
    opened_by: str = text("Who may open it", long=True, hint="Their names, one a line.")
    since: date = day("From", needed=True)
    until: date | None = day("To")
