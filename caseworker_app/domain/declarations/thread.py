"""The golden thread of a plan: aspirations, needs, outcomes, what came of them, and provision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from caseworker_app.domain.kinds import (
    DAY_OF_EVENT,
    Kept,
    choice,
    chosen,
    day,
    link,
    money,
    number,
    record,
    text,
    yes_or_no,
)
from caseworker_app.domain.over_time import UNTIL

WHOSE = {"child": "The child or young person", "family": "The family"}
NEED_SECTIONS = {"B": "B, educational", "C": "C, health", "D": "D, social care"}
NEED_AREAS = {
    "communication": "Communication and interaction",
    "cognition": "Cognition and learning",
    "emotional": "Social, emotional and mental health",
    "sensory": "Sensory and physical",
    "health": "Health",
    "care": "Care",
}
OUTCOME_LIST = "outcome areas"
"""The council's own list of the areas of outcomes."""

OUTCOME_AREAS = {
    "well": "Keeping healthy and well",
    "living": "Skills for independence and living locally",
    "learning": "Learning, employment and local activities",
    "choice": "Choices and the right support",
    "safe": "Feeling respected and safe",
}
SMART = {
    "specific": "Specific",
    "measurable": "Measurable",
    "achievable": "Achievable",
    "relevant": "Relevant",
    "timed": "Timed",
}
PROGRESS = {
    "achieved": "Achieved",
    "on_track": "On track",
    "some": "Some progress",
    "none": "No progress",
    "not_looked_at": "Not looked at",
}
ON_THE_WAY = ("achieved", "on_track")
"""What is found of an outcome that is reached or on the way."""

KEPT = {"kept": "Kept", "rewritten": "Rewritten"}
PROVISION_SECTIONS = {
    "F": "F, educational",
    "G": "G, health",
    "H1": "H1, social care under 18",
    "H2": "H2, other social care",
}
GROUPS = {"one": "One to one", "small": "Small group", "class": "Class"}
FUNDERS = {
    "school": "School's own budget",
    "high_needs": "High-needs top-up",
    "health": "Health",
    "social_care": "Social care",
    "direct_payment": "Family's direct payment",
}
MARKED = {"yes": "Yes", "no": "No"}
PLACE = {"least": 1, "most": 9999, "by_hand": False, "listed": False}
"""Of a field that keeps the order within a section, as they stand in the plan."""


@record("aspiration", "aspiration", "aspirations", area="children", natural=("words",))
@dataclass(frozen=True, slots=True, kw_only=True)
class Aspiration(Kept):
    """What a child or their family hopes for (section A).

    Attributes:
        until, ended_why: the last day it stood in the plan, and why it went.
    """

    child_id: str = link("Child", "child", needed=True)
    whose: str = choice("Whose", WHOSE, needed=True)
    words: str = text(
        "Aspiration", needed=True, long=True, search=True, synonyms=("Words", "Section A")
    )
    on: date = day("Said on", needed=True, synonyms=("Date",))
    until: date | None = day("To", hint=UNTIL)
    ended_why: str = text("Ended because")
    place: int | None = number("Order", **PLACE)


@record("described_need", "described need", "described needs", area="children", natural=("words",))
@dataclass(frozen=True, slots=True, kw_only=True)
class DescribedNeed(Kept):
    """A need as the plan describes it (sections B, C and D)."""

    child_id: str = link("Child", "child", needed=True)
    section: str = choice("Section", NEED_SECTIONS, needed=True)
    area: str = choice("Area of need", NEED_AREAS, synonyms=("Area",))
    words: str = text("Need", needed=True, long=True, search=True, synonyms=("Words",))
    since: date | None = day("From")
    until: date | None = day("To", hint=UNTIL)
    ended_why: str = text("Ended because")
    place: int | None = number("Order", **PLACE)


@record("outcome", "outcome", "outcomes", area="children", natural=("words",))
@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome(Kept):
    """What provision is to lead to (section E), with each mark of a SMART outcome.

    Attributes:
        specific, measurable, achievable, relevant, timed: "yes" or "no"; "" while nobody judged.
        marked_by: who judged them.
    """

    child_id: str = link("Child", "child", needed=True)
    aspiration_id: str | None = link("Aspiration", "aspiration")
    area: str = chosen("Area", OUTCOME_LIST, OUTCOME_AREAS, needed=True)
    words: str = text("Outcome", needed=True, long=True, search=True, synonyms=("Words",))
    set_on: date = day("Set on", needed=True)
    by_when: date | None = day("By when", coming=True)
    specific: str = choice("Specific", MARKED)
    measurable: str = choice("Measurable", MARKED)
    achievable: str = choice("Achievable", MARKED)
    relevant: str = choice("Relevant", MARKED)
    timed: str = choice("Timed", MARKED)
    marked_by: str = text("Judged by")
    ended_on: date | None = day("Ended on")
    ended_why: str = text("Ended because")
    place: int | None = number("Order", **PLACE)

    def faults(self) -> Sequence[tuple[str, str]]:
        """An outcome ends after it was set."""
        if self.ended_on is not None and self.ended_on < self.set_on:
            return (("ended_on", "It ended before it was set."),)
        return ()


@record(
    "need_behind",
    "need behind an outcome",
    "needs behind outcomes",
    area="children",
    natural=("outcome_id", "need_id"),
    title=lambda _: "need behind an outcome",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class NeedBehind(Kept):
    """Ties an outcome to a described need that it answers."""

    child_id: str = link("Child", "child", needed=True)
    outcome_id: str = link("Outcome", "outcome", needed=True)
    need_id: str = link("Need", "described_need", needed=True)


@record(
    "judgement",
    "judgement of an outcome",
    "judgements of outcomes",
    area="children",
    natural=("outcome_id", "review_id"),
    title=lambda _: "judgement of an outcome",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement(Kept):
    """How far an outcome had come at a review; its day is that of the meeting."""

    child_id: str = link("Child", "child", needed=True)
    outcome_id: str = link("Outcome", "outcome", needed=True)
    review_id: str = link(
        "Review", "fact", needed=True, facts=("review_meeting_held",), hint=DAY_OF_EVENT
    )
    progress: str = choice("Progress", PROGRESS, needed=True)
    kept: str = choice("Kept or rewritten", KEPT)
    words: str = text("Words", long=True, search=True)


@record("provision", "provision", "provision", area="children", natural=("section", "what"))
@dataclass(frozen=True, slots=True, kw_only=True)
class Provision(Kept):
    """What is to be provided (sections F, G, H1 and H2), by whom, how often and at what cost.

    Attributes:
        cost: in pence a year.
        specific: "yes" or "no", whether it is specific and quantified; "" while nobody judged.
    """

    child_id: str = link("Child", "child", needed=True)
    section: str = choice("Section", PROVISION_SECTIONS, needed=True)
    what: str = text("Provision", needed=True, long=True, search=True, synonyms=("What",))
    who: str = text("Who gives it", needed=True, search=True, synonyms=("Provider", "By whom"))
    how_often: str = text("Hours or times", hint="Such as 2 hours a week.", synonyms=("Hours",))
    given_to: str = choice("Group or one to one", GROUPS)
    since: date = day("From", needed=True)
    until: date | None = day("To", hint=UNTIL)
    cost: int | None = money("Cost a year", least=0)
    funder: str = choice("Funder", FUNDERS, synonyms=("Funded by",))
    short_break: bool = yes_or_no("Short break")
    specific: str = choice("Specific and quantified", MARKED)
    ended_why: str = text("Ended because")
    place: int | None = number("Order", **PLACE)


@record(
    "provision_for",
    "purpose of provision",
    "purposes of provision",
    area="children",
    natural=("provision_id", "outcome_id", "need_id"),
    title=lambda _: "purpose of provision",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class ProvisionFor(Kept):
    """Ties provision to an outcome, or to a need, that it is for."""

    child_id: str = link("Child", "child", needed=True)
    provision_id: str = link("Provision", "provision", needed=True)
    outcome_id: str | None = link("Outcome", "outcome")
    need_id: str | None = link("Need", "described_need")

    def faults(self) -> Sequence[tuple[str, str]]:
        """It is for an outcome or for a need, one of them."""
        if bool(self.outcome_id) == bool(self.need_id):
            return (("outcome_id", "Choose either an outcome or a need."),)
        return ()
