"""What is known of a child beside what lists show: for SEN2, the inspection list and letters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from caseworker_app.domain.codes import ETHNICITIES, UPN_UNKNOWN
from caseworker_app.domain.kinds import Kept, choice, kind_of, link, record, text, yes_or_no

CARE_STATUSES = {
    "none": "Not known to social care",
    "in_need": "Child in need",
    "protection": "Child protection plan",
    "looked_after": "Looked after",
    "care_leaver": "Care leaver",
}
"""How a child is known to social care, the nearest first that applies."""


@record(
    "child_details",
    "further details of a case",
    "further details of cases",
    area="children",
    natural=("child_id",),
    title=lambda _: "further details",
    about="Ethnicity, language, social care and the like: what SEN2 and an inspection ask for.",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class ChildDetails(Kept):
    """Further details of one child; a child has one such record or none.

    Attributes:
        looked_after_by: the authority, by number, or "" where nobody looks after the child.
        adopted: for access to therapies and help alone; in no return.
        upn_unknown: why neither UPN nor ULN is known (SEN2 1.9).
    """

    child_id: str = link("Child", "child", needed=True)
    ethnicity: str = choice("Ethnicity", ETHNICITIES)
    first_language: str = text("First language", synonyms=("Language",))
    known_as: str = text("Known as", search=True, synonyms=("Preferred name",))
    looked_after_by: str = text("Looked after by", synonyms=("Looked after by authority",))
    social_care_team: str = text("Social care team")
    social_care_status: str = choice("Social care status", CARE_STATUSES)
    disability: bool | None = yes_or_no("Has a disability", blank=None, synonyms=("Disability",))
    pupil_premium: bool | None = yes_or_no("Pupil premium", blank=None)
    otherwise_than_at_school: bool = yes_or_no(
        "Education otherwise than at school", synonyms=("EOTAS", "EOTIS")
    )
    upn_unknown: str = choice(
        "Why UPN and ULN are not known", UPN_UNKNOWN, synonyms=("UPNunknown",)
    )
    adopted: bool | None = yes_or_no("Adopted", blank=None, listed=False)


def together(records: Iterable[ChildDetails], child_id: str = "") -> ChildDetails:
    """What the records of one child say together: cases that were merged may have brought two.

    Where two say something else, the first stands; a child without any has a blank one.
    """
    kind = kind_of(ChildDetails)
    found: ChildDetails | None = None
    for one in records:
        blank = {
            spec.name: getattr(one, spec.name)
            for spec in kind.fields
            if found is not None and getattr(found, spec.name) == spec.blank
        }
        found = one if found is None else replace(found, **blank)
    return found or ChildDetails(child_id=child_id)
