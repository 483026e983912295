"""The people around a child: contacts, professionals and their part, brothers and sisters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from caseworker_app.domain.kinds import Kept, choice, chosen, day, link, record, text, yes_or_no
from caseworker_app.domain.over_time import SINCE, UNTIL

RELATIONS = {
    "mother": "Mother",
    "father": "Father",
    "parent": "Parent",
    "carer": "Carer",
    "foster_carer": "Foster carer",
    "grandparent": "Grandparent",
    "young_person": "The young person",
    "other": "Other",
}
WAYS = {
    "call": "Telephone",
    "e-mail": "E-mail",
    "message": "Text message",
    "letter": "Letter",
}
FORMATS = {
    "easy_read": "Easy read",
    "large_print": "Large print",
    "audio": "Audio",
    "braille": "Braille",
    "translated": "Translated",
}
SERVICES = {
    "education": "Education",
    "ep": "Educational psychology",
    "health": "Health",
    "therapy": "Therapies",
    "social_care": "Social care",
    "other": "Other",
}
YES_NO = {"yes": "Yes", "no": "No"}
_EMAIL = {
    "pattern": r"[^@\s]+@[^@\s]+\.[^@\s]+",
    "pattern_says": "An e-mail address looks like name@example.org.",
}


@record(
    "contact",
    "contact",
    "contacts",
    area="children",
    natural=("name", "relation"),
    about="Somebody who speaks for the child: a parent, a carer, or the young person themselves.",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class Contact(Kept):
    """Somebody who is told, asked and written to about a child.

    Attributes:
        parental_responsibility: "yes" or "no"; "" where that is not known.
        since, until: the first and the last day; None where it is not known, or holds still.
    """

    child_id: str = link("Child", "child", needed=True)
    name: str = text("Name", needed=True, search=True, synonyms=("Parent", "Carer", "Contact"))
    relation: str = chosen(
        "Relation", "relations", RELATIONS, needed=True, synonyms=("Relationship",)
    )
    parental_responsibility: str = choice("Parental responsibility", YES_NO, synonyms=("PR",))
    address: str = text("Address", long=True)
    telephone: str = text("Telephone", search=True, synonyms=("Phone", "Mobile", "Tel"))
    email: str = text("E-mail", search=True, **_EMAIL)
    preferred_way: str = choice("Preferred way", WAYS, synonyms=("Preferred contact",))
    language: str = text("Language")
    interpreter: bool = yes_or_no("Interpreter needed", synonyms=("Interpreter",))
    format: str = chosen("Format", "formats", FORMATS, hint="How letters are best sent.")
    do_not_contact: bool = yes_or_no("Do not contact")
    since: date | None = day("From", hint=SINCE)
    until: date | None = day("To", hint=UNTIL)


@record(
    "professional",
    "professional",
    "professionals",
    area="children",
    natural=("name", "service"),
    title=lambda one: f"{one.name}, {one.role}" if one.role else one.name,
    about="Add whoever is asked for advice or invited to reviews, each of them once for all.",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class Professional(Kept):
    """Somebody of another service, in one directory for every case."""

    name: str = text("Name", needed=True, search=True, synonyms=("Professional",))
    service: str = chosen("Service", "services", SERVICES, needed=True)
    role: str = text("Role", search=True, synonyms=("Job title",))
    telephone: str = text("Telephone", search=True, synonyms=("Phone", "Mobile", "Tel"))
    email: str = text("E-mail", search=True, **_EMAIL)


@record(
    "involvement",
    "involvement",
    "involvements",
    area="children",
    natural=("professional_id", "since"),
    title=lambda one: one.as_what or "involvement",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class Involvement(Kept):
    """A professional's part in a case, from a day to a day."""

    child_id: str = link("Child", "child", needed=True)
    professional_id: str = link("Professional", "professional", needed=True)
    as_what: str = text("As what", search=True, hint="Such as keyworker, or therapist.")
    since: date = day("From", needed=True)
    until: date | None = day("To", hint=UNTIL)


@record(
    "sibling",
    "brother or sister",
    "brothers and sisters",
    area="children",
    natural=("sibling_id",),
    title=lambda _: "brother or sister",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class Sibling(Kept):
    """Another case that is a brother or sister; said once, it holds both ways."""

    child_id: str = link("Child", "child", needed=True)
    sibling_id: str = link("Brother or sister", "child", needed=True, synonyms=("Sibling",))

    def faults(self) -> Sequence[tuple[str, str]]:
        """Nobody is a brother or sister of their own."""
        if self.child_id == self.sibling_id:
            return (("sibling_id", "Choose another case than this one."),)
        return ()
