"""How the council reads the open points of SEN2: letters of codes, and the cut-off day."""

from __future__ import annotations

from dataclasses import dataclass

from caseworker_app.domain.kinds import Kept, choice, record, text

OPEN_POINTS = {
    "DesignatedOfficer": "Codes of the designated officers",
    "DP": "Codes of direct payments",
    "WBP": "Codes of work-based learning",
    "Res": "Weeks of the residential bands",
    "CutOff": "Up to which day decisions count",
}
"""What no public source of the guide settles, by the set of codes it is about."""


@record(
    "sen2_reading",
    "reading of SEN2",
    "readings of SEN2",
    area="setup",
    natural=("about",),
    title=lambda one: OPEN_POINTS[one.about].lower(),
    about="Confirm the codes that no public source of the SEN2 guide shows, before a file is made.",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class Sen2Reading(Kept):
    """One open point as an administrator settled it, from the Department's own papers.

    Attributes:
        says: meaning and letter, "education E, health H"; of the cut-off "year end" or
            "survey day".
        seen_in: where it was looked up.
    """

    about: str = choice("About", OPEN_POINTS, needed=True)
    says: str = text("Says", needed=True, search=True)
    seen_in: str = text("Seen in", search=True)
