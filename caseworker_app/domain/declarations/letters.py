"""Letters: the council's templates, and what was written from them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.fact_kinds import KINDS
from caseworker_app.domain.kinds import Kept, choice, chosen, day, link, record, text

LETTER_KINDS = {
    "decision": "Decision",
    "notice": "Notice",
    "invitation": "Invitation",
    "consultation": "Consultation",
    "advice": "Request for advice",
    "minutes": "Minutes of a panel",
    "other": "Other",
}
RECORDED = {kind: spec.label[:1].upper() + spec.label[1:] for kind, spec in KINDS.items()}
WAYS = {"e-mail": "E-mail", "letter": "Letter", "by_hand": "By hand"}


@record(
    "letter_template",
    "letter template",
    "letter templates",
    area="setup",
    natural=("name",),
    about="Add each Word document that letters are written from; the file stays where it is.",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class LetterTemplate(Kept):
    """A Word document with fields; `fact` is the kind of fact that sending it records."""

    name: str = text("Name", needed=True, search=True, unique=True)
    file: str = text("File", needed=True, hint="Where the Word document lies.")
    kind: str = chosen("Kind", "letter kinds", LETTER_KINDS, needed=True)
    fact: str = choice("Records", RECORDED, hint="The event that sending it is.")


def letter_title(template: str, to_whom: str) -> str:
    """What a letter is called: its template, and whom it is to."""
    return f"{template}, to {to_whom}"


@record(
    "letter",
    "letter",
    "letters",
    area="children",
    title=lambda one: f"letter of {day_words(one.sent_on)}",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class Letter(Kept):
    """A letter that was written from a template; `merged` is what was put into its fields."""

    child_id: str = link("Child", "child", needed=True)
    template_id: str = link("Template", "letter_template", needed=True)
    sent_on: date = day("Sent on", needed=True)
    to_whom: str = text("Addressed to", needed=True, search=True)
    way: str = choice("Way", WAYS)
    merged: str = text("What was merged", long=True, listed=False)
    fact_id: str | None = link("Recorded as", "fact")
