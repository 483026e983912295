"""How long a child's record is kept, and what is due to go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from caseworker_app.domain.names import whole_name

DUE, SOON, HELD, NO_BIRTHDAY, LATER = "due", "soon", "held", "no birthday", "later"
STATES: Mapping[str, str] = {
    DUE: "Due for review",
    SOON: "Due within a year",
    HELD: "Held",
    NO_BIRTHDAY: "No date of birth",
    LATER: "Not due yet",
}
"""How a case stands, in words."""

EVENTS = "events"
"""What facts of a child are called among what was held."""


@dataclass(frozen=True, slots=True)
class RetentionRow:
    """A case in the list for review.

    Attributes:
        due: the day on which its time is over; None where nobody knows the date of birth.
        state: a key of `STATES`.
        status: how the child stands, "live", or what became of the case where it is in no list any
            more: "merged", "taken out".
        hold: why it is held; "" where it is not.
        caseworker, caseworker_id: who holds the case, or "".
    """

    id: str
    reference: str
    surname: str
    forename: str
    born: date | None
    due: date | None
    state: str
    status: str
    hold: str = ""
    caseworker: str = ""
    caseworker_id: str = ""

    @property
    def child_id(self) -> str:
        """Whose it is."""
        return self.id

    @property
    def name(self) -> str:
        """Surname, Forename."""
        return whole_name(self.surname, self.forename)


def due_on(born: date | None, years: int) -> date | None:
    """The day on which so many years from birth are over; None of no known birthday."""
    if born is None:
        return None
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        # Who was born on 29 February is as old on 1 March.
        return date(born.year + years, 3, 1)


def state_of(due: date | None, today: date, *, held: bool) -> str:
    """How a case stands, a key of `STATES`."""
    if held:
        return HELD
    if due is None:
        return NO_BIRTHDAY
    if due <= today:
        return DUE
    return SOON if due <= today.replace(year=today.year + 1, day=min(today.day, 28)) else LATER
