"""What is said, promised and filed about a child: notes, promises and documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from caseworker_app.domain.day_words import day_words
from caseworker_app.domain.kinds import Kept, choice, chosen, day, link, record, text, yes_or_no

NOTES = {
    "call": "Call",
    "e-mail": "E-mail",
    "visit": "Visit",
    "meeting": "Meeting",
    "letter_in": "Letter in",
    "letter_out": "Letter out",
    "other": "Other",
}
DOCUMENTS = {
    "plan": "Plan",
    "advice": "Advice",
    "report": "Report",
    "minutes": "Minutes",
    "letter": "Letter",
    "other": "Other",
}
STATES = {"draft": "Draft", "final": "Final"}


@record(
    "note",
    "note",
    "notes",
    area="children",
    title=lambda one: f"note of {day_words(one.on)}",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class Note(Kept):
    """Something said or written about a child.

    Attributes:
        pinned: whether it stands on top of the case.
    """

    child_id: str = link("Child", "child", needed=True)
    on: date = day("Date", needed=True)
    kind: str = choice("Kind", NOTES, needed=True)
    with_whom: str = text("With whom", search=True)
    words: str = text("Words", needed=True, long=True, search=True, synonyms=("Note", "Comment"))
    pinned: bool = yes_or_no("Pinned")


@record(
    "promise",
    "promise",
    "promises",
    area="children",
    title=lambda one: one.what,
    natural=("what", "by_when"),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class Promise(Kept):
    """Something promised to somebody about a child.

    Attributes:
        kept_on: the day it was kept; None while it is open, or where it was broken.
        broken_why: why it was broken; "" while it is open, or where it was kept.
        told_on: the day on which the family was told.
    """

    child_id: str = link("Child", "child", needed=True)
    to_whom: str = text("To whom", needed=True, search=True)
    what: str = text("What", needed=True, search=True, synonyms=("Promise",))
    by_when: date = day("By when", needed=True, coming=True, synonyms=("By", "Due"))
    kept_on: date | None = day("Kept on")
    broken_why: str = text("Broken, and why", search=True)
    told_on: date | None = day("Told the family on")

    @property
    def open(self) -> bool:
        """Whether it is neither kept nor broken."""
        return self.kept_on is None and not self.broken_why

    def faults(self) -> Sequence[tuple[str, str]]:
        """A promise is kept or broken, not both."""
        if self.kept_on is not None and self.broken_why:
            return (("broken_why", "A promise is kept or broken: leave one of the two empty."),)
        return ()


@record("document", "document", "documents", area="children", natural=("title", "on"))
@dataclass(frozen=True, slots=True, kw_only=True)
class Document(Kept):
    """A file about a child, which stays where it is."""

    child_id: str = link("Child", "child", needed=True)
    title: str = text("Title", needed=True, search=True, synonyms=("Document",))
    kind: str = chosen("Kind", "kinds of document", DOCUMENTS, needed=True)
    on: date = day("Date", needed=True)
    where: str = text(
        "Where it is",
        needed=True,
        search=True,
        synonyms=("Path", "Address", "Link"),
        hint="Its path or address; the file stays where it is.",
    )
    plan_version_id: str | None = link("Plan version", "plan_version")
    state: str = choice("Draft or final", STATES)
