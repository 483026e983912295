"""What others tell of children: suspensions, attendance, attainment and autism referrals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from caseworker_app.domain.kinds import (
    Kept,
    choice,
    chosen,
    day,
    link,
    number,
    record,
    text,
    yes_or_no,
)

SUSPENSION_REASONS = {
    "PP": "Physical assault against a pupil",
    "PA": "Physical assault against an adult",
    "VP": "Verbal abuse or threat against a pupil",
    "VA": "Verbal abuse or threat against an adult",
    "OW": "Use or threat of an offensive weapon or prohibited item",
    "BU": "Bullying",
    "RA": "Racist abuse",
    "LG": "Abuse against sexual orientation and gender identity",
    "DS": "Abuse relating to disability",
    "SM": "Sexual misconduct",
    "DA": "Drug and alcohol related",
    "DM": "Damage",
    "TH": "Theft",
    "MT": "Inappropriate use of social media or online technology",
    "DB": "Persistent or general disruptive behaviour",
    "PH": "Transgression of protective measures for public health",
}
"""The Department's codes of reasons for exclusion, as the school census has them."""

STAGES = {
    "early": "Early years",
    "ks2": "Key stage 2",
    "ks4": "Key stage 4",
    "post16": "Post-16",
}
REFERRAL_OUTCOMES = {
    "diagnosed": "Diagnosed",
    "not_diagnosed": "Not diagnosed",
    "withdrawn": "Withdrawn",
    "moved": "Moved away",
}
_WEEKDAYS_OF_A_YEAR = 195


@record(
    "suspension",
    "suspension",
    "suspensions",
    area="children",
    natural=("since", "permanent"),
    title=lambda one: "permanent exclusion" if one.permanent else "suspension",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class Suspension(Kept):
    """A suspension, or a permanent exclusion.

    Attributes:
        half_days: how long, in half days as schools count sessions; None of a permanent one.
        upheld: of a permanent one, whether the governors upheld it; "" while that is open.
    """

    child_id: str = link("Child", "child", needed=True)
    since: date = day("From", needed=True, synonyms=("Start date", "Date"))
    half_days: int | None = number("Half days", least=1, most=90, synonyms=("Sessions",))
    reason: str = choice("Reason", SUSPENSION_REASONS)
    setting_id: str | None = link("Setting", "setting", synonyms=("School",))
    permanent: bool = yes_or_no("Permanent")
    upheld: str = choice("Upheld", {"yes": "Yes", "no": "No"})

    def faults(self) -> Sequence[tuple[str, str]]:
        """A suspension has a length; only a permanent exclusion is upheld."""
        found = []
        if not self.permanent and self.half_days is None:
            found.append(("half_days", "Say how many half days it was."))
        if not self.permanent and self.upheld:
            found.append(("upheld", "Only a permanent exclusion is upheld or not."))
        return found


@record("attendance", "attendance", "attendance", area="children", natural=("term",))
@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance(Kept):
    """How many half-day sessions of a term a child attended."""

    child_id: str = link("Child", "child", needed=True)
    term: str = text(
        "Term",
        needed=True,
        search=True,
        pattern=r"(?:Autumn|Spring|Summer) \d{4}",
        pattern_says="A term is written like Autumn 2026.",
    )
    possible: int = number(
        *("Sessions possible",), needed=True, least=0, most=2 * _WEEKDAYS_OF_A_YEAR
    )
    attended: int = number(
        *("Sessions attended",), needed=True, least=0, most=2 * _WEEKDAYS_OF_A_YEAR
    )

    def faults(self) -> Sequence[tuple[str, str]]:
        """Nobody attends more than there was."""
        if self.attended > self.possible:
            return (("attended", "That is more than the sessions possible."),)
        return ()


@record(
    "attainment", "attainment", "attainment", area="children", natural=("stage", "year", "what")
)
@dataclass(frozen=True, slots=True, kw_only=True)
class Attainment(Kept):
    """What a child reached at the end of a stage; `year` is that in which it ended."""

    child_id: str = link("Child", "child", needed=True)
    stage: str = choice("Stage", STAGES, needed=True)
    year: int = number("Year", needed=True, least=1990, most=2100)
    what: str = text("What", needed=True, search=True, synonyms=("Subject",))
    value: str = text("Value", needed=True, synonyms=("Result", "Grade"))


@record(
    "autism_referral",
    "autism referral",
    "autism referrals",
    area="improvement",
    natural=("reference",),
    title=lambda one: one.reference,
    about="Children who were referred for an autism assessment, by the reference of the service.",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class AutismReferral(Kept):
    """A referral on the autism path, by its reference alone."""

    reference: str = text("Reference", needed=True, unique=True, search=True)
    born: date | None = day("Date of birth", synonyms=("DOB",))
    referred_on: date = day("Referred on", needed=True, synonyms=("Referral date",))
    triaged_on: date | None = day("Triaged on", synonyms=("Triage date",))
    decided_on: date | None = day("Decided on", synonyms=("Decision date",))
    outcome: str = chosen("Outcome", "autism outcomes", REFERRAL_OUTCOMES)
    discharged_on: date | None = day("Discharged on", synonyms=("Discharge date",))
