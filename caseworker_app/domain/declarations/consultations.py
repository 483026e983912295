"""Consultation: a setting asked whether it can take a child, and what it said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from caseworker_app.domain.kinds import DAY_OF_EVENT, Kept, choice, link, number, record, text

ANSWERS = {"yes": "Yes", "no": "No", "conditions": "Yes, with conditions"}


@record(
    "consultation",
    "consultation",
    "consultations",
    area="children",
    natural=("setting_id", "sent_id"),
    title=lambda _: "consultation",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class Consultation(Kept):
    """A consultation. Its days are those of its facts, and are kept nowhere else.

    By when the setting is to reply the clock says, from the day it received it.

    Attributes:
        preference: the family's own order of the settings, 1 first; None where they gave none.
    """

    child_id: str = link("Child", "child", needed=True)
    setting_id: str = link("Setting", "setting", needed=True, synonyms=("School",))
    sent_id: str = link(
        "Sent on", "fact", needed=True, facts=("consultation_sent",), hint=DAY_OF_EVENT
    )
    received_id: str | None = link("Received on", "fact", facts=("consultation_received",))
    replied_id: str | None = link("Replied on", "fact", facts=("consultation_replied",))
    answer: str = choice("Answer", ANSWERS)
    reasons: str = text("Reasons", long=True, search=True)
    preference: int | None = number("Family's preference", least=1, most=99)

    def faults(self) -> Sequence[tuple[str, str]]:
        """An answer comes with a reply."""
        if self.answer and not self.replied_id:
            return (("replied_id", "Record the reply too: the answer has no day otherwise."),)
        return ()
