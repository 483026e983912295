"""Where what a check found is mended: a field of the case, a record, or an event of the clock.

It follows from the item, so that a list of checks can open what is to be mended.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from caseworker_app.domain.sen2.checking import Hit
from caseworker_app.domain.sen2.layout import HEADER


@dataclass(frozen=True, slots=True)
class Mend:
    """A place where something is mended.

    Attributes:
        field: of the case's own details, or "".
        kind: the name of a kind of record, or "".
        fact: the kind of event to record, or "".
    """

    field: str = ""
    kind: str = ""
    fact: str = ""


_OF_CASE = {
    "Surname": "surname",
    "Forename": "forename",
    "PersonBirthDate": "born",
    "Sex": "sex",
    "GenderCurrent": "sex",
    "UPN": "upn",
    "UniqueLearnerNumber": "uln",
    "SENtype": "need",
    "SENtypeRank": "need",
    # As the inspection list calls them.
    "Date of birth": "born",
    "Gender": "sex",
    "SEN primary need": "need",
    "Main education establishment \u2013 URN": "setting_id",
}
_OF_KIND = {
    "Ethnicity": "child_details",
    "UPNunknown": "child_details",
    "Does the child or young person have a disability?": "child_details",
    "PostCode": "address",
    "RequestSource": "request",
    "RYA": "request",
    "Exported": "request",
    "TransferLA": "request",
    "PB": "personal_budget",
    "OA": "personal_budget",
    "DP": "personal_budget",
    "PlanRes": "placement",
    "PlanWBP": "pathway",
    "Res": "placement",
    "WBP": "pathway",
    "URN": "placement",
    "UKPRN": "placement",
    "SENsetting": "placement",
    "SENsettingOther": "placement",
    "PlacementRank": "placement",
    "EntryDate": "placement",
    "LeavingDate": "placement",
    "SENunitIndicator": "placement",
    "ResourcedProvisionIndicator": "placement",
}
_OF_FACT = {
    "ReceivedDate": "request_received",
    "RequestOutcome": "assessment_decision_sent",
    "RequestOutcomeDate": "assessment_decision_sent",
    "RequestMediation": "mediation_requested",
    "AssessmentOutcome": "plan_sent",
    "AssessmentOutcomeDate": "refusal_to_issue_sent",
    "StartDate": "plan_sent",
    "CeaseDate": "plan_ceased",
    "CeaseReason": "plan_ceased",
    "Week20": "exception",
    "ReviewMeeting": "review_meeting_held",
    "ReviewOutcome": "review_decision_sent",
    "LastReview": "review_decision_sent",
    "ReviewDraft": "amendment_notice_sent",
    "PhaseTransferFinalDate": "amended_plan_sent",
}

PLACES: Mapping[str, Mend] = MappingProxyType(
    {
        **{item: Mend(field=name) for item, name in _OF_CASE.items()},
        **{item: Mend(kind=name) for item, name in _OF_KIND.items()},
        **{item: Mend(fact=name) for item, name in _OF_FACT.items()},
    }
)
"""Item to where it is mended; the others on the page of the case."""

COUNCIL = Mend(kind="council_details")


def mend_of(hit: Hit) -> Mend:
    """Where a finding is mended."""
    if hit.module == HEADER:
        return COUNCIL
    if not hit.case.id:
        return Mend(kind="commissioned")
    return PLACES.get(hit.field, Mend())
