"""Growing up, from Year 9: what reviews planned, pathways, adult services and capacity."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from caseworker_app.domain.kinds import (
    DAY_OF_EVENT,
    Kept,
    choice,
    chosen,
    day,
    link,
    record,
    text,
    yes_or_no,
)
from caseworker_app.domain.over_time import UNTIL

ADULT_AREAS = {
    "employment": "Employment",
    "living": "Independent living",
    "community": "Community",
    "health": "Health",
}
"""The four areas of preparing for adulthood, in the order of the code of practice (8.8)."""

PATHWAYS = {
    "sixth_form": "School sixth form",
    "fe": "Further education college",
    "specialist": "Specialist college",
    "internship": "Supported internship",
    "supported_apprenticeship": "Supported apprenticeship",
    "apprenticeship": "Apprenticeship",
    "traineeship": "Traineeship",
    "work": "Work",
    "higher": "Higher education",
    "day": "Adult day opportunities",
    "neet": "Not in education or work",
    "unknown": "Not known",
}
STATES = {"planned": "Planned", "started": "Started"}
NEEDED = {"yes": "Yes", "no": "No", "open": "To be decided"}
RESULTS = {"has": "Has capacity", "has_not": "Lacks capacity", "open": "Not yet clear"}
REPRESENTATIVES = {
    "parent": "Parent",
    "deputy": "Deputy",
    "attorney": "Attorney",
    "advocate": "Advocate",
    "other": "Other",
}


@record(
    "adulthood",
    "preparing for adulthood",
    "preparing for adulthood",
    area="children",
    natural=("review_id",),
    title=lambda _: "preparing for adulthood at a review",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class Adulthood(Kept):
    """What a review from Year 9 on said of the four areas; its day is that of the meeting.

    Attributes:
        employment, living, community, health: whether each was discussed.
        employment_plan and so on: what is planned, in the words of the review.
    """

    child_id: str = link("Child", "child", needed=True)
    review_id: str = link(
        "Review", "fact", needed=True, facts=("review_meeting_held",), hint=DAY_OF_EVENT
    )
    employment: bool = yes_or_no("Employment discussed")
    employment_plan: str = text("Plan for employment", long=True, search=True)
    living: bool = yes_or_no("Independent living discussed")
    living_plan: str = text("Plan for independent living", long=True, search=True)
    community: bool = yes_or_no("Community discussed")
    community_plan: str = text("Plan for the community", long=True, search=True)
    health: bool = yes_or_no("Health discussed")
    health_plan: str = text("Plan for health", long=True, search=True)


@record("pathway", "pathway", "pathways", area="children", natural=("kind", "since"))
@dataclass(frozen=True, slots=True, kw_only=True)
class Pathway(Kept):
    """What a young person does, or is to do, after sixteen."""

    child_id: str = link("Child", "child", needed=True)
    kind: str = choice("Pathway", PATHWAYS, needed=True, synonyms=("Destination",))
    state: str = choice("Planned or started", STATES, needed=True)
    since: date | None = day("From", coming=True)
    until: date | None = day("To", hint=UNTIL)
    where: str = text("Where", search=True)


@record(
    "adult_transition",
    "adult transition",
    "adult transitions",
    area="children",
    title=lambda _: "adult transition",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class AdultTransition(Kept):
    """Whether a young person needs a plan for adult services before 18, and whether they have it.

    Attributes:
        plan_on: the date of the transition plan; None while there is none.
        meeting_on: of the handover to the adult team.
    """

    child_id: str = link("Child", "child", needed=True)
    needed: str = choice("Transition plan needed", NEEDED, needed=True)
    decided_on: date | None = day("Decided on")
    plan_on: date | None = day("Plan dated")
    adult_team: str = text("Adult team", search=True)
    meeting_on: date | None = day("Handover meeting", coming=True)


@record("capacity", "capacity assessment", "capacity assessments", area="children")
@dataclass(frozen=True, slots=True, kw_only=True)
class Capacity(Kept):
    """Whether a young person from 16 can decide something themselves, and who speaks if not."""

    child_id: str = link("Child", "child", needed=True)
    on: date = day("Date", needed=True)
    about: str = text("About", needed=True, search=True)
    result: str = choice("Result", RESULTS, needed=True)
    representative: str = text("Representative", search=True)
    relation: str = chosen("Relation", "representatives", REPRESENTATIVES)
