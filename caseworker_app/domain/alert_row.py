"""The lines of Today, apart from the rows of other lists: every start needs them, and no others."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from caseworker_app.domain.deadlines import State
from caseworker_app.domain.names import whole_name


class AlertRow(NamedTuple):
    """One open deadline on Today.

    Attributes:
        days: due minus today; negative when late.
        who: who has to act, a key of `parties.WHO`.
        why: a few words, "8 weeks from the notice".
        role: the part the rule plays, a value of `roles.Role`, or "".
        also: what and when of the other dates this line stands for; see `folding`.
        level: how loud it is by the council's thresholds, a value of `levels.Level`.
        alert: what is missing, in words; "" while it is quiet.
        rises_on, rises: the day it grows louder if nothing is recorded, and how in words.
        record: the kind and id of the record it is of, "promise/12"; "" for a date of a rule.
            Of what was done today "done/fact/7"; its state is then `MET`.
        ends: whether whoever looks may say of the record that it is done.
        snooze: the id of the record that puts it off Today, or "".
        snoozed_until, snoozed_why: the day on which it is on Today again, and why it is put off.
    """

    child_id: str
    reference: str
    surname: str
    forename: str
    setting: str
    caseworker: str
    rule: str
    episode: str
    what: str
    due: date
    target: date
    common_due: date | None
    state: State
    days: int
    who: str
    why: str
    also: tuple[tuple[str, date], ...] = ()
    level: int = 0
    alert: str = ""
    rises_on: date | None = None
    rises: str = ""
    role: str = ""
    caseworker_id: str = ""
    record: str = ""
    ends: bool = True
    snooze: str = ""
    snoozed_until: date | None = None
    snoozed_why: str = ""

    @property
    def name(self) -> str:
        """Surname, Forename."""
        return whole_name(self.surname, self.forename)
